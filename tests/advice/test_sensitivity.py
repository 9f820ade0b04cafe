"""How sensitive a fact is stands once, in facts.toml: interview, paper and the reading of files go by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kotoneuvo import Situation, advise
from kotoneuvo.advice.criteria import AnyOf, Criterion, Node
from kotoneuvo.advice.disclosure import held_back, notice_reveals_client
from kotoneuvo.advice.eligibility import order_questions
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.batch.summary import CAUTIONS
from kotoneuvo.catalogue.files import data_folder
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.catalogue.read_facts import read_facts
from kotoneuvo.intake.headers import HeaderNames

TODAY = date(2026, 11, 30)
FACTS = read_facts(data_folder())
YES_NO = [name for name, fact in FACTS.facts.items() if fact.kind == "yes_no"]


def only_for(catalogue: Catalogue, fact: str) -> Catalogue:
    """The catalogue with a service of an overlay that is only for people of whom a fact is true."""
    spr = catalogue.services["spr"]
    criterion = Criterion(fact, frozenset({True}), source="page")
    service = spr._replace(id="new", eligibility=(*spr.eligibility, criterion))
    return replace(catalogue, services={**catalogue.services, "new": service})


@pytest.mark.parametrize("fact", YES_NO)
def test_paper_warning_and_order_follow_the_one_field(fact: str) -> None:
    """An overlay's service that asks for it is held back, a column of it is warned of, its question comes last."""
    catalogue = load_catalogue()
    sensitivity = FACTS[fact].sensitivity
    changed = only_for(catalogue, fact)
    report = advise(changed, Situation.of(changed.facts, TODAY, municipality="Kotka", **{fact: True}), TODAY)
    assert (held_back(report, ["new"]) == ("new",)) is ("off_paper" in sensitivity)
    column = HeaderNames.bundled(FACTS).fact(0, fact, fact)
    assert (column.caution == "sensitive") is ("warned_in_files" in sensitivity)
    ordered = [name for name, _ in order_questions({fact: 9, "finnish_level": 1}, FACTS)]
    assert (ordered[-1] == fact) is ("asked_last" in sensitivity)


def test_what_does_not_belong_in_a_file_has_its_warning() -> None:
    """Whole columns and single values alike: the summary of a file has words for each."""
    warned = {name for name, fact in FACTS.facts.items() if fact.warned or "warned_in_files" in fact.sensitivity}
    assert warned <= CAUTIONS.keys()
    assert "undocumented" in FACTS["status"].warned
    assert "unable_to_work" in FACTS["labour_status"].warned


def test_what_is_never_asked_is_the_most_sensitive() -> None:
    """Off paper and out of files too."""
    for name, fact in FACTS.facts.items():
        if fact.asked == "told":
            assert fact.sensitivity >= {"off_paper", "warned_in_files"}, name
        if fact.sensitive:
            assert set(fact.why) >= {"fi", "sv", "en"}, name


def test_notices_that_paper_may_hold() -> None:
    """Only those that concern many: what is for asylum seekers, the protected or the deported stays off."""
    catalogue = load_catalogue()
    assert {each.id for each in catalogue.notices if not notice_reveals_client(each, catalogue.facts)} == {
        "plan_three_years", "jobseeker_first_lapse", "extension_in_time", "jobseeker_profile", "yleistuki_since_may",
        "citizenship_test", "citizenship_benefits", "permanent_permit_routes",
    }  # fmt: skip
    harmless = next(each for each in catalogue.notices if each.id == "plan_three_years")
    for words in (
        {"en": "Care for people without papers."},
        {"fi": "Paperittomien klinikka"},
        {"sv": "För papperslösa"},
    ):
        assert notice_reveals_client(harmless._replace(text=words), catalogue.facts)


STATUSES = tuple(FACTS["status"].domain)
FEW, MANY = Criterion("status", frozenset(STATUSES[:12])), Criterion("status", frozenset(STATUSES[:13]))
TOLD = Criterion("violence", frozenset({True}), frozenset({False}))
WORK, AGED = Criterion("labour_status", frozenset({"employed"})), Criterion("age", frozenset({30}))


@pytest.mark.parametrize(
    ("node", "tells"),
    [
        (FEW, True), (MANY, False), (TOLD, True), (WORK, False), (AGED, False), (AnyOf(((FEW,), (TOLD, WORK))), True),
        (AnyOf(((FEW,), (WORK,))), False), (Criterion("undocumented", frozenset({True})), True),
        (Criterion("undocumented", frozenset({False})), False),
    ],
)  # fmt: skip
def test_a_condition_that_few_people_meet_tells(node: Node, tells: bool) -> None:
    """So does one that is only ever told; of alternatives all have to."""
    notice = load_catalogue().notices[0]._replace(who=(node,), text={"fi": "Hae ajoissa."})
    assert notice_reveals_client(notice, FACTS) is tells
