"""Everything about one service: the card, each condition with its result, what would open it, the sources."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from kotoneuvo.advice.assessment import Assessment
from kotoneuvo.advice.criteria import MET, UNMET, Criterion
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import Operating
from kotoneuvo.render.contact_lines import told
from kotoneuvo.render.full_page import FullPage
from kotoneuvo.render.meaning import meaning_lines
from kotoneuvo.render.reason_lines import QUIET
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.render.report_words import ReportWords, standing
from kotoneuvo.render.terminal import COLOUR, Look
from kotoneuvo.words import Words


def render_details(
    report: Report, service: str, words: Words, look: Look = COLOUR, *, personal: bool = True, number: int = 0
) -> RenderableType:
    """One service in full, with its `number` on the page. `personal`: with the person's own results too."""
    _ = words.gettext
    page = FullPage(report, words, look)
    assessment = report.assessments[service]
    parts: list[RenderableType] = [page.card(service, number)]
    reasons = page.said.reasons if personal else Reasons(report.catalogue.facts, words, whole=True)
    parts += _block(_("Conditions"), _conditions(assessment, reasons, report, personal), look)
    parts += _block(_("What it means"), _meaning(assessment, words, report), look)
    if personal:
        parts += _block(_("What it would take"), why_not(report, service, words), look)
    if assessment.service.keeper_note and not personal:
        parts += _block(_("For those who look after the catalogue"), [words.pick(assessment.service.keeper_note)], look)
    if not personal or assessment.operating in (Operating.ENDED, Operating.PLANNED):
        parts += _block(_("State"), [_state(assessment, page.said, words)], look)
    parts += _block(_("Sources"), _sources(assessment, words, personal=personal), look)
    return Group(*parts)


def why_not(report: Report, service: str, words: Words) -> list[str]:
    """Why a service is not on the pathway, and what would change that; empty if it is open."""
    _ = words.gettext
    report_words, assessment = ReportWords(report, words), report.assessments[service]
    said: list[str] = []
    if assessment.operating is Operating.ENDED:
        successors = [report_words.step(each) for each in report.catalogue.running(service, report.as_of)]
        said.append(_("It has ended."))
        if successors:
            said.append(_("Today: {services}").format(services=words.listed(successors)))
    if assessment.operating is Operating.PLANNED:
        said.append(_("It has not started yet."))
    kinds = {
        "can_change": _("can change"),
        "time": _("changes with time"),
        "fixed": _("cannot be changed by the person"),
    }
    said += [f"{report_words.reasons.opening(each)} ({kinds[each.kind]})" for each in assessment.opens_with]
    if assessment.untold:
        facts = words.listed([report_words.reasons.label(fact) for fact in assessment.untold])
        said.append(_("Only if the person tells you: {facts}").format(facts=facts))
    open_door = assessment.outcome is not Outcome.NOT_ELIGIBLE and assessment.running
    if open_door and service not in report.reachable:
        doors = [report_words.step(each) for each in assessment.service.gateways]
        said.append(_("The way in is not open: {services}").format(services=words.listed(doors)))
    shown = any(service in stage.services for stage in report.pathway)
    if open_door and not (assessment.relevant or assessment.service.basic or shown):
        said.append(_("It does not serve the goals that were given."))
    return said


def _block(heading: str, lines: Iterable[str], look: Look) -> list[RenderableType]:
    listed = list(lines)
    if not listed:
        return []
    body = Group(*(Text(line) for line in listed))
    return [Text(heading, look.heading), Padding(body, (0, 0, 1, 2))]


def _conditions(assessment: Assessment, reasons: Reasons, report: Report, personal: bool) -> Iterable[str]:
    """Each condition on a line: sign, what is needed, what is known, where it was read."""
    known = dict(report.known)
    for judgement in assessment.judgements:
        node = judgement.node
        line = reasons.required(node)
        if not personal:
            yield f"{line} [{node.source}]" if node.source else line
        elif not (isinstance(node, Criterion) and node.fact in QUIET):
            sign = {MET: "✓", UNMET: "✗"}.get(judgement.truth, "?")
            held = reasons.known(node.fact, known) if isinstance(node, Criterion) else reasons.has(node, known)
            yield f"{sign} {line}" if held in (line, "") or line.endswith(f": {held}") else f"{sign} {line} — {held}"


def _meaning(assessment: Assessment, words: Words, report: Report) -> Iterable[str]:
    """What the card does not say yet: how to refer, what to do after a no, and what is not known."""
    shown = set(meaning_lines(assessment.service, words, report.as_of))
    for line in meaning_lines(assessment.service, words, report.as_of, whole=True):
        if line not in shown:
            yield f"{line.label}: {line.text}"


def _state(assessment: Assessment, said: ReportWords, words: Words) -> str:
    return f"{standing(assessment.service, assessment.operating, words)}; {said.age(assessment)}"


def _sources(assessment: Assessment, words: Words, *, personal: bool) -> Iterable[str]:
    """Where things were read, with the date of each page; its key and what shows its date are for the keeper."""
    _ = words.gettext
    for key, source in assessment.service.sources.items():
        if source.lines:
            lines = "–".join(str(line) for line in dict.fromkeys(source.lines))
            said = _("Kuntaliitto 1.9.2020, lines {lines}").format(lines=lines)
            yield said if personal else f"[{key}] {said}"
        else:
            where = source.url or told(source.said, source.date, words)
            seen = "; ".join(filter(None, [source.date if source.url else "", "" if personal else source.seen]))
            yield ("" if personal else f"[{key}] ") + (f"{where} ({seen})" if seen else where)
