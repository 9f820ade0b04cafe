"""A note of the visit for the organisation's own register: five to eight lines of plain words, none of who it was.

It holds what a paper may hold: what tells something about the client is left out of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kotoneuvo.advice.first_steps import FirstStep
from kotoneuvo.advice.report import Report
from kotoneuvo.dates import partial_date_in_numbers
from kotoneuvo.render.contact_lines import reached
from kotoneuvo.render.handout.choose import Plan, choose
from kotoneuvo.render.report_words import ReportWords
from kotoneuvo.words import Words, shortened

_LATER, _NOTICES = 3, 2
"""How many later steps and notices are named."""


def write_note(report: Report, words: Words, handed: Iterable[str] = ()) -> str:
    """The note as text; `handed` says in words what was printed or sent in this visit."""
    return "".join(f"{line}\n" for line in Note(report, words).lines(tuple(handed)))


class Note:
    """The lines of one note."""

    def __init__(self, report: Report, words: Words) -> None:
        self.report = report
        self.words = words
        self.said = ReportWords(report, words)
        self.plan: Plan = choose(report)

    def lines(self, handed: tuple[str, ...]) -> Iterator[str]:
        """What was asked, found, advised, told and handed over, with the days of the information."""
        _ = self.words.gettext
        yield self._matter()
        yield self._found()
        if self.plan.steps:
            steps = "; ".join(f"{number}) {self._step(step)}" for number, step in enumerate(self.plan.steps, 1))
            yield _("Advised first: {steps}.").format(steps=steps)
        if later := [self.said.step(each.service_id) for each in self.plan.later[:_LATER]]:
            yield _("Told what comes later: {steps}.").format(steps="; ".join(later))
        for notice in self.plan.notices[:_NOTICES]:
            day = partial_date_in_numbers(notice.source.date)
            yield _("Told: {notice} (information from {date})").format(notice=self.words.pick(notice.text), date=day)
        if handed:
            yield _("Handed over: {what}.").format(what=self.words.listed([*dict.fromkeys(handed)]))
        if any(self.report.is_old(step) for step in self.plan.steps):
            yield _("* Old information: check it before anybody goes there.")
        yield _("Who may use a service is decided by the organisation that runs it.")

    def _matter(self) -> str:
        """The day, what it was about, and where the client lives or stays: no more of the person."""
        _ = self.words.gettext
        said = [_("Advice given on {day} with kotoneuvo.").format(day=self.words.date(self.report.as_of))]
        if self.report.situation.goals:
            said.append(_("Matter: {goals}.").format(goals=self.said.goals(self.report.situation.goals)))
        if self.report.home:
            said.append(_("Municipality: {name}.").format(name=self.words.pick(self.report.home.name)))
        return " ".join(said)

    def _found(self) -> str:
        """How many services, and what nothing was found for."""
        _ = self.words.gettext
        # A number that grows with what was told in confidence would tell it to whoever reads the register.
        shown = [name for stage in self.report.pathway for name in stage.services]
        count = len([name for name in shown if not self.report.assessments[name].told])
        said = self.words.ngettext("Found {count} service that fits or may fit.",
                                   "Found {count} services that fit or may fit.", count)  # fmt: skip
        line = said.format(count=count)
        if self.report.unserved_goals:
            line += " " + _("Nothing found for: {goals}.").format(goals=self.said.goals(self.report.unserved_goals))
        return line

    def _step(self, step: FirstStep) -> str:
        """The service, the one way to reach it, and the day of that information."""
        name = said = self.said.name(self.report.catalogue.services[step.service_id])
        if step.contact is not None:
            way = reached(step.contact, self.words, self.report.as_of).split(" · ")[0]
            said = f"{shortened(name)}, {way}" if way else name
        return f"{said} ({self.said.month(step)})"
