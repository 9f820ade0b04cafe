"""What every input is judged by: no traceback, a documented exit code, no hang, no hunger, nothing half written.

The program runs in this process, through its own command, with captured streams and in a folder that is emptied after
each input. What a whole process needs a second time (the command tree, the bundled catalogue) is read once: it is the
same for every input, and reading it would take most of the time.
"""

from __future__ import annotations

import difflib
import gc
import io
import os
import resource
import shutil
import signal
import socket
import sys
import tempfile
import time
import unicodedata
import webbrowser
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn
from unittest.mock import patch

from typer.main import get_command

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.catalogue import build as catalogue_build
from kotoneuvo.catalogue import check, line_numbers, load, read_facts
from kotoneuvo.cli.main import build

SECONDS = 8.0
"""Of the processor's time, for one input."""
MEBIBYTES, FRESH = 300, 100
"""The most that the process may ever have held, and what it holds before anything is run. In one that has held more
for reasons of its own (all tests in one process), an input may add the difference."""
EXIT_CODES = (0, 1, 2, 3, 130)
STOP = 20.0
"""Seconds after which an input is given up."""
HARMLESS = "\n\u00ad\u200c\u200d"
"""Signs that are not printed but belong to texts: line ends, soft hyphens, joiners."""
TIDY = 20
"""Runs after which garbage is looked for."""
_RUNS = count()
Change = tuple[object, str, object]
"""Where something stands, its name, and what stands there as long as a bench does."""
DAY = "2026-11-24"


class Fault(AssertionError):
    """What no input may bring about."""


@dataclass(frozen=True)
class End:
    """How a run of the program ended."""

    code: int
    out: str
    err: str


@contextmanager
def limits() -> Iterator[None]:
    """Raises Fault if what is done inside takes too much time or memory."""
    before, held = time.process_time(), peak()
    handler = signal.signal(signal.SIGALRM, _stop)
    signal.setitimer(signal.ITIMER_REAL, STOP)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
    taken = time.process_time() - before
    if taken > SECONDS:
        raise Fault(f"took {taken:.1f} s")
    if peak() > max(MEBIBYTES, held + MEBIBYTES - FRESH):
        raise Fault(f"held {peak():.0f} MiB")


def peak() -> float:
    """The most memory that this process has held so far, in MiB."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / 1024 / (1024 if sys.platform == "darwin" else 1)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    raise Fault(f"not done after {STOP:.0f} s")


class Bench:
    """A folder to run in, which is the current one as long as the bench stands."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
        self._before = Path.cwd()
        self._given: set[str] = set()
        self._changed = ExitStack()

    def __enter__(self) -> Bench:
        os.chdir(self.folder)
        home = {"HOME": str(self.folder), "XDG_CONFIG_HOME": str(self.folder / "none")}
        self._changed.enter_context(patch.dict(os.environ, home, KOTONEUVO_LANG="en", COLUMNS="80"))
        for place, name, instead in (*_doors(), *_remembered()):
            self._changed.enter_context(patch.object(place, name, instead))
        return self

    def __exit__(self, *_: object) -> None:
        self._changed.close()
        os.chdir(self._before)
        shutil.rmtree(self.folder)

    def put(self, name: str, data: bytes) -> Path:
        """A file with these bytes; its lines are not those of the file that had the name before."""
        line_numbers.lines_of.cache_clear()
        line_numbers.table_starts.cache_clear()
        self._given.add(name)
        path = self.folder / name
        path.write_bytes(data)
        return path

    def run(self, *args: str, stdin: bytes = b"", shown: bool = True, strict: bool = True) -> End:
        """Run the program on the files that were put here, and judge how it ended.

        `shown` says that its stdout is for people (and must not steer a terminal), `strict` that it writes nothing
        if it does not end well.
        """
        self._clear()
        with limits():
            end = run(*args, stdin=stdin)
        if end.code not in EXIT_CODES:
            raise Fault(f"exit code {end.code}")
        if end.code in (1, 2, 3) and not end.out + end.err:
            raise Fault(f"exit code {end.code} without a word")
        for said in (end.err, end.out if shown else ""):
            _check_words(said)
        self._check_files(end, strict)
        return end

    def _check_files(self, end: End, strict: bool) -> None:
        """Nothing temporary, nothing half written."""
        found = self._written()
        if end.code and strict and found:
            raise Fault(f"exit code {end.code}, but written: {[path.name for path in found]}")
        for path in found:
            if path.suffix == ".tmp":
                raise Fault(f"left behind: {path.name}")
            if path.is_file() and not (b"\n" + path.read_bytes()).endswith(b"\n"):
                raise Fault(f"not written to its end: {path.name}")

    def _written(self) -> list[Path]:
        return sorted(path for path in self.folder.iterdir() if path.name not in self._given)

    def _clear(self) -> None:
        """The folder as it was: only with what was put there."""
        for path in self._written():
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _check_words(said: str) -> None:
    if "Traceback (most recent call last)" in said:
        raise Fault("a traceback")
    for letter in said:
        if letter not in HARMLESS and not letter.isprintable() and unicodedata.category(letter) != "Zs":
            raise Fault(f"U+{ord(letter):04X} reaches the terminal")


def run(*args: str, stdin: bytes = b"") -> End:
    """Run the program with these arguments; its exit code and what it wrote."""
    kept = sys.stdin, sys.stdout, sys.stderr
    out, err = io.BytesIO(), io.BytesIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    sys.stdout = stdout = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    sys.stderr = stderr = io.TextIOWrapper(
        err, encoding="utf-8", errors="backslashreplace", newline="", write_through=True
    )
    try:
        _command().main(list(args), prog_name="kotoneuvo")
        code: Any = 0
    except SystemExit as error:
        code = error.code or 0
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept
        stdout.detach()
        stderr.detach()
        _tidy()
    return End(code if isinstance(code, int) else -1, out.getvalue().decode(), err.getvalue().decode())


def _tidy() -> None:
    """The program ends after a run and so no longer looks for garbage; this process goes on, and must now and then."""
    gc.unfreeze()
    gc.enable()
    if next(_RUNS) % TIDY == 0:
        gc.collect()


@cache
def _command() -> Any:
    return get_command(build(completion=False))


@cache
def facts() -> FactBook:
    """The bundled facts."""
    return load.load_catalogue().facts


def _doors() -> Iterator[Change]:
    """No input reaches a network or a browser."""
    yield socket.socket, "connect", _refuse
    yield webbrowser, "open", lambda *_, **__: False


def _refuse(*_: object) -> None:
    raise ConnectionRefusedError(111, "no network here")


@cache
def _remembered() -> tuple[Change, ...]:
    """What is the same for every input, kept: the bundled files, the facts, and close matches of the same words."""
    slow = difflib.get_close_matches
    matches = lru_cache(maxsize=20_000)(lambda word, words, n, cutoff: slow(word, words, n, cutoff))

    def close(word: str, possibilities: Iterable[str], n: int = 3, cutoff: float = 0.6) -> list[str]:
        return list(matches(word, tuple(possibilities), n, cutoff))

    bundled, read = cache(catalogue_build.bundled_file), cache(read_facts.read_facts)
    return (
        (difflib, "get_close_matches", close),
        (load, "load_catalogue", _once(load.load_catalogue)),
        *((place, "bundled_file", bundled) for place in (catalogue_build, check)),
        *((place, "read_facts", read) for place in (read_facts, check)),
    )


def _once(slow: Callable[..., Any]) -> Callable[..., Any]:
    """A function whose results are kept; but not those of files that change."""
    kept = cache(slow)
    return lambda *args, **kwargs: slow(*args, **kwargs) if kwargs.get("overlays") else kept(*args)
