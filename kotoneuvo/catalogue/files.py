"""Text and TOML files from disk, with one clear problem each when they cannot be read."""

from __future__ import annotations

import codecs
import gc
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tomli

from kotoneuvo.advice.problems import N_, InputProblems, Problem

_ENDLESS_NUMBER = re.compile(r"0[xob][0-9A-Fa-f_]{3000}")
"""Python reads it, but cannot write it out in a message any more."""


@contextmanager
def many_objects() -> Iterator[None]:
    """Pauses the search for garbage while much is read that all stays: it would walk through it over and over."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            if not gc.get_freeze_count():
                # What was read counts as old from now on; else it would all be walked through once after all.
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def read_text(path: Path) -> str:
    """The text of a UTF-8 file (with or without BOM). Raises InputProblems if there is none to read."""
    try:
        return path.read_bytes().removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        where = error.start + 1
        raise InputProblems(
            [Problem("the file is not UTF-8 text (byte {byte}); save it as UTF-8", {"byte": where}, where=str(path))]
        ) from None
    except OSError as error:
        raise InputProblems([file_problem(path, error)]) from None


def is_folder(path: Path) -> bool:
    """Whether there is a folder of this name; there is none of a name that no file can have."""
    try:
        return path.is_dir()
    except OSError:
        return False


def file_problem(path: Path, error: OSError) -> Problem:
    """What the operating system refused, in words."""
    if isinstance(error, FileNotFoundError):
        message = N_("there is no such file or folder")
    elif isinstance(error, IsADirectoryError) or is_folder(path):
        message = N_("this is a folder, not a file")
    elif isinstance(error, PermissionError):
        message = N_("permission denied")
    else:
        message = N_("the file cannot be used: {reason}")
    return Problem(message, {"reason": os.strerror(error.errno) if error.errno else str(error)}, where=str(path))


def read_bundled(folder: Path, name: str) -> dict[str, Any]:
    """A TOML file of the bundled data; in an installed package its JSON twin, which the build made and reads faster."""
    twin = folder / f"{name}.json"
    if twin.is_file():
        data: dict[str, Any] = json.loads(twin.read_bytes())
        return data
    return read_toml(folder / f"{name}.toml")


def read_toml(path: Path) -> dict[str, Any]:
    """A parsed TOML file. Raises InputProblems with the line of the first mistake."""
    return parse_toml(read_text(path), str(path))


def parse_toml(text: str, where: str = "") -> dict[str, Any]:
    """Parsed TOML; `where` names the file that it is from. Raises InputProblems with the line of the first mistake."""
    if _ENDLESS_NUMBER.search(text):
        raise InputProblems([Problem("this is not valid TOML: {reason}", {"reason": "an endless number"}, where=where)])
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise InputProblems(
            [Problem("this is not valid TOML: {reason}", {"reason": str(error)}, where=where, line=error.lineno)]
        ) from None
    except (RecursionError, ValueError) as error:  # nested too deeply, or a number of thousands of digits
        details = {"reason": str(error)}
        raise InputProblems([Problem("this is not valid TOML: {reason}", details, where=where)]) from None
