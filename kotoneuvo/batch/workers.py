"""Blocks of rows worked on by several processes; results come in order whatever their number."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from threading import Thread

from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.batch.rows import BlockReader, Result, Task
from kotoneuvo.batch.tally import Tally
from kotoneuvo.catalogue.files import gc_paused
from kotoneuvo.intake.guard import IdentityFound
from kotoneuvo.intake.records import Block
from kotoneuvo.words import Words, language_codes

AHEAD = 2
"""Blocks for each process that may be under way at a time, or wait for one before them."""
ALONE = 2
"""Blocks that are read before there are workers: what they teach, every worker then knows."""


def results(
    blocks: Iterable[Block], task: Task, jobs: int, tally: Tally, language: str = ""
) -> Iterator[tuple[Block, Result]]:
    """The result of every block, in order; numbers go into `tally`. This process is one of the `jobs`.

    With a `language` the lines are JSON documents in it, else CSV.

    Raises InputProblems and IdentityFound for the first block in order that cannot be used.
    """
    reader = block_reader(task, language)
    crew = _Crew(reader, jobs - 1)
    turns: deque[_Turn] = deque()
    # Nothing is left behind that only the search for garbage finds, and it takes a fifth of the time.
    with gc_paused():
        try:
            for block in blocks:
                turns.append(crew.take(block))
                crew.collect()
                while turns and (turns[0].answer or len(turns) > AHEAD * jobs):
                    crew.wait_for(turns[0])
                    yield turns.popleft().told(tally)
            for turn in turns:
                crew.wait_for(turn)
                yield turn.told(tally)
        finally:
            crew.end()


@dataclass(eq=False)
class _Turn:
    """A block with what came of it, once somebody has read it."""

    block: Block
    answer: Result | InputProblems | IdentityFound | None = None

    def told(self, tally: Tally) -> tuple[Block, Result]:
        """The block and its result, counted. Raises what its reading raised."""
        if not isinstance(self.answer, Result):
            assert self.answer
            raise self.answer
        tally.add(self.answer.tally)
        return self.block, self.answer


class _Crew:
    """This process and its workers: a block goes to a worker that has room, else it is read here."""

    def __init__(self, reader: BlockReader, workers: int) -> None:
        self.reader = reader
        self.wanted = workers
        self.workers: list[Worker] = []
        self.taken = 0

    def take(self, block: Block) -> _Turn:
        """Have a block read, now or soon."""
        self.taken += 1
        if self.taken > ALONE and len(self.workers) < self.wanted:
            try:
                self.workers.append(Worker(self.reader))
            except OSError:  # no process is to be had: those that there are do it
                self.wanted = len(self.workers)
        turn = _Turn(block)
        for worker in self.workers:
            if worker.give(turn):
                return turn
        turn.answer = _read(self.reader, block)
        return turn

    def collect(self) -> None:
        """Take what the workers have ready."""
        for worker in self.workers:
            worker.collect()

    def wait_for(self, turn: _Turn) -> None:
        """Until a block is read."""
        for worker in self.workers:
            if worker.turn is turn:
                worker.collect(wait=True)

    def end(self) -> None:
        """Whatever they are doing."""
        for worker in self.workers:
            worker.end()


def _read(reader: BlockReader, block: Block) -> Result | InputProblems | IdentityFound:
    try:
        return reader.read(block)
    except (InputProblems, IdentityFound) as found:
        return found


class Worker:
    """A process, and a pipe that no other worker writes to: it ends with the process, even in the middle of a result.

    A ready-made pool shares one pipe among its workers, and waits for ever for the rest of what a killed one had begun.
    """

    def __init__(self, reader: BlockReader) -> None:
        self.pipe, far = multiprocessing.Pipe()
        self.turn: _Turn | None = None
        self._process = multiprocessing.Process(target=_work, args=(far, reader), daemon=True)
        self._process.start()
        far.close()

    def give(self, turn: _Turn) -> bool:
        """Hand over a block, if it has none. Raises InputProblems if there is no worker any more."""
        # Two blocks at a time would have both sides write to each other, and wait for ever.
        if self.turn:
            return False
        with _alive():
            self.pipe.send(turn.block)
        self.turn = turn
        return True

    def collect(self, wait: bool = False) -> None:
        """Note what has been read, or `wait` until it is. Raises InputProblems if the worker is gone."""
        if self.turn:
            with _alive():
                if wait or self.pipe.poll():
                    self.turn.answer = self.pipe.recv()
                    self.turn = None

    def end(self) -> None:
        """Whatever it is doing."""
        self._process.terminate()


@contextmanager
def _alive() -> Iterator[None]:
    """Raises InputProblems if the other end of a pipe is gone."""
    try:
        yield
    except (EOFError, OSError):
        message = N_("a worker process was killed (perhaps for want of memory); nothing was written; try --jobs 1")
        raise InputProblems([Problem(message)]) from None


def block_reader(task: Task, language: str) -> BlockReader:
    """What reads the blocks of a file in one process."""
    if not language:
        return BlockReader(task, language_codes)
    from kotoneuvo.advice.advisor import Advisor
    from kotoneuvo.batch.json_lines import MEMORY, JsonLines

    advisor = Advisor(task.catalogue, task.day, MEMORY)
    return BlockReader(task, language_codes, JsonLines(advisor, Words(language)).lines)


def _work(pipe: Connection, reader: BlockReader) -> None:
    """What a worker does. Ctrl-C is for the parent; whatever ends the parent, its workers end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()
    gc.disable()
    while True:
        pipe.send(_read(reader, pipe.recv()))


def _end_with_parent() -> None:
    """A worker alone would wait for its next block for ever: later workers hold the other end of its pipe too."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
