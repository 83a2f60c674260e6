"""Why a plan does without a step or a credential: the best plan that has it, or why there is none."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final

from career_path.model.text import step_of
from career_path.model.timeline import Cause, Conflict, PlannedStep, Timeline
from career_path.values import Value, frozen

if TYPE_CHECKING:
    from career_path.model.differences import TimelineDiff

__all__ = ["Decider", "RouteNotTaken", "Standing"]


class Standing(StrEnum):
    """How a step or credential stands to a plan: in it, in a plan that is not as good, or in none and why.

    >>> Standing("off-goal")
    <Standing.OFF_GOAL: 'off-goal'>
    """

    IN_PLAN = "in-plan"
    NOT_BEST = "not-best"
    PINNED = "pinned"
    RECORDED = "recorded"
    OFF_GOAL = "off-goal"
    NOT_GRANTED = "not-granted"
    NEEDS_ITSELF = "needs-itself"
    NO_ROUTE = "no-route"


class Decider(StrEnum):
    """The first thing in which two plans are not equally good; those from `redone` on only break ties.

    >>> Decider.FINISH.is_tie, Decider.STEPS.is_tie
    (False, True)
    """

    FINISH_BY = "finish-by"
    DEADLINE = "deadline"
    BUDGET = "budget"
    BEGIN = "begin"
    FINISH = "finish"
    UNKNOWN = "unknown"
    COST = "cost"
    BALANCE = "balance"
    RECORDS = "records"
    REDONE = "redone"
    RENEWALS = "renewals"
    EXTENSIONS = "extensions"
    STEPS = "steps"
    IDS = "ids"

    @property
    def is_tie(self) -> bool:
        """Whether the plans are equally good in all that was asked for."""
        return self in _TIES


_TIES: Final = frozenset({Decider.REDONE, Decider.RENEWALS, Decider.EXTENSIONS, Decider.STEPS, Decider.IDS})


@frozen(kw_only=True)
class RouteNotTaken(Value):
    """Why a plan does without a step or credential, or that it has it.

    `plan` is the best plan, `other` the best of those with `name`; None where there is none, or `plan` itself has it.
    `decided_by` tells what makes `plan` the better one. What the learner chose or avoids and that leaves no room for
    `name` is in `given_up`, as `choose ID` and `avoid ID`: `other` is then a plan without that. `steps` are those that
    the answer rests on, by id: those of the plan that have `name` (none for a credential at hand), those whose record
    leaves no use for it, or those that need it and that it needs itself. `conflicts` tell why there is no plan with it.

    >>> from career_path import AnyOf, Learner, Pathway, Step, why_not
    >>> school, course = Step("school", takes="P9M", cost="900"), Step("course", takes="P1Y", cost="500")
    >>> path = Pathway("p", goal=AnyOf("school", "course"), steps=[school, course])
    >>> found = why_not(path, Learner(), "course", today=dt.date(2027, 1, 4))
    >>> found.decided_by.value, found.diff.days, str(found.diff.cost), found.steps_in, found.steps_out
    ('finish', 92, '-400', ('course',), ('school',))
    """

    name: str
    title: str
    standing: Standing
    plan: Timeline
    other: Timeline | None = None
    decided_by: Decider | None = None
    given_up: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    names: tuple[tuple[str, str], ...] = ()

    @property
    def diff(self) -> TimelineDiff | None:
        """How the other plan differs from the plan; None without one."""
        return self._diff

    @cached_property
    def _diff(self) -> TimelineDiff | None:
        return None if self.other is None else self.plan.diff(self.other)

    @property
    def steps_in(self) -> tuple[str, ...]:
        """The steps that the other plan has and the plan does without, in their order."""
        return () if self.other is None else _more(self.other, self.plan)

    @property
    def steps_out(self) -> tuple[str, ...]:
        """The steps that the plan has and the other one does without, in their order."""
        return () if self.other is None else _more(self.plan, self.other)

    @property
    def is_later(self) -> bool:
        """Whether the other plan is done later or, where both are made backward, has to begin sooner."""
        if self.other is None:
            return False
        if self.other.is_latest:
            return _begins(self.other) < _begins(self.plan)
        return (self.other.finish or dt.date.max) > (self.plan.finish or dt.date.max)

    @property
    def chain(self) -> tuple[Cause, ...]:
        """Why the other plan is done no sooner, or begins no later; empty where it `is_later` in neither way."""
        if self.other is None or not self.is_later:
            return ()
        first = first_step(self.other)
        return self.other.why(first.id).latest if self.other.is_latest and first else self.other.why().earliest

    def name_of(self, any_id: str) -> str:
        """The title of a step or credential, or its id."""
        return self._names_by_id.get(any_id, any_id)

    @cached_property
    def _names_by_id(self) -> dict[str, str]:
        return dict(self.names)


def first_step(timeline: Timeline) -> PlannedStep | None:
    """The step with which a plan begins, of those that are still to start; None where none is.

    >>> from career_path import Learner, Pathway, Step, plan
    >>> school = Pathway("p", goal="school", steps=[Step("school", takes="P9M")])
    >>> first_step(plan(school, Learner(), today=dt.date(2027, 1, 4))).id
    'school'
    """
    return next((step for step in timeline.steps if step.is_to_start and step.start is not None), None)


def _more(one: Timeline, other: Timeline) -> tuple[str, ...]:
    known = {step_of(step.id) for step in other.steps}
    found = dict.fromkeys(step_of(step.id) for step in one.steps)
    return tuple(name for name in found if name not in known)


def _begins(timeline: Timeline) -> dt.date:
    first = first_step(timeline)
    return dt.date.max if first is None or first.start is None else first.start
