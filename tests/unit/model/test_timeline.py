import datetime as dt
import pickle
from decimal import Decimal

import attrs
import pytest

from career_path.errors import UnknownIdError
from career_path.model.pathway import StepKind
from career_path.model.timeline import (
    Conflict,
    ConflictKind,
    Deadline,
    DeadlineKind,
    NoRouteError,
    Notice,
    NoticeKind,
    PlannedStep,
    Reason,
    ReasonKind,
    Reminder,
    Renewal,
    Status,
    Timeline,
    TotalCost,
)

DAY = dt.date(2027, 1, 11)
REASON = Reason(kind=ReasonKind.TODAY, rule="today", on=DAY)
EXAM = PlannedStep(
    id="exam", title="Exam", kind=StepKind.EXAM, status=Status.PLANNED, start=DAY, finish=DAY, reasons=(REASON,)
)
CONFLICTS = (
    Conflict(kind=ConflictKind.NO_SCHEDULE, rules=("steps.exam.requires: school", "learner.avoid: school")),
    Conflict(kind=ConflictKind.DEADLINE, rules=("learner.deadline",), days=3, on=DAY),
)
TIMELINE = Timeline(
    pathway="small",
    title="A small one",
    learner="me",
    today=DAY,
    horizon=dt.date(2127, 1, 11),
    finish=DAY,
    cost=TotalCost(amount=Decimal(0), currency="USD"),
    steps=(EXAM,),
    names=(("exam", "The exam"),),
)


def test_a_step_of_a_timeline_is_found_by_id() -> None:
    assert TIMELINE.step("exam") is EXAM
    with pytest.raises(UnknownIdError, match="there is no step in this timeline 'exma'; did you mean 'exam'"):
        TIMELINE.step("exma")


def test_a_deadline_of_a_timeline_is_found_by_id() -> None:
    deadline = Deadline(id="d", kind=DeadlineKind.EXPIRES, on=DAY, credential="cma", cycle=1)
    timeline = attrs.evolve(TIMELINE, deadlines=(deadline,))

    assert timeline.deadline("d") is deadline
    with pytest.raises(UnknownIdError, match="there is no deadline in this timeline 'e'"):
        timeline.deadline("e")


def test_a_thing_is_called_by_its_title_or_its_id() -> None:
    assert (TIMELINE.name_of("exam"), TIMELINE.name_of("job")) == ("The exam", "job")


@pytest.mark.parametrize(
    ("status", "is_done"),
    [
        (Status.PLANNED, False),
        (Status.RUNNING, False),
        (Status.REDO, False),
        (Status.FINISHED, True),
        (Status.WAIVED, True),
    ],
)
def test_only_what_is_finished_or_waived_is_done(status: Status, is_done: bool) -> None:  # noqa: FBT001 (an expected value)
    assert attrs.evolve(EXAM, status=status).is_done is is_done


def test_without_a_route_the_rules_of_all_conflicts_are_told() -> None:
    error = NoRouteError(CONFLICTS, TIMELINE)

    assert str(error) == (
        "no route leads to the goal of 'small': steps.exam.requires: school; learner.avoid: school; learner.deadline"
    )
    twin = pickle.loads(pickle.dumps(error))
    assert (twin.conflicts, twin.timeline, str(twin)) == (CONFLICTS, TIMELINE, str(error))


@pytest.mark.parametrize(
    "value",
    [
        TIMELINE,
        EXAM,
        REASON,
        *CONFLICTS,
        Deadline(id="d", kind=DeadlineKind.EXPIRES, on=DAY, credential="cma", cycle=1),
        Reminder(id="r", on=DAY, deadline="d"),
        Renewal(credential="cma", number=1, valid_from=DAY, valid_through=None),
        Notice(kind=NoticeKind.UNKNOWN_COST, steps=("exam",)),
        TotalCost(amount=Decimal(5), currency="USD", unknown=("exam",)),
    ],
    ids=map(str, range(10)),
)
def test_the_parts_of_a_timeline_are_frozen_hashable_and_can_be_pickled(value: attrs.AttrsInstance) -> None:
    twin = pickle.loads(pickle.dumps(value))
    assert twin == value
    assert hash(twin) == hash(value)
    for field in attrs.fields(type(value)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, field.name, None)
