"""`kotoneuvo services`: what is in the catalogue (list, search, show)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kotoneuvo.advice.problems import Problem
from kotoneuvo.cli import completion
from kotoneuvo.cli.catalogues import CatalogueFiles, open_catalogue
from kotoneuvo.cli.environment import Environment, UsageProblems
from kotoneuvo.cli.filters import Filter
from kotoneuvo.cli.guard import guarded
from kotoneuvo.cli.options import AsOf, Goal, Lang, Municipality
from kotoneuvo.cli.spoken import SpokenCommand, SpokenGroup

if TYPE_CHECKING:
    from rich.console import RenderableType

app = typer.Typer(
    help="Look up services: list, search, show.", cls=SpokenGroup, rich_markup_mode=None, no_args_is_help=True
)

Audience = Annotated[
    str | None,
    typer.Option(
        help="only services for: migrant, employer, authority, association, resident",
        autocompletion=completion.audiences,
    ),
]
State = Annotated[
    str | None,
    typer.Option(
        "--operating",
        help="only services that are: active, unverified, planned, ended",
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
    from kotoneuvo.render.listing import render_listing

    environment = Environment.current()
    words, day, services = environment.words(lang), environment.day(as_of), open_catalogue(environment, catalogue)
    found = Filter(municipality, goal, audience, operating).pick(services, day)
    _show(render_listing(found, services.facts, day, words), environment)


@app.command(cls=SpokenCommand)
@guarded
def search(
    words: Annotated[
        list[str], typer.Argument(help="a phone number, an e-mail address, a page, a street, or words of any language")
    ],
    municipality: Municipality = None,
    goal: Goal = None,
    audience: Audience = None,
    operating: State = None,
    as_of: AsOf = None,
    catalogue: CatalogueFiles = None,
    lang: Lang = None,
) -> None:
    """Find a service or office by what the client has in hand.

    A number in any spelling, a page, an e-mail address, a street, an old name, an abbreviation, or words in a
    language of the catalogue. Every word must occur; typing errors are tolerated.
    """
    from kotoneuvo.catalogue.search import Search
    from kotoneuvo.render.found import FoundPage

    environment = Environment.current()
    said, day, services = environment.words(lang), environment.day(as_of), open_catalogue(environment, catalogue)
    chosen = Filter(municipality, goal, audience, operating)
    search = Search(services, day, chosen.pick(services, day), offices=chosen == Filter())
    _show(FoundPage(services, said, day).page(search.find(" ".join(words))), environment)


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
    from kotoneuvo.render.details import render_details

    environment = Environment.current()
    words, services = environment.words(lang), open_catalogue(environment, catalogue)
    if service in services.hidden:
        raise UsageProblems([Problem("hidden by your own catalogue: {reason}", {"reason": services.hidden[service]})])
    if service not in services.services:
        raise UsageProblems([unknown_name("service", service, tuple(services.services))])
    report = advise(services, Situation(), environment.day(as_of))
    _show(render_details(report, service, words, personal=False), environment)


def _show(page: RenderableType, environment: Environment) -> None:
    from kotoneuvo.render import terminal

    terminal.show(page, environment.stdout, environment.variables)
