"""The handout as one self-contained HTML page: nothing fetched, good on paper, on a phone and read aloud.

The template escapes every text: no word of a catalogue can become markup.
"""

from __future__ import annotations

from html import escape

from kotoneuvo.render.handout.content import Handout, name_length
from kotoneuvo.render.handout.drawings import SIGNS, code_drawing
from kotoneuvo.render.handout.fit import scale_for
from kotoneuvo.render.pages import templates


def render_html(sheet: Handout) -> str:
    """The whole document."""
    codes = [step.code.target for step in sheet.steps if step.code]
    named = {each: f'<svg role="img" aria-label="QR: {escape(each)}" ' for each in codes}
    template = templates().get_template("render/handout/handout.html")
    return template.render(
        sheet=sheet,
        client=sheet.readers[0],
        signs=SIGNS,
        # Who cannot see the code hears where it leads.
        drawings={each: code_drawing(each).replace("<svg ", named[each], 1) for each in codes},
        size=name_length,
        scale=f"{scale_for(sheet):.2f}",
    )
