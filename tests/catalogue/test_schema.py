"""The JSON Schema of the catalogue: what the reader takes it takes, what the reader refuses it refuses."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from typer.testing import CliRunner

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.bundle import data_folder
from kotoneuvo.catalogue.fields import FIELDS, LISTS
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


@pytest.fixture(scope="module")
def schema(catalogue: Catalogue) -> dict[str, Any]:
    return catalogue_schema(catalogue.facts)


def _errors(schema: dict[str, Any], path: Path) -> list[str]:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return [error.message for error in Draft7Validator(schema).iter_errors(data)]


def test_the_shipped_schema_is_the_one_that_the_fields_give(schema: dict[str, Any]) -> None:
    """data/catalogue.schema.json is what `catalogue schema` writes, and services.toml names it for editors."""
    Draft7Validator.check_schema(schema)
    folder = data_folder()
    assert json.loads((folder / "catalogue.schema.json").read_text(encoding="utf-8")) == schema
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
