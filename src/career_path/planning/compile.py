"""From a route to its bounds on day numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple, assert_never

import attrs

from career_path.days.numbers import ALWAYS, LAST, NEVER
from career_path.days.rules import SAME_DAY, Rule, add_span, look_up
from career_path.days.spans import Span
from career_path.errors import DocumentError, Fault
from career_path.model.requirements import Aged, Event, HasFact, Holds, Located, Needs, Order, Worked, span_text
from career_path.model.sittings import Round
from career_path.model.timeline import ReasonKind, Status
from career_path.planning.bounds import (
    Because,
    Bound,
    Ceiling,
    Edge,
    EventDay,
    Floor,
    Recorded,
    Reliance,
    always,
    bound,
)
from career_path.planning.ends import first_day_at_age
from career_path.planning.papers import Kept, Paper
from career_path.planning.program import Node, Program
from career_path.planning.routes import Chosen, Route
from career_path.planning.solve import System
from career_path.planning.texts import GOAL, rule_name
from career_path.planning.timing import Limit
from career_path.planning.validity import refuse_moving_end

__all__ = ["Compiled", "check_known", "compile_route", "first_day_at_age"]


_NOT_KEPT: Final[Mapping[Paper, Kept]] = MappingProxyType({})


class Compiled(NamedTuple):
    """A route and its bounds; `recorded` are the rules between days already past, `kept` tells how papers are kept.

    `made_by` tells, by the id of a reason in the bounds, which leaf it comes from; what comes from a step by itself or
    from several leaves together is not there.
    """

    route: Route
    system: System
    recorded: tuple[Recorded, ...]
    kept: Mapping[Paper, Kept]
    made_by: Mapping[int, Chosen]


def compile_route(program: Program, route: Route, kept: Mapping[Paper, Kept] = _NOT_KEPT) -> Compiled:
    """All bounds of a route, in an order that does not depend on the order in the document.

    Papers in `kept` are renewed as it says, the others not.
    """
    nodes = {**route.nodes, GOAL: program.goal}
    found: list[Bound] = []
    made_by: dict[int, Chosen] = {}
    maker = _Maker(program, nodes, kept)
    for each in route.chosen:
        for one in maker.bounds(each):
            found.append(one)
            made_by.update((id(because), each) for because in _reasons_of(one))
    found.extend(maker.open_ends(route.chosen))
    found.extend(maker.loose_rings(route.chosen, found))
    limits = maker.limits(route.chosen)
    names = [name for name, node in nodes.items() if node.status in _HAVE_UNKNOWN]
    edges = [each for each in found if isinstance(each, Edge)]
    floors = [floor for name in sorted(names) for floor in nodes[name].floors]
    system = System(
        order=_forward_order(names, edges),
        edges=edges,
        floors=floors + [each for each in found if isinstance(each, Floor)],
        ceilings=[each for each in found if isinstance(each, Ceiling)],
        limits={name: (*nodes[name].limits, *limits.get(name, ())) for name in names},
        finishes={name: nodes[name].finish.rule for name in names},
    )
    tried = [node.step for node in route.nodes.values() if node.step is not None and node.step.retakes is not None]
    found.extend(each for step in tried for each in program.attempts(step).recorded())
    return Compiled(route, system, tuple(each for each in found if isinstance(each, Recorded)), kept, made_by)


def _reasons_of(one: Bound) -> tuple[Because, ...]:
    match one:
        case Edge():
            return one.raises, one.lowers
        case Floor() | Ceiling():
            return (one.because,)
        case Recorded():
            return ()


def check_known(program: Program, nodes: Mapping[str, Node], chosen: Chosen) -> None:
    """Nothing, if all is known that a leaf asks for between some steps.

    Raises:
        DocumentError: something is not, or cannot be weighed.
    """
    maker = _Maker(program, {**nodes, GOAL: program.goal}, _NOT_KEPT)
    for _ in maker.bounds(chosen):
        pass
    maker.limits([chosen])


_WAITS: Final = frozenset({ReasonKind.NEEDS, ReasonKind.ROUND, ReasonKind.PAPER, ReasonKind.WORKED, ReasonKind.GOAL})
"""Kinds of bounds by which an event waits for another."""
_HAVE_UNKNOWN = frozenset({Status.PLANNED, Status.REDO, Status.RUNNING})


def _forward_order(names: Iterable[str], edges: Iterable[Edge]) -> list[str]:
    """The unknowns so that as many waits as possible lead forward; what lies in rings comes last, by name."""
    waits: dict[str, set[str]] = {name: set() for name in sorted(names)}
    followers: defaultdict[str, set[str]] = defaultdict(set)
    for edge in edges:
        if edge.raises.kind in _WAITS:
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
    kept: Mapping[Paper, Kept]

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
            case Worked():
                yield from self._worked(chosen, chosen.leaf, owner)
            case Located() | HasFact():  # pragma: no cover (they hold throughout or close the route)
                pass
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
        if leaf.rounds:
            rule = _round_after(leaf.rounds)
            yield bound(start, event, rule, **self._because(owner, leaf, "rounds", ReasonKind.ROUND))
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
        started = owner.start.day
        if leaf.within is not None and started is not None:
            because = self._because(owner, leaf, "within", ReasonKind.FRESH)["up"]
            yield Floor(event.unknown, event.rule.soonest(add_span(leaf.within).soonest(started)), because)

    def _kept(self, leaf: Needs, owner: Node, day: int | None) -> Iterator[Recorded]:
        """Whether two recorded days keep the rules between them; days that are not known are taken to."""
        started = owner.start.day
        if day is None or started is None:
            return
        if leaf.order is Order.AFTER:
            yield Recorded(rule_name(owner.id, leaf, "lag"), owner.id, add_span(leaf.lag).f(day) <= started)
        if leaf.rounds:
            yield Recorded(rule_name(owner.id, leaf, "rounds"), owner.id, _round_after(leaf.rounds).f(day) <= started)
        if leaf.within is not None:
            yield Recorded(rule_name(owner.id, leaf, "within"), owner.id, started <= add_span(leaf.within).f(day))
        if leaf.by is not None:
            yield Recorded(rule_name(owner.id, leaf, "by"), owner.id, day <= add_span(leaf.by).f(started))

    def _holds(self, chosen: Chosen, leaf: Holds, owner: Node) -> Iterator[Bound]:
        if owner.is_recorded and not (leaf.throughout and owner.status is Status.RUNNING):
            return
        paper = Paper(chosen.paper, leaf.credential)
        relies = Reliance(owner.id, leaf, chosen.paper)
        because = Because(
            ReasonKind.PAPER,
            rule_name(owner.id, leaf),
            source=self._source(owner),
            credential=leaf.credential,
            relies=relies,
        )
        if chosen.paper is None:
            yield from self._held(paper, owner, because)
            return
        granting = self.nodes[chosen.paper]
        if not owner.is_recorded:
            up = because._replace(waits_for=granting.id, event="finish")
            down = because._replace(waits_for=owner.id or None, event="start")
            yield bound(owner.start, granting.finish, SAME_DAY, up=up, down=down)
        yield from self._lasts(paper, granting, owner, because._replace(kind=ReasonKind.PAPER_VALID))

    def _lasts(self, paper: Paper, granting: Node, owner: Node, because: Because) -> Iterator[Bound]:
        """The paper of a step lasts as long as whoever relies on it needs it, and is granted under the rules taken."""
        credential = self.program.pathway.credential(paper.credential)
        refuse_moving_end(credential, self.program.learner, because.rule)
        kept = self.kept.get(paper, Kept())
        if granting.finish.unknown is None:
            kept = Kept(kept.renewals, is_endless=kept.is_endless)  # its day is known, and so are its rules
        holds_through = None if kept.is_endless else self.program.papers.rule(credential, kept)
        if holds_through is None:
            return
        up = because._replace(waits_for=owner.id or None, event="last-day")
        down = because._replace(waits_for=granting.id, event="finish")
        yield bound(granting.finish, self._last_needed(owner, because), holds_through.backward(), up=up, down=down)
        if granting.finish.unknown is not None:
            yield from _granted_within(granting.finish, kept, because)

    def _last_needed(self, owner: Node, because: Because) -> EventDay:
        """The last day on which somebody needs a paper."""
        assert because.relies is not None
        last = owner.last if because.relies.leaf.throughout else SAME_DAY
        return EventDay(owner.id, "last-day", owner.start.unknown or owner.finish.unknown, last)

    def _held(self, paper: Paper, owner: Node, because: Because) -> Iterator[Bound]:
        """The bounds of a paper that the learner already has."""
        period = self.program.held(paper.credential)
        assert period is not None
        needed = self._last_needed(owner, because)
        assert needed.unknown is not None
        if not owner.is_recorded:
            yield Floor(needed.unknown, period.start, because._replace(event_day=always(period.start)))
        kept = self.kept.get(paper, Kept())
        through = self.program.papers.through(paper, None, kept.renewals)
        if through <= LAST and not kept.is_endless:
            ends = because._replace(kind=ReasonKind.PAPER_VALID, event_day=always(through))
            yield Ceiling(needed.unknown, needed.rule.latest(through), ends)

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

    def _worked(self, chosen: Chosen, leaf: Worked, owner: Node) -> Iterator[Bound]:
        """The start of a job bounds the start of the step that counts on its work; days on record are a limit."""
        unknown = owner.start.unknown
        assert unknown is not None
        if owner.id == GOAL:
            yield Floor(unknown, self.program.start, self.program.start_because, is_dated=True)
        if chosen.paper is None or chosen.run is None:
            return
        job = self.nodes[chosen.paper]
        assert job.step is not None
        because = Because(ReasonKind.WORKED, rule_name(owner.id, leaf), event="start", source=self._source(owner))
        up, down = because._replace(waits_for=job.id), because._replace(waits_for=owner.id or None)
        yield bound(owner.start, job.start, self.program.work(leaf, job.step).rule(chosen.run), up=up, down=down)
        if chosen.run.last < LAST:
            yield Ceiling(unknown, chosen.run.last, because._replace(event=None))

    def limits(self, chosen: Iterable[Chosen]) -> dict[str, list[Limit]]:
        """The days on which steps may start by the work on record."""
        found: defaultdict[str, list[Limit]] = defaultdict(list)
        for each in chosen:
            is_bound = self.nodes[each.owner].status in _HAVE_UNKNOWN
            if is_bound and isinstance(each.leaf, Worked) and each.paper is None:
                work, rule = self.program.work(each.leaf), rule_name(each.owner, each.leaf)
                found[each.owner].append(Limit(ReasonKind.WORKED, rule, work.on_or_after, work.on_or_before))
        return found

    def _because(self, owner: Node, leaf: Needs, part: str, kind: ReasonKind) -> dict[str, Because]:
        """Both sides of a bound between a needed event and the step that needs it."""
        rule = rule_name(owner.id, leaf, part)
        span: Span | None = getattr(leaf, part) if part != "rounds" else None
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


def _granted_within(finish: EventDay, kept: Kept, because: Because) -> Iterator[Bound]:
    """The grant lies in the stretch of days under whose rules the end of the paper was taken."""
    assert finish.unknown is not None
    if kept.first > ALWAYS:
        yield Floor(finish.unknown, finish.rule.soonest(kept.first), because._replace(event_day=always(kept.first)))
    if kept.last < NEVER:
        yield Ceiling(finish.unknown, finish.rule.latest(kept.last), because._replace(event_day=always(kept.last)))


def _round_after(rounds: tuple[Round, ...]) -> Rule:
    """From the day on which something is done to the day from which it counts."""
    return look_up([(each.by.toordinal(), each.on.toordinal()) for each in rounds])


def _event(chosen: Chosen) -> tuple[str, Event]:
    """The step and the end of it that a leaf asks for; no step for other leaves."""
    leaf = chosen.leaf
    return (leaf.step, leaf.of) if isinstance(leaf, Needs) else (GOAL, Event.START)


def _is_open_ended(chosen: Chosen) -> bool:
    leaf = chosen.leaf
    return isinstance(leaf, Needs) and leaf.order is Order.ANY and leaf.by is None
