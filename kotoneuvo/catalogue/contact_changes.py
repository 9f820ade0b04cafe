"""What an overlay does to the contact points of an entry: it replaces one, adds to them, or replaces all of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from kotoneuvo.advice.facts import fold
from kotoneuvo.advice.problems import N_
from kotoneuvo.catalogue.fields import LANGUAGES

REACHED_BY = ("phone", "email", "address", "postal", "url")
"""What people reach a contact point by."""
_NAMED_BY = (*REACHED_BY, "hours", "name")
"""What a contact point is known by."""
_ABOUT = ("source", "date", "ptv", "replace", "role")
"""What a contact point says of itself, not to people."""
_NOTHING: tuple[object, ...] = ({}, [], "")
NO_CONTACT = N_('there is no contact point "{found}" to change')
SEVERAL = N_('several contact points have "{found}": name the one to change by its number, e-mail address or name')


def changed(below: object, above: object) -> Any:
    """The contact points of `below` as `above` changes them.

    Where any of `above` says what it replaces, the others are added; else `above` stands for all. One that replaces
    nothing, or could mean several, keeps its `replace`, so that the reader says so; one that was meant to bring about
    what is so already confirms it.
    """
    if not isinstance(below, list) or not isinstance(above, list) or not all(isinstance(each, dict) for each in above):
        return above
    if not any("replace" in each for each in above):
        return above
    contacts: list[Any] = list(below)
    for each in above:
        meant = [place for place, contact in enumerate(contacts) if is_contact(contact, each.get("replace", ""))]
        meant = meant or [place for place, contact in enumerate(contacts) if "replace" in each and _has(contact, each)]
        new = {key: value for key, value in each.items() if key not in ("replace", "gone")}
        # To be noted by the reader it must stay in the list as it is.
        if not isinstance(each.get("gone", False), bool) or is_gone_and_new(each):
            meant = []
        if not meant or (len(meant) > 1 and not same_kind([contacts[place] for place in meant], each["replace"], new)):
            contacts.append(each)
            continue
        for place in meant:
            # A value is only as good as its own source: that of the old one says nothing of it.
            kept = {key: value for key, value in contacts[place].items() if key not in ("source", "date")}
            contacts[place] = {key: value for key, value in {**kept, **new}.items() if value not in _NOTHING}
        if each.get("gone") is True:
            contacts = [contact for place, contact in enumerate(contacts) if place not in meant]
    return contacts


def source_key(contact: Mapping[str, Any]) -> str:
    """The key of the source that a contact point names; what stands after a colon says where in it."""
    return str(contact.get("source", "")).partition(":")[0]


def date_of(contact: Mapping[str, Any], sources: Mapping[str, Any]) -> str:
    """The day of a contact point as it is written, else that of its source; empty where neither has one."""
    return str(contact.get("date") or sources.get(source_key(contact), {}).get("date") or "")


def is_contact(contact: object, named: object) -> bool:
    """Whether a contact point is the one that has this value or name."""
    wanted = contact_key(named)
    return bool(wanted) and wanted in _keys(contact)


def same_kind(contacts: Sequence[Any], named: object, new: Mapping[str, Any]) -> bool:
    """Whether new values may go to all of several contact points: they replace only what these have in common."""
    wanted = contact_key(named)
    common = {key for each in contacts for key in _NAMED_BY if wanted in map(contact_key, texts_of(each.get(key)))}
    return not new.keys() & {*_NAMED_BY} - common


def is_gone_and_new(contact: Mapping[str, Any]) -> bool:
    """Whether a contact point says both that one is gone and what it is now."""
    return contact.get("gone") is True and not contact.keys() <= {"replace", "gone", "source", "date"}


def speaks_of(own: Mapping[str, Any], contact: Mapping[str, Any]) -> bool:
    """Whether a table of a file is where a contact point, as it came out of all files, has its own words from."""
    given = {key: value for key, value in own.items() if key in _NAMED_BY and value not in _NOTHING}
    if any(contact.get(key) != value for key, value in given.items()):
        return False
    return bool(given) or is_contact(contact, own.get("replace", ""))


def names_of(contact: object) -> list[str]:
    """What a contact point is known by: its numbers, addresses and pages, its hours, its names."""
    found = (texts_of(contact.get(key)) for key in _NAMED_BY) if isinstance(contact, dict) else ()
    return list(dict.fromkeys(text for texts in found for text in texts))


def removed(before: Mapping[str, Any], after: Mapping[str, Any], given: Collection[str]) -> Iterator[tuple[str, str]]:
    """What an overlay takes away, as (field, what was there; "" for the whole field).

    Of contact points: what no other one has any more; of a table: the parts of it that are not given again; of a list:
    the words that it has no more.
    """
    for name in sorted(given):
        old, new = before.get(name), after.get(name)
        # Sources are only added to.
        if old in (None, *_NOTHING) or name == "sources":
            continue
        if name == "contact":
            yield from ((name, gone) for gone in dict.fromkeys(_lost(old, new)))
        elif new is None or (isinstance(new, list | dict) and not new):
            yield name, ""
        else:
            yield from _parts(name, old, new)


def _parts(path: str, old: object, new: object) -> Iterator[tuple[str, str]]:
    # A text in fewer languages is warned of as such by the reader.
    if isinstance(old, dict) and isinstance(new, dict) and not old.keys() <= set(LANGUAGES):
        for key, value in old.items():
            if key not in new and key != "source":
                yield f"{path}.{key}", ""
            elif key in new:
                yield from _parts(f"{path}.{key}", value, new[key])
    elif isinstance(old, list) and isinstance(new, list):
        gone = [", ".join(each) if isinstance(each, dict) else str(each) for each in old if each not in new]
        if gone:
            yield path, ", ".join(gone)


def _lost(before: object, after: object) -> Iterator[str]:
    """What each contact point tells people that none tells any more: numbers, hours, names …; one text for each."""
    left = {text for contact in _tables(after) for value in contact.values() for text in _leaves(value)}
    for contact in _tables(before):
        told = ((value, list(_leaves(value))) for key, value in contact.items() if key not in _ABOUT)
        gone = [(value, [text for text in texts if text not in left]) for value, texts in told]
        # Of a text in several languages, one is enough to know it by.
        words = [texts[0] if isinstance(value, dict) else ", ".join(texts) for value, texts in gone if texts]
        if words:
            yield "; ".join(words)


def _tables(contacts: object) -> Iterator[Mapping[str, Any]]:
    yield from (each for each in (contacts if isinstance(contacts, list) else ()) if isinstance(each, dict))


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _leaves(each)
    elif isinstance(value, str) and value:
        yield value


def texts_of(value: object) -> Iterator[str]:
    """The texts of a value: one, or one for each language."""
    if isinstance(value, dict):
        yield from map(str, value.values())
    elif value:
        yield str(value)


def _has(contact: object, wanted: Mapping[str, Any]) -> bool:
    """Whether a contact point has all that another one gives."""
    given = {key: value for key, value in wanted.items() if key in _NAMED_BY}
    return bool(given) and isinstance(contact, dict) and all(contact.get(key) == value for key, value in given.items())


def _keys(contact: object) -> set[str]:
    return set(map(contact_key, names_of(contact)))


def contact_key(found: object) -> str:
    """A value without what writers of the same value do differently; of a phone number its last digits."""
    text = str(found).strip()
    return number_key(text) if re.fullmatch(r"\+?[\d ()/-]+", text) else fold(text).rstrip("/")


def number_key(number: str) -> str:
    """The digits of a phone number without what people write or leave out: +358 or 00358, the zero of the trunk."""
    digits = re.sub(r"\D", "", number)
    if number.strip().startswith("+") or digits.startswith("00"):
        digits = digits.removeprefix("00").removeprefix("358")
    return digits.removeprefix("0")
