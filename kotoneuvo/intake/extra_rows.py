"""Rows that are not clients: repeated headers, tags, totals and notes. They are skipped and reported.

A row is skipped only if its form leaves no doubt; any other row stays a client, with its problems. In a file of more
than two blocks, the middle ones are examined only if they contain the header again or a word for a total, because
hardly anything but clients is to be expected there.
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
"""Parts of the words for totals; a block that contains none of them need not be split into rows."""
_NOTE = re.compile(
    r"\*|†|\d{1,2}\)|(?:n|riviä|rivejä|rader|rows)\s?[=:]\s?\d|(huom|lähde|lähteet|source|note|obs|källa|tulostettu|päivitetty|raportti|sivu|page|printed|updated"
    r"|laatija|utskriven)\b",
    re.IGNORECASE,
)
_SURVEY = {"response", "openendedresponse", "vastaus", "avoinvastaus", "oppetsvar", "svar"}
_UNIT = re.compile(
    r"[(\[]?(?:v|vuotta|vuosina|år|years?|yrs?|kk|kuukautta|mån(?:ader)?|months?|pvm|päivämäärä|datum|date|cefr|yki|taso|nivå|level"
    r"|lkm|kpl|st|%|€|eur|k/e|kyllä/ei|ja/nej|yes/no|y/n|teksti|text|numero|number|nummer|string|integer|(?:esim|t\.ex|e\.g)\b.*)\.?[)\]]?"
    r"|[-–—_=*]{3,}",
    re.IGNORECASE,
)
"""What stands in a row of units, kinds of answers, examples or lines below the header."""
_WORDS_OF_A_NOTE = 3
_SECOND_ROWS = 3


_Cells = Sequence[tuple[int, str]]
"""The cells of a row that are not blank, each with its place."""


@dataclass
class ExtraRows:
    """Finds rows that are not clients; `found` grows with their numbers and kinds as the file is read."""

    columns: Sequence[Column]
    names: HeaderNames
    reader: CellReader
    delimiter: str
    found: list[tuple[int, str]] = field(default_factory=list)

    @cached_property
    def _headers(self) -> dict[int, str]:
        return {column.place: plain(column.header) for column in self.columns}

    def below_header(self, body: str) -> int:
        """The length of the rows below the header that belong to it; in `found` they have the number 0."""
        length = 0
        for number, (row, end) in enumerate(ends_of_rows(body, self.delimiter)):
            kind = self._second_header(row) if number < _SECOND_ROWS else ""
            if not kind:
                break
            self._leave_out(0, row, kind)
            length = end
        return length

    def cleaned(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Yield the blocks with an empty row in place of each row that is not a client, so that numbers stay the same.

        Raises InputProblems if a second table begins, and IdentityFound.
        """
        header = self.delimiter.join(column.header for column in self.columns)
        # One block is kept waiting, because the last one must be examined: it may end with totals and notes.
        waiting: Block | None = None
        first = True
        for block in blocks:
            if waiting:
                yield self._clean(waiting) if first or self._suspect(waiting, header) else waiting
                first = False
            waiting = block
        if waiting:
            yield self._clean(waiting, whole_file=first)

    def _suspect(self, block: Block, header: str) -> bool:
        if header in block.text:
            return True
        # If every row begins with a number, all are clients. That takes one search, the words for totals nine.
        numbered = self._numbered.match(block.text) and not self._unnumbered.search(block.text)
        return not numbered and any(trace in block.text for trace in _TOTAL_TRACES)

    @cached_property
    def _numbered(self) -> re.Pattern[str]:
        return re.compile(rf"\d+{re.escape(self.delimiter)}")

    @cached_property
    def _unnumbered(self) -> re.Pattern[str]:
        return re.compile(rf"\n(?!\Z|{self._numbered.pattern})")

    def _clean(self, block: Block, whole_file: bool = False) -> Block:
        """Blank the rows that are not clients; only in a `whole_file` can the last row be compared with the sums."""
        records = list(ends_of_rows(block.text, self.delimiter))
        kinds = [self._kind(row, block.first + place) for place, (row, _end) in enumerate(records)]
        if whole_file:
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
        """The kind of a row that is not a client (see EXTRA_KINDS); empty for a client."""
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
        if cells and all(_UNIT.fullmatch(cell) for _place, cell in cells):
            return "second"
        if len(cells) < min(2, len(self.columns)):
            return ""
        if kind := self._names_or_tags(cells):
            return kind
        texts = [cell for _place, cell in cells]
        survey = sum(plain(text) in _SURVEY for text in texts)
        imported = any("ImportId" in text for text in texts)
        questions = sum(text.endswith(("?", ":")) or len(text.split()) > _WORDS_OF_A_NOTE for text in texts)
        headers = 2 * (questions + self.names.recognised(texts)) > len(texts) and not self._readable(cells)
        return "second" if survey or imported or headers else ""

    def _names_or_tags(self, cells: _Cells) -> str:
        """The kind of a row that repeats the header or holds tags of the Humanitarian Exchange Language (HXL)."""
        same = all(self._headers.get(place) == plain(cell) for place, cell in cells)
        if same and (len(cells) > 1 or len(self.columns) == 1):
            return "names"
        return "tags" if all(_TAG.fullmatch(cell) for _place, cell in cells) else ""

    def _is_total(self, cells: _Cells) -> bool:
        (_place, first), *others = cells
        word = fold(first)
        total = word.rstrip(".") in _TOTALS or word.endswith(_TOTAL_ENDS) or word.startswith(_TOTAL_ENDS)
        return total and all(_NUMBER.fullmatch(cell) for _place, cell in others)

    def _is_note(self, cells: _Cells) -> bool:
        if len(cells) > 1 or len(self.columns) <= 2:
            return False
        text = cells[0][1]
        note = _NOTE.match(text) or len(text.split()) >= _WORDS_OF_A_NOTE
        return bool(note) and not self._readable(cells)

    def _readable(self, cells: _Cells) -> bool:
        """Whether any cell can be read as an answer to its column's fact."""
        facts = {column.place: column.name for column in self.columns if column.is_read}
        return any(place in facts and self.reader.reads(facts[place], cell) for place, cell in cells)

    def _sums(self, records: Sequence[tuple[Row, int]], kinds: list[str]) -> None:
        """Mark a last row of numbers as a total, if one of them is the sum of its column or the count of clients."""
        rows = [place for place, (row, _end) in enumerate(records) if any(map(str.strip, row)) and not kinds[place]]
        # With a single client, any repeated number would look like a sum.
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
    """Return the header, completed from a second header row.

    Such a row has the options of a question below blank headers (SurveyMonkey), or the names of several columns below
    one common header.
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
    """Whether a row holds only column names, some of them below a blank or repeated header."""
    headers = [*map(plain, header), *[""] * len(row)]
    cells = _filled(row)
    # Below a column of goals or languages, "kieli" and "suomi" are answers, though they also name columns.
    others = [header[place] for place, cell in cells if place < len(header) and plain(cell) != headers[place]]
    if any(name in names.named(text) for name in WISHES for text in others):
        return False
    known = all(names.column(place, cell).role is not Role.IGNORED for place, cell in cells)
    above = [headers[place] for place, _cell in cells]
    return len(cells) > 1 and known and any(not name or headers.count(name) > 1 for name in above)


SWALLOWED = N_(
    "the cell contains further rows, which are not read: a stray quotation mark has swallowed them; remove it"
)


def swallowed_rows(
    row: Row, number: int, delimiter: str, columns: Sequence[Column], reader: CellReader, strict: bool
) -> Iterator[str]:
    """Yield the headers of cells that contain whole rows, because of a stray quotation mark and another one far below.

    Raises InputProblems instead if `strict`.
    """
    for place, cell in enumerate(row):
        if "\n" in cell and any(_is_row(line, delimiter, columns, reader) for line in cell.split("\n")):
            if strict:
                message = N_("row {row} contains further rows: a stray quotation mark has swallowed them; remove it")
                raise InputProblems([Problem(message, {"row": number})])
            yield columns[place].header if place < len(columns) else ""


def _is_row(line: str, delimiter: str, columns: Sequence[Column], reader: CellReader) -> bool:
    """Whether a line looks like a row: as many cells as there are columns, and readable answers in half of them."""
    cells = line.split(delimiter)
    if len(cells) != len(columns) or len(cells) == 1:
        return False
    readable = [
        reader.reads(column.name, cells[column.place])
        for column in columns
        if column.is_read and cells[column.place].strip()
    ]
    return bool(readable) and 2 * sum(readable) >= len(readable)


def _as_number(text: str) -> float | None:
    try:
        return float(text.replace("\u00a0", "").replace(" ", "").replace(",", "."))
    except ValueError:
        return None
