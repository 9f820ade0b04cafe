"""How many questions the interview asks: the person of every scenario is interviewed; what it leaves open is skipped.

Run: ``.venv/bin/python benchmarks/questions.py``
"""

from __future__ import annotations

import statistics
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import tomli

from kotoneuvo import Situation, load_catalogue
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.advice.situation import GOALS, Knowledge
from kotoneuvo.interview.session import Session

SCENARIOS = Path(__file__).resolve().parents[1] / "tests" / "scenarios"


def interview(catalogue: Catalogue, scenario: dict[str, Any]) -> list[str]:
    """The questions asked of the person of a scenario, in order."""
    day = date.fromisoformat(scenario["as_of"])
    person = Situation.of(catalogue.facts, day, **scenario["situation"])
    knowledge = Knowledge(catalogue.facts, person)
    session = Session(catalogue, day)
    asked = []
    while (name := session.next_question()) is not None:
        asked.append(name)
        if name == GOALS:
            session.answer(name, person.goals or None)
        else:
            values = knowledge.possible(name)
            session.answer(name, None if values == catalogue.facts[name].everything else values)
    return asked


def main() -> None:
    """Print the distribution and what is asked most."""
    catalogue = load_catalogue()
    runs = []
    for path in sorted(SCENARIOS.glob("*.toml")):
        scenarios = tomli.loads(path.read_text(encoding="utf-8"))["scenario"]
        people = [each for each in scenarios if each["situation"].get("customer_role", "migrant") == "migrant"]
        runs += [interview(catalogue, each) for each in people]
    counts = sorted(len(run) for run in runs)
    print(f"{len(counts)} people; questions asked: median {statistics.median(counts):g}, "
          f"90th percentile {counts[int(len(counts) * 0.9)]}, most {counts[-1]}")  # fmt: skip
    asked = Counter(name for run in runs for name in run)
    for name, count in asked.most_common():
        print(f"  {name:38} {count / len(runs):5.0%}")


if __name__ == "__main__":
    main()
