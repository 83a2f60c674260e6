"""An agenda as plain text and as Markdown: what is overdue, what is due, what to think of, and what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from textwrap import wrap
from typing import Final, NamedTuple

from career_path.model.timeline import Deadline, Timeline
from career_path.planning.agenda import Agenda
from career_path.views.markdown import escaped, markdown_table
from career_path.views.plain import days_text, one_line
from career_path.views.sentences import deadline_text, lost_after, reminder_text, rules_lines

__all__ = ["agenda_markdown", "agenda_text"]

_MOST_COMING: Final = 3
"""How many days after the window are told; the rest is counted."""


class _Row(NamedTuple):
    on: dt.date
    when: str
    what: str
    lost: str = ""


class _Section(NamedTuple):
    title: str
    rows: list[_Row]
    more: int = 0


def agenda_text(agenda: Agenda, timeline: Timeline, *, width: int = 100) -> str:
    """The agenda in lines of at most `width` columns; only a word may be longer."""
    lines = [_heading(agenda, timeline)]
    for section in _sections(agenda, timeline):
        lines.append(f"{section.title}:")
        for row in section.rows:
            lines += _wrapped(f"{row.on}  {row.when + ': ' if row.when else ''}{row.what}", width)
            lines += _wrapped(row.lost, width, depth=2) if row.lost else []
        lines += [f"  and {section.more} more"] if section.more else []
    if agenda.is_empty:
        lines.append("Nothing is due in these days.")
    for text in rules_lines(timeline.applied):
        lines += wrap(one_line(text), width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    return "".join(f"{line}\n" for line in lines)


def agenda_markdown(agenda: Agenda, timeline: Timeline) -> str:
    """The agenda as Markdown with a table for each part."""
    parts = [f"## {escaped(_heading(agenda, timeline))}"]
    for section in _sections(agenda, timeline):
        rows = [[str(row.on), row.when, escaped(row.what), escaped(row.lost)] for row in section.rows]
        parts += [f"### {section.title}", markdown_table(["Day", "When", "What", "What ends with it"], rows)]
        parts += [f"And {section.more} more."] if section.more else []
    if agenda.is_empty:
        parts.append("Nothing is due in these days.")
    parts += map(escaped, rules_lines(timeline.applied))
    return "\n\n".join(parts) + "\n"


def _heading(agenda: Agenda, timeline: Timeline) -> str:
    counted = "" if agenda.since == timeline.today else f"; days are counted from {agenda.since}"
    return f"{one_line(timeline.title)}: from {agenda.since} through {agenda.until}{counted}"


def _sections(agenda: Agenda, timeline: Timeline) -> Iterator[_Section]:
    """Every part that has something in it."""
    coming = agenda.coming[:_MOST_COMING]
    for section in (
        _Section("Overdue", [_deadline_row(each, agenda, timeline) for each in agenda.overdue]),
        _Section("Due", [_deadline_row(each, agenda, timeline) for each in agenda.due]),
        _Section("Reminders", [_Row(each.on, "", reminder_text(each, timeline)) for each in agenda.reminders]),
        _Section("Next", [_deadline_row(each, agenda, timeline) for each in coming], len(agenda.coming) - len(coming)),
    ):
        if section.rows:
            yield section


def _deadline_row(deadline: Deadline, agenda: Agenda, timeline: Timeline) -> _Row:
    days = (deadline.on - agenda.since).days
    when = "today" if not days else f"in {days_text(days)}" if days > 0 else f"{days_text(days)} ago"
    return _Row(deadline.on, when, deadline_text(deadline, timeline), lost_after(deadline, timeline))


def _wrapped(text: str, width: int, *, depth: int = 1) -> list[str]:
    indent = "  " * depth
    return wrap(
        one_line(text),
        width,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
