"""`catalogue import-ptv`: real answers and skeletons of PTV v11, from files and from a local server."""

from __future__ import annotations

import json
import threading
import tomllib
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from days import TODAY
from typer.testing import CliRunner

from kotoneuvo.catalogue.check import check_files
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.cli.main import build

APP = build()

FOLDER = Path(__file__).resolve().parents[1] / "standards" / "ptv-v11"
SERVICE: dict[str, Any] = json.loads((FOLDER / "sample_service_v11.json").read_text(encoding="utf-8"))
CHANNEL: dict[str, Any] = json.loads((FOLDER / "sample_service_channel_v11.json").read_text(encoding="utf-8"))


def _run(*args: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(APP, ["catalogue", "import-ptv", *args], env={"KOTONEUVO_LANG": "en"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def _entries(text: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = tomllib.loads(text).get("service", [])
    return entries


def _write(folder: Path, *records: object) -> Path:
    for number, record in enumerate(records):
        (folder / f"{number}.json").write_text(json.dumps(record), encoding="utf-8")
    return folder


def test_real_answers_become_an_overlay(tmp_path: Path) -> None:
    """Names, area, contacts, hours, languages and day come over; requirements as a note, never as a criterion."""
    code, out, err = _run(str(_write(tmp_path, SERVICE, CHANNEL)))
    assert code == 0
    assert "1 services read, 1 entries written" in err
    (entry,) = _entries(out)
    assert entry["name"]["fi"] == "Nettilukio aikuisille"
    assert entry["area"] == ["FI"]
    assert entry["languages"]["codes"] == ["fi"]
    assert entry["assured"] == entry["sources"]["ptv"]["date"] == "2020-04-22"
    assert entry["cost"]["free"] is True
    assert "vähintään 18" in entry["note"]["fi"]
    assert "eligibility" not in entry
    assert entry["phones"][0]["number"].replace(" ", "") == "+358447943552"
    assert entry["phones"][0]["label"] == {"fi": "Opintoasiainvastaava"}
    assert {"email": "info@otavia.fi", "source": "ptv"} in entry["emails"]
    assert entry["addresses"] == [
        {"address": "Otavantie 2 B", "postal_code": "50670", "city": "Otava", "source": "ptv"}
    ]
    assert entry["schedules"][0]["text"] == {
        "fi": "ma–pe 08.00–16.00", "sv": "mån–fre 08.00–16.00", "en": "Mon–Fri 08.00–16.00",
    }  # fmt: skip
    assert entry["urls"][0]["url"] == "http://www.otavanopisto.fi/"


def test_the_overlay_is_a_catalogue(tmp_path: Path) -> None:
    """What is written passes the check and can be laid over the bundled catalogue."""
    file = tmp_path / "ptv.toml"
    source = tmp_path / "in"
    source.mkdir()
    assert _run(str(_write(source, SERVICE, CHANNEL)), "--output", str(file))[0] == 0
    assert check_files([file], TODAY).errors == ()
    (added,) = set(load_catalogue(overlays=[file]).services) - set(load_catalogue().services)
    assert added.startswith("ptv-nettilukio")


def test_only_published_services_of_integration(tmp_path: Path) -> None:
    """Other classes and what is not published stay out; a page of services is read like a single one."""
    other, draft = deepcopy(SERVICE), deepcopy(SERVICE)
    other["id"], other["serviceClasses"] = "other", [{"code": "P6.8"}]
    draft["id"], draft["publishingStatus"] = "draft", "Draft"
    code, out, err = _run(str(_write(tmp_path, {"pageNumber": 1, "itemList": [SERVICE, other, draft]})))
    assert (code, len(_entries(out))) == (0, 1)
    assert "3 services read" in err


def test_every_field_of_the_skeleton_and_none(tmp_path: Path) -> None:
    """With every field set, and with every field null, it reads without falling over."""
    skeleton = json.loads((FOLDER / "skeleton_V11VmOpenApiService.json").read_text(encoding="utf-8"))
    channel = json.loads((FOLDER / "skeleton_V11VmOpenApiServiceLocationChannel.json").read_text(encoding="utf-8"))
    for service in (skeleton, dict.fromkeys(skeleton)):
        whole = {
            **service,
            "id": skeleton["id"],
            "serviceNames": skeleton["serviceNames"],
            "publishingStatus": "Published",
        }
        whole["serviceClasses"] = [{"code": "P22.1"}]
        whole["serviceNames"] = [{"language": "fi", "value": "Neuvonta", "type": "Name"}]
        code, out, _ = _run(str(_write(tmp_path, whole, channel)))
        assert (code, _entries(out)[0]["name"]) == (0, {"fi": "Neuvonta"})


@pytest.mark.parametrize(
    ("text", "words"), [("{", ["valid JSON"]), ('{"a": 1}', ["neither a service nor a channel"]), ("[]", ["neither"])]
)
def test_files_that_are_not_of_ptv(tmp_path: Path, text: str, words: list[str]) -> None:
    """What cannot be read is named; nothing is written."""
    file = tmp_path / "x.json"
    file.write_text(text, encoding="utf-8")
    code, out, err = _run(str(file))
    assert (code, out) == (1, "")
    assert all(word in err for word in [*words, "x.json"])
    assert _run(str(tmp_path / "none.json"))[0] == 1
    assert _run()[0] == 2


def test_match_shows_the_difference_and_refreshes_contacts_only(tmp_path: Path) -> None:
    """A service of ours by its name: what goes and what comes is shown; its criteria, texts and day stay."""
    ours = deepcopy(SERVICE)
    ours["serviceNames"] = [{"language": "fi", "value": "Maahanmuuttovirasto (Migri)", "type": "Name"}]
    alien = deepcopy(SERVICE)
    alien["id"] = "00000000-aaaa"
    before = load_catalogue().services["migri"]
    file, source = tmp_path / "new.toml", tmp_path / "in"
    source.mkdir()
    code, out, err = _run(str(_write(source, ours, alien, CHANNEL)), "--match", "--output", str(file))
    assert (code, out) == (0, "")
    assert "seems to be migri" in err
    assert f"- phones: {before.phones[0].value}" in err
    assert "+ phones: +358 44 794" in err.replace("7943552", "794 3552")
    assert "1 services match none of ours" in err
    (entry,) = _entries(file.read_text(encoding="utf-8"))
    assert set(entry) <= {"id", "phones", "emails", "addresses", "schedules", "urls", "sources"}
    after = load_catalogue(overlays=[file]).services["migri"]
    assert (after.name, after.eligibility, after.assured) == (before.name, before.eligibility, before.assured)
    assert after.phones != before.phones


class _Api(BaseHTTPRequestHandler):
    """Two pages of ids, services and channels by id; some paths are busy, slow to be ready, or gone."""

    asked: Counter[str]

    def do_GET(self) -> None:
        self.asked[self.path] += 1
        path, _, query = self.path.partition("?")
        if "/busy" in path and self.asked[self.path] < 3:
            self._send(429, {}, {"Retry-After": "0"})
        elif "/patience" in path:
            self._send(429, {}, {"Retry-After": "3600"})
        elif "/Municipality/code/564" in path:
            page = int(query.removeprefix("page="))
            ids = [SERVICE["id"], "busy"] if page == 1 else ["third"]
            self._send(
                200, {"pageNumber": page, "pageCount": 2, "itemList": [{"id": each, "name": "x"} for each in ids]}
            )
        elif "/Municipality/code/091" in path:
            self._send(200, {"no": "page"})
        elif path.startswith("/ServiceChannel/"):
            self._send(200, {**CHANNEL, "id": path.rsplit("/", 1)[1]})
        elif path.endswith(("/gone", "/broken")):
            self._send(404 if path.endswith("/gone") else 500, {})
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
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()
    thread.join()


def _ask(api: str, *args: str) -> tuple[int, str, str]:
    return _run("--from-api", "--server", api, "--pause", "0", "--timeout", "5", *args)


def test_from_the_api_by_municipality(api: str) -> None:
    """All pages are turned, a busy server is asked again, each service and channel is asked for once."""
    code, out, err = _ask(api, "--municipality", "Oulu")
    assert code == 0, err
    entries = _entries(out)
    assert len(entries) == 3
    assert all(entry["phones"] for entry in entries)
    assert _Api.asked["/Service/list/area/Municipality/code/564?page=2"] == 1
    assert _Api.asked["/Service/busy"] == 3
    channels = [count for path, count in _Api.asked.items() if path.startswith("/ServiceChannel/")]
    assert channels == [1, 1, 1]


def test_from_the_api_by_id(api: str) -> None:
    """One service with its channels."""
    code, out, _ = _ask(api, "--id", SERVICE["id"])
    assert (code, len(_entries(out))) == (0, 1)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--id", "gone"], ["/Service/gone", "HTTP 404"]),
        (["--id", "broken"], ["/Service/broken", "HTTP 500"]),
        (["--id", "garbled"], ["/Service/garbled"]),
        (["--id", "patience"], ["HTTP 429", "3600"]),
        (["--municipality", "Helsinki"], ["not a page"]),
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
    assert _run("--from-api")[0] == 2
