"""Last and first days of ways against a search day by day, with dateutil's own calendar arithmetic."""

from __future__ import annotations

import datetime as dt

from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from career_path import Absence, Held, Learner
from career_path.days.durations import Effort
from career_path.days.spans import Span
from career_path.model.credentials import Credential
from career_path.model.ends import Validity
from career_path.model.renewal import RenewalRule, Way
from career_path.model.timeline import WayBy
from career_path.planning.cycles import cycles
from career_path.planning.ends import Holder

DAY = dt.timedelta(days=1)
spans = st.none() | st.builds(Span, months=st.integers(0, 4), days=st.integers(0, 40))
GRANTED = st.dates(dt.date(2019, 1, 1), dt.date(2029, 12, 31))


def delta(span: Span | None) -> relativedelta:
    return relativedelta() if span is None else relativedelta(months=span.total_months, days=span.total_days)


def back(day: dt.date, span: Span | None) -> dt.date:
    """So long before a day: months first, then days."""
    moved = day - relativedelta(months=0 if span is None else span.total_months)
    return moved - relativedelta(days=0 if span is None else span.total_days)


def told(way: Way, granted: dt.date, today: dt.date, learner: Learner) -> tuple[WayBy, dt.date]:
    card = Credential("x", valid=Validity(span="P2Y", until="month-end"), renewal=RenewalRule(ways=[way]))
    (cycle,) = cycles(card, Held("x", granted=granted), today=today, holder=Holder(learner=learner), renewals=0)
    assert cycle.valid_through is not None
    return cycle.ways[0], cycle.valid_through


@given(GRANTED, st.integers(0, 600), spans, spans, spans, spans)
def test_each_last_day_is_the_greatest_and_each_first_day_the_least(
    granted: dt.date, later: int, before: Span | None, apply: Span | None, takes: Span | None, results: Span | None
) -> None:
    today = granted + later * DAY
    way, through = told(Way("w", before=before, apply=apply, takes=takes, results=results), granted, today, Learner())
    days = [through - n * DAY for n in range(800)]  # the latest first
    act_by = next(d for d in days if d <= back(through, before) and d + delta(results) <= through)
    assert way.act_by == act_by
    assert way.apply_by == (None if apply is None else back(act_by, apply))
    assert way.start_by == (None if takes is None else next(d for d in days if d + delta(takes) <= act_by))
    ahead = (today + n * DAY for n in range(800))
    done = next(d for d in ahead if today + delta(takes) <= d and (apply is None or back(d, apply) >= today))
    assert way.done_on == done
    assert way.is_possible == (done <= act_by) == (way.slack_days is not None and way.slack_days >= 0)


@given(
    GRANTED,
    st.integers(1, 90),
    st.integers(1, 14),
    st.lists(st.tuples(st.integers(0, 700), st.integers(0, 40)), max_size=4),
)
def test_hours_are_counted_day_by_day(
    granted: dt.date, hours: int, weekly: int, absences: list[tuple[int, int]]
) -> None:
    away = [Absence(from_=granted + n * DAY, through=granted + (n + length) * DAY) for n, length in absences]
    learner = Learner(weekly_hours=weekly, absences=away)
    way, through = told(Way("w", takes=Effort(hours=hours)), granted, granted, learner)

    def is_away(day: dt.date) -> bool:
        return any(each.from_ <= day <= each.through for each in away)

    def done(start: dt.date) -> dt.date:
        sevenths = 0  # of an hour
        while sevenths < hours * 7:
            sevenths += 0 if is_away(start) else weekly
            start += DAY
        return start

    start = next(d for d in (granted + n * DAY for n in range(900)) if not is_away(d))
    assert (way.start, way.done_on) == (start, done(start))
    starts = (through - n * DAY for n in range(1200))
    assert way.start_by == next(d for d in starts if not is_away(d) and done(d) <= through)
