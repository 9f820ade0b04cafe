"""Read one `[[service]]`, `[[office]]` or `[[notice]]` of a catalogue, noting every problem."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from kotoneuvo.advice.contact import Office
from kotoneuvo.advice.criteria import Criterion, Table, merge, unread
from kotoneuvo.advice.facts import NO_TEXT, Value
from kotoneuvo.advice.notices import Notice
from kotoneuvo.advice.problems import N_, closest
from kotoneuvo.advice.service import MAINLAND, NATIONWIDE, Access, Cost, Languages, Service, SourcedText
from kotoneuvo.advice.statement import STATEMENTS
from kotoneuvo.catalogue.entry_reader import DOCUMENT_DATE, EntryReader
from kotoneuvo.catalogue.field_reader import Given
from kotoneuvo.catalogue.fields import FIELDS, LANGUAGES, NOTICE, OFFICE, PLACE
from kotoneuvo.dates import day_of, months_after

_AS_READ = (
    "name", "summary", "kind", "goals", "phase", "covers", "organization", "alternate_names", "part_of", "basic",
    "discreet", "helpline", "successor", "provides", "local_name", "local_role", "note", "ptv",
)  # fmt: skip
"""The fields of a service that are passed on as they were read."""
_ABSENT: Given = {"name": NO_TEXT, "summary": NO_TEXT, "kind": "", "goals": (), "phase": ""}
"""Stand-ins for required fields that are missing, which is noted elsewhere."""


class ServiceReader(EntryReader):
    """Reads one service by itself; what it inherits from its house is added later."""

    fields = FIELDS

    def service(self) -> Service:
        """The service, with its own criteria, area and audience as its eligibility."""
        given = self.given
        valid_from, valid_until = self.valid()
        spec = given.get("eligibility", {})
        surroundings = self._area_and_audience(spec)
        own = self.criteria(spec, self._criterion_sources(spec)) if spec else ()
        parts = {name: made(self, given[name]) for name, made in _MADE.items() if name in given}
        said = {name: self.statement(name, FIELDS[name]) for name in STATEMENTS if name in given}
        return Service(
            **{**_ABSENT, **{name: given[name] for name in _AS_READ if name in given}, **parts, **said},
            **self._freshness(),
            id=self.entry,
            area=given.get("area", ()),
            audience=given.get("audience") or ("migrant",),
            eligibility=self.context.once((*merge(surroundings, own), *self._unread())),
            access=self._access(given.get("access", {})),
            sources=self.sources,
            contacts=self.contacts(),
            valid_from=valid_from,
            valid_until=valid_until,
            overlays=self.origin.overlays,
        )

    def _area_and_audience(self, eligibility: Given) -> Table:
        # Area and audience rest on the first source, unless `eligibility.source` names one for the area.
        first = next(iter(self.sources), "")
        role = Criterion("customer_role", frozenset[Value](self.given.get("audience") or ("migrant",)), source=first)
        area = self.given.get("area", ())
        if NATIONWIDE in area or not area:
            return (role,)
        # "All but Åland" also accepts people who do not live in any Finnish municipality.
        places = self.facts.mainland_places if self.spec["area"] == [MAINLAND] else frozenset(area)
        source = eligibility.get("source")
        source = source.get("area", first) if isinstance(source, dict) else first
        cited = self.citation_of(source) if isinstance(source, str) else ""
        return (Criterion("municipality", places, source=cited), role)

    def _criterion_sources(self, spec: Given) -> Mapping[str, str]:
        """The citation of each criterion's source, by criterion; "" stands for all that have none of their own."""
        given = spec.get("source", {})
        sources = given if isinstance(given, dict) else {"": given}
        cited = {}
        for key, source in sources.items():
            path = f"eligibility.source.{key}" if key else "eligibility.source"
            if key and key not in spec and key != "area":
                self.note("there is no such criterion here", path)
            cited[key] = self.citation_of(self.citation(source, path))
        for key in spec:
            if key not in cited and key != "source" and "" not in cited:
                self.note("this needs a source", f"eligibility.{key}")
        return cited

    def _unread(self) -> Table:
        """Conditions that are not criteria yet, as a node that is always unknown: the service is possible at best."""
        spec = self.given.get("unread", {})
        if "text" not in spec:
            return ()
        everything = self.facts["customer_role"].everything
        return (unread(spec["text"], everything, self.citation_of(spec.get("source", ""))),)

    def _access(self, spec: Given) -> Access:
        source = spec.get("source", "")
        confirmed = day_of(self.date_of(source))
        review = months_after(confirmed, self.months) if confirmed else None
        return Access(**spec, confirmed=confirmed, review=review, said=self.said_by(source))

    def _sourced_text(self, spec: Given) -> SourcedText | None:
        return SourcedText(spec.get("text", NO_TEXT), spec.get("source", "")) if spec else None

    def _freshness(self) -> Given:
        """The day of the last confirmation, the first day on which it is too old, and `recheck`."""
        assured = self.given.get("assured") or DOCUMENT_DATE
        review = months_after(assured, self.months)
        recheck = self.given.get("recheck")
        if recheck and recheck <= assured:
            self.note("this date must be after the date of confirmation", "recheck")
            # Kept, it would make the service overdue until somebody removes it.
            recheck = None
        return {"assured": assured, "review": min(review, recheck) if recheck else review, "recheck": recheck}


_MADE: Mapping[str, Callable[[ServiceReader, Any], object]] = {
    "languages": lambda _, spec: Languages(**spec),
    "cost": lambda _, spec: Cost(**spec),
    "unread": ServiceReader._sourced_text,
    "bring": ServiceReader._sourced_text,
    "keeper_note": lambda _, note: dict.fromkeys(LANGUAGES, note) if isinstance(note, str) else note,
    "intake": ServiceReader.intake,
}
"""How the fields that have a class of their own in a service are made."""


class OfficeReader(EntryReader):
    """Reads one office."""

    fields = OFFICE

    def office(self) -> Office:
        """The office; a municipality takes its name from the list of municipalities."""
        kind, _, code = self.entry.partition(":")
        name = self.given.get("name", NO_TEXT)
        if kind == "municipality":
            place = self.facts.municipalities.get(code)
            if place is None:
                self.note('unknown {kind} "{found}"', "for", {"kind": "municipality code", "found": code})
            name = dict(place.name) if place else {}
        elif re.fullmatch(PLACE, self.entry):
            known = {getattr(each, kind)["fi"] for each in self.facts.municipalities.values()}
            own = name.get("fi", "")
            if own not in known:
                near = closest(own, known)
                self.note(N_('no municipality belongs to "{found}"'), "name", {"found": own}, suggestion=near)
        return Office(self.entry, name, self.contacts(), self.sources)


class NoticeReader(EntryReader):
    """Reads one notice."""

    fields = NOTICE

    def notice(self) -> Notice:
        """The notice."""
        given = self.given
        source = self.cited(given.get("source", ""))
        valid_from, valid_until = self.valid()
        cited = {"": f"{source.url} {source.date}".strip()}
        return Notice(
            id=self.entry,
            who=self.context.once(self.criteria(given.get("who", {}), cited, "who")),
            text=given.get("text", NO_TEXT),
            source=source,
            # A missing date is an error of its own and must not also make the notice overdue.
            review=given.get("review") or date.max,
            valid_from=valid_from,
            valid_until=valid_until,
            transition=self.statement("transition", NOTICE["transition"]),
        )
