"""The hours that a plan asks for in every week, and those that the learner has for it.

Work of so many hours is done at the pace it was planned with; a taught step asks for its load while it runs, a seventh
on each of its days. Weeks that are alike are told together: between two days on which anything changes all whole weeks
are, so that decades cost no more than what happens in them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final, NamedTuple

import attrs

from career_path.days.durations import Effort, likely
from career_path.days.numbers import LAST, to_date, weekday
from career_path.days.pace import Pace
from career_path.model.pathway import AbsencePolicy, Cohorts, Step
from career_path.model.text import step_of
from career_path.model.timeline import PlannedStep, Status
from career_path.model.workload import StepLoad, WeekLoad
from career_path.planning.program import Program
from career_path.planning.timing import Calendar

__all__ = ["workload_of"]

_WEEK: Final = 7


class _Work(NamedTuple):
    """What one step asks for: hours up to a day, from its first day to its end, the end left out."""

    step: str
    before: Callable[[int], Fraction]
    first: int
    end: int
    changes: tuple[int, ...]
    is_done_away: bool

    def between(self, first: int, end: int) -> Fraction:
        """The hours from the first day up to the end, the end left out."""
        first, end = max(first, self.first), min(end, self.end)
        return self.before(end) - self.before(first) if first < end else Fraction(0)


def workload_of(program: Program, steps: Sequence[PlannedStep], finish: int) -> tuple[WeekLoad, ...]:
    """The hours of every week, from that of the first day planned through that of the last; none if none are asked for.

    What is done asks for nothing, and what is under way counts from today.
    """
    days = [_days(step, program.today) for step in steps if not step.is_done and step.start and step.finish]
    found = (work for step in steps for work in _works(step, program) if work.between(work.first, work.end))
    works = deque(sorted(found, key=lambda work: work.first))
    if not works:
        return ()
    first = min(begins for begins, _ in days)
    end = max(finish, *(ends for _, ends in days), *(work.end for work in works))
    there_is = _Available.of(program.calendar, program.today)
    changes = [program.today, *there_is.changes, *(day for work in works for day in work.changes)]
    return tuple(_joined(_weeks(works, there_is, _cuts(first, end, changes))))


def _days(step: PlannedStep, today: int) -> tuple[int, int]:
    """The first day of a step that still counts, and its end."""
    assert step.start is not None
    assert step.finish is not None
    first = today if step.status is Status.RUNNING else step.start.toordinal()
    return first, max(step.finish.toordinal(), first + 1)


def _works(planned: PlannedStep, program: Program) -> Iterator[_Work]:
    """What a step asks for, if it asks for any hours."""
    if planned.is_done or planned.start is None or planned.finish is None:
        return
    step, start = program.pathway.step(step_of(planned.id)), planned.start.toordinal()
    takes, first = likely(step.takes), _days(planned, program.today)[0]
    if isinstance(takes, Effort) and not isinstance(step.opens, Cohorts):
        if takes.hours:
            yield _worked(planned.id, step, takes, program.calendar, (start, first))
    elif step.load:
        end = planned.finish.toordinal()
        end = end if planned.status is Status.RUNNING else max(end, start + 1)  # what takes nothing occupies that day
        a_day = step.load / _WEEK

        def before(day: int) -> Fraction:
            return a_day * (day - start)

        yield _Work(planned.id, before, first, end, (first, end), is_done_away=False)


def _worked(name: str, step: Step, takes: Effort, calendar: Calendar, days: tuple[int, int]) -> _Work:
    """Hours of work at the learner's pace, begun on one day and counted from another."""
    start, first = days
    is_paused = step.absence_policy is AbsencePolicy.PAUSE
    pace = calendar.pace(takes.weekly_at_most, is_paused=is_paused, step_id=step.id)
    done, end = pace.done_before(start), min(pace.rule(takes.hours).f(start), LAST + 1)

    def before(day: int) -> Fraction:
        return min(Fraction(pace.done_before(day) - done, pace.parts), takes.hours)

    return _Work(name, before, first, end, (first, *_changes(pace, first, end), end - 1, end), not is_paused)


def _changes(pace: Pace, first: int, end: int) -> tuple[int, ...]:
    return tuple(day for day in pace.starts if first < day < end)


class _Available(NamedTuple):
    """The hours that the learner has, from today on."""

    calendar: Calendar
    pace: Pace | None
    today: int

    @classmethod
    def of(cls, calendar: Calendar, today: int) -> _Available:
        is_known = calendar.learner.weekly_hours is not None
        return cls(calendar, calendar.pace(None, is_paused=True, step_id="") if is_known else None, today)

    @property
    def changes(self) -> tuple[int, ...]:
        return self.pace.starts if self.pace else ()

    def in_week(self, monday: int, works: Iterable[_Work]) -> Fraction | None:
        """The hours of a week: none on days away, but for work that goes on while the learner is away."""
        if self.pace is None:
            return None
        first, end = max(monday, self.today), monday + _WEEK
        hours = Fraction(self.pace.done_before(end) - self.pace.done_before(first), self.pace.parts)
        return hours + self._while_away(first, end, [work for work in works if work.is_done_away])

    def _while_away(self, first: int, end: int, works: Sequence[_Work]) -> Fraction:
        """The hours on days away that such work takes, at most the usual ones of each day."""
        if not works:
            return Fraction(0)
        usual = self.calendar.pace(None, is_paused=False, step_id="")
        away = (day for day in range(first, end) if self.calendar.away.overlapping(day, day))
        return sum((min(_on(usual, day), _asked(works, day, day + 1)) for day in away), Fraction(0))


def _on(pace: Pace, day: int) -> Fraction:
    return Fraction(pace.done_before(day + 1) - pace.done_before(day), pace.parts)


def _asked(works: Iterable[_Work], first: int, end: int) -> Fraction:
    return sum((work.between(first, end) for work in works), Fraction(0))


def _cuts(first: int, end: int, changes: Iterable[int]) -> list[int]:
    """The Mondays between which all weeks are alike, from the first through the one after the last."""
    begin, stop = _monday(first), _monday(end - 1) + _WEEK
    found = {begin, stop}
    for day in changes:
        monday = _monday(day)
        found |= {monday, monday + _WEEK} if day != monday else {monday}
    return sorted(monday for monday in found if begin <= monday <= stop)


def _monday(day: int) -> int:
    return day - weekday(day)


def _weeks(works: deque[_Work], there_is: _Available, cuts: Sequence[int]) -> Iterator[WeekLoad]:
    """What is asked for in the weeks between cuts; `works` come in the order in which they begin."""
    active: list[_Work] = []
    for monday, following in pairwise(cuts):
        while works and works[0].first < monday + _WEEK:
            active.append(works.popleft())
        active = [work for work in active if work.end > monday]
        shares = [(work.step, work.between(monday, monday + _WEEK)) for work in active]
        begins = to_date(monday)
        assert begins is not None
        yield WeekLoad(
            monday=begins,
            weeks=(following - monday) // _WEEK,
            asked=sum((hours for _, hours in shares), Fraction(0)),
            available=there_is.in_week(monday, active),
            steps=tuple(StepLoad(step=step, hours=hours) for step, hours in shares if hours),
        )


def _joined(weeks: Iterable[WeekLoad]) -> Iterator[WeekLoad]:
    """The same weeks, neighbors that are alike as one."""
    last: WeekLoad | None = None
    for each in weeks:
        if last is None:
            last = each
        elif (last.asked, last.available, last.steps) == (each.asked, each.available, each.steps):
            last = attrs.evolve(last, weeks=last.weeks + each.weeks)
        else:
            yield last
            last = each
    if last is not None:
        yield last
