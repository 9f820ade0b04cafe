"""How a door is reached, in one line: phone, else place, else e-mail, else page, with its hours."""

from __future__ import annotations

from datetime import date

from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.render.lines import hours_of, page_of
from kotoneuvo.words import Words

_TYPED = 60
"""Longer addresses of pages are not typed: the details have them whole."""


def reached(contact: ContactPoint, words: Words, day: date) -> str:
    """The one way to use first, and what belongs to it; the parts stand apart by middle dots."""
    page, language = page_of(contact, words)
    main = contact.phone or contact.address or contact.email or contact.postal
    parts = [main] if main else []
    hours = hours_of(contact, words, day)
    if main and hours:
        parts.append(hours)
    if page and (not main or not hours):
        parts.append(bare(page) + (f" ({language})" if language else ""))
    return " · ".join(parts)


def bare(page: str) -> str:
    """An address of a page as one would type it; of one that nobody would type only the beginning."""
    typed = page.removeprefix("https://").removeprefix("http://").rstrip("/")
    return typed if len(typed) <= _TYPED else typed.partition("/")[0] + "/…"


def as_dialled(phone: str) -> str:
    """A Finnish number as it is dialled in Finland."""
    return "0" + phone.removeprefix("+358").strip() if phone.startswith("+358") else phone
