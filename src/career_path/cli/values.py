"""What options hold: each read by a function whose errors say what would be right."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeVar

import click

from career_path.days.numbers import parse_date
from career_path.days.pace import Absence
from career_path.days.spans import Span
from career_path.errors import InvalidValueError, quoted
from career_path.model.learner import HoursPeriod, Record
from career_path.model.pathway import to_amount
from career_path.model.places import check_place
from career_path.model.text import check_id
from career_path.planning import Balanced, Objective
from career_path.planning.reminders import Ladder

__all__ = [
    "ABSENCE",
    "AMOUNT",
    "DATE",
    "DONE",
    "FILE",
    "HORIZON",
    "HOURS",
    "ID",
    "LADDER",
    "OBJECTIVE",
    "PLACE",
    "REVISION",
    "SPAN",
    "STARTED",
]

T = TypeVar("T")


def _reads(read: Callable[[str], T]) -> Callable[[str], T]:
    """The same function as click wants it: with an error that click puts the name of the option before."""

    def convert(value: str) -> T:
        try:
            return read(value)
        except InvalidValueError as error:
            hint = f"; did you mean '{error.nearest}'?" if error.nearest else ""
            raise click.BadParameter(f"found {error.found}; expected {error.expected}{hint}") from None

    return convert


def _hours(text: str) -> Fraction:
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", text):
        raise InvalidValueError("not-a-number", "", quoted(text), "hours a week, such as 20 or 7.5")
    return HoursPeriod(hours=Decimal(text)).hours


def _done(text: str) -> Record:
    step, found, day = text.partition("=")
    if not found:
        raise InvalidValueError("not-a-record", "", quoted(text), "STEP=YYYY-MM-DD")
    return Record(step, finished=parse_date(day))


def _started(text: str) -> Record:
    step, found, day = text.partition("=")
    if not found:
        raise InvalidValueError("not-a-record", "", quoted(text), "STEP=YYYY-MM-DD")
    return Record(step, started=parse_date(day))


def _absence(text: str) -> Absence:
    first, found, last = text.partition("..")
    if not found:
        raise InvalidValueError("not-an-absence", "", quoted(text), "FROM..THROUGH, two dates written YYYY-MM-DD")
    return Absence(from_=parse_date(first), through=parse_date(last))


def _objective(text: str) -> Objective:
    if text == "earliest":
        return "earliest"
    if text == "cheapest":
        return "cheapest"
    word, found, amount = text.partition(":")
    if word == "balanced" and found:
        return Balanced(per_day=to_amount(amount))
    expected = "earliest, cheapest or balanced:AMOUNT, the amount that a day is worth, such as balanced:25.00"
    raise InvalidValueError("not-an-objective", "", quoted(text), expected)


def _ladder(text: str) -> Ladder:
    kind, found, spans = text.partition("=")
    if not found:
        raise InvalidValueError("not-a-ladder", "", quoted(text), "KIND=SPAN,… such as expires=P6M,P1M,P0D")
    return Ladder([kind], spans.split(",") if spans else [])


_MOST_REVISIONS: Final = 2**31 - 1


def _revision(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,10}", text) or int(text) > _MOST_REVISIONS:
        raise InvalidValueError("not-a-revision", "", quoted(text), f"a whole number from 0 to {_MOST_REVISIONS}")
    return int(text)


def _file(text: str) -> str:
    if not text:
        raise InvalidValueError("missing", "", "''", "the name of a file")
    return text


def _horizon(text: str) -> dt.date | Span:
    if text.startswith(("P", "-")):
        return Span.parse(text)
    return parse_date(text)


DATE: Final = _reads(parse_date)
HORIZON: Final = _reads(_horizon)
HOURS: Final = _reads(_hours)
DONE: Final = _reads(_done)
ABSENCE: Final = _reads(_absence)
AMOUNT: Final = _reads(to_amount)
FILE: Final = _reads(_file)
ID: Final = _reads(check_id)
LADDER: Final = _reads(_ladder)
OBJECTIVE: Final = _reads(_objective)
PLACE: Final = _reads(check_place)
SPAN: Final = _reads(Span.parse)
STARTED: Final = _reads(_started)
REVISION: Final = _reads(_revision)
