"""Why a date is what it is, in a sentence and in a few words."""

from __future__ import annotations

import datetime as dt
from typing import Final, assert_never

from career_path.model.timeline import PlannedStep, Reason, ReasonKind, Status, Timeline
from career_path.views.plain import day_text, quoted_name, short_day_text, span_text

__all__ = ["is_about_start", "reason_text", "short_reason"]


def reason_text(reason: Reason, step: PlannedStep | None, timeline: Timeline, *, is_latest: bool | None = None) -> str:
    """One sentence: why this step (None: the goal) is not earlier or, with `is_latest`, why not later.

    Without `is_latest` it is told as the timeline is made: backward from a target, or forward.
    """
    mine = quoted_name(timeline.name_of(reason.about)) if reason.about else _mine(step)
    if step is not None and step.status is Status.RUNNING and not reason.about and reason.kind in _RUNNING:
        return f"{mine} is running, and {_RUNNING[reason.kind].format(day_text(reason.on))}."
    if timeline.is_latest if is_latest is None else is_latest:
        return _sentence(_why_not_later(reason, mine, timeline))
    return _sentence(_why_not_earlier(reason, mine, timeline))


def is_about_start(reason: Reason) -> bool:
    """Whether it is the start of a step that counts, and not its end."""
    return ": start of " in reason.rule or reason.rule.endswith(" at the start")


_GOAL: Final = "the goal"
_RUNNING: Final = {
    ReasonKind.TODAY: "what is not recorded as done is not done before today",
    ReasonKind.OPENING: "its group is done on {}",
}
"""What only the end of a step that has begun can say."""


def _mine(step: PlannedStep | None) -> str:
    return quoted_name(step.title or step.id) if step else _GOAL


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def _why_not_earlier(reason: Reason, mine: str, timeline: Timeline) -> str:  # noqa: C901, PLR0911, PLR0912 (a line per kind)
    other, on = _named(reason, timeline), day_text(reason.on)
    match reason.kind:
        case ReasonKind.TODAY:
            return "Nothing can start before today."
        case ReasonKind.LEARNER_START:
            return f"Your plan starts on {on}."
        case ReasonKind.RECORD:
            return f"Your records say {on}."
        case ReasonKind.NEEDS:
            return f"{_follows(reason, mine, other)}."
        case ReasonKind.FRESH:
            return f"{mine} must still be fresh{_age(reason, end=',')} when {other} {_starts(reason)}."
        case ReasonKind.DONE_BY:
            done = "start" if is_about_start(reason) else "be done"
            return f"{other} must {done}{_within(reason)} after {mine} starts, and it {_is_done(reason)}."
        case ReasonKind.ROUND:
            return f"{other} {_is_done(reason)}, and counts for {mine} in the round of {on}."
        case ReasonKind.RETAKE:
            tried = f"{mine} was tried on {_event_day(reason)}"
            return f"{tried}, and the next attempt{_after(reason)} is possible from {on}."
        case ReasonKind.PAPER:
            return f"{mine} needs {_paper(reason, timeline)}."
        case ReasonKind.PAPER_VALID:
            paper = _credential(reason, timeline) or "what it grants"
            return f"{mine} is timed so that {paper} still holds when {other} {_happens(reason, 'needs it')}."
        case ReasonKind.AGE:
            return f"You reach the age for {mine}{_years(reason)} on {on}."
        case ReasonKind.WORKED if reason.waits_for:
            return f"{mine} needs work, which counts from the start of {other} on {_event_day(reason)}."
        case ReasonKind.WORKED:
            return f"{mine} needs work of yours; {on} is the first day in reach on which there is enough."
        case ReasonKind.OPENING:
            return f"{mine} can start only on certain days; the first one in reach is {on}."
        case ReasonKind.ABSENCE:
            return f"{mine} cannot be done while you are away; {on} is the first day that keeps clear of it."
        case ReasonKind.WORKING:
            return f"{mine} takes hours of work, and {on} is your first day with any."
        case ReasonKind.LENGTH:
            return f"{mine} is running{_running(reason)} until {on}."
        case ReasonKind.TARGET:
            return _target(reason, on)
        case ReasonKind.GOAL:
            return f"{other} belongs to the plan, and {_is_done(reason)}."
        case _:  # pragma: no cover
            assert_never(reason.kind)


def _why_not_later(reason: Reason, mine: str, timeline: Timeline) -> str:  # noqa: C901, PLR0911, PLR0912 (a line per kind)
    other, on = _named(reason, timeline), day_text(reason.on)
    match reason.kind:
        case ReasonKind.TODAY | ReasonKind.LEARNER_START | ReasonKind.RECORD:
            return _why_not_earlier(reason, mine, timeline)
        case ReasonKind.NEEDS | ReasonKind.PAPER | ReasonKind.GOAL if not reason.waits_for:
            return _for_goal(reason, mine)
        case ReasonKind.NEEDS:
            return f"{other} {_begins(reason, timeline)} and {_may_follow(reason)} {mine}."
        case ReasonKind.FRESH:
            return f"{mine} must start while {other}, of {_event_day(reason)}, is still fresh{_age(reason)}."
        case ReasonKind.DONE_BY:
            done = "start" if is_about_start(reason) else "be done"
            return f"{mine} must {done}{_within(reason)} after {other} {_begins(reason, timeline)}."
        case ReasonKind.ROUND:
            return f"{mine} must be done for the last round in time for {other}, which {_begins(reason, timeline)}."
        case ReasonKind.RETAKE:
            return _why_not_earlier(reason, mine, timeline)
        case ReasonKind.PAPER:
            paper = _credential(reason, timeline) or "what it grants"
            return f"{other} {_begins(reason, timeline)} and needs {paper} from {mine}."
        case ReasonKind.PAPER_VALID:
            is_done = "start" if is_about_start(reason) else "be over"
            return f"{mine} must {is_done} while {_held_paper(reason, timeline)} still holds."
        case ReasonKind.AGE:
            return f"{mine} has an upper age; {on} is your last day for it."
        case ReasonKind.WORKED if reason.event:
            return f"{other} {_begins(reason, timeline)} and needs the work that {mine} brings."
        case ReasonKind.WORKED:
            return f"{mine} needs work of yours; {on} is the last day in time on which there is enough."
        case ReasonKind.OPENING:
            return f"{mine} can start only on certain days; the last one in time is {on}."
        case ReasonKind.ABSENCE:
            return f"{mine} cannot be done while you are away; {on} is the last day in time that keeps clear of it."
        case ReasonKind.WORKING:
            return f"{mine} takes hours of work, and {on} is your last day in time with any."
        case ReasonKind.LENGTH:
            return f"{mine} {_takes(reason)}and must start by {on}."
        case ReasonKind.TARGET:
            return _target(reason, on)
        case ReasonKind.GOAL:
            return _for_goal(reason, mine)
        case _:  # pragma: no cover
            assert_never(reason.kind)


def _for_goal(reason: Reason, mine: str) -> str:
    """By when the goal needs a step: it is the end of the step that counts, where its start is not asked for."""
    asked = f"the start of {mine}" if is_about_start(reason) else mine
    if not _has_span(reason):
        return f"The goal needs {asked} by {_event_day(reason)}."
    return f"The goal is reached on {_event_day(reason)} and {_may_follow(reason)} {mine}."


def _other(reason: Reason, timeline: Timeline) -> str:
    return timeline.name_of(reason.waits_for) if reason.waits_for else _GOAL


def _named(reason: Reason, timeline: Timeline) -> str:
    return quoted_name(timeline.name_of(reason.waits_for)) if reason.waits_for else _GOAL


def _event_day(reason: Reason) -> str:
    return day_text(reason.event_on or reason.on)


def _happens(reason: Reason, verb: str) -> str:
    return f"{verb} on {_event_day(reason)}"


def _begins(reason: Reason, timeline: Timeline) -> str:
    """When another step starts at the latest; `by`: some other rule keeps it from starting so late."""
    latest = None if reason.waits_for is None else timeline.step(reason.waits_for).latest_start
    return _starts(reason) if latest in {None, reason.event_on} else f"starts by {_event_day(reason)}"


def _starts(reason: Reason) -> str:
    return _happens(reason, "starts" if reason.waits_for else "is reached")


def _is_done(reason: Reason) -> str:
    return f"{'starts' if reason.event == 'start' else 'is done'} on {_event_day(reason)}"


def _has_span(reason: Reason) -> bool:
    return reason.span is not None and span_text(reason.span) != "no time"


def _follows(reason: Reason, mine: str, other: str) -> str:
    if not _has_span(reason):
        return f"{mine} needs {other}, which {_is_done(reason)}"
    span = reason.span or ""
    if span.startswith("-"):
        return f"{other} {_is_done(reason)}, and {mine} may come up to {span_text(span)} earlier"
    return f"{other} {_is_done(reason)}, and {mine} may follow {span_text(span)} later"


def _may_follow(reason: Reason) -> str:
    the_start = " the start of" if is_about_start(reason) else ""
    if not _has_span(reason):
        return f"needs{the_start}"
    span = reason.span or ""
    if span.startswith("-"):
        return f"may come at most {span_text(span)} before{the_start or ' the end of'}"
    return f"may only follow {span_text(span)} after{the_start}"


def _age(reason: Reason, *, end: str = "") -> str:
    return "" if reason.span is None else f", at most {span_text(reason.span)} old{end}"


def _after(reason: Reason) -> str:
    return f", {span_text(reason.span)} later," if _has_span(reason) and reason.span else ""


def _within(reason: Reason) -> str:
    return "" if reason.span is None else f" within {span_text(reason.span)}"


def _credential(reason: Reason, timeline: Timeline) -> str:
    return timeline.credential_name(reason.credential) if reason.credential else ""


def _paper(reason: Reason, timeline: Timeline) -> str:
    paper = _credential(reason, timeline) or "a credential"
    if reason.waits_for is None:
        return f"{paper}, which you hold from {_event_day(reason)}"
    return f"{paper}, which {quoted_name(timeline.name_of(reason.waits_for))} grants on {_event_day(reason)}"


def _held_paper(reason: Reason, timeline: Timeline) -> str:
    """A credential that must still hold, with the day from which it counts or through which it holds."""
    paper = _credential(reason, timeline) or "the credential it needs"
    through = {reason.event_on} if reason.waits_for is None else _lasting(reason, timeline)
    if len(through) == 1 and None not in through:
        return f"{paper}, valid through {''.join(day_text(day) for day in through if day)},"
    return paper if reason.waits_for is None else f"{paper}, granted on {_event_day(reason)},"


def _lasting(reason: Reason, timeline: Timeline) -> set[dt.date | None]:
    """The last days of a paper that a step grants on the day of the reason, as the plan keeps it."""
    uses = (use for use in timeline.papers if (use.credential, use.granted_by) == (reason.credential, reason.waits_for))
    return {use.valid_through for use in uses if use.valid_from == reason.event_on}


def _years(reason: Reason) -> str:
    if reason.span is None:
        return ""
    return f", {f'{reason.span} years' if reason.span.isdecimal() else span_text(reason.span)},"


def _takes(reason: Reason) -> str:
    return f"takes {span_text(reason.span)} " if reason.span else ""


def _running(reason: Reason) -> str:
    return f" and takes {span_text(reason.span)}," if reason.span else ""


def _target(reason: Reason, on: str) -> str:
    match reason.rule:
        case "deadline":
            return f"your deadline is {on}."
        case "finish-by":
            return f"you want to be done by {on}."
        case "horizon":
            return f"the plan looks no further than {on}."
        case _:
            return f"the plan can be done by {on}, and slack is counted to that day."


def short_reason(reason: Reason, timeline: Timeline) -> str:
    """The same in a few words, for a table.

    >>> import datetime as dt
    >>> from decimal import Decimal
    >>> from career_path.model.timeline import TotalCost
    >>> day = dt.date(2027, 8, 1)
    >>> cost = TotalCost(amount=Decimal(0), currency="USD")
    >>> plan = Timeline(pathway="p", title="P", learner="me", today=day, horizon=day, finish=day, cost=cost)
    >>> short_reason(Reason(kind=ReasonKind.OPENING, rule="steps.program.opens", on=day), plan)
    'opens 1 Aug'
    """
    if timeline.is_latest:
        return _short_later(reason, timeline)
    return _short_earlier(reason, timeline)


def _short_earlier(reason: Reason, timeline: Timeline) -> str:  # noqa: C901, PLR0911, PLR0912 (a line per kind)
    other, on = _other(reason, timeline), short_day_text(reason.on)
    match reason.kind:
        case ReasonKind.TODAY:
            return "from today"
        case ReasonKind.LEARNER_START:
            return "from your start"
        case ReasonKind.RECORD:
            return "recorded"
        case ReasonKind.NEEDS:
            return _short_needs(reason, other)
        case ReasonKind.FRESH:
            return f"fresh for {other}"
        case ReasonKind.DONE_BY:
            return f"in time for {other}"
        case ReasonKind.ROUND:
            return f"round of {on}"
        case ReasonKind.RETAKE:
            return f"next attempt {on}"
        case ReasonKind.PAPER:
            return f"needs {_credential(reason, timeline) or other}"
        case ReasonKind.PAPER_VALID:
            return f"to hold for {other}"
        case ReasonKind.AGE:
            return "age reached"
        case ReasonKind.WORKED if reason.waits_for:
            return f"work from {other}"
        case ReasonKind.WORKED:
            return f"enough work {on}"
        case ReasonKind.OPENING:
            return f"opens {on}"
        case ReasonKind.ABSENCE:
            return f"away until {on}"
        case ReasonKind.WORKING:
            return f"no hours until {on}"
        case ReasonKind.LENGTH:
            return "running"
        case ReasonKind.TARGET:
            return f"target {on}"
        case ReasonKind.GOAL:
            return "needed for the goal"
        case _:  # pragma: no cover
            assert_never(reason.kind)


def _short_later(reason: Reason, timeline: Timeline) -> str:  # noqa: C901, PLR0911, PLR0912 (a line per kind)
    other, on = _other(reason, timeline), short_day_text(reason.on)
    match reason.kind:
        case ReasonKind.NEEDS | ReasonKind.PAPER if reason.waits_for:
            return f"before {other}"
        case ReasonKind.NEEDS | ReasonKind.PAPER:
            return "needed for the goal"
        case ReasonKind.FRESH:
            return f"while {other} is fresh"
        case ReasonKind.DONE_BY:
            return f"in time for {other}"
        case ReasonKind.ROUND:
            return f"last round for {other}"
        case ReasonKind.PAPER_VALID:
            return f"while {_credential(reason, timeline) or 'paper'} holds"
        case ReasonKind.AGE:
            return "upper age"
        case ReasonKind.WORKED if reason.event:
            return f"work for {other}"
        case ReasonKind.WORKED:
            return f"enough work until {on}"
        case ReasonKind.OPENING:
            return f"closes after {on}"
        case ReasonKind.ABSENCE:
            return f"away after {on}"
        case ReasonKind.WORKING:
            return f"no hours after {on}"
        case _:
            return _short_earlier(reason, timeline)


def _short_needs(reason: Reason, other: str) -> str:
    event = f"{other} starts" if reason.event == "start" else other
    if not _has_span(reason):
        return f"after {event}"
    span = reason.span or ""
    if span.startswith("-"):
        # "Before a step" alone would be read as before its start.
        return f"up to {span_text(span)} before {event if reason.event == 'start' else f'{event} ends'}"
    return f"{span_text(span)} after {event}"
