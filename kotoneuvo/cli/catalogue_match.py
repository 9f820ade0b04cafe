"""`kotoneuvo catalogue match`: which service of the national register is which of ours; a person decides, once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kotoneuvo.advice.problems import N_, Problem
from kotoneuvo.advice.service import MAINLAND, NATIONWIDE
from kotoneuvo.cli.catalogues import CatalogueFiles, Session, catalogue_files, with_own
from kotoneuvo.cli.environment import Environment, UsageProblems
from kotoneuvo.cli.exit_codes import guarded
from kotoneuvo.cli.options import Form, Format, Lang
from kotoneuvo.cli.register_source import Given, RegisterCommand

if TYPE_CHECKING:
    from kotoneuvo.advice.service import Catalogue, Service
    from kotoneuvo.catalogue.overlays import Entry
    from kotoneuvo.catalogue.ptv.match import Proposal
    from kotoneuvo.words import Words

WHY = {"name": N_("name"), "contact": N_("a contact"), "organization": N_("organisation"), "host": N_("web site")}
"""What a proposal rests on, in words."""
_YES, _NO, _NEVER, _STOP = "1", "2", "3", "q"


class MatchCommand(RegisterCommand):
    """`match` stores no date: when a file was fetched does not matter to it."""

    without = ("fetched",)


@guarded
def run(
    context: typer.Context,
    file: Annotated[Path | None, typer.Option(help="your catalogue file, where the answers are stored")] = None,
    yes: Annotated[
        list[str] | None, typer.Option(help="this one is that one, PTV-ID=service, without asking (repeatable)")
    ] = None,
    never: Annotated[
        list[str] | None, typer.Option(help="this one is not that one, PTV-ID=service (repeatable)")
    ] = None,
    weak: Annotated[bool, typer.Option("--weak", help="also pairs that are probably not the same")] = False,
    catalogue: CatalogueFiles = None,
    form: Form = Format.TEXT,
    lang: Lang = None,
) -> None:
    """Pair services of the national register (PTV) with ours: both sides side by side; yes, no or never, asked once.

    With --file on a terminal it asks; else it lists. `catalogue refresh` then keeps what is paired up to date.
    """
    from kotoneuvo.catalogue.overlays import lay_by_key

    if (yes or never) and file is None:
        raise UsageProblems([Problem(N_("this needs --file"), fieldname="--yes" if yes else "--never")])
    layers = with_own(catalogue, file)
    session = Session.begin(lang, None, layers)
    environment = session.environment
    known = lay_by_key(catalogue_files(environment, layers))
    services = session.catalogue.services
    answers = {**_pairs(yes, "--yes", services, _YES), **_pairs(never, "--never", services, _NEVER)}
    given = Given.of(context)
    if not answers or given.source or given.from_api:
        proposals = [each for each in _proposals(given, known, session) if weak or each.above]
        if form is Format.JSON:
            environment.stdout.write(_as_json(proposals))
        elif file and environment.on_terminal:
            answers |= _ask(proposals, session)
        else:
            _list(proposals, session)
    if file and answers:
        _store(file, answers, known, environment, catalogue)


def _proposals(given: Given, known: Mapping[str, Entry], session: Session) -> list[Proposal]:
    """Pairs that nobody has decided yet."""
    from kotoneuvo.catalogue.ptv.entries import drafts
    from kotoneuvo.catalogue.ptv.match import Matcher

    given.check(searched=True)
    environment, whole = session.environment, session.catalogue
    records = given.records(whole.facts, session.words, environment)
    entries = drafts(records, whole.facts, given.seen(environment), given.choice).entries
    decided = {str(each.spec["ptv"]): name for name, each in known.items() if each.spec.get("ptv")}
    never = [(str(other), name) for name, each in known.items() for other in each.spec.get("ptv_not", ())]
    return Matcher(whole, entries, environment.today).proposals(decided, never)


def _list(proposals: list[Proposal], session: Session) -> None:
    for each in proposals:
        print(*_sides(each, session.catalogue, session.words), sep="\n", file=session.environment.stdout)
    said = session.words.ngettext("{count} pair", "{count} pairs", len(proposals))
    print(said.format(count=len(proposals)), file=session.environment.stderr)


def _pairs(
    given: list[str] | None, option: str, services: Mapping[str, Service], answer: str
) -> dict[tuple[str, str], str]:
    from kotoneuvo.advice.situation import unknown_name

    found = {}
    for each in given or ():
        number, _, service = each.rpartition("=")
        if not number:
            raise UsageProblems([Problem(N_('"{found}" is no pair'), {"found": each}, fieldname=option,
                                         allowed=("PTV-ID=service",))])  # fmt: skip
        if service not in services:
            raise UsageProblems([unknown_name("service", service, tuple(services))._replace(fieldname=option)])
        found[number, service] = answer
    return found


def _ask(proposals: list[Proposal], session: Session) -> dict[tuple[str, str], str]:
    """Each pair in turn, until the person stops."""
    environment, words = session.environment, session.words
    answers: dict[tuple[str, str], str] = {}
    choices = words.gettext("1 the same, 2 not now, 3 never the same, q stop: ")
    for place, each in enumerate(proposals, 1):
        print(f"\n{place}/{len(proposals)}", *_sides(each, session.catalogue, words), sep="\n", file=environment.stdout)
        answer = ""
        while answer not in (_YES, _NO, _NEVER, _STOP):
            print(choices, end="", file=environment.stdout, flush=True)
            line = environment.stdin.readline()
            # No line at all is the end of the input; Enter alone is a line, and asked again.
            answer = line.strip().casefold() if line else _STOP
        if answer == _STOP:
            break
        answers[each.entry["ptv"], each.service.id] = answer
    return answers


def _sides(each: Proposal, whole: Catalogue, words: Words) -> Iterator[str]:
    """Both sides of a pair, line by line: name, organisation, area, page, what it is part of."""
    from kotoneuvo.words import printable

    _ = words.gettext
    entry, service = each.entry, each.service
    why = ", ".join(_(WHY[reason]) for reason in each.why)
    yield printable(f"{words.pick(entry['name'])}  =  {words.pick(service.name)}  ({round(each.score * 100)} %: {why})")
    page = next((url for contact in entry.get("contact", ()) for url in _urls(contact.get("url"))), "")
    parent = whole.services[service.part_of].name if service.part_of in whole.services else None
    for label, mine, theirs in (
        ("id", entry["ptv"], service.id),
        (_("organisation"), entry.get("organization", ""), service.organization),
        (_("area"), _area(entry.get("area", ()), whole, words), _area(service.area, whole, words)),
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


def _area(codes: Sequence[str], whole: Catalogue, words: Words) -> str:
    """Municipalities by name, how many where they are many, or the whole country."""
    if len(codes) > _FEW:
        return words.ngettext("{count} municipality", "{count} municipalities", len(codes)).format(count=len(codes))
    towns = whole.facts.municipalities
    wide = {NATIONWIDE: words.gettext("the whole country"), MAINLAND: words.gettext("all but Åland")}
    return ", ".join(words.pick(towns[code].name) if code in towns else wide.get(code, code) for code in codes)


_FEW = 6


def _as_json(proposals: list[Proposal]) -> str:
    from kotoneuvo.cli.output import json_text

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


def _store(
    file: Path,
    answers: Mapping[tuple[str, str], str],
    known: Mapping[str, Entry],
    environment: Environment,
    catalogue: list[Path] | None,
) -> None:
    """Write what was decided into the file; what is put off is not."""
    from kotoneuvo.catalogue.change import REGISTER, EntryChange, Evidence
    from kotoneuvo.cli.overlay_file import OverlayFile

    evidence = Evidence(environment.today)
    changes = []
    refused: dict[str, list[str]] = {}
    for (number, service), answer in answers.items():
        if answer == _YES:
            changes.append(EntryChange(service, evidence, REGISTER, {"ptv": number}))
        elif answer == _NEVER:
            refused.setdefault(service, list(known[service].spec.get("ptv_not", ()))).append(number)
    changes += [EntryChange(service, evidence, REGISTER, {"ptv_not": numbers}) for service, numbers in refused.items()]
    if changes:
        target = OverlayFile(file, environment, catalogue)
        target.write(target.changed(changes))
