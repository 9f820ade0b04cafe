"""What would have to change for a closed service to open, and whether it can."""

from __future__ import annotations

from typing import NamedTuple

from kotoneuvo.advice.criteria import MET, UNMET, AnyOf, Criterion, Judgement, Possible, together
from kotoneuvo.advice.eligibility import only_for_told
from kotoneuvo.advice.facts import ChangeKind, Fact, FactBook, Value, Values
from kotoneuvo.advice.situation import Knowledge

SOON = 1
"""A birthday or anniversary at most this many years ahead counts as a later step."""
# Easiest first: what a person can do, what needs waiting, what nobody can change.
_HARDNESS: dict[ChangeKind, int] = {"can_change": 0, "time": 1, "fixed": 2}


class Opening(NamedTuple):
    """One change that would help: `fact` must get one of the values `to` (in the order of its domain)."""

    fact: str
    to: tuple[Value, ...]
    kind: ChangeKind


def openings(judgements: tuple[Judgement, ...], knowledge: Knowledge) -> tuple[Opening, ...]:
    """The smallest set of changes after which nothing is unmet: the easiest alternative of every group.

    Empty if only a never-asked fact would open the service: "if you had been trafficked" is no advice.
    """
    found: dict[Opening, None] = {}
    for judgement in judgements:
        if judgement.truth is UNMET:
            if only_for_told(judgement.node, knowledge.facts):
                return ()
            found |= dict.fromkeys(_opening(judgement, knowledge))
    return tuple(found)


def _opening(judgement: Judgement, knowledge: Knowledge) -> tuple[Opening, ...]:
    node = judgement.node
    if isinstance(node, Criterion):
        fact = knowledge.facts[node.fact]
        return (_reach(fact, knowledge.possible(node.fact), node.accept or node.unclear),)
    if isinstance(node, AnyOf):
        tables = zip(node.tables, judgement.parts, strict=True)
        parts = [part for table, part in tables if not any(only_for_told(each, knowledge.facts) for each in table)]
        return min((openings(part, knowledge) for part in parts), key=_effort)
    # An exclusion ends when one condition in each of its met tables becomes unmet; the easiest one is named.
    found: tuple[Opening, ...] = ()
    for part in judgement.parts:
        if together(part) is MET:
            found += min((_leave(inner, knowledge) for inner in part), key=_effort)
    return found


def closed_for_good(part: tuple[Judgement, ...], facts: FactBook, possible: Possible) -> bool:
    """Whether an alternative requires something that can no longer change, such as a younger age."""
    return any(
        each.truth is UNMET
        and isinstance(each.node, Criterion)
        and _reach(facts[each.node.fact], possible(each.node.fact), each.node.maybe).kind == "fixed"
        for each in part
    )


def _leave(judgement: Judgement, knowledge: Knowledge) -> tuple[Opening, ...]:
    """The change that makes a met part of an exclusion unmet."""
    node = judgement.node
    if not isinstance(node, Criterion):
        return ()
    fact = knowledge.facts[node.fact]
    return (_reach(fact, knowledge.possible(node.fact), fact.everything - node.maybe),)


def _reach(fact: Fact, held: Values, wanted: Values) -> Opening:
    """The change to the nearest wanted value; for a fact that only grows, lower values are out of reach."""
    if not fact.grows:
        return Opening(fact.id, tuple(fact.in_order(wanted)), fact.change)
    top = max(fact.position[value] for value in held)
    ahead = sorted(fact.position[value] for value in wanted if fact.position[value] > top)
    if ahead:
        # Only the nearest value: a person who needs B1 must not be told to reach C2.
        return Opening(fact.id, (fact.domain[ahead[0]],), fact.change)
    behind = max((fact.position[value] for value in wanted), default=None)
    return Opening(fact.id, () if behind is None else (fact.domain[behind],), "fixed")


def nearest_changes(criterion: Criterion, fact: Fact, held: Values) -> tuple[Opening, ...]:
    """Every change that `openings` may name for one criterion and the values `held`.

    Two sets of values with the same result, and the same judgement by the criterion, have the same openings.
    """
    wanted = [criterion.accept or criterion.unclear, criterion.maybe] if held.isdisjoint(criterion.maybe) else []
    wanted += [fact.everything - criterion.maybe] if held <= criterion.accept else []
    return tuple([_reach(fact, held, values) for values in wanted])


def _effort(changes: tuple[Opening, ...]) -> tuple[int, int]:
    # An alternative without any change cannot be opened: that is harder than everything else.
    hardest = max((_HARDNESS[change.kind] for change in changes), default=3)
    return (hardest, len(changes))


def coming(criterion: Criterion, fact: Fact, possible: Values) -> Value | None:
    """The value with which a birthday or an anniversary will soon meet a criterion; None if there is none."""
    if fact.change != "time" or not fact.ordered:
        return None
    top = max(fact.position[value] for value in possible)
    nearest = min((place for value in criterion.maybe if (place := fact.position[value]) > top), default=None)
    return None if nearest is None or nearest - top > SOON else fact.domain[nearest]
