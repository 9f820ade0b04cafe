"""Measure the identity guard: `python benchmarks/guard.py [--missed]`.

Plants 20,000 made-up identifiers and 20,000 harmless look-alikes in intake files, one a row, reads every row as
`kotoneuvo batch` does and prints, by kind, how many of the identifiers stop the file and how many of the look-alikes
do. Seeded: the same files everywhere. `--missed` lists what was missed and what was a false alarm. Nobody is real.
"""

from __future__ import annotations

import io
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from functools import partial
from random import Random

from guard_codes import UNKNOWN, Kind
from guard_lookalikes import CATALOGUE, LISTS
from guard_lookalikes import KINDS as HARMLESS
from guard_people import HARD, address_of_catalogue, column_of_names, name_alone
from guard_people import KINDS as PEOPLE

from kotoneuvo.batch.rows import BlockReader, Task
from kotoneuvo.intake.cells import CellReader
from kotoneuvo.intake.guard import IdentityFound
from kotoneuvo.intake.headers import HeaderNames
from kotoneuvo.intake.opening import open_sheet
from kotoneuvo.intake.records import Block
from kotoneuvo.words import language_codes

SEED = 20261124
COLUMNS = 100
DAY = date(2026, 11, 24)
BASE = ("rivi", "kunta", "ikä", "suomen taso", "tavoite")
ADDRESSES = tuple(
    sorted(
        {
            text
            for service in CATALOGUE.services.values()
            for each in service.contacts
            for text in ([each.address] if isinstance(each.address, str) else (each.address or {}).values())
            if text
        }
    )
)
Planted = tuple[str, str, str]
"""Kind, header and cell."""


def planted(kinds: Iterable[tuple[str, Kind, int]], draw: Random) -> Iterator[Planted]:
    """The cells of all kinds, as many as each has."""
    for name, kind, count in kinds:
        for _ in range(count):
            yield (name, *kind(draw))


class Files:
    """Intake files by the header of the planted column; every row is a block of its own, so that each one is judged."""

    def __init__(self, draw: Random) -> None:
        self.draw = draw
        self.names = HeaderNames.bundled(CATALOGUE.facts)
        self.readers: dict[str, BlockReader | None] = {}

    def refused(self, header: str, *cells: str) -> bool:
        """Whether a file with these cells in a column of this header, row by row, is refused."""
        if header not in self.readers:
            self.readers[header] = self._open(header)
        reader = self.readers[header]
        if reader is None:
            return True
        try:
            rows = "".join(self._row(header, cell) for cell in cells)
            reader.read(Block(rows, self.draw.randint(1, 5000)))
        except IdentityFound:
            return True
        return False

    def _open(self, header: str) -> BlockReader | None:
        columns = self._header(header)
        text = ";".join(columns) + "\n" + self._row(header, "")
        cells = CellReader(CATALOGUE.facts, DAY)
        with suppress(IdentityFound):
            sheet = open_sheet(io.BytesIO(text.encode()), self.names, cells)
            task = Task(CATALOGUE, DAY, sheet.dialect.delimiter, sheet.columns, ("row", "fitting"))
            return BlockReader(task, language_codes)
        return None

    def _header(self, header: str) -> tuple[str, ...]:
        facts = {"Age": "ikä", "Nro": "rivi", "row": "rivi"}
        return tuple(header if facts.get(header, header) == name else name for name in BASE) + (
            () if facts.get(header, header) in BASE else (header,)
        )

    def _row(self, header: str, cell: str) -> str:
        usual = {
            "rivi": str(self.draw.randint(1, 5000)),
            "kunta": self.draw.choice(("Vantaa", "Helsinki", "Esbo", "091")),
            "ikä": self.draw.choice(("18-29", "34", "65+")),
            "suomen taso": self.draw.choice(("A1.3", "0", "B1")),
            "tavoite": self.draw.choice(("työ", "language", "työ, kieli")),
        }
        cells = [cell if name == header else usual.get(name, "") for name in self._header(header)]
        return ";".join(f'"{each}"' if set(each) & set(';"\n') else each for each in cells) + "\n"


def measure(title: str, cells: Iterable[Planted], files: Files, expected: bool) -> None:
    """A table: kind, planted, refused, share; and what went the other way."""
    seen: dict[str, list[bool]] = defaultdict(list)
    wrong: dict[str, list[str]] = defaultdict(list)
    for name, header, cell in cells:
        refused = files.refused(header, cell)
        seen[name].append(refused)
        if refused is not expected:
            wrong[name].append(f"{header}: {cell}")
    print(f"| {title} | planted | refused | % |\n| --- | --- | --- | --- |")
    for name, results in seen.items():
        print(f"| {name} | {len(results):,} | {sum(results):,} | {100 * sum(results) / len(results):.2f} |")
    every = [each for results in seen.values() for each in results]
    print(f"| all | {len(every):,} | {sum(every):,} | {100 * sum(every) / len(every):.2f} |\n")
    if "--missed" in sys.argv:
        for name, lines in wrong.items():
            print(name, *sorted(set(lines)), sep="\n    ", end="\n\n")


def measure_columns(draw: Random, files: Files) -> None:
    """A table of whole columns under unknown headers: 30 cells of a kind a file, 100 files."""
    print("| whole columns of 30 | files | refused |\n| --- | --- | --- |")
    for name, column in whole_columns():
        refused = 0
        for _ in range(COLUMNS):
            files.readers.clear()
            refused += files.refused(draw.choice(UNKNOWN), *column(draw))
        print(f"| {name} | {COLUMNS} | {refused} |")


def whole_columns() -> Iterator[tuple[str, Callable[[Random], list[str]]]]:
    """What is in the columns: names, look-alikes of every kind, lists."""
    for name, kind in (("names", name_alone), *((name, kind) for name, kind, _ in HARMLESS)):
        yield name, partial(_thirty, kind)
    yield "names, all in one spelling", column_of_names
    yield "names in small letters", partial(column_of_names, small=True)
    for name, cells in LISTS:
        yield name, partial(Random.choices, population=cells, k=30)


def _thirty(kind: Kind, draw: Random) -> list[str]:
    return [kind(draw)[1] for _ in range(30)]


def main() -> None:
    """Four tables: identifiers, names that stand alone, look-alikes, whole columns."""
    seed = int(next((each for each in sys.argv[1:] if each.isdigit()), SEED))
    draw = Random(seed)
    files = Files(draw)
    addresses = ("address of a service in the catalogue", address_of_catalogue(ADDRESSES), 200)
    measure("names a person", planted((*PEOPLE, addresses), draw), files, True)
    measure("names alone", planted(HARD, draw), files, True)
    measure("looks like it, is harmless", planted(HARMLESS, draw), files, False)
    measure_columns(draw, files)


if __name__ == "__main__":
    main()
