"""Time `kotoneuvo batch` against a plain copy of the same file: `python benchmarks/batch.py [ROWS] [ROUNDS]`.

Prints seconds, the ratio to the copy (csv.reader to csv.writer, measured beside each run) as the median of the rounds,
rows a second, and the most memory that all processes of a run held together. Needs the installed command; Linux.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).resolve().parent
COMMAND = str(Path(sys.executable).parent / "kotoneuvo")
COPY = (
    "import csv, sys; csv.writer(open(sys.argv[2], 'w', newline='', encoding='utf-8'), delimiter=';')"
    ".writerows(csv.reader(open(sys.argv[1], newline='', encoding='utf-8'), delimiter=';'))"
)
FEW_ROWS = 10_000
"""What a municipality has: the whole command, and JSON lines, are timed on as many."""
UNIFORM_ROWS = 300_000
"""Rows in which every value is equally likely: combinations seldom come again."""
RUNS = {
    "csv, 1 job": ["--jobs", "1"],
    "csv, 2 jobs": ["--jobs", "2"],
    "counts only, 1 job": ["--counts", "--jobs", "1"],
    "counts only, 2 jobs": ["--counts", "--jobs", "2"],
    "csv with --report, 2 jobs": ["--jobs", "2", "--report", "{report}"],
}


def seconds(command: list[str]) -> float:
    """How long a command takes; its messages are dropped."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def measure(name: str, intake: Path, rows: int, options: list[str], rounds: int) -> None:
    """One line of the table."""
    out, report = intake.with_suffix(".out"), intake.with_suffix(".html")
    ratios, times = [], []
    for _ in range(rounds):
        floor = seconds([sys.executable, "-c", COPY, str(intake), str(intake.with_suffix(".copy"))])
        options = [option.format(report=report) for option in options]
        took = seconds([COMMAND, "batch", str(intake), "--force", "--output", str(out), *options])
        out.unlink()
        times.append(took)
        ratios.append(took / floor)
    took = statistics.median(times)
    print(f"{name:28} {took:8.2f} s  {statistics.median(ratios):7.2f} x copy  {rows / took:10,.0f} rows/s", flush=True)


def most_memory(process: subprocess.Popen[bytes]) -> float:
    """The most memory, in MiB, that a process and those below it hold together until it ends; shared counts once."""
    most = 0
    while process.poll() is None:
        most = max(most, sum(map(_held, _family(process.pid))))
        time.sleep(0.05)
    return most / 1024


def _family(process: int) -> list[int]:
    below = []
    for tasks in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            below += [each for child in tasks.read_text().split() for each in _family(int(child))]
    return [process, *below]


def _held(process: int) -> int:
    """Proportional set size in KiB; nothing for one that has just ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def main() -> None:
    """Make the files, run the table."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as folder:
        intake = Path(folder, "intake.csv")
        with intake.open("w", encoding="utf-8") as file:
            subprocess.run([sys.executable, HERE / "make_intake.py", str(rows)], stdout=file, check=True)
        print(f"{rows:,} rows, {intake.stat().st_size / 1e6:.0f} MB, {rounds} rounds")
        for name, options in RUNS.items():
            measure(name, intake, rows, options, rounds)
        few, uniform = Path(folder, "few.csv"), Path(folder, "uniform.csv")
        with intake.open(encoding="utf-8") as file:
            lines = [line for line, _ in zip(file, range(FEW_ROWS + 1), strict=False)]
        few.write_text("".join(lines), encoding="utf-8")
        measure("csv, 10,000 rows, 1 job", few, FEW_ROWS, ["--jobs", "1"], rounds)
        measure("jsonl, 10,000 rows, 1 job", few, FEW_ROWS, ["--format", "jsonl", "--jobs", "1"], 1)
        with uniform.open("w", encoding="utf-8") as file:
            command = [sys.executable, HERE / "make_intake.py", str(UNIFORM_ROWS), "uniform"]
            subprocess.run(command, stdout=file, check=True)
        for count in ("1", "2"):
            measure(f"csv, uniform, {count} job(s)", uniform, UNIFORM_ROWS, ["--jobs", count], rounds)
        for jobs in ("1", "2"):
            command = [COMMAND, "batch", str(intake), "--force", "--output", str(intake.with_suffix(".out"))]
            with subprocess.Popen([*command, "--jobs", jobs], stderr=subprocess.DEVNULL) as process:
                held = most_memory(process)
            print(f"memory of all processes, {jobs} job(s): {held:.0f} MiB")


if __name__ == "__main__":
    main()
