"""Checks of what each step of a timeline says it needs: steps of the same plan, and never itself in the end."""

from __future__ import annotations

from collections.abc import Iterator

from career_path.planning.audit.book import STILL_TO_DO, Book

__all__ = ["check_needs"]


def check_needs(book: Book) -> Iterator[str]:
    """Every step needed is one of the plan, and following what is needed never comes back to where it began.

    What has begun had its needs before that, even where one of them is done once more.
    """
    needs = {step.id: set(step.needs) for step in book.timeline.steps}
    told = [("the goal", (*book.timeline.needs, *book.timeline.needs_any_order))]
    told += [(f"'{step.id}'", (*step.needs, *step.needs_any_order)) for step in book.timeline.steps]
    for name, needed in told:
        yield from (f"{name} needs '{each}', which is not in the plan" for each in sorted(set(needed) - set(needs)))
    ring = _in_rings({step.id: needs[step.id] for step in book.timeline.steps if step.status in STILL_TO_DO})
    if ring:
        yield f"a ring: {', '.join(sorted(ring))} need each other"


def _in_rings(needs: dict[str, set[str]]) -> set[str]:
    """The steps that come before themselves: what is left once every step with nothing before or after it is gone."""
    left = {name: needed & set(needs) for name, needed in needs.items()}
    while left:
        needed_by: set[str] = set[str]().union(*left.values())
        gone = {name for name, needed in left.items() if not needed or name not in needed_by}
        if not gone:
            break
        left = {name: needed - gone for name, needed in left.items() if name not in gone}
    return set(left)
