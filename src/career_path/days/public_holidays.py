"""Holiday calendars from the package `holidays`: the one door to it, which needs the extra `holidays`."""

from __future__ import annotations

import datetime as dt
from typing import Final

from career_path.days.holidays import HolidayCalendar
from career_path.errors import InvalidValueError, MissingExtraError, nearest_name, quoted

try:
    import holidays
except ImportError as _error:
    raise MissingExtraError("a calendar of public holidays", "holidays") from _error

__all__ = ["public_holidays"]

_WEEKEND: Final = {5, 6}


def public_holidays(
    calendar_id: str, country: str, first_year: int, last_year: int, *, subdivision: str = ""
) -> HolidayCalendar:
    """The public holidays of a country, or of one of its subdivisions, in whole years, both included.

    The days are those that the installed version of `holidays` knows, the observed ones too. They are listed in the
    calendar, and so in every document that is written with it: whoever reads it plans with the same days.

    >>> calendar = public_holidays("us-tx", "US", 2026, 2027, subdivision="TX")
    >>> calendar.is_day_off(dt.date(2026, 4, 21))  # San Jacinto Day
    True

    Raises:
        InvalidValueError: codes `unknown-country`, `unknown-subdivision`, `unknown-years`, `other-weekend`.
        MissingExtraError: the extra `holidays` is not installed (when this module is imported).
    """
    known = holidays.list_supported_countries(include_aliases=False)
    if country not in known:
        near = nearest_name(country, known)
        raise InvalidValueError("unknown-country", "country", quoted(country), "a code such as US", near)
    if subdivision and subdivision not in known[country]:
        near = nearest_name(subdivision, known[country])
        expected = f"one of {', '.join(known[country])}" if known[country] else f"none, which {country} has"
        raise InvalidValueError("unknown-subdivision", "subdivision", quoted(subdivision), expected, near)
    days = holidays.country_holidays(country, subdiv=subdivision or None)
    # A day that is kept in the last or the first year of all may belong to the year beyond it.
    first, last = max(days.start_year + 1, 1), min(days.end_year - 1, dt.date.max.year - 1)
    if not first <= first_year <= last_year <= last:
        raise InvalidValueError(
            "unknown-years", "first_year", f"{first_year} to {last_year}", f"years from {first} to {last}"
        )
    if set(days.weekend) != _WEEKEND:
        raise InvalidValueError("other-weekend", "country", quoted(country), "a country that works Monday to Friday")
    years = range(first_year - 1, last_year + 2)
    found = holidays.country_holidays(country, subdiv=subdivision or None, years=years)
    from_, through = dt.date(first_year, 1, 1), dt.date(last_year, 12, 31)
    return HolidayCalendar(
        calendar_id, dates=[day for day in found if from_ <= day <= through], from_=from_, through=through
    )
