"""Being told to stop (Ctrl-C, SIGTERM, a terminal that closes): no half-written file stays, no worker, no traceback.

The program ends inside the signal's own call. An exception instead could come up where Python swallows it or prints it:
in the middle of an import, of a collection of garbage, or of the tidying up itself.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""The signals that ask a program to end; Windows has some of them, other systems the rest."""
STDERR = 2


class Signals:
    """What there is to do before the program may end. The exit code is 128 and the signal's number: 130 for Ctrl-C."""

    def __init__(self) -> None:
        self.cleanups: list[Callable[[], None]] = []
        self.messages: list[Callable[[], str]] = []
        self._owner = 0
        self._unwinding = False
        self._busy = False
        self._came = 0

    def arm(self) -> None:
        """From now on the signals end the program here; those that the caller ignores (nohup) stay ignored."""
        self._owner = os.getpid()
        for each in (getattr(signal, name) for name in NAMES if hasattr(signal, name)):
            if signal.getsignal(each) is not signal.SIG_IGN:
                signal.signal(each, self._stop)

    def unwind(self) -> None:
        """From now on they raise KeyboardInterrupt or SystemExit, so that prompts can put the terminal in order."""
        self._unwinding = True

    @contextmanager
    def deferred(self) -> Iterator[None]:
        """What is done inside is done whole; a signal that comes meanwhile is heard afterwards."""
        self._busy = True
        try:
            yield
        finally:
            self._busy = False
            if self._came:
                self._stop(self._came)

    @contextmanager
    def tidied(self, tidy: Callable[[], None]) -> Iterator[None]:
        """At the end of what is done inside, or where the program is told to stop in it, everything is tidied up."""
        self.cleanups.append(tidy)
        try:
            yield
        finally:
            self.cleanups.remove(tidy)
            tidy()

    @contextmanager
    def on_stop(self, message: Callable[[], str]) -> Iterator[None]:
        """While inside, `message` gives what is written to stderr if the program is told to stop."""
        self.messages.append(message)
        try:
            yield
        finally:
            self.messages.remove(message)

    def _stop(self, number: int, _frame: FrameType | None = None) -> None:
        if os.getpid() != self._owner:  # a worker, not yet ready: what is to be tidied up is the parent's
            os._exit(128 + number)
        if self._busy:
            self._came = number
            return
        # A copy: what tidies up may leave the list while it is walked through.
        for tidy in tuple(self.cleanups):
            tidy()
        if self._unwinding:
            raise KeyboardInterrupt if number == signal.SIGINT else SystemExit(128 + number)
        # Not by way of sys.stderr: this may have come in the middle of a print to it.
        with suppress(OSError):
            os.write(STDERR, "".join(message() for message in self.messages).encode())
        os._exit(128 + number)


SIGNALS = Signals()
"""A program has one set of signals, and so one of these; it is armed only where the program is run as one."""
