"""Which services are on a handout: the first steps, without those that reveal something about the client.

What the worker adds or leaves out takes precedence over this rule.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from kotoneuvo.advice.disclosure import held_back
from kotoneuvo.advice.first_steps import FirstStep, first_steps
from kotoneuvo.advice.notices import Notice
from kotoneuvo.advice.pathway import When
from kotoneuvo.advice.report import Report


class Details(Enum):
    """What the second page says about each step."""

    ALL = "all"
    CLIENTS = "in the client's language alone"
    WAYS_IN = "how to get in and what to bring, in the client's language"


class Room(NamedTuple):
    """How much a handout holds: numbers of steps, of helplines (`everyone`), of later steps and of notices.

    With `ways_in`, every step says itself how to get in, not only the details on the second page.
    """

    steps: int
    everyone: int
    later: int
    notices: int
    ways_in: bool
    details: Details


ROOMS = (
    Room(5, 8, 3, 2, True, Details.ALL), Room(5, 7, 2, 1, False, Details.ALL),
    Room(5, 6, 1, 1, False, Details.CLIENTS), Room(4, 5, 0, 1, False, Details.CLIENTS),
    Room(5, 5, 0, 1, False, Details.WAYS_IN), Room(4, 5, 0, 1, False, Details.WAYS_IN),
    Room(3, 5, 0, 1, False, Details.WAYS_IN), Room(2, 4, 0, 0, False, Details.WAYS_IN),
    Room(1, 3, 0, 0, False, Details.WAYS_IN),
)  # fmt: skip
"""From the fullest to the shortest handout; they are tried in this order until one fits on two pages."""


class PaperChoice(NamedTuple):
    """The ids that the worker leaves out (`without`) or adds (`including`), whatever the rule says."""

    without: frozenset[str] = frozenset()
    including: frozenset[str] = frozenset()


NO_CHOICE = PaperChoice()


class Later(NamedTuple):
    """A service that opens after others, whose ids are in `after`."""

    service_id: str
    after: tuple[str, ...]


class Plan(NamedTuple):
    """The content of one handout. `held_back` has the ids of services and notices that reveal something."""

    steps: tuple[FirstStep, ...]
    later: tuple[Later, ...]
    everyone: tuple[str, ...]
    notices: tuple[Notice, ...]
    held_back: tuple[str, ...]
    room: Room


def choose(report: Report, choice: PaperChoice = NO_CHOICE, room: Room = ROOMS[0]) -> Plan:
    """Choose the content of a handout that has this much room; what the worker added is always on it."""
    notices = [each for each in report.notices if each.id not in choice.without]
    named = (*report.on_pathway, *(each.id for each in notices))
    # The rule is for what comes by itself; before adding a service, the worker asks the client.
    telling = held_back(report, [name for name in named if name not in choice.including])
    off = choice.without | set(telling)
    most = max(room.steps, len(choice.including & set(report.on_pathway)))
    steps = first_steps(report, most, off, choice.including)
    shown = {step.service_id for step in steps}
    # Only what these steps open, as the handout would not say how to get to anything else.
    later = [
        Later(service_id, stage.after)
        for stage in report.pathway
        for service_id in stage.services
        if stage.when is not When.NOW
        and shown.intersection(stage.after)
        and service_id not in off | shown
        and report.assessments[service_id].relevant
    ]
    return Plan(
        steps,
        tuple(later[: room.later]),
        # The same for everybody, so that it reveals nothing about this person.
        tuple(each for each in report.helplines if each not in choice.without | shown)[: room.everyone],
        tuple(each for each in notices if each.id not in telling)[: room.notices],
        telling,
        room,
    )
