"""`catalogue import-ptv`: real answers and skeletons of PTV v11, from files and from a local server."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from days import TODAY
from ptv_answers import CHANNEL, FOLDER, SERVICE, entries, run, write

from kotoneuvo.catalogue.check import check_files
from kotoneuvo.catalogue.load import load_catalogue


def test_real_answers_become_an_overlay(tmp_path: Path) -> None:
    """Names, area, contacts, hours, languages and day come over; requirements as unread, never as a criterion."""
    code, out, err = run(str(write(tmp_path, SERVICE, CHANNEL)))
    assert code == 0
    assert "1 service read, 1 entry written" in err
    (entry,) = entries(out)
    assert entry["name"]["fi"] == "Nettilukio aikuisille"
    assert entry["area"] == ["FI"]
    assert entry["languages"]["codes"] == ["fi"]
    assert entry["assured"] == entry["sources"]["ptv"]["date"] == "2020-04-22"
    assert entry["cost"]["free"] is True
    assert "vähintään 18" in entry["unread"]["text"]["fi"]
    assert "eligibility" not in entry
    contacts = entry["contact"]
    assert contacts[0]["phone"].replace(" ", "") == "+358447943552"
    assert contacts[0]["name"] == {"fi": "Opintoasiainvastaava"}
    assert {"email": "info@otavia.fi", "source": "ptv"} in contacts
    (place,) = [each for each in contacts if "address" in each]
    assert place == {
        "address": "Otavantie 2 B, 50670 Otava",
        "hours": {"fi": "ma–pe 08.00–16.00", "sv": "mån–fre 08.00–16.00", "en": "Mon–Fri 08.00–16.00"},
        "source": "ptv",
    }
    assert "http://www.otavanopisto.fi/" in [each.get("url") for each in contacts]


def test_the_overlay_is_a_catalogue(tmp_path: Path) -> None:
    """What is written passes the check and can be laid over the bundled catalogue."""
    file = tmp_path / "ptv.toml"
    source = tmp_path / "in"
    source.mkdir()
    assert run(str(write(source, SERVICE, CHANNEL)), "--output", str(file))[0] == 0
    assert check_files([file], TODAY).errors == ()
    (added,) = set(load_catalogue(overlays=[file]).services) - set(load_catalogue().services)
    assert added.startswith("ptv-3668d250")


def test_only_published_services_of_integration(tmp_path: Path) -> None:
    """Other classes and what is not published stay out; a page of services is read like a single one."""
    other, draft = deepcopy(SERVICE), deepcopy(SERVICE)
    other["id"], other["serviceClasses"] = "other", [{"code": "P6.8"}]
    draft["id"], draft["publishingStatus"] = "draft", "Draft"
    code, out, err = run(str(write(tmp_path, {"pageNumber": 1, "itemList": [SERVICE, other, draft]})))
    assert (code, len(entries(out))) == (0, 1)
    assert "3 services read" in err


def test_every_field_of_the_skeleton_and_none(tmp_path: Path) -> None:
    """With every field set it is read, what the fields hold is said to be unknown; with every field null too."""
    skeleton = json.loads((FOLDER / "skeleton_V11VmOpenApiService.json").read_text(encoding="utf-8"))
    channel = json.loads((FOLDER / "skeleton_V11VmOpenApiServiceLocationChannel.json").read_text(encoding="utf-8"))
    for record in (skeleton, dict.fromkeys(skeleton)):
        whole = {**record, "id": skeleton["id"], "serviceClasses": [{"code": "P22.1"}], "publishingStatus": "Published"}
        whole["serviceNames"] = [{"language": "fi", "value": "Neuvonta", "type": "Name"}]
        code, out, err = run(str(write(tmp_path, whole, channel)))
        assert (code, out) == (1, "")
        assert "ptv-3fa85f645717: not written: it has no known municipality" in err
        whole["areaType"], whole["modified"] = "Nationwide", "2026-02-06T10:55:23.538Z"
        whole["serviceDescriptions"] = [{"language": "fi", "value": "Neuvoo.", "type": "Summary"}]
        code, out, _ = run(str(write(tmp_path, whole, channel)))
        assert (code, entries(out)[0]["name"]) == (0, {"fi": "Neuvonta"})


@pytest.mark.parametrize(
    ("text", "words"), [("{", ["valid JSON"]), ('{"a": 1}', ["neither a service nor a channel"]), ("[]", ["neither"])]
)
def test_files_that_are_not_of_ptv(tmp_path: Path, text: str, words: list[str]) -> None:
    """What cannot be read is named; nothing is written."""
    file = tmp_path / "x.json"
    file.write_text(text, encoding="utf-8")
    code, out, err = run(str(file))
    assert (code, out) == (1, "")
    assert all(word in err for word in [*words, "x.json"])
    assert run(str(tmp_path / "none.json"))[0] == 1
    assert run()[0] == 2


def test_match_shows_the_difference_and_refreshes_contacts_only(tmp_path: Path) -> None:
    """A service of ours by its name: what goes and what comes is shown; its criteria, texts and day stay."""
    ours = deepcopy(SERVICE)
    ours["serviceNames"] = [{"language": "fi", "value": "Maahanmuuttovirasto (Migri)", "type": "Name"}]
    alien = deepcopy(SERVICE)
    alien["id"] = "00000000-aaaa"
    before = load_catalogue().services["migri"]
    file, source = tmp_path / "new.toml", tmp_path / "in"
    source.mkdir()
    code, out, err = run(str(write(source, ours, alien, CHANNEL)), "--match", "--output", str(file))
    assert (code, out) == (0, "")
    assert "seems to be migri" in err
    assert f"{before.contacts[0].phone}" in err
    assert "+358 44 794" in err.replace("7943552", "794 3552")
    assert "1 service matches none of ours" in err
    (entry,) = entries(file.read_text(encoding="utf-8"))
    assert set(entry) <= {"id", "ptv", "contact", "sources"}
    after = load_catalogue(overlays=[file]).services["migri"]
    assert (after.name, after.eligibility, after.assured) == (before.name, before.eligibility, before.assured)
    assert after.contacts != before.contacts


def test_of_two_that_match_one_the_better_is_taken(tmp_path: Path) -> None:
    """The other one is said; what is written passes the check."""
    names = ("Maahanmuuttovirasto", "Maahanmuuttovirasto (Migri)", "Maahanmuuttovirasto Migrin neuvonta")
    found = [
        {**SERVICE, "id": str(place), "serviceNames": [{"language": "fi", "value": name, "type": "Name"}]}
        for place, name in enumerate(names)
    ]
    file = tmp_path / "new.toml"
    code, _, err = run(str(write(tmp_path / "in", *found, CHANNEL)), "--match", "--output", str(file))
    assert code == 0
    (entry,) = entries(file.read_text(encoding="utf-8"))
    assert entry["sources"]["ptv"]["url"].endswith("/Service/1")
    assert "“Maahanmuuttovirasto (Migri)” seems to be migri (100 % alike)" in err
    for name in (names[0], names[2]):
        assert f"“{name}” seems to be migri too" in err
    assert err.count("“Maahanmuuttovirasto (Migri)” was taken instead") == 2
    assert check_files([file], TODAY).errors == ()


class _Api(BaseHTTPRequestHandler):
    """Two pages of ids, services and channels by id; some paths are busy, slow to be ready, or gone."""

    asked: Counter[str]

    def do_GET(self) -> None:
        self.asked[self.path] += 1
        path, _, query = self.path.partition("?")
        if not self._put_off(path):
            self._answer(path, query)

    def _put_off(self, path: str) -> bool:
        """What a server does that is busy, for a while or for good."""
        now = time.time()
        if "/busy" in path and self.asked[self.path] < 3:
            self._send(429, {}, {"Retry-After": "0"})
        elif "/patience" in path:
            self._send(429, {}, {"Retry-After": "3600"})
        elif "/dated" in path and self.asked[self.path] < 2:
            self._send(503, {}, {"Retry-After": formatdate(now + 1.5, usegmt=True)})
        elif "/noon" in path:
            self._send(503, {}, {"Retry-After": formatdate(now + 3600, usegmt=True)})
        elif "/slow" in path:
            self.server.waiting.wait(5)  # type: ignore[attr-defined]
        elif "/minute" in path:
            self._send(503, {}, {"Retry-After": "59"})
        else:
            return self._misleads(path)
        return True

    def _misleads(self, path: str) -> bool:
        """What a server does that is broken, or no server of PTV."""
        if "/elsewhere" in path:
            self._send(302, {}, {"Location": "http://example.org/Service/elsewhere"})
        elif "/round" in path:
            self._send(302, {}, {"Location": self.path})
        elif "/endless" in path:
            self._drip(b" " * (1 << 20), 0)
        elif "/drip" in path:
            self._drip(b" ", 0.05)
        else:
            return False
        return True

    def _drip(self, piece: bytes, pause: float) -> None:
        """An answer that never ends."""
        self.send_response(200)
        self.end_headers()
        with suppress(OSError):
            while not self.server.waiting.wait(pause):  # type: ignore[attr-defined]
                self.wfile.write(piece)

    def _answer(self, path: str, query: str) -> None:
        if "/Municipality/code/564" in path:
            page = int(query.removeprefix("page="))
            ids = [SERVICE["id"], "busy"] if page == 1 else ["third"]
            self._send(
                200, {"pageNumber": page, "pageCount": 2, "itemList": [{"id": each, "name": "x"} for each in ids]}
            )
        elif "/Municipality/code/049" in path:
            self._send(200, {"pageCount": 10**12, "itemList": [{"id": "third"}]})
        elif "/Municipality/code/853" in path:
            self._send(200, {"pageCount": 10**12, "itemList": [{"id": query}]})
        elif "/Municipality/code/091" in path:
            self._send(200, {"no": "page"})
        elif path.endswith("/half"):
            channels = [{"serviceChannel": {"id": each, "name": each}} for each in ("c1", "gone", "other")]
            self._send(200, {**SERVICE, "id": "half", "serviceChannels": channels})
        elif path.endswith("/other"):
            self._send(200, {"id": "other", "organizationNames": []})
        elif path.startswith("/ServiceChannel/") and not path.endswith("/gone"):
            self._send(200, {**CHANNEL, "id": path.rsplit("/", 1)[1]})
        elif path.endswith(("/gone", "/code/092", "/broken")):
            self._send(500 if path.endswith("/broken") else 404, {})
        elif path.endswith("/garbled"):
            self.send_response(200)
            self.send_header("Content-Length", "1")
            self.end_headers()
            self.wfile.write(b"{")
        else:
            self._send(200, {**SERVICE, "id": path.rsplit("/", 1)[1]})

    def _send(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def api() -> Iterator[str]:
    _Api.asked = Counter()
    running = ThreadingHTTPServer(("127.0.0.1", 0), _Api)
    running.waiting = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=running.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.waiting.set()  # type: ignore[attr-defined]
    running.shutdown()
    running.server_close()
    thread.join()


def _ask(api: str, *args: str, lang: str = "en", timeout: str = "5") -> tuple[int, str, str]:
    return run("--from-api", "--server", api, "--pause", "0", "--timeout", timeout, *args, lang=lang)


def test_from_the_api_by_municipality(api: str) -> None:
    """All pages are turned, a busy server is asked again, each service and channel is asked for once."""
    code, out, err = _ask(api, "--municipality", "Oulu")
    assert code == 0, err
    written = entries(out)
    assert len(written) == 3
    assert all(entry["contact"][0]["phone"] for entry in written)
    assert _Api.asked["/Service/list/area/Municipality/code/564?page=2"] == 1
    assert _Api.asked["/Service/busy"] == 3
    channels = [count for path, count in _Api.asked.items() if path.startswith("/ServiceChannel/")]
    assert channels == [1, 1, 1]


def test_from_the_api_by_id(api: str) -> None:
    """One service with its channels."""
    code, out, _ = _ask(api, "--id", SERVICE["id"])
    assert (code, len(entries(out))) == (0, 1)


def test_what_ptv_does_not_have_is_passed_over(api: str) -> None:
    """A service or a channel that is gone, or is none, is said and costs nothing else; so does a town without any."""
    code, out, err = _ask(api, "--id", "gone", "--id", "half", "--id", "other", "--municipality", "Vantaa")
    (entry,) = entries(out)
    assert code == 0
    assert entry["contact"][0]["phone"] == "+358 44 7943552"
    for path in ("Service/gone", "ServiceChannel/gone", "Service/list/area/Municipality/code/092"):
        assert f"{api}/{path}: PTV could not be read: HTTP 404" in err
    for path in ("Service/other", "ServiceChannel/other"):
        assert f"{api}/{path}: there is neither a service nor a channel" in err
    assert "serviceChannels: not among what was read, so its contacts are missing: gone gone; other other" in err
    assert _Api.asked["/ServiceChannel/gone"] == 1


def test_a_busy_server_may_name_a_time(api: str) -> None:
    """Retry-After as a date is waited for, or too long."""
    start = time.monotonic()
    assert _ask(api, "--id", "dated")[0] == 0
    assert time.monotonic() - start > 0.4
    code, _, err = _ask(api, "--id", "noon")
    assert (code, "HTTP 503, Retry-After: " in err) == (1, True)


def test_failures_are_said_once_in_the_language_of_the_worker(api: str) -> None:
    """No sentence in another one."""
    _, _, err = _ask(api, "--id", "patience", lang="fi")
    assert err == f"{api}/Service/patience: PTV:tä ei voitu lukea: HTTP 429, Retry-After: 3600\n"
    _, _, err = _ask(api, "--id", "slow", lang="sv", timeout="0.1")
    assert err == f"{api}/Service/slow: Servicedatalagret svarade inte i tid\n"


def test_an_answer_that_drips_is_not_waited_for_for_ever(api: str) -> None:
    """The time limit holds for the whole of an answer and not for each piece."""
    start = time.monotonic()
    code, _, err = _ask(api, "--id", "drip", timeout="0.2")
    assert (code, "in time" in err) == (1, True)
    assert time.monotonic() - start < 10


def test_waiting_is_said_and_has_an_end(api: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A minute in all, whatever the server asks for each time."""
    waited: list[float] = []
    monkeypatch.setattr("kotoneuvo.catalogue.ptv.api.time.sleep", waited.append)
    code, _, err = _ask(api, "--id", "minute")
    assert code == 1
    assert err.count("PTV is busy; waiting 59 s") == 1
    assert "Retry-After: 59" in err
    assert sum(waited) < 61


@pytest.mark.parametrize("option", [("--id", "x"), ("--municipality", "Oulu"), ("--server", "http://127.0.0.1:1")])
def test_options_of_the_api_need_it(option: tuple[str, str], tmp_path: Path) -> None:
    """They would do nothing without --from-api."""
    code, out, err = run(str(write(tmp_path, SERVICE)), *option)
    assert (code, out, err) == (2, "", f"{option[0]}: this needs --from-api\n")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--id", "gone"], ["/Service/gone", "HTTP 404", "nothing was written"]),
        (["--id", "other"], ["/Service/other", "neither a service nor a channel", "nothing was written"]),
        (["--id", "broken"], ["/Service/broken", "HTTP 500"]),
        (["--id", "garbled"], ["/Service/garbled"]),
        (["--id", "patience"], ["HTTP 429", "3600"]),
        (["--municipality", "Helsinki"], ["not a page"]),
        (["--municipality", "Espoo"], ["no end"]),
        (["--municipality", "Turku"], ["no end"]),
        (["--id", "endless"], ["/Service/endless", "> 16 MiB"]),
        (["--id", "elsewhere"], ["another place", "http://example.org/"]),
        (["--id", "round"], ["redirects"]),
    ],
)
def test_failures_of_the_api(api: str, args: list[str], words: list[str]) -> None:
    """What went wrong is told with its address; nothing is written."""
    code, out, err = _ask(api, *args)
    assert (code, out) == (1, "")
    assert all(word in err for word in words)
    assert "Traceback" not in err


def test_no_server_and_wrong_use() -> None:
    """A server that is not there, a town that is none, and --from-api without anything to ask for."""
    code, _, err = _ask("http://127.0.0.1:1", "--id", "x")
    assert (code, "could not be read" in err) == (1, True)
    assert _ask("http://127.0.0.1:1", "--municipality", "Atlantis")[0] == 2
    assert run("--from-api")[0] == 2
