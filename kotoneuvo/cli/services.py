"""`kotoneuvo services`: what is in the catalogue (list, search, show)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from kotoneuvo.advice.facts import fold
from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.advice.report import advise
from kotoneuvo.advice.service import NATIONWIDE, Catalogue, Operating, Service
from kotoneuvo.advice.situation import Situation, read_answers, unknown_name
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.cli.environment import Environment, UsageProblems
from kotoneuvo.cli.guard import guarded

app = typer.Typer(help="What is in the catalogue: list, search, show.", rich_markup_mode=None, no_args_is_help=True)

Lang = Annotated[str | None, typer.Option(help="fi, sv or en")]
AsOf = Annotated[str | None, typer.Option(help="as on this day, YYYY-MM-DD")]
Municipality = Annotated[str | None, typer.Option(help="only those that serve this municipality")]
Goal = Annotated[str | None, typer.Option(help="only those that help with this goal")]
Audience = Annotated[
    str | None, typer.Option(help="only those for: migrant, employer, authority, association, resident")
]
State = Annotated[
    str | None, typer.Option("--operating", help="only those that are: active, unverified, planned, ended")
]


@app.command("list")
@guarded
def list_services(
    municipality: Municipality = None,
    goal: Goal = None,
    audience: Audience = None,
    operating: State = None,
    as_of: AsOf = None,
    lang: Lang = None,
) -> None:
    """List services, filtered."""
    catalogue = load_catalogue()
    _print_table(catalogue, _filtered(catalogue, municipality, goal, audience, operating, as_of), as_of, lang)


@app.command()
@guarded
def search(
    words: Annotated[list[str], typer.Argument(help="words to look for in names, summaries and organisations")],
    municipality: Municipality = None,
    goal: Goal = None,
    audience: Audience = None,
    operating: State = None,
    as_of: AsOf = None,
    lang: Lang = None,
) -> None:
    """Search services: every word must occur, in any language, accents aside."""
    catalogue = load_catalogue()
    found = _filtered(catalogue, municipality, goal, audience, operating, as_of)
    wanted = [fold(word) for word in words]
    _print_table(catalogue, [each for each in found if all(word in _haystack(each) for word in wanted)], as_of, lang)


@app.command()
@guarded
def show(
    service: Annotated[str, typer.Argument(help="the id of a service, as `services list` shows it")],
    as_of: AsOf = None,
    lang: Lang = None,
) -> None:
    """Show one service: contacts, conditions, sources and their dates."""
    from kotoneuvo.render.details import render_details
    from kotoneuvo.render.terminal import console_for

    environment = Environment.current()
    words, catalogue = environment.words(lang), load_catalogue()
    if service not in catalogue.services:
        raise UsageProblems([unknown_name("service", service, tuple(catalogue.services))])
    report = advise(catalogue, Situation(), environment.day(as_of))
    console_for(environment.stdout, environment.variables).print(render_details(report, service, words, personal=False))


def _haystack(service: Service) -> str:
    return fold(" ".join((service.id, service.organization, *service.name.values(), *service.summary.values())))


def _filtered(
    catalogue: Catalogue,
    municipality: str | None,
    goal: str | None,
    audience: str | None,
    operating: str | None,
    as_of: str | None,
) -> list[Service]:
    """The services that pass every filter. Raises UsageProblems for filters that name nothing."""
    facts, day = catalogue.facts, Environment.current().day(as_of)
    try:
        place = read_answers(facts, {"municipality": municipality}).known.get("municipality", frozenset())
        goals = read_answers(facts, {"goals": goal}).goals
        roles = read_answers(facts, {"customer_role": audience}).known.get("customer_role", frozenset())
        state = _state(operating)
    except InputProblems as error:
        raise UsageProblems(error.problems) from None
    return [
        service
        for service in catalogue.services.values()
        if (not place or NATIONWIDE in service.area or place & set(service.area))
        and (not goals or set(goals) & set(service.goals))
        and (not roles or roles & set(service.audience))
        and (state is None or service.operating(day) is state)
    ]


def _state(operating: str | None) -> Operating | None:
    if operating is None:
        return None
    names = tuple(each.value for each in Operating)
    if operating not in names:
        raise InputProblems([unknown_name("state", operating, names)])
    return Operating(operating)


def _print_table(catalogue: Catalogue, found: Iterable[Service], as_of: str | None, lang: str | None) -> None:
    from kotoneuvo.render.listing import render_listing
    from kotoneuvo.render.terminal import console_for

    environment = Environment.current()
    words, day = environment.words(lang), environment.day(as_of)
    console = console_for(environment.stdout, environment.variables)
    console.print(render_listing(list(found), catalogue.facts, day, words))
