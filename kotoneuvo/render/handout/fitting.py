"""A handout in type that is large enough: fewer steps rather than small print."""

from __future__ import annotations

from kotoneuvo.advice.report import Report
from kotoneuvo.render.handout.compose import compose
from kotoneuvo.render.handout.plan import STEPS, STEPS_IN_TWO_LANGUAGES, Choice, Plan, plan_handout
from kotoneuvo.render.handout.room import room_for
from kotoneuvo.render.handout.sheet import Sheet
from kotoneuvo.render.handout.voice import Voice

_LEAST = {1: 12.0, 2: 11.5}
"""The size in points that a handout keeps by showing fewer steps, by the number of readers."""
_FEWEST = 2


def fitting_handout(report: Report, choice: Choice, voices: list[Voice]) -> tuple[Plan, Sheet]:
    """The handout with as many steps as have room in large type, and its plan; services put on by choice all stay."""
    most = STEPS if len(voices) == 1 else STEPS_IN_TWO_LANGUAGES
    for steps in range(most, _FEWEST - 1, -1):
        plan = plan_handout(report, choice, steps)
        sheet = compose(report, plan, voices)
        if room_for(sheet)[0] >= _LEAST[len(voices)]:
            break
    return plan, sheet
