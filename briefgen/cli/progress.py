"""How far the reading of documents is, in one line that is written over, where somebody is looking at a terminal."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from briefgen.terminal import counted, is_terminal

if TYPE_CHECKING:
    from briefgen.digesting import Watch

WIDTH = 30
#: Seconds after which a rate says something, and between two lines.
SETTLED, PAUSE = 1.0, 0.1


class Progress:
    """The line, from the first document to the last."""

    def __init__(self, *, wanted: bool) -> None:
        self.stream = sys.stderr
        self.wanted = wanted and is_terminal(self.stream)
        self.started = self.told = time.monotonic()

    def __enter__(self) -> Watch | None:
        return self._step if self.wanted else None

    def _step(self, done: int, total: int, skipped: int) -> None:
        now = time.monotonic()
        if now - self.told < PAUSE and done < total:
            return
        self.told = now
        self.stream.write(f"\r{line(done, total, skipped, now - self.started)}\x1b[K")
        self.stream.flush()

    def __exit__(self, *_: object) -> None:
        if self.wanted:
            self.stream.write("\r\x1b[K")
            self.stream.flush()


def line(done: int, total: int, skipped: int, seconds: float) -> str:
    """What is told when ``done`` of ``total`` documents were read in so many seconds, and so many of them skipped."""
    filled = WIDTH * done // total
    parts = [f"Reading {'━' * filled}{'─' * (WIDTH - filled)} {done:,} of {counted(total, 'document')}"]
    if seconds >= SETTLED:
        parts.append(f"{done / seconds:,.0f} a second" if done >= seconds else f"{seconds / done:,.0f} s each")
        if left := round((total - done) * seconds / done):
            parts.append(f"{_time(left)} left")
    if skipped:
        parts.append(f"{skipped:,} skipped")
    return " · ".join(parts)


def _time(seconds: int) -> str:
    """A span in the two units that tell it: 40 s, 3 min 5 s, 2 h 10 min."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s" if minutes else f"{rest} s"
