"""`kotoneuvo catalogue import-ptv`: services of the national Finnish Service Catalogue as an overlay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import kotoneuvo
from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.cli import completion
from kotoneuvo.cli.catalogues import CatalogueFiles, need, overlays
from kotoneuvo.cli.environment import Environment, UsageProblems
from kotoneuvo.cli.guard import guarded
from kotoneuvo.cli.named_files import Force, Named, check_files
from kotoneuvo.cli.options import Lang

if TYPE_CHECKING:
    from kotoneuvo.advice.facts import FactBook
    from kotoneuvo.catalogue.overlays import CatalogueFile
    from kotoneuvo.catalogue.ptv.api import Asking
    from kotoneuvo.catalogue.ptv.contacts import Spec
    from kotoneuvo.catalogue.ptv.entries import Drafts
    from kotoneuvo.catalogue.ptv.match import Proposal
    from kotoneuvo.catalogue.ptv.records import Records
    from kotoneuvo.words import Words

AGENT = f"kotoneuvo/{kotoneuvo.__version__} (service catalogue import)"

Towns = Annotated[
    list[str] | None,
    typer.Option(
        help="with --from-api: the services of this municipality (repeatable)",
        autocompletion=completion.municipalities,
    ),
]
Match = Annotated[
    bool, typer.Option("--match", help="only refresh the contacts of services we have; the difference goes to stderr")
]


@guarded
def run(
    source: Annotated[Path | None, typer.Argument(help="a PTV v11 .json file, or a folder of them")] = None,
    match: Match = False,
    from_api: Annotated[bool, typer.Option("--from-api", help="ask PTV itself; uses the network")] = False,
    ids: Annotated[list[str] | None, typer.Option("--id", help="with --from-api: this service (repeatable)")] = None,
    municipality: Towns = None,
    server: Annotated[str | None, typer.Option(help="with --from-api: another address of the API")] = None,
    timeout: Annotated[float, typer.Option(help="with --from-api: seconds to wait for an answer", min=0.1)] = 30,
    pause: Annotated[float, typer.Option(help="with --from-api: seconds between two requests", min=0)] = 0.2,
    catalogue: CatalogueFiles = None,
    output: Annotated[Path | None, typer.Option(help="write the overlay here instead of to stdout")] = None,
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Services of the national Finnish Service Catalogue (PTV) as an overlay: names, contacts, hours, area.

    Every entry is unread, at best possible, until you have read whom it is for. What you change stays.
    """
    need("tomlkit")
    from kotoneuvo.catalogue.bundle import data_folder
    from kotoneuvo.catalogue.ptv.api import Asking
    from kotoneuvo.catalogue.ptv.entries import SERVER, drafts
    from kotoneuvo.catalogue.ptv.merge import merge
    from kotoneuvo.catalogue.ptv.records import read_records
    from kotoneuvo.catalogue.ptv.sound import sound
    from kotoneuvo.catalogue.read_facts import read_facts
    from kotoneuvo.cli.output import write_result

    environment = Environment.current()
    words, facts = environment.words(lang), read_facts(data_folder())
    _check_use(source, from_api, {"--id": ids, "--municipality": municipality, "--server": server})
    overlaid = catalogue if match and catalogue else ()
    check_files(environment, words, [("--output", output)], _files_of(source), overlaid, force=force)
    asking = Asking((server or SERVER).rstrip("/"), AGENT, timeout, pause, _waiting(words, environment))
    records = read_records(source) if source else _fetch(ids or [], municipality or [], facts, asking)
    draft = drafts(records, facts, environment.today)
    if match:
        below, wanted, problems = _matched(draft, overlays(environment, catalogue), words, environment)
    else:
        merged = merge(draft.entries, _earlier(output))
        below, wanted, problems = (), merged.entries, [*draft.problems, *merged.problems]
    entries, refused = sound(wanted, below, facts, environment.today)
    for problem in (*problems, *refused):
        print(words.problem(problem), file=environment.stderr)
    _say_counts(len(records.services), draft.others, len(entries), words, environment)
    if not draft.entries or (wanted and not entries):
        raise InputProblems([Problem("nothing was written: there is no service in this that can be used")])
    write_result(as_toml(entries), output, environment.stdout)


def _earlier(output: Path | None) -> list[dict[str, Any]]:
    """The entries of the file that an earlier import wrote, with what has been changed there since."""
    from kotoneuvo.catalogue.overlays import read_catalogue_file

    return read_catalogue_file(output).specs() if output and output.is_file() else []


def _waiting(words: Words, environment: Environment) -> Callable[[int], None]:
    """Says that a busy server is waited for: a run that stands still looks broken."""
    said = words.gettext("PTV is busy; waiting {seconds} s")
    return lambda seconds: print(said.format(seconds=seconds), file=environment.stderr, flush=True)


def _files_of(source: Path | None) -> list[Named]:
    """The files that are read: one, or those of a folder."""
    from kotoneuvo.catalogue.files import is_folder

    return [("", each) for each in (source.iterdir() if source and is_folder(source) else [source])]


def _check_use(source: Path | None, from_api: bool, asking: Mapping[str, object]) -> None:
    """Raise UsageProblems if it is not clear where to read."""
    if not from_api:
        given = [Problem("this needs --from-api", fieldname=name) for name, value in asking.items() if value]
        if given:
            raise UsageProblems(given)
    if from_api is (source is not None) or (from_api and not (asking["--id"] or asking["--municipality"])):
        raise UsageProblems([Problem("give a file or folder, or --from-api with --id or --municipality")])


def _fetch(ids: list[str], towns: list[str], facts: FactBook, asking: Asking) -> Records:
    need("httpx")
    from kotoneuvo.advice.values import read_values
    from kotoneuvo.catalogue.ptv.api import fetch

    try:
        codes = [str(code) for town in towns for code in read_values(facts["municipality"], town)]
    except InputProblems as error:
        raise UsageProblems(error.problems) from None
    return fetch(ids, codes, asking)


def _matched(
    draft: Drafts, paths: list[Path], words: Words, environment: Environment
) -> tuple[tuple[CatalogueFile, ...], list[Spec], list[Problem]]:
    """The catalogues below, the entries that change contacts of ours, and what of those contacts was left out."""
    from kotoneuvo.catalogue.build import bundled_file
    from kotoneuvo.catalogue.load import load_catalogue
    from kotoneuvo.catalogue.overlays import lay, read_overlays
    from kotoneuvo.catalogue.ptv.contacts import CHANNELS, CONTACTS
    from kotoneuvo.catalogue.ptv.match import best, propose

    below = (bundled_file(), *read_overlays(paths))
    proposals = propose(draft.entries, load_catalogue(overlays=paths), {entry.key: entry.spec for entry in lay(below)})
    chosen = best(proposals)
    _show(proposals, chosen, words, environment)
    without = len(draft.entries) - len(proposals)
    said = words.ngettext("{count} service matches none of ours", "{count} services match none of ours", without)
    print(said.format(count=without), file=environment.stderr)
    shown = {each.origin for each in chosen.values()}
    problems = [
        each
        for each in draft.problems
        if not each.entry or (each.entry in shown and each.fieldname in (*CONTACTS, CHANNELS))
    ]
    return below, [each.entry for each in chosen.values() if each.changes], problems


def _show(proposals: list[Proposal], chosen: Mapping[str, Proposal], words: Words, environment: Environment) -> None:
    """Each proposal with what would change, and those that another one is better than."""
    from kotoneuvo.words import printable

    for each in proposals:
        details = {"name": each.name, "service": each.service, "likeness": round(each.likeness * 100)}
        if each.partial:
            said = words.gettext("“{name}” is like {service}, but does not serve all of its area: nothing taken over")
            lines = [said.format(**details)]
        elif chosen[each.service] is each:
            lines = [words.gettext("“{name}” seems to be {service} ({likeness} % alike)").format(**details)]
            lines += [f"  {change}" for change in each.changes]
        else:
            said = words.gettext("“{name}” seems to be {service} too ({likeness} % alike); “{other}” was taken instead")
            lines = [said.format(**details, other=chosen[each.service].name)]
        print(*map(printable, lines), sep="\n", file=environment.stderr)


def _say_counts(read: int, others: int, written: int, words: Words, environment: Environment) -> None:
    parts = [
        words.ngettext("{count} service read", "{count} services read", read).format(count=read),
        words.gettext("{count} of them of no class of integration").format(count=others),
        words.ngettext("{count} entry written", "{count} entries written", written).format(count=written),
    ]
    print(", ".join(parts if others else (parts[0], parts[2])), file=environment.stderr)


def as_toml(entries: list[dict[str, Any]]) -> str:
    """The entries as a catalogue file that a person will read on: short tables on one line."""
    import tomlkit

    document = tomlkit.document()
    heading = tomlkit.table()
    heading["name"] = "PTV"
    document["catalogue"] = heading
    listed = tomlkit.aot()
    for entry in entries:
        table = tomlkit.table()
        for key, value in entry.items():
            table[key] = _inline(value)
        listed.append(table)
    if entries:
        document["service"] = listed
    return tomlkit.dumps(document)


def _inline(value: Any) -> Any:
    import tomlkit

    if isinstance(value, dict):
        table = tomlkit.inline_table()
        table.update({key: _inline(each) for key, each in value.items()})
        return table
    if isinstance(value, list):
        array = tomlkit.array()
        array.extend(_inline(each) for each in value)
        return array.multiline(any(isinstance(each, dict) for each in value))
    return value
