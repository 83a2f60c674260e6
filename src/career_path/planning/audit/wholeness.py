"""Checks that a timeline is whole: without that, no further question has a meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from career_path.model.text import step_of
from career_path.model.timeline import Timeline
from career_path.planning.audit.book import Book

__all__ = ["check_wholeness"]


def check_wholeness(book: Book) -> Iterator[str]:
    """Faults that make further questions meaningless."""
    timeline = book.timeline
    if timeline.pathway != book.pathway.id or timeline.learner != book.learner.id:
        yield f"the timeline is one of '{timeline.learner}' for '{timeline.pathway}'"
    known = {step.id for step in book.pathway.steps}
    for name, count in Counter(step.id for step in timeline.steps).items():
        if step_of(name) not in known:
            yield f"'{name}' is no step of the pathway"
        if count > 1:
            yield f"'{name}' is listed {count} times"
    for step in timeline.steps:
        if not step.is_done and (step.start is None or step.finish is None):
            yield f"'{step.id}' is {step.status} but has no days"
    yield from _outcome_faults(timeline)


def _outcome_faults(timeline: Timeline) -> Iterator[str]:
    if timeline.is_feasible and timeline.finish is None:
        yield "the plan is feasible but has no finish"
    if not timeline.is_feasible and (timeline.finish or timeline.steps or not timeline.conflicts):
        yield "an infeasible plan has no finish and no steps, and says why"
