"""How one plan differs from another, on a terminal."""

from __future__ import annotations

import datetime as dt

import attrs

from career_path.model.edits import StepEdit
from career_path.model.learner import Learner
from career_path.model.overlays import Overlay
from career_path.model.pathway import Credential, Pathway, Step, Validity
from career_path.model.requirements import Needs
from career_path.model.timeline import Deadline, DeadlineKind, NoRouteError, Timeline
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
    (line, *_) = difference_lines(later, NOW)
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


def test_a_switched_rule_and_the_deadline_that_it_moves_are_told_though_no_step_moved() -> None:
    """A year after 24 January 2027, or two."""
    exam = Step("exam", title="Exam", kind="paper", requires=Needs("school", within="P1Y"))
    longer = StepEdit("exam", {"requires": Needs("school", within="P2Y")})
    older = Overlay("older", title="The older page", is_optional=True, steps=[longer])
    school = attrs.evolve(SCHOOL, grants=[])
    path = Pathway("p", title="Medic", goal="exam", steps=[school, exam], overlays=[older])
    plain, asked = plan(path, Learner(), today=TODAY), plan(path, Learner(overlays=["older"]), today=TODAY)
    assert differences_text(plain, asked).splitlines() == [
        "Medic: done by 24 Jan 2027 and for the same cost, as before",
        "Deadlines moved: School counts for Exam through 2029-01-24 (was 2028-01-24).",
        "New rules: The older page, for those who ask for it (overlay older).",
    ]
    assert difference_lines(asked, plain) == (
        "Deadlines moved: School counts for Exam through 2028-01-24 (was 2029-01-24).",
        "Rules no longer used: The older page, for those who ask for it (overlay older).",
    )


def due(name: str, on: dt.date) -> Deadline:
    return Deadline(id=name, kind=DeadlineKind.START_BY, on=on, step=name)


def test_of_many_deadlines_three_are_told_and_first_those_whose_step_has_not_moved() -> None:
    """Step `a` is a day later, `b` to `d` are where they were; the names are those of the plans."""
    old = made(*(Step(each, takes="P5D") for each in "abcd"), goal="a", learner=Learner())
    moved = attrs.evolve(old.steps[0], start=dt.date(2027, 1, 5), finish=dt.date(2027, 1, 10))
    before, after = (tuple(due(each, dt.date(2027, month, 9)) for each in "abcd") for month in (2, 3))
    older = attrs.evolve(old, deadlines=before)
    newer = attrs.evolve(old, deadlines=after, steps=(moved,))
    assert [line for line in difference_lines(older, newer) if line.startswith("Deadlines")] == [
        (
            "Deadlines moved: start for this plan by 2027-03-09: b (was 2027-02-09); "
            "start for this plan by 2027-03-09: c (was 2027-02-09); "
            "start for this plan by 2027-03-09: d (was 2027-02-09); 1 more."
        )
    ]
    bare = attrs.evolve(old, deadlines=())
    assert difference_lines(bare, older) == (
        (
            "New deadlines: start for this plan by 2027-02-09: a; start for this plan by 2027-02-09: b; "
            "start for this plan by 2027-02-09: c; 1 more."
        ),
    )
    assert difference_lines(attrs.evolve(older, deadlines=before[:1]), bare) == (
        "No longer deadlines: start for this plan by 2027-02-09: a.",
    )


def test_lines_are_wrapped() -> None:
    long = attrs.evolve(SCHOOL, title="School " + "of many words " * 8)
    text = differences_text(made(long), made(long, learner=Learner(start=dt.date(2027, 1, 11))), width=72)
    assert all(len(line) <= 72 for line in text.splitlines() if not line.startswith(("Step", "School")))
