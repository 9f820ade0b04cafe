"""Kleene's tables, exhaustively: three values are few enough to try every combination."""

from __future__ import annotations

from itertools import product

import pytest

from kotoneuvo.advice.criteria import MET, UNKNOWN, UNMET, Criterion, Judgement, Truth, any_of, negate, together

# The tables as data: the order UNMET < UNKNOWN < MET makes "all" a minimum and "any" a maximum.
NODE = Criterion("age", frozenset({18}))
ORDER = (UNMET, UNKNOWN, MET)


@pytest.mark.parametrize("truths", [combo for size in range(4) for combo in product(ORDER, repeat=size)])
def test_all_is_the_least_and_any_the_greatest(truths: tuple[Truth, ...]) -> None:
    """All of several is the least of them, any of several the greatest; of none: met and unmet."""
    judgements = tuple(Judgement(NODE, truth) for truth in truths)
    assert together(judgements) is min(truths, key=ORDER.index, default=MET)
    assert any_of(truths) is max(truths, key=ORDER.index, default=UNMET)


@pytest.mark.parametrize(("truth", "opposite"), [(MET, UNMET), (UNKNOWN, UNKNOWN), (UNMET, MET)])
def test_negation(truth: Truth, opposite: Truth) -> None:
    """Negation swaps met and unmet and leaves unknown alone."""
    assert negate(truth) is opposite
