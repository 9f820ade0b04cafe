"""Results to stdout or to a file: written beside it and renamed, so that a file is whole or absent."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TextIO

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.catalogue.files import file_problem


def write_result(text: str, target: Path | None, stdout: TextIO) -> None:
    """Write `text` to `target`, or to stdout if there is none or it is "-".

    A file gets mode 0600: only the worker may read what was advised. Raises InputProblems if it cannot be written.
    """
    if target is None or str(target) == "-":
        stdout.write(text)
        return
    try:
        write_beside(text, target)
    except OSError as error:
        raise InputProblems([file_problem(target, error)]) from None


def write_beside(text: str, target: Path) -> None:
    """Write a temporary file in the same folder and rename it; nothing is left behind if that fails."""
    if target.is_dir():
        raise IsADirectoryError(21, os.strerror(21), str(target))
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".kotoneuvo-", suffix=".tmp")
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
