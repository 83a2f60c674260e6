"""Why a date is what it is: derived bounds, chains of them, and what would decide instead."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from career_path.values import Value, frozen

__all__ = ["Cause", "Reason", "ReasonKind", "RunnerUp", "Why"]


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
    ROUND = "round"
    RETAKE = "retake"
    PAPER = "paper"
    PAPER_VALID = "paper-valid"
    AGE = "age"
    WORKED = "worked"
    OPENING = "opening"
    ABSENCE = "absence"
    WORKING = "working"
    LENGTH = "length"
    TARGET = "target"
    GOAL = "goal"


@frozen(kw_only=True)
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


@frozen(kw_only=True)
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


@frozen(kw_only=True)
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


@frozen(kw_only=True)
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
