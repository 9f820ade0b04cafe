"""The catalogue as one HTML page to browse and print, with search and filters; without scripts it shows everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from kotoneuvo.advice.facts import fold
from kotoneuvo.advice.service import NATIONWIDE, RUNNING, Catalogue, Operating, Service
from kotoneuvo.dates import date_in_numbers
from kotoneuvo.render.contact_lines import ContactLine, contact_lines, practical_lines, way_in
from kotoneuvo.render.facets import conditions, places, run_by
from kotoneuvo.render.pages import render_page
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.render.report_words import standing
from kotoneuvo.words import Words


def render_directory(catalogue: Catalogue, services: Iterable[Service], day: date, words: Words) -> str:
    """Return the page in one language, as of `day`: services by phase, each with its conditions and contacts."""
    _ = words.gettext
    listed, facts = list(services), catalogue.facts
    reasons = Reasons(facts, words)
    phases = [
        (words.pick(name), [_entry(each, catalogue, day, reasons) for each in listed if each.phase == phase])
        for phase, name in facts.phases.items()
    ]
    made = _("As of {date}. Catalogue {version}, {count} services.").format(
        date=date_in_numbers(day), version=catalogue.version, count=len(listed)
    )
    towns = sorted((words.pick(each.name), code) for code, each in facts.municipalities.items())
    goals = [(words.pick(name), goal) for goal, name in facts.goals.items()]
    codes = {code for each in listed if each.languages for code in each.languages.codes}
    languages = sorted((words.language_name(code), code) for code in codes)
    return render_page(
        "render/directory.html",
        words.language,
        _("Services for people who have moved to Finland"),
        lead=f"{made} {_('The organisation decides in each case.')}",
        words={
            "skip": _("To the services"),
            "search": _("Search"),
            "reset": _("Show all"),
            "found": _("{count} of {all} services"),
            "all": _("all"),
        },
        # The filters: id, label, and choices as (text, value).
        choices=[
            ("municipality", _("Municipality"), towns),
            ("goal", _("Goal"), goals),
            ("language", _("Language served"), languages),
        ],
        sections=[section for section in phases if section[1]],
    )


def _entry(service: Service, catalogue: Catalogue, day: date, reasons: Reasons) -> dict[str, Any]:
    words = reasons.words
    where = list(places(service.area, catalogue.facts, words).values())
    texts = (service.id, service.organization, *where, *service.name.values(), *service.summary.values())
    # The page may be printed and kept, so it must say itself where the information is old.
    age = words.gettext("Information from {date}.")
    if service.operating(day) is Operating.UNVERIFIED and day >= service.review:
        age = words.gettext("Information from {date}, not confirmed since: check before you go.")
    return {
        "id": service.id,
        "area": "*" if NATIONWIDE in service.area else " ".join(service.area),
        "goals": " ".join(service.goals),
        "languages": " ".join(service.languages.codes) if service.languages else "",
        # The search looks in this text, without capitals and accents, as people type.
        "text": fold(" ".join(texts)),
        "name": words.pick(service.name),
        "summary": words.pick(service.summary),
        "note": words.pick(service.note),
        "lines": list(_lines(service, catalogue, day, where, reasons)),
        "age": age.format(date=date_in_numbers(service.assured)),
    }


def _lines(
    service: Service, catalogue: Catalogue, day: date, where: list[str], reasons: Reasons
) -> Iterator[ContactLine]:
    words = reasons.words
    _ = words.gettext
    state = service.operating(day)
    if state not in RUNNING or service.valid_until:
        yield ContactLine(_("State"), standing(service, state, words))
    yield ContactLine(_("Where"), ", ".join(where))
    if runs := run_by(service, catalogue):
        yield ContactLine(_("Run by"), runs)
    needed = " · ".join(conditions(service, reasons))
    yield ContactLine(_("Conditions"), needed or _("open to everyone"))
    if service.access.how:
        yield ContactLine(_("Way in"), way_in(service.access, words))
    yield from contact_lines(service.contacts, words, day, service.assured)
    yield from practical_lines(service, words)
