"""Files in, what each says out: out of a memory, or read and extracted here or by other processes.

One document is ``bytes -> Digest``, pure: the half of the work that can be remembered and shared out. What is made of all
digests together is ``compare``'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from briefgen.digesting.file import Result, digest_file, is_harmless, parse_file, read_documents
from briefgen.digesting.known import Known, Memory, fingerprint, key_of, recalled
from briefgen.digesting.recipe import Recipe, forget_lexicons, load_lexicon, made_by, recipe_of
from briefgen.listing import Found
from briefgen.model.brief import Skipped
from briefgen.model.document import Document
from briefgen.model.errors import UsageError
from briefgen.model.settings import Settings

#: Called after each file with the number done, the number in all, and how many of those done were skipped.
Watch = Callable[[int, int, int], None]

__all__ = [
    "Crew",
    "Known",
    "Memory",
    "Recipe",
    "Result",
    "Watch",
    "crew_of",
    "digest_all",
    "digest_file",
    "documents_of",
    "fingerprint",
    "forget_lexicons",
    "key_by",
    "load_lexicon",
    "read_documents",
    "recipe_of",
    "stand_by",
]


class Crew(NamedTuple):
    """Who does the work: so many processes of this machine, or the dask cluster whose scheduler has this address."""

    jobs: int = 1
    scheduler: str = ""


ALONE = Crew()


def crew_of(settings: Settings) -> Crew:
    """What the settings say of it; raises ``UsageError`` where one half of a cluster is missing."""
    if (settings.executor == "dask") != bool(settings.scheduler):
        raise UsageError("bad-value", "executor dask and the address of a scheduler go together: give both or neither")
    return Crew(settings.jobs, settings.scheduler)


def digest_all(
    found: Sequence[Found], recipe: Recipe, crew: Crew = ALONE, watch: Watch | None = None, known: Known | None = None
) -> Iterator[Result]:
    """What each file says, in the order of ``found``: out of ``known``, or made by the ``crew``."""
    results = _digests(found, recipe, crew) if known is None else _recalled(found, recipe, crew, known)
    skipped = 0
    for done, result in enumerate(results, 1):
        skipped += isinstance(result, Skipped)
        if watch:
            watch(done, len(found), skipped)
        yield result


def _digests(found: Sequence[Found], recipe: Recipe, crew: Crew) -> Iterator[Result]:
    """Read here, where nothing that is read could do harm and one process is enough; else by workers, which may die."""
    if found and crew.scheduler:
        from briefgen.digesting.cluster import in_cluster

        return in_cluster(found, recipe, crew.scheduler)
    workers = min(crew.jobs, len(found))
    if workers < 2 and all(is_harmless(each) for each in found):
        return (digest_file(each, recipe) for each in found)
    from briefgen.digesting import standing
    from briefgen.digesting.workers import in_processes

    if workers < 2 and standing.is_ready(recipe):
        return standing.read(found, recipe)
    return in_processes(found, recipe, workers)


def documents_of(found: Found, recipe: Recipe) -> tuple[Document, ...] | Skipped:
    """The documents of one file, read as ``digest_all`` reads it: here, or by a process that may die."""
    if is_harmless(found):
        return parse_file(found, recipe)
    from briefgen.digesting.workers import apart, sent

    (answer,) = apart([found], recipe, parse_file)
    return sent(answer, Document)


def stand_by(recipe: Recipe) -> None:
    """Have a process ready to read the next document, for whoever will wait for it."""
    from briefgen.digesting import standing

    standing.stand_by(recipe)


def _recalled(found: Sequence[Found], recipe: Recipe, crew: Crew, known: Known) -> Iterator[Result]:
    """The same with a memory."""
    return recalled(found, known, key_by(recipe), lambda unknown: _digests(unknown, recipe, crew))


def key_by(recipe: Recipe) -> Callable[[Found], str | None]:
    """What tells the key under which a file's digests are remembered; None of one that cannot be read."""
    by = fingerprint(made_by(recipe))
    return partial(key_of, made_by=by, at_most=recipe.file_mb * 1_000_000, by_file_time=recipe.file_time)
