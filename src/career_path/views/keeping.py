"""The periods of several credentials as one table for a terminal and as Markdown, and under it what falls due when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Final

from career_path.model.timeline import Deadline, Timeline
from career_path.views.markdown import escaped, markdown_table
from career_path.views.plain import NO_END, one_line
from career_path.views.sentences import deadline_text, lost_after
from career_path.views.sentences.keeping import has_lapsed, lapse_text

__all__ = ["kept_markdown", "kept_text"]

_HEADINGS: Final = ("Credential", "Cycle", "Valid from", "Opens", "Act by", "Valid through", "Grace through")
_CHECK: Final = "Check every date with the issuer."
_SHOWN: Final = 12


def kept_text(timeline: Timeline, *, width: int = 100) -> str:
    """One line for each period, then what falls due next; lines of at most `width` columns but for a long word.

    >>> from career_path import Credential, Held, Learner, Validity
    >>> from career_path.planning.keeping import keep
    >>> cards = [Credential("bls", valid=Validity(span="P2Y")), Credential("cma", valid=Validity(span="P5Y"))]
    >>> ana = Learner("ana", holds=[Held(each.id, granted=dt.date(2027, 3, 1)) for each in cards])
    >>> print(kept_text(keep(cards, ana, today=dt.date(2027, 3, 1), renewals=0)).splitlines()[2])
    bls         1      2027-03-01  2029-02-28
    """
    rows = [_HEADINGS, *_rows(timeline)]
    shown = [index for index in range(len(_HEADINGS)) if index < 2 or any(row[index] for row in rows[1:])]  # noqa: PLR2004 (the first two tell the periods apart)
    widths = {index: max(len(row[index]) for row in rows) for index in shown}
    lines = [one_line(timeline.title)]
    lines += ["  ".join(f"{row[index]:{widths[index]}}" for index in shown).rstrip() for row in rows]
    for text in (*_remarks(timeline), *_next(timeline), _CHECK):
        lines += wrap(one_line(text), width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    return "".join(f"{line}\n" for line in lines)


def kept_markdown(timeline: Timeline) -> str:
    """The same with a table of every day on which something is due.

    >>> from career_path import Learner
    >>> from career_path.planning.keeping import keep
    >>> print(kept_markdown(keep([], Learner(), today=dt.date(2027, 3, 1))).splitlines()[0])
    ## Credentials
    """
    rows = [[escaped(name), *days] for name, *days in _rows(timeline)]
    due = [
        [
            str(each.on),
            escaped(_name(each, timeline)),
            escaped(_what(each, timeline)),
            escaped(lost_after(each, timeline)),
        ]
        for each in timeline.deadlines
    ]
    parts = [f"## {escaped(timeline.title)}", markdown_table(_HEADINGS, rows)]
    parts += [escaped(text) for text in _remarks(timeline)]
    if due:
        parts.append(markdown_table(("Day", "Credential", "What", "After it"), due))
    return "\n\n".join((*parts, _CHECK)) + "\n"


def _rows(timeline: Timeline) -> list[Sequence[str]]:
    return [
        (
            one_line(timeline.credential_name(each.credential)),
            str(each.number),
            str(each.valid_from),
            _day(each.opens),
            _day(each.act_by),
            _day(each.valid_through) or NO_END,
            _day(each.grace_through),
        )
        for each in timeline.renewals
    ]


def _day(day: dt.date | None) -> str:
    return "" if day is None else str(day)


def _name(deadline: Deadline, timeline: Timeline) -> str:
    return timeline.credential_name(deadline.credential or "")


def _what(deadline: Deadline, timeline: Timeline) -> str:
    return deadline_text(deadline, timeline).removesuffix(f": {_name(deadline, timeline)}")


def _remarks(timeline: Timeline) -> Iterator[str]:
    """Last days that were put off, and what has lapsed."""
    for each in timeline.renewals:
        if each.extended_from is not None:
            name = timeline.credential_name(each.credential)
            yield f"Cycle {each.number} of {name} was put off from {each.extended_from}."
    newest = {each.credential: each for each in timeline.renewals}
    for each in newest.values():
        if has_lapsed(each, timeline):
            yield lapse_text(each, timeline)


def _next(timeline: Timeline) -> Iterator[str]:
    for each in timeline.deadlines[:_SHOWN]:
        yield f"{each.on}  {deadline_text(each, timeline)}. {lost_after(each, timeline)}"
    if len(timeline.deadlines) > _SHOWN:
        yield f"and {len(timeline.deadlines) - _SHOWN} more"
