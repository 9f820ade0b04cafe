"""Answers of the national Finnish Service Catalogue (PTV), as files."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.catalogue.ptv.choice import CLASSES
from kotoneuvo.catalogue.ptv.entries import ReadDates, drafts
from kotoneuvo.catalogue.ptv.merge import valid_entries
from kotoneuvo.catalogue.ptv.records import read_records
from kotoneuvo.cli.catalogue_register import as_toml
from kotoneuvo.words import Words

from .judge import Bench, Fault, facts, limits
from .mutation import Grammar
from .target import Target

_DAY = date(2026, 11, 24)
_FOLDER = Path(__file__).resolve().parents[1] / "standards" / "ptv-v11"


def _read(name: str) -> Any:
    return json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def _seeds() -> list[Any]:
    """Real answers and skeletons, alone and together, with a service class that is of integration."""
    services = [_read("sample_service_v11"), _read("skeleton_V11VmOpenApiService")]
    channels = [_read("sample_service_channel_v11"), _read("skeleton_V11VmOpenApiServiceLocationChannel")]
    for service in services:
        service.setdefault("serviceClasses", []).append({"code": "P22.1"})
    return [*services, *channels, [*services, *channels], {"itemList": services, "pageCount": 1}]


def read(data: bytes, bench: Bench) -> None:
    """Read the file and make entries of what is in it."""
    path = bench.put("ptv.json", data)
    with limits():
        try:
            draft = drafts(read_records(path), facts(), ReadDates(_DAY))
            entries, problems = valid_entries(draft.entries, facts(), _DAY)
            if crc32(data) % 4 == 0:
                as_toml(entries)
            for problem in (*draft.problems, *problems):
                Words("fi").problem(problem)
        except InputProblems as error:
            for problem in error.problems:
                Words("fi").problem(problem)


def run(data: bytes, bench: Bench, way: int) -> None:
    """Import the file; what comes out must be a catalogue file that can be read again."""
    bench.put("ptv.json", data)
    more = ("--all",) if way else ()
    end = bench.run("catalogue", "import-ptv", "ptv.json", *more, shown=False)
    if end.code == 0:
        bench.put("written.toml", end.out.encode())
        checked = bench.run("catalogue", "check", "written.toml")
        if checked.code != 0:
            raise Fault("the overlay that was written does not pass the check")


def _words() -> list[str]:
    keys: dict[str, None] = {}
    waiting = _seeds()
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            keys |= dict.fromkeys(each)
        waiting += each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
    more = ["Published", "Draft", "Name", "Summary", "Description", "fi", "sv", "en", "Responsible", "Nationwide",
            "NationwideExceptAlandIslands", "Municipality", "FreeOfCharge", "Phone", "Standard", "DaysOfTheWeek",
            "Monday",
            "Sunday", "08:00:00", "16:00", "091", "+358", "0401234567", "a@b.fi", "https://example.fi"]  # fmt: skip
    return [*keys, *CLASSES, *more]


TARGET = Target(
    "ptv", tuple(json.dumps(seed).encode() for seed in _seeds()), _words(), read, run, 2,
    Grammar(json.loads, lambda tree: json.dumps(tree).encode()),
)  # fmt: skip
