"""The handout as one self-contained HTML page: nothing fetched, good on paper, on a phone and read aloud.

The template escapes every text: no word of a catalogue can become markup.
"""

from __future__ import annotations

from html import escape
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kotoneuvo.render.handout.codes import code_drawing
from kotoneuvo.render.handout.content import Said, Sheet
from kotoneuvo.render.handout.room import scale_for
from kotoneuvo.render.handout.signs import SIGNS
from kotoneuvo.render.pages import templates

if TYPE_CHECKING:
    from jinja2 import Template

COMPILED = "compiled_page"
"""The module of the compiled template, beside this one in an installed program."""
_PAGE = "render/handout/handout.html"
_FOLDER = Path(__file__).parent
_LONG, _LONGEST = 34, 60
"""Characters of a name from which on its type is smaller, so that it stays whole."""


def render_html(sheet: Sheet) -> str:
    """The whole document."""
    codes = [step.code.target for step in sheet.steps if step.code]
    return _template().render(
        sheet=sheet,
        client=sheet.readers[0],
        signs=SIGNS,
        drawings={target: _drawing(target) for target in codes},
        size=_size,
        scale=f"{scale_for(sheet):.2f}",
        style=_FOLDER.joinpath("handout.css").read_text(encoding="utf-8"),
        script=_FOLDER.joinpath("speak.js").read_text(encoding="utf-8"),
    )


def compiled_page() -> str:
    """The template as the Python that jinja2 makes of it: the build puts it into the wheel as `COMPILED`."""
    found: str = templates().compile(
        _FOLDER.joinpath("handout.html").read_text(encoding="utf-8"), raw=True, defer_init=True
    )
    return found


def _template() -> Template:
    """The template: compiled, as the build left it, or as it is written, which takes longer than all else here."""
    from jinja2 import Template

    try:
        compiled = import_module(f"{__package__}.{COMPILED}")
    except ModuleNotFoundError:
        return templates().get_template(_PAGE)
    return Template.from_module_dict(templates(), vars(compiled), {})


def _size(name: Said) -> str:
    return "longest" if len(name.text) > _LONGEST else "long" if len(name.text) > _LONG else ""


def _drawing(target: str) -> str:
    return code_drawing(target).replace("<svg ", f'<svg role="img" aria-label="QR: {escape(target)}" ', 1)
