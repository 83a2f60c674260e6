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
    assert "ended on 10 Jan 2021; later cycles depend on the day on which it is renewed." in shown


# Several credentials

ANA = """
schema = "career-path/learner/1"
id = "ana"
born = 1990-02-28
[holds.card]
granted = 2027-01-11
[holds.other]
granted = 2026-03-01
"""
# The card ends on 10 Jan 2028. The other ends on the first birthday on or after two years: 28 Feb 2028 is before
# 1 Mar 2028, so it is 28 Feb 2029.


@pytest.fixture
def ana(folder: Path) -> Path:
    (folder / "ana.toml").write_text(ANA)
    return folder


def test_all_that_a_learner_holds_is_told_in_one_table(ana: Path) -> None:
    assert ana.exists()
    today = ("--today", "2027-01-11", "--until", "2027-01-11")
    lines = run("two.toml", "--learner", "ana.toml", *today).stdout.splitlines()
    assert lines[0] == "Credentials"
    assert [line.split()[-1] for line in lines[2:4]] == ["2028-01-10", "2029-02-28"]
    assert lines[3].split()[:2] == ["other", "1"]
    due = [line.split()[0] for line in lines if line.startswith("20")]
    # The window opens 60 days before 10 Jan 2028, and 30 days before it a late fee begins.
    assert due == ["2027-11-11", "2027-12-11", "2028-01-10", "2029-02-28"]


def test_several_names_stand_for_these_alone(ana: Path) -> None:
    (ana / "ana.toml").write_text(
        ANA + "[holds.bls-aha]\ngranted = 2026-06-01\n[holds.unheard]\ngranted = 2026-06-01\n"
    )
    given = ("--learner", "ana.toml", "--today", "2027-01-11", "--until", "2027-01-11", "--format", "json")
    (ana / "dollars.toml").write_text(CARDS.replace("EUR", "USD"))
    value = json.loads(run("dollars.toml,bls-aha", *given).stdout)
    # BLS: two years from 1 Jun 2026 to the month's end.
    ends = {each["credential"]: each["renewals"][0]["valid_through"] for each in value["credentials"]}
    assert ends == {"card": "2028-01-10", "bls-aha": "2028-06-30"}


def test_the_id_of_a_pathway_stands_for_all_of_its_credentials_that_are_held(ana: Path) -> None:
    (ana / "bo.toml").write_text(
        ANA.replace("holds.card", "holds.cma-aama").replace("holds.other", "holds.bls-aha").replace("2027", "2026")
    )
    value = json.loads(
        run("medical-assistant", "--learner", "bo.toml", "--today", "2026-03-01", "--format", "json").stdout
    )
    assert [each["credential"] for each in value["credentials"]] == ["bls-aha", "cma-aama"]


def test_one_of_several_is_picked_by_its_id(ana: Path) -> None:
    assert ana.exists()
    value = json.loads(
        run("two.toml:other", "--learner", "ana.toml", "--today", "2027-01-11", "--format", "json").stdout
    )
    assert (value["credential"], value["renewals"][0]["valid_through"]) == ("other", "2029-02-28")


def test_a_credential_named_twice_is_one(folder: Path) -> None:
    assert folder.exists()
    days = ("--granted", "2027-01-11", "--today", "2027-01-11", "--format", "json")
    assert run("one.toml,one.toml:card", *days).stdout == run("one.toml", *days).stdout


def test_a_file_with_a_comma_in_its_name_is_one_file(folder: Path) -> None:
    (folder / "a,b.toml").write_text(CARDS)
    days = ("--granted", "2027-01-11", "--today", "2027-01-11")
    assert run("a,b.toml", *days).stdout == run("one.toml", *days).stdout


def test_the_combined_calendar_has_the_ids_of_the_calendar_of_each(ana: Path) -> None:
    assert ana.exists()
    given = ("--learner", "ana.toml", "--today", "2027-01-11", "--format", "ics")
    together = uids(run("two.toml", *given).stdout_bytes)
    apart = [uid for name in ("card", "other") for uid in uids(run(f"two.toml:{name}", *given).stdout_bytes)]
    assert sorted(together) == sorted(apart)
    assert len(set(together)) == len(together)


def uids(calendar: bytes) -> list[str]:
    return [str(event["UID"]) for event in icalendar.Calendar.from_ical(calendar).walk("VEVENT")]


def test_several_as_markdown(ana: Path) -> None:
    assert ana.exists()
    text = run("two.toml", "--learner", "ana.toml", "--today", "2027-01-11", "--format", "markdown").stdout
    assert text.startswith("## Credentials\n")
    assert "| Day | Credential | What | After it |" in text


HELD_ELSEWHERE = ANA.replace("holds.card", "holds.cart")
NOTHING = 'schema = "career-path/learner/1"\n'


@pytest.mark.parametrize(
    ("names", "learner", "told"),
    [
        (
            "two.toml",
            HELD_ELSEWHERE,
            "ana.toml: holds.cart: unknown-id: found 'cart'; expected a credential that these",
        ),
        ("two.toml", NOTHING, "ana.toml: holds: missing: found none of these credentials; expected one of card, other"),
        ("two.toml:card,two.toml:other", NOTHING, "ana.toml: holds.card: missing: found nothing; expected the day"),
        ("one.toml,cma-aama", ANA, "credentials: currency: other-currency: found EUR and USD; expected one currency"),
        ("one.toml,again.toml", ANA, "again: credentials.card: duplicate-id: found another one than in 'cards'"),
        ("one.toml,", ANA, "there is no credential ''"),
        (f"{'x' * 5000}.toml", ANA, "xxx.toml: "),
        ("none.toml", ANA, "none.toml: credentials: missing: found no credential; expected a file with at least one"),
        ("medical-assistent", ANA, "did you mean 'medical-assistant'?"),
    ],
)
def test_what_is_wrong_with_several_is_told(folder: Path, names: str, learner: str, told: str) -> None:
    (folder / "ana.toml").write_text(learner)
    (folder / "again.toml").write_text(CARDS.replace('"cards"', '"again"').replace("P1Y", "P3Y"))
    (folder / "none.toml").write_text(CARDS.partition("[credentials")[0])
    result = run(names, "--learner", "ana.toml", "--today", "2027-01-11")
    assert result.exit_code == 2
    assert told in result.stderr


@pytest.mark.parametrize(
    ("names", "option", "told"),
    [
        (
            "two.toml:card,two.toml:other",
            DAYS,
            "granted: one-of: found a day for several credentials; expected a learner",
        ),
        ("two.toml:card,two.toml:other", DAYS[2:], "granted: missing: found nothing; expected a learner file"),
        ("two.toml", DAYS[2:], "expected one, or two.toml:ID, or a learner file (--learner) that holds some of them"),
        ("medical-assistant", DAYS, "expected one of these ids"),
    ],
)
def test_days_of_several_come_from_a_learner_file(folder: Path, names: str, option: tuple[str, ...], told: str) -> None:
    assert folder.exists()
    result = run(names, *option)
    assert result.exit_code == 2
    assert told in result.stderr


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


@pytest.mark.parametrize(
    ("days", "path"),
    [
        (("--granted", "2027-05-10"), "granted: in-the-future: found 2027-05-10"),
        (("--granted", "2022-03-01", "--renewed", "2027-01-01"), "renewed[0]: in-the-future: found 2027-01-01"),
    ],
)
def test_a_day_on_record_that_is_yet_to_come_is_refused(days: tuple[str, ...], path: str) -> None:
    result = run("cma-aama", *days, "--today", "2026-11-30")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"learner: holds.cma-aama.{path}; expected 2026-11-30 (today) or earlier\n"
    assert run("cma-aama", *days, "--today", "2027-05-10").exit_code == 0


def test_a_learner_whom_a_plan_refuses_is_refused_in_the_same_words(folder: Path) -> None:
    file = folder / "future.toml"
    file.write_text('schema = "career-path/learner/1"\nweekly_hours = 20\nholds.cma-aama.granted = 2027-05-10\n')
    told = ["medical-assistant", "--learner", str(file), "--today", "2026-11-30"]
    planned = CliRunner().invoke(application, ["plan", *told])
    assert run(*told).stderr == planned.stderr != ""


def test_what_is_to_be_handed_in_is_told() -> None:
    # Granted on 10 May 2023: through 31 May 2028; 30 days before that is 1 May.
    text = run("cma-aama", "--granted", "2023-05-10", "--today", "2026-11-30").stdout.replace("\n  ", " ")
    assert (
        "Continuing education for cycle 1, by 1 May 2028: 60 points, of these at least 10 for “administrative”, at"
        " least 10 for “clinical”, at least 10 for “general”, at least 30 for “approved” and at most 30 for “others”."
    ) in text
