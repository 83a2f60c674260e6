"""What a page about a plan says, as plain values in the order of the page: words and days, no markup yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from career_path.model.pathway import Source
from career_path.model.timeline import Conflict, Deadline, PlannedStep, Renewal, Timeline, WeekLoad
from career_path.values import Value, frozen
from career_path.views.graph_picture import GraphPicture, graph_picture
from career_path.views.plain import NO_END, money_text
from career_path.views.sentences import (
    ChainText,
    WhyText,
    conflict_text,
    cost_text,
    deadline_text,
    finish_text,
    lost_after,
    notice_text,
    overlay_text,
    own_why_text,
    reason_text,
    share_text,
    short_reason,
    slack_text,
    week_hours_text,
    weeks_text,
    why_text,
)
from career_path.views.sources import source_title, sure_text, web_address
from career_path.views.timeline_picture import TimelinePicture, has_least_slack, timeline_picture

__all__ = ["Content", "content_of"]

_MOST_CHAINS = 40
"""Up to so many steps, each is told with its reasons back to the root; beyond, with the one that decides, or the page
would grow with the square of the plan."""


@frozen(kw_only=True)
class Link(Value):
    """A name that leads to another place of the page; `anchor` is empty where there is none."""

    text: str
    anchor: str = ""


@frozen(kw_only=True)
class StepRow(Value):
    """A step as the table tells it: `why` in one sentence, `earliest` and `latest` back to the root."""

    anchor: str
    step: PlannedStep
    title: str
    remarks: tuple[str, ...]
    slack: str
    cost: str
    why: str
    short_why: str
    earliest: ChainText | None
    latest: ChainText | None
    needs: tuple[Link, ...]
    needs_any_order: tuple[Link, ...]
    sources: tuple[Link, ...]

    @property
    def has_more(self) -> bool:
        """Whether there is anything to unfold."""
        return bool(self.earliest or self.latest or self.needs or self.needs_any_order or self.sources)


@frozen(kw_only=True)
class DeadlineRow(Value):
    on: dt.date
    text: str
    lost: str
    is_past: bool


@frozen(kw_only=True)
class WeeksRow(Value):
    """Weeks that are alike, the hours they ask for of those there are, and what for."""

    weeks: str
    hours: str
    shares: tuple[str, ...]
    is_overloaded: bool


@frozen(kw_only=True)
class RenewalRow(Value):
    name: str
    period: str
    renewal: Renewal


@frozen(kw_only=True)
class ConflictRow(Value):
    text: str
    repairs: tuple[str, ...]


@frozen(kw_only=True)
class SourceRow(Value):
    """A source; `href` is empty for an address that is not of the web."""

    anchor: str
    source: Source
    title: str
    href: str
    sure: str


@frozen(kw_only=True)
class Content(Value):
    """Everything that the templates show."""

    title: str
    finish: str
    rules: tuple[str, ...]
    cost: str
    expiries: tuple[tuple[str, dt.date | None], ...]
    why: ChainText | None
    picture: TimelinePicture | None
    graph: GraphPicture | None
    needs: tuple[Link, ...]
    steps: tuple[StepRow, ...]
    weeks: tuple[WeeksRow, ...]
    deadlines: tuple[DeadlineRow, ...]
    renewals: tuple[RenewalRow, ...]
    conflicts: tuple[ConflictRow, ...]
    notices: tuple[str, ...]
    sources: tuple[SourceRow, ...]
    no_end: str = NO_END

    @property
    def has_needs(self) -> bool:
        """Whether any step waits for another."""
        return any(row.needs or row.needs_any_order for row in self.steps)


@attrs.frozen
class _Places:
    """The anchors of the page that a step leads to, its own first."""

    here: str
    steps: Mapping[str, str]
    sources: Sequence[SourceRow]


def content_of(timeline: Timeline) -> Content:
    """All that the page says about a plan."""
    unknown = [timeline.name_of(step) for step in timeline.cost.unknown]
    sources = tuple(_sources(timeline.sources))
    anchors = {step.id: f"step-{number}" for number, step in enumerate(timeline.steps, 1)}
    text = why_text(timeline)
    return Content(
        title=timeline.title or timeline.pathway,
        finish=_capital(finish_text(timeline)),
        rules=tuple(map(overlay_text, timeline.applied)),
        cost=cost_text(timeline.cost, unknown),
        expiries=tuple(_expiries(timeline)),
        why=text.latest if timeline.is_latest else text.earliest,
        picture=timeline_picture(timeline),
        graph=graph_picture(timeline),
        needs=tuple(_step_links(timeline.needs, timeline, anchors)),
        steps=tuple(
            _step_row(step, timeline, _Places(f"step-{number}", anchors, sources))
            for number, step in enumerate(timeline.steps, 1)
        ),
        weeks=tuple(_weeks_row(each, timeline) for each in timeline.workload if each.asked),
        deadlines=tuple(_deadlines(timeline)),
        renewals=tuple(_renewals(timeline)),
        conflicts=tuple(_conflict(each, timeline) for each in timeline.conflicts),
        notices=tuple(notice_text(notice, timeline) for notice in timeline.notices),
        sources=sources,
    )


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _expiries(timeline: Timeline) -> Iterator[tuple[str, dt.date | None]]:
    """The first expiry of each credential, in the order of the days."""
    ends = ((timeline.credential_name(each.credential), each.valid_through) for each in timeline.first_cycles)
    return iter(sorted(ends, key=lambda end: end[1] or dt.date.max))


def _step_links(ids: Iterable[str], timeline: Timeline, anchors: Mapping[str, str]) -> Iterator[Link]:
    return (Link(text=timeline.name_of(each), anchor=anchors.get(each, "")) for each in ids)


def _step_row(step: PlannedStep, timeline: Timeline, places: _Places) -> StepRow:
    reasons = [reason_text(each, step, timeline, is_latest=timeline.is_latest) for each in step.reasons]
    text = _why(timeline, step)
    return StepRow(
        anchor=places.here,
        step=step,
        title=step.title or step.id,
        remarks=tuple(_remarks(step, timeline)),
        slack="" if step.is_done else slack_text(step.slack_days),
        cost=_cost(step, timeline),
        why=next(iter(reasons), ""),
        short_why=next((short_reason(each, timeline) for each in step.reasons), step.status.value),
        earliest=text.earliest,
        latest=text.latest,
        needs=tuple(_step_links(step.needs, timeline, places.steps)),
        needs_any_order=tuple(_step_links(step.needs_any_order, timeline, places.steps)),
        sources=tuple(
            Link(text=row.title, anchor=row.anchor) for row in places.sources if row.source.id in step.sources
        ),
    )


def _why(timeline: Timeline, step: PlannedStep) -> WhyText:
    """Why a step is not earlier, and why not later."""
    is_small = len(timeline.steps) <= _MOST_CHAINS
    return why_text(timeline, step.id) if is_small else own_why_text(timeline, step.id)


def _remarks(step: PlannedStep, timeline: Timeline) -> Iterator[str]:
    if step.status.value != "planned":
        yield step.status.value
    if has_least_slack(step, timeline):
        yield "least slack"


def _cost(step: PlannedStep, timeline: Timeline) -> str:
    if step.is_done:
        return ""
    return "not known" if step.cost is None else money_text(step.cost, timeline.cost.currency)


def _weeks_row(load: WeekLoad, timeline: Timeline) -> WeeksRow:
    return WeeksRow(
        weeks=weeks_text(load),
        hours=week_hours_text(load),
        shares=tuple(share_text(each, timeline) for each in load.steps),
        is_overloaded=load.is_overloaded,
    )


def _deadlines(timeline: Timeline) -> Iterator[DeadlineRow]:
    for deadline in sorted(timeline.deadlines, key=_by_day):
        yield DeadlineRow(
            on=deadline.on,
            text=deadline_text(deadline, timeline),
            lost=lost_after(deadline, timeline),
            is_past=deadline.on < timeline.today,
        )


def _by_day(deadline: Deadline) -> tuple[dt.date, str]:
    return deadline.on, deadline.id


def _renewals(timeline: Timeline) -> Iterator[RenewalRow]:
    for renewal in timeline.renewals:
        period = "as first granted" if renewal.count == 1 else f"renewal {renewal.count - 1}"
        yield RenewalRow(name=timeline.credential_name(renewal.credential), period=period, renewal=renewal)


def _conflict(conflict: Conflict, timeline: Timeline) -> ConflictRow:
    return ConflictRow(text=conflict_text(conflict, timeline), repairs=conflict.repairs)


def _sources(sources: Iterable[Source]) -> Iterator[SourceRow]:
    for number, source in enumerate(sources, 1):
        yield SourceRow(
            anchor=f"source-{number}",
            source=source,
            title=source_title(source),
            href=web_address(source.address),
            sure=sure_text(source.sure),
        )
