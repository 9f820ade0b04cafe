"""Which services stand on a handout: the core's own first steps, without those that a stranger must not read about.

What the worker puts on or leaves off goes before the rule.
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
    """What the second page says of each step."""

    ALL = "all"
    CLIENTS = "in the client's language alone"
    WAYS_IN = "how to get in and what to bring, in the client's language"


class Room(NamedTuple):
    """How much a handout holds: steps, lines of help for everybody, lines of later steps, rules.

    `ways_in`: every step says how to get in where it stands, not only among the details.
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
"""From the fullest to the shortest handout, tried one after the other until one has room on two pages."""


class PaperChoice(NamedTuple):
    """What the worker decides: `without` stays off the paper, `including` comes on it whatever the rule says."""

    without: frozenset[str] = frozenset()
    including: frozenset[str] = frozenset()


NO_CHOICE = PaperChoice()


class Later(NamedTuple):
    """A service that opens after others, their ids."""

    service_id: str
    after: tuple[str, ...]


class Plan(NamedTuple):
    """The content of one handout. `held_back` names services and notices that tell something about the client."""

    steps: tuple[FirstStep, ...]
    later: tuple[Later, ...]
    everyone: tuple[str, ...]
    notices: tuple[Notice, ...]
    held_back: tuple[str, ...]
    room: Room


def choose(report: Report, choice: PaperChoice = NO_CHOICE, room: Room = ROOMS[0]) -> Plan:
    """Choose what stands on paper in a room; what the worker put on stays in every room."""
    notices = [each for each in report.notices if each.id not in choice.without]
    named = (*report.on_pathway, *(each.id for each in notices))
    # The rule holds for what comes by itself; what the worker puts on was asked of the client.
    telling = held_back(report, [name for name in named if name not in choice.including])
    off = choice.without | set(telling)
    most = max(room.steps, len(choice.including & set(report.on_pathway)))
    steps = first_steps(report, most, off, choice.including)
    shown = {step.service_id for step in steps}
    # Only what one of these steps opens: another "later" would have no way to it on this paper.
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
        # The list for everybody is the same whatever was told.
        tuple(each for each in report.helplines if each not in choice.without | shown)[: room.everyone],
        tuple(each for each in notices if each.id not in telling)[: room.notices],
        telling,
        room,
    )
