import time

import pytest

from career_path.errors import Fault
from career_path.model.checks import MOST_STEPS, pathway_faults
from career_path.model.pathway import Cost, Credential, Source, Step
from career_path.model.requirements import Aged, AllOf, AnyOf, AtLeast, Holds, Needs, Requirement


def faults(*steps: Step, goal: Requirement | None = None, **more: object) -> tuple[Fault, ...]:
    parts: dict[str, object] = {"credentials": (), "sources": (), **more}
    return pathway_faults(steps=steps, goal=goal, **parts)  # type: ignore[arg-type]


def told(*steps: Step, goal: Requirement | None = None, **more: object) -> list[tuple[str, str]]:
    return [(fault.code, fault.path) for fault in faults(*steps, goal=goal, **more)]


def ring(length: int) -> list[Step]:
    names = [f"s{number:06}" for number in range(length)]
    return [Step(name, requires=names[(number + 1) % length]) for number, name in enumerate(names)]


def test_a_sound_pathway_has_no_faults() -> None:
    assert told(Step("a"), Step("b", requires="a"), goal=Needs("b")) == []
    assert told() == []


def test_unknown_ids_are_told_with_their_place_and_the_nearest() -> None:
    found = faults(
        Step(
            "exam",
            requires=AllOf("programm", AnyOf("exam-b", Holds("blss"))),
            grants=["cma", "cpt"],
            sources=["A2"],
            cost=Cost("1", sources=["B1"]),
        ),
        Step("program"),
        goal=AtLeast(1, "exma", Aged(18)),
        credentials=[Credential("bls"), Credential("cma", sources=["A1", "C1"])],
        sources=[Source("A1")],
    )

    assert [(fault.code, fault.path, fault.found, fault.nearest) for fault in found] == [
        ("unknown-id", "goal.of[0]", "'exma'", "exam"),
        ("unknown-id", "steps.exam.requires.all[0]", "'programm'", "program"),
        ("unknown-id", "steps.exam.requires.all[1].any[0]", "'exam-b'", "exam"),
        ("unknown-id", "steps.exam.requires.all[1].any[1]", "'blss'", "bls"),
        ("unknown-id", "steps.exam.grants[1]", "'cpt'", None),
        ("unknown-id", "steps.exam.sources[0]", "'A2'", None),
        ("unknown-id", "steps.exam.cost.sources[0]", "'B1'", None),
        ("unknown-id", "credentials.cma.sources[1]", "'C1'", None),
    ]


def test_ids_used_twice_are_told_once() -> None:
    found = faults(
        Step("a"), Step("a"), Step("a"),
        credentials=[Credential("c"), Credential("c")], sources=[Source("A1"), Source("A1")],
    )  # fmt: skip
    assert [(fault.code, fault.path, fault.found) for fault in found] == [
        ("duplicate-id", "steps.a", "3 of this id"),
        ("duplicate-id", "credentials.c", "2 of this id"),
        ("duplicate-id", "sources.A1", "2 of this id"),
    ]


@pytest.mark.parametrize("requires", [Needs("a"), AnyOf("a", "b"), Needs("a", order="any")], ids=str)
def test_a_step_that_needs_itself_is_told(requires: Requirement) -> None:
    codes = [code for code, _ in told(Step("a", requires=requires), Step("b"))]
    assert codes == ["self-reference"]


@pytest.mark.parametrize("length", [2, 3, 1_000])
def test_a_ring_is_told_with_its_steps(length: int) -> None:
    (fault,) = faults(*ring(length), Step("free"))

    assert (fault.code, fault.path) == ("ring", "steps.s000000.requires")
    assert fault.found.startswith(f"a ring of {length} steps: s000000 waits for s000001 waits for s")
    assert fault.found.endswith(" waits for s000000")
    assert len(fault.found) < 250


def test_the_largest_ring_is_found_in_a_few_seconds() -> None:
    steps = ring(MOST_STEPS)
    began = time.perf_counter()

    assert [fault.found.split(":")[0] for fault in faults(*steps)] == ["a ring of 100000 steps"]
    assert time.perf_counter() - began < 20


def test_too_many_steps_are_refused_before_anything_else() -> None:
    step = Step("a")
    assert told(*[step] * (MOST_STEPS + 1)) == [("too-large", "steps")]


def test_two_rings_are_told_apart_and_what_waits_for_them_too() -> None:
    found = told(
        Step("a", requires="b"), Step("b", requires="a"),
        Step("x", requires="y"), Step("y", requires="z"), Step("z", requires="x"),
        Step("waits", requires=AllOf("free", "b")), Step("waits-longer", requires="waits"), Step("free"),
    )  # fmt: skip
    assert found == [
        ("ring", "steps.a.requires"),
        ("ring", "steps.x.requires"),
        ("unreachable", "steps.waits.requires"),
        ("unreachable", "steps.waits-longer.requires"),
    ]


def test_what_an_unreachable_step_waits_for_is_named() -> None:
    (*_, fault) = faults(Step("a", requires="b"), Step("b", requires="a"), Step("c", requires="b"))
    assert fault.found == "'b', which can never be done"


@pytest.mark.parametrize(
    "escape",
    [
        AnyOf("b", "free"),
        AnyOf("b", Aged(18)),
        AtLeast(1, "b", "free"),
        AtLeast(0, "b"),
        Needs("b", order="any", by="P6M"),
        AnyOf(AllOf("b", "free"), AllOf()),
    ],
    ids=str,
)
def test_a_ring_with_a_way_out_is_no_fault(escape: Requirement) -> None:
    assert told(Step("a", requires=escape), Step("b", requires="a"), Step("free")) == []


@pytest.mark.parametrize(
    "trap",
    [
        AllOf("b", "free"),
        AnyOf("b"),
        AtLeast(2, "b", "free"),
        AtLeast(2, "b", "free", "free"),
        AtLeast(2, "b", AllOf("free", "more"), AllOf("more", "free")),
        Needs("b", lag="-P1Y"),
        Needs("b", of="start"),
        AnyOf("b", AllOf("b", "free")),
    ],
    ids=str,
)
def test_a_ring_without_a_way_out_is_a_fault_whatever_the_lag(trap: Requirement) -> None:
    steps = [Step("a", requires=trap), Step("b", requires="a"), Step("free"), Step("more")]
    assert told(*steps) == [("ring", "steps.a.requires")]


def test_bounds_without_order_may_form_rings() -> None:
    without = [Step("a", requires=Needs("b", order="any")), Step("b", requires=Needs("a", order="any"))]
    assert told(*without) == []


def test_parts_that_could_not_be_read_count_as_known() -> None:
    steps = [Step("a", requires=AllOf("lost", "b")), Step("b", requires="a")]

    assert told(*steps) == [("unknown-id", "steps.a.requires.all[0]"), ("ring", "steps.a.requires")]
    assert told(*steps, broken={"steps": ["lost"]}) == [("ring", "steps.a.requires")]
    either = [Step("a", requires=AnyOf("lost", "b")), Step("b", requires="a")]
    assert told(*either, broken={"steps": ["lost"]}) == [], "the lost step may be the way out of the ring"
    assert told(Step("a", grants=["c"], sources=["S"]), broken={"credentials": ["c"], "sources": ["S"]}) == []
