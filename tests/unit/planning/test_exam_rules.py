"""Examinations: waits and caps after failed attempts, rounds with last days, windows that are extended.

Days are counted by hand on a calendar; where a source gives them, it is named. Counts leave out the first day.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
import pytest

from career_path import (
    AllOf,
    AnyOf,
    Cap,
    Dates,
    DocumentError,
    InvalidValueError,
    Learner,
    Needs,
    NoRouteError,
    NoticeKind,
    PaidExtension,
    Pathway,
    ReasonKind,
    Record,
    Retakes,
    Round,
    Status,
    Step,
    Timeline,
    audit,
    format_pathway,
    parse_pathway,
    plan,
    why_lines,
)
from career_path.planning.canonical import input_hash


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


ROUNDS = [
    Round(by=day("2026-10-01"), on=day("2027-01-29")),
    Round(by=day("2027-03-01"), on=day("2027-06-25")),
    Round(by=day("2027-07-01"), on=day("2027-10-29")),
]


def planned(pathway: Pathway, learner: Learner, today: str) -> Timeline:
    """A plan that the audit finds nothing wrong with."""
    timeline = plan(pathway, learner, today=day(today))
    assert audit(timeline, pathway, learner) == ()
    return timeline


def exam(retakes: Retakes, *others: Step, requires: str | None = None) -> Pathway:
    return Pathway("p", goal="exam", steps=[Step("exam", kind="exam", retakes=retakes, requires=requires), *others])


def tried(*days: str, others: tuple[Record, ...] = ()) -> Learner:
    return Learner(records=[Record("exam", failed=[day(each) for each in days]), *others])


# waits


@pytest.mark.parametrize(
    ("waits", "failed", "first"),
    [
        # NCLEX: 45 days must pass. 1 March is day 0, 31 March day 30, 15 April day 45, 16 April the 46th.
        (["P46D"], ["2027-03-01"], "2027-04-16"),
        # NHA, after the first, second, third and fourth failure. 11 January and 20 days are 31 January, and 10 more.
        (["P30D", "P30D", "P12M"], ["2027-01-11"], "2027-02-10"),
        (["P30D", "P30D", "P12M"], ["2027-01-11", "2027-02-10"], "2027-03-12"),
        (["P30D", "P30D", "P12M"], ["2027-01-11", "2027-02-10", "2027-03-12"], "2028-03-12"),
        (["P30D", "P30D", "P12M"], ["2025-01-11", "2025-02-10", "2025-03-12", "2026-03-12"], "2027-03-12"),
        # PTCB: 60, 60, then 180 days. February of 2027 has 28 days, so that 2 February is 31 + 28 + 1 before 3 April.
        (["P60D", "P60D", "P180D"], ["2027-02-02"], "2027-04-03"),
        (["P60D", "P60D", "P180D"], ["2026-10-01", "2026-12-01", "2027-01-30"], "2027-07-29"),
        # GED: none after the first and the second, then 60 days.
        (["P0D", "P0D", "P60D"], ["2027-01-04"], "2027-01-04"),
        (["P0D", "P0D", "P60D"], ["2026-12-01", "2026-12-02", "2026-12-03"], "2027-02-01"),
    ],
)
def test_the_next_attempt_waits_as_long_as_the_number_of_failures_says(
    waits: list[str], failed: list[str], first: str
) -> None:
    timeline = planned(exam(Retakes(waits=waits)), tried(*failed), max(failed[-1], "2027-01-04"))
    assert timeline.finish == day(first)


def test_the_wait_is_the_reason_that_is_told() -> None:
    timeline = planned(exam(Retakes(waits=["P30D"])), tried("2027-01-11"), "2027-01-12")
    reason = timeline.step("exam").reasons[0]
    assert (reason.kind, reason.event_on, reason.span) == (ReasonKind.RETAKE, day("2027-01-11"), "P30D")
    assert any("tried on 11 Jan 2027, and the next attempt, 30 days later" in line for line in why_lines(timeline))


def test_a_wait_moves_the_latest_days_too() -> None:
    learner = attrs.evolve(tried("2027-01-11"), deadline=day("2027-02-01"))
    timeline = planned(exam(Retakes(waits=["P30D"])), learner, "2027-01-12")
    assert timeline.finish == day("2027-02-10")
    assert {conflict.kind.value for conflict in timeline.conflicts} == {"deadline", "no-latest"}


def test_failures_before_a_pass_do_not_count_for_the_next_time() -> None:
    fresh = Pathway(
        "p",
        goal="job",
        steps=[Step("exam", retakes=Retakes(caps=[Cap(1)])), Step("job", requires=Needs("exam", within="P1Y"))],
    )
    passed = Record("exam", finished=day("2024-03-01"), failed=[day("2024-02-01")])
    assert planned(fresh, Learner(records=[passed]), "2027-01-04").finish == day("2027-01-04")


def test_an_attempt_that_came_too_early_is_a_notice() -> None:
    timeline = planned(exam(Retakes(waits=["P30D"])), tried("2027-01-11", "2027-01-20"), "2027-01-21")
    notice = next(each for each in timeline.notices if each.kind is NoticeKind.RECORD_BREAKS_RULE)
    assert (notice.steps, notice.detail) == (("exam",), ("steps.exam.retakes (wait P30D)",))
    assert timeline.finish == day("2027-02-19")  # 20 January and 11 days are 31 January, and 19 more


def test_a_pass_that_came_too_early_is_a_notice() -> None:
    passed = Learner(records=[Record("exam", finished=day("2027-01-20"), failed=[day("2027-01-11")])])
    timeline = planned(exam(Retakes(waits=["P30D"])), passed, "2027-01-21")
    assert NoticeKind.RECORD_BREAKS_RULE in {each.kind for each in timeline.notices}


def test_attempts_that_kept_their_waits_are_no_notice() -> None:
    timeline = planned(exam(Retakes(waits=["P30D"])), tried("2027-01-11", "2027-02-10"), "2027-02-11")
    assert NoticeKind.RECORD_BREAKS_RULE not in {each.kind for each in timeline.notices}


# caps


def test_a_cap_for_life_that_is_used_up_leaves_no_route_and_is_named_with_the_count() -> None:
    with pytest.raises(NoRouteError) as caught:
        plan(exam(Retakes(caps=[Cap(3)])), tried("2026-03-01", "2026-05-01", "2026-07-01"), today=day("2027-01-04"))
    assert [conflict.rules for conflict in caught.value.conflicts] == [
        ("steps.exam.retakes (at most 3), 3 failed",),
    ]


def test_two_of_three_attempts_leave_one() -> None:
    timeline = planned(exam(Retakes(caps=[Cap(3)])), tried("2026-03-01", "2026-05-01"), "2027-01-04")
    assert timeline.finish == day("2027-01-04")


def test_where_one_examination_is_closed_another_is_taken() -> None:
    steps = [Step("exam", retakes=Retakes(caps=[Cap(1)])), Step("other", takes="P2M")]
    either = Pathway("p", goal=AnyOf("exam", "other"), steps=steps)
    assert [step.id for step in planned(either, tried("2026-03-01"), "2027-01-04").steps] == ["other"]


def test_a_cap_of_a_period_waits_for_the_oldest_attempt_that_counts() -> None:
    # NCLEX: 8 in 12 months. With nine on record, the eighth last is that of 1 February 2026.
    failed = [f"2026-{month:02}-01" for month in range(1, 10)]
    timeline = planned(exam(Retakes(caps=[Cap(8, per="P12M")])), tried(*failed), "2026-09-02")
    assert timeline.finish == day("2027-02-01")


def test_attempts_used_up_since_a_program_ask_for_the_program_again() -> None:
    done = Record("program", started=day("2027-01-04"), finished=day("2027-02-15"))
    learner = tried("2027-03-01", "2027-04-05", "2027-05-03", others=(done,))
    school = Step("program", takes="P6W", cost="800.00")
    path = exam(Retakes(caps=[Cap(3, since="program")]), school, requires="program")
    timeline = planned(path, learner, "2027-05-10")
    assert timeline.step("program").status is Status.REDO
    assert timeline.finish == day("2027-06-21")  # six weeks from Monday, 10 May
    assert timeline.cost.amount == Decimal("800.00")


def test_the_count_is_new_after_the_program_was_done_again() -> None:
    again = Record("program~2", started=day("2027-05-10"), finished=day("2027-06-21"))
    done = Record("program", finished=day("2027-02-15"))
    learner = tried("2027-03-01", "2027-04-05", "2027-05-03", "2027-07-01", others=(done, again))
    path = exam(Retakes(caps=[Cap(3, since="program")]), Step("program", takes="P6W"), requires="program")
    timeline = planned(path, learner, "2027-07-02")
    assert (timeline.finish, timeline.step("program").status) == (day("2027-07-02"), Status.FINISHED)


def test_a_remediation_is_planned_only_when_the_attempts_are_used_up() -> None:
    path = exam(Retakes(caps=[Cap(2, since="remediation")]), Step("remediation", takes="P30D"))
    assert [step.id for step in planned(path, tried("2027-01-02"), "2027-01-04").steps] == ["exam"]
    twice = planned(path, tried("2027-01-02", "2027-01-03"), "2027-01-04")
    assert [step.id for step in twice.steps] == ["remediation", "exam"]
    assert twice.finish == day("2027-02-03")  # 4 January and 30 days


def test_a_program_that_runs_again_under_a_later_name_is_refused_with_its_place() -> None:
    records = (Record("program", finished=day("2026-02-15")), Record("program~2", started=day("2026-12-01")))
    path = exam(Retakes(caps=[Cap(1, since="program")]), Step("program", takes="P6W"), requires="program")
    with pytest.raises(DocumentError, match=r"records\.program~2"):
        plan(path, tried("2026-03-01", others=records), today=day("2027-01-04"))


def test_a_cap_since_a_step_that_is_not_there_is_refused() -> None:
    with pytest.raises(DocumentError, match=r"steps\.exam\.retakes\.caps\[0\]\.since"):
        exam(Retakes(caps=[Cap(1, since="nothing")]))


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: Cap(0), "not-a-count"),
        (lambda: Cap(2, per="P12M", since="program"), "counted-twice"),
        (lambda: Cap(2, per="P0D"), "not-positive"),
        (lambda: Retakes(waits=["-P1D"]), "negative"),
        (lambda: Retakes(waits="P1D"), "not-a-list"),
        (lambda: PaidExtension(span="P0D"), "not-positive"),
        (lambda: PaidExtension(span="P1D", at_most=0), "not-a-count"),
        (lambda: Needs("a", extensions=PaidExtension(span="P1D")), "nothing-to-extend"),
        (lambda: Needs("a", order="any", rounds=ROUNDS), "rounds-in-any-order"),
        (lambda: Needs("a", rounds=[ROUNDS[0], ROUNDS[0]]), "out-of-order"),
        (lambda: Round(by=day("2027-01-02"), on=day("2027-01-01")), "ends-before-it-begins"),
    ],
    ids=[
        "no-attempt",
        "two-scopes",
        "no-period",
        "wait-back",
        "text-of-waits",
        "extension-of-nothing",
        "no-extension",
        "no-window",
        "any-order",
        "same-round",
        "round-back",
    ],
)
def test_what_contradicts_itself_is_refused(make: object, code: str) -> None:
    assert callable(make)
    with pytest.raises(InvalidValueError) as caught:
        make()
    assert caught.value.code == code


# windows and their extensions


@pytest.mark.parametrize(
    ("approved", "last"),
    # 90 days from the approval, which is not counted (source: another body's own table)
    [
        ("2019-07-20", "2019-10-18"),
        ("2019-08-10", "2019-11-08"),
        ("2019-08-20", "2019-11-18"),
        ("2019-08-15", "2019-11-13"),
    ],
)
def test_ninety_days_from_an_approval_end_where_the_source_says(approved: str, last: str) -> None:
    learner = Learner(records=[Record("approval", finished=day(approved))], deadline=day("2020-12-31"))
    path = Pathway("p", goal="exam", steps=[Step("approval"), Step("exam", requires=Needs("approval", within="P90D"))])
    timeline = plan(path, attrs.evolve(learner, avoid=["approval"]), today=day(approved))
    assert timeline.step("exam").latest_start == day(last)


def extended(course: str, cost: str | None = "25.00") -> Timeline:
    """An approval of 20 July 2019, and a course that runs until a day."""
    more = PaidExtension(span="P90D", at_most=2, cost=cost)
    steps = [
        Step("approval", cost="0"),
        Step("course", opens=Dates(dates=[day(course)]), cost="0"),
        Step("exam", cost="0", requires=AllOf("course", Needs("approval", within="P90D", extensions=more))),
    ]
    learner = Learner(avoid=["approval"], records=[Record("approval", finished=day("2019-07-20"))])
    return planned(Pathway("p", goal="exam", steps=steps), learner, "2019-07-22")


@pytest.mark.parametrize(
    ("course", "times"),
    # 18 October and 90 days are 16 January (13 + 30 + 31 + 16), and 90 more 15 April (15 + 29 + 31 + 15)
    [("2019-10-18", 0), ("2019-10-19", 1), ("2020-01-16", 1), ("2020-01-17", 2), ("2020-04-15", 2)],
)
def test_as_few_extensions_are_bought_as_the_day_asks_for(course: str, times: int) -> None:
    timeline = extended(course)
    told = [each.detail for each in timeline.notices if each.kind is NoticeKind.WINDOW_EXTENDED]
    assert timeline.cost.amount == 25 * times
    assert told == ([("approval", str(times), f"{25 * times}.00")] if times else [])


def test_beyond_the_last_extension_there_is_no_route() -> None:
    with pytest.raises(NoRouteError):
        extended("2020-04-16")


def test_an_extension_of_unknown_cost_is_told_as_such() -> None:
    assert extended("2019-12-01", cost=None).cost.unknown == ("approval",)


def test_an_extension_is_bought_only_where_doing_it_later_is_dearer() -> None:
    more = PaidExtension(span="P90D", cost="25.00")
    again = [
        Step("approval", cost="10.00"),
        Step("course", opens=Dates(dates=[day("2019-12-01")]), cost="0"),
        Step("exam", cost="0", requires=AllOf("course", Needs("approval", within="P90D", extensions=more))),
    ]
    path = Pathway("p", goal="exam", steps=again)
    learner = Learner(records=[Record("approval", finished=day("2019-07-20"))])
    assert planned(path, learner, "2019-07-22").cost.amount == 10
    dear = attrs.evolve(path, steps=[attrs.evolve(again[0], cost="40.00"), *again[1:]])
    assert planned(dear, learner, "2019-07-22").cost.amount == 25


# rounds


def rounds_path() -> Pathway:
    sittings = Dates(dates=[each.on for each in ROUNDS])
    steps = [
        Step("application"),
        Step("exam", kind="exam", opens=sittings, requires=Needs("application", rounds=ROUNDS)),
    ]
    return Pathway("p", goal="exam", steps=steps)


@pytest.mark.parametrize(
    ("today", "sitting", "last"),
    [
        ("2026-10-01", "2027-01-29", "2026-10-01"),
        ("2026-10-02", "2027-06-25", "2027-03-01"),
        ("2027-03-01", "2027-06-25", "2027-03-01"),
        ("2027-03-02", "2027-10-29", "2027-07-01"),
    ],
)
def test_an_application_counts_for_the_first_sitting_whose_last_day_it_meets(
    today: str, sitting: str, last: str
) -> None:
    timeline = planned(rounds_path(), Learner(), today)
    assert (timeline.finish, timeline.step("application").latest_start) == (day(sitting), day(last))
    assert timeline.step("exam").latest_reasons
    assert [reason.kind for reason in timeline.step("application").latest_reasons][-1] is ReasonKind.ROUND


def test_after_the_last_round_there_is_no_route_and_the_rule_is_named() -> None:
    with pytest.raises(NoRouteError, match="application in rounds"):
        plan(rounds_path(), Learner(), today=day("2027-07-02"))


def test_an_examination_on_record_before_its_round_is_a_notice() -> None:
    records = [Record("application", finished=day("2026-10-02")), Record("exam", finished=day("2027-01-29"))]
    timeline = planned(rounds_path(), Learner(records=records), "2027-02-01")
    assert NoticeKind.RECORD_BREAKS_RULE in {each.kind for each in timeline.notices}


# documents


def test_all_of_it_is_written_and_read_back() -> None:
    more = PaidExtension(span="P90D", at_most=2, cost="25.00")
    retakes = Retakes(waits=["P30D", "P12M"], caps=[Cap(3), Cap(8, per="P12M"), Cap(3, since="a")])
    needs = Needs("a", within="P90D", extensions=more, rounds=ROUNDS)
    path = Pathway("p", goal="exam", steps=[Step("a"), Step("exam", requires=needs, retakes=retakes)])
    assert parse_pathway(format_pathway(path)) == path
    assert parse_pathway(format_pathway(path, syntax="json"), syntax="json") == path


def test_the_order_of_waits_makes_another_input() -> None:
    one, other = (exam(Retakes(waits=waits)) for waits in (["P30D", "P12M"], ["P12M", "P30D"]))
    assert input_hash(one, Learner()) != input_hash(other, Learner())
