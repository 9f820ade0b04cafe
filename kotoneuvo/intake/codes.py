"""Codes that identify a person, other than Finnish identity codes, phone numbers and street addresses.

These are identity codes of other countries, UNHCR and travel document numbers, number plates, social media accounts,
e-mail addresses, coordinates and device addresses. Every repetition in a pattern is bounded and starts at a word
boundary, so the time for a cell grows only linearly with its length.
"""

from __future__ import annotations

import re

_FREE, _END = r"(?<![\w-])", r"(?![\w-])"
NATIONAL = re.compile(
    "|".join((
        # United States; United Kingdom (NINO); Italy (codice fiscale, with letters for digits where two are alike).
        rf"(?<![\d-]){_FREE}\d{{3}}-\d\d-\d{{4}}{_END}",
        rf"{_FREE}[A-Z]{{2}}(?:\s?\d\d){{3}}\s?[A-D]{_END}",
        rf"{_FREE}[A-Z]{{2}}(?:\s?\d\d){{3}}\s?[A-Z]{_END}",
        rf"{_FREE}[A-Z]{{6}}[\dLMNP-V]{{2}}[A-EHLMPRST][\dLMNP-V]{{2}}[A-Z][\dLMNP-V]{{3}}[A-Z]{_END}",
        # Thailand; India (Aadhaar); Finland's neighbours are found by their dates.
        rf"{_FREE}\d-\d{{4}}-\d{{5}}-\d\d-\d{_END}",
        rf"(?<!\d\s){_FREE}(?!(?:19|20)\d\d\s(?:19|20)\d\d\b)\d{{4}}\s\d{{4}}\s\d{{4}}(?!\s?\d){_END}",
    ))
)  # fmt: skip
_DOCUMENT = re.compile(
    "|".join((
        # Individual and case numbers of the UNHCR: IRQ-12C00123, 123-12C00123.
        rf"{_FREE}(?:[A-Z]{{3}}|\d{{3}})-?\d\d[A-Z]\d{{5,6}}{_END}",
        # A passport in Cyrillic letters; the machine-readable zone of any.
        r"(?<!\w)[А-ЯЄІЇҐ]{2}\s?№?\s?\d{6}(?!\w)",
        r"(?<![\w<])[A-Z0-9][A-Z0-9<]{1,50}<<[A-Z0-9<]{1,50}",
    ))
)  # fmt: skip
_MIXED = re.compile(r"(?<![\w-])(?=[A-Z0-9]{0,8}[A-Z])(?:[A-Z]?\d){0,2}[A-Z][A-Z0-9]{7,10}(?![\w-])")
_COURSE = re.compile(r"[A-Z]{2,6}20\d\d(?:0[1-9]|1[0-2])?[A-Z]?\d{0,3}|[A-Z]{4,9}\d{4}")
_MIXED_DIGITS, _MIXED_LETTERS = 5, 2
"""A document number has at least this many digits and letters: L01X00T47."""

_DECIMALS = r"-?\d{1,3}[.,]\d{4,10}"
COORDINATES = re.compile(
    rf"(?<![\w.,]){_DECIMALS}\s?°?\s?[NSns]?(?:\s?[,;/]\s?|\s)(?:[EWIP]\s?)?{_DECIMALS}|\d{{1,2}}°\s?\d{{1,2}}\s?['′]"
    r"|\bPOINT\s?Z?\s?\(|\b(?:lat|latitude|lon|lng|longitude|leveysaste|pituusaste)\b\W{0,3}-?\d{1,3}[.,]\d{2,10}",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w.])"
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}(?::?[0-9a-f]{1,4}){1,4}(?![\w:])|(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}:(?![\w:])"
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}(?![\w:])"
    r"|(?<!\w)(?=[0-9a-f-]{0,16}[a-f:])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?!\w)"
    r"|(?<!\w)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?!\w)",
    re.IGNORECASE,
)
_VERSION = re.compile(r"(?<![\w.])(?:\d\.){3}\d(?![\w.])")

_SERVICES = (
    "instagram|insta|ig|facebook|fb|messenger|telegram|tg|snapchat|snap|whatsapp|tiktok|twitter|skype|viber|imo"
    "|linkedin|wechat|youtube|discord"
)
_USER = r"@?[a-z][\w.-]{2,40}"
_HANDLE = re.compile(
    rf"(?<![\w.@])@[a-z_][\w.]{{2,40}}|\b(?:{_SERVICES})\s?[:=]\s?{_USER}|\b(?:{_SERVICES})\s@[\w.]{{3,40}}"
    rf"|\b(?:{_SERVICES})\s[a-z]{{0,30}}[._]?[a-z]{{0,30}}\d{{1,8}}\b|\b(?:{_SERVICES})\s[a-z]{{2,30}}[._][a-z][\w.]{{1,30}}"
    r"|\b(?:t|wa)\.me/\w|\b(?:facebook|fb|instagram|vk|tiktok|twitter|x|linkedin|snapchat)\.com/(?:in/|add/|@)?[\w.]{3}",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"\s*(?:{_SERVICES})\s([a-z]{{4,30}})\s*", re.IGNORECASE)
_APP_WORDS = frozenset((
    "group", "ryhma", "ryhmä", "grupp", "page", "sivu", "sida", "chat", "call", "viesti", "message", "kautta", "mainos",
    "puhelu", "kanava", "channel", "user", "users", "käyttäjä", "tili", "account", "event", "live", "story", "post",
    "messages", "calls", "video", "only", "vain", "usein", "often", "daily", "päivittäin", "news", "learning",
    "marketing", "business", "ads",
))  # fmt: skip
"""Words after the name of a social medium that are not accounts."""

_CARS = "auto|auton|bil|bilens|car|rek|rekisteri|rekisterinumero|reg|registernummer|plate|kilpi|номер|авто"
_PLATE = re.compile(
    rf"\b(?i:{_CARS})\.?(?:\s?(?:nro|nr|no|numero|number|nummer|plate))?\.?\s?[:.]?\s"
    r"(?=[\w\s-]{0,8}\d)[A-ZÅÄÖА-Я0-9]{1,4}[\s-]?[A-ZÅÄÖА-Я0-9]{2,5}(?:[\s-]?[A-ZА-Я0-9]{1,4})?(?!\w)"
)
_PLATE_ALONE = re.compile(
    r"\s*(?:[A-ZÅÄÖ]{3}-\d{3}|[A-ZА-ЯІ]{2}\s?\d{4}\s?[A-ZА-ЯІ]{2}|[A-Z]{2}\d{2}\s?[A-Z]{3}|\d{3}\s?[A-Z]{3}|[A-Z]{3}\s\d{2}[A-Z])\s*"
)
_COURSES = re.compile(
    r"[\s\d]*(?:EUR|SEK|NOK|DKK|USD|GBP|KPL|MIN|TIM|SUO|ENG|MAT|FIN|ATK|TVT|ISO|ESR|OPS|AUC|YKI|ABC|RUO|SVE|KTO|KOT|VAL|KUR|RYH|LUO|TYK)\W?"
)

# E-mail addresses, also disguised ones: "aino (at) posti piste fi". The search begins at the "@" and looks both ways:
# beginning with the mailbox would take quadratic time in a long run of letters.
_SPELLED_AT = r"(?:at|a|ät|ät-merkki|miuku(?:mauku)?|snabel-?a|kissanhäntä|arroba|собака)"
_AT = re.compile(
    rf"\s?@\s?|\s?[(\[{{]{_SPELLED_AT}[)\]}}]\s?|\s{{1,3}}(?:ät|miuku(?:mauku)?|snabel-?a|kissanhäntä|собака)\s{{1,3}}",
    re.IGNORECASE,
)
_ANY_AT = re.compile(r"@|\bat\b|[(\[{]a(?:t)?[)\]}]|ät|miuku|snabel|kissanh|arroba|собака", re.IGNORECASE)
"""A quick test: most cells have none of these."""
_WEAK_AT = re.compile(r"\s{1,3}at\s{1,3}", re.IGNORECASE)
"""Also an English word: "apply at example.org" is no address, but "aino.testi at example.org" is."""
_HOST = re.compile(
    r"[\w-]{1,64}(?:\s?[.,]\s?|\s?[(\[](?:dot|piste|punkt|\.)[)\]]\s?|\s{1,3}(?:dot|piste|punkt)\s{1,3})[^\W\d_]{2,}",
    re.IGNORECASE,
)
_SPELLED_HOST = re.compile(
    r"[\w-]{1,64}(?:\s?[(\[](?:dot|piste|punkt|\.)[)\]]\s?|\s{1,3}(?:dot|piste|punkt)\s{1,3})[a-z]{2,}", re.IGNORECASE
)
_MAIL_SERVICE = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|icloud|luukku|suomi24|elisanet|elisa|kolumbus|netti|welho|saunalahti"
    r"|proton(?:mail)?|yandex|mail|rambler|ukr|bk|telia|aol|gmx|web)\b",
    re.IGNORECASE,
)
_BEGINS_HOST = re.compile(r"[^\W\d_][\w-]")
"""After a joined "@" this is enough: "3@home" is an address too."""
_BEFORE_AT = re.compile(r"[\w+-]\s{0,1}$")
_NAME_IN_PARTS = re.compile(r"\w[.+_-]|\d")
_LONGEST_MAILBOX = 70


def is_handle(cell: str) -> bool:
    """Whether a cell contains a social media account; these need no digits."""
    alone = _ALONE.fullmatch(cell)
    return bool(_HANDLE.search(cell) or (alone and alone[1].casefold() not in _APP_WORDS))


def is_machine_readable(cell: str) -> bool:
    """Whether a cell contains the machine-readable zone of a passport."""
    return "<" in cell and bool(_DOCUMENT.search(cell))


def is_plate(cell: str) -> bool:
    """Whether a cell contains a number plate after a word for a car, or nothing but a plate."""
    return bool(_PLATE.search(cell) or (_PLATE_ALONE.fullmatch(cell) and not _COURSES.match(cell)))


def is_device(cell: str) -> bool:
    """Whether a cell contains a network or device address, and not a program's version number."""
    return bool(_DEVICE.search(cell) and not _VERSION.search(cell))


def is_document(cell: str) -> bool:
    """Whether a cell contains the number of a passport, an identity card or a UNHCR case."""
    return bool(_DOCUMENT.search(cell)) or any(_is_mixed(found[0]) for found in _MIXED.finditer(cell))


def _is_mixed(code: str) -> bool:
    """Whether letters and digits are mixed as in a document number, and not as in a course code."""
    digits = sum(map(str.isdigit, code))
    return digits >= _MIXED_DIGITS and len(code) - digits >= _MIXED_LETTERS and not _COURSE.fullmatch(code)


def has_mail(cell: str) -> bool:
    """Whether a cell contains an e-mail address."""
    if not _ANY_AT.search(cell):
        return False
    for found in _AT.finditer(cell):
        before, after = cell[max(0, found.start() - _LONGEST_MAILBOX) : found.start()], cell[found.end() :]
        joined = "@" in found[0] and found[0].strip() == found[0]
        host = _HOST.match(after) or _MAIL_SERVICE.match(after) or (joined and _BEGINS_HOST.match(after))
        if host and _BEFORE_AT.search(before):
            return True
    return any(_spelled_mail(cell, found) for found in _WEAK_AT.finditer(cell))


def _spelled_mail(cell: str, found: re.Match[str]) -> bool:
    words = cell[max(0, found.start() - _LONGEST_MAILBOX) : found.start()].split()
    after = cell[found.end() :]
    if not words:
        return False
    spelled = bool(
        _SPELLED_HOST.match(after) or (_MAIL_SERVICE.match(after) and not re.match(r"(?:live|web|mail)\s", after))
    )
    return spelled or bool(_NAME_IN_PARTS.search(words[-1]) and _HOST.match(after))
