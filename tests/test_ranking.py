"""The core of key points: a summary is verbatim, fits, repeats nothing, and tells what most say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefgen.compare.ranking import summary

WORDS = st.sampled_from("ferry fee night board crossing county mayor votes money quay bridge winter".split())
SENTENCES = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)
DOCUMENTS = st.lists(st.lists(SENTENCES, max_size=5), max_size=5)


@given(DOCUMENTS, st.integers(0, 40))
def test_a_summary_is_verbatim_fits_and_repeats_nothing(documents: list[list[str]], words: int) -> None:
    taken = summary(documents, words)
    assert set(taken) <= {text for sentences in documents for text in sentences}
    assert sum(len(text.split()) for text in taken) <= words
    assert len({frozenset(text.split()) for text in taken}) == len(taken)
    assert taken == summary([list(reversed(sentences)) for sentences in reversed(documents)], words)


def test_what_most_documents_say_comes_first() -> None:
    documents = [
        ["The night ferry to Osund will stop in May.", "Herring was cheap at the market this week."],
        ["In May the night ferry to Osund will stop for good.", "A choir sang in the chapel on the hill."],
        ["Nobody asked us about the night ferry to Osund.", "The pool in Brell is closed for two summers."],
    ]
    assert "ferry" in summary(documents, 20)[0]
    assert len(summary(documents, 20)) >= 1


def test_words_that_tell_nothing_do_not_count() -> None:
    said = [["of the and the of a the in the of"], ["the fee for the night ferry is too high"]]
    skipped = frozenset("of the and a in for is too".split())
    assert summary(said, 20, skipped)[0] == "the fee for the night ferry is too high"
