"""Mermaid diagrams of hand-made plans, letter for letter; `tests/browser` has Mermaid itself draw them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_path.model.pathway import StepKind
from career_path.model.timeline import PlannedStep, Renewal, Status, Timeline, TotalCost
from career_path.views.mermaid import gantt_diagram, graph_diagram
from career_path.views.plain import one_line

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
    finish=dt.date(2026, 12, 1),
)
PROGRAM = PlannedStep(
    id="program",
    title="Program",
    kind=StepKind.PROGRAM,
    status=Status.RUNNING,
    start=START,
    finish=DONE,
    is_critical=True,
    needs=("diploma",),
)
EXAM = PlannedStep(
    id="exam",
    title="CMA exam",
    kind=StepKind.EXAM,
    status=Status.PLANNED,
    start=EXAM_DAY,
    finish=EXAM_DAY,
    needs=("program",),
    needs_any_order=("diploma",),
)
JOB = PlannedStep(
    id="job",
    title="",
    kind=StepKind.JOB,
    status=Status.PLANNED,
    start=JOB_DAY,
    finish=JOB_DAY,
    is_critical=True,
    needs=("exam", "not-in-this-plan"),
)
PLAN = Timeline(
    pathway="medic",
    title="Medic",
    learner="me",
    today=dt.date(2027, 1, 4),
    horizon=dt.date(2127, 1, 4),
    finish=JOB_DAY,
    cost=TotalCost(amount=Decimal(0), currency="USD"),
    steps=(DIPLOMA, PROGRAM, EXAM, JOB),
    needs=("job",),
    renewals=(
        Renewal(credential="cma", number=1, valid_from=EXAM_DAY, valid_through=dt.date(2032, 8, 31)),
        Renewal(credential="cma", number=2, valid_from=dt.date(2032, 9, 1), valid_through=dt.date(2037, 8, 31)),
        Renewal(credential="badge", number=1, valid_from=dt.date(2025, 1, 1), valid_through=None),
        Renewal(credential="card", number=1, valid_from=dt.date(2025, 1, 1), valid_through=dt.date(2027, 2, 28)),
        Renewal(credential="card", number=2, valid_from=dt.date(2027, 3, 1), valid_through=dt.date(2029, 2, 28)),
        Renewal(credential="old", number=1, valid_from=dt.date(2020, 1, 1), valid_through=dt.date(2021, 1, 1)),
        Renewal(credential="prize", number=1, valid_from=JOB_DAY, valid_through=dt.date(2028, 1, 1)),
    ),
    names=(("cma", "CMA (AAMA)"), ("badge", "Badge"), ("card", "Card")),
)


def test_a_gantt_chart_has_a_line_for_each_step_and_each_period_of_a_credential() -> None:
    # The chart runs from the end of the diploma to the first day of the job; bars of credentials are cut to it.
    assert gantt_diagram(PLAN) == (
        "gantt\n"
        "    accTitle: Medic: steps by day\n"
        "    title Medic\n"
        "    dateFormat YYYY-MM-DD\n"
        "    axisFormat %b %Y\n"
        "    tickInterval 2month\n"
        "    todayMarker off\n"
        "    section Steps\n"
        "    Diploma :done, milestone, s1, 2026-12-01, 2026-12-01\n"
        "    Program :active, crit, s2, 2027-01-11, 2027-07-26\n"
        "    CMA exam :milestone, s3, 2027-08-02, 2027-08-02\n"
        "    job :crit, milestone, s4, 2027-08-16, 2027-08-16\n"
        "    section Credentials\n"
        "    CMA (AAMA), through 2032-08-31 :c1, 2027-08-02, 2027-08-16\n"
        "    Badge, no end date in this pathway :c2, 2026-12-01, 2027-08-16\n"
        "    Card, through 2027-02-28 :c3, 2026-12-01, 2027-03-01\n"
        "    Card, renewed, through 2029-02-28 :c4, 2027-03-01, 2027-08-16\n"
        "    prize, through 2028-01-01 :milestone, c5, 2027-08-16, 2027-08-16\n"
    )


def test_a_flowchart_leads_from_the_first_steps_to_the_goal() -> None:
    assert graph_diagram(PLAN) == (
        "flowchart TD\n"
        "    accTitle: Medic: what waits for what\n"
        '    s1("Diploma<br/>diploma, finished<br/>1 Dec 2026")\n'
        '    s2["Program<br/>program, running<br/>11 Jan 2027<br/>to 26 Jul 2027"]\n'
        '    s3{{"CMA exam<br/>exam<br/>2 Aug 2027"}}\n'
        '    s4[["job<br/>job<br/>16 Aug 2027"]]\n'
        '    goal(("Goal<br/>16 Aug 2027"))\n'
        "    s1 --> s2\n"
        "    s2 --> s3\n"
        "    s1 -.- s3\n"
        "    s3 --> s4\n"
        "    s4 --> goal\n"
        "    classDef critical stroke-width:4px\n"
        "    class s2,s4 critical\n"
        "    classDef done stroke-dasharray:5 5\n"
        "    class s1 done\n"
    )


def test_a_plan_without_steps_has_nothing_to_draw() -> None:
    empty = attrs.evolve(PLAN, steps=(), needs=(), finish=None)
    assert gantt_diagram(empty) == ""
    assert graph_diagram(empty) == ""


def test_steps_without_a_day_are_in_the_flowchart_alone() -> None:
    waived = attrs.evolve(DIPLOMA, status=Status.WAIVED, finish=None)
    plan = attrs.evolve(PLAN, steps=(waived,), needs=(), renewals=())
    assert gantt_diagram(plan) == ""
    assert graph_diagram(plan).splitlines()[2:] == [
        '    s1("Diploma<br/>diploma, waived")',
        "    classDef done stroke-dasharray:5 5",
        "    class s1 done",
    ]


def test_a_goal_without_a_day_is_shown_without_one() -> None:
    assert '    goal(("Goal"))\n' in graph_diagram(attrs.evolve(PLAN, finish=None))


def bars(plan: Timeline) -> list[str]:
    return [line.strip() for line in gantt_diagram(plan).splitlines() if re.search(r" :(\w+, )*s\d+, ", line)]


def test_done_steps_are_drawn_as_far_back_as_the_rest_is_long() -> None:
    # From 11 Jan to 16 Aug 2027 are 217 days; 217 days before 11 Jan is 8 Jun 2026.
    day = dt.date(2026, 6, 8)
    plan = attrs.evolve(PLAN, steps=(attrs.evolve(DIPLOMA, start=day, finish=day), PROGRAM, JOB))
    assert bars(plan)[0] == "Diploma :done, milestone, s1, 2026-06-08, 2026-06-08"
    before = dt.date(2026, 6, 7)
    plan = attrs.evolve(PLAN, steps=(attrs.evolve(DIPLOMA, start=before, finish=day), PROGRAM, JOB))
    assert bars(plan)[0] == "Diploma :done, milestone, s1, 2026-06-08, 2026-06-08"
    plan = attrs.evolve(PLAN, steps=(attrs.evolve(DIPLOMA, start=before, finish=before), PROGRAM, JOB))
    assert [bar.split(":")[0] for bar in bars(plan)] == ["Program ", "job "]


def test_where_all_is_done_all_is_drawn_from_the_year_100_on() -> None:
    # A browser takes the year 99 for 1999.
    long_ago = attrs.evolve(DIPLOMA, start=dt.date(100, 1, 1), finish=dt.date(100, 1, 2))
    longer_ago = attrs.evolve(DIPLOMA, id="first", start=dt.date(99, 1, 1), finish=dt.date(99, 12, 31))
    plan = attrs.evolve(PLAN, steps=(longer_ago, long_ago), needs=(), finish=None)
    assert bars(plan) == ["Diploma :done, s2, 0100-01-01, 0100-01-02"]


@pytest.mark.parametrize(
    ("days", "axis"),
    [
        (119, ["axisFormat %-d %b", "todayMarker off"]),
        (120, ["axisFormat %b %Y", "tickInterval 1month"]),
        (180, ["axisFormat %b %Y", "tickInterval 1month"]),
        (181, ["axisFormat %b %Y", "tickInterval 2month"]),
        (1081, ["axisFormat %b %Y", "tickInterval 12month"]),
        (2161, ["axisFormat %b %Y", "todayMarker off"]),
    ],
)
def test_an_axis_has_labels_that_fit_its_length(days: int, axis: list[str]) -> None:
    step = attrs.evolve(PROGRAM, finish=START + dt.timedelta(days))
    lines = [line.strip() for line in gantt_diagram(attrs.evolve(PLAN, steps=(step,), finish=step.finish)).splitlines()]
    assert lines[4:6] == axis


NAMES = [
    # title, in a label, at the start of a line of a Gantt chart
    ("CMA (AAMA) exam, part 1/2", "CMA (AAMA) exam, part 1/2", "CMA (AAMA) exam, part 1/2"),
    ("Step: one; #2", "Step#58; one#59; #35;2", "Step#58; one#59; #35;2"),
    ('"hi" <b> & [x]', "#34;hi#34; #60;b#62; #38; #91;x#93;", "#34;hi#34; #60;b#62; #38; #91;x#93;"),
    ("{y} |z| @% `c`", "#123;y#125; #124;z#124; #64;#37; #96;c#96;", "#123;y#125; #124;z#124; #64;#37; #96;c#96;"),
    ("Call the school", "Call the school", "#67;all the school"),
    ("title IX", "title IX", "#116;itle IX"),
    ("2027-01-11", "2027-01-11", "#50;027-01-11"),
    ("1. first", "1#46; first", "#49;#46; first"),
    ("- item", "#45; item", "#45; item"),
    ("two\nlines\tand\u202e more", "two lines and more", "two lines and more"),
    ("a\\nb", "a#92;#8288;nb", "a#92;#8288;nb"),
    ("fa:fa-user", "fa#58;#8288;fa-user", "fa#58;#8288;fa-user"),
    ("$$x$$", "#36;#8288;#36;#8288;x#36;#8288;#36;#8288;", "#36;#8288;#36;#8288;x#36;#8288;#36;#8288;"),
    ("ﬂ°°60¶ß", "#64258;#8288;°°60#182;#8288;ß", "#64258;#8288;°°60#182;#8288;ß"),
    ("Doña Ana 😀", "Doña Ana 😀", "Doña Ana 😀"),
    ("x" * 60, "x" * 60, "x" * 60),
    ("x" * 61, f"{'x' * 59}…", f"{'x' * 59}…"),
    ("\u200b", "?", "?"),
]


@pytest.mark.parametrize(("title", "label", "name"), NAMES)
def test_titles_are_words_and_nothing_else(title: str, label: str, name: str) -> None:
    plan = attrs.evolve(PLAN, steps=(attrs.evolve(EXAM, title=title, needs=(), needs_any_order=()),), renewals=())
    assert graph_diagram(plan).splitlines()[2] == f'    s1{{{{"{label}<br/>exam<br/>2 Aug 2027"}}}}'
    assert bars(plan) == [f"{name} :milestone, s1, 2027-08-02, 2027-08-02"]


def test_a_long_name_of_a_credential_is_cut_before_the_day() -> None:
    # 60 characters, the 20 of the day included.
    plan = attrs.evolve(
        PLAN, renewals=PLAN.renewals[:1], names=(("cma", "Certified Medical Assistant, a long name of it"),)
    )
    assert gantt_diagram(plan).splitlines()[-1] == (
        "    Certified Medical Assistant, a long nam…, through 2032-08-31 :c1, 2027-08-02, 2027-08-16"
    )


WORDS = r"((?:[ 0-9A-Za-z.,()'/+!?\u0080-\U0010ffff-]|#\d+;)+)"


def read(words: str) -> str:
    """What a reader sees: numbers are characters, and the mark that keeps some apart is invisible."""
    return re.sub(r"#(\d+);", lambda number: chr(int(number[1])), words).replace("\u2060", "")


def shown(title: str) -> str:
    line = one_line(title) or "?"
    return line if len(line) <= 60 else f"{line[:59].rstrip()}…"


@given(title=st.text(min_size=1) | st.text('#;:"`$<>\\\n &-1.[]{}()|%ﬂ¶°ßfa', min_size=1))
def test_any_title_is_read_as_it_is_and_changes_no_other_line(title: str) -> None:
    titled = attrs.evolve(PLAN, title=title, steps=(attrs.evolve(DIPLOMA, title=title), *PLAN.steps[1:]))

    places = {2: r"    title {}", 8: r"    {} :done, milestone, s1, 2026-12-01, 2026-12-01"}
    assert_read(gantt_diagram(titled), gantt_diagram(PLAN), {1: r"    accTitle: {}: steps by day", **places}, title)

    places = {1: r"    accTitle: {}: what waits for what", 2: r'    s1\("{}<br/>diploma, finished<br/>1 Dec 2026"\)'}
    assert_read(graph_diagram(titled), graph_diagram(PLAN), places, title)


def assert_read(diagram: str, plain: str, places: dict[int, str], title: str) -> None:
    lines, others = diagram.splitlines(), plain.splitlines()
    assert len(lines) == len(others)
    for number, (line, other) in enumerate(zip(lines, others, strict=True)):
        if number in places:
            found = re.fullmatch(places[number].replace("{}", WORDS), line)
            assert found
            assert read(found[1]) == shown(title)
        else:
            assert line == other
