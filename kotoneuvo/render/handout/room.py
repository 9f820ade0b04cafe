"""How large the type of an HTML handout can be, so that it prints on two sides: an estimate of what its texts take.

A PDF is measured by its pages instead; a browser's print cannot be.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from kotoneuvo.render.handout.content import Hours, Phrase, Reach, Said, Sheet, Step

SCALES = (1.0, 0.94, 0.88, 0.82)
"""Sizes of type, as factors of the sizes in the style sheet; the smallest main text is 10 points."""
_HEIGHT = 268.0
"""Millimetres of a page between its margins, less a little for fonts that are wider than expected."""
_POINT = 0.353
"""Millimetres of a point."""
_WIDE = 0.6
"""Width of a character as a share of the type size, for the widest fonts that a browser falls back on (DejaVu Sans)."""
_LEADING = 1.3
_MEASURED = {1: 0.95, 2: 0.87}
"""What the first page really took in Chromium, as a share of the estimate, by the number of readers (64 sheets, the
highest of each kind)."""
_FIXED = 15.0 + 26.0 + 46.0
"""Millimetres of the heading, the appointment with what to bring, and the strip to show at a counter."""
_MAIN, _HALF, _WHOLE = 118.0, 74.0, 182.0
"""Widths in millimetres: beside the code in the box, of one of two steps side by side, of the page."""


def scale_for(sheet: Sheet) -> float:
    """The largest scale at which both pages probably have room."""
    return next((scale for scale in SCALES if overflow(sheet, scale) <= 0), SCALES[-1])


def overflow(sheet: Sheet, scale: float) -> float:
    """By how many millimetres the longer page is too long at a scale; negative where there is room."""
    return max(_first(sheet, scale) * _MEASURED[len(sheet.readers)], _second(sheet, scale)) - _HEIGHT


def _first(sheet: Sheet, scale: float) -> float:
    notices = sum(4 + _tall(each, 12.5, _WHOLE, scale) for each in sheet.notices)
    box = _box(sheet.steps[0], scale) if sheet.steps else 30.0
    two = 8 + max((_short(step, scale) for step in sheet.steps[1:3]), default=-8.0)
    danger = 8 + max(_tall(each.words, 12.5, 46, scale) for each in sheet.danger) + 7
    foot = sum(_tall(each, 11, _WHOLE, scale) for each in sheet.closing)
    return _FIXED + notices + box + two + danger + foot + _tall(sheet.strip.caption, 11, _WHOLE, scale)


def _second(sheet: Sheet, scale: float) -> float:
    shorts = max((_short(step, scale) for step in sheet.steps[3:]), default=0.0)
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


def _short(step: Step, scale: float) -> float:
    return (
        4
        + _tall(step.verb, 17, _HALF, scale)
        + _name(step.office, 15, _HALF, scale)
        + _tall(step.gloss, 12.5, _HALF, scale)
        + _ways(step.reach, step.hours, 13.5, _HALF, scale)
        + _tall(step.how, 12.5, _HALF, scale)
        + _tall(step.age, 11, _HALF, scale)
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
