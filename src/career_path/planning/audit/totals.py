"""Checks of the totals: what the plan costs, and whether deadline and budget are kept."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from career_path.model.requirements import Needs
from career_path.model.timeline import ConflictKind, Notice, NoticeKind, Status
from career_path.planning.audit.book import STILL_TO_DO, Book, leaves_of
from career_path.planning.audit.lasting import renewal_costs
from career_path.planning.audit.own_calendar import NEVER

__all__ = ["check_conflicts", "check_costs", "check_extensions"]


def check_costs(book: Book) -> Iterator[str]:
    """The total is the sum of what is known of steps still to be done and of renewals, the others are named."""
    cost = book.timeline.cost
    prices = [(planned.id, step.cost.amount if step.cost else None) for planned, step in book.todo()]
    prices += renewal_costs(book)
    prices += extension_costs(book)
    amount = sum((price for _, price in prices if price is not None), Decimal(0))
    if (cost.amount, cost.currency) != (amount, book.pathway.currency):
        yield f"the cost is {amount} {book.pathway.currency}, not {cost.amount} {cost.currency}"
    if sorted(cost.unknown) != sorted(name for name, price in prices if price is None):
        yield "the steps of unknown cost are not those told"
    for planned, step in book.steps(*Status):
        known = step.cost.amount if step.cost else None
        if planned.cost != known and (planned.status in STILL_TO_DO or planned.cost is not None):
            yield f"'{step.id}' costs {known}, not {planned.cost}"


def extension_costs(book: Book) -> list[tuple[str, Decimal | None]]:
    """What each extension of a window costs, by the step that opens the window."""
    return [
        (leaf.step, leaf.extensions.cost)
        for notice, leaf in _extended(book)
        if leaf.extensions is not None
        for _ in range(int(notice.detail[1]))
    ]


def check_extensions(book: Book) -> Iterator[str]:
    """Every window told as extended may be, at the cost that is told, and none is extended in vain."""
    found = [notice for notice, _ in _extended(book)]
    for notice in book.timeline.notices:
        if notice.kind is NoticeKind.WINDOW_EXTENDED and notice not in found:
            yield f"the window of '{notice.detail[0]}' is extended, and nothing lets it be"


def _extended(book: Book) -> Iterator[tuple[Notice, Needs]]:
    """The windows told as extended, each with a leaf of whom it is for that allows it at that cost."""
    for notice in book.timeline.notices:
        if notice.kind is not NoticeKind.WINDOW_EXTENDED:
            continue
        owner = next(iter(notice.steps), None)
        asked = book.pathway.goal if owner is None else book.step_requirement(owner)
        step_id, times, told = notice.detail
        for leaf in leaves_of(asked):
            if not isinstance(leaf, Needs) or leaf.step != step_id or leaf.extensions is None:
                continue
            cost = leaf.extensions.cost
            is_same = (told == "") if cost is None else told != "" and Decimal(told) == int(times) * cost
            if is_same and 1 <= int(times) <= leaf.extensions.at_most:
                yield notice, leaf
                break


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
