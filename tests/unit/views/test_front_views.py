"""The routes among which there is a choice, as a table and as Markdown."""

from __future__ import annotations

import datetime as dt

import attrs

from career_path.model.edits import StepEdit
from career_path.model.learner import Learner
from career_path.model.occupations import Occupation, Pay
from career_path.model.overlays import Overlay
from career_path.model.pathway import Pathway, Step
from career_path.model.requirements import AllOf, AnyOf, Needs
from career_path.planning.front import routes
from career_path.views.front import front_markdown, front_text
from career_path.views.markdown import escaped

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
    assert found[2:] == [
        "1      2027-02-04  at least 0.00 USD, 1 not known  -",
        "2      2027-10-04  900.00 USD                      242 days later, cost not known",
        "1: by way of “free”; cost of free is not known.",
        "2: by way of “School”.",
        "Fewer unknown costs count as cheaper.",
        "Check every date with the issuer.",
    ]


def test_a_route_as_cheap_as_a_sooner_one_is_there_for_its_fewer_unknown_costs_and_a_note_says_so() -> None:
    """By one month with two costs that nobody knows, or by two months with one: 40.00 USD are known of either."""
    quick = Step("quick", requires=AllOf("form", "fee"), takes="P1M", cost="40")
    slow = Step("slow", requires="form", takes="P2M", cost="40")
    path = Pathway("p", title="Medic", goal=AnyOf("quick", "slow"), steps=[Step("form"), Step("fee"), quick, slow])
    assert shown(path) == [
        "Medic: 2 routes that no other beats in both finish and cost",
        "Route  Done by     Cost                             Against the first",
        "1      2027-02-04  at least 40.00 USD, 2 not known  -",
        "2      2027-03-04  at least 40.00 USD, 1 not known  28 days later, cost not known",
        "1: by way of “fee” and “quick”; cost of fee and form is not known.",
        "2: by way of “slow”; cost of form is not known.",
        "Fewer unknown costs count as cheaper.",
        "Check every date with the issuer.",
    ]


def test_unknown_costs_of_one_number_in_all_routes_need_no_note() -> None:
    ways = [attrs.evolve(each, requires="form") for each in (SCHOOL, COURSE)]
    found = shown(Pathway("p", title="Medic", goal=AnyOf("school", "course"), steps=[Step("form"), *ways]))
    assert found[2:] == [
        "1      2027-10-04  at least 900.00 USD, 1 not known  -",
        "2      2028-01-04  at least 500.00 USD, 1 not known  92 days later, 400.00 USD less",
        "1: by way of “School”; cost of form is not known.",
        "2: by way of “Course | evenings”; cost of form is not known.",
        "Check every date with the issuer.",
    ]


def test_what_no_listed_route_has_is_told_of_none_but_of_one_route_alone() -> None:
    """The dear way is done no sooner than the school, so it is on no list."""
    dear = Step("dear", title="Dear school", takes="P9M", cost="9000")
    assert shown(pathway(SCHOOL, COURSE, dear))[4:] == [
        "1: by way of “School”.",
        "2: by way of “Course | evenings”.",
        "Check every date with the issuer.",
    ]
    assert shown(pathway(SCHOOL, dear))[3:] == ["1: without “Dear school”.", "Check every date with the issuer."]


def test_a_route_without_a_step_of_its_own_tells_what_the_others_have() -> None:
    """The exam needs a week of practice, or a month since the class: 1 + 0 months with a 50.00 USD week is sooner."""
    practice = Step("practice", title="Practice", takes="P1W", requires="class", cost="50")
    exam = Step("exam", requires=AnyOf("practice", Needs("class", lag="P1M")), cost="0")
    path = Pathway("p", title="Medic", goal="exam", steps=[Step("class", takes="P1M", cost="0"), practice, exam])
    assert shown(path)[4:] == [
        "1: by way of “Practice”.",
        "2: without “Practice”.",
        "Check every date with the issuer.",
    ]


def test_the_rules_by_which_the_routes_are_planned_are_named_once() -> None:
    older = Overlay("older-page", title="The older page", is_optional=True, steps=[StepEdit("course", {"cost": "550"})])
    path = attrs.evolve(pathway(SCHOOL, COURSE), overlays=[older])
    learner = Learner(overlays=["older-page"])
    told = "Rules: The older page, for those who ask for it (overlay older-page)."
    assert shown(path, learner)[4:] == [
        "1: by way of “School”.",
        "2: by way of “Course | evenings”.",
        told,
        "Check every date with the issuer.",
    ]
    assert f"\n\n{escaped(told)}\n\n" in front_markdown(routes(path, learner, today=TODAY), path)
    assert not any("Rules" in line for line in shown(path))


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
