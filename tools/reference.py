"""docs/commands.md, made from the help of the program: every command with its options and examples."""

from __future__ import annotations

from typer.main import get_command

from kotoneuvo.cli.help import Row, describe_all
from kotoneuvo.cli.main import build

EXIT_CODES = {
    "0": "done, also when nothing fits",
    "1": "an input file is wrong, or a result cannot be written",
    "2": "the command line is wrong",
    "3": "an intake file names people and was refused",
    "130": "interrupted (Ctrl-C)",
    "143": "told to stop by the system (129: its terminal was closed)",
}
"""What the program ends with, in every command."""


def reference() -> str:
    """docs/commands.md: every command with every option and its examples."""
    parts = [
        "# Every command\n\nMade from the help of the program (`python tools/generate.py`); "
        "`kotoneuvo COMMAND --help` says the same in Finnish, Swedish or English.\n"
    ]
    for shown in describe_all(get_command(build()), str):
        parts += [f"## {shown.path}\n", f"`{shown.path} {shown.usage}`\n", *(f"{text}\n" for text in shown.about)]
        parts += [f"{_table(section.heading, section.rows)}\n" for section in shown.sections]
        lines = (f"# {row.text}\n{row.name}" for row in shown.examples)
        parts.append("```sh\n" + "\n".join(lines) + "\n```\n")
    codes = [Row(code, meaning) for code, meaning in EXIT_CODES.items()]
    return "\n".join([*parts, "## Exit codes\n", _table("code", codes)]) + "\n"


def _table(heading: str, rows: tuple[Row, ...] | list[Row]) -> str:
    lines = (f"| `{_cell(row.name)}` | {_cell(row.text).replace('<', '&lt;')} |" for row in rows)
    return "\n".join([f"| {heading} | |", "| --- | --- |", *lines])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
