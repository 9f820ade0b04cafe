"""Which questions are asked: the same order for everyone, and none that can change nothing on the page."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from days import TODAY

from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.interview.ask import Asker
from kotoneuvo.interview.course import Course, read_questions
from kotoneuvo.interview.session import Session
from kotoneuvo.words import Words

ORDER = (
    "municipality", "goals", "service_language", "status", "status_", "home", "reception", "situation", "age",
    "finnish_level", "swedish_level", "years", "children_ages",
)  # fmt: skip


@pytest.fixture(scope="module")
def advisor(catalogue: Catalogue) -> Advisor:
    return Advisor(catalogue, TODAY)


def interview(advisor: Advisor, replies: Mapping[str, object], *, swedish: bool = False) -> tuple[list[str], Session]:
    """The questions put to somebody; what is not in `replies` is not known."""
    facts = advisor.catalogue.facts
    questions = read_questions(facts)
    course, asker = Course(facts, questions, swedish=swedish), Asker(facts, questions.by_id, Words("en"))
    session = Session(advisor)
    while (name := course.next_question(session)) is not None:
        reply = replies.get(name)
        session.reply(name, reply, asker.records(name, reply, session))
        assert len(session.replies) < 20
    return list(session.replied), session


FAMILY: dict[str, object] = {"status": 0, "status_family": 0, "situation": 2, "finnish_level": 3, "years": 0}
PEOPLE: tuple[dict[str, object], ...] = (
    {"municipality": "Tampere", "goals": ["language", "work"], "service_language": ["uk"], "status": 1,
     "status_temporary": 0, "situation": 0, "finnish_level": 3, "years": 2},
    {"municipality": "Helsinki", "goals": ["child_health"], "service_language": ["so"], "status": 6,
     "status_no_permit": 2},
    {"municipality": "Sysmä", "goals": ["work", "language"], **FAMILY},
    {"municipality": "Vantaa", "goals": ["basic_education", "youth"], "status": 3, "status_protection": 0,
     "situation": 7, "age": "17"},
    {"municipality": "Rovaniemi", "goals": ["language"]},
    {"municipality": "Oulu", "goals": ["work", "language", "children", "health_wellbeing", "settling"], **FAMILY},
    {"municipality": "Närpiö", "goals": ["language", "settling"], "status": 2, "status_work": 0, "situation": 3},
    {"municipality": "Kotka", "goals": ["community", "health_wellbeing"], "status": 8, "status_finland": 2,
     "situation": 8},
    {},
)  # fmt: skip


@pytest.mark.parametrize("replies", PEOPLE)
def test_the_order_is_the_same_for_everyone(advisor: Advisor, replies: Mapping[str, object]) -> None:
    """Only questions fall out; whatever else is asked comes last, at most two of it."""
    asked, _ = interview(advisor, replies)
    named = ["status_" if name.startswith("status_") else name for name in asked]
    places = [ORDER.index(name) for name in named if name in ORDER]
    assert places == sorted(places)
    others = [name for name in named if name not in ORDER]
    assert len(others) <= 2
    assert named[len(named) - len(others) :] == others


@pytest.mark.parametrize("replies", PEOPLE)
def test_who_is_asked_little(advisor: Advisor, replies: Mapping[str, object]) -> None:
    """Never more than ten questions, also where nothing is known; the status counts as one."""
    asked, _ = interview(advisor, replies)
    assert len([name for name in asked if not name.startswith("status_")]) <= 10


def test_an_unknown_status_costs_at_most_two_more_questions(advisor: Advisor) -> None:
    """Home municipality and reception centre; a home municipality makes the second needless."""
    asked, _ = interview(advisor, {"municipality": "Rovaniemi", "goals": ["settling"]})
    assert asked[asked.index("status") + 1 :][:2] == ["home", "reception"]
    asked, _ = interview(advisor, {"municipality": "Rovaniemi", "goals": ["settling"], "home": 0})
    assert "reception" not in asked
    assert not {"has_right_to_work", "has_residence_permit", "refugee_or_comparable", "gender"} & set(asked)


def test_not_known_in_the_second_step_records_the_group(advisor: Advisor) -> None:
    _, session = interview(advisor, {"municipality": "Turku", "goals": ["work"], "status": 3})
    assert len(session.possible("status")) == 7


def test_a_line_of_the_situation_records_age_and_work(advisor: Advisor) -> None:
    _, session = interview(advisor, PEOPLE[0])
    assert session.possible("labour_status") == {"unemployed_registered"}
    assert session.possible("age") == frozenset(range(18, 65))


def test_whoever_wants_to_learn_is_asked_how_much(advisor: Advisor) -> None:
    """Of Finnish, of Swedish where that is spoken or the worker speaks it, and not of who speaks it with the worker."""
    base = {"goals": ["language"], **FAMILY}
    assert "finnish_level" in interview(advisor, {"municipality": "Turku", **base})[0]
    assert "swedish_level" in interview(advisor, {"municipality": "Maarianhamina", **base})[0]
    assert "swedish_level" in interview(advisor, {"municipality": "Turku", **base}, swedish=True)[0]
    asked, _ = interview(advisor, {"municipality": "Turku", **base, "service_language": ["fi"]})
    assert not {"finnish_level", "swedish_level"} & set(asked)


def test_the_clients_language_is_always_asked(advisor: Advisor) -> None:
    for replies in PEOPLE:
        assert "service_language" in interview(advisor, replies)[0]


def test_a_child_is_asked_the_exact_age(advisor: Advisor) -> None:
    asked, session = interview(advisor, PEOPLE[3])
    assert "age" in asked
    assert session.possible("age") == {17}


def test_a_question_is_asked_only_where_answers_differ(advisor: Advisor) -> None:
    """Of what is asked besides the fixed beginning, two answers give different steps, notices or pathways."""
    for replies in PEOPLE:
        asked, session = interview(advisor, replies)
        course = Course(advisor.catalogue.facts, read_questions(advisor.catalogue.facts), swedish=False)
        everything = session.replies
        for place, name in enumerate(asked):
            if name in ("situation", "years", "children_ages"):
                session.restore(everything[:place])
                answers = course.answers(name)
                assert session.changes_pathway(answers) or session.changes_steps(answers), name
