"""What all tests share: the bundled catalogue, read once a process, and the two days that matter."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, settings

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.load import load_catalogue

TODAY = date(2026, 11, 24)
DOCUMENT_DAY = date(2020, 9, 1)

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def facts(catalogue: Catalogue) -> FactBook:
    return catalogue.facts


@pytest.fixture
def today() -> date:
    return TODAY
