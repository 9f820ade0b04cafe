"""Every speed bar, measured five times: `.venv/bin/python benchmarks/bars.py [--long]`.

Exit code 1 if the median of a measure is more than a tenth over its bar. Times are processor time, so that other
programs on the machine matter little; only the interview is timed by the clock. Run it from an installed wheel, which
holds the catalogue compiled; Linux and macOS. `--long` adds files of a million rows and a catalogue of 15,000 services.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from batch import COMMAND, COPY, HERE, memory
from interview import interview
from large_catalogue import ANSWERS, DAY, large_catalogue

from kotoneuvo import Advisor, Situation, load_catalogue
from kotoneuvo.catalogue.bundle import data_folder
from kotoneuvo.catalogue.load import bundled

ROUNDS = 5
TOLERANCE = 1.1
"""A median may be this much over its bar: so much one machine differs from itself."""
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


GROWN = "set for 287 services: with 394 there are twice as many combinations to ask the advisor for"
BARS = (
    Bar("kotoneuvo --version", 6.5, "x python -c pass"),
    Bar("kotoneuvo --help", 8, "x python -c pass"),
    Bar("advise --format json", 10, "x python -c pass"),
    Bar("handout in Finnish, HTML", 2.5, "x minimal typer program"),
    Bar("handout in Arabic, HTML", 2.5, "x minimal typer program"),
    Bar("handout in Finnish, PDF", 3, "x minimal typer program"),
    Bar("handout in Arabic, PDF", 3, "x minimal typer program"),
    Bar("load and check the catalogue", 0.5, "x tomllib"),
    Bar("one person, advisor kept", 0.8, "ms"),
    Bar("one person, fresh advisor", 2.5, "ms"),
    Bar("one person, every assessment read", 5, "ms"),
    Bar("a report of advise_many", 0.5, "ms"),
    Bar("batch, 10,000 rows, csv", 1.3, "s"),
    Bar("batch, 10,000 rows, JSON lines", 10, "s"),
    Bar("memory of JSON lines", 150, "MiB"),
    Bar("interview, Enter to the next question, median", 35, "ms"),
    Bar("interview, Enter to the next question, 95th percentile", 80, "ms"),
)
LONG = (
    Bar("a million skewed rows, 1 job", 2.5, "x copy", GROWN),
    Bar("300,000 uniform rows, 1 job", 4.5, "x copy", GROWN),
    Bar("memory, a million rows", 150, "MiB"),
    Bar("15,000 services, fresh advisor", 100, "ms"),
    Bar("15,000 services, advisor kept", 10, "ms"),
)


def spent(*command: str) -> float:
    """Seconds of the processor that a whole process and its children take."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def milliseconds(action: Callable[[], object], times: int = 1) -> float:
    """Milliseconds of the processor that a call takes."""
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
    least = spent(sys.executable, "-c", "pass")
    for command in ((COMMAND, "--version"), (COMMAND, "--help"), (*advise, "json")):
        yield spent(*command) / least
    minimal = spent(sys.executable, "-c", MINIMAL)
    for form in ("html", "pdf"):
        for language in ("fi", "ar"):
            yield spent(*advise, form, "--handout-lang", language) / minimal


def library() -> Iterator[float]:
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
    """What a municipality has: ten thousand rows."""
    few, out = intake(folder, 10_000), str(folder / "out")
    batch = (COMMAND, "batch", few, "--jobs", "1", "--force", "--output", out)
    yield spent(*batch)
    yield spent(*batch, "--format", "jsonl")
    yield memory([*batch, "--format", "jsonl"])


def questions() -> Iterator[float]:
    """One interview on a terminal."""
    _, times = interview()
    yield statistics.median(times) * 1000
    yield statistics.quantiles(times, n=20)[-1] * 1000


def long(folder: Path) -> Iterator[float]:
    """Files and catalogues that nobody has yet."""
    out = str(folder / "out")
    million, uniform = intake(folder, 1_000_000), intake(folder, 300_000, "uniform")
    for path in (million, uniform):
        batch = (COMMAND, "batch", path, "--jobs", "1", "--force", "--output", out)
        yield spent(*batch) / spent(sys.executable, "-c", COPY, path, out)
    yield memory([COMMAND, "batch", million, "--jobs", "1", "--force", "--output", out])
    large = folder / "large.toml"
    large.write_text(large_catalogue(), encoding="utf-8")
    catalogue = load_catalogue(large)
    advisor, person = Advisor(catalogue, DAY), Situation.of(catalogue.facts, DAY, **ANSWERS)
    yield milliseconds(lambda: Advisor(catalogue, DAY).advise(person))
    advisor.advise(person)
    yield milliseconds(lambda: advisor.advise(person), 20)


def main(bars: tuple[Bar, ...], measures: Callable[[Path], Iterator[float]]) -> int:
    """Print every bar with the median of its measures; 1 if one is missed that nobody gave up."""
    with tempfile.TemporaryDirectory() as folder:
        rounds = [tuple(measures(Path(folder))) for _ in range(ROUNDS)]
    failed = False
    for bar, values in zip(bars, zip(*rounds, strict=True), strict=True):
        median = statistics.median(values)
        missed = median > bar.most * TOLERANCE
        failed |= missed and not bar.given_up
        verdict = f"given up: {bar.given_up}" if missed and bar.given_up else "MISSED" if missed else "ok"
        print(f"{bar.name:55} {median:8.2f}  (bar {bar.most:g} {bar.unit})  {verdict}")
    return int(failed)


def everything(folder: Path, extra: bool) -> Iterator[float]:
    """One value for each bar, in their order."""
    for part in (commands(folder), library(), files(folder), questions(), *([long(folder)] if extra else [])):
        yield from part


if __name__ == "__main__":
    more = "--long" in sys.argv[1:]
    raise SystemExit(main((*BARS, *LONG) if more else BARS, lambda folder: everything(folder, more)))
