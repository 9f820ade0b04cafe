"""Questions with lines of their own, from questions.toml: what is shown, and what each line records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kotoneuvo.advice.facts import NO_TEXT, FactBook, Text, Values
from kotoneuvo.advice.values import read_values
from kotoneuvo.catalogue.files import data_folder, read_bundled

Records = Mapping[str, Values]
"""Fact id to the values that an answer leaves possible."""


@dataclass(frozen=True)
class Line:
    """One thing to choose.

    It `records` values; `opens` names the question that narrows it down, `instead` one that is asked in place of this.
    `key` is the letter that chooses it, "" for a digit by its place.
    """

    name: Text
    gloss: Text
    records: Records
    opens: str = ""
    instead: str = ""
    key: str = ""


@dataclass(frozen=True)
class Question:
    """A question with fixed lines. `label` is how its answer is called afterwards."""

    id: str
    ask: Text
    hint: Text
    label: Text
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Questions:
    """The questions by id, and the municipalities where Swedish is asked about first."""

    by_id: Mapping[str, Question]
    swedish_first: Values


def read_questions(facts: FactBook) -> Questions:
    """The questions of the bundled data. The file is our own and checked by the tests, so mistakes in it raise."""
    raw = read_bundled(data_folder(), "questions")
    entries = {entry["id"]: entry for entry in raw["question"]}

    def records(line: dict[str, Any]) -> Records:
        if "opens" not in line:
            return {name: read_values(facts[name], value) for name, value in line.get("records", {}).items()}
        found: dict[str, Values] = {}
        for behind in map(records, entries[line["opens"]]["line"]):
            found |= {name: found.get(name, frozenset()) | values for name, values in behind.items()}
        return found

    by_id = {name: _question(entry, [records(line) for line in entry["line"]]) for name, entry in entries.items()}
    return Questions(by_id, frozenset(raw["swedish_first"]))


def _question(entry: dict[str, Any], records: list[Records]) -> Question:
    lines = [
        Line(
            name=line["name"],
            gloss=line.get("gloss", NO_TEXT),
            records=recorded,
            opens=line.get("opens", ""),
            instead=line.get("instead", ""),
            key=line.get("key", ""),
        )
        for line, recorded in zip(entry["line"], records, strict=True)
    ]
    return Question(entry["id"], entry["ask"], entry.get("hint", NO_TEXT), entry["label"], tuple(lines))
