"""Questions with lines of their own, from questions.toml: what is shown, and what each line records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from kotoneuvo.advice.facts import NO_TEXT, FactBook, Text, Values
from kotoneuvo.advice.values import read_values
from kotoneuvo.catalogue.files import data_folder, read_bundled

Records = Mapping[str, Values]
"""Fact id to the values that an answer leaves possible."""


class Line(NamedTuple):
    """One thing to choose.

    It `records` values; `opens` names the question that narrows it down, `instead` one that is asked in place of this.
    `key` is the letter that chooses it, "" for a digit by its place.
    """

    name: Text
    records: Records
    gloss: Text = NO_TEXT
    opens: str = ""
    instead: str = ""
    key: str = ""


class Question(NamedTuple):
    """A question with fixed lines. `label` is how its answer is called afterwards."""

    id: str
    ask: Text
    label: Text
    lines: tuple[Line, ...]
    hint: Text = NO_TEXT


class Questions(NamedTuple):
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
        # A line that opens a second step records what the lines of that step leave possible between them.
        found: dict[str, Values] = {}
        for behind in map(records, entries[line["opens"]]["line"]):
            found |= {name: found.get(name, frozenset()) | values for name, values in behind.items()}
        return found

    by_id = {}
    for name, entry in entries.items():
        lines = tuple(Line(**line | {"records": records(line)}) for line in entry["line"])
        by_id[name] = Question(name, entry["ask"], entry["label"], lines, entry.get("hint", NO_TEXT))
    return Questions(by_id, frozenset(raw["swedish_first"]))
