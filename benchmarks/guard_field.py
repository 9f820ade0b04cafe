"""Measure the identity guard on data that its authors did not write: `python benchmarks/guard_field.py [--missed]`.

People, numbers, addresses, jobs, companies and countries come from Faker (`pip install faker`), in sixteen locales; the
headers and answer texts are those that Forms, Kobo, REDCap, Qualtrics and case systems export. Written before its
author had read the guard. Seeded. Every planted cell is a file of its own under a header that says nothing, every
column a file of thirty rows, every header a file with empty cells. `--missed` lists what went wrong. Nobody is real.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from random import Random

from faker import Faker
from guard import Files
from guard_field_texts import HARMLESS_CELLS, HARMLESS_HEADERS, IDENTITY_HEADERS, OPTIONS, REMARKS, SPECIAL_HEADERS

SEED = 20261130
EACH = 60
ROWS = 30
UNKNOWN = "lisä"
LOCALES = (
    "fi_FI", "sv_SE", "et_EE", "en_GB", "en_US", "ru_RU", "uk_UA", "ar_SA", "fa_IR", "tr_TR", "it_IT", "de_DE",
    "pl_PL", "th_TH", "zh_CN", "vi_VN",
)  # fmt: skip
Cell = Callable[[Random, Callable[[str], Faker]], str]


def _cyrillic_passport(draw: Random, _of: Callable[[str], Faker]) -> str:
    letters = "".join(draw.choice("АВЕІКМНОРСТХ") for _ in range(2))
    return draw.choice((f"{letters}{draw.randint(100000, 999999)}", f"{letters} {draw.randint(100000, 999999)}"))


def _unhcr(draw: Random, _of: Callable[[str], Faker]) -> str:
    country = draw.choice(("IRQ", "SYR", "AFG", "SOM", "JOR", "LEB", "TUR", "UKR", "COD"))
    number = f"{draw.randint(10, 26):02}C{draw.randint(100, 99999):05}"
    return draw.choice((f"{country}-{number}", f"{country}-{number}", f"{draw.randint(100, 999)}-{number}"))


def _mrz(draw: Random, of: Callable[[str], Faker]) -> str:
    country = draw.choice(("UKR", "SOM", "IRQ", "FIN", "AFG", "RUS"))
    if draw.random() < 0.5:
        name = of("en_GB").last_name().upper() + "<<" + of("en_GB").first_name().upper()
        return f"P<{country}{name}".replace(" ", "<").replace("-", "<").ljust(44, "<")[:44]
    number = "".join(draw.choice("ABCDEFGHJK0123456789") for _ in range(9))
    return f"{number}{draw.randint(0, 9)}{country}{draw.randint(500101, 991231)}{draw.randint(0, 9)}F2801017<<<<<<<<"


def _spoken_mail(draw: Random, of: Callable[[str], Faker]) -> str:
    user, host, end = of("fi_FI").user_name(), draw.choice(("gmail", "hotmail", "outlook", "luukku", "yahoo")), "com"
    dot = draw.choice((" dot ", " piste ", "(dot)", "[.]", " punkt "))
    at = draw.choice((" at ", "(at)", " ät ", " [at] ", "(ät)", " miukumauku ", " snabel-a "))
    return draw.choice((f"{user}{at}{host}{dot}{end}", f"{user}{at}{host}", f"{user}{at}{host}.{end}"))


def _handle(draw: Random, of: Callable[[str], Faker]) -> str:
    user = of("en_GB").user_name()
    return draw.choice((
        f"@{user}", f"Instagram: {user}", f"telegram @{user}", f"t.me/{user}", f"ig: {user}_{draw.randint(1, 99)}",
        f"facebook.com/{user}", f"snapchat {user}", f"WhatsApp {user}", f"fb: {user}", f"tiktok @{user}",
    ))  # fmt: skip


def _born(draw: Random, of: Callable[[str], Faker]) -> str:
    day = of("fi_FI").date_of_birth(minimum_age=5, maximum_age=85)
    dotted, slashed = f"{day.day}.{day.month}.{day.year}", f"{day.day:02}/{day.month:02}/{day.year}"
    return draw.choice((
        f"syntynyt {dotted}", f"född {day}", f"born {slashed}", f"DOB {slashed}", f"дата рождения {dotted}",
        f"дата народження {dotted}", f"né le {slashed}", f"née le {slashed}", f"geboren {dotted}", f"s. {dotted}",
        f"synt. {dotted}", f"تاريخ الميلاد {slashed}", f"dhashay {slashed}", f"doğum tarihi {dotted}",
        f"sündinud {dotted}", f"fecha de nacimiento {slashed}", f"born in {day:%B} {day.year}", f"синтезировано {dotted}"
        if day.year < 1900 else f"род. {dotted}", f"birthday {day:%d %B %Y}", f"syntymäaika {day.day}.{day.month}.-{day.year % 100:02}",
    ))  # fmt: skip


def _plate(draw: Random, of: Callable[[str], Faker]) -> str:
    plate = of(draw.choice(("fi_FI", "sv_SE", "et_EE", "en_GB", "uk_UA", "pl_PL"))).license_plate()
    return draw.choice((plate, f"auto {plate}", f"rek.nro {plate}", f"car {plate}"))


def _coordinates(draw: Random, _of: Callable[[str], Faker]) -> str:
    north, east = draw.uniform(59.8, 69.9), draw.uniform(20.6, 31.5)
    return draw.choice((
        f"{north:.5f}, {east:.5f}", f"{north:.6f} {east:.6f}", f"{north:.4f}N {east:.4f}E",
        f"{int(north)}°{draw.randint(0, 59)}'{draw.randint(0, 59)}\"N {int(east)}°{draw.randint(0, 59)}'{draw.randint(0, 59)}\"E",
        f"POINT ({east:.5f} {north:.5f})", f"lat {north:.4f} lon {east:.4f}", f"{north:.6f} {east:.6f} 0 4.9",
    ))  # fmt: skip


def _phone(draw: Random, of: Callable[[str], Faker]) -> str:
    return of(
        draw.choice(("fi_FI", "sv_SE", "et_EE", "en_GB", "uk_UA", "ru_RU", "fa_IR", "it_IT", "vi_VN"))
    ).phone_number()


def _national(draw: Random, of: Callable[[str], Faker]) -> str:
    locale = draw.choice(
        ("en_US", "en_GB", "it_IT", "sv_SE", "et_EE", "ru_RU", "uk_UA", "pl_PL", "th_TH", "zh_CN", "tr_TR")
    )
    return of(locale).ssn()


def _street(draw: Random, of: Callable[[str], Faker]) -> str:
    return of(
        draw.choice(("fi_FI", "fi_FI", "sv_SE", "en_GB", "de_DE", "it_IT", "ru_RU", "uk_UA", "pl_PL"))
    ).street_address()


CELLS: dict[str, Cell] = {
    "Finnish identity codes": lambda draw, of: of("fi_FI").ssn(),
    "identity codes of eleven other countries": _national,
    "UNHCR numbers": _unhcr,
    "machine-readable zones": _mrz,
    "passports": lambda draw, of: of(draw.choice(("en_GB", "de_DE", "en_US"))).passport_number(),
    "passports in Cyrillic letters": _cyrillic_passport,
    "phones": _phone,
    "e-mail addresses": lambda draw, of: of(draw.choice(("fi_FI", "en_GB", "ru_RU"))).email(),
    "spoken e-mail addresses": _spoken_mail,
    "social handles": _handle,
    "plates": _plate,
    "births": _born,
    "coordinates": _coordinates,
    "IP addresses": lambda draw, of: of("en_GB").ipv4() if draw.random() < 0.7 else of("en_GB").ipv6(),
    "hardware addresses and device ids": lambda draw, of: draw.choice(
        (of("en_GB").mac_address(), of("en_GB").uuid4(), f"IMEI {draw.randint(10**14, 10**15 - 1)}")
    ),
    "bank accounts": lambda draw, of: of(draw.choice(("fi_FI", "de_DE", "en_GB", "pl_PL"))).iban(),
    "payment cards": lambda draw, of: of("en_GB").credit_card_number(),
    "street addresses": _street,
}
"""What one cell can hold."""


def _column(make: Callable[[Random], str]) -> Callable[[Random], list[str]]:
    return lambda draw: [make(draw) for _ in range(ROWS)]


def columns_of_names(of: Callable[[str], Faker]) -> dict[str, Callable[[Random], list[str]]]:
    """Whole columns of people, in many spellings."""
    orders: tuple[Callable[[str, str], str], ...] = (
        lambda first, last: f"{first} {last}", lambda first, last: f"{last} {first}",
        lambda first, last: f"{last}, {first}", lambda first, last: f"{last.upper()} {first}",
        lambda first, last: f"{first} {last[0]}.", lambda first, last: f"{first[0]}. {last}",
    )  # fmt: skip
    kinds: dict[str, Callable[[Random], list[str]]] = {}
    for locale in LOCALES:
        fake = of(locale)

        def column(draw: Random, fake: Faker = fake) -> list[str]:
            order = draw.choice(orders)
            return [order(fake.first_name(), fake.last_name()) for _ in range(ROWS)]

        kinds[f"names, {locale}"] = column
    kinds["names with a Persian comma"] = _column(lambda draw: f"{of('fa_IR').last_name()}، {of('fa_IR').first_name()}")
    kinds["first names alone, fi_FI"] = _column(lambda draw: of("fi_FI").first_name())
    kinds["initials"] = _column(lambda draw: of("fi_FI").first_name()[0] + of("fi_FI").last_name()[0])
    return kinds


def harmless_columns(of: Callable[[str], Faker]) -> dict[str, Callable[[Random], list[str]]]:
    """Whole columns that name nobody."""
    kinds: dict[str, Callable[[Random], list[str]]] = {
        f"jobs, {locale}": _column(lambda draw, locale=locale: of(locale).job().title())  # type: ignore[misc]
        for locale in ("fi_FI", "en_GB", "de_DE", "sv_SE", "en_US")
    }
    kinds |= {
        "countries, en": _column(lambda draw: of("en_GB").country()),
        "countries, fi": _column(lambda draw: of("fi_FI").country()),
        "companies, fi": _column(lambda draw: of("fi_FI").company()),
        "companies, en": _column(lambda draw: of("en_GB").company()),
        "slogans": _column(lambda draw: of("en_GB").catch_phrase().title()),
        "languages": _column(lambda draw: of("en_GB").language_name()),
        "language pairs": _column(lambda draw: f"{of('en_GB').language_name()} {of('en_GB').language_name()}"),
        "colours": _column(lambda draw: of("en_GB").color_name()),
        "weekdays and months": _column(lambda draw: f"{of('en_GB').day_of_week()} {of('en_GB').month_name()}"),
        "dates": _column(lambda draw: str(of("en_GB").date_this_decade())),
        "times": _column(lambda draw: of("en_GB").time()),
        "currencies": _column(lambda draw: of("en_GB").currency_name()),
        "cities": _column(lambda draw: of("fi_FI").city()),
    }
    for name, options in OPTIONS.items():
        kinds[name] = _column(lambda draw, options=options: draw.choice(options))  # type: ignore[misc]
    return kinds


class Count:
    """What was found of each kind, and what was wrong."""

    def __init__(self, draw: Random) -> None:
        self.files = Files(draw)
        self.seen: dict[tuple[str, str], list[bool]] = defaultdict(list)
        self.wrong: list[str] = []

    def file(self, part: str, kind: str, header: str, cells: list[str], wanted: bool = True) -> None:
        """Read a file with these cells under a header, and note whether it was refused as `wanted`."""
        example = " | ".join(cells[:4]) if header == UNKNOWN else header
        self.note(part, kind, self.files.refused(header, *cells), wanted, example)

    def note(self, part: str, kind: str, found: bool, wanted: bool, example: str) -> None:
        """Note one result."""
        self.seen[part, kind].append(found)
        if found is not wanted:
            self.wrong.append(f"{part}: {kind}: {example}")

    def print(self) -> None:
        """The table."""
        parts: dict[str, list[bool]] = defaultdict(list)
        for (part, kind), found in self.seen.items():
            parts[part] += found
            print(f"| {part} | {kind} | {len(found)} | {sum(found)} | {100 * sum(found) / len(found):.0f} |")
        for part, found in parts.items():
            print(f"| **{part}** | all | {len(found)} | {sum(found)} | {100 * sum(found) / len(found):.1f} |")


def main() -> None:
    """Print what share of each kind is refused; what was missed and what was refused wrongly with --missed."""
    draw = Random(SEED)
    fakers: dict[str, Faker] = {}

    def of(locale: str) -> Faker:
        if locale not in fakers:
            fakers[locale] = Faker(locale)
            fakers[locale].seed_instance(SEED)
        return fakers[locale]

    count = Count(draw)
    _planted(count, draw, of)
    _harmless(count, draw, of)
    count.print()
    if "--missed" in sys.argv:
        print(*count.wrong, sep="\n")


def _planted(count: Count, draw: Random, of: Callable[[str], Faker]) -> None:
    for kind, cell in CELLS.items():
        for _ in range(EACH):
            count.file("planted cells", kind, UNKNOWN, [cell(draw, of)])
    for kind, column in columns_of_names(of).items():
        for _ in range(5):
            count.file("planted columns", kind, UNKNOWN, column(draw))
    for group, headers in IDENTITY_HEADERS.items():
        for header in headers:
            count.file("identity headers", group, header, ["x"])
    for header in SPECIAL_HEADERS:
        column_of = count.files.names.column(0, header)
        told = bool(column_of.caution) or column_of.role.value == "identity"
        count.note("special categories", "warned of", told, True, header)
    for text in _remarks(of):
        count.file("names in remarks", "one cell", UNKNOWN, [text])


def _harmless(count: Count, draw: Random, of: Callable[[str], Faker]) -> None:
    for kind, texts in HARMLESS_CELLS.items():
        for text in texts:
            count.file("harmless cells", kind, UNKNOWN, [text], False)
    for kind, column in harmless_columns(of).items():
        for _ in range(3):
            count.file("harmless columns", kind, UNKNOWN, column(draw), False)
    for header in HARMLESS_HEADERS:
        count.file("harmless headers", "all", header, ["x"], False)


def _remarks(of: Callable[[str], Faker]) -> Iterator[str]:
    for text in REMARKS:
        yield text.format(first=of("fi_FI").first_name(), last=of("fi_FI").last_name())


if __name__ == "__main__":
    main()
