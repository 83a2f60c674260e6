"""The command line: every option, every exit code, and what goes where.

The pathway is small enough to work out by hand: 40 hours of school at 20 a week take 14 days (14 x 20/7 = 40). Exam A
follows 7 days later and costs 100, exam B at once for 150.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any, Never

import click
import pytest
from click.testing import CliRunner, Result

from calendars import read_events
from career_path import files
from career_path.cli import application
from career_path.cli.terminal import show_errors, show_text, terminal_style
from career_path.errors import FileError, SearchLimitError
from career_path.model.learner import Learner
from career_path.model.pathway import Pathway
from career_path.model.timeline import Timeline
from career_path.planning import plan as real_plan

PATHWAY = """
schema = "career-path/pathway/1"
id = "medic"
title = "Medic"
goal = "job"

[steps.school]
title = "School"
kind = "program"
takes = { hours = 40 }
cost = "1000"

[steps.exam-a]
title = "Exam A"
kind = "exam"
requires = { step = "school", lag = "P7D" }
cost = "100"
grants = ["a"]

[steps.exam-b]
title = "Exam B"
kind = "exam"
requires = "school"
cost = "150"

[steps.job]
title = "Job"
kind = "job"
requires = { any = ["exam-a", "exam-b"] }
cost = "0"

[credentials.a]
issuer = "X"
letters = "A"
valid = { span = "P1Y" }
"""

LEARNER = """
schema = "career-path/learner/1"
id = "ana"
start = 2027-01-11
weekly_hours = 20
choose = ["exam-a"]
"""

BASE = ("--today", "2027-01-04", "--start", "2027-01-11", "--hours", "20")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "medic.toml").write_text(PATHWAY, encoding="utf-8")
    (tmp_path / "ana.toml").write_text(LEARNER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(application, [*args], prog_name="career-path", catch_exceptions=False)


def planned(*args: str, code: int = 0) -> dict[str, Any]:
    """The JSON of a plan of the small pathway."""
    result = run("plan", "medic.toml", *BASE, "--format", "json", *args)
    assert result.exit_code == code, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def steps(plan: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {step["id"]: step for step in plan["steps"]}


def lines_of_error(result: Result) -> list[str]:
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.stderr.splitlines()


# The plan and each of its options


def test_the_earliest_plan_takes_the_exam_without_a_wait() -> None:
    plan = planned()
    assert (plan["finish"], plan["cost"]["amount"]) == ("2027-01-25", "1150")
    assert set(steps(plan)) == {"school", "exam-b", "job"}


@pytest.mark.parametrize(
    ("options", "finish"),
    [
        (("--start", "2027-02-01"), "2027-02-15"),
        (("--hours", "40"), "2027-01-18"),
        (("--hours", "17.5"), "2027-01-27"),  # 16 x 17.5/7 = 40
        (("--done", "school=2027-01-04"), "2027-01-11"),
        (("--absent", "2027-01-11..2027-01-17"), "2027-02-01"),
        (("--absent", "2027-01-12..2027-01-12", "--absent", "2027-01-14..2027-01-15"), "2027-01-28"),
        (("--choose", "exam-a"), "2027-02-01"),
        (("--choose", "a"), "2027-02-01"),
        (("--choose", "a", "--choose", "school"), "2027-02-01"),
        (("--avoid", "exam-b"), "2027-02-01"),
        (("--avoid", "exam-a", "--avoid", "a"), "2027-01-25"),
        (("--budget", "1120"), "2027-02-01"),
        (("--objective", "cheapest"), "2027-02-01"),
        (("--objective", "earliest"), "2027-01-25"),
        # From 4 Jan, A takes 28 days and 1100, B takes 21 days and 1150: a day is worth the switch above 50/7.
        (("--objective", "balanced:7.14"), "2027-02-01"),
        (("--objective", "balanced:7.15"), "2027-01-25"),
        (("--today", "2027-03-01"), "2027-03-15"),
    ],
)
def test_an_option_moves_the_finish(options: tuple[str, ...], finish: str) -> None:
    assert planned(*options)["finish"] == finish


def test_a_deadline_gives_slack() -> None:
    plan = planned("--deadline", "2027-01-30")
    assert [steps(plan)[name]["slack_days"] for name in ("school", "exam-b", "job")] == [5, 5, 5]


def test_finish_by_begins_as_late_as_it_can() -> None:
    school = steps(planned("--finish-by", "2027-03-01", "--choose", "exam-b"))["school"]
    assert school["start"] == "2027-02-15"


def test_a_missed_deadline_shows_the_plan_and_exits_with_one() -> None:
    plan = planned("--deadline", "2027-01-20", code=1)
    assert plan["finish"] == "2027-01-25"
    assert [(each["kind"], each["days"]) for each in plan["conflicts"]] == [("deadline", 5)]


def test_a_budget_too_small_shows_the_plan_and_exits_with_one() -> None:
    assert [each["kind"] for each in planned("--budget", "10", code=1)["conflicts"]] == ["budget"]


def test_without_a_route_the_json_says_so_and_the_exit_code_is_one() -> None:
    plan = planned("--avoid", "exam-a", "--avoid", "exam-b", code=1)
    assert (plan["feasible"], plan["finish"], plan["steps"]) == (False, None, [])
    assert plan["conflicts"] != []


def test_conflicts_are_also_told_on_standard_error_beside_json() -> None:
    result = run("plan", "medic.toml", *BASE, "--deadline", "2027-01-20", "--format", "json")
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith("The deadline of 20 Jan 2027 is missed by 5 days")


def test_today_comes_from_the_clock_only_when_it_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("career_path.cli.options._clock", lambda: dt.date(2027, 5, 3))
    result = run("plan", "medic.toml", "--hours", "20", "--format", "json")
    assert json.loads(result.stdout)["today"] == "2027-05-03"
    assert json.loads(result.stdout)["finish"] == "2027-05-17"


# The learner


def test_a_learner_file_is_read() -> None:
    result = run("plan", "medic.toml", "--learner", "ana.toml", "--today", "2027-01-04", "--format", "json")
    plan = json.loads(result.stdout)
    assert (plan["learner"], plan["finish"]) == ("ana", "2027-02-01")


def test_options_win_over_the_learner_file() -> None:
    options = ("--learner", "ana.toml", "--learner-id", "bo", "--choose", "exam-b", "--hours", "40")
    plan = planned(*options)
    assert (plan["learner"], plan["finish"]) == ("bo", "2027-01-18")


def test_what_is_avoided_is_no_longer_chosen() -> None:
    assert planned("--learner", "ana.toml", "--avoid", "exam-a")["finish"] == "2027-01-25"


def test_done_is_added_to_the_records_and_wins_over_them(folder: Path) -> None:
    (folder / "bo.toml").write_text(
        LEARNER + "[records]\nschool = { started = 2026-12-01, finished = 2026-12-20 }\n", encoding="utf-8"
    )
    plan = planned("--learner", "bo.toml", "--done", "school=2026-12-24")
    assert (steps(plan)["school"]["start"], steps(plan)["school"]["finish"]) == ("2026-12-01", "2026-12-24")
    plan = planned("--learner", "bo.toml", "--done", "school=2026-11-24")
    assert (steps(plan)["school"]["start"], steps(plan)["school"]["finish"]) == (None, "2026-11-24")
    plan = planned("--learner", "bo.toml", "--done", "exam-a=2027-01-01")
    assert {"school", "exam-a"} <= set(steps(plan))


# What is shown and written


def test_the_table_is_the_default_and_tells_what_the_other_exam_would_change() -> None:
    result = run("plan", "medic.toml", *BASE)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout == (
        "Medic: the job starts on 2027-01-25 at the earliest (* least slack)\n"
        "  Step   Start      Done by    Latest     Slack    Cost Why\n"
        "* School 2027-01-11 2027-01-25 2027-01-11 0 d   1000.00 from your start\n"
        "* Exam B 2027-01-25 2027-01-25 2027-01-25 0 d    150.00 after School\n"
        "* Job    2027-01-25 2027-01-25 2027-01-25 0 d      0.00 after Exam B\n"
        "Cost         1150.00 USD\n"
        "Deadlines    enroll for this plan by 2027-01-11: School; sit for this plan by 2027-01-25: Exam B\n"
        "Other exams  Exam A: 7 days later, 50.00 USD less\n"
        "Check every date with the issuer.\n"
    )


def test_another_exam_is_compared_although_the_present_one_was_chosen() -> None:
    shown = run("plan", "medic.toml", *BASE, "--choose", "a", "--choose", "school").stdout
    assert "Exam B: 7 days sooner, 50.00 USD more" in shown
    assert run("plan", "medic.toml", *BASE, "--choose", "a", "--choose", "exam-a").stdout == shown


def test_an_exam_that_only_adds_to_another_choice_is_not_told_apart(folder: Path) -> None:
    more = """
[steps.exam-c1]
kind = "exam"
title = "C1"
requires = "school"
cost = "0"

[steps.exam-c2]
kind = "exam"
title = "C2"
requires = "exam-c1"
cost = "0"

[steps.exam-d]
kind = "exam"
title = "D"
requires = { any = ["exam-a", "exam-c2"] }
cost = "60"
"""
    document = PATHWAY.replace('"exam-a", "exam-b"] }', '"exam-a", "exam-b", "exam-c2", "exam-d"] }') + more
    (folder / "medic.toml").write_text(document, encoding="utf-8")
    shown = run("plan", "medic.toml", *BASE, "--choose", "exam-b").stdout
    (line,) = [line for line in shown.splitlines() if line.startswith("Other exams")]
    # C1 and C2 lead to the job together; A does so alone, D would only come on top of one of these.
    assert line == "Other exams  C1 and 1 more: the same day, 150.00 USD less; Exam A: 7 days later, 50.00 USD less"


def test_an_exam_that_leads_nowhere_is_not_compared(folder: Path) -> None:
    more = '[steps.hobby-exam]\nkind = "exam"\ncost = "0"\n'
    (folder / "medic.toml").write_text(PATHWAY + more, encoding="utf-8")
    shown = run("plan", "medic.toml", *BASE, "--choose", "exam-b").stdout
    assert "Other exams  Exam A: 7 days later, 50.00 USD less\n" in shown


def test_an_avoided_exam_is_not_compared() -> None:
    assert "Other exams" not in run("plan", "medic.toml", *BASE, "--avoid", "exam-a").stdout
    assert "Other exams" not in run("plan", "medic.toml", *BASE, "--avoid", "a").stdout


def test_a_plan_made_backward_is_not_compared() -> None:
    shown = run("plan", "medic.toml", *BASE, "--finish-by", "2027-03-01")
    assert shown.exit_code == 0
    assert "Other exams" not in shown.stdout


def test_a_comparison_that_fails_does_not_fail_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    def only_once(pathway: Pathway, learner: Learner, *, today: dt.date, **_: object) -> Timeline:
        if learner.choose:
            raise SearchLimitError(1)
        return real_plan(pathway, learner, today=today)

    monkeypatch.setattr("career_path.cli.options.plan", only_once)
    result = run("plan", "medic.toml", *BASE)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Other exams" not in result.stdout


def test_the_table_without_a_route_shows_the_conflicts() -> None:
    result = run("plan", "medic.toml", *BASE, "--avoid", "school")
    assert result.exit_code == 1
    assert result.stdout.startswith("Medic: no plan\nConflict  ")
    assert result.stderr == ""


def test_the_calendar_format_is_written_byte_for_byte() -> None:
    result = run("plan", "medic.toml", *BASE, "--format", "ics", "--revision", "3")
    assert result.exit_code == 0
    assert result.stdout_bytes.startswith(b"BEGIN:VCALENDAR\r\n")
    assert result.stdout_bytes.endswith(b"END:VCALENDAR\r\n")
    assert b"\r\nSEQUENCE:3\r\n" in result.stdout_bytes
    assert b"\r\r" not in result.stdout_bytes


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("plan.json", b"{"),
        ("PLAN.JSON", b"{"),
        ("plan.ics", b"BEGIN:VCALENDAR\r\n"),
        ("plan.txt", b"Medic: the job starts"),
        ("plan", b"Medic: the job starts"),
    ],
)
def test_the_suffix_of_the_output_decides_the_format(folder: Path, name: str, start: bytes) -> None:
    result = run("plan", "medic.toml", *BASE, "-o", name)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert (folder / name).read_bytes().startswith(start)


def test_the_format_option_wins_over_the_suffix(folder: Path) -> None:
    assert run("plan", "medic.toml", *BASE, "--output", "plan.txt", "--format", "json").exit_code == 0
    assert json.loads((folder / "plan.txt").read_text(encoding="utf-8"))["finish"] == "2027-01-25"


def test_a_calendar_is_written_beside_what_is_shown(folder: Path) -> None:
    result = run("plan", "medic.toml", *BASE, "--calendar", "medic.ics")
    assert result.exit_code == 0
    assert result.stdout.startswith("Medic: ")
    assert (folder / "medic.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_without_a_plan_no_calendar_is_written(folder: Path) -> None:
    (folder / "medic.ics").write_text("the older one", encoding="utf-8")
    result = run("plan", "medic.toml", *BASE, "--avoid", "school", "--calendar", "medic.ics")
    assert result.exit_code == 1
    assert result.stderr == "medic.ics: no calendar is written, because there is no plan\n"
    assert (folder / "medic.ics").read_text(encoding="utf-8") == "the older one"
    result = run("plan", "medic.toml", *BASE, "--avoid", "school", "--format", "ics")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("standard output: no calendar is written")


def test_outputs_do_not_depend_on_the_terminal(folder: Path) -> None:
    assert run("plan", "medic.toml", *BASE, "-o", "plan.txt").exit_code == 0
    shown = run("plan", "medic.toml", *BASE).stdout
    assert (folder / "plan.txt").read_text(encoding="utf-8") == shown


# Bad input


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "Missing command."),
        (("fly",), "No such command 'fly'"),
        (("plan",), "Missing argument 'PATHWAY'."),
        (("plan", "medic.toml", "--hurs", "3"), "No such option '--hurs'. Did you mean '--hours'?"),
        (("plan", "medic.toml", "extra"), "Got unexpected extra argument"),
        (("plan", "medic.toml", "--hours"), "Option '--hours' requires an argument."),
        (("plan", "medic.toml", "--hours", "many"), "Invalid value for '--hours': found 'many'; expected hours a week"),
        (("plan", "medic.toml", "--hours", "-1"), "Invalid value for '--hours': found '-1'"),
        (("plan", "medic.toml", "--hours", "nan"), "Invalid value for '--hours': found 'nan'"),
        (
            ("plan", "medic.toml", "--hours", "169"),
            "Invalid value for '--hours': found 169; expected at most 168 hours a week",
        ),
        (
            ("plan", "medic.toml", "--start", "11.1.2027"),
            "Invalid value for '--start': found '11.1.2027'; expected a real date",
        ),
        (("plan", "medic.toml", "--today", "20270104"), "Invalid value for '--today': found '20270104'"),
        (("plan", "medic.toml", "--today", "2027-02-29"), "Invalid value for '--today': found '2027-02-29'"),
        (("plan", "medic.toml", "--deadline", "soon"), "Invalid value for '--deadline'"),
        (("plan", "medic.toml", "--finish-by", ""), "Invalid value for '--finish-by': found ''"),
        (
            ("plan", "medic.toml", "--done", "school"),
            "Invalid value for '--done': found 'school'; expected STEP=YYYY-MM-DD",
        ),
        (("plan", "medic.toml", "--done", "School=2027-01-01"), "Invalid value for '--done': found 'School'"),
        (("plan", "medic.toml", "--done", "school=2027-13-01"), "Invalid value for '--done': found '2027-13-01'"),
        (
            ("plan", "medic.toml", "--absent", "2027-01-11"),
            "Invalid value for '--absent': found '2027-01-11'; expected FROM..THROUGH",
        ),
        (("plan", "medic.toml", "--absent", "2027-01-11..2027-01-10"), "expected 2027-01-11 or later"),
        (("plan", "medic.toml", "--choose", "../x"), "Invalid value for '--choose': found '../x'"),
        (("plan", "medic.toml", "--avoid", ""), "Invalid value for '--avoid': found ''"),
        (("plan", "medic.toml", "--learner-id", "Ana B"), "Invalid value for '--learner-id': found 'Ana B'"),
        (("plan", "medic.toml", "--budget", "1e9"), "Invalid value for '--budget': found '1e9'"),
        (("plan", "medic.toml", "--budget", "-5"), "Invalid value for '--budget': found '-5'; expected 0 or more"),
        (
            ("plan", "medic.toml", "--objective", "best"),
            "Invalid value for '--objective': found 'best'; expected earliest, cheapest or",
        ),
        (("plan", "medic.toml", "--objective", "balanced"), "Invalid value for '--objective'"),
        (("plan", "medic.toml", "--objective", "balanced:x"), "Invalid value for '--objective': found 'x'"),
        (("plan", "medic.toml", "--format", "pdf"), "Invalid value for '--format': 'pdf' is not one of"),
        (("plan", "medic.toml", "--revision", "-1"), "Invalid value for '--revision'"),
        (
            ("plan", "medic.toml", "-o", "plan.pdf"),
            "Invalid value for '-o': found 'plan.pdf'; expected a name that ends in",
        ),
        (
            ("plan", "medic.toml", "-o", "x.ics", "--calendar", "./x.ics"),
            "Invalid value for '--calendar': found './x.ics'; expected another file than that of -o",
        ),
        (
            ("plan", "medic.toml", "-o", "./medic.toml", "--format", "json"),
            "Invalid value for '-o': found './medic.toml'; expected another file than that of PATHWAY",
        ),
        (
            ("plan", "medic.toml", "--learner", "ana.toml", "-o", "ana.toml", "--format", "table"),
            "Invalid value for '-o': found 'ana.toml'; expected another file than that of --learner",
        ),
        (("plan", "medic.toml", "--calendar", "medic.toml"), "Invalid value for '--calendar': found 'medic.toml'"),
        (("plan", "medic.toml", "--calendar", "plan.JSON"), "expected a name that ends in .ics"),
        (("plan", "medic.toml", "--calendar", "-"), "a calendar on standard output is --format ics"),
        (
            ("plan", "medic.toml", "-o", ""),
            "Invalid value for '-o' / '--output': found ''; expected the name of a file",
        ),
        (("plan", "medic.toml", "--calendar", ""), "Invalid value for '--calendar': found ''"),
        (("plan", "medic.toml", "--learner", ""), "Invalid value for '--learner': found ''"),
        (("check", ""), "Invalid value for 'FILE': found ''"),
        (
            ("plan", "medic.toml", "--done", "school=2027-01-01", "--done", "school=2027-01-02"),
            "Invalid value for '--done': found school=2027-01-01 and school=2027-01-02; expected one day for a step",
        ),
        (
            ("plan", "medic.toml", "--done", "scool=2027-01-01"),
            "'--done': found 'scool'; expected a step of this pathway",
        ),
        (("plan", "medic.toml", "--done", "a=2027-01-01"), "Invalid value for '--done': found 'a'; expected a step of"),
        (("plan", "medic.toml", "--choose", "exam"), "pathway; did you mean 'exam-a' or 'exam-b'?"),
        (("plan", "medic.toml", "--avoid", "jbo"), "pathway; did you mean 'job'?"),
        (
            ("plan", "medic.toml", "--avoid", "zzz"),
            "Invalid value for '--avoid': found 'zzz'; expected a step or credential of this pathway",
        ),
        (("plan", "medic.toml", "-o", "missing/plan.json"), "missing/plan.json: no folder missing"),
        (("plan", "medic.toml", "--calendar", "ana.toml/plan.ics"), "ana.toml/plan.ics: no folder ana.toml"),
        (
            ("plan", "ana.toml"),
            "other-kind: found 'career-path/learner/1'; expected a pathway; this is a learner; give it with --learner",
        ),
        (("show", "ana.toml"), "expected a pathway; this is a learner"),
        (("check", "medik"), "there is no pathway in the catalog 'medik'"),
        (("plan", "medik"), "there is no pathway in the catalog 'medik'"),
        (("plan", "medical-asistant"), "did you mean 'medical-assistant'?"),
        (("show", "medical-asistant"), "did you mean 'medical-assistant'?"),
        (("plan", "no.toml"), "no.toml: no such file or directory"),
        (("plan", "./medical-assistant"), "medical-assistant: no such file or directory"),
        (("plan", "x" * 5000), "there is no pathway in the catalog"),
        (("plan", "a\0b"), "there is no pathway in the catalog"),
        (("plan", "medic.toml", "--learner", "no.toml"), "no.toml: no such file or directory"),
        (("check", "no.toml"), "no.toml: no such file or directory"),
    ],
)
def test_bad_input_is_one_line_on_standard_error_and_exit_code_two(args: tuple[str, ...], said: str) -> None:
    result = run(*args)
    assert result.exit_code == 2
    (line,) = lines_of_error(result)
    assert said in line


@pytest.mark.parametrize("option", ["--choose", "--avoid"])
def test_an_unknown_pin_is_told_with_the_nearest_name(option: str) -> None:
    result = run("plan", "medic.toml", *BASE, option, "exam-c")
    assert result.exit_code == 2
    (line,) = lines_of_error(result)
    assert "'exam-c'" in line
    assert "did you mean 'exam-" in line


def test_missing_hours_say_which_option_gives_them() -> None:
    result = run("plan", "medic.toml")
    assert result.exit_code == 2
    (line,) = lines_of_error(result)
    assert line.endswith("; give --hours, or weekly_hours in the learner file")


def test_every_fault_of_a_file_has_its_line(folder: Path) -> None:
    (folder / "bad.toml").write_text(PATHWAY.replace('"school"', '"scool"').replace('"a"', '"b"'), encoding="utf-8")
    for command in ("plan", "show", "check"):
        result = run(command, "bad.toml")
        assert result.exit_code == 2
        lines = lines_of_error(result)
        assert len(lines) == 3
        assert all("bad.toml: steps." in line and "unknown-id" in line for line in lines)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{", b"[" * 10_000, b"a = 1\na = 2\n", b'{"schema": NaN}'])
def test_a_broken_file_is_an_error_of_ours(folder: Path, content: bytes) -> None:
    (folder / "bad.toml").write_bytes(content)
    for args in (("plan", "bad.toml"), ("check", "bad.toml"), ("plan", "medic.toml", "--learner", "bad.toml")):
        result = run(*args)
        assert result.exit_code == 2
        assert all("bad.toml: " in line for line in lines_of_error(result))


def test_control_characters_in_a_file_name_do_not_reach_the_terminal() -> None:
    result = run("plan", "\x1b[2J\nno.toml")
    assert result.exit_code == 2
    (line,) = lines_of_error(result)
    assert "\x1b" not in line


def test_an_output_that_cannot_be_written_is_exit_code_two() -> None:
    result = run("plan", "medic.toml", *BASE, "-o", "missing/plan.json")
    assert result.exit_code == 2
    (line,) = lines_of_error(result)
    assert line.startswith("missing/plan.json: ")


def test_the_folders_of_all_outputs_are_looked_at_before_anything_is_written(folder: Path) -> None:
    result = run("plan", "medic.toml", *BASE, "-o", "plan.json", "--calendar", "missing/plan.ics")
    assert result.exit_code == 2
    assert lines_of_error(result) == ["missing/plan.ics: no folder missing"]
    assert not (folder / "plan.json").exists()


@pytest.mark.parametrize("option", ["-o", "--calendar"])
def test_an_input_is_never_written_over_by_whatever_name(folder: Path, option: str) -> None:
    (folder / "sub").mkdir()
    (folder / "hard.ics").hardlink_to(folder / "medic.toml")
    (folder / "link").symlink_to(folder / "medic.toml")
    before = (folder / "medic.toml").read_bytes()
    for name in ("sub/../medic.toml", "hard.ics", "link", str(folder / "medic.toml")):
        result = run("plan", "medic.toml", *BASE, option, name, "--format", "json")
        assert result.exit_code == 2
        assert len(lines_of_error(result)) == 1
    assert (folder / "medic.toml").read_bytes() == before


@pytest.mark.parametrize("option", ["-o", "--calendar"])
def test_a_link_is_no_place_to_write_to(folder: Path, option: str) -> None:
    (folder / "out.ics").symlink_to(folder / "other.ics")
    result = run("plan", "medic.toml", *BASE, option, "out.ics")
    assert (result.exit_code, lines_of_error(result)) == (2, ["out.ics: is a symbolic link"])


def test_a_name_that_no_file_can_have_is_an_error_of_ours() -> None:
    result = run("plan", "medic.toml", *BASE, "-o", "a\0b", "--calendar", "c.ics")
    assert (result.exit_code, len(lines_of_error(result))) == (2, 1)


def test_a_dash_is_standard_output() -> None:
    assert run("plan", "medic.toml", *BASE, "-o", "-").stdout == run("plan", "medic.toml", *BASE).stdout
    assert json.loads(run("plan", "medic.toml", *BASE, "-o", "-", "--format", "json").stdout)["finish"] == "2027-01-25"


def test_the_same_day_told_twice_is_one_day() -> None:
    done = ("--done", "school=2027-01-04", "--done", "school=2027-01-04")
    assert planned(*done)["finish"] == "2027-01-11"


def test_a_schema_of_another_number_has_no_hint_that_repeats_what_was_expected(folder: Path) -> None:
    (folder / "new.toml").write_text(PATHWAY.replace("pathway/1", "pathway/2"), encoding="utf-8")
    result = run("check", "new.toml")
    expected = "new.toml: schema: unknown-schema: found 'career-path/pathway/2'; expected 'career-path/pathway/1'"
    assert (result.exit_code, lines_of_error(result)) == (2, [expected])


def test_check_takes_ids_of_the_catalog_and_plans(folder: Path) -> None:
    assert run("check", "medical-assistant").stdout.startswith("medical-assistant: OK, pathway 'medical-assistant': ")
    assert run("plan", "medic.toml", *BASE, "-o", "plan.json", "--deadline", "2027-01-20").exit_code == 1
    result = run("check", "plan.json")
    deadlines = len(json.loads((folder / "plan.json").read_text(encoding="utf-8"))["deadlines"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("plan.json: OK, timeline of 'medic' for 'me': 3 steps, ")
    assert result.stdout.endswith(", 1 conflict\n")
    assert f" {deadlines} deadline" in result.stdout


def test_a_directory_of_that_name_is_not_a_file(folder: Path) -> None:
    (folder / "medical-assistant").mkdir()
    assert run("show", "medical-assistant").exit_code == 0


def test_an_existing_file_without_a_suffix_is_a_file(folder: Path) -> None:
    (folder / "medical-assistant").write_text(PATHWAY, encoding="utf-8")
    assert run("show", "medical-assistant").stdout.startswith("Medic (medic)\n")


# The other commands


def test_list_gives_ids_and_titles() -> None:
    result = run("list")
    assert result.exit_code == 0
    assert [line.split(maxsplit=1)[0] for line in result.stdout.splitlines()] == list(files.catalog_ids())
    assert re.search(r"^medical-assistant +Certified medical assistant$", result.stdout, re.MULTILINE)


def test_show_tells_steps_and_credentials() -> None:
    result = run("show", "medic.toml")
    assert result.exit_code == 0
    assert "    needs: School [at least 7 days after it is done]\n" in result.stdout
    assert "  a: A (X), valid for 1 year, to the eve of the anniversary\n" in result.stdout


def test_check_counts_what_a_sound_pathway_holds() -> None:
    result = run("check", "medic.toml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "medic.toml: OK, pathway 'medic': 4 steps, 1 credential, 0 sources\n"


def test_check_warns_of_steps_that_the_goal_never_needs(folder: Path) -> None:
    (folder / "more.toml").write_text(
        PATHWAY.replace(
            'requires = { any = ["exam-a", "exam-b"] }', 'requires = { all = [{ holds = "a" }, { aged = 18 }] }'
        )
        + '[steps.hobby]\nrequires = "job"\n',
        encoding="utf-8",
    )
    result = run("check", "more.toml")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1:] == [
        "more.toml: steps.exam-b: unused: nothing on the way to the goal needs it",
        "more.toml: steps.hobby: unused: nothing on the way to the goal needs it",
    ]


def test_check_takes_learners_too() -> None:
    result = run("check", "ana.toml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "ana.toml: OK, learner 'ana': 0 records, 0 credentials, 0 absences; "
        "its ids are compared with a pathway only when planning\n"
    )


def test_check_tells_the_faults_of_a_learner_as_those_of_a_learner(folder: Path) -> None:
    (folder / "bad.toml").write_text(LEARNER.replace("2027-01-11", '"soon"'), encoding="utf-8")
    result = run("check", "bad.toml")
    assert result.exit_code == 2
    (line,) = lines_of_error(result)
    assert "bad.toml: start: " in line


def test_the_version_is_told() -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert result.stdout == f"career-path {version('career-path')}\n"


@pytest.mark.parametrize("command", [(), ("list",), ("show",), ("check",), ("plan",)])
def test_help_is_told_for_every_command(command: tuple[str, ...]) -> None:
    for option in ("-h", "--help"):
        result = run(*command, option)
        assert result.exit_code == 0
        assert result.stdout.startswith("Usage: career-path")


# Interruptions


def test_an_interruption_is_exit_code_130_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> Never:
        raise KeyboardInterrupt

    monkeypatch.setattr("career_path.cli.options.plan", interrupt)
    result = run("plan", "medic.toml", *BASE)
    assert result.exit_code == 130
    assert result.stderr.strip() == ""


def test_a_reader_that_is_gone_leaves_nothing_to_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object, **__: object) -> Never:
        raise BrokenPipeError

    redirected: list[int] = []
    monkeypatch.setattr("career_path.cli.terminal.click.echo", gone)
    monkeypatch.setattr("career_path.cli.terminal.os.dup2", lambda _, to: redirected.append(to))
    monkeypatch.setattr("sys.stdout.fileno", lambda: 7)
    show_text("text")
    assert redirected == [7]


def test_output_that_cannot_be_written_is_a_file_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> Never:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("career_path.cli.terminal.click.echo", full)
    with pytest.raises(FileError, match=r"standard output: No space left on device"):
        show_text("text")
    show_errors(["nobody is left to tell"])


def test_without_a_standard_output_there_is_an_error_and_no_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    with pytest.raises(FileError, match="standard output: is closed"):
        show_text("text")
    assert terminal_style()[1] is False


def test_a_caller_in_python_gets_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert application.main(["check", "medic.toml"], standalone_mode=False) == 0
    assert application.main(["check", "no.toml"], standalone_mode=False) == 2
    assert capsys.readouterr().err == "no.toml: no such file or directory\n"


@pytest.mark.parametrize(
    ("is_terminal", "environment", "has_color"),
    [
        (True, {}, True),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
        (False, {}, False),
    ],
)
def test_color_is_for_terminals_that_want_it(
    monkeypatch: pytest.MonkeyPatch, *, is_terminal: bool, environment: dict[str, str], has_color: bool
) -> None:
    for name in ("NO_COLOR", "TERM", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout.isatty", lambda: is_terminal)
    assert terminal_style()[1] is has_color


@pytest.mark.parametrize(("columns", "width"), [("80", 80), ("20", 72), ("400", 160), ("120", 120)])
def test_the_width_is_that_of_the_terminal_within_reason(
    monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert terminal_style()[0] == width


def test_every_command_is_one_of_click() -> None:
    assert sorted(application.commands) == [
        "check",
        "compare",
        "credits",
        "diff",
        "facts",
        "list",
        "plan",
        "remind",
        "renewals",
        "routes",
        "show",
        "why",
    ]
    assert isinstance(application, click.Group)


# Why


def test_why_tells_both_dates_of_a_step() -> None:
    result = run("why", "medic.toml", "job", *BASE)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "“Job” starts on 25 Jan 2027 at the earliest.",
        "  - “Job” needs “Exam B”, which is done on 25 Jan 2027. Nothing else holds it back.",
        "  - “Exam B” needs “School”, which is done on 25 Jan 2027. Nothing else holds it back.",
        "  - “School” takes 14 days for 40 hours of work, from 11 Jan 2027 on.",
        "  - Your plan starts on 11 Jan 2027. Without that, today would allow 4 Jan 2027, 7 days earlier.",
        "",
        "“Job” starts on 25 Jan 2027 at the latest.",
        "  - The goal needs “Job” by 25 Jan 2027.",
        "  - The plan can be done by 25 Jan 2027, and slack is counted to that day.",
    ]


def test_why_without_a_step_is_about_the_goal() -> None:
    result = run("why", "medic.toml", *BASE)
    assert result.stdout.startswith("The goal is reached on 25 Jan 2027 at the earliest.\n")


def test_why_takes_the_options_of_a_plan() -> None:
    assert "“Exam A” starts on 1 Feb 2027" in run("why", "medic.toml", "exam-a", *BASE, "--learner", "ana.toml").stdout


def test_why_of_a_step_that_the_plan_does_without_tells_the_plan_that_has_it() -> None:
    result = run("why", "medic.toml", "exam-a", *BASE)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "The plan does without “Exam A”.",
        "  - The plan by way of “Exam A” is done on 1 Feb 2027, 7 days later, for 50.00 USD less.",
        "  - The sooner finish counts first.",
        "  - That one does without “Exam B”.",
        "",
        "The goal is reached on 1 Feb 2027 at the earliest.",
        "  - The goal needs “Job”, which is done on 1 Feb 2027.",
        "  - “Job” needs “Exam A”, which is done on 1 Feb 2027. Nothing else holds it back.",
        "  - “School” is done on 25 Jan 2027, and “Exam A” may follow 7 days later. Nothing else holds it",
        "    back.",
        "  - “School” takes 14 days for 40 hours of work, from 11 Jan 2027 on.",
        "  - Your plan starts on 11 Jan 2027. Without that, today would allow 4 Jan 2027, 7 days earlier.",
    ]


def test_why_of_a_credential_is_told_by_the_step_that_grants_it() -> None:
    assert run("why", "medic.toml", "a", *BASE).stdout.startswith("The plan does without “A (X)”.\n")
    chosen = run("why", "medic.toml", "a", *BASE, "--choose", "a")
    assert chosen.stdout.startswith("“A (X)” is in the plan: “Exam A” grants it on 1 Feb 2027.\n\n“Exam A” starts on")


def test_why_asks_as_the_plan_is_asked_for() -> None:
    cheapest = run("why", "medic.toml", "exam-b", *BASE, "--objective", "cheapest")
    assert "  - The lower cost counts first.\n" in cheapest.stdout
    backward = run("why", "medic.toml", "exam-a", *BASE, "--finish-by", "2027-03-01")
    assert "has to begin by 8 Feb 2027, 7 days sooner, for 50.00 USD less." in backward.stdout
    avoided = run("why", "medic.toml", "exam-b", *BASE, "--avoid", "exam-b")
    assert avoided.stdout.startswith("The plan does without “Exam B”, because you avoid it.\n")


def test_why_of_a_step_that_nobody_knows_tells_the_nearest() -> None:
    unknown = run("why", "medic.toml", "exma-a", *BASE)
    assert unknown.exit_code == 2
    told = "there is no step or credential in this pathway 'exma-a'; did you mean 'exam-a'?"
    assert lines_of_error(unknown) == [told]


def test_why_the_plan_does_without_a_step_has_its_conflicts_too() -> None:
    result = run("why", "medic.toml", "exam-a", *BASE, "--deadline", "2027-01-20")
    assert result.exit_code == 1
    assert result.stderr.startswith("The deadline of 20 Jan 2027 is missed by 5 days")
    assert "The sooner finish counts first." in result.stdout


def test_why_there_is_no_plan_is_told_as_an_error() -> None:
    result = run("why", "medic.toml", "job", *BASE, "--avoid", "school")
    assert result.exit_code == 1
    assert lines_of_error(result) == ["What you chose and avoid leaves no route: avoiding “School”."]


def test_why_tells_a_missed_deadline_beside_the_reasons() -> None:
    result = run("why", "medic.toml", "job", *BASE, "--deadline", "2027-01-20")
    assert result.exit_code == 1
    assert result.stderr.startswith("The deadline of 20 Jan 2027 is missed by 5 days")
    assert "Your deadline is 20 Jan 2027." in result.stdout


# Remind


def test_remind_tells_what_is_due_within_a_month() -> None:
    result = run("remind", "medic.toml", *BASE)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Medic: from 2027-01-04 through 2027-02-04",
        "Due:",
        "  2027-01-11 in 7 days: Latest day to enroll for this plan: School",
        "    Whoever enrolls later in “School” is done after 25 Jan 2027. This is a day of this plan and no",
        "      official closing day.",
        "  2027-01-25 in 21 days: Latest day to sit for this plan: Exam B",
        "    Whoever sits “Exam B” later is done after 25 Jan 2027. This is a day of this plan and no",
        "      official closing day.",
        "Reminders:",
        "  2027-01-08 In 3 days, on 11 Jan 2027: Latest day to enroll for this plan: School",
        *sorted(
            [
                "  2027-01-11 In 14 days, on 25 Jan 2027: Latest day to sit for this plan: Exam B",
                "  2027-01-11 Today: Latest day to enroll for this plan: School",
            ]
        ),
        "  2027-01-22 In 3 days, on 25 Jan 2027: Latest day to sit for this plan: Exam B",
        "  2027-01-25 Today: Latest day to sit for this plan: Exam B",
    ]


def test_remind_looks_at_the_window_that_is_asked_for() -> None:
    result = run("remind", "medic.toml", *BASE, "--since", "2027-01-12", "--until", "2027-01-13")
    assert result.stdout.splitlines() == [
        "Medic: from 2027-01-12 through 2027-01-13; days are counted from 2027-01-12",
        "Overdue:",
        "  2027-01-11 1 day ago: Latest day to enroll for this plan: School",
        "    Whoever enrolls later in “School” is done after 25 Jan 2027. This is a day of this plan and no",
        "      official closing day.",
        "Next:",
        "  2027-01-25 in 13 days: Latest day to sit for this plan: Exam B",
        "    Whoever sits “Exam B” later is done after 25 Jan 2027. This is a day of this plan and no",
        "      official closing day.",
    ]


def test_remind_says_so_when_nothing_is_due() -> None:
    result = run("remind", "medic.toml", "--done", "job=2027-01-03", "--today", "2027-01-04")
    assert result.stdout.splitlines() == ["Medic: from 2027-01-04 through 2027-02-04", "Nothing is due in these days."]


def test_remind_counts_back_as_it_is_told() -> None:
    result = run("remind", "medic.toml", *BASE, "--before", "enroll-by=P1D,P2D", "--weekdays", "--format", "json")
    found = json.loads(result.stdout)
    # The days before Monday the 11th are Sunday and Saturday; both move to Friday the 8th, once.
    assert [each["on"] for each in found["reminders"] if each["due"] == "2027-01-11"] == ["2027-01-08"]
    assert [(each["kind"], each["days"]) for each in found["due"]] == [("enroll-by", 7), ("sitting-ends", 21)]
    assert found["schema"] == "career-path/agenda/1"


def test_remind_writes_a_calendar_of_reminders() -> None:
    events = read_events(run("remind", "medic.toml", *BASE, "--format", "ics", "--revision", "2").stdout_bytes.decode())
    assert {(event.on, event.summary) for event in events} == {
        (dt.date(2027, 1, 8), "In 3 days, on 11 Jan 2027: Latest day to enroll for this plan: School"),
        (dt.date(2027, 1, 11), "Today: Latest day to enroll for this plan: School"),
        (dt.date(2027, 1, 11), "In 14 days, on 25 Jan 2027: Latest day to sit for this plan: Exam B"),
        (dt.date(2027, 1, 22), "In 3 days, on 25 Jan 2027: Latest day to sit for this plan: Exam B"),
        (dt.date(2027, 1, 25), "Today: Latest day to sit for this plan: Exam B"),
    }


def test_remind_writes_a_calendar_without_reminders_too() -> None:
    result = run("remind", "medic.toml", "--done", "job=2027-01-03", "--today", "2027-01-04", "--format", "ics")
    assert [event.summary for event in read_events(result.stdout_bytes.decode())] == ["No reminders: Medic"]


def test_remind_writes_markdown() -> None:
    result = run("remind", "medic.toml", *BASE, "--format", "markdown")
    assert result.stdout.splitlines()[:7] == [
        "## Medic: from 2027-01-04 through 2027-02-04",
        "",
        "### Due",
        "",
        "| Day | When | What | What ends with it |",
        "| --- | --- | --- | --- |",
        (
            "| 2027-01-11 | in 7 days | Latest day to enroll for this plan: School | Whoever enrolls later in “School” "
            "is done after 25 Jan 2027. This is a day of this plan and no official closing day. |"
        ),
    ]


def test_remind_of_no_plan_is_an_error() -> None:
    result = run("remind", "medic.toml", *BASE, "--avoid", "school")
    assert result.exit_code == 1
    assert lines_of_error(result) == ["What you chose and avoid leaves no route: avoiding “School”."]


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (("--before", "soon"), "found 'soon'; expected KIND=SPAN,… such as expires=P6M,P1M,P0D"),
        (("--before", "expires=P1X"), "expected a calendar length"),
        (("--before", "expire=P1M"), "did you mean 'expires'?"),
        (("--until", "2027-01-03"), "until: not-in-order: found 2027-01-03; expected 2027-01-04 (since) or later"),
    ],
)
def test_remind_refuses_what_it_cannot_do(options: tuple[str, ...], error: str) -> None:
    result = run("remind", "medic.toml", *BASE, *options)
    assert result.exit_code == 2
    assert error in "".join(lines_of_error(result))


# Formats for pages


@pytest.mark.parametrize(
    ("shape", "name", "begins"),
    [("markdown", "plan.md", "# Medic"), ("html", "plan.html", "<!doctype html>")],
)
def test_a_plan_becomes_a_page(shape: str, name: str, begins: str, folder: Path) -> None:
    shown = run("plan", "medic.toml", *BASE, "--format", shape)
    assert shown.stdout.lower().startswith(begins.lower())
    assert run("plan", "medic.toml", *BASE, "-o", name).exit_code == 0
    assert (folder / name).read_bytes() == shown.stdout_bytes


def test_what_is_under_way_is_told_with_its_first_day() -> None:
    plan = planned("--started", "school=2027-01-02")
    assert (steps(plan)["school"]["status"], steps(plan)["school"]["start"]) == ("running", "2027-01-02")
    both = planned("--started", "school=2027-01-01", "--done", "school=2027-01-03")
    assert (steps(both)["school"]["start"], steps(both)["school"]["finish"]) == ("2027-01-01", "2027-01-03")


def test_what_is_under_way_has_to_be_a_step_with_a_day() -> None:
    assert "'--started'" in run("plan", "medic.toml", *BASE, "--started", "school").stderr
    assert "did you mean 'school'?" in run("plan", "medic.toml", *BASE, "--started", "schol=2027-01-02").stderr
