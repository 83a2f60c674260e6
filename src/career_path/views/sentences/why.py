"""The chain of reasons behind a date, told from the date back to its root."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from career_path.model.timeline import Cause, PlannedStep, ReasonKind, RunnerUp, Status, Timeline
from career_path.values import Value
from career_path.views.plain import day_text, days_text, quoted_name
from career_path.views.sentences.reasons import reason_text

__all__ = ["WhyText", "why_lines", "why_text"]


@attrs.frozen(eq=False, repr=False)
class WhyText(Value):
    """Why a date is not earlier and why it is not later: for each a sentence with the date, then one for each reason.

    Empty where there is no such date.
    """

    earliest: tuple[str, ...]
    latest: tuple[str, ...]


def why_lines(timeline: Timeline, step_id: str | None = None) -> tuple[str, ...]:
    """All sentences of `why_text`, those for the earliest date first.

    Raises:
        UnknownIdError: the timeline has no such step.
    """
    text = why_text(timeline, step_id)
    return (*text.earliest, *text.latest)


def why_text(timeline: Timeline, step_id: str | None = None) -> WhyText:
    """Why a step, or without an id the goal, has its dates.

    Raises:
        UnknownIdError: the timeline has no such step.
    """
    why = timeline.why(step_id)
    step = None if step_id is None else timeline.step(step_id)
    early = _lead(step, timeline, is_latest=False) if why.earliest else None
    late = _lead(step, timeline, is_latest=True) if why.latest and (step is None or not step.is_done) else None
    return WhyText(
        (early, *_sentences(why.earliest, timeline, is_latest=False)) if early else (),
        (late, *_sentences(why.latest, timeline, is_latest=True)) if late else (),
    )


def _lead(step: PlannedStep | None, timeline: Timeline, *, is_latest: bool) -> str | None:
    """The date that the chain explains; None where there is none."""
    limit = "at the latest" if is_latest else "at the earliest"
    if step is None:
        day = timeline.target if is_latest else timeline.finish
        return f"The goal is reached on {day_text(day)} {limit}." if day else None
    name = quoted_name(timeline.name_of(step.id))
    if step.is_done:
        return f"{name} is {'waived' if step.status is Status.WAIVED else 'done'}."
    if step.status is Status.RUNNING:
        day = step.latest_finish if is_latest else step.finish
        return f"{name} is running and ends on {day_text(day)} {limit}." if day else None
    day = step.latest_start if is_latest else step.start
    return f"{name} starts on {day_text(day)} {limit}." if day else None


def _sentences(causes: tuple[Cause, ...], timeline: Timeline, *, is_latest: bool) -> Iterator[str]:
    for cause in causes:
        step = None if cause.step is None else timeline.step(cause.step)
        yield reason_text(cause.reason, step, timeline, is_latest=is_latest)
        if cause.runner_up is not None:
            yield _otherwise(cause.runner_up, timeline, is_latest=is_latest)


def _otherwise(runner_up: RunnerUp, timeline: Timeline, *, is_latest: bool) -> str:
    """What would decide instead, and how far away that is."""
    who = _decider(runner_up, timeline)
    if not runner_up.days:
        return f"Without that, {who} would give the same day."
    if runner_up.reason.kind is ReasonKind.LEARNER_START:
        return "Nothing else holds it back."
    direction = "later" if is_latest else "earlier"
    return f"Without that, {who} would allow {day_text(runner_up.on)}, {days_text(runner_up.days)} {direction}."


def _decider(runner_up: RunnerUp, timeline: Timeline) -> str:
    reason = runner_up.reason
    if reason.waits_for is not None:
        return quoted_name(timeline.name_of(reason.waits_for))
    match reason.kind:
        case ReasonKind.TODAY:
            return "today"
        case ReasonKind.LEARNER_START:
            return "your start"
        case ReasonKind.AGE:
            return "the age"
        case ReasonKind.PAPER | ReasonKind.PAPER_VALID if reason.credential:
            return quoted_name(timeline.name_of(reason.credential))
        case _:
            return "the goal" if reason.is_for_goal else "the rest"
