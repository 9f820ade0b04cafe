"""`kotoneuvo catalogue links`: whether the pages that the catalogue names are still there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import kotoneuvo
from kotoneuvo.advice.problems import Problem
from kotoneuvo.cli import completion
from kotoneuvo.cli.catalogue_check import Format
from kotoneuvo.cli.catalogues import CatalogueFiles, need, open_catalogue
from kotoneuvo.cli.environment import Environment, UsageProblems
from kotoneuvo.cli.guard import DONE, WRONG_INPUT, guarded
from kotoneuvo.cli.named_files import Force, check_files
from kotoneuvo.cli.options import Lang

if TYPE_CHECKING:
    from kotoneuvo.catalogue.links import Link
    from kotoneuvo.words import Words

AGENT = f"kotoneuvo/{kotoneuvo.__version__} (link check of a service catalogue; asks each page once)"

Services = Annotated[
    list[str] | None,
    typer.Option(help="only pages of this service (repeatable)", autocompletion=completion.services),
]


@guarded
def run(
    service: Services = None,
    catalogue: CatalogueFiles = None,
    timeout: Annotated[float, typer.Option(help="seconds to wait for an answer", min=0.1)] = 15,
    at_once: Annotated[int, typer.Option(help="requests at the same time, never two to one host", min=1, max=32)] = 8,
    pause: Annotated[float, typer.Option(help="seconds between two requests to one host", min=0)] = 0.5,
    agent: Annotated[str, typer.Option(help="the User-Agent that servers see; include an address of yours")] = AGENT,
    everything: Annotated[bool, typer.Option("--all", help="also show pages that are in order")] = False,
    form: Annotated[Format, typer.Option("--format", help="text, or json for scripts")] = Format.TEXT,
    output: Annotated[Path | None, typer.Option(help="write here instead of stdout")] = None,
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Check whether every page in the catalogue still exists. Uses the network.

    Exit code 1 if a page is broken; pages that moved, or that refuse a program, are only listed.
    """
    need("httpx")
    from kotoneuvo.advice.situation import unknown_name
    from kotoneuvo.catalogue.links import Manners, ask_links, pages_of
    from kotoneuvo.cli.output import Results

    environment = Environment.current()
    if not (agent.isascii() and agent.isprintable() and agent.strip()):
        problem = Problem("use ASCII only: unaccented letters, digits and punctuation", fieldname="--agent")
        raise UsageProblems([problem])
    words = environment.words(lang)
    check_files(environment, words, [("--output", output)], overlays=catalogue or (), force=force)
    whole = open_catalogue(environment, catalogue)
    services, offices = whole.services, () if service else tuple(whole.offices.values())
    unknown = [name for name in service or () if name not in services]
    if unknown:
        raise UsageProblems([unknown_name("service", name, tuple(services)) for name in unknown])
    chosen = [services[name] for name in service] if service else services.values()
    with Results(environment.stdout) as results:
        file = results.open(output)  # before anything is asked: what cannot be written would be asked in vain
        links = ask_links(pages_of(chosen, offices), Manners(agent.strip(), timeout, at_once, pause))
        file.write(_as_json(links) if form is Format.JSON else _as_text(links, words, everything=everything))
    raise typer.Exit(WRONG_INPUT if any(link.answer.broken for link in links) else DONE)


def _as_text(links: list[Link], words: Words, *, everything: bool) -> str:
    """The broken ones first, each address whole on its line."""
    from kotoneuvo.catalogue.links import Answer
    from kotoneuvo.words import printable

    order = list(Answer)
    shown = [link for link in links if everything or link.answer is not Answer.OK]
    lines = []
    for link in sorted(shown, key=lambda link: -order.index(link.answer)):
        status = f" {link.status}" if link.status else ""
        lines.append(f"{words.gettext(link.answer.value)}{status}  {printable(link.url)}")
        lines += [f"    → {printable(link.target)}"] if link.target else []
        lines.append(f"    {', '.join(link.services)}")
    broken = sum(link.answer.broken for link in links)
    said = words.gettext("{pages} pages checked, {broken} broken")
    return "\n".join([*lines, said.format(pages=len(links), broken=broken)]) + "\n"


def _as_json(links: list[Link]) -> str:
    pages = [
        {
            "url": link.url,
            "answer": link.answer.value,
            "broken": link.answer.broken,
            "status": link.status or None,
            "target": link.target or None,
            "services": list(link.services),
        }
        for link in links
    ]
    from kotoneuvo.words import still

    return still(json.dumps({"schema": "kotoneuvo/links/1", "pages": pages}, ensure_ascii=False, indent=2)) + "\n"
