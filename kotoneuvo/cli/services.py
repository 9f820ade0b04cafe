"""`kotoneuvo services`: what is in the catalogue (list, search, show)."""

from __future__ import annotations

from typing import Annotated

import typer

from kotoneuvo.advice.problems import Problem
from kotoneuvo.cli import completion
from kotoneuvo.cli.catalogues import CatalogueFiles, Filter, Session
from kotoneuvo.cli.environment import UsageProblems
from kotoneuvo.cli.exit_codes import guarded
from kotoneuvo.cli.localized_help import LocalizedCommand, LocalizedGroup
from kotoneuvo.cli.options import AsOf, Goal, Lang, Municipality, group_options

app = typer.Typer(
    help="Look up services: list, search, show.", cls=LocalizedGroup, rich_markup_mode=None, no_args_is_help=True
)
app.callback()(group_options)

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


@app.command("list", cls=LocalizedCommand)
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
    from kotoneuvo.render.found import render_listing

    session = Session.begin(lang, as_of, catalogue)
    found = Filter(municipality, goal, audience, operating).pick(session.catalogue, session.day)
    session.show(render_listing(found, session.catalogue.facts, session.day, session.words))


@app.command(cls=LocalizedCommand)
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

    session = Session.begin(lang, as_of, catalogue)
    services, day = session.catalogue, session.day
    chosen = Filter(municipality, goal, audience, operating)
    search = Search(services, day, chosen.pick(services, day), offices=chosen == Filter())
    session.show(FoundPage(services, session.words, day).page(search.find(" ".join(words))))


@app.command(cls=LocalizedCommand)
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

    session = Session.begin(lang, as_of, catalogue)
    known, hidden = session.catalogue.services, session.catalogue.hidden
    if service in hidden:
        raise UsageProblems([Problem("hidden by your own catalogue: {reason}", {"reason": hidden[service]})])
    if service not in known:
        raise UsageProblems([unknown_name("service", service, tuple(known))])
    report = advise(session.catalogue, Situation(), session.day)
    session.show(render_details(report, service, session.words, personal=False))
