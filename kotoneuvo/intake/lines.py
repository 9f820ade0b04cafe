"""The lines of a block: the columns that were asked for, put together from the pieces of the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from kotoneuvo.intake.pieces import NO_STEP, PLACE_BITS, Chunk

Places = tuple[tuple[int, Chunk], ...]
"""The chunks of services to look at for a row, each with the bits that matter to it."""
_PLACES = (1 << PLACE_BITS) - 1

OUTPUT = {
    "row": "the row's own label, or its number",
    "fitting": "services that seem to fit",
    "possible": "services that may fit, each with the questions that would settle it",
    "opens_next": "what opens through another service, with that service",
    "next_step": "the first service to turn to",
    "fitting_count": "how many seem to fit",
    "possible_count": "how many may fit",
    "unmet": "services that answer the goals and are shut, each with the facts that shut it",
}
"""The columns of a result."""
DEFAULT = ("row", "fitting", "possible", "opens_next", "next_step")
COUNTS = ("row", "fitting_count", "possible_count")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass
class Rows:
    """What the pieces of a block's rows add up to, list by list."""

    fitting: list[str] = field(default_factory=list)
    possible: list[str] = field(default_factory=list)
    opens: list[str] = field(default_factory=list)
    unmet: list[str] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)
    fits: list[int] = field(default_factory=list)
    may_fit: list[int] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    near: list[tuple[tuple[int, int], ...]] = field(default_factory=list)


def add_up(words: Iterable[int], places: Iterable[Places], gaps: Iterable[int]) -> Rows:
    """Look the pieces of every row up and put them together."""
    rows = Rows()
    for word, chunks, gap in zip(words, places, gaps, strict=True):
        fit = may = opens = unmet = ""
        step, fits, may_fit = NO_STEP, 0, 0
        near: tuple[tuple[int, int], ...] = ()
        for mask, chunk in chunks:
            piece = chunk[word & mask]
            fit += piece[0]
            may += piece[1]
            opens += piece[2]
            unmet += piece[3]
            if piece[4] < step:
                step = piece[4]
            fits += piece[5]
            may_fit += piece[6]
            gap |= piece[7]
            near += piece[8]
        rows.fitting.append(fit)
        rows.possible.append(may)
        rows.opens.append(opens)
        rows.unmet.append(unmet)
        rows.steps.append(step)
        rows.fits.append(fits)
        rows.may_fit.append(may_fit)
        rows.gaps.append(gap)
        rows.near.append(near)
    return rows


def write_lines(rows: Rows, names: Sequence[str], output: Sequence[str], labelled: list[str], separator: str) -> str:
    """One line a row, in order, with the columns `output`; `names` are the services by place."""
    strip = itemgetter(slice(None, -1))
    columns: dict[str, Callable[[], Iterable[str]]] = {
        "row": lambda: labelled,
        "fitting": lambda: map(strip, rows.fitting),
        "possible": lambda: map(strip, rows.possible),
        "opens_next": lambda: map(strip, rows.opens),
        "unmet": lambda: map(strip, rows.unmet),
        "next_step": lambda: ["" if step == NO_STEP else names[step & _PLACES] for step in rows.steps],
        "fitting_count": lambda: map(str, rows.fits),
        "possible_count": lambda: map(str, rows.may_fit),
    }
    lines = list(map(separator.join, zip(*(columns[name]() for name in output), strict=True)))
    lines.append("")
    return "\n".join(lines)


def labels(cells: Sequence[str] | None, numbers: Sequence[int], separator: str) -> list[str]:
    """The rows' own labels, safe in a spreadsheet and quoted where needed; the row's number where there is none."""
    if cells is None:
        return list(map(str, numbers))
    safe = {cell: label(cell, separator) for cell in set(cells)} if risky("".join(cells), separator) else {}
    return [safe.get(cell, cell) or str(number) for cell, number in zip(cells, numbers, strict=True)]


def risky(text: str, separator: str) -> bool:
    """Whether a text may need quoting or defusing."""
    return not text.isalnum() or separator in text


def label(cell: str, separator: str) -> str:
    """One cell as text of a CSV file: formulas defused with an apostrophe, quotes where they are needed."""
    text = f"'{cell}" if cell.startswith(_FORMULA) else cell
    if separator in text or '"' in text or "\n" in text:
        return '"' + text.replace('"', '""') + '"'
    return text
