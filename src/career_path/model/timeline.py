"""The timeline: a route with its dates, slack, reasons, deadlines and validity periods. Values only."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

import attrs

from career_path.errors import CareerPathError, UnknownIdError
from career_path.model.faces import TimelineFaces
from career_path.model.pathway import Source, StepKind
from career_path.values import Value

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
    "PlannedStep",
    "Reason",
    "ReasonKind",
    "Reminder",
    "Renewal",
    "RunnerUp",
    "Status",
    "Timeline",
    "TotalCost",
    "WayBy",
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


class ReasonKind(StrEnum):
    """What kind of rule decides a date.

    >>> from career_path import Learner, Pathway, Step, plan
    >>> job = Pathway("p", goal="job", steps=[Step("school", takes="P9M"), Step("job", requires="school")])
    >>> plan(job, Learner(), today=dt.date(2027, 1, 4)).step("job").reasons[0].kind
    <ReasonKind.NEEDS: 'needs'>
    """

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

    `waits_for` is the step whose bound `event_on` the rule started from, None at a root; `event` tells which end of
    that step counts. `span` is the lag, age or length in it as text; `credential` and `source` are ids of what it
    speaks of, where there is any. With `is_for_goal` the rule starts from the day of the goal. `about` is None for a
    bound of the step that carries the reason; in a ring of rules an earlier bound of another step can stand between,
    and `about` is that step.

    >>> import datetime as dt
    >>> Reason(kind=ReasonKind.TODAY, rule="today", on=dt.date(2027, 1, 4)).waits_for is None
    True
    """

    kind: ReasonKind
    rule: str
    on: dt.date
    about: str | None = None
    waits_for: str | None = None
    is_for_goal: bool = False
    event: str | None = None
    event_on: dt.date | None = None
    span: str | None = None
    credential: str | None = None
    source: str | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RunnerUp(Value):
    """What would decide a date if the rule that does were not there and all else stayed.

    `on` is the date then, `days` (0 or more) how far it is from the one that is.

    >>> from career_path import AllOf, Learner, Pathway, Step, plan
    >>> steps = [Step("a", takes="P9M"), Step("b", takes="P8M"), Step("job", requires=AllOf("a", "b"))]
    >>> second = plan(Pathway("p", goal="job", steps=steps), Learner(), today=dt.date(2027, 1, 4)).step("job").runner_up
    >>> second.reason.waits_for, second.on, second.days
    ('b', datetime.date(2027, 9, 4), 30)
    """

    reason: Reason
    on: dt.date
    days: int


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Cause(Value):
    """One link of a chain of reasons: `step` is whose date it gives (None: the goal's).

    Only the bound that decides a step's date can have a runner-up; openings and absences that moved it on stand before
    it. There is none where nothing else bounds the date.

    >>> from career_path import Learner, Pathway, Step, plan
    >>> job = Pathway("p", goal="job", steps=[Step("school", takes="P9M"), Step("job", requires="school")])
    >>> root = plan(job, Learner(), today=dt.date(2027, 1, 4)).why("job").earliest[-1]
    >>> root.step, root.reason.rule
    ('school', 'today')
    """

    step: str | None
    reason: Reason
    runner_up: RunnerUp | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Why(Value):
    """Why a step (None: the goal) is not earlier, and why it is not later, each as a chain back to its root.

    A root is today, the learner's start, an age, a record, a paper at hand; for `latest` the target. In a plan made
    backward from a target the dates are the latest, and `earliest` is empty. A chain is empty where there is no date.

    >>> from career_path import Learner, Pathway, Step, plan
    >>> job = Pathway("p", goal="job", steps=[Step("school", takes="P9M"), Step("job", requires="school")])
    >>> [cause.step for cause in plan(job, Learner(), today=dt.date(2027, 1, 4)).why().earliest]
    [None, 'job', 'school']
    """

    step: str | None
    earliest: tuple[Cause, ...]
    latest: tuple[Cause, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PlannedStep(Value):
    """One step of a timeline. It occupies `start` up to `finish`, the finish left out.

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


class DeadlineKind(StrEnum):
    """What is due on a day.

    >>> from career_path import Ladder
    >>> Ladder([DeadlineKind.EXPIRES, "apply-by"], ["P14D"]).kinds
    (<DeadlineKind.EXPIRES: 'expires'>, <DeadlineKind.APPLY_BY: 'apply-by'>)
    """

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

    >>> from career_path import Learner, Pathway, Step, plan
    >>> school = Pathway("p", goal="school", steps=[Step("school", kind="program", takes="P9M")])
    >>> made = plan(school, Learner(), today=dt.date(2027, 1, 4), finish_by=dt.date(2027, 12, 1))
    >>> [(each.kind.value, each.step, each.on) for each in made.deadlines]
    [('enroll-by', 'school', datetime.date(2027, 3, 1))]
    """

    id: str
    kind: DeadlineKind
    on: dt.date
    step: str | None = None
    credential: str | None = None
    cycle: int | None = None
    needed_by: str | None = None
    what: str | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Reminder(Value):
    """When to think of a deadline: `deadline` is its id, `on` a day before it or the day itself.

    >>> from career_path import Ladder, Learner, Pathway, ReminderPolicy, Step, plan, reminders
    >>> school = Pathway("p", goal="school", steps=[Step("school", kind="program", takes="P9M")])
    >>> made = plan(school, Learner(), today=dt.date(2027, 1, 4), finish_by=dt.date(2027, 12, 1))
    >>> first, last = reminders(made, policy=ReminderPolicy([Ladder(["enroll-by"], ["P1M", "P0D"])]))
    >>> first.on, last.on == made.deadline(last.deadline).on
    (datetime.date(2027, 2, 1), True)
    """

    id: str
    on: dt.date
    deadline: str


@attrs.frozen(kw_only=True, eq=False, repr=False)
class WayBy(Value):
    """The last days of one way to renew: to apply for it, None where nothing is said of that, and to be done with it.

    `id` is the way's in the pathway, `kind` what it asks for.

    >>> import datetime as dt
    >>> WayBy(id="exam", title="Exam", kind="exam", act_by=dt.date(2032, 7, 30)).apply_by is None
    True
    """

    id: str
    title: str
    kind: str
    apply_by: dt.date | None = None
    act_by: dt.date
    fee: Decimal | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BackStage(Value):
    """A way back after a lapse, from a day through another; without end where `through` is None.

    With `keeps_expiry` the next period counts from the old expiry.

    >>> import datetime as dt
    >>> BackStage(way="exam", title="Exam", from_=dt.date(2032, 12, 30)).through is None
    True
    """

    way: str
    title: str
    from_: dt.date
    through: dt.date | None = None
    keeps_expiry: bool = False
    fee: Decimal | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DutyBy(Value):
    """A duty of the holder with its last day; `number` counts the times that it was due since it began.

    >>> import datetime as dt
    >>> DutyBy(id="fee", title="Yearly fee", number=1, on=dt.date(2028, 4, 30)).fee is None
    True
    """

    id: str
    title: str
    number: int
    on: dt.date
    fee: Decimal | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Renewal(Value):
    """From when until when a credential holds: number 1 as first granted, number 2 once renewed, and so on.

    `valid_through` is the last day on which it holds, None for a credential that never ends. Other days are None
    where the pathway does not tell them.

    `soft_deadline` is the last day without `late_fee`, `act_by` the last that leaves time for processing, or for some
    of the `ways` to renew; `back` are the ways after the grace, in order. A last day put off was `extended_from`
    another; `renewed_on` is the day of a recorded renewal, after which nothing in this period is due any more.

    >>> from career_path import Credential, Learner, Pathway, Step, Validity, plan
    >>> card = Credential("card", valid=Validity(span="P2Y"))
    >>> course = Pathway("p", goal="course", steps=[Step("course", grants=["card"])], credentials=[card])
    >>> plan(course, Learner(), today=dt.date(2027, 1, 4)).renewals[0].valid_through
    datetime.date(2029, 1, 3)
    """

    credential: str
    number: int
    valid_from: dt.date
    valid_through: dt.date | None
    opens: dt.date | None = None
    soft_deadline: dt.date | None = None
    act_by: dt.date | None = None
    grace_through: dt.date | None = None
    is_grace_current: bool = False
    extended_from: dt.date | None = None
    renewed_on: dt.date | None = None
    fee: Decimal | None = None
    late_fee: Decimal | None = None
    ways: tuple[WayBy, ...] = ()
    back: tuple[BackStage, ...] = ()
    duties: tuple[DutyBy, ...] = ()


class ConflictKind(StrEnum):
    """Which wish or rule the plan fails.

    >>> from career_path import Learner, Pathway, Step, plan
    >>> dear = Pathway("p", goal="exam", steps=[Step("exam", cost="125.00")])
    >>> plan(dear, Learner(budget="100"), today=dt.date(2027, 1, 4)).conflicts[0].kind
    <ConflictKind.BUDGET: 'budget'>
    """

    DEADLINE = "deadline"
    FINISH_BY = "finish-by"
    BUDGET = "budget"
    CHOICE = "choice"
    NO_SCHEDULE = "no-schedule"
    NO_LATEST = "no-latest"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Conflict(Value):
    """What stands in the way of a wish: the rules that decide, and how many days too late or how much too dear.

    >>> from career_path import Learner, Pathway, Step, plan
    >>> school = Pathway("p", goal="school", steps=[Step("school", takes="P9M")])
    >>> late = plan(school, Learner(deadline=dt.date(2027, 10, 1)), today=dt.date(2027, 1, 4)).conflicts[0]
    >>> late.kind.value, late.days
    ('deadline', 3)
    """

    kind: ConflictKind
    rules: tuple[str, ...]
    days: int | None = None
    on: dt.date | None = None
    amount: Decimal | None = None
    repairs: tuple[str, ...] = ()


class NoticeKind(StrEnum):
    """What a plan rests on that the learner may want to check.

    >>> from career_path import Learner, Pathway, Step, plan
    >>> unpriced = Pathway("p", goal="exam", steps=[Step("exam")])
    >>> {each.kind for each in plan(unpriced, Learner(), today=dt.date(2027, 1, 4)).notices}
    {<NoticeKind.UNKNOWN_COST: 'unknown-cost'>}
    """

    UNKNOWN_COST = "unknown-cost"
    UNSURE_FACT = "unsure-fact"
    RECORD_BREAKS_RULE = "record-breaks-rule"
    TAKEN_AS_MET = "taken-as-met"
    DONE_AGAIN = "done-again"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Notice(Value):
    """A remark that changes no date, about some steps; `detail` names the rule, source or fact.

    >>> from career_path import Learner, Pathway, Step, plan
    >>> steps = [Step("course", cost="80.00"), Step("exam", requires="course")]
    >>> plan(Pathway("p", goal="exam", steps=steps), Learner(), today=dt.date(2027, 1, 4)).notices[0].steps
    ('exam',)
    """

    kind: NoticeKind
    steps: tuple[str, ...] = ()
    detail: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TotalCost(Value):
    """The sum of all known costs not yet paid, and the steps whose cost is not known and so not in it.

    >>> from career_path import AllOf, Learner, Pathway, Step, plan
    >>> steps = [Step("bls", cost="80.00"), Step("exam", cost="125.00"), Step("job", requires=AllOf("bls", "exam"))]
    >>> total = plan(Pathway("p", goal="job", steps=steps), Learner(), today=dt.date(2027, 1, 4)).cost
    >>> total.amount, total.currency, total.unknown
    (Decimal('205.00'), 'USD', ('job',))
    """

    amount: Decimal
    currency: str
    unknown: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Timeline(TimelineFaces, Value):
    """A personal plan. From `finish` on the goal holds; steps come in the order they are done.

    `reasons`, `runner_up`, `latest_reasons`, `needs` and `needs_any_order` are those of the goal, as for a step.
    `sources` are the ones that the steps and credentials of the plan rest on.

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
    deadlines: tuple[Deadline, ...] = ()
    renewals: tuple[Renewal, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    notices: tuple[Notice, ...] = ()
    sources: tuple[Source, ...] = ()
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

    @property
    def first_cycles(self) -> tuple[Renewal, ...]:
        """The first validity period that is told of each credential, in the order of `renewals`."""
        first: dict[str, Renewal] = {}
        for renewal in self.renewals:
            first.setdefault(renewal.credential, renewal)
        return tuple(first.values())

    def name_of(self, any_id: str) -> str:
        """The title of a step or credential, or its id."""
        return self._names_by_id.get(any_id, any_id)

    @cached_property
    def _names_by_id(self) -> dict[str, str]:
        return dict(self.names)

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
