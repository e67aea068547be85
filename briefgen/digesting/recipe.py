"""Settings in, what a digest depends on beside the file out: the recipe, and the rules that it names, loaded once a process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from briefgen import home, lexicon, ourselves
from briefgen.model.lexicon import Lexicon
from briefgen.model.settings import Settings

if TYPE_CHECKING:
    from briefgen.compare import Tools
    from briefgen.extract import Rules


class Kit(NamedTuple):
    """The lexicon, the rules of extraction and the tools of outlines that are made of it."""

    lexicon: Lexicon
    rules: Rules
    outlining: Tools


class Recipe(NamedTuple):
    """What a digest depends on beside the file; small, since it is sent to every worker.

    ``date`` is the date of all documents, over what they say; ``file_time`` lets a file's time date it where nothing else does.
    ``seconds`` of the processor for each megabyte, and ``memory_mb``, are what a worker may take.
    """

    lexicons: tuple[str, ...] = ()
    file_mb: int = 50
    date: str | None = None
    file_time: bool = False
    seconds: int = 30
    memory_mb: int = 2000


def recipe_of(settings: Settings) -> Recipe:
    """What the settings say of reading documents."""
    limits = settings.limits
    return Recipe(settings.lexicons, limits.file_mb, settings.date, settings.file_time, limits.seconds, limits.memory_mb)


def made_by(recipe: Recipe) -> tuple[object, ...]:
    """What prints all that a recipe stands for: two that print the same make the same digest of a file."""
    return (
        ourselves.fingerprint(ourselves.READING),
        lexicon.fingerprint(load_lexicon(recipe.lexicons)),
        recipe.date,
        recipe.file_time,
    )


def load_lexicon(folders: tuple[str, ...]) -> Lexicon:
    """The lexicon with the user's folders, loaded once in a process."""
    return _lexicon(folders)


def tools(folders: tuple[str, ...]) -> Kit:
    """What documents are read with, made once in a process."""
    return _tools(folders)


def forget_lexicons() -> None:
    """Load lexicons anew the next time, since their files have changed."""
    _lexicon.cache_clear()
    _tools.cache_clear()


@lru_cache
def _lexicon(folders: tuple[str, ...]) -> Lexicon:
    return lexicon.load([Path(folder) for folder in folders], home.cache_folder())


@lru_cache
def _tools(folders: tuple[str, ...]) -> Kit:
    from briefgen.compare import tools_of
    from briefgen.extract import compile_rules

    words = _lexicon(folders)
    return Kit(words, compile_rules(words), tools_of(words))
