"""Handouts for `advise` and the interview: checked wishes, the page or the PDF, what was held back, and opening it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kotoneuvo.advice.problems import N_, Problem, closest
from kotoneuvo.cli.environment import Environment, UsageProblems
from kotoneuvo.words import Words

if TYPE_CHECKING:
    from kotoneuvo.advice.report import Report
    from kotoneuvo.interview.paper import Order
    from kotoneuvo.render.handout.plan import Plan

HTML, PDF = "html", "pdf"


class Wish(NamedTuple):
    """What the worker wants on paper: the client's language, one's own beside it, steps left off and put on."""

    language: str | None = None
    bilingual: bool = False
    without: tuple[str, ...] = ()
    including: tuple[str, ...] = ()


def render_handout(report: Report, words: Words, form: str, wish: Wish, environment: Environment) -> str | bytes:
    """The handout as HTML text or as the bytes of a PDF; names what it holds back on stderr.

    Raises UsageProblems for a language or a service that is not there, InputProblems without the extra for PDF.
    """
    from kotoneuvo.render.handout.fitting import fitting_handout
    from kotoneuvo.render.handout.plan import Choice
    from kotoneuvo.render.handout.voice import Voice

    languages = _languages(report, words, wish)
    choice = Choice(frozenset(wish.without), frozenset(wish.including))
    _check(report, choice.without | choice.including)
    plan, sheet = fitting_handout(report, choice, [Voice(language) for language in languages])
    held_back = [f"{words.pick(report.catalogue.services[name].name)} ({name})" for name in _sure(report, plan)]
    if held_back and not wish.without:
        said = words.gettext("Not on the handout, because the name tells something about the person: {services}")
        print(said.format(services=", ".join(held_back)), file=environment.stderr)
        print(words.gettext("Put one on with --with ID, if the person wants it."), file=environment.stderr)
    if form == PDF:
        from kotoneuvo.render.handout.pdf import render_pdf

        return render_pdf(sheet)
    from kotoneuvo.render.handout.html import render_html

    return render_html(sheet)


def open_in_browser(path: Path) -> None:
    """Show a written handout; where there is no browser nothing happens."""
    import webbrowser

    webbrowser.open(path.resolve().as_uri())


def handout_names() -> list[tuple[str, str]]:
    """The languages of handouts, each with its name in itself."""
    from kotoneuvo.render.handout.voice import SIMPLE, Voice, handout_languages

    names = {code: Voice(code).reader.text for code in handout_languages()}
    return [(code, f"{name} ({code})" if code == SIMPLE else name) for code, name in names.items()]


def handout_steps(report: Report, words: Words) -> list[tuple[str, str, bool]]:
    """What may go on paper: id, name in the worker's language, and whether it does by itself."""
    from kotoneuvo.render.handout.plan import plan_handout

    plan = plan_handout(report)
    shown = [each.service for each in (*plan.steps, *plan.basics, *plan.later)]
    named = {name: words.pick(report.catalogue.services[name].name) for name in (*shown, *_sure(report, plan))}
    return [(name, text, name in shown) for name, text in named.items()]


def write_handout(report: Report, order: Order, name: str, words: Words, environment: Environment) -> str:
    """Write what was ordered in the interview, and open it; where it is. Raises InputProblems if that cannot be."""
    from kotoneuvo.cli.named_files import new_file
    from kotoneuvo.cli.output import write_result

    target = new_file(name)
    everything = [each for stage in report.pathway for each in stage.services]
    without = tuple(each for each in everything if each not in order.services)
    by_itself = {each for each, _, on in handout_steps(report, words) if on}
    wish = Wish(order.language, order.bilingual, without, tuple(sorted(order.services - by_itself)))
    form = PDF if target.suffix.casefold() == ".pdf" else HTML
    write_result(render_handout(report, words, form, wish, environment), target, environment.stdout)
    if order.show:
        open_in_browser(target)
    return str(target.resolve())


def _sure(report: Report, plan: Plan) -> list[str]:
    """What was held back although it seems to fit this person by more than the place: worth the worker's thought."""
    from kotoneuvo.advice.eligibility import Outcome

    fitting = [name for name in plan.held_back if report.assessments[name].outcome is Outcome.ELIGIBLE]
    return [name for name in fitting if not report.assessments[name].service.basic or _conditions(report, name)]


def _conditions(report: Report, name: str) -> bool:
    everyday = ("municipality", "customer_role")
    return any(getattr(each.node, "fact", "") not in everyday for each in report.assessments[name].judgements)


def _languages(report: Report, words: Words, wish: Wish) -> list[str]:
    """The client's language, then the worker's: as asked, else the first that the client speaks, else the worker's."""
    from kotoneuvo.render.handout.voice import handout_languages

    known = handout_languages()
    if wish.language and wish.language not in known:
        details = {"kind": "language", "found": wish.language}
        near = closest(wish.language, known)
        raise UsageProblems(
            [Problem('unknown {kind} "{found}"', details, "", "", "--handout-lang", tuple(known), near)]
        )
    spoken = [code for code in report.situation.service_language if code in known]
    client = wish.language or (spoken or [words.language])[0]
    return [client, words.language] if wish.bilingual and client != words.language else [client]


def _check(report: Report, names: frozenset[str]) -> None:
    unknown = sorted(names - report.assessments.keys())
    if unknown:
        from kotoneuvo.advice.situation import unknown_name

        raise UsageProblems(unknown_name("service", name, tuple(report.assessments)) for name in unknown)


def check_target(form: str, target: Path | None, show: bool, environment: Environment) -> None:
    """A PDF does not go to a screen, and what is to be opened needs a file. Raises UsageProblems."""
    if form == PDF and target is None and environment.stdout.isatty():
        raise UsageProblems([Problem(N_("a PDF cannot be shown here; give a file with --output"))])
    if show and (form not in (HTML, PDF) or target is None or str(target) == "-"):
        raise UsageProblems([Problem(N_("--open needs --format html or pdf, and a file with --output"))])
