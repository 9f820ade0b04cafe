"""The rule of the first steps, one part after the other, over catalogues of a few made-up services."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from advice_strategies import FACTS_HERE, groups, share, towns
from advice_strategies import Town as RandomTown
from handouts import sheet_for
from hypothesis import given
from small_town import DAY, DUE, FACTS, OVERDUE, PAGE, PHONE, Town, one_of

from kotoneuvo import Situation, advise
from kotoneuvo.advice.contact import Office
from kotoneuvo.advice.criteria import AnyOf, NoneOf
from kotoneuvo.advice.doors import Action
from kotoneuvo.advice.first_steps import first_order, first_steps
from kotoneuvo.advice.pathway import When
from kotoneuvo.advice.service import SELF, Cost, Languages
from kotoneuvo.advice.statement import Intake, Period

ANSWERS: dict[str, Any] = {
    "municipality": "Helsinki", "goals": "work", "finnish_level": "A1.1", "schooling": "none", "age": 30,
    "literacy": "literate_latin", "service_language": "ar",
}  # fmt: skip
BOX = PHONE._replace(phone="", postal="PL 1")
CANNOT_READ = {**ANSWERS, "literacy": "illiterate"}
MET, OPEN = one_of("finnish_level", "A1.1"), one_of("gender", "woman")
FAR = {"area": ("FI",), "contacts": (PHONE,)}
RULES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "who cannot read gets it": ({}, {"phase": "education"}),
    "one can turn there": ({}, {"contacts": ()}),
    "a right that is meant for just this person": (
        {"phase": "rights", "table": (one_of("schooling", "none"), one_of("age", 30))}, {"phase": "rights"},
    ),
    "its door is near": ({"area": ("091",), "contacts": (PHONE,)}, FAR),
    "the goal is what it is mainly for": ({"goals": ("work", "family")}, {"goals": ("family", "work")}),
    "it seems to fit": ({}, {"table": (OPEN,)}),
    "an authority's task for everybody": ({"basic": True, "kind": "authority"}, {}),
    "it is a place or people": ({"phase": "work"}, {"phase": "work", "kind": "channel"}),
    "it was confirmed": ({}, {"review": OVERDUE}),
    "some of its conditions are met": ({"table": (MET,)}, {}),
    "its phase is earlier": ({"phase": "guidance"}, {"phase": "community"}),
    "it is free of charge": ({"cost": Cost(free=True)}, {"cost": Cost(text={"en": "200 euros"})}),
    "it is open now": ({}, {"via": ("gate",)}),
    "it is local": ({"area": ("091",), "contacts": (PAGE,)}, FAR),
    "it speaks the person's language": ({"languages": Languages(("fi", "ar"))}, {"languages": Languages(("fi",))}),
}  # fmt: skip
"""What decides between two services for the same goal, the first that tells them apart: a better one, a worse one."""
READING = next(iter(RULES))
COUNTED_WITH_IT = ("the goal is what it is mainly for", "it seems to fit", "it is open now")
"""What only may fit counts as much as a door far away; what opens through another has that one's door."""


def town(**services: dict[str, Any]) -> Town:
    """A town with these services, all for work unless they say otherwise, and a gate for families."""
    made = Town().add("gate", goals=("family",), phase="work")
    for service_id, fields in services.items():
        table = fields.pop("table", ())
        made.add(service_id, *table, **{"phase": "work", **fields})
    return made


def first_of_two(better: dict[str, Any], worse: dict[str, Any], answers: dict[str, Any] = ANSWERS) -> str:
    """Which of two services comes first, the worse one standing first in the catalogue."""
    steps = town(worse=dict(worse), better=dict(better)).steps(**answers)
    assert {"better", "worse"} <= set(steps)
    return next(each for each in steps if each != "gate")


@pytest.mark.parametrize("rule", RULES)
def test_what_decides_between_two(rule: str) -> None:
    assert first_of_two(*RULES[rule], CANNOT_READ if rule == READING else ANSWERS) == "better"


@pytest.mark.parametrize("literacy", ["LK2", None])
def test_who_can_read_or_did_not_say_may_take_any_course(literacy: str | None) -> None:
    better, worse = RULES[READING]
    assert first_of_two({**worse, "table": (MET,)}, better, {**ANSWERS, "literacy": literacy}) == "better"


def test_courses_that_teach_reading_need_none() -> None:
    """Pages do, whatever they are about."""
    course = {"phase": "language", "goals": ("work", "literacy")}
    assert first_of_two(course, {"phase": "language", "table": (MET,)}, CANNOT_READ) == "better"
    assert first_of_two({}, {"kind": "channel", "area": ("091",)}, CANNOT_READ) == "better"


def test_what_decides_first() -> None:
    """Of two services that are each better in one thing, that one comes first whose thing stands earlier."""
    wrong = []
    for (earlier, (better, worse)), (later, (good, bad)) in combinations(RULES.items(), 2):
        if {*better, *worse} & {*good, *bad} - {"table"} or (earlier == READING and "kind" in bad):
            continue  # both say something of the same, and cannot differ
        if earlier == "its door is near" and later in COUNTED_WITH_IT:
            continue
        one = {**better, **bad, "table": (*better.get("table", ()), *bad.get("table", ()))}
        other = {**worse, **good, "table": (*worse.get("table", ()), *good.get("table", ()))}
        if first_of_two(one, other, CANNOT_READ if earlier == READING else ANSWERS) != "better":
            wrong.append((earlier, later))
    assert not wrong


NEAR, NEAR_PAGE = {"area": ("091",), "contacts": (PHONE,)}, {"area": ("091",), "contacts": (PAGE,)}
FAR_PAGE = {"area": ("FI",), "contacts": (PAGE,)}
NOT_MAINLY, MAY_FIT = {"goals": ("family", "work")}, {"table": (OPEN,)}


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (NEAR | NOT_MAINLY, FAR),
        (NEAR | NOT_MAINLY, NEAR_PAGE),
        (NEAR_PAGE, NEAR | MAY_FIT),
        (FAR_PAGE, FAR | NOT_MAINLY),
        (FAR_PAGE, FAR | MAY_FIT),
        (NEAR | NOT_MAINLY, FAR | NOT_MAINLY),
        (NEAR | MAY_FIT, FAR_PAGE),
    ],
)
def test_a_number_for_another_matter_is_no_nearer_than_the_page_that_is_meant(
    better: dict[str, Any], worse: dict[str, Any]
) -> None:
    """A door far away, only a page, and a matter that may be another count one each."""
    assert first_of_two(better, worse) == "better"


def test_what_opens_through_a_door_nearby_is_nearby() -> None:
    """But nothing is known to be near somebody who did not say where they live."""
    made = town(other=FAR_PAGE, office=NEAR_PAGE | {"goals": ("family",)}, course=FAR_PAGE | {"via": ("office",)})
    assert made.steps(**ANSWERS) == ["office", "course", "other"]
    assert made.steps(**{**ANSWERS, "municipality": None})[0] == "other"


@pytest.mark.parametrize("house", ["", "house"])
def test_conditions_of_the_house_and_exclusions_do_not_say_whom_a_service_is_for(house: str) -> None:
    rights = {"phase": "rights", "kind": "unit"}
    made = town(
        house={**rights, "table": (MET,), "goals": ("family",)},
        other={**rights, "part_of": house, "table": (*((MET,) if house else ()), NoneOf(((one_of("age", 5),),)))},
        wanted={**rights, "table": (one_of("schooling", "none"),)},
    )
    assert made.steps(**ANSWERS) == ["wanted", "other"]


def test_of_equals_the_first_in_the_catalogue_comes_first() -> None:
    assert town(b={}, a={}).steps(**ANSWERS) == ["b", "a"]


def test_at_most_five() -> None:
    many = town(**{name: {} for name in "abcdefg"})
    assert many.steps(**ANSWERS) == ["a", "b", "c", "d", "e"]
    report = many.report(**ANSWERS)
    assert [each.service_id for each in first_steps(report, 2)] == ["a", "b"]
    assert first_steps(report, 0) == ()


def test_only_what_the_goals_ask_for() -> None:
    """Neither what every newcomer is shown nor what is there only as a way in to something later."""
    made = town(wanted={}, basic={"basic": True, "goals": ("family",)}, other={"goals": ("family",)})
    assert made.steps(**ANSWERS) == ["wanted"]


def test_the_goals_take_turns() -> None:
    """The best of every goal in the person's order, then the second of each; what serves two counts for the first."""
    made = town(**{name: {"goals": ("work",)} for name in ("w1", "w2", "w3")})
    for name in ("f1", "f2"):
        made.add(name, phase="work", goals=("family",))
    made.add("both", phase="work", goals=("family", "work"))
    assert made.steps(**{**ANSWERS, "goals": "work,family"}) == ["w1", "gate", "w2", "f1", "w3"]
    assert made.steps(**{**ANSWERS, "goals": "family,work"}) == ["gate", "w1", "f1", "w2", "f2"]
    made.services = {name: made.services[name] for name in ("gate", "w1", "both")}
    assert made.steps(**{**ANSWERS, "goals": "work,family"}) == ["w1", "gate", "both"]


def test_who_named_no_goal_gets_guidance_first() -> None:
    made = town(job={"goals": ("work",)}, help={"goals": ("guidance",)}, mixed={"goals": ("work", "guidance")})
    steps = made.steps(**{**ANSWERS, "goals": ()})
    assert steps[0] == "help"
    assert set(steps) == {"help", "mixed", "job", "gate"}


def test_the_way_in_is_a_step_before() -> None:
    """A chain of ways in, the outermost first; with what opens through it that is not a step itself."""
    made = (
        Town().add("deep", via=("desk",)).add("desk", via=("hall",), goals=("family",)).add("hall", goals=("family",))
    )
    made.add("closed", one_of("finnish_level", "C2.1")).add("behind", via=("closed",))
    hall, desk, deep = made.report(**ANSWERS).first_steps
    assert (hall.service_id, hall.when, hall.after, hall.opens) == ("hall", When.NOW, (), ())
    assert (desk.service_id, desk.when, desk.after, desk.opens) == ("desk", When.THROUGH, ("hall",), ())
    assert (deep.service_id, deep.when, deep.after, deep.opens) == ("deep", When.THROUGH, ("desk",), ())


def test_what_opens_later_is_no_step() -> None:
    made = Town().add("course", provides={"finnish_level": "A2.1"}).add("job", one_of("finnish_level", "A2.1"))
    report = made.report(**ANSWERS)
    assert [stage.when for stage in report.pathway] == [When.NOW, When.LATER]
    assert made.steps(**ANSWERS) == ["course"]
    assert report.first_steps[0].opens == ("job",)


def test_without_room_for_its_way_in_another_one_is_taken() -> None:
    made = town(a={}, b={"via": ("gate",)}, c={"via": (SELF, "gate"), "languages": Languages(("fi",))})
    made.services["c"] = made.services["c"]._replace(cost=Cost(text={"en": "2 euros"}), review=OVERDUE)
    report = made.report(**ANSWERS)
    assert [each.service_id for each in first_steps(report, 4)] == ["a", "gate", "b", "c"]
    assert [each.service_id for each in first_steps(report, 2)] == ["a", "c"]


NEVER: dict[str, dict[str, Any]] = {
    "a helpline": {"helpline": True},
    "a test of language": {"kind": "test"},
    "what the person has": {"provides": {"is_jobseeker_client": True}},
    "what takes nobody in now": {"intake": Intake((Period(apply_from=DAY + timedelta(1)),))},
    "what may fit and would tell on the person": {"table": (one_of("status", "asylum", "family_ties"),)},
    "what may fit and is discreet": {"table": (OPEN,), "discreet": True},
    "what does not fit": {"table": (one_of("finnish_level", "C1.1"),)},
    "what is somewhere else": {"table": (one_of("municipality", "049"),), "area": ("049",)},
    "what has ended": {"valid_until": DAY - timedelta(1)},
    "what has not begun": {"valid_from": DAY + timedelta(1)},
    "what is old and has a running successor": {"review": OVERDUE, "successor": ("wanted",)},
}


@pytest.mark.parametrize("reason", NEVER)
def test_what_is_never_a_step(reason: str) -> None:
    """Nor is what one gets to only through it."""
    made = town(never=dict(NEVER[reason]), wanted={})
    assert made.steps(**ANSWERS, is_jobseeker_client=True) == ["wanted"]


def test_a_way_in_that_the_person_has_or_that_may_be_elsewhere_is_no_step_for_its_own_sake() -> None:
    """It comes as late as what it lets in to."""
    made = town(
        register={"provides": {"is_jobseeker_client": True}, "phase": "guidance"}, other={"phase": "education"},
        course={"via": ("register",)},
    )  # fmt: skip
    assert made.steps(**ANSWERS, is_jobseeker_client=False) == ["register", "other", "course"]
    assert made.steps(**ANSWERS, is_jobseeker_client=True) == ["other", "register", "course"]
    made.add("register", one_of("municipality", "049"), area=("049",), phase="guidance")
    assert made.steps(**{**ANSWERS, "municipality": None}) == ["other", "register", "course"]
    assert made.steps(**{**ANSWERS, "municipality": "Espoo"}) == ["register", "course", "other"]


def test_what_comes_close_is_a_step() -> None:
    """What fits for sure may tell; what is registered for may be had; a door may be open again; old is not gone."""
    made = town(
        discreet={"discreet": True, "table": (MET,)}, sure={"table": (one_of("status", "asylum"),)},
        register={"provides": {"is_jobseeker_client": True}}, opened={"intake": Intake((Period(apply_from=DAY),))},
        confirmed={"successor": ("sure",)},
    )  # fmt: skip
    del made.services["gate"]
    assert set(made.steps(**ANSWERS, status="asylum", is_jobseeker_client=False)) == set(made.services)


@pytest.mark.parametrize(
    "successor",
    [{"table": (one_of("finnish_level", "C1.1"),)}, {"valid_from": DAY + timedelta(1)}],
    ids=["not for the person", "not yet running"],
)
def test_an_old_entry_stays_where_its_successor_is_of_no_use(successor: dict[str, Any]) -> None:
    made = town(old={"review": OVERDUE, "successor": ("unknown", "new")}, new=dict(successor))
    assert made.steps(**ANSWERS) == ["old"]


def test_one_house_is_one_visit() -> None:
    """Whichever of its parts is wanted: the house stands for those that it lets in, the best for those with a door of
    their own. Rooms of a room are in the house too."""
    made = town(room={"part_of": "house", "via": ()}, house={}, club={"part_of": "room"}, other={})
    assert made.steps(**ANSWERS) == ["house", "other"]
    assert made.report(**ANSWERS).first_steps[0].opens == ("room",)
    del made.services["house"]
    made.add("room", part_of="house", phase="work")
    assert made.steps(**ANSWERS) == ["room", "other"]


@pytest.mark.parametrize(
    ("kind", "office", "via", "steps"),
    [
        ("unit", "authority", ("office",), ["office", "other"]),
        ("authority", "authority", ("office",), ["office", "other"]),
        ("unit", "authority", (SELF, "office"), ["unit", "other"]),
        ("unit", "centre", ("office",), ["office", "unit", "other"]),
        ("centre", "authority", ("office",), ["office", "unit", "other"]),
        ("unit", "authority", (SELF,), ["unit", "office", "other"]),
    ],
)  # fmt: skip
def test_units_and_branches_of_an_authority_are_one_visit(
    kind: str, office: str, via: tuple[str, ...], steps: list[str]
) -> None:
    made = town(
        unit={"kind": kind, "via": via, "phase": "guidance"}, office={"kind": office}, other={"phase": "family"}
    )
    assert made.steps(**ANSWERS) == steps


def test_what_one_cannot_turn_to_is_no_visit_of_its_own() -> None:
    """Its way in is all that there is to visit."""
    made = town(hidden={"contacts": (), "via": ("gate",)}, other={})
    assert made.steps(**ANSWERS) == ["other", "gate"]
    assert made.report(**ANSWERS).first_steps[1].opens == ("hidden",)


def test_a_step_after_a_visit_comes_after_whoever_stands_for_it() -> None:
    """A branch that was chosen stands for its authority, which is the way in of another service too."""
    made = town(
        branch={"kind": "unit", "via": (SELF, "office"), "phase": "guidance"},
        office={"kind": "authority", "goals": ("family",)}, course={"via": ("office",)}, more={"via": ("office",)},
    )  # fmt: skip
    branch, course, more = made.report(**ANSWERS).first_steps
    assert (branch.service_id, branch.after, branch.when) == ("branch", (), When.NOW)
    assert (course.service_id, course.after, course.when) == ("course", ("branch",), When.THROUGH)
    assert more.after == ("branch",)


def test_the_contact_what_one_does_with_it_and_where_to_ask_instead() -> None:
    """Of the service itself, or of its house; the municipality's door where there is none."""
    made = town(
        call={"contacts": (PAGE, PHONE)}, page={"contacts": (PAGE,)}, none={"contacts": ()},
        room={"contacts": (BOX,), "part_of": "gate"},
    )  # fmt: skip
    desk = PHONE._replace(phone="+358 9 2")
    made.offices["municipality:091"] = Office("municipality:091", {"fi": "Helsinki"}, (desk,), {})
    found = {each.service_id: each for each in made.report(**ANSWERS).first_steps}
    assert (found["call"].contact, found["call"].action, found["call"].instead) == (PHONE, Action.CALL, None)
    assert (found["page"].contact, found["page"].action) == (PAGE, Action.OPEN)
    assert (found["none"].contact, found["none"].action) == (None, Action.ASK)
    assert (found["room"].contact, found["room"].instead) == (PHONE, None)
    assert found["page"].instead is None
    assert found["none"].instead
    assert found["none"].instead.contact == desk
    nowhere = made.report(**{**ANSWERS, "municipality": None}).first_steps
    assert {each.instead for each in nowhere} == {None}


def test_what_may_not_be_for_the_person_is_no_step_in_another_town() -> None:
    """It is one where it is sure, or where it has a door near, or one for everybody."""
    there = PHONE._replace(area=("091",))
    kuopio = {**ANSWERS, "municipality": "Kuopio"}
    for contacts, table, answers, is_step in (
        ((there, PAGE), (OPEN,), kuopio, False), ((there, PAGE), (MET,), kuopio, True),
        ((there, PAGE), (OPEN,), ANSWERS, True), ((there, PHONE._replace(area=("297",))), (OPEN,), kuopio, True),
        ((PHONE,), (OPEN,), kuopio, True), ((there, PAGE), (OPEN,), {**ANSWERS, "municipality": None}, True),
    ):  # fmt: skip
        steps = town(house={"contacts": contacts, "table": table, "area": ("FI",)}).steps(**answers)
        assert ("house" in steps) is is_step, (contacts, table, answers["municipality"])


def test_what_the_same_office_does_after_its_way_in_is_one_visit() -> None:
    """The plan is made at the employment office where one registers: one call, though both have its number."""
    office = {"local_name": "municipality", "contacts": (PHONE,)}
    made = town(register=dict(office), plan={**office, "via": ("register",)}, other={"via": ("register",)})
    assert made.steps(**ANSWERS) == ["register", "other"]
    apart = town(register=dict(office), plan={"contacts": (PHONE,), "via": ("register",)})
    assert {"register", "plan"} <= set(apart.steps(**ANSWERS))


def test_the_contact_of_the_persons_own_place() -> None:
    """Whoever was advised before, from wherever: the office or the door there, of the service or of its house."""
    numbers = {"091": "+358 9 1", "049": "+358 9 49"}
    doors = tuple(PHONE._replace(phone=phone, area=(code,)) for code, phone in numbers.items())
    made = town(
        office={"local_name": "municipality", "contacts": ()}, doors={"contacts": doors},
        room={"contacts": (BOX,), "part_of": "house"}, house={"contacts": doors, "goals": ("family",)},
    )  # fmt: skip
    for code, phone in numbers.items():
        place = f"municipality:{code}"
        made.offices[place] = Office(place, {}, (PHONE._replace(phone=phone),), {})
    catalogue = made.catalogue
    for code, phone in (*numbers.items(), *numbers.items()):
        steps = advise(catalogue, Situation.of(FACTS, DAY, **{**ANSWERS, "municipality": code}), DAY).first_steps
        assert {each.service_id for each in steps} == {"office", "doors", "room"}
        assert {each.contact.phone for each in steps if each.contact} == {phone}


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        ({"area": ("091",), "contacts": (PHONE,)}, {"area": ("091",), "contacts": (PAGE,)}),
        ({"area": ("FI",), "contacts": (PHONE,)}, {"area": ("FI",), "contacts": (PAGE,)}),
        ({"area": ("091",), "contacts": (PAGE,)}, {"area": ("FI",), "contacts": (PAGE,)}),
        ({"area": ("FI",), "contacts": (PAGE,), "local_name": "municipality", "basic": True}, FAR),
    ],
    ids=["a door before a page", "a phone before a page", "a page near before a page far", "the local office"],
)
def test_how_far_a_door_is(nearer: dict[str, Any], farther: dict[str, Any]) -> None:
    """Before what would decide else: a condition that is met."""
    assert first_of_two(nearer, {**farther, "table": (MET,)}) == "better"


@pytest.mark.parametrize(
    "office", [{"basic": False}, {"basic": True, "goals": ("family", "work")}], ids=["not its task", "other task"]
)
def test_a_local_office_is_near_only_for_its_own_task(office: dict[str, Any]) -> None:
    """Else as far as a page near."""
    office = {"area": ("FI",), "contacts": (PAGE,), "local_name": "municipality", **office}
    near = {"area": ("091",), "goals": office.get("goals", ("work",))}
    assert first_of_two(near, office) == "better"


def test_a_right_without_a_condition_that_is_met_is_like_others() -> None:
    """The more of them are met, the more it is meant for just this person."""
    schooling = one_of("schooling", "none")
    rights = {"phase": "rights", "table": (MET, schooling)}
    everybodys = {"phase": "rights", "basic": True, "kind": "authority"}
    assert first_of_two({"area": ("091",)}, {**everybodys, "table": (MET,), "goals": ("family", "work")}) == "better"
    assert first_of_two({**everybodys, "table": (MET,)}, {"area": ("091",)}) == "better"
    foreign = one_of("citizenship_group", "foreign")
    assert first_of_two({"area": ("091",)}, {"phase": "rights", "table": (foreign,)}) == "better"
    assert first_of_two(rights, {"phase": "rights", "table": (schooling,), "area": ("091",)}) == "better"
    assert first_of_two({"area": ("091",)}, {"phase": "rights"}) == "better"
    assert first_of_two({"area": ("091",)}, {"table": (MET, schooling)}) == "better"


def test_place_and_role_are_no_conditions_that_make_a_service_meant_for_just_this_person() -> None:
    here, migrant = one_of("municipality", "091"), one_of("customer_role", "migrant")
    assert first_of_two({"table": (MET,)}, {"table": (here, migrant)}) == "better"
    assert first_of_two({"table": (AnyOf(((MET,),)),)}, {}) == "better"


def test_what_the_person_told_comes_first_whatever_the_goals() -> None:
    """What is for just that before what is for more, what seems to fit before what may; helplines too."""
    violence, trafficking = one_of("violence", True), one_of("trafficking_victim", True)
    either = AnyOf(((violence,), (trafficking,)))
    made = town(
        job={}, wide={"table": (either,), "goals": ("safety",)}, open={"table": (violence, OPEN), "goals": ("safety",)},
        just={"table": (violence,), "goals": ("safety",), "helpline": True}, other={"table": (trafficking,)},
    )  # fmt: skip
    assert made.steps(**ANSWERS, violence=True) == ["just", "open", "wide", "job"]
    assert made.steps(**ANSWERS) == ["job"]


def test_what_was_told_of_must_be_open_too() -> None:
    """A way in that nothing opens leaves it out."""
    violence = one_of("violence", True)
    made = town(help={"table": (violence,), "via": ("shut",)}, shut={"table": (one_of("finnish_level", "C1.1"),)})
    assert made.steps(**ANSWERS, violence=True) == []


def test_what_is_left_off_takes_with_it_what_opens_through_it() -> None:
    made = town(a={}, b={"via": ("gate",)}, c={})
    report = made.report(**ANSWERS)
    assert [each.service_id for each in first_steps(report, without=frozenset({"a"}))] == ["c", "gate", "b"]
    assert [each.service_id for each in first_steps(report, without=frozenset({"gate"}))] == ["a", "c"]


def test_what_is_added_comes_before_all_others() -> None:
    """A basic service of another goal, or what opens later, with its way in; not what does not open at all."""
    made = town(
        a={}, course={"provides": {"finnish_level": "A2.1"}}, adult={"table": (one_of("age", 31),)},
        later={"table": (one_of("finnish_level", "A2.1"),), "phase": "community"},
        basic={"basic": True, "goals": ("family",)}, never={"table": (one_of("finnish_level", "C1.1"),)},
    )  # fmt: skip
    report = made.report(**ANSWERS)

    def added(*names: str, most: int = 5) -> list[str]:
        return [each.service_id for each in first_steps(report, most, including=frozenset(names))]

    assert added("basic") == ["basic", "a", "course"]
    assert added("later") == ["course", "later", "a"]
    assert added("basic", "later", most=3) == ["course", "later", "basic"]
    assert added("never") == ["a", "course"]
    told = town(
        basic={"basic": True, "goals": ("family",), "contacts": ()}, help={"table": (one_of("violence", True),)}
    )
    steps = first_steps(told.report(**ANSWERS, violence=True), including=frozenset({"basic"}))
    assert [each.service_id for each in steps] == ["basic", "help"]
    assert first_steps(report, without=frozenset({"basic"}), including=frozenset({"basic"}))[0].service_id == "a"


def test_a_goal_that_nothing_serves_is_named() -> None:
    """In the person's order; what opens later serves it, what never opens does not."""
    made = town(
        course={"goals": ("language",), "provides": {"finnish_level": "A2.1"}},
        later={"goals": ("housing",), "table": (one_of("finnish_level", "A2.1"),)},
        never={"goals": ("money",), "table": (one_of("finnish_level", "C1.1"),)},
    )  # fmt: skip
    report = made.report(**{**ANSWERS, "goals": "money,language,youth,housing"})
    assert report.unserved_goals == ("money", "youth")
    assert made.report(**{**ANSWERS, "goals": ()}).unserved_goals == ()


@share(60)
@given(town=towns(), group=groups(FACTS_HERE, most=2))
def test_the_lowest_order_leads_to_the_first_step(town: RandomTown, group: list[Situation]) -> None:
    """As a batch finds it, service by service."""
    for situation in group:
        report = advise(town.catalogue, situation, DAY)
        orders = [found for name in report.within_reach if (found := first_order(report, name))]
        first = min(orders)[1] if orders else None
        assert first == (report.first_steps[0].service_id if report.first_steps else None)


def test_the_order_of_one_service_by_itself() -> None:
    """With where one goes first; nothing for what cannot be a step, or needs more visits than there is room for."""
    made = Town().add("d0")
    for number in range(1, 6):
        made.add(f"d{number}", via=(f"d{number - 1}",))
    made.add("other", goals=("family",)).add("line", helpline=True).add("later", one_of("age", 31))
    report = made.report(**ANSWERS)
    found = {name: first_order(report, name) for name in report.within_reach}
    assert {name: order[1] for name, order in found.items() if order} == {f"d{number}": "d0" for number in range(5)}
    assert [found[f"d{number}"] for number in range(5)] == sorted(found[f"d{number}"] or () for number in range(5))


@pytest.mark.parametrize(
    ("seen", "due", "assured", "from_when", "old"),
    [
        (date(2026, 11, 1), DUE, date(2026, 6, 1), date(2026, 11, 1), False),
        (date(2016, 1, 1), OVERDUE, date(2026, 6, 1), date(2016, 1, 1), True),
        (date(2026, 7, 9), DUE, date(2020, 9, 1), date(2020, 9, 1), True),
    ],
)
def test_a_step_is_as_old_as_what_is_too_old_of_it(
    seen: date, due: date, assured: date, from_when: date, old: bool
) -> None:
    """A number of 2016 is not of this year, and a page that was seen this year does not make the service so."""
    contact = PHONE._replace(confirmed=seen, review=due)
    review = OVERDUE if assured.year < 2026 else DUE
    report = Town().add("a", contacts=(contact,), assured=assured, review=review).report(goals=["work"])
    [step] = report.first_steps
    assert report.old_since(step) == (from_when if old else None)
    sheet = sheet_for(report, "en")
    age = "".join(said.text for line in sheet.steps[0].age for said in line)
    assert (str(from_when.year) in age) is old
