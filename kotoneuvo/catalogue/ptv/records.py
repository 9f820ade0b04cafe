"""PTV answers: services, channels and what connects them, in the form of v12; v11 from files is put into it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.catalogue.files import is_folder, read_text

Record = Mapping[str, Any]

NO_SERVICE = N_("this contains no service of PTV")
NEITHER = N_("this contains no service, channel or anything else of PTV")
_ID = 40
"""Letters of an id that are shown; PTV's own have 36."""
_POSTAL = 5
_MARKS = {
    "serviceChannelType": "channels", "generalDescriptionTypes": "descriptions", "organizationType": "organizations",
    "serviceType": "services", "serviceClasses": "services",
}  # fmt: skip
"""What a kind of record has that those below do not: general descriptions have classes as well."""


@dataclass
class Records:
    """What was read, by PTV id, and what could not be read or was passed over.

    `connections` are by service, then by channel. `terms` are the names of codes (classes, life events, ontology terms
    by their address, counties and regions with their municipalities), `places` those of postal codes. `gone` are ids
    that the register was asked for and does not publish.
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
        """Sort one record in; False if it is of none of these kinds. Of two with one id the later one counts."""
        from kotoneuvo.catalogue.ptv.v11 import translated

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
        """Where a record belongs, and the field of its id."""
        kind = next((kind for mark, kind in _MARKS.items() if mark in found), "")
        if kind:
            return getattr(self, kind), "contentId"
        if not isinstance(found.get("name"), dict) or not isinstance(found.get("uri", ""), str):
            return None, ""
        code = found.get("code")
        if isinstance(code, str) and len(code) == _POSTAL and code.isdigit():
            return self.places, "code"
        # Of a code its own word counts: ontology terms have none, regions and counties no address.
        return self.terms, "code" if code else "uri"

    def names(self, code: str) -> tuple[str, ...]:
        """The names of a code in every language, in small letters; none if they were not read."""
        return tuple(str(each).casefold() for each in part(self.terms.get(code, {}), "name").values())

    def channels_of(self, service: str) -> Iterator[tuple[str, Record, Record | None]]:
        """The channels of a service: id, how it uses it, and the channel itself (None: not read)."""
        for name, link in self.connections.get(service, {}).items():
            yield name, link, self.channels.get(name)


def items(found: object) -> Iterator[object]:
    """The single records in an answer, whatever shape it comes in: one, a list, or a page."""
    # A list of what waits, no recursion: a file may be nested deeper than Python's stack.
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
    """Whether a service or a channel may be shown; v12 gives only such ones and does not say so."""
    return bool(record.get("publishingStatus", "Published") == "Published")


def dicts(record: Record, name: str) -> list[Record]:
    """A list of objects in a record; empty where PTV has null or something else."""
    found = record.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def strings(record: Record, name: str) -> list[str]:
    """A list of codes in a record; empty where PTV has null or something else."""
    found = record.get(name)
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def part(record: Record, name: str) -> Record:
    """An object in a record; empty where PTV has null."""
    found = record.get(name)
    return found if isinstance(found, dict) else {}


def read_records(path: Path) -> Records:
    """A PTV file, or every .json file of a folder; what is nothing of PTV is passed over.

    Raises InputProblems with what is wrong in any of them, and if there is no service.
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
        except (ValueError, RecursionError) as error:  # json raises the second for a file that is nested too deep
            problems.append(Problem("this is not valid JSON: {reason}", {"reason": str(error)}, where=str(each)))
        else:
            _sort_in(found, records, str(each))
    if not problems and not records.services:
        problems += [*records.problems, Problem(NO_SERVICE, where=str(path))]
    if problems:
        raise InputProblems(problems)
    return records


def _sort_in(found: object, records: Records, where: str) -> None:
    """Add what a file holds, and note how much of it is of another kind."""
    listed = list(items(found))
    others = sum(not records.add(each) for each in listed)
    if others == len(listed):
        records.problems.append(Problem(NEITHER, where=where))
    elif others:
        message = N_("nothing from PTV that is read; skipped: {count}")
        records.problems.append(Problem(message, {"count": others}, where=where))
