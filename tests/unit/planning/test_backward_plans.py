"""When must I begin at the latest? Latest dates through every rule, each worked out with a calendar and a pencil."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from career_path import (
    Absence,
    Aged,
    AllOf,
    Cohort,
    Cohorts,
    Credential,
    Dates,
    Effort,
    Held,
    Holds,
    HoursPeriod,
    Learner,
    MonthEnd,
    Needs,
    Pathway,
    Record,
    Round,
    Span,
    Step,
    Validity,
    WorkingDays,
    YearlyWindow,
    plan,
)
from career_path.model.requirements import Requirement

TODAY = dt.date(2027, 1, 4)  # a Monday; 2028 is a leap year
ME = Learner()
CARD = Credential("card", valid=Validity(span="P1Y", until="month-end"))
AUTUMN = YearlyWindow(from_="08-01", through="09-16")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def away(first: str, last: str) -> Learner:
    return Learner(weekly_hours=20, absences=[Absence(from_=day(first), through=day(last))])


def run(first: str, done: str) -> Cohort:
    return Cohort(start=day(first), finish=day(done))


def path(*steps: Step, job: Requirement | str = "school") -> Pathway:
    """A pathway to a job that needs a school, or something else."""
    return Pathway("p", goal="job", steps=[*steps, Step("job", requires=job)], credentials=[CARD])


@attrs.frozen(kw_only=True)
class Case:
    """A pathway, a day to be done by, and the latest start of each step as worked out by hand."""

    pathway: Pathway
    by: str
    starts: dict[str, str]
    learner: Learner = ME


def school(takes: Span | WorkingDays | Effort | str = "P4M", **more: object) -> Pathway:
    return path(Step("school", takes=takes, **more))  # type: ignore[arg-type]


CASES = {
    # Four months before 15 March 2028 is 15 November 2027; the window before that closes on 16 September.
    "a window that has closed by then": Case(
        pathway=school(opens=AUTUMN), by="2028-03-15", starts={"school": "2027-09-16", "job": "2028-03-15"}
    ),
    # Four months before 1 January is 1 September, which lies inside the window.
    "a window that is open then": Case(
        pathway=school(opens=AUTUMN), by="2028-01-01", starts={"school": "2027-09-01", "job": "2028-01-01"}
    ),
    # 30 July and four months are 30 November; the window opens two days too late for that.
    "a window that opens too late": Case(
        pathway=school(opens=AUTUMN), by="2028-11-30", starts={"school": "2027-09-16", "job": "2028-11-30"}
    ),
    # Two weeks after 29 February is 14 March.
    "the last days of months": Case(
        pathway=school("P2W", opens=MonthEnd()), by="2028-03-15", starts={"school": "2028-02-29", "job": "2028-03-15"}
    ),
    # Begun after 10 February it would be done on 11 April; so it has to be done on 1 February, begun on 1 December.
    "an absence that must not fall into it": Case(
        pathway=school("P2M", absence="forbid"),
        learner=away("2028-02-01", "2028-02-10"),
        by="2028-03-15",
        starts={"school": "2027-12-01", "job": "2028-03-15"},
    ),
    # One day before an absence that covers the target.
    "an exam before an absence": Case(
        pathway=path(Step("exam", kind="exam"), job="exam"),
        learner=away("2028-03-10", "2028-03-20"),
        by="2028-03-15",
        starts={"exam": "2028-03-09", "job": "2028-03-15"},
    ),
    # 80 hours at 20 a week are 28 days: 8 to 14 March are 7 of them, 9 to 29 February the other 21.
    "an absence that makes work pause": Case(
        pathway=school(Effort(hours=80)),
        learner=away("2028-03-01", "2028-03-07"),
        by="2028-03-15",
        starts={"school": "2028-02-09", "job": "2028-03-15"},
    ),
    # 11 hours at 20 a week are 4 days (3.85). Begun on 27 February, it would go on to 11 March and be done on the 12th;
    # begun on the 26th it is done on 1 March.
    "work that would not be done before an absence": Case(
        pathway=school(Effort(hours=11)),
        learner=away("2028-03-01", "2028-03-10"),
        by="2028-03-11",
        starts={"school": "2028-02-26", "job": "2028-03-11"},
    ),
    # The same 4 days fit behind the absence: 11 to 14 March.
    "work that just fits behind an absence": Case(
        pathway=school(Effort(hours=11)),
        learner=away("2028-03-01", "2028-03-10"),
        by="2028-03-15",
        starts={"school": "2028-03-11", "job": "2028-03-15"},
    ),
    # 70 hours: in March 14 days of 20 a week are 40, before that 10 a week make 21 days for the other 30, all of which
    # lie in February.
    "hours that differ by period": Case(
        pathway=school(Effort(hours=70)),
        learner=Learner(
            weekly_hours=[
                HoursPeriod(hours=10, through=day("2028-02-29")),
                HoursPeriod(hours=20, from_=day("2028-03-01")),
            ]
        ),
        by="2028-03-15",
        starts={"school": "2028-02-09", "job": "2028-03-15"},
    ),
    # A month after 28, 29, 30 and 31 January 2027 is 28 February.
    "a month that is cut off": Case(
        pathway=school("P1M"), by="2027-02-28", starts={"school": "2027-01-31", "job": "2027-02-28"}
    ),
    # A month after 31 January 2028 is 29 February, after 1 February 1 March.
    "a month that is not cut off": Case(
        pathway=school("P1M"), by="2028-03-01", starts={"school": "2028-02-01", "job": "2028-03-01"}
    ),
    # A month after 29 February is 29 March; after 1 March it is 1 April.
    "a month from the last of February": Case(
        pathway=school("P1M"), by="2028-03-30", starts={"school": "2028-02-29", "job": "2028-03-30"}
    ),
    # 15 March 2027 is a Monday, as is 15 February, 20 working days before.
    "working days": Case(
        pathway=school(WorkingDays(20)), by="2027-03-15", starts={"school": "2027-02-15", "job": "2027-03-15"}
    ),
    # The card of 10 February 2027 holds through 29 February 2028: the end of the month, a year later. Eight weeks
    # through that day begin on 5 January.
    "a card that holds to the end of a month": Case(
        pathway=path(
            Step("course", opens=Dates(dates=[day("2027-02-10")]), grants=["card"]),
            Step("school", takes="P8W", requires=Holds("card")),
        ),
        by="2028-12-01",
        starts={"course": "2027-02-10", "school": "2028-01-05", "job": "2028-12-01"},
    ),
    # Where it has to hold at the start alone, the last day is enough.
    "a card that has to hold at the start": Case(
        pathway=path(
            Step("course", opens=Dates(dates=[day("2027-02-10")]), grants=["card"]),
            Step("school", takes="P8W", requires=Holds("card", throughout=False)),
        ),
        by="2028-12-01",
        starts={"course": "2027-02-10", "school": "2028-02-29", "job": "2028-12-01"},
    ),
    # Of 15 June 2026, it holds through 30 June 2027; eight weeks through that day begin on 6 May.
    "a card at hand": Case(
        pathway=path(Step("school", takes="P8W", requires=Holds("card"))),
        learner=Learner(holds=[Held("card", granted=day("2026-06-15"))]),
        by="2028-12-01",
        starts={"school": "2027-05-06", "job": "2028-12-01"},
    ),
    # The class is done on 1 December 2027 and fresh for six months: the job begins by 1 June, whatever the target.
    "a class that is fresh for half a year": Case(
        pathway=path(
            Step("class", takes="P3M", opens=Dates(dates=[day("2027-09-01")])), job=Needs("class", within="P6M")
        ),
        by="2028-12-01",
        starts={"class": "2027-09-01", "job": "2028-06-01"},
    ),
    # 160 days after 4 January are 13 June (27 + 28 + 31 + 30 + 31 + 13), and the class is not done once more.
    "a record that is fresh for 160 days": Case(
        pathway=path(Step("class", takes="P1D"), job=Needs("class", within="P160D")),
        learner=Learner(
            avoid=["class"], records=[Record("class", started=day("2027-01-03"), finished=day("2027-01-04"))]
        ),
        by="2027-12-01",
        starts={"job": "2027-06-13"},
    ),
    # The October run is the last that is done by 15 March.
    "cohorts": Case(
        pathway=school(
            "P0D",
            opens=Cohorts(
                cohorts=[
                    run("2027-04-08", "2027-04-23"),
                    run("2027-10-08", "2027-10-23"),
                    run("2028-03-08", "2028-03-23"),
                ]
            ),
        ),
        by="2028-03-15",
        starts={"school": "2027-10-08", "job": "2028-03-15"},
    ),
    # Of two runs that cross, the one that begins later.
    "cohorts that cross": Case(
        pathway=school(
            "P0D", opens=Cohorts(cohorts=[run("2027-02-01", "2027-06-01"), run("2027-03-01", "2027-04-01")])
        ),
        by="2027-06-01",
        starts={"school": "2027-03-01", "job": "2027-06-01"},
    ),
    # 90 days after 15 March is 13 June (16 + 30 + 31 + 13), and a month before that 13 May.
    "training that may follow": Case(
        pathway=path(Step("training", takes="P1M"), job=Needs("training", order="any", by="P90D")),
        by="2028-03-15",
        starts={"training": "2028-05-13", "job": "2028-03-15"},
    ),
    # A wait of 45 days before 15 March 2028: 30 January (1 + 29 + 15). A month before that is 30 December.
    "a wait": Case(
        pathway=path(Step("school", takes="P1M"), job=Needs("school", lag="P45D")),
        by="2028-03-15",
        starts={"school": "2027-12-30", "job": "2028-03-15"},
    ),
    # The school may end 30 days after the job begins, on 14 April, nine months after 14 July.
    "a step that may come before the end of another": Case(
        pathway=path(Step("school", takes="P9M"), job=Needs("school", lag="-P30D")),
        by="2028-03-15",
        starts={"school": "2027-07-14", "job": "2028-03-15"},
    ),
    # It is the start of the school that has to lie 30 days before.
    "a wait from a start": Case(
        pathway=path(Step("school", takes="P9M"), job=Needs("school", of="start", lag="P30D")),
        by="2028-03-15",
        starts={"school": "2028-02-14", "job": "2028-03-15"},
    ),
    # Applied for by 1 September, the round of 1 December counts; by 1 March, that of 1 June.
    "rounds": Case(
        pathway=path(
            Step("form", takes="P1D"),
            job=Needs(
                "form",
                rounds=[
                    Round(by=day("2027-03-01"), on=day("2027-06-01")),
                    Round(by=day("2027-09-01"), on=day("2027-12-01")),
                ],
            ),
        ),
        by="2027-11-30",
        starts={"form": "2027-02-28", "job": "2027-11-30"},
    ),
    # Born on 1 February 2010: on 31 January 2028 the last day on which one is not yet 18.
    "an upper age": Case(
        pathway=path(Step("school", takes="P8W", requires=Aged(16, under=18))),
        learner=Learner(born=day("2010-02-01")),
        by="2028-12-01",
        starts={"school": "2028-01-31", "job": "2028-12-01"},
    ),
    # The exam leaves the school until 1 March, and the fee has until 14 March; the school takes 4 weeks. The diploma
    # has to be there for both.
    "what two steps need is due for the first of them": Case(
        pathway=path(
            Step("diploma"),
            Step("school", takes="P4W", requires="diploma"),
            Step("fee", takes="P1D", requires="diploma"),
            Step("exam", takes="P2W", requires="school"),
            job=AllOf("exam", "fee"),
        ),
        by="2028-03-15",
        starts={
            "diploma": "2028-02-02",
            "school": "2028-02-02",
            "fee": "2028-03-14",
            "exam": "2028-03-01",
            "job": "2028-03-15",
        },
    ),
}
each_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())


@each_case
def test_a_plan_made_backward_shows_the_latest_start_of_each_step(case: Case) -> None:
    made = plan(case.pathway, case.learner, today=TODAY, finish_by=day(case.by))
    assert (made.is_latest, made.conflicts) == (True, ())
    assert {step.id: str(step.start) for step in made.steps if not step.is_done} == case.starts


@each_case
def test_with_a_deadline_the_latest_starts_are_the_same(case: Case) -> None:
    made = plan(case.pathway, attrs.evolve(case.learner, deadline=day(case.by)), today=TODAY)
    assert {step.id: str(step.latest_start) for step in made.steps if not step.is_done} == case.starts


@each_case
def test_every_latest_date_has_reasons_that_end_in_what_is_given(case: Case) -> None:
    made = plan(case.pathway, case.learner, today=TODAY, finish_by=day(case.by))
    roots = {"target", "opening", "record", "paper-valid", "age"}
    for step in made.steps:
        if not step.is_done:
            assert made.why(step.id).latest[-1].reason.kind.value in roots


def test_a_target_that_no_window_meets_gives_the_earliest_plan_and_says_so() -> None:
    # The first window opens on 1 August 2027; four months later it is 1 December, 30 days after 1 November.
    made = plan(school(opens=AUTUMN), ME, today=TODAY, finish_by=day("2027-11-01"))
    assert (made.is_latest, made.finish) == (False, day("2027-12-01"))
    assert [(each.kind.value, each.days) for each in made.conflicts] == [("finish-by", 30)]
