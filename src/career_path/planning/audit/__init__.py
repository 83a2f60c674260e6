"""A second opinion on a timeline: every rule of its route looked up again, day by day.

It has its own calendar arithmetic (`relativedelta`) and shares none with the planner, so that one mistake cannot hide
in both. A timeline does not tell which alternatives were chosen: where a requirement has some, one that holds is
enough.
"""

from __future__ import annotations

from collections.abc import Iterator

from career_path.model.entries import resolved_for
from career_path.model.learner import Learner
from career_path.model.pathway import Pathway
from career_path.model.timeline import Timeline
from career_path.planning.audit.attempts import check_attempts
from career_path.planning.audit.book import Book
from career_path.planning.audit.deadlines import check_deadlines, check_reminders, check_stages
from career_path.planning.audit.goal import check_goal
from career_path.planning.audit.lasting import check_papers
from career_path.planning.audit.overlays import check_overlays
from career_path.planning.audit.own_days import check_own_days
from career_path.planning.audit.reasons import check_reasons
from career_path.planning.audit.records import check_records
from career_path.planning.audit.renewals import check_renewals
from career_path.planning.audit.requirements import check_requirements
from career_path.planning.audit.rings import check_needs
from career_path.planning.audit.route import check_order, check_route
from career_path.planning.audit.slack import check_latest, check_slack
from career_path.planning.audit.totals import check_conflicts, check_costs, check_extensions
from career_path.planning.audit.view import Views
from career_path.planning.audit.wholeness import check_wholeness
from career_path.planning.audit.workload import check_workload

__all__ = ["audit"]


def audit(timeline: Timeline, pathway: Pathway, learner: Learner) -> tuple[str, ...]:
    """What is wrong with a timeline, one sentence each; nothing for a sound one.

    The timeline may come from anywhere; pathway and learner are those it was made for.

    >>> import datetime as dt
    >>> from decimal import Decimal
    >>> from career_path.model.pathway import Step
    >>> from career_path.model.timeline import TotalCost
    >>> day = dt.date(2027, 1, 4)
    >>> cost = TotalCost(amount=Decimal(0), currency="USD")
    >>> none = Timeline(pathway="p", title="", learner="me", today=day, horizon=day, finish=day, cost=cost)
    >>> audit(none, Pathway("p", goal="job", steps=[Step("job")]), Learner())
    ('the goal does not hold on 2027-01-04',)
    """
    book = Book(timeline, resolved_for(pathway, learner, today=timeline.today), learner)
    broken = tuple(check_overlays(timeline, pathway, learner)) or tuple(check_wholeness(book))
    if broken or not timeline.is_feasible:
        return broken
    return tuple(_faults(book))


def _faults(book: Book) -> Iterator[str]:
    views = Views(book)
    yield from check_records(book)
    yield from check_own_days(views)
    yield from check_requirements(views)
    yield from check_attempts(views)
    yield from check_goal(views)
    yield from check_route(book)
    yield from check_papers(book)
    yield from check_costs(book)
    yield from check_extensions(book)
    yield from check_workload(book)
    yield from check_order(book)
    yield from check_needs(book)
    yield from check_slack(book)
    yield from check_latest(views)
    yield from check_conflicts(book)
    yield from check_renewals(book)
    yield from check_deadlines(book)
    yield from check_stages(book)
    yield from check_reminders(book)
    yield from check_reasons(book)
