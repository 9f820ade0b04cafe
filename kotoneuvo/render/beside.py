"""What to know beside the first steps: dated rules, documents to bring, what is shut today, the days ahead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import Notice
from kotoneuvo.render.calendar import change_lines
from kotoneuvo.render.meaning import intake_text
from kotoneuvo.words import Words


def rule_text(notice: Notice, day: date, words: Words, *, whole: bool) -> str:
    """A dated rule; past its review with a caution; as a `whole` with those for whom the old one still holds."""
    parts = [words.pick(notice.text)]
    if whole and notice.transition and notice.transition.parts:
        parts.append(words.pick(notice.transition.parts["text"]))
    if day >= notice.review:
        check = words.gettext("(Check: the rule may have changed since {date}.)")
        parts.append(check.format(date=words.date(notice.review)))
    return " ".join(parts)


def bring_text(report: Report, words: Words, numbers: Mapping[str, str]) -> str:
    """The documents to bring, once over the steps shown: `numbers` are theirs, by service. Empty if there are none."""
    said = [
        f"{words.pick(text)} ({', '.join(numbers[name] for name in services if name in numbers)})"
        for text, services in report.bring
        if not numbers.keys().isdisjoint(services)
    ]
    return words.gettext("Bring: {what}").format(what=" · ".join(said)) if said else ""


def ahead_texts(report: Report, words: Words, name: Callable[[str], str], *, checks: bool) -> list[str]:
    """What is shut today, then the days on which the answer changes; with `checks` also those of laws to check."""
    services = report.catalogue.services
    intakes = [(service_id, services[service_id].intake) for service_id in report.not_now]
    shut = [f"{name(each)}: {intake_text(intake, words, report.as_of)}" for each, intake in intakes if intake]
    return [*shut, *change_lines(report, words, name, checks=checks)]
