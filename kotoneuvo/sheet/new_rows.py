"""The second tab of a filled sheet: services that the catalogue does not have yet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kotoneuvo.advice.facts import fold
from kotoneuvo.advice.problems import N_, Problem, closest
from kotoneuvo.catalogue.fields import SUMMARY_ROOM
from kotoneuvo.catalogue.new_service import NewService
from kotoneuvo.sheet import values
from kotoneuvo.sheet.cells import SheetCells
from kotoneuvo.sheet.columns import NEEDED
from kotoneuvo.sheet.read import Filled
from kotoneuvo.words import language_codes


class NewServices:
    """Reads the rows of new services."""

    def __init__(self, cells: SheetCells) -> None:
        self.cells = cells

    def problems_of(self, column: str, written: str) -> list[Problem]:
        """What is wrong with one cell, whatever stands beside it."""
        alone = NewServices(SheetCells(self.cells.path, self.cells.facts, self.cells.words, self.cells.today))
        alone.take([Filled("", 0, {column: written}, {column: column})])
        return [each for each in alone.cells.taken.problems if each.fieldname == column]

    def take(self, filled: Sequence[Filled]) -> None:
        """The rows of the second tab."""
        for each in filled:
            before = len(self.cells.taken.problems)
            for column in NEEDED:
                if column not in each.cells and column not in ("said", "day"):
                    self.cells.refuse(each, column, Problem("this is empty"))
            service = self._service(each)
            if service and len(self.cells.taken.problems) == before:
                self.cells.taken.new.append(service)

    def _service(self, filled: Filled) -> NewService | None:
        cells = filled.cells
        goals = dict.fromkeys(filter(None, (self.cells.code(filled, name) for name in ("goal", "goal2"))))
        towns = [self.cells.code(filled, "town")]
        towns += [self.cells.code(filled, "towns", each) for each in _listed(cells.get("towns", ""))]
        kind, how = self.cells.code(filled, "kind"), self.cells.code(filled, "how")
        contact = {
            name: value
            for name in ("address", "phone", "email", "url")
            if (value := self.cells.read(filled, name, values.BY_FIELD.get(name, str.strip), cells.get(name, "")))
        }
        hours = ", ".join(
            f"{cells.get(days, '')} {cells.get(time, '')}".strip()
            for days, time in (("days", "time"), ("days2", "time2"))
            if days in cells or time in cells
        )
        if len(cells.get("summary", "")) > SUMMARY_ROOM:
            details = {"count": len(cells["summary"]), "room": SUMMARY_ROOM}
            self.cells.refuse(filled, "summary", Problem("{count} characters; the limit is {room}", details))
        if not contact:
            message = N_("a service needs an address, a phone number, an e-mail address or a page")
            self.cells.refuse(filled, "phone", Problem(message))
        evidence = self.cells.evidence(filled, str(contact.get("url", "")))
        languages = [self._language(filled, each) for each in _listed(cells.get("languages", ""))]
        if not (evidence and goals and towns[0] and kind and how):
            return None
        return NewService(
            language=self.cells.words.language, evidence=evidence,
            name=cells.get("name", ""), summary=cells.get("summary", ""),
            kind=kind, goals=tuple(goals), area=tuple(dict.fromkeys(filter(None, towns))), how=how,
            contact={**contact, **({"hours": values.hours(hours, self.cells.words.language)} if hours else {})},
            organization=cells.get("organization", ""), conditions=cells.get("conditions", ""),
            languages=tuple(filter(None, languages)),
        )  # fmt: skip

    def _language(self, filled: Filled, written: str) -> str:
        codes = language_codes()
        code = codes.get(fold(written), "")
        if not code:
            near = closest(fold(written), codes)
            details = {"kind": "language", "found": written}
            self.cells.refuse(filled, "languages", Problem('unknown {kind} "{found}"', details, suggestion=near))
        return code


def _listed(written: str) -> list[str]:
    """What stands between commas or semicolons."""
    return [each.strip() for each in re.split("[,;]", written) if each.strip()]
