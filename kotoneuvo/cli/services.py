"""`kotoneuvo services`: what is in the catalogue (list, search, show)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kotoneuvo.advice.problems import Problem
from kotoneuvo.cli import completion
from kotoneuvo.cli.catalogues import CatalogueFiles, open_catalogue
from kotoneuvo.cli.environment import Environment, UsageProblems
from kotoneuvo.cli.guard import guarded
from kotoneuvo.cli.options import AsOf, Goal, Lang, Municipality
from kotoneuvo.cli.spoken import SpokenCommand, SpokenGroup

app = typer.Typer(
    help="What is in the catalogue: list, search, show.", cls=SpokenGroup, rich_markup_mode=None, no_args_is_help=True
)

Audience = Annotated[
    str | None,
    typer.Option(
        help="only those for: migrant, employer, authority, association, resident", autocompletion=completion.audiences
    ),
]
State = Annotated[
    str | None,
    typer.Option(
        "--operating",
        help="only those that are: active, unverified, planned, ended",
        autocompletion=completion.states,
    ),
]
ServiceId = Annotated[
    str,
    typer.Argument(help="the id of a service, as `services list` shows it", autocompletion=completion.services),
]


@app.command("list", cls=SpokenCommand)
@guarded
def list_services(
    municipality: Municipality = None,
    goal: Goal = None,
    audience: Audience = None,
    operating: State = None,
    as_of: AsOf = None,
    catalogue: CatalogueFiles = None,
    lang: Lang = None,
) -> None:
    """List services, filtered."""
    _print_table([], (municipality, goal, audience, operating), as_of, catalogue, lang)


@app.command(cls=SpokenCommand)
@guarded
def search(
    words: Annotated[list[str], typer.Argument(help="words to look for in names, summaries and organisations")],
    municipality: Municipality = None,
    goal: Goal = None,
    audience: Audience = None,
    operating: State = None,
    as_of: AsOf = None,
    catalogue: CatalogueFiles = None,
    lang: Lang = None,
) -> None:
    """Search services: every word must occur, in any language, accents aside."""
    _print_table(words, (municipality, goal, audience, operating), as_of, catalogue, lang)


@app.command(cls=SpokenCommand)
@guarded
def show(
    service: ServiceId,
    as_of: AsOf = None,
    catalogue: CatalogueFiles = None,
    lang: Lang = None,
) -> None:
    """Show one service: contacts, conditions, sources and their dates."""
    from kotoneuvo.advice.advisor import advise
    from kotoneuvo.advice.situation import Situation, unknown_name
    from kotoneuvo.render import terminal
    from kotoneuvo.render.details import render_details

    environment = Environment.current()
    words, services = environment.words(lang), open_catalogue(environment, catalogue)
    if service in services.hidden:
        raise UsageProblems(
            [Problem("left out by a catalogue of yours: {reason}", {"reason": services.hidden[service]})]
        )
    if service not in services.services:
        raise UsageProblems([unknown_name("service", service, tuple(services.services))])
    report = advise(services, Situation(), environment.day(as_of))
    details = render_details(report, service, words, personal=False)
    terminal.show(details, environment.stdout, environment.variables)


def _print_table(
    words: list[str], filters: tuple[str | None, ...], as_of: str | None, files: list[Path] | None, lang: str | None
) -> None:
    """The services that pass the filters and hold the words, as a table."""
    from kotoneuvo.cli.filters import Filter, matches
    from kotoneuvo.render import terminal
    from kotoneuvo.render.listing import render_listing

    environment = Environment.current()
    said, day, catalogue = environment.words(lang), environment.day(as_of), open_catalogue(environment, files)
    found = [service for service in Filter(*filters).pick(catalogue, day) if matches(service, words)]
    listing = render_listing(found, catalogue.facts, day, said)
    terminal.show(listing, environment.stdout, environment.variables)
