"""`career-path compare`: careers side by side, in each form, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from career_path.cli import application

AIDE = """
schema = "career-path/pathway/1"
id = "aide"
title = "Aide"
goal = "job"
steps.course = { kind = "program", takes = { hours = 100 }, cost = "500" }
steps.exam = { kind = "exam", requires = "course", cost = "100", grants = ["card"] }
steps.job = { kind = "job", requires = "exam", cost = "0", occupation = "aide" }
[credentials.card]
valid = { span = "P2Y" }
renewal = { fee = "50", credits = { total = 12, unit = "hour" } }
[occupations.aide]
title = "Medical aide"
duties = ["Take histories", "Give injections"]
may_not = ["Prescribe"]
pay = { median = "36524.25", as_of = "2024-05", sources = ["B1"] }
outlook = { growth_percent = -2.5, openings_per_year = 112300, from = 2024, through = 2034, sources = ["B1"] }
[sources.B1]
title = "Handbook"
address = "https://example.org/"
"""
CLERK = """
schema = "career-path/pathway/1"
id = "clerk"
title = "Clerk"
currency = "EUR"
goal = "job"
steps.school = { kind = "program", takes = "P1Y" }
steps.job = { kind = "job", requires = "school", cost = "0", occupation = "clerk" }
[occupations.clerk]
"""


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    names: list[str] = []
    for name, text in (("aide.toml", AIDE), ("clerk.toml", CLERK)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        names.append(str(tmp_path / name))
    return names


def run(files: list[str], *arguments: str) -> Result:
    return CliRunner().invoke(application, ["compare", *files, "--today", "2027-01-04", "--hours", "10", *arguments])


def test_careers_stand_side_by_side(files: list[str]) -> None:
    result = run(files)
    assert result.exit_code == 0, result.stderr
    # ten weeks from 4 January; from 15 March there are 3,583 days of 100.00 to 4 January 2037
    assert result.stdout.splitlines() == [
        "                       Aide                                Clerk",
        "First pay              15 Mar 2027, after 70 days          4 Jan 2028, after 365 days",
        "Cost                   600.00 USD                          not known (school)",
        "Hours of learning      100 h                               not known (school)",
        "Exams                  1                                   0",
        "Renewals in ten years  5                                   0",
        "Hours for them         60 h                                0 h",
        "Fees for them          250.00 USD                          0.00 EUR",
        "Occupation             Medical aide                        clerk",
        "Median pay a year      36524.25 USD (May 2024)             not known",
        "Growth                 2.5 % fewer jobs from 2024 to 2034  not known",
        "Openings a year        112,300 (2024-2034)                 not known",
        "Earned by 4 Jan 2037   358300.00 USD                       not known",
        "Less the cost          357700.00 USD                       not known",
        "Conflicts              none                                none",
        "",
        "Aide does: Take histories; Give injections.",
        "Aide may not: Prescribe.",
        "",
        'Where no "may not" is told, no limit was found; that does not mean that there is none.',
        "First pay: the first day of a job, and the calendar days to it from the day you can begin.",
        "Hours of learning: how much work classes, practice and externships are, also those after the first",
        "  pay.",
        "Renewals: of papers, in the ten years from the first pay on. Duties are what papers ask for in",
        "  between.",
        "Renewals of Aide: card 5.",
        "Earned: the median pay of the job held on each day before 4 Jan 2037, before tax, in years of",
        "  365.2425 days. Half of all people earn less.",
        "The cost is that of the plan, without renewals after it.",
        "Check every date with the issuer.",
    ]


def test_the_horizon_is_a_day_or_a_length(files: list[str]) -> None:
    for given in ("2027-03-16", "P71D"):
        assert "Earned by 16 Mar 2027  100.00 USD" in run(files[:1], "--horizon", given).stdout
    assert run(files, "--horizon", "soon").exit_code == 2
    assert run(files, "--horizon", "-P1D").exit_code == 2


def test_careers_that_do_not_fit_beside_each_other_come_one_below_the_other(files: list[str], tmp_path: Path) -> None:
    names: list[str] = []
    for number in range(6):
        path = tmp_path / f"p{number}.toml"
        path.write_text(CLERK.replace('id = "clerk"', f'id = "clerk-{number}"'), encoding="utf-8")
        names.append(str(path))
    lines = run([*files, *names]).stdout.splitlines()
    assert max(map(len, lines)) <= 100
    assert sum(line.startswith("First pay  ") for line in lines) == 2


def test_json_has_values_for_programs(files: list[str]) -> None:
    table = json.loads(run(files, "--format", "json").stdout)
    aide, clerk = table["careers"]
    assert (table["schema"], table["horizon"]) == ("career-path/careers/1", "2037-01-04")
    assert (aide["first_pay"], aide["days_to_pay"], aide["exams"]) == ("2027-03-15", 70, 1)
    assert aide["cost"] == {"amount": "600", "currency": "USD", "unknown": []}
    assert aide["hours"] == {"hours": 100, "unknown": []}
    assert aide["renewal"] == {
        "since": "2027-03-15",
        "through": "2037-03-14",
        "count": 5,
        "duty_count": 0,
        "counts": {"card": 5},
        "shared": [],
        "hours": {"hours": 60, "unknown": []},
        "cost": {"amount": "250", "currency": "USD", "unknown": []},
        "without_rule": [],
        "not_renewed": [],
        "training_only": [],
    }
    assert aide["earned"] == {"amount": "358300.00", "currency": "USD"}
    assert aide["balance"] == {"amount": "357700.00", "currency": "USD"}
    assert aide["median_pay"] == {"amount": "36524.25", "currency": "USD"}
    assert (aide["outlook"]["growth_percent"], aide["duties"][1], aide["may_not"]) == (
        -2.5,
        "Give injections",
        ["Prescribe"],
    )
    assert aide["timeline"]["finish"] == "2027-03-15"
    assert (clerk["earned"], clerk["balance"], clerk["median_pay"], clerk["pay"], clerk["outlook"]) == (None,) * 5
    assert clerk["hours"] == {"hours": 0, "unknown": ["school"]}


def test_markdown_and_html_tell_the_same(files: list[str]) -> None:
    markdown = run(files, "--format", "markdown").stdout
    assert markdown.splitlines()[0] == "## Aide and Clerk"
    assert "| Earned by 4 Jan 2037 | 358300\\.00 USD | not known |" in markdown
    assert "**Aide** may not:\n\n- Prescribe" in markdown
    assert "\n- The cost is that of the plan, without renewals after it.\n- Check every date" in markdown
    page = run(files, "--format", "html").stdout
    assert page.startswith("<!doctype html>")
    assert "<bdi>358300.00 USD</bdi>" in page
    assert '<a href="https://example.org/" rel="noreferrer"><bdi>Handbook</bdi></a>' in page


def test_a_page_of_many_careers_has_tables_that_are_no_wider_than_it(files: list[str], tmp_path: Path) -> None:
    names: list[str] = []
    for number in range(4):
        path = tmp_path / f"p{number}.toml"
        path.write_text(CLERK.replace('id = "clerk"', f'id = "clerk-{number}"'), encoding="utf-8")
        names.append(str(path))
    page = run([*files, *names], "--format", "html").stdout
    tables = page.split("<table")[1:]
    assert [each.count('<th scope="col"><bdi>') for each in tables] == [3, 3]
    assert ["358300.00 USD" in each for each in tables] == [True, False]
    assert '<p class="lead"><bdi>6 careers</bdi></p>' in page
    assert run([*files, *names], "--format", "markdown").stdout.startswith("## 6 careers\n")


def test_what_is_chosen_counts_in_each_pathway_that_knows_of_it(files: list[str]) -> None:
    assert run(files, "--choose", "exam").exit_code == 0
    result = run(files, "--choose", "exma")
    assert result.exit_code == 2
    assert "did you mean 'exam'" in result.stderr


def test_a_career_without_a_plan_is_told_and_ends_with_1(files: list[str]) -> None:
    result = run(files[:1], "--avoid", "exam")
    assert result.exit_code == 1
    assert "First pay              not known" in result.stdout
    assert "What you chose and avoid leaves no route." in " ".join(result.stdout.split())


def test_a_conflict_ends_with_1(files: list[str]) -> None:
    result = run(files[:1], "--deadline", "2027-02-01")
    assert result.exit_code == 1
    assert "The deadline of 1 Feb 2027 is missed by 42 days." in " ".join(result.stdout.split())


def test_there_is_no_plan_backward_to_compare(files: list[str]) -> None:
    result = run(files, "--finish-by", "2028-01-01")
    assert result.exit_code == 2
    assert "compared at their earliest" in result.stderr
