"""The one door to python-dateutil.

`relativedelta` clamps to the month's last day, once, after adding the months (checked on dateutil 4.0.0).
Nothing on the planning path uses it: it serves callers who want one, and `audit`, which must not share
its arithmetic with the planner.
"""

from __future__ import annotations

from dateutil.relativedelta import relativedelta

__all__ = ["relativedelta"]
