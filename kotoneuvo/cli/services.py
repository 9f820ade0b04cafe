"""`kotoneuvo services`: lists, finds and shows what is in the catalogue."""

from __future__ import annotations

from typing import Annotated

import typer

from kotoneuvo.advice.advisor import advise
from kotoneuvo.advice.situation import Situation, unknown_name
from kotoneuvo.catalogue.search import Search
from kotoneuvo.cli.catalogues import CatalogueFiles, Filter, Workspace
from kotoneuvo.cli.commands import command
from kotoneuvo.cli.environment import UsageProblems, refused
from kotoneuvo.cli.options import AsOf, Goal, Lang, Municipality, words_for
from kotoneuvo.render.details import render_details
from kotoneuvo.render.found import FoundPage, render_listing

Audience = Annotated[
    str | None,
    typer.Option(
        help="only services for: migrant, employer, authority, association, resident",
        autocompletion=words_for("customer_role"),
    ),
]
State = Annotated[
    str | None,
    typer.Option(
        "--operating",
        help="only services that are: active, unverified, planned, ended",
        autocompletion=words_for("operating"),
    ),
]
ServiceId = Annotated[
    str,
    typer.Argument(help="the id of a service, as `services list` shows it", autocompletion=words_for("service")),
]


@command
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
    work = Workspace(lang, as_of, catalogue)
    found = Filter(municipality, goal, audience, operating).pick(work.catalogue, work.day)
    work.show(render_listing(found, work.catalogue.facts, work.day, work.words))


@command
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
    work = Workspace(lang, as_of, catalogue)
    services, day = work.catalogue, work.day
    chosen = Filter(municipality, goal, audience, operating)
    # Offices have no goals and no audience: they are only found without filters.
    search = Search(services, day, chosen.pick(services, day), offices=chosen == Filter())
    work.show(FoundPage(services, work.words, day).page(search.find(" ".join(words))))


@command
def show(
    service: ServiceId,
    as_of: AsOf = None,
    catalogue: CatalogueFiles = None,
    lang: Lang = None,
) -> None:
    """Show one service: contacts, conditions, sources and their dates."""
    work = Workspace(lang, as_of, catalogue)
    known, hidden = work.catalogue.services, work.catalogue.hidden
    if service in hidden:
        raise refused("hidden by your own catalogue: {reason}", reason=hidden[service])
    if service not in known:
        raise UsageProblems([unknown_name("service", service, tuple(known))])
    report = advise(work.catalogue, Situation(), work.day)
    work.show(render_details(report, service, work.words, personal=False))
