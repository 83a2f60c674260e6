"""`career-path routes`: what it shows, in which form, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from career_path.cli import application
from career_path.formats.documents import parse_timeline

PATHWAY = """
schema = "career-path/pathway/1"
id = "medic"
title = "Medic"
goal = { any = ["school", "course"] }
steps.school = { kind = "program", takes = "P9M", cost = "900" }
steps.course = { kind = "program", takes = "P1Y", cost = "500" }
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "medic.toml"
    path.write_text(PATHWAY, encoding="utf-8")
    return str(path)


def run(file: str, *arguments: str) -> Result:
    return CliRunner().invoke(application, ["routes", file, "--today", "2027-01-04", *arguments])


def test_the_routes_are_shown_from_the_earliest_to_the_cheapest(file: str) -> None:
    result = run(file)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[2:4] == [
        "1      2027-10-04  900.00 USD  -",
        "2      2028-01-04  500.00 USD  92 days later, 400.00 USD less",
    ]


def test_json_has_each_plan_as_a_timeline(file: str) -> None:
    table = json.loads(run(file, "--format", "json").stdout)
    assert table["schema"] == "career-path/routes/1"
    assert [each["left_out"] for each in table["routes"]] == [["course"], ["school"]]
    plans = [parse_timeline(json.dumps(each["timeline"]), syntax="json") for each in table["routes"]]
    assert [str(each.finish) for each in plans] == ["2027-10-04", "2028-01-04"]


def test_markdown_has_a_table(file: str) -> None:
    assert "| Route | Done by | Cost | Against the first |" in run(file, "--format", "markdown").stdout


def test_it_fails_only_if_every_route_misses_something(file: str) -> None:
    assert run(file, "--budget", "600").exit_code == 0
    assert run(file, "--budget", "400").exit_code == 1


def test_without_a_route_the_conflict_is_told(file: str) -> None:
    result = run(file, "--avoid", "school", "--avoid", "course")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "avoid school" in result.stderr


@pytest.mark.parametrize(("option", "value"), [("--objective", "cheapest"), ("--finish-by", "2028-01-01")])
def test_options_that_choose_one_route_are_refused(file: str, option: str, value: str) -> None:
    result = run(file, option, value)
    assert result.exit_code == 2
    assert option in result.stderr
