"""The catalogue as HSDS 3.0, the Human Services Data Specification of Open Referral: one page of full services."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.criteria import Criterion
from kotoneuvo.advice.hours import DAY_LONG, DAYS, Span
from kotoneuvo.advice.service import Catalogue, Operating, Service
from kotoneuvo.render.contact_lines import about_contact, page_of
from kotoneuvo.render.facets import conditions, location_of, places, run_by, street_address
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.words import Words, escape_controls

_STATUS = {
    Operating.ACTIVE: "active",
    Operating.UNVERIFIED: "active",
    Operating.PLANNED: "inactive",
    Operating.ENDED: "defunct",
}
_OLDEST = 120


def render_hsds(catalogue: Catalogue, services: Iterable[Service], day: date, words: Words) -> str:
    """Return one JSON page of services in one language, as of `day`."""
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
    return escape_controls(json.dumps(page, ensure_ascii=False, indent=1)) + "\n"


def _id(*parts: object) -> str:
    # HSDS wants UUIDs. Made from our own ids, they are the same in every export.
    return str(uuid5(NAMESPACE_URL, "urn:kotoneuvo:" + ":".join(map(str, parts))))


def _known(**fields: Any) -> dict[str, Any]:
    """Return the fields that have a value."""
    # To a reader of HSDS an empty text is a value, and so a claim.
    return {name: value for name, value in fields.items() if value not in ("", [], {}, None)}


def _service(service: Service, catalogue: Catalogue, day: date, reasons: Reasons) -> dict[str, Any]:
    words = reasons.words
    name = words.pick(service.name)
    others = dict.fromkeys((*(text for text in service.name.values() if text != name), *service.alternate_names))
    runs = run_by(service, catalogue)
    languages, cost = service.languages, service.cost
    free = words.gettext("free of charge")
    return _known(
        id=_id("service", service.id),
        name=name,
        alternate_name=" / ".join(others),
        description=words.pick(service.summary),
        url=next((page for page, _ in (page_of(each, words) for each in service.contacts) if page), ""),
        email=next((contact.email for contact in service.contacts if contact.email), ""),
        status=_STATUS[service.operating(day)],
        application_process=words.pick(service.access.how),
        eligibility_description="; ".join(conditions(service, reasons)),
        **_ages(service),
        assured_date=service.assured.isoformat(),
        last_modified=f"{_newest(service)}T00:00:00.000Z",
        alert=words.pick(service.note),
        organization={"id": _id("organization", runs), "name": runs, "description": runs} if runs else None,
        **_contacts(service, words, day),
        languages=_languages("language", service.id, codes=languages.codes, words=words) if languages else [],
        interpretation_services=words.gettext("others through an interpreter")
        if languages and languages.interpreter
        else "",
        cost_options=[{"id": _id("cost", service.id), "option": free if cost.free else words.pick(cost.text)}]
        if cost
        else [],
        service_areas=[
            {"id": _id("area", service.id, code), "name": name, "extent": code, "extent_type": "text"}
            for code, name in places(service.area, catalogue.facts, words).items()
        ],
        attributes=[*(_goal(service.id, goal, catalogue, words) for goal in service.goals), *_register(service)],
    )


def _ages(service: Service) -> dict[str, int]:
    """Return the age limits, if the criterion of age is one range."""
    for node in service.eligibility:
        if isinstance(node, Criterion) and node.fact == "age" and node.accept:
            ages = sorted(int(value) for value in node.accept)
            # "Under 18 or over 65" does not fit into two numbers; only the conditions in words have it.
            if ages[-1] - ages[0] == len(ages) - 1:
                low = {"minimum_age": ages[0]} if ages[0] else {}
                return low | ({"maximum_age": ages[-1]} if ages[-1] < _OLDEST else {})
    return {}


def _languages(*key: object, codes: Iterable[str], words: Words) -> list[dict[str, str]]:
    return [{"id": _id(*key, code), "name": words.language_name(code), "code": code} for code in codes]


def _contacts(service: Service, words: Words, day: date) -> dict[str, list[dict[str, Any]]]:
    """Return phones, contacts (e-mail), schedules and locations, made from each contact point."""
    found: dict[str, list[dict[str, Any]]] = {
        "phones": [], "contacts": [], "schedules": [], "service_at_locations": [],
    }  # fmt: skip
    for place, contact in enumerate(service.contacts):
        key = (service.id, place)
        about = "; ".join(about_contact(contact, words))
        if contact.phone:
            languages = _languages("phone-language", *key, codes=contact.languages, words=words)
            phone = {"id": _id("phone", *key), "number": contact.phone, "type": "voice"}
            found["phones"].append(phone | _known(description=about, languages=languages))
        if contact.email:
            found["contacts"].append(
                _known(id=_id("contact", *key), name=words.pick(contact.name), email=contact.email)
            )
        found["schedules"] += _schedules(contact, key, about, words, day)
        where = location_of(contact, words)
        if where or contact.postal:
            found["service_at_locations"].append(_location(contact, key, where, about))
    return found


def _schedules(
    contact: ContactPoint, key: tuple[str, int], about: str, words: Words, day: date
) -> Iterator[dict[str, Any]]:
    """Yield a schedule for each span of days and times, each closure, and for hours that are only in words."""
    spans: list[tuple[Span, dict[str, str]]] = [(span, {}) for span in contact.opening_hours]
    for closure in (each for each in contact.exceptions if each.last >= day):
        dates = {"valid_from": closure.first.isoformat(), "valid_to": closure.last.isoformat()}
        if not closure.hours:
            yield {"id": _id("closed", *key, closure.first), **dates, "description": words.gettext("closed")}
        spans += [(span, dates) for span in closure.hours]
    for place, (span, dates) in enumerate(spans):
        days = ",".join(DAYS[number].upper() for number in span.days)
        times = {"opens_at": _time(span.opens), "closes_at": _time(span.closes)}
        schedule = {"id": _id("schedule", *key, place), **dates, "freq": "WEEKLY", "byday": days, **times}
        yield schedule | _known(description=about)
    if contact.hours:
        text = "; ".join(filter(None, (about, words.pick(contact.hours))))
        yield {"id": _id("schedule", *key, "words"), "description": text}


def _time(minutes: int) -> str:
    """Return "09:00"."""
    # HSDS has no 24:00: midnight becomes 23:59.
    hour, minute = divmod(min(minutes, DAY_LONG - 1), 60)
    return f"{hour:02d}:{minute:02d}"


def _location(contact: ContactPoint, key: tuple[str, int], where: str, about: str) -> dict[str, Any]:
    addresses = [
        {
            "id": _id("address", *key, kind),
            "address_1": parts[0],
            "city": parts[2],
            "state_province": "",
            "postal_code": parts[1],
            "country": "FI",
            "address_type": kind,
        }
        for kind, written in (("physical", contact.address), ("postal", contact.postal))
        if (parts := street_address(written))
    ]
    location = {
        "id": _id("location", *key),
        "location_type": "physical" if where else "postal",
        "description": "; ".join(filter(None, (where or contact.postal, about))),
    }
    return {"id": _id("place", *key), "location": location | _known(addresses=addresses)}


def _newest(service: Service) -> date:
    """Return the last day on which any part of the service was confirmed."""
    days = (service.assured, service.access.confirmed, *(contact.confirmed for contact in service.contacts))
    return max(filter(None, days))


def _register(service: Service) -> list[dict[str, Any]]:
    """Return the id in the national register as an attribute, as HSDS has no field for it."""
    about = "The id of the service in the Finnish Service Catalogue (PTV)"
    term = {"id": _id("register", "ptv"), "code": "ptv", "name": "PTV", "description": about, "taxonomy": "identifiers"}
    own = {"id": _id("attribute", service.id, "ptv"), "link_type": "identifier", "link_entity": "service"}
    return [{**own, "value": service.ptv, "taxonomy_term": term}] if service.ptv else []


def _goal(service: str, goal: str, catalogue: Catalogue, words: Words) -> dict[str, Any]:
    name = words.pick(catalogue.facts.goals[goal])
    term = {"id": _id("goal", goal), "code": goal, "name": name, "description": name, "taxonomy": "kotoneuvo goals"}
    own = {"id": _id("attribute", service, goal), "link_type": "goal", "link_entity": "service"}
    return {**own, "value": goal, "taxonomy_term": term}
