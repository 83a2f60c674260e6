"""The timeline: a route with its dates, slack, reasons, deadlines and validity periods. Values only.

Its parts stand in the modules beside this one, and can be had from here.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from career_path.errors import CareerPathError, UnknownIdError
from career_path.model.due import BackStage, Deadline, DeadlineKind, DutyBy, Reminder, Renewal, WayBy
from career_path.model.faces import TimelineFaces
from career_path.model.overlays import AppliedOverlay
from career_path.model.papers import PaperUse, PlannedRenewal
from career_path.model.pathway import Source, StepKind
from career_path.model.reasons import Cause, Reason, ReasonKind, RunnerUp, Why
from career_path.model.remarks import Conflict, ConflictKind, Notice, NoticeKind
from career_path.model.workload import StepLoad, WeekLoad
from career_path.values import Value, frozen

if TYPE_CHECKING:
    from career_path.model.differences import TimelineDiff

__all__ = [
    "BackStage",
    "Cause",
    "Conflict",
    "ConflictKind",
    "Deadline",
    "DeadlineKind",
    "DutyBy",
    "NoRouteError",
    "Notice",
    "NoticeKind",
    "PaperUse",
    "PlannedRenewal",
    "PlannedStep",
    "Reason",
    "ReasonKind",
    "Reminder",
    "Renewal",
    "RunnerUp",
    "Status",
    "StepLoad",
    "Timeline",
    "TotalCost",
    "WayBy",
    "WeekLoad",
    "Why",
]


class Status(StrEnum):
    """How far a step of the timeline is.

    >>> from career_path import Learner, Pathway, Record, Step, plan
    >>> school = Pathway("p", goal="school", steps=[Step("school", takes="P9M")])
    >>> begun = Learner(records=[Record("school", started=dt.date(2027, 1, 4))])
    >>> plan(school, begun, today=dt.date(2027, 2, 1)).step("school").status
    <Status.RUNNING: 'running'>
    """

    PLANNED = "planned"
    RUNNING = "running"
    FINISHED = "finished"
    REDO = "redo"
    WAIVED = "waived"


@frozen(kw_only=True)
class PlannedStep(Value):
    """One step of a timeline. It occupies `start` up to `finish`, the finish left out.

    `id` is that of the step in the pathway; where a step is done once more so that its paper is valid again, there is
    a second one, `bls-course~2`.

    `cost` is None where it is not known; whether it is still to be paid follows from the status.

    `start` is None for a finished or waived step of which no start is recorded, `finish` for one waived without a
    day. `slack_days` is None for these and where no latest date exists. `reasons` begins with what decides the date,
    `latest_reasons` with what decides the latest; in a plan made backward these dates are one, and only `reasons` is
    there. `needs` are the steps of this timeline that come before it, `needs_any_order` those that it asks for
    before or after; `sources` the ids of what its facts rest on. `hours` are those of a step that is measured in hours
    of work, and `days_away` the absences inside it that made it pause.

    >>> from career_path import Learner, Pathway, Step, plan
    >>> steps = [Step("school", takes="P9M"), Step("job", requires="school")]
    >>> school = plan(Pathway("p", goal="job", steps=steps), Learner(), today=dt.date(2027, 1, 31)).step("school")
    >>> school.finish, school.slack_days, school.is_critical
    (datetime.date(2027, 10, 31), 0, True)
    """

    id: str
    title: str
    kind: StepKind
    status: Status
    start: dt.date | None
    finish: dt.date | None
    latest_start: dt.date | None = None
    latest_finish: dt.date | None = None
    slack_days: int | None = None
    is_critical: bool = False
    cost: Decimal | None = None
    reasons: tuple[Reason, ...] = ()
    runner_up: RunnerUp | None = None
    latest_reasons: tuple[Reason, ...] = ()
    latest_runner_up: RunnerUp | None = None
    needs: tuple[str, ...] = ()
    needs_any_order: tuple[str, ...] = ()
    hours: Fraction | None = None
    days_away: int = 0
    sources: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_done(self) -> bool:
        """Whether nothing of this step is left to do."""
        return self.status in {Status.FINISHED, Status.WAIVED}

    @property
    def is_to_start(self) -> bool:
        """Whether it has not begun, or is to be done once more."""
        return self.status in {Status.PLANNED, Status.REDO}


@frozen(kw_only=True)
class TotalCost(Value):
    """The sum of all known costs not yet paid, and the steps whose cost is not known and so not in it.

    Renewals that the plan counts on are in it too; where a fee is not known, `unknown` names the credential.

    >>> from career_path import AllOf, Learner, Pathway, Step, plan
    >>> steps = [Step("bls", cost="80.00"), Step("exam", cost="125.00"), Step("job", requires=AllOf("bls", "exam"))]
    >>> total = plan(Pathway("p", goal="job", steps=steps), Learner(), today=dt.date(2027, 1, 4)).cost
    >>> total.amount, total.currency, total.unknown
    (Decimal('205.00'), 'USD', ('job',))
    """

    amount: Decimal
    currency: str
    unknown: tuple[str, ...] = ()


@frozen(kw_only=True)
class Timeline(TimelineFaces, Value):
    """A personal plan. From `finish` on the goal holds; steps come in the order they are done.

    `reasons`, `runner_up`, `latest_reasons`, `needs` and `needs_any_order` are those of the goal, as for a step.
    `papers` tells which credentials steps and goal rest on, and how they are kept valid for them. `workload` has every
    week from the first day planned through the last, unless no step asks for hours. `sources` are the
    ones that the steps and credentials of the plan rest on.

    >>> from career_path import Learner, Pathway, Step, plan
    >>> job = Pathway("p", goal="job", steps=[Step("job", requires="school"), Step("school", takes="P9M")])
    >>> made = plan(job, Learner(start=dt.date(2027, 1, 11)), today=dt.date(2027, 1, 4))
    >>> made.finish, [step.id for step in made.steps]
    (datetime.date(2027, 10, 11), ['school', 'job'])
    """

    pathway: str
    title: str
    learner: str
    today: dt.date
    horizon: dt.date
    finish: dt.date | None
    target: dt.date | None = None
    cost: TotalCost
    is_feasible: bool = True
    is_latest: bool = False
    reasons: tuple[Reason, ...] = ()
    runner_up: RunnerUp | None = None
    latest_reasons: tuple[Reason, ...] = ()
    needs: tuple[str, ...] = ()
    needs_any_order: tuple[str, ...] = ()
    steps: tuple[PlannedStep, ...] = ()
    papers: tuple[PaperUse, ...] = ()
    workload: tuple[WeekLoad, ...] = ()
    applied: tuple[AppliedOverlay, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    renewals: tuple[Renewal, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    notices: tuple[Notice, ...] = ()
    sources: tuple[Source, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    credential_names: tuple[tuple[str, str], ...] = ()
    version: str = ""
    input_hash: str = ""

    def step(self, step_id: str) -> PlannedStep:
        """The step of that id.

        Raises:
            UnknownIdError: the timeline has none.
        """
        try:
            return self._steps_by_id[step_id]
        except KeyError:
            raise UnknownIdError("step in this timeline", step_id, tuple(self._steps_by_id)) from None

    @cached_property
    def _steps_by_id(self) -> dict[str, PlannedStep]:
        return {step.id: step for step in self.steps}

    def deadline(self, deadline_id: str) -> Deadline:
        """The deadline of that id.

        Raises:
            UnknownIdError: the timeline has none.
        """
        try:
            return self._deadlines_by_id[deadline_id]
        except KeyError:
            raise UnknownIdError("deadline in this timeline", deadline_id, tuple(self._deadlines_by_id)) from None

    @cached_property
    def _deadlines_by_id(self) -> dict[str, Deadline]:
        return {deadline.id: deadline for deadline in self.deadlines}

    @property
    def first_cycles(self) -> tuple[Renewal, ...]:
        """The first validity period that is told of each credential, in the order of `renewals`."""
        first: dict[str, Renewal] = {}
        for renewal in self.renewals:
            first.setdefault(renewal.credential, renewal)
        return tuple(first.values())

    def name_of(self, any_id: str) -> str:
        """The title of a step or credential, or its id; of a step where both have the same."""
        return self._names_by_id.get(any_id, any_id)

    @cached_property
    def _names_by_id(self) -> dict[str, str]:
        return dict(self.names)

    def credential_name(self, credential_id: str) -> str:
        """The title of a credential, or its id."""
        return self._credential_names_by_id.get(credential_id, self.name_of(credential_id))

    @cached_property
    def _credential_names_by_id(self) -> dict[str, str]:
        return dict(self.credential_names)

    def subject_of(self, deadline: Deadline) -> str:
        """The title of the step or credential for which something is due."""
        return self.credential_name(deadline.credential or "") if deadline.step is None else self.name_of(deadline.step)

    def diff(self, other: Timeline) -> TimelineDiff:
        """How another plan differs from this one: what moved, by how many days, and where the moving began.

        Raises:
            InvalidValueError: something else than a timeline.
        """
        from career_path.model.differences import difference  # noqa: PLC0415 (made of timelines)
        from career_path.model.parts import check_part  # noqa: PLC0415 (only here)

        return difference(self, check_part(other, Timeline, "other"))

    def why(self, step_id: str | None = None) -> Why:
        """Why a step has its dates, or without an id why the goal is not reached sooner or later.

        Raises:
            UnknownIdError: the timeline has no such step.
        """
        return self._why(step_id, is_whole=True)

    def own_why(self, step_id: str | None = None) -> Why:
        """The same without what the steps rest on that this one waits for: its own reasons alone.

        Raises:
            UnknownIdError: the timeline has no such step.
        """
        return self._why(step_id, is_whole=False)

    def _why(self, step_id: str | None, *, is_whole: bool) -> Why:
        if step_id is not None:
            self.step(step_id)
        forward = () if self.is_latest else self._causes(step_id, is_latest=False, is_whole=is_whole)
        backward = self._causes(step_id, is_latest=True, is_whole=is_whole)
        return Why(step=step_id, earliest=forward, latest=backward)

    def _causes(self, owner: str | None, *, is_latest: bool, is_whole: bool) -> tuple[Cause, ...]:
        """The chain from one step's date to its root; one that leads back to itself ends there."""
        causes: list[Cause] = []
        seen: set[str | None] = set()
        while owner not in seen and (owner is None or owner in self._steps_by_id):
            seen.add(owner)
            reasons, runner_up = self._decided_by(owner, is_latest=is_latest)
            deciding = max((at for at, each in enumerate(reasons) if each.about is None), default=0)
            causes += [
                Cause(step=each.about or owner, reason=each, runner_up=runner_up if at == deciding else None)
                for at, each in enumerate(reasons)
            ]
            if not is_whole or not reasons or (reasons[-1].waits_for is None and not reasons[-1].is_for_goal):
                break
            owner = reasons[-1].waits_for
        return tuple(causes)

    def _decided_by(self, owner: str | None, *, is_latest: bool) -> tuple[tuple[Reason, ...], RunnerUp | None]:
        of = self if owner is None else self._steps_by_id[owner]
        if not is_latest or (self.is_latest and owner is not None):
            return of.reasons, of.runner_up
        return of.latest_reasons, of.latest_runner_up if isinstance(of, PlannedStep) else None


@attrs.define
class NoRouteError(CareerPathError, LookupError):
    """No schedule exists at all; `conflicts` tell why, `timeline` is the empty, infeasible plan.

    >>> from career_path import Learner, Pathway, Step, plan
    >>> try:
    ...     plan(Pathway("p", goal="exam", steps=[Step("exam")]), Learner(avoid=["exam"]), today=dt.date(2027, 1, 4))
    ... except NoRouteError as error:
    ...     print(error)
    no route leads to the goal of 'p': avoid exam
    """

    conflicts: tuple[Conflict, ...]
    timeline: Timeline

    def __str__(self) -> str:
        rules = "; ".join(rule for conflict in self.conflicts for rule in conflict.rules)
        return f"no route leads to the goal of '{self.timeline.pathway}': {rules}"
