"""`kotoneuvo catalogue match`: pairs the national register's services with ours; a person decides once on each pair."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from kotoneuvo.advice.problems import N_, Problem
from kotoneuvo.advice.service import Catalogue, Service
from kotoneuvo.advice.situation import unknown_name
from kotoneuvo.catalogue.change import REGISTER, EntryChange, Evidence
from kotoneuvo.catalogue.overlays import Entry, entries_by_key
from kotoneuvo.catalogue.ptv.entries import drafts
from kotoneuvo.catalogue.ptv.match import Matcher, Proposal
from kotoneuvo.cli.catalogues import CatalogueFiles, Workspace
from kotoneuvo.cli.commands import command_with
from kotoneuvo.cli.environment import UsageProblems, refused
from kotoneuvo.cli.options import Form, Format, Lang
from kotoneuvo.cli.output import json_text
from kotoneuvo.cli.overlay_file import OverlayFile
from kotoneuvo.cli.register_source import RegisterOptions
from kotoneuvo.render.facets import area_text
from kotoneuvo.words import Words, printable

WHY = {"name": N_("name"), "contact": N_("a contact"), "organization": N_("organisation"), "host": N_("web site")}
"""The reasons for a proposal, in words."""
_YES, _NO, _NEVER, _STOP = "1", "2", "3", "q"


@dataclass(frozen=True)
class MatchOptions(RegisterOptions):
    """The options of `match`."""

    file: Annotated[Path | None, typer.Option(help="your catalogue file, where the answers are stored")] = None
    yes: Annotated[
        list[str] | None, typer.Option(help="this one is that one, PTV-ID=service, without asking (repeatable)")
    ] = None
    never: Annotated[list[str] | None, typer.Option(help="this one is not that one, PTV-ID=service (repeatable)")] = (
        None
    )
    weak: Annotated[bool, typer.Option("--weak", help="also pairs that are probably not the same")] = False
    catalogue: CatalogueFiles = None
    form: Form = Format.TEXT
    lang: Lang = None


# Without --fetched: a pair has no date, so it does not matter when the file was fetched.
@command_with(MatchOptions, "fetched")
def run(options: MatchOptions) -> None:
    """Pair services of the national register (PTV) with ours: both sides side by side; yes, no or never, asked once.

    With --file on a terminal it asks; else it lists. `catalogue refresh` then keeps what is paired up to date.
    """
    file = options.file
    if (options.yes or options.never) and file is None:
        raise refused("this needs --file", "--yes" if options.yes else "--never")
    work = Workspace(options.lang, files=options.catalogue)
    whole = work.catalogue_with(file)
    known = entries_by_key(work.files(file))
    answers = {
        **_pairs(options.yes, "--yes", whole.services, _YES),
        **_pairs(options.never, "--never", whole.services, _NEVER),
    }
    if not answers or options.source or options.from_api:
        proposals = [each for each in _proposals(options, known, whole, work) if options.weak or each.above]
        if options.form is Format.JSON:
            work.write(_as_json(proposals))
        elif file and work.environment.on_terminal:
            answers |= _ask(proposals, whole, work)
        else:
            for each in proposals:
                print(*_sides(each, whole, work.words), sep="\n")
            work.say(work.words.counted("{count} pair", "{count} pairs", len(proposals)))
    if file and answers:
        _store(OverlayFile(file, work), answers, known)


def _proposals(
    options: RegisterOptions, known: Mapping[str, Entry], whole: Catalogue, work: Workspace
) -> list[Proposal]:
    """Return the likely pairs that nobody has decided on yet."""
    options.check(searched=True)
    records = options.records(whole.facts, work)
    entries = drafts(records, whole.facts, options.seen(work.environment), options.choice).entries
    decided = {str(each.spec["ptv"]): name for name, each in known.items() if each.spec.get("ptv")}
    never = [(str(other), name) for name, each in known.items() for other in each.spec.get("ptv_not", ())]
    return Matcher(whole, entries, work.environment.today).proposals(decided, never)


def _pairs(
    given: list[str] | None, option: str, services: Mapping[str, Service], answer: str
) -> dict[tuple[str, str], str]:
    found = {}
    for each in given or ():
        number, _, service = each.rpartition("=")
        if not number:
            raise UsageProblems([Problem('"{found}" is no pair', {"found": each}, fieldname=option,
                                         allowed=("PTV-ID=service",))])  # fmt: skip
        if service not in services:
            raise UsageProblems([unknown_name("service", service, tuple(services))._replace(fieldname=option)])
        found[number, service] = answer
    return found


def _ask(proposals: list[Proposal], whole: Catalogue, work: Workspace) -> dict[tuple[str, str], str]:
    """Ask about each pair in turn until the person stops; return the answers by (PTV id, service id)."""
    answers: dict[tuple[str, str], str] = {}
    choices = work.words.gettext("1 the same, 2 not now, 3 never the same, q stop: ")
    for place, each in enumerate(proposals, 1):
        print(f"\n{place}/{len(proposals)}", *_sides(each, whole, work.words), sep="\n")
        answer = ""
        while answer not in (_YES, _NO, _NEVER, _STOP):
            print(choices, end="", flush=True)
            line = work.environment.stdin.readline()
            # readline returns "" at the end of the input only; Enter alone gives "\n", and the question comes again.
            answer = line.strip().casefold() if line else _STOP
        if answer == _STOP:
            break
        answers[each.entry["ptv"], each.service.id] = answer
    return answers


def _sides(each: Proposal, whole: Catalogue, words: Words) -> Iterator[str]:
    """Yield lines with the register's side and ours: name, organisation, area, page, what it is part of."""
    _ = words.gettext
    entry, service = each.entry, each.service
    why = ", ".join(_(WHY[reason]) for reason in each.why)
    yield printable(f"{words.pick(entry['name'])}  =  {words.pick(service.name)}  ({round(each.score * 100)} %: {why})")
    page = next((url for contact in entry.get("contact", ()) for url in _urls(contact.get("url"))), "")
    parent = whole.services[service.part_of].name if service.part_of in whole.services else None
    for label, mine, theirs in (
        ("id", entry["ptv"], service.id),
        (_("organisation"), entry.get("organization", ""), service.organization),
        (_("area"), *(area_text(each, whole.facts, words) for each in (entry.get("area", ()), service.area))),
        (_("page"), page, next((url for contact in service.contacts for url in contact.url.values()), "")),
        (_("part of"), "", words.pick(parent) if parent else ""),
    ):
        if mine or theirs:
            yield printable(f"  {label}: {mine or '–'}  |  {theirs or '–'}")
    if each.partial:
        yield "  " + _("its area does not cover ours: contacts are not taken over")
    if each.others:
        yield "  " + _("nearly as alike: {services}").format(services=", ".join(each.others))


def _urls(found: object) -> list[str]:
    return list(map(str, found.values())) if isinstance(found, dict) else [str(found)] if found else []


def _as_json(proposals: list[Proposal]) -> str:
    pairs = [
        {
            "ptv": each.entry["ptv"],
            "name": each.entry["name"],
            "service": each.service.id,
            "score": each.score,
            "why": list(each.why),
            "proposed": each.above,
            "partial": each.partial,
            "others": list(each.others),
        }
        for each in proposals
    ]
    return json_text("kotoneuvo/match/1", pairs=pairs)


def _store(target: OverlayFile, answers: Mapping[tuple[str, str], str], known: Mapping[str, Entry]) -> None:
    """Write the pairs that are the same or never the same into the file; "not now" is not stored."""
    fields: dict[str, dict[str, Any]] = {}
    for (number, service), answer in sorted(answers.items(), key=lambda each: each[1]):
        if answer == _YES:
            fields.setdefault(service, {})["ptv"] = number
        elif answer == _NEVER:
            before = list(known[service].spec.get("ptv_not", ()))
            fields.setdefault(service, {}).setdefault("ptv_not", before).append(number)
    evidence = Evidence(target.work.environment.today)
    changes = [EntryChange(service, evidence, REGISTER, decided) for service, decided in fields.items()]
    if changes:
        target.write(target.changed(changes))
