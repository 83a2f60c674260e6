"""Ends by case and what later periods leave out: what they take, and what they refuse with which code."""

from __future__ import annotations

import datetime as dt
import json

import jsonschema
import pytest

from career_path import DocumentError, format_pathway, parse_pathway
from career_path.days.day_rules import DayOfYear
from career_path.errors import InvalidValueError
from career_path.formats.schema import pathway_schema
from career_path.model.ends import (
    AgeEnd,
    Case,
    Cases,
    EarliestOf,
    LatestOf,
    Validity,
    check_end,
    parts_of,
    without_first,
)

HEAD = 'schema = "career-path/pathway/1"\nid = "p"\ngoal = { all = [] }\nsteps = {}\n[credentials.x]\n'
EVERY_CASE = """
valid = { cases = [
  { before = 1990-01-01 },
  { under_age = 40, fact = "group", is = "a", valid = { latest_of = [{ until_age = 42 }, { span = "P1Y" }] } },
  { valid = { cases = [{ before = 2030-01-01, valid = { span = "P1Y" } }] } },
] }
[credentials.y]
valid = { span = "P2Y", until = { months_after_birth_month = { months = -1, years = "birth" } } }
[credentials.w]
valid = { span = "P1Y", until = { every_years = { on = "02-01", every = 3, year = 2026 } } }
[credentials.z]
valid = { span = "P1M", until = { day_of_month = 15 } }
"""
FIRST = Validity(span="P2Y", first=Validity(span="P1Y"))
PLAIN = Validity(span="P2Y")


def test_every_part_is_read_written_and_in_the_schema() -> None:
    pathway = parse_pathway(HEAD + EVERY_CASE)
    written = format_pathway(pathway, syntax="json")
    assert parse_pathway(written, syntax="json") == pathway
    assert parse_pathway(format_pathway(pathway)) == pathway
    jsonschema.validate(json.loads(written), pathway_schema())
    case = json.loads(written)["credentials"]["x"]["valid"]["cases"][1]
    assert (case["under_age"], case["fact"], case["is"]) == (40, "group", "a")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("valid = { cases = [] }", "credentials.x.valid.cases: empty"),
        ("valid = { cases = [{ under_age = 0 }] }", "credentials.x.valid.cases[0].under_age: not-a-count"),
        ("valid = { cases = [{ before = 1990 }] }", "credentials.x.valid.cases[0].before: not-a-date"),
        ('valid = { cases = [{ fact = "group" }] }', "credentials.x.valid.cases[0].is: missing"),
        ('valid = { cases = [{ is = "a" }] }', "credentials.x.valid.cases[0].fact: missing"),
        ("valid = { cases = [{ over_age = 40 }] }", "credentials.x.valid.cases[0].over_age: unknown-field"),
        ("valid = { cases = [{}, { under_age = 40 }] }", "credentials.x.valid.cases: never-reached"),
        ('valid = { span = "P1Y", cases = [] }', "credentials.x.valid: not-an-end"),
        (
            'valid = { cases = [{ valid = { ends_with = "y" } }] }',
            "credentials.x.valid.cases[0].valid.ends_with: unknown-id",
        ),
        (
            'valid = { cases = [{ valid = { span = "P1Y", counted_from = "exam" } }] }',
            "credentials.x.valid.cases[0].valid: nested",
        ),
        (
            'valid = { span = "P1Y", until = { day_of_month = 32 } }',
            "credentials.x.valid.until.day_of_month: not-a-count",
        ),
        (
            'valid = { span = "P1Y", until = { every_years = { on = "02-01", every = 3 } } }',
            "credentials.x.valid.until.every_years.year: missing",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_refused_where_it_stands(text: str, fault: str) -> None:
    with pytest.raises(DocumentError) as caught:
        parse_pathway(HEAD + text)
    assert [f"{each.path}: {each.code}" for each in caught.value.faults] == [fault]


def test_python_values_are_checked_too() -> None:
    with pytest.raises(InvalidValueError) as caught:
        Case(before="1990-01-01")  # type: ignore[arg-type]
    assert caught.value.code == "not-a-date"
    with pytest.raises(InvalidValueError) as caught:
        Cases(cases=[Validity(span="P1Y")])  # type: ignore[list-item]
    assert caught.value.code == "wrong-kind"


def test_a_case_knows_what_it_depends_on() -> None:
    by_day = [Case(under_age=40), Case(before=dt.date(1990, 1, 1)), Case(fact="group", is_="a"), Case()]
    assert [each.is_by_day for each in by_day] == [True, True, False, False]
    assert [each.is_for_all for each in by_day] == [False, False, False, True]
    assert not Cases(cases=by_day[2:]).is_by_day
    assert Cases(cases=by_day).is_by_day


def test_the_parts_of_cases_are_found() -> None:
    end = Cases(cases=[Case(before=dt.date(1990, 1, 1)), Case(valid=EarliestOf(earliest_of=[AgeEnd(until_age=65)]))])
    assert [type(each) for each in parts_of(end)] == [Cases, EarliestOf, AgeEnd]
    assert check_end(end, "valid") is end


def test_a_later_period_has_no_first_rule_anywhere() -> None:
    assert without_first(EarliestOf(earliest_of=[FIRST])) == EarliestOf(earliest_of=[PLAIN])
    assert without_first(LatestOf(latest_of=[FIRST])) == LatestOf(latest_of=[PLAIN])
    assert without_first(Cases(cases=[Case(before=dt.date(1990, 1, 1)), Case(valid=FIRST)])) == Cases(
        cases=[Case(before=dt.date(1990, 1, 1)), Case(valid=PLAIN)]
    )
    assert without_first(AgeEnd(until_age=65)) == AgeEnd(until_age=65)


def test_a_day_that_comes_once_a_year_is_counted_from_the_last_end() -> None:
    assert Validity(span="P54M", until=DayOfYear(on="06-30")).is_chained
    assert not Validity(span="P54M", until="month-end").is_chained
