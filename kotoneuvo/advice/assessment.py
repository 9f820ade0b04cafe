"""One service as it stands for one person on one day: verdict, dates and relevance put together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from kotoneuvo.advice.changes import Opening, openings
from kotoneuvo.advice.criteria import UNMET, Criterion, Judgement, criteria_of, judge, judge_table
from kotoneuvo.advice.eligibility import Outcome, ask, outcome_of, told, untold
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.service import RUNNING, Operating, Service
from kotoneuvo.advice.situation import MUNICIPALITY, Knowledge, Situation

REGIONAL = 4
"""An area of this many municipalities or more counts as a region, not as a place."""


class Assessment(NamedTuple):
    """A service, whether it fits, whether it runs, and whether the person has any use for it.

    `relevant`: it answers one of the goals, or no goal was given. `ask` names the facts that would settle an open
    verdict, `untold` those that only the person may bring up, `opens_with` the changes that would open a closed one.
    `told`: what the person brought up is what it is for. `unplaced`: it serves some places only, and nothing is known
    of where the person is.
    """

    service: Service
    outcome: Outcome
    operating: Operating
    relevant: bool
    judgements: tuple[Judgement, ...]
    ask: tuple[str, ...]
    untold: tuple[str, ...]
    opens_with: tuple[Opening, ...]
    told: bool = False
    unplaced: bool = False

    @property
    def running(self) -> bool:
        """Whether a person could go there on that day."""
        return self.operating in RUNNING

    @property
    def within_reach(self) -> bool:
        """Whether the service's area is not another one than the person's."""
        return all(
            each.truth is not UNMET or not isinstance(each.node, Criterion) or each.node.fact != MUNICIPALITY
            for each in self.judgements
        )

    @property
    def wanted(self) -> bool:
        """Whether it belongs on this person's pathway; see `belongs`."""
        return belongs(self, self.relevant)

    def wanted_by(self, situation: Situation) -> bool:
        """Whether it belongs there, and the person does not have yet what it is for."""
        return self.wanted and not already_has(self.service, situation)


class Constants(NamedTuple):
    """What an assessment takes from a service on a day, whoever it is of.

    `tells`: some of its criteria are on what is never asked.
    """

    operating: Operating
    tells: bool


def constants(service: Service, facts: FactBook, day: date) -> Constants:
    """Work out what is the same for everybody."""
    return Constants(service.operating(day), bool(never_asked(service, facts)))


def never_asked(service: Service, facts: FactBook) -> frozenset[str]:
    """The facts of its criteria that only the person may bring up."""
    return facts.never_asked.intersection([criterion.fact for criterion in criteria_of(service.eligibility)])


def assess(
    service: Service,
    knowledge: Knowledge,
    day: date,
    skipped: frozenset[str] = frozenset(),
    same: Constants | None = None,
    *,
    changes: bool = True,
) -> Assessment:
    """Judge one service for one person on one day; `skipped` questions are not proposed again.

    `same` is what is the same for everybody, where it was worked out before. Without `changes` it is not worked out
    what would open it.
    """
    anywhere = knowledge.facts[MUNICIPALITY].everything
    operating, tells = same or constants(service, knowledge.facts, day)
    judgements = judge_table(service.eligibility, knowledge.possible)
    outcome = outcome_of(judgements)
    closed = outcome is Outcome.NOT_ELIGIBLE
    return Assessment(
        service=service,
        outcome=outcome,
        operating=operating,
        relevant=serves(service, knowledge.situation.goals),
        judgements=judgements,
        ask=ask(judgements, knowledge, skipped) if outcome is Outcome.POSSIBLE else (),
        # Few services have a condition that is never asked: of the others it need not be looked for.
        untold=untold(judgements, knowledge) if tells else (),
        opens_with=openings(judgements, knowledge) if closed and changes else (),
        told=tells and not closed and told(judgements, knowledge),
        unplaced=not service.countrywide and knowledge.possible(MUNICIPALITY) == anywhere,
    )


def belongs(assessment: Assessment, relevant: bool) -> bool:
    """Whether a service belongs on the pathway of somebody to whom it is `relevant` or not.

    It does for what the person told, or if it is relevant, or one of the basics for everyone; not one that only fits
    if the person has something to tell that is never asked, nor a helpline, which is listed for everybody, nor one of
    some other place perhaps while nothing is known of where the person is.
    """
    if assessment.unplaced:
        return False  # a door in some other town is no step
    if assessment.told:
        return True
    service = assessment.service
    return (relevant or service.basic) and not assessment.untold and not service.helpline


def already_has(service: Service, situation: Situation) -> bool:
    """Whether the person answered that they have all that a service is for, such as a registration.

    What follows from other answers does not count: a status that entitles to a registration is none yet.
    """
    return (
        bool(service.provides)
        and not service.basic
        and all(situation.known.get(fact) == frozenset({value}) for fact, value in service.provides.items())
    )


def may_belong(service: Service, relevant: bool, facts: FactBook) -> bool:
    """Whether a service could be relevant to somebody, or belong on the pathway, whatever else they tell."""
    return relevant or service.basic or bool(never_asked(service, facts))


def serves(service: Service, goals: Iterable[str]) -> bool:
    """Whether a service answers one of the goals, or no goal was given."""
    wanted = frozenset(goals)
    return not wanted or not wanted.isdisjoint(service.goals)


def may_serve(service: Service, situation: Situation, facts: FactBook) -> bool:
    """Whether no answer rules a service out, whatever it is that was not answered."""
    knowledge = Knowledge(facts, situation)
    asked = [node for node in service.eligibility if isinstance(node, Criterion) and node.fact in situation.known]
    return all(judge(node, knowledge.possible).truth is not UNMET for node in asked)
