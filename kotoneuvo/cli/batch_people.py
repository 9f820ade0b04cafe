"""What is made of the people of a file apart from results: a letter each, or who would gain by an imagined service."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.advice.situation import Situation
from kotoneuvo.batch.summary import place_name
from kotoneuvo.batch.what_if import WhatIf
from kotoneuvo.cli.batch_run import Batch, StrictProblems
from kotoneuvo.cli.handout import render_letter
from kotoneuvo.cli.output import Results
from kotoneuvo.cli.temporary_files import new_folder
from kotoneuvo.intake.cells import situation_of

MOST = 2_000
"""Letters of one run: a few minutes, and as much as anybody prints."""
_DIGITS = 12
"""A running number is no longer; a longer one may be a number of a person."""


@contextmanager
def letters(batch: Batch) -> Iterator[None]:
    """Write the letters of an intake, if they are wanted, before what is done inside with it: all or none.

    Raises InputProblems where labels are no plain numbers, or two rows have one; IdentityFound.
    """
    if batch.options.letters is None:
        yield
        return
    refused = None
    with new_folder(batch.options.letters) as folder:
        written = _write(batch, folder)
        batch.stream.seek(0)
        try:
            yield
        except StrictProblems as problems:  # the other rows have their results, and so their letters
            refused = problems
    print(written, file=batch.session.environment.stderr)
    if refused:
        raise refused


def _write(batch: Batch, folder: Path) -> str:
    """Write the letters; a sentence about how many there are."""
    words, form = batch.session.words, batch.options.letters_format
    people, without = _recipients(batch)
    advisor = Advisor(batch.session.catalogue, batch.session.day)
    for label, situation in people.items():
        letter = render_letter(advisor.advise(situation), words, form)
        path = folder / f"{label}.{form}"
        path.write_bytes(letter.encode() if isinstance(letter, str) else letter)
        path.chmod(0o600)
    said = words.ngettext("{count} letter is in {folder}.", "{count} letters are in {folder}.", len(people))
    told = said.format(count=len(people), folder=batch.options.letters)
    if without:
        less = words.ngettext("{count} row without advice has none.", "{count} rows without advice have none.", without)
        told += " " + less.format(count=without)
    return told


def _recipients(batch: Batch) -> tuple[dict[str, Situation], int]:
    """Who gets a letter, by label, and how many rows get none. Raises InputProblems where there cannot be letters."""
    found: dict[str, Situation] = {}
    wrong = twice = without = 0
    for label, answers in batch.people():
        if not (label.isascii() and label.isdigit() and len(label) <= _DIGITS):
            wrong += 1
        elif label in found:
            twice += 1
        elif answers is None:
            without += 1
        else:
            found[label] = situation_of(answers)
    if wrong:
        message = N_("{count} rows have a label that is not a plain number, so no file can be named after it")
        raise InputProblems([Problem(message, {"count": wrong}, fieldname="--letters")])
    if twice:
        message = N_("{count} rows share a label with another row; give each client a separate number")
        raise InputProblems([Problem(message, {"count": twice}, fieldname="--letters")])
    if len(found) > MOST:
        message = N_("letters can be written for at most {most} clients at a time; split the file")
        raise InputProblems([Problem(message, {"most": MOST}, fieldname="--letters")])
    return found, without


def rank_gains(batch: Batch) -> None:
    """Write the municipalities of an intake as a table, those first that would gain most by an imagined service.

    Raises InputProblems if the file of --what-if adds no service; IdentityFound.
    """
    environment, words, day, catalogue = batch.session
    options = batch.options
    assert options.imagined
    made_up = options.imagined.services.keys() - catalogue.services.keys()
    if not made_up:
        message = N_("the file adds no service: give the imagined one its own id")
        raise InputProblems([Problem(message, fieldname="--what-if")])
    what_if = WhatIf(options.imagined, made_up, day)
    for _label, answers in batch.people():
        if answers is not None:
            what_if.count(answers)
    _ = words.gettext
    heads = (_("Municipality"), _("Clients"), _("Clients who gain a first step"), _("Clients who would go there first"))
    with Results(environment.stdout) as results:
        out = results.open(options.output)
        out.write("\ufeff" if options.excel else "")
        table = csv.writer(out, delimiter=";" if options.excel else ",", lineterminator="\n")
        table.writerow(heads)
        for gain in what_if.ranked(options.least):
            place = place_name(gain.place, catalogue, words) if gain.place else _("other municipalities")
            table.writerow((place, *gain[1:]))
    said = _("Every number is rounded to a multiple of {least}: 0 means fewer than {least}.")
    print(said.format(least=options.least), file=environment.stderr)
