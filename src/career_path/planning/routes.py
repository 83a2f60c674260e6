"""A route: one complete choice for each ANY, AT LEAST, Holds, old record and crossing cohort."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from career_path.model.requirements import Holds, Leaf, Needs, Order, canonical
from career_path.model.timeline import Status
from career_path.planning.program import Node
from career_path.planning.texts import GOAL
from career_path.planning.work import Run

__all__ = ["Again", "Chosen", "Nogood", "Route", "nogood_of_ring", "ranks", "ring_in", "waits_for"]


class Chosen(NamedTuple):
    """A leaf that the route meets: who asks, and by which paper a Holds is met (a step, or None for one held).

    For work, `paper` is the job that counts beside the records, if one does, and `run` the days for which it is taken.
    The window of a leaf is the one that it has with its extensions; `fees` are what they cost, one each.
    """

    owner: str
    leaf: Leaf
    paper: str | None = None
    is_retrospective: bool = False
    run: Run | None = None
    fees: tuple[Decimal | None, ...] = ()

    @property
    def text(self) -> str:
        """The same text for the same choice."""
        run = "" if self.run is None else f" in {self.run.first:07}/{self.run.last:07}"
        fees = "" if not self.fees else f" extended {len(self.fees)} times for {self.fees[0]}"
        return f"{self.owner}: {canonical(self.leaf)}{'' if self.paper is None else f' from {self.paper}'}{run}{fees}"


class Again(NamedTuple):
    """A Holds that may be met by doing a step once more: the step of the pathway that asks for it, and how."""

    owner: str
    leaf: Holds


class Route(NamedTuple):
    """One complete choice, and the steps that follow from it."""

    nodes: dict[str, Node]
    chosen: tuple[Chosen, ...]
    taken_as_met: tuple[tuple[str, Leaf], ...]

    @property
    def key(self) -> tuple[int, int, tuple[str, ...], tuple[str, ...]]:
        """What decides between routes that are equally good: fewest redone, fewest steps, ids, choices."""
        redone = sum(node.status is Status.REDO for node in self.nodes.values())
        choices = [each.text for each in self.chosen] + [f"{n.id}: {n.label}" for n in self.nodes.values() if n.label]
        return redone, len(self.nodes), tuple(sorted(self.nodes)), tuple(sorted(choices))

    @property
    def identity(self) -> frozenset[tuple[str, ...]]:
        """The same for the same route, however it was found."""
        nodes = ((node.id, node.status.value, node.label) for node in self.nodes.values())
        return frozenset(chain(nodes, ((each.text,) for each in self.chosen)))


class Nogood(NamedTuple):
    """Leaves and states of steps that cannot be together in a route."""

    chosen: frozenset[Chosen]
    nodes: frozenset[tuple[str, str, str]]

    @classmethod
    def of(cls, route: Route, chosen: Iterable[Chosen], names: Iterable[str]) -> Nogood:
        """Some leaves of a route, and some of its steps in the states that they have there."""
        nodes = (route.nodes[name] for name in names if name != GOAL)
        return cls(frozenset(chosen), frozenset(map(_state, nodes)))

    def is_in(self, chosen: Collection[Chosen], nodes: Mapping[str, Node]) -> bool:
        """Whether all of it is there."""
        return all(each in chosen for each in self.chosen) and all(
            state[0] in nodes and _state(nodes[state[0]]) == state for state in self.nodes
        )


def _state(node: Node) -> tuple[str, str, str]:
    return node.id, node.status.value, node.label


def nogood_of_ring(route: Route, ring: Collection[str]) -> Nogood:
    """What leads from some steps of a route back to themselves."""
    chosen = (each for each in route.chosen if each.owner in ring and waits_for(each) in ring)
    return Nogood.of(route, chosen, ring)


def waits_for(each: Chosen) -> str | None:
    """The step that comes before the owner of a leaf; None for a leaf that no step has to come before."""
    if each.is_retrospective:
        return None
    return each.leaf.step if isinstance(each.leaf, Needs) and each.leaf.order is Order.AFTER else each.paper


def ranks(route: Route) -> dict[str, int] | None:
    """How many steps must come before each step, at the least; None if the route leads back to where it was.

    Only needs with order "after" and papers count.
    """
    found, waiting = _ranked(route)
    return None if waiting else found


def ring_in(route: Route) -> frozenset[str]:
    """The steps on ways of a route that lead back to where they were, or from one such way to another; mostly none."""
    _, left = _ranked(route)
    while left:
        asked = {waits_for(each) for each in route.chosen if each.owner in left}
        if left <= asked:
            break
        left &= {name for name in asked if name is not None}
    return frozenset(left)


def _ranked(route: Route) -> tuple[dict[str, int], set[str]]:
    """The ranks of steps, and the steps that have none."""
    needed_by: defaultdict[str, list[str]] = defaultdict(list)
    waiting = dict.fromkeys(route.nodes, 0)
    for each in route.chosen:
        before = waits_for(each)
        if before is not None and each.owner != GOAL:
            needed_by[before].append(each.owner)
            waiting[each.owner] += 1
    found = {name: 0 for name, count in waiting.items() if count == 0}
    ready = deque(found)
    while ready:
        name = ready.popleft()
        for follower in needed_by[name]:
            found[follower] = max(found.get(follower, 0), found[name] + 1)
            waiting[follower] -= 1
            if waiting[follower] == 0:
                ready.append(follower)
    return found, {name for name, count in waiting.items() if count}
