"""`catalogue stale` and `catalogue confirm`: what must be looked at, and writing down that it was."""

from __future__ import annotations

import json
import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kotoneuvo.catalogue.bundle import data_folder
from kotoneuvo.catalogue.confirm import confirm
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.cli.main import build

APP = build()

PAGE = "https://example.fi/new page".replace(" ", "-")


def _run(*args: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(APP, ["catalogue", *args], env={"KOTONEUVO_LANG": "en"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_stale_lists_the_oldest_first_with_a_page() -> None:
    """Sorted by the day of review, nothing that has ended, and a page for each that has one."""
    code, out, _ = _run("stale", "--as-of", "2026-11-24", "--within", "2", "--format", "json")
    services = json.loads(out)["services"]
    days = [each["review"] for each in services]
    assert code == 0
    assert days == sorted(days)
    assert days[-1] <= "2027-01-24"
    assert {each["past"] for each in services} == {True, False}
    assert "te-toimisto" not in {each["service"] for each in services}
    fewer = json.loads(_run("stale", "--as-of", "2026-11-24", "--within", "0", "--format", "json")[1])["services"]
    assert 0 < len(fewer) < len(services)
    text = _run("stale", "--as-of", "2026-11-24")[1]
    assert text.splitlines()[0].split()[0] == days[0]


def test_confirm_changes_only_what_it_says(tmp_path: Path) -> None:
    """In the whole bundled file only the lines of one entry differ: comments, order and spacing stay."""
    file = tmp_path / "services.toml"
    shutil.copy(data_folder() / "services.toml", file)
    before = file.read_text(encoding="utf-8").splitlines()
    code, out, err = _run(
        "confirm", "kotoutumissuunnitelma", "--source", PAGE, "--date", "2026-11-20", "--file", str(file)
    )
    assert (code, err) == (0, "")
    assert str(file) in out
    after = file.read_text(encoding="utf-8").splitlines()
    gone, new = [line for line in before if line not in after], [line for line in after if line not in before]
    assert gone == ['assured = "2026-02-23"'] or len(gone) <= 1
    assert any(PAGE in line and "2026-11-20" in line for line in new)
    assert len(after) == len(before) + 1
    service = load_catalogue(file).services["kotoutumissuunnitelma"]
    assert service.assured == date(2026, 11, 20)
    assert service.sources["confirmed"].url == PAGE


def test_confirm_where_there_is_no_date_yet_and_a_known_page() -> None:
    """`assured` comes before the tables of the entry; a source with that address gets the new date; `recheck` goes."""
    text = """# head
[[service]]
id = "a"  # a comment
recheck = "2026-01-01"

[service.sources]
page = { url = "https://example.fi/a", date = "2020", seen = "undated" }  # mine

# between
[[service]]
id = "b"
"""
    written = confirm(text, "a", "https://example.fi/a", date(2026, 11, 20))
    assert tomllib.loads(written)["service"][0] == {
        "id": "a",
        "assured": "2026-11-20",
        "sources": {"page": {"url": "https://example.fi/a", "date": "2026-11-20"}},
    }
    for kept in ("# head", 'id = "a"  # a comment', "# mine", "# between", '[[service]]\nid = "b"'):
        assert kept in written


def test_confirm_in_a_file_that_does_not_know_the_service(tmp_path: Path) -> None:
    """An overlay gets an entry; confirmed from two pages it names both; laid over, it counts."""
    file = tmp_path / "mine.toml"
    for page in ("https://example.fi/1", "https://example.fi/2"):
        assert _run("confirm", "migri", "--source", page, "--date", "2026-11-20", "--file", str(file))[0] == 0
    service = load_catalogue(overlays=[file]).services["migri"]
    assert service.assured == date(2026, 11, 20)
    assert {"https://example.fi/1", "https://example.fi/2"} <= {source.url for source in service.sources.values()}


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["nothere", "--source", PAGE], ["nothere"]),
        (["migri", "--source", "example.fi"], ["example.fi", "address"]),
        (["migri", "--source", PAGE, "--date", "tomorrow"], ["tomorrow"]),
        (["migri", "--source", PAGE, "--date", "2999-01-01"], ["still to come"]),
    ],
)
def test_confirm_refuses(args: list[str], words: list[str]) -> None:
    """What is not a service, a page or a day is said; nothing is written."""
    before = (data_folder() / "services.toml").read_bytes()
    code, _, err = _run("confirm", *args)
    assert code == 2
    assert all(word in err for word in words)
    assert (data_folder() / "services.toml").read_bytes() == before
