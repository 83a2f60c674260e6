"""The plan on a terminal: what stands where, and that nothing in a title can break it."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from decimal import Decimal

import attrs
import pytest

from career_path.model.pathway import StepKind
from career_path.model.timeline import (
    Conflict,
    ConflictKind,
    Deadline,
    DeadlineKind,
    Notice,
    NoticeKind,
    PlannedStep,
    Reason,
    ReasonKind,
    Renewal,
    Status,
    Timeline,
    TotalCost,
)
from career_path.views.table import Alternative, plan_table

START = dt.date(2027, 1, 11)
DONE = dt.date(2027, 7, 26)
EXAM_DAY = dt.date(2027, 8, 2)
JOB_DAY = dt.date(2027, 8, 16)

DIPLOMA = PlannedStep(
    id="diploma",
    title="Diploma",
    kind=StepKind.DIPLOMA,
    status=Status.FINISHED,
    start=None,
    finish=dt.date(2026, 6, 1),
    cost=Decimal(77),
)
PROGRAM = PlannedStep(
    id="program",
    title="Program",
    kind=StepKind.PROGRAM,
    status=Status.PLANNED,
    start=START,
    finish=DONE,
    latest_start=START,
    latest_finish=DONE,
    slack_days=0,
    is_critical=True,
    cost=Decimal("3600.00"),
    reasons=(Reason(kind=ReasonKind.LEARNER_START, rule="learner.start", on=START),),
)
EXAM = PlannedStep(
    id="exam",
    title="CMA exam",
    kind=StepKind.EXAM,
    status=Status.PLANNED,
    start=EXAM_DAY,
    finish=EXAM_DAY,
    latest_start=dt.date(2027, 8, 16),
    latest_finish=dt.date(2027, 8, 16),
    slack_days=14,
    reasons=(
        Reason(
            kind=ReasonKind.NEEDS,
            rule="steps.exam.requires: program lag P7D",
            on=EXAM_DAY,
            waits_for="program",
            event="finish",
            event_on=DONE,
            span="P7D",
        ),
    ),
)
JOB = PlannedStep(
    id="job",
    title="Job",
    kind=StepKind.JOB,
    status=Status.PLANNED,
    start=JOB_DAY,
    finish=JOB_DAY,
    latest_start=JOB_DAY,
    latest_finish=JOB_DAY,
    slack_days=0,
    is_critical=True,
    cost=Decimal(0),
)
PLAN = Timeline(
    pathway="medic",
    title="Medic",
    learner="me",
    today=dt.date(2027, 1, 4),
    horizon=dt.date(2127, 1, 4),
    finish=JOB_DAY,
    cost=TotalCost(amount=Decimal("3600.00"), currency="USD", unknown=("exam",)),
    steps=(DIPLOMA, PROGRAM, EXAM, JOB),
    deadlines=(
        Deadline(id="e", kind=DeadlineKind.EXPIRES, on=dt.date(2032, 8, 31), credential="cma"),
        Deadline(id="s", kind=DeadlineKind.SITTING_ENDS, on=dt.date(2027, 8, 30), step="exam"),
        Deadline(id="n", kind=DeadlineKind.ENROLL_BY, on=START, step="program"),
        Deadline(id="p", kind=DeadlineKind.APPLY_BY, on=dt.date(2027, 1, 3), step="job"),
    ),
    renewals=(
        Renewal(credential="cma", number=1, valid_from=EXAM_DAY, valid_through=dt.date(2032, 8, 31)),
        Renewal(credential="cma", number=2, valid_from=dt.date(2032, 9, 1), valid_through=dt.date(2037, 8, 31)),
        Renewal(credential="badge", number=1, valid_from=EXAM_DAY, valid_through=None),
    ),
    notices=(
        Notice(kind=NoticeKind.UNKNOWN_COST, steps=("exam",)),
        Notice(kind=NoticeKind.UNSURE_FACT, steps=("program",), detail=("cost",)),
    ),
    names=(("exam", "CMA exam"), ("program", "Program"), ("cma", "CMA (AAMA)"), ("job", "Job")),
)


def test_the_whole_table_at_a_hundred_columns() -> None:
    others = [Alternative("CCMA exam", -6, Decimal(40)), Alternative("RMA exam", 3, None)]
    assert plan_table(PLAN, alternatives=others) == (
        "Medic: the job starts on 2027-08-16 at the earliest (* least slack)\n"
        "  Step     Start      Done by    Latest     Slack    Cost Why\n"
        "  Diploma             2026-06-01                          finished\n"
        "* Program  2027-01-11 2027-07-26 2027-01-11 0 d   3600.00 from your start\n"
        "  CMA exam 2027-08-02 2027-08-02 2027-08-16 14 d        ? 7 days after Program\n"
        "* Job      2027-08-16 2027-08-16 2027-08-16 0 d      0.00 planned\n"
        "Cost         at least 3600.00 USD; cost of CMA exam is not known\n"
        "Valid        CMA (AAMA) through 2032-08-31; badge: no end date in this pathway\n"
        "Deadlines    enroll for this plan by 2027-01-11: Program; sit for this plan by 2027-08-30: CMA exam\n"
        "Other exams  CCMA exam: 6 days sooner, 40.00 USD more; RMA exam: 3 days later, cost not known\n"
        "Unconfirmed  from memory: cost of Program\n"
        "Check every date with the issuer.\n"
    )


def test_a_wide_terminal_gets_words_and_gaps() -> None:
    lines = plan_table(PLAN, width=130).splitlines()
    assert "Latest start  Slack" in lines[1]
    assert "2027-08-16    14 days " in lines[4]


def test_a_reason_is_cut_rather_than_wrapped_at_a_hundred_columns() -> None:
    long = attrs.evolve(PLAN, names=(("program", "A program of many words and far more weeks"),))
    # 100 columns, less 51 for the columns between and 8 for "CMA exam", leave 41.
    assert "? 7 days after A program of many words and…\n" in plan_table(long)
    assert "…" not in plan_table(long, width=80)
    assert "7 days after A program of many words and far more weeks\n" in plan_table(long, width=150)


def test_notices_that_are_no_facts_have_a_line_each() -> None:
    kept = Notice(kind=NoticeKind.TAKEN_AS_MET, steps=("exam",), detail=("steps.exam.requires: program",))
    shown = plan_table(attrs.evolve(PLAN, notices=(kept,)), width=150)
    assert re.search(r"^Notice +Taken as met because CMA exam is recorded", shown, re.MULTILINE)


def test_at_eighty_columns_every_date_and_heading_is_still_whole() -> None:
    long = attrs.evolve(PROGRAM, title="A medical assistant program with a very long title indeed")
    shown = plan_table(attrs.evolve(PLAN, steps=(DIPLOMA, long, EXAM, JOB)), width=80)
    assert max(map(len, shown.splitlines())) <= 80
    for whole in ("2027-01-11", "2027-07-26", "2027-08-16", "Latest", "Slack", "3600.00"):
        assert whole in shown
    assert "…" not in shown
    for word in long.title.split():
        assert word in shown


def test_critical_steps_are_marked_by_more_than_color() -> None:
    marked = [line for line in plan_table(PLAN).splitlines() if line.startswith("*")]
    assert [line.split()[1] for line in marked] == ["Program", "Job"]


def test_there_are_no_escape_codes_unless_asked_for() -> None:
    assert "\x1b" not in plan_table(PLAN)
    assert "\x1b[1m" in plan_table(PLAN, has_color=True)


def test_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = plan_table(PLAN)
    for name, value in {"FORCE_COLOR": "1", "COLUMNS": "20", "TERM": "dumb", "LINES": "3"}.items():
        monkeypatch.setenv(name, value)
    assert plan_table(PLAN) == plain


def test_a_plan_without_a_job_is_done_by_its_finish() -> None:
    plan = attrs.evolve(PLAN, steps=(EXAM,), finish=EXAM_DAY)
    assert plan_table(plan).splitlines()[0] == "Medic: done by 2027-08-02"


def test_what_the_goal_waits_for_when_all_steps_are_done_has_a_line() -> None:
    old_enough = Reason(kind=ReasonKind.AGE, rule="goal: aged 18", on=EXAM_DAY, span="18")
    plan = attrs.evolve(PLAN, steps=(DIPLOMA, PROGRAM), finish=EXAM_DAY, reasons=(old_enough,))
    (line,) = [line for line in plan_table(plan).splitlines() if line.startswith("Goal")]
    assert "18" in line
    assert "2 Aug 2027" in line
    assert "Goal" not in plan_table(attrs.evolve(plan, finish=DONE))


def test_a_job_that_was_already_begun_is_no_news() -> None:
    begun = attrs.evolve(JOB, status=Status.FINISHED)
    assert plan_table(attrs.evolve(PLAN, steps=(begun,))).startswith("Medic: done by 2027-08-16")


@pytest.mark.parametrize(
    ("status", "reasons", "why"),
    [
        (Status.WAIVED, (), "waived"),
        (Status.RUNNING, (), "running"),
        (Status.REDO, (), "again"),
        (Status.REDO, EXAM.reasons, "again, 7 days after Program"),
    ],
)
def test_the_last_column_tells_how_far_a_step_is(status: Status, reasons: tuple[Reason, ...], why: str) -> None:
    step = attrs.evolve(EXAM, status=status, reasons=reasons)
    lines = plan_table(attrs.evolve(PLAN, steps=(step,)), width=130).splitlines()
    assert lines[2].endswith(f" {why}")


def test_conflicts_come_with_what_helps() -> None:
    conflict = Conflict(kind=ConflictKind.DEADLINE, rules=("deadline",), on=EXAM_DAY, days=14, repairs=("--hours 25",))
    lines = plan_table(attrs.evolve(PLAN, conflicts=(conflict,))).splitlines()
    at = next(index for index, line in enumerate(lines) if line.startswith("Conflict"))
    assert lines[at].split(maxsplit=1)[1] == "The deadline of 2 Aug 2027 is missed by 14 days."
    assert lines[at + 1].split(maxsplit=2) == ["What", "helps", "--hours 25"]


def test_without_a_route_there_is_no_table_but_the_conflicts() -> None:
    conflict = Conflict(kind=ConflictKind.NO_SCHEDULE, rules=("a", "b"))
    empty = Timeline(
        pathway="medic",
        title="",
        learner="me",
        today=START,
        horizon=START,
        finish=None,
        cost=TotalCost(amount=Decimal(0), currency="USD"),
        is_feasible=False,
        conflicts=(conflict,),
    )
    assert plan_table(empty).splitlines() == [
        "medic: no plan",
        "Conflict  No dates satisfy all of these rules together: a and b.",
        "Check every date with the issuer.",
    ]


def test_a_day_on_which_a_window_opens_is_no_deadline() -> None:
    opens = Deadline(id="w", kind=DeadlineKind.WINDOW_OPENS, on=START, step="program")
    assert plan_table(attrs.evolve(PLAN, deadlines=(*PLAN.deadlines, opens))) == plan_table(PLAN)


def test_a_plan_made_backward_does_not_speak_of_the_earliest_day() -> None:
    shown = plan_table(attrs.evolve(PLAN, is_latest=True))
    assert shown.startswith("Medic: the job starts on 2027-08-16 (* least slack)\n")


def test_a_reason_that_would_be_cut_loses_its_first_words() -> None:
    early = attrs.evolve(EXAM.reasons[0], span="-P30D")
    plan = attrs.evolve(PLAN, steps=(attrs.evolve(EXAM, reasons=(early,)),))
    assert " up to 30 days before Program ends\n" in plan_table(plan)
    # 100 columns, less 51 for the columns between and 8 for "CMA exam", leave 41.
    long = attrs.evolve(plan, names=(("program", "Program of letters"),))
    assert "? 30 days before Program of letters ends\n" in plan_table(long)


def test_only_the_next_two_deadlines_are_listed() -> None:
    days = [dt.date(2027, 3, day) for day in range(1, 6)]
    due = tuple(Deadline(id=str(day), kind=DeadlineKind.START_BY, on=day, step="exam") for day in reversed(days))
    shown = plan_table(attrs.evolve(PLAN, deadlines=due), width=160)
    assert re.findall(r"2027-03-0\d", shown) == ["2027-03-01", "2027-03-02"]
    assert "; 3 more\n" in shown


HOSTILE = [
    "[bold red]markup[/bold red] [/] [link=file:///etc/passwd]x[/link]",
    "esc\x1b[2J\x1b]0;title\x07",
    "rtl \u202egnp.exe\u2066",
    "two\nlines\r\n* fake",
    ":boom: \\[escaped]",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_stay_text_on_their_own_line(title: str) -> None:
    step = attrs.evolve(PROGRAM, title=title)
    notice = Notice(kind=NoticeKind.UNSURE_FACT, steps=("program",), detail=(title,))
    plan = attrs.evolve(PLAN, title=title, steps=(step,), names=(("program", title), ("cma", title)), notices=(notice,))
    for has_color in (False, True):
        shown = plan_table(plan, alternatives=[Alternative(title, 1, None)], width=500, has_color=has_color)
        bare = re.sub(r"\x1b\[[0-9;]*m", "", shown)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", bare)
        assert "\x1b[2J" not in shown
        assert len(bare.splitlines()) <= 9
        assert sum(line.startswith("*") for line in bare.splitlines()) == 1


def test_markup_in_a_title_is_shown_as_it_is_written() -> None:
    plan = attrs.evolve(PLAN, title="[red]A[/red] :boom:")
    assert plan_table(plan).startswith("[red]A[/red] :boom:: the job")


def test_wide_characters_keep_the_columns_straight() -> None:
    step = attrs.evolve(PROGRAM, title="医療助手")
    lines = plan_table(attrs.evolve(PLAN, steps=(step, JOB))).splitlines()
    # Each of the four characters takes two columns, so the dates stand four characters further left.
    assert lines[3].index("2027-08-16") - lines[2].index("2027-01-11") == 4


def test_without_rich_the_message_names_the_extra() -> None:
    code = (
        "import sys; sys.modules['rich'] = None; sys.modules['rich.console'] = None\n"
        "from career_path.errors import MissingExtraError\n"
        "try:\n    import career_path.views.table\n"
        "except MissingExtraError as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "the table of a plan needs the extra 'cli': pip install 'career-path[cli]'\n"


def test_a_step_without_a_reason_shows_its_status() -> None:
    lines = plan_table(attrs.evolve(PLAN, steps=(attrs.evolve(EXAM, reasons=()),)), width=130).splitlines()
    assert lines[2].endswith(" planned")
