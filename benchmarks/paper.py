"""What handouts say to 2,100 people: 30 municipalities, 10 residence statuses, 7 sets of goals.

python benchmarks/paper.py [SAMPLE]     SAMPLE: of how many sheets the PDF is looked at, too (default 60)
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from itertools import product

from kotoneuvo import Report, Situation, load_catalogue
from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.render.handout.choose import Choice
from kotoneuvo.render.handout.content import Sheet, Sign
from kotoneuvo.render.handout.fit import fitting_sheet, shorter_and_shorter
from kotoneuvo.render.handout.pdf import PAGES, render_pdf
from kotoneuvo.render.handout.reader import Reader, handout_languages

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
            look(fitting_sheet(report, Choice(), [Reader(each) for each in languages]), name, counts)
    for name in ("one language", "two languages"):
        total, steps = counts[f"{name}: sheets"], counts[f"{name}: steps"]
        print(f"{name}: {total} sheets, {steps} steps ({steps / total:.2f} a sheet)")
        for what in ("first step with phone, address or page", "first step with phone or address", "without any step",
                     "with 112"):  # fmt: skip
            print(f"  {what}: {counts[f'{name}: {what}']} ({counts[f'{name}: {what}'] / total:.1%})")
        unknown = counts[f"{name}: contact not known"]
        print(f"  steps with a line to write on instead of a contact: {unknown} ({unknown / max(steps, 1):.1%})")
    pages: Counter[int] = Counter()
    languages = handout_languages()
    for place in range(0, len(reports), max(len(reports) // max(sample, 1), 1)):
        reader = Reader(languages[place % len(languages)])
        data = render_pdf(shorter_and_shorter(reports[place], Choice(), [reader]))
        pages[data.count(b"/Type/Page/")] += 1
    print(f"pages of {sum(pages.values())} PDFs: {dict(sorted(pages.items()))} (at most {PAGES})")


def look(sheet: Sheet, name: str, counts: Counter[str]) -> None:
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
