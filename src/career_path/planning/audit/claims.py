"""What a reason claims: that a rule puts its bound on the day it gives, whichever kind of rule it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

import attrs

from career_path.model.pathway import Step
from career_path.model.requirements import Aged, Event, Holds, Leaf, Needs, Order, Worked
from career_path.model.text import step_of
from career_path.model.timeline import PlannedStep, Reason, ReasonKind, Status
from career_path.planning.audit.attempts import first_days
from career_path.planning.audit.book import Book, leaves_of
from career_path.planning.audit.lasting import granting_steps, held_stretch, lasts, planned_renewals
from career_path.planning.audit.own_calendar import ALWAYS, NEVER, birthday, eve, last_day, later
from career_path.planning.audit.own_work import has_worked, jobs_for

__all__ = ["LINKS", "Claim", "is_bound"]

LINKS: Final = frozenset(
    {
        ReasonKind.NEEDS,
        ReasonKind.FRESH,
        ReasonKind.DONE_BY,
        ReasonKind.ROUND,
        ReasonKind.PAPER,
        ReasonKind.PAPER_VALID,
        ReasonKind.WORKED,
    }
)
"""The kinds of reasons that lead from one step to another."""


@attrs.frozen(eq=False)
class Claim:
    """A reason, the step it is for, and the step it waits for."""

    book: Book
    step: PlannedStep
    reason: Reason

    @property
    def on(self) -> dt.date:
        """The bound that the reason gives."""
        return self.reason.on

    @property
    def event_on(self) -> dt.date:
        """The day that the rule started from."""
        return self.reason.event_on or ALWAYS

    def mine(self) -> list[Leaf]:
        """The leaves of the step itself."""
        return leaves_of(self.book.step_requirement(self.step.id))

    def theirs(self) -> list[Leaf]:
        """The leaves of the step it waits for, or of the goal."""
        other = self.book.planned(self.reason.waits_for)
        return leaves_of(self.book.step_requirement(other.id) if other else self.book.pathway.goal)

    def awaited(self) -> list[Needs]:
        """The leaves of the step itself that need the step it waits for."""
        return [leaf for leaf in self.mine() if isinstance(leaf, Needs) and leaf.step == self.reason.waits_for]

    def event_at(self, on: dt.date, of: Event) -> dt.date:
        """Where an end of the step stands when the bound on it is a certain day."""
        if of is Event.START or self.step.status is Status.RUNNING:
            return on
        return self.book.done(self.book.pathway.step(step_of(self.step.id)), on)

    def last_possible(self) -> dt.date:
        """No derived bound on the event waited for lies after where it really is."""
        other = self.book.planned(self.reason.waits_for)
        if other is None:
            return self.book.timeline.finish or NEVER
        if self.reason.kind is ReasonKind.PAPER_VALID and other.start and other.finish:
            return last_day(other.start, other.finish)
        is_start = self.reason.event == Event.START or self.reason.kind is ReasonKind.FRESH
        return (other.start if is_start else other.finish) or NEVER


def is_bound(claim: Claim) -> bool:
    """Whether the rule of a reason does forbid the day before the one it gives."""
    if claim.reason.kind in LINKS and claim.reason.event_on and claim.event_on > claim.last_possible():
        return False
    return _BOUNDS[claim.reason.kind](claim)


def _by_need(claim: Claim) -> bool:
    return any(claim.on == _after_need(claim, leaf) for leaf in claim.awaited())


def _after_need(claim: Claim, leaf: Needs) -> dt.date | None:
    if claim.book.record(leaf.step).is_waived:
        return claim.event_on
    is_same_end = claim.reason.event in {None, leaf.of.value}
    return later(claim.event_on, leaf.lag) if leaf.order is Order.AFTER and is_same_end else None


def _by_freshness(claim: Claim) -> bool:
    before = eve(claim.on)
    return any(
        isinstance(leaf, Needs)
        and leaf.step == claim.step.id
        and any(later(claim.event_at(before, leaf.of), each) < claim.event_on for each in claim.book.windows(leaf))
        for leaf in claim.theirs()
    )


def _by_round(claim: Claim) -> bool:
    return any(
        claim.on == min((each.on for each in leaf.rounds if claim.event_on <= each.by), default=NEVER)
        for leaf in claim.awaited()
    )


def _by_retake(claim: Claim) -> bool:
    return claim.on in first_days(claim.book, claim.book.pathway.step(step_of(claim.step.id)))


def _by_done_by(claim: Claim) -> bool:
    return any(
        leaf.by is not None and later(eve(claim.on), leaf.by) < claim.event_on <= later(claim.on, leaf.by)
        for leaf in claim.awaited()
    )


def _by_paper(claim: Claim) -> bool:
    for leaf in claim.mine():
        if isinstance(leaf, Holds):
            granting = granting_steps(claim.book, leaf.credential)
            held = held_stretch(claim.book, leaf.credential)
            if claim.reason.waits_for in granting and claim.on == claim.event_on:
                return True
            if claim.reason.waits_for is None and held is not None and claim.on == held[0]:
                return True
    return False


def _by_paper_valid(claim: Claim) -> bool:
    done = claim.event_at(eve(claim.on), Event.FINISH)
    grants = claim.book.pathway.step(step_of(claim.step.id)).grants
    return any(
        isinstance(leaf, Holds) and leaf.credential in grants and _lasts(claim, leaf.credential, done) < claim.event_on
        for leaf in claim.theirs()
    )


def _lasts(claim: Claim, credential_id: str, granted: dt.date) -> dt.date:
    renewals = planned_renewals(claim.book, credential_id, claim.step.id)
    return lasts(claim.book, credential_id, granted, renewals)


def _by_age(claim: Claim) -> bool:
    born = claim.book.learner.born
    return any(isinstance(leaf, Aged) and claim.on == birthday(born, leaf.years) for leaf in claim.mine())


def _by_work(claim: Claim) -> bool:
    """A job makes enough work on the day but not on the day before, or not on that day in its run of days."""
    job = next((step for _, step in claim.book.todo() if step.id == claim.reason.waits_for), None)
    worked = [leaf for leaf in claim.mine() if isinstance(leaf, Worked)]
    if job is None:
        return False
    return any(
        job in jobs_for(claim.book, leaf)
        and has_worked(claim.book, leaf, claim.on, job=job, begun=claim.event_on)
        and (claim.on == claim.event_on or _is_later_run(claim, leaf, job))
        for leaf in worked
    )


def _is_later_run(claim: Claim, leaf: Worked, job: Step) -> bool:
    """Whether the day before does not do; with work growing old, days of another run before it may."""
    is_before_enough = has_worked(claim.book, leaf, eve(claim.on), job=job, begun=claim.event_on)
    return not is_before_enough or (leaf.in_last is not None and bool(claim.book.learner.employment))


def _by_record(claim: Claim) -> bool:
    days = {day for record in claim.book.learner.records for _, day in record.days}
    days |= {paper[0] for held in claim.book.learner.holds if (paper := held_stretch(claim.book, held.credential))}
    return claim.on in days or _by_need(claim)


def _by_length(claim: Claim) -> bool:
    step = claim.book.pathway.step(step_of(claim.step.id))
    return claim.step.status is Status.RUNNING and claim.on == claim.book.running_finish(claim.step, step)


_BOUNDS: Final[Mapping[ReasonKind, Callable[[Claim], bool]]] = {
    ReasonKind.TODAY: lambda claim: claim.on == claim.book.timeline.today,
    ReasonKind.LEARNER_START: lambda claim: claim.on == claim.book.learner.start,
    ReasonKind.RECORD: _by_record,
    ReasonKind.NEEDS: _by_need,
    ReasonKind.FRESH: _by_freshness,
    ReasonKind.DONE_BY: _by_done_by,
    ReasonKind.ROUND: _by_round,
    ReasonKind.RETAKE: _by_retake,
    ReasonKind.PAPER: _by_paper,
    ReasonKind.PAPER_VALID: _by_paper_valid,
    ReasonKind.AGE: _by_age,
    ReasonKind.WORKED: _by_work,
    ReasonKind.LENGTH: _by_length,
    ReasonKind.TARGET: lambda _: False,
    ReasonKind.GOAL: lambda _: False,
}
