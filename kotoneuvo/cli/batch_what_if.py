"""`kotoneuvo batch --what-if`: which municipality a made-up service would help most."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import BinaryIO

from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.batch.rows import BlockReader
from kotoneuvo.batch.summary_text import place_name
from kotoneuvo.batch.what_if import WhatIf
from kotoneuvo.cli.batch_run import Wishes, open_intake, task_for
from kotoneuvo.cli.catalogues import open_catalogue
from kotoneuvo.cli.environment import Environment
from kotoneuvo.cli.output import Results
from kotoneuvo.words import Words, language_codes


def supposed(environment: Environment, files: list[Path] | None, what_if: Path | None) -> Catalogue | None:
    """The catalogue with the made-up services of a file laid over it; None without one. Raises InputProblems."""
    return open_catalogue(environment, [*(files or ()), what_if]) if what_if else None


def rank(
    stream: BinaryIO, catalogue: Catalogue, today: date, wishes: Wishes, words: Words, environment: Environment
) -> None:
    """Write the municipalities of an intake as a table, those first that would gain most.

    Raises InputProblems if the file adds no service; IdentityFound.
    """
    assert wishes.supposed
    made_up = wishes.supposed.services.keys() - catalogue.services.keys()
    if not made_up:
        message = N_("the file adds no service: give the imagined one its own id")
        raise InputProblems([Problem(message, fieldname="--what-if")])
    sheet = open_intake(stream, catalogue, today, wishes)
    what_if = WhatIf(wishes.supposed, made_up, today)
    reader = BlockReader(task_for(sheet, catalogue, today, wishes), language_codes, what_if.note)
    for block in sheet.blocks:
        reader.read(block)
    _ = words.gettext
    heads = (_("Municipality"), _("Clients"), _("Clients who gain a first step"), _("Clients who would go there first"))
    with Results(environment.stdout) as results:
        out = results.open(wishes.output)
        out.write("\ufeff" if wishes.excel else "")
        table = csv.writer(out, delimiter=";" if wishes.excel else ",", lineterminator="\n")
        table.writerow(heads)
        for gain in what_if.ranked(wishes.least):
            place = place_name(gain.place, catalogue, words) if gain.place else _("other municipalities")
            table.writerow((place, *gain[1:]))
    said = _("Every number is rounded to a multiple of {least}: 0 means fewer than {least}.")
    print(said.format(least=wishes.least), file=environment.stderr)
