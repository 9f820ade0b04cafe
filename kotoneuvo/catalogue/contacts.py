"""Whether contacts are contacts: phone numbers, e-mail and web addresses, languages, what a person said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from kotoneuvo.advice.problems import N_
from kotoneuvo.catalogue.fields import Shape

_EMAIL = re.compile(r"[^@\s<>,;:\"()\[\]]+@[^@\s.]+(\.[^@\s.]+)+")
_HOST = re.compile(r"([^\W_]([\w-]{0,61}[^\W_])?\.)+([^\W\d_]{2,}|xn--[a-z0-9-]+)|\d{1,3}(\.\d{1,3}){3}", re.I)

_LETTERS = frozenset(map(chr, range(0xC0, 0x180))) - set("ıĸŉſ")
"""Latin letters with marks, as European languages write them; those left out look like i, k, n and s."""


_MORE_LANGUAGES = ("prs", "fse", "fss")
"""Dari, Finnish and Finland-Swedish Sign Language, by ISO 639-3."""


_TELLING_DIGITS = 6
"""So many digits are a phone number or an identity code."""
_NAMED = re.compile(r"(?<![^\W_])[A-ZÅÄÖ][^\W\d_]+(?:-[A-ZÅÄÖ][^\W\d_]+)? [A-ZÅÄÖ][^\W\d_]+")
"""Two words with capitals, one after the other."""


def tells_who(said: str) -> bool:
    """Whether a text has an e-mail address or a number that may be a person's."""
    return "@" in said or sum(map(str.isdigit, said)) >= _TELLING_DIGITS


def named(said: str, texts: Iterable[tuple[str, str]] = ()) -> str:
    """What in `said` looks like a person's name and stands in none of the (path, text) `texts`; else empty."""
    # The sources hold the very words that are looked at.
    known = " ".join(text for path, text in texts if not path.startswith("sources"))
    return next((each for each in _NAMED.findall(said) if each not in known), "")


def is_language(code: str) -> bool:
    """Whether this is the code of a language: of CLDR, or of one that CLDR lists under another code or not at all."""
    # Only here: few runs ask for languages, and babel is slow to import.
    from babel import Locale

    return code in Locale("en").languages or code in _MORE_LANGUAGES


def strange_letters(host: str) -> str:
    """The letters of a host name that no name in Finland needs; a label in punycode is looked at as it is shown."""
    # A browser shows the letters that punycode stands for, and so do these look like others.
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
    # Only here: its tables of the numbers of the world are slow to import.
    import phonenumbers

    if not re.fullmatch(r"\+?[\d ()/-]+", number):
        return False
    if _EUROPEAN.fullmatch(number.replace(" ", "")):
        return True
    try:
        parsed = phonenumbers.parse(number, "FI")
    except phonenumbers.NumberParseException:
        return False
    # 112 and other short numbers stand in a list of their own.
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


_RIGHT: Mapping[Shape, tuple[Callable[[str], bool], str, str]] = {
    "phone": (is_phone, N_('"{found}" is not a phone number'), "+358 9 123 4567"),
    "email": (is_email, N_('"{found}" is not an e-mail address'), "name@example.fi"),
    "page": (is_url, N_('"{found}" is not the address of a page'), "https://example.fi/page"),
}
"""How each part of a contact is judged, what is said of one that is wrong, and a right one."""
Mistake = tuple[str, Mapping[str, object], tuple[str, ...]]
"""A message, its details, and what is allowed instead."""


def mistakes(found: object, shape: Shape) -> Iterator[Mistake]:
    """What is wrong with a part of a contact: a number, an address or a page that is none, an unknown language."""
    if shape == "languages":
        for code in found if isinstance(found, list) else ():
            if isinstance(code, str) and not is_language(code):
                details = {"kind": "language", "found": code}
                yield 'unknown {kind} "{found}"', details, (N_("ISO 639-1 codes, such as fi"),)
    elif shape in _RIGHT and isinstance(found, str) and found:
        right, message, example = _RIGHT[shape]
        if not right(found):
            yield message, {"found": found}, (example,)
        elif shape != "phone":
            yield from _leads_elsewhere(found)


def _leads_elsewhere(address: str) -> Iterator[Mistake]:
    """An address that leads elsewhere than it looks: `https://kela.fi@evil.example/`, a Cyrillic "а" in a name."""
    if "@" in urlsplit(address).netloc:
        message = N_('"{found}" has a user name before the host, which hides where it leads')
        yield message, {"found": address}, ()
    strange = strange_letters(address.rpartition("@")[2] if "//" not in address else urlsplit(address).hostname or "")
    if strange:
        message = N_('the host in "{found}" has letters that look like others: {letters}')
        letters = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in strange)
        yield message, {"found": address, "letters": letters}, ()


def texts_in(spec: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a parsed table with its path."""
    if isinstance(spec, str):
        yield path, spec
    elif isinstance(spec, dict):
        for key, value in spec.items():
            inner = f"{path}.{key}" if path else str(key)
            yield inner, str(key)
            yield from texts_in(value, inner)
    elif isinstance(spec, list):
        for place, value in enumerate(spec):
            yield from texts_in(value, f"{path}[{place}]")
