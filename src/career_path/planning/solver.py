"""The least weight of a choice by CP-SAT, for alternatives that share too much to be gone through one after the other.

Needs the extra `solver` (OR-Tools). The solver works with whole numbers and proves what it finds; what it could not
prove is not used.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs
from ortools.sat.python import cp_model

from career_path.planning.elimination import Alternatives, Option, bits

__all__ = ["least_weight"]

_LARGEST: Final = 1 << 53
"""The solver tells the weight as a float, which is exact up to here."""
_SECONDS: Final = 60.0


def least_weight(
    case: Alternatives, parts: int, todo: int, *, allowed: tuple[int, ...] | None = None, shift: int = 0
) -> int | None:
    """The least weight still to be added, with some parts there and some alternatives open; None if none will do.

    For each alternative `allowed` has a bit for each option that may be taken. The lowest `shift` bits of all weights
    count as 0. Where the weights are too large, or nothing was proved in a minute, it is a weight that is never more
    than the least.
    """
    problem = _Problem(_only(case, allowed), parts, todo, shift)
    if problem.heaviest >= _LARGEST:
        return case.floor(parts, todo)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_time_in_seconds = _SECONDS
    status = solver.solve(problem.model)
    if status == cp_model.INFEASIBLE:
        return None
    return round(solver.objective_value) << shift if status == cp_model.OPTIMAL else case.floor(parts, todo)


def _only(case: Alternatives, allowed: tuple[int, ...] | None) -> Alternatives:
    """The alternatives with the options that may be taken."""
    if allowed is None:
        return case
    options = [
        [option for place, option in enumerate(ways) if mask >> place & 1]
        for ways, mask in zip(case.options, allowed, strict=True)
    ]
    return attrs.evolve(case, options=options)


class _Problem:
    """The alternatives as a model: what is there and what is open follows from the options that are taken."""

    def __init__(self, case: Alternatives, parts: int, todo: int, shift: int) -> None:
        self.model = cp_model.CpModel()
        self._case = case
        self._there = parts
        self._has = [self.model.new_bool_var("") for _ in case.weights]
        self._is_open = [self.model.new_bool_var("") for _ in case.options]
        self._bringing: list[list[cp_model.IntVar]] = [[] for _ in case.weights]
        self._opening: list[list[cp_model.IntVar]] = [[] for _ in case.options]
        self._terms = [(weight >> shift, has) for weight, has in zip(case.weights, self._has, strict=True)]
        for place, ways in enumerate(case.options):
            self._add_alternative(place, ways, shift)
        for part in range(len(case.weights)):
            self._add_part(part)
        for place, openers in enumerate(self._opening):
            is_open = self._is_open[place]
            self._add_any(is_open, [is_open] if todo >> place & 1 else openers)
            if todo >> place & 1:
                self.model.add(is_open == 1)
        self.model.minimize(sum(weight * taken for weight, taken in self._terms if weight))

    @property
    def heaviest(self) -> int:
        """More than this nothing can weigh."""
        return sum(weight for weight, _ in self._terms)

    def _add_alternative(self, place: int, ways: Iterable[Option], shift: int) -> None:
        """If it is open, one of its options is taken."""
        taken: list[cp_model.IntVar] = []
        for option in ways:
            takes = self.model.new_bool_var("")
            self.model.add_implication(takes, self._is_open[place])
            for part in bits(option.parts & ~self._there):
                self.model.add_implication(takes, self._has[part])
                self._bringing[part].append(takes)
            self._opens(takes, option.opens)
            self._terms.append((option.weight >> shift, takes))
            taken.append(takes)
        self.model.add_at_most_one(taken)
        self._add_any(self._is_open[place], taken)

    def _add_part(self, part: int) -> None:
        """A part is there only if something brings it, and has to be if it is wanted."""
        has = self._has[part]
        if self._there >> part & 1:
            self.model.add(has == 0)  # it is not added
            return
        self._add_any(has, self._bringing[part])
        self._opens(has, self._case.opens[part])
        if self._case.wanted >> part & 1:
            self.model.add(has == 1)

    def _opens(self, cause: cp_model.IntVar, places: int) -> None:
        for place in bits(places):
            self.model.add_implication(cause, self._is_open[place])
            self._opening[place].append(cause)

    def _add_any(self, if_so: cp_model.IntVar, then: list[cp_model.IntVar]) -> None:
        self.model.add_bool_or([*then, ~if_so])
