"""The best shares as a flow of least cost, where the overlays form at most two families of nested sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from career_path.planning.filling import Amount, Class, Demand, Problem, Solution, place_of

__all__ = ["Families", "flow_amounts", "two_families"]

Families = tuple[tuple[int, ...], tuple[int, ...]]


def two_families(problem: Problem) -> Families | None:
    """The overlays in two families, each of sets that are nested or apart; None where it takes more.

    Where slots are filled, the way from a class to its slot leaves room for one family alone.
    """
    sets = [each.takes for each in problem.overlays]
    crossing = {
        i: [j for j, other in enumerate(sets) if one & other and not (one <= other or other <= one)]
        for i, one in enumerate(sets)
    }
    if problem.filled:
        return None if any(crossing.values()) else (tuple(range(len(sets))), ())
    sides: dict[int, int] = {}
    for start in crossing:
        if not _colored(start, crossing, sides):
            return None
    first = tuple(i for i in crossing if not sides[i])
    return first, tuple(i for i in crossing if sides[i])


def _colored(start: int, crossing: Mapping[int, Sequence[int]], sides: dict[int, int]) -> bool:
    """Whether every set that leads to this one by crossings finds a side; `sides` is filled."""
    waiting = [start]
    sides.setdefault(start, 0)
    while waiting:
        one = waiting.pop()
        for other in crossing[one]:
            if other not in sides:
                sides[other] = 1 - sides[one]
                waiting.append(other)
            elif sides[other] == sides[one]:
                return False
    return True


class _Costs(NamedTuple):
    """What a unit earns or costs; each counts more than all that the later ones can."""

    lack: int
    credit: int
    rank: int


def _costs(units: int, ranks: int, places: int) -> _Costs:
    rank = units * (places + 1) + 1
    credit = rank * units * (ranks + 1) + rank
    return _Costs(lack=credit * (units + 1) + credit, credit=credit, rank=rank)


class _Net:
    """The edges of a flow, in whole units of credit, with the reason for each."""

    def __init__(self, problem: Problem) -> None:
        limits = [problem.total]
        for each in (*problem.filled, *problem.overlays):
            limits += [each.least, each.most or Fraction()]
        self.scale = lcm(*(amount.denominator for amount in (*problem.amounts, *limits)))
        self.supply = self.units(sum(problem.amounts, Fraction()))
        self.costs = _costs(self.supply, len(problem.amounts), len(problem.filled))
        self.edges: list[tuple[str, str, int, int]] = []

    def units(self, amount: Amount) -> int:
        """An amount in whole units."""
        return int(amount * self.scale)

    def add(self, tail: str, head: str, most: int, cost: int = 0) -> int:
        """One edge more; its number."""
        self.edges.append((tail, head, most, cost))
        return len(self.edges) - 1

    def add_demand(self, tail: str, head: str, demand: Demand) -> None:
        """An edge that is rewarded until a slot has what it needs, and one for what it can hold beyond."""
        most = self.supply if demand.most is None else min(self.units(demand.most), self.supply)
        least = min(self.units(demand.least), most)
        self.add(tail, head, least, -self.costs.lack)
        self.add(tail, head, most - least)


def flow_amounts(problem: Problem, classes: Sequence[Class], families: Families) -> Solution:
    """The best way as a flow: source, first family, class, slot or second family, sink, and round again."""
    from career_path.model.graph import cheapest_circulation  # noqa: PLC0415 (networkx costs more than all else)

    net = _Net(problem)
    total = min(net.units(problem.total), net.supply)
    net.add("sink", "source", total, net.costs.credit - net.costs.lack)
    net.add("sink", "source", net.supply - total, net.costs.credit)
    inner, outer = families
    for index in inner:
        net.add_demand(_above(index, inner, problem, "source"), f"overlay {index}", problem.overlays[index])
    for index in outer:
        net.add_demand(f"overlay {index}", _above(index, outer, problem, "sink"), problem.overlays[index])
    for slot, demand in enumerate(problem.filled):
        net.add_demand(f"slot {slot}", "sink", demand)
    counted, filled = _add_classes(net, problem, classes, families)
    flow = cheapest_circulation(net.edges)
    return (
        {activity: Fraction(flow[edge], net.scale) for activity, edge in counted.items()},
        {place: Fraction(flow[edge], net.scale) for place, edge in filled.items()},
    )


def _add_classes(
    net: _Net, problem: Problem, classes: Sequence[Class], families: Families
) -> tuple[dict[int, int], dict[tuple[int, int], int]]:
    """The edges into each class, one for each activity, and out of it, one for each slot; their numbers."""
    counted: dict[int, int] = {}
    filled: dict[tuple[int, int], int] = {}
    for number, each in enumerate(classes):
        node = f"class {number}"
        came = _smallest(each, families[0], problem, "source")
        for activity in each.members:
            most, cost = net.units(problem.amounts[activity]), net.costs.rank * activity
            counted[activity] = net.add(came, node, most, cost)
        rest = _smallest(each, families[1], problem, "sink")
        for slot in each.options:
            goes = rest if slot < 0 else f"slot {slot}"
            filled[number, slot] = net.add(node, goes, net.supply, place_of(slot, problem))
    return counted, filled


def _smallest(each: Class, family: Sequence[int], problem: Problem, end: str) -> str:
    """The node of the innermost set of a family that a class lies in."""
    within = [index for index in family if index in each.overlays]
    return _innermost(within, problem, end)


def _above(index: int, family: Sequence[int], problem: Problem, end: str) -> str:
    """The node of the next larger set of a nested family; of equal sets the first lies outside."""
    own = problem.overlays[index].takes
    around = [i for i in family if i != index and own <= problem.overlays[i].takes]
    return _innermost([i for i in around if own < problem.overlays[i].takes or i < index], problem, end)


def _innermost(sets: Sequence[int], problem: Problem, end: str) -> str:
    if not sets:
        return end
    return f"overlay {min(sets, key=lambda i: (len(problem.overlays[i].takes), -i))}"
