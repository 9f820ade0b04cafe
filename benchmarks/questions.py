"""How many questions the interview asks, and how many keys they take: the person of every scenario is interviewed.

What a scenario leaves open is "not known". A key is a key pressed on a capable terminal: a town is typed in full with
Enter, a line of a list is its digit and Enter, one without a digit three letters and Enter (twice where lines are
ticked). The residence status is one question of two screens; the review's Enter counts as a key, not as a question.

Five clients are also typed in one line; what the line leaves open is asked, and what is not in the person stays open.

Run: ``.venv/bin/python benchmarks/questions.py``
"""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import tomli

from kotoneuvo import Advisor, Situation, load_catalogue
from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE, Knowledge
from kotoneuvo.intake.line_words import Meaning
from kotoneuvo.interview.ask import Asker
from kotoneuvo.interview.course import Course, Question, read_questions
from kotoneuvo.interview.one_line import OneLine
from kotoneuvo.interview.prompt import Prompt
from kotoneuvo.interview.session import Session
from kotoneuvo.words import Words

SCENARIOS = Path(__file__).resolve().parents[1] / "tests" / "scenarios"
QUESTIONS, KEYS = 7, 35
"""The bars for the medians."""
_LETTERS = 3
"""Letters typed to filter a list down to the wanted line."""


class Run(NamedTuple):
    """One interview: the questions in order, the keys pressed, and the seconds to decide on each next question."""

    asked: list[str]
    keys: int
    seconds: list[float]


def interview(catalogue: Catalogue, advisors: dict[date, Advisor], scenario: dict[str, Any]) -> Run:
    """The interview of the person of a scenario."""
    day = date.fromisoformat(scenario["as_of"])
    advisor = advisors.setdefault(day, Advisor(catalogue, day))
    person = Situation.of(catalogue.facts, day, **scenario["situation"])
    knowledge = Knowledge(catalogue.facts, person)
    questions = read_questions(catalogue.facts)
    words = Words("fi")
    course = Course(catalogue.facts, questions, swedish=False)
    asker = Asker(catalogue.facts, questions.by_id, words)
    session = Session(advisor)
    asked: list[str] = []
    keys, seconds = 1, []
    while True:
        start = time.perf_counter()
        name = course.next_question(session)
        seconds.append(time.perf_counter() - start)
        if name is None:
            return Run(asked, keys, seconds)
        asked.append(name)
        reply, typed = replied(name, person, knowledge, questions.by_id, asker)
        keys += typed
        session.reply(name, reply, asker.records(name, reply, session))


def replied(
    name: str, person: Situation, knowledge: Knowledge, questions: Mapping[str, Question], asker: Asker
) -> tuple[object, int]:
    """The person's reply to a question, and the keys that it takes."""
    facts = knowledge.facts
    if name == GOALS:
        order = list(facts.goals)
        return list(person.goals) or None, ticks(list(person.goals), order) if person.goals else 3
    if name == SERVICE_LANGUAGE:
        return list(person.service_language) or None, ticks(list(person.service_language), []) + 1
    if name in questions:
        for place, line in enumerate(questions[name].lines):
            if line.records and all(knowledge.possible(fact) <= held for fact, held in line.records.items()):
                return place, 2
        return None, 2
    possible: Values = knowledge.possible(name)
    fact = facts[name]
    if possible == fact.everything:
        return None, 3 if name == "municipality" else 2 if fact.kind not in ("number", "years") else 1
    if name == "municipality":
        town = asker.words.pick(fact.names[next(iter(possible))])
        return town, len(town) + 1
    if fact.kind in ("number", "years"):
        low, high = fact.in_order(possible)[0], fact.in_order(possible)[-1]
        typed = str(low) if low == high else f"{low}-{high}"
        return typed, len(typed) + 1
    if fact.kind == "several":
        bands = str(next(iter(possible))).split("+")
        return bands, len(bands) + 1
    value = next(iter(possible))
    return ("yes" if value else "no") if fact.kind == "yes_no" else value, 2


class Agrees:
    """Says yes to a line; a doubtful word gets the meaning that fits the person, for two keys."""

    spelled = False

    def __init__(self, person: Situation) -> None:
        self.person = person
        self.keys = 0

    def ask(self, prompt: Prompt) -> object:
        """The first option, or the one that agrees with the person."""
        meant = [each.value for each in prompt.options if isinstance(each.value, Meaning)]
        self.keys += 2 if meant else 1
        wishes = {GOALS: self.person.goals, SERVICE_LANGUAGE: self.person.service_language}
        said = {name: set(values) for name, values in {**self.person.known, **wishes}.items()}
        fits = [each for each in meant if said.get(each.fact, set()) & set(each.answer)]
        return (fits or meant)[0] if meant else prompt.options[0].value

    def say(self, text: str) -> None:
        """Nothing is shown."""

    echo = say

    def clear(self) -> None:
        """There is no screen."""


def by_line(catalogue: Catalogue, person: Situation, line: str) -> Run:
    """The interview of a person of whom the first question is told in one line."""
    advisor = Advisor(catalogue, DAY)
    knowledge, questions, words = Knowledge(catalogue.facts, person), read_questions(catalogue.facts), Words("fi")
    course, asker = Course(catalogue.facts, questions, swedish=False), Asker(catalogue.facts, questions.by_id, words)
    session, prompter = Session(advisor), Agrees(person)
    asked = ["line"] if line else []
    keys = 1
    if line:
        OneLine(asker, prompter, DAY, "finnish_level", questions.swedish_first).take(line, session)
        keys += len(line) + 1 + prompter.keys
    while (name := course.next_question(session)) is not None:
        asked.append(name)
        reply, typed = replied(name, person, knowledge, questions.by_id, asker)
        keys += typed
        session.reply(name, reply, asker.records(name, reply, session))
    return Run(asked, keys, [])


DAY = date(2026, 11, 30)
KEY, QUESTION = 0.28, 3.35
"""Seconds for a key and for reading and deciding on a question (keystroke model)."""
CLIENTS = (
    (
        "tampere tilapäinen suojelu 40 työ kieli ukraina a1",
        {
            "municipality": "Tampere",
            "status": "temporary_protection_municipality",
            "age": 40,
            "goals": "work,language",
            "service_language": "uk",
            "finnish_level": "A1",
        },
    ),
    (
        "turku 34 perheside a1.3 työ",
        {"municipality": "Turku", "age": 34, "status": "family_ties", "finnish_level": "A1.3", "goals": "work"},
    ),
    (
        "joensuu turvapaikanhakija työ luvat 28 arabia",
        {
            "municipality": "Joensuu",
            "status": "asylum_seeker",
            "goals": "work,permits",
            "age": 28,
            "service_language": "ar",
        },
    ),
    (
        "oulu eu työ 31 englanti",
        {"municipality": "Oulu", "status": "eu_registered", "goals": "work", "age": 31, "service_language": "en"},
    ),
    (
        "kuopio paluumuuttaja 45 työ asunto suomi",
        {
            "municipality": "Kuopio",
            "status": "fi_citizen_returnee",
            "age": 45,
            "goals": "work,housing",
            "service_language": "fi",
        },
    ),
)


def show_lines(catalogue: Catalogue) -> None:
    """Print keys and seconds of five clients, by the questions and by one line."""
    print("client in one line: keys and seconds, by the questions -> by the line")
    for line, answers in CLIENTS:
        person = Situation.of(catalogue.facts, DAY, **answers)
        runs = [by_line(catalogue, person, each) for each in ("", line)]
        told = [f"{run.keys} keys, {run.keys * KEY + len(run.asked) * QUESTION:.0f} s" for run in runs]
        print(f"  {line:52} {told[0]:>16} -> {told[1]:>16}; still asked: {', '.join(runs[1].asked[1:]) or 'nothing'}")


def ticks(chosen: list[str], order: list[str]) -> int:
    """Keys to tick lines: a digit for the first nine, else letters and Enter; Enter at the end."""
    return sum(1 if each in order[:9] or not order else _LETTERS + 1 for each in chosen) + 1


def main() -> None:
    """Print the distributions with their bars, and what is asked most."""
    catalogue, advisors, runs = load_catalogue(), dict[date, Advisor](), []
    for path in sorted(SCENARIOS.glob("*.toml")):
        scenarios = tomli.loads(path.read_text(encoding="utf-8"))["scenario"]
        people = [each for each in scenarios if each["situation"].get("customer_role", "migrant") == "migrant"]
        runs += [interview(catalogue, advisors, each) for each in people]
    counts = sorted(len([name for name in run.asked if not name.startswith("status_")]) for run in runs)
    keys = sorted(run.keys for run in runs)
    for what, found, bar in (("questions", counts, QUESTIONS), ("keys", keys, KEYS)):
        middle, late = statistics.median(found), found[int(len(found) * 0.9)]
        print(f"{len(runs)} people; {what}: median {middle:g} (bar {bar}), 90th percentile {late}, most {found[-1]}")
    seconds = [each for run in runs for each in run.seconds]
    print(f"deciding on the next question: median {statistics.median(seconds) * 1000:.1f} ms, "
          f"95th percentile {statistics.quantiles(seconds, n=20)[-1] * 1000:.1f} ms")  # fmt: skip
    asked = Counter("status_…" if name.startswith("status_") else name for run in runs for name in run.asked)
    for name, count in asked.most_common():
        print(f"  {name:38} {count / len(runs):5.0%}")
    show_lines(catalogue)


if __name__ == "__main__":
    main()
