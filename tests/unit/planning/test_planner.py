"""Plans worked out by hand; the arithmetic stands beside each."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
import pytest

from career_path.days.day_rules import Dates, Weekdays, YearlyWindow
from career_path.days.durations import Effort, WorkingDays
from career_path.errors import DocumentError, InvalidValueError, SearchLimitError
from career_path.formats.documents import format_timeline, parse_timeline
from career_path.model.learner import Absence, Held, HoursPeriod, Learner, Record
from career_path.model.pathway import Cohort, Cohorts, Credential, Pathway, Source, Step, Validity
from career_path.model.requirements import Aged, AllOf, AnyOf, AtLeast, Holds, Needs, Requirement
from career_path.model.timeline import (
    ConflictKind,
    DeadlineKind,
    NoRouteError,
    NoticeKind,
    ReasonKind,
    Status,
    Timeline,
)
from career_path.planning import Balanced, plan

TODAY = dt.date(2027, 1, 4)  # a Monday


def day(month: int, of_month: int, year: int = 2027) -> dt.date:
    return dt.date(year, month, of_month)


def make(*steps: Step, goal: Requirement | str = "job", credentials: tuple[Credential, ...] = ()) -> Pathway:
    return Pathway("p", goal=goal, steps=steps, credentials=credentials)


def days_of(timeline: Timeline, step: str) -> tuple[dt.date | None, dt.date | None]:
    return timeline.step(step).start, timeline.step(step).finish


def latest_of(timeline: Timeline, step: str) -> tuple[dt.date | None, dt.date | None]:
    return timeline.step(step).latest_start, timeline.step(step).latest_finish


def test_what_needs_a_step_may_start_on_the_day_it_is_done() -> None:
    # 31 Jan + 1 month is 28 Feb; from 28 to 31 Jan all end on 28 Feb, so the school may slip by no more than the 31st.
    timeline = plan(
        make(Step("school", takes="P1M"), Step("job", requires="school")), Learner(start=day(1, 28)), today=TODAY
    )
    assert days_of(timeline, "school") == (day(1, 28), day(2, 28))
    assert days_of(timeline, "job") == (day(2, 28), day(2, 28))
    assert latest_of(timeline, "school") == (day(1, 31), day(2, 28))
    assert timeline.step("school").slack_days == 3
    assert timeline.step("job").is_critical


def test_a_negative_lag_lets_a_step_come_before_the_end() -> None:
    # School 4 Jan + 90 days = 4 Apr; 30 days before is 5 Mar.
    school = Step("school", takes="P90D")
    timeline = plan(
        make(school, Step("exam", requires=Needs("school", lag="-P30D")), goal="exam"), Learner(), today=TODAY
    )
    assert days_of(timeline, "exam") == (day(3, 5), day(3, 5))
    assert timeline.finish == day(3, 5)
    assert days_of(timeline, "school") == (day(1, 4), day(4, 4))


def test_a_step_that_must_be_fresh_is_delayed() -> None:
    # The exam opens on 1 Jun and the test may be 60 days old: 1 Jun - 60 days = 2 Apr.
    exam = Step("exam", opens=Dates(dates=[day(6, 1)]), requires=Needs("test", within="P60D"))
    timeline = plan(make(Step("test"), exam, goal="exam"), Learner(), today=TODAY)
    assert days_of(timeline, "test") == (day(4, 2), day(4, 2))
    assert timeline.step("test").reasons[0].kind is ReasonKind.FRESH
    assert timeline.step("test").reasons[0].waits_for == "exam"
    (ends,) = [each for each in timeline.deadlines if each.kind is DeadlineKind.ELIGIBILITY_ENDS]
    assert (ends.on, ends.step, ends.needed_by) == (day(6, 1), "test", "exam")


def test_what_may_follow_keeps_its_last_day() -> None:
    # Hours: 400 at 20 a week are 140 days, 4 Jan to 24 May; by six months after the exam: the exam from 24 Nov on.
    hours = Step("hours", kind="experience", takes=Effort(hours=400))
    exam = Step("exam", requires=Needs("hours", order="any", by="P6M"))
    timeline = plan(make(hours, exam, goal="exam"), Learner(weekly_hours=20), today=TODAY)
    assert days_of(timeline, "exam") == (day(1, 4), day(1, 4))
    assert days_of(timeline, "hours") == (day(1, 4), day(5, 24))
    assert latest_of(timeline, "hours") == (day(2, 14), day(7, 4))  # 4 Jan + 6 months = 4 Jul, less 140 days


def test_an_event_in_any_order_without_a_last_day_comes_by_the_finish() -> None:
    timeline = plan(
        make(Step("form", takes="P30D"), Step("job", requires=Needs("form", order="any"))), Learner(), today=TODAY
    )
    assert days_of(timeline, "job") == (day(1, 4), day(1, 4))
    assert timeline.finish == day(2, 3)


def test_events_that_only_bound_each_other_come_by_the_finish_too() -> None:
    one = Step("one", takes="P10D", requires=Needs("two", order="any", by="P5D"))
    two = Step("two", takes="P3D", requires=Needs("one", lag="-P20D"))
    timeline = plan(make(one, two, goal=Needs("one", order="any")), Learner(), today=TODAY)
    assert timeline.finish == day(1, 14)


def test_a_paper_is_taken_late_enough_to_last_through_the_step() -> None:
    # The card lasts through the month end two months on. The course 1 Jun to 31 Aug (92 days, done 1 Sep) needs it
    # through 31 Aug: granted in June at the earliest, 1 Jun + 2 months = 1 Aug, month end 31 Aug. So 1 Jun.
    card = Credential("card", valid=Validity(span="P2M", until="month-end"))
    course = Step("course", takes="P92D", opens=Dates(dates=[day(6, 1)]), requires=Holds("card"))
    timeline = plan(
        make(Step("class", grants=["card"]), course, goal="course", credentials=(card,)), Learner(), today=TODAY
    )
    assert days_of(timeline, "class") == (day(6, 1), day(6, 1))
    assert timeline.step("class").reasons[0].kind is ReasonKind.PAPER_VALID
    assert timeline.renewals[0].valid_through == day(8, 31)


def test_a_paper_that_is_only_needed_at_the_start_may_run_out() -> None:
    card = Credential("card", valid=Validity(span="P10D"))
    course = Step("course", takes="P92D", requires=Holds("card", throughout=False))
    pathway = make(Step("class", grants=["card"]), course, goal="course", credentials=(card,))
    assert plan(pathway, Learner(), today=TODAY).finish == day(4, 6)
    with pytest.raises(NoRouteError):
        plan(
            make(Step("class", grants=["card"]), Step("course", takes="P92D", requires=Holds("card")), goal="course",
                 credentials=(card,)),
            Learner(),
            today=TODAY,
        )  # fmt: skip


def test_a_held_paper_counts_through_its_last_day() -> None:
    # Granted 10 Jan 2025 for two years, through 9 Jan 2027.
    card = Credential("card", valid=Validity(span="P2Y"))
    pathway = make(Step("job", requires=Holds("card")), credentials=(card,))
    held = Learner(holds=[Held("card", granted=day(1, 10, 2025))])
    assert plan(pathway, held, today=day(1, 9)).finish == day(1, 9)
    with pytest.raises(NoRouteError, match="holds card"):
        plan(pathway, held, today=day(1, 10))
    renewed = Learner(holds=[Held("card", granted=day(1, 10, 2025), renewed=[day(1, 2)])])
    timeline = plan(pathway, renewed, today=day(1, 10))
    assert [(each.number, each.valid_through) for each in timeline.renewals] == [(2, day(1, 9, 2029))]


def test_work_pauses_for_absences_and_changes_its_pace() -> None:
    # 20 hours: 4 to 10 Jan at 7 a week is 1 a day, 7 hours. Away 11 to 14 Jan. From 15 Jan 14 a week is 2 a day:
    # 13 hours are 7 days, 15 to 21 Jan; done on 22 Jan.
    hours = [HoursPeriod(hours=7, through=day(1, 14)), HoursPeriod(hours=14, from_=day(1, 15))]
    learner = Learner(weekly_hours=hours, absences=[Absence(from_=day(1, 11), through=day(1, 14))])
    timeline = plan(make(Step("job", takes=Effort(hours=20))), learner, today=TODAY)
    assert days_of(timeline, "job") == (day(1, 4), day(1, 22))


def test_an_exam_never_falls_on_an_absence() -> None:
    learner = Learner(absences=[Absence(from_=day(1, 4), through=day(1, 7))])
    timeline = plan(make(Step("job", kind="exam", opens=Weekdays(days=["mon", "thu"]))), learner, today=TODAY)
    assert timeline.finish == day(1, 11)  # Monday 4th and Thursday 7th are away, the next Monday is the 11th
    assert [reason.kind for reason in timeline.step("job").reasons] == [
        ReasonKind.OPENING,
        ReasonKind.ABSENCE,
        ReasonKind.TODAY,
    ]


def test_cohorts_fix_both_days_and_may_cross() -> None:
    early_long = Cohort(start=day(1, 11), finish=day(6, 1))
    late_short = Cohort(start=day(2, 1), finish=day(3, 1))
    step = Step("job", opens=Cohorts(cohorts=[early_long, late_short]))
    assert days_of(plan(make(step), Learner(), today=TODAY), "job") == (day(2, 1), day(3, 1))
    late = plan(make(step), Learner(), today=TODAY, finish_by=day(7, 1))
    assert days_of(late, "job") == (day(2, 1), day(3, 1))  # it may begin later, although the other ends later


def test_working_days_skip_weekends() -> None:
    # Five working days after Friday 8 Jan is Friday 15 Jan; one from Saturday is Monday.
    timeline = plan(make(Step("job", takes=WorkingDays(5))), Learner(start=day(1, 8)), today=TODAY)
    assert timeline.finish == day(1, 15)
    assert latest_of(timeline, "job")[0] == day(1, 10)  # Saturday and Sunday count as Friday does


def test_the_cheapest_the_earliest_and_the_balanced_route() -> None:
    slow = Step("slow", takes="P100D", cost="100")
    fast = Step("fast", takes="P10D", cost="1000")
    pathway = make(slow, fast, Step("job", requires=AnyOf("slow", "fast"), cost="0"))
    assert plan(pathway, Learner(), today=TODAY).cost.amount == Decimal(1000)
    assert plan(pathway, Learner(), today=TODAY, objective="cheapest").cost.amount == Decimal(100)
    # 90 days more cost 900 less: worth it at less than 10 a day.
    assert plan(pathway, Learner(), today=TODAY, objective=Balanced("9.99")).cost.amount == Decimal(100)
    assert plan(pathway, Learner(), today=TODAY, objective=Balanced("10.01")).cost.amount == Decimal(1000)


def test_an_unknown_cost_is_never_the_cheapest() -> None:
    pathway = make(Step("known", cost="500"), Step("dark"), Step("job", requires=AnyOf("known", "dark"), cost="0"))
    assert [step.id for step in plan(pathway, Learner(), today=TODAY, objective="cheapest").steps] == ["known", "job"]
    timeline = plan(pathway, Learner(choose=["dark"]), today=TODAY)
    assert timeline.cost.unknown == ("dark",)
    assert [(each.kind, each.steps) for each in timeline.notices] == [(NoticeKind.UNKNOWN_COST, ("dark",))]


def test_routes_within_deadline_and_budget_come_first() -> None:
    slow, fast = Step("slow", takes="P100D", cost="100"), Step("fast", takes="P10D", cost="1000")
    pathway = make(slow, fast, Step("job", requires=AnyOf("slow", "fast"), cost="0"))
    assert plan(pathway, Learner(budget=500), today=TODAY).finish == day(4, 14)  # 4 Jan + 100 days
    timeline = plan(pathway, Learner(budget=500, deadline=day(2, 1)), today=TODAY)
    assert timeline.finish == day(1, 14)
    assert [(each.kind, each.amount) for each in timeline.conflicts] == [(ConflictKind.BUDGET, Decimal(500))]


def test_a_missed_deadline_is_told_with_its_days_and_negative_slack() -> None:
    timeline = plan(make(Step("job", takes="P30D")), Learner(deadline=day(1, 24)), today=TODAY)
    (conflict,) = timeline.conflicts
    assert (conflict.kind, conflict.days, conflict.on) == (ConflictKind.DEADLINE, 10, day(1, 24))
    assert timeline.step("job").slack_days == -10


def test_finish_by_gives_the_latest_days() -> None:
    # Done by 31 Mar with a month of school: 28 Feb + 1 month is 28 Mar, 1 Mar + 1 month is 1 Apr. So 28 Feb.
    pathway = make(Step("school", takes="P1M"), Step("job", requires="school"))
    timeline = plan(pathway, Learner(), today=TODAY, finish_by=day(3, 31))
    assert timeline.is_latest
    assert days_of(timeline, "school") == (day(2, 28), day(3, 28))
    assert days_of(timeline, "job") == (day(3, 31), day(3, 31))
    late = plan(pathway, Learner(), today=TODAY, finish_by=day(1, 31))
    assert (late.is_latest, late.finish) == (False, day(2, 4))
    assert [each.kind for each in late.conflicts] == [ConflictKind.FINISH_BY]


def test_a_finished_step_keeps_its_day_and_what_it_needed_is_taken_as_met() -> None:
    pathway = make(
        Step("school", takes="P1Y"), Step("exam", requires="school"), Step("job", requires=Needs("exam", lag="P14D"))
    )
    timeline = plan(pathway, Learner(records=[Record("exam", finished=day(1, 1))]), today=TODAY)
    assert timeline.finish == day(1, 15)
    assert [(step.id, step.status) for step in timeline.steps] == [("exam", Status.FINISHED), ("job", Status.PLANNED)]
    assert [each.kind for each in timeline.notices if each.kind is not NoticeKind.UNKNOWN_COST] == [
        NoticeKind.TAKEN_AS_MET
    ]


def test_a_running_step_is_done_no_earlier_than_today() -> None:
    pathway = make(Step("school", takes="P30D"), Step("job", requires="school"))
    started = Learner(records=[Record("school", started=day(12, 20, 2026))])
    assert plan(pathway, started, today=TODAY).finish == day(1, 19)
    late = Learner(records=[Record("school", started=day(6, 1, 2026))])
    timeline = plan(pathway, late, today=TODAY)
    assert timeline.finish == TODAY
    assert (timeline.step("school").slack_days, timeline.step("school").status) == (0, Status.RUNNING)


def test_a_finished_step_that_is_too_old_is_done_again() -> None:
    # The test of 1 Jan 2024 is three years old; the job wants it within a year. Done again it costs 50.
    pathway = make(Step("test", takes="P7D", cost="50"), Step("job", requires=Needs("test", within="P1Y"), cost="0"))
    timeline = plan(pathway, Learner(records=[Record("test", finished=day(1, 1, 2024))]), today=TODAY)
    assert (timeline.step("test").status, timeline.finish) == (Status.REDO, day(1, 11))
    assert timeline.cost.amount == Decimal(50)
    fresh = plan(pathway, Learner(records=[Record("test", finished=day(1, 1))]), today=TODAY)
    assert (fresh.step("test").status, fresh.cost.amount) == (Status.FINISHED, Decimal(0))


def test_a_step_is_not_done_again_for_other_reasons() -> None:
    # Doing the exam again would let the hours follow it later; but nothing asks for a fresh exam.
    hours = Step("hours", takes="P30D")
    exam = Step("exam", requires=Needs("hours", order="any", by="P60D"))
    job = Step("job", requires=AllOf("exam", Needs("hours", order="any"), AtLeast(0, Needs("exam", within="P1Y"))))
    records = [Record("exam", finished=day(1, 2))]
    timeline = plan(make(hours, exam, job), Learner(records=records), today=TODAY)
    assert timeline.step("exam").status is Status.FINISHED


def test_a_waived_step_counts_as_done() -> None:
    pathway = make(Step("school", takes="P1Y"), Step("job", requires=Needs("school", lag="P1M")))
    assert plan(pathway, Learner(records=[Record("school", waived=True)]), today=TODAY).finish == TODAY


def test_ages_count_from_the_birthday_and_one_born_on_29_february_waits_for_march() -> None:
    pathway = make(Step("job", requires=Aged(18)))
    assert plan(pathway, Learner(born=day(2, 29, 2012)), today=TODAY).finish == day(3, 1, 2030)
    with pytest.raises(DocumentError, match="born: missing"):
        plan(pathway, Learner(), today=TODAY)


def test_a_contradiction_in_days_is_refused_by_proof_and_names_its_rules() -> None:
    one = Step("one", takes="P10D", requires=Needs("two", order="any", by="P5D"))
    two = Step("two", takes="P3D", requires=Needs("one", lag="P1D"))
    with pytest.raises(NoRouteError) as caught:
        plan(make(one, two, goal=AllOf("one", "two")), Learner(), today=TODAY)
    (conflict,) = caught.value.conflicts
    assert set(conflict.rules) == {"steps.one.requires: two by P5D", "steps.two.requires: one lag P1D"}
    assert (caught.value.timeline.is_feasible, caught.value.timeline.finish) == (False, None)


def test_pins_that_leave_no_route_are_told() -> None:
    pathway = make(Step("a"), Step("b"), Step("job", requires=AnyOf("a", "b")))
    assert [step.id for step in plan(pathway, Learner(avoid=["a"]), today=TODAY).steps] == ["b", "job"]
    with pytest.raises(NoRouteError) as caught:
        plan(pathway, Learner(avoid=["a", "b"]), today=TODAY)
    assert caught.value.conflicts[0].kind is ConflictKind.CHOICE
    with pytest.raises(DocumentError, match="did you mean 'job'"):
        plan(pathway, Learner(choose=["jbo"]), today=TODAY)


def test_too_many_routes_are_an_error_and_no_plan() -> None:
    steps = [Step(f"s{index}{side}") for index in range(20) for side in "ab"]
    pathway = make(*steps, goal=AllOf(*(AnyOf(f"s{index}a", f"s{index}b") for index in range(20))))
    with pytest.raises(SearchLimitError, match="more than 10 choices"):
        plan(pathway, Learner(), today=TODAY, max_routes=10)


def test_a_long_chain_needs_no_deep_stack() -> None:
    steps = [Step("s0"), *(Step(f"s{index}", takes="P1D", requires=f"s{index - 1}") for index in range(1, 3000))]
    timeline = plan(make(*steps, goal="s2999"), Learner(), today=TODAY)
    assert timeline.finish == TODAY + dt.timedelta(days=2999)


def test_deadlines_follow_the_windows_and_kinds_of_steps() -> None:
    program = Step("program", kind="program", takes="P1M", opens=YearlyWindow(from_="03-01", through="03-31"))
    timeline = plan(make(program, Step("job", requires="program")), Learner(deadline=day(6, 1)), today=TODAY)
    told = [(each.kind, each.on) for each in timeline.deadlines]
    assert told == [
        (DeadlineKind.WINDOW_OPENS, day(3, 1)),
        (DeadlineKind.ENROLL_BY, day(3, 31)),
    ]
    assert timeline.step("program").slack_days == 30


def test_facts_from_memory_are_noticed() -> None:
    job = Step("job", cost="1", sources=["M"])
    pathway = Pathway("p", goal="job", steps=[job], sources=[Source("M", sure="memory")])
    assert [(each.kind, each.detail) for each in plan(pathway, Learner(), today=TODAY).notices] == [
        (NoticeKind.UNSURE_FACT, ("M",))
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"today": dt.datetime(2027, 1, 4, tzinfo=dt.UTC)}, "not-a-date"),
        ({"today": TODAY, "finish_by": "2027-01-04"}, "not-a-date"),
        ({"today": TODAY, "objective": "fastest"}, "not-a-choice"),
    ],
    ids=["datetime", "text", "objective"],
)
def test_arguments_that_make_no_sense_are_refused(arguments: dict[str, object], code: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        plan(make(Step("job")), Learner(), **arguments)  # type: ignore[arg-type]
    assert caught.value.code == code


def test_a_record_of_tomorrow_is_a_fault() -> None:
    with pytest.raises(DocumentError, match=r"records\.job\.finished: in-the-future"):
        plan(make(Step("job")), Learner(records=[Record("job", finished=day(1, 5))]), today=TODAY)


@pytest.mark.parametrize(
    ("started", "finish"),
    [(day(12, 1, 2026), day(6, 1)), (day(12, 2, 2026), day(6, 1)), (day(11, 30, 2026), day(1, 4))],
    ids=["its first day", "a day later", "before any"],
)
def test_a_running_cohort_ends_when_its_run_ends(started: dt.date, finish: dt.date) -> None:
    run = Cohorts(cohorts=[Cohort(start=day(12, 1, 2026), finish=day(6, 1))])
    timeline = plan(make(Step("job", opens=run)), Learner(records=[Record("job", started=started)]), today=TODAY)
    assert timeline.finish == finish


def test_what_is_asked_for_after_the_start_is_a_deadline() -> None:
    # Trained at most 90 days after the job begins, 4 January 2027: 4 April. Of 60 and 90 days, the earlier counts.
    training = Needs("training", order="any", by="P90D")
    job = Step("job", kind="job", requires=training)
    pathway = make(Step("training", takes="P10D"), job, goal="job")
    timeline = plan(pathway, Learner(records=[Record("job", started=day(1, 4))]), today=TODAY)
    (due,) = [each for each in timeline.deadlines if each.kind is DeadlineKind.DUTY_BY]
    assert (due.on, due.step, due.needed_by) == (day(4, 4), "training", "job")
    stricter = attrs.evolve(job, requires=AllOf(training, attrs.evolve(training, by="P60D")))
    timeline = plan(attrs.evolve(pathway, steps=[pathway.steps[0], stricter]), Learner(), today=TODAY)
    assert [each.on for each in timeline.deadlines if each.kind is DeadlineKind.DUTY_BY] == [day(3, 5)]
    done = Learner(records=[Record("training", finished=day(1, 2))])
    assert not [each for each in plan(pathway, done, today=TODAY).deadlines if each.kind is DeadlineKind.DUTY_BY]


def test_what_has_to_begin_after_the_start_is_a_deadline_too() -> None:
    # Enrolled at most two months after the job begins, 4 January 2027: 4 March.
    job = Step("job", kind="job", requires=Needs("school", of="start", order="any", by="P2M"))
    pathway = make(Step("school", takes="P1Y"), job, goal="job")
    timeline = plan(pathway, Learner(), today=TODAY)
    (due,) = [each for each in timeline.deadlines if each.needed_by == "job"]
    assert (due.kind, due.on, due.step) == (DeadlineKind.START_BY, day(3, 4), "school")


def test_a_credential_keeps_its_name_beside_a_step_of_the_same_id() -> None:
    course = Step("bls", title="BLS course", takes="P1D", grants=["bls"])
    card = Credential("bls", title="BLS card", valid=Validity(span="P2Y"))
    timeline = plan(make(course, Step("job", requires=Holds("bls")), credentials=(card,)), Learner(), today=TODAY)
    assert (timeline.name_of("bls"), timeline.credential_name("bls")) == ("BLS course", "BLS card")
    told = {each.kind: timeline.subject_of(each) for each in timeline.deadlines}
    assert told == {DeadlineKind.START_BY: "BLS course", DeadlineKind.EXPIRES: "BLS card"}
    assert parse_timeline(format_timeline(timeline)) == timeline


def test_what_a_recorded_step_wants_fresh_bounds_the_latest_dates_too() -> None:
    """The course was to begin at most a month before the exam of 1 December 2026, or after it.

    It opens on 30 June 2026, too early, and on 20 January 2027, which is done on 1 March: after 20 February.
    """
    course = Step("course", takes="P40D", opens=Dates(dates=[day(6, 30, 2026), day(1, 20)]))
    exam = Step("exam", requires=Needs("course", of="start", within="P1M", order="any"))
    learner = Learner(
        records=[Record("exam", started=day(12, 1, 2026), finished=day(12, 1, 2026))], deadline=day(2, 20)
    )
    timeline = plan(make(course, exam, goal=AllOf("course", "exam")), learner, today=TODAY)
    assert days_of(timeline, "course") == (day(1, 20), day(3, 1))
    assert timeline.step("course").latest_start is None
    assert [each.kind.value for each in timeline.conflicts] == ["deadline", "no-latest"]


def test_of_two_freshness_rules_on_one_step_the_stricter_is_the_deadline() -> None:
    exam = Step("exam", requires=AllOf(Needs("test", within="P20D"), Needs("test", within="P30D")))
    timeline = plan(make(Step("test"), exam, goal="exam"), Learner(), today=TODAY)
    ends = [each.on for each in timeline.deadlines if each.kind is DeadlineKind.ELIGIBILITY_ENDS]
    assert ends == [day(1, 24)]


def test_a_credential_always_has_its_expiry_and_the_same_id_when_it_is_recorded() -> None:
    card = Credential("card", valid=Validity(span="P60M", until="month-end"))
    pathway = make(Step("exam", grants=["card"]), Step("job", requires=Holds("card")), credentials=(card,))
    planned = plan(pathway, Learner(), today=TODAY)
    done = [Record("exam", finished=TODAY), Record("job", finished=TODAY)]
    recorded = plan(pathway, Learner(records=done), today=TODAY)
    told = [(each.kind, each.on, each.id) for each in planned.deadlines]
    assert told == [(DeadlineKind.EXPIRES, day(1, 31, 2032), recorded.deadlines[0].id)]


def test_what_is_paid_keeps_its_known_cost_but_is_not_in_the_total() -> None:
    pathway = make(Step("school", cost="100", takes="P30D"), Step("job", requires="school", cost="7"))
    timeline = plan(pathway, Learner(records=[Record("school", started=day(1, 1))]), today=TODAY)
    assert (timeline.step("school").cost, timeline.cost.amount) == (Decimal(100), Decimal(7))


def test_a_paper_that_nothing_grants_is_named() -> None:
    pathway = make(Step("job", requires=Holds("card")), credentials=(Credential("card"),))
    with pytest.raises(NoRouteError) as caught:
        plan(pathway, Learner(), today=TODAY)
    assert caught.value.conflicts[0].rules == ("steps.job.requires: holds card",)


def test_a_missed_deadline_has_no_days_to_start_by() -> None:
    program = Step("program", kind="program", takes="P30D")
    timeline = plan(make(program, Step("job", requires="program")), Learner(deadline=day(1, 10)), today=TODAY)
    assert timeline.deadlines == ()


def test_a_birth_date_of_tomorrow_is_a_fault() -> None:
    with pytest.raises(DocumentError, match="born: in-the-future"):
        plan(make(Step("job")), Learner(born=day(1, 5)), today=TODAY)


def test_a_shared_unknown_cost_does_not_make_another_one_free() -> None:
    # Both ways begin with a course of unknown price; the exam for one cent beats the exam of unknown price.
    course, dark, cheap = Step("course"), Step("dark", requires="course"), Step("cheap", requires="course", cost="0.01")
    pathway = make(course, dark, cheap, goal=AnyOf("dark", "cheap"))
    timeline = plan(pathway, Learner(), today=TODAY, objective="cheapest")
    assert [step.id for step in timeline.steps] == ["course", "cheap"]
