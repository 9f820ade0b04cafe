"""Services picked out by municipality, goal, audience and state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kotoneuvo.advice.assessment import may_serve, serves
from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.advice.service import Catalogue, Operating, Service
from kotoneuvo.advice.situation import read_answers, unknown_name
from kotoneuvo.cli.environment import UsageProblems


@dataclass(frozen=True)
class Filter:
    """What a list of services is narrowed to; None lets everything through."""

    municipality: str | None = None
    goal: str | None = None
    audience: str | None = None
    operating: str | None = None

    def pick(self, catalogue: Catalogue, day: date) -> list[Service]:
        """The services that pass on that day. Raises UsageProblems for a filter that names nothing."""
        facts = catalogue.facts
        try:
            answers = read_answers(
                facts, {"municipality": self.municipality, "goals": self.goal, "customer_role": self.audience}
            )
            state = _state(self.operating)
        except InputProblems as error:
            raise UsageProblems(error.problems) from None
        return [
            service
            for service in catalogue.services.values()
            if may_serve(service, answers, facts)
            and serves(service, answers.goals)
            and (state is None or service.operating(day) is state)
        ]


def _state(operating: str | None) -> Operating | None:
    if operating is None:
        return None
    names = tuple(each.value for each in Operating)
    if operating not in names:
        raise InputProblems([unknown_name("state", operating, names)])
    return Operating(operating)
