"""Days counted from another day: so long before it, and so long after it."""

from __future__ import annotations

from enum import StrEnum

import attrs

from career_path.days.day_rules import DayRule
from career_path.days.durations import WorkingDays
from career_path.days.spans import Span, to_span
from career_path.errors import InvalidValueError, quoted
from career_path.model.choices import to_choice
from career_path.model.ends import Until
from career_path.model.parts import check_part
from career_path.values import Value, frozen

__all__ = [
    "Before",
    "Counts",
    "Lead",
    "LeadDay",
    "Wait",
    "Within",
    "to_optional_lead",
    "to_optional_wait",
    "to_optional_within",
    "to_within",
]


class Counts(StrEnum):
    """How days are counted from a day: the next one is day one, or that day itself is."""

    AFTER = "after"
    INCLUSIVE = "inclusive"


class LeadDay(StrEnum):
    """A day that lies before another one by its place in the calendar."""

    MONTH_START = "month-start"


def _to_counts(value: Counts | str) -> Counts:
    return to_choice(Counts, value, "counts")


def _forward_span(value: Span | str) -> Span:
    return _forward(value)


def _begins(value: LeadDay | DayRule | str | None) -> LeadDay | DayRule | None:
    return value if value is None or isinstance(value, DayRule) else to_choice(LeadDay, value, "begins")


@frozen(kw_only=True)
class Before(Value):
    """So long before a day; `begins` moves it back to the first day of its month or to a day of a set.

    `inclusive` counts the day itself: a month before 15 May, that day counted, begins on 16 April.

    >>> Before(span="P1M", counts="inclusive").begins is None
    True
    """

    span: Span = attrs.field(converter=_forward_span)
    counts: Counts = attrs.field(default=Counts.AFTER, converter=_to_counts)
    begins: LeadDay | DayRule | None = attrs.field(default=None, converter=_begins)


Lead = Span | WorkingDays | DayRule | LeadDay | Before
"""A day before another: so long before it, the last day of a set on or before it, or the first day of its month."""


Wait = Span | WorkingDays
"""How long something takes in the calendar."""


def to_optional_lead(value: Lead | str | None) -> Lead | None:
    """A day before another from what callers may write; None as it is.

    >>> to_optional_lead("month-start")
    <LeadDay.MONTH_START: 'month-start'>

    Raises:
        InvalidValueError: a span that leads back (code `negative`), or text that is none.
    """
    return None if value is None else _to_lead(value)


def to_optional_wait(value: Wait | str | None) -> Wait | None:
    """A time to wait from what callers may write; None as it is.

    >>> to_optional_wait("P3W").total_days
    21

    Raises:
        InvalidValueError: a span that leads back (code `negative`), or text that is none.
    """
    return value if value is None or isinstance(value, WorkingDays) else _forward(value)


def _to_lead(value: Lead | str) -> Lead:
    if isinstance(value, (WorkingDays, DayRule, Before)):
        return value
    if isinstance(value, LeadDay) or (isinstance(value, str) and value in LeadDay._value2member_map_):
        return LeadDay(value)
    return _forward(value)


def _forward(value: Span | str) -> Span:
    span = to_span(value)
    if span.is_negative:
        raise InvalidValueError("negative", "", quoted(str(span)), "a span of no time or more")
    return span


def _span(value: Span | str) -> Span:
    span = to_span(value)
    if span.is_negative or span.is_zero:
        raise InvalidValueError("not-positive", "span", quoted(str(span)), "a span longer than nothing")
    return span


def _counts(value: Counts | str) -> Counts:
    return to_choice(Counts, value, "counts")


def _rolled(value: Until | DayRule | str | None) -> Until | DayRule | None:
    if value is None or isinstance(value, DayRule):
        return value
    word = to_choice(Until, value, "until")
    if word is not Until.MONTH_END:
        raise InvalidValueError("not-a-choice", "until", quoted(word.value), "'month-end' or a day rule")
    return word


@frozen(kw_only=True)
class Within(Value):
    """So long after the last day of validity; `until` rolls it forward to a month end or another day of a set.

    >>> Within(span="P90D", counts="inclusive").counts.value
    'inclusive'
    """

    span: Span = attrs.field(converter=_span)
    counts: Counts = attrs.field(default=Counts.AFTER, converter=_counts)
    until: Until | DayRule | None = attrs.field(default=None, converter=_rolled)


def to_within(value: Within | Span | str) -> Within:
    """So long after a last day, from a span alone too.

    >>> to_within("P90D").span
    Span.parse('P90D')

    Raises:
        InvalidValueError: a span of nothing or one that leads back (code `not-positive`), or something else.
    """
    if isinstance(value, (Span, str)):
        return Within(span=value)
    return check_part(value, Within, "within")


def to_optional_within(value: Within | Span | str | None) -> Within | None:
    """The same; None as it is.

    >>> to_optional_within(None) is None
    True
    """
    return None if value is None else to_within(value)
