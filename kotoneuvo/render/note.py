"""A note of the visit for the organisation's own register: five to eight plain lines that do not identify the client.

It leaves out what the handout leaves out because it reveals something about the client.
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
"""How many later steps and notices are listed."""


def write_note(report: Report, words: Words, handed: Iterable[str] = ()) -> str:
    """Return the note as text; `handed` names what was printed or sent during the visit."""
    return "".join(f"{line}\n" for line in _lines(report, words, dict.fromkeys(handed)))


def _lines(report: Report, words: Words, handed: Iterable[str]) -> Iterator[str]:
    """Yield what was asked, found, advised and handed over, with the dates of the information."""
    _ = words.gettext
    said, plan, situation = ReportWords(report, words), choose(report), report.situation
    matter = [_("Advice given on {day} with kotoneuvo.").format(day=date_in_numbers(report.as_of))]
    if situation.goals:
        matter.append(_("Matter: {goals}.").format(goals=said.goals(situation.goals)))
    if report.home:
        matter.append(_("Municipality: {name}.").format(name=words.pick(report.home.name)))
    yield " ".join(matter)
    # If this number grew with what was told in confidence, a reader of the register could infer that.
    count = len([name for name in report.on_pathway if not report.assessments[name].told])
    found = words.counted(
        "Found {count} service that fits or may fit.", "Found {count} services that fit or may fit.", count
    )
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
    name = said.name(step.service_id)
    way = reached(step.contact, said.words, said.report.as_of).split(" · ")[0] if step.contact else ""
    return f"{shortened(name)}, {way} ({said.month(step)})" if way else f"{name} ({said.month(step)})"
