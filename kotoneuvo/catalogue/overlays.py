"""Catalogues laid over one another: whose words count for which field of which service."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.advice.service import Overlay
from kotoneuvo.catalogue.files import read_toml
from kotoneuvo.catalogue.texts import only_text

_HEADING = 200
"""Letters of the name and the version of a catalogue that are shown: they stand on every page."""
_ADDED_TO = "sources"
"""The one field that is added to instead of replaced: what stays of the lower catalogue still cites its sources."""


@dataclass(frozen=True)
class CatalogueFile:
    """One catalogue as it was parsed, with the file it comes from."""

    path: Path
    raw: Mapping[str, Any]

    @property
    def heading(self) -> Mapping[str, Any]:
        """The `[catalogue]` table; empty if there is none."""
        heading = self.raw.get("catalogue", {})
        return heading if isinstance(heading, dict) else {}

    @property
    def name(self) -> str:
        """What readers know the catalogue by: its own name, else the file's."""
        return only_text(str(self.heading.get("name") or self.path.stem))[:_HEADING]

    @property
    def version(self) -> str:
        """The version it gives itself, or an empty string."""
        return only_text(str(self.heading.get("version", "")))[:_HEADING]

    def specs(self) -> list[dict[str, Any]]:
        """The `[[service]]` tables. Raises InputProblems if there is something else in their place."""
        specs = self.raw.get("service", [])
        if not isinstance(specs, list) or not all(isinstance(spec, dict) for spec in specs):
            raise InputProblems([Problem("services are written as [[service]] tables", where=str(self.path))])
        return specs


@dataclass(frozen=True, slots=True)
class Layer:
    """What one file says of one service: the fields of its table `number` (counted from 0)."""

    file: CatalogueFile
    number: int
    fields: Set[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One service as all files together describe it; `layers` from the lowest up."""

    spec: dict[str, Any]
    layers: tuple[Layer, ...]
    new: bool = False

    @property
    def key(self) -> str:
        """The id, or the place in the file of an entry that has none."""
        name = self.spec.get("id")
        return name if isinstance(name, str) and name else f"#{self.layers[0].number + 1}"

    @property
    def overlays(self) -> tuple[Overlay, ...]:
        """The catalogues laid over the lowest one that have a part in this service."""
        laid = self.layers if self.new else self.layers[1:]
        return tuple(
            Overlay(layer.file.name, () if self.new and layer is self.layers[0] else tuple(sorted(layer.fields)))
            for layer in laid
        )

    def giver(self, fieldname: str) -> Layer:
        """The layer whose words count for a field ("phones[0].number" belongs to "phones")."""
        top = fieldname.partition(".")[0].partition("[")[0]
        return next((layer for layer in reversed(self.layers) if top in layer.fields), self.layers[-1])


def read_catalogue_file(path: Path) -> CatalogueFile:
    """A catalogue file from disk. Raises InputProblems if it cannot be read or is not TOML."""
    return CatalogueFile(path, read_toml(path))


def read_overlays(paths: Iterable[Path]) -> tuple[CatalogueFile, ...]:
    """Several files; raises InputProblems with what is wrong in any of them."""
    files: list[CatalogueFile] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            files.append(read_catalogue_file(path))
        except InputProblems as error:
            problems.extend(error.problems)
    if problems:
        raise InputProblems(problems)
    return tuple(files)


def lay(files: Sequence[CatalogueFile]) -> list[Entry]:
    """All services of `files`, each file laid over those before it.

    A known id replaces the fields it gives (an empty value takes a field away, `sources` are added to); a new id adds a
    service. An id used twice in one file stays twice: the check says so.
    """
    base = files[0]
    entries = [_first(base, number, spec, new=False) for number, spec in enumerate(base.specs())]
    for file in files[1:]:
        places = {entry.key: place for place, entry in enumerate(entries)}
        seen: set[str] = set()
        for number, spec in enumerate(file.specs()):
            entry = _first(file, number, spec, new=True)
            if entry.key in places and entry.key not in seen:
                place = places[entry.key]
                entries[place] = _over(entries[place], entry)
            else:
                entries.append(entry)
            seen.add(entry.key)
    return entries


def _first(file: CatalogueFile, number: int, spec: dict[str, Any], *, new: bool) -> Entry:
    return Entry(spec, (Layer(file, number, spec.keys()),), new)


def _over(lower: Entry, upper: Entry) -> Entry:
    spec = {name: value for name, value in {**lower.spec, **upper.spec}.items() if value not in ({}, [], "")}
    added = (lower.spec.get(_ADDED_TO), upper.spec.get(_ADDED_TO))
    if isinstance(added[0], dict) and isinstance(added[1], dict):
        spec[_ADDED_TO] = {**added[0], **added[1]}
    # "covers = []" says that no entry of the document is meant; it must stay.
    spec |= {name: [] for name in ("covers",) if name in lower.spec and name not in spec}
    return Entry(spec, (*lower.layers, _given(upper)), lower.new)


def _given(upper: Entry) -> Layer:
    (layer,) = upper.layers
    return Layer(layer.file, layer.number, layer.fields - {"id"})


def hidden(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """The ids that a catalogue hides, with the reason."""
    for entry in entries:
        reason = entry.spec.get("hide")
        if isinstance(reason, str) and reason:
            yield entry.key, reason
