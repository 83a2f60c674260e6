"""The timeline: a route with its dates, slack, reasons, deadlines and validity periods. Values only."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

import attrs

from career_path.errors import CareerPathError, UnknownIdError
from career_path.model.pathway import StepKind
from career_path.values import Value

__all__ = [
    "Conflict",
    "ConflictKind",
    "Deadline",
    "DeadlineKind",
    "NoRouteError",
    "Notice",
    "NoticeKind",
    "PlannedStep",
    "Reason",
    "ReasonKind",
    "Reminder",
    "Renewal",
    "Status",
    "Timeline",
    "TotalCost",
]


class Status(StrEnum):
    """How far a step of the timeline is."""

    PLANNED = "planned"
    RUNNING = "running"
    FINISHED = "finished"
    REDO = "redo"
    WAIVED = "waived"


class ReasonKind(StrEnum):
    """What kind of rule decides a date."""

    TODAY = "today"
    LEARNER_START = "learner-start"
    RECORD = "record"
    NEEDS = "needs"
    FRESH = "fresh"
    DONE_BY = "done-by"
    PAPER = "paper"
    PAPER_VALID = "paper-valid"
    AGE = "age"
    OPENING = "opening"
    ABSENCE = "absence"
    WORKING = "working"
    LENGTH = "length"
    TARGET = "target"
    GOAL = "goal"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Reason(Value):
    """A derived bound: not before `on` (for a plan made backward from a target: not after), because of `rule`.

    `waits_for` is the step whose bound `event_on` the rule started from, None at a root. `span` is the lag, age or
    length in it as text, `source` the id of a source, where there is one. `event` tells which end of that step counts.
    """

    kind: ReasonKind
    rule: str
    on: dt.date
    waits_for: str | None = None
    event: str | None = None
    event_on: dt.date | None = None
    span: str | None = None
    source: str | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PlannedStep(Value):
    """One step of a timeline. It occupies `start` up to `finish`, the finish left out.

    `cost` is None where it is not known; whether it is still to be paid follows from the status.

    `start` is None for a finished or waived step of which no start is recorded, `finish` for one waived without a
    day. `slack_days` is None for these and where no latest date exists. `reasons` begins with what decides the date.
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

    @property
    def is_done(self) -> bool:
        """Whether nothing of this step is left to do."""
        return self.status in {Status.FINISHED, Status.WAIVED}


class DeadlineKind(StrEnum):
    """What is due on a day."""

    ENROLL_BY = "enroll-by"
    APPLY_BY = "apply-by"
    SITTING_ENDS = "sitting-ends"
    ELIGIBILITY_ENDS = "eligibility-ends"
    PAPER_ENDS = "paper-ends"
    WINDOW_OPENS = "window-opens"
    CREDITS_BY = "credits-by"
    SUBMIT_BY = "submit-by"
    EXPIRES = "expires"
    GRACE_ENDS = "grace-ends"
    REINSTATE_BY = "reinstate-by"
    START_BY = "start-by"
    DUTY_BY = "duty-by"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Deadline(Value):
    """The last day on which something can still be done (for `window-opens`: the first).

    Of `step` and `credential` one is set; `needed_by` names the step that asks for it. `id` depends on neither dates
    nor titles.
    """

    id: str
    kind: DeadlineKind
    on: dt.date
    step: str | None = None
    credential: str | None = None
    cycle: int | None = None
    needed_by: str | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Reminder(Value):
    """When to think of a deadline: `deadline` is its id, `on` a day before it or the day itself."""

    id: str
    on: dt.date
    deadline: str


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Renewal(Value):
    """From when until when a credential holds: number 1 as first granted, number 2 once renewed, and so on.

    `valid_through` is the last day on which it holds, None for a credential that never ends. Other days are None
    where the pathway does not tell them.
    """

    credential: str
    number: int
    valid_from: dt.date
    valid_through: dt.date | None
    opens: dt.date | None = None
    act_by: dt.date | None = None
    grace_through: dt.date | None = None


class ConflictKind(StrEnum):
    """Which wish or rule the plan fails."""

    DEADLINE = "deadline"
    FINISH_BY = "finish-by"
    BUDGET = "budget"
    CHOICE = "choice"
    NO_SCHEDULE = "no-schedule"
    NO_LATEST = "no-latest"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Conflict(Value):
    """What stands in the way of a wish: the rules that decide, and how many days too late or how much too dear."""

    kind: ConflictKind
    rules: tuple[str, ...]
    days: int | None = None
    on: dt.date | None = None
    amount: Decimal | None = None
    repairs: tuple[str, ...] = ()


class NoticeKind(StrEnum):
    """What a plan rests on that the learner may want to check."""

    UNKNOWN_COST = "unknown-cost"
    UNSURE_FACT = "unsure-fact"
    RECORD_BREAKS_RULE = "record-breaks-rule"
    TAKEN_AS_MET = "taken-as-met"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Notice(Value):
    """A remark that changes no date, about some steps; `detail` names the rule, source or fact."""

    kind: NoticeKind
    steps: tuple[str, ...] = ()
    detail: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TotalCost(Value):
    """The sum of all known costs not yet paid, and the steps whose cost is not known and so not in it."""

    amount: Decimal
    currency: str
    unknown: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Timeline(Value):
    """A personal plan. From `finish` on the goal holds; steps come in the order they are done."""

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
    steps: tuple[PlannedStep, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    renewals: tuple[Renewal, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    notices: tuple[Notice, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
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

    def name_of(self, any_id: str) -> str:
        """The title of a step or credential, or its id."""
        return self._names_by_id.get(any_id, any_id)

    @cached_property
    def _names_by_id(self) -> dict[str, str]:
        return dict(self.names)


@attrs.define
class NoRouteError(CareerPathError, LookupError):
    """No schedule exists at all; `conflicts` tell why, `timeline` is the empty, infeasible plan."""

    conflicts: tuple[Conflict, ...]
    timeline: Timeline

    def __str__(self) -> str:
        rules = "; ".join(rule for conflict in self.conflicts for rule in conflict.rules)
        return f"no route leads to the goal of '{self.timeline.pathway}': {rules}"
