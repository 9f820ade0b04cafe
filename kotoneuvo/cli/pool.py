"""Blocks of rows worked on by several processes; results come in order whatever their number."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.cli.tray import Tray
from kotoneuvo.intake.guard import IdentityFound
from kotoneuvo.intake.records import Block
from kotoneuvo.intake.rows import BlockReader, Result
from kotoneuvo.intake.sheet import Task
from kotoneuvo.intake.tally import Tally
from kotoneuvo.words import Words, language_codes

AHEAD = 2
"""Blocks that wait for each worker."""
ALONE = 4
"""Blocks that are read before there are workers: what they teach, every worker then knows."""


def results(
    blocks: Iterable[Block], task: Task, jobs: int, tally: Tally, language: str = ""
) -> Iterator[tuple[Block, Result]]:
    """The result of every block, in order; numbers go into `tally`. One job, or one block, is done in this process.

    With a `language` the lines are JSON documents in it, else CSV.

    Raises InputProblems and IdentityFound for the first block in order that cannot be used.
    """
    if not language:
        # Lines of CSV leave nothing behind that only the search for garbage finds, and it takes a fifth of the time.
        gc.disable()
    reader = block_reader(task, language)
    waiting = iter(blocks)
    for block in waiting if jobs < 2 else islice(waiting, ALONE):
        yield block, reader.read(block, tally)
    for following in islice(waiting, 1):
        workers = [_Worker(reader) for _ in range(jobs)]
        del reader
        for block, result in _pooled(chain([following], waiting), workers):
            if result.tally:
                tally.add(result.tally)
            yield block, result


def _pooled(blocks: Iterable[Block], workers: list[_Worker]) -> Iterator[tuple[Block, Result]]:
    """A thread for each worker hands it a block and waits for its result."""
    free: SimpleQueue[_Worker] = SimpleQueue()
    for worker in workers:
        free.put(worker)

    def read(block: Block) -> Result:
        worker = free.get()
        try:
            return worker.read(block)
        finally:
            free.put(worker)

    threads = ThreadPoolExecutor(len(workers))
    running: deque[tuple[Block, Future[Result]]] = deque()
    try:
        for block in blocks:
            running.append((block, threads.submit(read, block)))
            if len(running) > len(workers) * AHEAD:
                done, future = running.popleft()
                yield done, future.result()
        while running:
            done, future = running.popleft()
            yield done, future.result()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.end()


class _Worker:
    """A process, and a pipe that no other worker writes to: it ends with the process, even in the middle of a result.

    A ready-made pool shares one pipe among its workers, and waits for ever for the rest of what a killed one had begun.
    """

    def __init__(self, reader: BlockReader) -> None:
        self._pipe, far = multiprocessing.Pipe()
        self._tray = Tray()
        self._process = multiprocessing.Process(target=_work, args=(far, self._tray, reader), daemon=True)
        self._process.start()
        far.close()

    def read(self, block: Block) -> Result:
        """The result of a block. Raises what the worker raised, InputProblems if there is no worker any more."""
        try:
            self._pipe.send((self._tray.lay(block.text), block.first))
            answer = self._pipe.recv()
        except (EOFError, OSError):
            message = "a worker process was killed (perhaps for want of memory); nothing was written; try --jobs 1"
            raise InputProblems([Problem(message)]) from None
        if isinstance(answer, Exception):
            raise answer
        laid, problems, tally = answer
        return Result(self._tray.take(laid), problems, tally)

    def end(self) -> None:
        """Whatever it is doing."""
        self._process.terminate()


def block_reader(task: Task, language: str) -> BlockReader:
    """What reads the blocks of a file in one process."""
    if not language:
        return BlockReader(task, language_codes)
    from kotoneuvo.render.json import JsonLines

    return BlockReader(task, language_codes, JsonLines(task.catalogue, task.day, Words(language)).line)


def _work(pipe: Connection, tray: Tray, reader: BlockReader) -> None:
    """What a worker does. Ctrl-C is for the parent; whatever ends the parent, its workers end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()
    if not reader.document:
        gc.disable()
    while True:
        laid, first = pipe.recv()
        try:
            result = reader.read(Block(tray.take(laid), first))
            pipe.send((tray.lay(result.text), result.problems, result.tally))
        except (InputProblems, IdentityFound) as found:
            pipe.send(found)


def _end_with_parent() -> None:
    """A worker alone would wait for its next block for ever: later workers hold the other end of its pipe too."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
