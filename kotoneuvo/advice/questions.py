"""Which question to ask next: only those that can still change a result for this person."""

from __future__ import annotations

from collections.abc import Mapping

from kotoneuvo.advice.facts import FactBook

NEARLY_AS_USEFUL = 0.5
"""Questions that settle at least this share of what the best one settles are asked in their natural order."""


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
            best = max(left.values())
            near = [fact for fact, count in left.items() if count >= best * NEARLY_AS_USEFUL]
            following = min(near, key=facts.place.__getitem__)
            ordered.append((following, left.pop(following)))
    return tuple(ordered)
