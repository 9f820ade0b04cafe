"""`advise --format html|pdf` from the outside."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kotoneuvo.advice.facts import fold
from kotoneuvo.cli import handout
from kotoneuvo.cli.main import build
from kotoneuvo.render.handout import pdf
from kotoneuvo.render.handout.readers import handout_languages
from kotoneuvo.words import language_codes

APP = build()

VANTAA = ["--municipality", "Vantaa", "--goals", "work", "--as-of", "2026-11-24"]
HELSINKI = ["--municipality", "Helsinki", "--status", "undocumented", "--goals", "guidance", "--as-of", "2026-11-24"]


def run(*args: str) -> tuple[int, bytes, str]:
    result = CliRunner().invoke(APP, ["advise", *args], env={"KOTONEUVO_LANG": "en"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout_bytes, result.stderr


def test_html_goes_to_stdout_in_the_clients_language() -> None:
    """As asked, else the first language that the client speaks, else the worker's."""
    assert b'<html lang="uk" dir="ltr">' in run(*VANTAA, "--format", "html", "--handout-lang", "uk")[1]
    assert b'<html lang="fa" dir="rtl">' in run(*VANTAA, "--format", "html", "--service-language", "ku,fa")[1]
    assert b'<html lang="en" dir="ltr">' in run(*VANTAA, "--format", "html")[1]
    both = run(*VANTAA, "--format", "html", "--handout-lang", "so", "--bilingual")[1]
    assert b"Tallaabooyinkaaga ugu horreeya" in both
    assert b"Your first steps" in both


@pytest.mark.parametrize(
    ("named", "code"),
    [("dari", "prs"), ("Dari", "prs"), ("darin kieli", "prs"), ("دری", "prs"), ("farsi", "fa"), ("persiska", "fa"),
     ("sorani", "ckb"), ("Kurdish (Sorani)", "ckb"), ("کوردی (سۆرانی)", "ckb"), ("turkki", "tr"), ("türkçe", "tr"),
     ("espanja", "es"), ("spanska", "es"), ("español", "es"), ("français", "fr"), ("ranska", "fr"),
     ("vietnamesiska", "vi"), ("tiếng việt", "vi"), ("venäjä", "ru"), ("русский", "ru")],
)  # fmt: skip
def test_a_language_is_known_by_its_names(named: str, code: str) -> None:
    """In Finnish, Swedish, English and its own words."""
    assert language_codes()[fold(named)] == code
    assert code in handout_languages()


def test_dari_is_never_arabic() -> None:
    """A paper in Dari where one asks for it by name."""
    assert b'<html lang="prs" dir="rtl">' in run(*VANTAA, "--format", "html", "--handout-lang", "dari")[1]


def test_pdf_goes_to_a_file_that_only_the_worker_reads(tmp_path: Path) -> None:
    """Mode 0600, and nothing on stdout."""
    target = tmp_path / "out.pdf"
    assert run(*VANTAA, "--format", "pdf", "--output", str(target)) == (0, b"", "")
    assert target.read_bytes().startswith(b"%PDF-")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert run(*VANTAA, "--format", "pdf")[1].startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--format", "html", "--handout-lang", "sou"], "so"),
        (["--format", "html", "--handout-lang", "kurdi"], "“ckb”"),
        (["--format", "html", "--without", "infofinlan"], "infofinland"),
        (["--format", "html", "--open"], "--output"),
        (["--format", "text", "--open", "--output", "x"], "--open needs"),
    ],
)
def test_wrong_wishes_are_usage(args: list[str], said: str) -> None:
    """Exit 2, with what would be right."""
    code, out, err = run(*VANTAA, *args)
    assert (code, out) == (2, b"")
    assert said in err


def test_without_the_extra_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback: a sentence with the command."""
    monkeypatch.setattr(pdf, "FONTS", ("fontpkg_that_is_not_there",))
    code, out, err = run(*VANTAA, "--format", "pdf")
    assert (code, out) == (1, b"")
    assert "pip install 'kotoneuvo[pdf]'" in err


def test_what_is_held_back_is_named_to_the_worker_only() -> None:
    """On stderr, with the way to put it on; then it is on the page."""
    code, out, err = run(*HELSINKI, "--format", "html")
    assert code == 0
    assert "helsinki-paperittomat" in err
    assert b"paperit" not in out.lower()
    _, out, _ = run(*HELSINKI, "--format", "html", "--with", "helsinki-paperittomat")
    assert b"paperit" in out.lower()


def test_open_shows_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """After it was written."""
    opened: list[Path] = []
    monkeypatch.setattr("kotoneuvo.cli.advise.open_in_browser", opened.append)
    target = tmp_path / "out.html"
    assert run(*VANTAA, "--format", "html", "--output", str(target), "--open")[0] == 0
    assert opened == [target]
    assert callable(handout.open_in_browser)


def test_a_card_to_point_at(tmp_path: Path) -> None:
    """By the code or the name of the language; what is neither, or a file that is neither PDF nor HTML, is refused."""
    runner, app = CliRunner(), build()
    run = runner.invoke(app, ["card", "somali", "--lang", "fi"])
    assert run.exit_code == 0
    assert '<html lang="so"' in run.stdout
    for arguments, said in (
        (["card", "klingon"], "klingon"),
        (["card", "ar", "--output", "card.doc"], ".pdf or .html"),
    ):
        run = runner.invoke(app, arguments, env={"KOTONEUVO_LANG": "en"})
        assert run.exit_code == 2
        assert said in run.stderr
