"""Unread is not absent: conditions in words keep a verdict at best possible, and are shown."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from days import TODAY
from typer.testing import CliRunner

from kotoneuvo import Situation, advise
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.cli.main import build

OVERLAY = """
[[service]]
id = "net-school"
kind = "school"
name = { fi = "Nettilukio", sv = "Nätgymnasiet", en = "Net school" }
summary = { fi = "Lukio verkossa.", sv = "Gymnasium på nätet.", en = "Upper secondary school online." }
goals = ["vocational_education"]
phase = "education"
area = ["FI"]
assured = "2026-06-01"
sources = { page = { url = "https://example.fi/", date = "2026-06-01" } }
access = { via = ["self"], source = "page" }
[service.unread]
text = { fi = "Vähintään 18-vuotiaille.", sv = "För minst 18-åringar.", en = "For people of at least 18." }
source = "page"

[[service]]
id = "net-school-advice"
kind = "guidance"
name = { fi = "Neuvonta", sv = "Rådgivning", en = "Advice of the net school" }
summary = { fi = "Neuvoja.", sv = "Råd.", en = "Advice." }
goals = ["vocational_education"]
phase = "education"
area = ["FI"]
part_of = "net-school"
assured = "2026-06-01"
sources = { page = { url = "https://example.fi/", date = "2026-06-01" } }
"""


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(OVERLAY, encoding="utf-8")
    return path


@pytest.mark.parametrize("age", [15, 40, None])
@pytest.mark.parametrize("name", ["net-school", "net-school-advice"])
def test_at_best_possible(overlay: Path, age: int | None, name: str) -> None:
    """For everybody, and nothing is asked for it; a house hands it on to its parts."""
    catalogue = load_catalogue(overlays=[overlay])
    answers = {"municipality": "Vantaa", **({"age": age} if age else {})}
    report = advise(catalogue, Situation.of(catalogue.facts, TODAY, **answers), TODAY)
    assessment = report.assessments[name]
    assert assessment.outcome is Outcome.POSSIBLE
    assert assessment.ask == ()


def test_what_is_ruled_out_stays_so(overlay: Path, catalogue: Catalogue) -> None:
    """A criterion that is unmet decides, whatever else the source says."""
    laid = load_catalogue(overlays=[overlay])
    school = laid.services["net-school"]
    elsewhere = next(each for each in catalogue.services.values() if each.area == ("091",)).eligibility
    both = replace(laid, services={"net-school": school._replace(eligibility=(*school.eligibility, *elsewhere))})
    report = advise(both, Situation.of(laid.facts, TODAY, municipality="Vantaa"), TODAY)
    assert report.assessments["net-school"].outcome is Outcome.NOT_ELIGIBLE


def test_the_words_are_shown(overlay: Path) -> None:
    """On the card, in the whole view of the service, in JSON and in the exports."""
    run = CliRunner().invoke
    options = [
        "--municipality",
        "Vantaa",
        "--goals",
        "vocational_education",
        "--catalogue",
        str(overlay),
        "--lang",
        "en",
    ]
    page = " ".join(run(build(), ["advise", "--full", *options]).stdout.split())
    assert "Not compared: For people of at least 18." in page
    shown = run(build(), ["services", "show", "net-school", "--catalogue", str(overlay), "--lang", "en"]).stdout
    assert "For people of at least 18." in shown
    data = json.loads(run(build(), ["advise", *options, "--format", "json"]).stdout)
    (verdict,) = [each for each in data["verdicts"] if each["service"] == "net-school"]
    (found,) = [each for each in verdict["criteria"] if each["fact"] == "unread"]
    assert (verdict["verdict"], found["result"], found["needs"]) == (
        "possible",
        "unknown",
        "For people of at least 18.",
    )
    exported = run(build(), ["catalogue", "export", "--to", "hsds", "--catalogue", str(overlay), "--lang", "en"]).stdout
    (entry,) = [each for each in json.loads(exported)["contents"] if each["name"] == "Net school"]
    assert "For people of at least 18." in entry["eligibility_description"]
