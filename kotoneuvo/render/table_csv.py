"""The catalogue as a flat table: a row for each service, with lists in a cell separated by semicolons."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import date

from kotoneuvo.advice.service import Access, Catalogue, Service
from kotoneuvo.render.contact_lines import hours_of
from kotoneuvo.render.facets import BETWEEN, conditions, listed_contacts, location_of, run_by
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.words import LANGUAGES, Words

_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d ]*\d)")
"""How a cell begins that a spreadsheet would run as a formula; "+358 …" is a phone number and no formula."""


def render_csv(
    catalogue: Catalogue, services: Iterable[Service], day: date, words: Words, *, excel: bool = False
) -> str:
    """Return the table with a header row; names and summaries in all languages, the rest in one.

    `excel` adds a byte order mark and uses semicolons, so that a Finnish Excel opens it by a double click.
    """
    out = io.StringIO()
    # One object for all rows, as it caches long lists of municipalities in words.
    reasons = Reasons(catalogue.facts, words)
    rows = [_row(service, catalogue, day, reasons) for service in services]
    # The header comes from an empty service, so that a table without rows has one too.
    blank = Service("", {}, {}, "", (), "", (), (), (), Access(()), {}, assured=day, review=day)
    names = list(_row(blank, catalogue, day, reasons))
    writer = csv.DictWriter(out, names, lineterminator="\n", delimiter=";" if excel else ",")
    writer.writeheader()
    writer.writerows({key: _plain(cell) for key, cell in row.items()} for row in rows)
    # Without the mark Excel reads UTF-8 as Windows-1252.
    return ("\ufeff" if excel else "") + out.getvalue()


def _row(service: Service, catalogue: Catalogue, day: date, reasons: Reasons) -> Mapping[str, str]:
    words, languages, cost, contacts = reasons.words, service.languages, service.cost, service.contacts
    return {
        "id": service.id,
        **{f"name_{code}": service.name.get(code, "") for code in LANGUAGES},
        **{f"summary_{code}": service.summary.get(code, "") for code in LANGUAGES},
        "organization": run_by(service, catalogue),
        "kind": service.kind,
        "phase": service.phase,
        "goals": BETWEEN.join(service.goals),
        "audience": BETWEEN.join(service.audience),
        "area": BETWEEN.join(service.area),
        "operating": service.operating(day).value,
        "assured": service.assured.isoformat(),
        "review": service.review.isoformat(),
        "valid_from": service.valid_from.isoformat() if service.valid_from else "",
        "valid_until": service.valid_until.isoformat() if service.valid_until else "",
        "successor": BETWEEN.join(service.successor),
        "part_of": service.part_of,
        "way_in": BETWEEN.join(service.gateways),
        "way_in_text": words.pick(service.access.how),
        "conditions": BETWEEN.join(conditions(service, reasons)),
        "languages": BETWEEN.join(languages.codes) if languages else "",
        "language_count": str(languages.count or "") if languages else "",
        "interpreter": ("yes" if languages.interpreter else "") if languages else "",
        "cost": (words.gettext("free of charge") if cost.free else words.pick(cost.text)) if cost else "",
        "phones": listed_contacts(contacts, words, day, lambda contact: contact.phone),
        "emails": listed_contacts(contacts, words, day, lambda contact: contact.email),
        "addresses": listed_contacts(contacts, words, day, lambda contact: location_of(contact, words)),
        "postal": BETWEEN.join(contact.postal for contact in contacts if contact.postal),
        "schedules": BETWEEN.join(filter(None, (hours_of(each, words, day) for each in contacts if not each.phone))),
        "urls": BETWEEN.join(service.pages),
        "note": words.pick(service.note),
        "ptv": service.ptv,
    }


def _plain(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
