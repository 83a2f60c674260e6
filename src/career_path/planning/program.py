"""A pathway and a learner compiled to day numbers: every step in each of its possible states."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import NamedTuple

import attrs

from career_path.days.day_rules import Dates
from career_path.days.durations import likely
from career_path.days.numbers import ALWAYS, LAST, to_date
from career_path.days.rules import SAME_DAY, Rule, add_span, last_day_occupied
from career_path.days.spans import ZERO
from career_path.errors import DocumentError, Fault
from career_path.model.learner import Learner, Record
from career_path.model.pathway import Cohorts, Pathway, Step
from career_path.model.places import is_place, lies_in
from career_path.model.requirements import (
    Aged,
    Event,
    HasFact,
    Holds,
    Leaf,
    Located,
    Needs,
    Order,
    Worked,
    canonical,
    leaves,
)
from career_path.model.text import step_of
from career_path.model.timeline import ReasonKind, Status
from career_path.planning.bounds import Because, EventDay, Floor, always
from career_path.planning.ends import Holder, shown_fact
from career_path.planning.papers import Papers
from career_path.planning.retakes import Attempts
from career_path.planning.texts import GOAL, rule_name
from career_path.planning.timing import Calendar, Limit, length_rule, timings
from career_path.planning.validity import Period, current_period
from career_path.planning.work import Enough, Run, enough_work

__all__ = ["Node", "Program", "days_asked_after"]


class Node(NamedTuple):
    """A step in one state: planned in one of its variants, running, finished, redone or waived.

    Its unknown is the start, for a running step the finish; finished and waived steps have none. `id` is that of the
    step, or its name for a later time that it is done.
    """

    id: str
    step: Step | None
    status: Status
    start: EventDay
    finish: EventDay
    last: Rule
    limits: tuple[Limit, ...] = ()
    floors: tuple[Floor, ...] = ()
    label: str = ""

    @property
    def is_recorded(self) -> bool:
        """Whether it has begun, so that its own requirements are looked at only for what may still follow."""
        return self.status in {Status.RUNNING, Status.FINISHED, Status.WAIVED}

    @property
    def is_to_do(self) -> bool:
        """Whether it is still to be started (and paid)."""
        return self.status in {Status.PLANNED, Status.REDO}

    def event(self, which: Event) -> EventDay:
        """Its start or its finish.

        Raises:
            DocumentError: a rule counts from a start that is not recorded.
        """
        event = self.start if which is Event.START else self.finish
        if event.unknown is None and event.day is None:
            expected = f"the day it started, because a rule counts from the start of '{self.id}'"
            raise DocumentError((Fault("missing", f"records.{self.id}.started", "nothing", expected),), "learner")
        return event


@attrs.frozen(slots=False, eq=False, repr=False)
class Program:
    """Everything about one learner on one pathway that does not depend on the route."""

    pathway: Pathway
    learner: Learner
    today: int
    horizon: int

    @classmethod
    def of(cls, pathway: Pathway, learner: Learner, *, today: dt.date, horizon: dt.date) -> Program:
        """Compile a pathway for a learner; steps are made ready when a route first uses them."""
        return cls(pathway, learner, today.toordinal(), min(horizon.toordinal(), LAST))

    @cached_property
    def calendar(self) -> Calendar:
        """The learner's hours, absences and birth date."""
        return Calendar(self.learner)

    @cached_property
    def start(self) -> int:
        """The day before which nothing new starts."""
        start = self.learner.start
        return max(self.today, start.toordinal()) if start else self.today

    @cached_property
    def start_because(self) -> Because:
        """Why nothing new starts sooner."""
        is_today = self.start == self.today
        return Because(ReasonKind.TODAY if is_today else ReasonKind.LEARNER_START, "today" if is_today else "start")

    @cached_property
    def _nodes(self) -> dict[str, tuple[Node, ...]]:
        return {}

    @cached_property
    def goal(self) -> Node:
        """The goal, as a step that takes nothing and may be reached on any day."""
        day = EventDay(GOAL, "start", GOAL)
        return Node(GOAL, None, Status.PLANNED, day, day, last_day_occupied(SAME_DAY))

    def nodes(self, name: str) -> tuple[Node, ...]:
        """The states in which a route may have a step: one, or several that it chooses among."""
        if name not in self._nodes:
            self._nodes[name] = self._make_nodes(self.pathway.step(step_of(name)), name)
        return self._nodes[name]

    def record(self, name: str) -> Record | None:
        """What happened to a step, if anything that counts did."""
        record = self.learner.record(name)
        return record if record and (record.started or record.finished or record.is_waived) else None

    def _make_nodes(self, step: Step, name: str) -> tuple[Node, ...]:
        record = self.record(name)
        if record is None:
            return self._planned(step, name, Status.PLANNED if name == step.id else Status.REDO)
        if record.finished is None and not record.is_waived:
            return (self._running(step, record),)
        recorded = self._waived(step, record) if record.is_waived else self._finished(step, record)
        may_redo = name in self.asked_again or (name in self._kept_fresh and not record.is_waived)
        return (recorded, *(self._planned(step, name, Status.REDO) if may_redo else ()))

    @cached_property
    def asked_again(self) -> dict[str, tuple[str, ...]]:
        """The steps that have to be done once more before another attempt, each with the steps that ask for it."""
        found: dict[str, tuple[str, ...]] = {}
        for step in self.pathway.steps:
            for name in self.attempts(step).asks_again if step.retakes else ():
                found[name] = (*found.get(name, ()), step.id)
        return found

    def attempts(self, step: Step) -> Attempts:
        """The learner's attempts at a step."""
        return Attempts(step, self.learner)

    @cached_property
    def _kept_fresh(self) -> frozenset[str]:
        """Steps that some rule may find too old, so that doing them again can help."""
        requirements = [self.pathway.goal, *(step.requires for step in self.pathway.steps)]
        found = (leaf for requirement in requirements for _, leaf in leaves(requirement))
        return frozenset(leaf.step for leaf in found if isinstance(leaf, Needs) and leaf.within is not None)

    def _planned(self, step: Step, name: str, status: Status) -> tuple[Node, ...]:
        attempts = self.attempts(step)
        if attempts.closed_by:
            return ()
        floor = Floor(name, self.start, self.start_because, is_dated=True)
        return tuple(
            Node(
                name,
                step,
                status,
                EventDay(name, "start", name),
                EventDay(name, "finish", name, timing.finish),
                timing.last,
                timing.limits,
                (floor, *attempts.floors(name)),
                timing.label,
            )
            for timing in timings(step, self.calendar)
        )

    def _finished(self, step: Step, record: Record) -> Node:
        assert record.finished is not None
        finish = record.finished.toordinal()
        start = record.started.toordinal() if record.started else None
        if start is None and likely(step.takes) == ZERO and not isinstance(step.opens, Cohorts):
            start = finish
        return self._fixed(step, record.step, Status.FINISHED, (start, finish))

    def _waived(self, step: Step, record: Record) -> Node:
        day = record.waived.toordinal() if isinstance(record.waived, dt.date) else None
        return self._fixed(step, record.step, Status.WAIVED, (None, day))

    def _fixed(self, step: Step, name: str, status: Status, days: tuple[int | None, int | None]) -> Node:
        start, finish = days
        return Node(
            name,
            step,
            status,
            EventDay(name, "start", None, day=start),
            EventDay(name, "finish", None, day=finish),
            SAME_DAY,
        )

    def _running(self, step: Step, record: Record) -> Node:
        """A step that has begun; its finish is still open, but no earlier than its length and today allow."""
        assert record.started is not None
        name = record.step
        started = record.started.toordinal()
        runs = self._runs_from(step, record.started)
        length = runs[0].toordinal() if runs else self._length_from(step, started)
        ends = Dates(dates=runs) if runs else None
        floors = (
            Floor(name, self.today, Because(ReasonKind.TODAY, "today"), is_dated=True),
            Floor(name, length, self._length_because(step, name, started)),
        )
        opening = f"steps.{step.id}.opens"
        return Node(
            name,
            step,
            Status.RUNNING,
            EventDay(name, "start", None, day=started),
            EventDay(name, "finish", name),
            _last_day_from(started),
            (Limit(ReasonKind.OPENING, opening, ends.on_or_after, ends.on_or_before),) if ends else (),
            floors,
        )

    def _runs_from(self, step: Step, started: dt.date) -> list[dt.date]:
        """The finishes still ahead of the cohorts that began on a day, or else of those under way on it."""
        cohorts = step.opens.cohorts if isinstance(step.opens, Cohorts) else ()
        finishes = [cohort.finish for cohort in cohorts if cohort.start == started]
        finishes = finishes or [cohort.finish for cohort in cohorts if cohort.start <= started <= cohort.finish]
        return finishes if any(finish.toordinal() >= self.today for finish in finishes) else []

    def _length_from(self, step: Step, started: int) -> int:
        if isinstance(step.opens, Cohorts):
            return started
        return length_rule(step, likely(step.takes), self.calendar).f(started)

    def _length_because(self, step: Step, name: str, started: int) -> Because:
        return Because(
            ReasonKind.LENGTH,
            f"steps.{step.id}.takes",
            name,
            "start",
            source=min(step.sources, default=None),
            event_day=always(started),
        )

    @property
    def held_ids(self) -> tuple[str, ...]:
        """The ids of the credentials that the learner has."""
        return tuple(held.credential for held in self.learner.holds)

    @cached_property
    def _held(self) -> dict[str, Period | None]:
        return {}

    @cached_property
    def holder(self) -> Holder:
        """The learner with the papers that the pathway knows."""
        return Holder(learner=self.learner, credentials=self.pathway.credentials)

    @cached_property
    def papers(self) -> Papers:
        """How long papers hold, renewed or not."""
        return Papers(self.holder, self.today, self.horizon)

    def held(self, credential_id: str) -> Period | None:
        """The stretch in which a credential that the learner has is valid, or None."""
        if credential_id not in self._held:
            held = self.learner.held(credential_id)
            credential = self.pathway.credential(credential_id)
            self._held[credential_id] = current_period(credential, held, self.holder) if held else None
        return self._held[credential_id]

    def is_at_hand(self, credential_id: str) -> bool:
        """Whether the learner has a credential that has not run out by today."""
        period = None if self.learner.held(credential_id) is None else self.held(credential_id)
        return period is not None and period.through >= self.today

    def granting(self, credential_id: str, *, owner: str, is_recorded: bool) -> tuple[str, ...]:
        """What can give a step a paper, by name: a step, or a later time on record.

        It is never the step itself, none that is waived, and only what is finished if the step has begun.
        """
        found: list[str] = []
        for step in self.pathway.granting(credential_id):
            for name in (step.id, *self._later_times.get(step.id, ())):
                record = self.record(name)
                is_waived = record is not None and record.is_waived
                is_finished = record is not None and record.finished is not None
                if name != owner and not is_waived and (is_finished or not is_recorded):
                    found.append(name)
        return tuple(found)

    @cached_property
    def _later_times(self) -> dict[str, list[str]]:
        """For steps that were begun a second time or more often, the names of these times."""
        found: dict[str, list[str]] = {}
        for record in self.learner.records:
            if record.step != step_of(record.step) and self.record(record.step) is not None:
                found.setdefault(step_of(record.step), []).append(record.step)
        return found

    @cached_property
    def _work(self) -> dict[tuple[str, str | None], Enough]:
        return {}

    def work(self, leaf: Worked, job: Step | None = None) -> Enough:
        """When there is enough work, by the records and, if one is named, with a job.

        Raises:
            DocumentError: hours that are not known, or a job that cannot be counted.
        """
        key = (canonical(leaf), None if job is None else job.id)
        if key not in self._work:
            self._work[key] = enough_work(leaf, self.learner, job)
        return self._work[key]

    @cached_property
    def _runs(self) -> dict[tuple[str, str], tuple[Run, ...]]:
        return {}

    def runs(self, leaf: Worked, job: Step) -> tuple[Run, ...]:
        """The runs of days for each of which a route may count on a job."""
        key = (canonical(leaf), job.id)
        if key not in self._runs:
            self._runs[key] = self.work(leaf, job).runs(start=self.start, horizon=self.horizon)
        return self._runs[key]

    def is_true(self, owner: str, leaf: Located | HasFact) -> bool:
        """Whether the learner's place or fact is the one asked for.

        Raises:
            DocumentError: it is not known.
        """
        if isinstance(leaf, Located):
            if not is_place(self.learner.place):
                found = f"'{self.learner.place}'" if self.learner.place else "nothing"
                expected = f"the code of a place such as US-TX, because of {rule_name(owner, leaf)}"
                raise DocumentError((Fault("missing", "place", found, expected),), "learner")
            return lies_in(self.learner.place, leaf.place)
        fact = next((fact for fact in self.learner.facts if fact.name == leaf.fact), None)
        if fact is None:
            expected = f"what it is, because of {rule_name(owner, leaf)}"
            raise DocumentError((Fault("missing", f"facts.{leaf.fact}", "nothing", expected),), "learner")
        return shown_fact(fact.value) == leaf.is_

    def may_still_follow(self, node: Node, leaf: Leaf) -> bool:
        """Whether a recorded step can have what it needs afterwards, today or later."""
        if not isinstance(leaf, Needs) or node.status is Status.WAIVED:
            return False
        last = self.last_day_after(node, leaf)
        return last is not None and last >= self.today

    def last_day_after(self, node: Node, leaf: Needs) -> int | None:
        """The last day for a needed event after the start of a recorded step; None if it had to come before."""
        is_after = leaf.order is Order.AFTER
        if is_after and (leaf.rounds or not leaf.lag.is_negative):
            return None
        started = node.event(Event.START).day if (is_after or leaf.by is not None) else 0
        assert started is not None
        return min(days_asked_after(started, leaf), default=self.horizon)

    def is_supported(self, node: Node, leaf: Leaf) -> bool:
        """Whether what a recorded step needed is recorded too, or may still follow."""
        match leaf:
            case Needs():
                return self.record(leaf.step) is not None or self.may_still_follow(node, leaf)
            case Holds():
                granting = self.granting(leaf.credential, owner=node.id, is_recorded=True)
                return bool(granting) or self.held(leaf.credential) is not None
            case Worked():
                return self._was_enough(node, leaf)
            case Located():
                return not is_place(self.learner.place) or lies_in(self.learner.place, leaf.place)
            case HasFact():
                known = [shown_fact(fact.value) for fact in self.learner.facts if fact.name == leaf.fact]
                return not known or known == [leaf.is_]
            case Aged():
                return True

    def _was_enough(self, node: Node, leaf: Worked) -> bool:
        """Whether there was enough work when a recorded step began; so where that cannot be told."""
        started = node.event(Event.START).day
        jobs = (self.record(each.id) for each in self.pathway.employing(leaf))
        hours = [each.hours for each in self.learner.employment if each.role in leaf.roles]
        if started is None or any(jobs) or (leaf.hours is not None and None in hours):
            return True
        return self.work(leaf).on_or_after(started) == started

    def date(self, day: int | None) -> dt.date | None:
        """The date of a day number."""
        return None if day is None else to_date(day)


def days_asked_after(started: int, leaf: Needs) -> list[int]:
    """The days by which a needed event has to come, counted from the start of the step that needs it."""
    ends = [add_span(leaf.by).f(started)] if leaf.by is not None else []
    return [*ends, add_span(leaf.lag).latest(started)] if leaf.order is Order.AFTER else ends


def _last_day_from(started: int) -> Rule:
    """From the finish of a step that began on a day to the last day it occupies."""

    def f(finish: int) -> int:
        return finish if finish > LAST else max(started, finish - 1)

    def latest(day: int) -> int:
        if day > LAST:
            return day
        return min(day + 1, LAST) if day >= started else ALWAYS

    return Rule(f, latest)
