"""What the views of one credential and of several tell alike: periods, remarks, ways to renew, and days ahead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from textwrap import wrap
from typing import Final

from career_path.model.credits import CreditRule
from career_path.model.timeline import Renewal, Timeline
from career_path.views.markdown import escaped, markdown_table
from career_path.views.plain import NO_END, day_text, one_line
from career_path.views.sentences import deadline_text, lost_after, no_way_text, open_cycle, way_text
from career_path.views.sentences.credits import asked_text
from career_path.views.sentences.keeping import has_lapsed, lapse_text

__all__ = ["CHECK", "HEADINGS", "aligned", "days_ahead", "period_cells", "remarks", "ways_of", "ways_table", "wrapped"]

HEADINGS: Final = ("Cycle", "Valid from", "Opens", "On time until", "Act by", "Valid through", "Grace through")
CHECK: Final = "Check every date with the issuer."
_SHOWN: Final = 12
_WAY_HEADINGS: Final = (
    "Credential",
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


def period_cells(renewal: Renewal) -> tuple[str, ...]:
    """The cells of a period below `HEADINGS`; empty where nothing is told."""
    return (
        str(renewal.count),
        str(renewal.valid_from),
        _day(renewal.opens),
        _day(renewal.soft_deadline),
        _day(renewal.act_by),
        _day(renewal.valid_through) or NO_END,
        _day(renewal.grace_through),
    )


def _day(day: dt.date | None) -> str:
    return "" if day is None else str(day)


def aligned(headings: Sequence[str], rows: Sequence[Sequence[str]], *, kept: int) -> list[str]:
    """Lines of a table without the columns that hold nothing; the first `kept` stay."""
    shown = [index for index in range(len(headings)) if index < kept or any(row[index] for row in rows)]
    widths = {index: max(len(row[index]) for row in (headings, *rows)) for index in shown}
    return ["  ".join(f"{row[index]:{widths[index]}}" for index in shown).rstrip() for row in (headings, *rows)]


def wrapped(texts: Iterable[str], width: int) -> list[str]:
    """The texts in lines of at most `width` columns but for a long word."""
    return [
        line
        for text in texts
        for line in wrap(one_line(text), width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    ]


def remarks(timeline: Timeline, *, is_named: bool) -> Iterator[str]:
    """Last days that were put off, gaps, what a first renewal is exempt from, and what has lapsed."""
    for credential in dict.fromkeys(each.credential for each in timeline.renewals):
        own = [each for each in timeline.renewals if each.credential == credential]
        of = f" of {timeline.credential_name(credential)}" if is_named else ""
        for each in own:
            if each.extended_from is not None:
                yield f"Cycle {each.count}{of} was put off from {each.extended_from}."
        yield from _gaps(own, of)
        current = open_cycle(timeline, credential)
        if current is not None and current.is_exempt:
            yield f"Cycle {current.count}{of} asks for no continuing education: the first renewal is exempt."
        if has_lapsed(own[-1], timeline):
            yield lapse_text(own[-1], timeline)


def _gaps(periods: Iterable[Renewal], of: str) -> Iterator[str]:
    """From when until when it was not valid, between two periods."""
    for before, after in pairwise(periods):
        ended = before.grace_through if before.is_grace_current else before.valid_through
        if ended is not None and (after.valid_from - ended).days > 1:
            first, last = ended + dt.timedelta(days=1), after.valid_from - dt.timedelta(days=1)
            yield f"Cycle {after.count}{of} begins after a lapse: not valid from {day_text(first)} to {day_text(last)}."


def ways_of(timeline: Timeline, credential: str, asked: Mapping[str, CreditRule], *, is_named: bool) -> list[list[str]]:
    """What the period that is to be renewed next asks for: lists of a heading and its items.

    `asked` are rules of continuing education of that period, by credential.
    """
    current = open_cycle(timeline, credential)
    if current is None:
        return []
    cycle = f"cycle {current.count}" + (f" of {timeline.credential_name(credential)}" if is_named else "")
    found: list[list[str]] = []
    if current.ways:
        none = no_way_text(current, timeline)
        head = f"Ways to renew {cycle}:" if none is None else none
        found.append([head, *(way_text(each, timeline) for each in current.ways)])
    if credential in asked and current.credits_by is not None:
        told = asked_text(asked[credential], current.count)
        found.append([f"Continuing education for {cycle}, by {day_text(current.credits_by)}: {told}."])
    return found


def ways_table(timeline: Timeline, *, is_named: bool) -> list[str]:
    """The ways of every period that is not renewed yet, as a table of the columns that hold something."""
    rows = [
        (
            escaped(timeline.credential_name(renewal.credential)) if is_named else "",
            str(renewal.count),
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


def days_ahead(timeline: Timeline) -> Iterator[str]:
    """The next days on which something is due, opens or ends, and how many more there are."""
    for each in timeline.deadlines[:_SHOWN]:
        yield f"{each.on}  {deadline_text(each, timeline)}. {lost_after(each, timeline)}"
    if len(timeline.deadlines) > _SHOWN:
        yield f"and {len(timeline.deadlines) - _SHOWN} more"
