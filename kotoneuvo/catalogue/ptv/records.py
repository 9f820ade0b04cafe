"""Read answers of PTV into records of version 12; records of version 11 from files are converted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.catalogue.files import is_folder, read_text

Record = Mapping[str, Any]
"""An object of PTV's JSON."""
Spec = dict[str, Any]
"""A table that is being made: of an entry, a contact point, or a record of version 12."""

NO_SERVICE = N_("this contains no service of PTV")
NEITHER = N_("this contains no service, channel or anything else of PTV")
_ID = 40
"""How many characters of an id are shown; PTV's own have 36."""
_POSTAL = 5
_MARKS = {
    "serviceChannelType": "channels", "generalDescriptionTypes": "descriptions", "organizationType": "organizations",
    "serviceType": "services", "serviceClasses": "services",
}  # fmt: skip
"""A field by which each kind of record is known. The order matters: general descriptions have serviceClasses too."""


@dataclass
class Records:
    """The records of PTV by id, and the problems of what could not be read or was skipped.

    `connections` are by service, then by channel. `terms` has the names of codes (classes and life events by code,
    ontology terms by URI), `places` those of post offices by postal code. `gone` has the ids that PTV was asked for
    but does not publish.
    """

    services: dict[str, Record] = field(default_factory=dict)
    channels: dict[str, Record] = field(default_factory=dict)
    connections: dict[str, dict[str, Record]] = field(default_factory=dict)
    organizations: dict[str, Record] = field(default_factory=dict)
    descriptions: dict[str, Record] = field(default_factory=dict)
    terms: dict[str, Record] = field(default_factory=dict)
    places: dict[str, Record] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def add(self, found: object) -> bool:
        """Add one record; False if it is of no known kind. Of two with the same id the later version counts."""
        from kotoneuvo.catalogue.ptv.v11 import translated  # imported here because that module imports this one

        if not isinstance(found, dict):
            return False
        old = translated(found)
        added = [self._add(each) for each in old or [found]]
        return bool(old) or all(added)

    def _add(self, found: Record) -> bool:
        service, channel = found.get("serviceContentId"), found.get("channelContentId")
        if isinstance(service, str) and isinstance(channel, str):
            self.connections.setdefault(service, {})[channel] = found
            return True
        place, key = self._place(found)
        name = found.get(key)
        if place is None or not isinstance(name, str):
            return False
        other = place.setdefault(name, found)
        if other != found and place in (self.services, self.channels):
            self.problems.append(Problem("read twice; the latest version counts", where=name[:_ID]))
            place[name] = max(other, found, key=lambda each: str(each.get("publishedAt") or ""))
        return True

    def _place(self, found: Record) -> tuple[dict[str, Record] | None, str]:
        """The mapping that a record belongs to (None: of no known kind), and the field with its id."""
        kind = next((kind for mark, kind in _MARKS.items() if mark in found), "")
        if kind:
            return getattr(self, kind), "contentId"
        if not isinstance(found.get("name"), dict) or not isinstance(found.get("uri", ""), str):
            return None, ""
        code = found.get("code")
        if isinstance(code, str) and len(code) == _POSTAL and code.isdigit():
            return self.places, "code"
        # Ontology terms have only a URI; regions and counties have only a code.
        return self.terms, "code" if code else "uri"

    def names(self, code: str) -> tuple[str, ...]:
        """The names of a code in every language, in lower case; empty if they were not read."""
        return tuple(str(each).casefold() for each in part(self.terms.get(code, {}), "name").values())

    def channels_of(self, service: str) -> Iterator[tuple[str, Record, Record | None]]:
        """The channels of a service: id, the connection to it, and the channel itself (None: not read)."""
        for name, link in self.connections.get(service, {}).items():
            yield name, link, self.channels.get(name)


def items(found: object) -> Iterator[object]:
    """The single records in an answer, which may be one record, a list, or a page with a list."""
    # A list instead of recursion: a file may be nested more deeply than Python's stack.
    waiting = [found]
    while waiting:
        each = waiting.pop()
        for name in ("items", "itemList"):
            if isinstance(each, dict) and isinstance(each.get(name), list):
                each = each[name]
        if isinstance(each, list):
            waiting += reversed(each)
        else:
            yield each


def is_published(record: Record) -> bool:
    """Whether a service or a channel may be shown; v12 returns only published ones, without a status."""
    return bool(record.get("publishingStatus", "Published") == "Published")


def dicts(record: Record, name: str) -> list[Record]:
    """A list of objects in a record; empty if PTV has null or something else."""
    found = record.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def strings(record: Record, name: str) -> list[str]:
    """A list of codes in a record; empty if PTV has null or something else."""
    found = record.get(name)
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def part(record: Record, name: str) -> Record:
    """An object in a record; empty if PTV has null or something else."""
    found = record.get(name)
    return found if isinstance(found, dict) else {}


def read_records(path: Path) -> Records:
    """The records of a file, or of every .json file in a folder; content that is not from PTV is skipped.

    Raises InputProblems with the errors of all files, and if there is no service in them.
    """
    paths = sorted(path.glob("*.json")) if is_folder(path) else [path]
    records, problems = Records(), []
    if not paths:
        problems.append(Problem("there is no .json file in this folder", where=str(path)))
    for each in paths:
        try:
            found = json.loads(read_text(each))
        except InputProblems as error:
            problems.extend(error.problems)
        except (ValueError, RecursionError) as error:  # RecursionError: nested too deeply
            problems.append(Problem("this is not valid JSON: {reason}", {"reason": str(error)}, where=str(each)))
        else:
            _add_items(found, records, str(each))
    if not problems and not records.services:
        problems += [*records.problems, Problem(NO_SERVICE, where=str(path))]
    if problems:
        raise InputProblems(problems)
    return records


def _add_items(found: object, records: Records, where: str) -> None:
    """Add the records of a file, and note how many items are of no known kind."""
    listed = list(items(found))
    others = sum(not records.add(each) for each in listed)
    if others == len(listed):
        records.problems.append(Problem(NEITHER, where=where))
    elif others:
        message = N_("not from PTV, or of a kind that is not read; skipped: {count}")
        records.problems.append(Problem(message, {"count": others}, where=where))
