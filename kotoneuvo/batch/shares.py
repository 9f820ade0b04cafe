"""Shares: what services add to the results of rows, asked of the advisor about one representative of similar rows."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kotoneuvo.advice.advisor import WithinReach
from kotoneuvo.advice.compiled import Standing, Wishes
from kotoneuvo.advice.criteria import AnyOf, Criterion, Judgement, criteria_of
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.encoding import Row
from kotoneuvo.advice.first_steps import Order, first_order, order_seen
from kotoneuvo.advice.pathway import Stage, Step, When, explore, walk_back
from kotoneuvo.advice.situation import Situation
from kotoneuvo.batch.arrays import Numbered
from kotoneuvo.batch.members import Member, Members
from kotoneuvo.batch.standings import Standings, opening

if TYPE_CHECKING:
    from kotoneuvo.batch.arrays import Ints

TEXTS = ("fitting", "possible", "opens_next", "unmet")
"""The lists of ids in a row."""


class Share(NamedTuple):
    """What one service, or several neighbouring ones, add to a row: their text in each list (see `TEXTS`), in UTF-8.

    Each id has a space before it; an empty text has no ids. Shares are sorted by `order`. `step` is the number of the
    best order among those that can be the first step (see `Orders`). `covers` has a bit for every goal that an eligible
    service serves. `missed`: services that a single unmet condition closes, each with the index of that condition.
    """

    order: int
    texts: tuple[bytes, ...]
    step: int
    covers: int
    missed: tuple[tuple[int, int], ...]


NO_STEP = 0
"""The number of "no first step", which ranks last."""


class Orders:
    """Numbers the orders (sort keys) of first steps, and finds the best of them for each row."""

    def __init__(self) -> None:
        self._orders: Numbered[tuple[Order, int]] = Numbered(((), -1))
        self._ranks: Ints = np.zeros(0, np.int64)
        self._firsts: Ints = np.zeros(0, np.int64)

    def number(self, order: Order, first: int) -> int:
        """Return the number of an order; `first` is the position of the service that the person goes to first."""
        return self._orders.number((order, first))

    def best(self, numbers: Iterable[int]) -> int:
        """Return the number of the lowest of some orders."""
        return min(numbers, key=self._orders.__getitem__, default=NO_STEP)

    def first(self, columns: Sequence[Ints]) -> Ints:
        """Return the position of each row's first step, by the lowest of the row's orders; -1 for none."""
        if len(self._ranks) < len(self._orders):
            ranked = [*sorted(range(1, len(self._orders)), key=self._orders.__getitem__), NO_STEP]
            self._ranks = np.empty(len(ranked), np.int64)
            self._ranks[ranked] = np.arange(len(ranked))
            self._firsts = np.array([self._orders[number][1] for number in ranked], np.int64)
        lowest: Ints = np.minimum.reduce([self._ranks.take(column) for column in columns])
        return self._firsts.take(lowest)


class Shares:
    """Asks the advisor what services add to rows. `reasons`: also list services that are not eligible."""

    def __init__(self, members: Members, standings: Standings, *, reasons: bool) -> None:
        self.members, self.standings = members, standings
        self.orders = Orders()
        self._advisor, self._reasons = members.advisor, reasons
        self._ways: dict[tuple[object, ...], _StepsTo] = {}
        self._pathways: Numbered[tuple[Stage, ...]] = Numbered()
        self._firsts: dict[Hashable, int] = {}
        self._orders_seen: dict[int, Hashable] = {}

    @property
    def spent(self) -> int:
        """Approximate memory in bytes."""
        return self.standings.spent + 300 * (len(self._ways) + len(self._firsts))

    def of(
        self,
        members: Iterable[tuple[Member, Hashable]],
        standings: Mapping[str, Standing],
        row: Row,
        situation: Situation,
    ) -> tuple[Share, ...]:
        """Return the shares that some services add to a row.

        Each member comes with what its share depends on besides the `standings` of the involved services.
        """
        wishes = self._advisor.wishes(situation)
        found = []
        for member, bears in members:
            standing = standings[member.compiled.service.id]
            way = self._way(member, standings, row, wishes)
            wanted = way.step is not None and standing.wanted(situation, wishes)
            first = self._first(member, bears, way, standings, row, situation) if wanted else NO_STEP
            through = f"[{way.step.after[0]}]" if way.step and wanted and way.step.when is When.THROUGH else ""
            share = self._share(member, standing, through, first, relevant=wishes.relevant(member.compiled.service))
            found += [share] if share[1:3] != _NOTHING else []
        return tuple(found)

    def _way(self, member: Member, standings: Mapping[str, Standing], row: Row, wishes: Wishes) -> _StepsTo:
        """Return how a service opens, if it does."""
        near = [standings.get(each.service.id) for each in member.involved]
        ranks = {}
        if member.chooses:
            ranks = {each.compiled.position: wishes.rank(each.compiled) + each.open_rank for each in near if each}
        held = [row[position] for position in member.provided]
        key = (member.order, *[each and opening(each) for each in near], *held, *sorted(ranks, key=ranks.__getitem__))
        found = self._ways.get(key)
        if found is None:
            by_id = {each.compiled.service.id: each for each in near if each}
            ranked = {name: wishes.rank(each.compiled) + each.open_rank for name, each in by_id.items()}
            steps = explore(self._advisor.encoding, row, by_id, ranked)
            needed = sorted(walk_back(steps, (member.compiled.service.id,)))
            pathway = tuple([Stage(steps[name].when, steps[name].after, (name,)) for name in needed])
            found = self._ways[key] = _StepsTo(
                self._pathways.number(pathway), steps.get(member.compiled.service.id), pathway
            )
        return found

    def _share(self, member: Member, standing: Standing, through: str, first: int, *, relevant: bool) -> Share:
        service, assessment = member.compiled.service, standing.assessment
        outcome = assessment.outcome if relevant else None
        asked = f"[{'+'.join(assessment.ask)}]" if assessment.ask else ""
        shut = (
            self._reasons
            and outcome is Outcome.NOT_ELIGIBLE
            and member.compiled.position not in self.members.closed_to_all
        )
        return Share(
            order=member.order,
            texts=(
                _text(service.id if outcome is Outcome.ELIGIBLE else ""),
                _text(service.id + asked if outcome is Outcome.POSSIBLE else ""),
                _text(service.id + through if through else ""),
                _text(_unmet(standing) if shut else ""),
            ),
            step=first,
            covers=member.covers if outcome is Outcome.ELIGIBLE else 0,
            missed=_missed(standing) if shut else (),
        )

    def _first(
        self,
        member: Member,
        bears: Hashable,
        way: _StepsTo,
        standings: Mapping[str, Standing],
        row: Row,
        situation: Situation,
    ) -> int:
        """Return the number of a service's order; NO_STEP if it cannot be the first step."""
        service = member.compiled.service
        seen = [self._seen(standings.get(name)) for name in (service.id, *service.successor)]
        key = (way.number, bears, *seen, *[row[position] for position in member.ordered_by])
        number = self._firsts.get(key)
        if number is None:
            found = first_order(self._advisor.report(self._near(way, standings, row, situation)), service.id)
            if found is None:
                number = NO_STEP
            else:
                (*order, _), first = found
                # Replace the position within reach by the one in the catalogue: the sequence is the same, for all rows.
                number = self.orders.number((*order, member.compiled.position), self.members.by_id[first].position)
            self._firsts[key] = number
        return number

    def _seen(self, standing: Standing | None) -> Hashable:
        """Return what an order depends on in a standing."""
        found = self._orders_seen.get(id(standing))
        if found is None and standing is not None:
            found = self._orders_seen[id(standing)] = order_seen(standing.assessment)
        return found

    def _near(self, way: _StepsTo, standings: Mapping[str, Standing], row: Row, situation: Situation) -> WithinReach:
        """Return as much of what is within reach as the order of one service depends on."""
        wishes = self._advisor.wishes(situation)
        return WithinReach(row, situation, frozenset(), standings, wishes, {}, way.pathway, {}, 0, contradicted=False)


class _StepsTo(NamedTuple):
    """How a service opens, and the pathway to it with its number."""

    number: int
    step: Step | None
    pathway: tuple[Stage, ...]


_NOTHING = ((b"", b"", b"", b""), NO_STEP)


def _text(text: str) -> bytes:
    return f" {text}".encode() if text else b""


def _unmet(standing: Standing) -> str:
    """Return the id of a service with the facts that close it."""
    facts = dict.fromkeys(fact for judgement in standing.unmet for fact in _facts(judgement))
    return f"{standing.compiled.service.id}[{'+'.join(facts)}]"


def _facts(judgement: Judgement) -> list[str]:
    node = judgement.node
    if isinstance(node, Criterion):
        return [node.fact]
    facts = list(dict.fromkeys(criterion.fact for criterion in criteria_of((node,))))
    return facts if isinstance(node, AnyOf) else [f"not:{fact}" for fact in facts]


def _missed(standing: Standing) -> tuple[tuple[int, int], ...]:
    """Return the position of a service and the index of the condition that closes it, if there is only one."""
    if len(standing.unmet) != 1:
        return ()
    return ((standing.compiled.position, standing.assessment.judgements.index(standing.unmet[0])),)
