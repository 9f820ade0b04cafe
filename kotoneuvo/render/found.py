"""The page of a search: which office each hit is and what to do there; and services as a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.doors import best_contact
from kotoneuvo.advice.facts import FactBook, Values
from kotoneuvo.advice.service import Catalogue, Operating, Service
from kotoneuvo.catalogue.search import Found, Hits
from kotoneuvo.render.contact_lines import contact_lines, reached, way_in
from kotoneuvo.render.facets import area_text
from kotoneuvo.render.report_words import standing, state_word
from kotoneuvo.render.terminal import COLOUR, Look
from kotoneuvo.words import Words

_FEW, _FIRST = 5, 2
"""Up to five hits are shown in full; of more, only the first two, and the rest in a table."""


class FoundPage:
    """Shows hits to a worker; `places` are the municipalities where the person may live, empty if unknown."""

    def __init__(
        self, catalogue: Catalogue, words: Words, day: date, look: Look = COLOUR, places: Values = frozenset()
    ) -> None:
        self.catalogue = catalogue
        self.words = words
        self.day = day
        self.look = look
        self.places = places

    def page(self, hits: Hits) -> RenderableType:
        """Return the page: the first hits in full, the others as a table."""
        _ = self.words.gettext
        parts: list[RenderableType] = []
        for word, instead in hits.instead:
            text = _("“{word}” is not understood; it is read as “{instead}”.").format(word=word, instead=instead)
            parts.append(Text(text, self.look.warning))
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
        count = self.words.counted("{count} found", "{count} found", len(hits.found))
        parts.append(Text(count, self.look.quiet))
        return Group(*parts)

    def _in_full(self, found: Found, places: Values) -> Iterator[RenderableType]:
        """Yield name, summary, what to do, and the contact that was searched for with all its lines."""
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
            # Nobody is sent to a service that has ended.
            elif how := way_in(service.access, self.words):
                yield Text(_("What to do: {how}").format(how=how))
        elif found.office:
            yield Text(self.words.pick(found.office.name), self.look.name)
        doors = [found.contact] if found.contact else self._doors(found, places)
        for line in contact_lines(doors, self.words, self.day, assured):
            yield Text(f"{line.label}: {line.text}" if line.label else line.text)

    def _doors(self, found: Found, places: Values) -> list[ContactPoint]:
        """Return the contact to show if the search was not for one: the first by which the hit can be reached."""
        if found.service:
            best = best_contact(self.catalogue, found.service, places, self.day)
            return [best] if best else []
        return [each for each in (found.office.contacts if found.office else ()) if each.reachable][:1]


def render_listing(
    services: list[Service], facts: FactBook, day: date, words: Words, *, counted: bool = True
) -> RenderableType:
    """Return a table with a row for each service; if `counted`, with their number below."""
    _ = words.gettext
    table = Table(box=None, padding=(0, 1), show_edge=False)
    table.add_column(_("Service"), overflow="fold", ratio=4)
    table.add_column(_("Where"), overflow="fold", ratio=2)
    table.add_column(_("State"), overflow="fold", ratio=1)
    for service in services:
        name = Text.assemble(words.pick(service.name), "\n", (service.id, "dim"))
        table.add_row(
            name, Text(area_text(service.area, facts, words)), Text(state_word(service.operating(day), words))
        )
    if not counted:
        return table
    count = words.counted("{count} service", "{count} services", len(services))
    return Group(table, Text(count, "dim")) if services else Text(count, "dim")
