"""The judge: one problem for CP-SAT, asked for one wish after the other."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

import attrs
from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, CpSolver, IntVar, LinearExpr

from career_path.model.requirements import Event, Needs, Order
from solver_judge.case import Case
from solver_judge.choices import Choices
from solver_judge.times import Times

__all__ = ["Days", "Judge", "Point", "Tie"]

_MOST_AT_ONCE = 50
_SECONDS = 60.0


class Point(NamedTuple):
    """How good a route is: its finish, how many costs are unknown, and the sum of the others."""

    finish: dt.date
    unknown: int
    cost: Decimal


class Tie(NamedTuple):
    """What decides among equally good routes: as few done again as can be, fewest steps, their ids, the leaves."""

    redone: tuple[str, ...]
    steps: tuple[str, ...]
    choices: tuple[str, ...]


Days = dict[str, tuple[dt.date, dt.date]]
"""The start and the finish of each step still to be done."""
_Wish = LinearExpr | IntVar | int


class _Best(NamedTuple):
    values: list[int]
    solver: CpSolver


@attrs.define(eq=False)
class Judge:
    """Answers about one case, each proven by the solver."""

    case: Case
    _model: CpModel = attrs.field(factory=CpModel, init=False)
    _choices: Choices = attrs.field(init=False)
    _times: Times = attrs.field(init=False)
    _finish: IntVar = attrs.field(init=False)
    _unknown: IntVar = attrs.field(init=False)
    _cost: IntVar = attrs.field(init=False)
    _misses: LinearExpr = attrs.field(init=False)
    _texts: dict[str, IntVar] = attrs.field(init=False)
    _broken: _Wish = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._choices = Choices(self.case, self._model)
        self._times = Times(self.case, self._model, self._choices)
        self._finish = self._times.goal
        costs = {name: self.case.price(name) for name in self._choices.steps}
        paid = {name: lit for name in costs if (lit := self._choices.to_do(name)) is not None}
        known = [(costs[name] or 0) * lit for name, lit in paid.items()]
        self._cost = self._total(known, sum(costs[name] or 0 for name in paid))
        unknown = [lit for name, lit in paid.items() if costs[name] is None]
        self._unknown = self._total(unknown, len(unknown))
        asks: dict[str, list[IntVar]] = {}
        for each in self._choices.asks:
            asks.setdefault(each.text, []).append(each.lit)
        self._texts = {text: self._choices.any_of(lits) for text, lits in asks.items()}
        self._broken = self._count_broken()
        self._misses = 2 * self._is_late() + self._is_dear()

    def _total(self, parts: list[LinearExpr] | list[IntVar], most: int) -> IntVar:
        total = self._model.new_int_var(0, most, "")
        self._model.add(total == sum(parts))
        return total

    def _is_late(self) -> IntVar:
        deadline = self.case.learner.deadline
        return self._exceeds(self._finish, None if deadline is None else self.case.day(deadline))

    def _is_dear(self) -> IntVar:
        budget = self.case.learner.budget
        return self._exceeds(self._cost, None if budget is None else int(budget * self.case.unit))

    def _exceeds(self, value: IntVar, most: int | None) -> IntVar:
        exceeds = self._model.new_bool_var("")
        if most is None:
            self._model.add(exceeds == 0)
        else:
            self._model.add(value <= most).only_enforce_if(exceeds.negated())
            self._model.add(value > most).only_enforce_if(exceeds)
        return exceeds

    # what is best

    def best(self, objective: object = "earliest") -> Point | None:
        """How good the best plan is; None if no route has a schedule."""
        found = self._least(self._model.clone(), self._wishes(objective))
        return None if found is None else self._point(found.solver)

    def _wishes(self, objective: object) -> list[_Wish]:
        """What is wished for, the most important first."""
        learner = self.case.learner
        pins = [] if learner.deadline is None and learner.budget is None else [self._misses]
        return [*pins, *self._own_wishes(objective)]

    def _own_wishes(self, objective: object) -> list[_Wish]:
        if objective == "earliest":
            return [self._finish, self._unknown, self._cost]
        if objective == "cheapest":
            return [self._unknown, self._cost, self._finish]
        per_day: object = getattr(objective, "per_day")  # noqa: B009 (any value with this attribute will do)
        assert isinstance(per_day, Decimal)
        top, bottom = per_day.as_integer_ratio()
        both = bottom * self._cost + top * self.case.unit * self._finish
        return [self._unknown, both, self._finish, self._cost]

    def best_by(self, day: dt.date) -> tuple[Point, dt.date] | None:
        """The route that meets a day and of which the first act may begin latest, and when; None if none meets it.

        The point is that of its earliest days.
        """
        deadline = self.case.learner.deadline
        target = self.case.day(day if deadline is None else min(day, deadline))
        judge = Judge(self.case)
        model = judge._model
        choices = judge._choices
        late = Times(self.case, model, choices, is_latest=True)
        first = model.new_int_var(self.case.first, self.case.last, "first act")
        for name in choices.steps:
            to_do = choices.to_do(name)
            if to_do is not None:
                model.add(first <= late.starts[name]).only_enforce_if(to_do)
        model.add(late.goal <= target)
        model.add(judge._finish <= target)
        is_dear = judge._misses  # no deadline is missed any more
        found = judge._least(model, [is_dear, -first, judge._unknown, judge._cost, judge._finish])
        if found is None:
            return None
        return judge._point(found.solver), self.case.date(found.solver.value(first))

    def _point(self, solver: CpSolver) -> Point:
        finish, unknown, cost = (solver.value(each) for each in (self._finish, self._unknown, self._cost))
        return Point(self.case.date(finish), unknown, self.case.amount(cost))

    def front(self) -> list[Point]:
        """Every route that none beats in finish and price, the earliest first; deadline and budget do not count."""
        found: list[Point] = []
        model = self._model.clone()
        most = sum(self.case.price(name) or 0 for name in self._choices.steps)
        price = (most + 1) * self._unknown + self._cost
        while True:
            best = self._least(model.clone(), [self._finish, self._unknown, self._cost])
            if best is None:
                return found
            found.append(self._point(best.solver))
            model.add(price < best.solver.value(price))

    def tie(self, point: Point) -> Tie:
        """Which of the routes as good as a point is taken."""
        model = self._at(point)
        present = self._choices.present
        redone: _Wish = sum(self._choices.redone.values())
        best = self._least(model, [self._broken, redone, sum(present[name] for name in self._choices.steps)])
        assert best is not None
        best = self._first(model, {name: present[name] for name in self._choices.steps})
        steps = tuple(name for name in self._choices.steps if best.solver.value(present[name]))
        best = self._first(model.clone(), self._texts)
        told = [text for text in sorted(self._texts) if best.solver.value(self._texts[text])]
        # The first leaves of these may be enough for a route by themselves, and then come before them all.
        for text, lit in self._texts.items():
            if text not in told:
                model.add(lit == 0)
        for one, two in pairwise(told):
            model.add_implication(self._texts[two], self._texts[one])
        best = self._least(model, [sum(self._texts[text] for text in told)])
        assert best is not None
        again = tuple(name for name, lit in self._choices.redone.items() if best.solver.value(lit))
        return Tie(again, steps, tuple(text for text in told if best.solver.value(self._texts[text])))

    def _first(self, model: CpModel, literals: dict[str, IntVar]) -> _Best:
        """What holds if the first name in which two answers differ decides for the one that has it."""
        names = sorted(literals)
        best: _Best | None = None
        for at in range(0, max(1, len(names)), _MOST_AT_ONCE):
            some = names[at : at + _MOST_AT_ONCE]
            weights = [1 << (len(some) - place) for place in range(len(some))]
            best = self._least(
                model, [-sum(weight * literals[name] for weight, name in zip(weights, some, strict=True))]
            )
        assert best is not None
        return best

    def _at(self, point: Point) -> CpModel:
        """Only routes that are as good as a point."""
        model = self._model.clone()
        model.add(self._finish == self.case.day(point.finish))
        model.add(self._unknown == point.unknown)
        model.add(self._cost == int(point.cost * self.case.unit))
        return model

    def _count_broken(self) -> _Wish:
        """How many rules between recorded days the records break that a route relies on."""
        count: _Wish = 0
        for each, leaf in self._choices.needs:
            if each.is_behind and self.case.is_finished(leaf.step):
                lit = self._choices.both(each.lit, self._choices.as_recorded(leaf.step))
                count += self._breaks(each.owner, leaf) * lit
        return count

    def _breaks(self, owner: str, leaf: Needs) -> int:
        """How many parts of a leaf two recorded days break."""
        mine, other = self.case.record(owner), self.case.record(leaf.step)
        assert mine is not None
        assert other is not None
        event = other.started if leaf.of is Event.START else other.finished
        if mine.started is None or event is None:
            return 0
        start, day = self.case.day(mine.started), self.case.day(event)
        plus = self._times.plus
        late = leaf.within is not None and not _is_before(start, plus(day, leaf.within))
        after = leaf.by is not None and not _is_before(day, plus(start, leaf.by))
        soon = leaf.order is Order.AFTER and not _is_before(plus(day, leaf.lag), start)
        return late + after + soon

    # the days of one route

    def earliest(self, point: Point, tie: Tie) -> Days | None:
        """The days of a route with nothing a day later than it has to be."""
        model = self._at(point)
        self._fix(model, self._choices, tie)
        return self._days(model, self._choices, self._times, is_latest=False)

    def latest(self, tie: Tie, target: dt.date) -> Days | None:
        """The days of a route with nothing a day sooner than the target needs; None if there are none."""
        model = CpModel()
        choices = Choices(self.case, model)
        times = Times(self.case, model, choices, is_latest=True)
        model.add(times.goal <= self.case.day(target))
        self._fix(model, choices, tie)
        return self._days(model, choices, times, is_latest=True)

    def _fix(self, model: CpModel, choices: Choices, tie: Tie) -> None:
        for name in choices.steps:
            model.add(choices.present[name] == (name in tie.steps))
        for name, lit in choices.redone.items():
            model.add(lit == (name in tie.redone))
        for each in choices.asks:
            is_in_state = each.owner not in choices.redone or each.is_behind != (each.owner in tie.redone)
            model.add(each.lit == (is_in_state and each.text in tie.choices))

    def _days(self, model: CpModel, choices: Choices, times: Times, *, is_latest: bool) -> Days | None:
        free = self._least(model, [])
        if free is None:
            return None
        to_do = [name for name in choices.steps if (lit := choices.to_do(name)) is not None and free.solver.value(lit)]
        total: _Wish = sum(times.starts[name] for name in to_do) + times.goal
        best = self._least(model, [-total if is_latest else total])
        assert best is not None
        return {
            name: (
                self.case.date(best.solver.value(times.starts[name])),
                self.case.date(best.solver.value(times.finishes[name])),
            )
            for name in to_do
        }

    # the solver

    def _least(self, model: CpModel, wishes: list[_Wish]) -> _Best | None:
        """The least value of each wish, with those before it at theirs; None if nothing is possible.

        The model keeps what was reached. An answer counts only if the solver has proven it.
        """
        values: list[int] = []
        solver: CpSolver | None = None
        for wish in wishes or [0]:
            if solver is not None:
                _hint(model, solver)
            model.minimize(wish)
            solver = self._solved(model)
            if solver is None:
                return None
            values.append(solver.value(wish))
            model.add(wish == values[-1])
            model.clear_objective()  # type: ignore[no-untyped-call]
        assert solver is not None
        return _Best(values, solver)

    def _solved(self, model: CpModel) -> CpSolver | None:
        solver = CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        solver.parameters.cp_model_probing_level = 0  # it looks for what is not there, for longer than all else takes
        solver.parameters.symmetry_level = 0
        solver.parameters.max_time_in_seconds = _SECONDS
        status = solver.solve(model)
        if status == cp_model.INFEASIBLE:
            return None
        assert status == cp_model.OPTIMAL, solver.status_name(status)
        return solver


def _hint(model: CpModel, solver: CpSolver) -> None:
    model.clear_hints()  # type: ignore[no-untyped-call]
    values = solver.response_proto.solution
    for index, value in enumerate(values):
        model.add_hint(model.get_int_var_from_proto_index(index), value)


def _is_before(one: object, other: object) -> bool:
    assert isinstance(one, int)
    assert isinstance(other, int)
    return one <= other
