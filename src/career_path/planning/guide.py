"""Which waypoints of a walk are worth going on from: how good what they lead to can be, beside the best so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from heapq import heapify, heappop, heappush
from typing import Final, NamedTuple

import attrs

from career_path.days.numbers import NEVER
from career_path.model.pathway import Step
from career_path.planning.outlook import Outlook, Standing
from career_path.planning.prices import Price, Tie
from career_path.planning.routes import Nogood
from career_path.planning.solved import Solved
from career_path.planning.walk import Promise, Waypoint

__all__ = ["Ahead", "Floor", "Guide"]

_MOST_WINDOWS: Final = 6
"""Into so many stretches of days for the finish a search is split."""
_Good = tuple[object, ...]


class Ahead(NamedTuple):
    """What else is known of the routes behind a waypoint."""

    outlook: Outlook
    standing: Standing

    def first_act(self, target: int) -> int:
        """A day after which none of them can begin with what it has to do, and meet the target."""
        return self.outlook.soonest.first_act(self.standing.at, target)

    def jobs(self) -> Iterator[tuple[int, Step]]:
        """Each job that they may have, with a day that its start is never before."""
        return self.outlook.soonest.job_days(self.standing.at, self.standing.own)


Floor = Callable[[int, Price, Ahead], _Good]
"""How good a route can be at most, as the tuple of a route's rank: by a finish and a price that it has at least, and by
what else is known."""
_Window = tuple[int, int]
"""A first and a last day for the finish."""


class _Best(NamedTuple):
    """The best route so far: how good it is, what decides in a tie (None if that cannot be told), and its finish."""

    good: _Good
    tie: Tie | None
    finish: int


@attrs.define(eq=False, repr=False)
class Guide:
    """Guides one walk; whoever solves the routes tells the best of them to `take`.

    The days of the finish are split into windows, and what a waypoint leads to is told for each of them: up to the last
    day of a window all that is slower is out of the question, which makes the least price much more exact. Windows that
    cannot hold anything as good as the best route are left out; before there is any, those are looked at in which the
    best one would be if nothing but waiting for what is needed took time. With finishes after `last` nobody is served.
    `is_whole` says that nothing was left aside for being worse than the best.
    """

    outlook: Outlook
    floor: Floor
    last: int = NEVER
    is_whole: bool = True
    _best: _Best | None = attrs.field(default=None, init=False)
    _windows: list[_Window] | None = attrs.field(default=None, init=False)
    _nogoods: list[Nogood] = attrs.field(factory=list[Nogood], init=False)

    def take(self, good: _Good, solved: Solved) -> None:
        """Go on from a better route: how good it is, and the route itself."""
        self._best = _Best(good, self.outlook.prices.tie_of(solved), solved.finish)
        self._windows = None

    def leave_out(self, nogood: Nogood) -> None:
        """Go nowhere where all of something is together."""
        self._nogoods.append(nogood)

    def next_choice(self, at: Waypoint) -> tuple[str, str] | None:
        """The choice of the step that comes last: for what it waits for, there is then a last day."""
        return self.outlook.latest_choice(at) if len(at.open) > 1 else None

    def promise(self, at: Waypoint) -> Promise | None:
        """How good what a waypoint leads to can be at most; None if it leads to nothing of use."""
        if any(each.is_in(at.chosen, at.nodes) for each in self._nogoods):
            return None
        if self._windows is None:
            self._windows = list(self._worth_looking_at())
        standing = self.outlook.standing(at)
        found = [self._in_window(standing, window) for window in self._windows]
        best = min((each for each in found if each is not None), default=None)
        if best is None and self._best is None:  # it may still lead to what was not aimed at
            best = self._in_window(standing, (standing.finish, self.last))
            return None if best is None else Promise(True, *best, None)  # noqa: FBT003
        if best is None or not self._is_of_use(best):
            self.is_whole = False
            return None
        return Promise(False, *best, self._best)  # noqa: FBT003

    def renewed(self, promise: Promise | None, at: Waypoint) -> Promise | None:
        """The promise of a waypoint as it is by now; None if that is of no use any more."""
        if any(each.is_in(at.chosen, at.nodes) for each in self._nogoods):
            return None
        if promise is None or promise.beside is self._best:
            return promise
        return self.promise(at)

    def _in_window(self, standing: Standing, window: _Window) -> tuple[_Good, Tie] | None:
        first, last = max(standing.finish, window[0]), window[1]
        price = self.outlook.price(standing, last=last) if first <= last else None
        return None if price is None else (self.floor(first, price, Ahead(self.outlook, standing)), price.tie)

    def _is_of_use(self, promised: tuple[_Good, Tie]) -> bool:
        """Whether something so good would not be worse than the best."""
        if self._best is None or promised[0] < self._best.good:
            return True
        return promised[0] == self._best.good and (self._best.tie is None or promised[1] <= self._best.tie)

    def _worth_looking_at(self) -> Iterator[_Window]:
        """The windows, most promising first, in which something as good as the best (or as what is aimed at) can be."""
        begin = self.outlook.beginning
        cuts = {begin.finish, self.last} if self._best is None else {begin.finish, self._best.finish, self.last}
        waiting = [self._look(begin, window) for window in _between(begin.finish, sorted(cuts), self.last)]
        heap = [each for each in waiting if each is not None]
        heapify(heap)
        limit = None if self._best is None else self._best.good
        kept = 0
        while heap:
            good, first, last, price = heappop(heap)
            if limit is not None and good > limit:
                return
            halves = [] if kept + len(heap) >= _MOST_WINDOWS else self._halves(begin, (good, first, last, price))
            if halves:
                for half in halves:
                    heappush(heap, half)
                continue
            limit = good if limit is None else limit
            kept += 1
            yield first, last

    def _look(self, begin: Standing, window: _Window) -> tuple[_Good, int, int, Price] | None:
        first, last = window
        price = self.outlook.price(begin, last=last) if first <= last else None
        return None if price is None else (self.floor(first, price, Ahead(self.outlook, begin)), first, last, price)

    def _halves(self, begin: Standing, window: tuple[_Good, int, int, Price]) -> list[tuple[_Good, int, int, Price]]:
        """A window in two; nothing where the least price of its last day can be had on the first already."""
        _, first, last, price = window
        if first == last:
            return []
        soonest = self.outlook.price(begin, last=first)
        if soonest is not None and soonest[:3] == price[:3]:
            return []
        middle = (first + last) // 2
        looked = [self._look(begin, half) for half in ((first, middle), (middle + 1, last))]
        return [each for each in looked if each is not None]


def _between(first: int, cuts: list[int], last: int) -> Iterator[_Window]:
    """The stretches of days that end on some days."""
    for cut in cuts:
        if first <= cut <= last:
            yield first, cut
            first = cut + 1
