"""Sentences about a timeline, in plain text: the same for the terminal, the calendar, JSON and pages.

Every date in a plan has reasons, every deadline a loss behind it. The values say so in ids and rules; here, and only
here, they become words. Titles are taken as they are: whoever shows a sentence makes it safe for the place it goes to.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, assert_never

from career_path.model.timeline import (
    Conflict,
    ConflictKind,
    Deadline,
    DeadlineKind,
    Notice,
    NoticeKind,
    PlannedStep,
    Reason,
    ReasonKind,
    Reminder,
    Timeline,
    TotalCost,
)
from career_path.views.plain import day_text, days_text, joined, money_text, short_day_text, span_text

__all__ = [
    "conflict_text",
    "cost_text",
    "deadline_text",
    "difference_text",
    "lost_after",
    "notice_text",
    "reason_text",
    "reminder_text",
    "short_deadline",
    "short_reason",
    "slack_text",
    "unsure_text",
]


def reason_text(reason: Reason, step: PlannedStep, timeline: Timeline) -> str:
    """One sentence: why this step is not earlier or, in a plan made backward from a target, why not later."""
    mine = _quoted(step.title or step.id)
    return _why_not_later(reason, mine, timeline) if timeline.is_latest else _why_not_earlier(reason, mine, timeline)


def _why_not_earlier(reason: Reason, mine: str, timeline: Timeline) -> str:  # noqa: C901, PLR0911, PLR0912 (a line per kind)
    other, on = _quoted(_other(reason, timeline)), day_text(reason.on)
    match reason.kind:
        case ReasonKind.TODAY:
            return f"Nothing can start before today, {on}."
        case ReasonKind.LEARNER_START:
            return f"Your plan starts on {on}."
        case ReasonKind.RECORD:
            return f"Your records say {on}."
        case ReasonKind.NEEDS:
            return f"{_follows(reason, mine, other)}."
        case ReasonKind.FRESH:
            return f"{mine} must still be fresh{_age(reason, end=',')} when {other} {_happens(reason, 'starts')}."
        case ReasonKind.DONE_BY:
            return f"{other} must be done{_within(reason)} after {mine} starts, and it {_is_done(reason)}."
        case ReasonKind.PAPER:
            return f"{mine} needs {_paper(reason, timeline)}."
        case ReasonKind.PAPER_VALID:
            paper = _credential(reason, timeline) or "what it grants"
            return f"{mine} is timed so that {paper} still holds when {other} {_happens(reason, 'needs it')}."
        case ReasonKind.AGE:
            return f"You reach the age for {mine}{_years(reason)} on {on}."
        case ReasonKind.OPENING:
            return f"{mine} can start only on certain days; the first one in reach is {on}."
        case ReasonKind.ABSENCE:
            return f"{mine} cannot be done while you are away; {on} is the first day that keeps clear of it."
        case ReasonKind.WORKING:
            return f"{mine} takes hours of work, and {on} is your first day with any."
        case ReasonKind.LENGTH:
            return f"{mine} is running{_running(reason)} until {on}."
        case ReasonKind.TARGET:
            return f"The plan aims at {on}."
        case ReasonKind.GOAL:
            return f"The goal needs {mine}{_since(reason, other)}."
        case _:  # pragma: no cover
            assert_never(reason.kind)


def _why_not_later(reason: Reason, mine: str, timeline: Timeline) -> str:  # noqa: C901, PLR0911, PLR0912 (a line per kind)
    other, on = _quoted(_other(reason, timeline)), day_text(reason.on)
    match reason.kind:
        case ReasonKind.TODAY | ReasonKind.LEARNER_START | ReasonKind.RECORD:
            return _why_not_earlier(reason, mine, timeline)
        case ReasonKind.NEEDS | ReasonKind.PAPER | ReasonKind.GOAL if not reason.waits_for:
            return f"The goal needs {mine} by {on}."
        case ReasonKind.NEEDS:
            return f"{other} {_happens(reason, 'starts')} and {_may_follow(reason)} {mine}."
        case ReasonKind.FRESH:
            return f"{mine} must start while {other}, of {_event_day(reason)}, is still fresh{_age(reason)}."
        case ReasonKind.DONE_BY:
            return f"{mine} must be done{_within(reason)} after {other} {_happens(reason, 'starts')}."
        case ReasonKind.PAPER:
            paper = _credential(reason, timeline) or "what it grants"
            return f"{other} {_happens(reason, 'starts')} and needs {paper} from {mine}."
        case ReasonKind.PAPER_VALID:
            paper = _credential(reason, timeline) or "the credential it needs"
            return f"{mine} must be over while {paper} still holds."
        case ReasonKind.AGE:
            return f"{mine} has an upper age; {on} is your last day for it."
        case ReasonKind.OPENING:
            return f"{mine} can start only on certain days; the last one in time is {on}."
        case ReasonKind.ABSENCE:
            return f"{mine} cannot be done while you are away; {on} is the last day in time that keeps clear of it."
        case ReasonKind.WORKING:
            return f"{mine} takes hours of work, and {on} is your last day in time with any."
        case ReasonKind.LENGTH:
            return f"{mine} {_takes(reason)}and must start by {on}."
        case ReasonKind.TARGET:
            return f"You want to be done by {on}."
        case ReasonKind.GOAL:
            return f"The goal needs {mine} by {on}."
        case _:  # pragma: no cover
            assert_never(reason.kind)


def _quoted(name: str) -> str:
    """A name that cannot run into the sentence around it."""
    return f"“{name}”"


def _other(reason: Reason, timeline: Timeline) -> str:
    return timeline.name_of(reason.waits_for) if reason.waits_for else "the goal"


def _event_day(reason: Reason) -> str:
    return day_text(reason.event_on or reason.on)


def _happens(reason: Reason, verb: str) -> str:
    return f"{verb} on {_event_day(reason)}"


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
    if not _has_span(reason):
        return "needs"
    span = reason.span or ""
    if span.startswith("-"):
        return f"may come at most {span_text(span)} before the end of"
    return f"may only follow {span_text(span)} after"


def _age(reason: Reason, *, end: str = "") -> str:
    return "" if reason.span is None else f", at most {span_text(reason.span)} old{end}"


def _within(reason: Reason) -> str:
    return "" if reason.span is None else f" within {span_text(reason.span)}"


def _credential(reason: Reason, timeline: Timeline) -> str:
    """The name of the credential that a rule such as `steps.job.requires: holds bls-aha` speaks of."""
    _, found, rest = reason.rule.partition(": holds ")
    return timeline.name_of(rest.split()[0]) if found and rest else ""


def _paper(reason: Reason, timeline: Timeline) -> str:
    paper = _credential(reason, timeline) or "a credential"
    if reason.waits_for is None:
        return f"{paper}, which you hold from {_event_day(reason)}"
    return f"{paper}, which {_quoted(timeline.name_of(reason.waits_for))} grants on {_event_day(reason)}"


def _years(reason: Reason) -> str:
    if reason.span is None:
        return ""
    return f", {f'{reason.span} years' if reason.span.isdecimal() else span_text(reason.span)},"


def _takes(reason: Reason) -> str:
    return f"takes {span_text(reason.span)} " if reason.span else ""


def _running(reason: Reason) -> str:
    return f" and takes {span_text(reason.span)}," if reason.span else ""


def _since(reason: Reason, other: str) -> str:
    return "" if reason.waits_for is None else f" after {other}"


def short_reason(reason: Reason, timeline: Timeline) -> str:
    """The same in a few words, for a table.

    >>> import datetime as dt
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
        case ReasonKind.PAPER:
            return f"needs {_credential(reason, timeline) or other}"
        case ReasonKind.PAPER_VALID:
            return f"to hold for {other}"
        case ReasonKind.AGE:
            return "age reached"
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


def _short_later(reason: Reason, timeline: Timeline) -> str:  # noqa: C901, PLR0911 (a line per kind)
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
        case ReasonKind.PAPER_VALID:
            return f"while {_credential(reason, timeline) or 'paper'} holds"
        case ReasonKind.AGE:
            return "upper age"
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


def deadline_text(deadline: Deadline, timeline: Timeline) -> str:  # noqa: C901, PLR0911, PLR0912 (a line per kind)
    """What is due on that day. Latest days to begin a step are those of this plan, and no official closing days."""
    what = _subject(deadline, timeline)
    match deadline.kind:
        case DeadlineKind.ENROLL_BY:
            return f"Latest day to enroll for this plan: {what}"
        case DeadlineKind.APPLY_BY:
            return f"Latest day to apply for this plan: {what}"
        case DeadlineKind.SITTING_ENDS:
            return f"Latest day to sit for this plan: {what}"
        case DeadlineKind.ELIGIBILITY_ENDS:
            whom = f" for {_quoted(timeline.name_of(deadline.needed_by))}" if deadline.needed_by else ""
            return f"{_quoted(what)} counts{whom} through this day"
        case DeadlineKind.PAPER_ENDS:
            return f"Last day it holds{_for_whom(deadline, timeline)}: {what}"
        case DeadlineKind.WINDOW_OPENS:
            return f"First day to {'start' if deadline.step else 'renew'}: {what}"
        case DeadlineKind.CREDITS_BY:
            return f"Last day to earn credits: {what}"
        case DeadlineKind.SUBMIT_BY:
            return f"Last day to submit: {what}"
        case DeadlineKind.EXPIRES:
            return f"Last day it is valid: {what}"
        case DeadlineKind.GRACE_ENDS:
            return f"Last day of grace: {what}"
        case DeadlineKind.REINSTATE_BY:
            return f"Last day to reinstate: {what}"
        case DeadlineKind.START_BY:
            return f"Latest day to start for this plan: {what}"
        case DeadlineKind.DUTY_BY:
            return f"Last day to do: {what}"
        case _:  # pragma: no cover
            assert_never(deadline.kind)


def lost_after(deadline: Deadline, timeline: Timeline) -> str:  # noqa: C901, PLR0911, PLR0912 (a line per kind)
    """Which rule ends with that day (of a window that opens: what becomes possible); no guess at what follows."""
    what = _quoted(_subject(deadline, timeline))
    whom = _quoted(timeline.name_of(deadline.needed_by)) if deadline.needed_by else "what needs it"
    match deadline.kind:
        case DeadlineKind.ENROLL_BY:
            return f"Whoever enrolls later in {what} is done {_too_late_for(timeline)}. {_NOT_OFFICIAL}"
        case DeadlineKind.APPLY_BY:
            return f"Whoever applies later ({what}) is done {_too_late_for(timeline)}. {_NOT_OFFICIAL}"
        case DeadlineKind.SITTING_ENDS:
            return f"Whoever sits {what} later is done {_too_late_for(timeline)}. {_NOT_OFFICIAL}"
        case DeadlineKind.ELIGIBILITY_ENDS:
            return f"After this day {what} no longer counts for {whom}; {_ASK}"
        case DeadlineKind.PAPER_ENDS:
            return f"After this day {what} no longer covers {whom}; {_ASK}"
        case DeadlineKind.WINDOW_OPENS:
            return f"Nothing is lost: from this day on {what} can be {'started' if deadline.step else 'renewed'}."
        case DeadlineKind.CREDITS_BY:
            return f"Credits earned later do not count for this period of {what}; {_ASK}"
        case DeadlineKind.SUBMIT_BY:
            return f"The time to submit papers for {what} ends; {_ASK}"
        case DeadlineKind.EXPIRES:
            return f"The validity of {what} ends with this day; {_ASK}"
        case DeadlineKind.GRACE_ENDS:
            return f"The grace period of {what} ends with this day; {_ASK}"
        case DeadlineKind.REINSTATE_BY:
            return f"The time to reinstate {what} ends with this day; {_ASK}"
        case DeadlineKind.START_BY:
            return f"Whoever starts {what} later is done {_too_late_for(timeline)}. {_NOT_OFFICIAL}"
        case DeadlineKind.DUTY_BY:
            return f"The duty {what} is late after this day; {_ASK}"
        case _:  # pragma: no cover
            assert_never(deadline.kind)


_ASK: Final = "ask the issuer what is possible then."
_NOT_OFFICIAL: Final = "This is a day of this plan and no official closing day."


def short_deadline(deadline: Deadline, timeline: Timeline) -> str:  # noqa: PLR0911 (a line per kind)
    """The day and what is due on it in a few words, for a table."""
    what, on = _subject(deadline, timeline), deadline.on
    match deadline.kind:
        case DeadlineKind.ENROLL_BY:
            return f"enroll for this plan by {on}: {what}"
        case DeadlineKind.APPLY_BY:
            return f"apply for this plan by {on}: {what}"
        case DeadlineKind.SITTING_ENDS:
            return f"sit for this plan by {on}: {what}"
        case DeadlineKind.START_BY:
            return f"start for this plan by {on}: {what}"
        case DeadlineKind.ELIGIBILITY_ENDS:
            return f"{what} counts{_for_whom(deadline, timeline)} through {on}"
        case DeadlineKind.PAPER_ENDS | DeadlineKind.EXPIRES:
            return f"{what} valid through {on}"
        case _:
            return f"{on} {deadline_text(deadline, timeline)}"


def _too_late_for(timeline: Timeline) -> str:
    target = timeline.target or timeline.finish
    return "too late" if target is None else f"after {day_text(target)}"


def _subject(deadline: Deadline, timeline: Timeline) -> str:
    return timeline.name_of(deadline.step or deadline.credential or deadline.id)


def _for_whom(deadline: Deadline, timeline: Timeline) -> str:
    return f" for {timeline.name_of(deadline.needed_by)}" if deadline.needed_by else ""


def reminder_text(reminder: Reminder, timeline: Timeline) -> str:
    """What a reminder says: how long there is left, and what is due."""
    deadline = next((each for each in timeline.deadlines if each.id == reminder.deadline), None)
    if deadline is None:
        return f"Reminder of a deadline that this plan no longer has: {reminder.deadline}"
    left = (deadline.on - reminder.on).days
    when = "Today" if left == 0 else f"In {days_text(left)}, on {day_text(deadline.on)}"
    return f"{when}: {deadline_text(deadline, timeline)}"


def conflict_text(conflict: Conflict, timeline: Timeline) -> str:
    """What cannot hold together, and by how much."""
    rules = f" ({joined(conflict.rules)})" if conflict.rules else ""
    match conflict.kind:
        case ConflictKind.DEADLINE:
            return f"The deadline{_of_day(conflict)} is missed{_by_days(conflict)}{rules}."
        case ConflictKind.FINISH_BY:
            return f"You cannot be done by{_the_day(conflict)}{_too_late(conflict)}{rules}."
        case ConflictKind.BUDGET:
            over = "" if conflict.amount is None else f" by {money_text(conflict.amount, timeline.cost.currency)}"
            return f"The budget is exceeded{over}{rules}."
        case ConflictKind.CHOICE:
            return f"What you chose and avoid leaves no route{rules}."
        case ConflictKind.NO_SCHEDULE:
            return f"No dates satisfy all of these rules together{rules}."
        case ConflictKind.NO_LATEST:
            return f"No latest dates exist{_of_day(conflict, ' for the target of ')}{rules}."
        case _:  # pragma: no cover
            assert_never(conflict.kind)


def _of_day(conflict: Conflict, lead: str = " of ") -> str:
    return "" if conflict.on is None else f"{lead}{day_text(conflict.on)}"


def _by_days(conflict: Conflict) -> str:
    return "" if conflict.days is None else f" by {days_text(conflict.days)}"


def _the_day(conflict: Conflict) -> str:
    return " the day you ask for" if conflict.on is None else f" {day_text(conflict.on)}"


def _too_late(conflict: Conflict) -> str:
    return "" if conflict.days is None else f", but {days_text(conflict.days)} later"


def notice_text(notice: Notice, timeline: Timeline) -> str:
    """Something to know that forbids nothing."""
    steps = joined([timeline.name_of(step) for step in notice.steps])
    match notice.kind:
        case NoticeKind.UNKNOWN_COST:
            return f"The cost of {steps or 'some steps'} is not known and not in the total."
        case NoticeKind.UNSURE_FACT:
            return f"From memory, not confirmed, so ask first: {unsure_text(notice, timeline)}."
        case NoticeKind.RECORD_BREAKS_RULE:
            return f"What is recorded for {steps} breaks a rule: {joined(notice.detail)}."
        case NoticeKind.TAKEN_AS_MET:
            return f"Taken as met because {steps} is recorded as begun or done: {joined(notice.detail)}."
        case _:  # pragma: no cover
            assert_never(notice.kind)


def unsure_text(notice: Notice, timeline: Timeline) -> str:
    """What rests on memory alone, as a part of a sentence: the cost of steps, or all that is said of them."""
    steps = joined([timeline.name_of(step) for step in notice.steps])
    if notice.detail == ("cost",):
        return f"cost of {steps or 'some steps'}"
    lead = "facts and cost of " if "cost" in notice.detail else ""
    return f"{lead}{steps or 'some steps'}"


def slack_text(days: int | None) -> str:
    """How long a step may slip; empty where that is not known.

    >>> slack_text(0), slack_text(14), slack_text(-3)
    ('none', '14 days', '3 days late')
    """
    if days is None:
        return ""
    return f"{days_text(days)} late" if days < 0 else days_text(days) if days else "none"


def cost_text(total: TotalCost, names: Sequence[str] | None = None) -> str:
    """The total, and whose cost is missing in it; `names` stand for the ids of these steps.

    >>> cost_text(TotalCost(amount=Decimal("575.00"), currency="USD", unknown=("diploma",)), ["High-school diploma"])
    'at least 575.00 USD; cost of High-school diploma is not known'
    """
    amount = money_text(total.amount, total.currency)
    if not total.unknown:
        return amount
    return f"at least {amount}; cost of {joined(names or total.unknown)} is not known"


def difference_text(*, days: int, cost: Decimal | None, currency: str) -> str:
    """How another plan differs from this one.

    >>> difference_text(days=-12, cost=Decimal("40"), currency="USD")
    '12 days sooner, 40.00 USD more'
    """
    when = f"{days_text(days)} {'later' if days > 0 else 'sooner'}" if days else "the same day"
    if cost is None:
        return f"{when}, cost not known"
    if not cost:
        return f"{when}, the same cost"
    return f"{when}, {money_text(abs(cost), currency)} {'more' if cost > 0 else 'less'}"
