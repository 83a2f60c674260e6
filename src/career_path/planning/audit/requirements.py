"""Checks of what each step requires, and that no steps wait for each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from career_path.model.requirements import Leaf, Needs, Order
from career_path.model.timeline import PlannedStep, Status
from career_path.planning.audit.book import STILL_TO_DO
from career_path.planning.audit.own_calendar import ALWAYS, last_day
from career_path.planning.audit.view import View, Views, tree_holds

__all__ = ["check_requirements"]


def check_requirements(views: Views) -> Iterator[str]:
    """The requirement of every step holds, with the days shown and with the latest ones."""
    for view, what in views.named:
        for planned, step in views.book.steps(Status.PLANNED, Status.REDO, Status.RUNNING, Status.FINISHED):
            if not tree_holds(views.book.step_requirement(planned.id), _leaf_test(view, planned)):
                yield f"'{step.id}': its requirement does not hold ({what})"
    yield from _check_order_of_doing(views.shown)


def _leaf_test(view: View, planned: PlannedStep) -> Callable[[Leaf], bool]:
    if planned.status not in STILL_TO_DO:
        return lambda leaf: view.leaf_holds_behind(leaf, planned)
    start, finish = view.days[planned.id]
    first = start or ALWAYS
    last = last_day(first, finish or ALWAYS)
    return lambda leaf: view.leaf_holds(leaf, first, last)


def _check_order_of_doing(view: View) -> Iterator[str]:
    """Nothing waits for itself: the steps still to be done are reached one after the other."""
    waiting = {step.id: (planned, step) for planned, step in view.book.todo()}

    def is_free(leaf: Leaf) -> bool:
        return not isinstance(leaf, Needs) or leaf.order is Order.ANY or leaf.step not in waiting

    found = True
    while found:
        found = False
        for name, (planned, step) in list(waiting.items()):
            test = _leaf_test(view, planned)
            if not tree_holds(step.requires, test) or tree_holds(step.requires, _both(is_free, test)):
                del waiting[name]
                found = True
    if waiting:
        yield f"a ring: {', '.join(sorted(waiting))} wait for each other"


def _both(one: Callable[[Leaf], bool], other: Callable[[Leaf], bool]) -> Callable[[Leaf], bool]:
    return lambda leaf: one(leaf) and other(leaf)
