"""Law 9 against a simulation: a credential is valid on just the days that living through them one by one gives."""

from __future__ import annotations

import datetime as dt

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from brute_force.validity import SmallCard, days_valid
from career_path import Held
from career_path.days.day_rules import DayOfYear
from career_path.days.spans import Span
from career_path.model.credentials import Credential
from career_path.model.ends import Validity
from career_path.model.renewal import Extension, Grace, RenewalRule
from career_path.planning.cycles import cycles

DAY = dt.timedelta(days=1)
YEARS = 12 * 366 * DAY
MONTH_ENDS = {1: "01-31", 4: "04-30", 6: "06-30", 7: "07-31", 9: "09-30", 12: "12-31"}


@st.composite
def cards(draw: st.DrawFn) -> SmallCard:
    months = draw(st.sampled_from((6, 12, 13, 24, 36)))
    first = dt.date(2015, 1, 1) + draw(st.integers(0, 4000)) * DAY
    more = draw(st.integers(0, 14 * months))
    to = draw(st.integers(0, 13 * months))  # never put off by as much as a period
    return SmallCard(
        months=months,
        until=draw(st.sampled_from(("day-before", "anniversary", "month-end")) | st.sampled_from(list(MONTH_ENDS))),
        method=draw(st.sampled_from(("from-expiry", "from-expiry", "from-completion"))),
        opens=draw(st.none() | st.integers(0, 200)),
        grace=draw(st.none() | st.integers(1, 200)),
        is_grace_current=draw(st.booleans()),
        keeps=draw(st.sampled_from(("", "grace", "all"))),
        moved=draw(st.none() | st.just((first, first + more * DAY, first + (more + to) * DAY))),
    )


def credential(card: SmallCard) -> Credential:
    until = DayOfYear(on=MONTH_ENDS[card.until]) if isinstance(card.until, int) else card.until
    grace = None
    if card.grace is not None:
        keeps = card.keeps != ""
        grace = Grace(within=Span(days=card.grace), is_current=card.is_grace_current, keeps_expiry=keeps)
    moved = [] if card.moved is None else [Extension(from_=card.moved[0], through=card.moved[1], to=card.moved[2])]
    return Credential(
        "x",
        valid=Validity(span=Span(months=card.months), until=until),
        renewal=RenewalRule(
            method=card.method,
            opens=None if card.opens is None else Span(days=card.opens),
            grace=grace,
            late="kept" if card.keeps == "all" else "new-anchor",
        ),
        extended=moved,
    )


@settings(max_examples=150)
@given(cards(), st.dates(dt.date(2015, 1, 1), dt.date(2018, 12, 31)), st.lists(st.integers(100, 900), max_size=6))
def test_a_credential_is_valid_on_the_days_that_a_simulation_finds(
    card: SmallCard, granted: dt.date, gaps: list[int]
) -> None:
    renewed: list[dt.date] = []
    for gap in gaps:
        renewed.append((renewed[-1] if renewed else granted) + gap * DAY)
    end = granted + YEARS
    expected = days_valid(card, granted, renewed, end=end)
    assume(expected is not None)
    found = cycles(credential(card), Held("x", granted=granted, renewed=renewed), today=granted, renewals=0)
    days: set[dt.date] = set()
    for each in found:
        assert each.valid_through is not None
        stretch = (min(each.valid_through, end - DAY) - each.valid_from).days + 1
        days |= {each.valid_from + n * DAY for n in range(stretch)}
    assert sorted(days) == expected
