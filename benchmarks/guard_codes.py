"""Codes and numbers that name a person, made up: identity codes, phone numbers, e-mail addresses, bank accounts.

Every kind is a function that takes a seeded `random.Random` and gives the header of a column and a cell in it. Identity
codes use the individual numbers 900-999, which are given to nobody. Foreign phone numbers start from the examples of
`phonenumbers`.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import phonenumbers

# fmt: off
Kind = Callable[[Random], tuple[str, str]]

UNKNOWN = ("Muuta", "Sovittu", "Lähde", "Seuraava askel", "Ryhmä", "Kurssi", "Yhteistyö", "Annat", "Övrig info", "Extra",
           "Follow-up", "Tila", "Viite", "Merkintä")
"""Headers that no list knows."""
FACTS = ("tavoite", "suomen taso", "työtilanne", "kunta", "oleskelulupa")
LABELS = ("rivi", "Nro", "row")
CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
FIRST = ("Aino", "Ahmed", "Fatima", "Olena", "Oleksandr", "Maryam", "Abdi", "Hodan", "Sergei", "Natalja", "Thi Mai",
         "Nguyen", "Reza", "Zahra", "Kadri", "Jaan", "Anne-Marie", "Siiri", "Björn", "Åsa", "Yusuf", "Leyla", "Chen",
         "Priya", "Grace", "Emmanuel", "Tigist", "Rojda")
LAST = ("Virtanen", "Hassan", "Ali", "Shevchenko", "Kovalenko", "Ahmadi", "Mohamed", "Warsame", "Ivanova", "Petrov",
        "Nguyen", "Tran", "Hosseini", "Karimi", "Tamm", "Saar", "Lindström", "Öhman", "al-Khatib", "Demir", "Wang",
        "Sharma", "Okafor", "O'Brien", "Tesfaye", "Mäki-Lehto")


def where(draw: Random, labels: bool = False) -> str:
    """A column of an innocent header: mostly unknown ones, sometimes one of a fact or the label."""
    return draw.choice(draw.choices((UNKNOWN, FACTS, LABELS if labels else UNKNOWN), (6, 3, 1))[0])


def in_text(draw: Random, what: str) -> str:
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
    return where(draw, True), in_text(draw, f"{day}{draw.choice('-A+')}{number}{check}")


def code_new(draw: Random) -> tuple[str, str]:
    """With one of the separators in use since 2023."""
    day, number, check = code_parts(draw)
    return where(draw, True), in_text(draw, f"{day}{draw.choice('BCDEFYXWVU')}{number}{check}")


def code_written_otherwise(draw: Random) -> tuple[str, str]:
    """Lower case, other dashes, blanks, dots and whole years in the date, a word stuck to it, invisible characters."""
    day, number, check = code_parts(draw)
    sign = draw.choice("-AY")
    dash, wrong = draw.choice("–—‐‑−_"), draw.choice(":*=';")
    year = f"{day[:4]}19{day[4:]}"
    made = draw.choice((
        f"{day}{sign}{number}{check}".lower(), f"{day}{dash}{number}{check}", f"{day} {sign} {number}{check}",
        f"{day[:2]}.{day[2:4]}.19{day[4:]}-{number}{check}", f"{day[:2]}.{day[2:4]}.{day[4:]}-{number}{check}",
        f"{year}-{number}{check}", f"hetu{day}{sign}{number}{check}", f"hetu:{day}{sign}{number}{check}",
        f"{day}\u200b{sign}{number}{check}", f"{day}{sign}{number} {check}", f"{day[:2]} {day[2:4]} {day[4:]} {sign} {number}{check}",
        f"{day[:2]}-{day[2:4]}-{day[4:]}-{number}{check}", f"{day}/{number}{check}", f"'{day}{sign}{number}{check}",
        f"{day}{wrong}{number}{check}", f"{int(day[:2])}.{int(day[2:4])}.19{day[4:]}-{number}{check}",
        f"{day[:2]}/{day[2:4]}/{day[4:]}-{number}{check}",
    ))
    return where(draw), in_text(draw, made)


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
    ))
    return where(draw), in_text(draw, made)


def code_masked(draw: Random) -> tuple[str, str]:
    """The end of the code left out or starred: the date of birth is still there."""
    day, number, check = code_parts(draw)
    made = draw.choice((f"{day}-XXXX", f"{day}-****", f"{day}-{number}", f"{day}-{number}X", f"{day}A???{check}", f"{day}-"))
    return where(draw), in_text(draw, made)


def code_bare(draw: Random) -> tuple[str, str]:
    """Without the separator."""
    day, number, check = code_parts(draw)
    return where(draw), in_text(draw, f"{day}{number}{check}")


def code_foreign(draw: Random) -> tuple[str, str]:
    """Sweden, Estonia, Ukraine, Russia, Bulgaria; passports and cards."""
    day, number, _ = code_parts(draw)
    turned = day[4:] + day[2:4] + day[:2]
    digits = "".join(draw.choices("0123456789", k=9))
    made = draw.choice((
        f"{turned}-{number}1", f"19{turned}-{number}1", f"3{turned}{number}5", f"1{digits}", f"{digits[:3]}-{digits[3:6]}-{digits[6:]} 01",
        f"{turned}{number}1", f"F{draw.choice('PJ')}{digits[:7]}", f"{draw.choice('ABCP')}{digits[:8]}", f"EH{digits[:6]}",
        f"{digits[:2]} {digits[2:4]} {digits[3:9]}",
    ))
    return where(draw), in_text(draw, made)


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
        f"0{area}_{a}_{b}", f"0{area} {a} {b[:2]} {b[2:]}", f"0{area} - {a} - {b}",
    ))
    return where(draw), in_text(draw, made)


def phone_foreign(draw: Random) -> tuple[str, str]:
    """Mobile numbers of all countries, as `phonenumbers` writes them, with other digits at the end."""
    region = draw.choice(("UA", "RU", "EE", "SE", "SO", "IQ", "IR", "AF", "SY", "TR", "VN", "TH", "CN", "IN", "GB", "DE",
                          *sorted(phonenumbers.SUPPORTED_REGIONS)))
    number = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    number = number or phonenumbers.example_number(region)
    if number is None:
        return phone_foreign(draw)
    changed = phonenumbers.PhoneNumber(number.country_code, number.national_number // 1000 * 1000 + draw.randrange(1000))
    style = draw.choice((phonenumbers.PhoneNumberFormat.INTERNATIONAL, phonenumbers.PhoneNumberFormat.INTERNATIONAL,
                         phonenumbers.PhoneNumberFormat.E164, phonenumbers.PhoneNumberFormat.NATIONAL))
    made = phonenumbers.format_number(changed, style)
    if made.startswith("+") and draw.random() < 0.3:
        made = "00" + made[1:]
    return where(draw), in_text(draw, made)


def _mailbox(draw: Random) -> str:
    first, last = draw.choice(FIRST).split()[0].lower(), draw.choice(LAST).lower().replace("'", "")
    plain = str.maketrans("äåö", "aao")
    return draw.choice((f"{first}.{last}", f"{first}{draw.randint(1, 99)}", f"{last}_{first}", f"{first[0]}.{last}+koto")).translate(plain)


def email(draw: Random) -> tuple[str, str]:
    """As it should be."""
    host = draw.choice(("example.org", "example.com", "posti.example.fi", "mail.example", "xn--esimerkki-example.fi"))
    return where(draw, True), in_text(draw, f"{_mailbox(draw)}@{host}")


def email_written_otherwise(draw: Random) -> tuple[str, str]:
    """The sign in words, in capitals, with blanks, in a link."""
    name = _mailbox(draw)
    made = draw.choice((
        f"{name} (at) example.org", f"{name}(at)example.org", f"{name}[at]example.org", f"{name} at example.org",
        f"{name} ät example.fi", f"{name}(a)example.fi", f"{name} @ example.org", f"{name}＠example.org", f"mailto:{name}@example.org",
        f"<{name}@example.org>", f"{name.upper()}@EXAMPLE.ORG", f"{name}@example,org", f"{name} (at) example (dot) org",
        f"{name}(ät)example.fi", f"{name} [ät] example piste fi", f"{name}@example", f"{name}@ example.fi",
    ))
    return where(draw), in_text(draw, made)


def bank_account(draw: Random) -> tuple[str, str]:
    """IBAN of Finland and others with right check digits, the old Finnish form, and numbers of payment cards."""
    digits = "".join(draw.choices("0123456789", k=14))
    country, digits = draw.choice((("FI", digits), ("EE", digits + "12"), ("DE", digits + "1234"), ("LT", digits + "12")))
    place = {"F": "15", "I": "18", "E": "14", "D": "13", "L": "21", "T": "29"}
    check = 98 - int(digits + place[country[0]] + place[country[1]] + "00") % 97
    whole = f"{country}{check:02}{digits}"
    grouped = " ".join(whole[start : start + 4] for start in range(0, len(whole), 4))
    card = draw.choice(" -").join(("4" + digits[:3], digits[3:7], digits[7:11], digits[10:14]))
    made = draw.choice((whole, grouped, grouped, grouped.lower(), f"{digits[:6]}-{digits[6:14]}", f"{country} {grouped[2:]}", grouped.replace(" ", "-"), card))
    return where(draw), in_text(draw, made)
