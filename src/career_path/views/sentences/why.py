"""The chain of reasons behind a date, told from the date back to its root."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from career_path.days.durations import hours_text
from career_path.model.timeline import Cause, PlannedStep, Reason, ReasonKind, RunnerUp, Status, Timeline, Why
from career_path.values import Value, frozen
from career_path.views.plain import day_text, days_text, quoted_name
from career_path.views.sentences.reasons import is_about_start, reason_text

__all__ = ["ChainText", "WhyText", "own_why_text", "why_lines", "why_text"]


@frozen
class ChainText(Value):
    """A sentence that names a date, then its reasons from the nearest to the root.

    Each reason is a sentence or two: why, and what would decide without it.
    """

    lead: str
    reasons: tuple[str, ...]


@frozen
class WhyText(Value):
    """Why a date is not earlier and why it is not later; None where there is no such date."""

    earliest: ChainText | None
    latest: ChainText | None


def why_lines(timeline: Timeline, step_id: str | None = None) -> tuple[str, ...]:
    """Why a step, or without an id the goal, has its dates, a text for each reason; the earliest date comes first.

    >>> import datetime as dt
    >>> from career_path.model.learner import Learner
    >>> from career_path.model.pathway import Pathway, Step
    >>> from career_path.planning.planner import plan
    >>> steps = [Step("school", title="School", takes="P9M"), Step("job", requires="school")]
    >>> timeline = plan(Pathway("p", goal="job", steps=steps), Learner(), today=dt.date(2027, 1, 4))
    >>> for line in why_lines(timeline, "job")[:3]:
    ...     print(line)
    “job” starts on 4 Oct 2027 at the earliest.
    “job” needs “School”, which is done on 4 Oct 2027. Without that, today would allow 4 Jan 2027, 273 days earlier.
    “School” takes 273 days, from 4 Jan 2027 on.

    Raises:
        UnknownIdError: the timeline has no such step.
    """
    text = why_text(timeline, step_id)
    return tuple(line for chain in (text.earliest, text.latest) if chain for line in (chain.lead, *chain.reasons))


def why_text(timeline: Timeline, step_id: str | None = None) -> WhyText:
    """Why a step, or without an id the goal, has its dates.

    Raises:
        UnknownIdError: the timeline has no such step.
    """
    return _told(timeline.why(step_id), timeline)


def own_why_text(timeline: Timeline, step_id: str | None = None) -> WhyText:
    """The same with the reasons of that step alone: those of the steps it waits for are told there.

    Raises:
        UnknownIdError: the timeline has no such step.
    """
    return _told(timeline.own_why(step_id), timeline)


def _told(why: Why, timeline: Timeline) -> WhyText:
    step = None if why.step is None else timeline.step(why.step)
    is_done = step is not None and step.is_done
    return WhyText(
        _chain(why.earliest, step, timeline, is_latest=False),
        None if is_done else _chain(why.latest, step, timeline, is_latest=True),
    )


def _chain(
    causes: tuple[Cause, ...], step: PlannedStep | None, timeline: Timeline, *, is_latest: bool
) -> ChainText | None:
    lead = _lead(step, timeline, is_latest=is_latest) if causes else None
    return ChainText(lead, tuple(_sentences(causes, timeline, is_latest=is_latest))) if lead else None


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
    for at, cause in enumerate(causes):
        step = None if cause.step is None else timeline.step(cause.step)
        before = causes[at - 1].reason if at else None
        if step is not None and (
            _counts_finish(cause.reason, step) if is_latest else before is not None and _waits_for_end(before, step)
        ):
            yield from _length(step, is_latest=is_latest)
        sentence = reason_text(cause.reason, step, timeline, is_latest=is_latest)
        if cause.runner_up is None:
            yield sentence
        else:
            yield f"{sentence} {_otherwise(cause.runner_up, timeline, is_latest=is_latest)}"


def _waits_for_end(reason: Reason, step: PlannedStep) -> bool:
    return reason.waits_for == step.id and reason.event == "finish"


_OF_THE_END: Final = frozenset(
    {
        ReasonKind.NEEDS,
        ReasonKind.ROUND,
        ReasonKind.DONE_BY,
        ReasonKind.PAPER,
        ReasonKind.PAPER_VALID,
        ReasonKind.GOAL,
    }
)


def _counts_finish(reason: Reason, step: PlannedStep) -> bool:
    """Whether a step is not later because of the day on which it is done."""
    is_planned = step.status is not Status.RUNNING and reason.about is None
    return is_planned and reason.kind in _OF_THE_END and not is_about_start(reason)


def _length(step: PlannedStep, *, is_latest: bool) -> Iterator[str]:
    """How long a step takes that another one waits for; nothing where it takes no time."""
    start, finish = (step.latest_start, step.latest_finish) if is_latest else (step.start, step.finish)
    if start is None or finish is None or start == finish:
        return
    work = f" for {hours_text(step.hours)} hours of work" if step.hours is not None else ""
    away = f", {days_text(step.days_away)} away included" if step.days_away and start == step.start else ""
    takes = f"{quoted_name(step.title or step.id)} takes {days_text((finish - start).days)}{work}"
    yield (
        f"{takes}{away}, and is done on {day_text(finish)}."
        if is_latest
        else f"{takes}, from {day_text(start)} on{away}."
    )


def _otherwise(runner_up: RunnerUp, timeline: Timeline, *, is_latest: bool) -> str:
    """What would decide instead, and how far away that is."""
    who = _decider(runner_up, timeline)
    if not runner_up.days:
        return f"Without that, {who} would give the same day."
    if runner_up.reason.kind is ReasonKind.LEARNER_START:
        return "Nothing else holds it back."
    direction = "later" if is_latest else "earlier"
    return f"Without that, {who} would allow {day_text(runner_up.on)}, {days_text(runner_up.days)} {direction}."


def _decider(runner_up: RunnerUp, timeline: Timeline) -> str:  # noqa: C901, PLR0911 (a line per kind)
    reason = runner_up.reason
    match reason.kind:
        case ReasonKind.FRESH if reason.waits_for:
            return f"the freshness asked for with {quoted_name(timeline.name_of(reason.waits_for))}"
        case ReasonKind.PAPER_VALID if reason.credential:
            return f"the validity of {quoted_name(timeline.credential_name(reason.credential))}"
        case _ if reason.waits_for is not None:
            return quoted_name(timeline.name_of(reason.waits_for))
        case ReasonKind.TODAY:
            return "today"
        case ReasonKind.LEARNER_START:
            return "your start"
        case ReasonKind.AGE:
            return "the age"
        case ReasonKind.WORKED:
            return "the work"
        case ReasonKind.RETAKE:
            return "an earlier attempt"
        case ReasonKind.PAPER if reason.credential:
            return quoted_name(timeline.credential_name(reason.credential))
        case _:
            return "the goal" if reason.is_for_goal else "the rest"
