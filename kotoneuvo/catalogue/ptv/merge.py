"""Merge a new import into the file of an earlier one, keeping what editors changed; drop entries that are not valid."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.problems import N_, Problem
from kotoneuvo.catalogue.check import check_catalogue
from kotoneuvo.catalogue.overlays import CatalogueFile
from kotoneuvo.catalogue.ptv.contacts import KEY
from kotoneuvo.catalogue.ptv.records import Spec

READ = "ptv_read"
"""The field with a checksum of every imported field, by which a later import sees what an editor changed."""
_OURS = ("id", "ptv", READ)
_ROOM = 160
_LACKS: Mapping[str, str] = {
    "name": N_("not written: it has no name in Finnish, Swedish or English"),
    "summary": N_("not written: it has no summary and no description in Finnish, Swedish or English"),
    "area": N_("not written: it has no known municipality"),
    f"sources.{KEY}": N_("not written: PTV does not say when it was last changed"),
}
"""Required fields that PTV may lack, each with the message for it."""
_FILE = Path("PTV")
"""A name for the checked entries, by which their problems are told from those of other files."""


@dataclass
class Merged:
    """The entries to write, and what to tell the editor about them."""

    entries: list[Spec] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def signed(entry: Spec) -> Spec:
    """An entry with the checksums of its fields."""
    return {**entry, READ: {name: digest(value) for name, value in entry.items() if name not in _OURS}}


def merge(new: Iterable[Spec], old: Iterable[Mapping[str, Any]]) -> Merged:
    """The entries of a new import merged with those of the existing file.

    A field that no longer has its imported value was edited and stays, even if it was removed; if the register has
    changed it too, that is reported. Services that the register no longer has are kept and reported. Entries that were
    never imported stay.
    """
    before = [dict(each) for each in old]
    by_number = {str(each.get("ptv") or each.get("id")): each for each in before}
    merged = Merged()
    for entry in map(signed, new):
        known = by_number.pop(str(entry["ptv"]), None) or by_number.pop(str(entry["id"]), None)
        merged.entries.append(entry if known is None else _merged_entry(known, entry, merged.problems))
    for left in by_number.values():
        merged.entries.append(left)
        if "ptv" in left:
            merged.problems.append(Problem(N_("no longer in the data; kept: has it ended?"), entry=_id(left)))
    return merged


def _merged_entry(known: Spec, entry: Spec, problems: list[Problem]) -> Spec:
    """The entry of the register, with the editor's values where there are any."""
    read = known.get(READ)
    # Without checksums every field counts as edited, so that nothing of the editor's is lost.
    imported = read if isinstance(read, dict) else {}
    found: Spec = {}
    for name in dict.fromkeys((*entry, *known)):
        if name in _OURS:
            continue
        edited = digest(known.get(name)) != imported.get(name, digest(None))
        value = known.get(name) if edited else entry.get(name)
        if value is not None:
            found[name] = value
        if edited and digest(entry.get(name)) not in (imported.get(name), digest(known.get(name))):
            text = text_of(entry.get(name)) or "–"
            short = text if len(text) <= _ROOM else f"{text[:_ROOM]}…"
            message = N_("your text was kept; the register now says: {found}")
            problems.append(Problem(message, {"found": short}, "", _id(known), name))
    return {"id": _id(known), "ptv": entry["ptv"], **found, READ: entry[READ]}


def text_of(value: object) -> str:
    """The texts within a value on one line, without sources; a field that is true shows its name."""
    if isinstance(value, Mapping):
        shown = ((key, each) for key, each in value.items() if key not in ("source", "ptv"))
        return "; ".join(filter(None, (str(key) if each is True else text_of(each) for key, each in shown)))
    if isinstance(value, list | tuple):
        return "; ".join(filter(None, map(text_of, value)))
    return "" if value is None or isinstance(value, bool) else str(value)


def _id(entry: Mapping[str, Any]) -> str:
    return str(entry.get("id", ""))


def digest(value: object) -> str:
    """A checksum of a value, whatever the order of its keys; empty for None."""
    if value is None:
        return ""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    # Short, because people read the file; it only has to distinguish values of one field.
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def valid_entries(entries: Iterable[Spec], facts: FactBook, day: date) -> tuple[list[Spec], list[Problem]]:
    """The entries that pass `catalogue check`, and the problems of the others."""
    listed = list(entries)
    found = check_catalogue([CatalogueFile(_FILE, {"service": listed})], facts, day)
    errors = [problem for problem in found.errors if problem.where == str(_FILE)]
    wrong = {problem.entry for problem in errors}
    said: list[Problem] = []
    for each in errors:
        # For what PTV lacks, our message is clearer than the check's; for the rest it is followed by the check's own.
        lack = _LACKS.get(each.fieldname)
        said.append(Problem(lack or N_("not written: the catalogue check rejects it"), entry=each.entry))
        said += [] if lack else [each._replace(where="", line=0)]
    once = [each for place, each in enumerate(said) if each not in said[:place]]
    return [entry for entry in listed if entry["id"] not in wrong], once
