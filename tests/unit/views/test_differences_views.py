"""How one plan differs from another, on a terminal."""

from __future__ import annotations

import datetime as dt

import attrs

from career_path.model.learner import Learner
from career_path.model.pathway import Credential, Pathway, Step, Validity
from career_path.model.timeline import NoRouteError, Timeline
from career_path.planning import plan
from career_path.views.differences import difference_lines, differences_text

TODAY = dt.date(2027, 1, 4)
SCHOOL = Step("school", title="School", takes="P20D", cost=10, grants=["card"])
CARD = Credential("card", title="Card", valid=Validity(span="P1Y"))


def made(*steps: Step, goal: str = "school", learner: Learner | None = None) -> Timeline:
    path = Pathway("p", title="Medic", goal=goal, steps=steps, credentials=[CARD] if goal == "school" else [])
    try:
        return plan(path, learner or Learner(), today=TODAY)
    except NoRouteError as error:
        return error.timeline


NOW = made(SCHOOL)


def test_a_step_that_takes_less_time_and_its_paper() -> None:
    shorter = made(attrs.evolve(SCHOOL, takes="P10D", cost=8))
    assert differences_text(NOW, shorter).splitlines() == [
        "Medic: done by 14 Jan 2027, 10 days sooner, 2.00 USD less",
        "Step    Start       was         Done by     was         Difference",
        "School  2027-01-04  2027-01-04  2027-01-14  2027-01-24  10 days sooner",
        "It begins with “School”, done 10 days sooner.",
        "Card: valid through 13 Jan 2028; before, valid through 23 Jan 2028.",
    ]


def test_what_is_sooner_tells_what_held_it() -> None:
    later = made(SCHOOL, learner=Learner(start=dt.date(2027, 1, 11)))
    (line, _) = difference_lines(later, NOW)
    assert line == "It begins with “School”, 7 days sooner. What held it before: Your plan starts on 11 Jan 2027."


def test_steps_that_are_new_or_left_out_have_days_of_one_plan() -> None:
    other = made(Step("course", title="Course", takes="P1D"), goal="course")
    assert [line.rpartition("  ")[2] for line in differences_text(NOW, other).splitlines()[2:4]] == ["new", "left out"]
    assert "Card is left out; before, valid through 23 Jan 2028." in difference_lines(NOW, other)
    assert "Card is new, valid through 23 Jan 2028." in difference_lines(other, NOW)


def test_a_plan_that_is_gone_says_so() -> None:
    none = made(SCHOOL, learner=Learner(avoid=["school"]))
    assert differences_text(NOW, none).splitlines()[0] == "Medic: no plan any more"
    assert differences_text(none, NOW).splitlines()[0] == "Medic: done by 24 Jan 2027; there was no plan before"
    assert differences_text(none, none).splitlines()[0] == "Medic: no plan in either"
    assert any(line.startswith("New: ") for line in difference_lines(NOW, none))
    assert any(line.startswith("No longer: ") for line in difference_lines(none, NOW))


def test_other_facts_with_the_same_days_are_told() -> None:
    budget = made(SCHOOL, learner=Learner(budget=3))
    assert differences_text(NOW, budget).splitlines() == [
        "Medic: done by 24 Jan 2027 and for the same cost, as before",
        "New: The budget is exceeded by 7.00 USD.",
    ]


def test_lines_are_wrapped() -> None:
    long = attrs.evolve(SCHOOL, title="School " + "of many words " * 8)
    text = differences_text(made(long), made(long, learner=Learner(start=dt.date(2027, 1, 11))), width=72)
    assert all(len(line) <= 72 for line in text.splitlines() if not line.startswith(("Step", "School")))
