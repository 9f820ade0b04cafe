"""QR codes and pictograms as SVG, and the links that QR codes hold.

The QR codes of the bundled catalogue are drawn when the wheel is built (`hatch_build.py`): drawing one takes 5 ms and
importing segno 20 ms, which every handout would cost the front desk.
"""

from __future__ import annotations

from functools import cache

from kotoneuvo.catalogue.files import data_folder
from kotoneuvo.render.handout.content import Sign

CODES = "codes.tsv"
"""The drawings made at build time, one on each line: link, tab, drawing. Only the wheel has this file."""
LONGEST = 160
"""The most characters of a number, an address or a page; a longer page gets no code and no link."""
_QUIET = 4
"""The white modules around a code, which ISO/IEC 18004 requires and scanners need."""
_CLOCK = "M12 1.5a10.5 10.5 0 1 0 0 21 10.5 10.5 0 0 0 0-21zm0 2.5a8 8 0 1 1 0 16 8 8 0 0 1 0-16z"
_HANDS = "m-1.2 2.5v6.2l4.7 2.8 1.2-2-3.5-2.1V6.5z"
_RECEIVER = "M6.5 2h3l1.6 5-2.3 1.9a13 13 0 0 0 6.3 6.3l1.9-2.3 5 1.6v3.6c0 1.4-1 2.4-2.4 2.4"
SIGNS = {
    Sign.PHONE.value: f"{_RECEIVER}C10.6 20.5 3.5 13.4 3.5 4.4 3.5 3 5 2 6.5 2z",
    Sign.HOUSE.value: "M12 2 1.5 11.5h3V22h6v-6.5h3V22h6V11.5h3z",
    Sign.PAGE.value: "M2 3h20v18H2zm2 5v11h16V8zm1-3.2v1.6h1.6V4.8zm3 0v1.6h1.6V4.8z",
    Sign.CLOCK.value: f"{_CLOCK}{_HANDS}",
    Sign.DOCUMENT.value: "M4 1.5h11l5 5v16H4zm2.2 2.2v16.6h11.6V8h-4.3V3.7zM8 11h8v1.8H8zm0 4h8v1.8H8z",
}
"""The pictograms, our own drawings: an SVG path for each, in a square of 24 by 24 units."""


def code_drawing(target: str) -> str:
    """Return the QR code of a link as an SVG element, black on white even where the page is dark."""
    # Searched as bytes: decoding the whole megabyte for the few codes of a page would take longer than writing it.
    wanted = f"\n{target}\t".encode()
    start = _drawn().find(wanted)
    if start < 0:
        return draw(target)
    start += len(wanted)
    return _drawn()[start : _drawn().find(b"\n", start)].decode()


@cache
def _drawn() -> bytes:
    twin = data_folder() / CODES
    return twin.read_bytes() if twin.is_file() else b""


def draw(target: str) -> str:
    """Draw the QR code of a link, without looking for a ready drawing."""
    import segno

    # A Micro QR code would be smaller, but many phones cannot read one.
    code = segno.make(target, error="m", micro=False)
    drawing: str = code.svg_inline(
        border=_QUIET, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None
    )
    return drawing


def page_link(value: str) -> str:
    """Return the address of a page if it can be a link and a code; else ""."""
    fits = len(value) <= LONGEST and value.isprintable() and " " not in value
    return value if fits and value.startswith(("https://", "http://")) else ""


def call_link(number: str) -> str:
    """Return the link that calls a number; "" if it is not a phone number."""
    digits = "".join(c for c in number if c.isdigit() or c == "+")
    return f"tel:{digits}" if digits and len(digits) <= 16 and digits.isascii() else ""
