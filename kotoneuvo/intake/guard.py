"""The identity guard: finds in headers and cells what names a person. It never repeats what it found.

It refuses more than a validator would accept: a mistyped identity code is still one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

FREE_TEXT_LENGTH = 80
FREE_TEXT_WORDS = 9
"""A cell longer than this that is no known value may hold anything, names and health included."""

_DASHES = "-\u2010-\u2015\u2212\u00ad\u2043\uff0d~_"
_SEPARATOR = rf"[{_DASHES}+A-FU-Ya-fu-y]"
_DIGIT = "[0-9OoIl|]"
# DDMMYY, a separator, three digits and a check character; "O" and "l" typed for 0 and 1, spaces around the separator.
_CODE = re.compile(
    rf"(?<![0-9A-Za-z]){_DIGIT}{{6}}\s?{_SEPARATOR}\s?{_DIGIT}{{3}}\s?[0-9A-Za-z](?![0-9A-Za-z])"
    rf"|(?<![0-9A-Za-z])(?:[0-3]\d[.\s]?[01]\d[.\s]?)(?:\d\d)?\d\d\s?[{_DASHES}+]\s?(?:\d{{3,4}}[0-9A-Za-z]?|[xX*?]{{3,4}})(?![0-9A-Za-z])"
)
_BARE_CODE = re.compile(r"(?<![0-9A-Za-z])([0-3]\d[01]\d\d{2})(\d{3})([0-9A-Ya-y])(?![0-9A-Za-z])")
_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_EMAIL = re.compile(r"[^\s@]+\s?(?:@|\(at\)|\[at\]|\uff20)\s?[^\s@]+\.[^\s@.]{2,}", re.IGNORECASE)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[0-9A-Z]{4}){2,7}\s?[0-9A-Z]{0,3}\b", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w.])(?:\+|00|\(?0)[\d\s()/.\u2010-\u2015-]{5,}\d")
_LONG_NUMBER = re.compile(r"\d{7,}")
_DIGITS_APART = re.compile(r"\d(?:[\s-]?\d){6,}")
_DATE = re.compile(r"^\s*(?:\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)\d\d|(?:19|20)\d\d-\d\d?-\d\d?)(?:[T ][\d:.]+)?\s*$")
_BAND = re.compile(r"^\s*(?:\d{4}-\d\d?)\s*[-\u2010-\u2015]\s*\d{4}-\d\d?\s*$")
_STREET = re.compile(
    r"\b\w{3,}(?:katu|kuja|polku|kaari|raitti|väylä|gatan|vägen|gränden|stigen|allén|tie|puistotie)\s+\d+\b"
    r"|\b(?:\d+\s+)?\w{3,}\s+(?:street|road|avenue)\b", re.IGNORECASE
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """Identity found: what kind, in which column, and in which row (0: the header itself)."""

    kind: str
    column: str
    row: int


class IdentityFound(Exception):
    """Raised when an intake file names people; says where and never what."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(f"identity in {len(self.findings)} places")

    def __reduce__(self) -> tuple[type[IdentityFound], tuple[tuple[Finding, ...]]]:
        return (type(self), (self.findings,))


def identity_in(cell: str) -> str:
    """The kind of identity that a cell holds, or an empty string; free text is judged apart."""
    if not any(map(str.isdigit, cell)) and "@" not in cell and "(at)" not in cell.casefold():
        return "address" if _STREET.search(cell) else ""
    if _CODE.search(cell) or _bare_code(cell):
        return "identity code"
    if _EMAIL.search(cell):
        return "e-mail address"
    if _STREET.search(cell):
        return "address"
    if _iban(cell):
        return "bank account"
    if _DATE.match(cell) or _BAND.match(cell):
        return ""
    if _phone(cell):
        return "phone number"
    return "long number" if _LONG_NUMBER.search(cell) or _digits(cell) else ""


def free_text(cell: str) -> bool:
    """Whether a cell that is no known value is long enough to say anything about a person."""
    return len(cell) > FREE_TEXT_LENGTH or len(cell.split()) >= FREE_TEXT_WORDS


def is_date(cell: str) -> bool:
    """Whether a cell is a full date: in a column of ages, a date of birth."""
    return bool(_DATE.match(cell))


def _bare_code(cell: str) -> bool:
    """Ten characters without the separator: only with a right check character, else it is a number like any other."""
    return any(
        _CHECKS[int(found[1] + found[2]) % 31] == found[3].upper() and found[3].isalpha()
        for found in _BARE_CODE.finditer(cell)
    )


def _iban(cell: str) -> bool:
    found = _IBAN.search(cell)
    if not found:
        return False
    from stdnum import iban

    return bool(iban.is_valid(found[0], check_country=False))


def _phone(cell: str) -> bool:
    found = _PHONE.search(cell)
    if not found or sum(map(str.isdigit, found[0])) < 7:
        return False
    import phonenumbers

    numbers = phonenumbers.PhoneNumberMatcher(cell, "FI", leniency=phonenumbers.Leniency.POSSIBLE)
    return any(True for _ in numbers)


def _digits(cell: str) -> bool:
    """Seven digits or more in groups, as numbers of customers and cases are written (and no list of ages or years)."""
    found = _DIGITS_APART.search(cell)
    if not found:
        return False
    groups = re.split(r"[\s-]", found[0])
    return any(len(group) > 4 for group in groups) and len(groups) <= 3
