"""The JSON Schemas: valid themselves, the shipped ones, and of one mind with the reader."""

from __future__ import annotations

import copy
import datetime as dt
import json
import runpy
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from test_documents import EXAMPLE, LEARNER
from test_timeline_json import TIMELINE

from career_path.errors import DocumentError
from career_path.formats.documents import (
    format_learner,
    format_pathway,
    format_timeline,
    parse_learner,
    parse_pathway,
    parse_timeline,
)
from career_path.formats.schema import (
    SCHEMA_FOLDER,
    learner_schema,
    pathway_schema,
    schema_files,
    timeline_schema,
    write_schemas,
)
from career_path.model.learner import Learner
from career_path.model.pathway import Pathway
from career_path.testing import cases

Json = Any
"""Anything a JSON text can hold."""

SCHEMAS = {"pathway": pathway_schema(), "learner": learner_schema(), "timeline": timeline_schema()}
VALIDATORS = {name: Draft202012Validator(schema) for name, schema in SCHEMAS.items()}
READERS: dict[str, Callable[[str], object]] = {
    "pathway": partial(parse_pathway, syntax="json"),
    "learner": partial(parse_learner, syntax="json"),
    "timeline": partial(parse_timeline, syntax="json"),
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_is_a_valid_schema(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])


def test_the_shipped_schemas_are_those_made_from_the_model() -> None:
    shipped = {path.name: path.read_text(encoding="utf-8") for path in SCHEMA_FOLDER.glob("*.json")}
    assert shipped == dict(schema_files()), "make them anew: python -m career_path.formats.schema"


def test_writing_them_fills_a_folder(tmp_path: Path) -> None:
    write_schemas(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "credits.schema.json",
        "learner.schema.json",
        "pathway.schema.json",
        "renewals.schema.json",
        "timeline.schema.json",
    ]


def test_the_command_writes_them_where_they_are_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    written: dict[Path, str] = {}
    monkeypatch.setattr(Path, "write_text", lambda path, text, **_: written.update({path: text}))
    runpy.run_path(str(SCHEMA_FOLDER.parent / "formats" / "schema.py"), run_name="__main__")
    assert written == {SCHEMA_FOLDER / name: text for name, text in schema_files().items()}


def samples() -> dict[str, Any]:
    text = EXAMPLE.replace('takes = { low = "P6M", likely = "P9M", high = "P1Y" }\n', "")
    return {
        "pathway": json.loads(format_pathway(parse_pathway(text), syntax="json")),
        "learner": json.loads(format_learner(parse_learner(LEARNER), syntax="json")),
        "timeline": json.loads(format_timeline(TIMELINE)),
    }


def takes(name: str, document: object) -> bool:
    """Whether the reader takes a document."""
    try:
        READERS[name](json.dumps(document))
    except DocumentError:
        return False
    return True


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_samples_are_taken_by_both(name: str) -> None:
    assert takes(name, samples()[name])
    VALIDATORS[name].validate(samples()[name])


@given(case=cases())
@settings(max_examples=40, deadline=None)
def test_whatever_is_written_passes_the_schema(case: tuple[Pathway, Learner, dt.date]) -> None:
    pathway, learner, _ = case
    VALIDATORS["pathway"].validate(json.loads(format_pathway(pathway, syntax="json")))
    VALIDATORS["learner"].validate(json.loads(format_learner(learner, syntax="json")))


ODD: tuple[object, ...] = (
    None,
    True,
    -1,
    0,
    1,
    1.5,
    2_000_000,
    "",
    "x y",
    "a",
    "A",
    "P1D",
    "-P1D",
    "2027-01-01",
    "2027-13-01",
    "08-01",
    "12.50",
    "-1",
    "a\u0007",
    "x" * 10_001,
    [],
    [5],
    ["a"],
    {},
    {"a": 5},
    {"step": "apply"},
    {"holds": "bls-aha", "throughout": 1},
    {"at_least": -1, "of": ["apply"]},
    {"any": []},
    {"month_end": True},
    {"cohorts": []},
    {"working_days": 5},
    {"hours": 5, "weekly_at_most": -1},
)


def mutants(document: Json) -> Iterator[Any]:
    """The document with one part replaced (by every third odd value, in turn) or left out, everywhere."""
    for turn, path in enumerate(places(document)):
        inner = document
        for part in path[:-1]:
            inner = inner[part]
        for odd in ODD[turn % 3 :: 3] if path else ():
            changed = copy.deepcopy(document)
            at(changed, path[:-1])[path[-1]] = odd
            yield changed
        if path and isinstance(inner, dict):
            changed = copy.deepcopy(document)
            del at(changed, path[:-1])[path[-1]]
            yield changed


def at(document: Json, path: tuple[Any, ...]) -> Json:
    for part in path:
        document = document[part]
    return document


def places(value: Json, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict):
        for key, each in value.items():
            yield from places(each, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from places(each, (*path, index))


def keywords(error: Json) -> Iterator[str]:
    yield error.validator
    for inner in error.context:
        yield from keywords(inner)


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_the_schema_refuses_the_reader_refuses(name: str) -> None:
    validator = VALIDATORS[name]
    used: set[str] = set()
    refused_by_schema = 0
    for mutant in mutants(samples()[name]):
        errors = list(validator.iter_errors(mutant))
        used.update(keyword for error in errors for keyword in keywords(error))
        if errors:
            refused_by_schema += 1
            assert not takes(name, mutant), f"{errors[0].json_path}: {errors[0].message[:200]}"
    assert refused_by_schema > 100
    assert used >= {"type", "pattern", "required", "const"}
    if name == "pathway":
        assert used >= {"enum", "minimum", "maximum", "minItems", "maxLength", "anyOf"}


STEP_LIMITS = [
    ({"takes": {"working_days": -1}}, {"takes": {"working_days": 0}}),
    ({"takes": {"working_days": 26_101}}, {"takes": {"working_days": 26_100}}),
    ({"takes": {"hours": -1}}, {"takes": {"hours": 0}}),
    ({"takes": {"hours": 5, "weekly_at_most": 0}}, {"takes": {"hours": 5, "weekly_at_most": 0.5}}),
    ({"requires": {"aged": -1}}, {"requires": {"aged": 0}}),
    ({"requires": {"aged": 131}}, {"requires": {"aged": 130}}),
    ({"requires": {"aged": 0, "under": 0}}, {"requires": {"aged": 0, "under": 1}}),
    ({"opens": {"weekdays": []}}, {"opens": {"weekdays": ["mon"]}}),
    ({"opens": {"weekdays": {"days": []}}}, {"opens": {"weekdays": {"days": ["mon"]}}}),
    ({"opens": {"dates": []}}, {"opens": {"dates": ["2027-01-01"]}}),
    ({"opens": {"dates": {"dates": []}}}, {"opens": {"dates": {"dates": ["2027-01-01"]}}}),
    (
        {"opens": {"cohorts": []}},
        {"opens": {"cohorts": [{"start": "2027-01-01", "finish": "2027-01-02"}]}},
    ),
    ({"opens": {"day_of_year": "13-01"}}, {"opens": {"day_of_year": "12-31"}}),
    ({"opens": {"day_of_year": "04-31"}}, {"opens": {"day_of_year": "04-30"}}),
    (
        {"opens": {"yearly": {"from": "02-30", "through": "03-01"}}},
        {"opens": {"yearly": {"from": "02-29", "through": "03-01"}}},
    ),
    ({"opens": {"yearly": {"from": "00-10", "through": "03-01"}}}, {"opens": {"month_end": True}}),
]


@pytest.mark.parametrize(("bad", "good"), STEP_LIMITS)
def test_a_limit_is_the_same_for_both(bad: Json, good: Json) -> None:
    for step, is_fine in ((bad, False), (good, True)):
        document = {"schema": "career-path/pathway/1", "id": "p", "goal": "a", "steps": {"a": step}}
        assert takes("pathway", document) is is_fine
        assert VALIDATORS["pathway"].is_valid(document) is is_fine


@pytest.mark.parametrize("part", ["weekly_hours", "employment"])
def test_a_week_has_168_hours_for_both(part: str) -> None:
    for hours, is_fine in ((169, False), (168, True)):
        document = {"schema": "career-path/learner/1", part: [{"role": "clerk", "from": "2027-01-01", "hours": hours}]}
        if part == "weekly_hours":
            document[part] = [{"hours": hours}]
        assert takes("learner", document) is is_fine
        assert VALIDATORS["learner"].is_valid(document) is is_fine


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_field_nobody_knows_is_refused_by_both_in_every_table(name: str) -> None:
    document = samples()[name]
    tables = [path for path in places(document) if isinstance(at(document, path), dict) and path != ("names",)]
    assert len(tables) > 5
    for path in tables:
        changed = copy.deepcopy(document)
        at(changed, path)["no such field!"] = 1
        assert not VALIDATORS[name].is_valid(changed), path
        assert not takes(name, changed), path
