"""What the pages say in tables and lists is true: dates, words, names, codes, fields."""

from __future__ import annotations

import ast
import csv
import datetime as dt
import gzip
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import cast

import pytest

import career_path
from career_path import (
    ConflictKind,
    DeadlineKind,
    Learner,
    NoticeKind,
    agenda,
    format_timeline,
    load_catalog,
    plan,
)
from career_path.cli import application
from career_path.cli.targets import FORMATS
from career_path.days.spans import Span
from career_path.formats.agenda_json import format_agenda
from career_path.model.pathway import Credential, Validity
from career_path.planning.validity import expiry
from pages import ALL, ROOT, TODAY, Table, commands, in_code, table_with, tables

# Dates


def added(start: str, span: str) -> str:
    return str(Span.parse(span).after(dt.date.fromisoformat(start)))


ORACLES = ROOT / "tests/outside/dates/add_months_oracles.csv.gz"
COLUMNS = {
    "dateutil 2.9.0": "dateutil2.9.0",
    "PostgreSQL 15": "postgres15",
    "PHP 8.2": "php8.2_modify",
    "SQLite 3.40": "sqlite3.40_date",
    "JavaScript": "js_setUTCMonth",
}


def test_the_table_of_months_has_our_days_and_those_that_were_recorded() -> None:
    table = table_with("dates.md", "months", "here")
    assert ", ".join(list(table[0])[3:]).split(", ") == list(COLUMNS)
    assert [row["here"] for row in table] == [added(row["from"], f"P{row['months']}M") for row in table]
    assert {row["from"][5:] for row in table} == {"01-31", "08-31", "12-31", "02-29"}
    if ORACLES.exists():
        with gzip.open(ORACLES, "rt", encoding="ascii", newline="") as file:
            recorded = {(row["date"], row["months"]): row for row in csv.DictReader(file)}
        for row in table:
            for heading in list(row)[3:]:
                engines = [COLUMNS[name] for name in heading.split(", ")]
                assert {recorded[row["from"], row["months"]][engine] for engine in engines} == {row[heading]}


def test_the_table_of_days_tells_both_ways_to_count() -> None:
    for row in table_with("dates.md", "days", "the first day counted"):
        start, days = row["from"], int(row["days"])
        ours = row["here, dateutil, PHP, SQL and JavaScript"]
        with closing(sqlite3.connect(":memory:")) as engine:
            assert [ours] == list(engine.execute("SELECT date(?, ?)", (start, f"+{days} days")).fetchone())
        assert ours == added(start, f"P{days}D")
        assert row["the first day counted"] == added(start, f"P{days - 1}D")


def test_the_table_of_last_days_has_those_of_each_way_to_end() -> None:
    for row in table_with("dates.md", "granted", "span"):
        granted = dt.date.fromisoformat(row["granted"])
        for until in ("day-before", "anniversary", "month-end"):
            rule = expiry(Credential("c-x", valid=Validity(span=row["span"], until=until)), None)
            assert rule is not None
            assert str(dt.date.fromordinal(rule.f(granted.toordinal()))) == row[f"`{until}`"]
        before = granted - dt.timedelta(days=1)
        assert row["a day taken off first"] == added(str(before), row["span"])


# Names


def test_every_word_of_the_glossary_lives_where_it_says() -> None:
    words = table_with("glossary.md", "word", "in Python")
    assert [row["word"] for row in words] == sorted(row["word"] for row in words)
    for row in words:
        assert in_code(row["in Python"]), row["word"]
        for name in in_code(row["in Python"]):
            assert is_there(name), name


def is_there(name: str) -> bool:
    """Whether a dotted name can be found: a public name, a module's name, or a field of a class."""
    value: object = career_path
    for part in name.removeprefix("career_path.").split("."):
        if part in {each.name for each in getattr(value, "__attrs_attrs__", ())}:
            return True
        if not hasattr(value, part):
            try:
                import_module(f"{getattr(value, '__name__', '')}.{part}")
            except ImportError:
                return False
        value = getattr(value, part)
    return True


def test_the_reference_has_every_public_name() -> None:
    text = (ROOT / "docs/reference.md").read_text("utf-8")
    told = re.findall(r"^\.\. auto(?:function|class|data):: (\w+)$", text, re.MULTILINE)
    assert sorted(told) == sorted(set(career_path.__all__) - {"__version__"})


def test_the_reference_shows_the_help_of_every_command() -> None:
    shown = {command.line for each in ALL["reference.md"] for command in commands(each, None)}
    assert {f"career-path {name} --help" for name in application.commands} < shown


def test_the_reference_has_every_format_and_exit_code() -> None:
    told = {row["format"] for row in table_with("reference.md", "format", "suffix of `-o`")}
    assert told == {f"`{name}`" for name in FORMATS}
    assert [row["code"] for row in table_with("reference.md", "code", "when")] == ["0", "1", "2", "130"]


def test_the_reference_has_every_fault_code() -> None:
    told = [
        code for table in tables("reference.md") if "code" in table[0] for row in table for code in in_code(row["code"])
    ]
    used = {code for file in (ROOT / "src/career_path").rglob("*.py") if has_fault_codes(file) for code in codes(file)}
    assert len(told) == len(set(told))
    assert sorted(told) == sorted(used)


def has_fault_codes(file: Path) -> bool:
    """Calendars have codes of their own, and options are told without."""
    return not file.name.startswith("icalendar_") and file.parts[-2:] != ("cli", "values.py")


def codes(file: Path) -> Iterator[str]:
    """The first arguments of faults that a module makes, where they are written out, and what looks like a code."""
    makers = {"Fault", "InvalidValueError", "_Refused"}
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id=maker), args=[ast.Constant(value=str(code)), *_]) if maker in makers:
                yield code
            case ast.Constant(value=str(text)) if re.fullmatch(r"not-an?-[a-z-]+", text):
                yield text
            case _:
                pass


@pytest.mark.parametrize(
    ("kinds", "page", "heading"),
    [
        (NoticeKind, "howto-read-a-plan.md", "what to do"),
        (ConflictKind, "howto-read-a-plan.md", "what it means"),
    ],
)
def test_every_kind_is_explained(kinds: type[StrEnum], page: str, heading: str) -> None:
    found = [table for table in tables(page) if "kind in JSON" in table[0] and heading in table[0]]
    told = {name for table in found for row in table for name in in_code(row["kind in JSON"])}
    assert {kind.value for kind in kinds} <= told


def test_every_field_of_timelines_and_agendas_is_told() -> None:
    ana = Learner("ana", start=TODAY, weekly_hours=20, deadline=TODAY)
    timeline = plan(load_catalog("medical-assistant"), ana, today=TODAY)
    prose = re.sub(r"^```.*?^```$", "", (ROOT / "docs/documents.md").read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    told = set(re.findall("[a-z_]+", " ".join(re.findall("`[^`]+`", prose))))
    written = json.loads(format_timeline(timeline)), json.loads(format_agenda(agenda(timeline), timeline))
    assert {*fields_in(written[0]), *fields_in(written[1])} <= told


def fields_in(value: object) -> Iterator[str]:
    """The names of all fields, at whatever depth; what stands in tables by id is passed over."""
    if isinstance(value, dict):
        for name, each in cast("Table", value).items():
            yield name
            if name not in {"names", "sources"}:
                yield from fields_in(each)
    elif isinstance(value, list):
        for each in cast("list[object]", value):
            yield from fields_in(each)


def test_the_kinds_of_deadlines_are_told_by_their_words() -> None:
    rows = table_with("howto-read-a-plan.md", "kind in JSON", "what is due")
    told = {name for row in rows for name in in_code(row["kind in JSON"])}
    assert told <= {kind.value for kind in DeadlineKind}
    ana = Learner("ana", start=TODAY, weekly_hours=20, deadline=dt.date(2029, 1, 1))
    assert {each.kind.value for each in plan(load_catalog("medical-assistant"), ana, today=TODAY).deadlines} <= told
