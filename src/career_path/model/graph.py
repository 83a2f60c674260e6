"""A pathway as a graph of networkx, which no other module imports."""

from __future__ import annotations

from typing import assert_never

import networkx as nx

from career_path.model.pathway import Pathway
from career_path.model.requirements import Aged, Holds, Needs, leaves

__all__ = ["pathway_graph"]


def pathway_graph(pathway: Pathway) -> nx.DiGraph[str]:
    """An edge from every step that another may need, or may get a paper from, to that other."""
    graph: nx.DiGraph[str] = nx.DiGraph(id=pathway.id, title=pathway.name)
    goal = {leaf.step for _, leaf in leaves(pathway.goal) if isinstance(leaf, Needs)}
    for step in pathway.steps:
        graph.add_node(step.id, step=step, is_goal=step.id in goal)
    for step in pathway.steps:
        for _, leaf in leaves(step.requires):
            match leaf:
                case Needs():
                    graph.add_edge(leaf.step, step.id, requirement=leaf)
                case Holds():
                    for granting in pathway.granting(leaf.credential):
                        graph.add_edge(granting.id, step.id, requirement=leaf)
                case Aged():
                    pass
                case _:  # pragma: no cover
                    assert_never(leaf)
    return graph
