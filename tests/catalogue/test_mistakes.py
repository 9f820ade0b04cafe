"""Mistakes in a catalogue file: each is said with its place, what was found and what is allowed; all at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.words import Words

GOOD = """
[[service]]
id = "desk"
kind = "guidance"
name = { fi = "Piste", sv = "Punkt", en = "Desk" }
summary = { fi = "Neuvoja kaikille.", sv = "Råd för alla.", en = "Advice for all." }
goals = ["guidance"]
phase = "guidance"
area = ["091"]
valid = { from = "2019-01", until = "2030", source = "doc" }
languages = { codes = ["fi"], count = 3, interpreter = true, source = "doc" }
cost = { free = true, source = "doc" }
provides = { finnish_level = "A2", source = "doc" }
[service.sources]
doc = { lines = [1, 2] }
web = { url = "https://example.fi/", date = "2024-05" }
[service.eligibility]
age = { min = 18, unclear = [17] }
any = [{ gender = "woman" }, { has_right_to_work = true }]
source = { age = "doc:2", any = "web" }
[service.access]
via = ["self"]
how = { fi = "Tule.", sv = "Kom.", en = "Come." }
source = "web"
[[service.contact]]
phone = "+358 9 1234567"
source = "web"
[[service.contact]]
address = "Katu 1, Helsinki"
source = "web"
"""

MISTAKES = [
    ('phase = "guidance"', 'phase = "guidanse"', ["desk", "phase", "guidanse", "guidance"]),
    ('goals = ["guidance"]', 'goals = ["work", "langage"]', ["goals", "langage", "language"]),
    ('goals = ["guidance"]', 'goals = "guidance"', ["goals", "list"]),
    ('kind = "guidance"', 'kind = "shop"', ["kind", "shop", "centre"]),
    ('kind = "guidance"', "kind = 3", ["kind", "text"]),
    ('area = ["091"]', 'area = ["91"]', ["area", "91"]),
    ('area = ["091"]', "", ["area", "missing"]),
    ('en = "Desk"', 'en = ""', ["name", "expected texts"]),
    ('en = "Desk"', 'en = "Desk", de = "Tisch"', ["name", "de"]),
    ("summary = {", 'colour = "red"\nsummary = {', ["colour", "field"]),
    ('from = "2019-01"', 'from = "2019-13"', ["valid.from", "2019-13", "YYYY"]),
    ('until = "2030"', 'until = "2018"', ["valid", "ends before it starts"]),
    ("count = 3", 'count = "three"', ["languages.count", "number"]),
    ("interpreter = true", 'interpreter = "yes"', ["languages.interpreter", "true or false"]),
    ('free = true, source = "doc"', "free = true", ["cost", "source"]),
    ('provides = { finnish_level = "A2"', 'provides = { finish_level = "A2"', ["provides", "finish_level"]),
    ('provides = { finnish_level = "A2"', 'provides = { finnish_level = "A9"', ["provides", "A9"]),
    ("doc = { lines = [1, 2] }", "doc = {}", ["sources.doc", "url"]),
    (', date = "2024-05"', "", ["sources.web", "date"]),
    ("age = { min = 18,", "age = { least = 18,", ["eligibility.age", "least", "min"]),
    ("age = { min = 18,", 'age = { min = "eighteen",', ["eligibility.age", "eighteen"]),
    ("age = {", "aeg = {", ["eligibility.aeg", "age"]),
    ('gender = "woman"', 'gender = "women"', ["eligibility.any[0].gender", "woman"]),
    ('gender = "woman"', "gender = { min = 3 }", ["eligibility.any[0].gender", "order"]),
    ('any = [{ gender = "woman" }, { has_right_to_work = true }]', "any = []", ["eligibility.any", "tables"]),
    ('any = "web"', 'any = "wbe"', ["eligibility.source.any", "wbe"]),
    (', any = "web" }', " }", ["eligibility.any", "source"]),
    ('any = "web" }', 'any = "web", gender = "web" }', ["eligibility.source.gender", "no such criterion"]),
    ('via = ["self"]', 'via = ["self", "dekk"]', ["access.via", "dekk", "desk"]),
    ('via = ["self"]', 'via = "self"', ["access.via", "list"]),
    ('cost = {', 'part_of = "dekk"\ncost = {', ["part_of", "dekk", "desk"]),
    ('cost = {', 'part_of = "desk"\ncost = {', ["part_of", "back to itself"]),
    ('cost = {', 'successor = ["desk"]\ncost = {', ["successor", "back to itself"]),
    ('cost = {', 'assured = "soon"\ncost = {', ["assured", "soon"]),
    ('cost = {', 'review = 0\ncost = {', ["review", "months"]),
    ('cost = {', 'basic = "yes"\ncost = {', ["basic", "true or false"]),
    ('phone = "+358 9 1234567"', "", ["contact[0]", "empty"]),
    ('phone = "+358 9 1234567"', 'phone = "1"\nfax = "2"', ["contact[0]", "fax"]),
    ('phone = "+358 9 1234567"', 'hours = "ma-pe 9-15"', ["contact[0].hours", "opening hours", "Mo-Fr 09:00-15:00"]),
    ('phone = "+358 9 1234567"', 'phone = "1"\narea = ["91"]', ["contact[0].area", "91"]),
    ('phone = "+358 9 1234567"', 'phone = "1"\nrole = "swichboard"', ["contact[0].role", "switchboard"]),
    ('phone = "+358 9 1234567"', 'phone = "1"\nreplace = "2"', ["contact[0].replace", "no contact point"]),
    ('phone = "+358 9 1234567"', 'url = ["https://x.fi/"]', ["contact[0].url", "page"]),
    ('phone = "+358 9 1234567"', 'phone = "1"\ndate = "soon"', ["contact[0].date", "soon"]),
    ('phone = "+358 9 1234567"', 'phone = "1"\nexceptions = [{ from = "2026-12-24" }]', ["exceptions[0]", "closed"]),
    ('phone = "+358 9 1234567"', 'phone = "1"\nexceptions = [{ closed = true }]', ["exceptions[0].from", "missing"]),
]  # fmt: skip


def said(path: Path) -> str:
    with pytest.raises(InputProblems) as caught:
        load_catalogue(path)
    return "\n".join(Words("en").problem(problem) for problem in caught.value.problems)


@pytest.mark.parametrize(("right", "wrong", "words"), MISTAKES, ids=range(len(MISTAKES)))
def test_one_mistake(right: str, wrong: str, words: list[str], tmp_path: Path) -> None:
    """The message names the file and line of the entry, the field, and what would be right."""
    path = tmp_path / "mine.toml"
    assert GOOD.count(right) >= 1
    path.write_text(GOOD.replace(right, wrong, 1), encoding="utf-8")
    text = said(path)
    assert re.search(re.escape(str(path)) + r":\d+: desk", text)
    for word in words:
        assert word in text


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    """Two entries with three mistakes give three messages, a doubled id among them."""
    path = tmp_path / "mine.toml"
    path.write_text(GOOD.replace("guidance", "guidanse") + GOOD, encoding="utf-8")
    text = said(path)
    assert text.count("guidanse") == 3
    assert "used twice" in text


def test_a_good_file_loads(tmp_path: Path) -> None:
    """The file that the mistakes are made in has none itself."""
    path = tmp_path / "mine.toml"
    path.write_text(GOOD, encoding="utf-8")
    (service,) = load_catalogue(path).services.values()
    assert service.provides == {"finnish_level": "A2.2"}
    assert service.contacts[1].address == "Katu 1, Helsinki"


@pytest.mark.parametrize("content", ["service = 3", "[service]", 'service = ["x"]', "", "[[service]]\n"])
def test_other_shapes(content: str, tmp_path: Path) -> None:
    """What is no list of service tables is said; an empty file is an empty catalogue."""
    path = tmp_path / "mine.toml"
    path.write_text(content, encoding="utf-8")
    if content:
        assert str(path) in said(path)
    else:
        assert load_catalogue(path).services == {}


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ('kind = "guidance"', 'kind = "kerho"', ["club (ryhmä, joka kokoontuu, esimerkiksi kielikahvila)"]),
        ('goals = ["guidance"]', 'goals = ["liikunta ja kulttuuri"]', ["Tarkoititko ”sport_culture”", "work (työ)"]),
        ('phase = "guidance"', 'phase = "neuvonta"', ["guidance (Ensimmäinen neuvonta)"]),
        ('area = ["091"]', 'area = ["Vntaa"]', ["Tarkoititko ”092”? (Vantaa)"]),
    ],
)
def test_codes_have_their_words_beside_them(right: str, wrong: str, words: list[str], tmp_path: Path) -> None:
    """In the editor's language, for what is allowed and for what was perhaps meant; people's words lead to the code."""
    path = tmp_path / "mine.toml"
    path.write_text(GOOD.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(InputProblems) as caught:
        load_catalogue(path)
    text = "\n".join(Words("fi").problem(problem) for problem in caught.value.problems)
    for word in words:
        assert word in text


def test_towns_by_name_and_dates_as_finland_writes_them(tmp_path: Path) -> None:
    """In any of its names; days and months."""
    path = tmp_path / "mine.toml"
    text = GOOD.replace('area = ["091"]', 'area = ["Vantaa", "esbo", "091"]\nassured = "30.11.2026"')
    text = text.replace('date = "2024-05"', 'date = "5/2024"')
    path.write_text(text, encoding="utf-8")
    (service,) = load_catalogue(path).services.values()
    assert service.area == ("092", "049", "091")
    assert (service.assured.isoformat(), service.contacts[0].dated) == ("2026-11-30", "2024-05")


@pytest.mark.parametrize("value", ["“desk”", "”desk”", "‘desk’", "»desk»"])
def test_typographic_quotes_are_explained(value: str, tmp_path: Path) -> None:
    """Word processors write them; in a text in straight quotes they are right."""
    path = tmp_path / "mine.toml"
    path.write_text(GOOD.replace('"desk"', value), encoding="utf-8")
    assert "not typographic ones" in said(path)
    assert ":3:" in said(path)
    path.write_text(GOOD.replace('"Tule."', '"Kysy ”Maahanmuutto” ’x’."'), encoding="utf-8")
    load_catalogue(path)
    path.write_text(GOOD.replace('"Tule."', '"Kysy ”M”." "'), encoding="utf-8")
    assert "not typographic ones (" not in said(path)
