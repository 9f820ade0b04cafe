"""Criteria: what a service (or a derived fact) needs of a person, and how they are judged.

A person is the set of values that are still possible, so a condition is met, unmet or not yet known (Kleene's strong
logic): it is met by whatever is still possible, or by nothing of it, or it depends.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from kotoneuvo.advice.facts import Text, Values

EVERYDAY = ("municipality", "customer_role", "citizenship_group")
"""Conditions on these say little of a person: nearly every service has an area, nearly everybody one role and a foreign
citizenship.
"""


class Truth(Enum):
    """Whether a condition holds for everything that is still possible about a person."""

    MET = "met"
    UNKNOWN = "unknown"
    UNMET = "unmet"


MET, UNKNOWN, UNMET = Truth.MET, Truth.UNKNOWN, Truth.UNMET
_NOT = {MET: UNMET, UNKNOWN: UNKNOWN, UNMET: MET}


def any_of(truths: Collection[Truth]) -> Truth:
    """Met if one is met, unmet if all are unmet, else unknown; unmet for none at all."""
    return MET if MET in truths else UNKNOWN if UNKNOWN in truths else UNMET


def negate(truth: Truth) -> Truth:
    """Met for unmet and the other way round; unknown stays unknown."""
    return _NOT[truth]


Possible = Callable[[str], Values]
"""Fact id to the values still possible for the person."""


class Criterion(NamedTuple):
    """One fact must have one of the values `accept`.

    For the values `unclear` the source leaves the answer to the organisation: they never settle the criterion.
    `source` is "doc:76" for line 76 of the 2020 document, else a page's address and date.
    """

    fact: str
    accept: Values
    unclear: Values = frozenset()
    source: str = ""

    @property
    def maybe(self) -> Values:
        """Every value that does not rule the service out."""
        return self.accept | self.unclear


@dataclass(frozen=True)
class _Group:
    tables: tuple[Table, ...]
    source: str = ""


class AnyOf(_Group):
    """At least one of the tables must hold."""


class NoneOf(_Group):
    """None of the tables may hold."""


@dataclass(frozen=True)
class Unread(AnyOf):
    """Conditions that the source states but that are not written as criteria: neither met nor unmet by anybody.

    It looks at a fact of which every value is unclear, so all that judges tables leaves it to the organisation.
    """

    words: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> Text:
        """The conditions in words."""
        return dict(self.words)


def unread(text: Text, everything: Values, source: str) -> Unread:
    """Conditions in words as a node; `everything` are all values of `customer_role`."""
    open_to_all = Criterion("customer_role", frozenset(), everything, source)
    return Unread(((open_to_all,),), source, tuple(text.items()))


Node = Criterion | AnyOf | NoneOf
Table = tuple[Node, ...]
"""Nodes that must all hold."""


class Judgement(NamedTuple):
    """A node with its result for one person; `parts` are the judged tables of a group."""

    node: Node
    truth: Truth
    parts: tuple[tuple[Judgement, ...], ...] = ()


def judge(node: Node, possible: Possible) -> Judgement:
    """Judge one node: met if all that is possible is accepted, unmet if nothing is, else unknown."""
    if isinstance(node, Criterion):
        values = possible(node.fact)
        if values <= node.accept:
            return Judgement(node, MET)
        # Somebody all of whose values are unclear is not known either: the organisation says.
        open_still = not (values.isdisjoint(node.accept) and values.isdisjoint(node.unclear))
        return Judgement(node, UNKNOWN if open_still else UNMET)
    parts = tuple([judge_table(table, possible) for table in node.tables])
    result = any_of([together(table) for table in parts])
    return Judgement(node, result if isinstance(node, AnyOf) else negate(result), parts)


def judge_table(table: Table, possible: Possible) -> tuple[Judgement, ...]:
    """Every node of a table judged: the reasons of a verdict."""
    return tuple([judge(node, possible) for node in table])


def together(judgements: tuple[Judgement, ...]) -> Truth:
    """Met if all are met, unmet if one is unmet, else unknown; met for none at all."""
    truths = [judgement.truth for judgement in judgements]
    return UNMET if UNMET in truths else UNKNOWN if UNKNOWN in truths else MET


def everyday(node: Node) -> bool:
    """Whether a condition is nothing but one on a fact of `EVERYDAY`."""
    return isinstance(node, Criterion) and node.fact in EVERYDAY


def merge(first: Table, second: Table) -> Table:
    """Both tables as one: criteria on the same fact become their intersection, groups stand side by side."""
    merged: dict[str, Criterion] = {}
    groups: list[Node] = []
    for node in first + second:
        if not isinstance(node, Criterion):
            groups.append(node)
        elif node.fact in merged:
            other = merged[node.fact]
            accept = node.accept & other.accept
            # What is unclear to one of the two stays unclear, unless the other rules it out.
            source = (
                node.source if node.source == other.source or not other.source else f"{other.source}; {node.source}"
            )
            merged[node.fact] = Criterion(node.fact, accept, (node.maybe & other.maybe) - accept, source)
        else:
            merged[node.fact] = node
    return (*merged.values(), *groups)


def criteria_of(table: Table) -> Iterator[Criterion]:
    """Every criterion of a table, those inside groups included."""
    for node in table:
        if isinstance(node, Criterion):
            yield node
        else:
            for inner in node.tables:
                yield from criteria_of(inner)
