"""`career-path facts`: all facts, those from memory, those to be checked again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from career_path import catalog_ids
from career_path.cli import application

PATHWAY = """
schema = "career-path/pathway/1"
id = "medic"
title = "Medic"
goal = "school"
steps.school = { takes = "P9M", cost = { amount = "900", sources = ["old"] }, sources = ["new"] }
steps.other = { takes = "P1Y", sources = ["guess"] }
sources.new = { checked = 2026-11-23 }
sources.old = { sure = "body", as_of = 2025-01-01, checked = 2025-11-23 }
sources.guess = { sure = "memory" }
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "medic.toml"
    path.write_text(PATHWAY, encoding="utf-8")
    return str(path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(application, ["facts", *arguments, "--today", "2027-01-04"])


def counted(facts: int, told: int, *, memory: int = 0, alone: int = 0, bare: int = 0, checked: int = 0) -> object:
    return {
        "facts": facts,
        "told": told,
        "from_memory": memory,
        "memory_alone": alone,
        "without_source": bare,
        "checked": checked,
        "never_checked": told - checked,
    }


def test_every_fact_is_told_with_what_it_rests_on(file: str) -> None:
    result = run(file)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Medic: 3 facts, 1 from memory, 1 of them with no other source",
        "Fact                Says     Sure       As of       Checked     Sources",
        "steps.school.takes  P9M      secondary              2026-11-23  new",
        "steps.school.cost   900 USD  body       2025-01-01  2025-11-23  old",
        "steps.other.takes   P1Y      memory                 never       guess",
    ]


def test_only_those_from_memory_are_told(file: str) -> None:
    lines = run(file, "--unsure").stdout.splitlines()
    assert lines[0] == "Medic: 1 of 3 facts, 1 from memory, 1 of them with no other source"
    assert [line.split()[0] for line in lines[2:]] == ["steps.other.takes"]


def test_only_those_last_checked_longer_ago_are_told(file: str) -> None:
    shown = [line.split()[0] for line in run(file, "--older-than", "P1Y").stdout.splitlines()[2:]]
    assert shown == ["steps.school.cost", "steps.other.takes"]
    assert run(file, "--older-than", "P1Y", "--unsure").stdout.splitlines()[0].startswith("Medic: 1 of 3 facts")


def test_those_checked_long_ago_and_those_never_checked_are_counted_apart(file: str, bare: str) -> None:
    """On 4 January 2027 the cost of 23 November 2025 is older than a year; the guess and the aide have no day."""
    lines = run(file, bare, "--older-than", "P1Y").stdout.splitlines()
    assert lines[0] == (
        "Medic: 2 of 3 facts, 1 last checked more than 1 year ago, 1 never checked, "
        "1 from memory, 1 of them with no other source"
    )
    assert lines[5] == "Aide: 2 facts, 0 last checked more than 1 year ago, 2 never checked, 2 without a source"
    assert lines[-1] == (
        "All 2 pathways: 4 of 5 facts, 1 last checked more than 1 year ago, 3 never checked, "
        "1 from memory, 1 of them with no other source, 2 without a source"
    )
    table = json.loads(run(file, bare, "--older-than", "P1Y", "--format", "json").stdout)
    assert table["count"] == counted(5, 4, memory=1, alone=1, bare=2, checked=1)


def test_what_is_from_memory_and_cites_others_too_is_not_from_memory_alone(file: str) -> None:
    text = PATHWAY.replace('["guess"]', '["guess", "new"]')
    Path(file).write_text(text, encoding="utf-8")
    assert run(file, "--unsure").stdout.startswith(
        "Medic: 1 of 3 facts, 1 from memory, 0 of them with no other source\n"
    )
    table = json.loads(run(file, "--unsure", "--format", "json").stdout)
    assert table["count"] == counted(3, 1, memory=1)
    assert [each["memory_alone"] for each in table["pathways"][0]["facts"]] == [False]


def test_where_there_is_none_that_is_told(file: str) -> None:
    assert run(file, "--unsure", "--older-than", "P9Y").stdout.startswith("Medic: 1 of 3")
    Path(file).write_text(PATHWAY.replace('["guess"]', '["new"]'), encoding="utf-8")
    assert run(file, "--unsure").stdout == "Medic: 0 of 3 facts\n"


def test_several_are_told_one_after_the_other_and_without_a_name_the_catalog(file: str) -> None:
    both = run(file, "medical-assistant").stdout
    assert both.split("\n\n")[1].startswith("Certified medical assistant: ")
    assert run().stdout.count("\nFact ") == len(catalog_ids())


def test_json_is_for_programs(file: str) -> None:
    table = json.loads(run(file, "--unsure", "--format", "json").stdout)
    assert [each["path"] for each in table["pathways"][0]["facts"]] == ["steps.other.takes"]
    assert table["count"] == counted(3, 1, memory=1, alone=1)


BARE = """
schema = "career-path/pathway/1"
id = "aide"
title = "Aide"
goal = "exam"
steps.exam = { kind = "exam", takes = "P1D", cost = "90" }
"""


@pytest.fixture
def bare(tmp_path: Path) -> str:
    path = tmp_path / "aide.toml"
    path.write_text(BARE, encoding="utf-8")
    return str(path)


def test_facts_of_several_pathways_are_counted_together(file: str, bare: str) -> None:
    # Three of the medic, one of them from memory, and two of the aide without a source.
    assert run(file, bare).stdout.splitlines()[-1] == (
        "All 2 pathways: 5 facts, 1 from memory, 1 of them with no other source, 2 without a source"
    )
    unsure = run(file, bare, "--unsure").stdout.splitlines()
    assert unsure[-1] == (
        "All 2 pathways: 3 of 5 facts, 1 from memory, 1 of them with no other source, 2 without a source"
    )
    table = json.loads(run(file, bare, "--unsure", "--format", "json").stdout)
    assert table["count"] == counted(5, 3, memory=1, alone=1, bare=2)
    assert [each["count"] for each in table["pathways"]] == [
        counted(3, 1, memory=1, alone=1),
        counted(2, 2, bare=2),
    ]


def test_of_one_pathway_nothing_is_added_up(file: str) -> None:
    assert "All " not in run(file).stdout


def test_a_span_that_is_none_and_a_pathway_that_is_not_there_are_refused(file: str) -> None:
    assert run(file, "--older-than", "1 year").exit_code == 2
    assert run("no-such").exit_code == 2
