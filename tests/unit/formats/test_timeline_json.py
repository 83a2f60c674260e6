"""Timelines as JSON: the names other programs rely on, and reading back."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from career_path.errors import DocumentError
from career_path.formats.documents import format_timeline, parse_timeline
from career_path.model.pathway import StepKind
from career_path.model.timeline import (
    Conflict,
    ConflictKind,
    Deadline,
    DeadlineKind,
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


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


TIMELINE = Timeline(
    pathway="example",
    title="An example",
    learner="ana",
    today=day("2027-01-04"),
    horizon=day("2127-01-04"),
    finish=day("2027-06-01"),
    target=day("2027-07-01"),
    cost=TotalCost(amount=Decimal("125.00"), currency="USD", unknown=("job",)),
    is_feasible=True,
    is_latest=False,
    steps=(
        PlannedStep(
            id="exam",
            title="The exam",
            kind=StepKind.EXAM,
            status=Status.PLANNED,
            start=day("2027-05-01"),
            finish=day("2027-05-01"),
            latest_start=day("2027-05-31"),
            latest_finish=day("2027-05-31"),
            slack_days=30,
            is_critical=True,
            cost=Decimal("125.00"),
            reasons=(
                Reason(
                    kind=ReasonKind.NEEDS,
                    rule="steps.exam.requires: school lag P7D",
                    on=day("2027-05-01"),
                    waits_for="school",
                    event="finish",
                    event_on=day("2027-04-24"),
                    span="P7D",
                    source="A4",
                ),
            ),
        ),
        PlannedStep(id="school", title="", kind=StepKind.PROGRAM, status=Status.WAIVED, start=None, finish=None),
    ),
    deadlines=(
        Deadline(id="d-1", kind=DeadlineKind.EXPIRES, on=day("2032-05-31"), credential="cma-aama", cycle=1),
        Deadline(id="d-2", kind=DeadlineKind.START_BY, on=day("2027-05-31"), step="exam", needed_by="job"),
    ),
    renewals=(
        Renewal(credential="cma-aama", number=1, valid_from=day("2027-05-01"), valid_through=day("2032-05-31")),
        Renewal(
            credential="bls-aha",
            number=2,
            valid_from=day("2027-05-01"),
            valid_through=None,
            opens=day("2027-01-01"),
            act_by=day("2027-02-01"),
            grace_through=day("2027-03-01"),
        ),
    ),
    reminders=(Reminder(id="r-1", on=day("2032-05-01"), deadline="d-1"),),
    conflicts=(
        Conflict(
            kind=ConflictKind.DEADLINE,
            rules=("deadline 2027-05-01",),
            days=31,
            on=day("2027-05-01"),
            repairs=("start earlier",),
        ),
        Conflict(kind=ConflictKind.BUDGET, rules=("budget 1",), amount=Decimal("124.00")),
    ),
    notices=(Notice(kind=NoticeKind.UNKNOWN_COST, steps=("job",), detail=("cost",)),),
    names=(("exam", "The exam"), ("cma-aama", "CMA (AAMA)")),
    version="0.1.0",
    input_hash="abc",
)


def as_json(timeline: Timeline = TIMELINE) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(format_timeline(timeline))
    return value


def test_the_top_begins_with_the_schema_and_keeps_this_order() -> None:
    assert list(as_json())[:16] == [
        "schema",
        "version",
        "input_hash",
        "pathway",
        "learner",
        "today",
        "finish",
        "cost",
        "feasible",
        "steps",
        "workload",
        "deadlines",
        "renewals",
        "reminders",
        "conflicts",
        "notices",
    ]
    assert as_json()["schema"] == "career-path/timeline/1"


def test_every_part_has_the_names_that_programs_rely_on() -> None:
    value = as_json()
    assert value["cost"] == {"amount": "125.00", "currency": "USD", "unknown": ["job"]}
    step, waived = value["steps"]
    assert {
        name: step[name]
        for name in ("id", "title", "kind", "status", "start", "finish", "latest_start", "latest_finish")
    } == {
        "id": "exam",
        "title": "The exam",
        "kind": "exam",
        "status": "planned",
        "start": "2027-05-01",
        "finish": "2027-05-01",
        "latest_start": "2027-05-31",
        "latest_finish": "2027-05-31",
    }
    assert (step["slack_days"], step["critical"], step["cost"]) == (30, True, {"amount": "125.00", "currency": "USD"})
    assert (waived["start"], waived["slack_days"], waived["cost"], waived["reasons"]) == (None, None, None, [])
    assert (
        step["reasons"][0].items()
        >= {
            "kind": "needs",
            "rule": "steps.exam.requires: school lag P7D",
            "waits_for": "school",
            "on": "2027-05-01",
            "source": "A4",
        }.items()
    )
    expected = {"id": "d-1", "kind": "expires", "on": "2032-05-31", "step": None, "credential": "cma-aama"}
    assert value["deadlines"][0].items() >= expected.items()
    assert value["renewals"][0] == {
        "credential": "cma-aama",
        "number": 1,
        "nth": None,
        "valid_from": "2027-05-01",
        "opens": None,
        "soft_deadline": None,
        "act_by": None,
        "valid_through": "2032-05-31",
        "grace_through": None,
        "grace_current": False,
        "extended_from": None,
        "renewed_on": None,
        "fee": None,
        "late_fee": None,
        "credits_by": None,
        "exempt": False,
        "ways": [],
        "back": [],
        "duties": [],
    }
    assert value["reminders"][0].items() >= {"id": "r-1", "on": "2032-05-01", "deadline": "d-1"}.items()
    conflict = {"kind": "deadline", "rules": ["deadline 2027-05-01"], "days": 31, "repairs": ["start earlier"]}
    assert value["conflicts"][0].items() >= conflict.items()
    assert value["notices"][0].items() >= {"kind": "unknown-cost", "steps": ["job"]}.items()


def test_everything_that_has_a_sentence_carries_it() -> None:
    value = as_json()
    said = [value["steps"][0]["reasons"][0]["text"], *(each["lost_after"] for each in value["deadlines"])]
    said += [each["text"] for part in ("reminders", "conflicts", "notices") for each in value[part]]
    assert len(said) == 7
    assert all(isinstance(text, str) and text for text in said)


def test_reading_back_gives_the_same_timeline_and_the_same_bytes() -> None:
    text = format_timeline(TIMELINE)
    assert parse_timeline(text) == TIMELINE
    assert format_timeline(parse_timeline(text)) == text


def test_a_plan_without_a_route_reads_back_as_well() -> None:
    cost = TotalCost(amount=Decimal(0), currency="USD")
    today = day("2027-01-04")
    empty = Timeline(
        pathway="p", title="", learner="me", today=today, horizon=today, finish=None, cost=cost, is_feasible=False
    )
    value = as_json(empty)
    assert (value["feasible"], value["finish"], value["steps"]) == (False, None, [])
    assert parse_timeline(format_timeline(empty)) == empty


def test_rules_longer_than_any_title_read_back() -> None:
    rule = "x" * 25_000
    long = Timeline(
        pathway="p",
        title="",
        learner="me",
        today=day("2027-01-04"),
        horizon=day("2127-01-04"),
        finish=None,
        cost=TotalCost(amount=Decimal("12345678901234.50"), currency="USD"),
        conflicts=(Conflict(kind=ConflictKind.NO_SCHEDULE, rules=(rule,)),),
    )
    assert parse_timeline(format_timeline(long)) == long


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("schema",), "career-path/pathway/1", "schema: unknown-schema"),
        (("today",), "2027-01-04T00:00", "today: not-a-date"),
        (("today",), None, "today: missing"),
        (("feasible",), "yes", "feasible: wrong-type"),
        (("title",), "a\u001bb", "title: control-character"),
        (("title",), 5, "title: wrong-type"),
        (("cost", "amount"), "1,5", "cost.amount: wrong-type"),
        (("cost", "amount"), 5, "cost.amount: wrong-type"),
        (("steps", 0, "slack_days"), 1.5, "steps[0].slack_days: wrong-type"),
        (("steps", 0, "status"), "plannd", "steps[0].status: not-a-choice"),
        (("steps", 0, "cost"), "125.00", "steps[0].cost: wrong-type"),
        (("steps", 0, "cost", "currency"), "EUR", "steps[0].cost.currency: other-currency"),
        (("steps", 0, "reasons", 0, "text"), 5, "steps[0].reasons[0].text: wrong-type"),
        (("steps", 0, "reasons", 0, "why"), "x", "steps[0].reasons[0].why: unknown-field"),
        (("deadlines", 1, "lost_after"), [], "deadlines[1].lost_after: wrong-type"),
        (("deadlines", 1, "kind"), None, "deadlines[1].kind: missing"),
        (("names", "exam"), 5, "names.exam: wrong-type"),
        (("names",), [], "names: wrong-type"),
        (("notices", 0, "steps"), "job", "notices[0].steps: wrong-type"),
    ],
)
def test_a_faulty_timeline_is_told_at_its_place(path: tuple[Any, ...], value: object, told: str) -> None:
    document = as_json()
    inner: Any = document
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = value
    with pytest.raises(DocumentError) as caught:
        parse_timeline(json.dumps(document))
    assert [f"{fault.path}: {fault.code}" for fault in caught.value.faults] == [told]


def test_toml_leaves_out_what_is_not_known() -> None:
    text = format_timeline(TIMELINE, syntax="toml")
    assert "null" not in text
    assert parse_timeline(text) == TIMELINE
