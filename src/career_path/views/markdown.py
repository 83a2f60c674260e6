"""A plan as Markdown, to be pasted into a ticket or a page: CommonMark with the tables of GitHub and Mermaid diagrams.

Every text of others is shown letter for letter: it makes no table cell, heading, link, tag, formula or emoji, mentions
nobody and refers to no ticket. Where a backslash does not help, because GitHub and GitLab look for names and addresses
in the finished page, an invisible blank (U+200B) stands between the mark and the name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from urllib.parse import quote

from career_path.model.pathway import Source
from career_path.model.timeline import Conflict, PlannedStep, Renewal, Status, Timeline, WeekLoad
from career_path.views.mermaid import gantt_diagram, graph_diagram
from career_path.views.plain import NO_END, day_text, money_text, one_line
from career_path.views.sentences import (
    conflict_text,
    cost_text,
    deadline_text,
    finish_text,
    lost_after,
    notice_text,
    own_why_text,
    rules_lines,
    share_text,
    short_reason,
    slack_text,
    week_hours_text,
    weeks_text,
    why_text,
)
from career_path.views.sources import checked_text, source_title, sure_text, web_address

__all__ = ["escaped", "format_markdown", "markdown_table"]

_CHECK: Final = "Check every date with the issuer."
_LARGEST_DIAGRAM: Final = 50_000
"""Mermaid refuses longer texts, and more arrows than `_MOST_ARROWS`, unless the page allows them."""
_MOST_ARROWS: Final = 500


def format_markdown(timeline: Timeline) -> str:
    r"""The plan as a Markdown document; the same timeline gives the same text.

    What is bad news comes first: conflicts stand before the steps. Sections with nothing in them are left out.

    >>> from decimal import Decimal
    >>> from career_path.model.timeline import TotalCost
    >>> day, cost = dt.date(2027, 1, 4), TotalCost(amount=Decimal(0), currency="USD")
    >>> plan = Timeline(pathway="p", title="*Nurse*", learner="me", today=day, horizon=day, finish=None, cost=cost)
    >>> print(format_markdown(plan), end="")
    # \*Nurse\*: no plan
    <BLANKLINE>
    As of 4 Jan 2027.
    <BLANKLINE>
    Check every date with the issuer.
    """
    sections = (
        [f"# {escaped(_headline(timeline))}", " ".join(_summary(timeline))],
        _section("Conflicts", _conflicts(timeline)),
        _section("Steps", _steps(timeline)),
        _section("Hours a week", _weeks(timeline)),
        _section("Deadlines", _deadlines(timeline)),
        _section("First expiries", _expiries(timeline)),
        _section("Renewals to come", _coming(timeline)),
        _section("Notices", [_list(escaped(notice_text(each, timeline)) for each in timeline.notices)]),
        _section("Why these dates", _reasons(timeline)),
        _section("Steps by day", _diagram(gantt_diagram(timeline))),
        _section("What waits for what", _graph(timeline)),
        _section("Sources", [_list(map(_source, timeline.sources))]),
        [_CHECK],
    )
    return "\n\n".join(block for section in sections for block in section) + "\n"


def escaped(text: str) -> str:
    r"""Markdown that shows this text letter for letter on one line, wherever it stands, in a table too.

    >>> print(escaped("1. *Ask* @nurse about [#7](http://x.org) | <b>"))
    1\. \*Ask\* @&#8203;nurse about \[\#&#8203;7\](http:&#8203;//x.org) &#124; &lt;b&gt;
    """
    apart = _REFERS.sub(lambda mark: mark[0] + _APART, one_line(text))
    return _LIST.sub(lambda lead: f"{lead[1]}\\{lead[2]}", apart.translate(_ESCAPES))


def markdown_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose cells are Markdown already: texts of others are `escaped` before.

    >>> print(markdown_table(["Day", "What"], [["2027-01-04", "**Exam**"]]))
    | Day | What |
    | --- | --- |
    | 2027-01-04 | **Exam** |
    """
    lines = (headings, ["---"] * len(headings), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


_APART: Final = "\u200b"
_REFERS: Final = re.compile(
    r"""
    [@\#](?=\w)                     # names, tickets, addresses of mail
    | (?<!\w)[!%&~$](?=[\w"])       # merge requests, milestones, epics, labels and snippets
    | \bGH-(?=\d)                   # tickets again
    | :(?=//) | \bwww(?=\.)         # addresses
    | :(?=[\w+-]+:)                 # emoji
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ESCAPES: Final = str.maketrans(
    {mark: f"\\{mark}" for mark in "\\`*_[]{}~#"}
    | {mark: f"&#{ord(mark)};" for mark in f"|${_APART}"}
    | {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
)
_LIST: Final = re.compile(r"\A(\d*)([-+.)])")


def _name(timeline: Timeline) -> str:
    return timeline.title or timeline.pathway


def _headline(timeline: Timeline) -> str:
    return f"{_name(timeline)}: {finish_text(timeline)}"


def _summary(timeline: Timeline) -> Iterator[str]:
    yield f"As of {day_text(timeline.today)}."
    yield from map(escaped, rules_lines(timeline.applied))
    if timeline.steps:
        unknown = [timeline.name_of(step) for step in timeline.cost.unknown]
        yield escaped(f"Cost: {cost_text(timeline.cost, unknown)}.")
    ends = (f"{timeline.credential_name(each.credential)}{_through(each)}" for each in timeline.first_cycles)
    valid = "; ".join(ends)
    if valid:
        yield escaped(f"Valid: {valid}.")


def _through(renewal: Renewal) -> str:
    return f" through {day_text(renewal.valid_through)}" if renewal.valid_through else f", {NO_END}"


def _section(heading: str, blocks: Iterable[str]) -> list[str]:
    """The blocks under their heading; nothing if there are none."""
    filled = [block for block in blocks if block]
    return [f"## {heading}", *filled] if filled else []


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _conflicts(timeline: Timeline) -> Iterator[str]:
    yield _list(_conflict(each, timeline) for each in timeline.conflicts)


def _conflict(conflict: Conflict, timeline: Timeline) -> str:
    helps = (f"\n  - What helps: {escaped(repair)}" for repair in conflict.repairs)
    return f"{escaped(conflict_text(conflict, timeline))}{''.join(helps)}"


def _steps(timeline: Timeline) -> Iterator[str]:
    if not timeline.steps:
        return
    cost = f"Cost ({escaped(timeline.cost.currency)})"
    headings = ("Step", "Start", "Done by", "Latest start", "Slack", cost, "Why")
    yield markdown_table(headings, (_row(step, timeline) for step in timeline.steps))
    if any(step.is_critical for step in timeline.steps):
        yield "**Bold**: least slack."


def _row(step: PlannedStep, timeline: Timeline) -> tuple[str, ...]:
    title = escaped(step.title or step.id)
    return (
        f"**{title}**" if step.is_critical else title,
        _day(step.start),
        _day(step.finish),
        _day(step.latest_start),
        slack_text(step.slack_days),
        _cost(step),
        escaped(_why(step, timeline)),
    )


def _day(day: dt.date | None) -> str:
    return "" if day is None else str(day)


def _cost(step: PlannedStep) -> str:
    if step.is_done:
        return ""
    return "not known" if step.cost is None else money_text(step.cost, "").strip()


def _why(step: PlannedStep, timeline: Timeline) -> str:
    if step.is_done:
        return step.status.value
    again = ["again"] if step.status is Status.REDO else []
    return ", ".join((*again, *(short_reason(each, timeline) for each in step.reasons[:1]))) or step.status.value


def _reasons(timeline: Timeline) -> Iterator[str]:
    """The goal with its reasons back to the root, then each step with its own: the next one stands at its own step."""
    text = why_text(timeline)
    chain = text.earliest or text.latest  # a plan made backward from a target has reasons for its latest dates alone
    if chain is not None:
        yield escaped(chain.lead)
        yield "\n".join(f"{number}. {escaped(reason)}" for number, reason in enumerate(chain.reasons, start=1))
    own = ((step, _own_reasons(step, timeline)) for step in timeline.steps if not step.is_done)
    yield _list("\n  - ".join((f"**{escaped(step.title or step.id)}**", *lines)) for step, lines in own if lines)


def _own_reasons(step: PlannedStep, timeline: Timeline) -> list[str]:
    text = own_why_text(timeline, step.id)
    chains = [chain for chain in (text.earliest, text.latest) if chain]
    lines = [" ".join((chain.lead, *chain.reasons)) for chain in chains]
    note = [f"Note: {step.note}"] if step.note else []
    return [escaped(line) for line in (*lines, *note)]


def _weeks(timeline: Timeline) -> Iterator[str]:
    """The weeks that ask for hours, those alike in one row."""
    asking = [each for each in timeline.workload if each.asked]
    if not asking:
        return
    yield markdown_table(("Weeks", "Hours", "For"), (_week_row(each, timeline) for each in asking))
    if any(each.is_overloaded for each in asking):
        yield "**Bold**: more than there are."


def _week_row(load: WeekLoad, timeline: Timeline) -> tuple[str, ...]:
    hours = week_hours_text(load)
    shares = ", ".join(share_text(each, timeline) for each in load.steps)
    return weeks_text(load), f"**{hours}**" if load.is_overloaded else hours, escaped(shares)


def _deadlines(timeline: Timeline) -> Iterator[str]:
    rows = [
        (
            f"{each.on}{' (past)' if each.on < timeline.today else ''}",
            escaped(deadline_text(each, timeline)),
            escaped(lost_after(each, timeline)),
        )
        for each in sorted(timeline.deadlines, key=lambda each: (each.on, each.id))
    ]
    if rows:
        yield markdown_table(("Day", "What", "After it"), rows)


def _expiries(timeline: Timeline) -> Iterator[str]:
    first = timeline.first_cycles
    yield from _cycles(timeline, first, ["Credential", *_HEADINGS])


def _coming(timeline: Timeline) -> Iterator[str]:
    """The renewals after the period that each credential is in."""
    first = timeline.first_cycles
    coming = [each for each in timeline.renewals if each not in first]
    yield from _cycles(timeline, coming, ["Credential, cycle", *_HEADINGS])


_HEADINGS: Final = ("Valid from", "Valid through", "Renewal opens", "Act by")


def _cycles(timeline: Timeline, cycles: Sequence[Renewal], headings: Sequence[str]) -> Iterator[str]:
    is_numbered = "cycle" in headings[0]
    rows = [
        (
            escaped(timeline.credential_name(each.credential)) + (f", {each.count}" if is_numbered else ""),
            str(each.valid_from),
            _day(each.valid_through) or NO_END,
            _day(each.opens),
            _day(each.act_by),
        )
        for each in cycles
    ]
    # Few pathways tell when a renewal opens and when to act.
    shown = 5 if any(each.opens or each.act_by for each in cycles) else 3
    if rows:
        yield markdown_table(headings[:shown], (row[:shown] for row in rows))


def _graph(timeline: Timeline) -> Iterator[str]:
    yield from _diagram(graph_diagram(timeline))
    if timeline.steps:
        yield "An arrow leads from a step to what waits for it. Thick frame: least slack. Dashed frame: done."


def _diagram(text: str) -> Iterator[str]:
    if len(text) > _LARGEST_DIAGRAM or text.count(" --> ") + text.count(" -.- ") > _MOST_ARROWS:
        yield "The plan is too large for a diagram."
    elif text:
        yield f"```mermaid\n{text}```"


_IN_ADDRESS: Final = "%/:=&?#+,;@~"


def _source(source: Source) -> str:
    title = escaped(source_title(source))
    address = web_address(source.address)
    if address:
        title = f"[{title}](<{quote(address, safe=_IN_ADDRESS).replace('&', '&amp;')}>)"
    elif source.address:
        title = f"{title}, {escaped(source.address)}"
    of = f", as of {source.as_of}" if source.as_of else ""
    return f"{escaped(source.id)}: {title}, from {sure_text(source.sure)}{of}, {checked_text(source)}"
