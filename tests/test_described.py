"""What is known of a document from outside: a person's word, the call, the file's time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefgen import digesting
from briefgen.listing import list_documents
from briefgen.model.settings import Settings
from briefgen.sidecar import described

DATED = "Harbour News\n\n2 November 2025\n\nThe mayor said that the ferry should run.\n"
UNDATED = "The mayor said that the ferry should run.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "dated.txt").write_text(DATED)
    (tmp_path / "undated.txt").write_text(UNDATED)
    for name in ("dated.txt", "undated.txt"):
        os.utime(tmp_path / name, (1_700_000_000, 1_700_000_000))
    return tmp_path


def dates(folder: Path, **settings: object) -> dict[str, tuple[str | None, str | None]]:
    found, _ = list_documents([folder])
    recipe = digesting.recipe_of(Settings.model_validate(settings))
    words = digesting.load_lexicon(())
    read = [document for each in described(found) for document, _ in digesting.read_documents(each, words, recipe)]
    return {document.source.path: (document.meta.published, document.meta.published_from) for document in read}


def test_the_time_of_a_file_is_no_date_of_its_document(folder: Path) -> None:
    assert dates(folder) == {"dated.txt": ("2025-11-02", "date-line"), "undated.txt": (None, None)}


def test_the_time_of_a_file_dates_what_nothing_else_does_when_asked_for(folder: Path) -> None:
    assert dates(folder, file_time=True) == {
        "dated.txt": ("2025-11-02", "date-line"),
        "undated.txt": ("2023-11-14", "file-time"),
    }


def test_the_call_goes_before_everything(folder: Path) -> None:
    (folder / "sources.toml").write_text('[[source]]\npath = "dated.txt"\ndate = "2025-11"\n')
    assert dates(folder)["dated.txt"] == ("2025-11", "sources.toml")
    assert dates(folder, date="2026", file_time=True) == dict.fromkeys(("dated.txt", "undated.txt"), ("2026", "--date"))


def test_relative_dates_count_from_what_was_said(folder: Path) -> None:
    (folder / "undated.txt").write_text("The ferry sank yesterday.\n")
    (folder / "sources.toml").write_text('[[source]]\npath = "undated.txt"\ndate = 2026-11-16\n')
    found, _ = list_documents([folder])
    (digest,) = digesting.digest_file(described(found)[1], digesting.Recipe())
    assert [(date.text, date.value) for date in digest.dates] == [("yesterday", "2026-11-15")]  # type: ignore[union-attr]


def test_a_file_that_is_given_alone_has_its_description(folder: Path) -> None:
    (folder / "sources.toml").write_text('[[source]]\npath = "dated.txt"\ntitle = "Ferries"\n')
    found, _ = list_documents([folder / "dated.txt"])
    assert [each.said.title for each in described(found) if each.said] == ["Ferries"]
    found, _ = list_documents([folder / "undated.txt"])
    assert described(found) == found
