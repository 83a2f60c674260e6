"""What is due on a day, what ends with it, and what a reminder says."""

from __future__ import annotations

from typing import Final, assert_never

from career_path.model.timeline import Deadline, DeadlineKind, Reminder, Timeline
from career_path.views.plain import day_text, days_text, quoted_name
from career_path.views.sentences.renewals import ASK as _ASK
from career_path.views.sentences.renewals import cycle_deadline_text, lost_in_cycle

__all__ = ["deadline_text", "lost_after", "reminder_text", "short_deadline"]


def deadline_text(deadline: Deadline, timeline: Timeline) -> str:  # noqa: C901, PLR0911, PLR0912 (a line per kind)
    """What is due on that day. Latest days to begin a step are those of this plan, and no official closing days."""
    own = cycle_deadline_text(deadline, timeline)
    if own is not None:
        return own
    what = _subject(deadline, timeline)
    match deadline.kind:
        case DeadlineKind.ENROLL_BY:
            return f"Latest day to enroll for this plan: {what}"
        case DeadlineKind.APPLY_BY:
            return f"Latest day to apply for this plan: {what}"
        case DeadlineKind.SITTING_ENDS:
            return f"Latest day to sit for this plan: {what}"
        case DeadlineKind.ELIGIBILITY_ENDS:
            whom = f" for {quoted_name(timeline.name_of(deadline.needed_by))}" if deadline.needed_by else ""
            return f"{quoted_name(what)} counts{whom} through this day"
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
            if deadline.needed_by is not None:
                return f"Last day to start{_for_whom(deadline, timeline)}: {what}"
            return f"Latest day to start for this plan: {what}"
        case DeadlineKind.DUTY_BY:
            return f"Last day to do{_for_whom(deadline, timeline)}: {what}"
        case _:  # pragma: no cover
            assert_never(deadline.kind)


def lost_after(deadline: Deadline, timeline: Timeline) -> str:  # noqa: C901, PLR0911, PLR0912 (a line per kind)
    """Which rule ends with that day (of a window that opens: what becomes possible); no guess at what follows."""
    in_cycle = lost_in_cycle(deadline, timeline)
    if in_cycle is not None:
        return in_cycle
    what = quoted_name(_subject(deadline, timeline))
    whom = quoted_name(timeline.name_of(deadline.needed_by)) if deadline.needed_by else "what needs it"
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
        case DeadlineKind.START_BY if deadline.needed_by is not None:
            return f"After this day it is too late for {whom} to start {what}; {_ASK}"
        case DeadlineKind.START_BY:
            return f"Whoever starts {what} later is done {_too_late_for(timeline)}. {_NOT_OFFICIAL}"
        case DeadlineKind.DUTY_BY:
            return f"After this day {what} is late{'' if deadline.needed_by is None else f' for {whom}'}; {_ASK}"
        case _:  # pragma: no cover
            assert_never(deadline.kind)


_NOT_OFFICIAL: Final = "This is a day of this plan and no official closing day."


def short_deadline(deadline: Deadline, timeline: Timeline) -> str:  # noqa: C901, PLR0911 (a line per kind)
    """The day and what is due on it in a few words, for a table."""
    what, on = _subject(deadline, timeline), deadline.on
    if deadline.what is not None:
        return f"{on} {deadline_text(deadline, timeline)}"
    match deadline.kind:
        case DeadlineKind.START_BY if deadline.needed_by is not None:
            return f"start by {on}{_for_whom(deadline, timeline)}: {what}"
        case DeadlineKind.DUTY_BY:
            return f"do by {on}{_for_whom(deadline, timeline)}: {what}"
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
    return timeline.subject_of(deadline)


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
