"""The report as JSON: schema "kotoneuvo/advice/1". Keys are kept and only added to."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

from kotoneuvo.advice.assessment import Assessment
from kotoneuvo.advice.criteria import Criterion, Judgement
from kotoneuvo.advice.facts import Value, Values
from kotoneuvo.advice.report import Report, advise
from kotoneuvo.advice.service import Catalogue, Service
from kotoneuvo.advice.situation import Situation
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.words import Words, still

PLACE = "municipality"
SCHEMA = "kotoneuvo/advice/1"


def render_json(report: Report, words: Words) -> str:
    """The whole report as one JSON document, with every service and not only the good ones."""
    return _document(report_data(report, words))


def _document(data: dict[str, Any]) -> str:
    """One line a key, and of lists one line an item: readable, and four times as fast as an indented tree."""
    parts = []
    for key, value in data.items():
        if isinstance(value, list) and value:
            text = "[\n" + ",\n".join(f"  {json.dumps(item, ensure_ascii=False)}" for item in value) + "\n]"
        else:
            text = json.dumps(value, ensure_ascii=False)
        parts.append(f"{json.dumps(key)}: {text}")
    return still("{\n" + ",\n".join(parts) + "\n}\n")


def report_data(report: Report, words: Words) -> dict[str, Any]:
    """The document as plain data."""
    reasons = Reasons(report.catalogue.facts, words)
    facts = report.catalogue.facts.facts
    known = dict(report.known)
    situation: dict[str, Any] = {name: facts[name].in_order(values) for name, values in known.items()}
    situation |= {"goals": list(report.situation.goals)} if report.situation.goals else {}
    languages = report.situation.service_language
    situation |= {"service_language": list(languages)} if languages else {}
    return {
        "schema": SCHEMA,
        "as_of": report.as_of.isoformat(),
        "catalogue": {"version": report.catalogue.version, "services": len(report.catalogue.services)},
        "situation": situation,
        "verdicts": [_verdict(each, report, reasons, known) for each in report.assessments.values()],
        "pathway": [
            {"stage": stage.when.value, "after": list(stage.after), "services": list(stage.services)}
            for stage in report.pathway
        ],
        "ask_next": [{"fact": fact, "settles": count} for fact, count in report.ask_next],
        "contradictions": [{"fact": each.fact, "with": list(each.others)} for each in report.contradictions],
    }


def _verdict(assessment: Assessment, report: Report, reasons: Reasons, known: dict[str, Values]) -> dict[str, Any]:
    service = assessment.service
    data = {
        "service": service.id,
        "covers": list(service.covers),
        "verdict": assessment.outcome.value,
        "operating": assessment.operating.value,
        "relevant": assessment.relevant,
        "reachable": service.id in report.reachable,
        "criteria": [_criterion(each, reasons, known) for each in assessment.judgements],
        "ask": list(assessment.ask),
        "opens_with": [
            {"fact": each.fact, "to": _single(each.to), "kind": each.kind} for each in assessment.opens_with
        ],
    }
    if service.overlays:
        data["overlays"] = [{"name": each.name, "fields": list(each.fields)} for each in service.overlays]
    return data


def _criterion(judgement: Judgement, reasons: Reasons, known: dict[str, Values]) -> dict[str, Any]:
    node = judgement.node
    data: dict[str, Any] = {
        "fact": node.fact if isinstance(node, Criterion) else reasons.group_name(node),
        "result": judgement.truth.value,
        "needs": reasons.needs(node),
        "has": reasons.has(node, known),
        "source": node.source,
    }
    if not isinstance(node, Criterion):
        data["facts"] = list(dict.fromkeys(reasons.facts_of(node)))
    return data


def _single(values: tuple[Value, ...]) -> Value | list[Value]:
    return values[0] if len(values) == 1 else list(values)


class JsonLines:
    """Documents of many people, one line each: the contract of `render_json`, with the verdicts that can matter.

    Those are of services that run, answer the person's goals, and serve the person's municipality; `row` is the label.
    """

    def __init__(self, catalogue: Catalogue, day: date, words: Words) -> None:
        self.catalogue = catalogue
        self.day = day
        self.words = words
        self._near: dict[Values | None, Catalogue] = {}

    def line(self, row: str, situation: Situation) -> str:
        """The document of one person, with its line end."""
        report = advise(self._around(situation.known.get(PLACE)), situation, self.day)
        kept = {
            name: each
            for name, each in report.assessments.items()
            if each.running and each.relevant and each.within_reach
        }
        data = report_data(replace(report, assessments=kept, catalogue=self.catalogue), self.words)
        return still(json.dumps({"row": row} | data, ensure_ascii=False, separators=(",", ":"))) + "\n"

    def _around(self, places: Values | None) -> Catalogue:
        """The catalogue without what is surely for other municipalities: such services open no door to any other."""
        if places is None:
            return self.catalogue
        if places not in self._near:
            services = self.catalogue.services
            near = {name: each for name, each in services.items() if not _shut_to(each, places)}
            self._near[places] = replace(self.catalogue, services=near)
        return self._near[places]


def _shut_to(service: Service, places: Values) -> bool:
    own = [node for node in service.eligibility if isinstance(node, Criterion) and node.fact == PLACE]
    return any(places.isdisjoint(node.accept) and places.isdisjoint(node.unclear) for node in own)
