"""Every route of a program, one after the other, the most promising first.

A route in the making keeps the requirements still to be met and the choices still to be made. Whatever leaves no choice
is met at once; where there is one, each of its branches is gone along to the next choice, and a guide tells which of
them look best and which cannot lead to anything better than what is known. A pathway without choices is walked once,
however long it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple, Protocol, assert_never

import attrs

from career_path.errors import SearchLimitError
from career_path.model.requirements import (
    Aged,
    AllOf,
    AnyOf,
    AtLeast,
    HasFact,
    Holds,
    Leaf,
    Located,
    Needs,
    Requirement,
    Worked,
    canonical,
    distinct,
)
from career_path.model.text import step_of
from career_path.model.timeline import Status
from career_path.planning.later_times import (
    free_name,
    is_later_time,
    lacks_another_time,
    redoes_in_vain,
    renumbered,
)
from career_path.planning.program import Node, Program
from career_path.planning.routes import Again, Chosen, Nogood, Route, nogood_of_ring, ring_in
from career_path.planning.texts import GOAL, rule_name

__all__ = ["Guide", "Open", "Pick", "Promise", "StatesOf", "Unguided", "Walk", "Waypoint", "routes"]


class Pick(NamedTuple):
    """So many of some options, which are in canonical order with their texts, have still to be chosen."""

    wanted: int
    texts: tuple[str, ...]
    options: tuple[Requirement, ...]


class StatesOf(NamedTuple):
    """One of several states of a step has still to be chosen."""

    name: str


Open = Pick | StatesOf | Holds | Worked | Needs
"""What leaves a choice: options, states of a step, papers, work, or extensions of a window."""


@attrs.define(eq=False, repr=False)
class Waypoint:
    """A route in the making: what has still to be met and to be chosen, and what is there already."""

    todo: list[tuple[str, Requirement | Pick]] = attrs.field(factory=list[tuple[str, "Requirement | Pick"]])
    open: dict[tuple[str, str], Open] = attrs.field(factory=dict[tuple[str, str], Open])
    nodes: dict[str, Node] = attrs.field(factory=dict[str, Node])
    chosen: dict[Chosen, None] = attrs.field(factory=dict[Chosen, None])
    met: dict[tuple[str, Leaf], None] = attrs.field(factory=dict[tuple[str, Leaf], None])

    def copy(self) -> Waypoint:
        """The same, to go on from in another way."""
        return Waypoint(list(self.todo), dict(self.open), dict(self.nodes), dict(self.chosen), dict(self.met))


class Promise(NamedTuple):
    """How good what a waypoint leads to can be at most; less is better. `beside` is the best route at that time."""

    is_beside_the_aim: bool
    good: tuple[object, ...]
    tie: tuple[int, ...]
    beside: object


class Guide(Protocol):
    """What tells a walk where to go."""

    def promise(self, at: Waypoint) -> Promise | None:
        """How good what a waypoint leads to can be at most; None if it leads to nothing of use."""

    def renewed(self, promise: Promise | None, at: Waypoint) -> Promise | None:
        """The promise of a waypoint as it is by now; None if that is of no use any more."""

    def next_choice(self, at: Waypoint) -> tuple[str, str] | None:
        """The key of the open choice to make next; None for the one left open first."""

    def leave_out(self, nogood: Nogood) -> None:
        """Go nowhere where all of something is together."""


class Unguided:
    """Leads everywhere."""

    def promise(self, at: Waypoint) -> Promise | None:  # noqa: ARG002 (as a guide)
        """The same for all."""
        return Promise(is_beside_the_aim=False, good=(), tie=(), beside=None)

    def renewed(self, promise: Promise | None, at: Waypoint) -> Promise | None:  # noqa: ARG002
        """The same as before."""
        return promise

    def next_choice(self, at: Waypoint) -> tuple[str, str] | None:  # noqa: ARG002
        """The one left open first."""
        return None

    def leave_out(self, nogood: Nogood) -> None:
        """Nothing is left out."""


def routes(walk: Walk, guide: Guide, *, most: int) -> Iterator[Route]:
    """The well-founded routes that the learner's `avoid` leaves and the guide has use for, each once.

    Raises:
        SearchLimitError: there are more than `most` waypoints.
    """
    waiting: list[tuple[Promise | None, Waypoint]] = [(None, first) for first in walk.on(walk.beginning)]
    seen: set[frozenset[tuple[str, ...]]] = set()
    walked = 1
    while waiting:
        promise, at = waiting.pop()
        if promise is not None:
            promise = guide.renewed(promise, at)
            if promise is None:
                continue
        if at.open:
            following = [each for branch in walk.branches(at, guide.next_choice(at)) for each in walk.on(branch)]
            walked += len(following)
            if walked > most:
                raise SearchLimitError(most)
            waiting.extend([(promise, following[0])] if len(following) == 1 else _promising(guide, following))
            continue
        route = _sound(walk, guide, at)
        if route is not None and route.identity not in seen:
            seen.add(route.identity)
            yield route


def _promising(guide: Guide, following: Iterable[Waypoint]) -> list[tuple[Promise | None, Waypoint]]:
    """Those that lead to something of use, the most promising last."""
    promised = ((guide.promise(each), each) for each in following)
    ahead = [(promise, each) for promise, each in promised if promise is not None]
    ahead.sort(key=lambda pair: (pair[0].is_beside_the_aim, pair[0].good, pair[0].tie), reverse=True)
    return [*ahead]


def _sound(walk: Walk, guide: Guide, at: Waypoint) -> Route | None:
    """The route that a waypoint without open choices is; None if it leads back to itself, or does something in vain."""
    nodes, chosen = renumbered(walk.program, at.nodes, at.chosen)
    route = Route(nodes, tuple(sorted(chosen, key=lambda each: each.text)), tuple(at.met))
    ring = ring_in(route)
    if ring:
        guide.leave_out(nogood_of_ring(route, ring))
        return None
    return None if redoes_in_vain(walk.program, route) or lacks_another_time(walk.program, route) else route


class Walk(NamedTuple):
    """Where each waypoint leads.

    The rules that no route can meet, because no step grants a paper, are added to `dead_ends`. A paper that expires is
    earned again for those in `again` alone, once for each at most.
    """

    program: Program
    dead_ends: set[str]
    again: Collection[Again] = frozenset()

    @property
    def beginning(self) -> Waypoint:
        """Where nothing is met yet but the goal asked for."""
        return Waypoint([(GOAL, self.program.pathway.goal)])

    def on(self, at: Waypoint) -> Iterator[Waypoint]:
        """Meet all that leaves no choice: the same waypoint farther on, or nothing where it leads no farther."""
        while at.todo:
            owner, requirement = at.todo.pop()
            if not self._met(at, owner, requirement):
                return
        yield at

    def _met(self, at: Waypoint, owner: str, requirement: Requirement | Pick) -> bool:  # noqa: C901 (a case for each kind)
        """Meet a requirement, or leave it open; False where nothing can meet it."""
        is_retrospective = owner != GOAL and at.nodes[owner].is_recorded
        match requirement:
            case AllOf():
                at.todo.extend((owner, option) for option in distinct(requirement))
            case AnyOf() | AtLeast():
                return self._picked(at, owner, self._pick(at, owner, requirement))
            case Pick():
                return self._picked(at, owner, requirement)
            case Holds():
                return self._paper(at, owner, requirement)
            case Aged():
                if not is_retrospective:
                    at.chosen[Chosen(owner, requirement)] = None
            case Worked():
                if not is_retrospective:
                    at.open[owner, canonical(requirement)] = requirement
            case Located() | HasFact():
                if not is_retrospective and not self.program.is_true(owner, requirement):
                    self.dead_ends.add(rule_name(owner, requirement))
                    return False
            case Needs():
                return self._need(at, owner, requirement)
        return True

    def branches(self, at: Waypoint, choice_key: tuple[str, str] | None = None) -> Iterator[Waypoint]:
        """The waypoints behind an open choice; without a key, behind the one that was left open first."""
        owner, key = next(iter(at.open)) if choice_key is None else choice_key
        choice = at.open[owner, key]
        rest = at.copy()
        del rest.open[owner, key]
        match choice:
            case Pick():
                return self._picks(rest, owner, choice)
            case StatesOf():
                return self._states(rest, choice.name)
            case Holds():
                return self._papers(rest, owner, choice)
            case Worked():
                return self._work(rest, owner, choice)
            case Needs():
                return self._extended(rest, owner, choice)
            case _:  # pragma: no cover
                assert_never(choice)

    # options

    def _pick(self, at: Waypoint, owner: str, requirement: AnyOf | AtLeast) -> Pick:
        """What has to be chosen; of a recorded step, only among what the records support."""
        options, wanted = distinct(requirement), _wanted(requirement)
        if owner != GOAL and at.nodes[owner].is_recorded:
            node = at.nodes[owner]
            options = tuple(option for option in options if self._is_supported(node, option))
            if len(options) < wanted:
                wanted = len(options)
                at.met.update(((owner, leaf), None) for leaf in _first_leaves(requirement))
        return Pick(wanted, tuple(map(canonical, options)), options)

    def _is_supported(self, node: Node, requirement: Requirement) -> bool:
        match requirement:
            case AllOf() | AnyOf() | AtLeast():
                # Every option is looked at, so that a missing fact is told whatever the order.
                supported = sum([self._is_supported(node, option) for option in distinct(requirement)])
                return supported >= _wanted(requirement)
            case _:
                return self.program.is_supported(node, requirement)

    def _picked(self, at: Waypoint, owner: str, pick: Pick) -> bool:
        """Take all options where all are wanted, none where none is, and leave the rest open."""
        if pick.wanted > len(pick.options):
            return False
        if pick.wanted == len(pick.options):
            at.todo.extend((owner, option) for option in pick.options)
        elif pick.wanted:
            at.open[owner, f"{pick.wanted} of {'; '.join(pick.texts)}"] = pick
        return True

    def _picks(self, at: Waypoint, owner: str, pick: Pick) -> Iterator[Waypoint]:
        """One option of several; or of more that are wanted, with the first and without it."""
        if pick.wanted == 1:
            for option in pick.options:
                branch = at.copy()
                branch.todo.append((owner, option))
                yield branch
            return
        for taken in (1, 0):
            branch = at.copy()
            branch.todo.extend((owner, option) for option in pick.options[:taken])
            branch.todo.append((owner, Pick(pick.wanted - taken, pick.texts[1:], pick.options[1:])))
            yield branch

    # needed steps

    def _need(self, at: Waypoint, owner: str, leaf: Needs) -> bool:
        """Take the needed step in, unless its window may be extended."""
        is_retrospective = owner != GOAL and at.nodes[owner].is_recorded
        if is_retrospective and not self.program.is_supported(at.nodes[owner], leaf):
            at.met[owner, leaf] = None
            return True
        if leaf.extensions is None:
            return self._include(at, Chosen(owner, leaf, None, is_retrospective), leaf.step)
        if is_retrospective:  # whatever was bought is behind the learner
            longest = leaf.extended(leaf.extensions.at_most)
            return self._include(at, Chosen(owner, longest, None, is_retrospective), leaf.step)
        at.open[owner, canonical(leaf)] = leaf
        return True

    def _extended(self, at: Waypoint, owner: str, leaf: Needs) -> Iterator[Waypoint]:
        """A branch for each number of extensions."""
        more = leaf.extensions
        assert more is not None
        for times in range(more.at_most + 1):
            branch = at.copy()
            if self._include(branch, Chosen(owner, leaf.extended(times), fees=(more.cost,) * times), leaf.step):
                yield branch

    def _include(self, at: Waypoint, chosen: Chosen, name: str) -> bool:
        """Have a step in the route; which of its states is left open where there are several."""
        at.chosen[chosen] = None
        states = (name, "")
        if name in at.nodes or states in at.open:
            return True
        known = self.program.nodes(name)
        if not known:
            self.dead_ends.update(self.program.attempts(self.program.pathway.step(step_of(name))).closed_by)
        nodes = self.states(name)
        if len(nodes) == 1:
            self._enter(at, nodes[0])
        elif nodes:
            at.open[states] = StatesOf(name)
        return bool(nodes)

    def states(self, name: str) -> list[Node]:
        """The states in which a step may be in a route."""
        return [node for node in self.program.nodes(name) if not self._is_avoided(node)]

    def _states(self, at: Waypoint, name: str) -> Iterator[Waypoint]:
        for node in self.states(name):
            branch = at.copy()
            self._enter(branch, node)
            yield branch

    def _enter(self, at: Waypoint, node: Node) -> None:
        at.nodes[node.id] = node
        assert node.step is not None
        if node.status is not Status.WAIVED:
            at.todo.append((node.id, node.step.requires))
        if node.is_to_do:
            again = (name for name, asking in self.program.asked_again.items() if node.step.id in asking)
            at.todo.extend((node.id, Needs(name)) for name in again)

    def _is_avoided(self, node: Node) -> bool:
        avoided = self.program.learner.avoid
        if not avoided or not node.is_to_do or node.step is None:
            return False
        return node.step.id in avoided or any(credential in avoided for credential in node.step.grants)

    # papers and work

    def _paper(self, at: Waypoint, owner: str, leaf: Holds) -> bool:
        """Leave open which paper meets a Holds; a recorded step had its paper before it began."""
        is_retrospective = owner != GOAL and at.nodes[owner].is_recorded
        granting = self.program.granting(leaf.credential, owner=owner, is_recorded=is_retrospective)
        is_held = self.program.held(leaf.credential) is not None
        if is_retrospective and not granting and not is_held:
            at.met[owner, leaf] = None
            return True
        if not is_held and not granting:
            self.dead_ends.add(rule_name(owner, leaf))
        at.open[owner, canonical(leaf)] = leaf
        return True

    def _papers(self, at: Waypoint, owner: str, leaf: Holds) -> Iterator[Waypoint]:
        """A branch for each paper that could meet a Holds."""
        is_retrospective = owner != GOAL and at.nodes[owner].is_recorded
        if self.program.held(leaf.credential) is not None:
            branch = at.copy()
            branch.chosen[Chosen(owner, leaf, None, is_retrospective)] = None
            yield branch
        granting = self.program.granting(leaf.credential, owner=owner, is_recorded=is_retrospective)
        again = [] if is_retrospective else self._once_more(at, owner, leaf)
        for name in (*granting, *again):
            branch = at.copy()
            if self._include(branch, Chosen(owner, leaf, name, is_retrospective), name):
                yield branch

    def _work(self, at: Waypoint, owner: str, leaf: Worked) -> Iterator[Waypoint]:
        """A branch for the recorded work alone, and some for each job that could count beside it."""
        jobs = () if leaf.counted_back_from is not None else self.program.pathway.employing(leaf)
        branch = at.copy()
        branch.chosen[Chosen(owner, leaf)] = None
        yield branch
        for job in jobs:
            if job.id != owner and self.program.record(job.id) is None:
                for run in self.program.runs(leaf, job):
                    branch = at.copy()
                    if self._include(branch, Chosen(owner, leaf, job.id, run=run), job.id):
                        yield branch

    def _once_more(self, at: Waypoint, owner: str, leaf: Holds) -> list[str]:
        """The later times of a step by which a Holds can be met: those that the route has already, and one more."""
        asking = Again(step_of(owner), leaf)
        if asking not in self.again:
            return []
        taken = [
            each.paper
            for each in at.chosen
            if each.leaf == leaf and step_of(each.owner) == asking.owner and is_later_time(self.program, each.paper)
        ]
        if taken:
            return [name for name in taken if name is not None and name != owner][:1]
        found: list[str] = []
        for step in self.program.pathway.granting(leaf.credential):
            record = self.program.record(step.id)
            if record is None or not record.is_waived:
                there = [*at.nodes, *(name for name, key in at.open if not key)]
                found += [name for name in there if step_of(name) == step.id and is_later_time(self.program, name)]
                found.append(free_name(self.program, step.id, there))
        return [name for name in found if name != owner]


def _wanted(requirement: AllOf | AnyOf | AtLeast) -> int:
    """How many of the distinct options must hold."""
    match requirement:
        case AllOf():
            return len(distinct(requirement))
        case AnyOf():
            return 1
        case AtLeast():
            return requirement.k


def _first_leaves(requirement: Requirement) -> Iterator[Leaf]:
    match requirement:
        case AllOf() | AnyOf() | AtLeast():
            for option in distinct(requirement):
                yield from _first_leaves(option)
        case _:
            yield requirement
