from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise, product

import networkx as nx
import pytest

from career_path.days.day_rules import Weekdays
from career_path.days.numbers import ALWAYS, LAST, NEVER
from career_path.days.rules import Rule, roll_to, shift
from career_path.errors import InvalidValueError
from career_path.model.timeline import ReasonKind
from career_path.planning.bounds import Because, Ceiling, Edge, Floor
from career_path.planning.network import Arc, Network, Ring, connect, slack
from career_path.planning.solve import Derived, Failure, System, greatest, least
from career_path.planning.timing import Limit

SHORT = 6
"""The last day of networks that are small enough to try every day of every event."""
SHORT_LINE = (*range(ALWAYS, SHORT + 1), NEVER)


def made(count: int, arcs: Sequence[Arc], *, last: int = LAST) -> Network:
    network = connect(count, arcs, last=last)
    assert isinstance(network, Network)
    return network


def table(rng: random.Random) -> Rule:
    """A rule that is any growing function on a short line, and never after its last day."""
    reached = sorted(rng.choices(SHORT_LINE, k=SHORT))

    def f(day: int) -> int:
        return day if day in {ALWAYS, NEVER} else reached[day - 1] if day <= SHORT else NEVER

    def latest(day: int) -> int:
        return max((each for each in SHORT_LINE if f(each) <= day), default=ALWAYS)

    return Rule(f, latest)


def drawn(rng: random.Random, count: int, *, with_rules: bool) -> list[Arc]:
    found: list[Arc] = []
    for _ in range(rng.randint(1, 2 * count)):
        rule = table(rng) if with_rules and rng.random() < 0.5 else rng.randint(-4, 4)
        found.append((rng.randrange(count), rng.randrange(count), rule))
    return found


def is_kept(days: Sequence[int], arcs: Sequence[Arc]) -> bool:
    for origin, target, rule in arcs:
        reached = (shift(rule) if isinstance(rule, int) else rule).f(days[origin])
        if days[target] < (NEVER if reached > SHORT else reached):
            return False
    return True


def has_growing_ring(count: int, arcs: Sequence[Arc]) -> bool:
    """Whether some ring of day counts leads forward, as networkx finds rings of negative weight."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(count))
    for origin, target, rule in arcs:
        if isinstance(rule, int):
            known = graph.get_edge_data(origin, target, {"weight": 0})["weight"]
            weight = -rule if not graph.has_edge(origin, target) else min(known, -rule)
            graph.add_edge(origin, target, weight=weight)
    return nx.negative_edge_cycle(graph)


@pytest.mark.parametrize("with_rules", [False, True])
def test_days_are_the_least_and_the_greatest_of_all_that_keep_the_arcs(*, with_rules: bool) -> None:
    rng = random.Random(11)
    solved = 0
    for _ in range(150):
        arcs = drawn(rng, 3, with_rules=with_rules)
        network = connect(3, arcs, last=SHORT)
        if isinstance(network, Ring):
            assert has_growing_ring(3, arcs)
            continue
        solved += 1
        kept = [days for days in product(SHORT_LINE, repeat=3) if is_kept(days, arcs)]
        floors = rng.choices(SHORT_LINE, k=3)
        above = [days for days in kept if all(day >= floor for day, floor in zip(days, floors, strict=True))]
        assert network.earliest(floors) == [min(column) for column in zip(*above, strict=True)]
        ceilings = rng.choices(SHORT_LINE, k=3)
        below = [days for days in kept if all(day <= top for day, top in zip(days, ceilings, strict=True))]
        assert network.latest(ceilings) == [max(column) for column in zip(*below, strict=True)]
    assert solved > 50


def test_a_ring_is_refused_exactly_where_day_counts_lead_round_and_forward() -> None:
    rng = random.Random(12)
    refused = 0
    for _ in range(300):
        count = rng.randint(1, 7)
        arcs = drawn(rng, count, with_rules=False)
        network = connect(count, arcs)
        assert isinstance(network, Ring) == has_growing_ring(count, arcs)
        if isinstance(network, Ring):
            refused += 1
            ring = [arcs[number] for number in network.arcs]
            assert all(one[1] == other[0] for one, other in pairwise([*ring, ring[0]]))
            assert sum(rule for _, _, rule in ring if isinstance(rule, int)) > 0
    assert refused > 50


def test_rules_that_lead_forward_at_the_least_make_a_ring_as_day_counts_do() -> None:
    assert connect(2, [(0, 1, shift(3)), (1, 0, -2)]) == Ring((0, 1))


def test_a_ring_of_least_and_greatest_lags_is_dated_until_nothing_moves() -> None:
    # Event 1 is 5 to 8 days after event 0, event 2 is 4 to 4 days after event 1.
    network = made(3, [(0, 1, 5), (1, 0, -8), (1, 2, 4), (2, 1, -4)])
    assert network.earliest([100, 0, 120]) == [108, 116, 120]
    assert network.latest([100, NEVER, 108]) == [99, 104, 108]


def test_what_lies_behind_a_ring_is_dated_after_it() -> None:
    network = made(4, [(3, 2, 1), (1, 3, 7), (1, 0, -8), (0, 1, 5)])
    assert network.earliest([10, 0, 0, 0]) == [10, 15, 23, 22]
    assert network.latest([NEVER, NEVER, 23, NEVER]) == [10, 15, 23, 22]


def test_a_day_count_that_leads_back_from_the_last_day_stays_never() -> None:
    network = made(3, [(0, 1, 10), (1, 2, -10)])
    assert network.earliest([LAST - 5, 1, 1]) == [LAST - 5, NEVER, NEVER]
    assert network.earliest([LAST - 10, 1, 1]) == [LAST - 10, LAST, LAST - 10]


def test_a_day_count_that_leads_back_over_the_first_day_stays_always() -> None:
    network = made(3, [(0, 1, -10), (1, 2, 20)])
    assert network.earliest([5, ALWAYS, ALWAYS]) == [5, ALWAYS, ALWAYS]
    assert network.latest([NEVER, NEVER, 8]) == [10, ALWAYS, 8]


def test_events_that_nothing_bounds_have_no_day() -> None:
    network = made(3, [(0, 1, 10)])
    assert network.earliest([100, ALWAYS, ALWAYS]) == [100, 110, ALWAYS]
    assert network.latest([NEVER, 110, NEVER]) == [100, 110, NEVER]


def test_days_after_the_last_are_never() -> None:
    network = made(2, [(0, 1, 10)], last=1_000)
    assert network.earliest([995, 0]) == [995, NEVER]
    assert network.latest([NEVER, LAST]) == [990, 1_000]
    assert made(2, [(0, 1, -10)], last=1_000).latest([NEVER, 995]) == [1_000, 995]


def test_runs_leave_a_network_and_what_they_are_given_as_they_are() -> None:
    network, floors = made(2, [(0, 1, 10)]), [100, 0]
    assert network.earliest(floors) == network.earliest(floors) == [100, 110]
    assert floors == [100, 0]
    assert network.earliest([200, 0]) == [200, 210]


def test_an_empty_network_has_no_days() -> None:
    network = made(0, [])
    assert network.earliest([]) == network.latest([]) == slack([], []) == []


@pytest.mark.parametrize("arc", [(0, 2, 1), (2, 0, 1), (-1, 0, 1), (0, -1, 1)])
def test_an_arc_from_or_to_what_is_no_event_is_refused(arc: tuple[int, int, int]) -> None:
    with pytest.raises(InvalidValueError) as caught:
        connect(2, [arc])
    assert caught.value.code == "no-event"


@pytest.mark.parametrize("which", ["earliest", "latest"])
def test_a_day_is_given_for_each_event(which: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        getattr(made(2, []), which)([1])
    assert caught.value.code == "not-all"


def test_slack_is_below_none_where_an_event_is_late_and_never_where_nothing_bounds_it() -> None:
    assert slack([100, 120, 130], [105, 110, 130]) == [5, -10, 0]
    assert slack([100, ALWAYS, 130], [NEVER, 110, 131]) == [NEVER, NEVER, 1]


@pytest.mark.parametrize("is_reversed", [False, True])
def test_no_chain_of_events_is_too_long(*, is_reversed: bool) -> None:
    count = 20_000
    chain = [(event, event + 1, 1) for event in range(count - 1)]
    network = made(count, chain[::-1] if is_reversed else chain)
    assert network.earliest([100] + [0] * (count - 1)) == list(range(100, 100 + count))
    assert network.latest([NEVER] * (count - 1) + [100 + count]) == list(range(101, 101 + count))


def test_no_ring_of_events_is_too_long() -> None:
    count = 20_000
    arcs = [(event, event + 1, 1) for event in range(count - 1)]
    network = made(count, [*arcs, (count - 1, 0, 1 - count)])
    assert network.earliest([100] + [0] * (count - 1)) == list(range(100, 100 + count))
    assert len(made_ring(count, [*arcs, (count - 1, 0, 2 - count)]).arcs) == count


def made_ring(count: int, arcs: Sequence[Arc]) -> Ring:
    ring = connect(count, arcs)
    assert isinstance(ring, Ring)
    return ring


# the same days as those that plans are made of

HORIZON = 400
WHY = Because(ReasonKind.NEEDS, "rule")


def mondays(unknown: str) -> Limit:
    """Every seventh day."""
    days = roll_to(Weekdays(days=["mon"]))
    return Limit(ReasonKind.OPENING, unknown, days.f, days.latest)


def system_of(rng: random.Random, count: int) -> System:
    names = [f"s{number}" for number in range(count)]
    edges: list[Edge] = []
    for _ in range(rng.randint(count, 2 * count)):
        origin, target = rng.sample(range(count), 2)
        days = rng.randint(0, 20) if origin < target else -rng.randint(10, 60)
        rule = shift(days)
        edges.append(Edge(names[origin], names[target], rule.f, rule.latest, days, WHY, WHY))
    return System(
        order=names,
        edges=edges,
        floors=[Floor(name, rng.randint(100, 140), WHY) for name in names],
        ceilings=[Ceiling(name, rng.randint(180, 260), WHY) for name in rng.sample(names, count // 3)],
        limits={name: (mondays(name),) for name in names if rng.random() < 0.3},
        finishes=dict.fromkeys(names, shift(0)),
    )


def network_of(system: System) -> Network | Ring:
    number = {name: index for index, name in enumerate(system.order)}
    arcs: list[Arc] = [
        (number[edge.origin], number[edge.target], Rule(edge.forward, edge.backward, edge.least_shift))
        for edge in system.edges
    ]
    for name, limits in system.limits.items():
        arcs += [(number[name], number[name], Rule(each.on_or_after, each.on_or_before, 0)) for each in limits]
    return connect(len(number), arcs, last=HORIZON)


def test_earliest_days_are_those_of_the_solver_that_keeps_reasons() -> None:
    rng = random.Random(13)
    solved = 0
    for _ in range(150):
        system = system_of(rng, rng.randint(2, 12))
        found, network = least(system, HORIZON), network_of(system)
        if isinstance(network, Ring):
            assert isinstance(found, Failure)
            continue
        days = network.earliest([floor.day for floor in system.floors])
        tops = {ceiling.unknown: ceiling.day for ceiling in system.ceilings}
        is_late = any(day > tops.get(name, HORIZON) for name, day in zip(system.order, days, strict=True))
        assert isinstance(found, Failure) == is_late
        if not isinstance(found, Failure):
            solved += 1
            assert days == [found[name].day for name in system.order]
    assert solved > 50


def test_latest_days_are_those_of_the_solver_that_keeps_reasons() -> None:
    rng = random.Random(14)
    solved = 0
    for _ in range(150):
        system, target = system_of(rng, rng.randint(2, 12)), rng.randint(150, 250)
        network = network_of(system)
        if isinstance(network, Ring):
            continue
        found = greatest(system, Derived(system.order[-1], target, WHY), HORIZON)
        tops = {ceiling.unknown: ceiling.day for ceiling in system.ceilings}
        tops[system.order[-1]] = min(target, tops.get(system.order[-1], target))
        days = network.latest([tops.get(name, NEVER) for name in system.order])
        is_early = any(day < floor.day for day, floor in zip(days, system.floors, strict=True))
        assert (found is None) == is_early
        if found is not None:
            solved += 1
            assert days == [found[name].day if name in found else NEVER for name in system.order]
    assert solved > 30
