"""The command `renewals`: every format, every way to name a credential, and what it asks for."""

from __future__ import annotations

import json
from pathlib import Path

import icalendar
import pytest
from click.testing import CliRunner, Result

from career_path.cli import application

DAYS = ("--granted", "2010-02-03", "--today", "2010-02-03")
CARDS = """
schema = "career-path/pathway/1"
id = "cards"
currency = "EUR"
goal = { all = [] }
steps = {}

[credentials.card]
title = "Card | of *mine*"
valid = { span = "P1Y" }
renewal = { opens = "P60D", soft = "P30D", fee = "5.00", late_fee = "2.50" }
"""
OTHER = "\n[credentials.other]\nvalid = { span = 'P2Y', until = { birthday = true } }\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.toml").write_text(CARDS)
    (tmp_path / "two.toml").write_text(CARDS + OTHER)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": None}).invoke(application, ["renewals", *arguments])


def test_json_has_the_fields_of_a_plan() -> None:
    value = json.loads(run("cma-aama", *DAYS, "--format", "json").stdout)
    assert (value["schema"], value["credential"], value["currency"]) == ("career-path/renewals/1", "cma-aama", "USD")
    planned = CliRunner().invoke(application, ["plan", "medical-assistant", "--hours", "20", "--format", "json"])
    assert set(value["renewals"][0]) == set(json.loads(planned.stdout)["renewals"][0])
    assert [each["valid_through"] for each in value["renewals"]] == [
        "2015-02-28",
        "2020-02-29",
        "2025-02-28",
        "2030-02-28",
    ]
    assert {each["kind"] for each in value["deadlines"]} == {
        "apply-by",
        "submit-by",
        "credits-by",
        "expires",
        "grace-ends",
    }
    assert all(each["lost_after"] and each["text"] for each in value["deadlines"])


def test_the_calendar_has_every_deadline() -> None:
    calendar = icalendar.Calendar.from_ical(run("cma-aama", *DAYS, "--format", "ics").stdout_bytes)
    days = [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")]
    assert days.count("Last day it is valid: CMA (AAMA)") == 4


def test_a_file_with_one_credential_and_one_of_several(folder: Path) -> None:
    assert folder.exists()
    alone = run("one.toml", "--granted", "2027-01-11", "--today", "2027-01-11")
    assert alone.stdout.splitlines()[2].split() == ["1", "2027-01-11", "2027-11-11", "2027-12-11", "2028-01-10"]
    assert "2.50 EUR more" in alone.stdout
    chosen = run("two.toml:other", "--granted", "2027-01-11", "--today", "2027-01-11", "--born", "1990-02-28")
    assert chosen.stdout.splitlines()[2].split() == ["1", "2027-01-11", "2029-02-28"]


def test_markdown_is_escaped_and_has_the_ways_back(folder: Path) -> None:
    assert folder.exists()
    text = run("one.toml", "--granted", "2027-01-11", "--today", "2027-01-11", "--format", "markdown").stdout
    assert text.startswith("## Card &#124; of \\*mine\\*\n")
    assert "| 1 | 2027-01-11 | 2027-11-11 | 2027-12-11 |  | 2028-01-10 |  |" in text


def test_a_learner_file_tells_grant_renewals_and_extensions(folder: Path) -> None:
    (folder / "ana.toml").write_text(
        'schema = "career-path/learner/1"\nid = "ana"\n[holds.card]\ngranted = 2025-01-11\n'
        "extended = [{ from = 2026-01-10, to = 2026-04-10 }]\n"
    )
    shown = run("one.toml", "--learner", "ana.toml", "--renewed", "2026-04-01", "--today", "2026-04-01").stdout
    assert "Cycle 1 was put off from 2026-01-10." in shown
    assert shown.splitlines()[3].split()[:2] == ["2", "2026-04-11"]
    assert shown.splitlines()[3].split()[-1] == "2027-01-10"


def test_what_lapsed_is_told(folder: Path) -> None:
    assert folder.exists()
    shown = run("one.toml", "--granted", "2020-01-11", "--today", "2026-11-23").stdout
    assert "It lapsed after 2021-01-10; later cycles depend on the day on which it is renewed." in shown


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["cma-amaa", *DAYS], "no credential 'cma-amaa'; did you mean 'cma-aama'?"),
        (["two.toml", *DAYS], "credentials: one-of: found 2 credentials: card, other; expected one, or two.toml:ID"),
        (["two.toml:x", *DAYS], "no credential 'x'"),
        (["none.toml:x", *DAYS], "none.toml"),
        (["two.toml:other", *DAYS], "born: missing"),
        (["one.toml"], "granted"),
        (["one.toml", "--granted", "2010-02-30"], "found '2010-02-30'"),
        (["one.toml", "--granted", "2010-02-03", "--renewed", "2009-01-01"], "out-of-order"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(folder: Path, arguments: list[str], told: str) -> None:
    assert folder.exists()
    result = run(*arguments)
    assert result.exit_code == 2
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1
