"""A number in, so many documents out: articles made of templates, with copies and digests among them, always the same ones.

The world that they tell of is larger than any brief: some hundred matters, states and bodies of the lexicon, people of
invented names. Every tenth document is a reprint with another headline, every twentieth a digest of two earlier ones.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

FIRST = "Ada Bruno Carla Dario Elif Femi Greta Hugo Ines Jonas Kaja Luis Mara Nils Oya Pavel Quim Rosa Stig Tova".split()
LAST = "Arden Brandt Castel Dovrin Eklund Farago Gomar Hollis Ivers Jansky Keller Lindqvist Mbeki Norrby Osei Prager".split()
STATES = "Norway Sweden Denmark Chile Peru Ghana Kenya Japan India Brazil Mexico Canada Spain Italy Austria Finland".split()
SEATS = "Oslo Stockholm Copenhagen Santiago Lima Accra Nairobi Tokyo Delhi Brasilia Ottawa Madrid Rome Vienna Helsinki".split()
KINDS = (
    "harbour railway milk timber fishing water school hospital coal copper tariff housing ferry forest grain tourist".split()
)
THINGS = "fee tax quota subsidy fund reform licence levy programme agency treaty corridor standard tunnel register ban".split()
PLACES = "north south east west coast valley delta plateau islands border".split()
SAID = (
    "{who} said that the {matter} should be {done} by {year}.",
    "{who} rejected the {matter} and called it a burden for the {place}.",
    "{who} welcomed the {matter}.",
    "{who} demanded a {matter} of {count} percent.",
    "{who} warned that the {matter} could harm the {place}.",
    "According to {who}, the {matter} will cost {count} million dollars.",
    "{who} proposed limits on the {matter}.",
    "{who} will sign only if the {matter} is {done} first.",
    "“The {matter} is overdue,” {who} said.",
    "{who} denied that the {matter} had been {done}.",
)
TOLD = (
    "In {year}, the {matter} was {done} after long debates in the {place}.",
    "The {matter} has been discussed in the {place} for years.",
    "Prices in the {place} rose by {count} percent in the year before.",
)
DONE = "raised cut delayed widened dropped doubled reviewed published".split()


def documents(count: int) -> Iterator[tuple[str, bytes]]:
    """Names and contents of ``count`` documents; the first of a longer corpus are those of a shorter one."""
    chance = random.Random(1)
    bodies: list[str] = []
    for at in range(count):
        kind = at % 20
        if kind in {9, 19}:
            body = bodies[chance.randrange(len(bodies))]
        elif kind == 14:
            body = "\n\n".join(bodies[chance.randrange(len(bodies))].split("\n\n")[0] for _ in range(2))
        else:
            body = _body(chance)
        bodies.append(body)
        yield f"{at:07d}.txt", f"{_matter(chance).capitalize()} divides the {chance.choice(PLACES)}\n\n{body}\n".encode()


def _body(chance: random.Random) -> str:
    own = [_matter(chance) for _ in range(3)]
    paragraphs = [" ".join(_sentence(chance, own) for _ in range(chance.randint(3, 5))) for _ in range(chance.randint(2, 4))]
    return "\n\n".join(paragraphs)


def _matter(chance: random.Random) -> str:
    return f"{chance.choice(KINDS)} {chance.choice(THINGS)}"


def _sentence(chance: random.Random, matters: list[str]) -> str:
    template = chance.choice(SAID if chance.random() < 0.7 else TOLD)
    return template.format(
        who=_speaker(chance),
        matter=chance.choice(matters),
        done=chance.choice(DONE),
        place=chance.choice(PLACES),
        year=chance.randint(2015, 2026),
        count=chance.randint(2, 90),
    )


def _speaker(chance: random.Random) -> str:
    person = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    state = chance.choice(STATES)
    return chance.choice((person, state, chance.choice(SEATS), f"{state}’s minister {person}", f"officials in {state}"))
