"""The dates of one route: steps are moved day by day until no bound is broken."""

from __future__ import annotations

import datetime as dt

from brute_force.arithmetic import ALWAYS, NEVER, ONE_DAY, birthday, later, told
from brute_force.bounds import Bound, Rules, Schedule
from brute_force.case import STILL_TO_DO
from brute_force.routes import (
    GOAL,
    start_of,
)
from career_path.model.requirements import (
    Aged,
    Event,
    Needs,
)

__all__ = ["earliest", "latest"]


def _place(rules: Rules, first: dt.date, goal: dt.date, *, is_first: bool) -> Schedule:
    """Every movable step at one day or in its first or last cohort, the goal at another day, the rest as recorded."""
    case, route = rules.case, rules.route
    dates = Schedule({GOAL: goal}, {GOAL: goal})
    for step in route.steps:
        record, status = case.record(step), rules.status(step)
        if step in route.cohorts:
            cohort = route.cohorts[step][0 if is_first else -1]
            dates.start[step], dates.finish[step] = cohort.start, cohort.finish
        elif status in STILL_TO_DO:
            dates.start[step], dates.finish[step] = first, case.finish(step, first)
        elif status == "running":
            dates.start[step], dates.finish[step] = record.started, first
        elif status == "finished":
            dates.start[step], dates.finish[step] = start_of(case.step(step), record), record.finished
        else:
            dates.start[step], dates.finish[step] = None, record.waived if isinstance(record.waived, dt.date) else None
    return dates


def _move(rules: Rules, dates: Schedule, step: str, days: dt.timedelta) -> dt.date:
    """One step moved; the day it now stands on."""
    if rules.status(step) == "running":
        moved = dates.event(step, Event.FINISH) + days
        dates.finish[step] = moved
        return moved
    if step in rules.route.cohorts:
        return _move_cohort(rules, dates, step, days)
    moved = dates.event(step, Event.START) + days
    dates.start[step] = moved
    dates.finish[step] = moved if step == GOAL else rules.case.finish(step, moved)
    return moved


def _move_cohort(rules: Rules, dates: Schedule, step: str, days: dt.timedelta) -> dt.date:
    """A step moved to its next or previous cohort; the end of time where there is none."""
    cohorts = rules.route.cohorts[step]
    at = [cohort.start for cohort in cohorts].index(dates.event(step, Event.START)) + days.days
    if not 0 <= at < len(cohorts):
        return ALWAYS if at < 0 else NEVER
    dates.start[step], dates.finish[step] = cohorts[at].start, cohorts[at].finish
    return cohorts[at].start


def earliest(rules: Rules) -> Schedule | None:
    """The schedule in which nothing can come a day sooner; None if no schedule ends in the window."""
    case = rules.case
    running = [case.record(s).started for s in rules.route.steps if rules.status(s) == "running"]
    first = min([case.first_day, *(day for day in running if day)])
    dates = _place(rules, first, _goal_floor(rules, first), is_first=True)
    bounds, is_still = rules.all(), False
    while not is_still:
        is_still = True
        for bound in bounds:
            while not bound.holds(dates):
                if bound.later is None or _move(rules, dates, bound.later, ONE_DAY) > case.last_day:
                    return None
                is_still = False
    finishes = [finish for finish in dates.finish.values() if finish is not None]
    return dates if max(finishes) <= case.last_day else None


def _goal_floor(rules: Rules, first: dt.date) -> dt.date:
    """A day before which the goal cannot hold."""
    case = rules.case
    known = [first, *(day for record in case.learner.records for _, day in record.days)]
    known += [held.granted for held in case.learner.holds]
    known += [cohorts[0].start for cohorts in rules.route.cohorts.values()]
    floor = min(known)
    for choice in rules.route.chosen[GOAL]:
        match choice.leaf:
            case Aged(years=years):
                born = told(case.learner.born, "born")
                floor = min(floor, birthday(born, born.year + years))
            case Needs(lag=lag, by=by):
                floor = later(floor, lag) if lag.is_negative else floor
                floor = later(floor, by, -1) if by is not None else floor
            case _:
                pass
    return floor - dt.timedelta(days=35)


def _within_the_window(rules: Rules, step: str) -> Bound:
    """Nothing is done after the last day that is looked at."""
    return Bound(lambda d: d.event(step, Event.FINISH) <= rules.case.last_day, None, rules.mover(step))


def latest(rules: Rules, target: dt.date) -> Schedule | None:
    """The schedule that reaches the goal by a day and in which nothing can come a day later; None if there is none."""
    case = rules.case
    dates = _place(rules, max(case.last_day, target), target, is_first=False)
    floor = min(case.today, target) - dt.timedelta(days=12 * 366)
    bounds, is_still = [bound for bound in rules.all() if not bound.is_forward_only], False
    bounds += [_within_the_window(rules, step) for step in rules.route.steps if rules.mover(step)]
    while not is_still:
        is_still = True
        for bound in bounds:
            while not bound.holds(dates):
                if bound.sooner is None or _move(rules, dates, bound.sooner, -ONE_DAY) < floor:
                    return None
                is_still = False
    return dates
