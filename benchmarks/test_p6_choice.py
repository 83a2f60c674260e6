"""P6: choose among N two-way alternatives that share prerequisites: least cost, then least time.

Each way has a step of its own and two prerequisites, which are paid and done once however many ways need them. In the
local cases these are neighbors, in the tangled ones any two. The time is that of all chosen steps together, so that it
adds up for everybody, and the solvers are asked once, for both in one weight. Everybody gets the same lists, and has to
give the same least cost and time.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from functools import cache, partial
from typing import NamedTuple

import numpy as np
import pytest
from ortools.sat.python import cp_model
from pytest_benchmark.fixture import BenchmarkFixture
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from career_path import AllOf, AnyOf, Learner, Pathway, Span, Step, plan
from career_path.planning.elimination import Alternatives, Option, arranged

TODAY = dt.date(2027, 1, 4)
DAY_BITS = 16
"""Room for the days of all steps beside the cost in one weight."""
SIZES = (("local", 40), ("tangled", 20), ("tangled", 40))


class Case(NamedTuple):
    """Cost and days of each step, the prerequisites first, and for each alternative the steps of either way."""

    costs: tuple[int, ...]
    days: tuple[int, ...]
    ways: tuple[tuple[tuple[int, ...], ...], ...]

    @property
    def weights(self) -> list[int]:
        return [(cost << DAY_BITS) + days for cost, days in zip(self.costs, self.days, strict=True)]


@cache
def case_of(part: str, count: int) -> Case:
    rng = random.Random(f"{part} {count}")
    costs = [rng.randint(1, 100) for _ in range(count)]
    ways = []
    for place in range(count):
        near = range(max(0, place - 2), min(count, place + 3)) if part == "local" else range(count)
        both = []
        for _ in range(2):
            costs.append(rng.randint(1, 100))
            both.append((len(costs) - 1, *rng.sample(near, 2)))
        ways.append(tuple(both))
    days = tuple(rng.randint(1, 60) for _ in costs)
    return Case(tuple(costs), days, tuple(ways))


def by_library(case: Case) -> int:
    options = [[Option(1 << own | 1 << one | 1 << other) for own, one, other in both] for both in case.ways]
    opens = [0] * len(case.costs)
    ordered = [options[place] for place in arranged(options, opens)]
    found = Alternatives(case.weights, opens, ordered).least(0, (1 << len(ordered)) - 1, most=10**6)
    assert found is not None
    return found


def by_elimination(case: Case) -> int:
    """One alternative after the other; of all choices that leave the same prerequisites open, the lightest is kept."""
    weights = case.weights
    needed_later: list[frozenset[int]] = [frozenset()]
    for both in reversed(case.ways):
        needed_later.append(needed_later[-1].union(*both))
    needed_later.reverse()
    states = {frozenset[int](): 0}
    for place, both in enumerate(case.ways):
        following: dict[frozenset[int], int] = {}
        for there, weight in states.items():
            for way in both:
                new = [step for step in way if step not in there]
                left = there.union(new) & needed_later[place + 1]
                total = weight + sum([weights[step] for step in new])
                if total < following.get(left, total + 1):
                    following[left] = total
        states = following
    return min(states.values())


def by_highs(case: Case) -> int:
    steps, rows, columns, values, least, most = len(case.costs), [], [], [], [], []
    count = steps
    for both in case.ways:
        rows += [len(least)] * len(both)
        columns += range(count, count + len(both))
        values += [1] * len(both)
        least.append(1.0)
        most.append(1.0)
        for way in both:
            for step in way:
                rows += [len(least)] * 2
                columns += [step, count]
                values += [1, -1]
                least.append(0.0)
                most.append(np.inf)
            count += 1
    matrix = coo_array((values, (rows, columns)), shape=(len(least), count)).tocsc()
    found = milp(
        np.array([*case.weights, *([0] * (count - steps))], dtype=float),
        constraints=LinearConstraint(matrix, least, most),
        integrality=np.ones(count),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    return sum(weight for weight, taken in zip(case.weights, found.x, strict=False) if taken > 0.5)


def by_cp_sat(case: Case) -> int:
    model = cp_model.CpModel()
    has = [model.new_bool_var("") for _ in case.costs]
    for both in case.ways:
        taken = [model.new_bool_var("") for _ in both]
        model.add_exactly_one(taken)
        for takes, way in zip(taken, both, strict=True):
            for step in way:
                model.add_implication(takes, has[step])
    model.minimize(sum(weight * has for weight, has in zip(case.weights, has, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return round(solver.objective_value)


WHO: dict[str, Callable[[Case], int]] = {
    "career_path": by_library,
    "exact elimination": by_elimination,
    "HiGHS": by_highs,
    "CP-SAT": by_cp_sat,
}
HOPELESS = {("tangled", 40, "exact elimination")}
"""It would take some seconds a round."""


@pytest.mark.parametrize(("part", "count"), SIZES)
@pytest.mark.parametrize("who", WHO)
def test_choice(benchmark: BenchmarkFixture, part: str, count: int, who: str) -> None:
    if (part, count, who) in HOPELESS:
        pytest.skip("takes seconds")
    case = case_of(part, count)
    benchmark.group = f"P6 {part} N={count}"
    benchmark.extra_info.update(row="P6", size=f"N={count}", part=part, who=who, per=1)
    assert benchmark(WHO[who], case) == by_cp_sat(case)


@pytest.mark.parametrize(("part", "count"), SIZES)
def test_whole_plan(benchmark: BenchmarkFixture, part: str, count: int) -> None:
    """All that a plan is: the route of least cost and, of these, soonest finish, its days, slack and deadlines."""
    case = case_of(part, count)
    steps = [
        Step(f"s{step:03}", cost=cost, takes=Span(days=days), requires=AllOf(*(f"s{each:03}" for each in needed)))
        for step, (cost, days) in enumerate(zip(case.costs, case.days, strict=True))
        for needed in [next((way[1:] for both in case.ways for way in both if way[0] == step), ())]
    ]
    goal = AllOf(*(AnyOf(*(f"s{way[0]:03}" for way in both)) for both in case.ways))
    pathway = Pathway("p", goal=goal, steps=steps)
    benchmark.group = f"P6 {part} N={count}"
    benchmark.extra_info.update(row="P6", size=f"N={count}", part=part, who="career_path, whole plan", per=1)
    timeline = benchmark.pedantic(
        partial(plan, pathway, Learner(), today=TODAY, objective="cheapest"), rounds=3, iterations=1
    )
    assert timeline.cost.amount == by_cp_sat(case) >> DAY_BITS
