"""`[[office]]` and `[[notice]]` tables read, with every problem noted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from kotoneuvo.advice.problems import N_, Problem, closest
from kotoneuvo.advice.service import Notice, Office, Source
from kotoneuvo.catalogue.fields import NOTICE, OFFICE, PLACE
from kotoneuvo.catalogue.read_contacts import REVIEW_MONTHS, ContactReader
from kotoneuvo.catalogue.read_statements import StatementReader

_ID = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")


class OfficeReader(ContactReader):
    """Reads one office."""

    def office(self) -> Office:
        """The office with its contact points."""
        self.keys(self.spec, OFFICE.keys(), "")
        kind, _, code = self.entry.partition(":")
        name = self.text(self.spec, "name")
        self.warnings = [each for each in self.warnings if each.fieldname != "name"]
        if not re.fullmatch(PLACE, self.entry):
            allowed = ("employment_area:01", "wellbeing_county:01", "municipality:091")
            self.note(N_('"{found}" is not the area of an office'), "for", {"found": self.entry}, allowed)
        elif kind == "municipality":
            name = self._municipality(code)
        else:
            self._check_name(kind, name.get("fi", ""))
        months = self.spec.get("review", REVIEW_MONTHS)
        if not isinstance(months, int) or isinstance(months, bool) or not 1 <= months <= 600:
            self.note("expected a number of months", "review", {"found": months})
            months = REVIEW_MONTHS
        contacts = self.contacts(self.spec.get("contact", []), months)
        return Office(self.entry, name, contacts, self.sources)

    def _municipality(self, code: str) -> dict[str, str]:
        place = self.facts.municipalities.get(code)
        if place is None:
            self.note('unknown {kind} "{found}"', "for", {"kind": "municipality code", "found": code})
        return dict(place.name) if place else {}

    def _check_name(self, kind: str, name: str) -> None:
        known = {getattr(each, kind)["fi"] for each in self.facts.municipalities.values()}
        if name not in known:
            near = closest(name, known)
            self.note(N_('no municipality belongs to "{found}"'), "name", {"found": name}, suggestion=near)


class NoticeReader(StatementReader):
    """Reads one notice."""

    def notice(self) -> Notice:
        """The notice with its criteria."""
        self.keys(self.spec, NOTICE.keys(), "")
        for name in (name for name, field in NOTICE.items() if field.required):
            if name not in self.spec:
                self.note("this field is missing", name)
        if "id" in self.spec and not _ID.fullmatch(self.entry):
            self.note("an id consists of lower-case letters, digits and hyphens", "id")
        source = self.source(self.spec, "source") if "source" in self.spec else ""
        cited = self.sources.get(source.partition(":")[0], Source())
        who = self.spec.get("who", {})
        valid = self.table("valid")
        start, end = self.date(valid.get("from"), "valid.from"), self.date(valid.get("until"), "valid.until", last=True)
        if start and end and start > end:
            self.note("this ends before it starts", "valid", {"found": f"{start} – {end}"})
        citation = f"{cited.url} {cited.date}".strip()
        return Notice(
            id=self.entry,
            who=self.known.once(self.criteria(who, {"": citation}, "who")),
            text=self.text(self.spec, "text"),
            source=cited,
            review=self.date(self.spec.get("review"), "review") or date.max,
            valid_from=start,
            valid_until=end,
            transition=self.statement(self.spec, "transition") if "transition" in self.spec else None,
        )


def twice(readers: Iterable[ContactReader], field: str) -> Iterator[Problem]:
    """Entries that stand twice."""
    seen: set[str] = set()
    for reader in readers:
        if reader.entry in seen:
            yield Problem("the id is used twice", {"found": reader.entry}, reader.where, reader.entry, field)
        seen.add(reader.entry)
