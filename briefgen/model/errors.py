"""The errors that a user may meet. Each knows its exit status; the command line prints them in one line, never a traceback."""

from __future__ import annotations


class BriefgenError(Exception):
    """An error with a code, a message that says what to do, and the place it is about."""

    status = 5

    def __init__(self, code: str, message: str, *, file: str = "", line: int = 0, column: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.file, self.line, self.column, self.hint = code, message, file, line, column, hint

    def __str__(self) -> str:
        """``FILE:LINE:COL: CODE message``, leaving out what is not known."""
        place = ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)]) if self.file else ""
        return f"{place + ': ' if place else ''}{self.code} {self.message}"


class UsageError(BriefgenError):
    """A wrong call, configuration or lexicon."""

    status = 2


class TemplateError(BriefgenError):
    """A template that cannot be rendered."""

    status = 3


class NoSourceError(BriefgenError):
    """Nothing to read."""

    status = 4


class LockedError(BriefgenError):
    """Another build holds the output folder."""

    status = 75


class UnreadableError(BriefgenError):
    """One document that cannot be read: it is listed in ``skipped`` and the rest is still built."""
