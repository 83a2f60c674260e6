"""Timelines as iCalendar text (RFC 5545, with the names of RFC 7986 and the alarm ids of RFC 9074).

The rules of this writer:

- Every event is one whole day and stands for itself. Nothing repeats by a rule, because readers disagree about
  a repetition of 60 months, and no METHOD is given, because with one an organizer is asked for.
- Ids come from ids and cycle numbers, never from days or titles, so a plan that moved replaces its older events.
- The same timeline and revision give the same bytes.
- Events are made one at a time while they are read: memory holds the timeline, never the calendar.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import merge
from itertools import chain, groupby
from operator import attrgetter
from typing import Final
from uuid import UUID, uuid5

import attrs

from career_path.errors import InvalidValueError, UnknownIdError, quoted
from career_path.formats.icalendar_planned import Planned
from career_path.model.kept import KEPT
from career_path.model.pathway import StepKind
from career_path.model.timeline import DeadlineKind, PlannedStep, Reminder, Renewal, Status, Timeline
from career_path.values import Value, frozen
from career_path.views import sentences
from career_path.views.plain import day_text, days_text

__all__ = ["Event", "calendar_lines", "calendar_of", "format_calendar"]

_CHECK: Final = "Check this date with the issuer."
_RECORDED: Final = "As recorded."
_PLANNED: Final = frozenset({Status.PLANNED, Status.REDO})
ADVICE: Final = "Check every date with the school, the examiner or the issuer before you rely on it."

_NAMESPACE: Final = UUID("0818e7af-9632-54c9-9c5f-4c6f59ae1347")
_PRODUCT: Final = "-//career_path//career_path//EN"
_LARGEST_INTEGER: Final = 2**31 - 1
_KEPT: Final = 256
"""Texts kept while a calendar is written, because the cycles of a credential repeat the same words."""

_OCTETS: Final = 75
_INSIDE_CHARACTER: Final = range(0x80, 0xC0)
_BACKSLASH: Final = ord("\\")
_ENDS_TOLD: Final = frozenset({DeadlineKind.EXPIRES, DeadlineKind.PAPER_ENDS})

# Line ends of every kind become `\n`. All other control characters but the tab have no place in a text (RFC 5545
# 3.3.11) and are left out. Half of a surrogate pair cannot be written in UTF-8.
_UNSAFE: Final = re.compile("\r\n|[\\\\;,\x00-\x08\n-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_REPLACEMENTS: Final = {"\\": "\\\\", ";": "\\;", ",": "\\,"} | dict.fromkeys(
    ("\r\n", "\r", "\n", "\x85", "\u2028", "\u2029"), "\\n"
)


@frozen
class Event(Value):
    """One day of the calendar; an alarm is the days it comes before, and its id. Tentative is what is only planned."""

    on: dt.date
    uid: str
    summary: str
    description: str
    categories: str
    alarms: tuple[tuple[int, str], ...] = ()
    is_tentative: bool = False


def format_calendar(timeline: Timeline, *, revision: int = 0) -> str:
    """The calendar of a timeline as text with CRLF line ends, to be written in UTF-8.

    Steps have an event on their start and one on their finish, as planned (tentative) or as recorded; waived ones have
    none. Deadlines have one on their day with an alarm for each reminder, credentials on their last days: tentative
    where they rest on what is only planned. Raise `revision` by one whenever a published
    calendar is written again.

    >>> from decimal import Decimal
    >>> from career_path.model.timeline import TotalCost
    >>> day, free = dt.date(2027, 1, 4), TotalCost(amount=Decimal(0), currency="USD")
    >>> plan = Timeline(pathway="p", title="Nurse", learner="me", today=day, horizon=day, finish=None, cost=free)
    >>> [line for line in format_calendar(plan).splitlines() if line.startswith(("NAME", "SUMMARY"))]
    ['NAME:Nurse', 'SUMMARY:No plan: Nurse']

    Raises:
        InvalidValueError: code `not-a-revision`.
        UnknownIdError: a reminder names a deadline that the timeline does not have.
    """
    return "".join(calendar_lines(timeline, revision=revision))


def calendar_lines(timeline: Timeline, *, revision: int = 0) -> Iterator[str]:
    """The same piece by piece, each piece whole lines: for calendars too large to be held as one text.

    >>> from decimal import Decimal
    >>> from career_path.model.timeline import TotalCost
    >>> day, free = dt.date(2027, 1, 4), TotalCost(amount=Decimal(0), currency="USD")
    >>> plan = Timeline(pathway="p", title="Nurse", learner="me", today=day, horizon=day, finish=None, cost=free)
    >>> "".join(calendar_lines(plan)) == format_calendar(plan)
    True
    """
    return calendar_of(timeline, _events(timeline, _alarms(timeline)), revision=revision)


def calendar_of(timeline: Timeline, events: Iterable[Event], *, revision: int) -> Iterator[str]:
    """A calendar with the name and the day of a timeline and any events, by day; without one, that there is none.

    Raises:
        InvalidValueError: code `not-a-revision`.
    """
    _check_revision(revision)
    return chain(_head(timeline), _body(timeline, revision, events), ("END:VCALENDAR\r\n",))


def _check_revision(revision: int) -> None:
    if type(revision) is not int or not 0 <= revision <= _LARGEST_INTEGER:
        raise InvalidValueError(
            "not-a-revision", "revision", quoted(revision), f"a whole number from 0 to {_LARGEST_INTEGER}"
        )


def _alarms(timeline: Timeline) -> dict[str, list[Reminder]]:
    """The reminders of every deadline."""
    alarms: dict[str, list[Reminder]] = {deadline.id: [] for deadline in timeline.deadlines}
    for reminder in timeline.reminders:
        if reminder.deadline not in alarms:
            raise UnknownIdError("deadline in this timeline", reminder.deadline, tuple(alarms))
        alarms[reminder.deadline].append(reminder)
    return alarms


def _head(timeline: Timeline) -> Iterator[str]:
    yield f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{_PRODUCT}\r\nCALSCALE:GREGORIAN\r\n"
    yield _text_line("NAME", timeline.title)
    yield _text_line("X-WR-CALNAME", timeline.title)
    conflicts = (sentences.conflict_text(conflict, timeline) for conflict in timeline.conflicts)
    yield _text_line("DESCRIPTION", "\n".join((*conflicts, *sentences.rules_lines(timeline.applied), ADVICE)))
    yield "REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\nX-PUBLISHED-TTL:PT12H\r\n"


def _body(timeline: Timeline, revision: int, events: Iterable[Event]) -> Iterator[str]:
    stamp = f"{_digits(timeline.today)}T000000Z"
    head = f"DTSTAMP:{stamp}\r\nLAST-MODIFIED:{stamp}\r\nSEQUENCE:{revision}\r\n"
    text_line, alarm_rest = lru_cache(_KEPT)(_text_line), lru_cache(_KEPT)(_alarm_rest)
    for event in events:
        yield (
            f"BEGIN:VEVENT\r\n{_text_line('UID', event.uid)}{head}{_day_lines(event.on)}"
            f"TRANSP:TRANSPARENT\r\nSTATUS:{_status(event)}\r\nCATEGORIES:{event.categories}\r\n"
            f"{text_line('SUMMARY', event.summary)}{text_line('DESCRIPTION', event.description)}"
        )
        for days, uid in event.alarms:
            yield f"BEGIN:VALARM\r\n{_text_line('UID', uid)}{alarm_rest(days, event.summary)}"
        yield "END:VEVENT\r\n"


def _status(event: Event) -> str:
    return "TENTATIVE" if event.is_tentative else "CONFIRMED"


def _alarm_rest(days: int, summary: str) -> str:
    return (
        f"ACTION:DISPLAY\r\n{_text_line('DESCRIPTION', f'{_time_left(days)}: {summary}')}"
        f"TRIGGER:{_trigger(days)}\r\nEND:VALARM\r\n"
    )


def _day_lines(on: dt.date) -> str:
    """A whole day; the last day that a date can name has no next day to end on."""
    start = f"DTSTART;VALUE=DATE:{_digits(on)}\r\n"
    return start if on == dt.date.max else f"{start}DTEND;VALUE=DATE:{_digits(on + dt.timedelta(1))}\r\n"


def _time_left(days: int) -> str:
    if days == 0:
        return "Today"
    return f"In {days_text(days)}" if days > 0 else f"{days_text(days)} ago"


def _trigger(days: int) -> str:
    """Days before the event, never months; no days at all are a time, because a zero with a sign puts off readers."""
    if days == 0:
        return "PT0S"
    return f"-P{days}D" if days > 0 else f"P{-days}D"


# What stands in the calendar


def _events(timeline: Timeline, alarms: dict[str, list[Reminder]]) -> Iterator[Event]:
    """All events by day, those of one day by id."""
    by_day = attrgetter("on")
    planned = Planned(timeline)
    due_days, last_days = _due_days(timeline, alarms, planned), _last_days(timeline, planned)
    streams = (_starts(timeline), _finishes(timeline), due_days, last_days)
    is_empty = True
    for _, same_day in groupby(merge(*streams, key=by_day), by_day):
        is_empty = False
        yield from sorted(same_day, key=attrgetter("uid"))
    if is_empty:
        yield _only_event(timeline)


def _starts(timeline: Timeline) -> Iterator[Event]:
    steps = (step for step in timeline.steps if step.status is not Status.WAIVED and step.start is not None)
    for step in sorted(steps, key=attrgetter("start")):
        assert step.start is not None
        is_bare = step.start == step.finish or step.kind is StepKind.JOB
        is_planned = step.status in _PLANNED
        yield Event(
            step.start,
            _uid(timeline, step.id, "start"),
            step.title if is_bare else f"Start: {step.title}",
            _lines(*(_why(step, timeline) if is_planned else (_RECORDED,)), *_latest(step.latest_start)),
            f"step,{step.kind.value}",
            is_tentative=is_planned,
        )


def _finishes(timeline: Timeline) -> Iterator[Event]:
    steps = (step for step in timeline.steps if _has_finish_of_its_own(step))
    for step in sorted(steps, key=attrgetter("finish")):
        assert step.finish is not None
        yield Event(
            step.finish,
            _uid(timeline, step.id, "finish"),
            f"Done: {step.title}",
            _lines(*_why_done(step, timeline), *_latest(step.latest_finish)),
            f"step,{step.kind.value}",
            is_tentative=not step.is_done,
        )


def _has_finish_of_its_own(step: PlannedStep) -> bool:
    if step.status is Status.WAIVED or step.finish is None:
        return False
    return step.status is Status.RUNNING or step.finish != step.start


def _why_done(step: PlannedStep, timeline: Timeline) -> Iterable[str]:
    """Why a finish is on its day, where the event of the start does not say so already."""
    if step.is_done:
        return (_RECORDED,)
    return _why(step, timeline) if step.status is Status.RUNNING else ()


def _why(step: PlannedStep, timeline: Timeline) -> Iterable[str]:
    return (sentences.reason_text(reason, step, timeline) for reason in step.reasons)


def _latest(day: dt.date | None) -> Iterable[str]:
    return () if day is None else (f"Latest day for this plan: {day_text(day)}.",)


def _lines(*told: str) -> str:
    return "\n".join((*told, _CHECK))


def _due_days(timeline: Timeline, alarms: dict[str, list[Reminder]], planned: Planned) -> Iterator[Event]:
    for due in sorted(timeline.deadlines, key=attrgetter("on")):
        yield Event(
            due.on,
            due.id,
            sentences.deadline_text(due, timeline),
            _lines(sentences.lost_after(due, timeline)),
            f"deadline,{due.kind.value}",
            tuple(sorted([((due.on - reminder.on).days, reminder.id) for reminder in alarms[due.id]])),
            is_tentative=planned.has_deadline(due),
        )


def _last_days(timeline: Timeline, planned: Planned) -> Iterator[Event]:
    """The last days of papers, where no deadline says so already."""
    told = {(due.credential, due.on) for due in timeline.deadlines if due.kind in _ENDS_TOLD}
    ending = (cycle for cycle in timeline.renewals if cycle.valid_through is not None)
    for cycle in sorted(ending, key=attrgetter("valid_through")):
        assert cycle.valid_through is not None
        if (cycle.credential, cycle.valid_through) not in told:
            yield Event(
                cycle.valid_through,
                _uid(_of_its_own(timeline, cycle), cycle.credential, "valid-through", cycle.number),
                f"Last day of {timeline.credential_name(cycle.credential)}",
                _lines(_validity(cycle, cycle.valid_through)),
                "credential",
                is_tentative=planned.has_period(cycle),
            )


def _of_its_own(timeline: Timeline, cycle: Renewal) -> Timeline:
    """The same with the credential for the pathway where there is none: an id is then that of its own calendar."""
    return attrs.evolve(timeline, pathway=cycle.credential) if timeline.pathway == KEPT else timeline


def _validity(cycle: Renewal, through: dt.date) -> str:
    act_by = "" if cycle.act_by is None else f" Renew by {day_text(cycle.act_by)}."
    return f"Valid from {day_text(cycle.valid_from)} through {day_text(through)}.{act_by}"


def _only_event(timeline: Timeline) -> Event:
    """What stands in a calendar without any day, because RFC 5545 3.6 asks for at least one component."""
    if timeline.finish is None:
        on, summary = timeline.today, f"No plan: {timeline.title}"
    else:
        on, summary = timeline.finish, f"Done: {timeline.title}"
    return Event(on, _uid(timeline, timeline.pathway, "whole"), summary, ADVICE, "pathway")


def _uid(timeline: Timeline, item: str, kind: str, cycle: int = 0) -> str:
    return str(uuid5(_NAMESPACE, f"{timeline.pathway}/{timeline.learner}/{item}/{kind}/{cycle}"))


# How it is written


def _digits(day: dt.date) -> str:
    """The day as 20260228; `strftime` would write the year 987 with three digits on some systems."""
    return day.isoformat().replace("-", "")


def _text_line(name: str, text: str) -> str:
    line = f"{name}:{_UNSAFE.sub(_replacement, text)}"
    return f"{line}\r\n" if len(line) <= _OCTETS and line.isascii() else _folded(line)


def _replacement(match: re.Match[str]) -> str:
    unsafe = match[0]
    return "\ufffd" if unsafe >= "\ud800" else _REPLACEMENTS.get(unsafe, "")


def _folded(line: str) -> str:
    """One content line as physical lines of at most 75 octets, cut neither in a character nor in an escape."""
    octets = line.encode()
    pieces: list[bytes] = []
    start, room = 0, _OCTETS
    while len(octets) - start > room:
        end = _cut(octets, start, start + room)
        pieces.append(octets[start:end])
        start, room = end, _OCTETS - 1  # the space that begins every further line counts
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces).decode() + "\r\n"


def _cut(octets: bytes, start: int, end: int) -> int:
    """The last place up to `end` where the line may be cut."""
    while octets[end] in _INSIDE_CHARACTER:
        end -= 1
    if octets[end - 1] != _BACKSLASH:
        return end
    backslashes = end - start - len(octets[start:end].rstrip(b"\\"))
    return end - backslashes % 2
