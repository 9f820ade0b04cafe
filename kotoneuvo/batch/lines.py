"""Writing the results of a block as lines of CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.advice.situation import MUNICIPALITY
from kotoneuvo.batch.arrays import Numbered
from kotoneuvo.batch.blocks import Judged
from kotoneuvo.batch.combinations import Combinations
from kotoneuvo.batch.contacts import FirstContacts
from kotoneuvo.batch.fact_columns import Cells
from kotoneuvo.batch.shares import TEXTS
from kotoneuvo.intake.cells import Reading
from kotoneuvo.intake.rows import gather
from kotoneuvo.words import printable

if TYPE_CHECKING:
    from kotoneuvo.batch.arrays import Ints

OUTPUT = {
    "row": "the row's own label, or its number",
    "fitting": "services that seem to fit",
    "possible": "services that may fit, each with the questions that would settle it",
    "opens_next": "what opens through another service, with that service",
    "next_step": "the first service to turn to",
    "contact": "where to turn for it: phone, e-mail, address, page; the person's own office where none is known",
    "fitting_count": "how many seem to fit",
    "possible_count": "how many may fit",
    "unmet": "services that answer the goals and are shut, each with the facts that shut it",
}
"""The columns of the results, each with its description."""
DEFAULT = ("row", "fitting", "possible", "opens_next", "next_step", "contact")
COUNTS = ("row", "fitting_count", "possible_count")
PART = 1000
"""Lines to put together at a time, because their texts are in memory twice meanwhile."""
CONTACTS = 1 << 23
"""Bytes of contact texts (estimated) after which they are forgotten."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Lines:
    """Writes the columns `output` of the results; `contacts` gives the text of the contact column."""

    def __init__(self, output: Sequence[str], catalogue: Catalogue, contacts: FirstContacts, separator: str) -> None:
        self._output, self._separator, self._contacts = output, separator.encode(), contacts
        self._names = dict(enumerate(map(str.encode, catalogue.services))) | {-1: b""}
        self._services = len(catalogue.services)
        self.forget()

    def forget(self) -> None:
        """Forget the contacts, because the numbers of readings are about to change."""
        self._known_contacts = Combinations(self._number)
        self._texts: Numbered[bytes] = Numbered()
        self._places: Sequence[Reading] = (None,)
        self._spent = 0

    def write(self, judged: Judged, cells: Cells, labelled: Sequence[str], withheld: Iterable[int] = ()) -> bytes:
        """Return one line in UTF-8 for each row, in order; rows in `withheld` have only their label."""
        contacts = self._contact_numbers(judged.first, cells) if "contact" in self._output else judged.first
        empty = frozenset(withheld)
        parts = []
        for start in range(0, len(labelled), PART):
            rows = slice(start, start + PART)
            labels = list(map(str.encode, labelled[rows]))
            columns = [labels if name == "row" else self._column(name, judged, contacts, rows) for name in self._output]
            lines = list(map(self._separator.join, zip(*columns, strict=True)))
            for place in empty.intersection(range(*rows.indices(len(labelled)))):
                label = labels[place - start]
                lines[place - start] = self._separator.join(label if name == "row" else b"" for name in self._output)
            lines.append(b"")
            parts.append(b"\n".join(lines))
        return b"".join(parts)

    def _column(self, name: str, judged: Judged, contacts: Ints, rows: slice) -> Iterable[bytes]:
        if name == "contact":
            return gather(contacts[rows].tolist())(self._texts)
        if name == "next_step":
            return gather(judged.first[rows].tolist())(self._names)
        if name in TEXTS:
            # Remove the space before the first id.
            return map(itemgetter(slice(1, None)), judged.texts(name, rows))
        return map(b"%d".__mod__, (judged.fits if name == "fitting_count" else judged.may_fit)[rows].tolist())

    def _contact_numbers(self, first: Ints, cells: Cells) -> Ints:
        """Return the number of each row's contact text, which is looked up once for each service and place."""
        if self._spent + self._known_contacts.spent > CONTACTS:
            self.forget()
        self._places = cells.readings.get(MUNICIPALITY, (None,))
        columns = (first + 1, cells.numbers.get(MUNICIPALITY))
        return self._known_contacts.numbers(columns, (self._services + 1, len(self._places)), cells.rows)

    def _number(self, key: tuple[int, ...]) -> int:
        text = label(self._contacts.text(key[0] - 1, self._places[key[1]]), self._separator.decode()).encode()
        self._spent += len(text) + 150
        return self._texts.number(text)


def labels(cells: Sequence[str] | None, numbers: Sequence[int], separator: str) -> Sequence[str]:
    """Return the rows' own labels, safe for spreadsheets and quoted if needed; a row without one gets its number."""
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
    """Return a cell as CSV text: quoted if needed, formulas defused with an apostrophe, control characters escaped."""
    text = f"'{cell}" if cell.startswith(_FORMULA) else cell
    if not text.isprintable():
        text = "\n".join(map(printable, text.split("\n")))
    if separator in text or '"' in text or "\n" in text:
        return '"' + text.replace('"', '""') + '"'
    return text
