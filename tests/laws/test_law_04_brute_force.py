"""Laws 4 and 8: no schedule is earlier or better, none that meets the target is later; against a planner that tries all."""

from __future__ import annotations

import datetime as dt

import pytest
from brute_force import OutOfScopeError, Result, best
from hypothesis import assume, event, given
from hypothesis import strategies as st

from career_path.errors import DocumentError
from career_path.model.learner import Learner
from career_path.model.pathway import Pathway
from career_path.model.timeline import NoRouteError, Timeline
from career_path.planning import Balanced, plan
from career_path.testing import cases

OBJECTIVES = ("earliest", "cheapest", Balanced("10"))


def both(
    case: tuple[Pathway, Learner, dt.date], objective: object, finish_by: dt.date | None
) -> tuple[Timeline | None, Result | None]:
    """What the planner and brute force say of one case, up to the same last day."""
    pathway, learner, today = case
    last_day = today + dt.timedelta(days=1500)
    try:
        expected = best(pathway, learner, today=today, objective=objective, finish_by=finish_by, last_day=last_day)
    except OutOfScopeError:
        with pytest.raises(DocumentError):
            plan(pathway, learner, today=today, objective=objective, finish_by=finish_by, horizon=last_day)
        return None, None
    try:
        found = plan(pathway, learner, today=today, objective=objective, finish_by=finish_by, horizon=last_day)
    except NoRouteError:
        found = None
    return found, expected


@given(cases(max_steps=5), st.sampled_from(OBJECTIVES), st.none() | st.integers(30, 900))
def test_the_planner_finds_what_trying_every_route_and_day_finds(case, objective, days) -> None:
    finish_by = None if days is None else case[2] + dt.timedelta(days=days)
    found, expected = both(case, objective, finish_by)
    event("feasible" if expected else "none")
    assert (found is None) == (expected is None)
    assume(found is not None and expected is not None)
    assert found.finish == expected.finish or found.is_latest
    assert found.is_latest == expected.is_latest
    assert found.cost.amount == expected.cost
    ids = tuple(sorted(step.id for step in found.steps))
    same = [outcome for outcome in expected.equals if outcome.ids == ids]
    assert same
    shown = {step.id: step for step in found.steps}
    assert any(
        all(
            (step.start, step.finish, step.latest_start, step.latest_finish)
            == (
                (shown[step.id].start, shown[step.id].finish)
                if not found.is_latest
                else (step.start, step.finish)
            )
            + (shown[step.id].latest_start, shown[step.id].latest_finish)
            for step in outcome.steps
        )
        for outcome in same
    )
