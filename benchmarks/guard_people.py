"""What names a person, made up: identity codes, phone numbers, e-mails, addresses, names, numbers, as desks write them.

Every kind is a function that takes a seeded `random.Random` and gives the header of a column and a cell in it. Identity
codes use the individual numbers 900-999, which are given to nobody. Foreign phone numbers start from the examples of
`phonenumbers`, addresses from street names of this list and of the catalogue's own contacts: not from the guard.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import phonenumbers

Kind = Callable[[Random], tuple[str, str]]

UNKNOWN = ("Muuta", "Sovittu", "Lähde", "Seuraava askel", "Ryhmä", "Kurssi", "Yhteistyö", "Annat", "Övrig info", "Extra",
           "Follow-up", "Tila", "Viite", "Merkintä")  # fmt: skip
"""Headers that no list knows."""
FACTS = ("tavoite", "suomen taso", "työtilanne", "kunta", "oleskelulupa")
LABELS = ("rivi", "Nro", "row")
NOTES = ("Lisätiedot", "Huomiot", "Anteckningar", "Notes", "Kommentti")
CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
FIRST = ("Aino", "Ahmed", "Fatima", "Olena", "Oleksandr", "Maryam", "Abdi", "Hodan", "Sergei", "Natalja", "Thi Mai",
         "Nguyen", "Reza", "Zahra", "Kadri", "Jaan", "Anne-Marie", "Siiri", "Björn", "Åsa", "Yusuf", "Leyla", "Chen",
         "Priya", "Grace", "Emmanuel", "Tigist", "Rojda")  # fmt: skip
LAST = ("Virtanen", "Hassan", "Ali", "Shevchenko", "Kovalenko", "Ahmadi", "Mohamed", "Warsame", "Ivanova", "Petrov",
        "Nguyen", "Tran", "Hosseini", "Karimi", "Tamm", "Saar", "Lindström", "Öhman", "al-Khatib", "Demir", "Wang",
        "Sharma", "Okafor", "O'Brien", "Tesfaye", "Mäki-Lehto")  # fmt: skip
NATIVE = ("Олена Шевченко", "Сергей Иванов", "فاطمة حسن", "محمد علی احمدی", "Ніна Коваленко", "王伟", "ትዕግስት ተስፋዬ")
STREETS = ("Mannerheimintie", "Hämeentie", "Itäinen Pitkäkatu", "Kauppakatu", "Storgatan", "Pitkäkuja", "Rantapolku",
           "Puistokaari", "Koulutie", "Åvägen", "Asemakatu", "Tehtaankatu", "Vanha Porvoontie", "Strandvägen",
           "Kyläraitti", "Aleksanterinkatu", "Satamakatu", "Linnankatu", "Brahegatan", "Kuusikuja")  # fmt: skip
RARE_STREETS = ("Rauhankallio", "Hakaniemenranta", "Kaisaniemenpuisto", "Meripuistonportti", "Länsitori",
                "Toukoniitty", "Pohjoisesplanadi", "Siltasaarenpenger")  # fmt: skip
"""Streets whose names do not end like a street's."""
TOWNS = ("Helsinki", "Vantaa", "Tampere", "Åbo", "Oulu", "Espoo")


def _where(draw: Random, labels: bool = False) -> str:
    """A column of an innocent header: mostly unknown ones, sometimes one of a fact or the label."""
    return draw.choice(draw.choices((UNKNOWN, FACTS, LABELS if labels else UNKNOWN), (6, 3, 1))[0])


def _in_text(draw: Random, what: str) -> str:
    """Alone in its cell, or with a word or two around it."""
    around = ("{}", "{}", "{}", "{}", "asiakas {}", "{} (tarkistettu)", "kts. {}", "{}, Vantaa", "A2; {}", "työ / {}", " {} ")
    return draw.choice(around).format(what)


def code_parts(draw: Random) -> tuple[str, str, str]:
    """Day, individual number and right check character of a code of a person who cannot exist."""
    day = f"{draw.randint(1, 28):02}{draw.randint(1, 12):02}{draw.randint(0, 99):02}"
    number = str(draw.randint(900, 999))
    return day, number, CHECKS[int(day + number) % 31]


def code_old(draw: Random) -> tuple[str, str]:
    """An identity code with one of the three separators in use until 2023."""
    day, number, check = code_parts(draw)
    return _where(draw, True), _in_text(draw, f"{day}{draw.choice('-A+')}{number}{check}")


def code_new(draw: Random) -> tuple[str, str]:
    """With one of the separators in use since 2023."""
    day, number, check = code_parts(draw)
    return _where(draw, True), _in_text(draw, f"{day}{draw.choice('BCDEFYXWVU')}{number}{check}")


def code_written_otherwise(draw: Random) -> tuple[str, str]:
    """Lower case, other dashes, blanks, dots and whole years in the date, a word stuck to it, invisible characters."""
    day, number, check = code_parts(draw)
    sign = draw.choice("-AY")
    dash = draw.choice("–—‐‑−_")
    year = f"{day[:4]}19{day[4:]}"
    made = draw.choice((
        f"{day}{sign}{number}{check}".lower(), f"{day}{dash}{number}{check}", f"{day} {sign} {number}{check}",
        f"{day[:2]}.{day[2:4]}.19{day[4:]}-{number}{check}", f"{day[:2]}.{day[2:4]}.{day[4:]}-{number}{check}",
        f"{year}-{number}{check}", f"hetu{day}{sign}{number}{check}", f"hetu:{day}{sign}{number}{check}",
        f"{day}\u200b{sign}{number}{check}", f"{day}{sign}{number} {check}", f"{day[:2]} {day[2:4]} {day[4:]} {sign} {number}{check}",
        f"{day[:2]}-{day[2:4]}-{day[4:]}-{number}{check}", f"{day}/{number}{check}", f"'{day}{sign}{number}{check}",
    ))  # fmt: skip
    return _where(draw), _in_text(draw, made)


def code_mistyped(draw: Random) -> tuple[str, str]:
    """A wrong check character, a letter for a digit, two digits changed about, a digit too few or too many."""
    day, number, check = code_parts(draw)
    wrong = draw.choice([each for each in CHECKS + "GIOQZ" if each != check])
    spot = draw.randrange(5)
    swapped = day[:spot] + day[spot + 1] + day[spot] + day[spot + 2 :]
    sign = draw.choice("-A+BCYX")
    made = draw.choice((
        f"{day}{sign}{number}{wrong}", f"{day}{sign}{number}{wrong}", f"{swapped}{sign}{number}{check}",
        f"{day.replace('0', 'O').replace('1', 'l')}{sign}{number}{check}", f"{day}{sign}{number[:2]}{check}",
        f"{day}{sign}{number}{number[0]}{check}", f"{day[:-1]}{sign}{number}{check}", f"{day}{draw.choice('GHZ')}{number}{check}",
        f"{day[:4]}{day[4:]}{day[-1]}{sign}{number}{check}", f"{day}{sign}{sign}{number}{check}",
    ))  # fmt: skip
    return _where(draw), _in_text(draw, made)


def code_masked(draw: Random) -> tuple[str, str]:
    """The end of the code left out or starred: the date of birth is still there."""
    day, number, check = code_parts(draw)
    made = draw.choice((f"{day}-XXXX", f"{day}-****", f"{day}-{number}", f"{day}-{number}X", f"{day}A???{check}", f"{day}-"))
    return _where(draw), _in_text(draw, made)


def code_bare(draw: Random) -> tuple[str, str]:
    """Without the separator."""
    day, number, check = code_parts(draw)
    return _where(draw), _in_text(draw, f"{day}{number}{check}")


def code_foreign(draw: Random) -> tuple[str, str]:
    """Sweden, Estonia, Ukraine, Russia, Bulgaria; passports and cards."""
    day, number, _ = code_parts(draw)
    turned = day[4:] + day[2:4] + day[:2]
    digits = "".join(draw.choices("0123456789", k=9))
    made = draw.choice((
        f"{turned}-{number}1", f"19{turned}-{number}1", f"3{turned}{number}5", f"1{digits}", f"{digits[:3]}-{digits[3:6]}-{digits[6:]} 01",
        f"{turned}{number}1", f"F{draw.choice('PJ')}{digits[:7]}", f"{draw.choice('ABCP')}{digits[:8]}", f"EH{digits[:6]}",
        f"{digits[:2]} {digits[2:4]} {digits[3:9]}",
    ))  # fmt: skip
    return _where(draw), _in_text(draw, made)


def phone_finnish(draw: Random) -> tuple[str, str]:
    """Mobile and landline numbers in the ways that people write them."""
    area = draw.choice(("40", "41", "44", "45", "46", "50", "400", "9", "2", "3", "8", "19"))
    rest = "".join(draw.choices("0123456789", k=7 if len(area) < 3 else 6))
    a, b = rest[:3], rest[3:]
    made = draw.choice((
        f"0{area} {a} {b}", f"0{area}{rest}", f"+358 {area} {rest}", f"+358{area}{rest}", f"+358 (0){area} {a} {b}",
        f"(0{area}) {a} {b}", f"0{area}-{rest}", f"0{area}-{a} {b}", f"0{area}/{rest}", f"0{area}.{a}.{b}", f"00358 {area} {rest}",
        f"358{area}{rest}", f"puh. 0{area} {rest}", f"puh.0{area}{rest}", f"p.0{area}{rest}", f"tel:0{area}{rest}",
        f"gsm0{area}{rest}", f"0 {area} {a} {b}", f"{area}{rest}", f"{area} {a} {b}", f"0{area} {a[:2]} {a[2]}{b[0]} {b[1:]}",
        f"+358\u00a0{area}\u00a0{a}\u00a0{b}", f"0{area}–{a}–{b}", f"O{area} {a} {b}", f"0{area} {rest} (äiti)",
        f"0{area}_{a}_{b}", f"0{area} {a} {b[:2]} {b[2:]}",
    ))  # fmt: skip
    return _where(draw), _in_text(draw, made)


def phone_foreign(draw: Random) -> tuple[str, str]:
    """Mobile numbers of all countries, as `phonenumbers` writes them, with other digits at the end."""
    region = draw.choice(("UA", "RU", "EE", "SE", "SO", "IQ", "IR", "AF", "SY", "TR", "VN", "TH", "CN", "IN", "GB", "DE",
                          *sorted(phonenumbers.SUPPORTED_REGIONS)))  # fmt: skip
    number = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    number = number or phonenumbers.example_number(region)
    if number is None:
        return phone_foreign(draw)
    changed = phonenumbers.PhoneNumber(number.country_code, number.national_number // 1000 * 1000 + draw.randrange(1000))
    style = draw.choice((phonenumbers.PhoneNumberFormat.INTERNATIONAL, phonenumbers.PhoneNumberFormat.INTERNATIONAL,
                         phonenumbers.PhoneNumberFormat.E164, phonenumbers.PhoneNumberFormat.NATIONAL))  # fmt: skip
    made = phonenumbers.format_number(changed, style)
    if made.startswith("+") and draw.random() < 0.3:
        made = "00" + made[1:]
    return _where(draw), _in_text(draw, made)


def _mailbox(draw: Random) -> str:
    first, last = draw.choice(FIRST).split()[0].lower(), draw.choice(LAST).lower().replace("'", "")
    plain = str.maketrans("äåö", "aao")
    return draw.choice((f"{first}.{last}", f"{first}{draw.randint(1, 99)}", f"{last}_{first}", f"{first[0]}.{last}+koto")).translate(plain)


def email(draw: Random) -> tuple[str, str]:
    """As it should be."""
    host = draw.choice(("example.org", "example.com", "posti.example.fi", "mail.example", "xn--esimerkki-example.fi"))
    return _where(draw, True), _in_text(draw, f"{_mailbox(draw)}@{host}")


def email_written_otherwise(draw: Random) -> tuple[str, str]:
    """The sign in words, in capitals, with blanks, in a link."""
    name = _mailbox(draw)
    made = draw.choice((
        f"{name} (at) example.org", f"{name}(at)example.org", f"{name}[at]example.org", f"{name} at example.org",
        f"{name} ät example.fi", f"{name}(a)example.fi", f"{name} @ example.org", f"{name}＠example.org", f"mailto:{name}@example.org",
        f"<{name}@example.org>", f"{name.upper()}@EXAMPLE.ORG", f"{name}@example,org", f"{name} (at) example (dot) org",
        f"{name}(ät)example.fi", f"{name} [ät] example piste fi", f"{name}@example", f"{name}@ example.fi",
    ))  # fmt: skip
    return _where(draw), _in_text(draw, made)


def _street(draw: Random, names: tuple[str, ...]) -> str:
    number = draw.randint(1, 150)
    tail = draw.choice(("", "", " A 12", " b", "b", " B12", ", 00100 Helsinki", f" as. {number}", " C", "-3", "/4"))
    return f"{draw.choice(names)} {number}{tail}"


def address(draw: Random) -> tuple[str, str]:
    """A street that is called street, with a number."""
    text = _street(draw, STREETS)
    text = draw.choice((text, text, text, text.lower(), text.upper(), f"asuu {text}", text.replace(" ", "", 1) if text.count(" ") == 1 else text))
    return _where(draw), text


def address_other(draw: Random) -> tuple[str, str]:
    """A street whose name does not say so, with postcode and town; a box; a foreign street."""
    number = draw.randint(1, 99)
    town = f"{draw.randint(1, 99):02}{draw.randrange(0, 100, 10):02}0 {draw.choice(TOWNS)}"
    made = draw.choice((
        f"{draw.choice(RARE_STREETS)} {number} A {draw.randint(1, 60)}", f"{draw.choice(RARE_STREETS)} {number}, {town}", f"PL {number}, {town}",
        f"Nyhavn {number}, København", f"{number} Example Street", f"{number} Long Road, London", f"ul. Zielona {number}",
        f"вул. Хрещатик {number}", f"c/o Virtanen, {town}", f"Hauptstraße {number}",
    ))  # fmt: skip
    return _where(draw), made


def address_of_catalogue(addresses: tuple[str, ...]) -> Kind:
    """Addresses of services, as public pages write them: nobody's home, but real ones."""
    return lambda draw: (draw.choice(UNKNOWN), draw.choice(addresses))


def bank_account(draw: Random) -> tuple[str, str]:
    """IBAN of Finland and others with right check digits, and the old Finnish form."""
    digits = "".join(draw.choices("0123456789", k=14))
    country, digits = draw.choice((("FI", digits), ("EE", digits + "12"), ("DE", digits + "1234"), ("LT", digits + "12")))
    place = {"F": "15", "I": "18", "E": "14", "D": "13", "L": "21", "T": "29"}
    check = 98 - int(digits + place[country[0]] + place[country[1]] + "00") % 97
    whole = f"{country}{check:02}{digits}"
    grouped = " ".join(whole[start : start + 4] for start in range(0, len(whole), 4))
    return _where(draw), _in_text(draw, draw.choice((whole, grouped, grouped, grouped.lower(), f"{digits[:6]}-{digits[6:]}")))


def born(draw: Random) -> tuple[str, str]:
    """A date of birth in words, or a date where an age is asked for."""
    day, month, year = draw.randint(1, 28), draw.randint(1, 12), draw.randint(1940, 2024)
    dates = (f"{day}.{month}.{year}", f"{day}.{month}.{year % 100:02}", f"{year}-{month:02}-{day:02}", f"{day}/{month}/{year}",
             f"{day:02}{month:02}{year}", f"{year}/{month:02}/{day:02}", f"{day}-{month}-{year}", f"{day}. {month}. {year}")  # fmt: skip
    made = draw.choice(dates)
    if draw.random() < 0.5:
        return draw.choice(("ikä", "lasten iät", "Age")), draw.choice((made, f"{made}, {draw.choice(dates)}"))
    return _where(draw), draw.choice(("s. {}", "synt. {}", "syntynyt {}", "född {}", "f. {}", "born {}", "DOB {}", "s.{}")).format(made)


def under_such_header(draw: Random) -> tuple[str, str]:
    """Anything under a header that says what it is, often with another word or a mark in it."""
    first, last = draw.choice(FIRST), draw.choice(LAST)
    number = draw.randint(1000, 999_999)
    headers, cell = draw.choice((
        (("Asiakasnumero", "Asiakasnro", "UMA-nro", "UMA nro", "Asiakkaan numero", "Client no.", "Client ID", "Kundnr", "Kund-ID",
          "Asiakas-ID", "Asiakastunniste", "URA-tunnus"), str(number)),
        (("Diaarinro", "Diaarinumero", "Dnro", "Asian nro", "Asianro", "Ärendenr", "Ärendenummer", "Case no.", "Case number",
          "Hakemusnumero", "Päätöksen numero", "Diarienr"), f"{number % 1000}/2026"),
        (("Nimi", "Sukunimi", "Etunimi", "Asiakkaan etunimi", "Namn", "Client's name", "Lapsen nimi", "Puolison nimi", "Nimi (asiakas)",
          "Yhteyshenkilö", "Huoltaja"), f"{last} {first}"),
        (("Katuosoite", "Kotiosoite", "Hemadress", "Osoitetiedot", "Home address"), _street(draw, STREETS)),
        (("Puhelin", "Puh.nro", "Puh nro", "GSM-numero", "Kännykkä", "Telefonnr", "Phone no.", "WhatsApp"), "ks. kortti"),
        (("Hetu", "HETU", "Henkilötunnus (hetu)", "Personbet.", "Syntymäaika", "Syntymäpvm", "Synt.pvm", "Födelsedag", "Birth date"), "?"),
    ))  # fmt: skip
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
    ))  # fmt: skip
    return _where(draw), made


def name_titled(draw: Random) -> tuple[str, str]:
    """A title or a word for a person, and a name."""
    first, last = draw.choice(FIRST), draw.choice(LAST)
    made = draw.choice(("rouva {1}", "hra {1}", "Mr {1}", "Ms. {0} {1}", "fru {1}", "asiakas {0} {1}", "nimi: {0} {1}", "äiti {0} {1}",
                        "omatyöntekijä {0} {1}", "c/o {0} {1}", "puoliso {0} {1}", "Mrs {1}", "client {0} {1}"))  # fmt: skip
    return _where(draw), made.format(first, last)


def name_alone(draw: Random) -> tuple[str, str]:
    """A first and a last name alone in a cell."""
    first, last = draw.choice(FIRST), draw.choice(LAST)
    made = draw.choice((f"{first} {last}", f"{last} {first}", f"{last}, {first}", f"{first} {last[0]}.", draw.choice(NATIVE), f"{first} {last}".upper()))
    return draw.choice((*UNKNOWN, *LABELS)), made


def name_in_words(draw: Random) -> tuple[str, str]:
    """A name in a short remark: no title, no other sign."""
    first = draw.choice(FIRST)
    return _where(draw), draw.choice(("{} soittaa ma", "sovittu {}n kanssa", "{} hoitaa", "call {} back", "kysy {}lta")).format(first)


def case_number(draw: Random) -> tuple[str, str]:
    """Numbers of cases and customers under an innocent header."""
    number, year = draw.randint(1000, 99999), draw.randint(2018, 2026)
    made = draw.choice((f"VN/{number}/{year}", f"HEL {year}-{number:06}", f"D/{number}/{year}", f"MIG-{number}{number % 97:02}", f"UMA {number}{number % 89:02}",
                        f"{number}{number % 97:02}", f"POL-{year}-{number}", f"{number}/{year}", f"asiakas nro {number}"))  # fmt: skip
    return _where(draw, True), made


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
