"""Answers files, in TOML and in JSON."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any
from zlib import crc32

import tomli

from kotoneuvo.advice.advisor import advise
from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.cli.answers import read_answers_file
from kotoneuvo.cli.options import fact_names
from kotoneuvo.words import Words

from .judge import DAY, Bench, facts, limits
from .mutation import Grammar, toml
from .target import Target

_SEEDS: tuple[dict[str, Any], ...] = (
    {"municipality": "Esbo", "age": "18-29", "finnish_level": "B1", "status": ["asylum", "subsidiary_protection"],
     "children_ages": [2, 8], "goals": ["work", "language"]},
    {"municipality": "091", "age": 34, "has_right_to_work": True, "years_since_first_permit": "2024-05",
     "service_language": "ar,en", "schooling": "higher", "literacy": "LK1", "gender": "woman"},
    {"age": "<3", "children_ages": "none", "labour_status": "student", "years_since_first_permit": 2.5,
     "swedish_level": "A1.3-A2", "customer_role": "employer", "undocumented": "ei"},
    dict.fromkeys(fact_names(), "unknown"),
)  # fmt: skip
_FORMS = ("text", "json", "html")


def _parse(data: bytes) -> Any:
    return json.loads(data) if data[:1] == b"{" else tomli.loads(data.decode())


def _dump(tree: Any) -> bytes:
    return json.dumps(tree).encode() if crc32(repr(tree).encode("utf-8", "replace")) % 2 else toml(tree)


def _name(data: bytes) -> str:
    return "answers.json" if data[:1] in (b"{", b"[", b'"') else "answers.toml"


@cache
def _catalogue() -> Catalogue:
    return load_catalogue()


def read(data: bytes, bench: Bench) -> None:
    """Read a file into a situation, and advise if that works; say what is wrong if not."""
    path = bench.put(_name(data), data)
    with limits():
        try:
            situation = read_answers_file(facts(), path, date.fromisoformat(DAY))
        except InputProblems as error:
            for problem in error.problems:
                Words("fi").problem(problem)
        else:
            if crc32(data) % 4 == 0:
                advise(_catalogue(), situation, date.fromisoformat(DAY))


def run(data: bytes, bench: Bench, way: int) -> None:
    """Give the file to `advise`, in one of its formats."""
    name = _name(data)
    bench.put(name, data)
    output = ("--output", "result") if way % 2 else ()
    bench.run(
        "advise",
        "--answers",
        name,
        "--format",
        _FORMS[way // 2],
        "--as-of",
        DAY,
        *output,
        shown=_FORMS[way // 2] != "html",
    )


def _words() -> list[str]:
    values = [str(value) for name in facts().facts for value in facts()[name].domain[:60]]
    names = [name for each in facts().municipalities.values() for name in each.name.values()]
    return [*fact_names(), "service_language", *facts().goals, *dict.fromkeys(values), *names[:40]]


_FILES = (*map(toml, _SEEDS), *(json.dumps(seed).encode() for seed in _SEEDS))
TARGET = Target("answers", _FILES, _words(), read, run, 2 * len(_FORMS), Grammar(_parse, _dump))
