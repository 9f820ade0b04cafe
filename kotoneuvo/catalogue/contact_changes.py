"""Apply an overlay's contact points to those of an entry, and tell which contact points are the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from kotoneuvo.advice.facts import fold
from kotoneuvo.advice.problems import N_
from kotoneuvo.catalogue.fields import LANGUAGES

REACHED_BY = ("phone", "email", "address", "postal", "url")
"""The fields by which people reach a contact point."""
_NAMED_BY = (*REACHED_BY, "hours", "name")
"""The fields by which `replace` and `part` can name a contact point."""
_ABOUT = ("source", "date", "ptv", "replace", "role")
"""The fields of a contact point that are not shown to clients."""
_NOTHING: tuple[object, ...] = ({}, [], "")
NO_CONTACT = N_('there is no contact point "{found}" to change')
SEVERAL = N_('several contact points have "{found}": name the one to change by its number, e-mail address or name')


def changed(below: object, above: object) -> Any:
    """The contact points of the files `below`, changed by those of the overlay `above`.

    If none of `above` has a `replace`, they replace all of `below`. Otherwise each with a `replace` changes the one
    that it names, and the others are added. A `replace` that names none or several is kept, so that the reader reports
    it, unless a contact point already has the new values: then it confirms that one.
    """
    if not isinstance(below, list) or not isinstance(above, list) or not all(isinstance(each, dict) for each in above):
        return above
    if not any("replace" in each for each in above):
        return above
    contacts: list[Any] = list(below)
    for each in above:
        meant = [place for place, contact in enumerate(contacts) if is_contact(contact, each.get("replace", ""))]
        meant = meant or [
            place for place, contact in enumerate(contacts) if "replace" in each and _already_has(contact, each)
        ]
        new = {key: value for key, value in each.items() if key not in ("replace", "gone")}
        # A contradictory one is left as it is, for the reader to report.
        if not isinstance(each.get("gone", False), bool) or is_gone_and_new(each):
            meant = []
        if not meant or (len(meant) > 1 and not fits_all([contacts[place] for place in meant], each["replace"], new)):
            contacts.append(each)
            continue
        for place in meant:
            # The old source and date say nothing about the new values.
            kept = {key: value for key, value in contacts[place].items() if key not in ("source", "date")}
            contacts[place] = {key: value for key, value in {**kept, **new}.items() if value not in _NOTHING}
        if each.get("gone") is True:
            contacts = [contact for place, contact in enumerate(contacts) if place not in meant]
    return contacts


def source_key(table: Mapping[str, Any]) -> str:
    """The key of the source that a table cites, without the line after its colon."""
    return str(table.get("source", "")).partition(":")[0]


def date_of(contact: Mapping[str, Any], sources: Mapping[str, Any]) -> str:
    """The date of a contact point, as written, else that of its source; empty if neither has one."""
    return str(contact.get("date") or sources.get(source_key(contact), {}).get("date") or "")


def is_contact(contact: object, named: object) -> bool:
    """Whether a contact point has this value or name."""
    wanted = contact_key(named)
    return bool(wanted) and wanted in map(contact_key, names_of(contact))


def fits_all(contacts: Sequence[Any], named: object, new: Mapping[str, Any]) -> bool:
    """Whether `new` may change all of several contact points: it only has the fields in which all match `named`."""
    wanted = contact_key(named)
    common = {key for each in contacts for key in _NAMED_BY if wanted in map(contact_key, texts_of(each.get(key)))}
    return not new.keys() & {*_NAMED_BY} - common


def is_gone_and_new(contact: Mapping[str, Any]) -> bool:
    """Whether a contact point contradicts itself: it is `gone`, but has values."""
    return contact.get("gone") is True and not contact.keys() <= {"replace", "gone", "source", "date"}


def is_about(own: Mapping[str, Any], contact: Mapping[str, Any]) -> bool:
    """Whether `own`, a contact table of one file, is about `contact`, a contact point merged from all files."""
    given = {key: value for key, value in own.items() if key in _NAMED_BY and value not in _NOTHING}
    if any(contact.get(key) != value for key, value in given.items()):
        return False
    return bool(given) or is_contact(contact, own.get("replace", ""))


def names_of(contact: object) -> list[str]:
    """The texts that can name a contact point: its number, addresses, pages, hours and names."""
    found = (texts_of(contact.get(key)) for key in _NAMED_BY) if isinstance(contact, dict) else ()
    return list(dict.fromkeys(text for texts in found for text in texts))


def removed(before: Mapping[str, Any], after: Mapping[str, Any], given: Collection[str]) -> Iterator[tuple[str, str]]:
    """What an overlay removes, as (field, removed value); the value is "" if the whole field is removed.

    Of contact points that is what none has any more, of a table the missing parts, of a list the missing items.
    """
    for name in sorted(given):
        old, new = before.get(name), after.get(name)
        # Sources are only added to.
        if old in (None, *_NOTHING) or name == "sources":
            continue
        if name == "contact":
            yield from ((name, gone) for gone in dict.fromkeys(_lost_texts(old, new)))
        elif new is None or (isinstance(new, list | dict) and not new):
            yield name, ""
        else:
            yield from _parts(name, old, new)


def _parts(path: str, old: object, new: object) -> Iterator[tuple[str, str]]:
    # Not for texts by language: the reader warns of a missing language itself.
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


def _lost_texts(before: object, after: object) -> Iterator[str]:
    """For each contact point of `before`, in one text, the numbers, hours, names … that none of `after` has."""
    left = set(texts_of(after))
    for contact in before if isinstance(before, list) else ():
        parts = contact.items() if isinstance(contact, dict) else ()
        shown = ((value, list(texts_of(value))) for key, value in parts if key not in _ABOUT)
        gone = [(value, [text for text in texts if text not in left]) for value, texts in shown]
        # Of a text in several languages the first is enough.
        words = [texts[0] if isinstance(value, dict) else ", ".join(texts) for value, texts in gone if texts]
        if words:
            yield "; ".join(words)


def texts_of(value: object) -> Iterator[str]:
    """Every text in a value: a text itself, and those inside tables and lists."""
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts_of(each)
    elif isinstance(value, str) and value:
        yield value


def _already_has(contact: object, wanted: Mapping[str, Any]) -> bool:
    """Whether a contact point already has all the values that an overlay's one gives."""
    given = {key: value for key, value in wanted.items() if key in _NAMED_BY}
    return bool(given) and isinstance(contact, dict) and all(contact.get(key) == value for key, value in given.items())


def contact_key(found: object) -> str:
    """A form of a value for comparing, the same however it was written; of a phone number its national digits."""
    text = str(found).strip()
    return number_key(text) if re.fullmatch(r"\+?[\d ()/-]+", text) else fold(text).rstrip("/")


def keys_of(contact: Mapping[str, Any], ways: Iterable[str] = REACHED_BY) -> set[str]:
    """The values of a contact point in some of its fields, in a form for comparing."""
    return {contact_key(text) for way in ways for text in texts_of(contact.get(way))} - {""}


def number_key(number: str) -> str:
    """The digits of a phone number without +358, 00358 or the leading 0: "+358 9 123" and "09 123" are both "9123"."""
    digits = re.sub(r"\D", "", number)
    if number.strip().startswith("+") or digits.startswith("00"):
        digits = digits.removeprefix("00").removeprefix("358")
    return digits.removeprefix("0")
