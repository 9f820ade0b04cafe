"""Read the cells of a filled row: choices, evidence and values; note what cannot be read, with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from kotoneuvo.advice.facts import FactBook, fold
from kotoneuvo.advice.problems import N_, InputProblems, Problem, closest
from kotoneuvo.catalogue.change import EntryChange, Evidence
from kotoneuvo.catalogue.contacts import is_url, may_identify, person_name_in
from kotoneuvo.catalogue.new_service import NewService
from kotoneuvo.sheet import values
from kotoneuvo.sheet.columns import choices, code_of, words_of
from kotoneuvo.sheet.read import Filled
from kotoneuvo.words import Words

Read = TypeVar("Read")
SHORTENED = re.compile(r"\d[.,]?\d*E\+\d+")
"""A long number as a spreadsheet shortens it, "3.58E+11": its digits are lost."""


@dataclass
class FilledSheet:
    """A filled sheet in the language of `words`, and what was read from it: `changes` and `new` services.

    `problems` are cells that were refused; `notes` tell the editor about rows without being errors.
    """

    path: Path
    facts: FactBook
    words: Words
    today: date
    changes: list[EntryChange] = field(default_factory=list)
    new: list[NewService] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class RowCells:
    """The cells of one row of a sheet, by column."""

    def __init__(self, sheet: FilledSheet, row: Filled) -> None:
        self.sheet = sheet
        self.row = row
        self.words = sheet.words

    def __contains__(self, column: str) -> bool:
        return column in self.row.cells

    def __getitem__(self, column: str) -> str:
        """The text of a cell; empty if there is none."""
        return self.row.cells.get(column, "")

    @cached_property
    def mark(self) -> str:
        """The answer to "Still right?": "x", "gone" or empty."""
        written = self["right"]
        mark = code_of("right", written, self.sheet.facts)
        if written and not mark:
            self.note('"{found}" is not an answer', "right", {"found": written}, allowed=self._choices("right"))
        return mark

    def evidence(self, page: str) -> Evidence | None:
        """Who said it and when; None, with problems noted, if that cannot be read. `page` is the page of the row."""
        before = len(self.sheet.problems)
        day = self.read("day", lambda text: values.day(text, self.sheet.today), needed=True)
        written = self["said"]
        code = code_of("said", written, self.sheet.facts)
        if not written:
            self.note("this is empty: say who said it, or which page", "said", allowed=self._choices("said"))
        elif code == "page" and not page:
            self.note("this row has no page; write its address here", "said")
        elif not code and not is_url(written) and (may_identify(written) or person_name_in(written)):
            message = N_("this looks like the name, number or address of a person: write how and which role only")
            self.note(message, "said", allowed=self._choices("said"))
        if day is None or len(self.sheet.problems) > before:
            return None
        # Anything that is not in the list is kept in the editor's own words.
        url = page if code == "page" else written if is_url(written) else ""
        return Evidence(day, url, "" if url else code or written)

    def read(self, column: str, read: Callable[[str], Read], *, needed: bool = False) -> Read | None:
        """The value of a cell by the function `read`; None if it is empty, or, with a problem noted, cannot be read."""
        written = self[column]
        if needed and not written:
            self.note("this is empty", column)
        elif SHORTENED.fullmatch(written):
            self.note("the spreadsheet has shortened this number: format the cell as text and type it again", column)
        elif written:
            try:
                return read(written)
            except InputProblems as error:
                self.sheet.problems += [self._at(each, column) for each in error.problems]
        return None

    def code(self, column: str, written: str = "") -> str:
        """The code of the choice in a cell, or of `written`; empty, with a problem noted, if it is not a choice."""
        written = written or self[column]
        kind, facts = "town" if column == "towns" else column, self.sheet.facts
        code = code_of(kind, written, facts) if written else ""
        if written and not code:
            known = words_of(kind, facts)
            near = known.get(closest(fold(written), known), "")
            labels = self._choices(kind)
            meant = next((each for each in labels if near and code_of(kind, each, facts) == near), "")
            # Listing 308 municipalities would not help; the suggestion does.
            allowed = () if kind == "town" else labels
            self.note('"{found}" is not one of the choices', column, {"found": written}, allowed, meant)
        return code

    def note(
        self,
        message: str,
        column: str,
        details: Mapping[str, object] | None = None,
        allowed: tuple[str, ...] = (),
        suggestion: str = "",
    ) -> None:
        """Note an error in a cell."""
        problem = Problem(message, details or {}, allowed=allowed, suggestion=suggestion)
        self.sheet.problems.append(self._at(problem, column))

    def warn(self, message: str, column: str, details: Mapping[str, object] | None = None) -> None:
        """Note something about a cell that is not an error."""
        self.sheet.notes.append(self._at(Problem(message, details or {}), column))

    def _choices(self, column: str) -> tuple[str, ...]:
        return tuple(choices(column, self.sheet.facts, self.words))

    def _at(self, problem: Problem, column: str) -> Problem:
        """A problem with its place: file, row, tab, and header of the column."""
        header = self.row.headers.get(column, column)
        return problem._replace(where=str(self.sheet.path), line=self.row.number, entry=self.row.tab, fieldname=header)
