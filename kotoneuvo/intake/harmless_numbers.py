"""Numbers that do not identify anybody, however many digits they have: dates, hours, amounts, lists of ages and codes.

The identity guard removes them (`without_harmless`) before it looks for phone, customer and case numbers.
"""

from __future__ import annotations

import re

_DASHES = r"\u2010-\u2015-"
_TO = rf"\s?[{_DASHES}]\s?"
_DAY, _MONTH, _YEAR = "(?:0?[1-9]|[12][0-9]|3[01])", "(?:0?[1-9]|1[0-2])", "(?:19|20)[0-9]{2}"
_DD, _MM = "(?:0[1-9]|[12][0-9]|3[01])", "(?:0[1-9]|1[0-2])"
_OLD_DAY = rf"{_DAY}\.\s?{_MONTH}\.\s?[-'’][0-9]{{2}}"
_DATE = (
    rf"(?:{_DAY}([./-])\s?{_MONTH}\1\s?(?:{_YEAR}|[0-9]{{2}})|{_OLD_DAY}|{_MONTH}/{_DAY}/(?:{_YEAR}|[0-9]{{2}})"
    rf"|{_YEAR}([-/.]){_MONTH}\2{_DAY}|20[0-9]{{2}}{_MM}{_DD})"
)
"""A full day: 12.5.2026, 12.5.26, 12.5.-26, 2026-05-12, 12/5/2026, 5/12/2026, 20260512."""
_RUN_TOGETHER = rf"19[0-9]{{2}}{_MM}{_DD}|{_DD}{_MM}{_YEAR}"
"""19940512 and 12051994: these may be any long number, so they are not removed."""
_MONTHS = rf"(?:{_MONTH}[./-]{_YEAR}|{_YEAR}[-/.]{_MONTH})"
_CLOCK = r"[0-2]?[0-9][.:][0-5][0-9]"
_ZONE = r"(?:\s?Z|[+-][0-9]{2}:?[0-9]{2})?"
_SECONDS = r"(?::[0-9]{2})?(?:[.,][0-9]{1,9})?"
_TIMES = rf"(?:(?:klo|kl\.?)\s?{_CLOCK}|{_CLOCK}{_TO}{_CLOCK}|[0-2]?[0-9]:[0-5][0-9]{_SECONDS}{_ZONE})"
_AMOUNT = r"(?:[1-9][0-9]{0,2}(?:[ .,][0-9]{3}){1,2}|[1-9][0-9]{0,7}|0)(?:[.,][0-9]{1,2})?"
_THOUSANDS = "[1-9][0-9]{0,2} [0-9]{3}"
_UNIT = r"(?:€|%|(?:e|eur|euroa?|kr|h|t|tuntia|timmar|hours|op|kpl|km)\b)"
_POSTCODE = "[0-9]{4}[015]"
_SMALL_TO = rf"(?:\s?[{_DASHES}/;,+.]\s?|\s(?:(?:ja|och|and|tai)\s)?)"

_START = rf"(?<![0-9])(?<![0-9][\s./{_DASHES}])(?<![0-9]\s[{_DASHES}]\s)(?<!\+)"
_END, _NO_MORE = "(?![.,/]?[0-9])", rf"(?!\s?[{_DASHES}]?\s?[0-9])"
_HARMLESS = re.compile(
    "|".join((
        # A date must end there: "06.12.34" in the phone number 06.12.34.56.78 is not one.
        rf"(?<![0-9])(?<![0-9][./])(?<!\+){_DATE}(?:[T ,]{{0,2}}\s?(?:klo\s|kl\.?\s)?{_CLOCK}{_SECONDS}{_ZONE})?{_END}",
        rf"{_START}{_TIMES}{_END}",
        rf"{_START}{_DAY}\.\s?{_MONTH}\.(?!\s?[0-9])",
        rf"(?<![0-9])(?<!\+)(?:{_MONTHS}{_TO})?{_MONTHS}{_END}",
        rf"{_START}{_YEAR}(?:(?:{_TO}|[\s,/]{{1,3}}){_YEAR})+{_NO_MORE}",
        rf"(?:€|eur)\s?{_AMOUNT}(?![0-9])",
        rf"{_START}(?:{_AMOUNT}{_TO})?{_AMOUNT}\s?{_UNIT}",
        # From one amount to another round one.
        rf"{_START}{_AMOUNT}{_TO}[1-9][0-9]{{0,3}}00{_NO_MORE}",
        rf"{_START}{_THOUSANDS}{_TO}{_THOUSANDS}{_NO_MORE}",
        r"(?<![0-9.,+])(?:0|[1-9][0-9]{0,6})[.,][0-9]{1,20}(?![0-9.,])",
        # Two postcodes, unless they begin like a mobile number.
        rf"{_START}(?!0(?:4|50)){_POSTCODE}(?:{_TO}|\s?[/,]\s?|\s){_POSTCODE}{_NO_MORE}",
        # Lists of ages, bands and grades: 2 5 9, 0-2 3-6. Pairs of digits that begin with 06 are a phone number.
        rf"{_START}(?<![()])(?<!\)\s)(?!0[0-9])"
        rf"(?:[0-9]{{1,2}}{_SMALL_TO}){{2,40}}[0-9]{{1,2}}\b(?![\s./-]?[0-9])",
        # Municipality codes: with slashes or spaced dashes between them, or more than three.
        rf"{_START}[0-9]{{3}}(?:(?:/|\s[{_DASHES}]\s)[0-9]{{3}})+{_NO_MORE}",
        rf"{_START}(?!358|37[0-2]|380)[0-9]{{3}}([ -])[0-9]{{3}}(?:\3[0-9]{{3}}){{2,}}{_NO_MORE}",
        # Time stamps of programs: Sep 08 2025 13:58:23 GMT-0500.
        rf"\b[a-z]{{3,9}}\s{_DAY},?\s{_YEAR}\s{_CLOCK}{_SECONDS}(?![0-9])",
        r"\b(?:GMT|UTC)[+-][0-9]{4}(?![0-9])",
        # Course codes: 202611-1 is the first course of November 2026.
        rf"{_START}20[0-9]{{2}}{_MM}-[0-9]{{1,2}}(?![0-9])",
    )),
    re.IGNORECASE,
)  # fmt: skip
_IN_A_LIST = r"(?<![0-9])(?<![0-9][./-])(?:%s)(?![./-]?[0-9])"
_ANY_DATE = re.compile(_IN_A_LIST % f"{_DATE}|{_RUN_TOGETHER}")
# In a column of ages, "2.5.11" may be three children: a two-digit year up to 17 does not make a date.
_NO_LIST_OF_AGES = re.compile(
    _IN_A_LIST
    % (
        rf"{_DAY}([./-])\s?{_MONTH}\1\s?(?:{_YEAR}|1[89]|[2-9][0-9])|{_OLD_DAY}|{_YEAR}([-/.]){_MONTH}\2{_DAY}"
        rf"|20[0-9]{{2}}{_MM}{_DD}|{_RUN_TOGETHER}"
    )
)
_WORD = r"[^\W\d]{3,12}"
_IN_WORDS = (
    rf"(?:{_DAY}(?:\.|st|nd|rd|th)?\s?(?:of\s|de\s)?{_WORD}\.?\s?(?:del?\s)?|{_WORD}\.?\s{_DAY}(?:st|nd|rd|th)?,?\s"
    rf"|{_WORD}\s{_DAY}\.?\s(?:päivänä|päivä|p:nä|pnä)\s){_YEAR}"
)
_BIRTH = (
    r"synt(?!yy)\w{0,12}(?:\.?\s?aika)?|född(?: den)?|födelse\w{0,8}|born(?: on)?|birth\w{0,4}|date of birth|dob"
    r"|geb(?:oren)?|geburts\w{0,8}|née?s?(?: le)?|nacid[oa](?: el)?|(?:fecha de )?nacimiento|nat[oa](?: il)?"
    r"|urodzon[ya]|sünd(?:inud|\.)|sünniaeg|doğum(?: tarihi)?|dhasha\w{0,6}|dhala\w{0,8}"
    r"|род(?:илс[яь]|илась)?|рожд\w{0,8}"
    r"|дата (?:рождения|народження)|народ\w{0,8}|нар|تاريخ الميلاد|مواليد|تولد|متولد|تاریخ تولد"
)
_SHORT_YEAR = rf"{_DAY}[./-]\s?{_MONTH}[./-]\s?[-'’]?[0-9]{{2}}"
_BORN = re.compile(
    rf"(?<!\w)(?:s|f|{_BIRTH})\b[.:]{{0,2}}\s{{0,3}}{_DATE}(?![0-9])"
    # "s." and "f." (born) need their dot here: "s 5/2026" is a page, and "f 3/2026" a lesson.
    rf"|(?<!\w)(?:[sf][.:]|(?:{_BIRTH})\b[.:]{{0,2}})\s{{0,3}}"
    rf"(?:{_DD}{_MM}[0-9]{{2}}|[0-9]{{2}}{_MM}{_DD}|{_SHORT_YEAR}|{_MONTHS}|{_IN_WORDS}|(?:in\s)?{_WORD}\s{_YEAR})(?![0-9])",
    re.IGNORECASE,
)
"""Born 1.5.1994, 24.12.-94, 010594, 5/1994, 1 May 1994, in May 1994, in the languages that desks write."""


_PLAIN = re.compile(
    rf"\s*(?:[0-9]{{1,6}}|{_DATE}(?:[T ]{_CLOCK}{_SECONDS})?|{_MONTHS}|[0-9]{{1,3}}{_TO}[0-9]{{1,3}}"
    r"|(?:[0-9]{1,2},\s?)+[0-9]{1,2})\s*"
)


def plainly_harmless(cell: str) -> bool:
    """Whether a cell is only a day, a month, a short number, a band or a list of small numbers (a quick test)."""
    return bool(_PLAIN.fullmatch(cell))


def without_harmless(cell: str) -> str:
    """Replace every harmless number in a cell with a vertical bar."""
    return _HARMLESS.sub("|", cell)


def has_date(cell: str, among_ages: bool = False) -> bool:
    """Whether a cell contains a full date; `among_ages`, "2.5.11" is a list and not a date."""
    return bool((_NO_LIST_OF_AGES if among_ages else _ANY_DATE).search(cell))


def has_birth_date(cell: str) -> bool:
    """Whether a cell says when somebody was born."""
    return bool(_BORN.search(cell))
