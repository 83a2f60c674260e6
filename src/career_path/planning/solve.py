"""Earliest and latest days of one route: the least and the greatest solution of its bounds.

Each bound either raises one unknown to what a monotone function makes of one other, or restricts it to a set of days.
Two solutions therefore combine: taking the earlier day of each unknown is a solution again, and so is taking the later.
Raising an unknown only where a bound demands it leads to the one solution that is earliest everywhere, in whatever
order the bounds are visited; lowering from a target leads to the latest. Each raise is kept as a `Derived` with the
earlier one it came from. These are the reasons, and following them back always ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple, TypeVar

import attrs

from career_path.days.numbers import ALWAYS, FIRST, NEVER
from career_path.days.rules import Rule
from career_path.model.timeline import ReasonKind
from career_path.planning.bounds import Because, Ceiling, Edge, Floor
from career_path.planning.timing import Limit

__all__ = ["Derived", "Failure", "System", "chain", "greatest", "least", "lowered", "raised", "rules_of"]

_Bound = TypeVar("_Bound", Edge, Floor, Ceiling)
_ROUNDS_BEFORE_RINGS: Final = 4
"""So often the days are moved before anybody looks for rules that could move them for ever: most plans need fewer."""


class Derived(NamedTuple):
    """One derived bound: this unknown is not before (or not after) `day`, because of a rule and an earlier bound."""

    unknown: str
    day: int
    because: Because
    parent: Derived | None = None
    event_on: int | None = None


class Failure(NamedTuple):
    """No solution: the last bound that was derived, and the rule that it breaks."""

    derived: Derived | None
    breaks: Because | None
    days: int | None = None
    ring: tuple[str, ...] = ()


@attrs.frozen(slots=False, eq=False, repr=False)
class System:
    """The bounds of one route. `order` lists the unknowns so that most bounds lead forward.

    `finishes` tells the day on which a step is done from the day of its unknown.
    """

    order: Sequence[str]
    edges: Sequence[Edge]
    floors: Sequence[Floor]
    ceilings: Sequence[Ceiling]
    limits: Mapping[str, tuple[Limit, ...]]
    finishes: Mapping[str, Rule]

    @cached_property
    def leaving(self) -> dict[str, list[Edge]]:
        """The edges that lead from each unknown."""
        return _grouped((edge.origin, edge) for edge in self.edges)

    @cached_property
    def entering(self) -> dict[str, list[Edge]]:
        """The edges that lead to each unknown."""
        return _grouped((edge.target, edge) for edge in self.edges)

    @cached_property
    def floors_of(self) -> dict[str, list[Floor]]:
        """The floors under each unknown."""
        return _grouped((floor.unknown, floor) for floor in self.floors)

    @cached_property
    def ceilings_of(self) -> dict[str, list[Ceiling]]:
        """The ceilings over each unknown."""
        return _grouped((ceiling.unknown, ceiling) for ceiling in self.ceilings)


def _grouped(pairs: Iterable[tuple[str, _Bound]]) -> dict[str, list[_Bound]]:
    groups: defaultdict[str, list[_Bound]] = defaultdict(list)
    for name, bound in pairs:
        groups[name].append(bound)
    return groups


def least(system: System, horizon: int) -> dict[str, Derived] | Failure:
    """The earliest day of every unknown, with its reason; or why no days up to the horizon keep all bounds."""
    found: dict[str, Derived] = {}
    ceilings = _first_ceilings(system.ceilings)
    for floor in sorted(system.floors, key=lambda floor: not floor.is_dated):
        start = Derived(floor.unknown, floor.day, floor.because, None, floor.because.event_day(floor.day))
        _raise(found, start, system.limits)
    for rounds in range(horizon * (len(system.order) + 1)):
        changed = False
        for name in system.order:
            if name in found:
                changed |= _raise_next(found, found[name], system)
        failure = _past(found, ceilings, system, horizon)
        if failure is not None or not changed:
            return failure or found
        if rounds == _ROUNDS_BEFORE_RINGS:
            ring = _growing_ring(system)
            if ring:
                return Failure(None, None, None, ring)
    raise AssertionError  # each round moves a day forward, and there are only so many  # pragma: no cover


def _raise_next(found: dict[str, Derived], origin: Derived, system: System) -> bool:
    changed = False
    for edge in system.leaving.get(origin.unknown, ()):
        day = edge.forward(origin.day)
        if edge.target not in found or day > found[edge.target].day:
            event_on = edge.raises.event_day(origin.day)
            _raise(found, Derived(edge.target, day, edge.raises, origin, event_on), system.limits)
            changed = True
    return changed


def _raise(found: dict[str, Derived], derived: Derived, limits: Mapping[str, tuple[Limit, ...]]) -> None:
    """Take in a bound that says more than what is known."""
    if derived.unknown not in found or derived.day > found[derived.unknown].day:
        found[derived.unknown] = raised(derived, limits)


def raised(derived: Derived, limits: Mapping[str, tuple[Limit, ...]]) -> Derived:
    """A bound taken up to the first day that all limits allow."""
    name = derived.unknown
    own = limits.get(name, ())
    moved = True
    while moved:
        moved = False
        for limit in own:
            day = limit.on_or_after(derived.day)
            if day > derived.day:
                derived = Derived(name, day, Because(limit.kind, limit.rule), derived)
                moved = True
    return derived


def _first_ceilings(ceilings: Iterable[Ceiling]) -> dict[str, Ceiling]:
    first: dict[str, Ceiling] = {}
    for ceiling in ceilings:
        if ceiling.unknown not in first or ceiling.day < first[ceiling.unknown].day:
            first[ceiling.unknown] = ceiling
    return first


def _past(
    found: Mapping[str, Derived], ceilings: Mapping[str, Ceiling], system: System, horizon: int
) -> Failure | None:
    """The first bound that breaks a ceiling, or with which something would end after the horizon."""
    for name, derived in found.items():
        ceiling = ceilings.get(name)
        if ceiling is not None and derived.day > ceiling.day:
            return Failure(derived, ceiling.because, derived.day - ceiling.day if derived.day < NEVER else None)
        if system.finishes[name].f(derived.day) > horizon:
            beyond = [link for link in chain(derived) if link.day > horizon]
            return Failure(beyond[-1] if beyond else derived, None)  # what follows from it explains nothing more
    return None


def _growing_ring(system: System) -> tuple[str, ...]:
    """The rules of a ring that moves its own days forward each time round, by whole days that add up; else none.

    Where the bounds that raised each other last form a ring, they raise each other for ever.
    """
    shifts = [(edge, edge.least_shift) for edge in system.edges if edge.least_shift is not None]
    height = dict.fromkeys(system.order, 0)
    came_by: dict[str, Edge] = {}
    for _ in range(len(system.order) + 1):
        risen: str | None = None
        for edge, shift in shifts:
            if height[edge.origin] + shift > height[edge.target]:
                height[edge.target] = height[edge.origin] + shift
                came_by[edge.target] = edge
                risen = edge.target
        ring = () if risen is None else _ring_through(risen, came_by)
        if ring or risen is None:
            return ring
    return ()  # pragma: no cover (what rises in so many rounds is behind a ring)


def _ring_through(risen: str, came_by: Mapping[str, Edge]) -> tuple[str, ...]:
    """The rules on the ring that walking back from an unknown ends in; none if it ends outside of any."""
    trail: dict[str, str] = {}
    while risen not in trail:
        if risen not in came_by:
            return ()
        trail[risen] = came_by[risen].raises.rule
        risen = came_by[risen].origin
    walked = list(trail)
    return tuple(sorted({trail[name] for name in walked[walked.index(risen) :]}))


def greatest(system: System, target: Derived, horizon: int) -> dict[str, Derived] | None:
    """The latest day of every unknown that still meets the target, with its reason; None if there is no such plan.

    Today, the learner's start and ages do not count; recorded days do.
    """
    found: dict[str, Derived] = {}
    bottoms = _bottoms(system)
    _lower(found, target, system, horizon)
    for ceiling in system.ceilings:
        event_on = ceiling.because.event_day(ceiling.day)
        _lower(found, Derived(ceiling.unknown, ceiling.day, ceiling.because, None, event_on), system, horizon)
    backward = list(reversed(system.order))
    for _ in range(horizon * (len(backward) + 1)):
        changed = False
        for name in backward:
            if name in found:
                changed |= _lower_next(found, found[name], system, horizon)
        if any(derived.day < bottoms.get(name, FIRST) for name, derived in found.items()):
            return None
        if not changed:
            return found
    raise AssertionError  # as in least  # pragma: no cover


def _bottoms(system: System) -> dict[str, int]:
    """Below which day no unknown may go, whatever today is."""
    bottoms: dict[str, int] = {}
    for floor in system.floors:
        if not floor.is_dated:
            bottoms[floor.unknown] = max(bottoms.get(floor.unknown, FIRST), floor.day)
    return bottoms


def _lower_next(found: dict[str, Derived], target: Derived, system: System, horizon: int) -> bool:
    changed = False
    for edge in system.entering.get(target.unknown, ()):
        day = edge.backward(target.day)
        if day < NEVER and (edge.origin not in found or day < found[edge.origin].day):
            event_on = edge.lowers.event_day(target.day)
            _lower(found, Derived(edge.origin, day, edge.lowers, target, event_on), system, horizon)
            changed = True
    return changed


def _lower(found: dict[str, Derived], derived: Derived, system: System, horizon: int) -> None:
    """Take in a bound that says more than what is known."""
    if derived.unknown not in found or derived.day < found[derived.unknown].day:
        found[derived.unknown] = lowered(derived, system, horizon)


def lowered(derived: Derived, system: System, horizon: int) -> Derived:
    """A bound taken down to the last day that all limits and the horizon allow."""
    name = derived.unknown
    last = system.finishes[name].latest(horizon)
    if derived.day > last:
        derived = Derived(name, last, Because(ReasonKind.TARGET, "horizon"), derived)
    own = system.limits.get(name, ())
    moved = derived.day > ALWAYS
    while moved:
        moved = False
        for limit in own:
            day = limit.on_or_before(derived.day)
            if day < derived.day:
                derived = Derived(name, day, Because(limit.kind, limit.rule), derived)
                moved = True
    return derived


_GIVEN: Final = frozenset({ReasonKind.TODAY, ReasonKind.RECORD, ReasonKind.WORKING, ReasonKind.LENGTH})
"""Bounds that nobody can drop: today, what happened, how long things take."""


def rules_of(derived: Derived) -> tuple[str, ...]:
    """The rules that a derived bound rests on, the last first; what is given is left out."""
    return tuple(dict.fromkeys(link.because.rule for link in chain(derived) if link.because.kind not in _GIVEN))


def chain(derived: Derived) -> Iterator[Derived]:
    """A derived bound and those it rests on, back to its root."""
    link: Derived | None = derived
    while link is not None:
        yield link
        link = link.parent
