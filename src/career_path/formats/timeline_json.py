"""Timelines as tables, for other programs and for reading back: all values, and a sentence beside each that has one.

The sentences are for people. On reading they are checked to be text and dropped, because the values say it all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final, TypeVar, cast

import attrs

from career_path.days.durations import to_hours
from career_path.errors import DocumentError, Fault, quoted
from career_path.formats.converter import Converter
from career_path.formats.gate import Table
from career_path.formats.shapes import ExactHours, Money
from career_path.formats.structure import collect, is_table, new_converter, read_table, wrong_type
from career_path.formats.structure_pathway import TIMELINE_SCHEMA, read_value
from career_path.formats.unstructure import amount_text, plain, plain_fields
from career_path.model.text import LONGEST_TEXT, check_text
from career_path.model.timeline import PlannedStep, Reason, RunnerUp, Timeline
from career_path.views.sentences import conflict_text, load_text, lost_after, notice_text, reason_text, reminder_text

__all__ = ["read_timeline", "timeline_table", "without_nulls"]

_ORDER: Final = (
    "version",
    "input_hash",
    "pathway",
    "learner",
    "today",
    "finish",
    "cost",
    "feasible",
    "steps",
    "workload",
    "deadlines",
    "renewals",
    "reminders",
    "conflicts",
    "notices",
)
_FRACTION: Final = re.compile(r"\A[0-9]{1,999}/[1-9][0-9]{0,999}\Z")
_AMOUNT: Final = re.compile(r"\A-?[0-9]{1,30}(\.[0-9]{1,9})?\Z")


def timeline_table(timeline: Timeline) -> Table:
    """The table of a timeline, every field of it, with its sentences; dates are still Python values."""
    fields = plain_fields(timeline)
    told: Table = {
        "cost": plain_fields(timeline.cost),
        **_reason_tables(timeline, None, timeline),
        "steps": [_step_table(step, timeline) for step in timeline.steps],
        "workload": _told(timeline.workload, "text", lambda each: load_text(each, timeline)),
        "deadlines": _told(timeline.deadlines, "lost_after", lambda each: lost_after(each, timeline)),
        "renewals": [plain_fields(each) for each in timeline.renewals],
        "reminders": _told(timeline.reminders, "text", lambda each: reminder_text(each, timeline)),
        "conflicts": _told(timeline.conflicts, "text", lambda each: conflict_text(each, timeline)),
        "notices": _told(timeline.notices, "text", lambda each: notice_text(each, timeline)),
        "applied": [plain_fields(each) for each in timeline.applied],
        "sources": {source.id: plain(source) for source in timeline.sources},
        "names": dict(timeline.names),
        "credential_names": dict(timeline.credential_names),
    }
    rest = [name for name in fields if name not in _ORDER]
    return {"schema": TIMELINE_SCHEMA, **{name: told.get(name, fields[name]) for name in (*_ORDER, *rest)}}


Each = TypeVar("Each")


def _told(values: Iterable[Each], name: str, sentence: Callable[[Each], str]) -> list[Table]:
    return [{**plain_fields(each), name: sentence(each)} for each in values]


def without_nulls(table: Table) -> Table:
    """The same table without what is not known, for syntaxes that have no null."""
    return {name: _without_nulls(value) for name, value in table.items() if value is not None}


def _without_nulls(value: object) -> object:
    if is_table(value):
        return without_nulls(value)
    return [_without_nulls(each) for each in cast("list[object]", value)] if isinstance(value, list) else value


def _step_table(step: PlannedStep, timeline: Timeline) -> Table:
    cost = None if step.cost is None else {"amount": amount_text(step.cost), "currency": timeline.cost.currency}
    return {**plain_fields(step), "cost": cost, **_reason_tables(step, step, timeline)}


def _reason_tables(owner: PlannedStep | Timeline, step: PlannedStep | None, timeline: Timeline) -> Table:
    """Reasons and runners-up of a step or, without one, of the goal, with their sentences."""

    def table(reason: Reason, *, is_latest: bool | None) -> Table:
        return {**plain_fields(reason), "text": reason_text(reason, step, timeline, is_latest=is_latest)}

    def runner_up(each: RunnerUp | None, *, is_latest: bool | None) -> Table | None:
        if each is None:
            return None
        return {**plain_fields(each), "reason": table(each.reason, is_latest=is_latest)}

    found: Table = {
        "reasons": [table(each, is_latest=None) for each in owner.reasons],
        "runner_up": runner_up(owner.runner_up, is_latest=None),
        "latest_reasons": [table(each, is_latest=True) for each in owner.latest_reasons],
    }
    if isinstance(owner, PlannedStep):
        found["latest_runner_up"] = runner_up(owner.latest_runner_up, is_latest=True)
    return found


def read_timeline(table: Table, *, name: str) -> Timeline:
    """The timeline that a table describes.

    Raises:
        DocumentError: every fault of it.
    """
    timeline = read_value(_converter(), table, Timeline, TIMELINE_SCHEMA, name=name)
    faults = tuple(_currency_faults(table, timeline.cost.currency))
    if faults:
        raise DocumentError(faults, name)
    return timeline


def _currency_faults(table: Table, currency: str) -> Iterator[Fault]:
    """Steps whose cost is not in the currency of the whole."""
    for index, step in enumerate(cast("list[Table]", table.get("steps") or ())):
        cost = step.get("cost")
        if is_table(cost) and cost["currency"] != currency:
            yield Fault("other-currency", f"steps[{index}].cost.currency", quoted(cost["currency"]), f"'{currency}'")


@lru_cache(maxsize=1)
def _converter() -> Converter:
    converter = new_converter()
    converter.register_structure_hook(str, lambda value, _: _read_text(value))
    converter.register_structure_hook(Decimal, lambda value, _: _read_amount(value))
    converter.register_structure_hook(Money, lambda value, _: Money(converter.structure(value, _Priced).amount))
    converter.register_structure_hook(ExactHours, lambda value, _: _read_hours(value))
    converter.register_structure_hook(tuple[tuple[str, str], ...], lambda value, _: _read_names(value))
    return converter


def _read_text(value: object) -> str:
    """Text without control characters, of any length: rules may be long."""
    if not isinstance(value, str):
        raise wrong_type(value, "text")
    for begin in range(0, len(value), LONGEST_TEXT):
        check_text(value[begin : begin + LONGEST_TEXT])
    return value


@attrs.frozen
class _Priced:
    amount: Decimal
    currency: str


def _read_amount(value: object) -> Decimal:
    if isinstance(value, str) and _AMOUNT.match(value):
        return Decimal(value)
    raise wrong_type(value, 'an amount as text, such as "125.00"')


def _read_hours(value: object) -> Fraction:
    if not isinstance(value, str):
        return to_hours(value)
    if _FRACTION.match(value):
        return Fraction(value)
    raise wrong_type(value, 'a number of hours, or text such as "60/7"')


def _read_names(value: object) -> tuple[tuple[str, str], ...]:
    return collect(((key, (key, each)) for key, each in read_table(value).items()), _read_name)


def _read_name(pair: tuple[str, object]) -> tuple[str, str]:
    return pair[0], _read_text(pair[1])
