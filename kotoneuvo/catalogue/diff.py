"""What changed between two catalogues, and what that changes for one person or for many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kotoneuvo.advice.masks import Masks, compile_masks
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import RUNNING, Catalogue
from kotoneuvo.advice.situation import Knowledge, Situation


@dataclass(frozen=True, slots=True)
class Change:
    """One service in two catalogues: "added", "removed" or "changed" with the fields that differ.

    `before` and `after` say whether it runs on the day; `successors` took over in the new catalogue.
    """

    service: str
    what: str
    fields: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """What one service becomes for one person: "opens", "closes" or "moves", with the stages before and after."""

    service: str
    what: str
    before: str = ""
    after: str = ""
    successors: tuple[str, ...] = ()


@dataclass
class Group:
    """Of how many people each service becomes open or closed; `rows` counts the people."""

    rows: int = 0
    opens: Counter[str] = field(default_factory=Counter)
    closes: Counter[str] = field(default_factory=Counter)


def compare(
    old: Catalogue, new: Catalogue, specs: tuple[Mapping[str, Any], Mapping[str, Any]], day: date
) -> list[Change]:
    """Every service that differs; `specs` are the entries of both as their files write them, by id."""
    before, after = specs
    changes = []
    for name in dict.fromkeys((*old.services, *new.services)):
        first, second = _state(old, name, day), _state(new, name, day)
        if not second:
            changes.append(Change(name, "removed", before=first))
        elif not first:
            changes.append(Change(name, "added", after=second))
        else:
            fields = tuple(_differing(before.get(name, {}), after.get(name, {})))
            successors = new.services[name].successor if "successor" in fields else ()
            if fields or first != second:
                changes.append(Change(name, "changed", fields, first, second, successors))
    return changes


def _state(catalogue: Catalogue, name: str, day: date) -> str:
    """Whether a service runs, in a word; empty if the catalogue does not have it."""
    return catalogue.services[name].operating(day).value if name in catalogue.services else ""


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    yield from (name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name))


def turns(old: Report, new: Report) -> list[Turn]:
    """What the new catalogue changes on one person's pathway."""
    before, after = _stages(old), _stages(new)
    found = []
    for name in dict.fromkeys((*before, *after)):
        first, second = before.get(name, ""), after.get(name, "")
        if not second:
            successors = tuple(each for each in new.catalogue.running(name, new.as_of) if each != name)
            found.append(Turn(name, "closes", first, "", successors))
        elif not first:
            found.append(Turn(name, "opens", "", second))
        elif first != second:
            found.append(Turn(name, "moves", first, second))
    return found


def _stages(report: Report) -> Mapping[str, str]:
    return {name: stage.when.value for stage in report.pathway for name in stage.services}


class GroupComparison:
    """Counts over many people, one after the other: a service is open to whom it runs for and is not ruled out."""

    def __init__(self, old: Catalogue, new: Catalogue, day: date) -> None:
        self.old, self.new = old, new
        self.masks = (compile_masks(old), compile_masks(new))
        self.running = (_running(old, self.masks[0], day), _running(new, self.masks[1], day))
        self.group = Group()

    def add(self, situation: Situation) -> None:
        """One more person."""
        before, after = (
            self._open(place, catalogue, situation) for place, catalogue in enumerate((self.old, self.new))
        )
        self.group.rows += 1
        self.group.opens.update(after - before)
        self.group.closes.update(before - after)

    def _open(self, place: int, catalogue: Catalogue, situation: Situation) -> set[str]:
        _, maybe = self.masks[place].evaluate(Knowledge(catalogue.facts, situation).possible)
        return set(_named(maybe & self.running[place], self.masks[place].services))


def _running(catalogue: Catalogue, masks: Masks, day: date) -> int:
    bits = (catalogue.services[name].operating(day) in RUNNING for name in masks.services)
    return sum(1 << place for place, runs in enumerate(bits) if runs)


def _named(bits: int, names: tuple[str, ...]) -> Iterable[str]:
    while bits:
        lowest = bits & -bits
        yield names[lowest.bit_length() - 1]
        bits ^= lowest
