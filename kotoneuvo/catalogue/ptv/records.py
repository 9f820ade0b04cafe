"""PTV answers from disk: services and service channels, as single objects, lists or pages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.catalogue.files import is_folder, read_text

Record = Mapping[str, Any]

CLASSES: Mapping[str, tuple[str, str]] = {
    "P4.8": ("guidance", "guidance"),
    "P4.11": ("settling", "guidance"),
    "P22.1": ("settling", "guidance"),
    "P22.2": ("settling", "guidance"),
    "P22.3": ("settling", "guidance"),
    "P22.4": ("settling", "guidance"),
    "P10.1": ("work", "work"),
    "P10.6": ("work", "work"),
    "P6.10": ("vocational_education", "education"),
}
"""The service classes of integration, with a goal and a phase to start from: a person checks both."""

_ID = 40
"""Letters of an id that are shown; PTV's own have 36."""


@dataclass
class Records:
    """What was read: services and channels by their PTV id, and what could not be read or was passed over."""

    services: dict[str, Record] = field(default_factory=dict)
    channels: dict[str, Record] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, found: object) -> bool:
        """Sort one service or channel in; False if it is neither. Of two with one id the later changed counts."""
        place = self._place(found)
        if place is None:
            return False
        record: Record = found  # type: ignore[assignment]
        other = place.setdefault(record["id"], record)
        if other != record:
            self.problems.append(Problem("read twice; what was changed last counts", where=record["id"][:_ID]))
            place[record["id"]] = max(other, record, key=lambda each: str(each.get("modified") or ""))
        return True

    def _place(self, found: object) -> dict[str, Record] | None:
        if not isinstance(found, dict) or not isinstance(found.get("id"), str):
            return None
        if isinstance(found.get("serviceNames"), list):
            return self.services
        return self.channels if isinstance(found.get("serviceChannelNames"), list) else None

    def of_integration(self) -> list[Record]:
        """The published services of the classes of integration."""
        return [each for each in self.services.values() if is_published(each) and any(class_codes(each))]


def items(found: object) -> Iterator[object]:
    """The single records in an answer, whatever shape it comes in: one, a list, or a page."""
    waiting = [found]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict) and isinstance(each.get("itemList"), list):
            each = each["itemList"]
        if isinstance(each, list):
            waiting += reversed(each)
        else:
            yield each


def is_published(record: Record) -> bool:
    """Whether a service or a channel may be shown; an answer that does not say so holds only such ones."""
    return bool(record.get("publishingStatus", "Published") == "Published")


def class_codes(service: Record) -> Iterator[str]:
    """The service's classes that are of integration."""
    for each in dicts(service, "serviceClasses"):
        if str(each.get("code")) in CLASSES:
            yield each["code"]


def dicts(record: Record, name: str) -> list[Record]:
    """A list of objects in a record; empty where PTV has null or something else."""
    found = record.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def part(record: Record, name: str) -> Record:
    """An object in a record; empty where PTV has null."""
    found = record.get(name)
    return found if isinstance(found, dict) else {}


def read_records(path: Path) -> Records:
    """A PTV file, or every .json file of a folder; what is neither a service nor a channel is passed over.

    Raises InputProblems with what is wrong in any of them, and if there is no service.
    """
    folder = is_folder(path)
    paths = sorted(path.glob("*.json")) if folder else [path]
    records, problems = Records(), []
    if not paths:
        problems.append(Problem("there is no .json file in this folder", where=str(path)))
    for each in paths:
        try:
            found = json.loads(read_text(each))
        except (ValueError, RecursionError) as error:
            if isinstance(error, InputProblems):
                problems.extend(error.problems)
            else:
                details = {"reason": str(error)}
                problems.append(Problem("this is not valid JSON: {reason}", details, where=str(each)))
            continue
        _sort_in(found, records, str(each))
    if not problems and not records.services:
        message = N_("there is no service of PTV v11 in this")
        problems += [*records.problems, Problem(message, where=str(path))]
    if problems:
        raise InputProblems(problems)
    return records


def _sort_in(found: object, records: Records, where: str) -> None:
    """Add what a file holds, and note how much of it is of another kind."""
    listed = list(items(found))
    others = sum(not records.add(each) for each in listed)
    if others == len(listed):
        records.problems.append(Problem("there is neither a service nor a channel of PTV v11 in this", where=where))
    elif others:
        message = N_("neither services nor channels of PTV v11, passed over: {count}")
        records.problems.append(Problem(message, {"count": others}, where=where))
