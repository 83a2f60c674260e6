"""Dates and calendar lengths of the JSON-Schema-Test-Suite, where its files lie at hand.

Two differences are meant. ISO 8601 allows gaps such as P1Y2D and a sign was added for lags, both refused by
RFC 3339; and there are no times here, nor numbers of 77 digits.
"""

import json
import os
from pathlib import Path
from typing import TypedDict

import pytest

from career_path.days.numbers import parse_date
from career_path.days.spans import Span
from career_path.errors import InvalidValueError

FOLDER = Path(os.environ.get("CAREER_PATH_OUTSIDE") or Path(__file__).parents[3] / "shared" / "outside")
ALLOWED_HERE = {"P1Y2D", "-P1D"}


class Case(TypedDict):
    data: str
    valid: bool


def cases(name: str) -> list[Case]:
    path = FOLDER / "jsonschema" / name
    if not path.is_file():
        pytest.skip(f"{name} of the JSON-Schema-Test-Suite is not here; CAREER_PATH_OUTSIDE may name its folder")
    groups = json.loads(path.read_text(encoding="utf-8"))
    return [case for group in groups for case in group["tests"] if isinstance(case["data"], str)]


def is_date(text: str) -> bool:
    try:
        return parse_date(text).isoformat() == text
    except InvalidValueError:
        return False


def is_span(text: str) -> bool:
    try:
        return str(Span.parse(text)) == text
    except InvalidValueError:
        return False


def test_the_suite_and_this_library_know_the_same_dates() -> None:
    found = cases("date.json")

    assert len(found) > 60
    assert [case["data"] for case in found if is_date(case["data"]) != case["valid"]] == []


def test_the_suite_and_this_library_know_the_same_calendar_lengths_but_for_what_is_meant() -> None:
    found = cases("duration.json")
    without_times = [case for case in found if not (case["valid"] and "T" in case["data"])]
    differ = {case["data"] for case in without_times if is_span(case["data"]) != case["valid"]}

    assert len(without_times) > 30
    assert {text for text in differ if len(text) < 40} == ALLOWED_HERE
    assert all(text.strip("PD9") == "" for text in differ - ALLOWED_HERE)


def test_no_length_with_hours_is_a_calendar_length() -> None:
    timed = [case["data"] for case in cases("duration.json") if "T" in case["data"]]

    assert len(timed) > 10
    assert not any(map(is_span, timed))
