"""Law 7: shuffling a document moves no date; names decide only between equal routes."""

from __future__ import annotations

import random

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from career_path.formats.documents import format_timeline
from career_path.model.pathway import Step
from career_path.planning.objective import Objective
from career_path.testing import cases
from planned import OBJECTIVES, Case, planned
from values import renamed, shuffled


@given(cases(), st.sampled_from(OBJECTIVES), st.randoms(use_true_random=False))
def test_another_order_gives_the_same_bytes(case: Case, objective: Objective, rng: random.Random) -> None:
    pathway, learner, today = case
    timeline = planned(case, objective=objective)
    again = planned((shuffled(pathway, rng), shuffled(learner, rng), today), objective=objective)
    assert (timeline is None) == (again is None)
    assume(timeline is not None and again is not None)
    assert timeline is not None
    assert again is not None
    assert format_timeline(timeline) == format_timeline(again)


@given(cases())
def test_other_names_in_the_same_order_give_the_same_dates(case: Case) -> None:
    pathway, learner, today = case
    names: dict[str, str] = {
        step.id: f"s{step.id}" for step in pathway.steps
    }  # sorts as before, also against "start of"
    timeline, again = planned(case), planned((renamed(pathway, names), renamed(learner, names), today))
    assume(timeline is not None)
    assert timeline is not None
    assert again is not None
    assert (again.finish, again.cost.amount) == (timeline.finish, timeline.cost.amount)
    assert [(names[s.id], s.start, s.finish, s.latest_start, s.slack_days) for s in timeline.steps] == [
        (s.id, s.start, s.finish, s.latest_start, s.slack_days) for s in again.steps
    ]


@given(cases(), st.randoms(use_true_random=False))
def test_any_names_give_the_same_finish_and_cost(case: Case, rng: random.Random) -> None:
    pathway, learner, today = case
    ids: list[str] = [step.id for step in pathway.steps]
    names: dict[str, str] = dict(
        zip(ids, (f"t{index}" for index in rng.sample(range(len(ids)), len(ids))), strict=True)
    )
    timeline, again = planned(case), planned((renamed(pathway, names), renamed(learner, names), today))
    assume(timeline is not None)
    assert timeline is not None
    assert again is not None
    assert (again.finish, again.cost.amount) == (timeline.finish, timeline.cost.amount)


@given(cases())
def test_a_step_that_no_route_uses_changes_nothing(case: Case) -> None:
    pathway, learner, today = case
    more = attrs.evolve(pathway, steps=(Step("a-unused", takes="P1Y", cost="1.00"), *pathway.steps))
    timeline, again = planned(case), planned((more, learner, today))
    assume(timeline is not None)
    assert timeline is not None
    assert again is not None
    assert attrs.evolve(again, input_hash=timeline.input_hash) == timeline
