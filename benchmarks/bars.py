"""Every speed bar, as the median of five rounds: `.venv/bin/python benchmarks/bars.py [PART …] [--rounds N]`.

Parts: commands, library, files, interview, large; all of them without a name (about ten minutes). Exit code 1 if a
median is more than a tenth over its bar and nobody gave that bar up; 2 in an editable checkout: users have a wheel,
which holds the catalogue compiled. So, in an environment of its own: `pip install '.[test]'`. Linux.

Times are processor time, so that other programs on the machine matter little; but two jobs and the interview are timed
by the clock, and mean something on a quiet machine only.
"""

from __future__ import annotations

import argparse
import gc
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from batch import COMMAND, COPY, HERE, most_memory
from interview import interview
from large_catalogue import ANSWERS, DAY, large_catalogue

from kotoneuvo import Advisor, Situation, load_catalogue
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.files import data_folder
from kotoneuvo.catalogue.load import COMPILED, bundled

ROUNDS = 5
TOLERANCE = 1.1
"""A median may be this much over its bar: so much one machine differs from itself."""
STARTS = 5
"""Runs of a command that only starts and ends, for one value."""
PERSON = (
    'municipality = "Vantaa"\nage = 34\nstatus = "family_ties"\nfinnish_level = "A2"\ngoals = ["work", "language"]\n'
)
MINIMAL = "import typer\napp = typer.Typer()\n@app.command()\ndef run() -> None: ...\napp()"


@dataclass(frozen=True, slots=True)
class Bar:
    """The most that a measure may be; `given_up` says why a bar that is missed is not worked on."""

    name: str
    most: float
    unit: str
    given_up: str = ""


SHARED = "a worker begins with what the first process has, but Python writes into all objects that it looks at"
GROWN = "set for 287 services: with 394 there are twice as many combinations to ask the advisor for"
BARS: Mapping[str, tuple[Bar, ...]] = {
    "commands": (
        Bar("kotoneuvo --version", 6.5, "x python -c pass"),
        Bar("kotoneuvo --help", 8, "x python -c pass"),
        Bar("advise --format json", 10, "x python -c pass"),
        Bar("handout in Finnish, HTML", 2.5, "x minimal typer program"),
        Bar("handout in Arabic, HTML", 2.5, "x minimal typer program"),
        Bar("handout in Finnish, PDF", 3, "x minimal typer program"),
        Bar("handout in Arabic, PDF", 3, "x minimal typer program"),
    ),
    "library": (
        Bar("load the catalogue", 0.5, "x tomllib"),
        Bar("one person, advisor kept", 0.8, "ms"),
        Bar("one person, fresh advisor", 2.5, "ms"),
        Bar("one person, every assessment read", 5, "ms"),
        Bar("a report of advise_many", 0.5, "ms"),
    ),
    "files": (
        Bar("10,000 rows to csv", 1.3, "s"),
        Bar("10,000 rows to JSON lines", 10, "s"),
        Bar("memory, JSON lines", 150, "MiB"),
        Bar("a skewed million, 1 job", 2.5, "x copy", GROWN),
        Bar("a skewed million, 2 jobs, by the clock", 1.6, "x copy", GROWN),
        Bar("300,000 uniform rows, 1 job", 4.5, "x copy"),
        Bar("300,000 uniform rows, 2 jobs, by the clock", 3.4, "x copy"),
        Bar("memory, a skewed million, 1 job", 150, "MiB"),
        Bar("memory, a skewed million, 2 jobs", 150, "MiB", SHARED),
    ),
    "interview": (
        Bar("Enter to the next question, median", 35, "ms"),
        Bar("Enter to the next question, 95th percentile", 80, "ms"),
    ),
    "large": (
        Bar("15,000 services, fresh advisor, first of its day", 100, "ms"),
        Bar("15,000 services, fresh advisor", 100, "ms"),
        Bar("15,000 services, advisor kept", 10, "ms"),
    ),
}


class Run(NamedTuple):
    """What one run of a command took: seconds of the processor, seconds by the clock, most memory in MiB."""

    processor: float
    clock: float
    memory: float


def run(*command: str, times: int = 1, watched: bool = False) -> Run:
    """Run a whole process, with its children; its memory is looked at only if it is `watched`."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    memory = 0.0
    for _ in range(times):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            memory = most_memory(process) if watched else 0.0
        if process.returncode:
            raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}")
    after, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - start
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(spent / times, clock / times, memory)


def milliseconds(action: Callable[[], object], times: int = 1) -> float:
    """Milliseconds of the processor that a call takes; what others left to collect is collected before."""
    gc.collect()
    start = time.process_time()
    for _ in range(times):
        action()
    return (time.process_time() - start) * 1000 / times


def intake(folder: Path, rows: int, *kind: str) -> str:
    """A made-up intake file of so many rows."""
    path = folder / f"{rows}{''.join(kind)}.csv"
    if not path.exists():
        with path.open("w", encoding="utf-8") as file:
            subprocess.run([sys.executable, HERE / "make_intake.py", str(rows), *kind], stdout=file, check=True)
    return str(path)


def commands(folder: Path) -> Iterator[float]:
    """Start-up and handouts."""
    answers, out = folder / "answers.toml", str(folder / "out")
    answers.write_text(PERSON, encoding="utf-8")
    advise = (COMMAND, "advise", "--answers", str(answers), "--force", "--output", out, "--format")
    least = run(sys.executable, "-c", "pass", times=STARTS).processor
    for command in ((COMMAND, "--version"), (COMMAND, "--help"), (*advise, "json")):
        yield run(*command, times=STARTS).processor / least
    minimal = run(sys.executable, "-c", MINIMAL, times=STARTS).processor
    for form in ("html", "pdf"):
        for language in ("fi", "ar"):
            yield run(*advise, form, "--handout-lang", language).processor / minimal


def library(folder: Path) -> Iterator[float]:
    """One person, and many, with the bundled catalogue."""
    source = (data_folder() / "services.toml").read_text(encoding="utf-8")
    bundled.cache_clear()
    yield milliseconds(load_catalogue) / milliseconds(lambda: tomllib.loads(source))
    catalogue = load_catalogue()
    advisor, person = Advisor(catalogue, DAY), Situation.of(catalogue.facts, DAY, **ANSWERS)
    advisor.advise(person)
    yield milliseconds(lambda: advisor.advise(person), 50)
    yield milliseconds(lambda: Advisor(catalogue, DAY).advise(person))
    yield milliseconds(lambda: dict(Advisor(catalogue, DAY).advise(person).assessments))
    people = [
        Situation.of(catalogue.facts, DAY, municipality=town, age=age, goals=goal)
        for town in ("Vantaa", "Oulu", "Espoo", "Kuopio") for age in range(18, 68) for goal in ("work", "language")
    ]  # fmt: skip
    yield milliseconds(lambda: [report.first_steps for report in advisor.advise_many(people)]) / len(people)


def files(folder: Path) -> Iterator[float]:
    """Ten thousand rows, which is what a municipality has, and files that nobody has yet."""
    out = ("--force", "--output", str(folder / "out"))
    few, million = intake(folder, 10_000), intake(folder, 1_000_000)
    yield run(COMMAND, "batch", few, "--jobs", "1", *out).processor
    lines = run(COMMAND, "batch", few, "--jobs", "1", "--format", "jsonl", *out, watched=True)
    yield lines.processor
    yield lines.memory
    memory = []
    for path in (million, intake(folder, 300_000, "uniform")):
        copy = run(sys.executable, "-c", COPY, path, str(folder / "copy"))
        one, two = (run(COMMAND, "batch", path, "--jobs", jobs, *out, watched=path == million) for jobs in "12")
        memory += [one.memory, two.memory]
        yield one.processor / copy.processor
        yield two.clock / copy.clock
    yield from memory[:2]


def questions(folder: Path) -> Iterator[float]:
    """One interview on a terminal."""
    _, times = interview()
    yield statistics.median(times) * 1000
    yield statistics.quantiles(times, n=20)[-1] * 1000


def large(folder: Path) -> Iterator[float]:
    """A catalogue that nobody has yet."""
    catalogue = _large(folder)
    catalogue.day_cache.clear()
    person = Situation.of(catalogue.facts, DAY, **ANSWERS)
    for _ in range(2):
        yield milliseconds(lambda: Advisor(catalogue, DAY).advise(person))
    advisor = Advisor(catalogue, DAY)
    advisor.advise(person)
    yield milliseconds(lambda: advisor.advise(person), 20)


@cache
def _large(folder: Path) -> Catalogue:
    path = folder / "large.toml"
    path.write_text(large_catalogue(), encoding="utf-8")
    return load_catalogue(path)


PARTS: Mapping[str, Callable[[Path], Iterator[float]]] = {
    "commands": commands, "library": library, "files": files, "interview": questions, "large": large,
}  # fmt: skip
"""Each gives one value for each of its bars, in their order."""


def measured(part: str, rounds: int, folder: Path) -> bool:
    """Print every bar of a part with the median of its values; whether all hold that nobody gave up."""
    values = zip(*[tuple(PARTS[part](folder)) for _ in range(rounds)], strict=True)
    holds = True
    for bar, each in zip(BARS[part], values, strict=True):
        median = statistics.median(each)
        missed = median > bar.most * TOLERANCE
        holds &= not missed or bool(bar.given_up)
        verdict = "MISSED" if missed else "ok"
        if bar.given_up:
            verdict = "given up, see below" if missed else "ok again: take it off those given up"
        spread = f"{min(each):.2f}–{max(each):.2f}"
        print(f"{bar.name:50} {median:8.2f}  ({spread}; bar {bar.most:g} {bar.unit})  {verdict}", flush=True)
    return holds


def main() -> int:
    """Measure the parts that were named, or all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("part", nargs="*", help=f"{', '.join(PARTS)}; without one: all")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    if unknown := set(asked.part) - set(PARTS):
        parser.error(f"no such part: {', '.join(unknown)}")
    if not (data_folder() / COMPILED).is_file():
        print("The catalogue is not compiled here: install a wheel (pip install '.[test]', not -e).", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        held = [measured(part, asked.rounds, Path(folder)) for part in asked.part or PARTS]
    for reason in dict.fromkeys(bar.given_up for part in asked.part or PARTS for bar in BARS[part] if bar.given_up):
        names = [bar.name for part in asked.part or PARTS for bar in BARS[part] if bar.given_up == reason]
        print(f"given up: {'; '.join(names)}\n    {reason}")
    return int(not all(held))


if __name__ == "__main__":
    raise SystemExit(main())
