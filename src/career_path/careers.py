"""Careers side by side, also by the names that the catalog has for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from career_path.days.spans import Span
from career_path.errors import InvalidValueError, quoted
from career_path.files import load_catalog
from career_path.model.careers import Careers
from career_path.model.learner import Learner
from career_path.model.pathway import Pathway
from career_path.planning.careers import USUAL_HORIZON, compare_pathways
from career_path.planning.objective import Objective

__all__ = ["compare"]


def compare(
    pathways: Iterable[Pathway | str],
    learner: Learner,
    *,
    today: dt.date,
    horizon: dt.date | Span | str = USUAL_HORIZON,
    objective: Objective = "earliest",
) -> Careers:
    """Pathways, or those of these ids in the catalog, as careers of one learner: each planned, in their order.

    Each is told in the same terms: time to the first pay, cost, hours, exams, what its renewals ask for in a decade,
    pay, outlook, what is earned by the horizon, and what its occupation does and may not do. What the learner has done,
    holds, chooses and avoids counts in each pathway that knows of it. The horizon is a day, or a time from today.

    >>> found = compare(["medical-assistant"], Learner(weekly_hours=20), today=dt.date(2027, 1, 4))
    >>> career = found.career("medical-assistant")
    >>> career.first_pay, career.days_to_pay, career.hours.hours
    (datetime.date(2027, 10, 25), 294, Fraction(720, 1))

    Raises:
        UnknownIdError: the catalog has none of an id.
        SearchLimitError: more choices than `plan` looks at.
        DocumentError: two pathways have one id, no pathway knows an id that the learner names, the learner does not
            fit a pathway, or something that a rule needs is not known.
        InvalidValueError: an argument is of another kind than it has to be, or the horizon lies before today.
    """
    if isinstance(pathways, (str, Pathway)):
        raise InvalidValueError("not-a-list", "pathways", quoted(pathways), "a list of pathways or ids")
    loaded = [load_catalog(each) if isinstance(each, str) else each for each in pathways]
    return compare_pathways(loaded, learner, today=today, horizon=horizon, objective=objective)
