"""Overlays on the command line: `--place`, what `plan` tells of them, and what `check` looks at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from career_path.cli import application

# 75 hours at 25 a week take 21 days, 100 take 28, 150 take 42.
PATHWAY = """
schema = "career-path/pathway/1"
id = "aide"
goal = "registry"
[steps.course]
kind = "program"
takes = { hours = 75 }
cost = "0"
[steps.registry]
kind = "paper"
requires = "course"
cost = "0"
[steps.interview]
kind = "exam"
cost = "0"
[[overlays]]
id = "tx"
where = "US-TX"
[overlays.steps.course]
takes = { hours = 100 }
[[overlays]]
id = "ca"
where = "US-CA"
[overlays.steps.course]
takes = { hours = 150 }
[overlays.steps.law]
kind = "exam"
cost = "7.00"
[overlays.steps.registry]
requires = { all = ["course", "law"] }
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "aide.toml"
    path.write_text(PATHWAY, encoding="utf-8")
    return str(path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(application, [*arguments])


def planned(file: str, *arguments: str) -> Result:
    return run("plan", file, "--hours", "25", "--today", "2027-01-04", *arguments)


def test_the_place_decides_which_rules_are_used(file: str) -> None:
    there = planned(file, "--place", "US-TX")
    assert there.exit_code == 0
    assert "done by 2027-02-01" in there.output
    assert "Rules      for US-TX (overlay tx)\n" in there.output
    assert "done by 2027-01-25" in planned(file, "--place", "US-FL").output


def test_the_option_wins_over_the_place_of_the_learner_file(file: str, tmp_path: Path) -> None:
    learner = tmp_path / "ana.toml"
    learner.write_text('schema = "career-path/learner/1"\nid = "ana"\nplace = "US-CA"\n', encoding="utf-8")
    assert "done by 2027-02-15" in planned(file, "--learner", str(learner)).output
    assert "done by 2027-02-01" in planned(file, "--learner", str(learner), "--place", "US-TX").output


def test_without_a_place_the_plan_says_where_others_hold(file: str) -> None:
    found = planned(file).output
    assert "Notice     Other rules hold in US-CA and US-TX; tell your place to have them used.\n" in found
    assert "Rules" not in found


def test_a_place_that_is_no_code_is_refused(file: str) -> None:
    found = planned(file, "--place", "Texas, USA")
    assert found.exit_code == 2
    assert "found 'Texas, USA'; expected the code of a place, such as US or US-TX" in found.output


def test_a_step_that_only_the_rules_of_a_place_have_can_be_named_there(file: str) -> None:
    there = planned(file, "--place", "US-CA", "--done", "law=2027-01-04")
    assert there.exit_code == 0
    assert planned(file, "--done", "law=2027-01-04").exit_code == 2
    why = ("why", file, "law", "--hours", "25", "--today", "2027-01-04")
    assert run(*why, "--place", "US-CA").exit_code == 0
    assert "there is no step or credential in this pathway 'law'" in run(*why).output


def test_the_check_looks_at_every_combination_and_at_steps_of_overlays(file: str) -> None:
    found = run("check", file)
    assert found.exit_code == 0
    assert found.output.splitlines()[0].endswith(
        "OK, pathway 'aide': 3 steps, 0 credentials, 0 sources, 2 overlays (2 combinations checked)"
    )
    # `law` has a use in California, `interview` nowhere.
    assert [line.split(": ")[1] for line in found.output.splitlines()[1:]] == ["steps.interview"]


def test_the_check_tells_a_fault_of_an_overlay_at_its_place(file: str) -> None:
    Path(file).write_text(PATHWAY.replace("hours = 150", "hours = -1"), encoding="utf-8")
    found = run("check", file)
    assert found.exit_code == 2
    assert "overlays[1].steps.course.takes.hours: negative" in found.output


def test_show_lists_overlays(file: str) -> None:
    assert "  for US-CA (overlay ca)\n    changes: course, law and registry\n" in run("show", file).output


OPTIONAL = """
[[overlays]]
id = "older-page"
title = "Three weeks more"
optional = true
[overlays.steps.registry]
takes = "P3W"
[[overlays]]
id = "older-law"
where = "US-CA"
optional = true
remove = ["steps.interview"]
"""


@pytest.fixture
def either(tmp_path: Path) -> str:
    path = tmp_path / "either.toml"
    path.write_text(f"{PATHWAY}{OPTIONAL}", encoding="utf-8")
    return str(path)


def test_an_optional_overlay_is_used_where_it_is_asked_for(either: str) -> None:
    assert "done by 2027-01-25" in planned(either).output
    asked = planned(either, "--overlay", "older-page")
    assert asked.exit_code == 0
    assert "done by 2027-02-15" in asked.output
    assert "Rules      Three weeks more, for those who ask for it (overlay older-page)\n" in asked.output


def test_several_are_asked_for_by_naming_each(either: str) -> None:
    asked = planned(either, "--place", "US-CA", "--overlay", "older-page", "--overlay", "older-law")
    assert asked.exit_code == 0
    assert "overlay ca)" in asked.output
    assert "overlay older-page)" in asked.output
    assert "overlay older-law)" in asked.output


@pytest.mark.parametrize("command", ["plan", "why", "routes", "remind"])
def test_every_command_that_plans_takes_the_option(either: str, command: str) -> None:
    when = ("--hours", "25", "--today", "2027-01-04")
    told = {name: run(command, either, *when, *more).output for name, more in ASKED.items()}
    assert told["without"] != told["with"]


RULES = "Rules: Three weeks more, for those who ask for it (overlay older-page)."
NOTE = "Rules for either: Three weeks more, for those who ask for it (overlay older-page)."


@pytest.mark.parametrize(
    ("command", "line"),
    [
        (("routes",), RULES),
        (("routes", "--format", "markdown"), RULES),
        (("why",), RULES),
        (("why", "course"), RULES),
        (("why", "interview"), RULES),
        (("remind",), RULES),
        (("remind", "--format", "markdown"), RULES),
        (("remind", "--since", "2028-01-01"), RULES),
        (("compare",), NOTE),
        (("compare", "--format", "markdown"), f"- {NOTE}"),
        (("compare", "--format", "html"), f"<li><bdi>{NOTE}</bdi></li>"),
    ],
)
def test_the_overlays_that_were_applied_are_named_and_where_none_is_nothing_is(
    either: str, command: tuple[str, ...], line: str
) -> None:
    Path(either).write_text(Path(either).read_text("utf-8").replace('id = "aide"', 'id = "either"', 1), "utf-8")
    name, *more = command
    asked = (name, either, *more, "--hours", "25", "--today", "2027-01-04")
    assert [each for each in run(*asked, "--overlay", "older-page").stdout.splitlines() if "Rules" in each] == [line]
    assert "Rules" not in run(*asked).stdout


def test_programs_get_the_overlays_with_the_agenda(either: str) -> None:
    asked = ("remind", either, "--hours", "25", "--today", "2027-01-04", "--format", "json")
    (applied,) = json.loads(run(*asked, "--overlay", "older-page").stdout)["applied"]
    assert (applied["id"], applied["optional"], applied["text"]) == (
        "older-page",
        True,
        "Three weeks more, for those who ask for it (overlay older-page)",
    )
    assert json.loads(run(*asked).stdout)["applied"] == []


ASKED: dict[str, tuple[str, ...]] = {"without": (), "with": ("--overlay", "older-page")}


def test_a_comparison_asks_in_each_pathway_that_has_it(file: str, either: str) -> None:
    Path(either).write_text(Path(either).read_text("utf-8").replace('id = "aide"', 'id = "either"', 1), "utf-8")
    command = ("compare", file, either, "--hours", "25", "--today", "2027-01-04", "--format", "json")
    finishes = {
        name: [each["timeline"]["finish"] for each in json.loads(run(*command, *more).stdout)["careers"]]
        for name, more in ASKED.items()
    }
    assert finishes == {"without": ["2027-01-25", "2027-01-25"], "with": ["2027-01-25", "2027-02-15"]}
    unknown = run(*command, "--overlay", "older")
    assert unknown.exit_code == 2
    assert (
        "overlays: unknown-id: found 'older'; expected an optional overlay of one of these pathways" in unknown.output
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("older-pgae", "found 'older-pgae'; expected an optional overlay of this pathway; did you mean 'older-page'?"),
        (
            "older",
            "found 'older'; expected an optional overlay of this pathway; did you mean 'older-law' or 'older-page'?",
        ),
        ("tx", "found 'tx'; expected an optional overlay of this pathway"),
    ],
)
def test_what_cannot_be_asked_for_is_told_with_what_can(either: str, name: str, told: str) -> None:
    refused = planned(either, "--overlay", name)
    assert refused.exit_code == 2
    assert f"'--overlay': {told}" in refused.stderr.replace("\n", " ")


def test_one_that_does_not_hold_at_the_place_is_refused(either: str) -> None:
    refused = planned(either, "--overlay", "older-law")
    assert refused.exit_code == 2
    assert refused.stderr == (
        "learner: overlays[0]: does-not-hold: found 'older-law'; expected one that holds without a place on "
        "2027-01-04, for an entry on 2027-01-04; this one is for US-CA\n"
    )


def test_the_option_wins_over_what_the_learner_file_asks_for(either: str, tmp_path: Path) -> None:
    learner = tmp_path / "ana.toml"
    learner.write_text(
        'schema = "career-path/learner/1"\nplace = "US-CA"\noverlays = ["older-law"]\n', encoding="utf-8"
    )
    told = planned(either, "--learner", str(learner))
    assert "overlay older-law)" in told.output
    other = planned(either, "--learner", str(learner), "--overlay", "older-page")
    assert "overlay older-page)" in other.output
    assert "older-law" not in other.output


def test_the_check_looks_at_combinations_with_and_without_optional_ones(either: str) -> None:
    # By hand: older-page alone, tx and ca each without and with it, and ca with older-law, without and with the other.
    assert "4 overlays (7 combinations checked)" in run("check", either).output


def test_show_says_which_may_be_asked_for(either: str) -> None:
    assert "  Three weeks more, for those who ask for it (overlay older-page)\n" in run("show", either).output


def test_show_takes_what_is_asked_for(either: str) -> None:
    asked = run("show", either, "--overlay", "older-page").output
    assert "Rules: Three weeks more, for those who ask for it (overlay older-page)\n" in asked
    assert "3 weeks" in asked
    assert "3 weeks" not in run("show", either).output.partition("Overlays")[0]
    refused = run("show", either, "--overlay", "older-pgae")
    assert refused.exit_code == 2
    assert "did you mean 'older-page'?" in refused.stderr


def test_show_tells_the_pathway_as_it_is_at_a_place(file: str) -> None:
    there = run("show", file, "--place", "US-CA").output
    assert there.startswith("aide (aide)\nGoal: registry\nRules: for US-CA (overlay ca)\n")
    assert "    program, 150 hours of work, 0.00 USD\n" in there
    assert "  law: law\n" in there
    assert "overlay tx" not in there
    assert "    program, 75 hours of work, 0.00 USD\n" in run("show", file).output


def test_show_says_so_where_a_place_has_no_rules_of_its_own(file: str) -> None:
    there = run("show", file, "--place", "US-FL")
    assert there.exit_code == 0
    assert "    program, 75 hours of work, 0.00 USD\n" in there.output
    assert there.output.endswith("\nNo rules for US-FL in this pathway; these hold wherever it has no others.\n")
    assert run("show", file, "--place", "Texas, USA").exit_code == 2


def test_show_knows_of_rules_that_do_not_hold_yet_at_a_place(file: str) -> None:
    Path(file).write_text(PATHWAY.replace('where = "US-TX"', 'where = "US-TX"\nsince = 2028-01-01'), encoding="utf-8")
    assert "No rules for US-TX" not in run("show", file, "--place", "US-TX", "--today", "2027-01-04").output


def test_show_takes_the_rules_of_a_day(file: str) -> None:
    Path(file).write_text(PATHWAY.replace('where = "US-TX"', "since = 2027-06-01"), encoding="utf-8")
    assert "75 hours" in run("show", file, "--today", "2027-05-31").output
    later = run("show", file, "--today", "2027-06-01").output
    assert "Rules: from 1 Jun 2027 on (overlay tx)" in later
    assert "100 hours" in later


# Registered on 10 March 2026 for two years; in Texas for one.
RENEWED = """
schema = "career-path/pathway/1"
id = "aide"
goal = { all = [] }
steps = {}
[credentials.registration]
valid = { span = "P2Y" }
[credentials.registration.renewal]
opens = "P60D"
[credentials.registration.renewal.credits]
total = 4
[[overlays]]
id = "tx"
where = "US-TX"
[overlays.credentials.registration]
valid = { span = "P1Y" }
"""
HOLDER = 'schema = "career-path/learner/1"\nid = "ana"\n{place}holds.registration.granted = 2026-03-10\n'


def kept(tmp_path: Path, place: str, *command: str, rules: str = RENEWED, asked: str = "") -> Result:
    """What a command tells somebody who holds the registration, at a place, whose file asks for an overlay."""
    (tmp_path / "aide.toml").write_text(rules, encoding="utf-8")
    told = f'place = "{place}"\n' if place else ""
    (tmp_path / "ana.toml").write_text(HOLDER.format(place=told + asked), encoding="utf-8")
    name, *more = command
    return run(name, str(tmp_path / "aide.toml"), *more, "--learner", str(tmp_path / "ana.toml"))


@pytest.mark.parametrize(("place", "last"), [("US-TX", "2027-03-09"), ("US-FL", "2028-03-09")])
def test_renewals_follow_the_rules_of_the_place(tmp_path: Path, place: str, last: str) -> None:
    told = kept(tmp_path, place, "renewals", "--today", "2027-01-04")
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout.splitlines()[2].split()[::3] == ["1", last]


@pytest.mark.parametrize("shape", ["table", "markdown", "ics"])
def test_renewals_name_the_rules_that_they_follow(tmp_path: Path, shape: str) -> None:
    """Of the registration alone, and of all that one holds."""
    card = '[credentials.card]\nvalid = { span = "P5Y" }\n[credentials.registration]'
    both = RENEWED.replace("[credentials.registration]", card, 1)
    asked = ("renewals", "--today", "2027-01-04", "--format", shape)
    for rules in (RENEWED, both):
        told = kept(tmp_path, "US-TX", *asked, rules=rules).stdout.replace("\r\n ", "")
        assert "Rules: for US-TX (overlay tx)." in told
        assert "Rules" not in kept(tmp_path, "US-FL", *asked, rules=rules).stdout


def test_renewals_say_where_other_rules_hold(tmp_path: Path) -> None:
    told = kept(tmp_path, "", "renewals", "--today", "2027-01-04")
    assert told.stdout.splitlines()[2].split()[::3] == ["1", "2028-03-09"]
    assert told.stderr == "registration: Other rules hold in US-TX; tell your place to have them used.\n"


SOONER = """
[[overlays]]
id = "six-months"
optional = true
[overlays.credentials.registration]
valid = { span = "P6M" }
"""


@pytest.mark.parametrize(("asked", "option"), [("", ("--overlay", "six-months")), ('overlays = ["six-months"]\n', ())])
def test_renewals_follow_what_is_asked_for(tmp_path: Path, asked: str, option: tuple[str, ...]) -> None:
    command = ("renewals", "--today", "2026-05-04", *option)
    told = kept(tmp_path, "", *command, rules=RENEWED + SOONER, asked=asked)
    assert told.stdout.splitlines()[2].split()[::3] == ["1", "2026-09-09"]
    # Texas has a length of its own, and whoever asks has six months there too: nothing differs by the place.
    assert told.stderr == ""


def test_a_ledger_is_counted_in_the_cycle_that_is_asked_for(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.csv"
    ledger.write_text("date,title,credits\n2026-05-01,Course,4\n", encoding="utf-8")
    command = ("credits", str(ledger), "--on", "2026-06-01", "--overlay", "six-months")
    assert "10 Mar 2026 through 9 Sep 2026" in kept(tmp_path, "US-FL", *command, rules=RENEWED + SOONER).stdout


def test_an_overlay_that_holds_by_itself_is_not_to_be_asked_for(tmp_path: Path) -> None:
    told = kept(tmp_path, "", "renewals", "--today", "2027-01-04", "--overlay", "tx")
    assert told.exit_code == 2
    assert told.stderr.endswith("overlays: unknown-id: found 'tx'; expected an optional overlay\n")


@pytest.mark.parametrize(("place", "last"), [("US-TX", "9 Mar 2027"), ("US-FL", "9 Mar 2028")])
def test_credits_are_counted_in_the_cycle_of_the_place(tmp_path: Path, place: str, last: str) -> None:
    ledger = tmp_path / "ledger.csv"
    ledger.write_text("date,title,credits\n2026-05-01,Course,4\n", encoding="utf-8")
    told = kept(tmp_path, place, "credits", str(ledger), "--on", "2027-01-04")
    assert told.exit_code == 0
    assert f"10 Mar 2026 through {last}" in told.stdout
