"""Contacts as catalogues wrote them until 2026, in five lists by kind; read on, with a warning, as contact points."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kotoneuvo.advice.problems import N_

Spec = dict[str, Any]

OLD_FORM = N_("old form of contacts: write one [[service.contact]] table for each contact point")
OLD_FIELDS: Mapping[str, tuple[str, ...]] = {
    "phones": ("phone",),
    "emails": ("email",),
    "addresses": ("address", "postal"),
    "urls": ("url",),
    "schedules": ("hours",),
}
"""The old lists, each with what became of it in a contact point."""
_VALUES = {"phones": "number", "emails": "email", "urls": "url", "schedules": "text"}
_BOX = re.compile(r"(PL|PB|P\.O\. ?Box) \d+", re.I)


def renewed(spec: Spec) -> Spec:
    """The table of a service with its old lists as contact points; the same table if it has none."""
    if spec.keys().isdisjoint(OLD_FIELDS):
        return spec
    found = {name: value for name, value in spec.items() if name not in OLD_FIELDS}
    wrong = [spec[name] for name in OLD_FIELDS if not isinstance(spec.get(name, []), list)]
    given = spec.get("contact", [])
    wrong += [] if isinstance(given, list) else [given]
    found["contact"] = wrong[0] if wrong else [*given, *contact_points(spec)]
    return found


def contact_points(spec: Mapping[str, Any]) -> list[Spec]:
    """What old lists hold, grouped where it surely belongs to one door: the same source, and one of each kind."""
    lists = {name: [_one(name, each) for each in spec.get(name, ())] for name in OLD_FIELDS}
    for first, second in (("addresses", "schedules"), ("phones", "emails")):
        if len(lists[first]) == len(lists[second]) == 1 and _one_door(*lists[first], *lists[second]):
            lists[first] = [{**lists[second][0], **lists[first][0]}]
            lists[second] = []
    return [each for name in OLD_FIELDS for each in lists[name]]


def without(contacts: object, old_fields: Iterable[str]) -> list[Any]:
    """Contact points without what an overlay in the old form replaces; those of which nothing is left are dropped."""
    gone = {key for name in old_fields for key in OLD_FIELDS[name]}
    kept = []
    for each in contacts if isinstance(contacts, list) else []:
        if not isinstance(each, dict):
            continue
        # The hours of a number went with the number; those of a place were a list of their own.
        lost = gone | ({"hours"} if "phone" in gone and "phone" in each else set())
        rest = {key: value for key, value in each.items() if key not in lost or ("phone" in each and lost == {"hours"})}
        if any(key in rest for keys in OLD_FIELDS.values() for key in keys):
            kept.append(rest)
    return kept


def _one_door(first: object, second: object) -> bool:
    return (
        isinstance(first, dict)
        and isinstance(second, dict)
        and first.get("source") == second.get("source")
        and "postal" not in first
        and "name" not in second
    )


def _one(name: str, old: Any) -> Any:
    """One entry of an old list as a contact point. What has no meaning stays, so that the reader says so."""
    if not isinstance(old, dict):
        return old
    rest = {**old}
    found: Spec = {}
    if "label" in rest:
        found["name"] = rest.pop("label")
    if name == "addresses":
        words, parts = rest.pop("text", None), [rest.pop(key, "") for key in ("address", "postal_code", "city")]
        street, place = parts[0], " ".join(str(part) for part in parts[1:] if part)
        if street:
            whole = f"{street}, {place}" if place else street
            found["postal" if isinstance(street, str) and _BOX.match(street) else "address"] = whole
            found |= {"name": words} if words is not None else {}
        elif words is not None:
            found["address"] = words
    else:
        key = _VALUES[name]
        if key in rest:
            found[OLD_FIELDS[name][0]] = rest.pop(key)
    return {**found, **rest}
