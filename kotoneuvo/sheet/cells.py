"""The cells of a filled sheet: choices, evidence, values; what cannot be read is noted with its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeVar

from kotoneuvo.advice.facts import FactBook, fold
from kotoneuvo.advice.problems import N_, InputProblems, Problem, closest
from kotoneuvo.catalogue.change import Change, Evidence
from kotoneuvo.catalogue.contacts import is_url, named, tells_who
from kotoneuvo.catalogue.new_service import NewService
from kotoneuvo.sheet import values
from kotoneuvo.sheet.columns import choices, code_of, words_of
from kotoneuvo.sheet.read import Filled
from kotoneuvo.words import Words

Read = TypeVar("Read")
SHORTENED = re.compile(r"\d[.,]?\d*E\+\d+")
"""What a spreadsheet makes of a long number, "3.58E+11"; its digits are lost."""


class Taken(NamedTuple):
    """What a sheet says: changes, new services, what an editor should know of rows (no mistakes), what is refused."""

    changes: list[Change]
    new: list[NewService]
    notes: list[Problem]
    problems: list[Problem]


class SheetCells:
    """Reads the cells of one sheet, which is written in the language of `words`."""

    def __init__(self, path: Path, facts: FactBook, words: Words, today: date) -> None:
        self.path = path
        self.facts = facts
        self.words = words
        self.today = today
        self.taken = Taken([], [], [], [])

    def mark(self, filled: Filled) -> str:
        """ "x", "gone" or nothing."""
        written = filled.cells.get("right", "")
        mark = code_of("right", written, self.facts)
        if written and not mark:
            problem = Problem(N_('"{found}" is not an answer'), {"found": written}, allowed=self._choices("right"))
            self.refuse(filled, "right", problem)
        return mark

    def evidence(self, filled: Filled, page: str) -> Evidence | None:
        """Who said it and when; None, with what is missing."""
        cells = filled.cells
        day = self.read(filled, "day", lambda text: values.day(text, self.today), cells.get("day", ""), needed=True)
        written = cells.get("said", "")
        code = code_of("said", written, self.facts)
        problem = None
        if not written:
            message = N_("this is empty: say who said it, or which page")
            problem = Problem(message, allowed=self._choices("said"))
        elif code == "page" and not page:
            problem = Problem(N_("this row has no page; write its address here"))
        elif not code and not is_url(written) and (tells_who(written) or named(written)):
            message = N_("this looks like the name, number or address of a person: write how and which role only")
            problem = Problem(message, allowed=self._choices("said"))
        if problem:
            self.refuse(filled, "said", problem)
        if problem or day is None:
            return None
        url = page if code == "page" else written if is_url(written) else ""
        return Evidence(day, url, "" if url else code or written)

    def read(
        self, filled: Filled, column: str, read: Callable[[str], Read], written: str, *, needed: bool = False
    ) -> Read | None:
        """What a cell says; None, with a problem, if it cannot be read."""
        if not written:
            if needed:
                self.refuse(filled, column, Problem("this is empty"))
            return None
        if SHORTENED.fullmatch(written):
            message = N_("the spreadsheet has shortened this number: format the cell as text and type it again")
            self.refuse(filled, column, Problem(message))
            return None
        try:
            return read(written)
        except InputProblems as error:
            for problem in error.problems:
                self.refuse(filled, column, problem)
            return None

    def code(self, filled: Filled, column: str, written: str = "") -> str:
        """The code of a choice; empty, with what may be chosen, if it is none."""
        written = written or filled.cells.get(column, "")
        kind = "town" if column == "towns" else column
        code = code_of(kind, written, self.facts) if written else ""
        if written and not code:
            known = words_of(kind, self.facts)
            near = known.get(closest(fold(written), known), "")
            labels = self._choices(kind)
            meant = next((each for each in labels if near and code_of(kind, each, self.facts) == near), "")
            # 308 municipalities are no help: the one that was perhaps meant is.
            allowed = () if kind == "town" else labels
            message = N_('"{found}" is not one of the choices')
            self.refuse(filled, column, Problem(message, {"found": written}, allowed=allowed, suggestion=meant))
        return code

    def _choices(self, column: str) -> tuple[str, ...]:
        return tuple(choices(column, self.facts, self.words))

    def refuse(self, filled: Filled, column: str, problem: Problem) -> None:
        """Note that a cell cannot be taken."""
        self.taken.problems.append(self._at(filled, column, problem))

    def note(self, filled: Filled, column: str, problem: Problem) -> None:
        """Note what an editor should know of a cell, though it is no mistake."""
        self.taken.notes.append(self._at(filled, column, problem))

    def _at(self, filled: Filled, column: str, problem: Problem) -> Problem:
        """A problem with its place: file and row, tab, header of the column."""
        header = filled.headers.get(column, column)
        return problem._replace(where=str(self.path), line=filled.number, entry=filled.tab, fieldname=header)
