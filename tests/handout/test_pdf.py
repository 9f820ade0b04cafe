"""The PDF as a picture, and as PDF/UA as far as a program can tell.

No validator of PDF/UA comes as a Python package (veraPDF is a Java program). What stands here are the conditions of the
Matterhorn Protocol 1.1 that can be read off the file, each named by its number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from handouts import pdf_of, report_for, sheet_for
from PIL import Image
from pypdf import PdfReader

from kotoneuvo.advice.service import Catalogue

LANGUAGES = [("fi",), ("ar",), ("ckb",), ("ru", "sv")]


@pytest.fixture(scope="module", params=LANGUAGES, ids="+".join)
def made(request: pytest.FixtureRequest, catalogue: Catalogue) -> tuple[Any, bytes]:
    sheet = sheet_for(report_for(catalogue), *request.param)
    return sheet, pdf_of(sheet)


def test_every_code_on_paper_reads_back(made: tuple[Any, bytes]) -> None:
    """Decoded from what a plain office printer prints, 150 dots an inch in black and white, each code is its link."""
    sheet, data = made
    with pypdfium2.PdfDocument(data) as document:
        grey = [page.render(scale=150 / 72, grayscale=True).to_pil() for page in document]
    pictures = [page.convert("1", dither=Image.Dither.NONE) for page in grey]
    wanted = [step.code.target for step in sheet.steps if step.code]
    assert wanted
    found = [each.text for picture in pictures for each in zxingcpp.read_barcodes(picture)]
    assert sorted(found) == sorted(wanted)


def test_large_type(made: tuple[Any, bytes]) -> None:
    """Most of the text is 12 points or more, with two languages side by side 10.5."""
    sheet, data = made
    sizes: Counter[float] = Counter()

    def count(text: str, _matrix: object, place: list[float], _font: object, size: float) -> None:
        sizes[round(size * abs(place[3] or 1), 1)] += len(text.strip())

    for page in PdfReader(BytesIO(data)).pages:
        page.extract_text(visitor_text=count)
    most = max(sizes, key=lambda size: sizes[size])
    assert most >= (12 if len(sheet.readers) == 1 else 10.5), sizes


def elements(node: Any) -> Iterator[Any]:
    """Every element of the structure tree."""
    node = node.get_object()
    if isinstance(node, list):
        for each in node:
            yield from elements(each)
    elif isinstance(node, dict):
        yield node
        if "/K" in node:
            yield from elements(node["/K"])


def test_pdf_ua_as_far_as_a_program_can_tell(made: tuple[Any, bytes]) -> None:
    """PDF/UA-1 by name, with a title that is shown, a language, tags, pictures and links that say what they are."""
    sheet, data = made
    reader = PdfReader(BytesIO(data))
    root: Any = reader.trailer["/Root"]
    said = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in said  # 06-002
    assert sheet.title[0][0].text in said  # 06-003
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True  # 07-002
    assert root["/MarkInfo"]["/Marked"].value is True  # real content is tagged
    assert "/Suspects" not in root["/MarkInfo"] or root["/MarkInfo"]["/Suspects"].value is False  # 04-001
    assert root["/Lang"] == sheet.readers[0].language.partition("-")[0]  # 11-001
    tree = list(elements(root["/StructTreeRoot"]["/K"]))
    kinds = Counter(str(each["/S"]) for each in tree if "/S" in each)
    assert kinds["/H1"] == 1  # 14-002: headings begin at the first level
    assert kinds["/H2"] == len(sheet.steps) + len(sheet.blocks)
    figures = [each for each in tree if each.get("/S") == "/Figure"]
    assert [figure["/Alt"] for figure in figures] == [
        f"QR: {step.code.target}" for step in sheet.steps if step.code
    ]  # 13-004
    for page in reader.pages:
        notes: Any = page.get("/Annots", [])
        assert not notes or str(page["/Tabs"]) == "/S"  # 28-008
        for note in notes:
            link = note.get_object()
            assert link["/Subtype"] == "/Link"
            assert "/StructParent" in link  # 28-011: links are tagged
            assert link["/Contents"]  # 28-012
    for page in reader.pages:
        fonts: Any = page["/Resources"]["/Font"]  # type: ignore[index]
        for font in fonts.values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"].get_object())  # 31-009
            assert "/ToUnicode" in font.get_object()  # 31-027
