"""Rules and ledgers of continuing education: what they refuse when they are made, and what they tell."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

from career_path.errors import InvalidValueError
from career_path.model.credits import (
    MOST_SLOTS,
    CreditCycle,
    CreditPeriod,
    CreditRule,
    CreditSlot,
    CreditUnit,
    Proration,
    Rounding,
    rounded,
    unit_key,
)
from career_path.model.graph import cheapest_circulation
from career_path.model.ledger import MOST_ACTIVITIES, Activity, CreditKind, Ledger

DAY = dt.date(2027, 3, 1)
COURSE = Activity(date=DAY, title="Law", credits=1, category="law", approved_by=["AAMA"], tags=["online", "T"])


def fault(make: type[object], *given: object, **fields: Any) -> tuple[str, str]:  # noqa: ANN401 (wrong on purpose)
    """The code and the place of what a value refuses."""
    with pytest.raises(InvalidValueError) as caught:
        make(*given, **fields)
    return caught.value.code, caught.value.where


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"date": "2027-03-01"}, ("not-a-date", "")),
        ({"date": dt.datetime(2027, 3, 1)}, ("not-a-date", "")),  # noqa: DTZ001
        ({"title": 3}, ("not-text", "title")),
        ({"credits": 0}, ("not-positive", "credits")),
        ({"credits": -1}, ("negative", "credits")),
        ({"credits": "1"}, ("not-a-number", "credits")),
        ({"credits": True}, ("not-a-number", "credits")),
        ({"credits": float("nan")}, ("not-a-number", "credits")),
        ({"credits": 1e7}, ("too-long", "credits")),
        ({"unit": " "}, ("not-a-word", "unit")),
        ({"unit": "x" * 201}, ("not-a-word", "unit")),
        ({"category": [""]}, ("not-a-word", "category")),
        ({"category": [1]}, ("wrong-kind", "category[0]")),
        ({"approved_by": 1}, ("not-a-list", "approved_by")),
        ({"tags": ["a\x00"]}, ("control-character", "tags")),
    ],
)
def test_an_activity_is_checked_when_it_is_made(change: dict[str, object], told: tuple[str, str]) -> None:
    assert fault(Activity, **{"date": DAY, "title": "x", "credits": 1, **change}) == told


def test_amounts_are_exact_and_words_stand_once() -> None:
    made = Activity(date=DAY, title="x", credits=0.1, category=["law ", "law"], tags="online")
    assert made.credits == Fraction(1, 10)
    assert (made.category, made.tags, made.approved_by) == (("law",), ("online",), ())
    assert Activity(date=DAY, title="x", credits=Decimal("0.10")).credits == Fraction(1, 10)


def test_a_ledger_holds_activities_and_not_too_many() -> None:
    assert fault(Ledger, [1]) == ("wrong-kind", "activities[0]")
    assert fault(Ledger, [COURSE] * (MOST_ACTIVITIES + 1)) == ("too-long", "activities")
    assert Ledger().activities == ()


@pytest.mark.parametrize(
    ("kind", "takes"),
    [
        (CreditKind(), True),
        (CreditKind(category=["ethics", "LAW"]), True),
        (CreditKind(category="ethics"), False),
        (CreditKind(category="law", approved_by="AAMA"), True),
        (CreditKind(category="law", approved_by="ACPE"), False),
        (CreditKind(tags=["live", "t"]), True),
        (CreditKind(not_tags="live"), True),
        (CreditKind(not_tags=["live", "Online"]), False),
        (CreditKind(not_category="law"), False),
        (CreditKind(not_approved_by="aama"), False),
    ],
)
def test_a_kind_takes_what_has_one_word_of_each_list_and_none_that_is_barred(kind: CreditKind, takes: bool) -> None:  # noqa: FBT001
    assert kind.takes(COURSE) is takes


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, ("empty", "at_least")),
        ({"at_least": 2, "at_most": 1}, ("out-of-order", "at_most")),
        ({"at_least": -2}, ("negative", "at_least")),
        ({"at_least": 1, "every": 0}, ("not-a-count", "every")),
        ({"at_least": 1, "every": True}, ("not-a-count", "every")),
        ({"at_least": 1, "first": 0}, ("not-a-count", "first")),
        ({"at_least": 1, "every": 2, "is_once": True}, ("fixed-twice", "every")),
        ({"at_least": 1, "each": "P0D"}, ("not-positive", "each")),
        ({"at_least": 1, "each": "-P1Y"}, ("not-positive", "each")),
        ({"at_least": 1, "each": "1Y"}, ("not-a-span", "each")),
        ({"at_least": 1, "of": "law"}, ("wrong-kind", "of")),
        ({"at_least": 1, "is_overlay": 1}, ("wrong-type", "")),
        ({"at_least": 1, "id": "A B"}, ("not-an-id", "id")),
    ],
)
def test_a_slot_is_checked_when_it_is_made(change: dict[str, object], told: tuple[str, str]) -> None:
    assert fault(CreditSlot, **{"id": "x", **change}) == told


@pytest.mark.parametrize(
    ("slot", "due"),
    [
        (CreditSlot("x", at_least=1), [1, 2, 3, 4, 5, 6]),
        (CreditSlot("x", at_least=1, every=3), [3, 6]),
        (CreditSlot("x", at_least=1, every=3, first=1), [1, 4]),
        (CreditSlot("x", at_least=1, first=3), [3, 4, 5, 6]),
        (CreditSlot("x", at_least=1, is_once=True), [1]),
        (CreditSlot("x", at_least=1, is_once=True, first=2), [2]),
    ],
)
def test_a_slot_is_due_every_time_every_kth_time_or_once(slot: CreditSlot, due: list[int]) -> None:
    assert [number for number in range(1, 7) if slot.is_due(number)] == due


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"total": -1}, ("negative", "total")),
        ({"fills": "some"}, ("not-a-choice", "fills")),
        ({"counts_from": "birth"}, ("not-a-choice", "counts_from")),
        ({"rounding": "off"}, ("not-a-choice", "rounding")),
        ({"round_to": 0}, ("not-positive", "round_to")),
        ({"least_each": 0}, ("not-positive", "least_each")),
        ({"carry_over": -1}, ("negative", "carry_over")),
        ({"rolling": "P0D"}, ("not-positive", "rolling")),
        ({"rolling": "P5Y", "counts_from": "approval"}, ("fixed-twice", "rolling")),
        ({"accepts": 1}, ("wrong-kind", "accepts")),
        ({"prorated": 1}, ("wrong-kind", "prorated")),
        ({"is_first_exempt": "yes"}, ("wrong-type", "")),
        ({"is_shared": "no"}, ("wrong-type", "")),
        ({"sources": ["a b"]}, ("not-an-id", "sources")),
        ({"units": [CreditUnit("Credits", credits=1)]}, ("twice", "units")),
        ({"units": [CreditUnit("hour", credits=1), CreditUnit("Hours", credits=2)]}, ("twice", "units")),
        ({"slots": [CreditSlot("x", at_least=1)] * 2}, ("twice", "slots")),
        ({"slots": [CreditSlot(f"x{i}", at_most=1) for i in range(MOST_SLOTS + 1)]}, ("too-long", "slots")),
        ({"slots": [CreditSlot("x", at_least=11)]}, ("more-than-total", "slots[0].at_least")),
        ({"slots": [CreditSlot("x", at_least=6), CreditSlot("y", at_least=5)]}, ("more-than-total", "slots")),
    ],
)
def test_a_rule_is_checked_when_it_is_made(change: dict[str, object], told: tuple[str, str]) -> None:
    assert fault(CreditRule, **{"total": 10, **change}) == told


@pytest.mark.parametrize(
    "slots",
    [
        [CreditSlot("x", at_least=6), CreditSlot("y", at_least=5, is_overlay=True)],
        [CreditSlot("x", at_least=6), CreditSlot("y", at_least=5, is_extra=True)],
        [CreditSlot("x", at_least=6, every=2, first=1), CreditSlot("y", at_least=5, every=2)],
        [CreditSlot("x", at_least=5), CreditSlot("y", at_least=5)],
    ],
)
def test_slots_may_ask_for_more_than_the_total_where_they_overlap_add_to_it_or_take_turns(
    slots: list[CreditSlot],
) -> None:
    assert CreditRule(total=10, slots=slots).slots == tuple(slots)


def test_under_a_rule_where_credits_count_in_every_slot_all_slots_may_be_as_large_as_the_total() -> None:
    slots = [CreditSlot("x", at_least=10), CreditSlot("y", at_least=10)]
    assert CreditRule(total=10, slots=slots, fills="every").is_filled(slots[0]) is False


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"through": dt.date(2026, 12, 31)}, ("ends-before-it-begins", "through")),
        ({"held_since": dt.date(2029, 1, 1)}, ("not-in-order", "held_since")),
        ({"number": 0}, ("not-a-count", "number")),
        ({"carried": -1}, ("negative", "carried")),
        ({"since": None}, ("not-a-date", "")),
    ],
)
def test_a_period_is_checked_when_it_is_made(change: dict[str, object], told: tuple[str, str]) -> None:
    years = {"since": dt.date(2027, 1, 1), "through": dt.date(2028, 12, 31)}
    assert fault(CreditPeriod, **{**years, **change}) == told


@pytest.mark.parametrize(
    ("amount", "way", "expected"),
    [
        (Fraction(1, 8), Rounding.DOWN, 0),
        (Fraction(1, 8), Rounding.NEAREST, Fraction(1, 4)),
        (Fraction(1, 9), Rounding.NEAREST, 0),
        (Fraction(1, 9), Rounding.UP, Fraction(1, 4)),
        (Fraction(1, 4), Rounding.UP, Fraction(1, 4)),
        (Fraction(1, 4), Rounding.DOWN, Fraction(1, 4)),
    ],
)
def test_quarters_are_taken_down_to_the_nearest_or_up(amount: Fraction, way: Rounding, expected: Fraction) -> None:
    assert rounded(amount, Fraction(1, 4), way) == expected


def test_without_a_step_nothing_is_rounded() -> None:
    assert rounded(Fraction(1, 7), None, Rounding.UP) == Fraction(1, 7)


def test_units_are_the_same_in_capitals_and_in_the_plural() -> None:
    assert {unit_key(name) for name in ("Contact hour", "contact  hours", "CONTACT HOURS")} == {"contact hour"}
    assert unit_key("S") == "s"


def test_a_unit_is_worth_credits_and_every_part_of_it_counts() -> None:
    assert CreditUnit("minute", credits=1, per=50).worth == Fraction(1, 50)
    assert fault(CreditUnit, "minute", credits=1, per=0) == ("not-positive", "per")
    rule = CreditRule(total=1, unit="hour", units=[CreditUnit("semester unit", credits=15)])
    assert rule.worth(attrs.evolve(COURSE, unit="Semester Units", credits=2)) == 30
    assert rule.worth(attrs.evolve(COURSE, unit="day")) is None


def test_a_rule_is_a_value() -> None:
    rule = CreditRule(
        total=10,
        slots=[CreditSlot("x", at_least=1, of=CreditKind(category="law"), each="P1Y")],
        prorated=Proration(per_month=1),
        rolling="P5Y",
    )
    assert pickle.loads(pickle.dumps(rule)) == copy.deepcopy(rule) == rule
    assert hash(rule) == hash(copy.deepcopy(rule))
    assert rule != attrs.evolve(rule, total=11)


# The flow behind the allotment


def test_a_circulation_takes_the_cheaper_of_two_ways_first_and_only_what_pays() -> None:
    edges = [("a", "b", 3, -10), ("b", "a", 1, 2), ("b", "a", 1, 1), ("b", "a", 5, 11)]
    assert cheapest_circulation(edges) == (2, 1, 1, 0)


def test_a_circulation_is_exact_for_numbers_of_any_size() -> None:
    huge = 10**40
    assert cheapest_circulation([("a", "b", huge + 1, -huge), ("b", "a", huge, huge - 1)]) == (huge, huge)


def test_a_cycle_is_named_by_its_title_or_else_by_its_credential() -> None:
    period = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2027, 12, 31))
    rule = CreditRule(total=12)
    assert CreditCycle("cma-aama", title="CMA (AAMA)", rule=rule, period=period).name == "CMA (AAMA)"
    assert CreditCycle("cma-aama", rule=rule, period=period).name == "cma-aama"
    with pytest.raises(InvalidValueError, match="credential: not-an-id"):
        CreditCycle("CMA (AAMA)", rule=rule, period=period)
    with pytest.raises(InvalidValueError, match="rule: wrong-kind"):
        CreditCycle("cma-aama", rule=12, period=period)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="period: wrong-kind"):
        CreditCycle("cma-aama", rule=rule, period=rule)  # type: ignore[arg-type]
