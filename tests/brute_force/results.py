"""What the search finds: steps with their days, routes, and the best of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs

from brute_force.arithmetic import ALWAYS, NEVER
from brute_force.case import STILL_TO_DO

__all__ = ["Outcome", "Placed", "Result"]


@attrs.frozen(kw_only=True)
class Placed:
    """One step of a route: its earliest days and its latest; latest days of a step still to be done may be missing."""

    id: str
    status: str
    start: dt.date | None
    finish: dt.date | None
    latest_start: dt.date | None = None
    latest_finish: dt.date | None = None


@attrs.frozen(kw_only=True)
class Outcome:
    """One route with its dates. `cost` is the known sum, `unknown` the steps of which no cost is known.

    `renewals` counts those of papers, `extensions` those of windows, `odd` the later times of a step that come before
    the first.
    """

    finish: dt.date
    cost: Decimal
    unknown: tuple[str, ...]
    redone: tuple[str, ...]
    renewals: int
    extensions: int
    odd: int
    steps: tuple[Placed, ...]
    latest_goal: dt.date | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """The steps of the route, sorted."""
        return tuple(step.id for step in self.steps)

    @property
    def first_act(self) -> dt.date:
        """The latest day on which the first thing still to be done may begin."""
        todo = [step for step in self.steps if step.status in STILL_TO_DO]
        return min((step.latest_start or ALWAYS for step in todo), default=NEVER)

    def step(self, step_id: str) -> Placed:
        """The step of that id."""
        return next(step for step in self.steps if step.id == step_id)


@attrs.frozen(kw_only=True)
class Result:
    """The best route by every rule but the last, which compares texts.

    `ties` are all routes that the preference and the objective call equally good; `equals` those of them that also
    redo as few steps, have as few, and have the same ids: only canonical text may choose among these.
    """

    ties: tuple[Outcome, ...]
    equals: tuple[Outcome, ...]
    is_latest: bool = False

    @property
    def finish(self) -> dt.date:
        """The first day on which the goal can hold."""
        return self.equals[0].finish

    @property
    def cost(self) -> Decimal:
        """What is known of the cost of the best route."""
        return self.equals[0].cost

    @property
    def steps(self) -> tuple[Placed, ...]:
        """The steps of the best route, sorted by id; of the first one where `equals` has several."""
        return self.equals[0].steps

    @property
    def step_sets(self) -> frozenset[tuple[str, ...]]:
        """The ids of all routes that are equally good."""
        return frozenset(outcome.ids for outcome in self.ties)
