"""A PTV service with its channels as an overlay entry: what PTV says, and nothing that it does not.

Nobody has read yet whom it is for: every entry is `unread`, with its requirements in free text where PTV has them.
They are never turned into criteria: who reads them decides that.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.problems import Problem
from kotoneuvo.advice.service import MAINLAND, NATIONWIDE
from kotoneuvo.catalogue.field_reader import day_of
from kotoneuvo.catalogue.fields import LANGUAGES, SUMMARY_ROOM
from kotoneuvo.catalogue.ptv.contacts import KEY, Spec, contacts_of
from kotoneuvo.catalogue.ptv.notes import UNKNOWN, UNPUBLISHED, Notes
from kotoneuvo.catalogue.ptv.records import CLASSES, Record, Records, class_codes, dicts, is_published, part
from kotoneuvo.catalogue.ptv.texts import cut, fitted, line, texts

SERVER = "https://api.palvelutietovaranto.suomi.fi/api/v11"
"""The public API of PTV."""
_WIDE = {"Nationwide": [NATIONWIDE], "NationwideExceptAlandIslands": [MAINLAND]}
_NOTE = {"fi": "Edellytykset PTV:n mukaan", "sv": "Villkor enligt SFL", "en": "Requirements according to PTV"}
_UNREAD = {
    "fi": "Tuotu Palvelutietovarannosta: kenelle palvelu on, sitä ei ole vielä luettu",
    "sv": "Hämtad ur Servicedatalagret: vem tjänsten är till för har ännu inte lästs",
    "en": "Imported from the Finnish Service Catalogue: nobody has read yet whom it is for",
}
_CHARGED = {"fi": "maksullinen", "sv": "avgiftsbelagd", "en": "there is a charge"}


@dataclass
class Drafts:
    """Entries as PTV has them, what was left out of which, and how many services are of other classes."""

    entries: list[Spec] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    others: int = 0


def drafts(records: Records, facts: FactBook, day: date) -> Drafts:
    """An entry for each published service of integration; opening hours are those that hold on `day`."""
    found = Drafts(problems=list(records.problems))
    taken: set[str] = set()
    for service in records.services.values():
        notes = Notes()
        entry = _id(service, taken)
        if not any(class_codes(service)):
            found.others += 1
            continue
        if not is_published(service):
            notes.note(UNPUBLISHED, "", line(service.get("publishingStatus")) or "?")
        elif entry in taken:
            found.problems.append(Problem("not written: another service has its id", entry=entry))
        else:
            taken.add(entry)
            found.entries.append(_entry(entry, service, records, facts, day, notes))
        found.problems += notes.problems(entry)
    return found


def _entry(entry: str, service: Record, records: Records, facts: FactBook, day: date, notes: Notes) -> Spec:
    """The entry of one service; a field for which PTV has nothing is left out."""
    goals = dict.fromkeys(CLASSES[code][0] for code in class_codes(service))
    phases = dict.fromkeys(CLASSES[code][1] for code in class_codes(service))
    spec: Spec = {
        "id": entry,
        "ptv": line(service.get("id")),
        "kind": "unit",
        "name": texts(service, "serviceNames", notes, "name", "Name"),
        "summary": _summary(service, notes),
        "organization": _organization(service),
        "goals": list(goals),
        "phase": next(iter(phases)),
        "area": _area(service, facts, notes),
        "assured": _changed(service),
        "languages": _languages(service, notes),
        "cost": _cost(service, notes),
        "unread": {"text": _requirements(service, notes), "source": KEY},
        "sources": _source(service),
        **contacts_of(service, records, day, notes),
    }
    return {key: fitted(value, notes, key) for key, value in spec.items() if value}


def _source(service: Record) -> Spec:
    """Where the entry was read, with the day on which PTV last changed it."""
    name = quote(service["id"], safe="", errors="replace")
    return {KEY: {"url": f"{SERVER}/Service/{name}", "date": _changed(service)}}


def _summary(service: Record, notes: Notes) -> dict[str, str]:
    """The summary; where there is none the beginning of the description."""
    short = texts(service, "serviceDescriptions", notes, "summary", "Summary")
    long = texts(service, "serviceDescriptions", notes, "summary", "Description")
    found = {language: short.get(language) or long.get(language, "") for language in LANGUAGES}
    return {language: cut(text, SUMMARY_ROOM, notes, "summary") for language, text in found.items() if text}


def _id(service: Record, taken: Set[str]) -> str:
    """An id that stays when a service gets another name: the beginning of PTV's own id, or all of it if it must be."""
    own = re.sub(r"[^a-z0-9]", "", service["id"].lower())
    short = "-".join(["ptv", *([own[:_SHORT]] if own else [])])
    return "-".join(["ptv", own[:_WORD]]) if short in taken and own else short


_SHORT, _WORD = 12, 40
"""Letters of an id that nearly always tell PTV's ids apart, and the most; its own have 32."""


def _changed(service: Record) -> str:
    """The day of the last change; empty if PTV does not say it."""
    found = line(service.get("modified"))[:10]
    return found if day_of(found) else ""


def _organization(service: Record) -> str:
    named = [
        (each.get("roleType"), line(part(each, "organization").get("name"))) for each in dicts(service, "organizations")
    ]
    responsible = [name for role, name in named if role == "Responsible" and name]
    return (responsible or [name for _, name in named if name] or [""])[0]


def _area(service: Record, facts: FactBook, notes: Notes) -> list[str]:
    """Municipality codes, or all; empty if PTV says nothing that we know."""
    wide = _WIDE.get(line(service.get("areaType")))
    if wide:
        return wide
    codes: list[str] = []
    for area in dicts(service, "areas"):
        towns = [line(town.get("code")) for town in dicts(area, "municipalities")]
        if area.get("type") == "Municipality" and area.get("code"):
            towns.append(line(area["code"]))
        if not towns:
            notes.note(UNKNOWN, "area", f"{line(area.get('type'))} {line(area.get('code'))}".strip() or "?")
        codes += towns
    for code in codes:
        if code not in facts.municipalities:
            notes.note(UNKNOWN, "area", code or "?")
    return [code for code in dict.fromkeys(codes) if code in facts.municipalities]


def _languages(service: Record, notes: Notes) -> Spec:
    from babel import Locale

    found = service.get("languages")
    known = Locale("en").languages
    codes = [line(code) for code in found] if isinstance(found, list) else []
    for code in codes:
        if code not in known:
            notes.note(UNKNOWN, "languages", code or "?")
    codes = [code for code in dict.fromkeys(codes) if code in known]
    return {"codes": codes, "source": KEY} if codes else {}


def _cost(service: Record, notes: Notes) -> Spec:
    """Whether it is free, and the price in words; of a charge without words only that there is one."""
    words = texts(service, "serviceDescriptions", notes, "cost", "ChargeTypeAdditionalInfo")
    kind = line(service.get("serviceChargeType"))
    words = words or (dict(_CHARGED) if kind == "Chargeable" else {})
    free = {"free": True} if kind == "FreeOfCharge" else {}
    return {**free, **({"text": words} if words else {}), "source": KEY} if free or words else {}


def _requirements(service: Record, notes: Notes) -> dict[str, str]:
    """The conditions as PTV has them; that nobody has read them, where it has none."""
    found = texts(service, "requirements", notes, "unread")
    return {language: f"{_NOTE[language]}: {text}" for language, text in found.items()} or dict(_UNREAD)
