"""`catalogue stale` and `catalogue confirm`: what must be looked at, and writing down that it was."""

from __future__ import annotations

import json
import os
import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kotoneuvo.catalogue.change import EntryChange, Evidence
from kotoneuvo.catalogue.confirm import write_changes
from kotoneuvo.catalogue.files import data_folder
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.cli.main import build

APP = build()

PAGE = "https://example.fi/new page".replace(" ", "-")


def _run(*args: str, config: str = "/nowhere") -> tuple[int, str, str]:
    result = CliRunner().invoke(APP, ["catalogue", *args], env={"KOTONEUVO_LANG": "en", "XDG_CONFIG_HOME": config})
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
    # Offices stand first on every pathway: they are looked at again like services.
    assert any(each["service"].startswith("municipality:") for each in services)
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
    assert len(gone) <= 1
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
    evidence = Evidence(date(2026, 11, 20), "https://example.fi/a")
    written = write_changes(text, [EntryChange("a", evidence)], (), Path("mine.toml"))
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


OWN = """[[service]]
id = "own-desk"
assured = "2026-11-02"
sources = { page = { url = "https://example.fi/own", date = "2026-11-05" } }
"""


@pytest.mark.parametrize("name", ["own-dekk", "A B", "", "#1"])
@pytest.mark.parametrize("text", [None, OWN, '[[service]]\nkind = "guidance"\n'])
def test_an_entry_is_only_added_for_a_service_that_is_known(tmp_path: Path, name: str, text: str | None) -> None:
    """A mistyped id is refused with the one that was meant, in one line; no file comes to be or is changed."""
    file = tmp_path / "mine.toml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    code, out, err = _run("confirm", name, "--source", PAGE, "--date", "2026-11-20", "--file", str(file))
    assert (code, out) == (2, "")
    assert err.startswith(f'unknown service "{name}"')
    assert len(err) < 100
    assert ("own-desk" in err) == (name == "own-dekk" and text == OWN)
    assert (file.read_text(encoding="utf-8") if file.exists() else None) == text


def test_a_file_knows_what_lies_below_it(tmp_path: Path) -> None:
    """What a later file adds cannot be confirmed in an earlier one: alone that would be an entry without a service."""
    folder = tmp_path / "kotoneuvo" / "catalogues"
    folder.mkdir(parents=True)
    first, second = folder / "a.toml", folder / "b.toml"
    first.write_text("", encoding="utf-8")
    second.write_text(OWN, encoding="utf-8")
    asked = ("confirm", "own-desk", "--source", PAGE, "--date", "2026-11-20", "--file")
    assert _run(*asked, str(first), config=str(tmp_path))[0] == 2
    assert _run(*asked, str(tmp_path / "c.toml"), config=str(tmp_path))[0] == 0
    assert _run(*asked, str(second), config=str(tmp_path))[0] == 0
    assert first.read_text(encoding="utf-8") == ""


def test_an_earlier_day_does_not_come_back(tmp_path: Path) -> None:
    """Neither over the day of the entry nor over that of its page; the same day may be said twice."""
    file = tmp_path / "mine.toml"
    file.write_text(OWN, encoding="utf-8")

    def confirmed(day: str, page: str) -> tuple[int, str, str]:
        return _run("confirm", "own-desk", "--source", page, "--date", day, "--file", str(file))

    code, _, err = confirmed("2020-01-01", PAGE)
    assert code == 2
    assert "--date: it was confirmed on 2026-11-02" in err
    assert "2026-11-05" in confirmed("2026-11-04", "https://example.fi/own")[2]
    assert file.read_text(encoding="utf-8") == OWN
    assert confirmed("2026-11-02", PAGE)[0] == 0
    assert confirmed("2026-11-05", "https://example.fi/own")[0] == 0


@pytest.mark.parametrize("name", ["own-desk", "migri"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_mark_and_line_ends_stay(tmp_path: Path, name: str, mark: bytes) -> None:
    """A file from a Windows editor keeps both, in what is changed and in what is added; and its mode."""
    file = tmp_path / "mine.toml"
    before = mark + OWN.replace("\n", "\r\n").encode()
    file.write_bytes(before)
    file.chmod(0o644)
    assert _run("confirm", name, "--source", PAGE, "--date", "2026-11-20", "--file", str(file))[0] == 0
    after = file.read_bytes()
    assert after.startswith(mark + b"[[service]]\r\n")
    assert after.count(b"\n") == after.count(b"\r\n")
    assert PAGE.encode() in after
    assert file.stat().st_mode & 0o777 == 0o644


def test_a_protected_file_stays(tmp_path: Path) -> None:
    """Its folder alone would let it be replaced."""
    file = tmp_path / "mine.toml"
    file.write_text(OWN, encoding="utf-8")
    file.chmod(0o444)
    code, _, err = _run("confirm", "migri", "--source", PAGE, "--date", "2026-11-20", "--file", str(file))
    assert code == 1
    assert f"{file}: the file is write-protected" in err
    assert file.read_text(encoding="utf-8") == OWN


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can make files of others")
@pytest.mark.parametrize(("group", "mode"), [(65533, 0o664), (0, 0o664)])
def test_a_file_of_a_colleague_stays_readable_for_all_who_could(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, group: int, mode: int
) -> None:
    """Where the system keeps owner and group from the one who writes, nobody loses or wins a right to read."""
    file = tmp_path / "mine.toml"
    file.write_text(OWN, encoding="utf-8")
    os.chown(file, 65533, group)
    file.chmod(mode)

    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "chown", refused)
    assert _run("confirm", "migri", "--source", PAGE, "--date", "2026-11-20", "--file", str(file))[0] == 0
    assert file.stat().st_mode & 0o777 == (mode if group == 0 else 0o644)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["nothere", "--source", PAGE], ["nothere"]),
        (["migri", "--source", "example.fi"], ["example.fi", "address"]),
        (["migri", "--source", PAGE, "--date", "31.11.2026"], ["--date: ", '"31.11.2026"']),
        (["migri"], ["--source", "--said"]),
        (["migri", "--source", PAGE, "--said", "by phone"], ["--source", "--said"]),
        (["migri", "--source", PAGE, "--date", "2999-01-01"], ["in the future"]),
    ],
)
def test_confirm_refuses(args: list[str], words: list[str]) -> None:
    """What is not a service, a page or a day is said; nothing is written."""
    before = (data_folder() / "services.toml").read_bytes()
    code, _, err = _run("confirm", *args)
    assert code == 2
    assert all(word in err for word in words)
    assert (data_folder() / "services.toml").read_bytes() == before
