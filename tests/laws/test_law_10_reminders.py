"""Law 10: every reminder lies on or before its deadline and not before `since`; ids are unique and stable."""

from __future__ import annotations

import datetime as dt

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from career_path.model.timeline import DeadlineKind, Timeline
from career_path.planning.agenda import agenda
from career_path.planning.reminders import Ladder, ReminderPolicy, reminders
from career_path.testing import cases
from planned import Case, planned

SPANS = st.sampled_from(["P0D", "P1D", "P2D", "P3D", "P7D", "P14D", "P1M", "P3M", "P6M", "P1Y", "P10Y"])
POLICIES = st.builds(
    ReminderPolicy,
    st.lists(
        st.builds(Ladder, st.lists(st.sampled_from(DeadlineKind), max_size=13), st.lists(SPANS, max_size=6)), max_size=4
    ),
    moves_off_weekends=st.booleans(),
)
DAYS = st.integers(-400, 4000)


def drawn_plan(case: Case) -> Timeline:
    timeline = planned(case)
    assume(timeline is not None)
    assert timeline is not None
    return timeline


@given(cases(), POLICIES, DAYS, st.integers(0, 4000))
def test_reminders_lie_between_since_and_their_deadline(
    case: Case, policy: ReminderPolicy, shift: int, length: int
) -> None:
    timeline = drawn_plan(case)
    since = timeline.today + dt.timedelta(shift)
    until = since + dt.timedelta(length)
    found = reminders(timeline, policy=policy, since=since, until=until)
    assert len({each.id for each in found}) == len(found)
    for each in found:
        assert since <= each.on <= min(until, timeline.deadline(each.deadline).on)
    assert list(found) == sorted(found, key=lambda each: (each.on, each.id))


@given(cases(), POLICIES)
def test_moving_off_weekends_leaves_none_there_but_those_that_would_be_too_early(
    case: Case, policy: ReminderPolicy
) -> None:
    timeline = drawn_plan(case)
    moved = attrs.evolve(policy, moves_off_weekends=True)
    for each in reminders(timeline, policy=moved):
        days_after_friday = each.on.weekday() - 4
        assert days_after_friday <= 0 or each.on - dt.timedelta(days_after_friday) < timeline.today


@given(cases(), POLICIES, st.text("abc", max_size=5))
def test_ids_are_the_same_for_other_titles_and_another_day(case: Case, policy: ReminderPolicy, title: str) -> None:
    timeline = drawn_plan(case)
    pathway, learner, today = case
    steps = [attrs.evolve(step, title=title) for step in pathway.steps]
    renamed = planned((attrs.evolve(pathway, title=title, steps=steps), learner, today))
    assert renamed is not None
    assert [each.id for each in reminders(renamed, policy=policy)] == [
        each.id for each in reminders(timeline, policy=policy)
    ]


@given(cases(), POLICIES, DAYS, st.integers(0, 4000))
def test_an_agenda_tells_each_deadline_once(case: Case, policy: ReminderPolicy, shift: int, length: int) -> None:
    timeline = drawn_plan(case)
    since = timeline.today + dt.timedelta(shift)
    found = agenda(timeline, policy=policy, since=since, until=since + dt.timedelta(length))
    told = [*found.overdue, *found.due, *found.coming]
    assert len({each.id for each in told}) == len(told)
    assert all(each.on < since for each in found.overdue)
    assert found.reminders == reminders(timeline, policy=policy, since=since, until=found.until)
    still_to_come = {each.id for each in timeline.deadlines if each.on >= since}
    assert still_to_come == {each.id for each in (*found.due, *found.coming)}
