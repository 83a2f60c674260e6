"""What a waypoint of a walk can still lead to: how soon the goal can hold at most, and what that costs at least.

Every state of a step that is not in all routes is a part with a weight, and every choice an alternative among options
that name the parts they bring, so the least weight of what is still to be chosen is told exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Final, NamedTuple

import attrs

from career_path.days.numbers import ALWAYS, NEVER
from career_path.errors import DocumentError
from career_path.model.requirements import Needs
from career_path.model.timeline import Status
from career_path.planning.compile import check_known
from career_path.planning.elimination import Alternatives, Option, TooManyOpenError, arranged
from career_path.planning.layout import Layout, Part
from career_path.planning.prices import Price, Prices
from career_path.planning.program import Program
from career_path.planning.routes import Chosen
from career_path.planning.soonest import OpenDays, Soonest
from career_path.planning.walk import Walk, Waypoint

__all__ = ["Outlook", "Standing"]

_MANY_KEPT: Final = 10_000
"""From so many choices that would have to be kept apart on, a solver is faster if there is one."""
_MOST_KEPT: Final = 200_000
"""Without one, so many are kept apart to tell the least weight."""


class Standing(NamedTuple):
    """Where a waypoint stands: its parts, open choices, weight, soonest finish, and the days of choices and steps."""

    at: Waypoint
    parts: int
    todo: int
    weight: int
    finish: int
    days: tuple[OpenDays, ...]
    own: Mapping[str, int]


class _Allowed(NamedTuple):
    """What a finish up to some day allows: the latest day of each part, and for each alternative a bit a way."""

    latest: list[int]
    ways: tuple[int, ...]


@attrs.frozen(slots=False, eq=False, repr=False)
class Outlook:
    """The outlook from all waypoints of one walk."""

    walk: Walk

    @property
    def program(self) -> Program:
        """What is walked through."""
        return self.walk.program

    @cached_property
    def layout(self) -> Layout:
        """All parts and choices."""
        return Layout(self.walk).lay_out(self.walk.beginning)

    @cached_property
    def soonest(self) -> Soonest:
        """Their days."""
        return Soonest(self.program, self.layout)

    @cached_property
    def prices(self) -> Prices:
        """Their weights."""
        return Prices(self.layout)

    @cached_property
    def beginning(self) -> Standing:
        """Where the walk begins.

        Raises:
            DocumentError: something that a rule of some route asks for is not known.
        """
        first = next(self.walk.on(self.walk.beginning), None)
        assert first is not None
        begin = self.standing(first)
        for place in range(len(self.layout.parts)):
            try:
                for each in self.soonest.asked_by(place):
                    self._check_known(place, each)
            except DocumentError:
                if self._can_be_had(place, begin):
                    raise
        return begin

    def standing(self, at: Waypoint) -> Standing:
        """Where a waypoint stands."""
        parts, weight = 0, self._always
        for place in dict.fromkeys(self.layout.places(at)):
            parts |= self._masks[place]
            weight += self.prices.weights[place]
        fees = [fee for each in at.chosen if each.fees for fee in each.fees]
        todo = self._opened(item for _, item in self.layout.open_items(at))
        finish, days, own = self.soonest.outlook_of(at)
        return Standing(at, parts, todo, weight + self.prices.fees(fees), finish, days, own)

    def latest_choice(self, at: Waypoint) -> tuple[str, str] | None:
        """The open choice whose step comes last; of equals the first alternative. None if one is not known here."""
        days = self.soonest.days
        found = [
            (ALWAYS if owner < 0 else -days[owner], self._place_of[item], key)
            for key in at.open
            if (item := self.layout.item_of(at, *key)) is not None
            for owner in (self.layout.items[item].owner,)
        ]
        return min(found)[2] if len(found) == len(at.open) else None

    def price(self, at: Standing, *, last: int = NEVER) -> Price | None:
        """What a route to a finish up to a day costs at least; None if there is none."""
        allowed = self._allowed(last)
        if allowed is None:
            return None
        masks = list(allowed.ways)
        latest = self.soonest.latest_in(at.at, last) if last < NEVER else {}
        for name, item, days in at.days:
            limit = min(allowed.latest[self.layout.items[item].owner], latest.get(name, NEVER))
            for way, day in enumerate(days):
                if day > limit:
                    masks[self._place_of[item]] &= ~(1 << way)
        more = self._least(self._alternatives, at, tuple(masks), shift=self.prices.tie_bits)
        if more is None:
            return None
        if self.program.learner.budget is None:
            return self.prices.price(at.weight + more)
        known = self._least(self._known_costs, at, tuple(masks), shift=0) or 0
        there = self.prices.price(at.weight).cost
        return self.prices.price(at.weight + more, known=there + self.prices.amount(known))

    def _least(self, case: Alternatives, at: Standing, allowed: tuple[int, ...], *, shift: int) -> int | None:
        """The least weight still to come; where it takes too long to tell, less than that."""
        try:
            return case.least(at.parts, at.todo, allowed=allowed, most=_MANY_KEPT)
        except TooManyOpenError:
            pass
        try:
            from career_path.planning.solver import least_weight  # noqa: PLC0415 (an extra, for hard cases alone)
        except ImportError:
            pass
        else:
            return least_weight(case, at.parts, at.todo, allowed=allowed, shift=shift)
        try:
            return case.least(at.parts, at.todo, allowed=allowed, most=_MOST_KEPT)
        except TooManyOpenError:
            return case.floor(at.parts, at.todo)

    def _allowed(self, last: int) -> _Allowed | None:
        """What a finish up to a day allows; None if there is no such finish."""
        if last not in self._by_finish:
            self._by_finish[last] = self._allowed_by(last)
        return self._by_finish[last]

    @cached_property
    def _by_finish(self) -> dict[int, _Allowed | None]:
        return {}

    def _allowed_by(self, last: int) -> _Allowed | None:
        layout = self.layout
        latest = self.soonest.latest(last)
        is_there = [soonest <= late for soonest, late in zip(self.soonest.days, latest, strict=True)]
        always = (is_there[place] for place, part in enumerate(layout.parts) if part.is_always)
        if layout.is_dead or not all(always):
            return None
        masks: list[int] = []
        for item in (layout.items[item] for item in self._order):
            limit = latest[item.owner] if item.owner >= 0 else NEVER
            days = self.soonest.way_days(item)
            ways = enumerate(zip(item.ways, days, strict=True))
            masks.append(
                _bits_of(n for n, (way, day) in ways if day <= limit and all(is_there[part] for part in way.parts))
            )
        return _Allowed(latest, tuple(masks))

    @cached_property
    def _alternatives(self) -> Alternatives:
        """What there is to choose from."""
        return self._weighed(self.prices.weights, self.prices.fees)

    @cached_property
    def _known_costs(self) -> Alternatives:
        """The same weighed by known costs alone."""
        return self._weighed(self.prices.costs, self.prices.cost_of)

    def _weighed(self, weights: list[int], fees: Callable[[Iterable[Decimal | None]], int]) -> Alternatives:
        layout = self.layout
        free = [place for place, part in enumerate(layout.parts) if not part.is_always]
        marks = [0] * len(self._wanted)
        return Alternatives(
            [*(weights[place] for place in free), *marks],
            [*(self._opened(layout.parts[place].items) for place in free), *marks],
            [
                [option._replace(weight=fees(way.fees)) for option, way in zip(self._options[item], ways, strict=True)]
                for item in self._order
                for ways in [layout.items[item].ways]
            ],
            ((1 << len(marks)) - 1) << len(free),
        )

    @cached_property
    def _options(self) -> list[list[Option]]:
        """What there is to choose from, for each choice of the layout; not weighed yet."""
        return [
            [Option(_any_of(self._masks[part] for part in way.parts), self._opened(way.items)) for way in item.ways]
            for item in self.layout.items
        ]

    @cached_property
    def _order(self) -> list[int]:
        """The choices of the layout in the order of the alternatives."""
        free = [part for part in self.layout.parts if not part.is_always]
        options = [
            [Option(_any_of(self._masks[part] for part in way.parts), _bits_of(way.items)) for way in item.ways]
            for item in self.layout.items
        ]
        return arranged(options, [*(_bits_of(part.items) for part in free), *([0] * len(self._wanted))])

    @cached_property
    def _place_of(self) -> list[int]:
        """For each choice of the layout its place among the alternatives."""
        return sorted(range(len(self._order)), key=self._order.__getitem__)

    def _opened(self, items: Iterable[int]) -> int:
        return _bits_of(self._place_of[item] for item in items)

    @cached_property
    def _always(self) -> int:
        """What the parts of all routes weigh."""
        pairs = zip(self.layout.parts, self.prices.weights, strict=True)
        return sum(weight for part, weight in pairs if part.is_always)

    @cached_property
    def _masks(self) -> list[int]:
        """The bits of each part: its own, and one for each thing chosen by the learner that it brings."""
        masks: list[int] = []
        bit = 1
        for part in self.layout.parts:
            masks.append(0 if part.is_always else bit)
            bit <<= not part.is_always
        for places in self._wanted:
            for place in places:
                masks[place] |= bit
            bit <<= 1
        return masks

    @cached_property
    def _wanted(self) -> list[list[int]]:
        """For each thing chosen by the learner that is not there anyway, the parts that bring it."""
        parts = self.layout.parts
        pins = [pin for pin in self.program.learner.choose if not self.program.is_at_hand(pin)]
        found = [[place for place, part in enumerate(parts) if _brings(part, pin)] for pin in pins]
        return [places for places in found if not any(parts[place].is_always for place in places)]

    # what has to be known

    def _check_known(self, place: int, each: Chosen) -> None:
        """Nothing, if all is known that a part may ask for; a route that is not chosen after all may not say else."""
        node = self.layout.parts[place].node
        owner = {} if node is None else {str(node.id): node}
        name = each.leaf.step if isinstance(each.leaf, Needs) else each.paper
        if name is None or name in owner:
            check_known(self.program, owner, each)
            return
        for state in self.layout.states.get(name, ()):
            needed = self.layout.parts[state].node
            if needed is not None:
                check_known(self.program, {**owner, name: needed}, each)

    def _can_be_had(self, place: int, begin: Standing) -> bool:
        """Whether some route has a part, and all that the learner chose."""
        if self.layout.is_dead:
            return False
        wanted = attrs.evolve(self._alternatives, wanted=self._alternatives.wanted | self._masks[place])
        try:
            return wanted.least(begin.parts, begin.todo, most=_MOST_KEPT) is not None
        except TooManyOpenError:
            return True


def _brings(part: Part, pin: str) -> bool:
    """Whether a part is what the learner chose: a step, or one that grants a credential."""
    if part.node is None or part.node.step is None:
        return False
    return part.name == pin or (part.node.status is not Status.WAIVED and pin in part.node.step.grants)


def _bits_of(places: Iterable[int]) -> int:
    return _any_of(1 << place for place in places)


def _any_of(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found
