"""A pathway as a graph of networkx, and flows in graphs: no other module imports networkx."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

import networkx as nx

from career_path.model.pathway import Pathway, Step
from career_path.model.requirements import Aged, HasFact, Holds, Leaf, Located, Needs, Worked, leaves

__all__ = ["Edge", "cheapest_circulation", "pathway_graph"]


def pathway_graph(pathway: Pathway) -> nx.DiGraph[str]:
    """An edge from every step that another may need, or may get a paper from, to that other."""
    graph: nx.DiGraph[str] = nx.DiGraph(id=pathway.id, title=pathway.name)
    goal = {leaf.step for _, leaf in leaves(pathway.goal) if isinstance(leaf, Needs)}
    for step in pathway.steps:
        graph.add_node(step.id, step=step, is_goal=step.id in goal)
    for step in pathway.steps:
        for _, leaf in leaves(step.requires):
            graph.add_edges_from((name, step.id, {"requirement": leaf}) for name in _needed_for(leaf, step, pathway))
    return graph


def _needed_for(leaf: Leaf, step: Step, pathway: Pathway) -> list[str]:
    """The steps that a step may need for one of its leaves."""
    match leaf:
        case Needs():
            return [leaf.step]
        case Holds():
            return [granting.id for granting in pathway.granting(leaf.credential)]
        case Worked():
            return [job.id for job in pathway.employing(leaf) if job.id != step.id]
        case Aged() | Located() | HasFact():
            return []
        case _:  # pragma: no cover
            assert_never(leaf)


Edge = tuple[str, str, int, int]
"""From where, to where, how much at most, and what one unit costs."""


def cheapest_circulation(edges: Sequence[Edge]) -> tuple[int, ...]:
    """How much flows along each edge so that the sum of the costs is least; what flows into a node flows out again.

    Exact in whole numbers of any size. A cost below 0 is a reward: that is how a flow is drawn along an edge. Equal
    edges in the same order give the same answer.

    >>> cheapest_circulation([("a", "b", 5, -2), ("b", "a", 3, 1)])
    (3, 3)
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for index, (tail, head, most, cost) in enumerate(edges):
        graph.add_edge(tail, head, key=index, capacity=most, weight=cost)
    _, flow = nx.network_simplex(graph)
    return tuple(flow[tail][head][index] for index, (tail, head, _, _) in enumerate(edges))
