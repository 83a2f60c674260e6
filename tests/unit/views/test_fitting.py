"""Text in a room of so many columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_path.views.fitting import columns_of, fitted, lines_of


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("Exam", 4, "Exam"),
        ("Exams", 4, "Exa…"),
        ("CMA exam", 5, "CMA…"),
        ("試験試験", 5, "試験…"),
        ("試験試験", 4, "試…"),
        ("e\u0301e\u0301e\u0301", 3, "e\u0301e\u0301e\u0301"),
        ("", 3, ""),
    ],
)
def test_a_text_that_is_too_wide_ends_in_an_ellipsis(text: str, columns: int, expected: str) -> None:
    assert fitted(text, columns) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Job search", ("Job search",)),
        ("Certified medical assistant", ("Certified", "medical", "assistant")),
        ("one two three", ("one two", "three")),
        ("abcdefghijklmnopqrstuvwxyz", ("abcdefghij", "klmnopqrst", "uvwxyz")),
        ("abcdefghijklmnopqrstuvwxyzabcdefghijklm", ("abcdefghij", "klmnopqrst", "uvwxyzabc…")),
        ("", ()),
    ],
)
def test_a_text_is_broken_at_blanks_and_else_where_the_line_is_full(text: str, expected: tuple[str, ...]) -> None:
    assert lines_of(text, 10, most=3) == expected


def test_a_character_wider_than_the_room_still_gets_a_line() -> None:
    assert lines_of("試験", 1, most=2) == ("試", "験")


@given(st.text(max_size=80), st.integers(4, 30))
def test_no_line_is_wider_than_the_room(text: str, columns: int) -> None:
    lines = lines_of(text, columns, most=3)
    assert len(lines) <= 3
    assert all(columns_of(line) <= columns for line in (fitted(text, columns), *lines))
