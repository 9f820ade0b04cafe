"""Opening hours: what is written is what is read, and nothing else passes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotoneuvo.advice.hours import DAYS, Span, parse_hours

MINUTE = st.integers(0, 24 * 60 - 1)


def _time(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), MINUTE, MINUTE), min_size=1, max_size=4))
def test_what_is_written_is_read(parts: list[tuple[int, int, int, int]]) -> None:
    """Days from first to last, times to the minute, in the order in which they stand."""
    parts = [(min(a, b), max(a, b), opens, closes) for a, b, opens, closes in parts if opens != closes]
    if not parts:
        return
    text = ", ".join(f"{DAYS[a]}-{DAYS[b]} {_time(opens)}-{_time(closes)}" for a, b, opens, closes in parts)
    assert parse_hours(text) == tuple(Span(tuple(range(a, b + 1)), opens, closes) for a, b, opens, closes in parts)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Mo, We 09:00-15:00", [((0, 2), 540, 900)]),
        ("Mo-Fr 08:30-12:00, 13:00-15:30", [((0, 1, 2, 3, 4), 510, 720), ((0, 1, 2, 3, 4), 780, 930)]),
        ("Mo-Tu, Th 09:00-10:00, Fr 09:00-24:00", [((0, 1, 3), 540, 600), ((4,), 540, 1440)]),
    ],
)
def test_days_and_times_that_stand_alone(text: str, spans: list[tuple[tuple[int, ...], int, int]]) -> None:
    """A day alone waits for the next time, a time alone holds on the days before it."""
    assert parse_hours(text) == tuple(Span(*each) for each in spans)


@pytest.mark.parametrize(
    "text",
    ["", "Mo", "09:00-15:00", "Mo 9-15", "Mo 09:00", "Fr-Mo 09:00-15:00", "Ma 09:00-15:00", "Mo 09:60-10:00",
     "Mo 24:00-25:00", "Mo 09:00-24:01", "Mo 09:00-09:00", "Mo-Fr 09:00-15:00,", "Mo 09:00-15:00; Tu 09:00-15:00",
     "Mo 09:00-15:00, Tu"],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    """Nothing is guessed: a wrong hour sends people to a closed door."""
    with pytest.raises(ValueError, match="not opening hours"):
        parse_hours(text)
