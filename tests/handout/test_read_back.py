"""What a PDF says to who copies it, searches it or has it read aloud: whole words, by two readers of its text."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pymupdf
import pytest
from handouts import pdf_of, report_for, sheet_for

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.render.handout.content import Said, Sheet
from kotoneuvo.render.handout.reader import handout_languages

_WORD = re.compile("[\u0620-\u06ff]{4,}|[^\\W\\d_\u0620-\u06ff]{4,}")
"""Words of at least four letters of one script: where writing changes its direction, poppler may lose the space."""
_INVISIBLE = re.compile("[\u064b-\u0655\u200b-\u200f\u202a-\u202e\u2066-\u2069\u00ad]")
"""Vowel signs, whose order in a word readers change, joiners and marks of direction."""
AT_LEAST = 0.98


def words(text: str) -> set[str]:
    return set(_WORD.findall(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold()))


def printed(part: object) -> str:
    """Every text of a part of the sheet that a PDF holds."""
    if isinstance(part, Said):
        return f"{part.text} "
    if isinstance(part, tuple):
        return "".join(map(printed, part))
    return ""


def words_of(sheet: Sheet) -> set[str]:
    # Buttons and reading aloud are for the screen.
    return words(printed(tuple(sheet._replace(press={}, speech=()))))


def by_mupdf(data: bytes, _folder: Path) -> str:
    with pymupdf.open(stream=data) as document:  # type: ignore[no-untyped-call]
        return "\n".join(str(page.get_text()) for page in document)


def by_poppler(data: bytes, folder: Path) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        if os.environ.get("KOTONEUVO_NEEDS_POPPLER"):
            pytest.fail("pdftotext is needed here: apt-get install poppler-utils")
        pytest.skip("there is no pdftotext here: apt-get install poppler-utils")
    path = folder / "sheet.pdf"
    path.write_bytes(data)
    return subprocess.run([program, "-layout", path, "-"], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("reader", [by_mupdf, by_poppler])
@pytest.mark.parametrize("language", handout_languages())
def test_words_read_back(catalogue: Catalogue, language: str, reader: object, tmp_path: Path) -> None:
    """Of the words of a sheet, 98 in 100 are found in the text of its PDF, whatever its writing."""
    found, wanted = set[str](), set[str]()
    for town, goal in (("Vantaa", "language"), ("Vaasa", "permits"), ("Oulu", "health_wellbeing")):
        sheet = sheet_for(report_for(catalogue, municipality=town, age=34, goals=["work", goal]), language)
        found |= words(reader(pdf_of(sheet), tmp_path))  # type: ignore[operator]
        wanted |= words_of(sheet)
    missing = wanted - found
    assert len(missing) <= (1 - AT_LEAST) * len(wanted), sorted(missing)
