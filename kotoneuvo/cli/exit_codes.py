"""Every command ends with a documented exit code and a message, never with a traceback for bad input."""

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
    """Wrap a command: problems are said on stderr, Ctrl-C and a closed pipe end it quietly."""

    @wraps(command)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except InputProblems as error:
            say_problems(error, kwargs.get("lang"))
            _flush_or_detach()
            raise typer.Exit(USAGE if isinstance(error, UsageProblems) else WRONG_INPUT) from None
        except KeyboardInterrupt:
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            _detach_stdout()
            raise typer.Exit(DONE) from None
        except OSError as error:
            say_refused(error, kwargs.get("lang"))
            raise typer.Exit(WRONG_INPUT) from None

    return run


def say_problems(error: InputProblems, language: object) -> None:
    """Every problem on stderr, in the worker's language."""
    environment = Environment.current()
    try:
        words = environment.words(language if isinstance(language, str) else None)
    except InputProblems:
        words = Words("en")
    with suppress(OSError):  # a stderr that takes nothing: the exit code has to do
        for problem in error.problems:
            print(words.problem(problem), file=environment.stderr)


def say_refused(error: OSError, language: object) -> None:
    """Say on stderr what the operating system refused, most often to take what goes to stdout."""
    from kotoneuvo.cli.temporary_files import writing_problem

    _detach_stdout()
    say_problems(InputProblems([writing_problem(error)]), language)


def _flush_or_detach() -> None:
    """What waits for a stdout that refused before would be refused once more at the end."""
    try:
        sys.stdout.flush()
    except OSError:
        _detach_stdout()


def _detach_stdout() -> None:
    """Nothing more can be said on stdout, not even by the interpreter at its end."""
    with suppress(io.UnsupportedOperation):  # a stream that is no file waits for nothing
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
