"""Write results to stdout or to files. A file is written under a temporary name and renamed, so it is whole or absent.

A new file has mode 0600, as only the worker may read the advice. A file that is replaced keeps its mode and, as far as
the system allows, its owner; a write-protected one is not replaced.
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
"""Characters copied to stdout at a time."""


def write_result(payload: str | bytes, target: Path | None, stdout: TextIO) -> None:
    """Write text or bytes to `target`, or to stdout if there is none or it is "-".

    Raises InputProblems if it cannot be written.
    """
    with Results(stdout) as results:
        file = results.open(target)
        if isinstance(payload, str):
            file.write(payload)
        else:
            # Text still in the text layer belongs before the bytes.
            file.flush()
            getattr(file, "buffer").write(payload)  # noqa: B009 (text streams have one, TextIO does not say so)


def json_text(schema: str, **data: object) -> str:
    """Return JSON for scripts: an object of `data` that names its `schema` first."""
    from kotoneuvo.words import escape_controls

    return escape_controls(json.dumps({"schema": schema, **data}, ensure_ascii=False, indent=2, default=str)) + "\n"


class Results:
    """The files of one run. All get their names at the end, when each is whole; if anything fails, none does."""

    def __init__(self, stdout: TextIO) -> None:
        self.written = False
        self._stdout = stdout
        self._renamed: list[tuple[TextIO, Path, Path]] = []
        self._held: list[tuple[TextIO, TextIO]] = []
        self._open = ExitStack()

    def open(self, target: Path | None, held: bool = False) -> TextIO:
        """Return a file to write to, for `target`; for stdout if that is None or "-".

        With `held`, nothing reaches stdout before the end. A device, a named pipe or an open descriptor (/dev/stdout)
        is never replaced, and gets nothing before the end either. Raises InputProblems.
        """
        try:
            if target is None or str(target) == "-":
                return self._hold(self._stdout) if held else self._stdout
            if (number := descriptor(target)) is not None:
                # The caller may have written there already; opened by its path, the file would be emptied first.
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
        except BrokenPipeError:  # the reader has had enough, which is not a problem: `guarded` ends the run
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
        """A temporary file in the same folder, deleted if the run fails or is stopped."""
        check_protected(target)
        path = self._open.enter_context(temporary(target, partial(Path.touch, mode=0o600, exist_ok=False)))
        file = _text(NamedFile(path, target))
        self._open.callback(_close, file)
        self._renamed.append((file, path, target))
        return file

    def _settle(self) -> None:
        """Close every file, then give all their names, then write what was held back."""
        for file, _path, _target in self._renamed:
            file.close()
        # A signal between two renames would leave some results under their names and others not.
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
    # No newline translation: Windows would turn the "\r\n" of a CSV into "\r\r\n".
    return io.TextIOWrapper(io.BufferedWriter(raw), "utf-8", newline="")


def _close(file: TextIO) -> None:
    with suppress(OSError):
        file.close()
