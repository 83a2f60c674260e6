"""The plan: the best route of a pathway for a learner, with its dates.

Every route is solved exactly and the best one kept; no route is dropped on a guess. What the chosen route's
dates mean for the learner (deadlines, validity, notices) is worked out in the modules beside this one.
"""

from __future__ import annotations

import datetime as dt

from career_path.model.learner import Learner
from career_path.model.pathway import Pathway
from career_path.model.timeline import NoRouteError, Timeline
from career_path.planning.objective import Objective
from career_path.planning.question import MOST_ROUTES, ask

__all__ = ["MOST_ROUTES", "plan"]


def plan(  # noqa: PLR0913 (a pathway, a learner, and five ways to ask)
    pathway: Pathway,
    learner: Learner,
    *,
    today: dt.date,
    objective: Objective = "earliest",
    finish_by: dt.date | None = None,
    max_routes: int = MOST_ROUTES,
    horizon: dt.date | None = None,
) -> Timeline:
    """The best timeline for a learner; the same input gives the same timeline, to the byte.

    Routes that meet the learner's deadline and budget come first, then those that meet the deadline, then the
    budget; among these the objective decides. With `finish_by`, the dates are the latest that still meet that day, on
    the route that may begin latest. A timeline that misses something says so in `conflicts`.

    >>> from career_path.model.pathway import Step
    >>> school = Pathway("p", goal="job", steps=[Step("school", takes="P9M"), Step("job", requires="school")])
    >>> plan(school, Learner(start=dt.date(2027, 1, 11)), today=dt.date(2027, 1, 4)).finish
    datetime.date(2027, 10, 11)

    Raises:
        NoRouteError: no schedule keeps the rules, up to the horizon (100 years after today unless given).
        SearchLimitError: more than `max_routes` choices.
        DocumentError: the learner does not fit the pathway, or something that a rule needs is not known.
        InvalidValueError: an argument is of another kind than it has to be.
    """
    question = ask(
        pathway,
        learner,
        today=today,
        objective=objective,
        finish_by=finish_by,
        max_routes=max_routes,
        horizon=horizon,
    )
    try:
        timeline = question.best()
    except NoRouteError as error:
        from career_path.planning.conflicts import none_explained  # noqa: PLC0415 (most plans have no conflicts)

        raise none_explained(question, error) from None
    if not timeline.conflicts:
        return timeline
    from career_path.planning.conflicts import explained  # noqa: PLC0415 (as above)

    return explained(question, timeline)
