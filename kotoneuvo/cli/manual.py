"""`python -m kotoneuvo.cli.manual FOLDER`: manual pages in the program's languages, made from the help of the commands.

The build puts them into the wheel, so that `man kotoneuvo` and `man kotoneuvo-advise` work where it is installed.
`docs/build.py` makes docs/commands.md from the same.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from typer.main import get_command

import kotoneuvo
from kotoneuvo.cli.help import EXAMPLES_HEADING, Help, Row, Say, describe_all
from kotoneuvo.cli.main import build
from kotoneuvo.words import LANGUAGES, help_words

HEADINGS = (NAME, SYNOPSIS, DESCRIPTION, EXIT_STATUS, SEE_ALSO) = (
    "Name",
    "Synopsis",
    "Description",
    "Exit codes",
    "See also",
)
EXIT_CODES = {
    "0": "done, also when nothing fits",
    "1": "an input file is wrong, or a result cannot be written",
    "2": "the command line is wrong",
    "3": "an intake file names people and was refused",
    "130": "interrupted (Ctrl-C)",
    "143": "told to stop by the system (129: its terminal was closed)",
}
"""What the program ends with, in every command."""


def manual_pages(language: str) -> Iterator[tuple[str, str]]:
    """The name and the text of every manual page in a language."""
    say = help_words(language)
    everything = list(describe_all(get_command(build()), say))
    for shown in everything:
        yield f"{_page_name(shown)}.1", "\n".join(_page(shown, everything, say)) + "\n"


def _page_name(shown: Help) -> str:
    return shown.path.replace(" ", "-")


def _page(shown: Help, everything: list[Help], say: Say) -> Iterator[str]:
    """The lines of one page in roff (man(7))."""
    name = _page_name(shown)
    yield f'.TH "{name.upper()}" 1 "" "kotoneuvo {kotoneuvo.__version__}"'
    yield _heading(say(NAME))
    yield f"{_plain(name)} \\- {_plain(shown.about[0])}"
    yield _heading(say(SYNOPSIS))
    yield f"\\fB{_plain(shown.path)}\\fR {_plain(shown.usage)}"
    yield _heading(say(DESCRIPTION))
    for paragraph in shown.about:
        yield from (".PP", _plain(paragraph))
    for section in shown.sections:
        yield _heading(section.heading)
        for row in section.rows:
            yield from (".TP", f"\\fB{_plain(row.name)}\\fR", _plain(row.text))
    yield _heading(say(EXAMPLES_HEADING))
    for row in shown.examples:
        yield from (".PP", _plain(row.text), ".PP", ".in +4", ".nf", _plain(row.name), ".fi", ".in")
    yield _heading(say(EXIT_STATUS))
    for code, meaning in EXIT_CODES.items():
        yield from (".TP", f"\\fB{code}\\fR", _plain(say(meaning)))
    yield _heading(say(SEE_ALSO))
    others = sorted(_page_name(each) for each in everything if each is not shown)
    yield ", ".join(f"\\fB{_plain(each)}\\fR(1)" for each in others)


def _heading(text: str) -> str:
    return f'.SH "{_plain(text.upper())}"'


def _plain(text: str) -> str:
    """A text that roff takes as it stands: hyphens that can be copied, no commands at the start of a line."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
    return f"\\&{escaped}" if escaped.startswith(".") else escaped


def reference() -> str:
    """docs/commands.md: every command with every option and its examples."""
    parts = [
        "# Every command\n\nMade from the help of the program (`python docs/build.py`); `kotoneuvo COMMAND --help` and "
        "`man kotoneuvo-COMMAND`\nsay the same in Finnish, Swedish or English.\n"
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


def write_manual(folder: Path) -> None:
    """Write all pages the way `man` looks for them: man1/ for English, fi/man1/ and sv/man1/ for the others."""
    for language in LANGUAGES:
        home = folder / ("" if language == "en" else language) / "man1"
        home.mkdir(parents=True, exist_ok=True)
        for name, text in manual_pages(language):
            (home / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_manual(Path(sys.argv[1]))
