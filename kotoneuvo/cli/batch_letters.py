"""The handouts of a whole file: each row's under its label, all in one folder."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO

from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.advice.situation import Situation
from kotoneuvo.batch.rows import BlockReader, Documents
from kotoneuvo.cli.batch_run import StrictProblems, Wishes, open_intake, task_for
from kotoneuvo.cli.environment import Environment
from kotoneuvo.cli.handout import render_letter
from kotoneuvo.cli.temporary_files import new_folder
from kotoneuvo.intake.cells import Reading, situation_of
from kotoneuvo.intake.opening import Sheet
from kotoneuvo.words import Words, language_codes

MOST = 2_000
"""Letters of one run: a few minutes, and as much as anybody prints."""
_DIGITS = 12
"""A running number is no longer; a longer one may be a number of a person."""


class _People:
    """Who gets a letter: gathers labels and situations as a file is read."""

    def __init__(self) -> None:
        self.letters: dict[str, Situation] = {}
        self.wrong = 0
        self.twice = 0
        self.without = 0

    def note(
        self, labels: Sequence[str], columns: Mapping[str, Sequence[Reading]], withheld: Container[int] = ()
    ) -> Documents:
        """Remember the rows of a block; nothing is written for them yet."""
        for place, label in enumerate(labels):
            if not (label.isascii() and label.isdigit() and len(label) <= _DIGITS):
                self.wrong += 1
            elif label in self.letters:
                self.twice += 1
            elif place in withheld:
                self.without += 1
            else:
                self.letters[label] = situation_of({name: read[place] for name, read in columns.items()})
        return Documents(b"", [0] * len(labels), [0] * len(labels))

    def problem(self) -> Problem | None:
        """Why there cannot be letters, if so."""
        for count, message in (
            (self.wrong, N_("{count} rows have a label that is not a plain number, so no file can be named after it")),
            (
                self.twice,
                N_("{count} rows share a label with another row; give each client a separate number"),
            ),
        ):
            if count:
                return Problem(message, {"count": count}, fieldname="--letters")
        if len(self.letters) > MOST:
            message = N_("letters can be written for at most {most} clients at a time; split the file")
            return Problem(message, {"most": MOST}, fieldname="--letters")
        return None


@contextmanager
def letters(
    stream: BinaryIO, catalogue: Catalogue, today: date, wishes: Wishes, words: Words, environment: Environment
) -> Iterator[None]:
    """Write the letters of an intake, if they are wanted, before what is done inside with it: all or none.

    Raises InputProblems where labels are no plain numbers, or two rows have one; IdentityFound.
    """
    if wishes.letters is None:
        yield
        return
    refused = None
    with new_folder(wishes.letters) as folder:
        told = _write(open_intake(stream, catalogue, today, wishes), catalogue, today, wishes, folder, words)
        stream.seek(0)
        try:
            yield
        except StrictProblems as problems:  # the other rows have their results, and so their letters
            refused = problems
    print(told, file=environment.stderr)
    if refused:
        raise refused


def _write(sheet: Sheet, catalogue: Catalogue, today: date, wishes: Wishes, folder: Path, words: Words) -> str:
    """Write the letters; a sentence about how many there are."""
    people = _People()
    reader = BlockReader(task_for(sheet, catalogue, today, wishes), language_codes, people.note)
    for block in sheet.blocks:
        reader.read(block)
    problem = people.problem()
    if problem:
        raise InputProblems([problem])
    advisor = Advisor(catalogue, today)
    for label, situation in people.letters.items():
        letter = render_letter(advisor.advise(situation), words, wishes.letters_format)
        path = folder / f"{label}.{wishes.letters_format}"
        path.write_bytes(letter.encode() if isinstance(letter, str) else letter)
        path.chmod(0o600)
    said = words.ngettext("{count} letter is in {folder}.", "{count} letters are in {folder}.", len(people.letters))
    told = said.format(count=len(people.letters), folder=wishes.letters)
    if people.without:
        less = words.ngettext("{count} row without advice has none.", "{count} rows without advice have none.",
                              people.without)  # fmt: skip
        told += " " + less.format(count=people.without)
    return told
