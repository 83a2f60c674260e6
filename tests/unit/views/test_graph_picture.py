"""The graph of a plan: nothing stands on anything else, and every edge is there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations, pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_path.model.pathway import StepKind
from career_path.model.timeline import PlannedStep, Status, Timeline, TotalCost
from career_path.views.graph_layout import (
    GOAL,
    NODE_HEIGHT,
    NODE_WIDTH,
    Edge,
    laid_out,
    layers_of,
    ordered,
    points_of,
    spread,
)
from career_path.views.graph_picture import LARGEST_GRAPH, GraphPicture, graph_picture

DAY = dt.date(2027, 1, 4)


def a_step(name: str, *needs: str, **fields: object) -> PlannedStep:
    step = PlannedStep(
        id=name,
        title=name.title(),
        kind=StepKind.PROGRAM,
        status=Status.PLANNED,
        start=DAY,
        finish=DAY,
        needs=needs,
    )
    return attrs.evolve(step, **fields)  # type: ignore[arg-type]


def a_plan(*steps: PlannedStep, needs: tuple[str, ...] = (), **fields: object) -> Timeline:
    plan = Timeline(
        pathway="p",
        title="A plan",
        learner="me",
        today=DAY,
        horizon=DAY,
        finish=DAY,
        cost=TotalCost(amount=Decimal(0), currency="USD"),
        steps=steps,
        needs=needs,
    )
    return attrs.evolve(plan, **fields)  # type: ignore[arg-type]


def drawn(timeline: Timeline) -> GraphPicture:
    picture = graph_picture(timeline)
    assert picture is not None
    return picture


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[str], list[Edge]]:
    """Some ids, and edges that all lead from an earlier one to a later one."""
    ids = [f"s{count}" for count in range(draw(st.integers(1, 30)))]
    pairs = [(a, b) for a, b in combinations(ids, 2)]
    edges = draw(st.lists(st.sampled_from(pairs), max_size=40, unique=True)) if pairs else []
    return ids, edges


@st.composite
def any_graphs(draw: st.DrawFn) -> tuple[list[str], list[Edge]]:
    """Some ids, and any edges, also in rings."""
    ids = [f"s{count}" for count in range(draw(st.integers(2, 12)))]
    two = st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True).map(lambda ends: (ends[0], ends[1]))
    return ids, draw(st.lists(two, max_size=30, unique=True))


# Layers


def test_a_step_stands_below_all_that_it_needs_as_high_as_it_can() -> None:
    edges = [("a", "c"), ("b", "c"), ("a", "d"), ("c", "e")]
    assert layers_of(["a", "b", "c", "d", "e"], edges, widest=4) == (("a", "b"), ("c", "d"), ("e",))


def test_a_layer_holds_as_many_as_it_may_and_the_rest_goes_below() -> None:
    assert layers_of(["a", "b", "c", "d", "e"], [], widest=2) == (("a", "b"), ("c", "d"), ("e",))


def test_the_goal_stands_alone_at_the_end() -> None:
    assert layers_of(["a", "b", GOAL], [("a", GOAL)], widest=4) == (("a", "b"), (GOAL,))


def test_a_ring_is_cut_at_its_first_step() -> None:
    assert layers_of(["a", "b", "c"], [("c", "a"), ("a", "b"), ("b", "c")], widest=4) == (("a",), ("b",), ("c",))


@given(graphs())
def test_every_step_is_in_one_layer_below_what_it_needs(graph: tuple[list[str], list[Edge]]) -> None:
    ids, edges = graph
    layers = layers_of(ids, edges, widest=3)
    assert sorted(each for layer in layers for each in layer) == sorted(ids)
    assert all(1 <= len(layer) <= 3 for layer in layers)
    place = {each: index for index, layer in enumerate(layers) for each in layer}
    assert all(place[source] < place[target] for source, target in edges)


# Order and places


def test_crossing_edges_are_untangled() -> None:
    links = [("a", "f"), ("b", "e"), ("c", "d")]
    assert ordered([["a", "b", "c"], ["d", "e", "f"]], links) == (("a", "b", "c"), ("f", "e", "d"))


def test_an_order_without_crossings_is_kept() -> None:
    layers = [["a", "b"], ["c", "d"]]
    assert ordered(layers, [("a", "c"), ("b", "d")]) == (("a", "b"), ("c", "d"))


@pytest.mark.parametrize(
    ("wanted", "gaps", "expected"),
    [
        ([], [], []),
        ([7.0], [], [7.0]),
        ([0.0, 100.0], [10.0], [0.0, 100.0]),
        ([5.0, 5.0, 5.0], [10.0, 10.0], [-5.0, 5.0, 15.0]),
        # The last two meet in the middle of 20 and 10, the first stays where it wants to be.
        ([0.0, 20.0, 10.0], [10.0, 10.0], [0.0, 10.0, 20.0]),
    ],
)
def test_neighbors_that_want_the_same_place_share_the_way(
    wanted: list[float], gaps: list[float], expected: list[float]
) -> None:
    assert spread(wanted, gaps) == pytest.approx(expected)


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=4), st.lists(st.integers(0, 20), min_size=3, max_size=3))
def test_no_small_step_away_from_a_spread_comes_nearer_to_what_is_wanted(wanted: list[int], gaps: list[int]) -> None:
    """The least squares under these bounds are convex, so what no small step betters is the best of all."""
    places = spread(wanted, gaps[: len(wanted) - 1])
    assert all(b - a >= gap - 1e-9 for (a, b), gap in zip(pairwise(places), gaps, strict=False))

    def cost(positions: Sequence[float]) -> float:
        return sum((place - want) ** 2 for place, want in zip(positions, wanted, strict=True))

    for first in range(len(places)):
        for last in range(first + 1, len(places) + 1):
            for move in (-0.01, 0.01):
                moved = [*places[:first], *(place + move for place in places[first:last]), *places[last:]]
                if all(b - a >= gap for (a, b), gap in zip(pairwise(moved), gaps, strict=False)):
                    assert cost(moved) >= cost(places) - 1e-9


def test_a_chain_stands_in_a_straight_line() -> None:
    layout = laid_out(["a", "b", "c"], [("a", "b"), ("b", "c")])
    # The margin of 8 and half of 168; the layers are 66 high and 46 apart.
    assert [layout.middle[each] for each in "abc"] == [92.0, 92.0, 92.0]
    assert [layout.top(each) for each in "abc"] == [8, 120, 232]
    assert [*layout.size] == [184.0, 306]
    assert [[*point] for point in points_of(("a", "b"), layout)] == [[92.0, 74], [92.0, 120]]


def test_what_is_needed_by_one_stands_on_both_sides_of_it() -> None:
    layout = laid_out(["a", "b", "c"], [("a", "c"), ("b", "c")])
    assert [layout.middle[each] for each in "abc"] == [92.0, 282.0, 187.0]


@given(graphs())
def test_no_step_stands_on_another(graph: tuple[list[str], list[Edge]]) -> None:
    layout = laid_out(*graph)
    boxes = [(layout.middle[each] - NODE_WIDTH / 2, layout.top(each)) for each in graph[0]]
    width, height = layout.size
    for x, y in boxes:
        assert x >= 0
        assert y >= 0
        assert x + NODE_WIDTH <= width
        assert y + NODE_HEIGHT <= height
    for (x, y), (other_x, other_y) in combinations(boxes, 2):
        assert abs(x - other_x) >= NODE_WIDTH or abs(y - other_y) >= NODE_HEIGHT


@given(graphs())
def test_an_edge_passes_beside_the_steps_between_its_ends(graph: tuple[list[str], list[Edge]]) -> None:
    ids, edges = graph
    layout = laid_out(ids, edges)
    for source, target in edges:
        points = points_of((source, target), layout)
        assert [*points[0]] == [layout.middle[source], layout.top(source) + NODE_HEIGHT]
        assert [*points[-1]] == [layout.middle[target], layout.top(target)]
        # It crosses each layer upright, in one place that no step of that layer covers.
        for (x, top), (other_x, bottom) in zip(points[1:-1:2], points[2:-1:2], strict=True):
            assert x == other_x
            assert bottom - top == NODE_HEIGHT
            beside = [layout.middle[each] for each in ids if layout.top(each) == top]
            assert all(abs(middle - x) > NODE_WIDTH / 2 for middle in beside)


# The picture


def test_every_need_is_drawn_once_and_the_goal_waits_too() -> None:
    plan = a_plan(a_step("a"), a_step("b", "a", "a", "elsewhere", "b"), a_step("c", "a", "b"), needs=("c", "elsewhere"))
    picture = drawn(plan)
    assert [(arrow.source, arrow.target) for arrow in picture.arrows] == [
        ("a", "b"),
        ("a", "c"),
        ("b", "c"),
        ("c", GOAL),
    ]
    assert [(node.id, node.lines, node.day) for node in picture.nodes] == [
        ("a", ("A",), "4 Jan 2027"),
        ("b", ("B",), "4 Jan 2027"),
        ("c", ("C",), "4 Jan 2027"),
        (GOAL, ("Goal",), "4 Jan 2027"),
    ]
    assert (picture.has_any_order, picture.has_critical) == (False, False)


def test_an_arrow_ends_in_a_head_at_the_upper_side_of_what_waits() -> None:
    arrow = drawn(a_plan(a_step("a"), a_step("b", "a"))).arrows[0]
    assert arrow.path == "M92 74V114"
    assert arrow.head == "M92 120L88 113H96Z"


def test_an_arrow_bends_upright_from_one_middle_to_the_other() -> None:
    first = drawn(a_plan(a_step("a"), a_step("b"), a_step("c", "a", "b"))).arrows[0]
    assert first.path == "M92 74C92 94 187 94 187 114"


@given(any_graphs(), any_graphs())
def test_all_edges_are_drawn_even_in_rings(
    needs: tuple[list[str], list[Edge]], any_order: tuple[list[str], list[Edge]]
) -> None:
    ids = list(dict.fromkeys((*needs[0], *any_order[0])))
    steps = [
        a_step(
            each,
            *(source for source, target in needs[1] if target == each),
            needs_any_order=tuple(source for source, target in any_order[1] if target == each),
        )
        for each in ids
    ]
    picture = graph_picture(a_plan(*steps))
    edges = {*needs[1], *any_order[1]}
    assert {(arrow.source, arrow.target) for arrow in picture.arrows} == edges if picture else not edges
    for arrow in picture.arrows if picture else ():
        assert re.fullmatch(r"(?:[MCVLHZ ]|-?\d+(?:\.\d)?)+", arrow.path)


def test_what_may_come_in_either_order_is_joined_without_a_head() -> None:
    later = a_step("b", needs_any_order=("a",))
    picture = drawn(a_plan(a_step("a"), later))
    assert picture.has_any_order
    # They stand beside each other, so the line runs below both: 46 under their lower side at 74.
    assert [(arrow.path, arrow.head) for arrow in picture.arrows] == [("M92 74C92 120 282 120 282 74", "")]


def test_a_need_in_a_fixed_order_is_drawn_once_even_where_any_order_is_asked_too() -> None:
    picture = drawn(a_plan(a_step("a"), a_step("b", "a", needs_any_order=("a",))))
    assert [arrow.head != "" for arrow in picture.arrows] == [True]


def test_lines_between_steps_of_the_least_slack_are_thick() -> None:
    critical = {"is_critical": True}
    steps = (a_step("a", **critical), a_step("b"), a_step("c", "a", "b", **critical))
    picture = drawn(a_plan(*steps, needs=("c",)))
    assert [arrow.is_critical for arrow in picture.arrows] == [True, False, True]
    assert picture.has_critical
    assert not drawn(a_plan(*steps, is_latest=True)).has_critical


def test_a_step_without_a_title_or_a_day_is_drawn_by_its_id() -> None:
    plan = a_plan(a_step("a", title="", start=None, finish=None), a_step("b", "a"), needs=("b",), finish=None)
    nodes = drawn(plan).nodes
    assert [(node.title, node.day) for node in nodes] == [("a", ""), ("B", "4 Jan 2027"), ("Goal", "")]


@pytest.mark.parametrize("count", [1, 10, 60, LARGEST_GRAPH])
def test_plans_of_usual_size_are_drawn(count: int) -> None:
    steps = [a_step(f"s{index}", *([f"s{index - 1}"] if index else [])) for index in range(count)]
    picture = drawn(a_plan(*steps, needs=(f"s{count - 1}",)))
    assert (len(picture.nodes), len(picture.arrows)) == (count + 1, count)
    # Each layer of a chain takes 112 pixels, so 11 of them are 1202 high with their margins.
    assert picture.fits_a_page == (count <= 10)


def test_a_plan_too_large_or_without_any_edge_has_no_picture() -> None:
    steps = [a_step(f"s{index}", *([f"s{index - 1}"] if index else [])) for index in range(LARGEST_GRAPH + 1)]
    assert graph_picture(a_plan(*steps)) is None
    assert graph_picture(a_plan(a_step("a"), a_step("b"))) is None
    assert graph_picture(a_plan()) is None
