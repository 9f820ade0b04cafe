"""Letters of a batch: a handout for every row that gets advice, all of them or none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

KOTONEUVO = [str(Path(sys.executable).parent / "kotoneuvo"), "batch", "--lang", "en", "--as-of", "2026-11-24"]
GOOD = "Rivi;Kunta;Ikä;Kieli;Tavoite\n00005;Helsinki;34;arabia;työ\n00006;Tampere;22;;kieli\n00007;Oulu;22;;koira\n"


def batch(folder: Path, given: str, *options: str | Path) -> subprocess.CompletedProcess[str]:
    """Run over a file in `folder`, with the results in out.csv and the letters in letters/."""
    intake = folder / "in.csv"
    intake.write_text(given, encoding="utf-8")
    return run(intake, "--output", folder / "out.csv", "--letters", folder / "letters", *options)


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*KOTONEUVO, *map(str, words)], capture_output=True, encoding="utf-8", check=False)


def test_every_row_with_advice_has_a_letter_in_its_language(tmp_path: Path) -> None:
    done = batch(tmp_path, GOOD)
    assert done.returncode == 0, done.stderr
    letters = {path.name: path for path in (tmp_path / "letters").iterdir()}
    # The third row's goal was not understood: without advice there is nothing to print.
    assert set(letters) == {"00005.html", "00006.html"}
    assert 'lang="ar"' in letters["00005.html"].read_text(encoding="utf-8")
    assert 'lang="en"' in letters["00006.html"].read_text(encoding="utf-8")
    assert {path.stat().st_mode & 0o777 for path in letters.values()} == {0o600}
    assert "2 letters are in" in done.stderr
    assert "1 row without advice has none." in done.stderr


def test_pdf(tmp_path: Path) -> None:
    assert batch(tmp_path, GOOD, "--letters-format", "pdf").returncode == 0
    assert all(path.read_bytes().startswith(b"%PDF") for path in (tmp_path / "letters").iterdir())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (GOOD.replace("00005", "K-5"), "not a plain number"),
        (GOOD.replace("00005", "5/2"), "not a plain number"),
        (GOOD.replace("00006", "00005"), "share a label with another row"),
    ],
)
def test_a_label_that_cannot_name_a_file_is_refused(tmp_path: Path, given: str, said: str) -> None:
    done = batch(tmp_path, given)
    assert done.returncode == 1
    assert said in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_a_name_late_in_the_file_lets_no_letter_out(tmp_path: Path) -> None:
    done = batch(
        tmp_path, "Rivi;Kunta;Viite\n" + "".join(f"{n};Oulu;a\n" for n in range(1, 50)) + "50;Oulu;010594Y9032\n"
    )
    assert done.returncode == 3
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "own.txt").write_text("mine")
    done = batch(tmp_path, GOOD)
    assert done.returncode == 1
    assert "not empty" in done.stderr
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["own.txt"]
    assert not (tmp_path / "out.csv").exists()


def test_letters_need_a_file_and_no_dry_run(tmp_path: Path) -> None:
    assert "read twice" in run("-", "--letters", tmp_path / "letters").stderr
    assert "--letters" in batch(tmp_path, GOOD, "--dry-run").stderr
    assert not (tmp_path / "letters").exists()


def test_what_a_killed_run_left_is_tidied_up(tmp_path: Path) -> None:
    left = tmp_path / ".kotoneuvo-0123456789ab.tmp"
    left.mkdir()
    (left / "00001.html").write_text("advice")
    assert batch(tmp_path, GOOD).returncode == 0
    assert not left.exists()
