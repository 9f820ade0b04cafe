"""A PTV service with its channels as an overlay entry: what PTV says, and nothing that it does not.

Requirements in free text become a note. They are never turned into criteria: who reads them decides that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from typing import Any

from kotoneuvo.advice.facts import FactBook, fold
from kotoneuvo.advice.service import MAINLAND, NATIONWIDE
from kotoneuvo.catalogue.contacts import PHONES_PACKAGE, is_email, is_url
from kotoneuvo.catalogue.fields import LANGUAGES, SUMMARY_ROOM
from kotoneuvo.catalogue.ptv.hours import usual_hours
from kotoneuvo.catalogue.ptv.records import CLASSES, Record, Records, class_codes, dicts, part
from kotoneuvo.catalogue.texts import only_text

SERVER = "https://api.palvelutietovaranto.suomi.fi/api/v11"
"""The public API of PTV."""
KEY = "ptv"
"""The source key of what was read from PTV."""
CONTACTS = ("phones", "emails", "addresses", "schedules", "urls")
_WIDE = {"Nationwide": [NATIONWIDE], "NationwideExceptAlandIslands": [MAINLAND]}
_NOTE = {"fi": "Edellytykset PTV:n mukaan", "sv": "Villkor enligt SFL", "en": "Requirements according to PTV"}

Spec = dict[str, Any]


def entry_of(service: Record, records: Records, facts: FactBook) -> Spec:
    """The entry of one service; a field for which PTV has nothing is left out."""
    name = _texts(service, "serviceNames", "Name")
    goals = dict.fromkeys(CLASSES[code][0] for code in class_codes(service))
    phases = dict.fromkeys(CLASSES[code][1] for code in class_codes(service))
    spec: Spec = {
        "id": _id(service, name),
        "kind": "unit",
        "name": name,
        "summary": _summary(service),
        "organization": _organization(service),
        "goals": list(goals),
        "phase": next(iter(phases)),
        "area": _area(service, facts),
        "assured": _day(service),
        "languages": _languages(service),
        "cost": {"free": True, "source": KEY} if service.get("serviceChargeType") == "FreeOfCharge" else {},
        "note": _requirements(service),
        "sources": source_of(service),
        **contacts_of(service, records),
    }
    return {key: _cleaned(value) for key, value in spec.items() if value}


def _cleaned(found: Any) -> Any:
    """Texts without signs that print nothing: pasted from web pages, they would have the entry refused."""
    if isinstance(found, dict):
        return {key: _cleaned(value) for key, value in found.items()}
    if isinstance(found, list):
        return [_cleaned(each) for each in found]
    return only_text(found) if isinstance(found, str) else found


def source_of(service: Record) -> Spec:
    """Where the entry was read, with the day on which PTV last changed it."""
    return {KEY: {"url": f"{SERVER}/Service/{service['id']}", "date": _day(service)}}


def contacts_of(service: Record, records: Records) -> Spec:
    """Phones, e-mails, addresses, hours and pages of the service's channels, each once."""
    found: dict[str, list[Spec]] = {name: [] for name in CONTACTS}
    for link in dicts(service, "serviceChannels"):
        channel = records.channels.get(str(part(link, "serviceChannel").get("id")), {})
        for record in (channel, part(link, "contactDetails")):
            found["phones"] += _phones(record)
            found["emails"] += [{"email": each} for each in _values(record, "emails", "value") if is_email(each)]
            found["addresses"] += _addresses(record)
            found["urls"] += [{"url": each} for each in _values(record, "webPages", "url") if is_url(each)]
        found["schedules"] += [{"text": text} for record in (channel, link) for text in usual_hours(record)]
    return {name: _once(each) for name, each in found.items() if each}


def _once(specs: Iterable[Spec]) -> list[Spec]:
    return [dict(each, source=KEY) for each in {repr(each): each for each in specs}.values()]


def _texts(record: Record, name: str, kind: str = "") -> dict[str, str]:
    """The first text of a kind in each of our languages, on one line."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for each in dicts(record, name):
            if (
                each.get("language") == language
                and each.get("value")
                and each.get("type", kind) == (kind or each.get("type", ""))
            ):
                found.setdefault(language, " ".join(str(each["value"]).split()))
    return found


def _summary(service: Record) -> dict[str, str]:
    """The summary; where there is none the beginning of the description."""
    short = _texts(service, "serviceDescriptions", "Summary")
    long = _texts(service, "serviceDescriptions", "Description")
    found = {language: short.get(language) or long.get(language, "") for language in LANGUAGES}
    return {language: _cut(text) for language, text in found.items() if text}


def _cut(text: str) -> str:
    return text if len(text) <= SUMMARY_ROOM else text[: SUMMARY_ROOM - 1].rsplit(" ", 1)[0] + "…"


def _id(service: Record, name: Mapping[str, str]) -> str:
    """A readable id that stays: the Finnish name and the beginning of PTV's own id."""
    words = re.findall(r"[a-z0-9]+", " ".join(fold(word) for word in next(iter(name.values()), "").split()))
    own = re.sub(r"[^a-z0-9]", "", str(service["id"]).lower())[:8]
    return "-".join(["ptv", *words[:4], *([own] if own else [])])


def _day(service: Record) -> str:
    return str(service.get("modified") or "")[:10]


def _organization(service: Record) -> str:
    named = [(each.get("roleType"), part(each, "organization").get("name")) for each in dicts(service, "organizations")]
    responsible = [str(name) for role, name in named if role == "Responsible" and name]
    return (responsible or [str(name) for _, name in named if name] or [""])[0]


def _area(service: Record, facts: FactBook) -> list[str]:
    """Municipality codes, or all; empty if PTV says nothing that we know."""
    wide = _WIDE.get(str(service.get("areaType")))
    if wide:
        return wide
    towns = [town.get("code") for area in dicts(service, "areas") for town in dicts(area, "municipalities")]
    towns += [area.get("code") for area in dicts(service, "areas") if area.get("type") == "Municipality"]
    return [code for code in dict.fromkeys(map(str, towns)) if code in facts.municipalities]


def _languages(service: Record) -> Spec:
    found = service.get("languages")
    codes = [code for code in found if isinstance(code, str) and len(code) == 2] if isinstance(found, list) else []
    return {"codes": codes, "source": KEY} if codes else {}


def _requirements(service: Record) -> dict[str, str]:
    return {language: f"{_NOTE[language]}: {text}" for language, text in _texts(service, "requirements").items()}


def _phones(record: Record) -> list[Spec]:
    """Numbers with what they are for; the same number in several languages is one."""
    labels: dict[str, dict[str, str]] = {}
    for each in dicts(record, "phoneNumbers"):
        if each.get("type", "Phone") != "Phone" or not each.get("number"):
            continue
        label = labels.setdefault(_number(each), {})
        if each.get("additionalInformation") and each.get("language") in LANGUAGES:
            label[each["language"]] = " ".join(str(each["additionalInformation"]).split())
    return [{"number": number, **({"label": label} if label else {})} for number, label in labels.items()]


def _number(phone: Record) -> str:
    number = str(phone["number"]).strip()
    prefix = str(phone.get("prefixNumber") or "").strip()
    if phone.get("isFinnishServiceNumber") or not prefix:
        return number
    whole = prefix + number.removeprefix("0")
    if find_spec(PHONES_PACKAGE) is None:
        return whole
    import phonenumbers

    try:
        return str(phonenumbers.format_number(phonenumbers.parse(whole), phonenumbers.PhoneNumberFormat.INTERNATIONAL))
    except phonenumbers.NumberParseException:
        return whole


def _addresses(record: Record) -> list[Spec]:
    found = []
    for each in dicts(record, "addresses"):
        street = part(each, "streetAddress")
        names = _texts(street, "street")
        post = _texts(street, "postOffice")
        if names:
            line = f"{next(iter(names.values()))} {street.get('streetNumber') or ''}".strip()
            place = {"postal_code": str(street.get("postalCode") or ""), "city": next(iter(post.values()), "").title()}
            found.append({"address": line, **{key: value for key, value in place.items() if value}})
    return found


def _values(record: Record, name: str, key: str) -> list[str]:
    return [str(each[key]).strip() for each in dicts(record, name) if each.get(key)]
