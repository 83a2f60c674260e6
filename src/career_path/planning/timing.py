"""One step made ready for one learner: on which days it may start, and when it is then done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cached_property
from itertools import islice, pairwise
from typing import Final, NamedTuple

import attrs

from career_path.days.day_rules import Dates
from career_path.days.durations import Effort, PlainDuration, WorkingDays, likely
from career_path.days.numbers import FIRST, LAST
from career_path.days.pace import DayPeriods, Pace
from career_path.days.rules import Rule, add_span, add_working_days, last_day_occupied, look_up, roll_to
from career_path.days.spans import Span
from career_path.errors import DocumentError, Fault, SearchLimitError
from career_path.model.learner import Learner
from career_path.model.pathway import AbsencePolicy, Cohort, Cohorts, Step
from career_path.model.timeline import ReasonKind
from career_path.planning.validity import bind_birth

__all__ = ["Calendar", "Limit", "Timing", "timings"]

_Days = Callable[[int], int]
_MOST_VARIANTS: Final = 1_000


class Limit(NamedTuple):
    """Which days a step can begin on, and by what rule."""

    kind: ReasonKind
    rule: str
    on_or_after: _Days
    on_or_before: _Days


class Timing(NamedTuple):
    """How a step lies in time: its finish and last day from its start, and the days on which it may start."""

    finish: Rule
    last: Rule
    limits: tuple[Limit, ...]
    label: str = ""


@attrs.frozen(slots=False, eq=False, repr=False)
class Calendar:
    """A learner's own time: hours a week, absences, birth date."""

    learner: Learner

    @cached_property
    def away(self) -> DayPeriods:
        """All absences together."""
        return DayPeriods.of(self.learner.absences)

    @cached_property
    def _weekly(self) -> tuple[tuple[int, Fraction], ...] | None:
        if self.learner.weekly_hours is None:
            return None
        changes: dict[int, Fraction] = {}
        for period in self.learner.weekly_hours:
            changes[period.from_.toordinal() if period.from_ else FIRST] = period.hours
            if period.through and period.through.toordinal() < LAST:
                changes[period.through.toordinal() + 1] = Fraction(0)
        return tuple(changes.items())

    @cached_property
    def _paces(self) -> dict[tuple[Fraction | None, bool], Pace]:
        return {}

    def pace(self, weekly_at_most: Fraction | None, *, is_paused: bool, step_id: str) -> Pace:
        """The learner's pace under an upper limit, with absences taken out or not.

        Raises:
            DocumentError: the learner's weekly hours are not known.
        """
        if self._weekly is None:
            expected = f"the hours a week the learner has, because '{step_id}' takes hours of work"
            raise DocumentError((Fault("missing", "weekly_hours", "nothing", expected),), "learner")
        key = (weekly_at_most, is_paused)
        if key not in self._paces:
            away = self.away if is_paused else None
            self._paces[key] = Pace.of(self._weekly, away=away, weekly_at_most=weekly_at_most)
        return self._paces[key]

    @property
    def born(self) -> dt.date | None:
        """The learner's birth date, if it is known."""
        return self.learner.born


def length_rule(step: Step, takes: PlainDuration, calendar: Calendar) -> Rule:
    """From the start of a step to its finish."""
    match takes:
        case Span():
            return add_span(takes)
        case WorkingDays():
            # The horizon may lie past what a calendar knows; each start that a plan tells is asked for its finish.
            return add_working_days(takes.count, takes.holidays, checks_back=False)
        case Effort():
            return _pace(step, takes, calendar).rule(takes.hours)


def _pace(step: Step, takes: Effort, calendar: Calendar) -> Pace:
    is_paused = step.absence_policy is AbsencePolicy.PAUSE
    return calendar.pace(takes.weekly_at_most, is_paused=is_paused, step_id=step.id)


def timings(step: Step, calendar: Calendar) -> tuple[Timing, ...]:
    """Every variant of a step: several only where one cohort starts earlier but ends later than another.

    Raises:
        SearchLimitError: cohorts cross so often that there are too many.
    """
    if isinstance(step.opens, Cohorts):
        chains = tuple(islice(_chains(step.opens.cohorts), _MOST_VARIANTS + 1))
        if len(chains) > _MOST_VARIANTS:
            raise SearchLimitError(_MOST_VARIANTS)
        return tuple(_cohort_timing(step, chain, calendar) for chain in chains)
    takes = likely(step.takes)
    finish = length_rule(step, takes, calendar)
    limits: list[Limit] = []
    if step.opens is not None:
        days = roll_to(bind_birth(step.opens, calendar.born, f"steps.{step.id}.opens"))
        limits.append(Limit(ReasonKind.OPENING, f"steps.{step.id}.opens", days.f, days.latest))
    if isinstance(takes, Effort) and takes.hours:
        pace = _pace(step, takes, calendar)
        rule = f"steps.{step.id}.takes"
        limits.append(Limit(ReasonKind.WORKING, rule, pace.first_working_day, pace.last_working_day))
    return (_timing(step, finish, limits, calendar),)


def _timing(step: Step, finish: Rule, limits: list[Limit], calendar: Calendar, label: str = "") -> Timing:
    last = last_day_occupied(finish)
    if step.absence_policy is AbsencePolicy.FORBID and calendar.away.firsts:
        limits = [*limits, _away_from(calendar.away, last, f"steps.{step.id}.absence")]
    return Timing(finish, last, tuple(limits), label)


def _cohort_timing(step: Step, cohorts: tuple[Cohort, ...], calendar: Calendar) -> Timing:
    starts = Dates(dates=[cohort.start for cohort in cohorts])
    finish = look_up([(cohort.start.toordinal(), cohort.finish.toordinal()) for cohort in cohorts])
    opening = Limit(ReasonKind.OPENING, f"steps.{step.id}.opens", starts.on_or_after, starts.on_or_before)
    label = "; ".join(f"{cohort.start}/{cohort.finish}" for cohort in cohorts)
    return _timing(step, finish, [opening], calendar, label)


def _chains(cohorts: tuple[Cohort, ...]) -> Iterator[tuple[Cohort, ...]]:
    """The longest series of cohorts in each of which a later start means no earlier finish: one, unless some cross.

    A cohort may be in several; together they hold every choice, and each gives its latest days the most room.
    """

    def is_before(one: Cohort, other: Cohort) -> bool:
        return one.start < other.start and one.finish <= other.finish

    def next_to(one: Cohort | None) -> list[Cohort]:
        later = [c for c in cohorts if one is None or is_before(one, c)]
        return [c for c in later if not any(is_before(between, c) for between in later)]

    if all(is_before(one, other) for one, other in pairwise(cohorts)):
        yield cohorts
        return
    growing: list[tuple[Cohort, ...]] = [(first,) for first in next_to(None)]
    while growing:
        chain = growing.pop()
        following = next_to(chain[-1])
        growing.extend((*chain, cohort) for cohort in following)
        if not following:
            yield chain


def _away_from(away: DayPeriods, last: Rule, rule: str) -> Limit:
    """The starts from which no day of the step is an absence."""

    def on_or_after(start: int) -> int:
        while FIRST <= start <= LAST:
            hit = away.overlapping(start, last.f(start))
            if hit is None:
                return start
            start = hit[1] + 1
        return start

    def on_or_before(start: int) -> int:
        while FIRST <= start <= LAST:
            hit = away.last_overlapping(start, last.f(start))
            if hit is None:
                return start
            start = min(hit[0] - 1, last.latest(hit[0] - 1))
        return start

    return Limit(ReasonKind.ABSENCE, rule, on_or_after, on_or_before)
