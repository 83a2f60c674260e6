"""The periods of one credential as a table for a terminal and as Markdown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Final

from career_path.model.timeline import DeadlineKind, Renewal, Timeline
from career_path.views.markdown import escaped, markdown_table
from career_path.views.plain import NO_END, one_line
from career_path.views.sentences import deadline_text, lost_after, no_way_text, open_cycle, way_text

__all__ = ["renewals_markdown", "renewals_text"]

_HEADINGS: Final = (
    "Cycle",
    "Valid from",
    "Opens",
    "On time until",
    "Act by",
    "Valid through",
    "Grace through",
)
_CHECK: Final = "Check every date with the issuer."


def renewals_text(timeline: Timeline, *, width: int = 100) -> str:
    """One line for each period, then what is due next; lines of at most `width` columns but for a long word."""
    rows = [_HEADINGS, *_rows(timeline)]
    shown = [index for index in range(len(_HEADINGS)) if any(row[index] for row in rows[1:]) or index == 0]
    widths = {index: max(len(row[index]) for row in rows) for index in shown}
    lines = [one_line(timeline.title)]
    lines += ["  ".join(f"{row[index]:{widths[index]}}" for index in shown).rstrip() for row in rows]
    for text in (*_remarks(timeline), *_ways(timeline), *_next(timeline), _CHECK):
        lines += wrap(one_line(text), width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    return "".join(f"{line}\n" for line in lines)


def renewals_markdown(timeline: Timeline) -> str:
    """The same with a table of every day on which something is due."""
    due = [
        [str(e.on), escaped(deadline_text(e, timeline)), escaped(lost_after(e, timeline))] for e in timeline.deadlines
    ]
    parts = [f"## {escaped(timeline.title)}", markdown_table(_HEADINGS, _rows(timeline))]
    parts += [escaped(text) for text in _remarks(timeline)]
    current = _ways(timeline)
    parts += [escaped(text) for text in current[:1]]
    parts += ["\n".join(f"- {escaped(text.removeprefix(_ITEM))}" for text in current[1:])] if current[1:] else []
    parts += _ways_table(timeline)
    if due:
        parts.append(markdown_table(("Day", "What", "After it"), due))
    return "\n\n".join((*parts, _CHECK)) + "\n"


def _rows(timeline: Timeline) -> list[Sequence[str]]:
    return [
        (
            str(each.number),
            str(each.valid_from),
            _day(each.opens),
            _day(each.soft_deadline),
            _day(each.act_by),
            _day(each.valid_through) or NO_END,
            _day(each.grace_through),
        )
        for each in timeline.renewals
    ]


def _day(day: dt.date | None) -> str:
    return "" if day is None else str(day)


def _remarks(timeline: Timeline) -> Iterator[str]:
    """Whether it has lapsed, and last days that were put off."""
    for each in timeline.renewals:
        if each.extended_from is not None:
            yield f"Cycle {each.number} was put off from {each.extended_from}."
    last = timeline.renewals[-1] if timeline.renewals else None
    if last is not None and _has_lapsed(last, timeline.today):
        yield f"It lapsed after {last.valid_through}; later cycles depend on the day on which it is renewed."


def _has_lapsed(last: Renewal, today: dt.date) -> bool:
    return last.valid_through is not None and last.valid_through < today


_ITEM: Final = "- "


def _ways(timeline: Timeline) -> list[str]:
    """A heading for the period that is to be renewed next, and one line for each way; that none is in time."""
    current = open_cycle(timeline, timeline.pathway)
    if current is None or not current.ways:
        return []
    none = no_way_text(current, timeline)
    head = f"Ways to renew cycle {current.number}:" if none is None else none
    return [head, *(f"{_ITEM}{way_text(each, timeline)}" for each in current.ways)]


_WAY_HEADINGS: Final = (
    "Cycle",
    "Way",
    "Begin by",
    "Apply by",
    "Done by",
    "Earliest begin",
    "Earliest application",
    "Earliest end",
    "Days to spare",
    "Planned",
)


def _ways_table(timeline: Timeline) -> list[str]:
    """The ways of every period that is not renewed yet, as a table of the columns that hold something."""
    rows = [
        (
            str(renewal.number),
            escaped(each.title),
            *map(_day, (each.start_by, each.apply_by, each.act_by, each.start, each.apply_on, each.done_on)),
            "" if each.slack_days is None else str(each.slack_days),
            "yes" if each.is_planned else "",
        )
        for renewal in timeline.renewals
        if renewal.renewed_on is None
        for each in renewal.ways
    ]
    shown = [index for index in range(len(_WAY_HEADINGS)) if any(row[index] for row in rows)]
    if not rows:
        return []
    return [markdown_table([_WAY_HEADINGS[i] for i in shown], [[row[i] for i in shown] for row in rows])]


_SHOWN: Final = 6


def _next(timeline: Timeline) -> Iterator[str]:
    ahead = [each for each in timeline.deadlines if each.kind is not DeadlineKind.EXPIRES]
    for each in ahead[:_SHOWN]:
        yield f"{each.on}  {deadline_text(each, timeline)}. {lost_after(each, timeline)}"
    if len(ahead) > _SHOWN:
        yield f"and {len(ahead) - _SHOWN} more"
