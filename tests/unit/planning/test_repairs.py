"""What would help, with days worked out by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
import pytest

from career_path.days.day_rules import Dates
from career_path.days.durations import Effort
from career_path.days.spans import Span
from career_path.errors import InvalidValueError
from career_path.model.learner import Absence, HoursPeriod, Learner, Record
from career_path.model.pathway import Cohort, Cohorts, Pathway, Step
from career_path.model.requirements import Aged, AllOf, AnyOf, Needs
from career_path.planning.repairs import Repair, RepairKind, repairs
from career_path.views.sentences import repair_text

TODAY = dt.date(2027, 1, 4)
COURSE = Step("course", title="Course", takes=Effort(hours=120), cost=50)
SCHOOL = Step("school", title="School", takes="P100D", cost=0)
COURSE_ALONE = Pathway("p", goal="course", steps=[COURSE])
EITHER = Pathway("p", goal=AnyOf("course", "school"), steps=[COURSE, SCHOOL])


def found(pathway: Pathway, learner: Learner, **question: object) -> dict[RepairKind, Repair]:
    told = repairs(pathway, learner, today=TODAY, **question)  # type: ignore[arg-type]
    for each in told:
        assert each.timeline.conflicts == ()
        assert each.timeline.finish is not None
    assert len({(each.kind, each.pin) for each in told}) == len(told)
    return {each.kind: each for each in told}


def test_a_plan_without_conflicts_needs_no_repair() -> None:
    assert found(COURSE_ALONE, Learner(weekly_hours=10)) == {}


def test_a_missed_deadline_is_mended_by_the_least_of_each_kind() -> None:
    """120 hours at 10 a week are 84 days: from 1 March to 24 May. The deadline is 3 May, 21 days sooner."""
    learner = Learner(start=dt.date(2027, 3, 1), weekly_hours=10, deadline=dt.date(2027, 5, 3))
    told = found(COURSE_ALONE, learner)
    assert set(told) == {RepairKind.START, RepairKind.HOURS, RepairKind.DEADLINE}
    assert (told[RepairKind.START].days, told[RepairKind.START].learner.start) == (21, dt.date(2027, 2, 8))
    # 63 days are left, which is 9 weeks: 13 hours a week are 117, 14 are 126.
    assert (told[RepairKind.HOURS].hours, told[RepairKind.HOURS].timeline.finish) == (4, dt.date(2027, 4, 30))
    assert (told[RepairKind.DEADLINE].days, told[RepairKind.DEADLINE].learner.deadline) == (21, dt.date(2027, 5, 24))
    assert [repair_text(each) for each in told.values()] == [
        "start 21 days earlier, on 8 Feb 2027: done by 3 May 2027",
        "4 hours a week more: done by 30 Apr 2027",
        "21 days more time: done by 24 May 2027",
    ]


def test_all_periods_of_hours_get_as_many_more() -> None:
    """10 a week through 31 January, then 20: 40 hours in January (28 days), and 80 more in 28 days, to 1 March."""
    periods = [
        HoursPeriod(hours=10, through=dt.date(2027, 1, 31)),
        HoursPeriod(hours=20, from_=dt.date(2027, 2, 1)),
    ]
    told = found(COURSE_ALONE, Learner(weekly_hours=periods, deadline=dt.date(2027, 2, 22)))
    # Seven weeks are 4 of 10 and 3 of 20, 100 hours; with 3 more a week they are 121.
    assert told[RepairKind.HOURS].hours == 3
    assert [each.hours for each in told[RepairKind.HOURS].learner.weekly_hours or ()] == [13, 23]


def test_the_shortest_absence_that_helps_is_told() -> None:
    """84 days from 4 January, and 20 or 6 or 2 days away make 112: 26 April. Without 6 of them 20 April."""
    away = [
        Absence(from_=dt.date(2027, 1, 11), through=dt.date(2027, 1, 30)),
        Absence(from_=dt.date(2027, 2, 8), through=dt.date(2027, 2, 13)),
        Absence(from_=dt.date(2027, 3, 1), through=dt.date(2027, 3, 2)),
    ]
    told = found(COURSE_ALONE, Learner(weekly_hours=10, absences=away, deadline=dt.date(2027, 4, 20)))
    assert told[RepairKind.ABSENCE].absence == away[1]
    assert repair_text(told[RepairKind.ABSENCE]) == "be there from 8 Feb 2027 to 13 Feb 2027: done by 20 Apr 2027"


def test_the_least_budget_is_that_of_the_cheapest_route_in_time() -> None:
    learner = Learner(weekly_hours=10, budget=20, deadline=dt.date(2027, 3, 31))
    told = found(EITHER, learner)  # the school is free and takes until 14 April, the course costs 50
    assert (told[RepairKind.BUDGET].amount, told[RepairKind.BUDGET].timeline.cost.amount) == (Decimal(30), Decimal(50))
    assert told[RepairKind.DEADLINE].days == 14
    assert repair_text(told[RepairKind.BUDGET]) == "30.00 USD more budget: done by 29 Mar 2027"


def test_no_budget_is_told_for_a_cost_that_is_not_known() -> None:
    steps = [Step("paid", cost=50, requires="free"), Step("free")]
    assert found(Pathway("p", goal="paid", steps=steps), Learner(budget=20)) == {}


def test_what_was_chosen_or_avoided_may_be_in_the_way() -> None:
    learner = Learner(weekly_hours=10, choose=["school"], avoid=["course"], deadline=dt.date(2027, 4, 1))
    told = found(EITHER, attrs.evolve(learner, avoid=[]))
    assert (told[RepairKind.CHOOSE].pin, told[RepairKind.CHOOSE].timeline.finish) == ("school", dt.date(2027, 3, 29))
    assert (
        repair_text(told[RepairKind.CHOOSE]) == "do not insist on “School”, with “Course” instead: done by 29 Mar 2027"
    )
    told = found(EITHER, attrs.evolve(learner, choose=[]))
    assert (told[RepairKind.AVOID].pin, repair_text(told[RepairKind.AVOID])) == (
        "course",
        "do not avoid “Course”: done by 29 Mar 2027",
    )


def test_where_one_pin_less_is_not_enough_as_few_as_possible_go() -> None:
    """The school takes until 14 April; without both pins the course is done by 29 March, and the job stays chosen."""
    learner = Learner(weekly_hours=10, choose=["school", "job"], avoid=["course"], deadline=dt.date(2027, 4, 1))
    job = Step("job", title="Job", requires=AnyOf("course", "school"), cost=0)
    told = found(Pathway("p", goal="job", steps=[COURSE, SCHOOL, job]), learner)
    assert set(told) == {RepairKind.ROUTE, RepairKind.DEADLINE}
    route = told[RepairKind.ROUTE]
    assert (route.chosen, route.avoided, route.instead, route.learner.choose, route.learner.avoid) == (
        ("school",),
        ("course",),
        ("course",),
        ("job",),
        (),
    )
    assert repair_text(route) == "neither choose “School” nor avoid “Course”: done by 29 Mar 2027"


def test_where_there_is_no_plan_yet_nothing_is_told_to_come_instead() -> None:
    told = found(Pathway("p", goal="course", steps=[COURSE]), Learner(weekly_hours=10, avoid=["course"]))
    assert (told[RepairKind.AVOID].pin, told[RepairKind.AVOID].instead) == ("course", ())


def test_several_pins_of_one_kind_go_together() -> None:
    """One of two alike has to be had, and each of them is avoided; the third takes until 4 July."""
    steps = [Step("a", takes="P30D"), Step("b", takes="P20D"), Step("long", takes="P6M"), Step("c", requires="a")]
    goal = AnyOf(AllOf("a", "b"), "long")
    told = found(Pathway("p", goal=goal, steps=steps), Learner(avoid=["a", "b"], deadline=dt.date(2027, 3, 1)))
    assert told[RepairKind.ROUTE].avoided == ("a", "b")
    assert repair_text(told[RepairKind.ROUTE]) == "do not avoid “a” and “b”: done by 3 Feb 2027"


def test_several_chosen_steps_go_together_and_what_comes_instead_is_told() -> None:
    steps = [Step("a", takes="P30D"), Step("long", takes="P6M"), Step("d", requires="long")]
    path = Pathway("p", goal=AnyOf("d", "a"), steps=steps)
    told = found(path, Learner(choose=["long", "d"], deadline=dt.date(2027, 3, 1)))
    text = "do not insist on “long” and “d”, with “a” instead: done by 3 Feb 2027"
    assert repair_text(told[RepairKind.ROUTE]) == text


def test_pins_that_are_not_in_the_way_are_not_told() -> None:
    learner = Learner(avoid=["course", "course"], choose=["school"], deadline=dt.date(2027, 2, 1))
    assert set(found(Pathway("p", goal="school", steps=[COURSE, SCHOOL]), learner)) == {RepairKind.DEADLINE}


CLASS = Step("class", title="Class", takes="P30D", cost=0)


def test_another_start_is_told_for_the_last_day_that_helps() -> None:
    """Done by 1 July, thirty days before: 1 June. The class begins on 1 March of last year and on 1 September."""
    days = Dates(dates=[dt.date(2026, 3, 1), dt.date(2027, 9, 1)])
    job = Step("job", title="Job", requires=Needs("class", lag="P1D"), cost=0)
    path = Pathway("p", goal="job", steps=[attrs.evolve(CLASS, opens=days), job])
    told = found(path, Learner(deadline=dt.date(2027, 7, 2)))
    cohort = told[RepairKind.COHORT]
    assert (cohort.step, cohort.on) == ("class", dt.date(2027, 6, 1))
    assert cohort.pathway.step("class").opens == Dates(dates=[*days.dates, dt.date(2027, 6, 1)])
    assert repair_text(cohort) == "another start of “Class”, on 1 Jun 2027: done by 2 Jul 2027"
    later = Learner(deadline=dt.date(2027, 7, 3))
    assert found(path, later)[RepairKind.COHORT].on == dt.date(2027, 6, 2)


def test_another_cohort_is_as_long_as_the_shortest_that_is_listed() -> None:
    """Both cohorts are over; one of 20 days from today is the only way to be done at all."""
    runs = [
        Cohort(start=dt.date(2026, 9, 1), finish=dt.date(2026, 10, 1)),
        Cohort(start=dt.date(2026, 3, 1), finish=dt.date(2026, 3, 21)),
    ]
    path = Pathway("p", goal="class", steps=[Step("class", opens=Cohorts(cohorts=runs), cost=0)])
    told = found(path, Learner())
    assert set(told) == {RepairKind.COHORT}
    assert (told[RepairKind.COHORT].on, told[RepairKind.COHORT].timeline.finish) == (TODAY, dt.date(2027, 1, 24))


def test_of_several_starts_the_one_nearest_to_a_listed_day_is_told() -> None:
    """Either opens on 1 September, 30 and 50 days before 1 October; done by 1 August means 2 July or 12 June."""
    days = Dates(dates=[dt.date(2027, 9, 1)])
    steps = [attrs.evolve(CLASS, opens=days), Step("other", takes="P50D", opens=days, cost=0)]
    told = found(Pathway("p", goal=AnyOf("class", "other"), steps=steps), Learner(deadline=dt.date(2027, 8, 1)))
    assert (told[RepairKind.COHORT].step, told[RepairKind.COHORT].on) == ("class", dt.date(2027, 7, 2))


def test_another_start_that_does_not_help_is_not_told() -> None:
    path = Pathway("p", goal="class", steps=[attrs.evolve(CLASS, opens=Dates(dates=[dt.date(2027, 9, 1)]))])
    assert set(found(path, Learner(deadline=dt.date(2027, 1, 20)))) == {RepairKind.DEADLINE}
    begun = Learner(records=[Record("class", started=dt.date(2027, 1, 2))], deadline=dt.date(2027, 1, 20))
    assert set(found(path, begun)) == {RepairKind.DEADLINE}


def test_rules_that_contradict_each_other_have_no_repair() -> None:
    steps = [Step("a", requires="b", takes="P9D"), Step("b")]
    never = Pathway("p", goal=AllOf("a", Needs("b", within="P1D")), steps=steps)
    assert found(never, Learner(weekly_hours=10, start=dt.date(2027, 2, 1))) == {}


def test_a_day_to_finish_by_is_kept() -> None:
    learner = Learner(start=dt.date(2027, 3, 1), weekly_hours=10)
    told = found(COURSE_ALONE, learner, finish_by=dt.date(2027, 5, 3))
    assert (told[RepairKind.START].days, told[RepairKind.HOURS].hours) == (21, 4)


def test_another_objective_does_not_make_the_deadline_later_than_needed() -> None:
    learner = Learner(weekly_hours=10, deadline=dt.date(2027, 3, 1))
    told = found(EITHER, learner, objective="cheapest")
    assert told[RepairKind.DEADLINE].days == 28


def test_more_hours_than_a_week_has_are_not_tried() -> None:
    long = Pathway("p", goal="c", steps=[Step("c", takes=Effort(hours=10_000), cost=0)])
    told = found(long, Learner(weekly_hours=150, deadline=TODAY + dt.timedelta(days=30)))
    assert set(told) == {RepairKind.DEADLINE}


def test_something_else_than_a_pathway_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="pathway"):
        repairs(Span(days=1), Learner(), today=TODAY)  # type: ignore[arg-type]


def test_a_change_that_leads_to_what_is_not_known_is_no_help() -> None:
    """Without what is avoided there would be a step that asks for an age, and nobody told when the learner was born."""
    steps = [Step("young", requires=Aged(18)), Step("slow", takes="P90D")]
    path = Pathway("p", goal=AnyOf("young", "slow"), steps=steps)
    learner = Learner(avoid=["young"], deadline=dt.date(2027, 2, 1))
    assert set(found(path, learner)) == {RepairKind.DEADLINE}


def test_where_nothing_takes_hours_more_of_them_are_not_tried() -> None:
    learner = Learner(weekly_hours=10, deadline=dt.date(2027, 2, 1))
    assert set(found(Pathway("p", goal="school", steps=[SCHOOL]), learner)) == {RepairKind.DEADLINE}
