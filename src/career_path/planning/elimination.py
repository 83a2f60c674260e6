"""The least weight of a choice among alternatives that share parts, found by going through them one after the other.

A choice has parts, each with a weight that counts once however many alternatives have the part, and alternatives that
open further ones. All that a choice so far says about the rest of it is which alternatives are open, and which of the
parts that these may still have are there already. Of all choices that leave the same behind the lightest is kept, so
the work grows with the number of shared parts that are open at a time, not with the product of the alternatives.

Where many are open, those are left out that cannot become as light as one that is known: each part is paid for in
shares by the alternatives that may have it, and the sum of the least shares is never more than the least weight. Shares
are moved, a little at a time, to where they raise that sum (dual ascent, as in D. Erlenkotter, "A Dual-Based Procedure
for Uncapacitated Facility Location", Operations Research 26, 1978).

Weights are whole numbers; parts and alternatives are bits of whole numbers. Nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from heapq import nsmallest
from typing import Final, NamedTuple

import attrs

__all__ = ["Alternatives", "Option", "TooManyOpenError", "arranged", "bits"]

_MANY: Final = 128
"""From so many choices on, those that cannot become as light as a known one are left out."""
_FOLLOWED: Final = 4
"""So many of the most promising choices are followed to find a light one."""
_SCALE: Final = 1 << 10
"""Shares are counted in such parts of a unit of weight."""
_ROUNDS: Final = 20
_FEW: Final = 6
"""Where no more parts are open at a time, any order is good."""
_NEAR: Final = 64
"""Among so many alternatives the next one is looked for."""


class TooManyOpenError(Exception):
    """More choices would have to be kept apart than may be looked at."""


class Option(NamedTuple):
    """One of several alternatives: all its parts, alternatives that it opens by itself, and a weight of its own."""

    parts: int
    opens: int = 0
    weight: int = 0


_Row = tuple[int, dict[int, tuple[int, int]]]
"""The parts of an option, and what it adds and opens by which of them are there; there is at least that for all."""
Allowed = tuple[int, ...]
_Choice = tuple[int, int]
"""What a choice leaves behind: the open alternatives, and the parts there that these may still have."""
_Layer = dict[int, dict[int, int]]
"""Choices with the same next alternative: by what is open, and by what is there, the least weight so far."""


@attrs.frozen(slots=False, eq=False, repr=False)
class Alternatives:
    """Alternatives over shared parts; bit n of a number stands for part n, or for alternative n.

    A new part brings `weights[n]` and opens `opens[n]`. An option names all its parts, also those that another part of
    it asks for. All parts in `wanted` have to be there in the end. What is opened comes, as far as can be, after what
    opens it: then each choice is looked at once.
    """

    weights: Sequence[int]
    opens: Sequence[int]
    options: Sequence[Sequence[Option]]
    wanted: int = 0

    def least(self, parts: int, todo: int, *, most: int, allowed: Allowed | None = None) -> int | None:
        """The least weight still to be added, with some parts there and some alternatives open; None if none will do.

        For each alternative `allowed` has a bit for each of its options that may be taken; without it, all may.

        Raises:
            TooManyOpenError: more than `most` choices would have to be kept apart.
        """
        choice = (todo, parts & (self._relevant(todo) | self.wanted))
        if (choice, allowed) not in self._known:
            self._known[choice, allowed] = self._swept(choice, allowed, most=most)
        return self._known[choice, allowed]

    @cached_property
    def _known(self) -> dict[tuple[_Choice, Allowed | None], int | None]:
        return {}

    def floor(self, parts: int, todo: int) -> int:
        """A weight that is never more than the least; quickly told."""
        shares = (self._share_of(place, parts & self._own_parts[place]) for place in bits(todo))
        return -(-sum(shares) // _SCALE)

    def _swept(self, choice: _Choice, allowed: Allowed | None, *, most: int, is_narrow: bool = False) -> int | None:
        """The least weight from a choice on; of a few followed choices alone with `is_narrow`."""
        todo, there = choice
        waiting: dict[int, _Layer] = {todo & -todo: {todo: {there: 0}}}
        limit: int | None = None
        kept = 0
        while waiting:
            bit = min((each for each in waiting if each), default=0)
            layer = waiting.pop(bit)
            if not bit:
                return min((weight for each, weight in layer[0].items() if not self.wanted & ~each), default=None)
            count = sum(map(len, layer.values()))
            if is_narrow and count > _FOLLOWED:
                layer = self._most_promising(layer)
            elif count > _MANY and not is_narrow:
                limit = self._swept(choice, allowed, most=most, is_narrow=True) if limit is None else limit
                layer = self._light_enough(layer, limit)
            kept += count
            if kept > most:
                raise TooManyOpenError
            rows = self._options(bit.bit_length() - 1, allowed)
            for todo, states in layer.items():
                self._go_on(todo ^ bit, rows, states, waiting)
        return None

    def _most_promising(self, layer: _Layer) -> _Layer:
        promised = ((promise, todo, there) for todo, there, promise in self._promises(layer))
        found: _Layer = {}
        for _, todo, there in nsmallest(_FOLLOWED, promised):
            found.setdefault(todo, {})[there] = layer[todo][there]
        return found

    def _light_enough(self, layer: _Layer, limit: int | None) -> _Layer:
        """The choices that can become as light as a known one."""
        if limit is None:
            return layer
        scaled = limit * _SCALE
        found: _Layer = {}
        for todo, there, promise in self._promises(layer):
            if promise <= scaled:
                found.setdefault(todo, {})[there] = layer[todo][there]
        return found

    def _promises(self, layer: _Layer) -> Iterator[tuple[int, int, int]]:
        """What is open, what is there, and the least that can still be weighed in all, scaled."""
        for todo, states in layer.items():
            anywhere = _any(states)
            places = [(place, self._own_parts[place]) for place in bits(todo)]
            fixed = sum(self._share_of(place, 0) for place, own in places if not own & anywhere)
            varying = [(place, own) for place, own in places if own & anywhere]
            for there, weight in states.items():
                total = weight * _SCALE + fixed
                for place, own in varying:
                    total += self._share_of(place, there & own)
                yield todo, there, total

    def _options(self, place: int, allowed: Allowed | None) -> list[_Row]:
        rows = self._rows[place]
        return rows if allowed is None else [row for index, row in enumerate(rows) if allowed[place] >> index & 1]

    def _go_on(self, rest: int, rows: list[_Row], states: dict[int, int], waiting: dict[int, _Layer]) -> None:
        """Take each option of the alternative that comes next for some choices that leave the same open."""
        for parts, brought in rows:
            known_opened, keep, following = -1, 0, dict[int, int]()
            for there, weight in states.items():
                overlap = parts & there
                known = brought.get(overlap)
                if known is None:
                    known = brought[overlap] = self._brought(parts & ~overlap, *brought[parts])
                added, opened = known
                if opened != known_opened:  # mostly the same for all
                    known_opened = opened
                    left = rest | opened
                    keep = self._relevant(left) | self.wanted
                    following = waiting.setdefault(left & -left, {}).setdefault(left, {})
                behind = (there | parts) & keep
                added += weight
                if behind not in following or added < following[behind]:
                    following[behind] = added

    @cached_property
    def _rows(self) -> list[list[_Row]]:
        """The options; for each what it brings by which of its parts are there already."""
        return [
            [(option.parts, {option.parts: (option.weight, option.opens)}) for option in options]
            for options in self.options
        ]

    def _brought(self, new: int, weight: int, opens: int) -> tuple[int, int]:
        """What new parts weigh and open together with what an option has by itself."""
        while new:
            low = new & -new
            part = low.bit_length() - 1
            weight += self.weights[part]
            opens |= self.opens[part]
            new ^= low
        return weight, opens

    # what may still come

    @cached_property
    def _reaches(self) -> list[int]:
        """For each alternative the parts that it, or what it opens, may have."""
        reached = [0] * len(self.options)
        leads = [0] * len(self.options)
        for place, options in enumerate(self.options):
            for option in options:
                reached[place] |= option.parts
                leads[place] |= option.opens
        if any(self.opens):
            leads = [led | _any_of(self.opens, own) for led, own in zip(leads, reached, strict=True)]
        is_moved = True
        while is_moved:
            is_moved = False
            for place in range(len(reached) - 1, -1, -1):  # what is opened mostly comes later
                more = reached[place] | _any_of(reached, leads[place])
                is_moved |= more != reached[place]
                reached[place] = more
        return reached

    @cached_property
    def _relevants(self) -> dict[int, int]:
        return {0: 0}

    def _relevant(self, todo: int) -> int:
        """The parts that open alternatives may have."""
        known = self._relevants
        if todo not in known:
            asked: list[int] = []
            left = todo
            while left not in known:  # what is asked for next mostly lacks the first one alone
                asked.append(left)
                left &= left - 1
            parts = known[left]
            for each in reversed(asked):
                parts |= self._reaches[(each & -each).bit_length() - 1]
                known[each] = parts
        return known[todo]

    # shares

    def _share_of(self, place: int, there: int) -> int:
        """What an alternative has to pay at least if some of its parts are there, scaled."""
        known = self._shares_known[place]
        share = known.get(there)
        if share is None:
            share = known[there] = self._least_share(place, there)
        return share

    def _least_share(self, place: int, there: int) -> int:
        shares = self._shares[place]
        return min(
            (
                option.weight * _SCALE + sum([shares[part] for part in bits(option.parts & ~there)])
                for option in self.options[place]
            ),
            default=0,
        )

    @cached_property
    def _shares_known(self) -> list[dict[int, int]]:
        return [{} for _ in self.options]

    @cached_property
    def _own_parts(self) -> list[int]:
        return [_any(option.parts for option in options) for options in self.options]

    @cached_property
    def _shares(self) -> list[dict[int, int]]:
        """For each alternative what it pays of each of its parts: together no more than a part weighs."""
        users: dict[int, list[int]] = {}
        for place, own in enumerate(self._own_parts):
            for part in bits(own):
                users.setdefault(part, []).append(place)
        shares: list[dict[int, int]] = [{} for _ in self.options]
        for part, places in users.items():
            for place in places:
                shares[place][part] = self.weights[part] * _SCALE // len(places)
        return self._ascended(shares, {part: places for part, places in users.items() if len(places) > 1})

    def _ascended(self, shares: list[dict[int, int]], users: dict[int, list[int]]) -> list[dict[int, int]]:
        """Shares moved from alternatives that can do without a part to those that take it."""
        ways = [[(option.weight * _SCALE, list(bits(option.parts))) for option in options] for options in self.options]
        step = max((self.weights[part] for part in users), default=0) * _SCALE // 8
        best, highest = shares, -1
        for _ in range(_ROUNDS if users else 0):
            total, takers = 0, dict.fromkeys(users, 0)
            for place, (options, own) in enumerate(zip(ways, shares, strict=True)):
                paid = [weight + sum([own[part] for part in parts]) for weight, parts in options]
                least = min(paid, default=0)
                total += least
                for part in options[paid.index(least)][1] if paid else ():
                    if part in takers:
                        takers[part] |= 1 << place
            if total > highest:
                best, highest = [dict(own) for own in shares], total
            for part, places in users.items():
                _move(part, [place for place in places if not takers[part] >> place & 1], places, shares, step)
            step = step * 9 // 10
        return best


def arranged(options: Sequence[Sequence[Option]], opens: Sequence[int]) -> list[int]:
    """The places of alternatives in a good order: after what opens them, and with few shared parts open at a time."""
    own = [_any(option.parts for option in ways) for ways in options]
    leads = [_any(option.opens for option in ways) for ways in options]
    if any(opens):
        leads = [led | _any_of(opens, parts) for led, parts in zip(leads, own, strict=True)]
    openers = [0] * len(options)
    for place in (place for led in leads for place in bits(led)):
        openers[place] += 1
    if not any(openers) and _is_narrow(own):
        return list(range(len(options)))
    left = [0] * max((parts.bit_length() for parts in own), default=0)
    for part in (part for parts in own for part in bits(parts)):
        left[part] += 1
    begun, ending = 0, sum(1 << part for part, count in enumerate(left) if count == 1)
    order: list[int] = []
    waiting = list(range(len(options)))
    while waiting:
        near = ([place for place in waiting if not openers[place]] or waiting)[:_NEAR]
        best = min(near, key=lambda place: (own[place] & ~begun).bit_count() - (own[place] & ending).bit_count())
        waiting.remove(best)
        order.append(best)
        begun |= own[best]
        for part in bits(own[best]):
            left[part] -= 1
            ending = ending | 1 << part if left[part] == 1 else ending
        for place in bits(leads[best]):
            openers[place] -= 1
    return order


def _is_narrow(own: Sequence[int]) -> bool:
    """Whether few parts are open at a time in the order as it is."""
    left = [0] * (len(own) + 1)
    for place in range(len(own) - 1, -1, -1):
        left[place] = left[place + 1] | own[place]
    begun = 0
    for place, parts in enumerate(own):
        begun |= parts
        if (begun & left[place + 1]).bit_count() > _FEW:
            return False
    return True


def _move(part: int, others: list[int], places: list[int], shares: list[dict[int, int]], step: int) -> None:
    """Let those pay more for a part that take it, and those less that do not."""
    if not others or len(others) == len(places):
        return
    freed = 0
    for place in others:
        given = min(step, shares[place][part])
        shares[place][part] -= given
        freed += given
    takers = [place for place in places if place not in others]
    for place in takers:
        shares[place][part] += freed // len(takers)


def bits(number: int) -> Iterator[int]:
    """The places of the bits of a number, from the lowest."""
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low


def _any(numbers: Iterable[int]) -> int:
    found = 0
    for number in numbers:
        found |= number
    return found


def _any_of(numbers: Sequence[int], places: int) -> int:
    """The bits of all the numbers at some places."""
    found = 0
    for place in bits(places):
        found |= numbers[place]
    return found
