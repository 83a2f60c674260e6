"""From an anchor to the last day of the n-th period: chains, cases, other papers, and the exact way back."""

from __future__ import annotations

import datetime as dt

import pytest

from career_path.days.day_rules import Birthday, DayOfYear
from career_path.errors import DocumentError
from career_path.model.credentials import Credential
from career_path.model.ends import Case, Cases, End, LatestOf, PaperEnd, Validity
from career_path.model.learner import Fact, Held, Learner
from career_path.model.renewal import RenewalRule
from career_path.planning.cycles import cycles
from career_path.planning.ends import Holder, end_of

D = dt.date.fromisoformat
BY_AGE = Cases(
    cases=[
        Case(under_age=40, valid=Validity(span="P60M", until="month-end")),
        Case(valid=Validity(span="P24M", until="month-end")),
    ]
)
BY_FACT = Cases(cases=[Case(fact="vip", is_="true", valid=Validity(span="P3Y")), Case(valid=Validity(span="P1Y"))])


def last(end: End, day: str, number: int = 1, *, is_from_end: bool = False, **learner: object) -> str:
    holder = Holder(learner=Learner(**learner))  # type: ignore[arg-type]
    rule = end_of(end, number, holder=holder, path="valid", is_from_end=is_from_end)
    return dt.date.fromordinal(rule.f(D(day).toordinal())).isoformat()


def test_each_period_is_decided_on_the_day_it_begins() -> None:
    """Born on 5 July 1990. From 4 July 2028: 31 July 2033; the next begins at 43, and has 24 months."""
    born = D("1990-07-05")
    assert [last(BY_AGE, "2028-07-04", number, born=born) for number in (1, 2, 3)] == [
        "2033-07-31",
        "2035-07-31",
        "2037-07-31",
    ]
    assert last(BY_AGE, "2030-07-05", born=born) == "2032-07-31"
    assert last(BY_AGE, "2030-07-04", is_from_end=True, born=born) == "2032-07-31"  # it begins on the 5th


def test_the_same_case_counts_every_period_from_its_anchor() -> None:
    """From 29 February 2024 the fourth year ends on the eve of 29 February 2028, not on that of the 28th."""
    always = Cases(cases=[Case(before=D("2100-01-01"), valid=Validity(span="P1Y"))])
    assert last(always, "2024-02-29", 4) == "2028-02-28"


def test_a_case_takes_over_from_the_last_end() -> None:
    """Before 2027 a year, then the end of the second June: 2026-03-10 to 2027-03-09, and two years on June 2029."""
    june = Validity(span="P2Y", until=DayOfYear(on="06-30"))
    end = Cases(cases=[Case(before=D("2027-01-01"), valid=Validity(span="P1Y")), Case(valid=june)])
    assert [last(end, "2026-03-10", number) for number in (1, 2, 3)] == ["2027-03-09", "2029-06-30", "2031-06-30"]


def test_a_fact_chooses_once_and_the_way_back_is_exact() -> None:
    assert last(BY_FACT, "2026-03-10", facts=[Fact("vip", value=True)]) == "2029-03-09"
    rule = end_of(BY_FACT, 1, holder=Holder(learner=Learner(facts=[Fact("vip", value=False)])), path="valid")
    assert dt.date.fromordinal(rule.latest(D("2027-03-09").toordinal())) == D("2026-03-10")


def test_nothing_counts_back_from_an_end_that_can_come_sooner_for_who_begins_later() -> None:
    rule = end_of(BY_AGE, 1, holder=Holder(learner=Learner(born=D("1990-07-05"))), path="credentials.x.valid")
    with pytest.raises(DocumentError) as caught:
        rule.latest(D("2032-07-31").toordinal())
    (fault,) = caught.value.faults
    assert (fault.code, fault.path) == ("not-supported", "credentials.x.valid.cases")


def test_a_yearly_day_keeps_every_period_as_long_as_its_span_says() -> None:
    """54 months lead from 2026 to June 2031; from there five years each, where 9 years from 2026 would give four."""
    end = Validity(span="P54M", until=DayOfYear(on="06-30"))
    assert [last(end, "2026-01-01", number) for number in (1, 2, 3)] == ["2031-06-30", "2036-06-30", "2041-06-30"]


def test_a_birthday_on_29_february_comes_again_in_leap_years() -> None:
    born = D("2004-02-29")
    end = Validity(span="P1Y", until=Birthday())
    assert [last(end, "2026-03-01", number, born=born) for number in (1, 2, 3, 6)] == [
        "2027-03-01",
        "2028-02-29",
        "2029-03-01",
        "2032-02-29",
    ]


def test_the_greatest_length_is_that_of_one_period() -> None:
    end = Validity(span="P2Y", until="month-end", at_most="P25M")
    assert [last(end, "2026-01-10", number) for number in (1, 2, 3)] == ["2028-01-31", "2030-01-31", "2032-01-31"]
    with pytest.raises(DocumentError, match="2028-06-30"):  # from one 30 June two years are 24 months, and not 20
        last(Validity(span="P2Y", until=DayOfYear(on="06-30"), at_most="P20M"), "2028-06-30", 2, is_from_end=True)


def test_a_renewal_from_completion_has_no_first_period() -> None:
    card = Credential(
        "card",
        valid=Validity(span="P2Y", first=Validity(span="P1Y")),
        renewal=RenewalRule(method="from-completion"),
    )
    held = Held("card", granted=D("2026-01-01"), renewed=[D("2026-12-01"), D("2029-06-01")])
    found = cycles(card, held, today=D("2029-06-01"), renewals=0)
    assert [str(each.valid_through) for each in found] == ["2026-12-31", "2028-11-30", "2031-05-31"]


def test_papers_that_end_with_each_other_are_refused() -> None:
    ends = [LatestOf(latest_of=[Validity(span="P3Y"), PaperEnd(ends_with=other)]) for other in ("b", "a")]
    papers = [Credential(each, valid=end) for each, end in zip("ab", ends, strict=True)]
    held = [Held(each, granted=D("2026-01-01")) for each in "ab"]
    holder = Holder(learner=Learner(holds=held), credentials=papers)
    with pytest.raises(DocumentError) as caught:
        cycles(papers[0], held[0], today=D("2026-01-01"), holder=holder)
    (fault,) = caught.value.faults
    assert (fault.code, fault.path) == ("ring", "credentials.a.valid")
    assert fault.found == "the end of 'a' and 'b' by each other"


def test_the_latest_of_papers_alone_needs_them_all() -> None:
    both = LatestOf(latest_of=[PaperEnd(ends_with="a"), PaperEnd(ends_with="b")])
    with pytest.raises(DocumentError, match=r"holds\.a"):
        last(both, "2026-01-01")


def test_the_way_back_through_another_paper_is_exact() -> None:
    """Own end after a year; the other paper holds from 1 June 2026 through 31 May 2029."""
    other = Credential("b", valid=Validity(span="P3Y"))
    held = Held("b", granted=D("2026-06-01"))
    end = LatestOf(latest_of=[Validity(span="P1Y"), PaperEnd(ends_with="b")])
    stretch = (D("2026-06-01").toordinal(), D("2029-05-31").toordinal())
    holder = Holder(learner=Learner(holds=[held]), credentials=[other])
    rule = end_of(end, 1, holder=holder, path="valid", stretches=lambda _: (stretch,))
    days = [D("2025-05-31"), D("2025-06-01"), D("2027-01-01"), D("2028-06-02")]
    assert [str(dt.date.fromordinal(rule.f(day.toordinal()))) for day in days] == [
        "2026-05-30",
        "2029-05-31",  # the own end, 31 May 2026, is the eve of the grant
        "2029-05-31",
        "2029-06-01",
    ]
    for reached, begun in (("2029-05-30", "2025-05-31"), ("2029-05-31", "2028-06-01"), ("2026-05-29", "2025-05-30")):
        assert dt.date.fromordinal(rule.latest(D(reached).toordinal())) == D(begun)
