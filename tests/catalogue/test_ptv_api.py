"""`catalogue import-ptv --from-api` against a local server that speaks PTV v12."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from ptv_answers import entries, run
from ptv_v12 import KEY, Register, connection, office, said, service, serving, towns, uuid

HERE = uuid(1)


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """One service of Helsinki with its office; the key in the environment."""
    monkeypatch.setenv("KOTONEUVO_PTV_KEY", KEY)
    monkeypatch.delenv("KOTONEUVO_PTV_KEY_FILE", raising=False)
    register = Register(service(), office(), connection())
    with serving(register):
        yield register


def _ask(register: Register, *args: str, lang: str = "en", timeout: str = "5") -> tuple[int, str, str]:
    server = ("--server", register.server)
    return run("--from-api", *server, "--pause", "0", "--timeout", timeout, *args, lang=lang)


def test_by_municipality(register: Register) -> None:
    """Searched for on the server, by class, term and area; channels, organisation and post office come along."""
    code, out, err = _ask(register, "--municipality", "Helsinki")
    assert code == 0, err
    (entry,) = entries(out)
    assert (entry["ptv"], entry["organization"], entry["assured"]) == (
        HERE,
        "Helsingin kaupunki",
        date.today().isoformat(),
    )
    seen = "published in the national register on that day; last changed there 2026-10-01; its contacts 2026-11-20"
    assert entry["sources"]["ptv"]["seen"] == seen
    assert entry["contact"] == [
        {
            "name": {"fi": "Neuvontapiste"}, "address": "Katu 1, 00100 Helsinki", "phone": "+358 40 0000001",
            "email": "piste1@example.fi", "url": "https://www.example.fi/piste/1", "hours": "Mo-Tu 09:00-15:00",
            "ptv": uuid(1, 1), "source": "ptv",
        }
    ]  # fmt: skip
    searches = [query for path, query in register.asked if path == "service/search"]
    assert {"091"} == {code for query in searches for code in query.get("municipalities", ())}
    assert any("P4.11" in query.get("serviceClasses", ()) for query in searches)
    assert any(query.get("ontologyTerms") == ["http://www.yso.fi/onto/koko/p1"] for query in searches)
    assert all(len(values) <= 20 for query in searches for values in query.values())
    assert register.keys == {KEY: len(register.asked)}


def test_life_event_and_term_choose_too(register: Register) -> None:
    """A school and a clinic by life event and by ontology term; a library by nothing."""
    register.records += [
        service(2, "Perusopetukseen valmistava opetus", serviceClasses=["P6.2"], lifeEvents=["KE8"]),
        service(3, "Terveydenhoito", serviceClasses=["P9.1"], ontologyTerms=["http://www.yso.fi/onto/koko/p1"]),
        said(service(4, serviceClasses=["P25.1"]), name="Kirjasto", summary="Kirjoja."),
    ]
    _, out, _ = _ask(register, "--municipality", "Helsinki")
    assert [each["ptv"] for each in entries(out)] == [HERE, uuid(2), uuid(3)]
    assert [each["phase"] for each in entries(out)] == ["guidance", "education", "guidance"]


def test_what_is_of_another_class_is_named_or_taken(register: Register) -> None:
    """`--class`, `--all` and an id take it; what is passed over has a name."""
    register.records += [said(service(4, serviceClasses=["P6.2"]), name="Perusopetus", summary="Koulu.")]
    _, out, err = _ask(register, "--municipality", "Helsinki")
    assert len(entries(out)) == 1
    assert "not about integration; skipped: Perusopetus\n" in err
    for more in (("--class", "P6.2"), ("--all",), ("--id", uuid(4))):
        assert len(entries(_ask(register, "--municipality", "Helsinki", *more)[1])) == 2, more


def test_counties_regions_and_the_whole_country(register: Register) -> None:
    """A service of the county or the region of a town; counties expanded; nationwide ones when asked for."""
    county = {**towns(), "wellbeingServicesCounties": ["04"]}
    register.records += [
        service(2, area=county), service(3, area={**towns(), "regions": ["01"]}),
        service(4, area={"areaType": "WholeCountry"}), service(5, area={"areaType": "WholeCountryExceptAland"}),
    ]  # fmt: skip
    _, out, _ = _ask(register, "--municipality", "Vantaa")
    areas = {each["ptv"]: each["area"] for each in entries(out)}
    assert areas[uuid(2)] == ["092", "245"]
    assert "092" in areas[uuid(3)]
    assert len(areas[uuid(3)]) > 20
    _, out, _ = _ask(register, "--nationwide")
    assert [each["area"] for each in entries(out)] == [["FI"], ["mainland"]]


def test_pages_are_turned_and_connections_come_in_batches(register: Register) -> None:
    """Each record once, 20 services in one question."""
    register.page = 2
    register.records += [each for number in range(2, 31) for each in (service(number), connection(number, 1))]
    code, out, err = _ask(register, "--municipality", "Helsinki")
    assert (code, len(entries(out))) == (0, 30), err
    first = [query for path, query in register.asked if path == "connection/search" and query["page"] == ["1"]]
    assert [len(query["serviceContentIds"]) for query in first] == [20, 10]
    assert register.paths().count(f"service-channel/{uuid(1, 1)}") == 1


def test_a_general_description_is_merged(register: Register) -> None:
    """What the law says comes from there, also which class it is of; both halves of the conditions stand."""
    general = {
        **service(7, serviceClasses=["P22.3"], chargeType="Charged"), "generalDescriptionTypes": ["Municipality"],
    }  # fmt: skip
    general = said(general, conditions="Sinun on **asuttava** kunnassa.", userInstructions="- Varaa aika\n- Tule")
    register.records[1] = said(
        service(generalDescriptionContentId=uuid(7), serviceClasses=[], chargeType=None), conditions="Olet aikuinen."
    )
    register.records.append(general)
    code, out, err = _ask(register, "--id", HERE)
    assert code == 0, err
    (entry,) = entries(out)
    assert entry["unread"]["text"]["fi"] == "Edellytykset PTV:n mukaan: Sinun on asuttava kunnassa. Olet aikuinen."
    assert entry["access"]["how"]["fi"] == "Varaa aika; Tule"
    assert entry["cost"]["text"]["fi"] == "maksullinen"
    assert entry["phase"] == "language"


def test_what_ptv_does_not_publish_is_passed_over(register: Register) -> None:
    """A service or a channel that is gone is said and costs nothing else."""
    register.records = [each for each in register.records if "serviceChannelType" not in each]
    code, out, err = _ask(register, "--id", HERE, "--id", "gone")
    assert (code, len(entries(out))) == (0, 1)
    assert f"{register.server}/service/gone: PTV could not be read: HTTP 404\n" in err
    assert f"channels: not included in what was read, so its contacts are missing: {uuid(1, 1)}\n" in err


@pytest.mark.parametrize("fault", [["busy 0"] * 2, ["until 1"], ["slow 0.1"]])
def test_a_busy_server_is_asked_again(register: Register, fault: list[str]) -> None:
    """After the seconds or at the time that it names."""
    register.faults = {f"service/{HERE}": fault}
    code, out, err = _ask(register, "--id", HERE)
    assert (code, len(entries(out))) == (0, 1), err


def test_waiting_is_said_and_has_an_end(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """A minute in all, whatever the server asks for each time."""
    waited: list[float] = []
    monkeypatch.setattr("kotoneuvo.catalogue.ptv.server.time.sleep", waited.append)
    register.faults = {f"service/{HERE}": ["busy 59"] * 4}
    code, _, err = _ask(register, "--id", HERE)
    assert (code, err.count("PTV is busy; waiting 59 s")) == (1, 1)
    assert "Retry-After: 59" in err
    assert sum(waited) < 61


@pytest.mark.parametrize(
    ("path", "fault", "words"),
    [
        ("", "status 500", ["HTTP 500"]),
        ("", "garbled", ["/service/"]),
        ("", "busy 3600", ["HTTP 429", "3600"]),
        ("", "endless", ["> 16 MiB"]),
        ("", "redirect", ["redirects"]),
        ("", "redirect http://example.org/x", ["another server", "http://example.org/x"]),
        ("", "drip", ["in time"]),
        ("", "body []", ["anything else of PTV"]),
        ("search", "body {}", ["not a page of PTV v12"]),
        ("search", 'body {"items": [1], "totalPages": 1000000000}', ["does not end"]),
        ("search", 'body {"items": [], "totalPages": 1000000000}', ["does not end"]),
        ("search", "status 410", ["no longer answers in version 12", "kehittajille.suomi.fi"]),
    ],
)
def test_failures(register: Register, path: str, fault: str, words: list[str]) -> None:
    """What went wrong is told with its address; nothing is written, the key least of all."""
    asked = ("--municipality", "Helsinki") if path else ("--id", HERE)
    register.faults = {"service/search" if path else f"service/{HERE}": [fault] * 9}
    start = time.monotonic()
    code, out, err = _ask(register, *asked, timeout="0.1" if fault == "drip" else "5")
    assert (code, out) == (1, "")
    assert all(word in err for word in words), err
    assert "Traceback" not in err
    assert KEY not in err
    assert time.monotonic() - start < 10


def test_failures_are_said_in_the_language_of_the_worker(register: Register) -> None:
    """No sentence in another one."""
    register.faults = {f"service/{HERE}": ["busy 3600"]}
    _, _, err = _ask(register, "--id", HERE, lang="fi")
    assert err == f"{register.server}/service/{HERE}: PTV:tä ei voitu lukea: HTTP 429, Retry-After: 3600\n"
    register.faults = {"service/search": ["status 404"]}
    _, _, err = _ask(register, "--municipality", "Helsinki", lang="sv")
    assert "svarar inte längre här i version 12" in err


def test_the_key(register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the environment or a file, never an option; without one the user learns where to get it."""
    monkeypatch.delenv("KOTONEUVO_PTV_KEY")
    code, _, err = _ask(register, "--id", HERE)
    assert code == 1
    assert "KOTONEUVO_PTV_KEY_FILE" in err
    file = tmp_path / "key"
    monkeypatch.setenv("KOTONEUVO_PTV_KEY_FILE", str(file))
    assert _ask(register, "--id", HERE)[0] == 2
    for text, expected in ((f"{KEY}\n", 0), ("two words", 2), ("ä", 2)):
        file.write_text(text, encoding="utf-8")
        code, _, err = _ask(register, "--id", HERE)
        assert (code, text.strip() in err) == (expected, False), err


def test_the_address(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also from the environment; v11 is not asked any more, and the key goes by https only."""
    monkeypatch.setenv("KOTONEUVO_PTV_SERVER", register.server)
    assert run("--from-api", "--pause", "0", "--id", HERE)[0] == 0
    code, _, err = run("--from-api", "--id", HERE, "--server", "https://api.example.fi/api/v11")
    assert (code, "v11 can only be read from files" in err) == (2, True)
    code, _, err = run("--from-api", "--id", HERE, "--server", "http://api.example.fi/api/v12")
    assert (code, "only sent over https" in err) == (2, True)


def test_no_server_and_wrong_use(register: Register) -> None:
    """A server that is not there, a town that is none, and --from-api without anything to ask for."""
    code, _, err = run("--from-api", "--server", "http://127.0.0.1:1/api/v12", "--pause", "0", "--id", "x")
    assert (code, "could not be read" in err) == (1, True)
    assert _ask(register, "--municipality", "Atlantis")[0] == 2
    assert run("--from-api")[0] == 2
    assert _ask(register, "--id", HERE, "--fetched", "2026-01-01")[0] == 2


@pytest.mark.parametrize("option", [("--nationwide",), ("--municipality", "Oulu"), ("--server", "http://127.0.0.1:1")])
def test_options_of_the_api_need_it(option: tuple[str, ...], tmp_path: Path) -> None:
    """They would do nothing without --from-api."""
    file = tmp_path / "x.json"
    file.write_text(json.dumps(service()), encoding="utf-8")
    assert run(str(file), *option) == (2, "", f"{option[0]}: this needs --from-api\n")
