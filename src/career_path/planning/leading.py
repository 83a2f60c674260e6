"""Which steps a goal can lead through by requirements alone, whatever their dates: what no route can have, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple, assert_never

import attrs

from career_path.model.learner import Learner
from career_path.model.pathway import Pathway
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
    distinct,
    leaves,
)
from career_path.planning.texts import GOAL

__all__ = ["Leading"]


class _Edge(NamedTuple):
    """A step that another may need, and whether it has to come before that."""

    step: str
    is_before: bool = True


@attrs.frozen(slots=False, eq=False, repr=False)
class Leading:
    """What may lead to the goal of a pathway for a learner.

    What a recorded step needed is behind the learner, so that nothing asks for it any more. Whatever is told to be in
    no route is in none; that some steps are in none for other reasons is not told.
    """

    pathway: Pathway
    learner: Learner

    def is_of_use(self, name: str) -> bool:
        """Whether anything on a way to the goal could ask for a step, were nothing recorded."""
        return name in self._before([GOAL])

    def records_instead(self, name: str) -> tuple[str, ...]:
        """The recorded steps that leave no use for a step, sorted; none where there is still a way through it."""
        if name in self._ahead:
            return ()
        return tuple(sorted(each for each in self._ahead.intersection(self._recorded) if name in self._before([each])))

    def needed_by_all(self, name: str) -> tuple[str, ...]:
        """The steps that alone lead to a step and that it needs itself, sorted; none where it can be done."""
        after = self._after(name) & self._before([name], stops=self._recorded) - {name}
        needed = frozenset(each for each in after if not self._is_founded(name, without=each))
        loose = (edge.step for each in self._ahead for edge in self._edges(each) if not edge.is_before)
        is_open = name in self._before([GOAL, *loose], stops=needed | self._recorded, is_in_order=True)
        return () if is_open else tuple(sorted(needed))

    @cached_property
    def _recorded(self) -> frozenset[str]:
        known = (each for each in self.learner.records if each.started or each.finished or each.is_waived)
        return frozenset(str(each.step) for each in known)

    @cached_property
    def _ahead(self) -> set[str]:
        """The goal and all that may still lead to it."""
        return self._before([GOAL], stops=self._recorded)

    def _before(self, starts: Iterable[str], *, stops: Collection[str] = (), is_in_order: bool = False) -> set[str]:
        """These steps and all that may lead to them, without looking behind `stops`.

        With `is_in_order` only those that have to come first.
        """
        found: set[str] = set()
        waiting = list(starts)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                edges = () if name in stops else self._edges(name)
                waiting.extend(edge.step for edge in edges if edge.is_before or not is_in_order)
        return found

    def _after(self, name: str) -> set[str]:
        """A step and all that it may lead to."""
        needed_by: Mapping[str, list[str]] = defaultdict(list)
        for each in self._ahead - self._recorded:
            for edge in self._edges(each):
                needed_by[edge.step].append(each)
        found: set[str] = set()
        waiting = [name]
        while waiting:
            each = waiting.pop()
            if each not in found:
                found.add(each)
                waiting.extend(needed_by[each])
        return found

    def _edges(self, name: str) -> Iterator[_Edge]:
        for _, leaf in leaves(self._requirement(name)):
            yield from self._leaf_edges(leaf)
        retakes = None if name == GOAL else self.pathway.step(name).retakes
        yield from (_Edge(cap.since) for cap in (retakes.caps if retakes else ()) if cap.since is not None)

    def _requirement(self, name: str) -> Requirement:
        return self.pathway.goal if name == GOAL else self.pathway.step(name).requires

    def _leaf_edges(self, leaf: Leaf) -> Iterator[_Edge]:
        match leaf:
            case Needs():
                yield _Edge(leaf.step, leaf.order is Order.AFTER)
            case Holds():
                yield from (_Edge(step.id) for step in self.pathway.granting(leaf.credential))
            case Worked():
                yield from (_Edge(step.id) for step in self.pathway.employing(leaf))
            case Aged() | Located() | HasFact():
                pass
            case _:  # pragma: no cover
                assert_never(leaf)

    def _is_founded(self, name: str, *, without: str) -> bool:
        """Whether a step can be done although another is never done."""
        missing = dict.fromkeys(self._before([name], stops=self._recorded) - {without})
        founded: set[str] = set()
        while name in missing:
            more = [each for each in missing if self._can_follow(each, founded)]
            if not more:
                return False
            founded.update(more)
            for each in more:
                del missing[each]
        return True

    def _can_follow(self, name: str, done: Collection[str]) -> bool:
        return name in self._recorded or self._is_met(self._requirement(name), done)

    def _is_met(self, requirement: Requirement, done: Collection[str]) -> bool:
        match requirement:
            case AllOf() | AnyOf() | AtLeast():
                met = sum(self._is_met(option, done) for option in distinct(requirement))
                return met >= _wanted(requirement)
            case Needs():
                return requirement.order is Order.ANY or requirement.step in done
            case Holds():
                is_held = any(held.credential == requirement.credential for held in self.learner.holds)
                return is_held or any(edge.step in done for edge in self._leaf_edges(requirement))
            case Worked() | Aged() | Located() | HasFact():
                return True
            case _:  # pragma: no cover
                assert_never(requirement)


def _wanted(requirement: AllOf | AnyOf | AtLeast) -> int:
    """How many of the distinct options must hold."""
    match requirement:
        case AllOf():
            return len(distinct(requirement))
        case AnyOf():
            return 1
        case AtLeast():
            return requirement.k
        case _:  # pragma: no cover
            assert_never(requirement)
