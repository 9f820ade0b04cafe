"""Make the pages of docs/reference that come from the program: commands, codes, and the keys of the JSON."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from kotoneuvo.cli.help import HelpRow, describe_all
from kotoneuvo.cli.main import build

EXIT_CODES = {
    "0": "done, also when nothing fits",
    "1": "an input file is wrong, or a result cannot be written",
    "2": "the command line is wrong",
    "3": "an intake file names people and was refused",
    "129": "its terminal was closed",
    "130": "interrupted (Ctrl-C)",
    "143": "stopped by the system (SIGTERM)",
}
"""The exit codes, which are the same for every command."""


def commands() -> str:
    """commands.md: every command with every option and its examples."""
    parts = [
        "# Every command\n\nMade from the help of the program (`python tools/generate.py`); "
        "`kotoneuvo COMMAND --help` shows the same in Finnish, Swedish or English.\n"
    ]
    for shown in describe_all(get_command(build()), str):
        parts += [f"## {shown.path}\n", f"`{shown.path} {shown.usage}`\n", *(f"{text}\n" for text in shown.about)]
        parts += [f"{_table(section.heading, section.rows)}\n" for section in shown.sections]
        lines = (f"# {row.text}\n{row.name}" for row in shown.examples.rows)
        parts.append("```sh\n" + "\n".join(lines) + "\n```\n")
    return "\n".join(parts)


def codes(data: Path) -> str:
    """codes.md: exit codes, and the codes of municipalities and areas from the files in `data`."""
    exits = [HelpRow(code, meaning) for code, meaning in EXIT_CODES.items()]
    with (data / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        towns = [HelpRow(row["code"], _both(row["name_fi"], row["name_sv"])) for row in csv.DictReader(file)]
    offices = tomllib.loads((data / "offices.toml").read_text(encoding="utf-8"))["office"]
    areas = [
        HelpRow(office["for"], _both(office["name"]["fi"], office["name"].get("sv", "")))
        for office in sorted(offices, key=lambda each: str(each["for"]))
        if not office["for"].startswith("municipality:") and "name" in office
    ]
    return "\n".join(
        [
            "# Codes\n\nMade from the program and its data (`python tools/generate.py`).\n",
            f"## Exit codes\n\n{_table('code', exits)}\n",
            f"## Employment areas and wellbeing services counties\n\n{_table('code', areas)}\n",
            "## Municipalities\n\nStatistics Finland's classification of 2026. An area may also be `FI` (all) or "
            f"`mainland` (all but Åland).\n\n{_table('code', towns)}",
        ]
    )


def json_keys(data: Path) -> str:
    """json.md: the keys of the JSON of `advise`, from its schema in the folder `data`."""
    schema = json.loads((data / "advice.schema.json").read_text(encoding="utf-8"))
    lines = ["| key | holds | |", "| --- | --- | --- |", *_keys(schema, "")]
    return (
        "# The JSON of `advise`\n\nMade from `data/advice.schema.json` (`python tools/generate.py`). "
        "Keys may be added; existing keys keep their meaning, or else the number in `schema` goes up.\n\n"
        + "\n".join(lines)
        + "\n"
    )


def _keys(schema: dict[str, Any], path: str) -> Iterator[str]:
    for name, below in schema.get("properties", {}).items():
        many = "items" in below and "properties" in below["items"]
        here = f"{path}{name}{'[]' if many else ''}"
        yield f"| `{here}` | {cell(_holds(below))} | {cell(below.get('description', ''))} |"
        yield from _keys(below["items"] if many else below, f"{here}.")


def _holds(schema: dict[str, Any]) -> str:
    if "const" in schema:
        return f"`{json.dumps(schema['const'])}`"
    if "enum" in schema:
        return ", ".join(f"`{each}`" for each in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(_holds(each) for each in schema["anyOf"])
    kinds = schema.get("type", "any")
    if kinds == "array" and "properties" not in schema["items"]:
        return f"list of: {_holds(schema['items'])}"
    return kinds if isinstance(kinds, str) else " or ".join(kinds)


def _both(finnish: str, swedish: str) -> str:
    return finnish if swedish in ("", finnish) else f"{finnish}, {swedish}"


def _table(heading: str, rows: Iterable[HelpRow]) -> str:
    lines = (f"| `{cell(row.name)}` | {cell(row.text).replace('<', '&lt;')} |" for row in rows)
    return "\n".join([f"| {heading} | |", "| --- | --- |", *lines])


def cell(text: str) -> str:
    """A text for a cell of a Markdown table."""
    return text.replace("|", "\\|")
