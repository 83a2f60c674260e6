"""The planner that tries everything, on cases small enough to work out with a calendar and a pencil."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
import pytest

from brute_force import OutOfScopeError, Result, best, is_open
from career_path.days.day_rules import (
    Birthday,
    BirthMonthEnd,
    Dates,
    DayOfYear,
    DayRule,
    MonthEnd,
    Weekdays,
    YearlyWindow,
)
from career_path.days.durations import Effort, Estimate, WorkingDays
from career_path.days.spans import Span
from career_path.model.learner import Absence, Held, HoursPeriod, Learner, Record
from career_path.model.pathway import Cohort, Cohorts, Credential, Pathway, Step, StepKind, Validity
from career_path.model.requirements import Aged, AllOf, AnyOf, AtLeast, Holds, Needs, Requirement

TODAY = dt.date(2027, 1, 4)  # a Monday
ME = Learner()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def pathway(*steps: Step, goal: Requirement | str, credentials: tuple[Credential, ...] = ()) -> Pathway:
    return Pathway("p", goal=goal, steps=steps, credentials=credentials)


def solved(
    path: Pathway, learner: Learner = ME, *, finish_by: dt.date | None = None, objective: object = "earliest"
) -> Result:
    found = best(
        path, learner, today=TODAY, finish_by=finish_by, objective=objective, last_day=TODAY + dt.timedelta(days=800)
    )
    assert found is not None
    return found


def starts(result: Result) -> dict[str, str]:
    return {step.id: str(step.start) for step in result.steps}


def latest(result: Result) -> dict[str, str]:
    return {step.id: str(step.latest_start) for step in result.steps}


def test_a_chain_adds_its_lengths_and_lags() -> None:
    path = pathway(
        Step("school", takes="P1M", cost=10),
        Step("exam", requires=Needs("school", lag="P7D"), cost="2.50"),
        goal="exam",
    )
    found = solved(path)
    assert starts(found) == {"school": "2027-01-04", "exam": "2027-02-11"}
    assert (found.finish, found.cost) == (day("2027-02-11"), Decimal("12.50"))


def test_a_clamped_month_leaves_slack_although_nothing_else_does() -> None:
    """Both 28 and 31 January plus a month are 28 February."""
    path = pathway(Step("school", takes="P1M"), Step("job", requires="school"), goal="job")
    found = solved(path, Learner(start=day("2027-01-28")))
    assert found.finish == day("2027-02-28")
    assert latest(found) == {"school": "2027-01-31", "job": "2027-02-28"}


def test_latest_days_are_counted_back_from_the_deadline() -> None:
    path = pathway(Step("school", takes="P10D"), Step("exam", requires=Needs("school", lag="P5D")), goal="exam")
    found = solved(path, Learner(deadline=day("2027-02-28")))
    assert latest(found) == {"school": "2027-02-13", "exam": "2027-02-28"}
    assert found.steps[1].latest_finish == day("2027-02-23")


def test_a_missed_deadline_has_latest_days_before_today() -> None:
    path = pathway(Step("school", takes="P10D"), goal="school")
    assert latest(solved(path, Learner(deadline=day("2027-01-09")))) == {"school": "2026-12-30"}


def test_a_deadline_that_no_day_can_meet_leaves_latest_days_empty() -> None:
    path = pathway(Step("sit", opens=Dates(dates=[day("2027-03-01")])), goal="sit")
    assert latest(solved(path, Learner(deadline=day("2027-02-01")))) == {"sit": "None"}


def test_a_fresh_paper_is_fetched_later() -> None:
    path = pathway(
        Step("check"),
        Step("school", takes="P60D"),
        Step("job", requires=AllOf("school", Needs("check", within="P30D"))),
        goal="job",
    )
    found = solved(path)
    assert starts(found) == {"school": "2027-01-04", "job": "2027-03-05", "check": "2027-02-03"}
    assert latest(found)["check"] == "2027-03-05"


def test_a_negative_lag_lets_a_step_begin_before_the_other_ends() -> None:
    path = pathway(Step("school", takes="P60D"), Step("apply", requires=Needs("school", lag="-P30D")), goal="apply")
    found = solved(path)
    assert starts(found) == {"school": "2027-01-04", "apply": "2027-02-03"}


def test_any_order_lets_the_hours_come_after_the_exam_but_not_too_late() -> None:
    path = pathway(
        Step("hours", takes="P100D"),
        Step("exam", requires=Needs("hours", order="any", by="P30D")),
        goal="exam",
    )
    found = solved(path)
    # the hours are done on 14 April; the exam may be 30 days before that
    assert starts(found) == {"hours": "2027-01-04", "exam": "2027-03-15"}


def test_an_event_without_another_bound_happens_by_the_end_of_the_plan() -> None:
    path = pathway(Step("hours", takes="P100D"), Step("exam", requires=Needs("hours", order="any")), goal="exam")
    found = solved(path)
    assert starts(found)["exam"] == "2027-01-04"
    assert found.finish == day("2027-04-14")
    assert latest(found) == {"hours": "2027-01-04", "exam": "2027-04-14"}


def test_the_start_of_a_step_can_be_needed_instead_of_its_finish() -> None:
    path = pathway(
        Step("school", takes="P60D"), Step("club", requires=Needs("school", of="start", lag="P3D")), goal="club"
    )
    assert solved(path).finish == day("2027-01-07")


def test_all_routes_are_tried_and_the_fastest_wins() -> None:
    path = pathway(
        Step("slow", takes="P20D", cost=1),
        Step("fast", takes="P10D", cost=50),
        Step("job", requires=AnyOf("slow", "fast"), cost=0),
        goal="job",
    )
    assert starts(solved(path)).keys() == {"fast", "job"}
    assert starts(solved(path, objective="cheapest")).keys() == {"slow", "job"}
    assert starts(solved(path, Learner(avoid=["fast"]))).keys() == {"slow", "job"}
    assert starts(solved(path, Learner(choose=["slow"]))).keys() == {"slow", "job"}
    assert starts(solved(path, Learner(budget=Decimal(5)))).keys() == {"slow", "job"}


def test_an_unknown_cost_is_never_free() -> None:
    path = pathway(Step("priced", cost=500), Step("unknown"), goal=AnyOf("priced", "unknown"))
    assert starts(solved(path, objective="cheapest")).keys() == {"priced"}


@attrs.frozen
class _Balanced:
    per_day: Decimal


def test_a_day_can_be_given_a_price() -> None:
    path = pathway(Step("slow", takes="P20D", cost=1), Step("fast", takes="P10D", cost=50), goal=AnyOf("slow", "fast"))
    # slow: 1 + 20 p, fast: 50 + 10 p; they are equal at p = 4.90
    assert starts(solved(path, objective=_Balanced(Decimal("4.89")))).keys() == {"slow"}
    assert starts(solved(path, objective=_Balanced(Decimal("4.91")))).keys() == {"fast"}


def test_at_least_two_of_three_takes_the_two_fastest() -> None:
    steps = [Step(name, takes=f"P{length}D") for name, length in (("x", 5), ("y", 9), ("z", 7))]
    found = solved(pathway(*steps, goal=AtLeast(2, "x", "y", "z")))
    assert (found.finish, set(starts(found))) == (day("2027-01-11"), {"x", "z"})


def test_equally_good_routes_are_all_told_and_the_smallest_ids_come_first() -> None:
    found = solved(pathway(Step("b", cost=1), Step("a", cost=1), goal=AnyOf("b", "a")))
    assert found.step_sets == {("a",), ("b",)}
    assert starts(found).keys() == {"a"}


def test_working_days_are_monday_to_friday() -> None:
    path = pathway(Step("wait", takes=WorkingDays(5)), goal="wait")
    assert solved(path).finish == day("2027-01-11")
    assert solved(path, Learner(start=day("2027-01-09"))).finish == day("2027-01-15")


def test_hours_of_work_pause_for_absences_and_start_on_a_day_that_has_some() -> None:
    path = pathway(Step("work", takes=Effort(hours=20)), goal="work")
    away = Absence(from_=day("2027-01-04"), through=day("2027-01-05"))
    later = Absence(from_=day("2027-01-08"), through=day("2027-01-08"))
    # two hours a day: ten working days from the 6th, the 8th left out
    found = solved(path, Learner(weekly_hours=14, absences=[away, later]))
    assert (starts(found)["work"], found.finish) == ("2027-01-06", day("2027-01-17"))


def test_hours_follow_the_periods_and_the_limit_of_the_step() -> None:
    periods = [
        HoursPeriod(hours=7, from_=day("2027-01-06"), through=day("2027-01-10")),
        HoursPeriod(hours=70, from_=day("2027-01-11")),
    ]
    path = pathway(Step("work", takes=Effort(hours=15, weekly_at_most=35)), goal="work")
    found = solved(path, Learner(weekly_hours=periods))
    # five days of one hour from the 6th, then two of five hours (not ten)
    assert (starts(found)["work"], found.finish) == ("2027-01-06", day("2027-01-13"))


def test_hours_without_a_pace_are_refused() -> None:
    with pytest.raises(OutOfScopeError):
        solved(pathway(Step("work", takes=Effort(hours=20)), goal="work"))


def test_an_estimate_counts_as_likely() -> None:
    takes = Estimate(low=Span(days=1), likely=Span(days=2), high=Span(days=9))
    assert solved(pathway(Step("a", takes=takes), goal="a")).finish == day("2027-01-06")


def test_a_forbidding_absence_moves_the_whole_step() -> None:
    away = Absence(from_=day("2027-01-08"), through=day("2027-01-08"))
    path = pathway(Step("course", takes="P4D", absence="forbid"), goal="course")
    assert starts(solved(path, Learner(absences=[away]))) == {"course": "2027-01-04"}
    path = pathway(Step("course", takes="P5D", absence="forbid"), goal="course")
    assert starts(solved(path, Learner(absences=[away]))) == {"course": "2027-01-09"}


def test_an_exam_is_not_sat_on_an_absence() -> None:
    away = Absence(from_=day("2027-01-04"), through=day("2027-01-06"))
    path = pathway(Step("exam", kind=StepKind.EXAM), goal="exam")
    assert starts(solved(path, Learner(absences=[away]))) == {"exam": "2027-01-07"}


def test_a_cohort_fixes_both_days_and_the_one_that_ends_first_is_taken() -> None:
    long = Cohort(start=day("2027-01-10"), finish=day("2027-03-01"))
    short = Cohort(start=day("2027-01-20"), finish=day("2027-02-01"))
    path = pathway(Step("course", opens=Cohorts(cohorts=[long, short])), goal="course")
    assert starts(solved(path)) == {"course": "2027-01-20"}
    away = Absence(from_=day("2027-01-31"), through=day("2027-01-31"))
    assert best(path, Learner(absences=[away]), today=TODAY, last_day=day("2028-01-01")) is None


def test_a_cohort_may_slip_to_a_later_one_that_does_not_end_sooner() -> None:
    """The middle one begins later than the first and ends sooner, so a route has only one of the two."""
    days = (("2027-01-10", "2027-03-01"), ("2027-01-20", "2027-02-01"), ("2027-04-01", "2027-04-05"))
    cohorts = [Cohort(start=day(start), finish=day(finish)) for start, finish in days]
    path = pathway(Step("course", opens=Cohorts(cohorts=cohorts)), goal="course")
    assert latest(solved(path, Learner(deadline=day("2027-05-01")))) == {"course": "2027-04-01"}
    assert latest(solved(path, Learner(deadline=day("2027-03-31")))) == {"course": "2027-01-20"}


CARD = Credential("card", valid=Validity(span=Span(days=10)))


def test_a_paper_is_fetched_late_enough_to_last() -> None:
    path = pathway(
        Step("class", grants=["card"]),
        Step("school", takes="P30D"),
        Step("work", takes="P5D", requires=AllOf("school", Holds("card"))),
        goal="work",
        credentials=(CARD,),
    )
    found = solved(path)
    # work lasts from 3 to 7 February; ten days that end on the 7th begin on 29 January
    assert starts(found) == {"class": "2027-01-29", "school": "2027-01-04", "work": "2027-02-03"}


def test_a_held_paper_is_used_while_it_lasts_and_else_another_is_fetched() -> None:
    path = pathway(
        Step("class", takes="P2D", grants=["card"]),
        Step("work", takes="P5D", requires=Holds("card")),
        goal="work",
        credentials=(CARD,),
    )
    # granted on 30 December the card lasts through 8 January, the last day of the work
    assert starts(solved(path, Learner(holds=[Held("card", granted=day("2026-12-30"))]))) == {"work": "2027-01-04"}
    late = solved(path, Learner(holds=[Held("card", granted=day("2026-12-29"))]))
    assert starts(late) == {"class": "2027-01-04", "work": "2027-01-06"}


def test_renewals_in_time_keep_the_anchor_and_a_late_one_begins_anew() -> None:
    path = pathway(Step("work", requires=Holds("card")), goal="work", credentials=(CARD,))
    # 20 December + 2 x 10 days: through 8 January
    kept = Held("card", granted=day("2026-12-20"), renewed=[day("2026-12-22")])
    assert latest(solved(path, Learner(holds=[kept], deadline=day("2027-02-01")))) == {"work": "2027-01-08"}
    # through 27 December, so the renewal on the 30th is late and lasts through 8 January
    lapsed = Held("card", granted=day("2026-12-18"), renewed=[day("2026-12-30")])
    assert latest(solved(path, Learner(holds=[lapsed], deadline=day("2027-02-01")))) == {"work": "2027-01-08"}
    # a renewal on the last day is in time: 20 December + 2 x 10 days again
    again = Held("card", granted=day("2026-12-20"), renewed=[day("2026-12-29")])
    assert latest(solved(path, Learner(holds=[again], deadline=day("2027-02-01")))) == {"work": "2027-01-08"}
    both = Held("card", granted=day("2026-12-09"), renewed=[day("2026-12-20"), day("2026-12-29")])
    # 18 December has passed on the 20th: anew from there, then kept: 20 December + 2 x 10 days
    assert latest(solved(path, Learner(holds=[both], deadline=day("2027-02-01")))) == {"work": "2027-01-08"}


@pytest.mark.parametrize(
    ("until", "through"),
    [
        ("day-before", "2027-02-03"),
        ("anniversary", "2027-02-04"),
        ("month-end", "2027-02-28"),
        (DayOfYear(on="06-30", years="even"), "2028-06-30"),
    ],
)
def test_each_end_of_a_validity(until: DayRule | str, through: str) -> None:
    card = Credential("card", valid=Validity(span=Span(months=1), until=until))
    path = pathway(Step("work", requires=Holds("card")), goal="work", credentials=(card,))
    me = Learner(holds=[Held("card", granted=TODAY)], deadline=day("2029-01-01"))
    found = best(path, me, today=TODAY, last_day=day("2029-01-01"))
    assert found is not None
    assert latest(found) == {"work": through}


def test_an_age_is_reached_on_the_birthday_and_lost_on_another() -> None:
    path = pathway(Step("vote", requires=Aged(18)), goal="vote")
    assert solved(path, Learner(born=day("2009-02-28"))).finish == day("2027-02-28")
    assert solved(path, Learner(born=day("2008-02-29"), start=day("2026-01-01"))).finish == TODAY
    young = pathway(Step("camp", requires=Aged(10, under=19)), goal="camp")
    assert latest(solved(young, Learner(born=day("2008-02-29"), deadline=day("2027-04-01")))) == {"camp": "2027-02-28"}


def test_finished_steps_keep_their_days_and_are_paid() -> None:
    path = pathway(
        Step("school", takes="P1Y", cost=99), Step("job", requires=Needs("school", lag="P1Y"), cost=0), goal="job"
    )
    found = solved(path, Learner(records=[Record("school", finished=day("2026-03-01"))]))
    assert (starts(found), found.cost) == ({"school": "None", "job": "2027-03-01"}, Decimal(0))
    assert found.steps[1].latest_finish == day("2026-03-01")


def test_a_finished_step_too_old_is_redone() -> None:
    path = pathway(
        Step("check", takes="P3D", cost=7), Step("job", requires=Needs("check", within="P30D"), cost=0), goal="job"
    )
    old = solved(path, Learner(records=[Record("check", finished=day("2026-12-01"))]))
    assert [(step.id, step.status) for step in old.steps] == [("check", "redo"), ("job", "planned")]
    assert (old.finish, old.cost) == (day("2027-01-07"), Decimal(7))
    fresh = solved(path, Learner(records=[Record("check", finished=day("2026-12-05"))]))
    assert (fresh.finish, fresh.cost, fresh.steps[0].status) == (TODAY, Decimal(0), "finished")


def test_a_running_step_ends_no_sooner_than_today_and_its_slack_is_at_its_end() -> None:
    path = pathway(Step("school", takes="P10D"), Step("job", requires="school"), goal="job")
    overdue = solved(path, Learner(records=[Record("school", started=day("2026-12-01"))]))
    assert (overdue.finish, overdue.steps[1].start) == (TODAY, day("2026-12-01"))
    running = solved(path, Learner(records=[Record("school", started=day("2027-01-01"))], deadline=day("2027-01-20")))
    assert running.steps[1].finish == day("2027-01-11")
    assert running.steps[1].latest_finish == day("2027-01-20")


def test_a_waived_step_counts_from_its_day_and_grants_nothing() -> None:
    path = pathway(
        Step("school", takes="P1Y", grants=["card"]),
        Step("job", requires=Needs("school", lag="P9D")),
        goal="job",
        credentials=(CARD,),
    )
    assert solved(path, Learner(records=[Record("school", waived=True)])).finish == TODAY
    assert solved(path, Learner(records=[Record("school", waived=day("2027-01-02"))])).finish == TODAY
    card = attrs.evolve(path, goal=Holds("card"))
    waived = Learner(records=[Record("school", waived=True)])
    assert best(card, waived, today=TODAY, last_day=day("2028-01-01")) is None


def test_what_a_recorded_step_still_asks_for_is_planned_in_time() -> None:
    exam = Step("exam", requires=Needs("hours", order="any", by="P60D"))
    path = pathway(Step("hours", takes="P5D"), exam, Step("job", requires="exam"), goal="job")
    found = solved(path, Learner(records=[Record("exam", finished=day("2026-12-01"))], deadline=day("2027-06-01")))
    assert starts(found) == {"exam": "2026-12-01", "hours": "2027-01-04", "job": "2027-01-04"}
    assert latest(found)["hours"] == "2027-01-25"
    too_late = solved(path, Learner(records=[Record("exam", finished=day("2026-10-01"))]))
    assert starts(too_late).keys() == {"exam", "job"}


def test_what_a_recorded_step_had_to_wait_for_is_taken_as_met() -> None:
    path = pathway(Step("school", takes="P9D"), Step("exam", requires="school"), goal="exam")
    found = solved(path, Learner(records=[Record("exam", finished=day("2026-12-01"))]))
    assert (found.finish, starts(found)) == (day("2026-12-01"), {"exam": "2026-12-01"})


def test_a_recorded_step_is_not_met_by_its_own_paper() -> None:
    refresher = Step("refresher", requires=Holds("card"), grants=["card"])
    first = Step("first", grants=["card"])
    path = pathway(first, refresher, goal="refresher", credentials=(CARD,))
    begun = Record("refresher", started=day("2026-12-01"), finished=day("2026-12-01"))
    assert solved(path, Learner(records=[begun])).step_sets == {("refresher",)}
    both = [Record("first", started=day("2026-11-25"), finished=day("2026-11-25")), begun]
    assert solved(path, Learner(records=both)).step_sets == {("first", "refresher")}


def test_only_supported_alternatives_of_a_recorded_step_are_used() -> None:
    steps = [Step("a"), Step("b"), Step("job", requires=AnyOf("a", "b"))]
    done = [Record("b", finished=day("2026-11-01")), Record("job", finished=day("2026-12-01"))]
    assert solved(pathway(*steps, goal="job"), Learner(records=done)).step_sets == {("b", "job")}


def test_an_empty_goal_holds_from_the_first_day_on() -> None:
    assert solved(pathway(Step("a"), goal=AllOf()), Learner(start=day("2027-02-01"))).finish == day("2027-02-01")


def test_rings_are_no_routes_and_a_route_out_of_one_is() -> None:
    path = pathway(Step("a", requires=AnyOf("b", "c")), Step("b", requires="a"), Step("c", takes="P9D"), goal="b")
    assert starts(solved(path)).keys() == {"a", "b", "c"}


def test_finish_by_begins_as_late_as_it_can() -> None:
    path = pathway(Step("slow", takes="P20D", cost=1), Step("fast", takes="P10D", cost=50), goal=AnyOf("slow", "fast"))
    found = solved(path, finish_by=day("2027-02-01"), objective="cheapest")
    assert (found.is_latest, latest(found)) == (True, {"fast": "2027-01-22"})
    sooner = solved(path, Learner(deadline=day("2027-01-25")), finish_by=day("2027-02-01"))
    assert latest(sooner) == {"fast": "2027-01-15"}
    missed = solved(path, finish_by=day("2027-01-10"))
    assert (missed.is_latest, starts(missed)) == (False, {"fast": "2027-01-04"})


def test_no_schedule_is_no_result() -> None:
    path = pathway(Step("sit", opens=Dates(dates=[day("2026-03-01")])), goal="sit")
    assert best(path, ME, today=TODAY, last_day=day("2030-01-01")) is None


@pytest.mark.parametrize(
    ("rule", "inside", "outside"),
    [
        (Weekdays(days=["mon"]), "2027-01-04", "2027-01-05"),
        (MonthEnd(), "2028-02-29", "2028-02-28"),
        (DayOfYear(on="06-30", years="odd"), "2027-06-30", "2028-06-30"),
        (Birthday(), "2027-03-01", "2027-02-28"),
        (Birthday(), "2028-02-29", "2028-03-01"),
        (Birthday(years="birth"), "2026-03-01", "2027-03-01"),
        (BirthMonthEnd(years="even"), "2028-02-29", "2027-02-28"),
        (YearlyWindow(from_="08-01", through="09-16"), "2027-09-16", "2027-09-17"),
        (YearlyWindow(from_="12-15", through="01-15"), "2027-01-15", "2027-01-16"),
        (Dates(dates=[day("2027-05-05")]), "2027-05-05", "2027-05-06"),
    ],
)
def test_days_of_each_rule(rule: DayRule, inside: str, outside: str) -> None:
    born = day("2008-02-29")
    assert (is_open(rule, day(inside), born), is_open(rule, day(outside), born)) == (True, False)
