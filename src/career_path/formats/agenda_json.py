"""An agenda as JSON, for programs that send messages: the values, and a sentence beside each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from career_path.formats.gate import Table
from career_path.formats.json_writing import json_text
from career_path.formats.unstructure import plain_fields
from career_path.model.timeline import Deadline, Timeline
from career_path.planning.agenda import Agenda
from career_path.views.sentences import deadline_text, lost_after, overlay_text, reminder_text

__all__ = ["AGENDA_SCHEMA", "format_agenda"]

AGENDA_SCHEMA: Final = "career-path/agenda/1"


def format_agenda(agenda: Agenda, timeline: Timeline) -> str:
    """The JSON text of an agenda; it is written and not read back, because the plan tells it anew.

    Each deadline has `text`, `lost_after` and `days`: how many days after `since` it falls, negative when overdue.
    Each reminder has `text`, and `deadline` with the id of its deadline. Each overlay that was applied has `text`.

    Raises:
        UnknownIdError: a reminder names a deadline that the timeline does not have.
    """

    def deadlines(found: Iterable[Deadline]) -> list[Table]:
        return [
            {
                **plain_fields(each),
                "days": (each.on - agenda.since).days,
                "text": deadline_text(each, timeline),
                "lost_after": lost_after(each, timeline),
            }
            for each in found
        ]

    reminders = [
        {**plain_fields(each), "due": timeline.deadline(each.deadline).on, "text": reminder_text(each, timeline)}
        for each in agenda.reminders
    ]
    return json_text(
        {
            "schema": AGENDA_SCHEMA,
            "pathway": timeline.pathway,
            "learner": timeline.learner,
            "today": timeline.today,
            "since": agenda.since,
            "until": agenda.until,
            "applied": [{**plain_fields(each), "text": overlay_text(each)} for each in timeline.applied],
            "overdue": deadlines(agenda.overdue),
            "due": deadlines(agenda.due),
            "reminders": reminders,
            "coming": deadlines(agenda.coming),
        }
    )
