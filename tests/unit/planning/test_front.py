"""The front of finish and cost, with routes worked out by hand."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from career_path.days.day_rules import Dates
from career_path.days.spans import Span
from career_path.errors import InvalidValueError, SearchLimitError
from career_path.model.edits import StepEdit
from career_path.model.learner import Held, Learner, Record
from career_path.model.occupations import Occupation, Pay
from career_path.model.overlays import Overlay
from career_path.model.pathway import Credential, Pathway, Step, Validity
from career_path.model.renewal import RenewalRule
from career_path.model.requirements import AllOf, AnyOf, Holds, Needs, Requirement
from career_path.model.sittings import Cap, Retakes
from career_path.model.timeline import NoRouteError
from career_path.planning import plan
from career_path.planning.front import FrontRoute, routes

TODAY = dt.date(2027, 1, 4)


def front(goal: Requirement | str, *steps: Step, learner: Learner | None = None) -> tuple[FrontRoute, ...]:
    return routes(Pathway("p", goal=goal, steps=steps), learner or Learner(), today=TODAY)


def points(found: tuple[FrontRoute, ...]) -> list[tuple[str, str]]:
    return [(str(each.timeline.finish), str(each.timeline.cost.amount)) for each in found]


A, B, C = Step("a", takes="P10D", cost=30), Step("b", takes="P20D", cost=20), Step("c", takes="P30D", cost=25)


def test_what_is_later_and_dearer_is_not_on_the_front() -> None:
    found = front(AnyOf("a", "b", "c"), A, B, C)
    assert points(found) == [("2027-01-14", "30"), ("2027-01-24", "20")]
    assert [each.left_out for each in found] == [("b", "c"), ("a", "c")]


def test_a_step_that_two_ways_share_is_paid_once() -> None:
    """Either way of the exam and of the job costs 10 or needs the course for 15, which serves both."""
    course = Step("course", takes="P40D", cost=15)
    exam = [Step("e1", takes="P1D", cost=10), Step("e2", requires="course", cost=0)]
    job = [Step("j1", takes="P1D", cost=10), Step("j2", requires="course", cost=0)]
    found = front(AllOf(AnyOf("e1", "e2"), AnyOf("j1", "j2")), course, *exam, *job)
    assert points(found) == [("2027-01-05", "20"), ("2027-02-13", "15")]


def test_pins_hold_and_a_budget_and_a_deadline_leave_the_front_as_it_is() -> None:
    learner = Learner(budget=25, deadline=dt.date(2027, 1, 20))
    found = front(AnyOf("a", "b", "c"), A, B, C, learner=learner)
    assert points(found) == [("2027-01-14", "30"), ("2027-01-24", "20")]
    assert [[conflict.kind.value for conflict in each.timeline.conflicts] for each in found] == [
        ["budget"],
        ["deadline"],
    ]
    assert points(front(AnyOf("a", "b", "c"), A, B, C, learner=Learner(choose=["c"]))) == [("2027-02-03", "25")]
    assert points(front(AnyOf("a", "b", "c"), A, B, C, learner=Learner(avoid=["b"]))) == [
        ("2027-01-14", "30"),
        ("2027-02-03", "25"),
    ]


def test_a_paper_renewed_for_money_stands_beside_the_one_earned_late() -> None:
    """The card held ends on 2027-01-31; the work takes 60 days: renewed for 50, or earned on 1 June without a fee."""
    card = Credential("card", valid=Validity(span="P1Y", until="anniversary"), renewal=RenewalRule(fee=50))
    class_ = Step("class", takes="P148D", cost=0, grants=["card"])
    work = Step("work", takes="P60D", cost=0, requires=Holds("card", throughout=True))
    path = Pathway("p", goal="work", steps=[class_, work], credentials=[card])
    learner = Learner(holds=[Held("card", granted=dt.date(2026, 1, 31))])
    # 4 January plus 60 days is 5 March; plus 148 days 1 June, and 60 more 31 July.
    assert points(routes(path, learner, today=TODAY)) == [("2027-03-05", "50"), ("2027-07-31", "0")]


def test_without_a_route_there_is_no_front() -> None:
    with pytest.raises(NoRouteError):
        front(AllOf("a", Needs("b", within="P1D")), Step("a", requires="b", takes="P9D"), Step("b"))


def test_a_search_that_is_too_long_is_refused() -> None:
    path = Pathway("p", goal=AnyOf("a", "b", "c"), steps=[A, B, C])
    with pytest.raises(SearchLimitError):
        routes(path, Learner(), today=TODAY, max_routes=1)
    with pytest.raises(InvalidValueError, match="max_routes"):
        routes(path, Learner(), today=TODAY, max_routes=0)


# Money. A year has 365.2425 days, so an aide is paid a hundred a day and a nurse two hundred.

AIDE, NURSE = Occupation("aide", pay=Pay(median="36524.25")), Occupation("nurse", pay=Pay(median="73048.50"))
SOON = Step("soon", takes="P31D", cost=100)
LONG = Step("long", takes="P1Y", cost=900)
AIDE_JOB = Step("aide-job", kind="job", requires="soon", occupation="aide", cost=0)
NURSE_JOB = Step("nurse-job", kind="job", requires="long", occupation="nurse", cost=0)
TWO_JOBS = Pathway(
    "p", goal=AnyOf("aide-job", "nurse-job"), steps=[SOON, LONG, AIDE_JOB, NURSE_JOB], occupations=[AIDE, NURSE]
)
ONE_JOB = Pathway(
    "p",
    goal="job",
    steps=[A, B, Step("job", kind="job", requires=AnyOf("a", "b"), occupation="aide", cost=0)],
    occupations=[AIDE, NURSE],
    overlays=[Overlay("tx", where="US-TX", steps=[StepEdit("job", {"occupation": "nurse"})])],
)
"""Work begins on 14 January for 30, or on 24 January for 20."""


def earned(
    path: Pathway, until: dt.date | Span | str | None, learner: Learner | None = None
) -> list[tuple[dt.date | None, Fraction | None]]:
    found = routes(path, learner or Learner(), today=TODAY, earned_by=until)
    return [(each.earned_by, each.earned) for each in found]


@pytest.mark.parametrize("until", [dt.date(2027, 2, 3), Span(days=30), "P30D"])
def test_each_route_tells_the_money_earned_before_a_day(until: dt.date | Span | str) -> None:
    """Before 3 February there are 20 days from 14 January on, and 10 from 24 January on."""
    day = dt.date(2027, 2, 3)
    assert earned(ONE_JOB, until) == [(day, Fraction(2_000)), (day, Fraction(1_000))]


def test_before_the_first_day_of_work_nothing_is_earned() -> None:
    day = dt.date(2027, 1, 15)
    assert earned(ONE_JOB, day) == [(day, Fraction(100)), (day, Fraction(0))]


def test_money_that_nobody_asked_for_is_not_told_and_the_routes_are_the_same() -> None:
    assert earned(ONE_JOB, None) == [(None, None), (None, None)]
    asked, bare = (routes(ONE_JOB, Learner(), today=TODAY, earned_by=day) for day in ("P1Y", None))
    assert [each.timeline for each in asked] == [each.timeline for each in bare]


def test_pay_is_that_of_the_place_where_the_learner_is() -> None:
    day = dt.date(2027, 2, 3)
    assert earned(ONE_JOB, day, Learner(place="US-TX")) == [(day, Fraction(4_000)), (day, Fraction(2_000))]


def test_a_pay_that_is_not_known_leaves_the_money_of_its_route_unknown() -> None:
    """The cheaper route ends in a job without an occupation, the other in one that pays for 20 days."""
    steps = [
        *(A, B),
        Step("paid", kind="job", requires="a", occupation="aide", cost=0),
        Step("odd", kind="job", requires="b", cost=0),
    ]
    path = Pathway("p", goal=AnyOf("paid", "odd"), steps=steps, occupations=[AIDE])
    day = dt.date(2027, 2, 3)
    assert earned(path, day) == [(day, Fraction(2_000)), (day, None)]


def test_a_route_without_a_job_has_no_money_to_tell() -> None:
    assert earned(Pathway("p", goal="a", steps=[A]), "P1Y") == [(dt.date(2028, 1, 4), None)]


def test_a_route_that_is_later_and_dearer_is_there_once_it_has_earned_more() -> None:
    """From 4 February 2027 there are 700 days of the 731 before 4 January 2029; from 4 January 2028 there are 366."""
    day = dt.date(2029, 1, 4)
    assert earned(TWO_JOBS, day) == [(day, Fraction(70_000)), (day, Fraction(73_200))]
    aide, nurse = routes(TWO_JOBS, Learner(), today=TODAY, earned_by=day)
    assert (aide.chosen, nurse.chosen) == ((), ("nurse-job",))
    assert nurse.timeline == plan(TWO_JOBS, Learner(choose=["nurse-job"]), today=TODAY)
    # 32 days before, the aide has earned as much as the nurse, 668 days and 334: sooner and cheaper, and so alone.
    day = dt.date(2028, 12, 3)
    assert earned(TWO_JOBS, day) == [(day, Fraction(66_800))]
    day = dt.date(2028, 12, 4)
    assert earned(TWO_JOBS, day) == [(day, Fraction(66_900)), (day, Fraction(67_000))]


def test_money_of_a_first_job_counts_until_the_second_and_decides_between_equals() -> None:
    """Both ways to be a nurse end on 4 January 2028 for 1,000; only one has 334 days of work as an aide before."""
    job = Step("job", kind="job", requires=AllOf("long", AnyOf("aide-job", "idle")), occupation="nurse", cost=0)
    idle = Step("idle", cost=100)
    path = Pathway("p", goal="job", steps=[SOON, LONG, AIDE_JOB, idle, job], occupations=[AIDE, NURSE])
    day = dt.date(2028, 1, 14)
    assert earned(path, day) == [(day, Fraction(33_400 + 2_000))]


def test_a_paper_is_got_again_for_a_job_that_begins_sooner_and_so_pays_more() -> None:
    """The long step ends on 4 January 2030 anyway. A card of 10 January 2027 ends on 9 July, before the job.

    Got again on 10 July, or later, it is there on 1 September 2027: 856 days of work at 100. Got in February 2028 for
    the first time, it leaves the job for 1 July 2028, 552 days.
    """
    card = Credential("card", valid=Validity(span="P6M"))
    openings = [dt.date(2027, 2, 1), dt.date(2028, 2, 1)]
    steps = [
        Step("course", takes="P10D", grants=["card"], cost=0),
        Step("school", requires=Holds("card"), opens=Dates(dates=openings), takes="P5M", cost=0),
        Step("board", requires="school", opens=Dates(dates=[dt.date(2027, 9, 1), dt.date(2028, 7, 1)]), cost=0),
        Step("job", kind="job", requires=AllOf("school", "board", Holds("card")), occupation="aide", cost=0),
        Step("long", takes="P3Y", cost=0),
    ]
    path = Pathway("p", goal=AllOf("job", "long"), steps=steps, credentials=[card], occupations=[AIDE])
    day = dt.date(2030, 1, 4)
    assert earned(path, day) == [(day, Fraction(85_600))]


def test_a_job_goes_on_after_a_shorter_one_that_began_later() -> None:
    """The camp was from 1 June to 31 July 2026; the aide has worked all the time, a hundred days from today on."""
    camp = Step("camp", kind="job", occupation="camp", takes="P60D", cost=0)
    aide = Step("aide-job", kind="job", occupation="aide", cost=0)
    path = Pathway("p", goal=AllOf("aide-job", "camp"), steps=[aide, camp], occupations=[AIDE, Occupation("camp")])
    records = [
        Record("aide-job", started=dt.date(2026, 1, 1)),
        Record("camp", started=dt.date(2026, 6, 1), finished=dt.date(2026, 7, 31)),
    ]
    day = TODAY + dt.timedelta(100)
    assert earned(path, day, Learner(records=records)) == [(day, Fraction(10_000))]


def test_what_was_waived_is_not_done_for_its_money() -> None:
    """An attempt at an exam that is in no route would ask for the job again."""
    job = Step("job", kind="job", takes="P10D", occupation="aide", cost=0)
    exam = Step("exam", kind="exam", retakes=Retakes(caps=[Cap(attempts=2, since="job")]))
    goal = AnyOf("job", Needs("job", of="start", within="P18D"))
    path = Pathway("p", goal=goal, steps=[job, exam], occupations=[AIDE])
    failed = [dt.date(2026, 3, 1), dt.date(2026, 4, 1)]
    learner = Learner(records=[Record("job", waived=True), Record("exam", failed=failed)])
    assert earned(path, "P1Y", learner) == [(dt.date(2028, 1, 4), None)]


@pytest.mark.parametrize("until", [dt.date(2027, 1, 3), "-P1D", "soon", dt.datetime(2027, 2, 3, tzinfo=dt.UTC)])
def test_a_day_before_today_and_what_is_no_day_are_refused(until: dt.date | str) -> None:
    with pytest.raises(InvalidValueError, match="earned_by"):
        earned(ONE_JOB, until)
