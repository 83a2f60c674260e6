"""What a ledger is worth under a rule: each pattern of real rules, worked out by hand."""

# A fraction may equal a whole number, which mypy takes for a slip.
# mypy: disable-error-code="comparison-overlap"

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

import attrs
import pytest

from career_path.errors import InvalidValueError
from career_path.model.assessment import Assessment, Uncounted
from career_path.model.credits import CreditPeriod, CreditRule, CreditSlot, CreditUnit, Proration
from career_path.model.ledger import Activity, CreditKind, Ledger
from career_path.planning.allotment import CreditLimitError
from career_path.planning.credits import assess

# CMA (AAMA): 60 = 10 administrative, 10 clinical, 10 general and 30 of any; at least 30 approved by the AAMA, and so
# at most 30 others (www.aama-ntl.org/cma-aama-exam/recertification-policies, checked 2026-11-23).
AAMA = CreditRule(
    total=60,
    unit="point",
    slots=[
        *(CreditSlot(each, at_least=10, of=CreditKind(category=each)) for each in ("admin", "clinical", "general")),
        CreditSlot("approved", at_least=30, of=CreditKind(approved_by="AAMA"), is_overlay=True),
        CreditSlot("others", at_most=30, of=CreditKind(not_approved_by="AAMA"), is_overlay=True),
    ],
)
FIVE_YEARS = CreditPeriod(since=dt.date(2026, 3, 1), through=dt.date(2031, 2, 28))
TODAY = dt.date(2028, 9, 1)

# CPhT (PTCB): 20 hours, at least 15 for technicians (T), at most 5 for pharmacists (P), at least 1 of law and 1 of
# patient safety (since 1 Sep 2020). Whether one hour of law for technicians counts as both is up to the rule.
PTCB_SLOTS = [
    CreditSlot("technician", at_least=15, of=CreditKind(tags="T"), is_overlay=True),
    CreditSlot("pharmacist", at_most=5, of=CreditKind(tags="P"), is_overlay=True),
    CreditSlot("law", at_least=1, of=CreditKind(category="law")),
    CreditSlot("safety", at_least=1, of=CreditKind(category="safety")),
]
PTCB = CreditRule(total=20, unit="hour", slots=PTCB_SLOTS, counts_from="approval")
TWO_YEARS = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2028, 12, 31))

# A California nurse assistant: 48 hours in two years, at least 12 in each, at most 24 online.
CALIFORNIA = CreditRule(
    total=48,
    unit="hour",
    slots=[
        CreditSlot("yearly", at_least=12, each="P1Y"),
        CreditSlot("online", at_most=24, of=CreditKind(tags="online"), is_overlay=True),
    ],
    units=[CreditUnit("semester unit", credits=15), CreditUnit("quarter unit", credits=10)],
)


def course(day: str, amount: float | Fraction, title: str = "Course", **more: object) -> Activity:
    return Activity(date=dt.date.fromisoformat(day), title=title, credits=amount, **more)  # type: ignore[arg-type]


def stands(
    rule: CreditRule, activities: Iterable[Activity], period: CreditPeriod = TWO_YEARS, on: dt.date = TODAY
) -> Assessment:
    return assess(rule, Ledger(activities), period=period, on=on)


def slots(found: Assessment) -> dict[str, tuple[Fraction, Fraction]]:
    """What each slot has and lacks, by its id."""
    return {f"{each.id}{each.number or ''}": (each.counted, each.missing) for each in found.slots}


def reasons(found: Assessment) -> list[Uncounted | None]:
    return [each.why_not for each in found.activities]


# 21: total, minimums by category, overlay


def test_an_empty_ledger_lacks_everything_and_sixty_points_may_do() -> None:
    found = stands(AAMA, [], FIVE_YEARS)
    assert slots(found) == {
        "admin": (0, 10),
        "clinical": (0, 10),
        "general": (0, 10),
        "approved": (0, 30),
        "others": (0, 0),
    }
    assert (found.total, found.missing, found.shortfall, found.needed) == (60, 60, 120, 60)
    assert not found.is_met
    assert not found.is_lost
    # From 1 Sep 2028 through 28 Feb 2031 are 30 months: two points a month.
    assert (found.months_left, found.pace) == (30, 2)


def test_sixty_points_of_the_right_kinds_are_enough() -> None:
    found = stands(
        AAMA,
        [
            course("2026-04-01", 30, category="general", approved_by="AAMA"),
            course("2026-05-01", 10, category="admin", approved_by="Other"),
            course("2026-06-01", 20, category="clinical"),
        ],
        FIVE_YEARS,
    )
    assert found.is_met
    assert (found.counted, found.needed, found.pace) == (60, 0, 0)
    assert slots(found)["approved"] == (30, 0)


def test_what_others_approved_counts_through_half_of_the_total_alone() -> None:
    others = [course("2026-04-01", 20, "a", category="admin"), course("2026-05-01", 30, "b", category="clinical")]
    found = stands(AAMA, others, FIVE_YEARS)
    # 30 of 50: 20 of the first, and of the second the 10 that its category asks for.
    assert [each.counted for each in found.activities] == [20, 10]
    assert (found.activities[1].why_not, found.activities[1].full) == (Uncounted.AT_MOST, ("others",))
    assert (found.missing, slots(found)["approved"], slots(found)["general"]) == (30, (0, 30), (0, 10))
    assert found.needed == 30


def test_what_is_asked_of_a_category_comes_before_earlier_courses() -> None:
    found = stands(
        AAMA,
        [
            course("2026-04-01", 30, "early", category="admin"),
            course("2027-04-01", 10, "late", category="clinical"),
            course("2026-04-01", 30, "approved", category="general", approved_by="AAMA"),
        ],
        FIVE_YEARS,
    )
    assert {each.activity.title: each.counted for each in found.activities} == {"early": 20, "late": 10, "approved": 30}
    assert found.is_met


def test_a_course_of_two_categories_goes_where_it_is_missed() -> None:
    both = course("2026-04-01", 10, "both", category=["admin", "clinical"])
    admin = course("2026-05-01", 10, "admin", category="admin")
    found = stands(AAMA, [both, admin], FIVE_YEARS)
    assert slots(found)["admin"] == slots(found)["clinical"] == (10, 0)
    assert [share.slot for share in found.activities[0].shares] == ["clinical"]


def test_points_may_be_split_among_slots_only_where_the_rule_says_so() -> None:
    slot = [
        CreditSlot("a", at_least=2, of=CreditKind(category="a")),
        CreditSlot("b", at_least=2, of=CreditKind(category="b")),
    ]
    both = [course("2027-02-01", 4, category=["a", "b"])]
    split = stands(CreditRule(total=4, slots=slot, fills="split"), both)
    assert [(share.slot, share.credits) for share in split.activities[0].shares] == [("a", 2), ("b", 2)]
    assert split.is_met
    whole = stands(CreditRule(total=4, slots=slot, fills="one"), both)
    assert [(share.slot, share.credits) for share in whole.activities[0].shares] == [("a", 4)]
    assert slots(whole) == {"a": (4, 0), "b": (0, 2)}
    every = stands(CreditRule(total=4, slots=slot, fills="every"), both)
    assert slots(every) == {"a": (4, 0), "b": (4, 0)}
    assert every.activities[0].overlays == ("a", "b")


def test_twenty_hours_of_a_pharmacy_technician() -> None:
    courses = [
        course("2027-02-01", 13, "t", tags="T"),
        course("2027-03-01", 1, "law", category="law", tags="T"),
        course("2027-04-01", 1, "safety", category="safety", tags="T"),
        course("2027-05-01", 8, "p", tags="P"),
    ]
    found = stands(PTCB, courses)
    assert found.is_met
    assert [each.counted for each in found.activities] == [13, 1, 1, 5]
    assert (found.activities[3].why_not, found.activities[3].full) == (Uncounted.AT_MOST, ("pharmacist",))


def test_one_hour_of_law_and_safety_fills_both_slots_only_under_a_rule_that_says_so() -> None:
    courses = [
        course("2027-02-01", 19, "t", tags="T"),
        course("2027-03-01", 1, "x", category=["law", "safety"], tags="T"),
    ]
    strict = stands(PTCB, courses)
    assert slots(strict)["law"] == (1, 0)
    assert (slots(strict)["safety"], strict.shortfall, strict.needed) == ((0, 1), 1, 1)
    kind = CreditRule(total=20, slots=PTCB_SLOTS, fills="every")
    assert stands(kind, courses).is_met


# 22: cap on a kind; 23: minimum in each stretch


def test_at_most_half_of_the_hours_may_be_online() -> None:
    found = stands(CALIFORNIA, [course("2027-02-01", 30, "online", tags="Online"), course("2028-02-01", 20, "live")])
    assert [each.counted for each in found.activities] == [24, 20]
    assert (found.missing, found.activities[0].uncounted) == (4, 6)
    assert slots(found) == {"yearly1": (24, 0), "yearly2": (20, 0), "online": (24, 0)}


def test_each_year_asks_for_its_own_hours_and_a_year_that_is_over_cannot_be_made_up() -> None:
    found = stands(CALIFORNIA, [course("2027-02-01", 8), course("2028-02-01", 40)])
    assert slots(found) == {"yearly1": (8, 4), "yearly2": (40, 0), "online": (0, 0)}
    first, second, _ = found.slots
    assert (first.since, first.through) == (dt.date(2027, 1, 1), dt.date(2027, 12, 31))
    assert (second.since, second.through) == (dt.date(2028, 1, 1), dt.date(2028, 12, 31))
    assert (first.is_over, second.is_over, found.is_lost) == (True, False, True)
    assert (found.missing, found.needed) == (0, 0)


def test_the_hours_of_a_stretch_cannot_serve_another() -> None:
    found = stands(CALIFORNIA, [course("2027-12-31", 48)], on=dt.date(2028, 1, 1))
    assert slots(found)["yearly2"] == (0, 12)
    assert (found.missing, found.needed, found.months_left, found.pace) == (0, 12, 12, 1)


def test_a_last_stretch_that_is_shorter_asks_for_as_much() -> None:
    period = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2028, 6, 30))
    found = stands(CALIFORNIA, [], period, dt.date(2027, 1, 1))
    assert [(each.since, each.through, each.missing) for each in found.slots[:2]] == [
        (dt.date(2027, 1, 1), dt.date(2027, 12, 31), 12),
        (dt.date(2028, 1, 1), dt.date(2028, 6, 30), 12),
    ]
    assert found.needed == 48


# 24: proration; first renewal exempt

FLORIDA = CreditRule(total=24, unit="hour", prorated=Proration(per_month=1))


@pytest.mark.parametrize(
    ("held_since", "asked"),
    [
        ("2027-01-01", 24),  # from the first day: no part period
        ("2028-01-01", 12),  # twelve whole months
        ("2028-06-15", 7),  # six whole months from 15 Jun through 14 Dec, and a begun one
        ("2028-12-31", 1),  # one day
    ],
)
def test_a_part_period_asks_for_an_hour_a_month(held_since: str, asked: int) -> None:
    period = CreditPeriod(
        since=dt.date(2027, 1, 1), through=dt.date(2028, 12, 31), held_since=dt.date.fromisoformat(held_since)
    )
    assert stands(FLORIDA, [], period).total == asked


def test_months_that_are_not_over_may_be_left_out() -> None:
    period = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2028, 12, 31), held_since=dt.date(2028, 6, 15))
    rule = CreditRule(total=24, prorated=Proration(per_month=1, months="full"))
    assert stands(rule, [], period).total == 6


def test_a_part_period_asks_for_its_share_rounded_as_the_rule_says() -> None:
    period = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2028, 12, 31), held_since=dt.date(2028, 8, 1))
    # Five of 24 months of 20: 100/24 = 25/6, rounded up to 5; exactly where nothing is said.
    slot = CreditSlot("live", at_least=10, is_overlay=True, is_prorated=True)
    found = stands(CreditRule(total=20, slots=[slot], prorated=Proration(round_to=1)), [], period)
    assert (found.total, found.slots[0].at_least) == (5, 3)  # 10 x 5/20 = 2.5, rounded up
    assert stands(CreditRule(total=20, prorated=Proration()), [], period).total == Fraction(25, 6)


def test_a_credential_held_since_before_the_cycle_owes_the_whole() -> None:
    period = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2028, 12, 31), held_since=dt.date(2020, 1, 1))
    assert stands(FLORIDA, [], period).total == 24


def test_a_part_of_the_cycle_that_was_over_before_the_grant_is_not_asked_for() -> None:
    # Held from 15 Jun 2028 on: of the two years of the cycle only the second, 2028, has any day in which it was held.
    period = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2028, 12, 31), held_since=dt.date(2028, 6, 15))
    found = stands(CALIFORNIA, [], period, dt.date(2028, 7, 1))
    assert [(each.number, each.since, each.at_least) for each in found.slots if each.number] == [
        (2, dt.date(2028, 1, 1), 12)
    ]
    assert not found.is_lost
    first_day = attrs.evolve(period, held_since=dt.date(2027, 12, 31))  # the last day of the first year is one of it
    assert [each.number for each in stands(CALIFORNIA, [], first_day).slots if each.number] == [1, 2]


def test_courses_before_the_credential_was_held_do_not_count() -> None:
    period = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2028, 12, 31), held_since=dt.date(2028, 1, 1))
    found = stands(FLORIDA, [course("2027-12-31", 5), course("2028-01-01", 5)], period)
    assert reasons(found) == [Uncounted.BEFORE_WINDOW, None]


def test_the_first_renewal_may_be_exempt() -> None:
    rule = CreditRule(total=20, slots=[CreditSlot("x", at_least=2)], is_first_exempt=True)
    first = stands(rule, [course("2027-02-01", 5)])
    assert (first.is_exempt, first.is_met, first.total, first.slots) == (True, True, 0, ())
    assert reasons(first) == [Uncounted.NOT_NEEDED]
    second = stands(rule, [], CreditPeriod(since=TWO_YEARS.since, through=TWO_YEARS.through, number=2))
    assert (second.is_exempt, second.total, len(second.slots)) == (False, 20, 1)


# 25: every k-th renewal; once only

NURSE = CreditRule(
    total=24,
    unit="hour",
    slots=[
        CreditSlot("violence", at_least=2, of=CreditKind(category="violence"), every=3, is_extra=True),
        CreditSlot("impairment", at_least=2, of=CreditKind(category="impairment"), every=2),
        CreditSlot("hiv", at_least=1, of=CreditKind(category="hiv"), is_once=True),
    ],
)


@pytest.mark.parametrize(
    ("number", "due", "total"),
    [
        (1, {"hiv"}, 24),
        (2, {"impairment"}, 24),
        (3, {"violence"}, 26),  # two hours on top
        (4, {"impairment"}, 24),
        (5, set[str](), 24),
        (6, {"violence", "impairment"}, 26),
    ],
)
def test_some_topics_are_due_every_second_or_third_time_and_some_once(number: int, due: set[str], total: int) -> None:
    found = stands(NURSE, [], CreditPeriod(since=TWO_YEARS.since, through=TWO_YEARS.through, number=number))
    assert {each.id for each in found.slots} == due
    assert (found.total, found.needed) == (total, total)


# 26: the days that count


def test_the_first_and_the_last_day_of_the_cycle_count_and_their_neighbors_do_not() -> None:
    days = ["2026-12-31", "2027-01-01", "2028-12-31", "2029-01-01"]
    found = stands(FLORIDA, [course(day, 1) for day in days], on=dt.date(2029, 6, 1))
    assert reasons(found) == [Uncounted.BEFORE_WINDOW, None, None, Uncounted.AFTER_WINDOW]
    assert (found.months_left, found.pace, found.is_lost) == (0, None, True)


def test_credits_may_count_from_the_day_of_the_last_approval() -> None:
    early = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2028, 12, 31), approved=dt.date(2026, 11, 15))
    found = stands(PTCB, [course("2026-11-14", 1), course("2026-11-15", 1)], early)
    assert reasons(found) == [Uncounted.BEFORE_WINDOW, None]
    assert reasons(stands(PTCB, [course("2026-11-15", 1)])) == [Uncounted.BEFORE_WINDOW]  # no such day is known


CCBMA = CreditRule(total=60, rolling="P5Y")


def test_a_rolling_window_counts_the_years_before_applying_whatever_the_cycle() -> None:
    days = ["2023-08-31", "2023-09-01", "2026-02-01"]
    found = stands(CCBMA, [course(day, 10) for day in days], FIVE_YEARS)  # applying on 1 Sep 2028
    assert reasons(found) == [Uncounted.BEFORE_WINDOW, None, None]
    assert [each.falls_out_on for each in found.activities] == [None, dt.date(2028, 9, 2), dt.date(2031, 2, 2)]
    assert sum(each.counted for each in found.falling_out) == 20
    assert found.missing == 40


def test_a_course_that_still_counts_on_the_last_day_does_not_fall_out() -> None:
    found = stands(CCBMA, [course("2026-02-28", 10), course("2026-02-27", 10)], FIVE_YEARS)
    assert [each.falls_out_on for each in found.activities] == [dt.date(2031, 2, 28), None]


def test_after_the_last_day_a_rolling_window_stands_still() -> None:
    found = stands(CCBMA, [course("2026-02-28", 10)], FIVE_YEARS, dt.date(2032, 1, 1))
    assert reasons(found) == [None]


def test_what_is_to_come_does_not_count_yet() -> None:
    found = stands(FLORIDA, [course("2028-09-01", 1), course("2028-09-02", 1)])
    assert reasons(found) == [None, Uncounted.LATER_THAN_TODAY]


def test_without_carry_over_nothing_moves_into_the_next_cycle() -> None:
    found = stands(FLORIDA, [course("2027-02-01", 30)])
    assert (found.counted, found.activities[0].uncounted, found.carry_over) == (24, 6, 0)
    assert reasons(found) == [Uncounted.NOT_NEEDED]


def test_what_was_not_needed_carries_over_up_to_a_limit_and_counts_for_the_total_alone() -> None:
    rule = CreditRule(total=24, slots=[CreditSlot("law", at_least=2, of=CreditKind(category="law"))], carry_over=4)
    more = stands(rule, [course("2027-02-01", 30, category="law")])
    less = stands(rule, [course("2027-02-01", 27, category="law")])
    unmet = stands(rule, [course("2027-02-01", 30)])
    assert (more.carry_over, less.carry_over, unmet.carry_over) == (4, 3, 0)
    carried = CreditPeriod(since=TWO_YEARS.since, through=TWO_YEARS.through, number=2, carried=Fraction(6))
    found = stands(rule, [course("2027-02-01", 30)], carried)
    assert (found.carried_in, found.counted, found.missing, found.shortfall) == (4, 20, 0, 2)


# 27: units


def test_two_hours_are_one_credit() -> None:
    rule = CreditRule(total=10, units=[CreditUnit("hour", credits=1, per=2)])
    found = stands(rule, [course("2027-02-01", 15, unit="Hours"), course("2027-03-01", 2.5)])
    assert [each.worth for each in found.activities] == [Fraction(15, 2), Fraction(5, 2)]
    assert found.is_met


def test_units_of_a_college_are_worth_their_hours() -> None:
    found = stands(
        CALIFORNIA, [course("2027-02-01", 2, unit="semester units"), course("2028-02-01", 1.8, unit="quarter unit")]
    )
    assert [each.worth for each in found.activities] == [30, 18]
    assert found.is_met


def test_a_contact_hour_of_fifty_minutes_and_quarters_of_an_hour() -> None:
    minutes = [CreditUnit("minute", credits=1, per=50)]
    courses = [course("2027-02-01", 40, unit="minutes"), course("2027-03-01", 120, unit="minutes")]
    found = stands(CreditRule(total=10, units=minutes, least_each=1), courses)
    assert [each.worth for each in found.activities] == [Fraction(4, 5), Fraction(12, 5)]
    assert reasons(found) == [Uncounted.TOO_SMALL, None]
    down, near, up = (
        stands(CreditRule(total=10, units=minutes, round_to=0.25, rounding=way), courses)
        for way in ("down", "nearest", "up")
    )
    assert [[each.worth for each in found.activities] for found in (down, near, up)] == [
        [Fraction(3, 4), Fraction(9, 4)],
        [Fraction(3, 4), Fraction(5, 2)],
        [Fraction(1), Fraction(5, 2)],
    ]


def test_a_unit_that_the_rule_does_not_know_is_told_and_worth_nothing() -> None:
    found = stands(FLORIDA, [course("2027-02-01", 3, unit="CEU")])
    assert (reasons(found), found.activities[0].worth, found.counted) == ([Uncounted.UNKNOWN_UNIT], None, 0)


# Kinds, limits and ways out


def test_a_rule_may_accept_only_some_kinds() -> None:
    rule = CreditRule(total=2, accepts=CreditKind(approved_by=["ACPE", "AAMA"], not_tags="vendor"))
    courses = [
        course("2027-02-01", 1, approved_by="acpe"),
        course("2027-02-02", 1),
        course("2027-02-03", 1, approved_by="AAMA", tags="vendor"),
    ]
    assert reasons(stands(rule, courses)) == [None, Uncounted.NOT_ACCEPTED, Uncounted.NOT_ACCEPTED]


def test_a_slot_that_is_full_sends_credits_on_to_another_that_takes_them_but_not_to_the_rest() -> None:
    study = CreditSlot("study", at_most=2, of=CreditKind(category="study"))
    rule = CreditRule(total=10, slots=[study, CreditSlot("law", at_least=1, of=CreditKind(category="law"))])
    found = stands(
        rule, [course("2027-02-01", 5, "a", category="study"), course("2027-03-01", 5, "b", category=["study", "law"])]
    )
    assert [each.counted for each in found.activities] == [2, 5]
    assert found.activities[0].full == ("study",)
    assert slots(found) == {"study": (2, 0), "law": (5, 0)}


def test_what_fits_no_slot_counts_for_the_total() -> None:
    found = stands(AAMA, [course("2026-04-01", 4, category="other", approved_by="AAMA")], FIVE_YEARS)
    (count,) = found.activities
    assert [(share.slot, share.credits) for share in count.shares] == [(None, 4)]
    assert (found.missing, count.overlays) == (56, ("approved",))


def test_overlays_that_cross_in_three_ways_are_solved_too() -> None:
    # Two activities in each pair of three limits of 1 each: 1 + 1 + 1 credits would break a limit each.
    pairs = [("a", "b"), ("b", "c"), ("a", "c")]
    limits = [CreditSlot(each, at_most=2, of=CreditKind(tags=each), is_overlay=True) for each in "abc"]
    found = stands(
        CreditRule(total=6, slots=limits), [course(f"2027-02-0{i + 1}", 2, tags=pair) for i, pair in enumerate(pairs)]
    )
    assert (found.counted, found.missing) == (3, 3)
    assert {each.counted for each in found.slots} == {2}


def test_past_the_limit_of_trials_nothing_is_told() -> None:
    slot = [CreditSlot(each, at_least=2, of=CreditKind(category=each)) for each in "ab"]
    courses = [course("2027-02-01", 3, category=["a", "b"]), course("2027-02-02", 1, category=["a", "b"])]
    rule = CreditRule(total=4, slots=slot, fills="one")
    assert stands(rule, courses).shortfall == 1
    with pytest.raises(CreditLimitError, match="more than 1 ways"):
        assess(rule, Ledger(courses), period=TWO_YEARS, on=TODAY, most_trials=1)


def test_more_activities_under_crossing_limits_than_can_be_solved_in_time_are_refused() -> None:
    limits = [CreditSlot(each, at_most=2, of=CreditKind(tags=each), is_overlay=True) for each in "abc"]
    pairs = [("a", "b"), ("b", "c"), ("a", "c")] * 67  # 201 activities
    with pytest.raises(CreditLimitError, match="more than 200 activities"):
        stands(CreditRule(total=6, slots=limits), [course("2027-02-01", 1, tags=pair) for pair in pairs])


def test_a_slot_that_is_asked_for_anew_every_day_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="more than 120 stretches of P1D"):
        stands(CreditRule(total=1, slots=[CreditSlot("x", at_least=1, each="P1D")]), [])


def test_nothing_is_asked_by_a_rule_without_a_total() -> None:
    assert stands(CreditRule(total=0), []).is_met


def test_a_day_is_a_date_and_a_ledger_a_ledger() -> None:
    with pytest.raises(InvalidValueError, match="not-a-date"):
        assess(FLORIDA, Ledger(), period=TWO_YEARS, on=dt.datetime(2027, 1, 1))  # noqa: DTZ001
    with pytest.raises(InvalidValueError, match="wrong-kind"):
        assess(FLORIDA, [], period=TWO_YEARS, on=TODAY)  # type: ignore[arg-type]


# The last day by which the credits have to be there

EARLY = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2028, 12, 31), by=dt.date(2028, 11, 30))


@pytest.mark.parametrize(
    ("on", "months", "pace"),
    [("2028-09-01", 3, 4), ("2028-11-30", 1, 12), ("2028-12-01", 0, None)],
)
def test_the_pace_is_that_to_the_day_by_which_they_have_to_be_there(on: str, months: int, pace: int | None) -> None:
    rule = CreditRule(total=12, slots=[CreditSlot("law", at_least=2)])
    found = stands(rule, [], EARLY, dt.date.fromisoformat(on))
    assert (found.months_left, found.pace) == (months, pace)
    assert (found.is_lost, found.slots[0].is_over) == (months == 0, months == 0)


def test_what_comes_later_still_counts_while_the_cycle_lasts() -> None:
    found = stands(CreditRule(total=12), [course("2028-12-10", 12)], EARLY, dt.date(2028, 12, 20))
    assert (found.is_met, found.counted) == (True, 12)


def test_what_falls_out_of_the_window_after_the_last_day_to_apply_is_no_matter() -> None:
    # Five years after 10 December 2023 and 20 November 2023.
    rule = CreditRule(total=12, rolling="P5Y")
    courses = [course("2023-12-10", 4), course("2023-11-20", 4)]
    found = stands(rule, courses, EARLY, dt.date(2028, 9, 1))
    assert [each.falls_out_on for each in found.activities] == [dt.date(2028, 11, 21), None]
    late = stands(rule, courses[:1], EARLY, dt.date(2028, 12, 5))
    assert [each.falls_out_on for each in late.activities] == [None]


@pytest.mark.parametrize("by", ["2026-12-31", "2029-01-01"])
def test_the_day_by_which_they_have_to_be_there_lies_in_the_cycle(by: str) -> None:
    with pytest.raises(InvalidValueError, match="by: not-in-order"):
        attrs.evolve(EARLY, by=dt.date.fromisoformat(by))
