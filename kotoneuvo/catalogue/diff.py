"""Compare two catalogues, and the pathways of one person in both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kotoneuvo.advice.problems import N_
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import Catalogue

SHORT = ("area", "assured", "recheck", "review", "valid", "contact")
"""Fields that are short enough to show the old and the new value."""


@dataclass(frozen=True, slots=True)
class ChangedService:
    """A service that differs between two catalogues: `what` is "added", "removed" or "changed".

    `fields` are those that differ, and `values` the old and new values of the short ones (None: absent). `before` and
    `after` are its operating states on the day. `successors` took over; `hidden` is why the new catalogue hides it.
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
class PathwayChange:
    """A service on one person's pathway that "opens", "closes" or "moves", with its stages `before` and `after`."""

    service: str
    what: str
    before: str = ""
    after: str = ""
    successors: tuple[str, ...] = ()


def compare(
    old: Catalogue, new: Catalogue, specs: tuple[Mapping[str, Any], Mapping[str, Any]], day: date
) -> list[ChangedService]:
    """Every service that differs; `specs` are the raw entries of both catalogues, by id."""
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
    return catalogue.services[name].operating(day).value if name in catalogue.services else ""


def pathway_changes(old: Report, new: Report) -> list[PathwayChange]:
    """The services that are on only one of two pathways of a person, or at another stage."""
    before, after = (
        {name: stage.when.value for stage in report.pathway for name in stage.services} for report in (old, new)
    )
    found = []
    for name in dict.fromkeys((*before, *after)):
        first, second = before.get(name, ""), after.get(name, "")
        what = N_("closes") if not second else N_("opens") if not first else N_("moves")
        # For a service that closes, those that the new catalogue runs in its place.
        successors = () if second else tuple(each for each in new.catalogue.running(name, new.as_of) if each != name)
        if first != second:
            found.append(PathwayChange(name, what, first, second, successors))
    return found
