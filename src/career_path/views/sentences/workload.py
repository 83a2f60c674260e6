"""The hours that a plan asks for in its weeks, and the weeks that ask for more than there are."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from career_path.days.durations import hours_text
from career_path.model.timeline import Notice, StepLoad, Timeline, WeekLoad
from career_path.views.plain import day_text, joined, quoted_name

__all__ = ["load_text", "overload_text", "share_text", "week_hours_text", "weeks_text"]


def load_text(load: WeekLoad, timeline: Timeline) -> str:
    """Which weeks, how many hours they ask for and how many there are, and the share of each step."""
    return f"{weeks_text(load)}: {week_hours_text(load)}{_shares(load, timeline)}"


def weeks_text(load: WeekLoad) -> str:
    """The first and the last day of some weeks.

    >>> import datetime as dt
    >>> weeks_text(WeekLoad(monday=dt.date(2027, 2, 1), weeks=8, asked=Fraction(30), available=None))
    '1 Feb 2027 to 28 Mar 2027'
    """
    return f"{day_text(load.monday)} to {day_text(load.through)}"


def week_hours_text(load: WeekLoad) -> str:
    """The hours asked for in a week, and those that there are where that is known; to a tenth of an hour.

    >>> import datetime as dt
    >>> week_hours_text(WeekLoad(monday=dt.date(2027, 2, 1), asked=Fraction(60, 7), available=Fraction(20)))
    '8.6 of 20 hours'
    """
    asked = _tenths(load.asked)
    if load.available is None:
        return f"{asked} hours"
    available = _tenths(load.available)
    if load.is_overloaded and asked == available:  # a tenth must not hide that it is too much
        asked, available = hours_text(load.asked), hours_text(load.available)
    return f"{asked} of {available} hours"


def _tenths(hours: Fraction) -> str:
    return hours_text(Fraction(round(hours * 10), 10))


def share_text(share: StepLoad, timeline: Timeline) -> str:
    """A step and the hours that it asks for in a week, to a tenth of an hour."""
    return f"{quoted_name(timeline.name_of(share.step))} {_tenths(share.hours)}"


def _shares(load: WeekLoad, timeline: Timeline) -> str:
    shares = [share_text(each, timeline) for each in load.steps]
    return f" ({', '.join(shares)})" if shares else ""


def overload_text(notice: Notice, timeline: Timeline) -> str:
    """The weeks that ask for more hours than there are: the first, the last and the worst of them, and the steps."""
    too_much = [each for each in timeline.workload if each.is_overloaded]
    if not too_much:
        steps = [quoted_name(timeline.name_of(step)) for step in notice.steps]
        return f"Some weeks ask for more hours than there are{': ' if steps else ''}{joined(steps)}."
    worst = max(too_much, key=_excess)
    hours = f"{week_hours_text(worst)}{_shares(worst, timeline)}"
    if sum(each.weeks for each in too_much) == 1:
        return f"The week of {day_text(worst.monday)} asks for more hours than there are: {hours}."
    lead = f"{_which(too_much)} ask for more hours than there are"
    if len(too_much) == 1:
        return f"{lead}: {hours}."
    others = [step for step in notice.steps if step not in {each.step for each in worst.steps}]
    also = joined([quoted_name(timeline.name_of(step)) for step in others])
    most = f"the {worst.weeks} weeks from" if worst.weeks > 1 else "the week of"
    told = f"; in other weeks also {also}" if also else ""
    return f"{lead}, most in {most} {day_text(worst.monday)}: {hours}{told}."


def _excess(load: WeekLoad) -> Fraction:
    return load.asked - (load.available or 0)


def _which(too_much: Sequence[WeekLoad]) -> str:
    """How many weeks, and from when until when."""
    count = sum(each.weeks for each in too_much)
    first, last = too_much[0].monday, too_much[-1].through
    days = (last - first).days + 1
    lead = "All" if days == 7 * count else f"{count} of the"
    weeks = -(-days // 7)
    return f"{lead} {weeks} weeks from {day_text(first)} to {day_text(last)}"
