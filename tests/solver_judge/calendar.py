"""Which days a step may start on, and when it is then done: each day of the window looked at."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

import attrs

from brute_force.arithmetic import is_open, later
from career_path.days.day_rules import DayRule
from career_path.days.durations import Effort, Estimate, PlainDuration, WorkingDays
from career_path.days.spans import Span
from career_path.model.pathway import AbsencePolicy, Cohorts, Step
from solver_judge.case import Case, OutOfScopeError

__all__ = ["Calendar"]


@attrs.frozen(slots=False, eq=False)
class Calendar:
    """The days of one case."""

    case: Case
    _open: dict[DayRule, frozenset[int]] = attrs.field(factory=dict)
    _paces: dict[tuple[Fraction | None, bool], list[Fraction]] = attrs.field(factory=dict)

    def plus(self, day: int, span: Span) -> int:
        """A day and a span."""
        if not span.months and not span.years:
            return day + 7 * span.weeks + span.days
        return self.case.day(later(self.case.date(day), span))

    def starts(self, step: Step) -> dict[int, int]:
        """Every day of the window on which a step may start, and the day on which it is then done."""
        cohorts = self._runs(step) if isinstance(step.opens, Cohorts) else None
        found = self._lengths(step) if cohorts is None else cohorts
        away = self._away if step.absence_policy is AbsencePolicy.FORBID else ()
        return {
            start: finish
            for start, finish in found.items()
            if finish <= self.case.last
            and not any(one <= max(start, finish - 1) and other >= start for one, other in away)
        }

    def is_plain(self, step: Step) -> bool:
        """Whether a step takes a calendar length and may start on any day at all."""
        takes = likely(step)
        return step.opens is None and isinstance(takes, Span) and step.absence_policy is not AbsencePolicy.FORBID

    @cached_property
    def _away(self) -> list[tuple[int, int]]:
        return [(self.case.day(each.from_), self.case.day(each.through)) for each in self.case.learner.absences]

    def _runs(self, step: Step) -> dict[int, int]:
        """The runs of a course, in which later ones are not done sooner.

        Raises:
            OutOfScopeError: some cross, so that a route has to say which it takes.
        """
        assert isinstance(step.opens, Cohorts)
        runs = sorted((self.case.day(each.start), self.case.day(each.finish)) for each in step.opens.cohorts)
        if any(one[0] == two[0] or one[1] > two[1] for one, two in pairwise(runs)):
            raise OutOfScopeError(step.id)
        return dict(runs)

    def _lengths(self, step: Step) -> dict[int, int]:
        takes = likely(step)
        days = range(self.case.first, self.case.last + 1)
        opens = self._opening(step.opens) if isinstance(step.opens, DayRule) else None
        worked = self._pace(step, takes) if isinstance(takes, Effort) and takes.hours > 0 else None
        found: dict[int, int] = {}
        for day in days:
            if opens is not None and day not in opens:
                continue
            if worked is not None and worked[day - self.case.first] == worked[day + 1 - self.case.first]:
                continue
            finish = self.finish(step, takes, day)
            if finish is not None:
                found[day] = finish
        return found

    def _opening(self, rule: DayRule) -> frozenset[int]:
        if rule not in self._open:
            born = self.case.learner.born
            days = range(self.case.first, self.case.last + 1)
            self._open[rule] = frozenset(day for day in days if is_open(rule, self.case.date(day), born))
        return self._open[rule]

    def finish(self, step: Step, takes: PlainDuration, start: int) -> int | None:
        """When a step is done that starts on a day; None if that is after the window."""
        match takes:
            case Span():
                return self.plus(start, takes)
            case WorkingDays():
                return self._after_working_days(start, takes)
            case Effort():
                if not takes.hours:
                    return start
                done = self._pace(step, takes)
                wanted = done[start - self.case.first] + takes.hours
                at = bisect_left(done, wanted)
                return None if at == len(done) else at + self.case.first

    def _after_working_days(self, start: int, takes: WorkingDays) -> int:
        if takes.holidays is not None:
            raise OutOfScopeError("holidays")
        day = self.case.date(start)
        left = takes.count
        while left:
            day += dt.timedelta(days=1)
            left -= day.weekday() < 5
        return self.case.day(day)

    def _pace(self, step: Step, takes: Effort) -> list[Fraction]:
        """How many hours are done before each day of the window, begun on its first."""
        is_paused = step.absence_policy is AbsencePolicy.PAUSE
        key = (takes.weekly_at_most, is_paused)
        if key not in self._paces:
            done = [Fraction(0)]
            for day in range(self.case.first, self.case.last + 1):
                is_away = is_paused and any(one <= day <= other for one, other in self._away)
                done.append(done[-1] + (0 if is_away else self._hours(day, takes.weekly_at_most) / 7))
            self._paces[key] = done
        return self._paces[key]

    def _hours(self, day: int, at_most: Fraction | None) -> Fraction:
        periods, date = self.case.learner.weekly_hours, self.case.date(day)
        if periods is None:
            raise OutOfScopeError("weekly_hours")
        known = [
            each.hours
            for each in periods
            if (each.from_ is None or each.from_ <= date) and (each.through is None or date <= each.through)
        ]
        hours = known[0] if known else Fraction(0)
        return hours if at_most is None else min(hours, at_most)


def likely(step: Step) -> PlainDuration:
    """How long a step takes; of an estimate, what is likely."""
    return step.takes.likely if isinstance(step.takes, Estimate) else step.takes
