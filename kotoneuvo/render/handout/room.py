"""How large the type of a handout can be: as large as its words have room for on one page, else on two."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

from kotoneuvo.render.handout.sheet import Detail, Phrase, Sheet

LARGEST, LARGE, SMALLEST = 15.0, 13.0, 10.0
"""Sizes in points; what fits on one page in LARGE type is not spread over two."""
_PAGES = 2
_FITS = {1: 920.0, 2: 870.0}
"""Size times square root of letters that just fill two pages of A4 in Noto Sans, by the number of readers: a little
below the middle of what was measured over 367 handouts of the people of the test scenarios."""
_LINE = 30
"""What a paragraph takes beside its letters: a half-filled line and the space above it."""


def room_for(sheet: Sheet) -> tuple[float, int]:
    """A size in points, and on how many pages the sheet probably fits in it."""
    letters = sum(_LINE + each for each in _paragraphs(sheet))
    size = _FITS[len(sheet.readers)] / sqrt(letters)
    if size / sqrt(_PAGES) >= LARGE:
        return min(size / sqrt(_PAGES), LARGEST), 1
    return max(min(size, LARGEST), SMALLEST), _PAGES


def _paragraphs(sheet: Sheet) -> Iterator[int]:
    """How many letters each paragraph has."""
    yield from map(_letters, (sheet.title, sheet.intro, *sheet.closing, *sheet.small_print))
    for step in sheet.steps:
        yield len(step.name.text)
        yield from map(_letters, (step.gloss, step.after, step.summary, step.age, sheet.done, sheet.notes))
        yield from (_told(detail) for detail in (*step.points, *step.details))
    for block in sheet.blocks:
        yield _letters(block.heading)
        for brief in block.briefs:
            yield len(brief.name.text) + _letters(brief.gloss) + sum(map(_told, brief.details)) + _letters(brief.age)


def _told(detail: Detail) -> int:
    return _letters(detail.label) + len(detail.value) + _letters(detail.around)


def _letters(phrase: Phrase) -> int:
    """In columns side by side the longest decides."""
    lines = [sum(len(said.text) + len(said.stand_in) for said in line) for line in phrase]
    return len(lines) * max(lines, default=0)
