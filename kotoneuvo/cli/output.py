"""Results to stdout or to files: written beside and renamed, so that a file is whole or absent.

A new file has mode 0600: only the worker may read what was advised. A file that is there already keeps its mode and, as
far as the system lets, its owner; one that is write-protected is not replaced.
"""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
import stat
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.catalogue.files import descriptor, file_problem
from kotoneuvo.cli.stopping import STOPPING

COPIED = 1 << 20
"""Characters copied at once."""
PREFIX, SUFFIX = ".kotoneuvo-", ".tmp"
_FOLDER = re.compile(re.escape(PREFIX) + "[0-9a-f]{12}" + re.escape(SUFFIX))
"""Whole folders are deleted by the exact form of our names only."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_SHUT = (errno.EACCES, errno.EPERM, errno.EROFS)


def write_result(payload: str | bytes, target: Path | None, stdout: TextIO) -> None:
    """Write text or bytes to `target`, or to stdout if there is none or it is "-".

    Raises InputProblems if it cannot be written.
    """
    with Results(stdout) as results:
        file = results.open(target)
        if isinstance(payload, str):
            file.write(payload)
        else:
            file.flush()
            getattr(file, "buffer").write(payload)  # noqa: B009 (text streams have one, TextIO does not say so)


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


@dataclass(frozen=True, slots=True)
class _Pending:
    """A file that waits for its name; without a `target` it goes on to `stream`."""

    file: TextIO
    name: str = ""
    target: Path | None = None
    stream: TextIO | None = None
    lock: int | None = None


class Results:
    """The files of one run. They take their names together, when all are whole; if anything fails none does."""

    def __init__(self, stdout: TextIO) -> None:
        self.written = False
        self._stdout = stdout
        self._pending: list[_Pending] = []

    def open(self, target: Path | None, held: bool = False) -> TextIO:
        """A file to write to, for `target`, or for stdout if there is none or it is "-".

        With `held` nothing reaches stdout before the end. What is no file (a device, a named pipe, an open descriptor
        as /dev/stdout) is never replaced, and nothing reaches it before the end either. Raises InputProblems.
        """
        try:
            if target is None or str(target) == "-":
                return self._hold(self._stdout) if held else self._stdout
            if (number := descriptor(target)) is not None:
                # Written on where the caller left off: opened by its path it would be a new file, emptied first.
                return self._hold(os.fdopen(os.dup(number), "w", encoding="utf-8", newline=""))
            kind = kind_of(target)
            if stat.S_ISDIR(kind):
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            if stat.S_ISBLK(kind) or stat.S_ISSOCK(kind):
                raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
            if kind and not stat.S_ISREG(kind):
                return self._hold(io.TextIOWrapper(io.BufferedWriter(_Named(str(target), target)), "utf-8", newline=""))
            return self._beside(target.resolve())
        except OSError as error:
            error.filename = str(target or "-")
            raise InputProblems([writing_problem(error)]) from None

    def __enter__(self) -> Results:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._settle()
        except BrokenPipeError:
            raise
        except OSError as refused:
            error = refused
        finally:
            self._drop()
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            raise InputProblems([writing_problem(error)]) from None

    def _hold(self, stream: TextIO) -> TextIO:
        from kotoneuvo.cli.held import Held

        file = io.TextIOWrapper(Held(), "utf-8", newline="")
        self._pending.append(_Pending(file, stream=stream))
        return file

    def _beside(self, target: Path) -> TextIO:
        """A file in the same folder, of which nothing is left if the program is told to stop."""
        if target.exists() and not (target.stat().st_mode & 0o222 and os.access(target, os.W_OK)):
            # The folder alone would let it be replaced, and by root it could be written to.
            message = N_("the file is write-protected; choose another one, or make it writable")
            raise InputProblems([Problem(message, where=str(target))])
        tidy_up(target.parent)
        raw = _temporary(target)
        name = str(raw.name)
        # Closed and not yet renamed it must not look like a leftover: the lock stays with this second descriptor.
        lock = os.dup(raw.fileno()) if sys.platform != "win32" else None
        file = io.TextIOWrapper(io.BufferedWriter(raw), "utf-8", newline="")
        self._pending.append(_Pending(file, name, target, lock=lock))
        return file

    def _settle(self) -> None:
        """Everything to the disk, then every name, then what was held back for stdout."""
        files = [each for each in self._pending if each.target]
        for each in files:
            each.file.close()
        with STOPPING.put_off():
            for each in files:
                assert each.target is not None
                _look_like(each.name, each.target)
                os.replace(each.name, each.target)  # noqa: PTH105
            self.written = True
        for each in self._pending:
            if each.stream:
                each.file.seek(0)
                while text := each.file.read(COPIED):
                    each.stream.write(text)
                each.stream.flush()

    def _drop(self) -> None:
        for each in self._pending:
            for file in (each.file, each.stream):
                if file is not None and file is not self._stdout:
                    with suppress(OSError):
                        file.close()
            if each.lock is not None:
                os.close(each.lock)
            if each.name:
                with suppress(OSError):
                    os.unlink(each.name)  # noqa: PTH108
                STOPPING.temporaries.discard(each.name)


def tidy_up(folder: Path) -> None:
    """Delete the temporary files and folders of runs that were killed: nobody holds their locks any more."""
    for path in folder.glob(f"{PREFIX}*{SUFFIX}"):
        with suppress(OSError):
            kind = path.lstat().st_mode
            if stat.S_ISDIR(kind) and not _FOLDER.fullmatch(path.name):
                continue  # somebody's own
            remove = shutil.rmtree if stat.S_ISDIR(kind) else os.unlink
            if sys.platform == "win32":  # there nothing is deleted that somebody has open
                remove(path)
            elif stat.S_ISREG(kind) or stat.S_ISDIR(kind):
                held = os.open(path, os.O_RDONLY)
                try:
                    if lock(held):
                        remove(path)
                finally:
                    os.close(held)


def _temporary(target: Path) -> _Named:
    """A new file beside `target`, locked for as long as this run lives."""
    while True:
        name = str(target.parent / f"{PREFIX}{os.urandom(6).hex()}{SUFFIX}")
        STOPPING.temporaries.add(name)
        try:
            raw = _Named(name, target)
        except OSError:
            STOPPING.temporaries.discard(name)
            raise
        # Another run may have taken it for a leftover in the moment before it was locked.
        if lock(raw.fileno()) is not False and os.fstat(raw.fileno()).st_nlink:
            return raw
        raw.close()
        STOPPING.temporaries.discard(name)


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


def _look_like(name: str, target: Path) -> None:
    """Give a file the owner and the mode of the one that it replaces, as far as the system lets.

    Where it cannot have its group, its own gets what everybody had: nobody may read it who could not before.
    """
    if target.exists():
        old = target.stat()
        if hasattr(os, "chown"):
            for owner in (old.st_uid, -1):
                with suppress(OSError):
                    os.chown(name, owner, old.st_gid)
                    break
        mode = old.st_mode & 0o777
        if Path(name).stat().st_gid != old.st_gid:
            mode = mode & 0o707 | (mode & 0o007) << 3
        Path(name).chmod(mode)


class _Named(io.FileIO):
    """A new private file, or a device, whose errors say which result they belong to."""

    def __init__(self, name: str, target: Path) -> None:
        self._target = str(target)
        mode = "x" if name != self._target else "w"
        super().__init__(name, mode, opener=lambda path, flags: os.open(path, flags, 0o600))

    def write(self, data: Any, /) -> int:
        """Write bytes. Raises OSError."""
        try:
            return super().write(data)
        except OSError as error:
            error.filename = self._target
            raise
