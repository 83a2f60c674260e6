"""The periods of several credentials as one table for a terminal and as Markdown, and under it what falls due when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from career_path.model.credits import CreditRule
from career_path.model.timeline import Deadline, Timeline
from career_path.views import periods
from career_path.views.markdown import escaped, markdown_table
from career_path.views.plain import one_line
from career_path.views.sentences import deadline_text, lost_after, rules_lines

__all__ = ["kept_markdown", "kept_text"]

_HEADINGS: Final = ("Credential", *periods.HEADINGS)
_NOTHING: Final[Mapping[str, CreditRule]] = MappingProxyType({})


def kept_text(timeline: Timeline, *, width: int = 100, asked: Mapping[str, CreditRule] = _NOTHING) -> str:
    """One line for each period, then what falls due next; lines of at most `width` columns but for a long word.

    `asked` are the rules of continuing education of the periods to be renewed next, by the ids of the credentials.

    >>> import datetime as dt
    >>> from career_path import Credential, Held, Learner, Validity
    >>> from career_path.planning.keeping import keep
    >>> cards = [Credential("bls", valid=Validity(span="P2Y")), Credential("cma", valid=Validity(span="P5Y"))]
    >>> ana = Learner("ana", holds=[Held(each.id, granted=dt.date(2027, 3, 1)) for each in cards])
    >>> print(kept_text(keep(cards, ana, today=dt.date(2027, 3, 1), renewals=0)).splitlines()[2])
    bls         1      2027-03-01  2029-02-28
    """
    lines = [one_line(timeline.title), *periods.aligned(_HEADINGS, _rows(timeline), kept=2)]
    ways = [text for head, *items in _ways(timeline, asked) for text in (head, *(f"- {item}" for item in items))]
    remarks = periods.remarks(timeline, is_named=True)
    rules = rules_lines(timeline.applied)
    lines += periods.wrapped((*remarks, *ways, *periods.days_ahead(timeline), *rules, periods.CHECK), width)
    return "".join(f"{line}\n" for line in lines)


def kept_markdown(timeline: Timeline, *, asked: Mapping[str, CreditRule] = _NOTHING) -> str:
    """The same with a table of every day on which something is due.

    >>> import datetime as dt
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
    parts += [escaped(text) for text in periods.remarks(timeline, is_named=True)]
    for head, *items in _ways(timeline, asked):
        parts.append(escaped(head))
        parts += ["\n".join(f"- {escaped(item)}" for item in items)] if items else []
    parts += periods.ways_table(timeline, is_named=True)
    if due:
        parts.append(markdown_table(("Day", "Credential", "What", "After it"), due))
    return "\n\n".join((*parts, *map(escaped, rules_lines(timeline.applied)), periods.CHECK)) + "\n"


def _rows(timeline: Timeline) -> list[Sequence[str]]:
    return [
        (one_line(timeline.credential_name(each.credential)), *periods.period_cells(each)) for each in timeline.renewals
    ]


def _ways(timeline: Timeline, asked: Mapping[str, CreditRule]) -> Iterator[list[str]]:
    for credential in dict.fromkeys(each.credential for each in timeline.renewals):
        yield from periods.ways_of(timeline, credential, asked, is_named=True)


def _name(deadline: Deadline, timeline: Timeline) -> str:
    return timeline.credential_name(deadline.credential or "")


def _what(deadline: Deadline, timeline: Timeline) -> str:
    return deadline_text(deadline, timeline).removesuffix(f": {_name(deadline, timeline)}")
