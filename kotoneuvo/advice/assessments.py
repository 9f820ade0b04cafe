"""The assessments of every service for one person: those that no pathway can hang on are worked out on demand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from kotoneuvo.advice.assessment import Assessment
from kotoneuvo.advice.situation import Knowledge

if TYPE_CHECKING:
    from kotoneuvo.advice.advisor import Advisor, WithinReach


class Assessments(Mapping[str, Assessment]):
    """Service id to assessment, in the catalogue's order."""

    def __init__(self, advisor: Advisor, near: WithinReach) -> None:
        self._advisor, self._near = advisor, near
        # The advisor's numbers may mean something else when somebody looks.
        self._encoding = advisor.encoding
        self._found: dict[str, Assessment] = {}

    @cached_property
    def _knowledge(self) -> Knowledge:
        return self._encoding.knowledge(self._near.row, self._near.situation)

    def __reduce__(self) -> tuple[type[dict[str, Assessment]], tuple[dict[str, Assessment]]]:
        """It is pickled whole, as a dictionary."""
        return (dict, (dict(self),))

    def __getitem__(self, service_id: str) -> Assessment:
        found = self._found.get(service_id)
        if found is None:
            found = self._found[service_id] = self._assess(service_id)
        return found

    def _assess(self, service_id: str) -> Assessment:
        advisor, near = self._advisor, self._near
        standing = near.standings.get(service_id)
        if standing is None or not near.skipped.isdisjoint(standing.assessment.ask):
            return advisor.assess(advisor.catalogue.services[service_id], self._knowledge, near.skipped)
        relevant = near.relevant(service_id)
        return standing.assessment if relevant else standing.assessment._replace(relevant=False)

    def __iter__(self) -> Iterator[str]:
        return iter(self._advisor.catalogue.services)

    def __len__(self) -> int:
        return len(self._advisor.catalogue.services)
