"""A handout on two sides of A4: large type before many steps."""

from __future__ import annotations

from collections.abc import Callable

from kotoneuvo.advice.report import Report
from kotoneuvo.render.handout.choose import ROOMS, Choice, choose
from kotoneuvo.render.handout.content import Sheet
from kotoneuvo.render.handout.reader import Reader
from kotoneuvo.render.handout.room import SCALES, overflow, overflow_of_second
from kotoneuvo.render.handout.write import write_sheet

_SMALLEST = {1: SCALES[1], 2: SCALES[2]}
"""The scale that an HTML page keeps by saying less, by the number of readers."""


def shorter_and_shorter(report: Report, choice: Choice, readers: list[Reader]) -> list[Callable[[], Sheet]]:
    """The same handout, from the fullest to the shortest, each written when it is asked for."""
    return [lambda room=room: write_sheet(report, choose(report, choice, room), readers) for room in ROOMS]  # type: ignore[misc]


def fitting_sheet(report: Report, choice: Choice, readers: list[Reader]) -> Sheet:
    """The fullest handout that probably prints on two pages in large type; else the shortest."""
    sheet = None
    for write in shorter_and_shorter(report, choice, readers):
        sheet = write()
        # Smaller type, not fewer steps, makes room on a first page that holds one step only.
        too_long = overflow if sheet.on_first > 1 else overflow_of_second
        if too_long(sheet, _SMALLEST[len(readers)]) <= 0:
            break
    assert sheet is not None
    return sheet
