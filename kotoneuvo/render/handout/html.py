"""The handout as one self-contained HTML page: nothing fetched, good on paper, on a phone and read aloud.

The template escapes every text: no word of a catalogue can become markup.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from kotoneuvo.render.handout.codes import code_drawing
from kotoneuvo.render.handout.content import Said, Sheet
from kotoneuvo.render.handout.room import scale_for
from kotoneuvo.render.handout.signs import SIGNS

_FOLDER = Path(__file__).parent
_LONG, _LONGEST = 34, 60
"""Characters of a name from which on its type is smaller, so that it stays whole."""


def render_html(sheet: Sheet) -> str:
    """The whole document."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    pages = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    codes = [step.code.target for step in sheet.steps if step.code]
    return pages.get_template("handout.html").render(
        sheet=sheet,
        client=sheet.readers[0],
        signs=SIGNS,
        drawings={target: _drawing(target) for target in codes},
        size=_size,
        scale=f"{scale_for(sheet):.2f}",
        style=_FOLDER.joinpath("handout.css").read_text(encoding="utf-8"),
        script=_FOLDER.joinpath("speak.js").read_text(encoding="utf-8"),
    )


def _size(name: Said) -> str:
    return "longest" if len(name.text) > _LONGEST else "long" if len(name.text) > _LONG else ""


def _drawing(target: str) -> str:
    return code_drawing(target).replace("<svg ", f'<svg role="img" aria-label="QR: {escape(target)}" ', 1)
