"""Whether contacts are contacts, and texts are text: phone numbers, e-mail and web addresses, control characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from kotoneuvo.advice.problems import N_
from kotoneuvo.catalogue.closed_lists import SAID
from kotoneuvo.catalogue.entry_reader import EntryReader
from kotoneuvo.catalogue.fields import Field, Shape
from kotoneuvo.catalogue.files import LONGEST_TEXT, first_steering
from kotoneuvo.dates import iso_date

_EMAIL = re.compile(r"[^@\s<>,;:\"()\[\]]+@[^@\s.]+(\.[^@\s.]+)+")
_HOST = re.compile(r"([^\W_]([\w-]{0,61}[^\W_])?\.)+([^\W\d_]{2,}|xn--[a-z0-9-]+)|\d{1,3}(\.\d{1,3}){3}", re.I)

_LETTERS = frozenset(map(chr, range(0xC0, 0x180))) - set("ıĸŉſ")
"""Latin letters with marks, as European languages write them; those left out look like i, k, n and s."""


_MORE_LANGUAGES = ("prs", "fse", "fss")
"""Dari, Finnish and Finland-Swedish Sign Language, by ISO 639-3."""


def check_contacts(reader: EntryReader) -> None:
    """Note every contact of an entry that is not one, unknown languages, and characters that are not text."""
    for path, shape, found in _leaves(reader.spec, reader.fields, ""):
        if shape == "pages" and isinstance(found, dict):
            for language, page in found.items():
                _check(reader, page, path, "page")
                _check_code(reader, language, path)
        elif shape == "languages":
            for code in found if isinstance(found, list) else ():
                _check_code(reader, code, path)
        elif shape in _RIGHT:
            _check(reader, found, path, shape)
    sources = reader.spec.get("sources")
    for key, spec in sources.items() if isinstance(sources, dict) else ():
        if isinstance(spec, dict):
            _check_said(reader, spec, f"sources.{key}")
    check_characters(reader)


def _leaves(spec: Mapping[str, Any], fields: Mapping[str, Field], path: str) -> Iterator[tuple[str, Shape, Any]]:
    """The fields of a table and of the tables in it, with their paths and shapes."""
    for name, found in spec.items():
        field, inner = fields.get(name), f"{path}.{name}" if path else name
        if field and not field.of:
            yield inner, field.shape, found
        elif field:
            tables = {inner: found}
            if isinstance(found, list):
                tables = {f"{inner}[{place}]": each for place, each in enumerate(found)}
            elif field.shape == "sources" and isinstance(found, dict):
                tables = {f"{inner}.{key}": each for key, each in found.items()}
            for where, table in tables.items():
                yield from _leaves(table, field.of, where) if isinstance(table, dict) else ()


def _check_said(reader: EntryReader, spec: Mapping[str, Any], path: str) -> None:
    """Note what a person's word must not hold: a whole day is needed, and nothing that tells who the person was."""
    said, day = spec.get("said"), spec.get("date")
    if not isinstance(said, str) or not said:
        return
    if isinstance(day, str) and day and len(iso_date(day)) != len("2026-11-30"):
        reader.note(N_("a source needs the day on which it was said"), f"{path}.date", {"found": day})
    if tells_who(said):
        reader.note(
            N_("this may tell who the person was: write how and which role, no name, number or address"), f"{path}.said"
        )
    elif said not in SAID and named(said, _texts(reader.spec, "")):
        reader.warn(N_("this looks like the name of a person: write how and which role only"), f"{path}.said")


_TELLING_DIGITS = 6
"""So many digits are a phone number or an identity code."""
_NAMED = re.compile(r"(?<![^\W_])[A-ZÅÄÖ][^\W\d_]+(?:-[A-ZÅÄÖ][^\W\d_]+)? [A-ZÅÄÖ][^\W\d_]+")
"""Two words with capitals, one after the other."""


def tells_who(said: str) -> bool:
    """Whether a text has an e-mail address or a number that may be a person's."""
    return "@" in said or sum(map(str.isdigit, said)) >= _TELLING_DIGITS


def named(said: str, texts: Iterable[tuple[str, str]] = ()) -> str:
    """What in `said` looks like a person's name and stands in none of the (path, text) `texts`; else empty."""
    known = " ".join(text for path, text in texts if not path.startswith("sources"))
    return next((each for each in _NAMED.findall(said) if each not in known), "")


def is_language(code: str) -> bool:
    """Whether this is the code of a language: of CLDR, or of one that CLDR lists under another code or not at all."""
    from babel import Locale

    return code in Locale("en").languages or code in _MORE_LANGUAGES


def _check_code(reader: EntryReader, code: object, path: str) -> None:
    if isinstance(code, str) and not is_language(code):
        details = {"kind": "language", "found": code}
        reader.note('unknown {kind} "{found}"', path, details, (N_("ISO 639-1 codes, such as fi"),))


def check_characters(reader: EntryReader) -> None:
    """Note endless texts, and characters that print nothing or move the cursor: they forge what a screen shows."""
    for path, text in _texts(reader.spec, ""):
        if len(text) > LONGEST_TEXT:
            details: dict[str, object] = {"count": len(text), "room": LONGEST_TEXT}
            reader.note(N_("{count} characters; the limit is {room}"), path, details)
        letter = first_steering(text)
        if letter and letter in "\r\n":
            reader.note("this contains a line break", path)
        elif letter:
            reader.note("this contains a control character ({code})", path, {"code": f"U+{ord(letter):04X}"})


def _check(reader: EntryReader, found: object, path: str, shape: Shape) -> None:
    if isinstance(found, str) and found:
        right, message, example = _RIGHT[shape]
        if not right(found):
            reader.note(message, path, {"found": found}, (example,))
        elif shape != "phone":
            _check_host(reader, found, path)


def _check_host(reader: EntryReader, address: str, path: str) -> None:
    """Note an address that leads elsewhere than it looks: `https://kela.fi@evil.example/`, a Cyrillic "а" in a name."""
    if "@" in urlsplit(address).netloc:
        message = N_('"{found}" has a user name before the host, which hides where it leads')
        reader.note(message, path, {"found": address})
    strange = strange_letters(address.rpartition("@")[2] if "//" not in address else urlsplit(address).hostname or "")
    if strange:
        message = N_('the host in "{found}" has letters that look like others: {letters}')
        letters = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in strange)
        reader.note(message, path, {"found": address, "letters": letters})


def strange_letters(host: str) -> str:
    """The letters of a host name that no name in Finland needs; a label in punycode is looked at as it is shown."""
    shown = ".".join(map(_label, host.split(".")))
    return "".join(dict.fromkeys(c for c in shown if not (c.isascii() or (c.isalpha() and c in _LETTERS))))


def _label(label: str) -> str:
    if not label.lower().startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


_EUROPEAN = re.compile(r"116\d{3}")
"""Numbers of social value, the same in all of the EU (Commission decision 2007/116/EC): the plans lag behind."""


def is_phone(number: str) -> bool:
    """Whether a number can be dialled in Finland: of a plan of the world, an emergency or a service number."""
    import phonenumbers

    if not re.fullmatch(r"\+?[\d ()/-]+", number):
        return False
    if _EUROPEAN.fullmatch(number.replace(" ", "")):
        return True
    try:
        parsed = phonenumbers.parse(number, "FI")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(parsed) or phonenumbers.is_valid_short_number_for_region(parsed, "FI")


def is_charged(number: str) -> bool:
    """Whether a call to a number that can be dialled is charged by the service behind it, as with 0600 and 0700."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, "FI")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.PREMIUM_RATE


def is_email(address: str) -> bool:
    """Whether the syntax is that of one e-mail address."""
    return bool(_EMAIL.fullmatch(address))


def is_url(address: str) -> bool:
    """Whether the syntax is that of a page: http or https, a host, no spaces."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not address.startswith(("http://", "https://")):  # in small letters: others are given no link and no code
        return False
    return bool(host and _HOST.fullmatch(host)) and not re.search(r"\s", address)


_NO_PAGE = N_('"{found}" is not the address of a page')
_RIGHT: Mapping[Shape, tuple[Callable[[str], bool], str, str]] = {
    "phone": (is_phone, N_('"{found}" is not a phone number'), "+358 9 123 4567"),
    "email": (is_email, N_('"{found}" is not an e-mail address'), "name@example.fi"),
    "pages": (is_url, _NO_PAGE, "https://example.fi/page"),
    "page": (is_url, _NO_PAGE, "https://example.fi/page"),
}
"""How each part of a contact is judged, what is said of one that is wrong, and a right one."""


def _texts(spec: object, path: str) -> Iterator[tuple[str, str]]:
    """Every text in a parsed table with its path."""
    if isinstance(spec, str):
        yield path, spec
    elif isinstance(spec, dict):
        for key, value in spec.items():
            inner = f"{path}.{key}" if path else str(key)
            yield inner, str(key)
            yield from _texts(value, inner)
    elif isinstance(spec, list):
        for place, value in enumerate(spec):
            yield from _texts(value, f"{path}[{place}]")
