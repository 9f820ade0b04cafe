"""A catalogue on a day: what is the same for everybody, worked out once and kept with the catalogue."""

from __future__ import annotations

from datetime import date

from kotoneuvo.advice.assessment import Constants, constants
from kotoneuvo.advice.compiled import MUNICIPALITY, CompiledService, area_of, compile_service
from kotoneuvo.advice.criteria import Criterion
from kotoneuvo.advice.service import RUNNING, Catalogue, Service
from kotoneuvo.advice.step_order import StepOrder


class OnDay:
    """Services are compiled when they first come within somebody's reach.

    `running` has the position in the catalogue, the service and its area; `provided` are the facts that some running
    service brings about.
    """

    def __init__(self, catalogue: Catalogue, day: date) -> None:
        self.order = StepOrder(catalogue, day)
        services = catalogue.services.values()
        running = [(place, service) for place, service in enumerate(services) if service.operating(day) in RUNNING]
        self.provided = frozenset([fact for _, service in running for fact in service.provides])
        # Where services could move a person to another place, no area puts one out of reach for good.
        moving = MUNICIPALITY in self.provided
        self.running = [(place, service, None if moving else area_of(service)) for place, service in running]
        self._compiled: dict[int, CompiledService] = {}
        self._constants: dict[str, Constants] = {}

    def compile(self, position: int, service: Service, area: Criterion | None) -> CompiledService:
        """One running service."""
        found = self._compiled.get(position)
        if found is None:
            found = compile_service(position, service, area, self.order.catalogue, self.order.day)
            self._compiled[position] = found
        return found

    def constants(self, service: Service) -> Constants:
        """What an assessment takes from a service, running or not, whoever it is of."""
        found = self._constants.get(service.id)
        if found is None:
            found = constants(service, self.order.catalogue.facts, self.order.day)
            self._constants[service.id] = found
        return found


def on_day(catalogue: Catalogue, day: date) -> OnDay:
    """A catalogue on a day; it keeps what was worked out for the last day that was asked for."""
    found = catalogue.kept.get(day)
    if found is None:
        catalogue.kept.clear()
        found = catalogue.kept[day] = OnDay(catalogue, day)
    return found
