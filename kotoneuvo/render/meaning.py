"""What a service means for a person: duty, benefits, permit, how to refer, what to do after a refusal, intakes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from kotoneuvo.advice.problems import N_
from kotoneuvo.advice.service import Service
from kotoneuvo.advice.statement import STATEMENTS, Intake, Statement
from kotoneuvo.dates import date_in_numbers, partial_date_in_numbers
from kotoneuvo.render.contact_lines import ContactLine
from kotoneuvo.words import Words

DUTIES = {
    "voluntary": N_("Voluntary: not going has no consequences, unless it was agreed in a plan."),
    "once_agreed": N_("Voluntary; but what is agreed in a plan must be kept, or benefits may be cut."),
    "mandatory": N_("Mandatory: not taking part can affect benefits or rights."),
}
"""What follows if the person does not go, by `duty`."""
_LABELS = {
    "participation": {"text": N_("Duty")},
    "benefits": {"text": N_("Benefits")},
    "permit": {"text": N_("Permit")},
    "referral": {
        "how": N_("How to refer"),
        "tell": N_("May be told"),
        "keep_back": N_("Must not be told"),
        "records": N_("They record"),
    },
    "refusal": {"text": N_("If they say no")},
}
_ON_CARDS = STATEMENTS[:3]
"""What a person needs to decide; the others are only on the page of details."""


def meaning_lines(service: Service, words: Words, day: date, *, whole: bool = False) -> Iterator[ContactLine]:
    """Yield what a service means for a person, each line with the date of its source.

    The `whole` includes how to refer and what to do after a refusal, and "not known" where nobody has looked for it.
    """
    _ = words.gettext
    if service.intake:
        yield ContactLine(_("Intake"), intake_text(service.intake, words, day))
    unknown = []
    for name in STATEMENTS if whole else _ON_CARDS:
        statement: Statement | None = getattr(service, name)
        heading = _(next(iter(_LABELS[name].values())))
        if statement and not statement.looked:
            dated = f" ({partial_date_in_numbers(statement.dated)})" if statement.dated else ""
            texts = {part: words.pick(text) for part, text in statement.parts.items()}
            if statement.duty:
                texts["text"] = " ".join(filter(None, [_(DUTIES[statement.duty]), texts.get("text", "")]))
            yield from (
                ContactLine(_(label), texts[part] + dated) for part, label in _LABELS[name].items() if part in texts
            )
        elif whole:
            looked = date_in_numbers(statement.looked) if statement and statement.looked else ""
            unsourced = _("not known (no source found, {date})").format(date=looked)
            yield ContactLine(heading, unsourced if looked else _("not known"))
        # A card names what was looked for and not found, but not what nobody has looked for.
        elif statement:
            unknown.append(heading)
    if unknown:
        yield ContactLine(_("Not known"), ", ".join(unknown))


def intake_text(intake: Intake, words: Words, day: date) -> str:
    """Return when a service takes people in, as of `day`."""
    _ = words.gettext
    shut, period = intake.not_now(day), intake.period(day)
    parts = []
    if shut:
        opens = date_in_numbers(shut.opens) if shut.opens else ""
        parts.append(
            _("not now: opens {date}").format(date=opens) if opens else _("not now: the next intake is not known")
        )
    if period and period.apply_by:
        parts.append(_("apply by {date}").format(date=date_in_numbers(period.apply_by)))
    if period and period.starts and period.starts >= day:
        parts.append(_("starts {date}").format(date=date_in_numbers(period.starts)))
    if intake.continuous:
        parts.append(_("apply at any time"))
    if intake.by_appointment:
        parts.append(_("by appointment"))
    if intake.wait:
        dated = partial_date_in_numbers(intake.dated)
        parts.append(_("waiting time: {time} ({date})").format(time=words.pick(intake.wait), date=dated))
    return "; ".join(parts)


def meaning_data(service: Service, day: date) -> dict[str, Any]:
    """Return what a service means for a person as plain data, without fields that nobody has looked for."""
    data: dict[str, Any] = {}
    for name in STATEMENTS:
        statement: Statement | None = getattr(service, name)
        if statement is not None:
            data[name] = statement_data(statement)
    if service.intake:
        shut, period = service.intake.not_now(day), service.intake.period(day)
        data["intake"] = {
            "open": shut is None,
            "opens": shut.opens.isoformat() if shut and shut.opens else None,
            "apply_by": period.apply_by.isoformat() if period and period.apply_by else None,
            "starts": period.starts.isoformat() if period and period.starts else None,
            "by_appointment": service.intake.by_appointment,
            "wait": dict(service.intake.wait) or None,
            "dated": service.intake.dated,
        }
    return data


def statement_data(statement: Statement) -> dict[str, Any]:
    """Return a statement as plain data."""
    # Not left out: the day shows that somebody searched for it without a result.
    if statement.looked:
        return {"not_known": statement.looked.isoformat()}
    data: dict[str, Any] = {"duty": statement.duty} if statement.duty else {}
    data |= {part: dict(text) for part, text in statement.parts.items()}
    return data | {"source": statement.page, "dated": statement.dated}
