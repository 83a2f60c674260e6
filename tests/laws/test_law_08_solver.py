"""Law 8 on larger cases: the chosen route is the one that CP-SAT proves to be the best, and its days are right.

The judge is `solver_judge`, which shares no arithmetic and no search with the planner. `test_law_04_brute_force` and
`test_law_08_front` try everything on small cases, with papers, work and examinations.
"""

from __future__ import annotations

import datetime as dt
import os
from random import Random

import attrs
import pytest

from career_path.model.timeline import NoRouteError, Timeline
from career_path.planning import Balanced, plan
from career_path.planning.front import routes
from career_path.planning.objective import Objective
from solver_judge import Case, Days, Judge, Point
from solver_judge.documents import FAMILIES, document

MORE = 3 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 1
MOST = 20_000
OBJECTIVES: tuple[Objective, ...] = ("earliest", "cheapest", Balanced("1.50"))
IS_THOROUGH = MORE > 1
LARGE = (
    ("local sharing", 40 if IS_THOROUGH else 20),
    ("tangled", 20),
    ("layered", 80 if IS_THOROUGH else 50),
    ("alike", 40),
    ("nested", 50),
    ("windows", 15),
    ("wishes", 30 if IS_THOROUGH else 12),
    ("aging", 50 if IS_THOROUGH else 25),
    ("rings", 30),
)


def planned(
    case: Case, objective: Objective = "earliest", *, finish_by: dt.date | None = None, most: int = MOST
) -> Timeline | None:
    """The plan; None where there is no route."""
    try:
        return plan(
            case.pathway,
            case.learner,
            today=case.today,
            objective=objective,
            finish_by=finish_by,
            horizon=case.horizon,
            max_routes=most,
        )
    except NoRouteError:
        return None


def point(timeline: Timeline | None) -> Point | None:
    if timeline is None:
        return None
    assert timeline.finish is not None
    return Point(timeline.finish, len(timeline.cost.unknown), timeline.cost.amount)


def days_to_do(timeline: Timeline) -> Days:
    """The days of the steps that are still to be done."""
    found: Days = {}
    for step in timeline.steps:
        if step.status in {"planned", "redo"}:
            assert step.start is not None
            assert step.finish is not None
            found[step.id] = (step.start, step.finish)
    return found


def latest_days(timeline: Timeline) -> Days | None:
    """The same at their latest; None where there are none."""
    found: Days = {}
    for step in timeline.steps:
        if step.status in {"planned", "redo"}:
            if step.latest_start is None or step.latest_finish is None:
                return None
            found[step.id] = (step.latest_start, step.latest_finish)
    return found


@pytest.mark.parametrize("seed", range(2 * MORE))
@pytest.mark.parametrize("family", FAMILIES)
def test_the_chosen_route_and_its_days_are_those_that_a_solver_proves(family: str, seed: int) -> None:
    case = document(family, seed, 6)
    judge = Judge(case)
    for objective in OBJECTIVES:
        timeline, best = planned(case, objective), judge.best(objective)
        assert point(timeline) == best, objective
        if best is not None and timeline is not None and objective == OBJECTIVES[(seed + len(family)) % 3]:
            assert_same_route(judge, timeline, best)


def assert_same_route(judge: Judge, timeline: Timeline, best: Point) -> None:
    """Of the routes that are equally good, the right one is there, at the right days."""
    tie = judge.tie(best)
    assert tuple(sorted(step.id for step in timeline.steps)) == tie.steps
    assert tuple(sorted(step.id for step in timeline.steps if step.status == "redo")) == tie.redone
    assert days_to_do(timeline) == judge.earliest(best, tie)
    assert timeline.target is not None
    assert latest_days(timeline) == judge.latest(tie, timeline.target)


@pytest.mark.parametrize("seed", range(100, 100 + 2 * MORE))
@pytest.mark.parametrize("family", FAMILIES)
def test_the_front_is_the_one_that_a_solver_proves(family: str, seed: int) -> None:
    case = document(family, seed, 5 if family == "alike" else 6)
    try:
        front = routes(case.pathway, case.learner, today=case.today, horizon=case.horizon, max_routes=MOST)
    except NoRouteError:
        front = ()
    assert [point(each.timeline) for each in front] == Judge(case).front()


@pytest.mark.parametrize("seed", range(200, 200 + 2 * MORE))
@pytest.mark.parametrize("family", FAMILIES)
def test_the_route_to_be_done_by_a_day_begins_as_late_as_a_solver_lets_it(family: str, seed: int) -> None:
    case = document(family, seed, 5)
    judge = Judge(case)
    best = judge.best()
    room = Random(seed).choice([0, 3, 30, 100])
    last = case.today if best is None else judge.front()[-1].finish
    finish_by = last + dt.timedelta(days=room)
    timeline, expected = planned(case, finish_by=finish_by), judge.best_by(finish_by)
    if expected is None or timeline is None:
        assert point(timeline) == best
        assert timeline is None or not timeline.is_latest
        return
    assert timeline.is_latest
    assert (timeline.cost.amount, len(timeline.cost.unknown)) == (expected[0].cost, expected[0].unknown)
    acts = days_to_do(timeline).values()
    assert not acts or min(start for start, _ in acts) == expected[1]


@pytest.mark.parametrize("seed", range(252, 252 + MORE))
@pytest.mark.parametrize("family", ["local sharing", "tangled", "alike"])
def test_where_no_route_keeps_both_the_deadline_goes_before_the_budget(family: str, seed: int) -> None:
    case = document(family, seed, 5)
    front = Judge(case).front()
    for soon, cheap in ((front[0], front[-1]), (front[len(front) // 2], front[-1]), (front[0], front[0])):
        learner = attrs.evolve(case.learner, deadline=soon.finish, budget=cheap.cost)
        wished = attrs.evolve(case, learner=learner)
        for objective in OBJECTIVES:
            assert point(planned(wished, objective)) == Judge(wished).best(objective), objective


@pytest.mark.parametrize(("family", "size"), LARGE)
@pytest.mark.parametrize("seed", range(300, 300 + MORE))
def test_large_documents_are_planned_as_a_solver_proves_is_best(family: str, size: int, seed: int) -> None:
    case = document(family, seed, size)
    judge = Judge(case)
    for objective in OBJECTIVES:
        best = judge.best(objective)
        assert point(planned(case, objective)) == best, objective


@pytest.mark.parametrize("seed", range(400, 402 if IS_THOROUGH else 401))
def test_the_earliest_plan_of_hundreds_of_steps_is_the_one_that_a_solver_proves(seed: int) -> None:
    case = document("layered", seed, 300 if IS_THOROUGH else 150)
    best = Judge(case).best()
    assert best is not None
    assert point(planned(case)) == best
