"""The front of finish and cost, with routes worked out by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from career_path.errors import InvalidValueError, SearchLimitError
from career_path.model.learner import Held, Learner
from career_path.model.pathway import Credential, Pathway, Step, Validity
from career_path.model.renewal import RenewalRule
from career_path.model.requirements import AllOf, AnyOf, Holds, Needs, Requirement
from career_path.model.timeline import NoRouteError
from career_path.planning.front import FrontRoute, routes

TODAY = dt.date(2027, 1, 4)


def front(goal: Requirement | str, *steps: Step, learner: Learner | None = None) -> tuple[FrontRoute, ...]:
    return routes(Pathway("p", goal=goal, steps=steps), learner or Learner(), today=TODAY)


def points(found: tuple[FrontRoute, ...]) -> list[tuple[str, str]]:
    return [(str(each.timeline.finish), str(each.timeline.cost.amount)) for each in found]


A, B, C = Step("a", takes="P10D", cost=30), Step("b", takes="P20D", cost=20), Step("c", takes="P30D", cost=25)


def test_what_is_later_and_dearer_is_not_on_the_front() -> None:
    found = front(AnyOf("a", "b", "c"), A, B, C)
    assert points(found) == [("2027-01-14", "30"), ("2027-01-24", "20")]
    assert [each.left_out for each in found] == [("b", "c"), ("a", "c")]


def test_a_step_that_two_ways_share_is_paid_once() -> None:
    """Either way of the exam and of the job costs 10 or needs the course for 15, which serves both."""
    course = Step("course", takes="P40D", cost=15)
    exam = [Step("e1", takes="P1D", cost=10), Step("e2", requires="course", cost=0)]
    job = [Step("j1", takes="P1D", cost=10), Step("j2", requires="course", cost=0)]
    found = front(AllOf(AnyOf("e1", "e2"), AnyOf("j1", "j2")), course, *exam, *job)
    assert points(found) == [("2027-01-05", "20"), ("2027-02-13", "15")]


def test_pins_hold_and_a_budget_and_a_deadline_leave_the_front_as_it_is() -> None:
    learner = Learner(budget=25, deadline=dt.date(2027, 1, 20))
    found = front(AnyOf("a", "b", "c"), A, B, C, learner=learner)
    assert points(found) == [("2027-01-14", "30"), ("2027-01-24", "20")]
    assert [[conflict.kind.value for conflict in each.timeline.conflicts] for each in found] == [
        ["budget"],
        ["deadline"],
    ]
    assert points(front(AnyOf("a", "b", "c"), A, B, C, learner=Learner(choose=["c"]))) == [("2027-02-03", "25")]
    assert points(front(AnyOf("a", "b", "c"), A, B, C, learner=Learner(avoid=["b"]))) == [
        ("2027-01-14", "30"),
        ("2027-02-03", "25"),
    ]


def test_a_paper_renewed_for_money_stands_beside_the_one_earned_late() -> None:
    """The card held ends on 2027-01-31; the work takes 60 days: renewed for 50, or earned on 1 June without a fee."""
    card = Credential("card", valid=Validity(span="P1Y", until="anniversary"), renewal=RenewalRule(fee=50))
    class_ = Step("class", takes="P148D", cost=0, grants=["card"])
    work = Step("work", takes="P60D", cost=0, requires=Holds("card", throughout=True))
    path = Pathway("p", goal="work", steps=[class_, work], credentials=[card])
    learner = Learner(holds=[Held("card", granted=dt.date(2026, 1, 31))])
    # 4 January plus 60 days is 5 March; plus 148 days 1 June, and 60 more 31 July.
    assert points(routes(path, learner, today=TODAY)) == [("2027-03-05", "50"), ("2027-07-31", "0")]


def test_without_a_route_there_is_no_front() -> None:
    with pytest.raises(NoRouteError):
        front(AllOf("a", Needs("b", within="P1D")), Step("a", requires="b", takes="P9D"), Step("b"))


def test_a_search_that_is_too_long_is_refused() -> None:
    path = Pathway("p", goal=AnyOf("a", "b", "c"), steps=[A, B, C])
    with pytest.raises(SearchLimitError):
        routes(path, Learner(), today=TODAY, max_routes=1)
    with pytest.raises(InvalidValueError, match="max_routes"):
        routes(path, Learner(), today=TODAY, max_routes=0)
