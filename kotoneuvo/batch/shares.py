"""What services add to the rows of a file: asked of the advisor about one person who stands for all of a kind."""

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
    """What one service adds to a row, or some in a row together: their text on each list (see `TEXTS`), in UTF-8.

    Before each id there is a space; without any the text is empty. Shares are sorted by `order`. `step` is the number
    of the lowest order among all that may be the first step (see `Orders`). `covers` has a bit for every goal that a
    service answers, if it fits. `missed` are the services that one node alone shuts, with the place of the node.
    """

    order: int
    texts: tuple[bytes, ...]
    step: int
    covers: int
    missed: tuple[tuple[int, int], ...]


NO_STEP = 0
"""The number of no order: the last of all."""


class Orders:
    """Orders of first steps, numbered as they come; compared is their rank among all that came so far."""

    def __init__(self) -> None:
        self._orders: Numbered[tuple[Order, int]] = Numbered(((), -1))
        self._ranks: Ints = np.zeros(0, np.int64)
        self._firsts: Ints = np.zeros(0, np.int64)

    def number(self, order: Order, first: int) -> int:
        """The number of an order, for which one goes to the service at the position `first` first."""
        return self._orders.number((order, first))

    def best(self, numbers: Iterable[int]) -> int:
        """The number of the lowest of some orders."""
        return min(numbers, key=self._orders.__getitem__, default=NO_STEP)

    def first(self, columns: Sequence[Ints]) -> Ints:
        """For every row the position of the service to go to first, by the lowest of its orders; -1 for none."""
        if len(self._ranks) < len(self._orders):
            ranked = [*sorted(range(1, len(self._orders)), key=self._orders.__getitem__), NO_STEP]
            self._ranks = np.empty(len(ranked), np.int64)
            self._ranks[ranked] = np.arange(len(ranked))
            self._firsts = np.array([self._orders[number][1] for number in ranked], np.int64)
        lowest: Ints = np.minimum.reduce([self._ranks.take(column) for column in columns])
        return self._firsts.take(lowest)


class Shares:
    """Asks what services add to rows; with `reasons` shut services are told of too."""

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
        """About how many bytes it takes."""
        return self.standings.spent + 300 * (len(self._ways) + len(self._firsts))

    def of(
        self,
        members: Iterable[tuple[Member, Hashable]],
        standings: Mapping[str, Standing],
        row: Row,
        situation: Situation,
    ) -> tuple[Share, ...]:
        """What some services add to the row of somebody.

        With each member comes all that its share hangs on besides the `standings` of those involved.
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
        """How a service opens to somebody, if it does."""
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
        """The number of the order of a service among all that may be the first step."""
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
                # The last part is the place among those within reach: in the catalogue they stand in the same order.
                number = self.orders.number((*order, member.compiled.position), self.members.by_id[first].position)
            self._firsts[key] = number
        return number

    def _seen(self, standing: Standing | None) -> Hashable:
        """All that the order takes from how a service stands."""
        found = self._orders_seen.get(id(standing))
        if found is None and standing is not None:
            found = self._orders_seen[id(standing)] = order_seen(standing.assessment)
        return found

    def _near(self, way: _StepsTo, standings: Mapping[str, Standing], row: Row, situation: Situation) -> WithinReach:
        """As much of what there is to say to somebody as the order of one service hangs on."""
        wishes = self._advisor.wishes(situation)
        return WithinReach(row, situation, frozenset(), standings, wishes, {}, way.pathway, {}, 0, contradicted=False)


class _StepsTo(NamedTuple):
    """How a service opens, and all steps up to it, with their number."""

    number: int
    step: Step | None
    pathway: tuple[Stage, ...]


_NOTHING = ((b"", b"", b"", b""), NO_STEP)


def _text(text: str) -> bytes:
    return f" {text}".encode() if text else b""


def _unmet(standing: Standing) -> str:
    """A service with the facts that shut it."""
    facts = dict.fromkeys(fact for judgement in standing.unmet for fact in _facts(judgement))
    return f"{standing.compiled.service.id}[{'+'.join(facts)}]"


def _facts(judgement: Judgement) -> list[str]:
    node = judgement.node
    if isinstance(node, Criterion):
        return [node.fact]
    facts = list(dict.fromkeys(criterion.fact for criterion in criteria_of((node,))))
    return facts if isinstance(node, AnyOf) else [f"not:{fact}" for fact in facts]


def _missed(standing: Standing) -> tuple[tuple[int, int], ...]:
    """The position of a service and the place of the node that shuts it, if one does so alone."""
    if len(standing.unmet) != 1:
        return ()
    return ((standing.compiled.position, standing.assessment.judgements.index(standing.unmet[0])),)
