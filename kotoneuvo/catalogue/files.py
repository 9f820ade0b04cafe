"""Read files from disk: the bundled data, text and TOML. A file that cannot be read raises one clear problem.

Also the limits of texts that people read: no characters that move a cursor, and no endless text.
"""

from __future__ import annotations

import codecs
import errno
import gc
import json
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from kotoneuvo.advice.problems import N_, InputProblems, Problem

LARGEST = 64 << 20
"""Limit in bytes for a file that is read whole; the bundled catalogue has half a million."""
_DESCRIPTOR = re.compile(r"/dev/(?P<name>stdin|stdout|stderr)|/(?:dev|proc/self|proc/thread-self)/fd/(?P<number>\d+)")
_STREAMS = ("stdin", "stdout", "stderr")
_MOST_LINKS = 40
"""Symbolic links that Linux follows before it gives up."""
_ENDLESS_NUMBER = re.compile(r"0[xob][0-9A-Fa-f_]{3000}")
"""Python can parse such a number but refuses to print it in decimal (sys.set_int_max_str_digits)."""
LONGEST_TEXT = 2000
"""Limit in characters for any text that people read."""
_NOT_TEXT = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
_JOINERS = "\u200c\u200d\u00ad"
"""Harmless though of category Cf: Persian and Arabic spelling need the first two, and the third is a soft hyphen."""


@cache
def data_folder() -> Path:
    """The folder of the bundled catalogue and code lists."""
    package = Path(__file__).resolve().parent.parent
    # A wheel has the data inside the package, a checkout beside it.
    installed = package / "data"
    return installed if installed.is_dir() else package.parent / "data"


@contextmanager
def gc_paused() -> Iterator[None]:
    """Pause the garbage collector while many long-lived objects are made: it would visit all of them repeatedly."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            if not gc.get_freeze_count():
                # This moves the new objects into the oldest generation; the next collection would visit them all.
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def descriptor(path: Path) -> int | None:
    """The descriptor behind a path such as /dev/stdin or /dev/fd/3, or a link to one; None for any other path.

    A shell's `<(command)` is such a path.
    """
    for _ in range(_MOST_LINKS):
        if found := _DESCRIPTOR.fullmatch(os.path.abspath(path)):  # noqa: PTH100 (resolve() would go through it)
            return int(found["number"]) if found["number"] else _STREAMS.index(found["name"])
        try:
            path = path.parent / os.readlink(path)  # noqa: PTH115
        except (OSError, ValueError):
            return None
    return None


def open_input(path: Path) -> BinaryIO:
    """Open a regular file, an open descriptor or /dev/null to read bytes from.

    Anything else is refused before it is opened: in the config folder, a named pipe that nobody writes to, or an
    endless device, would block every command. Raises InputProblems for what is refused, and OSError.
    """
    if descriptor(path) is None and str(path) != os.devnull:
        kind = path.stat().st_mode
        if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
            message = N_("this is a device, a pipe or a socket, not a file")
            raise InputProblems([Problem(message, where=str(path))])
    return path.open("rb")


def read_bytes(path: Path, most: int = LARGEST) -> bytes:
    """The bytes of a file. Raises InputProblems if it cannot be read or has more than `most` bytes."""
    try:
        with open_input(path) as stream:
            return read_stream(stream, path, most)
    except OSError as error:
        raise InputProblems([file_problem(path, error)]) from None


def read_stream(stream: BinaryIO, path: Path, most: int = LARGEST) -> bytes:
    """All bytes of an open file, `path` in messages. Raises InputProblems for more than `most` bytes, and OSError."""
    # One byte more than allowed distinguishes a file that is too large from one that just fits.
    found = stream.read(most + 1)
    if len(found) > most:
        message = N_("the file is larger than the limit of {limit} MiB")
        raise InputProblems([Problem(message, {"limit": most >> 20}, where=str(path))])
    return found


def read_text(path: Path, most: int = LARGEST) -> str:
    """The text of a UTF-8 file, without its byte order mark. Raises InputProblems if it cannot be read."""
    return decoded(read_bytes(path, most), path)


def decoded(data: bytes, path: Path) -> str:
    """UTF-8 bytes as text, without a byte order mark; `path` names them in messages. Raises InputProblems."""
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        where = error.start + 1
        raise InputProblems(
            [Problem("the file is not UTF-8 text (byte {byte}); save it as UTF-8", {"byte": where}, where=str(path))]
        ) from None


def is_folder(path: Path) -> bool:
    """Whether this is a folder."""
    try:
        return path.is_dir()
    except OSError:  # Python 3.11 raises this for a name that is too long for any file
        return False


def file_problem(path: Path, error: OSError) -> Problem:
    """The problem for an error of the operating system, in our own words."""
    if isinstance(error, FileNotFoundError):
        message = N_("there is no such file or folder")
    elif isinstance(error, IsADirectoryError) or is_folder(path):
        message = N_("this is a folder, not a file")
    elif isinstance(error, PermissionError):
        message = N_("permission denied")
    elif error.errno == errno.ELOOP:
        message = N_("its symbolic links form a loop")
    else:
        message = N_("the file cannot be used: {reason}")
    return Problem(message, {"reason": os.strerror(error.errno) if error.errno else str(error)}, where=str(path))


def read_bundled(folder: Path, name: str) -> dict[str, Any]:
    """A TOML file of the bundled data; an installed package has a JSON twin of it, which loads faster."""
    twin = folder / f"{name}.json"
    if twin.is_file():
        data: dict[str, Any] = json.loads(twin.read_bytes())
        return data
    return read_toml(folder / f"{name}.toml")


def read_toml(path: Path) -> dict[str, Any]:
    """A parsed TOML file. Raises InputProblems with the line of the first mistake."""
    return parse_toml(read_text(path), str(path))


def parse_toml(text: str, where: str = "") -> dict[str, Any]:
    """Parsed TOML; `where` names its file. Raises InputProblems with the line of the first mistake."""
    import tomli  # an installed program reads its own data without it

    if _ENDLESS_NUMBER.search(text):
        raise InputProblems([Problem("this is not valid TOML: {reason}", {"reason": "an endless number"}, where=where)])
    try:
        # Not tomllib: its errors have no line number before Python 3.14.
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        # Word processors write typographic quotes; inside a text in straight quotes they are fine.
        line = "".join(text.splitlines()[error.lineno - 1 : error.lineno])
        curly = re.findall("[“”„‟‘’‚«»]", re.sub('"[^"]*"', "", line))
        if curly:
            message = N_('TOML needs straight quotes ("), not typographic ones ({found}); type them again')
            details = {"found": " ".join(dict.fromkeys(curly))}
            raise InputProblems([Problem(message, details, where, line=error.lineno)]) from None
        raise InputProblems(
            [Problem("this is not valid TOML: {reason}", {"reason": str(error)}, where=where, line=error.lineno)]
        ) from None
    except (RecursionError, ValueError) as error:  # nested too deeply, or a number of thousands of digits
        details = {"reason": str(error)}
        raise InputProblems([Problem("this is not valid TOML: {reason}", details, where=where)]) from None


def first_control_character(text: str) -> str:
    """The first character that prints nothing or moves the cursor; empty if there is none."""
    return "" if text.isprintable() else next(filter(_is_control, text), "")


def without_control_characters(text: str) -> str:
    """A text without the characters that print nothing or move the cursor."""
    return text if text.isprintable() else "".join(each for each in text if not _is_control(each))


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in _NOT_TEXT and character not in _JOINERS
