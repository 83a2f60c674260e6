"""What stands in the way of a plan, and what to know about it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum

from career_path.values import Value, frozen

__all__ = ["Conflict", "ConflictKind", "Notice", "NoticeKind"]


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


@frozen(kw_only=True)
class Conflict(Value):
    """What stands in the way of a wish: the rules that decide, and how many days too late or how much too dear.

    With `is_minimal` no route keeps all of the rules together, whatever other rules are dropped, and some route keeps
    them once any one of them is dropped; without it they are the chain that decides. Where there is no route, `days`
    tells by how much the one last day among the rules would have to be later.

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
    is_minimal: bool = False


class NoticeKind(StrEnum):
    """What a plan rests on that the learner may want to check.

    >>> from career_path import Learner, Pathway, Step, plan
    >>> unpriced = Pathway("p", goal="exam", steps=[Step("exam")])
    >>> {each.kind for each in plan(unpriced, Learner(), today=dt.date(2027, 1, 4)).notices}
    {<NoticeKind.UNKNOWN_COST: 'unknown-cost'>}
    """

    UNKNOWN_COST = "unknown-cost"
    UNSURE_FACT = "unsure-fact"
    STALE_SOURCE = "stale-source"
    RECORD_BREAKS_RULE = "record-breaks-rule"
    TAKEN_AS_MET = "taken-as-met"
    DONE_AGAIN = "done-again"
    OVERLOADED_WEEKS = "overloaded-weeks"
    EARNED_AGAIN = "earned-again"
    PAPER_RENEWED = "paper-renewed"
    PLACE_NOT_KNOWN = "place-not-known"
    PLACE_WITHOUT_RULES = "place-without-rules"
    PAPER_RAN_OUT = "paper-ran-out"
    ROLE_NOT_ASKED = "role-not-asked"
    WINDOW_EXTENDED = "window-extended"


@frozen(kw_only=True)
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
