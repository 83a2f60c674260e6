"""Days, money and spans in words; expected texts are written by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from career_path.views.plain import day_text, days_text, joined, money_text, one_line, short_day_text, span_text


@pytest.mark.parametrize(
    ("month", "name"),
    list(enumerate(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], start=1)),
)
def test_every_month_has_its_english_name_in_every_locale(month: int, name: str) -> None:
    assert day_text(dt.date(2027, month, 9)) == f"9 {name} 2027"
    assert short_day_text(dt.date(2027, month, 9)) == f"9 {name}"


@pytest.mark.parametrize(("count", "text"), [(0, "0 days"), (1, "1 day"), (-1, "1 day"), (365, "365 days")])
def test_days_are_counted_in_words(count: int, text: str) -> None:
    assert days_text(count) == text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("P60M", "60 months"),
        ("P1Y", "1 year"),
        ("P2W", "2 weeks"),
        ("P1Y2M10D", "1 year, 2 months and 10 days"),
        ("-P30D", "30 days"),
        ("P0D", "no time"),
        ("160 hours", "160 hours"),
        ("PT5H", "PT5H"),
    ],
)
def test_spans_are_told_in_words_and_other_texts_stay(written: str, text: str) -> None:
    assert span_text(written) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "0.00 USD"),
        ("125", "125.00 USD"),
        ("575.5", "575.50 USD"),
        ("0.125", "0.125 USD"),
        ("1E+3", "1000.00 USD"),
        ("0.1250", "0.1250 USD"),
    ],
)
def test_money_has_two_places_and_loses_none(amount: str, text: str) -> None:
    assert money_text(Decimal(amount), "USD") == text


@pytest.mark.parametrize(
    ("parts", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_an_enumeration_ends_with_and(parts: list[str], text: str) -> None:
    assert joined(parts) == text


@pytest.mark.parametrize(
    ("hostile", "safe"),
    [
        ("a\nb\tc\r\nd", "a b c d"),
        ("\x1b[31mred\x1b[0m", "\ufffd[31mred\ufffd[0m"),
        ("bell\x07", "bell\ufffd"),
        ("c1\x9b31m", "c1\ufffd31m"),
        ("abc\u202edcba\u202c", "abcdcba"),
        ("\u2066a\u2069\u200f\u061cb", "ab"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("line\u2028sep\u2029", "line sep"),
        ("\ud800", "\ufffd"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("日本語 é", "日本語 é"),
    ],
)
def test_nothing_in_a_line_can_move_the_cursor_or_reorder_text(hostile: str, safe: str) -> None:
    assert one_line(hostile) == safe
