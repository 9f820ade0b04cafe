"""Three-valued truth: a condition is met, unmet, or not yet known (Kleene's strong logic)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """Whether a condition holds for everything that is still possible about a person."""

    MET = "met"
    UNKNOWN = "unknown"
    UNMET = "unmet"


MET, UNKNOWN, UNMET = Truth.MET, Truth.UNKNOWN, Truth.UNMET
_NOT = {MET: UNMET, UNKNOWN: UNKNOWN, UNMET: MET}


def any_of(truths: Iterable[Truth]) -> Truth:
    """Met if one is met, unmet if all are unmet, else unknown; unmet for none at all."""
    result = UNMET
    for truth in truths:
        if truth is MET:
            return MET
        if truth is UNKNOWN:
            result = UNKNOWN
    return result


def negate(truth: Truth) -> Truth:
    """Met for unmet and the other way round; unknown stays unknown."""
    return _NOT[truth]
