"""What changed in, the files of the brief or the error out; what the change does not concern is kept from the build before.

A template changes only pages, so the brief is kept. A document changes the brief, and the digests of the others are kept. A
lexicon changes what is read in all. Settings may change everything, the places to look at too. What failed stays to be done:
the next change of anything tries again from there.

The output folder is held for as long as the desk is open, so that no two previews write into one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from briefgen import config, digesting, lexicon, output, pipeline, theme
from briefgen.content import whole
from briefgen.digesting import Memory
from briefgen.digesting.stored import Stored
from briefgen.finished import Finished
from briefgen.live.changes import Level, Place, Seen, changed, look, wait
from briefgen.model.errors import BriefgenError
from briefgen.model.settings import Settings
from briefgen.render.house import shipped
from briefgen.store import Store

#: The settings that name what a brief is made of, and how far back a change there reaches; any other path is of the pages.
LEVELS = {"documents": Level.BRIEF, "previous": Level.BRIEF, "corrections": Level.BRIEF, "lexicons": Level.LEXICONS}


class Order(NamedTuple):
    """What is to be built: the documents, and the settings."""

    documents: Sequence[Path]
    settings: Settings


class Rebuilt(NamedTuple):
    """One rebuild: the files by name or what was wrong, its causes, and how many of the documents were read for it."""

    files: Mapping[str, bytes]
    error: BriefgenError | None
    changed: Sequence[str] = ()
    documents: int = 0
    read: int = 0


class Desk:
    """What lies ready between two rebuilds; ``ask`` reads the settings anew, from the file ``config`` or where it may be.

    What ``store`` holds of a document, as a build or an earlier preview has left it, is not read again.
    """

    def __init__(self, ask: Callable[[], Order], config_file: Path | None = None, store: Store | None = None) -> None:
        self._ask, self._config = ask, config_file
        self._order = ask()
        self._memory = Memory(Stored(store) if store is not None else None)
        self._made: Finished | None = None
        self._todo: Level | None = Level.LEXICONS
        self._seen: Seen = {}
        self._theme: list[Place] = []
        self._held: output.Held | None = None
        self._holding = ExitStack()

    def __enter__(self) -> Self:
        """Hold the output folder; raises as ``output.hold`` does."""
        self._hold()
        self._seen = self._look()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._holding.close()

    @property
    def settings(self) -> Settings:
        """The settings of the last order that could be read."""
        return self._order.settings

    def next_change(self, sleep: Callable[[float], object]) -> list[str]:
        """Wait until something has changed; what it was. Nothing may be left to tell if it was undone at once."""
        now = wait(self._look, self._seen, sleep)
        paths, level = changed(self._seen, now)
        self._seen = now
        if paths:
            self._todo = max(self._todo or level, level)
        return paths

    def rebuild(self, paths: Sequence[str] = ()) -> Rebuilt:
        """Do what is to be done; whatever is wrong is in the result."""
        try:
            return self._rebuilt(paths)
        except BriefgenError as error:
            return Rebuilt({}, error, paths)
        except Exception as error:  # a fault of ours must not end the preview
            fault = BriefgenError("internal", f"a fault of briefgen: {type(error).__name__}: {error}"[:300])
            return Rebuilt({}, fault, paths)

    def _rebuilt(self, paths: Sequence[str]) -> Rebuilt:
        if self._todo == Level.SETTINGS:
            self._read_settings()
        self._look_at_theme()
        pipeline.check(*self._order)
        held = self._hold()
        if self._todo == Level.LEXICONS:
            digesting.forget_lexicons()
            self._todo = Level.BRIEF
        read = 0
        if self._todo == Level.BRIEF or self._made is None:
            self._made = pipeline.make(*self._order, known=self._memory)
            read = self._memory.end_of_build()
            self._todo = Level.PAGES
        files = {name: whole(content) for name, content in pipeline.files_of(self._made, self.settings).items()}
        output.replace(held, files)
        self._todo = None
        return Rebuilt(files, None, paths, len(self._made.brief.sources), read)

    def _read_settings(self) -> None:
        places = self._places()
        self._order = self._ask()
        self._todo = Level.LEXICONS
        if self._places() != places:
            self._seen = self._look()

    def _look_at_theme(self) -> None:
        """Look from now on at all that the theme is made of, wherever that is: at a logo beside it, a theme that it extends."""
        folders = (self.settings.templates,) if self.settings.templates else ()
        self._theme = [Place(str(path), Level.PAGES) for path in theme.files(self.settings.theme, folders)]
        self._seen = {**look(self._theme), **self._seen}

    def _hold(self) -> output.Held:
        """The output folder that is asked for, held; also when it was removed and must be made again."""
        folder = os.path.realpath(self.settings.out)
        if self._held is None or str(self._held.folder) != folder or not os.path.isdir(folder):
            self._holding.close()
            self._held = None
            self._held = self._holding.enter_context(output.hold(Path(self.settings.out)))
        return self._held

    def _look(self) -> Seen:
        return look(self._places(), os.path.realpath(self.settings.out))

    def _places(self) -> list[Place]:
        """All that the brief depends on: settings, documents, what the settings name, and our own templates and lexicons."""
        documents, settings = self._order
        places = [Place(str(path), Level.SETTINGS) for path in config.candidates(self._config)]
        places += [Place(str(path), Level.BRIEF) for path in documents]
        places += [Place(str(shipped()), Level.PAGES), Place(str(lexicon.BUILT_IN), Level.LEXICONS)]
        places += [*self._theme, *([Place(settings.theme, Level.PAGES)] if settings.theme.endswith(".toml") else [])]
        for name in config.PATHS:
            if name not in ("documents", "out"):
                value = getattr(settings, name) or ()
                named = (value,) if isinstance(value, str) else value
                places += [Place(path, LEVELS.get(name, Level.PAGES)) for path in named if not self._is_ours(path)]
        return places

    def _is_ours(self, path: str) -> bool:
        """Whether a rebuild writes there itself, as where the last ``brief.json`` is the earlier brief."""
        return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.settings.out))
