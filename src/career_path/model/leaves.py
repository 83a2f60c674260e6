"""What requirements ask of a person's work, place and facts, and the work that a job brings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

import attrs

from career_path.days.durations import to_hours
from career_path.days.numbers import check_date
from career_path.days.spans import Span, to_optional_span
from career_path.errors import InvalidValueError, quoted
from career_path.model.choices import to_choice
from career_path.model.places import check_place
from career_path.model.text import check_id, check_text, to_ids
from career_path.model.weekly import to_weekly_hours
from career_path.values import Value, frozen

if TYPE_CHECKING:
    from career_path.model.requirements import AllOf, AnyOf, Requirement

__all__ = ["Combinable", "HasFact", "Located", "Overlapping", "Work", "Worked"]


class Combinable(Value):
    """`&` and `|` for requirements."""

    __slots__ = ()

    if TYPE_CHECKING:

        def __attrs_init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (as loose as the real ones differ)
            """What attrs makes of the fields; not every type checker knows of it."""

    def __and__(self, other: Requirement | str) -> AllOf:
        from career_path.model.requirements import AllOf, to_requirement  # noqa: PLC0415 (made of these leaves)

        mine = cast("Requirement", self)
        return AllOf(*(mine.of if isinstance(mine, AllOf) else (mine,)), to_requirement(other))

    def __or__(self, other: Requirement | str) -> AnyOf:
        from career_path.model.requirements import AnyOf, to_requirement  # noqa: PLC0415 (made of these leaves)

        mine = cast("Requirement", self)
        return AnyOf(*(mine.of if isinstance(mine, AnyOf) else (mine,)), to_requirement(other))


class Overlapping(StrEnum):
    """How days count on which there was work in several jobs.

    >>> Worked("nurse", span="P1Y").overlapping is Overlapping.ONCE
    True
    """

    ONCE = "once"
    EACH = "each"


def _role(value: object) -> str:
    role = check_text(value, "role") if isinstance(value, str) else ""
    if not role:
        raise InvalidValueError("empty", "role", quoted(value), "the name of a kind of work")
    return role


def _to_role(value: str) -> str:
    return _role(value)


def _to_roles(values: str | Iterable[str]) -> tuple[str, ...]:
    roles = (values,) if isinstance(values, str) else to_ids(values)
    if not roles:
        raise InvalidValueError("empty", "worked", "no role", "at least one role")
    return tuple(sorted({_role(role) for role in roles}))


def _to_wanted_hours(value: float | Decimal | Fraction | None) -> Fraction | None:
    if value is None:
        return None
    hours = to_hours(value)
    if not hours:
        raise InvalidValueError("never-asked", "hours", quoted(value), "more than 0 hours")
    return hours


def _to_overlapping(value: Overlapping | str) -> Overlapping:
    return to_choice(Overlapping, value, "overlapping")


def _to_optional_day(value: dt.date | None) -> dt.date | None:
    return None if value is None else check_date(value, "counted_back_from")


@frozen
class Worked(Combinable):
    """Enough work in one of some roles before the day the step starts: a `span`, so many `hours`, or both at once.

    Work is that of the learner's employment, work still going on counting on, and, where that helps, of one job that
    the plan takes up (`Step.work`). Its days are those before the reference day: the start of the step that asks, or
    the fixed day `counted_back_from`, for which only recorded work counts. With `in_last` only the days count that are
    at most so old on the reference day, as a need `within` is. The days worked make a span if, laid end to end from
    the first of them, they reach as far as the span does: unbroken work since a day makes a year a year after that
    day. Each day counts a seventh of the hours a week. Where jobs overlap, a day counts `once`, with the hours of the
    job that has most, or for `each` of them.

    >>> from datetime import date
    >>> from career_path import Employment, Learner, Pathway, Step, plan
    >>> exam = Pathway("p", goal="exam", steps=[Step("exam", requires=Worked("aide", span="P1Y", in_last="P3Y"))])
    >>> working = Learner(employment=[Employment(role="aide", from_=date(2026, 9, 1))])
    >>> plan(exam, working, today=date(2027, 1, 4)).finish
    datetime.date(2027, 9, 1)
    """

    roles: tuple[str, ...] = attrs.field(converter=_to_roles)
    span: Span | None = attrs.field(default=None, converter=to_optional_span, kw_only=True)
    hours: Fraction | None = attrs.field(default=None, converter=_to_wanted_hours, kw_only=True)
    in_last: Span | None = attrs.field(default=None, converter=to_optional_span, kw_only=True)
    overlapping: Overlapping = attrs.field(default=Overlapping.ONCE, converter=_to_overlapping, kw_only=True)
    counted_back_from: dt.date | None = attrs.field(default=None, converter=_to_optional_day, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.span is None and self.hours is None:
            raise InvalidValueError("missing", "", "neither 'span' nor 'hours'", "one of them, or both")
        for name in ("span", "in_last"):
            span: Span | None = getattr(self, name)
            if span is not None and (span.is_negative or span.is_zero):
                raise InvalidValueError("not-a-length", name, quoted(str(span)), "a length of more than no time")


def _to_place(value: str) -> str:
    return check_place(value, "located")


@frozen
class Located(Combinable):
    """A place that the learner's own is, or lies in; it holds for the whole plan or not at all.

    >>> from datetime import date
    >>> from career_path import AnyOf, Learner, Pathway, Step, plan
    >>> steps = [Step("state-exam", requires=Located("US-TX")), Step("national-exam", takes="P1M")]
    >>> path = Pathway("p", goal=AnyOf("state-exam", "national-exam"), steps=steps)
    >>> plan(path, Learner(place="US-TX-201"), today=date(2027, 1, 4)).finish
    datetime.date(2027, 1, 4)
    """

    place: str = attrs.field(converter=_to_place)


def _to_fact(value: str) -> str:
    return check_id(value, "fact")


def _to_text(value: str) -> str:
    return check_text(value, "is")


@frozen
class HasFact(Combinable):
    """A named fact of the learner that reads so; it holds for the whole plan or not at all.

    Numbers and dates read as they are written, truth values as `true` and `false`.

    >>> from datetime import date
    >>> from career_path import AnyOf, Fact, Learner, Pathway, Step, plan
    >>> steps = [Step("course", takes="P3M"), Step("exam", requires=AnyOf(HasFact("veteran", "true"), "course"))]
    >>> veteran = Learner(facts=[Fact("veteran", True)])
    >>> plan(Pathway("p", goal="exam", steps=steps), veteran, today=date(2027, 1, 4)).finish
    datetime.date(2027, 1, 4)
    """

    fact: str = attrs.field(converter=_to_fact)
    is_: str = attrs.field(converter=_to_text)


def _to_weekly(value: float | Decimal | Fraction | None) -> Fraction | None:
    return None if value is None else to_weekly_hours(value, "hours")


@frozen
class Work(Value):
    """The work that a job brings from the day it is taken up: its role, and the hours a week where they are known.

    >>> Work("medical assistant", hours=32).hours
    Fraction(32, 1)
    """

    role: str = attrs.field(converter=_to_role)
    hours: Fraction | None = attrs.field(default=None, converter=_to_weekly, kw_only=True)
