"""The words of the paper are found by those who translate them, and stand on it in every language."""

from __future__ import annotations

from dataclasses import replace

from handouts import report_for

from kotoneuvo.advice.service import Catalogue, Overlay
from kotoneuvo.render.handout.choose import PaperChoice
from kotoneuvo.render.handout.content import TaggedText
from kotoneuvo.render.handout.fit import ever_shorter_handouts
from kotoneuvo.render.handout.readers import Reader, handout_languages


class _Strict(Reader):
    """Says nothing in another language than its own."""

    def say(self, msgid: str, **places: str) -> TaggedText:
        found = super().say(msgid, **places)
        assert found.stand_in == "", f"{self.language}: mark “{msgid}” with S_, run tools/generate.py, translate it"
        return found


def test_no_label_falls_back(catalogue: Catalogue) -> None:
    """Whatever stands on the fullest paper: a label that is said by way of a table must be marked, or it is lost."""
    overlays = (Overlay("Town", ()), Overlay("County", ("summary",)))
    services = {name: each._replace(overlays=overlays) for name, each in catalogue.services.items()}
    report = report_for(replace(catalogue, services=services))
    for language in handout_languages():
        sheet = next(ever_shorter_handouts(report, PaperChoice(), [_Strict(language)]))
        assert any(step.details for step in sheet.steps)
