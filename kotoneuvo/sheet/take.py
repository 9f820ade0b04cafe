"""The first tab of a filled sheet as changes: what is confirmed, corrected or gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kotoneuvo.advice.problems import N_, Problem
from kotoneuvo.catalogue.change import Change, Evidence
from kotoneuvo.sheet import values
from kotoneuvo.sheet.cells import SHORTENED, SheetCells
from kotoneuvo.sheet.columns import NEW, TO_CONFIRM
from kotoneuvo.sheet.read import Filled
from kotoneuvo.sheet.rows import Row

_ANSWERS = ("right", "new")


class Confirmations:
    """Reads the rows to confirm; `rows` are those that the catalogue gives today, by key."""

    def __init__(self, cells: SheetCells, rows: Mapping[str, Row]) -> None:
        self.cells = cells
        self.rows = rows

    def take(self, filled: Sequence[Filled]) -> None:
        """The rows of the first tab; those of one contact point are taken together."""
        parts: dict[tuple[str, str], list[tuple[Filled, Row]]] = {}
        seen: set[str] = set()
        for each in filled:
            answered = any(name in each.cells for name in _ANSWERS)
            row = self._row(each, answered=answered)
            if row is None:
                continue
            if answered and row.key in seen:
                self.cells.refuse(each, "key", Problem(N_("this row stands twice in the sheet: keep the right one")))
            seen |= {row.key} if answered else set()
            if not answered and ("said" in each.cells or "day" in each.cells):
                self.cells.refuse(each, "right", Problem(N_("this is empty: is it still right, or what is new?")))
            parts.setdefault((row.entry, row.part), [])
            if answered:
                parts[row.entry, row.part].append((each, row))
        for (entry, part), answers in parts.items():
            if answers:
                self._part(entry, part, answers)

    def _row(self, filled: Filled, *, answered: bool) -> Row | None:
        """What a row is about; None, with a word about it, if that is not what the catalogue says today."""
        key, value = filled.cells.get("key", ""), filled.cells.get("value", "")
        row = self.rows.get(key)
        if row and _same(row, value):
            return row
        entry = key.partition("#")[0]
        alike = [each for each in self.rows.values() if value and each.entry == entry and _same(each, value)]
        if len(alike) == 1:
            return alike[0]
        if not key:
            message = N_("this row is not one of the sheet's; a new service belongs on the tab “{tab}”")
            problem, column = Problem(message, {"tab": self.cells.words.gettext(NEW)}), "key"
        elif not row:
            problem, column = Problem(N_("the catalogue no longer has this row: make a new sheet")), "key"
        else:
            message = N_("the catalogue says something else here; put new information into “{column}”")
            details = {"column": self.cells.words.gettext(TO_CONFIRM["new"])}
            problem, column = Problem(message, details), "value"
        if answered:
            self.cells.refuse(filled, column, problem)
        elif row or not key:
            self.cells.note(filled, column, problem)
        return None

    def _part(self, entry: str, part: str, answers: Sequence[tuple[Filled, Row]]) -> None:
        """The answers about one contact point, one way in or one service."""
        new: dict[str, Any] = {}
        days: list[Evidence] = []
        before = len(self.cells.taken.problems)
        gone: set[str] = set()
        for filled, row in answers:
            new |= self._said(filled, row, new, answers)
            if self.cells.mark(filled) == "gone":
                gone.add(row.key)
            evidence = self.cells.evidence(filled, row.page)
            if evidence and row.confirmed and evidence.day < row.confirmed <= self.cells.today and not new:
                details = {"date": self.cells.words.date(row.confirmed)}
                self.cells.refuse(filled, "day", Problem("it was confirmed on {date}, which is later", details))
            days += [evidence] if evidence else []
        if len(self.cells.taken.problems) > before:
            return
        self._elsewhere(answers)
        rest = [row for row in self.rows.values() if (row.entry, row.part) == (entry, part)]
        open_still = [row for row in rest if row.key not in {answered.key for _, answered in answers}]
        # The newest word is worth no more than the oldest beside it.
        evidence = min(days, key=lambda each: each.day)
        if len(gone) == len(rest):
            self.cells.taken.changes.append(Change(entry, evidence, part, gone=True))
        elif new:
            self.cells.taken.changes.append(Change(entry, evidence, part, new, others_right=not open_still))
        elif open_still:
            message = N_("not confirmed: this contact point also has {values}, which nobody has answered")
            details = {"values": ", ".join(row.value for row in open_still)}
            self.cells.note(answers[0][0], "right", Problem(message, details))
        else:
            self.cells.taken.changes.append(Change(entry, evidence, part))

    def _elsewhere(self, answers: Sequence[tuple[Filled, Row]]) -> None:
        """Say where else a number or an address stands that is wrong here: nobody corrects it there by itself."""
        for filled, row in answers:
            wrong = "new" in filled.cells or self.cells.mark(filled) == "gone"
            if wrong and row.field in ("phone", "email", "address", "postal"):
                same = (each for each in self.rows.values() if each.field == row.field and _same(each, row.value))
                others = dict.fromkeys(each.entry for each in same if each.entry != row.entry)
                if others:
                    details = {"value": row.value, "services": ", ".join(others)}
                    message = N_("{value} is also used by {services}: is it wrong there, too?")
                    self.cells.note(filled, "new", Problem(message, details))

    def _said(
        self, filled: Filled, row: Row, so_far: Mapping[str, Any], answers: Sequence[tuple[Filled, Row]]
    ) -> dict[str, Any]:
        """What one row changes in its contact point; nothing if it only confirms."""
        if self.cells.mark(filled) != "gone":
            return self._new(filled, row, so_far) if "new" in filled.cells else {}
        if row.field in ("", "how"):
            message = N_("a service or a way in that has ended is recorded by hand: see docs/catalogue/retire.md")
            self.cells.refuse(filled, "right", Problem(message))
        elif "new" in filled.cells:
            self.cells.refuse(filled, "new", Problem(N_("this row says both that it is gone and what is new")))
        return {row.field: self._without(row, answers) if row.field == "url" and row.language else ""}

    def _new(self, filled: Filled, row: Row, so_far: Mapping[str, Any]) -> dict[str, Any]:
        """The new value of a row, as a contact point or a way in has it."""
        written = filled.cells["new"]
        if not row.field:
            message = N_("write a new summary into the catalogue file by hand; here a service can only be confirmed")
            self.cells.refuse(filled, "new", Problem(message))
            return {}
        if row.field == "how":
            return {"how": {self.cells.words.language: written}}
        if row.field == "hours":
            return {"hours": values.hours(written, self.cells.words.language)}
        value = self.cells.read(filled, "new", values.BY_FIELD.get(row.field, str.strip), written)
        if row.field == "url" and row.language and value is not None:
            return {"url": {**self._others(row, so_far), row.language: value}}
        return {} if value is None else {row.field: value}

    def _others(self, row: Row, so_far: Mapping[str, Any]) -> dict[str, str]:
        """The pages of a contact point by language, with what has been read of them so far."""
        known = so_far.get("url")
        if isinstance(known, dict):
            return known
        rows = (
            each for each in self.rows.values() if (each.entry, each.part, each.field) == (row.entry, row.part, "url")
        )
        return {each.language: each.value for each in rows}

    def _without(self, row: Row, answers: Sequence[tuple[Filled, Row]]) -> dict[str, str]:
        """The pages that stay when some are gone."""
        gone = {each.language for filled, each in answers if each.field == "url" and self.cells.mark(filled) == "gone"}
        return {language: page for language, page in self._others(row, {}).items() if language not in gone}


def _same(row: Row, written: str) -> bool:
    """Whether a cell still has the value of its row, whatever a spreadsheet makes of a phone number."""
    if row.field == "phone":
        return bool(SHORTENED.fullmatch(written)) or _digits(row.value) == _digits(written)
    return " ".join(row.value.split()) == " ".join(written.removeprefix("'").split())


def _digits(number: str) -> str:
    digits = "".join(filter(str.isdigit, number))
    return digits.removeprefix("00").removeprefix("358").removeprefix("0")
