"""Laws 2 to 5: requirements, freshness and validity, reasons and slack of every plan, checked by `audit`."""

from __future__ import annotations

import datetime as dt

from hypothesis import assume, given
from hypothesis import strategies as st

from career_path.model.timeline import Status
from career_path.planning.audit import audit
from career_path.planning.objective import Objective
from career_path.testing import cases
from planned import OBJECTIVES, Case, planned


@given(cases(), st.sampled_from(OBJECTIVES), st.none() | st.integers(0, 900))
def test_every_plan_passes_the_audit(case: Case, objective: Objective, days: int | None) -> None:
    pathway, learner, today = case
    timeline = planned(case, objective=objective, finish_by=None if days is None else today + dt.timedelta(days=days))
    assume(timeline is not None)
    assert timeline is not None
    assert audit(timeline, pathway, learner) == ()


@given(cases())
def test_a_negative_slack_comes_with_a_conflict(case: Case) -> None:
    timeline = planned(case)
    assume(timeline is not None)
    assert timeline is not None
    slacks = [step.slack_days for step in timeline.steps if step.slack_days is not None]
    assert timeline.conflicts or all(slack >= 0 for slack in slacks)


@given(cases())
def test_nothing_new_starts_before_today(case: Case) -> None:
    timeline = planned(case)
    assume(timeline is not None)
    assert timeline is not None
    starts = [step.start for step in timeline.steps if step.status in {Status.PLANNED, Status.REDO}]
    assert all(start is not None and start >= case[2] for start in starts)
