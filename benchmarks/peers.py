"""`kotoneuvo batch` beside general rule engines: `python benchmarks/peers.py [ROWS]`.

Wants `pip install openfisca-core zen-engine` beside kotoneuvo; what is not there is said and left out. The rows are
seeded; every cell has one value, because the peers know no third answer. The peers get the services whose criteria are
a plain list (no alternatives), kotoneuvo gets all of them, with its identity guard and summary. Rows a second, from a
CSV file to a CSV file with the ids of the fitting services.
"""

from __future__ import annotations

import csv
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kotoneuvo import load_catalogue
from kotoneuvo.advice.criteria import Criterion
from kotoneuvo.advice.service import Catalogue

COMMAND = str(Path(sys.executable).parent / "kotoneuvo")
FACTS = (
    "customer_role", "municipality", "age", "schooling", "is_jobseeker_client", "has_municipality_of_residence",
    "labour_status", "gender", "status", "refugee_or_comparable", "finnish_level", "citizenship_group",
)  # fmt: skip
DAY = "2026-11-24"
SLOW_ROWS = 1_000
Rules = dict[str, list[tuple[str, list[str]]]]


def flat_rules(catalogue: Catalogue) -> Rules:
    """The services that ask a plain list of conditions on the columns of the file, with the values they accept."""
    rules: Rules = {}
    for name, service in catalogue.services.items():
        nodes = [node for node in service.eligibility if isinstance(node, Criterion) and node.fact in FACTS]
        if len(nodes) == len(service.eligibility):
            rules[name] = [(node.fact, sorted(map(written, node.accept))) for node in nodes]
    return rules


def written(value: object) -> str:
    """A value as it stands in the file."""
    return str(int(value)) if isinstance(value, bool) else str(value)


def write_rows(path: Path, catalogue: Catalogue, count: int) -> None:
    """A file with one value in every cell."""
    draw = random.Random(20261124)
    domains = {fact: sorted(map(written, catalogue.facts[fact].domain)) for fact in FACTS}
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("row", *FACTS))
        writer.writerows([number, *(draw.choice(domains[fact]) for fact in FACTS)] for number in range(count))


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows as the peers get them."""
    with path.open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def run_kotoneuvo(path: Path, out: Path, _rules: Rules) -> None:
    """The installed command, one job."""
    command = [COMMAND, "batch", str(path), "--force", "--output", str(out), "--jobs", "1"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def run_openfisca(path: Path, out: Path, rules: Rules) -> None:
    """Facts as numbered values, one variable a service, all rows at once."""
    import numpy
    from openfisca_core import periods
    from openfisca_core.entities import Entity
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    rows = list(read_rows(path))
    person = Entity("person", "persons", "", "")
    system = TaxBenefitSystem([person])
    codes = {fact: {value: place for place, value in enumerate(sorted({row[fact] for row in rows}))} for fact in FACTS}
    common = {"entity": person, "definition_period": periods.DateUnit.DAY}

    def formula(conditions: list[tuple[str, list[str]]]) -> Callable[..., Any]:
        def fits(people: Any, period: Any) -> Any:
            found = numpy.ones(people.count, dtype=bool)
            for fact, accepted in conditions:
                found &= numpy.isin(people(fact, period), [codes[fact].get(value, -1) for value in accepted])
            return found

        return fits

    for fact in FACTS:
        system.add_variable(type(fact, (Variable,), {"value_type": int, **common}))
    names = {f"service_{place}": name for place, name in enumerate(rules)}
    for variable, name in names.items():
        body = {"value_type": bool, "formula": formula(rules[name]), **common}
        system.add_variable(type(variable, (Variable,), body))
    simulation = SimulationBuilder().build_default_simulation(system, len(rows))
    for fact in FACTS:
        simulation.set_input(fact, DAY, numpy.array([codes[fact][row[fact]] for row in rows]))
    results = [(name, simulation.calculate(variable, DAY)) for variable, name in names.items()]
    write_ids(out, (" ".join(name for name, fits in results if fits[place]) for place in range(len(rows))))


def run_zen(path: Path, out: Path, rules: Rules) -> None:
    """One expression a service in one decision, row by row."""
    import json

    import zen

    expressions = [
        {"id": name, "key": name.replace("-", "_"), "value": _zen_expression(conditions)}
        for name, conditions in rules.items()
    ]
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "rules", "name": "rules", "type": "expressionNode", "content": {"expressions": expressions}},
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = [
        {"id": "a", "sourceId": "in", "targetId": "rules", "type": "edge"},
        {"id": "b", "sourceId": "rules", "targetId": "out", "type": "edge"},
    ]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    names = {name.replace("-", "_"): name for name in rules}
    results = (decision.evaluate(row)["result"] for row in read_rows(path))
    write_ids(out, (" ".join(name for key, name in names.items() if found.get(key)) for found in results))


def _zen_expression(conditions: list[tuple[str, list[str]]]) -> str:
    parts = [f"{fact} in [{', '.join(repr(value) for value in accepted)}]" for fact, accepted in conditions]
    return " and ".join(parts) or "true"


def write_ids(out: Path, lines: Iterator[str]) -> None:
    """One line of ids for each row."""
    with out.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(enumerate(lines))


def measure(catalogue: Catalogue, count: int) -> None:
    """Rows a second of each, and how many times as many kotoneuvo does."""
    rules, own = flat_rules(catalogue), 0.0
    print(f"{len(rules)} of {len(catalogue.services)} services have plain lists of criteria on {len(FACTS)} columns")
    with tempfile.TemporaryDirectory() as folder:
        for run, rows in ((run_kotoneuvo, count), (run_openfisca, count), (run_zen, min(count, SLOW_ROWS))):
            path, out = Path(folder, f"{rows}.csv"), Path(folder, "out.csv")
            write_rows(path, catalogue, rows)
            start = time.perf_counter()
            try:
                run(path, out, rules)
            except ImportError as error:
                print(f"{run.__name__:14} left out: {error.name} is not installed")
                continue
            rate = rows / (time.perf_counter() - start)
            own = own or rate
            print(f"{run.__name__:14} {rate:10,.0f} rows/s   kotoneuvo is {own / rate:7.1f} times as fast")


def main() -> None:
    """Each in turn."""
    catalogue = load_catalogue()
    measure(catalogue, int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)


if __name__ == "__main__":
    main()
