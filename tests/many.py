"""Sixty documents of many kinds on invented disputes, for the tests of pages that are long.

Made by rules from a few lists, so that every run makes the same: reports, minutes, web pages, tables and notes, with names
that recur, hedges, conditions, copies, documents that nobody dated, one in a script from right to left, and files that
cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

PLACES = """Arlind Bergholm Corvane Dunmarra Estvik Farrowby Gelland Harnösk Ilmara Jorvald Kestrelby Lunden Morwick Nordhaven
Ostrava-Mire Pellworth Quenby Rostkil Silverne Tarnholt""".split()
OFFICES = ("mayor", "harbour master", "chair of the council", "transport minister", "head of the port union", "health director")
PEOPLE = """Ida Berg,Tomas Reyle,Anna Quist,Marek Oduya,Leila Sørby,Jon Prentice,Wanda Kell,Paul Aske,Rosa Lindt,Emil Varga,
Nina Corso,Hugh Tallis,Vera Osk,Sami Brandt,Olga Freyn,Peter Maas""".replace("\n", "").split(",")
ISSUES = """the toll on the northern bridge,night ferries,the herring quota,the new wind farm,the closure of the old hospital,
free school meals,the sale of the water works,the tram line to the coast,rent control,the cruise ship ban,the flood wall,
shared patrols at sea,the customs union,a common fuel tax,the airport's third runway""".replace("\n", "").split(",")
SAYS = (
    "{who} opposes {issue}.",
    "{who} supports {issue} and said that the council should decide before the summer.",
    "{who} said {issue} could cost twice as much as the board has told the public.",
    "{who} demanded that the government withdraw its plan for {issue}.",
    "{who} proposed to put off {issue} until an independent study is finished.",
    "{who} warned that {issue} may harm small towns along the coast.",
    "{who} would accept {issue} only if the costs are shared among all members.",
    "{who} is ready to talk about {issue}.",
    "{who} doubts that {issue} will ever be paid for.",
    "{who} denied that a deal on {issue} had been reached.",
    "“We have waited long enough for an answer on {issue},” {who} said on Tuesday.",
    "According to {who}, {issue} is a matter for the regions and for nobody else.",
)
FILLING = (
    "The debate has gone on for several months, and both camps filled the hall to the last seat.",
    "No vote was taken. A second reading is planned for 14 March 2031.",
    "The first plans were drawn in 2019, and the budget was cut in autumn 2028.",
    "Visitors had come from as far as the islands; some of them had to stand.",
    "An agreement was signed on 3 May 2030 and has not been put into force.",
)


def sentences(seed: int) -> Iterator[str]:
    """What is said in one document: several speakers on two or three issues."""
    for n in range(9):
        turn = seed * 7 + n * 5
        place = PLACES[(seed + n * 3) % len(PLACES)]
        names = (
            place,
            f"{PEOPLE[turn % len(PEOPLE)]}, the {OFFICES[turn % len(OFFICES)]} of {place},",
            f"Officials in {place}",
        )
        issue = ISSUES[(seed + n // 3) % len(ISSUES)]
        said = SAYS[turn % len(SAYS)].format(who=names[n % 3], issue=issue)
        yield said[0].upper() + said[1:]
        if n % 4 == 1:
            yield FILLING[(seed + n) % len(FILLING)]


def article(seed: int) -> str:
    said = list(sentences(seed))
    paragraphs = [" ".join(said[at : at + 3]) for at in range(0, len(said), 3)]
    return "\n\n".join([f"{PLACES[seed % len(PLACES)]} weighs {ISSUES[seed % len(ISSUES)]}", *paragraphs]) + "\n"


def minutes(seed: int) -> str:
    """Markdown with headings, a list of measures and a table."""
    said = list(sentences(seed))
    rows = "\n".join(f"| {PLACES[(seed + n) % len(PLACES)]} | {200 + 13 * n + seed} | {2024 + n} |" for n in range(5))
    listed = "\n".join(f"- Publish the figures on {ISSUES[(seed + n) % len(ISSUES)]} by June" for n in range(3))
    return (
        f"---\ntitle: Minutes no. {seed}\ndate: 2031-{1 + seed % 12:02}-{1 + seed % 28:02}\n---\n\n"
        f"# Minutes no. {seed}\n\n## Statements\n\n"
        + "\n\n".join(said)
        + f"\n\n## Measures proposed\n\n{listed}\n\n## Costs\n\n| Town | Million | Year |\n|---|---|---|\n{rows}\n"
    )


def web(seed: int) -> str:
    body = "".join(f"<p>{' '.join(pair)}</p>" for pair in zip(*[iter(sentences(seed))] * 2, strict=False))
    return (
        f'<!doctype html><html lang="en"><head><title>Coast Courier {seed}</title>'
        f'<meta property="article:published_time" content="2031-0{1 + seed % 9}-1{seed % 10}T08:00:00Z"></head>'
        f"<body><nav><a href='/'>Home</a> <a href='/a'>Shipping</a></nav>"
        f"<article><h1>Dispute number {seed}</h1>{body}</article></body></html>"
    )


HEBREW = "שר התחבורה אמר כי הגשר ייסגר בלילה. " * 4
LONG = "https://registry.example/" + "archive-of-the-northern-bridge-" * 9 + "?a=<b>&c=%22"


def files(count: int = 60) -> dict[str, bytes]:
    """Names and contents of the documents, and of three files that cannot be read."""
    makers = ((article, "txt"), (minutes, "md"), (web, "html"))
    made = {}
    for seed in range(count - 3):
        make, suffix = makers[seed % 3]
        made[f"{seed:03}.{suffix}"] = make(seed)
    made[f"{count - 3:03}-copy.txt"] = made["000.txt"]
    made[f"{count - 2:03}-links.txt"] = (
        f"Links and marks\n\nThe mayor of Lunden said the file at {LONG} shows | pipes, *stars* and <b>tags</b>.\n"
    )
    made[f"{count - 1:03}-right.txt"] = f"{HEBREW}\n\nThe mayor of Quenby said “{HEBREW.strip()}” and opposes night ferries.\n"
    broken = {"scan.pdf": b"%PDF-1.7\n%broken", "empty.txt": b"", "noise.docx": b"PK\x03\x04nothing"}
    return {name: text.encode() for name, text in made.items()} | broken


def write(folder: Path, count: int = 60) -> Path:
    """The documents as files below ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files(count).items():
        (folder / name).write_bytes(data)
    return folder
