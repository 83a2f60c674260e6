"""Where the steps of a graph stand: in layers from top to bottom, near what they belong to, never on each other.

A layer holds a few steps at most, so that the picture stays as narrow as a page. An edge that crosses layers runs
through a narrow lane in each; edges to the same step share their lanes, so they come together early, like a tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, combinations, pairwise
from statistics import fmean
from typing import NamedTuple

import attrs

__all__ = [
    "GOAL",
    "LAYER_GAP",
    "MARGIN",
    "NODE_HEIGHT",
    "NODE_WIDTH",
    "Edge",
    "Lane",
    "Layout",
    "Point",
    "laid_out",
    "layers_of",
    "ordered",
    "points_of",
    "spread",
]

NODE_WIDTH, NODE_HEIGHT = 168, 66
LAYER_GAP, MARGIN = 46, 8
_GAP = 22
_LANE = 14
"""The width of a lane through which edges run past a layer."""
_WIDEST = 4
"""The most steps beside each other."""
_ROUNDS = 8
_PULL = 0.1
"""How strongly places are drawn to the middle of the picture until the last round, which makes chains straight; an edge
has the strength 1."""


GOAL = ""
"""The id of the goal among the steps; no step has it."""


class Lane(NamedTuple):
    """Where the edges to one step pass a layer."""

    target: str
    layer: int


Place = str | Lane
Edge = tuple[str, str]
Point = tuple[float, float]


@attrs.frozen(kw_only=True)
class Layout:
    """The middle of every step and lane across, the layer of every step, and all edges."""

    layers: tuple[tuple[Place, ...], ...]
    middle: Mapping[Place, float]
    layer: Mapping[str, int]
    needs: Sequence[Edge]
    any_order: Sequence[Edge]

    def top(self, step: Place) -> int:
        """How far down a step or lane begins."""
        layer = step.layer if isinstance(step, Lane) else self.layer[step]
        return MARGIN + layer * (NODE_HEIGHT + LAYER_GAP)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the picture."""
        width = max(x + _width(place) / 2 for place, x in self.middle.items()) + MARGIN
        return round(width, 1), len(self.layers) * (NODE_HEIGHT + LAYER_GAP) - LAYER_GAP + 2 * MARGIN


def laid_out(ids: Sequence[str], needs: Sequence[Edge], any_order: Sequence[Edge] = ()) -> Layout:
    """A place for every id, the edges of `needs` leading down as far as they form no ring.

    >>> layout = laid_out(["a", "b"], [("a", "b")])
    >>> layout.middle["a"], layout.top("a"), layout.middle["b"], layout.top("b"), layout.size
    (92.0, 8, 92.0, 120, (184.0, 194))
    """
    ranks = layers_of(ids, needs, widest=_WIDEST)
    layer = {step: index for index, steps in enumerate(ranks) for step in steps}
    down = [edge if layer[edge[0]] <= layer[edge[1]] else (edge[1], edge[0]) for edge in (*needs, *any_order)]
    links = list(dict.fromkeys(link for edge in down for link in _links(edge, layer)))
    lanes = dict.fromkeys(place for link in links for place in link if isinstance(place, Lane))
    whole: list[list[Place]] = [
        [*steps, *(lane for lane in lanes if lane.layer == index)] for index, steps in enumerate(ranks)
    ]
    layers = ordered(whole, links)
    return Layout(
        layers=layers, middle=_middles(layers, links), layer=layer, needs=tuple(needs), any_order=tuple(any_order)
    )


def layers_of(ids: Sequence[str], needs: Iterable[Edge], *, widest: int) -> tuple[tuple[str, ...], ...]:
    """Every id in a layer below all that it needs, and not more than `widest` in one; the goal is alone in the last.

    Ids that come first in the order given are placed first. In a ring the first one goes before what it needs.

    >>> layers_of(["a", "b", "c", "d"], [("a", "d"), ("b", "d")], widest=2)
    (('a', 'b'), ('c', 'd'))
    """
    before: dict[str, set[str]] = {each: set() for each in ids}
    for source, target in needs:
        before[target].add(source)
    left = [each for each in ids if each != GOAL]
    layers: list[tuple[str, ...]] = []
    done: set[str] = set()
    while left:
        ready = [each for each in left if before[each] <= done] or left[:1]
        layers.append(tuple(ready[:widest]))
        done.update(ready[:widest])
        left = [each for each in left if each not in done]
    return (*layers, (GOAL,)) if GOAL in before else tuple(layers)


def _links(edge: Edge, layer: Mapping[str, int]) -> Iterator[tuple[Place, Place]]:
    """The pieces of an edge, each from one layer to the next; none within a layer."""
    places = _way(edge, layer)
    return pairwise(places) if layer[edge[0]] < layer[edge[1]] else iter(())


def _way(edge: Edge, layer: Mapping[str, int]) -> tuple[Place, ...]:
    source, target = edge
    between = range(layer[source] + 1, layer[target])
    return (source, *(Lane(target, index) for index in between), target)


def ordered(layers: Sequence[Sequence[Place]], links: Sequence[tuple[Place, Place]]) -> tuple[tuple[Place, ...], ...]:
    """The same layers, each in an order in which few links cross: by the mean of what a place is linked to.

    >>> ordered([["a", "b"], ["c", "d"]], [("a", "d"), ("b", "c")])
    (('a', 'b'), ('d', 'c'))
    """
    above, below = _neighbors(links)
    current = [list(layer) for layer in layers]
    tried = [_frozen(current)]
    for _ in range(_ROUNDS):
        for upper, lower in pairwise(current):
            _sort(lower, above, upper)
        tried.append(_frozen(current))
        for lower, upper in pairwise(current[::-1]):
            _sort(upper, below, lower)
        tried.append(_frozen(current))
    return min(tried, key=lambda order: _crossings(order, links))


def _frozen(layers: Sequence[Sequence[Place]]) -> tuple[tuple[Place, ...], ...]:
    return tuple(map(tuple, layers))


Neighbors = Mapping[Place, Sequence[Place]]


def _neighbors(links: Iterable[tuple[Place, Place]]) -> tuple[Neighbors, Neighbors]:
    """What each place is linked to in the layer above, and in the one below."""
    above: dict[Place, list[Place]] = {}
    below: dict[Place, list[Place]] = {}
    for upper, lower in links:
        above.setdefault(lower, []).append(upper)
        below.setdefault(upper, []).append(lower)
    return above, below


def _sort(layer: list[Place], linked: Neighbors, other: Sequence[Place]) -> None:
    """Sort a layer by the layer beside it; a place without links there keeps its share of the width."""
    place = {each: index for index, each in enumerate(other)}
    share = {each: index * len(other) / len(layer) for index, each in enumerate(layer)}
    layer.sort(
        key=lambda each: fmean(place[near] for near in linked[each]) if linked.get(each) else share[each],
    )


def _crossings(layers: Sequence[Sequence[Place]], links: Iterable[tuple[Place, Place]]) -> int:
    layer = {each: index for index, places in enumerate(layers) for each in places}
    place = {each: index for places in layers for index, each in enumerate(places)}
    by_layer: dict[int, list[tuple[int, int]]] = {}
    for upper, lower in links:
        by_layer.setdefault(layer[upper], []).append((place[upper], place[lower]))
    return sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for pairs in by_layer.values() for a, b in combinations(pairs, 2))


def spread(wanted: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """The positions nearest to those wanted (least squares) that keep at least these gaps between neighbors.

    >>> spread([0, 0], [10]), spread([0, 30], [10])
    ([-5.0, 5.0], [0.0, 30.0])
    """
    offsets = list(accumulate(gaps, initial=0.0))
    # Without the gaps the positions must only not fall: neighbors out of order share their mean.
    pools: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=False):
        mean, count = want - offset, 1
        while pools and pools[-1][0] >= mean:
            other, others = pools.pop()
            mean, count = (mean * count + other * others) / (count + others), count + others
        pools.append((mean, count))
    level = [mean for mean, count in pools for _ in range(count)]
    return [mean + offset for mean, offset in zip(level, offsets, strict=False)]


def _middles(layers: Sequence[Sequence[Place]], links: Sequence[tuple[Place, Place]]) -> dict[Place, float]:
    """The middle of every place across, near the middles of what it is linked to."""
    above, below = _neighbors(links)
    middle: dict[Place, float] = {}
    for layer in layers:
        middle.update(_spread_layer(layer, dict.fromkeys(layer, 0.0)))
    for left in range(_ROUNDS, 0, -1):
        pull = _PULL if left > 1 else 0.0
        for linked, order in ((above, layers), (below, layers[::-1])):
            for layer in order:
                middle.update(_spread_layer(layer, {each: _wanted(each, linked, middle, pull) for each in layer}))
    edge = min(middle[each] - _width(each) / 2 for each in middle)
    return {each: round(x - edge + MARGIN, 1) for each, x in middle.items()}


def _wanted(place: Place, linked: Neighbors, middle: Mapping[Place, float], pull: float) -> float:
    """The mean of what a place is linked to, drawn a little to the axis of the picture, so that it stays narrow."""
    near = [middle[other] for other in linked.get(place, ())] or [middle[place]]
    return sum(near) / (len(near) + pull)


def _spread_layer(layer: Sequence[Place], wanted: Mapping[Place, float]) -> dict[Place, float]:
    gaps = [(_width(a) + _width(b)) / 2 + _gap(a, b) for a, b in pairwise(layer)]
    return dict(zip(layer, spread([wanted[each] for each in layer], gaps), strict=True))


def _width(place: Place) -> float:
    return _LANE if isinstance(place, Lane) else NODE_WIDTH


def _gap(a: Place, b: Place) -> float:
    return 0 if isinstance(a, Lane) or isinstance(b, Lane) else _GAP


def points_of(edge: Edge, layout: Layout) -> tuple[Point, ...]:
    """From the lower side of one step, through its lanes, to the upper side of another; within a layer, below it."""
    source, target = edge
    start = (layout.middle[source], layout.top(source) + NODE_HEIGHT)
    if layout.layer[source] == layout.layer[target]:
        return start, (layout.middle[target], layout.top(target) + NODE_HEIGHT)
    lanes = _way(edge, layout.layer)[1:-1]
    ends = ((layout.middle[lane], layout.top(lane) + depth) for lane in lanes for depth in (0, NODE_HEIGHT))
    return start, *ends, (layout.middle[target], layout.top(target))
