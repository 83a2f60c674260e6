import pickle
import time
from collections.abc import Callable

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_path.days.spans import Span
from career_path.errors import InvalidValueError
from career_path.model.requirements import (
    MOST_LEAVES,
    MOST_NESTED,
    Aged,
    AllOf,
    AnyOf,
    AtLeast,
    Event,
    Holds,
    Needs,
    Order,
    Requirement,
    leaves,
    to_requirement,
)

EACH: list[Requirement] = [
    Needs("a"),
    Needs("a", of="start", lag="-P30D", within="P2Y", by="P6M", order="any"),
    Holds("bls-aha"),
    Holds("bls-aha", throughout=False),
    Aged(18),
    Aged(18, under=70),
    AllOf(),
    AllOf("a", AnyOf("b", AtLeast(1, "c", Aged(5)))),
    AnyOf("a"),
    AtLeast(0),
    AtLeast(2, "a", "b", "c"),
]


def test_a_need_is_the_finish_of_another_step_with_no_bounds() -> None:
    needs = Needs("exam")
    assert (needs.of, needs.lag, needs.within, needs.by, needs.order) == (Event.FINISH, Span(), None, None, Order.AFTER)


@pytest.mark.parametrize(
    ("make", "code", "where"),
    [
        (lambda: Needs("Exam"), "not-an-id", "step"),
        (lambda: Needs("a", of="end"), "not-a-choice", "of"),
        (lambda: Needs("a", order="before"), "not-a-choice", "order"),
        (lambda: Needs("a", lag="soon"), "not-a-span", ""),
        (lambda: Needs("a", within="-P1D"), "negative", "within"),
        (lambda: Needs("a", by="-P1D"), "negative", "by"),
        (lambda: Needs("a", within="P101Y"), "too-long", ""),
        (lambda: Holds("BLS"), "not-an-id", "holds"),
        (lambda: Holds("bls", throughout=1), "not-a-truth-value", "throughout"),  # type: ignore[arg-type]
        (lambda: Holds("bls", throughout="yes"), "not-a-truth-value", "throughout"),  # type: ignore[arg-type]
        (lambda: Aged(-1), "not-an-age", "aged"),
        (lambda: Aged(131), "not-an-age", "aged"),
        (lambda: Aged(years=True), "not-an-age", "aged"),
        (lambda: Aged(18.0), "not-an-age", "aged"),  # type: ignore[arg-type]
        (lambda: Aged(18, under=18), "never-holds", "under"),
        (lambda: Aged(18, under=True), "not-an-age", "aged"),
        (AnyOf, "empty", "any"),
        (lambda: AtLeast(-1, "a"), "not-a-count", "at_least"),
        (lambda: AtLeast(k=True), "not-a-count", "at_least"),
        (lambda: AtLeast(1.0, "a"), "not-a-count", "at_least"),  # type: ignore[arg-type]
        (lambda: AtLeast(2, "a"), "too-many", "at_least"),
        (lambda: AtLeast(2, "a", "a"), "too-many", "at_least"),
        (lambda: AtLeast(1), "too-many", "at_least"),
        (lambda: AllOf(5), "not-a-requirement", ""),  # type: ignore[arg-type]
        (lambda: AllOf(None), "not-a-requirement", ""),  # type: ignore[arg-type]
        (lambda: AllOf(["a"]), "not-a-requirement", ""),  # type: ignore[arg-type]
        (lambda: AllOf("A b"), "not-an-id", "step"),
        (lambda: AllOf(*["a"] * (MOST_LEAVES + 1)), "too-large", ""),
    ],
    ids=map(str, range(28)),
)
def test_a_requirement_that_makes_no_sense_is_refused(make: Callable[[], object], code: str, where: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        make()
    assert (caught.value.code, caught.value.where) == (code, where)


@pytest.mark.parametrize("group", [AllOf, AnyOf, lambda of: AtLeast(1, of)], ids=["all", "any", "at least"])
def test_requirements_nest_a_hundred_deep_and_no_deeper(group: Callable[[Requirement], Requirement]) -> None:
    nested: Requirement = Needs("a")
    for _ in range(MOST_NESTED):
        nested = group(nested)

    with pytest.raises(InvalidValueError) as caught:
        group(nested)
    assert (caught.value.code, caught.value.found) == ("too-deep", "requirements nested 101 deep")


def test_as_many_leaves_as_allowed_are_allowed() -> None:
    assert AllOf(*[f"s{number}" for number in range(MOST_LEAVES)]).size == MOST_LEAVES


def test_a_requirement_that_doubles_at_every_level_is_refused_at_once() -> None:
    began = time.perf_counter()
    shared: Requirement = Needs("a")
    for _ in range(13):
        shared = AllOf(shared, shared)

    with pytest.raises(InvalidValueError) as caught:
        AllOf(shared, shared)
    assert (caught.value.code, caught.value.found) == ("too-large", "16384 leaves")
    assert time.perf_counter() - began < 2


def test_requirements_are_joined_by_and_and_or() -> None:
    assert Needs("a") & "b" == AllOf("a", "b")
    assert Needs("a") & "b" & "c" == AllOf("a", "b", "c")
    assert (Needs("a") | "b") | Aged(18) == AnyOf("a", "b", Aged(18))
    assert Needs("a") & (Needs("b") | "c") == AllOf("a", AnyOf("b", "c"))
    assert AtLeast(1, "a") | Holds("x") == AnyOf(AtLeast(1, "a"), Holds("x"))


def test_groups_of_different_kinds_differ() -> None:
    assert len({AllOf("a"), AnyOf("a"), AtLeast(1, "a"), Needs("a")}) == 4


def test_leaves_come_with_their_places() -> None:
    tree = AllOf("a", AtLeast(1, "b", AnyOf(Aged(18), Holds("x"))))

    assert list(leaves(tree, "goal")) == [
        ("goal.all[0]", Needs("a")),
        ("goal.all[1].of[0]", Needs("b")),
        ("goal.all[1].of[1].any[0]", Aged(18)),
        ("goal.all[1].of[1].any[1]", Holds("x")),
    ]
    assert list(leaves(Aged(18), "goal")) == [("goal", Aged(18))]


@pytest.mark.parametrize("requirement", EACH, ids=str)
def test_a_requirement_shows_itself_as_the_code_that_makes_it(requirement: Requirement) -> None:
    names = {cls.__name__: cls for cls in (Needs, Holds, Aged, AllOf, AnyOf, AtLeast)}
    assert to_requirement(eval(repr(requirement), dict(names))) == requirement


@pytest.mark.parametrize("requirement", EACH, ids=str)
def test_requirements_are_frozen_hashable_and_can_be_pickled(requirement: Requirement) -> None:
    twin = pickle.loads(pickle.dumps(requirement))
    assert twin == requirement
    assert hash(twin) == hash(requirement)
    for field in attrs.fields(type(requirement)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(requirement, field.name, None)


@given(
    st.recursive(
        st.sampled_from(["a", "b"]).map(Needs), lambda inner: st.lists(inner, max_size=3).map(lambda of: AllOf(*of))
    )
)
def test_size_and_depth_are_those_of_the_tree(tree: Requirement) -> None:
    def depth(node: Requirement) -> int:
        return 1 + max(map(depth, node.of), default=0) if isinstance(node, AllOf) else 0

    def empty(node: Requirement) -> int:
        return (sum(map(empty, node.of)) if node.of else 1) if isinstance(node, AllOf) else 0

    if isinstance(tree, AllOf):
        assert (tree.size, tree.depth) == (len(list(leaves(tree))) + empty(tree), depth(tree))
