"""What only looks like identity: dates, amounts, codes and numbers as they stand in intake files.

Every kind is a function that takes a seeded `random.Random` and gives the header of a column and a cell in it. Dates
and amounts are written by Babel in many languages, words are those of the catalogue: not taken from the guard.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency, format_decimal, format_percent
from guard_codes import FACTS, UNKNOWN, Kind

from kotoneuvo import load_catalogue

# fmt: off
CATALOGUE = load_catalogue()
LOCALES = ("fi", "sv_FI", "en_GB", "en_US", "de", "et", "ru", "fr", "nb")


def _column(draw: Random) -> str:
    return draw.choice((*UNKNOWN, *FACTS) if draw.random() < 0.5 else UNKNOWN)


def _day(draw: Random) -> datetime:
    return datetime(2000, 1, 1, 8) + timedelta(days=draw.randrange(10_000), minutes=draw.randrange(600))


def date_written(draw: Random) -> tuple[str, str]:
    """A day as Babel writes it in nine languages, four lengths, with and without the time."""
    day, locale, length = _day(draw), draw.choice(LOCALES), draw.choice(("short", "medium", "long", "full"))
    return _column(draw), format_date(day, length, locale) if draw.random() < 0.7 else format_datetime(day, length, locale=locale)


def date_typed(draw: Random) -> tuple[str, str]:
    """A day as it is typed, or as a machine writes it."""
    forms = ("%d.%m.%Y", "%-d.%-m.%Y", "%-d.%-m.%y", "%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%Y/%m/%d", "%-d.%-m.", "%Y%m%d",
             "%-d. %-m. %Y", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y klo %H.%M", "%d.%m.%Y %H:%M", "%Y-%m-%dT%H:%M:%SZ",
             "%Y-%m-%dT%H:%M:%S+02:00", "%Y-%m-%d %H:%M:%S.123456", "%d.%m.%Y klo %-H", "ti %-d.%-m.%Y", "%b %Y", "%Y.%m.%d",
             "ennen %d.%m.%Y", "%d.%m.%Y alkaen", "sovittu %-d.%-m.%Y")
    return _column(draw), _day(draw).strftime(draw.choice(forms))


def date_range(draw: Random) -> tuple[str, str]:
    """From one day to another."""
    first = _day(draw)
    last = first + timedelta(days=draw.randrange(1, 400))
    form = draw.choice(("%d.%m.%Y", "%-d.%-m.%Y", "%d.%m.%y", "%Y-%m-%d", "%d.%m.", "%-d.%-m.", "%m/%Y", "%-m/%Y", "%Y-%m", "%d/%m/%Y"))
    return _column(draw), f"{first.strftime(form)}{draw.choice(('-', '–', ' - ', ' – ', '—', ' ... ', ' to '))}{last.strftime(form)}"


def hours(draw: Random) -> tuple[str, str]:
    """Opening hours and lessons."""
    first, last = time(draw.randint(7, 11), draw.choice((0, 15, 30))), time(draw.randint(12, 20), draw.choice((0, 45)))
    form = draw.choice(("%H.%M", "%H:%M", "%-H.%M", "%-H"))
    made = f"{first.strftime(form)}{draw.choice(('-', '–', ' - '))}{last.strftime(form)}"
    other = draw.choice((f"klo {made}", f"ma-pe {made}", f"ma {made}, to {made}", made, f"kl. {made}", format_time(first, locale=draw.choice(LOCALES))))
    return _column(draw), other


def week(draw: Random) -> tuple[str, str]:
    """Weeks and terms."""
    number, year = draw.randint(1, 52), draw.randint(2018, 2027)
    return _column(draw), draw.choice((f"{year}-W{number:02}", f"{year}W{number:02}", f"vk {number}", f"vko {number}/{year}", f"{year}-W{number:02}-{number % 7 + 1}",
        f"viikot {number}–{number + 4}", f"v. {number}-{number + 2}", f"syksy {year}", f"{year}-{year + 1}", f"lukuvuosi {year}–{year + 1}",
        f"{number}/{year}", f"Q{number % 4 + 1}/{year}", f"S{year}", f"kevät {year % 100}"))


def amount(draw: Random) -> tuple[str, str]:
    """Money and other quantities, as Babel writes them in nine languages or as they are typed."""
    value = draw.choice((draw.randint(1, 99), draw.randint(100, 9999), draw.randint(10_000, 2_000_000), draw.randint(1, 500_000) / 100))
    locale = draw.choice(LOCALES)
    low = draw.randrange(500, 40_000, 500)
    typed = (f"{value} €", f"{int(value)} e/kk", f"€{value}", f"{low}-{low + 5000} €", f"{low}–{low + 5000} €/v", f"EUR {value}", f"alle {low} €", f"{low}+",
             f"{int(value)} h", f"{int(value)} tuntia", f"{low}-{low + 5000}", f"{low:,} e".replace(",", " "))
    return _column(draw), draw.choice((format_currency(value, "EUR", locale=locale), format_decimal(value, locale=locale), draw.choice(typed), draw.choice(typed)))


def percentage(draw: Random) -> tuple[str, str]:
    """Shares and ratios."""
    value = draw.randint(0, 1000) / 1000
    return _column(draw), draw.choice((format_percent(value, locale=draw.choice(LOCALES)), f"{value * 100} %", f"{draw.randint(1, 9)}/{draw.randint(10, 99)}",
        f"n. {int(value * 100)} %", f"0,{int(value * 1000)}", f"{value:.3f}"))


def postcode(draw: Random) -> tuple[str, str]:
    """Postcodes of Finland and other countries, alone, with the town, several of them."""
    made = f"{draw.randint(0, 99):02}{draw.randrange(0, 1000, 10):03}"
    other = f"{draw.randint(0, 99):02}{draw.randrange(0, 1000, 10):03}"
    town = draw.choice(("Helsinki", "VANTAA", "Tampere", "Åbo", "Oulu 10"))
    return _column(draw), draw.choice((made, made, f"{made} {town}", f"FI-{made}", f"{made}, {other}", f"{made}-{other}", f"{made} / {other}", f"{made} {other}",
        f"AX-22{made[2:]}", f"SE-{made[:3]} {made[3:]}", f"{made[:3]} {made[3:]}", f"PL 12, {made} {town}"[7:]))


def ages(draw: Random) -> tuple[str, str]:
    """Ages, bands and lists of them."""
    listed = sorted(draw.sample(range(80), draw.randint(1, 7)))
    bands = ("0-2", "3-6", "7-15", "16-17", "18-29", "30-44", "45-64", "65+")
    several = sorted(draw.sample(bands, draw.randint(1, 4)), key=bands.index)
    sign = draw.choice((", ", ",", " ", "/", ";", "-", " ja ", " + "))
    made = draw.choice((sign.join(map(str, listed)), sign.join(several), sign.join(several).replace("-", "–"), f"{listed[0]} v", f"{listed[0]} v 3 kk",
                        f"yli {listed[-1]}", f"{listed[0]:02}", f"alle {listed[-1]} v"))
    return draw.choice((_column(draw), "ikä", "lasten iät")), made


def code_list(draw: Random) -> tuple[str, str]:
    """Municipality codes, ISCED, ISCO, TOL, lines and paragraphs."""
    codes = draw.sample(list(CATALOGUE.facts.municipalities), 4)
    sign = draw.choice((", ", " ", "/", ",", "-", " – "))
    number = draw.randint(1111, 9629)
    return _column(draw), draw.choice((codes[0], sign.join(codes[:2]), sign.join(codes[:3]), sign.join(codes), f"kunta {codes[0]}", f"ISCO {number}", f"{number} {number + 3}",
        f"{number}, {number + 11}, {number + 20}", f"TOL {number / 100}", f"{number % 900}/{draw.randint(1995, 2026)} {number % 90} §", f"kohta {number % 99}.{number % 9}.{number % 7}",
        f"rivit {number}–{number + 30}", f"ISCED {number % 8}{number % 10}{number % 5}"))


def course_code(draw: Random) -> tuple[str, str]:
    """Courses, groups and their codes."""
    number, year = draw.randint(1, 99), draw.randint(2020, 2026)
    return _column(draw), draw.choice((f"KOTO-{year}-{number:02}", f"S2-{number}", f"KIE-{number:02}{year % 100}", f"LANG{year}", f"TX00EY{number:02}-30{number:02}",
        f"5G00FD{number:02}-3001", f"A1.{number % 3 + 1} ryhmä {number}", f"Suomi {number % 5 + 1}", f"kurssi {number}", f"K{number:02}-{year}", f"S2/{year}/{number}",
        f"kielipolku {number % 4 + 1}", f"Opintopolku {number % 4 + 1}", f"Koulutuspolku {number % 4 + 1}", f"moduuli {number % 4 + 1}.{number % 3}", f"KTK-24{number:02}A",
        f"{year}{number % 12 + 1:02}-{number % 4 + 1}", f"Ryhmä {number}B", f"HKI {year} kevät", f"oppimispolku {number % 3 + 1}", f"Kotopolku {number % 3 + 1}"))


def school_class(draw: Random) -> tuple[str, str]:
    """School classes and permit types."""
    number = draw.randint(1, 9)
    return _column(draw), draw.choice((f"{number}A", f"{number} B", f"{number}.–{number + 1}. lk", f"{number}. luokka", "TUVA", "VALMA", f"luokat {number}-9", "lukio 1",
        "A", "B", "P", "P-EU", f"A.{number}", "B-lupa 12 kk", "A-lupa 4 v", f"tyyppi A, {number} vuotta", "D-viisumi", "EU 2016/801", "UlkL 52 d §"))


def room(draw: Random) -> tuple[str, str]:
    """Rooms, floors, versions, marks."""
    number = draw.randint(1, 40)
    return _column(draw), draw.choice((f"huone {number}{number:02}", f"A{number % 4}.{number:02}", f"B{number}04", f"{number % 9}. krs", f"tila 2.{number}", f"v{number % 3}.{number % 9}.{number}",
        f"sali {number}", f"#{number}", f"{number}/40", f"no {number}", f"rum {number}12", f"talo C, huone {number}", "K-kerros", f"linja {number}"))


def counts(draw: Random) -> tuple[str, str]:
    """Counts, grades and marks in a row."""
    digits = draw.choices("0123456789", k=8)
    return _column(draw), draw.choice((" ".join(digits[:5]), "/".join(digits[:6]), " ".join(digits), "-".join(digits[:7]), ", ".join(digits), f"{digits[0]}/{digits[1]}",
        f"{digits[0]},{digits[1]}", f"{digits[0]}.{digits[1]}", f"0{digits[0]}", f"{digits[0]} x {digits[1]} h", f"{digits[0]} kertaa", f"{digits[0]}:{digits[1]}",
        f"1{digits[0]}00–2{digits[1]}00", f"2010 2015-20{digits[2]}{digits[3]}", f"20{digits[0]}{digits[1]} 2015 2020-2024"))


WORDS = tuple({
    *(text for service in CATALOGUE.services.values() for text in service.name.values()),
    *(text for fact in CATALOGUE.facts.facts.values() for names in fact.names.values() for text in names.values()),
    *(text for goal in CATALOGUE.facts.goals.values() for text in goal.values()),
    *(text for each in CATALOGUE.facts.municipalities.values() for area in (each.name, each.employment_area, each.wellbeing_county) for text in area.values()),
})


def words(draw: Random) -> tuple[str, str]:
    """Names of services, answers, goals and places, in three languages, up to the length of free text."""
    return _column(draw), draw.choice(sorted(word for word in WORDS if len(word) <= 60 and len(word.split()) < 8))


def _languages(locale: str) -> list[str]:
    return [name for code, name in Locale.parse(locale).languages.items() if len(code) == 2]


def _places(each: str) -> list[str]:
    return [getattr(place, each)["fi"].lower() for place in CATALOGUE.facts.municipalities.values()]


TRADES = ("myyjä kassa", "keittiöapulainen", "bussin kuljettaja", "lähihoitaja", "sähköasentaja", "parturi kampaaja", "ompelija", "koneen käyttäjä",
          "lasten hoitaja", "kirjanpitäjä", "taksin kuljettaja", "koulun avustaja", "siivooja", "rakennusmies", "auton asentaja", "varastotyöntekijä",
          "ravintola työntekijä", "leipuri kondiittori", "insinööri", "maalari tapetoija", "puutarhuri", "opettaja", "talonmies", "toimiston hoitaja")
TO_DO = ("soita takaisin", "odottaa päätöstä", "varaa aika", "hae opiskelupaikkaa", "lähetä hakemus", "ei vastannut", "tulkki tilattu", "jonossa",
         "aika peruttu", "tuo todistukset", "päivitä cv", "lomake palautettu", "uusi aika", "kielitesti tehty", "ilmoittaudu kurssille", "odottaa",
         "ota yhteyttä kelaan", "suunnitelma tehty", "kartoitus kesken", "ring tillbaka", "väntar svar", "boka tid", "call back", "waiting for answer")
LISTS: tuple[tuple[str, list[str]], ...] = (
    ("languages of the world, in small letters", [name.lower() for locale in ("fi", "sv", "en") for name in _languages(locale)]),
    ("languages in Finnish, with the word", [f"{name[:-1] if name.endswith('i') else name}n kieli" for name in _languages("fi")]),
    ("pairs of languages", [f"{one}/{other}" for one in _languages("en")[:20] for other in _languages("en")[:20] if one != other]),
    ("countries, in small letters", [name.lower() for locale in ("fi", "sv", "en") for name in Locale.parse(locale).territories.values()]),
    ("areas of the catalogue, in small letters", [*_places("employment_area"), *_places("wellbeing_county")]),
    ("names of services, in small letters", sorted({text.lower() for service in CATALOGUE.services.values() for text in service.name.values() if len(text) <= 60 and len(text.split()) < 8})),
    ("groups with letters and numbers", [f"{word} {mark}" for word in ("Ryhmä", "Kurssi", "Taso", "Kerho") for mark in (*"ABCDEF", *range(1, 9))]),
    ("trades", list(TRADES)),
    ("things to do", list(TO_DO)),
)
"""What stands in one column together: a column of names is told from these by all its cells."""

KINDS: tuple[tuple[str, Kind, int], ...] = (
    ("dates, as nine languages write them", date_written, 3000),
    ("dates as typed, and of machines", date_typed, 2500),
    ("from one day to another", date_range, 1500),
    ("opening hours, lessons", hours, 1000),
    ("weeks, terms, years", week, 1500),
    ("amounts of money, quantities", amount, 2500),
    ("percentages, shares", percentage, 500),
    ("postcodes", postcode, 1500),
    ("ages, bands, lists of them", ages, 1500),
    ("municipality and other codes", code_list, 1000),
    ("course and group codes", course_code, 1000),
    ("school classes, permit types", school_class, 500),
    ("rooms, floors, versions", room, 500),
    ("counts and grades in a row", counts, 500),
    ("names of services, answers, places", words, 1000),
)
