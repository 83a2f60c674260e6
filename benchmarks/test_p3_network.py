"""P3: earliest and latest dates with slack of a layered graph, where each step waits for three of the layer before.

One-off is from the steps and arcs to the dates. Repeated is from other first days to the dates, with whatever can be
made once kept. Everybody gets the same lists and gives back the same ones.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import pairwise
from math import isqrt
from operator import add
from typing import NamedTuple

import networkx as nx
import numpy as np
import pytest
import rustworkx as rx
from pytest_benchmark.fixture import BenchmarkFixture

from career_path.planning.levels import levels_of
from career_path.planning.network import Network, connect, slack
from career_path.planning.runs import Dates, for_many_runs

START = 739_000
FAN_IN = 3
SIZES = (10, 1_000, 100_000, 1_000_000)
LARGE = 1_000_000
QUICK = ("career_path", "lists of ints", "NumPy by level")
"""Who is asked about a million steps; the others would take half a minute."""

Arcs = Sequence[tuple[int, int, int]]
Found = tuple[Sequence[int], Sequence[int], Sequence[int]]
"""Earliest starts, latest starts, slack."""
Run = Callable[[Sequence[int]], Found]
"""From the first day of each step to what is found."""


class Case(NamedTuple):
    """Days that each step takes, and from which step to which an arc leads with how many days."""

    days: Sequence[int]
    arcs: Arcs
    floors: Sequence[int]


@cache
def layered(size: int, *, is_shuffled: bool = False) -> Case:
    """Layers as wide as there are layers; steps in order, or with their numbers and arcs in any order."""
    rng = random.Random(size)
    width = max(FAN_IN, isqrt(size))
    days = [rng.randint(1, 30) for _ in range(size)]
    arcs: list[tuple[int, int, int]] = []
    for step in range(width, size):
        first = (step // width - 1) * width
        arcs += [(other, step, days[other]) for other in rng.sample(range(first, first + width), FAN_IN)]
    if is_shuffled:
        number = rng.sample(range(size), size)
        arcs = [(number[origin], number[target], later) for origin, target, later in arcs]
        rng.shuffle(arcs)
        taken = dict(zip(number, days, strict=True))
        days = [taken[step] for step in range(size)]
    return Case(days, arcs, [START] * size)


def ceilings(earliest: Sequence[int], days: Sequence[int]) -> list[int]:
    """The last start of each step that does not move the end of them all."""
    end = max(map(add, earliest, days))
    return list(map(end.__sub__, days))


def by_career_path(case: Case) -> Run:
    """Our network."""
    network = connect(len(case.days), case.arcs)
    assert isinstance(network, Network)
    return dated(network, case)


def by_career_path_again(case: Case) -> Run:
    """Our network, made ready for many runs."""
    network = connect(len(case.days), case.arcs)
    assert isinstance(network, Network)
    return dated(for_many_runs(network), case)


def dated(dates: Dates, case: Case) -> Run:
    def run(floors: Sequence[int]) -> Found:
        earliest = dates.earliest(floors)
        latest = dates.latest(ceilings(earliest, case.days))
        return earliest, latest, slack(earliest, latest)

    return run


def by_career_path_arrays(case: Case) -> Run:
    """The same with arrays; only the answer becomes lists."""
    network = connect(len(case.days), case.arcs)
    assert isinstance(network, Network)
    levels = levels_of(network)
    assert levels is not None
    days = np.array(case.days)

    def run(floors: Sequence[int]) -> Found:
        earliest = levels.earliest_days(np.asarray(floors))
        latest = levels.latest_days((earliest + days).max() - days)
        return earliest, latest, latest - earliest  # type: ignore[return-value]

    return run


def by_networkx(case: Case) -> Run:
    """A loop over a graph of networkx in topological order."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from((step, {"days": taken}) for step, taken in enumerate(case.days))
    graph.add_edges_from((origin, target, {"later": later}) for origin, target, later in case.arcs)
    order = list(nx.topological_sort(graph))

    def run(floors: Sequence[int]) -> Found:
        earliest: dict[int, int] = {}
        for step in order:
            reached = (earliest[other] + arc["later"] for other, arc in graph.pred[step].items())
            earliest[step] = max(reached, default=floors[step])
        end = max(day + graph.nodes[step]["days"] for step, day in earliest.items())
        latest: dict[int, int] = {}
        for step in reversed(order):
            back = (latest[other] - arc["later"] for other, arc in graph.succ[step].items())
            latest[step] = min(back, default=end - graph.nodes[step]["days"])
        steps = range(len(case.days))
        return (
            [earliest[step] for step in steps],
            [latest[step] for step in steps],
            [latest[step] - earliest[step] for step in steps],
        )

    return run


def by_rustworkx(case: Case) -> Run:
    """The same loop over a graph of rustworkx."""
    graph: rx.PyDiGraph[int, int] = rx.PyDiGraph()
    graph.add_nodes_from(case.days)
    graph.add_edges_from(case.arcs)
    order = rx.topological_sort(graph)

    def run(floors: Sequence[int]) -> Found:
        earliest, latest = list(floors), [0] * len(floors)
        for step in order:
            reached = (earliest[other] + later for other, _, later in graph.in_edges(step))
            earliest[step] = max(reached, default=floors[step])
        end = max(map(add, earliest, case.days))
        for step in reversed(order):
            back = (latest[other] - later for _, other, later in graph.out_edges(step))
            latest[step] = min(back, default=end - case.days[step])
        return earliest, latest, [late - early for early, late in zip(earliest, latest, strict=True)]

    return run


def by_lists(case: Case) -> Run:
    """Lists of integers and loops, as somebody writes them who wants speed: arcs by step, order by Kahn."""
    into: list[list[tuple[int, int]]] = [[] for _ in case.days]
    out: list[list[tuple[int, int]]] = [[] for _ in case.days]
    for origin, target, later in case.arcs:
        into[target].append((origin, later))
        out[origin].append((target, later))
    waits = list(map(len, into))
    order = [step for step, before in enumerate(waits) if not before]
    for step in order:
        for other, _ in out[step]:
            waits[other] -= 1
            if not waits[other]:
                order.append(other)
    return partial(loop_over_lists, case.days, order, into, out)


Neighbors = Sequence[Sequence[tuple[int, int]]]


def loop_over_lists(
    days: Sequence[int], order: Sequence[int], into: Neighbors, out: Neighbors, floors: Sequence[int]
) -> Found:
    earliest = list(floors)
    for step in order:
        day = earliest[step]
        for other, later in into[step]:
            reached = earliest[other] + later
            if reached > day:  # noqa: PLR1730 (calling `max` takes longer)
                day = reached
        earliest[step] = day
    latest = ceilings(earliest, days)
    for step in reversed(order):
        day = latest[step]
        for other, later in out[step]:
            back = latest[other] - later
            if back < day:  # noqa: PLR1730 (as above)
                day = back
        latest[step] = day
    return earliest, latest, [late - early for early, late in zip(earliest, latest, strict=True)]


def by_level(case: Case) -> Run:
    """NumPy, one layer after the other, for whoever knows that each step of a layer waits for three of the one before.

    Where this is known, there is nothing to sort and nothing to look up.
    """
    size, width = len(case.days), max(FAN_IN, isqrt(len(case.days)))
    origins = np.array([origin for origin, _, _ in case.arcs]).reshape(-1, FAN_IN)
    taken = np.array(case.days)
    layers = [slice(first, min(first + width, size)) for first in range(width, size, width)]
    whence = [origins[layer.start - width : layer.stop - width] for layer in layers]

    def run(floors: Sequence[int]) -> Found:
        earliest = np.array(floors)
        for layer, others in zip(layers, whence, strict=True):
            np.maximum(earliest[layer], (earliest[others] + taken[others]).max(axis=1), out=earliest[layer])
        latest = (earliest + taken).max() - taken
        for layer, others in zip(reversed(layers), reversed(whence), strict=True):
            np.minimum.at(latest, others.ravel(), np.repeat(latest[layer], FAN_IN) - taken[others.ravel()])
        return earliest.tolist(), latest.tolist(), (latest - earliest).tolist()

    return run


ONE_OFF = {
    "career_path": by_career_path,
    "networkx loop": by_networkx,
    "rustworkx loop": by_rustworkx,
    "lists of ints": by_lists,
}
REPEATED = {
    "career_path": by_career_path_again,
    "career_path, arrays": by_career_path_arrays,
    "networkx loop": by_networkx,
    "rustworkx loop": by_rustworkx,
    "lists of ints": by_lists,
    "NumPy by level": by_level,
}


def pairs(who: Sequence[str], sizes: Sequence[int]) -> list[object]:
    """Each size with each peer that is asked about it."""
    return [
        pytest.param(size, name, marks=[pytest.mark.long] if size >= LARGE else [])
        for size in sizes
        for name in who
        if (size < LARGE or name in QUICK) and (size >= SIZES[1] or name != "career_path, arrays")
    ]


@cache
def expected(size: int, *, is_shuffled: bool = False) -> list[tuple[int, ...]]:
    """What our own network finds; it is compared with what everybody else does."""
    case = layered(size, is_shuffled=is_shuffled)
    return [tuple(column) for column in by_career_path(case)(case.floors)]


def measure(benchmark: BenchmarkFixture, call: Callable[[], Found], size: int) -> None:
    rounds = 5 if size < SIZES[2] else 3 if size < LARGE else 2
    benchmark.pedantic(call, rounds=rounds, iterations=max(1, 2_000 // size), warmup_rounds=1)


@pytest.mark.parametrize(("size", "who"), pairs(tuple(ONE_OFF), SIZES))
def test_once(size: int, who: str, benchmark: BenchmarkFixture) -> None:
    benchmark.group = f"P3 {size:,} steps, one-off"
    benchmark.extra_info.update(row="P3", size=f"{size:,} steps", part="one-off", who=who, per=size)
    case, make = layered(size), ONE_OFF[who]
    assert [tuple(column) for column in make(case)(case.floors)] == expected(size)
    measure(benchmark, lambda: make(case)(case.floors), size)


@pytest.mark.parametrize(("size", "who"), pairs(tuple(ONE_OFF), SIZES[:-1]))
def test_once_in_any_order(size: int, who: str, benchmark: BenchmarkFixture) -> None:
    benchmark.group = f"P3 {size:,} steps, one-off, shuffled"
    benchmark.extra_info.update(row="P3", size=f"{size:,} steps", part="one-off, shuffled", who=who, per=size)
    case, make = layered(size, is_shuffled=True), ONE_OFF[who]
    assert [tuple(column) for column in make(case)(case.floors)] == expected(size, is_shuffled=True)
    measure(benchmark, lambda: make(case)(case.floors), size)


@pytest.mark.parametrize(("size", "who"), pairs(tuple(REPEATED), SIZES))
def test_again(size: int, who: str, benchmark: BenchmarkFixture) -> None:
    benchmark.group = f"P3 {size:,} steps, repeated"
    benchmark.extra_info.update(row="P3", size=f"{size:,} steps", part="repeated", who=who, per=size)
    case = layered(size)
    run = REPEATED[who](case)
    assert [tuple(map(int, column)) for column in run(case.floors)] == expected(size)
    later = [floor + 1 for floor in case.floors]
    assert all(b - a == 1 for a, b in pairwise((run(case.floors)[0][-1], run(later)[0][-1])))
    measure(benchmark, lambda: run(later), size)
