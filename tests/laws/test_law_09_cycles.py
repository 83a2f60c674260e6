"""Law 9: the n-th cycle comes from the anchor, cycles are ordered, windows lie before their deadlines.

The expected days are counted with dateutil's `relativedelta` and plain loops, which the planner does not use.
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import attrs
from dateutil.relativedelta import relativedelta
from hypothesis import assume, given
from hypothesis import strategies as st

from career_path import Held
from career_path.days.day_rules import DayOfYear
from career_path.days.spans import Span
from career_path.model.credentials import Credential
from career_path.model.ends import Until, Validity
from career_path.model.renewal import Change, Extension, Grace, Method, RenewalRule, Rung
from career_path.model.timeline import Renewal
from career_path.planning.cycles import cycles

DAY = dt.timedelta(days=1)
days = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))
lengths = st.integers(6, 72).map(lambda months: Span(months=months))


@st.composite
def rules(draw: st.DrawFn) -> RenewalRule:
    """Windows of up to five months, soft deadlines and processing inside them, graces and ways back after."""
    opens = draw(st.none() | st.integers(60, 150))
    soft = draw(st.none() | st.integers(0, 60))
    processing = draw(st.none() | st.integers(0, 59))
    grace = draw(st.none() | st.integers(1, 90))
    return RenewalRule(
        opens=None if opens is None else Span(days=opens),
        soft=None if soft is None else Span(days=soft),
        processing=None if processing is None else Span(days=processing),
        grace=None if grace is None else Grace(within=Span(days=grace)),
        lapse=draw(st.sampled_from([(), (Rung(way="reinstatement", within="P1Y"), Rung(way="start-again"))])),
    )


def credential(span: Span, until: Until, rule: RenewalRule | None) -> Credential:
    return Credential("x", valid=Validity(span=span, until=until), renewal=rule)


def counted(granted: dt.date, span: Span, until: Until, number: int) -> dt.date:
    """The last day of the n-th cycle, counted from the anchor at once."""
    day = granted + relativedelta(months=number * span.total_months)
    if until is Until.DAY_BEFORE:
        return day - DAY
    while until is Until.MONTH_END and (day + DAY).day != 1:
        day += DAY
    return day


def whole(paper: Credential, granted: dt.date, renewals: int = 4) -> tuple[Renewal, ...]:
    return cycles(paper, Held("x", granted=granted), today=granted, renewals=renewals)


@given(days, lengths, st.sampled_from(Until), st.none() | rules())
def test_cycle_n_ends_n_spans_after_the_anchor(
    granted: dt.date, span: Span, until: Until, rule: RenewalRule | None
) -> None:
    found = whole(credential(span, until, rule), granted)
    assert [each.valid_through for each in found] == [counted(granted, span, until, n) for n in range(1, 6)]
    assert [each.number for each in found] == [1, 2, 3, 4, 5]


@given(days, lengths, st.sampled_from(Until), rules())
def test_cycles_follow_each_other_without_a_gap(granted: dt.date, span: Span, until: Until, rule: RenewalRule) -> None:
    for before, after in pairwise(whole(credential(span, until, rule), granted)):
        assert before.valid_through is not None
        assert after.valid_from == before.valid_through + DAY


@given(days, lengths, st.sampled_from(Until), rules())
def test_the_days_of_a_cycle_are_in_order(granted: dt.date, span: Span, until: Until, rule: RenewalRule) -> None:
    for each in whole(credential(span, until, rule), granted):
        told = (each.valid_from, each.opens, each.act_by, each.valid_through, each.grace_through)
        known = [day for day in told if day is not None]
        assert known == sorted(known)
        assert (each.opens is None) == (rule.opens is None)
        if each.opens is not None and each.soft_deadline is not None:
            assert each.opens <= each.soft_deadline
        ends = each.grace_through or each.valid_through
        for back in each.back:
            assert ends is not None
            assert back.from_ == ends + DAY
            ends = back.through


@given(days, lengths, rules(), st.data())
def test_a_renewal_in_time_keeps_the_anchor_and_a_late_one_does_not(
    granted: dt.date, span: Span, rule: RenewalRule, data: st.DataObject
) -> None:
    paper = credential(span, Until.MONTH_END, rule)
    first = whole(paper, granted)[0]
    assert first.valid_through is not None
    begins = first.opens or first.valid_from
    in_time = data.draw(st.dates(begins, first.valid_through))
    late = data.draw(st.dates(first.valid_through + DAY, first.valid_through + 900 * DAY))
    kept = cycles(paper, Held("x", granted=granted, renewed=[in_time]), today=in_time, renewals=0)[-1]
    assert kept.valid_through == counted(granted, span, Until.MONTH_END, 2)
    anew = cycles(paper, Held("x", granted=granted, renewed=[late]), today=late, renewals=0)[-1]
    assert (anew.number, anew.valid_from) == (1, late)
    assert anew.valid_through == counted(late, span, Until.MONTH_END, 1)


@given(days, lengths, st.integers(30, 120))
def test_a_renewal_before_the_window_opens_gains_nothing(granted: dt.date, span: Span, opens: int) -> None:
    paper = credential(span, Until.DAY_BEFORE, RenewalRule(opens=Span(days=opens)))
    first = whole(paper, granted)[0]
    assert first.opens is not None
    assume(first.opens > granted)
    early = Held("x", granted=granted, renewed=[first.opens - DAY])
    assert cycles(paper, early, today=first.opens - DAY, renewals=0) == (first,)


@given(days, lengths, st.integers(1, 400))
def test_a_renewal_from_completion_counts_from_its_own_day(granted: dt.date, span: Span, later: int) -> None:
    renewed = granted + later * DAY
    paper = credential(span, Until.ANNIVERSARY, RenewalRule(method=Method.FROM_COMPLETION))
    found = cycles(paper, Held("x", granted=granted, renewed=[renewed]), today=renewed, renewals=0)[-1]
    assert found.valid_through == renewed + relativedelta(months=span.total_months)


@given(days, st.integers(0, 300), st.integers(1, 28), st.integers(1, 12))
def test_a_fixed_date_is_the_first_after_the_least_active_period(
    granted: dt.date, least: int, day: int, month: int
) -> None:
    rule = DayOfYear(on=f"{month:02}-{day:02}")
    paper = Credential(
        "x",
        valid=Validity(span=Span(days=least), until=rule),
        renewal=RenewalRule(method=Method.FIXED_DATE, processing="P10D"),
    )
    begins = granted
    for each in whole(paper, granted, renewals=2):
        expected = max(begins + least * DAY, begins)
        before = expected if each.number == 1 else max(expected, each.valid_from)
        while (before.month, before.day) != (month, day):
            before += DAY
        assert each.valid_through == before
        begins = max(before - 10 * DAY, each.valid_from)


@given(days, lengths, st.integers(1, 200), rules())
def test_an_extension_moves_a_last_day_and_keeps_the_anchor(
    granted: dt.date, span: Span, more: int, rule: RenewalRule
) -> None:
    paper = credential(span, Until.MONTH_END, rule)
    plain = whole(paper, granted)
    assert plain[0].valid_through is not None
    extension = Extension(from_=plain[0].valid_through, to=plain[0].valid_through + min(more, 150) * DAY)
    found = cycles(paper, Held("x", granted=granted, extended=[extension]), today=granted, renewals=4)
    assert (found[0].valid_through, found[0].extended_from) == (extension.to, plain[0].valid_through)
    assert [each.valid_through for each in found[1:]] == [each.valid_through for each in plain[1:]]


@given(days, lengths, lengths, st.integers(1, 2000), rules())
def test_a_changed_rule_leaves_running_cycles_alone(
    granted: dt.date, old: Span, new: Span, later: int, rule: RenewalRule
) -> None:
    paper = credential(old, Until.MONTH_END, rule)
    since = granted + later * DAY
    changed = attrs.evolve(paper, changes=(Change(since=since, valid=Validity(span=new, until="month-end")),))
    found, before = whole(changed, granted), whole(paper, granted)
    begun = sum(each.valid_from < since for each in before)
    assert found[:begun] == before[:begun]
    if begun < len(found):
        last = found[begun - 1].valid_through
        assert last is not None
        assert found[begun].valid_through == counted(last, new, Until.MONTH_END, 1)
