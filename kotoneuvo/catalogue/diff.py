"""What changed between two catalogues, and what that changes for one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kotoneuvo.advice.problems import N_
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import Catalogue

SHORT = ("area", "assured", "recheck", "review", "valid", "contact")
"""Fields that are short enough to be shown as they were and as they are."""


@dataclass(frozen=True, slots=True)
class ChangedService:
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


def compare(
    old: Catalogue, new: Catalogue, specs: tuple[Mapping[str, Any], Mapping[str, Any]], day: date
) -> list[ChangedService]:
    """Every service that differs; `specs` are the entries of both as their files write them, by id."""
    before, after = specs
    changes = []
    for name in dict.fromkeys((*old.services, *new.services)):
        first, second = _state(old, name, day), _state(new, name, day)
        if not first or not second:
            what, hidden = N_("added") if second else N_("removed"), new.hidden.get(name, "")
            changes.append(ChangedService(name, what, before=first, after=second, hidden=hidden))
        else:
            one, other = before.get(name, {}), after.get(name, {})
            fields = tuple(each for each in dict.fromkeys((*one, *other)) if one.get(each) != other.get(each))
            values = {each: (one.get(each), other.get(each)) for each in fields if each in SHORT}
            successors = new.services[name].successor if "successor" in fields else ()
            if fields or first != second:
                changes.append(ChangedService(name, N_("changed"), fields, first, second, successors, values))
    return changes


def _state(catalogue: Catalogue, name: str, day: date) -> str:
    """Whether a service runs, in a word; empty if the catalogue does not have it."""
    return catalogue.services[name].operating(day).value if name in catalogue.services else ""


def turns(old: Report, new: Report) -> list[Turn]:
    """What the new catalogue changes on one person's pathway."""
    before, after = (
        {name: stage.when.value for stage in report.pathway for name in stage.services} for report in (old, new)
    )
    found = []
    for name in dict.fromkeys((*before, *after)):
        first, second = before.get(name, ""), after.get(name, "")
        what = N_("closes") if not second else N_("opens") if not first else N_("moves")
        # What runs in the new catalogue in the place of a service that is gone.
        successors = () if second else tuple(each for each in new.catalogue.running(name, new.as_of) if each != name)
        if first != second:
            found.append(Turn(name, what, first, second, successors))
    return found
