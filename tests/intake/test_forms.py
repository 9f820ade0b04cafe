"""What form tools export: questions as headers, numbering, units, a column an option, coded values, saved mappings."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from days import TODAY

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.batch.rows import BlockReader, Task
from kotoneuvo.catalogue.files import parse_toml
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.intake.cells import CellReader, Reading
from kotoneuvo.intake.headers import HeaderNames
from kotoneuvo.intake.mapping import FormMapping, read_mapping
from kotoneuvo.intake.opening import Sheet, open_sheet
from kotoneuvo.intake.rows import RowReader
from kotoneuvo.words import language_codes

CATALOGUE = load_catalogue()
FACTS = CATALOGUE.facts
NAMES = HeaderNames.bundled(FACTS)
READER = CellReader(FACTS, TODAY)


def opened(text: str, said: FormMapping | None = None) -> Sheet:
    return open_sheet(io.BytesIO(text.encode()), NAMES, READER, said or FormMapping())


def answers(sheet: Sheet) -> dict[str, list[Reading]]:
    """What the rows say, fact by fact."""
    reader = RowReader(sheet.columns, sheet.dialect.delimiter, CellReader(CATALOGUE.facts, TODAY))
    found: dict[str, list[Reading]] = {}
    for block in sheet.blocks:
        found.update(reader.read(block).answers())
    return found


@pytest.mark.parametrize("name", [name for name, fact in FACTS.facts.items() if fact.question])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_questions_of_the_interview_are_headers(name: str, language: str) -> None:
    assert name in NAMES.named(FACTS[name].question[language])


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("1. Kunta", "municipality"), ("Q3 Kunta", "municipality"), ("2) Ikä", "age"), ("Ikä (vuosina)", "age"),
        ("age_years", "age"), ("Asiakkaan kotikunta", "municipality"), ("Asiakkaan ikä", "age"),
        ("Suomen kielen taito (CEFR)", "finnish_level"), ("Oleskeluluvan tyyppi", "status"),
        ("Työllisyystilanne nyt", "labour_status"), ("Vuosia Suomessa (v)", "years_since_first_permit"),
        ("first_permit_date", "years_since_first_permit"), ("spoken_language_1", "service_language"),
        ("clientAge", "age"), ("Kunta *", "municipality"), ("Kunta:", "municipality"),
        ("Kunta / Kommun", "municipality"), ("Ikä Ålder Age", "age"), ("K2_Ikä", "age"), ("2. Ikäsi", "age"),
        ("What is your age?", "age"), ("Mikä on ikäsi?", "age"), ("Kielitaito [Ruotsi]", "swedish_level"),
        ("Kielitaito (suomi)", "finnish_level"), ("Oleskelulupa / Uppehållstillstånd", "status"),
    ],
)  # fmt: skip
def test_headers_with_numbers_units_and_owners(header: str, name: str) -> None:
    assert NAMES.column(0, header).name == name


@pytest.mark.parametrize(
    "header",
    [
        "Ikä (puoliso)",
        "Kunta (työpaikka)",
        "Kotikunta [tidigare]",
        "Kielitaito (englanti)",
        "Sukupuoli (lapsi)",
        "Ikä / kunta",
        "maassaoloaika (kk)",
        "lapset (lkm)",
        "lapset kpl",
        "Kunnan asukasluku",
        "start",
    ],
)
def test_what_changes_the_meaning_is_not_looked_past(header: str) -> None:
    assert NAMES.column(0, header).name == ""


@pytest.mark.parametrize(
    "text",
    [
        "kunta,tavoitteet/työ,tavoitteet/kieli\nOulu,1,0\nOulu,0,1\nOulu,1,1\n",
        "kunta;tavoite: työ;tavoite: kieli\nOulu;x;\nOulu;;x\nOulu;x;x\n",
        "kunta,goals (choice=Work),goals (choice=Language)\nOulu,Checked,Unchecked\nOulu,Unchecked,Checked\n"
        "Oulu,Checked,Checked\n",
        "kunta,Tavoitteet [Työ],Tavoitteet [Kieli]\nOulu,Kyllä,Ei\nOulu,Ei,Kyllä\nOulu,Kyllä,Kyllä\n",
        "kunta,Goals,,\n,Response,Work,Language\nOulu,,Work,\nOulu,,,Language\nOulu,,Work,Language\n",
    ],
    ids=["Kobo", "Webropol", "REDCap", "LimeSurvey", "SurveyMonkey"],
)
def test_one_column_an_option(text: str) -> None:
    assert answers(opened(text))["goals"] == [("work",), ("language",), ("work", "language")]


def test_whoever_marks_an_option_that_is_not_known_is_not_without_goals() -> None:
    sheet = opened("kunta,goals___1,goals___2\nOulu,1,0\nOulu,0,0\n")
    assert [column.caution for column in sheet.columns] == ["", "option", "option"]
    reader = BlockReader(Task(CATALOGUE, TODAY, ",", sheet.columns, ("row", "fitting_count")), language_codes)
    (result,) = [reader.read(block) for block in sheet.blocks]
    assert result.tally.withheld == 1
    assert result.text.splitlines()[0] == "1,"


def test_columns_of_options_and_coded_values_are_mapped_by_hand() -> None:
    said = FormMapping(
        {"goals___1": "goals:work", "goals___2": "goals:language", "sex": "gender"}, {"sex": {"1": "woman", "2": "man"}}
    )
    told = answers(opened("kunta,sex,goals___1,goals___2\nOulu,1,1,0\nOulu,2,1,1\n", said))
    assert told["goals"] == [("work",), ("work", "language")]
    assert told["gender"] == [frozenset({"woman"}), frozenset({"man"})]


@pytest.mark.parametrize("fact", ["goals:wrok", "age:3", "gaols:work"])
def test_an_option_that_is_none_is_said(fact: str) -> None:
    with pytest.raises(InputProblems):
        opened("kunta;x\nOulu;1\n", FormMapping({"x": fact}))


MAPPING = FormMapping(
    {'Missä "asut"?': "municipality", "a\\b": "goals:work"}, {"sp": {"1": "woman"}}, ("Muuta", "#4"), "Vastaukset", 3
)


def test_a_mapping_is_read_as_it_was_written() -> None:
    assert read_mapping(parse_toml(MAPPING.text())) == MAPPING


@pytest.mark.parametrize("text", ["colums = {}", "columns = 3", 'drop = "x"', "header_row = 0", 'values = { a = "b" }'])
def test_what_is_no_mapping_is_refused(text: str) -> None:
    with pytest.raises(InputProblems):
        read_mapping(parse_toml(text))


def run(*options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kotoneuvo", "batch", "--lang", "en", "--jobs", "1", *map(str, options)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_a_saved_mapping_reads_the_next_file_and_refuses_another(tmp_path: Path) -> None:
    first, second, other, form = (tmp_path / name for name in ("1.csv", "2.csv", "3.csv", "form.toml"))
    first.write_text("Missä asut?;Ikä;sp\nOulu;34;1\n", encoding="utf-8")
    second.write_text("Missä asut?;Ikä;sp\nVantaa;7;2\n", encoding="utf-8")
    other.write_text("Mistä olet?;Ikä;sp\nVantaa;7;2\n", encoding="utf-8")
    options = ("--map", "Missä asut?=municipality", "--map-value", "sp.1=woman", "--map-value", "sp.2=man", "--counts")
    saved = run(first, *options, "--save-mapping", form)
    assert saved.returncode == 0, saved.stderr
    by_hand, by_file = run(second, *options), run(second, "--mapping", form, "--counts")
    assert by_hand.stdout == by_file.stdout != ""
    shown = run(second, "--mapping", form, "--dry-run")
    assert "Municipality (municipality)" in shown.stdout
    refused = run(other, "--mapping", form)
    assert refused.returncode == 1
    assert "Missä asut?" in refused.stderr
