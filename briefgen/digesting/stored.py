"""A store in, a memory of digests out that the next build finds again.

A digest is kept as JSON, as it goes between processes and to users: never pickle, which would run what somebody put there.
"""

from __future__ import annotations

from pydantic import TypeAdapter, ValidationError

from briefgen.digesting.file import Result
from briefgen.model.brief import Skipped
from briefgen.model.findings import Digest
from briefgen.store import Store

KIND = "document "
OF_A_FILE = TypeAdapter(tuple[Digest, ...])


class Stored:
    """``Known`` in a store, which counts what was found there and what had to be made."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def has(self, key: str) -> bool:
        """Whether something was put there."""
        return self._store.has(KIND + key)

    def get(self, key: str) -> Result | None:
        """What was put there, or None."""
        data = self._store.get(KIND + key)
        if data is None:
            return None
        try:
            made = OF_A_FILE.validate_json(data)
        except ValidationError:
            return None
        self._store.found += 1
        return made

    def put(self, key: str, made: Result) -> None:
        """Keep ``made``, but not why a file could not be read."""
        if isinstance(made, Skipped):
            return
        self._store.made += 1
        self._store.put(KIND + key, OF_A_FILE.dump_json(made))

    def use(self, keys: list[str]) -> None:
        """Count ``keys`` as found, since the brief that was made of them was."""
        self._store.found += len(keys)
        self._store.use(KIND + key for key in keys)
