"""Criteria: the conditions of a service (or of a derived value), and how they are judged.

What is known about a person is the set of values still possible. A condition is met if all of them meet it, unmet if
none does, and unknown otherwise (Kleene's strong three-valued logic).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from kotoneuvo.advice.facts import Text, Values

EVERYDAY = ("municipality", "customer_role", "citizenship_group")
"""Conditions on these facts say little about a person: nearly every service has an area, and nearly all clients have
the same role and a foreign citizenship.
"""


class Truth(Enum):
    """Whether a condition holds, for all values that are still possible."""

    MET = "met"
    UNKNOWN = "unknown"
    UNMET = "unmet"


MET, UNKNOWN, UNMET = Truth.MET, Truth.UNKNOWN, Truth.UNMET
_NOT = {MET: UNMET, UNKNOWN: UNKNOWN, UNMET: MET}


def any_of(truths: Collection[Truth]) -> Truth:
    """Met if any is met, unmet if all are unmet (or there are none), else unknown."""
    return MET if MET in truths else UNKNOWN if UNKNOWN in truths else UNMET


def negate(truth: Truth) -> Truth:
    """Swap met and unmet; unknown stays unknown."""
    return _NOT[truth]


Possible = Callable[[str], Values]
"""Fact id to the values still possible for the person."""


class Criterion(NamedTuple):
    """A condition that a fact has one of the values in `accept`.

    For the values in `unclear`, the source leaves the decision to the organisation: the criterion stays unknown.
    `source` is "doc:76" for line 76 of the 2020 document, else a page's address and date.
    """

    fact: str
    accept: Values
    unclear: Values = frozenset()
    source: str = ""

    @property
    def maybe(self) -> Values:
        """All values that do not rule the service out."""
        return self.accept | self.unclear


# A dataclass and not a NamedTuple: AnyOf and NoneOf with the same tables must not be equal.
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
    """Conditions in the source that are not written as criteria; always unknown.

    The node holds one criterion for which every value is unclear, so judging needs no special case.
    """

    words: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> Text:
        """The conditions in words."""
        return dict(self.words)


def unread(text: Text, everything: Values, source: str) -> Unread:
    """Build the node for conditions in words; `everything` must be the domain of `customer_role`."""
    open_to_all = Criterion("customer_role", frozenset(), everything, source)
    return Unread(((open_to_all,),), source, tuple(text.items()))


Node = Criterion | AnyOf | NoneOf
Table = tuple[Node, ...]
"""Nodes that must all hold."""


class Judgement(NamedTuple):
    """A node and its result for one person; `parts` are the judged tables of a group."""

    node: Node
    truth: Truth
    parts: tuple[tuple[Judgement, ...], ...] = ()


def judge(node: Node, possible: Possible) -> Judgement:
    """Judge one node: met if every possible value is accepted, unmet if none is, else unknown."""
    if isinstance(node, Criterion):
        values = possible(node.fact)
        if values <= node.accept:
            return Judgement(node, MET)
        # If all possible values are unclear, the result is still unknown: the organisation decides.
        open_still = not (values.isdisjoint(node.accept) and values.isdisjoint(node.unclear))
        return Judgement(node, UNKNOWN if open_still else UNMET)
    # Lists, not generators: this runs for every criterion of every service, and a list is faster.
    parts = tuple([judge_table(table, possible) for table in node.tables])
    result = any_of([together(table) for table in parts])
    return Judgement(node, result if isinstance(node, AnyOf) else negate(result), parts)


def judge_table(table: Table, possible: Possible) -> tuple[Judgement, ...]:
    """Judge every node of a table; the results are the reasons for a verdict."""
    return tuple([judge(node, possible) for node in table])


def together(judgements: tuple[Judgement, ...]) -> Truth:
    """Met if all are met (or there are none), unmet if any is unmet, else unknown."""
    truths = [judgement.truth for judgement in judgements]
    return UNMET if UNMET in truths else UNKNOWN if UNKNOWN in truths else MET


def everyday(node: Node) -> bool:
    """Whether a node is a plain criterion on one of the `EVERYDAY` facts."""
    return isinstance(node, Criterion) and node.fact in EVERYDAY


def merge(first: Table, second: Table) -> Table:
    """Combine two tables that must both hold: criteria on the same fact are intersected, groups are kept apart."""
    merged: dict[str, Criterion] = {}
    groups: list[Node] = []
    for node in first + second:
        if not isinstance(node, Criterion):
            groups.append(node)
        elif node.fact in merged:
            other = merged[node.fact]
            accept = node.accept & other.accept
            # A value that is unclear in one table stays unclear, unless the other table rules it out.
            source = (
                node.source if node.source == other.source or not other.source else f"{other.source}; {node.source}"
            )
            merged[node.fact] = Criterion(node.fact, accept, (node.maybe & other.maybe) - accept, source)
        else:
            merged[node.fact] = node
    return (*merged.values(), *groups)


def criteria_of(table: Table) -> Iterator[Criterion]:
    """Yield every criterion of a table, including those inside groups."""
    for node in table:
        if isinstance(node, Criterion):
            yield node
        else:
            for inner in node.tables:
                yield from criteria_of(inner)
