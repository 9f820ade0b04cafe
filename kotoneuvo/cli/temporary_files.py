"""Results before they have their names: private files and folders beside them, locked, gone if a run is killed."""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.catalogue.files import file_problem
from kotoneuvo.cli.signals import SIGNALS

PREFIX, SUFFIX = ".kotoneuvo-", ".tmp"
_FOLDER = re.compile(re.escape(PREFIX) + "[0-9a-f]{12}" + re.escape(SUFFIX))
"""Whole folders are deleted by the exact form of our names only."""
IN_MEMORY = 1 << 23
"""Bytes that wait in memory; more go to the folder for temporary files (TMPDIR)."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_SHUT = (errno.EACCES, errno.EPERM, errno.EROFS)


def writing_problem(error: OSError) -> Problem:
    """What could not be written and what to do about it; `error.filename` is where, else stdout."""
    path = Path(error.filename or "-")
    details = {"reason": os.strerror(error.errno) if error.errno else str(error)}
    if error.errno in _FULL:
        return Problem(
            N_("not written: {reason}; free some space, or choose a file on another disk"), details, str(path)
        )
    if error.errno in _SHUT:
        return Problem(N_("not written: {reason}; choose a file in a folder of your own"), details, str(path))
    if error.errno == errno.EBADF:
        return Problem(N_("not written: the output is closed; send it to a file or a terminal"), {}, str(path))
    return file_problem(path, error)


class NamedFile(io.FileIO):
    """A file to write to, or a device, whose errors say which result they belong to."""

    def __init__(self, path: Path, target: Path) -> None:
        self._target = str(target)
        super().__init__(path, "w", opener=lambda name, flags: os.open(name, flags, 0o600))

    def write(self, data: Any, /) -> int:
        """Write bytes. Raises OSError."""
        try:
            return super().write(data)
        except OSError as error:
            error.filename = self._target
            raise


class SpooledFile(tempfile.SpooledTemporaryFile[bytes]):
    """Bytes that are read back later; errors say which folder had no room."""

    def __init__(self) -> None:
        super().__init__(IN_MEMORY)

    def write(self, data: Any, /) -> int:
        """Write bytes. Raises OSError."""
        try:
            return super().write(data)
        except OSError as error:
            error.filename = tempfile.tempdir or os.curdir
            raise


@contextmanager
def temporary(target: Path, make: Callable[[Path], None]) -> Iterator[Path]:
    """A private file or folder beside `target`, as `make` makes it, locked while inside; nothing of it stays.

    Raises OSError.
    """
    tidy_up(target.parent)
    while True:
        path = target.parent / f"{PREFIX}{os.urandom(6).hex()}{SUFFIX}"
        with SIGNALS.tidied(partial(_remove, path)):
            make(path)
            held = os.open(path, os.O_RDONLY) if sys.platform != "win32" else None
            try:
                # Another run may have taken it for a leftover in the moment before it was locked.
                if held is None or (lock(held) is not False and os.fstat(held).st_nlink):
                    yield path
                    return
            finally:
                if held is not None:
                    os.close(held)


def check_protected(target: Path) -> None:
    """Raise InputProblems for a file that is write-protected."""
    if target.exists() and not (target.stat().st_mode & 0o222 and os.access(target, os.W_OK)):
        # The folder alone would let it be replaced, and by root it could be written to.
        message = N_("the file is write-protected; choose another one, or make it writable")
        raise InputProblems([Problem(message, where=str(target))])


def check_writable(target: Path) -> None:
    """Try it before somebody answers questions for a file. Raises InputProblems if it could not be written."""
    try:
        target = Path(os.path.realpath(target))
        check_protected(target)
        with temporary(target, partial(Path.touch, mode=0o600, exist_ok=False)):
            pass
    except OSError as error:
        error.filename = str(target)
        raise InputProblems([writing_problem(error)]) from None


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A folder to fill, which takes the name `target` at the end; if anything fails nothing of it stays.

    Raises InputProblems if something lies there already, or if it cannot be made.
    """
    try:
        target = Path(os.path.realpath(target))  # unlike `resolve` it raises nothing for links in a circle
        if kind_of(target) and not (target.is_dir() and not any(target.iterdir())):
            message = N_("the folder exists and is not empty; choose a new one")
            raise InputProblems([Problem(message, where=str(target))])
        with temporary(target, partial(Path.mkdir, mode=0o700)) as folder:
            yield folder
            with SIGNALS.deferred():
                if target.is_dir():
                    target.rmdir()
                folder.rename(target)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        error.filename = str(target)
        raise InputProblems([writing_problem(error)]) from None


def _remove(path: Path) -> None:
    with suppress(OSError):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def tidy_up(folder: Path) -> None:
    """Delete the temporary files and folders of runs that were killed: nobody holds their locks any more."""
    for path in folder.glob(f"{PREFIX}*{SUFFIX}"):
        with suppress(OSError):
            kind = path.lstat().st_mode
            if stat.S_ISDIR(kind) and not _FOLDER.fullmatch(path.name):
                continue  # somebody's own
            if sys.platform == "win32":  # there nothing is deleted that somebody has open
                _remove(path)
            elif stat.S_ISREG(kind) or stat.S_ISDIR(kind):
                held = os.open(path, os.O_RDONLY)
                try:
                    if lock(held):
                        _remove(path)
                finally:
                    os.close(held)


def lock(descriptor: int) -> bool | None:
    """Whether an open file is ours alone; None where files cannot be locked."""
    if sys.platform == "win32":
        return None
    try:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except (ImportError, OSError):
        return None
    return True


def kind_of(target: Path) -> int:
    """What lies at a path, as in stat; 0 for nothing. Raises OSError for links in a loop and the like."""
    try:
        return target.stat().st_mode
    except FileNotFoundError:
        return 0


def look_like(path: Path, target: Path) -> None:
    """Give a file the owner and the mode of the one that it replaces, as far as the system lets.

    Where it cannot have its group, its own gets what everybody had: nobody may read it who could not before.
    """
    if target.exists():
        old = target.stat()
        if hasattr(os, "chown"):
            for owner in (old.st_uid, -1):
                with suppress(OSError):
                    os.chown(path, owner, old.st_gid)
                    break
        mode = old.st_mode & 0o777
        if path.stat().st_gid != old.st_gid:
            mode = mode & 0o707 | (mode & 0o007) << 3
        path.chmod(mode)
