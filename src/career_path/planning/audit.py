"""A second opinion on a timeline: every rule of its route looked up again, day by day.

It has its own calendar arithmetic (`relativedelta`) and shares none with the planner, so that one mistake cannot hide
in both. A timeline does not tell which alternatives were chosen: where a requirement has some, one that holds is
enough.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Final

import attrs

from career_path._dateutil import relativedelta
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
from career_path.days.durations import Effort, Estimate, PlainDuration, WorkingDays
from career_path.days.spans import Span
from career_path.model.learner import Held, Learner, Record
from career_path.model.pathway import AbsencePolicy, Cohorts, Pathway, Step, Until
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
from career_path.model.timeline import (
    ConflictKind,
    Deadline,
    DeadlineKind,
    PlannedStep,
    Reason,
    ReasonKind,
    Renewal,
    Status,
    Timeline,
)

__all__ = ["audit"]

_NEVER: Final = dt.date.max
_ALWAYS: Final = dt.date.min
_DAY: Final = dt.timedelta(days=1)
_FRIDAY: Final = 4
_TODO: Final = frozenset({Status.PLANNED, Status.REDO})
_ROLLS: Final = frozenset({ReasonKind.OPENING, ReasonKind.ABSENCE, ReasonKind.WORKING})
_LINKS: Final = frozenset(
    {ReasonKind.NEEDS, ReasonKind.FRESH, ReasonKind.DONE_BY, ReasonKind.PAPER, ReasonKind.PAPER_VALID}
)
_LONGEST_SEARCH: Final = 20 * 366


def audit(timeline: Timeline, pathway: Pathway, learner: Learner) -> tuple[str, ...]:
    """What is wrong with a timeline, one sentence each; nothing for a sound one.

    The timeline may come from anywhere; pathway and learner are those it was made for.

    >>> from career_path.model.pathway import Step
    >>> from career_path.model.timeline import TotalCost
    >>> day = dt.date(2027, 1, 4)
    >>> cost = TotalCost(amount=Decimal(0), currency="USD")
    >>> none = Timeline(pathway="p", title="", learner="me", today=day, horizon=day, finish=day, cost=cost)
    >>> audit(none, Pathway("p", goal="job", steps=[Step("job")]), Learner())
    ('the goal does not hold on 2027-01-04',)
    """
    book = _Book(timeline, pathway, learner)
    broken = tuple(_broken_parts(book))
    if broken or not timeline.is_feasible:
        return broken
    return tuple(sentence for check in _CHECKS for sentence in check(book))


# --- calendar -------------------------------------------------------------------------------------------------------


def _later(day: dt.date, span: Span, *, times: int = 1) -> dt.date:
    return _moved(day, times * (12 * span.years + span.months), times * (7 * span.weeks + span.days))


def _moved(day: dt.date, months: int, days: int) -> dt.date:
    try:
        return day + relativedelta(months=months, days=days)
    except (OverflowError, ValueError):  # beyond the years 1 to 9999
        return _NEVER if months > 0 or days > 0 else _ALWAYS


def _eve(day: dt.date) -> dt.date:
    return day - _DAY if day > _ALWAYS else day


def _days(first: dt.date, end: dt.date) -> Iterator[dt.date]:
    """Every day from the first up to the end, the end left out."""
    return (dt.date.fromordinal(number) for number in range(first.toordinal(), end.toordinal()))


def _birthday(born: dt.date | None, years: int) -> dt.date:
    """The day on which an age is reached; never where nobody knows the birth date."""
    if born is None:
        return _NEVER
    if (born.month, born.day) != (2, 29):
        return _moved(born, 12 * years, 0)
    eve = _moved(born - _DAY, 12 * years, 0)  # 28 February, and the day after it
    return eve if eve == _NEVER else eve + _DAY


def _is_open(rule: DayRule, day: dt.date, born: dt.date | None) -> bool:
    match rule:
        case Weekdays():
            return tuple(Weekday)[day.weekday()] in rule.days
        case MonthEnd():
            return _is_month_end(day)
        case Dates():
            return day in rule.dates
        case YearlyWindow():
            here = (day.month, day.day)
            first, last = (rule.from_.month, rule.from_.day), (rule.through.month, rule.through.day)
            return (first <= here) + (here <= last) + (last < first) > 1
        case _:
            return _is_yearly_day(rule, day, born)


def _is_yearly_day(rule: DayRule, day: dt.date, born: dt.date | None) -> bool:
    match rule:
        case DayOfYear():
            is_there = (day.month, day.day) == (rule.on.month, rule.on.day)
        case Birthday():
            is_there = born is not None and day == _birthday(born, day.year - born.year)
        case BirthMonthEnd():
            is_there = born is not None and day.month == born.month and _is_month_end(day)
        case _:
            return False
    return is_there and _is_in_years(rule.years, day.year, born)


def _is_month_end(day: dt.date) -> bool:
    return day == _NEVER or (day + _DAY).day == 1


def _is_in_years(years: Years, year: int, born: dt.date | None) -> bool:
    against = born.year if years is Years.BIRTH and born is not None else {Years.ODD: 1, Years.EVEN: 0}.get(years, year)
    return (year - against) % 2 == 0


# --- what pathway and learner say -----------------------------------------------------------------------------------


def _likely(step: Step) -> PlainDuration:
    return step.takes.likely if isinstance(step.takes, Estimate) else step.takes


@attrs.frozen(eq=False)
class _Book:
    """A timeline beside the pathway and the learner it was made for."""

    timeline: Timeline
    pathway: Pathway
    learner: Learner

    @cached_property
    def _by_id(self) -> dict[str, PlannedStep]:
        return {step.id: step for step in self.timeline.steps}

    @cached_property
    def bounded(self) -> frozenset[tuple[str, Event]]:
        """The events on which some requirement in the route may put a last day."""
        trees = [self.pathway.goal, *(step.requires for _, step in self.steps(*Status))]
        found = [leaf for tree in trees for _, leaf in leaves(tree)]
        return frozenset((leaf.step, leaf.of) for leaf in found if isinstance(leaf, Needs) and not _is_unbounded(leaf))

    @property
    def first_day(self) -> dt.date:
        return max(self.timeline.today, self.learner.start or self.timeline.today)

    def record(self, step_id: str) -> Record:
        return self.learner.record(step_id) or Record(step_id)

    def steps(self, *statuses: Status) -> list[tuple[PlannedStep, Step]]:
        """The steps of the timeline that have one of some statuses, each with what the pathway says of it."""
        return [(s, self.pathway.step(s.id)) for s in self.timeline.steps if s.status in statuses]

    def todo(self) -> list[tuple[PlannedStep, Step]]:
        return self.steps(*_TODO)

    def planned(self, step_id: str | None) -> PlannedStep | None:
        return self._by_id.get(step_id) if step_id is not None else None

    @cached_property
    def shown(self) -> _View:
        """The days shown."""
        return _shown(self)

    @cached_property
    def latest(self) -> _View | None:
        """The latest days, where there are some that lead to the goal."""
        return _latest(self)

    @property
    def views(self) -> list[tuple[_View, str]]:
        return [(self.shown, "as planned"), *([(self.latest, "at its latest")] if self.latest else [])]

    # lengths

    def is_away(self, first: dt.date, last: dt.date) -> bool:
        return any(a.from_ <= last and first <= a.through for a in self.learner.absences)

    def is_forbidden(self, step: Step, start: dt.date) -> bool:
        """Whether a step that starts on a day touches an absence that it may not touch."""
        if step.absence_policy is not AbsencePolicy.FORBID:
            return False
        return self.is_away(start, max(start, _eve(self.done(step, start))))

    def hours(self, step: Step, effort: Effort, day: dt.date) -> Fraction:
        """The hours that go into a step on a day."""
        if step.absence_policy is AbsencePolicy.PAUSE and self.is_away(day, day):
            return Fraction(0)
        for period in self.learner.weekly_hours or ():
            if (period.from_ or _ALWAYS) <= day <= (period.through or _NEVER):
                limit = effort.weekly_at_most
                return (period.hours if limit is None else min(period.hours, limit)) / 7
        return Fraction(0)

    def has_work(self, step: Step, day: dt.date) -> bool:
        takes = _likely(step)
        return not isinstance(takes, Effort) or takes.hours == 0 or self.hours(step, takes, day) > 0

    def done(self, step: Step, start: dt.date) -> dt.date:
        """When a step that starts on a day is done; never where that cannot be."""
        if isinstance(step.opens, Cohorts):
            return min((c.finish for c in step.opens.cohorts if c.start == start), default=_NEVER)
        takes = _likely(step)
        match takes:
            case Span():
                return _later(start, takes)
            case WorkingDays():
                return _after_working_days(start, takes.count)
            case Effort():
                return self._worked(step, takes, start)

    def _worked(self, step: Step, effort: Effort, start: dt.date) -> dt.date:
        left = effort.hours
        if left <= 0:
            return start
        for day in _days(start, max(start, self.timeline.horizon)):
            left -= self.hours(step, effort, day)
            if left <= 0:
                return day + _DAY
        return _NEVER

    # papers

    def through(self, credential_id: str, anchor: dt.date, *, cycle: int = 1) -> dt.date:
        """The last day of a validity; never for a credential without an end."""
        valid = self.pathway.credential(credential_id).valid
        if valid is None:
            return _NEVER
        day = _later(anchor, valid.span, times=cycle)
        if valid.until is Until.DAY_BEFORE:
            return _eve(day)
        if valid.until is Until.ANNIVERSARY:
            return day
        rule = valid.until if isinstance(valid.until, DayRule) else MonthEnd()
        end = dt.date.fromordinal(min(day.toordinal() + _LONGEST_SEARCH, _NEVER.toordinal()))
        return next((hit for hit in _days(day, end) if _is_open(rule, hit, self.learner.born)), _NEVER)

    def held_cycles(self, held: Held) -> list[tuple[int, dt.date, dt.date, dt.date]]:
        """Number, anchor, first and last day of each cycle of a held credential."""
        cycles = [(1, held.granted, held.granted, self.through(held.credential, held.granted))]
        for renewed in held.renewed:
            number, anchor, _, last = cycles[-1]
            number, anchor = (number + 1, anchor) if renewed <= last else (1, renewed)
            cycles.append((number, anchor, renewed, self.through(held.credential, anchor, cycle=number)))
        return cycles

    def held_paper(self, credential_id: str) -> tuple[dt.date, dt.date] | None:
        held = self.learner.held(credential_id)
        if held is None:
            return None
        _, anchor, _, last = self.held_cycles(held)[-1]
        return anchor, last


def _after_working_days(start: dt.date, count: int) -> dt.date:
    day = start
    while count and day < _NEVER:
        day += _DAY
        count -= day.weekday() <= _FRIDAY
    return day


# --- one schedule: the days shown, or the latest ones ---------------------------------------------------------------


@attrs.frozen(eq=False)
class _View:
    """Start and finish of every step, and the day on which the plan ends."""

    book: _Book
    days: Mapping[str, tuple[dt.date | None, dt.date | None]]
    end: dt.date
    is_latest: bool = False

    def event(self, step_id: str, of: Event) -> dt.date | None:
        start, finish = self.days.get(step_id, (None, None))
        return start if of is Event.START else finish

    def papers(self, credential_id: str) -> Iterator[tuple[dt.date, dt.date]]:
        """First and last day of every paper that this schedule has."""
        held = self.book.held_paper(credential_id)
        if held is not None:
            yield held
        for granting in self.book.pathway.granting(credential_id):
            planned, done = self.book.planned(granting.id), self.event(granting.id, Event.FINISH)
            if planned is not None and planned.status is not Status.WAIVED and done is not None:
                yield done, self.book.through(credential_id, done)

    def leaf_holds(self, leaf: Leaf, start: dt.date, last: dt.date) -> bool:
        """Whether a leaf holds for something that occupies the days from `start` to `last`."""
        match leaf:
            case Needs():
                return self._need_holds(leaf, start)
            case Holds():
                until = last if leaf.throughout else start
                return any(first <= start and until <= end for first, end in self.papers(leaf.credential))
            case Aged():
                born = self.book.learner.born
                is_old = self.is_latest or start >= _birthday(born, leaf.years)
                return is_old and (leaf.under is None or start < _birthday(born, leaf.under))

    def _need_holds(self, leaf: Needs, start: dt.date) -> bool:
        other, event = self.book.planned(leaf.step), self.event(leaf.step, leaf.of)
        if other is not None and other.status is Status.WAIVED:
            return other.finish is None or start >= other.finish
        if event is None:
            return False
        return (
            (leaf.order is Order.ANY or start >= _later(event, leaf.lag))
            and (leaf.within is None or start <= _later(event, leaf.within))
            and (leaf.by is None or event <= _later(start, leaf.by))
            and (not _is_unbounded(leaf) or event <= self.end or (leaf.step, leaf.of) in self.book.bounded)
        )

    def leaf_holds_behind(self, leaf: Leaf, step: PlannedStep) -> bool:
        """Whether a leaf of a step already begun holds as far as it can still be missed; the rest is taken as met."""
        if isinstance(leaf, Aged) or step.start is None:
            return True
        if isinstance(leaf, Holds):
            return not leaf.throughout or self._paper_lasts(leaf.credential, step)
        other, event = self.book.planned(leaf.step), self.event(leaf.step, leaf.of)
        is_open = other is not None and (
            other.status is Status.PLANNED or (other.status is Status.RUNNING and leaf.of is Event.FINISH)
        )
        if not is_open or event is None or not _can_come_on(leaf, step.start, self.book.timeline.today):
            return True
        return _can_come_on(leaf, step.start, event)

    def _paper_lasts(self, credential_id: str, step: PlannedStep) -> bool:
        """Whether a recorded paper covers a running step to its end; met where none is recorded."""
        done = self.event(step.id, Event.FINISH)
        if step.status is not Status.RUNNING or done is None:
            return True
        held = self.book.held_paper(credential_id)
        finished = [self.book.record(granting.id).finished for granting in self.book.pathway.granting(credential_id)]
        ends = [self.book.through(credential_id, day) for day in finished if day is not None]
        ends += [held[1]] if held else []
        return not ends or max(ends) >= max(step.start or done, _eve(done))


def _can_come_on(leaf: Needs, start: dt.date, event: dt.date) -> bool:
    """Whether an event on a day after the start of the step that needs it still meets the leaf."""
    is_in_order = leaf.order is Order.ANY or (leaf.lag.is_negative and _later(event, leaf.lag) <= start)
    return is_in_order and (leaf.by is None or event <= _later(start, leaf.by))


def _is_unbounded(leaf: Leaf) -> bool:
    return isinstance(leaf, Needs) and leaf.order is Order.ANY and leaf.by is None


def _tree_holds(requirement: Requirement, leaf_holds: Callable[[Leaf], bool]) -> bool:
    match requirement:
        case AllOf():
            return all(_tree_holds(option, leaf_holds) for option in requirement.of)
        case AnyOf():
            return any(_tree_holds(option, leaf_holds) for option in requirement.of)
        case AtLeast():
            return sum(_tree_holds(option, leaf_holds) for option in set(requirement.of)) >= requirement.k
        case _:
            return leaf_holds(requirement)


def _shown(book: _Book) -> _View:
    days = {step.id: (step.start, step.finish) for step in book.timeline.steps}
    return _View(book, days, book.timeline.finish or _NEVER, book.timeline.is_latest)


def _latest(book: _Book) -> _View | None:
    """The latest days; None where some step has none, or the goal cannot hold by the target with them."""
    days = {
        step.id: (step.start, step.finish) if step.is_done else (step.latest_start, step.latest_finish)
        for step in book.timeline.steps
    }
    if any(day is None for step, _ in book.todo() for day in days[step.id]):
        return None
    end = book.timeline.target or book.timeline.finish or _NEVER
    first = max(end.toordinal() - _LONGEST_SEARCH, 1)
    views = (_View(book, days, dt.date.fromordinal(day), is_latest=True) for day in range(end.toordinal(), first, -1))
    return next((view for view in views if _goal_holds(view)), None)


def _goal_holds(view: _View) -> bool:
    return _tree_holds(view.book.pathway.goal, lambda leaf: view.leaf_holds(leaf, view.end, view.end))


# --- checks ---------------------------------------------------------------------------------------------------------


def _broken_parts(book: _Book) -> Iterator[str]:
    """Faults that make further questions meaningless."""
    timeline = book.timeline
    if timeline.pathway != book.pathway.id or timeline.learner != book.learner.id:
        yield f"the timeline is one of '{timeline.learner}' for '{timeline.pathway}'"
    known = {step.id for step in book.pathway.steps}
    for name, count in Counter(step.id for step in timeline.steps).items():
        if name not in known:
            yield f"'{name}' is no step of the pathway"
        if count > 1:
            yield f"'{name}' is listed {count} times"
    for step in timeline.steps:
        if not step.is_done and (step.start is None or step.finish is None):
            yield f"'{step.id}' is {step.status} but has no days"
    yield from _broken_outcome(timeline)


def _broken_outcome(timeline: Timeline) -> Iterator[str]:
    if timeline.is_feasible and timeline.finish is None:
        yield "the plan is feasible but has no finish"
    if not timeline.is_feasible and (timeline.finish or timeline.steps or not timeline.conflicts):
        yield "an infeasible plan has no finish and no steps, and says why"


def _check_records(book: _Book) -> Iterator[str]:
    aged = {leaf.step for _, leaf in _every_leaf(book) if isinstance(leaf, Needs) and leaf.within is not None}
    for planned, step in book.steps(*Status):
        record = book.record(step.id)
        expected = _status(record)
        may_redo = expected is Status.FINISHED and step.id in aged
        if planned.status is not expected and not (planned.status is Status.REDO and may_redo):
            yield f"'{step.id}' is {planned.status}, its record says {expected}"
        elif not _keeps_recorded_days(planned, step, record):
            yield f"'{step.id}' does not keep its recorded days"


def _status(record: Record) -> Status:
    if record.is_waived:
        return Status.WAIVED
    if record.finished:
        return Status.FINISHED
    return Status.RUNNING if record.started else Status.PLANNED


def _keeps_recorded_days(planned: PlannedStep, step: Step, record: Record) -> bool:
    match planned.status:
        case Status.RUNNING:
            return planned.start == record.started
        case Status.WAIVED:
            waived = record.waived if isinstance(record.waived, dt.date) else None
            return (planned.start, planned.finish) == (None, waived)
        case Status.FINISHED:
            is_instant = _likely(step) == Span() and not isinstance(step.opens, Cohorts)
            started = record.started or (record.finished if is_instant else None)
            return (planned.start, planned.finish) == (started, record.finished)
        case _:
            return True


def _every_leaf(book: _Book) -> list[tuple[str | None, Leaf]]:
    """Every leaf of the pathway with the step that has it, None for the goal."""
    goal: list[tuple[str | None, Leaf]] = [(None, leaf) for _, leaf in leaves(book.pathway.goal)]
    return goal + [(step.id, leaf) for step in book.pathway.steps for _, leaf in leaves(step.requires)]


def _check_own_days(book: _Book) -> Iterator[str]:
    for planned, _ in book.todo():
        if planned.start is not None and planned.start < book.first_day:
            yield f"'{planned.id}' starts on {planned.start}, before {book.first_day}"
    for planned, step in book.steps(Status.RUNNING):
        least = max(_running_finish(book, planned, step), book.timeline.today)
        if planned.finish is not None and planned.finish < least:
            yield f"'{planned.id}' is running and done on {planned.finish}, before {least}"
    for view, what in book.views:
        for planned, step in book.todo():
            start, finish = view.days[planned.id]
            if start is not None and finish is not None:
                yield from (f"'{step.id}' {fault} ({what})" for fault in _own_faults(book, step, start, finish))


def _running_finish(book: _Book, planned: PlannedStep, step: Step) -> dt.date:
    """The least finish by the length of a step from its recorded start; that start where no cohort begins then."""
    start = planned.start or book.timeline.today
    done = book.done(step, start)
    return start if isinstance(step.opens, Cohorts) and done == _NEVER else done


def _own_faults(book: _Book, step: Step, start: dt.date, finish: dt.date) -> Iterator[str]:
    if isinstance(step.opens, Cohorts):
        if all((cohort.start, cohort.finish) != (start, finish) for cohort in step.opens.cohorts):
            yield f"has no cohort from {start} to {finish}"
        if step.absence_policy is AbsencePolicy.FORBID and book.is_away(start, max(start, _eve(finish))):
            yield f"touches an absence between {start} and {finish}"
        return
    if book.done(step, start) != finish:
        yield f"starts on {start} and is done on {book.done(step, start)}, not on {finish}"
    if step.opens is not None and not _is_open(step.opens, start, book.learner.born):
        yield f"may not start on {start}: it is not open"
    if book.is_forbidden(step, start):
        yield f"touches an absence between {start} and {finish}"
    if not book.has_work(step, start):
        yield f"starts on {start}, a day without hours"


def _check_requirements(book: _Book) -> Iterator[str]:
    for view, what in book.views:
        for planned, step in book.steps(Status.PLANNED, Status.REDO, Status.RUNNING, Status.FINISHED):
            if not _tree_holds(step.requires, _leaf_test(view, planned)):
                yield f"'{step.id}': its requirement does not hold ({what})"
    yield from _check_order_of_doing(book)


def _leaf_test(view: _View, planned: PlannedStep) -> Callable[[Leaf], bool]:
    if planned.status not in _TODO:
        return lambda leaf: view.leaf_holds_behind(leaf, planned)
    start, finish = view.days[planned.id]
    first, last = start or _ALWAYS, max(start or _ALWAYS, _eve(finish or _ALWAYS))
    return lambda leaf: view.leaf_holds(leaf, first, last)


def _check_order_of_doing(book: _Book) -> Iterator[str]:
    """Nothing waits for itself: the steps still to be done are reached one after the other."""
    view = book.shown
    waiting = {step.id: (planned, step) for planned, step in book.todo()}

    def is_free(leaf: Leaf) -> bool:
        return not isinstance(leaf, Needs) or leaf.order is Order.ANY or leaf.step not in waiting

    found = True
    while found:
        found = False
        for name, (planned, step) in list(waiting.items()):
            test = _leaf_test(view, planned)
            if not _tree_holds(step.requires, test) or _tree_holds(step.requires, _both(is_free, test)):
                del waiting[name]
                found = True
    if waiting:
        yield f"a ring: {', '.join(sorted(waiting))} wait for each other"


def _both(one: Callable[[Leaf], bool], other: Callable[[Leaf], bool]) -> Callable[[Leaf], bool]:
    return lambda leaf: one(leaf) and other(leaf)


def _check_goal(book: _Book) -> Iterator[str]:
    view = book.shown
    if not _goal_holds(view):
        yield f"the goal does not hold on {view.end}"
        return
    if book.timeline.is_latest or _is_last_of_any_order(view):
        return
    is_always_met = view.end <= book.first_day and _goal_holds(attrs.evolve(view, end=_ALWAYS))
    if not is_always_met and _goal_holds_early(attrs.evolve(view, end=_eve(view.end))):
        yield f"the goal holds before {view.end}"


def _goal_holds_early(eve: _View) -> bool:
    """Whether the goal holds the day before; with pins only if no part of it that is in the route says no."""
    tests = [
        (leaf, eve.leaf_holds(leaf, eve.end, eve.end) and not _comes_after(eve, leaf))
        for _, leaf in leaves(eve.book.pathway.goal)
    ]
    if not eve.book.learner.choose:
        known = dict(tests)
        return _tree_holds(eve.book.pathway.goal, lambda leaf: known[leaf])
    return all(holds and _has_all_papers(eve, leaf) for leaf, holds in tests if _is_in_route(eve, leaf))


def _is_in_route(view: _View, leaf: Leaf) -> bool:
    return not isinstance(leaf, Needs) or view.book.planned(leaf.step) is not None


def _has_all_papers(view: _View, leaf: Leaf) -> bool:
    """Whether no paper is still to come that the plan may have been told to wait for."""
    return not isinstance(leaf, Holds) or all(first <= view.end for first, _ in view.papers(leaf.credential))


def _comes_after(view: _View, leaf: Leaf) -> bool:
    event = view.event(leaf.step, leaf.of) if isinstance(leaf, Needs) else None
    return _is_unbounded(leaf) and event is not None and event > view.end


def _is_last_of_any_order(view: _View) -> bool:
    """Whether the plan ends with an event that only had to come by then."""
    needed = [leaf for _, step in view.book.steps(*Status) for _, leaf in leaves(step.requires)]
    return any(
        isinstance(leaf, Needs) and _is_unbounded(leaf) and view.event(leaf.step, leaf.of) == view.end
        for leaf in needed
    )


def _check_route(book: _Book) -> Iterator[str]:
    """Every step is there for something, and the pins hold."""
    reached: set[str] = set()
    fresh = [leaf for _, leaf in leaves(book.pathway.goal)]
    while fresh:
        names = {name for leaf in fresh for name in _led_to(book, leaf) if book.planned(name)} - reached
        reached |= names
        fresh = [leaf for name in names for _, leaf in leaves(book.pathway.step(name).requires)]
    for name in sorted({step.id for step in book.timeline.steps} - reached):
        yield f"nothing in the route asks for '{name}'"
    yield from _check_pins(book)


def _led_to(book: _Book, leaf: Leaf) -> list[str]:
    match leaf:
        case Needs():
            return [leaf.step]
        case Holds():
            return [step.id for step in book.pathway.granting(leaf.credential)]
        case Aged():
            return []


def _check_pins(book: _Book) -> Iterator[str]:
    def named(pairs: Iterable[tuple[PlannedStep, Step]]) -> set[str]:
        chosen = list(pairs)
        granted = {c for planned, step in chosen if planned.status is not Status.WAIVED for c in step.grants}
        return granted | {planned.id for planned, _ in chosen}

    there = named(book.steps(*Status)) | {held.credential for held in book.learner.holds}
    for pin in sorted(set(book.learner.choose) - there):
        yield f"'{pin}' was chosen but is not in the route"
    for pin in sorted(set(book.learner.avoid) & named(book.todo())):
        yield f"'{pin}' was to be avoided but is to be done"


def _check_costs(book: _Book) -> Iterator[str]:
    cost, todo = book.timeline.cost, [step for _, step in book.todo()]
    amount = sum((step.cost.amount for step in todo if step.cost), Decimal(0))
    if (cost.amount, cost.currency) != (amount, book.pathway.currency):
        yield f"the cost is {amount} {book.pathway.currency}, not {cost.amount} {cost.currency}"
    if sorted(cost.unknown) != sorted(step.id for step in todo if step.cost is None):
        yield "the steps of unknown cost are not those told"
    for planned, step in book.steps(*Status):
        known = step.cost.amount if step.cost else None
        if planned.cost != known and (planned.status in _TODO or planned.cost is not None):
            yield f"'{step.id}' costs {known}, not {planned.cost}"


def _check_order(book: _Book) -> Iterator[str]:
    last, name = _ALWAYS, ""
    for step in book.timeline.steps:
        if step.finish is not None and step.finish < last:
            yield f"'{step.id}' is done before '{name}' starts but listed after it"
        start = step.start or step.finish
        if start is not None and start > last:
            last, name = start, step.id


def _check_slack(book: _Book) -> Iterator[str]:
    for step in book.timeline.steps:
        if step.slack_days != _slack(step):
            yield f"the slack of '{step.id}' is {_slack(step)}, not {step.slack_days}"
    known = [step.slack_days for step in book.timeline.steps if step.slack_days is not None]
    least = min(known, default=None)
    for step in book.timeline.steps:
        is_critical = not step.is_done and least is not None and step.slack_days == least
        if step.is_critical != is_critical:
            yield f"'{step.id}' is {'' if is_critical else 'not '}critical"
    has_target = book.learner.deadline is not None or book.timeline.target not in {None, book.timeline.finish}
    if least is not None and least < 0 and not (has_target and book.timeline.conflicts):
        yield f"a slack of {least} without a conflict"
    if any(step.slack_days is None for step, _ in book.todo()) and not book.timeline.conflicts:
        yield "no latest days without a conflict"


def _slack(step: PlannedStep) -> int | None:
    if step.is_done:
        return None
    pair = (step.latest_finish, step.finish) if step.status is Status.RUNNING else (step.latest_start, step.start)
    return None if pair[0] is None or pair[1] is None else (pair[0] - pair[1]).days


def _check_latest(book: _Book) -> Iterator[str]:
    open_steps = [step for step in book.timeline.steps if not step.is_done]
    is_dated = all(step.latest_finish is not None for step, _ in book.todo())
    is_told = any(conflict.kind is ConflictKind.NO_LATEST for conflict in book.timeline.conflicts)
    if open_steps and is_dated and book.latest is None and not is_told:
        yield f"with the latest days the goal does not hold by {book.timeline.target or book.timeline.finish}"
    for step in open_steps:
        if book.timeline.is_latest and (step.start, step.finish) != (step.latest_start, step.latest_finish):
            yield f"'{step.id}' is not shown at its latest days"
    for running, described in book.steps(Status.RUNNING):
        if running.latest_finish and running.latest_finish < _running_finish(book, running, described):
            yield f"'{running.id}' cannot be done by {running.latest_finish}"


def _check_conflicts(book: _Book) -> Iterator[str]:
    timeline, learner = book.timeline, book.learner
    told = {conflict.kind for conflict in timeline.conflicts}
    is_late = learner.deadline is not None and (timeline.finish or _NEVER) > learner.deadline
    if is_late != (ConflictKind.DEADLINE in told):
        yield f"the deadline is {'missed' if is_late else 'met'}, the conflicts say otherwise"
    is_dear = learner.budget is not None and timeline.cost.amount > learner.budget
    if is_dear != (ConflictKind.BUDGET in told):
        yield f"the budget is {'missed' if is_dear else 'met'}, the conflicts say otherwise"


# --- renewals, deadlines, reminders ---------------------------------------------------------------------------------


def _check_renewals(book: _Book) -> Iterator[str]:
    renewals = book.timeline.renewals
    for key, count in Counter((r.credential, r.number, r.valid_from) for r in renewals).items():
        if count > 1:
            yield f"cycle {key[1]} of '{key[0]}' is told {count} times"
    for renewal in renewals:
        yield from _renewal_faults(book, renewal)
    told = {renewal.credential for renewal in renewals}
    for planned, step in (*book.todo(), *book.steps(Status.RUNNING)):
        for credential in step.grants:
            if credential not in told:
                yield f"'{planned.id}' grants '{credential}', whose validity is not told"


def _renewal_faults(book: _Book, renewal: Renewal) -> Iterator[str]:
    name = f"cycle {renewal.number} of '{renewal.credential}'"
    if all(credential.id != renewal.credential for credential in book.pathway.credentials):
        yield f"'{renewal.credential}' is no credential of the pathway"
        return
    through = renewal.valid_through or _NEVER
    if (renewal.number, renewal.valid_from, through) not in _cycles(book, renewal.credential):
        yield f"{name} from {renewal.valid_from} through {renewal.valid_through} follows from no paper"
    days = (renewal.opens, renewal.act_by, renewal.valid_through, renewal.grace_through)
    known = [day for day in days if day is not None]
    if known != sorted(known) or through < renewal.valid_from:
        yield f"{name} has its days out of order"


def _cycles(book: _Book, credential: str) -> set[tuple[int, dt.date, dt.date]]:
    """Number, first and last day of every cycle that could be told.

    A renewed cycle may be told from its renewal, from the end of the one before, or from the anchor of them all.
    """
    found: set[tuple[int, dt.date, dt.date]] = set()
    held = book.learner.held(credential)
    last = _NEVER
    for number, anchor, renewed, through in book.held_cycles(held) if held else ():
        after = last + _DAY if number > 1 and last < _NEVER else renewed
        found |= {(number, first, through) for first in (anchor, renewed, after)}
        last = through
    for granting in book.pathway.granting(credential):
        planned, record = book.planned(granting.id), book.record(granting.id)
        is_done = planned is not None and planned.status is not Status.WAIVED
        days = (planned.finish, record.finished) if planned is not None and is_done else ()
        found |= {(1, day, book.through(credential, day)) for day in days if day is not None}
    return found


def _check_deadlines(book: _Book) -> Iterator[str]:
    deadlines = book.timeline.deadlines
    yield from _repeated("deadline", [deadline.id for deadline in deadlines])
    for deadline in deadlines:
        yield from (
            f"deadline '{deadline.kind}' of {deadline.on}: {fault}" for fault in _deadline_faults(book, deadline)
        )


def _deadline_faults(book: _Book, deadline: Deadline) -> Iterator[str]:
    if (deadline.step is None) == (deadline.credential is None):
        yield "it is not for one step or one credential"
    step = book.planned(deadline.step)
    if deadline.step is not None and step is None:
        yield f"'{deadline.step}' is not in the route"
    is_start_by = deadline.kind is DeadlineKind.START_BY
    if is_start_by and step and step.status in _TODO and step.latest_start != deadline.on:
        yield f"'{step.id}' may start until {step.latest_start}"
    ends = [
        renewal.valid_through
        for renewal in book.timeline.renewals
        if renewal.credential == deadline.credential and deadline.cycle in {None, renewal.number}
    ]
    if deadline.kind is DeadlineKind.EXPIRES and deadline.on not in ends:
        yield f"no cycle of '{deadline.credential}' ends then"


def _check_reminders(book: _Book) -> Iterator[str]:
    reminders, deadlines = book.timeline.reminders, {deadline.id: deadline for deadline in book.timeline.deadlines}
    yield from _repeated("reminder", [reminder.id for reminder in reminders])
    for reminder in reminders:
        deadline = deadlines.get(reminder.deadline)
        if deadline is None:
            yield f"reminder '{reminder.id}' is for no deadline of this plan"
        elif reminder.on > deadline.on:
            yield f"reminder '{reminder.id}' comes on {reminder.on}, after {deadline.on}"
        if reminder.on < book.timeline.today:
            yield f"reminder '{reminder.id}' comes on {reminder.on}, before today"


def _repeated(what: str, ids: Sequence[str]) -> Iterator[str]:
    return (f"{what} '{name}' is told {count} times" for name, count in Counter(ids).items() if count > 1)


# --- reasons --------------------------------------------------------------------------------------------------------


def _check_reasons(book: _Book) -> Iterator[str]:
    for step in book.timeline.steps:
        if step.is_done:
            continue
        expected = step.finish if step.status is Status.RUNNING else step.start
        if not step.reasons:
            yield f"'{step.id}' has no reason"
        elif step.reasons[0].on != expected:
            yield f"the first reason of '{step.id}' gives {step.reasons[0].on}, not {expected}"
        elif not book.timeline.is_latest:
            yield from (f"'{step.id}': the reason {fault}" for fault in _reason_faults(book, step))
    if not book.timeline.is_latest:
        yield from _check_chains(book)


def _reason_faults(book: _Book, step: PlannedStep) -> Iterator[str]:
    for reason, before in zip(step.reasons, (*step.reasons[1:], None), strict=True):
        if reason.kind not in _ROLLS:
            if not _is_bound(_Claim(book, step, reason)):
                yield f"'{reason.kind}' ({reason.rule}) does not forbid the day before {reason.on}"
            return
        if before is None:
            yield f"'{reason.kind}' ({reason.rule}) starts from nothing"
        elif not _is_roll(book, step, reason, before.on):
            yield f"'{reason.kind}' ({reason.rule}) passes over a day between {before.on} and {reason.on}"


def _is_roll(book: _Book, planned: PlannedStep, reason: Reason, first: dt.date) -> bool:
    """Whether every day from the first up to the reason's was closed, in the way it says."""
    step = book.pathway.step(planned.id)
    opens = step.opens
    if isinstance(opens, Cohorts):  # which cohort is part of the route
        return first <= reason.on
    closed: Mapping[ReasonKind, Callable[[dt.date], bool]] = {
        ReasonKind.OPENING: lambda day: opens is not None and not _is_open(opens, day, book.learner.born),
        ReasonKind.ABSENCE: lambda day: book.is_forbidden(step, day),
        ReasonKind.WORKING: lambda day: not book.has_work(step, day),
    }
    return first < reason.on and all(map(closed[reason.kind], _days(first, reason.on)))


@attrs.frozen(eq=False)
class _Claim:
    """A reason, the step it is for, and the step it waits for."""

    book: _Book
    step: PlannedStep
    reason: Reason

    @property
    def on(self) -> dt.date:
        return self.reason.on

    @property
    def event_on(self) -> dt.date:
        return self.reason.event_on or _ALWAYS

    def mine(self) -> list[Leaf]:
        """The leaves of the step itself."""
        return [leaf for _, leaf in leaves(self.book.pathway.step(self.step.id).requires)]

    def theirs(self) -> list[Leaf]:
        """The leaves of the step it waits for, or of the goal."""
        other = self.book.planned(self.reason.waits_for)
        requirement = self.book.pathway.step(other.id).requires if other else self.book.pathway.goal
        return [leaf for _, leaf in leaves(requirement)]

    def event_at(self, on: dt.date, of: Event) -> dt.date:
        """Where an end of the step stands when the bound on it is a certain day."""
        if of is Event.START or self.step.status is Status.RUNNING:
            return on
        return self.book.done(self.book.pathway.step(self.step.id), on)

    def last_possible(self) -> dt.date:
        """No derived bound on the event waited for lies after where it really is."""
        other = self.book.planned(self.reason.waits_for)
        if other is None:
            return self.book.timeline.finish or _NEVER
        if self.reason.kind is ReasonKind.PAPER_VALID and other.start and other.finish:
            return max(other.start, _eve(other.finish))
        is_start = self.reason.event == Event.START or self.reason.kind is ReasonKind.FRESH
        return (other.start if is_start else other.finish) or _NEVER


def _is_bound(claim: _Claim) -> bool:
    if claim.reason.kind in _LINKS and claim.reason.event_on and claim.event_on > claim.last_possible():
        return False
    return _BOUNDS[claim.reason.kind](claim)


def _by_need(claim: _Claim) -> bool:
    return any(
        isinstance(leaf, Needs) and leaf.step == claim.reason.waits_for and claim.on == _after_need(claim, leaf)
        for leaf in claim.mine()
    )


def _after_need(claim: _Claim, leaf: Needs) -> dt.date | None:
    if claim.book.record(leaf.step).is_waived:
        return claim.event_on
    is_same_end = claim.reason.event in {None, leaf.of.value}
    return _later(claim.event_on, leaf.lag) if leaf.order is Order.AFTER and is_same_end else None


def _by_freshness(claim: _Claim) -> bool:
    eve = _eve(claim.on)
    return any(
        isinstance(leaf, Needs)
        and leaf.step == claim.step.id
        and leaf.within is not None
        and _later(claim.event_at(eve, leaf.of), leaf.within) < claim.event_on
        for leaf in claim.theirs()
    )


def _by_done_by(claim: _Claim) -> bool:
    return any(
        isinstance(leaf, Needs)
        and leaf.step == claim.reason.waits_for
        and leaf.by is not None
        and _later(_eve(claim.on), leaf.by) < claim.event_on <= _later(claim.on, leaf.by)
        for leaf in claim.mine()
    )


def _by_paper(claim: _Claim) -> bool:
    for leaf in claim.mine():
        if isinstance(leaf, Holds):
            granting = {step.id for step in claim.book.pathway.granting(leaf.credential)}
            held = claim.book.held_paper(leaf.credential)
            if claim.reason.waits_for in granting and claim.on == claim.event_on:
                return True
            if claim.reason.waits_for is None and held is not None and claim.on == held[0]:
                return True
    return False


def _by_paper_valid(claim: _Claim) -> bool:
    done = claim.event_at(_eve(claim.on), Event.FINISH)
    grants = claim.book.pathway.step(claim.step.id).grants
    return any(
        isinstance(leaf, Holds)
        and leaf.credential in grants
        and claim.book.through(leaf.credential, done) < claim.event_on
        for leaf in claim.theirs()
    )


def _by_age(claim: _Claim) -> bool:
    born = claim.book.learner.born
    return any(isinstance(leaf, Aged) and claim.on == _birthday(born, leaf.years) for leaf in claim.mine())


def _by_record(claim: _Claim) -> bool:
    days = {day for record in claim.book.learner.records for _, day in record.days}
    days |= {paper[0] for held in claim.book.learner.holds if (paper := claim.book.held_paper(held.credential))}
    return claim.on in days or _by_need(claim)


def _by_length(claim: _Claim) -> bool:
    step = claim.book.pathway.step(claim.step.id)
    return claim.step.status is Status.RUNNING and claim.on == _running_finish(claim.book, claim.step, step)


_BOUNDS: Final[Mapping[ReasonKind, Callable[[_Claim], bool]]] = {
    ReasonKind.TODAY: lambda claim: claim.on == claim.book.timeline.today,
    ReasonKind.LEARNER_START: lambda claim: claim.on == claim.book.learner.start,
    ReasonKind.RECORD: _by_record,
    ReasonKind.NEEDS: _by_need,
    ReasonKind.FRESH: _by_freshness,
    ReasonKind.DONE_BY: _by_done_by,
    ReasonKind.PAPER: _by_paper,
    ReasonKind.PAPER_VALID: _by_paper_valid,
    ReasonKind.AGE: _by_age,
    ReasonKind.LENGTH: _by_length,
    ReasonKind.TARGET: lambda _: False,
    ReasonKind.GOAL: lambda _: False,
}


def _check_chains(book: _Book) -> Iterator[str]:
    """Following what each step waits for never comes back to it."""
    waits_for = {step.id: other for step in book.timeline.steps if (other := _waits_for(book, step))}
    for name, first in waits_for.items():
        seen, at = {name}, first
        while at in waits_for and at not in seen:
            seen.add(at)
            at = waits_for[at]
        if at == name:
            yield f"'{name}' waits for itself by its reasons"


def _waits_for(book: _Book, step: PlannedStep) -> str | None:
    """The step whose final day decides this one's; None at a root, or where an earlier bound on it already did."""
    reason = next((reason for reason in step.reasons if reason.kind not in _ROLLS), None)
    if reason is None or step.is_done or reason.kind not in _LINKS or reason.event_on is None:
        return None
    claim = _Claim(book, step, reason)
    is_final = reason.waits_for is not None and reason.event_on >= claim.last_possible()
    return reason.waits_for if is_final else None


_CHECKS: Final[tuple[Callable[[_Book], Iterator[str]], ...]] = (
    _check_records,
    _check_own_days,
    _check_requirements,
    _check_goal,
    _check_route,
    _check_costs,
    _check_order,
    _check_slack,
    _check_latest,
    _check_conflicts,
    _check_renewals,
    _check_deadlines,
    _check_reminders,
    _check_reasons,
)
