"""How the hours of weeks are told: in sentences, on a terminal, in Markdown, on a page, in JSON and back."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction

import attrs
import pytest

from career_path.days.durations import Effort
from career_path.errors import DocumentError
from career_path.formats.documents import format_pathway, format_timeline, parse_pathway, parse_timeline
from career_path.model.learner import Learner
from career_path.model.pathway import Pathway, Step
from career_path.model.requirements import AllOf
from career_path.model.timeline import Notice, NoticeKind, StepLoad, Timeline, WeekLoad
from career_path.planning.planner import plan
from career_path.views.markdown import format_markdown
from career_path.views.outline import pathway_text
from career_path.views.page import format_page
from career_path.views.sentences import load_text, notice_text, week_hours_text
from career_path.views.table import plan_table

PATHWAY = Pathway(
    "p",
    goal=AllOf("class", "extern"),
    steps=[
        Step("class", title="The | class", takes="P31D", load=20, cost=0),
        Step("extern", title="Externship", takes=Effort(hours=30, weekly_at_most=10), cost=0),
    ],
)
# Three weeks of 20 and 10 hours, one of 20, and three days of the class alone: 3/7 of 20 hours are 60/7, about 8.6.
PLAN = plan(PATHWAY, Learner(weekly_hours=20), today=dt.date(2027, 1, 4))
TOO_MUCH = (
    "All 3 weeks from 4 Jan 2027 to 24 Jan 2027 ask for more hours than there are: "
    "30 of 20 hours (“Externship” 10, “The | class” 20)."
)


def with_weeks(*weeks: tuple[int, int], steps: tuple[str, ...] = ("class",)) -> Timeline:
    """The plan with weeks from 4 January on that ask one class for so many of so many hours."""
    loads = [
        WeekLoad(
            monday=dt.date(2027, 1, 4) + dt.timedelta(weeks=number),
            asked=Fraction(asked),
            available=Fraction(there_are),
            steps=(StepLoad(step="class", hours=Fraction(asked)),),
        )
        for number, (asked, there_are) in enumerate(weeks)
    ]
    notice = Notice(kind=NoticeKind.OVERLOADED_WEEKS, steps=steps)
    return attrs.evolve(PLAN, workload=tuple(loads), notices=(notice,))


def test_weeks_tell_their_days_their_hours_and_what_for() -> None:
    assert [load_text(each, PLAN) for each in PLAN.workload] == [
        "4 Jan 2027 to 24 Jan 2027: 30 of 20 hours (“Externship” 10, “The | class” 20)",
        "25 Jan 2027 to 31 Jan 2027: 20 of 20 hours (“The | class” 20)",
        "1 Feb 2027 to 7 Feb 2027: 8.6 of 20 hours (“The | class” 8.6)",
    ]


def test_a_tenth_of_an_hour_does_not_hide_that_it_is_too_much() -> None:
    close = WeekLoad(monday=dt.date(2027, 1, 4), asked=Fraction(2001, 100), available=Fraction(20))
    assert week_hours_text(close) == "20.01 of 20 hours"
    assert week_hours_text(attrs.evolve(close, available=None)) == "20 hours"


def test_the_notice_names_the_weeks_and_the_steps() -> None:
    assert [notice_text(each, PLAN) for each in PLAN.notices] == [TOO_MUCH]


def test_a_single_week_is_told_by_itself() -> None:
    plan = with_weeks((10, 20), (30, 20), (20, 20))
    expected = "The week of 11 Jan 2027 asks for more hours than there are: 30 of 20 hours (“The | class” 30)."
    assert notice_text(plan.notices[0], plan) == expected


def test_the_worst_of_several_weeks_is_told_and_who_else_asks() -> None:
    plan = with_weeks((30, 20), (20, 20), (40, 20), (35, 20), steps=("class", "extern"))
    assert notice_text(plan.notices[0], plan) == (
        "3 of the 4 weeks from 4 Jan 2027 to 31 Jan 2027 ask for more hours than there are, most in the week of "
        "18 Jan 2027: 40 of 20 hours (“The | class” 40); in other weeks also “Externship”."
    )


def test_a_notice_without_its_weeks_is_still_told() -> None:
    plan = with_weeks()
    assert notice_text(plan.notices[0], plan) == "Some weeks ask for more hours than there are: “The | class”."
    bare = attrs.evolve(plan.notices[0], steps=())
    assert notice_text(bare, plan) == "Some weeks ask for more hours than there are."


def test_the_table_tells_the_first_weeks() -> None:
    text = " ".join(plan_table(PLAN).split())
    assert "Hours 4 Jan 2027 to 24 Jan 2027: 30 of 20 hours (“Externship” 10, “The | class” 20)" in text
    assert "25 Jan 2027 to" not in text  # no week after it asks for too much
    assert "Notice All 3 weeks" in text
    many = " ".join(plan_table(with_weeks((10, 9), (11, 9), (12, 9), (0, 9), (13, 9))).split())
    assert "18 Jan 2027 to 24 Jan 2027: 12 of 9 hours (“The | class” 12); 1 more" in many


def test_markdown_and_page_tell_all_weeks() -> None:
    text = format_markdown(PLAN)
    assert "| 4 Jan 2027 to 24 Jan 2027 | **30 of 20 hours** | “Externship” 10, “The &#124; class” 20 |" in text
    assert "| 1 Feb 2027 to 7 Feb 2027 | 8.6 of 20 hours | “The &#124; class” 8.6 |" in text
    assert "**Bold**: more than there are." in text
    page = format_page(PLAN)
    assert '<a href="#hours">Hours a week</a>' in page
    assert "<b>30 of 20 hours, too many</b>" in page
    assert ">8.6 of 20 hours</td>" in page


def test_nothing_is_told_where_nothing_is_asked_for() -> None:
    quiet = plan(Pathway("p", goal="a", steps=[Step("a", takes="P1M")]), Learner(), today=dt.date(2027, 1, 4))
    assert "Hours" not in plan_table(quiet)
    assert "Hours a week" not in format_markdown(quiet) + format_page(quiet)
    assert json.loads(format_timeline(quiet))["workload"] == []
    light = with_weeks((5, 20))
    assert "Bold**: more" not in format_markdown(light)


def test_the_outline_of_a_pathway_tells_the_load() -> None:
    assert "31 days, 20 hours a week" in pathway_text(PATHWAY)


def test_json_has_exact_hours_and_reads_them_back() -> None:
    text = format_timeline(PLAN)
    assert json.loads(text)["workload"][2] == {
        "monday": "2027-02-01",
        "weeks": 1,
        "asked": "60/7",
        "available": 20,
        "steps": [{"step": "class", "hours": "60/7"}],
        "text": "1 Feb 2027 to 7 Feb 2027: 8.6 of 20 hours (“The | class” 8.6)",
    }
    assert parse_timeline(text) == PLAN
    assert parse_timeline(format_timeline(PLAN, syntax="toml")) == PLAN


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("asked", "1/0", "workload[0].asked: wrong-type"),
        ("asked", "many", "workload[0].asked: wrong-type"),
        ("asked", -1, "workload[0].asked: negative"),
        ("available", True, "workload[0].available: not-a-number"),
        ("monday", "2027-01-05", "workload[0].monday: not-a-monday"),
        ("weeks", 10**6, "workload[0].weeks: too-long"),
        ("text", 7, "workload[0].text: wrong-type"),
    ],
)
def test_a_broken_week_is_refused_with_its_place(field: str, value: object, fault: str) -> None:
    table = json.loads(format_timeline(PLAN))
    table["workload"][0][field] = value
    with pytest.raises(DocumentError) as caught:
        parse_timeline(json.dumps(table))
    assert [f"{each.path}: {each.code}" for each in caught.value.faults] == [fault]


@pytest.mark.parametrize("syntax", ["toml", "json"])
def test_a_document_holds_the_load(syntax: str) -> None:
    text = format_pathway(PATHWAY, syntax="toml" if syntax == "toml" else "json")
    assert "load" in text
    assert parse_pathway(text) == PATHWAY


def test_a_load_that_no_week_has_is_refused_with_its_place() -> None:
    text = 'schema = "career-path/pathway/1"\nid = "p"\ngoal = "a"\n[steps.a]\ntakes = "P1M"\nload = 200\n'
    with pytest.raises(DocumentError) as caught:
        parse_pathway(text)
    assert [(each.path, each.code) for each in caught.value.faults] == [("steps.a.load", "too-long")]
