"""The handout against its bars: whole processes, as ratios to a minimal typer program measured in the same run.

Run from an installed wheel: ``.venv/bin/python benchmarks/handout.py``
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 15
PROGRAM = str(Path(sys.executable).parent / "kotoneuvo")
MINIMAL = "import typer\napp = typer.Typer()\n@app.command()\ndef run() -> None: ...\napp()"
SITUATION = ["--municipality", "Vantaa", "--age", "34", "--goals", "work,language", "--finnish-level", "A1.3"]


def main() -> None:
    """Print each measure with its bar; the commands take turns, so that noise falls on all of them."""
    with tempfile.TemporaryDirectory() as folder:
        commands = {"minimal typer program": ([sys.executable, "-c", MINIMAL], None)}
        for form, bar in (("html", 2.5), ("pdf", 3.0)):
            for language in ("fi", "ar"):
                target = str(Path(folder, f"{language}.{form}"))
                command = [
                    PROGRAM,
                    "advise",
                    *SITUATION,
                    "--format",
                    form,
                    "--handout-lang",
                    language,
                    "--force",
                    "--output",
                    target,
                ]
                commands[f"{form} {language}"] = (command, bar)
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(RUNS):
            for name, (command, _bar) in commands.items():
                start = time.perf_counter()
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                times[name].append(time.perf_counter() - start)
    least = statistics.median(times["minimal typer program"])
    for name, (_command, bar) in commands.items():
        spent = statistics.median(times[name])
        print(f"{name:25} {spent * 1000:7.1f} ms = {spent / least:4.2f}  (bar {bar or '-'})")


if __name__ == "__main__":
    main()
