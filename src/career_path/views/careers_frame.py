"""Careers side by side as a data frame, for pandas or polars: one row for each career."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, overload

from career_path.model.careers import Career, Careers, RenewalBurden, TotalHours
from career_path.model.occupations import Outlook
from career_path.model.timeline import TotalCost
from career_path.views.careers import to_cents
from career_path.views.frame_columns import Library, Table, counts, days, frame_of, money, text
from career_path.views.occupations import as_of_text

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

__all__ = ["careers_frame"]


@overload
def careers_frame(careers: Careers, *, library: Literal["pandas"] = "pandas") -> pd.DataFrame: ...
@overload
def careers_frame(careers: Careers, *, library: Literal["polars"]) -> pl.DataFrame: ...
def careers_frame(careers: Careers, *, library: Library = "pandas") -> pd.DataFrame | pl.DataFrame:
    """The careers as a frame, in the order in which they were asked for.

    The columns, with text where nothing else is said: `id`, `title`, `first_pay` (day), `days_to_pay` (count), `cost`
    (amount), `cost_unknown` (count), `currency`, `hours` (amount), `hours_unknown`, `exams`, `renewals`, `duties`
    (counts), `renewal_hours` (amount), `renewal_hours_unknown` (count), `renewal_cost` (amount),
    `renewal_cost_unknown` (count), `occupation`, `median_pay` (amount), `pay_as_of`, `growth_percent` (amount),
    `openings_per_year`, `outlook_from`, `outlook_through` (counts), `horizon` (day), `earned`, `balance` (amounts),
    `conflicts` (count).

    A sum is what is known of it, and the count with `_unknown` tells how many parts are not in it; a sum of which
    nothing is known is missing, as is all else that is not known. Hours and money earned are rounded to hundredths.

    Raises:
        MissingExtraError: the library is not installed.
        InvalidValueError: another library, or an amount with more digits than polars can hold exactly.

    >>> import datetime as dt
    >>> none = Careers(learner="me", today=dt.date(2027, 1, 4), horizon=dt.date(2037, 1, 4), careers=())
    >>> careers_frame(none, library="excel")
    Traceback (most recent call last):
    career_path.errors.InvalidValueError: library: not-a-choice: found 'excel'; expected pandas or polars
    """
    rows = careers.careers
    table: Table = {
        "id": text(each.pathway.id for each in rows),
        "title": text(each.name for each in rows),
        "first_pay": days(each.first_pay for each in rows),
        "days_to_pay": counts(each.days_to_pay for each in rows),
        **_costs("cost", [each.cost for each in rows]),
        "currency": text(each.pathway.currency for each in rows),
        **_hours("hours", [each.hours for each in rows]),
        "exams": counts(each.exam_count for each in rows),
        **_renewals([each.renewal for each in rows]),
        **_work(rows),
        "horizon": days(each.horizon for each in rows),
        "earned": money(_cents(each.earned) for each in rows),
        "balance": money(_cents(each.balance) for each in rows),
        "conflicts": counts(len(each.timeline.conflicts) for each in rows),
    }
    return frame_of(table, library=library, of="careers")


def _costs(name: str, sums: Sequence[TotalCost | None]) -> Table:
    known = (None if each is None or (each.unknown and not each.amount) else each.amount for each in sums)
    return {
        name: money(known),
        f"{name}_unknown": counts(None if each is None else len(each.unknown) for each in sums),
    }


def _hours(name: str, sums: Sequence[TotalHours | None]) -> Table:
    known = (None if each is None or (each.unknown and not each.hours) else to_cents(each.hours) for each in sums)
    return {
        name: money(known),
        f"{name}_unknown": counts(None if each is None else len(each.unknown) for each in sums),
    }


def _renewals(burdens: Sequence[RenewalBurden | None]) -> Table:
    return {
        "renewals": counts(None if each is None else each.count for each in burdens),
        "duties": counts(None if each is None else each.duty_count for each in burdens),
        **_hours("renewal_hours", [None if each is None else each.hours for each in burdens]),
        **_costs("renewal_cost", [None if each is None else each.cost for each in burdens]),
    }


def _work(rows: Sequence[Career]) -> Table:
    pays = [None if each.occupation is None else each.occupation.pay for each in rows]
    outlooks: list[Outlook | None] = [each.outlook for each in rows]
    return {
        "occupation": text(None if each.occupation is None else each.occupation.name for each in rows),
        "median_pay": money(each.median_pay for each in rows),
        "pay_as_of": text(None if pay is None else as_of_text(pay.as_of) or None for pay in pays),
        "growth_percent": money(None if each is None else each.growth_percent for each in outlooks),
        "openings_per_year": counts(None if each is None else each.openings_per_year for each in outlooks),
        "outlook_from": counts(None if each is None else each.from_ for each in outlooks),
        "outlook_through": counts(None if each is None else each.through for each in outlooks),
    }


def _cents(amount: Fraction | None) -> Decimal | None:
    return None if amount is None else to_cents(amount)
