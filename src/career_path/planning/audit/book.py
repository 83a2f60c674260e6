"""The timeline beside pathway and learner: what these say of its steps, how long steps take, how long papers last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from typing import Final

import attrs

from career_path.days.durations import Effort, Estimate, PlainDuration, WorkingDays
from career_path.days.spans import Span
from career_path.model.learner import Learner, Record
from career_path.model.pathway import AbsencePolicy, Cohorts, Pathway, Step
from career_path.model.requirements import AllOf, Event, Leaf, Needs, Order, Requirement, leaves
from career_path.model.text import step_of
from career_path.model.timeline import NoticeKind, PlannedStep, Status, Timeline
from career_path.planning.audit.own_calendar import (
    ALWAYS,
    DAY,
    NEVER,
    after_working_days,
    days_until,
    last_day,
    later,
)

__all__ = ["STILL_TO_DO", "Book", "counted_attempts", "is_unbounded", "leaves_of", "likely"]


def counted_attempts(learner: Learner, step_id: str) -> list[dt.date]:
    """The failed attempts since a step was last passed, in order."""
    own = [record for record in learner.records if step_of(record.step) == step_id]
    passed = max((record.finished for record in own if record.finished), default=ALWAYS)
    return sorted(day for record in own for day in record.failed if day > passed)


STILL_TO_DO: Final = frozenset({Status.PLANNED, Status.REDO})


def leaves_of(*requirements: Requirement) -> list[Leaf]:
    """Every leaf of some requirements, in order, each as often as it is written."""
    return [leaf for requirement in requirements for _, leaf in leaves(requirement)]


def is_unbounded(leaf: Leaf) -> bool:
    """Whether a leaf lets its event come at any time, so that only the end of the plan bounds it."""
    return isinstance(leaf, Needs) and leaf.order is Order.ANY and leaf.by is None


def likely(step: Step) -> PlainDuration:
    """How long a step takes; of an estimate, what is likely."""
    return step.takes.likely if isinstance(step.takes, Estimate) else step.takes


@attrs.frozen(eq=False)
class Book:
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
        found = leaves_of(self.pathway.goal, *self.step_requirements())
        return frozenset((leaf.step, leaf.of) for leaf in found if isinstance(leaf, Needs) and not is_unbounded(leaf))

    @cached_property
    def last_days(self) -> dict[tuple[str, dt.date | None, int], tuple[dt.date, dt.date]]:
        """The first and last days of papers that were worked out already, by credential, grant and renewals."""
        return {}

    @property
    def first_day(self) -> dt.date:
        """The first day on which something new may start."""
        return max(self.timeline.today, self.learner.start or self.timeline.today)

    def record(self, step_id: str) -> Record:
        """What the learner recorded of a step; an empty record where there is none."""
        return self.learner.record(step_id) or Record(step_id)

    def steps(self, *statuses: Status) -> list[tuple[PlannedStep, Step]]:
        """The steps of the timeline that have one of some statuses, each with what the pathway says of it."""
        return [(s, self.pathway.step(step_of(s.id))) for s in self.timeline.steps if s.status in statuses]

    def todo(self) -> list[tuple[PlannedStep, Step]]:
        """The steps of the timeline that are still to be done from their start on."""
        return self.steps(*STILL_TO_DO)

    def step_requirements(self) -> Iterable[Requirement]:
        """The requirement of every step in the route."""
        return [self.step_requirement(planned.id) for planned, _ in self.steps(*Status)]

    def step_requirement(self, name: str) -> Requirement:
        """What a step of the timeline requires."""
        step, planned = self.pathway.step(step_of(name)), self.planned(name)
        if step.retakes is None or planned is None or planned.status not in STILL_TO_DO:
            return step.requires
        return AllOf(step.requires, *self.asked_again(step))

    def asked_again(self, step: Step) -> list[str]:
        """The steps that have to be done once more before the next attempt at a step."""
        failed = counted_attempts(self.learner, step.id)
        return [
            cap.since
            for cap in (step.retakes.caps if step.retakes else ())
            if cap.since is not None and sum(self._done_last(cap.since) <= day for day in failed) >= cap.attempts
        ]

    def _done_last(self, step_id: str) -> dt.date:
        own = [record for record in self.learner.records if step_of(record.step) == step_id]
        return max((record.finished for record in own if record.finished), default=ALWAYS)

    def windows(self, leaf: Needs) -> list[Span]:
        """How long after an event may be, with none to all of the extensions that the timeline tells for its step.

        Of two needs of one step it is not told which was extended.
        """
        if leaf.within is None:
            return []
        told = [n.detail for n in self.timeline.notices if n.kind is NoticeKind.WINDOW_EXTENDED]
        most = leaf.extensions.at_most if leaf.extensions else 0
        often = min(most, max((int(often) for step_id, often, _ in told if step_id == leaf.step), default=0))
        more = leaf.extensions.span if leaf.extensions else Span()
        return [
            Span(
                months=leaf.within.total_months + times * more.total_months,
                days=leaf.within.total_days + times * more.total_days,
            )
            for times in range(often + 1)
        ]

    def planned(self, step_id: str | None) -> PlannedStep | None:
        """The step of the timeline with an id, None where it has none."""
        return self._by_id.get(step_id) if step_id is not None else None

    # lengths

    def is_away(self, first: dt.date, last: dt.date) -> bool:
        """Whether some absence has a day from the first through the last."""
        return any(a.from_ <= last and first <= a.through for a in self.learner.absences)

    def is_forbidden(self, step: Step, start: dt.date, finish: dt.date | None = None) -> bool:
        """Whether a step touches an absence that it may not touch; its finish is told or follows from its start."""
        if step.absence_policy is not AbsencePolicy.FORBID:
            return False
        return self.is_away(start, last_day(start, finish or self.done(step, start)))

    def hours(self, step: Step, effort: Effort, day: dt.date) -> Fraction:
        """The hours that go into a step on a day."""
        if step.absence_policy is AbsencePolicy.PAUSE and self.is_away(day, day):
            return Fraction(0)
        for period in self.learner.weekly_hours or ():
            if (period.from_ or ALWAYS) <= day <= (period.through or NEVER):
                limit = effort.weekly_at_most
                return (period.hours if limit is None else min(period.hours, limit)) / 7
        return Fraction(0)

    def has_work(self, step: Step, day: dt.date) -> bool:
        """Whether a step may start on a day as far as hours go; one that counts none always may."""
        takes = likely(step)
        return not isinstance(takes, Effort) or takes.hours == 0 or self.hours(step, takes, day) > 0

    def done(self, step: Step, start: dt.date) -> dt.date:
        """When a step that starts on a day is done; never where that cannot be."""
        if isinstance(step.opens, Cohorts):
            return min((c.finish for c in step.opens.cohorts if c.start == start), default=NEVER)
        takes = likely(step)
        match takes:
            case Span():
                return later(start, takes)
            case WorkingDays():
                return after_working_days(start, takes.count, takes.holidays)
            case Effort():
                return self._worked(step, takes, start)

    def _worked(self, step: Step, effort: Effort, start: dt.date) -> dt.date:
        left = effort.hours
        if left <= 0:
            return start
        for day in days_until(start, max(start, self.timeline.horizon)):
            left -= self.hours(step, effort, day)
            if left <= 0:
                return day + DAY
        return NEVER

    def running_finish(self, planned: PlannedStep, step: Step) -> dt.date:
        """The least finish of a step from its recorded start: by its length, or of the cohort that it is in."""
        start = planned.start or self.timeline.today
        if not isinstance(step.opens, Cohorts):
            return self.done(step, start)
        begun = [c.finish for c in step.opens.cohorts if c.start == start]
        under_way = [c.finish for c in step.opens.cohorts if c.start <= start <= c.finish]
        return min(begun or under_way, default=start)
