"""Numbers counted in arrays: the same as one by one, whatever the blocks and their order."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotoneuvo.batch import arrays
from kotoneuvo.batch.arrays import Counts, Growing

FEW = st.integers(0, 30) | st.integers(0, 2**63 - 1)
BLOCKS = st.lists(st.lists(FEW, max_size=40), max_size=8)


def counted(blocks: list[list[int]]) -> Counts:
    """One counter that saw all blocks."""
    counts = Counts()
    for block in blocks:
        counts.update(np.array(block, np.int64))
    return counts


@given(BLOCKS, BLOCKS, st.booleans())
def test_every_number_is_counted_once(first: list[list[int]], second: list[list[int]], settled: bool) -> None:
    one, other = counted(first), counted(second)
    if settled:
        assert list(other.items()) == sorted(Counter(chain.from_iterable(second)).items())
    one.add(other)
    assert list(one.items()) == sorted(Counter(chain(*first, *second)).items())


def test_what_waits_is_counted_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrays, "WAITING", 10)
    counts = counted([[1, 2, 3]] * 20)
    assert dict(counts.items()) == {1: 20, 2: 20, 3: 20}


def test_a_growing_row_is_read_as_an_array() -> None:
    row = Growing()
    assert len(row.array) == 0
    for number in (5, 2**60, 0):
        row.append(number)
    assert (len(row), row.array.tolist()) == (3, [5, 2**60, 0])
    row.append(7)
    assert (len(row), row.array.tolist()) == (4, [5, 2**60, 0, 7])
