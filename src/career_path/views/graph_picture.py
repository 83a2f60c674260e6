"""The graph of a plan as a picture: which step waits for which, in layers from top to bottom.

Everything is told as plain numbers and path data that a template draws; `graph_layout` says where the steps stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from career_path.model.timeline import PlannedStep, Timeline
from career_path.values import Value, frozen
from career_path.views.fitting import lines_of
from career_path.views.graph_layout import (
    GOAL,
    LAYER_GAP,
    NODE_WIDTH,
    Edge,
    Layout,
    Point,
    laid_out,
    points_of,
)
from career_path.views.plain import day_text
from career_path.views.timeline_picture import has_least_slack

__all__ = [
    "LARGEST_GRAPH",
    "Arrow",
    "GraphPicture",
    "Node",
    "graph_picture",
]

LARGEST_GRAPH = 80
"""The most steps that are drawn; a larger plan is told as a list."""
_COLUMNS, _LINES = 21, 2
_PAGE = 1_300
_HEAD = 7
"""The height of an arrow's head."""


@frozen(kw_only=True)
class Node(Value):
    """A step with its lines of text; `x` and `y` are its upper left corner, `is_goal` tells the end of it all."""

    id: str
    x: float
    y: float
    lines: tuple[str, ...]
    title: str
    day: str
    status: str
    is_critical: bool = False
    is_goal: bool = False


@frozen(kw_only=True)
class Arrow(Value):
    """From a step to one that waits for it, as path data of SVG; `head` is empty where either may come first."""

    source: str
    target: str
    path: str
    head: str
    is_critical: bool = False


@frozen(kw_only=True)
class GraphPicture(Value):
    """A picture of this size in pixels."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    has_any_order: bool

    @property
    def fits_a_page(self) -> bool:
        """Whether it can be read where it is made as small as a page of paper."""
        return self.height <= _PAGE

    @property
    def has_critical(self) -> bool:
        """Whether any step has the least slack."""
        return any(node.is_critical for node in self.nodes)


def graph_picture(timeline: Timeline) -> GraphPicture | None:
    """The picture of a plan's graph; None where no step waits for another, and where there are too many steps."""
    steps = {step.id: step for step in timeline.steps}
    needs = _edges(((step.id, step.needs) for step in timeline.steps), (GOAL, timeline.needs), steps)
    any_order = _edges(
        ((step.id, step.needs_any_order) for step in timeline.steps), (GOAL, timeline.needs_any_order), steps
    )
    if not (needs or any_order) or len(steps) > LARGEST_GRAPH:
        return None
    ids = (*steps, GOAL) if any(target == GOAL for _, target in (*needs, *any_order)) else tuple(steps)
    layout = laid_out(ids, needs, [edge for edge in any_order if edge not in needs])
    return _drawn(layout, timeline, steps)


def _edges(
    of_steps: Iterable[tuple[str, Sequence[str]]], of_goal: tuple[str, Sequence[str]], steps: Mapping[str, PlannedStep]
) -> list[Edge]:
    """Every edge once; a step that is not in the plan or waits for itself is left out."""
    pairs = ((source, target) for target, sources in (*of_steps, of_goal) for source in sources)
    return list(dict.fromkeys((source, target) for source, target in pairs if source in steps and source != target))


def _drawn(layout: Layout, timeline: Timeline, steps: Mapping[str, PlannedStep]) -> GraphPicture:
    nodes = tuple(_node(step, layout, timeline, steps) for step in layout.layer)
    kinds = ((edge, is_firm) for edges, is_firm in ((layout.needs, True), (layout.any_order, False)) for edge in edges)
    width, height = layout.size
    return GraphPicture(
        width=width,
        height=height,
        nodes=nodes,
        arrows=tuple(_arrow(edge, layout, {node.id: node for node in nodes}, is_firm=firm) for edge, firm in kinds),
        has_any_order=bool(layout.any_order),
    )


def _node(step_id: str, layout: Layout, timeline: Timeline, steps: Mapping[str, PlannedStep]) -> Node:
    x, y = round(layout.middle[step_id] - NODE_WIDTH / 2, 1), layout.top(step_id)
    if step_id == GOAL:
        reached = "" if timeline.finish is None else day_text(timeline.finish)
        return Node(id=GOAL, x=x, y=y, lines=("Goal",), title="Goal", day=reached, status="goal", is_goal=True)
    step = steps[step_id]
    title = step.title or step.id
    day = step.start or step.finish
    return Node(
        id=step.id,
        x=x,
        y=y,
        lines=lines_of(title, _COLUMNS, most=_LINES),
        title=title,
        day="" if day is None else day_text(day),
        status=step.status.value,
        is_critical=has_least_slack(step, timeline),
    )


def _arrow(edge: Edge, layout: Layout, nodes: Mapping[str, Node], *, is_firm: bool) -> Arrow:
    source, target = edge
    is_down = layout.layer[source] < layout.layer[target]
    points = points_of(edge if layout.layer[source] <= layout.layer[target] else (target, source), layout)
    head = _head(*points[-1]) if is_firm and is_down else ""
    # The line ends inside the head, so that its own blunt end is hidden.
    end = (points[-1][0], points[-1][1] - (_HEAD - 1 if head else 0))
    return Arrow(
        source=source,
        target=target,
        path=_curve((*points[:-1], end)),
        head=head,
        is_critical=is_firm and nodes[source].is_critical and (nodes[target].is_critical or nodes[target].is_goal),
    )


def _curve(points: Sequence[Point]) -> str:
    """Path data: curves that leave and arrive upright, and straight lines where they pass a layer."""
    parts = [f"M{_number(points[0][0])} {_number(points[0][1])}"]
    for (x0, y0), (x1, y1) in pairwise(points):
        if x0 == x1 and y0 != y1:
            parts.append(f"V{_number(y1)}")
        else:
            bend = (y0 + y1) / 2 if y0 != y1 else y0 + LAYER_GAP
            ends = ((x0, bend), (x1, bend), (x1, y1))
            parts.append(f"C{' '.join(f'{_number(x)} {_number(y)}' for x, y in ends)}")
    return "".join(parts)


def _head(x: float, y: float) -> str:
    return f"M{_number(x)} {_number(y)}L{_number(x - 4)} {_number(y - _HEAD)}H{_number(x + 4)}Z"


def _number(value: float) -> str:
    """A number as SVG has it, with one place after the point where it needs one."""
    return f"{value:.1f}".removesuffix(".0")
