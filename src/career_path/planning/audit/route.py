"""Checks of the route as a whole: what each step is there for, the learner's pins, the order of the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from career_path.model.pathway import Step
from career_path.model.requirements import Aged, HasFact, Holds, Leaf, Located, Needs, Worked
from career_path.model.timeline import PlannedStep, Status
from career_path.planning.audit.book import Book, leaves_of
from career_path.planning.audit.lasting import granting_steps, held_stretch
from career_path.planning.audit.own_calendar import ALWAYS
from career_path.planning.audit.own_work import jobs_for

__all__ = ["check_order", "check_route"]


def check_route(book: Book) -> Iterator[str]:
    """Every step is there for something, and the pins hold."""
    reached: set[str] = set()
    fresh = leaves_of(book.pathway.goal)
    while fresh:
        names = {name for leaf in fresh for name in _led_to(book, leaf) if book.planned(name)} - reached
        reached |= names
        fresh = leaves_of(*(book.step_requirement(name) for name in names))
    for name in sorted({step.id for step in book.timeline.steps} - reached):
        yield f"nothing in the route asks for '{name}'"
    yield from _check_pins(book)


def _led_to(book: Book, leaf: Leaf) -> list[str]:
    match leaf:
        case Needs():
            return [leaf.step]
        case Holds():
            return granting_steps(book, leaf.credential)
        case Worked():
            return [job.id for job in jobs_for(book, leaf)]
        case Aged() | Located() | HasFact():
            return []


def _check_pins(book: Book) -> Iterator[str]:
    there = _named_by(book.steps(*Status))
    for pin in sorted(set(book.learner.choose) - there):
        held = held_stretch(book, pin)
        if held is not None and held[1] >= book.timeline.today:
            continue
        yield f"'{pin}' was chosen but is not in the route"
    for pin in sorted(set(book.learner.avoid) & _named_by(book.todo())):
        yield f"'{pin}' was to be avoided but is to be done"


def _named_by(pairs: Iterable[tuple[PlannedStep, Step]]) -> set[str]:
    """The ids by which a pin can mean one of some steps: its own, and those of the credentials that it grants."""
    chosen = list(pairs)
    granted: set[str] = {c for planned, step in chosen if planned.status is not Status.WAIVED for c in step.grants}
    return granted | {step.id for _, step in chosen}


def check_order(book: Book) -> Iterator[str]:
    """No step is listed after one that starts when it is already done."""
    last, name = ALWAYS, ""
    for step in book.timeline.steps:
        if step.finish is not None and step.finish < last:
            yield f"'{step.id}' is done before '{name}' starts but listed after it"
        start = step.start or step.finish
        if start is not None and start > last:
            last, name = start, step.id
