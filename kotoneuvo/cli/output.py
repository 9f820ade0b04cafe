"""Results to stdout or to files: written beside and renamed, so that a file is whole or absent.

A new file has mode 0600: only the worker may read what was advised. A file that is there already keeps its mode and, as
far as the system lets, its owner; one that is write-protected is not replaced.
"""

from __future__ import annotations

import errno
import io
import json
import os
import stat
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TextIO

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.catalogue.files import descriptor
from kotoneuvo.cli.signals import SIGNALS
from kotoneuvo.cli.temporary_files import (
    NamedFile,
    SpooledFile,
    check_protected,
    kind_of,
    look_like,
    temporary,
    writing_problem,
)

COPIED = 1 << 20
"""Characters copied at once."""


def write_result(payload: str | bytes, target: Path | None, stdout: TextIO) -> None:
    """Write text or bytes to `target`, or to stdout if there is none or it is "-".

    Raises InputProblems if it cannot be written.
    """
    with Results(stdout) as results:
        file = results.open(target)
        if isinstance(payload, str):
            file.write(payload)
        else:
            # Text that waits in the upper layer comes before the bytes.
            file.flush()
            getattr(file, "buffer").write(payload)  # noqa: B009 (text streams have one, TextIO does not say so)


def json_text(schema: str, **data: object) -> str:
    """What a command found, for scripts: a JSON object that names its form."""
    from kotoneuvo.words import escape_controls

    return escape_controls(json.dumps({"schema": schema, **data}, ensure_ascii=False, indent=2, default=str)) + "\n"


class Results:
    """The files of one run. They take their names together, when all are whole; if anything fails none does."""

    def __init__(self, stdout: TextIO) -> None:
        self.written = False
        self._stdout = stdout
        self._renamed: list[tuple[TextIO, Path, Path]] = []
        self._held: list[tuple[TextIO, TextIO]] = []
        self._open = ExitStack()

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
                return self._hold(_text(NamedFile(target, target)))
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
            self._open.close()
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            raise InputProblems([writing_problem(error)]) from None

    def _hold(self, stream: TextIO) -> TextIO:
        file = io.TextIOWrapper(SpooledFile(), "utf-8", newline="")
        self._held.append((file, stream))
        for each in (stream, file):
            if each is not self._stdout:
                self._open.callback(_close, each)
        return file

    def _beside(self, target: Path) -> TextIO:
        """A file in the same folder, of which nothing is left if the program is told to stop."""
        check_protected(target)
        path = self._open.enter_context(temporary(target, partial(Path.touch, mode=0o600, exist_ok=False)))
        file = _text(NamedFile(path, target))
        self._open.callback(_close, file)
        self._renamed.append((file, path, target))
        return file

    def _settle(self) -> None:
        """Everything to the disk, then every name, then what was held back for stdout."""
        for file, _path, _target in self._renamed:
            file.close()
        with SIGNALS.deferred():
            for _file, path, target in self._renamed:
                look_like(path, target)
                path.replace(target)
            self.written = True
        for file, stream in self._held:
            file.seek(0)
            while text := file.read(COPIED):
                stream.write(text)
            stream.flush()


def _text(raw: io.FileIO) -> TextIO:
    # Line ends are as they are written: Windows would double those of a CSV.
    return io.TextIOWrapper(io.BufferedWriter(raw), "utf-8", newline="")


def _close(file: TextIO) -> None:
    with suppress(OSError):
        file.close()
