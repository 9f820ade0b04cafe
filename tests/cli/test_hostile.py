"""Texts that would steer a terminal, become markup, a formula or a link: shown harmless, or refused with a message."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pypdf
import pytest
from fuzz.judge import HARMLESS
from fuzz.mutation import toml
from terminal import ENTER, Terminal
from typer.testing import CliRunner

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.cli.main import build
from kotoneuvo.cli.named_files import new_file
from kotoneuvo.words import Words

pytestmark = pytest.mark.slow
APP = build()
DAY = ("--as-of", "2026-11-24")
MARKUP = {
    "script": "<script>alert(1)</script>",
    "attribute": '"><img src=x onerror=alert(1)> &lt;',
    "rich": "[bold]x[/bold] [/] [link=https://evil.example]y[/link]",
    "formula": "=cmd|'/C calc'!A0",
    "plus": "+HYPERLINK(A1)",
    "minus": "-A1-1",
    "at": "@SUM(A1)",
    "places": "{0} {found} %s ${HOME} `id`",
    "one word": "a" * 1900,
    "words": "ab " * 600,
}
STEERING = {
    "escape": "x\x1b[2J\x1b]0;owned\x07",
    "link": "x\x1b]8;;https://evil.example\x1b\\y",
    "c1": "x\x9b31m",
    "override": "x\u202ey",
    "isolate": "x\u2066y",
    "bell": "x\x07",
    "return": "x\ry",
    "nul": "x\x00y",
    "separator": "x\u2028y",
    "invisible": "x\ufeffy",
}


def run(*args: str | Path, given: bytes = b"") -> tuple[int, str, str]:
    """The program's exit code, stdout and stderr; nothing but text in either."""
    result = CliRunner().invoke(APP, [str(arg) for arg in args], input=given, env={"KOTONEUVO_LANG": "en"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    out = result.stdout_bytes.decode()
    assert still(result.stderr)
    return result.exit_code, out, result.stderr


def still(text: str) -> bool:
    """Whether a text steers nothing: letters, spaces and line ends alone."""
    return all(letter.isprintable() or letter in HARMLESS or unicodedata.category(letter) == "Zs" for letter in text)


def service(text: str) -> dict[str, Any]:
    """A service with the text in every field that holds words."""
    words = {"fi": text, "sv": text, "en": text}
    return {
        "id": "own", "kind": "club", "name": words, "summary": words, "goals": ["community"], "phase": "community",
        "area": ["091"], "organization": text, "assured": "2026-10-01", "note": words,
        "sources": {"page": {"url": "https://example.fi/x", "date": "2026-10", "seen": text}},
        "access": {"via": ["self"], "how": words, "source": "page"},
        "cost": {"free": False, "text": words, "source": "page"},
        "contact": [
            {"name": words, "phone": "+358 9 123 4567", "hours": words, "source": "page"},
            {"address": words, "hours": words, "for": words, "source": "page"},
            {"address": text, "postal": text, "url": "https://example.fi/", "name": words, "source": "page"},
        ],
        "bring": {"text": words, "source": "page"}, "unread": {"text": words, "source": "page"}, "keeper_note": text,
    }  # fmt: skip


def overlay(folder: Path, text: str, **heading: str) -> Path:
    """An overlay file with such a service."""
    path = folder / "own.toml"
    path.write_bytes(toml({"catalogue": {"name": "Own", **heading}, "service": [service(text)]}))
    return path


@pytest.fixture(params=MARKUP)
def marked(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    text = MARKUP[request.param]
    return overlay(tmp_path, text), text


def test_markup_is_text_on_the_terminal(marked: tuple[Path, str]) -> None:
    """The check passes, and every screen shows the letters as they are: nothing is taken for style or a link."""
    path, text = marked
    assert run("catalogue", "check", path)[0] == 0
    for args in (
        ("services", "list", "--municipality", "091", *DAY),
        ("services", "show", *DAY, "own"),
        ("services", "search", *DAY, "--", text.split()[0]),
        ("advise", "--municipality", "091", "--goals", "community", *DAY),
    ):
        code, out, err = run("--catalogue", path, *args)
        assert (code, err) == (0, "")
        assert still(out)
        assert all(word[:20] in "".join(out.split()) for word in text.split())


class Page(HTMLParser):
    """The elements, attributes and texts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def squeezed(text: str) -> str:
    """Without the spaces and the line ends that wrapping brings in."""
    return "".join(text.split())


def assert_harmless(text: str, scripts: int) -> None:
    """No element, handler or address comes from the text: only the page's own scripts."""
    page = Page(text)
    assert page.elements.count("script") == scripts
    assert "img" not in page.elements
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    links = [value or "" for name, value in page.attributes if name in ("href", "src")]
    assert not [link for link in links if "evil" in link or link.startswith("javascript:")]


def test_markup_is_text_on_pages(marked: tuple[Path, str]) -> None:
    """The handout and the directory hold it as text."""
    path, text = marked
    wish = ("advise", "--municipality", "091", "--goals", "community", "--with", "own", *DAY)
    code, page, _ = run(*wish, "--format", "html", "--catalogue", path)
    assert code == 0
    assert_harmless(page, 1)
    assert squeezed(text)[:100] in squeezed("".join(Page(page).texts))
    code, page, _ = run("catalogue", "export", "--to", "html", "--municipality", "091", *DAY, "--catalogue", path)
    assert code == 0
    assert_harmless(page, 1)
    assert text.strip() in " ".join(Page(page).texts)


def test_markup_is_text_on_paper(tmp_path: Path) -> None:
    """The PDF is made, and shows the name as it is written."""
    path, paper = overlay(tmp_path, f"{MARKUP['script']} #strong[x] $ {MARKUP['rich']}"), tmp_path / "out.pdf"
    wish = ("advise", "--municipality", "091", "--goals", "community", "--with", "own", *DAY)
    assert run(*wish, "--format", "pdf", "--output", paper, "--catalogue", path)[0] == 0
    said = squeezed("".join(page.extract_text() for page in pypdf.PdfReader(paper).pages))
    assert MARKUP["script"] in said
    assert "#strong[x]" in said


def test_markup_is_data_for_programs(marked: tuple[Path, str]) -> None:
    """JSON says it letter for letter; in the table no cell is a formula."""
    path, text = marked
    code, out, _ = run("catalogue", "export", "--to", "hsds", "--municipality", "091", *DAY, "--catalogue", path)
    assert code == 0
    assert text in [each["name"] for each in json.loads(out)["contents"]]
    code, out, _ = run("catalogue", "export", "--to", "csv", "--municipality", "091", *DAY, "--catalogue", path)
    assert code == 0
    (row,) = [row for row in csv.DictReader(io.StringIO(out)) if row["id"] == "own"]
    assert row["name_en"].removeprefix("'") == text
    assert not [cell for cell in row.values() if cell.startswith(("=", "@", "\t", "\r", "+H", "-A"))]


def test_the_interview_shows_markup_as_text(tmp_path: Path) -> None:
    """On a real terminal a hostile name is on the screen as it is written, and no link is made of it."""
    path = overlay(tmp_path, f"{MARKUP['rich']} <b>")
    terminal = Terminal("--catalogue", str(path), *DAY, folder=tmp_path, rows=500)
    terminal.until("In which municipality")
    terminal.press("Helsinki", ENTER)
    terminal.until("What does the person want")
    terminal.press(ENTER)
    while "Are these right" not in terminal.screen:
        before = terminal.screen
        # In a list 0 is "not known"; at a line prompt Enter alone skips.
        terminal.press(*(["0", ENTER] if " 0 " in terminal.screen else [ENTER]))
        terminal.until_changed(before)
        terminal.settle()
    terminal.press(ENTER)
    terminal.until("First steps")
    terminal.press("x", ENTER)
    terminal.until("Which service")
    terminal.press("[bold]x")
    terminal.settle()
    assert "[bold]x[/bold] [/] [link=https://evil.example]y" in " ".join(terminal.screen.split())
    terminal.press(ENTER)
    terminal.wait("Sources")
    terminal.settle()
    terminal.leave()
    assert terminal.screen.count("[link=https://evil.example]y") > 3
    assert "8;;https://evil" not in terminal.everything


def _fields(found: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The place of every text in a service that is "?"."""
    if isinstance(found, dict):
        for key, value in found.items():
            yield from _fields(value, (*path, key))
    elif isinstance(found, list):
        for place, value in enumerate(found):
            yield from _fields(value, (*path, place))
    elif found == "?":
        yield path


@pytest.mark.parametrize("place", list(_fields(service("?"))), ids=lambda path: ".".join(map(str, path)))
def test_what_steers_is_refused_in_every_field(place: tuple[Any, ...], tmp_path: Path) -> None:
    """One control character in one field: the file is not used, and the field is named."""
    spec = service("x")
    holder = spec
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = STEERING["escape"]
    path = tmp_path / "own.toml"
    path.write_bytes(toml({"service": [spec]}))
    for args in (("catalogue", "check", path), ("services", "list", "--catalogue", path)):
        code, out, err = run(*args)
        assert code == 1
        assert still(out)
        assert f"own: {place[0]}" in out + err
        assert "control character" in out + err


@pytest.mark.parametrize("text", STEERING.values(), ids=STEERING)
def test_what_steers_is_refused_of_every_kind(text: str, tmp_path: Path) -> None:
    """In a text, in a key, and in the names that a file gives itself: refused, or shown without it."""
    code, out, _ = run("catalogue", "check", "--format", "json", overlay(tmp_path, text))
    assert code == 1
    assert still(out)
    assert json.loads(out)["errors"]
    path = tmp_path / "key.toml"
    spec = service("x")
    spec["sources"][text] = spec["sources"]["page"]
    path.write_bytes(toml({"service": [spec]}))
    assert run("services", "show", "own", "--catalogue", path)[0] == 1
    code, out, _ = run("catalogue", "where", "--catalogue", overlay(tmp_path, "x", name=text, version=text))
    assert code == 0
    assert still(out)
    code, out, _ = run("catalogue", "where", "--format", "json", "--catalogue", tmp_path / "own.toml")
    assert still(out)
    assert json.loads(out)["files"][-1]["name"].startswith("x")


def test_a_name_of_ten_thousand_letters_is_refused(tmp_path: Path) -> None:
    """With the count and the room, not with the letters."""
    code, _, err = run("advise", "--municipality", "091", "--catalogue", overlay(tmp_path, "Å" * 10_000))
    assert code == 1
    assert "10000 characters; the limit is 2000" in err
    assert "ÅÅÅÅ" not in err


@pytest.mark.parametrize(
    "text",
    ["a=" + "[" * 100_000, "a=" + "{a=" * 50_000 + "1" + "}" * 50_000, "a" + ".a" * 50_000 + "=1", "a=" + "9" * 5000,
     "a=0x" + "F" * 5000, "[" + "a." * 50_000 + "a]", '"' + "k" * 10_000_000 + '"=1', "a='" + "x" * 10_000_000 + "'"],
    ids=["arrays", "tables", "dots", "digits", "hex", "header", "key", "text"],
)  # fmt: skip
@pytest.mark.parametrize("command", ["overlay", "answers", "confirm"])
def test_toml_bombs_go_out(text: str, command: str, tmp_path: Path) -> None:
    """Deep nesting, endless numbers and texts: a short message, no traceback; nothing of it is repeated."""
    path = tmp_path / "bomb.toml"
    path.write_text(text, "utf-8")
    args: dict[str, tuple[str | Path, ...]] = {
        "overlay": ("catalogue", "check", path),
        "answers": ("advise", "--answers", path),
        "confirm": ("catalogue", "confirm", "kela", "--source", "https://example.fi", "--date", "2026-11-01",
                    "--file", path),
    }  # fmt: skip
    code, out, err = run(*args[command])
    assert code in ((0, 1) if command == "confirm" or text.startswith(('"', "a='")) else (1,))
    assert len(out + err) < 4000


@pytest.mark.parametrize("depth", [30, 199])
def test_criteria_in_criteria_in_criteria(depth: int, tmp_path: Path) -> None:
    """However deep the alternatives are nested: advice, or a message."""
    spec = service("x")
    spec["eligibility"] = {"source": "page", "age": "?"}
    nested = "any = [{ " * depth + "age = { min = 18 }" + " }, { age = { min = 90 } }]" * depth
    path = tmp_path / "own.toml"
    path.write_bytes(toml({"service": [spec]}).replace(b'"age" = "?"', nested.encode()))
    for args in (("catalogue", "check", path), ("advise", "--age", "3", "--format", "json", "--catalogue", path),
                 ("services", "show", "own", "--catalogue", path)):  # fmt: skip
        assert run(*args)[0] in (0, 1)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"age":' * 100_000, '{"age": ' + "9" * 5000 + "}", '{"a":NaN}', '"\\ud800"']
)
def test_json_bombs_go_out(text: str, tmp_path: Path) -> None:
    """In answers and from PTV."""
    path = tmp_path / "bomb.json"
    path.write_text(text, "utf-8")
    for args in (("advise", "--answers", path), ("catalogue", "import-ptv", path)):
        code, out, err = run(*args)
        assert (code, out) == (1, "")
        assert len(err) < 4000


@pytest.mark.parametrize(
    "text", [*STEERING.values(), *MARKUP.values(), "y" * 10_000_000], ids=[*STEERING, *MARKUP, "10 MB"]
)
def test_hostile_answers(text: str, tmp_path: Path) -> None:
    """As the value of any fact, as its name and as an option: a message that steers nothing and is not endless."""
    for answers in ({"age": text}, {"goals": [text]}, {"service_language": [text]}, {text: 1}, {"municipality": text}):
        path = tmp_path / "answers.json"
        path.write_text(json.dumps(answers), "utf-8")
        code, out, err = run("advise", "--answers", path)
        assert (code, out) == (1, ""), answers
        assert len(err) < 4000
    if "\0" not in text and len(text) < 10_000:
        assert run("advise", "--service-language", text)[0] == 2


INTAKE = {**STEERING, **{name: text for name, text in MARKUP.items() if name not in ("one word", "words")}}


@pytest.mark.parametrize(
    "text", [text for text in INTAKE.values() if "\0" not in text], ids=[n for n in INTAKE if n != "nul"]
)
@pytest.mark.parametrize("where", ["header", "label", "cell", "ignored"])
def test_hostile_intake(text: str, where: str, tmp_path: Path) -> None:
    """In a header, a label, a cell and a column that is not known: in every output harmless, or the file is refused."""
    out = io.StringIO()
    header = ["row", "municipality", "age", text if where == "header" else "x1"]
    row = [
        text if where == "label" else "1",
        text if where == "cell" else "091",
        "34",
        text if where == "ignored" else "",
    ]
    csv.writer(out, delimiter=";").writerows([header, row, ["2", "092", "35", ""]])
    given = out.getvalue().encode()
    table, page, rows = tmp_path / "p.csv", tmp_path / "r.html", tmp_path / "out.csv"
    for more in ((), ("--excel",), ("--format", "jsonl")) if where == "label" else ((),):
        files = ("--problems", table, "--report", page, "--output", rows)
        code, _, _ = run("batch", "-", *DAY, *files, *more, given=given)
        assert code in (0, 3)
        if code:
            assert not list(tmp_path.iterdir())
            continue
        for path in (table, page, rows):
            written = path.read_bytes().decode("utf-8-sig")
            assert still(written), path
            cells = csv.reader(io.StringIO(written), delimiter=";" if more and path is rows else ",")
            assert (
                path is page
                or "jsonl" in more
                or not [c for each in cells for c in each if c[:1] in ("=", "+", "-", "@")]
            )
        assert_harmless(page.read_text("utf-8"), 0)
        for path in (table, page, rows):
            path.unlink()
    assert run("batch", "-", "--dry-run", given=given)[0] in (0, 3)


def test_a_cell_of_ten_megabytes(tmp_path: Path) -> None:
    """Quoted or not, in the header, a label or a cell: refused without a word of it."""
    endless = "y" * 10_000_000
    headers = "kunta;ikä" + ";" * 10_000_000 + "\n"
    for given in (f"kunta;ikä\n{endless};3\n", f'kunta;ikä\n"{endless}";3\n', f"kunta;{endless}\nOulu;3\n",
                  f'kunta;ikä\n091;"{endless}\n', f"row;kunta\n{endless};091\n", headers):  # fmt: skip
        for more in ((), ("--dry-run",)):
            code, out, err = run("batch", "-", *more, given=given.encode())
            assert code in (1, 3) or given.endswith(";\n")
            assert len(out + err) < 8000
            assert "yyyy" not in err


@pytest.mark.parametrize(
    "name", ["a" * 300, "~nobody-of-that-name/out.txt", "there.txt", "."], ids=lambda name: name[:9]
)
def test_names_that_cannot_be_written_to(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed as the name of a new file in the interview: a problem to say, never a traceback."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.txt").write_text("mine")
    with pytest.raises(InputProblems) as found:
        new_file(name)
    assert Words("en").problem(found.value.problems[0])
    assert new_file("new\0.txt") == Path("new.txt")


def test_ptv_texts_lose_what_steers(tmp_path: Path) -> None:
    """Signs pasted from web pages go, so that the overlay can be used; what is left is text."""
    texts = [{"language": code, "type": kind, "value": f"Neuvonta{STEERING['escape']}\u202e{MARKUP['script']}"}
             for code in ("fi", "sv", "en") for kind in ("Name", "Summary")]  # fmt: skip
    found = {"id": "abc\x1b", "serviceNames": texts, "serviceDescriptions": texts, "modified": "2026-10-01",
             "areaType": "Nationwide", "serviceClasses": [{"code": "P22.1"}],
             "organizations": [{"roleType": "Responsible", "organization": {"name": "x\x9by\ud800"}}]}  # fmt: skip
    source, written = tmp_path / "in.json", tmp_path / "ptv.toml"
    source.write_text(json.dumps(found), "utf-8")
    assert run("catalogue", "import-ptv", source, "--output", written)[0] == 0
    assert run("catalogue", "check", written)[0] == 0
    code, out, _ = run("services", "search", "alert", "--catalogue", written)
    assert code == 0
    assert still(out)
    assert MARKUP["script"] in squeezed(out)
