"""How good the advice is that a client carries away: first steps over towns, residence statuses and goals.

Counted over 30 municipalities (from the list of all, evenly spread, with the largest), 10 statuses and 8 sets of goals:
first steps with a contact of that very office, pathways with a helpline as a step or with something to have that is
never asked (both must be none), goals that nothing serves and that are not named (none), the lines of the first screen
in a window of 24 lines. Questions and keys of the interview: ``benchmarks/questions.py``.

Run: ``.venv/bin/python benchmarks/advice_quality.py``
"""

from __future__ import annotations

import statistics
from collections import Counter
from datetime import date
from itertools import product

from kotoneuvo import Advisor, Report, Situation, load_catalogue
from kotoneuvo.advice.doors import page_only
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.render.first_screen import FirstScreen
from kotoneuvo.render.reason_lines import reason_lines
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.render.terminal import BARE, to_text
from kotoneuvo.words import Words

LARGEST = ("091", "049", "837", "092", "564", "853", "179", "297", "398", "286")
TOWNS = 30
STATUSES = (
    "family_ties", "work_employed", "student", "asylum", "quota_refugee", "temporary_protection_municipality",
    "asylum_seeker", "undocumented", "eu_registered", "fi_citizen_naturalised_adult",
)  # fmt: skip
GOALS = (
    ("work",), ("language",), ("work", "language"), ("family",), ("health_wellbeing",), ("housing", "money"),
    ("basic_education", "literacy"), ("settling", "guidance"),
)  # fmt: skip
DAY = date(2026, 11, 30)
WIDTH, HEIGHT = 80, 24


def towns(catalogue: Catalogue) -> list[str]:
    """The largest, and others evenly spread over the list."""
    others = [code for code in catalogue.facts.municipalities if code not in LARGEST]
    rest = TOWNS - len(LARGEST)
    return [*LARGEST, *others[:: len(others) // rest][:rest]]


def requirements(report: Report, words: Words) -> str:
    """All that the pathway says of what fits and what would be needed."""
    reasons = Reasons(report.catalogue.facts, words)
    return " ".join(
        line.text
        for stage in report.pathway
        for name in stage.services
        for line in reason_lines(report.assessments[name], report.known, reasons)
    )


def main() -> None:
    """Print the counts."""
    catalogue = load_catalogue()
    advisor, words = Advisor(catalogue, DAY), Words("en")
    facts = catalogue.facts
    never_asked = [fact.label["en"] for fact in facts.facts.values() if fact.asked == "told"]
    people, steps, empty = 0, 0, 0
    kinds: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    lines = []
    for town, status, goals in product(towns(catalogue), STATUSES, GOALS):
        report = advisor.advise(Situation.of(facts, DAY, municipality=town, status=status, goals=goals, age=34))
        people += 1
        empty += not report.first_steps
        for step in report.first_steps:
            steps += 1
            contact = step.contact
            kinds["none" if contact is None else "page" if page_only(contact) else "phone, address or e-mail"] += 1
            kinds["none, but a next best door"] += contact is None and step.instead is not None
        on_pathway = {name for stage in report.pathway for name in (*stage.services, *stage.after)}
        faults["a helpline as a step"] += any(
            catalogue.services[each].helpline for each in on_pathway & set(catalogue.services)
        )
        said = requirements(report, words)
        faults["something to have that is never asked"] += any(label in said for label in never_asked)
        served = {goal for each in on_pathway & set(catalogue.services) for goal in catalogue.services[each].goals}
        faults["a goal that nothing serves and nobody names"] += bool(set(goals) - served - set(report.unserved_goals))
        faults["a goal that nothing serves, named"] += bool(report.unserved_goals)
        lines.append(len(to_text(FirstScreen(report, words, BARE).first(WIDTH, HEIGHT)).splitlines()))
    contacts = steps - kinds["none"]
    print(f"{people} people, {steps} first steps; people without any: {empty}")
    print(f"first steps with a contact of that very office: {contacts / steps:.1%}")
    for kind, count in kinds.most_common():
        print(f"  {kind:40} {count / steps:6.1%}")
    for fault, count in faults.items():
        print(f"pathways with {fault}: {count}")
    print(f"lines of the first screen ({WIDTH} x {HEIGHT}): median {statistics.median(lines):g}, most {max(lines)}")


if __name__ == "__main__":
    main()
