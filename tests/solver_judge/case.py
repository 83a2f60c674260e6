"""One case: a pathway, a learner, today, and the days that are looked at, counted from today."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cached_property

import attrs

from career_path.model.learner import Learner, Record
from career_path.model.pathway import Pathway, Step

__all__ = ["GOAL", "Case", "OutOfScopeError"]

GOAL = ""
"""The pseudo-step whose requirement is the goal."""
_MOST_DECIMALS = 6


class OutOfScopeError(Exception):
    """A case with something in it that this judge does not know."""


@attrs.frozen(slots=False, eq=False)
class Case:
    """`last` is the horizon: nothing that a plan needs is done after it. Days before `first` are never looked at."""

    pathway: Pathway
    learner: Learner
    today: dt.date
    last: int = 1200
    first: int = -1200

    @property
    def horizon(self) -> dt.date:
        """The last day that a plan may use."""
        return self.today + dt.timedelta(days=self.last)

    @cached_property
    def begin(self) -> int:
        """The day before which nothing new starts."""
        start = self.learner.start
        return 0 if start is None else max(0, self.day(start))

    def day(self, date: dt.date) -> int:
        """The number of a day; today is 0."""
        return (date - self.today).days

    def date(self, day: int) -> dt.date:
        """The day of a number."""
        return self.today + dt.timedelta(days=day)

    @cached_property
    def _steps(self) -> dict[str, Step]:
        return {step.id: step for step in self.pathway.steps}

    def step(self, name: str) -> Step:
        """The step of that id."""
        return self._steps[name]

    @cached_property
    def _records(self) -> dict[str, Record]:
        return {record.step: record for record in self.learner.records}

    def record(self, name: str) -> Record | None:
        """What is on record of a step.

        Raises:
            OutOfScopeError: it is running, or attempts at it failed.
        """
        record = self._records.get(name)
        if record is not None and (record.failed or not (record.waived or record.finished)):
            raise OutOfScopeError(name)
        return record

    def is_finished(self, name: str) -> bool:
        """Whether a step is done."""
        record = self.record(name)
        return record is not None and record.waived is False

    def is_waived(self, name: str) -> bool:
        """Whether a step need not be done."""
        record = self.record(name)
        return record is not None and record.waived is not False

    @cached_property
    def unit(self) -> int:
        """How many parts an amount of money is counted in, so that all are whole numbers."""
        amounts = [step.cost.amount for step in self.pathway.steps if step.cost is not None]
        if self.learner.budget is not None:
            amounts.append(self.learner.budget)
        fitting = (10**n for n in range(_MOST_DECIMALS))
        return next(int(unit) for unit in fitting if all(amount * unit % 1 == 0 for amount in amounts))

    def price(self, name: str) -> int | None:
        """What a step costs, in units; None if that is not known."""
        cost = self.step(name).cost
        return None if cost is None else int(cost.amount * self.unit)

    def amount(self, units: int) -> Decimal:
        """An amount counted in units."""
        return Decimal(units) / self.unit
