"""One `[[service]]`, `[[office]]` or `[[notice]]` of a catalogue read, with every problem noted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from kotoneuvo.advice.contact import Office
from kotoneuvo.advice.criteria import Criterion, Table, merge, unread
from kotoneuvo.advice.facts import NO_TEXT, Value
from kotoneuvo.advice.notices import Notice
from kotoneuvo.advice.problems import N_, closest
from kotoneuvo.advice.service import MAINLAND, NATIONWIDE, Access, Cost, Languages, Said, Service
from kotoneuvo.advice.statement import STATEMENTS
from kotoneuvo.catalogue.entry_reader import DOCUMENT_DATE, EntryReader
from kotoneuvo.catalogue.field_reader import Given
from kotoneuvo.catalogue.fields import FIELDS, LANGUAGES, NOTICE, OFFICE, PLACE
from kotoneuvo.dates import day_of, months_after

_AS_READ = (
    "name", "summary", "kind", "goals", "phase", "covers", "organization", "alternate_names", "part_of", "basic",
    "discreet", "helpline", "successor", "provides", "local_name", "local_role", "note", "ptv",
)  # fmt: skip
"""The fields of a service that stand in it as they were read."""
_ABSENT: Given = {"name": NO_TEXT, "summary": NO_TEXT, "kind": "", "goals": (), "phase": ""}
"""What stands for a field that is needed and was not given."""


class ServiceReader(EntryReader):
    """Reads one service by itself: what it has from the house that it is part of is woven in later."""

    fields = FIELDS

    def service(self) -> Service:
        """The service with its own table: area, audience and the criteria that it gives itself."""
        given = self.given
        valid_from, valid_until = self.valid()
        spec = given.get("eligibility", {})
        surroundings = self._surroundings(spec)
        own = self.criteria(spec, self._criterion_sources(spec)) if spec else ()
        parts = {name: made(self, given[name]) for name, made in _MADE.items() if name in given}
        said = {name: self.statement(name, FIELDS[name]) for name in STATEMENTS if name in given}
        return Service(
            **{**_ABSENT, **{name: given[name] for name in _AS_READ if name in given}, **parts, **said},
            **self._freshness(),
            id=self.entry,
            area=given.get("area", ()),
            audience=given.get("audience") or ("migrant",),
            eligibility=self.known.once((*merge(surroundings, own), *self._unread())),
            access=self._access(given.get("access", {})),
            sources=self.sources,
            contacts=self.contacts(),
            valid_from=valid_from,
            valid_until=valid_until,
            overlays=self.origin.overlays,
        )

    def _surroundings(self, eligibility: Given) -> Table:
        """Area and audience as criteria."""
        first = next(iter(self.sources), "")
        role = Criterion("customer_role", frozenset[Value](self.given.get("audience") or ("migrant",)), source=first)
        area = self.given.get("area", ())
        if NATIONWIDE in area or not area:
            return (role,)
        # Who lives nowhere in Finland is no Ålander either.
        places = self.facts.mainland_places if self.spec["area"] == [MAINLAND] else frozenset(area)
        source = eligibility.get("source")
        source = source.get("area", first) if isinstance(source, dict) else first
        cited = self.citation_of(source) if isinstance(source, str) else ""
        return (Criterion("municipality", places, source=cited), role)

    def _criterion_sources(self, spec: Given) -> Mapping[str, str]:
        """Criterion name to a citation of its source."""
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
        """The conditions that nobody has written as criteria yet, as a node that leaves the verdict open."""
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

    def _keeper_note(self, note: str | Mapping[str, str]) -> Mapping[str, str]:
        """Words in one language or in all: those who keep the catalogue know each other."""
        return dict.fromkeys(LANGUAGES, note) if isinstance(note, str) else note

    def _words(self, spec: Given) -> Said | None:
        """Words with their source."""
        return Said(spec.get("text", NO_TEXT), spec.get("source", "")) if spec else None

    def _freshness(self) -> Given:
        """The day the service was last confirmed, the first day on which that is too old, and `recheck`."""
        assured = self.given.get("assured") or DOCUMENT_DATE
        review = months_after(assured, self.months)
        recheck = self.given.get("recheck")
        if recheck and recheck <= assured:
            self.note("this date must be after the date of confirmation", "recheck")
            # A day that has passed already would make the service overdue for ever.
            recheck = None
        return {"assured": assured, "review": min(review, recheck) if recheck else review, "recheck": recheck}


_MADE = {
    "languages": lambda _, spec: Languages(**spec),
    "cost": lambda _, spec: Cost(**spec),
    "unread": ServiceReader._words,
    "bring": ServiceReader._words,
    "keeper_note": ServiceReader._keeper_note,
    "intake": ServiceReader.intake,
}
"""What is made of fields that have a form of their own in a service."""


class OfficeReader(EntryReader):
    """Reads one office."""

    fields = OFFICE

    def office(self) -> Office:
        """The office with its contact points."""
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
        """The notice with its criteria."""
        given = self.given
        source = self.cited(given.get("source", ""))
        valid_from, valid_until = self.valid()
        cited = {"": f"{source.url} {source.date}".strip()}
        return Notice(
            id=self.entry,
            who=self.known.once(self.criteria(given.get("who", {}), cited, "who")),
            text=given.get("text", NO_TEXT),
            source=source,
            # Where it is missing that is noted; nothing is overdue by it.
            review=given.get("review") or date.max,
            valid_from=valid_from,
            valid_until=valid_until,
            transition=self.statement("transition", NOTICE["transition"]),
        )
