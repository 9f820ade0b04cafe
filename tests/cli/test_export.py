"""`catalogue export`: each form held to its own standard, by the standard's own validator."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from rdflib import Graph
from typer.testing import CliRunner

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.cli.main import build

APP = build()

STANDARDS = Path(__file__).resolve().parents[1] / "standards"
SHAPES = STANDARDS / "cpsv-ap-3.2.0" / "cpsv-ap-SHACL.ttl"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


def _export(form: str, *args: str, lang: str = "en") -> str:
    command = ["catalogue", "export", "--to", form, "--as-of", "2026-11-24", "--lang", lang, *args]
    result = CliRunner().invoke(APP, command)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def _validator(name: str) -> Draft202012Validator:
    schema = json.loads((STANDARDS / "hsds-3.0" / name).read_text(encoding="utf-8"))
    return Draft202012Validator(schema, format_checker=FormatChecker())


@pytest.mark.parametrize("name", ["service_with_definitions.schema.json", "schema__compiled__service_list.json"])
def test_hsds_validates(name: str, catalogue: Catalogue) -> None:
    """Every service, ended ones too, is a service of HSDS 3.0 by its compiled schemas; a wrong one is refused."""
    page = json.loads(_export("hsds", "--ended"))
    check = _validator(name)
    assert page["total_items"] == len(page["contents"]) == len(catalogue.services)
    assert [error.message for entry in page["contents"] for error in check.iter_errors(entry)] == []
    assert not check.is_valid({**page["contents"][0], "status": "open"})
    assert not check.is_valid({**page["contents"][0], "id": 5})


def test_hsds_says_what_the_catalogue_says() -> None:
    """Ages, phones, state, organisation; ids stay the same from export to export."""
    page = json.loads(_export("hsds", "--ended"))
    by_name = {entry["name"]: entry for entry in page["contents"]}
    centre = next(entry for name, entry in by_name.items() if entry.get("minimum_age") == 18 and "Vantaa" in name)
    assert "at least 18" in centre["eligibility_description"]
    assert by_name["TE Office (Employment and Economic Development Office)"]["status"] == "defunct"
    assert page == json.loads(_export("hsds", "--ended"))
    assert len({entry["id"] for entry in page["contents"]}) == len(page["contents"])


MINE = """[[service]]
id = "desk"
kind = "guidance"
name = { fi = "Neuvo", sv = "Råd", en = "Desk" }
summary = { fi = "Neuvoja.", sv = "Råd.", en = "Advice." }
goals = ["guidance", "work"]
phase = "guidance"
area = ["092"]
assured = "2026-11-01"
sources = { own = { url = "https://example.fi/", date = "2026-11-01" } }
languages = { codes = ["fi"], count = 12, interpreter = true, source = "own" }
cost = { text = { fi = "5 euroa", sv = "5 euro", en = "5 euros" }, source = "own" }

[[service.contact]]
name = { fi = "2. krs", sv = "vån. 2", en = "2nd floor" }
address = "Tie 1, 01300 Vantaa"
source = "own"
"""


@pytest.fixture
def mine(tmp_path: Path) -> str:
    """A catalogue with one service of one's own, whose phone number is not known."""
    file = tmp_path / "mine.toml"
    file.write_text(MINE, encoding="utf-8")
    return str(file)


def test_hsds_has_no_empty_number_and_no_id_twice(mine: str) -> None:
    """A phone without a number is left out; what belongs to one service has an id of its own."""
    page = json.loads(_export("hsds", "--catalogue", mine))
    (desk,) = [entry for entry in page["contents"] if entry["name"] == "Desk"]
    assert "phones" not in desk
    attributes = [each["id"] for entry in page["contents"] for each in entry["attributes"]]
    assert len(attributes) == len(set(attributes))


def test_hsds_keeps_the_parts_of_a_door_apart(mine: str) -> None:
    """Hours by day and time with their closures, languages with the phone they are served at, visiting and postal."""
    file = Path(mine)
    door = """
[[service.contact]]
name = { fi = "Arabiaksi", sv = "På arabiska", en = "In Arabic" }
phone = "+358 9 123 4567"
languages = ["ar"]
hours = "Mo-We 09:00-12:00, 13:00-15:30"
exceptions = [{ from = "2026-12-24", until = "2026-12-26", closed = true }]
postal = "PL 1, 00099 Helsinki"
source = "own"
"""
    file.write_text(MINE + door, encoding="utf-8")
    contents = json.loads(_export("hsds", "--catalogue", mine))["contents"]
    (desk,) = [entry for entry in contents if entry["name"] == "Desk"]
    (phone,) = desk["phones"]
    assert (phone["number"], phone["description"]) == ("+358 9 123 4567", "In Arabic; Arabic")
    assert [each["code"] for each in phone["languages"]] == ["ar"]
    closed, *open_hours = desk["schedules"]
    assert (closed["valid_from"], closed["valid_to"], closed["description"]) == ("2026-12-24", "2026-12-26", "closed")
    assert [(each["byday"], each["opens_at"], each["closes_at"]) for each in open_hours] == [
        ("MO,TU,WE", "09:00", "12:00"), ("MO,TU,WE", "13:00", "15:30"),
    ]  # fmt: skip
    kinds = [each["location"]["addresses"][0]["address_type"] for each in desk["service_at_locations"]]
    assert kinds == ["physical", "postal"]
    assert _validator("service_with_definitions.schema.json").is_valid(desk)


def test_exports_carry_register_id_area_codes_and_the_last_day(mine: str) -> None:
    """What another system finds an entry by; the last day is that of the newest part."""
    spec = MINE.replace('kind = "guidance"', 'kind = "guidance"\nptv = "f81cf0fb-7b6c-4b5f-8f0a-2f6a3b9c1d11"')
    Path(mine).write_text(spec + 'date = "2026-11-20"\n', encoding="utf-8")
    contents = json.loads(_export("hsds", "--catalogue", mine))["contents"]
    (desk,) = [entry for entry in contents if entry["name"] == "Desk"]
    assert _validator("service_with_definitions.schema.json").is_valid(desk)
    assert (desk["assured_date"], desk["last_modified"]) == ("2026-11-01", "2026-11-20T00:00:00.000Z")
    assert [(each["extent"], each["name"]) for each in desk["service_areas"]] == [("092", "Vantaa")]
    identifiers = [each["value"] for each in desk["attributes"] if each["link_type"] == "identifier"]
    assert identifiers == ["f81cf0fb-7b6c-4b5f-8f0a-2f6a3b9c1d11"]
    (row,) = [row for row in csv.DictReader(io.StringIO(_export("csv", "--catalogue", mine))) if row["id"] == "desk"]
    assert row["ptv"] == identifiers[0]


def test_a_catalogue_that_hides_everything_is_a_heading_row(tmp_path: Path, catalogue: Catalogue) -> None:
    hides = tmp_path / "hides.toml"
    hides.write_text("".join(f'[[service]]\nid = "{name}"\nhide = "-"\n' for name in catalogue.services))
    (heading,) = _export("csv", "--catalogue", str(hides)).splitlines()
    assert heading == _export("csv").splitlines()[0]


def test_csv_for_excel(mine: str) -> None:
    """A byte order mark and semicolons, the same table; other forms have no such thing."""
    text = _export("csv", "--excel", "--catalogue", mine)
    assert text.startswith("\ufeffid;name_fi;")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert rows == list(csv.DictReader(io.StringIO(_export("csv", "--catalogue", mine))))
    result = CliRunner().invoke(APP, ["catalogue", "export", "--to", "html", "--excel", "--lang", "en"])
    assert (result.exit_code, "this needs --to csv" in result.stderr) == (2, True)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.filterwarnings("ignore::DeprecationWarning:pyshacl")
def test_cpsv_has_cost_and_address(mine: str) -> None:
    """In the words of all languages, and it still conforms; no empty number."""
    text = _export("cpsv-ap", "--municipality", "Vantaa", "--goal", "guidance", "--catalogue", mine)
    nodes = {node["@id"]: node for node in json.loads(text)["@graph"]}
    desk = nodes["urn:kotoneuvo:service:desk"]
    assert {"@language": "sv", "@value": "5 euro"} in nodes[desk["cv:hasCost"]["@id"]]["dct:description"]
    (office,) = desk["cv:hasChannel"]
    told = nodes[office["@id"]]["dct:description"]
    assert {"@language": "en", "@value": "Tie 1, 01300 Vantaa (2nd floor)"} in told
    assert "cv:contactPoint" not in desk
    conforms, report = _conforms(text)
    assert conforms, report


def test_csv_tells_how_many_languages_and_interpreting(mine: str) -> None:
    """Beside the codes; nothing where nothing is said."""
    rows = csv.DictReader(io.StringIO(_export("csv", "--catalogue", mine)))
    told = {row["id"]: (row["languages"], row["language_count"], row["interpreter"]) for row in rows}
    assert told["desk"] == ("fi", "12", "yes")
    assert ("", "", "") in told.values()


def test_the_directory_says_what_does_not_run(mine: str) -> None:
    """What is planned or has ended, and when; a service with a last day says that day."""
    file = Path(mine)

    def article(valid: str) -> str:
        table = f'[service.valid]\n{valid}\nsource = "own"\n\n'
        file.write_text(MINE.replace("[[service.contact", table + "[[service.contact"), encoding="utf-8")
        page = _export("html", "--ended", "--catalogue", mine)
        return page[page.index('<article id="desk"') :].partition("</article>")[0]

    assert "planned (1.5.2027–)" in article('from = "2027-05-01"')
    assert "ended (–1.1.2026)" in article('until = "2026-01-01"')
    assert "active (–1.1.2027)" in article('until = "2027-01-01"')
    assert "active" not in article('from = "2025-01-01"')


@pytest.mark.parametrize(("language", "search"), [("fi", "Haku"), ("sv", "Sök")])
def test_the_directory_is_translated(language: str, search: str) -> None:
    """The words around search and filters too."""
    page = _export("html", lang=language)
    assert f">{search}</label>" in page
    for word in ("To the services", "Show all", "Language served", ">all<"):
        assert word not in page


def _conforms(text: str) -> tuple[bool, str]:
    conforms, _, report = pyshacl.validate(Graph().parse(data=text, format="json-ld"), shacl_graph=str(SHAPES))
    return bool(conforms), str(report)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # of its own doing
@pytest.mark.filterwarnings("ignore::DeprecationWarning:pyshacl")
def test_cpsv_ap_conforms() -> None:
    """All services conform to the SHACL shapes of CPSV-AP 3.2.0; without an authority they do not."""
    text = _export("cpsv-ap")
    conforms, report = _conforms(text)
    assert conforms, report
    graph: dict[str, Any] = json.loads(text)
    services = [node for node in graph["@graph"] if node["@type"] == "cpsv:PublicService"]
    assert len(services) > 200
    others = [node for node in graph["@graph"] if node["@type"] != "cpsv:PublicService"]
    alone = {key: value for key, value in services[0].items() if key != "cv:hasCompetentAuthority"}
    assert not _conforms(json.dumps({**graph, "@graph": [*others[:50], alone]}))[0]


def test_csv_is_a_table_and_no_formula(tmp_path: Path) -> None:
    """One row a service, the same columns everywhere; a cell that a spreadsheet would calculate is text."""
    file = tmp_path / "mine.toml"
    file.write_text('[[service]]\nid = "migri"\norganization = "=HYPERLINK(1)"\n', encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(_export("csv", "--municipality", "Oulu", "--catalogue", str(file)))))
    by_id = {row["id"]: row for row in rows}
    assert None not in rows[0]
    assert by_id["migri"]["organization"] == "'=HYPERLINK(1)"
    assert all("FI" in row["area"] or "564" in row["area"] for row in rows)
    phones = [row["phones"] for row in rows if row["phones"]]
    assert phones
    assert all(phone[0] in "+01" for phone in phones)


class _Page(HTMLParser):
    """What a page is made of: labels and the fields they are for, headings in order, addresses fetched."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.labelled: set[str] = set()
        self.fields: set[str] = set()
        self.headings: list[int] = []
        self.fetched: list[str] = []
        self.ids: list[str] = []
        self.language = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        if tag == "label":
            self.labelled.add(given["for"] or "")
        if tag in ("input", "select"):
            self.fields.add(given["id"] or "")
        if re.fullmatch(r"h\d", tag):
            self.headings.append(int(tag[1]))
        if "id" in given:
            self.ids.append(given["id"] or "")
        self.fetched += [given["src"] or ""] if "src" in given else []
        self.fetched += [given["href"] or ""] if tag == "link" else []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_directory_is_accessible_and_whole(language: str) -> None:
    """Its language is named, each field has its label, headings go down step by step, nothing is fetched."""
    page = _Page(_export("html", lang=language))
    assert page.language == language
    assert page.fields == page.labelled == {"text", "municipality", "goal", "language"}
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in zip(page.headings, page.headings[1:], strict=False))
    assert page.fetched == []
    assert len(page.ids) == len(set(page.ids))


def test_the_directory_takes_text_as_text(tmp_path: Path) -> None:
    """Markup in a catalogue stays words, and a link is only made of an address that may be followed."""
    file = tmp_path / "mine.toml"
    text = '{ fi = "<script>x</script>", sv = "b", en = "<script>alert(1)</script>" }'
    urls = '[{ url = "javascript:alert(1)", source = "own" }]'
    file.write_text(
        f'[[service]]\nid = "migri"\nname = {text}\nurls = {urls}\n'
        'sources = { own = { url = "https://example.fi/", date = "2026" } }\n',
        encoding="utf-8",
    )
    page = _export("html", "--catalogue", str(file))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert 'href="javascript:' not in page


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_search_and_filters_in_a_browser(tmp_path: Path) -> None:
    """In Chromium: the form appears, town and goal narrow the list, words in other letters find, the count is told."""
    page = _export("html")
    act = """<script>
    const all = () => document.querySelectorAll("article:not([hidden])").length;
    const set = (id, value) => { const f = document.getElementById(id); f.value = value;
      f.dispatchEvent(new Event("input", { bubbles: true })); return all(); };
    const steps = [all(), set("municipality", "564"), set("goal", "language"), set("text", "villa vicTOR"),
      set("text", "zzz")];
    document.body.dataset.steps = JSON.stringify(steps);
    document.body.dataset.said = document.getElementById("found").textContent;
    document.body.dataset.form = document.getElementById("search").hidden;
    </script></body>"""
    file = tmp_path / "directory.html"
    file.write_text(page.replace("</body>", act), encoding="utf-8")
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    done = subprocess.run(
        [*command, "--dump-dom", file.as_uri()], capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    steps = json.loads(re.search(r'data-steps="([^"]+)"', done.stdout)[1].replace("&quot;", '"'))  # type: ignore[index]
    assert steps[0] > steps[1] > steps[2] > steps[3] >= 1
    assert steps[4] == 0
    assert f'data-said="0 of {steps[0]} services"' in done.stdout
    assert 'data-form="false"' in done.stdout
