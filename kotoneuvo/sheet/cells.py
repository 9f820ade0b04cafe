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
            problem = Problem(N_('"{found}" is not an answer'), {"found": written})
            self.refuse(filled, "right", problem._replace(allowed=tuple(choices("right", self.facts, self.words))))
        return mark

    def evidence(self, filled: Filled, page: str) -> Evidence | None:
        """Who said it and when; None, with what is missing."""
        cells = filled.cells
        day = self.read(filled, "day", lambda text: values.day(text, self.today), cells.get("day", ""), needed=True)
        written = cells.get("said", "")
        code = code_of("said", written, self.facts)
        if not written:
            problem = Problem(N_("this is empty: say who said it, or which page"))
            self.refuse(filled, "said", problem._replace(allowed=tuple(choices("said", self.facts, self.words))))
            return None
        if code == "page" and not page:
            self.refuse(filled, "said", Problem(N_("this row has no page; write its address here")))
            return None
        if not code and not is_url(written) and (tells_who(written) or named(written)):
            message = N_("this looks like the name, number or address of a person: write how and which role only")
            problem = Problem(message, allowed=tuple(choices("said", self.facts, self.words)))
            self.refuse(filled, "said", problem)
            return None
        if day is None:
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
            self.refuse(
                filled,
                column,
                Problem(N_("the spreadsheet has shortened this number: format the cell as text and type it again")),
            )
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
        code = code_of(column, written, self.facts) if written else ""
        if written and not code:
            labels = choices("town" if column == "towns" else column, self.facts, self.words)
            allowed = () if column in ("town", "towns") else tuple(labels)
            known = words_of(column, self.facts)
            near = known.get(closest(fold(written), known), "")
            meant = next((each for each in labels if near and code_of(column, each, self.facts) == near), "")
            problem = Problem(
                N_('"{found}" is not one of the choices'), {"found": written}, allowed=allowed, suggestion=meant
            )
            self.refuse(filled, column, problem)
        return code

    def refuse(self, filled: Filled, column: str, problem: Problem) -> None:
        """Note that a cell cannot be taken."""
        self.taken.problems.append(self.at(filled, column, problem))

    def at(self, filled: Filled, column: str, problem: Problem) -> Problem:
        """A problem with its place: file and row, tab, header of the column."""
        header = filled.headers.get(column, column)
        return problem._replace(where=str(self.path), line=filled.number, entry=filled.tab, fieldname=header)
