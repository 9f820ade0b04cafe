"""`kotoneuvo catalogue import-ptv`: services of the national Finnish Service Catalogue as an overlay."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.cli.environment import Environment
from kotoneuvo.cli.exit_codes import guarded
from kotoneuvo.cli.named_files import Force, check_files
from kotoneuvo.cli.options import Lang
from kotoneuvo.cli.register_source import Given

if TYPE_CHECKING:
    from kotoneuvo.words import Words


@guarded
def run(
    context: typer.Context,
    output: Annotated[Path | None, typer.Option(help="write the overlay here instead of to stdout")] = None,
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Turn services of the national Finnish Service Catalogue (PTV) into an overlay: names, contacts, hours, area.

    Every entry stays unread, and at best possible, until you have read for whom it is. Your changes are kept.
    """
    from kotoneuvo.catalogue.files import data_folder
    from kotoneuvo.catalogue.ptv.entries import drafts
    from kotoneuvo.catalogue.ptv.merge import merge, valid_entries
    from kotoneuvo.catalogue.read_facts import read_facts
    from kotoneuvo.cli.output import write_result

    environment = Environment.current()
    words, facts = environment.words(lang), read_facts(data_folder())
    given = Given.of(context)
    given.check(searched=True)
    seen = given.seen(environment)
    check_files(environment, words, [("--output", output)], given.files(), force=force)
    records = given.records(facts, words, environment)
    draft = drafts(records, facts, seen, given.choice)
    merged = merge(draft.entries, _earlier(output))
    entries, refused = valid_entries(merged.entries, facts, environment.today)
    for problem in (*draft.problems, *merged.problems, *refused):
        print(words.problem(problem), file=environment.stderr)
    _say_counts(len(records.services), draft.others, len(entries), words, environment)
    if not draft.entries or (merged.entries and not entries):
        raise InputProblems([Problem("nothing was written: no service here can be used")])
    write_result(as_toml(entries), output, environment.stdout)


def _earlier(output: Path | None) -> list[dict[str, Any]]:
    """The entries of the file that an earlier import wrote, with what has been changed there since."""
    from kotoneuvo.catalogue.overlays import read_catalogue_file

    return read_catalogue_file(output).specs() if output and output.is_file() else []


def _say_counts(read: int, others: int, written: int, words: Words, environment: Environment) -> None:
    parts = [
        words.ngettext("{count} service read", "{count} services read", read).format(count=read),
        words.gettext("{count} of them not about integration").format(count=others),
        words.ngettext("{count} entry written", "{count} entries written", written).format(count=written),
    ]
    print(", ".join(parts if others else (parts[0], parts[2])), file=environment.stderr)


def as_toml(entries: list[dict[str, Any]]) -> str:
    """The entries as a catalogue file that a person will read on: short tables on one line."""
    import tomlkit

    from kotoneuvo.catalogue.confirm import made

    document = tomlkit.document()
    heading = tomlkit.table()
    heading["name"] = "PTV"
    document["catalogue"] = heading
    listed = tomlkit.aot()
    for entry in entries:
        table = tomlkit.table()
        for key, value in entry.items():
            table[key] = made(value)
        listed.append(table)
    if entries:
        document["service"] = listed
    return tomlkit.dumps(document)
