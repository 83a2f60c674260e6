"""All choices that a walk can meet, laid out once: the states of steps as parts, and what there is to choose from."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final, NamedTuple

import attrs

from career_path.planning.program import Node
from career_path.planning.routes import Chosen
from career_path.planning.texts import GOAL
from career_path.planning.walk import Open, Walk, Waypoint

__all__ = ["Item", "Layout", "Part", "Way"]

_Key = tuple[str, str, str]
_NOBODY: Final = -1
_UNKNOWN: Final = -2
_GOAL: Final = 0
"""The goal is the first part."""


def part_key(node: Node) -> _Key:
    """What tells the states of steps apart."""
    return node.id, node.status.value, node.label


@attrs.define(eq=False, repr=False)
class Part:
    """A state of a step, what it asks for without a choice, and the choices that it leaves, by place.

    Without a node it is the goal, or stands for a step of which one of several states has to be chosen. What is in all
    routes `is_always`.
    """

    name: str
    node: Node | None
    is_always: bool
    leaves: list[Chosen] = attrs.field(factory=list[Chosen])
    items: list[int] = attrs.field(factory=list[int])


class Way(NamedTuple):
    """One thing to choose: the parts it brings, what its owner then asks for and leaves to choose, and fees."""

    parts: tuple[int, ...]
    leaves: tuple[Chosen, ...]
    items: tuple[int, ...]
    fees: tuple[Decimal | None, ...]


@attrs.define(eq=False, repr=False)
class Item:
    """A choice: the place of the part whose it is (-1 for which state of a step), and the ways to make it."""

    owner: int
    ways: list[Way] = attrs.field(factory=list[Way])


@attrs.define(eq=False, repr=False)
class Layout:
    """The parts and choices of a walk; the goal is part 0. `is_dead` if no route leads there at all."""

    walk: Walk
    is_dead: bool = False
    parts: list[Part] = attrs.field(factory=list[Part], init=False)
    items: list[Item] = attrs.field(factory=list[Item], init=False)
    states: dict[str, list[int]] = attrs.field(factory=dict[str, list[int]], init=False)
    _part_at: dict[_Key, int] = attrs.field(factory=dict[_Key, int], init=False)
    _item_at: dict[tuple[int, str], int] = attrs.field(factory=dict[tuple[int, str], int], init=False)
    _queue: deque[tuple[int, str, str, Open]] = attrs.field(factory=deque[tuple[int, str, str, Open]], init=False)

    def lay_out(self, goal: Waypoint) -> Layout:
        """Follow every way from the goal on."""
        self.parts.append(Part(GOAL, None, is_always=True))
        first = next(self.walk.on(goal), None)
        if first is None:
            self.is_dead = True
            return self
        self._take_in(first, {}, is_always=True)
        self.parts[_GOAL].leaves.extend(each for each in first.chosen if each.owner == GOAL)
        self.parts[_GOAL].items.extend(self._opened(first, GOAL, _GOAL))
        while self._queue:
            place, name, key, choice = self._queue.popleft()
            nodes = dict(first.nodes)
            owner = self.parts[self.items[place].owner].node if self.items[place].owner > _GOAL else None
            if owner is not None:
                nodes[owner.id] = owner
            for branch in self.walk.branches(Waypoint(open={(name, key): choice}, nodes=nodes)):
                for end in self.walk.on(branch):
                    self.items[place].ways.append(self._way(place, name, end, nodes))
        return self

    def _way(self, place: int, name: str, end: Waypoint, before: Mapping[str, Node]) -> Way:
        parts = self._take_in(end, before, is_always=False)
        owner = self.items[place].owner
        if owner == _NOBODY:
            return Way(tuple(parts), (), (), ())
        leaves = tuple(each for each in end.chosen if each.owner == name)
        fees = tuple(fee for each in leaves for fee in each.fees)
        return Way(tuple(parts), leaves, tuple(self._opened(end, name, owner)), fees)

    def _take_in(self, end: Waypoint, before: Mapping[str, Node], *, is_always: bool) -> list[int]:
        """Lay out what a waypoint has that was not there before; the places of these parts."""
        places = [self._several(end, name, is_always=is_always) for name, key in end.open if not key]
        fresh: dict[str, int] = {}
        for name in [name for name in end.nodes if name not in before]:
            known = len(self.parts)
            place = self._part(part_key(end.nodes[name]), end.nodes[name], is_always=is_always)
            if place == known:
                fresh[name] = place
            places.extend(each for each in (place, self._part_at.get((name, "", ""))) if each is not None)
        for each in end.chosen:
            if each.owner in fresh:
                self.parts[fresh[each.owner]].leaves.append(each)
        for name, place in fresh.items():
            self.parts[place].items.extend(self._opened(end, name, place))
        return places

    def _several(self, end: Waypoint, name: str, *, is_always: bool) -> int:
        """The part that stands for a step of which one of several states has to be chosen."""
        place = self._part((name, "", ""), None, is_always=is_always)
        if not self.parts[place].items:
            self.parts[place].items.append(self._item(_NOBODY, name, "", end))
        return place

    def _part(self, key: _Key, node: Node | None, *, is_always: bool) -> int:
        if key not in self._part_at:
            self._part_at[key] = len(self.parts)
            self.parts.append(Part(key[0], node, is_always))
            if node is not None:
                self.states.setdefault(node.id, []).append(self._part_at[key])
        return self._part_at[key]

    def _opened(self, end: Waypoint, name: str, owner: int) -> Iterator[int]:
        """The choices that a waypoint leaves open for a part."""
        for opened, key in end.open:
            if opened == name and key:
                yield self._item(owner, name, key, end)

    def _item(self, owner: int, name: str, key: str, end: Waypoint) -> int:
        known = (owner, name if owner == _NOBODY else key)
        if known not in self._item_at:
            self._item_at[known] = len(self.items)
            self.items.append(Item(owner))
            self._queue.append((self._item_at[known], name, key, end.open[name, key]))
        return self._item_at[known]

    # what a waypoint has

    def places(self, at: Waypoint) -> Iterator[int]:
        """The parts of a waypoint, but for those that are in all routes; of what is unknown here, none."""
        keys = [part_key(node) for node in at.nodes.values()]
        several = [*at.nodes, *(name for name, key in at.open if not key)]
        for key in (*keys, *((name, "", "") for name in several)):
            place = self._part_at.get(key)
            if place is not None and not self.parts[place].is_always:
                yield place

    def has_several(self, name: str) -> bool:
        """Whether a step may be in one of several states."""
        return (name, "", "") in self._part_at

    def place_of(self, node: Node) -> int | None:
        """The place of a state of a step."""
        return self._part_at.get(part_key(node))

    def open_items(self, at: Waypoint) -> Iterator[tuple[str, int]]:
        """The choices that a waypoint has left open, with the name of the step whose they are."""
        for name, key in at.open:
            place = self.item_of(at, name, key)
            if place is not None:
                yield (name if key else ""), place

    def item_of(self, at: Waypoint, name: str, key: str) -> int | None:
        """The place of one choice that a waypoint has left open."""
        return self._item_at.get((self._owner(name, key, at), key or name))

    def _owner(self, name: str, key: str, at: Waypoint) -> int:
        if not key:
            return _NOBODY
        place = _GOAL if name == GOAL else self.place_of(at.nodes[name])
        return _UNKNOWN if place is None else place
