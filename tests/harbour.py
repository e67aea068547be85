"""Four weeks of a harbour town (``weeks/``, what is planted in them: ``weeks.toml``), built one against another."""

from __future__ import annotations

import tomllib
from pathlib import Path

from briefgen import pipeline
from briefgen.model.brief import Brief
from briefgen.model.settings import Settings

HERE = Path(__file__).parent
WEEKS = ("2026-W44", "2026-W45", "2026-W46", "2026-W47")
PLANTED = tomllib.loads((HERE / "weeks.toml").read_text(encoding="utf-8"))
#: From this week on the lexicon knows the harbour's new name.
RENAMED_FROM, LEXICON = "2026-W46", str(HERE / "files" / "port")


def build(folder: Path, week: str, documents: Path = HERE / "weeks", corrections: str = "none.toml") -> Brief:
    """The brief of a week in ``folder``, against the one before where there is one."""
    before = folder / WEEKS[WEEKS.index(week) - 1] / "brief.json"
    settings = Settings(
        title="Harbour",
        out=str(folder / week),
        previous=str(before) if week != WEEKS[0] else None,
        lexicons=lexicons(week),
        corrections=corrections,
    )
    return pipeline.build([documents / week], settings).brief


def lexicons(week: str) -> tuple[str, ...]:
    """The folders of rules that the week is read with."""
    return (LEXICON,) if week >= RENAMED_FROM else ()


def read(folder: Path, week: str) -> Brief:
    """The brief of a week as it was built."""
    return pipeline.read_brief(folder / week / "brief.json")
