"""`batch --letters` and `--what-if`: a letter for each row, and who would gain from an imagined service."""

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
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.cli.batch_run import Batch, StrictProblems
from kotoneuvo.cli.output import Results
from kotoneuvo.cli.temporary_files import new_folder
from kotoneuvo.intake.cells import situation_of
from kotoneuvo.render.handout.order import Order

MOST = 2_000
"""The most letters of one run: they take a few minutes, and are as many as anybody prints."""
_DIGITS = 12
"""The longest label that may become a file name; a longer number may identify a person."""


@contextmanager
def letters(batch: Batch, target: Path) -> Iterator[None]:
    """Write the letters of an intake into a new folder, then run the block; if either fails, there are no letters.

    Raises InputProblems if a label is not a plain number or two rows share one; IdentityFound.
    """
    refused = None
    with new_folder(target) as folder:
        written = _write(batch, folder)
        # Every label has to be good before the first letter is written, so the file is read twice.
        batch.stream.seek(0)
        try:
            yield
        except StrictProblems as problems:  # rows without a problem still get results, so their letters stay
            refused = problems
    batch.work.say(written)
    if refused:
        raise refused


def _write(batch: Batch, folder: Path) -> str:
    """Write the letters, and return a sentence about how many there are."""
    words, form = batch.work.words, batch.options.letters_format.value
    people, without = _recipients(batch)
    advisor = Advisor(batch.work.catalogue, batch.work.day)
    for label, situation in people.items():
        letter = Order().write(advisor.advise(situation), words, form)
        path = folder / f"{label}.{form}"
        path.write_bytes(letter.encode() if isinstance(letter, str) else letter)
        # A letter is about a person: no other user of the computer may read it.
        path.chmod(0o600)
    sentence = words.counted(
        "{count} letter is in {folder}.", "{count} letters are in {folder}.", len(people), folder=batch.options.letters
    )
    if without:
        sentence += " " + words.counted(
            "{count} row without advice has none.", "{count} rows without advice have none.", without
        )
    return sentence


def _recipients(batch: Batch) -> tuple[dict[str, Situation], int]:
    """Return the clients by label, and the number of rows without advice. Raises InputProblems for unusable labels."""
    found: dict[str, Situation] = {}
    # Problems are only counted: a label that is not a plain number may be a name, and must not be repeated.
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
    """Write a table of the intake's municipalities, first those that would gain most from the imagined service.

    Raises InputProblems if the file of --what-if adds no service; IdentityFound.
    """
    work, options = batch.work, batch.options
    assert options.what_if
    imagined = load_catalogue(overlays=[*work.overlays, options.what_if])
    added = imagined.services.keys() - work.catalogue.services.keys()
    if not added:
        message = N_("the file adds no service: give the imagined one its own id")
        raise InputProblems([Problem(message, where=str(options.what_if), fieldname="--what-if")])
    what_if = WhatIf(imagined, added, work.day)
    for _label, answers in batch.people():
        if answers is not None:
            what_if.count(answers)
    _ = work.words.gettext
    heads = (_("Municipality"), _("Clients"), _("Clients who gain a first step"), _("Clients who would go there first"))
    with Results(work.environment.stdout) as results:
        out = results.open(options.output)
        out.write("\ufeff" if options.excel else "")
        table = csv.writer(out, delimiter=";" if options.excel else ",", lineterminator="\n")
        table.writerow(heads)
        for gain in what_if.ranked(options.min_group):
            place = place_name(gain.place, work.catalogue, work.words) if gain.place else _("other municipalities")
            table.writerow((place, *gain[1:]))
    note = _("Every number is rounded to a multiple of {least}: 0 means fewer than {least}.")
    work.say(note.format(least=options.min_group))
