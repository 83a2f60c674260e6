"""The plan: the best route of a pathway for a learner, with its dates.

Every route is solved exactly and the best one kept; no route is dropped on a guess. What the chosen route's
dates mean for the learner (deadlines, validity, notices) is worked out in the modules beside this one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from career_path.days.numbers import NEVER, check_date
from career_path.errors import InvalidValueError, quoted
from career_path.model.learner import Learner, check_learner
from career_path.model.parts import check_part
from career_path.model.pathway import Pathway
from career_path.model.timeline import Conflict, ConflictKind, NoRouteError, ReasonKind, Status, Timeline, TotalCost
from career_path.planning.bounds import Because
from career_path.planning.canonical import input_hash
from career_path.planning.compile import Compiled, compile_route
from career_path.planning.objective import Objective, check_objective, objective_key
from career_path.planning.program import Program
from career_path.planning.renewals import renewals_of
from career_path.planning.routes import Route, routes
from career_path.planning.solve import Derived, Failure, greatest, least, rules_of
from career_path.planning.texts import GOAL
from career_path.planning.timeline import Plan, make_timeline
from career_path.version import VERSION

__all__ = ["MOST_ROUTES", "plan"]

MOST_ROUTES = 100_000
"""How many choices a search looks at before it gives up."""
_HORIZON_YEARS = 100


class _Solved(NamedTuple):
    """A route at its earliest dates."""

    compiled: Compiled
    dates: dict[str, Derived]
    finish: int
    cost: Decimal
    unknown: tuple[str, ...]

    @property
    def route(self) -> Route:
        return self.compiled.route


def plan(  # noqa: PLR0913 (a pathway, a learner, and five ways to ask)
    pathway: Pathway,
    learner: Learner,
    *,
    today: dt.date,
    objective: Objective = "earliest",
    finish_by: dt.date | None = None,
    max_routes: int = MOST_ROUTES,
    horizon: dt.date | None = None,
) -> Timeline:
    """The best timeline for a learner; the same input gives the same timeline, to the byte.

    Routes that meet the learner's deadline and budget come first, then those that meet the deadline, then the
    budget; among these the objective decides. With `finish_by`, the dates are the latest that still meet that day, on
    the route that may begin latest. A timeline that misses something says so in `conflicts`.

    >>> from career_path.model.pathway import Step
    >>> school = Pathway("p", goal="job", steps=[Step("school", takes="P9M"), Step("job", requires="school")])
    >>> plan(school, Learner(start=dt.date(2027, 1, 11)), today=dt.date(2027, 1, 4)).finish
    datetime.date(2027, 10, 11)

    Raises:
        NoRouteError: no schedule keeps the rules, up to the horizon (100 years after today unless given).
        SearchLimitError: more than `max_routes` choices.
        DocumentError: the learner does not fit the pathway, or something that a rule needs is not known.
        InvalidValueError: an argument is of another kind than it has to be.
    """
    check_part(pathway, Pathway, "pathway")
    check_part(learner, Learner, "learner")
    check_date(today, "today")
    check_objective(objective)
    if type(max_routes) is not int or max_routes < 1:
        raise InvalidValueError("not-a-count", "max_routes", quoted(max_routes), "a whole number, 1 or more")
    check_learner(learner, pathway, today=today)
    if finish_by is not None:
        check_date(finish_by, "finish_by")
    horizon = check_date(horizon, "horizon") if horizon else _years_after(today, _HORIZON_YEARS)
    program = Program.of(pathway, learner, today=today, horizon=horizon)
    stamp = input_hash(pathway, learner, today, objective, finish_by, horizon)
    question = _Question(program, objective, finish_by, max_routes, stamp, set())
    solved, failures = question.solve_all()
    if not solved:
        conflicts = question.why_none(failures)
        raise NoRouteError(conflicts, _empty(program, conflicts, stamp))
    return question.answer(solved)


def _years_after(day: dt.date, years: int) -> dt.date:
    year = day.year + years
    if year > dt.date.max.year:
        return dt.date.max
    return dt.date(year, day.month, 28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _empty(program: Program, conflicts: tuple[Conflict, ...], stamp: str) -> Timeline:
    return Timeline(
        pathway=program.pathway.id,
        title=program.pathway.name,
        learner=program.learner.id,
        today=dt.date.fromordinal(program.today),
        horizon=dt.date.fromordinal(program.horizon),
        finish=None,
        cost=TotalCost(amount=Decimal(0), currency=program.pathway.currency),
        is_feasible=False,
        renewals=renewals_of(program, ()),
        conflicts=conflicts,
        names=tuple(sorted((held, program.pathway.credential(held).name) for held in program.held_ids)),
        version=VERSION,
        input_hash=stamp,
    )


class _Question(NamedTuple):
    """One call of `plan`."""

    program: Program
    objective: Objective
    finish_by: dt.date | None
    max_routes: int
    stamp: str
    dead_ends: set[str]

    def solve_all(self) -> tuple[list[_Solved], list[tuple[Route, Failure]]]:
        """Every route at its earliest dates, and those that have none."""
        solved: list[_Solved] = []
        failures: list[tuple[Route, Failure]] = []
        for route in routes(self.program, most=self.max_routes, dead_ends=self.dead_ends):
            if not self._has_chosen(route):
                continue
            compiled = compile_route(self.program, route)
            dates = least(compiled.system, self.program.horizon)
            if isinstance(dates, Failure):
                failures.append((route, dates))
            else:
                solved.append(self._solved(compiled, dates))
        return solved, failures

    def _has_chosen(self, route: Route) -> bool:
        """Whether the route has every step or credential that the learner chose."""
        present: set[str] = set(route.nodes)
        for node in route.nodes.values():
            if node.step is not None and node.status is not Status.WAIVED:
                present.update(node.step.grants)
        present.update(held.credential for held in self.program.learner.holds)
        return all(pin in present for pin in self.program.learner.choose)

    def _solved(self, compiled: Compiled, dates: dict[str, Derived]) -> _Solved:
        cost = Decimal(0)
        unknown: list[str] = []
        for node in compiled.route.nodes.values():
            if node.is_to_do and node.step is not None:
                if node.step.cost is None:
                    unknown.append(node.id)
                else:
                    cost += node.step.cost.amount
        if GOAL not in dates or dates[GOAL].day < 1:
            dates[GOAL] = Derived(GOAL, self.program.start, Because(ReasonKind.TODAY, "today"))
        return _Solved(compiled, dates, dates[GOAL].day, cost, tuple(sorted(unknown)))

    def answer(self, solved: Sequence[_Solved]) -> Timeline:
        """The timeline of the best route."""
        if self.finish_by is not None:
            day = min(self.finish_by, self.program.learner.deadline or self.finish_by).toordinal()
            in_time = self._latest_beginning(solved, day)
            if in_time is not None:
                best, latest = in_time
                return self._timeline(best, latest, day, is_latest=True)
        best = min(solved, key=self._rank)
        target = self._target(best)
        return self._timeline(best, self._latest(best, target), target, is_latest=False)

    def _rank(self, solved: _Solved) -> tuple[object, ...]:
        learner = self.program.learner
        misses_deadline = learner.deadline is not None and solved.finish > learner.deadline.toordinal()
        misses_budget = learner.budget is not None and solved.cost > learner.budget
        key = objective_key(self.objective, today=self.program.today)
        return (
            2 * misses_deadline + misses_budget,
            *key(solved.finish, solved.cost, len(solved.unknown)),
            sum(not each.is_kept for each in solved.compiled.recorded),  # what happened followed one of the ways
            *solved.route.key,
        )

    def _target(self, solved: _Solved) -> int:
        if self.program.learner.deadline is not None:
            return self.program.learner.deadline.toordinal()
        return self.finish_by.toordinal() if self.finish_by is not None else solved.finish

    def _latest(self, solved: _Solved, target: int) -> dict[str, Derived] | None:
        root = Derived(GOAL, target, Because(ReasonKind.TARGET, self._target_rule(target)))
        return greatest(solved.compiled.system, root, self.program.horizon)

    def _target_rule(self, target: int) -> str:
        """Where the target comes from: the learner's deadline, the day asked for, or the plan's own finish."""
        if self.finish_by is not None and self.finish_by.toordinal() == target:
            return "finish-by"
        deadline = self.program.learner.deadline
        return "deadline" if deadline is not None and deadline.toordinal() == target else "finish"

    def _latest_beginning(self, solved: Iterable[_Solved], target: int) -> tuple[_Solved, dict[str, Derived]] | None:
        """Of the routes that make the target, the one that lets the learner wait longest."""
        best: tuple[tuple[object, ...], _Solved, dict[str, Derived]] | None = None
        for each in solved:
            latest = self._latest(each, target) if each.finish <= target else None
            if latest is None:
                continue
            starts = [latest[name].day for name, node in each.route.nodes.items() if node.is_to_do and name in latest]
            misses_budget = self.program.learner.budget is not None and each.cost > self.program.learner.budget
            rank = (misses_budget, -min(starts, default=NEVER), len(each.unknown), each.cost, *each.route.key)
            if best is None or rank < best[0]:
                best = rank, each, latest
        return None if best is None else best[1:]

    def _timeline(
        self,
        solved: _Solved,
        latest: dict[str, Derived] | None,
        target: int,
        *,
        is_latest: bool,
    ) -> Timeline:
        return make_timeline(
            Plan(
                program=self.program,
                compiled=solved.compiled,
                earliest=solved.dates,
                latest=latest,
                finish=solved.finish,
                target=target,
                cost=solved.cost,
                unknown=solved.unknown,
                finish_by=self.finish_by,
                is_latest=is_latest,
                stamp=self.stamp,
            )
        )

    def why_none(self, failures: Sequence[tuple[Route, Failure]]) -> tuple[Conflict, ...]:
        """What stands in the way where no route has a schedule."""
        pins = [f"choose {pin}" for pin in self.program.learner.choose]
        pins += [f"avoid {pin}" for pin in self.program.learner.avoid]
        if not failures:
            rules = (*pins, *sorted(self.dead_ends)) or ("goal",)
            return (Conflict(kind=ConflictKind.CHOICE if pins else ConflictKind.NO_SCHEDULE, rules=rules),)
        _, failure = min(failures, key=lambda pair: (_distance(pair[1]), pair[0].key))
        return (Conflict(kind=ConflictKind.NO_SCHEDULE, rules=_rules(failure, pins), days=failure.days),)


def _distance(failure: Failure) -> int:
    return NEVER if failure.days is None else failure.days


def _rules(failure: Failure, pins: Iterable[str]) -> tuple[str, ...]:
    """The rules that a failure rests on, the broken one first."""
    named = [] if failure.breaks is None else [failure.breaks.rule]
    named += [*failure.ring, *(() if failure.derived is None else rules_of(failure.derived))]
    return tuple(dict.fromkeys([*named, *pins]))
