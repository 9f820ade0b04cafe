"""Read facts.toml, statuses.toml and municipalities.csv into the fact book."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kotoneuvo.advice.criteria import Criterion, Table
from kotoneuvo.advice.facts import NONE, Fact, FactBook, Municipality, Text, Value, Values, fold
from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.advice.values import combinations_of
from kotoneuvo.catalogue.files import read_bundled, read_text
from kotoneuvo.catalogue.read_criteria import TableReader

_ASKED = {True: "asked", False: "derived", "told": "told"}
_NOTHING: Mapping[str, Mapping[str, Value]] = {
    "municipality": {NONE: NONE, "ei kuntaa": NONE, "ingen kommun": NONE, "abroad": NONE},
    "several": {NONE: NONE, "ei lapsia": NONE, "inga barn": NONE, "no children": NONE},
    "years": {NONE: NONE, "ei lupaa": NONE, "inget tillstånd": NONE, "no permit": NONE},
}
"""Words for the value "none", by kind of fact."""
_YES_NO: Mapping[str, Value] = {"true": True, "false": False}


def read_facts(folder: Path) -> FactBook:
    """The fact book of a data folder.

    The files are bundled and tested, so a mistake raises whatever Python raises (or InputProblems for a criterion).
    """
    words = read_bundled(folder, "words")
    raw = read_bundled(folder, "facts")
    statuses = read_bundled(folder, "statuses")["status"]
    municipalities = _municipalities(folder)
    facts = {entry["id"]: _fact(entry, raw["level"], statuses, municipalities) for entry in raw["fact"]}
    place = facts["municipality"]
    merged, several = _other_places(folder, municipalities)
    facts["municipality"] = place._replace(also={**place.also, **merged}, groups=several)
    goal_words = {fold(word): goal for word, goal in words["goals"].items()}
    facts |= {name: _with_words(facts[name], more) for name, more in words.items() if name in facts}
    names = {kind: {entry["id"]: entry["name"] for entry in raw[kind]} for kind in ("goal", "phase")}
    book = FactBook(facts, {}, names["goal"], names["phase"], municipalities, goal_words)
    return replace(book, derivations=_derivations(raw["fact"], statuses, book))


def _with_words(fact: Fact, words: Mapping[str, str | list[str]]) -> Fact:
    """The fact with further words for its values: aliases stand for one value, groups for several."""
    single = {word: value for word, value in words.items() if isinstance(value, str)}
    several = {fold(word): frozenset[Value](values) for word, values in words.items() if isinstance(values, list)}
    unknown = {*single.values(), *(value for values in several.values() for value in values)} - set(fact.domain)
    if unknown:
        raise ValueError(f"words.toml: {fact.id} has no {sorted(map(str, unknown))}")
    # Names of values win over aliases.
    return fact._replace(also={**single, **fact.also}, groups={**fact.groups, **several})


_TAKEN = ("Lappi",)
"""Names of former municipalities that people now use for something larger: the region."""


def _other_places(
    folder: Path, municipalities: Mapping[str, Municipality]
) -> tuple[Mapping[str, Value], Mapping[str, Values]]:
    """Further names and codes of places: those that mean one municipality, and those that may mean any of several.

    They are the regions, and municipalities that were merged or divided since 2005 (Statistics Finland).
    """
    regions: dict[str, set[Value]] = {}
    for code, each in municipalities.items():
        for name in each.region.values():
            regions.setdefault(fold(name), set()).add(code)
    single: dict[str, Value] = {}
    several = {name: frozenset(codes) for name, codes in regions.items()}
    for row in csv.DictReader(read_text(folder / "former_municipalities.csv").splitlines()):
        for name in filter(None, (row["code"], row["name_fi"], row["name_sv"])):
            if "+" in row["merged_into"]:
                several[fold(name)] = frozenset[Value](row["merged_into"].split("+"))
            elif name not in _TAKEN:
                single[name] = row["merged_into"]
    return single, several


def _municipalities(folder: Path) -> Mapping[str, Municipality]:
    rows = csv.DictReader(read_text(folder / "municipalities.csv").splitlines())
    # The columns have the names of the fields.
    names = Municipality._fields[1:]
    return {row["code"]: Municipality(row["code"], *(_place(row, name) for name in names)) for row in rows}


def _place(row: Mapping[str, str], column: str) -> Text:
    """The names of a place. English uses the local one: Swedish on Åland, Finnish elsewhere."""
    fi, sv = row[f"{column}_fi"], row[f"{column}_sv"]
    return {"fi": fi, "sv": sv, "en": sv if row["region_sv"] == "Åland" else fi}


def _fact(
    entry: dict[str, Any],
    levels: list[dict[str, Any]],
    statuses: list[dict[str, Any]],
    municipalities: Mapping[str, Municipality],
) -> Fact:
    kind = entry["kind"]
    values = levels if kind == "level" else statuses if entry["id"] == "status" else entry.get("value", [])
    names: dict[Value, Text] = {
        each["id"]: each.get("name") or dict.fromkeys(("fi", "sv", "en"), each["id"]) for each in values
    }
    domain: tuple[Value, ...] = tuple(names)
    if kind == "yes_no":
        domain = (True, False)
    elif kind == "number":
        domain = tuple(range(entry["min"], entry["max"] + 1))
    elif kind == "years":
        domain = (NONE, *range(entry["max"] + 1))
    elif kind == "several":
        domain = combinations_of(str(band) for band in names)
    elif kind == "municipality":
        names = {code: each.name for code, each in municipalities.items()}
        domain = (*names, NONE)
    return Fact(
        id=entry["id"],
        kind=kind,
        domain=domain,
        asked=_ASKED[entry["asked"]],  # type: ignore[arg-type]
        change=entry["change"],
        label=entry["label"],
        question=entry["question"],
        names=names,
        also=_NOTHING.get(kind, {}),
        groups={},
        sensitivity=frozenset(entry.get("sensitive", ())),
        warned=frozenset(each["id"] for each in values if "warned_in_files" in each.get("sensitive", ())),
        why=entry.get("why", {}),
        follows=tuple(entry.get("follows", ())),
        goals=tuple(entry.get("goals", ())),
        goals_ask=entry.get("goals_ask", False),
        grows=entry.get("grows", kind in ("number", "years", "level")),
        default=entry.get("default"),
        bounds={each["id"]: each["below"] for each in values if "below" in each},
        grades={each["id"]: each["yki"] for each in values if "yki" in each},
        said={_YES_NO[answer]: text for answer, text in entry.get("said", {}).items()},
    )


def _derivations(
    entries: list[dict[str, Any]], statuses: list[dict[str, Any]], book: FactBook
) -> Mapping[str, Mapping[Value, Table]]:
    """For each derived fact and each of its values, the criteria under which that value stays possible."""
    found: dict[str, dict[Value, Table]] = {}
    for name in dict.fromkeys(implied for each in statuses for implied in each["implies"]):
        for value in book[name].domain:
            # A status that implies nothing about this fact allows every value.
            allowing = frozenset(each["id"] for each in statuses if each["implies"].get(name, value) == value)
            found.setdefault(name, {})[value] = (Criterion("status", allowing),)
    for entry in entries:
        reader = TableReader(book, where="facts.toml", entry=entry["id"])
        for text, spec in entry.get("derive", {}).items():
            value = _YES_NO.get(text, text)
            conditions = found.setdefault(entry["id"], {})
            conditions[value] = (*conditions.get(value, ()), *reader.criteria(spec))
        if reader.problems:
            raise InputProblems(reader.problems)
    return found
