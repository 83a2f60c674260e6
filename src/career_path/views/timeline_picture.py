"""The timeline as a picture: where every bar, mark and tick stands, as plain numbers that a template draws.

Across, positions are percents of the width, so that one picture fits a phone and a desk with letters of the same
size; down, they are pixels. A long plan comes in panels, each with its own axis, so that a page of paper holds one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise

from career_path.model.timeline import DeadlineKind, PlannedStep, Status, Timeline
from career_path.values import Value, frozen
from career_path.views.fitting import fitted
from career_path.views.plain import day_text

__all__ = [
    "ROWS",
    "Bar",
    "Panel",
    "Row",
    "Scale",
    "Tick",
    "TimelinePicture",
    "has_least_slack",
    "ticks_of",
    "timeline_picture",
    "window_of",
]

ROWS = 24
"""The most steps in one panel; with its axis it is as high as a page of paper."""
AXIS, ROW, FOOT = 34, 40, 38
"""Heights in pixels: the axis with two lines of text, one step, and the names of the days marked."""
_LEFT, _WIDTH = 2, 96
"""Where the first day stands and how wide all days are, in percent: marks at the ends need room."""
_TITLE = 34
"""The widest title, in columns: with its remark it fits a phone."""
_FEWEST_DAYS = 7
_LAST_LABEL = 90
"""A label that begins further to the right would leave the picture."""
_MOST_DAYS, _MOST_MONTHS, _MOST_YEARS = 7, 12, 9
"""How many spaces of the axis a phone has room for, by the length of their labels: 24 Jan, Jan, 2027."""
_MONTHS_OF_YEAR = 12
_DAYS = (1, 2, 7, 14)
_MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1_200, 2_400, 6_000, 12_000, 24_000)
_DAYS_OF_400_YEARS = 146_097


@frozen(kw_only=True)
class Scale(Value):
    """The days from `first` through `last`, set out over the width of a picture."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        """The number of days between the two ends."""
        return (self.last - self.first).days

    def x(self, day: dt.date) -> float:
        """Where a day stands, in percent of the width; a day outside stands at the edge.

        >>> scale = Scale(first=dt.date(2027, 1, 1), last=dt.date(2027, 1, 11))
        >>> scale.x(dt.date(2027, 1, 1)), scale.x(dt.date(2027, 1, 6)), scale.x(dt.date(2030, 1, 1))
        (2.0, 50.0, 98.0)
        """
        inside = min(max(day, self.first), self.last)
        return round(_LEFT + _WIDTH * (inside - self.first).days / self.days, 2)

    def has(self, day: dt.date) -> bool:
        """Whether a day stands in the picture."""
        return self.first <= day <= self.last


@frozen(kw_only=True)
class Tick(Value):
    """A line of the axis and its two lines of text; both are empty where there is no room for them."""

    x: float
    label: str
    year: str = ""


@frozen(kw_only=True)
class Bar(Value):
    """From `x` on, `width` to the right, in percent."""

    x: float
    width: float


@frozen(kw_only=True)
class Row(Value):
    """One step: its name and remark, its bar (or, at `mark`, the diamond of a step that takes no time) and its slack.

    `elapsed` is the part of a running step that lies behind. Of a step that was done before the picture begins
    there is only `is_before`. `due` are its deadlines.
    """

    y: int
    title: str
    full_title: str
    remark: str
    dates: str
    status: str
    is_critical: bool
    is_before: bool
    bar: Bar | None = None
    mark: float | None = None
    elapsed: Bar | None = None
    slack: Bar | None = None
    due: tuple[float, ...] = ()


@frozen(kw_only=True)
class Panel(Value):
    """One picture: `number` counts from 1, `first` and `through` are the places of its steps in the plan."""

    number: int
    first: int
    through: int
    height: int
    rows: tuple[Row, ...]


@frozen(kw_only=True)
class TimelinePicture(Value):
    """All panels, over one scale. `today` and `finish` are None where they lie outside."""

    scale: Scale
    panels: tuple[Panel, ...]
    ticks: tuple[Tick, ...]
    today: float | None
    finish: float | None
    steps: int
    has_slack: bool
    has_deadlines: bool


def timeline_picture(timeline: Timeline) -> TimelinePicture | None:
    """The picture of a plan; None where no step has a day."""
    scale = window_of(timeline)
    if scale is None:
        return None
    panels = tuple(_panels(timeline, scale))
    rows = [row for panel in panels for row in panel.rows]
    return TimelinePicture(
        scale=scale,
        panels=panels,
        ticks=ticks_of(scale),
        today=_place(timeline.today, scale),
        finish=_place(timeline.finish, scale),
        steps=len(timeline.steps),
        has_slack=any(row.slack for row in rows),
        has_deadlines=any(row.due for row in rows),
    )


def has_least_slack(step: PlannedStep, timeline: Timeline) -> bool:
    """Whether to point a step out; in a plan of latest dates no step has any slack, so none stands out."""
    return step.is_critical and not step.is_done and not timeline.is_latest


def _place(day: dt.date | None, scale: Scale) -> float | None:
    return scale.x(day) if day is not None and scale.has(day) else None


def window_of(timeline: Timeline) -> Scale | None:
    """The days that the picture shows: all of what is left to do, and what is done or today where that is near.

    Near is what makes the picture longer by no more than half: a diploma of long ago must not press what is to come
    into a corner. None where no step has a day.
    """
    ahead = [day for step in timeline.steps if not step.is_done for day in _days_of(step)]
    behind = [day for step in timeline.steps if step.is_done for day in _days_of(step)]
    shown = ahead or behind
    if not shown:
        return None
    first, last = min(shown), max(shown)
    reach = max((last - first).days, _FEWEST_DAYS) // 2
    near = [day for day in (*behind, timeline.today) if -reach <= (day - first).days and (day - last).days <= reach]
    first, last = min((first, *near)), max((last, *near))
    return _not_too_short(first, last)


def _not_too_short(first: dt.date, last: dt.date) -> Scale:
    short = max(_FEWEST_DAYS - (last - first).days, 0)
    later = min(short, (dt.date.max - last).days)
    return Scale(first=first - dt.timedelta(days=short - later), last=last + dt.timedelta(days=later))


def _days_of(step: PlannedStep) -> Iterator[dt.date]:
    """The days of a step; the latest ones only of a step that is still to be done."""
    latest = () if step.is_done else (step.latest_start, step.latest_finish)
    return (day for day in (step.start, step.finish, *latest) if day is not None)


def ticks_of(scale: Scale) -> tuple[Tick, ...]:
    """The lines of the axis: every so many days, months or years, as many as a phone has room for.

    >>> [tick.label for tick in ticks_of(Scale(first=dt.date(2027, 1, 4), last=dt.date(2027, 11, 1)))]
    ['Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', '']
    """
    places = [(day, scale.x(day)) for day in _tick_days(scale)]
    labeled = [day for day, x in places if x <= _LAST_LABEL]
    new_years = {labeled[0], *(b for a, b in pairwise(labeled) if a.year != b.year)} if labeled else set[dt.date]()
    is_yearly = all(day.month == 1 and day.day == 1 for day, _ in places)
    return tuple(
        Tick(
            x=x,
            label="" if x > _LAST_LABEL else str(day.year) if is_yearly else _tick_text(day, scale),
            year=str(day.year) if day in new_years and not is_yearly else "",
        )
        for day, x in places
    )


def _tick_text(day: dt.date, scale: Scale) -> str:
    told, month, _ = day_text(day).split()
    return month if scale.days > _MOST_DAYS * _DAYS[-1] else f"{told} {month}"


def _tick_days(scale: Scale) -> list[dt.date]:
    for days in _DAYS:
        if scale.days <= _MOST_DAYS * days:
            return [day for day in _all_days(scale) if (day.toordinal() - 1) % days == 0]
    months = next(
        (count for count in _MONTHS if scale.days <= _most_spaces(count) * _days_of_months(count)), _MONTHS[-1]
    )
    return list(_month_starts(scale, months))


def _most_spaces(months: int) -> int:
    return _MOST_MONTHS if months < _MONTHS_OF_YEAR else _MOST_YEARS


def _days_of_months(months: int) -> float:
    """So many months in days, on average."""
    return months * _DAYS_OF_400_YEARS / (400 * _MONTHS_OF_YEAR)


def _all_days(scale: Scale) -> Iterator[dt.date]:
    return (scale.first + dt.timedelta(days=count) for count in range(scale.days + 1))


def _month_starts(scale: Scale, months: int) -> Iterator[dt.date]:
    """The first days of the months whose number, counted from the year 0, is a multiple of `months`."""
    begin = -(-_month_number(scale.first) // months) * months
    for number in range(max(begin, _MONTHS_OF_YEAR), _month_number(scale.last) + 1, months):
        day = dt.date(number // _MONTHS_OF_YEAR, number % _MONTHS_OF_YEAR + 1, 1)
        if scale.has(day):
            yield day


def _month_number(day: dt.date) -> int:
    return day.year * _MONTHS_OF_YEAR + day.month - 1


def _panels(timeline: Timeline, scale: Scale) -> Iterator[Panel]:
    due = _due_days(timeline, scale)
    for number, begin in enumerate(range(0, len(timeline.steps), ROWS), 1):
        steps = timeline.steps[begin : begin + ROWS]
        rows = tuple(
            _row(step, timeline, scale, y=AXIS + index * ROW, due=due.get(step.id, ()))
            for index, step in enumerate(steps)
        )
        height = AXIS + len(rows) * ROW + FOOT
        yield Panel(number=number, first=begin + 1, through=begin + len(steps), height=height, rows=rows)


def _due_days(timeline: Timeline, scale: Scale) -> dict[str, tuple[float, ...]]:
    """Where the deadlines of each step stand."""
    due: dict[str, set[float]] = {}
    for deadline in timeline.deadlines:
        if deadline.step and deadline.kind is not DeadlineKind.WINDOW_OPENS and scale.has(deadline.on):
            due.setdefault(deadline.step, set()).add(scale.x(deadline.on))
    return {step: tuple(sorted(places)) for step, places in due.items()}


def _row(step: PlannedStep, timeline: Timeline, scale: Scale, *, y: int, due: Sequence[float]) -> Row:
    start = step.start or step.finish
    finish = step.finish or step.start
    is_before = finish is not None and finish < scale.first
    is_shown = start is not None and finish is not None and not is_before
    takes_time = start != finish
    is_critical = has_least_slack(step, timeline)
    return Row(
        y=y,
        title=fitted(step.title or step.id, _TITLE),
        full_title=step.title or step.id,
        remark=_remark(step, is_critical=is_critical),
        dates=_dates(step),
        status=step.status.value,
        is_critical=is_critical,
        is_before=is_before,
        bar=_bar(start, finish, scale) if is_shown and takes_time else None,
        mark=scale.x(start) if start is not None and is_shown and not takes_time else None,
        elapsed=_elapsed(step, timeline.today, scale),
        slack=_bar(finish, step.latest_finish, scale) if is_shown and not step.is_done else None,
        due=tuple(due),
    )


def _bar(begin: dt.date | None, end: dt.date | None, scale: Scale) -> Bar | None:
    """From one day to a later one, as far as they are in the picture; None where there is nothing between them."""
    if begin is None or end is None or end <= begin:
        return None
    x = scale.x(begin)
    return Bar(x=x, width=round(scale.x(end) - x, 2))


def _elapsed(step: PlannedStep, today: dt.date, scale: Scale) -> Bar | None:
    if step.status is not Status.RUNNING or step.finish is None:
        return None
    return _bar(step.start, min(today, step.finish), scale)


def _remark(step: PlannedStep, *, is_critical: bool) -> str:
    """What the color of a bar says, in a word."""
    words = {
        Status.PLANNED: "",
        Status.RUNNING: "running",
        Status.FINISHED: "done",
        Status.REDO: "again",
        Status.WAIVED: "waived",
    }
    critical = "least slack" if is_critical else ""
    return ", ".join(filter(None, (words[step.status], critical)))


def _dates(step: PlannedStep) -> str:
    days = [day_text(day) for day in (step.start, step.finish) if day is not None]
    return " – ".join(dict.fromkeys(days)) or "no day recorded"
