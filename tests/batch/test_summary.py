"""What is said of a whole file, counted once more row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from advice_strategies import share
from days import TODAY
from hypothesis import given
from hypothesis import strategies as st

from kotoneuvo import load_catalogue
from kotoneuvo.advice.advisor import advise
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.service import NATIONWIDE, Service
from kotoneuvo.batch.anonymity import Anonymity, anonymity
from kotoneuvo.batch.gaps import find_gaps
from kotoneuvo.batch.rows import BlockReader, Task
from kotoneuvo.batch.tally import Tally
from kotoneuvo.intake.cells import CellReader, situation_of
from kotoneuvo.intake.headers import Column, Role
from kotoneuvo.intake.records import Block
from kotoneuvo.words import language_codes

CATALOGUE = load_catalogue()
FACTS = CATALOGUE.facts
NAMES = ("municipality", "age", "gender", "service_language", "goals")
Person = tuple[str, int, str, str, str]
PEOPLE: st.SearchStrategy[list[Person]] = st.lists(
    st.tuples(
        st.sampled_from(["Helsinki", "Vantaa", "Oulu", "Kempele"]),
        st.sampled_from([17, 18, 29, 30]),
        st.sampled_from(["woman", "man"]),
        st.sampled_from(["zh", "ki", "be", "nyo", "ar, so"]),
        st.sampled_from(["literacy", "work", "literacy, youth", ""]),
    ),
    min_size=1,
    max_size=25,
)


def counted(people: list[Person], least: int) -> tuple[Anonymity, dict[tuple[str, str], tuple[int, int]]]:
    """The anonymity of a file, and its gaps as clients and clients without."""
    task = Task(
        CATALOGUE, TODAY, ";", tuple(Column(n, name, Role.FACT, name) for n, name in enumerate(NAMES)), ("row",)
    )
    reader, tally = BlockReader(task, language_codes), Tally()
    for start in range(0, len(people), 7):
        rows = "".join(";".join(map(str, person)) + "\n" for person in people[start : start + 7])
        tally.add(reader.read(Block(rows, start + 1)).tally)
    heat = find_gaps(tally, CATALOGUE, task.names, least).heat
    return anonymity(tally, FACTS, NAMES, least), {key: (cell.clients, cell.without) for key, cell in heat.items()}


def in_small(people: list[Person], least: int, seen: Callable[[Person], object]) -> int:
    groups = Counter(map(seen, people))
    return sum(size for size in groups.values() if size < least)


@share(30)
@given(PEOPLE, st.integers(2, 6))
def test_small_groups_and_what_would_mend_them(people: list[Person], least: int) -> None:
    found, _ = counted(people, least)
    assert found.small == in_small(people, least, lambda each: each[:4])
    assert found.alone == in_small(people, 2, lambda each: each[:4])
    regions = {"Helsinki": 1, "Vantaa": 1, "Oulu": 2, "Kempele": 2}
    coarser: dict[tuple[str, str], Callable[[Person], object]] = {
        ("municipality", "region"): lambda each: (regions[each[0]], *each[1:4]),
        ("municipality", "left out"): lambda each: each[1:4],
        ("age", "ranges of ten years"): lambda each: (each[0], each[1] // 10, *each[2:4]),
        ("age", "left out"): lambda each: (each[0], *each[2:4]),
        ("gender", "left out"): lambda each: (*each[:2], each[3]),
        ("service_language", "left out"): lambda each: each[:3],
    }
    expected = {key: in_small(people, least, seen) for key, seen in coarser.items()}
    assert {mend[:2]: mend.left for mend in found.mends} == (expected if found.small else {})
    ways = [mend.how for mend in found.mends]
    assert ways == sorted(ways, key=lambda how: how == "left out")


def near(service: Service) -> bool:
    """Whether a service is for some municipalities and has a contact."""
    reached = any(contact.phone or contact.email or contact.address or contact.url for contact in service.contacts)
    return reached and NATIONWIDE not in service.area and len(service.area) < 200


@share(15)
@given(PEOPLE)
def test_gaps_are_what_advise_says_of_everybody(people: list[Person]) -> None:
    """Of services near with a contact; nationwide ones fit nearly everybody."""
    cells = CellReader(FACTS, TODAY)
    clients: Counter[tuple[str, str]] = Counter()
    without: Counter[tuple[str, str]] = Counter()
    for person in people:
        told = {name: cells.read(name, str(cell)) for name, cell in zip(NAMES, person, strict=True)}
        situation = situation_of(told)
        report = advise(CATALOGUE, situation, TODAY)
        fitting = [
            each.service
            for each in report.assessments.values()
            if each.running and each.relevant and each.outcome is Outcome.ELIGIBLE
        ]
        (code,) = situation.known["municipality"]
        for goal in situation.goals or ("",):
            clients[str(code), goal] += 1
            without[str(code), goal] += not any(
                not goal or goal in service.goals for service in fitting if near(service)
            )
    _, heat = counted(people, 2)
    assert heat == {key: (count, without[key]) for key, count in clients.items()}
