"""Columns that hold one option of a question each, as Kobo, REDCap, LimeSurvey, Webropol and Forms export them.

"tavoitteet/työ", "goals (choice=Work)", "tavoite: kieli": a column of 1 and 0, of Checked and Unchecked, or of the
option itself and nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.advice.situation import WISHES
from kotoneuvo.intake.cells import CellReader
from kotoneuvo.intake.headers import Column, HeaderNames, Role, plain

_CUTS = ("___", " (choice=", "/", ": ", " - ", " [", "[", ".", ":")
_YES = frozenset((
    "1", "1.0", "x", "true", "yes", "y", "kyllä", "ja", "checked", "selected", "valittu", "vald", "✓", "✔", "☑", "✅",
    "tosi", "sant",
))  # fmt: skip
_NO = frozenset((
    "", "0", "0.0", "false", "no", "n", "ei", "nej", "unchecked", "☐", "-", "epätosi", "falskt", "not selected",
))  # fmt: skip


def as_option(column: Column, cells: Sequence[str], names: HeaderNames, reader: CellReader) -> Column:
    """The column as one option of goals or languages, if its header and all of its cells say so."""
    if column.option or column.recodes or column.role not in (Role.IGNORED, Role.FACT):
        return column
    for name, option in _parts(column.header, names):
        if not all(_is_mark(cell, option) for cell in cells):
            continue
        try:
            reading, caution = reader.read(name, option), ""
        except InputProblems:
            # Whoever marks it wishes something that is not known here, and is not one without wishes.
            reading, caution = (option,), "option"
        if isinstance(reading, tuple) and len(reading) == 1:
            found = replace(column, role=Role.FACT, name=name, others=(), suggestion="")
            return replace(found, caution=caution, option=reading[0])
    return column


def recoder(column: Column) -> Callable[[str], str] | None:
    """What turns the cells of a column into answers; None if they are answers already."""
    if not column.option and not column.recodes:
        return None
    recodes = dict(column.recodes)

    def recode(cell: str) -> str:
        text = cell.strip().casefold()
        if text in recodes:
            return recodes[text]
        if not column.option:
            return cell
        return "" if text in _NO else column.option if text in _YES or _same(cell, column) else cell

    return recode


def _same(cell: str, column: Column) -> bool:
    """Whether a cell holds the option itself, as the header has it."""
    return bool(cell.strip()) and plain(column.header).endswith(plain(cell))


def _parts(header: str, names: HeaderNames) -> Iterator[tuple[str, str]]:
    """The goals or languages, and the option, that a header may consist of."""
    for cut in _CUTS:
        base, sign, option = header.rpartition(cut)
        option = re.sub(r"[)\]]$", "", option.strip())
        if sign and option:
            yield from ((name, option) for name in names.named(base) if name in WISHES)


def _is_mark(cell: str, option: str) -> bool:
    return cell.strip().casefold() in _YES | _NO or plain(cell) == plain(option)
