"""Weeks of a timeline, and the hours a week of a taught step."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from career_path.days.durations import Effort
from career_path.errors import InvalidValueError
from career_path.model.pathway import Cohort, Cohorts, Step
from career_path.model.timeline import WeekLoad

MONDAY = dt.date(2027, 1, 4)


def week(monday: dt.date = MONDAY, *, weeks: int = 1, asked: int = 10, available: int | None = 20) -> WeekLoad:
    there_are = None if available is None else Fraction(available)
    return WeekLoad(monday=monday, weeks=weeks, asked=Fraction(asked), available=there_are)


def test_weeks_go_through_a_sunday() -> None:
    assert week(weeks=2).through == dt.date(2027, 1, 17)


def test_the_last_week_of_the_calendar_ends_with_it() -> None:
    last = dt.date(9999, 12, 27)  # a Monday; the calendar ends on the Friday after it
    assert week(last).through == dt.date.max
    with pytest.raises(InvalidValueError, match="too-long: found 2 weeks; expected 1 to 1 of them"):
        week(last, weeks=2)


@pytest.mark.parametrize("weeks", [0, -1])
def test_there_is_at_least_one_week(weeks: int) -> None:
    with pytest.raises(InvalidValueError, match="too-long"):
        week(weeks=weeks)


def test_a_week_begins_on_a_monday() -> None:
    with pytest.raises(InvalidValueError, match="monday: not-a-monday: found 2027-01-05; expected the Monday"):
        week(dt.date(2027, 1, 5))


@pytest.mark.parametrize(("asked", "available", "is_too_much"), [(20, 20, False), (21, 20, True), (99, None, False)])
def test_more_than_there_is_is_too_much(asked: int, available: int | None, is_too_much: bool) -> None:  # noqa: FBT001 (a parameter of the test)
    assert week(asked=asked, available=available).is_overloaded is is_too_much


def test_a_load_is_exact() -> None:
    assert Step("class", takes="P9M", load=7.1).load == Fraction(71, 10)
    run = Cohort(start=MONDAY, finish=MONDAY)
    assert Step("class", opens=Cohorts(cohorts=[run]), load=0).load == 0


@pytest.mark.parametrize(
    ("load", "message"),
    [
        (169, "load: too-long: found 169; expected at most 168 hours a week"),
        (-1, "load: negative: found -1; expected 0 to 168 hours a week"),
        (True, "load: not-a-number: found true; expected 0 to 168 hours a week"),
    ],
)
def test_a_week_has_168_hours(load: int, message: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        Step("class", takes="P9M", load=load)
    assert str(caught.value) == message


def test_hours_of_work_have_a_pace_and_no_load() -> None:
    with pytest.raises(InvalidValueError, match="load: fixed-twice: found hours a week; expected none"):
        Step("study", takes=Effort(hours=10), load=5)


def test_what_takes_no_time_has_no_load() -> None:
    with pytest.raises(InvalidValueError, match="load: load-without-length"):
        Step("exam", load=5)
