"""The contact points of a PTV service: each published channel is a door, with what belongs together at it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from kotoneuvo.advice.problems import N_
from kotoneuvo.catalogue.contacts import is_email, is_phone, is_url
from kotoneuvo.catalogue.fields import LANGUAGES
from kotoneuvo.catalogue.files import LONGEST_TEXT
from kotoneuvo.catalogue.ptv.codes import languages_of
from kotoneuvo.catalogue.ptv.hours import hours_of
from kotoneuvo.catalogue.ptv.left_out import UNPUBLISHED, UNUSABLE, Notes
from kotoneuvo.catalogue.ptv.records import Record, Records, dicts, is_published, part
from kotoneuvo.catalogue.ptv.texts import OTHER_LANGUAGE, by_language, line, ours, versions, words

KEY = "ptv"
"""The source key of what was read from PTV."""
CHANNELS = "channels"
"""What notes say of a service's channels."""
FIELDS = ("phone", "email", "address", "postal", "url", "hours", CHANNELS)
"""The fields of a contact point that notes speak of."""
_SUPPORT = {"fi": "käyttötuki", "sv": "användarstöd", "en": "user support"}
_FORM = {"fi": "lomake", "sv": "blankett", "en": "form"}
_NOTHING: Mapping[str, str] = {}
_PHONES = {"phoneNumbers": _NOTHING, "contactPhoneNumbers": _NOTHING, "supportPhoneNumbers": _SUPPORT}
_EMAILS = {"contactEmails": _NOTHING, "supportEmails": _SUPPORT}
"""The lists of PTV, and in words what each is for."""
_ADDRESSES = (
    ("location", "streetAddresses", "streetName"),
    ("location", "otherAddresses", "additionalInformation"),
    ("location", "foreignAddresses", "address"),
    ("contactAddresses", "postOfficeBoxAddresses", "postOfficeBox"),
    ("contactAddresses", "streetAddresses", "streetName"),
    ("contactAddresses", "foreignAddresses", "address"),
)
"""Where one can go, then where to write: the lists of PTV, and the words of each."""
_TO_CALL = ("DomesticPhone", "InternationalPhone", None)
_ONE_NUMBER = re.compile(r"\+?[\d ()-]+", re.ASCII)
"""Words or a second number beside it would be dialled too: who reads them knows what is meant, a program does not."""
_FREE = {"fi": "maksuton", "sv": "avgiftsfritt", "en": "free of charge"}

Spec = dict[str, Any]


class _OneContact(NamedTuple):
    """One contact of a channel: the field of a contact point, and what is said of it beside."""

    spec: Spec
    about: Mapping[str, str] = _NOTHING
    support: bool = False


def contacts_of(service: str, records: Records, day: date, languages: Sequence[str], notes: Notes) -> list[Spec]:
    """The contact points of a service's channels, each once; languages where they are not those of the service."""
    points: list[Spec] = []
    for name, link, channel in records.channels_of(service):
        said = " ".join(filter(None, (line(link.get("channelName")), line(name)))) or "?"
        if channel is None:
            notes.note(N_("not included in what was read, so its contacts are missing: {found}"), CHANNELS, said)
        elif not is_published(channel):
            notes.note(UNPUBLISHED, CHANNELS, said)
            continue
        points += _doors(name, channel or {}, link, records, day, languages, notes)
    return [{**each, "source": KEY} for each in {repr(each): each for each in points}.values()]


def doors_of(name: str, records: Records, day: date, notes: Notes) -> list[Spec]:
    """The contact points of one channel by itself."""
    return list(_doors(name, records.channels[name], {}, records, day, (), notes))


def _doors(
    name: str, channel: Record, link: Record, records: Records, day: date, languages: Sequence[str], notes: Notes
) -> Iterator[Spec]:
    """One channel: what there is one of stands together, what there is more of each by itself, by its own name."""
    # A service may have numbers and hours of its own at a channel that it shares with others.
    both = (channel, link)
    called = words(channel, "name", notes, "name")
    phones, emails = _phones(both, notes), _emails(both, notes)
    places = [way for record in both for way in _addresses(record, records, notes)]
    pages = _pages(both, notes)
    own = languages_of(channel, notes)
    common: Spec = {"languages": own} if own and set(own) != set(languages) else {}
    common |= {"ptv": name} if channel else {}
    opened = hours_of(both, day, notes)
    door: Spec = {}
    more: list[Spec] = []
    about: Mapping[str, str] = {}
    for ways, alone in ((places, True), (phones, _single(phones)), (emails, _single(emails)), (pages, True)):
        for place, way in enumerate(ways):
            if place == 0 and alone and not way.support and not (way.about and about):
                door |= way.spec
                about = about or way.about
            elif "postal" in way.spec and "postal" not in door and not way.about:
                door |= way.spec
            else:
                more.append({**_named(called, way.about), **way.spec})
    # Hours belong to the place; where there is none to visit, to the numbers.
    here = door.keys() & {"address", "phone"} or not any("phone" in each for each in more)
    if door or (opened and here):
        yield {**_named(called, about), **door, **(opened if here else {}), **common}
    for each in more:
        yield {**each, **(opened if "phone" in each and not here else {}), **common}


def _single(ways: Sequence[_OneContact]) -> bool:
    """Whether there is one of them, beside those for technical support."""
    return sum(not way.support for way in ways) == 1


def _named(called: Mapping[str, str], about: Mapping[str, str]) -> Spec:
    """The name of a door: the channel's, and what is said of it beside."""
    found = by_language((called, about), ": ")
    return {"name": found} if found else {}


def _addresses(record: Record, records: Records, notes: Notes) -> Iterator[_OneContact]:
    """Streets and places to visit, then addresses for post."""
    for where, kind, key in _ADDRESSES:
        to_visit, street = where == "location", kind == "streetAddresses"
        fieldname = "address" if to_visit else "postal"
        for each in dicts(part(record, where), kind):
            said = ours(part(each, key), notes, fieldname)
            # The postal code of an address abroad is a part of its words.
            post = _post(each, records) if kind != "foreignAddresses" else ""
            value: object = ""
            if to_visit and not street:
                value = by_language((said, dict.fromkeys(said, post)), ", ")
            elif said:
                number = line(each.get("addressDetail")) if street else ""
                value = ", ".join(filter(None, (f"{next(iter(said.values()))} {number}".strip(), post)))
            if value:
                beside = part(each, "additionalInformation") if to_visit and street else {}
                yield _OneContact({fieldname: value}, ours(beside, notes, fieldname))
            else:
                notes.note(UNUSABLE, fieldname, _written(each))


def _written(address: Record) -> str:
    """An address as PTV has it, for a person to look at."""
    said = [line(text) for each in address.values() if isinstance(each, dict) for text in each.values()]
    said += [line(address.get(name)) for name in ("addressDetail", "postalCode")]
    return " ".join(filter(None, said)) or "?"


def _post(address: Record, records: Records) -> str:
    """Postal code and post office, as far as they are known."""
    code = line(address.get("postalCode"))
    name = part(records.places.get(code, {}), "name")
    office = next((line(each) for each in name.values() if line(each)), "")
    # The register's list of postal codes is in capitals.
    return " ".join(filter(None, (code, office.title() if office.isupper() else office)))


def _listed(both: Iterable[Record], kinds: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, Record, Any]]:
    """Language, entry and what it is for, of the lists in every language."""
    for record in both:
        for kind, purpose in kinds.items():
            for code, said in versions(record).items():
                for each in dicts(said, kind):
                    yield code, each, purpose


def _phones(both: Iterable[Record], notes: Notes) -> list[_OneContact]:
    """Numbers with what they are for; the same number in several languages is one."""
    labels: dict[str, dict[str, dict[str, None]]] = {}
    support: dict[str, bool] = {}
    for code, each, purpose in _listed(both, _PHONES):
        written = line(each.get("number"))
        if each.get("type") not in _TO_CALL:
            kind = line(each["type"])
            notes.note(N_("not a number that can be called; skipped: {found}"), "phone", f"{kind} {written}")
        elif not (number := _dialled(each, written)):
            notes.note(UNUSABLE, "phone", written)
        else:
            label = labels.setdefault(number, {lang: {text: None} for lang, text in purpose.items()})
            support.setdefault(number, bool(purpose))
            _add_words(label, code, each, notes)
    ways = [
        _OneContact({"phone": number}, {code: ", ".join(each) for code, each in label.items()}, support[number])
        for number, label in labels.items()
    ]
    return sorted(ways, key=lambda way: way.support)


def _add_words(label: dict[str, dict[str, None]], code: str, phone: Record, notes: Notes) -> None:
    """What a number is for and what the call costs, each once, if they are in one of our languages."""
    said = [line(phone.get(key)) for key in ("additionalInformation", "chargeDescription")]
    if phone.get("chargeType") == "Free" and code in _FREE and not said[1]:
        said[1] = _FREE[code]
    texts = list(filter(None, said))
    if texts and code in LANGUAGES:
        label.setdefault(code, {}).update(dict.fromkeys(texts))
    elif texts:
        notes.note(OTHER_LANGUAGE, "phone", f"{code}: {', '.join(texts)}")


def _dialled(phone: Record, written: str) -> str:
    """The number as one dials it, digits without a space (as v12 has them) in groups; empty for what is no number."""
    import phonenumbers

    prefix = line(phone.get("dialCode"))
    number = prefix + written.removeprefix("0") if prefix else written
    if not (_ONE_NUMBER.fullmatch(written) and _ONE_NUMBER.fullmatch(number) and is_phone(number)):
        return ""
    parsed = phonenumbers.parse(number, "FI")
    # Groups that the organisation wrote itself stay, and so do numbers that no plan knows: 116 006.
    if (not prefix and not number.isdigit()) or not phonenumbers.is_valid_number(parsed):
        return number
    form = phonenumbers.PhoneNumberFormat
    return str(phonenumbers.format_number(parsed, form.INTERNATIONAL if prefix else form.NATIONAL))


def _right(found: str, right: Callable[[str], bool], fieldname: str, notes: Notes) -> bool:
    """Whether it is what it should be; noted if not, unless there is nothing at all."""
    if not found or (len(found) <= LONGEST_TEXT and right(found)):
        return bool(found)
    notes.note(UNUSABLE, fieldname, found)
    return False


def _emails(both: Iterable[Record], notes: Notes) -> list[_OneContact]:
    found: dict[str, _OneContact] = {}
    for _, each, purpose in _listed(both, _EMAILS):
        email = line(each.get("email"))
        if _right(email, is_email, "email", notes):
            found.setdefault(email, _OneContact({"email": email}, purpose, bool(purpose)))
    return sorted(found.values(), key=lambda way: way.support)


def _pages(both: Iterable[Record], notes: Notes) -> list[_OneContact]:
    """Pages by language: first the door's own, then others and forms, each by its name."""
    own: dict[str, str] = {}
    others: dict[str, _OneContact] = {}
    for code, said in ((code, said) for record in both for code, said in versions(record).items()):
        pages = [(each, _NOTHING) for each in (part(said, "webAddress"), *dicts(said, "contactWebPages"))]
        pages += [(each, _FORM) for each in dicts(said, "formFiles")]
        for place, (each, purpose) in enumerate(pair for pair in pages if pair[0].get("url")):
            url = line(each["url"])
            name = line(each.get("name")) if code in LANGUAGES else ""
            if not _right(url, is_url, "url", notes):
                continue
            if place == 0 and not purpose and code in LANGUAGES and code not in own:
                own[code] = url
            elif url not in own.values():
                label = {lang: f"{text}: {name}" if lang == code and name else text for lang, text in purpose.items()}
                others.setdefault(url, _OneContact({"url": url}, label or ({code: name} if name else {})))
    door = [_OneContact({"url": next(iter(own.values())) if len(set(own.values())) == 1 else own})] if own else []
    return [*door, *(way for url, way in others.items() if url not in own.values())]
