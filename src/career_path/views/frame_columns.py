"""The columns of data frames, and frames of them for pandas or polars.

Nothing becomes a float. Amounts are `Decimal` (in pandas a column of objects, in polars `Decimal(38, 4)`), counts are
integers that may be missing, and days are days: `datetime64[s]` in pandas, which holds every date that Python knows,
and `Date` in polars. A column of words from a closed set is a category of all the words there are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from career_path.errors import InvalidValueError, MissingExtraError
from career_path.model.choices import to_choice
from career_path.model.money import MOST_PLACES

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

__all__ = ["Column", "Kind", "Library", "Table", "counts", "days", "frame_of", "money", "text"]

Library: TypeAlias = Literal["pandas", "polars"]
"""Who makes the frame."""
_POLARS_DIGITS: Final = 38
"""As many as a decimal of polars has."""


class _Library(StrEnum):
    PANDAS = "pandas"
    POLARS = "polars"


class Kind(StrEnum):
    """What a column holds; a column of words from a closed set names its `StrEnum` instead."""

    TEXT = "text"
    DAY = "day"
    COUNT = "count"
    FLAG = "flag"
    MONEY = "money"


Column: TypeAlias = tuple[Kind | type[StrEnum], list[Any]]
"""The kind of a column, and its values, None where one is missing."""
Table: TypeAlias = dict[str, Column]
"""The columns by name, all of one length."""


def text(values: Iterable[str | None]) -> Column:
    """A column of text."""
    return Kind.TEXT, list(values)


def days(values: Iterable[dt.date | None]) -> Column:
    """A column of days."""
    return Kind.DAY, list(values)


def counts(values: Iterable[int | None]) -> Column:
    """A column of whole numbers."""
    return Kind.COUNT, list(values)


def money(values: Iterable[Decimal | None]) -> Column:
    """A column of amounts, exact to the last place."""
    return Kind.MONEY, list(values)


def frame_of(table: Table, *, library: Library, of: str) -> pd.DataFrame | pl.DataFrame:
    """The columns as a frame. `of` is what a message calls it: `a plan`.

    >>> frame_of({"id": text(["a"])}, library="excel", of="a plan")
    Traceback (most recent call last):
    career_path.errors.InvalidValueError: library: not-a-choice: found 'excel'; expected pandas or polars

    Raises:
        MissingExtraError: the library is not installed.
        InvalidValueError: another library, or an amount with more digits than polars can hold exactly.
    """
    maker = to_choice(_Library, library, "library")
    return _pandas_frame(table, of) if maker is _Library.PANDAS else _polars_frame(table, of)


def _pandas_frame(table: Table, of: str) -> pd.DataFrame:
    try:
        import pandas as pd  # noqa: PLC0415 (optional, and slow to import)
    except ImportError:
        raise MissingExtraError(f"{of} as a pandas frame", "pandas") from None

    kinds: dict[Kind, Any] = {
        Kind.TEXT: "string",
        Kind.DAY: "datetime64[s]",
        Kind.COUNT: "Int64",
        Kind.FLAG: "bool",
        Kind.MONEY: "object",
    }

    def series(column: Column) -> pd.Series[Any]:
        kind, values = column
        dtype = kinds[kind] if isinstance(kind, Kind) else pd.CategoricalDtype([word.value for word in kind])
        return pd.Series(values, dtype=dtype)

    return pd.DataFrame({name: series(column) for name, column in table.items()})


def _polars_frame(table: Table, of: str) -> pl.DataFrame:
    try:
        import polars as pl  # noqa: PLC0415 (optional, and slow to import)
    except ImportError:
        raise MissingExtraError(f"{of} as a polars frame", "polars") from None

    kinds: dict[Kind, Any] = {
        Kind.TEXT: pl.String,
        Kind.DAY: pl.Date,
        Kind.COUNT: pl.Int64,
        Kind.FLAG: pl.Boolean,
        Kind.MONEY: pl.Decimal(_POLARS_DIGITS, MOST_PLACES),
    }

    def series(name: str, column: Column) -> pl.Series:
        kind, values = column
        if kind is Kind.MONEY:
            values = [None if amount is None else _fitting(amount, name) for amount in values]
        dtype = kinds[kind] if isinstance(kind, Kind) else pl.Enum([word.value for word in kind])
        return pl.Series(name, values, dtype=dtype, strict=True)

    return pl.DataFrame([series(name, column) for name, column in table.items()])


def _fitting(amount: Decimal, column: str) -> Decimal:
    """The amount, if a decimal of polars can hold it: polars itself would round it, and say nothing."""
    whole, _, places = f"{amount:f}".partition(".")
    if len(whole.lstrip("-")) > _POLARS_DIGITS - MOST_PLACES or len(places.rstrip("0")) > MOST_PLACES:
        expected = f"at most {_POLARS_DIGITS - MOST_PLACES} digits before the point and {MOST_PLACES} after it"
        raise InvalidValueError("not-an-amount", column, f"{amount:f}", f"{expected}; pandas keeps any amount")
    return amount
