import copy
import datetime as dt
import pickle

import attrs
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given

from career_path.days.spans import MOST_DAYS, MOST_MONTHS, ZERO, Span, to_optional_span, to_span
from career_path.errors import InvalidValueError
from career_path.testing import dates, spans


@pytest.mark.parametrize(
    ("text", "months", "days"),
    [
        ("P0D", 0, 0), ("P90D", 0, 90), ("P2W", 0, 14), ("P60M", 60, 0), ("P5Y", 60, 0), ("P1Y6M", 18, 0),
        ("P1Y2M10D", 14, 10), ("P1Y2D", 12, 2), ("P1M2D", 1, 2), ("-P30D", 0, -30), ("-P1Y1D", -12, -1),
        ("P01D", 0, 1), ("P100Y", 1_200, 0), ("P0Y0M0D", 0, 0), ("P036525D", 0, 36_525),
    ],
)  # fmt: skip
def test_a_written_span_is_read_and_kept_as_written(text: str, months: int, days: int) -> None:
    span = Span.parse(text)

    assert (span.total_months, span.total_days) == (months, days)
    assert str(span) == text
    assert eval(repr(span), {"Span": Span}) == span


@pytest.mark.parametrize(
    "text",
    [
        "", "P", "-P", "PT", "P1", "1D", "p1d", "P1d", "P1.5M", "P1,5M", "P-1D", "P+1D", "+P1D", "--P1D", "P1D1Y",
        "P1Y2W", "P2W1D", "P0Y1W", "P1YT", "PT1H", "P1DT12H", "P1D\n", " P1D", "P1D ", "P২Y", "P１Y", "P1D\x00",
        "P1S", "P1e2D", "P1H", "P9999999D", "P" + "9" * 5_000 + "D", "P1M1M", "\u2212P1D", None, 90, 1.5, True, b"P1D",
    ],
    ids=lambda text: ascii(text)[:30],
)  # fmt: skip
def test_any_other_form_of_a_span_is_refused(text: object) -> None:
    with pytest.raises(InvalidValueError) as caught:
        Span.parse(text)
    assert caught.value.code == "not-a-span"
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"years": 100, "months": 1}, "too-long"),
        ({"days": MOST_DAYS + 1}, "too-long"),
        ({"weeks": -5_218}, "too-long"),
        ({"months": 10**400}, "too-long"),
        ({"years": 1, "days": -1}, "mixed-signs"),
        ({"days": True}, "not-a-count"),
        ({"days": 1.0}, "not-a-count"),
        ({"months": "1"}, "not-a-count"),
        ({"years": None}, "not-a-count"),
    ],
)
def test_a_span_of_impossible_parts_is_refused(parts: dict[str, int], code: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        Span(**parts)
    assert caught.value.code == code


def test_the_longest_spans_are_allowed() -> None:
    assert Span(months=MOST_MONTHS, days=MOST_DAYS).total_days == MOST_DAYS


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ({}, "P0D"),
        ({"weeks": 2}, "P2W"),
        ({"weeks": 1, "days": 1}, "P8D"),
        ({"months": 1, "weeks": 1}, "P1M7D"),
        ({"years": 1, "days": 3}, "P1Y3D"),
        ({"days": -30}, "-P30D"),
        ({"years": -1, "months": -2, "weeks": -1, "days": -3}, "-P1Y2M10D"),
    ],
)
def test_a_span_made_from_numbers_is_written_in_the_shortest_way(parts: dict[str, int], text: str) -> None:
    assert str(Span(**parts)) == text


def test_spans_of_as_many_months_and_days_are_equal() -> None:
    assert Span.parse("P5Y") == Span.parse("P60M") == Span(years=4, months=12)
    assert Span.parse("P2W") == Span(days=14)
    assert len({Span.parse("P5Y"), Span(months=60)}) == 1
    assert Span(months=12) != Span(days=365)
    assert Span(days=1) != "P1D"


def test_a_changed_span_forgets_how_it_was_written() -> None:
    assert str(attrs.evolve(Span.parse("P1M"), days=3)) == "P1M3D"
    assert str(-Span.parse("P01M")) == "-P1M"


@pytest.mark.parametrize(
    ("day", "span", "expected"),
    [
        ("2027-01-31", "P1M", "2027-02-28"),
        ("2028-01-31", "P1M", "2028-02-29"),
        ("2027-01-31", "P1M1D", "2027-03-01"),
        ("2028-02-29", "P1Y", "2029-02-28"),
        ("2028-02-29", "P4Y", "2032-02-29"),
        ("2027-01-11", "P5Y", "2032-01-11"),
        ("2027-01-11", "P90D", "2027-04-11"),
        ("2027-12-31", "P2M", "2028-02-29"),
        ("2027-03-31", "-P1M", "2027-02-28"),
        ("2027-03-31", "-P1M1D", "2027-02-27"),
        ("9999-12-31", "P1D", None),
        ("9999-11-30", "P1M", "9999-12-30"),
        ("0001-01-31", "-P1M", None),
        ("0001-01-01", "-P1D", None),
    ],
)
def test_months_come_first_then_days(day: str, span: str, expected: str | None) -> None:
    reached = Span.parse(span).after(dt.date.fromisoformat(day))
    assert reached == (expected and dt.date.fromisoformat(expected))


def test_before_clamps_and_does_not_undo_after() -> None:
    month = Span.parse("P1M")

    assert month.before(dt.date(2027, 3, 31)) == dt.date(2027, 2, 28)
    assert month.before(dt.date(2027, 2, 28)) == dt.date(2027, 1, 28)


@pytest.mark.parametrize(("first", "days"), [(dt.date(2027, 1, 11), 1_826), (dt.date(2028, 1, 1), 1_827)])
def test_five_years_are_1826_or_1827_days(first: dt.date, days: int) -> None:
    after = Span.parse("P5Y").after(first)
    assert after is not None
    assert (after - first).days == days


@given(spans(max_months=600, may_be_negative=True), dates())
def test_a_span_reaches_the_day_that_dateutil_reaches(span: Span, day: dt.date) -> None:
    expected = day + relativedelta(months=span.total_months) + dt.timedelta(days=span.total_days)
    assert span.after(day) == expected
    assert day + span.to_relativedelta() == expected


@given(spans(max_months=600, may_be_negative=True))
def test_a_span_reads_back_from_its_own_text(span: Span) -> None:
    assert Span.parse(str(span)) == span
    assert hash(Span.parse(str(span))) == hash(span)


def test_a_span_is_frozen_and_can_be_copied_and_pickled() -> None:
    span = Span.parse("P2W")

    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        span.days = 3  # type: ignore[misc]
    for twin in (copy.deepcopy(span), pickle.loads(pickle.dumps(span))):
        assert (twin, str(twin)) == (span, "P2W")


def test_a_moment_has_no_day_after() -> None:
    with pytest.raises(InvalidValueError, match="without a time"):
        ZERO.after(dt.datetime(2027, 1, 11, tzinfo=dt.UTC))


def test_spans_are_made_from_spans_texts_and_nothing() -> None:
    assert to_span(ZERO) is ZERO
    assert to_span("P1D") == Span(days=1)
    assert to_optional_span(None) is None
    assert to_optional_span("P1D") == Span(days=1)


@pytest.mark.parametrize(
    ("text", "is_negative", "is_zero"), [("P0D", False, True), ("P1M", False, False), ("-P1D", True, False)]
)
def test_a_span_knows_whether_it_leads_back_or_nowhere(text: str, is_negative: bool, is_zero: bool) -> None:  # noqa: FBT001 (expected values)
    span = Span.parse(text)
    assert (span.is_negative, span.is_zero) == (is_negative, is_zero)
