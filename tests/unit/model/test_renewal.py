"""Ends, rules of renewal and duties: what they take, and what they refuse with which code."""

from __future__ import annotations

import datetime as dt
import json

import jsonschema
import pytest

from career_path import DocumentError, Pathway, format_pathway, parse_pathway
from career_path.errors import InvalidValueError
from career_path.formats.schema import pathway_schema
from career_path.model.credentials import Credential
from career_path.model.ends import AgeEnd, EarliestOf, Validity
from career_path.model.renewal import Change, Duty, Extension, Fee, RenewalRule, Rung, Way, Within, to_fees

HEAD = 'schema = "career-path/pathway/1"\nid = "p"\ngoal = { all = [] }\nsteps = {}\n[credentials.x]\n'
EVERYTHING = """
duties.fee = { title = "Fee", every = { span = "P1Y" }, fee = "20.00" }
duties.training = { within = { span = "P90D", counts = "inclusive" } }
extended = [{ from = 2020-03-01, through = 2020-06-30, to = 2020-09-30 }]
changes = [{ since = 2020-01-01, applies = "running-cycles", valid = { until_age = 65 } }]
[credentials.x.valid]
earliest_of = [
  { span = "P1Y", until = "month-end", nth = 2, after = true, first = { span = "P6M", at_most = "P18M" } },
  { latest_of = [{ idle = "P24M", role = "aide", hours = 7.5 }, { span = "P1Y", short_month = "next-day" }] },
  { span = "P2Y", repeats = "expiry" },
]
[credentials.x.renewal]
method = "from-completion"
opens = { working_days = 20 }
soft = { day_of_year = "09-15" }
fee = [{ amount = "40.00" }, { amount = "50.00", since = 2027-01-01 }]
late_fee = "25.00"
processing = "P10D"
late = "kept"
at_most = 3
grace = { within = { span = "P3M", until = "month-end" }, current = true, keeps_expiry = true, fee = "1" }
lapse = [{ way = "reinstatement", within = "P1Y", keeps_expiry = true }, { way = "exam", title = "Exam" }]
ways.exam = { kind = "exam", before = "P2M", apply = "P30D", fee = "250.00", opens = "P1Y", results = "P3W" }
ways.points = { kind = "credits", takes = { hours = 60, weekly_at_most = 10 }, results = { working_days = 5 } }
ways.other = { kind = "paper", credential = "y", automatic = true, takes = "P1M" }
[credentials.y]
"""


def read(text: str) -> Pathway:
    return parse_pathway(HEAD + text)


def test_every_part_is_read_written_and_in_the_schema() -> None:
    pathway = read(EVERYTHING)
    written = format_pathway(pathway, syntax="json")
    assert parse_pathway(written, syntax="json") == pathway
    assert parse_pathway(format_pathway(pathway)) == pathway
    jsonschema.validate(json.loads(written), pathway_schema())


def test_a_plain_validity_is_written_as_before() -> None:
    written = json.loads(format_pathway(read('valid = { span = "P60M", until = "month-end" }'), syntax="json"))
    assert written["credentials"]["x"] == {"valid": {"span": "P60M", "until": "month-end"}}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('valid = { span = "P1Y", nth = 2 }', "credentials.x.valid.nth: no-hits"),
        ('valid = { span = "P1Y", after = true }', "credentials.x.valid.after: no-hits"),
        ('valid = { span = "P1Y", until = "month-end", nth = 0 }', "credentials.x.valid.nth: not-a-count"),
        ('valid = { span = "P1Y", month_of = "x" }', "credentials.x.valid.month_of: no-month-end"),
        (
            "valid = { span = 'P1Y', until = 'month-end', month_of = 'x' }",
            "credentials.x.valid.month_of: self-reference",
        ),
        ('valid = { span = "P1Y", counted_from = "exam" }', "credentials.x.valid.counted_from: unknown-id"),
        ('valid = { ends_with = "y" }', "credentials.x.valid.ends_with: unknown-id"),
        ("valid = { earliest_of = [] }", "credentials.x.valid.earliest_of: empty"),
        ('valid = { span = "P1Y", until_age = 65 }', "credentials.x.valid: not-an-end"),
        ("valid = { until_age = 200 }", "credentials.x.valid.until_age: not-a-count"),
        ('valid = { idle = "P0D", role = "aide" }', "credentials.x.valid.idle: not-positive"),
        ('valid = { span = "P1Y", when = "guard" }', "credentials.x.valid.when: unknown-field"),
        ("renewal = {}", "credentials.x.valid: missing"),
        (
            'valid = { span = "P1Y" }\nrenewal = { method = "fixed-date" }',
            "credentials.x.renewal.method: no-fixed-date",
        ),
        ('valid = { span = "P1Y" }\nrenewal = { method = "expiry" }', "credentials.x.renewal.method: not-a-choice"),
        ('valid = { span = "P1Y" }\nrenewal = { opens = "-P1D" }', "credentials.x.renewal.opens: negative"),
        ('valid = { span = "P1Y" }\nrenewal = { opens = 60 }', "credentials.x.renewal.opens: wrong-type"),
        ('valid = { span = "P1Y" }\nrenewal = { late_fee = "1" }', "credentials.x.renewal.soft: missing"),
        ('valid = { span = "P1Y" }\nrenewal = { sources = ["A"] }', "credentials.x.renewal.sources[0]: unknown-id"),
        (
            'valid = { span = "P1Y" }\nrenewal = { lapse = [{ way = "exam" }, { way = "exam" }] }',
            "credentials.x.renewal.lapse: no-end",
        ),
        (
            'valid = { span = "P1Y" }\nrenewal.ways.y = { automatic = true }',
            "credentials.x.renewal.ways.y.credential: missing",
        ),
        (
            'valid = { span = "P1Y" }\nrenewal.ways.y = { takes = { low = "P1D", likely = "P1D", high = "P1D" } }',
            "credentials.x.renewal.ways.y.takes: not-a-length",
        ),
        (
            'valid = { span = "P1Y" }\nrenewal.ways.y = { takes = "-P1D" }',
            "credentials.x.renewal.ways.y.takes: negative",
        ),
        (
            'valid = { span = "P1Y" }\nrenewal.ways.y = { results = { hours = 3 } }',
            "credentials.x.renewal.ways.y.results: not-a-length",
        ),
        (
            'valid = { span = "P1Y" }\nrenewal.ways.y = { results = "-P1D" }',
            "credentials.x.renewal.ways.y.results: negative",
        ),
        ("duties.fee = {}", "credentials.x.duties.fee: one-of"),
        ("changes = [{ since = 2020-01-01 }]", "credentials.x.changes[0]: empty"),
        ("extended = [{ from = 2020-01-02, to = 2020-01-01 }]", "credentials.x.extended[0].to: out-of-order"),
    ],
)
def test_what_cannot_be_said_is_refused_where_it_stands(text: str, fault: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read(text)
    assert fault in [f"{each.path}: {each.code}" for each in caught.value.faults]


def test_python_values_are_checked_too() -> None:
    with pytest.raises(InvalidValueError, match="17"):
        Credential("x", valid=17)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="id"):
        RenewalRule(ways=[Way("exam"), Way("exam")])
    with pytest.raises(InvalidValueError, match="several ends"):
        EarliestOf(earliest_of=[Validity(span="P1Y", counted_from="exam"), AgeEnd(until_age=65)])
    first = Validity(span="P1Y", first=Validity(span="P1M"))
    with pytest.raises(InvalidValueError, match="first period"):
        Validity(span="P1Y", first=first)
    with pytest.raises(InvalidValueError, match="month-end"):
        Within(span="P1M", until="anniversary")
    with pytest.raises(InvalidValueError, match="list of ends"):
        EarliestOf(earliest_of="P1Y")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="0 to 1000"):
        RenewalRule(at_most=-1)


def test_fees_come_from_an_amount_a_fee_or_a_list_by_day() -> None:
    later, first = Fee("2", since=dt.date(2027, 1, 1)), Fee("1")
    assert to_fees(None) == ()
    assert to_fees(first) == to_fees("1") == (first,)
    assert to_fees([later, first]) == (first, later)


def test_a_rung_and_a_duty_have_their_defaults() -> None:
    assert Rung(way="exam").fee == ()
    assert Duty("fee", within="P90D").within == Within(span="P90D")
    assert Change(since=dt.date(2020, 1, 1), renewal=RenewalRule()).applies.value == "next-cycle"
    assert Extension(from_=dt.date(2020, 1, 1), to=dt.date(2020, 1, 1)).to == dt.date(2020, 1, 1)
