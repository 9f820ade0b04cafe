"""`kotoneuvo catalogue import-ptv` and `refresh`: new entries from the national register, and news of paired ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.catalogue.confirm import toml_item
from kotoneuvo.catalogue.files import data_folder
from kotoneuvo.catalogue.overlays import read_catalogue_file
from kotoneuvo.catalogue.ptv.api import FetchRequest
from kotoneuvo.catalogue.ptv.choice import RegisterChoice
from kotoneuvo.catalogue.ptv.entries import drafts
from kotoneuvo.catalogue.ptv.merge import merge, valid_entries
from kotoneuvo.catalogue.ptv.refresh import Refreshed, numbers_of, refresh
from kotoneuvo.catalogue.read_facts import read_facts
from kotoneuvo.cli.catalogues import CatalogueFiles, Workspace
from kotoneuvo.cli.commands import command_with
from kotoneuvo.cli.environment import Environment, refused
from kotoneuvo.cli.named_files import Force
from kotoneuvo.cli.options import Form, Format, Lang
from kotoneuvo.cli.output import json_text
from kotoneuvo.cli.overlay_file import OverlayFile
from kotoneuvo.cli.register_source import RegisterOptions
from kotoneuvo.words import Words, printable


@dataclass(frozen=True)
class ImportOptions(RegisterOptions):
    """The options of `import-ptv`."""

    output: Annotated[Path | None, typer.Option(help="write the overlay here instead of to stdout")] = None
    force: Force = False
    lang: Lang = None


@command_with(ImportOptions)
def import_entries(options: ImportOptions) -> None:
    """Turn services of the national Finnish Service Catalogue (PTV) into an overlay: names, contacts, hours, area.

    Every entry stays unread, and at best possible, until you have read for whom it is. Your changes are kept.
    """
    facts, output = read_facts(data_folder()), options.output
    options.check(searched=True)
    seen = options.seen(Environment.current())
    work = Workspace(options.lang, None, None, [("--output", output)], options.files(), force=options.force)
    records = options.records(facts, work)
    draft = drafts(records, facts, seen, options.choice)
    # The file of an earlier import may have been edited since; those changes are kept.
    earlier = read_catalogue_file(output).specs() if output and output.is_file() else []
    merged = merge(draft.entries, earlier)
    entries, invalid = valid_entries(merged.entries, facts, work.environment.today)
    work.say(*map(work.words.problem, (*draft.problems, *merged.problems, *invalid)))
    counts = [
        work.words.counted("{count} service read", "{count} services read", len(records.services)),
        work.words.gettext("{count} of them not about integration").format(count=draft.others),
        work.words.counted("{count} entry written", "{count} entries written", len(entries)),
    ]
    work.say(", ".join(counts if draft.others else (counts[0], counts[2])))
    # An empty overlay must not replace the file of an earlier import.
    if not draft.entries or (merged.entries and not entries):
        raise InputProblems([Problem("nothing was written: no service here can be used")])
    work.write(as_toml(entries), output)


def as_toml(entries: list[dict[str, Any]]) -> str:
    """Return the entries as a catalogue file for people to work on, with short tables on one line."""
    import tomlkit

    document, listed = tomlkit.document(), tomlkit.aot()
    document["catalogue"] = tomlkit.item({"name": "PTV"})
    for entry in entries:
        table = tomlkit.table()
        for key, value in entry.items():
            table[key] = toml_item(value)
        listed.append(table)
    if entries:
        document["service"] = listed
    return tomlkit.dumps(document)


_ARCHIVE = timedelta(days=730)
"""How far back the register is asked for archived services: as long as a confirmation is valid."""


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


# Without the options that search: the catalogue's own entries say which services are compared.
@command_with(RefreshOptions, "ids", "municipality", "nationwide", "classes", "everything")
def refresh_entries(options: RefreshOptions) -> None:
    """Hold the catalogue against the national register (PTV): confirm what agrees, show what differs and what is gone.

    Looks at entries that `catalogue match` has paired. What an editor changed stays. Needs --file to write.
    """
    file, work = options.file, Workspace(options.lang, files=options.catalogue)
    if options.accept and file is None:
        raise refused("this needs --file", "--accept")
    options.check(searched=False)
    today, seen = work.environment.today, options.seen(work.environment)
    target = OverlayFile(file or Path("-"), work)
    whole = work.catalogue_with(file)
    services, offices = (
        {name: each.spec for name, each in target.entries(kind).items()} for kind in ("service", "office")
    )
    ids, channels = numbers_of(services, offices)
    since = today - _ARCHIVE if ids else None
    wanted = FetchRequest(RegisterChoice(ids=tuple(ids)), channels=tuple(channels), archived_since=since)
    records = options.records(whole.facts, work, wanted)
    found = refresh(services, offices, whole, records, seen)
    if options.form is Format.JSON:
        work.write(_as_json(found, today))
    else:
        work.say(*map(work.words.problem, records.problems))
        work.write("\n".join(_lines(found, work.words)) + "\n")
    changes = found.changes(accept=options.accept)
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
        for sign, value in (("-", each.ours), ("+", each.theirs)):
            if value:
                yield printable(f"  {sign} {each.field}: {value}")
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
