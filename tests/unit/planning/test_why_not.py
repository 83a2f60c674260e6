"""Why a plan does without something: every answer on a case small enough to be worked out by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_path import (
    AllOf,
    AnyOf,
    Balanced,
    Credential,
    Dates,
    Decider,
    Held,
    Holds,
    InvalidValueError,
    Learner,
    Located,
    Needs,
    NoRouteError,
    PaidExtension,
    Pathway,
    Record,
    RenewalRule,
    RouteNotTaken,
    Standing,
    Step,
    Timeline,
    UnknownIdError,
    Validity,
    why_not,
)
from career_path.model.requirements import Requirement
from career_path.model.sittings import Cap, Retakes

D = dt.date
TODAY = D(2027, 1, 4)
ME = Learner()
# One month from 4 January is 31 days, six months are 181.
FAST = Step("fast", title="Fast way", takes="P1M", cost=100)
SLOW = Step("slow", title="Slow way", takes="P6M", cost=10)
A, B, C = (Step(name, cost=0) for name in "abc")


def path(*steps: Step, goal: Requirement | str | None = None, credentials: tuple[Credential, ...] = ()) -> Pathway:
    return Pathway("p", goal=goal or AnyOf(*(step.id for step in steps)), steps=steps, credentials=credentials)


def asked(of: Pathway, name: str, learner: Learner = ME, **ask: Any) -> RouteNotTaken:  # noqa: ANN401 (how to ask)
    return why_not(of, learner, name, today=TODAY, **ask)


# In the plan


def test_a_step_of_the_plan_is_told_to_be_in_it() -> None:
    found = asked(path(FAST, SLOW), "fast")
    assert (found.standing, found.steps, found.other, found.diff) == (Standing.IN_PLAN, ("fast",), None, None)
    assert (found.chain, found.is_later, found.steps_in, found.steps_out) == ((), False, (), ())


def test_a_credential_of_the_plan_names_the_step_that_grants_it() -> None:
    of = path(attrs.evolve(FAST, grants=["card"]), SLOW, credentials=(Credential("card", title="Card"),))
    found = asked(of, "card")
    assert (found.standing, found.title, found.steps) == (Standing.IN_PLAN, "Card", ("fast",))


def test_a_credential_at_hand_is_in_every_plan() -> None:
    of = path(FAST, SLOW, credentials=(Credential("card"),))
    found = asked(of, "card", Learner(holds=[Held("card", granted=TODAY)]))
    assert (found.standing, found.steps) == (Standing.IN_PLAN, ())


# In a plan that is not as good

CARD = Credential("card", valid=Validity(span="P2Y"), renewal=RenewalRule(fee=0))
OLD = D(2026, 1, 4)
APPROVED = Needs("approval", within="P90D", extensions=PaidExtension(span="P90D", cost=0))
DECIDED: list[tuple[str, Pathway, str, Learner, dict[str, Any], Decider]] = [
    # 1 March is 56 days after today: the slow way cannot be done by then.
    ("by-a-day", path(FAST, SLOW), "slow", ME, {"finish_by": D(2027, 3, 1)}, Decider.FINISH_BY),
    (
        "deadline",
        path(FAST, SLOW),
        "slow",
        Learner(deadline=D(2027, 3, 1)),
        {"objective": "cheapest"},
        Decider.DEADLINE,
    ),
    ("budget", path(FAST, SLOW), "fast", Learner(budget=50), {}, Decider.BUDGET),
    ("budget-by-a-day", path(FAST, SLOW), "fast", Learner(budget=50), {"finish_by": D(2027, 12, 1)}, Decider.BUDGET),
    ("begin", path(FAST, SLOW), "slow", ME, {"finish_by": D(2027, 12, 1)}, Decider.BEGIN),
    ("finish", path(FAST, SLOW), "slow", ME, {}, Decider.FINISH),
    ("unknown", path(A, Step("b")), "b", ME, {}, Decider.UNKNOWN),
    ("unknown-cheapest", path(FAST, Step("free")), "free", ME, {"objective": "cheapest"}, Decider.UNKNOWN),
    ("cost", path(FAST, SLOW), "fast", ME, {"objective": "cheapest"}, Decider.COST),
    ("cost-same-day", path(A, attrs.evolve(B, cost=5)), "b", ME, {}, Decider.COST),
    ("cost-by-a-day", path(A, attrs.evolve(B, cost=5)), "b", ME, {"finish_by": D(2027, 3, 1)}, Decider.COST),
    (
        "finish-cheapest",
        path(FAST, attrs.evolve(SLOW, cost=100)),
        "slow",
        ME,
        {"objective": "cheapest"},
        Decider.FINISH,
    ),
    # 31 days and 100 are 410 at 10 a day, 181 days and 10 are 1820.
    ("balance", path(FAST, SLOW), "slow", ME, {"objective": Balanced(per_day=10)}, Decider.BALANCE),
    # At work since 1 December, 30 days after b, but not 30 days after a.
    (
        "records",
        Pathway(
            "p",
            goal="job",
            steps=[A, B, Step("job", takes="P1M", requires=AnyOf(Needs("a", lag="P30D"), "b"), cost=0)],
        ),
        "a",
        Learner(
            records=[
                Record("a", started=D(2026, 11, 25), finished=D(2026, 11, 25)),
                Record("b", started=D(2026, 11, 25), finished=D(2026, 11, 25)),
                Record("job", started=D(2026, 12, 20)),
            ]
        ),
        {},
        Decider.RECORDS,
    ),
    # a is a year old, and may be done again today for nothing, as b may for the first time.
    (
        "redone",
        path(A, B, Step("job", requires=AnyOf(Needs("a", within="P1M"), "b"), cost=0), goal="job"),
        "a",
        Learner(records=[Record("a", started=OLD, finished=OLD)]),
        {},
        Decider.REDONE,
    ),
    # The card of June 2025 holds through May 2027, and the school is done in January 2028.
    (
        "renewals",
        path(
            Step("school", takes="P1Y", cost=0),
            Step("a", requires=AllOf("school", Holds("card")), cost=0),
            Step("b", requires="school", cost=0),
            goal=AnyOf("a", "b"),
            credentials=(CARD,),
        ),
        "a",
        Learner(holds=[Held("card", granted=D(2025, 6, 1))]),
        {},
        Decider.RENEWALS,
    ),
    # 90 days from 1 October end on 30 December.
    (
        "extensions",
        path(Step("approval", cost=0), Step("a", requires=APPROVED, cost=0), B, goal=AnyOf("a", "b")),
        "a",
        Learner(records=[Record("approval", started=D(2026, 10, 1), finished=D(2026, 10, 1))]),
        {},
        Decider.EXTENSIONS,
    ),
    ("steps", path(A, B, C, goal=AnyOf(AllOf("a", "b"), "c")), "a", ME, {}, Decider.STEPS),
    ("ids", path(A, B), "b", ME, {}, Decider.IDS),
]


@pytest.mark.parametrize(
    ("of", "name", "learner", "ask", "decider"), [each[1:] for each in DECIDED], ids=[each[0] for each in DECIDED]
)
def test_the_first_thing_in_which_the_plan_is_better_is_named(
    of: Pathway, name: str, learner: Learner, ask: dict[str, Any], decider: Decider
) -> None:
    found = asked(of, name, learner, **ask)
    assert (found.standing, found.decided_by) == (Standing.NOT_BEST, decider)
    assert found.other is not None
    assert name in {step.id for step in found.other.steps}
    assert name not in {step.id for step in found.plan.steps}


def test_a_plan_that_is_later_tells_by_how_much_and_why() -> None:
    found = asked(path(FAST, SLOW), "slow")
    assert found.diff is not None
    # 4 July is 150 days after 4 February.
    assert (found.diff.days, found.diff.cost) == (150, Decimal(-90))
    assert (found.steps_in, found.steps_out) == (("slow",), ("fast",))
    assert [(cause.step, cause.reason.kind.value) for cause in found.chain] == [(None, "needs"), ("slow", "today")]


def test_a_plan_that_has_to_begin_sooner_tells_why() -> None:
    found = asked(path(FAST, SLOW), "slow", finish_by=D(2027, 12, 1))
    assert found.is_later
    assert [(cause.step, cause.reason.kind.value) for cause in found.chain] == [("slow", "needs"), (None, "target")]


def test_a_plan_that_is_as_soon_has_no_chain() -> None:
    assert asked(path(A, B), "b").chain == ()
    assert asked(path(A, B), "b", finish_by=D(2027, 12, 1)).chain == ()


def test_where_nothing_is_left_to_start_both_begin_at_the_same_time() -> None:
    done = [Record(name, started=OLD, finished=OLD) for name in "ab"]
    found = asked(path(A, B), "b", Learner(records=done), finish_by=D(2027, 12, 1))
    assert (found.standing, found.decided_by, found.is_later) == (Standing.NOT_BEST, Decider.IDS, False)


def test_a_rule_about_attempts_is_broken_whatever_the_way() -> None:
    """The exam was passed at the third attempt of two that a year allows: no way to ask for it makes that better."""
    exam = Step("a", cost=0, retakes=Retakes(caps=[Cap(2, per="P1Y")]))
    of = path(exam, B, C, goal=AnyOf("b", AllOf("a", "c")))
    passed = Record("a", failed=[D(2026, 10, 1), D(2026, 11, 1)], started=D(2026, 12, 1), finished=D(2026, 12, 1))
    found = asked(of, "a", Learner(records=[passed]))
    assert found.other is not None
    assert [notice.kind.value for notice in found.other.notices] == ["record-breaks-rule"]
    assert found.decided_by is Decider.STEPS


# What was chosen or avoided


def test_what_is_avoided_is_told_with_the_plan_that_has_it() -> None:
    found = asked(path(FAST, SLOW), "fast", Learner(avoid=["fast"]))
    assert (found.standing, found.given_up) == (Standing.PINNED, ("avoid fast",))
    assert found.diff is not None
    assert (found.diff.days, found.diff.cost, found.decided_by) == (-150, Decimal(90), None)


def test_only_what_leaves_no_room_is_given_up() -> None:
    of = path(FAST, SLOW, A, B, goal=AllOf(AnyOf("fast", "slow"), AnyOf("a", "b")))
    found = asked(of, "slow", Learner(choose=["b", "fast"], avoid=["a"]))
    assert (found.standing, found.given_up) == (Standing.PINNED, ("choose fast",))
    assert found.other is not None
    assert {step.id for step in found.other.steps} == {"slow", "b"}


def test_a_credential_is_pinned_like_a_step() -> None:
    of = path(FAST, attrs.evolve(SLOW, grants=["card"]), credentials=(Credential("card", title="Card"),))
    found = asked(of, "card")
    assert (found.decided_by, found.steps_in, found.title) == (Decider.FINISH, ("slow",), "Card")
    avoided = asked(of, "card", Learner(avoid=["slow"]))
    assert (avoided.given_up, avoided.name_of("slow"), avoided.name_of("other")) == (
        ("avoid slow",),
        "Slow way",
        "other",
    )


# In no plan


def test_what_nothing_on_the_way_needs_is_of_no_use() -> None:
    of = path(A, B, C, goal="a")
    assert asked(of, "c").standing is Standing.OFF_GOAL


def test_a_credential_that_nobody_grants_is_told_so() -> None:
    assert asked(path(A, B, credentials=(Credential("card"),)), "card").standing is Standing.NOT_GRANTED


def test_what_a_recorded_step_needed_is_behind_the_learner() -> None:
    of = path(A, Step("b", requires="a", cost=0), Step("c", requires="b", cost=0), goal="c")
    found = asked(of, "a", Learner(records=[Record("b", started=OLD, finished=OLD)]))
    assert (found.standing, found.steps) == (Standing.RECORDED, ("b",))


def test_a_step_of_use_elsewhere_is_not_behind_the_learner() -> None:
    """The record of b leaves a without a use there, but another way to the goal still has one: it is only worse.

    The goal holds since the record.
    """
    of = path(A, Step("b", requires="a", cost=0), C, goal=AnyOf("b", AllOf("a", "c")))
    found = asked(of, "a", Learner(records=[Record("b", started=OLD, finished=OLD)]))
    assert (found.standing, found.decided_by) == (Standing.NOT_BEST, Decider.FINISH)
    assert found.plan.finish == OLD


RINGS = {
    "needs": path(Step("x", requires=AnyOf("y", "z"), cost=0), Step("y", requires="x", cost=0), C, Step("z"), goal="x"),
    "a paper": path(
        Step("x", requires=AnyOf(Holds("card"), "z"), cost=0),
        Step("y", requires=AllOf("x"), grants=["card"], cost=0),
        Step("z"),
        goal="x",
        credentials=(Credential("card"),),
    ),
}


@pytest.mark.parametrize("of", RINGS.values(), ids=RINGS.keys())
def test_a_step_that_needs_what_alone_leads_to_it_is_in_no_plan(of: Pathway) -> None:
    found = asked(of, "y")
    assert (found.standing, found.steps) == (Standing.NEEDS_ITSELF, ("x",))


def test_what_holds_a_paper_already_needs_no_ring() -> None:
    held = Learner(holds=[Held("card", granted=TODAY)])
    of = path(
        Step("x", requires=AnyOf("y", "k"), cost=0),
        Step("y", requires=AnyOf(Holds("card"), "x"), cost=0),
        Step("k", cost=0),
        Step("late", requires="y", grants=["card"], opens=Dates(dates=[OLD]), cost=0),
        goal="x",
        credentials=(Credential("card"),),
    )
    assert asked(of, "y", held).decided_by is Decider.IDS


def test_where_its_dates_are_impossible_the_conflicts_say_so() -> None:
    found = asked(path(A, Step("b", opens=Dates(dates=[OLD]), cost=0)), "b")
    assert found.standing is Standing.NO_ROUTE
    assert any("steps.b.opens" in rule for conflict in found.conflicts for rule in conflict.rules)


def test_impossible_dates_are_told_whatever_else_is_chosen() -> None:
    found = asked(path(A, Step("b", opens=Dates(dates=[OLD]), cost=0)), "b", Learner(choose=["a"]))
    assert found.standing is Standing.NO_ROUTE


def test_a_fact_that_is_not_so_is_told_as_what_stands_in_the_way() -> None:
    found = asked(path(A, Step("b", requires=Located("US-TX"), cost=0)), "b", Learner(place="US-CA"))
    assert found.standing is Standing.NO_ROUTE
    assert any("located US-TX" in rule for conflict in found.conflicts for rule in conflict.rules)


def test_a_step_for_more_attempts_is_of_no_use_before_they_are_used_up() -> None:
    exam = Step("exam", requires="a", cost=0, retakes=Retakes(caps=[Cap(2, since="b")]))
    assert asked(path(A, B, exam, goal="exam"), "b").standing is Standing.NO_ROUTE


# What cannot be answered


def test_a_name_that_nobody_knows_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownIdError, match="no step or credential in this pathway 'slwo'; did you mean 'slow'"):
        asked(path(FAST, SLOW), "slwo")


def test_without_any_plan_there_is_nothing_to_do_without() -> None:
    with pytest.raises(NoRouteError):
        asked(path(FAST, SLOW), "fast", Learner(avoid=["fast", "slow"]))


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        ({"pathway": "p"}, "pathway"),
        ({"learner": "me"}, "learner"),
        ({"name": 3}, "name"),
        ({"today": "2027-01-04"}, "today"),
        ({"objective": "best"}, "objective"),
    ],
)
def test_an_argument_of_another_kind_is_refused(arguments: dict[str, Any], where: str) -> None:
    given: dict[str, Any] = {"pathway": path(FAST, SLOW), "learner": ME, "name": "slow", "today": TODAY} | arguments
    with pytest.raises(InvalidValueError, match=where):
        why_not(given.pop("pathway"), given.pop("learner"), given.pop("name"), **given)


# Whatever is asked, the plan is the better one in what is told to decide, and equal in all that counts before that

NAMES = ("r", "s", "t", "u", "v")


@st.composite
def pathways(draw: st.DrawFn) -> Pathway:
    """Five steps in order, each of which may need some of those before it; the goal asks for one of two, or more."""
    steps: list[Step] = []
    for at, name in enumerate(NAMES):
        before = draw(st.lists(st.sampled_from(NAMES[:at]), max_size=2, unique=True)) if at else []
        is_any: bool = draw(st.booleans())
        of = AnyOf(*before) if before and is_any else AllOf(*before)
        takes, cost = draw(st.sampled_from(["P0D", "P1W", "P1M"])), draw(st.sampled_from([0, 0, 5, 9, None]))
        steps.append(Step(name, requires=of, takes=takes, cost=cost))
    goal = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True))
    return Pathway("p", goal=AnyOf(*goal), steps=steps)


@given(
    of=pathways(),
    name=st.sampled_from(NAMES),
    objective=st.sampled_from(["earliest", "cheapest", Balanced(per_day=1)]),
    finish_by=st.sampled_from([None, None, D(2027, 1, 20), D(2027, 6, 1)]),
    deadline=st.sampled_from([None, D(2027, 1, 20)]),
    budget=st.sampled_from([None, 9]),
)
def test_the_plan_is_better_in_what_decides_and_equal_in_all_before(
    of: Pathway,
    name: str,
    objective: Any,  # noqa: ANN401 (any objective)
    finish_by: dt.date | None,
    deadline: dt.date | None,
    budget: int | None,
) -> None:
    learner = Learner(deadline=deadline, budget=budget)
    found = asked(of, name, learner, objective=objective, finish_by=finish_by)
    if found.other is None:
        return
    mine, theirs = (points(each, learner, objective) for each in (found.plan, found.other))
    first = next(by for by in mine if mine[by] != theirs.get(by))
    assert found.decided_by is first
    assert mine[first] < theirs[first]


def points(made: Timeline, learner: Learner, objective: Any) -> dict[Decider, Any]:  # noqa: ANN401 (any objective)
    """What counts of a plan, in the order of the design: wishes, objective, ties; the less, the better."""
    assert made.finish is not None
    finish, cost, unknown = made.finish.toordinal(), made.cost.amount, len(made.cost.unknown)
    first = min(step.start for step in made.steps if step.start is not None).toordinal()
    is_dear = learner.budget is not None and cost > learner.budget
    is_late = learner.deadline is not None and made.finish > learner.deadline
    orders: dict[str, dict[Decider, Any]] = {
        "backward": {Decider.BUDGET: is_dear, Decider.BEGIN: -first, Decider.UNKNOWN: unknown, Decider.COST: cost},
        "earliest": {Decider.FINISH: finish, Decider.UNKNOWN: unknown, Decider.COST: cost},
        "cheapest": {Decider.UNKNOWN: unknown, Decider.COST: cost, Decider.FINISH: finish},
        "balanced": {Decider.UNKNOWN: unknown, Decider.BALANCE: (cost + finish, finish)},
    }
    asked_for = {} if made.is_latest else {Decider.DEADLINE: is_late, Decider.BUDGET: is_dear}
    order = "backward" if made.is_latest else objective if isinstance(objective, str) else "balanced"
    ids = sorted(step.id for step in made.steps)
    return {
        Decider.FINISH_BY: not made.is_latest,
        **asked_for,
        **orders[order],
        Decider.STEPS: len(ids),
        Decider.IDS: ids,
    }
