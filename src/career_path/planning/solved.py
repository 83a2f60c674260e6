"""A route with its earliest days, what it costs, and how good that makes it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from career_path.model.text import step_of
from career_path.planning.compile import Compiled
from career_path.planning.papers import Paper, Renewing
from career_path.planning.routes import Route
from career_path.planning.solve import Derived

__all__ = ["Judged", "Rank", "Solved", "granted_on"]


class Solved(NamedTuple):
    """A route at its earliest dates; `renewals` are those that it plans."""

    compiled: Compiled
    dates: dict[str, Derived]
    finish: int
    cost: Decimal
    unknown: tuple[str, ...]
    renewals: Mapping[Paper, tuple[Renewing, ...]]

    @property
    def route(self) -> Route:
        """The route itself."""
        return self.compiled.route

    @property
    def counts(self) -> tuple[int, int, int, int, int]:
        """What decides first between equally good ones: fewest redone, renewed, extended, second times first, steps."""
        redone, steps, *_ = self.route.key
        again = [name for name in self.route.nodes if name != step_of(name) and step_of(name) in self.route.nodes]
        is_odd = sum(self._done(name) < self._done(step_of(name)) for name in again)  # the second time before the first
        renewals = sum(map(len, self.renewals.values()))
        extensions = sum(len(each.fees) for each in self.route.chosen)
        return redone, renewals, extensions, is_odd, steps

    @property
    def key(self) -> tuple[object, ...]:
        """What decides between equally good ones: the counts, the ids, then as between routes."""
        _, _, ids, choices = self.route.key
        kept = sorted((p.granted_by or "", p.credential, len(done)) for p, done in self.renewals.items())
        return *self.counts, ids, choices, kept, sorted(self.compiled.kept.values())

    def _done(self, name: str) -> int:
        return granted_on(self.compiled, self.dates, Paper(name, "")) or 0


Rank = tuple[tuple[object, ...], tuple[object, ...]]
"""How good a solved route is, and what decides among equally good ones; the least is best."""


class Judged(NamedTuple):
    """The rank of a solved route, and the derived bounds that decide it."""

    rank: Rank
    decisive: tuple[Derived, ...]


def granted_on(compiled: Compiled, dates: Mapping[str, Derived], paper: Paper) -> int | None:
    """The day on which a paper is granted; None for one at hand."""
    if paper.granted_by is None:
        return None
    finish = compiled.route.nodes[paper.granted_by].finish
    return finish.day if finish.unknown is None else finish.rule.f(dates[finish.unknown].day)
