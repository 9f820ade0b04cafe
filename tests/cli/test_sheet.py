"""`catalogue sheet` and `take`: what a person fills in ends up where it belongs, whatever a spreadsheet does to it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.service import Service
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.cli.main import build
from kotoneuvo.sheet import values
from kotoneuvo.sheet.columns import code_of

APP = build()
Cell = str | float | date
SAID = {"Kuka kertoi": "puhelimitse, palvelun neuvoja", "Milloin": "28.11.2026"}
CAFE: Mapping[str, Cell] = {
    "Palvelun nimi": "Kielikahvila Silta", "Mitä sieltä saa": "Suomen puhumista pienessä ryhmässä.",
    "Laji": "ryhmä, joka kokoontuu, esimerkiksi kielikahvila", "Tavoite": "suomen tai ruotsin kieli", "Kunta": "Vantaa",
    "Katuosoite": "Esimerkkikatu 1, 01300 Vantaa", "Puhelinnumero": 401234567.0, "Päivät": "ti ja to",
    "Kellonaika": "17–19.30", "Miten sinne pääsee": "Tule paikalle ilman ajanvarausta.", "Järjestäjä": "Silta ry",
    "Kielet, joilla palvellaan": "suomi, arabia", "Kuka kertoi": "järjestämme palvelun itse",
    "Milloin": date(2026, 11, 27),
}  # fmt: skip


def _run(*args: str, lang: str = "fi") -> tuple[int, str, str]:
    result = CliRunner().invoke(APP, ["catalogue", *args, "--lang", lang], env={"XDG_CONFIG_HOME": "/nowhere"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sheet of Vantaa, as a workbook and as CSV, in Finnish."""
    folder = tmp_path_factory.mktemp("sheet")
    for name in ("vantaa.xlsx", "vantaa.csv"):
        assert _run("sheet", "--municipality", "Vantaa", "--output", str(folder / name))[0] == 0
    return folder


def _table(made: Path) -> list[dict[str, str]]:
    text = (made / "vantaa.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def _filled(made: Path, path: Path, answers: Mapping[str, Mapping[str, Cell]], *new: Mapping[str, Cell]) -> Path:
    """The workbook with the cells of `answers` by row code and header, and rows of new services, saved anew."""
    old = CalamineWorkbook.from_path(made / "vantaa.xlsx")
    book = xlsxwriter.Workbook(path)
    dates = book.add_format({"num_format": "d.m.yyyy"})
    for name in old.sheet_names:
        rows = old.get_sheet_by_name(name).to_python()
        tab = book.add_worksheet(name)
        header = [str(cell) for cell in rows[0]]
        rows += [[row.get(title, "") for title in header] for row in new] if "Laji" in header else []
        for number, row in enumerate(rows):
            code = str(row[header.index("Rivin tunnus")]) if "Rivin tunnus" in header else ""
            for place, cell in enumerate(row):
                given = answers.get(code, {}).get(header[place], cell) if number else cell
                if isinstance(given, date):
                    tab.write_datetime(number, place, given, dates)
                else:
                    tab.write(number, place, given)
    book.close()
    return path


def _take(made: Path, tmp_path: Path, answers: Mapping[str, Mapping[str, Cell]], *new: Mapping[str, Cell]) -> Service:
    """The services of an overlay that takes a filled sheet."""
    path, own = _filled(made, tmp_path / "filled.xlsx", answers, *new), tmp_path / "oma.toml"
    code, out, err = _run("take", str(path), "--file", str(own))
    assert code == 0, err
    assert str(own) in out
    assert "0 virhettä" in _run("check", str(own))[1]
    services = load_catalogue(overlays=[own]).services
    return services["vantaa-kielikahvila-silta"] if new else services["migri"]


def _row(made: Path, code: str) -> dict[str, str]:
    return next(row for row in _table(made) if row["Rivin tunnus"] == code)


def _code(made: Path, start: str, value: str) -> str:
    return next(
        r["Rivin tunnus"] for r in _table(made) if r["Rivin tunnus"].startswith(start) and value in r["Tieto nyt"]
    )


def _contact(service: Service, value: str) -> ContactPoint:
    return next(each for each in service.contacts if value in (each.phone, *each.url.values()))


def test_the_sheet_has_a_row_for_each_thing_that_can_be_wrong(made: Path) -> None:
    """Offices of the town first, then services; a number, each page, the way in, the service itself."""
    rows = _table(made)
    assert rows[0]["Rivin tunnus"].startswith("employment_area:")
    codes = [row["Rivin tunnus"] for row in rows]
    assert {"migri", "migri#access"} <= set(codes)
    assert len(set(codes)) == len(codes)
    number = _row(made, _code(made, "migri#", "+358 295 419 600"))
    assert (number["Palvelu"], number["Mikä"]) == ("Maahanmuuttovirasto (Migri)", "Puhelin (Asiakaspalvelu)")
    assert (number["Pitääkö paikkansa? (x)"], number["Vahvistettu viimeksi"]) == ("", "2020")
    book = CalamineWorkbook.from_path(made / "vantaa.xlsx")
    assert book.sheet_names == ["Vahvista", "Uudet palvelut", "Sanojen selitykset"]
    assert len(book.get_sheet_by_name("Vahvista").to_python()) == len(rows) + 1
    assert (made / "vantaa.csv").read_bytes()[:3] == b"\xef\xbb\xbf"


def test_a_number_is_confirmed_and_another_corrected(made: Path, tmp_path: Path) -> None:
    """As a float without its +; with a date that the spreadsheet made one; a page by its row."""
    phone, page = _code(made, "migri#", "+358 295 419 600"), _code(made, "migri#", "https://enterfinland.fi/")
    right: dict[str, Cell] = {"Pitääkö paikkansa? (x)": "X", "Kuka kertoi": "tämän rivin sivu", "Milloin": "28.11.2026"}
    migri = _take(
        made, tmp_path, {page: right, phone: {"Uusi tieto": 358295419601.0, **SAID, "Milloin": date(2026, 11, 28)}}
    )
    number = _contact(migri, "+358 29 5419601")
    assert (number.confirmed, number.said) == (date(2026, 11, 28), "by phone, the service's adviser")
    page_of = _contact(migri, "https://enterfinland.fi/")
    assert page_of.confirmed == date(2026, 11, 28)
    assert migri.sources[page_of.source].url == "https://enterfinland.fi/"
    assert len(migri.contacts) == len(load_catalogue().services["migri"].contacts)


def test_a_cafe_is_added(made: Path, tmp_path: Path) -> None:
    """With codes for words, hours for days and times, the number that lost its zero; who may come stays unread."""
    cafe = _take(made, tmp_path, {}, {**CAFE, "Kuka saa tulla, jos ei kuka vain": "naiset"})
    (contact,) = cafe.contacts
    assert (cafe.kind, cafe.goals, cafe.phase, cafe.area) == ("club", ("language",), "language", ("092",))
    assert (contact.phone, len(contact.opening_hours), contact.confirmed) == ("+358 40 1234567", 1, date(2026, 11, 27))
    assert cafe.languages is not None
    assert (cafe.languages.codes, cafe.access.via) == (("fi", "ar"), ("self",))
    assert cafe.unread is not None
    assert cafe.unread.text == {"fi": "naiset"}


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"Uusi tieto": "09 310 37577 vaihde", **SAID}, ["Uusi tieto", "ei ole puhelinnumero", "+358 9 123 4567"]),
        ({"Uusi tieto": "3,58295E+11", **SAID}, ["lyhentänyt"]),
        ({"Uusi tieto": "112", "Milloin": "28.11.2026"}, ["Kuka kertoi", "tyhjä", "puhelimitse, vaihde"]),
        ({"Uusi tieto": "112", "Kuka kertoi": "Maija Virtanen", "Milloin": "28.11.2026"}, ["henkilön"]),
        ({"Uusi tieto": "112", **SAID, "Milloin": "31.11.2026"}, ["Milloin", "31.11.2026", "30.11.2026"]),
        ({"Uusi tieto": "112", **SAID, "Milloin": "1.1.2999"}, ["tulevaisuudessa"]),
        ({"Pitääkö paikkansa? (x)": "ehkä", **SAID}, ["”ehkä” ei ole vastaus", "x, ei enää"]),
        ({"Pitääkö paikkansa? (x)": "x", **SAID, "Milloin": "1.1.2019"}, ["1.1.2020", "Milloin"]),
        ({"Tieto nyt": "+358 9 999 999", "Pitääkö paikkansa? (x)": "x", **SAID}, ["”Uusi tieto”"]),
        ({"Pitääkö paikkansa? (x)": "ei enää", "Uusi tieto": "112", **SAID}, ["poistunut"]),
        ({"Rivin tunnus": "migri#9.phone", "Tieto nyt": "x", "Uusi tieto": "112", **SAID}, ["Rivin tunnus"]),
    ],
)  # fmt: skip
def test_a_refused_cell_is_said_and_nothing_is_written(
    made: Path, tmp_path: Path, answers: dict[str, Cell], words: list[str]
) -> None:
    """With its file, row, tab and column; the right rows beside it wait too."""
    phone = _code(made, "migri#", "+358 295 419 600")
    right = {"Pitääkö paikkansa? (x)": "x", **SAID}
    path, own = _filled(made, tmp_path / "f.xlsx", {phone: answers, "migri": right}), tmp_path / "oma.toml"
    code, _, err = _run("take", str(path), "--file", str(own))
    assert code == 1
    assert f"{path}:" in err
    assert "Vahvista" in err
    for word in words:
        assert word in err
    assert "mitään ei kirjoitettu" in err
    assert not own.exists()


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("Laji", "kerho", ["”kerho” ei ole mikään vaihtoehdoista", "kielikahvila"]),
        ("Kunta", "Vanta", ["Tarkoititko ”Vantaa”?"]),
        ("Tavoite", "kielet", ["Tarkoititko"]),
        ("Puhelinnumero", "kysy", ["puhelinnumero"]),
        ("Verkkosivu", "https://kela.fi@example.org/", ["käyttäjä ennen palvelinta"]),
        ("Mitä sieltä saa", "", ["Mitä sieltä saa", "tyhjä"]),
        ("Mitä sieltä saa", "x" * 300, ["260"]),
        ("Kielet, joilla palvellaan", "soumi", ["Tarkoititko ”suomi”?"]),
    ],
)
def test_a_new_service_with_a_mistake_is_refused(
    made: Path, tmp_path: Path, column: str, cell: str, words: list[str]
) -> None:
    """With the choices there are, and what was perhaps meant."""
    path, own = _filled(made, tmp_path / "f.xlsx", {}, {**CAFE, column: cell}), tmp_path / "oma.toml"
    code, _, err = _run("take", str(path), "--file", str(own))
    assert code == 1
    assert "Uudet palvelut" in err
    for word in words:
        assert word in err
    assert not own.exists()


def test_what_was_not_asked_is_not_confirmed(made: Path, tmp_path: Path) -> None:
    """One page of two answered: the door stays as old as it was, and the editor is told which answer is missing."""
    path = _filled(made, tmp_path / "f.xlsx", {"migri#0.url.fi": {"Pitääkö paikkansa? (x)": "x", **SAID}})
    code, out, err = _run("take", str(path), "--file", str(tmp_path / "oma.toml"))
    assert code == 0
    assert "ei vahvistettu: samaan yhteyspisteeseen kuuluu myös https://migri.fi/en/" in err
    assert "yhtään riviä ei ole täytetty" in out


def test_a_page_that_is_new_stays_beside_one_that_is_gone(made: Path, tmp_path: Path) -> None:
    """Of the pages of one door, in whatever order their rows are answered."""
    gone: dict[str, Cell] = {"Pitääkö paikkansa? (x)": "ei enää", **SAID}
    migri = _take(
        made,
        tmp_path,
        {
            "migri#0.url.fi": {"Uusi tieto": "https://migri.fi/uusi", **SAID},
            "migri#0.url.sv": gone,
            "migri#0.url.en": {"Pitääkö paikkansa? (x)": "x", **SAID},
        },
    )
    pages = _contact(migri, "https://migri.fi/uusi").url
    assert pages == {"fi": "https://migri.fi/uusi", "en": _row(made, "migri#0.url.en")["Tieto nyt"]}


def test_a_cell_that_is_refused_counts_once(made: Path, tmp_path: Path) -> None:
    """Its answer is looked at several times; it is said once."""
    path = _filled(made, tmp_path / "f.xlsx", {"migri#0.url.fi": {"Pitääkö paikkansa? (x)": "höh", **SAID}})
    code, _, err = _run("take", str(path), "--file", str(tmp_path / "own.toml"))
    assert (code, err.count("höh")) == (1, 1)
    assert "1 solua" in err


def test_a_number_that_is_no_more_and_the_same_number_elsewhere(made: Path, tmp_path: Path) -> None:
    """Gone is gone in this service; where else the old number stands is said."""
    phone, own = _code(made, "migri#", "+358 295 419 600"), tmp_path / "oma.toml"
    path = _filled(made, tmp_path / "f.xlsx", {phone: {"Pitääkö paikkansa? (x)": "ei enää", **SAID}})
    code, _, err = _run("take", str(path), "--file", str(own))
    assert code == 0
    assert "migri-tyolupa-tyottomyys" in err
    assert "+358 295 419 600" not in [each.phone for each in load_catalogue(overlays=[own]).services["migri"].contacts]
    assert "+358 295 419 600" in _run("check", str(own))[1]


@pytest.mark.parametrize(
    ("answers", "word"),
    [
        ({"migri#0.url.fi": SAID}, "pitääkö tieto paikkansa"),
        ({"migri#1.url": {"Pitääkö paikkansa? (x)": "x", **SAID, "Rivin tunnus": "migri#0.url.fi",
          "Tieto nyt": "https://migri.fi/"}, "migri#0.url.fi": {"Uusi tieto": "https://x.fi/", **SAID}}, "kahdesti"),
        ({"migri": {"Rivin tunnus": "", "Pitääkö paikkansa? (x)": "x", **SAID}}, "”Uudet palvelut”"),
    ],
)  # fmt: skip
def test_no_answer_is_passed_over_in_silence(
    made: Path, tmp_path: Path, answers: dict[str, dict[str, Cell]], word: str
) -> None:
    """Who and when without an answer; one row twice with two answers; a row that somebody added."""
    path, own = _filled(made, tmp_path / "f.xlsx", answers), tmp_path / "oma.toml"
    code, _, err = _run("take", str(path), "--file", str(own))
    assert code == 1
    assert word in err
    assert not own.exists()


def test_a_correction_under_a_file_that_says_otherwise_is_refused(made: Path, tmp_path: Path) -> None:
    """It would be written and never shown."""
    phone = _code(made, "migri#", "+358 295 419 600")
    path, own, top = (
        _filled(made, tmp_path / "f.xlsx", {phone: {"Uusi tieto": "112", **SAID}}),
        *(tmp_path / name for name in ("a.toml", "b.toml")),
    )
    own.write_text("", encoding="utf-8")
    source = 'sources = { call = { said = "by phone", date = "2026-11-20" } }'
    contact = '[[service.contact]]\nphone = "+358 295 419 600"\nsource = "call"\n'
    top.write_text(f'[[service]]\nid = "migri"\n{source}\n{contact}', encoding="utf-8")
    catalogues = ("--catalogue", str(own), "--catalogue", str(top))
    code, _, err = _run("take", str(path), "--file", str(own), *catalogues)
    assert code == 1
    assert str(top) in err
    assert own.read_text(encoding="utf-8") == ""


def test_the_csv_comes_back_from_a_spreadsheet(made: Path, tmp_path: Path) -> None:
    """Saved as cp1252 with its numbers shortened; taken twice it says the same; a file that is no sheet is refused."""
    rows = _table(made)
    for row in rows:
        if row["Rivin tunnus"] == _code(made, "migri#", "+358 295 419 600"):
            row |= {"Tieto nyt": "3,58295E+11", "Uusi tieto": "0295 419 602", **SAID}
    path, own = tmp_path / "f.csv", tmp_path / "oma.toml"
    with path.open("w", encoding="cp1252", errors="replace", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    code, _, err = _run("take", str(path), "--file", str(own), lang="sv")
    assert code == 0, err
    assert _contact(load_catalogue(overlays=[own]).services["migri"], "+358 295 419 602").confirmed == date(
        2026, 11, 28
    )
    other = tmp_path / "other.csv"
    other.write_text("a;b;c\n1;2;3\n", encoding="utf-8")
    assert "otsikot" in _run("take", str(other), "--file", str(own))[2]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("ma-pe 9-15", "Mo-Fr 09:00-15:00"),
        ("ti ja to klo 17–19.30", "Tu, Th 17:00-19:30"),
        ("maanantaisin 9-12, la 10–12", "Mo 09:00-12:00, Sa 10:00-12:00"),
        ("må–to 9–15", "Mo-Th 09:00-15:00"),
        ("Mon-Fri 9:00-15:30", "Mo-Fr 09:00-15:30"),
        ("tiistaisin joka toinen viikko 9-12", {"fi": "tiistaisin joka toinen viikko 9-12"}),
        ("ma-pe 9-15 (ei heinäkuussa)", {"fi": "ma-pe 9-15 (ei heinäkuussa)"}),
        ("parillisten viikkojen ma 9-12", {"fi": "parillisten viikkojen ma 9-12"}),
        ("9-15", {"fi": "9-15"}),
        ("pe-ma 9-15", {"fi": "pe-ma 9-15"}),
    ],
)
def test_hours_as_people_write_them(written: str, kept: object) -> None:
    """Plain ones become a table, which every language has; anything more stays in the editor's words."""
    assert values.hours(written, "fi") == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("0295 419 602", "+358 295 419 602"), ("358295419602", "+358 29 5419602"), ("401234567", "+358 40 1234567"),
        ("+358 40 123 4567", "+358 40 123 4567"), ("0800 96 116", "0800 96 116"), ("116117", "116117"), ("112", "112"),
    ],
)  # fmt: skip
def test_numbers_as_people_and_spreadsheets_write_them(written: str, kept: str) -> None:
    """From +358 in the groups that were written; what was cut to digits in those of the numbering plan."""
    assert values.phone(written) == kept


ANSWERS = (
    "Kielikahvila Silta", "Puhutaan suomea.", "9", "2", "Vanta", "Vantaa", "Esimerkkikatu 1, 01300 Vantaa", "soita",
    "0401234567", "", "", "ti ja to 17-19.30", "<", "ti 17-19", "1", "naiset", "Silta ry", "Maija Virtanen",
    "järjestämme palvelun itse", "28.11.2026",
)  # fmt: skip


def _asked(own: Path, *answers: str) -> tuple[int, str, str]:
    args = ["catalogue", "new", "--file", str(own), "--plain", "--lang", "fi"]
    result = CliRunner().invoke(APP, args, input="\n".join(answers) + "\n", env={"XDG_CONFIG_HOME": "/nowhere"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("mark", ["x", "X ", "✓", "✔", "☑", "Kyllä.", "joo", "1"])
def test_marks_for_what_is_still_right(mark: str) -> None:
    assert code_of("right", mark.rstrip("."), load_catalogue().facts) == "x"


@pytest.mark.parametrize("mark", ["-", "?", "–", "??", "✗", "✘", "☐", "×", ".", "!", "ei", "nej", "no", "0"])
def test_a_sign_that_is_no_tick_confirms_nothing(mark: str) -> None:
    """A doubt or a no must never make an old number fresh."""
    assert code_of("right", mark, load_catalogue().facts) == ""


def test_nothing_is_asked_for_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    """Fifteen answers must not be lost to a folder that is not there."""
    code, out, err = _asked(tmp_path / "nowhere" / "own.toml", *ANSWERS)
    assert (code, out) == (1, "")
    assert str(tmp_path / "nowhere" / "own.toml") in err
    assert list(tmp_path.iterdir()) == []


def test_a_service_of_ones_own_is_asked_for_step_by_step(tmp_path: Path) -> None:
    """What cannot be read is asked again with what was perhaps meant; one may go back; what is written is valid."""
    own = tmp_path / "oma.toml"
    own.write_text("# mine\n", encoding="utf-8")
    code, out, err = _asked(own, *ANSWERS)
    assert (code, err) == (0, "")
    for said in ("Tarkoititko ”Vantaa”?", "ei ole puhelinnumero", "henkilön nimeltä", "vantaa-kielikahvila-silta"):
        assert said in out
    assert own.read_text(encoding="utf-8").startswith("# mine\n")
    assert "0 virhettä" in _run("check", str(own))[1]
    silta = load_catalogue(overlays=[own]).services["vantaa-kielikahvila-silta"]
    assert (silta.kind, silta.goals, silta.organization) == ("club", ("language",), "Silta ry")
    assert (silta.contacts[0].phone, silta.contacts[0].said) == ("+358 40 1234567", "we run it ourselves")
    assert silta.contacts[0].opening_hours[0].days == (1,)
    assert silta.unread is not None
    assert _asked(own, *ANSWERS)[0] == 0
    assert "vantaa-kielikahvila-silta-2" in load_catalogue(overlays=[own]).services


def test_a_service_that_is_not_told_to_the_end_is_not_written(tmp_path: Path) -> None:
    """The input ends in the middle, or there is no way to reach the service."""
    own = tmp_path / "oma.toml"
    code, _, err = _asked(own, *ANSWERS[:6])
    assert code == 2
    assert "mitään ei kirjoitettu" in err
    nowhere = [*ANSWERS[:4], "Vantaa", "", "", "", "", "", "1", "", "", "järjestämme palvelun itse", ""]
    code, _, err = _asked(own, *nowhere)
    assert code == 1
    assert "osoite, puhelinnumero" in err
    assert not own.exists()
