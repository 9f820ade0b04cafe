"""Where one can go, and where to write: the addresses of a PTV channel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kotoneuvo.catalogue.ptv.left_out import UNUSABLE, Notes
from kotoneuvo.catalogue.ptv.records import Record, Records, dicts, part
from kotoneuvo.catalogue.ptv.texts import line, ours

Spec = dict[str, Any]


def addresses(record: Record, records: Records, notes: Notes) -> Iterator[Spec]:
    """Streets and places to visit, then addresses for post."""
    to_visit, to_write = part(record, "location"), part(record, "contactAddresses")
    for each in dicts(to_visit, "streetAddresses"):
        yield from _found("address", _street(each, records, notes), each, notes)
    for kind, key in (("otherAddresses", "additionalInformation"), ("foreignAddresses", "address")):
        for each in dicts(to_visit, kind):
            place = _post(each, records) if kind == "otherAddresses" else ""
            words = ours(part(each, key), notes, "address")
            words = {code: f"{text}, {place}" if place else text for code, text in words.items()}
            yield from _found("address", {"address": words} if words else {}, each, notes)
    for each in dicts(to_write, "postOfficeBoxAddresses"):
        box = next(iter(ours(part(each, "postOfficeBox"), notes, "postal").values()), "")
        yield from _found("postal", {"postal": _joined(box, _post(each, records))} if box else {}, each, notes)
    for each in dicts(to_write, "streetAddresses"):
        street = _street(each, records, notes)
        yield from _found("postal", {"postal": street["address"]} if street else {}, each, notes)
    for each in dicts(to_write, "foreignAddresses"):
        words = ours(part(each, "address"), notes, "postal")
        yield from _found("postal", {"postal": next(iter(words.values()))} if words else {}, each, notes)


def _found(fieldname: str, spec: Spec, address: Record, notes: Notes) -> Iterator[Spec]:
    if spec:
        yield spec
    else:
        notes.note(UNUSABLE, fieldname, _written(address))


def _street(address: Record, records: Records, notes: Notes) -> Spec:
    """A street with its number, and what to know about the place."""
    names = ours(part(address, "streetName"), notes, "address")
    if not names:
        return {}
    street = f"{next(iter(names.values()))} {line(address.get('addressDetail'))}".strip()
    about = ours(part(address, "additionalInformation"), notes, "address")
    return {"address": _joined(street, _post(address, records)), **({"about": about} if about else {})}


def _post(address: Record, records: Records) -> str:
    """Postal code and post office, as far as they are known."""
    code = line(address.get("postalCode"))
    name = part(records.places.get(code, {}), "name")
    office = next((line(each) for each in name.values() if line(each)), "")
    return " ".join(filter(None, (code, office.title() if office.isupper() else office)))


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _written(address: Record) -> str:
    """An address as PTV has it, for a person to look at."""
    words = [line(text) for each in address.values() if isinstance(each, dict) for text in each.values()]
    return " ".join(filter(None, (*words, line(address.get("addressDetail")), line(address.get("postalCode"))))) or "?"
