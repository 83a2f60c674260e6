"""What `why` and `remind` tell about a plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple, assert_never

from career_path.cli.options import Question
from career_path.cli.planned import exit_code
from career_path.cli.shapes import AgendaFormat
from career_path.cli.terminal import show_bytes, show_errors, show_text, terminal_style
from career_path.model.timeline import Timeline
from career_path.planning.agenda import Agenda, agenda
from career_path.planning.reminders import DEFAULT_POLICY, Ladder, ReminderPolicy
from career_path.views.sentences import conflict_text

__all__ = ["Window", "explain", "policy_of", "remind"]


class Window(NamedTuple):
    """The days to look at; None where they were not given."""

    since: dt.date | None
    until: dt.date | None


def explain(question: Question, name: str | None) -> int:
    """Show why a step of the plan, or the goal, has its dates, or why the plan does without a step or credential.

    The exit code is 1 where the plan has conflicts or there is none.

    Raises:
        UnknownIdError: the pathway has no such step or credential.
    """
    timeline = question.answer()
    if timeline.finish is not None:
        show_text(_why(question, name, timeline))
    show_errors(conflict_text(conflict, timeline) for conflict in timeline.conflicts)
    return exit_code(timeline)


def _why(question: Question, name: str | None, timeline: Timeline) -> str:
    from career_path.views.why import why_not_page, why_page  # noqa: PLC0415 (only this command needs them)

    width = terminal_style()[0]
    if name is None or any(step.id == name for step in timeline.steps):
        return why_page(timeline, name, width=width)
    return why_not_page(question.why_not(name), width=width)


def policy_of(ladders: Sequence[Ladder], *, moves_off_weekends: bool) -> ReminderPolicy:
    """The usual policy with some ladders in place of its own."""
    return ReminderPolicy((*ladders, *DEFAULT_POLICY.ladders), moves_off_weekends=moves_off_weekends)


def remind(question: Question, policy: ReminderPolicy, window: Window, *, shape: AgendaFormat, revision: int) -> int:
    """Show the agenda of the plan; 1 where the plan has conflicts or there is none.

    Raises:
        InvalidValueError: the window ends before it begins.
    """
    timeline = question.answer()
    found = agenda(timeline, policy=policy, since=window.since, until=window.until)
    if timeline.finish is not None:
        _show(found, timeline, shape, revision=revision)
    show_errors(conflict_text(conflict, timeline) for conflict in timeline.conflicts)
    return exit_code(timeline)


def _show(found: Agenda, timeline: Timeline, shape: AgendaFormat, *, revision: int) -> None:
    # Each format is imported only when it is asked for.
    match shape:
        case "json":
            from career_path.formats.agenda_json import format_agenda  # noqa: PLC0415

            show_bytes(format_agenda(found, timeline).encode())
        case "ics":
            from career_path.formats.icalendar_reminders import format_reminder_calendar  # noqa: PLC0415

            show_bytes(format_reminder_calendar(found.reminders, timeline, revision=revision).encode())
        case "markdown":
            from career_path.views.agenda import agenda_markdown  # noqa: PLC0415

            show_bytes(agenda_markdown(found, timeline).encode())
        case "table":
            from career_path.views.agenda import agenda_text  # noqa: PLC0415

            show_text(agenda_text(found, timeline, width=terminal_style()[0]))
        case _:  # pragma: no cover
            assert_never(shape)
