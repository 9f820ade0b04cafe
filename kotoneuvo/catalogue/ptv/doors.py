"""Whether a contact point of ours and one of the register are the same door, and say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kotoneuvo.advice.hours import parse_hours
from kotoneuvo.catalogue.ptv.contacts import Spec
from kotoneuvo.catalogue.ptv.likeness import contact_key

WAYS = ("phone", "email", "address", "postal", "url")
"""What a door can be reached by."""


def door_of(ours: Mapping[str, Any], theirs: Iterable[Spec]) -> Spec | None:
    """The contact point of the register that is ours: by a value, else by its channel and the kind of what it has."""
    listed = list(theirs)
    shared = [each for each in listed if keys_of(ours) & keys_of(each)]
    if shared:
        return max(shared, key=lambda each: len(keys_of(ours) & keys_of(each)))
    kinds = {key for key in WAYS if key in ours}
    same = [each for each in listed if ours.get("ptv") and each.get("ptv") == ours["ptv"] and kinds & each.keys()]
    return same[0] if len(same) == 1 else None


def keys_of(contact: Mapping[str, Any]) -> set[str]:
    """All that one can reach it by, without what writers of the same do differently."""
    return {key for name in WAYS for key in key_of(contact, name)}


def key_of(contact: Mapping[str, Any], name: str) -> set[str]:
    """The values of a field without what writers of the same one do differently."""
    return {contact_key(text) for text in _texts(contact.get(name))}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from (str(each) for each in value.values() if each)
    elif value:
        yield str(value)


def same_hours(ours: object, theirs: object) -> bool:
    """Whether two hours say the same, as a table or in words of a language that both have."""
    if isinstance(ours, str) and isinstance(theirs, str):
        try:
            return sorted(_spans(ours)) == sorted(_spans(theirs))
        except ValueError:
            return False
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        return any(ours[code] == theirs[code] for code in ours.keys() & theirs.keys())
    return False


def _spans(text: str) -> Iterator[tuple[int, int, int]]:
    for span in parse_hours(text):
        yield from ((day, span.opens, span.closes) for day in span.days)
