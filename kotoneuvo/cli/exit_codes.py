"""Exit codes, and the wrapper that turns every problem into a message and a code instead of a traceback."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import ParamSpec

import typer

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.cli.environment import Environment, UsageProblems
from kotoneuvo.words import Words

DONE, WRONG_INPUT, USAGE, IDENTITY, INTERRUPTED = 0, 1, 2, 3, 130
Parameters = ParamSpec("Parameters")


def guarded(command: Callable[Parameters, None]) -> Callable[Parameters, None]:
    """Wrap a command so that it prints problems to stderr, and ends quietly on Ctrl-C or a closed pipe."""

    @wraps(command)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except InputProblems as error:
            print_problems(error, kwargs.get("lang"))
            _flush_or_detach()
            raise typer.Exit(USAGE if isinstance(error, UsageProblems) else WRONG_INPUT) from None
        except KeyboardInterrupt:
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:  # `head`, for example, closes the pipe once it has enough
            _detach_stdout()
            raise typer.Exit(DONE) from None
        except OSError as error:
            print_os_error(error, kwargs.get("lang"))
            raise typer.Exit(WRONG_INPUT) from None

    return run


def print_problems(error: InputProblems, language: object) -> None:
    """Print every problem to stderr in the worker's language."""
    environment = Environment.current()
    try:
        words = environment.words(language if isinstance(language, str) else None)
    except InputProblems:
        words = Words("en")
    with suppress(OSError):  # where stderr is closed, the exit code has to be enough
        for problem in error.problems:
            print(words.problem(problem), file=environment.stderr)


def print_os_error(error: OSError, language: object) -> None:
    """Print what the operating system refused: most often to write to stdout."""
    from kotoneuvo.cli.temporary_files import writing_problem

    _detach_stdout()
    print_problems(InputProblems([writing_problem(error)]), language)


def _flush_or_detach() -> None:
    """Flush stdout; if that fails, detach it, as Python would try again at exit and print a traceback."""
    try:
        sys.stdout.flush()
    except OSError:
        _detach_stdout()


def _detach_stdout() -> None:
    """Send stdout to the null device, so that nothing more fails there, not even Python's own flush at exit."""
    with suppress(io.UnsupportedOperation):  # a stream without a descriptor, as in tests
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
