"""Checks of the workload: every day of the plan counted one by one, and the weeks compared with those it tells."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

import attrs

from career_path.days.durations import Effort
from career_path.model.pathway import Cohorts, Step
from career_path.model.timeline import NoticeKind, PlannedStep, Status
from career_path.planning.audit.book import Book, likely
from career_path.planning.audit.own_calendar import ALWAYS, DAY, NEVER, days_until, eve, last_day, next_day

__all__ = ["check_workload"]

_OPEN: Final = (Status.PLANNED, Status.REDO, Status.RUNNING)
_NONE: Final = Fraction(0)


@attrs.frozen
class _Load:
    """A step, and what it asks for on each of its days."""

    planned: PlannedStep
    step: Step
    days: Mapping[dt.date, Fraction]


@attrs.frozen
class _Week:
    """What a week asks for, and what there is."""

    shares: Mapping[str, Fraction]
    available: Fraction | None


def check_workload(book: Book) -> Iterator[str]:
    """The weeks follow each other, each with the hours that its days come to; a notice tells of those with too many."""
    told: dict[dt.date, _Week] = {}
    following: dt.date | None = None
    for each in book.timeline.workload:
        if following not in {None, each.monday}:
            yield f"the weeks from {each.monday} do not follow the ones before"
        following = next_day(each.through)
        for number in range(each.weeks):
            shares = {share.step: share.hours for share in each.steps}
            told[each.monday + 7 * number * DAY] = _Week(shares, each.available)
        if each.asked != sum((share.hours for share in each.steps), Fraction(0)):
            yield f"the hours asked for from {each.monday} on are not the sum of those of the steps"
    found = _weeks(book)
    for monday in sorted({*told, *found}):
        if told.get(monday) != found.get(monday):
            yield f"in the week of {monday} the plan asks for {_said(found.get(monday))}, not {_said(told.get(monday))}"
    yield from _notice_faults(book, found)


def _said(week: _Week | None) -> str:
    if week is None:
        return "nothing"
    shares = ", ".join(f"'{step}' {hours}" for step, hours in sorted(week.shares.items()))
    return f"{shares or '0'} of {'?' if week.available is None else week.available} hours"


def _notice_faults(book: Book, weeks: Mapping[dt.date, _Week]) -> Iterator[str]:
    kind = NoticeKind.OVERLOADED_WEEKS
    named = [set(notice.steps) for notice in book.timeline.notices if notice.kind is kind]
    too_much = {
        step
        for week in weeks.values()
        if week.available is not None and sum(week.shares.values()) > week.available
        for step in week.shares
    }
    if named != ([too_much] if too_much else []):
        yield f"the steps of weeks with too many hours are {sorted(too_much)}, not {[sorted(each) for each in named]}"


def _weeks(book: Book) -> dict[dt.date, _Week]:
    """Every week from the first day planned through the last; none if no step asks for hours."""
    loads = [_Load(planned, step, dict(_by_day(book, planned, step))) for planned, step in book.steps(*_OPEN)]
    if not any(load.days for load in loads):
        return {}
    begins = min(_first_day(book, load.planned) for load in loads)
    lasts = [last_day(_first_day(book, load.planned), load.planned.finish or begins) for load in loads]
    last = max(eve(book.timeline.finish or begins), *lasts, *(day for load in loads for day in load.days))
    asked: defaultdict[dt.date, dict[str, Fraction]] = defaultdict(dict)
    for load in loads:
        for day, hours in load.days.items():
            shares = asked[_monday(day)]
            shares[load.planned.id] = shares.get(load.planned.id, _NONE) + hours
    count = (_monday(last) - _monday(begins)).days // 7 + 1
    mondays = [_monday(begins) + 7 * number * DAY for number in range(count)]
    return {monday: _Week(asked[monday], _available(book, loads, monday)) for monday in mondays}


def _available(book: Book, loads: Sequence[_Load], monday: dt.date) -> Fraction | None:
    """The hours of a week from today on; None where the learner's hours are not known."""
    if book.learner.weekly_hours is None:
        return None
    days = [day for number in range(7) if (day := monday + number * DAY) >= book.timeline.today]
    return sum((_there_are(book, loads, day) for day in days), _NONE)


def _there_are(book: Book, loads: Sequence[_Load], day: dt.date) -> Fraction:
    """The hours of a day; of a day away, what work takes that goes on all the same."""
    periods = book.learner.weekly_hours or ()
    usual = sum((p.hours / 7 for p in periods if (p.from_ or ALWAYS) <= day <= (p.through or NEVER)), _NONE)
    if not book.is_away(day, day):
        return usual
    return min(usual, sum((load.days.get(day, _NONE) for load in loads if _is_worked(load.step)), _NONE))


def _is_worked(step: Step) -> bool:
    return isinstance(likely(step), Effort) and not isinstance(step.opens, Cohorts)


def _by_day(book: Book, planned: PlannedStep, step: Step) -> Iterator[tuple[dt.date, Fraction]]:
    """The days on which a step asks for hours from now on, and how many."""
    start, finish, first = planned.start or NEVER, planned.finish or NEVER, _first_day(book, planned)
    takes, is_running = likely(step), planned.status is Status.RUNNING
    if isinstance(takes, Effort) and _is_worked(step):
        yield from ((day, hours) for day, hours in _worked(book, step, takes, start) if hours and day >= first)
    elif step.load:
        end = finish if is_running else next_day(last_day(start, finish))
        yield from ((day, step.load / 7) for day in days_until(first, end))


def _worked(book: Book, step: Step, takes: Effort, start: dt.date) -> Iterator[tuple[dt.date, Fraction]]:
    left = takes.hours
    for day in days_until(start, book.timeline.horizon):
        if left <= 0:
            return
        hours = min(left, book.hours(step, takes, day))
        left -= hours
        yield day, hours


def _first_day(book: Book, planned: PlannedStep) -> dt.date:
    is_begun = planned.status is Status.RUNNING
    return book.timeline.today if is_begun else planned.start or book.timeline.today


def _monday(day: dt.date) -> dt.date:
    return day - day.weekday() * DAY
