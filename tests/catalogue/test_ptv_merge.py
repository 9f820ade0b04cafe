"""A second import over the file of the first: edits and ids stay, and what the register says anew is told."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

from days import TODAY
from ptv_answers import CHANNEL, SERVICE, entries, run, write

from kotoneuvo import Situation, advise
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.catalogue.load import load_catalogue


def _import(folder: Path, *records: Any) -> tuple[Path, str]:
    """Import into one file, over what an earlier import wrote there."""
    source, file = folder / "in", folder / "ptv.toml"
    source.mkdir(exist_ok=True)
    for old in source.iterdir():
        old.unlink()
    code, _, err = run(str(write(source, *records)), "--output", str(file), "--force")
    assert code == 0, err
    return file, err


def _renamed(name: str = "Uusi nimi", **changes: Any) -> dict[str, Any]:
    service = deepcopy(SERVICE)
    service["serviceNames"] = [{"language": "fi", "value": name, "type": "Name"}]
    return {**service, **changes}


def test_an_imported_entry_is_at_best_possible(tmp_path: Path) -> None:
    """Also for a child: PTV says "at least 18" in words that nobody has read."""
    file, _ = _import(tmp_path, SERVICE, CHANNEL)
    (entry,) = entries(file.read_text(encoding="utf-8"))
    assert "vähintään 18" in entry["unread"]["text"]["fi"]
    assert "note" not in entry
    catalogue = load_catalogue(overlays=[file])
    for age in (15, 30):
        report = advise(catalogue, Situation.of(catalogue.facts, TODAY, age=age), TODAY)
        assert report.assessments[entry["id"]].outcome is Outcome.POSSIBLE


def test_the_id_comes_from_the_register_and_stays(tmp_path: Path) -> None:
    """Another name changes the name only."""
    file, _ = _import(tmp_path, SERVICE, CHANNEL)
    (first,) = entries(file.read_text(encoding="utf-8"))
    file, _ = _import(tmp_path, _renamed(), CHANNEL)
    (second,) = entries(file.read_text(encoding="utf-8"))
    assert first["id"] == second["id"] == "ptv-" + SERVICE["id"].replace("-", "")[:12]
    assert (second["ptv"], second["name"]["fi"]) == (SERVICE["id"], "Uusi nimi")


def test_what_an_editor_changed_stays_and_what_not_is_taken_over(tmp_path: Path) -> None:
    """A changed kind, a condition that was read and taken away, an id of one's own; the new name comes in."""
    file, _ = _import(tmp_path, SERVICE, CHANNEL)
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    data["service"][0] |= {"kind": "school", "id": "our-net-school"}
    del data["service"][0]["unread"]
    _write(file, data)
    file, err = _import(tmp_path, _renamed(), CHANNEL)
    (entry,) = entries(file.read_text(encoding="utf-8"))
    assert (entry["id"], entry["kind"], entry["name"]["fi"]) == ("our-net-school", "school", "Uusi nimi")
    assert "unread" not in entry
    assert "your text was kept" not in err


def test_what_the_register_says_anew_of_an_edited_field_is_told(tmp_path: Path) -> None:
    """Kept all the same; told once more at each import, as long as it differs."""
    file, _ = _import(tmp_path, SERVICE, CHANNEL)
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    data["service"][0]["name"] = {"fi": "Oma nimi", "sv": "Eget namn", "en": "Own name"}
    _write(file, data)
    file, err = _import(tmp_path, _renamed(), CHANNEL)
    assert "name: your text was kept; the register now says: Uusi nimi" in err
    (entry,) = entries(file.read_text(encoding="utf-8"))
    assert entry["name"]["fi"] == "Oma nimi"


def test_what_left_the_register_is_told_and_kept(tmp_path: Path) -> None:
    """So are entries of one's own in the same file, without a word."""
    other = _renamed("Toinen", id="99999999-0000-4000-8000-000000000001")
    file, _ = _import(tmp_path, SERVICE, other, CHANNEL)
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    own = {name: value for name, value in data["service"][0].items() if not name.startswith("ptv")}
    data["service"].append({**own, "id": "our-own"})
    _write(file, data)
    file, err = _import(tmp_path, SERVICE, CHANNEL)
    assert [each["id"] for each in entries(file.read_text(encoding="utf-8"))][1:] == ["ptv-999999990000", "our-own"]
    assert "ptv-999999990000: no longer in the data" in err
    assert "our-own" not in err


def _write(file: Path, data: dict[str, Any]) -> None:
    import tomlkit

    file.write_text(tomlkit.dumps(data), encoding="utf-8")
