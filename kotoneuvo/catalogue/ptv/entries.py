"""Turn PTV services and their channels into entries of an overlay, adding nothing that PTV does not say.

PTV states conditions as free text. They are never turned into criteria: every entry is `unread` until an editor has
read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.problems import N_, Problem
from kotoneuvo.catalogue.fields import LANGUAGES, SUMMARY_ROOM
from kotoneuvo.catalogue.ptv.choice import OF_INTEGRATION, RegisterChoice, chosen, uses_of
from kotoneuvo.catalogue.ptv.codes import area_of, languages_of
from kotoneuvo.catalogue.ptv.contacts import KEY, contacts_of
from kotoneuvo.catalogue.ptv.records import Record, Records, Spec, is_published, part
from kotoneuvo.catalogue.ptv.texts import UNPUBLISHED, Notes, by_language, cut, fitted, line, versions, words
from kotoneuvo.dates import day_of

SERVER = "https://api-gw.palvelutietovaranto.suomi.fi/api/v12"
"""The public API of PTV."""
_NOTE = {"fi": "Edellytykset PTV:n mukaan", "sv": "Villkor enligt SFL", "en": "Requirements according to PTV"}
_UNREAD = {
    "fi": "Tuotu Palvelutietovarannosta: kenelle palvelu on, sitä ei ole vielä luettu",
    "sv": "Hämtad ur Servicedatalagret: vem tjänsten är till för har ännu inte lästs",
    "en": "Imported from the Finnish Service Catalogue: nobody has read yet whom it is for",
}
_CHARGED = {"fi": "maksullinen", "sv": "avgiftsbelagd", "en": "there is a charge"}
_NO_VOUCHER = "NotUsed"
_VOUCHER = {"fi": "Palveluseteli käy", "sv": "Servicesedel kan användas", "en": "A service voucher can be used"}
_SHORT, _WHOLE = 12, 40
"""How many characters of a PTV id go into ours: enough to be unique nearly always, and all if not (PTV's have 32)."""


@dataclass(frozen=True)
class ReadDates:
    """Today's date, and the day on which PTV was read (None: unknown, so each entry is as old as its last change)."""

    today: date
    fetched: date | None = None


@dataclass
class Drafts:
    """The entries, what was left out of them, and how many `others` were skipped as not about integration."""

    entries: list[Spec] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    others: int = 0


def drafts(records: Records, facts: FactBook, dates: ReadDates, choice: RegisterChoice = OF_INTEGRATION) -> Drafts:
    """An entry for each published service that is chosen, with the opening hours that are valid today or later."""
    found = Drafts(problems=list(records.problems))
    wanted = {service["contentId"] for service in chosen(records, choice)}
    skipped = Notes()
    taken: set[str] = set()
    for name, service in records.services.items():
        notes = Notes()
        own = re.sub(r"[^a-z0-9]", "", name.lower())
        # Not made from the name, because an id must stay when a service is renamed.
        entry = f"ptv-{own[:_SHORT]}" if own else "ptv"
        entry = f"ptv-{own[:_WHOLE]}" if entry in taken and own else entry
        if not is_published(service):
            notes.note(UNPUBLISHED, "", line(service.get("publishingStatus")) or "?")
        elif name not in wanted:
            found.others += 1
            skipped.note(N_("not about integration; skipped: {found}"), "", _name(service) or line(name) or "?")
        elif entry in taken:
            found.problems.append(Problem("not written: another service has its id", entry=entry))
        else:
            taken.add(entry)
            found.entries.append(entry_of(entry, service, records, facts, dates, notes))
        found.problems += notes.problems(entry)
    found.problems += skipped.problems("")
    return found


def entry_of(entry: str, service: Record, records: Records, facts: FactBook, dates: ReadDates, notes: Notes) -> Spec:
    """The entry of one service, without the fields for which PTV has nothing."""
    name = line(service.get("contentId"))
    general = records.descriptions.get(str(service.get("generalDescriptionContentId")), {})
    organization = records.organizations.get(str(service.get("organizationContentId")), {})
    uses = uses_of(service, records)
    languages = languages_of(service, notes)
    read_on = dates.fetched.isoformat() if dates.fetched else changed_on(service)
    source = {"url": f"{SERVER}/service/{quote(name, safe='', errors='replace')}", "date": read_on}
    if dates.fetched:
        used = [record for _, link, channel in records.channels_of(name) for record in (link, channel or {})]
        source["seen"] = published(service, used)

    def both(field: str, fieldname: str) -> dict[str, str]:
        """The texts of the general description and of the service, joined: each may have half of the information."""
        return by_language((words(each, field, notes, fieldname, marked=True) for each in (general, service)), " ")

    spec: Spec = {
        "id": entry,
        "ptv": name,
        "kind": uses[0].kind,
        "name": words(service, "name", notes, "name"),
        "summary": _summary(service, general, notes),
        "organization": _name(organization),
        "goals": list(dict.fromkeys(use.goal for use in uses)),
        "phase": uses[0].phase,
        "area": area_of(service, facts, notes),
        "assured": read_on,
        "languages": _sourced(codes=languages),
        "cost": _cost(service, general, both("chargeTypeAdditionalInformation", "cost")),
        "access": _sourced(how=both("userInstructions", "access")),
        "unread": _sourced(text=_conditions(both("conditions", "unread"))),
        "sources": {KEY: source},
        "contact": contacts_of(name, records, dates.today, languages, notes),
    }
    return {key: fitted(value, notes, key) for key, value in spec.items() if value}


def published(record: Record, used: Iterable[Record] = ()) -> str:
    """The `seen` of a source: that PTV publishes a record, and when it and the records that it uses last changed."""
    own, later = changed_on(record), max(filter(None, map(changed_on, used)), default="")
    changes = (f"last changed there {own}" if own else "", f"its contacts {later}" if later else "")
    return "; ".join(filter(None, ("published in the national register on that day", *changes)))


def changed_on(record: Record) -> str:
    """The day of a record's last change; empty if PTV does not give it."""
    found = line(record.get("publishedAt"))[:10]
    return found if day_of(found) else ""


def _sourced(**fields: object) -> Spec:
    """A table of the known fields with PTV as their source; empty if none is known."""
    known = {name: value for name, value in fields.items() if value}
    return {**known, "source": KEY} if known else {}


def _name(record: Record) -> str:
    """The name in the first language that there is, ours first."""
    names = {code: line(each.get("name")) for code, each in versions(record).items()}
    return next((names[code] for code in (*LANGUAGES, *names) if names.get(code)), "")


def _summary(service: Record, general: Record, notes: Notes) -> dict[str, str]:
    """The summary; without one, the beginning of the service's description or of the general description."""
    places = ((service, "summary"), (service, "description"), (general, "description"))
    texts = [words(record, name, notes, "summary", marked=True) for record, name in places]
    found = {language: next(filter(None, (each.get(language) for each in texts)), "") for language in LANGUAGES}
    return {language: cut(text, SUMMARY_ROOM, notes, "summary") for language, text in found.items() if text}


def _cost(service: Record, general: Record, said: dict[str, str]) -> Spec:
    """Whether it is free, and the price in words."""
    kind = line(service.get("chargeType")) or line(general.get("chargeType"))
    text = said or (dict(_CHARGED) if kind == "Charged" else {})
    vouchers = [part(each, "voucher").get("voucherType", _NO_VOUCHER) for each in versions(service).values()]
    if any(each != _NO_VOUCHER for each in vouchers):
        text = by_language((text, _VOUCHER), ". ")
    return _sourced(free=kind == "Free", text=text)


def _conditions(said: dict[str, str]) -> dict[str, str]:
    """The conditions as PTV has them; without any, that nobody has read yet whom the service is for."""
    return {language: f"{_NOTE[language]}: {text}" for language, text in said.items()} or dict(_UNREAD)
