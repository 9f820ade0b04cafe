"""PTV answers from disk: services and service channels, as single objects, lists or pages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kotoneuvo.advice.problems import InputProblems, Problem
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


@dataclass
class Records:
    """What was read: services and channels by their PTV id."""

    services: dict[str, Record] = field(default_factory=dict)
    channels: dict[str, Record] = field(default_factory=dict)

    def add(self, found: object) -> bool:
        """Sort an answer in, whatever shape it comes in; False if nothing in it is a service or a channel."""
        if isinstance(found, list):
            sorted_in = [self.add(each) for each in found]
            return any(sorted_in)
        if not isinstance(found, dict):
            return False
        if isinstance(found.get("itemList"), list):
            return self.add(found["itemList"])
        known = isinstance(found.get("id"), str)
        if known and isinstance(found.get("serviceNames"), list):
            self.services[found["id"]] = found
        elif known and isinstance(found.get("serviceChannelNames"), list):
            self.channels[found["id"]] = found
        else:
            return False
        return True

    def of_integration(self) -> list[Record]:
        """The published services of the classes of integration."""
        return [
            each
            for each in self.services.values()
            if each.get("publishingStatus", "Published") == "Published" and any(class_codes(each))
        ]


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
    """A PTV file, or every .json file of a folder. Raises InputProblems with what is wrong in any of them."""
    paths = sorted(path.glob("*.json")) if is_folder(path) else [path]
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
        if not records.add(found):
            problems.append(Problem("there is neither a service nor a channel of PTV v11 in this", where=str(each)))
    if problems:
        raise InputProblems(problems)
    return records
