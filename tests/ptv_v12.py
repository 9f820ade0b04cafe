"""Made-up records in the form of PTV v12, and a local server that speaks it: key, pages, filters, faults, slowness."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

KEY = "made-up-key-1"
"""The key that the server wants."""
LIFE_EVENT = {"code": "KE8", "uri": "http://example.org/KE8", "isValid": True,
              "name": {"fi": "Maahanmuuttajana Suomeen"}}  # fmt: skip
TERM = {"uri": "http://www.yso.fi/onto/koko/p1", "isValid": True, "name": {"fi": "maahanmuuttajat"}}
PLACE = {"code": "00100", "isValid": True, "name": {"fi": "HELSINKI", "sv": "HELSINGFORS"}}
Spec = dict[str, Any]


def uuid(number: int, kind: int = 0) -> str:
    return f"{kind:08d}-0000-4000-8000-{number:012d}"


def service(number: int = 1, name: str = "Kotoutumispalvelut", **changes: object) -> Spec:
    """A service of Helsinki for people who move to Finland."""
    words: Spec = {"name": name, "summary": f"{name} maahanmuuttajille.", "description": None, "userInstructions": None,
             "conditions": None, "freelyAssignedKeywords": [], "voucher": {"voucherType": "NotUsed"},
             "chargeTypeAdditionalInformation": None, "alternativeName": None, "legislationLinks": []}  # fmt: skip
    return {
        "contentId": uuid(number), "organizationContentId": uuid(1, 9), "generalDescriptionContentId": None,
        "serviceType": "Service", "serviceClasses": ["P4.11"], "lifeEvents": [], "ontologyTerms": [],
        "targetGroups": ["KR1"], "industrialClasses": [], "chargeType": "Free", "fundingType": "PubliclyFunded",
        "serviceLanguages": ["fi", "sv"], "area": towns("091"), "languageVersions": {"fi": words},
        "producers": {}, "otherResponsibleOrganizations": [], "publishedAt": "2026-10-01T08:00:00.000Z", **changes,
    }  # fmt: skip


def said(record: Spec, language: str = "fi", **words: object) -> Spec:
    """The record with more words in one language."""
    versions = {**record["languageVersions"], language: {**record["languageVersions"].get(language, {}), **words}}
    return {**record, "languageVersions": versions}


def towns(*codes: str) -> Spec:
    return {"areaType": "LimitedArea", "municipalities": list(codes), "regions": [], "wellbeingServicesCounties": []}


def phone(number: str = "401234567", **changes: object) -> Spec:
    return {"type": "InternationalPhone", "dialCode": "+358", "number": number, "chargeType": "Charged",
            "additionalInformation": None, "chargeDescription": None, **changes}  # fmt: skip


def hours(days: Iterable[str] = ("monday",), start: str = "09:00", end: str = "15:00", **changes: object) -> Spec:
    hour = {"start": start, "end": end, "openingStatus": "Open", "repetition": "Weekly", "additionalInformation": {}}
    return {"type": "WeeklyUntilFurtherNoticeServiceHour", "heading": {}, "additionalInformation": {},
            "weeklyHours": {day: {"hours": [hour]} for day in days}, **changes}  # fmt: skip


def office(number: int = 1, name: str = "Neuvontapiste", **changes: object) -> Spec:
    """A place to visit, with a number, an address, a page and hours."""
    words = {"name": name, "contactPhoneNumbers": [phone(f"40{number:07d}")],
             "contactEmails": [{"email": f"piste{number}@example.fi"}], "contactFaxNumbers": [],
             "contactWebPages": [{"url": f"https://www.example.fi/piste/{number}", "name": "Sivu"}]}  # fmt: skip
    street = {"streetName": {"fi": "Katu"}, "addressDetail": str(number), "postalCode": "00100",
              "additionalInformation": {}, "coordinates": []}  # fmt: skip
    return {
        "contentId": uuid(number, 1), "serviceChannelType": "ServiceLocation", "organizationContentId": uuid(1, 9),
        "serviceLanguages": ["fi", "sv"], "area": None, "languageVersions": {"fi": words},
        "location": {"streetAddresses": [street], "otherAddresses": [], "foreignAddresses": []},
        "contactAddresses": {}, "publishedAt": "2026-11-20T08:00:00.000Z",
        "serviceHours": {"hours": [hours(("monday", "tuesday"))], "holidayServiceHours": None}, **changes,
    }  # fmt: skip


def connection(service_number: int = 1, channel_number: int = 1, **changes: object) -> Spec:
    return {"serviceContentId": uuid(service_number), "channelContentId": uuid(channel_number, 1),
            "contactAddresses": {}, "chargeType": None, "languageVersions": {}, "publishedAt": None,
            "serviceHours": {"hours": [], "holidayServiceHours": None}, **changes}  # fmt: skip


def organization(name: str = "Helsingin kaupunki") -> Spec:
    return {"contentId": uuid(1, 9), "organizationType": "Municipality", "businessId": "0201256-6",
            "languageVersions": {"fi": {"name": name}}}  # fmt: skip


class Register:
    """What the server holds, what it was asked, and how it misbehaves: `faults` by the end of a path, once each."""

    def __init__(self, *records: Spec, page: int = 100) -> None:
        self.records = [organization(), *records]
        self.terms = {"life-events": [LIFE_EVENT], "ontology-terms": [TERM], "postal-codes": [PLACE]}
        self.archived: list[str] = []
        self.page = page
        self.asked: list[tuple[str, dict[str, list[str]]]] = []
        self.faults: dict[str, list[str]] = {}
        self.keys: Counter[str] = Counter()
        self.waiting = threading.Event()
        self.server = ""

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def of(self, kind: str) -> list[Spec]:
        marks = {"service": "serviceClasses", "service-channel": "serviceChannelType", "connection": "channelContentId",
                 "organization": "organizationType", "general-description": "generalDescriptionTypes"}  # fmt: skip
        found = [each for each in self.records if marks[kind] in each]
        return [each for each in found if kind != "service" or "generalDescriptionTypes" not in each]


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        register: Register = self.server.register  # type: ignore[attr-defined]
        parts = urlsplit(self.path)
        path, query = unquote(parts.path).removeprefix("/api/v12/"), parse_qs(parts.query)
        register.asked.append((path, query))
        register.keys[self.headers.get("x-api-key", "")] += 1
        faults = register.faults.get(path) or register.faults.get("*")
        if faults and self._fails(faults.pop(0), register):
            return
        if self.headers.get("x-api-key") != KEY:
            self._send(401, {"title": "Unauthorized"})
            return
        kind, _, name = path.partition("/")
        if kind in register.terms:
            self._page(self._named(register.terms[kind], query), query, register)
        elif name == "search":
            self._page(self._found(register.of(kind), query), query, register)
        elif name == "archived":
            self._page([{"contentId": each} for each in register.archived], query, register)
        else:
            found = [each for each in register.of(kind) if each.get("contentId") == name]
            self._send(200, found[0]) if found else self._send(404, {"status": 404, "reason": "NotPublished"})

    def _named(self, terms: list[Spec], query: dict[str, list[str]]) -> list[Spec]:
        words = query.get("name", [""])[0].casefold()
        codes = query.get("codes")
        return [each for each in terms if any(words in name.casefold() for name in each["name"].values())
                and (codes is None or each.get("code") in codes)]  # fmt: skip

    def _found(self, records: list[Spec], query: dict[str, list[str]]) -> list[Spec]:
        """Records of which each filter finds one of its values (`any`) or all of them."""
        for name in ("serviceClasses", "ontologyTerms"):
            if name in query:
                kind = any if query.get(f"{name}Match") == ["any"] else all
                records = [each for each in records if kind(code in each[name] for code in query[name])]
        if "serviceContentIds" in query:
            assert len(query["serviceContentIds"]) <= 20
            records = [each for each in records if each["serviceContentId"] in query["serviceContentIds"]]
        if "areaType" in query:
            records = [each for each in records if each["area"]["areaType"] == query["areaType"][0]]
        for name in ("municipalities", "regions", "wellbeingServicesCounties"):
            if name in query:
                records = [each for each in records if set(each["area"][name]) & set(query[name])]
        return records

    def _page(self, found: list[Spec], query: dict[str, list[str]], register: Register) -> None:
        number, size = int(query["page"][0]), min(int(query["pageSize"][0]), register.page)
        items = found[(number - 1) * size : number * size]
        self._send(200, {"page": number, "pageSize": size, "totalItems": len(found),
                         "totalPages": max(1, -(-len(found) // size)), "items": items})  # fmt: skip

    def _fails(self, fault: str, register: Register) -> bool:
        """Misbehave in one way; False if the answer comes all the same."""
        kind, _, detail = fault.partition(" ")
        if kind == "status":
            self._send(int(detail), {"status": int(detail)})
        elif kind == "busy":
            self._send(429, {}, {"Retry-After": detail})
        elif kind == "until":
            self._send(503, {}, {"Retry-After": formatdate(time.time() + float(detail), usegmt=True)})
        elif kind == "body":
            self._send(200, json.loads(detail))
        elif kind == "redirect":
            self._send(302, {}, {"Location": detail or self.path})
        elif kind == "garbled":
            self._raw(b"{")
        elif kind == "page":
            self._raw(b"<html>gone</html>")
        elif kind in ("endless", "drip"):
            self._drip(b" " * (1 << 20) if kind == "endless" else b" ", 0 if kind == "endless" else 0.05, register)
        elif kind == "slow":
            register.waiting.wait(float(detail))
            return False
        return True

    def _drip(self, piece: bytes, pause: float, register: Register) -> None:
        """An answer that never ends."""
        self.send_response(200)
        self.end_headers()
        with suppress(OSError):
            while not register.waiting.wait(pause):
                self.wfile.write(piece)

    def _raw(self, data: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _send(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@contextmanager
def serving(register: Register) -> Iterator[str]:
    """The address of a server that holds a register."""
    running = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    running.register = register  # type: ignore[attr-defined]
    thread = threading.Thread(target=running.serve_forever, args=(0.01,))
    thread.start()
    register.server = f"http://127.0.0.1:{running.server_port}/api/v12"
    try:
        yield register.server
    finally:
        register.waiting.set()
        running.shutdown()
        running.server_close()
        thread.join()
