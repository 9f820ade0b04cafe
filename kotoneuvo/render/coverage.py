"""The report on the catalogue, for those who keep it: the same tables as text and as one HTML page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.coverage import Coverage, Row
from kotoneuvo.render.listing import state_word
from kotoneuvo.words import Words

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """table { border-collapse: collapse; }
caption { text-align: left; font-weight: bold; padding: 1.5rem 0 .4rem; }
th, td { text-align: left; padding: .2rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; } .wide { overflow-x: auto; }
tr { break-inside: avoid; }
"""


class _Part(NamedTuple):
    """One table: its heading, the heads of its columns, the cells; columns from `numbers` on hold numbers."""

    title: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    numbers: int = 1


def render_coverage(coverage: Coverage, catalogue: Catalogue, words: Words) -> RenderableType:
    """The report for a terminal; municipalities without a service of their own are only counted."""
    title, lead = _heading(coverage, catalogue, words)
    shown: list[RenderableType] = [Text(title, "bold"), Text(lead)]
    for part in _parts(coverage, catalogue, words, whole=False):
        table = Table(title=part.title, title_justify="left", title_style="bold", box=None, padding=(0, 1))
        for place, name in enumerate(part.head):
            table.add_column(
                name, justify="right" if place >= part.numbers else "left", overflow="fold", min_width=18 * (not place)
            )
        for row in part.rows:
            table.add_row(*map(Text, row))
        shown += [Text(), table]
    return Group(*shown)


def coverage_page(coverage: Coverage, catalogue: Catalogue, words: Words) -> str:
    """The report as a page without a script, with every municipality."""
    title, lead = _heading(coverage, catalogue, words)
    tables = "\n".join(_table(part) for part in _parts(coverage, catalogue, words, whole=True))
    style = (Path(__file__).parent / "directory.css").read_text(encoding="utf-8")
    return f"""<!DOCTYPE html>
<html lang="{words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>{escape(title)}</title>
<style>
{style}{_STYLE}</style>
</head>
<body>
<h1>{escape(title)}</h1>
<p>{escape(lead)}</p>
{tables}
</body>
</html>
"""


def _heading(coverage: Coverage, catalogue: Catalogue, words: Words) -> tuple[str, str]:
    _ = words.gettext
    states = [f"{state_word(state, words)} {count}" for state, count in coverage.states.items()]
    made = _("As of {date}. Catalogue {version}, {count} services.").format(
        date=words.date(coverage.day), version=catalogue.version, count=sum(coverage.states.values())
    )
    ages = _("Ages are medians in months.")
    return _("How good the catalogue is"), f"{made} {', '.join(states)}. {ages}"


def _parts(coverage: Coverage, catalogue: Catalogue, words: Words, *, whole: bool) -> Iterator[_Part]:
    _ = words.gettext
    measures = [
        (words.gettext(each.name), f"{each.count} / {each.of}", f"{each.count / each.of:.0%}" if each.of else "–")
        for each in coverage.measures
    ]
    yield _Part(_("Measures"), (_("What"), _("Count"), _("Share")), measures)
    head = (
        _("running"),
        _("active"),
        _("with a contact"),
        _("with phone or e-mail"),
        _("age"),
        _("age of contacts"),
    )
    kinds = [(kind, *_cells(row)) for kind, row in coverage.kinds.items()]
    yield _Part(_("By kind"), (_("Kind"), *head), kinds)
    facts = catalogue.facts.municipalities
    towns = [(words.pick(facts[code].name), row) for code, row in coverage.towns.items()]
    listed = [(name, *_cells(row)) for name, row in sorted(towns) if whole or row.running]
    none = sum(not row.running for _, row in towns)
    listed += [] if whole else [(_("without a local service: {count}").format(count=none), *[""] * len(head))]
    yield _Part(_("Local services by municipality"), (_("Municipality"), *head), listed)
    page = _("the municipality's own page")
    doors = [(name, page if door == "municipality" else door or "–") for name, door in coverage.without.items()]
    yield _Part(_("Running services without a contact"), (_("Service"), _("Where to ask instead")), doors, 2)


def _cells(row: Row) -> tuple[str, ...]:
    ages = ("–" if age is None else str(round(age)) for age in (row.age, row.contact_age))
    return (*map(str, (row.running, row.active, row.reachable, row.called)), *ages)


def _table(part: _Part) -> str:
    def cell(tag: str, place: int, text: str) -> str:
        numeric = ' class="number"' if place >= part.numbers else ""
        scope = ' scope="col"' if tag == "th" else ""
        return f"<{tag}{scope}{numeric}>{escape(text)}</{tag}>"

    head = "".join(cell("th", place, text) for place, text in enumerate(part.head))
    rows = "\n".join(
        f"<tr>{''.join(cell('td', place, text) for place, text in enumerate(row))}</tr>" for row in part.rows
    )
    caption = f"<caption>{escape(part.title)}</caption>"
    return f'<div class="wide"><table>{caption}<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>'
