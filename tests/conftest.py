"""Profiles for Hypothesis: `default` for every run, `thorough` for a long look (`HYPOTHESIS_PROFILE=thorough`)."""

import os

import pytest
from hypothesis import HealthCheck, settings

_slow_machines = [HealthCheck.too_slow]  # a loaded machine is no finding

settings.register_profile("default", max_examples=60, deadline=None, suppress_health_check=_slow_machines)
settings.register_profile("thorough", max_examples=300, deadline=None, suppress_health_check=_slow_machines)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(autouse=True)
def a_terminal_of_the_usual_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed does not depend on the terminal that the tests run in."""
    monkeypatch.delenv("COLUMNS", raising=False)
