"""What the parts of a layout cost, and what else adds up when routes are compared, in one number for each part."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from typing import Final, NamedTuple

import attrs

from career_path.model.timeline import Status
from career_path.planning.layout import Layout, Part
from career_path.planning.program import Node
from career_path.planning.solved import Solved
from career_path.planning.texts import GOAL

__all__ = ["Price", "Prices", "Tie"]

_MOST_RANKED: Final = 2_000
"""Of more steps than that the ids are left out of the weights."""

Tie = tuple[int, int, int, int, int, int]
"""What decides between equally good routes: steps redone, papers renewed, windows extended, a second time before the
first, steps, and a number that is less for ids that come first."""


class Price(NamedTuple):
    """What a route costs at least, and what can decide at best between it and others that are as good.

    The fewest unknown costs come first, then the least sum of the known ones with so many. `known` is the least sum of
    known costs with however many unknown ones: it is what a budget is compared with.
    """

    unknown: int
    cost: Decimal
    known: Decimal
    tie: Tie


class _Widths(NamedTuple):
    """How many bits each count has in a weight, the one that decides last first; each can hold the sum of all parts."""

    rank: int
    steps: int
    extended: int
    redone: int
    cost: int


@attrs.frozen(slots=False, eq=False, repr=False)
class Prices:
    """The weights of all parts of a layout.

    A weight is made of the number of costs that are not known, the known ones, and what decides in a tie, the first to
    decide on top: weights add up and compare as these do one after the other.
    """

    layout: Layout

    @cached_property
    def weights(self) -> list[int]:
        """The weight of each part: a step with several states counts once, and each of these with what is its own."""
        return [self._weight(part) for part in self.layout.parts]

    def fees(self, fees: Iterable[Decimal | None]) -> int:
        """The weight of extended windows, each with its fee."""
        return sum(self._of(unknown=int(fee is None), cost=self._whole(fee), extended=1) for fee in fees)

    @cached_property
    def costs(self) -> list[int]:
        """The known cost of each part, in the smallest unit that tells all."""
        return [self._whole(_cost(part.node)) if part.node and part.node.is_to_do else 0 for part in self.layout.parts]

    def cost_of(self, fees: Iterable[Decimal | None]) -> int:
        """The known fees of extended windows, in the same unit."""
        return sum(map(self._whole, fees))

    def amount(self, whole: int) -> Decimal:
        """So many of the smallest unit as an amount."""
        return Decimal(whole).scaleb(-self._scale)

    def price(self, weight: int, *, known: Decimal | None = None) -> Price:
        """What a weight is made of; with the least sum of known costs, if that is told apart."""
        counts: list[int] = []
        for width in self._widths:
            counts.append(weight & ((1 << width) - 1))
            weight >>= width
        rank, steps, extended, redone, cost = counts
        amount = self.amount(cost)
        return Price(weight, amount, amount if known is None else known, (redone, 0, extended, 0, steps, rank))

    @property
    def tie_bits(self) -> int:
        """How many of the lowest bits of a weight decide in a tie alone."""
        return sum(self._widths) - self._widths.cost

    def tie_of(self, solved: Solved) -> Tie | None:
        """What can decide between a solved route and others; None where its ids are not among those of the layout."""
        ranks = [self._ranks.get(name) for name in solved.route.nodes] if self._ranks else []
        return None if None in ranks else (*solved.counts, sum(rank for rank in ranks if rank is not None))

    def _weight(self, part: Part) -> int:
        node = part.node
        is_counted = part.name != GOAL and (node is None or not self.layout.has_several(part.name))
        weight = self._of(steps=1, rank=self._ranks.get(part.name, 0)) if is_counted else 0
        if node is None or not node.is_to_do:
            return weight
        cost = _cost(node)
        return weight + self._of(
            unknown=int(cost is None), cost=self._whole(cost), redone=int(node.status is Status.REDO)
        )

    def _of(
        self, *, unknown: int = 0, cost: int = 0, redone: int = 0, extended: int = 0, steps: int = 0, rank: int = 0
    ) -> int:
        weight = unknown
        widths = self._widths
        for count, width in (
            (cost, widths.cost),
            (redone, widths.redone),
            (extended, widths.extended),
            (steps, widths.steps),
            (rank, widths.rank),
        ):
            weight = (weight << width) + count
        return weight

    @cached_property
    def _widths(self) -> _Widths:
        parts = self.layout.parts
        fees = [fee for item in self.layout.items for way in item.ways for fee in way.fees]
        total = sum(self._whole(_cost(part.node)) for part in parts) + sum(map(self._whole, fees))
        steps = len(parts).bit_length()
        return _Widths(len(self._ranks) + steps, steps, len(fees).bit_length(), steps, total.bit_length())

    @cached_property
    def _scale(self) -> int:
        """So many digits after the point tell every cost exactly."""
        amounts = [_cost(part.node) for part in self.layout.parts]
        amounts += [fee for item in self.layout.items for way in item.ways for fee in way.fees]
        known = [amount.as_tuple().exponent for amount in amounts if amount is not None]
        return max((-exponent for exponent in known if isinstance(exponent, int)), default=0)

    def _whole(self, amount: Decimal | None) -> int:
        return 0 if amount is None else int(amount.scaleb(self._scale))

    @cached_property
    def _ranks(self) -> dict[str, int]:
        """A number for each step, so that of sets of as many steps the one with the first ids has the least sum."""
        names = sorted({part.name for part in self.layout.parts if part.name != GOAL})
        if len(names) > _MOST_RANKED:
            return {}
        return {name: (1 << len(names)) - (1 << (len(names) - 1 - place)) for place, name in enumerate(names)}


def _cost(node: Node | None) -> Decimal | None:
    return None if node is None or node.step is None or node.step.cost is None else node.step.cost.amount
