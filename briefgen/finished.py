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
from dataclasses import asdict
from hashlib import sha256
from typing import TYPE_CHECKING

from pydantic import ValidationError

from briefgen import ourselves
from briefgen.digesting import crew_of, digest_all, fingerprint, key_by, recipe_of
from briefgen.digesting.stored import Stored
from briefgen.listing import Found
from briefgen.model.base import from_json, to_json
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
            brief = from_json(Brief, text)
        except ValidationError:
            return None
        read = (key for each, key in zip(self._found, self._keys, strict=True) if each.name not in names)
        Stored(self._store).use([key for key in read if key])
        return brief

    def keep(self, brief: Brief, unread: Sequence[Skipped]) -> None:
        """Keep ``brief``, unless its documents have changed while it was made."""
        unkeyed = {each.name for each, key in zip(self._found, self._keys, strict=True) if key is None}
        if self._keys == self._keys_now() and unkeyed <= {each.path for each in unread}:
            head = json.dumps([asdict(each) for each in unread])
            self._store.put(self._name(), f"{head}\n{to_json(brief)}".encode())

    def _name(self) -> str:
        return KIND + fingerprint([*self._keys, *self._beside])

    def _keys_now(self) -> list[str | None]:
        return list(map(key_by(self._recipe), self._found))


def file_of(store: Store, brief: str, look: Sequence[object], house: House, make: Callable[[set[str]], bytes]) -> bytes:
    """A file of the brief that is ``brief`` as JSON, looking as ``look`` and the templates of ``house`` say: found, or made.

    ``make`` adds the names of the templates that it takes to a set. So a changed template costs the files that it leads to.
    """
    from briefgen.render.environment import signs_of

    name = KIND + fingerprint([sha256(brief.encode()).hexdigest(), *look, house._replace(cache=None), ourselves.fingerprint()])
    head, _, content = (store.get(name) or b"").partition(b"\n")
    if head and (known := json.loads(head)) == signs_of(known, house):
        return content
    looked_for: set[str] = set()
    content = make(looked_for)
    store.put(name, json.dumps(signs_of(looked_for, house)).encode() + b"\n" + content)
    return content
