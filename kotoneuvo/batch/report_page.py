"""The summary of a file as one self-contained HTML page that can be printed and read without colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.batch.gaps import Cell, CriterionChange
from kotoneuvo.batch.rounding import rounded
from kotoneuvo.batch.summary import (
    Summary,
    column_notes,
    goal_name,
    median_fitting,
    number,
    percent,
    place_name,
    say_anonymity,
    spread,
    told_cell,
)
from kotoneuvo.dates import date_in_numbers
from kotoneuvo.render.pages import Table, render_page
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.words import Words

MOST_PLACES = 30
"""The most municipalities on the heat map; the smaller ones are combined in one row."""
TOLD_GOALS = 3
"""A municipality has its own row if at least this many of its cells have enough clients to be shown."""
MOST_CHANGES = 30


_LEVELS = ((0.0, "0 %"), (0.001, "1–10 %"), (0.1, "10–25 %"), (0.25, "25–50 %"), (0.5, "50–75 %"), (0.75, "75–100 %"))
"""The colours of the heat map: the least share for each, and its text in the key."""


class _HeatCell(NamedTuple):
    """The number of the colour, the share in words, and the number of clients."""

    level: int
    share: str
    clients: str


class ReportPage:
    """Renders a summary in one language."""

    def __init__(self, summary: Summary, catalogue: Catalogue, words: Words) -> None:
        self.summary = summary
        self.catalogue = catalogue
        self.words = words
        self.reasons = Reasons(catalogue.facts, words)
        self.least = summary.anonymity.least

    def render(self) -> str:
        """The whole page."""
        _ = self.words.gettext
        return render_page(
            "batch/report.html",
            self.words.language,
            _("Services and gaps: summary of an intake file"),
            lead=[
                _("{rows} clients, advised as of {day} with catalogue {version}.").format(
                    rows=self._told(self.summary.tally.rows),
                    day=date_in_numbers(self.summary.as_of),
                    version=self.catalogue.version,
                ),
                _("“Fits” is not a promise: the organisation decides."),
                _(
                    "Every number of clients is rounded to a multiple of {least}, so that small groups cannot be "
                    "identified: 0 means fewer than {least}."
                ).format(least=self.least),
            ],
            numbers_title=_("In numbers"),
            numbers=self._numbers(),
            heat_title=_("Share of clients without a suitable service nearby, by municipality and goal"),
            heat_lead=[
                _("Each cell shows the share of the clients with this goal for whom nothing nearby seems to fit."),
                _(
                    "“Nearby” means services of the municipality or the region with their own contact "
                    "details. Nationwide services fit nearly everybody and are not counted here."
                ),
                _("A dash means too few clients. Shares are calculated from the rounded numbers."),
            ],
            key_title=_("Share of clients without a suitable service nearby"),
            key=[text for _share, text in _LEVELS],
            heat=self._heat(),
            reasons=self._reasons_why() if self.summary.reasons else [],
            file_title=_("The file"),
            file=list(self._file()),
        )

    def _numbers(self) -> list[Table]:
        _ = self.words.gettext
        tally = self.summary.tally
        rows = [
            (_("Clients"), self._told(tally.rows)),
            (_("Clients with an answer that could not be read"), self._told(tally.with_problems)),
            (_("Suitable services per client (median)"), median_fitting(self.summary)),
        ]
        steps = [(name, number(clients)) for name, clients in spread(self.summary)]
        return [
            Table("", ("", ""), rows),
            Table(_("Suitable services per client"), (_("Services"), _("Clients")), steps),
        ]

    def _heat(self) -> tuple[list[str], list[tuple[str, list[_HeatCell | None]]]]:
        """The column headers, and the rows with their names; None for a cell with too few clients."""
        cells = self.summary.gaps.heat
        clients: Counter[str] = Counter()
        told: Counter[str] = Counter()
        for (code, _goal), cell in cells.items():
            clients[code] += cell.clients
            told[code] += told_cell(cell, self.least) is not None
        goals = [goal for goal in (*self.catalogue.facts.goals, "") if any(key[1] == goal for key in cells)]
        large = [code for code, _count in clients.most_common() if told[code] >= min(TOLD_GOALS, len(goals))]
        shown = [code for code in large if code in self.catalogue.facts.municipalities][:MOST_PLACES]
        merged = self._merged(cells, set(shown))
        rest = [code for code in ("*", "none", "") if any(key[0] == code for key in merged)]
        merged |= {("all", goal): self._everywhere(cells, goal) for goal in goals}
        codes = ["all", *shown, *rest]
        return (
            [self.words.gettext("Municipality"), *(goal_name(goal, self.catalogue, self.words) for goal in goals)],
            [(self._place(code), [self._cell(merged.get((code, goal))) for goal in goals]) for code in codes],
        )

    def _everywhere(self, cells: dict[tuple[str, str], Cell], goal: str) -> Cell:
        """The cell of one goal in all municipalities together."""
        some = [cell for (_code, each), cell in cells.items() if each == goal]
        return Cell(sum(cell.clients for cell in some), sum(cell.without for cell in some))

    def _merged(self, cells: dict[tuple[str, str], Cell], shown: set[str]) -> dict[tuple[str, str], Cell]:
        """Combine the municipalities that are not `shown` in one row, "*"."""
        merged: dict[tuple[str, str], Cell] = {}
        for (code, goal), cell in cells.items():
            small = code in self.catalogue.facts.municipalities and code not in shown
            key = ("*" if small else code, goal)
            before = merged.get(key, Cell(0, 0))
            merged[key] = Cell(before.clients + cell.clients, before.without + cell.without)
        return merged

    def _place(self, code: str) -> str:
        names = {"all": self.words.gettext("all municipalities"), "*": self.words.gettext("other municipalities")}
        return names.get(code) or place_name(code, self.catalogue, self.words)

    def _cell(self, exact: Cell | None) -> _HeatCell | None:
        cell = told_cell(exact, self.least) if exact else None
        if cell is None:
            return None
        level = max(place for place, (share, _text) in enumerate(_LEVELS) if cell.share >= share)
        return _HeatCell(level, percent(cell), number(cell.clients))

    def _told(self, clients: int) -> str:
        return number(rounded(clients, self.least))

    def _reasons_why(self) -> list[tuple[str, Table]]:
        _ = self.words.gettext
        gaps = self.summary.gaps
        shut = [(self.reasons.label(fact), self._told(count)) for fact, count in gaps.shut]
        changes = [self._change(change) for change in gaps.changes[:MOST_CHANGES]]
        times = _("How many times a single criterion excluded a client from a nearby service that serves the goals.")
        more = _("If one service changed one criterion, this many more clients would fit or might fit.")
        heads = (_("Service"), _("Criterion"), _("Change"), _("More clients"))
        return [
            (_("What excludes clients"), Table(times, (_("Criterion"), _("Times")), shut)),
            (_("What one change would open"), Table(more, heads, changes, 3)),
        ]

    def _change(self, change: CriterionChange) -> tuple[str, str, str, str]:
        _ = self.words.gettext
        facts = self.catalogue.facts
        label = " / ".join(self.reasons.label(fact) for fact in change.fact.split("+"))
        if change.now is None or change.to is None:
            told = _("given up")
        else:
            fact = facts[change.fact]
            now, to = self.reasons.value(fact, change.now), self.reasons.value(fact, change.to)
            lower = fact.position[change.to] < fact.position[change.now]
            told = (_("lowered from {now} to {to}") if lower else _("raised from {now} to {to}")).format(now=now, to=to)
        return self.words.pick(self.catalogue.services[change.service].name), label, told, self._told(change.clients)

    def _file(self) -> Iterator[str]:
        yield from say_anonymity(self.summary.anonymity, self.catalogue.facts, self.words, self.least)
        for column, why in column_notes(self.summary, self.words):
            yield f"{column}: {why}"
