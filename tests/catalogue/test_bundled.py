"""The bundled catalogue: complete, sourced, and every service with a person whom it fits."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from babel import Locale
from days import DOCUMENT_DAY, TODAY

from kotoneuvo import advise
from kotoneuvo.advice.criteria import AnyOf, Criterion, Node, NoneOf, Table, judge_table
from kotoneuvo.advice.eligibility import Outcome, outcome_of
from kotoneuvo.advice.facts import FactBook, Values
from kotoneuvo.advice.service import Catalogue, Operating
from kotoneuvo.advice.situation import Knowledge, Situation
from kotoneuvo.catalogue.files import data_folder, read_toml
from kotoneuvo.catalogue.load import load_catalogue

ENTRIES = (Path(__file__).parent / "document_entries.txt").read_text(encoding="utf-8").split()
SERVICES = load_catalogue().services
RAW = {spec["id"]: spec for spec in read_toml(data_folder() / "services.toml")["service"]}
NEEDED_EVERYWHERE = {
    "tyovoimaviranomainen", "kotoutumissuunnitelma", "kunnan-kotoutumispalvelut", "kela", "migri", "dvv",
    "hyvinvointialue-sosiaalipalvelut", "infofinland", "spr", "startup-refugees",
    "oikeusapu", "pakolaisneuvonta", "spr-paperittomat", "oph-tunnustaminen", "simhe", "yki", "kotoutumiskoulutus",
}  # fmt: skip


def test_every_entry_of_the_document_is_covered_exactly_once(catalogue: Catalogue) -> None:
    """The 184 services, projects, courses, clubs and channels that the document names each have their service."""
    covered = Counter(entry for service in catalogue.services.values() for entry in service.covers)
    assert len(ENTRIES) == 184
    assert covered == Counter(ENTRIES)


@pytest.mark.parametrize("name", SERVICES)
def test_service(name: str, catalogue: Catalogue) -> None:
    """It fits someone; whoever fails one of its criteria is shut out; its texts and sources are whole."""
    service = catalogue.services[name]
    situation = _witness(service.eligibility, catalogue.facts)
    outcome = outcome_of(judge_table(service.eligibility, Knowledge(catalogue.facts, situation).possible))
    certain = not any(isinstance(node, Criterion) and not node.accept for node in _flat(service.eligibility))
    assert outcome is Outcome.ELIGIBLE if certain else outcome is not Outcome.NOT_ELIGIBLE
    for node in service.eligibility:
        if isinstance(node, Criterion) and node.maybe != catalogue.facts[node.fact].everything:
            outside = situation.with_answer(node.fact, catalogue.facts[node.fact].everything - node.maybe)
            found = outcome_of(judge_table(service.eligibility, Knowledge(catalogue.facts, outside).possible))
            assert found is Outcome.NOT_ELIGIBLE, node.fact
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    for language in ("fi", "sv", "en"):
        assert service.name[language]
        assert 20 <= len(service.summary[language]) <= 260
    _check_sources(name)


def _witness(table: Table, facts: FactBook) -> Situation:
    """A person whom the table fits: for every fact the values that all criteria on it accept, where there are any."""
    wanted: dict[str, Values] = {}

    def want(node: Node) -> None:
        if isinstance(node, Criterion):
            values = wanted.get(node.fact, facts[node.fact].everything)
            wanted[node.fact] = values & node.accept or values & node.maybe
        elif isinstance(node, AnyOf):
            best = next(
                (t for t in node.tables if all(isinstance(n, Criterion) and n.accept for n in t)), node.tables[0]
            )
            for part in best:
                want(part)
        else:
            for excluded in node.tables:
                part = excluded[0]
                assert isinstance(part, Criterion)
                wanted[part.fact] = wanted.get(part.fact, facts[part.fact].everything) - part.maybe

    for node in sorted(table, key=lambda node: isinstance(node, NoneOf)):
        want(node)
    return Situation(wanted)


def _flat(table: Table) -> list[Node]:
    return [
        inner for node in table for inner in ([node] if isinstance(node, Criterion) else _flat(sum(node.tables, ())))
    ]


def _check_sources(name: str) -> None:
    """Every source that is cited is given, every source that is given is dated, and contacts are of their kind."""
    spec, service = RAW[name], SERVICES[name]
    assert service.sources
    for key, source in service.sources.items():
        assert source.url.startswith("http") or (key == "doc" and source.lines), key
        assert source.lines or re.fullmatch(r"20\d\d(-\d\d){0,2}|19\d\d", source.date), (key, source.date)
        assert spec["sources"][key].get("confidence", "high") in ("high", "medium")
    for contact in service.contacts:
        assert contact.confirmed
        assert re.fullmatch(
            r"|\+358[ \d]{5,14}|116 ?\d{3}|112|0800 ?[\d ]{4,7}|080[ \d]{5,8}|010[ \d]{5,8}", contact.phone
        ), contact.phone
        assert all(re.fullmatch(r"https?://[^\s]+", page) for page in contact.url.values()), contact.url
        assert re.fullmatch(r"|[^@\s]+@[^@\s]+\.[a-z]+", contact.email), contact.email
    for code in service.languages.codes if service.languages else ():
        assert code in Locale("en").languages, code


@pytest.mark.parametrize("code", load_catalogue().facts.municipalities)
def test_every_municipality_gets_a_pathway(code: str, catalogue: Catalogue) -> None:
    """In all 308 municipalities a jobseeker with a new permit has the nationwide services, and the area by name."""
    answers = {"municipality": code, "age": 34, "status": "family_ties", "years_since_first_permit": 1}
    situation = Situation.of(
        catalogue.facts, TODAY, labour_status="unemployed_not_registered", schooling="higher", **answers
    )
    report = advise(catalogue, situation, TODAY)
    placed = {name: stage.when.value for stage in report.pathway for name in stage.services}
    place = catalogue.facts.municipalities[code]
    if place.region["fi"] == "Ahvenanmaa":
        # Åland has employment services and an integration act of its own; the mainland's do not serve there.
        assert placed["aland-ams"] == "now"
        assert not {"tyovoimaviranomainen", "kotoutumissuunnitelma"} & set(placed)
        return
    assert placed["tyovoimaviranomainen"] == "now"
    assert placed["kotoutumissuunnitelma"] in ("through", "later")
    fits_not = {"spr-paperittomat"}
    assert not NEEDED_EVERYWHERE - fits_not - set(placed)
    lapland = place.wellbeing_county["fi"] == "Lapin hyvinvointialue"
    assert set(report.helplines) >= {"hatanumero-112", "sosiaalipaivystys", "nollalinja"}
    assert ("paivystysapu-116117" in report.helplines) is not lapland, "not in Lapland, by the newest source (6/2023)"
    assert place.employment_area["fi"]
    assert place.wellbeing_county["fi"]


def test_the_code_lists_are_whole(facts: FactBook) -> None:
    """308 municipalities, 36 statuses, 14 levels, 24 goals; names in three languages wherever there are names."""
    assert len(facts.municipalities) == 308
    assert len(facts["status"].domain) == 36
    assert len(facts["finnish_level"].domain) == 14
    assert len(facts.goals) == 24
    for fact in facts.facts.values():
        for text in (fact.label, fact.question, *fact.names.values(), *([fact.why] if fact.sensitive else [])):
            assert set(text) >= {"fi", "sv", "en"}, fact.id


def test_places_in_aland_have_their_swedish_names_in_english(facts: FactBook) -> None:
    """Their own signs carry no Finnish name; elsewhere the Finnish name stands for an English one."""
    assert facts.municipalities["478"].name["en"] == "Mariehamn"
    assert facts.municipalities["478"].wellbeing_county["en"] == "Åland"
    assert facts.municipalities["091"].name["en"] == "Helsinki"


def test_counties_have_their_official_swedish_names(facts: FactBook) -> None:
    """All 21 wellbeing services counties, Helsinki and Åland; areas are written alike (names of Statistics Finland)."""
    names = {place.wellbeing_county["fi"]: place.wellbeing_county["sv"] for place in facts.municipalities.values()}
    assert len(names) == 23
    assert names["Pohjanmaan hyvinvointialue"] == "Österbottens välfärdsområde"
    assert names["Helsingin kaupunki"] == "Helsingfors stad"
    assert not [name for name in names.values() if "hyvinvointialue" in name]
    areas = {place.employment_area["sv"] for place in facts.municipalities.values()}
    assert {"Södra Mellersta Finland", "Norra Mellersta Finland"} <= areas


def test_statuses_name_only_known_sources() -> None:
    """Each status says where its implications come from, and the tags are explained in the same file."""
    raw = read_toml(data_folder() / "statuses.toml")
    for status in raw["status"]:
        for tag in status["source"].replace("-", "").split():
            assert tag in raw["sources"] or re.fullmatch(r"D\d+", tag), (status["id"], tag)


PAST_IN_THE_DOCUMENT = {
    "turku-aboanova", "turku-nuotta", "turku-hyva-pore", "turku-vertaista-vailla", "turku-baana",
    "kuopio-voimaa-vanhemmuuteen", "kuopio-perhekoulu",
}  # fmt: skip
"""Projects that the document itself tells of in the past, or whose end it gives."""


def test_what_the_document_tells_runs_on_its_own_day(catalogue: Catalogue) -> None:
    """No entry of the document is still to come on 1.9.2020, and only what it tells in the past has ended."""
    told = {service.id: service.operating(DOCUMENT_DAY) for service in catalogue.services.values() if service.covers}
    assert {name for name, state in told.items() if state is Operating.PLANNED} == set()
    assert {name for name, state in told.items() if state is Operating.ENDED} == PAST_IN_THE_DOCUMENT


def test_nothing_runs_in_a_house_that_has_ended(catalogue: Catalogue) -> None:
    """An activity ends with its house unless it has a house of its own."""
    for day in (DOCUMENT_DAY, TODAY):
        ended = {s.id for s in catalogue.services.values() if s.operating(day) is Operating.ENDED}
        assert {s.id for s in catalogue.services.values() if s.part_of in ended} <= ended


GONE = re.compile(r"TE-(toimisto|palvelu|byrå)|TE [Oo]ffice|\bTYP\b|Eksote|\bELY\b|\bAVI\b|Valvira")


def test_ways_in_of_local_services_name_no_office_that_is_gone(catalogue: Catalogue) -> None:
    """What a client of today reads as the way in, or who runs it, is an office of today."""
    for service in catalogue.services.values():
        if service.operating(TODAY) is not Operating.ENDED and "FI" not in service.area and len(service.area) < 200:
            for text in (*service.access.how.values(), *service.name.values(), service.organization):
                assert not GONE.search(text), (service.id, text)


def test_the_document_has_its_own_world(catalogue: Catalogue) -> None:
    """On 1.9.2020 the TE office refers to Vantaa's centre; today the employment authority does, and says "formerly"."""
    answers = {"municipality": "Vantaa", "has_municipality_of_residence": True, "age": 34, "status": "family_ties"}
    situation = Situation.of(catalogue.facts, TODAY, goals=["work"], **answers)
    then, now = advise(catalogue, situation, DOCUMENT_DAY), advise(catalogue, situation, TODAY)
    assert then.assessments["te-toimisto"].operating is Operating.ACTIVE
    assert then.assessments["tyovoimaviranomainen"].operating is Operating.PLANNED
    stage = next(stage for stage in then.pathway if "vantaa-osaamiskeskus" in stage.services)
    assert (stage.when.value, stage.after) == ("through", ("te-toimisto",))
    assert now.assessments["te-toimisto"].operating is Operating.ENDED
    assert "te-toimisto" not in {name for stage in now.pathway for name in stage.services}
    assert now.formerly("tyovoimaviranomainen") == ("te-toimisto",)
    assert now.assessments["vantaa-osaamiskeskus"].operating is Operating.UNVERIFIED
