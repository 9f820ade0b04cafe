"""A catalogue of 15,000 services made from the bundled one: checked, loaded and advised from, against the bars.

``.venv/bin/python benchmarks/large_catalogue.py`` measures; with ``--write FILE`` it only writes the catalogue.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

from kotoneuvo import Situation, advise, load_catalogue
from kotoneuvo.advice.eligibility import decide
from kotoneuvo.advice.situation import Knowledge
from kotoneuvo.catalogue.bundle import data_folder

SERVICES = 15_000
DAY = date(2026, 11, 24)
PROGRAM = str(Path(sys.executable).parent / "kotoneuvo")
ANSWERS = {"municipality": "Vantaa", "age": 34, "status": "family_ties", "finnish_level": "A2", "goals": ["work"]}


def large_catalogue(count: int = SERVICES) -> str:
    """The text of a catalogue: copies of all bundled services, each with ids, references and names of its own."""
    text = (data_folder() / "services.toml").read_text(encoding="utf-8")
    blocks = [f"[[service]]{block}" for block in text.split("[[service]]")[1:]]
    ids = [found[1] for block in blocks if (found := re.search(r'^id = "([^"]+)"', block, re.M))]
    named = re.compile("|".join(f'"{re.escape(name)}"' for name in sorted(ids, key=len, reverse=True)))
    made: list[str] = []
    copy = 1
    while len(made) < count:
        suffix = f"-{copy}"
        for block in blocks[: count - len(made)]:
            own = named.sub(lambda found: f'{found[0][:-1]}{suffix}"', block)
            made.append(re.sub(r'^(name = \{ fi = "[^"]+)', rf"\1 {copy}", own, flags=re.M))
        copy += 1
    # The last copy may be cut short: what it refers to may be missing, so it refers to the first one instead.
    whole = {found[1] for block in made if (found := re.search(r'^id = "([^"]+)"', block, re.M))}
    last = f"-{copy - 1}"
    mended = [
        re.sub(
            r'"([a-z0-9-]+)"',
            lambda found: found[0] if found[1] in whole else f'"{found[1].removesuffix(last)}-1"',
            block,
        )
        if f'{last}"' in block
        else block
        for block in made
    ]
    return '[catalogue]\nversion = "large"\n\n' + "\n".join(mended)


def median(action: Callable[[], object], runs: int = 5) -> float:
    """Median seconds of a call."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Print each measure with its bar."""
    if sys.argv[1:2] == ["--write"]:
        Path(sys.argv[2]).write_text(large_catalogue(), encoding="utf-8")
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.toml"
        path.write_text(large_catalogue(), encoding="utf-8")
        measure(path)


def measure(path: Path) -> None:
    """Parse, load, check, advise."""
    source = path.read_text(encoding="utf-8")
    parse = median(lambda: tomllib.loads(source), 3)
    load = median(lambda: load_catalogue(path), 3)
    print(f"{SERVICES} services, {len(source) / 1e6:.1f} MB of TOML; tomllib parses them in {parse:.2f} s")
    print(f"load                                {load:7.2f} s  = {load / parse:4.2f} x tomllib  (bar 0.5)")
    start = time.perf_counter()
    done = subprocess.run(
        [PROGRAM, "catalogue", "check", "--alone", str(path)], capture_output=True, text=True, check=False
    )
    spent = time.perf_counter() - start
    print(
        f"catalogue check, whole process      {spent:7.2f} s  = {spent / parse:4.2f} x tomllib; exit {done.returncode}"
    )
    print("  " + done.stdout.splitlines()[-1])
    catalogue = load_catalogue(path)
    situation = Situation.of(catalogue.facts, DAY, **ANSWERS)

    def verdicts() -> None:
        knowledge = Knowledge(catalogue.facts, situation)
        for service in catalogue.services.values():
            decide(service.eligibility, knowledge)

    print(f"one person, reasons for every service {median(verdicts) * 1000:5.0f} ms  (bar 40 ms)")
    print(f"one person, whole report            {median(lambda: advise(catalogue, situation, DAY)) * 1000:7.0f} ms")


if __name__ == "__main__":
    main()
