"""From a route to its bounds on day numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple, assert_never

import attrs

from career_path.days.numbers import LAST
from career_path.days.rules import SAME_DAY, Rule, add_span
from career_path.errors import DocumentError, Fault
from career_path.model.requirements import Aged, Event, Holds, Needs, Order, span_text
from career_path.model.timeline import ReasonKind, Status
from career_path.planning.bounds import Because, Bound, Ceiling, Edge, EventDay, Floor, Recorded, always, bound
from career_path.planning.ends import first_day_at_age
from career_path.planning.program import Node, Program
from career_path.planning.routes import Chosen, Route
from career_path.planning.solve import System
from career_path.planning.texts import GOAL, rule_name
from career_path.planning.validity import expiry, refuse_moving_end

__all__ = ["Compiled", "compile_route", "first_day_at_age"]


class Compiled(NamedTuple):
    """A route and its bounds; `recorded` are the rules between days that are already past."""

    route: Route
    system: System
    recorded: tuple[Recorded, ...]


def compile_route(program: Program, route: Route) -> Compiled:
    """All bounds of a route, in an order that does not depend on the order in the document."""
    nodes = {**route.nodes, GOAL: program.goal}
    found: list[Bound] = []
    maker = _Maker(program, nodes)
    for each in route.chosen:
        found.extend(maker.bounds(each))
    found.extend(maker.open_ends(route.chosen))
    found.extend(maker.loose_rings(route.chosen, found))
    names = [name for name, node in nodes.items() if node.status in _HAVE_UNKNOWN]
    edges = [each for each in found if isinstance(each, Edge)]
    floors = [floor for name in sorted(names) for floor in nodes[name].floors]
    system = System(
        order=_forward_order(names, edges),
        edges=edges,
        floors=floors + [each for each in found if isinstance(each, Floor)],
        ceilings=[each for each in found if isinstance(each, Ceiling)],
        limits={name: nodes[name].limits for name in names},
        finishes={name: nodes[name].finish.rule for name in names},
    )
    return Compiled(route, system, tuple(each for each in found if isinstance(each, Recorded)))


_HAVE_UNKNOWN = frozenset({Status.PLANNED, Status.REDO, Status.RUNNING})


def _forward_order(names: Iterable[str], edges: Iterable[Edge]) -> list[str]:
    """The unknowns so that as many waits as possible lead forward; what lies in rings comes last, by name."""
    waits: dict[str, set[str]] = {name: set() for name in sorted(names)}
    followers: defaultdict[str, set[str]] = defaultdict(set)
    for edge in edges:
        if edge.raises.kind in {ReasonKind.NEEDS, ReasonKind.PAPER, ReasonKind.GOAL}:
            waits[edge.target].add(edge.origin)
            followers[edge.origin].add(edge.target)
    order: list[str] = []
    ready = [name for name, before in waits.items() if not before]
    while ready:
        following: set[str] = set()
        for name in ready:
            order.append(name)
            for follower in followers[name]:
                waits[follower].discard(name)
                following.add(follower)
        ready = sorted(name for name in following if not waits[name])
    placed = set(order)
    return order + [name for name in waits if name not in placed]


@attrs.frozen(eq=False, repr=False)
class _Maker:
    """Makes the bounds of single leaves; spans become rules once."""

    program: Program
    nodes: dict[str, Node]

    def bounds(self, chosen: Chosen) -> Iterator[Bound]:
        """The bounds that a leaf puts on the route."""
        owner = self.nodes[chosen.owner]
        match chosen.leaf:
            case Needs():
                yield from self._needs(chosen, chosen.leaf, owner)
            case Holds():
                yield from self._holds(chosen, chosen.leaf, owner)
            case Aged():
                yield from self._aged(chosen.leaf, owner)
            case _:  # pragma: no cover
                assert_never(chosen.leaf)

    def _needs(self, chosen: Chosen, leaf: Needs, owner: Node) -> Iterator[Bound]:
        needed = self.nodes[leaf.step]
        if needed.status is Status.WAIVED:
            if needed.finish.day is not None and owner.is_to_do:
                yield bound(owner.start, needed.finish, SAME_DAY, **self._because(owner, leaf, "lag", ReasonKind.NEEDS))
            return
        if chosen.is_retrospective:
            yield from self._afterwards(leaf, owner, needed)
            return
        event, start = needed.event(leaf.of), owner.event(Event.START)
        if leaf.order is Order.AFTER:
            yield bound(start, event, add_span(leaf.lag), **self._because(owner, leaf, "lag", ReasonKind.NEEDS))
        if leaf.within is not None:
            fresh = add_span(leaf.within).backward()
            yield bound(event, start, fresh, **self._because(owner, leaf, "within", ReasonKind.FRESH))
        if leaf.by is not None:
            backward = add_span(leaf.by).backward()
            yield bound(start, event, backward, **self._because(owner, leaf, "by", ReasonKind.DONE_BY))

    def _afterwards(self, leaf: Needs, owner: Node, needed: Node) -> Iterator[Bound]:
        """What a recorded step still asks: its need may follow it, up to a last day."""
        event = needed.finish if leaf.of is Event.FINISH else needed.start
        if needed.status is Status.REDO:
            return
        if event.unknown is None:
            yield from self._kept(leaf, owner, event.day)
            return
        last = self.program.last_day_after(owner, leaf)
        because = self._because(owner, leaf, "by" if leaf.by is not None else "lag", ReasonKind.DONE_BY)["down"]
        if last is None or last < self.program.today:
            yield Recorded(because.rule, owner.id, is_kept=False)
        elif last < self.program.horizon:
            yield Ceiling(event.unknown, event.rule.latest(last), because)

    def _kept(self, leaf: Needs, owner: Node, day: int | None) -> Iterator[Recorded]:
        """Whether two recorded days keep the rules between them; days that are not known are taken to."""
        started = owner.start.day
        if day is None or started is None:
            return
        if leaf.order is Order.AFTER:
            yield Recorded(rule_name(owner.id, leaf, "lag"), owner.id, add_span(leaf.lag).f(day) <= started)
        if leaf.within is not None:
            yield Recorded(rule_name(owner.id, leaf, "within"), owner.id, started <= add_span(leaf.within).f(day))
        if leaf.by is not None:
            yield Recorded(rule_name(owner.id, leaf, "by"), owner.id, day <= add_span(leaf.by).f(started))

    def _holds(self, chosen: Chosen, leaf: Holds, owner: Node) -> Iterator[Bound]:
        if owner.is_recorded and not (leaf.throughout and owner.status is Status.RUNNING):
            return
        rule = rule_name(owner.id, leaf)
        last = owner.last if leaf.throughout else SAME_DAY
        if chosen.paper is None:
            yield from self._held(leaf, owner, last, rule)
            return
        granting, source, paper = self.nodes[chosen.paper], self._source(owner), leaf.credential
        because = Because(ReasonKind.PAPER, rule, granting.id, "finish", source=source, credential=paper)
        down = Because(ReasonKind.PAPER, rule, owner.id or None, "start", source=source, credential=paper)
        if not owner.is_recorded:
            yield bound(owner.start, granting.finish, SAME_DAY, up=because, down=down)
        granted = self.program.pathway.credential(leaf.credential)
        refuse_moving_end(granted, rule)
        holds_through = expiry(granted, self.program.learner.born, holder=self.program.holder)
        if holds_through is None:
            return
        up = Because(ReasonKind.PAPER_VALID, rule, owner.id or None, "last-day", source=source, credential=paper)
        down = Because(ReasonKind.PAPER_VALID, rule, granting.id, "finish", source=source, credential=paper)
        yield bound(
            granting.finish,
            EventDay(owner.id, "last-day", owner.start.unknown or owner.finish.unknown, last),
            holds_through.backward(),
            up=up,
            down=down,
        )

    def _held(self, leaf: Holds, owner: Node, last: Rule, rule: str) -> Iterator[Bound]:
        """The bounds of a paper that the learner already has."""
        period = self.program.held(leaf.credential)
        assert period is not None
        unknown = owner.start.unknown or owner.finish.unknown
        assert unknown is not None
        paper = Because(ReasonKind.PAPER, rule, source=self._source(owner), credential=leaf.credential)
        if not owner.is_recorded:
            yield Floor(unknown, period.start, paper._replace(event_day=always(period.start)))
        if period.through <= LAST:
            ends = paper._replace(kind=ReasonKind.PAPER_VALID, event_day=always(period.through))
            yield Ceiling(unknown, last.latest(period.through), ends)

    def _aged(self, leaf: Aged, owner: Node) -> Iterator[Bound]:
        born = self.program.learner.born
        rule = rule_name(owner.id, leaf)
        if born is None:
            expected = f"the learner's birth date, because of {rule}"
            raise DocumentError((Fault("missing", "born", "nothing", expected),), "learner")
        unknown = owner.start.unknown
        assert unknown is not None
        day = first_day_at_age(born, leaf.years)
        because = Because(ReasonKind.AGE, rule, span=str(leaf.years), source=self._source(owner))
        yield Floor(unknown, day, because, is_dated=True)
        if leaf.under is not None:
            upper = because._replace(span=str(leaf.under))
            yield Ceiling(unknown, first_day_at_age(born, leaf.under) - 1, upper)

    def _because(self, owner: Node, leaf: Needs, part: str, kind: ReasonKind) -> dict[str, Because]:
        """Both sides of a bound between a needed event and the step that needs it."""
        rule = rule_name(owner.id, leaf, part)
        span = getattr(leaf, part)
        text = span_text(span) if span is not None and not span.is_zero else None
        source = self._source(owner)
        from_needed = Because(kind, rule, leaf.step, leaf.of.value, text, source)
        from_owner = Because(kind, rule, owner.id or None, "start", text, source)
        if kind is ReasonKind.FRESH:
            return {"up": from_owner, "down": from_needed}
        return {"up": from_needed, "down": from_owner}

    def _source(self, owner: Node) -> str | None:
        return min(owner.step.sources, default=None) if owner.step else None

    def open_ends(self, chosen: Iterable[Chosen]) -> Iterator[Bound]:
        """Events that may come in any order and have no other last day must come by the plan's finish."""
        chosen = list(chosen)
        bounded = {_event(each) for each in chosen if not _is_open_ended(each)}
        yield from self._by_the_finish(each for each in chosen if _event(each) not in bounded)

    def loose_rings(self, chosen: Iterable[Chosen], bounds: Iterable[Bound]) -> Iterator[Bound]:
        """The same for events that have a last day only from each other, in a ring that nothing else bounds."""
        bounds = list(bounds)
        reached = {GOAL, *(each.unknown for each in bounds if isinstance(each, Ceiling))}
        into: defaultdict[str, list[str]] = defaultdict(list)
        for each in bounds:
            if isinstance(each, Edge):
                into[each.target].append(each.origin)
        waiting = list(reached)
        while waiting:
            more = set(into[waiting.pop()]) - reached
            reached |= more
            waiting.extend(more)
        loose = {name for name, node in self.nodes.items() if node.status in _HAVE_UNKNOWN} - reached
        yield from self._by_the_finish(each for each in chosen if _event(each)[0] in loose)

    def _by_the_finish(self, chosen: Iterable[Chosen]) -> Iterator[Bound]:
        """The plan's finish is no earlier than the events that these ask for in any order."""
        first = {_event(each): each for each in reversed(list(chosen)) if _is_open_ended(each)}
        for (step_id, event), each in sorted(first.items()):
            needed = self.nodes[step_id]
            if needed.status is not Status.WAIVED:
                assert isinstance(each.leaf, Needs)
                because = self._because(self.nodes[each.owner], each.leaf, "by", ReasonKind.GOAL)
                yield bound(self.program.goal.start, needed.event(event), SAME_DAY, **because)


def _event(chosen: Chosen) -> tuple[str, Event]:
    """The step and the end of it that a leaf asks for; no step for other leaves."""
    leaf = chosen.leaf
    return (leaf.step, leaf.of) if isinstance(leaf, Needs) else (GOAL, Event.START)


def _is_open_ended(chosen: Chosen) -> bool:
    leaf = chosen.leaf
    return isinstance(leaf, Needs) and leaf.order is Order.ANY and leaf.by is None
