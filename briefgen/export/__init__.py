"""A Brief in, tables for other programs out: CSV files of its statements, positions and proposals, and of who is for what.

``rows`` says which columns there are, ``sheet`` how they are written.
"""

from __future__ import annotations

from briefgen.model.brief import Brief
from briefgen.model.settings import FILES


def csv_files(brief: Brief) -> dict[str, bytes]:
    """The tables of a brief as files, by name."""
    from briefgen.export.rows import network, positions, proposals, statements
    from briefgen.export.sheet import written

    tables = (statements(brief), positions(brief), proposals(brief), network(brief))
    return {name: written(*table) for name, table in zip(FILES["csv"], tables, strict=True)}
