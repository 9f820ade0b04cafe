"""What a PDF says to who copies it, searches it or has it read aloud: whole words, by three readers of its text."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pymupdf
import pytest
from handouts import pdf_of, report_for, sheet_for
from pypdfium2 import PdfDocument

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.render.handout.content import Handout, TaggedText
from kotoneuvo.render.handout.readers import handout_languages

_WORD = re.compile("[\u0620-\u06ff]{4,}|[^\\W\\d_\u0620-\u06ff]{4,}")
"""Words of at least four letters of one script: where writing changes its direction, poppler may lose the space."""
_INVISIBLE = re.compile("[\u064b-\u0655\u200b-\u200f\u202a-\u202e\u2066-\u2069\u00ad]")
"""Vowel signs, whose order in a word readers change, joiners and marks of direction."""
_PARTS = re.compile("[\u0620-\u06ff\u200c]+")
"""Words of Arabic letters with the non-joiners in them ("می‌شود"), at which MuPDF parts them."""
AT_LEAST = 0.98


def words(text: str) -> set[str]:
    return set(_WORD.findall(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold()))


def printed(part: object) -> str:
    """Every text of a part of the sheet that a PDF holds."""
    if isinstance(part, TaggedText):
        return f"{part.text} "
    if isinstance(part, tuple):
        return "".join(map(printed, part))
    return ""


def words_of(sheet: Handout) -> set[str]:
    # Buttons and reading aloud are for the screen.
    return words(printed(tuple(sheet._replace(press={}, speech=()))))


def lost(sheets: Sequence[Handout], text: str) -> set[str]:
    """Words of sheets that a text has neither whole nor in the parts on both sides of a non-joiner."""
    shown = unicodedata.normalize("NFKC", "".join(printed(tuple(each)) for each in sheets))
    parts = {each.replace("\u200c", ""): set(filter(None, each.split("\u200c"))) for each in _PARTS.findall(shown)}
    pieces = set(_PARTS.findall(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text))))
    missing = set().union(*map(words_of, sheets)) - words(text)
    return {each for each in missing if not parts.get(each, {each}) <= pieces}


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


def by_pdfium(data: bytes, _folder: Path) -> str:
    with PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("reader", [by_mupdf, by_poppler, by_pdfium])
@pytest.mark.parametrize("language", handout_languages())
def test_words_read_back(catalogue: Catalogue, language: str, reader: object, tmp_path: Path) -> None:
    """Of the words of a sheet, 98 in 100 are found in the text of its PDF, whatever its writing."""
    sheets, text = [], ""
    for town, goal in (("Vantaa", "language"), ("Vaasa", "permits"), ("Oulu", "health_wellbeing")):
        sheets.append(sheet_for(report_for(catalogue, municipality=town, age=34, goals=["work", goal]), language))
        text += reader(pdf_of(sheets[-1]), tmp_path)  # type: ignore[operator]
    missing = lost(sheets, text)
    assert len(missing) <= (1 - AT_LEAST) * len(set().union(*map(words_of, sheets))), sorted(missing)


@pytest.mark.parametrize("language", ["prs", "ckb", "fi"])
def test_the_black_bar_is_written_in_white(catalogue: Catalogue, language: str) -> None:
    """Every letter on black is white, in the runs that a non-joiner parts too."""
    sheet = sheet_for(report_for(catalogue, municipality="Turku", goals=["work"]), language)
    with pymupdf.open(stream=pdf_of(sheet)) as document:  # type: ignore[no-untyped-call]
        page = document[0]
        black = [each["rect"] for each in page.get_drawings() if each.get("fill") == (0.0, 0.0, 0.0)]
        bar = max(black, key=lambda each: each.get_area())
        spans = [
            span for block in page.get_text("dict")["blocks"] for row in block.get("lines", ()) for span in row["spans"]
        ]
        inside = [span for span in spans if span["text"].strip() and bar.contains(span["bbox"])]
    assert len(inside) > 3
    assert {span["color"] for span in inside} == {0xFFFFFF}
