"""Write a made-up intake file with a realistic skew: `python benchmarks/make_intake.py ROWS [uniform] > intake.csv`.

Seeded, so that the same number of rows is the same file everywhere. Big cities, common statuses and low levels of
Finnish are frequent, the rest is rare; some cells are empty, some ages are bands, some levels coarse. `uniform`: every
value of every column equally likely, so that combinations seldom come again. Nobody is real.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from itertools import accumulate

from kotoneuvo import load_catalogue
from kotoneuvo.advice.facts import FactBook

HEADER = ("rivi", "kunta", "ikä", "sukupuoli", "kieli", "oleskelulupa", "vuosia luvasta", "suomen taso",
          "lukutaito", "koulutus", "työtilanne", "lasten iät", "tavoite")  # fmt: skip
BIG = {"091": 300, "049": 110, "092": 120, "837": 70, "853": 75, "564": 45, "398": 30, "297": 20, "167": 15}
SEED = 20261124
BANDS = ("7-15", "16-17", "18-29", "30-44", "45-64", "65+")


class Skew:
    """Draws values, the first ones often and the last ones rarely, or with given weights."""

    def __init__(self, draw: random.Random, values: list[str], weights: list[float] | None = None) -> None:
        self.draw = draw
        self.values = values
        self.sums = list(accumulate(weights or [1 / (place + 1) for place in range(len(values))]))

    def __call__(self) -> str:
        """One value."""
        return self.draw.choices(self.values, cum_weights=self.sums)[0]


def rows(count: int, facts: FactBook) -> Iterator[tuple[str, ...]]:
    """The rows of the file, without the header."""
    draw = random.Random(SEED)
    codes = list(facts.municipalities)
    place = Skew(draw, [facts.municipalities[c].name["fi"] for c in codes], [BIG.get(c, 1) for c in codes])
    status = Skew(draw, [facts["status"].names[v]["fi"] for v in facts["status"].domain])
    ages = Skew(draw, [str(age) for age in range(7, 80)], [max(1, 40 - abs(age - 33)) for age in range(7, 80)])
    bands = Skew(draw, list(BANDS), [1, 1, 6, 8, 4, 1])
    language = Skew(
        draw,
        ["ru", "ar", "en", "so", "uk", "fa", "et", "ku", "zh", "sq", "vi", "th", "tr", "es", "fr", "bn", "ti", "si"],
    )
    level = Skew(draw, ["A1.1", "0", "A1.2", "A1.3", "A2.1", "A2", "A2.2", "B1.1", "B1", "B1.2", "B2", "C1"])
    literacy = Skew(draw, [facts["literacy"].names[v]["fi"] for v in reversed(facts["literacy"].domain)])
    school = Skew(draw, [facts["schooling"].names[v]["fi"] for v in facts["schooling"].domain], [1, 2, 4, 4, 4, 5])
    work = Skew(draw, [facts["labour_status"].names[v]["fi"] for v in facts["labour_status"].domain])
    children = Skew(draw, ["", "ei lapsia", "4", "1", "9", "2, 5", "8, 11", "1, 4, 9", "16", "<3"])
    goals = Skew(draw, ["työ", "language", "work, language", "neuvonta ja ohjaus", "family", "settling", "permits",
                        "vocational_education", "literacy, language", "recognition_of_skills", "community",
                        "higher_education", "youth", "", "entrepreneurship", "health_wellbeing"])  # fmt: skip
    gender = Skew(draw, ["nainen", "mies", "muu"], [50, 49, 1])

    def often(cell: Skew, share: float = 0.94) -> str:
        return cell() if draw.random() < share else ""

    for number in range(1, count + 1):
        yield (
            str(number), often(place, 0.995), bands() if draw.random() < 0.5 else ages(), often(gender),
            often(language), often(status, 0.9), often_years(draw),
            often(level), often(literacy, 0.6), often(school), often(work),
            children(), goals(),
        )  # fmt: skip


def uniform_rows(count: int, facts: FactBook) -> Iterator[tuple[str, ...]]:
    """Rows in which every municipality, status, level and goal is equally likely."""
    draw = random.Random(SEED)
    names = ("municipality", "age", "gender", "status", "years_since_first_permit", "finnish_level", "literacy",
             "schooling", "labour_status")  # fmt: skip
    domains = {name: [str(value) for value in facts[name].domain] for name in names}
    languages, children = ("ru", "ar", "en", "so", "uk", "fa"), ("", "none", "1", "4, 9", "16", "2, 8")
    for number in range(1, count + 1):
        cell = {name: draw.choice(domain) for name, domain in domains.items()}
        yield (
            str(number), cell["municipality"], cell["age"], cell["gender"], draw.choice(languages), cell["status"],
            cell["years_since_first_permit"], cell["finnish_level"], cell["literacy"], cell["schooling"],
            cell["labour_status"], draw.choice(children), draw.choice(list(facts.goals)),
        )  # fmt: skip


def often_years(draw: random.Random) -> str:
    """Years since the first permit: mostly few, sometimes a band or a month."""
    kind = draw.random()
    if kind < 0.1:
        return ""
    if kind < 0.3:
        return draw.choice(("<3", ">=3", "0-1"))
    if kind < 0.5:
        return f"{draw.randint(2021, 2026)}-{draw.randint(1, 11):02}"
    return str(min(60, int(draw.expovariate(0.4))))


def main() -> None:
    """Write the file to stdout."""
    out = csv.writer(sys.stdout, delimiter=";", lineterminator="\n")
    out.writerow(HEADER)
    made = uniform_rows if sys.argv[2:] == ["uniform"] else rows
    out.writerows(made(int(sys.argv[1]), load_catalogue().facts))


if __name__ == "__main__":
    main()
