"""Which events lead round to each other, and which rings of day counts can never come to rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

__all__ = ["growing_ring", "strong_blocks"]


def strong_blocks(leads: Mapping[int, Sequence[int]]) -> list[list[int]]:
    """The events in blocks, each of which leads round to itself; the blocks so that the others lead forward.

    `leads` tells for each event where its arcs lead; what is no event there is left out. Inside a block the events
    stand so that most arcs lead forward.

    >>> strong_blocks({0: [1], 1: [2], 2: [1, 3], 3: []})
    [[0], [1, 2], [3]]
    """
    found: list[list[int]] = []
    number: dict[int, int] = {}  # in the order of discovery
    left: dict[int, int] = {}  # in the order of leaving
    for root in leads:
        if root not in number:
            _follow(root, leads, number, left, found)
    for block in found:
        block.sort(key=left.__getitem__, reverse=True)
    found.reverse()
    return found


def _follow(
    root: int, leads: Mapping[int, Sequence[int]], number: dict[int, int], left: dict[int, int], found: list[list[int]]
) -> None:
    """The blocks reached from an event, the last one first (R. Tarjan, SIAM J. Comput. 1 (1972) 146), on a list."""
    low: dict[int, int] = {}
    waiting: list[int] = []
    number[root] = low[root] = len(number)
    trail = [(root, iter(leads[root]))]
    waiting.append(root)
    while trail:
        event, others = trail[-1]
        for other in others:
            if other not in leads:
                continue
            if other not in number:
                number[other] = low[other] = len(number)
                waiting.append(other)
                trail.append((other, iter(leads[other])))
                break
            if other in low:  # of the blocks not yet closed
                low[event] = min(low[event], number[other])
        else:
            trail.pop()
            left[event] = len(left)
            if trail:
                before = trail[-1][0]
                low[before] = min(low[before], low[event])
            if low[event] == number[event]:
                found.append(_closed(event, waiting, low))


def _closed(event: int, waiting: list[int], low: dict[int, int]) -> list[int]:
    """The block that an event began."""
    place = len(waiting) - 1 - waiting[::-1].index(event)
    block = waiting[place:]
    del waiting[place:]
    for each in block:
        del low[each]
    return block


def growing_ring(block: Sequence[int], arcs: Iterable[tuple[int, int, int, int]]) -> tuple[int, ...]:
    """The arcs of a ring whose least days add up to more than none; empty if there is no such ring.

    `arcs` are those inside the block: from, to, days at the least, number. Days rise from 0 for as many rounds as there
    are events. What has risen last then came along a ring, because no way without one has so many arcs.

    >>> growing_ring([0, 1], [(0, 1, 5, 7), (1, 0, -4, 8)])
    (7, 8)
    >>> growing_ring([0, 1], [(0, 1, 5, 7), (1, 0, -5, 8)])
    ()
    """
    inside = list(arcs)
    height = dict.fromkeys(block, 0)
    came_by: dict[int, tuple[int, int]] = {}
    for _ in range(len(block) + 1):
        risen: int | None = None
        for origin, target, days, number in inside:
            if height[origin] + days > height[target]:
                height[target] = height[origin] + days
                came_by[target] = (origin, number)
                risen = target
        ring = () if risen is None else _ring_behind(risen, came_by)
        if ring or risen is None:
            return ring
    raise AssertionError  # pragma: no cover (what rises in so many rounds has a ring behind it)


def _ring_behind(risen: int, came_by: Mapping[int, tuple[int, int]]) -> tuple[int, ...]:
    """The numbers of the arcs on the ring that walking back from an event ends in; none if it ends outside of any."""
    trail: dict[int, int] = {}
    while risen not in trail:
        if risen not in came_by:
            return ()
        origin, trail[risen] = came_by[risen]
        risen = origin
    walked = list(trail)
    return tuple(trail[event] for event in reversed(walked[walked.index(risen) :]))
