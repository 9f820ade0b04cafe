"""One rule for every file that a command line names: what is read stays as it is, and nothing is replaced unasked.

- No output may be an input: an intake, answers, an overlay of --catalogue or of the config folder, the program's own
  data. Links do not hide a file: two names of one file are one file.
- No two outputs may be one file.
- An output that already exists is replaced only with --force, or after a yes on the terminal.
- A file that nobody named (the code book beside a template) is never replaced.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, TextIO

import typer

from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.catalogue.files import data_folder, descriptor, file_problem
from kotoneuvo.cli.environment import FOLDER_NAMED, Environment, UsageProblems, names_folder
from kotoneuvo.words import Words, printable

Named = tuple[str, Path | None]
"""An option (or "" for an argument) and the file that it names; None is no file, "-" is stdin or stdout."""
Force = Annotated[bool, typer.Option("--force", help="replace output files that already exist")]
YES = ("y", "yes", "k", "kyllä", "kylla", "j", "ja")
"""What replaces a file, in all three languages."""
_ENDINGS = {
    ".pdf": "pdf", ".html": "html", ".htm": "html", ".json": "json", ".ics": "ics",
    ".xlsx": "xlsx", ".xls": "xls", ".ods": "ods", ".docx": "docx",
}  # fmt: skip
"""The endings by which a computer chooses the program that opens a file, with the forms that they promise."""
_WRITTEN = ".schema.json"
"""How the names of the program's data end that a command writes and none reads."""


def check_files(
    environment: Environment,
    words: Words,
    outputs: Sequence[Named],
    inputs: Sequence[Named] = (),
    overlays: Sequence[Path] = (),
    *,
    force: bool,
) -> None:
    """Hold the rule of this module before anything is read or written; asks on a terminal.

    `overlays` are the catalogue files of --catalogue; those of the config folder and the program's data are added.
    Raises UsageProblems, and InputProblems for a path that cannot be looked at.
    """
    targets = [(option, path) for option, path in outputs if path is not None]
    if not targets:
        return
    # Also what no option names: overlays of the config folder and our own data.
    read = [*inputs, *(("--catalogue", path) for path in overlays), *_unnamed(environment)]
    seen = {_identity(path, environment.stdin): option or str(path) for option, path in read if path is not None}
    for option, path in targets:
        own = _identity(path, environment.stdout)
        if own in seen:
            message = N_("this is the same file as {other}; choose another one")
            raise UsageProblems([Problem(message, {"other": seen[own]}, str(path), fieldname=option)])
        seen[own] = option
    taken = [(option, path) for option, path in targets if may_be_file(path) and _status(path)]
    if not force and not all(_replaces(path, words, environment) for _, path in taken):
        message = N_("the file already exists; add --force to replace it, or choose another name")
        raise UsageProblems([Problem(message, where=str(path), fieldname=option) for option, path in taken])


def check_endings(outputs: Iterable[tuple[str, Path | None, str]]) -> None:
    """Raise UsageProblems for a name that promises another form than is written: such a file opens nowhere."""
    for option, path, form in outputs:
        ending = path.suffix.casefold() if path else ""
        if ending in _ENDINGS and _ENDINGS[ending] != form:
            message = N_("the name ends in {ending}, but {form} is written; choose another name or format")
            raise UsageProblems([Problem(message, {"ending": ending, "form": form}, where=str(path), fieldname=option)])


def check_unnamed(path: Path, output: Path) -> None:
    """Raise UsageProblems if a file that is written beside the output, without being named, would replace anything."""
    if path == output or _status(path) is not None:
        message = N_("this file would also be written, but it already exists; choose another --output")
        raise UsageProblems([Problem(message, where=str(path), fieldname="--output")])


def may_be_file(path: Path) -> bool:
    """Whether an output is, or will be, a file of its own: no stream, device or folder."""
    if str(path) == "-" or descriptor(path) is not None:
        return False
    found = _status(path)
    return found is None or stat.S_ISREG(found.st_mode)


def new_file(name: str) -> Path:
    """The path of a file that is to be written, as a person types it. Raises InputProblems if there cannot be."""
    name = name.replace("\0", "")  # no name holds one
    if names_folder(name):
        raise InputProblems([Problem(FOLDER_NAMED, where=name)])
    try:
        target = Path(name).expanduser()
    except RuntimeError:  # the home of somebody who is not there
        raise InputProblems([Problem("there is no such file or folder", where=name)]) from None
    if _status(target) is not None:
        raise InputProblems([Problem("the file already exists; choose another name", where=name)])
    return target


def _unnamed(environment: Environment) -> Iterator[Named]:
    """What is read although no option names it."""
    yield from (("", path) for path in environment.user_catalogues())
    yield from (("", path) for path in data_folder().iterdir() if path.is_file() and not path.name.endswith(_WRITTEN))


def _identity(path: Path, stream: TextIO) -> object:
    """What two names of one file have in common; `stream` is what "-" stands for."""
    number = descriptor(path)
    if str(path) == "-" or number is not None:
        try:
            number = stream.fileno() if number is None else number
            status = os.fstat(number)
        except (OSError, ValueError):  # a closed stream, or one without a descriptor
            return id(stream)
        return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else number
    found = _status(path)
    if found is None:
        # What is not there yet has no number; two names may lead to one file all the same.
        return os.path.realpath(path)
    # A device such as /dev/null may be named twice: nothing in it is replaced.
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else object()


def _status(path: Path) -> os.stat_result | None:
    """What lies at a path; None for nothing, and for what only the attempt to write can tell.

    Raises InputProblems for a path that leads nowhere: links in a loop, a name that is too long, a missing folder.
    """
    try:
        return path.stat()
    except FileNotFoundError as error:
        # To the system "missing/../file" is nothing, but it would be written as "file".
        if not path.parent.exists() or os.path.lexists(os.path.realpath(path)):
            raise InputProblems([file_problem(path, error)]) from None
        return None
    except (NotADirectoryError, PermissionError):
        return None
    except OSError as error:
        raise InputProblems([file_problem(path, error)]) from None


def _replaces(path: Path, words: Words, environment: Environment) -> bool:
    """Ask whether a file may be replaced; no, where nobody can be asked."""
    if not (environment.stdin.isatty() and environment.stderr.isatty()):
        return False
    question = words.gettext("{file} already exists. Replace it? (y/n)").format(file=printable(str(path)))
    print(question, end=" ", file=environment.stderr, flush=True)
    return environment.stdin.readline().strip().casefold() in YES
