"""A PTV service with its channels as an overlay entry: what PTV says, and nothing that it does not.

Nobody has read yet whom it is for: every entry is `unread`, with its conditions in free text where PTV has them.
They are never turned into criteria: who reads them decides that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.problems import N_, Problem
from kotoneuvo.catalogue.fields import LANGUAGES, SUMMARY_ROOM
from kotoneuvo.catalogue.ptv.choice import OF_INTEGRATION, RegisterChoice, chosen, uses_of
from kotoneuvo.catalogue.ptv.codes import area_of, languages_of
from kotoneuvo.catalogue.ptv.contacts import KEY, Spec, contacts_of
from kotoneuvo.catalogue.ptv.left_out import UNPUBLISHED, Notes
from kotoneuvo.catalogue.ptv.records import Record, Records, is_published, part
from kotoneuvo.catalogue.ptv.texts import cut, fitted, line, versions, words
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


@dataclass(frozen=True)
class Seen:
    """When PTV was read: the day of fetch, if it is known (None: each entry is as old as its last change)."""

    today: date
    fetched: date | None = None


@dataclass
class Drafts:
    """Entries as PTV has them, what was left out of which, and how many services are of no class of integration."""

    entries: list[Spec] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    others: int = 0


def drafts(records: Records, facts: FactBook, seen: Seen, choice: RegisterChoice = OF_INTEGRATION) -> Drafts:
    """An entry for each published service that is chosen; opening hours are those that hold on the day or later."""
    found = Drafts(problems=list(records.problems))
    wanted = {service["contentId"] for service in chosen(records, choice)}
    passed = Notes()
    taken: set[str] = set()
    for name, service in records.services.items():
        notes = Notes()
        entry = _id(name, taken)
        if not is_published(service):
            notes.note(UNPUBLISHED, "", line(service.get("publishingStatus")) or "?")
        elif name not in wanted:
            found.others += 1
            passed.note(N_("not about integration; skipped: {found}"), "", _name(service) or line(name) or "?")
        elif entry in taken:
            found.problems.append(Problem("not written: another service has its id", entry=entry))
        else:
            taken.add(entry)
            found.entries.append(entry_of(entry, service, records, facts, seen, notes))
        found.problems += notes.problems(entry)
    found.problems += passed.problems("")
    return found


def entry_of(entry: str, service: Record, records: Records, facts: FactBook, seen: Seen, notes: Notes) -> Spec:
    """The entry of one service; a field for which PTV has nothing is left out."""
    name = line(service.get("contentId"))
    general = records.descriptions.get(str(service.get("generalDescriptionContentId")), {})
    organization = records.organizations.get(str(service.get("organizationContentId")), {})
    uses = uses_of(service, records)
    languages = languages_of(service, notes)
    read_on = seen.fetched.isoformat() if seen.fetched else changed_on(service)
    spec: Spec = {
        "id": entry,
        "ptv": name,
        "kind": uses[0].kind,
        "name": words(service, "name", notes, "name"),
        "summary": _summary(service, general, notes),
        "organization": _name(organization),
        "goals": list(dict.fromkeys(use.goal for use in uses)),
        "phase": uses[0].phase,
        "area": area_of(service, records, facts, notes),
        "assured": read_on,
        "languages": {"codes": languages, "source": KEY} if languages else {},
        "cost": _cost(service, general, notes),
        "access": _access(service, general, notes),
        "unread": {"text": _conditions(service, general, notes), "source": KEY},
        "sources": {KEY: _source(service, records, seen, read_on)},
        "contact": contacts_of(name, records, seen.today, languages, notes),
    }
    return {key: fitted(value, notes, key) for key, value in spec.items() if value}


def _source(service: Record, records: Records, seen: Seen, read_on: str) -> Spec:
    """Where an entry was read and when, with the days on which PTV last changed it and its channels."""
    name = line(service.get("contentId"))
    found = {"url": f"{SERVER}/service/{quote(name, safe='', errors='replace')}", "date": read_on}
    used = [record for _, link, channel in records.channels_of(name) for record in (link, channel or {})]
    return {**found, "seen": published(service, used)} if seen.fetched else found


def published(record: Record, used: Iterable[Record] = ()) -> str:
    """What the day of fetch shows of a record, and when it and what it uses were last changed."""
    own, later = changed_on(record), max(filter(None, map(changed_on, used)), default="")
    told = (f"last changed there {own}" if own else "", f"its contacts {later}" if later else "")
    return "; ".join(filter(None, ("published in the national register on that day", *told)))


def changed_on(record: Record) -> str:
    """The day of the last change; empty if PTV does not say it."""
    found = line(record.get("publishedAt"))[:10]
    return found if day_of(found) else ""


def _name(record: Record) -> str:
    """The name in the first language that has one."""
    names = {code: line(each.get("name")) for code, each in versions(record).items()}
    return next((names[code] for code in (*LANGUAGES, *names) if names.get(code)), "")


def _summary(service: Record, general: Record, notes: Notes) -> dict[str, str]:
    """The summary; where there is none the beginning of the description, the service's own before the general one."""
    places = ((service, "summary"), (service, "description"), (general, "description"))
    texts = [words(record, name, notes, "summary", marked=True) for record, name in places]
    found = {language: next(filter(None, (each.get(language) for each in texts)), "") for language in LANGUAGES}
    return {language: cut(text, SUMMARY_ROOM, notes, "summary") for language, text in found.items() if text}


def _id(name: str, taken: Set[str]) -> str:
    """An id that stays when a service gets another name: the beginning of PTV's own id, or all of it if it must be."""
    own = re.sub(r"[^a-z0-9]", "", name.lower())
    short = "-".join(["ptv", *([own[:_SHORT]] if own else [])])
    return "-".join(["ptv", own[:_WORD]]) if short in taken and own else short


_SHORT, _WORD = 12, 40
"""Letters of an id that nearly always tell PTV's ids apart, and the most; its own have 32."""


def _cost(service: Record, general: Record, notes: Notes) -> Spec:
    """Whether it is free, and the price in words; of a charge without words only that there is one."""
    text = _both((general, service), "chargeTypeAdditionalInformation", notes, "cost")
    kind = line(service.get("chargeType")) or line(general.get("chargeType"))
    text = text or (_CHARGED if kind == "Charged" else {})
    vouchers = [part(each, "voucher").get("voucherType", _NO_VOUCHER) for each in versions(service).values()]
    if any(each != _NO_VOUCHER for each in vouchers):
        text = {code: ". ".join(filter(None, (text.get(code), said))) for code, said in _VOUCHER.items()}
    free = {"free": True} if kind == "Free" else {}
    return {**free, **({"text": dict(text)} if text else {}), "source": KEY} if free or text else {}


def _access(service: Record, general: Record, notes: Notes) -> Spec:
    """The way in, as the register tells people to go about it."""
    how = _both((general, service), "userInstructions", notes, "access")
    return {"how": how, "source": KEY} if how else {}


def _conditions(service: Record, general: Record, notes: Notes) -> dict[str, str]:
    """The conditions as PTV has them; that nobody has read them, where it has none."""
    found = _both((general, service), "conditions", notes, "unread")
    return {language: f"{_NOTE[language]}: {text}" for language, text in found.items()} or dict(_UNREAD)


def _both(records: Sequence[Record], name: str, notes: Notes, fieldname: str) -> Mapping[str, str]:
    """What the general description and the service say, one after the other: each may hold half of it."""
    texts = [words(record, name, notes, fieldname, marked=True) for record in records]
    found = {code: " ".join(dict.fromkeys(each[code] for each in texts if each.get(code))) for code in LANGUAGES}
    return {code: text for code, text in found.items() if text}
