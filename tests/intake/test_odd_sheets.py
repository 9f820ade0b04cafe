"""Sheets as forms and people make them: no client is lost, and no row that is none counts as one."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from days import TODAY

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.batch.rows import BlockReader, Task
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.intake.cells import CellReader
from kotoneuvo.intake.guard import IdentityFound
from kotoneuvo.intake.headers import HeaderNames
from kotoneuvo.intake.mapping import FormMapping
from kotoneuvo.intake.opening import Sheet, open_sheet
from kotoneuvo.intake.records import split_rows
from kotoneuvo.words import language_codes

CATALOGUE = load_catalogue()
NAMES = HeaderNames.bundled(CATALOGUE.facts)
READER = CellReader(CATALOGUE.facts, TODAY)
QUESTIONS = "Missä kunnassa asut?;Minkä ikäinen olet?;Mitä etsit?\n"


def opened(text: str, mapped: Mapping[str, str] | None = None, row: int = 0, size: int = 1 << 17) -> Sheet:
    return open_sheet(io.BytesIO(text.encode()), NAMES, READER, FormMapping(mapped or {}, header_row=row), size)


def clients(sheet: Sheet) -> list[str]:
    """The first cells of the rows that are clients."""
    rows = [row for block in sheet.blocks for row in split_rows(block, sheet.dialect.delimiter)]
    return [row[0] for row in rows if any(map(str.strip, row))]


@pytest.mark.parametrize("answer", ["No", "kieli", "suomi", "Work", "Language", "Nro", "työ"])
def test_no_client_is_taken_for_the_header(answer: str) -> None:
    """Everyday answers that are names of columns too, below questions that are none."""
    sheet = opened(f"{QUESTIONS}Helsinki;34;{answer}\nVantaa;25;{answer}\n", {"#1": "municipality"})
    assert clients(sheet) == ["Helsinki", "Vantaa"]


def test_words_that_head_columns_are_seldom_answers_too() -> None:
    """Below a title a header is known by two names of columns: a word for an answer must not take these away."""
    for header in ("Oleskelulupa;Äidinkieli", "Uppehållstillstånd;Modersmål", "Residence permit type;Mother tongue"):
        assert opened(f"Alkukartoitukset\n{header}\nperheside;arabia\n").dialect.above


def test_a_header_that_is_mapped_is_found_wherever_it_stands() -> None:
    text = f"Raportti;;\nKunta;Ikä;x\n{QUESTIONS}Helsinki;34;No\n"
    assert clients(opened(text, {"Missä kunnassa asut?": "municipality"})) == ["Helsinki"]


@pytest.mark.parametrize("row", [1, 2, 3])
def test_the_row_of_the_header_can_be_said(row: int) -> None:
    sheet = opened("Kunta;x\nKunta;y\nKunta;z\nOulu;3\n", row=row)
    assert len(sheet.dialect.above) == row - 1
    assert clients(sheet)[-1] == "Oulu"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Helsinki;34;kieli\nVantaa;25;työ\n", "looks like a client"),
        ("91;34;A2\n92;25;B1\n", "looks like a client"),
        # A row as full as the header, that somebody may have answered.
        ("Lyhyt;Pitkä;Muu\nKunta;Ikä;Sukupuoli\nOulu;3;nainen\n", "row 1 above it is just as full"),
        ("kysymys;A;B;C\nkunta;Oulu;Espoo;Vantaa\nikä;3;4;5\nsukupuoli;nainen;mies;nainen\n", "transpose"),
        ("kunta;ikä\nOulu;3\n\nkunta;sukupuoli\nOulu;nainen\n", "second table begins at row 3"),
    ],
)
def test_sheets_whose_header_is_not_sure_are_refused(text: str, said: str) -> None:
    with pytest.raises(InputProblems, match=said):
        clients(opened(text))


def test_a_row_that_is_said_to_be_the_header_must_exist() -> None:
    with pytest.raises(InputProblems, match="no row 9"):
        opened("kunta;ikä\nOulu;3\n", row=9)


def test_a_comma_in_a_header_is_no_delimiter() -> None:
    sheet = opened("Kunta;Ikä, vuosina, nyt;Sukupuoli, jos haluat\nOulu;3;nainen\nEspoo;4;mies\n")
    assert sheet.dialect.delimiter == ";"


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("Yhteensä;2;", "total"),
        (";Total;54", "total"),
        ("Keskiarvo;29,5;", "total"),
        ("kunta;ikä;tavoite", "names"),
        ("#adm3+name;#meta+age;#need", "tags"),
        ("* luvut ovat arvioita;;", "note"),
        ("Tiedot on kerätty lomakkeella marraskuussa;;", "note"),
        ("N=2;;", "note"),
        ("Rivejä: 2;;", "note"),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_rows_that_are_no_clients_are_named_and_left_out(row: str, kind: str, place: int) -> None:
    """Wherever they stand; the others keep their numbers."""
    rows = ["Helsinki;34;työ", "Vantaa;20;kieli"]
    rows.insert(place, row)
    sheet = opened("kunta;ikä;tavoite\n" + "\n".join(rows))
    assert clients(sheet) == ["Helsinki", "Vantaa"]
    assert [found for _number, found in sheet.extra.found] == [kind]


@pytest.mark.parametrize(
    "row",
    [
        '{"ImportId":"QID1"};{"ImportId":"QID2"};{"ImportId":"QID3"}',
        "Response;Response;Open-Ended Response",
        "Missä kunnassa asut?;Minkä ikäinen olet?;Mitä etsit juuri nyt?",
        ";vuotta;",
        ";(v);kk",
        "teksti;numero;",
        "esim. Oulu;e.g. 34;",
        "---;---;---",
    ],
)
def test_second_rows_of_names_have_no_number(row: str) -> None:
    sheet = opened(f"kunta;ikä;tavoite\n{row}\nHelsinki;34;työ\n")
    assert clients(sheet) == ["Helsinki"]
    assert sheet.extra.found == [(0, "second")]


@pytest.mark.parametrize(("last", "count"), [(";54;", 2), (";27;", 3), (";54;työ", 3), ("Oulu;54;", 3)])
def test_a_last_row_of_numbers_is_a_total_if_it_adds_up(last: str, count: int) -> None:
    """A client of whom only the age is known stays one."""
    sheet = opened(f"kunta;ikä;tavoite\nHelsinki;34;työ\nVantaa;20;kieli\n{last}\n")
    assert len(clients(sheet)) == count


def test_totals_are_found_in_long_files_too() -> None:
    rows = ["Oulu;30;työ"] * 500 + ["Yhteensä;500;"] + ["Oulu;30;työ"] * 500
    sheet = opened("kunta;ikä;tavoite\n" + "\n".join(rows), size=1000)
    assert len(clients(sheet)) == 1000
    assert sheet.extra.found == [(501, "total")]


def test_the_guard_looks_at_rows_that_are_no_clients() -> None:
    with pytest.raises(IdentityFound):
        clients(opened("kunta;ikä;tavoite\nHelsinki;34;työ\n* kysy numerosta 040 123 4567 lisää;;\n"))


def read_strictly(text: str, strict: bool) -> list[str]:
    sheet = opened(text)
    reader = BlockReader(Task(CATALOGUE, TODAY, ";", sheet.columns, ("row",), strict=strict), language_codes)
    return [problem.message for block in sheet.blocks for problem in reader.read(block).problems]


SWALLOWED = 'kunta;ikä;x\nHelsinki;34;"ei\nVantaa;25;ok\nEspoo;40;ok"\nOulu;30;ok\n'


def test_rows_that_a_stray_quote_swallows_are_a_problem() -> None:
    (said,) = read_strictly(SWALLOWED, strict=False)
    assert "stray quotation mark" in said
    with pytest.raises(InputProblems, match="row 1 contains further rows"):
        read_strictly(SWALLOWED, strict=True)


def test_line_breaks_within_a_cell_are_no_problem() -> None:
    assert read_strictly('kunta;ikä;x\nOulu;34;"ei\nmuuta; kiitos; nyt"\n', strict=True) == []


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_old_encodings_are_suspected(encoding: str) -> None:
    data = "kunta;ikä;tavoite\nHämeenlinna;34;työ\nJyväskylä;25;kieli\n".encode(encoding)
    with pytest.raises(InputProblems, match="encoding"):
        open_sheet(io.BytesIO(data), NAMES, READER)


@pytest.mark.parametrize("text", ["kunta;x\nOulu;Tomaš ja Baltrušaitis\n", "kunta;x\nOulu;”työ” ja „kieli”\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_windows_text_is_not_suspected(text: str, encoding: str) -> None:
    assert clients(open_sheet(io.BytesIO(text.encode(encoding)), NAMES, READER)) == ["Oulu"]


def test_the_end_sign_of_dos_is_no_client() -> None:
    assert clients(opened("kunta;ikä\nOulu;3\n\x1a")) == ["Oulu"]


@pytest.mark.parametrize("text", ["kunta;ikä", "kunta;ikä\n", "kunta;ikä\n;\n"])
def test_a_header_alone_has_no_client(text: str) -> None:
    assert clients(opened(text)) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Kunta;;Ikä\nOulu;;30\nTurku;B1;40\nTurku;B2;40\n", {("#2", "nameless"): 2}),
        ("Kunta;;Ikä\nOulu;;30\nTurku; ;40\n", {}),
        # The row without a label is called 2 in the results, as the one below it.
        ("Nro;Kunta\n1;Oulu\n;Turku\n2;Kemi\n", {("Nro", "unlabelled"): 1}),
        ("Nro;Kunta\n1;Oulu\n2;Turku\n", {}),
    ],
)
def test_cells_without_a_column_and_rows_without_a_label_are_counted(
    text: str, said: dict[tuple[str, str], int]
) -> None:
    sheet = opened(text)
    reader = BlockReader(Task(CATALOGUE, TODAY, sheet.dialect.delimiter, sheet.columns, output=("row",)))
    assert [reader.read(block).tally.cautions for block in sheet.blocks] == [said]


@pytest.mark.parametrize(
    "header",
    [
        "Kunta;Ikä;Kielitaito;\n;;suomi;ruotsi\n", "Kunta;Ikä;Kielitaito\n;;suomi;ruotsi\n",
        "Kunta;Ikä;Kielitaito;Kielitaito\nKunta;Ikä;suomi;ruotsi\n", "Kunta;Ikä;;\n;;suomi;ruotsi\n",
    ],
)  # fmt: skip
def test_names_below_a_name_for_several_columns_are_read(header: str) -> None:
    sheet = opened(f"{header}Oulu;30;B1;A1\nTurku;40;A1;\n")
    assert [column.name for column in sheet.columns] == ["municipality", "age", "finnish_level", "swedish_level"]
    assert clients(sheet) == ["Oulu", "Turku"]


def test_names_of_people_below_a_header_are_refused() -> None:
    with pytest.raises(IdentityFound):
        opened("Kunta;Ikä;Asiakas;\n;;Etunimi;Sukunimi\nOulu;30;Aino;Testi\n")


def test_a_title_above_the_header_holds_no_identity_code() -> None:
    with pytest.raises(IdentityFound):
        opened("Asiakas 131052-308T\n\nKunta;Ikä;Tavoite\nOulu;30;työ\n")


@pytest.mark.parametrize("header", ["Asiointikieli;Asiointikieli", "Asiointikieli;"])
def test_a_first_client_of_nothing_but_wishes_is_no_second_header(header: str) -> None:
    assert clients(opened(f"{header}\nsuomi;ruotsi\nruotsi;suomi\n")) == ["suomi", "ruotsi"]
