"""kotoneuvo: which integration and employment services fit a person who has moved to Finland.

The library in four names::

    from datetime import date
    from kotoneuvo import Situation, advise, load_catalogue

    catalogue = load_catalogue()
    situation = Situation.of(catalogue.facts, municipality="Vantaa", age=34, finnish_level="A2")
    report = advise(catalogue, situation, date.today())
    for report in Advisor(catalogue, date.today()).advise_many(situations):
        ...

`advise` is pure: no clock, no files, no network; a `Situation` and a `Report` can be pickled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kotoneuvo.advice.advisor import Advisor, advise
    from kotoneuvo.advice.report import Report
    from kotoneuvo.advice.situation import Situation
    from kotoneuvo.catalogue.load import load_catalogue

__version__ = "0.2.0"

__all__ = ["Advisor", "Report", "Situation", "advise", "load_catalogue"]

_HOMES = {
    "Advisor": "kotoneuvo.advice.advisor",
    "Report": "kotoneuvo.advice.report",
    "Situation": "kotoneuvo.advice.situation",
    "advise": "kotoneuvo.advice.advisor",
    "load_catalogue": "kotoneuvo.catalogue.load",
}


def __getattr__(name: str) -> object:
    """Import the public names only when they are used, so that ``--version`` stays fast."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'kotoneuvo' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
