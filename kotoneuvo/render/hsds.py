"""The catalogue as HSDS 3.0 (Human Services Data Specification of Open Referral): one page of full services."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from kotoneuvo.advice.criteria import Criterion
from kotoneuvo.advice.service import Catalogue, Operating, Service
from kotoneuvo.render.facets import conditions, places, run_by, said, street_address, usable
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.words import Words, still

_STATUS = {
    Operating.ACTIVE: "active",
    Operating.UNVERIFIED: "active",
    Operating.PLANNED: "inactive",
    Operating.ENDED: "defunct",
}
_OLDEST = 120


def render_hsds(catalogue: Catalogue, services: Iterable[Service], day: date, words: Words) -> str:
    """One JSON page of services, in one language, as they stand on `day`. Ids stay the same from export to export."""
    reasons = Reasons(catalogue.facts, words)
    contents = [_service(each, catalogue, day, reasons) for each in services]
    page = {
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "contents": contents,
    }
    return still(json.dumps(page, ensure_ascii=False, indent=1)) + "\n"


def _id(*parts: object) -> str:
    return str(uuid5(NAMESPACE_URL, "urn:kotoneuvo:" + ":".join(map(str, parts))))


def _service(service: Service, catalogue: Catalogue, day: date, reasons: Reasons) -> dict[str, Any]:
    """Only what is known: a field without a value is left out."""
    words = reasons.words
    name = words.pick(service.name)
    others = dict.fromkeys(text for text in service.name.values() if text != name)
    entry = {
        "id": _id("service", service.id),
        "name": name,
        "alternate_name": " / ".join(others),
        "description": words.pick(service.summary),
        "url": next((contact.value for contact in usable(service.urls)), ""),
        "email": next((contact.value for contact in usable(service.emails)), ""),
        "status": _STATUS[service.operating(day)],
        "application_process": words.pick(service.access.how) if service.access.how else "",
        "eligibility_description": "; ".join(conditions(service, reasons)),
        **_ages(service),
        "assured_date": service.assured.isoformat(),
        "alert": words.pick(service.note) if service.note else "",
        "organization": _organization(run_by(service, catalogue)),
        **_contacts(service, words),
        **_practical(service, words),
        "service_areas": [
            {"id": _id("area", service.id, place), "name": place} for place in places(service, catalogue.facts, words)
        ],
        "attributes": [_goal(service.id, goal, catalogue, words) for goal in service.goals],
    }
    return {key: value for key, value in entry.items() if value not in ("", [], None)}


def _organization(name: str) -> dict[str, str] | None:
    return {"id": _id("organization", name), "name": name, "description": name} if name else None


def _ages(service: Service) -> dict[str, int]:
    """The age range, where the criterion is a plain range."""
    for node in service.eligibility:
        if isinstance(node, Criterion) and node.fact == "age" and node.accept:
            ages = sorted(int(value) for value in node.accept)
            if ages[-1] - ages[0] == len(ages) - 1:
                low = {"minimum_age": ages[0]} if ages[0] else {}
                return low | ({"maximum_age": ages[-1]} if ages[-1] < _OLDEST else {})
    return {}


def _contacts(service: Service, words: Words) -> dict[str, Any]:
    phones: list[dict[str, str]] = []
    for place, contact in enumerate(usable(service.phones)):
        phone = {"id": _id("phone", service.id, place), "number": contact.value, "type": "voice"}
        around = said(contact, words)
        phones.append(phone | ({"description": around} if around else {}))
    more = [
        {"id": _id("contact", service.id, contact.value), "email": contact.value}
        for contact in usable(service.emails)[1:]
    ]
    schedules = [
        {"id": _id("schedule", service.id, place), "description": said(contact, words)}
        for place, contact in enumerate(service.schedules)
    ]
    return {
        "phones": phones,
        "contacts": more,
        "schedules": schedules,
        "service_at_locations": _locations(service, words),
    }


def _locations(service: Service, words: Words) -> list[dict[str, Any]]:
    found = []
    for place, contact in enumerate(service.addresses):
        around = said(contact, words)
        location: dict[str, Any] = {"id": _id("location", service.id, place), "location_type": "physical"}
        location["description"] = "; ".join(part for part in (contact.value, around) if part)
        parts = street_address(contact)
        if parts:
            street, code, city = parts
            location["addresses"] = [
                {
                    "id": _id("address", service.id, place),
                    "address_1": street,
                    "city": city,
                    "state_province": "",
                    "postal_code": code,
                    "country": "FI",
                    "address_type": "physical",
                }
            ]
        found.append({"id": _id("place", service.id, place), "location": location})
    return found


def _practical(service: Service, words: Words) -> dict[str, Any]:
    languages, interpreting, costs = [], "", []
    if service.languages:
        languages = [
            {"id": _id("language", service.id, code), "name": words.language_name(code), "code": code}
            for code in service.languages.codes
        ]
        interpreting = words.gettext("others through an interpreter") if service.languages.interpreter else ""
    if service.cost:
        text = words.gettext("free of charge") if service.cost.free else words.pick(service.cost.text)
        costs = [{"id": _id("cost", service.id), "option": text}]
    return {"languages": languages, "interpretation_services": interpreting, "cost_options": costs}


def _goal(service: str, goal: str, catalogue: Catalogue, words: Words) -> dict[str, Any]:
    name = words.pick(catalogue.facts.goals[goal])
    term = {"id": _id("goal", goal), "code": goal, "name": name, "description": name, "taxonomy": "kotoneuvo goals"}
    return {
        "id": _id("attribute", service, goal),
        "link_type": "goal",
        "link_entity": "service",
        "value": goal,
        "taxonomy_term": term,
    }
