"""Handouts on the command line: options checked, services held back named on stderr, the result opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kotoneuvo.advice.problems import InputProblems, Problem, closest
from kotoneuvo.cli.environment import UsageProblems

if TYPE_CHECKING:
    from kotoneuvo.advice.report import Report
    from kotoneuvo.cli.catalogues import Workspace
    from kotoneuvo.render.handout.order import Order

_NEAREST = {"ku": "ckb"}
"""The suggestion for a language of which handouts have one variety only: for Kurdish, Sorani."""


def ordered(language: str | None, bilingual: bool, without: list[str] | None, including: list[str] | None) -> Order:
    """Return the order that the options describe. Raises UsageProblems for a language that handouts do not have."""
    from kotoneuvo.render.handout.choose import PaperChoice
    from kotoneuvo.render.handout.order import Order
    from kotoneuvo.render.handout.readers import handout_languages

    code = named_language(language, handout_languages(), "--handout-lang") if language else ""
    return Order(code, bilingual, PaperChoice(frozenset(without or ()), frozenset(including or ())))


def render_handout(report: Report, form: str, order: Order, work: Workspace) -> str | bytes:
    """Return the handout as HTML or PDF, or its first step as a message; stderr names the services held back.

    Raises UsageProblems for an unknown service; InputProblems if the extra for PDF is missing, or if the first step has
    no contact to put in a message.
    """
    from kotoneuvo.advice.situation import unknown_name
    from kotoneuvo.render.handout.choose import choose
    from kotoneuvo.render.handout.order import MESSAGE, held_back_though_fitting, shown_name

    words, choice = work.words, order.choice
    unknown = (choice.without | choice.including) - report.assessments.keys() - {each.id for each in report.notices}
    if unknown:
        raise UsageProblems(unknown_name("service", name, tuple(report.assessments)) for name in sorted(unknown))
    if not choice.without:
        held_back = held_back_though_fitting(report, choose(report, choice))
        if held_back:
            note = words.gettext("Not on the handout, because it tells something about the person: {services}")
            named = ", ".join(f"{shown_name(report, name, words)} ({name})" for name in held_back)
            work.say(note.format(services=named), words.gettext("Add it with --with ID if the person wants it."))
    if form != MESSAGE:
        return order.write(report, words, form)
    message = order.message(report, words)
    if message is None:
        raise InputProblems([Problem("the first step has no contact to put in a message; print a handout")])
    work.say(*message[1])
    return message[0] + "\n"


def open_in_browser(path: Path) -> None:
    """Show a written handout in the browser, if there is one."""
    import webbrowser

    webbrowser.open(path.resolve().as_uri())


def named_language(name: str, known: list[str], option: str) -> str:
    """Return the code of a handout language, given its code or its name in Finnish, Swedish, English or itself.

    Raises UsageProblems.
    """
    from kotoneuvo.advice.facts import fold
    from kotoneuvo.words import language_codes

    code = name if name in known else language_codes().get(fold(name), "")
    if code in known:
        return code
    details = {"kind": "language", "found": name}
    # A language that exists gets no suggestion by spelling: whoever reads Dari may not read Arabic.
    near = (
        _NEAREST.get(code, "") if code else closest(name, [each for each in known if each[:1] == name[:1].casefold()])
    )
    raise UsageProblems([Problem('unknown {kind} "{found}"', details, "", "", option, tuple(known), near)])
