"""How long a step takes: calendar time, working days, hours of work, or an estimate of one of these."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final, assert_never

import attrs

from career_path.days.holidays import HolidayCalendar, to_calendar
from career_path.days.spans import Span, to_span
from career_path.errors import InvalidValueError, quoted
from career_path.values import Value, frozen

__all__ = [
    "Duration",
    "Effort",
    "Estimate",
    "PlainDuration",
    "WorkingDays",
    "hours_text",
    "likely",
    "to_duration",
    "to_hours",
]

MOST_WORKING_DAYS: Final = 26_100
"""The longest wait in working days: a hundred years."""
MOST_HOURS: Final = 1_000_000
"""More hours than a working life holds."""


def to_hours(value: object) -> Fraction:
    """An exact number of hours, 0 or more.

    A float stands for the decimal it is written as, so 7.1 is 71/10.

    >>> to_hours(7.5)
    Fraction(15, 2)

    Raises:
        InvalidValueError: codes `not-a-number`, `negative`, `too-long`.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal, Fraction)):
        raise InvalidValueError("not-a-number", "", quoted(value), "a number of hours")
    if isinstance(value, (float, Decimal)) and not Decimal(value).is_finite():
        raise InvalidValueError("not-a-number", "", quoted(value), "a finite number of hours")
    if isinstance(value, Decimal) and (abs(value.adjusted()) > 9 or len(value.as_tuple().digits) > 18):  # noqa: PLR2004 (told in the message)
        raise InvalidValueError("too-long", "", quoted(value), "a number of at most nine digits before the point")
    if not 0 <= value <= MOST_HOURS:
        code = "negative" if value < 0 else "too-long"
        raise InvalidValueError(code, "", quoted(value), f"0 to {MOST_HOURS} hours")
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def _to_hours(value: float | Decimal | Fraction) -> Fraction:
    return to_hours(value)


def _to_optional_hours(value: float | Decimal | Fraction | None) -> Fraction | None:
    return None if value is None else to_hours(value)


def hours_text(hours: Fraction) -> str:
    """Hours as people write them: `160`, `7.5`, `1/3`.

    >>> hours_text(Fraction(15, 2))
    '7.5'
    """
    as_float = hours.numerator / hours.denominator
    exact = f"{as_float:.9f}".rstrip("0").rstrip(".")
    return exact if Fraction(exact) == hours else str(hours)


@frozen
class WorkingDays(Value):
    """A count of working days: Monday to Friday, less the holidays of a calendar where one is given.

    >>> WorkingDays(20).count
    20

    Raises:
        InvalidValueError: codes `not-a-count`, `too-long`, `not-a-calendar`.
    """

    count: int
    holidays: HolidayCalendar | None = attrs.field(default=None, converter=to_calendar, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if type(self.count) is not int:
            raise InvalidValueError("not-a-count", "working_days", quoted(self.count), "a whole number")
        if not 0 <= self.count <= MOST_WORKING_DAYS:
            raise InvalidValueError(
                "too-long", "working_days", quoted(self.count), f"0 to {MOST_WORKING_DAYS} working days"
            )


@frozen(kw_only=True)
class Effort(Value):
    """Hours of work, at the learner's weekly pace and at no more than the step allows.

    >>> Effort(hours=160, weekly_at_most=40).hours
    Fraction(160, 1)
    """

    hours: Fraction = attrs.field(converter=_to_hours)
    weekly_at_most: Fraction | None = attrs.field(default=None, converter=_to_optional_hours)

    def __attrs_post_init__(self) -> None:
        if self.weekly_at_most == 0:
            raise InvalidValueError("never-ends", "weekly_at_most", "0", "more than 0 hours a week")


PlainDuration = Span | WorkingDays | Effort


def _to_plain(value: PlainDuration | str) -> PlainDuration:
    if isinstance(value, (WorkingDays, Effort)):
        return value
    span = to_span(value)
    if span.is_negative:
        raise InvalidValueError("negative", "", quoted(str(span)), "a span that does not lead back")
    return span


@frozen(kw_only=True)
class Estimate(Value):
    """A length that is not known exactly; plans use `likely`.

    >>> Estimate(low="P4W", likely="P6W", high="P12W").likely
    Span.parse('P6W')
    """

    low: PlainDuration = attrs.field(converter=_to_plain)
    likely: PlainDuration = attrs.field(converter=_to_plain)
    high: PlainDuration = attrs.field(converter=_to_plain)

    def __attrs_post_init__(self) -> None:
        kinds = {type(part) for part in (self.low, self.likely, self.high)}
        if len(kinds) > 1:
            raise InvalidValueError(
                "mixed-lengths", "", "lengths of different kinds", "low, likely and high of one kind"
            )
        sizes = [_size(part) for part in (self.low, self.likely, self.high)]
        if sizes != sorted(sizes):
            raise InvalidValueError("out-of-order", "", "low, likely and high out of order", "low <= likely <= high")


Duration = PlainDuration | Estimate


def _size(value: PlainDuration) -> tuple[Fraction | int, ...]:
    match value:
        case Span():
            return (value.total_months * 30 + value.total_days, value.total_months)
        case WorkingDays():
            return (value.count,)
        case Effort():
            return (value.hours,)
        case _:  # pragma: no cover
            assert_never(value)


def likely(value: Duration) -> PlainDuration:
    """The length that plans use."""
    return value.likely if isinstance(value, Estimate) else value


def to_duration(value: Duration | str) -> Duration:
    """A length of a step, from itself or from ISO 8601 text; one that leads back is refused."""
    return value if isinstance(value, Estimate) else _to_plain(value)
