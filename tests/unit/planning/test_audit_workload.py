"""The audit of hours: silent about weeks worked out by hand, and loud about each with one thing broken."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs
import pytest

from career_path.model.learner import Learner
from career_path.model.pathway import Pathway, Step
from career_path.model.timeline import Notice, NoticeKind, StepLoad, Timeline, WeekLoad
from career_path.planning.audit import audit
from career_path.planning.planner import plan

PATHWAY = Pathway("p", goal="class", steps=[Step("class", takes="P17D", load=28, cost=0)])
ANA = Learner(weekly_hours=20)
MADE = plan(PATHWAY, ANA, today=dt.date(2027, 1, 4))


def week(monday: str, weeks: int, hours: int, *, available: int | None = 20, step: str = "class") -> WeekLoad:
    return WeekLoad(
        monday=dt.date.fromisoformat(monday),
        weeks=weeks,
        asked=Fraction(hours),
        available=None if available is None else Fraction(available),
        steps=(StepLoad(step=step, hours=Fraction(hours)),),
    )


# Two weeks of 28 hours and three days of 4.
FIRST, LAST = week("2027-01-04", 2, 28), week("2027-01-18", 1, 12)
TOO_MUCH = Notice(kind=NoticeKind.OVERLOADED_WEEKS, steps=("class",))


def with_weeks(*weeks: WeekLoad, notices: tuple[Notice, ...] = (TOO_MUCH,)) -> Timeline:
    return attrs.evolve(MADE, workload=weeks, notices=notices)


def test_weeks_worked_out_by_hand_are_sound_however_they_are_put_together() -> None:
    assert audit(with_weeks(FIRST, LAST), PATHWAY, ANA) == ()
    assert audit(with_weeks(week("2027-01-04", 1, 28), week("2027-01-11", 1, 28), LAST), PATHWAY, ANA) == ()


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (with_weeks(FIRST), "in the week of 2027-01-18 the plan asks for 'class' 12 of 20 hours, not nothing"),
        (
            with_weeks(FIRST, week("2027-01-18", 2, 12)),
            "in the week of 2027-01-25 the plan asks for nothing, not 'class' 12 of 20 hours",
        ),
        (
            with_weeks(FIRST, week("2027-01-18", 1, 13)),
            "in the week of 2027-01-18 the plan asks for 'class' 12 of 20 hours, not 'class' 13 of 20 hours",
        ),
        (
            with_weeks(FIRST, week("2027-01-18", 1, 12, available=None)),
            "in the week of 2027-01-18 the plan asks for 'class' 12 of 20 hours, not 'class' 12 of ? hours",
        ),
        (
            with_weeks(FIRST, week("2027-01-18", 1, 12, step="other")),
            "in the week of 2027-01-18 the plan asks for 'class' 12 of 20 hours, not 'other' 12 of 20 hours",
        ),
        (
            with_weeks(FIRST, attrs.evolve(LAST, steps=())),
            "the hours asked for from 2027-01-18 on are not the sum of those of the steps",
        ),
        (with_weeks(LAST, FIRST), "the weeks from 2027-01-04 do not follow the ones before"),
        (with_weeks(FIRST, LAST, notices=()), "the steps of weeks with too many hours are ['class'], not []"),
        (
            with_weeks(FIRST, LAST, notices=(attrs.evolve(TOO_MUCH, steps=("other",)),)),
            "the steps of weeks with too many hours are ['class'], not [['other']]",
        ),
    ],
)
def test_one_thing_broken_is_told(broken: Timeline, fault: str) -> None:
    assert fault in audit(broken, PATHWAY, ANA)


def test_a_notice_without_such_a_week_is_told() -> None:
    rich = Learner(weekly_hours=28)
    sound = plan(PATHWAY, rich, today=dt.date(2027, 1, 4))
    faults = audit(attrs.evolve(sound, notices=(TOO_MUCH,)), PATHWAY, rich)
    assert faults == ("the steps of weeks with too many hours are [], not [['class']]",)
