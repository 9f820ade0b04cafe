"""How much one `catalogue refresh` takes off the stale list: a made-up register of 300 services, as PTV v12 has them.

    python benchmarks/register.py [COUNT]

The register is made from the bundled catalogue: services that run, with their contacts, of which some have another
number now, some have left, and some are of towns that are not ours. Nothing of it is data of the real register.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.service import MAINLAND, NATIONWIDE, RUNNING, Service
from kotoneuvo.catalogue.load import load_catalogue

CHANGED, GONE = 8, 25
"""Every eighth number is another one, every twenty-fifth service has left."""
Spec = dict[str, Any]


def register(count: int) -> tuple[list[Spec], list[tuple[str, str]]]:
    """Records, and which of them is which service of ours."""
    catalogue = load_catalogue()
    ours = [each for each in catalogue.services.values() if each.operating(date.today()) in RUNNING][:count]
    records: list[Spec] = []
    pairs = []
    for place in range(count):
        number = f"{place:08d}-0000-4000-8000-000000000000"
        service = ours[place] if place < len(ours) else None
        if service:
            pairs.append((number, service.id))
        if place % GONE != GONE - 1:
            records += _records(number, place, service)
    return records, pairs


def _records(number: str, place: int, service: Service | None) -> list[Spec]:
    area: Spec = {"areaType": "LimitedArea", "municipalities": ["005"], "regions": [], "wellbeingServicesCounties": []}
    words = {"fi": {"name": f"Kunnan palvelu {place}", "summary": "Palvelu."}}
    if service:
        words = {code: {"name": service.name[code], "summary": service.summary[code]} for code in service.name}
        wide = {NATIONWIDE: "WholeCountry", MAINLAND: "WholeCountryExceptAland"}.get(service.area[0])
        area = {"areaType": wide} if wide else {**area, "municipalities": list(service.area)}
    found: list[Spec] = [{
        "contentId": number, "serviceType": "Service", "organizationContentId": "o", "serviceClasses": ["P4.11"],
        "area": area, "languageVersions": words, "serviceLanguages": ["fi"], "publishedAt": "2026-09-01T00:00:00Z",
    }]  # fmt: skip
    for door, contact in enumerate(service.contacts if service else ()):
        channel = f"{place:08d}-0000-4000-8000-{door + 1:012d}"
        found.append(_channel(channel, contact, changed=place % CHANGED == CHANGED - 1))
        found.append({"serviceContentId": number, "channelContentId": channel, "languageVersions": {}})
    return found


def _channel(number: str, contact: ContactPoint, *, changed: bool) -> Spec:
    phone = "0295 000 000" if changed and contact.phone else contact.phone
    said: Spec = {"name": "Piste"}
    said |= {"contactPhoneNumbers": [{"type": "DomesticPhone", "number": phone}]} if phone else {}
    said |= {"contactEmails": [{"email": contact.email}]} if contact.email else {}
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    week: dict[str, Spec] = {}
    for span in contact.opening_hours:
        times = {"start": _time(span.opens), "end": _time(span.closes), "openingStatus": "Open", "repetition": "Weekly"}
        for day in span.days:
            week.setdefault(days[day], {"hours": []})["hours"].append(times)
    hours = [{"type": "WeeklyUntilFurtherNoticeServiceHour", "weeklyHours": week}] if week else []
    street = {"streetName": {"fi": contact.address}, "addressDetail": "", "postalCode": ""}
    pages = [{"url": url, "name": "Sivu"} for url in contact.url.values()]
    return {
        "contentId": number, "serviceChannelType": "ServiceLocation", "publishedAt": "2026-11-01T00:00:00Z",
        "languageVersions": {"fi": {**said, "contactWebPages": pages}}, "serviceLanguages": ["fi"],
        "serviceHours": {"hours": hours}, "location": {"streetAddresses": [street] if contact.address else []},
    }  # fmt: skip


def _time(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def kotoneuvo(*args: str) -> str:
    """What a command writes to stdout."""
    program = Path(sys.executable).parent / "kotoneuvo"
    return subprocess.run([program, *args], check=True, capture_output=True, text=True).stdout


def stale(*more: str) -> int:
    """How many entries are past their review or will be within three months."""
    return len(json.loads(kotoneuvo("catalogue", "stale", "--format", "json", *more))["services"])


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    records, pairs = register(count)
    with TemporaryDirectory() as name:
        source, file = Path(name) / "register.json", Path(name) / "own.toml"
        source.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
        before = stale()
        kotoneuvo("catalogue", "match", "--file", str(file), *(f"--yes={number}={own}" for number, own in pairs))
        for options in ((), ("--accept",)):
            start = time.perf_counter()
            day = date.today().isoformat()
            out = kotoneuvo("catalogue", "refresh", str(source), "--fetched", day, "--file", str(file), *options)
            took = time.perf_counter() - start
            left = stale("--catalogue", str(file))
            print(f"{' '.join(options) or 'refresh'}: stale {before} -> {left}; {took:.1f} s; {out.splitlines()[-1]}")


if __name__ == "__main__":
    main()
