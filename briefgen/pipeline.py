"""Paths and settings in, a brief in the output folder out: strings the stages together, and is the only place that does.

What each document says is made by ``digesting``; here are the order of the work, the settings and the files of a brief.
"""

from __future__ import annotations

import os
import re
from collections.abc import Container, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from briefgen import __version__, corrections, home, lexicon, output, period
from briefgen.content import Content
from briefgen.digesting import Known, Watch, crew_of, digest_all, load_lexicon, recipe_of
from briefgen.export import csv_files
from briefgen.export.whole import json_pieces
from briefgen.finished import Finished, Order
from briefgen.listing import Found, can_list, list_documents, readable_name
from briefgen.model import base
from briefgen.model.brief import SCHEMA_VERSION, Brief, Generator, Period, Skipped
from briefgen.model.corrections import Corrections
from briefgen.model.errors import NoSourceError, TemplateError, UsageError
from briefgen.model.findings import Digest
from briefgen.model.lexicon import Lexicon
from briefgen.model.settings import FILES, Settings
from briefgen.sidecar import described

if TYPE_CHECKING:
    from briefgen.compare import Edits, Sift
    from briefgen.render.house import House
    from briefgen.store import Store


class NothingReadError(NoSourceError):
    """No document could be read; ``skipped`` says of each file why."""

    def __init__(self, paths: Sequence[Path], skipped: Sequence[Skipped]) -> None:
        where = ", ".join(str(path) for path in paths)
        empty = f"no documents in {where}: put .txt, .md or .html files there"
        super().__init__("nothing-to-read", f"no file in {where} could be read" if skipped else empty)
        self.skipped = skipped


class NothingInPeriodError(NoSourceError):
    """Documents were read, but none belongs to the period, or all are withheld; ``skipped`` says of each why."""

    def __init__(self, wanted: Period, skipped: Sequence[Skipped], withheld: int = 0) -> None:
        if withheld and not skipped:
            super().__init__("all-withheld", "all documents are embargoed in the corrections: nothing is left to tell")
        else:
            super().__init__("nothing-in-period", f"none of the documents belongs to the period ({period.words_of(wanted)})")
        self.skipped = skipped


def build(paths: Sequence[Path], settings: Settings, watch: Watch | None = None, store: Store | None = None) -> Finished:
    """Make the brief of all documents below ``paths`` and put it into the output folder.

    What ``store`` holds is not made again; the bytes are the same without it. Raises ``UsageError`` for wrong paths or
    settings, ``NoSourceError`` if nothing can be read, ``TemplateError`` and ``LockedError``; whatever is raised, the brief
    that was there is untouched.
    """
    check(paths, settings)
    with output.hold(Path(settings.out)) as held:
        made = make(paths, settings, watch, store)
        output.replace(held, files_of(made, settings))
    return made


def store_of(settings: Settings) -> Store | None:
    """Where the settings have things kept from build to build.

    None where nothing is to be kept, or where it would lie in the output folder, which holds nothing but briefs.
    """
    from briefgen.store import Store

    folder = kept_in(settings)
    if folder is None or not settings.cache.keep or _is_same_file(folder.parent, settings.out):
        return None
    return Store(folder, settings.cache.max_mb * 1_000_000)


def kept_in(settings: Settings) -> Path | None:
    """The folder where things are kept from build to build; None where there is no place for one."""
    folder = settings.cache.folder or home.kept_folder()
    return Path(folder) if folder else None


def check(paths: Sequence[Path], settings: Settings) -> None:
    """Raise ``UsageError`` for what can be known to be wrong before anything is read."""
    _refuse_overlap(paths, Path(settings.out))
    if settings.templates and not can_list(settings.templates):
        raise UsageError("no-templates", "there is no such folder of templates, or no permission", file=settings.templates)
    house_of(settings)  # what is wrong with it is told before documents are read


class _Given(NamedTuple):
    """All that a brief is made of: documents and what was not taken of them, rules, corrections, the earlier brief, days."""

    found: list[Found]
    skipped: list[Skipped]
    rules: Lexicon
    noted: Corrections
    previous: Brief | None
    wanted: Period
    places: dict[str, str]

    def beside_documents(self) -> list[object]:
        """What prints all but the documents."""
        previous = self.previous and base.to_json(self.previous)
        return [self.skipped, lexicon.fingerprint(self.rules), self.noted, previous, self.wanted, sorted(self.places.items())]

    def belongs(self, digest: Digest) -> bool:
        """Whether a document is of the days that the brief covers, and nobody has embargoed it."""
        from briefgen.compare import is_embargoed

        return period.has(self.wanted, digest) and not is_embargoed(digest, self.noted, self.places)

    def sift(self, room: int) -> Sift:
        """What chooses among more than so many claims: what the earlier brief spoke of comes first."""
        from briefgen.compare import Sift, tools_of

        known = {issue.id for issue in self.previous.issues} if self.previous else set()
        return Sift(room, tools_of(self.rules), known)


def make(
    paths: Sequence[Path],
    settings: Settings,
    watch: Watch | None = None,
    store: Store | None = None,
    known: Known | None = None,
) -> Finished:
    """The brief of all documents below ``paths``, not written anywhere; the output folder is not read, should it lie there.

    What ``store`` holds of the whole brief, or ``known`` of a document, is not made again; where only a store is given, it is
    asked for both.
    """
    given = _given(paths, settings)
    if store is None:
        return Finished(_made(given, paths, settings, watch, known)[0])
    from briefgen.digesting.stored import Stored

    order = Order(store, given.found, given.beside_documents(), settings)
    return order.recall() or order.keep(*_made(given, paths, settings, watch, known or Stored(store)))


def _given(paths: Sequence[Path], settings: Settings) -> _Given:
    """What the paths and settings lead to; raises ``UsageError`` for what is wrong there."""
    wanted = period.period_of(settings)
    previous = read_brief(Path(settings.previous)) if settings.previous else None
    rules = load_lexicon(settings.lexicons)
    noted = corrections.load(Path(settings.corrections))
    found, skipped = list_documents(paths, Path(settings.out), follow_links=settings.follow_links)
    found = described([each for each in found if not _is_same_file(each.file, settings.corrections)])
    return _Given(found, skipped, rules, noted, previous, wanted, _places(found, settings.corrections))


def _made(
    given: _Given, paths: Sequence[Path], settings: Settings, watch: Watch | None, known: Known | None
) -> tuple[Brief, list[Skipped]]:
    """The brief, and the files that could not be read."""
    from briefgen.compare import withhold, without
    from briefgen.digesting.gathering import gathered

    results = digest_all(given.found, recipe_of(settings), crew_of(settings), watch, known)
    digests, unread, left_out = gathered(results, settings.limits.statements, given.belongs, given.sift)
    skipped: Sequence[Skipped] = [*given.skipped, *unread]
    if not digests:
        raise NothingReadError(paths, skipped)
    digests, skipped, edits = withhold(digests, skipped, given.noted, given.rules, given.places)
    digests, others = period.select(digests, given.wanted)
    if not digests:
        raise NothingInPeriodError(given.wanted, others, edits.withheld)
    before = without(given.previous, given.noted) if given.previous else None
    brief = _compare(digests, given.rules, settings, (*skipped, *others), before, given.wanted, edits)
    return replace(brief, left_out=left_out), unread


def read_brief(path: Path) -> Brief:
    """An earlier ``brief.json``; raises ``UsageError`` if there is none or it is not ours."""
    from pydantic import ValidationError

    try:
        data = path.read_bytes()
        brief = base.from_json(Brief, data)
    except OSError as error:
        raise UsageError("no-brief", f"cannot be read: {error.strerror}; it should be a brief.json", file=str(path)) from None
    except ValidationError:
        raise _no_brief(path, data) from None
    if brief.schema_version != SCHEMA_VERSION:
        raise _no_brief(path, data)
    return brief


def _no_brief(path: Path, data: bytes) -> UsageError:
    """Why ``data`` is none of our briefs: made by another version, damaged, or something else."""
    found = re.match(rb'\s*\{\s*"schema_version":\s*"([\w.]{1,20})"', data)
    if found and found[1].decode() != SCHEMA_VERSION:
        made = f"was made by another version of briefgen (schema {found[1].decode()}, ours is {SCHEMA_VERSION}): build it again"
        return UsageError("other-version", made, file=str(path))
    if found:
        return UsageError("damaged", "is damaged: build it again", file=str(path))
    return UsageError("no-brief", f"is no brief.json of briefgen {__version__}", file=str(path))


def compare_briefs(old: Brief, new: Brief, settings: Settings) -> Brief:
    """``new`` with what has changed since ``old``, in place of what it says of changes itself."""
    from briefgen.compare import what_changed

    if old.as_of and new.as_of and new.as_of < old.as_of:
        raise UsageError("older", f"the second brief ({new.as_of}) is older than the first ({old.as_of}): OLD comes first")
    return replace(new, changes=what_changed(old, new, load_lexicon(settings.lexicons)))


def _compare(
    digests: list[Digest],
    rules: Lexicon,
    settings: Settings,
    skipped: Sequence[Skipped],
    previous: Brief | None = None,
    wanted: Period | None = None,
    edits: Edits | None = None,
) -> Brief:
    from briefgen.compare import Edits, compare

    generator = Generator(name="briefgen", version=__version__, rules=lexicon.fingerprint(rules))
    return compare(
        digests,
        rules,
        settings,
        skipped=skipped,
        previous=previous,
        period=wanted,
        generator=generator,
        edits=edits or Edits(),
    )


def files_of(made: Finished, settings: Settings) -> dict[str, Content]:
    """The files of a brief by name, in the forms that the settings ask for."""
    house = house_of(settings)
    files: dict[str, Content] = {}
    for form in sorted(set(settings.formats)):
        if form == "csv":
            files |= csv_files(made.brief)
        elif form == "json":
            files[FILES[form][0]] = made.json
        else:
            files[FILES[form][0]] = _content(form, made, settings, house)
    return files | _extras(made, house, {*files, *output.OURS})


def _content(form: str, made: Finished, settings: Settings, house: House) -> bytes:
    """A rendered file."""
    look = form, settings.mail, address_of(settings)
    return made.file(look, house, lambda looked_for: _rendered(form, made, settings, house, looked_for))


def _rendered(form: str, made: Finished, settings: Settings, house: House, looked_for: set[str]) -> bytes:
    if form == "email":
        from briefgen.render.mail import message

        return message(made.brief, settings.mail, house, address_of(settings), looked_for)
    from briefgen.render import shown

    return shown(made.view(house.most), form, house, looked_for).encode("utf-8")


def address_of(settings: Settings) -> str:
    """Where the page of a week's brief will be read, as far as the settings say; else empty."""
    archive = settings.series.base_url if settings.series and settings.week else None
    return f"{archive}{settings.week}/{FILES['html'][0]}" if archive and "html" in settings.formats else ""


def _extras(made: Finished, house: House, taken: Container[str]) -> dict[str, Content]:
    """The further files of a house."""
    if not house.folders:
        return {}
    from briefgen.render.extras import extra_outputs, render_extras

    further = extra_outputs(house.folders)
    for name, template in further.items():
        if name in taken:
            raise TemplateError("T021", f"{name} is a file of briefgen's own: call the template otherwise", file=str(template))
    if not further:
        return {}
    return {name: text.encode("utf-8") for name, text in render_extras(made.view(house.most), house).items()}


def further_files(settings: Settings) -> list[str]:
    """The names of the files that a house has made beside the brief."""
    if not settings.templates:
        return []
    from briefgen.render.extras import extra_outputs

    return list(extra_outputs((settings.templates,)))


def house_of(settings: Settings) -> House:
    """What the settings say of the look of a brief; raises ``UsageError`` and ``TemplateError`` for a wrong theme."""
    from briefgen import theme
    from briefgen.render.house import House

    folders = (settings.templates,) if settings.templates else ()
    look = theme.load(settings.theme, folders)
    return House(folders, look, settings.sections, settings.front_matter, home.cache_folder(), settings.limits.positions)


def to_json(brief: Brief) -> str:
    """The brief as ``brief.json``."""
    return b"".join(json_pieces(brief)).decode()


def _places(found: Sequence[Found], corrections: str) -> dict[str, str]:
    """The path of each file from the folder of the corrections, where it is below it, by the name in the brief."""
    folder = os.path.realpath(os.path.dirname(corrections) or ".")
    paths = ((each.name, os.path.relpath(os.path.realpath(each.file), folder)) for each in found)
    return {name: readable_name(path) for name, path in paths if not path.startswith(os.pardir)}


def _is_same_file(one: Path, two: str) -> bool:
    return os.path.realpath(one) == os.path.realpath(two)


def _refuse_overlap(paths: Sequence[Path], out: Path) -> None:
    """A brief must not be written over documents. An output folder inside a folder of documents is left out of the reading."""
    for path in paths:
        if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(out)):
            message = f"the documents ({path}) lie in the output folder: choose another with --out"
            raise UsageError("overlap", message, file=str(out))
