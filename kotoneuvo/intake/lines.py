"""The lines of a block: the columns that were asked for, put together from the pieces of the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kotoneuvo.intake.pieces import PLACE_BITS, Piece
from kotoneuvo.words import printable

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


def add_up(here: Sequence[Piece], everywhere: Sequence[Piece], gaps: Iterable[int]) -> tuple[list[int], list[int]]:
    """Per row the number of fitting services, and the gap key with the goals that they cover."""
    fits = [near[5] + far[5] for near, far in zip(here, everywhere, strict=True)]
    covered = [gap | near[7] | far[7] for gap, near, far in zip(gaps, here, everywhere, strict=True)]
    return fits, covered


_TEMPLATES = {
    "row": "{label}",
    "fitting": "{(near[0] + far[0])[:-1]}",
    "possible": "{(near[1] + far[1])[:-1]}",
    "opens_next": "{(near[2] + far[2])[:-1]}",
    "unmet": "{(near[3] + far[3])[:-1]}",
    "next_step": "{names[(near[4] if near[4] < far[4] else far[4]) & last]}",
    "fitting_count": "{near[5] + far[5]}",
    "possible_count": "{near[6] + far[6]}",
}
"""How each column is put together from the fields of the two pieces of a row, by their place in `Piece`."""
Writer = Callable[[Iterable[str], Iterable[Piece], Iterable[Piece], Sequence[str], int], list[str]]


class Lines:
    """Writes the columns `output` of results; `names` are the ids of the services in the catalogue's order."""

    def __init__(self, output: Sequence[str], names: Sequence[str], separator: str) -> None:
        self.names = [*names, *[""] * ((1 << PLACE_BITS) - len(names))]
        # One f-string for the whole line is half the time of columns that are joined: it is made from the templates.
        line = separator.join(_TEMPLATES[name] for name in output)
        loop = f"[f{line!r} for label, near, far in zip(labels, here, everywhere)]"
        self._write: Writer = eval(f"lambda labels, here, everywhere, names, last: {loop}", {"zip": zip})

    def write(self, here: Sequence[Piece], everywhere: Sequence[Piece], labelled: Sequence[str]) -> str:
        """One line a row, in order."""
        lines = self._write(labelled, here, everywhere, self.names, (1 << PLACE_BITS) - 1)
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
    """One cell as text of a CSV file: formulas defused with an apostrophe, quotes where they are
    needed, nothing that would steer a terminal."""
    text = f"'{cell}" if cell.startswith(_FORMULA) else cell
    if not text.isprintable():
        text = "\n".join(map(printable, text.split("\n")))
    if separator in text or '"' in text or "\n" in text:
        return '"' + text.replace('"', '""') + '"'
    return text
