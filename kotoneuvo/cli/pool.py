"""Blocks of rows worked on by several processes; results come in order whatever their number."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from threading import Thread

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.intake.records import Block
from kotoneuvo.intake.rows import BlockReader, Result
from kotoneuvo.intake.sheet import Task
from kotoneuvo.intake.tally import Tally
from kotoneuvo.words import Words, language_codes

AHEAD = 2
"""Blocks that wait for each worker."""
_reader: BlockReader | None = None


def results(
    blocks: Iterable[Block], task: Task, jobs: int, tally: Tally, language: str = ""
) -> Iterator[tuple[Block, Result]]:
    """The result of every block, in order; numbers go into `tally`. One job, or one block, is done in this process.

    With a `language` the lines are JSON documents in it, else CSV.

    Raises InputProblems and IdentityFound for the first block in order that cannot be used.
    """
    waiting = iter(blocks)
    first = list(_take(waiting, 2))
    # Nothing here makes circles; looking for them takes a fifth of the time.
    gc.disable()
    if jobs < 2 or len(first) < 2:
        reader = block_reader(task, language)
        for block in chain(first, waiting):
            yield block, reader.read(block, tally)
        return
    try:
        for block, result in _pooled(chain(first, waiting), task, jobs, language):
            if result.tally:
                tally.add(result.tally)
            yield block, result
    except BrokenProcessPool:
        message = "a worker process was killed (perhaps for want of memory); nothing was written; try --jobs 1"
        raise InputProblems([Problem(message)]) from None


def _take(blocks: Iterator[Block], count: int) -> Iterator[Block]:
    for _, block in zip(range(count), blocks, strict=False):
        yield block


def _pooled(blocks: Iterable[Block], task: Task, jobs: int, language: str) -> Iterator[tuple[Block, Result]]:
    pool = ProcessPoolExecutor(jobs, initializer=_start, initargs=(task, language))
    running: deque[tuple[Block, Future[Result]]] = deque()
    try:
        for block in blocks:
            running.append((block, pool.submit(_read, block)))
            if len(running) > jobs * AHEAD:
                done, future = running.popleft()
                yield done, future.result()
        while running:
            done, future = running.popleft()
            yield done, future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def block_reader(task: Task, language: str) -> BlockReader:
    """What reads the blocks of a file in one process."""
    if not language:
        return BlockReader(task, language_codes)
    from kotoneuvo.render.json import JsonLines

    return BlockReader(task, language_codes, JsonLines(task.catalogue, task.day, Words(language)).line)


def _start(task: Task, language: str) -> None:
    """Make a worker ready. Ctrl-C is for the parent; whatever ends the parent, its workers end with it."""
    global _reader
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()
    gc.disable()
    _reader = block_reader(task, language)


def _end_with_parent() -> None:
    """A worker alone would wait for its next block for ever: its brothers hold the other end of its pipe."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _read(block: Block) -> Result:
    assert _reader is not None
    return _reader.read(block)
