"""Law 13, for repairs: each one repairs, and a little less of the same does not."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from career_path.model.learner import Learner
from career_path.model.pathway import Pathway
from career_path.model.timeline import NoRouteError, Timeline
from career_path.planning import plan
from career_path.planning.repairs import MOST_MORE_HOURS, Repair, RepairKind, repairs
from career_path.testing import cases
from planned import Case, planned


def made(pathway: Pathway, learner: Learner, today: dt.date) -> Timeline:
    try:
        return plan(pathway, learner, today=today)
    except NoRouteError as error:
        return error.timeline


def less(repair: Repair, learner: Learner) -> Learner | None:
    """The learner with a little less of a change; None where there is no less of it."""
    match repair.kind:
        case RepairKind.START:
            assert repair.learner.start is not None
            return attrs.evolve(learner, start=repair.learner.start + dt.timedelta(1))
        case RepairKind.HOURS:
            assert learner.weekly_hours is not None
            assert repair.hours is not None
            more = repair.hours - 1
            return attrs.evolve(
                learner, weekly_hours=[attrs.evolve(each, hours=each.hours + more) for each in learner.weekly_hours]
            )
        case RepairKind.DEADLINE:
            assert repair.learner.deadline is not None
            return attrs.evolve(learner, deadline=repair.learner.deadline - dt.timedelta(1))
        case RepairKind.BUDGET:
            assert repair.learner.budget is not None
            return attrs.evolve(learner, budget=repair.learner.budget - Decimal("0.01"))
        case _:
            return None


@settings(max_examples=20)  # up to fifty plans each
@given(cases(max_steps=3), st.integers(1, 40), st.integers(0, 30), st.sampled_from(["poor", "rich"]))
def test_each_repair_repairs_and_a_little_less_does_not(case: Case, short: int, wait: int, purse: str) -> None:
    pathway, learner, today = case
    start = max(today, learner.start or today) + dt.timedelta(wait)
    free = attrs.evolve(learner, start=start, deadline=None, budget=None)
    timeline = planned((pathway, free, today))
    assume(timeline is not None)
    assert timeline is not None
    assert timeline.finish is not None
    cost = timeline.cost.amount
    asked = attrs.evolve(
        free,
        deadline=timeline.finish - dt.timedelta(short),
        budget=max(Decimal(0), cost - 1) if purse == "poor" else None,
    )
    for each in repairs(pathway, asked, today=today):
        assert made(pathway, each.learner, today) == each.timeline
        assert each.timeline.conflicts == ()
        assert each.hours is None or each.hours <= MOST_MORE_HOURS
        weaker = less(each, asked)
        if weaker is not None and not (each.kind is RepairKind.BUDGET and timeline.cost.unknown):
            assert made(pathway, weaker, today).conflicts
