"""What a brief is made of in, the brief and its files out, where the very same was finished before.

A brief is kept as its ``brief.json``, under the digest of that, and the digest under a name that is made of the keys of its
documents and of all else that it depends on. What a page shows of it, and each of its files, is kept under a name that is made
of the digest and of how it is to look. So a build in which nothing has changed finds everything, and a changed template finds
what the page shows: the whole brief is read only where a form needs it. As with digests, nothing here decides what is out of
date: it is never asked for.

What could not be read is no part of the name. It is tried again, since what was missing may be there now, and the brief is
taken only if that comes out as it did.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from briefgen import ourselves
from briefgen.content import Content, Pieces, digested, whole
from briefgen.digesting import crew_of, digest_all, fingerprint, key_by, recipe_of
from briefgen.digesting.stored import Stored
from briefgen.export.whole import json_pieces
from briefgen.listing import Found
from briefgen.model.base import from_json, to_json
from briefgen.model.brief import Brief, Skipped
from briefgen.model.settings import Settings
from briefgen.outcome import Outcome, outcome_of
from briefgen.store import Store, pack, unpacked

if TYPE_CHECKING:
    from briefgen.render.context import BriefView
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


class Packed(NamedTuple):
    """A ``brief.json`` as a store keeps it, and the digest of its bytes."""

    data: bytes
    digest: str


class Finished:
    """A brief in the forms in which it is asked for: whole, as ``brief.json``, as templates see it, as a file.

    What the ``store`` holds of these is not made again. Of a brief that was recalled, only the packed JSON is there at first.
    """

    def __init__(
        self, brief: Brief | None, store: Store | None = None, packed: Packed | None = None, outcome: Outcome | None = None
    ) -> None:
        self._made, self._store, self._packed_before, self._outcome_before = brief, store, packed, outcome
        self._views: dict[int, BriefView] = {}

    @cached_property
    def brief(self) -> Brief:
        """The whole brief."""
        return self._made or from_json(Brief, whole(self.json))

    @cached_property
    def outcome(self) -> Outcome:
        """What is told of it at a terminal."""
        return self._outcome_before or outcome_of(self.brief)

    @cached_property
    def packed(self) -> Packed:
        """Its JSON, packed while it is made."""
        if self._packed_before:
            return self._packed_before
        digests: list[str] = []
        return Packed(pack(digested(json_pieces(self.brief), digests)), *digests)

    @property
    def json(self) -> Content:
        """What ``brief.json`` is to hold."""
        if self._store is None:
            return Pieces(lambda: json_pieces(self.brief))
        return Pieces(lambda: unpacked(self.packed.data), self.packed.digest)

    def view(self, most: int) -> BriefView:
        """What templates see of it, with so many positions."""
        if most not in self._views:
            self._views[most] = self._viewed(most)
        return self._views[most]

    def _viewed(self, most: int) -> BriefView:
        from briefgen.render.kept import kept, recalled
        from briefgen.render.view import view

        if self._store is None:
            return view(self.brief, most)
        if found := self._store.get(self._name_of_view(most)):
            return recalled(found)
        made = view(self.brief, most)
        self._store.put(self._name_of_view(most), kept(made))
        return made

    def _name_of_view(self, most: int) -> str:
        return KIND + fingerprint([self.packed.digest, "view", most, ourselves.fingerprint()])

    def file(self, look: Sequence[object], house: House, make: Callable[[set[str]], bytes]) -> bytes:
        """A file of it, looking as ``look`` and the templates of ``house`` say.

        ``make`` adds the names of the templates that it takes to a set. So a changed template costs the files that it leads to.
        """
        if self._store is None:
            return make(set())
        from briefgen.render.environment import signs_of

        name = KIND + fingerprint([self.packed.digest, *look, house._replace(cache=None), ourselves.fingerprint()])
        self._store.use([self._name_of_view(house.most)])  # for the next change of a template
        head, _, content = (self._store.get(name) or b"").partition(b"\n")
        if head and (known := json.loads(head)) == signs_of(known, house):
            return content
        looked_for: set[str] = set()
        content = make(looked_for)
        self._store.put(name, json.dumps(signs_of(looked_for, house)).encode() + b"\n" + content)
        return content


class Order:
    """One brief that is wanted: recalled, or kept once it is made.

    ``beside`` prints all that it depends on but its documents.
    """

    def __init__(self, store: Store, found: Sequence[Found], beside: Iterable[object], settings: Settings) -> None:
        self._store, self._found = store, found
        self._recipe, self._crew = recipe_of(settings), crew_of(settings)
        self._beside = (*beside, settings.model_dump_json(exclude=ELSEWHERE), ourselves.fingerprint())
        self._keys = self._keys_now()

    def recall(self) -> Finished | None:
        """The brief, if it was made before of the very same."""
        head = self._store.get(self._name())
        if head is None:
            return None
        known = json.loads(head)
        unread = [Skipped(**each) for each in known["unread"]]
        names = {each.path for each in unread}
        again = [each for each in self._found if each.name in names]
        data, told = self._store.packed(KIND + known["digest"]), self._store.get(self._name_of_outcome(known["digest"]))
        if data is None or told is None or list(digest_all(again, self._recipe, self._crew)) != unread:
            return None
        read = (key for each, key in zip(self._found, self._keys, strict=True) if each.name not in names)
        Stored(self._store).use([key for key in read if key])
        return Finished(None, self._store, Packed(data, known["digest"]), from_json(Outcome, told))

    def keep(self, brief: Brief, unread: Sequence[Skipped]) -> Finished:
        """The finished brief; it is kept, unless its documents have changed while it was made."""
        made = Finished(brief, self._store)
        unkeyed = {each.name for each, key in zip(self._found, self._keys, strict=True) if key is None}
        if self._keys == self._keys_now() and unkeyed <= {each.path for each in unread}:
            head = {"digest": made.packed.digest, "unread": [asdict(each) for each in unread]}
            self._store.put(self._name(), json.dumps(head).encode())
            self._store.put_packed(KIND + made.packed.digest, made.packed.data)
            self._store.put(self._name_of_outcome(made.packed.digest), to_json(made.outcome).encode())
        return made

    def _name_of_outcome(self, digest: str) -> str:
        return KIND + fingerprint([digest, "outcome", ourselves.fingerprint()])

    def _name(self) -> str:
        return KIND + fingerprint([*self._keys, *self._beside])

    def _keys_now(self) -> list[str | None]:
        return list(map(key_by(self._recipe), self._found))
