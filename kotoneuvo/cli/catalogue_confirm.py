"""`kotoneuvo catalogue confirm`: what a page or a person said of a service on a day; written back into its file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kotoneuvo.advice.problems import N_, Problem
from kotoneuvo.cli import completion
from kotoneuvo.cli.catalogues import CatalogueFiles, catalogue_files
from kotoneuvo.cli.environment import Environment, UsageProblems
from kotoneuvo.cli.exit_codes import guarded
from kotoneuvo.cli.options import Lang

if TYPE_CHECKING:
    from kotoneuvo.catalogue.change import EntryChange, Evidence
    from kotoneuvo.catalogue.overlays import CatalogueFile, Entry
    from kotoneuvo.cli.overlay_file import OverlayFile
    from kotoneuvo.words import Words


@guarded
def run(
    service: Annotated[str, typer.Argument(help="the id of the service", autocompletion=completion.services)],
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
    from kotoneuvo.catalogue.change import Evidence
    from kotoneuvo.catalogue.confirm import confirmed_until
    from kotoneuvo.cli.overlay_file import OverlayFile
    from kotoneuvo.words import printable

    environment = Environment.current()
    words = environment.words(lang)
    evidence = Evidence(environment.day(day, "--date"), source, said)
    _check(evidence, environment)
    target = OverlayFile(file or _home(service, catalogue_files(environment, catalogue)), environment, catalogue)
    entries = {**target.entries(), **target.entries("office")}
    if service not in entries:
        raise UsageProblems([_unknown(service, list(entries))])
    stands = confirmed_until(entries[service].spec, source) if not contact else None
    if stands and evidence.day < stands <= environment.today:
        problem = Problem("it was confirmed on {date}, which is later", {"date": stands}, fieldname="--date")
        raise UsageProblems([problem])
    changes = _changes(service, entries[service], evidence, contact or [], everything)
    target.write(target.changed(changes))
    told = words.gettext("{service}: confirmed, written to {file}")
    print(told.format(service=printable(service), file=printable(str(target.path))))
    if not contact:
        _say_older(service, OverlayFile(target.path, environment, catalogue), environment, words)


def _check(evidence: Evidence, environment: Environment) -> None:
    """Raise UsageProblems for what is no page, no word of a person or no day."""
    from kotoneuvo.catalogue.contacts import is_url

    if bool(evidence.url) == bool(evidence.said):
        raise UsageProblems([Problem(N_("either --source or --said is needed"))])
    if evidence.url and not is_url(evidence.url):
        problem = Problem('"{found}" is not the address of a page', {"found": evidence.url}, fieldname="--source")
        raise UsageProblems([problem])
    if evidence.day > environment.today:
        raise UsageProblems([Problem("this date is in the future", fieldname="--date")])


def _changes(
    service: str, entry: Entry, evidence: Evidence, contacts: list[str], everything: bool
) -> list[EntryChange]:
    """Single contact points; or the entry, and with `everything` also its way in and all contact points."""
    from kotoneuvo.catalogue.change import ACCESS, EntryChange
    from kotoneuvo.catalogue.confirm import part_names

    if contacts:
        return [EntryChange(service, evidence, each) for each in contacts]
    parts = [""]
    if everything:
        parts += [ACCESS] if ACCESS in entry.spec else []
        parts += part_names(entry.spec)
    return [EntryChange(service, evidence, part) for part in parts]


def _say_older(service: str, written: OverlayFile, environment: Environment, words: Words) -> None:
    """What of the service still rests on a source that is too old, with how to confirm it."""
    found = written.catalogue
    entry = found.services.get(service) or found.offices[service]
    count = sum(each.stale(environment.today) for each in entry.contacts)
    count += service in found.services and found.services[service].access.stale(environment.today)
    if count:
        said = words.ngettext(
            "{count} contact point or way in rests on an older source: confirm it with --contact, or all with --all",
            "{count} contact points or ways in rest on older sources: confirm them with --contact, or all with --all",
            count,
        )
        print(said.format(count=count), file=environment.stderr)


def _home(service: str, files: Sequence[CatalogueFile]) -> Path:
    """The file that has the last word on the service. Raises UsageProblems if it may not be written to."""
    from kotoneuvo.catalogue.change import kind_of
    from kotoneuvo.catalogue.files import data_folder
    from kotoneuvo.catalogue.overlays import lay_by_key

    entries = lay_by_key(files, kind_of(service))
    if service not in entries:
        raise UsageProblems([_unknown(service, list(entries))])
    home = entries[service].layers[-1].file.path
    if home.parent == data_folder() and (data_folder().parent / "__init__.py").exists():
        message = N_("this entry belongs to the program's own catalogue; name a file of yours with --file")
        raise UsageProblems([Problem(message)])
    return home


def _unknown(service: str, known: list[str]) -> Problem:
    from kotoneuvo.advice.situation import unknown_name

    return unknown_name("service", service, tuple(known))
