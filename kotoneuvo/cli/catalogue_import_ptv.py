"""`kotoneuvo catalogue import-ptv`: services of the national Finnish Service Catalogue as an overlay."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import kotoneuvo
from kotoneuvo.advice.problems import Problem
from kotoneuvo.cli.catalogues import CatalogueFiles, need, overlays
from kotoneuvo.cli.environment import Environment, UsageProblems
from kotoneuvo.cli.guard import guarded

if TYPE_CHECKING:
    from kotoneuvo.advice.facts import FactBook
    from kotoneuvo.catalogue.ptv.match import Proposal
    from kotoneuvo.catalogue.ptv.records import Records
    from kotoneuvo.words import Words

AGENT = f"kotoneuvo/{kotoneuvo.__version__} (service catalogue import)"


@guarded
def run(
    source: Annotated[Path | None, typer.Argument(help="a PTV v11 .json file, or a folder of them")] = None,
    match: Annotated[
        bool,
        typer.Option("--match", help="only refresh the contacts of services we have; the difference goes to stderr"),
    ] = False,
    from_api: Annotated[bool, typer.Option("--from-api", help="ask PTV itself; uses the network")] = False,
    ids: Annotated[list[str] | None, typer.Option("--id", help="with --from-api: this service (repeatable)")] = None,
    municipality: Annotated[
        list[str] | None, typer.Option(help="with --from-api: the services of this municipality (repeatable)")
    ] = None,
    server: Annotated[str | None, typer.Option(help="with --from-api: another address of the API")] = None,
    timeout: Annotated[float, typer.Option(help="with --from-api: seconds to wait for an answer", min=0.1)] = 30,
    pause: Annotated[float, typer.Option(help="with --from-api: seconds between two requests", min=0)] = 0.2,
    catalogue: CatalogueFiles = None,
    output: Annotated[Path | None, typer.Option(help="write the overlay here instead of to stdout")] = None,
    lang: Annotated[str | None, typer.Option(help="fi, sv or en")] = None,
) -> None:
    """Services of the national Finnish Service Catalogue (PTV) as an overlay: names, contacts, hours, area.

    Requirements in free text become a note, never a criterion: read them, and look at kind, goals and phase.
    """
    need("tomlkit")
    from kotoneuvo.catalogue.bundle import data_folder
    from kotoneuvo.catalogue.ptv.entries import entry_of
    from kotoneuvo.catalogue.ptv.records import read_records
    from kotoneuvo.catalogue.read_facts import read_facts
    from kotoneuvo.cli.output import check_apart, write_result

    environment = Environment.current()
    words, facts = environment.words(lang), read_facts(data_folder())
    if from_api is (source is not None) or (from_api and not (ids or municipality)):
        raise UsageProblems([Problem("give a file or folder, or --from-api with --id or --municipality")])
    check_apart(("", source), ("--output", output))
    if from_api:
        records = _fetch(ids or [], municipality or [], facts, server, timeout, pause)
    else:
        assert source is not None
        records = read_records(source)
    entries = [entry_of(service, records, facts) for service in records.of_integration()]
    if match:
        proposals = _proposals(entries, overlays(environment, catalogue))
        _show(proposals, len(entries), words, environment)
        entries = [each.entry for each in proposals if each.changes]
    write_result(_toml(entries), output, environment.stdout)
    said = words.gettext("{found} services read, {written} entries written")
    print(said.format(found=len(records.services), written=len(entries)), file=environment.stderr)


def _fetch(
    ids: list[str], towns: list[str], facts: FactBook, server: str | None, timeout: float, pause: float
) -> Records:
    need("httpx")
    from kotoneuvo.advice.problems import InputProblems
    from kotoneuvo.advice.values import read_values
    from kotoneuvo.catalogue.ptv.api import Asking, fetch
    from kotoneuvo.catalogue.ptv.entries import SERVER

    try:
        codes = [str(code) for town in towns for code in read_values(facts["municipality"], town)]
    except InputProblems as error:
        raise UsageProblems(error.problems) from None
    return fetch(ids, codes, Asking((server or SERVER).rstrip("/"), AGENT, timeout, pause))


def _proposals(entries: list[dict[str, Any]], paths: list[Path]) -> list[Proposal]:
    from kotoneuvo.catalogue.build import bundled_file
    from kotoneuvo.catalogue.load import load_catalogue
    from kotoneuvo.catalogue.overlays import lay, read_overlays
    from kotoneuvo.catalogue.ptv.match import propose

    written = {entry.key: entry.spec for entry in lay((bundled_file(), *read_overlays(paths)))}
    return propose(entries, load_catalogue(overlays=paths), written)


def _show(proposals: list[Proposal], entries: int, words: Words, environment: Environment) -> None:
    """Each proposal with what would change."""
    for each in proposals:
        said = words.gettext("“{name}” seems to be {service} ({likeness} % alike)")
        line = said.format(name=each.name, service=each.service, likeness=round(each.likeness * 100))
        print(line, *(f"  {change}" for change in each.changes), sep="\n", file=environment.stderr)
    without = words.gettext("{count} services match none of ours")
    print(without.format(count=entries - len(proposals)), file=environment.stderr)


def _toml(entries: list[dict[str, Any]]) -> str:
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
