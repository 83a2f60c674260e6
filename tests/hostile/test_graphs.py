"""Graphs built to hang or to mislead: ladders, wide, deep and shared requirements, rings that hide.

Rings as such: `unit/model/test_checks.py`.
"""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import attrs
import pytest

from career_path.errors import DocumentError, InvalidValueError, SearchLimitError
from career_path.formats.documents import parse_pathway
from career_path.model.learner import Learner
from career_path.model.pathway import Credential, Pathway, Step
from career_path.model.requirements import MOST_LEAVES, AllOf, AnyOf, AtLeast, Holds, Needs, Requirement, leaves
from career_path.model.timeline import NoRouteError
from career_path.planning import plan

TODAY = dt.date(2027, 1, 11)
HOSTILE_SECONDS = 10
"""Far more than the work needs on a busy machine, and far less than work that grows with the square or by doubling."""


@contextmanager
def soon(seconds: float = HOSTILE_SECONDS) -> Iterator[None]:
    began = time.process_time()
    yield
    assert time.process_time() - began < seconds


def document(steps: dict[str, dict[str, object]], goal: object = "job") -> str:
    return json.dumps({"schema": "career-path/pathway/1", "id": "p", "goal": goal, "steps": steps})


# Rings that no single requirement shows


def test_a_ring_that_closes_through_a_credential_leads_to_no_plan_and_to_no_hang() -> None:
    pathway = Pathway(
        "p",
        goal="nurse",
        steps=[Step("nurse", requires=Holds("card")), Step("course", requires="nurse", grants=["card"])],
        credentials=[Credential("card")],
    )
    with pytest.raises(NoRouteError) as caught:
        plan(pathway, Learner(), today=TODAY)
    assert caught.value.timeline.finish is None
    assert caught.value.timeline.conflicts


def together(step: str) -> Needs:
    return Needs(step, of="start", order="any", within="P0D", by="P0D")


def test_steps_that_must_begin_together_are_no_ring() -> None:
    pathway = Pathway(
        "p",
        goal=AllOf("theory", "practice"),
        steps=[
            Step("school", takes="P3M"),
            Step("theory", takes="P1M", requires=AllOf("school", together("practice"))),
            Step("practice", takes="P2M", requires=together("theory")),
        ],
    )
    made = plan(pathway, Learner(start=TODAY), today=TODAY)
    assert {step.id: step.start for step in made.steps} == {
        "school": TODAY,
        "theory": dt.date(2027, 4, 11),
        "practice": dt.date(2027, 4, 11),
    }


def test_steps_that_must_begin_together_and_one_after_the_other_have_no_route() -> None:
    pathway = Pathway(
        "p",
        goal=AllOf("theory", "practice"),
        steps=[
            Step("theory", takes="P1M", requires=together("practice")),
            Step("practice", takes="P2M", requires=AllOf("theory", together("theory"))),
        ],
    )
    with pytest.raises(NoRouteError):
        plan(pathway, Learner(), today=TODAY)


# Many and large parts


def test_where_everything_needs_everything_one_ring_is_told_and_not_each_of_them() -> None:
    names = [f"s{number:02}" for number in range(40)]
    steps: dict[str, dict[str, object]] = {
        name: {"requires": {"all": [other for other in names if other != name]}} for name in names
    }
    with soon(), pytest.raises(DocumentError) as caught:
        parse_pathway(document(steps, goal="s00"))
    codes = [fault.code for fault in caught.value.faults]
    assert codes[0] == "ring"
    assert len(codes) < 2 * len(names)


def test_ten_thousand_unknown_ids_are_all_told_at_once() -> None:
    unknown = [f"x{number}" for number in range(MOST_LEAVES)]
    with soon(), pytest.raises(DocumentError) as caught:
        parse_pathway(document({"job": {"requires": {"all": [*unknown[1:], "jbo"]}}}))
    assert [fault.code for fault in caught.value.faults] == ["unknown-id"] * MOST_LEAVES


def test_steps_with_thousands_of_faults_of_their_own_are_told_in_time() -> None:
    steps: dict[str, dict[str, object]] = {f"s{number}": {"requires": "nobody", "takes": 5} for number in range(4_000)}
    with soon(), pytest.raises(DocumentError) as caught:
        parse_pathway(document(steps, goal="s0"))
    codes = [fault.code for fault in caught.value.faults]
    assert (codes.count("wrong-type"), codes.count("unknown-id")) == (4_000, 4_000)


@pytest.mark.parametrize(
    "group",
    [
        lambda names: {"all": names},
        lambda names: {"any": names},
        lambda names: {"at_least": len(names) // 2, "of": names},
    ],
    ids=["all", "any", "half"],
)
def test_a_step_that_needs_every_link_of_a_long_chain_is_checked_in_time(
    group: Callable[[list[str]], dict[str, object]],
) -> None:
    names = [f"s{number}" for number in range(MOST_LEAVES)]
    steps: dict[str, dict[str, object]] = {"job": {"requires": group(names)}}
    for before, name in reversed(list(zip(["", *names], names, strict=False))):
        steps[name] = {"requires": before} if before else {}
    with soon():
        assert len(parse_pathway(document(steps)).steps) == MOST_LEAVES + 1


def ladder(rungs: int, group: Callable[..., Requirement]) -> Pathway:
    steps = [Step("j0")]
    for rung in range(rungs):
        steps += [
            Step(f"a{rung}", requires=f"j{rung}", takes="P1D"),
            Step(f"b{rung}", requires=f"j{rung}", takes="P2D"),
            Step(f"j{rung + 1}", requires=group(f"a{rung}", f"b{rung}")),
        ]
    return Pathway("p", goal=f"j{rungs}", steps=steps)


def test_a_ladder_of_diamonds_is_planned_without_counting_its_paths() -> None:
    with soon():
        made = plan(ladder(60, AllOf), Learner(start=TODAY), today=TODAY)
    assert made.finish == TODAY + dt.timedelta(days=120)


@pytest.mark.parametrize("limit", [1, 50])
def test_choices_that_multiply_end_at_the_limit_with_no_unproved_plan(limit: int) -> None:
    pairs = [AnyOf(f"a{number}", f"b{number}") for number in range(40)]
    steps = [Step(f"{letter}{number}", takes="P1D") for letter in "ab" for number in range(40)]
    pathway = Pathway("p", goal="job", steps=[*steps, Step("job", requires=AllOf(*pairs))])
    with soon(), pytest.raises(SearchLimitError) as caught:
        plan(pathway, Learner(), today=TODAY, max_routes=limit)
    assert caught.value.limit == limit


def test_half_of_ten_thousand_options_is_a_pathway_and_one_more_than_all_of_them_is_none() -> None:
    options = [f"s{number}" for number in range(MOST_LEAVES)]
    with soon():
        assert AtLeast(MOST_LEAVES // 2, *options).size == MOST_LEAVES
        with pytest.raises(InvalidValueError) as caught:
            AtLeast(MOST_LEAVES + 1, *options)
    assert (caught.value.code, caught.value.expected) == ("too-many", "at most 10000, the number of its options")


# Deep and shared requirements


@pytest.mark.parametrize("group", [AllOf, AnyOf, lambda of: AtLeast(1, of)], ids=["all", "any", "at least"])
def test_the_deepest_requirement_survives_all_that_python_does_with_values(group: Callable[..., Requirement]) -> None:
    deep: Requirement = Needs("a")
    for _ in range(100):
        deep = group(deep)
    twin = pickle.loads(pickle.dumps(deep))
    assert twin == deep == copy.deepcopy(deep)
    assert hash(twin) == hash(deep)
    assert repr(deep).count("(") == 100
    assert [leaf for _, leaf in leaves(deep)] == [Needs("a")]
    assert attrs.asdict(deep)["depth"] == 100


@pytest.mark.parametrize("group", [AllOf, lambda *of: AtLeast(0, *of)], ids=["all", "at least none"])
def test_empty_groups_count_so_that_sharing_them_cannot_double_the_work(group: Callable[..., Requirement]) -> None:
    def doubled(times: int) -> Requirement:
        shared = group()
        for _ in range(times):
            shared = group(shared, shared)
        return shared

    with soon(), pytest.raises(InvalidValueError) as caught:
        doubled(99)
    assert caught.value.code == "too-large"
