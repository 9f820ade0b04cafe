"""`kotoneuvo catalogue refresh`: the whole catalogue held against the national register, in one command."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from kotoneuvo.catalogue.ptv.api import FetchRequest
from kotoneuvo.catalogue.ptv.choice import RegisterChoice
from kotoneuvo.catalogue.ptv.refresh import Refreshed, numbers_of, refresh
from kotoneuvo.cli.catalogues import CatalogueFiles, Workspace
from kotoneuvo.cli.commands import command_with
from kotoneuvo.cli.environment import refused
from kotoneuvo.cli.options import Form, Format, Lang
from kotoneuvo.cli.output import json_text
from kotoneuvo.cli.overlay_file import OverlayFile
from kotoneuvo.cli.register_source import RegisterOptions
from kotoneuvo.words import Words, printable

_ARCHIVE = timedelta(days=730)
"""How far back the register is asked what has left it: as long as a confirmation is good."""


@dataclass(frozen=True)
class RefreshOptions(RegisterOptions):
    """The options of `refresh`."""

    file: Annotated[
        Path | None, typer.Option(help="your catalogue file: write what the register confirms (default: only show)")
    ] = None
    accept: Annotated[bool, typer.Option("--accept", help="also take over what the register says otherwise")] = False
    catalogue: CatalogueFiles = None
    form: Form = Format.TEXT
    lang: Lang = None


# Nothing is searched for: what is asked for stands in the catalogue.
@command_with(RefreshOptions, "ids", "municipality", "nationwide", "classes", "everything")
def run(asked: RefreshOptions) -> None:
    """Hold the catalogue against the national register (PTV): confirm what agrees, show what differs and what is gone.

    Looks at entries that `catalogue match` has paired. What an editor changed stays. Needs --file to write.
    """
    file, work = asked.file, Workspace(asked.lang, files=asked.catalogue)
    if asked.accept and file is None:
        raise refused("this needs --file", "--accept")
    asked.check(searched=False)
    today, seen = work.environment.today, asked.seen(work.environment)
    target = OverlayFile(file or Path("-"), work)
    whole = work.catalogue_with(file)
    services, offices = (
        {name: each.spec for name, each in target.entries(kind).items()} for kind in ("service", "office")
    )
    ids, channels = numbers_of(services, offices)
    since = today - _ARCHIVE if ids else None
    wanted = FetchRequest(RegisterChoice(ids=tuple(ids)), channels=tuple(channels), archived_since=since)
    records = asked.records(whole.facts, work, wanted)
    found = refresh(services, offices, whole, records, seen)
    if asked.form is Format.JSON:
        work.write(_as_json(found, today))
    else:
        work.say(*map(work.words.problem, records.problems))
        work.write("\n".join(_lines(found, work.words)) + "\n")
    changes = found.changes(accept=asked.accept)
    if file and changes:
        target.write(target.changed(changes))


def _lines(found: Refreshed, words: Words) -> Iterator[str]:
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
    contacts, counted = len(found.confirmed) - entries, words.counted
    yield ", ".join(
        (
            counted("{count} entry confirmed", "{count} entries confirmed", entries),
            counted("{count} contact point confirmed", "{count} contact points confirmed", contacts),
            counted("{count} difference", "{count} differences", len(found.differences)),
            counted("{count} entry not paired", "{count} entries not paired", found.unmatched),
        )
    )


def _as_json(found: Refreshed, day: date) -> str:
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
