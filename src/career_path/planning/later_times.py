"""Steps that a route does a second time or more often: their names, and whether they are done in vain."""

from __future__ import annotations

from collections.abc import Collection
from itertools import count

from career_path.model.requirements import Needs, canonical
from career_path.model.text import again_id, step_of
from career_path.model.timeline import Status
from career_path.planning.program import Node, Program
from career_path.planning.routes import Chosen, Route

__all__ = ["free_name", "is_later_time", "lacks_another_time", "redoes_in_vain", "renumbered"]


def is_later_time(program: Program, name: str | None) -> bool:
    """Whether this is a later time of a step, still to come."""
    return name is not None and name != step_of(name) and program.record(name) is None


def free_name(program: Program, step_id: str, taken: Collection[str]) -> str:
    """The name of the first later time of a step that is not taken."""
    names = (again_id(step_id, times) for times in count(2))
    return next(name for name in names if name not in taken and program.learner.record(name) is None)


def renumbered(
    program: Program, nodes: dict[str, Node], chosen: Collection[Chosen]
) -> tuple[dict[str, Node], Collection[Chosen]]:
    """The same steps and leaves, later times numbered by who asks for them and not by how they were found."""
    asked: dict[str, tuple[str, str]] = {}
    for each in chosen:
        if each.paper is not None and is_later_time(program, each.paper):
            asker = (step_of(each.owner), canonical(each.leaf))
            asked[each.paper] = min(asked.get(each.paper, asker), asker)
    names: dict[str, str] = {}
    for name in sorted(asked, key=lambda name: asked[name]):
        names[name] = free_name(program, step_of(name), names.values())
    if all(name == new for name, new in names.items()):
        return nodes, chosen
    renamed = {names.get(name, name): _named(program, node, names.get(name, name)) for name, node in nodes.items()}
    return renamed, [
        each._replace(owner=names.get(each.owner, each.owner), paper=names.get(each.paper or "", each.paper))
        for each in chosen
    ]


def _named(program: Program, node: Node, name: str) -> Node:
    """The same state of the same step at another of its times."""
    return next(each for each in program.nodes(name) if each.label == node.label) if name != node.id else node


def lacks_another_time(program: Program, route: Route) -> bool:
    """Whether an attempt is planned without what has to be done once more before it."""
    behind = {Status.FINISHED, Status.WAIVED}
    asked = _asked_again(program, route)
    return any(name in route.nodes and route.nodes[name].status in behind for name in asked)


def _asked_again(program: Program, route: Route) -> set[str]:
    """The steps that attempts of the route wait for to be done once more."""
    to_do = {step_of(name) for name, node in route.nodes.items() if node.is_to_do}
    return {name for name, asking in program.asked_again.items() if not to_do.isdisjoint(asking)}


def redoes_in_vain(program: Program, route: Route) -> bool:
    """Whether a step is done again although nothing asks for that, or for the first time under a later name."""
    asked = _asked_again(program, route)
    fresh = {
        each.leaf.step
        for each in route.chosen
        if isinstance(each.leaf, Needs) and each.leaf.within is not None and not each.is_retrospective
    }
    for name, node in route.nodes.items():
        first, record = step_of(name), program.record(name)
        is_waived = record is not None and record.is_waived
        if name == first and node.status is Status.REDO and name not in (asked if is_waived else asked | fresh):
            return True
        if is_later_time(program, name) and first not in route.nodes and program.record(first) is None:
            return True
    return False
