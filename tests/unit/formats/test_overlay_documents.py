"""Overlays in documents: every fault at its place in its overlay, and the schema beside the reader."""

from __future__ import annotations

import datetime as dt
import json

import jsonschema
import pytest

from career_path import DocumentError, Learner, format_learner, format_pathway, parse_learner, parse_pathway
from career_path.days.spans import Span
from career_path.formats.documents import Syntax
from career_path.formats.schema import learner_schema, pathway_schema

HEAD = """
schema = "career-path/pathway/1"
id = "p"
goal = "job"
[steps.exam]
kind = "exam"
takes = { hours = 10, weekly_at_most = 5 }
cost = { amount = "10", sources = ["S1"] }
[steps.job]
kind = "job"
requires = { all = ["exam"] }
[credentials.card]
issuer = "Board"
valid = { span = "P1Y", until = "month-end" }
renewal = { opens = "P60D", ways.ce = { kind = "credits", fee = "10" }, ways.exam = { kind = "exam" } }
[sources.S1]
title = "Fees"
[[overlays]]
id = "first"
where = "US-FL"
goal = "exam"
"""
CHANGES = """
[overlays.steps.exam]
takes = { hours = 20 }
cost = "20"
requires = { any = ["school"] }
[overlays.steps.school]
kind = "program"
[overlays.credentials.card]
remove = ["issuer"]
[overlays.credentials.card.renewal]
remove = ["opens", "ways.exam"]
[overlays.credentials.card.renewal.ways.ce]
automatic = true
credential = "other"
remove = ["fee"]
[overlays.credentials.other]
issuer = "Other Board"
"""


def second(text: str) -> str:
    return f'{HEAD}[[overlays]]\nid = "second"\n{text}'


def told(text: str) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        parse_pathway(text)
    return [f"{fault.path}: {fault.code}" for fault in caught.value.faults]


def test_what_has_several_forms_is_replaced_whole_and_the_rest_stays() -> None:
    made = parse_pathway(second(CHANGES)).resolve(on=dt.date(2027, 1, 4))
    exam, card = made.step("exam"), made.credential("card")
    assert str(exam.takes) == "Effort(hours=Fraction(20, 1), weekly_at_most=None)"
    assert exam.cost is not None
    assert exam.cost.sources == ()
    assert exam.kind.value == "exam"
    assert (card.issuer, card.valid) == ("", parse_pathway(HEAD).credential("card").valid)
    assert card.renewal is not None
    assert (card.renewal.opens, [way.id for way in card.renewal.ways]) == (None, ["ce"])
    assert card.renewal.ways[0].is_automatic
    assert card.renewal.ways[0].fee == ()


@pytest.mark.parametrize("syntax", ["toml", "json"])
def test_it_is_written_as_it_was_read(syntax: str) -> None:
    whole = parse_pathway(second(CHANGES))
    made = whole.resolve(on=dt.date(2027, 1, 4))
    for each in (whole, made):
        assert parse_pathway(format_pathway(each, syntax="toml" if syntax == "toml" else "json")) == each


def test_a_new_name_of_a_field_in_python_is_its_old_one_in_the_document() -> None:
    text = format_pathway(parse_pathway(second(CHANGES)))
    assert "automatic = true" in text
    assert "is_automatic" not in text
    removed = second("""
[overlays.credentials.card.renewal.ways.ce]
remove = ["automatic"]
""")
    assert 'remove = [\n    "automatic",\n]' in format_pathway(parse_pathway(removed))


@pytest.mark.parametrize("syntax", ["toml", "json"])
def test_that_one_is_optional_is_read_and_written(syntax: Syntax) -> None:
    whole = parse_pathway(second(f"optional = true\n{CHANGES}"))
    assert [each.is_optional for each in whole.overlays] == [False, True]
    asked = whole.resolve(on=dt.date(2027, 1, 4), overlays=["second"])
    for each in (whole, asked):
        text = format_pathway(each, syntax=syntax)
        assert parse_pathway(text) == each
        assert "is_optional" not in text
    assert "optional" not in format_pathway(parse_pathway(second(CHANGES)), syntax=syntax)


@pytest.mark.parametrize("syntax", ["toml", "json"])
def test_what_a_learner_asks_for_is_read_and_written(syntax: Syntax) -> None:
    learner = Learner("ana", overlays=["second", "third"])
    text = format_learner(learner, syntax=syntax)
    assert parse_learner(text) == learner
    if syntax == "json":
        jsonschema.validate(json.loads(text), learner_schema())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"second"', ["overlays: wrong-type"]),
        ("[1]", ["overlays[0]: wrong-type"]),
        ('["An Overlay"]', ["overlays: not-an-id"]),
    ],
)
def test_what_no_learner_can_ask_for_is_refused(text: str, expected: list[str]) -> None:
    with pytest.raises(DocumentError) as caught:
        parse_learner(f'schema = "career-path/learner/1"\noverlays = {text}\n')
    assert [f"{fault.path}: {fault.code}" for fault in caught.value.faults] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[overlays.steps.exam]\ntakes = "6 weeks"', ["overlays[1].steps.exam.takes: not-a-span"]),
        ('[overlays.steps.exam]\ntake = "P6W"', ["overlays[1].steps.exam.take: unknown-field"]),
        ('[overlays.steps.exam]\nremove = "cost"', ["overlays[1].steps.exam.remove: wrong-type"]),
        ('[overlays.steps.exam]\nremove = ["cots"]', ["overlays[1].steps.exam.remove[0]: unknown-field"]),
        ('[overlays.steps.exam]\nrequires = { any = ["jbo"] }', ["overlays[1].steps.exam.requires.any[0]: unknown-id"]),
        ('[overlays.steps]\nexam = "P6W"', ["overlays[1].steps.exam: wrong-type"]),
        (
            '[overlays.steps.exam]\ntakes = "P1M"\nopens = { cohorts = [{ start = 2027-01-01, finish = 2027-02-01 }] }',
            ["overlays[1].steps.exam.takes: fixed-twice"],
        ),
        ('remove = ["exam"]', ["overlays[1].remove: not-removable"]),
        ('where = "Texas, USA"\ngoal = "exam"', ["overlays[1].where: not-a-place"]),
        ('since = "soon"\ngoal = "exam"', ["overlays[1].since: not-a-date"]),
        ('optional = "yes"\ngoal = "exam"', ["overlays[1].optional: wrong-type"]),
        ('optional = 1\ngoal = "exam"', ["overlays[1].optional: wrong-type"]),
        ('is_optional = true\ngoal = "exam"', ["overlays[1].is_optional: unknown-field"]),
        ('wher = "US"\ngoal = "exam"', ["overlays[1].wher: unknown-field"]),
        ("", ["overlays[1]: empty"]),
        (
            '[overlays.credentials.card.renewal.ways.ce]\nfee = "free"',
            ["overlays[1].credentials.card.renewal.ways.ce.fee: not-an-amount"],
        ),
        (
            "[overlays.credentials.card.renewal.ways.ce]\nfees = 1",
            ["overlays[1].credentials.card.renewal.ways.ce.fees: unknown-field"],
        ),
        (
            "[overlays.credentials.card.renewal]\nways = [1]",
            ["overlays[1].credentials.card.renewal.ways: wrong-type"],
        ),
    ],
)
def test_a_fault_names_its_overlay(text: str, expected: list[str]) -> None:
    assert told(second(text)) == expected


def test_all_faults_of_all_overlays_are_told_at_once() -> None:
    text = second('[overlays.steps.exam]\ntakes = "6 weeks"\nnope = 1\n[overlays.steps.job]\ncost = "35,00"\n')
    text = text.replace('goal = "exam"', "goal = 7")
    assert told(text) == [
        "overlays[0].goal: wrong-type",
        "overlays[1].steps.exam.takes: not-a-span",
        "overlays[1].steps.exam.nope: unknown-field",
        "overlays[1].steps.job.cost: not-an-amount",
    ]


def test_null_means_absent_in_overlays_too() -> None:
    table = json.loads(format_pathway(parse_pathway(second(CHANGES)), syntax="json"))
    for overlay in table["overlays"]:
        overlay |= {"note": None, "until": None}
    table["overlays"][1]["steps"]["exam"] |= {"title": None, "remove": None}
    assert parse_pathway(json.dumps(table)) == parse_pathway(second(CHANGES))
    jsonschema.validate(table, pathway_schema())


@pytest.mark.parametrize(
    "change",
    [
        {"where": "Texas, USA"},
        {"optional": "yes"},
        {"optional": 1},
        {"steps": {"exam": {"take": 1}}},
        {"steps": {"exam": {"remove": [1]}}},
        {"x": 1},
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(change: dict[str, object]) -> None:
    table = json.loads(format_pathway(parse_pathway(second(CHANGES)), syntax="json"))
    jsonschema.validate(table, pathway_schema())
    table["overlays"][0] |= change
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(table, pathway_schema())
    with pytest.raises(DocumentError):
        parse_pathway(json.dumps(table))


def test_ten_thousand_overlays_are_refused() -> None:
    many = "".join(f'[[overlays]]\nid = "o{number}"\ngoal = "job"\n' for number in range(10_000))
    assert told(HEAD + many) == ["overlays: too-large"]


def test_a_deep_nest_in_an_overlay_is_refused_before_it_is_read() -> None:
    nest = "{ all = [" * 200 + '"exam"' + "] }" * 200
    assert told(second(f"[overlays.steps.exam]\nrequires = {nest}"))[0].endswith("too-deep")


def test_a_length_in_an_overlay_is_kept_as_its_author_wrote_it() -> None:
    text = second('[overlays.steps.exam]\ntakes = "P60M"')
    assert 'takes = "P60M"' in format_pathway(parse_pathway(text))
    assert parse_pathway(text).resolve(on=dt.date(2027, 1, 4)).step("exam").takes == Span.parse("P5Y")
