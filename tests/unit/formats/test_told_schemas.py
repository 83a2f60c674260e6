"""The JSON Schemas of what is written and never read back: renewals and assessments, of one credential or several."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from career_path import Credential, Held, Learner, Validity
from career_path.formats.assessment_json import format_assessment, format_joint_assessment
from career_path.formats.credits_schema import credits_schema
from career_path.formats.renewals_json import format_kept, format_renewals
from career_path.formats.schema import renewals_schema
from career_path.model.credits import CreditCycle, CreditPeriod, CreditRule, CreditSlot, CreditUnit
from career_path.model.ledger import Activity, CreditKind, Ledger
from career_path.model.renewal import RenewalRule, Rung
from career_path.planning.credits import assess
from career_path.planning.cycles import cycles
from career_path.planning.holding import renewal_timeline
from career_path.planning.joint_credits import assess_all
from career_path.planning.keeping import keep

Json = Any
"""Anything a JSON text can hold."""
TODAY = dt.date(2027, 3, 10)
CARD = Credential(
    "card",
    title="Card",
    valid=Validity(span="P2Y", until="month-end"),
    renewal=RenewalRule(opens="P60D", fee="55.00", lapse=[Rung(way="start-again")]),
)
OPEN = Credential("open", title="Never ends")
HELD = Held("card", granted=TODAY)
YEAR = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2027, 12, 31))
# 40 minutes are 40 / 60 of a credit: no decimal number, so it is told as a fraction.
RULE = CreditRule(
    total=4,
    units=[CreditUnit("minute", credits=1, per=60)],
    slots=[CreditSlot("law", at_least=1, at_most=2, of=CreditKind(category="law"))],
    is_shared=False,
)
LEDGER = Ledger(
    [
        Activity(date=dt.date(2027, 2, 1), title="Law", credits=40, unit="minutes", category="law"),
        Activity(date=dt.date(2026, 2, 1), title="Too early", credits=1),
    ]
)
ON = dt.date(2027, 9, 1)


def texts() -> dict[str, tuple[dict[str, Any], str]]:
    told = cycles(CARD, HELD, today=TODAY)
    ana = Learner("ana", holds=[HELD, Held("open", granted=TODAY)])
    joint = [CreditCycle(each, rule=RULE, period=YEAR) for each in ("card", "open")]
    return {
        "renewals of one": (renewals_schema(), format_renewals(renewal_timeline(CARD, told, today=TODAY))),
        "renewals of several": (renewals_schema(), format_kept(keep([CARD, OPEN], ana, today=TODAY))),
        "renewals of none": (renewals_schema(), format_kept(keep([], Learner(), today=TODAY))),
        "credits of one": (credits_schema(), format_assessment(assess(RULE, LEDGER, period=YEAR, on=ON))),
        "credits of several": (credits_schema(), format_joint_assessment(assess_all(joint, LEDGER, on=ON))),
    }


TEXTS = texts()


@pytest.mark.parametrize("name", TEXTS)
def test_it_is_a_schema_and_takes_what_is_written(name: str) -> None:
    schema, text = TEXTS[name]
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(text))


def places(value: Json, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The paths of all tables."""
    if isinstance(value, dict):
        yield path
        for key, each in value.items():
            yield from places(each, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from places(each, (*path, index))


def at(value: Json, path: tuple[str | int, ...]) -> Json:
    for key in path:
        value = value[key]
    return value


@pytest.mark.parametrize("name", TEXTS)
def test_a_field_that_nobody_writes_is_refused_in_every_table(name: str) -> None:
    schema, text = TEXTS[name]
    document = json.loads(text)
    for path in places(document):
        changed = copy.deepcopy(document)
        at(changed, path)["no such field!"] = 1
        assert not Draft202012Validator(schema).is_valid(changed), path


@pytest.mark.parametrize("name", ["credits of one", "credits of several"])
def test_every_field_of_an_assessment_is_always_there(name: str) -> None:
    schema, text = TEXTS[name]
    document = json.loads(text)
    for path in places(document):
        for field in at(document, path):
            changed = copy.deepcopy(document)
            del at(changed, path)[field]
            assert not Draft202012Validator(schema).is_valid(changed), (path, field)


def test_one_form_has_a_credential_and_the_other_a_list_of_them() -> None:
    one, several = (json.loads(TEXTS[f"renewals of {name}"][1]) for name in ("one", "several"))
    assert one["credential"] == "card"
    assert [each["credential"] for each in several["credentials"]] == ["card", "open"]
    assert {each["credential"] for each in several["deadlines"]} == {"card"}
    both = {**one, "credentials": several["credentials"]}
    assert not Draft202012Validator(renewals_schema()).is_valid(both)


def test_an_amount_that_is_no_decimal_number_is_a_fraction() -> None:
    several = json.loads(TEXTS["credits of several"][1])
    assert [each["counted"] for each in several["credentials"]] == ["2/3", 0]
    assert several["activities"] == [
        {
            "date": "2026-02-01",
            "title": "Too early",
            "credits": 1,
            "unit": "",
            "category": [],
            "approved_by": [],
            "tags": [],
            "credentials": [],
        },
        {
            "date": "2027-02-01",
            "title": "Law",
            "credits": 40,
            "unit": "minutes",
            "category": ["law"],
            "approved_by": [],
            "tags": [],
            "credentials": ["card"],
        },
    ]
    kept_from = several["credentials"][1]["activities"][1]
    assert (kept_from["why_not"], kept_from["elsewhere"]) == ("elsewhere", ["card"])
    assert kept_from["text"] == "counts for “card” instead, and may not count for both"
