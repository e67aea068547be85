"""What an editor of lexicons is told, for any sentence. How it looks stands in ``cases/cli`` and in ``docs/lexicons.md``."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from test_statements import WORDS

from briefgen.cli.attempted import attempted
from briefgen.editing.attempt import Attempt, attempt
from briefgen.editing.catalogue import Catalogue, open_catalogue
from briefgen.model.errors import UsageError


@cache
def catalogue() -> Catalogue:
    return open_catalogue(())


def tried(text: str) -> Attempt | None:
    try:
        return attempt(text, catalogue())
    except UsageError:
        return None


@settings(max_examples=60)
@given(st.lists(WORDS, min_size=1, max_size=40).map(" ".join) | st.text(max_size=200))
def test_any_text_can_be_tried(text: str) -> None:
    made = tried(text)
    if made is None:
        return
    assert list(attempted(made))
    for found in (*made.cues, *made.actors, *made.dates, *made.hedges):
        assert made.text[found.start : found.end] == found.text
    read = {cue.rule for cue in made.cues if cue.read}
    for told in made.statements:
        assert told.why.stance is not None
        assert told.why.kind == "grammar" or told.statement.rule in read
        assert told.why.place or told.why.kind == "grammar"
    assert tried(text) == made
