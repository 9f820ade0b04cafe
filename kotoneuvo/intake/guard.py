"""The identity guard: finds headers and cells that identify a person, and never repeats what it found.

It refuses more than a validator would accept: a mistyped identity code still identifies somebody. `benchmarks/guard.py`
measures it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from kotoneuvo.intake import codes
from kotoneuvo.intake import identity_patterns as patterns
from kotoneuvo.intake.harmless_numbers import has_birth_date, plainly_harmless, without_harmless
from kotoneuvo.intake.name_columns import first_name_in_remark, full_name_in, ordinary

FREE_TEXT_LENGTH = 80
FREE_TEXT_WORDS = 9
"""A longer cell that is not a known value may contain anything, including names and health."""
SHORTEST, LONGEST = 6, 1000
"""Nothing shorter identifies a person by itself (a@b.fi has 6 characters), and nothing longer is an answer."""
_FEWEST_DIGITS = 5
"""No phone, account or document number has fewer. A code may have one less, because O or l may be typed for 0 or 1."""
_ACCOUNT_DIGITS = 14
"""With this many digits it is a bank account even if the check digits are wrong; with fewer they must be right."""
_PHONE_DIGITS, _GROUPED_DIGITS = 7, 8
"""Seven digits in groups may be an amount of money; eight are taken for a number that identifies."""
_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_ZERO = re.compile(r"(?<![A-Za-z])[Oo](?=\d)|(?<=\d)[Oo](?=[\d\s-])")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")


@dataclass(frozen=True, slots=True)
class Finding:
    """An identity that was found: its kind, the column and the row (0: the header itself)."""

    kind: str
    column: str
    row: int


class IdentityFound(Exception):
    """Raised if a client file identifies people; says where, and never what was found."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(f"identity in {len(self.findings)} places")

    def __reduce__(self) -> tuple[type[IdentityFound], tuple[tuple[Finding, ...]]]:
        return (type(self), (self.findings,))


class _Detector(NamedTuple):
    """Finds one kind of identity, in cells with at least `digits` digits and (if `letters`) a letter."""

    kind: str
    digits: int
    letters: bool
    finds: Callable[[str], object]


def identity_in(cell: str) -> str:
    """The kind of identity in a cell, or an empty string; for names and free text see `unread_identity`."""
    if len(cell) < SHORTEST:
        return ""
    if len(cell) > LONGEST:
        return "free text"
    # Invisible characters and digits of other scripts must not hide an identity code.
    if not cell.isascii():
        cell = _plain(cell)
    if plainly_harmless(cell):
        return ""
    lettered = bool(patterns.LETTER.search(cell))
    digits = sum(map(str.isdigit, cell))
    for detector in _DETECTORS:
        # Most cells have few digits or no letters, so most patterns (they are slow) need not be tried.
        if digits >= detector.digits and lettered >= detector.letters and detector.finds(cell):
            return detector.kind
    return _number(cell) if digits >= _FEWEST_DIGITS else ""


def identity_among(cells: Iterable[str]) -> str:
    """The kind of the first identity in some cells, or an empty string."""
    return next(filter(None, map(identity_in, cells)), "")


def _is_named(cell: str) -> bool:
    """Whether a cell has a name after a title or a role, and not an ordinary word ("teacher: Finnish language")."""
    if not patterns.PERSON.search(cell):
        return False
    introduced = patterns.INTRODUCED.finditer(cell)
    return bool(patterns.TITLED.search(cell)) or any(not ordinary(found[1] or found[2]) for found in introduced)


def _is_case(cell: str) -> bool:
    return bool((patterns.LETTER.search(cell) or "/" in cell) and patterns.CASE.search(cell))


def free_text(cell: str) -> bool:
    """Whether a cell is long enough to contain anything about a person; words without letters do not count."""
    return len(cell) > FREE_TEXT_LENGTH or sum(any(map(str.isalpha, word)) for word in cell.split()) >= FREE_TEXT_WORDS


def unread_identity(cell: str) -> str:
    """The kind of identity in a cell that is not a known value, beyond what `identity_in` finds."""
    return "free text" if free_text(cell) else "name" if full_name_in(cell) or first_name_in_remark(cell) else ""


def _plain(cell: str) -> str:
    """Remove invisible characters; convert wide letters and the digits of other scripts to plain ones."""
    text = unicodedata.normalize("NFKC", "".join(each for each in cell if unicodedata.category(each) != "Cf"))
    return _OTHER_DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), text)


def _bare_code(cell: str) -> bool:
    """Whether a cell has an identity code without its separator; only a correct check letter tells it from a number."""
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
    from stdnum import iban  # few files need it

    return bool(iban.is_valid(found[0], check_country=False))


def _number(cell: str) -> str:
    """Return "phone number", "long number" (of a customer or case) or ""; dates, amounts and lists are neither."""
    left = _ZERO.sub("0", without_harmless(cell).replace("_", " "))
    if _phone(left):
        return "phone number"
    return "long number" if patterns.LONG_NUMBER.search(left) or _grouped(left) else ""


def _phone(cell: str) -> bool:
    if _count(patterns.AREA_CODE.search(cell)) >= _PHONE_DIGITS:
        return True
    if _count(patterns.PHONE.search(cell)) < _PHONE_DIGITS:
        return False
    import phonenumbers  # a slow import that few files need

    numbers = phonenumbers.PhoneNumberMatcher(cell, "FI", leniency=phonenumbers.Leniency.POSSIBLE)
    return any(True for _ in numbers)


def _count(found: re.Match[str] | None) -> int:
    """The number of digits in a match."""
    return sum(map(str.isdigit, found[0])) if found else 0


def _grouped(cell: str) -> bool:
    """Whether a cell has digits in groups as in phone and case numbers, unlike a list of ages or years."""
    if _count(patterns.GROUPS.search(cell)) >= _GROUPED_DIGITS:
        return True
    found = patterns.DIGITS_APART.search(cell)
    if not found:
        return False
    groups = re.split(r"[\s-]", found[0])
    return any(len(group) > 4 for group in groups) and len(groups) <= 3


_DETECTORS = (
    _Detector("identity code", _FEWEST_DIGITS - 1, False, patterns.CODE.search),
    _Detector("identity code", _FEWEST_DIGITS - 1, False, _bare_code),
    _Detector("social media account", 0, False, codes.is_handle),
    _Detector("passport or card number", 0, False, codes.is_machine_readable),
    _Detector("number plate", 1, False, codes.is_plate),
    _Detector("device or network address", 3, False, codes.is_device),
    _Detector("coordinates", 3, False, codes.COORDINATES.search),
    _Detector("identity code", _FEWEST_DIGITS, False, codes.NATIONAL.search),
    _Detector("passport or card number", _FEWEST_DIGITS, False, codes.is_document),
    _Detector("e-mail address", 0, True, codes.has_mail),
    _Detector("address", 0, True, re.compile("c/o").search),
    _Detector("address", 1, True, patterns.STREET.search),
    _Detector("name", 0, True, _is_named),
    _Detector("date of birth", 1, True, has_birth_date),
    _Detector("passport or card number", _FEWEST_DIGITS, True, patterns.PASSPORT.search),
    _Detector("bank account", _FEWEST_DIGITS, True, _iban),
    _Detector("customer or case number", 1, False, _is_case),
)
"""In this order: first identities with an unmistakable form, then those that look like other numbers or words."""
