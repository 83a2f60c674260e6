"""A plan as a picture: a Gantt chart drawn with matplotlib.

Nothing here rests on color alone: slack is thin, least slack is hatched and outlined, what is done is gray with a
check mark, a day without length is a diamond. No figure is handed to pyplot, so none stays in memory unasked.
"""

# matplotlib tells no types for the keyword arguments that it passes on.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from textwrap import TextWrapper
from typing import Any, Final

import attrs

from career_path.errors import MissingExtraError
from career_path.model.timeline import Deadline, DeadlineKind, PlannedStep, Renewal, Timeline
from career_path.views.plain import NO_END, day_text, one_line, short_day_text

try:
    from matplotlib import rcParams
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch
except ImportError:
    raise MissingExtraError("a plan as a picture", "plot") from None

__all__ = ["plot"]

_EPOCH: Final = dt.date(1970, 1, 1).toordinal()
"""The day that matplotlib counts from."""
_FIRST: Final = dt.date.min.toordinal() - _EPOCH
_LAST: Final = dt.date.max.toordinal() - _EPOCH
_LEAST_DAYS: Final = 14
"""A plan of a day or two is not stretched over the whole picture."""
_LEAST_PAST: Final = 366
_LABEL_WIDTH: Final = 26
_LABEL_LINES: Final = 2
_BAR: Final = 0.52
_THIN: Final = 0.2
_WIDTH: Final = 10.0
_ROW_HEIGHT: Final = 0.44
_FRAME_HEIGHT: Final = 1.7
_TALLEST: Final = 120.0
"""In inches; far below what a picture can hold, far above what anybody reads."""
_BESIDE: Final = 10
_BELOW_DAYS: Final = 3.2
"""How far below the axis the legend stands, in heights of its letters: two lines of days fit in between."""
_IN_ONE_LINE: Final = 6
_DOTS: Final = 200
"""Dots an inch of the picture in a notebook, twice as many as it is wide there, for sharp screens."""

# Told apart in every common kind of color blindness, and in gray (the palette of Okabe and Ito).
_PLANNED: Final = "#0072b2"
_DONE: Final = "#8c8c8c"
_SLACK: Final = "#a9d3ee"
_VALID: Final = "#009e73"
_DEADLINE: Final = "#d55e00"
_HATCH: Final = "////"
_CHECK: Final = "\u2713 "

_OF_STEPS: Final = frozenset(
    {
        DeadlineKind.ENROLL_BY,
        DeadlineKind.APPLY_BY,
        DeadlineKind.SITTING_ENDS,
        DeadlineKind.ELIGIBILITY_ENDS,
        DeadlineKind.START_BY,
        DeadlineKind.DUTY_BY,
    }
)


class _PlanAxes(Axes):
    """Axes that a notebook shows as a picture when they are the last thing in a cell."""

    def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
        figure = self.get_figure(root=True)
        assert figure is not None
        width, height = (round(inches * _DOTS / 2) for inches in figure.get_size_inches())
        picture = io.BytesIO()
        figure.savefig(picture, format="png", dpi=_DOTS)
        return picture.getvalue(), {"width": width, "height": height}


def plot(timeline: Timeline, *, ax: Axes | None = None, expiries: bool = False) -> Axes:
    """The axes that the plan is drawn on: one row for each step, from top to bottom in the order of the plan.

    Bars run from start to "done by", thin ones on to the latest finish. Steps of least slack are hatched and outlined,
    finished ones gray; of a running step the part up to today is gray. A step without length is a diamond. Triangles
    are the deadlines of steps within the time of the plan, the dashed line is today. With `expiries` a row for each
    credential shows its first period.

    Without `ax` a new figure of fitting size is made, outside of pyplot: a notebook shows what is returned as a
    picture, and `.figure.savefig(...)` writes it to a file. On an `ax` of yours nothing is drawn but the plan.

    Raises:
        MissingExtraError: matplotlib is not installed (when this module is imported).
    """
    rows = [
        *_step_rows(timeline, has_years=expiries or _spans_years(timeline)),
        *(_credential_rows(timeline) if expiries else ()),
    ]
    drawn = _new_axes(len(rows)) if ax is None else ax
    first, last = _extent(timeline, rows)
    _frame(drawn, timeline, rows, (first, last))
    for place, row in enumerate(rows):
        _draw_row(drawn, place, row, (first, last))
    _draw_deadlines(drawn, timeline, rows, (first, last))
    drawn.axvline(_number(timeline.today), color=rcParams["text.color"], linestyle="--", linewidth=1.1, zorder=2)
    _legend(drawn, timeline, rows)
    return drawn


@attrs.frozen(kw_only=True)
class _Row:
    """What stands in one row. Days are counted as matplotlib does; `through` is where the thin bar ends."""

    id: str
    label: str
    text: str = ""
    start: int | None
    finish: int | None
    through: int | None = None
    done_until: int | None = None
    is_done: bool = False
    is_critical: bool = False
    is_credential: bool = False

    @property
    def days(self) -> Iterator[int]:
        return (day for day in (self.start, self.finish, self.through) if day is not None)


def _number(day: dt.date) -> int:
    return day.toordinal() - _EPOCH


def _numbered(day: dt.date | None) -> int | None:
    return None if day is None else _number(day)


def _spans_years(timeline: Timeline) -> bool:
    days = [day for step in timeline.steps for day in (step.start, step.finish) if day is not None]
    return len({day.year for day in (timeline.today, *days)}) > 1


def _step_rows(timeline: Timeline, *, has_years: bool) -> Iterator[_Row]:
    for step in timeline.steps:
        start, finish = step.start or step.finish, step.finish or step.start
        late = step.latest_finish
        yield _Row(
            id=step.id,
            label=f"{_CHECK if step.is_done else ''}{step.title or step.id}",
            text=_days_text(step, has_years=has_years),
            start=_numbered(start),
            finish=_numbered(finish),
            through=_number(late) if late and finish and late > finish else None,
            done_until=_done_until(step, timeline.today),
            is_done=step.is_done,
            is_critical=step.is_critical,
        )


def _done_until(step: PlannedStep, today: dt.date) -> int | None:
    """Up to which day the work lies behind."""
    if step.is_done:
        return _numbered(step.finish or step.start)
    return _number(today) if step.start and step.start < today else None


def _days_text(step: PlannedStep, *, has_years: bool) -> str:
    """From when to when, with the year where it may be in doubt: once, if both days lie in it."""
    days = list(dict.fromkeys(day for day in (step.start, step.finish) if day is not None))
    if not days:
        return step.status.value
    *before, last = days
    tail = day_text(last) if has_years else short_day_text(last)
    return " – ".join([*(short_day_text(day) if day.year == last.year else day_text(day) for day in before), tail])


def _credential_rows(timeline: Timeline) -> Iterator[_Row]:
    for renewal in timeline.first_cycles:
        yield _Row(
            id=renewal.credential,
            label=timeline.credential_name(renewal.credential),
            text=_validity_text(renewal),
            start=_number(renewal.valid_from),
            finish=None if renewal.valid_through is None else min(_number(renewal.valid_through) + 1, _LAST),
            is_credential=True,
        )


def _validity_text(renewal: Renewal) -> str:
    return NO_END if renewal.valid_through is None else f"through {day_text(renewal.valid_through)}"


def _extent(timeline: Timeline, rows: Sequence[_Row]) -> tuple[int, int]:
    """The first and the last day of the picture: what was done long before the rest would squeeze it."""
    today = _number(timeline.today)
    past = [day for row in rows for day in row.days if row.is_done or row.is_credential]
    ahead = [day for row in rows for day in row.days if not row.is_done and not row.is_credential] or past
    begin = min(today, *ahead) if ahead else today
    last = max([today, *ahead, *past, begin + _LEAST_DAYS])
    long_ago = begin - max(last - begin, _LEAST_PAST)
    return min([begin, *(day for day in past if day >= long_ago)]), last


def _new_axes(rows: int) -> Axes:
    height = min(_FRAME_HEIGHT + _ROW_HEIGHT * max(rows, 1), _TALLEST)
    figure = Figure(figsize=(_WIDTH, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure.add_subplot(axes_class=_PlanAxes)


def _frame(ax: Axes, timeline: Timeline, rows: Sequence[_Row], extent: tuple[int, int]) -> None:
    first, last = extent
    span = last - first
    ax.set_xlim(max(first - span * 0.02, _FIRST), min(last + span * 0.14, _LAST))
    ax.set_ylim(max(len(rows), 1) - 0.4, -0.6)
    locator = AutoDateLocator(minticks=4, maxticks=9)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    ax.set_yticks(range(len(rows)), [_wrapped(row.label) for row in rows])
    ax.tick_params(axis="y", length=0)
    # A title is text, never a formula, whatever dollar signs it holds.
    for label, row in zip(ax.get_yticklabels(), rows, strict=True):
        label.set(parse_math=False, weight="bold" if row.is_critical else "normal")
    ax.set_title(_wrapped(_title(timeline), width=90), loc="left", parse_math=False)
    ax.grid(axis="x", color=_DONE, alpha=0.3, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.spines[["top", "right", "left"]].set_visible(False)


def _title(timeline: Timeline) -> str:
    end = "no plan" if timeline.finish is None else f"done by {day_text(timeline.finish)}"
    return f"{timeline.title or timeline.pathway}: {end}"


def _wrapped(text: str, *, width: int = _LABEL_WIDTH) -> str:
    wrap = TextWrapper(width, max_lines=_LABEL_LINES, placeholder=" …")
    return wrap.fill(one_line(text))


def _draw_row(ax: Axes, place: int, row: _Row, extent: tuple[int, int]) -> None:
    first, last = extent
    finish = last if row.finish is None else row.finish
    if row.start is None or finish < first:
        arrow = "" if row.start is None else "\u2190 "
        _note(ax, f"{arrow}{row.text}", (first, place), 0)
        return
    if row.through is not None:
        ax.barh(place, row.through - finish, left=finish, height=_THIN, color=_SLACK, edgecolor=_PLANNED, linewidth=0.5)
    if finish > row.start:
        _draw_bar(ax, place, row, (row.start, finish))
    else:
        ax.plot([row.start], [place], "D", markersize=9, zorder=3, **_marker_style(row))
    end = max(finish, row.through or finish)
    _note(ax, row.text, (end, place), _BESIDE)


def _note(ax: Axes, text: str, place: tuple[int, int], beside: int) -> None:
    """A text so many points beside a place, readable where a line runs behind it."""
    ground = {"facecolor": ax.get_facecolor(), "edgecolor": "none", "pad": 0.5, "alpha": 0.85}
    ax.annotate(text, place, (beside, 0), textcoords="offset points", va="center", size="small", bbox=ground)


def _draw_bar(ax: Axes, place: int, row: _Row, days: tuple[int, int]) -> None:
    start, finish = days
    color = _VALID if row.is_credential else _PLANNED
    done = start if row.done_until is None else min(row.done_until, finish)
    if done > start:
        ax.barh(place, done - start, left=start, height=_BAR, color=_DONE)
    if finish > done:
        ax.barh(place, finish - done, left=done, height=_BAR, color=color)
    if row.is_critical:
        outline: dict[str, Any] = {"edgecolor": rcParams["text.color"], "linewidth": 1.4, "hatch": _HATCH}
        ax.barh(place, finish - start, left=start, height=_BAR, color="none", **outline)


def _marker_style(row: _Row) -> dict[str, Any]:
    color = _VALID if row.is_credential else _DONE if row.done_until is not None else _PLANNED
    edge = rcParams["text.color"] if row.is_critical else color
    return {"markerfacecolor": color, "markeredgecolor": edge, "markeredgewidth": 1.8 if row.is_critical else 0.8}


def _shown_deadlines(timeline: Timeline, extent: tuple[int, int]) -> Iterator[Deadline]:
    return (
        each for each in timeline.deadlines if each.kind in _OF_STEPS and extent[0] <= _number(each.on) <= extent[1]
    )


def _draw_deadlines(ax: Axes, timeline: Timeline, rows: Sequence[_Row], extent: tuple[int, int]) -> None:
    places = {row.id: place for place, row in enumerate(rows) if not row.is_credential}
    for each in _shown_deadlines(timeline, extent):
        place = places.get(each.needed_by or each.step or "")
        if place is not None:
            ax.plot([_number(each.on)], [place - 0.34], "v", color=_DEADLINE, markersize=8, zorder=4)


def _legend(ax: Axes, timeline: Timeline, rows: Sequence[_Row]) -> None:
    """What the marks mean, of those that are drawn, below the days."""
    ink = rcParams["text.color"]
    outline: dict[str, Any] = {"facecolor": "none", "edgecolor": ink, "hatch": _HATCH}
    marks: list[tuple[bool, Any]] = [
        (any(row.is_critical for row in rows), Patch(label="least slack", **outline)),
        (any(row.through is not None for row in rows), Patch(facecolor=_SLACK, label="may slip until here")),
        (any(row.done_until is not None for row in rows), Patch(facecolor=_DONE, label="done")),
        (any(row.is_credential for row in rows), Patch(facecolor=_VALID, label="valid")),
        (any(True for _ in _shown_deadlines(timeline, _extent(timeline, rows))), _mark("v", _DEADLINE, "deadline")),
        (True, Line2D([], [], color=ink, linestyle="--", label=f"today, {day_text(timeline.today)}")),
    ]
    handles = [handle for is_drawn, handle in marks if is_drawn]
    ax.legend(
        handles=handles,
        loc="upper center",
        bbox_to_anchor=(0.5, 0),
        borderaxespad=_BELOW_DAYS,
        ncols=_IN_ONE_LINE,
        frameon=False,
        fontsize="small",
    )


def _mark(shape: str, color: str, label: str) -> Line2D:
    return Line2D([], [], color=color, marker=shape, linestyle="none", label=label)
