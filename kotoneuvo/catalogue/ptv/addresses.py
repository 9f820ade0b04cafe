"""Where one can go: the addresses of a PTV channel that are for visitors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kotoneuvo.advice.problems import N_
from kotoneuvo.catalogue.ptv.notes import UNUSABLE, Notes
from kotoneuvo.catalogue.ptv.records import Record, dicts, part
from kotoneuvo.catalogue.ptv.texts import line, texts

_TO_VISIT = ("Location", "Visiting")


def addresses(record: Record, notes: Notes) -> Iterator[dict[str, Any]]:
    """A street with what to know about it, or a place in words."""
    for each in dicts(record, "addresses"):
        if each.get("subType") == "NoAddress":
            continue
        if each.get("type") not in _TO_VISIT:
            notes.note(N_("not an address to visit, left out: {found}"), "addresses", _written(each))
            continue
        spec = _street(part(each, "streetAddress"), notes) or _in_words(each, notes)
        if spec:
            yield spec
        else:
            notes.note(UNUSABLE, "addresses", _written(each))


def _street(street: Record, notes: Notes) -> dict[str, Any]:
    names = texts(street, "street", notes, "addresses")
    if not names:
        return {}
    address = f"{next(iter(names.values()))} {line(street.get('streetNumber'))}".strip()
    text = texts(street, "additionalInformation", notes, "addresses")
    code, city = _post(street, notes)
    spec = {"address": address, "postal_code": code, "city": city, "text": text}
    return {key: value for key, value in spec.items() if value}


def _in_words(address: Record, notes: Notes) -> dict[str, Any]:
    """A place that has no street, or one abroad."""
    other = part(address, "otherAddress")
    found = texts(other, "additionalInformation", notes, "addresses")
    place = " ".join(filter(None, _post(other, notes)))
    found = {code: f"{text}, {place}" if place else text for code, text in found.items()}
    found = found or texts(address, "locationAbroad", notes, "addresses")
    return {"text": found} if found else {}


def _post(place: Record, notes: Notes) -> tuple[str, str]:
    """Postal code and post office."""
    office = next(iter(texts(place, "postOffice", notes, "addresses").values()), "")
    return line(place.get("postalCode")), office.title()


def _written(address: Record) -> str:
    """An address as PTV has it, for a person to look at."""
    parts = [line(address.get("subType")) or line(address.get("type"))]
    for name, key in (("streetAddress", "street"), ("postOfficeBoxAddress", "postOfficeBox"), ("otherAddress", "")):
        place = part(address, name)
        words = [line(each.get("value")) for each in dicts(place, key)][:1]
        office = [line(each.get("value")) for each in dicts(place, "postOffice")][:1]
        parts += [*words, line(place.get("streetNumber")), line(place.get("postalCode")), *office]
    return " ".join(filter(None, parts)) or "?"
