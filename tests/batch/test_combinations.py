"""Numbers for combinations: the same for the same rows, however many columns there are and however much they hold."""

from __future__ import annotations

import numpy as np

from kotoneuvo.batch.arrays import Numbered
from kotoneuvo.batch.combinations import Combinations


def test_rows_of_many_columns_keep_apart() -> None:
    """Forty columns that hold more and more do not fit into one key."""
    draw = np.random.default_rng(1)
    contents: Numbered[tuple[int, ...]] = Numbered(())
    combinations = Combinations(contents.number)
    for most in (2, 3, 300, 5, 5000):
        columns = list(draw.integers(0, most, (40, 500)))
        numbers = combinations.numbers(columns, [5000] * 40 if most == 5 else [most] * 40, 500)
        again = combinations.numbers(columns, [most] * 40, 500)
        rows = list(zip(*(column.tolist() for column in columns), strict=True))
        assert [contents[number] for number in numbers.tolist()] == rows
        assert numbers.tolist() == again.tolist()
