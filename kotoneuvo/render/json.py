"""The report as JSON, schema "kotoneuvo/advice/1": keys may be added, but none is removed or changes its meaning."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kotoneuvo.advice.assessment import Assessment
from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.criteria import Criterion, Judgement, Unread
from kotoneuvo.advice.facts import Value, Values
from kotoneuvo.advice.first_steps import FirstStep
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.render.meaning import meaning_data, statement_data
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.words import Words, escape_controls

SCHEMA = "kotoneuvo/advice/1"
AFTER_VERDICTS = (
    "pathway", "first_steps", "notices", "unserved_goals", "helplines", "ask_next", "contradictions",
)  # fmt: skip
"""The keys after the verdicts, each with a list."""


def render_json(report: Report, words: Words) -> str:
    """Return the whole report as one JSON document, with every service and not only those that fit."""
    return _document(report_data(report, words))


_ENCODER = json.JSONEncoder(ensure_ascii=False)


def _document(data: dict[str, Any]) -> str:
    """Return the document with a line for each key, and for each item of a list."""
    parts = []
    for key, value in data.items():
        # json's own indent takes four times as long, and puts every word of hundreds of verdicts on its own line.
        if isinstance(value, list) and value:
            text = "[\n" + ",\n".join(f"  {_line(item)}" for item in value) + "\n]"
        else:
            text = _line(value)
        parts.append(f"{_line(key)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _line(value: object) -> str:
    return escape_controls(_ENCODER.encode(value))


def report_data(report: Report, words: Words) -> dict[str, Any]:
    """Return the document as plain data."""
    reasons = Reasons(report.catalogue.facts, words)
    criteria: dict[int, dict[str, Any]] = {}

    def said(judgement: Judgement) -> dict[str, Any]:
        # Hundreds of services share some criteria. By identity, as hashing a criterion would take longer than this.
        node = id(judgement.node)
        return criteria.get(node) or criteria.setdefault(node, criterion(judgement, reasons, report.known))

    facts = report.catalogue.facts.facts
    situation: dict[str, Any] = {name: facts[name].in_order(values) for name, values in report.known.items()}
    situation |= {"goals": list(report.situation.goals)} if report.situation.goals else {}
    languages = report.situation.service_language
    situation |= {"service_language": list(languages)} if languages else {}
    verdicts = [
        verdict(each, each.service.id in report.reachable, [said(judgement) for judgement in each.judgements])
        for each in report.assessments.values()
    ]
    head = document_head(report.catalogue, report.as_of)
    return head | {"situation": situation, "verdicts": verdicts} | after_verdicts(report) | _for_one(report)


def _for_one(report: Report) -> dict[str, Any]:
    """Return the keys that a report on one person has, and a line of a batch does not."""
    services, day = report.catalogue.services, report.as_of
    return {
        "since": {
            name: [{"first": each.first.isoformat(), "last": each.last.isoformat()} for each in began]
            for name, began in report.situation.since.items()
        },
        "details": [
            {"service": name} | data for name in report.on_pathway if (data := meaning_data(services[name], day))
        ],
        "bring": [{"text": dict(text), "services": list(ids)} for text, ids in report.bring],
        "transitions": [
            {"notice": each.id} | statement_data(each.transition) for each in report.notices if each.transition
        ],
        "changes_on": [
            {
                "date": each.day.isoformat(),
                "service" if each.id in services else "notice": each.id,
                "from": each.before.value,
                "to": each.after.value,
                "facts": list(each.facts),
                "review": each.review,
            }
            for each in report.changes_on
        ],
    }


def document_head(catalogue: Catalogue, day: date) -> dict[str, Any]:
    """Return the keys that are the same for everybody."""
    return {
        "schema": SCHEMA,
        "as_of": day.isoformat(),
        "catalogue": {"version": catalogue.version, "services": len(catalogue.services)},
    }


def after_verdicts(report: Report) -> dict[str, Any]:
    """Return the keys after the verdicts: what to do, what to ask, which answers contradict each other."""
    return {
        "pathway": [
            {"stage": stage.when.value, "after": list(stage.after), "services": list(stage.services)}
            for stage in report.pathway
        ],
        "first_steps": [_first_step(each) for each in report.first_steps],
        "notices": [
            {"id": each.id, "until": each.valid_until.isoformat() if each.valid_until else None}
            for each in report.notices
        ],
        "unserved_goals": list(report.unserved_goals),
        "helplines": list(report.helplines),
        "ask_next": [{"fact": fact, "settles": count} for fact, count in report.ask_next],
        "contradictions": [{"fact": each.fact, "with": list(each.others)} for each in report.contradictions],
    }


def _first_step(step: FirstStep) -> dict[str, Any]:
    return {
        "service": step.service_id,
        "stage": step.when.value,
        "after": list(step.after),
        "action": step.action.value,
        "contact": _reached_by(step.contact),
        "instead": _reached_by(step.instead.contact if step.instead else None),
        "opens": list(step.opens),
    }


def _reached_by(contact: ContactPoint | None) -> dict[str, str] | None:
    """Return the values of a contact point by kind; None if it has only hours or a place in words."""
    if contact is None:
        return None
    url = contact.page("")[1]
    parts = {"phone": contact.phone, "email": contact.email, "address": contact.address, "url": url}
    return {kind: value for kind, value in parts.items() if value} or None


def verdict(assessment: Assessment, reachable: bool, criteria: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return one service: whether it fits, why, which questions would settle it and which changes would open it."""
    data: dict[str, Any] = {
        "service": assessment.service.id,
        "covers": list(assessment.service.covers),
        "verdict": assessment.outcome.value,
        "operating": assessment.operating.value,
        "relevant": assessment.relevant,
        "reachable": reachable,
        "criteria": list(criteria),
        "ask": list(assessment.ask),
        "opens_with": [
            {"fact": each.fact, "to": _single(each.to), "kind": each.kind} for each in assessment.opens_with
        ],
    }
    if assessment.service.overlays:
        data["overlays"] = [{"name": each.name, "fields": list(each.fields)} for each in assessment.service.overlays]
    return data


def criterion(judgement: Judgement, reasons: Reasons, known: Mapping[str, Values]) -> dict[str, Any]:
    """Return one criterion: what it needs, what is known, and whether that meets it."""
    node = judgement.node
    data: dict[str, Any] = {
        "fact": node.fact if isinstance(node, Criterion) else reasons.group_name(node),
        "result": judgement.truth.value,
        "needs": reasons.needs(node),
        "has": reasons.has(node, known),
        "source": node.source,
    }
    if not isinstance(node, Criterion):
        data["facts"] = [] if isinstance(node, Unread) else list(dict.fromkeys(reasons.facts_of(node)))
    return data


def _single(values: tuple[Value, ...]) -> Value | list[Value]:
    return values[0] if len(values) == 1 else list(values)
