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
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from kotoneuvo import Advisor, Situation, load_catalogue
from kotoneuvo.catalogue.files import data_folder

SERVICES = 15_000
DAY = date(2026, 11, 24)
PROGRAM = str(Path(sys.executable).parent / "kotoneuvo")
ANSWERS = {"municipality": "Vantaa", "age": 34, "status": "family_ties", "finnish_level": "A2", "goals": ["work"]}


def large_catalogue(count: int = SERVICES) -> str:
    """The text of a catalogue: copies of all bundled services, each with ids, references and names of its own."""
    text = (data_folder() / "services.toml").read_text(encoding="utf-8")
    blocks = [f"[[service]]{block}" for block in text.split("[[service]]")[1:]]
    ids = [found[1] for block in blocks if (found := re.search(r'^id = "([^"]+)"', block, re.M))]
    made = []
    for number in range(count):
        copy, place = divmod(number, len(blocks))
        # What the last, shorter copy would refer to beyond its end, it takes from the first copy.
        known = set(ids[: count - copy * len(blocks)])
        made.append(_copied(blocks[place], {name: f"{name}-{copy if name in known else 0}" for name in ids}, copy))
    return '[catalogue]\nversion = "large"\n\n' + "\n".join(made)


def _copied(block: str, names: Mapping[str, str], copy: int) -> str:
    lines = []
    for line in block.splitlines():
        if re.match(r"(id|part_of|successor|via) = ", line):
            line = re.sub(r'"([^"]+)"', lambda found: f'"{names.get(found[1], found[1])}"', line)
        lines.append(re.sub(r'(?<= = ")([^"]+)', rf"\1 {copy}", line) if line.startswith("name = ") else line)
    return "\n".join(lines)


def median(action: Callable[[], object], runs: int = 5) -> float:
    """Median seconds of a call, without the time it takes to throw away what it made."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        made = action()
        times.append(time.perf_counter() - start)
        del made
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

    fresh = median(lambda: Advisor(catalogue, DAY).advise(situation)) * 1000
    advisor = Advisor(catalogue, DAY)
    advisor.advise(situation)
    kept = median(lambda: advisor.advise(situation), 50) * 1000
    every = median(lambda: dict(advisor.advise(situation).assessments), 3) * 1000
    print(f"one person, fresh advisor           {fresh:7.1f} ms  (bar 100)")
    print(f"one person, advisor kept            {kept:7.1f} ms  (bar 10)")
    print(f"one person, every assessment read   {every:7.1f} ms")


if __name__ == "__main__":
    main()
