"""The contact points of a PTV service: each published channel is a door, with what belongs together at it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from kotoneuvo.advice.problems import N_
from kotoneuvo.catalogue.contacts import is_email, is_phone, is_url
from kotoneuvo.catalogue.fields import LANGUAGES
from kotoneuvo.catalogue.files import LONGEST_TEXT
from kotoneuvo.catalogue.ptv.addresses import addresses
from kotoneuvo.catalogue.ptv.codes import languages_of
from kotoneuvo.catalogue.ptv.hours import hours_of
from kotoneuvo.catalogue.ptv.left_out import UNPUBLISHED, UNUSABLE, Notes
from kotoneuvo.catalogue.ptv.records import Record, Records, dicts, is_published, part
from kotoneuvo.catalogue.ptv.texts import OTHER_LANGUAGE, line, versions, words

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
_TO_CALL = ("DomesticPhone", "InternationalPhone", None)
_ONE_NUMBER = re.compile(r"\+?[\d ()-]+", re.ASCII)
"""Words or a second number beside it would be dialled too: who reads them knows what is meant, a program does not."""
_FREE = {"fi": "maksuton", "sv": "avgiftsfritt", "en": "free of charge"}

Spec = dict[str, Any]


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
    places = [each for record in both for each in addresses(record, records, notes)]
    pages = _pages(both, notes)
    own = languages_of(channel, notes)
    common: Spec = {"languages": own} if own and set(own) != set(languages) else {}
    common |= {"ptv": name} if channel else {}
    opened = hours_of(both, day, notes)
    door: Spec = {}
    more: list[Spec] = []
    about: Mapping[str, str] = {}
    for listed, alone in ((places, True), (phones, _single(phones)), (emails, _single(emails)), (pages, True)):
        for place, each in enumerate(listed):
            spec = dict(each)
            label = spec.pop("about", {})
            support = spec.pop("support", False)
            if place == 0 and alone and not support and not (label and about):
                door |= spec
                about = about or label
            elif "postal" in spec and "postal" not in door and not label:
                door |= spec
            else:
                more.append({**_named(called, label), **spec})
    # Hours belong to the place; where there is none to visit, to the numbers.
    here = door.keys() & {"address", "phone"} or not any("phone" in each for each in more)
    if door or (opened and here):
        yield {**_named(called, about), **door, **(opened if here else {}), **common}
    for each in more:
        yield {**each, **(opened if "phone" in each and not here else {}), **common}


def _single(listed: Sequence[Spec]) -> bool:
    """Whether there is one of them, beside those for technical support."""
    return sum("support" not in each for each in listed) == 1


def _named(called: Mapping[str, str], about: Mapping[str, str]) -> Spec:
    """The name of a door: the channel's, and what is said of it beside."""
    found: dict[str, str] = {}
    for code in LANGUAGES:
        parts = dict.fromkeys(filter(None, (called.get(code), about.get(code))))
        if parts:
            found[code] = ": ".join(parts) if len(parts) == 2 else next(iter(parts))
    return {"name": found} if found else {}


def _right(found: str, right: Callable[[str], bool], fieldname: str, notes: Notes) -> bool:
    """Whether it is what it should be; noted if not, unless there is nothing at all."""
    if not found or (len(found) <= LONGEST_TEXT and right(found)):
        return bool(found)
    notes.note(UNUSABLE, fieldname, found)
    return False


def _listed(both: Iterable[Record], kinds: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, Record, Any]]:
    """Language, entry and what it is for, of the lists in every language."""
    for record in both:
        for kind, purpose in kinds.items():
            for code, said in versions(record).items():
                for each in dicts(said, kind):
                    yield code, each, purpose


def _phones(both: Iterable[Record], notes: Notes) -> list[Spec]:
    """Numbers with what they are for; the same number in several languages is one."""
    labels: dict[str, dict[str, dict[str, None]]] = {}
    support: dict[str, bool] = {}
    for code, each, purpose in _listed(both, _PHONES):
        written = line(each.get("number"))
        if each.get("type") not in _TO_CALL:
            kind = line(each["type"])
            notes.note(N_("not a number that can be called; skipped: {found}"), "phone", f"{kind} {written}")
            continue
        number = _dialled(each, written)
        if not number:
            notes.note(UNUSABLE, "phone", written)
            continue
        label = labels.setdefault(number, {lang: {text: None} for lang, text in purpose.items()})
        support.setdefault(number, bool(purpose))
        _add_words(label, code, each, notes)
    return [
        {
            "phone": number,
            **({"about": {code: ", ".join(each) for code, each in label.items()}} if label else {}),
            **({"support": True} if support[number] else {}),
        }
        for number, label in sorted(labels.items(), key=lambda item: support[item[0]])
    ]


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


def _emails(both: Iterable[Record], notes: Notes) -> list[Spec]:
    found: dict[str, Spec] = {}
    for _, each, purpose in _listed(both, _EMAILS):
        email = line(each.get("email"))
        if _right(email, is_email, "email", notes):
            about = {"about": dict(purpose), "support": True} if purpose else {}
            found.setdefault(email, {"email": email, **about})
    return sorted(found.values(), key=lambda each: "support" in each)


def _pages(both: Iterable[Record], notes: Notes) -> list[Spec]:
    """Pages by language: first the door's own, then others and forms, each by its name."""
    own: dict[str, str] = {}
    others: dict[str, Spec] = {}
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
                label = label or ({code: name} if name else {})
                others.setdefault(url, {"url": url, **({"about": label} if label else {})})
    door = [{"url": next(iter(own.values())) if len(set(own.values())) == 1 else own}] if own else []
    return [*door, *(each for each in others.values() if each["url"] not in own.values())]
