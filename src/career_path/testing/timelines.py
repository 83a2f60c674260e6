"""Strategies for timelines: the plans of drawn cases."""

from __future__ import annotations

import datetime as dt
from typing import Final

from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from career_path.errors import DocumentError, SearchLimitError
from career_path.model.timeline import NoRouteError, Timeline
from career_path.planning.objective import Objective
from career_path.planning.planner import plan
from career_path.testing.learners import Case, cases

__all__ = ["timelines"]


def timelines(
    drawn: SearchStrategy[Case] | None = None,
    *,
    objective: Objective = "earliest",
    finish_by: SearchStrategy[dt.date | None] | None = None,
) -> SearchStrategy[Timeline]:
    """Plans of drawn cases (`cases()` unless told otherwise); a case that has no plan is passed over.

    With days to `finish_by`, those that can be met give plans made backward from them.

    >>> from hypothesis import Phase, find, settings
    >>> quick = settings(phases=[Phase.generate], derandomize=True, max_examples=1_000)
    >>> find(timelines(), lambda timeline: len(timeline.steps) > 0, settings=quick).is_feasible
    True
    """
    return _timelines(cases() if drawn is None else drawn, objective, st.none() if finish_by is None else finish_by)


_MOST_ROUTES: Final = 2_000
"""What takes a long search shows no more than what takes a short one."""


@st.composite
def _timelines(
    draw: DrawFn, drawn: SearchStrategy[Case], objective: Objective, finish_by: SearchStrategy[dt.date | None]
) -> Timeline:
    pathway, learner, today = draw(drawn)
    try:
        return plan(
            pathway, learner, today=today, objective=objective, finish_by=draw(finish_by), max_routes=_MOST_ROUTES
        )
    except (NoRouteError, SearchLimitError):
        reject()
    except DocumentError as error:
        # A rule counts from a start that is not on record, or its list of days has come to its end.
        if not {fault.code for fault in error.faults} <= {"missing", "no-days-left"}:
            raise
        reject()
