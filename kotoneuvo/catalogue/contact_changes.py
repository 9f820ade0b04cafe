"""What an overlay does to the contact points of an entry: it replaces one, adds to them, or gives all of them anew."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from kotoneuvo.advice.facts import fold

_VALUES = ("phone", "email", "address", "postal", "url")


def changed(below: object, above: object) -> Any:
    """The contact points of `below` as `above` changes them.

    Where any of `above` says what it replaces, the others are added; else `above` stands for all. One that replaces
    nothing keeps its `replace`, so that the reader says so.
    """
    if not isinstance(below, list) or not isinstance(above, list) or not all(isinstance(each, dict) for each in above):
        return above
    if not any("replace" in each for each in above):
        return above
    contacts = list(below)
    for each in above:
        wanted = _key(each.get("replace", ""))
        meant = [place for place, contact in enumerate(contacts) if wanted and wanted in _keys(contact)]
        if not meant:
            contacts.append(each)
        for place in meant:
            new = {key: value for key, value in each.items() if key != "replace"}
            # A value is only as good as its own source: that of the old one says nothing of it.
            kept = {key: value for key, value in contacts[place].items() if key not in ("source", "date")}
            contacts[place] = {key: value for key, value in {**kept, **new}.items() if value not in ({}, [], "")}
    return contacts


def removed(before: Mapping[str, Any], after: Mapping[str, Any], given: Collection[str]) -> Iterator[tuple[str, str]]:
    """What an overlay takes away: the field, and of contact points the value that no other one has any more."""
    for name in sorted(given):
        if name == "contact" and before.get(name):
            left = set(_values(after.get(name)))
            yield from ((name, value) for value in dict.fromkeys(_values(before[name])) if value not in left)
        elif name not in after and before.get(name) not in (None, {}, [], ""):
            yield name, ""


def _values(contacts: object) -> Iterator[str]:
    for contact in contacts if isinstance(contacts, list) else ():
        for key in _VALUES if isinstance(contact, dict) else ():
            value = contact.get(key)
            if isinstance(value, dict):
                yield from map(str, value.values())
            elif value:
                yield str(value)


def _keys(contact: object) -> set[str]:
    """What a contact point is known by: its values and its names."""
    if not isinstance(contact, dict):
        return set()
    names = contact.get("name")
    return {_key(each) for each in (*_values([contact]), *(names.values() if isinstance(names, dict) else ()))}


def _key(found: object) -> str:
    """A value without what writers of the same value do differently; of a phone number its last digits."""
    text = str(found).strip()
    if re.fullmatch(r"\+?[\d ()/-]+", text):
        digits = re.sub(r"\D", "", text)
        return digits.removeprefix("358") if text.startswith("+") else digits.removeprefix("0")
    return fold(text).rstrip("/")
