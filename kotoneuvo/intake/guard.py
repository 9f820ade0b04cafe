"""The identity guard: finds in headers and cells what names a person. It never repeats what it found.

It refuses more than a validator would accept: a mistyped identity code is still one. `benchmarks/guard.py` measures it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from kotoneuvo.intake import identity_patterns as patterns
from kotoneuvo.intake.codes import other_code
from kotoneuvo.intake.harmless_numbers import has_date, plainly_harmless, says_born, without_harmless
from kotoneuvo.intake.mail import has_mail
from kotoneuvo.intake.ordinary import ordinary

FREE_TEXT_LENGTH = 80
FREE_TEXT_WORDS = 9
"""A cell longer than this that is no known value may hold anything, names and health included."""
SHORTEST, LONGEST = 6, 1000
"""Nothing shorter names a person by itself (a@b.fi), and nothing longer is an answer."""
_ACCOUNT_DIGITS = 14
"""So many digits are an account, whatever its check digits say; with fewer, and letters, they must be right."""
MOST_PARTS = 5
"""Longer is a sentence."""
NAMES, NAMES_SHARE = 5, 0.6
"""So many different cells shaped like names, and such a share of all different ones, are a column of names."""
NAMES_IN_SMALL, SMALL_SHARE, ORDINARY_SHARE = 8, 0.8, 0.4
"""So many and such a share if they are without capitals, and at most such a share of those look like other words."""
ORDINARY_WORDS = 0.4
"""With a word of the catalogue, of CLDR or of forms in such a share of the cells, a column holds no names."""
_WORDS_SHARE, _MANY_WORDS, _BOTH_SHARE = 0.45, 20, 0.4
"""Such a share of the first words of names differ, or so many, and of the last; few are first here and last there."""
_FEWEST_DIGITS = 5
"""No code, phone or account has fewer."""
_PHONE_DIGITS, _GROUPED_DIGITS = 7, 8
"""Seven digits in groups may still be an amount of money: eight are not looked past."""
_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_COMMAS = re.compile("[,،、，]")
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


def identity_in(cell: str) -> str:
    """The kind of identity that a cell holds, or an empty string; shorter free text is judged apart."""
    if len(cell) < SHORTEST:
        return ""
    if len(cell) > LONGEST:
        return "free text"
    if not cell.isascii():
        cell = _plain(cell)
    if plainly_harmless(cell):
        return ""
    lettered = bool(patterns.LETTER.search(cell))
    digits = sum(map(str.isdigit, cell))
    # Of a code's digits, zeros and ones may be typed as letters.
    if digits >= _FEWEST_DIGITS - 1 and (patterns.CODE.search(cell) or _bare_code(cell)):
        return "identity code"
    if kind := other_code(cell, digits):
        return kind
    if lettered and (kind := _spelled(cell, digits)):
        return kind
    if digits and (lettered or "/" in cell) and patterns.CASE.search(cell):
        return "customer or case number"
    return _number(cell) if digits >= _FEWEST_DIGITS else ""


def _spelled(cell: str, digits: int) -> str:
    """The kind of identity that a cell holds in letters, or in letters and digits; most cells have no sign of any."""
    if patterns.AT.search(cell) and has_mail(cell):
        return "e-mail address"
    if "c/o" in cell or (digits and patterns.STREET.search(cell)):
        return "address"
    if patterns.PERSON.search(cell) and (patterns.TITLED.search(cell) or _introduced(cell)):
        return "name"
    if not digits:
        return ""
    if says_born(cell):
        return "date of birth"
    if digits < _FEWEST_DIGITS:
        return ""
    return "passport or card number" if patterns.PASSPORT.search(cell) else "bank account" if _iban(cell) else ""


def _introduced(cell: str) -> bool:
    """Whether somebody's part is said and then two words that are no everyday ones: a teacher's, not a school's."""
    return any(not ordinary(found[1] or found[2]) for found in patterns.INTRODUCED.finditer(cell))


def free_text(cell: str) -> bool:
    """Whether a cell that is no known value is long enough to say anything about a person; numbers are no words."""
    return len(cell) > FREE_TEXT_LENGTH or sum(map(_has_letter, cell.split())) >= FREE_TEXT_WORDS


def is_date(cell: str, several: bool = False) -> bool:
    """Whether a date is in a cell: in a column of ages, one of birth. Among `several` ages, "2.5.11" is none."""
    return has_date(cell, among_ages=several)


def name_shaped(cell: str) -> bool:
    """Whether a cell is two to five words written like the parts of a person's name (or of a course's).

    A part begins with a capital letter, or is of a script that has none; the last one may be an initial with a dot.
    """
    words = _COMMAS.sub(" ", _unmarked(cell)).split()
    parts = [word for word in words if word not in patterns.PARTICLES]
    if len(parts) < 2 or len(words) > MOST_PARTS:
        return bool(patterns.CHINESE_NAME.fullmatch(cell.strip()))
    return all(map(_name_part, parts))


def names_among(cells: Iterable[str]) -> frozenset[str]:
    """The cells shaped like a person's name, if a column's different cells are mostly that; else none.

    One such cell alone may be a course or a place; many different ones are a column of names, whatever its header.
    Names spelled otherwise (with initials, a slash, an age, in small letters) must differ in their words as well:
    "Ryhmä A" and "Ryhmä B" do not.
    """
    filled = {cell for cell in cells if cell.strip()}
    found = _names_among(filled)
    # Answers, titles and places have words that names seldom have.
    return frozenset() if found and sum(map(ordinary, found)) >= ORDINARY_WORDS * len(found) else found


def _names_among(filled: set[str]) -> frozenset[str]:
    short = [cell for cell in filled if len(cell) <= FREE_TEXT_LENGTH]
    shaped = set(filter(name_shaped, short))
    if _mostly(shaped, filled, NAMES, NAMES_SHARE):
        return frozenset(shaped)
    shaped.update(filter(patterns.NAME_OTHERWISE.fullmatch, short))
    if _mostly(shaped, filled, NAMES, NAMES_SHARE):
        return frozenset(shaped if _words_differ(shaped) else ())
    small = set(filter(patterns.NAME_IN_SMALL.fullmatch, filter(str.islower, short)))
    ordinary = sum(1 for cell in small if patterns.ORDINARY.search(cell))
    both = shaped | small
    named = _mostly(both, filled, NAMES_IN_SMALL, SMALL_SHARE) and ordinary <= ORDINARY_SHARE * len(small)
    return frozenset(both if named and _words_differ(both) else ())


def _mostly(some: set[str], every: set[str], least: int, share: float) -> bool:
    return len(some) >= least and len(some) >= share * len(every)


def _words_differ(cells: set[str]) -> bool:
    """Whether both the first words of cells and the last ones are many, and mostly not the same ones.

    Of languages and places, any stands now first, now last. A cell of initials counts as a word.
    """
    words = [patterns.WHOLE_WORD.findall(cell.partition("(")[0]) or [cell] for cell in cells]
    first, last = [each[0] for each in words], [each[-1] for each in words if len(each) > 1]
    many = all(len(set(some)) >= min(_WORDS_SHARE * len(some), _MANY_WORDS) for some in (first, last))
    return many and len({*first} & {*last}) <= _BOTH_SHARE * len({*first})


def _name_part(word: str) -> bool:
    whole = patterns.NAME_PART.fullmatch(word.removesuffix("."))
    return whole is not None and not whole[1].islower() and (len(word) > 1 or bool(patterns.CHINESE.fullmatch(word)))


def _unmarked(cell: str) -> str:
    """The cell without the marks that scripts like Thai and Arabic set on their letters."""
    return cell if cell.isascii() else "".join(each for each in cell if not unicodedata.category(each).startswith("M"))


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
