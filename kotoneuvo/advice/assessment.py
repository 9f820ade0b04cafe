"""A service assessed for one person on one day: its verdict, whether it runs, and whether the person wants it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kotoneuvo.advice.criteria import (
    MET,
    UNMET,
    Criterion,
    Judgement,
    NoneOf,
    criteria_of,
    everyday,
    judge,
    judge_table,
)
from kotoneuvo.advice.eligibility import Opening, Outcome, ask, openings, outcome_of, told, untold
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.service import RUNNING, Operating, Service
from kotoneuvo.advice.situation import MUNICIPALITY, Knowledge, Situation

if TYPE_CHECKING:
    from kotoneuvo.advice.advisor import Advisor, WithinReach

REGIONAL = 4
"""A service whose area has at least this many municipalities is regional, not local."""


class Assessment(NamedTuple):
    """One service assessed for one person on one day.

    `relevant`: it serves one of the person's goals, or no goal was given. `ask` lists the facts that would settle an
    open verdict, `untold` those that are never asked (only the person may bring them up), and `opens_with` the changes
    that would open a closed service. `told`: the person brought up the very thing that the service is for. `unplaced`:
    the service is not nationwide, and nothing is known about where the person lives.
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
        """Whether the service runs on that day."""
        return self.operating in RUNNING

    @property
    def within_reach(self) -> bool:
        """Whether the person may live in the service's area."""
        return all(
            each.truth is not UNMET or not isinstance(each.node, Criterion) or each.node.fact != MUNICIPALITY
            for each in self.judgements
        )

    @property
    def met_conditions(self) -> tuple[bool, ...]:
        """For each condition, whether it is met and specific: neither an everyday condition nor an exclusion."""
        return tuple(
            each.truth is MET and not everyday(each.node) and not isinstance(each.node, NoneOf)
            for each in self.judgements
        )

    @property
    def wanted(self) -> bool:
        """Whether it belongs on the person's pathway; see `belongs`."""
        return belongs(self, self.relevant)

    def wanted_by(self, situation: Situation) -> bool:
        """Whether it belongs on the pathway and the person does not already have what it provides."""
        return self.wanted and not already_has(self.service, situation)


class Constants(NamedTuple):
    """The parts of an assessment that are the same for everybody on a day.

    `tells`: some of the service's criteria use facts that are never asked.
    """

    operating: Operating
    tells: bool


def constants(service: Service, facts: FactBook, day: date) -> Constants:
    """Work out the constants of a service on `day`."""
    return Constants(service.operating(day), bool(never_asked(service, facts)))


def never_asked(service: Service, facts: FactBook) -> frozenset[str]:
    """The facts in a service's criteria that are never asked: only the person may bring them up."""
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
    """Judge one service for one person on one day.

    `skipped` questions are not proposed again. `same` passes in the constants if they are known already. With
    `changes=False`, `opens_with` stays empty.
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
        # Few services depend on a fact that is never asked; for all others the search is skipped.
        untold=untold(judgements, knowledge) if tells else (),
        opens_with=openings(judgements, knowledge) if closed and changes else (),
        told=tells and not closed and told(judgements, knowledge),
        unplaced=not service.countrywide and knowledge.possible(MUNICIPALITY) == anywhere,
    )


def belongs(assessment: Assessment, relevant: bool) -> bool:
    """Whether a service belongs on the pathway of a person to whom it is `relevant` or not.

    A service does if the person brought up what it is for, if it is relevant, or if it is one of the basics for
    everyone. Never on the pathway: a service that fits only if something is true that is never asked, a helpline (all
    are listed for everybody), and a local service while nothing is known about where the person lives.
    """
    if assessment.unplaced:
        return False
    if assessment.told:
        return True
    service = assessment.service
    return (relevant or service.basic) and not assessment.untold and not service.helpline


def already_has(service: Service, situation: Situation) -> bool:
    """Whether the person answered that they already have everything a service provides, such as a registration.

    Derived facts do not count: a status that entitles the person to a registration is not yet a registration.
    """
    return (
        bool(service.provides)
        and not service.basic
        and all(situation.known.get(fact) == frozenset({value}) for fact, value in service.provides.items())
    )


def may_belong(service: Service, relevant: bool, facts: FactBook) -> bool:
    """Whether a service could be on the pathway of a person to whom it is `relevant` or not, after any answers."""
    return relevant or service.basic or bool(never_asked(service, facts))


def serves(service: Service, goals: Iterable[str]) -> bool:
    """Whether a service serves one of the goals; true if there are none."""
    wanted = frozenset(goals)
    return not wanted or not wanted.isdisjoint(service.goals)


def may_serve(service: Service, situation: Situation, facts: FactBook) -> bool:
    """Whether none of the answers rules a service out."""
    knowledge = Knowledge(facts, situation)
    # Unanswered facts are left out: the default customer role would rule out every service for employers.
    asked = [node for node in service.eligibility if isinstance(node, Criterion) and node.fact in situation.known]
    return all(judge(node, knowledge.possible).truth is not UNMET for node in asked)


class Assessments(Mapping[str, Assessment]):
    """Service id to assessment, in the catalogue's order.

    No pathway can depend on the services out of reach, so these are judged only when somebody looks at them.
    """

    def __init__(self, advisor: Advisor, near: WithinReach) -> None:
        self._advisor, self._near = advisor, near
        # The advisor may have cleared its caches by the time somebody looks; its new encoding would not fit this row.
        self._encoding = advisor.encoding
        self._found: dict[str, Assessment] = {}

    @cached_property
    def _knowledge(self) -> Knowledge:
        return self._encoding.knowledge(self._near.row, self._near.situation)

    def __reduce__(self) -> tuple[type[dict[str, Assessment]], tuple[dict[str, Assessment]]]:
        """Pickle as a plain dictionary, with every assessment worked out."""
        return (dict, (dict(self),))

    def __getitem__(self, service_id: str) -> Assessment:
        found = self._found.get(service_id)
        if found is None:
            found = self._found[service_id] = self._assess(service_id)
        return found

    def _assess(self, service_id: str) -> Assessment:
        advisor, near = self._advisor, self._near
        standing = near.standings.get(service_id)
        if standing is None or not near.skipped.isdisjoint(standing.assessment.ask):
            return advisor.assess(advisor.catalogue.services[service_id], self._knowledge, near.skipped)
        relevant = near.relevant(service_id)
        return standing.assessment if relevant else standing.assessment._replace(relevant=False)

    def __iter__(self) -> Iterator[str]:
        return iter(self._advisor.catalogue.services)

    def __len__(self) -> int:
        return len(self._advisor.catalogue.services)
