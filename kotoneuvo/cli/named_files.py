"""The rules for files that a command line names: inputs are never overwritten, and nothing is replaced without consent.

- No output may be an input: an intake, answers, an overlay of --catalogue or of the config folder, the program's own
  data. Two names of one file, such as a link and its target, are one file.
- No two outputs may be one file.
- An output that already exists is replaced only with --force, or after a yes on the terminal.
- A file that the command line does not name (the code book beside a template) never replaces anything.
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
"""An option ("" for an argument) and the file that it names: None for no file, "-" for stdin or stdout."""
Force = Annotated[bool, typer.Option("--force", help="replace output files that already exist")]
YES = ("y", "yes", "k", "kyllä", "kylla", "j", "ja")
"""The answers that mean yes, in all three languages."""
_ENDINGS = {
    ".pdf": "pdf", ".html": "html", ".htm": "html", ".json": "json", ".ics": "ics",
    # Some of these are never written, so a name with such an ending is always refused.
    ".xlsx": "xlsx", ".xls": "xls", ".ods": "ods", ".docx": "docx",
}  # fmt: skip
"""The endings by which a computer chooses the program that opens a file, with the format that each promises."""
_SCHEMA = ".schema.json"
"""The ending of files among the program's data that `catalogue schema` writes and no command reads."""


def check_files(
    environment: Environment,
    words: Words,
    outputs: Sequence[Named],
    inputs: Sequence[Named] = (),
    overlays: Sequence[Path] = (),
    *,
    force: bool,
) -> None:
    """Enforce the rules of this module before anything is read or written. On a terminal it asks for consent.

    `overlays` are the catalogue files of --catalogue; those of the config folder and the program's data are added.
    Raises UsageProblems, and InputProblems for a path that cannot be examined.
    """
    targets = [(option, path) for option, path in outputs if path is not None]
    if not targets:
        return
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
    """Raise UsageProblems for a name that promises another format than is written: no program would open that file."""
    for option, path, form in outputs:
        ending = path.suffix.casefold() if path else ""
        if ending in _ENDINGS and _ENDINGS[ending] != form:
            message = N_("the name ends in {ending}, but {form} is written; choose another name or format")
            raise UsageProblems([Problem(message, {"ending": ending, "form": form}, where=str(path), fieldname=option)])


def check_unnamed(path: Path, output: Path) -> None:
    """Raise UsageProblems if `path`, a file written beside `output` that no option names, would replace anything."""
    if path == output or _status(path) is not None:
        message = N_("this file would also be written, but it already exists; choose another --output")
        raise UsageProblems([Problem(message, where=str(path), fieldname="--output")])


def may_be_file(path: Path) -> bool:
    """Whether an output is, or will be, an ordinary file, and not a stream, a device or a folder."""
    if str(path) == "-" or descriptor(path) is not None:
        return False
    found = _status(path)
    return found is None or stat.S_ISREG(found.st_mode)


def new_file(name: str) -> Path:
    """Return the path of a new file that a person named. Raises InputProblems if it exists or cannot be made."""
    name = name.replace("\0", "")  # the system would raise ValueError for it
    if names_folder(name):
        raise InputProblems([Problem(FOLDER_NAMED, where=name)])
    try:
        target = Path(name).expanduser()
    except RuntimeError:  # "~name" of a user this computer does not have
        raise InputProblems([Problem("there is no such file or folder", where=name)]) from None
    if _status(target) is not None:
        raise InputProblems([Problem("the file already exists; choose another name", where=name)])
    return target


def _unnamed(environment: Environment) -> Iterator[Named]:
    """The files that are read although no option names them: the user's own overlays and the program's data."""
    yield from (("", path) for path in environment.user_catalogues())
    yield from (("", path) for path in data_folder().iterdir() if path.is_file() and not path.name.endswith(_SCHEMA))


def _identity(path: Path, stream: TextIO) -> object:
    """Return a value that is equal for two names of one file; `stream` is the one that "-" means."""
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
        # A file that does not exist yet has no inode, but two names may still lead to the same place.
        return os.path.realpath(path)
    # A device such as /dev/null may be named twice, as writing to it replaces nothing.
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else object()


def _status(path: Path) -> os.stat_result | None:
    """Return the status of a path; None if nothing is there, or if only writing will tell.

    Raises InputProblems for a path that leads nowhere: a loop of links, a name that is too long, a missing folder.
    """
    try:
        return path.stat()
    except FileNotFoundError as error:
        # The system finds nothing at "missing/../file", but writing would make "file" there.
        if not path.parent.exists() or os.path.lexists(os.path.realpath(path)):
            raise InputProblems([file_problem(path, error)]) from None
        return None
    except (NotADirectoryError, PermissionError):
        return None
    except OSError as error:
        raise InputProblems([file_problem(path, error)]) from None


def _replaces(path: Path, words: Words, environment: Environment) -> bool:
    """Ask whether a file may be replaced; without a terminal to ask on, the answer is no."""
    if not (environment.stdin.isatty() and environment.stderr.isatty()):
        return False
    question = words.gettext("{file} already exists. Replace it? (y/n)").format(file=printable(str(path)))
    # On stderr, as stdout may be a result that goes into a pipe or a file.
    print(question, end=" ", file=environment.stderr, flush=True)
    return environment.stdin.readline().strip().casefold() in YES
