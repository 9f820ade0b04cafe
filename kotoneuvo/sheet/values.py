"""Read phone numbers, addresses, hours and days as people and spreadsheets write them, in the catalogue's form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from kotoneuvo.advice.hours import DAYS, parse_hours
from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.catalogue.contacts import is_url, mistakes
from kotoneuvo.catalogue.fields import Shape
from kotoneuvo.dates import WEEKDAYS, iso_date

_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet's serial numbers for days."""
_SERIAL = re.compile(r"[3-6]\d{4}")  # from 1982 to 2091
_TIME = re.compile(r"(\d{1,2})(?:[.:](\d\d))?\s*[-–—]\s*(\d{1,2})(?:[.:](\d\d))?")
_LONG_DAYS = {
    "maanantai": 0, "tiistai": 1, "keskiviikko": 2, "torstai": 3, "perjantai": 4, "lauantai": 5, "sunnuntai": 6,
    "måndag": 0, "tisdag": 1, "onsdag": 2, "torsdag": 3, "fredag": 4, "lördag": 5, "söndag": 6,
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
_SHORT_SWEDISH = ("må", "ti", "on", "to", "fr", "lö", "sö")
_AND = re.compile(r"\s*(?:,|;|&|\+|\bja\b|\boch\b|\band\b)\s*")
_CLOCK = re.compile(r"\b(?:klo|kello|kl)\b\.?\s*", re.IGNORECASE)


def phone(text: str) -> str:
    """A phone number with +358, or as it is dialled if it has no such form; a spreadsheet may have dropped its + or 0.

    Raises InputProblems for anything but one phone number.
    """
    import phonenumbers

    written = " ".join(text.removeprefix("tel:").replace("\xa0", " ").split())
    _refuse_mistakes(written or text, "phone")
    parsed = phonenumbers.parse(written, "FI")
    if not phonenumbers.is_valid_number(parsed):
        return written
    if " " in written and written[:1] in "+0":  # keep the grouping that the organisation itself uses
        return written if written.startswith(("+", "0800")) else f"+358 {written[1:]}"
    # Freephone numbers do not work from abroad, so they get no country code.
    free = phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.TOLL_FREE
    form = phonenumbers.PhoneNumberFormat.NATIONAL if free else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(parsed, form))


def email(text: str) -> str:
    """One e-mail address. Raises InputProblems for anything else."""
    written = text.strip().removeprefix("mailto:")
    _refuse_mistakes(written or text, "email")
    return written


def page(text: str) -> str:
    """The URL of a page. Raises InputProblems for anything else."""
    written = text.strip()
    near = f"https://{written}"
    _refuse_mistakes(written, "page", near if is_url(near) and not is_url(written) else "")
    return written


def day(text: str, today: date) -> date:
    """A day in Finnish or ISO form, or as a spreadsheet's serial number. Raises InputProblems, also for the future."""
    # Spreadsheets add midnight to a day: "2026-11-28 00:00:00".
    written = re.sub(r"[T ]\d\d?[:.]\d\d.*$", "", text.strip()).rstrip(".")
    try:
        found = (
            _EPOCH + timedelta(int(written)) if _SERIAL.fullmatch(written) else date.fromisoformat(iso_date(written))
        )
    except ValueError:
        raise InputProblems([Problem(N_('"{found}" is not a day'), {"found": text}, allowed=("30.11.2026",))]) from None
    if found > today:
        raise InputProblems([Problem(N_("this date is in the future"), {"found": text})])
    return found


def hours(text: str, language: str) -> str | dict[str, str]:
    """Hours as days and times ("Mo-Fr 09:00-15:00") if they are as simple as that, else in the editor's words."""
    parts: list[str] = []
    for part in filter(None, re.split(r"\s*[,;]\s*", _CLOCK.sub("", text.strip()))):
        found = _TIME.search(part)
        days = _days(part[: found.start()] if found else part)
        if days is None or (found and part[found.end() :].strip()):
            return {language: text.strip()}
        parts += days[:-1]
        parts.append(" ".join(filter(None, [days[-1] if days else "", _time(found) if found else ""])))
    written = ", ".join(parts)
    try:
        parse_hours(written)
    except ValueError:
        return {language: text.strip()}
    return written


def _days(text: str) -> list[str] | None:
    """Days in the form of schema.org: "ma ja ke–pe" becomes ["Mo", "We-Fr"]; None if there are other words."""
    found: list[str] = []
    for part in filter(None, _AND.split(text.strip())):
        ends = [_day(each) for each in re.split(r"\s*[-–—]\s*", part)]
        if len(ends) > 2 or None in ends:
            return None
        found.append("-".join(DAYS[each] for each in ends if each is not None))
    return found


def _day(name: str) -> int | None:
    word = name.strip().casefold().rstrip(".")
    for names in (*WEEKDAYS.values(), DAYS, _SHORT_SWEDISH):
        for place, known in enumerate(names):
            if word == known.casefold():
                return place
    # "maanantaisin", "maanantaina", "måndagar", "Mondays"; but not "maanantaina joka toinen viikko"
    return next((place for known, place in _LONG_DAYS.items() if re.fullmatch(rf"{known}\w*", word)), None)


def _time(found: re.Match[str]) -> str:
    return f"{int(found[1]):02}:{found[2] or '00'}-{int(found[3]):02}:{found[4] or '00'}"


def _refuse_mistakes(written: str, shape: Shape, suggestion: str = "") -> None:
    """Raise InputProblems with what the catalogue's own check would say of a value."""
    if found := [each._replace(suggestion=suggestion) for each in mistakes(written, shape)]:
        raise InputProblems(found)


BY_FIELD: Mapping[str, Callable[[str], str]] = {"phone": phone, "email": email, "url": page}
"""The functions that read fields of a contact point; other fields are taken as they are."""
