"""The routes among which there is a choice, as a table and as Markdown."""

from __future__ import annotations

import datetime as dt

from career_path.model.learner import Learner
from career_path.model.pathway import Pathway, Step
from career_path.model.requirements import AnyOf
from career_path.planning.front import routes
from career_path.views.front import front_markdown, front_text

TODAY = dt.date(2027, 1, 4)


def pathway(*ways: Step, title: str = "Medic") -> Pathway:
    return Pathway("p", title=title, goal=AnyOf(*(each.id for each in ways)), steps=ways)


SCHOOL = Step("school", title="School", takes="P9M", cost="900")
COURSE = Step("course", title="Course | evenings", takes="P1Y", cost="500")


def shown(path: Pathway, learner: Learner | None = None, *, width: int = 100) -> list[str]:
    return front_text(routes(path, learner or Learner(), today=TODAY), path, width=width).splitlines()


def test_one_route_is_told_to_be_best_in_both() -> None:
    assert shown(pathway(SCHOOL)) == [
        "Medic: one route is both the earliest and the cheapest",
        "Route  Done by     Cost        Against the first",
        "1      2027-10-04  900.00 USD  -",
        "Check every date with the issuer.",
    ]


def test_a_route_with_a_cost_that_is_not_known_names_it_and_is_compared_by_days_alone() -> None:
    found = shown(pathway(Step("free", takes="P1M"), SCHOOL))
    assert found[2:5] == [
        "1      2027-02-04  at least 0.00 USD  -",
        "2      2027-10-04  900.00 USD         242 days later, cost not known",
        "1: by way of “free”; without “School”; cost of free is not known.",
    ]


def test_what_a_route_misses_is_told_with_it() -> None:
    learner = Learner(budget=600, deadline=dt.date(2027, 12, 4))
    found = [line for line in shown(pathway(SCHOOL, COURSE), learner) if line[:2] in {"1:", "2:"}]
    assert found[1::2] == [
        "1: The budget is exceeded by 300.00 USD.",
        "2: The deadline of 4 Dec 2027 is missed by 31 days; what decides: “Course | evenings”.",
    ]


def test_long_titles_are_wrapped_and_cannot_leave_their_line() -> None:
    hostile = Step("school", title="School\u202e " + "long " * 40, takes="P9M", cost="900")
    found = shown(pathway(hostile, COURSE), width=80)
    assert all(len(line) <= 80 for line in found)
    assert not any("\u202e" in line for line in found)


def test_markdown_escapes_what_would_be_a_cell() -> None:
    path = pathway(SCHOOL, COURSE, title="Medic *now*")
    text = front_markdown(routes(path, Learner(), today=TODAY), path)
    assert text.startswith("## Medic \\*now\\*: 2 routes")
    assert "by way of “Course &#124; evenings”" in text
    assert text.endswith("Check every date with the issuer.\n")
