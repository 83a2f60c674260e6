"""Networks of least and greatest lags: as the longest paths say, and refused with a ring of rules where there are none.

The longest paths are found by going through all lags again and again, which needs nothing of the planner. What is
drawn follows a hidden schedule and so has a solution; a variant is made contradictory by two more lags.
"""

from __future__ import annotations

import datetime as dt
import os
import random
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pytest

from career_path import AllOf, Learner, Needs, NoRouteError, Pathway, Span, Step, plan
from career_path.model.timeline import Timeline

TODAY = dt.date(2027, 1, 4)
BLOCKS = 20 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 4
BLOCK = 25


class Lag(NamedTuple):
    """The later step starts so many days after the start or finish of the earlier one, at least or at most."""

    of: int
    event: str
    by: int
    days: int
    is_most: bool = False

    @property
    def need(self) -> Needs:
        """The same as a requirement of the later step; before the event it counts back from it."""
        span, step, of = Span(days=abs(self.days)), f"a{self.of}", self.event
        if self.is_most:
            return Needs(step, of=of, within=span, order="any")
        if self.days >= 0:
            return Needs(step, of=of, lag=span)
        return Needs(step, of=of, by=span, order="any")

    @property
    def rule(self) -> str:
        """What the requirement is called in a conflict."""
        word = "within" if self.is_most else "lag" if self.days >= 0 else "by"
        event = f"{'start of ' if self.event == 'start' else ''}a{self.of}"
        shown = f" {word} P{abs(self.days)}D" if self.days or word != "lag" else ""
        return f"steps.a{self.by}.requires: {event}{shown}"


class Network(NamedTuple):
    """Steps of so many days each, and the lags between them."""

    lengths: Sequence[int]
    lags: Sequence[Lag]

    @property
    def arcs(self) -> list[tuple[int, int, int]]:
        """From one start to another, and how many days later that is at the least."""
        found: list[tuple[int, int, int]] = []
        for lag in self.lags:
            days = lag.days + (self.lengths[lag.of] if lag.event == "finish" else 0)
            found.append((lag.by, lag.of, -days) if lag.is_most else (lag.of, lag.by, days))
        return found

    def pathway(self) -> Pathway:
        """The document of the network; its goal is every step."""
        steps = [
            Step(
                f"a{n}", takes=Span(days=days), requires=AllOf(*(lag.need for lag in self.lags if lag.by == n)), cost=0
            )
            for n, days in enumerate(self.lengths)
        ]
        return Pathway("network", goal=AllOf(*(step.id for step in steps)), steps=steps)


def drawn(seed: int, *, steps: int, is_contradictory: bool = False) -> Network:
    """A network that the hidden schedule keeps; else with two lags more, which together lead back by a day."""
    rng = random.Random(seed)
    lengths = [rng.choice([0, rng.randint(1, 30)]) for _ in range(steps)]
    starts = [rng.randint(0, 200) for _ in range(steps)]
    lags: list[Lag] = []
    for _ in range(3 * steps):
        of, by = rng.sample(range(steps), 2)
        event = rng.choice(["start", "finish"])
        apart = starts[by] - starts[of] - (lengths[of] if event == "finish" else 0)
        slack = rng.randint(0, 30)
        is_most = apart + slack >= 0 and rng.random() < 0.4
        lags.append(Lag(of, event, by, apart + slack if is_most else apart - slack, is_most))
    if is_contradictory:
        # They follow each other in the hidden schedule: else they could wait for each other, which no document may say.
        of, by = min(range(steps), key=starts.__getitem__), max(range(steps), key=starts.__getitem__)
        least = rng.randint(1, 40)
        lags += [Lag(of, "start", by, least), Lag(of, "start", by, least - 1, is_most=True)]
    return Network(lengths, lags)


def longest(count: int, arcs: Iterable[tuple[int, int, int]]) -> list[int] | None:
    """How far from the first day each step starts at the least; None if the lags lead round and round."""
    known = list(arcs)
    days = [0] * count
    for _ in range(count + 1):
        before = list(days)
        for of, by, least in known:
            days[by] = max(days[by], days[of] + least)
        if days == before:
            return days
    return None


def latest(network: Network, finish: int) -> list[int]:
    """How far from the first day each step may start at the most."""
    days = [finish - length for length in network.lengths]
    while True:
        before = list(days)
        for of, by, least in network.arcs:
            days[of] = min(days[of], days[by] - least)
        if days == before:
            return days


def days_of(timeline: Timeline, count: int, which: str) -> list[int]:
    return [(getattr(timeline.step(f"a{n}"), which) - TODAY).days for n in range(count)]


def seeds(block: int) -> range:
    return range(block * BLOCK, (block + 1) * BLOCK)


def assert_planned(network: Network) -> None:
    count = len(network.lengths)
    earliest = longest(count, network.arcs)
    assert earliest is not None
    finish = max(start + length for start, length in zip(earliest, network.lengths, strict=True))
    made = plan(network.pathway(), Learner(), today=TODAY)
    assert days_of(made, count, "start") == earliest
    assert made.finish == TODAY + dt.timedelta(days=finish)
    assert days_of(made, count, "latest_start") == latest(network, finish)


def assert_refused(network: Network) -> None:
    """No plan; the rules that are named contradict each other, and no longer if any of them is left out."""
    count = len(network.lengths)
    assert longest(count, network.arcs) is None
    with pytest.raises(NoRouteError) as caught:
        plan(network.pathway(), Learner(), today=TODAY)
    (conflict,) = caught.value.conflicts
    named = [lag for lag in dict.fromkeys(network.lags) if lag.rule in conflict.rules]
    assert {lag.rule for lag in named} == set(conflict.rules)
    assert longest(count, network._replace(lags=named).arcs) is None
    for rule in conflict.rules:
        fewer = [lag for lag in named if lag.rule != rule]
        assert longest(count, network._replace(lags=fewer).arcs) is not None


@pytest.mark.parametrize("block", range(BLOCKS))
def test_a_network_of_lags_is_planned_by_its_longest_paths(block: int) -> None:
    for seed in seeds(block):
        assert_planned(drawn(seed, steps=2 + seed % 24))


@pytest.mark.parametrize("block", range(BLOCKS))
def test_a_contradictory_network_is_refused_with_the_rules_that_contradict_each_other(block: int) -> None:
    for seed in seeds(block):
        assert_refused(drawn(seed, steps=2 + seed % 24, is_contradictory=True))


def test_large_networks_are_planned_and_refused_as_well() -> None:
    assert_planned(drawn(1, steps=300))
    assert_refused(drawn(1, steps=300, is_contradictory=True))
