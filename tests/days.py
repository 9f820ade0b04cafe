"""The two days that tests advise for."""

from datetime import date

TODAY = date(2026, 11, 24)
DOCUMENT_DAY = date(2020, 9, 1)
