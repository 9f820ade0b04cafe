"""Stopping on Ctrl-C, SIGTERM or a closing terminal without half-written files, stray workers or a traceback.

The program exits inside the signal handler. An exception raised there could surface where Python swallows or prints it:
in an import, in a garbage collection, or in the cleanup itself.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""The signals that ask a program to end; SIGBREAK exists on Windows only, SIGHUP everywhere else."""
STDERR = 2


class Signals:
    """What must be done before the program ends on a signal, with exit code 128 + signal number (130 for Ctrl-C)."""

    def __init__(self) -> None:
        self.cleanups: list[Callable[[], None]] = []
        self.messages: list[Callable[[], str]] = []
        self._owner = 0
        self._unwinding = False
        self._busy = False
        self._came = 0

    def arm(self) -> None:
        """Handle the signals from now on; one that the caller has set to be ignored (nohup) stays ignored."""
        self._owner = os.getpid()
        for each in (getattr(signal, name) for name in NAMES if hasattr(signal, name)):
            if signal.getsignal(each) is not signal.SIG_IGN:
                signal.signal(each, self._stop)

    def unwind(self) -> None:
        """From now on raise KeyboardInterrupt or SystemExit instead, so that prompts can restore the terminal."""
        self._unwinding = True

    @contextmanager
    def deferred(self) -> Iterator[None]:
        """Let the block finish; handle a signal that arrives meanwhile at its end."""
        self._busy = True
        try:
            yield
        finally:
            self._busy = False
            if self._came:
                self._stop(self._came)

    @contextmanager
    def tidied(self, tidy: Callable[[], None]) -> Iterator[None]:
        """Call `tidy` at the end of the block, or when a signal ends the program inside it."""
        self.cleanups.append(tidy)
        try:
            yield
        finally:
            self.cleanups.remove(tidy)
            tidy()

    @contextmanager
    def on_stop(self, message: Callable[[], str]) -> Iterator[None]:
        """Write the result of `message` to stderr if a signal ends the program inside the block."""
        self.messages.append(message)
        try:
            yield
        finally:
            self.messages.remove(message)

    def _stop(self, number: int, _frame: FrameType | None = None) -> None:
        if os.getpid() != self._owner:  # a forked worker that has not set its own handlers: cleanup is the parent's
            os._exit(128 + number)
        if self._busy:
            self._came = number
            return
        # A copy, as a cleanup may remove itself from the list.
        for tidy in tuple(self.cleanups):
            tidy()
        if self._unwinding:
            raise KeyboardInterrupt if number == signal.SIGINT else SystemExit(128 + number)
        # Not through sys.stderr, which raises RuntimeError if the signal came in the middle of a print to it.
        with suppress(OSError):
            os.write(STDERR, "".join(message() for message in self.messages).encode())
        os._exit(128 + number)


SIGNALS = Signals()
"""A process has one set of signals, so there is one of these; only the entry point arms it, not the library."""
