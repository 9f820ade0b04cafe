"""kotoneuvo: the integration and employment services that fit a person who has moved to Finland.

As a library::

    from datetime import date
    from kotoneuvo import Advisor, Situation, advise, load_catalogue

    catalogue = load_catalogue()
    situation = Situation.of(catalogue.facts, municipality="Vantaa", age=34, finnish_level="A2")
    report = advise(catalogue, situation, date.today())
    for report in Advisor(catalogue, date.today()).advise_many(situations):
        ...

`advise` is pure: it uses no clock, files or network. Situations and reports can be pickled.
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
    """Import a public name when it is first used, so that ``--version`` stays fast."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'kotoneuvo' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
