"""The docs: what they tell people to type works, what they point to is there, and nothing of the program is missing.

Blocks that cannot be run here carry a mark in the line above: a person, the network, the repository, another package.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from desk import ROOT, lay_out, run_line
from typer.main import get_command

from kotoneuvo.cli.help import describe_all
from kotoneuvo.cli.main import build

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
COMMANDS = ROOT / "docs" / "reference" / "commands.md"
NEEDS = ("a person", "the network", "the repository", "polars", "pyspark")
HELP = {shown.path: shown for shown in describe_all(get_command(build()), str)}


class Block(NamedTuple):
    """A fenced block: the page, its kind, its lines, and what its mark says it needs."""

    page: str
    kind: str
    text: str
    needs: str


def _blocks() -> Iterator[Block]:
    for page in PAGES:
        if page != COMMANDS:  # made from the examples, each of which has its own test
            text = page.read_text(encoding="utf-8")
            for mark, kind, lines in re.findall(r"(?:<!-- (.*?) -->\n)?^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.M):
                yield Block(str(page.relative_to(ROOT)), kind, lines, mark.removeprefix("needs "))


BLOCKS = list(_blocks())
SHELL = [
    each for each in BLOCKS if each.kind in ("", "sh") and re.search(r"^kotoneuvo|^\.venv|^python", each.text, re.M)
]
RUN = [each for each in SHELL if not each.needs]


def test_marks_are_known() -> None:
    """A mark says what is missing here; those of the README's first commands are run by the gate itself."""
    assert {each.needs for each in SHELL} <= {"", "set-up", "test", *NEEDS}
    assert len(RUN) >= 5


@pytest.mark.slow
@pytest.mark.parametrize("block", RUN, ids=lambda each: f"{each.page}:{each.text[:40]}")
def test_every_command_of_the_docs_works(block: Block, tmp_path: Path) -> None:
    """Line by line, in a folder with the files that the docs describe."""
    folder = lay_out(tmp_path)
    for line in block.text.splitlines():
        done = run_line(line, folder)
        assert done.returncode == 0, (line, done.stderr)


@pytest.mark.parametrize("block", [each for each in BLOCKS if each.kind == "python" and not each.needs], ids=str)
def test_every_program_of_the_docs_works(block: Block, tmp_path: Path) -> None:
    """The examples for those who use the library."""
    (tmp_path / "example.py").write_text(block.text, encoding="utf-8")
    done = run_line(f"{sys.executable} example.py", tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_commands_and_options_exist(page: Path) -> None:
    """Each command that a page names, in a block or in a sentence, is one, and has the options that stand with it."""
    # In a sentence a command stands in `…`; code of the library begins with "from kotoneuvo import".
    for line in re.findall(r"(?<!from )\bkotoneuvo ((?:--)?[a-z][^`\n|#]*)", page.read_text(encoding="utf-8")):
        words = line.split()
        path = "kotoneuvo"
        for word in words[:2]:
            path = f"{path} {word}" if f"{path} {word}" in HELP else path
        named = {
            name
            for section in HELP[path].sections
            for row in section.rows
            for name in re.findall(r"--[a-z-]+", row.name)
        }
        for option in re.findall(r"(?<!\S)--[a-z-]+", line):
            assert option in named | {"--help"}, (line, option)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    """Files are there, and so are the headings that a link names."""
    for target in re.findall(r"\]\(([^)\s]+)\)", _prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, heading = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        assert file.exists(), target
        assert not heading or heading in _headings(file), target


def _prose(page: Path) -> str:
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.M)


def _headings(page: Path) -> set[str]:
    """The anchors that GitHub gives the headings of a page."""
    titles = re.findall(r"^#+ (.*)$", _prose(page), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_page_is_reached_from_the_readme() -> None:
    """Nobody finds a page that nothing links to."""
    seen, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page not in seen:
            seen.add(page)
            links = (target.partition("#")[0] for target in re.findall(r"\]\(([^)\s:]+)\)", _prose(page)))
            waiting += [(page.parent / link).resolve() for link in links if link.endswith(".md")]
    # A changelog is found by its name.
    assert set(PAGES) - seen <= {ROOT / "CHANGELOG.md"}
