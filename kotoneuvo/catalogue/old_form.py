"""Read the old form of contacts, five lists by kind, as contact points, with a warning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kotoneuvo.advice.problems import N_
from kotoneuvo.catalogue.contacts import is_post_box

Spec = dict[str, Any]

OLD_FORM = N_("old form of contacts: write one [[service.contact]] table for each contact point")
OLD_FIELDS: Mapping[str, tuple[str, ...]] = {
    "phones": ("phone",),
    "emails": ("email",),
    "addresses": ("address", "postal"),
    "urls": ("url",),
    "schedules": ("hours",),
}
"""The old lists, each with the fields of a contact point that replace it."""
_VALUES = {"phones": "number", "emails": "email", "urls": "url", "schedules": "text"}


def renewed(spec: Spec) -> Spec:
    """The table of a service with its old lists turned into contact points; unchanged if it has none."""
    if spec.keys().isdisjoint(OLD_FIELDS):
        return spec
    found = {name: value for name, value in spec.items() if name not in OLD_FIELDS}
    wrong = [spec[name] for name in OLD_FIELDS if not isinstance(spec.get(name, []), list)]
    given = spec.get("contact", [])
    wrong += [] if isinstance(given, list) else [given]
    found["contact"] = wrong[0] if wrong else [*given, *contact_points(spec)]
    return found


def contact_points(spec: Mapping[str, Any]) -> list[Spec]:
    """The contents of the old lists. Items of two lists are joined only if each is alone in its list."""
    lists = {name: [_contact_point(name, each) for each in spec.get(name, ())] for name in OLD_FIELDS}
    for first, second in (("addresses", "schedules"), ("phones", "emails")):
        if len(lists[first]) == len(lists[second]) == 1 and _one_door(*lists[first], *lists[second]):
            lists[first] = [{**lists[second][0], **lists[first][0]}]
            lists[second] = []
    return [each for name in OLD_FIELDS for each in lists[name]]


def without(contacts: object, old_fields: Iterable[str]) -> list[Any]:
    """Contact points of the files below without what an overlay in the old form replaces."""
    gone = {key for name in old_fields for key in OLD_FIELDS[name]}
    kept = []
    for each in contacts if isinstance(contacts, list) else []:
        if not isinstance(each, dict):
            continue
        # In the old form a phone number had its own hours; those of a place were in `schedules`.
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


def _contact_point(name: str, old: Any) -> Any:
    """One item of an old list as a contact point. Unknown fields stay, so that the reader reports them."""
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
            found["postal" if is_post_box(street) else "address"] = whole
            found |= {"name": words} if words is not None else {}
        elif words is not None:
            found["address"] = words
    else:
        key = _VALUES[name]
        if key in rest:
            found[OLD_FIELDS[name][0]] = rest.pop(key)
    return {**found, **rest}
