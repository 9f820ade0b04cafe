"""Services as a table: id, name, where, whether they run."""

from __future__ import annotations

from datetime import date

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kotoneuvo.advice.assessment import COUNTRY
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.service import NATIONWIDE, Operating, Service
from kotoneuvo.words import Words

_FEW = 3


def render_listing(
    services: list[Service], facts: FactBook, day: date, words: Words, *, counted: bool = True
) -> RenderableType:
    """One row a service, and their number below if they are to be `counted`."""
    _ = words.gettext
    table = Table(box=None, padding=(0, 1), show_edge=False)
    table.add_column(_("Service"), overflow="fold", ratio=4)
    table.add_column(_("Where"), overflow="fold", ratio=2)
    table.add_column(_("State"), overflow="fold", ratio=1)
    for service in services:
        name = Text.assemble(words.pick(service.name), "\n", (service.id, "dim"))
        table.add_row(name, Text(_where(service, facts, words)), Text(state_word(service.operating(day), words)))
    if not counted:
        return table
    count = words.ngettext("{count} service", "{count} services", len(services)).format(count=len(services))
    return Group(table, Text(count, "dim")) if services else Text(count, "dim")


def state_word(state: Operating, words: Words) -> str:
    """Planned, active, unverified or ended in words."""
    _ = words.gettext
    return {
        Operating.PLANNED: _("planned"),
        Operating.ACTIVE: _("active"),
        Operating.UNVERIFIED: _("unverified"),
        Operating.ENDED: _("ended"),
    }[state]


def standing(service: Service, state: Operating, words: Words) -> str:
    """The state with its days: "planned (1.5.2027–)"."""
    days = period(service, words)
    return f"{state_word(state, words)} ({days})" if days else state_word(state, words)


def period(service: Service, words: Words) -> str:
    """The first and the last day, "1.5.2027–" where there is no last one; empty where there is neither."""
    days = [words.date(day) if day else "" for day in (service.valid_from, service.valid_until)]
    return "–".join(days) if any(days) else ""


def _where(service: Service, facts: FactBook, words: Words) -> str:
    """The municipalities; of a larger area the first few and how many more."""
    if NATIONWIDE in service.area:
        return words.gettext("all of Finland")
    if len(service.area) > COUNTRY:
        return words.gettext("mainland Finland")
    names = [words.pick(facts.municipalities[code].name) for code in service.area]
    if len(names) > _FEW:
        names[_FEW:] = [f"+ {len(names) - _FEW}"]
    return ", ".join(names)
