"""Handouts in a real Chromium: accessibility by axe-core, phone and print sizes, codes read back from the picture.

Skipped where there is no Chromium; with KOTONEUVO_NEEDS_CHROMIUM set that is a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import axe_playwright_python
import pytest
import zxingcpp
from handouts import report_for, sheet_for
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from pypdf import PdfReader

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.render.handout.content import Handout
from kotoneuvo.render.handout.html import render_html

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
PHONE, SMALLEST = {"width": 390, "height": 844}, {"width": 320, "height": 568}
"""320 CSS pixels are a screen of 1280 at a zoom of 400 %."""
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("chromium")]
LANGUAGES = [("fi",), ("ar",), ("prs", "fi"), ("ckb",), ("vi", "sv")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        if os.environ.get("KOTONEUVO_NEEDS_CHROMIUM"):
            pytest.fail("Chromium is needed here: apt-get install chromium")
        pytest.skip("there is no Chromium here: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


def sheet_of(catalogue: Catalogue, languages: tuple[str, ...]) -> Handout:
    return sheet_for(report_for(catalogue), *languages)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("languages", LANGUAGES, ids="+".join)
def test_axe_finds_nothing(browser: Browser, catalogue: Catalogue, languages: tuple[str, ...], scheme: str) -> None:
    """WCAG 2.2 AA and best practices: zero violations, on a light and on a dark screen."""
    page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
    page.set_content(render_html(sheet_of(catalogue, languages)))
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")
    page.close()
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert found["passes"]


@pytest.mark.parametrize("languages", LANGUAGES, ids="+".join)
def test_fits_a_phone_and_zoom_and_paper(
    browser: Browser, catalogue: Catalogue, languages: tuple[str, ...], tmp_path: Path
) -> None:
    """Nothing to scroll sideways on a phone or at 400 %; two pages of A4 on paper; pictures for people to look at."""
    text = render_html(sheet_of(catalogue, languages))
    folder = Path(os.environ.get("KOTONEUVO_PICTURES", tmp_path))
    for name, size in (("phone", PHONE), ("zoom", SMALLEST)):
        page = browser.new_page(viewport=size)  # type: ignore[arg-type]
        page.set_content(text)
        assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
        assert page.screenshot(path=folder / f"{'+'.join(languages)}-{name}.png", full_page=True)
        page.close()
    page = browser.new_page()
    page.set_content(text)
    pages = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    page.close()
    assert len(pages) <= 2
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("languages", [("fi",), ("ar",)], ids="+".join)
def test_every_code_reads_back(browser: Browser, catalogue: Catalogue, languages: tuple[str, ...], scheme: str) -> None:
    """Decoded from the picture of the page, each code is the link that it stands for."""
    sheet = sheet_of(catalogue, languages)
    page = browser.new_page(device_scale_factor=2, color_scheme="dark" if scheme == "dark" else "light")
    page.set_content(render_html(sheet))
    picture = Image.open(BytesIO(page.screenshot(full_page=True)))
    page.close()
    wanted = [step.code.target for step in sheet.steps if step.code]
    assert wanted
    assert sorted(each.text for each in zxingcpp.read_barcodes(picture)) == sorted(wanted)


def test_arabic_runs_from_the_right(browser: Browser, catalogue: Catalogue) -> None:
    """Numbers of steps stand at the right edge, codes at the left; a phone number is in one line, digits in order."""
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    page.set_content(
        render_html(sheet_for(report_for(catalogue, municipality="Oulu", goals=["health_wellbeing"]), "ar"))
    )
    number, code = page.locator(".number").first.bounding_box(), page.locator(".code").first.bounding_box()
    phone = page.locator(".phone").first
    assert number is not None
    assert code is not None
    assert number["x"] > 800 > 300 > code["x"]
    assert phone.evaluate("e => getComputedStyle(e).direction") == "ltr"
    assert phone.evaluate("e => e.getClientRects().length") == 1
    page.close()
