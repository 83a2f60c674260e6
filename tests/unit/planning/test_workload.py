"""The hours of every week, worked out by hand, and what holds for those of any plan."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

import attrs
import pytest
from hypothesis import assume, given

from career_path.days.durations import Effort, WorkingDays
from career_path.days.pace import Absence
from career_path.model.learner import HoursPeriod, Learner, Record
from career_path.model.pathway import AbsencePolicy, Cohort, Cohorts, Pathway, Step
from career_path.model.requirements import AllOf, Needs
from career_path.model.text import step_of
from career_path.model.timeline import NoticeKind, Status, Timeline
from career_path.planning.audit import audit
from career_path.planning.planner import plan
from career_path.testing import cases
from planned import Case, planned

MONDAY = dt.date(2027, 1, 4)
THURSDAY = dt.date(2027, 1, 7)


def told(timeline: Timeline) -> list[tuple[str, int, str, str]]:
    """Each stretch as its first day, its weeks, what is asked of what there is, and the shares."""
    return [
        (
            f"{each.monday:%d %b}",
            each.weeks,
            f"{each.asked} of {each.available}",
            " ".join(f"{share.step} {share.hours}" for share in each.steps),
        )
        for each in timeline.workload
    ]


def planned_by(*steps: Step, today: dt.date = MONDAY, learner: Learner | None = None) -> Timeline:
    """The plan that does all of these steps, which the audit finds sound."""
    pathway = Pathway("p", goal=AllOf(*(step.id for step in steps)), steps=steps)
    who = Learner(weekly_hours=20) if learner is None else learner
    timeline = plan(pathway, who, today=today)
    assert audit(timeline, pathway, who) == ()
    return timeline


def overloaded(timeline: Timeline) -> list[tuple[str, ...]]:
    return [each.steps for each in timeline.notices if each.kind is NoticeKind.OVERLOADED_WEEKS]


def test_a_taught_step_asks_for_its_load_while_it_runs() -> None:
    # Four weeks and three days from a Monday on: the last week has three sevenths of 28 hours.
    timeline = planned_by(Step("class", takes="P31D", load=28))
    assert told(timeline) == [("04 Jan", 4, "28 of 20", "class 28"), ("01 Feb", 1, "12 of 20", "class 12")]
    assert overloaded(timeline) == [("class",)]


def test_work_of_some_hours_takes_what_the_learner_has_and_on_its_last_day_what_is_left() -> None:
    # 20 hours a week are 20/7 a day: 50 hours fill two weeks, and 10 more hours take four days, 8 4/7 and then 1 3/7.
    timeline = planned_by(Step("study", takes=Effort(hours=50)))
    assert timeline.finish == dt.date(2027, 1, 22)
    assert told(timeline) == [("04 Jan", 2, "20 of 20", "study 20"), ("18 Jan", 1, "10 of 20", "study 10")]
    assert overloaded(timeline) == []


def test_work_takes_no_more_than_it_may() -> None:
    timeline = planned_by(Step("study", takes=Effort(hours=24, weekly_at_most=12)))
    assert told(timeline) == [("04 Jan", 2, "12 of 20", "study 12")]


def test_steps_side_by_side_that_ask_for_more_than_there_is_are_named() -> None:
    # Eight weeks of class ask for 20 hours, the work beside it for 10 of them in each of its three weeks.
    timeline = planned_by(
        Step("class", takes="P8W", load=20), Step("extern", takes=Effort(hours=30, weekly_at_most=10)), Step("walk")
    )
    assert told(timeline) == [("04 Jan", 3, "30 of 20", "extern 10 class 20"), ("25 Jan", 5, "20 of 20", "class 20")]
    assert overloaded(timeline) == [("extern", "class")]


def test_hours_may_differ_by_period() -> None:
    # Ten hours a week through Wednesday the 13th, thirty from then on: that week has 3/7 of 10 and 4/7 of 30.
    periods = [
        HoursPeriod(hours=10, through=dt.date(2027, 1, 13)),
        HoursPeriod(hours=30, from_=dt.date(2027, 1, 14)),
    ]
    timeline = planned_by(Step("class", takes="P4W", load=20), learner=Learner(weekly_hours=periods))
    assert told(timeline) == [
        ("04 Jan", 1, "20 of 10", "class 20"),
        ("11 Jan", 1, "20 of 150/7", "class 20"),
        ("18 Jan", 2, "20 of 30", "class 20"),
    ]


def test_the_first_week_has_the_days_from_today_on() -> None:
    # From a Thursday on, four days: 4/7 of 21 hours. The second week of the class has the other three.
    timeline = planned_by(Step("class", takes="P1W", load=14), today=THURSDAY, learner=Learner(weekly_hours=21))
    assert told(timeline) == [("04 Jan", 1, "8 of 12", "class 8"), ("11 Jan", 1, "6 of 21", "class 6")]


def test_weeks_begin_with_the_first_step_and_go_through_the_last_one() -> None:
    # The class begins in the third week, and its day off work ends the plan, on a Monday, in a week of its own.
    run = Cohort(start=dt.date(2027, 1, 18), finish=dt.date(2027, 2, 1))
    timeline = planned_by(Step("class", opens=Cohorts(cohorts=[run]), load=10), Step("job", requires="class"))
    assert told(timeline) == [("18 Jan", 2, "10 of 20", "class 10"), ("01 Feb", 1, "0 of 20", "")]


def test_the_order_of_the_input_changes_nothing() -> None:
    steps = [
        Step("class", takes="P8W", load=20),
        Step("extern", takes=Effort(hours=30)),
        Step("b", takes="P3D", load=1),
    ]
    periods = [HoursPeriod(hours=10, through=dt.date(2027, 1, 13)), HoursPeriod(hours=30, from_=dt.date(2027, 1, 14))]
    away = [Absence(from_=day, through=day) for day in (dt.date(2027, 1, 12), dt.date(2027, 2, 2))]
    one = planned_by(*steps, learner=Learner(weekly_hours=periods, absences=away))
    other = planned_by(*steps[::-1], learner=Learner(weekly_hours=periods[::-1], absences=away[::-1]))
    assert (one.workload, one.notices) == (other.workload, other.notices)


def test_a_step_after_the_goal_is_counted_too() -> None:
    # The goal holds at once; the class that has to follow within a month goes on for three weeks.
    job = Step("job", requires=Needs("class", order="any", by="P1M"))
    pathway = Pathway("p", goal="job", steps=[job, Step("class", takes="P3W", load=5)])
    timeline = plan(pathway, Learner(weekly_hours=20), today=MONDAY)
    assert timeline.finish == MONDAY
    assert told(timeline) == [("04 Jan", 3, "5 of 20", "class 5")]
    assert audit(timeline, pathway, Learner(weekly_hours=20)) == ()


def test_days_away_have_no_hours() -> None:
    # Away from Tuesday through Thursday: four days of 3 hours. The work pauses, the class goes on without the learner.
    away = [Absence(from_=dt.date(2027, 1, 12), through=dt.date(2027, 1, 14))]
    learner = Learner(weekly_hours=21, absences=away)
    alone = planned_by(Step("study", takes=Effort(hours=42)), learner=learner)
    assert told(alone) == [
        ("04 Jan", 1, "21 of 21", "study 21"),
        ("11 Jan", 1, "12 of 12", "study 12"),
        ("18 Jan", 1, "9 of 21", "study 9"),
    ]
    missed = planned_by(Step("class", takes="P2W", load=14), learner=learner)
    assert told(missed) == [("04 Jan", 1, "14 of 21", "class 14"), ("11 Jan", 1, "14 of 12", "class 14")]
    assert overloaded(missed) == [("class",)]


def test_work_that_goes_on_while_the_learner_is_away_has_its_hours_then() -> None:
    # Of the three days away there are the hours that the work takes, 2 a day, but not for the class beside it.
    away = [Absence(from_=dt.date(2027, 1, 5), through=dt.date(2027, 1, 7))]
    learner = Learner(weekly_hours=21, absences=away)
    online = Step("online", takes=Effort(hours=14, weekly_at_most=14), absence=AbsencePolicy.IGNORE)
    assert told(planned_by(online, learner=learner)) == [("04 Jan", 1, "14 of 18", "online 14")]
    both = planned_by(online, Step("class", takes="P1W", load=7), learner=learner)
    assert told(both) == [("04 Jan", 1, "21 of 18", "class 7 online 14")]
    # Two of them ask for 4 hours on each of these days, of which there are 3.
    twice = planned_by(online, attrs.evolve(online, id="other"), learner=learner)
    assert told(twice) == [("04 Jan", 1, "28 of 21", "online 14 other 14")]


def test_what_is_under_way_counts_from_today() -> None:
    # Ten of the 21 days of each are over. The work of 63 hours at 3 a day has 33 left, the class eleven days of 2.
    records = [Record(step, started=dt.date(2027, 1, 4)) for step in ("study", "class")]
    learner = Learner(weekly_hours=21, records=records)
    steps = Step("study", takes=Effort(hours=63)), Step("class", takes="P3W", load=14)
    timeline = planned_by(*steps, today=THURSDAY + dt.timedelta(days=7), learner=learner)
    assert told(timeline) == [
        ("11 Jan", 1, "20 of 12", "class 8 study 12"),
        ("18 Jan", 1, "35 of 21", "class 14 study 21"),
    ]


def test_what_is_done_and_what_should_long_be_done_asks_for_nothing() -> None:
    records = [
        Record("over", started=dt.date(2026, 6, 1)),
        Record("done", finished=dt.date(2026, 12, 1)),
        Record("spared", waived=True),
    ]
    steps = [Step(each.step, takes="P4W", load=10) for each in records]
    assert planned_by(*steps, learner=Learner(weekly_hours=20, records=records)).workload == ()


def test_without_the_learners_hours_what_is_asked_is_told_and_nothing_is_too_much() -> None:
    timeline = planned_by(Step("class", takes="P2W", load=160), learner=Learner())
    assert told(timeline) == [("04 Jan", 2, "160 of None", "class 160")]
    assert overloaded(timeline) == []


@pytest.mark.parametrize("step", [Step("a", takes="P2W"), Step("a", takes="P2W", load=0), Step("a")])
def test_a_plan_that_asks_for_no_hours_tells_no_weeks(step: Step) -> None:
    assert planned_by(step).workload == ()


def test_a_run_of_one_day_asks_for_that_day() -> None:
    run = Cohort(start=MONDAY, finish=MONDAY)
    timeline = planned_by(Step("class", opens=Cohorts(cohorts=[run]), load=56))
    assert told(timeline) == [("04 Jan", 1, "8 of 20", "class 8")]


def test_working_days_are_days_from_the_start_to_the_finish() -> None:
    # Five working days from a Monday end on the next Monday: seven days.
    assert told(planned_by(Step("class", takes=WorkingDays(5), load=21))) == [("04 Jan", 1, "21 of 20", "class 21")]


def test_a_plan_made_backward_has_the_weeks_of_its_own_days() -> None:
    pathway = Pathway("p", goal="class", steps=[Step("class", takes="P2W", load=10)])
    timeline = plan(pathway, Learner(weekly_hours=20), today=MONDAY, finish_by=dt.date(2027, 3, 1))
    assert told(timeline) == [("15 Feb", 2, "10 of 20", "class 10")]


def test_twenty_years_are_a_few_stretches() -> None:
    steps = [Step("life", takes="P20Y", load=5), Step("study", takes=Effort(hours=15_000))]
    timeline = planned_by(*steps)
    # 15000 hours at 20 a week are 750 weeks; 20 years to 4 January 2047, a Friday, are 1043 weeks and 4 days.
    assert told(timeline) == [
        ("04 Jan", 750, "25 of 20", "study 20 life 5"),
        ("20 May", 293, "5 of 20", "life 5"),
        ("31 Dec", 1, "20/7 of 20", "life 20/7"),
    ]


def test_a_long_plan_of_many_steps_stays_cheap() -> None:
    # 2000 steps one after another, each of a week and a day; every week holds at most two of them.
    steps = [
        Step(f"s{number}", takes="P8D", load=7, requires=f"s{number - 1}" if number else None) for number in range(2000)
    ]
    pathway = Pathway("p", goal="s1999", steps=steps)
    timeline = plan(pathway, Learner(weekly_hours=20), today=MONDAY)
    assert sum(each.weeks for each in timeline.workload) == 2286  # 16000 days
    assert max(len(each.steps) for each in timeline.workload) == 2
    assert sum(each.asked * each.weeks for each in timeline.workload) == 16_000


# --- what holds for any plan --------------------------------------------------------------------------------------


def asked_in_all(timeline: Timeline) -> Counter[str]:
    hours: Counter[str] = Counter()
    for each in timeline.workload:
        for share in each.steps:
            hours[share.step] += each.weeks * share.hours  # type: ignore[assignment]
    return hours


@given(cases())
def test_the_hours_of_a_step_come_to_its_hours(case: Case) -> None:
    timeline = planned(case)
    assume(timeline is not None)
    assert timeline is not None
    asked, pathway = asked_in_all(timeline), case[0]
    for each in timeline.steps:
        step = pathway.step(step_of(each.id))
        if each.status in {Status.PLANNED, Status.REDO} and each.hours is not None:
            assert asked[each.id] == each.hours
        elif each.status in {Status.PLANNED, Status.REDO}:
            assert each.start is not None
            assert each.finish is not None
            assert asked[each.id] == (step.load or 0) * max((each.finish - each.start).days, 1) / 7
        else:
            assert asked[each.id] <= (each.hours or asked[each.id])


@given(cases())
def test_weeks_follow_each_other_and_no_two_neighbors_are_alike(case: Case) -> None:
    timeline = planned(case)
    assume(timeline is not None)
    assert timeline is not None
    for one, other in pairwise(timeline.workload):
        assert other.monday == one.through + dt.timedelta(days=1)
        assert (one.asked, one.available, one.steps) != (other.asked, other.available, other.steps)
    for each in timeline.workload:
        assert each.asked == sum((share.hours for share in each.steps), Fraction(0))
        assert (each.available is None) == (case[1].weekly_hours is None)


@given(cases())
def test_the_audit_counts_the_same_hours_day_by_day(case: Case) -> None:
    timeline = planned(case)
    assume(timeline is not None)
    assert timeline is not None
    assert not about_hours(audit(timeline, case[0], case[1]))


def about_hours(faults: Iterable[str]) -> list[str]:
    return [fault for fault in faults if "hours" in fault or "week" in fault]
