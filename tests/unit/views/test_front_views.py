"""The routes among which there is a choice, as a table and as Markdown."""

from __future__ import annotations

import datetime as dt

from career_path.model.learner import Learner
from career_path.model.occupations import Occupation, Pay
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


def two_jobs() -> Pathway:
    """A job without a known pay on 14 January for 30, or one that pays a year's 10,000 on 24 January for 20."""
    quick = Step("quick", kind="job", requires="short", cost="0")
    paid = Step("paid", kind="job", requires="long", cost="0", occupation="aide")
    ways = [Step("short", takes="P10D", cost="30"), Step("long", takes="P20D", cost="20")]
    aide = Occupation("aide", pay=Pay(median="10000"))
    return Pathway("p", title="Aide", goal=AnyOf("quick", "paid"), steps=[*ways, quick, paid], occupations=[aide])


def test_money_is_rounded_to_cents_and_what_is_not_known_says_so_with_how_it_is_counted() -> None:
    """Ten days of 10,000 in 365.2425 are 100,000 / 365.2425 = 273.79."""
    path = two_jobs()
    found = front_text(routes(path, Learner(), today=TODAY, earned_by="P30D"), path, width=80).splitlines()
    assert found[1:4] == [
        "Route  Done by     Cost       Earned by 3 Feb 2027  Against the first",
        "1      2027-01-14  30.00 USD  not known             -",
        "2      2027-01-24  20.00 USD  273.79 USD            10 days later, 10.00 USD less",
    ]
    assert found[6:] == [
        "Earned: the median pay of the job held on each day before 3 Feb 2027, before",
        "  tax, in years of 365.2425 days. Half of all people earn less.",
        "Check every date with the issuer.",
    ]


def test_markdown_has_the_money_and_how_it_is_counted() -> None:
    path = two_jobs()
    text = front_markdown(routes(path, Learner(), today=TODAY, earned_by="P30D"), path)
    assert "| Route | Done by | Cost | Earned by 3 Feb 2027 | Against the first |" in text
    assert "| 2 | 2027\\-01-24 | 20\\.00 USD | 273\\.79 USD | 10 days later, 10.00 USD less |" in text
    assert "\n\nEarned: the median pay of the job held on each day before 3 Feb 2027" in text
    assert "Earned" not in front_markdown(routes(path, Learner(), today=TODAY), path)
