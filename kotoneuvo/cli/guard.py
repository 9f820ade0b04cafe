"""Every command ends with a documented exit code and a message, never with a traceback for bad input."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
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
            gc.freeze()  # nothing is left to collect: the interpreter need not look for it before it ends
        except InputProblems as error:
            language = kwargs.get("lang")
            say_problems(error, language if isinstance(language, str) else None)
            raise typer.Exit(USAGE if isinstance(error, UsageProblems) else WRONG_INPUT) from None
        except KeyboardInterrupt:
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            # The reader has gone: nothing more can be said on stdout, not even by the interpreter at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(DONE) from None

    return run


def say_problems(error: InputProblems, language: str | None) -> None:
    """Every problem on stderr, in the worker's language."""
    environment = Environment.current()
    try:
        words = environment.words(language)
    except InputProblems:
        words = Words("en")
    for problem in error.problems:
        print(words.problem(problem), file=environment.stderr)
