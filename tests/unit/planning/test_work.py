"""Work on record and of planned jobs, with days worked out by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from career_path.errors import DocumentError
from career_path.model.learner import Employment, Fact, Learner
from career_path.model.pathway import Pathway, Step
from career_path.model.requirements import AllOf, AnyOf, HasFact, Located, Requirement, Work, Worked
from career_path.model.timeline import NoRouteError, Timeline
from career_path.planning import plan
from career_path.planning.audit import audit
from career_path.planning.work import Enough, enough_work

TODAY = dt.date(2027, 1, 4)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def employed(first: str, last: str | None = None, *, role: str = "aide", hours: int | None = 40) -> Employment:
    return Employment(role=role, from_=day(first), through=None if last is None else day(last), hours=hours)


def planned(requires: Requirement, learner: Learner, *others: Step) -> Timeline:
    pathway = Pathway("p", goal="exam", steps=[*others, Step("exam", requires=requires)])
    made = plan(pathway, learner, today=TODAY)
    assert audit(made, pathway, learner) == ()
    return made


def at_work(*employment: Employment, deadline: str | None = None) -> Learner:
    return Learner(employment=employment, deadline=None if deadline is None else day(deadline))


def refused(requires: Requirement, learner: Learner, *others: Step) -> list[tuple[str, str]]:
    with pytest.raises(DocumentError) as caught:
        planned(requires, learner, *others)
    return [(fault.code, fault.path) for fault in caught.value.faults]


def test_work_still_going_on_is_a_year_on_its_anniversary() -> None:
    made = planned(Worked("aide", span="P1Y", in_last="P3Y"), at_work(employed("2026-09-01")))
    assert made.finish == day("2027-09-01")


def test_begun_as_late_as_can_be_the_goal_still_waits_for_its_work() -> None:
    """Six weeks of work from 29 January 2027 are there on 12 March, however late the steps of the plan begin."""
    pathway = Pathway("p", goal=AllOf(Worked("aide", span="P42D"), "exam"), steps=[Step("exam")])
    learner = at_work(employed("2027-01-29"))
    made = plan(pathway, learner, today=TODAY, finish_by=day("2027-03-16"))
    assert (made.finish, made.step("exam").start) == (day("2027-03-16"), day("2027-03-16"))
    pathway = Pathway("p", goal=Worked("aide", span="P42D"), steps=[Step("exam")])
    made = plan(pathway, learner, today=TODAY, finish_by=day("2027-03-16"))
    assert made.finish == day("2027-03-12")
    assert audit(made, pathway, learner) == ()


def test_two_measures_hold_at_once() -> None:
    """10 hours a week from 1 September 2026: 1200 hours are 840 days, through 18 December 2028."""
    made = planned(Worked("aide", span="P1Y", hours=1200, in_last="P3Y"), at_work(employed("2026-09-01", hours=10)))
    assert made.finish == day("2028-12-19")


def test_three_of_seven_years_are_added_up_from_pieces() -> None:
    """Two years to the end of 2023 and one from 2026: three years from 2022 are 1096 days, 730 of them in the first."""
    pieces = at_work(employed("2022-01-01", "2023-12-31"), employed("2026-04-01"))
    # 366 days from 1 April 2026 end with 1 April 2027.
    assert planned(Worked("aide", span="P3Y", in_last="P7Y"), pieces).finish == day("2027-04-02")


def test_work_that_grows_too_old_leaves_a_last_day() -> None:
    """A year of 366 days, all of them needed: the first is too old from 7 January 2027 on."""
    done = employed("2024-01-06", "2025-01-05")  # 366 days; 6 January 2024 + 3 years is 6 January 2027
    made = planned(Worked("aide", span="P1Y", in_last="P3Y"), at_work(done, deadline="2027-03-01"))
    assert (made.finish, made.step("exam").latest_start) == (TODAY, day("2027-01-06"))


def test_work_that_is_too_old_stands_in_the_way_and_is_named() -> None:
    done = at_work(employed("2023-01-01", "2024-01-02"))
    with pytest.raises(NoRouteError) as caught:
        planned(Worked("aide", span="P1Y", in_last="P3Y"), done)
    assert caught.value.conflicts[0].rules == ("steps.exam.requires: worked 'aide' for P12M in P36M",)


def test_hours_from_any_time_are_added_up() -> None:
    """500 hours at 35 a week are 100 days: from 1 October 2026 through 8 January 2027."""
    assert planned(Worked("aide", hours=500), at_work(employed("2026-10-01", hours=35))).finish == day("2027-01-09")


@pytest.mark.parametrize(("overlapping", "finish"), [("once", "2027-01-30"), ("each", "2027-01-15")])
def test_overlapping_jobs_count_once_or_each(overlapping: str, finish: str) -> None:
    """Thirty days from 31 December 2026: by one job through 29 January, by two through 14 January."""
    jobs = at_work(employed("2026-12-31"), employed("2026-12-31", role="nurse", hours=10))
    asked = Worked(["aide", "nurse"], span="P30D", overlapping=overlapping)
    assert planned(asked, jobs).finish == day(finish)


def test_a_fixed_reference_day_holds_for_good_or_never() -> None:
    job = at_work(employed("2026-09-01"))
    assert planned(Worked("aide", span="P1Y", counted_back_from=day("2027-09-01")), job).finish == TODAY
    with pytest.raises(NoRouteError):
        planned(Worked("aide", span="P1Y", counted_back_from=day("2027-08-31")), job)


def test_a_planned_job_counts_from_its_start_and_has_a_last_day_to_start() -> None:
    job = Step("job", kind="job", takes="P0D", requires="school", work=Work("aide"))
    made = planned(
        Worked("aide", span="P1Y", in_last="P3Y"), Learner(deadline=day("2030-02-28")), job, Step("school", takes="P3M")
    )
    assert (made.step("job").start, made.finish) == (day("2027-04-04"), day("2028-04-04"))
    # 28 February 2029 is the last day from which a year has passed by 28 February 2030.
    assert made.step("job").latest_start == day("2029-02-28")


def test_recorded_work_and_a_planned_job_add_up() -> None:
    """Three years from 2024 are 1096 days, 366 of them done; 730 days after 4 January 2027 is 3 January 2029."""
    job = Step("job", kind="job", work=Work("aide"))
    made = planned(Worked("aide", span="P3Y", in_last="P7Y"), at_work(employed("2024-01-01", "2024-12-31")), job)
    assert made.finish == day("2029-01-03")


def test_a_planned_job_with_an_end_does_not_count() -> None:
    job = Step("job", kind="job", takes="P2Y", work=Work("aide"))
    with pytest.raises(NoRouteError):
        planned(Worked("aide", span="P1Y"), Learner(), job)


def test_hours_that_are_not_known_are_missing() -> None:
    asked = Worked("aide", hours=10)
    assert refused(asked, at_work(employed("2026-09-01", hours=None))) == [("missing", "employment[0].hours")]
    assert refused(asked, Learner(), Step("job", work=Work("aide"))) == [("missing", "steps.job.work.hours")]


def test_a_look_back_that_a_planned_job_may_not_fill_is_refused() -> None:
    asked = Worked("aide", span="P1Y", in_last="P1Y")
    assert refused(asked, Learner(), Step("job", work=Work("aide"))) == [("not-supported", "steps.job.work")]


def test_a_place_and_a_fact_close_what_they_do_not_open() -> None:
    course = Step("course", takes="P1M")
    asked = AnyOf(AllOf(Located("US-TX"), HasFact("veteran", "true")), "course")
    here, there = (Learner(place=place, facts=[Fact("veteran", True)]) for place in ("US-TX-201", "US-WA"))  # noqa: FBT003
    assert planned(asked, here, course).finish == TODAY
    assert planned(asked, there, course).finish == day("2027-02-04")
    with pytest.raises(NoRouteError) as caught:
        planned(Located("US-TX"), there)
    assert caught.value.conflicts[0].rules == ("steps.exam.requires: located US-TX",)


def test_a_place_or_fact_that_is_not_known_is_refused() -> None:
    assert refused(Located("US-TX"), Learner()) == [("missing", "place")]
    assert refused(HasFact("group", "A"), Learner()) == [("missing", "facts.group")]


def test_the_days_with_enough_are_found_forward_and_backward() -> None:
    """Ten of thirty days: worked 1 to 10 January and 1 to 10 March 2026."""
    enough: Enough = enough_work(
        Worked("aide", span="P10D", in_last="P30D"),
        at_work(employed("2026-01-01", "2026-01-10"), employed("2026-03-01", "2026-03-10")),
    )
    # 1 January + 30 days is 31 January.
    good = {
        dt.date.fromordinal(d)
        for d in range(day("2025-12-01").toordinal(), day("2026-06-01").toordinal())
        if enough.is_enough(d)
    }
    assert (min(good), max(good)) == (day("2026-01-11"), day("2026-03-31"))
    assert enough.on_or_after(day("2026-02-01").toordinal()) == day("2026-03-11").toordinal()
    assert enough.on_or_before(day("2026-03-10").toordinal()) == day("2026-01-31").toordinal()
    assert enough.on_or_after(day("2026-04-01").toordinal()) > dt.date.max.toordinal()
    assert enough.on_or_before(day("2026-01-10").toordinal()) < 1
