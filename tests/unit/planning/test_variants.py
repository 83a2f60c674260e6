"""Plans with one thing or another changed, with days worked out by hand."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from career_path.days.durations import Effort
from career_path.errors import InvalidValueError, UnknownIdError
from career_path.model.learner import Learner
from career_path.model.pathway import Pathway, Step
from career_path.model.requirements import AnyOf
from career_path.planning.variants import Variant, what_if
from career_path.views.comparison import compare_plans

TODAY = dt.date(2027, 1, 4)
ANA = Learner(weekly_hours=10)
# 120 hours at 10 a week are 84 days, at 20 a week 42; the school takes 100 days and is free.
STEPS = [Step("course", takes=Effort(hours=120), cost=50), Step("school", takes="P100D", cost=0)]
PATH = Pathway("p", goal=AnyOf("course", "school"), steps=STEPS)


def test_each_variant_changes_one_thing() -> None:
    found = what_if(
        PATH,
        ANA,
        Variant("more hours", learner=attrs.evolve(ANA, weekly_hours=20)),
        Variant("cheapest", objective="cheapest"),
        Variant("no course", pathway=attrs.evolve(PATH, goal="school")),
        Variant("a week later", today=dt.date(2027, 1, 11)),
        Variant("by May", finish_by=dt.date(2027, 5, 1)),
        today=TODAY,
    )
    assert found.base.finish == dt.date(2027, 3, 29)
    assert [(each.name, each.diff.days, str(each.diff.cost)) for each in found.variants] == [
        ("more hours", -42, "0"),
        ("cheapest", 16, "-50"),
        ("no course", 16, "-50"),
        ("a week later", 7, "0"),
        ("by May", 33, "0"),  # begun on 6 February and done on 1 May, 33 days after 29 March
    ]
    assert str(compare_plans(found.plans)).splitlines()[1].startswith("as it is")


def test_a_variant_shows_what_helps_where_there_is_no_plan() -> None:
    stuck = attrs.evolve(ANA, avoid=["course", "school"])
    found = what_if(PATH, stuck, Variant("with the school", learner=attrs.evolve(ANA, avoid=["course"])), today=TODAY)
    assert (found.base.finish, found.base.is_feasible) == (None, False)
    helped = found.variant("with the school")
    assert (helped.timeline.finish, helped.diff.days) == (dt.date(2027, 4, 14), None)
    assert len(helped.diff.solved) == 1


def test_a_variant_without_a_plan_has_its_conflicts() -> None:
    found = what_if(PATH, ANA, Variant("neither", learner=attrs.evolve(ANA, avoid=["course", "school"])), today=TODAY)
    assert found.variants[0].timeline.finish is None
    assert found.variants[0].diff.new_conflicts == found.variants[0].timeline.conflicts != ()


def test_no_variants_give_the_plan_alone() -> None:
    found = what_if(PATH, ANA, today=TODAY)
    assert (found.variants, list(found.plans)) == ((), ["as it is"])
    with pytest.raises(UnknownIdError, match="more hours"):
        found.variant("more hours")


@pytest.mark.parametrize("names", [("x", "x"), ("as it is",)])
def test_two_plans_of_one_name_are_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(InvalidValueError, match="duplicate-id"):
        what_if(PATH, ANA, *map(Variant, names), today=TODAY)


def test_what_is_no_change_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="empty"):
        Variant(" ")
    with pytest.raises(InvalidValueError, match="learner: wrong-kind"):
        Variant("x", learner="ana")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="today"):
        Variant("x", today="2027-01-04")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match=r"variants\[0\]"):
        what_if(PATH, ANA, "more hours", today=TODAY)  # type: ignore[arg-type]
