"""Occupations: what somebody in a job does, may not do and is paid, and what is expected of the trade."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final, NewType

import attrs

from career_path.days.year_month import Month, to_month_or_day
from career_path.errors import InvalidValueError, quoted
from career_path.model.choices import to_choice
from career_path.model.money import to_amount
from career_path.model.parts import check_part, check_parts
from career_path.model.sources import Sure
from career_path.model.text import OccupationId, SourceId, check_id, check_text, to_source_ids
from career_path.values import Value, frozen

__all__ = ["SOC_PATTERN", "Occupation", "Outlook", "Pay", "Percent", "Setting"]

Percent = NewType("Percent", Decimal)
"""A change in hundredths; below 0 where there is less of something."""

SOC_PATTERN: Final = r"[0-9]{2}-[0-9]{4}(\.[0-9]{2})?"
"""A code of the Standard Occupational Classification, or of O*NET, which adds two digits."""
_SOC: Final = re.compile(SOC_PATTERN)
_PERCENT: Final = re.compile(r"-?[0-9]{1,4}(\.[0-9]{1,2})?")
_PERCENTS: Final = (-100, 10_000)
_MOST_OPENINGS: Final = 10**9


def _filled(value: object, where: str) -> str:
    if check_text(value, where).strip():
        return str(value)
    raise InvalidValueError("empty", where, quoted(value), "a text")


def _name(value: str) -> str:
    return _filled(value, "name")


def _schedule(value: str) -> str:
    return check_text(value, "schedule")


def _title(value: str) -> str:
    return check_text(value, "title")


def _entry_education(value: str) -> str:
    return check_text(value, "entry_education")


def _note(value: str) -> str:
    return check_text(value, "note")


def _statistic(value: str) -> str:
    return _filled(value, "statistic")


@frozen
class Setting(Value):
    """Where the work is done, and when.

    >>> Setting("Clinic", schedule="weekdays, some evenings").name
    'Clinic'
    """

    name: str = attrs.field(converter=_name)
    schedule: str = attrs.field(default="", converter=_schedule, kw_only=True)


def _optional_amount(value: Decimal | str | int | None) -> Decimal | None:
    return None if value is None else to_amount(value)


def _optional_sure(value: Sure | str | None) -> Sure | None:
    return None if value is None else to_choice(Sure, value, "sure")


def _as_of(value: Month | dt.date | str | None) -> Month | dt.date | None:
    return None if value is None else to_month_or_day(value)


@frozen(kw_only=True)
class Pay(Value):
    """What a year of full-time work pays before tax, in the pathway's currency: the middle, and a tenth at each end.

    Nine in ten earn more than `p10`, one in ten more than `p90`. `statistic` says in the publisher's words what the
    figures are, `as_of` the month or day they are of. What is not known is None.

    >>> Pay(median="44200", as_of="2024-05", sources=["B1"]).median
    Decimal('44200')

    Raises:
        InvalidValueError: no amount at all (code `empty`), or amounts out of their order (`out-of-order`).
    """

    median: Decimal | None = attrs.field(default=None, converter=_optional_amount)
    p10: Decimal | None = attrs.field(default=None, converter=_optional_amount)
    p90: Decimal | None = attrs.field(default=None, converter=_optional_amount)
    statistic: str = attrs.field(default="median", converter=_statistic)
    as_of: Month | dt.date | None = attrs.field(default=None, converter=_as_of)
    sources: tuple[SourceId, ...] = attrs.field(default=(), converter=to_source_ids)
    sure: Sure | None = attrs.field(default=None, converter=_optional_sure)

    def __attrs_post_init__(self) -> None:
        known = [each for each in (self.p10, self.median, self.p90) if each is not None]
        if not known:
            raise InvalidValueError("empty", "", "pay without an amount", "median, p10 or p90")
        if known != sorted(known):
            found = " then ".join(str(each) for each in known)
            raise InvalidValueError("out-of-order", "", found, "p10, median and p90 from the least to the most")


def _percent(value: Decimal | float | str | None) -> Percent | None:
    if value is None:
        return None
    text = str(value) if not isinstance(value, bool) else ""
    low, high = _PERCENTS
    if _PERCENT.fullmatch(text) and low <= Decimal(text) <= high:
        return Percent(Decimal(text))
    expected = f"a number from {low} to {high} with at most two places"
    raise InvalidValueError("not-a-percentage", "growth_percent", quoted(value), expected)


def _openings(value: int | None) -> int | None:
    if value is None or (type(value) is int and 0 <= value <= _MOST_OPENINGS):
        return value
    raise InvalidValueError("not-a-count", "openings_per_year", quoted(value), f"a whole number to {_MOST_OPENINGS}")


def _year(value: object, where: str) -> int:
    if type(value) is int and 1 <= value <= dt.date.max.year:
        return value
    raise InvalidValueError("not-a-year", where, quoted(value), "a year, such as 2024")


def _from(value: int) -> int:
    return _year(value, "from")


def _through(value: int) -> int:
    return _year(value, "through")


@frozen(kw_only=True)
class Outlook(Value):
    """What is expected of an occupation between two years: how much it grows in all, and openings in a year.

    >>> Outlook(growth_percent=12, openings_per_year=112300, from_=2024, through=2034).growth_percent
    Decimal('12')

    Raises:
        InvalidValueError: years that run backward (code `ends-before-it-begins`), no figure at all (`empty`).
    """

    growth_percent: Percent | None = attrs.field(default=None, converter=_percent)
    openings_per_year: int | None = attrs.field(default=None, converter=_openings)
    from_: int = attrs.field(converter=_from)
    through: int = attrs.field(converter=_through)
    sources: tuple[SourceId, ...] = attrs.field(default=(), converter=to_source_ids)
    sure: Sure | None = attrs.field(default=None, converter=_optional_sure)

    def __attrs_post_init__(self) -> None:
        if self.through < self.from_:
            found = f"{self.from_} through {self.through}"
            raise InvalidValueError("ends-before-it-begins", "through", found, "a year that is not before 'from'")
        if self.growth_percent is None and self.openings_per_year is None:
            raise InvalidValueError("empty", "", "an outlook without a figure", "growth_percent or openings_per_year")


def _occupation_id(value: str) -> OccupationId:
    return OccupationId(check_id(value))


def _soc(value: str) -> str:
    return _check_soc(value)


def _check_soc(value: object) -> str:
    if isinstance(value, str) and (not value or _SOC.fullmatch(value)):
        return value
    raise InvalidValueError("not-a-soc-code", "soc", quoted(value), 'a code such as "31-9092"')


def _texts(values: Iterable[str], where: str) -> tuple[str, ...]:
    return tuple(_filled(each, f"{where}[{index}]") for index, each in enumerate(check_parts(values, str, where)))


def _duties(values: Iterable[str]) -> tuple[str, ...]:
    return _texts(values, "duties")


def _may_not(values: Iterable[str]) -> tuple[str, ...]:
    return _texts(values, "may_not")


def _related(values: Iterable[str]) -> tuple[str, ...]:
    return _texts(values, "related")


def _settings(values: Iterable[Setting]) -> tuple[Setting, ...]:
    return check_parts(values, Setting, "settings")


def _pay(value: Pay | None) -> Pay | None:
    return None if value is None else check_part(value, Pay, "pay")


def _outlook(value: Outlook | None) -> Outlook | None:
    return None if value is None else check_part(value, Outlook, "outlook")


@frozen
class Occupation(Value):
    """What a job is: its duties, where and when it is done, what it does not allow, its pay and outlook.

    `related` are other occupations, by their ids in this pathway or elsewhere, or by their titles.

    >>> Occupation("medical-assistant", soc="31-9092", may_not=["prescribe"], pay=Pay(median="44200")).name
    'medical-assistant'

    Raises:
        InvalidValueError: codes `not-an-id`, `not-a-soc-code`, `empty`, `not-a-list`, `wrong-kind`.
    """

    id: OccupationId = attrs.field(converter=_occupation_id)
    title: str = attrs.field(default="", converter=_title, kw_only=True)
    soc: str = attrs.field(default="", converter=_soc, kw_only=True)
    duties: tuple[str, ...] = attrs.field(default=(), converter=_duties, kw_only=True)
    settings: tuple[Setting, ...] = attrs.field(default=(), converter=_settings, kw_only=True)
    may_not: tuple[str, ...] = attrs.field(default=(), converter=_may_not, kw_only=True)
    pay: Pay | None = attrs.field(default=None, converter=_pay, kw_only=True)
    outlook: Outlook | None = attrs.field(default=None, converter=_outlook, kw_only=True)
    entry_education: str = attrs.field(default="", converter=_entry_education, kw_only=True)
    related: tuple[str, ...] = attrs.field(default=(), converter=_related, kw_only=True)
    sources: tuple[SourceId, ...] = attrs.field(default=(), converter=to_source_ids, kw_only=True)
    note: str = attrs.field(default="", converter=_note, kw_only=True)

    @property
    def name(self) -> str:
        """The title, or the id where there is none."""
        return self.title or self.id
