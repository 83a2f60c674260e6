"""Days before which nothing can start by whatever route: they follow from the rules and only save the solver work.

Each step is taken as early as any of its options lets it be, as if it could choose for itself alone.
"""

from __future__ import annotations

from bisect import bisect_left

import attrs

from brute_force.arithmetic import birthday
from career_path.days.spans import Span
from career_path.model.requirements import Aged, AllOf, AnyOf, AtLeast, Event, Needs, Order, Requirement
from solver_judge.calendar import Calendar, likely
from solver_judge.case import Case
from solver_judge.choices import options

__all__ = ["Floors"]

_ROUNDS = 3


@attrs.define(eq=False)
class Floors:
    """The earliest start of each step, and that of the goal."""

    case: Case
    calendar: Calendar
    names: list[str]
    starts: dict[str, int] = attrs.field(factory=dict)
    _known: dict[str, tuple[list[int], dict[int, int]]] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.starts = dict.fromkeys(self.names, self.case.begin)
        for name in self.names:
            if not self.calendar.is_plain(self.case.step(name)):
                known = self.calendar.starts(self.case.step(name))
                self._known[name] = sorted(known), known
        for _ in range(_ROUNDS * len(self.names)):
            raised = [self._raise(name) for name in self.names]
            if not any(raised):
                return

    def _raise(self, name: str) -> bool:
        """Whether a step turns out to start later than was thought."""
        day = max(self.starts[name], self.of(self.case.step(name).requires))
        if name in self._known:
            days, _ = self._known[name]
            at = bisect_left(days, day)
            day = days[at] if at < len(days) else self.case.last + 1
        day = min(day, self.case.last + 1)
        if day <= self.starts[name]:
            return False
        self.starts[name] = day
        return True

    def of(self, requirement: Requirement) -> int:
        """The day before which a requirement cannot hold."""
        match requirement:
            case AllOf():
                return max((self.of(each) for each in options(requirement)), default=self.case.first)
            case AnyOf() | AtLeast():
                wanted = 1 if isinstance(requirement, AnyOf) else requirement.k
                days = sorted(self.of(each) for each in options(requirement))
                return days[wanted - 1] if wanted else self.case.first
            case Needs() if requirement.order is Order.AFTER and self.case.record(requirement.step) is None:
                event = self._event(requirement.step, requirement.of)
                return min(self.calendar.plus(event, requirement.lag), self.case.last + 1)
            case Aged() if self.case.learner.born is not None:
                born = self.case.learner.born
                return self.case.day(birthday(born, born.year + requirement.years))
            case _:
                return self.case.first

    def _event(self, name: str, of: Event) -> int:
        start = self.starts[name]
        if of is Event.START or start > self.case.last:
            return start
        if name in self._known:
            return self._known[name][1].get(start, start)
        takes = likely(self.case.step(name))
        assert isinstance(takes, Span)
        return self.calendar.plus(start, takes)
