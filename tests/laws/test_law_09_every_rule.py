"""Law 9 for every part of the language: drawn credentials, papers with early, timely and late renewals."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from career_path import Held, Learner, Pathway, audit, plan
from career_path.errors import DocumentError
from career_path.model.credentials import Credential
from career_path.model.ends import Repeats, Until, Validity
from career_path.model.renewal import Early, Method, RenewalRule
from career_path.model.requirements import AllOf
from career_path.model.timeline import Renewal, Timeline
from career_path.planning.cycles import cycles
from career_path.planning.ends import Holder
from career_path.planning.reminders import reminders
from career_path.testing import held_papers, renewable_credentials, renewal_rules, validities
from values import FOUR_CENTURIES, four_centuries_later

DAY = dt.timedelta(days=1)
BIRTHS = st.dates(dt.date(1950, 1, 1), dt.date(1995, 12, 31))


def told(
    credential: Credential, held: Held, born: dt.date, *, today: dt.date | None = None, renewals: int = 3
) -> tuple[Renewal, ...]:
    """The cycles; a case that the rules refuse is passed over."""
    last = max([held.granted, *held.renewed])
    holder = Holder(learner=Learner(born=born, holds=[held]), credentials=[credential])
    try:
        return cycles(credential, held, today=today or last, holder=holder, renewals=renewals)
    except DocumentError:
        assume(False)  # noqa: FBT003 (what Hypothesis calls it)
        raise


def made(credential: Credential, held: Held, born: dt.date, today: dt.date) -> tuple[Timeline, Pathway, Learner]:
    pathway = Pathway("keeping", goal=AllOf(), steps=[], credentials=[credential])
    learner = Learner(born=born, holds=[held])
    try:
        return plan(pathway, learner, today=today), pathway, learner
    except DocumentError:
        assume(False)  # noqa: FBT003
        raise


@given(renewable_credentials(), held_papers(), BIRTHS, st.integers(0, 3000))
def test_the_audit_accepts_the_cycles_of_every_plan(c: Credential, held: Held, born: dt.date, later: int) -> None:
    today = max([held.granted, *held.renewed]) + later * DAY
    timeline, pathway, learner = made(c, held, born, today)
    assert audit(timeline, pathway, learner) == ()
    deadlines = {each.id: each.on for each in timeline.deadlines}
    found = reminders(timeline)
    assert len({each.id for each in found}) == len(found)
    assert all(today <= each.on <= deadlines[each.deadline] for each in found)


@given(renewable_credentials(), held_papers(), BIRTHS)
def test_the_days_of_every_cycle_are_in_order(c: Credential, held: Held, born: dt.date) -> None:
    for each in told(c, held, born):
        days = (each.opens, each.act_by, each.valid_through, each.grace_through)
        known = [day for day in days if day is not None]
        assert known == sorted(known)
        assert each.valid_through is None or each.valid_from <= each.valid_through


@given(renewable_credentials(may_change=False), held_papers(max_renewals=0), BIRTHS)
def test_renewed_in_time_there_is_no_gap_and_no_day_twice(c: Credential, held: Held, born: dt.date) -> None:
    is_from_completion = c.renewal is not None and c.renewal.method is Method.FROM_COMPLETION
    for before, after in pairwise(told(c, attrs.evolve(held, extended=()), born, renewals=6)):
        assert before.valid_through is not None
        if is_from_completion:
            assert before.valid_from <= after.valid_from <= before.valid_through + DAY
        else:
            assert after.valid_from == before.valid_through + DAY
        assert after.number == before.number + 1


@given(renewable_credentials(), held_papers(), BIRTHS, st.integers(0, 4))
def test_fewer_cycles_are_the_first_of_more(c: Credential, held: Held, born: dt.date, fewer: int) -> None:
    bare = attrs.evolve(c, duties=())
    some, more = told(bare, held, born, renewals=fewer), told(bare, held, born, renewals=6)
    assert more[: len(some)] == some


@given(renewable_credentials(), held_papers(), BIRTHS)
def test_four_centuries_later_everything_is_four_centuries_later(c: Credential, held: Held, born: dt.date) -> None:
    found = told(c, held, born)
    later = told(four_centuries_later(c), four_centuries_later(held), born + FOUR_CENTURIES)
    assert later == four_centuries_later(found)


@given(
    validities(may_have_first=False),
    renewal_rules(methods=[Method.FROM_EXPIRY]),
    held_papers(max_renewals=0),
    BIRTHS,
    st.data(),
)
def test_on_whichever_day_of_the_window_one_renews_the_next_period_is_the_same(
    valid: Validity, rule: RenewalRule, held: Held, born: dt.date, data: st.DataObject
) -> None:
    c = Credential("card", valid=valid, renewal=attrs.evolve(rule, at_most=None))
    paper = attrs.evolve(held, extended=())
    first = told(c, paper, born, renewals=0)[0]
    assert first.valid_through is not None
    begins = first.opens or first.valid_from
    days = [data.draw(st.dates(begins, first.valid_through)), begins, first.valid_through]
    ends = {told(c, attrs.evolve(paper, renewed=[day]), born, renewals=0)[-1].valid_through for day in days}
    assert len(ends) == 1
    if begins > first.valid_from:
        early = attrs.evolve(paper, renewed=[begins - DAY])
        found = told(c, early, born, today=begins, renewals=0)
        if rule.early is Early.NEW_ANCHOR:
            assert found[-1].valid_from == begins - DAY
        else:
            assert found == told(c, paper, born, today=begins, renewals=0)


@given(st.integers(1, 72), held_papers(max_renewals=0), BIRTHS, st.integers(10, 25))
def test_a_month_end_stays_a_month_end(months: int, held: Held, born: dt.date, renewals: int) -> None:
    valid = Validity(span=f"P{months}M", until=Until.MONTH_END, repeats=Repeats.ANCHOR)
    paper = attrs.evolve(held, extended=())
    found = told(Credential("card", valid=valid), paper, born, renewals=renewals)
    assert len(found) == renewals + 1
    for each in found:
        assert each.valid_through is not None
        assert (each.valid_through + DAY).day == 1
        begun = paper.anchor or paper.granted
        counted = (each.valid_through.year - begun.year) * 12 + each.valid_through.month - begun.month
        assert counted == months * each.number
