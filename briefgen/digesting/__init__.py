"""Files in, what each says out: out of a memory, or read and extracted here or by other processes.

One document is ``bytes -> Digest``, pure: the half of the work that can be remembered and shared out. What is made of all
digests together is ``compare``'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from briefgen.digesting.file import Result, digest_file, read_documents
from briefgen.digesting.known import Known, Memory, fingerprint, key_of, recalled
from briefgen.digesting.recipe import Recipe, forget_lexicons, load_lexicon, made_by, recipe_of
from briefgen.digesting.workers import in_processes
from briefgen.listing import Found

#: Called after each file with the number done and the number in all.
Watch = Callable[[int, int], None]

__all__ = [
    "Known",
    "Memory",
    "Recipe",
    "Result",
    "Watch",
    "digest_all",
    "digest_file",
    "fingerprint",
    "forget_lexicons",
    "key_by",
    "load_lexicon",
    "read_documents",
    "recipe_of",
]


def digest_all(
    found: Sequence[Found], recipe: Recipe, jobs: int = 1, watch: Watch | None = None, known: Known | None = None
) -> Iterator[Result]:
    """What each file says, in the order of ``found``: out of ``known``, or made by ``jobs`` processes."""
    results = _digests(found, recipe, jobs) if known is None else _recalled(found, recipe, jobs, known)
    for done, result in enumerate(results, 1):
        if watch:
            watch(done, len(found))
        yield result


def _digests(found: Sequence[Found], recipe: Recipe, jobs: int) -> Iterator[Result]:
    alone = min(jobs, len(found)) < 2
    return (digest_file(each, recipe) for each in found) if alone else in_processes(found, recipe, jobs)


def _recalled(found: Sequence[Found], recipe: Recipe, jobs: int, known: Known) -> Iterator[Result]:
    """The same with a memory."""
    return recalled(found, known, key_by(recipe), lambda unknown: _digests(unknown, recipe, jobs))


def key_by(recipe: Recipe) -> Callable[[Found], str | None]:
    """What tells the key under which a file's digests are remembered; None of one that cannot be read."""
    by = fingerprint(made_by(recipe))
    return partial(key_of, made_by=by, at_most=recipe.file_mb * 1_000_000, by_file_time=recipe.file_time)
