"""The best shares as a linear program in exact fractions, for rules whose overlays cross in more ways than a flow has.

All limits are upper ones and 0 or more, so counting nothing is a way to begin with; the goals are compared one after
the other, never added up.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from career_path.planning.filling import Class, Demand, Problem, Solution

__all__ = ["best_corner", "program_amounts"]

Row = dict[int, Fraction]
_ONE = Fraction(1)


def program_amounts(problem: Problem, classes: Sequence[Class]) -> Solution:
    """The credits counted of each activity, and those of each class in each slot."""
    places = [(number, slot) for number, each in enumerate(classes) for slot in each.options]
    first_place = len(problem.amounts)
    columns = {place: first_place + index for index, place in enumerate(places)}
    first_need = first_place + len(places)
    rows: list[tuple[Row, Fraction]] = [({i: _ONE}, amount) for i, amount in enumerate(problem.amounts)]
    for number, each in enumerate(classes):
        filled = [columns[number, slot] for slot in each.options]
        # What is counted fills a slot, and what fills a slot is counted.
        rows.append(({**dict.fromkeys(filled, _ONE), **dict.fromkeys(each.members, -_ONE)}, Fraction()))
        rows.append(({**dict.fromkeys(filled, -_ONE), **dict.fromkeys(each.members, _ONE)}, Fraction()))
    demands = _demands(problem, columns)
    for index, (demand, parts) in enumerate(demands):
        need = first_need + index
        rows.append(({need: _ONE}, demand.least))
        rows.append(({need: _ONE, **dict.fromkeys(parts, -_ONE)}, Fraction()))
        if demand.most is not None:
            rows.append((dict.fromkeys(parts, _ONE), demand.most))
    goals: list[Row] = [
        {first_need + index: _ONE for index in range(len(demands))},
        dict.fromkeys(range(first_place), -_ONE),
        {i: Fraction(-i) for i in range(first_place)},
        {columns[place]: Fraction(-(place[1] if place[1] >= 0 else len(problem.filled))) for place in places},
    ]
    found = best_corner(rows, goals)
    return (
        {i: found.get(i, Fraction()) for i in range(first_place)},
        {place: found.get(column, Fraction()) for place, column in columns.items()},
    )


def _demands(problem: Problem, columns: dict[tuple[int, int], int]) -> list[tuple[Demand, list[int]]]:
    """The total, the slots and the overlays, each with the columns that it adds up."""
    everything = list(range(len(problem.amounts)))
    demands = [(Demand(problem.total, None, frozenset(everything)), everything)]
    for slot, demand in enumerate(problem.filled):
        demands.append((demand, [column for (_, place), column in columns.items() if place == slot]))
    return demands + [(each, sorted(each.takes)) for each in problem.overlays]


def best_corner(rows: Sequence[tuple[Row, Fraction]], goals: Sequence[Row]) -> Row:
    """The values, 0 or more, with the largest goals, the first one first; each row stays at or below its limit.

    Bland's rule chooses the pivots, so it always ends.

    >>> best_corner([({0: Fraction(2), 1: Fraction(1)}, Fraction(3))], [{0: Fraction(1), 1: Fraction(1)}])
    {1: Fraction(3, 1)}
    """
    count = 1 + max((column for row, _ in rows for column in row), default=-1)
    limit = -1  # the column of the limits
    table = [{**row, count + index: _ONE, limit: most} for index, (row, most) in enumerate(rows)]
    basis = [count + index for index in range(len(rows))]
    targets = [dict(goal) for goal in goals]
    while (column := _entering(targets, limit)) is not None:
        ratios = [
            (row.get(limit, Fraction()) / row[column], basis[i], i)
            for i, row in enumerate(table)
            if row.get(column, 0) > 0
        ]
        leaving = min(ratios)[2]
        _pivot(table, targets, leaving, column)
        basis[leaving] = column
    return {column: table[i][limit] for i, column in enumerate(basis) if column < count and table[i].get(limit)}


def _entering(targets: Sequence[Row], limit: int) -> int | None:
    """The first column that would better the first goal that it touches."""
    touched = sorted({column for goal in targets for column in goal if column != limit})
    return next((column for column in touched if _leads(targets, column)), None)


def _leads(targets: Sequence[Row], column: int) -> bool:
    return next((goal[column] > 0 for goal in targets if goal.get(column)), False)


def _pivot(table: list[Row], targets: list[Row], leaving: int, column: int) -> None:
    factor = table[leaving][column]
    table[leaving] = row = {each: value / factor for each, value in table[leaving].items()}
    for other in (*(each for i, each in enumerate(table) if i != leaving), *targets):
        share = other.get(column)
        if share:
            _take(other, row, share)


def _take(other: Row, row: Row, share: Fraction) -> None:
    """Take `share` times a row from another, in place; what becomes 0 goes."""
    for column, value in row.items():
        left = other.get(column, Fraction()) - share * value
        if left:
            other[column] = left
        else:
            other.pop(column, None)
