"""The languages that PTV names, by the codes of ISO 639."""

from __future__ import annotations

from kotoneuvo.catalogue.contacts import is_language
from kotoneuvo.catalogue.ptv.notes import UNKNOWN, Notes
from kotoneuvo.catalogue.ptv.records import Record, strings
from kotoneuvo.catalogue.ptv.texts import line

_CODES = {"sgn-fi": "fse"}
"""PTV's own code of Finnish Sign Language."""


def languages_of(record: Record, notes: Notes) -> list[str]:
    """The languages of a service or a channel; noted if one is not known."""
    found: dict[str, None] = {}
    for each in strings(record, "serviceLanguages"):
        code = line(each)
        code = _CODES.get(code.casefold(), code)
        if is_language(code):
            found[code] = None
        else:
            notes.note(UNKNOWN, "languages", code or "?")
    return list(found)
