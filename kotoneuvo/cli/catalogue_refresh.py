"""`kotoneuvo catalogue refresh`: the whole catalogue held against the national register, in one command."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kotoneuvo.advice.problems import N_, Problem
from kotoneuvo.cli.catalogues import CatalogueFiles, need, open_catalogue, with_own
from kotoneuvo.cli.environment import Environment, UsageProblems
from kotoneuvo.cli.exit_codes import guarded
from kotoneuvo.cli.options import Form, Format, Lang
from kotoneuvo.cli.register_source import Given, RegisterCommand

if TYPE_CHECKING:
    from kotoneuvo.advice.facts import FactBook
    from kotoneuvo.catalogue.ptv.records import Records
    from kotoneuvo.catalogue.ptv.refresh import Refreshed, Specs
    from kotoneuvo.words import Words

_ARCHIVE = timedelta(days=730)
"""How far back the register is asked what has left it: as long as a confirmation is good."""


class RefreshCommand(RegisterCommand):
    """`refresh` searches for nothing: what it asks for stands in the catalogue."""

    without = ("ids", "municipality", "nationwide", "classes", "everything")


@guarded
def run(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Option(help="your catalogue file: write what the register confirms (default: only show)")
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="also take over what the register says otherwise")] = False,
    catalogue: CatalogueFiles = None,
    form: Form = Format.TEXT,
    lang: Lang = None,
) -> None:
    """Hold the catalogue against the national register (PTV): confirm what agrees, show what differs and what is gone.

    Looks at entries that `catalogue match` has paired. What an editor changed stays. Needs --file to write.
    """
    from kotoneuvo.catalogue.ptv.refresh import refresh
    from kotoneuvo.cli.overlay_file import OverlayFile

    environment = Environment.current()
    words = environment.words(lang)
    if accept and file is None:
        raise UsageProblems([Problem(N_("this needs --file"), fieldname="--accept")])
    given = Given.of(context)
    given.check(searched=False)
    seen = given.seen(environment)
    target = OverlayFile(file or Path("-"), environment, catalogue)
    whole = open_catalogue(environment, with_own(catalogue, file))
    services, offices = (
        {name: each.spec for name, each in target.entries(kind).items()} for kind in ("service", "office")
    )
    records = _records(given, services, offices, whole.facts, words, environment)
    found = refresh(services, offices, whole, records, seen)
    for problem in records.problems if form is Format.TEXT else ():
        print(words.problem(problem), file=environment.stderr)
    environment.stdout.write(_as_json(found, environment.today) if form is Format.JSON else _as_text(found, words))
    changes = found.changes(accept=accept)
    if file and changes:
        target.write(target.changed(changes))


def _records(
    given: Given, services: Specs, offices: Specs, facts: FactBook, words: Words, environment: Environment
) -> Records:
    """What is read: files, or just what the catalogue names."""
    from kotoneuvo.catalogue.ptv.refresh import numbers_of

    if given.source:
        return given.records(facts, words, environment)
    need("httpx")
    from kotoneuvo.catalogue.ptv.api import Wanted, fetch
    from kotoneuvo.catalogue.ptv.choice import RegisterChoice

    ids, channels = numbers_of(services, offices)
    since = environment.today - _ARCHIVE if ids else None
    wanted = Wanted(RegisterChoice(ids=tuple(ids)), channels=tuple(channels), archived_since=since)
    return fetch(wanted, facts, given.asking(words, environment))


def _as_text(found: Refreshed, words: Words) -> str:
    return "\n".join(_lines(found, words)) + "\n"


def _lines(found: Refreshed, words: Words) -> Iterator[str]:
    from kotoneuvo.words import printable

    _ = words.gettext
    entry = ""
    for each in found.differences:
        if each.entry != entry:
            entry = each.entry
            yield printable(entry)
        if each.kept:
            yield printable(f"  = {each.field}: {each.ours}")
            yield printable(f"  ? {_('your text was kept; the register now says: {found}').format(found=each.theirs)}")
            continue
        for sign, said in (("-", each.ours), ("+", each.theirs)):
            if said:
                yield printable(f"  {sign} {each.field}: {said}")
    for message, listed in (
        (_("no longer in the register: has it ended? {services}"), [name for name, number in found.gone]),
        (_("the register covers only part of its area, nothing taken over: {services}"), found.partial),
        (_("not among what was read: {services}"), found.unread),
    ):
        if listed:
            yield message.format(services=", ".join(listed))
    entries = sum(not each.part for each in found.confirmed)
    contacts, differences, left = len(found.confirmed) - entries, len(found.differences), found.unmatched
    yield ", ".join(
        said.format(count=count)
        for count, said in (
            (entries, words.ngettext("{count} entry confirmed", "{count} entries confirmed", entries)),
            (contacts, words.ngettext("{count} contact point confirmed", "{count} contact points confirmed", contacts)),
            (differences, words.ngettext("{count} difference", "{count} differences", differences)),
            (left, words.ngettext("{count} entry not paired", "{count} entries not paired", left)),
        )
    )


def _as_json(found: Refreshed, day: date) -> str:
    from kotoneuvo.cli.output import json_text

    return json_text(
        "kotoneuvo/refresh/1",
        as_of=day,
        confirmed=[{"entry": each.entry, "contact": each.part or None} for each in found.confirmed],
        differences=[
            {"entry": each.entry, "field": each.field, "ours": each.ours, "register": each.theirs, "kept": each.kept}
            for each in found.differences
        ],
        gone=[{"entry": name, "ptv": number} for name, number in found.gone],
        partial=found.partial,
        not_read=found.unread,
        not_paired=found.unmatched,
    )
