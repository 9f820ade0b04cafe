"""`kotoneuvo catalogue refresh`: the whole catalogue held against the national register, in one command."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kotoneuvo.advice.problems import N_, Problem
from kotoneuvo.cli import register_source as register
from kotoneuvo.cli.catalogue_check import Format
from kotoneuvo.cli.catalogues import CatalogueFiles, need, open_catalogue
from kotoneuvo.cli.environment import Environment, UsageProblems
from kotoneuvo.cli.exit_codes import guarded
from kotoneuvo.cli.options import Lang

if TYPE_CHECKING:
    from kotoneuvo.advice.facts import FactBook
    from kotoneuvo.catalogue.ptv.records import Records
    from kotoneuvo.catalogue.ptv.refresh import Refreshed
    from kotoneuvo.words import Words

_ARCHIVE = timedelta(days=730)
"""How far back the register is asked what has left it: as long as a confirmation is good."""


@guarded
def run(
    source: register.Source = None,
    from_api: register.FromApi = False,
    server: register.Address = None,
    timeout: register.Timeout = 30,
    pause: register.Pause = 0.2,
    fetched: register.Fetched = None,
    file: Annotated[
        Path | None, typer.Option(help="your catalogue file: write what the register confirms (default: only show)")
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="also take over what the register says otherwise")] = False,
    catalogue: CatalogueFiles = None,
    form: Annotated[Format, typer.Option("--format", help="text, or json for scripts")] = Format.TEXT,
    lang: Lang = None,
) -> None:
    """Hold the catalogue against the national register (PTV): confirm what agrees, show what differs and what is gone.

    Looks at entries that `catalogue match` has paired. What an editor changed stays. Needs --file to write.
    """
    from kotoneuvo.catalogue.files import data_folder
    from kotoneuvo.catalogue.ptv.refresh import refresh
    from kotoneuvo.catalogue.read_facts import read_facts
    from kotoneuvo.cli.overlay_file import OverlayFile

    environment = Environment.current()
    words = environment.words(lang)
    if accept and file is None:
        raise UsageProblems([Problem(N_("this needs --file"), fieldname="--accept")])
    given = register.Given(source, from_api, server=server, timeout=timeout, pause=pause, fetched=fetched)
    given.check(searched=False)
    seen = given.seen(environment)
    target = OverlayFile(file or Path("-"), environment, catalogue)
    layers = [*(catalogue or ()), *([file] if file and file.exists() and file not in (catalogue or ()) else ())]
    whole = open_catalogue(environment, layers)
    services, offices = (
        {name: each.spec for name, each in target.entries(kind).items()} for kind in ("service", "office")
    )
    records = _records(given, services, offices, read_facts(data_folder()), words, environment)
    found = refresh(services, offices, whole, records, seen)
    for problem in records.problems if form is Format.TEXT else ():
        print(words.problem(problem), file=environment.stderr)
    environment.stdout.write(_as_json(found, environment.today) if form is Format.JSON else _as_text(found, words))
    changes = found.changes(accept=accept)
    if file and changes:
        target.write(target.changed(changes))


def _records(
    given: register.Given,
    services: Mapping[str, Mapping[str, Any]],
    offices: Mapping[str, Mapping[str, Any]],
    facts: FactBook,
    words: Words,
    environment: Environment,
) -> Records:
    """What is read: files, or just what the catalogue names."""
    from kotoneuvo.catalogue.ptv.refresh import numbers_of

    if given.source:
        return given.records(facts, words, environment)
    need("httpx")
    from kotoneuvo.catalogue.ptv.api import Wanted, fetch
    from kotoneuvo.catalogue.ptv.choice import Choice

    ids, channels = numbers_of(services, offices)
    since = environment.today - _ARCHIVE if ids else None
    wanted = Wanted(Choice(ids=tuple(ids)), channels=tuple(channels), archived_since=since)
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
    counts = (
        words.ngettext("{count} entry confirmed", "{count} entries confirmed", entries).format(count=entries),
        words.ngettext("{count} contact point confirmed", "{count} contact points confirmed", contacts).format(
            count=contacts
        ),
        words.ngettext("{count} difference", "{count} differences", differences).format(count=differences),
        words.ngettext("{count} entry not paired", "{count} entries not paired", left).format(count=left),
    )
    yield ", ".join(counts)


def _as_json(found: Refreshed, day: date) -> str:
    from kotoneuvo.words import still

    data = {
        "schema": "kotoneuvo/refresh/1",
        "as_of": day.isoformat(),
        "confirmed": [{"entry": each.entry, "contact": each.part or None} for each in found.confirmed],
        "differences": [
            {"entry": each.entry, "field": each.field, "ours": each.ours, "register": each.theirs, "kept": each.kept}
            for each in found.differences
        ],
        "gone": [{"entry": name, "ptv": number} for name, number in found.gone],
        "partial": found.partial,
        "not_read": found.unread,
        "not_paired": found.unmatched,
    }
    return still(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"
