"""The learner: who plans, from when, at which pace, with what behind them and what they choose."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Final

import attrs

from career_path.days.durations import to_hours
from career_path.days.numbers import check_date, to_day
from career_path.days.pace import Absence
from career_path.errors import DocumentError, Fault, InvalidValueError, nearest_name, quoted
from career_path.model.parts import check_parts
from career_path.model.pathway import Pathway, to_amount
from career_path.model.renewal import Extension
from career_path.model.text import (
    CredentialId,
    StepId,
    check_id,
    check_occurrence,
    check_text,
    step_of,
    to_ids,
    to_overlay_ids,
)
from career_path.values import Value, frozen

__all__ = ["Absence", "Employment", "Fact", "Held", "HoursPeriod", "Learner", "Record", "check_learner", "check_past"]

MOST_WEEKLY_HOURS = 168
_LARGEST_FACT: Final = 10**18
FactValue = str | int | bool | Decimal | dt.date


def _optional_date(value: dt.date | None) -> dt.date | None:
    return None if value is None else check_date(value)


def _dates(values: Iterable[dt.date]) -> tuple[dt.date, ...]:
    return tuple(sorted(check_date(value) for value in values))


def _weekly(value: float | Decimal | Fraction) -> Fraction:
    try:
        hours = to_hours(value)
    except InvalidValueError as error:
        raise attrs.evolve(error, expected=f"0 to {MOST_WEEKLY_HOURS} hours a week") from None
    if hours > MOST_WEEKLY_HOURS:
        raise InvalidValueError("too-long", "", quoted(value), f"at most {MOST_WEEKLY_HOURS} hours a week")
    return hours


@frozen(kw_only=True)
class HoursPeriod(Value):
    """The hours a week that a learner has in a stretch of time, both ends included; open where an end is left out.

    >>> HoursPeriod(hours=7.5, through=dt.date(2027, 5, 31)).hours
    Fraction(15, 2)
    """

    hours: Fraction = attrs.field(converter=_weekly)
    from_: dt.date | None = attrs.field(default=None, converter=_optional_date)
    through: dt.date | None = attrs.field(default=None, converter=_optional_date)

    def __attrs_post_init__(self) -> None:
        if self.from_ and self.through and self.through < self.from_:
            raise InvalidValueError("ends-before-it-begins", "through", str(self.through), f"{self.from_} or later")


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _weekly_hours(
    value: float | Decimal | Fraction | Iterable[HoursPeriod] | None,
) -> tuple[HoursPeriod, ...] | None:
    if value is None:
        return None
    if isinstance(value, (int, float, Decimal, Fraction)):
        return (HoursPeriod(hours=value),)
    if _is_text(value):
        raise InvalidValueError("not-a-number", "", quoted(value), "a number of hours or a list of periods")
    given = check_parts(value, HoursPeriod, "weekly_hours")
    periods = tuple(sorted(given, key=lambda period: period.from_ or dt.date.min))
    for before, after in pairwise(periods):
        if before.through is None or after.from_ is None or after.from_ <= before.through:
            found = f"a period from {after.from_ or 'the start'} inside one through {before.through or 'the end'}"
            raise InvalidValueError("overlapping", "", found, "periods that do not overlap")
    return periods


def _occurrence(value: str) -> StepId:
    return StepId(check_occurrence(value))


@frozen
class Record(Value):
    """What is on file about a step. Days are those of the timeline: `finished` is the first day it counted as done.

    `waived` is True, or the day from which the step counts as done without having been done. A step that was done a
    second time has a record of its own, `bls-course~2`.

    >>> Record("program", started=dt.date(2027, 1, 11), failed=[dt.date(2027, 6, 2)]).days
    (('started', datetime.date(2027, 1, 11)), ('failed[0]', datetime.date(2027, 6, 2)))
    >>> Record("diploma", waived=True).is_waived
    True
    """

    step: StepId = attrs.field(converter=_occurrence)
    started: dt.date | None = attrs.field(default=None, converter=_optional_date, kw_only=True)
    finished: dt.date | None = attrs.field(default=None, converter=_optional_date, kw_only=True)
    failed: tuple[dt.date, ...] = attrs.field(default=(), converter=_dates, kw_only=True)
    waived: bool | dt.date = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if type(self.waived) is not bool:
            check_date(self.waived, "waived")
        if self.started and self.finished and self.finished < self.started:
            raise InvalidValueError("ends-before-it-begins", "finished", str(self.finished), f"{self.started} or later")
        if self.waived and (self.started or self.finished):
            raise InvalidValueError("waived-and-done", "waived", "also started or finished", "one of these")

    @property
    def is_waived(self) -> bool:
        """Whether the step counts as done without having been done."""
        return self.waived is not False

    @property
    def days(self) -> tuple[tuple[str, dt.date], ...]:
        """Every recorded day with the name of its field."""
        named = (("started", self.started), ("finished", self.finished), ("waived", self.waived))
        known = [(name, day) for name, day in named if isinstance(day, dt.date)]
        return (*known, *((f"failed[{index}]", day) for index, day in enumerate(self.failed)))


def _credential_id(value: str) -> CredentialId:
    return CredentialId(check_id(value, "credential"))


def _extensions(values: Iterable[Extension]) -> tuple[Extension, ...]:
    return check_parts(values, Extension, "extended")


@frozen
class Held(Value):
    """A credential that the learner already has, with the days of its renewals.

    `anchor` is the day its term counts from, where that is not the grant; `extended` are last days that were put off.

    >>> Held("bls", granted=dt.date(2025, 3, 1), renewed=[dt.date(2027, 2, 20)]).renewed
    (datetime.date(2027, 2, 20),)
    """

    credential: CredentialId = attrs.field(converter=_credential_id)
    granted: dt.date = attrs.field(converter=to_day, kw_only=True)
    renewed: tuple[dt.date, ...] = attrs.field(default=(), converter=_dates, kw_only=True)
    anchor: dt.date | None = attrs.field(default=None, converter=_optional_date, kw_only=True)
    extended: tuple[Extension, ...] = attrs.field(default=(), converter=_extensions, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.renewed and self.renewed[0] < self.granted:
            raise InvalidValueError("out-of-order", "renewed", str(self.renewed[0]), f"{self.granted} or later")


def _role(value: str) -> str:
    return check_text(value, "role")


@frozen(kw_only=True)
class Employment(Value):
    """Work in a role, both ends included; still going on where `through` is left out.

    >>> Employment(role="medical assistant", from_=dt.date(2027, 11, 1), hours=32).through is None
    True
    """

    role: str = attrs.field(converter=_role)
    from_: dt.date = attrs.field(converter=to_day)
    through: dt.date | None = attrs.field(default=None, converter=_optional_date)
    hours: Fraction | None = attrs.field(default=None, converter=attrs.converters.optional(_weekly))

    def __attrs_post_init__(self) -> None:
        if self.through and self.through < self.from_:
            raise InvalidValueError("ends-before-it-begins", "through", str(self.through), f"{self.from_} or later")


def _fact_name(value: str) -> str:
    return check_id(value, "name")


def check_fact(value: object) -> FactValue:
    """`value`, if it can be a fact: text, a number, true, false or a date.

    Raises:
        InvalidValueError: codes `not-a-fact`, `not-a-date`, `too-long`, `control-character`.
    """
    if isinstance(value, str):
        return check_text(value, "value")
    if isinstance(value, dt.date):
        return check_date(value, "value")
    if not isinstance(value, (int, Decimal)):
        raise InvalidValueError("not-a-fact", "value", quoted(value), "text, a number, true, false or a date")
    if not Decimal(value).is_finite() or not -_LARGEST_FACT < value < _LARGEST_FACT:
        raise InvalidValueError("too-long", "value", quoted(value), "a number of at most 18 digits")
    return value


def _fact_value(value: FactValue) -> FactValue:
    return check_fact(value)


@frozen
class Fact(Value):
    """A named fact about a learner, such as a group.

    >>> Fact("state", "WA").value
    'WA'
    """

    name: str = attrs.field(converter=_fact_name)
    value: FactValue = attrs.field(converter=_fact_value)


def _refuse_twice(part: str, ids: Iterable[str]) -> None:
    for name, count in Counter(ids).items():
        if count > 1:
            raise InvalidValueError("duplicate-id", f"{part}.{name}", f"{count} of this id", "one")


def _learner_id(value: str) -> str:
    return check_id(value)


def _absences(values: Iterable[Absence]) -> tuple[Absence, ...]:
    return check_parts(values, Absence, "absences")


def _records(values: Iterable[Record]) -> tuple[Record, ...]:
    return check_parts(values, Record, "records")


def _helds(values: Iterable[Held]) -> tuple[Held, ...]:
    return check_parts(values, Held, "holds")


def _employment(values: Iterable[Employment]) -> tuple[Employment, ...]:
    return check_parts(values, Employment, "employment")


def _facts(values: Iterable[Fact]) -> tuple[Fact, ...]:
    return check_parts(values, Fact, "facts")


def _pins(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(check_id(value, "") for value in to_ids(values))


def _overlays(values: Iterable[str]) -> tuple[str, ...]:
    return to_overlay_ids(values)


def _budget(value: Decimal | str | int | None) -> Decimal | None:
    return None if value is None else to_amount(value)


def _place(value: str) -> str:
    return check_text(value, "place")


@frozen
class Learner(Value):
    """A person who plans. `choose` and `avoid` name steps or credentials; `budget` is in the pathway's currency.

    `overlays` names the optional overlays of the pathway that are to hold for them.

    >>> Learner("ana", start=dt.date(2027, 1, 11), weekly_hours=20).weekly_hours[0].hours
    Fraction(20, 1)
    """

    id: str = attrs.field(default="me", converter=_learner_id)
    start: dt.date | None = attrs.field(default=None, converter=_optional_date, kw_only=True)
    weekly_hours: tuple[HoursPeriod, ...] | None = attrs.field(default=None, converter=_weekly_hours, kw_only=True)
    born: dt.date | None = attrs.field(default=None, converter=_optional_date, kw_only=True)
    place: str = attrs.field(default="", converter=_place, kw_only=True)
    facts: tuple[Fact, ...] = attrs.field(default=(), converter=_facts, kw_only=True)
    absences: tuple[Absence, ...] = attrs.field(default=(), converter=_absences, kw_only=True)
    records: tuple[Record, ...] = attrs.field(default=(), converter=_records, kw_only=True)
    employment: tuple[Employment, ...] = attrs.field(default=(), converter=_employment, kw_only=True)
    holds: tuple[Held, ...] = attrs.field(default=(), converter=_helds, kw_only=True)
    choose: tuple[str, ...] = attrs.field(default=(), converter=_pins, kw_only=True)
    avoid: tuple[str, ...] = attrs.field(default=(), converter=_pins, kw_only=True)
    overlays: tuple[str, ...] = attrs.field(default=(), converter=_overlays, kw_only=True)
    budget: Decimal | None = attrs.field(default=None, converter=_budget, kw_only=True)
    deadline: dt.date | None = attrs.field(default=None, converter=_optional_date, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _refuse_twice("records", [record.step for record in self.records])
        _refuse_twice("holds", [held.credential for held in self.holds])

    @cached_property
    def _records_by_step(self) -> dict[str, Record]:
        return {record.step: record for record in self.records}

    def record(self, step_id: str) -> Record | None:
        """What happened to a step, or None if nothing did."""
        return self._records_by_step.get(step_id)

    def held(self, credential_id: str) -> Held | None:
        """The credential of that id, if the learner has it."""
        return next((held for held in self.holds if held.credential == credential_id), None)


def check_learner(learner: Learner, pathway: Pathway, *, today: dt.date) -> None:
    """Nothing, if the learner fits the pathway.

    Raises:
        DocumentError: unknown ids, records later than today, records out of order.
    """
    steps: set[str] = {step.id for step in pathway.steps}
    credentials: set[str] = {credential.id for credential in pathway.credentials}
    pins = steps | credentials
    faults = [
        *_unknown("step", "records", [r.step for r in learner.records if step_of(r.step) not in steps], steps),
        *_unknown("credential", "holds", [h.credential for h in learner.holds], credentials),
        *_unknown("step or credential", "choose", learner.choose, pins),
        *_unknown("step or credential", "avoid", learner.avoid, pins),
    ]
    faults += _future(learner, today)
    if faults:
        raise DocumentError(tuple(faults), "learner")


def check_past(learner: Learner, *, today: dt.date) -> None:
    """Nothing, if no day on record is later than today.

    >>> check_past(Learner(records=[Record("school", finished=dt.date(2027, 6, 4))]), today=dt.date(2027, 6, 4))

    Raises:
        DocumentError: every one that is (code `in-the-future`).
    """
    faults = tuple(_future(learner, today))
    if faults:
        raise DocumentError(faults, "learner")


def _future(learner: Learner, today: dt.date) -> Iterator[Fault]:
    dated = [(f"records.{r.step}.{name}", day) for r in learner.records for name, day in r.days]
    dated += [
        (f"holds.{h.credential}.{name}", day)
        for h in learner.holds
        for name, day in (("granted", h.granted), *((f"renewed[{i}]", d) for i, d in enumerate(h.renewed)))
    ]
    if learner.born is not None:
        dated.append(("born", learner.born))
    for path, day in dated:
        if day > today:
            yield Fault("in-the-future", path, str(day), f"{today} (today) or earlier")


def _unknown(what: str, part: str, names: Iterable[str], known: set[str]) -> Iterable[Fault]:
    for name in names:
        if name not in known:
            place = part if part in {"choose", "avoid"} else f"{part}.{name}"
            yield Fault("unknown-id", place, f"'{name}'", f"a {what} of this pathway", nearest_name(name, known))
