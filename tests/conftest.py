"""What all tests share: the bundled catalogue, read once a process; and which tests a plain run leaves out."""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

try:
    distribution("kotoneuvo")
except PackageNotFoundError:
    pytest.exit("kotoneuvo is not installed here; first: pip install -e '.[test]'", returncode=2)

import kotoneuvo

if not list((Path(kotoneuvo.__file__).parent / "locale").rglob("*.mo")):
    # `python -m pytest` in a checkout, where a wheel is installed.
    pytest.exit(
        "This checkout's texts are not compiled: run pytest (not python -m pytest), or first: pip install -e .", 2
    )

from hypothesis import HealthCheck, settings

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.load import load_catalogue

MARKS = {
    "browser": "pages in a real browser",
    "faults": "runs that are broken off, system calls that are watched",
    "slow": "many random inputs, every command of the docs, real terminals",
    "tools": "wheels and kotoneuvo.pyz are built",
}
"""What a run of the whole suite leaves out, and says so; whoever names files, --all or -m gets all that they name.

Such a run also draws a quarter of the random examples only."""
_LEAVE_OUT = "KOTONEUVO_LEAVE_OUT"
"""Tells xdist's workers what the first process decided."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help=f"also the tests marked {', '.join(MARKS)}")


def pytest_configure(config: pytest.Config) -> None:
    for name, what in MARKS.items():
        config.addinivalue_line("markers", f"{name}: {what}")
    if not hasattr(config, "workerinput"):
        named = config.args_source is not pytest.Config.ArgsSource.TESTPATHS
        os.environ[_LEAVE_OUT] = "" if named or config.option.all or config.option.markexpr else "1"
    settings.load_profile(os.environ.get("KOTONEUVO_HYPOTHESIS") or ("few" if os.environ[_LEAVE_OUT] else "default"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get(_LEAVE_OUT):
        marked = [item for item in items if any(item.get_closest_marker(name) for name in MARKS)]
        config.hook.pytest_deselected(items=marked)
        items[:] = [item for item in items if item not in set(marked)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if os.environ.get(_LEAVE_OUT):
        marks = ", ".join(MARKS)
        terminalreporter.write_line(f"Left out: tests marked {marks}, and most random examples. All: `pytest -q --all`")


@pytest.fixture(autouse=True)
def _no_catalogues_of_the_user(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see the bundled catalogue, whatever lies in the config folder of whoever runs them."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "no-config"))


QUICK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("default", QUICK)
settings.register_profile("few", QUICK, max_examples=25)
settings.register_profile("thorough", QUICK, max_examples=5000)
settings.register_profile("repeatable", QUICK, max_examples=25, derandomize=True, database=None)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def facts(catalogue: Catalogue) -> FactBook:
    return catalogue.facts
