"""People in words, made up: addresses, dates of birth, names, remarks, numbers of cases; and how many of each kind.

As in `guard_codes`, a kind gives the header of a column and a cell in it. Street names are of this list and of the
catalogue's own contacts, not of the guard.
"""

from __future__ import annotations

from random import Random

from guard_codes import (
    FIRST,
    LABELS,
    LAST,
    UNKNOWN,
    Kind,
    bank_account,
    code_bare,
    code_foreign,
    code_masked,
    code_mistyped,
    code_new,
    code_old,
    code_written_otherwise,
    email,
    email_written_otherwise,
    phone_finnish,
    phone_foreign,
    where,
)

# fmt: off
NOTES = ("Lisätiedot", "Huomiot", "Anteckningar", "Notes", "Kommentti", "Lisätietoja asiakkaasta", "Anmärkning", "Muuta huomioitavaa")
NATIVE = ("Олена Шевченко", "Сергей Иванов", "فاطمة حسن", "محمد علی احمدی", "Ніна Коваленко", "王伟", "ትዕግስት ተስፋዬ")
STREETS = ("Mannerheimintie", "Hämeentie", "Itäinen Pitkäkatu", "Kauppakatu", "Storgatan", "Pitkäkuja", "Rantapolku",
           "Puistokaari", "Koulutie", "Åvägen", "Asemakatu", "Tehtaankatu", "Vanha Porvoontie", "Strandvägen",
           "Kyläraitti", "Aleksanterinkatu", "Satamakatu", "Linnankatu", "Brahegatan", "Kuusikuja")
SHORT_STREETS = ("Fredrikink.", "Mannerheimint.", "Uudenmaank.", "Aleksanterink.", "Hämeent.", "Linnank.", "Tehtaank.")
MONTHS = ("tammikuuta", "toukokuuta", "maj", "augusti", "May", "October")
SPELLINGS = ("{first} {last}", "{first} {last[0]} {last}", "{first} {last} (äiti)", "{last}/{first}", "{first}.{last}",
             "{first}_{last}", "{first} {last} {age}", "{last} {first[0]}", "{first[0]}.{last[0]}.")
"""Of a name in a column of names."""
RARE_STREETS = ("Rauhankallio", "Hakaniemenranta", "Kaisaniemenpuisto", "Meripuistonportti", "Länsitori",
                "Toukoniitty", "Pohjoisesplanadi", "Siltasaarenpenger")
"""Streets whose names do not end like a street's."""
TOWNS = ("Helsinki", "Vantaa", "Tampere", "Åbo", "Oulu", "Espoo")


def _street(draw: Random, names: tuple[str, ...]) -> str:
    number = draw.randint(1, 150)
    tail = draw.choice(("", "", " A 12", " b", "b", " B12", ", 00100 Helsinki", f" as. {number}", " C", "-3", "/4"))
    return f"{draw.choice(names)} {number}{tail}"


def address(draw: Random) -> tuple[str, str]:
    """A street that is called street, with a number."""
    text = _street(draw, STREETS)
    short = f"{draw.choice(SHORT_STREETS)} {draw.randint(1, 150)}{draw.choice(('', ' A 12', ' b', ', 00100 Helsinki'))}"
    text = draw.choice((text, text, short, text.lower(), text.upper(), f"asuu {text}", text.replace(" ", "", 1) if text.count(" ") == 1 else text))
    return where(draw), text


def address_other(draw: Random) -> tuple[str, str]:
    """A street whose name does not say so, with postcode and town; a box; a foreign street."""
    number = draw.randint(1, 99)
    town = f"{draw.randint(1, 99):02}{draw.randrange(0, 100, 10):02}0 {draw.choice(TOWNS)}"
    made = draw.choice((
        f"{draw.choice(RARE_STREETS)} {number} A {draw.randint(1, 60)}", f"{draw.choice(RARE_STREETS)} {number}, {town}", f"PL {number}, {town}",
        f"Nyhavn {number}, København", f"{number} Example Street", f"{number} Long Road, London", f"ul. Zielona {number}",
        f"вул. Хрещатик {number}", f"c/o Virtanen, {town}", f"Hauptstraße {number}",
    ))
    return where(draw), made


def address_of_catalogue(addresses: tuple[str, ...]) -> Kind:
    """Addresses of services, as public pages write them: nobody's home, but real ones."""
    return lambda draw: (draw.choice(UNKNOWN), draw.choice(addresses))


def born(draw: Random) -> tuple[str, str]:
    """A date of birth in words, or a date where an age is asked for."""
    day, month, year = draw.randint(1, 28), draw.randint(1, 12), draw.randint(1940, 2024)
    dates = (f"{day}.{month}.{year}", f"{day}.{month}.{year % 100:02}", f"{year}-{month:02}-{day:02}", f"{day}/{month}/{year}",
             f"{day:02}{month:02}{year}", f"{year}/{month:02}/{day:02}", f"{day}-{month}-{year}", f"{day}. {month}. {year}", f"{day}.{month}.-{year % 100:02}")
    made = draw.choice(dates)
    if draw.random() < 0.5:
        return draw.choice(("ikä", "lasten iät", "Age")), draw.choice((made, f"{made}, {draw.choice(dates)}"))
    made = draw.choice((made, made, f"{day:02}{month:02}{year % 100:02}", f"{month}/{year}", f"{day}. {draw.choice(MONTHS)} {year}"))
    return where(draw), draw.choice(("s. {}", "synt. {}", "syntynyt {}", "född {}", "f. {}", "born {}", "DOB {}", "s.{}")).format(made)


def under_such_header(draw: Random) -> tuple[str, str]:
    """Anything under a header that says what it is, often with another word or a mark in it."""
    first, last = draw.choice(FIRST), draw.choice(LAST)
    number = draw.randint(1000, 999_999)
    headers, cell = draw.choice((
        (("Asiakasnumero", "Asiakasnro", "UMA-nro", "UMA nro", "Asiakkaan numero", "Client no.", "Client ID", "Kundnr", "Kund-ID",
          "Asiakas-ID", "Asiakastunniste", "URA-tunnus", "Migri-numero", "Käyttäjätunnus"), str(number)),
        (("Diaarinro", "Diaarinumero", "Dnro", "Asian nro", "Asianro", "Ärendenr", "Ärendenummer", "Case no.", "Case number",
          "Hakemusnumero", "Päätöksen numero", "Diarienr"), f"{number % 1000}/2026"),
        (("Nimi", "Sukunimi", "Etunimi", "Asiakkaan etunimi", "Namn", "Client's name", "Lapsen nimi", "Puolison nimi", "Nimi (asiakas)",
          "Yhteyshenkilö", "Huoltaja", "Nimi (etu)", "Nimikirjaimet", "Initialer"), f"{last} {first}"),
        (("Katuosoite", "Kotiosoite", "Hemadress", "Osoitetiedot", "Home address", "Yhteystiedot", "Kontaktuppgifter", "Contact details"), _street(draw, STREETS)),
        (("Puhelin", "Puh.nro", "Puh nro", "GSM-numero", "Kännykkä", "Telefonnr", "Phone no.", "WhatsApp"), "ks. kortti"),
        (("Hetu", "HETU", "Henkilötunnus (hetu)", "Personbet.", "Syntymäaika", "Syntymäpvm", "Synt.pvm", "Födelsedag", "Birth date",
          "Hetun loppuosa", "Hlötunnus", "Personsignum", "Socialskyddssignum"), "?"),
    ))
    return draw.choice(headers), cell


def note_in_notes(draw: Random) -> tuple[str, str]:
    """A name and more in a column headed as remarks."""
    return draw.choice(NOTES), f"{draw.choice(FIRST)} {draw.choice(LAST)} {draw.choice(('soittaa', 'asuu siskon luona', 'flyttar', 'calls back'))}"


def note_long(draw: Random) -> tuple[str, str]:
    """A sentence or two about somebody, in any column that is not remarks."""
    name = f"{draw.choice(FIRST)} {draw.choice(LAST)}"
    made = draw.choice((
        f"Asiakas {name} kävi tänään ja kertoi, että puoliso on sairaalassa.", f"{name} ringde och sade att han vill byta kurs till våren.",
        f"Talked to {name} about the course, wants to start after the baby is born.", f"Sovittu että {name} tuo paperit ensi viikolla, tulkki tarvitaan.",
    ))
    return where(draw), made


def name_titled(draw: Random) -> tuple[str, str]:
    """A title or a word for a person, and a name."""
    first, last = draw.choice(FIRST), draw.choice(LAST)
    made = draw.choice(("rouva {1}", "hra {1}", "Mr {1}", "Ms. {0} {1}", "fru {1}", "asiakas {0} {1}", "nimi: {0} {1}", "äiti {0} {1}",
                        "omatyöntekijä {0} {1}", "c/o {0} {1}", "puoliso {0} {1}", "Mrs {1}", "client {0} {1}"))
    return where(draw), made.format(first, last)


def name_alone(draw: Random) -> tuple[str, str]:
    """A first and a last name alone in a cell."""
    first, last = draw.choice(FIRST), draw.choice(LAST)
    made = draw.choice((f"{first} {last}", f"{last} {first}", f"{last}, {first}", f"{first} {last[0]}.", draw.choice(NATIVE), f"{first} {last}".upper()))
    return draw.choice((*UNKNOWN, *LABELS)), made


def column_of_names(draw: Random, small: bool = False) -> list[str]:
    """Thirty names, all in the same spelling: with an initial, a slash, an age, or in small letters."""
    spelling = draw.choice(("{first} {last}", "{last} {first}", "{first}.{last}") if small else SPELLINGS)
    made = [spelling.format(first=draw.choice(FIRST), last=draw.choice(LAST), age=draw.randint(16, 70)) for _ in range(30)]
    return [each.lower() for each in made] if small else made


def name_in_words(draw: Random) -> tuple[str, str]:
    """A name in a short remark: no title, no other sign."""
    first = draw.choice(FIRST)
    return where(draw), draw.choice(("{} soittaa ma", "sovittu {}n kanssa", "{} hoitaa", "call {} back", "kysy {}lta")).format(first)


def case_number(draw: Random) -> tuple[str, str]:
    """Numbers of cases and customers under an innocent header."""
    number, year = draw.randint(1000, 99999), draw.randint(2018, 2026)
    made = draw.choice((f"VN/{number}/{year}", f"HEL {year}-{number:06}", f"D/{number}/{year}", f"MIG-{number}{number % 97:02}", f"UMA {number}{number % 89:02}",
                        f"{number}{number % 97:02}", f"POL-{year}-{number}", f"{number}/{year}", f"asiakas nro {number}",
                        f"dnro {number % 5000}/{year}", f"Dnro {number % 500}/{number % 90}/{year}"))
    return where(draw, True), made


KINDS: tuple[tuple[str, Kind, int], ...] = (
    ("identity code, separators - + A", code_old, 1700),
    ("identity code, separators since 2023", code_new, 1500),
    ("identity code written otherwise", code_written_otherwise, 1000),
    ("identity code mistyped", code_mistyped, 1500),
    ("identity code, end left out or starred", code_masked, 300),
    ("identity code without separator", code_bare, 400),
    ("foreign identity code, passport", code_foreign, 1000),
    ("phone, Finnish, many spellings", phone_finnish, 1900),
    ("phone, foreign, all countries", phone_foreign, 1900),
    ("e-mail address", email, 1300),
    ("e-mail address written otherwise", email_written_otherwise, 750),
    ("street address", address, 800),
    ("address without a street's name", address_other, 500),
    ("bank account", bank_account, 500),
    ("date of birth, in words or for an age", born, 750),
    ("anything under a header that says so", under_such_header, 1000),
    ("name in a column of remarks", note_in_notes, 500),
    ("long remark in another column", note_long, 500),
    ("name with a title", name_titled, 500),
    ("case number under another header", case_number, 500),
)
HARD: tuple[tuple[str, Kind, int], ...] = (
    ("name alone in a cell", name_alone, 500),
    ("name in a short remark", name_in_words, 500),
)
"""What a cell alone does not tell."""
