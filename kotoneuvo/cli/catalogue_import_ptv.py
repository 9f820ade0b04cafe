"""`kotoneuvo catalogue import-ptv`: services of the national Finnish Service Catalogue as an overlay."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.catalogue.confirm import toml_item
from kotoneuvo.catalogue.files import data_folder
from kotoneuvo.catalogue.overlays import read_catalogue_file
from kotoneuvo.catalogue.ptv.entries import drafts
from kotoneuvo.catalogue.ptv.merge import merge, valid_entries
from kotoneuvo.catalogue.read_facts import read_facts
from kotoneuvo.cli.catalogues import Workspace
from kotoneuvo.cli.commands import command_with
from kotoneuvo.cli.environment import Environment
from kotoneuvo.cli.named_files import Force
from kotoneuvo.cli.options import Lang
from kotoneuvo.cli.register_source import RegisterOptions


@dataclass(frozen=True)
class ImportOptions(RegisterOptions):
    """The options of `import-ptv`."""

    output: Annotated[Path | None, typer.Option(help="write the overlay here instead of to stdout")] = None
    force: Force = False
    lang: Lang = None


@command_with(ImportOptions)
def run(asked: ImportOptions) -> None:
    """Turn services of the national Finnish Service Catalogue (PTV) into an overlay: names, contacts, hours, area.

    Every entry stays unread, and at best possible, until you have read for whom it is. Your changes are kept.
    """
    facts, output = read_facts(data_folder()), asked.output
    asked.check(searched=True)
    seen = asked.seen(Environment.current())
    work = Workspace(asked.lang, None, None, [("--output", output)], asked.files(), force=asked.force)
    records = asked.records(facts, work)
    draft = drafts(records, facts, seen, asked.choice)
    # What has been changed in the file that an earlier import wrote is kept.
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
    if not draft.entries or (merged.entries and not entries):
        raise InputProblems([Problem("nothing was written: no service here can be used")])
    work.write(as_toml(entries), output)


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
            table[key] = toml_item(value)
        listed.append(table)
    if entries:
        document["service"] = listed
    return tomlkit.dumps(document)
