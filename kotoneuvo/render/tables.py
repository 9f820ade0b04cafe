"""Plain tables for lists of files, services and pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text


def render_rows(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A table without lines; long words fold instead of being cut."""
    table = Table(box=None, padding=(0, 1), show_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table
