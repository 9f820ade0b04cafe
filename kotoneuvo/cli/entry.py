"""The entry point: sets up signals and streams before the imports that take time."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

from kotoneuvo.cli.signals import SIGNALS

COLLECTED = 200_000
"""New objects after which garbage is collected. A run keeps nearly all that it reads, so that with Python's usual 700
nothing is found, which took 10 of the 120 ms of `advise`."""


def main() -> None:
    """Run the program as a command, and end the process."""
    try:
        run()
        code = 0
    except SystemExit as end:
        # With workers the interpreter must end as usual, as it then waits for their processes and threads.
        if not isinstance(end.code, int) or "multiprocessing" in sys.modules:
            raise
        code = end.code
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # has been reported by now
            stream.flush()
    # Without freeing memory first, as mypy does: that took 3 of the 90 ms of `advise`, and 5 of the 115 of a handout.
    os._exit(code)


def run() -> None:
    """Run the program. Raises SystemExit with the exit code, except after --version."""
    gc.set_threshold(COLLECTED)
    SIGNALS.arm()
    open_streams()
    from kotoneuvo.cli.main import main as program

    try:
        program()
        sys.stdout.flush()
    except OSError as error:  # from --help and --version; commands report their own
        from kotoneuvo.cli.exit_codes import WRONG_INPUT, print_os_error

        print_os_error(error, None)
        sys.exit(WRONG_INPUT)


def open_streams() -> None:
    """Replace streams that the caller closed (`>&-`): the next file opened would otherwise get their descriptor.

    Reading stdin or writing to stdout then fails, so that no result is silently lost; messages on stderr are dropped.
    """
    wanted = (("stdin", os.O_WRONLY, "r"), ("stdout", os.O_RDONLY, "w"), ("stderr", os.O_WRONLY, "w"))
    for number, (name, flags, mode) in enumerate(wanted):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, flags)
            if descriptor != number:
                os.dup2(descriptor, number)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115
