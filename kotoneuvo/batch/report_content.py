"""The summary put into the words of the HTML page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.batch.gaps import Cell, Change
from kotoneuvo.batch.report_page import GapsPage, Heat, HeatCell, TableOf
from kotoneuvo.batch.summary import Summary
from kotoneuvo.batch.summary_text import (
    column_notes,
    few,
    goal_name,
    number,
    place_name,
    say_anonymity,
    share_of,
    without_service,
)
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.words import Words

MOST_PLACES = 30
"""Municipalities on the heat map; the smaller ones are put together."""
TOLD_GOALS = 3
"""A municipality has a row of its own if so many of its cells have enough clients to be shown."""
MOST_CHANGES = 30
_MOST = 10_000
"""No client has so many fitting services."""


class PageWords:
    """Says a summary in one language."""

    def __init__(self, summary: Summary, catalogue: Catalogue, words: Words) -> None:
        self.summary = summary
        self.catalogue = catalogue
        self.words = words
        self.reasons = Reasons(catalogue.facts, words)
        self.least = summary.anonymity.least

    def page(self) -> GapsPage:
        """The whole page."""
        _ = self.words.gettext
        return GapsPage(
            title=_("Services and gaps: summary of an intake file"),
            lead=[
                _("{rows} clients, advised for {day} with catalogue {version}.").format(
                    rows=number(self.summary.tally.rows),
                    day=self.words.date(self.summary.as_of),
                    version=self.catalogue.version,
                ),
                _("“Fits” never promises: the organisation decides. Numbers below {least} are not shown.").format(
                    least=self.least
                ),
            ],
            heat_title=_("Share of clients with no fitting service, by municipality and goal"),
            heat_words=[
                _("Each cell: of the clients with this goal, the share for whom nothing seems to fit."),
                _(
                    "A dash: fewer than {least} clients. Where exact shares would tell of so few, the colour is "
                    "about right."
                ).format(least=self.least),
            ],
            heat=self._heat(),
            parts=[(_("In numbers"), self._numbers()), *self._reasons_why(), (_("The file"), list(self._file()))],
        )

    def _numbers(self) -> list[str | TableOf]:
        _ = self.words.gettext
        tally = self.summary.tally
        rows = [
            (_("Rows read"), number(tally.rows)),
            (_("Empty rows left out"), number(tally.blank)),
            (_("Rows with a problem"), number(tally.with_problems)),
            (_("Fitting services per client (median)"), number(self.summary.median_fitting)),
            (_("Clients with no fitting service"), without_service(self.summary, self.words)),
        ]
        spread = [(name, few(count, self.least)) for name, count in self._spread()]
        return [
            TableOf("", ("", ""), rows),
            TableOf(_("Fitting services per client"), (_("Services"), _("Clients")), spread),
        ]

    def _spread(self) -> Iterable[tuple[str, int]]:
        """How many clients have how many fitting services, in steps; a step that few have goes with the next one."""
        low, count = 0, 0
        for high in (0, 2, 5, 10, 20, _MOST):
            count += sum(held for fits, held in self.summary.tally.fits.items() if low <= fits <= high)
            left = sum(held for fits, held in self.summary.tally.fits.items() if fits > high)
            if high == _MOST or not (0 < count < self.least or 0 < left < self.least):
                yield (str(low) if low == high else f"{low}–{high}" if high < _MOST else f"{low}+", count)
                low, count = high + 1, 0

    def _heat(self) -> Heat:
        cells = self.summary.gaps.heat
        clients: Counter[str] = Counter()
        told: Counter[str] = Counter()
        for (code, _goal), cell in cells.items():
            clients[code] += cell.clients
            told[code] += cell.clients >= self.least
        goals = [goal for goal in (*self.catalogue.facts.goals, "") if any(key[1] == goal for key in cells)]
        large = [code for code, _count in clients.most_common() if told[code] >= min(TOLD_GOALS, len(goals))]
        shown = [code for code in large if code in self.catalogue.facts.municipalities][:MOST_PLACES]
        merged = self._merged(cells, set(shown))
        rest = [code for code in ("*", "none", "") if any(key[0] == code for key in merged)]
        codes = [*shown, *rest]
        return Heat(
            rows=[self._place(code) for code in codes],
            columns=[goal_name(goal, self.catalogue, self.words) for goal in goals],
            cells=[[self._cell(merged.get((code, goal))) for goal in goals] for code in codes],
        )

    def _merged(self, cells: dict[tuple[str, str], Cell], shown: set[str]) -> dict[tuple[str, str], Cell]:
        """The smaller municipalities as one row, "*"."""
        merged: dict[tuple[str, str], Cell] = {}
        for (code, goal), cell in cells.items():
            small = code in self.catalogue.facts.municipalities and code not in shown
            key = ("*" if small else code, goal)
            before = merged.get(key, Cell(0, 0))
            merged[key] = Cell(before.clients + cell.clients, before.without + cell.without)
        return merged

    def _place(self, code: str) -> str:
        return (
            self.words.gettext("other municipalities") if code == "*" else place_name(code, self.catalogue, self.words)
        )

    def _cell(self, cell: Cell | None) -> HeatCell | None:
        """A cell; where few are without a service, or few are not, the share itself would tell of them."""
        if not cell or cell.clients < self.least:
            return None
        told = share_of(cell, self.least, self.words)
        # The colour of what is not told is that of half the least group, whatever the number.
        about = self.least / 2 / cell.clients
        share = cell.share if told.endswith("%") else about if cell.without < self.least else 1 - about
        return share, told, number(cell.clients)

    def _reasons_why(self) -> list[tuple[str, Sequence[str | TableOf]]]:
        if not self.summary.reasons:
            return []
        _ = self.words.gettext
        gaps = self.summary.gaps
        shut = [(self.reasons.label(fact), number(count)) for fact, count in gaps.shut]
        changes = [self._change(change) for change in gaps.changes[:MOST_CHANGES]]
        return [
            (
                _("What shuts clients out"),
                [
                    TableOf(
                        _("Times that one criterion alone shut a client out of a service near that answers the goals."),
                        (_("Criterion"), _("Times")),
                        shut,
                    )
                ],
            ),
            (
                _("What one change would open"),
                [
                    TableOf(
                        _("If one service changed one criterion, so many more clients would fit or perhaps fit."),
                        (_("Service"), _("Criterion"), _("Change"), _("Clients more")),
                        changes,
                    )
                ],
            ),
        ]

    def _change(self, change: Change) -> tuple[str, str, str, str]:
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
        return self.words.pick(self.catalogue.services[change.service].name), label, told, number(change.clients)

    def _file(self) -> Iterable[str | TableOf]:
        yield from say_anonymity(self.summary.anonymity, self.catalogue.facts, self.words)
        for column, why in column_notes(self.summary, self.words):
            yield f"{column}: {why}"
