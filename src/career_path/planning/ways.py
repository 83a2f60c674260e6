"""The small plan of each way to renew: its last days, its first days from today on, and which way is planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

import attrs

from career_path.days.durations import Effort
from career_path.days.numbers import LAST, to_date
from career_path.days.rules import SAME_DAY, Rule
from career_path.model.renewal import Way
from career_path.model.timeline import WayBy
from career_path.planning.acts import Acts, acts_of
from career_path.planning.course import Course, Cycle
from career_path.planning.stages import Stages, WayDays, fee_on, lead_rule, length_of
from career_path.planning.timing import Calendar

__all__ = ["Planning", "planning_of"]


class _Work(NamedTuple):
    """The work of a way: from the day it is begun to the day it is done, and to the days on which it can be begun."""

    length: Rule
    starts: Rule


_NO_WORK = _Work(SAME_DAY, SAME_DAY)


class _First(NamedTuple):
    """The first days of a way; None for what it does not have."""

    start: int | None
    apply: int | None
    done: int


class Planning(NamedTuple):
    """What the ways of all periods of one credential are planned with: today, own time, acts for other credentials."""

    course: Course
    today: int
    calendar: Calendar
    others: Mapping[str, Acts]

    def ways(self, cycle: Cycle, stages: Stages) -> tuple[WayBy, ...]:
        """Each way to renew one period; first days and which way is planned only while it can be renewed in time.

        Hours of work go at the holder's pace around days away. Where the hours a week are not known, no day is told
        that depends on them, and not whether there is time enough.
        """
        days = [each for each in stages.ways if to_date(each.act_by) is not None]
        told = [self._last_days(each) for each in days]
        if cycle.renewed is not None:
            return tuple(told)
        if cycle.through < self.today:
            return tuple(attrs.evolve(each, is_possible=False) for each in told)
        window = max(cycle.begins, stages.opens or 0)
        ahead = [self._ahead(way, each, window) for way, each in zip(told, days, strict=True)]
        ahead = [self._with_other(way, each, cycle) for way, each in zip(ahead, days, strict=True)]
        return _with_choice(ahead)

    def _last_days(self, days: WayDays) -> WayBy:
        way, act_by = days.way, to_date(days.act_by)
        assert act_by is not None
        work = self._work(way)
        begun = None if work is None or way.takes is None else work.starts.latest(work.length.latest(days.act_by))
        return WayBy(
            id=way.id,
            title=way.title or way.id,
            kind=way.kind.value,
            start_by=_date(begun),
            apply_by=_date(days.apply_by),
            act_by=act_by,
            fee=fee_on(way.fee, days.act_by),
        )

    def _work(self, way: Way) -> _Work | None:
        """The work of a way; None where it is hours of work and the hours a week are not known."""
        if way.takes is None:
            return _NO_WORK
        if not isinstance(way.takes, Effort):
            return _Work(length_of(way.takes), SAME_DAY)
        if self.calendar.learner.weekly_hours is None:
            return None
        pace = self.calendar.pace(way.takes.weekly_at_most, is_paused=True, step_id=way.id)
        return _Work(pace.rule(way.takes.hours), Rule(pace.first_working_day, pace.last_working_day))

    def _ahead(self, told: WayBy, days: WayDays, window: int) -> WayBy:
        """A way with the first days on which it can be done, from today on."""
        first = self._first(days.way, max(self.today, days.opens), window)
        if first is None:
            is_past = min(told.act_by, told.apply_by or told.act_by).toordinal() < max(self.today, days.opens)
            return attrs.evolve(told, is_possible=False if is_past else None)
        return attrs.evolve(
            told,
            start=_date(first.start),
            apply_on=_date(first.apply),
            done_on=_date(first.done),
            slack_days=_slack(told, first),
            is_possible=first.done <= days.act_by,
        )

    def _with_other(self, told: WayBy, days: WayDays, cycle: Cycle) -> WayBy:
        """The same way, done by the act that another credential asks for, where one lies in its time."""
        acts = self.others.get(days.way.credential or "")
        soonest = max(self.today, days.opens) if told.done_on is None else told.done_on.toordinal()
        opens = max(days.opens, cycle.begins + 1)
        both = None if acts is None else acts.first(opens=opens, soonest=soonest, through=days.act_by)
        if both is None:
            return told
        slack = days.act_by - max(both, self.today)
        return attrs.evolve(
            told, done_on=_date(both), with_=days.way.credential, slack_days=slack, is_possible=slack >= 0
        )

    def _first(self, way: Way, day: int, window: int) -> _First | None:
        """The first days of a way that is begun on a day or after it; it is done inside the window of the period."""
        work = self._work(way)
        if work is None:
            return None
        start = work.starts.f(day)
        done = max(day, window, work.length.f(start))
        if way.apply is not None:
            path = f"credentials.{self.course.credential.id}.renewal.ways.{way.id}.apply"
            done = max(done, lead_rule(way.apply, self.course.holder.learner.born, path).soonest(day))
        return _First(None if way.takes is None else start, None if way.apply is None else day, done)


def planning_of(course: Course, cycles: Iterable[Cycle], *, today: dt.date) -> Planning:
    """What the ways of these periods are planned with; other credentials are those that the ways name."""
    found = tuple(cycles)
    ways = [way for each in found if each.rule is not None for way in each.rule.ways]
    named = {str(way.credential) for way in ways if way.credential is not None} - {course.credential.id}
    until = max((each.through for each in found if each.through <= LAST), default=0)
    day = today.toordinal()
    others = {name: acts_of(course.holder, name, today=day, until=until) for name in sorted(named)}
    return Planning(course, day, Calendar(course.holder.learner), others)


def _slack(told: WayBy, first: _First) -> int | None:
    """By how many days the way can wait: the least that lies between a first and a last day; None if never done."""
    if to_date(first.done) is None:
        return None
    pairs = ((told.start_by, first.start), (told.apply_by, first.apply), (told.act_by, first.done))
    return min((last.toordinal() - day for last, day in pairs if last is not None and day is not None), default=None)


def _with_choice(told: Iterable[WayBy]) -> tuple[WayBy, ...]:
    """The same ways, of which one is planned if any can still be done in time."""
    ways = tuple(told)
    best = min((each for each in ways if each.is_possible is not False), key=_rank, default=None)
    return tuple(attrs.evolve(each, is_planned=True) if each is best else each for each in ways)


def _rank(way: WayBy) -> tuple[bool, bool, Decimal, int, str]:
    """Least first: surely in time, of least known fee, with most time, by id."""
    return way.is_possible is None, way.fee is None, way.fee or Decimal(0), -way.act_by.toordinal(), way.id


def _date(day: int | None) -> dt.date | None:
    return None if day is None else to_date(day)
