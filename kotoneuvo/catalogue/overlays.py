"""Apply overlays: decide which file's value counts for each field of each entry."""

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
from kotoneuvo.catalogue.files import read_toml, without_control_characters
from kotoneuvo.catalogue.old_form import OLD_FIELDS, renewed, without

_HEADING_ROOM = 200
"""How many characters of a catalogue's name and version are shown, as they appear on every page."""
_TOP = ("catalogue", "service", "office", "notice", "sources")
KEYS = {"service": "id", "office": "for", "notice": "id"}
"""The kinds of table in a catalogue file, each with the field that identifies an entry."""
_ADDED_TO = "sources"
"""The one field that an overlay adds to instead of replacing: fields that it leaves alone still cite their sources."""


@dataclass(frozen=True)
class CatalogueFile:
    """One parsed catalogue file; `parts` are further files of the same catalogue."""

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
        """The name shown to readers: the catalogue's own, else that of the file."""
        return without_control_characters(str(self.heading.get("name") or self.path.stem))[:_HEADING_ROOM]

    @property
    def version(self) -> str:
        """The version that it states, or an empty string."""
        return without_control_characters(str(self.heading.get("version", "")))[:_HEADING_ROOM]

    def specs(self, kind: str = "service") -> list[dict[str, Any]]:
        """The `[[service]]` tables, or those of another kind; empty if they are not written as such tables."""
        specs = self.raw.get(kind, [])
        return specs if isinstance(specs, list) and all(isinstance(spec, dict) for spec in specs) else []

    def problems(self) -> list[Problem]:
        """Errors outside the entries, such as an unknown top-level name: its whole content would be ignored."""
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
    """What one file says about one entry: `fields` are those given in its table `number` (from 0).

    `old` are the fields in the old form of contacts; `removed` are (field, value) pairs that the files below had.
    """

    file: CatalogueFile
    number: int
    fields: Set[str]
    old: tuple[str, ...] = ()
    removed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One service, office or notice as all files together describe it; `layers` go from the lowest file to the top one.

    `new`: the lowest of them is an overlay, which adds the entry.
    """

    spec: dict[str, Any]
    layers: tuple[Layer, ...]
    new: bool = False
    kind: str = "service"

    @property
    def key(self) -> str:
        """The id (of an office: its place); "#3" for the third entry of a file if it has none."""
        name = self.spec.get(KEYS[self.kind])
        return name if isinstance(name, str) and name else f"#{self.layers[0].number + 1}"

    @property
    def fragment(self) -> bool:
        """Whether a new entry lacks more than half of the required fields, so that its id is probably misspelt."""
        missing = len(REQUIRED - self.spec.keys()) if self.kind == "service" else 0
        return self.new and "id" in self.spec and missing > len(REQUIRED) // 2

    @property
    def overlays(self) -> tuple[Overlay, ...]:
        """The overlays that added or changed this entry, with the fields that they changed."""
        above = self.layers if self.new else self.layers[1:]
        return tuple(
            Overlay(layer.file.name, () if self.new and layer is self.layers[0] else tuple(sorted(layer.fields)))
            for layer in above
        )

    def layer_of(self, fieldname: str) -> Layer:
        """The layer whose value counts for a field ("contact[0].phone" is part of "contact"), else the top layer."""
        top = fieldname.partition(".")[0].partition("[")[0]
        layers = reversed(self.layers)
        return next((layer for layer in layers if top in layer.fields or top in layer.old), self.layers[-1])


def read_catalogue_file(path: Path) -> CatalogueFile:
    """A catalogue file from disk. Raises InputProblems, also for every error outside its entries."""
    return read_overlays([path])[0]


def read_overlays(paths: Iterable[Path]) -> tuple[CatalogueFile, ...]:
    """Several catalogue files. Raises InputProblems with the errors of all of them."""
    files, problems = read_any(paths)
    problems += [each for file in files for each in file.problems()]
    if problems:
        raise InputProblems(problems)
    return tuple(files)


def read_any(paths: Iterable[Path]) -> tuple[list[CatalogueFile], list[Problem]]:
    """The files that are TOML, with whatever content, and the problems of those that are not or cannot be read."""
    files: list[CatalogueFile] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            files.append(CatalogueFile(path, read_toml(path)))
        except InputProblems as error:
            problems += error.problems
    return files, problems


def merge_entries(files: Sequence[CatalogueFile], kind: str = "service") -> list[Entry]:
    """All entries of a kind in `files`, each file an overlay of those before it.

    An entry with a known id replaces the fields that it gives: an empty value removes a field, `sources` are added to,
    and a contact point with `replace` changes only the one that it names. A new id adds an entry. If one file uses an
    id twice, both entries are returned, so that the reader can report it.
    """
    entries: list[Entry] = []
    for file, base in ((each, whole is files[0]) for whole in files for each in (whole, *whole.parts)):
        # The lowest file has nothing below it to change: a second entry with the same id is a mistake.
        places = {} if base else {entry.key: place for place, entry in enumerate(entries)}
        seen: set[str] = set()
        for number, spec in enumerate(file.specs(kind)):
            entry = _entry(file, number, spec, kind, new=not base)
            if entry.key in places and entry.key not in seen:
                place = places[entry.key]
                entries[place] = _overlaid(entries[place], entry)
            else:
                entries.append(entry)
            seen.add(entry.key)
    return entries


def entries_by_key(files: Sequence[CatalogueFile], kind: str = "service") -> dict[str, Entry]:
    """The merged entries by id (offices: by place); those without one are left out."""
    return {entry.key: entry for entry in merge_entries(files, kind) if entry.key == entry.spec.get(KEYS[kind])}


def _entry(file: CatalogueFile, number: int, spec: dict[str, Any], kind: str, *, new: bool) -> Entry:
    """One table of one file as an entry of its own."""
    old = tuple(name for name in OLD_FIELDS if name in spec) if kind == "service" else ()
    spec = renewed(spec) if old else spec
    # A service lists its own sources; offices and notices may also cite the `[sources]` of their file.
    shared = file.raw.get(_ADDED_TO)
    if kind != "service" and isinstance(shared, dict) and isinstance(spec.get(_ADDED_TO, {}), dict):
        spec = {**spec, _ADDED_TO: {**shared, **spec.get(_ADDED_TO, {})}}
    return Entry(spec, (Layer(file, number, spec.keys(), old),), new, kind)


def _overlaid(lower: Entry, upper: Entry) -> Entry:
    """The entry of the files below, changed by that of one overlay."""
    (layer,) = upper.layers
    below, above = _with_distinct_source_keys(lower.spec, upper.spec.get(_ADDED_TO)), upper.spec
    spec = {**below, **above}
    # These two are merged, not replaced: what is left from below still cites its sources and keeps its ways in.
    both = [name for name in (_ADDED_TO, "access") if all(isinstance(each.get(name), dict) for each in (below, above))]
    if _ADDED_TO in both:
        spec[_ADDED_TO] = {**below[_ADDED_TO], **above[_ADDED_TO]}
    if "access" in both and above["access"]:
        spec["access"] = _merged_access(below["access"], above["access"])
    if "contact" in above:
        doors, own = below.get("contact", []), above["contact"]
        spec["contact"] = [*without(doors, layer.old), *own] if layer.old else changed(doors, own)
    # An empty `covers` is information: the service stands for no entry of the 2020 document.
    spec = {n: value for n, value in spec.items() if value not in ({}, [], "") or (n == "covers" and n in below)}
    fields = layer.fields - {KEYS[upper.kind]}
    given = Layer(layer.file, layer.number, fields, layer.old, tuple(removed(below, spec, fields)))
    return Entry(spec, (*lower.layers, given), lower.new, lower.kind)


def _merged_access(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """The ways in: a source alone confirms those below; anything else replaces all but `via`, unless that is given."""
    kept = below if not above.keys() - {"source"} else {key: below[key] for key in ("via",) if key in below}
    return {**kept, **above}


def _with_distinct_source_keys(spec: dict[str, Any], sources: object) -> dict[str, Any]:
    """The entry with its source keys renamed where `sources` of an overlay use the same key for another page.

    Without that, what is left of the entry would cite the overlay's page.
    """
    own = spec.get(_ADDED_TO)
    if not isinstance(own, dict) or not isinstance(sources, dict):
        return spec
    renamed = {key: key for key in own}
    for key in own.keys() & sources.keys() - {DOCUMENT}:
        if _page(own[key]) != _page(sources[key]):
            numbers = (f"{key}-{number}" for number in count(2))
            renamed[key] = next(each for each in numbers if each not in own and each not in sources)
    if all(key == other for key, other in renamed.items()):
        return spec
    parts = {name: _citing(value, renamed) for name, value in spec.items() if name != _ADDED_TO}
    return {**parts, _ADDED_TO: {renamed[key]: source for key, source in own.items()}}


def _page(source: object) -> tuple[object, ...]:
    return tuple(source.get(name) for name in ("url", "said")) if isinstance(source, dict) else ()


def _citing(value: Any, renamed: Mapping[str, str], *, inside: bool = False) -> Any:
    """A part of an entry with its source keys renamed; `inside` a "source" field every text is a source key."""
    if isinstance(value, dict):
        return {key: _citing(each, renamed, inside=inside or key == "source") for key, each in value.items()}
    if isinstance(value, list):
        return [_citing(each, renamed) for each in value]
    if inside and isinstance(value, str):
        key, colon, line = value.partition(":")
        return renamed.get(key, key) + colon + line
    return value
