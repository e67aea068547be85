"""Tables in, the proposals of those whose header says so out: a row under "Measure" is one, a row under "Event" is none.

A column of votes or of marks holds no actions, whatever its header says.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.extract.proposal_lists import lead_in_rule
from briefgen.extract.proposal_rules import ProposalRules
from briefgen.extract.proposing import Found, Page, split_names
from briefgen.model.document import Paragraph, Table
from briefgen.model.findings import Status
from briefgen.model.grid import Grid, Row, read_grid


def in_tables(page: Page) -> Iterator[Found]:
    """The proposals of all tables, row by row."""
    for at, block in enumerate(page.document.blocks):
        if isinstance(block, Table):
            grid = read_grid(block, page.rules.headers)
            action, rule = grid.column("action"), "header"
            if grid.kind == "other" and action is None:
                action, rule = _led_in(page, at)
            elif grid.kind != "proposals":
                continue
            if action is not None and _holds_actions(grid, action, page.rules):
                yield from (_row(page, grid, row, at, action, rule) for row in grid.rows if _cell(row, action))


def _led_in(page: Page, at: int) -> tuple[int | None, str]:
    """The first column, if the paragraph above ends in a lead-in that makes proposals: "A package could include:"."""
    above = page.document.blocks[at - 1] if at else None
    lead = page.document.text[above.start : above.end] if isinstance(above, Paragraph) else ""
    sentence = page.sentence_at(above.end - 1) if above else None
    rule = (
        lead_in_rule(page.rules, page.document.text[page.sentences[sentence].start : above.end])
        if (above and sentence is not None and lead.endswith(":"))
        else None
    )
    return (0, rule.id) if rule and rule.makes in ("proposals", "demands") else (None, "")


def _cell(row: Row, at: int | None) -> str:
    return row.cells[at].strip() if at is not None and at < len(row.cells) else ""


def _holds_actions(grid: Grid, action: int, rules: ProposalRules) -> bool:
    """Whether most cells have words of their own: a vote ("For") or a number is no action."""
    cells = [cell.casefold() for row in grid.rows if (cell := _cell(row, action))]
    told = {cell for cell in cells if cell.strip(".") not in rules.no_cells and any(map(str.isalpha, cell))}
    return len(told) * 2 > len(cells)


def _row(page: Page, grid: Grid, row: Row, block: int, action: int, rule: str) -> Found:
    told = [i for i, role in enumerate(grid.roles) if role in ("other", "what") and i != action and _cell(row, i)]
    return Found(
        action=tuple(row.spans[i] for i in (action, *told)),
        place=(row.start, row.end),
        block=block,
        origin="table",
        rule=rule,
        by=split_names(_cell(row, grid.column("actor"))),
        to=split_names(_cell(row, grid.column("addressee"))),
        status=_status(_cell(row, grid.column("status")), page.rules),
        when=_cell(row, grid.column("when")),
    )


def _status(cell: str, rules: ProposalRules) -> Status | None:
    """What a cell says in short ("Adopted in May") or in a sentence."""
    short = cell.casefold()
    told = (rule.status for _, rule in rules.statuses if short.startswith(rule.cells)) if short else iter(())
    said = (rule.status for pattern, rule in rules.statuses if pattern.search(cell))
    return next(told, None) or next(said, None)
