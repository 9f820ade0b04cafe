"""QR codes as drawings that any size of paper or screen can show.

The codes of the bundled catalogue are drawn when the wheel is built (`hatch_build.py`): drawing one takes 5 ms, and
importing what draws it 20 ms, which a front desk would wait for at every handout.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from kotoneuvo.catalogue.bundle import data_folder

CODES = "codes.json"
"""The drawings made at build time, by what they hold; only in the wheel."""
LONGEST = 160
"""Letters of a number, an address or a page; a longer page has no code and no link."""
_QUIET = 4
"""White modules around a code, which scanners need."""


def code_drawing(target: str) -> str:
    """The QR code of a page or a phone link as an SVG element: black on white, also where the page is dark."""
    return _drawn().get(target) or draw(target)


@cache
def _drawn() -> Mapping[str, str]:
    twin = data_folder() / CODES
    found: dict[str, str] = json.loads(twin.read_bytes()) if twin.is_file() else {}
    return found


def draw(target: str) -> str:
    """Draws the code of a page or a phone link."""
    import segno

    code = segno.make(target, error="m", micro=False)
    drawing: str = code.svg_inline(
        border=_QUIET, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None
    )
    return drawing


def page_link(value: str) -> str:
    """The address of a page if it is one that may be opened and scanned; else nothing."""
    fits = len(value) <= LONGEST and value.isprintable() and " " not in value
    return value if fits and value.startswith(("https://", "http://")) else ""


def call_link(number: str) -> str:
    """The link that calls a number; nothing for what is no number."""
    digits = "".join(c for c in number if c.isdigit() or c == "+")
    return f"tel:{digits}" if digits and len(digits) <= 16 and digits.isascii() else ""
