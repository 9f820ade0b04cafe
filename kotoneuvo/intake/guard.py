"""The identity guard: finds in headers and cells what names a person. It never repeats what it found.

It refuses more than a validator would accept: a mistyped identity code is still one. `benchmarks/guard.py` measures it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from kotoneuvo.intake.shapes import has_date, says_born, without

FREE_TEXT_LENGTH = 80
FREE_TEXT_WORDS = 9
"""A cell longer than this that is no known value may hold anything, names and health included."""
_SHORTEST = 6
"""Nothing shorter names a person by itself: a@b.fi."""

_DASHES = "-\u2010-\u2015\u2212\u2043~_/"
_DIGIT = "[0-9OoIl|]"
_DAY = "[0-3O][0-9OoIl][.]?[01Ol][0-9OoIl]"
# DDMMYY, a separator, three digits and a check character. Typing slips count: "O" and "l" for 0 and 1, blanks, a sign
# twice, a wrong letter, a digit too few or too many, other signs in the date, stars for the end or no end at all.
_CODE = re.compile(
    rf"(?<![0-9]){_DIGIT}{{6}}\s?(?:[{_DASHES}+]{{1,2}}|[A-Za-z]{{1,2}})\s?{_DIGIT}{{3}}\s?[0-9A-Za-z](?![0-9A-Za-z])"
    rf"|(?<![0-9])[0-9]{{5,7}}[A-Za-z]{{1,2}}[0-9]{{2,4}}[0-9A-Za-z](?![0-9A-Za-z])"
    rf"|(?<![0-9])[0-9]{{5,7}}[{_DASHES}+]{{1,2}}[0-9]{{2,4}}[A-Za-z](?![0-9A-Za-z])"
    rf"|(?<![0-9])[0-9]{{5,7}}\+{{1,2}}[0-9]{{3,5}}(?![0-9A-Za-z])|(?<![0-9])(?:19|20)[0-9]{{6}}[-+][0-9]{{4}}(?![0-9])"
    rf"|(?<![0-9]){_DAY}[0-9]{{2}}\s?[-+A-FU-Y][0-9*?xX]{{0,2}}(?:[xX*?]{{2,4}}|[0-9]{{3,5}})[0-9A-Za-z]?(?![0-9A-Za-z])"
    rf"|(?<![0-9]){_DAY}[0-9]{{2}}-(?=[,;)\s]|$)(?!\s?[0-9])"
    rf"|(?<![0-9])[0-3][0-9]([.\s-]?)[01][0-9]\1(?:19|20)?[0-9]{{2}}\s?[{_DASHES}+A-FU-Y]\s?[0-9]{{3}}\s?[0-9A-Za-z](?![0-9A-Za-z])"
)
_BARE_CODE = re.compile(r"(?<![0-9])([0-3][0-9][01][0-9]{3})([0-9]{3})([0-9A-Ya-y])(?![0-9A-Za-z])")
_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_AT = r"(?:\s?@\s?|\s?[(\[{](?:at|a|ät|ät-merkki)[)\]}]\s?|\s+ät\s+|\s+miukumauku\s+)"
_DOT = r"(?:\s?[.,]\s?|\s?[(\[](?:dot|piste|punkt)[)\]]\s?|\s+(?:dot|piste|punkt)\s+)"
_EMAIL = re.compile(
    rf"[\w.+-]{{2,}}{_AT}[\w-]+{_DOT}[a-z]{{2,}}|[\w.+-]{{2,}}@[a-z][\w-]+|\w+[.+_0-9-][\w.+-]*\s+at\s+[\w-]+{_DOT}[a-z]{{2,}}",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[0-9A-Z]{4}){2,7}\s?[0-9A-Z]{0,3}\b", re.IGNORECASE)
# "kielipolku 2" and "urapolku 1" are courses.
_STREET = re.compile(
    r"\b(?:\w+(?:katu|kuja|raitti|väylä|gatan|vägen|gränden|stigen|allén|stra(?:ß|ss)e|esplanadi)|\w{3,}(?:kaari|tie|puisto)"
    r"|(?!\w*(?:kieli|opinto|koulutus|oppimis|ura|koto\w*|osaamis|palvelu|työ|hoito)polku)\w{3,}polku)\s?\d{1,4}(?!\d)"
    r"|\b(?:ul|ул|вул|просп|str)\.\s?\w{3,}[\w\s]{0,20}\s\d|\b\d{1,4}\s+(?:\w+\s+){1,2}(?:street|road|avenue|lane)\b"
    r"|\bc/o\b|\b(?:PL|PB|\w{4,})\s\d{1,4}\s?\w?(?:\s\d{1,3})?,\s?\d{5}\s\w{3,}|\b[^\W\d]{6,}\s\d{1,3}\s[a-h]\s\d{1,3}\b",
    re.IGNORECASE,
)
_TITLED = re.compile(
    rf"\b(?:(?i:rouva|rva|herra|hra|neiti|fru|herr|fröken|mr|mrs|ms|dr)\.?\s+(?=[^\W\d_])(?-i:al-|el-)?(?-i:[A-ZÅÄÖÉ])[\w'’-]+"
    rf"|(?i:asiakas|asiakkaan nimi|nimi|namn|name|äiti|isä|puoliso|vaimo|mies|lapsi|kund|mor|far|client|customer"
    rf"|mother|father|wife|husband|\w*työntekijä|\w*ohjaaja|handläggare):?\s+[A-ZÅÄÖÉ][\w'’-]+(?:\s[A-Z][\w'’-]+)*\s(?:al-)?[A-ZÅÄÖÉ][\w'’-]+)"
)
_CASE = re.compile(
    r"\b[A-ZÅÄÖ]{1,6}/\d{2,}/(?:[\d.]+/)*(?:19|20)\d\d\b|(?<!\d)\d{5,}/(?:19|20)\d\d\b"
    r"|\b(?i:(?:asia|asiakas|dia?ari?|hakemus|päätös|kund|ärende|case|client|customer|uma|dnro|mig|pol)\w{0,3}[\s.:-]*"
    r"(?:(?:nro|nr|no|n:o|numero|number|nummer|id|tunnus)[\s.:-]*\d{3,}|\d{5,}|(?:19|20)\d\d-\d{4,}))"
)
_PASSPORT = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,2}\s?(?!20\d\d(?:0[1-9]|1[0-2])\b)\d{6}(?![\dA-Za-z])")
_PHONE = re.compile(r"(?<![\w.])(?:\+|00|\(?0)[\d\s()/.\u2010-\u2015-]{5,}\d")
_AREA = re.compile(r"\(\+?\d{1,4}\)\s?\d{2,4}[\s-]?\d{2,4}(?:[\s-]?\d\d)?")
_LONG_NUMBER = re.compile(r"\d{7,}")
_DIGITS_APART = re.compile(r"\d(?:[\s-]?\d){6,}")
# 45 652 2712, 67 123 45 67, 512 345 035: eight digits or more around a group of three; seven are an amount.
_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}[\s-]\d{3}(?:[\s-]\d{2,4}){1,3}(?!\d)|(?<![\d.,])\d{3}(?:[\s-]\d\d){3}(?!\d)")
_SUSPECT = re.compile(
    r"\d\D{0,4}\d\D{0,4}\d\D{0,4}\d|@|\b(?:at|ät)\b|\(a\)|c/o|miukumauku"
    r"|\b(?:rouva|rva|herra|hra|neiti|fru|herr|fröken|mr|mrs|ms|dr|asiakas|asiakkaan|nimi|namn|name|äiti|isä|puoliso|vaimo|mies|lapsi"
    r"|kund|mor|far|client|customer|mother|father|wife|husband|\w*työntekijä|\w*ohjaaja|handläggare)\b",
    re.IGNORECASE,
)
"""A cell without four digits near each other, an at sign or a word for a person needs one look only."""
_ZERO = re.compile(r"(?<![A-Za-z])[Oo](?=\d)|(?<=\d)[Oo](?=[\d\s-])")
NAMES, NAMES_SHARE = 5, 0.6
"""So many different cells shaped like names, and such a share of all different ones, are a column of names."""
_WORD = r"(?:(?:al-|el-|von |van |de |af |bin )?[A-ZÅÄÖÉÜŠŽĐŁА-ЯЁЄІЇҐ][^\W\d_]+(?:[-'’][^\W\d_]+)*)"
_NAME = re.compile(rf"{_WORD},?(?:\s{_WORD}){{0,2}}\s(?:{_WORD}|[A-ZÅÄÖ]\.?)$")
_NO_CASE_NAME = re.compile(r"[\u0590-\u08ff\u0900-\u0dff\u1200-\u137f]+(?:\s[\u0590-\u08ff\u0900-\u0dff\u1200-\u137f]+){1,3}$|[\u4e00-\u9fff]{2,4}$")
_DIGIT_ELSEWHERE = re.compile(r"(?![0-9])\d")


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
    if len(cell) < _SHORTEST:
        return ""
    if not cell.isascii():
        cell = _plain(cell)
    if not _SUSPECT.search(cell):
        return "address" if _STREET.search(cell) else ""
    if _CODE.search(cell) or _bare_code(cell):
        return "identity code"
    for sign, kind in _SIGNS:
        if sign.search(cell):
            return kind
    if _iban(cell):
        return "bank account"
    if says_born(cell):
        return "date of birth"
    return _number(cell)


_SIGNS = (
    (_EMAIL, "e-mail address"),
    (_STREET, "address"),
    (_TITLED, "name"),
    (_CASE, "customer or case number"),
    (_PASSPORT, "passport or card number"),
)


def free_text(cell: str) -> bool:
    """Whether a cell that is no known value is long enough to say anything about a person."""
    return len(cell) > FREE_TEXT_LENGTH or sum(map(_has_letter, cell.split())) >= FREE_TEXT_WORDS


def is_date(cell: str, several: bool = False) -> bool:
    """Whether a date is in a cell: in a column of ages, one of birth. In a list of ages (`several`) "2.5.11" is none."""
    return has_date(cell, among_ages=several)


def names_among(cells: Iterable[str]) -> frozenset[str]:
    """The cells shaped like a person's name, if a column's different cells are mostly that; else none.

    One such cell alone may be a course or a place; many different ones are a column of names, whatever its header.
    """
    filled = {cell.strip() for cell in cells} - {""}
    shaped = {cell for cell in filled if _NAME.match(cell) or _NO_CASE_NAME.match(cell)}
    if len(shaped) < NAMES or len(shaped) < NAMES_SHARE * len(filled):
        return frozenset()
    return frozenset(cell for cell in cells if cell.strip() in shaped)


def _has_letter(word: str) -> bool:
    return any(map(str.isalpha, word))


def _plain(cell: str) -> str:
    """The cell without invisible characters, with digits of other scripts and wide letters as plain ones."""
    text = unicodedata.normalize("NFKC", "".join(each for each in cell if unicodedata.category(each) != "Cf"))
    return _DIGIT_ELSEWHERE.sub(lambda found: str(unicodedata.decimal(found[0])), text)


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


def _number(cell: str) -> str:
    """A phone number, or a number long enough for a customer or a case; dates, amounts and lists are none."""
    left = _ZERO.sub("0", without(cell).replace("_", " "))
    if _phone(left):
        return "phone number"
    return "long number" if _LONG_NUMBER.search(left) or _digits(left) else ""


def _phone(cell: str) -> bool:
    if _count(_AREA.search(cell)) >= 7:
        return True
    if _count(_PHONE.search(cell)) < 7:
        return False
    import phonenumbers

    numbers = phonenumbers.PhoneNumberMatcher(cell, "FI", leniency=phonenumbers.Leniency.POSSIBLE)
    return any(True for _ in numbers)


def _count(found: re.Match[str] | None) -> int:
    """How many digits a match has."""
    return sum(map(str.isdigit, found[0])) if found else 0


def _digits(cell: str) -> bool:
    """Digits in groups, as numbers of phones, customers and cases are written (and no list of ages or years)."""
    if _count(_GROUPS.search(cell)) >= 8:
        return True
    found = _DIGITS_APART.search(cell)
    if not found:
        return False
    groups = re.split(r"[\s-]", found[0])
    return any(len(group) > 4 for group in groups) and len(groups) <= 3
