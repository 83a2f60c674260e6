"""The command `credits`: from a credential and a ledger to what is missing in the cycle of a day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from career_path.cli import application

# Certified on 10 Feb 2026: 60 months to the month's end are 28 Feb 2031. 18 of these points are the AAMA's own.
LEDGER = """date,title,credits,unit,category,approved_by
2026-04-14,Billing basics,12,point,administrative,AAMA
2026-09-30,Phlebotomy,20,point,clinical,NHA
2027-02-12,Ethics,6,point,general,AAMA
"""
DAYS = ("--granted", "2026-02-10", "--on", "2028-09-01")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ledger.csv").write_text(LEDGER)
    (tmp_path / "bad.csv").write_text(LEDGER + "2026-13-01,Nothing,1,point,,\n")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": None}).invoke(application, ["credits", *arguments], catch_exceptions=False)


def test_what_is_missing_is_told_with_exit_code_1() -> None:
    result = run("cma-aama", "ledger.csv", *DAYS)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[:2] == [
        "CMA (AAMA): continuing education for renewal 1, 10 Feb 2026 through 28 Feb 2031; as of 1 Sep 2028",
        "Not done: 60 points asked for, 38 counted; missing 22 points, 4 for “general” and 12 for “approved”.",
    ]


def test_a_rule_that_is_met_is_exit_code_0(folder: Path) -> None:
    rows = ["2027-01-01,A,10,point,administrative,AAMA", "2027-01-02,C,40,point,clinical,AAMA"]
    (folder / "full.csv").write_text("\n".join([LEDGER.splitlines()[0], *rows, "2027-01-03,G,10,point,general,AAMA"]))
    assert run("cma-aama", "full.csv", *DAYS).exit_code == 0


def test_after_a_renewal_the_next_cycle_counts() -> None:
    result = run("cma-aama", "ledger.csv", "--granted", "2026-02-10", "--renewed", "2031-01-05", "--on", "2031-09-01")
    assert "for renewal 2, 1 Mar 2031 through 29 Feb 2036" in result.stdout
    assert "60 points asked for, 0 counted" in result.stdout


def test_bad_rows_are_told_and_the_good_ones_counted() -> None:
    result = run("cma-aama", "bad.csv", *DAYS)
    assert result.exit_code == 2
    assert result.stderr.startswith("bad.csv: row 5, date: not-a-date: found '2026-13-01'")
    assert "38 counted" in result.stdout


@pytest.mark.parametrize(("shape", "begins"), [("json", "{"), ("markdown", "## CMA")])
def test_other_programs_and_pages_get_the_same(shape: str, begins: str) -> None:
    result = run("cma-aama", "ledger.csv", *DAYS, "--format", shape)
    assert result.stdout.startswith(begins)
    if shape == "json":
        assert json.loads(result.stdout)["needed"] == 22


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("bls-aha", "ledger.csv", *DAYS), "credentials.bls-aha.renewal.credits: missing"),
        (("cma-aama", "ledger.csv"), "--granted"),
        (("cma-aama", "no.csv", *DAYS), "no.csv"),
        (("cma-ama", "ledger.csv", *DAYS), "did you mean 'cma-aama'?"),
    ],
)
def test_what_cannot_be_told_says_why(arguments: tuple[str, ...], error: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert error in result.stderr


def test_a_credential_without_an_end_has_no_cycle(folder: Path) -> None:
    (folder / "one.toml").write_text(
        'schema = "career-path/pathway/1"\nid = "one"\ngoal = { all = [] }\nsteps = {}\n'
        "[credentials.card]\n[credentials.card.renewal.credits]\ntotal = 1\n"
    )
    assert "credentials.card.valid: missing" in run("one.toml", "ledger.csv", *DAYS).stderr


# Several credentials

RULES = """
schema = "career-path/pathway/1"
id = "rules"
goal = { all = [] }
steps = {}

[credentials.first]
title = "First"
valid = { span = "P2Y" }
renewal = { credits = { total = 20, unit = "point", shared = false } }

[credentials.second]
title = "Second"
valid = { span = "P3Y" }
renewal = { credits = { total = 20, unit = "point" } }

[credentials.plain]
valid = { span = "P2Y" }
"""
ANA = """
schema = "career-path/learner/1"
[holds.first]
granted = 2026-02-10
[holds.second]
granted = 2026-02-10
[holds.plain]
granted = 2026-02-10
"""


@pytest.fixture
def ana(folder: Path) -> tuple[str, ...]:
    (folder / "rules.toml").write_text(RULES)
    (folder / "ana.toml").write_text(ANA)
    return ("ledger.csv", "--learner", "ana.toml", "--on", "2027-09-01")


def test_a_ledger_is_dealt_out_among_all_credentials_held(ana: tuple[str, ...]) -> None:
    # Courses of 12, 20 and 6 points. The first shares with none and asks for 20, the second for 20: Phlebotomy is
    # enough for one of them, and the other two are 18 for the other. 2 lack in all; the first ends first.
    result = run("rules.toml", *ana)
    assert result.exit_code == 1
    assert "Done: 20 points asked for, 20 counted." in result.stdout
    assert "Not done: 20 points asked for, 18 counted; missing 2 points." in result.stdout
    assert result.stdout.endswith(
        "Each activity counts for:\n"
        "  2026-04-14  Billing basics: “Second”\n"
        "  2026-09-30  Phlebotomy: “First”\n"
        "  2027-02-12  Ethics: “Second”\n"
    )
    assert "2026-09-30  Phlebotomy: counts for “First” instead, and may not count for both" in result.stdout


def test_several_as_json_and_markdown(ana: tuple[str, ...]) -> None:
    table = json.loads(run("rules.toml:first,rules.toml:second", *ana, "--format", "json").stdout)
    assert [(each["credential"], each["through"]) for each in table["credentials"]] == [
        ("first", "2028-02-09"),
        ("second", "2029-02-09"),
    ]
    assert [each["credentials"] for each in table["activities"]] == [["second"], ["first"], ["second"]]
    text = run("rules.toml", *ana, "--format", "markdown").stdout
    assert "## First: continuing education for renewal 1" in text
    assert "## Each activity\n\n| Day | Activity | Counts for |" in text


def test_bad_rows_end_several_with_2(ana: tuple[str, ...]) -> None:
    assert run("rules.toml", "bad.csv", *ana[1:]).exit_code == 2


@pytest.mark.parametrize(
    ("names", "error"),
    [
        ("rules.toml:first,rules.toml:plain", "rules: credentials.plain.renewal.credits: missing: found nothing"),
        (
            "other.toml",
            "other.toml: credentials: missing: found no rule of continuing education; expected 'renewal.cre",
        ),
    ],
)
def test_credentials_without_a_rule_are_told_where_one_was_asked_for(
    folder: Path, ana: tuple[str, ...], names: str, error: str
) -> None:
    (folder / "other.toml").write_text(
        RULES.replace(", shared = false", "").replace('renewal = { credits = { total = 20, unit = "point" } }\n', "")
    )
    result = run(names, *ana)
    assert result.exit_code == 2
    assert error in result.stderr


def test_a_credential_without_an_end_is_told(folder: Path, ana: tuple[str, ...]) -> None:
    # The plain one never ends here, and the first ends with it.
    ends = RULES.replace('[credentials.plain]\nvalid = { span = "P2Y" }', "[credentials.plain]")
    (folder / "rules.toml").write_text(ends.replace('valid = { span = "P2Y" }', 'valid = { ends_with = "plain" }'))
    result = run("rules.toml", *ana)
    assert result.exit_code == 2
    assert "rules: credentials.first.valid: missing: found nothing; expected an end" in result.stderr


def test_an_empty_ledger_deals_nothing_out(folder: Path, ana: tuple[str, ...]) -> None:
    (folder / "empty.csv").write_text(LEDGER.splitlines()[0] + "\n")
    for shape in ("table", "markdown"):
        shown = run("rules.toml", "empty.csv", *ana[1:], "--format", shape).stdout
        assert shown.count("missing 20 points") == 2
        assert "ach activity" not in shown


# Granted on 10 Mar 2027 for a period that ends on 31 May 2028, as it does every second year: 14 months and 22 days.
FLORIDA = """schema = "career-path/pathway/1"
id = "florida"
goal = { all = [] }
steps = {}
[credentials.aide]
valid = { span = "P0D", until = { day_of_year = { on = "05-31", years = "even" } } }
[credentials.aide.renewal.credits]
total = 24
unit = "hour"
prorated = { per_month = 1 }
slots = [{ id = "law", at_least = 2, every = 2 }, { id = "hiv", at_least = 1, once = true }]
"""


def florida(folder: Path, *arguments: str, rule: str = FLORIDA) -> list[str]:
    (folder / "florida.toml").write_text(rule)
    (folder / "none.csv").write_text("date,title,credits\n")
    return run("florida.toml", "none.csv", *arguments).stdout.splitlines()[:2]


def test_a_part_period_asks_for_less(folder: Path) -> None:
    # The months from 10 Mar 2027: the 14th ends on 9 May 2028, and a 15th has begun.
    assert florida(folder, "--granted", "2027-03-10", "--on", "2027-09-01") == [
        "aide: continuing education for renewal 1, 1 Jun 2026 through 31 May 2028; as of 1 Sep 2027",
        "Not done: 15 hours asked for, 0 counted; missing 15 hours and 1 for “hiv”.",
    ]


@pytest.mark.parametrize("granted", ["2026-06-01", "2026-05-31"])
def test_a_whole_first_period_asks_for_everything(folder: Path, granted: str) -> None:
    # From 1 June 2026 it is exactly the two years; granted on 31 May it ends that day: one day, so one month.
    asked = {"2026-06-01": "24", "2026-05-31": "1"}[granted]
    assert florida(folder, "--granted", granted, "--on", granted)[1].startswith(f"Not done: {asked} hour")


def test_a_birthday_may_end_the_periods_too(folder: Path) -> None:
    # Born on 14 July: from 15 July 2026 through 14 July 2027 twelve months; granted on 20 March 2027 not four of them.
    until = '{ day_of_year = { on = "05-31", years = "even" } }'
    rule = FLORIDA.replace(until, "{ birthday = true }").replace("24", "12")
    told = florida(folder, "--granted", "2027-03-20", "--born", "1990-07-14", "--on", "2027-04-01", rule=rule)
    assert told[0].startswith("aide: continuing education for renewal 1, 15 Jul 2026 through 14 Jul 2027")
    assert told[1].startswith("Not done: 4 hours asked for")


def test_an_end_that_no_other_came_before_begins_with_the_grant(folder: Path) -> None:
    rule = FLORIDA.replace('{ day_of_year = { on = "05-31", years = "even" } }', "{ dates = [2027-05-31, 2029-05-31] }")
    told = florida(folder, "--granted", "2027-03-20", "--on", "2027-04-01", rule=rule)
    assert told[0].startswith("aide: continuing education for renewal 1, 20 Mar 2027 through 31 May 2027")


def test_a_period_by_a_rule_of_its_own_is_a_part_of_the_usual_one(folder: Path) -> None:
    # Half a year first, then two years: the usual period that ends on 9 Sep 2027 would have begun on 10 Sep 2025.
    rule = FLORIDA.replace(
        '{ span = "P0D", until = { day_of_year = { on = "05-31", years = "even" } } }',
        '{ span = "P2Y", first = { span = "P6M" } }',
    )
    told = florida(folder, "--granted", "2027-03-10", "--on", "2027-04-01", rule=rule)
    assert told[0].startswith("aide: continuing education for renewal 1, 10 Sep 2025 through 9 Sep 2027")
    assert told[1].startswith("Not done: 6 hours asked for")


def test_a_late_renewal_does_not_start_the_count_of_renewals_again(folder: Path) -> None:
    # The first period ends on 31 May 2028; renewed on 9 June it is the second: `every = 2` is due, `once` is not.
    late = florida(folder, "--granted", "2026-06-01", "--renewed", "2028-06-09", "--on", "2028-07-01")
    assert late == [
        "aide: continuing education for renewal 2, 9 Jun 2028 through 31 May 2030; as of 1 Jul 2028",
        "Not done: 24 hours asked for, 0 counted; missing 24 hours and 2 for “law”.",
    ]


def test_the_days_of_credits_are_those_of_renewals() -> None:
    # Granted on 10 May 2023: through 31 May 2028; 30 days before that is 1 May.
    days = ("--granted", "2023-05-10")
    result = run("cma-aama", "ledger.csv", *days, "--on", "2026-11-30")
    assert "more points by 1 May 2028: about" in result.stdout
    assert (
        "more points by 1 May 2028: about"
        in run("cma-aama", "ledger.csv", *days, "--on", "2026-11-30", "--format", "markdown").stdout
    )
    value = json.loads(run("cma-aama", "ledger.csv", *days, "--on", "2026-11-30", "--format", "json").stdout)
    assert (value["by"], value["through"], value["months_left"]) == ("2028-05-01", "2028-05-31", 18)
    told = CliRunner().invoke(application, ["renewals", "cma-aama", *days, "--today", "2026-11-30", "--format", "json"])
    due = [each["on"] for each in json.loads(told.stdout)["deadlines"] if each["kind"] == "credits-by"]
    assert due[0] == value["by"]
    assert json.loads(told.stdout)["renewals"][0]["credits_by"] == value["by"]


LVN = """schema = "career-path/learner/1"
born = 1990-02-10
place = "US-TX"
holds.lpn-state.granted = 2028-08-20
"""


def test_credits_and_renewals_agree_that_the_first_renewal_is_exempt(folder: Path) -> None:
    # The end of February of even years, 6 to 29 months after 20 August 2028: 28 February 2030.
    (folder / "lvn.toml").write_text(LVN)
    result = run("lpn-state", "ledger.csv", "--learner", "lvn.toml", "--on", "2028-09-01")
    assert "Nothing is asked for: the first renewal is exempt." in result.stdout
    asked = ["renewals", "practical-nurse", "--learner", "lvn.toml", "--today", "2028-09-01"]
    text = CliRunner().invoke(application, asked).stdout
    assert "asks for no continuing education: the first renewal is" in text
    assert "2030-02-28 Last day for" not in text
    value = json.loads(CliRunner().invoke(application, [*asked, "--format", "json"]).stdout)
    assert [each["exempt"] for each in value["credentials"][0]["renewals"]] == [True, False, False, False]
    assert {each["kind"] for each in value["deadlines"] if each["cycle"] == 1} == {
        "window-opens",
        "submit-by",
        "expires",
    }


def test_a_rule_that_changed_is_the_one_that_counts(folder: Path) -> None:
    (folder / "changed.toml").write_text(
        """schema = "career-path/pathway/1"
id = "changed"
goal = { all = [] }
steps = {}
[credentials.card]
valid = { span = "P2Y" }
renewal = { credits = { total = 20 } }
changes = [{ since = 2027-01-01, renewal = { credits = { total = 30 } } }]
"""
    )
    for granted, asked in (("2026-12-31", 20), ("2027-01-01", 30)):
        shown = run("changed.toml", "ledger.csv", "--granted", granted, "--on", "2027-06-01", "--format", "json").stdout
        assert json.loads(shown)["total"] == asked
