"""What is harmless in a cell however many digits it has: dates, hours, amounts, lists of ages and of codes.

The identity guard looks past these (`without`) before it looks for numbers of phones, customers and cases.
"""

from __future__ import annotations

import re

_DAY, _MONTH, _YEAR = "(?:0?[1-9]|[12][0-9]|3[01])", "(?:0?[1-9]|1[0-2])", "(?:19|20)[0-9]{2}"
_DASH = r"\s?[-\u2010-\u2015]\s?"
_CLOCK = r"[0-2]?[0-9][.:][0-5][0-9]"
_START, _END = r"(?<![0-9])(?<![0-9][\s./\u2010-\u2015-])(?<!\+)", r"(?![.,/]?[0-9])"
DATE = (
    rf"(?:{_DAY}([./-])\s?{_MONTH}\1\s?(?:{_YEAR}|[0-9]{{2}})|{_MONTH}/{_DAY}/(?:{_YEAR}|[0-9]{{2}})"
    rf"|{_YEAR}([-/.]){_MONTH}\2{_DAY}|20[0-9]{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))"
)
"""A full day: 12.5.2026, 12.5.26, 2026-05-12, 12/5/2026, 5/12/2026, 20260512."""
_RUN_TOGETHER = rf"19[0-9]{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])|(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2]){_YEAR}"
"""19940512 and 12051994: long enough to be anything, so the guard does not look past them."""
_TIMES = rf"(?:klo|kl\.?)\s?{_CLOCK}|{_CLOCK}{_DASH}{_CLOCK}|[0-2]?[0-9]:[0-5][0-9](?::[0-9]{{2}}(?:[.,][0-9]+)?)?(?:\s?Z|[+-][0-9]{{2}}:?[0-9]{{2}})?"
_AMOUNT = r"(?:[1-9][0-9]{0,2}(?:[ .,][0-9]{3}){1,2}|[1-9][0-9]{0,7}|0)(?:[.,][0-9]{1,2})?"
_UNIT = r"(?:€|%|e\b|eur\b|euroa?\b|kr\b|h\b|t\b|tuntia\b|timmar\b|hours\b|op\b|kpl\b|km\b)"
_SMALL = r"[0-9]{1,2}"
_BETWEEN = r"(?:\s?[-\u2010-\u2015/;,+.]\s?|\s(?:(?:ja|och|and|tai)\s)?)"
_CODES_BETWEEN = r"(?:/|\s[-\u2010-\u2015]\s)"

_HARMLESS = re.compile(
    "|".join((
        # The date without its centuries would be the beginning of a phone number in pairs: 06.12.34 of 06.12.34.56.78.
        rf"(?<![0-9])(?<![0-9][./])(?<!\+)(?:{DATE})(?:[T ,]{{0,2}}\s?(?:klo\s|kl\.?\s)?{_CLOCK}(?::[0-9]{{2}})?(?:[.,][0-9]+)?(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})?)?{_END}",
        rf"{_START}(?:{_TIMES}){_END}",
        rf"{_START}{_DAY}\.\s?{_MONTH}\.(?!\s?[0-9])",
        rf"(?<![0-9])(?<!\+)(?:(?:{_MONTH}[./-]{_YEAR}|{_YEAR}[-/.]{_MONTH}){_DASH})?(?:(?:{_MONTH}[./-]{_YEAR}|{_YEAR}[-/.]{_MONTH})){_END}",
        rf"{_START}{_YEAR}(?:(?:{_DASH}|[\s,/]+){_YEAR})+(?![\s-]?[0-9])",
        rf"(?:€|eur)\s?{_AMOUNT}(?![0-9])",
        rf"{_START}(?:{_AMOUNT}{_DASH})?{_AMOUNT}\s?{_UNIT}",
        rf"{_START}{_AMOUNT}{_DASH}[1-9][0-9]{{0,3}}00(?![\s-]?[0-9])(?<=00)",
        rf"{_START}[1-9][0-9]{{0,2}} [0-9]{{3}}{_DASH}[1-9][0-9]{{0,2}} [0-9]{{3}}(?![\s-]?[0-9])",
        r"(?<![0-9.,+])(?:0|[1-9][0-9]{0,6})[.,][0-9]+(?![0-9.,])",
        # Two postcodes; those that begin like a mobile number are left to the guard.
        rf"{_START}(?!0(?:4|50))[0-9]{{4}}[015](?:{_DASH}|\s?[/,]\s?|\s)[0-9]{{4}}[015](?![\s-]?[0-9])",
        # Ages, bands and grades in a row, but not a French number in five pairs.
        rf"(?!0[0-9](?:[ .-][0-9]{{2}}){{4}}(?![0-9])){_START}(?<!\()(?:{_SMALL}{_BETWEEN}){{2,}}{_SMALL}\b(?![\s./-]?[0-9])",
        rf"{_START}[0-9]{{3}}(?:{_CODES_BETWEEN}[0-9]{{3}}){{1,}}(?![\s-]?[0-9])",
        rf"{_START}(?!358|37[0-2]|380)[0-9]{{3}}(?:([ -])[0-9]{{3}})(?:\3[0-9]{{3}}){{2,}}(?![\s-]?[0-9])",
        rf"{_START}20[0-9]{{2}}(?:0[1-9]|1[0-2])-[0-9]{{1,2}}(?![0-9])",
    )),
    re.IGNORECASE,
)  # fmt: skip
_IN_A_LIST = r"(?<![0-9])(?<![0-9][./-])", r"(?![./-]?[0-9])"
_ANY_DATE = re.compile(rf"(?:{DATE}|{_RUN_TOGETHER})".join(_IN_A_LIST))
# A year of two digits may be an age up to 17, and the date a list of children's ages.
_NO_LIST_OF_AGES = re.compile(
    rf"(?:{_DAY}([./-])\s?{_MONTH}\1\s?(?:{_YEAR}|1[89]|[2-9][0-9])|{_YEAR}([-/.]){_MONTH}\2{_DAY}|{_RUN_TOGETHER})".join(
        _IN_A_LIST
    )
)
_BORN = re.compile(
    rf"\b(?:s|synt|syntynyt|syntymäaika|s\.?aika|f|född|född den|born|born on|dob|рожд\w*)\b[.:]?\s*(?:{DATE})(?![0-9])",
    re.IGNORECASE,
)


def without(cell: str) -> str:
    """The cell with a bar in the place of everything harmless."""
    return _HARMLESS.sub("|", cell)


def has_date(cell: str, among_ages: bool = False) -> bool:
    """Whether a full date is in the cell; in a list of ages (`among_ages`) "2.5.11" is none."""
    return bool((_NO_LIST_OF_AGES if among_ages else _ANY_DATE).search(cell))


def says_born(cell: str) -> bool:
    """Whether the cell says when somebody was born."""
    return bool(_BORN.search(cell))
