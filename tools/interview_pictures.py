"""Take the pictures of the interview for docs/desk.md while it runs: ``python tools/interview_pictures.py``.

Needs a checkout with the packages of the tests, whose terminal it uses.
"""

from __future__ import annotations

import re
import sys
import tempfile
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.style import Style
from rich.text import Text

HERE = Path(__file__).resolve().parents[1] / "docs"
sys.path.insert(0, str(HERE.parent / "tests"))
from terminal import ENTER, Terminal  # noqa: E402

COLUMNS, ROWS = 80, 40
NAMES = {"brown": "yellow", "brightblack": "bright_black", "brightbrown": "bright_yellow"}
"""The colours that pyte and rich call by different names."""
DAY = "2026-11-24"
MENU, STEPS = "Mitä seuraavaksi", "Ensimmäiset askeleet · Vantaa"


def take(terminal: Terminal, name: str, first: str) -> None:
    """Save the screen as an SVG, from the last line that contains `first`."""
    screen = terminal._screen
    lines = [_line(screen.buffer[row]) for row in range(ROWS)]
    shown = [number for number, line in enumerate(lines) if first in line.plain]
    end = max(number for number, line in enumerate(lines) if line.plain.strip())
    console = Console(record=True, width=COLUMNS, file=StringIO(), highlight=False)
    for line in lines[shown[-1] : end + 1]:
        console.print(line)
    drawn = console.export_svg(title="kotoneuvo --lang fi")
    # rich's template loads web fonts, and a picture must not connect to another host.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    (HERE / name).write_text(svg, encoding="utf-8")


def _line(row: object) -> Text:
    text = Text()
    for column in range(COLUMNS):
        char = row[column]  # type: ignore[index]
        style = Style(color=_colour(char.fg), bgcolor=_colour(char.bg), bold=char.bold, reverse=char.reverse)
        text.append(char.data, style)
    text.rstrip()
    return text


def _colour(name: str) -> str | None:
    if name == "default":
        return None
    return f"#{name}" if re.fullmatch("[0-9a-f]{6}", name) else NAMES.get(name, name)


def see(terminal: Terminal, words: str) -> None:
    """Read on until the words are on the screen. Raises LookupError if they do not come."""
    for _ in range(30):
        terminal.settle()
        if words in terminal.screen:
            return
    raise LookupError(f"{words} is not on the screen:\n{terminal.screen}")


ANSWERS = (
    ("Mitä henkilö haluaa", "21"),
    ("Mitä kieliä", "2"),
    ("Mikä lupa", "1"),
    ("Miksi perheenjäsen", "1"),
    ("Mikä on henkilön tilanne", "3"),
    ("Kuinka paljon suomea", "4"),
    ("Kuinka kauan", "2"),
)
"""The keys for the invented person, by words of the question; all other questions are answered with "not known"."""
REVIEW = "Ovatko nämä oikein"


def main() -> None:
    """Interview one invented person, from the first question to the first steps and the menu below them."""
    with tempfile.TemporaryDirectory() as folder:
        terminal = Terminal("--lang", "fi", "--as-of", DAY, folder=Path(folder), rows=ROWS, columns=COLUMNS)
        see(terminal, "Missä kunnassa")
        terminal.press("van")
        see(terminal, "Vanda")
        take(terminal, "interview-municipality.fi.svg", "Vastaukset pysyvät")
        terminal.press("taa", ENTER)
        see(terminal, "Mitä henkilö haluaa")
        while REVIEW not in terminal.screen:
            before = terminal.screen
            lines = next((lines for question, lines in ANSWERS if f"› {question}" in before), "0")
            terminal.press(*lines)
            if "haluaa" in before.splitlines()[1]:
                terminal.settle()
                take(terminal, "interview-question.fi.svg", "Kunta:")
            terminal.press(ENTER)
            terminal.until_changed(before)
            terminal.settle()
        take(terminal, "interview-review.fi.svg", REVIEW)
        terminal.press(ENTER)
        see(terminal, STEPS)
        take(terminal, "interview-steps.fi.svg", STEPS)
        terminal.press(ENTER)
        see(terminal, MENU)
        take(terminal, "interview-menu.fi.svg", MENU)
        terminal.leave()


if __name__ == "__main__":
    main()
