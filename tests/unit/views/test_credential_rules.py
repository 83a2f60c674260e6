"""The rules of credentials in sentences."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from career_path import (
    Before,
    Change,
    Credential,
    CreditRule,
    CreditSlot,
    DayOfMonth,
    Duty,
    Effort,
    Extension,
    Fee,
    Grace,
    MonthEnd,
    Pathway,
    RenewalRule,
    Rung,
    Step,
    Validity,
    Way,
    Within,
    WorkingDays,
)
from career_path.views.rules import credential_rules

VALID = Validity(span="P2Y")


def told(credential: Credential) -> list[str]:
    others = [Credential("other", letters="OC", issuer="Board")]
    pathway = Pathway("p", goal="a", steps=[Step("a", title="First")], credentials=[credential, *others])
    return list(credential_rules(credential, pathway))


def renewed(**rule: Any) -> list[str]:  # noqa: ANN401 (each is of its own kind)
    return told(Credential("card", valid=VALID, renewal=RenewalRule(**rule)))[1:]


def test_a_credential_without_rules_has_none() -> None:
    assert told(Credential("card", valid=VALID)) == []


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (RenewalRule(), "renewal: each period is counted from the last day of the one before"),
        (
            RenewalRule(method="from-completion", at_most=1, fee="50"),
            "renewal: each period is counted from the day of the renewal, at most once, for 50.00 USD",
        ),
        (
            RenewalRule(at_most=3, fee=[Fee("40"), Fee("55", since=dt.date(2026, 1, 1))]),
            (
                "renewal: each period is counted from the last day of the one before, at most 3 times, for 40.00"
                " USD, 55.00 USD since 1 Jan 2026"
            ),
        ),
    ],
    ids=["usual", "once", "fees"],
)
def test_how_periods_follow_each_other(rule: RenewalRule, text: str) -> None:
    assert told(Credential("card", valid=VALID, renewal=rule)) == [text]


@pytest.mark.parametrize(
    ("opens", "text"),
    [
        ("P60D", "opens 60 days before the last day"),
        (WorkingDays(5), "opens 5 working days before the last day"),
        ("month-start", "opens on the first day of the month of the last day"),
        (Before(span="P1M", counts="inclusive"), "opens 1 month, that day counted, before the last day"),
        (
            Before(span="P1M", begins="month-start"),
            "opens on the first day of the month of what is 1 month before the last day",
        ),
        (
            Before(span="P1M", begins=MonthEnd()),
            "opens on the last day of each month at or before of what is 1 month before the last day",
        ),
        (DayOfMonth(day=1), "opens on day of month, day 1, at or before the last day"),
    ],
    ids=map(str, range(7)),
)
def test_when_the_window_opens(opens: Any, text: str) -> None:  # noqa: ANN401 (each is of its own kind)
    assert renewed(opens=opens) == [text]


def test_late_fees_and_processing() -> None:
    assert renewed(soft="P30D", late_fee="10", processing=WorkingDays(20)) == [
        "later than 30 days before the last day with a late fee, for 10.00 USD",
        "to be handed in 20 working days before the last day, to leave time for processing",
    ]


def test_each_way_has_its_days_and_its_fee() -> None:
    ways = [
        Way("ce", kind="credits", before="P30D", fee="5"),
        Way(
            "exam",
            title="Exam",
            kind="exam",
            opens="P1Y",
            before="P2M",
            apply="P30D",
            results="P2W",
            takes=Effort(hours=4),
        ),
        Way("with", kind="paper", credential="other", takes="P5D"),
    ]
    assert renewed(ways=ways) == [
        "one way: continuing education, done 30 days before the last day, for 5.00 USD",
        (
            "one way: Exam, from 1 year before the last day on, done 2 months before the last day, applied for 30"
            " days before that, which takes 4 hours of work, with the result 2 weeks later"
        ),
        "one way: another credential, with OC (Board), which takes 5 days",
    ]


def test_continuing_education_and_what_of_it_has_to_be_of_a_kind() -> None:
    slots = [
        CreditSlot("law", title="Law", at_least=1, every=3),
        CreditSlot("online", at_most=30),
        CreditSlot("topic", at_least=2, at_most=4, each="P1Y"),
        CreditSlot("once", at_least=3, is_once=True, is_extra=True),
    ]
    assert renewed(credits=CreditRule(total=60, unit="point", slots=slots, carry_over=10)) == [
        "60 points of continuing education, of which 10 may come from the period before",
        "of these at least 1 point in Law, in one of 3 periods",
        "of these at most 30 points in online",
        "of these at least 2 points and at most 4 points in topic, in each 1 year",
        "of these at least 3 points in once, once, on top of the total",
    ]


def test_a_first_renewal_that_is_exempt_says_so() -> None:
    assert renewed(credits=CreditRule(total=20, unit="hour", is_first_exempt=True)) == [
        "20 hours of continuing education",
        "the first renewal is exempt from this continuing education",
    ]


def test_grace_and_the_ways_back() -> None:
    grace = Grace(within=Within(span="P90D", counts="inclusive"), is_current=True, keeps_expiry=True, fee="20")
    lapse = [
        Rung(way="reinstatement", within=Within(span="P1Y", until="month-end"), keeps_expiry=True, fee="95"),
        Rung(way="exam", within=Within(span="P2Y", until=DayOfMonth(day=15))),
        Rung(way="start-again", title="All again"),
    ]
    assert renewed(grace=grace, lapse=lapse) == [
        (
            "grace: 90 days (that day counted) after the last day, still current meanwhile, counted from the old"
            " last day, for 20.00 USD"
        ),
        (
            "after a lapse: reinstatement, 1 year, then to the end of the month after the last day, counted from the"
            " old last day, for 95.00 USD"
        ),
        "after a lapse: the exam, 2 years, then to day of month, day 15 after the last day",
        "after a lapse: All again",
    ]
    assert renewed(grace=Grace(within="P90D")) == ["grace: 90 days after the last day, not current meanwhile"]


def test_duties_changes_and_extensions() -> None:
    card = Credential(
        "card",
        valid=VALID,
        duties=[
            Duty("dues", title="Yearly fee", every=Validity(span="P1Y"), fee="50"),
            Duty("train", within="P90D", counted_from="a"),
        ],
        changes=[
            Change(since=dt.date(2026, 1, 1), valid=Validity(span="P3Y")),
            Change(since=dt.date(2027, 1, 1), applies="everybody", renewal=RenewalRule(opens="P60D")),
        ],
        extended=[
            Extension(from_=dt.date(2020, 3, 1), through=dt.date(2020, 6, 30), to=dt.date(2020, 12, 31)),
            Extension(from_=dt.date(2021, 3, 1), to=dt.date(2021, 12, 31)),
        ],
    )
    assert told(card) == [
        "duty: Yearly fee, good for 1 year, to the eve of the anniversary, for 50.00 USD",
        "duty: train, within 90 days, after First",
        "since 1 Jan 2026, for periods that begin from then on: valid for 3 years, to the eve of the anniversary",
        (
            "since 1 Jan 2027, for everybody, also after a lapse: renewal: each period is counted from the last day"
            " of the one before"
        ),
        "since 1 Jan 2027, for everybody, also after a lapse: opens 60 days before the last day",
        "what ends from 1 Mar 2020 through 30 Jun 2020 holds through 31 Dec 2020",
        "what ends from 1 Mar 2021 holds through 31 Dec 2021",
    ]
