"""What may lead to a goal by requirements alone: small pathways by hand, and claims held against real plans."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given, reject
from hypothesis import strategies as st

from career_path import (
    Aged,
    AllOf,
    AnyOf,
    AtLeast,
    Credential,
    DocumentError,
    Employment,
    Held,
    Holds,
    Learner,
    Needs,
    NoRouteError,
    Pathway,
    Record,
    Step,
    Work,
    Worked,
    plan,
)
from career_path.model.requirements import Requirement
from career_path.planning.leading import Leading

TODAY = dt.date(2027, 1, 4)
FREE = ("b", "c", "d")


def leading(learner: Learner | None = None, *, goal: Requirement | str = "x", **requires: Requirement | str) -> Leading:
    steps = [Step(name, requires=each) for name, each in requires.items()]
    steps += [Step(name) for name in FREE]
    return Leading(Pathway("p", goal=goal, steps=steps), learner or Learner())


def test_what_the_goal_may_ask_for_is_of_use() -> None:
    found = leading(goal=AnyOf("x", "b"), x=AllOf("c", Aged(18)))
    assert [name for name in ("x", *FREE) if found.is_of_use(name)] == ["x", "b", "c"]


def test_papers_and_work_lead_through_the_steps_that_bring_them() -> None:
    work = Step("work", work=Work("aide"), takes="P0D")
    steps = [
        Step("x", requires=AllOf(Holds("card"), Worked("aide", span="P1Y"))),
        Step("course", grants=["card"], requires="b"),
        work,
        *map(Step, FREE),
    ]
    found = Leading(Pathway("p", goal="x", steps=steps, credentials=[Credential("card")]), Learner())
    assert [name for name in ("course", "work", *FREE) if found.is_of_use(name)] == ["course", "work", "b"]


# Each is a requirement of x beside which y leads to it, and one of y by which it needs x first.
RINGS: dict[str, tuple[Requirement, Requirement]] = {
    "one of two": (AnyOf("y", "b"), Needs("x")),
    "two of three": (AtLeast(2, "y", "b", "c"), AllOf("d", "x")),
    "whatever is chosen": (AnyOf("y", "b"), AnyOf(AllOf("x", "c"), AllOf("x", "d"))),
    "all but one": (AnyOf("y", "b"), AtLeast(2, "x", "c", AllOf("x", "d"))),
    "beside an age": (AnyOf("y", "b"), AllOf("x", Aged(18))),
}


@pytest.mark.parametrize(("of_x", "of_y"), RINGS.values(), ids=RINGS.keys())
def test_a_step_that_needs_what_alone_leads_to_it_is_told(of_x: Requirement, of_y: Requirement) -> None:
    assert leading(x=of_x, y=of_y).needed_by_all("y") == ("x",)


# The same, but there is a way: another step asks for y, y may do without x, or one of them need not come first.
OPEN: dict[str, tuple[Requirement | str, Requirement, Requirement]] = {
    "the goal asks for it": (AllOf("x", "y"), AnyOf("y", "b"), Needs("x")),
    "it may do without": ("x", AnyOf("y", "b"), AnyOf("x", "c")),
    "it may do with two others": ("x", AnyOf("y", "b"), AtLeast(2, "x", "c", "d")),
    "it need not come first": ("x", AllOf("b", Needs("y", order="any", by="P1Y")), Needs("x")),
    "what it needs may follow": ("x", AnyOf("y", "b"), Needs("x", order="any", by="P1Y")),
}


@pytest.mark.parametrize(("goal", "of_x", "of_y"), OPEN.values(), ids=OPEN.keys())
def test_where_there_is_a_way_nothing_is_told(goal: Requirement | str, of_x: Requirement, of_y: Requirement) -> None:
    assert leading(goal=goal, x=of_x, y=of_y).needed_by_all("y") == ()


def test_a_paper_at_hand_a_record_and_work_on_record_open_a_ring() -> None:
    ring = leading(x=AnyOf("y", "b"), y="x")
    assert ring.needed_by_all("y") == ("x",)
    assert (
        leading(Learner(records=[Record("x", finished=TODAY)]), goal="y", x=AnyOf("y", "b"), y="x").needed_by_all("y")
        == ()
    )
    steps = [Step("x", requires=AnyOf("y", "b")), Step("y", requires=Holds("card")), Step("b")]
    steps.append(Step("course", requires="x", grants=["card"]))
    path = Pathway("p", goal="x", steps=steps, credentials=[Credential("card")])
    assert Leading(path, Learner()).needed_by_all("y") == ("course", "x")
    assert Leading(path, Learner(holds=[Held("card", granted=TODAY)])).needed_by_all("y") == ()
    work = [
        Step("x", requires=AnyOf("y", "b")),
        Step("y", requires=Worked("aide", span="P1Y")),
        Step("job", requires="x", work=Work("aide"), takes="P0D"),
        Step("b"),
    ]
    worked = Learner(employment=[Employment(role="aide", from_=dt.date(2020, 1, 1), through=None)])
    assert Leading(Pathway("p", goal="x", steps=work), worked).needed_by_all("y") == ()


def test_records_leave_no_use_for_what_they_needed() -> None:
    done = Learner(records=[Record("x", finished=TODAY), Record("y", failed=[TODAY])])
    found = leading(done, goal=AllOf("x", "y"), x=AllOf("b", "c"), y="c")
    assert [found.records_instead(name) for name in FREE] == [("x",), (), ()]


NAMES = ("r", "s", "t", "u", "v")


@st.composite
def requirements(draw: st.DrawFn, name: str) -> Requirement:
    """Something that a step, or with no name the goal, asks of the others."""
    others = st.sampled_from([each for each in NAMES if each != name])
    of = draw(st.lists(others, min_size=0 if name else 1, max_size=3, unique=True))
    match draw(st.sampled_from(["all", "any", "two"])):
        case "any" if of:
            return AnyOf(*of)
        case "two" if len(of) > 1:
            return AtLeast(2, *of)
        case _:
            return AllOf(*of)


@given(
    requires=st.tuples(*map(requirements, NAMES)),
    goal=requirements(""),
    done=st.lists(st.sampled_from(NAMES), max_size=1),
    name=st.sampled_from(NAMES),
)
@example((AnyOf("s", "t"), AllOf("r"), AllOf(), AllOf(), AllOf()), AllOf("r"), [], "s")
def test_no_plan_has_what_is_told_to_be_in_none(
    requires: tuple[Requirement, ...], goal: Requirement, done: list[str], name: str
) -> None:
    steps = [Step(each, requires=asks) for each, asks in zip(NAMES, requires, strict=True)]
    try:
        path = Pathway("p", goal=goal, steps=steps)
    except DocumentError:
        reject()  # a step that can never be done
    learner = Learner(choose=[name], records=[Record(each, started=TODAY, finished=TODAY) for each in done])
    found = Leading(path, learner)
    if not found.is_of_use(name) or found.records_instead(name) or found.needed_by_all(name):
        with pytest.raises(NoRouteError):
            plan(path, learner, today=TODAY)
