"""Blocks of rows worked on by several processes; results come in order whatever their number."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from queue import SimpleQueue
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
PROMPT = 0.0005
"""Seconds after which a result that comes in is seen to, though this process is at work: its worker waits for that."""


def results(
    blocks: Iterable[Block], task: Task, jobs: int, tally: Tally, language: str = ""
) -> Iterator[tuple[Block, Result]]:
    """The result of every block, in order; numbers go into `tally`. This process is one of the `jobs`.

    With a `language` the lines are JSON documents in it, else CSV.

    Raises InputProblems and IdentityFound for the first block in order that cannot be used.
    """
    reader = block_reader(task, language)
    turns: deque[tuple[Block, Future[Result]]] = deque()
    # Nothing is left behind that only the search for garbage finds, and it takes a fifth of the time.
    with gc_paused(), _Crew(reader, jobs - 1) as crew:
        for block in blocks:
            turns.append((block, crew.take(block)))
            while turns and (turns[0][1].done() or len(turns) > AHEAD * jobs):
                yield _told(*turns.popleft(), tally)
        while turns:
            yield _told(*turns.popleft(), tally)


def _told(block: Block, future: Future[Result], tally: Tally) -> tuple[Block, Result]:
    """The block and its result, counted. Raises what its reading raised."""
    result = future.result()
    tally.add(result.tally)
    return block, result


class _Crew:
    """This process and its workers: a block goes to a worker while few wait for one, else it is read here.

    Each worker has a thread here that waits for it, so that it has its next block as soon as it is done with one.
    """

    def __init__(self, reader: BlockReader, workers: int) -> None:
        self.reader = reader
        self.wanted = workers
        self.workers: list[Worker] = []
        self.taken = 0
        self._given: list[Future[Result]] = []
        self._threads: ThreadPoolExecutor | None = None
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        self._interval = sys.getswitchinterval()

    def __enter__(self) -> _Crew:
        return self

    def __exit__(self, *_: object) -> None:
        """End the workers, whatever they are doing."""
        for worker in self.workers:
            worker.end()
        if self._threads:
            self._threads.shutdown(cancel_futures=True)
            sys.setswitchinterval(self._interval)

    def take(self, block: Block) -> Future[Result]:
        """Have a block read, now or soon."""
        self.taken += 1
        if self.taken == ALONE + 1:
            self._hire()
        self._given = [each for each in self._given if not each.done()]
        if self._threads and len(self._given) < AHEAD * len(self.workers):
            future = self._threads.submit(self._give, block)
            self._given.append(future)
            return future
        future = Future()
        try:
            future.set_result(self.reader.read(block))
        except (InputProblems, IdentityFound) as found:
            future.set_exception(found)
        return future

    def _hire(self) -> None:
        """Start the workers, all before there are threads: a process must not begin in the middle of what one does."""
        for _ in range(self.wanted):
            try:
                self.workers.append(Worker(self.reader))
            except OSError:  # no process is to be had: those that there are do it
                break
        if self.workers:
            self._threads = ThreadPoolExecutor(len(self.workers))
            sys.setswitchinterval(PROMPT)
        for worker in self.workers:
            self._idle.put(worker)

    def _give(self, block: Block) -> Result:
        worker = self._idle.get()
        try:
            return worker.read(block)
        finally:
            self._idle.put(worker)


class Worker:
    """A process, and a pipe that no other worker writes to: it ends with the process, even in the middle of a result.

    A ready-made pool shares one pipe among its workers, and waits for ever for the rest of what a killed one had begun.
    """

    def __init__(self, reader: BlockReader) -> None:
        self.pipe, far = multiprocessing.Pipe()
        self._process = multiprocessing.Process(target=_work, args=(far, reader), daemon=True)
        self._process.start()
        far.close()

    def read(self, block: Block) -> Result:
        """Have a block read. Raises what its reading raises, and InputProblems if the worker is gone."""
        try:
            self.pipe.send(block)
            answer = self.pipe.recv()
        except (EOFError, OSError):
            message = N_("a worker process was killed (perhaps for want of memory); nothing was written; try --jobs 1")
            raise InputProblems([Problem(message)]) from None
        if isinstance(answer, Result):
            return answer
        raise answer

    def end(self) -> None:
        """Whatever it is doing."""
        self._process.terminate()


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
        try:
            answer: object = reader.read(pipe.recv())
        except (InputProblems, IdentityFound) as found:
            answer = found
        pipe.send(answer)


def _end_with_parent() -> None:
    """A worker alone would wait for its next block for ever: later workers hold the other end of its pipe too."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
