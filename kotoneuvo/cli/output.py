"""Results to stdout or to a file: written beside it and renamed, so that a file is whole or absent."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO, cast

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.catalogue.files import file_problem

COPIED = 1 << 20
"""Characters copied at once."""


def write_result(payload: str | bytes, target: Path | None, stdout: TextIO) -> None:
    """Write text or bytes to `target`, or to stdout if there is none or it is "-".

    A file gets mode 0600: only the worker may read what was advised. Raises InputProblems if it cannot be written.
    """
    with open_result(target, stdout) as file:
        if isinstance(payload, str):
            file.write(payload)
        else:
            file.flush()
            getattr(file, "buffer").write(payload)  # noqa: B009 (text streams have one, TextIO does not say so)


def new_file(name: str) -> Path:
    """The path of a file that is to be written, as a person types it. Raises InputProblems if there cannot be."""
    try:
        target = Path(name).expanduser()
        taken = target.exists()
    except OSError as error:
        raise InputProblems([file_problem(Path(name), error)]) from None
    except RuntimeError:
        raise InputProblems([Problem("there is no such file or folder", where=name)]) from None
    if taken:
        raise InputProblems([Problem("the file is there already; choose another name", where=name)])
    return target


def write_beside(text: str, target: Path) -> None:
    """Write a file whole or not at all. Raises OSError."""
    with _beside(target) as file:
        file.write(text)


@contextmanager
def open_result(target: Path | None, stdout: TextIO, held: bool = False) -> Iterator[TextIO]:
    """A file to write a result to; it takes its name, or goes on to stdout, only if all goes well.

    With `held`, nothing reaches stdout before the end either. Raises InputProblems if a file cannot be written.
    """
    try:
        if target is not None and str(target) != "-":
            with _beside(target) as file:
                yield file
        else:
            with _held(stdout) if held else _plainly(stdout) as file:
                yield file
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputProblems([file_problem(target or Path("-"), error)]) from None


@contextmanager
def _plainly(stdout: TextIO) -> Iterator[TextIO]:
    yield stdout


@contextmanager
def _held(stdout: TextIO) -> Iterator[TextIO]:
    """A file without a name that is copied to stdout in the end; it vanishes with the program, whatever happens."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as file:
        yield cast(TextIO, file)
        file.seek(0)
        while text := file.read(COPIED):
            stdout.write(text)
        stdout.flush()


@contextmanager
def _beside(target: Path) -> Iterator[TextIO]:
    """A temporary file in the same folder, renamed in the end; nothing is left behind if that fails.

    What is no file (a device, a named pipe) is written to as it is, and never replaced.
    """
    if target.is_dir():
        raise IsADirectoryError(21, os.strerror(21), str(target))
    if target.exists() and not target.is_file():
        with target.open("w", encoding="utf-8", newline="") as device:
            yield device
        return
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".kotoneuvo-", suffix=".tmp")
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            yield file
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
