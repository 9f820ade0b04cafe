"""What people and spreadsheets write for a number, an address, hours or a day, as a catalogue writes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from kotoneuvo.advice.hours import DAYS, parse_hours
from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.catalogue.contacts import is_email, is_phone, is_url
from kotoneuvo.dates import WEEKDAYS, iso_date

_EPOCH = date(1899, 12, 30)
"""Day 0 of the numbers that spreadsheets keep for days."""
_SERIAL = re.compile(r"[3-6]\d{4}")
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
    """A number from +358, or as it is dialled where it has no such form; a spreadsheet may have taken + or 0 away.

    Raises InputProblems for what is no single number.
    """
    import phonenumbers

    written = " ".join(text.removeprefix("tel:").replace("\xa0", " ").split())
    if not re.fullmatch(r"\+?[\d ()/-]+", written) or not is_phone(written):
        raise _wrong(N_('"{found}" is not a phone number'), text, "+358 9 123 4567")
    parsed = phonenumbers.parse(written, "FI")
    if not phonenumbers.is_valid_number(parsed):
        return written
    if " " in written and written[:1] in "+0":  # the groups that the organisation itself writes
        return written if written.startswith(("+", "0800")) else f"+358 {written[1:]}"
    # Free numbers cannot be called from abroad: with +358 they would only look as if they could.
    free = phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.TOLL_FREE
    form = phonenumbers.PhoneNumberFormat.NATIONAL if free else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(parsed, form))


def email(text: str) -> str:
    """One e-mail address. Raises InputProblems."""
    written = text.strip().removeprefix("mailto:")
    if not is_email(written):
        raise _wrong(N_('"{found}" is not an e-mail address'), text, "name@example.fi")
    return written


def page(text: str) -> str:
    """The address of a page. Raises InputProblems."""
    written = text.strip()
    if not is_url(written):
        near = f"https://{written}" if is_url(f"https://{written}") else ""
        raise _wrong(N_('"{found}" is not the address of a page'), text, "https://example.fi/page", near)
    return written


def day(text: str, today: date) -> date:
    """A day as Finland or ISO writes it, or as the number that a spreadsheet keeps. Raises InputProblems."""
    # A spreadsheet adds midnight to a day: "2026-11-28 00:00:00".
    written = re.sub(r"[T ]\d\d?[:.]\d\d.*$", "", text.strip()).rstrip(".")
    try:
        found = (
            _EPOCH + timedelta(int(written)) if _SERIAL.fullmatch(written) else date.fromisoformat(iso_date(written))
        )
    except ValueError:
        raise _wrong(N_('"{found}" is not a day'), text, "30.11.2026") from None
    if found > today:
        raise _wrong(N_("this date is in the future"), text)
    return found


def hours(text: str, language: str) -> str | dict[str, str]:
    """Hours as a table of days ("Mo-Fr 09:00-15:00") if they are as plain as that, else in the editor's words."""
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
    """Days as schema.org writes them: "ma ja ke–pe" is ["Mo", "We-Fr"]; None for other words."""
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


def _wrong(message: str, found: str, example: str = "", suggestion: str = "") -> InputProblems:
    allowed = (example,) if example else ()
    return InputProblems([Problem(message, {"found": found}, allowed=allowed, suggestion=suggestion)])


BY_FIELD: Mapping[str, Callable[[str], str]] = {"phone": phone, "email": email, "url": page}
"""How each field of a contact point is read; others are taken as they are written."""
