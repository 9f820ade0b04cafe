"""`kotoneuvo catalogue confirm`: records in a catalogue file what confirmed a service on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.advice.situation import unknown_name
from kotoneuvo.catalogue.change import ACCESS, EntryChange, Evidence, kind_of
from kotoneuvo.catalogue.confirm import confirmed_until, part_names
from kotoneuvo.catalogue.contacts import is_url
from kotoneuvo.catalogue.files import data_folder
from kotoneuvo.catalogue.overlays import CatalogueFile, Entry, entries_by_key
from kotoneuvo.cli.catalogues import CatalogueFiles, Workspace
from kotoneuvo.cli.commands import command
from kotoneuvo.cli.environment import UsageProblems, refused
from kotoneuvo.cli.options import Lang, words_for
from kotoneuvo.cli.overlay_file import OverlayFile
from kotoneuvo.words import printable


@command
def run(
    service: Annotated[str, typer.Argument(help="the id of the service", autocompletion=words_for("service"))],
    source: Annotated[str, typer.Option(help="the address of the page that says so")] = "",
    said: Annotated[
        str, typer.Option(help='or how you were told and by whom, without a name: "by phone, the service\'s adviser"')
    ] = "",
    contact: Annotated[
        list[str] | None, typer.Option(help="only this contact point: its number, address, page or name (repeatable)")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="also the way in and every contact point, whatever their source")
    ] = False,
    day: Annotated[str | None, typer.Option("--date", help="the day it was read or said (default: today)")] = None,
    file: Annotated[
        Path | None,
        typer.Option(help="the file to write to (default: the highest in priority that names the service)"),
    ] = None,
    catalogue: CatalogueFiles = None,
    lang: Lang = None,
) -> None:
    "Record what confirmed a service, or single contact points, on a day. Comments and order of the file stay."
    work = Workspace(lang, files=catalogue)
    today = work.environment.today
    evidence = Evidence(work.environment.day(day, "--date"), source, said)
    _check(evidence, today)
    target = OverlayFile(file or _last_file(service, work.files()), work)
    entries = {**target.entries(), **target.entries("office")}
    if service not in entries:
        raise UsageProblems([unknown_name("service", service, tuple(entries))])
    latest = confirmed_until(entries[service].spec, source) if not contact else None
    if latest and evidence.day < latest <= today:
        raise refused("it was confirmed on {date}, which is later", "--date", date=latest)
    target.write(target.changed(_changes(service, entries[service], evidence, contact or [], everything)))
    done = work.words.gettext("{service}: confirmed, written to {file}")
    print(done.format(service=printable(service), file=printable(str(target.path))))
    # Read again: the file that was just written says which parts still rest on older sources.
    older = 0 if contact else _count_stale(service, OverlayFile(target.path, work).catalogue, today)
    if older:
        hint = work.words.counted(
            "{count} contact point or way in rests on an older source: confirm it with --contact, or all with --all",
            "{count} contact points or ways in rest on older sources: confirm them with --contact, or all with --all",
            older,
        )
        work.say(hint)


def _check(evidence: Evidence, today: date) -> None:
    """Raise UsageProblems unless the evidence is one page or one person's word, on a day that is not in the future."""
    if bool(evidence.url) == bool(evidence.said):
        raise refused("either --source or --said is needed")
    if evidence.url and not is_url(evidence.url):
        raise refused('"{found}" is not the address of a page', "--source", found=evidence.url)
    if evidence.day > today:
        raise refused("this date is in the future", "--date")


def _changes(
    service: str, entry: Entry, evidence: Evidence, contacts: list[str], everything: bool
) -> list[EntryChange]:
    """Return changes that confirm the named contact points; without any, the entry.

    With `everything`, they also confirm the entry's way in and all its contact points.
    """
    parts = contacts or [""]
    if everything and not contacts:
        parts += [*([ACCESS] if ACCESS in entry.spec else []), *part_names(entry.spec)]
    return [EntryChange(service, evidence, part) for part in parts]


def _count_stale(service: str, catalogue: Catalogue, today: date) -> int:
    """Return how many contact points and ways in rest on a source that is too old."""
    entry = catalogue.services.get(service)
    contacts = (entry or catalogue.offices[service]).contacts
    return sum(each.stale(today) for each in contacts) + (entry is not None and entry.access.stale(today))


def _last_file(service: str, files: Sequence[CatalogueFile]) -> Path:
    """Return the file that has the last word on the service. Raises UsageProblems if it must not be written to."""
    entries = entries_by_key(files, kind_of(service))
    if service not in entries:
        raise UsageProblems([unknown_name("service", service, tuple(entries))])
    path = entries[service].layers[-1].file.path
    # In a checkout the data folder is beside the package, and its catalogue is there to be edited; installed, it is
    # inside the package, and the next update would overwrite it.
    if path.parent == data_folder() and (data_folder().parent / "__init__.py").exists():
        raise refused("this entry belongs to the program's own catalogue; name a file of yours with --file")
    return path
