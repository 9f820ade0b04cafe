"""`kotoneuvo catalogue links`: checks that the pages in the catalogue still exist and still show its contacts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import kotoneuvo
from kotoneuvo.advice.situation import unknown_name
from kotoneuvo.catalogue.link_changes import changes_from
from kotoneuvo.catalogue.links import Answer, Link, RequestOptions, ask_links
from kotoneuvo.catalogue.pages import pages_of
from kotoneuvo.cli.catalogues import CatalogueFiles, Workspace, need
from kotoneuvo.cli.commands import command
from kotoneuvo.cli.environment import UsageProblems, refused
from kotoneuvo.cli.exit_codes import DONE, WRONG_INPUT
from kotoneuvo.cli.named_files import Force, check_endings
from kotoneuvo.cli.options import Form, Format, Lang, Output, words_for
from kotoneuvo.cli.output import Results, json_text
from kotoneuvo.cli.overlay_file import OverlayFile
from kotoneuvo.cli.temporary_files import check_writable
from kotoneuvo.words import Words, printable

AGENT = f"kotoneuvo/{kotoneuvo.__version__} (link check of a service catalogue; asks each page once)"


@command
def run(
    service: Annotated[
        list[str] | None,
        typer.Option(help="only pages of this service (repeatable)", autocompletion=words_for("service")),
    ] = None,
    catalogue: CatalogueFiles = None,
    timeout: Annotated[float, typer.Option(help="seconds to wait for an answer", min=0.1, max=600)] = 15,
    at_once: Annotated[int, typer.Option(help="requests at the same time, never two to one host", min=1, max=32)] = 8,
    pause: Annotated[float, typer.Option(help="seconds between two requests to one host", min=0, max=60)] = 0.5,
    agent: Annotated[str, typer.Option(help="the User-Agent that servers see; include an address of yours")] = AGENT,
    everything: Annotated[bool, typer.Option("--all", help="also show pages that are in order")] = False,
    form: Form = Format.TEXT,
    output: Output = None,
    write: Annotated[
        Path | None,
        typer.Option(
            help="your catalogue file: confirm contacts that their page still shows, note pages that are lost"
        ),
    ] = None,
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Check whether every page in the catalogue still exists and shows its contacts. Uses the network.

    Exit code 1 if a page is broken or suspicious; pages that moved, or that refuse a program, are only listed.
    """
    need("httpx")
    if not (agent.isascii() and agent.isprintable() and agent.strip()):
        raise refused("use ASCII only: unaccented letters, digits and punctuation", "--agent")
    check_endings([("--output", output, form)])
    # --write is an input too, as the file is read first: it must not be the output.
    work = Workspace(lang, None, catalogue, [("--output", output)], [("--write", write)], force=force)
    services, offices = work.catalogue.services, () if service else tuple(work.catalogue.offices.values())
    unknown = [name for name in service or () if name not in services]
    if unknown:
        raise UsageProblems([unknown_name("service", name, tuple(services)) for name in unknown])
    chosen = [services[name] for name in service] if service else services.values()
    target = OverlayFile(write, work) if write else None
    if write:
        check_writable(write)
    with Results(work.environment.stdout) as results:
        file = results.open(output)  # first, so that minutes of requests are not wasted on a file we cannot write
        options = RequestOptions(agent.strip(), timeout, at_once, pause)
        links = ask_links(pages_of(chosen, offices), options)
        file.write(_as_json(links) if form is Format.JSON else _as_text(links, work.words, everything=everything))
    if target:
        entries = {**target.entries("service"), **target.entries("office")}
        if changes := changes_from(links, entries, work.environment.today):
            target.write(target.changed(changes))
    raise typer.Exit(WRONG_INPUT if any(link.wrong for link in links) else DONE)


def _as_text(links: list[Link], words: Words, *, everything: bool) -> str:
    """Return the links as text, the worst first; addresses are not wrapped, so that they can be clicked."""
    order = list(Answer)
    shown = [link for link in links if everything or link.missing or link.answer is not Answer.OK]
    lines = []
    for link in sorted(shown, key=lambda link: -order.index(link.answer)):
        status = f" {link.status}" if link.status else ""
        why = f" ({words.gettext(link.why)})" if link.why else ""
        lines.append(f"{words.gettext(link.answer.value)}{why}{status}  {printable(link.url)}")
        lines += [f"    → {printable(link.target)}"] if link.target else []
        for each in link.missing:
            missing = words.gettext("no longer shows {contact} ({entry})")
            lines.append("    " + printable(missing.format(contact=each.value, entry=each.entry)))
        lines.append(f"    {', '.join(link.services)}")
    broken = sum(link.answer.broken for link in links)
    total = words.gettext("{pages} pages checked, {broken} broken")
    return "\n".join([*lines, total.format(pages=len(links), broken=broken)]) + "\n"


def _as_json(links: list[Link]) -> str:
    pages = [
        {
            "url": link.url,
            "answer": link.answer.value,
            "broken": link.answer.broken,
            "status": link.status or None,
            "target": link.target or None,
            "services": list(link.services),
            "suspicious": link.answer is Answer.SUSPICIOUS,
            "why": link.why or None,
            "shown": [{"entry": each.entry, each.kind: each.value} for each in link.shown],
            "missing": [{"entry": each.entry, each.kind: each.value} for each in link.missing],
        }
        for link in links
    ]
    return json_text("kotoneuvo/links/1", pages=pages)
