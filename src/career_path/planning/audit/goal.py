"""Checks of the goal: it holds on the finish, and not a day before."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from career_path.model.requirements import Holds, Leaf, Needs, Worked
from career_path.planning.audit.book import is_unbounded, leaves_of
from career_path.planning.audit.own_calendar import ALWAYS, eve
from career_path.planning.audit.view import View, Views, goal_holds, tree_holds

__all__ = ["check_goal"]


def check_goal(views: Views) -> Iterator[str]:
    """The goal holds on the finish; the day before it does not, unless the plan is made backward from a target."""
    view, book = views.shown, views.book
    if not goal_holds(view):
        yield f"the goal does not hold on {view.end}"
        return
    if book.timeline.is_latest or _waits_for_any_order(view):
        return
    asks_for_work = any(isinstance(leaf, Worked) for leaf in leaves_of(book.pathway.goal))  # never told for the past
    is_always_met = view.end <= book.first_day and (asks_for_work or goal_holds(attrs.evolve(view, end=ALWAYS)))
    if not is_always_met and _holds_early(attrs.evolve(view, end=eve(view.end))):
        yield f"the goal holds before {view.end}"


def _holds_early(before: View) -> bool:
    """Whether the goal holds the day before; with pins only if no part of it that is in the route says no."""
    goal = before.book.pathway.goal
    tests = {
        leaf: before.leaf_holds(leaf, before.end, before.end)
        and not _comes_after(before, leaf)
        and _has_all_papers(before, leaf)
        for leaf in leaves_of(goal)
    }
    if not before.book.learner.choose:
        return tree_holds(goal, lambda leaf: tests[leaf])
    return all(holds for leaf, holds in tests.items() if _is_in_route(before, leaf))


def _is_in_route(view: View, leaf: Leaf) -> bool:
    return not isinstance(leaf, Needs) or view.book.planned(leaf.step) is not None


def _has_all_papers(view: View, leaf: Leaf) -> bool:
    """Whether no paper is still to come that the plan may have chosen, or been told, to wait for."""
    return not isinstance(leaf, Holds) or all(first <= view.end for first, _ in view.papers(leaf.credential))


def _comes_after(view: View, leaf: Leaf) -> bool:
    event = view.event(leaf.step, leaf.of) if isinstance(leaf, Needs) else None
    return is_unbounded(leaf) and event is not None and event > view.end


def _waits_for_any_order(view: View) -> bool:
    """Whether the plan ends with an event that only had to come by then, or before one that another option bounds."""
    events = (
        view.event(leaf.step, leaf.of)
        for leaf in leaves_of(*view.book.step_requirements())
        if isinstance(leaf, Needs) and is_unbounded(leaf)
    )
    return any(event is not None and event >= view.end for event in events)
