"""`python -m tests.fuzz.run TARGET [COUNT] [SEED]`: many inputs, guided by coverage where atheris is installed.

Prints how many were judged, how fast, and every kind of fault once, with its input kept in a folder beside.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tempfile
import time
import traceback
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

TARGETS = ("answers", "overlays", "intakes", "ptv", "commands")
LONGEST = 1 << 13
"""Bytes of an input; longer ones have tests of their own."""


class Session:
    """A run of one target: judges inputs, and keeps one of each kind of fault."""

    def __init__(self, target: Any, bench: Any, finds: Path | None = None) -> None:
        self.target = target
        self.bench = bench
        self.finds = finds
        self.count = self.runs = 0
        self.faults: dict[str, bytes] = {}

    def judge(self, data: bytes) -> None:
        """Read one input, and every so often run the whole program with it."""
        self.count += 1
        whole = self.count % self.target.every == 0
        self.runs += whole
        try:
            if whole:
                self.target.run(data, self.bench, crc32(data) % self.target.ways)
            else:
                self.target.read(data, self.bench)
        except Exception as error:
            self._keep(error, data)

    def _keep(self, error: Exception, data: bytes) -> None:
        """Faults are of one kind if they come from the same line."""
        frames = [f"{Path(each.filename).name}:{each.lineno}" for each in traceback.extract_tb(error.__traceback__)]
        what = str(error)[:80] if type(error).__name__ == "Fault" else ""
        kind = f"{type(error).__name__} {' < '.join(frames[:-4:-1])} {what}".rstrip()
        known = self.faults.get(kind)
        if known is not None and len(data) >= len(known):
            return
        self.faults[kind] = data
        if self.finds:
            name = self.finds / hashlib.sha256(kind.encode()).hexdigest()[:8]
            name.write_bytes(data)
            name.with_suffix(".txt").write_text(f"{kind}\n{''.join(traceback.format_exception(error))}", "utf-8")
        if known is None:
            say(f"{self.count}: {kind!a}")

    def said(self, seconds: float) -> str:
        """The figures of the run."""
        from .judge import peak

        return (
            f"{self.target.name}: {self.count} inputs, {self.runs} of them through the whole program, "
            f"{self.count / seconds:.0f} a second, {len(self.faults)} kinds of fault, {peak():.0f} MiB at most"
        )


def say(text: str) -> None:
    """One line on the terminal, whatever streams the program has that is judged."""
    assert sys.__stderr__
    sys.__stderr__.write(f"{text}\n")
    sys.__stderr__.flush()


def blind(session: Session, count: int, seed: int) -> None:
    """Inputs made from the seeds and from one another by chance alone."""
    from .mutation import mutate

    target, random = session.target, Random(seed)
    pool = list(target.seeds)
    for _ in range(count):
        data = mutate(random.choice(pool), random, target.words, target.seeds, target.grammar)[:LONGEST]
        if random.random() < 0.05:
            pool.append(data)
            if len(pool) > 400:
                pool.pop(random.randrange(len(target.seeds), len(pool)))
        session.judge(data)


def guided(session: Session, count: int, seed: int, corpus: Path) -> None:
    """Inputs that reach new parts of the program are kept and changed further (atheris)."""
    import atheris

    from .mutation import mutate

    target, started = session.target, time.monotonic()

    def one(data: bytes) -> None:
        session.judge(data)
        if session.count % 5000 == 0:
            say(session.said(time.monotonic() - started))
        if session.count >= count:
            say(session.said(time.monotonic() - started))
            session.bench.__exit__()
            os._exit(0)  # libFuzzer would go on

    def mutator(data: bytes, longest: int, number: int) -> bytes:
        random = Random(number)
        if random.random() < 0.15:
            return bytes(atheris.Mutate(data, longest))
        return mutate(data, random, target.words, target.seeds, target.grammar)[:longest]

    for place, each in enumerate(target.seeds):
        (corpus / f"seed{place}").write_bytes(each)
    limits = (f"-max_len={LONGEST}", "-timeout=0", "-rss_limit_mb=0", "-len_control=0")
    options = [f"-seed={seed}", "-verbosity=0", *limits]
    atheris.Setup([sys.argv[0], *options, str(corpus)], one, custom_mutator=mutator)
    atheris.Fuzz()


def main(name: str, count: int, seed: int, by_chance: bool) -> None:
    """Fuzz one target."""
    if by_chance:
        target = import_module(f"{__package__}.{name}").TARGET
    else:
        import atheris

        with atheris.instrument_imports(include=["kotoneuvo"]):
            target = import_module(f"{__package__}.{name}").TARGET
    from .judge import Bench

    finds = Path(tempfile.mkdtemp(prefix=f"finds-{name}-"))
    say(f"{name}: {'by chance' if by_chance else 'guided by coverage'}, finds in {finds}")
    with Bench() as bench, tempfile.TemporaryDirectory() as corpus:
        session, started = Session(target, bench, finds), time.monotonic()
        if by_chance:
            blind(session, count, seed)
            say(session.said(time.monotonic() - started))
        else:
            guided(session, count, seed, Path(corpus))


if __name__ == "__main__":
    reader = argparse.ArgumentParser(description="Fuzz one target.")
    reader.add_argument("target", choices=TARGETS)
    reader.add_argument("count", nargs="?", type=int, default=200_000, help="how many inputs (default: 200,000)")
    reader.add_argument("seed", nargs="?", type=int, default=1)
    reader.add_argument("--by-chance", action="store_true", help="do not let coverage guide")
    asked = reader.parse_args()
    main(asked.target, asked.count, asked.seed, asked.by_chance or find_spec("atheris") is None)
