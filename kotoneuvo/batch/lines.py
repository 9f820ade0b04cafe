"""The lines of a block: the columns that were asked for, put together from the pieces of the rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from kotoneuvo.batch.pieces import PLACE_BITS
from kotoneuvo.batch.regions import Judged
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


_TEMPLATES = {
    "row": "{label}",
    "fitting": "{near[0]}{far[4] if near[0] else far[0]}",
    "possible": "{near[1]}{far[5] if near[1] else far[1]}",
    "opens_next": "{near[2]}{far[6] if near[2] else far[2]}",
    "unmet": "{near[3]}{far[7] if near[3] else far[3]}",
    "next_step": "{step}",
    "fitting_count": "{fits}",
    "possible_count": "{may_fit}",
}
"""How each column is put together from what is known of a row; `near` and `far` are the texts of its pieces."""


class Lines:
    """Writes the columns `output` of results; `names` are the ids of the services in the catalogue's order."""

    def __init__(self, output: Sequence[str], names: Sequence[str], separator: str) -> None:
        self._output, self._separator = output, separator
        self.names = [*names, *[""] * ((1 << PLACE_BITS) - len(names))]
        # One f-string for the whole line is half the time of columns that are joined: it is made from the templates.
        line = separator.join(_TEMPLATES[name] for name in output)
        self._known = tuple(name for name in self._SOURCES if re.search(rf"\b{name}\b", line))
        loop = f"[f{line!r} for {', '.join(self._known)}, in zip({', '.join(f'_{name}' for name in self._known)})]"
        self._write: Callable[..., list[str]] = eval(f"lambda {', '.join(f'_{name}' for name in self._known)}: {loop}")

    def write(self, judged: Judged, labelled: Sequence[str], withheld: Iterable[int] = ()) -> str:
        """One line a row, in order; of those withheld the label alone."""
        lines = self._write(*(self._SOURCES[name](self, judged, labelled) for name in self._known))
        for place in withheld:
            lines[place] = self._separator.join(labelled[place] if name == "row" else "" for name in self._output)
        lines.append("")
        return "\n".join(lines)

    def _steps(self, judged: Judged) -> list[str]:
        return list(map(self.names.__getitem__, (judged.steps & ((1 << PLACE_BITS) - 1)).tolist()))

    _SOURCES: Mapping[str, Callable[[Lines, Judged, Sequence[str]], Sequence[object]]] = {
        "label": lambda _self, _judged, labelled: labelled,
        "near": lambda _self, judged, _labelled: list(map(judged.near.texts.__getitem__, judged.here.tolist())),
        "far": lambda _self, judged, _labelled: list(map(judged.far.texts.__getitem__, judged.everywhere.tolist())),
        "step": lambda self, judged, _labelled: self._steps(judged),
        "fits": lambda _self, judged, _labelled: judged.fits.tolist(),
        "may_fit": lambda _self, judged, _labelled: judged.may_fit.tolist(),
    }
    """What the templates name, row by row; only what they name is looked up."""


def labels(cells: Sequence[str] | None, numbers: Sequence[int], separator: str) -> Sequence[str]:
    """The rows' own labels, safe in a spreadsheet and quoted where needed; the row's number where there is none."""
    if cells is None:
        return list(map(str, numbers))
    safe = {cell: label(cell, separator) for cell in set(cells)} if risky("".join(cells), separator) else {}
    if not safe and all(cells):
        return cells
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
