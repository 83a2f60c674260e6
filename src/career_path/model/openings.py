"""When a step may start: the days of a rule, or fixed runs of a course."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from career_path.days.day_rules import DayRule
from career_path.days.numbers import to_day
from career_path.errors import InvalidValueError, quoted
from career_path.model.parts import check_parts
from career_path.values import Value, frozen

__all__ = ["Cohort", "Cohorts", "Opening", "check_opening"]


@frozen(kw_only=True)
class Cohort(Value):
    """One run of a course: its first day, and the first day on which it counts as done.

    >>> Cohort(start=dt.date(2027, 1, 11), finish=dt.date(2027, 1, 10))
    Traceback (most recent call last):
    career_path.errors.InvalidValueError: finish: ends-before-it-begins: found 2027-01-10; expected 2027-01-11 or later
    """

    start: dt.date = attrs.field(converter=to_day)
    finish: dt.date = attrs.field(converter=to_day)

    def __attrs_post_init__(self) -> None:
        if self.finish < self.start:
            raise InvalidValueError("ends-before-it-begins", "finish", str(self.finish), f"{self.start} or later")


def _to_cohorts(values: Iterable[Cohort]) -> tuple[Cohort, ...]:
    cohorts = check_parts(values, Cohort, "cohorts")
    return tuple(sorted(set(cohorts), key=lambda cohort: (cohort.start, cohort.finish)))


@frozen(kw_only=True)
class Cohorts(Value):
    """Fixed runs of a step, each with its first day and its finish.

    >>> from career_path import Learner, Pathway, Step, plan
    >>> run = Cohort(start=dt.date(2027, 2, 1), finish=dt.date(2027, 6, 1))
    >>> course = Pathway("p", goal="course", steps=[Step("course", opens=Cohorts(cohorts=[run]))])
    >>> plan(course, Learner(), today=dt.date(2027, 1, 4)).finish
    datetime.date(2027, 6, 1)
    """

    cohorts: tuple[Cohort, ...] = attrs.field(converter=_to_cohorts)

    def __attrs_post_init__(self) -> None:
        if not self.cohorts:
            raise InvalidValueError("empty", "cohorts", "no cohort", "at least one cohort")


Opening = DayRule | Cohorts


def check_opening(value: object) -> Opening | None:
    """`value`, if it is one of these, or None.

    >>> check_opening(None) is None
    True

    Raises:
        InvalidValueError: code `wrong-kind`.
    """
    if value is None or isinstance(value, (DayRule, Cohorts)):
        return value
    raise InvalidValueError("wrong-kind", "opens", quoted(value), "a day rule or cohorts")
