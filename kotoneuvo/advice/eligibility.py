"""Whether a service fits a person: the verdict, the reasons, the questions that would settle it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

from kotoneuvo.advice.criteria import MET, UNKNOWN, UNMET, AnyOf, Criterion, Judgement, Node, together
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.situation import Knowledge

NEARLY_AS_USEFUL = 0.5
"""Questions that settle at least this share of what the best one settles are asked in their natural order."""


class Outcome(Enum):
    """What the criteria say. It is never a promise: the organisation decides."""

    ELIGIBLE = "eligible"
    POSSIBLE = "possible"
    NOT_ELIGIBLE = "not_eligible"


def outcome_of(judgements: tuple[Judgement, ...]) -> Outcome:
    """What the judged criteria of a service come to."""
    return _OUTCOMES[together(judgements)]


_OUTCOMES = {MET: Outcome.ELIGIBLE, UNKNOWN: Outcome.POSSIBLE, UNMET: Outcome.NOT_ELIGIBLE}


def unsettled(judgements: tuple[Judgement, ...]) -> Iterator[Criterion]:
    """The criteria that keep a verdict open: unknown ones, those inside unknown groups included."""
    for judgement in judgements:
        if judgement.truth is not UNKNOWN:
            continue
        if isinstance(judgement.node, Criterion):
            yield judgement.node
            continue
        for part in judgement.parts:
            # A table that is settled already cannot tip its group any more.
            if together(part) is UNKNOWN:
                yield from unsettled(part)


def ask(
    judgements: tuple[Judgement, ...], knowledge: Knowledge, skipped: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The facts whose answers could settle an open verdict; `skipped` ones were asked in vain.

    A criterion that only stands open because the source is unclear asks for nothing: the organisation decides.
    """
    found: dict[str, None] = {}
    for criterion in unsettled(judgements):
        if not knowledge.possible(criterion.fact) <= criterion.unclear:
            found |= dict.fromkeys(questions_for(criterion.fact, knowledge, skipped))
    return tuple(found)


def untold(judgements: tuple[Judgement, ...], knowledge: Knowledge) -> tuple[str, ...]:
    """The facts that keep a condition open and are never asked, where nothing else could settle it.

    Nothing goes through such a service, whatever else would have to change: only the person may open it.
    """
    for judgement in judgements:
        facts = dict.fromkeys(criterion.fact for criterion in unsettled((judgement,)))
        if facts and knowledge.facts.never_asked.issuperset(facts):
            return tuple(facts)
    return ()


def told(judgements: tuple[Judgement, ...], knowledge: Knowledge) -> bool:
    """Whether the person brought up what the service is for: a condition on what is never asked is met."""
    return any(each.truth is MET and only_for_told(each.node, knowledge.facts) for each in judgements)


def only_for_told(node: Node, facts: FactBook) -> bool:
    """Whether a condition can only be met by what a person tells without being asked."""
    if isinstance(node, Criterion):
        return node.fact in facts.never_asked
    return isinstance(node, AnyOf) and all(any(only_for_told(part, facts) for part in table) for table in node.tables)


def questions_for(fact: str, knowledge: Knowledge, skipped: frozenset[str]) -> tuple[str, ...]:
    """What to ask in order to learn `fact`: the facts it follows from while they are open, then itself."""
    entry = knowledge.facts[fact]
    # A residence status settles a dozen facts: who is asked for one of these first is asked twice.
    sources = tuple(
        question
        for source in entry.follows
        if not knowledge.settled(source)
        for question in questions_for(source, knowledge, skipped)
    )
    if sources:
        return sources
    return (fact,) if entry.asked == "asked" and fact not in skipped and not knowledge.settled(fact) else ()


def in_order(counts: Mapping[str, int], facts: FactBook) -> tuple[tuple[str, int], ...]:
    """Questions with the number of services that each could settle, in the order in which to ask.

    Sensitive questions come last; among the others the most useful first, near ties in the natural order of the
    conversation (the order of the fact list).
    """
    if not counts:
        return ()
    ordered: list[tuple[str, int]] = []
    for sensitive in (False, True):
        left = {fact: count for fact, count in counts.items() if ("asked_last" in facts[fact].sensitivity) is sensitive}
        while left:
            # By usefulness alone a conversation would go from children to work and back to children.
            best = max(left.values())
            near = [fact for fact, count in left.items() if count >= best * NEARLY_AS_USEFUL]
            following = min(near, key=facts.place.__getitem__)
            ordered.append((following, left.pop(following)))
    return tuple(ordered)
