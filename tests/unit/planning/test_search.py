"""Choosing among many routes: what is worked out by hand, and what trying every route gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from career_path.days.spans import Span
from career_path.errors import DocumentError
from career_path.model.learner import Learner, Record
from career_path.model.pathway import Pathway, Step
from career_path.model.requirements import Aged, AllOf, AnyOf, AtLeast, Needs, Requirement
from career_path.model.timeline import NoRouteError, Timeline
from career_path.planning import Balanced, plan, search
from career_path.planning.front import routes
from career_path.planning.objective import Objective
from career_path.testing import cases
from planned import OBJECTIVES, Case, planned
from small_cases import SmallCase, exam_case, paper_case, small_case, work_case

TODAY = dt.date(2027, 1, 4)


def pairs(count: int, *more: Requirement | str, steps: tuple[Step, ...] = ()) -> Pathway:
    """So many choices between a quick way that is dear and a slow one that is cheap; way n takes n days longer."""
    ways = [
        Step(f"{kind}{n:02}", takes=Span(days=days + n), cost=cost)
        for n in range(count)
        for kind, days, cost in (("quick", 10, 30), ("slow", 20, 20))
    ]
    goal = AllOf(*(AnyOf(f"quick{n:02}", f"slow{n:02}") for n in range(count)), *more)
    return Pathway("p", goal=goal, steps=[*ways, *steps])


def told(timeline: Timeline) -> tuple[str, str]:
    return str(timeline.finish), str(timeline.cost.amount)


def test_forty_choices_are_made_exactly() -> None:
    # The last quick way takes 49 days; all slow ones but the last ten (30 to 39) are done by then: 20 + n <= 49.
    assert told(plan(pairs(40), Learner(), today=TODAY)) == ("2027-02-22", str(30 * 20 + 10 * 30))
    # All slow: the last takes 59 days.
    assert told(plan(pairs(40), Learner(), today=TODAY, objective="cheapest")) == ("2027-03-04", "800")
    # Each of the last ten quick ways costs 10 more and gives a day, together with those after it: worth it at 12 a day.
    assert told(plan(pairs(40), Learner(), today=TODAY, objective=Balanced(12))) == ("2027-02-22", "900")
    assert told(plan(pairs(40), Learner(), today=TODAY, objective=Balanced(8))) == ("2027-03-04", "800")


def test_the_front_of_forty_choices_has_every_step_between() -> None:
    front = [told(each.timeline) for each in routes(pairs(40), Learner(), today=TODAY)]
    # One more of the last ways slow: a day later and 10 less, ten times.
    expected = [(str(dt.date(2027, 2, 22) + dt.timedelta(n)), str(900 - 10 * n)) for n in range(11)]
    assert front == expected


def test_a_budget_and_a_deadline_among_forty_choices() -> None:
    tight = Learner(budget=850, deadline=dt.date(2027, 2, 27))
    assert told(plan(pairs(40), tight, today=TODAY)) == ("2027-02-27", "850")
    assert plan(pairs(40), tight, today=TODAY).conflicts == ()


def test_a_budget_is_compared_with_known_costs_however_many_are_unknown() -> None:
    # Twenty ways with a known price of 30, or one that nobody knows: only with unknown ones is the budget kept.
    steps = [Step(f"{kind}{n:02}", cost=cost) for n in range(20) for kind, cost in (("known", 30), ("unknown", None))]
    path = Pathway("p", goal=AllOf(*(AnyOf(f"known{n:02}", f"unknown{n:02}") for n in range(20))), steps=steps)
    timeline = plan(path, Learner(budget=90), today=TODAY)
    assert (timeline.cost.amount, len(timeline.cost.unknown)) == (Decimal(90), 17)
    assert timeline.conflicts == ()


def test_what_is_chosen_and_avoided_among_forty_choices() -> None:
    pinned = Learner(choose=["slow39"], avoid=["slow00"])
    assert told(plan(pairs(40), pinned, today=TODAY)) == ("2027-03-04", "810")


def test_a_day_to_finish_by_among_forty_choices() -> None:
    # Done on 4 March at the latest, the quick ways may all begin 49 days before it or later: on 14 January.
    timeline = plan(pairs(40), Learner(), today=TODAY, finish_by=dt.date(2027, 3, 4))
    assert min(step.start for step in timeline.steps if step.start) == dt.date(2027, 1, 14)
    assert timeline.cost.amount == 900


def test_at_least_ten_of_thirty_takes_the_ten_cheapest() -> None:
    steps = [Step(f"s{n:02}", cost=100 - n) for n in range(30)]
    path = Pathway("p", goal=AtLeast(10, *(step.id for step in steps)), steps=steps)
    timeline = plan(path, Learner(), today=TODAY, objective="cheapest")
    assert [step.id for step in timeline.steps] == [f"s{n}" for n in range(20, 30)]


def test_of_forty_equal_choices_those_with_the_first_ids_are_made() -> None:
    steps = [Step(f"{kind}{n:02}", cost=1) for n in range(40) for kind in "ba"]
    path = Pathway("p", goal=AllOf(*(AnyOf(f"a{n:02}", f"b{n:02}") for n in range(40))), steps=steps)
    assert {step.id for step in plan(path, Learner(), today=TODAY).steps} == {f"a{n:02}" for n in range(40)}


def test_one_impossible_step_is_found_once_and_not_with_every_choice() -> None:
    impossible = Step("u", requires=Needs("x", lag="P5D", within="P2D"))
    path = pairs(40, "u", steps=(impossible, Step("x", takes="P30D")))
    with pytest.raises(NoRouteError) as caught:
        plan(path, Learner(), today=TODAY, max_routes=500)
    assert {"steps.u.requires: x lag P5D", "steps.u.requires: x within P2D"} <= set(caught.value.conflicts[0].rules)


def test_ways_that_lead_back_to_themselves_are_found_once() -> None:
    ring = [
        Step("r1", requires=AnyOf("r2", "way")),
        Step("r2", requires=AnyOf("r1", "way")),
        Step("way", takes="P99D", cost=999),
    ]
    timeline = plan(pairs(20, "r1", "r2", steps=tuple(ring)), Learner(), today=TODAY, max_routes=500)
    assert timeline.finish == TODAY + dt.timedelta(99)


def test_what_a_route_needs_to_know_is_asked_for_although_another_route_is_better() -> None:
    adult = Step("adult", takes="P1Y", requires=Aged(18))
    path = pairs(5, AnyOf("adult", "course"), steps=(adult, Step("course")))
    with pytest.raises(DocumentError, match="birth date"):
        plan(path, Learner(), today=TODAY)
    assert plan(path, Learner(avoid=["adult"]), today=TODAY).finish is not None
    either = Pathway("p", goal=AnyOf(AllOf("adult", "course"), "other"), steps=[adult, Step("course"), Step("other")])
    assert plan(either, Learner(choose=["other"]), today=TODAY).finish == TODAY


def test_what_is_behind_the_learner_is_not_done_again_to_keep_a_rule() -> None:
    steps = [
        Step("review", cost=0),
        Step("exam", cost=0, requires=Needs("review", lag="P2D")),
        Step("job", cost=0, requires=Needs("exam", within="P6M")),
    ]
    learner = Learner(records=[Record(step, finished=dt.date(2026, 5, 1)) for step in ("review", "exam")])
    timeline = plan(Pathway("p", goal="job", steps=steps), learner, today=dt.date(2026, 5, 4))
    assert timeline.step("exam").is_done


def test_nobody_waits_after_a_waived_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_FEW", 0)
    steps = [
        Step("course", takes="P20D"),
        Step("school", takes="P2Y"),
        Step("job", requires=AnyOf("course", Needs("school", lag="P6M"))),
    ]
    learner = Learner(records=[Record("school", waived=dt.date(2027, 1, 1))])
    timeline = plan(Pathway("p", goal="job", steps=steps), learner, today=TODAY)
    assert [step.id for step in timeline.steps] == ["school", "job"]
    assert timeline.finish == TODAY


def assert_same_with_everything(
    case: Case, *, objective: Objective = "earliest", finish_by: dt.date | None = None, horizon: dt.date | None = None
) -> None:
    """With a guide the plan is the same as where all routes are solved, up to the limit."""
    found = []
    for few in (0, 2_000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(search, "_FEW", few)
            found.append(planned(case, objective=objective, finish_by=finish_by, horizon=horizon))
    assert found[0] == found[1]


@given(cases(), st.sampled_from(OBJECTIVES))
def test_leaving_nothing_aside_gives_the_same_plan(case: Case, objective: Objective) -> None:
    assert_same_with_everything(case, objective=objective)


@settings(max_examples=25)
@given(cases(), st.integers(0, 700))
def test_leaving_nothing_aside_gives_the_same_latest_plan(case: Case, days: int) -> None:
    assert_same_with_everything(case, finish_by=case[2] + dt.timedelta(days))


@pytest.mark.parametrize("objective", ["earliest", "cheapest"])
@pytest.mark.parametrize("make", [small_case, paper_case, exam_case, work_case])
def test_leaving_nothing_aside_gives_the_same_plan_of_small_cases(
    make: Callable[[int], SmallCase], objective: Objective
) -> None:
    for seed in range(10 if make is paper_case else 30):
        case = make(seed)
        window = TODAY + dt.timedelta(450)
        assert_same_with_everything((case.pathway, case.learner, TODAY), objective=objective, horizon=window)
