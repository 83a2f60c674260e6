"""The audit's own count of work: every day looked at by itself, with its jobs; and what a place or a fact says."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from career_path.days.spans import Span
from career_path.model.pathway import Cohorts, Step
from career_path.model.requirements import HasFact, Located, Overlapping, Worked
from career_path.model.timeline import Status
from career_path.planning.audit.book import STILL_TO_DO, Book, likely
from career_path.planning.audit.own_calendar import ALWAYS, DAY, NEVER, later

__all__ = ["has_worked", "is_so", "jobs_for"]


def jobs_for(book: Book, leaf: Worked) -> list[Step]:
    """The jobs still to be taken up in the timeline that bring work for a leaf and have no end."""
    if leaf.counted_back_from is not None:
        return []
    steps = [step for planned, step in book.steps(*Status) if planned.status in STILL_TO_DO and planned.id == step.id]
    fitting = [step for step in steps if step.work is not None and step.work.role in leaf.roles]
    return [step for step in fitting if _has_no_end(step)]


def _has_no_end(step: Step) -> bool:
    takes = likely(step)
    return not isinstance(step.opens, Cohorts) and takes == Span()


def has_worked(book: Book, leaf: Worked, start: dt.date, *, job: Step | None = None, begun: dt.date = NEVER) -> bool:
    """Whether there is enough work before a day, with a job begun on a day if one is told."""
    until = leaf.counted_back_from or start
    stretches = [
        (each.from_, each.through or NEVER, each.hours or Fraction(0))
        for each in book.learner.employment
        if each.role in leaf.roles
    ]
    if job is not None and job.work is not None:
        stretches.append((begun, NEVER, job.work.hours or Fraction(0)))
    day = min((first for first, _, _ in stretches), default=until)
    if leaf.in_last is not None:
        day = max(day, _first_in_reach(until, leaf))
    days, hours, first = 0, Fraction(0), None
    while day < until:
        there = [weekly for one, last, weekly in stretches if one <= day <= last]
        if there:
            first = first or day
            days += 1 if leaf.overlapping is Overlapping.ONCE else len(there)
            hours += (max(there) if leaf.overlapping is Overlapping.ONCE else sum(there, Fraction(0))) / 7
        day += DAY
    is_long = leaf.span is None or (first is not None and later(first, leaf.span) <= first + days * DAY)
    return is_long and (leaf.hours is None or hours >= leaf.hours)


def _first_in_reach(until: dt.date, leaf: Worked) -> dt.date:
    """The first day from which no more than the look-back has passed."""
    assert leaf.in_last is not None
    months, days = 12 * leaf.in_last.years + leaf.in_last.months, 7 * leaf.in_last.weeks + leaf.in_last.days
    back = 31 * months + days + 31
    day = dt.date.fromordinal(max(1, until.toordinal() - back)) if back < until.toordinal() else ALWAYS
    while later(day, leaf.in_last) < until:
        day += DAY
    return day


def is_so(book: Book, leaf: Located | HasFact) -> bool:
    """Whether the learner's place lies where it is asked for, or a fact reads as it has to."""
    if isinstance(leaf, Located):
        mine, wanted = book.learner.place.lower(), leaf.place.lower()
        return mine == wanted or mine.startswith(f"{wanted}-")
    for fact in book.learner.facts:
        if fact.name == leaf.fact:
            return (
                str(fact.value).lower() if fact.value is True or fact.value is False else str(fact.value)
            ) == leaf.is_
    return False
