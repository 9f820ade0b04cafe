"""`kotoneuvo services`: list, search, show."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from kotoneuvo.cli.main import build

APP = build()


def run(*args: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(APP, ["services", *args], env={"KOTONEUVO_LANG": "en", "COLUMNS": "80"})
    return result.exit_code, result.stdout, result.stderr


def test_list_filters() -> None:
    """Each filter narrows, and together they narrow further; the count stands below."""
    counts = []
    for args in ([], ["--municipality", "Oulu"], ["--municipality", "Oulu", "--goal", "language"]):
        code, out, _ = run("list", *args)
        assert code == 0
        counts.append(int(out.splitlines()[-1].split()[0]))
    assert counts[0] > counts[1] > counts[2] > 0


def test_audience_and_state() -> None:
    """Services for employers come up for employers; on the document's day nothing is from the future."""
    _, out, _ = run("list", "--audience", "employer", "--municipality", "Turku")
    assert "turku-osaamispiste-yritysneuvonta" in out.replace("\n ", "")
    _, out, _ = run("list", "--operating", "planned", "--as-of", "2020-09-01")
    assert "tyovoimaviranomainen" in out
    _, out, _ = run("list", "--operating", "planned", "--as-of", "2026-11-24")
    assert "tyovoimaviranomainen" not in out


def test_search_is_blind_to_case_and_accents() -> None:
    """ "jarjestotila" finds the Järjestötila."""
    _, out, _ = run("search", "jarjestotila")
    assert "raasepori-jarjestotila" in out
    _, out, _ = run("search", "0401234567")
    assert out.strip() == "0 found"


def test_search_says_which_office_what_it_is_and_what_to_do() -> None:
    """The first in full, however many there are; an ended one names what there is today."""
    _, out, _ = run("search", "0295419600")
    for said in (
        "Finnish Immigration Service (Migri)",
        "Migri handles residence permits",
        "What to do: ",
        "Phone: +358 295",
    ):
        assert said in out
    _, out, _ = run("search", "sossu")
    assert "Today: Social services of the wellbeing services county" in out
    _, out, _ = run("search", "migri.fi")
    assert out.index("What to do: ") < out.index(" Service  ")
    assert run("search", "kela", "--municipality", "Oulu")[0] == 0


def test_show_has_conditions_sources_and_their_dates() -> None:
    """One service in full: what it asks for, where each thing was read and when."""
    code, out, _ = run("show", "vantaa-osaamiskeskus")
    assert code == 0
    for word in ("at least 18", "doc:69", "Kuntaliitto 1.9.2020", "Vantaa"):
        assert word in out
    assert "✗" not in out


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["show", "vantaa-osaamiskeskuss"], ["vantaa-osaamiskeskuss", "Did you mean", "vantaa-osaamiskeskus"]),
        (["list", "--municipality", "Atlantis"], ["--municipality: ", "Atlantis"]),
        (["list", "--goal", "langage"], ["--goal: ", "langage", "language"]),
        (["list", "--audience", "boss"], ["--audience: ", "boss", "employer"]),
        (["list", "--operating", "closed"], ["--operating: ", "closed", "ended"]),
    ],
)
def test_unknown_names(args: list[str], words: list[str]) -> None:
    """A filter or id that names nothing is said, with what is allowed; exit 2."""
    code, out, err = run(*args)
    assert (code, out) == (2, "")
    for word in words:
        assert word in err


@pytest.mark.parametrize("command", [["list", "--municipality", "Vantaa"], ["show", "kela"], ["search", "kela"]])
def test_a_pipe_gets_plain_text(command: list[str]) -> None:
    """No escapes, and no blanks that fill lines up."""
    _, out, _ = run(*command)
    assert out
    assert "\x1b" not in out
    assert all(line == line.rstrip() for line in out.splitlines())
