"""Documents without some of their rules, written out by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from career_path.days.day_rules import Weekdays
from career_path.model.credentials import Credential
from career_path.model.learner import Absence, Fact, HoursPeriod, Learner, Record
from career_path.model.pathway import Cohort, Cohorts, Pathway, Step
from career_path.model.requirements import (
    Aged,
    AllOf,
    AnyOf,
    AtLeast,
    HasFact,
    Holds,
    Located,
    Needs,
    Requirement,
    Work,
    Worked,
)
from career_path.model.sittings import Cap, PaidExtension, Retakes, Round
from career_path.planning.dropping import date_limits, droppable, dropped, loosened, pin_names
from career_path.planning.program import Program

TODAY = dt.date(2027, 1, 4)
ROUNDS = [Round(by=dt.date(2027, 2, 1), on=dt.date(2027, 3, 1)), Round(by=dt.date(2027, 6, 1), on=dt.date(2027, 7, 1))]


def path(*steps: Step, goal: Requirement | str = "exam") -> Pathway:
    return Pathway("p", goal=goal, steps=steps, credentials=[Credential("card")])


def names(pathway: Pathway, learner: Learner | None = None) -> list[str]:
    day = dt.date(2127, 1, 4)
    return list(droppable(Program.of(pathway, learner or Learner(), today=TODAY, horizon=day), with_hours=True))


def exam(requires: Requirement | str, *others: Step) -> Pathway:
    return path(Step("exam", requires=requires), Step("a"), Step("b"), *others)


def without(requires: Requirement | str, *rules: str) -> Requirement:
    """What the exam requires once some of its rules are dropped."""
    free, _ = dropped(exam(requires), Learner(), [f"steps.exam.requires: {rule}" for rule in rules])
    return free.step("exam").requires


# hours a week that are not there


def hours(*periods: tuple[int, str | None, str | None]) -> Learner:
    day = dt.date.fromisoformat
    return Learner(
        weekly_hours=[
            HoursPeriod(hours=count, from_=day(first) if first else None, through=day(last) if last else None)
            for count, first, last in periods
        ]
    )


@pytest.mark.parametrize(
    ("learner", "rules"),
    [
        (Learner(), []),
        (Learner(weekly_hours=10), []),
        (Learner(weekly_hours=0), ["hours"]),
        (hours((0, None, "2027-05-31")), ["hours"]),
        (hours((10, None, "2027-05-31")), ["hours through 2027-05-31"]),
        (hours((10, None, "2027-05-31"), (0, "2027-06-01", None)), ["hours through 2027-05-31"]),
        (hours((10, None, "2027-05-31"), (0, "2027-06-01", "2027-06-30"), (5, "2027-07-01", None)), []),
    ],
)
def test_that_hours_end_is_a_rule_and_how_many_there_are_is_none(learner: Learner, rules: list[str]) -> None:
    assert [rule for rule in names(path(Step("exam")), learner) if rule.startswith("hours")] == rules


def test_hours_that_end_go_on_as_they_were_last_and_of_none_there_are_all() -> None:
    ending = hours((5, None, "2027-03-31"), (10, "2027-04-01", "2027-05-31"), (0, "2027-06-01", None))
    _, learner = dropped(path(Step("exam")), ending, ["hours through 2027-05-31"])
    assert learner == hours((5, None, "2027-03-31"), (10, "2027-04-01", None))
    assert dropped(path(Step("exam")), Learner(weekly_hours=0), ["hours"])[1] == Learner(weekly_hours=168)
    assert dropped(path(Step("exam")), ending, ["start"])[1] == ending
    assert dropped(path(Step("exam")), Learner(), ["hours"])[1] == Learner()


# ways to what is not asked for any more


def test_what_was_chosen_for_a_paper_may_be_there_once_the_paper_is_not_asked_for() -> None:
    either = path(Step("exam", requires=Holds("card")), Step("class", grants=["card"]), Step("idle"))
    free, _ = dropped(either, Learner(choose=["class"]), ["steps.exam.requires: holds card"])
    assert free.step("exam").requires == AnyOf(AllOf(), Needs("class", order="any"))
    free, _ = dropped(either, Learner(choose=["class"]), ["steps.exam.requires: holds card", "choose class"])
    assert free.step("exam").requires == AllOf()


# names


def test_every_kind_of_leaf_has_its_rules() -> None:
    needs = Needs("a", of="start", lag="P3D", within="P2M", by="P9D", rounds=ROUNDS)
    others: list[Requirement] = [
        Holds("card"),
        Aged(18),
        Worked("aide", span="P1Y"),
        Located("US-TX"),
        HasFact("group", "A"),
    ]
    assert names(exam(AllOf(needs, AnyOf(*others), Needs("b", order="any", by="P5D")))) == [
        "goal: exam",
        "steps.exam.requires: aged 18",
        "steps.exam.requires: b by P5D",
        "steps.exam.requires: group is 'A'",
        "steps.exam.requires: holds card",
        "steps.exam.requires: located US-TX",
        "steps.exam.requires: start of a by P9D",
        "steps.exam.requires: start of a in rounds",
        "steps.exam.requires: start of a lag P3D",
        "steps.exam.requires: start of a within P2M",
        "steps.exam.requires: worked 'aide' for P12M",
    ]


def test_steps_that_no_route_can_have_have_no_rules_and_those_behind_papers_work_and_attempts_have() -> None:
    steps = [
        Step("exam", requires=Holds("card"), retakes=Retakes(caps=[Cap(1, since="prep")])),
        Step("course", grants=["card"], requires=Worked("aide", hours=10)),
        Step("aide", kind="job", work=Work("aide", hours=10), opens=Weekdays(days=["mon"])),
        Step("prep", opens=Weekdays(days=["tue"])),
        Step("idle", opens=Weekdays(days=["wed"])),
    ]
    assert names(path(*steps)) == [
        "goal: exam",
        "steps.aide.opens",
        "steps.course.requires: worked 'aide' for 10 h",
        "steps.exam.requires: holds card",
        "steps.prep.opens",
    ]


def test_an_absence_is_a_rule_where_it_forbids() -> None:
    step = Step("exam", kind="exam")
    away = [Absence(from_=dt.date(2027, 2, 1), through=dt.date(2027, 2, 3))]
    assert names(path(step)) == ["goal: exam"]
    assert names(path(step), Learner(absences=away)) == ["goal: exam", "steps.exam.absence"]


def test_what_keeps_from_the_next_attempt_is_a_rule() -> None:
    step = Step("exam", retakes=Retakes(waits=["P30D"], caps=[Cap(2), Cap(5), Cap(2, per="P1Y")]))
    tried = Learner(records=[Record("exam", failed=[dt.date(2026, 12, 1), dt.date(2027, 1, 2)])])
    assert names(path(step)) == ["goal: exam"]
    assert names(path(step), tried) == [
        "goal: exam",
        "steps.exam.retakes (at most 2 in P12M)",
        "steps.exam.retakes (at most 2), 2 failed",
        "steps.exam.retakes (wait P30D)",
    ]


@pytest.mark.parametrize(
    ("record", "rules"),
    [
        (Record("exam", started=dt.date(2027, 1, 2)), ["steps.exam.requires: b by P9D"]),
        (Record("exam", finished=dt.date(2027, 1, 2)), ["steps.exam.opens", "steps.exam.requires: b by P9D"]),
        (Record("exam", finished=dt.date(2026, 1, 2)), ["steps.exam.opens"]),
        (Record("exam", waived=True), ["steps.exam.opens"]),
    ],
)
def test_of_a_step_on_record_what_is_behind_the_learner_is_given(record: Record, rules: list[str]) -> None:
    requires = AllOf("a", Needs("b", order="any", by="P9D"))
    step = Step("exam", opens=Weekdays(days=["mon"]), requires=requires)
    found = names(path(step, Step("a"), Step("b")), Learner(records=[record]))
    assert [name for name in found if name.startswith("steps.exam")] == rules
    both = Learner(records=[record, Record("b", finished=dt.date(2027, 1, 1))])
    assert "steps.exam.requires: b by P9D" not in names(path(step, Step("a"), Step("b")), both)


def test_pins_and_the_start_come_last() -> None:
    learner = Learner(start=dt.date(2027, 2, 1), choose=["b", "a"], avoid=["card"])
    assert names(exam("a"), learner)[-4:] == ["start", "avoid card", "choose a", "choose b"]
    assert pin_names(Learner()) == ()


# documents


def test_a_need_loses_its_rules_one_by_one() -> None:
    needs = Needs("a", lag="P3D", within="P9D", by="P5D", extensions=PaidExtension(span="P2D"))
    assert without(needs, "a lag P3D") == Needs(
        "a", within="P9D", by="P5D", order="any", extensions=PaidExtension(span="P2D")
    )
    assert without(needs, "a within P9D") == Needs("a", lag="P3D", by="P5D")
    assert without(needs, "a by P5D", "a within P9D", "a lag P3D") == Needs("a", order="any")
    assert without(needs, "b") == needs


def test_a_need_in_rounds_stays_before_them_without_its_lag() -> None:
    needs = Needs("a", lag="P3D", rounds=ROUNDS)
    assert without(needs, "a lag P3D") == Needs("a", lag="-P100Y", rounds=ROUNDS)
    assert without(needs, "a in rounds") == Needs("a", lag="P3D")
    assert without(needs, "a in rounds", "a lag P3D") == Needs("a", order="any")


def test_other_leaves_count_as_given() -> None:
    assert without(AnyOf(AllOf("a", Aged(18)), "b"), "aged 18") == AnyOf(AllOf("a", AllOf()), "b")
    assert without(AllOf(Holds("card"), Holds("card")), "holds card") == AllOf(AllOf(), AllOf())


def test_options_of_at_least_stay_as_many_as_they_were() -> None:
    requires = AtLeast(2, Holds("card"), Aged(18), "a")
    assert without(requires, "holds card", "aged 18") == AtLeast(2, "a", AllOf(), AllOf(AllOf()))
    twice = AtLeast(2, Needs("a", lag="P1D"), Needs("a", lag="P2D"))
    free = Needs("a", order="any")
    assert without(twice, "a lag P1D", "a lag P2D") == AtLeast(2, free, AllOf(free))


def test_the_goal_has_leaves_too() -> None:
    free, _ = dropped(exam("a"), Learner(), ["goal: exam"])
    assert free.goal == Needs("exam", order="any")


def test_a_step_without_its_opening_may_start_on_any_day() -> None:
    runs = [
        Cohort(start=dt.date(2027, 2, 1), finish=dt.date(2027, 3, 1)),
        Cohort(start=dt.date(2027, 5, 1), finish=dt.date(2027, 5, 11)),
    ]
    steps = [
        Step("exam", opens=Weekdays(days=["mon"]), takes="P3D", kind="exam"),
        Step("course", opens=Cohorts(cohorts=runs), load=5),
        Step("day", opens=Cohorts(cohorts=[Cohort(start=runs[0].start, finish=runs[0].start)]), load=5),
    ]
    free, _ = dropped(path(*steps), Learner(), [f"steps.{step.id}.opens" for step in steps])
    assert free.step("exam") == Step("exam", takes="P3D", kind="exam")
    assert free.step("course") == Step("course", takes="P10D", absence="forbid", load=5)
    assert free.step("day") == Step("day", absence="forbid")
    away, _ = dropped(path(*steps), Learner(), ["steps.exam.absence"])
    assert away.step("exam").absence == "ignore"


def test_attempts_lose_the_rules_that_are_named() -> None:
    retakes = Retakes(waits=["P30D"], caps=[Cap(2), Cap(2, per="P1Y"), Cap(2, since="a")])
    pathway = path(Step("exam", retakes=retakes), Step("a"))
    free, _ = dropped(
        pathway, Learner(), ["steps.exam.retakes (at most 2), 2 failed", "steps.exam.retakes (wait P30D)"]
    )
    assert free.step("exam").retakes == Retakes(caps=[Cap(2, per="P1Y"), Cap(2, since="a")])
    free, _ = dropped(
        pathway, Learner(), ["steps.exam.retakes (at most 2 since a)", "steps.exam.retakes (at most 2 in P12M)"]
    )
    assert free.step("exam").retakes == Retakes(waits=["P30D"], caps=[Cap(2)])


def test_the_learner_loses_start_and_pins() -> None:
    learner = Learner(start=dt.date(2027, 2, 1), choose=["a", "b"], avoid=["card"], facts=[Fact("group", "A")])
    _, free = dropped(exam("a"), learner, ["start", "choose a", "avoid card"])
    assert free == Learner(choose=["b"], facts=[Fact("group", "A")])


# last days


def test_last_days_are_those_of_windows_and_rounds() -> None:
    pathway = exam(AllOf(Needs("a", within="P9D", lag="P1D"), Needs("b", by="P2D", rounds=ROUNDS), Aged(18)))
    own = [name for name in names(pathway) if name.startswith("steps")]
    assert date_limits(pathway, own) == (
        "steps.exam.requires: a within P9D",
        "steps.exam.requires: b by P2D",
        "steps.exam.requires: b in rounds",
    )


def test_a_last_day_moves_by_whole_days() -> None:
    pathway = exam(AllOf(Needs("a", within="P1M"), Needs("b", by="P2D", rounds=ROUNDS), Aged(18)))

    def longer(rule: str, days: int) -> Requirement:
        return loosened(pathway, f"steps.exam.requires: {rule}", days).step("exam").requires

    b = Needs("b", by="P2D", rounds=ROUNDS)
    assert longer("a within P1M", 3) == AllOf(Needs("a", within="P1M3D"), b, Aged(18))
    assert longer("b by P2D", 5) == AllOf(Needs("a", within="P1M"), Needs("b", by="P7D", rounds=ROUNDS), Aged(18))
    near = [ROUNDS[0], Round(by=dt.date(2027, 6, 11), on=dt.date(2027, 7, 1))]
    far = [ROUNDS[0], Round(by=dt.date(2027, 9, 9), on=dt.date(2027, 9, 9))]
    for days, rounds in ((10, near), (100, far)):
        assert longer("b in rounds", days) == AllOf(
            Needs("a", within="P1M"), Needs("b", by="P2D", rounds=rounds), Aged(18)
        )
