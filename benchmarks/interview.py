"""From Enter to the next question on the screen, in a real pseudo-terminal: `python benchmarks/interview.py [RUNS]`.

Every question is answered with its first choice. The clock runs from the key to the last byte of the next question
(nothing more comes for a fifth of a second); the start is timed to the first question. Needs pexpect and the installed
command; Linux and macOS.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path

import pexpect

PROGRAM = str(Path(sys.executable).parent / "kotoneuvo")
QUIET = 0.2
"""Seconds without a byte after which the screen counts as finished."""
ENTER = "\r"


def shown(child: pexpect.spawn[str], start: float) -> tuple[float, str]:
    """Seconds from `start` to the last byte before the screen comes to rest, and what was printed."""
    last, text = start, ""
    while True:
        try:
            text += child.read_nonblocking(65536, timeout=QUIET if text else 10)
            last = time.perf_counter()
        except (pexpect.TIMEOUT, pexpect.EOF):
            return last - start, text


def interview() -> tuple[float, list[float]]:
    """One interview: seconds to the first question, and of every Enter to the question after it."""
    # A pseudo-terminal that never answers the cursor request would cost a second a question.
    environment = {**os.environ, "PROMPT_TOOLKIT_NO_CPR": "1", "TERM": "xterm-256color", "KOTONEUVO_LANG": "en"}
    start = time.perf_counter()
    child = pexpect.spawn(PROGRAM, ["--as-of", "2026-11-24"], env=environment, dimensions=(50, 100), encoding="utf-8")
    child.delaybeforesend = None
    try:
        first, text = shown(child, start)
        times = []
        for keys in (("Vantaa",), *[()] * 30):
            for key in keys:
                child.send(key)
                shown(child, time.perf_counter())
            start = time.perf_counter()
            child.send(ENTER)
            spent, text = shown(child, start)
            if "Are these right" in text:
                break
            times.append(spent)
        return first, times
    finally:
        child.close(force=True)


def main() -> None:
    """Run some interviews, print the times with their bars."""
    runs = [interview() for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 5)]
    times = sorted(spent for _, each in runs for spent in each)
    late = statistics.quantiles(times, n=20)[-1]
    print(f"start to the first question  {statistics.median(first for first, _ in runs) * 1000:5.0f} ms")
    middle = statistics.median(times)
    print(f"Enter to the next question   {middle * 1000:5.0f} ms median  (bar 35), {len(times)} questions")
    print(f"                             {late * 1000:5.0f} ms 95th percentile  (bar 80)")


if __name__ == "__main__":
    main()
