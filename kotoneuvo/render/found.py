"""What a search found, which office it is and what to do there; and services as a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.doors import best_contact
from kotoneuvo.advice.facts import FactBook, Values
from kotoneuvo.advice.service import COUNTRY, Catalogue, Operating, Service
from kotoneuvo.catalogue.search import Found, Hits
from kotoneuvo.render.contact_lines import contact_lines, reached, way_in
from kotoneuvo.render.facets import places
from kotoneuvo.render.report_words import standing, state_word
from kotoneuvo.render.terminal import COLOUR, Look
from kotoneuvo.words import Words

_FEW, _FIRST = 5, 2
"""So many are shown with what to do; of more than that only the first two, the rest in a table."""
_PLACES = 3
"""Municipalities that the table names of one service."""


class FoundPage:
    """Hits as a page for a worker; `places` is where the person lives, if that is known."""

    def __init__(
        self, catalogue: Catalogue, words: Words, day: date, look: Look = COLOUR, places: Values = frozenset()
    ) -> None:
        self.catalogue = catalogue
        self.words = words
        self.day = day
        self.look = look
        self.places = places

    def page(self, hits: Hits) -> RenderableType:
        """The first in full, where they are few; all others as a table."""
        _ = self.words.gettext
        parts: list[RenderableType] = []
        for word, instead in hits.instead:
            said = _("“{word}” is not understood; it is read as “{instead}”.").format(word=word, instead=instead)
            parts.append(Text(said, self.look.warning))
        full = hits.found if len(hits.found) <= _FEW else hits.found[:_FIRST]
        for each in full:
            parts += [*self._in_full(each, hits.places or self.places), Text()]
        rest = hits.found[len(full) :]
        for each in rest:
            if each.office:
                ways = [reached(door, self.words, self.day) for door in self._doors(each, self.places)]
                parts.append(Text(f"{self.words.pick(each.office.name)} · {''.join(ways)}"))
        if services := [each.service for each in rest if each.service]:
            parts.append(render_listing(services, self.catalogue.facts, self.day, self.words, counted=False))
        count = self.words.ngettext("{count} found", "{count} found", len(hits.found))
        parts.append(Text(count.format(count=len(hits.found)), self.look.quiet))
        return Group(*parts)

    def _in_full(self, found: Found, places: Values) -> Iterator[RenderableType]:
        """Name, what one gets, what to do, and the door that was looked for with all that belongs to it."""
        _ = self.words.gettext
        assured = self.day
        if service := found.service:
            assured, state = service.assured, service.operating(self.day)
            name = Text(self.words.pick(service.name), self.look.name)
            name.append(f"  {service.id} · {standing(service, state, self.words)}", self.look.quiet)
            yield from (name, Text(self.words.pick(service.summary)))
            if state is Operating.ENDED:
                yield Text(_("It has ended."))
                services, running = self.catalogue.services, self.catalogue.running(service.id, self.day)
                if later := self.words.listed([self.words.pick(services[each].name) for each in running]):
                    yield Text(_("Today: {services}").format(services=later))
            # To what has ended nobody is sent.
            elif how := way_in(service.access, self.words):
                yield Text(_("What to do: {how}").format(how=how))
        elif found.office:
            yield Text(self.words.pick(found.office.name), self.look.name)
        doors = [found.contact] if found.contact else self._doors(found, places)
        for line in contact_lines(doors, self.words, self.day, assured):
            yield Text(f"{line.label}: {line.text}" if line.label else line.text)

    def _doors(self, found: Found, places: Values) -> list[ContactPoint]:
        """Without a door of its own that was looked for: the first that can be reached."""
        if found.service:
            best = best_contact(self.catalogue, found.service, places, self.day)
            return [best] if best else []
        return [each for each in (found.office.contacts if found.office else ()) if each.reachable][:1]


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


def _where(service: Service, facts: FactBook, words: Words) -> str:
    """The municipalities; of a larger area the first few and how many more."""
    # The mainland is no area of its own: it is a list of nearly all municipalities.
    if len(service.area) > COUNTRY:
        return words.gettext("mainland Finland")
    names = list(places(service, facts, words).values())
    if len(names) > _PLACES:
        names[_PLACES:] = [f"+ {len(names) - _PLACES}"]
    return ", ".join(names)
