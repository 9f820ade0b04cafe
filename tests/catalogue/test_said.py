"""A person's word as a source: how it was told, by which role and when; marked wherever it is shown; never a name."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from kotoneuvo.cli.main import build

APP = build()
OVERLAY = """
[[service]]
id = "migri"
[service.sources]
told = { said = "by phone, the service's adviser", date = "2026-11-30" }
[[service.contact]]
phone = "0295 419 600"
source = "told"
"""


def _run(*args: str, lang: str = "en") -> tuple[int, str]:
    result = CliRunner().invoke(APP, [*args, "--lang", lang])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, " ".join(result.stdout.split())


def _checked(tmp_path: Path, text: str) -> tuple[int, str]:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    return _run("catalogue", "check", str(path))


@pytest.mark.parametrize(
    ("lang", "mark"),
    [
        ("en", "told: by phone, the service's adviser, 30.11.2026"),
        ("fi", "kerrottu: puhelimitse, palvelun neuvoja, 30.11.2026"),
        ("sv", "berättat: per telefon, tjänstens rådgivare, 30.11.2026"),
    ],
)
def test_it_is_marked_where_it_is_shown(tmp_path: Path, lang: str, mark: str) -> None:
    """Beside the number and among the sources, in the reader's language."""
    assert "0 errors" in _checked(tmp_path, OVERLAY)[1]
    _, shown = _run("services", "show", "migri", "--catalogue", str(tmp_path / "own.toml"), lang=lang)
    assert f"0295 419 600 ({mark})" in shown
    assert f"[told] {mark}" in shown


def test_own_words_are_shown_as_they_are(tmp_path: Path) -> None:
    """An editor may write other words than the program knows."""
    _checked(tmp_path, OVERLAY.replace("by phone, the service's adviser", "puhelimitse, osastonhoitaja"))
    assert (
        "puhelimitse, osastonhoitaja" in _run("services", "show", "migri", "--catalogue", str(tmp_path / "own.toml"))[1]
    )


@pytest.mark.parametrize(
    ("right", "wrong", "word"),
    [
        (', date = "2026-11-30"', "", "the day on which it was said"),
        ("2026-11-30", "2026-11", "the day on which it was said"),
        ("the service's adviser", "maija@example.fi", "who the person was"),
        ("the service's adviser", "040 123 4567", "who the person was"),
        ('said = "by phone, the service\'s adviser"', "said = 5", "text"),
        ('said = "by phone, the service\'s adviser"', 'said = ""', "url"),
    ],
)
def test_what_is_no_persons_word(tmp_path: Path, right: str, wrong: str, word: str) -> None:
    """Refused, with what is wrong."""
    assert right in OVERLAY
    code, out = _checked(tmp_path, OVERLAY.replace(right, wrong, 1))
    assert code == 1
    assert word in out


def test_a_name_is_warned_of(tmp_path: Path) -> None:
    """Two words with capitals, unless they are the service's own."""
    assert "name of a person" in _checked(tmp_path, OVERLAY.replace("the service's adviser", "Maija Virtanen"))[1]
    own = 'organization = "Kulttuurikeskus Vernissa"\n[service.sources]'
    text = OVERLAY.replace("[service.sources]", own).replace("the service's adviser", "Kulttuurikeskus Vernissa")
    assert "name of a person" not in _checked(tmp_path, text)[1]
