"""Overlays: which file counts for which field of which service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.advice.service import Overlay
from kotoneuvo.advice.situation import unknown_name
from kotoneuvo.catalogue.contact_changes import changed, removed
from kotoneuvo.catalogue.fields import DOCUMENT, HEADING, REQUIRED
from kotoneuvo.catalogue.files import only_text, read_toml
from kotoneuvo.catalogue.old_form import OLD_FIELDS, renewed, without

_HEADING_ROOM = 200
"""Characters of the name and the version of a catalogue that are shown: they stand on every page."""
_TOP = ("catalogue", "service", "office", "notice", "sources")
KEYS = {"service": "id", "office": "for", "notice": "id"}
"""The kinds of table in a catalogue file, each with the field that tells its entries apart."""
_ADDED_TO = "sources"
"""The one field that is added to instead of replaced: what stays of the lower catalogue still cites its sources."""


@dataclass(frozen=True)
class CatalogueFile:
    """One catalogue as it was parsed, with the file it comes from; `parts` are further files of the same catalogue."""

    path: Path
    raw: Mapping[str, Any]
    parts: tuple[CatalogueFile, ...] = ()

    @property
    def heading(self) -> Mapping[str, Any]:
        """The `[catalogue]` table; empty if there is none."""
        heading = self.raw.get("catalogue", {})
        return heading if isinstance(heading, dict) else {}

    @property
    def name(self) -> str:
        """What readers know the catalogue by: its own name, else the file's."""
        return only_text(str(self.heading.get("name") or self.path.stem))[:_HEADING_ROOM]

    @property
    def version(self) -> str:
        """The version it gives itself, or an empty string."""
        return only_text(str(self.heading.get("version", "")))[:_HEADING_ROOM]

    def specs(self, kind: str = "service") -> list[dict[str, Any]]:
        """The `[[service]]` tables, or those of another kind; none if there is something else in their place."""
        specs = self.raw.get(kind, [])
        return specs if isinstance(specs, list) and all(isinstance(spec, dict) for spec in specs) else []

    def problems(self) -> list[Problem]:
        """What is wrong outside the services: names that mean nothing would else be passed over, services and all."""
        found = [unknown_name("field", name, _TOP)._replace(fieldname=name) for name in self.raw if name not in _TOP]
        message = N_("these are written as [[{name}]] tables")
        wrong = [kind for kind in KEYS if self.raw.get(kind, []) != self.specs(kind)]
        found += [Problem(message, {"name": kind}, fieldname=kind) for kind in wrong]
        tables = [name for name in ("sources", "catalogue") if not isinstance(self.raw.get(name, {}), dict)]
        found += [Problem("expected a table, such as { … }", fieldname=name) for name in tables]
        for name, text in self.heading.items():
            if name not in HEADING:
                found.append(unknown_name("field", name, tuple(HEADING))._replace(fieldname=f"catalogue.{name}"))
            elif not isinstance(text, str):
                found.append(Problem("expected a text", {"found": text}, fieldname=f"catalogue.{name}"))
        from kotoneuvo.catalogue.line_numbers import line_of

        return [each._replace(where=str(self.path), line=line_of(self.path, each.fieldname)) for each in found]


@dataclass(frozen=True, slots=True)
class Layer:
    """What one file says of one service: the fields of its table `number` (counted from 0).

    `old` are those that it writes in the old form, `removed` what it takes away of the files below.
    """

    file: CatalogueFile
    number: int
    fields: Set[str]
    old: tuple[str, ...] = ()
    removed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One service as all files together describe it; `layers` from the lowest up."""

    spec: dict[str, Any]
    layers: tuple[Layer, ...]
    new: bool = False
    kind: str = "service"

    @property
    def key(self) -> str:
        """The id, or the place in the file of an entry that has none."""
        name = self.spec.get(KEYS[self.kind])
        return name if isinstance(name, str) and name else f"#{self.layers[0].number + 1}"

    @property
    def fragment(self) -> bool:
        """Whether a new id has less than half of what a service needs: it was rather meant to change another one."""
        missing = len(REQUIRED - self.spec.keys()) if self.kind == "service" else 0
        return self.new and "id" in self.spec and missing > len(REQUIRED) // 2

    @property
    def overlays(self) -> tuple[Overlay, ...]:
        """The overlays that changed this service."""
        above = self.layers if self.new else self.layers[1:]
        return tuple(
            Overlay(layer.file.name, () if self.new and layer is self.layers[0] else tuple(sorted(layer.fields)))
            for layer in above
        )

    def giver(self, fieldname: str) -> Layer:
        """The layer whose words count for a field ("contact[0].phone" belongs to "contact")."""
        top = fieldname.partition(".")[0].partition("[")[0]
        layers = reversed(self.layers)
        return next((layer for layer in layers if top in layer.fields or top in layer.old), self.layers[-1])


def read_catalogue_file(path: Path) -> CatalogueFile:
    """A catalogue file from disk. Raises InputProblems also with everything that is wrong outside its services."""
    return read_overlays([path])[0]


def read_overlays(paths: Iterable[Path]) -> tuple[CatalogueFile, ...]:
    """Several files; raises InputProblems with what is wrong in any of them."""
    files, problems = read_any(paths)
    problems += [each for file in files for each in file.problems()]
    if problems:
        raise InputProblems(problems)
    return tuple(files)


def read_any(paths: Iterable[Path]) -> tuple[list[CatalogueFile], list[Problem]]:
    """The files that can be read, right or wrong, and why others cannot be, or are not TOML."""
    files: list[CatalogueFile] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            files.append(CatalogueFile(path, read_toml(path)))
        except InputProblems as error:
            problems += error.problems
    return files, problems


def lay(files: Sequence[CatalogueFile], kind: str = "service") -> list[Entry]:
    """All entries of a kind in `files`, each file an overlay of those before it.

    A known id replaces the fields it gives (an empty value takes a field away, `sources` are added to); a new id adds
    an entry. Contact points that say what they `replace` change only that. An id used twice in one file stays twice:
    the check says so.
    """
    entries: list[Entry] = []
    for file, base in ((each, whole is files[0]) for whole in files for each in (whole, *whole.parts)):
        # In the lowest file nothing is laid: an id that it uses twice stays twice.
        places = {} if base else {entry.key: place for place, entry in enumerate(entries)}
        seen: set[str] = set()
        for number, spec in enumerate(file.specs(kind)):
            entry = _first(file, number, spec, kind, new=not base)
            if entry.key in places and entry.key not in seen:
                place = places[entry.key]
                entries[place] = _over(entries[place], entry)
            else:
                entries.append(entry)
            seen.add(entry.key)
    return entries


def lay_by_key(files: Sequence[CatalogueFile], kind: str = "service") -> dict[str, Entry]:
    """The entries that have an id (of an office: a place), by it."""
    return {entry.key: entry for entry in lay(files, kind) if entry.key == entry.spec.get(KEYS[kind])}


def _first(file: CatalogueFile, number: int, spec: dict[str, Any], kind: str, *, new: bool) -> Entry:
    old = tuple(name for name in OLD_FIELDS if name in spec) if kind == "service" else ()
    spec = renewed(spec) if old else spec
    # A service names its own sources; offices and notices of a file share them.
    shared = file.raw.get(_ADDED_TO)
    if kind != "service" and isinstance(shared, dict) and isinstance(spec.get(_ADDED_TO, {}), dict):
        spec = {**spec, _ADDED_TO: {**shared, **spec.get(_ADDED_TO, {})}}
    return Entry(spec, (Layer(file, number, spec.keys(), old),), new, kind)


def _over(lower: Entry, upper: Entry) -> Entry:
    (layer,) = upper.layers
    below, above = _apart(lower.spec, upper.spec.get(_ADDED_TO)), upper.spec
    spec = {**below, **above}
    # These are not replaced as a whole: what stays of the lower file still cites its sources and has its doors.
    both = [name for name in (_ADDED_TO, "access") if all(isinstance(each.get(name), dict) for each in (below, above))]
    if _ADDED_TO in both:
        spec[_ADDED_TO] = {**below[_ADDED_TO], **above[_ADDED_TO]}
    if "access" in both and above["access"]:
        spec["access"] = _way_in(below["access"], above["access"])
    if "contact" in above:
        doors, own = below.get("contact", []), above["contact"]
        spec["contact"] = [*without(doors, layer.old), *own] if layer.old else changed(doors, own)
    # "covers = []" says that no entry of the document is meant; it must stay.
    spec = {n: value for n, value in spec.items() if value not in ({}, [], "") or (n == "covers" and n in below)}
    fields = layer.fields - {KEYS[upper.kind]}
    given = Layer(layer.file, layer.number, fields, layer.old, tuple(removed(below, spec, fields)))
    return Entry(spec, (*lower.layers, given), lower.new, lower.kind)


def _way_in(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """A way in: one that gives only its source confirms the one below; new words leave its doors as they are."""
    kept = below if not above.keys() - {"source"} else {key: below[key] for key in ("via",) if key in below}
    return {**kept, **above}


def _apart(spec: dict[str, Any], sources: object) -> dict[str, Any]:
    """An entry whose sources have no key that stands for another page in a file above: each cites its own still."""
    own = spec.get(_ADDED_TO)
    if not isinstance(own, dict) or not isinstance(sources, dict):
        return spec
    meant = {key: key for key in own}
    for key in own.keys() & sources.keys() - {DOCUMENT}:
        if _page(own[key]) != _page(sources[key]):
            numbers = (f"{key}-{number}" for number in count(2))
            meant[key] = next(each for each in numbers if each not in own and each not in sources)
    if all(key == other for key, other in meant.items()):
        return spec
    parts = {name: _citing(value, meant) for name, value in spec.items() if name != _ADDED_TO}
    return {**parts, _ADDED_TO: {meant[key]: source for key, source in own.items()}}


def _page(source: object) -> tuple[object, ...]:
    return tuple(source.get(name) for name in ("url", "said")) if isinstance(source, dict) else ()


def _citing(value: Any, meant: Mapping[str, str], *, inside: bool = False) -> Any:
    """A part of an entry with the keys of its sources as `meant`; `inside` a "source" every text is such a key."""
    if isinstance(value, dict):
        return {key: _citing(each, meant, inside=inside or key == "source") for key, each in value.items()}
    if isinstance(value, list):
        return [_citing(each, meant) for each in value]
    if inside and isinstance(value, str):
        key, colon, line = value.partition(":")
        return meant.get(key, key) + colon + line
    return value
