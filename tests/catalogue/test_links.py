"""`catalogue links` against a local server with every kind of failure."""

from __future__ import annotations

import json
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kotoneuvo.cli.main import build

APP = build()

SEEN: list[tuple[str, str]] = []
CLOSING = threading.Event()


class _Pages(BaseHTTPRequestHandler):
    """Each path answers in its own way."""

    def do_GET(self) -> None:
        SEEN.append((self.path, self.headers["User-Agent"]))
        if self.path == "/slow":
            CLOSING.wait(60)
        if self.path == "/rude":
            self.wfile.write(b"not http at all\r\n\r\n")
            return
        status, place = {
            "/moved": (301, "/ok"),
            "/see": (302, "/ok"),
            "/moved-to-nothing": (301, "/gone"),
            "/round": (302, "/round"),
            "/to-inside?127.0.0.1": (302, "http://169.254.169.254/latest/meta-data"),
            "/to-mail": (302, "mailto:desk@example.fi"),
            "/to-nowhere": (301, "http://nowhere.invalid/new"),
            "/without-place": (302, ""),
            "/gone": (404, ""),
            "/refused": (403, ""),
            "/wait": (429, ""),
            "/broken": (500, ""),
        }.get(self.path, (200, ""))
        body = b"<title>Neuvonta</title>Hei" if status == 200 else b""
        self.send_response(status)
        if place:
            self.send_header("Location", place)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def server() -> Iterator[str]:
    SEEN.clear()
    CLOSING.clear()
    running = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    CLOSING.set()
    running.shutdown()
    running.server_close()
    thread.join()


def _closed_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def _ask(tmp_path: Path, urls: list[str], *args: str, lang: str = "en", timeout: str = "60") -> tuple[int, str]:
    file = tmp_path / "links.toml"
    listed = ", ".join(f'{{ url = "{url}", source = "own" }}' for url in urls)
    file.write_text(
        '[[service]]\nid = "migri"\nsources = { own = { url = "' + urls[0] + '", date = "2026" } }\n'
        f'urls = [{listed}]\n\n[[service]]\nid = "kela"\n'
        f'sources = {{ own = {{ url = "{urls[0]}#part", date = "2026" }} }}\n',
        encoding="utf-8",
    )
    command = ["catalogue", "links", "--catalogue", str(file), "--pause", "0", "--timeout", timeout, *args]
    result = CliRunner().invoke(APP, command, env={"KOTONEUVO_LANG": lang})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout or result.stderr


@pytest.fixture(autouse=True)
def _only_the_overlay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else the catalogue names stays unasked: the network, and who answers for names, is not for tests."""
    from kotoneuvo.catalogue.pages import pages_of
    from kotoneuvo.cli import catalogue_links

    found = socket.getaddrinfo

    def look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if str(host).endswith("invalid") or host == b"nowhere.invalid":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return found("127.0.0.1" if host in ("public.example", b"public.example") else host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    whole = pages_of
    monkeypatch.setattr(
        catalogue_links,
        "pages_of",
        lambda services, offices: {
            u: s
            for u, s in whole(services, offices).items()
            if any(each in u for each in ("127.0.0.1", ".invalid/", "[::1"))
        },
    )


def test_every_kind_of_answer(server: str, tmp_path: Path) -> None:
    """Each page is asked once, by name, and told apart; broken ones make exit code 1."""
    expected = {
        f"{server}/ok": "ok", f"{server}/moved": "moved", f"{server}/see": "redirected",
        f"{server}/moved-to-nothing": "gone", f"{server}/round": "loop", f"{server}/gone": "gone",
        f"{server}/refused": "refused", f"{server}/wait": "refused", f"{server}/broken": "failing",
        f"{server}/rude": "garbled",
        f"http://127.0.0.1:{_closed_port()}/": "unreachable", "http://nowhere.invalid/": "unreachable",
        server.replace("http:", "https:") + "/": "insecure",
    }  # fmt: skip
    code, out = _ask(tmp_path, list(expected), "--format", "json", "--service", "migri", "--service", "kela")
    pages = {page["url"]: page for page in json.loads(out)["pages"]}
    assert {url: pages[url]["answer"] for url in expected} == expected
    assert code == 1
    assert pages[f"{server}/ok"]["services"] == ["migri", "kela"]
    assert pages[f"{server}/moved"]["target"] == f"{server}/ok"
    assert pages[f"{server}/gone"]["status"] == 404
    asked = Counter(path for path, _ in SEEN)
    assert asked["/refused"] == asked["/broken"] == 1
    assert all(agent.startswith("kotoneuvo/") for _, agent in SEEN)


def test_a_page_that_does_not_answer(server: str, tmp_path: Path) -> None:
    """Is asked once, and waited for as long as is said."""
    code, out = _ask(tmp_path, [f"{server}/slow"], "--format", "json", timeout="0.5")
    assert [page["answer"] for page in json.loads(out)["pages"]] == ["timeout"]
    assert code == 1
    assert [path for path, _ in SEEN] == ["/slow"]


def test_nothing_broken(server: str, tmp_path: Path) -> None:
    """Pages that moved are told in words with their new place; the exit code is 0."""
    code, out = _ask(tmp_path, [f"{server}/ok", f"{server}/moved"])
    assert code == 0
    assert f"moved 200  {server}/moved\n    → {server}/ok\n    migri\n" in out
    assert f"{server}/ok\n    migri, kela" not in out
    assert out.endswith("2 pages checked, 0 broken\n")


def test_where_a_page_leads_is_told_also_where_that_fails(server: str, tmp_path: Path) -> None:
    """A page that points to a host that is not there, to no page at all or round and round; one that points nowhere."""
    expected = {
        f"{server}/to-nowhere": ("unreachable", 301, "http://nowhere.invalid/new"),
        f"{server}/to-mail": ("garbled", 302, "mailto:desk@example.fi"),
        f"{server}/round": ("loop", 302, f"{server}/round"),
        f"{server}/without-place": ("garbled", 302, None),
        f"{server}/gone": ("gone", 404, None),
    }
    _, out = _ask(tmp_path, list(expected), "--format", "json")
    pages = {page["url"]: (page["answer"], page["status"], page["target"]) for page in json.loads(out)["pages"]}
    assert pages == expected


def test_a_page_outside_may_not_point_inside(server: str, tmp_path: Path) -> None:
    """A page of the internet does not make the program ask this computer or the network around it."""
    public = server.replace("127.0.0.1", "public.example") + "/to-inside?127.0.0.1"
    code, out = _ask(tmp_path, [public], "--format", "json", timeout="5")
    (page,) = json.loads(out)["pages"]
    assert (code, page["answer"], page["status"]) == (1, "garbled", 302)
    assert page["target"] == "http://169.254.169.254/latest/meta-data"


def test_an_address_that_is_none(server: str, tmp_path: Path) -> None:
    """It is listed as broken beside the others."""
    code, out = _ask(tmp_path, [f"{server}/ok", "http://[::1"])
    assert code == 1
    assert "garbled  http://[::1\n" in out


@pytest.mark.parametrize("agent", ["ä", "me\nX-Other: 1", " "])
def test_who_asks_is_told_in_ascii(server: str, tmp_path: Path, agent: str) -> None:
    """What no server can be told is refused before anything is asked."""
    code, out = _ask(tmp_path, [f"{server}/ok"], "--agent", agent)
    assert code == 2
    assert "--agent" in out
    assert SEEN == []


def test_nothing_is_asked_that_cannot_be_written(server: str, tmp_path: Path) -> None:
    """The file is opened first, and whole at the end."""
    code, out = _ask(tmp_path, [f"{server}/ok"], "--output", str(tmp_path / "none" / "x"))
    assert code == 1
    assert str(tmp_path / "none") in out
    assert SEEN == []
    assert _ask(tmp_path, [f"{server}/gone"], "--output", str(tmp_path / "x"))[0] == 1
    assert f"gone 404  {server}/gone" in (tmp_path / "x").read_text(encoding="utf-8")


@pytest.mark.parametrize(("language", "gone"), [("fi", "poistettu"), ("sv", "borttagen")])
def test_answers_are_translated(server: str, tmp_path: Path, language: str, gone: str) -> None:
    """What became of a page is said in the worker's language."""
    _, out = _ask(tmp_path, [f"{server}/gone"], lang=language)
    assert out.startswith(f"{gone} 404  ")


def test_a_service_that_is_not_there(server: str, tmp_path: Path) -> None:
    """The closest one is named, and not all of them."""
    code, out = _ask(tmp_path, [f"{server}/ok"], "--service", "migrii")
    assert code == 2
    assert out == 'unknown service "migrii". Did you mean “migri”?\n'
