"""Workers of a batch that go away: said, and never taken for something else."""

from __future__ import annotations

import gc
from typing import Any

import pytest
from days import TODAY

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.batch import workers
from kotoneuvo.batch.rows import Task
from kotoneuvo.batch.tally import Tally
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.intake.headers import Column, Role
from kotoneuvo.intake.records import Block

BLOCKS = [Block("Oulu\nTurku\n", 1 + 2 * number) for number in range(12)]


def task() -> Task:
    return Task(
        load_catalogue(), TODAY, ";", (Column(0, "kunta", Role.FACT, "municipality"),), ("row", "fitting_count")
    )


class Gone:
    """The end of a pipe on a system where asking for what is there tells that nobody is (Windows)."""

    def poll(self) -> bool:
        raise BrokenPipeError


def test_a_worker_that_is_gone_is_said_on_every_system() -> None:
    worker: Any = object.__new__(workers.Worker)
    worker.pipe, worker.turn = Gone(), object()
    with pytest.raises(InputProblems, match="--jobs 1"):
        worker.collect()


def test_without_processes_one_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is missed, and garbage collection is as it was."""

    def none(*_: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    alone = [(block, result.data) for block, result in workers.results(BLOCKS, task(), 1, Tally())]
    monkeypatch.setattr(workers, "Worker", none)
    tally = Tally()
    assert gc.isenabled()
    assert [(block, result.data) for block, result in workers.results(BLOCKS, task(), 3, tally)] == alone
    assert tally.rows == 24
    assert gc.isenabled()
