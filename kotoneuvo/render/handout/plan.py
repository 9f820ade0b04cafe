"""Which services a handout shows, and how: a clear rule over the report's own order.

On paper come first the services that the client's goals ask for. Of what is open now, and of what opens through another
service, the ones that seem to fit and have been confirmed come before the others; those chosen stand in the report's
order. The basics that everybody may need, and what opens later, are short lists. Services that tell something about
their clients by their very name are held back unless the worker puts them on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kotoneuvo.advice.assessment import Assessment
from kotoneuvo.advice.criteria import AnyOf, Criterion, Node
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.facts import Text
from kotoneuvo.advice.pathway import When
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import Operating

STEPS, STEPS_IN_TWO_LANGUAGES = 5, 3
"""How many full steps may fit on two sides of A4, and how many of them in two languages."""
_BRIEF, _LEAST, _LATER = 8, 3, 3
"""How many lines of help at any time, at least of them other than helplines, and at most of later steps, fit beside
them."""
_TELLING = (
    "status", "undocumented", "trafficking_victim", "in_asylum_process", "refugee_or_comparable", "family_of_protected",
    "violence", "wants_return_to_home_country",
)  # fmt: skip
"""Facts that must not be read from a sheet of paper that a stranger finds."""
_UNSAID = ("undocumented", "trafficking", "without papers", "paperless")
"""What must not stand on paper, as the catalogue's English says it."""
_FEW_STATUSES = 12
"""A condition that names no more residence statuses than this (of 37) tells too much about who meets it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the worker decides: `without` stays off the paper, `including` comes on it whatever the rule says."""

    without: frozenset[str] = frozenset()
    including: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Planned:
    """A service on paper: when it opens, and the services that come before it."""

    service: str
    when: When
    after: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """The services of one handout. `held_back` tell something about their clients; `more`: others did not fit."""

    steps: tuple[Planned, ...]
    basics: tuple[Planned, ...]
    later: tuple[Planned, ...]
    held_back: tuple[str, ...]
    more: bool


def plan_handout(report: Report, choice: Choice = Choice(), most: int = STEPS) -> Plan:
    """Choose what fits on paper, at most `most` full steps."""
    everything = [
        Planned(name, stage.when, tuple(each for each in stage.after if each in report.assessments))
        for stage in report.pathway
        for name in stage.services
        if name not in choice.without
    ]
    held_back = tuple(
        each.service
        for each in everything
        if each.service not in choice.including and telling(report.assessments[each.service])
    )
    shown = [each for each in everything if each.service not in held_back]
    asked_for = [each for each in shown if _asked_for(report, each.service) or each.service in choice.including]
    open_ones = [each for each in asked_for if each.when is not When.LATER or each.service in choice.including]
    steps = _with_ways_in(_first(open_ones, report, choice, most), shown, choice, most)
    basics = [each for each in shown if each not in steps and each not in asked_for and each.when is not When.LATER]
    later = [each for each in asked_for if each.when is When.LATER and each not in steps]
    helplines = [
        Planned(name, When.NOW, ())
        for name in report.helplines
        if name not in choice.without and name not in {each.service for each in (*steps, *later)}
    ]
    basics = sorted(_fitting_first(basics, report)[: max(_BRIEF - len(helplines), _LEAST)], key=shown.index)
    listed = {*steps, *basics, *later[: min(_LATER, most)]}
    return Plan(
        tuple(steps),
        (*helplines, *(each for each in basics if each not in helplines)),
        tuple(later[: min(_LATER, most)]),
        held_back,
        more=any(each not in listed for each in shown),
    )


def telling(assessment: Assessment) -> bool:
    """Whether the service says something about its clients that a stranger must not read."""
    service = assessment.service
    if service.discreet or any(_tells(judgement.node) for judgement in assessment.judgements):
        return True
    return any(names_the_unsaid(text) for text in (service.name, service.summary, service.access.how))


def names_the_unsaid(text: Text) -> bool:
    """Whether a text of the catalogue has a word that no handout may hold."""
    words = text.get("en", "").casefold()
    return any(word in words for word in _UNSAID)


def _tells(node: Node) -> bool:
    """A condition that only few people meet, on a fact that is nobody else's business."""
    if isinstance(node, AnyOf):
        return all(any(_tells(part) for part in table) for table in node.tables)
    if not isinstance(node, Criterion) or node.fact not in _TELLING:
        return False
    asked = node.accept | node.unclear
    return asked == {True} or (node.fact == "status" and len(asked) <= _FEW_STATUSES)


def _asked_for(report: Report, name: str) -> bool:
    """Whether a goal asks for it; without goals everything but the basics."""
    assessment = report.assessments[name]
    return assessment.relevant if report.situation.goals else not assessment.service.basic


def _first(open_ones: Sequence[Planned], report: Report, choice: Choice, most: int) -> list[Planned]:
    """The steps: what the worker put on, then the first of each stage, about half of what is open now."""
    chosen = [each for each in open_ones if each.service in choice.including]
    rest = _fitting_first([each for each in open_ones if each not in chosen], report)
    now = [each for each in rest if each.when is When.NOW]
    through = [each for each in rest if each.when is When.THROUGH]
    free = max(most - len(chosen), 0)
    for_now = max(min((most + 1) // 2, free), free - len(through))
    chosen += now[:for_now]
    chosen += through[: max(most - len(chosen), 0)]
    return sorted(chosen, key=open_ones.index)


def _fitting_first(planned: Iterable[Planned], report: Report) -> list[Planned]:
    """Those that seem to fit before those that may, the confirmed before the old; else as they come."""

    def place(each: Planned) -> tuple[bool, bool]:
        assessment = report.assessments[each.service]
        return (assessment.outcome is not Outcome.ELIGIBLE, assessment.operating is not Operating.ACTIVE)

    return sorted(planned, key=place)


def _with_ways_in(steps: list[Planned], shown: Sequence[Planned], choice: Choice, most: int) -> list[Planned]:
    """A step's way in is a step too; where the sheet is full, it takes the place of another."""
    for door in [each for each in shown if any(each.service in step.after for step in steps)]:
        if door not in steps:
            if len(steps) >= most:
                steps.remove(_least(steps, choice))
            steps = sorted([*steps, door], key=shown.index)
    return steps


def _least(steps: Sequence[Planned], choice: Choice) -> Planned:
    """The step to give up first: the last one open now, unless it is a way in or the worker put it on."""
    doors = {name for step in steps for name in step.after}
    free = [each for each in steps if each.service not in doors | choice.including]
    return next((each for each in reversed(free) if each.when is When.NOW), free[-1] if free else steps[-1])
