"""The installed program in a real pseudo-terminal, with its screen."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte

PROGRAM = str(Path(sys.executable).parent / "kotoneuvo")
ESCAPE, ENTER, DOWN, UP, SPACE, CTRL_C = "\x1b", "\r", "\x1b[B", "\x1b[A", " ", "\x03"
PATIENCE = 20
"""Seconds until a screen counts as not coming."""


def hear_signals() -> None:
    """Background jobs of a shell ignore Ctrl-C, those of `nohup` SIGHUP, and so would the program under test."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


class Terminal:
    """One run; `screen` shows what a person would see, `everything` all that was ever printed."""

    def __init__(self, *args: str, folder: Path, rows: int = 60, columns: int = 100, **variables: str) -> None:
        # The workers of xdist carry the size of some other terminal, and that would win.
        outside = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        environment = {**outside, "PROMPT_TOOLKIT_NO_CPR": "1", "TERM": "xterm-256color", "HOME": str(folder)}
        environment |= {"KOTONEUVO_LANG": "en", **variables}
        self.child = pexpect.spawn(
            PROGRAM,
            list(args),
            cwd=str(folder),
            env=environment,
            dimensions=(rows, columns),
            encoding="utf-8",
            preexec_fn=hear_signals,
            timeout=20,
        )
        self.child.delaybeforesend = None
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self.everything = ""

    def wait(self, pattern: str) -> None:
        """Read until the pattern has been printed."""
        self.child.expect(pattern)
        self._feed(self.child.before + self.child.after)

    def until(self, *words: str) -> None:
        """Read until one of the words stands on the screen; the patience ends with an error that shows the screen."""
        self._read_until(lambda: any(each in self.screen for each in words), f"{words} not on the screen")

    def until_changed(self, before: str) -> None:
        """Read until the screen is another one."""
        self._read_until(lambda: self.screen not in (before, ""), "nothing new on the screen")

    def _read_until(self, done: Callable[[], bool], said: str) -> None:
        end = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > end:
                raise AssertionError(f"{said}:\n{self.screen}")
            try:
                self._feed(self.child.read_nonblocking(4096, timeout=0.2))
            except pexpect.TIMEOUT:
                continue

    def press(self, *keys: str) -> None:
        """Send keys one after the other."""
        for key in keys:
            self.child.send(key)

    def resize(self, *, rows: int, columns: int) -> None:
        """Give the window another size."""
        self._screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)
        self.settle()

    def end(self) -> int:
        """Read to the end; the exit code."""
        self.child.expect(pexpect.EOF)
        self._feed(self.child.before)
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else -self.child.signalstatus)

    def leave(self) -> None:
        """End the program if it still runs, as a person would."""
        for _ in range(3):
            if not self.child.isalive():
                break
            self.child.send(CTRL_C)
            self.settle()
        self.child.close(force=True)

    def settle(self) -> None:
        """Read what is printed until nothing comes for a moment."""
        self._feed(self.child.buffer)
        self.child.buffer = ""
        while True:
            try:
                self._feed(self.child.read_nonblocking(4096, timeout=0.4))
            except (pexpect.TIMEOUT, pexpect.EOF):
                return

    @property
    def screen(self) -> str:
        """The visible screen as text."""
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip()

    def _feed(self, text: str) -> None:
        self.everything += text
        self._stream.feed(re.sub(r"\x1b\[\?\d+[hl]", "", text))
