"""What a window of days asks for. All days are worked out by hand."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from career_path.errors import InvalidValueError
from career_path.model.learner import Held, Learner, Record
from career_path.model.pathway import Credential, Pathway, Step, Validity
from career_path.model.requirements import AllOf, Holds, Needs
from career_path.model.timeline import Deadline, DeadlineKind, Timeline
from career_path.planning.agenda import agenda
from career_path.planning.planner import plan
from career_path.planning.reminders import Ladder, ReminderPolicy

TODAY = dt.date(2027, 1, 4)
# School through 1 Mar (4 Jan + 8 weeks); a paper from 1 Mar for 24 months to the month's end: through 31 Mar 2029.
PATHWAY = Pathway(
    "p",
    goal="job",
    steps=[
        Step("school", title="School", kind="program", takes="P8W"),
        Step("card", title="Card", kind="application", takes="P1W"),
        Step("exam", title="Exam", kind="exam", requires=AllOf(Needs("school"), Needs("card")), grants=["paper"]),
        Step("job", title="Job", kind="job", requires=Holds("paper")),
    ],
    credentials=[Credential("paper", issuer="X", valid=Validity(span="P24M", until="month-end"))],
)


def made(learner: Learner | None = None) -> Timeline:
    return plan(PATHWAY, learner or Learner(), today=TODAY)


def told(deadlines: tuple[Deadline, ...]) -> list[tuple[str, dt.date, str | None]]:
    return [(each.kind.value, each.on, each.step or each.credential) for each in deadlines]


def test_a_window_of_a_month_is_the_usual_one() -> None:
    found = agenda(made())
    assert (found.since, found.until) == (TODAY, dt.date(2027, 2, 4))
    assert told(found.due) == [("enroll-by", TODAY, "school")]
    assert told(found.coming) == [
        ("apply-by", dt.date(2027, 2, 22), "card"),  # a week before 1 Mar
        ("sitting-ends", dt.date(2027, 3, 1), "exam"),
        ("expires", dt.date(2029, 3, 31), "paper"),
    ]
    assert found.overdue == ()
    # P1M before 22 Feb is 22 Jan, before 1 Mar 1 Feb; P14D is after it. The enrollment has its own day left.
    assert [each.on for each in found.reminders] == [TODAY, dt.date(2027, 1, 22), dt.date(2027, 2, 1)]
    assert not found.is_empty


def test_both_ends_of_the_window_are_in_it() -> None:
    found = agenda(made(), since=dt.date(2027, 2, 22), until=dt.date(2027, 2, 22))
    assert told(found.due) == [("apply-by", dt.date(2027, 2, 22), "card")]
    # The exam of 1 Mar has a reminder 14 days before, on 15 Feb, and 3 days before, on 26 Feb.
    assert [each.on for each in found.reminders] == [dt.date(2027, 2, 22)]
    assert told(found.coming) == [
        ("sitting-ends", dt.date(2027, 3, 1), "exam"),
        ("expires", dt.date(2029, 3, 31), "paper"),
    ]


def test_what_passed_after_the_plan_was_made_is_overdue_unless_it_was_done() -> None:
    later = dt.date(2027, 3, 1)
    assert told(agenda(made(), since=later).overdue) == [
        ("enroll-by", TODAY, "school"),
        ("apply-by", dt.date(2027, 2, 22), "card"),
    ]
    done = made(Learner(records=[Record("card", finished=TODAY)]))
    assert told(agenda(done, since=later).overdue) == [("enroll-by", TODAY, "school")]


def test_a_start_that_the_deadline_asked_for_before_today_is_overdue() -> None:
    # Done by 15 Feb means school from 21 Dec 2026: 14 days ago. The card has until 8 Feb.
    timeline = made(Learner(deadline=dt.date(2027, 2, 15)))
    assert told(agenda(timeline).overdue) == [("enroll-by", dt.date(2026, 12, 21), "school")]


def test_a_paper_that_ran_out_is_overdue() -> None:
    learner = Learner(holds=[Held("paper", granted=dt.date(2024, 6, 5))], records=[Record("school", waived=True)])
    pathway = attrs.evolve(PATHWAY, goal=Needs("school"))
    timeline = plan(pathway, learner, today=TODAY)
    assert told(agenda(timeline).overdue) == [("expires", dt.date(2026, 6, 30), "paper")]


def test_a_window_that_opened_is_nothing_to_be_late_for() -> None:
    opened = Deadline(id="w", kind=DeadlineKind.WINDOW_OPENS, on=TODAY, step="school")
    timeline = attrs.evolve(made(), deadlines=(opened,))
    assert agenda(timeline, since=dt.date(2027, 2, 1)).overdue == ()


def test_an_empty_window_says_so() -> None:
    found = agenda(made(), since=TODAY + dt.timedelta(1), until=TODAY + dt.timedelta(2))
    assert (found.due, found.reminders) == ((), ())
    assert not found.is_empty  # the enrollment of yesterday is overdue
    assert agenda(plan(PATHWAY, Learner(records=[Record("job", finished=TODAY)]), today=TODAY)).is_empty


def test_a_policy_decides_what_to_be_reminded_of() -> None:
    policy = ReminderPolicy([Ladder(["apply-by"], ["P10D"])])
    found = agenda(made(), policy=policy, until=dt.date(2027, 12, 31))
    assert [each.on for each in found.reminders] == [dt.date(2027, 2, 12)]


def test_the_last_month_of_the_calendar_has_an_end() -> None:
    last = dt.date(9999, 12, 20)
    assert agenda(made(), since=last).until == dt.date.max


@pytest.mark.parametrize(
    ("since", "until", "message"),
    [
        (dt.date(2027, 2, 2), dt.date(2027, 2, 1), r"until: not-in-order: found 2027-02-01; expected 2027-02-02"),
        (dt.datetime(2027, 2, 2), None, "since: not-a-date"),  # noqa: DTZ001 (a time of day is what is refused)
    ],
)
def test_what_is_no_window_is_refused(since: dt.date, until: dt.date | None, message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        agenda(made(), since=since, until=until)


@pytest.mark.parametrize(
    ("kinds", "before", "code"),
    [
        (["expire"], ["P1M"], "not-a-choice"),
        (["expires"], ["-P1D"], "negative"),
        (["expires"], ["soon"], "not-a-span"),
        (["expires"], [f"P{days}D" for days in range(51)], "too-many"),
    ],
)
def test_what_is_no_ladder_is_refused(kinds: list[str], before: list[str], code: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        Ladder(kinds, before)
    assert caught.value.code == code
