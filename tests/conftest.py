"""What all tests share: the bundled catalogue, read once a process."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.load import load_catalogue


@pytest.fixture(autouse=True)
def _no_catalogues_of_the_user(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see the bundled catalogue, whatever lies in the config folder of whoever runs them."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "no-config"))


QUICK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("default", QUICK)
settings.register_profile("thorough", QUICK, max_examples=5000)
settings.register_profile("repeatable", QUICK, max_examples=25, derandomize=True, database=None)
settings.load_profile(os.environ.get("KOTONEUVO_HYPOTHESIS", "default"))


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def facts(catalogue: Catalogue) -> FactBook:
    return catalogue.facts
