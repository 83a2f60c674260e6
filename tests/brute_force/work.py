"""Work counted day by day: what a list of days holds, and on which of them there is enough."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

from brute_force.arithmetic import NEVER, ONE_DAY, later
from brute_force.case import Case, likely
from career_path.days.spans import Span
from career_path.model.pathway import Cohorts
from career_path.model.requirements import Worked

__all__ = ["is_enough", "jobs_of", "runs_of"]


def jobs_of(case: Case, leaf: Worked, owner: str) -> list[str]:
    """The steps that could bring work for a leaf: not yet begun, and without an end."""
    return [
        step.id
        for step in case.pathway.steps
        if step.work is not None
        and step.work.role in leaf.roles
        and likely(step) == Span()
        and not isinstance(step.opens, Cohorts)
        and step.id != owner
        and case.status(step.id) == "planned"
        and leaf.counted_back_from is None
    ]


def is_enough(case: Case, leaf: Worked, day: dt.date, job: str | None = None, begun: dt.date = NEVER) -> bool:
    """Whether there is enough work on a day; remembered, because schedules ask again and again."""
    key = (leaf, day, job, begun)
    if key not in case.enough:
        case.enough[key] = _is_enough(case, leaf, day, job, begun)
    return case.enough[key]


def _is_enough(case: Case, leaf: Worked, day: dt.date, job: str | None, begun: dt.date) -> bool:
    day = leaf.counted_back_from or day
    stretches = [(e.from_, e.through or NEVER, e.hours or 0) for e in case.learner.employment if e.role in leaf.roles]
    if job is not None:
        work = case.step(job).work
        assert work is not None
        stretches.append((begun, NEVER, work.hours or 0))
    at = min([day, *(first for first, _, _ in stretches)])
    worked: list[tuple[dt.date, list[Fraction]]] = []
    while at < day:
        there = [Fraction(hours) for first, last, hours in stretches if first <= at <= last]
        if there and (leaf.in_last is None or later(at, leaf.in_last) >= day):
            worked.append((at, there if leaf.overlapping.value == "each" else [max(there)]))
        at += ONE_DAY
    if not worked:
        return False
    if leaf.hours is not None and sum(sum(there) for _, there in worked) < 7 * leaf.hours:
        return False
    first, count = worked[0][0], sum(len(there) for _, there in worked)
    return leaf.span is None or later(first, leaf.span) <= first + count * ONE_DAY


def runs_of(case: Case, leaf: Worked, job: str) -> list[tuple[dt.date, dt.date]]:
    """The days that matter in runs, in each of which the last start of a job that suffices never comes sooner."""
    day = min([case.first_day, *(e.from_ for e in case.learner.employment)])
    begins, known, runs = day, dt.date.min, list[tuple[dt.date, dt.date]]()
    while day <= case.last_day:
        best = _last_start(case, leaf, job, day, known)
        if best < known:
            runs.append((begins, day - ONE_DAY))
            begins = day
        known = best
        day += ONE_DAY
    return [run for run in [*runs, (begins, case.last_day)] if run[1] >= case.first_day]


def _last_start(case: Case, leaf: Worked, job: str, day: dt.date, near: dt.date) -> dt.date:
    """The last start of a job with which there is enough on a day; a later start never brings more."""
    oldest = min(day, case.first_day) - dt.timedelta(days=400)
    trial = max(oldest, near)
    if not is_enough(case, leaf, day, job, trial):
        return next((each for each in _down(trial, oldest) if is_enough(case, leaf, day, job, each)), dt.date.min)
    while trial < day and is_enough(case, leaf, day, job, trial + ONE_DAY):
        trial += ONE_DAY
    return trial


def _down(day: dt.date, last: dt.date) -> Iterable[dt.date]:
    while day >= last:
        yield day
        day -= ONE_DAY
