"""A timeline seen as one schedule, the days shown or the latest ones, and what of a requirement holds in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

import attrs

from career_path.model.requirements import (
    Aged,
    AllOf,
    AnyOf,
    AtLeast,
    Event,
    HasFact,
    Holds,
    Leaf,
    Located,
    Needs,
    Order,
    Requirement,
    Worked,
)
from career_path.model.timeline import PlannedStep, Status
from career_path.planning.audit.book import Book, is_unbounded
from career_path.planning.audit.lasting import granting_steps, held_stretch, lasts, planned_renewals
from career_path.planning.audit.own_calendar import LONGEST_SEARCH, NEVER, birthday, last_day, later
from career_path.planning.audit.own_work import has_worked, is_so, jobs_for

__all__ = ["View", "Views", "goal_holds", "tree_holds"]


@attrs.frozen(eq=False)
class View:
    """Start and finish of every step, and the day on which the plan ends."""

    book: Book
    days: Mapping[str, tuple[dt.date | None, dt.date | None]]
    end: dt.date
    is_latest: bool = False

    def event(self, step_id: str, of: Event) -> dt.date | None:
        """The day of one end of a step; None where it has none."""
        start, finish = self.days.get(step_id, (None, None))
        return start if of is Event.START else finish

    def papers(self, credential_id: str) -> Iterator[tuple[dt.date, dt.date]]:
        """First and last day of every paper that this schedule has."""
        held = held_stretch(self.book, credential_id)
        if held is not None:
            yield held
        for name in granting_steps(self.book, credential_id):
            planned, done = self.book.planned(name), self.event(name, Event.FINISH)
            if planned is not None and planned.status is not Status.WAIVED and done is not None:
                renewals = planned_renewals(self.book, credential_id, name)
                yield done, lasts(self.book, credential_id, done, renewals)

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
                is_old = self.is_latest or start >= birthday(born, leaf.years)
                return is_old and (leaf.under is None or start < birthday(born, leaf.under))
            case Worked():
                return self._has_worked(leaf, start)
            case Located() | HasFact():
                return is_so(self.book, leaf)

    def _has_worked(self, leaf: Worked, start: dt.date) -> bool:
        """Whether there is enough work by the records, or with one job of the plan."""
        begun = (self.event(job.id, Event.START) for job in jobs_for(self.book, leaf))
        found = zip(jobs_for(self.book, leaf), begun, strict=True)
        planned = [(job, day) for job, day in found if day is not None and day <= start]
        return has_worked(self.book, leaf, start) or any(
            has_worked(self.book, leaf, start, job=job, begun=day) for job, day in planned
        )

    def _need_holds(self, leaf: Needs, start: dt.date) -> bool:
        other, event = self.book.planned(leaf.step), self.event(leaf.step, leaf.of)
        if other is not None and other.status is Status.WAIVED:
            return other.finish is None or start >= other.finish
        if event is None:
            return False
        return (
            (leaf.order is Order.ANY or start >= later(event, leaf.lag))
            and all(start <= later(event, longest) for longest in self.book.windows(leaf)[-1:])
            and _is_in_round(leaf, event, start)
            and (leaf.by is None or event <= later(start, leaf.by))
            and (not is_unbounded(leaf) or event <= self.end or (leaf.step, leaf.of) in self.book.bounded)
        )

    def leaf_holds_behind(self, leaf: Leaf, step: PlannedStep) -> bool:
        """Whether a leaf of a step already begun holds as far as it can still be missed; the rest is taken as met."""
        if isinstance(leaf, (Aged, Worked, Located, HasFact)) or step.start is None:
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
        held = held_stretch(self.book, credential_id)
        ends = [held[1]] if held else []
        for name in granting_steps(self.book, credential_id):
            finished, renewals = self.book.record(name).finished, planned_renewals(self.book, credential_id, name)
            ends += [lasts(self.book, credential_id, finished, renewals)] if finished is not None else []
        return not ends or max(ends) >= last_day(step.start or done, done)


def _is_in_round(leaf: Needs, event: dt.date, start: dt.date) -> bool:
    """Whether some round takes what is done on a day and has begun on another."""
    return not leaf.rounds or any(event <= each.by and each.on <= start for each in leaf.rounds)


def _can_come_on(leaf: Needs, start: dt.date, event: dt.date) -> bool:
    """Whether an event on a day after the start of the step that needs it still meets the leaf."""
    is_in_order = leaf.order is Order.ANY or (leaf.lag.is_negative and later(event, leaf.lag) <= start)
    return is_in_order and (leaf.by is None or event <= later(start, leaf.by))


def tree_holds(requirement: Requirement, leaf_holds: Callable[[Leaf], bool]) -> bool:
    """Whether a requirement holds, by a test of its leaves; of alternatives, any will do."""
    match requirement:
        case AllOf():
            return all(tree_holds(option, leaf_holds) for option in requirement.of)
        case AnyOf():
            return any(tree_holds(option, leaf_holds) for option in requirement.of)
        case AtLeast():
            return sum(tree_holds(option, leaf_holds) for option in set(requirement.of)) >= requirement.k
        case _:
            return leaf_holds(requirement)


def goal_holds(view: View) -> bool:
    """Whether the goal of the pathway holds on the day on which the plan ends."""
    return tree_holds(view.book.pathway.goal, lambda leaf: view.leaf_holds(leaf, view.end, view.end))


@attrs.frozen(eq=False)
class Views:
    """Both schedules of a timeline."""

    book: Book

    @cached_property
    def shown(self) -> View:
        """The days shown."""
        timeline = self.book.timeline
        days = {step.id: (step.start, step.finish) for step in timeline.steps}
        return View(self.book, days, timeline.finish or NEVER, timeline.is_latest)

    @cached_property
    def latest(self) -> View | None:
        """The latest days; None where some step has none, or the goal cannot hold by the target with them."""
        timeline = self.book.timeline
        days = {
            step.id: (step.start, step.finish) if step.is_done else (step.latest_start, step.latest_finish)
            for step in timeline.steps
        }
        if any(day is None for step, _ in self.book.todo() for day in days[step.id]):
            return None
        end = (timeline.target or timeline.finish or NEVER).toordinal()
        ends = map(dt.date.fromordinal, range(end, max(end - LONGEST_SEARCH, 1), -1))
        views = (View(self.book, days, day, is_latest=True) for day in ends)
        return next((view for view in views if goal_holds(view)), None)

    @property
    def named(self) -> list[tuple[View, str]]:
        """The schedules that there are, each with the words that tell them apart."""
        return [(self.shown, "as planned"), *([(self.latest, "at its latest")] if self.latest else [])]
