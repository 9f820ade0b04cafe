"""Scenarios that content authors write: a situation, a day, and what must come of it. See CONTRIBUTING.md."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli

from kotoneuvo import Report, Situation, advise
from kotoneuvo.advice.criteria import Criterion, Node
from kotoneuvo.advice.service import Catalogue

FOLDER = Path(__file__).parent
EXPECTATIONS = (
    "eligible",
    "possible",
    "not_eligible",
    "now",
    "through",
    "later",
    "off_pathway",
    "asks",
    "opens_with",
    "helplines",
    "notices",
    "no_notices",
    "steps",
    "no_steps",
)


def scenarios() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.toml")):
        for scenario in tomli.loads(path.read_text(encoding="utf-8"))["scenario"]:
            yield pytest.param(scenario, id=f"{path.stem}: {scenario['name']}")


@pytest.mark.parametrize("scenario", list(scenarios()))
def test_scenario(scenario: dict[str, Any], catalogue: Catalogue) -> None:
    """Everything that the scenario expects is so; all that is not is said at once."""
    day = date.fromisoformat(scenario["as_of"])
    report = advise(catalogue, Situation.of(catalogue.facts, day, **scenario["situation"]), day)
    expect = scenario["expect"]
    assert expect, "a scenario must expect something"
    assert set(expect) <= set(EXPECTATIONS)
    wrong = [*_verdicts(report, expect), *_stages(report, expect), *_reasons(report, expect), *_notices(report, expect)]
    assert not wrong, "\n".join(wrong)


def _verdicts(report: Report, expect: dict[str, Any]) -> Iterator[str]:
    for outcome in ("eligible", "possible", "not_eligible"):
        for name in expect.get(outcome, []):
            found = report.assessments[name]
            if found.outcome.value != outcome:
                reasons = [f"{j.truth.value}: {_named(j.node)}" for j in found.judgements if j.truth.value != "met"]
                yield f"{name}: expected {outcome}, found {found.outcome.value} ({'; '.join(reasons)})"


def _named(node: Node) -> str:
    return node.fact if isinstance(node, Criterion) else type(node).__name__


def _stages(report: Report, expect: dict[str, Any]) -> Iterator[str]:
    placed = {name: stage.when.value for stage in report.pathway for name in stage.services}
    for when in ("now", "through", "later"):
        for name in expect.get(when, []):
            assert name in report.assessments, name
            if placed.get(name) != when:
                yield f"{name}: expected on the pathway as {when}, found {placed.get(name, 'not on it')}"
    if "helplines" in expect and list(report.helplines) != expect["helplines"]:
        yield f"expected for everyone {expect['helplines']}, found {list(report.helplines)}"
    steps = [each.service_id for each in report.first_steps]
    first = expect.get("steps", [])
    if steps[: len(first)] != first:
        yield f"expected the first steps {first}, found {steps}"
    if wrong := [name for name in expect.get("no_steps", []) if name in steps]:
        yield f"no first steps: {wrong}, found {steps}"
    for name in expect.get("off_pathway", []):
        assert name in report.assessments, name
        if name in placed:
            yield f"{name}: expected off the pathway, found {placed[name]}"


def _reasons(report: Report, expect: dict[str, Any]) -> Iterator[str]:
    """`asks`: facts that must be among the questions; `opens_with`: fact = kind of change."""
    for name, facts in expect.get("asks", {}).items():
        found = report.assessments[name].ask
        if not set(facts) <= set(found):
            yield f"{name}: expected to ask {facts}, found {list(found)}"
    for name, kinds in expect.get("opens_with", {}).items():
        changes = {each.fact: each.kind for each in report.assessments[name].opens_with}
        if changes != kinds:
            yield f"{name}: expected to open with {kinds}, found {changes}"


def _notices(report: Report, expect: dict[str, Any]) -> Iterator[str]:
    """`notices`: ids among those shown; `no_notices`: ids that are not."""
    known = {each.id for each in report.catalogue.notices}
    shown = [each.id for each in report.notices]
    for name in expect.get("notices", []):
        assert name in known, name
        if name not in shown:
            yield f"{name}: expected among the notices, found {shown}"
    for name in expect.get("no_notices", []):
        assert name in known, name
        if name in shown:
            yield f"{name}: expected not to be shown"


def test_every_notice_has_a_scenario(catalogue: Catalogue) -> None:
    """Somebody sees each notice, and somebody does not."""
    expectations = [each.values[0]["expect"] for each in scenarios()]
    seen = {name for expect in expectations for name in expect.get("notices", [])}
    unseen = {name for expect in expectations for name in expect.get("no_notices", [])}
    assert seen == unseen == {each.id for each in catalogue.notices}
