"""The hours that a plan asks for week by week, against those that there are."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Final

import attrs

from career_path.days.numbers import LAST, check_date, weekday
from career_path.errors import InvalidValueError
from career_path.values import Value, frozen

__all__ = ["MOST_WEEKS", "StepLoad", "WeekLoad"]

MOST_WEEKS: Final = LAST // 7 + 1
"""As many as the calendar has."""


@frozen(kw_only=True)
class StepLoad(Value):
    """The hours that one step asks for in a week.

    >>> from career_path import Learner, Pathway, Step, plan
    >>> nights = Pathway("p", goal="course", steps=[Step("course", takes="P6W", load=7.5)])
    >>> plan(nights, Learner(), today=dt.date(2027, 1, 4)).workload[0].steps[0].hours
    Fraction(15, 2)
    """

    step: str
    hours: Fraction


def _monday(value: dt.date) -> dt.date:
    day = check_date(value, "monday")
    if weekday(day.toordinal()):
        raise InvalidValueError("not-a-monday", "monday", str(day), "the Monday with which a week begins")
    return day


@frozen(kw_only=True)
class WeekLoad(Value):
    """A week, or several alike one after another, each from Monday through Sunday: hours asked, and hours there are.

    `available` is None where the learner's hours are not known. `steps` are those that ask for hours in such a week, in
    the order of the plan; `asked` is their sum.

    >>> from career_path import HoursPeriod, Learner, Pathway, Step, plan
    >>> nights = Pathway("p", goal="course", steps=[Step("course", takes="P6W", load=12)])
    >>> busy = Learner(weekly_hours=[HoursPeriod(hours=10, through=dt.date(2027, 1, 31)), HoursPeriod(hours=30,
    ...     from_=dt.date(2027, 2, 1))])
    >>> for each in plan(nights, busy, today=dt.date(2027, 1, 4)).workload:
    ...     print(each.monday, each.weeks, each.asked, each.available, each.is_overloaded)
    2027-01-04 4 12 10 True
    2027-02-01 2 12 30 False
    """

    monday: dt.date = attrs.field(converter=_monday)
    weeks: int = 1
    asked: Fraction
    available: Fraction | None
    steps: tuple[StepLoad, ...] = ()

    def __attrs_post_init__(self) -> None:
        most = (LAST - self.monday.toordinal()) // 7 + 1
        if not 1 <= self.weeks <= most:
            raise InvalidValueError("too-long", "weeks", f"{self.weeks} weeks", f"1 to {most} of them")

    @property
    def through(self) -> dt.date:
        """The last of these days, a Sunday."""
        return dt.date.fromordinal(min(self.monday.toordinal() + 7 * self.weeks - 1, LAST))

    @property
    def is_overloaded(self) -> bool:
        """Whether more hours are asked for than there are."""
        return self.available is not None and self.asked > self.available
