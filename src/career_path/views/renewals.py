"""The periods of one credential as a table for a terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from career_path.model.credits import CreditRule
from career_path.model.timeline import Timeline
from career_path.views.markdown import escaped, markdown_table
from career_path.views.periods import (
    CHECK,
    HEADINGS,
    aligned,
    days_ahead,
    period_cells,
    remarks,
    ways_of,
    ways_table,
    wrapped,
)
from career_path.views.plain import one_line
from career_path.views.sentences import deadline_text, lost_after, rules_lines

__all__ = ["renewals_markdown", "renewals_text"]

_NOTHING: Final[Mapping[str, CreditRule]] = MappingProxyType({})


def renewals_text(timeline: Timeline, *, width: int = 100, asked: Mapping[str, CreditRule] = _NOTHING) -> str:
    """One line for each period, then what is due next; lines of at most `width` columns but for a long word.

    `asked` is the rule of continuing education of the period to be renewed next, by the id of the credential.
    """
    lines = [one_line(timeline.title)]
    lines += aligned(HEADINGS, [period_cells(each) for each in timeline.renewals], kept=1)
    parts = ways_of(timeline, timeline.pathway, asked, is_named=False)
    ways = [text for head, *items in parts for text in (head, *(f"- {item}" for item in items))]
    lines += wrapped(
        (*remarks(timeline, is_named=False), *ways, *days_ahead(timeline), *rules_lines(timeline.applied), CHECK), width
    )
    return "".join(f"{line}\n" for line in lines)


def renewals_markdown(timeline: Timeline, *, asked: Mapping[str, CreditRule] = _NOTHING) -> str:
    """The same with a table of every day on which something is due."""
    due = [
        [str(e.on), escaped(deadline_text(e, timeline)), escaped(lost_after(e, timeline))] for e in timeline.deadlines
    ]
    parts = [f"## {escaped(timeline.title)}", markdown_table(HEADINGS, [period_cells(e) for e in timeline.renewals])]
    parts += [escaped(text) for text in remarks(timeline, is_named=False)]
    for head, *items in ways_of(timeline, timeline.pathway, asked, is_named=False):
        parts.append(escaped(head))
        parts += ["\n".join(f"- {escaped(item)}" for item in items)] if items else []
    parts += ways_table(timeline, is_named=False)
    if due:
        parts.append(markdown_table(("Day", "What", "After it"), due))
    return "\n\n".join((*parts, *map(escaped, rules_lines(timeline.applied)), CHECK)) + "\n"
