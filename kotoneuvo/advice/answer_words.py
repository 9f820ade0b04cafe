"""Words and dates that people write in answers: yes, no, not known, words around numbers, and dates of a permit."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from kotoneuvo.advice.problems import N_, InputProblems, Problem

# Forms mark a box with "x", and spreadsheets turn 1 into 1.0.
YES = {
    "yes", "true", "y", "k", "kylla", "on", "joo", "juu", "tosi", "ja", "j", "jo", "sant", "x", "1", "1.0",
    "✓", "✔", "☑", "✅",
}  # fmt: skip
NO = {"no", "false", "n", "e", "ei", "eiole", "eiviela", "notyet", "epatosi", "nej", "inteannu", "falskt", "0", "0.0"}
UNKNOWN = {
    "unknown", "notknown", "eitiedossa", "eitietoa", "eitieda", "tuntematon", "enosaasanoa", "okand", "okant", "ejkant",
    "intekant", "vetinte", "vetej", "saknas", "eivastausta", "ingetsvar", "noanswer", "idontknow", "dontknow",
    "entieda", "eiilmoitettu", "puuttuu", "eos", "ingenuppgift", "uppgiftsaknas", "eihaluakertoa", "eihaluavastata",
    "enhaluavastata", "prefernottosay", "villintesvara", "villinteuppge", "villejuppge",
}  # fmt: skip
_REWRITTEN = (
    (
        r"(?<=\w)[. ]*(?:v|vuotta|ar|years?)?\.? (?:tai|or|and|eller|och) "
        r"(?:yli|vanhemp\w+|older|over|more|higher|aldre|mer|hogre)$",
        "+",
    ),
    (r"\b(?:alle|under|below|less than|mindre an) ", "<"),
    (r"\b(?:yli|over|above|more than|mer an) ", ">"),
    (r"\b(?:vahintaan|minst|at least) ", ">="),
    (r"(?:^|(?<=[<>]))(?:vuosi|vuoden|ett ar|(?:a|one) year)$", "1"),
    (r"(?<=\d)[\s-]*(?:v|vuotta|vuosi|vuoden|vuotiaat|vuotias|ar|arig|aring|years?(?: old)?|yrs?|y|yo)\.?$", ""),
    (r"^(?:vuodesta|since|sedan|fran) (?=(?:19|20)\d\d$)", ""),
)
"""Words around numbers, and the signs that mean the same."""
_TIME = r"(?:[T ,]\s*\d{1,2}[:.]\d\d.*)?"
# Patterns are compiled when first used: most people give no date, and every start would wait for them.
_DATES = (
    r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d\d)" + _TIME,
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + _TIME,
    r"(?P<month>\d{1,2})[./-](?P<year>\d{4})",
    r"(?P<month>0[1-9]|1[0-2]|[1-9])/(?P<year>\d\d)",
    r"(?P<month>0[1-9])\.(?P<year>\d\d)",
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})",
)
"""Days and months in Finnish and ISO notation."""
_EITHER = r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d\d)" + _TIME
"""Dates that may be in British (day first) or American (month first) order."""
_LENGTH = (
    r"(?i)(?:(?P<years>\d{1,2})\s*(?:v|vuotta|vuosi|y|years?|yrs?|år)\.?\s*(?:ja|and|och|,)?\s*)?"
    r"(?P<months>\d{1,3})\s*(?:kk|kuukautta|kuukausi|mån|månader|månad|mo|months?)\.?"
)
_WEEKS = r"(?i)(\d{1,2})\s*(?:vk|vko|viikkoa?|veckor|vecka|weeks?)\.?"
_MONTHS = (
    ("tammi", "jan(?:uar[iy])?"), ("helmi", "feb(?:ruar[iy])?"), ("maalis", "mar(?:s|ch)?"), ("huhti", "apr(?:il)?"),
    ("touko", "ma[jy]"), ("kesä", "jun[ie]?"), ("heinä", "jul[iy]?"), ("elo", "aug(?:usti?)?"),
    ("syys", "sept?(?:ember)?"), ("loka", "o[kc]t(?:ober)?"), ("marras", "nov(?:ember)?"), ("joulu", "dec(?:ember)?"),
)  # fmt: skip
"""Finnish, and Swedish or English, as spreadsheets show them too: loka.23, okt-23, 15 October 2023."""
_NAMED = tuple(
    rf"(?i)(?:(?:since|sedan)\s+)?(?:\d{{1,2}}[\s.-]{{1,3}})?(?:{finnish}(?:k|kuu\w{{0,3}})?|{other})"
    r"\.?[\s.,'’-]{0,3}(?:\d{1,2},\s?)?(?P<year>\d{4}|\d\d)"
    for finnish, other in _MONTHS
)
_DIGITS = r"[\d\s./–-]+"
_SPAN = r"(\d{1,2})\s*[-–]\s*(\d{1,2})"
WIDEST = 10
"""Years. No form uses a wider band; two numbers that are further apart are a month and a year."""
_DOUBTFUL = N_("this may be a date or a number of years; write a month as 2024-05")


def plain_answer(answer: object) -> str:
    """Write an answer plainly: lower case, no marks on å, ä and ö, "<3" for "alle 3 v", "B1+" for "B1 or more"."""
    if isinstance(answer, float) and answer.is_integer():
        return str(int(answer))
    # Not `fold`: the words and units below are recognised by their spaces and signs, which folding removes.
    text = str(answer).strip().casefold().replace("\u00a0", " ").replace("å", "a").replace("ä", "a").replace("ö", "o")
    text = text.replace("≤", "<=").replace("≥", ">=").replace(",", ".")
    if text.isdecimal():
        return text
    for pattern, plainer in _REWRITTEN:
        text = re.sub(pattern, plainer, text)
    return text


def read_permit_date(text: str, today: date) -> list[str]:
    """The months ("2024-05") that a date may mean, or the full years in a number of months ("14 kk" is "1").

    Returns an empty list for anything else. A date that may be in British or American order means both months, unless
    only one of them is in the past on `today`.
    """
    length = re.fullmatch(_LENGTH, text)
    if length:
        return [str(int(length["years"] or 0) + int(length["months"]) // 12)]
    weeks = re.fullmatch(_WEEKS, text)
    if weeks:
        return [str(int(weeks[1]) // 52)]
    for month, pattern in enumerate(_NAMED, 1):
        if named := re.fullmatch(pattern, text):
            return [f"{_year(named['year']):04}-{month:02}"]
    either = re.fullmatch(_EITHER, text)
    if either:
        first, second, year = int(either[1]), int(either[3]), _year(either[4])
        days = [day for day in (_day(year, second, first), _day(year, first, second)) if day]
        past = [day for day in days if day <= today] or days
        return list(dict.fromkeys(f"{day.year:04}-{day.month:02}" for day in past))
    for pattern in _DATES:
        found = re.fullmatch(pattern, text)
        if found:
            day = _day(_year(found["year"]), int(found["month"]), int(found.groupdict().get("day") or 1))
            if day:
                return [f"{day.year:04}-{day.month:02}"]
    return []


def refuse_lists(text: str) -> None:
    """Raise InputProblems for numbers that would be read as a list of years or an implausibly wide band."""
    if not re.fullmatch(_DIGITS, text):
        return
    span = re.fullmatch(_SPAN, text)
    # A band from 0 cannot be a month; `allowed` shows the whole domain that way.
    wide = span is not None and int(span[1]) > 0 and abs(int(span[2]) - int(span[1])) > WIDEST
    month = re.fullmatch(r"(?:[1-9]|1[0-2])\.\d\d", text) and not text.endswith(".00")
    if "/" in text or wide or month or text.count(".") > 1 or len(re.findall(r"[-–]", text)) > 1:
        raise InputProblems([Problem(_DOUBTFUL)])


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _day(year: int, month: int, day: int) -> date | None:
    with suppress(ValueError):
        return date(year, month, day)
    return None
