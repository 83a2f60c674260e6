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
