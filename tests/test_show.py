"""The screen after a build."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import fisheries

from briefgen.cli import show

FORMS = ("html", "json", "md")


def test_one_calm_screen_after_a_build() -> None:
    quota = fisheries.brief().issues[0]
    issues = tuple(replace(quota, id=f"is-{n:06x}", label=f"quota {n}") for n in range(5))
    shown = list(show.built(fisheries.brief(issues=issues), Path("out"), FORMS))
    example = fisheries.brief().positions[0].id
    assert shown == [
        "Read 2 documents (102 words), skipped 1:",
        "  scan.pdf: it holds pictures and no text",
        "Found 7 positions of 4 actors on 5 issues, 2 proposals, 3 disagreements, 2 dated events.",
        "Since “Herring” of 2031-05-07: 2 new positions, 0 with more sources, 0 reversed, 0 moved, 5 unchanged,"
        " 1 not repeated.",
        "Contested: quota 0; quota 1; quota 2 and 2 more.",
        "With care: 1 document without a date, 1 document copied from another, 1 document with notes on quality;"
        " the brief lists them under its sources.",
        "Wrote out/brief.md, out/brief.html, out/brief.json",
        "Next: open out/brief.html in a browser.",
        f"      briefgen explain {example} says why a line is there.",
    ]


def test_a_clean_first_brief_has_a_shorter_one() -> None:
    first, _ = fisheries.brief().sources
    brief = fisheries.brief(changes=None, issues=(), skipped=(), positions=(), sources=(replace(first, published="2031"),))
    assert list(show.built(brief, Path("out"), ("md",)))[2:] == ["Wrote out/brief.md"]


def test_what_a_document_says_does_not_act_on_the_terminal() -> None:
    quota = fisheries.brief().issues[0]
    brief = fisheries.brief(issues=(replace(quota, label="\x1b[31mred"),))
    assert not [line for line in show.built(brief, Path("out"), FORMS) if "\x1b" in line]
