"""The pathway over small made-up catalogues: who opens what, through which door, when, and in which order."""

from __future__ import annotations

from datetime import date

import pytest
from small_town import Town, one_of

from kotoneuvo.advice.criteria import AnyOf, Criterion, NoneOf, criteria_of, merge
from kotoneuvo.advice.service import SELF

A1 = frozenset({"A1.1", "A1.2", "A1.3"})
A2 = frozenset({"A2.1", "A2.2"})


@pytest.fixture
def town() -> Town:
    return Town()


def level(*values: str) -> Criterion:
    return one_of("finnish_level", *values)


def test_doors(town: Town) -> None:
    """Walk in now; through a door that is open; through a chain of doors, nearest first; not through a shut one."""
    town.add("deep", via=("desk",)).add("desk", via=("gate",)).add("gate").add("nowhere", via=("closed",))
    town.add("closed", level("C2.1"))
    assert town.pathway(finnish_level="A1.1") == [
        ("now", (), ("gate",)),
        ("through", ("gate",), ("desk",)),
        ("through", ("desk",), ("deep",)),
    ]


def test_what_is_nearer_stands_first_whatever_its_rank(town: Town) -> None:
    """Also from the second layer on."""
    town.add("gate").add("desk", via=("gate",)).add("deep", via=("desk",), phase="guidance")
    town.add("deepest", via=("deep",), phase="rights")
    assert [services for _, _, services in town.pathway()] == [("gate",), ("desk",), ("deep",), ("deepest",)]


def test_one_may_walk_in_where_no_source_says_otherwise(town: Town) -> None:
    """Without a way in, or with "self" among several."""
    town.add("free", via=()).add("both", via=("gate", SELF)).add("gate")
    assert town.pathway() == [("now", (), ("free", "both", "gate"))]


def test_of_several_doors_the_nearest_is_named(town: Town) -> None:
    """First the one that opens first, then the one that ranks first."""
    town.add("goal", via=("far", "near")).add("near").add("far", via=("near",))
    assert ("through", ("near",), ("goal", "far")) in town.pathway()
    town.add("second").add("first", phase="rights").add("asks", via=("second", "first"))
    assert ("through", ("first",), ("asks",)) in town.pathway()


def test_a_house_is_the_door_of_its_parts(town: Town) -> None:
    """But not where it serves others than the part does; and a way in of its own goes before the house."""
    town.add("house").add("part", via=(), part_of="house")
    town.add("office", audience=("employer",)).add("desk", via=(), part_of="office")
    town.add("own", via=("office",), part_of="house")
    stages = town.pathway()
    assert ("through", ("house",), ("part",)) in stages
    assert ("through", ("office",), ("own",)) in stages
    assert any(when == "now" and "desk" in services for when, _, services in stages)


def test_what_has_ended_or_not_begun_is_no_step(town: Town) -> None:
    """The successor of an ended door stands for it."""
    town.add("old", valid_until=date(2026, 1, 1), successor=("new",)).add("new").add("goal", via=("old",))
    town.add("soon", valid_from=date(2027, 1, 1)).add("waits", via=("soon",))
    assert town.pathway() == [("now", (), ("new",)), ("through", ("new",), ("goal",))]


def test_levels_are_gained_step_by_step(town: Town) -> None:
    """A course up to A2.1 opens what asks for A1.3 too; not what asks for more, or for what lies behind."""
    town.add("course", level("A1.1"), provides={"finnish_level": "A2.1"})
    town.add("middle", level("A1.3")).add("end", level("A2.1")).add("beyond", level("A2.2")).add("behind", level("0"))
    assert town.pathway(finnish_level="A1.1") == [
        ("now", (), ("course",)),
        ("later", ("course",), ("middle", "end")),
    ]


def test_a_course_that_gives_nothing_new_leads_nowhere(town: Town) -> None:
    town.add("course", provides={"finnish_level": "A1.1"}).add("goal", level("A2.1"))
    assert town.pathway(finnish_level="A1.3") == [("now", (), ("course",))]


def test_what_is_provided_once_counts_for_facts_without_levels(town: Town) -> None:
    """A registration; it is neither needed by those who have it nor offered to them."""
    town.add("office", provides={"is_jobseeker_client": True}).add(
        "help", Criterion("is_jobseeker_client", frozenset({True}))
    )
    assert town.pathway(is_jobseeker_client=False) == [("now", (), ("office",)), ("later", ("office",), ("help",))]
    assert town.pathway(is_jobseeker_client=True) == [("now", (), ("help",))]


def test_later_is_handed_on(town: Town) -> None:
    """What lies behind a door that opens later opens later itself; two steps may be needed at once."""
    town.add("course", provides={"finnish_level": "A2.1"}).add("office", provides={"is_jobseeker_client": True})
    town.add("school", level("A2.1")).add("class", via=("school",))
    town.add("both", level("A2.1"), Criterion("is_jobseeker_client", frozenset({True})), via=("course",))
    stages = town.pathway(finnish_level="A1.1", is_jobseeker_client=False)
    assert ("later", ("school",), ("class",)) in stages
    assert ("later", ("course", "office"), ("both",)) in stages
    assert [when for when, _, _ in stages] == ["now", "later", "later", "later"]


def test_of_two_courses_the_nearer_is_named(town: Town) -> None:
    town.add("far", via=("gate",), provides={"finnish_level": "A2.1"}).add("gate")
    town.add("quick", provides={"finnish_level": "A2.1"}).add("goal", level("A2.1"))
    assert ("later", ("quick",), ("goal",)) in town.pathway(finnish_level="A1.1")


def test_an_alternative_with_the_fewest_steps_is_taken(town: Town) -> None:
    """One that nothing brings about is no alternative; an exclusion is never undone."""
    client = Criterion("is_jobseeker_client", frozenset({True}))
    town.add("course", provides={"finnish_level": "A2.1"}).add("office", provides={"is_jobseeker_client": True})
    town.add("either", AnyOf(((level("A2.1"), client), (client,), (level("C2.1"),))))
    town.add("neither", AnyOf(((level("C2.1"),), (level("C1.1"), client))))
    town.add("excluded", NoneOf(((Criterion("is_jobseeker_client", frozenset({False})),),)))
    stages = town.pathway(finnish_level="A1.1", is_jobseeker_client=False)
    assert ("later", ("office",), ("either",)) in stages
    shown = {name for _, _, services in stages for name in services}
    assert shown == {"course", "office", "either"}


def test_an_alternative_may_take_two_steps(town: Town) -> None:
    client = Criterion("is_jobseeker_client", frozenset({True}))
    town.add("course", provides={"finnish_level": "A2.1"}).add("office", provides={"is_jobseeker_client": True})
    town.add("goal", AnyOf(((level("A2.1"), client), (level("C2.1"),))))
    stages = town.pathway(finnish_level="A1.1", is_jobseeker_client=False)
    assert ("later", ("course", "office"), ("goal",)) in stages


def test_time_brings_the_next_birthday_and_no_other(town: Town) -> None:
    town.add("adults", Criterion("age", frozenset(range(18, 100)))).add(
        "older", Criterion("age", frozenset(range(19, 100)))
    )
    town.add("children", Criterion("age", frozenset(range(10))))
    assert town.pathway(age=17) == [("later", ("age=18",), ("adults",))]
    assert town.pathway(age=18) == [("now", (), ("adults",)), ("later", ("age=19",), ("older",))]
    assert town.pathway(age=[15, 17]) == [("later", ("age=18",), ("adults",))]
    assert town.pathway(age=16) == []


def test_only_what_goals_need_is_kept(town: Town) -> None:
    """The door of a wanted service is kept though no goal asks for it, and basics for everyone."""
    town.add("gate", goals=("family",)).add("goal", via=("gate",)).add("other", goals=("family",))
    town.add("basic", goals=("family",), basic=True)
    assert town.pathway(goals="work") == [("now", (), ("gate", "basic")), ("through", ("gate",), ("goal",))]
    shown = {name for _, _, services in town.pathway(goals="family") for name in services}
    assert shown == {"gate", "other", "basic"}


def test_the_order_inside_a_stage(town: Town) -> None:
    """Phase, the first goal, sure before open, verified before old."""
    town.add("old", review=date(2026, 1, 1)).add("open", level("A1.1")).add("second", goals=("language",)).add("sure")
    town.add("phase", phase="rights")
    assert town.pathway(goals="work,language") == [("now", (), ("phase", "sure", "old", "open", "second"))]


def test_merged_criteria() -> None:
    """The same fact becomes one criterion with both sources; unclear stays what the other one allows."""
    one = Criterion("finnish_level", A1, frozenset({"A2.1"}), "doc:1")
    two = Criterion("finnish_level", A1 | A2, frozenset({"0"}), "doc:2")
    group = AnyOf(((level("A1.1"),),))
    (merged, kept) = merge((one, group), (two,))
    assert merged == Criterion("finnish_level", A1, frozenset({"A2.1"}), "doc:1; doc:2")
    assert kept is group
    assert merge((one,), (one,)) == (one,)
    assert merge((Criterion("finnish_level", A1),), (two,))[0] == Criterion("finnish_level", A1, source="doc:2")
    assert [each.fact for each in criteria_of((group, two))] == ["finnish_level", "finnish_level"]


def test_of_several_ways_the_one_that_ranks_first_is_named(town: Town) -> None:
    """Whatever their names: of two doors, and of two services that teach the same."""
    town.add("alpha", provides={"finnish_level": "A2.1"}).add(
        "zulu", phase="rights", provides={"finnish_level": "A2.1"}
    )
    town.add("asks", via=("alpha", "zulu")).add("club", level("A2.1"))
    stages = town.pathway(finnish_level="A1.1")
    assert ("through", ("zulu",), ("asks",)) in stages
    assert ("later", ("zulu",), ("club",)) in stages


def test_all_that_is_missing_stands_before_a_step(town: Town) -> None:
    """Two criteria that two services bring about."""
    town.add("course", provides={"finnish_level": "A2.1"}).add("office", provides={"is_jobseeker_client": True})
    town.add("training", level("A2.1"), Criterion("is_jobseeker_client", frozenset({True})))
    stages = town.pathway(finnish_level="A1.1", is_jobseeker_client="no")
    assert ("later", ("course", "office"), ("training",)) in stages
