"""The bounds that one route puts on days, as conditions on a schedule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import attrs

from brute_force.arithmetic import NEVER, ONE_DAY, birthday, later, told
from brute_force.case import HELD, STILL_TO_DO, Case
from brute_force.routes import (
    GOAL,
    Choice,
    Route,
    can_still_be_met,
    is_unbounded,
    last_possible,
)
from brute_force.work import is_enough
from career_path.days.spans import Span
from career_path.model.pathway import Cohorts
from career_path.model.requirements import (
    Aged,
    Event,
    Holds,
    Needs,
    Order,
    Worked,
)

__all__ = ["Bound", "Rules", "Schedule"]


@attrs.define(eq=False)
class Schedule:
    """Where every step of a route stands at the moment."""

    start: dict[str, dt.date | None]
    finish: dict[str, dt.date | None]

    def event(self, step: str, of: Event) -> dt.date:
        return told((self.start if of is Event.START else self.finish)[step], f"{of} of {step}")

    def last(self, step: str) -> dt.date:
        """The last day occupied."""
        start, finish = self.event(step, Event.START), self.event(step, Event.FINISH)
        return max(start, finish - ONE_DAY)


@attrs.frozen(eq=False)
class Bound:
    """A condition, and whose day must move where it fails: forward (`later`) or backward (`sooner`)."""

    holds: Callable[[Schedule], bool]
    later: str | None
    sooner: str | None
    is_forward_only: bool = False


@attrs.frozen(eq=False)
class Rules:
    """All bounds of one route."""

    case: Case
    route: Route

    def status(self, step: str) -> str:
        return "planned" if step == GOAL else self.case.status(step, self.route.redone)

    def mover(self, step: str, of: Event = Event.FINISH) -> str | None:
        """The step itself if that end of it can still move."""
        status = self.status(step)
        if status == "running":
            return step if of is Event.FINISH else None
        return None if status in {"finished", "waived"} else step

    def all(self) -> list[Bound]:
        asked: list[Bound] = []
        for step, selection in self.route.chosen.items():
            for choice in sorted(selection, key=repr):
                asked.extend(self.chosen(step, choice))
        bounds = [bound for step in self.route.steps for bound in self.own(step)] + asked + list(self.loose(asked))
        if not any(bound.later == GOAL for bound in bounds):
            bounds.append(_not_before(GOAL, GOAL, self.case.first_day, is_forward_only=True))
        return bounds

    def own(self, step: str) -> Iterator[Bound]:
        case, mover, status = self.case, self.mover(step), self.status(step)
        if status in STILL_TO_DO:
            yield _not_before(step, mover, case.first_day, is_forward_only=True)
            yield Bound(lambda d: d.event(step, Event.FINISH) < NEVER, None, mover)
            yield Bound(lambda d: case.may_be_tried(step, d.event(step, Event.START)), mover, None)
            if step in self.route.cohorts:
                described = case.step(step)
                yield Bound(
                    lambda d: not case.is_forbidden(described, d.event(step, Event.START), d.event(step, Event.FINISH)),
                    step,
                    step,
                )
            else:
                yield Bound(lambda d: case.fits(step, d.event(step, Event.START)), step, step)
        if status == "running":
            least, runs = self.least_finish(step), self.runs(step)
            if runs and max(runs) >= case.today:
                yield Bound(lambda d: d.event(step, Event.FINISH) in runs, step, step)
            yield Bound(lambda d: d.event(step, Event.FINISH) >= least, step, None)
            yield Bound(lambda d: d.event(step, Event.FINISH) >= case.today, step, None, is_forward_only=True)

    def least_finish(self, step: str) -> dt.date:
        """The earliest finish of a running step, counted from its recorded start."""
        started = told(self.case.record(step).started, f"start of {step}")
        if isinstance(self.case.step(step).opens, Cohorts):
            return min(self.runs(step), default=started)
        return self.case.finish(step, started)

    def runs(self, step: str) -> list[dt.date]:
        """The finishes of the cohorts that a running step can be in: those of its start, else those under way then."""
        started = told(self.case.record(step).started, f"start of {step}")
        opens = self.case.step(step).opens
        cohorts = opens.cohorts if isinstance(opens, Cohorts) else ()
        same = [c.finish for c in cohorts if c.start == started]
        return same or [c.finish for c in cohorts if c.start <= started <= c.finish]

    def chosen(self, step: str, choice: Choice) -> Iterator[Bound]:
        is_recorded = self.status(step) in {"running", "finished"}
        match choice.leaf:
            case Needs():
                if is_recorded:
                    yield from self.needs_behind(step, choice.leaf)
                else:
                    yield from self.needs(step, choice.leaf, choice.extended)
            case Holds():
                yield from self.holds(step, choice.leaf, choice.paper or HELD, is_recorded=is_recorded)
            case Aged():
                yield from self.aged(step, choice.leaf)
            case Worked():
                yield from self.worked(step, choice.leaf, choice)
            case _:  # a place or a fact: it holds, or there is no such choice
                pass

    def needs(self, step: str, leaf: Needs, extended: int) -> Iterator[Bound]:
        other, of, me = leaf.step, leaf.of, self.mover(step)
        if self.status(other) == "waived":
            waived = self.case.record(other).waived
            if isinstance(waived, dt.date):
                yield _not_before(step, me, waived)
            return
        it = self.mover(other, of)
        if leaf.order is Order.AFTER:
            yield Bound(lambda d: d.event(step, Event.START) >= later(d.event(other, of), leaf.lag), me, it)
        if leaf.rounds:
            rounds = leaf.rounds
            yield Bound(
                lambda d: any(
                    d.event(other, of) <= each.by and each.on <= d.event(step, Event.START) for each in rounds
                ),
                me,
                it,
            )
        if leaf.within is not None:
            within = leaf.within
            if leaf.extensions is not None:
                more = leaf.extensions.span
                within = Span(
                    months=within.total_months + extended * more.total_months,
                    days=within.total_days + extended * more.total_days,
                )
            yield Bound(lambda d: d.event(step, Event.START) <= later(d.event(other, of), within), it, me)
        if leaf.by is not None:
            by = leaf.by
            yield Bound(lambda d: d.event(other, of) <= later(d.event(step, Event.START), by), me, it)
        yield from self.by_the_end(leaf)

    def needs_behind(self, step: str, leaf: Needs) -> Iterator[Bound]:
        """What a step already begun still asks of one that is not done: to come soon enough after it."""
        other, of = leaf.step, leaf.of
        it = self.mover(other, of)
        if self.status(other) == "waived":
            return
        yield from self.by_the_end(leaf)
        is_open = self.status(other) == "planned" or (self.status(other) == "running" and of is Event.FINISH)
        if not is_open or not can_still_be_met(self.case, step, leaf):
            return
        last = last_possible(self.case, step, leaf)
        if last == NEVER:  # no bound at all, so that nothing counts as bounded by it
            return
        yield Bound(lambda d: d.event(other, of) <= last, None, it)

    def by_the_end(self, leaf: Needs) -> Iterator[Bound]:
        """The plan does not end before an event that nothing else bounds."""
        if not is_unbounded(leaf):
            return
        others = [choice.leaf for selection in self.route.chosen.values() for choice in selection]
        same = [o for o in others if isinstance(o, Needs) and (o.step, o.of) == (leaf.step, leaf.of)]
        if all(is_unbounded(other) for other in same):
            yield self.ends_after(leaf)

    def holds(self, step: str, leaf: Holds, paper: str, *, is_recorded: bool) -> Iterator[Bound]:
        case, me, of = self.case, self.mover(step), Event.FINISH

        def last(d: Schedule) -> dt.date:
            return d.last(step) if leaf.throughout else d.event(step, Event.START)

        times = self.route.kept.get((paper, leaf.credential), 0)
        if is_recorded:
            if self.status(step) == "running" and leaf.throughout:
                granted = None if paper == HELD else case.paper(leaf.credential, paper)
                _, ends = case.kept(leaf.credential, granted, times)
                yield Bound(lambda d: last(d) <= ends, None, step)
        elif paper == HELD or self.status(paper) == "finished":
            granted = case.paper(leaf.credential, paper)
            _, ends = case.kept(leaf.credential, None if paper == HELD else granted, times)
            yield _not_before(step, me, granted)
            yield Bound(lambda d: last(d) <= ends, None, me)
        else:
            it = self.mover(paper)
            yield Bound(lambda d: d.event(step, Event.START) >= d.event(paper, of), me, it)
            yield Bound(lambda d: last(d) <= case.kept(leaf.credential, d.event(paper, of), times)[1], it, me)

    def loose(self, bounds: list[Bound]) -> Iterator[Bound]:
        """The plan does not end before events that only bound each other, in a ring that nothing bounds."""
        bounded: set[str | None] = {GOAL, None}
        while grown := {b.sooner for b in bounds if b.later in bounded} - bounded:
            bounded |= grown
        for selection in self.route.chosen.values():
            for leaf in (choice.leaf for choice in selection):
                if isinstance(leaf, Needs) and is_unbounded(leaf) and self.mover(leaf.step, leaf.of) not in bounded:
                    yield self.ends_after(leaf)

    def ends_after(self, leaf: Needs) -> Bound:
        it = self.mover(leaf.step, leaf.of)
        return Bound(lambda d: d.event(GOAL, Event.START) >= d.event(leaf.step, leaf.of), GOAL, it)

    def aged(self, step: str, leaf: Aged) -> Iterator[Bound]:
        born, me = told(self.case.learner.born, "born"), self.mover(step)
        yield _not_before(step, me, birthday(born, born.year + leaf.years), is_forward_only=True)
        if leaf.under is not None:
            too_old = birthday(born, born.year + leaf.under)
            yield Bound(lambda d: d.event(step, Event.START) < too_old, None, me)

    def worked(self, step: str, leaf: Worked, choice: Choice) -> Iterator[Bound]:
        case, me, job, run = self.case, self.mover(step), choice.paper, choice.run
        if step == GOAL:
            yield _not_before(GOAL, GOAL, case.first_day, is_forward_only=True)
        if job is None or run is None:
            yield Bound(lambda d: is_enough(case, leaf, d.event(step, Event.START)), me, me)
            return

        def is_met(d: Schedule) -> bool:
            start, begun = d.event(step, Event.START), d.event(job, Event.START)
            return begun <= start and start >= run[0] and is_enough(case, leaf, start, job, begun)

        yield Bound(lambda d: d.event(step, Event.START) <= run[1], None, me)
        yield Bound(is_met, me, self.mover(job))


def _not_before(step: str, mover: str | None, day: dt.date, *, is_forward_only: bool = False) -> Bound:
    return Bound(lambda d: d.event(step, Event.START) >= day, mover, None, is_forward_only)
