"""The identity guard refuses what names a person, and lets answers through. Codes are DVV's invented ones (9xx)."""

from __future__ import annotations

import pickle
import time
import timeit

import pytest
from days import TODAY
from hypothesis import given, settings
from hypothesis import strategies as st

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.intake.cells import CellReader
from kotoneuvo.intake.column_memory import ColumnMemory, UnreadColumn, cell_identity
from kotoneuvo.intake.guard import (
    FREE_TEXT_LENGTH,
    LONGEST,
    Finding,
    IdentityFound,
    free_text,
    identity_in,
    unread_identity,
)  # fmt: skip
from kotoneuvo.intake.harmless_numbers import has_date
from kotoneuvo.intake.headers import Column, HeaderNames, Role
from kotoneuvo.intake.name_columns import NAMES, name_shaped, names_among

CODES = ["010594Y9032", "010516B903X", "010594Y9021"]


@given(st.sampled_from(CODES), st.sampled_from("-+–—−ABCDEFUVWXYabcdefuvwxy"), st.sampled_from("0189ABXYabz"))
def test_identity_codes_of_every_separator_and_check_character(code: str, sign: str, check: str) -> None:
    """A mistyped code is a code still: any separator, any check character, inside other text."""
    cell = f"{code[:6]}{sign}{code[7:10]}{check}"
    assert identity_in(cell) == "identity code"
    assert identity_in(f"asiakas {cell}, Vantaa") == "identity code"


@pytest.mark.parametrize(
    "cell",
    [
        "010594 - 9032", "O1O594Y9O32", "01.05.1994-903X", "01.05.94-9032", "01051994-9032", "01-05-94-9032",
        "01 05 94 A 903X",
        "010594/9032", "010594_9032", "010594−9032", "010594\u200b-9032", "hetu010594Y9032", "010594Y903 2",
        # mistyped: a digit too many or too few, a wrong letter, the sign twice
        "0105944Y9032", "01059Y903X", "010594Y90322", "010594Y90X", "010594Z9032", "010594YY9032", "010594--9032",
        "01059-903X",
        "01059+9032",
        # any other sign slipped in, and days with slashes or without their zeros
        "010594:9032", "010594*9032", "010594=9032", "010594'9032", "010594;9032", "010594 ;9032", "010594´9032",
        "010594 : 9032", "240594.903X",
        "010594::903X", "1.5.1994-9032", "1.5.94-903X", "01/05/94-9032", "1/5/1994-9032", "1. 5. 1994 - 9032",
        # the end masked, cut off or left out
        "010594-XXXX", "010594-****", "010594A???2", "010594-903", "010594-", "01.05.1994-xxxx",
        # no separator, with the right check character
        "010594900Y", "010594900y",
        # Sweden, and digits of another script
        "940501-9032", "19940501-9032", "٠١٠٥٩٤-٩٠٣٢", "０１０５９４-９０３２",
    ],
)  # fmt: skip
def test_spellings_of_identity_codes(cell: str) -> None:
    assert identity_in(cell) == "identity code"
    assert identity_in(f"asiakas: {cell}, Vantaa") == "identity code"


@pytest.mark.parametrize(
    ("kind", "cells"),
    {
        "e-mail address": (
            "nimi@example.org", "nimi (at) example.org", "nimi(at)example.org", "NIMI[AT]EXAMPLE.ORG",
            "etu.suku at example.org",
            "nimi ät example.fi", "nimi(ät)example.fi", "nimi [ät] example piste fi", "nimi(a)example.fi",
            "nimi@example,org",
            "nimi@example", "nimi＠example.org", "nimi @ example.org", "nimi (at) example (dot) org", "a@b.fi",
        ),
        "phone number": (
            "040 123 4567", "+358 50 1234567", "09 310 1641", "O40 123 4567", "040_123_4567", "(201) 555-0123",
            "8 (912) 345-67-89",
            "040 - 123 - 4567", "040 – 123 – 4567", "0400 - 310 - 653", "02 - 845 - 9300",
            "+380 67 123 45 67", "06 12 34 56 78", "00358 40 1234567", "040/1234567", "sovittu 1.2.2026, 040 1234567",
        ),
        "long number": ("12345678", "45 652 2712", "67 123 45 67", "512 345 035", "175-656-619 01", "123456-785",
        "401234567", "1234 5678 9012 3456", "4111-1111-1111-1111"),
        "bank account": (
            "FI21 1234 5600 0007 85", "fi2112345600000785", "FI 21 1234 5600 0007 85", "FI21-1234-5600-0007-85",
            "fi-21-1234-5600-0007-85",
        ),
        "address": (
            "Esimerkkikatu 5 A 12", "Esimerkkikatu 5b", "esimerkkitie12", "Åvägen 3", "ESIMERKKIGATAN 7",
            "Metsäpolku 3",
            "Rantakallio 3 A 12", "PL 12, 00086 Esimerkki", "Rantakallio 3, 00100 Helsinki", "12 Example Street",
            "ul. Zielona 5",
            "вул. Хрещатик 22", "c/o Esimerkki", "Beispielstraße 9",
            "Fredrikink. 3 A 2", "Mannerheimint. 5 B 12", "Uudenmaank. 3", "uudenmaank.3", "Kauppak. 3 B 2",
            "Storg. 5 A 3",
        ),
        "name": (
            "rouva Esimerkki", "Mr. Example", "asiakas Etu Suku", "nimi: Etu Suku", "omatyöntekijä Etu Suku",
            "hra al-Esim", "fru O'Esim",
        ),
        "date of birth": (
            "s. 12.5.1994", "s 12.5.1994", "synt. 12.5.94", "född 1994-05-12", "born 12/5/1994", "DOB: 1994/05/12",
            "synt 240594", "s. 240594", "synt. 5/1994", "s. 5/1994", "född 1994-05", "s. 24.12.-94", "synt. 24.12.'94",
            "syntynyt 1. toukokuuta 1994", "born 1 May 1994", "born May 1st, 1994", "born on 1st of May 1994",
            "född 1 maj 1994", "född den 1 maj 1994", "synt.aika 1.5.1994", "syntymäpäivä: 1.5.1994",
        ),
        "customer or case number": (
            "VN/12345/2026", "D/123/04.01/2026", "asiakas nro 123", "UMA 12345", "case no. 4567", "12345/2026",
            "POL-2026-12345",
            "dnro 1234/2024", "Dnro 123/45/2024", "dnro 12/2024", "Dnro: VN/123/2024", "diaari 123/04.01/2026",
            "asia 1234/2024", "päätös 123/45/2024",
        ),
        "passport or card number": ("EH354349", "passi AB 123456"),
        "free text": ("x" * 1001,),
    }.items(),
)  # fmt: skip
def test_other_identity(kind: str, cells: tuple[str, ...]) -> None:
    assert [(cell, identity_in(cell)) for cell in cells] == [(cell, kind) for cell in cells]


@pytest.mark.parametrize(
    "cells",
    [
        # answers
        ("18-29", "18–29", "091", "2, 5, 9", "A2–B1", "alle 3 v", "B1.1", "1,5", "tietokone", "", "65+",
         "3-6;7-15;16-17",
         "työtön, rekisteröitynyt työnhakijaksi"),
        # days and months
        ("2024-05", "2024-05-12", "12.5.2024", "12.5.24", "12/5/2024", "5/12/2024", "20240512", "12.5.", "05/2024",
         "2024-05-12T10:15:30+02:00", "12.05.2024 klo 10.15", "06.02.17 14:38", "ennen 01.07.2024",
         "07.06.2020 klo 10", "08-12-2017",
         "24.12.-94", "toukok. 2024", "jouluk. 3", "1. toukokuuta 1994", "1 May 1994", "1.5.2024 / 12.6.2024"),
        # from one to another
        ("06.04.2022 - 12.05.2022", "04/2020—05/2021", "09.06.-03.11.", "2008-06-30–2009-07-04",
         "2019-06 ... 2020-06", "2019-2020", "1.5.-12.6.", "1.5.2024-31.7.2024", "5/2024-12/2025"),
        # hours, weeks
        ("08.30-12.00", "klo 07.00–19.00", "ma 08.00-15.45, to 09.00-12.00", "2026-W35-1", "vk 35", "kevät 2026",
         "12:30", "12:30:15", "08:30-12:00", "klo 9-12", "9:00 - 10:30 - 12:00", "12.5.24 klo 1400", "vko 35-40/2026"),
        # money and other quantities
        ("24500-29500 €", "35000-40000", "1 250 000", "1858731 €", "EUR 1078112", "2 500–3 000 €/kk",
         "12 500-15 000", "1 400 tuntia",
         "60.1699241", "70.39999999999999 %", "1:200000", "100000:1200", "150000; 2024", "150324: 1500", "240594.9032",
         "Vantaa 123456 (2024)",
         "123456:12", "100000*1,5", "henk. 3", "kpl. 3", "prosent. 5"),
        # postcodes and codes of places
        ("00180", "00100 Helsinki", "00100, 00120", "13640 22970", "16050-95440", "091, 049, 092", "433/019/273",
         "092 – 529 – 857",
         "043-577-734-732", "092 - 529 - 857", "2341 2342 2359 5311 6130", "2010 2015 2020 2024"),
        # ages and grades in a row
        ("0-2 3-6 16-17", "0–2–7–15–30–44", "2 5 9 11 14 16 17", "0/1/0/1/1/0/1", "10 ja 30 ja 42 ja 53", "1.4.9",
         "2010 2015-2025"),
        # courses
        ("KOTO-2026-03", "202611-1", "kielipolku 2", "Opintopolku 3", "5G00FD42-3001", "KE202611", "LANG2026",
         "S2-3", "681/2023 36 §", "A2.1-B1.1", "TX00-EY12-3001", "KE35-2024", "202611:1"),
        # words before numbers that are no birth and no case
        ("syntynyt 1994", "syntyy 5/2027", "s 5/2026", "f 3/2026", "asiakas 12/5/2024", "asiakas 5/2024", "asia 12",
         "päätös 5/2026", "laki 681/2023 36 §", "dnro"),
        # words with a sign of identity that names nobody
        ("apply at migri.fi", "asiakas Vantaalta", "asiakas 2026", "outreach street work", "huone A2.14", "P-EU",
         "s. 12", "@"),
    ],
)  # fmt: skip
def test_answers_and_look_alikes_pass(cells: tuple[str, ...]) -> None:
    assert [(cell, identity_in(cell)) for cell in cells] == [(cell, "") for cell in cells]
    assert not any(map(free_text, cells))


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_no_cell_breaks_the_guard(cell: str) -> None:
    """Whatever is in a cell, the answer is a kind or nothing, and a cell with a code in it is never let through."""
    assert isinstance(identity_in(cell), str)
    assert identity_in(f"{cell} 010594Y9032") != ""


@settings(deadline=1000)
@given(
    st.text("aAnk1 0.-@/(_:'äاA", min_size=1, max_size=4), st.sampled_from(["", "born ", "dnro ", "FI ", "asiakas "])
)
def test_no_cell_takes_long(piece: str, start: str) -> None:
    """A thousand characters of any pattern, and a column of what still may be a name, within hypothesis' deadline."""
    assert isinstance(identity_in((start + piece * 1000)[:1000]), str)
    assert isinstance(names_among((piece * FREE_TEXT_LENGTH)[:length] for length in range(FREE_TEXT_LENGTH)), frozenset)


def test_free_text_is_counted_in_words_not_in_numbers() -> None:
    assert free_text("x" * (FREE_TEXT_LENGTH + 1))
    assert not free_text("x" * FREE_TEXT_LENGTH)
    assert free_text("a b c d e f g h i")
    assert not free_text("a b c d e f g h")
    assert not free_text("1 2 3 4 5 6 7 8 9 10 11 12")


@pytest.mark.parametrize(
    "cell", ["12.5.1994", "12.5.94", "1994-05-12", "12/5/1994", "19940512", "12051994", "synt. 1.2.2019, 3.4.2021"]
)
def test_a_day_among_ages_is_a_date_of_birth(cell: str) -> None:
    """In columns of ages only, and in both of them."""
    assert has_date(cell)
    assert has_date("2.5.11")
    assert cell_identity(cell, "age") == "date of birth"
    assert cell_identity(cell, "children_ages") == "date of birth"


@pytest.mark.parametrize("cell", ["2.5.11", "3/15/51/52/61", "0-2-3-6-16-17", "1, 4, 9", "18-29", "2026"])
def test_lists_of_ages_are_no_dates(cell: str) -> None:
    assert cell_identity(cell, "children_ages") == ""


def test_dates_pass_where_no_age_is_asked_for() -> None:
    assert cell_identity("12.5.2024", "years_since_first_permit") == ""


@pytest.mark.parametrize(
    "cell", ["Etu Suku", "Suku, Etu", "Etu S.", "ETU SUKU", "Anne-Marie O'Esim", "Etu al-Esim", "Олена Шевченко",
    "فاطمة حسن", "王伟", "Thi Mai Tran"]
)  # fmt: skip
def test_shapes_of_names(cell: str) -> None:
    assert name_shaped(cell)
    assert name_shaped(f" {cell} ")


def test_the_ends_of_a_names_shape() -> None:
    """Two letters are a part of a name, one is an initial; five parts are a name, six are not; a comma parts them."""
    assert name_shaped("Bo Ek")
    assert name_shaped("Suku,Etu")
    assert name_shaped("Yksi Kaksi Kolme Neljä Viisi")
    assert name_shaped("Yksi Kaksi Kolme Neljä, Viisi")
    assert not name_shaped("B Ek")
    assert not name_shaped("Bo E")
    assert not name_shaped("Bo ek")
    long = " ".join(["A" + "b" * 25] * 3)
    assert names_among([f"{long}{letter}" for letter in "abcde"]) == frozenset()
    longest = {f"A{'b' * 38} C{'d' * 38}{letter}" for letter in "abcde"}
    assert names_among(longest) == longest


@pytest.mark.parametrize(
    "cell", ["Vantaa", "Vantaan kaupunki", "A1 ryhmä", "suomi 2", "TE", "", "Yksi Kaksi Kolme Neljä Viisi Kuusi", "T T"]
)
def test_shapes_of_other_words(cell: str) -> None:
    assert not name_shaped(cell)


def test_a_column_of_names_is_found_by_its_shape() -> None:
    """Five different ones that are most of the column's different cells; fewer could be courses or places."""
    names = [f"Etu{letter} Suku{letter}" for letter in "abcdefgh"]
    assert names_among(names[:NAMES]) == set(names[:NAMES])
    assert names_among([*names[:NAMES], "", " "]) == set(names[:NAMES])
    assert not names_among(names[: NAMES - 1])
    assert not names_among(names[: NAMES - 1] * 3)
    assert names_among([*names[:6], "kurssi", "ryhmä", "moduuli", "työpaja"]) == set(names[:6])
    assert not names_among([*names[:6], "kurssi", "ryhmä", "moduuli", "työpaja", "kerho"])


FIRST = (
    "aino", "maija", "olena", "ahmed", "fatima", "yusuf", "leyla", "reza", "priya", "grace", "jaan", "kadri", "siiri",
    "hodan", "abdi",
)  # fmt: skip
LAST = (
    "testi", "testinen", "koe", "prov", "sampleson", "exempelberg", "ornek", "wzór", "näide", "зразок", "ejemplo",
    "mintai", "malli", "mallinen", "näytelä",
)  # fmt: skip


@pytest.mark.parametrize(
    "spelling",
    [
        "{first} {middle} {last}", "{first} {middle}. {last}", "{first} {last} (äiti)", "{last}/{first}",
        "{first}.{last}", "{first}_{last}", "{first} {last} 34", "{first} {last}, 34 v", "{last} {middle}",
        "{middle} {last}", "{middle}.{last}", "{middle}.{middle}. {last}", "{initials}",
    ],
)  # fmt: skip
def test_columns_of_names_spelled_otherwise(spelling: str) -> None:
    names = {
        spelling.format(first=f.title(), last=s.title(), middle=s[-1].upper(), initials=f"{f[0]}.{s[1]}.".upper())
        for f, s in zip(FIRST, LAST, strict=True)
    }
    assert names_among([*names, "kurssi"]) == names


@pytest.mark.parametrize("spelling", ["{0} {1}", "{1} {0}", "{0}.{1}", "{0}_{1}", "{0} {0} {1}"])
def test_columns_of_names_in_small_letters(spelling: str) -> None:
    """Eight different ones that are four fifths of the column: fewer are things to do."""
    names = [spelling.format(first, last) for first, last in zip(FIRST, LAST, strict=True)]
    assert names_among([*names, "kurssi", "?"]) == set(names)
    assert names_among([*names[:8], "kurssi", "?"]) == set(names[:8])
    assert not names_among([*names[:8], "kurssi", "?", "ei"])
    assert not names_among(names[:7])


@pytest.mark.parametrize(
    "column",
    ["Aino|Matti|Liisa|Olli|Pia|Juha", "AINO|MATTI|LIISA|OLLI|PIA", "Anna-Liisa|Veli-Matti|Juhani|Ülle|Päivi",
     "Fatima|Mohamed|Olena|Hodan|Yusuf",
     "aino|matti|liisa|olli|pia", "Олена|Іван|Наталія|Сергій|Оксана", "محمد|فاطمة|أحمد|سارة|خالد",
     "Aino 34|Matti 20|Liisa 5|Paivi 7|Olena",
     "Matti|Liisa|Hilja|Olena|Tuntematon|Outo|Muukin"],
)  # fmt: skip
def test_columns_of_first_names_alone(column: str) -> None:
    """Half of the different cells are enough: no list knows all names."""
    assert names_among(column.split("|"))


@pytest.mark.parametrize(
    "column",
    ["Helmi|Onni|Ilona|Toivo|Lumi|Satu", "Maj|Juni|Juli|Mars", "Georgia|Jordan|Chad|Kenya",
     "Anna|Kalle|Ryhmä A|Ryhmä B|Ryhmä C|Ryhmä D", "Anna|Emma|Maria"],
)  # fmt: skip
def test_columns_of_words_that_are_names_too_pass(column: str) -> None:
    assert not names_among(column.split("|"))


@pytest.mark.parametrize(
    "cell",
    ["Aino Testi", "Testi Aino", "Testi, Aino", "AINO TESTI", "Hodan Abdi Testi", "Сергей Тестов",
     "tulkkina Aino Testi", "Turku, Aino Testi",
     "työ, Matti Testinen auttaa", "Aino soittaa ma", "sovittu Ainon kanssa", "kysy Fatimalta", "call Olena back"],
)  # fmt: skip
def test_a_common_first_name_in_a_cell(cell: str) -> None:
    assert unread_identity(cell) == "name"


@pytest.mark.parametrize(
    "cell",
    ["Minna Canthin koulu", "Anna Lindh Foundation", "Maria Akatemia", "Villa Victor", "Kaisa-talo",
     "Marian sairaala", "San Jose", "Monika-Naiset",
     "Anna palautetta", "Kai tulee huomenna", "Elina Kurjenkatu", "käyttää Wilmaa", "Kahvila Anna", "Sara kahvila",
     "on Ranskan kansalainen"],
)  # fmt: skip
def test_places_and_remarks_without_a_name_pass(cell: str) -> None:
    assert unread_identity(cell) == ""


@pytest.mark.parametrize("cells", [["Ali 3, Sara 5"], ["Sara 5 v"], ["Hodan"]])
def test_first_names_of_children_are_refused(facts: FactBook, cells: list[str]) -> None:
    memory = ColumnMemory(Column(0, "lapset", Role.FACT, "children_ages"), CellReader(facts, TODAY))
    assert [memory[cell] for cell in cells] == [0]
    assert memory.identity == set(cells)


def cells_of(*lines: str) -> list[str]:
    """Cells with a bar between them."""
    return [cell for line in lines for cell in line.split("|")]


@pytest.mark.parametrize(
    "cells",
    [
        [f"{word} {letter}" for word in ("Ryhmä", "Kurssi", "Taso") for letter in "ABCDE"],
        [f"{word} Alkeet {number}" for word in ("Suomi", "Ruotsi") for number in range(1, 9)],
        [f"KOTO_{place}" for place in ("Vantaa", "Espoo", "Turku", "Oulu", "Lahti", "Pori")],
        [f"{one}/{other}" for one in ("Suomi", "Dari", "Somali") for other in ("Thai", "Dari", "Suomi")],
        [f"Helsinki/{place}" for place in ("Kallio", "Malmi", "Vuosaari", "Lauttasaari", "Pasila", "Arabia")],
        cells_of("suomen kieli|ruotsin kieli|arabian kieli|somalin kieli|viron kieli|dari|kurdin kieli|turkin kieli",
                 "persian kieli"),
        cells_of("myyjä kassa|keittiö apulainen|bussin kuljettaja|lähihoitaja|sähkö asentaja|parturi kampaaja",
                 "ompelija räätäli|lasten hoitaja|kirjanpitäjä|taksin kuljettaja|koulun avustaja|siivooja"),
        cells_of("soita takaisin|odottaa päätöstä|varaa aika|hae opiskelupaikkaa|lähetä hakemus|ei vastannut",
                 "tulkki tilattu|jonossa kurssille|aika peruttu|tuo todistukset|päivitä cv|lomake palautettu"),
        cells_of("suomen alkeet|luova työpaja|uimakoulu naisille|englannin alkeet|yki valmennus|hoiva ala|nopea polku",
                 "koto intensiivi|työelämän suomi|puhekurssi iltaisin|digitaidot alkeet|hygieniapassi koulutus"),
        cells_of("vantaan kaupunki|helsingin kaupunki|espoon kaupunki|turun kaupunki|oulun kaupunki|porin kaupunki",
                 "lahden kaupunki|vaasan kaupunki|kemin kaupunki"),
        cells_of("Suomen kieli|Vantaan kaupunki|Soita takaisin|Hae töitä|Odottaa lupaa|Varaa aika|Käy Kelassa"),
        cells_of("A2.1-B1.1|A1.3|B1.1|B2.1|A0|C1.1|0-A1|A2.2"),
    ],
)  # fmt: skip
def test_columns_of_other_words_pass(cells: list[str]) -> None:
    """Groups, courses, languages, trades, places, things to do: words come again, or end as nouns and verbs do."""
    assert not names_among(cells)


def test_every_list_of_the_catalogue_passes_in_small_letters(facts: FactBook) -> None:
    """Columns of municipalities, areas, goals and answers as the program calls them, without capitals."""
    places = facts.municipalities.values()
    lists = [list(facts.goals.values()), *(list(fact.names.values()) for fact in facts.facts.values())]
    lists += [[each.employment_area for each in places], [each.wellbeing_county for each in places]]
    for texts in lists:
        for language in ("fi", "sv", "en"):
            assert not names_among(text[language].lower() for text in texts)


def test_a_column_that_is_not_read_is_looked_at_whole() -> None:
    column = UnreadColumn(Column(1, "Muuta", Role.IGNORED))
    column.check(["Kurssi A", "ryhmä 2", "Kurssi A"])
    assert not column.identity
    column.check([f"Etu{letter} Suku{letter}" for letter in "abcde"])
    assert len(column.identity) == 5
    column.identity.clear()
    column.check(["Etua Sukua, 040 123 4567", "x" * 90])
    column.check(["Etua Sukua, 040 123 4567"])
    assert len(column.identity) == 2


def test_every_name_of_a_value_passes(facts: FactBook) -> None:
    """What the program itself calls a value is never taken for a person."""
    for fact in facts.facts.values():
        for text in fact.names.values():
            for word in text.values():
                assert identity_in(word) == "", word


def test_the_ends_of_what_is_looked_at() -> None:
    """The shortest and longest cells, the fewest digits."""
    assert identity_in("a@b.fi") == "e-mail address"
    assert identity_in("a" * LONGEST) == ""
    assert identity_in("a" * (LONGEST + 1)) == "free text"
    assert identity_in("OlO594-9OlX") == "identity code"
    assert identity_in("0 40 12") == ""
    # seven digits in a phone number, eight in groups without a zero in front
    assert identity_in("(09) 31 164") == "phone number"
    assert identity_in("09 31 164") == "phone number"
    assert identity_in("(20) 31 164") == "phone number"
    assert identity_in("(20) 31 16") == ""
    # a number of no series that is given out is mistyped, and a number still
    assert identity_in("+380 11 111 11 11") == "phone number"
    assert identity_in("20 312 164") == "long number"
    assert identity_in("2 312 164") == ""


def test_numbers_in_groups() -> None:
    """One group of five digits or more makes a number of two or three groups, not a list of years."""
    assert identity_in("12345 67") == "long number"
    assert identity_in("12-34567-1") == "long number"
    assert identity_in("1234 567") == ""
    assert identity_in("1 2 34567 1 2 3 4") == ""
    assert identity_in("2 12345 6 7") == ""


def test_bare_codes_need_their_check_character() -> None:
    """Ten characters in a row are a code only with the right letter at the end."""
    assert identity_in("010594900Y") == "identity code"
    assert identity_in("010594900X") != "identity code"


def test_accounts_of_any_country_mistyped_too() -> None:
    """Long ones whatever their check digits; short ones with letters in them only if those are right."""
    assert identity_in("FI21 1234 5600 0007 85") == "bank account"
    assert identity_in("FI22 1234 5600 0007 85") == "bank account"
    assert identity_in("BE22 1234 5678 9012") == "bank account"
    assert identity_in("NL91 ABNA 0417 1643 00") == "bank account"
    assert identity_in("NL92 ABNA 0417 1643 00") != "bank account"


def test_a_finding_survives_the_way_from_a_worker() -> None:
    """Workers hand refusals over by pickling; the message names no value."""
    error = IdentityFound([Finding("name", "Muuta", 3), Finding("address", "Tila", 4)])
    again = pickle.loads(pickle.dumps(error))
    assert again.findings == (Finding("name", "Muuta", 3), Finding("address", "Tila", 4))
    assert str(again) == "identity in 2 places"


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Hetu", "identity code"),
        ("Asiakkaan henkilötunnus", "identity code"),
        ("Syntymäaika", "date of birth"),
        ("Sukunimi", "name"),
        ("Etunimi ja sukunimi", "name"),
        ("Postiosoite", "address"),
        ("Puh.", "phone number"),
        ("Sähköposti", "e-mail address"),
        ("Kundnummer", "customer or case number"),
        ("UMA", "customer or case number"),
        ("Lisätiedot", "free text"),
        ("Passin numero", "passport or card number"),
        ("Asiakkaan numero", "customer or case number"),
        ("Asian nro", "customer or case number"),
        ("Kund-ID", "customer or case number"),
        ("Case no.", "customer or case number"),
        ("Numero (asiakas)", "customer or case number"),
        ("Lapsen nimi", "name"),
        ("Nimi (asiakas)", "name"),
        ("Client's name", "name"),
        ("Synt.pvm", "date of birth"),
        ("Puh.nro", "phone number"),
        ("Hetun loppuosa", "identity code"),
        ("Henkilötunnuksen loppu", "identity code"),
        ("Hlötunnus", "identity code"),
        ("Personsignum", "identity code"),
        ("Socialskyddssignum", "identity code"),
        ("Yhteystiedot", "address"),
        ("Asiakkaan yhteystieto", "address"),
        ("Kontaktuppgifter", "address"),
        ("Contact details", "address"),
        ("Migri-numero", "customer or case number"),
        ("Migrin nro", "customer or case number"),
        ("Käyttäjätunnus", "customer or case number"),
        ("User ID", "customer or case number"),
        ("Nimi (etu)", "name"),
        ("Nimi (suku)", "name"),
        ("Nimikirjaimet", "name"),
        ("Initialer", "name"),
        ("Asiakkaan nimikirjaimet", "name"),
        ("Användarnamn", "name"),
        ("Lisätiedot (vapaa)", "free text"),
        ("Lisätietoja asiakkaasta", "free text"),
        ("Kommentit / huomiot", "free text"),
        ("Anmärkning", "free text"),
        ("Anmärkningar om kunden", "free text"),
        ("Muuta huomioitavaa", "free text"),
        ("Övriga uppgifter", "free text"),
        ("Comments on the client", "free text"),
        ("Kurssin nimi", ""),
        ("Namn för kursen", ""),
        ("Företagets namn", ""),
        ("Muuta", ""),
        ("Kurssitunnus", ""),
        ("Ryhmän tunnus", ""),
        ("Tilanne työssä", ""),
        ("Lisäkoulutus", ""),
        ("Huomenna", ""),
        ("Asiakasryhmä", ""),
        ("Kunnan numero", ""),
        ("Kunta", ""),
        ("Ikä", ""),
        ("Rivi", ""),
        ("Työtilanne", ""),
    ],
)
def test_headers(facts: FactBook, header: str, kind: str) -> None:
    assert HeaderNames.bundled(facts).identity_of(header) == kind


@pytest.mark.parametrize(
    "header",
    ["Vammainen", "Vammaisuus", "Mielenterveysongelmat", "Päihteet", "Päihdeongelma", "Sairauksia", "Terveydentilasta",
     "Asiakkaan lääkitys", "Raskaana", "Funktionsnedsättningar", "Missbruk", "Hälsotillstånd", "Disabled",
     "Health issues", "Mental health"],
)  # fmt: skip
def test_headers_on_health_are_warned_of(facts: FactBook, header: str) -> None:
    """In any form of their words; the column may be used."""
    column = HeaderNames.bundled(facts).column(0, header)
    assert (column.role, column.caution) == (Role.IGNORED, "health")


@pytest.mark.parametrize("header", ["Vantaan alue", "Sairaanhoitaja", "Lääni", "Sjukskötare", "Ryhmä", "Menetelmä", ""])
def test_other_headers_are_not(facts: FactBook, header: str) -> None:
    assert HeaderNames.bundled(facts).column(0, header).caution == ""


def test_no_fact_is_headed_like_identity(facts: FactBook) -> None:
    """No name of a fact, in any language, is refused."""
    names = HeaderNames.bundled(facts)
    for fact in facts.facts.values():
        for word in (fact.id, *fact.label.values()):
            assert names.identity_of(word) == "", word


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("0105\u00ad94-9032", "identity code"), ("01\u200b0594-90\u200b32", "identity code"),
        ("0401\u2060234\u200d567", "phone number"),
    ],
)  # fmt: skip
def test_signs_that_nobody_sees_hide_nothing(cell: str, kind: str) -> None:
    assert identity_in(cell) == kind


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("078-05-1120", "identity code"),
        ("AB 12 34 56 C", "identity code"),
        ("QQ123456C", "identity code"),
        ("RSSMRA85T10A562S", "identity code"),
        ("1234 5678 9012", "identity code"),
        ("1-2345-67890-12-3", "identity code"),
        ("IRQ-12C00123", "passport or card number"),
        ("123-12C00123", "passport or card number"),
        ("P<FINTESTI<<AINO<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "passport or card number"),
        ("АА123456", "passport or card number"),
        ("L01X00T47", "passport or card number"),
        ("aino dot testi at gmail dot com", "e-mail address"),
        ("ainotesti at gmail", "e-mail address"),
        ("ainotesti miukumauku posti piste fi", "e-mail address"),
        ("aino (at) posti [.] fi", "e-mail address"),
        ("@aino_testi", "social media account"),
        ("telegram @aino", "social media account"),
        ("Instagram: ainotesti", "social media account"),
        ("facebook.com/aino.testi", "social media account"),
        ("t.me/ainotesti", "social media account"),
        ("snapchat ainotesti", "social media account"),
        ("60.16988, 24.93838", "coordinates"),
        ("60°10'15\"N 24°56'3\"E", "coordinates"),
        ("lat 60.1699", "coordinates"),
        ("192.168.10.24", "device or network address"),
        ("2001:db8::ff00:42:8329", "device or network address"),
        ("00:1b:44:11:3a:b7", "device or network address"),
        ("auto ABC-123", "number plate"),
        ("CJK-482", "number plate"),
        ("AA1234BB", "number plate"),
        ("syntynyt toukokuussa 1994", "date of birth"),
        ("synt. 24.12.-94", "date of birth"),
        ("дата народження 01.05.1994", "date of birth"),
        ("né le 14/06/1977", "date of birth"),
        ("تاريخ الميلاد 14/06/1977", "date of birth"),
        ("Vanhan Sepän rinne 6", "address"),
        ("Rantakallio 3 A", "address"),
        ("Siltasaarenk 8", "address"),
        ("Via Roma, 12", "address"),
        ("12 Acacia Avenue", "address"),
    ],
)
def test_numbers_accounts_and_places_of_elsewhere(cell: str, kind: str) -> None:
    """None of them stands in a list of the program; the UNHCR's and the plates are made up."""
    assert identity_in(cell) == kind
    assert identity_in(f"({cell})") or kind in ("number plate", "social media account", "address")


@pytest.mark.parametrize(
    "cell",
    [
        "apply at example.org",
        "meet at home",
        "at work",
        "Instagramin kautta",
        "Facebook-ryhmä",
        "WhatsApp group",
        "vk 48/2026",
        "1.2.3.4",
        "2-11-31-32-38-55-73",
        "EUR 246",
        "120 SEK",
        "SUO-101",
        "YKI-3",
        "FI-18",
        "Ryhmä 3 A",
        "Luokka 7 B",
        "Mon Sep 08 2025 13:58:23 GMT-0500 (Central Daylight Time)",
        "10:58:43",
        "60.5, 24.9",
        "KOTO2026",
        "KE202611",
        "born abroad",
        "syntynyt Suomessa",
        "2021 2022 2023",
        "s 5/2026",
    ],
)
def test_what_only_looks_like_them(cell: str) -> None:
    assert identity_in(cell) == ""


OPTIONS = {
    "Likert": "Strongly Agree|Somewhat Agree|Neither Agree|Somewhat Disagree|Strongly Disagree|Very Often",
    "jobs": "Software Engineer|Line Cook|Bus Driver|Practical Nurse|Web Developer|Data Analyst|Shop Assistant",
    "countries": "Saudi Arabia|South Sudan|Sierra Leone|Sri Lanka|Costa Rica|New Zealand|South Africa",
    "weekdays": "Maanantai Aamu|Tiistai Ilta|Keskiviikko Aamu|Torstai Ilta|Perjantai Aamu|Lauantai Päivä",
    "schools": "Omnia Espoo|Stadin Ammattiopisto|Helsingin Yliopisto|Laurea Tikkurila|Careeria Porvoo|Luksia Lohja",
    "contracts": "Full Time|Part Time|Fixed Term|Zero Hours|Self Employed|Parental Leave|Unpaid Work",
    "companies": "Kesko Oyj|Virtanen Oy|Nieminen Ky|Laine Ry|Korhonen Ab|Mäkelä Tmi",
}


@pytest.mark.parametrize("kind", OPTIONS)
def test_answers_titles_and_places_are_no_names(kind: str) -> None:
    """By their words: the catalogue's, CLDR's and those of forms."""
    assert names_among(OPTIONS[kind].split("|")) == frozenset()


@pytest.mark.parametrize(
    "names",
    [
        "สมชาย ใจดี|สมหญิง รักไทย|มานี มีนา|ปิติ ชูใจ|วีระ กล้าหาญ|ชูใจ เลิศล้ำ",
        "احمدی، رضا|کریمی، لیلا|حسینی، مریم|رضایی، علی|مرادی، سارا",
        "王 小明|李 娜|张 伟|刘 洋|陈 静|杨 帆",
    ],
)
def test_names_of_other_scripts_are_found(names: str) -> None:
    assert len(names_among(names.split("|"))) >= 5


@pytest.mark.parametrize(
    "header",
    [
        "preferred_name",
        "firstName",
        "client_phone",
        "email_1",
        "RecipientEmail",
        "contactEmail",
        "Personnr",
        "Sos.turvatunnus",
        "Телефон",
        "الاسم",
        "Magaca",
        "Tulkin nimi",
        "Haastattelijan nimi",
        "gps_latitude",
        "deviceid",
        "IPAddress",
        "Facebook",
        "agent_name",
        "National ID",
        "Tilinro",
        "prénom",
        "ПІБ",
        "Other (please specify)",
        "Oleskelulupakortti",
        "photo",
    ],
)
def test_headers_of_all_spellings_and_languages(facts: FactBook, header: str) -> None:
    assert HeaderNames.bundled(facts).identity_of(header)


@pytest.mark.parametrize(
    "header",
    [
        "municipality_name",
        "course_name",
        "Palvelun nimi",
        "contact method",
        "email sent (yes/no)",
        "language_name",
        "Yhteydenottotapa",
        "Job title",
        "Country of birth",
        "Syntymämaa",
        "start",
        "Puhuu suomea",
    ],
)
def test_headers_that_name_nobody(facts: FactBook, header: str) -> None:
    assert HeaderNames.bundled(facts).identity_of(header) == ""


@pytest.mark.parametrize(
    "header",
    [
        "Uskonto",
        "religious_belief",
        "Etninen tausta",
        "HIV",
        "Kidutus",
        "Silpominen",
        "sexualOrientation",
        "Rikostausta",
        "Poliittinen mielipide",
        "clan",
    ],
)
def test_what_the_law_protects_above_all_is_warned_of(facts: FactBook, header: str) -> None:
    assert HeaderNames.bundled(facts).column(0, header).caution == "special"


@pytest.mark.parametrize(
    "cell",
    ["0 1 0 5 9 4 - 9 0 3 2", "0 1 0 5 9 4 Y 9 0 3 X", "0 1 0 5 9 4-9 0 3 2", "0 1 0 5 9 4  -  9 0 3 2",
     "010594 - 9 0 3 X", "01 05 94 - 90 3X", "010 594-903X"],
)  # fmt: skip
def test_an_identity_code_with_blanks_between_its_digits(cell: str) -> None:
    assert identity_in(cell) == "identity code"
    assert identity_in(f"asiakas: {cell}, Vantaa") == "identity code"


@pytest.mark.parametrize(
    "cell",
    ["0 1 0 1 1 0 1", "1 2 3 4 5 6 - 7 8 9 1", "1 2 3 4 5 6 7 8 9 10", "4 5 3 2 1 5 - 3 2 4 5", "10 12 20 - 25 30",
     "3 1 1 2 0 5 / 1 2 3 4", "opiskelijat 12345", "Student number 1500", "opiskelija 2026"],
)  # fmt: skip
def test_grades_and_counts_in_a_row_are_no_code(cell: str) -> None:
    assert identity_in(cell) == ""


@pytest.mark.parametrize(
    "cell", ["opiskelijanro 654321", "opiskelijanumero: 654321", "Student ID 99887", "jäsennro 12345"]
)
def test_numbers_of_students_and_members(cell: str) -> None:
    assert identity_in(cell) == "customer or case number"


@pytest.mark.parametrize(
    "names",
    [
        "O`BRIEN SEAN|D´ANGELO MARIA|N‘DIAYE FATOU|O'NEIL ANNA|MARʼYANA OLIINYK",
        "KOVALENKO\u2011PETRENKO OLENA|MÄKI\u2010PETÄYS JUHA|AL\u2011HASSAN FATIMA|ANNA\u2011LIISA VIRTANEN|TRAN LINH",
        "KOVALENKO-PETRENKO, OLENA|O’BRIEN, SEAN|AL-HASSAN, FATIMA|VIRTANEN, ANNA-LIISA|D’ANGELO, MARIA",
        "kovalenko-petrenko olena|o'brien sean|al-hassan fatima|d'angelo maria|rossi anna|hassan ali|mäki juha|ek eva",
    ],
)
def test_names_with_any_hyphen_and_apostrophe(names: str) -> None:
    """As they are typed and as programs write them, in capitals and without."""
    assert len(names_among(names.split("|"))) >= 5


HOSTILE = ("a1", "a.", "1-", "A1", "<A", "@a", " at ", "a@", "12.", "0:", "Aa ", "(at)", "1 ", "née ", "katu ", "1234 ")


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_time_for_a_cell_grows_with_its_length_alone(piece: str) -> None:
    """A thousand letters take no more than thirty times as long as a hundred, and far less than a hundredth second."""

    def seconds(length: int) -> float:
        cell = (piece * length)[: length - 1] + "@"
        return min(timeit.repeat(lambda: identity_in(cell), timer=time.process_time, number=3, repeat=3)) / 3

    assert seconds(990) < max(30 * seconds(99), 0.02)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("Nimeni on Tindra", "name"),
        ("My name is Tindra and I look for work", "name"),
        ("Opettaja Aino Testinen suositteli", "name"),
        ("tulkkina Aino Testinen", "name"),
        ("Клиент Айно Тестова ищет работу", "name"),
        ("Yhteyshenkilö sosiaalityöntekijä A. Testinen", "name"),
        ("aino miuku gmail piste com", "e-mail address"),
        ("айно@почта.рф", "e-mail address"),
        ("P.O. Box 45, 20101 Turku", "address"),
        ("Reg. nr. KLM 456", "number plate"),
        ("N 60.45148 E 22.26869", "coordinates"),
        ("HAO 24/1234/3", "customer or case number"),
        ("asia nro H 03456/24/8101", "customer or case number"),
        ("UMA 2347 8891", "customer or case number"),
        ("synt. helmikuun 13. päivänä 1985", "date of birth"),
        ("nacido el 13 de febrero de 1985", "date of birth"),
    ],
)
def test_what_a_blind_set_found_missing(cell: str, kind: str) -> None:
    assert identity_in(cell) == kind


@pytest.mark.parametrize(
    "cell",
    [
        "Teacher Training College",
        "Opettaja Helsingin Yliopisto",
        "tulkki paikalla",
        "my name is missing",
        "KOTO 12/2024/1",
        "asiakas 2023 2024",
        "asiakas 1200 1500",
        "helmikuun 13. päivänä 2027",
        "13 de febrero de 2027",
    ],
)
def test_what_looks_like_it_and_names_nobody(cell: str) -> None:
    assert identity_in(cell) == ""


@pytest.mark.parametrize(
    "header",
    ["tyttönimi", "hakijan_nimi", "namn på klient", "tilltalsnamn", "FamilyName", "имя клиента", "Adı Soyadı"],
)
def test_headers_of_names_that_a_blind_set_found_missing(facts: FactBook, header: str) -> None:
    assert HeaderNames.bundled(facts).identity_of(header) == "name"


@pytest.mark.parametrize(
    "header",
    ["Nimi (ei pakollinen)", "Nimi / Namn", "Your name", "What is your name?", "Mikä on nimesi?", "Vad heter du?",
     "Vastuutyöntekijä", "Handläggare", "Henkilötunnuksesi", "Kotiosoitteesi", "3. Nimi", "Puhelin (vapaaehtoinen)"],
)  # fmt: skip
def test_headers_of_forms_that_ask_who_somebody_is(facts: FactBook, header: str) -> None:
    assert HeaderNames.bundled(facts).identity_of(header)


@pytest.mark.parametrize("header", ["Puhelinpalvelu käytetty", "username policy accepted", "Puhelinneuvonta"])
def test_headers_about_the_use_of_a_contact_name_nobody(facts: FactBook, header: str) -> None:
    assert HeaderNames.bundled(facts).identity_of(header) == ""


@pytest.mark.parametrize(
    "cells",
    [
        "Table Tennis;Ice Hockey;Street Dance;Folk Music;Water Polo;Nordic Walking",
        "Päiväkoti Aurinko;Päiväkoti Helmi;Päiväkoti Onni;Päiväkoti Satakieli;Päiväkoti Muumi",
        "Addis Ababa;New Delhi;Phnom Penh;Kuala Lumpur;Buenos Aires;Abu Dhabi",
    ],
)
def test_hobbies_day_cares_and_cities_are_no_names(cells: str) -> None:
    assert not names_among(cells.split(";"))
