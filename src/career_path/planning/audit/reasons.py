"""Checks of reasons: they give the day of the step, each forbids the day before, and none leads back to itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from career_path.days.day_rules import DayRule
from career_path.model.pathway import Cohorts
from career_path.model.requirements import Worked
from career_path.model.text import step_of
from career_path.model.timeline import PlannedStep, Reason, ReasonKind, Status
from career_path.planning.audit.book import Book, leaves_of
from career_path.planning.audit.claims import LINKS, Claim, is_bound
from career_path.planning.audit.own_calendar import days_until, is_open
from career_path.planning.audit.own_work import has_worked

__all__ = ["check_reasons"]

_ROLLS: Final = frozenset({ReasonKind.OPENING, ReasonKind.ABSENCE, ReasonKind.WORKING})
"""The kinds of reasons that only pass over closed days, from the bound that the next reason gives."""


def check_reasons(book: Book) -> Iterator[str]:
    """Every step not yet done has reasons that lead to its day; those of a plan made backward only begin with it."""
    for step in book.timeline.steps:
        if step.is_done:
            continue
        expected = step.finish if step.status is Status.RUNNING else step.start
        if not step.reasons:
            yield f"'{step.id}' has no reason"
        elif step.reasons[0].on != expected:
            yield f"the first reason of '{step.id}' gives {step.reasons[0].on}, not {expected}"
        elif not book.timeline.is_latest:
            yield from (f"'{step.id}': the reason {fault}" for fault in _reason_faults(book, step))
    if not book.timeline.is_latest:
        yield from _check_chains(book)


def _reason_faults(book: Book, step: PlannedStep) -> Iterator[str]:
    for reason, before in zip(step.reasons, (*step.reasons[1:], None), strict=True):
        if not _passes_over(reason):
            if not is_bound(Claim(book, step, reason)):
                yield f"'{reason.kind}' ({reason.rule}) does not forbid the day before {reason.on}"
            return
        if before is None:
            yield f"'{reason.kind}' ({reason.rule}) starts from nothing"
        elif not _is_roll(book, step, reason, before.on):
            yield f"'{reason.kind}' ({reason.rule}) passes over a day between {before.on} and {reason.on}"


def _passes_over(reason: Reason) -> bool:
    """Whether a reason only passes over closed days; work on record does, that of a planned job is a bound."""
    return reason.kind in _ROLLS or (reason.kind is ReasonKind.WORKED and reason.waits_for is None)


def _is_roll(book: Book, planned: PlannedStep, reason: Reason, first: dt.date) -> bool:
    """Whether every day from the first up to the reason's was closed, in the way it says."""
    step = book.pathway.step(step_of(planned.id))
    opens = step.opens
    worked = [leaf for leaf in leaves_of(step.requires) if isinstance(leaf, Worked)]
    if isinstance(opens, Cohorts) and reason.kind is not ReasonKind.WORKED:  # which cohort is part of the route
        return first <= reason.on
    closed: Mapping[ReasonKind, Callable[[dt.date], bool]] = {
        ReasonKind.OPENING: lambda day: isinstance(opens, DayRule) and not is_open(opens, day, book.learner.born),
        ReasonKind.ABSENCE: lambda day: book.is_forbidden(step, day),
        ReasonKind.WORKING: lambda day: not book.has_work(step, day),
        ReasonKind.WORKED: lambda day: not all(has_worked(book, leaf, day) for leaf in worked),
    }
    return first < reason.on and all(map(closed[reason.kind], days_until(first, reason.on)))


def _check_chains(book: Book) -> Iterator[str]:
    """Following what each step waits for never comes back to it."""
    waits_for = {step.id: other for step in book.timeline.steps if (other := _waits_for(book, step))}
    for name, first in waits_for.items():
        seen, at = {name}, first
        while at in waits_for and at not in seen:
            seen.add(at)
            at = waits_for[at]
        if at == name:
            yield f"'{name}' waits for itself by its reasons"


def _waits_for(book: Book, step: PlannedStep) -> str | None:
    """The step whose final day decides this one's; None at a root, or where an earlier bound on it already did."""
    reason = next((reason for reason in step.reasons if not _passes_over(reason)), None)
    if reason is None or step.is_done or reason.kind not in LINKS or reason.event_on is None:
        return None
    claim = Claim(book, step, reason)
    is_final = reason.waits_for is not None and reason.event_on >= claim.last_possible()
    return reason.waits_for if is_final else None
