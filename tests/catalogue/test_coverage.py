"""The report on the catalogue: its numbers are those of the services, and what the bundled catalogue is held to."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from days import TODAY
from typer.testing import CliRunner

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.coverage import has_contact, measure_coverage, next_best_door
from kotoneuvo.cli.main import build

APP = build()


def _measures(catalogue: Catalogue, day: date = TODAY) -> dict[str, tuple[int, int]]:
    return {each.name: (each.count, each.of) for each in measure_coverage(catalogue, day).measures}


def test_what_the_bundled_catalogue_is_held_to(catalogue: Catalogue) -> None:
    """Every municipality and county has a page, nothing sends people to an office that has ended, and every service
    without a contact of its own has a next best door."""
    found = _measures(catalogue)
    assert found["municipalities with a page"] == (308, 308)
    counties, all_counties = found["wellbeing services counties with a page"]
    assert counties == all_counties
    assert found["ways in that mention an office that has ended"][0] == 0
    named, without = found["services without one that say where to ask instead"]
    assert named == without


def test_a_contact_taken_away_is_missed(catalogue: Catalogue) -> None:
    """One service less with a contact, and the report names it with the door that is left."""
    before, all_services = _measures(catalogue)["running services with a contact"]
    bare = catalogue.services["infofinland"]._replace(contacts=())
    less = replace(catalogue, services={**catalogue.services, "infofinland": bare})
    assert _measures(less)["running services with a contact"] == (before - 1, all_services)
    assert measure_coverage(less, TODAY).without["infofinland"] == "municipality"
    assert not has_contact(bare, less)


def test_the_house_is_the_next_best_door(catalogue: Catalogue) -> None:
    """Where it has a contact itself; else the municipality's page."""
    part = next(
        each
        for each in catalogue.services.values()
        if each.part_of and not each.contacts and has_contact(catalogue.services[each.part_of], catalogue)
    )
    assert next_best_door(part, catalogue) == part.part_of
    bare = catalogue.services[part.part_of]._replace(contacts=(), part_of="", local_name="")
    less = replace(catalogue, services={**catalogue.services, part.part_of: bare})
    assert next_best_door(part, less) != part.part_of


def test_an_old_number_is_counted_where_it_stands(catalogue: Catalogue) -> None:
    """A service's own takes its mark away; an office's is counted with the offices."""
    found = _measures(catalogue)
    assert found["active services with an older contact of their own"][0] == 0
    fresh, doors = found["contact points of offices that are not overdue for review"]
    office = next(each for each in catalogue.offices.values() if not any(c.stale(TODAY) for c in each.contacts))
    old = office._replace(contacts=tuple(each._replace(review=date(2021, 1, 1)) for each in office.contacts))
    laid = replace(catalogue, offices={**catalogue.offices, office.place: old})
    less = (fresh - len(office.contacts), doors)
    assert _measures(laid)["contact points of offices that are not overdue for review"] == less


def test_as_text_page_and_data(tmp_path: Path) -> None:
    """The same numbers in each form; every municipality in the page; in Swedish nothing stays English."""
    run = CliRunner().invoke
    data = json.loads(run(APP, ["catalogue", "report", "--format", "json", "--as-of", "2026-11-30"]).stdout)
    measure = data["measures"][0]
    share = f"{measure['count']} / {measure['of']}"
    text = run(APP, ["catalogue", "report", "--as-of", "2026-11-30", "--lang", "en"]).stdout
    assert share in text
    target = tmp_path / "report.html"
    assert run(APP, ["catalogue", "report", "--format", "html", "--output", str(target), "--lang", "sv"]).exit_code == 0
    page = target.read_text(encoding="utf-8")
    assert page.count("<tr>") > 308 + len(data["without_contact"])
    assert not [word for word in ("Measures", "By kind", "Where to ask instead", "running services") if word in page]
