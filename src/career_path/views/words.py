"""Lengths, days and ends in words, the same wherever a pathway is told."""

from __future__ import annotations

from typing import Final, assert_never

import attrs

from career_path.days.day_rules import (
    Birthday,
    BirthMonthEnd,
    Dates,
    DayOfYear,
    DayRule,
    MonthEnd,
    Weekdays,
    YearlyWindow,
    Years,
)
from career_path.days.durations import Duration, Effort, Estimate, WorkingDays, hours_text
from career_path.days.holidays import Direction, HolidayCalendar, Moved, Workdays
from career_path.days.recurrence import Recurrence
from career_path.days.spans import Span
from career_path.model.ends import (
    AgeEnd,
    Case,
    Cases,
    EarliestOf,
    End,
    IdleEnd,
    LatestOf,
    PaperEnd,
    ReplacedEnd,
    Until,
    Validity,
)
from career_path.model.pathway import Cohorts, Opening
from career_path.views.plain import joined, span_text

__all__ = ["SHOWN_DAYS", "length_text", "opening_text", "validity_text"]

SHOWN_DAYS: Final = 6
"""How many listed days are told one by one."""


def length_text(takes: Duration) -> str:
    """How long something takes.

    >>> length_text(Effort(hours=160, weekly_at_most=40))
    '160 hours of work, at most 40 a week'
    """
    match takes:
        case Span():
            return "no time" if takes.is_zero else span_text(str(takes))
        case WorkingDays():
            days = "1 working day" if takes.count == 1 else f"{takes.count} working days"
            return f"{days}{_without(takes.holidays)}"
        case Effort():
            most = f", at most {hours_text(takes.weekly_at_most)} a week" if takes.weekly_at_most else ""
            return f"{hours_text(takes.hours)} hours of work{most}"
        case Estimate():
            low, likely, high = map(length_text, (takes.low, takes.likely, takes.high))
            return f"{likely} ({low} to {high})"
        case _:  # pragma: no cover
            assert_never(takes)


def opening_text(opens: Opening) -> str:  # noqa: C901, PLR0911 (a line per rule)
    """On which days something may start.

    >>> opening_text(YearlyWindow(from_="08-01", through="09-16"))
    'each year from 08-01 through 09-16'
    """
    match opens:
        case Cohorts():
            return _some([f"{cohort.start} to {cohort.finish}" for cohort in opens.cohorts])
        case Weekdays():
            return f"each {joined([day.value.title() for day in opens.days])}"
        case MonthEnd():
            return "the last day of each month"
        case YearlyWindow():
            return f"each year from {opens.from_} through {opens.through}"
        case Dates():
            return _some([str(day) for day in opens.dates])
        case DayOfYear():
            return f"{opens.on} of {_years(opens.years)}"
        case Birthday():
            return f"the birthday in {_years(opens.years)}"
        case BirthMonthEnd():
            return f"the end of the birth month in {_years(opens.years)}"
        case _:
            return _other_rule(opens)


def _years(years: Years) -> str:
    return {
        Years.EVERY: "every year",
        Years.ODD: "odd years",
        Years.EVEN: "even years",
        Years.BIRTH: "years as odd or even as the birth year",
    }[years]


def _other_rule(rule: DayRule) -> str:
    """Rules around working days; of one that has no words of its own, name and fields as documents have them."""
    match rule:
        case Workdays():
            return f"each working day{_without(rule.holidays)}"
        case Moved():
            way = "next working day" if rule.to is Direction.FORWARD else "working day before"
            return f"{opening_text(rule.days)}, moved to the {way}{_without(rule.holidays)}"
        case Recurrence():
            return f"as {rule.rule} says"
        case _:
            pass
    fields = (f"{name} {value}" for name, value in attrs.asdict(rule, recurse=False).items() if value is not None)
    return ", ".join((rule.key.replace("_", " "), *fields))


def _without(holidays: HolidayCalendar | None) -> str:
    return f", without the holidays of {holidays.id}" if holidays is not None else ""


def _some(parts: list[str]) -> str:
    more = len(parts) - SHOWN_DAYS
    return "; ".join((*parts[:SHOWN_DAYS], f"{more} more")) if more > 0 else "; ".join(parts)


def validity_text(valid: End) -> str:  # noqa: C901, PLR0911 (a line per end)
    """How long a credential holds.

    >>> validity_text(Validity(span="P60M", until="month-end"))
    'valid for 60 months, then to the end of the month'
    """
    match valid:
        case Validity():
            return _plain_validity(valid)
        case EarliestOf():
            return f"whichever ends first: {'; '.join(map(validity_text, valid.earliest_of))}"
        case LatestOf():
            return f"whichever ends last: {'; '.join(map(validity_text, valid.latest_of))}"
        case Cases():
            return f"valid by case: {'; '.join(map(_case_text, valid.cases))}"
        case AgeEnd():
            return f"valid until the eve of the birthday at {valid.until_age}"
        case PaperEnd():
            return f"valid as long as {valid.ends_with}"
        case ReplacedEnd():
            return f"valid until {valid.replaced_by} is granted"
        case IdleEnd():
            least = f" that comes to {hours_text(valid.hours)} hours" if valid.hours is not None else ""
            return f"valid until {span_text(str(valid.idle))} without paid work as {valid.role}{least}"
        case _:  # pragma: no cover
            assert_never(valid)


def _case_text(case: Case) -> str:
    conditions = [
        *([] if case.under_age is None else [f"under {case.under_age}"]),
        *([] if case.before is None else [f"before {case.before}"]),
        *([] if case.fact is None else [f"{case.fact} {case.is_}"]),
    ]
    ends = "no end" if case.valid is None else validity_text(case.valid)
    return f"{joined(conditions) or 'otherwise'}: {ends}"


def _plain_validity(valid: Validity) -> str:
    length = f"valid for {span_text(str(valid.span))}"
    first = "" if valid.first is None else f"; at first {_plain_validity(valid.first)}"
    hit = {1: ""}.get(valid.nth, f"hit {valid.nth} of ")
    return f"{_to_last_day(valid, length, hit)}{first}"


def _to_last_day(valid: Validity, length: str, hit: str) -> str:
    match valid.until:
        case Until.DAY_BEFORE:
            return f"{length}, to the eve of the anniversary"
        case Until.ANNIVERSARY:
            return f"{length}, the anniversary included"
        case Until.MONTH_END:
            month = f" in which {valid.month_of} was granted" if valid.month_of else ""
            return f"{length}, then to {hit}the end of the month{month}"
        case DayRule():
            return f"{length}, then to {hit}{opening_text(valid.until)}"
        case _:  # pragma: no cover
            assert_never(valid.until)
