"""A short fuzz of every target, and everything that fuzzing ever found, once more."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from fuzz import judge
from fuzz.judge import Bench, End, Fault
from fuzz.run import TARGETS, Session, blind
from fuzz.target import Target

pytestmark = pytest.mark.slow

FINDS = Path(__file__).parent / "finds"
SHORT = {"answers": 300, "overlays": 200, "intakes": 150, "ptv": 200, "commands": 60}
"""Inputs of the short run: a second or two each."""


def target_of(name: str) -> Target:
    target: Target = import_module(f"fuzz.{name}").TARGET
    return target


@pytest.mark.parametrize("name", TARGETS)
def test_a_short_run_finds_nothing(name: str) -> None:
    """No traceback, documented exit codes, no hang, no hunger, nothing half written, nothing that steers a terminal."""
    with Bench() as bench:
        session = Session(target_of(name), bench)
        blind(session, SHORT[name], seed=20261124)
    assert session.count == SHORT[name]
    assert session.faults == {}


@pytest.mark.parametrize(
    "path", [path for name in TARGETS for path in sorted((FINDS / name).iterdir())], ids=lambda path: path.name
)
def test_what_was_found_stays_mended(path: Path) -> None:
    """Read, and run in every way."""
    target, data = target_of(path.parent.name), path.read_bytes()
    faults = []
    with Bench() as bench:
        for way in (None, *range(target.ways)):
            try:
                target.read(data, bench) if way is None else target.run(data, bench, way)
            except Fault as fault:
                faults.append((way, str(fault)))
    assert faults == []


def test_the_judge_sees_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes long, what holds much, a sign that steers, a word too few, a file left behind: none of them passes."""
    with Bench() as bench:
        monkeypatch.setattr(judge, "SECONDS", 0.0)
        with pytest.raises(Fault, match="took"):
            bench.run("--version")
        monkeypatch.setattr(judge, "SECONDS", 60.0)
        for before, after in ((100.0, 301.0), (400.0, 601.0)):
            peaks = iter((before, after, after))
            monkeypatch.setattr(judge, "peak", lambda peaks=peaks: next(peaks))
            with pytest.raises(Fault, match="held"):
                bench.run("--version")
        # What a process held before is not the input's doing.
        for before, after in ((299.0, 310.0), (500.0, 510.0)):
            peaks = iter((before, after))
            monkeypatch.setattr(judge, "peak", lambda peaks=peaks: next(peaks))
            bench.run("--version")
        monkeypatch.setattr(judge, "peak", lambda: 0.0)
        for end, what in (
            (End(0, "\x1b[2J", ""), "U\\+001B"),
            (End(1, "", "\u202e"), "U\\+202E"),
            (End(1, "", ""), "without a word"),
            (End(1, "", "Traceback (most recent call last)\n"), "traceback"),
            (End(5, "", "x"), "exit code 5"),
        ):
            monkeypatch.setattr(judge, "run", lambda *_, end=end, **__: end)
            with pytest.raises(Fault, match=what):
                bench.run("--version")
        monkeypatch.setattr(judge, "run", lambda *_, **__: (bench.folder / "out").write_text("half") and End(0, "", ""))
        with pytest.raises(Fault, match="not written to its end"):
            bench.run("--version")
        monkeypatch.setattr(judge, "run", lambda *_, **__: (bench.folder / "out").write_text("x\n") and End(1, "x", ""))
        with pytest.raises(Fault, match="but written"):
            bench.run("--version")
