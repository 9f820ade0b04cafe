"""The JSON Schema of the catalogue: what the reader takes it takes, what the reader refuses it refuses."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from days import TODAY
from jsonschema import Draft7Validator
from typer.testing import CliRunner

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.check import check_catalogue
from kotoneuvo.catalogue.closed_lists import LISTS
from kotoneuvo.catalogue.fields import FIELDS
from kotoneuvo.catalogue.files import data_folder
from kotoneuvo.catalogue.overlays import CatalogueFile
from kotoneuvo.catalogue.schema import catalogue_schema
from kotoneuvo.cli.main import build

APP = build()

BROKEN = Path(__file__).resolve().parents[1] / "broken"
SEEN_BY_A_SCHEMA = [
    "unknown_field", "unknown_kind", "unknown_goal", "unknown_phase", "unknown_fact", "unknown_key_of_a_range",
    "unknown_municipality", "unknown_language_of_a_text", "field_missing", "id_missing", "id_with_capitals",
    "review_not_months", "no_sources_at_all", "source_without_date", "source_without_url", "contact_without_source",
    "range_without_order", "empty_alternatives", "words_as_one_text", "list_as_one_word", "services_as_one_table",
]  # fmt: skip

GOOD = tomllib.loads((BROKEN / "good.toml").read_text(encoding="utf-8"))
PAGE = {"url": "https://example.fi/course", "date": "2026-06-01"}
FIELDS_OF_BOTH = [
    ("area", ["Helsinki", "Esbo"], True), ("area", ["Vanta"], False),
    ("area", ["FI"], True), ("area", ["mainland"], True), ("area", ["091", "092"], True),
    ("area", ["mainland", "091"], False), ("area", ["FI", "091"], False), ("area", ["FI", "mainland"], False),
    ("area", [], False), ("goals", [], False), ("valid", {}, False), ("provides", {}, False),
    ("eligibility", {}, True), ("eligibility", {"age": 18}, False),
    ("assured", 2026, False), ("assured", "2026-13", False), ("assured", "2026", True), ("assured", "30.11.2026", True),
    ("assured", "31.11.2026 ", False), ("assured", "11/2026", True), ("assured", "1.13.2026", False),
    ("languages", {"count": -1, "source": "page"}, False), ("hide", True, False), ("hide", 5, False),
    ("name", {"fi": "Kurssi", "sv": " ", "en": "Course"}, False),
    ("provides", {"finnish_level": "Z9", "source": "page"}, False),
    ("provides", {"finnish_level": "A2", "source": "page"}, True),
    ("provides", {"has_right_to_work": "yes", "source": "page"}, False),
    ("contact", [{"address": "Katu 1", "postal_code": "00100", "source": "page"}], False),
    ("contact", [{"address": 100, "source": "page"}], False),
    ("contact", [{"address": "Katu 1, 00100 Helsinki", "source": "page"}], True),
    ("contact", [{"address": {"fi": "Keskusta", "sv": "Centrum"}, "source": "page"}], True),
    ("contact", [{"phone": 112, "source": "page"}], False),
    ("contact", [{"phone": "112"}], False),
    ("contact", [{"url": {"fi": "https://x.fi/", "uk": "https://x.fi/uk"}, "source": "page"}], True),
    ("contact", [{"url": ["https://x.fi/"], "source": "page"}], False),
    ("contact", [{"phone": "112", "hours": "Mo-Fr 09:00-15:00, 16:00-17:00", "source": "page"}], True),
    ("contact", [{"phone": "112", "hours": "9-15", "source": "page"}], False),
    ("contact", [{"phone": "112", "role": "boss", "source": "page"}], False),
    ("contact", [{"phone": "112", "exceptions": [{"from": "2026-12-24", "closed": True}], "source": "page"}], True),
    ("contact", [{"phone": "112", "exceptions": [{"from": "2026-12-24"}], "source": "page"}], False),
    ("unread", {"text": {"fi": "a", "sv": "b", "en": "c"}, "source": "page"}, True),
    ("unread", {"source": "page"}, False), ("bring", {"text": "x", "source": "page"}, False),
    ("helpline", True, True), ("helpline", "yes", False), ("local_role", "health", True), ("local_role", "x", False),
    ("keeper_note", "ask again in May", True), ("keeper_note", 3, False), ("ptv", 3, False),
    ("sources", {"page": PAGE, "two": {**PAGE, "confidence": "medium"}, "doc": {"lines": [5, 5]}}, True),
    ("sources", {"page": PAGE, "two": {**PAGE, "foo": "x"}}, False),
    ("sources", {"page": PAGE, "two": {"said": "by phone, the switchboard", "date": "2026-11-30"}}, True),
    ("sources", {"page": PAGE, "two": {"said": "by phone, the switchboard"}}, False),
    ("sources", {"page": PAGE, "two": {**PAGE, "confidence": "sure"}}, False),
    ("sources", {"page": PAGE, "two": {**PAGE, "date": 2026}}, False),
    ("sources", {"page": PAGE, "two": {"lines": [1, 2], "date": "2020"}}, False),
    ("sources", {"page": PAGE, "doc": {"lines": [5]}}, False),
    ("sources", {"page": PAGE, "doc": {"lines": [0, 5]}}, False),
]  # fmt: skip
CRITERIA_OF_BOTH = [
    ("labour_status", ["employed"], True), ("labour_status", ["töissä"], False), ("labour_status", "unknown", False),
    ("has_right_to_work", True, True), ("has_right_to_work", [True], True), ("has_right_to_work", "yes", False),
    ("has_right_to_work", 1, False), ("has_right_to_work", "kyllä", False),
    ("age", {"min": 18, "unclear": []}, False), ("age", {"min": 18, "unclear": ["16-17", "<3"]}, True),
    ("age", {}, False),
    ("age", 121, False), ("age", "abc", False), ("age", "18", False), ("age", True, False), ("age", [], False),
    ("age", {"min": "18"}, False), ("age", {"min": 18, "max": 121}, False), ("age", {"min": -1}, False),
    ("finnish_level", {"min": "B1"}, True), ("finnish_level", {"min": "B3"}, False), ("finnish_level", "b1", False),
    ("finnish_level", {"min": 0}, False), ("finnish_level", {"max": "0", "unclear": "others"}, True),
    ("years_since_first_permit", "2024-05", False), ("years_since_first_permit", ["none", "<3", 3, "4-5"], True),
    ("years_since_first_permit", {"min": "none"}, False), ("years_since_first_permit", {"is": ["under 3"]}, False),
    ("children_ages", ["<3", "bogus"], False), ("children_ages", ["under3"], False),
    ("children_ages", ["<3", "none"], True),
    ("children_ages", {"is": ["<3"], "unclear": ["bogus"]}, False), ("children_ages", ["<3+3-6"], False),
    ("municipality", ["091", "none"], True), ("municipality", ["Helsinki"], False), ("municipality", ["91"], False),
]  # fmt: skip


@pytest.fixture(scope="module")
def schema(catalogue: Catalogue) -> dict[str, Any]:
    return catalogue_schema(catalogue.facts)


def _errors(schema: dict[str, Any], path: Path) -> list[str]:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return [error.message for error in Draft7Validator(schema).iter_errors(data)]


def test_the_schema_is_one_and_editors_find_it(schema: dict[str, Any]) -> None:
    """It is valid JSON Schema, and services.toml names the shipped one for editors."""
    Draft7Validator.check_schema(schema)
    folder = data_folder()
    first = (folder / "services.toml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "#:schema ./catalogue.schema.json"


def test_the_bundled_catalogue_is_valid(schema: dict[str, Any]) -> None:
    """The schema takes all of what the reader takes."""
    assert _errors(schema, data_folder() / "services.toml") == []
    assert _errors(schema, BROKEN / "good.toml") == []


@pytest.mark.parametrize("name", SEEN_BY_A_SCHEMA)
def test_mistakes_that_an_editor_can_show(schema: dict[str, Any], name: str) -> None:
    """Mistakes of form are underlined while one types."""
    assert _errors(schema, BROKEN / f"{name}.toml")


def _refused(schema: dict[str, Any], facts: FactBook, fieldname: str, value: object) -> tuple[set[str], bool]:
    """The good file with a field of its course changed: the fields that check refuses, and whether the schema does."""
    house, course = GOOD["service"]
    raw = {"service": [house, {**course, fieldname: value}]}
    found = check_catalogue([CatalogueFile(BROKEN / "good.toml", raw)], facts, TODAY).errors
    fields = {each.fieldname.partition(".")[0].partition("[")[0] for each in found}
    return fields, not Draft7Validator(schema).is_valid(raw)


@pytest.mark.parametrize(("name", "value", "right"), FIELDS_OF_BOTH, ids=range(len(FIELDS_OF_BOTH)))
def test_check_and_schema_agree_on_fields(
    schema: dict[str, Any], catalogue: Catalogue, name: str, value: object, right: bool
) -> None:
    """What the editor underlines is what the check refuses, and nothing else."""
    assert _refused(schema, catalogue.facts, name, value) == (set() if right else {name}, not right)


@pytest.mark.parametrize(("fact", "value", "right"), CRITERIA_OF_BOTH, ids=range(len(CRITERIA_OF_BOTH)))
def test_check_and_schema_agree_on_criteria(
    schema: dict[str, Any], catalogue: Catalogue, fact: str, value: object, right: bool
) -> None:
    """The words for values are ids, true and false, numbers and bands: not those of people."""
    told = _refused(schema, catalogue.facts, "eligibility", {fact: value, "source": "page"})
    assert told == (set() if right else {"eligibility"}, not right)


def test_an_overlay_may_take_fields_away(catalogue: Catalogue) -> None:
    """An empty value takes away a field that a service need not have."""
    check = Draft7Validator(catalogue_schema(catalogue.facts, catalogue.services)).is_valid
    assert check(
        {"service": [{"id": "migri", "note": {}, "valid": {}, "contact": [], "organization": "", "assured": ""}]}
    )
    assert not check({"service": [{"id": "migri", "goals": []}]})
    assert not check({"service": [{"id": "migri", "name": {}}]})


def test_an_overlay_may_give_few_fields_of_a_known_service(catalogue: Catalogue) -> None:
    """A known id needs nothing else; a new one needs all; a wrong field is wrong in both."""
    check = Draft7Validator(catalogue_schema(catalogue.facts, catalogue.services)).is_valid
    assert check({"service": [{"id": "migri", "organization": "Migri"}]})
    assert not check({"service": [{"id": "migri", "organisation": "Migri"}]})
    assert not check({"service": [{"id": "new-one", "organization": "SPR"}]})


def test_every_field_is_described(schema: dict[str, Any]) -> None:
    """What an author reads in the editor is what the guide says: the same words."""
    properties = schema["definitions"]["service"]["properties"]
    assert {name: each["description"] for name, each in properties.items()} == {
        name: field.meaning for name, field in FIELDS.items()
    }
    kinds = {each["const"]: each["description"] for each in properties["kind"]["oneOf"]}
    assert kinds == LISTS["kind"]


def test_the_command_writes_it(schema: dict[str, Any], tmp_path: Path) -> None:
    """To stdout, or to a file."""
    assert json.loads(CliRunner().invoke(APP, ["catalogue", "schema"]).stdout) == schema
    target = tmp_path / "overlay.json"
    assert CliRunner().invoke(APP, ["catalogue", "schema", "--overlay", "--output", str(target)]).exit_code == 0
    assert "if" in json.loads(target.read_text(encoding="utf-8"))["definitions"]["service"]
