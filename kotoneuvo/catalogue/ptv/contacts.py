"""Make contact points from the channels of a PTV service: one for each published channel, or more if it has several."""

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
from kotoneuvo.catalogue.ptv.records import Record, Records, Spec, dicts, is_published, part
from kotoneuvo.catalogue.ptv.texts import (
    OTHER_LANGUAGE,
    UNPUBLISHED,
    UNUSABLE,
    Notes,
    by_language,
    line,
    ours,
    versions,
    words,
)

KEY = "ptv"
"""The source key of what was read from PTV."""
CHANNELS = "channels"
"""The field that notes about channels name."""
FIELDS = ("phone", "email", "address", "postal", "url", "hours", CHANNELS)
"""The fields that notes about contact points name."""
_SUPPORT = {"fi": "käyttötuki", "sv": "användarstöd", "en": "user support"}
_FORM = {"fi": "lomake", "sv": "blankett", "en": "form"}
_NOTHING: Mapping[str, str] = {}
_PHONES = {"phoneNumbers": _NOTHING, "contactPhoneNumbers": _NOTHING, "supportPhoneNumbers": _SUPPORT}
_EMAILS = {"contactEmails": _NOTHING, "supportEmails": _SUPPORT}
"""The lists of PTV with numbers and e-mail addresses, each with a label."""
_ADDRESSES = (
    ("location", "streetAddresses", "streetName"),
    ("location", "otherAddresses", "additionalInformation"),
    ("location", "foreignAddresses", "address"),
    ("contactAddresses", "postOfficeBoxAddresses", "postOfficeBox"),
    ("contactAddresses", "streetAddresses", "streetName"),
    ("contactAddresses", "foreignAddresses", "address"),
)
"""The lists of PTV with addresses to visit, then those with addresses for post; the last item is the field to read."""
_TO_CALL = ("DomesticPhone", "InternationalPhone", None)
_ONE_NUMBER = re.compile(r"\+?[\d ()-]+", re.ASCII)
"""The whole field must be one number: of words or a second number beside it, a link would dial the digits too."""
_FREE = {"fi": "maksuton", "sv": "avgiftsfritt", "en": "free of charge"}


class _LabelledContact(NamedTuple):
    """One number, address or page of a channel: a field of a contact point with its label."""

    spec: Spec
    about: Mapping[str, str] = _NOTHING
    support: bool = False


def contacts_of(service: str, records: Records, day: date, languages: Sequence[str], notes: Notes) -> list[Spec]:
    """The contact points of a service's channels, each once; with languages only if they differ from the service's."""
    points: list[Spec] = []
    for name, link, channel in records.channels_of(service):
        said = " ".join(filter(None, (line(link.get("channelName")), line(name)))) or "?"
        if channel is None:
            notes.note(N_("not included in what was read, so its contacts are missing: {found}"), CHANNELS, said)
        elif not is_published(channel):
            notes.note(UNPUBLISHED, CHANNELS, said)
            continue
        points += _doors(name, channel or {}, link, records, day, languages, notes)
    # By their texts, because dictionaries cannot be keys.
    return [{**each, "source": KEY} for each in {repr(each): each for each in points}.values()]


def doors_of(name: str, records: Records, day: date, notes: Notes) -> list[Spec]:
    """The contact points of one channel, without a service."""
    return list(_doors(name, records.channels[name], {}, records, day, (), notes))


def _doors(
    name: str, channel: Record, link: Record, records: Records, day: date, languages: Sequence[str], notes: Notes
) -> Iterator[Spec]:
    """One contact point with all that the channel has one of, and one more for every further number or address."""
    # A service may have its own numbers and hours at a channel that it shares with other services.
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
    for ways, alone in ((places, True), (phones, _is_only_one(phones)), (emails, _is_only_one(emails)), (pages, True)):
        for place, way in enumerate(ways):
            if place == 0 and alone and not way.support and not (way.about and about):
                door |= way.spec
                about = about or way.about
            elif "postal" in way.spec and "postal" not in door and not way.about:
                door |= way.spec
            else:
                more.append({**_named(called, way.about), **way.spec})
    # Hours belong to the place, or to the phone numbers if there is no place to visit.
    here = door.keys() & {"address", "phone"} or not any("phone" in each for each in more)
    if door or (opened and here):
        yield {**_named(called, about), **door, **(opened if here else {}), **common}
    for each in more:
        yield {**each, **(opened if "phone" in each and not here else {}), **common}


def _is_only_one(ways: Sequence[_LabelledContact]) -> bool:
    """Whether there is exactly one, apart from those for user support."""
    return sum(not way.support for way in ways) == 1


def _named(called: Mapping[str, str], about: Mapping[str, str]) -> Spec:
    """The name of a contact point: that of the channel, followed by a label."""
    found = by_language((called, about), ": ")
    return {"name": found} if found else {}


def _addresses(record: Record, records: Records, notes: Notes) -> Iterator[_LabelledContact]:
    """Addresses to visit, then addresses for post."""
    for where, kind, key in _ADDRESSES:
        to_visit, street = where == "location", kind == "streetAddresses"
        fieldname = "address" if to_visit else "postal"
        for each in dicts(part(record, where), kind):
            said = ours(part(each, key), notes, fieldname)
            # The text of an address abroad includes the postal code.
            post = _post(each, records) if kind != "foreignAddresses" else ""
            value: object = ""
            if to_visit and not street:
                value = by_language((said, dict.fromkeys(said, post)), ", ")
            elif said:
                number = line(each.get("addressDetail")) if street else ""
                value = ", ".join(filter(None, (f"{next(iter(said.values()))} {number}".strip(), post)))
            if value:
                beside = part(each, "additionalInformation") if to_visit and street else {}
                yield _LabelledContact({fieldname: value}, ours(beside, notes, fieldname))
            else:
                notes.note(UNUSABLE, fieldname, _written(each))


def _written(address: Record) -> str:
    """The texts of an address that cannot be used, for the note about it."""
    said = [line(text) for each in address.values() if isinstance(each, dict) for text in each.values()]
    said += [line(address.get(name)) for name in ("addressDetail", "postalCode")]
    return " ".join(filter(None, said)) or "?"


def _post(address: Record, records: Records) -> str:
    """The postal code and post office, as far as known."""
    code = line(address.get("postalCode"))
    name = part(records.places.get(code, {}), "name")
    office = next((line(each) for each in name.values() if line(each)), "")
    # The register's list of postal codes is in capital letters.
    return " ".join(filter(None, (code, office.title() if office.isupper() else office)))


def _listed(both: Iterable[Record], kinds: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, Record, Any]]:
    """Every item of the lists `kinds` in every language: language, item, and the label of its list."""
    for record in both:
        for kind, purpose in kinds.items():
            for code, said in versions(record).items():
                for each in dicts(said, kind):
                    yield code, each, purpose


def _phones(both: Iterable[Record], notes: Notes) -> list[_LabelledContact]:
    """Phone numbers with labels; a number that is listed in several languages is returned once."""
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
        _LabelledContact({"phone": number}, {code: ", ".join(each) for code, each in label.items()}, support[number])
        for number, label in labels.items()
    ]
    return sorted(ways, key=lambda way: way.support)


def _add_words(label: dict[str, dict[str, None]], code: str, phone: Record, notes: Notes) -> None:
    """Add what a number is for and what a call costs to its label, if that is in one of our languages."""
    said = [line(phone.get(key)) for key in ("additionalInformation", "chargeDescription")]
    if phone.get("chargeType") == "Free" and code in _FREE and not said[1]:
        said[1] = _FREE[code]
    texts = list(filter(None, said))
    if texts and code in LANGUAGES:
        label.setdefault(code, {}).update(dict.fromkeys(texts))
    elif texts:
        notes.note(OTHER_LANGUAGE, "phone", f"{code}: {', '.join(texts)}")


def _dialled(phone: Record, written: str) -> str:
    """The number as it is dialled; one without spaces, as in v12, is grouped. Empty if it is not a phone number."""
    import phonenumbers

    prefix = line(phone.get("dialCode"))
    number = prefix + written.removeprefix("0") if prefix else written
    if not (_ONE_NUMBER.fullmatch(written) and _ONE_NUMBER.fullmatch(number) and is_phone(number)):
        return ""
    parsed = phonenumbers.parse(number, "FI")
    # Spaces that the organisation wrote itself are kept, and numbers outside numbering plans, such as 116 006.
    if (not prefix and not number.isdigit()) or not phonenumbers.is_valid_number(parsed):
        return number
    form = phonenumbers.PhoneNumberFormat
    return str(phonenumbers.format_number(parsed, form.INTERNATIONAL if prefix else form.NATIONAL))


def _is_valid(found: str, right: Callable[[str], bool], fieldname: str, notes: Notes) -> bool:
    """Whether a value is given and valid; an invalid one is noted."""
    if not found or (len(found) <= LONGEST_TEXT and right(found)):
        return bool(found)
    notes.note(UNUSABLE, fieldname, found)
    return False


def _emails(both: Iterable[Record], notes: Notes) -> list[_LabelledContact]:
    found: dict[str, _LabelledContact] = {}
    for _, each, purpose in _listed(both, _EMAILS):
        email = line(each.get("email"))
        if _is_valid(email, is_email, "email", notes):
            found.setdefault(email, _LabelledContact({"email": email}, purpose, bool(purpose)))
    return sorted(found.values(), key=lambda way: way.support)


def _pages(both: Iterable[Record], notes: Notes) -> list[_LabelledContact]:
    """The channel's own page by language, then other pages and forms, each with its name as label."""
    own: dict[str, str] = {}
    others: dict[str, _LabelledContact] = {}
    for code, said in ((code, said) for record in both for code, said in versions(record).items()):
        pages = [(each, _NOTHING) for each in (part(said, "webAddress"), *dicts(said, "contactWebPages"))]
        pages += [(each, _FORM) for each in dicts(said, "formFiles")]
        for place, (each, purpose) in enumerate(pair for pair in pages if pair[0].get("url")):
            url = line(each["url"])
            name = line(each.get("name")) if code in LANGUAGES else ""
            if not _is_valid(url, is_url, "url", notes):
                continue
            if place == 0 and not purpose and code in LANGUAGES and code not in own:
                own[code] = url
            elif url not in own.values():
                label = {lang: f"{text}: {name}" if lang == code and name else text for lang, text in purpose.items()}
                others.setdefault(url, _LabelledContact({"url": url}, label or ({code: name} if name else {})))
    door = [_LabelledContact({"url": next(iter(own.values())) if len(set(own.values())) == 1 else own})] if own else []
    return [*door, *(way for url, way in others.items() if url not in own.values())]
