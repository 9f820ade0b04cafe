"""The verdict on a service for one person, and the questions that would settle it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

from kotoneuvo.advice.criteria import MET, UNKNOWN, UNMET, AnyOf, Criterion, Judgement, Node, together
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.situation import Knowledge

NEARLY_AS_USEFUL = 0.5
"""Questions that settle at least this share of what the best one settles are asked in the conversation's order."""


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
