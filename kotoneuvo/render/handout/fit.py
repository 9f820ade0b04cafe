"""A handout on two sides of A4: large type before many steps, and steps on the second page before fewer steps.

What its texts take is estimated, as a browser's print cannot be measured; a PDF is measured by its pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from kotoneuvo.advice.report import Report
from kotoneuvo.render.handout.choose import ROOMS, Choice, choose
from kotoneuvo.render.handout.content import Hours, Phrase, Reach, Said, Sheet, Step
from kotoneuvo.render.handout.readers import Reader
from kotoneuvo.render.handout.write import write_sheet

SCALES = (1.0, 0.94, 0.88, 0.82, 0.77)
"""Sizes of type, as factors of those in the style sheet; the smallest main text is 9.6 points, on few sheets."""
_SMALLEST = {1: SCALES[1], 2: SCALES[2]}
"""The scale that an HTML page keeps by saying less, by the number of readers."""
_HEIGHT = 268.0
"""Millimetres of a page between its margins, less a little for fonts that are wider than expected."""
_POINT = 0.353
"""Millimetres of a point."""
_WIDE = 0.6
"""Width of a character as a share of the type size, for the widest fonts that a browser falls back on (DejaVu Sans)."""
_LEADING = 1.3
_MEASURED = {1: 0.95, 2: 0.87}
"""What a first page with two steps beside the box took in Chromium, as a share of the estimate, by the number of
readers (64 sheets, the highest of each kind)."""
_ALONE = 1.0
"""The same with one step beside it or none (84 sheets)."""
_FIXED = 15.0 + 26.0 + 46.0
"""Millimetres of the heading, the appointment with what to bring, and the strip to show at a counter."""
_MAIN, _HALF, _WHOLE = 118.0, 74.0, 182.0
"""Widths in millimetres: beside the code in the box, of one of two steps side by side, of the page."""


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


def scale_for(sheet: Sheet) -> float:
    """The largest scale at which both pages probably have room."""
    return next((scale for scale in SCALES if overflow(sheet, scale) <= 0), SCALES[-1])


def overflow(sheet: Sheet, scale: float) -> float:
    """By how many millimetres the longer page is too long at a scale; negative where there is room."""
    measured = _MEASURED[len(sheet.readers)] if sheet.on_first > 2 else _ALONE
    return max(_first(sheet, scale) * measured - _HEIGHT, overflow_of_second(sheet, scale))


def overflow_of_second(sheet: Sheet, scale: float) -> float:
    """The same of the second page alone."""
    return _second(sheet, scale) - _HEIGHT


def _first(sheet: Sheet, scale: float) -> float:
    notices = sum(4 + _tall(each, 12.5, _WHOLE, scale) for each in sheet.notices)
    box = _box(sheet.steps[0], scale) if sheet.steps else 30.0
    beside = _beside(sheet.steps[1 : sheet.on_first], scale)
    danger = 8 + max(_tall(each.words, 12.5, 46, scale) for each in sheet.danger) + 7
    foot = sum(_tall(each, 11, _WHOLE, scale) for each in sheet.closing)
    return _FIXED + notices + box + beside + danger + foot + _tall(sheet.strip.caption, 11, _WHOLE, scale)


def _second(sheet: Sheet, scale: float) -> float:
    shorts = _beside(sheet.steps[sheet.on_first :], scale)
    details = sum(
        9 + sum(_tall(each.words, 12.5, _WHOLE - 20, scale) for each in step.details)
        for step in sheet.steps
        if step.details
    )
    lists = sum(
        12 + sum(_lines(_brief_length(brief), 12.5, _WHOLE, scale) + 0.8 for brief in block.briefs)
        for block in sheet.blocks
    )
    return shorts + details + lists + sum(1 + _tall(each, 11, _WHOLE, scale) for each in sheet.small_print)


def _box(step: Step, scale: float) -> float:
    return (
        12
        + _tall(step.verb, 32, _MAIN, scale)
        + _name(step.office, 26, _MAIN, scale)
        + _tall(step.gloss, 14, _MAIN, scale)
        + _ways(step.reach, step.hours, 18, _MAIN, scale)
        + _tall(step.how, 13.5, _WHOLE - 10, scale)
        + _tall(step.age, 11, _WHOLE - 10, scale)
    )


def _beside(steps: tuple[Step, ...], scale: float) -> float:
    """Steps two by two, or one over the whole width, with the heading over the first of them."""
    width = _HALF if len(steps) > 1 else _WHOLE - 12
    heights = [_short(step, width, scale) for step in steps]
    return sum(max(heights[place : place + 2]) + 3 for place in range(0, len(steps), 2)) + (8 if steps else 0)


def _short(step: Step, width: float, scale: float) -> float:
    return (
        4
        + _tall(step.verb, 17, width, scale)
        + _name(step.office, 15, width, scale)
        + _tall(step.gloss, 12.5, width, scale)
        + _ways(step.reach, step.hours, 13.5, width, scale)
        + _tall(step.how, 12.5, width, scale)
        + _tall(step.age, 11, width, scale)
    )


def _ways(reach: tuple[Reach, ...], hours: Hours, points: float, width: float, scale: float) -> float:
    tall = sum(
        2.4 + _lines(len(each.value) + sum(map(len, _texts(each.words))), points, width - 10, scale) for each in reach
    )
    tall += sum(_lines(1, points, width, scale) for _ in hours.rows)
    return tall + (_tall(hours.words, points, width - 10, scale) if hours.words else 0.0)


def _name(name: Said, points: float, width: float, scale: float) -> float:
    size = points * (0.58 if len(name.text) > 60 else 0.72 if len(name.text) > 34 else 1)
    return _lines(len(name.text), size, width, scale)


def _tall(phrase: Phrase, points: float, width: float, scale: float) -> float:
    """Readers stand one below the other, the second in smaller type."""
    sizes = (points, points * 0.8)
    return sum(
        _lines(sum(map(len, _texts((line,)))), size, width, scale)
        for line, size in zip(phrase, sizes, strict=False)
        if line
    )


def _brief_length(brief: object) -> int:
    return sum(map(len, _strings(brief)))


def _texts(phrase: Phrase) -> Iterator[str]:
    yield from (said.stand_in + said.text for line in phrase for said in line)


def _strings(part: object) -> Iterator[str]:
    """Every text in a brief: names, words, numbers."""
    if isinstance(part, Said):
        yield part.text
    elif isinstance(part, Reach):
        yield part.value
        yield from _texts(part.words)
    elif isinstance(part, tuple):
        for each in part:
            yield from _strings(each)


def _lines(letters: int, points: float, width: float, scale: float) -> float:
    """The height in millimetres of so many characters in lines of a width."""
    size = points * scale * _POINT
    return ceil(letters * size * _WIDE / width) * size * _LEADING if letters else 0.0
