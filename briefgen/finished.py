"""What a brief is made of in, the brief and its files out, where the very same was finished before.

A brief is kept under a name that is made of the keys of its documents and of all else that it depends on, a file under one that
is made of the whole brief and of how it is to look. So a changed template finds the brief and only renders, and a build in
which nothing has changed finds everything. As with digests, nothing here decides what is out of date: it is never asked for.

What could not be read is no part of the name. It is tried again, since what was missing may be there now, and the brief is
taken only if that comes out as it did.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from briefgen import ourselves
from briefgen.digesting import crew_of, digest_all, fingerprint, key_by, recipe_of
from briefgen.digesting.stored import Stored
from briefgen.listing import Found
from briefgen.model.brief import Brief, Skipped
from briefgen.model.settings import Settings
from briefgen.store import Store

if TYPE_CHECKING:
    from briefgen.render.house import House

KIND = "finished "
#: Settings that change nothing of a brief: where it is put and how it looks, and what has been read by then.
ELSEWHERE = {
    *(
        "out",
        "formats",
        "templates",
        "theme",
        "sections",
        "front_matter",
        "mail",
        "series",
        "jobs",
        "executor",
        "scheduler",
        "cache",
    ),
    *("documents", "lexicons", "previous", "corrections"),
}


class Order:
    """One brief that is wanted: recalled, or kept once it is made.

    ``beside`` prints all that it depends on but its documents.
    """

    def __init__(self, store: Store, found: Sequence[Found], beside: Iterable[object], settings: Settings) -> None:
        self._store, self._found = store, found
        self._recipe, self._crew = recipe_of(settings), crew_of(settings)
        self._beside = (*beside, settings.model_dump_json(exclude=ELSEWHERE), ourselves.fingerprint())
        self._keys = self._keys_now()

    def recall(self) -> Brief | None:
        """The brief, if it was made before of the very same."""
        head, _, text = (self._store.get(self._name()) or b"").partition(b"\n")
        if not text:
            return None
        unread = [Skipped(**each) for each in json.loads(head)]
        names = {each.path for each in unread}
        again = [each for each in self._found if each.name in names]
        if list(digest_all(again, self._recipe, self._crew)) != unread:
            return None
        try:
            brief = Brief.model_validate_json(text)
        except ValidationError:
            return None
        read = (key for each, key in zip(self._found, self._keys, strict=True) if each.name not in names)
        Stored(self._store).use([key for key in read if key])
        return brief

    def keep(self, brief: Brief, unread: Sequence[Skipped]) -> None:
        """Keep ``brief``, unless its documents have changed while it was made."""
        unkeyed = {each.name for each, key in zip(self._found, self._keys, strict=True) if key is None}
        if self._keys == self._keys_now() and unkeyed <= {each.path for each in unread}:
            head = json.dumps([each.model_dump() for each in unread])
            self._store.put(self._name(), f"{head}\n{brief.model_dump_json(by_alias=True)}".encode())

    def _name(self) -> str:
        return KIND + fingerprint([*self._keys, *self._beside])

    def _keys_now(self) -> list[str | None]:
        return list(map(key_by(self._recipe), self._found))


def file_of(store: Store, brief: str, look: Sequence[object], make: Callable[[], bytes]) -> bytes:
    """A file of the brief that is ``brief`` as JSON, looking as ``look`` says: found, or made and kept."""
    name = KIND + fingerprint([sha256(brief.encode()).hexdigest(), *look, ourselves.fingerprint()])
    data = store.get(name)
    if data is None:
        store.put(name, data := make())
    return data


def look_of(house: House, form: str) -> tuple[object, ...]:
    """All that a rendered file depends on beside the brief: the choices of a house and the content of every template."""
    from briefgen.render.house import shipped

    texts = sha256()
    for folder in (shipped(), *map(Path, house.folders)):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            texts.update(f"\0{path.relative_to(folder)}\0".encode(errors="surrogateescape"))
            texts.update(path.read_bytes())
    return form, house._replace(cache=None), texts.hexdigest()
