"""Texts of PTV on one line, without signs that print nothing: pasted from web pages, they would be refused."""

from __future__ import annotations

from typing import Any

from kotoneuvo.advice.problems import N_
from kotoneuvo.catalogue.fields import LANGUAGES
from kotoneuvo.catalogue.ptv.notes import Notes
from kotoneuvo.catalogue.ptv.records import Record, dicts
from kotoneuvo.catalogue.texts import LONGEST_TEXT, only_text

OTHER_LANGUAGE = N_("only in a language that is not read, left out: {found}")
_EXACT = ("id", "number", "email", "url")
"""What is right or wrong as a whole: to cut it would make it another one."""


def line(found: object) -> str:
    """A text on one line; empty where PTV has null, or what is no text."""
    if isinstance(found, bool) or not isinstance(found, str | int):
        return ""
    return " ".join(only_text(" ".join(str(found).split())).split())


def texts(record: Record, name: str, notes: Notes, fieldname: str, kind: str = "") -> dict[str, str]:
    """The first text of a kind in each of our languages; noted if there are only others."""
    found: dict[str, str] = {}
    others: list[str] = []
    for each in dicts(record, name):
        text, language = line(each.get("value")), each.get("language")
        if not text or (kind and each.get("type", kind) != kind):
            continue
        if language in LANGUAGES:
            found.setdefault(str(language), text)
        else:
            others.append(f"{line(language)}: {text}")
    if not found:
        for text in others:
            notes.note(OTHER_LANGUAGE, fieldname, text)
    return {language: found[language] for language in LANGUAGES if language in found}


def cut(text: str, room: int, notes: Notes, fieldname: str) -> str:
    """A text that fits; noted if its end is lost."""
    if len(text) <= room:
        return text
    notes.note(N_("too long, its end was cut off: {found}"), fieldname, f"{text[:40]}…")
    return text[: room - 1].rsplit(" ", 1)[0] + "…"


def fitted(found: Any, notes: Notes, fieldname: str) -> Any:
    """A field whose texts are no longer than a catalogue takes."""
    if isinstance(found, dict):
        return {key: each if key in _EXACT else fitted(each, notes, fieldname) for key, each in found.items()}
    if isinstance(found, list):
        return [fitted(each, notes, fieldname) for each in found]
    return cut(found, LONGEST_TEXT, notes, fieldname) if isinstance(found, str) and fieldname not in _EXACT else found
