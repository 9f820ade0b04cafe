"""Start-up and one-person times against the bars, as ratios to the interpreter measured in the same run.

Run from an installed wheel: ``.venv/bin/python benchmarks/startup.py``
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from datetime import date
from pathlib import Path

from kotoneuvo import Situation, advise, load_catalogue
from kotoneuvo.advice.eligibility import decide
from kotoneuvo.advice.situation import Knowledge
from kotoneuvo.catalogue.bundle import data_folder

RUNS = 21
PROGRAM = str(Path(sys.executable).parent / "kotoneuvo")
ANSWERS = (
    'municipality = "Vantaa"\nage = 34\nstatus = "family_ties"\nfinnish_level = "A2"\ngoals = ["work", "language"]\n'
)


def whole_process(*command: str) -> float:
    """Median seconds of a whole process."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def inside(action: object) -> float:
    """Median seconds of a call."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        action()  # type: ignore[operator]
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Print each measure with its bar."""
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers.toml"
        answers.write_text(ANSWERS, encoding="utf-8")
        pass_time = whole_process(sys.executable, "-c", "pass")
        print(f"python -c pass                     {pass_time * 1000:7.1f} ms = 1")
        for bar, command in (
            (6.5, [PROGRAM, "--version"]),
            (8.0, [PROGRAM, "--help"]),
            (9.0, [PROGRAM, "advise", "--answers", str(answers), "--format", "json"]),
            (None, [PROGRAM, "advise", "--answers", str(answers), "--format", "text"]),
        ):
            spent = whole_process(*command)
            name = " ".join(Path(part).name for part in command)
            print(f"{name:55} {spent * 1000:7.1f} ms = {spent / pass_time:4.1f}  (bar {bar or '-'})")
    source = (data_folder() / "services.toml").read_text(encoding="utf-8")
    parse, load = inside(lambda: tomllib.loads(source)), inside(load_catalogue)
    print(f"load and check the catalogue       {load * 1000:7.1f} ms = {load / parse:4.2f} x tomllib  (bar 0.5)")
    catalogue = load_catalogue()
    situation = Situation.of(catalogue.facts, date(2026, 11, 24), **tomllib.loads(ANSWERS))

    def verdicts() -> None:
        knowledge = Knowledge(catalogue.facts, situation)
        for service in catalogue.services.values():
            decide(service.eligibility, knowledge)

    spent = inside(verdicts)
    print(f"one person, reasons for {len(catalogue.services)} services {spent * 1000:7.2f} ms  (bar 1 ms for 150)")
    spent = inside(lambda: advise(catalogue, situation, date(2026, 11, 24)))
    print(f"one person, whole report           {spent * 1000:7.2f} ms")


if __name__ == "__main__":
    main()
