"""A planner that tries everything: every route, and in it every day, with `relativedelta` and plain loops.

It shares no arithmetic with the library: it reads the values of the model and nothing else. It is meant for small
cases (a handful of steps, a window of some hundred days) and says what the real planner must say about them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import combinations, pairwise, product

import attrs
from dateutil.relativedelta import relativedelta

from career_path.days.day_rules import (
    Birthday,
    BirthMonthEnd,
    Dates,
    DayOfYear,
    DayRule,
    MonthEnd,
    Weekday,
    Weekdays,
    YearlyWindow,
    Years,
)
from career_path.days.durations import Effort, Estimate, WorkingDays
from career_path.days.spans import Span
from career_path.model.learner import Held, Learner, Record
from career_path.model.pathway import AbsencePolicy, Cohort, Cohorts, Pathway, Step, Until
from career_path.model.requirements import (
    Aged,
    AllOf,
    AnyOf,
    AtLeast,
    Event,
    Holds,
    Leaf,
    Needs,
    Order,
    Requirement,
    leaves,
)

__all__ = ["OutOfScopeError", "Outcome", "Placed", "Result", "best", "is_open", "outcomes"]

GOAL = ""
"""The id of the pseudo-step whose requirement is the goal; no real step can have it."""
HELD = ""
"""The paper that the learner already holds."""
ONE_DAY = dt.timedelta(days=1)
NEVER = dt.date.max
ALWAYS = dt.date.min


class OutOfScopeError(Exception):
    """A case that the planner refuses: a rule asks for a day that nobody told."""


# --- arithmetic -----------------------------------------------------------------------------------------------------


@cache
def _add(day: dt.date, months: int, days: int) -> dt.date:
    if day in {NEVER, ALWAYS}:
        return day
    try:
        return day + relativedelta(months=months, days=days)
    except (OverflowError, ValueError):
        return NEVER if months > 0 or days > 0 else ALWAYS


def _later(day: dt.date, span: Span, times: int = 1) -> dt.date:
    return _add(day, times * (12 * span.years + span.months), times * (7 * span.weeks + span.days))


def _birthday(born: dt.date, year: int) -> dt.date:
    if (born.month, born.day) == (2, 29) and (dt.date(year, 3, 1) - ONE_DAY).day == 28:
        return dt.date(year, 3, 1)
    return dt.date(year, born.month, born.day)


def _fits_year(years: Years, year: int, born: dt.date | None) -> bool:
    if years is Years.EVERY:
        return True
    if years is Years.BIRTH:
        return (year - _known(born, "born").year) % 2 == 0
    return (year % 2 == 1) == (years is Years.ODD)


def _known(day: dt.date | None, what: str) -> dt.date:
    if day is None:
        raise OutOfScopeError(what)
    return day


def is_open(rule: DayRule, day: dt.date, born: dt.date | None) -> bool:  # noqa: PLR0911 (one answer a class)
    """Whether a day lies in a set of days, looked up class by class."""
    match rule:
        case Weekdays():
            return list(Weekday)[day.weekday()] in rule.days
        case MonthEnd():
            return (day + ONE_DAY).day == 1
        case DayOfYear():
            return (day.month, day.day) == (rule.on.month, rule.on.day) and _fits_year(rule.years, day.year, born)
        case Birthday():
            return day == _birthday(_known(born, "born"), day.year) and _fits_year(rule.years, day.year, born)
        case BirthMonthEnd():
            same = day.month == _known(born, "born").month
            return same and (day + ONE_DAY).day == 1 and _fits_year(rule.years, day.year, born)
        case YearlyWindow():
            first, last, here = (
                (rule.from_.month, rule.from_.day),
                (rule.through.month, rule.through.day),
                (day.month, day.day),
            )
            return first <= here <= last if first <= last else here >= first or here <= last
        case Dates():
            return day in rule.dates
        case _:
            raise OutOfScopeError(type(rule).__name__)


# --- one case -------------------------------------------------------------------------------------------------------


@attrs.frozen
class _Choice:
    """A chosen leaf; for a Holds also whose paper meets it (a step, or `HELD`)."""

    leaf: Leaf
    paper: str | None = None

    @property
    def step(self) -> str | None:
        """The step that this choice brings into the route."""
        return self.leaf.step if isinstance(self.leaf, Needs) else self.paper or None


Selection = frozenset[_Choice]


@attrs.frozen(eq=False)
class _Route:
    chosen: Mapping[str, Selection]
    redone: frozenset[str]
    cohorts: Mapping[str, tuple[Cohort, ...]]

    @property
    def steps(self) -> list[str]:
        return sorted(step for step in self.chosen if step != GOAL)


@attrs.define(eq=False)
class _Dates:
    """Where every step of a route stands at the moment."""

    start: dict[str, dt.date | None]
    finish: dict[str, dt.date | None]

    def event(self, step: str, of: Event) -> dt.date:
        return _known((self.start if of is Event.START else self.finish)[step], f"{of} of {step}")

    def last(self, step: str) -> dt.date:
        """The last day occupied."""
        start, finish = self.event(step, Event.START), self.event(step, Event.FINISH)
        return max(start, finish - ONE_DAY)


@attrs.frozen(eq=False)
class _Bound:
    """A condition, and whose day must move where it fails: forward (`later`) or backward (`sooner`)."""

    holds: Callable[[_Dates], bool]
    later: str | None
    sooner: str | None
    is_forward_only: bool = False


@attrs.define(eq=False)
class _Case:
    pathway: Pathway
    learner: Learner
    today: dt.date
    last_day: dt.date
    _finishes: dict[tuple[str, dt.date], dt.date] = attrs.field(factory=dict)
    _fits: dict[tuple[str, dt.date], bool] = attrs.field(factory=dict)

    @property
    def first_day(self) -> dt.date:
        """The bound of today and of the learner's start."""
        return max(self.today, self.learner.start or self.today)

    def record(self, step: str) -> Record:
        return self.learner.record(step) or Record(step)

    def status(self, step: str, redone: Iterable[str] = ()) -> str:
        record = self.record(step)
        if step in redone:
            return "redo"
        if record.waived is not False:
            return "waived"
        if record.finished:
            return "finished"
        return "running" if record.started else "planned"

    # lengths and days of one step

    def _is_absent(self, day: dt.date) -> bool:
        return any(absence.from_ <= day <= absence.through for absence in self.learner.absences)

    def _hours(self, effort: Effort, step: Step, day: dt.date) -> Fraction:
        if step.absence_policy is AbsencePolicy.PAUSE and self._is_absent(day):
            return Fraction(0)
        periods = self.learner.weekly_hours
        if periods is None:
            raise OutOfScopeError("weekly_hours")
        weekly = [p.hours for p in periods if (p.from_ or ALWAYS) <= day <= (p.through or NEVER)]
        limit = effort.weekly_at_most
        hours = weekly[0] if weekly else Fraction(0)
        return (hours if limit is None else min(hours, limit)) / 7

    def finish(self, step_id: str, start: dt.date) -> dt.date:
        """When a step without cohorts is done, if it starts on a day."""
        key = (step_id, start)
        if key not in self._finishes:
            self._finishes[key] = self._finish(self.pathway.step(step_id), start)
        return self._finishes[key]

    def _finish(self, step: Step, start: dt.date) -> dt.date:
        takes = step.takes.likely if isinstance(step.takes, Estimate) else step.takes
        day = start
        if isinstance(takes, Span):
            return _later(start, takes)
        if isinstance(takes, WorkingDays):
            left = takes.count
            while left:
                day += ONE_DAY
                left -= day.weekday() < 5
            return day
        done = Fraction(0)
        while done < takes.hours:
            if day > self.last_day + 2 * (self.last_day - self.today):
                return NEVER
            done += self._hours(takes, step, day)
            day += ONE_DAY
        return day

    def fits(self, step_id: str, start: dt.date) -> bool:
        """Whether a step without cohorts may start on a day, as far as it alone is concerned."""
        key = (step_id, start)
        if key not in self._fits:
            step = self.pathway.step(step_id)
            self._fits[key] = self._is_startable(step, start) and not self.is_forbidden(
                step, start, self.finish(step_id, start)
            )
        return self._fits[key]

    def _is_startable(self, step: Step, day: dt.date) -> bool:
        takes = step.takes.likely if isinstance(step.takes, Estimate) else step.takes
        if isinstance(takes, Effort) and takes.hours > 0 and not self._hours(takes, step, day):
            return False
        return not isinstance(step.opens, DayRule) or is_open(step.opens, day, self.learner.born)

    def is_forbidden(self, step: Step, start: dt.date, finish: dt.date) -> bool:
        """Whether an absence touches a step that allows none."""
        last = max(start, finish - ONE_DAY)
        return step.absence_policy is AbsencePolicy.FORBID and any(
            absence.from_ <= last and absence.through >= start for absence in self.learner.absences
        )

    # papers

    def through(self, credential_id: str, anchor: dt.date, cycle: int = 1) -> dt.date:
        """The last day of the cycle-th validity counted from a day."""
        valid = self.pathway.credential(credential_id).valid
        if valid is None:
            return NEVER
        day = _later(anchor, valid.span, cycle)
        if valid.until is Until.DAY_BEFORE:
            return day - ONE_DAY
        if valid.until is Until.ANNIVERSARY:
            return day
        rule = MonthEnd() if valid.until is Until.MONTH_END else valid.until
        for _ in range(20 * 366):
            if day == NEVER or is_open(rule, day, self.learner.born):
                return day
            day += ONE_DAY
        return NEVER

    def held_period(self, held: Held) -> tuple[dt.date, dt.date]:
        """First and last day of the unbroken validity that a held credential is in."""
        first, cycle = held.granted, 1
        for renewed in held.renewed:
            if renewed <= self.through(held.credential, first, cycle):
                cycle += 1
            else:
                first, cycle = renewed, 1
        return first, self.through(held.credential, first, cycle)

    def fixed_paper(self, credential: str, paper: str) -> tuple[dt.date, dt.date]:
        """First and last day of a paper that is already there: the held one or a finished step's."""
        if paper == HELD:
            held = self.learner.held(credential)
            assert held
            return self.held_period(held)
        granted = _known(self.record(paper).finished, f"finish of {paper}")
        return granted, self.through(credential, granted)


# --- routes ---------------------------------------------------------------------------------------------------------


def _selections(case: _Case, requirement: Requirement) -> list[Selection]:
    """Every way to meet a requirement."""
    match requirement:
        case Holds():
            return [frozenset({_Choice(requirement, paper)}) for paper in _papers(case, requirement.credential)]
        case Needs() | Aged():
            return [frozenset({_Choice(requirement)})]
        case AllOf():
            return _all_of([_selections(case, option) for option in requirement.of])
        case AnyOf() | AtLeast():
            options = [_selections(case, option) for option in dict.fromkeys(requirement.of)]
            k = requirement.k if isinstance(requirement, AtLeast) else 1
            return list(dict.fromkeys(s for some in combinations(options, k) for s in _all_of(some)))


def _all_of(parts: Iterable[list[Selection]]) -> list[Selection]:
    return list(dict.fromkeys(frozenset().union(*each) for each in product(*parts)))


def _papers(case: _Case, credential: str) -> list[str]:
    granting = [s.id for s in case.pathway.steps if credential in s.grants and case.status(s.id) != "waived"]
    return [*([HELD] if case.learner.held(credential) else []), *granting]


def _looking_back(case: _Case, step: str, requirement: Requirement) -> tuple[bool, list[Selection]]:
    """Whether the records of a step already begun support its requirement, and by which leaves; the rest is met."""
    match requirement:
        case Needs():
            recorded = case.status(requirement.step) != "planned"
            is_supported = recorded or _can_still_be_met(case, step, requirement)
            return is_supported, [frozenset({_Choice(requirement)}) if is_supported else frozenset()]
        case Holds():
            papers = [
                paper
                for paper in _papers(case, requirement.credential)
                if paper != step and (paper == HELD or case.record(paper).finished is not None)
            ]
            found = [frozenset({_Choice(requirement, paper)}) for paper in papers]
            return bool(found), found or [frozenset()]
        case Aged():
            return True, [frozenset()]
        case AllOf():
            parts = [_looking_back(case, step, option) for option in requirement.of]
            return all(ok for ok, _ in parts), _all_of([found for _, found in parts])
        case AnyOf() | AtLeast():
            parts = [_looking_back(case, step, option) for option in dict.fromkeys(requirement.of)]
            supported = [found for ok, found in parts if ok]
            k = requirement.k if isinstance(requirement, AtLeast) else 1
            some = combinations(supported, min(k, len(supported)))
            return len(supported) >= k, list(dict.fromkeys(s for each in some for s in _all_of(each)))


def _can_still_be_met(case: _Case, step: str, leaf: Needs) -> bool:
    if leaf.order is Order.AFTER and not leaf.lag.is_negative:
        return False
    return _last_possible(case, step, leaf) >= case.today


def _last_possible(case: _Case, step: str, leaf: Needs) -> dt.date:
    """The last day on which an event can still meet a leaf of a step already begun."""
    if _is_unbounded(leaf):
        return NEVER
    start = _known(_start_of(case.pathway.step(step), case.record(step)), f"start of {step}")
    last = NEVER if leaf.by is None else _later(start, leaf.by)
    if leaf.order is Order.AFTER:
        day = _later(start, leaf.lag, -1) + dt.timedelta(days=5)
        while _later(day, leaf.lag) > start:
            day -= ONE_DAY
        last = min(last, day)
    return last


def _is_unbounded(leaf: Needs) -> bool:
    return leaf.order is Order.ANY and leaf.by is None


def _start_of(step: Step, record: Record) -> dt.date | None:
    takes = step.takes.likely if isinstance(step.takes, Estimate) else step.takes
    is_instant = takes == Span() and not isinstance(step.opens, Cohorts)
    return record.started or (record.finished if is_instant else None)


def _routes(case: _Case) -> Iterator[_Route]:
    aged: set[str] = {
        leaf.step for _, leaf in _all_leaves(case.pathway) if isinstance(leaf, Needs) and leaf.within is not None
    }
    empty = _Route({}, frozenset(), {})
    for selection in _selections(case, case.pathway.goal):
        yield from _grow(case, attrs.evolve(empty, chosen={GOAL: selection}), aged)


def _all_leaves(pathway: Pathway) -> list[tuple[str, Leaf]]:
    found = [(GOAL, leaf) for _, leaf in leaves(pathway.goal)]
    return found + [(step.id, leaf) for step in pathway.steps for _, leaf in leaves(step.requires)]


def _grow(case: _Case, route: _Route, aged: set[str]) -> Iterator[_Route]:
    wanted = {choice.step for selection in route.chosen.values() for choice in selection} - {None}
    missing = sorted(step for step in wanted if step is not None and step not in route.chosen)
    if not missing:
        if _is_well_founded(case, route) and _is_as_pinned(case, route):
            yield route
        return
    step = missing[0]
    status = case.status(step)
    for redone in (False, True) if status == "finished" and step in aged else (False,):
        is_todo = redone or status == "planned"
        for cohorts in _cohort_sides(case.pathway.step(step)) if is_todo else [()]:
            for selection in _step_selections(case, step, is_redone=redone):
                grown = _Route(
                    {**route.chosen, step: selection},
                    route.redone | ({step} if redone else set()),
                    {**route.cohorts, **({step: cohorts} if cohorts else {})},
                )
                yield from _grow(case, grown, aged)


def _cohort_sides(step: Step) -> list[tuple[Cohort, ...]]:
    """The cohorts of a step, as largest sets in which a later start never means an earlier finish."""
    if not isinstance(step.opens, Cohorts):
        return [()]
    every = step.opens.cohorts
    chains = [
        set(some)
        for count in range(1, len(every) + 1)
        for some in combinations(every, count)
        if all(a.start < b.start and a.finish <= b.finish for a, b in pairwise(some))
    ]
    largest = [chain for chain in chains if not any(chain < other for other in chains)]
    return [tuple(cohort for cohort in every if cohort in chain) for chain in largest]


def _step_selections(case: _Case, step: str, *, is_redone: bool) -> list[Selection]:
    status, requires = case.status(step), case.pathway.step(step).requires
    if status == "waived":
        return [frozenset()]
    if is_redone or status == "planned":
        return _selections(case, requires)
    return _looking_back(case, step, requires)[1]


def _is_well_founded(case: _Case, route: _Route) -> bool:
    """Whether the steps still to be done can be put in an order; what is recorded stands by itself."""
    todo = {step for step in route.steps if case.status(step, route.redone) in {"planned", "redo"}}
    waits: dict[str, set[str]] = {}
    for step in todo:
        chosen = [c for c in route.chosen[step] if not (isinstance(c.leaf, Needs) and c.leaf.order is Order.ANY)]
        waits[step] = {c.step for c in chosen if c.step in todo and c.step is not None}
    while waits:
        free = {step for step, others in waits.items() if not others & waits.keys()}
        if not free:
            return False
        waits = {step: others for step, others in waits.items() if step not in free}
    return True


def _is_as_pinned(case: _Case, route: _Route) -> bool:
    learner, pathway = case.learner, case.pathway
    todo = {step for step in route.steps if case.status(step, route.redone) in {"planned", "redo"}}
    granted = {c for step in route.steps if case.status(step) != "waived" for c in pathway.step(step).grants}
    there = {*route.steps, *granted, *(held.credential for held in learner.holds)}
    avoided = {*todo, *(c for step in todo for c in pathway.step(step).grants)}
    return there >= set(learner.choose) and not avoided & set(learner.avoid)


# --- bounds of one route --------------------------------------------------------------------------------------------


@attrs.frozen(eq=False)
class _Rules:
    """All bounds of one route."""

    case: _Case
    route: _Route

    def status(self, step: str) -> str:
        return "planned" if step == GOAL else self.case.status(step, self.route.redone)

    def mover(self, step: str, of: Event = Event.FINISH) -> str | None:
        """The step itself if that end of it can still move."""
        status = self.status(step)
        if status == "running":
            return step if of is Event.FINISH else None
        return None if status in {"finished", "waived"} else step

    def all(self) -> list[_Bound]:
        bounds = [bound for step in self.route.steps for bound in self.own(step)]
        for step, selection in self.route.chosen.items():
            for choice in sorted(selection, key=repr):
                bounds.extend(self.chosen(step, choice))
        if not any(bound.later == GOAL for bound in bounds):
            bounds.append(_not_before(GOAL, GOAL, self.case.first_day, is_forward_only=True))
        return bounds

    def own(self, step: str) -> Iterator[_Bound]:
        case, mover, status = self.case, self.mover(step), self.status(step)
        if status in {"planned", "redo"}:
            yield _not_before(step, mover, case.first_day, is_forward_only=True)
            yield _Bound(lambda d: d.event(step, Event.FINISH) < NEVER, None, mover)
            if step in self.route.cohorts:
                described = case.pathway.step(step)
                yield _Bound(
                    lambda d: not case.is_forbidden(described, d.event(step, Event.START), d.event(step, Event.FINISH)),
                    step,
                    step,
                )
            else:
                yield _Bound(lambda d: case.fits(step, d.event(step, Event.START)), step, step)
        if status == "running":
            least = self.least_finish(step)
            yield _Bound(lambda d: d.event(step, Event.FINISH) >= least, step, None)
            yield _Bound(lambda d: d.event(step, Event.FINISH) >= case.today, step, None, is_forward_only=True)

    def least_finish(self, step: str) -> dt.date:
        """The earliest finish of a running step, counted from its recorded start."""
        started = _known(self.case.record(step).started, f"start of {step}")
        opens = self.case.pathway.step(step).opens
        if isinstance(opens, Cohorts):
            return min((c.finish for c in opens.cohorts if c.start == started), default=started)
        return self.case.finish(step, started)

    def chosen(self, step: str, choice: _Choice) -> Iterator[_Bound]:
        is_recorded = self.status(step) in {"running", "finished"}
        match choice.leaf:
            case Needs():
                yield from (self.needs_behind if is_recorded else self.needs)(step, choice.leaf)
            case Holds():
                yield from self.holds(step, choice.leaf, choice.paper or HELD, is_recorded=is_recorded)
            case Aged():
                yield from self.aged(step, choice.leaf)

    def needs(self, step: str, leaf: Needs) -> Iterator[_Bound]:
        other, of, me = leaf.step, leaf.of, self.mover(step)
        if self.status(other) == "waived":
            waived = self.case.record(other).waived
            if isinstance(waived, dt.date):
                yield _not_before(step, me, waived)
            return
        it = self.mover(other, of)
        if leaf.order is Order.AFTER:
            yield _Bound(lambda d: d.event(step, Event.START) >= _later(d.event(other, of), leaf.lag), me, it)
        if leaf.within is not None:
            within = leaf.within
            yield _Bound(lambda d: d.event(step, Event.START) <= _later(d.event(other, of), within), it, me)
        if leaf.by is not None:
            by = leaf.by
            yield _Bound(lambda d: d.event(other, of) <= _later(d.event(step, Event.START), by), me, it)
        yield from self.by_the_end(leaf)

    def needs_behind(self, step: str, leaf: Needs) -> Iterator[_Bound]:
        """What a step already begun still asks of one that is not done: to come soon enough after it."""
        other, of = leaf.step, leaf.of
        it = self.mover(other, of)
        if self.status(other) == "waived":
            return
        yield from self.by_the_end(leaf)
        is_open = self.status(other) == "planned" or (self.status(other) == "running" and of is Event.FINISH)
        if not is_open or not _can_still_be_met(self.case, step, leaf):
            return
        last = _last_possible(self.case, step, leaf)
        yield _Bound(lambda d: d.event(other, of) <= last, None, it)

    def by_the_end(self, leaf: Needs) -> Iterator[_Bound]:
        """The plan does not end before an event that nothing else bounds."""
        if not _is_unbounded(leaf):
            return
        others = [choice.leaf for selection in self.route.chosen.values() for choice in selection]
        same = [o for o in others if isinstance(o, Needs) and (o.step, o.of) == (leaf.step, leaf.of)]
        if all(_is_unbounded(other) for other in same):
            it = self.mover(leaf.step, leaf.of)
            yield _Bound(lambda d: d.event(GOAL, Event.START) >= d.event(leaf.step, leaf.of), GOAL, it)

    def holds(self, step: str, leaf: Holds, paper: str, *, is_recorded: bool) -> Iterator[_Bound]:
        case, me, of = self.case, self.mover(step), Event.FINISH

        def last(d: _Dates) -> dt.date:
            return d.last(step) if leaf.throughout else d.event(step, Event.START)

        if is_recorded:
            if self.status(step) == "running" and leaf.throughout:
                _, ends = case.fixed_paper(leaf.credential, paper)
                yield _Bound(lambda d: last(d) <= ends, None, step)
        elif paper == HELD or self.status(paper) == "finished":
            granted, ends = case.fixed_paper(leaf.credential, paper)
            yield _not_before(step, me, granted)
            yield _Bound(lambda d: last(d) <= ends, None, me)
        else:
            it = self.mover(paper)
            yield _Bound(lambda d: d.event(step, Event.START) >= d.event(paper, of), me, it)
            yield _Bound(lambda d: last(d) <= case.through(leaf.credential, d.event(paper, of)), it, me)

    def aged(self, step: str, leaf: Aged) -> Iterator[_Bound]:
        born, me = _known(self.case.learner.born, "born"), self.mover(step)
        yield _not_before(step, me, _birthday(born, born.year + leaf.years), is_forward_only=True)
        if leaf.under is not None:
            too_old = _birthday(born, born.year + leaf.under)
            yield _Bound(lambda d: d.event(step, Event.START) < too_old, None, me)


def _not_before(step: str, mover: str | None, day: dt.date, *, is_forward_only: bool = False) -> _Bound:
    return _Bound(lambda d: d.event(step, Event.START) >= day, mover, None, is_forward_only)


# --- dates of one route ---------------------------------------------------------------------------------------------


def _place(rules: _Rules, first: dt.date, goal: dt.date, *, is_first: bool) -> _Dates:
    """Every movable step at one day or in its first or last cohort, the goal at another day, the rest as recorded."""
    case, route = rules.case, rules.route
    dates = _Dates({GOAL: goal}, {GOAL: goal})
    for step in route.steps:
        record, status = case.record(step), rules.status(step)
        if step in route.cohorts:
            cohort = route.cohorts[step][0 if is_first else -1]
            dates.start[step], dates.finish[step] = cohort.start, cohort.finish
        elif status in {"planned", "redo"}:
            dates.start[step], dates.finish[step] = first, case.finish(step, first)
        elif status == "running":
            dates.start[step], dates.finish[step] = record.started, first
        elif status == "finished":
            dates.start[step], dates.finish[step] = _start_of(case.pathway.step(step), record), record.finished
        else:
            dates.start[step], dates.finish[step] = None, record.waived if isinstance(record.waived, dt.date) else None
    return dates


def _move(rules: _Rules, dates: _Dates, step: str, days: dt.timedelta) -> dt.date:
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


def _move_cohort(rules: _Rules, dates: _Dates, step: str, days: dt.timedelta) -> dt.date:
    """A step moved to its next or previous cohort; the end of time where there is none."""
    cohorts = rules.route.cohorts[step]
    at = [cohort.start for cohort in cohorts].index(dates.event(step, Event.START)) + days.days
    if not 0 <= at < len(cohorts):
        return ALWAYS if at < 0 else NEVER
    dates.start[step], dates.finish[step] = cohorts[at].start, cohorts[at].finish
    return cohorts[at].start


def _earliest(rules: _Rules) -> _Dates | None:
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


def _goal_floor(rules: _Rules, first: dt.date) -> dt.date:
    """A day before which the goal cannot hold."""
    case = rules.case
    known = [first, *(day for record in case.learner.records for _, day in record.days)]
    known += [held.granted for held in case.learner.holds]
    known += [cohorts[0].start for cohorts in rules.route.cohorts.values()]
    floor = min(known)
    for choice in rules.route.chosen[GOAL]:
        match choice.leaf:
            case Aged(years=years):
                born = _known(case.learner.born, "born")
                floor = min(floor, _birthday(born, born.year + years))
            case Needs(lag=lag, by=by):
                floor = _later(floor, lag) if lag.is_negative else floor
                floor = _later(floor, by, -1) if by is not None else floor
            case Holds():
                pass
    return floor - dt.timedelta(days=35)


def _latest(rules: _Rules, target: dt.date) -> _Dates | None:
    """The schedule that reaches the goal by a day and in which nothing can come a day later; None if there is none."""
    case = rules.case
    dates = _place(rules, max(case.last_day, target), target, is_first=False)
    floor = min(case.today, target) - dt.timedelta(days=12 * 366)
    bounds, is_still = [bound for bound in rules.all() if not bound.is_forward_only], False
    while not is_still:
        is_still = True
        for bound in bounds:
            while not bound.holds(dates):
                if bound.sooner is None or _move(rules, dates, bound.sooner, -ONE_DAY) < floor:
                    return None
                is_still = False
    return dates


# --- the best route -------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Placed:
    """One step of a route: its earliest days and its latest; latest days of a step still to be done may be missing."""

    id: str
    status: str
    start: dt.date | None
    finish: dt.date | None
    latest_start: dt.date | None = None
    latest_finish: dt.date | None = None


@attrs.frozen(kw_only=True)
class Outcome:
    """One route with its dates. `cost` is the known sum, `unknown` the steps of which no cost is known."""

    finish: dt.date
    cost: Decimal
    unknown: tuple[str, ...]
    redone: tuple[str, ...]
    steps: tuple[Placed, ...]
    latest_goal: dt.date | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """The steps of the route, sorted."""
        return tuple(step.id for step in self.steps)

    @property
    def first_act(self) -> dt.date:
        """The latest day on which the first thing still to be done may begin."""
        todo = [step for step in self.steps if step.status in {"planned", "redo"}]
        return min((step.latest_start or ALWAYS for step in todo), default=NEVER)

    def step(self, step_id: str) -> Placed:
        """The step of that id."""
        return next(step for step in self.steps if step.id == step_id)


@attrs.frozen(kw_only=True)
class Result:
    """The best route by every rule but the last, which compares texts.

    `ties` are all routes that the preference and the objective call equally good; `equals` those of them that also
    redo as few steps, have as few, and have the same ids: only canonical text may choose among these.
    """

    ties: tuple[Outcome, ...]
    equals: tuple[Outcome, ...]
    is_latest: bool = False

    @property
    def finish(self) -> dt.date:
        """The first day on which the goal can hold."""
        return self.equals[0].finish

    @property
    def cost(self) -> Decimal:
        """What is known of the cost of the best route."""
        return self.equals[0].cost

    @property
    def steps(self) -> tuple[Placed, ...]:
        """The steps of the best route, sorted by id; of the first one where `equals` has several."""
        return self.equals[0].steps

    @property
    def step_sets(self) -> frozenset[tuple[str, ...]]:
        """The ids of all routes that are equally good."""
        return frozenset(outcome.ids for outcome in self.ties)


Key = tuple[object, ...]


def outcomes(case: _Case) -> list[tuple[_Rules, Outcome]]:
    """Every route that has a schedule in the window, at its earliest dates."""
    for step in case.pathway.steps:
        takes = step.takes.likely if isinstance(step.takes, Estimate) else step.takes
        is_open = case.status(step.id) in {"planned", "running"}
        if is_open and isinstance(takes, Effort) and takes.hours and case.learner.weekly_hours is None:
            raise OutOfScopeError("weekly_hours")
    found: list[tuple[_Rules, Outcome]] = []
    for route in _routes(case):
        rules = _Rules(case, route)
        dates = _earliest(rules)
        if dates is not None:
            found.append((rules, _outcome(rules, dates)))
    return found


def _outcome(rules: _Rules, dates: _Dates) -> Outcome:
    pathway, route = rules.case.pathway, rules.route
    todo = [pathway.step(step) for step in route.steps if rules.status(step) in {"planned", "redo"}]
    return Outcome(
        finish=dates.event(GOAL, Event.START),
        cost=sum((step.cost.amount for step in todo if step.cost), Decimal(0)),
        unknown=tuple(step.id for step in todo if step.cost is None),
        redone=tuple(sorted(route.redone)),
        steps=tuple(
            Placed(id=step, status=rules.status(step), start=dates.start[step], finish=dates.finish[step])
            for step in route.steps
        ),
    )


def _with_latest(rules: _Rules, outcome: Outcome, target: dt.date) -> Outcome:
    dates = _latest(rules, target)

    top = max(rules.case.last_day, target)

    def placed(step: Placed) -> Placed:
        if step.status in {"finished", "waived"}:
            return attrs.evolve(step, latest_start=step.start, latest_finish=step.finish)
        if dates is None:
            return step
        start, finish = dates.start[step.id], dates.finish[step.id]
        is_unbounded = step.status == "running" and finish == top
        return attrs.evolve(step, latest_start=start, latest_finish=None if is_unbounded else finish)

    latest_goal = None if dates is None else dates.event(GOAL, Event.START)
    return attrs.evolve(outcome, steps=tuple(map(placed, outcome.steps)), latest_goal=latest_goal)


def best(
    pathway: Pathway,
    learner: Learner,
    *,
    today: dt.date,
    objective: object = "earliest",
    finish_by: dt.date | None = None,
    last_day: dt.date,
) -> Result | None:
    """The best plan by trying all of them; None if no route has a schedule that ends by `last_day`.

    `objective` is `earliest`, `cheapest`, or any value with an attribute `per_day`. `last_day` must leave room for
    everything, also for latest dates after the goal.

    Raises:
        OutOfScopeError: the planner refuses such a case.
    """
    case = _Case(pathway, learner, today, last_day)
    found = outcomes(case)
    if finish_by is not None:
        target = min(learner.deadline or finish_by, finish_by)
        in_time = [(rules, _with_latest(rules, o, target)) for rules, o in found if o.finish <= target]
        if in_time:
            return _result(case, in_time, objective, target=target, is_latest=True)
    return _result(case, found, objective, target=learner.deadline or finish_by)


def _result(
    case: _Case,
    found: list[tuple[_Rules, Outcome]],
    objective: object,
    *,
    target: dt.date | None,
    is_latest: bool = False,
) -> Result | None:
    keys = [_key(case, outcome, objective, is_latest=is_latest) for _, outcome in found]
    if not keys:
        return None
    tied = [pair for pair, key in zip(found, keys, strict=True) if key == min(keys)]
    full = [_with_latest(rules, outcome, target or outcome.finish) for rules, outcome in tied]
    ranks = [(len(outcome.redone), len(outcome.steps), outcome.ids) for outcome in full]
    equals = [outcome for outcome, rank in zip(full, ranks, strict=True) if rank == min(ranks)]
    return Result(ties=tuple(full), equals=tuple(dict.fromkeys(equals)), is_latest=is_latest)


def _key(case: _Case, outcome: Outcome, objective: object, *, is_latest: bool) -> tuple[Fraction | int, ...]:
    learner = case.learner
    is_late = learner.deadline is not None and outcome.finish > learner.deadline
    is_dear = learner.budget is not None and outcome.cost > learner.budget
    finish, has_unknown, cost = outcome.finish.toordinal(), int(bool(outcome.unknown)), Fraction(outcome.cost)
    if is_latest:
        wish: tuple[Fraction | int, ...] = (-outcome.first_act.toordinal(), has_unknown, cost)
    elif objective == "earliest":
        wish = (finish, has_unknown, cost)
    elif objective == "cheapest":
        wish = (has_unknown, cost, finish)
    else:
        per_day: object = getattr(objective, "per_day")  # noqa: B009 (any value with this attribute will do)
        assert isinstance(per_day, (int, Decimal, Fraction))
        wish = (has_unknown, cost + Fraction(per_day) * (finish - case.today.toordinal()), finish, cost)
    return (2 * is_late + is_dear, *wish)
