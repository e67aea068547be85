"""A table read by its header: ``Table`` and header rules in, ``Grid`` out.

What a table is *for* decides what may be read from it: a row under "Proposed measure" is a proposal, a row under "Event"
and "Year" is an event, a row of numbers is neither. Only the header says so, and header rules are data. The reading is
pure and needed on both sides of the comparison, so it stands beside the model.

A phrase matches a header cell when the cell is the phrase or ends in it as whole words, case and punctuation ignored:
"year" matches "Year" and "Fiscal year". A trailing "*" matches the start instead: "proposed *" matches "Proposed rule".
The longest matching phrase wins.

A header of several rows is joined cell by cell; which rows are its is told by ``frame``.

Known limits: tables whose first column is the header are not turned round.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

from briefgen.model.base import Span
from briefgen.model.document import Table
from briefgen.model.frame import Frame, frame_of, is_number
from briefgen.model.lexicon import HeaderRule

Kind = Literal["proposals", "events", "positions", "factors", "figures", "other"]
Role = Literal["action", "when", "actor", "addressee", "status", "what", "other"]
KINDS: tuple[Kind, ...] = get_args(Kind)
ROLES: tuple[Role, ...] = get_args(Role)

_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


class Row(NamedTuple):
    """A row below the header. ``start`` and ``end`` span its filled cells; ``cells[i]`` is the text at ``spans[i]``."""

    start: int
    end: int
    cells: tuple[str, ...]
    spans: tuple[Span, ...]


class Grid(NamedTuple):
    """A table with its purpose: ``columns`` are the header cells, ``roles`` what each of them holds.

    ``title`` is that of a row above the header.
    """

    kind: Kind
    columns: tuple[str, ...]
    roles: tuple[Role, ...]
    rows: tuple[Row, ...]
    title: str | None = None

    def column(self, role: Role) -> int | None:
        """The index of the first column with ``role``."""
        return self.roles.index(role) if role in self.roles else None


def read_grid(table: Table, headers: Sequence[HeaderRule]) -> Grid:
    """Read ``table`` by the header rules (``Lexicon.header``); a table without a header is ``figures`` or ``other``."""
    frame = frame_of(table)
    rows = _rows(table, frame)
    columns = _columns(table, frame)
    phrases, known = _phrases(tuple(headers)), dict[str, HeaderRule | None]()
    for column in columns:
        if column not in known:
            known[column] = _rule_of(_plain(column), phrases)
    found = [known[column] for column in columns]
    roles = tuple(rule.column if rule else "other" for rule in found)
    return Grid(_kind(found, roles, rows), columns, roles, rows, frame.title)


def _rows(table: Table, frame: Frame) -> tuple[Row, ...]:
    below = zip(table.rows[frame.body :], table.cells[frame.body :], strict=True)
    filled = [(cells, spans, [span for span in spans if span[0] < span[1]]) for cells, spans in below]
    return tuple(Row(used[0][0], used[-1][1], cells, spans) for cells, spans, used in filled if used)


def _columns(table: Table, frame: Frame) -> tuple[str, ...]:
    head = table.rows[frame.header : frame.body]
    width = max((len(row) for row in table.rows), default=0)
    joined = (" ".join(dict.fromkeys(row[i] for row in head if i < len(row) and row[i])) for i in range(width))
    return tuple(joined)


def header_rule(column: str, headers: Sequence[HeaderRule]) -> HeaderRule | None:
    """The rule with the longest phrase that matches the header cell; among equals the first."""
    return _rule_of(_plain(column), _phrases(tuple(headers)))


class _Phrases(NamedTuple):
    """The header phrases: those that end a cell, by their words, and those that begin one ("propos*"); each with its rank."""

    endings: Mapping[str, tuple[int, HeaderRule]]
    beginnings: tuple[tuple[str, int, HeaderRule], ...]
    #: How many words the longest of the endings has.
    most_words: int


@lru_cache(maxsize=8)
def _phrases(headers: tuple[HeaderRule, ...]) -> _Phrases:
    """All header phrases with their rules, ranked: the longest first."""
    found = sorted(((phrase.casefold(), rule) for rule in headers for phrase in rule.headers), key=lambda entry: -len(entry[0]))
    ranked = [(phrase, rank, rule) for rank, (phrase, rule) in enumerate(found)]
    endings = {phrase: (rank, rule) for phrase, rank, rule in reversed(ranked) if phrase[-1:] != "*"}
    return _Phrases(
        endings,
        tuple((phrase[:-1], rank, rule) for phrase, rank, rule in ranked if phrase[-1:] == "*"),
        max((len(phrase.split()) for phrase in endings), default=0),
    )


def _rule_of(cell: str, phrases: _Phrases) -> HeaderRule | None:
    words = cell.split()
    endings = (" ".join(words[-size:]) for size in range(min(len(words), phrases.most_words), 0, -1))
    found = [phrases.endings[ending] for ending in endings if ending in phrases.endings]
    found += [(rank, rule) for beginning, rank, rule in phrases.beginnings if cell.startswith(beginning)]
    return min(found, key=lambda entry: entry[0])[1] if found else None


def _plain(cell: str) -> str:
    return " ".join(_WORDS.findall(cell)).casefold()


def _kind(found: Sequence[HeaderRule | None], roles: Sequence[Role], rows: Sequence[Row]) -> Kind:
    """Dated rows with words are events; else the first column with a purpose of its own decides; else the cells do."""
    named: Kind = next((rule.kind for rule in found if rule and rule.kind != "other"), "other")
    figures = _is_figures(roles, rows)
    if named == "events" and "when" not in roles:
        return "other"
    if named == "other" and "when" in roles and not figures:
        return "events"
    return "figures" if named == "other" and figures else named


def _is_figures(roles: Sequence[Role], rows: Sequence[Row]) -> bool:
    """Whether most filled cells right of the first column, dates aside, are numbers."""
    cells = [cell for row in rows for i, cell in enumerate(row.cells) if i and cell.strip() and roles[i] != "when"]
    return bool(cells) and 2 * sum(map(is_number, cells)) > len(cells)
