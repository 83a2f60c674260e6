"""Checks of the totals: what the plan costs, and whether deadline and budget are kept."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from career_path.model.timeline import ConflictKind, Status
from career_path.planning.audit.book import STILL_TO_DO, Book
from career_path.planning.audit.lasting import renewal_costs
from career_path.planning.audit.own_calendar import NEVER

__all__ = ["check_conflicts", "check_costs"]


def check_costs(book: Book) -> Iterator[str]:
    """The total is the sum of what is known of steps still to be done and of renewals, the others are named."""
    cost = book.timeline.cost
    prices = [(planned.id, step.cost.amount if step.cost else None) for planned, step in book.todo()]
    prices += renewal_costs(book)
    amount = sum((price for _, price in prices if price is not None), Decimal(0))
    if (cost.amount, cost.currency) != (amount, book.pathway.currency):
        yield f"the cost is {amount} {book.pathway.currency}, not {cost.amount} {cost.currency}"
    if sorted(cost.unknown) != sorted(name for name, price in prices if price is None):
        yield "the steps of unknown cost are not those told"
    for planned, step in book.steps(*Status):
        known = step.cost.amount if step.cost else None
        if planned.cost != known and (planned.status in STILL_TO_DO or planned.cost is not None):
            yield f"'{step.id}' costs {known}, not {planned.cost}"


def check_conflicts(book: Book) -> Iterator[str]:
    """A missed deadline or budget is a conflict, and a kept one is none."""
    timeline, learner = book.timeline, book.learner
    told = {conflict.kind for conflict in timeline.conflicts}
    is_late = learner.deadline is not None and (timeline.finish or NEVER) > learner.deadline
    if is_late != (ConflictKind.DEADLINE in told):
        yield f"the deadline is {'missed' if is_late else 'met'}, the conflicts say otherwise"
    is_dear = learner.budget is not None and timeline.cost.amount > learner.budget
    if is_dear != (ConflictKind.BUDGET in told):
        yield f"the budget is {'missed' if is_dear else 'met'}, the conflicts say otherwise"
