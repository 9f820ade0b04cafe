"""Check contacts: phone numbers, e-mail and web addresses, language codes, and that no person is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from kotoneuvo.advice.problems import N_, Problem
from kotoneuvo.catalogue.fields import Shape

_EMAIL = re.compile(r"[^@\s<>,;:\"()\[\]]+@[^@\s.]+(\.[^@\s.]+)+")
# [^\W_] is a letter or digit of any script, because hosts may be internationalised.
_HOST = re.compile(r"([^\W_]([\w-]{0,61}[^\W_])?\.)+([^\W\d_]{2,}|xn--[a-z0-9-]+)|\d{1,3}(\.\d{1,3}){3}", re.I)

_LETTERS = frozenset(map(chr, range(0xC0, 0x180))) - set("ıĸŉſ")
"""Accented Latin letters of European languages, without those that look like plain i, k, n and s."""
_MORE_LANGUAGES = ("prs", "fse", "fss")
"""ISO 639-3 codes that CLDR lacks: Dari, Finnish and Finland-Swedish Sign Language."""
_IDENTIFYING_DIGITS = 6
"""A text with this many digits may hold a phone number or an identity code."""
_NAME = re.compile(r"(?<![^\W_])[A-ZÅÄÖ][^\W\d_]+(?:-[A-ZÅÄÖ][^\W\d_]+)? [A-ZÅÄÖ][^\W\d_]+")
"""Two capitalised words in a row."""
_POST_BOX = re.compile(r"\s*(?:PL|PB|P\.?\s?O\.?\s?Box|postilokero|postbox)\b\.?\s*\d", re.IGNORECASE)
_EUROPEAN = re.compile(r"116\d{3}")
"""Numbers of social value, the same in all of the EU (Commission decision 2007/116/EC); numbering plans lag behind."""


def is_post_box(address: object) -> bool:
    """Whether an address is a post box, which nobody can go to."""
    return isinstance(address, str) and bool(_POST_BOX.match(address))


def may_identify(said: str) -> bool:
    """Whether a text has an e-mail address or a number that may be a person's."""
    return "@" in said or sum(map(str.isdigit, said)) >= _IDENTIFYING_DIGITS


def person_name_in(said: str, texts: Iterable[tuple[str, str]] = ()) -> str:
    """What looks like a person's name in `said` and is in none of the (path, text) pairs `texts`; empty if nothing.

    `texts` are those of the entry: what stands there too is the name of a place or an organisation.
    """
    # Without the sources, which hold `said` itself.
    known = " ".join(text for path, text in texts if not path.startswith("sources"))
    return next((each for each in _NAME.findall(said) if each not in known), "")


def is_language(code: str) -> bool:
    """Whether this is the code of a language: ISO 639-1, or one of those that only have a code of ISO 639-3."""
    # Imported only here: few runs check languages, and babel is slow to import.
    from babel import Locale

    return code in Locale("en").languages or code in _MORE_LANGUAGES


def strange_letters(host: str) -> str:
    """The letters of a host name that are neither ASCII nor used by European languages in Latin script."""
    # Browsers display punycode decoded, so it is checked decoded.
    shown = ".".join(map(_decoded_label, host.split(".")))
    return "".join(dict.fromkeys(c for c in shown if not (c.isascii() or (c.isalpha() and c in _LETTERS))))


def _decoded_label(label: str) -> str:
    if not label.lower().startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def is_phone(number: str) -> bool:
    """Whether a number can be dialled in Finland: a number of any country, a service number or an emergency number."""
    # Imported only here: its numbering plans of the whole world are slow to import.
    import phonenumbers

    # phonenumbers reads letters as digits, as in vanity numbers: "09 310 37577 vaihde" would become another number.
    if not re.fullmatch(r"\+?[\d ()/-]+", number):
        return False
    if _EUROPEAN.fullmatch(number.replace(" ", "")):
        return True
    try:
        parsed = phonenumbers.parse(number, "FI")
    except phonenumbers.NumberParseException:
        return False
    # 112 and other short numbers are in a table of their own, which is_valid_number does not consult.
    return phonenumbers.is_valid_number(parsed) or phonenumbers.is_valid_short_number_for_region(parsed, "FI")


def is_charged(number: str) -> bool:
    """Whether calls to a number cost a premium rate, such as 0600 and 0700."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, "FI")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.PREMIUM_RATE


def is_email(address: str) -> bool:
    """Whether this has the form of one e-mail address."""
    return bool(_EMAIL.fullmatch(address))


def is_url(address: str) -> bool:
    """Whether this has the form of a web page's address: http or https, a host, no spaces."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    # Lower case only: pages and QR codes make links of nothing else.
    if not address.startswith(("http://", "https://")):
        return False
    return bool(host and _HOST.fullmatch(host)) and not re.search(r"\s", address)


_RIGHT: Mapping[Shape, tuple[Callable[[str], bool], str, str]] = {
    "phone": (is_phone, N_('"{found}" is not a phone number'), "+358 9 123 4567"),
    "email": (is_email, N_('"{found}" is not an e-mail address'), "name@example.fi"),
    "page": (is_url, N_('"{found}" is not the address of a page'), "https://example.fi/page"),
}
"""For each shape: the test, the message if it fails, and a valid example."""


def mistakes(found: object, shape: Shape) -> Iterator[Problem]:
    """Every mistake in a value of the shape phone, email, page or languages; none for other shapes."""
    if shape == "languages":
        for code in found if isinstance(found, list) else ():
            if isinstance(code, str) and not is_language(code):
                details = {"kind": "language", "found": code}
                yield Problem('unknown {kind} "{found}"', details, allowed=(N_("ISO 639-1 codes, such as fi"),))
    elif shape in _RIGHT and isinstance(found, str) and found:
        right, message, example = _RIGHT[shape]
        if not right(found):
            yield Problem(message, {"found": found}, allowed=(example,))
        elif shape != "phone":
            yield from _leads_elsewhere(found)


def _leads_elsewhere(address: str) -> Iterator[Problem]:
    """Signs of an address that leads elsewhere than it seems: `https://kela.fi@evil.example/`, a Cyrillic "а"."""
    if "@" in urlsplit(address).netloc:
        message = N_('"{found}" has a user name before the host, which hides where it leads')
        yield Problem(message, {"found": address})
    strange = strange_letters(address.rpartition("@")[2] if "//" not in address else urlsplit(address).hostname or "")
    if strange:
        message = N_('the host in "{found}" has letters that look like others: {letters}')
        letters = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in strange)
        yield Problem(message, {"found": address, "letters": letters})


def texts_in(spec: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a parsed table, keys included, with its path."""
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
