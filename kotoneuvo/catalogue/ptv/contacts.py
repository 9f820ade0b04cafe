"""The contacts of a PTV service: those of its published channels, as far as one can call, write or go there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from importlib.util import find_spec
from typing import Any

from kotoneuvo.advice.problems import N_
from kotoneuvo.catalogue.contacts import PHONES_PACKAGE, is_email, is_phone, is_url
from kotoneuvo.catalogue.fields import LANGUAGES
from kotoneuvo.catalogue.old_form import contact_points
from kotoneuvo.catalogue.ptv.addresses import addresses
from kotoneuvo.catalogue.ptv.hours import usual_hours
from kotoneuvo.catalogue.ptv.notes import UNPUBLISHED, UNUSABLE, Notes
from kotoneuvo.catalogue.ptv.records import Record, Records, dicts, is_published, part
from kotoneuvo.catalogue.ptv.texts import OTHER_LANGUAGE, line
from kotoneuvo.catalogue.texts import LONGEST_TEXT

KEY = "ptv"
"""The source key of what was read from PTV."""
CONTACTS = ("phones", "emails", "addresses", "schedules", "urls")
CHANNELS = "serviceChannels"
"""PTV's field of a service's channels."""
_SUPPORT = {"fi": "käyttötuki", "sv": "användarstöd", "en": "user support"}
_PURPOSES: Mapping[str, Mapping[str, str]] = {
    "phoneNumbers": {}, "emails": {}, "supportPhones": _SUPPORT, "supportEmails": _SUPPORT
}  # fmt: skip
"""The lists of phone numbers and e-mail addresses, with what is said of theirs."""
_ONE_NUMBER = re.compile(r"\+?[\d ()-]+", re.ASCII)
"""Words or a second number beside it would be dialled too: who reads them knows what is meant, a program does not."""

Spec = dict[str, Any]


def contacts_of(service: Record, records: Records, day: date, notes: Notes) -> Spec:
    """The contact points of the service's channels, each once, with their hours on a day."""
    points: list[Spec] = []
    for link in dicts(service, CHANNELS):
        found: dict[str, list[Spec]] = {name: [] for name in CONTACTS}
        channel = _channel(part(link, "serviceChannel"), records, notes)
        if channel is None:
            continue
        for record in (channel, part(link, "contactDetails")):
            found["phones"] += _phones(record, notes)
            found["emails"] += _emails(record, notes)
            found["addresses"] += addresses(record, notes)
            pages = [line(each.get("url")) for each in dicts(record, "webPages")]
            found["urls"] += [{"url": each} for each in pages if _right(each, is_url, "urls", notes)]
        found["schedules"] += [{"text": text} for record in (channel, link) for text in usual_hours(record, day, notes)]
        points += contact_points({name: _once(each) for name, each in found.items()})
    return {"contact": _once(points)} if points else {}


def _channel(named: Record, records: Records, notes: Notes) -> Record | None:
    """The channel of this name; empty if it was not read, None if it must not be shown."""
    channel = records.channels.get(line(named.get("id")))
    said = " ".join(filter(None, (line(named.get("name")), line(named.get("id"))))) or "?"
    if channel is None:
        notes.note(N_("not among what was read, so its contacts are missing: {found}"), CHANNELS, said)
        return {}
    if not is_published(channel):
        notes.note(UNPUBLISHED, CHANNELS, said)
        return None
    return channel


def _once(specs: Iterable[Spec]) -> list[Spec]:
    return [dict(each, source=KEY) for each in {repr(each): each for each in specs}.values()]


def _right(found: str, right: Callable[[str], bool], fieldname: str, notes: Notes) -> bool:
    """Whether it is what it should be; noted if not, unless there is nothing at all."""
    if not found or (len(found) <= LONGEST_TEXT and right(found)):
        return bool(found)
    notes.note(UNUSABLE, fieldname, found)
    return False


def _phones(record: Record, notes: Notes) -> Iterator[Spec]:
    """Numbers with what they are for; the same number in several languages is one."""
    for name in ("phoneNumbers", "supportPhones"):
        labels: dict[str, dict[str, dict[str, None]]] = {}
        for each in dicts(record, name):
            written = line(each.get("number"))
            if (each.get("type") or "Phone") != "Phone":
                notes.note(N_("not a number to call, left out: {found}"), "phones", f"{line(each['type'])} {written}")
                continue
            number = _dialled(each, written) if _ONE_NUMBER.fullmatch(written) else ""
            if not _ONE_NUMBER.fullmatch(number) or not _is_number(number):
                notes.note(UNUSABLE, "phones", written)
                continue
            label = labels.setdefault(number, {code: {text: None} for code, text in _PURPOSES[name].items()})
            words = [line(each.get(key)) for key in ("additionalInformation", "chargeDescription")]
            _add_words(label, each.get("language"), list(filter(None, words)), notes)
        for number, label in labels.items():
            said = {code: ", ".join(each) for code, each in label.items()}
            yield {"number": number, **({"label": said} if said else {})}


def _add_words(label: dict[str, dict[str, None]], language: object, words: list[str], notes: Notes) -> None:
    """Words to a label, each once, if they are in one of our languages."""
    if words and language in LANGUAGES:
        label.setdefault(str(language), {}).update(dict.fromkeys(words))
    elif words:
        notes.note(OTHER_LANGUAGE, "phones", f"{line(language)}: {', '.join(words)}")


def _dialled(phone: Record, number: str) -> str:
    """The number as one dials it."""
    prefix = line(phone.get("prefixNumber"))
    if phone.get("isFinnishServiceNumber") or not prefix:
        return number
    whole = prefix + number.removeprefix("0")
    if find_spec(PHONES_PACKAGE) is None or not is_phone(whole):
        return whole
    import phonenumbers

    parsed = phonenumbers.parse(whole, "FI")
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def _is_number(found: str) -> bool:
    return len(found) <= LONGEST_TEXT and (find_spec(PHONES_PACKAGE) is None or is_phone(found))


def _emails(record: Record, notes: Notes) -> Iterator[Spec]:
    for name in ("emails", "supportEmails"):
        for each in dicts(record, name):
            email = line(each.get("value"))
            if _right(email, is_email, "emails", notes):
                yield {"email": email, **({"label": dict(_PURPOSES[name])} if _PURPOSES[name] else {})}
