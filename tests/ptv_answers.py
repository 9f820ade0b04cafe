"""Real answers of PTV v11, in parts that tests change, and the command that reads them."""

from __future__ import annotations

import json
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from kotoneuvo.cli.main import build

FOLDER = Path(__file__).resolve().parent / "standards" / "ptv-v11"
SERVICE: dict[str, Any] = json.loads((FOLDER / "sample_service_v11.json").read_text(encoding="utf-8"))
CHANNEL: dict[str, Any] = json.loads((FOLDER / "sample_service_channel_v11.json").read_text(encoding="utf-8"))
ENTRY = "ptv-3668d250cd80"
"""The id that the service gets."""
APP = build()


def run(*args: str, lang: str = "en") -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `catalogue import-ptv`."""
    result = CliRunner().invoke(APP, ["catalogue", "import-ptv", *args], env={"KOTONEUVO_LANG": lang})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def entries(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(text).get("service", [])
    return found


def write(folder: Path, *records: object) -> Path:
    """The records as files of a folder."""
    folder.mkdir(exist_ok=True)
    for number, record in enumerate(records):
        (folder / f"{number}.json").write_text(json.dumps(record), encoding="utf-8")
    return folder


def text(value: str, language: str = "fi") -> list[dict[str, str]]:
    return [{"language": language, "value": value}]


def service(**changes: object) -> dict[str, Any]:
    """The service with one channel, c1, that it has nothing of its own to say of."""
    return {**deepcopy(SERVICE), "serviceChannels": [{"serviceChannel": {"id": "c1", "name": "Piste"}}], **changes}


def channel(**changes: object) -> dict[str, Any]:
    """The channel c1 with no contacts but those of `changes`."""
    none: dict[str, Any] = {name: [] for name in ("phoneNumbers", "emails", "webPages", "addresses", "serviceHours")}
    return {**CHANNEL, "id": "c1", **none, **changes}


def phone(number: str, **changes: object) -> dict[str, object]:
    return {"type": "Phone", "prefixNumber": "+358", "number": number, "language": "fi", **changes}


def hours(**changes: object) -> dict[str, object]:
    """Mondays from eight to four."""
    opening = [{"dayFrom": "Monday", "dayTo": "", "from": "08:00:00", "to": "16:00:00"}]
    return {"serviceHourType": "DaysOfTheWeek", "openingHour": opening, **changes}


def street(name: str, **changes: object) -> dict[str, object]:
    """An address in Helsinki that one can visit."""
    place = {"street": text(name), "streetNumber": "9", "postalCode": "00100", "postOffice": text("HELSINKI")}
    return {"type": "Location", "subType": "Single", "streetAddress": {**place, **changes}}
