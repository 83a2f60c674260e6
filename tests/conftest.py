"""Profiles for Hypothesis: `default` for every run, `thorough` for a long look (`HYPOTHESIS_PROFILE=thorough`)."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from career_path.model.timeline import Timeline
from career_path.planning.audit import audit
from career_path.planning.timeline import Plan, make_timeline

_is_ci = bool(os.environ.get("CI"))  # one change is judged by the same cases every time; new ones are drawn elsewhere
_slow_machines = [HealthCheck.too_slow]  # a loaded machine is no finding

settings.register_profile(
    "default", max_examples=50, derandomize=_is_ci, deadline=None, suppress_health_check=_slow_machines
)
settings.register_profile(
    "thorough", max_examples=120, derandomize=_is_ci, deadline=None, suppress_health_check=_slow_machines
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(autouse=True)
def a_terminal_of_the_usual_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed does not depend on the terminal that the tests run in."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture(autouse=True, scope="session")
def every_plan_is_audited() -> Iterator[None]:
    """Whatever test makes a plan, the audit has to find nothing wrong with it."""

    def audited(made: Plan) -> Timeline:
        timeline = make_timeline(made)
        faults = audit(timeline, made.program.pathway, made.program.learner)
        assert not faults, "\n".join(faults)
        return timeline

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("career_path.planning.question.make_timeline", audited)
        yield
