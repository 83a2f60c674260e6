"""Why a plan does without something, as a student reads it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs
import pytest

from career_path import (
    AllOf,
    AnyOf,
    Conflict,
    ConflictKind,
    Credential,
    Decider,
    Held,
    Learner,
    Pathway,
    RouteNotTaken,
    Standing,
    Step,
    why_not,
    why_not_lines,
)
from career_path.model.requirements import Requirement
from career_path.views.why import why_not_page

D = dt.date
TODAY = D(2027, 1, 4)
FAST = Step("fast", title="Fast way", takes="P1M", cost=100)
SLOW = Step("slow", title="Slow way", takes="P6M", cost=10)
FEE = Step("fee", title="Fee", cost=5)


def path(*steps: Step, goal: Requirement | None = None, credentials: tuple[Credential, ...] = ()) -> Pathway:
    return Pathway("p", goal=goal or AnyOf(*(step.id for step in steps)), steps=steps, credentials=credentials)


def asked(of: Pathway, name: str, learner: Learner | None = None, **ask: Any) -> RouteNotTaken:  # noqa: ANN401 (how to ask)
    return why_not(of, learner or Learner(), name, today=TODAY, **ask)


def test_a_later_plan_is_told_with_its_reasons() -> None:
    # 4 July is 150 days after 4 February, and 181 after today.
    of = path(FAST, SLOW, FEE, goal=AnyOf("fast", AllOf("slow", "fee")))
    assert why_not_page(asked(of, "slow")).splitlines() == [
        "The plan does without “Slow way”.",
        "  - The plan by way of “Slow way” is done on 4 Jul 2027, 150 days later, for 85.00 USD less.",
        "  - The sooner finish counts first.",
        "  - That one also takes “Fee”, and does without “Fast way”.",
        "",
        "The goal is reached on 4 Jul 2027 at the earliest.",
        "  - The goal needs “Slow way”, which is done on 4 Jul 2027. Without that, “Fee” would allow 4 Jan",
        "    2027, 181 days earlier.",
        "  - “Slow way” takes 181 days, from 4 Jan 2027 on.",
        "  - Nothing can start before today.",
    ]


def test_a_plan_that_has_to_begin_sooner_is_told_backward() -> None:
    # 4 December less a month is 4 November, less six months 4 June, 153 days sooner.
    assert why_not_page(asked(path(FAST, SLOW), "slow", finish_by=D(2027, 12, 4))).splitlines() == [
        "The plan does without “Slow way”.",
        "  - The plan by way of “Slow way” has to begin by 4 Jun 2027, 153 days sooner, for 90.00 USD less.",
        "  - The later begin counts first.",
        "  - That one does without “Fast way”.",
        "",
        "“Slow way” starts on 4 Jun 2027 at the latest.",
        "  - “Slow way” takes 183 days, and is done on 4 Dec 2027.",
        "  - The goal needs “Slow way” by 4 Dec 2027.",
        "  - You want to be done by 4 Dec 2027.",
    ]


def test_a_day_that_only_the_plan_meets_is_told_as_a_conflict() -> None:
    lines = why_not_lines(asked(path(FAST, SLOW), "slow", finish_by=D(2027, 7, 1)))
    # The plan is done on 1 July at the latest, the other on 4 July at the earliest.
    assert lines[1:4] == (
        "The plan by way of “Slow way” is done on 4 Jul 2027, 3 days later, for 90.00 USD less.",
        "You cannot be done by 1 Jul 2027, but 3 days later; it cannot hold together with choosing “Slow way”.",
        "To be done by the day you ask for counts first.",
    )


def test_a_deadline_and_a_budget_that_only_the_plan_keeps_are_told() -> None:
    late = why_not_lines(asked(path(FAST, SLOW), "slow", Learner(deadline=D(2027, 7, 1)), objective="cheapest"))
    assert late[2:4] == (
        "The deadline of 1 Jul 2027 is missed by 3 days; it cannot hold together with choosing “Slow way”.",
        "Your deadline counts first.",
    )
    dear = why_not_lines(asked(path(FAST, SLOW), "fast", Learner(budget=50)))
    assert dear[1:4] == (
        "The plan by way of “Fast way” is done on 4 Feb 2027, 150 days sooner, for 90.00 USD more.",
        "The budget is exceeded by 50.00 USD; it cannot hold together with choosing “Fast way”.",
        "Your budget counts first.",
    )


def test_costs_that_only_one_of_the_plans_knows_are_named() -> None:
    dear = attrs.evolve(SLOW, cost=None)
    assert why_not_lines(asked(path(FAST, dear), "slow"))[1:] == (
        (
            "The plan by way of “Slow way” is done on 4 Jul 2027, 150 days later, for at least 0.00 USD, "
            "where the plan costs 100.00 USD."
        ),
        "The sooner finish counts first.",
        "That one does without “Fast way”.",
        "With it, the cost of “Slow way” is not known.",
    )
    other = why_not_lines(asked(path(attrs.evolve(FAST, cost=None), SLOW), "slow"))
    assert other[-1] == "Without it, the cost of “Fast way” is not known."


A, B, C = (Step(name, cost=0) for name in "abc")
DECIDES: list[tuple[Pathway, str, dict[str, Any], str]] = [
    (path(FAST, SLOW), "fast", {"objective": "cheapest"}, "The lower cost counts first."),
    (path(A, attrs.evolve(B, cost=5)), "b", {}, "The days are the same, and then the lower cost counts."),
    (
        path(FAST, attrs.evolve(SLOW, cost=100)),
        "slow",
        {"objective": "cheapest"},
        "The cost is the same, and the sooner finish counts.",
    ),
    (path(A, B), "b", {}, "Both are equally good; of such plans it is the one whose steps come first by their ids."),
    (
        path(A, B, C, goal=AnyOf(AllOf("a", "b"), "c")),
        "a",
        {},
        "Both are equally good; of such plans it is the one with fewer steps.",
    ),
]


@pytest.mark.parametrize(("of", "name", "ask", "sentence"), DECIDES)
def test_what_decides_is_a_sentence(of: Pathway, name: str, ask: dict[str, Any], sentence: str) -> None:
    assert why_not_lines(asked(of, name, **ask))[2] == sentence


@pytest.mark.parametrize("decider", Decider)
def test_everything_that_can_decide_has_a_sentence_of_its_own(decider: Decider) -> None:
    found = attrs.evolve(asked(path(FAST, SLOW), "slow"), decided_by=decider)
    told = {why_not_lines(attrs.evolve(found, decided_by=each))[2] for each in Decider}
    assert len(told) == len(Decider)
    assert ("equally good" in why_not_lines(found)[2]) is decider.is_tie


def test_what_is_in_the_plan_is_explained_as_ever() -> None:
    page = why_not_page(asked(path(FAST, SLOW), "fast"))
    assert page.startswith("“Fast way” starts on 4 Jan 2027 at the earliest.\n")
    assert why_not_lines(asked(path(FAST, SLOW), "fast")) == ("“Fast way” is in the plan.",)


def test_a_credential_in_the_plan_is_explained_by_the_step_that_grants_it() -> None:
    of = path(attrs.evolve(FAST, grants=["card"]), SLOW, credentials=(Credential("card", title="Card"),))
    lines = why_not_page(asked(of, "card")).splitlines()
    assert lines[:3] == [
        "“Card” is in the plan: “Fast way” grants it on 4 Feb 2027.",
        "",
        "“Fast way” starts on 4 Jan 2027 at the earliest.",
    ]
    held = Learner(holds=[Held("card", granted=TODAY)])
    assert why_not_page(asked(of, "card", held)).startswith("“Card” is in the plan: “Fast way” grants it")
    only_held = path(FAST, SLOW, credentials=(Credential("card", title="Card"),))
    assert why_not_page(asked(only_held, "card", held)) == "“Card” is in the plan, because you hold it.\n"


def test_what_was_wished_is_named_where_it_leaves_no_room() -> None:
    avoided = why_not_lines(asked(path(FAST, SLOW), "fast", Learner(avoid=["fast"])))
    assert avoided == (
        "The plan does without “Fast way”, because you avoid it.",
        "Without that, the plan by way of “Fast way” is done on 4 Feb 2027, 150 days sooner, for 90.00 USD more.",
        "That one does without “Slow way”.",
    )
    of = path(FAST, SLOW, FEE, goal=AnyOf(AllOf("fast", "fee"), "slow"))
    chosen = why_not_lines(asked(of, "fast", Learner(choose=["slow"], avoid=["fee"])))
    assert chosen[0] == (
        "The plan does without “Fast way”, because no plan has it where you chose “Slow way” and avoid “Fee”."
    )


FOUND = asked(path(FAST, SLOW), "fast")
RULES = ("steps.fast.opens", "choose fast")
NOWHERE: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    (
        {"standing": Standing.RECORDED, "steps": ("slow", "fast")},
        ("“Fast way” is in no plan: “slow” and “Fast way” are recorded as begun or done, and nothing else needs it.",),
    ),
    (
        {"standing": Standing.RECORDED, "steps": ("slow",)},
        ("“Fast way” is in no plan: “slow” is recorded as begun or done, and nothing else needs it.",),
    ),
    ({"standing": Standing.OFF_GOAL}, ("“Fast way” is in no plan: nothing on the way to the goal needs it.",)),
    (
        {"standing": Standing.NOT_GRANTED},
        ("“Fast way” is in no plan: no step of this pathway grants it, and you do not hold it.",),
    ),
    (
        {"standing": Standing.NEEDS_ITSELF, "steps": ("slow",)},
        ("“Fast way” is in no plan: it is of use only on the way to “slow”, which it needs first itself.",),
    ),
    (
        {"standing": Standing.NO_ROUTE, "conflicts": (Conflict(kind=ConflictKind.CHOICE, rules=("choose fast",)),)},
        ("“Fast way” is in no plan.", "No way to the goal leads through it."),
    ),
    (
        {"standing": Standing.NO_ROUTE, "conflicts": (Conflict(kind=ConflictKind.CHOICE, rules=RULES),)},
        ("“Fast way” is in no plan.", "What stands in the way: the days on which you can start “Fast way”."),
    ),
    (
        {"standing": Standing.NO_ROUTE, "conflicts": (Conflict(kind=ConflictKind.NO_SCHEDULE, rules=RULES),)},
        (
            "“Fast way” is in no plan.",
            "No dates satisfy all of these rules together: the days on which you can start “Fast way”.",
        ),
    ),
]


@pytest.mark.parametrize(("fields", "lines"), NOWHERE)
def test_why_no_plan_has_it_is_a_sentence(fields: dict[str, Any], lines: tuple[str, ...]) -> None:
    assert why_not_lines(attrs.evolve(FOUND, **fields)) == lines


def test_a_hostile_title_cannot_leave_its_line() -> None:
    hostile = attrs.evolve(SLOW, title="Slow\u202e " + "long " * 40)
    lines = why_not_page(asked(path(FAST, hostile), "slow"), width=80).splitlines()
    assert all(len(line) <= 80 for line in lines)
    assert not any("\u202e" in line for line in lines)


def test_where_nothing_is_left_to_start_the_day_is_the_same() -> None:
    found = asked(path(FAST, SLOW), "slow", finish_by=D(2027, 12, 4))
    done = attrs.evolve(found.plan, steps=(), cost=attrs.evolve(found.plan.cost, amount=Decimal(10)))
    assert found.other is not None
    same = attrs.evolve(found, plan=done, other=attrs.evolve(found.other, steps=()))
    assert (
        why_not_lines(same)[1]
        == "The plan by way of “Slow way” is done on 4 Dec 2027, the same day, for the same cost."
    )
    assert why_not_page(same).count("\n\n") == 0
