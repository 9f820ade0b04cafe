"""Worker processes: several read blocks of rows at once; the results are the same, in the same order."""

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
"""The most blocks per process that are being read or wait for an earlier one."""
ALONE = 2
"""Blocks that are read before workers start, because a worker inherits what was cached by then."""
PROMPT = 0.0005
"""The thread switch interval in seconds: a worker with a result waits until its thread in this process can run."""


def results(
    blocks: Iterable[Block], task: Task, jobs: int, tally: Tally, language: str = ""
) -> Iterator[tuple[Block, Result]]:
    """Yield the result of every block, in order, and add its counts to `tally`; this process is one of the `jobs`.

    With a `language`, the lines are JSON documents in it, else CSV. Raises InputProblems and IdentityFound for the
    first block that cannot be used.
    """
    reader = block_reader(task, language)
    turns: deque[tuple[Block, Future[Result]]] = deque()
    # No reference cycles are left behind, and garbage collection would take a fifth of the time.
    with gc_paused(), _Crew(reader, jobs - 1) as crew:
        for block in blocks:
            turns.append((block, crew.take(block)))
            while turns and (turns[0][1].done() or len(turns) > AHEAD * jobs):
                yield _told(*turns.popleft(), tally)
        while turns:
            yield _told(*turns.popleft(), tally)


def _told(block: Block, future: Future[Result], tally: Tally) -> tuple[Block, Result]:
    """Wait for a block's result and count it. Raises what reading it raised."""
    result = future.result()
    tally.add(result.tally)
    return block, result


class _Crew:
    """This process and its workers; a block is read here if enough blocks wait for the workers already.

    Each worker has a thread in this process that waits for it and sends the next block at once.
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
        """Terminate the workers, whatever they are doing."""
        for worker in self.workers:
            worker.end()
        if self._threads:
            self._threads.shutdown(cancel_futures=True)
            sys.setswitchinterval(self._interval)

    def take(self, block: Block) -> Future[Result]:
        """Read a block here, or give it to a worker."""
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
        """Start the workers."""
        # All before the first thread: a process that is forked while a thread holds a lock would wait for ever.
        for _ in range(self.wanted):
            try:
                self.workers.append(Worker(self.reader))
            except OSError:  # the system allows no more processes; go on with those that started
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
    """A process with a pipe of its own.

    The pools of the standard library share one pipe among the workers. If one is killed while it writes a result, they
    wait for the rest for ever; a pipe of its own ends with the process.
    """

    def __init__(self, reader: BlockReader) -> None:
        self.pipe, far = multiprocessing.Pipe()
        self._process = multiprocessing.Process(target=_work, args=(far, reader), daemon=True)
        self._process.start()
        far.close()

    def read(self, block: Block) -> Result:
        """Let the process read a block. Raises what reading raises, and InputProblems if the process is gone."""
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
        """Terminate the process, whatever it is doing."""
        self._process.terminate()


def block_reader(task: Task, language: str) -> BlockReader:
    """Build the reader of a file's blocks for one process."""
    if not language:
        return BlockReader(task, language_codes)
    from kotoneuvo.advice.advisor import Advisor
    from kotoneuvo.batch.json_lines import MEMORY, JsonLines

    advisor = Advisor(task.catalogue, task.day, MEMORY)
    return BlockReader(task, language_codes, JsonLines(advisor, Words(language)).lines)


def _work(pipe: Connection, reader: BlockReader) -> None:
    """Run a worker: read blocks until it is terminated, or the parent ends."""
    # Ctrl-C reaches the whole process group; only the parent answers it.
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
    """End this worker when the parent ends."""
    # The closed pipe does not: workers that started later hold copies of its other end.
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
