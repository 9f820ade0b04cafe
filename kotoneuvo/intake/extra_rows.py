"""Rows of a sheet that are no clients: second rows of names, tags, totals, notes. They are named and left out.

A row is left out only where its shape is sure; one that is not stays a client, with its problems. In a file of more
than two pieces the middle is looked at only where it holds the header again or a word for a total: there clients' rows
are all that is to be expected.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest

from kotoneuvo.advice.facts import fold
from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.advice.situation import WISHES
from kotoneuvo.intake.cells import CellReader
from kotoneuvo.intake.guard import Finding, IdentityFound, identity_among
from kotoneuvo.intake.headers import Column, HeaderNames, Role, plain
from kotoneuvo.intake.records import Block, Row, ends_of_rows

EXTRA_KINDS = {
    "names": N_("the header again"),
    "second": N_("a second header row"),
    "tags": N_("column tags"),
    "total": N_("a total"),
    "note": N_("a note"),
}
"""What a row that is no client is."""
_TAG = re.compile(r"#[a-z]\w*(?:\s*\+\s*[a-z]\w*)*", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d[\d \u00a0.,]*%?")
_TOTALS = {
    "yhteensa", "kaikkiyhteensa", "asiakkaitayhteensa", "summa", "valisumma", "keskiarvo", "mediaani", "lukumaara",
    "lkm", "total", "totals", "grandtotal", "subtotal", "sum", "average", "mean", "median", "count", "totalt", "antal",
    "medelvarde", "medeltal", "delsumma",
}  # fmt: skip
_TOTAL_ENDS = ("yhteensa", "total", "totalt", "summa")
_TOTAL_TRACES = ("hteens", "otal", "umma", "HTEENS", "OTAL", "UMMA", "eskiarv", "verage")
"""Pieces of words for totals: a block without any of them need not be cut into rows to look for one."""
_NOTE = re.compile(
    r"\*|†|\d{1,2}\)|(huom|lähde|lähteet|source|note|obs|källa|tulostettu|päivitetty|raportti|sivu|page|printed|updated"
    r"|laatija|utskriven)\b",
    re.IGNORECASE,
)
_SURVEY = {"response", "openendedresponse", "vastaus", "avoinvastaus", "oppetsvar", "svar"}
_WORDS_OF_A_NOTE = 3
_SECOND_ROWS = 3


_Cells = Sequence[tuple[int, str]]
"""The cells of a row that hold anything, with their places."""


@dataclass
class ExtraRows:
    """Looks for rows that are no clients; `found` are their numbers and kinds, as far as the file has been read."""

    columns: Sequence[Column]
    names: HeaderNames
    reader: CellReader
    delimiter: str
    found: list[tuple[int, str]] = field(default_factory=list)

    @cached_property
    def _headers(self) -> dict[int, str]:
        return {column.place: plain(column.header) for column in self.columns}

    def below_header(self, body: str) -> int:
        """The length of the rows right below the header that belong to it; they have no number."""
        length = 0
        for number, (row, end) in enumerate(ends_of_rows(body, self.delimiter)):
            kind = self._second_header(row) if number < _SECOND_ROWS else ""
            if not kind:
                break
            self._leave_out(0, row, kind)
            length = end
        return length

    def cleaned(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks, with an empty row in place of each that is no client: the others keep their numbers.

        Raises InputProblems where a second table begins, and IdentityFound.
        """
        header = self.delimiter.join(column.header for column in self.columns)
        # One block is held back, as the last one may end in totals and notes.
        waiting: Block | None = None
        first = True
        for block in blocks:
            if waiting:
                yield self._clean(waiting) if first or self._suspect(waiting, header) else waiting
                first = False
            waiting = block
        if waiting:
            yield self._clean(waiting, alone=first)

    def _suspect(self, block: Block, header: str) -> bool:
        if header in block.text:
            return True
        # Rows that all begin with a number are clients, and one search finds that out; those for words are eight.
        numbered = self._numbered.match(block.text) and not self._unnumbered.search(block.text)
        return not numbered and any(trace in block.text for trace in _TOTAL_TRACES)

    @cached_property
    def _numbered(self) -> re.Pattern[str]:
        return re.compile(rf"\d+{re.escape(self.delimiter)}")

    @cached_property
    def _unnumbered(self) -> re.Pattern[str]:
        return re.compile(rf"\n(?!\Z|{self._numbered.pattern})")

    def _clean(self, block: Block, alone: bool = False) -> Block:
        """`alone`: the block is the whole file, so that the last row can be held against the sums of the others."""
        records = list(ends_of_rows(block.text, self.delimiter))
        kinds = [self._kind(row, block.first + place) for place, (row, _end) in enumerate(records)]
        if alone:
            self._sums(records, kinds)
        if not any(kinds):
            return block
        parts, done = [], 0
        for place, ((row, end), kind) in enumerate(zip(records, kinds, strict=True)):
            if kind:
                self._leave_out(block.first + place, row, kind)
            parts.append("\n" if kind else block.text[done:end])
            done = end
        return Block("".join(parts), block.first)

    def _leave_out(self, number: int, row: Row, kind: str) -> None:
        if identity := identity_among(row):
            raise IdentityFound([Finding(identity, "", number)])
        self.found.append((number, kind))

    def _kind(self, row: Row, number: int) -> str:
        """What a row is that is no client; empty for a client."""
        cells = _filled(row)
        if not cells:
            return ""
        if kind := self._names_or_tags(cells):
            return kind
        if self._is_total(cells):
            return "total"
        if self._is_note(cells):
            return "note"
        named = self.names.recognised(row)
        if named >= 2 and 2 * named > len(cells) and not self._readable(cells):
            message = N_("a second table begins at row {row}; save each table in a separate file")
            raise InputProblems([Problem(message, {"row": number})])
        return ""

    def _second_header(self, row: Row) -> str:
        cells = _filled(row)
        if len(cells) < min(2, len(self.columns)):
            return ""
        if kind := self._names_or_tags(cells):
            return kind
        texts = [cell for _place, cell in cells]
        survey = sum(plain(text) in _SURVEY for text in texts)
        imported = any("ImportId" in text for text in texts)
        questions = sum(text.endswith(("?", ":")) or len(text.split()) > _WORDS_OF_A_NOTE for text in texts)
        told = 2 * (questions + self.names.recognised(texts)) > len(texts) and not self._readable(cells)
        return "second" if survey or imported or told else ""

    def _names_or_tags(self, cells: _Cells) -> str:
        """Whether a row is the header again, or one of tags (HXL)."""
        same = all(self._headers.get(place) == plain(cell) for place, cell in cells)
        if same and (len(cells) > 1 or len(self.columns) == 1):
            return "names"
        return "tags" if all(_TAG.fullmatch(cell) for _place, cell in cells) else ""

    def _is_total(self, cells: _Cells) -> bool:
        (_place, first), *others = cells
        word = fold(first)
        told = word.rstrip(".") in _TOTALS or (word.endswith(_TOTAL_ENDS) or word.startswith(_TOTAL_ENDS))
        return told and all(_NUMBER.fullmatch(cell) for _place, cell in others)

    def _is_note(self, cells: _Cells) -> bool:
        if len(cells) > 1 or len(self.columns) <= 2:
            return False
        text = cells[0][1]
        told = _NOTE.match(text) or len(text.split()) >= _WORDS_OF_A_NOTE
        return bool(told) and not self._readable(cells)

    def _readable(self, cells: _Cells) -> bool:
        """Whether a cell says something about the fact of its column."""
        facts = {column.place: column.name for column in self.columns if column.is_read}
        return any(place in facts and self.reader.reads(facts[place], cell) for place, cell in cells)

    def _sums(self, records: Sequence[tuple[Row, int]], kinds: list[str]) -> None:
        """A last row of nothing but numbers, one of which is the sum, mean or count of those above it, is a total."""
        rows = [place for place, (row, _end) in enumerate(records) if any(map(str.strip, row)) and not kinds[place]]
        # Below one client any equal number would be the sum.
        if len(rows) < 3:
            return
        *clients, last = rows
        row = records[last][0]
        cells = _filled(row)
        if len(cells) == len(self.columns) or not all(_NUMBER.fullmatch(cell) for _place, cell in cells):
            return
        for place, cell in cells:
            above = [records[each][0][place] if place < len(records[each][0]) else "" for each in clients]
            numbers = [number for text in above if (number := _as_number(text)) is not None]
            value = _as_number(cell)
            if value is not None and len(numbers) > 1 and value in (sum(numbers), len(clients)):
                kinds[last] = "total"


def _filled(row: Row) -> list[tuple[int, str]]:
    return [(place, cell.strip()) for place, cell in enumerate(row) if cell.strip()]


def with_options(header: Row, body: str, delimiter: str, names: HeaderNames) -> Row:
    """The header, completed by a second row of names.

    That is one of options of a question under blank headers (SurveyMonkey), or of columns under one name for several.
    """
    row = next((row for row, _end in ends_of_rows(body, delimiter)), [])
    if _under_one_name(header, row, names):
        return [below.strip() or name for name, below in zip_longest(header, row, fillvalue="")]
    if not any(plain(cell) in _SURVEY for cell in row):
        return header
    width = max(len(header), *(place + 1 for place, cell in enumerate(row) if cell.strip()))
    groups = [*header, *[""] * (width - len(header))]
    group, full = "", list(groups)
    for place, name in enumerate(groups):
        group = name.strip() or group
        option = row[place].strip() if place < len(row) else ""
        more = place + 1 < width and not groups[place + 1].strip()
        if option and plain(option) not in _SURVEY and (not name.strip() or more):
            full[place] = f"{group}/{option}"
    return full


def _under_one_name(header: Row, row: Row, names: HeaderNames) -> bool:
    """Whether all that stands in a row names columns, some of them under a blank header or one that stands twice."""
    told = [*map(plain, header), *[""] * len(row)]
    cells = _filled(row)
    # Below goals and languages the same words are answers: "kieli" and "suomi" name columns too.
    others = [header[place] for place, cell in cells if place < len(header) and plain(cell) != told[place]]
    if any(name in names.named(text) for name in WISHES for text in others):
        return False
    known = all(names.column(place, cell).role is not Role.IGNORED for place, cell in cells)
    return len(cells) > 1 and known and any(not told[place] or told.count(told[place]) > 1 for place, _cell in cells)


SWALLOWED = N_(
    "the cell contains further rows, which are not read: a stray quotation mark has swallowed them; remove it"
)


def swallowing(
    row: Row, number: int, delimiter: str, columns: Sequence[Column], reader: CellReader, strict: bool
) -> Iterator[str]:
    """The headers of cells that hold whole rows: a stray quote opened them, and another one far below closed them.

    Raises InputProblems if `strict`, when no such row may pass.
    """
    for place, cell in enumerate(row):
        if "\n" in cell and any(_is_row(line, delimiter, columns, reader) for line in cell.split("\n")):
            if strict:
                message = N_("row {row} contains further rows: a stray quotation mark has swallowed them; remove it")
                raise InputProblems([Problem(message, {"row": number})])
            yield columns[place].header if place < len(columns) else ""


def _is_row(line: str, delimiter: str, columns: Sequence[Column], reader: CellReader) -> bool:
    """Whether a line has as many separators as a row of its file, and answers in their places."""
    cells = line.split(delimiter)
    if len(cells) != len(columns) or len(cells) == 1:
        return False
    told = [
        reader.reads(column.name, cells[column.place])
        for column in columns
        if column.is_read and cells[column.place].strip()
    ]
    return bool(told) and 2 * sum(told) >= len(told)


def _as_number(text: str) -> float | None:
    try:
        return float(text.replace("\u00a0", "").replace(" ", "").replace(",", "."))
    except ValueError:
        return None
