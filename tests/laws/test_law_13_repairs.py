"""Law 13, for repairs: each one repairs, and a little less of the same does not."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from career_path.days.day_rules import Dates
from career_path.errors import DocumentError, SearchLimitError
from career_path.model.learner import Learner
from career_path.model.pathway import Cohorts, Pathway, Step
from career_path.model.timeline import NoRouteError, Timeline
from career_path.planning import plan
from career_path.planning.repairs import MOST_MORE_HOURS, Repair, RepairKind, repairs
from career_path.testing import cases
from planned import Case, planned
from small_cases import TODAY, small_case


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
        assert made(each.pathway, each.learner, today) == each.timeline
        assert (each.pathway == pathway) == (each.kind is not RepairKind.COHORT)
        assert each.timeline.conflicts == ()
        assert each.hours is None or each.hours <= MOST_MORE_HOURS
        weaker = less(each, asked)
        if weaker is not None and not (each.kind is RepairKind.BUDGET and timeline.cost.unknown):
            assert made(pathway, weaker, today).conflicts


def choices(learner: Learner) -> list[tuple[str, str]]:
    return [*(("choose", pin) for pin in learner.choose), *(("avoid", pin) for pin in learner.avoid)]


def with_choices(learner: Learner, kept: list[tuple[str, str]]) -> Learner:
    choose, avoid = ([pin for each, pin in kept if each == kind] for kind in ("choose", "avoid"))
    return attrs.evolve(learner, choose=choose, avoid=avoid)


def listed(step: Step) -> list[dt.date]:
    if isinstance(step.opens, Cohorts):
        return [each.start for each in step.opens.cohorts]
    assert isinstance(step.opens, Dates)
    return list(step.opens.dates)


def is_met(pathway: Pathway, learner: Learner) -> bool:
    try:
        return not made(pathway, learner, TODAY).conflicts
    except (DocumentError, SearchLimitError):
        return False


def test_choices_that_go_are_as_few_as_can_be() -> None:
    several = 0
    for seed in range(40):
        case = small_case(seed)
        ids = [step.id for step in case.pathway.steps]
        learner = attrs.evolve(
            case.learner, choose=[ids[seed % len(ids)]], avoid=sorted({ids[0], ids[-1]}), budget=None
        )
        try:
            found = repairs(case.pathway, learner, today=TODAY)
        except (DocumentError, SearchLimitError):
            continue
        pins = choices(learner)
        single = [each for each in pins if is_met(case.pathway, with_choices(learner, [p for p in pins if p != each]))]
        told = [(each.kind.value, each.pin) for each in found if each.kind in {RepairKind.CHOOSE, RepairKind.AVOID}]
        assert made(case.pathway, learner, TODAY).conflicts == () or told == single
        for each in found:
            if each.kind is RepairKind.ROUTE:
                several += 1
                kept = choices(each.learner)
                assert is_met(case.pathway, each.learner)
                gone = [pin for pin in pins if pin not in kept]
                assert gone == [*(("choose", pin) for pin in each.chosen), *(("avoid", pin) for pin in each.avoided)]
                assert not any(is_met(case.pathway, with_choices(learner, [*kept, pin])) for pin in gone)
    assert several > 2


def test_a_plan_with_another_start_has_no_conflicts_and_begins_the_step_on_a_day_not_listed() -> None:
    told = 0
    for seed in range(50):
        case = small_case(seed)
        first, *others = case.pathway.steps
        dates = Dates(dates=[TODAY - dt.timedelta(9), TODAY + dt.timedelta(90)])
        steps = [attrs.evolve(first, opens=dates, takes="P9D"), *others]
        pathway = attrs.evolve(case.pathway, steps=steps)
        deadline = TODAY + dt.timedelta(20 + seed % 40)
        learner = attrs.evolve(case.learner, choose=[], avoid=[], budget=None, deadline=deadline)
        try:
            found = repairs(pathway, learner, today=TODAY)
        except (DocumentError, SearchLimitError):
            continue
        for each in found:
            if each.kind is RepairKind.COHORT:
                told += 1
                assert made(each.pathway, learner, TODAY) == each.timeline
                assert each.timeline.conflicts == ()
                assert each.on is not None
                assert each.step is not None
                assert each.on not in listed(pathway.step(each.step))
                assert each.on in {each.timeline.step(each.step).start, each.timeline.step(each.step).latest_start}
    assert told > 2
