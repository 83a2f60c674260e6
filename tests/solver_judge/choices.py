"""The choices of a route as literals: which steps are in it, and what each of them asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import attrs
import networkx as nx
from ortools.sat.python.cp_model import BoolVarT, CpModel, IntVar

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
    leaves,
)
from solver_judge.case import GOAL, Case, OutOfScopeError

__all__ = ["Ask", "Choices"]


@attrs.frozen(eq=False)
class Ask:
    """A leaf that a step may ask for, and whether it does. What a finished step asked for `is_behind` it."""

    owner: str
    leaf: Needs | Aged
    lit: IntVar
    is_behind: bool

    @property
    def text(self) -> str:
        """The choice in words, as routes that are alike in everything else are told apart by it."""
        return f"{self.owner}: {canonical(self.leaf)}"


_Asked = tuple[str, Requirement, IntVar, bool]
"""Who asks for what, the literal of that, and whether it is behind."""


@attrs.define(eq=False)
class Choices:
    """Everything a route can choose, and what makes the choices one route.

    A step is in the route if another that is in it asks for it, and the goal stands at the root of all that.
    """

    case: Case
    model: CpModel
    present: dict[str, IntVar] = attrs.field(factory=dict)
    redone: dict[str, IntVar] = attrs.field(factory=dict)
    asks: list[Ask] = attrs.field(factory=list)
    _recorded: dict[str, IntVar] = attrs.field(factory=dict)
    _literals: dict[tuple[str, bool, str], list[tuple[Leaf, IntVar]]] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.present[GOAL] = self.model.new_constant(1)
        self._ask(GOAL, self.case.pathway.goal, self.present[GOAL], is_behind=False)
        self._gather()
        self._support()
        self._order()
        self._pins()

    # which steps there are

    @property
    def steps(self) -> list[str]:
        """The steps that some route has, sorted."""
        return sorted(name for name in self.present if name != GOAL)

    def is_fixed(self, name: str) -> bool:
        """Whether a step has its days from the records, in every route."""
        return name != GOAL and self.case.record(name) is not None and name not in self.redone

    def as_recorded(self, name: str) -> IntVar:
        """Whether a step is in the route as it is on record."""
        if name not in self.redone:
            return self.present[name]
        if name not in self._recorded:
            self._recorded[name] = self.both(self.present[name], self.redone[name].negated())
        return self._recorded[name]

    def to_do(self, name: str) -> IntVar | None:
        """Whether a step is in the route and still to be done; None for one that never is."""
        if self.is_fixed(name):
            return None
        return self.redone.get(name, self.present[name])

    def both(self, one: BoolVarT, other: BoolVarT) -> IntVar:
        both = self.model.new_bool_var("")
        self.model.add_bool_and(one, other).only_enforce_if(both)
        self.model.add_bool_or(one.negated(), other.negated(), both)
        return both

    def any_of(self, literals: Iterable[IntVar]) -> IntVar:
        """Whether one of some holds."""
        known = list(literals)
        if len(known) == 1:
            return known[0]
        found = self.model.new_bool_var("")
        self.model.add_max_equality(found, known or [self.model.new_constant(0)])
        return found

    # what is asked

    def _ask(self, owner: str, requirement: Requirement, lit: IntVar, *, is_behind: bool) -> None:
        """Take in a requirement that holds if a literal does, and all that its steps ask for."""
        waiting: list[_Asked] = [(owner, requirement, lit, is_behind)]
        while waiting:
            waiting += self._parts(*waiting.pop())

    def _parts(self, owner: str, requirement: Requirement, lit: IntVar, is_behind: bool) -> Iterator[_Asked]:  # noqa: FBT001
        """What a requirement asks for in its turn."""
        match requirement:
            case AllOf():
                yield from ((owner, each, lit, is_behind) for each in options(requirement))
            case AnyOf() | AtLeast():
                chosen = self._choose(requirement, lit, is_behind=is_behind)
                yield from ((owner, each, option, is_behind) for each, option in chosen)
            case Needs() | Aged():
                if not is_behind or (isinstance(requirement, Needs) and self._is_supported(requirement)):
                    key = (owner, is_behind, canonical(requirement))
                    self._literals.setdefault(key, []).append((requirement, lit))
                    if isinstance(requirement, Needs) and requirement.step not in self.present:
                        yield from self._enter(requirement.step)
            case Holds() | Worked() | Located() | HasFact():
                raise OutOfScopeError(canonical(requirement))

    def _choose(
        self, requirement: AnyOf | AtLeast, lit: IntVar, *, is_behind: bool
    ) -> Iterator[tuple[Requirement, IntVar]]:
        some = [each for each in options(requirement) if not is_behind or self._is_supported(each)]
        wanted = min(1 if isinstance(requirement, AnyOf) else requirement.k, len(some))
        literals = [self.model.new_bool_var("") for _ in some]
        self.model.add(sum(literals) == wanted * lit)
        yield from zip(some, literals, strict=True)

    def _enter(self, name: str) -> Iterator[_Asked]:
        """A step that some route has, in its states, and what it asks for in each."""
        self.present[name] = present = self.model.new_bool_var(name)
        requires = self.case.step(name).requires
        if self.case.record(name) is None:
            yield name, requires, present, False
            return
        if self.case.is_finished(name):
            if name in self._aged():
                self.redone[name] = again = self.model.new_bool_var(f"{name} again")
                self.model.add_implication(again, present)
                yield name, requires, again, False
            yield name, requires, self.as_recorded(name), True

    def _aged(self) -> set[str]:
        """The steps that something wants to be fresh."""
        every = [self.case.pathway.goal, *(step.requires for step in self.case.pathway.steps)]
        found = (leaf for requirement in every for _, leaf in leaves(requirement))
        return {str(leaf.step) for leaf in found if isinstance(leaf, Needs) and leaf.within is not None}

    def _is_supported(self, requirement: Requirement) -> bool:
        """Whether the records support what a finished step asked for.

        Raises:
            OutOfScopeError: it may still come after the step.
        """
        match requirement:
            case AllOf():
                return all(self._is_supported(each) for each in options(requirement))
            case AnyOf() | AtLeast():
                wanted = 1 if isinstance(requirement, AnyOf) else requirement.k
                return sum(self._is_supported(each) for each in options(requirement)) >= wanted
            case Needs():
                if self.case.record(requirement.step) is not None:
                    return True
                if requirement.order is Order.ANY or requirement.lag.is_negative or requirement.rounds:
                    raise OutOfScopeError(canonical(requirement))
                return False
            case Aged():
                return True
            case _:
                raise OutOfScopeError(canonical(requirement))

    def _gather(self) -> None:
        """One literal for each thing that a step asks for, however often it is written."""
        for (owner, is_behind, _), found in self._literals.items():
            leaf = found[0][0]
            assert isinstance(leaf, (Needs, Aged))
            if isinstance(leaf, Needs) and (leaf.rounds or leaf.extensions):
                raise OutOfScopeError(canonical(leaf))
            self.asks.append(Ask(owner, leaf, self.any_of(lit for _, lit in found), is_behind))

    # what makes it one route

    @property
    def needs(self) -> Iterator[tuple[Ask, Needs]]:
        """What is asked of other steps."""
        for each in self.asks:
            if isinstance(each.leaf, Needs):
                yield each, each.leaf

    def _support(self) -> None:
        """A step is there exactly if it is asked for, and done again only where that has to be fresh."""
        asking: defaultdict[str, list[Ask]] = defaultdict(list)
        for each, leaf in self.needs:
            asking[leaf.step].append(each)
        for name in self.steps:
            self.model.add_max_equality(self.present[name], [each.lit for each in asking[name]])
        for name, again in self.redone.items():
            fresh = [each for each in asking[name] if isinstance(each.leaf, Needs) and each.leaf.within is not None]
            self.model.add_bool_or(again.negated(), *(each.lit for each in fresh if not each.is_behind))
        self._reach(asking)

    def _reach(self, asking: dict[str, list[Ask]]) -> None:
        """Steps that only ask for each other are in no route: who asks is nearer to the goal."""
        in_ring = rings((each.owner, leaf.step) for each, leaf in self.needs)
        far = {name: self.model.new_int_var(0, len(in_ring), "") for name in in_ring}
        for name in sorted(in_ring):
            reasons: list[IntVar] = []
            for each in asking[name]:
                reason = self.model.new_bool_var("")
                self.model.add_implication(reason, each.lit)
                if each.owner in in_ring:
                    self.model.add(far[name] > far[each.owner]).only_enforce_if(reason)
                reasons.append(reason)
            self.model.add_bool_or(self.present[name].negated(), *reasons)

    def _order(self) -> None:
        """What must come first does not wait for what follows."""
        first = [(each, leaf) for each, leaf in self.needs if leaf.order is Order.AFTER and not each.is_behind]
        in_ring = rings((each.owner, leaf.step) for each, leaf in first)
        place = {name: self.model.new_int_var(0, len(in_ring), "") for name in in_ring}
        for each, leaf in first:
            if each.owner in in_ring and leaf.step in in_ring:
                self.model.add(place[each.owner] > place[leaf.step]).only_enforce_if(each.lit)

    def _pins(self) -> None:
        learner, avoided = self.case.learner, set(self.case.learner.avoid)
        for name in self.steps:
            to_do = self.to_do(name)
            if to_do is not None and avoided & {name, *self.case.step(name).grants}:
                self.model.add(to_do == 0)
        for pin in learner.choose:
            granting = [name for name in self.steps if pin in self.case.step(name).grants]
            there = [self.present[name] for name in granting if not self.case.is_waived(name)]
            if not any(held.credential == pin for held in learner.holds):
                self.model.add_bool_or(*there, *([self.present[pin]] if pin in self.present else []))


def options(requirement: AllOf | AnyOf | AtLeast) -> list[Requirement]:
    """The options, each once."""
    return list({canonical(option): option for option in requirement.of}.values())


def rings(edges: Iterable[tuple[str, str]]) -> set[str]:
    """What lies on a ring of some edges."""
    graph: nx.DiGraph[str] = nx.DiGraph(list(edges))
    return {name for part in nx.strongly_connected_components(graph) if len(part) > 1 for name in part}
