"""What each other exam would change: plans made again, one for each exam that the plan does without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

import attrs

from career_path.cli.checking import granting_steps, steps_before
from career_path.cli.learners import without
from career_path.errors import CareerPathError
from career_path.model.learner import Learner
from career_path.model.pathway import Pathway, StepKind
from career_path.model.timeline import PlannedStep, Timeline
from career_path.views.table import Alternative

__all__ = ["alternatives"]

_MOST_PLANS = 12
"""Each is a whole plan again, and nobody compares more at a glance."""

Planner = Callable[[Learner], Timeline]


def alternatives(timeline: Timeline, pathway: Pathway, learner: Learner, make_plan: Planner) -> tuple[Alternative, ...]:
    """The plans with another exam, each set of exams told once; an exam that leads to no plan is left out.

    A plan made backward from a day has none: its finish is the same by whatever exam.
    """
    if timeline.is_latest or timeline.finish is None:
        return ()
    plans = islice(_plans(timeline, pathway, learner, make_plan), _MOST_PLANS)
    by_exams = {frozenset(step.id for step in _new_exams(timeline, other)): other for other in plans}
    # A plan with the exams of another and some more is no choice of its own.
    least = [other for exams, other in by_exams.items() if not any(fewer < exams for fewer in by_exams)]
    return tuple(sorted((_difference(timeline, other) for other in least), key=lambda each: (each.days, each.label)))


def _plans(timeline: Timeline, pathway: Pathway, learner: Learner, make_plan: Planner) -> Iterator[Timeline]:
    used = {step.id for step in timeline.steps}
    avoided = set(learner.avoid)
    for exam in pathway.steps:
        is_open = exam.kind is StepKind.EXAM and exam.id not in used and learner.record(exam.id) is None
        if is_open and avoided.isdisjoint((exam.id, *exam.grants)):
            other = _plan_with(exam.id, pathway, learner, make_plan)
            if other is not None and _replaces_exam(timeline, other):
                yield other


def _replaces_exam(timeline: Timeline, other: Timeline) -> bool:
    """Whether the other plan does without an exam of this one, and not only with more."""
    kept = {step.id for step in other.steps}
    return any(step.kind is StepKind.EXAM and step.id not in kept for step in timeline.steps)


def _plan_with(exam: str, pathway: Pathway, learner: Learner, make_plan: Planner) -> Timeline | None:
    """The plan with an exam beside all that was chosen or, where these exclude each other, in place of some of it."""
    for choose in _fewer_choices(pathway, learner.choose):
        try:
            return make_plan(attrs.evolve(learner, choose=(*choose, exam)))
        except CareerPathError:
            # It only means that there is nothing to compare with; the plan itself stands.
            continue
    return None


def _fewer_choices(pathway: Pathway, choose: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """What was chosen: first all of it, then less one that rests on some exam, then less all of those."""
    rests = tuple(pin for pin in choose if _rests_on_exam(pathway, pin))
    yield choose
    if len(rests) > 1:
        yield from (without(choose, (pin,)) for pin in rests)
    if rests:
        yield without(choose, rests)


def _rests_on_exam(pathway: Pathway, pin: str) -> bool:
    """Whether a step or credential is an exam, or has one somewhere before it."""
    granting = granting_steps(pathway)
    starts = [*granting.get(pin, ()), *(step.id for step in pathway.steps if step.id == pin)]
    return any(pathway.step(name).kind is StepKind.EXAM for name in steps_before(pathway, starts, granting))


def _difference(timeline: Timeline, other: Timeline) -> Alternative:
    assert timeline.finish is not None
    assert other.finish is not None
    is_known = set(timeline.cost.unknown) == set(other.cost.unknown)
    return Alternative(
        label=_label(timeline, other),
        days=(other.finish - timeline.finish).days,
        cost=other.cost.amount - timeline.cost.amount if is_known else None,
    )


def _new_exams(timeline: Timeline, other: Timeline) -> list[PlannedStep]:
    used = {step.id for step in timeline.steps}
    return [step for step in other.steps if step.kind is StepKind.EXAM and step.id not in used]


def _label(timeline: Timeline, other: Timeline) -> str:
    first, *more = [step.title or step.id for step in _new_exams(timeline, other)]
    return f"{first} and {len(more)} more" if more else first
