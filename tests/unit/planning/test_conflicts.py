"""Smallest sets of rules that cannot hold together, worked out by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from career_path.days.day_rules import Dates, Weekdays
from career_path.days.durations import Effort
from career_path.errors import DocumentError, SearchLimitError
from career_path.model.credentials import Credential
from career_path.model.learner import Absence, Fact, Held, HoursPeriod, Learner, Record
from career_path.model.pathway import Pathway, Step, Validity
from career_path.model.requirements import Aged, AllOf, AnyOf, AtLeast, HasFact, Holds, Needs, Requirement
from career_path.model.sittings import Round
from career_path.model.timeline import Conflict, ConflictKind, NoRouteError
from career_path.planning import conflicts, plan
from career_path.planning.conflicts import least_set
from career_path.planning.front import routes
from career_path.planning.question import Question
from career_path.views.sentences import conflict_text

TODAY = dt.date(2027, 1, 4)


def make(*steps: Step, goal: Requirement | str, credentials: Sequence[Credential] = ()) -> Pathway:
    return Pathway("p", goal=goal, steps=steps, credentials=credentials)


def told(pathway: Pathway, learner: Learner | None = None, **question: object) -> Conflict:
    """The one conflict of a case, latest dates that do not exist left out."""
    try:
        found = plan(pathway, learner or Learner(), today=TODAY, **question).conflicts  # type: ignore[arg-type]
    except NoRouteError as error:
        found = error.timeline.conflicts
    (conflict,) = (each for each in found if each.kind is not ConflictKind.NO_LATEST)
    return conflict


# where there is no plan


def test_too_old_by_the_time_it_counts_is_told_with_the_days_missing() -> None:
    """The card must be ten days old at most, and the course comes between and takes thirty: twenty are missing."""
    course = Step("course", takes="P30D", requires="card")
    exam = Step("exam", requires=AllOf("course", Needs("card", within="P10D")))
    conflict = told(make(Step("card"), course, exam, Step("idle"), goal="exam"))
    assert conflict.kind is ConflictKind.NO_SCHEDULE
    assert conflict.rules == (
        "steps.course.requires: card",
        "steps.exam.requires: card within P10D",
        "steps.exam.requires: course",
    )
    assert (conflict.days, conflict.is_minimal) == (20, True)


def test_every_route_that_is_closed_has_its_rule_in_the_set() -> None:
    """One branch asks for a group that Ana is not in, the other opens on days that are over."""
    closed = Step("closed", requires=HasFact("group", "A"))
    over = Step("over", opens=Dates(dates=[dt.date(2026, 3, 1)]))
    learner = Learner(facts=[Fact("group", "B")])
    conflict = told(make(closed, over, Step("wait", takes="P9D"), goal=AllOf(AnyOf("closed", "over"), "wait")), learner)
    assert conflict.rules == ("steps.closed.requires: group is 'A'", "steps.over.opens")


def test_hours_a_week_are_given_where_something_else_would_help() -> None:
    """The class of 30 hours, for which there are none, or a group that Ana is not in."""
    ways = [Step("class", takes=Effort(hours=30)), Step("group", requires=HasFact("group", "A"))]
    path = make(*ways, goal=AnyOf("class", "group"))
    conflict = told(path, Learner(weekly_hours=0, facts=[Fact("group", "B")]))
    assert (conflict.kind, conflict.rules) == (
        ConflictKind.NO_SCHEDULE,
        ("steps.group.requires: group is 'A'",),
    )
    assert conflict.is_minimal


def test_hours_that_end_too_soon_are_told_with_the_day_and_hours_that_do_not_matter_are_not() -> None:
    """Ten hours a week through 17 January are 20 of the 30 hours that the class takes; and nothing else would help."""
    ending = Learner(weekly_hours=[HoursPeriod(hours=10, through=dt.date(2027, 1, 17))])
    assert told(make(Step("class", takes=Effort(hours=30)), goal="class"), ending).rules == (
        "hours through 2027-01-17",
    )
    assert told(make(Step("class", takes=Effort(hours=30)), goal="class"), Learner(weekly_hours=0)).rules == ("hours",)
    over = Step("over", opens=Dates(dates=[dt.date(2026, 3, 1)]))
    assert told(make(over, goal="over"), ending).rules == ("steps.over.opens",)


def test_at_least_two_of_three_fail_if_two_are_closed() -> None:
    past = Dates(dates=[dt.date(2026, 3, 1)])
    steps = [Step("a", opens=past), Step("b", opens=past), Step("c")]
    conflict = told(make(*steps, goal=AtLeast(2, "a", "b", "c")))
    assert conflict.rules == ("steps.a.opens", "steps.b.opens")


def test_the_same_rule_twice_in_a_step_counts_as_one() -> None:
    exam = Step("exam", requires=AllOf(Aged(18, under=20), AnyOf(Aged(18, under=20), "other")))
    conflict = told(make(exam, Step("other"), goal="exam"), Learner(born=dt.date(2000, 1, 1)))
    assert conflict.rules == ("steps.exam.requires: aged 18 under 20",)


def test_what_was_chosen_for_a_paper_misses_the_deadline_and_not_by_itself() -> None:
    """The class opens on 1 March, after the deadline; that it is there for a paper alone leaves the choice possible."""
    late = Step("class", opens=Dates(dates=[dt.date(2027, 3, 1)]), grants=["card"])
    path = make(late, Step("online", grants=["card"]), goal=Holds("card"), credentials=[Credential("card")])
    conflict = told(path, Learner(choose=["class"], deadline=dt.date(2027, 2, 1)))
    assert conflict.rules == ("deadline", "steps.class.opens", "choose class")
    assert conflict.is_minimal


def test_what_is_avoided_and_what_then_is_left_are_told_together() -> None:
    past = Dates(dates=[dt.date(2026, 3, 1)])
    steps = [Step("a"), Step("b", opens=past)]
    conflict = told(make(*steps, goal=AnyOf("a", "b")), Learner(avoid=["a"], choose=["b"]))
    assert (conflict.kind, conflict.rules) == (ConflictKind.NO_SCHEDULE, ("steps.b.opens", "choose b"))


def test_an_order_that_leads_round_is_no_rule_once_one_of_its_needs_goes() -> None:
    """Without c, a needs b and b needs a."""
    steps = [Step("a", requires=AnyOf("b", "c")), Step("b", requires="a"), Step("c")]
    conflict = told(make(*steps, goal="b"), Learner(avoid=["c"]))
    assert conflict.rules == ("steps.a.requires: b", "steps.b.requires: a", "avoid c")


def test_a_last_round_that_is_missed_tells_by_how_many_days() -> None:
    """Ten days from 4 January are 14 January; the round closes on the 12th."""
    rounds = [Round(by=dt.date(2027, 1, 12), on=dt.date(2027, 2, 1))]
    steps = [Step("apply", takes="P10D"), Step("exam", requires=Needs("apply", rounds=rounds))]
    conflict = told(make(*steps, goal="exam"))
    assert (conflict.rules, conflict.days) == (("steps.exam.requires: apply in rounds",), 2)


def test_a_training_that_a_job_on_record_still_asks_for_is_told() -> None:
    """The job began on 20 December and gives 20 days, to 9 January; the training opens on 1 February."""
    training = Step("training", opens=Dates(dates=[dt.date(2027, 2, 1)]))
    job = Step("job", requires=Needs("training", by="P20D", order="any"))
    learner = Learner(records=[Record("job", started=dt.date(2026, 12, 20), finished=dt.date(2026, 12, 20))])
    conflict = told(make(training, job, goal=AllOf("job", "training")), learner)
    assert conflict.rules == ("steps.job.requires: training by P20D", "steps.training.opens")
    assert conflict.days == 23


def test_what_is_too_old_by_more_than_a_century_has_no_days_missing() -> None:
    """The card is of 1 January 1900, and Ana avoids the course for another one."""
    job = Step("job", requires=Needs("card", within="P10D"))
    learner = Learner(records=[Record("card", finished=dt.date(1900, 1, 1))], avoid=["card"])
    conflict = told(make(Step("card"), job, goal="job"), learner)
    assert conflict.rules == ("steps.job.requires: card within P10D", "avoid card")
    assert (conflict.days, conflict.is_minimal) == (None, True)


def test_of_many_rules_those_of_the_chain_are_looked_at_where_they_fail_alone() -> None:
    """Forty steps with openings of their own, and a card that is too old after the one course."""
    others = [Step(f"s{n}", opens=Weekdays(days=["mon"])) for n in range(40)]
    exam = Step("exam", requires=AllOf("course", Needs("card", within="P10D"), *(step.id for step in others)))
    course = Step("course", takes="P30D", requires="card")
    conflict = told(make(Step("card"), course, exam, *others, goal="exam"))
    assert conflict.rules == (
        "steps.course.requires: card",
        "steps.exam.requires: card within P10D",
        "steps.exam.requires: course",
    )


def test_of_many_rules_all_are_looked_at_where_the_chain_alone_does_not_fail() -> None:
    """Two routes are closed by rules of their own, and the chain that decides is that of one of them."""
    over = Dates(dates=[dt.date(2026, 1, 1)])
    others = [Step(f"s{n}", opens=Weekdays(days=["mon"])) for n in range(40)]
    closed = [Step("a", opens=over), Step("b", opens=over)]
    goal = AllOf(AnyOf("a", "b"), *(step.id for step in others))
    assert told(make(*closed, *others, goal=goal)).rules == ("steps.a.opens", "steps.b.opens")


def test_a_paper_that_has_run_out_is_told_alone() -> None:
    card = Credential("card", valid=Validity(span="P1Y"))
    job = Step("job", requires=Holds("card"))
    conflict = told(
        make(job, goal="job", credentials=[card]), Learner(holds=[Held("card", granted=dt.date(2025, 1, 1))])
    )
    assert (conflict.rules, conflict.days) == (("steps.job.requires: holds card",), None)


# where a wish is missed


def test_a_deadline_that_the_steps_alone_miss_stands_alone() -> None:
    pathway = make(Step("school", takes="P30D"), Step("job", requires="school"), goal="job")
    learner = Learner(deadline=dt.date(2027, 1, 24))
    conflict = told(pathway, learner)
    assert (conflict.kind, conflict.rules, conflict.days) == (ConflictKind.DEADLINE, ("deadline",), 10)
    text = conflict_text(conflict, plan(pathway, learner, today=TODAY))
    assert text == "The deadline of 24 Jan 2027 is missed by 10 days; the steps alone take longer."


def test_a_deadline_beside_the_start_and_days_away() -> None:
    """From 26 January thirty days lead into the days away; from 12 February, after them, to 14 March: 11 days late.

    Who were there would be done on 25 February, and who began today on 3 February.
    """
    school = Step("class", title="Class", takes="P30D", absence="forbid")
    away = Absence(from_=dt.date(2027, 2, 10), through=dt.date(2027, 2, 11))
    learner = Learner(start=dt.date(2027, 1, 26), absences=[away], deadline=dt.date(2027, 3, 3))
    pathway = make(school, goal="class")
    conflict = told(pathway, learner)
    assert (conflict.rules, conflict.days) == (("deadline", "steps.class.absence", "start"), 11)
    assert conflict_text(conflict, plan(pathway, learner, today=TODAY)) == (
        "The deadline of 3 Mar 2027 is missed by 11 days; it cannot hold together with your days away around “Class” "
        "and the day on which you begin."
    )


def test_a_day_to_finish_by_has_its_rules_too() -> None:
    """Two courses of 20 days fit into 30 days beside each other, but not one after the other."""
    pathway = make(Step("a", takes="P20D"), Step("b", takes="P20D", requires="a"), goal="b")
    conflict = told(pathway, finish_by=dt.date(2027, 2, 3))
    assert (conflict.kind, conflict.days) == (ConflictKind.FINISH_BY, 10)
    assert conflict.rules == ("finish-by", "steps.b.requires: a")


def test_a_budget_stands_beside_the_deadline_that_rules_the_cheap_route_out() -> None:
    pathway = make(Step("slow", takes="P100D", cost=10), Step("fast", cost=90), goal=AnyOf("slow", "fast"))
    learner = Learner(budget=50, deadline=dt.date(2027, 2, 1))
    conflict = told(pathway, learner)
    assert (conflict.kind, conflict.rules) == (ConflictKind.BUDGET, ("budget", "deadline"))
    assert told(pathway, Learner(budget=5)).rules == ("budget",)
    assert told(pathway, Learner(budget=50, choose=["fast"])).rules == ("budget", "choose fast")


def test_where_deadline_and_budget_are_missed_each_has_a_set_of_its_own() -> None:
    pathway = make(Step("slow", takes="P100D", cost=90), goal="slow")
    learner = Learner(budget=50, deadline=dt.date(2027, 2, 1))
    found = plan(pathway, learner, today=TODAY).conflicts
    assert [each.rules for each in found] == [("deadline",), ("budget",)]


def test_a_budget_stands_beside_the_day_to_finish_by_too() -> None:
    pathway = make(Step("slow", takes="P100D", cost=10), Step("fast", cost=90), goal=AnyOf("slow", "fast"))
    conflict = told(pathway, Learner(budget=50), finish_by=dt.date(2027, 2, 1))
    assert (conflict.kind, conflict.rules) == (ConflictKind.BUDGET, ("budget", "finish-by"))


# where no smallest set is told


def test_the_conflicts_of_one_route_of_the_front_are_not_those_of_all_routes() -> None:
    pathway = make(Step("slow", takes="P100D", cost=10), Step("fast", cost=90), goal=AnyOf("slow", "fast"))
    found = routes(pathway, Learner(budget=50), today=TODAY)
    assert [[each.is_minimal for each in route.timeline.conflicts] for route in found] == [[False], []]


def test_past_the_limit_of_plans_the_chain_that_decides_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    course = Step("course", takes="P30D", requires="card")
    exam = Step("exam", requires=AllOf("course", Needs("card", within="P10D")))
    monkeypatch.setattr(conflicts, "MOST_CHECKS", 2)
    conflict = told(make(Step("card"), course, exam, goal="exam"))
    assert not conflict.is_minimal
    assert "steps.exam.requires: card within P10D" in conflict.rules
    monkeypatch.setattr(conflicts, "MOST_CHECKS", 0)
    late = told(make(Step("a", takes="P20D"), Step("b", takes="P20D", requires="a"), goal="b"), Learner(deadline=TODAY))
    assert (late.rules, late.is_minimal) == (("deadline", "goal: b", "steps.b.requires: a"), False)


@pytest.mark.parametrize("error", [SearchLimitError(1), DocumentError((), "learner")])
def test_what_is_not_known_without_a_rule_leaves_the_chain(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Once what is avoided may be taken there is too much to choose, or something that nobody told."""
    has_no_plan = conflicts._has_no_plan  # noqa: SLF001 (a search that is too long is made here)

    def searched(question: Question, pathway: Pathway, learner: Learner) -> tuple[bool, int]:
        if not learner.avoid:
            raise error
        return has_no_plan(question, pathway, learner)

    monkeypatch.setattr(conflicts, "_has_no_plan", searched)
    steps = [Step("a"), Step("slow", opens=Dates(dates=[dt.date(2026, 1, 1)]))]
    conflict = told(make(*steps, goal=AnyOf("a", "slow")), Learner(avoid=["a"]))
    assert not conflict.is_minimal


def test_what_only_given_things_rule_out_leaves_the_chain() -> None:
    """The school takes ten years, and nobody looks further than five."""
    with pytest.raises(NoRouteError) as caught:
        plan(make(Step("school", takes="P10Y"), goal="school"), Learner(), today=TODAY, horizon=dt.date(2032, 1, 1))
    (conflict,) = caught.value.conflicts
    assert not conflict.is_minimal


# sets of anything


def test_a_smallest_set_is_found_where_a_rule_less_makes_others_fail() -> None:
    """Without `a` the others fail by themselves, so looking at halves is not enough."""

    def fails(kept: tuple[str, ...]) -> bool:
        return {"a", "b", "c"} <= set(kept) or set(kept) == {"b", "d"}

    assert fails(least_set(fails, ["a", "b", "c", "d"]))
    assert least_set(fails, ["a", "b", "c"]) == ("a", "b", "c")


def test_what_fails_without_a_rule_too_loses_it() -> None:
    """Neither `b` alone nor `b` and `c` fail, so that halves lead to `a` and `b`."""
    failing = [{"a"}, {"a", "b"}, {"a", "b", "c"}]
    assert least_set(lambda kept: set(kept) in failing, ["a", "b", "c"]) == ("a",)


def test_nothing_is_found_where_nothing_fails_or_everything_does() -> None:
    assert least_set(lambda _: False, ["a", "b"]) == ()
    assert least_set(lambda _: True, ["a", "b"]) == ()
    assert least_set(lambda kept: len(kept) > 1, ["a", "b", "c"]) == ("b", "c")
