"""What would be if something were different: the plan as it is, and plans with one thing or another changed."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import attrs

from career_path.days.numbers import check_date
from career_path.errors import InvalidValueError, UnknownIdError, quoted
from career_path.model.differences import TimelineDiff
from career_path.model.learner import Learner
from career_path.model.parts import check_part, check_parts
from career_path.model.pathway import Pathway
from career_path.model.text import check_text
from career_path.model.timeline import NoRouteError, Timeline
from career_path.planning.objective import Objective, check_objective
from career_path.planning.planner import plan
from career_path.values import Value, frozen

__all__ = ["Variant", "VariantPlan", "WhatIf", "what_if"]


def _name(value: str) -> str:
    name = check_text(value, "name")
    if not name.strip():
        raise InvalidValueError("empty", "name", quoted(value), "a name that tells what is different")
    return name


@frozen
class Variant(Value):
    """What is different, under a name; what is None stays as it was.

    >>> from career_path import Learner
    >>> Variant("30 hours a week", learner=Learner(weekly_hours=30)).name
    '30 hours a week'
    """

    name: str = attrs.field(converter=_name)
    learner: Learner | None = attrs.field(default=None, kw_only=True)
    pathway: Pathway | None = attrs.field(default=None, kw_only=True)
    today: dt.date | None = attrs.field(default=None, kw_only=True)
    objective: Objective | None = attrs.field(default=None, kw_only=True)
    finish_by: dt.date | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.learner is not None:
            check_part(self.learner, Learner, "learner")
        if self.pathway is not None:
            check_part(self.pathway, Pathway, "pathway")
        if self.objective is not None:
            check_objective(self.objective)
        for name in ("today", "finish_by"):
            if getattr(self, name) is not None:
                check_date(getattr(self, name), name)


@frozen(kw_only=True)
class VariantPlan(Value):
    """The plan of a variant, empty and with conflicts where it has none, and how it differs from the plan as it is.

    >>> from career_path import Learner, Pathway, Step, what_if
    >>> path = Pathway("p", goal="school", steps=[Step("school", takes="P9M")])
    >>> later = Variant("in March", learner=Learner(start=dt.date(2027, 3, 1)))
    >>> (found,) = what_if(path, Learner(), later, today=dt.date(2027, 1, 4)).variants
    >>> found.name, found.timeline.finish, found.diff.days
    ('in March', datetime.date(2027, 12, 1), 58)
    """

    name: str
    timeline: Timeline
    diff: TimelineDiff


@frozen(kw_only=True)
class WhatIf(Value):
    """The plan as it is, empty and with conflicts where there is none, and those of the variants in their order.

    `compare_plans(found.plans)` is a table of them all.

    >>> from career_path import Learner, Pathway, Step, what_if
    >>> path = Pathway("p", goal="school", steps=[Step("school", takes="P9M")])
    >>> later = Variant("in March", learner=Learner(start=dt.date(2027, 3, 1)))
    >>> found = what_if(path, Learner(), later, today=dt.date(2027, 1, 4))
    >>> {name: str(each.finish) for name, each in found.plans.items()}
    {'as it is': '2027-10-04', 'in March': '2027-12-01'}
    """

    base: Timeline
    variants: tuple[VariantPlan, ...] = ()

    def variant(self, name: str) -> VariantPlan:
        """The plan of the variant of that name.

        Raises:
            UnknownIdError: none is called so.
        """
        for each in self.variants:
            if each.name == name:
                return each
        raise UnknownIdError("variant", name, tuple(each.name for each in self.variants))

    @property
    def plans(self) -> dict[str, Timeline]:
        """All plans under their names, the one as it is first."""
        return {AS_IT_IS: self.base, **{each.name: each.timeline for each in self.variants}}


AS_IT_IS = "as it is"
"""The name of the plan without changes."""


def what_if(
    pathway: Pathway,
    learner: Learner,
    *variants: Variant,
    today: dt.date,
    objective: Objective = "earliest",
    finish_by: dt.date | None = None,
) -> WhatIf:
    """Plans with one thing or another changed, each beside the plan as it is.

    Where nothing leads to the goal there is an empty plan with the conflicts, so variants can show what would help.

    >>> from career_path import Effort, Step, compare_plans
    >>> course = Pathway("p", goal="course", steps=[Step("course", takes=Effort(hours=120), cost=0)])
    >>> ana = Learner(weekly_hours=10)
    >>> more = Variant("20 hours", learner=Learner(weekly_hours=20))
    >>> found = what_if(course, ana, more, today=dt.date(2027, 1, 4))
    >>> found.base.finish, found.variant("20 hours").diff.days
    (datetime.date(2027, 3, 29), -42)
    >>> print(compare_plans(found.plans))
    Plan      Done by      Against the first              Cost      Steps  First expiry  Conflicts
    as it is  29 Mar 2027  -                              0.00 USD  1      none          none
    20 hours  15 Feb 2027  42 days sooner, the same cost  0.00 USD  1      none          none

    Raises:
        SearchLimitError: more choices than `plan` looks at.
        DocumentError: a learner does not fit the pathway, or something that a rule needs is not known.
        InvalidValueError: an argument is of another kind than it has to be, or two variants have one name.
    """
    checked = check_parts(variants, Variant, "variants")
    for name, count in Counter([AS_IT_IS, *(each.name for each in checked)]).items():
        if count > 1:
            raise InvalidValueError("duplicate-id", "variants", f"{count} called {quoted(name)}", "a name for each")
    base = _plan(Variant(AS_IT_IS), pathway, learner, today, objective, finish_by)
    found: list[VariantPlan] = []
    for each in checked:
        timeline = _plan(each, pathway, learner, today, objective, finish_by)
        found.append(VariantPlan(name=each.name, timeline=timeline, diff=base.diff(timeline)))
    return WhatIf(base=base, variants=tuple(found))


def _plan(
    variant: Variant,
    pathway: Pathway,
    learner: Learner,
    today: dt.date,
    objective: Objective,
    finish_by: dt.date | None,
) -> Timeline:
    try:
        return plan(
            variant.pathway or pathway,
            variant.learner or learner,
            today=variant.today or today,
            objective=variant.objective or objective,
            finish_by=variant.finish_by or finish_by,
        )
    except NoRouteError as error:
        return error.timeline
