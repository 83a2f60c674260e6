"""Large networks of plain day counts in NumPy, level by level: for whoever dates the same network again and again.

An event's level is the number of arcs on the longest way to it. Everything on a level is dated at once, so that what
Python does counts by levels and no longer by events. It pays where levels are wide; `levels_of` tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import attrs

from career_path.days.numbers import ALWAYS, FIRST
from career_path.errors import MissingExtraError
from career_path.planning.network import Network

try:
    import numpy as np
    import numpy.typing as npt
except ImportError as _error:
    raise MissingExtraError("dating networks by levels", "numpy") from _error

__all__ = ["Days", "Levels", "levels_of"]

Days = npt.NDArray[np.int64]
"""A day number for each event."""

_LEAST_WIDTH: Final = 16
"""Below so many events a level, plain lists are faster."""


class _Level(NamedTuple):
    """The events of a slice and the arcs by which they are reached: from which others, how far, where each begins."""

    events: slice
    others: Days
    days: Days
    begins: Days


@attrs.frozen(eq=False, repr=False)
class Levels:
    """A network of plain day counts by levels. Runs leave it as it is.

    `place` is where each event stands, level after level.
    """

    network: Network
    place: Days
    forward: Sequence[_Level]
    backward: Sequence[_Level]

    def earliest(self, floors: Sequence[int]) -> list[int]:
        """As the network's own `earliest`."""
        found: list[int] = self.earliest_days(np.asarray(floors, np.int64)).tolist()
        return found

    def earliest_days(self, floors: Days) -> Days:
        """As `earliest`, from an array to an array."""
        days = np.empty_like(floors)
        days[self.place] = floors
        for events, others, later, begins in self.forward:
            reached = days.take(others)
            reached += later
            own = days[events]
            np.maximum(own, np.maximum.reduceat(reached, begins), out=own)
        if days.min() >= FIRST and days.max() <= self.network.last:
            return days.take(self.place)
        return np.array(self.network.earliest(floors.tolist()), np.int64)

    def latest(self, ceilings: Sequence[int]) -> list[int]:
        """As the network's own `latest`."""
        found: list[int] = self.latest_days(np.asarray(ceilings, np.int64)).tolist()
        return found

    def latest_days(self, ceilings: Days) -> Days:
        """As `latest`, from an array to an array."""
        days = np.empty_like(ceilings)
        days[self.place] = ceilings
        for events, others, later, begins in self.backward:
            reached = days.take(others)
            reached -= later
            own = days[events]
            np.minimum(own, np.minimum.reduceat(reached, begins), out=own)
        if days.min() >= ALWAYS and days.max() <= self.network.last:
            return days.take(self.place)
        return np.array(self.network.latest(ceilings.tolist()), np.int64)


def levels_of(network: Network) -> Levels | None:
    """The network by levels; None where that would be no faster: for few events a level, rules or rings."""
    arcs = network.sums
    if not arcs:
        return None
    level = _levels(network.count, arcs)
    if network.count < _LEAST_WIDTH * (max(level) + 1):
        return None
    origins, targets, days = (np.array(column, np.int64) for column in zip(*arcs, strict=True))
    depth = np.array(level, np.int64)
    is_left = np.zeros(network.count, np.bool_)
    is_left[origins] = True
    order = np.lexsort((~is_left, depth))  # on each level those with arcs from them come first
    place = np.empty(network.count, np.int64)
    place[order] = np.arange(network.count)
    ends = np.concatenate(([0], np.cumsum(np.bincount(depth))))
    origins, targets = place[origins], place[targets]
    forward = _by_level(targets, origins, days, ends)
    backward = _by_level(origins, targets, days, ends)
    return Levels(network, place, forward, backward[::-1])


def _levels(count: int, arcs: Sequence[tuple[int, int, object]]) -> list[int]:
    """How many arcs lead to each event on the longest way; the arcs stand in order."""
    level = [0] * count
    for origin, target, _ in arcs:
        if level[origin] >= level[target]:
            level[target] = level[origin] + 1
    return level


def _by_level(events: Days, others: Days, days: Days, ends: Days) -> list[_Level]:
    """The arcs of each level, grouped by the event on it."""
    by_event = np.argsort(events, kind="stable")
    events, others, days = events[by_event], others[by_event], days[by_event]
    cuts = np.searchsorted(events, ends)
    found: list[_Level] = []
    for first, end in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True):
        if first == end:
            continue
        own = events[first:end]
        begins = np.flatnonzero(np.diff(own, prepend=-1))
        found.append(_Level(slice(int(own[0]), int(own[-1]) + 1), others[first:end], days[first:end], begins))
    return found
