"""Translate the codes of PTV: areas into municipalities, languages, public holidays into dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.service import MAINLAND, NATIONWIDE
from kotoneuvo.catalogue.contacts import is_language
from kotoneuvo.catalogue.files import data_folder, read_bundled
from kotoneuvo.catalogue.ptv.records import Record, part, strings
from kotoneuvo.catalogue.ptv.texts import UNKNOWN, Notes, line

COUNTRYWIDE = {"WholeCountry": [NATIONWIDE], "WholeCountryExceptAland": [MAINLAND]}
"""PTV's types of nationwide areas, as the catalogue writes them."""
_REGIONS = {
    "01": "Uusimaa", "02": "Varsinais-Suomi", "04": "Satakunta", "05": "Kanta-Häme", "06": "Pirkanmaa",
    "07": "Päijät-Häme", "08": "Kymenlaakso", "09": "Etelä-Karjala", "10": "Etelä-Savo", "11": "Pohjois-Savo",
    "12": "Pohjois-Karjala", "13": "Keski-Suomi", "14": "Etelä-Pohjanmaa", "15": "Pohjanmaa", "16": "Keski-Pohjanmaa",
    "17": "Pohjois-Pohjanmaa", "18": "Kainuu", "19": "Lappi", "21": "Ahvenanmaa",
}  # fmt: skip
"""The names of the regions by the codes of Statistics Finland (maakunta), which PTV uses too."""
_LANGUAGES = {"sgn-fi": "fse"}
"""PTV's own code for Finnish Sign Language; all others are of ISO 639."""
_FIXED_HOLIDAYS = {
    "NewYearDay": (1, 1), "Epiphany": (1, 6), "MayDayEve": (4, 30), "MayDay": (5, 1), "IndependenceDay": (12, 6),
    "ChristmasEve": (12, 24), "ChristmasDay": (12, 25), "SecondDayOfChristmas": (12, 26), "NewYearEve": (12, 31),
}  # fmt: skip
_DAYS_AFTER_EASTER = {
    "MaundyThursday": -3, "GoodFriday": -2, "EasterSunday": 0, "EasterMonday": 1, "AscensionDay": 39, "WhitSunday": 49,
}  # fmt: skip
_SATURDAY = 5


def area_of(record: Record, facts: FactBook, notes: Notes) -> list[str]:
    """The area of a record as municipality codes, "FI" or "mainland"; empty if PTV gives none that we know."""
    area = part(record, "area")
    if wide := COUNTRYWIDE.get(line(area.get("areaType"))):
        return wide
    codes = [line(code) for code in strings(area, "municipalities")]
    for kind, (field, names) in _larger_areas().items():
        for code in strings(area, kind):
            name = names.get(code)
            # PTV gives only the code of a region; our own table has its municipalities.
            towns = [town for town, each in facts.municipalities.items() if getattr(each, field)["fi"] == name]
            if not towns:
                notes.note(UNKNOWN, "area", f"{field} {line(code)}")
            codes += towns
    for code in codes:
        if code not in facts.municipalities:
            notes.note(UNKNOWN, "area", code or "?")
    return [code for code in dict.fromkeys(codes) if code in facts.municipalities]


def codes_around(municipalities: Iterable[str], facts: FactBook) -> dict[str, list[str]]:
    """The codes of municipalities and of the counties and regions around them, by PTV's name for each kind of area."""
    known = {code: facts.municipalities[code] for code in municipalities if code in facts.municipalities}
    found = {"municipalities": list(known)}
    for kind, (field, names) in _larger_areas().items():
        codes = {name: code for code, name in names.items()}
        found[kind] = [codes[name] for each in known.values() if (name := getattr(each, field)["fi"]) in codes]
    return found


@cache
def _larger_areas() -> Mapping[str, tuple[str, Mapping[str, str]]]:
    """For PTV's name of each kind of area: the field of a municipality with its own one, and the names by code."""
    # The bundled offices have every county with its code, so there is no second table that could grow old.
    places = ((str(each.get("for")).partition(":"), each) for each in read_bundled(data_folder(), "offices")["office"])
    counties = {code: each["name"]["fi"] for (kind, _, code), each in places if kind == "wellbeing_county"}
    return {"regions": ("region", _REGIONS), "wellbeingServicesCounties": ("wellbeing_county", counties)}


def languages_of(record: Record, notes: Notes) -> list[str]:
    """The languages of a service or a channel; unknown ones are noted."""
    found: dict[str, None] = {}
    for each in map(line, strings(record, "serviceLanguages")):
        code = _LANGUAGES.get(each.casefold(), each)
        if is_language(code):
            found[code] = None
        else:
            notes.note(UNKNOWN, "languages", code or "?")
    return list(found)


@cache
def holidays(year: int) -> Mapping[str, date]:
    """The dates of public holidays and eves in a year, by PTV's names.

    Midsummer Day and All Saints' Day are Saturdays since 1955.
    """
    from dateutil.easter import easter

    sunday = easter(year)
    midsummer = _first_saturday_from(date(year, 6, 20))
    return {
        **{name: date(year, *day) for name, day in _FIXED_HOLIDAYS.items()},
        **{name: sunday + timedelta(days=days) for name, days in _DAYS_AFTER_EASTER.items()},
        "MidsummerEve": midsummer - timedelta(days=1),
        "MidsummerDay": midsummer,
        "AllSaintsDay": _first_saturday_from(date(year, 10, 31)),
    }


def _first_saturday_from(first: date) -> date:
    return first + timedelta(days=(_SATURDAY - first.weekday()) % 7)
