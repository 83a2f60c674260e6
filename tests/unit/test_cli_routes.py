"""`career-path routes` and `career-path diff`: what they show, in which form, and how they end."""

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
    assert result.stderr == "What you chose and avoid leaves no route: avoiding “school” and avoiding “course”.\n"
    titled = PATHWAY.replace("steps.course = {", 'steps.course = { title = "Evening course",')
    Path(file).write_text(titled, encoding="utf-8")
    told = run(file, "--avoid", "school", "--avoid", "course").stderr
    assert told == "What you chose and avoid leaves no route: avoiding “school” and avoiding “Evening course”.\n"


@pytest.mark.parametrize(("option", "value"), [("--objective", "cheapest"), ("--finish-by", "2028-01-01")])
def test_options_that_choose_one_route_are_refused(file: str, option: str, value: str) -> None:
    result = run(file, option, value)
    assert result.exit_code == 2
    assert option in result.stderr


PAID = """
schema = "career-path/pathway/1"
id = "aide"
title = "Aide"
goal = "job"
occupations.aide = { pay = { median = "36524.25" } }
steps.school = { kind = "program", takes = "P10D", cost = "900" }
steps.course = { kind = "program", takes = "P20D", cost = "500" }
steps.job = { kind = "job", cost = "0", occupation = "aide", requires = { any = ["school", "course"] } }
"""


@pytest.fixture
def paid(tmp_path: Path) -> str:
    path = tmp_path / "aide.toml"
    path.write_text(PAID, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("horizon", ["2027-02-03", "P30D"])
def test_money_earned_by_a_day_is_shown_with_each_route(paid: str, horizon: str) -> None:
    """A hundred a day: 20 days from 14 January up to 3 February, or 10 from 24 January."""
    result = run(paid, "--horizon", horizon)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1:4] == [
        "Route  Done by     Cost        Earned by 3 Feb 2027  Against the first",
        "1      2027-01-14  900.00 USD  2000.00 USD           -",
        "2      2027-01-24  500.00 USD  1000.00 USD           10 days later, 400.00 USD less",
    ]


def test_money_in_json_is_an_amount_or_null(paid: str, file: str) -> None:
    def money(*arguments: str) -> list[tuple[object, object]]:
        table = json.loads(run(*arguments, "--format", "json").stdout)
        return [(each["earned_by"], each["earned"]) for each in table["routes"]]

    assert money(paid, "--horizon", "P30D") == [
        ("2027-02-03", {"amount": "2000.00", "currency": "USD"}),
        ("2027-02-03", {"amount": "1000.00", "currency": "USD"}),
    ]
    assert money(paid) == [(None, None)] * 2
    assert money(file, "--horizon", "P30D") == [("2027-02-03", None)] * 2


@pytest.mark.parametrize("horizon", ["2027-01-03", "-P1D", "soon"])
def test_a_horizon_before_today_or_that_is_no_day_is_refused(paid: str, horizon: str) -> None:
    result = run(paid, "--horizon", horizon)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "horizon" in result.stderr


@pytest.fixture
def plans(file: str, tmp_path: Path) -> tuple[str, str]:
    names = [str(tmp_path / f"{name}.json") for name in ("old", "new")]
    for name, start in zip(names, ("2027-01-04", "2027-01-11"), strict=True):
        asked = ["plan", file, "--today", "2027-01-04", "--start", start, "-o", name]
        assert CliRunner().invoke(application, asked).exit_code == 0
    return names[0], names[1]


def diff(*arguments: str) -> Result:
    return CliRunner().invoke(application, ["diff", *arguments])


def test_two_plans_are_told_apart(plans: tuple[str, str]) -> None:
    result = diff(*plans)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Medic: done by 11 Oct 2027, 7 days later, the same cost",
        "Step    Start       was         Done by     was         Difference",
        "school  2027-01-11  2027-01-04  2027-10-11  2027-10-04  7 days later",
        "It begins with “school”, 7 days later: Your plan starts on 11 Jan 2027.",
        "Deadlines moved: enroll for this plan by 2027-01-11: school (was 2027-01-04).",
    ]
    assert diff(plans[0], plans[0]).stdout == "Medic: done by 4 Oct 2027, nothing is different\n"


def test_differences_as_json_have_values_and_sentences(plans: tuple[str, str]) -> None:
    table = json.loads(diff(*plans, "--format", "json").stdout)
    assert (table["schema"], table["days"], table["cost"]["amount"]) == ("career-path/diff/1", 7, "0")
    assert [(each["step"], each["days"], each["reason"]["kind"]) for each in table["steps"]] == [
        ("school", 7, "learner-start")
    ]
    assert table["text"] == [
        "It begins with “school”, 7 days later: Your plan starts on 11 Jan 2027.",
        "Deadlines moved: enroll for this plan by 2027-01-11: school (was 2027-01-04).",
    ]
    (due,) = table["deadlines"]
    assert (due["old"]["on"], due["new"]["on"], due["new"]["step"], due["days"], due["text"]) == (
        "2027-01-04",
        "2027-01-11",
        "school",
        7,
        "enroll for this plan by 2027-01-11: school (was 2027-01-04)",
    )


def test_a_switched_overlay_is_told_to_programs_too(tmp_path: Path) -> None:
    asked = ["plan", "medical-assistant", "--hours", "20", "--today", "2027-01-04", "-o"]
    old, new = str(tmp_path / "old.json"), str(tmp_path / "new.json")
    CliRunner().invoke(application, [*asked, old])
    CliRunner().invoke(application, [*asked, new, "--overlay", "cma-60-months"])
    table = json.loads(diff(old, new, "--format", "json").stdout)
    assert [(each["id"], each["text"]) for each in table["new_overlays"]] == [
        (
            "cma-60-months",
            "The CMA (AAMA) exam within 60 months of graduation, for those who ask for it (overlay cma-60-months)",
        )
    ]
    assert table["old_overlays"] == []


def test_what_is_no_plan_is_refused_by_name(plans: tuple[str, str], file: str, tmp_path: Path) -> None:
    result = diff(plans[0], file)
    assert result.exit_code == 2
    assert "medic.toml: schema: unknown-schema" in result.stderr
    assert diff(plans[0], str(tmp_path / "none.json")).exit_code == 2
