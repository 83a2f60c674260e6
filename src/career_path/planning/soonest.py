"""How soon parts of a layout can come, and how late: days told from below and from above, whatever is chosen.

Whatever may only delay something is left out, and where there is a choice the soonest way counts; so no route has an
earlier day. Backward from a finish, what may be needed in several ways counts with the way that leaves it most time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final, NamedTuple

import attrs

from career_path.days.numbers import ALWAYS, NEVER
from career_path.days.rules import SAME_DAY, Rule, add_span, later_of, look_up
from career_path.model.pathway import Step, StepKind
from career_path.model.requirements import Aged, Event, Holds, Needs, Order
from career_path.model.text import step_of
from career_path.model.timeline import Status
from career_path.planning.bounds import EventDay
from career_path.planning.ends import first_day_at_age
from career_path.planning.layout import Item, Layout, Part, Way
from career_path.planning.program import Node, Program
from career_path.planning.routes import Chosen
from career_path.planning.texts import GOAL
from career_path.planning.walk import Waypoint

__all__ = ["OpenDays", "Soonest"]

_SWEEPS: Final = 4
"""So often the days of a waypoint are looked at again; once less tells too soon a day, never too late a one."""
_UNUSED: Final = ALWAYS - 1
_LOOKS: Final = 20
"""So often, on average, a part is looked at on the way back from a finish; rings of rules may ask for more."""


class OpenDays(NamedTuple):
    """An open choice of a step, and for each way the day before which the step cannot start with it."""

    name: str
    item: int
    days: tuple[int, ...]


class _Own(NamedTuple):
    """The states of steps in a waypoint and their own days; steps that are not there count with their soonest state."""

    nodes: Mapping[str, Node]
    days: dict[str, int]


_NONE: Final = _Own({}, {})


@attrs.frozen(slots=False, eq=False, repr=False)
class Soonest:
    """The days of all parts and choices of a layout."""

    program: Program
    layout: Layout

    @cached_property
    def days(self) -> list[int]:
        """For each part a day that its own is never before, whatever the route; `NEVER` if no route can have it.

        Told from above: a part has a day once all that it asks for has one, so nothing rests on itself. A route goes
        through no step twice, so after as many rounds as there are parts nothing comes sooner.
        """
        parts = self.layout.parts
        is_asking = [part.name == GOAL or (part.node is not None and part.node.is_to_do) for part in parts]
        days = [
            NEVER if asks else ALWAYS if part.node is None else _first_day(part.node)
            for part, asks in zip(parts, is_asking, strict=True)
        ]
        for _ in range(len(parts) + 1):
            before = list(days)
            for place in range(len(self._item_days) - 1, -1, -1):  # what comes first in a plan mostly stands last
                self._item_days[place] = self._item_day(place, _NONE, days)
            for place in range(len(parts) - 1, -1, -1):
                if is_asking[place]:
                    days[place] = self._asked_day(parts[place], days)
            if days == before:
                break
        return days

    @cached_property
    def _item_days(self) -> list[int]:
        """For each choice a day that its owner never starts before, whatever is chosen."""
        return [NEVER] * len(self.layout.items)

    def _asked_day(self, part: Part, days: list[int]) -> int:
        """The day of a part by what it asks for, and by what is known of it alone."""
        asked = (self._leaf_day(each, _NONE, days) for each in part.leaves)
        day = max((*asked, *(self._item_days[item] for item in part.items)), default=ALWAYS)
        return day if part.node is None else _limited(part.node, max(day, _first_day(part.node)))

    def _leaf_day(self, each: Chosen, own: _Own, days: list[int]) -> int:
        """The day before which its owner cannot start."""
        if each.is_retrospective:
            return ALWAYS
        match each.leaf:
            case Needs(order=Order.AFTER) as leaf:
                return self._day_after(leaf, own, days)
            case Holds() as leaf if each.paper is None:
                held = self.program.held(leaf.credential)
                return ALWAYS if held is None else held.start
            case Holds() if each.paper is not None:
                # Whether earned now or once more, it is never sooner than the step by itself can be done.
                return self._event_day(step_of(each.paper), Event.FINISH, _NONE, days)
            case Aged() as leaf if self.program.learner.born is not None:
                return first_day_at_age(self.program.learner.born, leaf.years)
            case _:
                return ALWAYS

    def _item_day(self, item: int, own: _Own, days: list[int]) -> int:
        """The day before which the owner of a choice cannot start, whatever is chosen."""
        return min(self._way_days(item, own, days), default=NEVER)

    def _way_days(self, item: int, own: _Own, days: list[int]) -> tuple[int, ...]:
        """The same for each way."""
        return tuple([self._way_day(way, own, days) for way in self.layout.items[item].ways])

    def way_days(self, item: Item) -> list[int]:
        """For each way of a choice the day before which its owner cannot start."""
        return [self._way_day(way, _NONE, self.days) for way in item.ways]

    def _way_day(self, way: Way, own: _Own, days: list[int]) -> int:
        asked = (self._leaf_day(each, own, days) for each in way.leaves)
        return max((*asked, *(self._item_days[item] for item in way.items)), default=ALWAYS)

    def _day_after(self, leaf: Needs, own: _Own, days: list[int]) -> int:
        """The first day that a need of an event before it allows; after a waived step nobody waits."""
        wait = self._wait(leaf).f
        found = [
            _on(node.finish, day) if node.status is Status.WAIVED else wait(_on(_event(node, leaf.of), day))
            for node, day in self._states(leaf.step, own, days)
        ]
        return min(found, default=ALWAYS)

    def _event_day(self, name: str, which: Event, own: _Own, days: list[int]) -> int:
        return min((_on(_event(node, which), day) for node, day in self._states(name, own, days)), default=ALWAYS)

    def _states(self, name: str, own: _Own, days: list[int]) -> list[tuple[Node, int]]:
        """The states that a step may be in, each with its own day."""
        if name in own.nodes:
            return [(own.nodes[name], own.days[name])]
        return [
            (node, days[place])
            for place in self.layout.states.get(name, ())
            if (node := self.layout.parts[place].node) is not None
        ]

    @cached_property
    def _waits(self) -> dict[int, tuple[Needs, Rule]]:
        return {}

    def _wait(self, leaf: Needs) -> Rule:
        """From the event that is needed to the first day after it that is allowed."""
        known = self._waits.get(id(leaf))
        if known is None or known[0] is not leaf:
            rule = SAME_DAY if leaf.lag.is_zero else add_span(leaf.lag)
            if leaf.rounds:
                rule = later_of(rule, look_up([(each.by.toordinal(), each.on.toordinal()) for each in leaf.rounds]))
            known = self._waits[id(leaf)] = (leaf, rule)
        return known[1]

    # waypoints

    def outlook_of(self, at: Waypoint) -> tuple[int, tuple[OpenDays, ...], Mapping[str, int]]:
        """A day that the finish of a waypoint's routes is never before, and the days of its open choices and steps."""
        layout, soonest = self.layout, self.days
        days = {GOAL: soonest[0]}
        for name, node in at.nodes.items():
            place = layout.place_of(node)
            days[name] = _first_day(node) if place is None else soonest[place]
        own = _Own(at.nodes, days)
        asked = [each for each in reversed(at.chosen) if not each.is_retrospective]
        items = [(name, item) for name, item in layout.open_items(at) if layout.items[item].owner >= 0]
        ways: list[tuple[int, ...]] = []
        for _ in range(_SWEEPS):
            is_moved = False
            for each in asked:
                is_moved |= _raise(own, each.owner, self._leaf_day(each, own, soonest))
            ways = [self._way_days(item, own, soonest) for _, item in items]
            for (name, _), found in zip(items, ways, strict=True):
                is_moved |= _raise(own, name, min(found, default=NEVER))
            if not is_moved:
                break
        finish = max(days[GOAL], self._by_the_finish(at, own))
        return finish, tuple(OpenDays(name, item, found) for (name, item), found in zip(items, ways, strict=True)), days

    def _by_the_finish(self, at: Waypoint, own: _Own) -> int:
        """A day before which what has to come by the finish of a waypoint's routes cannot come."""
        if not self._due:
            return ALWAYS
        due = [self._due_day(each, own, self.days) for each in at.chosen]
        known = (self._due_days[place] for place in self.layout.places(at))
        return max((*due, *known, self._due_days[0]), default=ALWAYS)

    def job_days(self, at: Waypoint, days: Mapping[str, int]) -> Iterator[tuple[int, Step]]:
        """The jobs that a waypoint's routes may have, each with a day that its start is never before.

        `days` are those of the waypoint's steps.
        """
        parts = zip(self.layout.parts, self.days, strict=True) if at.open else ()
        found = [(part.node, day) for part, day in parts if part.node is not None and part.name not in at.nodes]
        for node, day in (*found, *((node, days[name]) for name, node in at.nodes.items())):
            if node.step is not None and node.step.kind is StepKind.JOB and node.status is not Status.WAIVED:
                yield _on(node.start, day), node.step

    def first_act(self, at: Waypoint, target: int) -> int:
        """A day after which no route of a waypoint can begin with what it has to do, and meet the target."""
        days = self.latest_in(at, target)
        return min((day for name, day in days.items() if name != GOAL and at.nodes[name].is_to_do), default=NEVER)

    def latest_in(self, at: Waypoint, target: int) -> dict[str, int]:
        """For the goal and for steps of a waypoint, days that their own are never after in a route to a target."""
        days = {GOAL: target}
        asked = [each for each in at.chosen if isinstance(each.leaf, Needs) and not each.is_retrospective]
        for _ in range(_SWEEPS):
            is_moved = False
            for each in asked:
                is_moved |= self._lower(days, each, at)
            if not is_moved:
                break
        return days

    def _lower(self, days: dict[str, int], each: Chosen, at: Waypoint) -> bool:
        leaf = each.leaf
        assert isinstance(leaf, Needs)
        if leaf.order is not Order.AFTER or each.owner not in days or leaf.step not in at.nodes:
            return False
        node = at.nodes[leaf.step]
        event = _event(node, leaf.of)
        if event.unknown is None:
            return False
        day = event.rule.latest(self._wait(leaf).latest(days[each.owner]))
        for limit in node.limits:
            day = limit.on_or_before(day)
        if day >= days.get(leaf.step, NEVER + 1):
            return False
        days[leaf.step] = day
        return True

    # back from a finish

    def latest(self, last: int) -> list[int]:
        """For each part a day that its own is never after in a route with a finish up to a day."""
        found = self._latest(last) if last < NEVER else None
        found = [NEVER] * len(self.layout.parts) if found is None else found
        return [_UNUSED if due > last else late for due, late in zip(self._due_days, found, strict=True)]

    # what has to come by the finish

    @cached_property
    def _due(self) -> frozenset[tuple[str, Event]]:
        """Events that nobody asks for but in any order and without a last day: they come by the finish."""
        parts = range(len(self.layout.parts))
        leaves = [each for place in parts for each in self.asked_by(place) if isinstance(each.leaf, Needs)]
        named = {False: set[tuple[str, Event]](), True: set[tuple[str, Event]]()}
        for each in leaves:
            assert isinstance(each.leaf, Needs)
            is_open = each.leaf.order is Order.ANY and each.leaf.by is None and not each.is_retrospective
            named[is_open].add((each.leaf.step, each.leaf.of))
        return frozenset(named[True] - named[False])

    def _due_day(self, each: Chosen, own: _Own, days: list[int]) -> int:
        """The day before which the finish cannot be where a leaf is asked for, because of that alone."""
        leaf = each.leaf
        if not isinstance(leaf, Needs) or each.is_retrospective or (leaf.step, leaf.of) not in self._due:
            return ALWAYS
        return self._event_day(leaf.step, leaf.of, own, days)

    @cached_property
    def _due_days(self) -> list[int]:
        """For each part the day before which the finish cannot be in a route that has it, because of what is due."""
        layout = self.layout
        days = [ALWAYS] * len(layout.parts)
        if not self._due:
            return days
        item_days = [ALWAYS] * len(layout.items)
        for _ in range(len(days) + 1):
            before = (list(days), list(item_days))
            for place in range(len(item_days) - 1, -1, -1):
                item_days[place] = min(
                    (self._due_way(way, days, item_days) for way in layout.items[place].ways), default=NEVER
                )
            for place in range(len(days) - 1, -1, -1):
                part = layout.parts[place]
                days[place] = self._due_way(Way((), tuple(part.leaves), tuple(part.items), ()), days, item_days)
            if before == (days, item_days):
                break
        always = max(day for day, part in zip(days, layout.parts, strict=True) if part.is_always)
        days[0] = max(days[0], always)
        return days

    def _due_way(self, way: Way, days: list[int], item_days: list[int]) -> int:
        """The day before which the finish cannot be with all that a way brings."""
        found = [ALWAYS, *(days[place] for place in way.parts), *(item_days[item] for item in way.items)]
        for each in way.leaves:
            found.append(self._due_day(each, _NONE, self.days))
            if isinstance(each.leaf, Needs):
                states = self.layout.states.get(each.leaf.step, ())
                found.append(min((days[place] for place in states), default=ALWAYS))
        return max(found)

    # the way back

    def _latest(self, last: int) -> list[int] | None:
        """For each part a day that its own is never after in a route with a finish up to a day.

        None where that takes too long to tell.
        """
        parts = self.layout.parts
        days = [_UNUSED] * len(parts)
        days[0] = last
        waiting, looks = deque([0]), _LOOKS * (len(parts) + 1)
        while waiting:
            owner = waiting.popleft()
            looks -= 1
            if not looks:
                return None
            for each in self.asked_by(owner):
                for place, day in self._left_by(each, days[owner]):
                    if day > days[place]:
                        days[place] = day
                        waiting.append(place)
        for place, part in enumerate(parts):
            if place and (part.node is None or part.node.is_recorded):
                days[place] = NEVER
        return days

    def asked_by(self, place: int) -> list[Chosen]:
        """All that a part may ask for, whatever is chosen."""
        if place not in self._asked:
            part = self.layout.parts[place]
            found = list(part.leaves)
            waiting = list(part.items) if part.node is not None or part.name == GOAL else []
            seen = set(waiting)
            while waiting:
                for way in self.layout.items[waiting.pop()].ways:
                    found.extend(way.leaves)
                    more = [item for item in way.items if item not in seen]
                    seen.update(more)
                    waiting.extend(more)
            self._asked[place] = found
        return self._asked[place]

    @cached_property
    def _asked(self) -> dict[int, list[Chosen]]:
        return {}

    def _left_by(self, each: Chosen, owner_day: int) -> Iterator[tuple[int, int]]:
        """The parts that somebody may need who asks for that, and on which day at the latest."""
        leaf = each.leaf
        if not isinstance(leaf, Needs):
            names = () if each.paper is None else (each.paper, step_of(each.paper))
            yield from ((place, NEVER) for name in names for place in self.layout.states.get(name, ()))
            return
        is_bound = leaf.order is Order.AFTER and not each.is_retrospective
        for place in self.layout.states.get(leaf.step, ()):
            node = self.layout.parts[place].node
            assert node is not None
            event = _event(node, leaf.of)
            is_open = not is_bound or event.unknown is None
            yield place, NEVER if is_open else event.rule.latest(self._wait(leaf).latest(owner_day))


def _raise(own: _Own, owner: str, day: int) -> bool:
    """Take in a day that says more than what is known of a step or of the goal."""
    if day <= own.days[owner]:
        return False
    if owner != GOAL:
        node = own.nodes[owner]
        if not node.is_to_do:
            return False
        day = _limited(node, day)
    own.days[owner] = day
    return True


def _first_day(node: Node) -> int:
    """The day before which a step cannot start, or a running one end, by what is known of it alone."""
    if node.status in {Status.FINISHED, Status.WAIVED}:
        return ALWAYS
    return _limited(node, max((floor.day for floor in node.floors), default=ALWAYS))


def _limited(node: Node, day: int) -> int:
    """A day taken on to the first that the step's own days allow."""
    is_moved = bool(node.limits)
    while is_moved:
        before = day
        for limit in node.limits:
            day = limit.on_or_after(day)
        is_moved = day > before
    return day


def _event(node: Node, which: Event) -> EventDay:
    return node.start if which is Event.START else node.finish


def _on(event: EventDay, own: int) -> int:
    """The day of an event whose step has its own day."""
    if event.unknown is None:
        return ALWAYS if event.day is None else event.day
    return event.rule.f(own)
