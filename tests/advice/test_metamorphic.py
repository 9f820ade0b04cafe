"""What must not change, or must follow, when a situation changes: over random situations and the real catalogue.

A hundred situations or fewer in the suite; thousands with KOTONEUVO_HYPOTHESIS=thorough.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from advice_strategies import share, situations
from hypothesis import given
from hypothesis import strategies as st

from kotoneuvo import Report, Situation, advise
from kotoneuvo.advice.criteria import UNMET, judge
from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.pathway import When
from kotoneuvo.advice.service import SELF
from kotoneuvo.advice.situation import Knowledge
from kotoneuvo.batch.rows import BlockReader, Task
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.intake.headers import Column, Role
from kotoneuvo.intake.records import Block
from kotoneuvo.render.full_page import FullPage
from kotoneuvo.render.terminal import BARE, to_text
from kotoneuvo.words import Words

CATALOGUE = load_catalogue()
FACTS = CATALOGUE.facts
TODAY = date(2026, 11, 24)
NARROW = 34
"""Letters of a name before the contact beside it."""
HEADING = re.compile(r"^(?: {3}| {0,2}(\d+) )([✓?→]) (\S.*?)(?: {2,}.*)?$", re.MULTILINE)


def order(report: Report) -> list[str]:
    return [name for stage in report.pathway for name in stage.services]


@share(20)
@given(situations())
def test_everything_on_a_pathway_is_wanted_or_leads_to_something_wanted(situation: Situation) -> None:
    """From each service a chain of steps leads to one for a goal, for everyone or for what was told."""
    report = advise(CATALOGUE, situation, TODAY)
    leads_to: dict[str, set[str]] = {}
    for stage in report.pathway:
        for before in stage.after:
            leads_to.setdefault(before, set()).update(stage.services)
    useful = {
        name
        for name in order(report)
        if report.assessments[name].service.basic
        or report.assessments[name].told
        or not situation.goals
        or set(situation.goals) & set(report.assessments[name].service.goals)
    }
    while more := {name for name, after in leads_to.items() if after & useful} - useful:
        useful |= more
    assert set(order(report)) <= useful


@share(20)
@given(situations())
def test_what_no_goal_needs_changes_nothing(situation: Situation) -> None:
    """Without the services that the pathway does not reach, the pathway is the same."""
    report = advise(CATALOGUE, situation, TODAY)
    kept = set(report.reachable) | {name for name, each in report.assessments.items() if not each.running}
    services = {name: service for name, service in CATALOGUE.services.items() if name in kept}
    assert advise(replace(CATALOGUE, services=services), situation, TODAY).pathway == report.pathway


@share(20)
@given(situations())
def test_every_later_service_is_reached_by_the_steps_before_it(situation: Situation) -> None:
    """With all that the steps before it bring, nothing shuts it any more, and its way in stands before it."""
    report = advise(CATALOGUE, situation, TODAY)
    knowledge = Knowledge(FACTS, situation)
    brought: dict[str, set[object]] = {}

    def possible(fact: str) -> Values:
        return knowledge.possible(fact) | frozenset(brought.get(fact, ()))  # type: ignore[arg-type]

    layers: dict[str, int] = {}
    for stage in sorted(report.pathway, key=lambda each: list(When).index(each.when)):
        for name in stage.services:
            layers[name] = len(layers)
    for stage in report.pathway:
        for before in stage.after:
            fact, equals, text = before.partition("=")
            if equals:
                values = [value for value in FACTS[fact].domain if str(value) == text]
                assert values, before
                brought.setdefault(fact, set()).update(values)
            else:
                assert before in layers, before
                bring(report, before, knowledge, brought)
        if stage.when is When.LATER:
            for name in stage.services:
                for judgement in report.assessments[name].judgements:
                    assert judge(judgement.node, possible).truth is not UNMET, (name, stage.after)


def bring(report: Report, name: str, knowledge: Knowledge, brought: dict[str, set[object]]) -> None:
    """What a service provides, with every step of a scale up to it."""
    for fact, value in report.assessments[name].service.provides.items():
        steps = {value}
        if FACTS[fact].grows:
            top = max(FACTS[fact].position[each] for each in knowledge.possible(fact))
            steps = set(FACTS[fact].domain[top + 1 : FACTS[fact].position[value] + 1])
        brought.setdefault(fact, set()).update(steps)


@share(20)
@given(situations())
def test_nobody_is_sent_through_a_door_that_is_not_open(situation: Situation) -> None:
    """A service that cannot be walked into comes after one of its ways in, and that one can be reached."""
    report = advise(CATALOGUE, situation, TODAY)
    for stage in report.pathway:
        for name in stage.services:
            service = CATALOGUE.services[name]
            if stage.when is When.NOW:
                assert not stage.after
            if service.access.via and SELF not in service.access.via:
                doors = {door for way in service.access.via for door in CATALOGUE.running(way, TODAY)}
                assert doors & set(stage.after), name
            assert {each for each in stage.after if "=" not in each} <= report.reachable


@share(20)
@given(situations(), st.data())
def test_a_goal_more_takes_nothing_away(situation: Situation, data: st.DataObject) -> None:
    """Verdicts do not depend on wishes (but for facts that goals tell), and what was wanted stays wanted."""
    other = data.draw(st.sampled_from(tuple(FACTS.goals)))
    told = {goal for fact in FACTS.facts.values() for goal in fact.goals}
    if not situation.goals or other in told:
        return
    before = advise(CATALOGUE, situation, TODAY)
    after = advise(CATALOGUE, replace(situation, goals=(*situation.goals, other)), TODAY)
    for name, assessment in before.assessments.items():
        assert after.assessments[name].outcome is assessment.outcome
        assert after.assessments[name].wanted or not assessment.wanted
    assert set(order(before)) <= set(order(after))


@share(5)
@given(situations(), st.sampled_from(FACTS.mainland))
def test_all_languages_name_the_same_services(situation: Situation, place: str) -> None:
    """Number, mark and service of every heading, in order: in Finnish, Swedish and English."""
    situation = situation.with_answer("municipality", frozenset({place}))
    report = advise(CATALOGUE, situation, TODAY)
    pages = []
    for language in ("fi", "sv", "en"):
        words = Words(language)
        page = FullPage(report, words, BARE)
        headings = HEADING.findall(to_text(page.page()))
        told = order(report)
        everyone = [name for name in report.helplines if name not in told]
        names = [page.report_words.name(name) for name in (*told, *everyone)]
        assert len(headings) == len(names)
        for (_, _, said), name in zip(headings, names, strict=True):
            assert name.startswith(said[:NARROW].strip()) or said.startswith(name), (language, said, name)
        pages.append([(number, mark) for number, mark, _ in headings])
    assert pages[0] == pages[1] == pages[2]


COLUMNS = ("municipality", "age", "finnish_level", "labour_status", "goals")
CELLS = {
    "municipality": ("Vantaa", "Helsinki", "Esbo", "049", ""),
    "age": ("18-29", "34", "7", "65+", ""),
    "finnish_level": ("0", "A1.3", "A2", "B1.1", ""),
    "labour_status": ("employed", "student", "parent_at_home", ""),
    "goals": ("work", "language, work", "", "family"),
}
READER = BlockReader(
    Task(
        CATALOGUE, TODAY, ";",
        (Column(0, "row", Role.LABEL), *(Column(i, name, Role.FACT, name) for i, name in enumerate(COLUMNS, 1))),
        ("row", "fitting", "possible", "opens_next", "next_step"),
    )
)  # fmt: skip
ROWS = st.lists(st.tuples(*(st.sampled_from(CELLS[name]) for name in COLUMNS)), min_size=2, max_size=12)


@share(30)
@given(ROWS, st.randoms(use_true_random=False), st.integers(1, 11))
def test_the_order_of_rows_and_the_cut_into_blocks_change_no_row(
    rows: list[tuple[str, ...]], random: object, cut: int
) -> None:
    """Each row's result is its own: shuffled, and in two blocks as two jobs would get them."""
    lines = [";".join((f"r{number}", *row)) + "\n" for number, row in enumerate(rows)]
    straight = read(lines)
    shuffled = lines.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert sorted(read(shuffled)) == sorted(straight)
    assert read(lines[:cut]) + read(lines[cut:]) == straight


def read(lines: list[str]) -> list[str]:
    return READER.read(Block("".join(lines), 1)).text.splitlines() if lines else []
