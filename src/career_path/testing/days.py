"""Strategies for days: dates that tend to sit where calendars bite, spans, lengths, day rules, absences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Union, assert_never, get_args, get_origin

import attrs
from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from career_path.days.day_rules import DAY_RULES, DayRule, MonthDay, YearlyWindow
from career_path.days.durations import Duration, Effort, Estimate, PlainDuration, WorkingDays
from career_path.days.holidays import HolidayCalendar, Observed
from career_path.days.numbers import month_length
from career_path.days.pace import Absence
from career_path.days.spans import Span
from career_path.errors import InvalidValueError

__all__ = ["absences", "calendars", "dates", "day_rules", "durations", "spans"]

_FIRST: Final = dt.date(1950, 1, 1)
_LAST: Final = dt.date(2150, 12, 31)
_BORN: Final = (dt.date(1940, 1, 1), dt.date(2012, 12, 31))


def dates(*, min_value: dt.date = _FIRST, max_value: dt.date = _LAST) -> SearchStrategy[dt.date]:
    """Dates, both ends included; the ends, ends of months and of February more often than by chance.

    >>> from hypothesis import find
    >>> find(dates(min_value=dt.date(2027, 1, 11)), lambda day: True) >= dt.date(2027, 1, 11)
    True
    """
    return _with_ends(min_value, max_value)


@cache  # Hypothesis looks at every new strategy, which costs more than drawing from a known one
def _with_ends(min_value: dt.date, max_value: dt.date) -> SearchStrategy[dt.date]:
    within = dates_between(min_value, max_value)
    return st.one_of(within, within, st.sampled_from((min_value, max_value)))


@cache
def dates_between(min_value: dt.date = _FIRST, max_value: dt.date = _LAST) -> SearchStrategy[dt.date]:
    """As `dates`, but the two ends only by chance: for stretches whose ends mean nothing."""
    plain = st.dates(min_value, max_value)
    ends = plain.map(_month_end).filter(lambda day: min_value <= day <= max_value)
    february = plain.map(_end_of_february).filter(lambda day: min_value <= day <= max_value)
    is_long = (max_value - min_value).days > 400  # noqa: PLR2004 (a year and a bit: every month end can be hit)
    return st.one_of(plain, ends, february) if is_long else plain


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=month_length(day.year, day.month))


def _end_of_february(day: dt.date) -> dt.date:
    return dt.date(day.year, 2, month_length(day.year, 2))


def spans(
    *, max_months: int = 18, max_days: int = 90, may_be_negative: bool = False, may_be_zero: bool = True
) -> SearchStrategy[Span]:
    """Calendar lengths, written in every unit; with `may_be_negative` also such that lead back.

    >>> from hypothesis import find
    >>> find(spans(may_be_negative=True), lambda span: span.is_negative).total_days
    -1
    """
    return _spans(max_months, max_days, may_be_negative, may_be_zero)


@cache
@st.composite
def _spans(draw: DrawFn, max_months: int, max_days: int, may_be_negative: bool, may_be_zero: bool) -> Span:  # noqa: FBT001 (never called but here)
    months = draw(st.just(0) | st.integers(0, max_months))
    days = draw(st.just(0) | st.integers(0, max_days)) if months else draw(st.integers(not may_be_zero, max_days))
    years, months = divmod(months, 12) if draw(st.booleans()) else (0, months)
    weeks, days = divmod(days, 7) if draw(st.booleans()) else (0, days)
    span = Span(years=years, months=months, weeks=weeks, days=days)
    return -span if may_be_negative and draw(st.booleans()) else span


def durations(*, may_be_estimate: bool = True, max_days: int = 90) -> SearchStrategy[Duration]:
    """Lengths of steps: from nothing to a few months of calendar time, working days, or hours of work.

    >>> from hypothesis import find
    >>> find(durations(), lambda length: isinstance(length, WorkingDays))
    WorkingDays(count=0, holidays=None)
    """
    return _durations(may_be_estimate, max_days)


@cache
def _durations(may_be_estimate: bool, max_days: int) -> SearchStrategy[Duration]:  # noqa: FBT001 (never called but here)
    plain = _plain_durations(max_days)
    return plain | _estimates(max_days) if may_be_estimate else plain


def _plain_durations(max_days: int) -> SearchStrategy[PlainDuration]:
    return spans(max_months=max_days // 30, max_days=max_days) | _working_days(max_days) | _efforts(max_days)


def _working_days(max_days: int) -> SearchStrategy[WorkingDays]:
    return st.builds(WorkingDays, st.integers(0, max_days * 5 // 7), holidays=st.none() | st.none() | calendars())


def _efforts(max_days: int) -> SearchStrategy[Effort]:
    hours = st.integers(0, max_days * 3) | st.integers(0, max_days * 8).map(lambda eighths: Fraction(eighths, 8))
    return st.builds(Effort, hours=hours, weekly_at_most=st.none() | st.integers(5, 60) | st.just(Fraction(75, 2)))


def calendars() -> SearchStrategy[HolidayCalendar]:
    """Holiday calendars that know every day: single days and stretches of the year, kept on weekends or beside them.

    >>> from hypothesis import find
    >>> find(calendars(), lambda calendar: calendar.is_day_off(dt.date(2027, 12, 24))).through is None
    True
    """
    return _calendars()


@cache
@st.composite
def _calendars(draw: DrawFn) -> HolidayCalendar:
    """Named by what it holds, so that two calendars of one document never share a name."""
    firsts = st.dates(dt.date(2001, 1, 1), dt.date(2001, 12, 24)) | st.just(dt.date(2001, 12, 24))
    days = draw(st.lists(st.tuples(firsts, st.integers(0, 6)), min_size=1, max_size=4, unique=True))
    rules = tuple(YearlyWindow(from_=_of_year(first), through=_of_year(first + dt.timedelta(n))) for first, n in days)
    observed = draw(st.sampled_from(Observed))
    name = "-".join(f"{first:%m%d}.{n}" for first, n in days)
    return HolidayCalendar(f"{observed.value}-{name}", days=rules, observed=observed)


def _of_year(day: dt.date) -> MonthDay:
    return MonthDay(day.month, day.day)


@st.composite
def _estimates(draw: DrawFn, max_days: int) -> Estimate:
    kinds: tuple[SearchStrategy[PlainDuration], ...] = (
        _days_only(max_days),
        _working_days(max_days),
        _efforts(max_days),
    )
    parts = draw(st.one_of(*(st.lists(kind, min_size=3, max_size=3) for kind in kinds)))
    low, likely, high = sorted(parts, key=_size)
    return Estimate(low=low, likely=likely, high=high)


def _days_only(max_days: int) -> SearchStrategy[Span]:
    return st.builds(Span, days=st.integers(0, max_days))


def _size(part: PlainDuration) -> Fraction | int:
    match part:
        case Span():
            return part.total_days
        case WorkingDays():
            return part.count
        case Effort():
            return part.hours
        case _:  # pragma: no cover
            assert_never(part)


def absences(*, min_value: dt.date = _FIRST, max_value: dt.date = _LAST, max_days: int = 30) -> SearchStrategy[Absence]:
    """Absences of 1 to `max_days` days that begin between two dates, both included.

    >>> from hypothesis import find
    >>> away = find(absences(min_value=dt.date(2027, 7, 1)), lambda away: True)
    >>> away.from_ <= away.through
    True
    """
    return _absences(min_value, max_value, max_days)


@cache
def _absences(min_value: dt.date, max_value: dt.date, max_days: int) -> SearchStrategy[Absence]:
    def absence(first: dt.date, days: int) -> Absence:
        return Absence(from_=first, through=dt.date.fromordinal(min(first.toordinal() + days, dt.date.max.toordinal())))

    return st.builds(absence, dates_between(min_value, max_value), st.integers(0, max_days - 1))


def day_rules(
    *,
    kinds: tuple[type[DayRule], ...] = DAY_RULES,
    min_value: dt.date = _FIRST,
    max_value: dt.date = _LAST,
    is_bound: bool = True,
) -> SearchStrategy[DayRule]:
    """Day rules of every class that documents know, or of some; dates inside them lie between two dates, both included.

    Rules that depend on a birth date have one, unless `is_bound` is False: then they are as a document writes them.
    A new class in `DAY_RULES` is drawn from the types of its fields; where these say too little, a field lists
    `metadata={"examples": (...)}`.

    >>> from hypothesis import find
    >>> find(day_rules(), lambda rule: rule.has(dt.date(2028, 2, 29)) and rule.key == "weekdays").days
    (<Weekday.TUE: 'tue'>,)
    """
    return _day_rules(kinds, min_value, max_value, is_bound)


@cache
def _day_rules(
    kinds: tuple[type[DayRule], ...],
    min_value: dt.date,
    max_value: dt.date,
    is_bound: bool,  # noqa: FBT001 (never called but here)
) -> SearchStrategy[DayRule]:
    inner = dates_between(min_value, max_value)
    return st.one_of(*(_rule_of(kind, inner, is_bound=is_bound) for kind in kinds))


def _rule_of(kind: type[DayRule], inner: SearchStrategy[dt.date], *, is_bound: bool) -> SearchStrategy[DayRule]:
    rules = st.fixed_dictionaries(_fields(kind, inner)).map(lambda fields: _made(kind, fields))
    births = dates_between(*_BORN)
    return st.builds(_bound, rules, births) if is_bound else rules


def _bound(rule: DayRule, born: dt.date) -> DayRule:
    return rule.for_birth(born)


def _made(kind: type[DayRule], fields: Mapping[str, object]) -> DayRule:
    try:
        return kind(**fields)
    except InvalidValueError:
        reject()


def _fields(kind: type[DayRule], inner: SearchStrategy[dt.date]) -> dict[str, SearchStrategy[Any]]:
    """A strategy for every field that a document writes."""
    fields = attrs.fields(attrs.resolve_types(kind))
    return {field.name: _field_values(field, inner) for field in fields if not field.metadata.get("bound")}


def _field_values(field: attrs.Attribute[Any], inner: SearchStrategy[dt.date]) -> SearchStrategy[Any]:
    examples: tuple[object, ...] = field.metadata.get("examples", ())
    return st.sampled_from(examples) if examples else _values(field.type, inner)


def _values(kind: Any, inner: SearchStrategy[dt.date]) -> SearchStrategy[Any]:  # noqa: ANN401 (any annotation)
    """Values of the type that a field names."""
    known: dict[Any, SearchStrategy[Any]] = {
        dt.date: inner,
        MonthDay: st.dates(dt.date(2000, 1, 1), dt.date(2000, 12, 31)).map(lambda day: MonthDay(day.month, day.day)),
        Span: spans(may_be_zero=False),
        int: st.integers(1, 5) | st.integers(1, 31),
        HolidayCalendar: calendars(),
        DayRule: st.deferred(lambda: st.one_of(*(_rule_of(each, inner, is_bound=False) for each in DAY_RULES))),
    }
    if kind in known:
        return known[kind]
    if get_origin(kind) is tuple:
        return st.lists(_values(get_args(kind)[0], inner), min_size=1, max_size=5).map(tuple)
    if get_origin(kind) in {Union, UnionType}:
        return st.one_of(*(st.none() if each is NoneType else _values(each, inner) for each in get_args(kind)))
    return st.from_type(kind)
