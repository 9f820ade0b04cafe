"""A handout on two sides of A4: large type before many steps, and steps on the second page before fewer steps."""

from __future__ import annotations

from collections.abc import Iterator

from kotoneuvo.advice.report import Report
from kotoneuvo.render.handout.choose import ROOMS, Choice, choose
from kotoneuvo.render.handout.content import Sheet
from kotoneuvo.render.handout.reader import Reader
from kotoneuvo.render.handout.room import SCALES, overflow, overflow_of_second
from kotoneuvo.render.handout.write import write_sheet

_SMALLEST = {1: SCALES[1], 2: SCALES[2]}
"""The scale that an HTML page keeps by saying less, by the number of readers."""


def shorter_and_shorter(report: Report, choice: Choice, readers: list[Reader]) -> Iterator[Sheet]:
    """The same handout, from the fullest to the shortest, without those that are too long in the smallest type."""
    return _candidates(report, choice, readers, SCALES[-1])


def fitting_sheet(report: Report, choice: Choice, readers: list[Reader]) -> Sheet:
    """The fullest handout that probably prints on two pages in large type; else the shortest."""
    return next(_candidates(report, choice, readers, _SMALLEST[len(readers)]))


def _candidates(report: Report, choice: Choice, readers: list[Reader], scale: float) -> Iterator[Sheet]:
    """Those that have room at a scale; and, whether or not it has, the shortest."""
    sheet = None
    for room in ROOMS:
        whole = write_sheet(report, choose(report, choice, room), readers)
        for on_first in range(whole.on_first, 0, -1):
            sheet = whole._replace(on_first=on_first)
            # Smaller type, not fewer steps, makes room on a first page that holds one step only.
            too_long = overflow if on_first > 1 else overflow_of_second
            if too_long(sheet, scale) <= 0:
                yield sheet
    assert sheet is not None
    yield sheet
