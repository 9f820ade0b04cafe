"""The five pictograms, drawn by us in black: the path of each in a square of 24 by 24 units."""

from __future__ import annotations

from kotoneuvo.render.handout.content import Sign

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
