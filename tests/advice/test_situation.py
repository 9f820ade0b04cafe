"""What follows from answers, and what does not go together."""

from __future__ import annotations

from datetime import date

import pytest

from kotoneuvo.advice.criteria import MET, Criterion, Judgement, judge
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.advice.situation import Knowledge, Situation

DAY = date(2026, 11, 24)


def possible(facts: FactBook, fact: str, **answers: object) -> frozenset[object]:
    return Knowledge(facts, Situation.of(facts, DAY, **answers)).possible(fact)


@pytest.mark.parametrize(
    ("answers", "fact", "expected"),
    [
        ({"status": "asylum"}, "has_residence_permit", {True}),
        ({"status": "asylum"}, "refugee_or_comparable", {True}),
        ({"status": "asylum"}, "citizenship_group", {"foreign"}),
        ({"status": "asylum"}, "came_as_spouse", {False}),
        ({"status": "permanent_p"}, "refugee_or_comparable", {True, False}),
        ({"status": "family_ties"}, "came_as_spouse", {True, False}),
        ({"status": "undocumented"}, "has_residence_permit", {False}),
        ({"status": "undocumented"}, "undocumented", {True}),
        ({"status": "asylum_seeker"}, "in_asylum_process", {True}),
        ({"status": "asylum_seeker"}, "has_right_to_work", {True, False}),
        ({"status": "asylum_seeker"}, "years_since_first_permit", {"none"}),
        ({"status": "asylum_seeker"}, "integration_phase", {"not_started"}),
        ({"status": ["asylum", "undocumented"]}, "has_residence_permit", {True, False}),
        ({"status": ["asylum", "quota_refugee"]}, "has_residence_permit", {True}),
        ({"status": "fi_citizen_naturalised_adult"}, "citizenship_group", {"fi_naturalised_adult"}),
        ({"years_since_first_permit": "<3"}, "integration_phase", {"in_phase"}),
        ({"years_since_first_permit": 4}, "integration_phase", {"in_phase", "past"}),
        ({"years_since_first_permit": 6}, "integration_phase", {"past"}),
        ({"years_since_first_permit": 0}, "recently_arrived", {True}),
        ({"years_since_first_permit": 2}, "recently_arrived", {True, False}),
        ({"years_since_first_permit": 3}, "recently_arrived", {False}),
        ({"labour_status": "unemployed_registered"}, "is_jobseeker_client", {True}),
        ({"labour_status": "unemployed_not_registered"}, "is_jobseeker_client", {False}),
        ({"labour_status": "employed"}, "is_jobseeker_client", {True, False}),
        ({"labour_status": "pensioner"}, "is_jobseeker_client", {False}),
        ({"labour_status": "parent_at_home", "children_ages": [1]}, "cares_child_under_3_at_home", {True}),
        ({"labour_status": "employed", "children_ages": [1]}, "cares_child_under_3_at_home", {False}),
        ({"children_ages": [8]}, "cares_child_under_3_at_home", {False}),
        ({"children_ages": "none"}, "parent_role", {"none"}),
        ({"children_ages": [4], "gender": "man"}, "parent_role", {"father", "guardian"}),
        ({"schooling": "higher"}, "highly_skilled", {True}),
        ({"schooling": "vocational", "status": "work_specialist"}, "highly_skilled", {True}),
        ({"schooling": "vocational", "status": "asylum"}, "highly_skilled", {False}),
        ({"schooling": "vocational"}, "highly_skilled", {True, False}),
        ({"municipality": "none"}, "has_municipality_of_residence", {False}),
        ({"municipality": "Oulu"}, "has_municipality_of_residence", {True, False}),
        ({"goals": ["higher_education"]}, "wants_higher_education", {True}),
        ({"goals": ["work"]}, "wants_higher_education", {False}),
        ({"goals": ["work"], "wants_higher_education": "yes"}, "wants_higher_education", {True}),
        ({"goals": ["work"]}, "needs_skills_and_jobsearch_support", {True}),
        ({}, "customer_role", {"migrant"}),
        ({"customer_role": "employer"}, "customer_role", {"employer"}),
    ],
)
def test_what_follows(facts: FactBook, answers: dict[str, object], fact: str, expected: set[object]) -> None:
    """Derived facts take the union over what is possible, and the intersection over what is known."""
    assert possible(facts, fact, **answers) == expected


def test_a_direct_answer_overrides_the_derivation(facts: FactBook) -> None:
    """The card in the hand says more than the rule: an asylum seeker who may work."""
    assert possible(facts, "has_right_to_work", status="asylum_seeker", has_right_to_work="yes") == {True}


@pytest.mark.parametrize(
    ("answers", "fact", "others"),
    [
        ({"status": "asylum_seeker", "has_residence_permit": "yes"}, "has_residence_permit", ("status",)),
        ({"status": "asylum_seeker", "years_since_first_permit": "4"}, "years_since_first_permit", ("status",)),
        (
            {"labour_status": "unemployed_registered", "is_jobseeker_client": "no"},
            "is_jobseeker_client",
            ("labour_status",),
        ),
        ({"labour_status": "parent_at_home", "children_ages": []}, "labour_status", ("children_ages",)),
        ({"labour_status": "pensioner", "age": 9}, "labour_status", ("age",)),
        ({"goals": ["higher_education"], "wants_higher_education": "no"}, "wants_higher_education", ("goals",)),
    ],
)
def test_contradictions_are_found(
    facts: FactBook, answers: dict[str, object], fact: str, others: tuple[str, ...]
) -> None:
    """Answers that rule each other out are named, and the answer itself still stands as given."""
    knowledge = Knowledge(facts, Situation.of(facts, DAY, **answers))
    assert [(each.fact, each.others) for each in knowledge.contradictions()] == [(fact, others)]
    assert knowledge.possible(fact) == knowledge.situation.known[fact]


def test_consistent_answers_raise_no_contradiction(facts: FactBook) -> None:
    """An ordinary client's answers go together."""
    situation = Situation.of(facts, DAY, municipality="Vantaa", status="family_ties", age=34, labour_status="employed")
    assert Knowledge(facts, situation).contradictions() == ()


def test_all_problems_are_said_at_once(facts: FactBook) -> None:
    """Three mistakes give three problems, with the unknown fact's closest name."""
    with pytest.raises(InputProblems) as caught:
        Situation.of(facts, DAY, municipality="Atlantis", age="old", agee=3)
    fields = [(problem.fieldname, problem.suggestion) for problem in caught.value.problems]
    assert [name for name, _ in fields[:2]] == ["municipality", "age"]
    assert fields[2][1] == "age"


def test_empty_answers_are_no_answers(facts: FactBook) -> None:
    """None, an empty string and "unknown" leave the fact out of the situation."""
    assert Situation.of(facts, DAY, age=None, status="", gender="unknown") == Situation()


def test_one_answer_set_changed_and_taken_back(facts: FactBook) -> None:
    """Only that answer changes; wishes are kept apart from facts, and None takes back either."""
    asked = Situation.of(facts, DAY, age=34, gender="woman", goals=["work"], service_language=["ar"])
    older = asked.with_answer("age", frozenset({35}))
    assert older.known == {"gender": frozenset({"woman"}), "age": frozenset({35})}
    assert (older.goals, older.service_language) == (("work",), ("ar",))
    assert older.with_answer("age", None).known == {"gender": frozenset({"woman"})}
    assert asked.known["age"] == frozenset({34})
    other = asked.with_answer("goals", ("language", "work"))
    assert (other.goals, other.service_language, other.known) == (("language", "work"), ("ar",), asked.known)
    assert asked.with_answer("goals", None).goals == ()
    spoken = asked.with_answer("service_language", ("so", "en"))
    assert (spoken.goals, spoken.service_language, spoken.known) == (("work",), ("so", "en"), asked.known)
    assert asked.with_answer("service_language", None).service_language == ()


def test_languages_are_read_as_codes(facts: FactBook) -> None:
    assert Situation.of(facts, DAY, service_language=" AR, en ").service_language == ("ar", "en")
    assert Situation.of(facts, DAY, service_language=["zh-Hans", "so"]).service_language == ("zh-hans", "so")
    with pytest.raises(InputProblems) as caught:
        Situation.of(facts, DAY, service_language=["ar", "Arabic language", "x"])
    asked = ("ISO 639-1 codes, such as fi",)
    assert caught.value.problems == tuple(
        Problem(
            'unknown {kind} "{found}"',
            {"kind": "language", "found": found},
            fieldname="service_language",
            allowed=asked,
        )
        for found in ("arabic language", "x")
    )


def test_a_name_on_no_list_comes_with_the_list_and_the_closest(facts: FactBook) -> None:
    with pytest.raises(InputProblems) as caught:
        Situation.of(facts, DAY, finnish_levle="A1.1")
    (problem,) = caught.value.problems
    assert problem.message == 'unknown {kind} "{found}"'
    assert problem.details == {"kind": "fact", "found": "finnish_levle"}
    assert problem.suggestion == "finnish_level"
    assert {*facts.facts, "goals", "service_language"} == set(problem.allowed)
    with pytest.raises(InputProblems) as caught:
        Situation.of(facts, DAY, goals=["wrok"])
    (problem,) = caught.value.problems
    assert problem.details == {"kind": "goal", "found": "wrok"}
    assert (problem.fieldname, problem.suggestion) == ("goals", "work")
    assert set(problem.allowed) == set(facts.goals)


def test_an_empty_answer_hides_none_after_it(facts: FactBook) -> None:
    situation = Situation.of(facts, DAY, age="", municipality="Oulu", years_since_first_permit="2024-05")
    assert situation.known["municipality"] == {"564"}
    assert situation.known["years_since_first_permit"] == {2}


def test_a_met_criterion_is_told_with_its_result(facts: FactBook) -> None:
    node = Criterion("age", frozenset({34}))
    assert judge(node, lambda _: frozenset({34})) == Judgement(node, MET)


def test_rows_of_a_frame_are_read_with_every_problem_at_once(facts: FactBook) -> None:
    """Each is told with its row and its column; good rows become situations in order."""
    rows: list[dict[str, object]] = [
        {"age": 34, "goals": "work"},
        {"age": "abc", "municipality": "Nowhere"},
        {"agee": 3},
    ]
    with pytest.raises(InputProblems) as caught:
        Situation.of_rows(facts, rows)
    assert [(each.entry, each.fieldname) for each in caught.value.problems[:2]] == [
        ("row 2", "age"), ("row 2", "municipality")
    ]  # fmt: skip
    assert str(caught.value).startswith('row 2, age: "abc" is not known (allowed: 0-120')
    assert 'row 3: unknown fact "agee"' in str(caught.value)
    assert Situation.of_rows(facts, rows[:1]) == [Situation.of(facts, age=34, goals="work")]
    # Polars raises what a callback raised again, from its text alone.
    assert str(InputProblems(str(caught.value))) == str(caught.value)
