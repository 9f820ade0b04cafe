"""What all tests share: the bundled catalogue, read once a process."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.load import load_catalogue


@pytest.fixture(autouse=True)
def _no_catalogues_of_the_user(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see the bundled catalogue, whatever lies in the config folder of whoever runs them."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "no-config"))


settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def facts(catalogue: Catalogue) -> FactBook:
    return catalogue.facts
