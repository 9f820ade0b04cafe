"""Any dialect is read the same; damaged files give a message; every row comes out exactly once."""

from __future__ import annotations

import csv
import io
import itertools
import random
from dataclasses import replace

import pytest
from advice_strategies import share
from days import TODAY
from hypothesis import given
from hypothesis import strategies as st

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.batch.rows import BlockReader, Task
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.intake.cells import CellReader
from kotoneuvo.intake.decoding import decode_blocks
from kotoneuvo.intake.guard import IdentityFound
from kotoneuvo.intake.headers import Column, HeaderNames
from kotoneuvo.intake.mapping import FormMapping
from kotoneuvo.intake.opening import Sheet, open_sheet
from kotoneuvo.intake.records import cut_blocks, split_rows
from kotoneuvo.intake.rows import RowReader

CATALOGUE = load_catalogue()
NAMES = HeaderNames.bundled(CATALOGUE.facts)
READER = CellReader(CATALOGUE.facts, TODAY)
HEADER = ["Rivi", "Kunta", "Ikä", "Työtilanne", "Tavoite"]
ROWS = [
    ["1", "Hämeenlinna", "18–29", "töissä", "työ"],
    ["2", "Åbo", "34", "työtön, rekisteröitynyt työnhakijaksi", "kieli, työ"],
    ["3", "Vantaa", "7", "", "lapset\nja perhe"],
    ["4", "91", "65+", "eläkkeellä", ""],
]
DAMAGE_SEED, DAMAGED = 7, 10_000
_READERS: dict[tuple[str, tuple[Column, ...]], BlockReader] = {}


def opened(data: bytes) -> Sheet:
    return open_sheet(io.BytesIO(data), NAMES, READER)


def lines(sheet: Sheet, catalogue: Catalogue = CATALOGUE) -> list[str]:
    """The result lines of a file; readers are kept, as making one is most of the time."""
    key = (sheet.dialect.delimiter, sheet.columns)
    if key not in _READERS:
        _READERS[key] = BlockReader(Task(catalogue, TODAY, *key, output=("row", "fitting_count")))
    return [line for block in sheet.blocks for line in _READERS[key].read(block).text.splitlines()]


def written(delimiter: str, newline: str, encoding: str, bom: bytes, quoting: int, sep: bool, empty: int) -> bytes:
    """The sample rows as a file of some dialect."""
    out = io.StringIO()
    if sep:
        out.write(f"sep={delimiter}{newline}")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=newline, quoting=quoting)  # type: ignore[arg-type]
    writer.writerows([*row, *[""] * empty] for row in [HEADER, *ROWS])
    return bom + out.getvalue().encode(encoding)


@share(150)
@given(
    st.sampled_from(";,\t|"), st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("cp1252", b""), ("utf-16-le", b"\xff\xfe"),
                     ("utf-16-be", b"\xfe\xff"), ("utf-16-le", b"")]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), st.booleans(), st.integers(0, 3),
)  # fmt: skip
def test_dialects_are_read_the_same(
    delimiter: str, newline: str, encoding: tuple[str, bytes], quoting: int, sep: bool, empty: int
) -> None:
    sheet = opened(written(delimiter, newline, *encoding, quoting, sep, empty))
    assert sheet.dialect.delimiter == delimiter
    assert [column.header for column in sheet.columns] == HEADER
    rows = [row for block in sheet.blocks for row in split_rows(block, delimiter)]
    assert [row[:5] for row in rows] == ROWS


@share(60)
@given(
    st.lists(st.lists(st.text('ab;"\n å', max_size=6), min_size=2, max_size=2), min_size=1, max_size=40),
    st.integers(1, 30),
)
def test_no_record_is_cut_in_two(rows: list[list[str]], size: int) -> None:
    """However small the pieces, every record comes out once, in order, with its number."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(rows)
    found: list[list[str]] = []
    for block in cut_blocks(decode_blocks(io.BytesIO(out.getvalue().encode()), size), ";"):
        assert block.first == len(found) + 1
        found += split_rows(block, ";")
    assert found == rows


def test_every_row_comes_out_exactly_once() -> None:
    """In order, whether labelled or not, through many blocks."""
    rows = [f"{number};Vantaa;{number % 80};töissä;työ" for number in range(1, 30_001)]
    data = "\n".join([";".join(HEADER), *rows]).encode()
    assert [line.partition(",")[0] for line in lines(opened(data))] == [str(number) for number in range(1, 30_001)]


def test_empty_rows_are_no_clients_and_numbers_stay() -> None:
    data = b"kunta;ik\xc3\xa4\nVantaa;3\n;\n\nOulu;4\n;;;\n  ; \n ;5\n"
    assert [line.partition(",")[0] for line in lines(opened(data))] == ["1", "4", "7"]


def damaged(data: bytes, draw: random.Random) -> bytes:
    """Some bytes cut, doubled, swapped or replaced."""
    broken = bytearray(data)
    for _ in range(draw.randint(1, 12)):
        place, length = draw.randrange(len(broken) or 1), draw.randint(0, 20)
        match draw.randrange(5):
            case 0:
                del broken[place : place + length]
            case 1:
                broken[place:place] = draw.randbytes(length)
            case 2:
                broken[place : place + 1] = draw.choice([b'"', b"\0", b"\r", b"\n", b";", b"\xff", b"=", b"\t"])
            case 3:
                broken[place:place] = broken[place : place + length] * draw.randint(1, 4)
            case _:
                del broken[place:]
    return bytes(broken)


@pytest.mark.slow
def test_damaged_files_give_a_message_and_never_a_traceback() -> None:
    """Ten thousand of them: each is read, or refused with problems that can be said."""
    draw = random.Random(DAMAGE_SEED)
    # A reader is made for every other file: the reading is on trial here, not how many services there are.
    few = replace(CATALOGUE, services=dict(itertools.islice(CATALOGUE.services.items(), 5)))
    _READERS.clear()
    whole = written(";", "\r\n", "utf-8", b"", csv.QUOTE_MINIMAL, False, 1)
    refused = 0
    for _ in range(DAMAGED):
        try:
            lines(opened(damaged(whole, draw)), few)
        except InputProblems as error:
            refused += bool(str(error))
        except IdentityFound as error:
            refused += bool(error.findings)
        if len(_READERS) > 200:
            _READERS.clear()
    _READERS.clear()
    assert 0 < refused < DAMAGED


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\n\n \n", "empty"),
        (b"%PDF-1.7", "pdf"),
        (b"kunta;ik\xc3\xa4\nOulu;3\n\x00\x01\n", "text"),
        (b'kunta;ika\nOulu;"3\n' + b"x;y\n" * 400_000, "quotation mark"),
        (b'kunta;ika\nVantaa;30\n"Oulu;31\nTurku;32', "row 2 does not end"),
        (b"a;b\n1;2\n", "known"),
    ],
)
def test_what_is_said_of_files_that_are_none(data: bytes, said: str) -> None:
    with pytest.raises(InputProblems, match=said):
        lines(opened(data))


@pytest.mark.parametrize(
    ("text", "above", "rows"),
    [
        # Goals are headed as they are answered: a client's row is no header.
        ("Kunta;Tavoite 1;Tavoite 2\nVantaa;työ;\nOulu;kieli;lapset\n", 0, 2),
        ("municipality;goal 1;goal 2;goal 3\nOulu;work;children;language\n", 0, 1),
        ("Kunta;Toive a;\nVantaa;kieli;lapset\n", 0, 1),
        # Titles, and the names of groups of columns.
        ("Asiakkaat 2026;;;\n\nKunta;Ikä;Tavoite;Kieli\nOulu;3;työ;ar\n", 2, 1),
        ("Perustiedot;;Palvelut;\nKunta;Ikä;Tavoite;Kieli\nOulu;3;työ;ar\n", 1, 1),
        ("Kunta;Oulu;;;\nIkä;Sukupuoli;Tavoite;Kieli;Kunta\n3;nainen;työ;ar;Oulu\n", 1, 1),
    ],
)
def test_the_header_is_found(text: str, above: int, rows: int) -> None:
    sheet = opened(text.encode())
    assert len(sheet.dialect.above) == above
    assert len(lines(sheet)) == rows


@pytest.mark.parametrize(
    "text",
    [
        # Whose header names a person, and whose rows look more like headers than it does.
        "nimi;Toive 1;Toive 2\nAino Testi;koulutus;lapset\n",
        # Rows above the header that may be clients' after all.
        "x;010594-9032;y\nKunta;Ikä;Tavoite\nOulu;3;työ\n",
    ],
)
def test_no_header_hides_a_person(text: str) -> None:
    with pytest.raises(IdentityFound):
        opened(text.encode())


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "sep=;;;;", "SEP=;"])
def test_what_the_file_says_of_its_separator_counts(line: str) -> None:
    """Even where commas would cut it into more columns that are known."""
    data = f"{line}\nKunta;Huom, kieli, sukupuoli, tavoite\nOulu;a\n".encode()
    assert opened(data).dialect.header == ["Kunta", "Huom, kieli, sukupuoli, tavoite"]


@pytest.mark.parametrize("header", ["Oleskelulupa;Oleskelun peruste", "Oleskelun peruste;Oleskelulupa"])
def test_a_fact_is_given_by_the_column_that_can_read_it(header: str) -> None:
    """Whatever the order, and whatever else a header might mean."""
    cells = dict(zip(("Oleskelulupa", "Oleskelun peruste"), ("kyllä", "Kiintiöpakolainen"), strict=True))
    row = ";".join(cells[name] for name in header.split(";"))
    columns = opened(f"Kunta;{header}\nOulu;{row}\n".encode()).columns
    assert {column.header: column.name for column in columns[1:]} == {
        "Oleskelulupa": "has_residence_permit",
        "Oleskelun peruste": "status",
    }


@pytest.mark.parametrize("name", ["Ikä nyt", "#3"])
def test_a_column_mapped_by_hand_goes_before_others(name: str) -> None:
    """By its header or by its number."""
    data = "Kunta;Ikä;Ikä nyt\nOulu;3;4\n".encode()
    columns = open_sheet(io.BytesIO(data), NAMES, READER, FormMapping({name: "age"})).columns
    assert [(column.name, column.caution) for column in columns[1:]] == [("age", "twice"), ("age", "")]


def test_several_columns_of_wishes_are_one() -> None:
    """In their order; facts are not put together so."""
    text = "Tavoite 1;Kunta;Tavoite 2;Kieli 1;Kieli 2;Kunta\nkieli;Oulu;työ;ar;;Espoo\n;Oulu;lapset;;so;\n;Oulu;;;;\n"
    sheet = opened(text.encode())
    reader = RowReader(sheet.columns, ";", CellReader(CATALOGUE.facts, TODAY))
    rows = [reader.read(block) for block in sheet.blocks]
    assert [each.problems for each in rows] == [[]]
    oulu = frozenset({"564"})
    assert [each.answers() for each in rows] == [
        {
            "municipality": [oulu, oulu, oulu],
            "goals": [("language", "work"), ("children",), None],
            "service_language": [("ar",), ("so",), None],
        }
    ]
    assert sheet.columns[5].caution == "twice"
    with pytest.raises(IdentityFound):
        lines(opened(b"kunta;tavoite 1;tavoite 2\nOulu;ty\xc3\xb6;0401234567\n"))


@pytest.mark.parametrize(
    ("cells", "caution"), [("0 1 3", "ages"), ("2 2", "ages"), ("2 0 3 8", "ages"), ("0 1 <3", ""), ("9 12 17", "")]
)
def test_numbers_of_children_are_doubted(cells: str, caution: str) -> None:
    rows = "".join(f"Oulu;{cell}\n" for cell in cells.split())
    assert opened(f"Kunta;Lapset\n{rows}".encode()).columns[1].caution == caution


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_no_letter_is_lost_where_pieces_meet(newline: str) -> None:
    """In whatever piece the first letter comes that tells UTF-8 from cp1252."""
    text = "kunta;x\nOulu;y\nJyväskylä;ää€z\nÅbo;ä"
    for encoding in ("utf-8", "cp1252"):
        data = text.replace("\n", newline).encode(encoding)
        for size in range(2, len(data) + 1):
            assert "".join(decode_blocks(io.BytesIO(data), size)) == text, (encoding, size)
