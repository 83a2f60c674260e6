"""Networks of events on day numbers: put in order once, dated as often as one likes.

The events are 0 to n - 1. An arc says that one event is no earlier than so many days after another, or than what a
rule makes of the other's day. Events that lead round to each other form a block, and the blocks stand so that all other
arcs lead forward. What is in no ring is visited once, a block again and again until nothing moves. A ring of day counts
that would move its own days forward for ever is refused when the network is made, by proof: where days still rise after
as many rounds as a block has events, they never rest.

All of this happens in loops over plain lists: no chain of events is too long for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import sub
from typing import NamedTuple, cast

import attrs

from career_path.days.numbers import ALWAYS, FIRST, LAST, NEVER, on_the_line
from career_path.days.rules import Rule
from career_path.errors import InvalidValueError
from career_path.planning.blocks import growing_ring, strong_blocks

__all__ = ["Arc", "Network", "Part", "Ring", "connect", "slack"]

Arc = tuple[int, int, int | Rule]
"""From one event to another: the second is no earlier than so many days after the first, or than the rule says."""

_Sums = Sequence[tuple[int, int, int]]


class Ring(NamedTuple):
    """The numbers of arcs that lead round and arrive later each time: no days keep them."""

    arcs: tuple[int, ...]


class Part(NamedTuple):
    """Arcs in the order in which they are followed: once, or those of a ring until nothing moves."""

    arcs: Sequence[Arc]
    is_ring: bool


@attrs.frozen(eq=False, repr=False)
class Network:
    """So many events, and their arcs in parts that lead forward. Runs leave it as it is.

    Where all arcs are numbers of days and none of them lead round, `sums` are these arcs, and one pass of sums tells
    the days. What would be after `last` is never.
    """

    count: int
    parts: Sequence[Part]
    sums: Sequence[tuple[int, int, int]] | None
    last: int = LAST

    def earliest(self, floors: Sequence[int]) -> list[int]:
        """The earliest day of each event that is not before its floor; `ALWAYS` where nothing tells one.

        >>> network = connect(3, [(0, 1, 10), (1, 2, 5), (0, 2, 20)])
        >>> network.earliest([100, 0, 0])
        [100, 110, 120]

        Raises:
            InvalidValueError: not as many floors as events.
        """
        if self.sums is not None and len(floors) == self.count:
            days = list(floors)
            for origin, target, later in self.sums:
                reached = days[origin] + later
                if reached > days[target]:  # noqa: PLR1730 (calling `max` takes longer than all the rest)
                    days[target] = reached
            if not days or (min(days) >= FIRST and max(days) <= self.last):
                return days  # nothing came near the ends of the line, where days do not simply add up
        return self._raised(floors)

    def _raised(self, floors: Sequence[int]) -> list[int]:
        self._check(floors, "floors")
        days = [NEVER if day > self.last else on_the_line(day) for day in floors]
        for arcs, is_ring in self.parts:
            while _raise(days, arcs, self.last) and is_ring:
                pass
        return days

    def latest(self, ceilings: Sequence[int]) -> list[int]:
        """The latest day of each event that is not after its ceiling; `NEVER` where nothing tells one.

        >>> network = connect(3, [(0, 1, 10), (1, 2, 5), (0, 2, 20)])
        >>> network.latest([NEVER, NEVER, 120])
        [100, 115, 120]

        Raises:
            InvalidValueError: not as many ceilings as events.
        """
        if self.sums is not None and len(ceilings) == self.count:
            days = list(ceilings)
            for origin, target, later in reversed(self.sums):
                reached = days[target] - later
                if reached < days[origin]:  # noqa: PLR1730 (as above)
                    days[origin] = reached
            if not days or (min(days) >= ALWAYS and max(days) <= self.last):
                return days
        return self._lowered(ceilings)

    def _lowered(self, ceilings: Sequence[int]) -> list[int]:
        self._check(ceilings, "ceilings")
        days = [NEVER if day > LAST else min(on_the_line(day), self.last) for day in ceilings]
        for arcs, is_ring in reversed(self.parts):
            while _lower(days, arcs, self.last) and is_ring:
                pass
        return days

    def _check(self, days: Sequence[int], name: str) -> None:
        if len(days) != self.count:
            raise InvalidValueError("not-all", name, f"{len(days)} days", f"a day for each of {self.count} events")


def _raise(days: list[int], arcs: Sequence[Arc], last: int) -> bool:
    """Follow arcs once; whether any day rose."""
    moved = False
    for origin, target, rule in arcs:
        reached = _shifted(days[origin], rule) if isinstance(rule, int) else rule.f(days[origin])
        if reached > last:
            reached = NEVER
        if reached > days[target]:
            days[target] = reached
            moved = True
    return moved


def _shifted(day: int, later: int) -> int:
    return on_the_line(day + later) if FIRST <= day <= LAST else day


def _lower(days: list[int], arcs: Sequence[Arc], last: int) -> bool:
    """Follow arcs back once; whether any day fell."""
    moved = False
    for origin, target, rule in reversed(arcs):
        day = days[target]
        if day > LAST:
            continue
        reached = on_the_line(day - rule) if isinstance(rule, int) else rule.latest(day)
        reached = min(reached, last)
        if reached < days[origin]:
            days[origin] = reached
            moved = True
    return moved


def connect(count: int, arcs: Iterable[Arc], *, last: int = LAST) -> Network | Ring:
    """The network of so many events and these arcs, or a ring of arcs that no days keep.

    >>> connect(2, [(0, 1, 5), (1, 0, -4)])
    Ring(arcs=(0, 1))

    Raises:
        InvalidValueError: an arc from or to what is no event.
    """
    arcs = list(arcs)
    is_plain, is_in_order = _looked_through(count, arcs)
    if is_in_order:
        return Network(count, [Part(arcs, is_ring=False)], cast("_Sums", arcs) if is_plain else None, last)
    leaving = _Leaving.of(count, arcs)
    forward, waiting = _forward(leaving)
    parts = [Part(forward, is_ring=False)]
    if not waiting:
        return Network(count, parts, cast("_Sums", forward) if is_plain else None, last)
    blocks = strong_blocks({event: [arc[1] for arc in leaving.of_event(event)] for event in waiting})
    ring = _growing(blocks, arcs)
    if ring:
        return Ring(ring)
    for block in blocks:
        within = [arc for event in block for arc in leaving.of_event(event)]
        parts.append(Part(within, is_ring=_leads_round(block, within)))
    return Network(count, parts, None, last)


def _looked_through(count: int, arcs: Iterable[Arc]) -> tuple[bool, bool]:
    """Whether all arcs are numbers of days, and whether they stand in order: those to an event before those from it.

    Most people write them so, and then none of them lead round.
    """
    is_plain, is_in_order = True, True
    is_left = bytearray(count)
    for origin, target, rule in arcs:
        if not (0 <= origin < count and 0 <= target < count):
            raise InvalidValueError("no-event", "arcs", f"{origin} to {target}", f"events from 0 to {count - 1}")
        is_left[origin] = 1
        if is_left[target]:
            is_in_order = False
        if not isinstance(rule, int):
            is_plain = False
    return is_plain, is_in_order


class _Leaving(NamedTuple):
    """The arcs from each event as chains of numbers, -1 at their ends: a list for each event costs far more.

    `to` tells how many arcs lead to each event.
    """

    arcs: Sequence[Arc]
    first: Sequence[int]
    after: Sequence[int]
    to: Sequence[int]

    @classmethod
    def of(cls, count: int, arcs: Sequence[Arc]) -> _Leaving:
        """All arcs of so many events."""
        first = [-1] * count
        after: list[int] = []
        to = [0] * count
        for number, (origin, target, _) in enumerate(arcs):
            after.append(first[origin])
            first[origin] = number
            to[target] += 1
        return cls(arcs, first, after, to)

    def of_event(self, event: int) -> Iterator[Arc]:
        """The arcs from an event."""
        number = self.first[event]
        while number >= 0:
            yield self.arcs[number]
            number = self.after[number]


def _forward(leaving: _Leaving) -> tuple[list[Arc], list[int]]:
    """The arcs from events that wait for no ring, each after those to its event; and the events that do."""
    arcs, first, after, to = leaving
    waits = list(to)
    ready = [event for event, before in enumerate(waits) if not before]
    forward: list[Arc] = []
    for event in ready:  # it grows meanwhile
        number = first[event]
        while number >= 0:
            arc = arcs[number]
            forward.append(arc)
            target = arc[1]
            waits[target] -= 1
            if not waits[target]:
                ready.append(target)
            number = after[number]
    return forward, [event for event, before in enumerate(waits) if before]


def _leads_round(block: Sequence[int], leaving: Iterable[Arc]) -> bool:
    return len(block) > 1 or any(target == block[0] for _, target, _ in leaving)


def _growing(blocks: Sequence[Sequence[int]], arcs: Sequence[Arc]) -> tuple[int, ...]:
    """The arcs of a ring in one of the blocks that no days keep; none if there is no such ring."""
    block_of = {event: index for index, block in enumerate(blocks) for event in block}
    inside: defaultdict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
    for number, (origin, target, rule) in enumerate(arcs):
        days = rule if isinstance(rule, int) else rule.least_shift
        if days is not None and origin in block_of and block_of[origin] == block_of.get(target):
            inside[block_of[origin]].append((origin, target, days, number))
    rings = (growing_ring(blocks[index], within) for index, within in inside.items())
    return next((ring for ring in rings if ring), ())


def slack(earliest: Sequence[int], latest: Sequence[int]) -> list[int]:
    """By how many days each event may slip; less than none where it comes too late, `NEVER` where nothing bounds it.

    >>> slack([100, 110, 120], [100, 115, 120])
    [0, 5, 0]
    """
    if ALWAYS not in earliest and NEVER not in latest:
        return list(map(sub, latest, earliest))
    both = zip(earliest, latest, strict=True)
    return [late - early if early >= FIRST and late <= LAST else NEVER for early, late in both]
