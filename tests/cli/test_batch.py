"""`kotoneuvo batch` from outside: exit codes, files, refusals, the same output whatever the jobs."""

from __future__ import annotations

import csv
import io
import json
import multiprocessing
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest
from days import TODAY
from terminal import hear_signals
from typer.testing import CliRunner

from kotoneuvo import Situation, advise, load_catalogue
from kotoneuvo.advice.report import Report
from kotoneuvo.cli.main import build

APP = build()
OPTIONS = ["batch", "--lang", "en", "--as-of", "2026-11-24"]
KOTONEUVO = [str(Path(sys.executable).parent / "kotoneuvo"), *OPTIONS]
GOOD = "Rivi;Kunta;Ikä;Tavoite\n1;Vantaa;34;työ\n2;Åbo;18–29;kieli\n3;91;7;lapset\n"


class Run(NamedTuple):
    """The exit code of a run and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


def batch(*options: str | Path, given: str = GOOD) -> Run:
    """A run in this process, which has the catalogue already."""
    result = CliRunner().invoke(APP, [*OPTIONS, *map(str, options)], input=given.encode())
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Run(result.exit_code, result.stdout_bytes.decode(), result.stderr)


def process(*options: str | Path, given: str = GOOD) -> Run:
    """A run as the shell starts it."""
    command = [*KOTONEUVO, *map(str, options)]
    done = subprocess.run(command, input=given, capture_output=True, encoding="utf-8", check=False)
    return Run(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("how", [batch, process])
def test_stdin_to_stdout(how: Callable[..., Run]) -> None:
    run = how("-")
    assert run.returncode == 0, run.stderr
    rows = list(csv.DictReader(io.StringIO(run.stdout)))
    assert [row["row"] for row in rows] == ["1", "2", "3"]
    assert "tyovoimaviranomainen" in rows[0]["fitting"] + rows[0]["possible"]
    assert "Rows read" in run.stderr


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ("kunta;hetu\nOulu;\n", "hetu"),
        ("kunta;viite\nOulu;a\nOulu;010594Y9032\n", "row 2"),
        ("kunta;ikä\nOulu;1.5.1994\n", "date of birth"),
        ("kunta;ikä\nOulu;3;nimi@example.org\n", "e-mail"),
    ],
)
def test_identity_is_refused_and_never_repeated(tmp_path: Path, given: str, place: str) -> None:
    output = tmp_path / "out.csv"
    run = batch("-", "--output", output, given=given)
    assert run.returncode == 3
    assert place in run.stderr
    assert "9032" not in run.stderr
    assert "1994" not in run.stderr
    assert "example.org" not in run.stderr
    assert run.stdout == ""
    assert not list(tmp_path.iterdir())


def test_a_dropped_column_is_the_way_on() -> None:
    given = "kunta;viite\nOulu;010594Y9032\n"
    assert batch("-", "--drop-column", "viite", given=given).returncode == 0


@pytest.mark.slow
def test_late_identity_lets_nothing_out() -> None:
    """Not one row reaches stdout before the whole file has passed."""
    given = "kunta;viite\n" + "Oulu;a\n" * 200_000 + "Oulu;010594Y9032\n"
    run = process("-", given=given)
    assert run.returncode == 3
    assert run.stdout == ""
    assert "row 200001" in run.stderr


def test_problems_are_told_without_the_cell(tmp_path: Path) -> None:
    table = tmp_path / "problems.csv"
    run = batch("-", "--problems", table, given="kunta;ikä\nOulu;secretvalue\nVanta;4\n")
    assert run.returncode == 0
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert [(row["row"], row["column"]) for row in rows] == [("1", "ikä"), ("2", "kunta")]
    assert rows[1]["suggestion"] == "Vantaa"
    assert "secretvalue" not in table.read_text(encoding="utf-8") + run.stderr + run.stdout
    assert table.stat().st_mode & 0o777 == 0o600


def test_strict_rows_get_no_advice() -> None:
    run = batch("-", "--strict", given="kunta;ikä\nOulu;x\nOulu;40\n")
    assert run.returncode == 1
    first, second = list(csv.DictReader(io.StringIO(run.stdout)))
    assert first["fitting"] == first["possible"] == ""
    assert second["fitting"]
    run = batch("-", "--strict", "--counts", "--columns", "fitting_count,row", given="kunta;ikä\nOulu;x\nOulu;40\n")
    assert run.stdout.splitlines()[1] == ",1"
    run = batch("-", "--strict", "--format", "jsonl", given="kunta;ikä\nOulu;x\nOulu;40\n")
    first, second = map(json.loads, run.stdout.splitlines())
    assert (first["row"], first["withheld"], first["verdicts"]) == ("1", True, [])
    assert second["verdicts"]
    assert "withheld" not in second


def test_strict_rows_are_no_clients_without_a_service(tmp_path: Path) -> None:
    """Neither in the summary nor in the gaps."""
    given = "kunta;ikä;tavoite\n" + "Vantaa;30;työ\nVantaa;xx;työ\n" * 10
    run = batch("-", "--strict", "--report", tmp_path / "gaps.html", "--counts", given=given)
    said = " ".join(run.stderr.split())
    assert "Rows without advice 10" in said
    assert "Clients without a suitable service, to the nearest 5 0" in said
    page = (tmp_path / "gaps.html").read_text(encoding="utf-8")
    assert "<small>10</small>" in page
    assert "<small>20</small>" not in page


@pytest.mark.parametrize(
    "options",
    [["--columns", "nothing"], ["--map", "nothing"], ["--jobs", "0"], ["--format", "xml"]],
)  # fmt: skip
def test_wrong_use(options: list[str]) -> None:
    assert batch("-", *options).returncode == 2


def test_a_missing_file_and_an_empty_one(tmp_path: Path) -> None:
    assert batch(tmp_path / "none.csv").returncode == 1
    assert batch("-", given="").returncode == 1


def test_map_gives_a_column_its_fact() -> None:
    run = batch("-", "--map", "paikka=municipality", "--columns", "fitting_count", given="paikka\nOulu\n")
    assert run.returncode == 0, run.stderr
    assert int(run.stdout.split()[1]) > 0


def test_excel_and_formulas() -> None:
    run = batch("-", "--excel", given="rivi;kunta\n=1+1;Oulu\n")
    assert run.stdout.startswith("\ufeffrow;fitting")
    assert "\n'=1+1;" in run.stdout


def test_jsonl_is_the_contract_of_advise() -> None:
    run = batch("-", "--format", "jsonl")
    documents = [json.loads(line) for line in run.stdout.splitlines()]
    assert [document["row"] for document in documents] == ["1", "2", "3"]
    person = ["--municipality", "Vantaa", "--age", "34", "--goals", "work", "--as-of", "2026-11-24", "--lang", "en"]
    expected = json.loads(CliRunner().invoke(APP, ["advise", *person, "--format", "json"]).stdout)
    first = documents[0]
    for key in ("schema", "as_of", "situation", "pathway", "ask_next", "catalogue"):
        assert first[key] == expected[key]
    verdicts = {each["service"]: each for each in expected["verdicts"]}
    assert first["verdicts"]
    assert all(verdicts[each["service"]] == each for each in first["verdicts"])


def test_same_output_whatever_the_jobs(tmp_path: Path) -> None:
    rows = [f"{n};{('Oulu', 'Vantaa', '91')[n % 3]};{n % 90};työ" for n in range(1, 120_001)]
    intake = tmp_path / "intake.csv"
    intake.write_text("\n".join(["rivi;kunta;ikä;tavoite", *rows]), encoding="utf-8")
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    first, second = process(intake, "--jobs", "1", "--output", one), process(intake, "--jobs", "2", "--output", two)
    assert first.returncode == second.returncode == 0
    assert one.read_bytes() == two.read_bytes()
    assert one.read_bytes().count(b"\n") == 120_001
    assert first.stderr == second.stderr


@pytest.mark.slow
@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_same_output_where_processes_begin_anew(tmp_path: Path, method: str) -> None:
    """As on other systems and later Pythons: there workers begin without what the first process knows and shares."""
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip("this system cannot start processes so")
    intake = tmp_path / "intake.csv"
    rows = [f"{n};{('Oulu', 'Vantaa', '91')[n % 3]};{n % 90};työ" for n in range(1, 60_001)]
    intake.write_text("\n".join(["rivi;kunta;ikä;tavoite", *rows]), encoding="utf-8")
    program = tmp_path / "program.py"
    program.write_text(
        "import multiprocessing, sys\nfrom kotoneuvo.cli.main import main\n"
        f"if __name__ == '__main__':\n    multiprocessing.set_start_method('{method}')\n    main()\n",
        encoding="utf-8",
    )
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    first = process(intake, "--jobs", "1", "--output", one)
    command = [sys.executable, program, *KOTONEUVO[1:], intake, "--jobs", "2", "--output", two]
    second = subprocess.run(list(map(str, command)), capture_output=True, encoding="utf-8", check=False)
    assert (second.returncode, second.stderr) == (0, first.stderr)
    assert one.read_bytes() == two.read_bytes()


def test_dry_run_shows_how_cells_are_read() -> None:
    run = batch("-", "--dry-run", given="kunta;ikä;outo\n91;18–29;z\nVanta;3;z\n")
    assert run.returncode == 0, run.stderr
    for told in ("Helsinki", "Vantaa", "not understood", "18–29", "outo"):
        assert told in run.stdout


def test_template_is_read_back() -> None:
    for language in ("fi", "sv", "en"):
        run = batch("--template", "--lang", language)
        assert run.returncode == 0
        assert "unemployed_registered" in run.stderr
        header = run.stdout.rstrip("\n").lstrip("\ufeff")
        reading = batch("-", "--dry-run", given=header + "\n1" + ";" * header.count(";") + "\n")
        assert reading.returncode == 0, reading.stderr
        assert "not understood" not in reading.stdout


@pytest.mark.parametrize(
    ("given", "way"),
    [
        ("kunta;ikä;nimi;Nimi\nOulu;3;a;b\n", ["nimi", "Nimi"]),
        ("kunta;;ikä\nOulu;0401234567;3\n", ["#2"]),
        ("kunta;nimi@example.org;ikä\nOulu;a;3\n", ["#2"]),
        ("kunta;#;ikä\nOulu;0401234567;3\n", ["#"]),
        ("kunta;työtilanne\nOulu;hän on ollut kotona jo monta vuotta koska hän on sairas\n", ["työtilanne"]),
    ],
)
def test_the_way_on_that_is_named_is_one(given: str, way: list[str]) -> None:
    """For a run and for a dry run alike, which refuses what a run does."""
    options = [part for name in way for part in ("--drop-column", name)]
    for kind in ([], ["--dry-run"]):
        refused = batch("-", *kind, given=given)
        assert refused.returncode == 3
        assert " ".join(f'--drop-column "{name}"' for name in way) in refused.stderr
        assert batch("-", *kind, *options, given=given).returncode == 0


@pytest.mark.slow
def test_a_closed_pipe_does_not_take_the_summary(tmp_path: Path) -> None:
    rows = "".join(f"Oulu;{n % 90}\n" for n in range(20_000))
    (tmp_path / "intake.csv").write_text(f"kunta;ikä\n{rows}", encoding="utf-8")
    command = f"{' '.join(KOTONEUVO)} intake.csv | true"
    run = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert "Rows read" in run.stderr
    assert "Broken" not in run.stderr


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", ["arvoa ei tunneta", "kunnan nimi tai numero", "tuntematon sarake"]),
        ("sv", ["värdet är okänt", "kommunens namn eller nummer", "okänd kolumn"]),
    ],
)
def test_problems_are_in_the_language_of_the_worker(language: str, words: list[str]) -> None:
    given = "kunta;ikä\nXyzzyx;3\nOulu;4;liikaa\n"
    run = batch("-", "--lang", language, given=given)
    unknown = batch("-", "--lang", language, "--map", "foo=age", given=given)
    for word in words:
        assert word in run.stderr + unknown.stderr
    for word in ("the value", "the row", "unknown", "name or code"):
        assert word not in run.stderr + unknown.stderr


def test_gaps_on_the_terminal_do_not_tell_of_few() -> None:
    """They are rounded as in the report: neither three clients nor the one who differs from 29 others."""
    run = batch("-", given="kunta;tavoite\n" + "Utsjoki;lukutaito\n" * 29 + "Vantaa;työ\n" * 3)
    (line,) = [line for line in run.stderr.splitlines() if line.startswith("Utsjoki")]
    assert line.split()[-3:] == ["30", "100", "%"]
    assert not [line for line in run.stderr.splitlines() if line.startswith("Vantaa")]
    assert "to the nearest 5" in run.stderr


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="needs a device that is always full")
def test_a_full_disk_is_said_and_devices_are_never_replaced() -> None:
    run = process("-", "--output", "/dev/full")
    assert run.returncode == 1
    assert "No space left" in run.stderr
    assert Path("/dev/full").is_char_device()
    with Path("/dev/full").open("w") as full:
        command = [*KOTONEUVO, "-"]
        done = subprocess.run(command, input=GOOD, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_interrupted_leaves_nothing(tmp_path: Path) -> None:
    """Ctrl-C says how far it was, and leaves no file."""
    run = subprocess.Popen(
        [*KOTONEUVO, "-", "--output", str(tmp_path / "out.csv"), "--jobs", "1"],
        stdin=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", preexec_fn=hear_signals,
    )  # fmt: skip
    assert run.stdin is not None
    assert run.stderr is not None
    with run.stdin, run.stderr:
        run.stdin.write("kunta;ikä\n" + "Oulu;34\n" * 400_000)
        run.stdin.flush()
        run.send_signal(signal.SIGINT)
        told = run.stderr.read()
    assert run.wait() == 130
    assert "Nothing was written" in told
    assert not list(tmp_path.iterdir())


def test_report_is_self_contained(tmp_path: Path) -> None:
    page = tmp_path / "gaps.html"
    rows = [f"Vantaa;{n % 80};lukutaito" for n in range(400)]
    run = batch("-", "--report", page, given="\n".join(["kunta;ikä;tavoite", *rows]))
    assert run.returncode == 0, run.stderr
    text = page.read_text(encoding="utf-8")
    assert text.count("<h1>") == 1
    assert '<html lang="en">' in text
    assert "Vantaa" in text
    assert 'scope="row"' in text
    for outside in ("<script", "<link", "src=", "@import", "url("):
        assert outside not in text


@pytest.mark.slow
@pytest.mark.parametrize(("last", "code"), [("Etua Testi", 0), ("Etue Esimerkki", 3)])
def test_names_are_found_whatever_the_jobs(last: str, code: int) -> None:
    """A block with five different names that are in no list, of which other blocks have four."""
    names = ["Etua Testi", "Etub Testi", "Etuc Testi", "Etud Testi"]
    rows = [f"Oulu;{name}\n" for name in names * 10_000]
    given = "kunta;kuka\n" + "".join(rows) + f"Oulu;{last}\n" + "".join(rows)
    assert {process("-", "--counts", "--jobs", jobs, given=given).returncode for jobs in "123"} == {code}


def test_small_groups_are_told_and_sensitive_columns_warned_of() -> None:
    run = batch("-", "--min-group", "3", given="kunta;ikä;ihmiskaupan uhri\nOulu;3;\nOulu;4;\nVantaa;5;\n")
    assert "3 of 3 rows are in groups smaller than 3" in run.stderr
    assert "trafficking" in run.stderr


def of_row(situation: Situation) -> Report:
    return advise(load_catalogue(), situation, TODAY)


@pytest.mark.slow
def test_advise_goes_through_a_process_pool() -> None:
    """For frames in polars or Spark: what goes in and what comes out can be pickled."""
    facts = load_catalogue().facts
    situations = [Situation.of(facts, municipality="Vantaa", age=age) for age in (7, 34)]
    assert pickle.loads(pickle.dumps(situations)) == situations
    with ProcessPoolExecutor(1) as pool:
        reports = list(pool.map(of_row, situations))
    assert [{n: a.outcome for n, a in r.assessments.items()} for r in reports] == [
        {n: a.outcome for n, a in of_row(s).assessments.items()} for s in situations
    ]
