"""The identity guard: finds in headers and cells what names a person. It never repeats what it found.

It refuses more than a validator would accept: a mistyped identity code is still one. `benchmarks/guard.py` measures it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from kotoneuvo.intake import codes
from kotoneuvo.intake import identity_patterns as patterns
from kotoneuvo.intake.harmless_numbers import plainly_harmless, says_born, without_harmless
from kotoneuvo.intake.mail import has_mail
from kotoneuvo.intake.name_columns import ordinary

FREE_TEXT_LENGTH = 80
FREE_TEXT_WORDS = 9
"""A cell longer than this that is no known value may hold anything, names and health included."""
SHORTEST, LONGEST = 6, 1000
"""Nothing shorter names a person by itself (a@b.fi), and nothing longer is an answer."""
_FEWEST_DIGITS = 5
"""No phone, account or document has fewer; of a code's digits, a zero or a one may be typed as a letter."""
_ACCOUNT_DIGITS = 14
"""So many digits are an account, whatever its check digits say; with fewer, and letters, they must be right."""
_PHONE_DIGITS, _GROUPED_DIGITS = 7, 8
"""Seven digits in groups may still be an amount of money: eight are not looked past."""
_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_ZERO = re.compile(r"(?<![A-Za-z])[Oo](?=\d)|(?<=\d)[Oo](?=[\d\s-])")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")


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


class _Sign(NamedTuple):
    """What tells one kind of identity: the fewest digits of a cell that holds it, whether it has letters, and how."""

    kind: str
    digits: int
    letters: bool
    shows: Callable[[str], object]


def identity_in(cell: str) -> str:
    """The kind of identity that a cell holds, or an empty string; shorter free text is judged apart."""
    if len(cell) < SHORTEST:
        return ""
    if len(cell) > LONGEST:
        return "free text"
    # An invisible character or another script's digits must not hide an identity code.
    if not cell.isascii():
        cell = _plain(cell)
    if plainly_harmless(cell):
        return ""
    lettered = bool(patterns.LETTER.search(cell))
    digits = sum(map(str.isdigit, cell))
    for sign in _SIGNS:
        # Most cells have few digits or no letters: the slow patterns are not even tried.
        if digits >= sign.digits and lettered >= sign.letters and sign.shows(cell):
            return sign.kind
    return _number(cell) if digits >= _FEWEST_DIGITS else ""


def identity_among(cells: Iterable[str]) -> str:
    """The kind of the first identity in some cells, or an empty string."""
    return next(filter(None, map(identity_in, cells)), "")


def _is_named(cell: str) -> bool:
    """Whether a name stands after a title, or after somebody's part, and is no everyday word: a school's teacher."""
    if not patterns.PERSON.search(cell):
        return False
    introduced = patterns.INTRODUCED.finditer(cell)
    return bool(patterns.TITLED.search(cell)) or any(not ordinary(found[1] or found[2]) for found in introduced)


def _is_case(cell: str) -> bool:
    return bool((patterns.LETTER.search(cell) or "/" in cell) and patterns.CASE.search(cell))


def free_text(cell: str) -> bool:
    """Whether a cell that is no known value is long enough to say anything about a person; numbers are no words."""
    return len(cell) > FREE_TEXT_LENGTH or sum(map(_has_letter, cell.split())) >= FREE_TEXT_WORDS


def _has_letter(word: str) -> bool:
    return any(map(str.isalpha, word))


def _plain(cell: str) -> str:
    """The cell without invisible characters, with digits of other scripts and wide letters as plain ones."""
    text = unicodedata.normalize("NFKC", "".join(each for each in cell if unicodedata.category(each) != "Cf"))
    return _OTHER_DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), text)


def _bare_code(cell: str) -> bool:
    """Ten characters without the separator: only with a right check character, else it is a number like any other."""
    return any(
        _CHECKS[int(found[1] + found[2]) % 31] == found[3].upper() and found[3].isalpha()
        for found in patterns.BARE_CODE.finditer(cell)
    )


def _iban(cell: str) -> bool:
    found = patterns.IBAN.search(cell)
    if not found:
        return False
    if _count(found) >= _ACCOUNT_DIGITS:
        return True
    from stdnum import iban

    return bool(iban.is_valid(found[0], check_country=False))


def _number(cell: str) -> str:
    """A phone number, or a number long enough for a customer or a case; dates, amounts and lists are none."""
    left = _ZERO.sub("0", without_harmless(cell).replace("_", " "))
    if _phone(left):
        return "phone number"
    return "long number" if patterns.LONG_NUMBER.search(left) or _grouped(left) else ""


def _phone(cell: str) -> bool:
    if _count(patterns.AREA_CODE.search(cell)) >= _PHONE_DIGITS:
        return True
    if _count(patterns.PHONE.search(cell)) < _PHONE_DIGITS:
        return False
    import phonenumbers

    numbers = phonenumbers.PhoneNumberMatcher(cell, "FI", leniency=phonenumbers.Leniency.POSSIBLE)
    return any(True for _ in numbers)


def _count(found: re.Match[str] | None) -> int:
    """How many digits a match has."""
    return sum(map(str.isdigit, found[0])) if found else 0


def _grouped(cell: str) -> bool:
    """Digits in groups, as numbers of phones, customers and cases are written (and no list of ages or years)."""
    if _count(patterns.GROUPS.search(cell)) >= _GROUPED_DIGITS:
        return True
    found = patterns.DIGITS_APART.search(cell)
    if not found:
        return False
    groups = re.split(r"[\s-]", found[0])
    return any(len(group) > 4 for group in groups) and len(groups) <= 3


_SIGNS = (
    _Sign("identity code", _FEWEST_DIGITS - 1, False, patterns.CODE.search),
    _Sign("identity code", _FEWEST_DIGITS - 1, False, _bare_code),
    _Sign("social media account", 0, False, codes.is_handle),
    _Sign("passport or card number", 0, False, codes.is_machine_readable),
    _Sign("number plate", 1, False, codes.is_plate),
    _Sign("device or network address", 3, False, codes.is_device),
    _Sign("coordinates", 3, False, codes.COORDINATES.search),
    _Sign("identity code", _FEWEST_DIGITS, False, codes.NATIONAL.search),
    _Sign("passport or card number", _FEWEST_DIGITS, False, codes.is_document),
    _Sign("e-mail address", 0, True, has_mail),
    _Sign("address", 0, True, re.compile("c/o").search),
    _Sign("address", 1, True, patterns.STREET.search),
    _Sign("name", 0, True, _is_named),
    _Sign("date of birth", 1, True, says_born),
    _Sign("passport or card number", _FEWEST_DIGITS, True, patterns.PASSPORT.search),
    _Sign("bank account", _FEWEST_DIGITS, True, _iban),
    _Sign("customer or case number", 1, False, _is_case),
)
"""Looked for in this order: what has a form of its own before what any number or word may be part of."""
