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
    """The end of a pipe of which nobody holds the other one; Windows says so in another way than Linux."""

    def __init__(self, said: Exception) -> None:
        self.said = said

    def send(self, block: Block) -> None:
        """Goes into the pipe, as far as anybody knows."""

    def recv(self) -> object:
        raise self.said


@pytest.mark.parametrize("said", [EOFError(), BrokenPipeError(), ConnectionResetError()])
def test_a_worker_that_is_gone_is_said_on_every_system(said: Exception) -> None:
    worker: Any = object.__new__(workers.Worker)
    worker.pipe = Gone(said)
    with pytest.raises(InputProblems, match="--jobs 1"):
        worker.read(BLOCKS[0])


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
