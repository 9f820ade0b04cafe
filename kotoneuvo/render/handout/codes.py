"""QR codes as drawings that any size of paper or screen can show."""

from __future__ import annotations

_QUIET = 4
"""White modules around a code, which scanners need."""


def code_drawing(target: str) -> str:
    """The QR code of a page or a phone link as an SVG element: black on white, also where the page is dark."""
    import segno

    code = segno.make(target, error="m", micro=False)
    drawing: str = code.svg_inline(
        border=_QUIET, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None
    )
    return drawing
