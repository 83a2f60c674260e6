import datetime as dt
import pickle
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest

from career_path.errors import DocumentError, InvalidValueError
from career_path.model.learner import (
    Absence,
    Employment,
    Fact,
    Held,
    HoursPeriod,
    Learner,
    Record,
    check_learner,
)
from career_path.model.pathway import Credential, Pathway, Step

DAY = dt.date(2027, 1, 11)
LATER = dt.date(2027, 2, 1)
NOON = dt.datetime(2027, 1, 11, 12, tzinfo=dt.UTC)
AWAY = Absence(from_=DAY, through=LATER)


def period(hours: float, first: dt.date | None = None, last: dt.date | None = None) -> HoursPeriod:
    return HoursPeriod(hours=hours, from_=first, through=last)


def test_a_learner_of_nothing_is_allowed() -> None:
    learner = Learner()

    assert (learner.id, learner.start, learner.weekly_hours, learner.records) == ("me", None, None, ())
    assert (learner.record("exam"), learner.held("cma")) == (None, None)


@pytest.mark.parametrize(
    ("hours", "expected"), [(20, 20), (7.5, Fraction(15, 2)), (Decimal("7.5"), Fraction(15, 2)), (0, 0), (168, 168)]
)
def test_hours_a_week_may_be_one_number(hours: float, expected: Fraction) -> None:
    assert Learner(weekly_hours=hours).weekly_hours == (HoursPeriod(hours=expected),)


def test_periods_of_hours_are_put_in_order() -> None:
    early, late = period(10, None, DAY), period(30, LATER, None)
    assert Learner(weekly_hours=[late, early]).weekly_hours == (early, late)


def test_what_was_recorded_is_found_by_id() -> None:
    record, held = Record("exam", finished=DAY), Held("cma", granted=DAY, renewed=[LATER])
    learner = Learner(records=[record], holds=[held])

    assert learner.record("exam") is record
    assert learner.held("cma") is held


def test_recorded_days_come_with_their_fields() -> None:
    record = Record("exam", started=DAY, finished=LATER, failed=[LATER, DAY])

    assert record.days == (("started", DAY), ("finished", LATER), ("failed[0]", DAY), ("failed[1]", LATER))
    assert not record.is_waived


@pytest.mark.parametrize(
    ("waived", "is_waived", "days"), [(False, False, ()), (True, True, ()), (DAY, True, (("waived", DAY),))]
)
def test_a_step_may_be_waived_with_or_without_a_day(waived: bool | dt.date, is_waived: bool, days: object) -> None:  # noqa: FBT001 (as recorded)
    record = Record("exam", waived=waived)
    assert (record.is_waived, record.days) == (is_waived, days)


@pytest.mark.parametrize(
    ("make", "code", "where"),
    [
        (lambda: Learner("Ana"), "not-an-id", "id"),
        (lambda: Learner(start=NOON), "not-a-date", ""),
        (lambda: Learner(start="2027-01-11"), "not-a-date", ""),  # type: ignore[arg-type]
        (lambda: Learner(born=5), "not-a-date", ""),  # type: ignore[arg-type]
        (lambda: Learner(deadline=NOON), "not-a-date", ""),
        (lambda: Learner(weekly_hours=True), "not-a-number", ""),
        (lambda: Learner(weekly_hours="20"), "not-a-number", ""),  # type: ignore[arg-type]
        (lambda: Learner(weekly_hours=float("nan")), "not-a-number", ""),
        (lambda: Learner(weekly_hours=-1), "negative", ""),
        (lambda: Learner(weekly_hours=169), "too-long", ""),
        (lambda: Learner(weekly_hours=[20]), "wrong-kind", "weekly_hours[0]"),  # type: ignore[list-item]
        (lambda: Learner(weekly_hours=[period(1), period(2)]), "overlapping", ""),
        (lambda: Learner(weekly_hours=[period(1, None, DAY), period(2, DAY, LATER)]), "overlapping", ""),
        (lambda: Learner(weekly_hours=[period(1, DAY), period(2, LATER)]), "overlapping", ""),
        (lambda: period(1, LATER, DAY), "ends-before-it-begins", "through"),
        (lambda: period(169), "too-long", ""),
        (lambda: Learner(place="US\x00"), "control-character", "place"),
        (lambda: Learner(budget="-1"), "negative", ""),
        (lambda: Learner(budget="much"), "not-an-amount", ""),
        (lambda: Learner(choose="cma"), "not-a-list", ""),
        (lambda: Learner(avoid=["C M A"]), "not-an-id", ""),
        (lambda: Learner(absences=[DAY]), "wrong-kind", "absences[0]"),  # type: ignore[list-item]
        (lambda: Learner(records=["exam"]), "wrong-kind", "records[0]"),  # type: ignore[list-item]
        (lambda: Learner(holds=["cma"]), "wrong-kind", "holds[0]"),  # type: ignore[list-item]
        (lambda: Learner(employment=["aide"]), "wrong-kind", "employment[0]"),  # type: ignore[list-item]
        (lambda: Learner(facts=[("group", 1)]), "wrong-kind", "facts[0]"),  # type: ignore[list-item]
        (lambda: Learner(records=[Record("a"), Record("b"), Record("a")]), "duplicate-id", "records.a"),
        (lambda: Learner(holds=[Held("c", granted=DAY), Held("c", granted=LATER)]), "duplicate-id", "holds.c"),
        (lambda: Record("A"), "not-an-id", "step"),
        (lambda: Record("a", started=NOON), "not-a-date", ""),
        (lambda: Record("a", failed=[NOON]), "not-a-date", ""),
        (lambda: Record("a", started=LATER, finished=DAY), "ends-before-it-begins", "finished"),
        (lambda: Record("a", waived=1), "not-a-date", "waived"),  # type: ignore[arg-type]
        (lambda: Record("a", waived=NOON), "not-a-date", "waived"),
        (lambda: Record("a", waived=True, finished=DAY), "waived-and-done", "waived"),
        (lambda: Record("a", waived=DAY, started=DAY), "waived-and-done", "waived"),
        (lambda: Held("C", granted=DAY), "not-an-id", "credential"),
        (lambda: Held("c", granted=NOON), "not-a-date", ""),
        (lambda: Held("c", granted=LATER, renewed=[LATER, DAY]), "out-of-order", "renewed"),
        (lambda: Employment(role="a\x00", from_=DAY), "control-character", "role"),
        (lambda: Employment(role="aide", from_=LATER, through=DAY), "ends-before-it-begins", "through"),
        (lambda: Employment(role="aide", from_=DAY, hours=200), "too-long", ""),
        (lambda: Fact("A group", 1), "not-an-id", "name"),
        (lambda: Fact("a", 10**18), "too-long", "value"),
        (lambda: Fact("a", Decimal("Infinity")), "too-long", "value"),
        (lambda: Fact("a", "\x07"), "control-character", "value"),
        (lambda: Fact("a", NOON), "not-a-date", "value"),
        (lambda: Fact("a", 1.5), "not-a-fact", "value"),  # type: ignore[arg-type]
    ],
    ids=map(str, range(48)),
)  # fmt: skip
def test_a_part_that_makes_no_sense_is_refused(make: Callable[[], object], code: str, where: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        make()
    assert (caught.value.code, caught.value.where) == (code, where)


@pytest.mark.parametrize("value", ["b", 5, True, Decimal("1.5"), DAY, -(10**18) + 1], ids=str)
def test_a_fact_is_text_a_number_a_truth_value_or_a_date(value: str | bool | Decimal | dt.date) -> None:  # noqa: FBT001 (as recorded)
    assert Fact("group", value).value == value


def fitting() -> Pathway:
    return Pathway("p", goal="job", steps=[Step("exam"), Step("job", requires="exam")], credentials=[Credential("cma")])


def test_a_learner_that_fits_passes() -> None:
    learner = Learner(
        records=[Record("exam", finished=DAY)],
        holds=[Held("cma", granted=DAY)],
        choose=["job"],
        avoid=["cma"],
        start=LATER,
    )
    check_learner(learner, fitting(), today=DAY)


def test_everything_that_does_not_fit_is_told_at_once() -> None:
    learner = Learner(
        records=[Record("exma", finished=DAY), Record("exam", started=DAY, finished=LATER, failed=[LATER])],
        holds=[Held("cmaa", granted=DAY), Held("cma", granted=DAY, renewed=[LATER])],
        choose=["jobb"],
        avoid=["other"],
    )
    with pytest.raises(DocumentError) as caught:
        check_learner(learner, fitting(), today=DAY)

    assert [(fault.code, fault.path, fault.nearest) for fault in caught.value.faults] == [
        ("unknown-id", "records.exma", "exam"),
        ("unknown-id", "holds.cmaa", "cma"),
        ("unknown-id", "choose", "job"),
        ("unknown-id", "avoid", None),
        ("in-the-future", "records.exam.finished", None),
        ("in-the-future", "records.exam.failed[0]", None),
        ("in-the-future", "holds.cma.renewed[0]", None),
    ]
    assert "expected 2027-01-11 (today) or earlier" in str(caught.value)


@pytest.mark.parametrize(
    "value",
    [
        Learner("ana", weekly_hours=20, records=[Record("a", finished=DAY)], absences=[AWAY], budget="5"),
        period(5, DAY, LATER),
        Record("a", failed=[DAY]),
        Held("c", granted=DAY),
        Employment(role="aide", from_=DAY, hours=20),
        Fact("group", "b"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_the_parts_are_frozen_hashable_and_can_be_pickled(value: attrs.AttrsInstance) -> None:
    twin = pickle.loads(pickle.dumps(value))
    assert twin == value
    assert hash(twin) == hash(value)
    for field in attrs.fields(type(value)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, field.name, None)
