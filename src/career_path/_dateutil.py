"""The one door to python-dateutil.

`relativedelta` clamps to the month's last day, once, after adding the months (checked on dateutil 4.0.0).
Nothing on the planning path uses it: it serves callers who want one, and `audit`, which must not share
its arithmetic with the planner. The same goes for recurrences.
"""

from __future__ import annotations

import datetime as dt

from dateutil.relativedelta import relativedelta

__all__ = ["recurring", "relativedelta"]

_LONGEST_GAP = 41
"""So many years in a row have every kind of year, so a recurrence without a start has a day among them."""


def recurring(rule: str, start: dt.date | None, day: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """The last day of a recurrence on or before a day and the first one on or after it, as dateutil counts them.

    Without a start it is counted from a new year long before.

    >>> recurring("FREQ=MONTHLY;BYDAY=-1FR", None, dt.date(2027, 2, 1))
    (datetime.date(2027, 1, 29), datetime.date(2027, 2, 26))
    """
    from dateutil.rrule import rrulestr  # noqa: PLC0415 (only audits of plans with recurrences need it)

    begin = dt.date(max(day.year - _LONGEST_GAP, 1), 1, 1) if start is None else start
    days = rrulestr(rule, dtstart=dt.datetime.combine(begin, dt.time()))
    at = dt.datetime.combine(day, dt.time())
    before, after = days.before(at, inc=True), days.after(at, inc=True)
    return before and before.date(), after and after.date()
