"""The handout's words, in HTML and PDF: languages, states, hostile catalogues, size."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
import review
from days import TODAY
from handouts import pdf_for, pdf_of, report_for, sheet_for
from pypdf import PdfReader

from kotoneuvo import Situation, advise
from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.hours import Span
from kotoneuvo.advice.service import Catalogue, Overlay
from kotoneuvo.catalogue.translations import read_translations
from kotoneuvo.render.handout import readers as reader_module
from kotoneuvo.render.handout.choose import PaperChoice
from kotoneuvo.render.handout.content import TaggedText
from kotoneuvo.render.handout.html import render_html
from kotoneuvo.render.handout.pdf import plain_data
from kotoneuvo.render.handout.readers import LOCALE, Reader, handout_languages, shortened
from kotoneuvo.words import printable

CHECKOUT = Path(__file__).resolve().parents[2]
GOLDEN = CHECKOUT / "tests" / "golden"
LANGUAGES = [
    "ar", "ckb", "en", "es", "et", "fa", "fi", "fi-simple", "fr", "prs", "ru", "so", "sv", "tr", "uk", "vi",
]  # fmt: skip
HOSTILE = "<script>alert(1)</script>\x1b[2J\u202e#{panic()}" + "x" * 10_000


def pdf_text(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(data)).pages)


def test_sixteen_languages() -> None:
    """Each has its words whole: every msgid, the same places to fill."""
    assert handout_languages() == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_there(language: str) -> None:
    """No word of the handout falls back in any language."""
    own = Reader(language)
    for msgid in [each.source for each in read_translations(LOCALE / "fi" / "LC_MESSAGES", "handout")]:
        places = dict.fromkeys(re.findall(r"{(\w+)}", msgid), "7")
        assert own.say(msgid, **places).stand_in == "", msgid


@pytest.mark.parametrize("name", ["fi", "ar", "ru+fi"])
def test_golden_page(catalogue: Catalogue, name: str) -> None:
    """The page as it was reviewed (KOTONEUVO_GOLDEN=write writes it anew). Only wording and structure, not codes."""
    found = render_html(sheet_for(report_for(catalogue), *name.split("+")))
    found = re.sub(
        r"<svg.*?</svg>", "<svg></svg>", re.sub(r"<(style|script)>.*?</\1>", r"<\1></\1>", found, flags=re.S)
    )
    path = GOLDEN / f"handout_{name.replace('+', '_')}.html"
    if os.environ.get("KOTONEUVO_GOLDEN") == "write":
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


class Page(HTMLParser):
    """Tags, ids of scripts, and what is fetched."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


@pytest.mark.parametrize(("language", "direction"), [("fi-simple", "ltr"), ("ar", "rtl"), ("fa", "rtl"), ("so", "ltr")])
def test_one_page_by_itself(catalogue: Catalogue, language: str, direction: str) -> None:
    """Language and direction, one h1, nothing fetched; the only script is the one that reads aloud."""
    text = render_html(sheet_for(report_for(catalogue), language))
    assert f'<html lang="{language}" dir="{direction}">' in text
    page = Page(text)
    assert page.tags.count("h1") == 1
    assert not {"link", "img", "iframe"} & set(page.tags)
    assert page.tags.count("script") == 1
    assert not [value for name, value in page.attributes if name in ("src", "srcset") or name.startswith("on")]
    assert "url(" not in text


def test_states_are_said(catalogue: Catalogue) -> None:
    """Machine text has its small print in the client's language; missing text falls back and is marked."""
    report = report_for(catalogue)
    marked, told = '<span class="stand-in">английский</span> <span lang="en" dir="ltr">', "ещё не переведён"
    russian = render_html(sheet_for(report, "ru"))
    assert "перевёл компьютер" in russian
    assert marked not in russian
    assert told not in russian
    authority = catalogue.services["tyovoimaviranomainen"]
    rewritten = authority._replace(name={"fi": "Uusi.", "sv": "Ny.", "en": "New."})
    newer = replace(catalogue, services={**catalogue.services, authority.id: rewritten})
    russian = render_html(sheet_for(report_for(newer), "ru"))
    assert f"{marked}New." in russian
    assert told in russian
    for own in ("fi", "sv", "en"):
        page = render_html(sheet_for(report, own))
        assert 'class="stand-in"' not in page
        assert "computer" not in page


def test_a_changed_source_is_not_shown_in_an_old_translation(catalogue: Catalogue) -> None:
    """When the catalogue's text changes, its old translation is not used."""
    summary = {"fi": "Uusi.", "sv": "Ny.", "en": "New."}
    assert Reader("ru").text("kela.summary", catalogue.services["kela"].summary).stand_in == ""
    assert Reader("ru").text("kela.summary", summary).text == "New."
    assert Reader("ru").text("kela.summary", summary).stand_in == "английский"


def test_numbers_and_names_are_isolated_in_arabic(catalogue: Catalogue) -> None:
    """Phones and pages stand in left-to-right isolates and do not break; filled places too."""
    page = render_html(sheet_for(report_for(catalogue, municipality="Oulu", goals=["health_wellbeing"]), "ar"))
    assert re.search(r'<bdi dir="ltr" class="value phone">0[\d\u00a0]+</bdi>', page)
    assert re.search("\u2068[^\u2069]+\u2069", page)


@pytest.mark.parametrize(
    ("town", "languages", "place", "language"),
    [
        ("Mariehamn", ("en",), "Mariehamn", "sv"),
        ("Jomala", ("ar", "fi"), "Jomala", "sv"),
        ("Mariehamn", ("fi",), "Mariehamn", "sv"),
        ("Närpes", ("ar", "sv"), "Närpes", "sv"),
        ("Närpes", ("ar", "fi"), "Närpiö", "fi"),
        ("Närpes", ("fi", "sv"), "Närpiö", "fi"),
        ("Närpes", ("sv",), "Närpes", "sv"),
    ],
)
def test_names_are_those_on_the_doors(
    catalogue: Catalogue, town: str, languages: tuple[str, ...], place: str, language: str
) -> None:
    """In Åland all is in Swedish; elsewhere in the language of the office, unless the reader reads Finnish."""
    sheet = sheet_for(report_for(catalogue, municipality=town, age=30, goals=["language", "work"]), *languages)
    assert sheet.place.text == place
    assert {each.office.language for each in sheet.steps} == {language}


def test_hours_have_a_column_of_their_own(catalogue: Catalogue) -> None:
    """Days in the reader's words, times from left to right, so that they never turn in Arabic."""
    hours = (Span((0, 1, 2, 3), 540, 960), Span((4,), 600, 930))
    authority = catalogue.services["tyovoimaviranomainen"]
    contact = ContactPoint("tmtuk", phone="+358 295 025 500", opening_hours=hours)
    changed = replace(
        catalogue, services={**catalogue.services, authority.id: authority._replace(contacts=(contact,), local_name="")}
    )
    sheet = sheet_for(report_for(changed), "ar", choice=PaperChoice(including=frozenset({authority.id})))
    assert sheet.steps[0].hours.rows[0][1] == "9–16"
    page = render_html(sheet)
    assert '<td><bdi dir="ltr">9–16</bdi></td>' in page
    assert '<td><bdi dir="ltr">10–15:30</bdi></td>' in page


@pytest.mark.parametrize(
    ("text", "longest", "found"),
    [
        ("Soita. Kysy aikaa.", 100, "Soita. Kysy aikaa."),
        ("Soita. Kysy aikaa.", 10, "Soita."),
        ("Soita klo 9. Se auttaa.", 5, "Soita klo 9."),
        ("Maksu on 1. tammikuuta 5 €. Ei muuta.", 12, "Maksu on 1. tammikuuta 5 €."),
        ("Ota esim. Kela-kortti. Tule.", 12, "Ota esim. Kela-kortti."),
        ("اتصل. اسأل عن موعد.", 6, "اتصل."),
        ("One whole sentence that is too long stays whole.", 5, "One whole sentence that is too long stays whole."),
    ],
)
def test_a_text_ends_with_a_sentence(text: str, longest: int, found: str) -> None:
    """Half a sentence may say the opposite of the whole."""
    assert shortened(text, longest) == found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_bundled_text_is_cut(catalogue: Catalogue, language: str) -> None:
    """Every text of the catalogue, in every length that the sheet asks for, ends where a sentence of it ends."""
    reader = Reader(language)
    for service in catalogue.services.values():
        for context, text in (("name", service.name), ("summary", service.summary), ("how", service.access.how)):
            for longest in (160, 200, 420):
                if text:
                    whole = reader.text(f"{service.id}.{context}", text, 10_000).text
                    shown = reader.text(f"{service.id}.{context}", text, longest).text
                    assert whole.startswith(shown)
                    assert shown == whole or shown.endswith((".", "!", "?", "؟")), (service.id, context)


OVERLAYS = (Overlay("SPR Vantaa"), Overlay("Kaupunki", ("contact", "sources")))


def laid_over(catalogue: Catalogue) -> Catalogue:
    """The catalogue as if each of its services had been added by one overlay and changed by another."""
    services = {name: each._replace(overlays=OVERLAYS) for name, each in catalogue.services.items()}
    return replace(catalogue, services=services)


@pytest.mark.parametrize(
    ("languages", "told"),
    [
        (("fi",), ["Tiedot lisännyt: SPR Vantaa", "Tietoja muuttanut: Kaupunki"]),
        (("so", "sv"), ["Macluumaadka waxaa ku daray: SPR Vantaa", "Uppgifterna ändrade av: Kaupunki"]),
    ],
)
def test_overlays_are_named(catalogue: Catalogue, languages: tuple[str, ...], told: list[str]) -> None:
    """With each step that one added or changed, in HTML and PDF."""
    sheet = sheet_for(report_for(laid_over(catalogue)), *languages)
    document = pdf_of(sheet)
    for text in told:
        assert render_html(sheet).count(text) == len(sheet.steps)
        assert re.sub(r"\s", "", pdf_text(document)).count(re.sub(r"\s", "", text)) == len(sheet.steps)
    plain = render_html(sheet_for(report_for(catalogue), *languages))
    assert not any(text.partition(":")[0] in plain for text in told)


def hostile(catalogue: Catalogue) -> Catalogue:
    """The catalogue with one service whose every word is an attack."""
    text = dict.fromkeys(("fi", "sv", "en"), HOSTILE)
    contact = ContactPoint(
        "x", name=text, phone=HOSTILE, email=HOSTILE, address=HOSTILE, url={"": "javascript:alert(1)"}, hours=text
    )
    service = catalogue.services["infofinland"]._replace(
        name=text, summary=text, note=text, contacts=(contact,), overlays=(Overlay(HOSTILE),)
    )
    return replace(catalogue, services={**catalogue.services, "infofinland": service})


@pytest.mark.parametrize("language", ["fi", "ar"])
def test_a_hostile_service_is_harmless(catalogue: Catalogue, language: str) -> None:
    """Markup, control characters and endless words stay text, are dropped and are cut."""
    catalogue = hostile(catalogue)
    report = advise(catalogue, Situation.of(catalogue.facts, TODAY, municipality="Vantaa", goals=["work"]), TODAY)
    sheet = sheet_for(report, language, choice=PaperChoice(including=frozenset({"infofinland"})))
    page = render_html(sheet)
    assert "&lt;script&gt;alert(1)" in page
    assert not {"\x1b", "\u202e"} & set(page)
    assert Page(page).tags.count("script") == 1
    assert 'href="javascript' not in page
    assert "x" * 700 not in page
    assert pdf_of(sheet).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("text", "found"), [("a\nb\tc", "a b c"), ("\x1b[31mred", "[31mred"), ("می\u200cشود", "می\u200cشود")]
)
def test_printable(text: str, found: str) -> None:
    """Line ends become spaces, control characters go, Persian joiners stay."""
    assert printable(text) == found


def texts(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        yield from ([data["text"]] if "text" in data else [])
        for value in data.values():
            yield from texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts(value)


@pytest.mark.parametrize("language", ["fi", "sv", "ru", "so"])
def test_pdf_says_the_same(catalogue: Catalogue, language: str) -> None:
    """Every text of the sheet is in the PDF's text; title and language are set; it is tagged; fonts are embedded."""
    sheet = sheet_for(report_for(catalogue), language)
    data = pdf_of(sheet)
    squeezed = re.sub(r"[\s\u00ad]", "", pdf_text(data))
    for text in texts({**plain_data(sheet), "readers": [], "press": {}, "speech": []}):
        assert re.sub(r"\s", "", text) in squeezed, text
    reader = PdfReader(BytesIO(data))
    assert len(reader.pages) <= 2
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True  # type: ignore[index]
    assert str(root["/Lang"]) == language  # type: ignore[index]
    assert reader.metadata is not None
    assert reader.metadata.title == sheet.title[0][0].text
    assert b"pdfuaid" in root["/Metadata"].get_data()  # type: ignore[index]
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            assert re.search("NotoSans|Amiri", str(font.get_object()["/BaseFont"]))


@pytest.mark.parametrize("languages", [(each,) for each in LANGUAGES] + [("ar", "fi"), ("ru", "sv")])
@pytest.mark.parametrize("place", ["Helsinki", "Oulu", "Raasepori"])
def test_two_sides_at_most(catalogue: Catalogue, languages: tuple[str, ...], place: str) -> None:
    """No handout of a normal pathway is longer than a sheet of paper."""
    report = report_for(catalogue, municipality=place, goals=["work", "language", "guidance"], finnish_level="A2")
    assert len(PdfReader(BytesIO(pdf_for(report, *languages))).pages) <= 2


def test_every_folder_of_words_is_a_language() -> None:
    """A language needs its file of words and nothing in the code."""
    found = {
        path.parents[1].name for suffix in ("po", "json") for path in LOCALE.glob(f"*/LC_MESSAGES/handout.{suffix}")
    }
    assert found == set(LANGUAGES)


def test_dari_and_sorani_have_names() -> None:
    """CLDR keeps the name of Dari under Persian of Afghanistan; no reader is shown a code."""
    assert [Reader(language).language_name("prs") for language in ("fi", "ar", "ru")] == ["dari", "الدارية", "дари"]
    assert [Reader(language).own_name.text for language in ("prs", "ckb")] == ["دری", "کوردی (سۆرانی)"]
    for language in LANGUAGES:
        named = {code: Reader(language).language_name(code) for code in {each.partition("-")[0] for each in LANGUAGES}}
        assert all(name != code for code, name in named.items()), (language, named)


@pytest.mark.parametrize(
    ("paper", "told", "says"),
    [
        ("prs", ("prs",), "Puhun daria. Tarvitsen tulkin."),
        ("ckb", (), "Puhun kurdia (sorani). Tarvitsen tulkin."),
        ("ru", ("uk",), "Puhun venäjää. Tarvitsen tulkin."),
        ("fi-simple", ("sq", "ru"), "Puhun albaniaa. Tarvitsen tulkin."),
        ("en", ("vi", "en"), "Puhun vietnamia. Tarvitsen tulkin."),
        ("fi", (), "Puhun . Tarvitsen tulkin."),
    ],
)
def test_the_strip_names_the_clients_language(
    catalogue: Catalogue, paper: str, told: tuple[str, ...], says: str
) -> None:
    """That of the paper; of a paper in a language of the desk, what the client has told; else a line to write on."""
    strip = sheet_for(report_for(catalogue, service_language=list(told)), paper).strip
    assert "".join(part.text for part in strip.lines[0] if isinstance(part, TaggedText)) == says


def test_who_has_read_the_text_is_printed(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With the month; and what a computer made and nobody has checked is still said, as long as some of it is."""
    for files in ("data/translations", "kotoneuvo/locale"):  # a wheel has other forms of them
        shutil.copytree(CHECKOUT / files, tmp_path / files)
    for contexts, unread in ((["handout"], True), ([], False)):
        review.main("ru", "Moniheli ry", "2026-12", contexts, tmp_path)
        monkeypatch.setattr(reader_module, "LOCALE", tmp_path / "kotoneuvo" / "locale")
        monkeypatch.setattr(reader_module, "data_folder", lambda: tmp_path / "data")
        page = render_html(sheet_for(report_for(catalogue), "ru"))
        assert "Текст проверен: Moniheli ry, 12/2026." in page
        assert ("его ещё никто не проверил" in page) is unread
