from __future__ import annotations

import random
import sys

import networkx as nx
import pytest

from career_path.days.numbers import ALWAYS, LAST, NEVER
from career_path.days.rules import shift
from career_path.errors import MissingExtraError
from career_path.planning.levels import Levels, levels_of
from career_path.planning.network import Arc, Network, connect
from career_path.planning.runs import for_many_runs

WIDE = 60
DEEP = 4


def drawn(seed: int) -> list[tuple[int, int, int]]:
    """Arcs over one to three layers of events, in any order; some events have none."""
    rng = random.Random(seed)
    arcs: list[tuple[int, int, int]] = []
    for target in range(WIDE, WIDE * DEEP):
        for _ in range(rng.randint(0, 4)):
            arcs.append((rng.randrange(target // WIDE * WIDE), target, rng.randint(-5, 30)))  # noqa: PERF401
    rng.shuffle(arcs)
    return arcs


def made(count: int, arcs: list[Arc]) -> Network:
    network = connect(count, arcs)
    assert isinstance(network, Network)
    return network


def by_levels(arcs: list[tuple[int, int, int]]) -> Levels:
    found = levels_of(made(WIDE * DEEP, list(arcs)))
    assert found is not None
    return found


def longest(arcs: list[tuple[int, int, int]], floors: list[int]) -> list[int]:
    """The longest ways from a source that leads to each event's floor, as networkx finds shortest ways."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    for event, floor in enumerate(floors):
        graph.add_edge(-1, event, weight=-floor)
    for origin, target, days in arcs:
        weight = min(-days, graph.get_edge_data(origin, target, {"weight": -days})["weight"])
        graph.add_edge(origin, target, weight=weight)
    length = nx.single_source_bellman_ford_path_length(graph, -1)
    return [-int(length[event]) for event in range(len(floors))]


@pytest.mark.parametrize("seed", range(5))
def test_days_by_levels_are_the_longest_ways(seed: int) -> None:
    arcs, rng = drawn(seed), random.Random(seed)
    floors = [rng.randint(1_000, 1_100) for _ in range(WIDE * DEEP)]
    assert by_levels(arcs).earliest(floors) == longest(arcs, floors)
    # Counted back from day 5,000, ceilings are floors and the arcs lead the other way.
    backward = [(target, origin, days) for origin, target, days in arcs]
    back = longest(backward, [5_000 - floor for floor in floors])
    assert by_levels(arcs).latest(floors) == [5_000 - day for day in back]


@pytest.mark.parametrize("floor", [ALWAYS, 3, LAST - 20])
def test_days_at_the_ends_of_the_line_are_those_of_the_network(floor: int) -> None:
    arcs = drawn(7)
    days = [floor] * (WIDE * DEEP)
    assert by_levels(arcs).earliest(days) == made(WIDE * DEEP, list(arcs)).earliest(days)
    assert by_levels(arcs).latest(days) == made(WIDE * DEEP, list(arcs)).latest(days)


def test_never_stays_never_by_levels() -> None:
    arcs = [(event, event + WIDE, 10) for event in range(WIDE)]
    levels = levels_of(made(2 * WIDE, list(arcs)))
    assert levels is not None
    assert levels.earliest([LAST - 5] * WIDE + [1] * WIDE) == [LAST - 5] * WIDE + [NEVER] * WIDE
    assert levels.latest([NEVER] * 2 * WIDE) == [NEVER] * 2 * WIDE


def test_levels_are_for_wide_networks_of_day_counts_without_rings() -> None:
    chain: list[Arc] = [(event, event + 1, 1) for event in range(WIDE)]
    wide: list[Arc] = [(event, event + WIDE, 10) for event in range(WIDE)]
    assert levels_of(made(WIDE + 1, chain)) is None
    assert levels_of(made(WIDE, [])) is None
    assert levels_of(made(2 * WIDE, [*wide, (0, WIDE, shift(2))])) is None
    assert levels_of(made(2 * WIDE, [*wide, (WIDE, 0, -20)])) is None
    assert levels_of(made(2 * WIDE, wide)) is not None


def test_many_runs_go_by_levels_where_that_is_faster() -> None:
    wide: list[Arc] = [(event, event + WIDE, 10) for event in range(WIDE)]
    assert isinstance(for_many_runs(made(2 * WIDE, wide)), Levels)
    narrow = made(2, [(0, 1, 10)])
    assert for_many_runs(narrow) is narrow


def test_without_numpy_many_runs_go_over_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "career_path.planning.levels")
    monkeypatch.setitem(sys.modules, "numpy", None)
    network = made(2 * WIDE, [(event, event + WIDE, 10) for event in range(WIDE)])
    assert for_many_runs(network) is network
    with pytest.raises(MissingExtraError, match=r"career-path\[numpy\]"):
        __import__("career_path.planning.levels")
