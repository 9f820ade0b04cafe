"""The handout as a tagged PDF (PDF/UA-1), set by typst with fonts that come from packages.

The texts go to typst as JSON data and never become a part of its markup.
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.render.handout.codes import code_drawing
from kotoneuvo.render.handout.contacts import shown_value
from kotoneuvo.render.handout.room import SMALLEST, room_for
from kotoneuvo.render.handout.sheet import Block, Brief, Code, Detail, Phrase, Said, Sheet, Step

_TEMPLATE = Path(__file__).with_name("handout.typ")
_PAGE = b"/Type/Page/"
"""What stands in the file once for each page."""
_SMALLER = 0.95
"""How much smaller type is tried where the sheet did not fit as expected."""
_FONTS = ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic")


def render_pdf(sheet: Sheet) -> bytes:
    """The whole document. Raises InputProblems where the extra `pdf` is not installed."""
    folders = font_folders()
    if folders is None or find_spec("typst") is None:
        message = N_("a PDF needs further packages: pip install 'kotoneuvo[pdf]', or use --format html")
        raise InputProblems([Problem(message)])
    data = json.dumps(sheet_data(sheet), ensure_ascii=False)
    size, pages = room_for(sheet)
    document = _set(data, size, folders)
    while size > SMALLEST and document.count(_PAGE) > pages:
        size *= _SMALLER
        document = _set(data, size, folders)
    return document


def _set(data: str, size: float, folders: list[Path]) -> bytes:
    import typst

    return typst.compile(
        _TEMPLATE,
        format="pdf",
        font_paths=folders,
        ignore_system_fonts=True,
        sys_inputs={"sheet": data, "size": f"{size:.2f}"},
        pdf_standards="ua-1",
    )


def font_folders() -> list[Path] | None:
    """Where the fonts of the extra `pdf` lie; None if a package of them is missing."""
    found = [find_spec(name) for name in _FONTS]
    return [Path(str(spec.origin)).parent / "files" for spec in found if spec] if all(found) else None


def sheet_data(sheet: Sheet) -> dict[str, Any]:
    """The handout as plain data, as the template reads it."""
    return {
        "readers": [_said(said) for said in sheet.readers],
        "title": _phrase(sheet.title),
        "intro": _phrase(sheet.intro),
        "done": _phrase(sheet.done),
        "notes": _phrase(sheet.notes),
        "steps": [_step(step) for step in sheet.steps],
        "blocks": [_block(block) for block in sheet.blocks],
        "closing": [_phrase(phrase) for phrase in sheet.closing],
        "small_print": [_phrase(phrase) for phrase in sheet.small_print],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "number": step.number,
        "name": _said(step.name),
        "gloss": _phrase(step.gloss),
        "after": _phrase(step.after),
        "summary": _phrase(step.summary),
        "points": [_detail(detail) for detail in step.points],
        "details": [_detail(detail) for detail in step.details],
        "codes": [_code(code) for code in step.codes],
        "age": _phrase(step.age),
        "old": step.old,
    }


def _block(block: Block) -> dict[str, Any]:
    return {"heading": _phrase(block.heading), "briefs": [_brief(brief) for brief in block.briefs]}


def _brief(brief: Brief) -> dict[str, Any]:
    return {
        "name": _said(brief.name),
        "gloss": _phrase(brief.gloss),
        "details": [_detail(detail) for detail in brief.details],
        "age": _phrase(brief.age),
    }


def _detail(detail: Detail) -> dict[str, Any]:
    return {
        "label": _phrase(detail.label),
        "value": bool(detail.value),
        "shown": shown_value(detail),
        "whole": detail.link.startswith("tel:"),
        "around": _phrase(detail.around),
        "link": detail.link,
    }


def _code(code: Code) -> dict[str, Any]:
    drawing = code_drawing(code.target).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return {"target": code.target, "drawing": drawing, "caption": _phrase(code.caption)}


def _phrase(phrase: Phrase) -> list[list[dict[str, Any]]]:
    return [[_said(said) for said in line] for line in phrase]


def _said(said: Said) -> dict[str, Any]:
    """A text with its language for typst, which knows no variants of languages."""
    language = said.language.partition("-")[0]
    return {"text": said.text, "lang": language, "rtl": said.rtl, "stand_in": said.stand_in}
