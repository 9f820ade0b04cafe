"""The verdict on a service for one person: which questions would settle it, and which changes would open it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from kotoneuvo.advice.criteria import MET, UNKNOWN, UNMET, AnyOf, Criterion, Judgement, Node, Possible, together
from kotoneuvo.advice.facts import ChangeKind, Fact, FactBook, Value, Values
from kotoneuvo.advice.situation import Knowledge

NEARLY_AS_USEFUL = 0.5
"""Questions that settle at least this share of what the best one settles are asked in the conversation's order."""
SOON = 1
"""A birthday or anniversary at most this many years ahead counts as a later step."""
# Easiest first: what a person can do, what needs waiting, what nobody can change.
_HARDNESS: dict[ChangeKind, int] = {"can_change": 0, "time": 1, "fixed": 2}


class Outcome(Enum):
    """The verdict of the criteria. Never a promise: the organisation decides."""

    ELIGIBLE = "eligible"
    POSSIBLE = "possible"
    NOT_ELIGIBLE = "not_eligible"


def outcome_of(judgements: tuple[Judgement, ...]) -> Outcome:
    """The verdict that follows from a service's judged criteria."""
    return _OUTCOMES[together(judgements)]


_OUTCOMES = {MET: Outcome.ELIGIBLE, UNKNOWN: Outcome.POSSIBLE, UNMET: Outcome.NOT_ELIGIBLE}


def unsettled(judgements: tuple[Judgement, ...]) -> Iterator[Criterion]:
    """Yield the unknown criteria that keep a verdict open, including those inside unknown groups."""
    for judgement in judgements:
        if judgement.truth is not UNKNOWN:
            continue
        if isinstance(judgement.node, Criterion):
            yield judgement.node
            continue
        for part in judgement.parts:
            # A table that is already met or unmet can no longer change its group.
            if together(part) is UNKNOWN:
                yield from unsettled(part)


def ask(
    judgements: tuple[Judgement, ...], knowledge: Knowledge, skipped: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The facts whose answers could settle an open verdict, without the `skipped` ones.

    Nothing is asked for a criterion that is open only because the source is unclear: the organisation decides.
    """
    found: dict[str, None] = {}
    for criterion in unsettled(judgements):
        if not knowledge.possible(criterion.fact) <= criterion.unclear:
            found |= dict.fromkeys(questions_for(criterion.fact, knowledge, skipped))
    return tuple(found)


def untold(judgements: tuple[Judgement, ...], knowledge: Knowledge) -> tuple[str, ...]:
    """The never-asked facts that alone keep a condition open; empty if no condition depends on such facts alone.

    Only the person can open such a service, so it is never a step on the way to another one.
    """
    for judgement in judgements:
        facts = dict.fromkeys(criterion.fact for criterion in unsettled((judgement,)))
        if facts and knowledge.facts.never_asked.issuperset(facts):
            return tuple(facts)
    return ()


def told(judgements: tuple[Judgement, ...], knowledge: Knowledge) -> bool:
    """Whether the person brought up what the service is for: a condition on a never-asked fact is met."""
    return any(each.truth is MET and only_for_told(each.node, knowledge.facts) for each in judgements)


def only_for_told(node: Node, facts: FactBook) -> bool:
    """Whether only never-asked facts can meet a condition."""
    if isinstance(node, Criterion):
        return node.fact in facts.never_asked
    return isinstance(node, AnyOf) and all(any(only_for_told(part, facts) for part in table) for table in node.tables)


def questions_for(fact: str, knowledge: Knowledge, skipped: frozenset[str]) -> tuple[str, ...]:
    """The questions to ask to learn `fact`: the facts that it follows from, or itself once these are settled."""
    entry = knowledge.facts[fact]
    # The residence status settles a dozen other facts; asking for one of these first would mean asking twice.
    sources = tuple(
        question
        for source in entry.follows
        if not knowledge.settled(source)
        for question in questions_for(source, knowledge, skipped)
    )
    if sources:
        return sources
    return (fact,) if entry.asked == "asked" and fact not in skipped and not knowledge.settled(fact) else ()


def order_questions(counts: Mapping[str, int], facts: FactBook) -> tuple[tuple[str, int], ...]:
    """Sort questions (fact to the number of services that it could settle) into the order in which to ask them.

    Sensitive questions come last. The most useful questions come first; near ties follow the order of the fact list,
    which is the natural order of a conversation.
    """
    if not counts:
        return ()
    ordered: list[tuple[str, int]] = []
    for sensitive in (False, True):
        left = {fact: count for fact, count in counts.items() if ("asked_last" in facts[fact].sensitivity) is sensitive}
        while left:
            # By usefulness alone, the conversation would jump from children to work and back to children.
            best = max(left.values())
            near = [fact for fact, count in left.items() if count >= best * NEARLY_AS_USEFUL]
            following = min(near, key=facts.place.__getitem__)
            ordered.append((following, left.pop(following)))
    return tuple(ordered)


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
