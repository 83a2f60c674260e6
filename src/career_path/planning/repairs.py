"""What would help where a plan misses something or there is none: for each kind of change the least that does."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import partial
from typing import Final, NamedTuple

import attrs

from career_path.days.day_rules import Dates
from career_path.days.durations import Effort, likely
from career_path.errors import DocumentError, SearchLimitError
from career_path.model.entries import resolved_for
from career_path.model.learner import Absence, Learner
from career_path.model.pathway import Cohort, Cohorts, Pathway, Step
from career_path.model.timeline import NoRouteError, Timeline
from career_path.model.weekly import MOST_WEEKLY_HOURS
from career_path.planning.dropping import dropped
from career_path.planning.objective import Objective
from career_path.planning.question import MOST_ROUTES, ask
from career_path.values import Value, frozen

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
    ROUTE = "route"
    COHORT = "cohort"


@frozen(kw_only=True)
class Repair(Value):
    """A change with which the plan has no conflicts, verified by planning; `timeline` is that plan, `learner` for whom.

    As the kind asks: `days` to start sooner or to have more time, `hours` a week more, `amount` of money more, the
    `absence` that is dropped, or the step or credential, `pin`, that is no longer chosen or avoided. Another route is
    one for which several of these go, those `chosen` and those `avoided`. `instead` are the steps that this plan has in
    place of others. Another cohort is one more start of `step`, `on` a day that is not listed; `pathway` is the one
    that offers it, and for all other kinds the one that was asked about.

    >>> from career_path import Learner, Pathway, Step, repairs
    >>> school = Pathway("p", goal="school", steps=[Step("school", takes="P30D", cost=0)])
    >>> late = Learner(start=dt.date(2027, 3, 1), deadline=dt.date(2027, 3, 21))
    >>> [(each.kind.value, each.days) for each in repairs(school, late, today=dt.date(2027, 1, 4))]
    [('start', 10), ('deadline', 10)]
    """

    kind: RepairKind
    learner: Learner
    timeline: Timeline
    pathway: Pathway
    days: int | None = None
    hours: int | None = None
    amount: Decimal | None = None
    absence: Absence | None = None
    pin: str | None = None
    chosen: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    step: str | None = None
    on: dt.date | None = None


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
    less, a later deadline, more budget (for a plan of which all costs are known), one thing less that is chosen or
    avoided or, where no single one is enough, as few as possible of them, and one more start of a step that has cohorts
    or listed days. Each is changed alone, and each is planned before it is told. Of absences it is the shortest one
    that helps; of choices all that do; of starts the one that is nearest to a listed day. A change with which something
    that a rule needs is not known, or with too many choices, does not count as help.

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

    def ask_for(pathway: Pathway, changed: Learner, aim: Objective) -> Timeline:
        question = ask(
            pathway,
            changed,
            today=today,
            objective=aim,
            finish_by=finish_by,
            max_routes=MOST_ROUTES,
            horizon=None,
        )
        return question.best()

    def made(changed: Learner, aim: Objective, offered: Pathway) -> Timeline | None:
        try:
            return ask_for(offered, changed, aim)
        except (NoRouteError, SearchLimitError, DocumentError):
            return None  # it helps nobody, or nobody knows whether it does

    base: Timeline | None = None
    with suppress(NoRouteError):
        base = ask_for(pathway, learner, objective)
    if base is not None and not base.conflicts:
        return ()
    make, earliest, cheapest = (
        _Plans(pathway, partial(made, aim=each)) for each in (objective, "earliest", "cheapest")
    )
    return (
        *_sooner(learner, today, make),
        *(_busier(learner, make) if _has_efforts(pathway) else ()),
        *_present(learner, make),
        *_later(learner, earliest, make),
        *_dearer(learner, cheapest, make),
        *_freer(learner, base, make),
        *_offered(resolved_for(pathway, learner, today=today), learner, make),
    )


class _Plans(NamedTuple):
    """Plans for a changed learner, or on a pathway that offers more."""

    pathway: Pathway
    make: Callable[..., Timeline | None]

    def plan(self, learner: Learner, pathway: Pathway | None = None) -> Timeline | None:
        return self.make(learner, offered=pathway or self.pathway)

    def repair(self, kind: RepairKind, learner: Learner, pathway: Pathway | None = None) -> Repair | None:
        """The plan as a repair, if it has no conflicts."""
        timeline = self.plan(learner, pathway)
        if timeline is None or timeline.conflicts:
            return None
        return Repair(kind=kind, learner=learner, timeline=timeline, pathway=pathway or self.pathway)


def _has_efforts(pathway: Pathway) -> bool:
    """Whether anything is measured in hours of work, or may be under the rules of some place."""
    return bool(pathway.overlays) or any(isinstance(likely(step.takes), Effort) for step in pathway.steps)


def _sooner(learner: Learner, today: dt.date, make: _Plans) -> Iterator[Repair]:
    """A sooner start never makes a finish later, so the least number of days is found by halving."""
    if learner.start is None or learner.start <= today:
        return
    start, most = learner.start, (learner.start - today).days

    def sooner(days: int) -> Repair | None:
        return make.repair(RepairKind.START, attrs.evolve(learner, start=start - dt.timedelta(days)))

    if sooner(most) is not None:
        days = bisect_left(range(most), 1, lo=1, key=lambda each: int(sooner(each) is not None))
        best = sooner(days)
        if best is not None:
            yield attrs.evolve(best, days=days)


def _busier(learner: Learner, make: _Plans) -> Iterator[Repair]:
    """The least number of hours that helps, if some of a few numbers up to the most does.

    More hours may also make something too old, so below the first of these every whole number is tried.
    """
    if learner.weekly_hours is None:
        return
    periods = learner.weekly_hours
    room = MOST_WEEKLY_HOURS - max((each.hours for each in periods), default=Fraction(0))

    def busier(more: int) -> Repair | None:
        longer = [attrs.evolve(each, hours=each.hours + more) for each in periods]
        return make.repair(RepairKind.HOURS, attrs.evolve(learner, weekly_hours=longer))

    tried = [more for more in _TRIED_HOURS if more <= room]
    enough = next((more for more in tried if busier(more) is not None), 0)
    for more in range(1, enough + 1):
        best = busier(more)
        if best is not None:
            yield attrs.evolve(best, hours=more)
            return


def _present(learner: Learner, make: _Plans) -> Iterator[Repair]:
    shortest_first = sorted(learner.absences, key=lambda each: ((each.through - each.from_).days, each.from_))
    for absence in shortest_first:
        others = [each for each in learner.absences if each != absence]
        best = make.repair(RepairKind.ABSENCE, attrs.evolve(learner, absences=others))
        if best is not None:
            yield attrs.evolve(best, absence=absence)
            return


def _later(learner: Learner, earliest: _Plans, make: _Plans) -> Iterator[Repair]:
    """The finish of the earliest plan that meets the rest is the least deadline."""
    if learner.deadline is None:
        return
    free = earliest.plan(attrs.evolve(learner, deadline=None))
    if free is None or free.conflicts or free.finish is None:
        return
    best = make.repair(RepairKind.DEADLINE, attrs.evolve(learner, deadline=free.finish))
    if best is not None:
        yield attrs.evolve(best, days=(free.finish - learner.deadline).days)


def _dearer(learner: Learner, cheapest: _Plans, make: _Plans) -> Iterator[Repair]:
    """The cost of the cheapest plan that meets the rest is the least budget, if all its costs are known."""
    if learner.budget is None:
        return
    free = cheapest.plan(attrs.evolve(learner, budget=None))
    if free is None or free.conflicts or free.cost.unknown:
        return
    best = make.repair(RepairKind.BUDGET, attrs.evolve(learner, budget=free.cost.amount))
    if best is not None:
        yield attrs.evolve(best, amount=free.cost.amount - learner.budget)


def _freer(learner: Learner, base: Timeline | None, make: _Plans) -> Iterator[Repair]:
    """Each pin without which there is a plan; where it takes several, as few of them as are enough."""
    pins = _pins(learner)
    single = [_without([pin], learner, make) for pin in pins]
    several = None if any(single) or len(pins) < 2 else _fewest(pins, learner, make)  # noqa: PLR2004 (more than one)
    yield from (_told(each, base) for each in (*single, several) if each is not None)


_Pin = tuple[RepairKind, str]
_PIN_KINDS: Final = (RepairKind.CHOOSE, RepairKind.AVOID)


def _pins(learner: Learner) -> list[_Pin]:
    chosen = [(RepairKind.CHOOSE, pin) for pin in learner.choose]
    return [*chosen, *((RepairKind.AVOID, pin) for pin in learner.avoid)]


def _without(pins: Sequence[_Pin], learner: Learner, make: _Plans) -> Repair | None:
    """The plan without some pins, if it has no conflicts."""
    choose = [pin for pin in learner.choose if (RepairKind.CHOOSE, pin) not in pins]
    avoid = [pin for pin in learner.avoid if (RepairKind.AVOID, pin) not in pins]
    changed = attrs.evolve(learner, choose=choose, avoid=avoid)
    if len(pins) == 1:
        ((kind, pin),) = pins
        best = make.repair(kind, changed)
        return None if best is None else attrs.evolve(best, pin=pin)
    best = make.repair(RepairKind.ROUTE, changed)
    if best is None:
        return None
    chosen, avoided = (tuple(pin for each, pin in pins if each is kind) for kind in _PIN_KINDS)
    return attrs.evolve(best, chosen=chosen, avoided=avoided)


def _fewest(pins: Sequence[_Pin], learner: Learner, make: _Plans) -> Repair | None:
    """The plan without so many pins that none of them can stay; None if even without all there is none."""
    best = _without(pins, learner, make)
    if best is None:
        return None
    for pin in pins:
        fewer = [each for each in pins if each != pin and each in _gone(best)]
        better = _without(fewer, learner, make) if pin in _gone(best) and len(fewer) > 1 else None
        best = better or best
    return best


def _gone(repair: Repair) -> list[_Pin]:
    return [*((RepairKind.CHOOSE, pin) for pin in repair.chosen), *((RepairKind.AVOID, pin) for pin in repair.avoided)]


def _told(repair: Repair, base: Timeline | None) -> Repair:
    """The repair with the steps to do that the plan as it is has not."""
    if base is None:
        return repair
    known = {each.id for each in base.steps}
    return attrs.evolve(repair, instead=tuple(each.id for each in repair.timeline.steps if each.id not in known))


def _offered(pathway: Pathway, learner: Learner, make: _Plans) -> Iterator[Repair]:
    """One more start of a step, the nearest to a listed one among those that help."""
    listed = [step for step in pathway.steps if isinstance(step.opens, (Cohorts, Dates))]
    found = [
        repair
        for step in listed
        if learner.record(step.id) is None
        for repair in _with_another_start(pathway, step, learner, make)
    ]
    yield from sorted(found, key=_distance)[:1]


def _with_another_start(pathway: Pathway, step: Step, learner: Learner, make: _Plans) -> Iterator[Repair]:
    """With a step that starts when it may start last, if it were open every day."""
    free, _ = dropped(pathway, learner, [f"steps.{step.id}.opens"])
    timeline = make.plan(learner, free)
    if timeline is None or timeline.conflicts:
        return
    days = (each.latest_start or each.start for each in timeline.steps if each.id == step.id)
    for on in (day for day in days if day is not None):
        steps = [attrs.evolve(each, opens=_and_on(step, on)) if each == step else each for each in pathway.steps]
        best = make.repair(RepairKind.COHORT, learner, attrs.evolve(pathway, steps=steps))
        if best is not None:  # pragma: no branch (days that are the latest of a plan are a plan)
            yield attrs.evolve(best, step=step.id, on=on)


def _and_on(step: Step, on: dt.date) -> Cohorts | Dates:
    """The days of an opening and one more; a cohort is as long as the shortest one."""
    if isinstance(step.opens, Dates):
        return Dates(dates=[*step.opens.dates, on])
    assert isinstance(step.opens, Cohorts)
    length = min(each.finish - each.start for each in step.opens.cohorts)
    return Cohorts(cohorts=[*step.opens.cohorts, Cohort(start=on, finish=on + length)])


def _distance(repair: Repair) -> tuple[int, str]:
    """How far the day of another start is from the nearest one that is listed."""
    assert repair.step is not None
    assert repair.on is not None
    opens = repair.pathway.step(repair.step).opens
    assert isinstance(opens, (Cohorts, Dates))
    starts = [each.start for each in opens.cohorts] if isinstance(opens, Cohorts) else list(opens.dates)
    return min(abs((each - repair.on).days) for each in starts if each != repair.on), repair.step
