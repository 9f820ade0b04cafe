"""Services compiled for a day: what is the same for everybody, and how a service stands to the facts it looks at."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from datetime import date
from typing import Any, NamedTuple

from kotoneuvo.advice.assessment import (
    REGIONAL,
    Assessment,
    Constants,
    already_has,
    assess,
    belongs,
    serves,
)
from kotoneuvo.advice.changes import coming, nearest_changes
from kotoneuvo.advice.criteria import UNMET, AnyOf, Criterion, Judgement, Node, criteria_of
from kotoneuvo.advice.eligibility import Outcome, ask, untold
from kotoneuvo.advice.facts import Fact, FactBook, Values
from kotoneuvo.advice.service import Catalogue, Operating, Service
from kotoneuvo.advice.situation import MUNICIPALITY, Knowledge, Situation

NO_GOAL = 255
"""The place among somebody's goals of a goal that a service does not answer: after every one that it does."""

# The order inside a stage is one number, the lower the better: from the highest bits down the phase, the place of the
# goal that it answers (8 bits), sure before open, verified before unverified, near before far (2 bits), served in the
# person's language before others.
_LANGUAGE, _FAR, _UNVERIFIED, _OPEN, _GOAL, _PHASE = 0, 1, 3, 4, 5, 13


class CompiledService(NamedTuple):
    """A service on a day, with what is the same for everybody.

    `position` is its place in the catalogue; `looks_at` the facts that its assessment hangs on, its area aside; `area`
    its criterion on the municipality, where that is a plain one. `doors` are the ids of the services that let one in on
    that day, `walk_in` says that none is needed. `head` is the part of its rank that hangs on nobody, `same` what its
    assessment takes from it for everybody.
    """

    service: Service
    position: int
    looks_at: tuple[str, ...]
    area: Criterion | None
    doors: tuple[str, ...]
    walk_in: bool
    head: int
    same: Constants

    @property
    def id(self) -> str:
        """The service's id."""
        return self.service.id


class Wishes:
    """Somebody's goals and languages, and what they make of services: worked out when it is asked for."""

    def __init__(self, goals: tuple[str, ...], languages: tuple[str, ...]) -> None:
        self._goals, self._languages = goals, frozenset(languages)
        self._wanted = frozenset(goals)
        self._ranks: dict[int, int] = {}

    def relevant(self, service: Service) -> bool:
        """Whether a service answers one of the goals, or no goal was given."""
        return serves(service, self._wanted)

    def rank(self, compiled: CompiledService) -> int:
        """The rank of a service for somebody with these wishes, if the verdict is sure: the lower the sooner shown."""
        found = self._ranks.get(compiled.position)
        if found is None:
            service = compiled.service
            served = service.languages.codes if service.languages else ()
            place = next((place for place, goal in enumerate(self._goals) if goal in service.goals), NO_GOAL)
            found = compiled.head | place << _GOAL | self._languages.isdisjoint(served) << _LANGUAGE
            self._ranks[compiled.position] = found
        return found


class Standing(NamedTuple):
    """How one service stands to the values of the facts it looks at, for everybody alike.

    `assessment` is as for somebody without goals. `unmet` are the nodes that something would have to bring about first;
    `hopeless` says that nothing ever does, or only what the person may tell without being asked. `open_rank` is what an
    open verdict adds to the rank. `belongs`: whether it is on the pathway of everybody (True), of nobody, or (None) of
    those whose goals it answers. `frames` is where a writer keeps what it made of it.
    """

    compiled: CompiledService
    assessment: Assessment
    unmet: tuple[Judgement, ...]
    hopeless: bool
    open_rank: int
    belongs: bool | None
    frames: dict[Any, Any]

    def wanted(self, situation: Situation, wishes: Wishes) -> bool:
        """Whether the service belongs on the pathway of somebody with these answers and goals."""
        service = self.compiled.service
        belongs = wishes.relevant(service) if self.belongs is None else self.belongs
        return belongs and not (service.provides and already_has(service, situation))

    @property
    def bytes(self) -> int:
        """About what it takes in memory."""
        return 500 + 200 * len(self.assessment.judgements)


def compile_service(
    position: int, service: Service, area: Criterion | None, same: Constants, catalogue: Catalogue, day: date
) -> CompiledService:
    """Work out what is the same for everybody on a day."""
    far = 2 if service.countrywide else 1 if len(service.area) >= REGIONAL else 0
    unverified = same.operating is not Operating.ACTIVE
    return CompiledService(
        service=service,
        position=position,
        looks_at=facts_looked_at((node for node in service.eligibility if node is not area), catalogue.facts),
        area=area,
        doors=doors_of(service, catalogue, day),
        walk_in=walk_in(service, catalogue),
        head=catalogue.facts.phase_order[service.phase] << _PHASE | unverified << _UNVERIFIED | far << _FAR,
        same=same,
    )


def area_of(service: Service) -> Criterion | None:
    """The criterion on the municipality, if the service has a single one that stands by itself."""
    areas = [node for node in service.eligibility if isinstance(node, Criterion) and node.fact == MUNICIPALITY]
    return areas[0] if len(areas) == 1 else None


def facts_looked_at(nodes: Iterable[Node], facts: FactBook) -> tuple[str, ...]:
    """Everything that an assessment by some criteria can hang on: their facts, and those that are asked instead."""
    found = {criterion.fact for criterion in criteria_of(tuple(nodes))}
    # While what a fact follows from is open, that is what is asked (see `questions_for`).
    found = found.union(*map(facts.before.__getitem__, found))
    return tuple(sorted(found, key=facts.place.__getitem__))


def walk_in(service: Service, catalogue: Catalogue) -> bool:
    """Whether the person may go directly, or no source says how one gets in.

    Nobody waits for a house that serves others than the service does: an employer's desk in a house for migrants.
    """
    if service.walk_in:
        return True
    house = catalogue.services.get(service.part_of)
    return not service.access.via and house is not None and not set(house.audience) & set(service.audience)


def doors_of(service: Service, catalogue: Catalogue, day: date) -> tuple[str, ...]:
    """The services that are a way in on a day: successors stand for those that have ended."""
    return tuple(door for gateway in service.gateways for door in catalogue.running(gateway, day))


def inside(area: Criterion | None, places: Values) -> tuple[bool, bool] | None:
    """How the municipalities still possible lie to an area: surely inside, or for the organisation to say.

    None if they are all outside.
    """
    if area is None:
        return (True, False)
    if places.isdisjoint(area.accept) and places.isdisjoint(area.unclear):
        return None
    return (places <= area.accept, places <= area.unclear)


def stand(
    compiled: CompiledService, knowledge: Knowledge, day: date, provided: Collection[str], *, changes: bool = True
) -> Standing:
    """How a service stands to somebody; `provided` are the facts that some running service brings about.

    Without `changes` its assessment does not say what would open it.
    """
    assessment = assess(compiled.service, knowledge, day, frozenset(), compiled.same, changes=changes)
    unmet = tuple([each for each in assessment.judgements if each.truth is UNMET])
    # The exploration would try such a service in every layer, for nothing.
    hopeless = bool(assessment.untold) or any(not _may_come(each, knowledge, provided) for each in unmet)
    open_rank = (assessment.outcome is not Outcome.ELIGIBLE) << _OPEN
    relevant, not_relevant = belongs(assessment, True), belongs(assessment, False)
    return Standing(
        compiled=compiled,
        assessment=assessment,
        unmet=unmet,
        hopeless=hopeless,
        open_rank=open_rank,
        belongs=relevant if relevant is not_relevant else None,
        frames={},
    )


def bearing_seen(criterion: Criterion, fact: Fact, values: Values) -> Hashable:
    """All that judging, asking and the pathway take from some values: two sets alike in it are one to a criterion."""
    outside = values.isdisjoint(criterion.maybe)
    return (values <= criterion.accept, values <= criterion.unclear, outside and (coming(criterion, fact, values),))


def assessment_seen(criterion: Criterion, fact: Fact, values: Values) -> Hashable:
    """All that a whole assessment takes from some values: the changes that would open a service too."""
    return (bearing_seen(criterion, fact, values), nearest_changes(criterion, fact, values) if fact.grows else None)


def bearing(standing: Standing, knowledge: Knowledge) -> Hashable:
    """All of a standing that lists, questions and the pathway can hang on: two alike in it are one to a batch.

    Where a verdict is open, node by node: an area that is open too has its question among the others.
    """
    assessment = standing.assessment
    # A field that the assessment gets later counts without a change here.
    fields = tuple([value for name, value in assessment._asdict().items() if name not in _BY_NODE])
    if assessment.outcome is Outcome.POSSIBLE:
        truths = tuple(map(_truths, assessment.judgements))
        asked = [(ask((each,), knowledge), untold((each,), knowledge)) for each in assessment.judgements]
        return (fields, truths, tuple(asked))
    nodes = criteria_of(tuple([judgement.node for judgement in standing.unmet]))
    times = [coming(node, knowledge.facts[node.fact], knowledge.possible(node.fact)) for node in nodes]
    return (fields, standing.hopeless, tuple(map(_truths, standing.unmet)), tuple(times))


_BY_NODE = {"service", "judgements", "ask", "untold", "opens_with"}
"""Fields of an assessment that `bearing` looks at node by node, or that no list or pathway hangs on."""


def _truths(judgement: Judgement) -> Hashable:
    """What a judgement comes to, inside groups too, with the node that it is of."""
    inner = tuple([tuple(map(_truths, part)) for part in judgement.parts])
    return (id(judgement.node), judgement.truth, inner)


def _may_come(judgement: Judgement, knowledge: Knowledge, provided: Collection[str]) -> bool:
    """Whether a service or time could bring an unmet node about at all."""
    node = judgement.node
    if isinstance(node, Criterion):
        if node.fact in provided:
            return True
        return coming(node, knowledge.facts[node.fact], knowledge.possible(node.fact)) is not None
    return isinstance(node, AnyOf) and any(
        all(_may_come(each, knowledge, provided) for each in part if each.truth is UNMET) for part in judgement.parts
    )
