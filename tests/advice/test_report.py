"""What a report holds, over catalogues of a few made-up services, and what an advisor remembers for the next one."""

from __future__ import annotations

import pickle
from datetime import timedelta

import pytest
from small_town import DAY, FACTS, Town, one_of

from kotoneuvo import Advisor, Situation, advise
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.situation import Knowledge

WOMAN, HERE = one_of("gender", "woman"), one_of("municipality", "091")
A2 = one_of("finnish_level", "A2.1", "A2.2")


def situation(**answers: object) -> Situation:
    return Situation.of(FACTS, DAY, **answers)


def test_each_question_with_the_services_that_wait_for_it() -> None:
    """Wanted ones only, whose verdict is open; a question that was not answered is not asked again."""
    town = Town().add("sure").add("women", WOMAN).add("both", WOMAN, A2).add("other", WOMAN, goals=("family",))
    town.add("closed", WOMAN, one_of("finnish_level", "C2.1"))
    report = advise(town.catalogue, situation(goals="work", finnish_level="A1.1"), DAY)
    assert (report.questions, report.still_open) == ({"gender": 1}, 1)
    open_level = advise(town.catalogue, situation(goals="work"), DAY)
    assert open_level.questions == {"gender": 3, "finnish_level": 2}
    assert open_level.still_open == 3
    skipped = advise(town.catalogue, situation(goals="work"), DAY, frozenset({"gender"}))
    assert skipped.questions == {"finnish_level": 2}
    assert skipped.still_open == 2
    assert skipped.assessments["women"].ask == ()
    assert skipped.assessments["both"].ask == ("finnish_level",)
    assert advise(town.catalogue, situation(goals="work"), DAY, frozenset({"age"})).questions == open_level.questions


def test_what_runs_and_may_be_near_is_within_reach() -> None:
    """In the catalogue's order, whatever the goals and the verdict."""
    town = (
        Town()
        .add("far", one_of("municipality", "049"))
        .add("here", HERE)
        .add("both", one_of("municipality", "049", "091"))
    )
    town.add("ended", valid_until=DAY - timedelta(1)).add("women", WOMAN, goals=("family",))
    town.add("coming", valid_from=DAY + timedelta(1)).add("closed", one_of("finnish_level", "C2.1"))
    answers = {"goals": "work", "finnish_level": "A1.1", "gender": "man"}
    report = advise(town.catalogue, situation(municipality="Helsinki", **answers), DAY)
    assert report.within_reach == ("here", "both", "women", "closed")
    assert report.reachable == {"here", "both"}
    assert advise(town.catalogue, situation(municipality=["091", "049"], **answers), DAY).within_reach == (
        "far", "here", "both", "women", "closed",
    )  # fmt: skip
    assert list(report.assessments) == list(town.services)
    assert len(report.assessments) == len(town.services)
    outcomes = {name: each.outcome for name, each in report.assessments.items()}
    assert {name for name, outcome in outcomes.items() if outcome is Outcome.NOT_ELIGIBLE} == {"far", "women", "closed"}
    assert not report.assessments["women"].relevant
    assert report.assessments["closed"].relevant
    assert (report.as_of, report.situation) == (DAY, situation(municipality="Helsinki", **answers))
    assert report.known["municipality"] == {"091"}
    assert "age" not in report.known


def test_a_service_near_or_far_is_judged_alike_by_itself() -> None:
    town = Town().add("far", one_of("municipality", "049"), WOMAN).add("here", HERE, WOMAN).add("shut", A2)
    answers = situation(municipality="Helsinki", finnish_level="A1.1")
    advisor = Advisor(town.catalogue, DAY)
    report = advisor.advise(answers, frozenset({"gender"}))
    for name, service in town.services.items():
        judged = advisor.assess(service, Knowledge(FACTS, answers), frozenset({"gender"}))
        assert judged == report.assessments[name]
        assert judged.ask == ()
    assert advisor.advise(answers).assessments["here"].ask == ("gender",)
    assert [each.fact for each in report.assessments["shut"].opens_with] == ["finnish_level"]


def test_helplines_are_listed_for_everybody_whom_they_serve() -> None:
    """In the catalogue's order, whatever the goals; not where the person is not, nor for those it is not for."""
    town = Town().add("second", helpline=True, goals=("safety",)).add("first", WOMAN, helpline=True).add("place")
    town.add("far", one_of("municipality", "049"), helpline=True).add("men", one_of("gender", "man"), helpline=True)
    report = advise(town.catalogue, situation(municipality="Helsinki", gender="woman", goals="work"), DAY)
    assert report.helplines == ("second", "first")
    unknown = advise(town.catalogue, situation(municipality="Helsinki", goals="work"), DAY)
    assert unknown.helplines == ("second", "first", "men")


def test_answers_that_contradict_are_said() -> None:
    """Also the second time, and not to the next person."""
    advisor = Advisor(Town().add("place", WOMAN).catalogue, DAY)
    wrong, right = situation(age=5, labour_status="employed"), situation(age=35, labour_status="employed")
    for _ in range(2):
        (found,) = advisor.advise(wrong).contradictions
        assert "age" in str(found)
        assert advisor.advise(right).contradictions == ()


PEOPLE = tuple(
    situation(municipality=place, age=age, gender=gender, finnish_level=level, goals=goals, service_language=language)
    for place in ("Helsinki", "Espoo", None) for age, level in ((5, "A1.1"), (30, "A2.1"), (64, None))
    for gender, goals, language in (("woman", "work", "ar"), ("man", "family", "so"), (None, "work,family", None))
)  # fmt: skip


@pytest.mark.parametrize("memory", [0, 3000, 1 << 26])
def test_people_do_not_hear_of_each_other(memory: int) -> None:
    """An advisor gives everybody what a new one gives, however little it may remember, and again the second time."""
    town = Town().add("here", HERE, WOMAN).add("espoo", one_of("municipality", "049"), A2, languages=None)
    town.add("local", area=("091",)).add("gate", goals=("family",)).add(
        "course", via=("gate",), provides={"finnish_level": "A2.1"}
    )
    town.add("later", A2, goals=("family", "work")).add("grown", one_of("age", *range(6, 64)), phase="rights")
    advisor = Advisor(town.catalogue, DAY, memory)
    expected = [advise(town.catalogue, each, DAY) for each in PEOPLE]
    for _ in range(2):
        assert list(advisor.advise_many(PEOPLE)) == expected
        for each, report in zip(PEOPLE, expected, strict=True):
            assert advisor.advise(each, frozenset({"gender"})) == advise(
                town.catalogue, each, DAY, frozenset({"gender"})
            )
            assert advisor.advise(each).first_steps == report.first_steps
    assert list(pickle.loads(pickle.dumps(advisor)).advise_many(PEOPLE)) == expected


def test_it_starts_afresh_when_it_remembers_too_much() -> None:
    """And only then."""
    catalogue = Town().add("here", HERE, WOMAN).add("place", A2).catalogue
    roomy, forgetful = Advisor(catalogue, DAY), Advisor(catalogue, DAY, memory=0)
    kept, forgotten = roomy.encoding, forgetful.encoding
    spent = []
    for each in PEOPLE:
        roomy.advise(each)
        forgetful.advise(each)
        spent.append(roomy.spent)
    assert roomy.encoding is kept
    assert forgetful.encoding is not forgotten
    assert spent == sorted(spent)
    assert 0 < forgetful.spent < spent[-1]
    again = roomy.spent
    for each in PEOPLE:
        roomy.advise(each)
    assert roomy.spent == again
    roomy.advise(situation(goals="housing", service_language="fi"))
    assert roomy.spent > again


def test_values_that_were_met_count_as_remembered_too() -> None:
    """Ever new lists of ages, of which no service says anything."""
    advisor = Advisor(Town().add("place").catalogue, DAY, memory=20_000)
    sums = []
    for first in range(80):
        advisor.advise(Situation({"age": frozenset(range(first, first + 20))}))
        sums.append(advisor.spent + advisor.encoding.spent)
    assert max(sums) < 25_000
    assert sums != sorted(sums)


def test_running_services_are_compiled_in_the_catalogues_order() -> None:
    town = (
        Town()
        .add("b")
        .add("ended", valid_until=DAY - timedelta(1))
        .add("a", HERE)
        .add("coming", valid_from=DAY + timedelta(1))
    )
    compiled = Advisor(town.catalogue, DAY).compiled()
    assert [(each.id, each.position) for each in compiled] == [("b", 0), ("a", 2)]
