"""A handout on two sides of A4: large type before many steps, and steps on the second page before fewer steps.

What its texts take is estimated, as a browser's print cannot be measured; a PDF is measured by its pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from kotoneuvo.advice.report import Report
from kotoneuvo.render.handout.choose import ROOMS, PaperChoice, choose
from kotoneuvo.render.handout.content import (
    LENGTHS,
    Brief,
    Detail,
    Handout,
    Line,
    PaperStep,
    Phrase,
    Sign,
    TaggedText,
    name_length,
)
from kotoneuvo.render.handout.readers import Reader
from kotoneuvo.render.handout.write import write_sheet

SCALES = (1.0, 0.94, 0.88, 0.82, 0.77)
"""Sizes of type, as factors of those in the style sheet; few bilingual sheets are under 11 points, the smallest 9.6."""
_SMALLEST = {1: SCALES[1], 2: SCALES[2]}
"""The scale that an HTML page keeps by saying less, by the number of readers."""
_HEIGHT = 268.0
"""Millimetres of a page between its margins, less a little for fonts that are wider than expected."""
_POINT = 0.353
"""Millimetres of a point."""
_WIDE = 0.6
"""Width of a character as a share of the type size, for the widest fonts that a browser falls back on (DejaVu Sans)."""
_NARROW = 0.85
"""How wide Arabic letters are, which join, as a share of the others."""
_LEADING, _TIGHT = 1.3, 1.2
"""Line height of text, and of verbs and names, in type sizes."""
_AROUND = 11.5
"""Points of the words beside a number."""
_MEASURED = 0.98
"""The highest share of the estimate that a page takes in Chromium with Noto Sans, but for a few long Somali ones, for
which `_HEIGHT` leaves 6 mm; the mean is 0.87 (1,450 pages)."""
_FIXED = 15.0 + 26.0 + 46.0
"""Millimetres of the heading, the appointment with what to bring, and the strip to show at a counter."""
_BESIDE = 51.0
"""Millimetres that the words of a detail take beside their label at least."""
_MAIN, _HALF, _WHOLE = 118.0, 74.0, 182.0
"""Widths in millimetres: beside the code in the box, of one of two steps side by side, of the page."""


def shorter_and_shorter(report: Report, choice: PaperChoice, readers: list[Reader]) -> Iterator[Handout]:
    """The same handout, from the fullest to the shortest, without those that are too long in the smallest type."""
    return _candidates(report, choice, readers, SCALES[-1])


def fitting_sheet(report: Report, choice: PaperChoice, readers: list[Reader]) -> Handout:
    """The fullest handout that probably prints on two pages in large type; else the shortest."""
    return next(_candidates(report, choice, readers, _SMALLEST[len(readers)]))


def _candidates(report: Report, choice: PaperChoice, readers: list[Reader], scale: float) -> Iterator[Handout]:
    """Those that have room at a scale; and, whether or not it has, the shortest."""
    sheet = None
    for room in ROOMS:
        whole = write_sheet(report, choose(report, choice, room), readers)
        # A step on the second page is better than none: pages are filled before steps are left out.
        for on_first in range(whole.on_first, 0, -1):
            sheet = whole._replace(on_first=on_first)
            # Smaller type, not fewer steps, makes room on a first page that holds one step only.
            too_long = overflow if on_first > 1 else overflow_of_second
            if too_long(sheet, scale) <= 0:
                yield sheet
    assert sheet is not None
    yield sheet


def scale_for(sheet: Handout) -> float:
    """The largest scale at which both pages probably have room."""
    return next((scale for scale in SCALES if overflow(sheet, scale) <= 0), SCALES[-1])


def overflow(sheet: Handout, scale: float) -> float:
    """By how many millimetres the longer page is too long at a scale; negative where there is room."""
    return max(_first(sheet, scale) * _MEASURED - _HEIGHT, overflow_of_second(sheet, scale))


def overflow_of_second(sheet: Handout, scale: float) -> float:
    """The same of the second page alone."""
    return _second(sheet, scale) * _MEASURED - _HEIGHT


def _first(sheet: Handout, scale: float) -> float:
    notices = sum(4 + _tall(each, 12.5, _WHOLE, scale) for each in sheet.notices)
    box = _box(sheet.steps[0], scale) if sheet.steps else 30.0
    beside = _beside(sheet.steps[1 : sheet.on_first], scale)
    danger = 15 + max(_tall(each.words, 12.5, 46, scale) for each in sheet.danger) if sheet.danger else 0.0
    foot = sum(_tall(each, 11, _WHOLE, scale) for each in sheet.closing)
    return _FIXED + notices + box + beside + danger + foot + _tall(sheet.strip.caption, 11, _WHOLE, scale)


def _second(sheet: Handout, scale: float) -> float:
    shorts = _beside(sheet.steps[sheet.on_first :], scale)
    details = sum(
        4 + 6 * scale + sum(_detail(each, scale) for each in step.details) for step in sheet.steps if step.details
    )
    lists = sum(4 + 6 * scale + sum(_brief(brief, scale) for brief in block.briefs) for block in sheet.blocks)
    return shorts + details + lists + sum(1 + _tall(each, 11, _WHOLE, scale) for each in sheet.small_print)


def _detail(detail: Detail, scale: float) -> float:
    """Words beside their label, or under it where too little of the line is left."""
    label = sum(map(_length, detail.label)) * _WIDE * 12.5 * _POINT * scale
    left = _WHOLE - label
    return (
        _tall(detail.words, 12.5, left, scale)
        if left > _BESIDE
        else _lines(1, 12.5, _WHOLE, scale) + _tall(detail.words, 12.5, _WHOLE, scale)
    )


def _box(step: PaperStep, scale: float) -> float:
    return (
        12
        + _tall(step.verb, 32 if len(step.verb) == 1 else 26, _MAIN, scale, _TIGHT)
        + _name(step.office, (26, 18.75, 15), _MAIN, scale)
        + _tall(step.gloss, 14, _MAIN, scale)
        + _ways(step, (26, 18, 15), _MAIN, scale)
        + _tall(step.how, 13.5, _WHOLE - 10, scale)
        + _tall(step.age, 11, _WHOLE - 10, scale)
    )


def _beside(steps: tuple[PaperStep, ...], scale: float) -> float:
    """Steps two by two, or one over the whole width, with the heading over the first of them."""
    width = _HALF if len(steps) > 1 else _WHOLE - 12
    heights = [_short(step, width, scale) for step in steps]
    return sum(max(heights[place : place + 2]) + 3 for place in range(0, len(steps), 2)) + (8 if steps else 0)


def _short(step: PaperStep, width: float, scale: float) -> float:
    return (
        4
        + _tall(step.after, 11.5, width, scale)
        + _tall(step.verb, 17 if len(step.verb) == 1 else 15, width, scale, _TIGHT)
        + _name(step.office, (15, 13, 13), width, scale)
        + _tall(step.gloss, 12.5, width, scale)
        + _ways(step, (13.5, 13.5, 12.5), width, scale)
        + _tall(step.how, 12.5, width, scale)
        + _tall(step.age, 11, width, scale)
    )


def _ways(step: PaperStep, sizes: tuple[float, float, float], width: float, scale: float) -> float:
    """The ways to reach an office and its hours: `sizes` of the number to call, of another main way, of the rest."""
    tall = 0.0
    for each in step.reach:
        points = sizes[2] if not each.main else sizes[0] if each.sign is Sign.PHONE and each.value else sizes[1]
        around = sum(map(_length, each.words))
        letters = len(each.value) + around * _AROUND / points if each.value else around
        tall += 2.4 + _lines(letters, points, width - 10, scale)
    tall += sum(_lines(1, sizes[2], width, scale) for _ in step.hours.rows)
    return tall + _tall(step.hours.words, sizes[2], width - 10, scale)


def _name(name: TaggedText, sizes: tuple[float, float, float], width: float, scale: float) -> float:
    """A name in the size that its length has."""
    return _lines(len(name.text), sizes[LENGTHS.index(name_length(name))], width, scale, _TIGHT)


def _tall(phrase: Phrase, points: float, width: float, scale: float, leading: float = _LEADING) -> float:
    """Readers stand one below the other, the second in smaller type."""
    sizes = (points, points * 0.8)
    return sum(
        _lines(_length(line), size, width, scale, leading) for line, size in zip(phrase, sizes, strict=False) if line
    )


def _brief(brief: Brief, scale: float) -> float:
    """A service on one line, which goes on below where it is long."""
    around = (*brief.gloss, *brief.after, *(line for each in brief.reach for line in each.words))
    letters = len(brief.name.text) + sum(map(_length, around)) + sum(len(each.value) for each in brief.reach)
    return 0.8 + _lines(letters, 12.5, _WHOLE, scale)


def _length(line: Line) -> float:
    """How many characters of usual width what one reader reads is."""
    return sum(len(said.stand_in) + len(said.text) * (_NARROW if said.rtl else 1) for said in line)


def _lines(letters: float, points: float, width: float, scale: float, leading: float = _LEADING) -> float:
    """The height in millimetres of so many characters in lines of a width."""
    size = points * scale * _POINT
    return ceil(letters * size * _WIDE / width) * size * leading if letters else 0.0
