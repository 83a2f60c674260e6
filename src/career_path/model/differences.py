"""How one plan differs from another: which steps moved, by how many days, and where the moving began."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import attrs

from career_path.model.due import Deadline
from career_path.model.overlays import AppliedOverlay
from career_path.model.reasons import Reason
from career_path.model.timeline import Conflict, PlannedStep, Status, Timeline
from career_path.values import Value, frozen

__all__ = ["CredentialDiff", "DeadlineDiff", "StepDiff", "TimelineDiff", "difference"]


@frozen(kw_only=True)
class StepDiff(Value):
    """A step that is not the same in both plans; None where a plan has no such day or does without the step.

    `days` is how much later it begins (negative: sooner), or is done where it begins on the same day. `reason` is what
    holds its start on the new day or, with `is_lifted`, what held it on the old one; there is none where it begins on
    the same day and takes longer or less long. `moved_by` is the step that the reason counts from, if that is not the
    same in both plans either: there the moving comes from.

    >>> from career_path import Learner, Pathway, Step, plan
    >>> path, today = Pathway("p", goal="school", steps=[Step("school", takes="P9M")]), dt.date(2027, 1, 4)
    >>> later = plan(path, Learner(start=dt.date(2027, 1, 11)), today=today)
    >>> (school,) = plan(path, Learner(), today=today).diff(later).steps
    >>> school.days, school.old_start, school.new_start, school.reason.kind.value
    (7, datetime.date(2027, 1, 4), datetime.date(2027, 1, 11), 'learner-start')
    """

    step: str
    title: str
    old_status: Status | None = None
    new_status: Status | None = None
    old_start: dt.date | None = None
    new_start: dt.date | None = None
    old_finish: dt.date | None = None
    new_finish: dt.date | None = None
    days: int | None = None
    reason: Reason | None = None
    is_lifted: bool = False
    moved_by: str | None = None

    @property
    def is_moved(self) -> bool:
        """Whether both plans have the step, on other days."""
        return (self.old_start, self.old_finish) != (self.new_start, self.new_finish) and self.is_in_both

    @property
    def is_in_both(self) -> bool:
        """Whether neither plan does without it."""
        return self.old_status is not None and self.new_status is not None


@frozen(kw_only=True)
class CredentialDiff(Value):
    """A credential whose last day is not the same in both plans, or that one of them does without.

    The last days are those of the first period that is told of; None where there is none.

    >>> from career_path import Credential, Learner, Pathway, Step, Validity, plan
    >>> card = Credential("card", valid=Validity(span="P2Y"))
    >>> path = Pathway("p", goal="course", steps=[Step("course", grants=["card"])], credentials=[card])
    >>> now, later = (plan(path, Learner(), today=dt.date(2027, 1, day)) for day in (4, 11))
    >>> [(str(each.old_through), str(each.new_through)) for each in now.diff(later).credentials]
    [('2029-01-03', '2029-01-10')]
    """

    credential: str
    title: str
    old_through: dt.date | None = None
    new_through: dt.date | None = None
    is_new: bool = False
    is_left_out: bool = False


@frozen(kw_only=True)
class DeadlineDiff(Value):
    """A deadline that falls on another day in the new plan, or that one of the plans does without: there it is None.

    Deadlines are the same if they tell the last day of the same thing, for whomever the plans were made.

    >>> from career_path import Learner, Pathway, Step, plan
    >>> school = Pathway("p", goal="school", steps=[Step("school", kind="program", takes="P9M")])
    >>> now, later = (plan(school, Learner(), today=dt.date(2027, 1, day)) for day in (4, 11))
    >>> [(each.new.kind.value, each.days) for each in now.diff(later).deadlines]
    [('enroll-by', 7)]
    """

    old: Deadline | None = None
    new: Deadline | None = None

    @property
    def days(self) -> int | None:
        """How much later it falls (negative: sooner)."""
        return None if self.old is None or self.new is None else (self.new.on - self.old.on).days


@frozen(kw_only=True)
class TimelineDiff(Value):
    """How a plan differs from one before it; without differences all lists are empty and all amounts 0.

    `days` is how much later the new plan is done, `cost` how much more it costs; each is None where that cannot be
    said, because a plan has no finish, or costs are known of one plan and not of the other. `steps` are in the order
    of the new plan, those that it does without last; so are `deadlines`. `new_conflicts` are in the new plan alone,
    `solved` in the old, and so the overlays that made one of the plans alone: `new_overlays` and `old_overlays`.

    >>> from career_path import Learner, Pathway, Step, plan
    >>> job = Pathway("p", goal="job", steps=[Step("job", requires="school"), Step("school", takes="P9M")])
    >>> now = plan(job, Learner(), today=dt.date(2027, 1, 4))
    >>> later = plan(job, Learner(start=dt.date(2027, 1, 11)), today=dt.date(2027, 1, 4))
    >>> found = now.diff(later)
    >>> found.days, [(each.step, each.days, each.moved_by) for each in found.steps]
    (7, [('school', 7, None), ('job', 7, 'school')])
    """

    old_finish: dt.date | None
    new_finish: dt.date | None
    days: int | None
    cost: Decimal | None
    currency: str
    steps: tuple[StepDiff, ...] = ()
    credentials: tuple[CredentialDiff, ...] = ()
    deadlines: tuple[DeadlineDiff, ...] = ()
    new_conflicts: tuple[Conflict, ...] = ()
    solved: tuple[Conflict, ...] = ()
    new_overlays: tuple[AppliedOverlay, ...] = ()
    old_overlays: tuple[AppliedOverlay, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether finish, cost, steps, last days of credentials, deadlines, conflicts and overlays are all the same."""
        parts = (self.steps, self.credentials, self.deadlines, self.new_conflicts, self.solved)
        is_other = any(parts) or self.days or self.cost or self.new_overlays or self.old_overlays
        return not is_other and self.old_finish == self.new_finish

    @property
    def roots(self) -> tuple[StepDiff, ...]:
        """The steps with which the moving begins: no other step that moved stands behind their new day."""
        return tuple(each for each in self.steps if each.is_moved and each.moved_by is None)


def difference(old: Timeline, new: Timeline) -> TimelineDiff:
    """How a plan differs from an older one, whatever made them different."""
    changed = {step_id for step_id in _ids(old, new) if _days_of(old, step_id) != _days_of(new, step_id)}
    days = None if old.finish is None or new.finish is None else (new.finish - old.finish).days
    is_same_money = old.cost.currency == new.cost.currency and set(old.cost.unknown) == set(new.cost.unknown)
    return TimelineDiff(
        old_finish=old.finish,
        new_finish=new.finish,
        days=days,
        cost=new.cost.amount - old.cost.amount if is_same_money else None,
        currency=new.cost.currency,
        steps=tuple(_step(old, new, step_id, changed) for step_id in _ids(old, new) if step_id in changed),
        credentials=tuple(_credentials(old, new)),
        deadlines=tuple(_deadlines(old, new)),
        new_conflicts=tuple(each for each in new.conflicts if _bare(each) not in map(_bare, old.conflicts)),
        solved=tuple(each for each in old.conflicts if _bare(each) not in map(_bare, new.conflicts)),
        new_overlays=tuple(each for each in new.applied if each not in old.applied),
        old_overlays=tuple(each for each in old.applied if each not in new.applied),
    )


def _bare(conflict: Conflict) -> Conflict:
    """The conflict without what would help: it was not asked for with every plan."""
    return attrs.evolve(conflict, repairs=())


def _ids(old: Timeline, new: Timeline) -> list[str]:
    """The steps of both, in the order of the new plan, then those of the old one alone."""
    return list(dict.fromkeys(step.id for step in (*new.steps, *old.steps)))


def _found(timeline: Timeline, step_id: str) -> PlannedStep | None:
    return next((step for step in timeline.steps if step.id == step_id), None)


def _days_of(timeline: Timeline, step_id: str) -> tuple[object, ...] | None:
    step = _found(timeline, step_id)
    return None if step is None else (step.status, step.start, step.finish)


def _step(old: Timeline, new: Timeline, step_id: str, changed: set[str]) -> StepDiff:
    before, after = _found(old, step_id), _found(new, step_id)
    days = None if before is None or after is None else _later(before, after)
    is_start = before is not None and after is not None and before.start != after.start
    is_lifted, reason = _decider(old, new, step_id, days or 0) if is_start or _is_running(after) else (False, None)
    waits_for = None if reason is None else reason.waits_for
    return StepDiff(
        step=step_id,
        title=(new if after is not None else old).name_of(step_id),
        old_status=None if before is None else before.status,
        new_status=None if after is None else after.status,
        old_start=None if before is None else before.start,
        new_start=None if after is None else after.start,
        old_finish=None if before is None else before.finish,
        new_finish=None if after is None else after.finish,
        days=days,
        reason=reason,
        is_lifted=is_lifted,
        moved_by=waits_for if waits_for in changed else None,
    )


def _later(before: PlannedStep, after: PlannedStep) -> int | None:
    """By how many days it begins later or, where it has begun on the same day, is done later."""
    pairs = [(before.start, after.start), (before.finish, after.finish)]
    moves = [(new - old).days for old, new in pairs if old is not None and new is not None]
    return next((days for days in moves if days), 0) if moves else None


def _is_running(step: PlannedStep | None) -> bool:
    return step is not None and step.status is Status.RUNNING


def _decider(old: Timeline, new: Timeline, step_id: str, days: int) -> tuple[bool, Reason | None]:
    """What holds a step on its new day or, where nothing does, what held it on the old one and no longer does.

    The reasons of a plan say why nothing is sooner; those of one made backward why nothing is later.
    """
    if days and new.is_latest == (days < 0):
        return False, next(iter(new.step(step_id).reasons), None)
    if days and old.is_latest == (days > 0):
        return True, next(iter(old.step(step_id).reasons), None)
    return False, None


def _credentials(old: Timeline, new: Timeline) -> Iterator[CredentialDiff]:
    before, after = ({each.credential: each.valid_through for each in one.first_cycles} for one in (old, new))
    for credential in dict.fromkeys((*after, *before)):
        found = CredentialDiff(
            credential=credential,
            title=(new if credential in after else old).credential_name(credential),
            old_through=before.get(credential),
            new_through=after.get(credential),
            is_new=credential not in before,
            is_left_out=credential not in after,
        )
        if found.is_new or found.is_left_out or found.old_through != found.new_through:
            yield found


def _deadlines(old: Timeline, new: Timeline) -> Iterator[DeadlineDiff]:
    before, after = ({_of_what(each): each for each in one.deadlines} for one in (old, new))
    for what in dict.fromkeys((*after, *before)):
        found = DeadlineDiff(old=before.get(what), new=after.get(what))
        if found.days != 0:
            yield found


def _of_what(deadline: Deadline) -> tuple[object, ...]:
    """All but the day, and but the id, which holds the learner's as well."""
    return attrs.astuple(deadline, recurse=False, filter=lambda field, _: field.name not in {"id", "on"})
