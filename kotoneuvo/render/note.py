"""A note of the visit for the organisation's own register: five to eight lines of plain words, none of who it was.

It holds what a paper may hold: what tells something about the client is left out of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kotoneuvo.advice.first_steps import FirstStep
from kotoneuvo.advice.report import Report
from kotoneuvo.dates import date_in_numbers, partial_date_in_numbers
from kotoneuvo.render.contact_lines import reached
from kotoneuvo.render.handout.choose import choose
from kotoneuvo.render.report_words import ReportWords
from kotoneuvo.words import Words, shortened

_LATER, _NOTICES = 3, 2
"""How many later steps and notices are named."""


def write_note(report: Report, words: Words, handed: Iterable[str] = ()) -> str:
    """The note as text; `handed` says in words what was printed or sent in this visit."""
    return "".join(f"{line}\n" for line in _lines(report, words, dict.fromkeys(handed)))


def _lines(report: Report, words: Words, handed: Iterable[str]) -> Iterator[str]:
    """What was asked, found, advised, told and handed over, with the days of the information: no more of the person."""
    _ = words.gettext
    said, plan, situation = ReportWords(report, words), choose(report), report.situation
    matter = [_("Advice given on {day} with kotoneuvo.").format(day=date_in_numbers(report.as_of))]
    if situation.goals:
        matter.append(_("Matter: {goals}.").format(goals=said.goals(situation.goals)))
    if report.home:
        matter.append(_("Municipality: {name}.").format(name=words.pick(report.home.name)))
    yield " ".join(matter)
    # A number that grows with what was told in confidence would tell it to whoever reads the register.
    count = len([name for name in report.on_pathway if not report.assessments[name].told])
    found = words.ngettext("Found {count} service that fits or may fit.",
                           "Found {count} services that fit or may fit.", count).format(count=count)  # fmt: skip
    if report.unserved_goals:
        found += " " + _("Nothing found for: {goals}.").format(goals=said.goals(report.unserved_goals))
    yield found
    if plan.steps:
        steps = "; ".join(f"{number}) {_step(step, said)}" for number, step in enumerate(plan.steps, 1))
        yield _("Advised first: {steps}.").format(steps=steps)
    if later := [said.name(each.service_id) for each in plan.later[:_LATER]]:
        yield _("Told what comes later: {steps}.").format(steps="; ".join(later))
    for notice in plan.notices[:_NOTICES]:
        day = partial_date_in_numbers(notice.source.date)
        yield _("Told: {notice} (information from {date})").format(notice=words.pick(notice.text), date=day)
    if what := [*handed]:
        yield _("Handed over: {what}.").format(what=words.listed(what))
    if any(report.old_since(step) for step in plan.steps):
        yield _("* Old information: check it before anybody goes there.")
    yield _("Who may use a service is decided by the organisation that runs it.")


def _step(step: FirstStep, said: ReportWords) -> str:
    """The service, the one way to reach it, and the day of that information."""
    name = said.name(step.service_id)
    way = reached(step.contact, said.words, said.report.as_of).split(" · ")[0] if step.contact else ""
    return f"{shortened(name)}, {way} ({said.month(step)})" if way else f"{name} ({said.month(step)})"
