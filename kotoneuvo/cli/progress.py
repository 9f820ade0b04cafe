"""How far a run is: a bar with rate and time left on a terminal, nothing in a pipe."""

from __future__ import annotations

import time
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING

from kotoneuvo.batch.summary import number
from kotoneuvo.cli.environment import Environment
from kotoneuvo.cli.signals import SIGNALS
from kotoneuvo.intake.records import Block
from kotoneuvo.words import Words

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

CLEAN = "\r\x1b[2K\x1b[?25h"
"""Takes the bar off the line and shows the cursor again."""
SECONDS = 0.1
"""Between two drawings of the bar."""
SMALL = 1 << 21
"""A file of fewer bytes than this is read before a bar could be of use."""


class ProgressBar:
    """Shows the share of a file's bytes that is done and the rows a second; `size` 0 is a stream of unknown length."""

    def __init__(self, environment: Environment, words: Words, size: int) -> None:
        self._wanted = environment.stderr.isatty() and (size > SMALL or size == 0)
        self._environment = environment
        self._words = words
        self._size = size
        self._bar: Bar | None = None
        self._open = ExitStack()
        self._drawn = 0.0

    def __enter__(self) -> ProgressBar:
        if self._wanted:
            from rich.console import Console
            from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            self._bar = Bar(
                TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rate]}"), TimeElapsedColumn(),
                TimeRemainingColumn(), console=Console(file=self._environment.stderr), transient=True,
                auto_refresh=False,
            )  # fmt: skip
            self._open.enter_context(SIGNALS.on_stop(lambda: CLEAN))
            self._bar.start()
            self._bar.add_task("", total=self._size or None, rate="")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()
        self._open.close()

    def advance(self, block: Block, rows: int) -> None:
        """One block more is done; `rows` are done in all."""
        if self._bar:
            task = self._bar.tasks[0]
            _ = self._words.gettext
            rate = _("{count} rows a second").format(count=number(round(rows / (task.elapsed or 1))))
            told = _("{count} rows").format(count=number(rows))
            self._bar.update(task.id, advance=len(block.text.encode()), description=told, rate=rate)
            # No thread of its own draws the bar: processes begin as copies of this one, which may have but one.
            if time.monotonic() - self._drawn > SECONDS:
                self._drawn = time.monotonic()
                self._bar.refresh()
