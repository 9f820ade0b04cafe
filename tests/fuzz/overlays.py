"""Catalogue files of an organisation's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import tomli

from kotoneuvo.advice.advisor import advise
from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.advice.situation import Situation
from kotoneuvo.catalogue.build import build_catalogue
from kotoneuvo.catalogue.check import check_catalogue
from kotoneuvo.catalogue.closed_lists import LISTS
from kotoneuvo.catalogue.fields import FIELDS, SOURCE, TABLES
from kotoneuvo.catalogue.overlays import read_catalogue_file
from kotoneuvo.words import Words

from .judge import DAY, Bench, facts, limits
from .mutation import Grammar, toml
from .target import Target

_TESTS = Path(__file__).resolve().parents[1]
_TODAY = date.fromisoformat(DAY)
_BASE = read_catalogue_file(_TESTS / "broken" / "good.toml")
_FULL: dict[str, Any] = {
    "catalogue": {"name": "Own", "version": "1"},
    "service": [
        {"id": "house", "note": {"fi": "Huom", "sv": "Obs", "en": "Note"}, "assured": "2026-10-01"},
        {"id": "course", "hide": "no longer"},
        {"id": "own", "kind": "club", "name": {"fi": "Kerho", "sv": "Klubb", "en": "Club"},
         "summary": {"fi": "Kahvila.", "sv": "Kafé.", "en": "Café."}, "goals": ["language", "community"],
         "phase": "community", "area": ["091", "049"], "organization": "Oma ry", "audience": ["migrant", "resident"],
         "part_of": "house", "basic": False, "discreet": True, "successor": [], "covers": ["x"], "review": 12,
         "assured": "2026-01", "recheck": "2027-01-01", "local_name": "municipality",
         "valid": {"from": "2021", "until": "2027-05", "source": "page"},
         "languages": {"codes": ["fi", "ar"], "count": 5, "interpreter": True, "source": "page"},
         "cost": {"free": False, "text": {"fi": "5 e", "sv": "5 e", "en": "5 e"}, "source": "page"},
         "provides": {"finnish_level": "A2.1", "source": "page"},
         "eligibility": {"age": {"min": 18, "unclear": [17]}, "status": ["asylum"],
         "any": [{"has_right_to_work": True}],
                         "none": [{"is_jobseeker_client": True}], "source": {"age": "page", "status": "doc:76",
                                                                              "any": "page", "none": "page"}},
         "access": {"via": ["self", "house"], "how": {"fi": "Tule", "sv": "Kom", "en": "Come"}, "source": "page"},
         "contact": [{"phone": "+358 9 123 4567", "name": {"fi": "a", "sv": "b", "en": "c"},
                      "hours": {"fi": "ma", "sv": "må", "en": "Mon"}, "source": "page", "area": ["091"]},
                     {"email": "a@example.fi", "address": "Katu 1, 00100 Helsinki", "hours": "Mo-Fr 09:00-15:00",
                      "exceptions": [{"from": "2026-12-24", "until": "2026-12-26", "closed": True}],
                      "url": {"fi": "https://example.fi/", "en": "https://example.fi/en"}, "source": "page"}],
         "phones": [{"number": "+358 9 123 4567", "label": {"fi": "a", "sv": "b", "en": "c"},
                     "hours": {"fi": "ma", "sv": "må", "en": "Mon"}, "source": "page"}],
         "addresses": [{"address": "Katu 1", "postal_code": "00100", "city": "Helsinki", "source": "page"}],
         "urls": [{"url": "https://example.fi/", "source": "page"}],
         "schedules": [{"text": {"fi": "ma", "sv": "må", "en": "Mon"}, "source": "page"}],
         "sources": {"page": {"url": "https://example.fi/x", "date": "2026-01", "seen": "s", "confidence": "high"},
                     "doc": {"lines": [76, 80]}}},
    ],
    "sources": {"all": {"url": "https://example.fi/offices", "date": "2026-05"}},
    "office": [{"for": "wellbeing_county:04", "review": 12,
                "name": {"fi": "Vantaan ja Keravan hyvinvointialue", "sv": "Vanda och Kervo välfärdsområde"},
                "contact": [{"phone": "112", "role": "health", "area": ["092"], "source": "all"}]},
               {"for": "municipality:091", "contact": [{"url": "https://www.hel.fi/", "source": "all"}]}],
    "notice": [{"id": "rule", "review": "2027-03-01", "source": "page",
                "valid": {"from": "2026-01-01", "until": "2027-12-31"}, "who": {"status": ["asylum"]},
                "text": {"fi": "Tee näin.", "sv": "Gör så.", "en": "Do this."},
                "sources": {"page": {"url": "https://example.fi/x", "date": "2026-01"}}}],
}  # fmt: skip
_COMMANDS = (
    ("catalogue", "check", "overlay.toml"),
    ("catalogue", "check", "overlay.toml", "--format", "json"),
    ("catalogue", "check", "--alone", "overlay.toml"),
    ("services", "show", "own", "--catalogue", "overlay.toml"),
    ("services", "list", "--municipality", "Helsinki", "--catalogue", "overlay.toml"),
    ("services", "search", "kerho", "--catalogue", "overlay.toml"),
    ("advise", "--municipality", "091", "--goals", "community", "--catalogue", "overlay.toml", "--output", "page"),
    ("advise", "--municipality", "091", "--format", "html", "--catalogue", "overlay.toml"),
    ("catalogue", "export", "--to", "csv", "--municipality", "Helsinki", "--catalogue", "overlay.toml", "--output",
    "o"),
    ("catalogue", "export", "--to", "html", "--municipality", "Helsinki", "--catalogue", "overlay.toml"),
    ("catalogue", "export", "--to", "hsds", "--municipality", "Helsinki", "--catalogue", "overlay.toml"),
    ("catalogue", "export", "--to", "cpsv-ap", "--municipality", "Helsinki", "--catalogue", "overlay.toml"),
    ("catalogue", "where", "--catalogue", "overlay.toml"),
    ("catalogue", "stale", "--catalogue", "overlay.toml"),
    ("catalogue", "diff", "bundled", "overlay.toml", "--overlays"),
    ("catalogue", "confirm", "own", "--source", "https://example.fi/x", "--date", "2026-11-01", "--file",
    "overlay.toml"),
)  # fmt: skip
_PLAIN_DATA = {"csv", "html"}
"""Forms that are not for a terminal: pages isolate directions by signs of their own."""


def _parse(data: bytes) -> Any:
    return tomli.loads(data.decode())


def read(data: bytes, bench: Bench) -> None:
    """Lay the file over a small catalogue, check it, and advise with it if it is right."""
    path = bench.put("overlay.toml", data)
    with limits():
        try:
            files = [_BASE, read_catalogue_file(path)]
            found = check_catalogue(files, facts(), _TODAY)
            for problem in (*found.errors, *found.warnings):
                Words("sv").problem(problem)
            if not found.errors:
                advise(build_catalogue(files, facts()), Situation(), _TODAY)
        except InputProblems as error:
            for problem in error.problems:
                Words("fi").problem(problem)


def run(data: bytes, bench: Bench, way: int) -> None:
    """Give the file to one of the commands that take one, over the whole bundled catalogue."""
    bench.put("overlay.toml", data)
    command = _COMMANDS[way]
    bench.run(*command, shown=not _PLAIN_DATA & set(command))


def _words() -> list[str]:
    inner = [name for table in TABLES.values() for name in table]
    listed = [word for words in LISTS.values() for word in words]
    values = [str(value) for name in facts().facts for value in facts()[name].domain[:12]]
    more = ["self", "FI", "mainland", "fi", "sv", "en", "any", "none", "is", "min", "max", "unclear", "others",
            "source",
            "house", "course", "own", "doc", "doc:76", "page", "service", "catalogue", "kela"]  # fmt: skip
    known = [*facts().facts, *facts().goals, *facts().phases]
    return list(dict.fromkeys([*FIELDS, *inner, *SOURCE, *listed, *known, *values, *more]))


_BROKEN = tuple(path.read_bytes() for path in sorted((_TESTS / "broken").glob("*.toml")))
TARGET = Target("overlays", (toml(_FULL), *_BROKEN), _words(), read, run, len(_COMMANDS), Grammar(_parse, toml))
