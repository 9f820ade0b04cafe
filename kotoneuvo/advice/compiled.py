"""Services compiled for a day: what is the same for everybody, and the standing of a service for some values."""

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
from kotoneuvo.advice.criteria import UNMET, AnyOf, Criterion, Judgement, Node, criteria_of
from kotoneuvo.advice.eligibility import Outcome, ask, coming, nearest_changes, untold
from kotoneuvo.advice.facts import Fact, FactBook, Values
from kotoneuvo.advice.service import Catalogue, Operating, Service
from kotoneuvo.advice.situation import MUNICIPALITY, Knowledge, Situation

NO_GOAL = 255
"""In place of the position of a goal, for a service that serves none of them: after all real positions."""

# The rank inside a stage is one number, lowest first. From the highest bits down: the phase, the position of the goal
# served (8 bits), fitting before possible, verified before unverified, near before far (2 bits), and services in the
# person's language before others.
_LANGUAGE, _FAR, _UNVERIFIED, _OPEN, _GOAL, _PHASE = 0, 1, 3, 4, 5, 13


class CompiledService(NamedTuple):
    """A service on a day, with everything that is the same for everybody.

    `position` is its position in the catalogue. `looks_at` lists the facts that its assessment depends on, besides the
    area; `area` is its criterion on the municipality, if it is a simple one. `doors` are the ids of the services that
    are a way in on that day; with `walk_in` none is needed. `head` is the part of the rank that is the same for
    everybody, `same` the constants of the assessment.
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
    """A person's goals and languages, with the cached ranks that follow from them."""

    def __init__(self, goals: tuple[str, ...], languages: tuple[str, ...]) -> None:
        self._goals, self._languages = goals, frozenset(languages)
        self._wanted = frozenset(goals)
        self._ranks: dict[int, int] = {}

    def relevant(self, service: Service) -> bool:
        """Whether a service serves one of the goals, or no goal was given."""
        return serves(service, self._wanted)

    def rank(self, compiled: CompiledService) -> int:
        """The rank of a service for these wishes if it surely fits; lower ranks are shown first."""
        found = self._ranks.get(compiled.position)
        if found is None:
            service = compiled.service
            served = service.languages.codes if service.languages else ()
            place = next((place for place, goal in enumerate(self._goals) if goal in service.goals), NO_GOAL)
            found = compiled.head | place << _GOAL | self._languages.isdisjoint(served) << _LANGUAGE
            self._ranks[compiled.position] = found
        return found


class Standing(NamedTuple):
    """The result for one service and the values of the facts that it looks at, shared by all people with these values.

    `assessment` is the one for a person without goals. `unmet` are the unmet nodes; `hopeless` means that nothing will
    ever make them met, or only something that is never asked. An open verdict adds `open_rank` to the rank. `belongs`:
    whether it is on the pathway of everybody (True), of nobody (False), or (None) of those whose goals it serves.
    `frames` is a cache for whoever writes the standing out.
    """

    compiled: CompiledService
    assessment: Assessment
    unmet: tuple[Judgement, ...]
    hopeless: bool
    open_rank: int
    belongs: bool | None
    frames: dict[Any, Any]

    def wanted(self, situation: Situation, wishes: Wishes) -> bool:
        """Whether the service belongs on the pathway of a person with these answers and goals."""
        service = self.compiled.service
        belongs = wishes.relevant(service) if self.belongs is None else self.belongs
        return belongs and not (service.provides and already_has(service, situation))

    @property
    def bytes(self) -> int:
        """About how many bytes it takes."""
        return 500 + 200 * len(self.assessment.judgements)


def compile_service(
    position: int, service: Service, area: Criterion | None, same: Constants, catalogue: Catalogue, day: date
) -> CompiledService:
    """Compile a service: work out what is the same for everybody on a day."""
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
    """The criterion on the municipality, if there is exactly one outside groups."""
    areas = [node for node in service.eligibility if isinstance(node, Criterion) and node.fact == MUNICIPALITY]
    return areas[0] if len(areas) == 1 else None


def facts_looked_at(nodes: Iterable[Node], facts: FactBook) -> tuple[str, ...]:
    """The facts on which an assessment by these nodes depends: their own, and the facts that those follow from."""
    found = {criterion.fact for criterion in criteria_of(tuple(nodes))}
    # While a source of a fact is open, the source is asked instead (see `questions_for`).
    found = found.union(*map(facts.before.__getitem__, found))
    return tuple(sorted(found, key=facts.place.__getitem__))


def walk_in(service: Service, catalogue: Catalogue) -> bool:
    """Whether the person can go there directly, as far as sources say.

    A house with another audience than the service's is not a way in: an employers' desk in a house for migrants.
    """
    if service.walk_in:
        return True
    house = catalogue.services.get(service.part_of)
    return not service.access.via and house is not None and not set(house.audience) & set(service.audience)


def doors_of(service: Service, catalogue: Catalogue, day: date) -> tuple[str, ...]:
    """The ids of the ways in on a day, with successors in place of services that have ended."""
    return tuple(door for gateway in service.gateways for door in catalogue.running(gateway, day))


def inside(area: Criterion | None, places: Values) -> tuple[bool, bool] | None:
    """Compare the possible municipalities with an area: (all inside, all unclear); None if all are outside."""
    if area is None:
        return (True, False)
    if places.isdisjoint(area.accept) and places.isdisjoint(area.unclear):
        return None
    return (places <= area.accept, places <= area.unclear)


def stand(
    compiled: CompiledService, knowledge: Knowledge, day: date, provided: Collection[str], *, changes: bool = True
) -> Standing:
    """Judge a service for a person; `provided` are the facts that some running service can change.

    With `changes=False`, the assessment's `opens_with` stays empty.
    """
    assessment = assess(compiled.service, knowledge, day, frozenset(), compiled.same, changes=changes)
    unmet = tuple([each for each in assessment.judgements if each.truth is UNMET])
    # Without this flag, the exploration would try such a service again in every layer.
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
    """What judging, asking and the pathway take from values; equal results are equivalent to a criterion."""
    outside = values.isdisjoint(criterion.maybe)
    return (values <= criterion.accept, values <= criterion.unclear, outside and (coming(criterion, fact, values),))


def assessment_seen(criterion: Criterion, fact: Fact, values: Values) -> Hashable:
    """The same for a complete assessment, which includes the changes that would open a service."""
    return (bearing_seen(criterion, fact, values), nearest_changes(criterion, fact, values) if fact.grows else None)


def bearing(standing: Standing, knowledge: Knowledge) -> Hashable:
    """What lists, questions and the pathway take from a standing; batch treats equal results as one.

    An open verdict is compared node by node, because an open area adds its question to the others.
    """
    assessment = standing.assessment
    # By exclusion, so that a field that is added to the assessment later is compared too.
    fields = tuple([value for name, value in assessment._asdict().items() if name not in _BY_NODE])
    if assessment.outcome is Outcome.POSSIBLE:
        truths = tuple(map(_truths, assessment.judgements))
        asked = [(ask((each,), knowledge), untold((each,), knowledge)) for each in assessment.judgements]
        return (fields, truths, tuple(asked))
    nodes = criteria_of(tuple([judgement.node for judgement in standing.unmet]))
    times = [coming(node, knowledge.facts[node.fact], knowledge.possible(node.fact)) for node in nodes]
    return (fields, standing.hopeless, tuple(map(_truths, standing.unmet)), tuple(times))


_BY_NODE = {"service", "judgements", "ask", "untold", "opens_with"}
"""Fields of an assessment that `bearing` compares node by node, or that no list or pathway depends on."""


def _truths(judgement: Judgement) -> Hashable:
    """The truth of a node and of everything inside it, with the node's identity."""
    inner = tuple([tuple(map(_truths, part)) for part in judgement.parts])
    return (id(judgement.node), judgement.truth, inner)


def _may_come(judgement: Judgement, knowledge: Knowledge, provided: Collection[str]) -> bool:
    """Whether a service, or time, could ever make an unmet node met."""
    node = judgement.node
    if isinstance(node, Criterion):
        if node.fact in provided:
            return True
        return coming(node, knowledge.facts[node.fact], knowledge.possible(node.fact)) is not None
    return isinstance(node, AnyOf) and any(
        all(_may_come(each, knowledge, provided) for each in part if each.truth is UNMET) for part in judgement.parts
    )
