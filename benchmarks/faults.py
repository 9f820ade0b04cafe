"""Break runs on purpose and print what was left: `python benchmarks/faults.py [ROWS] [MOMENTS]` (200,000 and 50).

Seeded. Each run is a process of its own in an empty folder; afterwards its output must be absent (or as it was) or
complete, its input untouched, no temporary file and no worker left (after SIGKILL a file may be), the exit code one of
those documented, and no traceback said. Whatever breaks a promise is marked with !! and counted in the exit code. Runs
that a signal ends as if nobody had answered it (exit code -2, -15, or 1 with Python's own words) were hit before Python
had read a line of the program: these are counted apart. Linux; full disks and read-only folders are mounted, which
needs root: without it they are left out.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAM = str(Path(sys.executable).parent / "kotoneuvo")
DAY = "2026-11-24"
SEED = 20261124
PATIENCE = 120
"""Seconds after which a run counts as hanging."""
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGKILL: -9}
ANSWERS = ["--municipality", "Vantaa", "--age", "34", "--finnish-level", "A1.3", "--goals", "work,language"]
PERSON = ["advise", *ANSWERS, "--as-of", DAY]


@dataclass
class Task:
    """A command that writes `output`, which is `whole` when it is complete and may hold `before` already."""

    name: str
    command: list[str]
    output: str = "out"
    before: bytes | None = None
    shell: str = 'exec "$@"'
    prepared: bool = False
    whole: bytes = b""
    seconds: float = 0


@dataclass
class Row:
    """What was left after the tries of one kind."""

    name: str
    left: Counter[str] = field(default_factory=Counter)
    codes: Counter[int] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def line(self) -> str:
        """One line of the table."""
        left = ", ".join(f"{count} {what}" for what, count in self.left.most_common())
        codes = ", ".join(f"{code} ×{count}" for code, count in sorted(self.codes.items()))
        said = self.said.most_common(1)[0][0] if self.said else ""
        broken = "".join(f" !! {each}" for each in self.broken)
        return f"| {self.name.replace(chr(124), chr(92) + chr(124))} | {left} | {codes} | {said}{broken} |"


class Bench:
    """Runs tasks in a folder and judges what is left."""

    def __init__(self, folder: Path, intake: Path) -> None:
        self.folder = folder
        self.intake = intake
        self.original = intake.read_bytes()
        self.draw = random.Random(SEED)
        self.broken = 0

    def prepare(self, task: Task, place: Path) -> None:
        """Empty the place, but for what was there before."""
        for each in place.iterdir():
            each.unlink()
        if task.before is not None:
            (place / task.output).write_bytes(task.before)

    def start(self, task: Task, place: Path) -> subprocess.Popen[bytes]:
        """The task as a process, the leader of a group of its own; its messages go to a file."""
        if not task.prepared:
            self.prepare(task, place)
        command = [each.format(intake=self.intake, out=place / task.output) for each in task.command]
        environment = {**os.environ, "KOTONEUVO_LANG": "en", "XDG_CONFIG_HOME": str(self.folder / "none")}
        with self._messages().open("wb") as messages:
            return subprocess.Popen(
                ["bash", "-o", "pipefail", "-c", task.shell, "bash", PROGRAM, *command],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=messages,
                env=environment,
                start_new_session=True,
                preexec_fn=_hear,
            )

    def judge(self, row: Row, task: Task, place: Path, run: subprocess.Popen[bytes], expected: set[int]) -> None:
        """Wait for the end, and note what is left."""
        try:
            code = run.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            row.broken.append("hangs")
            os.killpg(run.pid, signal.SIGKILL)
            code = run.wait()
        row.codes[code] += 1
        said = self._messages().read_text(encoding="utf-8", errors="replace")
        early = code in (-signal.SIGINT, -signal.SIGTERM) or "Fatal Python error: init" in said
        broken = [] if code in expected or early else [f"exit {code}"]
        row.left["before the first line"] += early
        broken += ["traceback"] if not early and ("Traceback" in said or "Exception ignored" in said) else []
        broken += ["a worker stays"] if _stays(run.pid) else []
        found = (place / task.output).read_bytes() if (place / task.output).exists() else None
        row.left["complete" if found == task.whole else "untouched" if task.before else "absent"] += 1
        broken += ["half a file"] if found not in (task.before, task.whole) else []
        broken += (
            ["done without its output"]
            if code == 0 and task.output in str(task.command) and found != task.whole
            else []
        )
        others = sorted(each.name for each in place.iterdir() if each.name != task.output)
        row.left["temporary file"] += len(others)
        row.left += Counter()
        broken += [f"left {others}"] if others and code != -9 else []
        if said and code and not early:
            row.said[said.strip().splitlines()[0].replace(str(place), "…").replace(str(self.folder), "…")[:150]] += 1
        row.broken += broken
        self.broken += len(broken)

    def end(self, row: Row) -> None:
        """Print the row; the input must be what it was."""
        if self.intake.read_bytes() != self.original:
            row.broken.append("input changed")
            self.broken += 1
        print(row.line(), flush=True)

    def signalled(self, task: Task, number: signal.Signals, moments: int) -> None:
        """Send a signal at random moments of the run: Ctrl-C to all its processes, the others to the first alone."""
        place = _fresh(self.folder / "place")
        row = Row(f"{task.name}: {number.name} at {moments} moments")
        for _ in range(moments):
            run = self.start(task, place)
            time.sleep(self.draw.random() * task.seconds * 1.05)
            with suppress(ProcessLookupError):
                (os.killpg if number == signal.SIGINT else os.kill)(run.pid, number)
            self.judge(row, task, place, run, {0, CODES[number], -number})
        self.end(row)

    def worker_dies(self, task: Task, number: signal.Signals, moments: int) -> None:
        """Kill one worker at random moments."""
        place = _fresh(self.folder / "place")
        row = Row(f"{task.name}: a worker gets {number.name} at {moments} moments")
        for _ in range(moments):
            run = self.start(task, place)
            wait, began = self.draw.random() * task.seconds, time.monotonic()
            while run.poll() is None and (time.monotonic() - began < wait or not _children(run.pid)):
                time.sleep(0.002)
            for child in _children(run.pid)[-1:]:
                with suppress(ProcessLookupError):
                    os.kill(child, number)
            self.judge(row, task, place, run, {0, 1})
        self.end(row)

    def once(self, name: str, task: Task, place: Path, expected: set[int]) -> None:
        """One run in the circumstances given."""
        row = Row(f"{task.name}: {name}")
        self.judge(row, task, place, self.start(task, place), expected)
        self.end(row)

    def whole(self, task: Task) -> Task:
        """The task with its complete output, and the time it takes."""
        place = _fresh(self.folder / "place")
        began = time.monotonic()
        run = self.start(task, place)
        if run.wait() != 0:
            raise SystemExit(f"{task.name} does not run: {self._messages().read_text(encoding='utf-8')}")
        task.seconds = time.monotonic() - began
        task.whole = (place / task.output).read_bytes()
        return task

    def _messages(self) -> Path:
        return self.folder / "messages"


def _hear() -> None:
    """Background jobs of a shell ignore Ctrl-C, and so would the program."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _fresh(place: Path) -> Path:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    return place


def _stat(pid: str) -> list[str]:
    with suppress(OSError):
        return Path("/proc", pid, "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    return []


def _children(pid: int) -> list[int]:
    stats = {each: _stat(each) for each in os.listdir("/proc") if each.isdigit()}  # noqa: PTH208
    return sorted(int(each) for each, stat in stats.items() if stat and stat[1] == str(pid))


def _stays(group: int) -> bool:
    """Whether a process of the group still lives a few seconds after its leader's end."""
    for _ in range(100):
        stats = [_stat(each) for each in os.listdir("/proc") if each.isdigit()]  # noqa: PTH208
        if not any(stat and stat[2] == str(group) and stat[0] != "Z" for stat in stats):
            return False
        time.sleep(0.05)
    return True


@contextmanager
def mounted(place: Path, options: str) -> Iterator[Path]:
    """A small file system in memory."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(_fresh(place))], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def intake_tasks(bench: Bench) -> list[Task]:
    """The batch with one job and with two."""
    batch = ["batch", "{intake}", "--as-of", DAY, "--force", "--output", "{out}", "--jobs"]
    return [bench.whole(Task(f"batch, jobs {jobs}", [*batch, str(jobs)])) for jobs in (1, 2)]


def other_tasks(bench: Bench) -> list[Task]:
    """The other commands that write."""
    person = [*PERSON, "--force", "--output", "{out}", "--format"]
    export = ["catalogue", "export", "--as-of", DAY, "--force", "--output", "{out}", "--to"]
    confirm = ["catalogue", "confirm", "migri", "--source", "https://example.org/", "--date", DAY, "--file", "{out}"]
    tasks = [Task(f"advise, {form}", [*person, form]) for form in ("json", "html", "pdf")]
    tasks += [Task(f"catalogue export, {form}", [*export, form]) for form in ("html", "hsds")]
    tasks.append(Task("catalogue confirm", confirm, before=b'[[service]]\nid = "another"\n'))
    return [bench.whole(each) for each in tasks]


def streams(bench: Bench, batch: Task) -> None:
    """Streams that are closed, full, or left by their reader."""
    place = _fresh(bench.folder / "place")
    to_stdout = [*batch.command[:4], "--jobs", "2"]
    for name, task, shell, expected in (
        ("stdout closed (>&-), file named", batch.command, '"$@" >&-', {0}),
        ("all streams closed, file named", batch.command, '"$@" <&- >&- 2>&-', {0}),
        ("stdout closed (>&-), results to stdout", to_stdout, '"$@" >&-', {1}),
        ("stdout full (>/dev/full)", to_stdout, '"$@" >/dev/full', {1}),
        ("reader gone (| head -1)", to_stdout, '"$@" | head -1', {0}),
        ("stderr full (2>/dev/full), file named", batch.command, '"$@" 2>/dev/full', {0}),
        ("stdin closed (batch - <&-)", ["batch", "-", *batch.command[2:]], '"$@" <&-', {1}),
        ("intake over itself (--output intake)", [*batch.command[:5], str(bench.intake)], 'exec "$@"', {2}),
    ):
        bench.once(name, Task("batch", task, shell=shell, whole=batch.whole), place, expected)
    for command in (
        ["services", "list"],
        ["--help"],
        ["--version"],
        PERSON,
        ["catalogue", "schema"],
        ["catalogue", "check"],
    ):
        for name, shell, expected in ((">&-", '"$@" >&-', {1}), (">/dev/full", '"$@" >/dev/full', {1})):
            bench.once(f"stdout {name}", Task(" ".join(command[:2]), command, shell=shell), place, expected)


def places(bench: Bench, tasks: list[Task]) -> None:
    """Full disks and folders that take nothing."""
    if os.geteuid() != 0:
        print("| full disks, read-only folders | left out: mounting needs root | | |")
        return
    for task in tasks:
        for share in sorted(bench.draw.random() for _ in range(3)):
            size = max(4, int(len(task.whole) * share) // 1024)
            with mounted(bench.folder / "small", f"size={size}k") as place:
                bench.once(f"disk of {size} KiB", task, place, {1})
        with mounted(bench.folder / "small", "size=1m") as place:
            bench.prepare(task, place)
            subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
            bench.once("read-only file system", replace(task, prepared=True), place, {1})
        place = _fresh(bench.folder / "place")
        bench.prepare(task, place)
        place.chmod(0o555)
        shut = replace(
            task, prepared=True, shell=f"exec setpriv --bounding-set -all {task.shell.removeprefix('exec ')}"
        )
        bench.once("folder without write permission", shut, place, {1})
    held = [*tasks[0].command[:4], "--jobs", "1"]
    with mounted(bench.folder / "small", "size=1m") as full:
        place = _fresh(bench.folder / "place")
        task = Task("batch to stdout", held, shell=f'TMPDIR={full} "$@" | wc -c >/dev/null', whole=tasks[0].whole)
        bench.once("TMPDIR of 1 MiB", task, place, {1})


def main() -> None:
    """Make the intake, break everything, print the table."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    moments = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        intake = folder / "intake.csv"
        with intake.open("w", encoding="utf-8") as file:
            subprocess.run([sys.executable, HERE / "make_intake.py", str(rows)], stdout=file, check=True)
        bench = Bench(folder, intake)
        batches, others = intake_tasks(bench), other_tasks(bench)
        print(f"{rows} rows, {moments} moments, seed {SEED}; a run takes", end=" ")
        print(", ".join(f"{each.seconds:.1f} s ({each.name})" for each in batches), flush=True)
        print("\n| what | left | exit codes | said |\n| --- | --- | --- | --- |")
        streams(bench, batches[1])
        places(bench, [batches[1], *others])
        for number in CODES:
            for task in others:
                bench.signalled(task, number, max(1, moments // 5))
            for task in batches:
                bench.signalled(task, number, moments)
        for number in (signal.SIGKILL, signal.SIGTERM):
            bench.worker_dies(batches[1], number, max(1, moments // 5))
        print(f"\npromises broken: {bench.broken}")
    sys.exit(1 if bench.broken else 0)


if __name__ == "__main__":
    main()
