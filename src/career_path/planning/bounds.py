"""Bounds between days: one event not before, or not after, a function of another."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from career_path.days.rules import SAME_DAY, Rule
from career_path.model.requirements import Holds
from career_path.model.timeline import ReasonKind

__all__ = ["Because", "Ceiling", "Edge", "EventDay", "Floor", "Recorded", "Reliance", "always", "bound"]


class Reliance(NamedTuple):
    """Who relies on which paper: the step that asks, how, and by which step the paper is granted (None: at hand)."""

    owner: str
    leaf: Holds
    paper: str | None


class Because(NamedTuple):
    """Why a bound is there: kind and rule, the other event as people know it, the span, source and paper in it.

    `relies` tells for a paper who relies on it.
    """

    kind: ReasonKind
    rule: str
    waits_for: str | None = None
    event: str | None = None
    span: str | None = None
    source: str | None = None
    event_day: Callable[[int], int] = SAME_DAY.f
    credential: str | None = None
    relies: Reliance | None = None


class EventDay(NamedTuple):
    """The day of an event: a function of an unknown (`unknown` names it), or a recorded day."""

    step: str
    event: str
    unknown: str | None
    rule: Rule = SAME_DAY
    day: int | None = None


class Edge(NamedTuple):
    """`target >= forward(origin)`, which says the same as `origin <= backward(target)`."""

    origin: str
    target: str
    forward: Callable[[int], int]
    backward: Callable[[int], int]
    least_shift: int | None
    raises: Because
    lowers: Because


class Floor(NamedTuple):
    """An unknown is not before a day; latest dates ignore those marked `is_dated`: today, the start, ages."""

    unknown: str
    day: int
    because: Because
    is_dated: bool = False


class Ceiling(NamedTuple):
    """An unknown is not after a day."""

    unknown: str
    day: int
    because: Because


class Recorded(NamedTuple):
    """A rule between two recorded days, and whether they keep it.

    A broken one speaks against the way in which a requirement is met (`is_of_way`), or is broken whatever the way.
    """

    rule: str
    step: str
    is_kept: bool
    is_of_way: bool = True


Bound = Edge | Floor | Ceiling | Recorded


def bound(target: EventDay, origin: EventDay, rule: Rule, *, up: Because, down: Because) -> Bound:
    """The bound `target >= rule(origin)`.

    `up` tells why the target is raised (it waits for the origin), `down` why the origin is lowered.
    """
    if origin.unknown is None and origin.day is not None:
        reached = rule.f(origin.day)
        up = up._replace(event_day=always(origin.day))
        if target.unknown is None and target.day is not None:
            return Recorded(up.rule, target.step, target.day >= reached)
        assert target.unknown is not None
        return Floor(target.unknown, target.rule.soonest(reached), up)
    assert origin.unknown is not None
    if target.unknown is None:
        assert target.day is not None
        down = down._replace(event_day=always(target.day))
        return Ceiling(origin.unknown, origin.rule.latest(rule.latest(target.day)), down)
    whole = origin.rule.then(rule).then(_until(target.rule))
    return Edge(
        origin.unknown,
        target.unknown,
        whole.f,
        whole.latest,
        whole.least_shift,
        up._replace(event_day=origin.rule.f),
        down._replace(event_day=target.rule.f),
    )


def always(day: int) -> Callable[[int], int]:
    """A function that always gives one recorded day."""

    def event_day(_: int) -> int:
        return day

    return event_day


def _until(rule: Rule) -> Rule:
    """From a day that an event may not precede to the unknown that it comes from."""
    return SAME_DAY if rule is SAME_DAY else rule.backward()
