"""Ways to renew as small plans inside a period; every expected day is counted by hand in the comment beside it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
import pytest

from career_path import Absence, Held, Learner, Pathway, Step, audit, plan
from career_path.days.day_rules import DayOfYear
from career_path.days.durations import Effort, WorkingDays
from career_path.days.numbers import FIRST, LAST, NEVER
from career_path.days.spans import Span
from career_path.errors import DocumentError
from career_path.model.credentials import Credential
from career_path.model.ends import Validity
from career_path.model.renewal import Grace, Lead, LeadDay, RenewalRule, Rung, Way
from career_path.model.timeline import DeadlineKind, Renewal, WayBy
from career_path.planning.cycles import cycles
from career_path.planning.ends import Holder
from career_path.planning.holding import renewal_timeline
from career_path.planning.stages import lead_rule

D = dt.date
GRANTED = D(2026, 2, 10)
"""Sixty months later, rolled to the month end, is Friday, 28 February 2031."""
THROUGH = D(2031, 2, 28)


def paper(*ways: Way, granted: D = GRANTED, rule: RenewalRule | None = None) -> tuple[Credential, Held]:
    renewal = attrs.evolve(rule or RenewalRule(), ways=ways)
    card = Credential("card", valid=Validity(span="P60M", until="month-end"), renewal=renewal)
    return card, Held("card", granted=granted)


def first_cycle(*ways: Way, today: D, learner: Learner | None = None, rule: RenewalRule | None = None) -> Renewal:
    credential, held = paper(*ways, rule=rule)
    holder = Holder(learner=learner or Learner())
    return cycles(credential, held, today=today, holder=holder, renewals=0)[0]


def the_way(way: Way, *, today: D, learner: Learner | None = None, rule: RenewalRule | None = None) -> WayBy:
    return first_cycle(way, today=today, learner=learner, rule=rule).ways[0]


def test_the_exam_two_months_before_and_the_application_thirty_days_before_that() -> None:
    # 28 February less two months is 28 December; thirty days before that is 28 November.
    way = Way("exam", kind="exam", before="P2M", apply="P30D", opens="P1Y")
    told = the_way(way, today=D(2026, 11, 23))
    assert (told.start_by, told.apply_by, told.act_by) == (None, D(2030, 11, 28), D(2030, 12, 28))
    # It opens on 28 February 2030. Who applies then can sit thirty days later: on 30 March.
    assert (told.start, told.apply_on, told.done_on) == (None, D(2030, 2, 28), D(2030, 3, 30))
    # From day 59 to day 332 of 2030, and from day 89 to day 362.
    assert (told.slack_days, told.is_possible, told.is_planned) == (273, True, True)


def test_who_begins_inside_the_time_of_a_way_begins_today() -> None:
    way = Way("exam", kind="exam", before="P2M", apply="P30D", opens="P1Y")
    last = the_way(way, today=D(2030, 11, 28))
    assert (last.apply_on, last.done_on, last.slack_days) == (D(2030, 11, 28), D(2030, 12, 28), 0)
    late = the_way(way, today=D(2030, 11, 29))
    assert (late.done_on, late.slack_days, late.is_possible, late.is_planned) == (D(2030, 12, 29), -1, False, False)


def test_results_count_back_to_the_greatest_day_at_a_month_end() -> None:
    # Granted in February 2023 it holds through 29 February 2028. 31 January and a month is 29 February, so results
    # of a month are in time from 31 January; 29 February less a month would be 29 January.
    way = Way("exam", results="P1M", takes="P1M", apply="P1M", opens="P6M")
    credential, held = paper(way, granted=D(2023, 2, 10))
    (cycle,) = cycles(credential, held, today=D(2027, 8, 31), renewals=0)
    assert cycle.valid_through == D(2028, 2, 29)
    (told,) = cycle.ways
    # 31 December and a month is 31 January; 31 January less a month is 31 December.
    assert (told.start_by, told.apply_by, told.act_by) == (D(2027, 12, 31), D(2027, 12, 31), D(2028, 1, 31))
    # It has opened on 29 August. 30 September less a month is 30 August, too early; 1 October less a month is
    # 1 September. The work is done on 30 September, so the application decides.
    assert (told.start, told.apply_on, told.done_on) == (D(2027, 8, 31), D(2027, 8, 31), D(2027, 10, 1))


def test_working_days_count_to_the_last_weekend_that_will_do() -> None:
    # From Sunday, 16 February 2031, ten working days are 17 to 21 and 24 to 28 February. Five working days from
    # Sunday, 9 February, are 10 to 14 February, before the 16th; from Monday they would end on the 17th.
    way = Way("form", results=WorkingDays(10), takes=WorkingDays(5))
    told = the_way(way, today=D(2031, 2, 7))
    assert (told.start_by, told.act_by) == (D(2031, 2, 9), D(2031, 2, 16))
    assert (told.start, told.done_on, told.slack_days) == (D(2031, 2, 7), D(2031, 2, 14), 2)


def test_results_must_be_there_before_processing_begins() -> None:
    # Ten days of processing leave 18 February; three weeks before that is 28 January.
    told = the_way(Way("form", results="P3W"), today=D(2031, 1, 4), rule=RenewalRule(processing="P10D"))
    assert told.act_by == D(2031, 1, 28)
    # With `before` the way has a last day of its own, 14 February, and counts by the 28th: 7 February.
    alone = the_way(Way("form", results="P3W", before="P2W"), today=D(2031, 1, 4), rule=RenewalRule(processing="P10D"))
    assert alone.act_by == D(2031, 2, 7)


HOURS = Way("points", kind="credits", before="P30D", takes=Effort(hours=60))


def test_hours_of_work_go_at_the_weekly_pace() -> None:
    # Thirty days before is 29 January 2031. Seven hours a week are one a day: sixty days before is 30 November.
    told = the_way(HOURS, today=D(2030, 6, 1), learner=Learner(weekly_hours=7))
    assert (told.start_by, told.act_by) == (D(2030, 11, 30), D(2031, 1, 29))
    assert (told.start, told.done_on) == (D(2030, 6, 1), D(2030, 7, 31))
    assert told.slack_days == 182  # 1 June to 30 November: 29 + 31 + 31 + 30 + 31 + 30; 31 July to 29 January as well


def test_hours_of_work_pause_for_days_away() -> None:
    # From 17 November to 28 January are 73 days, 14 of them away: one hour is missing, and 31 October is the last
    # day before the other absence.
    away = [
        Absence(from_=D(2030, 12, 20), through=D(2031, 1, 2)),
        Absence(from_=D(2030, 11, 1), through=D(2030, 11, 16)),
    ]
    learner = Learner(weekly_hours=7, absences=away)
    told = the_way(HOURS, today=D(2030, 10, 1), learner=learner)
    assert told.start_by == D(2030, 10, 31)
    # Begun on 17 November: 33 days through 19 December, 27 from 3 January, so done on 30 January, a day too late.
    late = the_way(HOURS, today=D(2030, 11, 5), learner=learner)
    assert (late.start, late.done_on) == (D(2030, 11, 17), D(2031, 1, 30))
    assert (late.is_possible, late.slack_days) == (False, -17)


def test_without_known_hours_a_week_nothing_is_told_that_depends_on_them() -> None:
    told = the_way(HOURS, today=D(2030, 6, 1))
    assert (told.act_by, told.start_by, told.start, told.done_on) == (D(2031, 1, 29), None, None, None)
    assert (told.slack_days, told.is_possible, told.is_planned) == (None, None, True)
    assert the_way(HOURS, today=D(2031, 1, 30)).is_possible is False
    surely = first_cycle(HOURS, Way("form", fee="900.00"), today=D(2030, 6, 1)).ways[1]
    assert surely.is_planned


def test_no_hours_at_all_are_never_enough() -> None:
    told = the_way(HOURS, today=D(2030, 6, 1), learner=Learner(weekly_hours=0))
    assert (told.start_by, told.done_on, told.slack_days, told.is_possible) == (None, None, None, False)


def test_a_way_begins_with_the_window_unless_it_opens_on_a_day_of_its_own() -> None:
    # The window opens ninety days before: 30 November 2030. Half a year before is 28 August.
    ways = (Way("form", takes="P10D"), Way("course", takes="P10D", opens="P6M"))
    form, course = first_cycle(*ways, today=D(2030, 1, 4), rule=RenewalRule(opens="P90D")).ways
    assert (form.start, form.done_on) == (D(2030, 11, 30), D(2030, 12, 10))
    # The work can be done before the window, but the renewal itself cannot.
    assert (course.start, course.done_on) == (D(2030, 8, 28), D(2030, 11, 30))


def test_leads_by_month_and_by_day_rule_lead_forward_again() -> None:
    # Applied for in or before the month of the exam; who applies on 20 June 2030 can sit in July at the earliest,
    # because the first day of June has passed.
    month = the_way(Way("exam", apply=LeadDay.MONTH_START), today=D(2030, 6, 20))
    assert (month.apply_by, month.act_by, month.done_on) == (D(2031, 2, 1), THROUGH, D(2030, 7, 1))
    # Applications close on 15 September each year: who applies on 16 September 2029 can sit from the next one on.
    closing = the_way(Way("exam", apply=DayOfYear(on="09-15")), today=D(2029, 9, 16))
    assert (closing.apply_by, closing.done_on) == (D(2030, 9, 15), D(2030, 9, 15))
    # Two working days before Tuesday, 8 January 2030, is Friday; on a Saturday only from Tuesday after it on.
    weekend = the_way(Way("exam", apply=WorkingDays(2)), today=D(2030, 1, 5))
    assert weekend.done_on == D(2030, 1, 9)


def test_the_cheapest_known_way_in_time_is_planned_then_the_one_with_most_time() -> None:
    exam = Way("exam", before="P2M", fee="125.00")
    points = Way("points", before="P30D")
    assert [each.is_planned for each in first_cycle(points, exam, today=D(2030, 6, 1)).ways] == [False, True]
    # From 29 December on the exam is too late.
    assert [each.is_planned for each in first_cycle(points, exam, today=D(2030, 12, 29)).ways] == [True, False]
    early, later = Way("a", before="P2M"), Way("b", before="P1M")
    assert [each.is_planned for each in first_cycle(early, later, today=D(2030, 6, 1)).ways] == [False, True]
    same = first_cycle(Way("b"), Way("a"), today=D(2030, 6, 1)).ways
    assert [(each.id, each.is_planned) for each in same] == [("b", False), ("a", True)]
    free = first_cycle(Way("a", fee="10.00"), Way("b", fee="0"), today=D(2030, 6, 1)).ways
    assert [(each.fee, each.is_planned) for each in free] == [(Decimal("10.00"), False), (Decimal(0), True)]


def test_after_the_last_day_no_way_is_in_time_and_a_renewed_period_plans_none() -> None:
    rule = RenewalRule(grace=Grace(within="P90D"), lapse=[Rung(way="exam")])
    lapsed = first_cycle(Way("form"), today=D(2031, 3, 1), rule=rule)
    assert [(each.is_possible, each.done_on, each.is_planned) for each in lapsed.ways] == [(False, None, False)]
    credential, _ = paper(Way("form"))
    held = Held("card", granted=GRANTED, renewed=[D(2030, 12, 1)])
    renewed, current = cycles(credential, held, today=D(2031, 1, 4), renewals=0)
    assert [(each.is_possible, each.done_on, each.is_planned) for each in renewed.ways] == [(None, None, False)]
    assert current.ways[0].is_planned


def test_later_periods_are_planned_from_their_own_first_days() -> None:
    credential, held = paper(Way("exam", kind="exam", before="P2M", apply="P30D"))
    second = cycles(credential, held, today=D(2026, 11, 23), renewals=1)[1]
    # From 1 March 2031 through 29 February 2036: two months before is 29 December, thirty days before 29 November.
    (told,) = second.ways
    assert (told.apply_by, told.act_by) == (D(2035, 11, 29), D(2035, 12, 29))
    assert (told.apply_on, told.done_on) == (D(2031, 3, 1), D(2031, 3, 31))


def test_a_way_that_opens_when_it_is_too_late_is_refused() -> None:
    with pytest.raises(DocumentError) as caught:
        the_way(Way("exam", before="P2M", opens="P1M"), today=GRANTED)
    (fault,) = caught.value.faults
    assert (fault.code, fault.path) == ("no-time-to-act", "credentials.card.renewal.ways.exam.opens")


def test_each_way_has_its_deadlines() -> None:
    credential, held = paper(HOURS, Way("exam", kind="exam", before="P2M", apply="P30D", takes="P1M"))
    holder = Holder(learner=Learner(weekly_hours=7))
    told = cycles(credential, held, today=D(2030, 6, 1), holder=holder, renewals=0)
    timeline = renewal_timeline(credential, told, today=D(2030, 6, 1))
    assert {(each.kind, each.what): each.on for each in timeline.deadlines} == {
        (DeadlineKind.START_BY, "points"): D(2030, 11, 30),
        (DeadlineKind.CREDITS_BY, "points"): D(2031, 1, 29),
        (DeadlineKind.START_BY, "exam"): D(2030, 11, 28),  # 28 November and a month is 28 December
        (DeadlineKind.APPLY_BY, "exam"): D(2030, 11, 28),
        (DeadlineKind.SUBMIT_BY, "exam"): D(2030, 12, 28),
        (DeadlineKind.EXPIRES, None): THROUGH,
    }
    assert len({each.id for each in timeline.deadlines}) == 6
    reminded = {each.deadline for each in timeline.reminders}
    assert {each.id for each in timeline.deadlines} == reminded


# Another credential of two years from 1 March 2029: through 28 February 2031, as this one.
BLS = Credential("bls", valid=Validity(span="P2Y"), renewal=RenewalRule(processing="P14D"))
BY_BLS = Way("bls", kind="paper", credential="bls", opens="P3M")


def holding(*, granted: D, renewed: tuple[D, ...] = ()) -> Holder:
    held = Held("bls", granted=granted, renewed=renewed)
    return Holder(learner=Learner(holds=[held]), credentials=[BLS])


def with_bls(way: Way, holder: Holder, *, today: D, renewals: int = 0) -> tuple[Renewal, ...]:
    credential, held = paper(way)
    return cycles(credential, held, today=today, holder=holder, renewals=renewals)


def test_one_act_renews_both_where_the_other_is_planned_in_time() -> None:
    # The card is renewed two weeks before 28 February 2031, on 14 February; the way is open from 28 November.
    (told,) = with_bls(BY_BLS, holding(granted=D(2029, 3, 1)), today=D(2030, 1, 4))[0].ways
    assert (told.with_, told.done_on, told.slack_days, told.is_possible) == ("bls", D(2031, 2, 14), 14, True)
    # Granted a month later it is planned for 17 March 2031, after the last day of this one.
    (other,) = with_bls(BY_BLS, holding(granted=D(2029, 4, 1)), today=D(2030, 1, 4))[0].ways
    assert (other.with_, other.done_on) == (None, D(2030, 11, 28))
    # From 1 October 2026 on it ends on 30 September 2028, 2030 and so on; no such day lies in the three months.
    (none,) = with_bls(BY_BLS, holding(granted=D(2026, 10, 1)), today=D(2030, 1, 4))[0].ways
    assert none.with_ is None


def test_an_act_on_record_is_told_and_counts_only_where_the_rule_says_so() -> None:
    holder = holding(granted=D(2029, 1, 10), renewed=(D(2030, 12, 20),))
    (told,) = with_bls(BY_BLS, holder, today=D(2031, 1, 4))
    assert (told.valid_through, told.renewed_on) == (THROUGH, None)
    assert (told.ways[0].with_, told.ways[0].done_on, told.ways[0].slack_days) == ("bls", D(2030, 12, 20), 55)
    automatic = Way("bls", kind="paper", credential="bls", opens="P3M", is_automatic=True)
    first, second = with_bls(automatic, holder, today=D(2031, 1, 4))
    assert (first.valid_through, first.renewed_on) == (THROUGH, D(2030, 12, 20))
    assert (second.valid_from, second.valid_through) == (D(2031, 3, 1), D(2036, 2, 29))
    # On 27 November the way was not open yet.
    early = holding(granted=D(2028, 12, 10), renewed=(D(2030, 11, 27),))
    assert [each.renewed_on for each in with_bls(automatic, early, today=D(2031, 1, 4))] == [None]


def test_an_act_counts_once_beside_a_renewal_of_its_own() -> None:
    automatic = Way("bls", kind="paper", credential="bls", is_automatic=True)
    credential, _ = paper(automatic)
    held = Held("card", granted=GRANTED, renewed=[D(2031, 1, 10)])
    holder = holding(granted=D(2025, 1, 10), renewed=(D(2031, 1, 9),))
    found = cycles(credential, held, today=D(2031, 1, 20), holder=holder, renewals=0)
    assert [each.valid_through for each in found] == [THROUGH, D(2036, 2, 29)]


def test_only_an_automatic_way_counts_and_none_twice() -> None:
    # The other way does not count by itself, although its credential was renewed in time as well.
    automatic = Way("bls", kind="paper", credential="bls", opens="P3M", is_automatic=True)
    credential, held = paper(Way("acls", kind="paper", credential="acls"), automatic)
    papers = [Held("bls", granted=D(2029, 1, 10), renewed=[D(2030, 12, 20)]), Held("acls", granted=D(2030, 12, 10))]
    holder = Holder(learner=Learner(holds=papers), credentials=[BLS, Credential("acls")])
    found = cycles(credential, held, today=D(2031, 1, 4), holder=holder, renewals=0)
    assert [each.renewed_on for each in found] == [D(2030, 12, 20), None]


def test_a_credential_that_nobody_described_is_known_by_its_record_alone() -> None:
    held = Held("bls", granted=D(2030, 12, 10))
    (told,) = with_bls(BY_BLS, Holder(learner=Learner(holds=[held])), today=D(2031, 1, 4))[0].ways
    assert (told.with_, told.done_on) == ("bls", D(2030, 12, 10))


@pytest.mark.parametrize("lead", [Span.parse("P1M1D"), WorkingDays(3), LeadDay.MONTH_START, DayOfYear(on="12-30")])
@pytest.mark.parametrize("edge", [range(-1 + FIRST, 70), range(LAST - 70, NEVER + 1)])
def test_a_lead_keeps_order_and_leads_back_exactly_at_the_ends_of_time(lead: Lead, edge: range) -> None:
    rule = lead_rule(lead, None, "x")
    reached = [rule.f(day) for day in edge]
    assert reached == sorted(reached)
    for day in edge:
        for goal in edge:
            assert (rule.f(day) <= goal) == (day <= rule.latest(goal))
            assert (rule.f(day) >= goal) == (day >= rule.soonest(goal))


def test_earning_the_other_credential_inside_the_period_counts_too() -> None:
    automatic = Way("bls", kind="paper", credential="bls", is_automatic=True)
    found = with_bls(automatic, holding(granted=D(2030, 5, 1)), today=D(2030, 6, 1))
    assert [each.renewed_on for each in found] == [D(2030, 5, 1), None]
    # Granted together with this one, it renews nothing.
    same_day = with_bls(automatic, holding(granted=GRANTED), today=D(2026, 3, 1))
    assert [each.renewed_on for each in same_day] == [None]


def test_a_plan_tells_the_act_that_earns_the_other_credential() -> None:
    card, held = paper(BY_BLS)
    pathway = Pathway("p", goal="course", steps=[Step("course", takes="P3W", grants=["bls"])], credentials=[card, BLS])
    learner = Learner(holds=[held])
    made = plan(pathway, learner, today=D(2030, 12, 2))
    assert not audit(made, pathway, learner)
    (way,) = next(each for each in made.renewals if each.credential == "card").ways
    assert (way.with_, way.done_on) == ("bls", D(2030, 12, 23))
