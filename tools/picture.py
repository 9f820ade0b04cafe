"""Draw the pictures of the README with the program itself: ``.venv/bin/python tools/picture.py``."""

from __future__ import annotations

import os
import re
from datetime import date
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

from kotoneuvo import Situation, advise, load_catalogue
from kotoneuvo.render.first_screen import FirstScreen
from kotoneuvo.words import Words

HERE = Path(__file__).resolve().parents[1] / "docs"
DAY = date(2026, 11, 24)
PERSON = {
    "municipality": "Vantaa",
    "age": 34,
    "labour_status": "unemployed_not_registered",
    "finnish_level": "A1.3",
    "schooling": "vocational",
    "status": "family_ties",
    "years_since_first_permit": 1,
    "goals": ["work"],
}
LINES = 40


def draw(language: str) -> None:
    """Save the first screen of one invented person as an SVG."""
    catalogue = load_catalogue()
    report = advise(catalogue, Situation.of(catalogue.facts, DAY, **PERSON), DAY)
    words = Words(language)
    page = FirstScreen(report, words).first(88, 40)
    whole = Console(file=StringIO(), width=88, highlight=False, force_terminal=True, color_system="truecolor")
    with whole.capture() as capture:
        whole.print(page)
    lines = capture.get().splitlines()[:LINES]
    console = Console(record=True, width=88, file=StringIO(), highlight=False)
    console.print(Text.from_ansi("\n".join(lines)))
    target = HERE / f"pathway.{language}.svg"
    drawn = console.export_svg(title=f"kotoneuvo --lang {language}")
    # rich's template loads web fonts, and a picture must not connect to another host.
    target.write_text(re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    os.environ.pop("NO_COLOR", None)
    for each in ("en", "fi"):
        draw(each)
