"""What the codes of PTV stand for: areas as municipalities, with counties and regions expanded; languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.service import MAINLAND, NATIONWIDE
from kotoneuvo.catalogue.contacts import is_language
from kotoneuvo.catalogue.ptv.left_out import UNKNOWN, Notes
from kotoneuvo.catalogue.ptv.records import Record, part, strings
from kotoneuvo.catalogue.ptv.texts import line

_WIDE = {"WholeCountry": [NATIONWIDE], "WholeCountryExceptAland": [MAINLAND]}
_REGIONS = {
    "01": "Uusimaa", "02": "Varsinais-Suomi", "04": "Satakunta", "05": "Kanta-Häme", "06": "Pirkanmaa",
    "07": "Päijät-Häme", "08": "Kymenlaakso", "09": "Etelä-Karjala", "10": "Etelä-Savo", "11": "Pohjois-Savo",
    "12": "Pohjois-Karjala", "13": "Keski-Suomi", "14": "Etelä-Pohjanmaa", "15": "Pohjanmaa", "16": "Keski-Pohjanmaa",
    "17": "Pohjois-Pohjanmaa", "18": "Kainuu", "19": "Lappi", "21": "Ahvenanmaa",
}  # fmt: skip
"""The regions by the codes of Statistics Finland (maakunta); the register uses the same."""
_LANGUAGES = {"sgn-fi": "fse"}
"""PTV's own code of Finnish Sign Language; all others are those of ISO 639."""


def area_of(record: Record, facts: FactBook, notes: Notes) -> list[str]:
    """Municipality codes, or all; empty if PTV says nothing that we know."""
    area = part(record, "area")
    if wide := _WIDE.get(line(area.get("areaType"))):
        return wide
    codes = [line(code) for code in strings(area, "municipalities")]
    for kind, (field, names) in _larger_areas().items():
        for code in strings(area, kind):
            name = names.get(code)
            # Which towns a region has is our own table's to say: the register gives its code only.
            towns = [town for town, each in facts.municipalities.items() if getattr(each, field)["fi"] == name]
            if not towns:
                notes.note(UNKNOWN, "area", f"{field} {line(code)}")
            codes += towns
    for code in codes:
        if code not in facts.municipalities:
            notes.note(UNKNOWN, "area", code or "?")
    return [code for code in dict.fromkeys(codes) if code in facts.municipalities]


def codes_around(municipalities: Iterable[str], facts: FactBook) -> dict[str, list[str]]:
    """The codes of municipalities, and of the counties and regions that they are in, by PTV's name of each kind."""
    known = {code: facts.municipalities[code] for code in municipalities if code in facts.municipalities}
    found = {"municipalities": list(known)}
    for kind, (field, names) in _larger_areas().items():
        codes = {name: code for code, name in names.items()}
        found[kind] = [codes[name] for each in known.values() if (name := getattr(each, field)["fi"]) in codes]
    return found


@cache
def _larger_areas() -> Mapping[str, tuple[str, Mapping[str, str]]]:
    """By PTV's name of each kind of area: the field of a municipality that names its own, and the names by code."""
    from kotoneuvo.catalogue.files import data_folder, read_bundled

    # The bundled offices have every county with its code: a second table would age by itself.
    places = ((str(each.get("for")).partition(":"), each) for each in read_bundled(data_folder(), "offices")["office"])
    counties = {code: each["name"]["fi"] for (kind, _, code), each in places if kind == "wellbeing_county"}
    return {"regions": ("region", _REGIONS), "wellbeingServicesCounties": ("wellbeing_county", counties)}


def languages_of(record: Record, notes: Notes) -> list[str]:
    """The languages of a service or a channel; noted if one is not known."""
    found: dict[str, None] = {}
    for each in map(line, strings(record, "serviceLanguages")):
        code = _LANGUAGES.get(each.casefold(), each)
        if is_language(code):
            found[code] = None
        else:
            notes.note(UNKNOWN, "languages", code or "?")
    return list(found)
