"""Plans for cases that Hypothesis draws."""

from __future__ import annotations

import datetime as dt

from career_path.errors import DocumentError, SearchLimitError
from career_path.model.learner import Learner
from career_path.model.pathway import Pathway
from career_path.model.timeline import NoRouteError, Timeline
from career_path.planning import Balanced, plan
from career_path.planning.objective import Objective

__all__ = ["OBJECTIVES", "Case", "planned"]

Case = tuple[Pathway, Learner, dt.date]

OBJECTIVES: tuple[Objective, ...] = ("earliest", "cheapest", Balanced("10"))


def planned(
    case: Case, *, objective: Objective = "earliest", finish_by: dt.date | None = None, horizon: dt.date | None = None
) -> Timeline | None:
    """The plan of a case; None if it has no route or too many, or if something that a rule asks for is not known."""
    pathway, learner, today = case
    try:
        return plan(
            pathway, learner, today=today, objective=objective, finish_by=finish_by, horizon=horizon, max_routes=2_000
        )
    except (NoRouteError, SearchLimitError):
        return None
    except DocumentError as error:
        if not {fault.code for fault in error.faults} <= {"missing", "no-days-left"}:
            raise
        return None
