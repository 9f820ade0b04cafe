"""What is fuzzed: where inputs start from, how one is read quickly, and how the whole program is given it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .judge import Bench
from .mutation import Grammar


@dataclass(frozen=True)
class Target:
    """One kind of input.

    `read` goes through the reader and everything that it feeds, `run` through the command line, in one of several
    `ways`; `every` says how many inputs are only read for one that is run.
    """

    name: str
    seeds: Sequence[bytes]
    words: Sequence[str]
    read: Callable[[bytes, Bench], None]
    run: Callable[[bytes, Bench, int], None]
    ways: int
    grammar: Grammar | None = None
    every: int = 50
