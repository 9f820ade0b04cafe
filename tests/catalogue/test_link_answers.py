"""`catalogue links`: 37 kinds of answers of the web, each judged as a person would; and what is made of the result."""

from __future__ import annotations

import json
import socket
import ssl
import subprocess
import threading
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from typer.testing import CliRunner

from kotoneuvo.catalogue.check import check_files
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.catalogue.pages import read_page, suspicion
from kotoneuvo.cli.main import build

APP = build()
GOOD = "<html><head><title>Kielikahvila</title></head><body>" + "hei " * 400 + "</body></html>"
SOFT = "<title>Sivua ei löytynyt – 404</title><h1>Sivua ei löydy</h1>"
SALE = "<title>example.fi is for sale</title>Buy this domain. <script src='https://sedoparking.com/x.js'></script>"
HTML = "text/html; charset=utf-8"
DRIP = 0.3
"""Seconds that a page is waited for in these tests."""


class _Web(BaseHTTPRequestHandler):
    """Each path answers in its own way."""

    protocol_version = "HTTP/1.1"
    seen: ClassVar[Counter[str]] = Counter()
    closing = threading.Event()
    other = ""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.seen[path] += 1
        if path.startswith("/chain"):
            number = int(path[6:])
            return self._to(301, f"/chain{number - 1}" if number > 1 else "/ok")
        places = {
            "/loop": (302, "/loop"), "/home": (301, "/"), "/temp": (302, "/ok"), "/login": (302, "/kirjaudu?return=x"),
            "/soft404b": (302, "/fi/sivua-ei-loytynyt"), "/casino": (301, f"{self.other}/ok"),
        }  # fmt: skip
        pages = {
            "/ok": GOOD, "/": "<title>Etusivu</title>Tervetuloa", "/kirjaudu": "<title>Kirjaudu</title>Tunnus",
            "/soft404": SOFT, "/fi/sivua-ei-loytynyt": "<title>Hups</title>Takaisin", "/parked": SALE, "/empty": "",
            "/refresh": "<meta http-equiv='refresh' content='0; url=/404'>", "/nohead": GOOD, "/nohead403": GOOD,
            "/nohead404": GOOD, "/contacts": "<title>Yhteystiedot</title>Soita (09) 123 4567, a@x.fi. Katu 1",
            "/changed": "<title>Yhteystiedot</title>Soita 09 765 4321",
        }  # fmt: skip
        if path in places:
            return self._to(*places[path])
        if path in pages:
            return self._send(200, pages[path].encode())
        return self._faults(path)

    def _faults(self, path: str) -> None:
        if path == "/429":
            once = self.seen[path] == 1
            return self._send(429 if once else 200, GOOD.encode(), **({"Retry-After": "1"} if once else {}))
        if path == "/503once":
            once = self.seen[path] == 1
            return self._send(503 if once else 200, GOOD.encode(), **({"Retry-After": "1"} if once else {}))
        if path == "/429long":
            return self._send(429, b"", **{"Retry-After": "3600"})
        if path in ("/slow", "/drip"):
            if path == "/drip":
                self.send_response(200)
                self.send_header("Content-Length", "100000")
                self.end_headers()
            self.closing.wait(20)
            return None
        if path == "/reset":
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return None
        if path == "/pdf":
            return self._send(200, b"%PDF-1.4", **{"Content-Type": "application/pdf"})
        status = path.lstrip("/")
        return self._send(int(status) if status.isdecimal() else 404, b"x")

    def _to(self, status: int, place: str) -> None:
        self._send(status, b"", Location=place)

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": HTML, **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Addresses of a server, of the same under another host, of one whose certificate nobody knows, of none."""
    folder = tmp_path_factory.mktemp("tls")
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(folder / "key.pem"), "-out",
            str(folder / "cert.pem"), "-days", "1", "-subj", "/CN=localhost"]  # fmt: skip
    subprocess.run(made, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    _Web.closing.clear()
    servers = [ThreadingHTTPServer((host, 0), _Web) for host in ("127.0.0.1", "127.0.0.2", "127.0.0.1")]
    servers[2].socket = context.wrap_socket(servers[2].socket, server_side=True)
    threads = [threading.Thread(target=each.serve_forever, args=(0.05,)) for each in servers]
    for each in threads:
        each.start()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{free.getsockname()[1]}"
    _Web.other = f"http://127.0.0.2:{servers[1].server_port}"
    yield {"": f"http://127.0.0.1:{servers[0].server_port}", "tls": f"https://127.0.0.1:{servers[2].server_port}",
           "dns": "http://ei-ole-olemassa.invalid", "refused": nobody}  # fmt: skip
    _Web.closing.set()
    for server, thread in zip(servers, threads, strict=True):
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(autouse=True)
def _only_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages of the bundled catalogue stay unasked, and no name is looked up."""
    from kotoneuvo.catalogue.pages import pages_of
    from kotoneuvo.cli import catalogue_links

    def look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if b".invalid" in (host if isinstance(host, bytes) else str(host).encode()):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return found(host, *args, **kwargs)

    found, whole = socket.getaddrinfo, pages_of
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(
        catalogue_links,
        "pages_of",
        lambda *entries: {url: ids for url, ids in whole(*entries).items() if "127.0.0." in url or ".invalid/" in url},
    )


def _entry(number: int, url: str, contact: str = "") -> str:
    return (
        f'[[service]]\nid = "t{number}"\nkind = "club"\nname = {{ fi = "x", sv = "x", en = "x" }}\n'
        'summary = { fi = "x", sv = "x", en = "x" }\ngoals = ["language"]\nphase = "language"\narea = ["091"]\n'
        f'assured = "2026-11-01"\nsources = {{ s = {{ url = "{url}", date = "2026-11-01" }} }}\n'
        f'access = {{ via = ["self"], source = "s" }}\n{contact}\n'
    )


def _ask(file: Path, *options: str, timeout: float = DRIP) -> tuple[int, str, str]:
    command = ["catalogue", "links", "--catalogue", str(file), "--pause", "0", "--timeout", str(timeout), *options]
    result = CliRunner().invoke(APP, command, env={"KOTONEUVO_LANG": "en"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


ANSWERS = {
    "ok": "ok", "chain1": "moved", "chain3": "moved", "chain9": "too many steps", "loop": "loop",
    "home": "suspicious: leads to the front page", "temp": "redirected", "login": "suspicious: asks to log in",
    "404": "gone", "410": "gone", "403": "refused", "401": "refused", "451": "refused", "418": "failing",
    "300": "garbled", "304": "garbled",
    "500": "failing", "503": "failing", "429": "ok", "429long": "refused", "503once": "ok", "slow": "timeout",
    "drip": "timeout", "nohead": "ok", "nohead403": "ok", "nohead404": "ok",
    "soft404": "suspicious: says that there is no such page", "soft404b": "suspicious: says that there is no such page",
    "parked": "suspicious: the domain is for sale", "casino": "suspicious: leads to another host",
    "empty": "suspicious: empty page", "refresh": "gone", "reset": "garbled", "pdf": "ok",
    "tls": "insecure", "dns": "unreachable", "refused": "unreachable", "ok#osio": "ok", "sivu/ääkköset": "gone",
}  # fmt: skip
"""What each page is, as a person would say who opens it."""


def test_answers_of_the_web(web: dict[str, str], tmp_path: Path) -> None:
    """All of them at once; a busy page is asked once more after the time that it names, others once."""
    _Web.seen.clear()
    urls = {name: f"{web[name]}/x" if name in web else f"{web['']}/{name}" for name in ANSWERS}
    file = tmp_path / "links.toml"
    file.write_text("".join(_entry(place, url) for place, url in enumerate(urls.values())), encoding="utf-8")
    code, out, err = _ask(file, "--format", "json", timeout=1)
    assert code == 1, err
    found = {page["url"]: ": ".join(filter(None, (page["answer"], page["why"]))) for page in json.loads(out)["pages"]}
    assert {name: found[url.partition("#")[0]] for name, url in urls.items()} == ANSWERS
    assert _Web.seen["/429"] == _Web.seen["/503once"] == 2
    assert _Web.seen["/429long"] == _Web.seen["/503"] == _Web.seen["/500"] == 1


def test_contacts_that_the_page_no_longer_shows(web: dict[str, str], tmp_path: Path) -> None:
    """A number is looked for however it is written; a page without any contact says nothing."""
    contacts = '[[service.contact]]\nphone = "+358 9 1234567"\nemail = "a@x.fi"\nsource = "s"\n'
    file = tmp_path / "links.toml"
    pages = ("contacts", "changed", "ok")
    file.write_text("".join(_entry(n, f"{web['']}/{each}", contacts) for n, each in enumerate(pages)), encoding="utf-8")
    _, out, _ = _ask(file, "--format", "json")
    found = {page["url"].rpartition("/")[2]: page["missing"] for page in json.loads(out)["pages"]}
    missing = [{"entry": "t1", "phone": "+358 9 1234567"}, {"entry": "t1", "email": "a@x.fi"}]
    assert found == {"contacts": [], "changed": missing, "ok": []}
    _, out, _ = _ask(file)
    assert "    no longer shows +358 9 1234567 (t1)\n" in out


def test_what_is_written(web: dict[str, str], tmp_path: Path) -> None:
    """Contacts that stand on their page are confirmed; of a page that is lost there is a note."""
    contacts = '[[service.contact]]\nphone = "+358 9 1234567"\nsource = "s"\n'
    file, own = tmp_path / "links.toml", tmp_path / "own.toml"
    pages = ("contacts", "changed", "soft404", "503")
    file.write_text("".join(_entry(n, f"{web['']}/{each}", contacts) for n, each in enumerate(pages)), encoding="utf-8")
    code, _, err = _ask(file, "--write", str(own))
    assert code == 1, err
    services = load_catalogue(overlays=[file, own]).services
    today = date.today()
    assert [services[f"t{place}"].contacts[0].confirmed for place in range(4)] == [today, *[date(2026, 11, 1)] * 3]
    assert [services[f"t{place}"].assured for place in range(4)] == [date(2026, 11, 1)] * 4
    listed = {each["id"]: each for each in tomllib.loads(own.read_text(encoding="utf-8"))["service"]}
    assert set(listed) == {"t0", "t1", "t2"}
    assert listed["t2"]["recheck"] == today.isoformat()
    assert "soft404" in listed["t2"]["keeper_note"]
    assert "+358 9 1234567" in listed["t1"]["keeper_note"]
    assert check_files([file, own], today).errors == ()
    before = own.read_text(encoding="utf-8")
    _ask(file, "--catalogue", str(own), "--write", str(own))
    assert own.read_text(encoding="utf-8") == before
    own.write_text(before.replace(f'date = "{today}"', 'date = "2026-11-05"'), encoding="utf-8")
    _ask(file, "--catalogue", str(own), "--write", str(own))
    assert own.read_text(encoding="utf-8") == before


def test_where_nothing_can_be_written_no_page_is_asked(web: dict[str, str], tmp_path: Path) -> None:
    """A file that is protected, or that the list of pages goes to."""
    file, own = tmp_path / "links.toml", tmp_path / "own.toml"
    file.write_text(_entry(0, f"{web['']}/contacts"), encoding="utf-8")
    own.touch(mode=0o444)
    _Web.seen.clear()
    code, _, err = _ask(file, "--write", str(own))
    assert code == 1
    assert "write-protected" in err
    code, _, err = _ask(file, "--write", str(tmp_path / "new.toml"), "--output", str(tmp_path / "new.toml"))
    assert code == 2
    assert "the same file as --write" in err
    assert not _Web.seen


@pytest.mark.parametrize(
    ("asked", "shown", "html", "why"),
    [
        ("https://a.fi/x", "https://www.a.fi/x", GOOD, ""),
        ("https://a.fi/x", "https://uusi.a.fi/y", GOOD, ""),
        ("https://a.fi/", "https://a.fi/fi/", GOOD, ""),
        ("https://a.fi/palvelut/x", "https://a.fi/fi", GOOD, "leads to the front page"),
        ("https://a.fi/x", "https://b.fi/x", GOOD, "leads to another host"),
        ("https://a.fi/kirjaudu", "https://a.fi/kirjaudu?a=1", GOOD, ""),
        ("https://a.fi/x", "https://a.fi/x", "<h1>Kirjaudu sisään</h1><input type=password>", "asks to log in"),
        ("https://a.fi/x", "https://a.fi/x", "<h1>Kahvila</h1><input type=password>" + GOOD, ""),
        ("https://a.fi/kirjaudu", "https://a.fi/kirjaudu", "<h1>Kirjaudu</h1><input type='password'>", ""),
        ("https://a.fi/x", "https://a.fi/x", "<h1>Sidan hittades inte</h1>" + GOOD, "says that there is no such page"),
        ("https://a.fi/x", "https://a.fi/x", "<title>Page not found</title>", "says that there is no such page"),
        ("https://a.fi/x", "https://a.fi/x", "<h1>Oops</h1>We can’t find the page you’re looking for",
         "says that there is no such page"),
        ("https://a.fi/x", "https://a.fi/x", "Tämä verkkotunnus on vapaana", "the domain is for sale"),
        ("https://a.fi/x", "https://a.fi/x", "<h1>Kahvila</h1>Hanke on päättynyt", "says that it is closed for good"),
        ("https://a.fi/x", "https://a.fi/x", "<title>Kahvila</title>Hankkeen toiminta on päättynyt. " + GOOD, ""),
        ("https://a.fi/x", "https://a.fi/x", "<title>Huoltokatko</title>Palaamme pian",
         "says that it is under maintenance"),
        ("https://a.fi/x", "https://a.fi/x", "<title>Töitä ei löytynyt? Neuvomme</title>09 404 1234", ""),
    ],
)  # fmt: skip
def test_doubts(asked: str, shown: str, html: str, why: str) -> None:
    """Within one domain a page may move; a front page is what was asked for if that was one."""
    assert suspicion(read_page(html), asked, shown) == why
