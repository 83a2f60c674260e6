"""Whatever comes in, only this library's own errors come out.

Text and bytes as such: `unit/formats/test_document_gate.py` and `unit/formats/test_icalendar_lint.py`. Here sound
documents are damaged a little, so that the damage gets past the gate and deep into the reader, and what survives is
used: written, read again, planned.
"""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Final, cast

import click
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from career_path.cli import application, values
from career_path.days.day_rules import MonthDay, to_weekday
from career_path.days.durations import to_hours
from career_path.days.numbers import parse_date
from career_path.days.spans import Span
from career_path.errors import CareerPathError, DocumentError, InvalidValueError
from career_path.formats.documents import (
    Syntax,
    format_learner,
    format_pathway,
    format_timeline,
    parse_learner,
    parse_pathway,
    parse_timeline,
)
from career_path.formats.icalendar import format_calendar
from career_path.formats.icalendar_lint import lint_calendar
from career_path.model.learner import Learner
from career_path.model.pathway import Credential, Pathway, Source, Step, Validity, to_amount
from career_path.model.requirements import AnyOf, Holds, Needs
from career_path.model.text import check_id, check_text
from career_path.model.timeline import Timeline
from career_path.planning import plan
from career_path.testing import cases, pathways
from career_path.views.outline import pathway_text
from career_path.views.table import plan_table

TODAY: Final = dt.date(2027, 1, 11)
FEW_ROUTES: Final = 50

# Damage

Place = tuple[Any, Any]
"""A table or list of a document, and a key or index in it."""

STRANGE: Final = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from(
        (10**17, -1, 0, 1.5, "", "P1M", "-P1M", "P0D", "P100Y", "2027-01-11", "9999-12-31", "0001-01-01", "02-29", "0")
    ),
    st.sampled_from(("course", "job", "s0", "s1", "c0", "all", "true", "day-before", "\u0000", "\ud800", "\u202e")),
    st.text(max_size=5),
    st.lists(st.integers(0, 3) | st.text(max_size=3), max_size=3),
    st.dictionaries(st.sampled_from(("step", "all", "any", "at_least", "of", "from", "hours", "x")), st.integers(0, 3)),
)


def places(value: object) -> Iterator[Place]:
    """Every place of a document that holds something."""
    waiting: list[Any] = [value]
    while waiting:
        each = waiting.pop()
        keys = list(each) if isinstance(each, dict) else range(len(each))
        for key in keys:
            yield each, key
            if isinstance(each[key], (dict, list)):
                waiting.append(each[key])


def drop(draw: DrawFn, found: list[Place]) -> None:
    holder, key = draw(st.sampled_from(found))
    del holder[key]


def swap(draw: DrawFn, found: list[Place]) -> None:
    (one, first), (other, second) = draw(st.sampled_from(found)), draw(st.sampled_from(found))
    # Copies, because a part swapped with a part of its own would hold itself.
    one[first], other[second] = copy.deepcopy(other[second]), copy.deepcopy(one[first])


def duplicate(draw: DrawFn, found: list[Place]) -> None:
    holder, key = draw(st.sampled_from(found))
    more = copy.deepcopy(holder[key])
    if isinstance(holder, list):
        holder.append(more)
    else:
        holder[draw(st.sampled_from(("id", "x", f"{key}-2", *map(str, holder))))] = more


def retype(draw: DrawFn, found: list[Place]) -> None:
    holder, key = draw(st.sampled_from(found))
    holder[key] = draw(STRANGE)


def rename(draw: DrawFn, found: list[Place]) -> None:
    holder, key = draw(st.sampled_from(found))
    if isinstance(holder, dict):
        holder[draw(st.text(max_size=4) | st.sampled_from([str(name) for _, name in found]))] = holder.pop(key)


DAMAGES: Final = (drop, swap, duplicate, retype, rename)


@st.composite
def damaged(draw: DrawFn, tables: st.SearchStrategy[Any]) -> str:
    """A document in JSON with one to four things done to it."""
    table = copy.deepcopy(draw(tables))
    for damage in draw(st.lists(st.sampled_from(DAMAGES), min_size=1, max_size=4)):
        found = list(places(table))
        if found:
            damage(draw, found)
    return json.dumps(table)


def pathway_tables() -> st.SearchStrategy[Any]:
    return pathways(max_steps=4).map(lambda pathway: json.loads(format_pathway(pathway, syntax="json")))


def learner_tables() -> st.SearchStrategy[Any]:
    return cases(max_steps=4).map(lambda case: json.loads(format_learner(case[1], syntax="json")))


SMALL: Final = Pathway(
    "small",
    title="Nurse",
    goal="job",
    steps=[
        Step("course", title="Course", kind="program", takes="P3M", cost="240", sources=["A1"]),
        Step("exam", kind="exam", requires=Needs("course", within="P1Y"), grants=["card"]),
        Step("job", kind="job", requires=AnyOf("exam", Holds("card")), cost="0"),
    ],
    credentials=[Credential("card", issuer="NHA", letters="CCMA", valid=Validity(span="P2Y"))],
    sources=[Source("A1", title="Rules", sure="memory")],
)


@cache
def small_plan() -> str:
    return format_timeline(plan(SMALL, Learner("ana", deadline=dt.date(2027, 2, 1)), today=TODAY), syntax="json")


def timeline_tables() -> st.SearchStrategy[Any]:
    return st.builds(lambda: json.loads(small_plan()))


def read(parse: Callable[[str], object], text: str) -> object:
    """What a document says, or None where it was refused; anything but our own error fails the test."""
    try:
        return parse(text)
    except DocumentError as error:
        check_faults(error)
        return None


def check_faults(error: DocumentError) -> None:
    assert error.faults
    assert all(fault.code and fault.expected for fault in error.faults)
    assert str(error).replace("\n", "").isprintable()


def check_told(error: CareerPathError | click.BadParameter) -> None:
    """That it says something, in letters that are safe to show."""
    assert str(error)
    assert str(error).replace("\n", "").isprintable()


@given(damaged(pathway_tables()))
def test_a_damaged_pathway_is_refused_or_can_be_used(text: str) -> None:
    pathway = read(parse_pathway, text)
    if isinstance(pathway, Pathway):
        assert parse_pathway(format_pathway(pathway, syntax="json")) == pathway
        assert parse_pathway(format_pathway(pathway, syntax="toml")) == pathway
        assert pathway_text(pathway)
        try:
            plan(pathway, Learner(weekly_hours=20, born=dt.date(2000, 2, 29)), today=TODAY, max_routes=FEW_ROUTES)
        except CareerPathError as error:
            check_told(error)


@given(damaged(learner_tables()))
def test_a_damaged_learner_is_refused_or_can_be_used(text: str) -> None:
    learner = read(parse_learner, text)
    if isinstance(learner, Learner):
        assert parse_learner(format_learner(learner, syntax="toml")) == learner
        try:
            plan(SMALL, learner, today=TODAY, max_routes=FEW_ROUTES)
        except CareerPathError as error:
            check_told(error)


@given(damaged(timeline_tables()))
def test_a_damaged_timeline_is_refused_or_can_be_used(text: str) -> None:
    timeline = read(parse_timeline, text)
    if isinstance(timeline, Timeline):
        for write in (format_timeline, format_calendar, plan_table):
            try:
                written = write(timeline)
            except CareerPathError as error:
                check_told(error)
            else:
                assert written


# Damage to the text itself


@st.composite
def torn(draw: DrawFn, texts: tuple[str, ...]) -> bytes:
    """A text with pieces cut out, said twice or put in."""
    data = draw(st.sampled_from(texts)).encode()
    for _ in range(draw(st.integers(1, 3))):
        begin = draw(st.integers(0, len(data)))
        end = min(len(data), begin + draw(st.integers(0, 12)))
        middle = draw(
            st.sampled_from((b"", data[begin:end] * 2, b"\n", b'"', b"'''", b"[", b"}", b"=", b"\\", b"\x00", b"\xff"))
            | st.binary(max_size=4)
        )
        data = data[:begin] + middle + data[end:]
    return data


def sound(syntax: Syntax) -> tuple[str, str, str]:
    learner = Learner("ana", start=TODAY, weekly_hours=20, place="US-TX")
    timeline = parse_timeline(small_plan())
    return (
        format_pathway(SMALL, syntax=syntax),
        format_learner(learner, syntax=syntax),
        format_timeline(timeline, syntax=syntax),
    )


@pytest.mark.parametrize("syntax", ["json", "toml"])
def test_a_torn_text_is_refused_or_read(syntax: Syntax) -> None:
    parsers = (parse_pathway, parse_learner, parse_timeline)

    @given(torn(sound(syntax)))
    def check(data: bytes) -> None:
        for parse in parsers:
            read(cast("Callable[[str], object]", parse), cast("str", data))

    check()


def test_a_torn_calendar_is_looked_at_without_a_crash() -> None:
    @given(torn((format_calendar(parse_timeline(small_plan())),)))
    def check(data: bytes) -> None:
        assert [ascii(str(fault)) for fault in lint_calendar(data) if not str(fault).isprintable()] == []

    check()


def test_a_name_in_a_calendar_is_shown_short_and_without_control_characters() -> None:
    name = b"\x1b[2J" + b"x" * 5_000
    data = b"\r\n".join(
        [b"BEGIN:VCALENDAR", b"BEGIN:" + name, b"BEGIN:VEVENT", b"DTSTART:1", b"DTSTART:2", b"END:VCALENDAR", b""]
    )
    told = [str(fault) for fault in lint_calendar(data + b"A" * 5_000 + b":1\r\nBEGIN:" + name + b"\r\n")]
    assert len(told) > 5
    assert [ascii(fault) for fault in told if not fault.isprintable() or len(fault) > 400] == []


# Words that people type

DAYISH: Final = st.from_regex(r"\A-?[0-9]{0,5}-?[0-9]{0,2}-?[0-9]{0,3}[TZ]?\Z")
SPANISH: Final = st.from_regex(r"\A-?P?([0-9]{0,7}[YMWDH]?){0,4}\Z")
NUMBERISH: Final = st.from_regex(r"\A[+-]?[0-9]{0,14}[.,]?[0-9]{0,7}(e[0-9])?\Z")
WORDS: Final = st.text(max_size=20) | DAYISH | SPANISH | NUMBERISH

TEXT_READERS: Final[tuple[Callable[[str], object], ...]] = (
    parse_date,
    Span.parse,
    MonthDay.parse,
    to_weekday,
    to_amount,
    check_id,
    check_text,
)


@given(WORDS)
@example("P" + "9" * 6 + "Y")
@example("-P0D")
@example("02-30")
def test_a_word_is_read_or_refused_by_every_reader(text: str) -> None:
    for reader in TEXT_READERS:
        try:
            value = reader(text)
        except InvalidValueError as error:
            check_told(error)
        else:
            assert reader(f"{value:f}" if reader is to_amount else str(value)) == value


@given(st.floats() | st.integers() | st.decimals() | st.booleans() | st.text(max_size=3) | st.none())
def test_hours_are_read_or_refused(value: object) -> None:
    try:
        assert to_hours(cast("int", value)) >= 0
    except InvalidValueError as error:
        check_told(error)


OPTIONS: Final = {
    "--start": values.DATE,
    "--hours": values.HOURS,
    "--done": values.DONE,
    "--absent": values.ABSENCE,
    "--choose": values.ID,
    "--avoid": values.ID,
    "--overlay": values.ID,
    "--deadline": values.DATE,
    "--finish-by": values.DATE,
    "--budget": values.AMOUNT,
    "--objective": values.OBJECTIVE,
    "--today": values.DATE,
    "--learner-id": values.ID,
}


@given(st.one_of(WORDS, st.builds("{}{}{}".format, WORDS, st.sampled_from(("=", "..", ":")), WORDS)))
def test_every_option_is_read_or_refused_in_a_line(text: str) -> None:
    for reader in set(OPTIONS.values()):
        try:
            reader(text)
        except click.BadParameter as error:
            check_told(error)


GOOD: Final = {
    "--start": "2027-02-01",
    "--hours": "20",
    "--done": "program-classes=2026-05-01",
    "--absent": "2027-07-01..2027-07-31",
    "--choose": "cma-aama",
    "--avoid": "cma-aama",
    "--overlay": "cma-60-months",
    "--deadline": "2027-12-31",
    "--finish-by": "2028-12-31",
    "--budget": "0",
    "--objective": "balanced:25",
    "--today": "2027-01-11",
    "--learner-id": "ana",
}


@st.composite
def commands(draw: DrawFn) -> list[str]:
    names = draw(st.lists(st.sampled_from(sorted(OPTIONS)), max_size=5))
    args = [part for name in names for part in (name, draw(st.just(GOOD[name]) | WORDS))]
    shape = draw(st.sampled_from(("table", "json", "ics")) | st.text(max_size=4))
    return ["plan", "medical-assistant", "--today", "2027-01-11", "--hours", "20", "--format", shape, *args]


def test_whatever_options_are_given_the_command_ends_with_one_of_its_codes(capfd: pytest.CaptureFixture[str]) -> None:
    @given(commands())
    def check(args: list[str]) -> None:
        status = application.main(args, standalone_mode=False)
        out, err = capfd.readouterr()
        assert status in {0, 1, 2}
        assert status != 2 or (not out and err)
        assert err.replace("\n", "").isprintable()
        assert "Traceback" not in err

    check()
