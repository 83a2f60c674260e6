"""One case: a pathway, a learner, the window, and what they say of single steps and papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

import attrs

from brute_force.arithmetic import ALWAYS, NEVER, ONE_DAY, OutOfScopeError, is_open, later, told
from career_path.days.day_rules import (
    Dates,
    DayRule,
    MonthEnd,
)
from career_path.days.durations import Effort, Estimate, PlainDuration, WorkingDays
from career_path.days.spans import Span
from career_path.model.learner import Held, Learner, Record
from career_path.model.pathway import AbsencePolicy, Pathway, Step, Until, Validity
from career_path.model.renewal import Method
from career_path.model.requirements import Worked

__all__ = ["HELD", "STILL_TO_DO", "Case", "likely"]

HELD = ""
"""The paper that the learner already holds."""
STILL_TO_DO = frozenset({"planned", "redo"})


def likely(step: Step) -> PlainDuration:
    """How long a step takes; of an estimate, what is likely."""
    return step.takes.likely if isinstance(step.takes, Estimate) else step.takes


@attrs.define(eq=False)
class Case:
    pathway: Pathway
    learner: Learner
    today: dt.date
    last_day: dt.date
    _finishes: dict[tuple[str, dt.date], dt.date] = attrs.field(factory=dict)
    _fits: dict[tuple[str, dt.date], bool] = attrs.field(factory=dict)
    grown: int = 0
    enough: dict[tuple[Worked, dt.date, str | None, dt.date], bool] = attrs.field(factory=dict)

    @property
    def first_day(self) -> dt.date:
        """The bound of today and of the learner's start."""
        return max(self.today, self.learner.start or self.today)

    def step(self, name: str) -> Step:
        """The step of the pathway, whichever time it is done."""
        return self.pathway.step(name.partition("~")[0])

    def record(self, step: str) -> Record:
        return self.learner.record(step) or Record(step)

    def status(self, step: str, redone: Iterable[str] = ()) -> str:
        record = self.record(step)
        if step in redone or ("~" in step and not record.days):
            return "redo"
        if record.waived is not False:
            return "waived"
        if record.finished:
            return "finished"
        return "running" if record.started else "planned"

    # attempts

    def failed(self, step: str) -> list[dt.date]:
        """The failed attempts at a step since it was passed, in order."""
        first = step.split("~", maxsplit=1)[0]
        own = [record for record in self.learner.records if record.step.split("~")[0] == first]
        passed = [record.finished for record in own if record.finished]
        return sorted(day for record in own for day in record.failed if all(day > each for each in passed))

    def has_no_attempt_left(self, step: str) -> bool:
        retakes = self.step(step).retakes
        caps = [cap for cap in retakes.caps if cap.per is None and cap.since is None] if retakes else []
        return any(len(self.failed(step)) >= cap.attempts for cap in caps)

    def asked_again(self, step: str) -> list[str]:
        """The steps to do once more before the next attempt at a step."""
        retakes, found = self.step(step).retakes, list[str]()
        for cap in retakes.caps if retakes else ():
            own = [r.finished for r in self.learner.records if r.step.split("~")[0] == cap.since and r.finished]
            counted = [day for day in self.failed(step) if not own or day >= max(own)]
            if cap.since is not None and len(counted) >= cap.attempts:
                found.append(cap.since)
        return found

    def may_be_tried(self, step: str, day: dt.date) -> bool:
        """Whether the waits and the caps of a period allow an attempt on a day."""
        retakes, failed = self.step(step).retakes, self.failed(step)
        if retakes is None or not failed:
            return True
        waits = [*retakes.waits, *retakes.waits[-1:] * len(failed)]
        if waits and day < later(failed[-1], waits[len(failed) - 1]):
            return False
        return all(
            sum(later(each, cap.per) > day for each in failed) < cap.attempts
            for cap in retakes.caps
            if cap.per is not None
        )

    # lengths and days of one step

    def _is_absent(self, day: dt.date) -> bool:
        return any(absence.from_ <= day <= absence.through for absence in self.learner.absences)

    def _hours(self, effort: Effort, step: Step, day: dt.date) -> Fraction:
        if step.absence_policy is AbsencePolicy.PAUSE and self._is_absent(day):
            return Fraction(0)
        periods = self.learner.weekly_hours
        if periods is None:
            raise OutOfScopeError("weekly_hours")
        weekly = [p.hours for p in periods if (p.from_ or ALWAYS) <= day <= (p.through or NEVER)]
        limit = effort.weekly_at_most
        hours = weekly[0] if weekly else Fraction(0)
        return (hours if limit is None else min(hours, limit)) / 7

    def finish(self, step_id: str, start: dt.date) -> dt.date:
        """When a step without cohorts is done, if it starts on a day."""
        key = (step_id, start)
        if key not in self._finishes:
            self._finishes[key] = self._finish(self.step(step_id), start)
        return self._finishes[key]

    def _finish(self, step: Step, start: dt.date) -> dt.date:
        takes = likely(step)
        day = start
        if isinstance(takes, Span):
            return later(start, takes)
        if isinstance(takes, WorkingDays):
            left = takes.count
            while left:
                day += ONE_DAY
                left -= day.weekday() < 5 and not (takes.holidays is not None and takes.holidays.is_day_off(day))
            return day
        done = Fraction(0)
        while done < takes.hours:
            if day > self.last_day + 2 * (self.last_day - self.today):
                return NEVER
            done += self._hours(takes, step, day)
            day += ONE_DAY
        return day

    def fits(self, step_id: str, start: dt.date) -> bool:
        """Whether a step without cohorts may start on a day, as far as it alone is concerned."""
        key = (step_id, start)
        if key not in self._fits:
            step = self.step(step_id)
            self._fits[key] = self._is_startable(step, start) and not self.is_forbidden(
                step, start, self.finish(step_id, start)
            )
        return self._fits[key]

    def _is_startable(self, step: Step, day: dt.date) -> bool:
        takes = likely(step)
        if isinstance(takes, Effort) and takes.hours > 0 and not self._hours(takes, step, day):
            return False
        return not isinstance(step.opens, DayRule) or is_open(step.opens, day, self.learner.born)

    def is_forbidden(self, step: Step, start: dt.date, finish: dt.date) -> bool:
        """Whether an absence touches a step that allows none."""
        last = max(start, finish - ONE_DAY)
        return step.absence_policy is AbsencePolicy.FORBID and any(
            absence.from_ <= last and absence.through >= start for absence in self.learner.absences
        )

    # papers

    def through(self, credential_id: str, anchor: dt.date, cycle: int = 1) -> dt.date:
        """The last day of the cycle-th validity counted from a day."""
        valid = self.pathway.credential(credential_id).valid
        if valid is None:
            return NEVER
        assert isinstance(valid, Validity), "this search knows no other end"
        day = later(anchor, valid.span, cycle)
        if valid.until is Until.DAY_BEFORE:
            return day - ONE_DAY
        if valid.until is Until.ANNIVERSARY:
            return day
        rule = MonthEnd() if valid.until is Until.MONTH_END else valid.until
        if isinstance(rule, Dates):
            return min((each for each in rule.dates if each >= day), default=NEVER)
        for _ in range(20 * 366):
            if day == NEVER or is_open(rule, day, self.learner.born):
                return day
            day += ONE_DAY
        return NEVER

    def held_place(self, held: Held) -> tuple[dt.date, dt.date, int]:
        """The first day of the unbroken validity that a held credential is in, its anchor, and how often it counts."""
        first, anchor, cycle, begins = held.granted, held.granted, 1, held.granted
        for renewed in held.renewed:
            last = self.through(held.credential, anchor, cycle)
            if renewed > last:
                first, anchor, cycle, begins = renewed, renewed, 1, renewed
            elif renewed < begins or last == NEVER:
                continue  # what has not begun yet is not renewed, nor what never ends
            elif not self.is_from_completion(held.credential):
                cycle, begins = cycle + 1, last + ONE_DAY
            elif self.through(held.credential, renewed) >= last:
                anchor, cycle, begins = renewed, 1, renewed
        return first, anchor, cycle

    def is_at_hand(self, held: Held) -> bool:
        """Whether a held credential has not run out by today."""
        _, anchor, cycle = self.held_place(held)
        return self.through(held.credential, anchor, cycle) >= self.today

    def is_from_completion(self, credential_id: str) -> bool:
        rule = self.pathway.credential(credential_id).renewal
        return rule is not None and rule.method is Method.FROM_COMPLETION

    def kept(self, credential_id: str, granted: dt.date | None, times: int) -> tuple[list[dt.date], dt.date]:
        """The days of so many renewals to come, each the last in time, and the last day of validity after them."""
        if granted is None:
            held = self.learner.held(credential_id)
            assert held
            _, anchor, cycle = self.held_place(held)
            done = len(held.renewed)
        else:
            anchor, cycle, done = granted, 1, 0
        begins, last, acts = anchor, self.through(credential_id, anchor, cycle), list[dt.date]()
        rule = self.pathway.credential(credential_id).renewal
        while len(acts) < times and rule is not None and last != NEVER:
            assert rule.processing is None or isinstance(rule.processing, Span)
            act = last if rule.processing is None else max(later(last, rule.processing, -1), min(begins, last))
            if act < self.today or (rule.at_most is not None and done + len(acts) >= rule.at_most):
                break
            place = (act, 1) if rule.method is Method.FROM_COMPLETION else (anchor, cycle + 1)
            following = self.through(credential_id, *place)
            if following <= last or following == NEVER:
                break
            acts.append(act)
            begins = act if rule.method is Method.FROM_COMPLETION else last + ONE_DAY
            (anchor, cycle), last = place, following
        return acts, last

    def paper(self, credential: str, paper: str) -> dt.date:
        """The first day of a paper that is already there: the held one or a finished step's."""
        if paper == HELD:
            held = self.learner.held(credential)
            assert held
            return self.held_place(held)[0]
        return told(self.record(paper).finished, f"finish of {paper}")
