"""A client in one line: what counts, what is asked back, what is never taken for an answer."""

from __future__ import annotations

import pytest
from days import TODAY

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.intake.line import LineReader


def read(facts: FactBook, line: str, **more: object) -> dict[str, list[tuple[str, object]]]:
    """Each word of a line with its meanings: fact and answer, sets in order."""
    reader = LineReader(facts, TODAY, **more)  # type: ignore[arg-type]
    return {
        word.text: [
            (each.fact, each.answer if isinstance(each.answer, tuple) else sorted(map(str, each.answer)))
            for each in word.meanings
        ]
        for word in reader.read(line)
    }


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        (
            "turku 34 perheside a1.3 työ",
            {
                "municipality": ["853"],
                "age": ["34"],
                "status": ["family_ties"],
                "finnish_level": ["A1.3"],
                "goals": ("work",),
            },
        ),
        ("arbete åbo a1.3 familjeband 34 v", {"age": ["34"], "municipality": ["853"], "goals": ("work",)}),
        ("Hesa, 18-29; somali", {"municipality": ["091"], "service_language": ("so",)}),
        ("turku työtön työnhakija", {"labour_status": ["unemployed_registered"]}),
        ("suomen kansalainen kuopio 66", {"age": ["66"], "municipality": ["297"]}),
        ("espoo ruotsi b1", {"swedish_level": ["B1.1", "B1.2"]}),
        ("espoo lapset 2;5/2024", {"children_ages": ["<3"], "years_since_first_permit": ["2"]}),
        ("espoo lapset 2,8", {"children_ages": ["<3+7-15"]}),
        ("lapset 5, 8 ja 12; espoo 34", {"children_ages": ["3-6+7-15"], "age": ["34"]}),
        ("espoo barn 3 mån, 5 år, 44", {"children_ages": ["<3+3-6"], "age": ["44"]}),
        ("espoo 2 lasta: 1v 3kk & 16 perheside", {"children_ages": ["<3+16-17"], "status": ["family_ties"]}),
        ("espoo luku- ja kirjoitustaito", {"goals": ("literacy",)}),
        ("espoo raha ja asunto", {"goals": ("housing",)}),
        ("has_right_to_work=no", {"has_right_to_work": ["False"]}),
    ],
)
def test_what_is_plain_is_read(facts: FactBook, line: str, meant: dict[str, object]) -> None:
    """In any order, in Finnish and Swedish, names of several words whole; every word has one meaning."""
    words = read(facts, line)
    assert all(len(meanings) == 1 for meanings in words.values()), words
    found = dict(meanings[0] for meanings in words.values())
    assert {name: found.get(name) for name in meant} == meant


@pytest.mark.parametrize(
    ("line", "word", "facts_meant"),
    [
        ("turku työ", "työ", {"status", "goals"}),
        ("turku 17", "17", {"age", "children_ages", "years_since_first_permit"}),
        ("turku 2019", "2019", {"age", "years_since_first_permit"}),
        ("turku perhe", "perhe", {"status", "goals"}),
        ("turku tampere", "turku / tampere", {"municipality"}),
        ("34 turku 45", "34 / 45", {"age"}),
        ("pietarsaari b1", "b1", {"finnish_level", "swedish_level"}),
        ("turku ei", "ei", set()),
        ("turku xqz zqx", "xqz zqx", set()),
        ("turku 12.5.1990", "12.5.1990", set()),
        ("turku 010190-123A", "010190-123A", set()),
        ("34 uusimaa", "uusimaa", set()),
    ],
)
def test_what_is_doubtful_is_left_to_be_asked(facts: FactBook, line: str, word: str, facts_meant: set[str]) -> None:
    """Numbers of children or clients, permits or wishes, two towns, a region, a date of birth, a bare no."""
    meanings = read(facts, line, both=frozenset({"598"}))[word]
    assert {name for name, _ in meanings} == facts_meant
    assert len(meanings) != 1


@pytest.mark.parametrize("word", ["asylum", "Asyl", "turvapaikka"])
def test_a_status_that_may_be_applied_for_is_asked_back(facts: FactBook, word: str) -> None:
    """Granted or applied for: its word alone does not tell; a whole name, or one with its fact, does."""
    asked = read(facts, f"kotka 40 {word}")[word]
    assert asked == [("status", ["asylum"]), ("status", ["asylum_seeker"])]
    for plain in ("turvapaikanhakija", "asylum seeker", "status=asylum", "perheside"):
        assert [len(meanings) for meanings in read(facts, f"kotka 40 {plain}").values()] == [1, 1, 1], plain


def test_an_adult_s_age_is_no_other_number(facts: FactBook) -> None:
    """With its unit as without: nobody is asked whether 34 years mean no children."""
    for word in ("34v", "34", "34år", "34y"):
        assert read(facts, f"kotka {word}")[word] == [("age", ["34"])]


def test_what_another_word_has_said_is_no_doubt(facts: FactBook) -> None:
    """A person has one residence status, so that the other word is the goal."""
    assert read(facts, "turku työ perheside")["työ"] == [("goals", ("work",))]
    assert read(facts, "turku perheside tilapäinen suojelu 40 2019")["2019"] == [
        ("years_since_first_permit", ["6", "7"])
    ]


def test_a_misspelt_word_is_proposed_and_not_taken(facts: FactBook) -> None:
    """The likely names come first; what is like nothing has none."""
    reader = LineReader(facts, TODAY)
    near = {word.text: [each.fact for each in word.near] for word in reader.read("tamperre 34 perhesid kissa rova")}
    assert near["rova"] == ["municipality"]
    assert near["tamperre"] == ["municipality"]
    assert near["perhesid"] == ["status"]
    assert near["kissa"] == near["34"] == []
    for line in ("vantaa raskaana", "vantaa ukrainalainen"):
        assert reader.read(line)[1].near == (), line


@pytest.mark.parametrize(
    ("line", "denial", "proposed"),
    [
        ("turku ei työnhakija", "ei työnhakija", [("is_jobseeker_client", [False])]),
        ("turku työnhakija ei 34", "työnhakija ei", [("is_jobseeker_client", [False])]),
        ("not a jobseeker, turku", "not a jobseeker", [("is_jobseeker_client", [False])]),
        ("åbo ingen svenska", "ingen svenska", [("swedish_level", ["0"])]),
        ("turku no arabic", "no arabic", []),
        ("turku ei suomen kansalainen", "ei suomen kansalainen", []),
        ("turku 3 lasta", "3 lasta", []),
    ],
)
def test_what_is_denied_is_never_taken_as_so(
    facts: FactBook, line: str, denial: str, proposed: list[tuple[str, list[object]]]
) -> None:
    """Leaving the "no" out would leave its opposite; a number of children is no child's age."""
    words = {word.text: word for word in LineReader(facts, TODAY).read(line)}
    assert words[denial].meanings == ()
    assert [(each.fact, list(each.answer)) for each in words[denial].near] == proposed
    assert {each.fact for word in words.values() for each in word.meanings} <= {"municipality", "age"}


def test_what_is_known_is_not_proposed_again(facts: FactBook) -> None:
    """A name nearly like another town's would take the place of the town."""
    words = {word.text: word for word in LineReader(facts, TODAY).read("turku tamperre 34")}
    assert words["tamperre"].near == ()


def test_the_level_is_of_the_language_of_the_desk(facts: FactBook) -> None:
    """Where Swedish is asked about, a level is one of Swedish."""
    assert read(facts, "åbo b1", level="swedish_level")["b1"][0][0] == "swedish_level"
