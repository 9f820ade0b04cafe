"""The dates of the public holidays and eves by the names that PTV has for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

_FIXED = {
    "NewYearDay": (1, 1), "Epiphany": (1, 6), "MayDayEve": (4, 30), "MayDay": (5, 1), "IndependenceDay": (12, 6),
    "ChristmasEve": (12, 24), "ChristmasDay": (12, 25), "SecondDayOfChristmas": (12, 26), "NewYearEve": (12, 31),
}  # fmt: skip
_AFTER_EASTER = {
    "MaundyThursday": -3, "GoodFriday": -2, "EasterSunday": 0, "EasterMonday": 1, "AscensionDay": 39, "WhitSunday": 49,
}  # fmt: skip
_SATURDAY = 5


@cache
def holidays(year: int) -> Mapping[str, date]:
    """Name to day. Midsummer and All Saints are Saturdays (Act on holidays of the church, and custom since 1955)."""
    from dateutil.easter import easter

    sunday = easter(year)
    midsummer = _saturday(date(year, 6, 20))
    return {
        **{name: date(year, *day) for name, day in _FIXED.items()},
        **{name: sunday + timedelta(days=days) for name, days in _AFTER_EASTER.items()},
        "MidsummerEve": midsummer - timedelta(days=1),
        "MidsummerDay": midsummer,
        "AllSaintsDay": _saturday(date(year, 10, 31)),
    }


def _saturday(first: date) -> date:
    """The first Saturday from a day on."""
    return first + timedelta(days=(_SATURDAY - first.weekday()) % 7)
