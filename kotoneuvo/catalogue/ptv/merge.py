"""What an import writes: valid entries only, and over an earlier import what an editor changed there stays."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.problems import N_, Problem
from kotoneuvo.catalogue.check import check_catalogue
from kotoneuvo.catalogue.overlays import CatalogueFile
from kotoneuvo.catalogue.ptv.contacts import KEY, Spec

READ = "ptv_read"
"""The field that keeps, of each field that was imported, a checksum of what the register said."""
_OURS = ("id", "ptv", READ)
_ROOM = 160
_LACKS: Mapping[str, str] = {
    "name": N_("not written: it has no name in Finnish, Swedish or English"),
    "summary": N_("not written: it has no summary and no description in Finnish, Swedish or English"),
    "area": N_("not written: it has no known municipality"),
    f"sources.{KEY}": N_("not written: PTV does not say when it was last changed"),
}
"""What PTV may lack that an entry needs, by the field."""
_FILE = Path("PTV")


@dataclass
class Merged:
    """The entries to write, and what there is to say about them."""

    entries: list[Spec] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def signed(entry: Spec) -> Spec:
    """An entry with the checksums of what the register says."""
    return {**entry, READ: {name: digest(value) for name, value in entry.items() if name not in _OURS}}


def merge(new: Iterable[Spec], old: Iterable[Mapping[str, Any]]) -> Merged:
    """The entries of a new import over those of the file that is there.

    A field that differs from what was imported into it was edited: it stays, also if it was taken away. What the
    register says anew of it is reported, and so are services that it no longer has. Entries of one's own stay.
    """
    before = [dict(each) for each in old]
    by_number = {str(each.get("ptv") or each.get("id")): each for each in before}
    merged = Merged()
    for entry in map(signed, new):
        known = by_number.pop(str(entry["ptv"]), None) or by_number.pop(str(entry["id"]), None)
        merged.entries.append(entry if known is None else _over(known, entry, merged.problems))
    for left in by_number.values():
        merged.entries.append(left)
        if "ptv" in left:
            merged.problems.append(Problem(N_("no longer in the data; kept: has it ended?"), entry=_id(left)))
    return merged


def _over(known: Spec, entry: Spec, problems: list[Problem]) -> Spec:
    """What the register says now, with the editor's fields."""
    read = known.get(READ)
    # Without checksums nobody can tell what was edited: then every field counts as the editor's.
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
            said = " ".join(_texts(entry.get(name))) or "–"
            short = said if len(said) <= _ROOM else f"{said[:_ROOM]}…"
            message = N_("your text was kept; the register now says: {found}")
            problems.append(Problem(message, {"found": short}, "", _id(known), name))
    return {"id": _id(known), "ptv": entry["ptv"], **found, READ: entry[READ]}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (text for key, each in value.items() if key != "source" for text in _texts(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in _texts(each))
    elif value is not None:
        yield str(value)


def _id(entry: Mapping[str, Any]) -> str:
    return str(entry.get("id", ""))


def digest(value: object) -> str:
    """The same for the same value, whatever the order of its keys; empty for none."""
    if value is None:
        return ""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    # Short, for it stands in a file that people read; it only has to tell texts of one field apart.
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def valid_entries(entries: Iterable[Spec], facts: FactBook, day: date) -> tuple[list[Spec], list[Problem]]:
    """The entries that pass the check of catalogues, and why the others do not."""
    listed = list(entries)
    found = check_catalogue([CatalogueFile(_FILE, {"service": listed})], facts, day)
    errors = [problem for problem in found.errors if problem.where == str(_FILE)]
    wrong = {problem.entry for problem in errors}
    said: list[Problem] = []
    for each in errors:
        # What PTV lacks is said in its own words, of anything else what the check says.
        lack = _LACKS.get(each.fieldname)
        said.append(Problem(lack or N_("not written: the catalogue check rejects it"), entry=each.entry))
        said += [] if lack else [each._replace(where="", line=0)]
    once = [each for place, each in enumerate(said) if each not in said[:place]]
    return [entry for entry in listed if entry["id"] not in wrong], once
