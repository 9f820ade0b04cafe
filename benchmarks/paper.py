"""What handouts say to 2,100 people: 30 municipalities, 10 residence statuses, 7 sets of goals.

python benchmarks/paper.py [SAMPLE]     SAMPLE: how many sheets are set as PDF and printed, too (default 60)

Needs the extra `test`, Chromium and pdftotext.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from io import BytesIO
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import sync_playwright
from pypdf import PdfReader
from pypdfium2 import PdfDocument
from zxingcpp import read_barcodes

from kotoneuvo import Report, Situation, load_catalogue
from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.render.handout.choose import PaperChoice
from kotoneuvo.render.handout.content import Handout, Sign
from kotoneuvo.render.handout.fit import ever_shorter_handouts, fitting_sheet
from kotoneuvo.render.handout.html import render_html
from kotoneuvo.render.handout.pdf import render_pdf
from kotoneuvo.render.handout.readers import Reader, handout_languages

for tests in ("tests", "tests/handout"):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / tests))
from test_browser import AXE, CHROMIUM  # noqa: E402
from test_read_back import AT_LEAST, by_mupdf, by_pdfium, by_poppler, lost, words_of  # noqa: E402

TOWNS = (
    "Helsinki", "Espoo", "Tampere", "Vantaa", "Oulu", "Turku", "Jyväskylä", "Kuopio", "Lahti", "Pori", "Kouvola",
    "Joensuu", "Lappeenranta", "Hämeenlinna", "Vaasa", "Seinäjoki", "Rovaniemi", "Mikkeli", "Kotka", "Salo", "Kokkola",
    "Lohja", "Kemi", "Närpiö", "Sysmä", "Kemijärvi", "Raasepori", "Maarianhamina", "Suomussalmi", "Forssa",
)  # fmt: skip
STATUSES = (
    "family_ties", "work_employed", "asylum", "asylum_seeker", "undocumented", "temporary_protection_municipality",
    "student", "permanent_p", "eu_registered", "quota_refugee",
)  # fmt: skip
GOALS = (
    ("work",), ("language",), ("work", "language"), ("guidance", "settling"), ("family",), ("health_wellbeing",),
    ("literacy",),
)  # fmt: skip
DAY = date.today()


def main() -> None:
    """Print one row a measure."""
    sample = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    catalogue = load_catalogue()
    advisor = Advisor(catalogue, DAY)
    counts: Counter[str] = Counter()
    reports: list[Report] = []
    for town, status, goals in product(TOWNS, STATUSES, GOALS):
        situation = Situation.of(catalogue.facts, DAY, municipality=town, age=34, status=status, goals=list(goals))
        report = advisor.advise(situation)
        reports.append(report)
        for name, languages in (("one language", ("ar",)), ("two languages", ("ar", "fi"))):
            look(fitting_sheet(report, PaperChoice(), [Reader(each) for each in languages]), name, counts)
    for name in ("one language", "two languages"):
        total, steps = counts[f"{name}: sheets"], counts[f"{name}: steps"]
        print(f"{name}: {total} sheets, {steps} steps ({steps / total:.2f} a sheet)")
        for what in ("first step with phone, address or page", "first step with phone or address", "without any step",
                     "with 112"):  # fmt: skip
            print(f"  {what}: {counts[f'{name}: {what}']} ({counts[f'{name}: {what}'] / total:.1%})")
        unknown = counts[f"{name}: contact not known"]
        print(f"  steps with a line to write on instead of a contact: {unknown} ({unknown / max(steps, 1):.1%})")
    every = max(len(reports) // max(sample, 1), 1)
    look_at_papers(reports[::every])


def look_at_papers(reports: list[Report]) -> None:
    """PDFs in every language in turn, every fourth with Finnish beside it: pages, codes, words, axe."""
    counts: Counter[str] = Counter()
    readers_of_pdf = {"MuPDF": by_mupdf, "pdftotext": by_poppler, "PDFium": by_pdfium}
    read: dict[str, list[float]] = {name: [] for name in readers_of_pdf}
    languages = [language for language in handout_languages() if language != "fi"]
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        page = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]).new_page()
        for place, report in enumerate(reports):
            language = languages[place % len(languages)]
            readers = [Reader(each) for each in ((language, "fi") if place % 4 == 3 else (language,))]
            sheets: list[Handout] = []
            data = render_pdf(
                sheets.append(each) or each for each in ever_shorter_handouts(report, PaperChoice(), readers)
            )
            sheet = sheets[-1]
            counts[f"PDFs of {data.count(b'/Type/Page/')} pages"] += 1
            counts["steps of PDFs"] += len(sheet.steps)
            with PdfDocument(data) as document:
                grey = [each.render(scale=150 / 72, grayscale=True).to_pil() for each in document]
            pictures = [each.convert("1", dither=Image.Dither.NONE) for each in grey]
            found = sorted(each.text for picture in pictures for each in read_barcodes(picture))
            wanted = sorted(step.code.target for step in sheet.steps if step.code)
            counts["codes"] += len(wanted)
            counts["codes read at 150 dpi in black and white"] += len(wanted) if found == wanted else 0
            whole = words_of(sheet)
            for name, read_back in readers_of_pdf.items():
                missing = lost([sheet], read_back(data, Path(folder)))
                read[name].append(1 - len(missing) / len(whole))
                if read[name][-1] < AT_LEAST:
                    print(f"  {name} lost in {'+'.join(each.language for each in readers)}:", missing)
            page.set_content(render_html(fitting_sheet(report, PaperChoice(), readers)))
            page.evaluate(AXE.read_text(encoding="utf-8"))
            counts["axe violations"] += len(page.evaluate("axe.run()")["violations"])
            counts["HTML sheets looked at by axe"] += 1
            printed = page.pdf(prefer_css_page_size=True)
            counts[f"HTML sheets printed on {len(PdfReader(BytesIO(printed)).pages)} pages"] += 1
    for name, number in sorted(counts.items()):
        print(f"{name}: {number}")
    for name, shares in read.items():
        print(f"words read back by {name}: {sum(shares) / len(shares):.1%}, at least {min(shares):.1%} of a sheet")


def look(sheet: Handout, name: str, counts: Counter[str]) -> None:
    """Count what one sheet says."""
    counts[f"{name}: sheets"] += 1
    counts[f"{name}: steps"] += len(sheet.steps)
    counts[f"{name}: with 112"] += sheet.danger[0].number == "112" if sheet.danger else 0
    counts[f"{name}: without any step"] += not sheet.steps
    counts[f"{name}: contact not known"] += sum(not any(each.value for each in step.reach) for step in sheet.steps)
    if sheet.steps:
        reach = [each.sign for each in sheet.steps[0].reach if each.value]
        counts[f"{name}: first step with phone, address or page"] += bool(reach)
        counts[f"{name}: first step with phone or address"] += Sign.PHONE in reach or Sign.HOUSE in reach


if __name__ == "__main__":
    main()
