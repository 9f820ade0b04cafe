"""The handout as one self-contained HTML page, for paper, for a phone and to be read aloud.

The template escapes every text, so that no word of a catalogue can become markup.
"""

from __future__ import annotations

from html import escape

from kotoneuvo.render.handout.content import Handout, name_length
from kotoneuvo.render.handout.drawings import SIGNS, code_drawing
from kotoneuvo.render.handout.fit import scale_for
from kotoneuvo.render.pages import templates


def render_html(sheet: Handout) -> str:
    """Return the whole document."""
    codes = [step.code.target for step in sheet.steps if step.code]
    named = {each: f'<svg role="img" aria-label="QR: {escape(each)}" ' for each in codes}
    template = templates().get_template("render/handout/handout.html")
    return template.render(
        sheet=sheet,
        client=sheet.readers[0],
        signs=SIGNS,
        # A screen reader reads the label, which says where the code leads.
        drawings={each: code_drawing(each).replace("<svg ", named[each], 1) for each in codes},
        size=name_length,
        scale=f"{scale_for(sheet):.2f}",
    )
