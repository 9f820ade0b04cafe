"""An organisation's own file over the bundled catalogue: new, changed and hidden services, and who said so."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from days import TODAY
from typer.testing import CliRunner

from kotoneuvo import Situation, advise
from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.advice.service import Catalogue, Overlay
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.cli.main import build

APP = build()

RED_CROSS = """
[catalogue]
name = "SPR Vantaa"

[[service]]
id = "spr-vantaa-drop-in"
kind = "guidance"
name = { fi = "SPR:n matalan kynnyksen piste", sv = "FRK:s öppna mottagning", en = "Red Cross drop-in" }
summary = { fi = "Apua lomakkeisiin ja neuvoja.", sv = "Hjälp med blanketter.", en = "Help with forms, and advice." }
goals = ["guidance", "settling"]
phase = "guidance"
area = ["092"]
assured = "2026-11-01"
sources = { own = { url = "https://example.fi/spr", date = "2026-11-01" } }
access = { via = ["self"], source = "own" }

[[service]]
id = "vantaa-osaamiskeskus"
schedules = [{ text = { fi = "ma 9–15", sv = "må 9–15", en = "Mon 9–15" }, source = "own" }]
note = {}
sources = { own = { url = "https://example.fi/spr", date = "2026-11-01" } }

[[service]]
id = "startup-refugees"
hide = "Not in our town"
"""


@pytest.fixture
def red_cross(tmp_path: Path) -> Path:
    path = tmp_path / "spr.toml"
    path.write_text(RED_CROSS, encoding="utf-8")
    return path


def _run(*args: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(APP, args, env={"KOTONEUVO_LANG": "en", "COLUMNS": "200"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_new_changed_and_hidden(red_cross: Path, catalogue: Catalogue) -> None:
    """A new id adds; a known id replaces what it gives and keeps the rest with its sources; a hidden one is gone."""
    laid = load_catalogue(overlays=[red_cross])
    assert set(laid.services) - set(catalogue.services) == {"spr-vantaa-drop-in"}
    assert laid.services["spr-vantaa-drop-in"].overlays == (Overlay("SPR Vantaa"),)
    before, after = catalogue.services["vantaa-osaamiskeskus"], laid.services["vantaa-osaamiskeskus"]
    assert after.contacts[-1].hours["en"] == "Mon 9–15"
    assert after.note == {}
    assert (after.name, after.contacts[:-1], after.eligibility) == (before.name, before.contacts, before.eligibility)
    assert set(after.sources) == {*before.sources, "own"}
    assert after.overlays == (Overlay("SPR Vantaa", ("contact", "note", "sources")),)
    assert "startup-refugees" not in laid.services
    assert laid.hidden == {"startup-refugees": "Not in our town"}
    assert laid.version == f"{catalogue.version} + SPR Vantaa"
    assert before.overlays == ()


def test_the_pathway_names_the_source(red_cross: Path) -> None:
    """On the card, in JSON, and in the services' own pages; the hidden one says why."""
    options = ["--municipality", "Vantaa", "--goals", "guidance", "--age", "34", "--status", "family_ties"]
    files = ["--catalogue", str(red_cross)]
    code, out, _ = _run("advise", "--full", *options, *files)
    assert code == 0
    assert "Red Cross drop-in" in out
    assert "Added by" in out
    assert "SPR Vantaa" in out
    data = json.loads(_run("advise", *options, *files, "--format", "json")[1])
    overlays = {each["service"]: each["overlays"] for each in data["verdicts"] if "overlays" in each}
    assert overlays["spr-vantaa-drop-in"] == [{"name": "SPR Vantaa", "fields": []}]
    assert set(overlays) == {"spr-vantaa-drop-in", "vantaa-osaamiskeskus"}
    assert "Changed by" in _run("services", "show", "vantaa-osaamiskeskus", *files)[1]
    code, _, err = _run("services", "show", "startup-refugees", *files)
    assert (code, "Not in our town" in err) == (2, True)
    assert "spr-vantaa-drop-in" in _run(*files, "services", "search", "drop-in")[1]


def test_the_config_folder_counts(red_cross: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in the user's folder is laid over without being named; `where` tells of it, and of a later one on top."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "config" / "kotoneuvo" / "catalogues"
    folder.mkdir(parents=True)
    red_cross.rename(folder / "spr.toml")
    top = tmp_path / "top.toml"
    top.write_text('[[service]]\nid = "spr-vantaa-drop-in"\norganization = "SPR"\n', encoding="utf-8")
    assert "spr-vantaa-drop-in" in _run("services", "search", "drop-in")[1]
    data = json.loads(_run("catalogue", "where", "--catalogue", str(top), "--format", "json")[1])
    assert data["folder"] == str(folder)
    counts = [(Path(each["file"]).name, each["added"], each["changed"], each["hidden"]) for each in data["files"]]
    assert counts[1:] == [("spr.toml", 1, 2, 1), ("top.toml", 0, 1, 0)]
    assert str(folder / "spr.toml") in _run("catalogue", "where")[1]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such variable")
@pytest.mark.parametrize("given", ["", "config"], ids=["empty", "relative"])
def test_no_catalogue_comes_from_the_current_folder(
    given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An XDG_CONFIG_HOME that is empty or relative does not count: files that lie about change no advice."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", given)
    folder = json.loads(_run("catalogue", "where", "--format", "json")[1])["folder"]
    assert folder == str(tmp_path / "home" / ".config" / "kotoneuvo" / "catalogues")


def test_which_files_of_the_folder_count(red_cross: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that end in .toml, in capitals too; not what an editor or a system hides."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "config" / "kotoneuvo" / "catalogues"
    folder.mkdir(parents=True)
    for name in ("b.TOML", "a.toml", ".hidden.toml", "c.toml~", "d.txt"):
        (folder / name).write_bytes(red_cross.read_bytes())
    files = json.loads(_run("catalogue", "where", "--format", "json")[1])["files"]
    assert [Path(each["file"]).name for each in files[1:]] == ["a.toml", "b.TOML"]


def test_mistakes_are_told_with_the_overlay_and_its_line(red_cross: Path, tmp_path: Path) -> None:
    """A wrong field of a changed service is a mistake of the overlay; a misspelt id is taken for one that exists."""
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(
        '[[service]]\nid = "vantaa-osaamiskeskus"\nphase = "langage"\n\n[[service]]\nid = "vantaa-osaamiskeskuss"\n'
        'note = { fi = "\\u001b[2J", sv = "x", en = "x" }\n',
        encoding="utf-8",
    )
    with pytest.raises(InputProblems) as raised:
        load_catalogue(overlays=[red_cross, wrong])
    said = {(problem.where, problem.line, problem.fieldname): problem for problem in raised.value.problems}
    assert (str(wrong), 3, "phase") in said
    assert said[str(wrong), 6, "id"].suggestion == "vantaa-osaamiskeskus"
    assert "U+001B" in str(said[str(wrong), 7, "note.fi"].details)
    code, out, err = _run("advise", "--catalogue", str(wrong), "--catalogue", str(tmp_path / "none.toml"))
    assert (code, out) == (1, "")
    assert "none.toml" in err


def test_an_empty_field_that_is_none_is_told(tmp_path: Path) -> None:
    """An empty value takes a field away, and a slip of the pen must not take nothing away in silence."""
    path = tmp_path / "own.toml"
    path.write_text('[[service]]\nid = "kela"\nphones = []\nphonees = []\n', encoding="utf-8")
    code, told, _ = _run("catalogue", "check", str(path))
    assert code == 1
    assert f"{path}:4: kela" in told
    assert "phonees" in told
    assert "phones" in told.replace("phonees", "")
    assert told.count("error:") == 1


def test_a_new_service_with_a_field_missing(red_cross: Path) -> None:
    """What is nearly whole is told what it lacks, and nothing of other ids; what is hardly begun the reverse."""
    text = red_cross.read_text(encoding="utf-8")
    red_cross.write_text(text.replace('phase = "guidance"\n', ""), encoding="utf-8")
    code, told, _ = _run("catalogue", "check", str(red_cross))
    assert (code, told.count("error:")) == (1, 1)
    assert "spr-vantaa-drop-in: phase: this field is missing" in told
    red_cross.write_text('[[service]]\nid = "kelaa"\nphones = []\n', encoding="utf-8")
    told = _run("catalogue", "check", str(red_cross))[1]
    assert told.count("error:") == 1
    assert "Did you mean “kela”" in told


def test_leaving_out_a_way_in_is_told_where_it_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One warning at the overlay's own line, with what was behind it: for the file by name and in the config folder."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = tmp_path / "hide.toml"
    path.write_text('[[service]]\nid = "tyovoimaviranomainen"\nhide = "closed"\n', encoding="utf-8")
    code, told, _ = _run("catalogue", "check", str(path))
    assert (code, told.count("warning:")) == (0, 1)
    (warning,) = [line for line in told.splitlines() if line.startswith("warning:")]
    assert warning.startswith(f"warning: {path}:3: tyovoimaviranomainen: hide: ")
    assert "kotoutumissuunnitelma" in warning
    folder = tmp_path / "config" / "kotoneuvo" / "catalogues"
    folder.mkdir(parents=True)
    moved = path.rename(folder / "hide.toml")
    assert warning.replace(str(path), str(moved)) in _run("catalogue", "check")[1]


def test_a_file_whose_services_nobody_would_read_is_refused(tmp_path: Path) -> None:
    """`[[services]]` is a slip of the pen: `advise` and `where` would else go on as if the file were empty."""
    path = tmp_path / "own.toml"
    path.write_text('foo = 1\n\n[[services]]\nid = "kela"\n', encoding="utf-8")
    for command in (("advise", "--municipality", "091"), ("catalogue", "where"), ("services", "list")):
        code, out, err = _run(*command, "--catalogue", str(path))
        assert (code, out) == (1, "")
        assert f"{path}:3: services: " in err
        assert f"{path}:1: foo: " in err


def test_a_hidden_house_closes_its_rooms(tmp_path: Path, catalogue: Catalogue) -> None:
    """What is only reached through a hidden service is off the pathway, and nothing breaks."""
    file = tmp_path / "hide.toml"
    file.write_text('[[service]]\nid = "vantaa-osaamiskeskus"\nhide = "closed"\n', encoding="utf-8")
    laid = load_catalogue(overlays=[file])
    rooms = [each.id for each in laid.services.values() if each.gateways == ("vantaa-osaamiskeskus",)]
    assert rooms
    report = advise(laid, Situation.of(laid.facts, municipality="Vantaa"), TODAY)
    assert not set(rooms) & report.reachable
    for room in rooms:
        assert _run("services", "show", room, "--catalogue", str(file))[0] == 0


def test_nothing_of_the_user_is_read_by_the_library(red_cross: Path) -> None:
    """`load_catalogue()` in Python gives the bundled catalogue, whatever lies in the config folder."""
    assert "XDG_CONFIG_HOME" in os.environ
    assert "spr-vantaa-drop-in" not in load_catalogue().services
