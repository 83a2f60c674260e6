"""What is asked of a plan, and how good a route is as an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

import attrs

from career_path.days.numbers import NEVER, check_date
from career_path.errors import InvalidValueError, quoted
from career_path.model.entries import resolved_for
from career_path.model.learner import Learner, check_learner
from career_path.model.parts import check_part
from career_path.model.pathway import Pathway
from career_path.model.timeline import Conflict, ConflictKind, NoRouteError, ReasonKind, Status, Timeline, TotalCost
from career_path.planning.bounds import Because
from career_path.planning.canonical import input_hash
from career_path.planning.objective import Objective, check_objective, objective_key
from career_path.planning.places import Places
from career_path.planning.program import Program
from career_path.planning.renewals import renewals_of
from career_path.planning.routes import Route
from career_path.planning.search import Search
from career_path.planning.solve import Derived, Failure, greatest, rules_of
from career_path.planning.solved import Judged, Rank, Solved
from career_path.planning.texts import GOAL, with_rule_names
from career_path.planning.timeline import Plan, make_timeline
from career_path.version import VERSION

if TYPE_CHECKING:
    from career_path.planning.guide import Ahead, Floor
    from career_path.planning.prices import Price

__all__ = ["MOST_ROUTES", "Question", "ask"]

MOST_ROUTES = 100_000
"""How many choices a search looks at before it gives up."""
_HORIZON_YEARS = 100


def ask(  # noqa: PLR0913 (all that a plan is made from)
    pathway: Pathway,
    learner: Learner,
    *,
    today: dt.date,
    objective: Objective,
    finish_by: dt.date | None,
    max_routes: int,
    horizon: dt.date | None,
) -> Question:
    """What is asked, checked and compiled.

    Raises:
        DocumentError: the learner does not fit the pathway.
        InvalidValueError: an argument is of another kind than it has to be.
    """
    check_part(pathway, Pathway, "pathway")
    check_part(learner, Learner, "learner")
    check_date(today, "today")
    check_objective(objective)
    if type(max_routes) is not int or max_routes < 1:
        raise InvalidValueError("not-a-count", "max_routes", quoted(max_routes), "a whole number, 1 or more")
    places = Places.of(pathway, learner, today=today)
    pathway = resolved_for(pathway, learner, today=today)
    check_learner(learner, pathway, today=today)
    if finish_by is not None:
        check_date(finish_by, "finish_by")
    horizon = check_date(horizon, "horizon") if horizon else _years_after(today, _HORIZON_YEARS)
    program = Program.of(pathway, learner, today=today, horizon=horizon)
    return _asked(program, objective, finish_by, max_routes, places)


def _asked(
    program: Program, objective: Objective, finish_by: dt.date | None, max_routes: int, places: Places
) -> Question:
    today, horizon = (dt.date.fromordinal(day) for day in (program.today, program.horizon))
    stamp = input_hash(
        program.pathway, program.learner, today, objective, finish_by, horizon, *places.left_open, *places.elsewhere
    )
    return Question(program, objective, finish_by, max_routes, stamp, places, set())


class Question(NamedTuple):
    """What is asked of a plan; `places` are those with other rules that it has to tell."""

    program: Program
    objective: Objective
    finish_by: dt.date | None
    max_routes: int
    stamp: str
    places: Places
    dead_ends: set[str]

    def choosing(self, names: Iterable[str]) -> Question:
        """The same for a learner who has chosen some steps as well."""
        learner = attrs.evolve(self.program.learner, choose=(*self.program.learner.choose, *names))
        program = Program(self.program.pathway, learner, self.program.today, self.program.horizon)
        return _asked(program, self.objective, self.finish_by, self.max_routes, self.places)

    def best(self) -> Timeline:
        """The timeline of the best route.

        Raises:
            NoRouteError: no route has a schedule.
            SearchLimitError: too many to try.
        """
        is_finish_first = (
            self.objective == "earliest" and self.finish_by is None and self.program.learner.budget is None
        )
        found = self.search(self.judge, self.floor, is_finish_first=is_finish_first)
        return self.answer(min(found.solved, key=lambda each: self.judge(each).rank))

    def search(
        self,
        judge: Callable[[Solved], Judged],
        floor: Floor,
        *,
        is_finish_first: bool = False,
        last: int = NEVER,
        relaxed: Callable[[Solved], Judged] | None = None,
    ) -> Search:
        """The routes that can be the best and have what the learner chose, at their earliest dates; at least one.

        None that is done after `last` is looked for; then there may be none. Where `judge` may like a route less for
        having fewer rules, `relaxed` tells how good it can be at most once some are left out.

        Raises:
            NoRouteError: no route has a schedule.
            SearchLimitError: too many to try.
        """
        found = Search(
            program=self.program,
            most=self.max_routes,
            dead_ends=self.dead_ends,
            is_wanted=self._has_chosen,
            judge=judge,
            relaxed=relaxed or judge,
            floor=floor,
            is_finish_first=is_finish_first,
            last=last,
        )
        found.run()
        if not found.solved and last == NEVER:
            conflicts = self._why_none(found.failures)
            raise NoRouteError(conflicts, _empty(self.program, conflicts, self.stamp))
        return found

    def _has_chosen(self, route: Route) -> bool:
        """Whether the route has every step or credential that the learner chose."""
        present: set[str] = set(route.nodes)
        for node in route.nodes.values():
            if node.step is not None and node.status is not Status.WAIVED:
                present.update(node.step.grants)
        return all(pin in present or self.program.is_at_hand(pin) for pin in self.program.learner.choose)

    def answer(self, solved: Solved) -> Timeline:
        """The timeline of a route: at its latest dates where it meets the day to finish by, else at its earliest."""
        latest = self._in_time(solved)
        if latest is not None:
            return self._timeline(solved, latest, self._last_finish, is_latest=True)
        target = self._target(solved)
        return self._timeline(solved, self._latest(solved, target), target, is_latest=False)

    def judge(self, solved: Solved) -> Judged:
        """How good a route is: by its earliest days or, with a day to finish by that it meets, by its latest."""
        latest = self._in_time(solved)
        if latest is None:
            return Judged(self._rank(solved), (solved.dates[GOAL],))
        acts = [latest[name] for name, node in solved.route.nodes.items() if node.is_to_do and name in latest]
        first = min((each.day for each in acts), default=NEVER)
        good = (0, self._misses_budget(solved.cost), -first, len(solved.unknown), solved.cost)
        return Judged((good, solved.key), tuple(each for each in acts if each.day == first))

    def _rank(self, solved: Solved) -> Rank:
        broken = sum(each.is_of_way and not each.is_kept for each in solved.compiled.recorded)  # one way was followed
        good = self._earliest_good(solved.finish, len(solved.unknown), solved.cost, solved.cost)
        return (
            *good,
            solved.counts[0],
            broken,
        ), solved.key  # what is behind the learner is not done again for its sake

    def floor(self, finish: int, price: Price, ahead: Ahead) -> tuple[object, ...]:
        """How good a route can be at most, by what is known of it from below."""
        if self.finish_by is None or finish > self._last_finish:
            return (*self._earliest_good(finish, price.unknown, price.cost, price.known), price.tie[0], 0)
        return 0, self._misses_budget(price.known), -ahead.first_act(self._last_finish), price.unknown, price.cost

    def _earliest_good(self, finish: int, unknown: int, cost: Decimal, known: Decimal) -> tuple[object, ...]:
        """How good a route at its earliest dates is; less is better."""
        deadline = self.program.learner.deadline
        misses_deadline = deadline is not None and finish > deadline.toordinal()
        key = objective_key(self.objective, today=self.program.today)
        return 1, 2 * misses_deadline + self._misses_budget(known), *key(finish, cost, unknown)

    def _misses_budget(self, cost: Decimal) -> bool:
        budget = self.program.learner.budget
        return budget is not None and cost > budget

    @property
    def _last_finish(self) -> int:
        """The last day that meets the day asked for and the learner's deadline."""
        assert self.finish_by is not None
        return min(self.finish_by, self.program.learner.deadline or self.finish_by).toordinal()

    def _in_time(self, solved: Solved) -> dict[str, Derived] | None:
        """The latest days of a route that meets the day asked for; None if it does not, or none was asked for."""
        if self.finish_by is None or solved.finish > self._last_finish:
            return None
        return self._latest(solved, self._last_finish)

    def _target(self, solved: Solved) -> int:
        if self.program.learner.deadline is not None:
            return self.program.learner.deadline.toordinal()
        return self.finish_by.toordinal() if self.finish_by is not None else solved.finish

    def _latest(self, solved: Solved, target: int) -> dict[str, Derived] | None:
        root = Derived(GOAL, target, Because(ReasonKind.TARGET, self._target_rule(target)))
        return greatest(solved.compiled.system, root, self.program.horizon)

    def _target_rule(self, target: int) -> str:
        """Where the target comes from: the learner's deadline, the day asked for, or the plan's own finish."""
        if self.finish_by is not None and self.finish_by.toordinal() == target:
            return "finish-by"
        deadline = self.program.learner.deadline
        return "deadline" if deadline is not None and deadline.toordinal() == target else "finish"

    def _timeline(
        self,
        solved: Solved,
        latest: dict[str, Derived] | None,
        target: int,
        *,
        is_latest: bool,
    ) -> Timeline:
        plan = Plan(
            program=self.program,
            compiled=solved.compiled,
            earliest=solved.dates,
            latest=latest,
            finish=solved.finish,
            target=target,
            cost=solved.cost,
            unknown=solved.unknown,
            renewals=solved.renewals,
            finish_by=self.finish_by,
            is_latest=is_latest,
            stamp=self.stamp,
        )
        return self.places.told_in(make_timeline(plan))

    def _why_none(self, failures: Sequence[tuple[Route, Failure]]) -> tuple[Conflict, ...]:
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


def _years_after(day: dt.date, years: int) -> dt.date:
    year = day.year + years
    if year > dt.date.max.year:
        return dt.date.max
    return dt.date(year, day.month, 28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _empty(program: Program, conflicts: tuple[Conflict, ...], stamp: str) -> Timeline:
    timeline = Timeline(
        pathway=program.pathway.id,
        title=program.pathway.name,
        learner=program.learner.id,
        today=dt.date.fromordinal(program.today),
        horizon=dt.date.fromordinal(program.horizon),
        finish=None,
        cost=TotalCost(amount=Decimal(0), currency=program.pathway.currency),
        is_feasible=False,
        applied=program.pathway.applied,
        renewals=renewals_of(program, ()),
        conflicts=conflicts,
        names=tuple(sorted((held, program.pathway.credential(held).name) for held in program.held_ids)),
        version=VERSION,
        input_hash=stamp,
    )
    return with_rule_names(timeline, program.pathway)
