"""Patterns that find a person's identity in text: identity codes, bank accounts, streets, names and long numbers.

They are wider than a validator's, because a mistyped, masked or disguised code still identifies somebody. Every
repetition is bounded, so that no cell takes long. Identity codes: https://dvv.fi/hetu-uudistus (separators since 2023).
"""

from __future__ import annotations

import re

_DASH = "-\u2010-\u2015\u2212\u2043~_/"
_NUMERAL = "[0-9OoIl|]"
_BEFORE, _AFTER = "(?<![0-9])", "(?![0-9A-Za-z])"
_SIGN = r"[^\w\s.,()\[\]{}<>%€$£]"
_DAY_MONTH_YEAR = "(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])[0-9]{2}"
_BIRTH = "[0-3O][0-9OoIl][.]?[01Ol][0-9OoIl][0-9]{2}"
CODE = re.compile(
    "|".join((
        # DDMMYY, a separator (perhaps wrong, doubled or with spaces around it), three digits, a check character.
        rf"{_BEFORE}{_NUMERAL}{{6}}\s?(?:[{_DASH}+]{{1,2}}|[A-Za-z]{{1,2}})\s?{_NUMERAL}{{3}}\s?[0-9A-Za-z]{_AFTER}",
        # Any other separator if the six digits are a date; after a dot or comma only with a check letter.
        rf"{_BEFORE}{_DAY_MONTH_YEAR}(?:\s?{_SIGN}{{1,2}}|\s{_SIGN}\s)[0-9]{{3}}\s?[0-9A-Za-z]{_AFTER}",
        rf"{_BEFORE}{_DAY_MONTH_YEAR}[.,][0-9]{{3}}[A-Za-z]{_AFTER}",
        # A digit missing or extra. With a dash or plus, only letters can tell it from two numbers.
        rf"{_BEFORE}[0-9]{{5,7}}[A-Za-z]{{1,2}}[0-9]{{2,4}}[0-9A-Za-z]{_AFTER}",
        rf"{_BEFORE}[0-9]{{5,7}}[{_DASH}+]{{1,2}}[0-9]{{2,4}}[A-Za-z]{_AFTER}",
        rf"{_BEFORE}[0-9]{{5,7}}\+{{1,2}}[0-9]{{3,5}}{_AFTER}",
        # The end masked, cut off or left out.
        rf"{_BEFORE}{_BIRTH}\s?[-+A-FU-Y][0-9*?xX]{{0,2}}(?:[xX*?]{{2,4}}|[0-9]{{3,5}})[0-9A-Za-z]?{_AFTER}",
        rf"{_BEFORE}{_BIRTH}-(?=[,;)\s]|$)(?!\s?[0-9])",
        # The date with dots, dashes, slashes or spaces (always the same sign), or with a four-digit year.
        rf"{_BEFORE}(?:[0-3][0-9](\s?)[01][0-9]\1|[0-3]?[0-9]([./-])\s?[01]?[0-9]\2\s?)(?:19|20)?[0-9]{{2}}"
        rf"\s?[{_DASH}+A-FU-Y]\s?[0-9]{{3}}\s?[0-9A-Za-z]{_AFTER}",
        rf"{_BEFORE}[0-3][0-9][.]?[01][0-9][.]?(?:19|20)[0-9]{{2}}\s?-\s?[xX*?]{{3,4}}",
        # A space after every character, or here and there if there is a check letter.
        rf"{_BEFORE}(?:0\s[1-9]|[12]\s[0-9]|3\s[01])\s(?:0\s[1-9]|1\s[0-2])(?:\s[0-9]){{2}}\s{{0,2}}"
        rf"[-\u2010-\u2015\u2212+A-FU-Y]\s{{0,2}}(?:[0-9]\s){{3}}[0-9A-Za-z]{_AFTER}",
        rf"{_BEFORE}[0-3]\s?[0-9]\s?[01](?:\s?[0-9]){{3}}\s?[{_DASH}+A-FU-Y](?:\s?[0-9]){{3}}\s?[A-Za-z]{_AFTER}",
        # Sweden: YYYYMMDD-NNNN.
        r"(?<![0-9])(?:19|20)[0-9]{6}[-+][0-9]{4}(?![0-9])",
    ))
)  # fmt: skip
BARE_CODE = re.compile(rf"{_BEFORE}([0-3][0-9][01][0-9]{{3}})([0-9]{{3}})([0-9A-Ya-y]){_AFTER}")

IBAN = re.compile(
    r"\b[A-Z]{2}(?:\d{2}(?:\s?[0-9A-Z]{4}){2,7}\s?[0-9A-Z]{0,3}|[\s-]?\d{2}(?:[\s-]?\d{4}){3,7}(?:[\s-]?\d{1,3})?)\b",
    re.IGNORECASE,
)

_STREETS = (
    "katu|kuja|raitti|väylä|bulevardi|aukio|gata|gatan|väg|vägen|gränd|gränden|stigen|torget|allén|straße|strasse"
    r"|str\.|allee|gasse|esplanadi"
)
_OTHER_STREETS = "kaari|tie|puisto|polku"
# A shortened street in the genitive ("Kauppiaank. 3"): "toukok. 2024" is a month, and "henk. 3" three people.
_SHORT_STREET = r"\b(?!pro[cs]ent)[^\W\d]{3,40}n[kt]\.\s?\d{1,3}(?!\d)"
# "Kielipolku 2" and "urapolku 1" are a course and a plan, not streets.
_COURSES = "kieli|opinto|koulutus|oppimis|ura|koto|kotoutumis|osaamis|palvelu|työ|hoito"
_NO_STREET = (
    "ryhmä|luokka|kurssi|moduuli|vaihe|kerros|kohta|viikko|palvelu|koulutus|tavoite|opinto|lukukausi|jakso|grupp|kurs"
    "|klass|course|module|section|semester|building|lesson"
)
STREET = re.compile(
    rf"\b(?!(?:{_COURSES})polku)\w{{1,40}}(?:{_STREETS}|(?<=\w{{3}})(?:{_OTHER_STREETS}))\s?\d{{1,4}}(?!\d)"
    rf"|{_SHORT_STREET}"
    # "Eino Esimerkin polku 3", but not "suomen kielen polku 3".
    rf"|\b(?-i:[A-ZÅÄÖ])\w{{1,40}}n\s(?:katu|kuja|raitti|bulevardi|aukio|{_OTHER_STREETS})\s\d{{1,4}}(?!\d)"
    r"|\b(?:ul|str)\.\s?\w{3,40}[\w\s]{0,20}\s\d|\b(?:вул|ул|просп|бул|наб|пер|буд|д|кв)\.\s?[\w\s.-]{0,40}\d"
    r"|\b(?:вулиця|улица|проспект|провулок|переулок|бульвар|площа|площадь|набережна|набережная)\s[\w\s.,-]{1,40}\d"
    # British and American, French, Italian, Spanish, Polish.
    r"|\b\d{1,5}[a-z]?\s(?:(?-i:[A-Z])\w{1,30}\s){1,3}(?:street|st|road|rd|avenue|ave|lane|ln|drive|close|court|mews|terrace"
    r"|crescent|gardens|grove|square|place|hill|way|view|walk|row|boulevard|highway|parkway)\b"
    r"|\b(?:via|viale|piazza|corso|contrada|borgo|strada|vicolo|canale|rue|chemin|calle|avenida|plaza|ulica|aleja|plac|osiedle"
    r"|ul\.|al\.|pl\.|os\.)\s(?:[\w'’-]{1,30}\s?){1,3},?\s?\d{1,4}\b"
    r"|\b(?-i:[A-Z])[\w-]{2,40}[-\s](?:weg|ring|platz|allee|straße|damm|ufer)\s\d{1,4}\b"
    # "Vanhan Sepän rinne 6", "Siltasaarenk 8", "Rantakallio 3 A"; not "Ryhmä 3 A".
    rf"|\b(?-i:[A-ZÅÄÖ])\w{{1,40}}n\s(?:rinne|ranta|mäki|kallio|harju|portti|kulma|laita|tori|piha|niitty|metsä)\s\d{{1,4}}(?!\d)"
    rf"|\b(?-i:[A-ZÅÄÖ])\w{{4,40}}nk\s\d{{1,3}}\b"
    rf"|\b(?!{_NO_STREET})(?-i:[A-ZÅÄÖ])[^\W\d]{{6,40}}\s\d{{1,3}}\s(?-i:[A-H])(?:\s\d{{1,3}})?\s*$"
    # Before a postcode and town, or a stair and flat, any word may be a street: "Rantakallio 3 A 12".
    r"|\b(?:PL|PB|\w{4,40})\s\d{1,4}\s?\w?(?:\s\d{1,3})?,\s?\d{5}\s\w{3}|\bP\.?\s?O\.?\s?Box\s\d"
    r"|\b(?:[^\W\d]{6,40}\s|[^\W\d]{3,40}[gktv]\.\s?)\d{1,3}\s[a-h]\s\d{1,3}\b",
    re.IGNORECASE,
)

_TITLES = "rouva|rva|herra|hra|neiti|fru|herr|fröken|mr|mrs|ms|dr"
_PEOPLE = (
    "asiakas|nimi|namn|name|äiti|isä|puoliso|vaimo|mies|lapsi|kund|mor|far|client|customer|mother|father|wife|husband"
    "|handläggare"
)
_WORKERS = "työntekijä|ohjaaja"
_OTHERS = (
    r"opettaja|opettajan|lärare|läraren|teacher|tulkki|tulkkina|tolk|tolken|interpreter|klient|klienten|kunden"
    r"|yhteyshenkilö|kontaktperson|contact person|(?:yhteyshenkilö\s)?\w{0,20}työntekijä"
    r"|tytär|poika|sisko|veli|serkku|dotter|dottern|son|sonen|syster|bror|daughter|sister|brother|cousin"
    r"|клиент|клиентка|клієнт|клієнтка|муж|жена|мать|отец|сын|дочь|учитель|переводчик"
)
_I_AM = r"(?:my name is|nimeni on|jag heter|mitt namn är|меня зовут|мене звати)"
_CAPITAL = r"(?![a-zß-öø-ÿа-яёєіїґ])[^\W\d_]"
_WORD = rf"(?:(?:al-|el-|von |van |de )?{_CAPITAL}(?:['’]?[^\W\d_]){{1,40}}(?:-[^\W\d_]{{1,40}}){{0,3}})"
TITLED = re.compile(rf"\b(?:(?i:{_TITLES})\.?\s+{_WORD}|(?i:{_PEOPLE}|\w{{0,30}}(?:{_WORKERS})):?\s+{_WORD}\s{_WORD})")
INTRODUCED = re.compile(rf"\b(?:(?i:{_I_AM})\s+({_WORD})|(?i:{_OTHERS}):?\s+({_WORD}\s{_WORD}|{_CAPITAL}\.\s?{_WORD}))")
"""A name in a remark: "my name is Linh", "teacher: Aino Testi"; ordinary words there are sorted out later."""
_PLACE = (
    r"\w*(?:koulu|koulutus|lukio|katu|kadun|tie|kuja|talo|sali|museo|puisto|aukio|silta|säätiö|keskus|kirkko|koti|kodin"
    r"|sairaala|neuvola|kahvila|kirjasto|ryhmä|kerho|kurssi|paja|lehti|skolan?|gatan?|väg|parken?|hemmet|sjukhus|gruppen)"
)
PLACE = re.compile(_PLACE, re.IGNORECASE)
TWO_NAMES = re.compile(rf"(?<![\w'’-])(?=({_WORD})(?:,\s?|\s)({_WORD})(?![\w'’-])(?!\s{_PLACE}\b))")
"""Two capitalised words, the first perhaps the last name; not of a place: "Minna Canthin koulu"."""
_JOIN_IN_NAME = "'’‘`´\u02b9-\u02bc\u2010\u2011-"
NAME_PART = re.compile(rf"(?:al-|el-)?([^\W\d_])(?:[{_JOIN_IN_NAME}]?[^\W\d_])*")
PARTICLES = frozenset(("al", "el", "bin", "ibn", "von", "van", "de", "af", "da", "dos", "ter"))
# Chinese names are written as one word.
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
CHINESE_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_INITIAL = rf"{_CAPITAL}(?![^\W\d_])\.?"
_JOINT = r"(?:\s?[,/._]\s?|\s)"
NAME_OTHERWISE = re.compile(
    rf"\s*(?:{_WORD}(?:{_JOINT}(?:{_WORD}|{_INITIAL})){{1,4}}|{_INITIAL}(?:\s?{_INITIAL})?\s?{_WORD}|(?:{_CAPITAL}\.\s?){{2,4}})"
    r"(?:\s?\([^()]{1,30}\)|,?\s\d{1,3}(?:\s?v\.?)?)?\s*"
)
"""Aino M Testi, Testi/Aino, Aino_Testi, Testi A, A.T., Aino Testi 34, Aino Testi (äiti); counts only in a column."""
_SMALL = r"(?:[^\W\d_]['’])?[^\W\d_]{2,12}(?:['’-][^\W\d_]{1,12}){0,2}"
NAME_IN_SMALL = re.compile(rf"\s*{_SMALL}[\s._]{_SMALL}(?:[\s._]{_SMALL})?\s*")
"""Two or three short words, like a name without capitals; but a course or an occupation looks the same."""
ORDINARY = re.compile(
    r"^\s*(?:ei|ja|on|oma|uusi|vain|jo|att|på|till|med|för|en|ett|ny|nytt|inte|inget|the|to|for|of|no|not|new|in|with|and|my)\b"
    # A genitive or a verb first (not Virtanen, Johansson); then endings of nouns and verbs that few names have.
    r"|^\s*[^\W\d]{3}(?:[^\W\d](?<!ne|so)n|[ae]r)\s"
    r"|(?:ss[aä]|st[aä]|ll[aäe]|lt[aä]|ksi|tt[aä]|tty|ttu|tu|ty|[lnrt]u[ts]|us|ys|inta|ja|jä|sti|töi?tä|ö|apu|taa|ää|oo|tio|alue)\b"
    r"|(?:kieli|kurs|kurssi|alkeet|\bala|polku|paja|ryhmä|kerho|tion|ing|ment|ance|ed|het|ande|ad|bete)\b",
    re.IGNORECASE,
)
"""Words and endings that are common in other words but rare in names."""

CASE = re.compile(
    # Court cases with a two-digit year: HAO 24/1234/3, 03456/24/8101; "KOTO 12/2024/1" is a course.
    r"\b[A-ZÅÄÖ]{2,6}\s\d\d/(?!(?:19|20)\d\d/)\d{3,5}/\d{1,2}(?![\d/])|(?<![\d/.])\d{3,5}/\d\d/\d{4}(?![\d/])|"
    r"\b(?i:uma|dnro|asiakasnro|asiakasnumero)[\s.:-]{0,3}\d{3,4}\s\d{3,4}\b|"
    r"\b[A-ZÅÄÖ]{1,6}/\d{2,}/(?:[\d.]{1,9}/){0,3}(?:19|20)\d\d\b|(?<!\d)\d{5,}/(?:19|20)\d\d\b"
    r"|\b(?i:(?:asia|asiakas|dia?ari?|hakemus|päätös|kund|ärende|case|client|customer|uma|dnro|mig|pol)\w{0,3}[\s.:-]{0,3}"
    r"(?:(?:nro|nr|no|n:o|numero|number|nummer|id|tunnus)[\s.:-]{0,3}\d{3,}|\d{5,}|(?:19|20)\d\d-\d{4,}"
    # "asiakas 12/5/2024" is a date; three digits cannot begin one, and after "dnro" there are no dates.
    r"|\d{3,9}(?:/[\d.]{1,9}){0,3}/(?:19|20)\d\d\b)"
    # Members and students only with a word for "number": "opiskelijat 12345" counts students.
    r"|(?:opiskelija|oppija|oppilas|jäsen|potilas|student|studerande|elev|medlem|patient|member|learner|pupil)[\s.:-]?"
    r"(?:nro|nr|no|n:o|numero|number|nummer|id|tunnus)[\s.:-]{0,3}\d{5,}"
    r"|(?:dnro|dia?ari\w{0,5}|diarienr|diarienummer)[\s.:-]{0,3}(?:[a-z]{1,6}/)?\d{1,9}(?:/[\d.]{1,9}){1,4}\b)"
)
# AB123456 is a passport, KE202611 a course of November 2026.
PASSPORT = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,2}\s?(?!20\d\d(?:0[1-9]|1[0-2])\b)\d{6}(?![\dA-Za-z])")

PHONE = re.compile(r"(?<![\w.])(?:\+|00|\(?0)[\d\s()/.\u2010-\u2015-]{5,40}\d")
AREA_CODE = re.compile(r"\(\+?\d{1,4}\)\s?\d{2,4}[\s-]?\d{2,4}(?:[\s-]?\d\d)?")
LONG_NUMBER = re.compile(r"\d{7,}")
DIGITS_APART = re.compile(r"\d(?:[\s-]?\d){6,40}")
# 45 652 2712, 67 123 45 67, 512 345 035: groups of digits around one of three.
GROUPS = re.compile(
    r"(?<![\d.,])\d{1,3}[\s-]\d{3}(?:[\s-]\d{2,4}){1,3}(?!\d)|(?<![\d.,])\d{3}(?:[\s-]\d\d){3}(?!\d)"
    r"|(?<![\d.,])\d{3}\.\d{3}\.\d{4}(?!\d)"
    # Payment cards; more than four groups of four digits are a list of codes.
    r"|(?<![\d.,])(?<!\d[\s-])\d{4}([\s-])\d{4}\1\d{4}\1\d{4}(?![\s-]?\d{4})(?!\d)"
)

LETTER, WHOLE_WORD = re.compile(r"[^\W\d_]"), re.compile(r"[^\W\d_]{2,}")
PERSON = re.compile(rf"\b(?:{_TITLES}|{_PEOPLE}|{_OTHERS}|{_I_AM})\b|{_WORKERS}", re.IGNORECASE)
"""A quick test: without one of these words, TITLED and INTRODUCED cannot match."""
