"""A folder of results, written beside and renamed like a file (see `output`): whole or absent, and private."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.cli.output import PREFIX, SUFFIX, kind_of, lock, tidy_up, writing_problem
from kotoneuvo.cli.stopping import STOPPING


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A folder to fill, which takes the name `target` at the end; if anything fails nothing of it stays.

    Raises InputProblems if something lies there already, or if it cannot be made.
    """
    try:
        target = target.resolve()
        if kind_of(target) and not (target.is_dir() and not any(target.iterdir())):
            message = N_("the folder exists and is not empty; choose a new one")
            raise InputProblems([Problem(message, where=str(target))])
        tidy_up(target.parent)
        folder = target.parent / f"{PREFIX}{os.urandom(6).hex()}{SUFFIX}"
        folder.mkdir(mode=0o700)
    except OSError as error:
        error.filename = str(target)
        raise InputProblems([writing_problem(error)]) from None

    def remove() -> None:
        shutil.rmtree(folder, ignore_errors=True)

    STOPPING.cleanups.append(remove)
    held = os.open(folder, os.O_RDONLY) if sys.platform != "win32" else None
    try:
        if held is not None:
            lock(held)
        yield folder
        with STOPPING.put_off():
            if target.is_dir():
                target.rmdir()
            folder.rename(target)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        error.filename = str(target)
        raise InputProblems([writing_problem(error)]) from None
    finally:
        STOPPING.cleanups.remove(remove)
        remove()
        if held is not None:
            os.close(held)
