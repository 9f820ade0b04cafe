"""What changed between two catalogues, and what that changes for one person or for many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kotoneuvo.advice.masks import Masks, compile_masks
from kotoneuvo.advice.problems import N_
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import RUNNING, Catalogue
from kotoneuvo.advice.situation import Knowledge, Situation

SHORT = (
    "area", "assured", "recheck", "review", "valid", "phones", "emails", "addresses", "urls", "schedules",
)  # fmt: skip
"""Fields that are short enough to be shown as they were and as they are."""


@dataclass(frozen=True, slots=True)
class Change:
    """One service in two catalogues: "added", "removed" or "changed" with the fields that differ.

    `values` are the short ones of these fields as the two files write them (None: not there). `before` and `after` say
    whether it runs on the day; `successors` took over in the new catalogue, `hidden` says why that leaves it out.
    """

    service: str
    what: str
    fields: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    successors: tuple[str, ...] = ()
    values: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    hidden: str = ""


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
    """Of how many people each service becomes open or closed; `rows` counts the people.

    `not_understood` counts cells that said nothing; `successors` took over from the services that close.
    """

    rows: int = 0
    not_understood: int = 0
    opens: Counter[str] = field(default_factory=Counter)
    closes: Counter[str] = field(default_factory=Counter)
    successors: dict[str, tuple[str, ...]] = field(default_factory=dict)


def compare(
    old: Catalogue, new: Catalogue, specs: tuple[Mapping[str, Any], Mapping[str, Any]], day: date
) -> list[Change]:
    """Every service that differs; `specs` are the entries of both as their files write them, by id."""
    before, after = specs
    changes = []
    for name in dict.fromkeys((*old.services, *new.services)):
        first, second = _state(old, name, day), _state(new, name, day)
        if not second:
            changes.append(Change(name, N_("removed"), before=first, hidden=new.hidden.get(name, "")))
        elif not first:
            changes.append(Change(name, N_("added"), after=second))
        else:
            one, other = before.get(name, {}), after.get(name, {})
            fields = tuple(_differing(one, other))
            values = {each: (one.get(each), other.get(each)) for each in fields if each in SHORT}
            successors = new.services[name].successor if "successor" in fields else ()
            if fields or first != second:
                changes.append(Change(name, N_("changed"), fields, first, second, successors, values))
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
            found.append(Turn(name, N_("closes"), first, "", _successors(new.catalogue, name, new.as_of)))
        elif not first:
            found.append(Turn(name, N_("opens"), "", second))
        elif first != second:
            found.append(Turn(name, N_("moves"), first, second))
    return found


def _successors(new: Catalogue, name: str, day: date) -> tuple[str, ...]:
    """What runs in the new catalogue in the place of a service."""
    return tuple(each for each in new.running(name, day) if each != name)


def _stages(report: Report) -> Mapping[str, str]:
    return {name: stage.when.value for stage in report.pathway for name in stage.services}


class GroupComparison:
    """Counts over many people, one after the other: a service is open to whom it runs for and is not ruled out."""

    def __init__(self, old: Catalogue, new: Catalogue, day: date) -> None:
        self.old, self.new, self.day = old, new, day
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
        for name in before - after - self.group.successors.keys():
            self.group.successors[name] = _successors(self.new, name, self.day)

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
