"""How one plan differs from another, with days worked out by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from career_path.errors import InvalidValueError
from career_path.model.differences import TimelineDiff
from career_path.model.edits import StepEdit
from career_path.model.learner import Learner, Record
from career_path.model.overlays import Overlay
from career_path.model.pathway import Credential, Pathway, Step, Validity
from career_path.model.requirements import AnyOf, Needs
from career_path.model.timeline import ReasonKind, Timeline
from career_path.planning import plan
from career_path.testing import cases
from planned import Case, planned

TODAY = dt.date(2027, 1, 4)


def path(*, takes: str = "P20D", cost: int | None = 10, lag: str = "P0D") -> Pathway:
    """A school of so many days, an exam so long after it, a job on the day of the exam, and a course beside them."""
    return Pathway(
        "p",
        goal="job",
        steps=[
            Step("school", title="School", takes=takes, cost=cost),
            Step("exam", requires=Needs("school", lag=lag), cost=5, grants=["card"]),
            Step("course", takes="P5D", cost=0),
            Step("job", requires="exam", cost=0) if lag == "P0D" else Step("job", requires=AnyOf("exam"), cost=0),
        ],
        credentials=[Credential("card", title="Card", valid=Validity(span="P1Y", until="month-end"))],
    )


def made(pathway: Pathway, learner: Learner | None = None, *, finish_by: dt.date | None = None) -> Timeline:
    return plan(pathway, learner or Learner(), today=TODAY, finish_by=finish_by)


def told(found: TimelineDiff) -> list[tuple[str, int | None, str | None]]:
    return [(each.step, each.days, each.moved_by) for each in found.steps]


def test_a_plan_does_not_differ_from_itself() -> None:
    found = made(path()).diff(made(path()))
    assert found.is_same
    assert (found.days, found.cost) == (0, Decimal(0))
    assert [*found.steps, *found.credentials, *found.deadlines, *found.roots] == []


def test_a_later_start_moves_what_waits_and_begins_where_nothing_else_moved() -> None:
    # 4 January plus 20 days is 24 January; a week later 31 January, and the card ends a year later at a month's end.
    found = made(path()).diff(made(path(), Learner(start=dt.date(2027, 1, 11))))
    assert (found.old_finish, found.new_finish, found.days) == (dt.date(2027, 1, 24), dt.date(2027, 1, 31), 7)
    assert told(found) == [("school", 7, None), ("exam", 7, "school"), ("job", 7, "exam")]
    (root,) = found.roots
    assert root.reason is not None
    assert (root.reason.kind, root.is_lifted) == (ReasonKind.LEARNER_START, False)
    assert found.credentials == ()  # both end on 31 January 2028


def test_what_is_sooner_names_what_held_it_before() -> None:
    found = made(path(), Learner(start=dt.date(2027, 1, 11))).diff(made(path()))
    assert told(found) == [("school", -7, None), ("exam", -7, "school"), ("job", -7, "exam")]
    (root,) = found.roots
    assert root.reason is not None
    assert (root.reason.kind, root.is_lifted) == (ReasonKind.LEARNER_START, True)


def test_a_step_that_takes_longer_from_the_same_day_is_where_it_begins() -> None:
    found = made(path()).diff(made(path(takes="P30D")))
    assert told(found) == [("school", 10, None), ("exam", 10, "school"), ("job", 10, "exam")]
    assert found.roots[0].reason is None
    # Done on 24 January or 3 February 2027: valid through the end of January or of February 2028, a leap year.
    (card,) = found.credentials
    assert (card.title, card.old_through, card.new_through) == ("Card", dt.date(2028, 1, 31), dt.date(2028, 2, 29))


def test_a_new_lag_begins_with_the_step_that_has_to_wait() -> None:
    found = made(path()).diff(made(path(lag="P3D")))
    assert told(found) == [("exam", 3, None), ("job", 3, "exam")]


def test_steps_and_credentials_of_one_plan_alone_are_told_apart() -> None:
    old = Pathway("p", goal="a", steps=[Step("a", cost=3, grants=["card"])], credentials=[Credential("card")])
    new = Pathway("p", goal="b", steps=[Step("b", cost=4, takes="P1D")])
    found = made(old).diff(made(new))
    first, second = found.steps
    assert (first.step, first.old_status, first.new_finish, first.days) == ("b", None, dt.date(2027, 1, 5), None)
    assert (second.step, second.new_status, second.old_finish, second.days) == ("a", None, dt.date(2027, 1, 4), None)
    assert found.roots == ()
    assert (found.cost, found.days) == (Decimal(1), 1)
    assert [(each.credential, each.is_left_out, each.is_new) for each in found.credentials] == [("card", True, False)]


def test_a_cost_that_only_one_plan_knows_is_not_compared() -> None:
    assert made(path()).diff(made(path(cost=None))).cost is None


def test_what_was_done_has_another_status() -> None:
    done = Learner(records=[Record("school", started=dt.date(2026, 12, 1), finished=dt.date(2026, 12, 20))])
    found = made(path()).diff(made(path(), done))
    assert [(each.step, each.days, each.is_lifted, each.moved_by) for each in found.steps] == [
        ("school", -34, True, None),
        ("exam", -20, True, "school"),
        ("job", -20, True, "exam"),
    ]


def test_in_plans_made_backward_the_target_moves_what_comes_before() -> None:
    # Done by 31 March or 10 April; the school begins 20 days before.
    old, new = (made(path(), finish_by=day) for day in (dt.date(2027, 3, 31), dt.date(2027, 4, 10)))
    assert [(each.step, each.days) for each in old.diff(new).steps] == [("school", 10), ("exam", 10), ("job", 10)]
    assert [each.step for each in old.diff(new).roots] == ["job"]
    assert [each.step for each in new.diff(old).roots] == ["job"]


def test_conflicts_that_come_and_go_are_told() -> None:
    poor = Learner(budget=1)
    found = made(path()).diff(made(path(), poor))
    assert ([each.kind.value for each in found.new_conflicts], found.solved) == (["budget"], ())
    back = made(path(), poor).diff(made(path()))
    assert (back.new_conflicts, [each.kind.value for each in back.solved]) == ((), ["budget"])
    assert not back.is_same


def fresh(within: str, *overlays: Overlay) -> Pathway:
    """School is done on 24 January 2027, and the exam needs it to be no older than so long."""
    school = Step("school", title="School", takes="P20D")
    exam = Step("exam", title="Exam", kind="paper", requires=Needs("school", within=within))
    return Pathway("p", title="Medic", goal="exam", steps=[school, exam], overlays=overlays)


def test_a_deadline_that_alone_moved_is_told() -> None:
    old, new = made(fresh("P1Y")), made(fresh("P2Y"))
    (found,) = old.diff(new).deadlines
    assert found.old is not None
    assert found.new is not None
    # 2028 is a leap year: 366 days from one 24 January to the next.
    assert (found.old.on, found.new.on, found.days) == (dt.date(2028, 1, 24), dt.date(2029, 1, 24), 366)
    assert (old.diff(new).is_same, old.diff(new).steps, new.diff(old).deadlines[0].days) == (False, (), -366)


def test_a_deadline_of_one_plan_alone_is_new_or_gone() -> None:
    long = "P9M"
    with_one, without = made(path(takes=long)), made(Pathway("p", goal="job", steps=[Step("job")]))
    forth, back = without.diff(with_one).deadlines, with_one.diff(without).deadlines
    assert {each.new for each in forth} == set(with_one.deadlines)
    assert [(each.old, each.days) for each in forth] == [(None, None)] * len(with_one.deadlines)
    assert ({each.old for each in back}, {each.new for each in back}) == (set(with_one.deadlines), {None})


def test_deadlines_of_another_learner_are_the_same_though_their_ids_are_not() -> None:
    ana, bo = made(path(), Learner("ana")), made(path(), Learner("bo"))
    assert {each.id for each in ana.deadlines}.isdisjoint(each.id for each in bo.deadlines)
    assert ana.diff(bo).is_same


def test_an_overlay_that_was_switched_is_told_even_where_it_changes_no_day() -> None:
    older = Overlay("older", is_optional=True, steps=[StepEdit("exam", {"note": "By an older page."})])
    asked, plain = made(fresh("P1Y", older), Learner(overlays=["older"])), made(fresh("P1Y", older))
    found, back = plain.diff(asked), asked.diff(plain)
    assert ([each.id for each in found.new_overlays], found.old_overlays, found.is_same) == (["older"], (), False)
    assert (back.new_overlays, [each.id for each in back.old_overlays], back.is_same) == ((), ["older"], False)
    assert (found.steps, found.deadlines, found.days) == ((), (), 0)


def test_something_else_than_a_plan_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="other: wrong-kind"):
        made(path()).diff("plan")  # type: ignore[arg-type]


@given(cases(), st.integers(0, 60))
def test_forth_and_back_are_mirror_images(case: Case, later: int) -> None:
    pathway, learner, today = case
    start = (learner.start or today) + dt.timedelta(later)
    old, new = planned(case), planned((pathway, attrs.evolve(learner, start=start), today))
    assume(old is not None and new is not None)
    assert old is not None
    assert new is not None
    forth, back = old.diff(new), new.diff(old)
    assert {each.step: each.days for each in forth.steps} == {
        each.step: None if each.days is None else -each.days for each in back.steps
    }
    assert forth.days == (None if back.days is None else -back.days)
    changed = {each.step for each in forth.steps}
    assert all(each.moved_by is None or each.moved_by in changed for each in forth.steps)
    for each in new.steps:
        if each.id not in changed:
            assert (each.start, each.finish) == (old.step(each.id).start, old.step(each.id).finish)
