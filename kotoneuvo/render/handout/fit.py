"""Fits a handout on two sides of A4: large type matters more than many steps, which matter more than the first page.

The room that texts take is estimated, as what a browser prints cannot be measured; a PDF is measured by its pages.
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
from kotoneuvo.render.handout.readers import Reader, Readers
from kotoneuvo.render.handout.write import Writer

SCALES = (1.0, 0.94, 0.88, 0.82, 0.77)
"""Type sizes as factors of those in the style sheet; few bilingual handouts go under 11 points, none under 9.6."""
_SMALLEST = {1: SCALES[1], 2: SCALES[2]}
"""By the number of readers: the scale below which an HTML page does not go, but says less instead."""
_HEIGHT = 268.0
"""The height of a page between its margins in millimetres, less a little for fonts wider than expected."""
_POINT = 0.353
"""Millimetres of a point."""
_WIDE = 0.6
"""Width of a character as a share of the type size, for the widest fonts that a browser falls back on (DejaVu Sans)."""
_NARROW = 0.85
"""The width of Arabic letters, which are joined, as a share of others."""
_LEADING, _TIGHT = 1.3, 1.2
"""Line height of text, and of verbs and names, in type sizes."""
_AROUND = 11.5
"""Points of the words beside a number."""
_MEASURED = 0.98
"""The highest share of the estimate that a page takes in Chromium with Noto Sans (1,450 pages measured; mean 0.87). A
few long Somali pages take more, for which `_HEIGHT` leaves 6 mm."""
_FIXED = 15.0 + 26.0 + 46.0
"""The heights in millimetres of the heading, of the appointment with what to bring, and of the strip."""
_BESIDE = 51.0
"""The least width in millimetres that the words of a detail get beside their label."""
_MAIN, _HALF, _WHOLE = 118.0, 74.0, 182.0
"""Widths in millimetres: beside the code in the first step's box, of a step beside another, of the page."""


def ever_shorter_handouts(report: Report, choice: PaperChoice, readers: list[Reader]) -> Iterator[Handout]:
    """Yield versions of a handout, from the fullest to the shortest, that fit in the smallest type; always the last."""
    return _that_fit(report, choice, readers, SCALES[-1])


def fitting_sheet(report: Report, choice: PaperChoice, readers: list[Reader]) -> Handout:
    """Return the fullest handout that should print on two pages in large type; else the shortest."""
    return next(_that_fit(report, choice, readers, _SMALLEST[len(readers)]))


def _that_fit(report: Report, choice: PaperChoice, readers: list[Reader], scale: float) -> Iterator[Handout]:
    """Yield versions that fit at a scale, and at the end the shortest, even if it does not."""
    sheet = None
    for room in ROOMS:
        whole = Writer(report, choose(report, choice, room), Readers(readers)).sheet()
        # A step on the second page is better than none, so steps are moved there before any is left out.
        for on_first in range(whole.on_first, 0, -1):
            sheet = whole._replace(on_first=on_first)
            # A first page with one step cannot be shortened; `scale_for` gives it smaller type.
            too_long = overflow if on_first > 1 else overflow_of_second
            if too_long(sheet, scale) <= 0:
                yield sheet
    assert sheet is not None
    yield sheet


def scale_for(sheet: Handout) -> float:
    """Return the largest scale at which both pages should fit."""
    return next((scale for scale in SCALES if overflow(sheet, scale) <= 0), SCALES[-1])


def overflow(sheet: Handout, scale: float) -> float:
    """Return by how many millimetres the longer page is too long at a scale; negative if it fits."""
    return max(_first(sheet, scale) * _MEASURED - _HEIGHT, overflow_of_second(sheet, scale))


def overflow_of_second(sheet: Handout, scale: float) -> float:
    """Return the same for the second page only."""
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
    """Return the height of words beside their label, or under it if the label leaves too little of the line."""
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
    """Return the height of steps in two columns, or of one over the whole width, with their heading."""
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
    """Return the height of contacts and hours; `sizes` in points: a main number, another main way, all others."""
    tall = 0.0
    for each in step.reach:
        points = sizes[2] if not each.main else sizes[0] if each.sign is Sign.PHONE and each.value else sizes[1]
        around = sum(map(_length, each.words))
        letters = len(each.value) + around * _AROUND / points if each.value else around
        tall += 2.4 + _lines(letters, points, width - 10, scale)
    tall += sum(_lines(1, sizes[2], width, scale) for _ in step.hours.rows)
    return tall + _tall(step.hours.words, sizes[2], width - 10, scale)


def _name(name: TaggedText, sizes: tuple[float, float, float], width: float, scale: float) -> float:
    return _lines(len(name.text), sizes[LENGTHS.index(name_length(name))], width, scale, _TIGHT)


def _tall(phrase: Phrase, points: float, width: float, scale: float, leading: float = _LEADING) -> float:
    """Return the height of a phrase: readers one below the other, the second in smaller type."""
    sizes = (points, points * 0.8)
    return sum(
        _lines(_length(line), size, width, scale, leading) for line, size in zip(phrase, sizes, strict=False) if line
    )


def _brief(brief: Brief, scale: float) -> float:
    """Return the height of a service in a list, which may wrap."""
    around = (*brief.gloss, *brief.after, *(line for each in brief.reach for line in each.words))
    letters = len(brief.name.text) + sum(map(_length, around)) + sum(len(each.value) for each in brief.reach)
    return 0.8 + _lines(letters, 12.5, _WHOLE, scale)


def _length(line: Line) -> float:
    """Return the length of what one reader reads, in characters of usual width."""
    return sum(len(said.stand_in) + len(said.text) * (_NARROW if said.rtl else 1) for said in line)


def _lines(letters: float, points: float, width: float, scale: float, leading: float = _LEADING) -> float:
    """Return the height in millimetres of so many characters, wrapped to `width` millimetres."""
    size = points * scale * _POINT
    return ceil(letters * size * _WIDE / width) * size * leading if letters else 0.0
