"""After failed attempts: the first day of the next one, what has to be done once more first, and where none is left."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from career_path.days.numbers import NEVER
from career_path.days.rules import add_span
from career_path.errors import DocumentError, Fault
from career_path.model.learner import Learner
from career_path.model.pathway import Step
from career_path.model.requirements import span_text
from career_path.model.sittings import Cap, Retakes
from career_path.model.text import StepId, step_of
from career_path.model.timeline import ReasonKind
from career_path.planning.bounds import Because, Floor, Recorded, always

__all__ = ["Attempts"]


class _Bar(NamedTuple):
    """No attempt before a day, counted from an earlier one; never, or not before a step was done once more."""

    rule: str
    day: int
    counted_from: int
    span: str | None = None
    after: StepId | None = None


class Attempts(NamedTuple):
    """The attempts of a learner at a step, as day numbers; those that failed since it was last passed count."""

    step: Step
    learner: Learner

    @property
    def failed(self) -> tuple[int, ...]:
        """The attempts that count, in order."""
        passed = max(_done(self.learner, self.step.id), default=0)
        return tuple(day for day in _failed(self.learner, self.step.id) if day > passed)

    def floors(self, name: str) -> Iterator[Floor]:
        """The first days that the waits and the caps of a period allow."""
        for bar in self._now():
            if bar.day < NEVER:
                because = Because(
                    ReasonKind.RETAKE,
                    bar.rule,
                    span=bar.span,
                    source=min(self.step.sources, default=None),
                    event_day=always(bar.counted_from),
                )
                yield Floor(name, bar.day, because)

    @property
    def closed_by(self) -> tuple[str, ...]:
        """The caps that leave no further attempt."""
        count = len(self.failed)
        return tuple(f"{bar.rule}, {count} failed" for bar in self._now() if bar.day >= NEVER and bar.after is None)

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of the waits and caps that now keep from an attempt; of caps that close it with the count."""
        closed = self.closed_by
        open_ = {bar.rule for bar in self._now()} - {rule.rpartition(", ")[0] for rule in closed}
        return (*closed, *sorted(open_))

    def without(self, rules: Collection[str]) -> Retakes:
        """What holds after failed attempts without some waits and caps, by their names without a count."""
        retakes = self.step.retakes or Retakes()
        is_free = any(rule.startswith(f"steps.{self.step.id}.retakes (wait ") for rule in rules)
        caps = [cap for cap in retakes.caps if _cap_rule(self.step.id, cap) not in rules]
        return Retakes(waits=() if is_free else retakes.waits, caps=caps)

    @property
    def asks_again(self) -> tuple[StepId, ...]:
        """The steps that have to be done once more before the next attempt.

        Raises:
            DocumentError: one of them is under way as a later time of itself, where nobody looks for it.
        """
        found = tuple(bar.after for bar in self._now() if bar.after is not None)
        for step_id in found:
            _check_place(self.learner, step_id)
        return found

    def _now(self) -> Iterator[_Bar]:
        if self.step.retakes is None:
            return iter(())
        return _bars(self.step.id, self.step.retakes, self.failed, lambda step_id: _done(self.learner, step_id))

    def recorded(self) -> Iterator[Recorded]:
        """The rules that attempts on record did not keep."""
        if self.step.retakes is None:
            return
        failed, passed = _failed(self.learner, self.step.id), _passed(self.learner, self.step)
        broken: set[str] = set()
        for day, is_pass in sorted([*((day, False) for day in failed), *((day, True) for day in passed)]):
            since = max((each for each in passed if each < day), default=0)
            before = [each for each in failed if since < each and (each < day or (is_pass and each == day))]
            bars = _bars(self.step.id, self.step.retakes, before, self._done_by(day))
            broken |= {bar.rule for bar in bars if bar.day > day}
        yield from (Recorded(rule, self.step.id, is_kept=False, is_of_way=False) for rule in sorted(broken))

    def _done_by(self, last: int) -> Callable[[StepId], list[int]]:
        return lambda step_id: [day for day in _done(self.learner, step_id) if day <= last]


def _bars(
    step_id: str, retakes: Retakes, failed: Sequence[int], done: Callable[[StepId], Collection[int]]
) -> Iterator[_Bar]:
    """What keeps from the next attempt after those that failed; `done` tells the days on which a step was done."""
    if failed and retakes.waits:
        wait = retakes.waits[min(len(failed), len(retakes.waits)) - 1]
        rule = f"steps.{step_id}.retakes (wait {span_text(wait)})"
        yield _Bar(rule, add_span(wait).f(failed[-1]), failed[-1], span_text(wait))
    for cap in retakes.caps:
        since = 0 if cap.since is None else max(done(cap.since), default=0)
        counted = [day for day in failed if day >= since]
        if len(counted) >= cap.attempts:
            yield _capped(step_id, cap, counted)


def _capped(step_id: str, cap: Cap, counted: Sequence[int]) -> _Bar:
    """What a cap that is used up says; of attempts in a period, the oldest that counts makes room first."""
    oldest = counted[-cap.attempts]
    rule = _cap_rule(step_id, cap)
    if cap.per is not None:
        return _Bar(rule, add_span(cap.per).f(oldest), oldest, span_text(cap.per))
    return _Bar(rule, NEVER, oldest, None, cap.since)


def _cap_rule(step_id: str, cap: Cap) -> str:
    scope = "" if cap.since is None else f" since {cap.since}"
    scope = scope if cap.per is None else f" in {span_text(cap.per)}"
    return f"steps.{step_id}.retakes (at most {cap.attempts}{scope})"


def _failed(learner: Learner, step_id: str) -> list[int]:
    """Every failed attempt on record, whichever time the step was to be done."""
    return sorted(day.toordinal() for each in learner.records if step_of(each.step) == step_id for day in each.failed)


def _done(learner: Learner, step_id: str) -> list[int]:
    """The days on which a step was done, each time of it."""
    own = (each for each in learner.records if step_of(each.step) == step_id)
    return [each.finished.toordinal() for each in own if each.finished is not None]


def _passed(learner: Learner, step: Step) -> list[int]:
    """The days of the attempts that were passed, or are still without a result."""
    own = (each for each in learner.records if step_of(each.step) == step.id)
    days = (each.started or each.finished for each in own)
    return [day.toordinal() for day in days if day is not None]


def _check_place(learner: Learner, step_id: str) -> None:
    for each in learner.records:
        if step_of(each.step) == step_id != each.step and each.started is not None and each.finished is None:
            expected = f"records.{step_id}, because attempts wait for the next time that '{step_id}' is done"
            raise DocumentError((Fault("wrong-time", f"records.{each.step}", "one under way", expected),), "learner")
