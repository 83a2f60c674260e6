"""What would help where a plan misses something or there is none: for each kind of change the least that does."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import partial
from typing import Final

import attrs

from career_path.days.durations import Effort, likely
from career_path.errors import DocumentError, SearchLimitError
from career_path.model.learner import Absence, Learner
from career_path.model.pathway import Pathway
from career_path.model.timeline import NoRouteError, Timeline
from career_path.model.weekly import MOST_WEEKLY_HOURS
from career_path.planning.objective import Objective
from career_path.planning.planner import plan
from career_path.values import Value

__all__ = ["MOST_MORE_HOURS", "Repair", "RepairKind", "repairs"]

MOST_MORE_HOURS: Final = 40
"""So many hours a week more are tried."""
_TRIED_HOURS: Final = (1, 2, 4, 8, 16, 32, MOST_MORE_HOURS)


class RepairKind(StrEnum):
    """What is changed.

    >>> RepairKind("start").name
    'START'
    """

    START = "start"
    HOURS = "hours"
    ABSENCE = "absence"
    DEADLINE = "deadline"
    BUDGET = "budget"
    CHOOSE = "choose"
    AVOID = "avoid"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Repair(Value):
    """A change with which the plan has no conflicts, verified by planning; `timeline` is that plan, `learner` for whom.

    As the kind asks: `days` to start sooner or to have more time, `hours` a week more, `amount` of money more, the
    `absence` that is dropped, or the step or credential, `pin`, that is no longer chosen or avoided.

    >>> from career_path import Learner, Pathway, Step, repairs
    >>> school = Pathway("p", goal="school", steps=[Step("school", takes="P30D", cost=0)])
    >>> late = Learner(start=dt.date(2027, 3, 1), deadline=dt.date(2027, 3, 21))
    >>> [(each.kind.value, each.days) for each in repairs(school, late, today=dt.date(2027, 1, 4))]
    [('start', 10), ('deadline', 10)]
    """

    kind: RepairKind
    learner: Learner
    timeline: Timeline
    days: int | None = None
    hours: int | None = None
    amount: Decimal | None = None
    absence: Absence | None = None
    pin: str | None = None


def repairs(
    pathway: Pathway,
    learner: Learner,
    *,
    today: dt.date,
    objective: Objective = "earliest",
    finish_by: dt.date | None = None,
) -> tuple[Repair, ...]:
    """The least change of each kind with which a plan meets everything; none if it does already, or if nothing helps.

    Tried are: to start sooner, more hours a week in all periods (whole ones, up to `MOST_MORE_HOURS`), one absence
    less, a later deadline, more budget (for a plan of which all costs are known), and one thing less that is chosen or
    avoided. Each is changed alone, and each is planned before it is told. Of absences it is the shortest one that
    helps; of choices all that do. A change with which something that a rule needs is not known, or with too many
    choices, does not count as help.

    >>> from career_path import Effort, Step
    >>> course = Pathway("p", goal="course", steps=[Step("course", takes=Effort(hours=120), cost=0)])
    >>> ana = Learner(weekly_hours=10, deadline=dt.date(2027, 2, 28))
    >>> [(each.kind.value, each.hours or each.days) for each in repairs(course, ana, today=dt.date(2027, 1, 4))]
    [('hours', 6), ('deadline', 29)]

    Raises:
        SearchLimitError: more choices than `plan` looks at.
        DocumentError: the learner does not fit the pathway, or something that a rule needs is not known.
        InvalidValueError: an argument is of another kind than it has to be.
    """

    def made(changed: Learner, aim: Objective) -> Timeline | None:
        try:
            return plan(pathway, changed, today=today, objective=aim, finish_by=finish_by)
        except (NoRouteError, SearchLimitError, DocumentError):
            return None  # it helps nobody, or nobody knows whether it does

    try:
        if not plan(pathway, learner, today=today, objective=objective, finish_by=finish_by).conflicts:
            return ()
    except NoRouteError:
        pass
    make, earliest, cheapest = (partial(made, aim=each) for each in (objective, "earliest", "cheapest"))
    return (
        *_sooner(learner, today, make),
        *(_busier(learner, make) if _has_efforts(pathway) else ()),
        *_present(learner, make),
        *_later(learner, earliest, make),
        *_dearer(learner, cheapest, make),
        *_freer(learner, make),
    )


_Make = Callable[[Learner], Timeline | None]


def _has_efforts(pathway: Pathway) -> bool:
    """Whether anything is measured in hours of work, or may be under the rules of some place."""
    return bool(pathway.overlays) or any(isinstance(likely(step.takes), Effort) for step in pathway.steps)


def _repair(kind: RepairKind, learner: Learner, make: _Make) -> Repair | None:
    timeline = make(learner)
    return None if timeline is None or timeline.conflicts else Repair(kind=kind, learner=learner, timeline=timeline)


def _sooner(learner: Learner, today: dt.date, make: _Make) -> Iterator[Repair]:
    """A sooner start never makes a finish later, so the least number of days is found by halving."""
    if learner.start is None or learner.start <= today:
        return
    start, most = learner.start, (learner.start - today).days

    def sooner(days: int) -> Repair | None:
        return _repair(RepairKind.START, attrs.evolve(learner, start=start - dt.timedelta(days)), make)

    if sooner(most) is not None:
        days = bisect_left(range(most), 1, lo=1, key=lambda each: int(sooner(each) is not None))
        best = sooner(days)
        if best is not None:
            yield attrs.evolve(best, days=days)


def _busier(learner: Learner, make: _Make) -> Iterator[Repair]:
    """The least number of hours that helps, if some of a few numbers up to the most does.

    More hours may also make something too old, so below the first of these every whole number is tried.
    """
    if learner.weekly_hours is None:
        return
    periods = learner.weekly_hours
    room = MOST_WEEKLY_HOURS - max((each.hours for each in periods), default=Fraction(0))

    def busier(more: int) -> Repair | None:
        longer = [attrs.evolve(each, hours=each.hours + more) for each in periods]
        return _repair(RepairKind.HOURS, attrs.evolve(learner, weekly_hours=longer), make)

    tried = [more for more in _TRIED_HOURS if more <= room]
    enough = next((more for more in tried if busier(more) is not None), 0)
    for more in range(1, enough + 1):
        best = busier(more)
        if best is not None:
            yield attrs.evolve(best, hours=more)
            return


def _present(learner: Learner, make: _Make) -> Iterator[Repair]:
    shortest_first = sorted(learner.absences, key=lambda each: ((each.through - each.from_).days, each.from_))
    for absence in shortest_first:
        others = [each for each in learner.absences if each != absence]
        best = _repair(RepairKind.ABSENCE, attrs.evolve(learner, absences=others), make)
        if best is not None:
            yield attrs.evolve(best, absence=absence)
            return


def _later(learner: Learner, earliest: _Make, make: _Make) -> Iterator[Repair]:
    """The finish of the earliest plan that meets the rest is the least deadline."""
    if learner.deadline is None:
        return
    free = earliest(attrs.evolve(learner, deadline=None))
    if free is None or free.conflicts or free.finish is None:
        return
    best = _repair(RepairKind.DEADLINE, attrs.evolve(learner, deadline=free.finish), make)
    if best is not None:
        yield attrs.evolve(best, days=(free.finish - learner.deadline).days)


def _dearer(learner: Learner, cheapest: _Make, make: _Make) -> Iterator[Repair]:
    """The cost of the cheapest plan that meets the rest is the least budget, if all its costs are known."""
    if learner.budget is None:
        return
    free = cheapest(attrs.evolve(learner, budget=None))
    if free is None or free.conflicts or free.cost.unknown:
        return
    best = _repair(RepairKind.BUDGET, attrs.evolve(learner, budget=free.cost.amount), make)
    if best is not None:
        yield attrs.evolve(best, amount=free.cost.amount - learner.budget)


def _freer(learner: Learner, make: _Make) -> Iterator[Repair]:
    for pin in learner.choose:
        others = [each for each in learner.choose if each != pin]
        yield from _without(pin, RepairKind.CHOOSE, attrs.evolve(learner, choose=others), make)
    for pin in learner.avoid:
        others = [each for each in learner.avoid if each != pin]
        yield from _without(pin, RepairKind.AVOID, attrs.evolve(learner, avoid=others), make)


def _without(pin: str, kind: RepairKind, learner: Learner, make: _Make) -> Iterator[Repair]:
    best = _repair(kind, learner, make)
    if best is not None:
        yield attrs.evolve(best, pin=pin)
