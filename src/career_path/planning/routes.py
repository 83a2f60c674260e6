"""Every route of a program: one complete choice for each ANY, AT LEAST, Holds, old record and crossing cohort.

The search keeps a list of requirements still to be met and the states chosen so far, and copies both only
where it has to choose, so a pathway without choices is walked once, however long it is.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterator
from decimal import Decimal
from itertools import chain, combinations, count
from typing import NamedTuple

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
    Order,
    Requirement,
    Worked,
    canonical,
    distinct,
)
from career_path.model.sittings import PaidExtension
from career_path.model.text import again_id, step_of
from career_path.model.timeline import Status
from career_path.planning.program import Node, Program
from career_path.planning.texts import GOAL, rule_name
from career_path.planning.work import Run

__all__ = ["Again", "Chosen", "Route", "ranks", "routes"]


class Chosen(NamedTuple):
    """A leaf that the route meets: who asks, and by which paper a Holds is met (a step, or None for one held).

    For work, `paper` is the job that counts beside the records, if one does, and `run` the days for which it is taken.
    The window of a leaf is the one that it has with its extensions; `fees` are what they cost, one each.
    """

    owner: str
    leaf: Leaf
    paper: str | None = None
    is_retrospective: bool = False
    run: Run | None = None
    fees: tuple[Decimal | None, ...] = ()

    @property
    def text(self) -> str:
        """The same text for the same choice."""
        run = "" if self.run is None else f" in {self.run.first:07}/{self.run.last:07}"
        fees = "" if not self.fees else f" extended {len(self.fees)} times for {self.fees[0]}"
        return f"{self.owner}: {canonical(self.leaf)}{'' if self.paper is None else f' from {self.paper}'}{run}{fees}"


class Again(NamedTuple):
    """A Holds that may be met by doing a step once more: the step of the pathway that asks for it, and how."""

    owner: str
    leaf: Holds


class Route(NamedTuple):
    """One complete choice, and the steps that follow from it."""

    nodes: dict[str, Node]
    chosen: tuple[Chosen, ...]
    taken_as_met: tuple[tuple[str, Leaf], ...]

    @property
    def key(self) -> tuple[int, int, tuple[str, ...], tuple[str, ...]]:
        """What decides between routes that are equally good: fewest redone, fewest steps, ids, choices."""
        redone = sum(node.status is Status.REDO for node in self.nodes.values())
        choices = [each.text for each in self.chosen] + [f"{n.id}: {n.label}" for n in self.nodes.values() if n.label]
        return redone, len(self.nodes), tuple(sorted(self.nodes)), tuple(sorted(choices))

    @property
    def identity(self) -> frozenset[tuple[str, ...]]:
        """The same for the same route, however it was found."""
        nodes = ((node.id, node.status.value, node.label) for node in self.nodes.values())
        return frozenset(chain(nodes, ((each.text,) for each in self.chosen)))


@attrs.define(eq=False, repr=False)
class _State:
    """A route in the making."""

    todo: list[tuple[str, Requirement]]
    nodes: dict[str, Node]
    chosen: dict[Chosen, None]
    met: dict[tuple[str, Leaf], None]

    def copy(self) -> _State:
        return _State(list(self.todo), dict(self.nodes), dict(self.chosen), dict(self.met))


def routes(
    program: Program, *, most: int, dead_ends: set[str], again: Collection[Again] = frozenset()
) -> Iterator[Route]:
    """Every well-founded route that the learner's `avoid` leaves, each once.

    The rules that no route can meet, because no step grants a paper, are added to `dead_ends`. A paper that expires is
    earned again for those in `again` alone, once for each at most.

    Raises:
        SearchLimitError: there are more than `most`.
    """
    search = _Search(program, dead_ends, again)
    first = _State([(GOAL, program.pathway.goal)], {}, {}, {})
    open_states: list[Iterator[_State]] = [iter([first])]
    seen: set[frozenset[tuple[str, ...]]] = set()
    walked = 0
    while open_states:
        state = next(open_states[-1], None)
        if state is None:
            open_states.pop()
            continue
        walked += 1
        if walked > most:
            raise SearchLimitError(most)
        branches = search.walk(state)
        if branches is not None:
            open_states.append(branches)
            continue
        state = search.renumbered(state)
        route = Route(state.nodes, tuple(sorted(state.chosen, key=lambda each: each.text)), tuple(state.met))
        identity = route.identity
        is_sound = not search.redoes_in_vain(route) and not search.lacks_another_time(route)
        if identity not in seen and is_sound and ranks(route) is not None:
            seen.add(identity)
            yield route


class _Search(NamedTuple):
    """One search; it hands out the branches at each choice."""

    program: Program
    dead_ends: set[str]
    again: Collection[Again] = frozenset()

    def walk(self, state: _State) -> Iterator[_State] | None:  # noqa: C901 (one case for each kind of requirement)
        """Go on without choosing; then the branches at the next choice, or None when the route is complete."""
        while state.todo:
            owner, requirement = state.todo.pop()
            match requirement:
                case AllOf():
                    state.todo.extend((owner, option) for option in distinct(requirement))
                case AnyOf() | AtLeast():
                    return self._options(state, owner, requirement)
                case Holds():
                    return self._papers(state, owner, requirement)
                case Aged():
                    if not self._is_retrospective(state, owner):
                        state.chosen[Chosen(owner, requirement)] = None
                case Worked():
                    if not self._is_retrospective(state, owner):
                        return self._work(state, owner, requirement)
                case Located() | HasFact():
                    if not self._is_retrospective(state, owner) and not self.program.is_true(owner, requirement):
                        self.dead_ends.add(rule_name(owner, requirement))
                        return iter(())
                case Needs():
                    branches = self._needs(state, owner, requirement)
                    if branches is not None:
                        return branches
        return None

    def _is_retrospective(self, state: _State, owner: str) -> bool:
        return owner != GOAL and state.nodes[owner].is_recorded

    def _options(self, state: _State, owner: str, requirement: AnyOf | AtLeast) -> Iterator[_State]:
        wanted = _wanted(requirement)
        options: tuple[Requirement, ...] = distinct(requirement)
        if self._is_retrospective(state, owner):
            node = state.nodes[owner]
            options = tuple(option for option in options if self._is_supported(node, option))
            if len(options) < wanted:
                wanted = len(options)
                state.met.update(((owner, leaf), None) for leaf in _first_leaves(requirement))
        for group in combinations(options, wanted):
            branch = state.copy()
            branch.todo.extend((owner, option) for option in group)
            yield branch

    def _is_supported(self, node: Node, requirement: Requirement) -> bool:
        match requirement:
            case AllOf() | AnyOf() | AtLeast():
                # Every option is looked at, so that a missing fact is told whatever the order.
                supported = sum([self._is_supported(node, option) for option in distinct(requirement)])
                return supported >= _wanted(requirement)
            case _:
                return self.program.is_supported(node, requirement)

    def _needs(self, state: _State, owner: str, leaf: Needs) -> Iterator[_State] | None:
        """Take the needed step in; the branches if it has several states, else None."""
        is_retrospective = self._is_retrospective(state, owner)
        if is_retrospective and not self.program.is_supported(state.nodes[owner], leaf):
            state.met[owner, leaf] = None
            return None
        if leaf.extensions is None:
            return self._include(state, Chosen(owner, leaf, None, is_retrospective), leaf.step)
        if is_retrospective:  # whatever was bought is behind the learner
            longest = leaf.extended(leaf.extensions.at_most)
            return self._include(state, Chosen(owner, longest, None, is_retrospective), leaf.step)
        return self._extended(state, owner, leaf, leaf.extensions)

    def _extended(self, state: _State, owner: str, leaf: Needs, more: PaidExtension) -> Iterator[_State]:
        """A branch for each number of extensions."""
        for times in range(more.at_most + 1):
            branch = state.copy()
            branches = self._include(branch, Chosen(owner, leaf.extended(times), fees=(more.cost,) * times), leaf.step)
            yield from [branch] if branches is None else branches

    def _include(self, state: _State, chosen: Chosen, step_id: str) -> Iterator[_State] | None:
        state.chosen[chosen] = None
        if step_id in state.nodes:
            return None
        known = self.program.nodes(step_id)
        if not known:
            self.dead_ends.update(self.program.attempts(self.program.pathway.step(step_of(step_id))).closed_by)
        nodes = [node for node in known if not self._is_avoided(node)]
        if len(nodes) == 1:
            self._enter(state, nodes[0])
            return None
        return self._states(state, nodes)

    def _states(self, state: _State, nodes: list[Node]) -> Iterator[_State]:
        for node in nodes:
            branch = state.copy()
            self._enter(branch, node)
            yield branch

    def _enter(self, state: _State, node: Node) -> None:
        state.nodes[node.id] = node
        assert node.step is not None
        if node.status is not Status.WAIVED:
            state.todo.append((node.id, node.step.requires))
        if node.is_to_do:
            again = (name for name, asking in self.program.asked_again.items() if node.step.id in asking)
            state.todo.extend((node.id, Needs(name)) for name in again)

    def _is_avoided(self, node: Node) -> bool:
        avoided = self.program.learner.avoid
        if not avoided or not node.is_to_do or node.step is None:
            return False
        return node.step.id in avoided or any(credential in avoided for credential in node.step.grants)

    def _papers(self, state: _State, owner: str, leaf: Holds) -> Iterator[_State]:
        """A branch for each paper that could meet a Holds; a recorded step had its paper before it began."""
        is_retrospective = self._is_retrospective(state, owner)
        granting = self.program.granting(leaf.credential, owner=owner, is_recorded=is_retrospective)
        is_held = self.program.held(leaf.credential) is not None
        if is_retrospective and not granting and not is_held:
            state.met[owner, leaf] = None
            yield state
            return
        if is_held:
            branch = state.copy()
            branch.chosen[Chosen(owner, leaf, None, is_retrospective)] = None
            yield branch
        if not is_held and not granting:
            self.dead_ends.add(rule_name(owner, leaf))
        again = [] if is_retrospective else self._once_more(state, owner, leaf)
        for name in (*granting, *again):
            branch = state.copy()
            branches = self._include(branch, Chosen(owner, leaf, name, is_retrospective), name)
            yield from [branch] if branches is None else branches

    def _work(self, state: _State, owner: str, leaf: Worked) -> Iterator[_State]:
        """A branch for the recorded work alone, and some for each job that could count beside it."""
        jobs = () if leaf.counted_back_from is not None else self.program.pathway.employing(leaf)
        branch = state.copy()
        branch.chosen[Chosen(owner, leaf)] = None
        yield branch
        for job in jobs:
            if job.id != owner and self.program.record(job.id) is None:
                for run in self.program.runs(leaf, job):
                    branch = state.copy()
                    branches = self._include(branch, Chosen(owner, leaf, job.id, run=run), job.id)
                    yield from [branch] if branches is None else branches

    def _once_more(self, state: _State, owner: str, leaf: Holds) -> list[str]:
        """The later times of a step by which a Holds can be met: those that the route has already, and one more."""
        asking = Again(step_of(owner), leaf)
        if asking not in self.again:
            return []
        taken = [
            each.paper
            for each in state.chosen
            if each.leaf == leaf and step_of(each.owner) == asking.owner and self._is_again(each.paper)
        ]
        if taken:
            return [name for name in taken if name is not None and name != owner][:1]
        found: list[str] = []
        for step in self.program.pathway.granting(leaf.credential):
            record = self.program.record(step.id)
            if record is None or not record.is_waived:
                found += [name for name in state.nodes if step_of(name) == step.id and self._is_again(name)]
                found.append(self._free(step.id, state.nodes))
        return [name for name in found if name != owner]

    def _is_again(self, name: str | None) -> bool:
        """Whether this is a later time of a step, still to come."""
        return name is not None and name != step_of(name) and self.program.record(name) is None

    def _free(self, step_id: str, taken: Collection[str]) -> str:
        names = (again_id(step_id, times) for times in count(2))
        return next(name for name in names if name not in taken and self.program.learner.record(name) is None)

    def renumbered(self, state: _State) -> _State:
        """The same route, its later times numbered by who asks for them and not by how they were found."""
        asked: dict[str, tuple[str, str]] = {}
        for each in state.chosen:
            if each.paper is not None and self._is_again(each.paper):
                asker = (step_of(each.owner), canonical(each.leaf))
                asked[each.paper] = min(asked.get(each.paper, asker), asker)
        names: dict[str, str] = {}
        for name in sorted(asked, key=lambda name: asked[name]):
            names[name] = self._free(step_of(name), names.values())
        if all(name == new for name, new in names.items()):
            return state
        nodes = {names.get(name, name): self._named(node, names.get(name, name)) for name, node in state.nodes.items()}
        chosen = [
            each._replace(owner=names.get(each.owner, each.owner), paper=names.get(each.paper or "", each.paper))
            for each in state.chosen
        ]
        return _State([], nodes, dict.fromkeys(chosen), state.met)

    def _named(self, node: Node, name: str) -> Node:
        """The same state of the same step at another of its times."""
        return next(each for each in self.program.nodes(name) if each.label == node.label) if name != node.id else node

    def lacks_another_time(self, route: Route) -> bool:
        """Whether an attempt is planned without what has to be done once more before it."""
        behind = {Status.FINISHED, Status.WAIVED}
        return any(name in route.nodes and route.nodes[name].status in behind for name in self._asked_again(route))

    def _asked_again(self, route: Route) -> set[str]:
        """The steps that attempts of the route wait for to be done once more."""
        to_do = {step_of(name) for name, node in route.nodes.items() if node.is_to_do}
        return {name for name, asking in self.program.asked_again.items() if not to_do.isdisjoint(asking)}

    def redoes_in_vain(self, route: Route) -> bool:
        """Whether a step is done again although nothing asks for that, or for the first time under a later name."""
        fresh = self._asked_again(route) | {
            each.leaf.step
            for each in route.chosen
            if isinstance(each.leaf, Needs) and each.leaf.within is not None and not each.is_retrospective
        }
        for name, node in route.nodes.items():
            first = step_of(name)
            if name == first and node.status is Status.REDO and name not in fresh:
                return True
            if self._is_again(name) and first not in route.nodes and self.program.record(first) is None:
                return True
        return False


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


def ranks(route: Route) -> dict[str, int] | None:
    """How many steps must come before each step, at the least; None if the route leads back to where it was.

    Only needs with order "after" and papers count.
    """
    needed_by: defaultdict[str, list[str]] = defaultdict(list)
    waiting = dict.fromkeys(route.nodes, 0)
    for each in route.chosen:
        before = each.leaf.step if isinstance(each.leaf, Needs) and each.leaf.order is Order.AFTER else each.paper
        if before is not None and each.owner != GOAL and not each.is_retrospective:
            needed_by[before].append(each.owner)
            waiting[each.owner] += 1
    found = {name: 0 for name, count in waiting.items() if count == 0}
    ready = deque(found)
    while ready:
        name = ready.popleft()
        for follower in needed_by[name]:
            found[follower] = max(found.get(follower, 0), found[name] + 1)
            waiting[follower] -= 1
            if waiting[follower] == 0:
                ready.append(follower)
    return found if not any(waiting.values()) else None
