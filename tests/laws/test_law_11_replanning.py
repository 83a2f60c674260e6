"""Law 11: a plan that is followed stays the plan."""

from __future__ import annotations

import datetime as dt

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from career_path.model.learner import Learner, Record
from career_path.model.timeline import Status, Timeline
from career_path.planning.objective import Objective
from career_path.testing import cases
from planned import OBJECTIVES, Case, planned


def followed(learner: Learner, timeline: Timeline, day: dt.date) -> Learner:
    """The learner when every start and finish planned through a day has come true."""
    records: dict[str, Record] = {record.step: record for record in learner.records}
    for step in timeline.steps:
        if step.status in {Status.FINISHED, Status.WAIVED} or step.start is None or step.finish is None:
            continue
        if step.start <= day:
            records[step.id] = Record(step.id, started=step.start, finished=step.finish if step.finish <= day else None)
    return attrs.evolve(learner, records=tuple(records.values()))


@given(cases(), st.sampled_from(OBJECTIVES))
def test_planning_again_gives_the_same_plan(case: Case, objective: Objective) -> None:
    assert planned(case, objective=objective) == planned(case, objective=objective)


@given(cases(), st.sampled_from(OBJECTIVES), st.floats(0, 1.1))
def test_following_the_plan_changes_no_earliest_date(case: Case, objective: Objective, part: float) -> None:
    pathway, learner, today = case
    timeline = planned(case, objective=objective)
    assume(timeline is not None)
    assert timeline is not None
    assert timeline.finish is not None
    assume(not any(use.renewals for use in timeline.papers))  # recorded of a paper at hand alone
    later = today + dt.timedelta(days=max(0, int((timeline.finish - today).days * part)))
    horizon = timeline.horizon
    again = planned((pathway, followed(learner, timeline, later), later), objective=objective, horizon=horizon)
    assert again is not None
    # A goal that needs no day of any step (it asks for nothing, or only for what is waived) can hold on the first day
    # there is: nothing can be recorded of it, so that day moves on with today.
    dated = any(step.finish is not None for step in timeline.steps if step.status is not Status.WAIVED)
    assert again.finish == timeline.finish or (not dated and again.finish == later > timeline.finish)
    assert [(s.id, s.start, s.finish) for s in sorted(again.steps, key=lambda s: s.id)] == [
        (s.id, s.start, s.finish) for s in sorted(timeline.steps, key=lambda s: s.id)
    ]
