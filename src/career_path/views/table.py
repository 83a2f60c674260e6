"""A plan on a terminal: one table, and below it what a student should know, in as few lines as hold it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import attrs

from career_path.errors import MissingExtraError
from career_path.model.timeline import DeadlineKind, NoticeKind, PlannedStep, Status, Timeline
from career_path.views.plain import NO_END, money_text, one_line
from career_path.views.sentences import (
    conflict_text,
    cost_text,
    difference_text,
    finish_text,
    load_text,
    notice_text,
    overlay_text,
    reason_text,
    short_deadline,
    short_reason,
    slack_text,
    unsure_text,
)

try:
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text
except ImportError:
    raise MissingExtraError("the table of a plan", "cli") from None

__all__ = ["Alternative", "plan_table"]

_SHOWN_DEADLINES = 2
_SHOWN_WEEKS = 3
_PAPERS = frozenset({DeadlineKind.EXPIRES, DeadlineKind.PAPER_ENDS})
_CRITICAL = "*"
_USUAL = 96
"""From this width on, reasons stay on one line."""
_AIRY = 120
"""From this width on, there is room for words and wide gaps."""
_SHORT_WHY = 21
_OTHER_COLUMNS = 51
"""The width of all columns but the first and the last, with their gaps."""


@attrs.frozen
class Alternative:
    """Another choice, and what it would change: days (more is later) and cost (None where it cannot be compared)."""

    label: str
    days: int
    cost: Decimal | None


def plan_table(
    timeline: Timeline,
    *,
    alternatives: Sequence[Alternative] = (),
    width: int = 100,
    has_color: bool = False,
) -> str:
    """The plan as lines of at most `width` columns, each ended by a line break; escape codes only with `has_color`."""
    buffer = io.StringIO()
    # Everything is fixed here, so that no environment variable changes what is written.
    console = Console(
        file=buffer,
        width=width,
        height=1_000,
        color_system="standard" if has_color else None,
        force_terminal=has_color,
        no_color=not has_color,
        legacy_windows=False,
        force_jupyter=False,
        _environ={},
    )
    console.print(Text(one_line(_title(timeline)), style="bold"))
    if timeline.steps:
        console.print(_steps(timeline, width))
    console.print(_summary(timeline, alternatives))
    console.print("Check every date with the issuer.")
    # rich fills lines up to the width; the blanks would only get in the way of whoever compares or copies.
    return "".join(f"{line.rstrip()}\n" for line in buffer.getvalue().splitlines())


def _title(timeline: Timeline) -> str:
    legend = f" ({_CRITICAL} least slack)" if any(step.is_critical for step in timeline.steps) else ""
    return f"{timeline.title or timeline.pathway}: {finish_text(timeline, write_day=str)}{legend}"


def _steps(timeline: Timeline, width: int) -> Table:
    is_airy = width >= _AIRY
    rows = [_row(step, timeline, is_airy=is_airy) for step in timeline.steps]
    table = Table(box=None, pad_edge=False, padding=(0, 2 if is_airy else 1, 0, 0), header_style="underline")
    table.add_column("", width=1)
    table.add_column("Step", overflow="fold")
    for heading in ("Start", "Done by", "Latest start" if is_airy else "Latest", "Slack"):
        table.add_column(heading, no_wrap=True)
    table.add_column("Cost", justify="right", no_wrap=True)
    if _USUAL <= width < _AIRY:
        # One line a step: a reason that is cut names a step whose whole title stands in the first column.
        longest = max(cell_len(one_line(step.title or step.id)) for step in timeline.steps)
        room = max(_SHORT_WHY, width - _OTHER_COLUMNS - longest)
        rows = [(*row[:-1], _fitting(row[-1], room)) for row in rows]
        table.add_column("Why", no_wrap=True, overflow="ellipsis", max_width=room)
    else:
        table.add_column("Why", overflow="fold")
    for step, row in zip(timeline.steps, rows, strict=True):
        table.add_row(*map(_cell, row), style="bold" if step.is_critical else None)
    return table


def _fitting(why: str, room: int) -> str:
    """A reason without its first words where it would be cut: the date beside it is the first that the rule allows."""
    return why if cell_len(one_line(why)) <= room else why.removeprefix("up to ")


def _cell(text: str) -> Text:
    """Text as it is: rich reads no markup in it."""
    return Text(one_line(text))


def _row(step: PlannedStep, timeline: Timeline, *, is_airy: bool) -> tuple[str, ...]:
    slack = slack_text(step.slack_days)
    if not is_airy and step.slack_days is not None:
        slack = f"{step.slack_days} d"
    return (
        _CRITICAL if step.is_critical else "",
        step.title or step.id,
        _day(step.start),
        _day(step.finish),
        _day(step.latest_start),
        slack,
        _cost(step),
        _why(step, timeline),
    )


def _day(day: dt.date | None) -> str:
    return "" if day is None else str(day)


def _cost(step: PlannedStep) -> str:
    if step.is_done:
        return ""
    return "?" if step.cost is None else money_text(step.cost, "").strip()


def _why(step: PlannedStep, timeline: Timeline) -> str:
    match step.status:
        case Status.FINISHED | Status.WAIVED:
            return step.status.value
        case Status.REDO:
            return ", ".join(("again", *_first_reason(step, timeline)))
        case Status.PLANNED | Status.RUNNING:
            return ", ".join(_first_reason(step, timeline)) or step.status.value


def _first_reason(step: PlannedStep, timeline: Timeline) -> tuple[str, ...]:
    return tuple(short_reason(reason, timeline) for reason in step.reasons[:1])


def _summary(timeline: Timeline, alternatives: Sequence[Alternative]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for label, text in _lines(timeline, alternatives):
        grid.add_row(Text(label, style="bold"), _cell(text))
    return grid


def _lines(timeline: Timeline, alternatives: Sequence[Alternative]) -> Iterator[tuple[str, str]]:
    yield from _led("Rules", (overlay_text(each, write_day=str) for each in timeline.applied))
    yield from _led("Goal", _goal(timeline))
    if timeline.steps:
        yield from _totals(timeline)
    yield from _led("Other exams", (_alternative(each, timeline) for each in alternatives))
    for conflict in timeline.conflicts:
        yield "Conflict", conflict_text(conflict, timeline)
        yield from _led("What helps", conflict.repairs)
    unsure = [each for each in timeline.notices if each.kind is NoticeKind.UNSURE_FACT]
    facts = ", ".join(unsure_text(notice, timeline) for notice in unsure)
    yield from _led("Unconfirmed", [f"from memory: {facts}"] if facts else [])
    for notice in timeline.notices:
        # The line of the total already names the costs that are not known.
        if notice.kind not in {NoticeKind.UNKNOWN_COST, NoticeKind.UNSURE_FACT}:
            yield "Notice", notice_text(notice, timeline)


def _goal(timeline: Timeline) -> Iterator[str]:
    """Why the goal is reached only after the last step is done, if it is."""
    done = max((step.finish for step in timeline.steps if step.finish is not None), default=timeline.today)
    if timeline.finish is not None and max(done, timeline.today) < timeline.finish:
        yield from (reason_text(reason, None, timeline) for reason in timeline.reasons[:1])


def _totals(timeline: Timeline) -> Iterator[tuple[str, str]]:
    unknown = [timeline.name_of(step) for step in timeline.cost.unknown]
    yield "Cost", cost_text(timeline.cost, unknown)
    yield from _led("Valid", _validity(timeline))
    yield from _led("Hours", _weeks(timeline))
    yield from _led("Deadlines", _deadlines(timeline))


def _led(label: str, parts: Iterable[str]) -> Iterator[tuple[str, str]]:
    text = "; ".join(parts)
    if text:
        yield label, text


def _validity(timeline: Timeline) -> Iterator[str]:
    """The first expiry of each credential."""
    for renewal in timeline.first_cycles:
        through = f" through {renewal.valid_through}" if renewal.valid_through else f": {NO_END}"
        yield f"{timeline.credential_name(renewal.credential)}{through}"


def _weeks(timeline: Timeline) -> Iterator[str]:
    """The first weeks that ask for more hours than there are, in stretches of weeks that are alike."""
    asking = [each for each in timeline.workload if each.is_overloaded]
    for load in asking[:_SHOWN_WEEKS]:
        yield load_text(load, timeline)
    if len(asking) > _SHOWN_WEEKS:
        yield f"{len(asking) - _SHOWN_WEEKS} more"


def _deadlines(timeline: Timeline) -> Iterator[str]:
    """The next few days by which something is due; the ends of papers and renewals have lines of their own."""
    told = {renewal.valid_through for renewal in timeline.renewals}
    ahead = sorted(
        (
            each
            for each in timeline.deadlines
            if each.on >= timeline.today
            and (each.cycle is None or each.kind in _PAPERS)
            and each.kind is not DeadlineKind.WINDOW_OPENS
            and not (each.kind in _PAPERS and each.on in told)
        ),
        key=lambda each: (each.on, each.kind is DeadlineKind.START_BY),
    )
    # The last day to enroll or apply is the last day to start as well: one of them is enough here.
    ahead = list({(each.step or each.id, each.on): each for each in reversed(ahead)}.values())[::-1]
    for deadline in ahead[:_SHOWN_DEADLINES]:
        yield short_deadline(deadline, timeline)
    if len(ahead) > _SHOWN_DEADLINES:
        yield f"{len(ahead) - _SHOWN_DEADLINES} more"


def _alternative(alternative: Alternative, timeline: Timeline) -> str:
    change = difference_text(days=alternative.days, cost=alternative.cost, currency=timeline.cost.currency)
    return f"{alternative.label}: {change}"
