"""The report on the catalogue's quality, for those who look after it: the same tables as text and as HTML."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.coverage import Coverage, CoverageRow
from kotoneuvo.dates import date_in_numbers
from kotoneuvo.render.pages import Table, render_page
from kotoneuvo.render.report_words import state_word
from kotoneuvo.words import Words


def render_coverage(coverage: Coverage, catalogue: Catalogue, words: Words) -> RenderableType:
    """Return the report for a terminal; municipalities without a service of their own are only counted."""
    title, lead = _heading(coverage, catalogue, words)
    shown: list[RenderableType] = [Text(title, "bold"), Text(lead)]
    for part in _tables(coverage, catalogue, words, whole=False):
        table = Grid(title=part.caption, title_justify="left", title_style="bold", box=None, padding=(0, 1))
        for place, name in enumerate(part.head):
            # Otherwise the many columns of figures would squeeze the names of services.
            table.add_column(
                name, justify="right" if place >= part.numbers else "left", overflow="fold", min_width=18 * (not place)
            )
        for row in part.rows:
            table.add_row(*map(Text, row))
        shown += [Text(), table]
    return Group(*shown)


def coverage_page(coverage: Coverage, catalogue: Catalogue, words: Words) -> str:
    """Return the report as an HTML page without scripts, with every municipality."""
    title, lead = _heading(coverage, catalogue, words)
    tables = list(_tables(coverage, catalogue, words, whole=True))
    return render_page("render/coverage.html", words.language, title, lead=lead, tables=tables)


def _heading(coverage: Coverage, catalogue: Catalogue, words: Words) -> tuple[str, str]:
    _ = words.gettext
    states = [f"{state_word(state, words)} {count}" for state, count in coverage.states.items()]
    made = _("As of {date}. Catalogue {version}, {count} services.").format(
        date=date_in_numbers(coverage.day), version=catalogue.version, count=sum(coverage.states.values())
    )
    ages = _("Ages are medians in months.")
    return _("How good the catalogue is"), f"{made} {', '.join(states)}. {ages}"


def _tables(coverage: Coverage, catalogue: Catalogue, words: Words, *, whole: bool) -> Iterator[Table]:
    _ = words.gettext
    measures = [
        (words.gettext(each.name), f"{each.count} / {each.of}", f"{each.count / each.of:.0%}" if each.of else "–")
        for each in coverage.measures
    ]
    yield Table(_("Measures"), (_("What"), _("Count"), _("Share")), measures)
    head = (
        _("running"),
        _("active"),
        _("with a contact"),
        _("with phone or e-mail"),
        _("age"),
        _("age of contacts"),
    )
    kinds = [(kind, *_cells(row)) for kind, row in coverage.kinds.items()]
    yield Table(_("By kind"), (_("Kind"), *head), kinds)
    facts = catalogue.facts.municipalities
    towns = [(words.pick(facts[code].name), row) for code, row in coverage.towns.items()]
    listed = [(name, *_cells(row)) for name, row in sorted(towns) if whole or row.running]
    none = sum(not row.running for _, row in towns)
    # One municipality in five has none; on a screen their rows would only get in the way.
    listed += [] if whole else [(_("without a local service: {count}").format(count=none), *[""] * len(head))]
    yield Table(_("Local services by municipality"), (_("Municipality"), *head), listed)
    page = _("the municipality's own page")
    doors = [(name, page if door == "municipality" else door or "–") for name, door in coverage.without.items()]
    yield Table(_("Running services without a contact"), (_("Service"), _("Where to ask instead")), doors, 2)


def _cells(row: CoverageRow) -> tuple[str, ...]:
    ages = ("–" if age is None else str(round(age)) for age in (row.age, row.contact_age))
    return (*map(str, (row.running, row.active, row.reachable, row.called)), *ages)
