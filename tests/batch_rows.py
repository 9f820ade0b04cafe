"""The row of a result as one person's report gives it, to hold the batch to, and realistic intake files."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from pathlib import Path

from kotoneuvo.advice.assessment import already_has
from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.criteria import UNMET, AnyOf, Criterion, criteria_of, judge
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.first_steps import FirstStep
from kotoneuvo.advice.pathway import When
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import Catalogue, Service
from kotoneuvo.advice.situation import GOALS, Knowledge, Situation
from kotoneuvo.catalogue.load import load_catalogue

OUTPUT = (
    "row", "fitting", "possible", "opens_next", "next_step", "contact", "fitting_count", "possible_count", "unmet",
)  # fmt: skip


def row_of(report: Report, present: Iterable[str]) -> dict[str, str]:
    """Every column but the label, for a file with the columns `present`."""
    catalogue, said = report.catalogue, report.assessments
    place = {name: place for place, name in enumerate(catalogue.services)}

    def order(name: str) -> tuple[bool, int, int]:
        service = catalogue.services[name]
        return (service.countrywide, catalogue.facts.phase_order[service.phase], place[name])

    near = sorted((name for name, each in said.items() if each.running and each.within_reach), key=order)
    steps = {name: stage for stage in report.pathway for name in stage.services}
    relevant = [name for name in near if said[name].relevant]
    fitting = [name for name in relevant if said[name].outcome is Outcome.ELIGIBLE]
    possible = [name for name in relevant if said[name].outcome is Outcome.POSSIBLE]
    wanted = [
        name for name in near if said[name].wanted and not already_has(catalogue.services[name], report.situation)
    ]
    through = [name for name in wanted if name in steps and steps[name].when is When.THROUGH]
    varying = changed_by(frozenset(present), catalogue.facts)
    shut = [name for name in relevant if said[name].outcome is Outcome.NOT_ELIGIBLE]
    unmet = [name for name in shut if not shut_to_all(catalogue.services[name], catalogue, varying)]
    return {
        "fitting": " ".join(fitting),
        "possible": " ".join(_with(name, said[name].ask) for name in possible),
        "opens_next": " ".join(_with(name, steps[name].after[:1]) for name in through),
        "next_step": report.first_steps[0].service_id if report.first_steps else "",
        "contact": _where(report, report.first_steps[0]) if report.first_steps else "",
        "fitting_count": str(len(fitting)),
        "possible_count": str(len(possible)),
        "unmet": " ".join(_with(name, _shutting(report, name)) for name in unmet),
    }


def _where(report: Report, step: FirstStep) -> str:
    """Where to turn, in Finnish: the step's contact, the office to ask where that is only a page, and what is old."""
    parts = _said(step.contact) if step.contact else []
    if step.instead:
        parts.append(f"{step.instead.office.name['fi']}: {', '.join(_said(step.instead.contact))}")
    if old := report.old_since(step):
        parts.append(f"tieto ajalta {old.month}/{old.year}")
    return " · ".join(parts)


def _said(contact: ContactPoint) -> list[str]:
    phone = f"Puhelin {contact.phone}" if contact.phone else ""
    place = contact.address or contact.place.get("fi", "")
    return [each for each in (phone, contact.email, place, contact.page("fi")[1]) if each]


def _with(name: str, inner: Iterable[str]) -> str:
    return f"{name}[{'+'.join(inner)}]" if tuple(inner) else name


def _shutting(report: Report, name: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for judgement in report.assessments[name].judgements:
        node = judgement.node
        if judgement.truth is UNMET:
            excluded = "" if isinstance(node, Criterion | AnyOf) else "not:"
            found |= dict.fromkeys(excluded + criterion.fact for criterion in criteria_of((node,)))
    return tuple(found)


def changed_by(present: frozenset[str], facts: FactBook) -> frozenset[str]:
    """The facts that some columns can change."""
    found = set(present)
    while True:
        more = {
            name
            for name, fact in facts.facts.items()
            if (fact.goals and GOALS in present)
            or any(
                criterion.fact in found
                for table in facts.derivations.get(name, {}).values()
                for criterion in criteria_of(table)
            )
        }
        if more <= found:
            return frozenset(found)
        found |= more


def shut_to_all(service: Service, catalogue: Catalogue, varying: frozenset[str]) -> bool:
    """Whether something shuts a service that no column of the file can change."""
    nobody = Knowledge(catalogue.facts, Situation())
    return any(
        judge(node, nobody.possible).truth is UNMET and not {each.fact for each in criteria_of((node,))} & varying
        for node in service.eligibility
    )


def made_up(rows: int) -> bytes:
    """An intake with a realistic skew, as the benchmarks make it."""
    path = Path(__file__).parents[1] / "benchmarks" / "make_intake.py"
    spec = importlib.util.spec_from_file_location("make_intake", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    lines = [module.HEADER, *module.rows(rows, load_catalogue().facts)]
    return "\n".join(";".join(line) for line in lines).encode()
