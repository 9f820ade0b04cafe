"""What all tests share: the bundled catalogue, read once a process."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.load import load_catalogue

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def facts(catalogue: Catalogue) -> FactBook:
    return catalogue.facts
