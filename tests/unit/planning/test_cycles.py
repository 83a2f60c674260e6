"""Cycles of one credential and in plans: days worked by hand, and what is refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from career_path import Dates, Held, Learner, Pathway, Record, Step, audit, plan
from career_path.errors import DocumentError, InvalidValueError
from career_path.model.credentials import Credential
from career_path.model.credits import CreditRule
from career_path.model.ends import AgeEnd, EarliestOf, LatestOf, PaperEnd, Validity
from career_path.model.renewal import Change, Duty, Grace, Method, RenewalRule, Rung, Way
from career_path.model.requirements import AnyOf, Holds
from career_path.model.timeline import DeadlineKind, NoRouteError, Timeline
from career_path.planning.cycles import cycle_on, cycles
from career_path.planning.ends import Holder
from career_path.planning.holding import renewal_timeline
from career_path.views.sentences import deadline_text, lost_after

D = dt.date
TODAY = D(2027, 1, 4)
RULE = RenewalRule(
    opens="P60D",
    soft="P30D",
    fee="55.00",
    late_fee="25.00",
    processing="P10D",
    ways=[Way("points", kind="credits"), Way("exam", kind="exam", before="P1M", apply="P20D", title="Exam")],
    grace=Grace(within="P10D"),
    lapse=[Rung(way="reinstatement", within="P1Y", fee="95.00", keeps_expiry=True), Rung(way="start-again")],
)
CARD = Credential("card", title="Card", valid=Validity(span="P1Y"), renewal=RULE, duties=[Duty("fee", within="P30D")])


def planned(credential: Credential, *, learner: Learner | None = None, today: D = TODAY) -> Timeline:
    steps = [Step("course", takes="P1M", grants=[credential.id]), Step("job", requires="course")]
    pathway = Pathway("p", goal="job", steps=steps, credentials=[credential])
    known = learner or Learner()
    timeline = plan(pathway, known, today=today)
    assert not audit(timeline, pathway, known)
    return timeline


def test_a_plan_tells_three_renewals_with_every_day_of_each() -> None:
    # Granted on 4 February 2027; the last day is the eve of 4 February. 60 days before 3 February 2028 is 5 December
    # (3 days of February, 31 of January, 26 of December), 30 days 4 January, 10 days 24 January.
    first, *rest = planned(CARD).renewals
    assert (first.valid_from, first.valid_through) == (D(2027, 2, 4), D(2028, 2, 3))
    assert (first.opens, first.soft_deadline, first.act_by) == (D(2027, 12, 5), D(2028, 1, 4), D(2028, 1, 24))
    assert first.grace_through == D(2028, 2, 13)
    assert [(each.id, each.apply_by, each.act_by) for each in first.ways] == [
        ("points", None, D(2028, 1, 24)),
        ("exam", D(2027, 12, 14), D(2028, 1, 3)),
    ]
    assert [(each.way, each.from_, each.through) for each in first.back] == [
        ("reinstatement", D(2028, 2, 14), D(2029, 2, 3)),
        ("start-again", D(2029, 2, 4), None),
    ]
    assert [(each.id, each.on) for each in first.duties] == [("fee", D(2027, 3, 6))]
    assert [(each.number, each.valid_through) for each in rest] == [
        (2, D(2029, 2, 3)),
        (3, D(2030, 2, 3)),
        (4, D(2031, 2, 3)),
    ]


def test_each_stage_has_its_deadline_and_says_what_is_lost() -> None:
    timeline = planned(CARD)
    told = {
        (each.kind.value, each.what): (each.on, deadline_text(each, timeline), lost_after(each, timeline))
        for each in timeline.deadlines
        if each.cycle == 1
    }
    assert {key: on for key, (on, _, _) in told.items()} == {
        ("duty-by", "fee-1"): D(2027, 3, 6),
        ("window-opens", None): D(2027, 12, 5),
        ("apply-by", "exam"): D(2027, 12, 14),
        ("submit-by", "exam"): D(2028, 1, 3),
        ("submit-by", "on-time"): D(2028, 1, 4),
        ("credits-by", "points"): D(2028, 1, 24),
        ("expires", None): D(2028, 2, 3),
        ("grace-ends", None): D(2028, 2, 13),
        ("reinstate-by", "reinstatement-1"): D(2029, 2, 3),
    }
    assert told["apply-by", "exam"][1] == "Last day to apply for “Exam”: Card"
    assert told["submit-by", "on-time"][2] == "Renewing “Card” later costs 25.00 USD more, until it ends on 3 Feb 2028."
    assert told["expires", None][2].endswith(
        "it can still be renewed through 13 Feb 2028, but it is not current meanwhile."
    )
    assert told["grace-ends", None][2].endswith(
        "what leads back then is reinstatement through 3 Feb 2029 (95.00 USD), and the old expiry stays."
    )
    assert told["reinstate-by", "reinstatement-1"][2].endswith("what leads back then is starting again.")
    assert "“Exam” is too late" in told["submit-by", "exam"][2]
    assert "a duty of “Card”" in told["duty-by", "fee-1"][2]


def test_deadline_ids_tell_stages_apart_and_stay_when_the_days_move() -> None:
    first, later = planned(CARD), planned(CARD, today=D(2027, 3, 1))
    ids = [each.id for each in first.deadlines]
    assert len(set(ids)) == len(ids)
    assert set(ids) == {each.id for each in later.deadlines}


def test_without_a_rule_a_plan_tells_the_current_period_alone() -> None:
    plain = Credential("card", valid=Validity(span="P1Y"))
    assert [each.number for each in planned(plain).renewals] == [1]
    empty = Credential("card", valid=Validity(span="P1Y"), renewal=RenewalRule())
    assert [each.number for each in planned(empty).renewals] == [1, 2, 3, 4]


def test_a_held_card_begins_with_the_period_it_is_in() -> None:
    learner = Learner(holds=[Held("card", granted=D(2025, 6, 1), renewed=[D(2026, 5, 20)])])
    steps = [Step("job")]
    pathway = Pathway("p", goal="job", steps=steps, credentials=[CARD])
    timeline = plan(pathway, learner, today=D(2027, 1, 4))
    assert [each.number for each in timeline.renewals] == [2, 3, 4, 5]
    assert timeline.renewals[0].valid_through == D(2027, 5, 31)


def test_a_lapsed_card_has_no_cycles_to_come_and_keeps_its_ways_back() -> None:
    held = Held("card", granted=D(2025, 6, 1))
    found = cycles(CARD, held, today=D(2026, 7, 1))
    assert [each.valid_through for each in found] == [D(2026, 5, 31)]
    timeline = renewal_timeline(CARD, found, today=D(2026, 7, 1))
    assert [each.kind for each in timeline.deadlines] == [DeadlineKind.REINSTATE_BY]


def test_what_is_renewed_asks_for_nothing_more() -> None:
    held = Held("card", granted=D(2025, 6, 1), renewed=[D(2026, 5, 20)])
    found = cycles(CARD, held, today=D(2026, 5, 21), renewals=0)
    assert [each.renewed_on for each in found] == [D(2026, 5, 20), None]
    timeline = renewal_timeline(CARD, found, today=D(2026, 5, 21))
    assert {each.cycle for each in timeline.deadlines} == {2}


def test_grace_that_is_current_leaves_no_gap() -> None:
    rule = RenewalRule(grace=Grace(within="P30D", is_current=True, keeps_expiry=True))
    card = Credential("card", valid=Validity(span="P1Y"), renewal=rule)
    held = Held("card", granted=D(2025, 6, 1), renewed=[D(2026, 6, 15)])
    last = cycles(card, held, today=D(2026, 6, 15), renewals=0)[-1]
    assert (last.number, last.valid_from, last.valid_through) == (2, D(2026, 6, 1), D(2027, 5, 31))


def test_until_tells_all_cycles_that_begin_by_a_day() -> None:
    card = Credential("card", valid=Validity(span="P1Y"))
    found = cycles(card, Held("card", granted=D(2025, 6, 1)), today=D(2025, 6, 1), until=D(2032, 6, 1))
    assert [each.valid_from.year for each in found] == list(range(2025, 2033))


def test_a_paper_ends_with_another_and_with_the_later_of_two() -> None:
    license_ = Credential("license", valid=Validity(span="P2Y"))
    badge = Credential("badge", valid=EarliestOf(earliest_of=[Validity(span="P5Y"), PaperEnd(ends_with="license")]))
    learner = Learner(holds=[Held("license", granted=D(2026, 3, 1))])
    holder = Holder(learner=learner, credentials=[license_, badge])
    held = Held("badge", granted=D(2026, 9, 1))
    assert cycles(badge, held, today=D(2026, 9, 1), holder=holder)[0].valid_through == D(2028, 2, 29)
    longer = Credential("badge", valid=LatestOf(latest_of=[Validity(span="P1Y"), PaperEnd(ends_with="license")]))
    assert cycles(longer, held, today=D(2026, 9, 1), holder=holder, renewals=0)[0].valid_through == D(2028, 2, 29)
    with pytest.raises(DocumentError, match=r"holds\.license"):
        cycles(badge, held, today=D(2026, 9, 1))


def test_a_paper_that_a_step_holds_may_not_end_by_another_plan() -> None:
    steps = [Step("course", grants=["badge"]), Step("job", requires=Holds("badge"))]
    badge = Credential("badge", valid=EarliestOf(earliest_of=[Validity(span="P5Y"), PaperEnd(ends_with="license")]))
    pathway = Pathway("p", goal="job", steps=steps, credentials=[badge, Credential("license")])
    with pytest.raises(DocumentError, match="not-supported"):
        plan(pathway, Learner(), today=D(2027, 1, 4))


def test_a_paper_that_a_step_holds_may_not_be_counted_from_another_planned_step() -> None:
    steps = [Step("exam"), Step("paper", requires="exam", grants=["badge"]), Step("job", requires=Holds("badge"))]
    badge = Credential("badge", valid=Validity(span="P2Y", counted_from="exam"))
    pathway = Pathway("p", goal="job", steps=steps, credentials=[badge])
    refusal = r"credentials\.badge\.valid\.counted_from: not-supported.*because of steps\.job\.requires: holds badge"
    with pytest.raises(DocumentError, match=refusal):
        plan(pathway, Learner(), today=D(2027, 1, 4))


def test_a_paper_that_is_counted_from_a_step_on_record_is_granted_before_it_ends() -> None:
    # Passed on 20 January 2025: the badge runs through 19 January 2027, whenever it is granted.
    steps = [Step("exam"), Step("paper", requires="exam", grants=["badge"]), Step("job", requires=Holds("badge"))]
    badge = Credential("badge", valid=Validity(span="P2Y", counted_from="exam"))
    pathway = Pathway("p", goal="job", steps=steps, credentials=[badge])
    passed = Learner(records=[Record("exam", finished=D(2025, 1, 20))])
    timeline = plan(pathway, passed, today=D(2027, 1, 19))
    assert (timeline.finish, timeline.papers[0].valid_through) == (D(2027, 1, 19), D(2027, 1, 19))
    assert timeline.step("paper").latest_finish == D(2027, 1, 19)
    assert not audit(timeline, pathway, passed)
    with pytest.raises(NoRouteError, match="holds badge"):
        plan(pathway, passed, today=D(2027, 1, 20))


def test_another_way_is_planned_where_a_paper_counted_from_a_step_on_record_comes_too_late() -> None:
    # The badge would be granted on 24 January 2027, five days after it ends.
    steps = [
        *(Step("exam"), Step("alternative", takes="P1Y")),
        Step("paper", requires="exam", takes="P20D", grants=["badge"]),
        Step("job", requires=AnyOf("alternative", Holds("badge"))),
    ]
    badge = Credential("badge", valid=Validity(span="P2Y", counted_from="exam"))
    pathway = Pathway("p", goal="job", steps=steps, credentials=[badge])
    passed = Learner(records=[Record("exam", finished=D(2025, 1, 20))])
    assert plan(pathway, passed, today=D(2027, 1, 4)).finish == D(2028, 1, 4)


def test_a_window_that_leaves_no_time_to_act_is_refused() -> None:
    rule = RenewalRule(opens="P10D", processing="P30D")
    card = Credential("card", valid=Validity(span="P1Y"), renewal=rule)
    with pytest.raises(DocumentError, match="no-time-to-act"):
        cycles(card, Held("card", granted=D(2025, 6, 1)), today=D(2025, 6, 1))


def test_a_fixed_date_leaves_at_least_the_active_period() -> None:
    from career_path import DayOfYear  # noqa: PLC0415

    card = Credential(
        "card",
        valid=Validity(span="P3M", until=DayOfYear(on="12-31")),
        renewal=RenewalRule(method=Method.FIXED_DATE),
    )
    for granted, through in ((D(2026, 9, 30), D(2026, 12, 31)), (D(2026, 10, 1), D(2027, 12, 31))):
        assert cycles(card, Held("card", granted=granted), today=granted)[0].valid_through == through


def test_asking_wrongly_is_told() -> None:
    held = Held("card", granted=D(2025, 6, 1))
    with pytest.raises(InvalidValueError, match="card"):
        cycles(Credential("other"), held, today=D(2025, 6, 1))
    with pytest.raises(InvalidValueError, match="whole number"):
        cycles(CARD, held, today=D(2025, 6, 1), renewals=-1)


def test_fees_stand_in_the_cycle() -> None:
    first = cycles(CARD, Held("card", granted=D(2025, 6, 1)), today=D(2025, 6, 1), renewals=0)[0]
    assert (first.fee, first.late_fee) == (Decimal("55.00"), Decimal("25.00"))


def test_a_list_of_last_days_that_runs_out_is_refused_and_never_read_as_no_end() -> None:
    # The list knows 31 May of 2027 and 2028. Granted in June 2028, a card would have to end on a day that it lacks.
    listed = Credential("card", valid=Validity(span="P0D", until=Dates(dates=[D(2027, 5, 31), D(2028, 5, 31)])))
    told = cycles(listed, Held("card", granted=D(2027, 1, 4)), today=TODAY)
    assert [each.valid_through for each in told] == [D(2027, 5, 31), D(2028, 5, 31)]
    with pytest.raises(DocumentError) as caught:
        cycles(listed, Held("card", granted=D(2028, 6, 1)), today=D(2028, 6, 1))
    (fault,) = caught.value.faults
    assert (fault.code, fault.path) == ("no-days-left", "credentials.card.valid")
    assert "2028-05-31" in fault.found
    with pytest.raises(DocumentError, match="no-days-left"):
        planned(listed, today=D(2028, 5, 15))


def test_a_paper_that_would_end_before_it_is_granted_is_refused() -> None:
    # Born on 1 March 2000: 20 on 1 March 2020, so that the last day is 29 February 2020, long past.
    until_20 = Credential("card", valid=AgeEnd(until_age=20))
    with pytest.raises(DocumentError) as caught:
        planned(until_20, learner=Learner(born=D(2000, 3, 1)))
    (fault,) = caught.value.faults
    assert (fault.code, fault.path) == ("ends-before-it-begins", "credentials.card.valid")
    assert (fault.found, fault.expected) == ("2020-02-29", "2027-02-04 (granted) or later")


def test_a_renewal_from_completion_never_shortens_what_was_valid() -> None:
    # Valid two years until a rule of 2028 makes it one: renewed a month later, a year would end before the two do.
    shorter = Change(since=D(2027, 2, 1), valid=Validity(span="P1Y"))
    card = Credential(
        "card", valid=Validity(span="P3Y"), renewal=RenewalRule(method=Method.FROM_COMPLETION), changes=[shorter]
    )
    held = Held("card", granted=D(2027, 1, 4), renewed=[D(2027, 3, 4)])
    told = cycles(card, held, today=D(2027, 4, 1), renewals=0)
    assert [(each.number, each.valid_through) for each in told] == [(1, D(2030, 1, 3))]


# Continuing education: by when, and where the first renewal is exempt from it

EXEMPT = RenewalRule(
    ways=[Way("hours", kind="credits", before="P30D"), Way("paper", kind="paper")],
    credits=CreditRule(total=20, unit="hour", is_first_exempt=True),
)
NURSE = Credential("nurse", title="Nurse", valid=Validity(span="P2Y"), renewal=EXEMPT)
# Granted on 1 March 2027, it ends on 28 February 2029 and every second year after it.
FIRST_NURSE = Held("nurse", granted=D(2027, 3, 1))


def test_an_exempt_first_renewal_has_no_ways_and_no_day_for_credits_and_the_second_has_both() -> None:
    first, second = cycles(NURSE, FIRST_NURSE, today=D(2027, 3, 1), renewals=1)
    assert (first.is_exempt, first.ways, first.credits_by, first.act_by) == (True, (), None, D(2029, 2, 28))
    # 30 days before 28 February 2031 is 29 January.
    assert (second.is_exempt, second.credits_by) == (False, D(2031, 1, 29))
    assert [each.id for each in second.ways] == ["hours", "paper"]


def test_what_is_exempt_is_no_deadline_and_no_reminder_of_a_timeline() -> None:
    told = cycles(NURSE, FIRST_NURSE, today=D(2027, 3, 1), renewals=1)
    timeline = renewal_timeline(NURSE, told, today=D(2027, 3, 1))
    assert [(each.cycle, each.kind.value, each.what, each.on) for each in timeline.deadlines] == [
        (1, "expires", None, D(2029, 2, 28)),
        (1, "submit-by", None, D(2029, 2, 28)),
        (2, "credits-by", "hours", D(2031, 1, 29)),
        (2, "expires", None, D(2031, 2, 28)),
        (2, "submit-by", "paper", D(2031, 2, 28)),
    ]
    first = {each.id for each in timeline.deadlines if each.cycle == 1}
    assert {each.on for each in timeline.reminders if each.deadline in first} == {
        D(2028, 2, 28),  # a year, six, three and one months, 14 and 3 days before 28 February 2029, and that day
        D(2028, 8, 28),
        D(2028, 11, 28),
        D(2029, 1, 28),
        D(2029, 2, 14),
        D(2029, 2, 25),
        D(2029, 2, 28),
    }


def test_a_plan_and_its_audit_know_that_the_first_renewal_is_exempt() -> None:
    timeline = planned(NURSE)
    assert [each.is_exempt for each in timeline.renewals] == [True, False, False, False]
    due = [each.cycle for each in timeline.deadlines if each.kind is DeadlineKind.CREDITS_BY]
    assert due == [2, 3, 4]


def test_after_a_lapse_the_number_begins_anew_and_the_count_goes_on_and_nothing_is_exempt_again() -> None:
    # The first period ended on 28 February 2029; the one from 10 May 2029 on is the second that there is.
    late = Held("nurse", granted=D(2027, 3, 1), renewed=[D(2029, 5, 10)])
    told = cycles(NURSE, late, today=D(2029, 6, 1), renewals=1)
    assert [(each.number, each.nth, each.count, each.is_exempt) for each in told] == [
        (1, 1, 1, True),
        (1, 2, 2, False),
        (2, 3, 3, False),
    ]
    learner = Learner(holds=[late])
    pathway = Pathway("p", goal="job", steps=[Step("job")], credentials=[NURSE])
    made = plan(pathway, learner, today=D(2029, 6, 1))
    assert [each.nth for each in made.renewals] == [2, 3, 4, 5]
    assert audit(made, pathway, learner) == ()


def test_a_changed_rule_may_end_the_exemption() -> None:
    strict = RenewalRule(credits=CreditRule(total=24, unit="hour"))
    change = Change(since=D(2026, 1, 1), renewal=strict)
    changed = Credential("nurse", valid=Validity(span="P2Y"), renewal=EXEMPT, changes=[change])
    before = Held("nurse", granted=D(2025, 12, 31))
    assert cycles(changed, before, today=D(2026, 6, 1))[0].is_exempt
    period, rule = cycle_on(changed, FIRST_NURSE, on=D(2028, 1, 1))
    assert (period.is_exempt, period.credits_by, rule) == (False, D(2029, 2, 28), strict)


def test_credits_are_due_when_papers_are_where_no_way_says_more() -> None:
    rule = RenewalRule(processing="P10D", credits=CreditRule(total=20))
    card = Credential("card", valid=Validity(span="P2Y"), renewal=rule)
    assert cycles(card, Held("card", granted=D(2027, 3, 1)), today=D(2027, 3, 1))[0].credits_by == D(2029, 2, 18)
    assert cycles(CARD, Held("card", granted=D(2027, 3, 1)), today=D(2027, 3, 1))[0].credits_by is None  # no rule


@pytest.mark.parametrize(
    ("on", "through"),
    [
        (D(2026, 1, 1), D(2029, 2, 28)),  # before all of them
        (D(2029, 2, 28), D(2029, 2, 28)),
        (D(2029, 3, 1), D(2031, 2, 28)),
        (D(2031, 3, 1), D(2031, 2, 28)),  # lapsed
    ],
)
def test_the_period_of_a_day(on: D, through: D) -> None:
    held = Held("nurse", granted=D(2027, 3, 1), renewed=[D(2029, 2, 1)])
    assert cycle_on(NURSE, held, on=on)[0].valid_through == through
