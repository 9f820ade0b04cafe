"""Temporary files and folders for results: private, beside the target, locked, and deleted if a run is killed."""

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
"""A folder is deleted with all its content, so only if its name has exactly our form."""
IN_MEMORY = 1 << 23
"""Bytes held in memory; what exceeds them goes to the folder for temporary files (TMPDIR)."""
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_PERMISSION = (errno.EACCES, errno.EPERM, errno.EROFS)


def writing_problem(error: OSError) -> Problem:
    """Return what could not be written and what to do about it; without `error.filename` it was stdout."""
    path = Path(error.filename or "-")
    details = {"reason": os.strerror(error.errno) if error.errno else str(error)}
    if error.errno in _NO_SPACE:
        return Problem(
            N_("not written: {reason}; free some space, or choose a file on another disk"), details, str(path)
        )
    if error.errno in _NO_PERMISSION:
        return Problem(N_("not written: {reason}; choose a file in a folder of your own"), details, str(path))
    if error.errno == errno.EBADF:
        return Problem(N_("not written: the output is closed; send it to a file or a terminal"), {}, str(path))
    return file_problem(path, error)


class NamedFile(io.FileIO):
    """A file or device to write to, whose errors name the result and not the temporary file."""

    def __init__(self, path: Path, target: Path) -> None:
        self._target = str(target)
        # Private from the start: before a later chmod, others could already have opened it.
        super().__init__(path, "w", opener=lambda name, flags: os.open(name, flags, 0o600))

    def write(self, data: Any, /) -> int:
        """Write bytes. Raises OSError."""
        try:
            return super().write(data)
        except OSError as error:
            error.filename = self._target
            raise


class SpooledFile(tempfile.SpooledTemporaryFile[bytes]):
    """Bytes that are read back later; errors name the folder that had no space."""

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
    """Yield a private file or folder beside `target`, created with `make`, locked, and deleted at the end.

    Raises OSError.
    """
    tidy_up(target.parent)
    while True:
        path = target.parent / f"{PREFIX}{os.urandom(6).hex()}{SUFFIX}"
        with SIGNALS.tidied(partial(_remove, path)):
            make(path)
            descriptor = os.open(path, os.O_RDONLY) if sys.platform != "win32" else None
            try:
                # Before it was locked, another run may have taken it for a leftover and deleted it: try again.
                if descriptor is None or (lock(descriptor) is not False and os.fstat(descriptor).st_nlink):
                    yield path
                    return
            finally:
                if descriptor is not None:
                    os.close(descriptor)


def check_protected(target: Path) -> None:
    """Raise InputProblems for a file that is write-protected."""
    if target.exists() and not (target.stat().st_mode & 0o222 and os.access(target, os.W_OK)):
        # A rename needs permission for the folder only, and root may write to any file: nothing else would stop us.
        message = N_("the file is write-protected; choose another one, or make it writable")
        raise InputProblems([Problem(message, where=str(target))])


def check_writable(target: Path) -> None:
    """Raise InputProblems if `target` could not be written; tried before a person answers questions for it."""
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
    """Yield a folder to fill, which is renamed to `target` at the end; if anything fails it is deleted.

    Raises InputProblems if `target` exists and is not an empty folder, or if it cannot be made.
    """
    try:
        target = Path(os.path.realpath(target))  # `Path.resolve` would raise RuntimeError for a loop of links
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
    """Delete the temporary files and folders of runs that were killed: their locks are free."""
    for path in folder.glob(f"{PREFIX}*{SUFFIX}"):
        with suppress(OSError):
            kind = path.lstat().st_mode
            if stat.S_ISDIR(kind) and not _FOLDER.fullmatch(path.name):
                continue  # a person's own folder
            if sys.platform == "win32":  # which refuses to delete what is open
                _remove(path)
            # Nothing else is opened: a named pipe, for example, would block until somebody writes to it.
            elif stat.S_ISREG(kind) or stat.S_ISDIR(kind):
                descriptor = os.open(path, os.O_RDONLY)
                try:
                    if lock(descriptor):
                        _remove(path)
                finally:
                    os.close(descriptor)


def lock(descriptor: int) -> bool | None:
    """Lock an open file; False if another process has locked it, None where files cannot be locked."""
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
    """Return `st_mode` of a path; 0 if nothing is there. Raises OSError, for example for a loop of links."""
    try:
        return target.stat().st_mode
    except FileNotFoundError:
        return 0


def look_like(path: Path, target: Path) -> None:
    """Give a file the owner, group and mode of the one that it replaces, as far as the system allows.

    If it cannot have that group, its own group gets the permissions of everybody: no new person may read it.
    """
    if target.exists():
        old = target.stat()
        if hasattr(os, "chown"):
            # Only root may give a file away; other users may at least set a group that they belong to.
            for owner in (old.st_uid, -1):
                with suppress(OSError):
                    os.chown(path, owner, old.st_gid)
                    break
        mode = old.st_mode & 0o777
        if path.stat().st_gid != old.st_gid:
            mode = mode & 0o707 | (mode & 0o007) << 3
        path.chmod(mode)
