"""A small brief on an invented fisheries dispute, with every kind of thing in it, for the tests of rendering."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b

from briefgen.model.base import Note
from briefgen.model.brief import (
    Actor,
    Agreement,
    Brief,
    BriefProposal,
    BriefSource,
    BriefStatement,
    BriefTable,
    Disagreement,
    Generator,
    Issue,
    KeyPoint,
    Position,
    Side,
    Skipped,
    Strength,
    TimelineEntry,
)
from briefgen.model.changes import Against, Changes
from briefgen.model.document import BlockKind
from briefgen.model.findings import Ref, Stance, Status, When

HERRING = """Ministers meet over herring

Skerry Isles demanded on Monday that the coastal states cut the herring quota by a third. Fisheries minister
Una Brack said the stock could collapse unless all fleets stop in March. Norland rejects any cut before the
new survey. The Boat Owners' Union warned that a closure would end small harbours.

Unnamed diplomats doubt that a deal is near.
"""
MINUTES = """Minutes of the joint committee, 14 May 2031

Measures put on the table:
- A closed season in March and April
- Observers on every large vessel

Year | Event
---- | ----
2019 | First joint survey
2031 | Committee meets

Norland would accept observers if the cost is shared. Skerry Isles supports observers on large vessels.
"""
TEXTS = {"s1": HERRING, "s2": MINUTES}
ISSUES = {"quota": "herring quota", "observers": "observers on vessels"}


def ref(source: str, sentence: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Ref:
    start = TEXTS[source].index(sentence)
    return Ref(source=source, start=start, end=start + len(sentence), sentence=sentence, block=kind)


CUT = ref("s1", "Skerry Isles demanded on Monday that the coastal states cut the herring quota by a third.")
STOP = ref("s1", "Fisheries minister\nUna Brack said the stock could collapse unless all fleets stop in March.")
NO_CUT = ref("s1", "Norland rejects any cut before the\nnew survey.")
UNION = ref("s1", "The Boat Owners' Union warned that a closure would end small harbours.")
DOUBT = ref("s1", "Unnamed diplomats doubt that a deal is near.")
SEASON = ref("s2", "A closed season in March and April", BlockKind.ITEM)
WATCH = ref("s2", "Observers on every large vessel", BlockKind.ITEM)
SURVEY = ref("s2", "2019 | First joint survey", BlockKind.TABLE)
ACCEPT = ref("s2", "Norland would accept observers if the cost is shared.")
FOR = ref("s2", "Skerry Isles supports observers on large vessels.")

STATED = (
    ("skerry", "quota", Stance.DEMANDS, "the coastal states cut the herring quota by a third", (CUT,), "Skerry Isles", ()),
    (
        "skerry",
        "quota",
        Stance.WARNS,
        "the stock could collapse unless all fleets stop in March",
        (STOP,),
        "Fisheries minister Una Brack",
        ("could",),
    ),
    ("norland", "quota", Stance.OPPOSES, "any cut before the\nnew survey", (NO_CUT,), "Norland", ()),
    ("union", "quota", Stance.WARNS, "a closure would end small harbours", (UNION,), "The Boat Owners' Union", ()),
    ("diplomats", "quota", Stance.QUESTIONS, "that a deal is near", (DOUBT,), "Unnamed diplomats", ()),
    ("norland", "observers", Stance.CONDITIONAL, "observers if the cost is shared", (ACCEPT,), "Norland", ("would",)),
    ("skerry", "observers", Stance.SUPPORTS, "observers on large vessels", (FOR,), "Skerry Isles", ()),
)


def ident(prefix: str, *parts: str) -> str:
    return f"{prefix}-{blake2b('|'.join(parts).encode(), digest_size=5).hexdigest()}"


def statements() -> Iterator[BriefStatement]:
    for actor, issue, stance, content, refs, speaker, hedges in STATED:
        yield BriefStatement(
            id=ident("st", actor, issue, stance),
            actor=actor,
            speaker=speaker,
            stance=stance,
            content=content,
            cue="said",
            rule="said",
            issues=(ident("is", issue),),
            refs=refs,
            hedges=hedges,
        )


def positions() -> Iterator[Position]:
    for (actor, issue, stance, quote, refs, _, hedges), statement in zip(STATED, statements(), strict=True):
        yield Position(
            id=ident("po", actor, issue, stance),
            actor=actor,
            issue=ident("is", issue),
            stance=stance,
            quote=quote,
            strength=Strength(sources=1, statements=1),
            voice="unnamed" if actor == "diplomats" else "named",
            hedged=bool(hedges),
            conditions=("if the cost is shared",) if stance is Stance.CONDITIONAL else (),
            statements=(statement.id,),
            first="2031-05-14",
            last="2031-05-14",
            change="new" if issue == "observers" else "unchanged",
            refs=refs,
        )


def proposals() -> Iterator[BriefProposal]:
    yield BriefProposal(
        id=ident("pr", "season"),
        action=SEASON.sentence,
        status=Status.CONTESTED,
        origin="list",
        by=("skerry",),
        to=("norland",),
        oppose=("union",),
        when="2032",
        refs=(SEASON,),
    )
    yield BriefProposal(id=ident("pr", "watch"), action=WATCH.sentence, status=Status.PROPOSED, origin="list", refs=(WATCH,))


def events() -> Iterator[TimelineEntry]:
    survey = When(text="2019", start="2019-01-01", end="2019-12-31", precision="year", edtf="2019")
    meeting = When(text="14 May 2031", start="2031-05-14", end="2031-05-14", precision="day", edtf="2031-05-14")
    yield TimelineEntry(
        id=ident("ev", "m"),
        when=meeting,
        what="Committee meets",
        status="planned",
        origin="prose",
        refs=(SURVEY,),
        certainty="hedged",
    )
    yield TimelineEntry(
        id=ident("ev", "s"), when=survey, what="First joint survey", status="past", origin="table", refs=(SURVEY,)
    )


def differences() -> Iterator[Disagreement]:
    quota = ident("is", "quota")
    sides = (
        Side(label="demands", actors=("skerry",), stance=Stance.DEMANDS, sources=("s1",), refs=(CUT,)),
        Side(label="opposes", actors=("norland",), stance=Stance.OPPOSES, sources=("s1",), refs=(NO_CUT,)),
    )
    yield Disagreement(id=ident("di", "a"), issue=quota, kind="actors", sides=sides)
    readings = (
        Side(label="cut by a third", sources=("s1",), refs=(CUT,)),
        Side(label="closed season", sources=("s2",), refs=(SEASON,)),
    )
    yield Disagreement(id=ident("di", "s"), issue=quota, kind="sources", sides=readings)
    meanings = (
        Side(label="a closure", sources=("s1",), refs=(UNION,)),
        Side(label="a season", sources=("s2",), refs=(SEASON,)),
    )
    yield Disagreement(id=ident("di", "m"), issue=quota, kind="meaning", sides=meanings)


def sources() -> Iterator[BriefSource]:
    yield BriefSource(
        id="s1",
        path="herring.txt",
        title="Ministers meet over herring",
        publisher="Harbour Post",
        format="text",
        words=58,
        text=HERRING,
    )
    yield BriefSource(
        id="s2",
        path="minutes.txt",
        title=None,
        published="2031-05-14",
        published_from="dateline",
        url="https://committee.example/minutes?id=2",
        format="text",
        words=44,
        contained_in="s1",
        notes=(Note(code="cut", message="the last page is missing"),),
        text=MINUTES,
    )


def brief(**changed: object) -> Brief:
    everything = Brief(
        title="Herring: who wants what",
        as_of="2031-05-14",
        generator=Generator(name="briefgen", version="0", rules="0000000000"),
        sources=tuple(sources()),
        skipped=(Skipped(path="scan.pdf", code="no-text", reason="it holds pictures and no text"),),
        actors=(
            Actor(id="skerry", name="Skerry Isles", kind="state"),
            Actor(id="norland", name="Norland", kind="state"),
            Actor(id="union", name="The Boat Owners' Union", kind="organization"),
            Actor(id="diplomats", name="Diplomats, unnamed", kind="unnamed"),
        ),
        issues=tuple(Issue(id=ident("is", key), label=label, contested=key == "quota") for key, label in ISSUES.items()),
        statements=tuple(statements()),
        positions=tuple(positions()),
        proposals=tuple(proposals()),
        agreements=(
            Agreement(
                id=ident("ag", "o"),
                issue=ident("is", "observers"),
                what="supports",
                actors=("skerry", "norland"),
                sources=("s2",),
                refs=(FOR,),
            ),
        ),
        disagreements=tuple(differences()),
        timeline=tuple(events()),
        tables=(
            BriefTable(
                id=ident("ta", "y"),
                source="s2",
                title=None,
                columns=("Year", "Event"),
                rows=(("2019", "First joint survey"),),
                start=0,
                end=1,
            ),
        ),
        key_points=(KeyPoint(text=CUT.sentence, refs=(CUT,)), KeyPoint(text=ACCEPT.sentence, refs=(ACCEPT,))),
        changes=Changes(
            against=Against(title="Herring", as_of="2031-05-07"),
            new=tuple(each.id for each in positions() if each.change == "new"),
            unchanged=tuple(each.id for each in positions() if each.change == "unchanged"),
            not_repeated=("po-0123456789",),
        ),
    )
    return replace(everything, **changed)
