"""`catalogue check` from the outside: exit codes, text, JSON, several files, and no traceback for anything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from days import TODAY
from typer.testing import CliRunner

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.check import check_catalogue
from kotoneuvo.catalogue.fields import FIELDS, TABLES
from kotoneuvo.catalogue.files import data_folder
from kotoneuvo.catalogue.overlays import CatalogueFile, read_catalogue_file
from kotoneuvo.catalogue.warnings import unused_facts
from kotoneuvo.cli.catalogue_check import json_item
from kotoneuvo.cli.main import build
from kotoneuvo.words import Words

APP = build()

BROKEN = Path(__file__).resolve().parents[1] / "broken"
GOOD = read_catalogue_file(BROKEN / "good.toml").raw
WRONG: list[Any] = [5, -1.5, True, "x", "", [], [5], [[]], [{}], {}, {"x": 1}, {"x": {"y": []}}, [{"source": 5}]]


def _run(*args: str) -> tuple[int, str, str]:
    command = ["catalogue", "check", *args, "--as-of", "2026-11-24"]
    result = CliRunner().invoke(APP, command, env={"KOTONEUVO_LANG": "en"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_the_bundled_catalogue_has_no_errors() -> None:
    """What CI runs first: exit 0; with --strict its warnings count; so has the file of services by name."""
    code, out, err = _run()
    assert (code, err) == (0, "")
    assert " 0 errors, " in out.splitlines()[-1]
    assert _run("--strict")[0] == 1
    services = " ".join(out.splitlines()[-1].split()[:4])
    assert _run(str(data_folder() / "services.toml"))[1].splitlines()[-1].startswith(services)


def test_several_files_at_once() -> None:
    """What is wrong in any of them is told, unreadable ones too; the JSON has each part of it by name."""
    files = [str(BROKEN / f"{name}.toml") for name in ("toml_mistake", "unknown_goal")]
    code, out, _ = _run(*files, "none.toml", "--format", "json")
    data = json.loads(out)
    assert code == 1
    assert data["schema"] == "kotoneuvo/check/1"
    about = {Path(each["file"]).name: each for each in data["errors"]}
    assert set(about) == {"toml_mistake.toml", "unknown_goal.toml", "none.toml"}
    goal = about["unknown_goal.toml"]
    assert (goal["entry"], goal["field"], goal["found"], goal["suggestion"]) == (
        "course",
        "goals",
        "langage",
        "language",
    )
    assert isinstance(goal["line"], int)
    assert "work" in goal["allowed"]
    assert about["toml_mistake.toml"]["line"] > 1


@pytest.mark.parametrize(
    ("fieldname", "value", "found", "suggestion"),
    [
        ("goals", "work", "work", None),
        ("eligibility", {"status": ["quota_refuge"], "source": "page"}, "quota_refuge", "quota_refugee"),
        ("eligibility", {"labour_status": ["employd"], "source": "page"}, "employd", "employed"),
        ("eligibility", {"age": {"min": 20, "max": 10}, "source": "page"}, "20-10", None),
        ("valid", {"from": "2026", "until": "2025", "source": "page"}, "2026 – 2025", None),
        ("id", "house", "house", None),
        ("basic", "yes", "yes", None),
        ("hide", ["x"], "['x']", None),
        ("area", ["Vanta"], "Vanta", "092"),
        ("review", 0, "0", None),
    ],
)
def test_what_was_found_is_said(
    fieldname: str, value: object, found: str, suggestion: str | None, catalogue: Catalogue
) -> None:
    """A catalogue has no secrets: its own words are told, also where a person's answer would not be."""
    file = CatalogueFile(BROKEN / "good.toml", _with(fieldname, value))
    errors = check_catalogue([file], catalogue.facts, TODAY).errors
    (problem,) = [each for each in errors if each.fieldname.partition(".")[0] == fieldname]
    item = json_item(problem, Words("sv"))
    assert (item["found"], item["suggestion"]) == (found, suggestion)


def test_what_follows_from_a_mistake_is_none_of_its_own(catalogue: Catalogue) -> None:
    """A wrong source is cited as if it were right, and one who has no right area may live anywhere."""
    sources = {"page": {"url": "", "date": "2026"}}
    for fieldname, value in (("sources", sources), ("sources", {"page": 5}), ("sources", 5), ("area", ["Vanta"])):
        found = check_catalogue([CatalogueFile(BROKEN / "good.toml", _with(fieldname, value))], catalogue.facts, TODAY)
        assert [problem.fieldname.partition(".")[0] for problem in found.errors] == [fieldname]


def test_a_good_overlay_is_quiet() -> None:
    """Only what the named file says is reported on, not the bundled catalogue under it."""
    code, out, _ = _run(str(BROKEN / "good.toml"))
    assert code == 0
    assert out.endswith(" 0 errors, 0 warnings\n")
    assert out.count("\n") == 1


def test_facts_that_no_criterion_uses(catalogue: Catalogue) -> None:
    """Without any service every fact is idle but those that others follow from."""
    idle = {problem.entry for problem in unused_facts([], catalogue.facts)}
    assert "tight_finances" in idle
    assert "status" not in idle
    assert "tight_finances" not in {
        problem.entry for problem in unused_facts(catalogue.services.values(), catalogue.facts)
    }
    assert "facts.toml" in _run()[1]


def _with(fieldname: str, value: object) -> dict[str, Any]:
    house, course = GOOD["service"]
    return {"service": [house, {**course, fieldname: value}]}


@pytest.mark.parametrize("fieldname", FIELDS)
def test_anything_in_any_field(fieldname: str, catalogue: Catalogue) -> None:
    """Whatever stands in a field, the check comes to an end and says where."""
    for value in WRONG:
        raw = _with(fieldname, value)
        found = check_catalogue([CatalogueFile(BROKEN / "good.toml", raw)], catalogue.facts, TODAY)
        assert all(problem.entry for problem in (*found.errors, *found.warnings)), value


@pytest.mark.parametrize("table", sorted(TABLES.keys() & FIELDS.keys()))
def test_anything_in_any_table(table: str, catalogue: Catalogue) -> None:
    """The same inside tables, alone and in lists."""
    for key in TABLES[table]:
        for value in WRONG:
            inner = {"source": "page", key: value}
            whole = [inner] if FIELDS[table].shape == "tables" else inner
            raw = _with(table, whole)
            found = check_catalogue([CatalogueFile(BROKEN / "good.toml", raw)], catalogue.facts, TODAY)
            assert all(problem.entry for problem in (*found.errors, *found.warnings)), (key, value)


@pytest.mark.parametrize(
    "name", ["any", "none", "age", "status", "children_ages", "municipality", "finnish_level", "source"]
)
def test_anything_in_a_criterion(name: str, catalogue: Catalogue) -> None:
    """The same for criteria, and inside their ranges."""
    for value in [*WRONG, *({key: value} for key in ("is", "min", "max", "unclear") for value in WRONG)]:
        raw = _with("eligibility", {"gender": "woman", name: value, **({} if name == "source" else {"source": "page"})})
        found = check_catalogue([CatalogueFile(BROKEN / "good.toml", raw)], catalogue.facts, TODAY)
        assert all(problem.entry for problem in (*found.errors, *found.warnings)), value
