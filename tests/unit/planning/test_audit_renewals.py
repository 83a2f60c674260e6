"""The audit's own account of renewals: what it tells of a plan with one day changed, and examples worked by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from career_path import Held, Learner, Pathway, Step, audit, plan
from career_path.days.day_rules import Dates, DayOfYear
from career_path.days.holidays import Moved
from career_path.model.credentials import Credential
from career_path.model.credits import CreditRule
from career_path.model.ends import AgeEnd, EarliestOf, Validity
from career_path.model.renewal import Change, Duty, Extension, Grace, RenewalRule, Rung, Way
from career_path.model.timeline import DeadlineKind, Renewal, Timeline
from career_path.planning.cycles import cycles
from career_path.planning.ends import Holder

D = dt.date
DAY = dt.timedelta(days=1)
RULE = RenewalRule(
    opens="P60D",
    soft="P30D",
    fee="55.00",
    late_fee="25.00",
    processing="P10D",
    ways=[Way("points", kind="credits"), Way("exam", kind="exam", before="P1M", apply="P20D")],
    grace=Grace(within="P10D"),
    lapse=[Rung(way="reinstatement", within="P1Y", fee="95.00"), Rung(way="start-again")],
)
CARD = Credential("card", valid=Validity(span="P1Y"), renewal=RULE, duties=[Duty("fee", within="P30D")])
PATHWAY = Pathway("p", goal="course", steps=[Step("course", takes="P1M", grants=["card"])], credentials=[CARD])
MADE = plan(PATHWAY, Learner(), today=D(2027, 1, 4))


def changed(**fields: Any) -> Timeline:  # noqa: ANN401 (any field of a renewal)
    first = attrs.evolve(MADE.renewals[0], **fields)
    return attrs.evolve(MADE, renewals=(first, *MADE.renewals[1:]))


def later(renewal: Renewal, field: str) -> dt.date:
    day = getattr(renewal, field)
    assert isinstance(day, dt.date)
    return day + DAY


def test_the_plan_itself_is_sound() -> None:
    assert audit(MADE, PATHWAY, Learner()) == ()


@pytest.mark.parametrize("field", ["opens", "soft_deadline", "act_by", "grace_through", "valid_through"])
def test_a_day_of_a_cycle_that_is_off_by_one_is_told(field: str) -> None:
    wrong = changed(**{field: later(MADE.renewals[0], field)})
    assert any("cycle 1 of 'card'" in each for each in audit(wrong, PATHWAY, Learner()))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda _: {"fee": None}, "has a fee of None, and by its rule 55.00"),
        (lambda r: {"ways": r.ways[1:]}, "has ways to renew with other days"),
        (lambda r: {"back": r.back[:1]}, "has ways back with other days"),
        (lambda _: {"duties": ()}, "has other duties"),
        (lambda _: {"is_grace_current": True}, "is current in its grace: True, and by its rule False"),
        (lambda r: {"extended_from": r.valid_from}, "was put off from 2027-02-04, and by its rule None"),
    ],
)
def test_a_part_of_a_cycle_that_is_not_of_its_rule_is_told(
    change: Callable[[Renewal], dict[str, object]], fault: str
) -> None:
    assert any(fault in each for each in audit(changed(**change(MADE.renewals[0])), PATHWAY, Learner()))


def test_a_cycle_left_out_is_told() -> None:
    for index, renewal in enumerate(MADE.renewals):
        fewer = attrs.evolve(MADE, renewals=MADE.renewals[:index] + MADE.renewals[index + 1 :])
        expected = f"cycle {renewal.number} of 'card' from {renewal.valid_from} is not told"
        assert expected in audit(fewer, PATHWAY, Learner())


def test_every_deadline_dropped_or_invented_is_told() -> None:
    of_cycles = [each for each in MADE.deadlines if each.cycle is not None]
    assert of_cycles
    for dropped in of_cycles:
        rest = tuple(each for each in MADE.deadlines if each is not dropped)
        found = audit(attrs.evolve(MADE, deadlines=rest, reminders=()), PATHWAY, Learner())
        assert f"has '{dropped.kind}' on {dropped.on}, which is no deadline of the plan" in "".join(found)
    invented = attrs.evolve(of_cycles[0], id="more", kind=DeadlineKind.GRACE_ENDS, on=D(2027, 5, 5))
    found = audit(attrs.evolve(MADE, deadlines=(*MADE.deadlines, invented)), PATHWAY, Learner())
    assert "deadline 'grace-ends' of 2027-05-05: cycle 1 of 'card' has no such day" in "".join(found)


def test_steps_that_need_each_other_are_a_ring() -> None:
    steps = [Step("a"), Step("b", requires="a"), Step("c", requires="b")]
    pathway = Pathway("p", goal="c", steps=steps)
    timeline = plan(pathway, Learner(), today=D(2027, 1, 4))
    assert audit(timeline, pathway, Learner()) == ()
    first, *rest = timeline.steps
    ring = attrs.evolve(timeline, steps=(attrs.evolve(first, needs=("b",)), *rest))
    assert "a ring: a, b need each other" in audit(ring, pathway, Learner())
    lost = attrs.evolve(timeline, steps=(attrs.evolve(first, needs=("x",)), *rest))
    assert "'a' needs 'x', which is not in the plan" in audit(lost, pathway, Learner())


def ends(credential: Credential, held: Held, *, renewals: int = 0, born: dt.date | None = None) -> list[str]:
    holder = Holder(learner=Learner(born=born, holds=[held]), credentials=[credential])
    last = max([held.granted, *held.renewed])
    found = cycles(credential, held, today=last, renewals=renewals, holder=holder)
    return [f"{each.number} {each.valid_from} {each.valid_through}" for each in found]


def test_renewing_twice_in_one_period_gains_one() -> None:
    """The second renewal lies before the first day of the period that the first one gained."""
    held = Held("x", granted=D(2020, 1, 1), renewed=[D(2021, 3, 1), D(2021, 3, 1)])
    expected = ["1 2020-01-01 2021-12-31", "2 2022-01-01 2023-12-31"]
    assert ends(Credential("x", valid=Validity(span="P2Y")), held) == expected


def test_the_one_and_twentieth_period_of_five_years_ends_after_a_hundred_and_five() -> None:
    found = ends(Credential("x", valid=Validity(span="P5Y")), Held("x", granted=D(2000, 1, 1)), renewals=20)
    assert found[20] == "21 2100-01-01 2104-12-31"


def test_the_rule_of_the_first_period_is_not_that_of_a_renewal_to_a_fixed_date() -> None:
    """18 months after 1 December 2027 is 1 June 2029; the first 31 December from there is that of 2029."""
    until = DayOfYear(on="12-31")
    valid = Validity(span="P18M", until=until, first=Validity(span="P3M", until=until))
    card = Credential("x", valid=valid, renewal=RenewalRule(method="fixed-date"))
    held = Held("x", granted=D(2027, 1, 1), renewed=[D(2027, 12, 1)])
    assert ends(card, held) == ["1 2027-01-01 2027-12-31", "2 2028-01-01 2029-12-31"]


def test_a_changed_least_active_period_holds_from_the_completion() -> None:
    """Renewed on 15 December 2027 under the old rule; 18 months on is 15 June 2029, and the 30th is the last day."""
    change = Change(since=D(2028, 1, 1), valid=Validity(span="P18M", until=DayOfYear(on="06-30")))
    valid = Validity(span="P6M", until=DayOfYear(on="12-31"))
    card = Credential("x", valid=valid, renewal=RenewalRule(method="fixed-date"), changes=[change])
    held = Held("x", granted=D(2027, 1, 1), renewed=[D(2027, 12, 15)])
    assert ends(card, held) == ["1 2027-01-01 2027-12-31", "2 2028-01-01 2029-06-30"]


def test_who_renews_after_an_age_has_ended_it_gains_nothing() -> None:
    """65 on 10 March 2021, so no period can begin in 2022."""
    card = Credential("x", valid=EarliestOf(earliest_of=[Validity(span="P1Y"), AgeEnd(until_age=65)]))
    held = Held("x", granted=D(2020, 1, 1), renewed=[D(2022, 6, 1)])
    assert ends(card, held, born=D(1956, 3, 10)) == ["1 2020-01-01 2020-12-31"]


def test_the_rule_of_the_first_period_is_not_that_of_a_renewal_in_a_current_grace() -> None:
    card = Credential(
        "x",
        valid=Validity(span="P2Y", first=Validity(span="P6M")),
        renewal=RenewalRule(grace=Grace(within="P60D", is_current=True)),
    )
    held = Held("x", granted=D(2027, 1, 1), renewed=[D(2027, 7, 15)])
    assert ends(card, held) == ["1 2027-01-01 2027-06-30", "2 2027-07-15 2029-07-14"]


def test_a_kept_expiry_stays_where_it_was_though_one_last_day_was_put_off_onto_the_next() -> None:
    """Last days 31 May 2027, 30 November 2027 (put off to 31 May 2028), 31 May 2028, 30 November 2028."""
    card = Credential("x", valid=Validity(span="P6M"), renewal=RenewalRule(late="kept"))
    moved = Extension(from_=D(2027, 11, 30), to=D(2028, 5, 31))
    held = Held("x", granted=D(2026, 12, 1), renewed=[D(2028, 7, 27)], extended=[moved])
    assert ends(card, held) == ["1 2026-12-01 2027-05-31", "4 2028-07-27 2028-11-30"]


@pytest.mark.parametrize(("to", "through"), [("forward", D(2050, 1, 3)), ("backward", D(2049, 12, 31))])
def test_a_day_that_moves_is_found_however_far_it_lies(to: str, through: dt.date) -> None:
    # 1 January 2050 is a Saturday: the Monday after it, or the Friday before.
    valid = Validity(span="P6M", until=Moved(days=Dates(dates=[D(2050, 1, 1)]), to=to))
    pathway = attrs.evolve(PATHWAY, credentials=[Credential("card", valid=valid)])
    made = plan(pathway, Learner(), today=D(2027, 1, 4))
    assert made.renewals[0].valid_through == through
    assert audit(made, pathway, Learner()) == ()


HOURS = Credential(
    "hours",
    valid=Validity(span="P2Y"),
    renewal=RenewalRule(
        ways=[Way("hours", kind="credits", before="P30D")],
        credits=CreditRule(total=20, unit="hour", is_first_exempt=True),
    ),
)
OF_HOURS = Pathway("p", goal="course", steps=[Step("course", grants=["hours"])], credentials=[HOURS])


@pytest.mark.parametrize(
    ("cycle", "fields", "fault"),
    [
        # Granted on 4 January 2027: the second period ends on 3 January 2031, 30 days after 4 December 2030.
        (
            0,
            {"is_exempt": False},
            "cycle 1 of 'hours' is exempt from continuing education: False, and by its rule True",
        ),
        (1, {"is_exempt": True}, "cycle 2 of 'hours' is exempt from continuing education: True, and by its rule False"),
        (1, {"credits_by": D(2031, 1, 3)}, "is to have its credits by 2031-01-03, and by its rule 2030-12-04"),
        (1, {"nth": 1}, "cycle 2 of 'hours' is in all number 1, and by its rule 2"),
    ],
)
def test_what_continuing_education_a_cycle_asks_for_is_checked(cycle: int, fields: dict[str, Any], fault: str) -> None:
    made = plan(OF_HOURS, Learner(), today=D(2027, 1, 4))
    assert audit(made, OF_HOURS, Learner()) == ()
    renewals = list(made.renewals)
    renewals[cycle] = attrs.evolve(renewals[cycle], **fields)
    told = audit(attrs.evolve(made, renewals=tuple(renewals)), OF_HOURS, Learner())
    assert any(fault in each for each in told)


def test_a_way_asked_for_in_an_exempt_cycle_is_a_fault() -> None:
    made = plan(OF_HOURS, Learner(), today=D(2027, 1, 4))
    first = attrs.evolve(made.renewals[0], ways=made.renewals[1].ways)
    told = audit(attrs.evolve(made, renewals=(first, *made.renewals[1:])), OF_HOURS, Learner())
    assert any("cycle 1 of 'hours' has ways to renew with other days" in each for each in told)
