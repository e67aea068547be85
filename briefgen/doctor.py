"""Settings in, a list of checks out: what a build would stumble over, and for each what to do.

A ``fault`` keeps a build from being right; a ``note`` is worth knowing and may be meant so. A check never raises: what it
would raise is what it tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import Literal, NamedTuple

from briefgen import config, corrections, home, listing, output, pipeline, series
from briefgen.model.errors import BriefgenError, LockedError
from briefgen.model.settings import Settings
from briefgen.terminal import counted

#: The library of each extra.
EXTRAS = {"pdf": "pypdfium2", "xls": "python_calamine", "msg": "oxmsg"}


class Check(NamedTuple):
    """What was looked at, how it is, in words, and what to do about it."""

    name: str
    state: Literal["ok", "note", "fault"]
    message: str
    advice: str = ""


def examine(config_file: Path | None) -> Iterator[Check]:
    """All checks, in the order in which a build would need what they look at."""
    try:
        settings = config.load(config_file)
    except BriefgenError as error:
        yield Check("config", "fault", str(error), f"{_advice(error)}; the other checks need the settings")
        return
    found = [path for path in config.candidates(config_file) if path.is_file()]
    yield Check("config", "ok", str(found[0]) if found else "none: every setting is the default")
    for look in (_documents, _extras, _lexicons, _corrections, _templates, _output, _cache, _series, _mail):
        yield from _told(look, settings)


def _told(look: Callable[[Settings], Iterator[Check]], settings: Settings) -> Iterator[Check]:
    try:
        yield from look(settings)
    except BriefgenError as error:
        yield Check(look.__name__.strip("_"), "fault", str(error), _advice(error))


def _advice(error: BriefgenError) -> str:
    if error.hint:
        return f"did you mean {error.hint!r}?"
    return "mend this line" if error.line else "mend what is named, or name another in the settings"


def _documents(settings: Settings) -> Iterator[Check]:
    if not settings.documents:
        yield Check("documents", "note", "the settings name none", "name folders in documents = [...], or on the command line")
        return
    found, skipped = listing.list_documents(
        [Path(path) for path in settings.documents], Path(settings.out), follow_links=settings.follow_links
    )
    state: Literal["ok", "fault"] = "ok" if found else "fault"
    yield Check("documents", state, counted(len(found), "file"), "" if found else f"put files in {settings.documents[0]}")
    for each in skipped:
        yield Check("documents", "note", f"{each.path}: {each.reason}", "take it away, or make it readable")


def _extras(settings: Settings) -> Iterator[Check]:
    """A library that is missing is a fault only where a document needs it."""
    from briefgen.parsers import PARSERS

    paths = [Path(path) for path in settings.documents if Path(path).exists()]
    suffixes = {
        each.file.suffix.lower()
        for each in listing.list_documents(paths, Path(settings.out), follow_links=settings.follow_links)[0]
    }
    for extra, library in EXTRAS.items():
        known = {suffix for entry in PARSERS.values() if entry.extra == extra for suffix in entry.suffixes.split()}
        if find_spec(library):
            yield Check("extras", "ok", f"{extra} is installed")
        else:
            advice = f"pip install 'briefgen[{extra}]'"
            needed = sorted(known & suffixes)
            message = f"{extra} is not installed" + (f", and there are {', '.join(needed)} files" if needed else "")
            yield Check("extras", "fault" if needed else "note", message, advice)


def _lexicons(settings: Settings) -> Iterator[Check]:
    from briefgen.editing.catalogue import open_catalogue
    from briefgen.editing.report import check

    report = check(open_catalogue(settings.lexicons, home.cache_folder()))
    for failed in report.failed:
        yield Check("lexicons", "fault", str(failed), "mend the rule or its example: briefgen lexicon check")
    for conflict in report.conflicts:
        yield Check("lexicons", "note", str(conflict), "briefgen lexicon check says more")
    if not report.failed:
        yield Check("lexicons", "ok", report.told[-1])


def _corrections(settings: Settings) -> Iterator[Check]:
    """Only where there are some: most briefs need none."""
    found = corrections.load(Path(settings.corrections))
    if number := sum(len(entries) for entries in found if isinstance(entries, tuple)):
        yield Check("corrections", "ok", counted(number, "entry", "entries"))


def _templates(settings: Settings) -> Iterator[Check]:
    from briefgen.render import compile_all

    pipeline.check([], settings)
    compiled = compile_all(pipeline.house_of(settings))
    yield Check("templates", "ok", f"theme {settings.theme}; {counted(compiled, 'template')} compiled")


def _output(settings: Settings) -> Iterator[Check]:
    out = Path(settings.out)
    try:
        with output.hold(out) as held, TemporaryFile(dir=held.folder):
            yield Check("output", "ok", f"{settings.out} can be written")
    except LockedError as error:
        yield Check("output", "note", error.message, "wait for it to end")
    except OSError as error:
        yield Check("output", "fault", f"{settings.out} cannot be written: {error.strerror}", "choose another with out = ...")


def _cache(settings: Settings) -> Iterator[Check]:
    """Where something is kept, or could not be; a cache that is not there yet is nothing to tell."""
    from briefgen.store import told_of

    if not settings.cache.keep:
        yield Check("cache", "note", "nothing is kept from build to build", "keep = true in [cache] makes builds faster")
    elif (folder := pipeline.kept_in(settings)) and (told := told_of(folder)):
        yield Check("cache", "ok", f"{folder}: {counted(told.kinds.get('document', 0), 'file')} remembered")


def _series(settings: Settings) -> Iterator[Check]:
    out = Path(settings.out)
    if settings.series is None or not out.is_dir():
        return
    editions = [series.read(out, week) for week in series.weeks(out)]
    for each in editions:
        if each.fault:
            yield Check("series", "note", f"{each.week}: {each.fault.message}", f"briefgen build --week {each.week}")
    yield Check("series", "ok", f"{counted(len(editions), 'edition')} in {settings.out}")


def _mail(settings: Settings) -> Iterator[Check]:
    if "email" in settings.formats and settings.mail == Settings().mail:
        yield Check("mail", "note", f"mails come from {settings.mail.sender}", "say from whom in [mail]: from = ...")
