"""Command lines: one argument a line, what follows an empty line is stdin."""

from __future__ import annotations

import os
from typing import Any

from kotoneuvo.cli.main import COMMANDS
from kotoneuvo.cli.options import fact_names, option_name

from .answers import TARGET as ANSWERS
from .intakes import TARGET as INTAKES
from .judge import Bench
from .mutation import HOSTILE, Grammar
from .overlays import TARGET as OVERLAYS
from .target import Target

_SEEDS = (
    ("advise", "--municipality", "Vantaa", "--age", "34", "--goals", "work,language", "--finnish-level", "A1.3"),
    ("advise", "--answers", "answers.toml", "--format", "json", "--output", "out", "--as-of", "2020-09-01"),
    ("advise", "--status", "asylum", "--format", "html", "--handout-lang", "ar", "--bilingual", "--with", "kela"),
    ("--lang", "sv", "advise", "--catalogue", "overlay.toml", "--children-ages", "2,8", "--without", "kela"),
    ("services", "list", "--municipality", "Turku", "--goal", "language", "--operating", "active"),
    ("services", "search", "jarjestotila", "--audience", "employer"),
    ("services", "show", "infofinland", "--as-of", "2026-11-24"),
    ("batch", "intake.csv", "--output", "out", "--problems", "p", "--report", "r", "--columns", "row,unmet"),
    ("batch", "intake.csv", "--map", "Kunta=municipality", "--drop-column", "Rivi", "--min-group", "3", "--excel"),
    ("batch", "--template", "--output", "empty.csv"),
    ("batch", "-", "--dry-run"),
    ("catalogue", "check", "overlay.toml", "--strict", "--format", "json"),
    ("catalogue", "schema", "--catalogue", "overlay.toml"),
    ("catalogue", "where", "--format", "json"),
    ("catalogue", "stale", "--within", "6", "--format", "csv"),
    (
        "catalogue",
        "confirm",
        "own",
        "--source",
        "https://example.fi/x",
        "--date",
        "2026-11-01",
        "--file",
        "overlay.toml",
    ),
    ("catalogue", "export", "--to", "csv", "--goal", "work", "--ended"),
    ("catalogue", "diff", "bundled", "overlay.toml", "--overlays", "--answers", "answers.toml"),
    ("catalogue", "diff", "bundled", "bundled", "--batch", "intake.csv"),
    ("catalogue", "import-ptv", "intake.csv", "--all"),
    ("--plain", "--lang", "fi", "", "1", "2", "<", "", "34", "q"),
    ("--help",),
    ("doctor",),
    ("catalogue", "check", "--help"),
    ("advise", "--help"),
)
_FILES = {
    "answers.toml": ANSWERS.seeds[0], "overlay.toml": OVERLAYS.seeds[0], "intake.csv": INTAKES.seeds[0],
}  # fmt: skip
_WRITTEN_TO = {"-o", "--output", "--problems", "--report", "--file"}
MOST_LINES = 40
_NETWORK = ("links", "--from-api")


def _parse(data: bytes) -> Any:
    return data.decode("utf-8", "surrogateescape").split("\n")


def _dump(tree: Any) -> bytes:
    lines = tree if isinstance(tree, list) else [tree]
    return "\n".join(str(line) for line in lines).encode("utf-8", "surrogatepass")


def _arguments(data: bytes) -> tuple[list[str], bytes]:
    """What the operating system would hand over: no NUL, any other byte. Paths stay inside the folder."""
    head, _, stdin = data.partition(b"\n\n")
    # An interview goes on as long as there are lines: a long one is no hang.
    stdin = b"\n".join(stdin.split(b"\n")[:MOST_LINES])
    args = [os.fsdecode(line) for line in head.replace(b"\0", b"").split(b"\n")]
    return [arg.replace("/", "") if "://" not in arg else arg for arg in args], stdin


def read(data: bytes, bench: Bench) -> None:
    """Run the command line."""
    args, stdin = _arguments(data)
    if any(arg.startswith(_NETWORK) or arg.startswith("~") or ".." in arg for arg in args):
        return
    for name, content in _FILES.items():
        bench.put(name, content)
    bench.run(*args, stdin=stdin, shown=False, strict="--strict" not in args)


def run(data: bytes, bench: Bench, _: int) -> None:
    """The same: a command line is run in one way only."""
    read(data, bench)


def _words() -> list[str]:
    options = ["--answers", "--format", "--output", "--as-of", "--catalogue", "--lang", "--handout-lang", "--bilingual",
               "--without", "--with", "--goal", "--audience", "--operating", "--problems", "--report", "--columns",
               "--counts", "--excel", "--map", "--drop-column", "--dry-run", "--template", "--strict", "--min-group",
               "--alone", "--ended", "--to", "--overlays", "--batch", "--accept", "--within", "--source", "--date",
               "--file", "--plain", "--version", "--help", "-h", "--", "-"]  # fmt: skip
    values = ["text", "json", "html", "csv", "jsonl", "hsds", "cpsv-ap", "terminal", "fi", "sv", "en", "ar",
              "fi-simple",
              "list", "search", "show", "check", "schema", "where", "stale", "confirm", "export", "diff", "import-ptv",
              "bundled", "kela", "own", "row,fitting", "Kunta=age", "out", "nowhere.toml", "2026-11-24",
              "active"]  # fmt: skip
    facts = [option_name(name) for name in fact_names()]
    return [*COMMANDS, *options, *options, *values, *facts, *_FILES, *ANSWERS.words[::9], *HOSTILE]


TARGET = Target(
    "commands",
    tuple("\n".join(seed).encode() for seed in _SEEDS),
    _words(),
    read,
    run,
    1,
    Grammar(_parse, _dump),
    every=1,
)
