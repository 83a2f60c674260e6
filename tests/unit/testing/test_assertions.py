"""The assertions pass on what is sound, and name what is wrong with what is not."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_path.days.day_rules import Birthday, Dates, DayRule, MonthEnd
from career_path.days.numbers import ALWAYS, FIRST, LAST, NEVER
from career_path.errors import InvalidValueError, MissingExtraError
from career_path.formats.documents import parse_learner
from career_path.model.learner import Learner, Record
from career_path.model.pathway import Credential, Pathway, Step, Validity
from career_path.model.requirements import Holds, Needs
from career_path.model.timeline import DeadlineKind, NoRouteError, Timeline
from career_path.planning.planner import plan
from career_path.testing import (
    assert_gives_nearest_days,
    assert_plans,
    assert_round_trips,
    assert_sound,
    assertions,
    cases,
    day_rules,
    learners,
    timelines,
)

TODAY = dt.date(2027, 3, 1)
DAY = dt.timedelta(days=1)
BARISTA = Pathway(
    "barista",
    goal="job",
    steps=[
        Step("course", takes="P6W", cost="240.00"),
        Step("permit", takes="P10D", cost="10", grants=["card"]),
        Step(
            "test",
            kind="exam",
            requires=Needs("course", within="P90D"),
            cost="35.00",
            opens=Dates(dates=[dt.date(2027, 4, 20), dt.date(2027, 5, 4)]),
        ),
        Step("job", kind="job", requires=Needs("test", lag="P7D") & Holds("card"), cost="0"),
    ],
    credentials=[Credential("card", valid=Validity(span="P1Y"))],
)
Case = tuple[Pathway, Learner, dt.date]
BO = Learner("bo", start=TODAY, deadline=dt.date(2027, 5, 31))


@pytest.fixture
def timeline() -> Timeline:
    """Course 1 Mar to 12 Apr, permit to 11 Mar, test on 20 Apr, job on 27 Apr; all of it may wait for 31 May."""
    return plan(BARISTA, BO, today=TODAY)


def with_step(timeline: Timeline, name: str, **changes: object) -> Timeline:
    steps = tuple(attrs.evolve(step, **changes) if step.id == name else step for step in timeline.steps)  # type: ignore[arg-type]
    return attrs.evolve(timeline, steps=steps)


def a_day_earlier(timeline: Timeline, name: str) -> Timeline:
    step = timeline.step(name)
    assert step.start is not None
    assert step.finish is not None
    return with_step(timeline, name, start=step.start - DAY, finish=step.finish - DAY)


def without_deadline(timeline: Timeline, kind: DeadlineKind) -> Timeline:
    return attrs.evolve(timeline, deadlines=tuple(each for each in timeline.deadlines if each.kind is not kind))


def deadline_a_day_later(timeline: Timeline, kind: DeadlineKind) -> Timeline:
    moved = (attrs.evolve(each, on=each.on + DAY) if each.kind is kind else each for each in timeline.deadlines)
    return attrs.evolve(timeline, deadlines=tuple(moved))


BROKEN: dict[str, tuple[Callable[[Timeline], Timeline], tuple[str, ...]]] = {
    "the job a day earlier": (
        lambda plan: a_day_earlier(plan, "job"),
        ("- 'job': its requirement does not hold", "'job' is planned from 2027-04-26 to 2027-04-26"),
    ),
    "the course a day earlier": (
        lambda plan: a_day_earlier(plan, "course"),
        ("- 'course' starts on 2027-02-28, before 2027-03-01",),
    ),
    "the test on a closed day": (
        lambda plan: a_day_earlier(plan, "test"),
        ("- 'test' may not start on 2027-04-19: it is not open",),
    ),
    "a course of another length": (
        lambda plan: with_step(plan, "course", finish=dt.date(2027, 4, 11)),
        ("- 'course' starts on 2027-03-01 and is done on 2027-04-12, not on 2027-04-11",),
    ),
    "a wrong slack": (
        lambda plan: with_step(plan, "permit", slack_days=3),
        ("- the slack of 'permit' is 81, not 3", "at the latest from 2027-05-21 to 2027-05-31"),
    ),
    "a plan done too soon": (
        lambda plan: attrs.evolve(plan, finish=dt.date(2027, 4, 26)),
        ("and done on 2027-04-26, is not sound:", "- the goal does not hold on 2027-04-26"),
    ),
    "a step left out": (
        lambda plan: attrs.evolve(plan, steps=tuple(step for step in plan.steps if step.id != "permit")),
        ("- 'job': its requirement does not hold", "- the cost is 275.00 USD, not 285.00 USD"),
    ),
    "a deadline dropped, its reminders left": (
        lambda plan: without_deadline(plan, DeadlineKind.START_BY),
        ("is for no deadline of this plan",),
    ),
    "a deadline a day later": (
        lambda plan: deadline_a_day_later(plan, DeadlineKind.SITTING_ENDS),
        ("- deadline 'sitting-ends' of 2027-05-05: 'test' may start until 2027-05-04",),
    ),
    "an expiry a day later": (
        lambda plan: deadline_a_day_later(plan, DeadlineKind.EXPIRES),
        ("- deadline 'expires' of 2028-03-11: no cycle of 'card' ends then",),
    ),
    "a validity left out": (
        lambda plan: attrs.evolve(plan, renewals=()),
        ("- 'permit' grants 'card', whose validity is not told",),
    ),
    "a step without a reason": (
        lambda plan: with_step(plan, "test", reasons=()),
        ("- 'test' has no reason", "'test' is planned from 2027-04-20 to 2027-04-20, at the latest from 2027-05-04"),
    ),
}


def test_a_sound_timeline_passes(timeline: Timeline) -> None:
    assert timeline.finish == dt.date(2027, 4, 27)
    assert_sound(timeline, BARISTA, BO)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_timeline_is_told_with_every_rule_that_it_breaks(timeline: Timeline, name: str) -> None:
    change, told = BROKEN[name]

    with pytest.raises(AssertionError) as caught:
        assert_sound(change(timeline), BARISTA, BO)

    assert str(caught.value).startswith("the timeline of 'bo' through 'barista', made on 2027-03-01 and done on 2027-")
    for words in told:
        assert words in str(caught.value)


def test_only_the_steps_that_a_fault_names_are_shown(timeline: Timeline) -> None:
    with pytest.raises(AssertionError) as caught:
        assert_sound(a_day_earlier(timeline, "course"), BARISTA, BO)

    assert str(caught.value).count("is planned from") == 1


DONE: dict[str, tuple[Record, dict[str, Any], str]] = {
    "finished": (
        Record("course", started=dt.date(2027, 1, 4), finished=dt.date(2027, 2, 15)),
        {"start": dt.date(2027, 1, 3)},
        "'course' is finished from 2027-01-03 to 2027-02-15",
    ),
    "finished, the start not known": (
        Record("course", finished=dt.date(2027, 2, 15)),
        {"finish": dt.date(2027, 2, 14)},
        "'course' is finished on 2027-02-14",
    ),
    "waived": (
        Record("course", waived=dt.date(2027, 2, 15)),
        {"finish": None},
        "'course' is waived",
    ),
}


@pytest.mark.parametrize("name", DONE)
def test_a_step_that_is_done_is_shown_with_the_days_it_has_and_no_latest_ones(name: str) -> None:
    record, changes, shown = DONE[name]
    done = Learner("bo", records=[record])
    broken = with_step(plan(BARISTA, done, today=TODAY), "course", **changes)

    with pytest.raises(AssertionError) as caught:
        assert_sound(broken, BARISTA, done)

    assert "- 'course' does not keep its recorded days" in str(caught.value)
    assert shown in str(caught.value).splitlines()


@given(cases(BARISTA, today=TODAY), st.data())
def test_moving_any_planned_step_of_a_drawn_plan_is_noticed(case: Case, data: st.DataObject) -> None:
    pathway, learner, _ = case
    timeline = data.draw(timelines(st.just(case)))
    moved = [step.id for step in timeline.steps if step.start and step.finish]
    if moved:
        with pytest.raises(AssertionError, match="is not sound"):
            assert_sound(a_day_earlier(timeline, data.draw(st.sampled_from(moved))), pathway, learner)


def test_a_plan_is_returned() -> None:
    timeline = assert_plans(BARISTA, BO, today=TODAY)

    assert timeline == plan(BARISTA, BO, today=TODAY)


def test_a_plan_is_made_as_asked() -> None:
    day = dt.date(2027, 5, 20)
    timeline = assert_plans(BARISTA, BO, today=TODAY, objective="cheapest", finish_by=day)

    assert timeline == plan(BARISTA, BO, today=TODAY, objective="cheapest", finish_by=day)
    assert timeline.is_latest


def test_a_missed_deadline_is_still_a_plan() -> None:
    timeline = assert_plans(BARISTA, attrs.evolve(BO, deadline=dt.date(2027, 4, 1)), today=TODAY)

    assert timeline.conflicts


def fresh(**fields: st.SearchStrategy[object]) -> st.SearchStrategy[Learner]:
    nothing = st.just(())
    return learners(BARISTA, today=TODAY, records=nothing, holds=nothing, choose=nothing, avoid=nothing, **fields)


@given(fresh(absences=st.just(()), start=st.just(TODAY)))
def test_every_learner_who_can_begin_today_has_a_plan(learner: Learner) -> None:
    assert assert_plans(BARISTA, learner, today=TODAY).finish == dt.date(2027, 4, 27)


def test_no_plan_is_told_with_the_reason_and_the_learner() -> None:
    late = attrs.evolve(BO, start=dt.date(2027, 5, 5))

    with pytest.raises(AssertionError) as caught:
        assert_plans(BARISTA, late, today=TODAY)

    heading, learner = str(caught.value).split("\nthe learner:\n")
    assert heading.startswith("'barista' has no plan for 'bo' on 2027-03-01: no route leads to the goal of 'barista'")
    assert "steps.test" in heading
    assert parse_learner(learner) == late, "what is told can be saved and planned again"
    assert isinstance(caught.value.__cause__, NoRouteError)


def test_a_learner_that_does_not_fit_is_told() -> None:
    with pytest.raises(AssertionError, match=r"records\.tst: unknown-id: .* did you mean 'test'\?"):
        assert_plans(BARISTA, Learner(records=[Record("tst", waived=True)]), today=TODAY)


def test_too_many_routes_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assertions, "plan", lambda *args, **asked: plan(*args, **asked, max_routes=1))
    either = Pathway("either", goal=Needs("a") | Needs("b"), steps=[Step("a"), Step("b")])

    with pytest.raises(AssertionError, match="more than 1 choices had to be compared"):
        assert_plans(either, BO, today=TODAY)


def test_an_unsound_plan_is_told_with_the_learner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assertions, "plan", lambda *args, **asked: a_day_earlier(plan(*args, **asked), "job"))

    with pytest.raises(AssertionError) as caught:
        assert_plans(BARISTA, BO, today=TODAY)

    heading, learner = str(caught.value).split("\nthe learner:\n")
    assert "is not sound:\n- 'job': its requirement does not hold" in heading
    assert parse_learner(learner) == BO


def test_a_learner_that_no_document_can_tell_is_shown_as_a_value() -> None:
    thirds = Learner("cy", weekly_hours=Fraction(1, 3), avoid=["job"])

    with pytest.raises(AssertionError, match=r"hours=Fraction\(1, 3\)"):
        assert_plans(BARISTA, thirds, today=TODAY)


def test_an_argument_that_is_no_date_is_no_failed_plan() -> None:
    with pytest.raises(InvalidValueError, match="today"):
        assert_plans(BARISTA, BO, today="2027-03-01")  # type: ignore[arg-type]


def test_pathways_learners_and_timelines_survive_both_syntaxes(timeline: Timeline) -> None:
    assert_round_trips(BARISTA)
    assert_round_trips(BO)
    assert_round_trips(timeline)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class LastDay(MonthEnd):
    """Its own class under a name that documents know as another."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Unknown(MonthEnd):
    """A rule of a name that no document knows."""

    key = "unknown"


def opening(rule: DayRule) -> Pathway:
    return Pathway("p", goal="a", steps=[Step("start"), Step("a", opens=rule)])


def test_what_is_read_as_another_value_is_told_with_its_place() -> None:
    with pytest.raises(AssertionError) as caught:
        assert_round_trips(opening(LastDay()))

    assert str(caught.value) == "'p' does not survive TOML: steps[1].opens: LastDay() was read as MonthEnd()"


def test_what_cannot_be_read_is_told() -> None:
    with pytest.raises(AssertionError, match=r"'p' does not survive JSON: .*steps\.a\.opens: not-an-opening"):
        assert_round_trips(opening(Unknown()), syntaxes=["json"])


def test_what_cannot_be_written_is_told() -> None:
    with pytest.raises(AssertionError, match=r"'cy' does not survive TOML: .*1/3 hours"):
        assert_round_trips(Learner("cy", weekly_hours=Fraction(1, 3)))


def test_a_list_that_loses_a_part_is_told_whole(timeline: Timeline, monkeypatch: pytest.MonkeyPatch) -> None:
    shorter = attrs.evolve(timeline, steps=timeline.steps[1:])
    monkeypatch.setattr(assertions, "parse_timeline", lambda *_, **__: shorter)

    with pytest.raises(AssertionError) as caught:
        assert_round_trips(timeline, syntaxes=["json"])

    assert str(caught.value).startswith("'bo through barista' does not survive JSON: steps: (PlannedStep(id='permit'")


def test_another_word_is_told_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    renamed = attrs.evolve(BARISTA, steps=(attrs.evolve(BARISTA.steps[0], title="Kurs"), *BARISTA.steps[1:]))
    monkeypatch.setattr(assertions, "parse_pathway", lambda *_, **__: renamed)

    with pytest.raises(AssertionError) as caught:
        assert_round_trips(BARISTA)

    assert str(caught.value) == "'barista' does not survive TOML: steps[0].title: '' was read as 'Kurs'"


def test_another_text_for_the_same_value_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = iter(["id = 1", "id = 2"])
    monkeypatch.setattr(assertions, "format_learner", lambda *_, **__: next(texts))
    monkeypatch.setattr(assertions, "parse_learner", lambda *_, **__: BO)

    with pytest.raises(AssertionError, match="written as another text"):
        assert_round_trips(BO)


def test_a_missing_extra_is_no_failed_round_trip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tomli_w", None)
    monkeypatch.delitem(sys.modules, "career_path.formats.toml_writing", raising=False)
    with pytest.raises(MissingExtraError, match="'toml'"):
        assert_round_trips(BO)
    assert_round_trips(BO, syntaxes=["json"])


def test_what_is_no_document_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="expected a pathway, a learner or a timeline"):
        assert_round_trips(MonthEnd())  # type: ignore[arg-type]


@given(day_rules(min_value=dt.date(2020, 1, 1), max_value=dt.date(2030, 1, 1)))
def test_the_rules_of_the_library_give_the_nearest_days(rule: DayRule) -> None:
    assert_gives_nearest_days(rule, since=dt.date(2027, 12, 1), through=dt.date(2028, 3, 31))


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Made(DayRule):
    """A rule of two functions."""

    key = "made"
    after: Callable[[int], int]
    before: Callable[[int], int]

    def _after(self, day: int) -> int:
        return self.after(day)

    def _before(self, day: int) -> int:
        return self.before(day)


def monday_on_or_after(day: int) -> int:
    return day + (1 - day) % 7


def monday_on_or_before(day: int) -> int:
    return day - (day - 1) % 7


def test_mondays_worked_out_by_remainders_are_mondays() -> None:
    mondays = Made(after=monday_on_or_after, before=monday_on_or_before)
    assert_gives_nearest_days(mondays, is_member=lambda day: day.weekday() == 0)


WEDNESDAY = dt.date(2027, 1, 6).toordinal()
WRONG: dict[str, tuple[DayRule, str]] = {
    "falls": (  # from Wednesday the Monday after next, from Thursday the next one
        Made(after=lambda d: monday_on_or_after(d) + 7 * (d == WEDNESDAY), before=monday_on_or_before),
        "- 2027-01-06: on_or_after gives 2027-01-18, but from the day after it 2027-01-11",
    ),
    "falls backward": (
        Made(after=monday_on_or_after, before=lambda d: monday_on_or_before(d) - 7 * (d == WEDNESDAY)),
        "- 2027-01-06: on_or_before gives 2026-12-28, but from the day before it 2027-01-04",
    ),
    "goes back": (
        Made(after=lambda d: monday_on_or_after(d) - 7 * (d == WEDNESDAY), before=monday_on_or_before),
        "- 2027-01-06: on_or_after gives 2027-01-04, which is earlier",
    ),
    "goes forward": (
        Made(after=monday_on_or_after, before=lambda d: monday_on_or_before(d) + 7 * (d == WEDNESDAY)),
        "- 2027-01-06: on_or_before gives 2027-01-11, which is later",
    ),
    "lands beside the set": (
        Made(after=lambda d: monday_on_or_after(d) + (d == WEDNESDAY), before=monday_on_or_before),
        "- 2027-01-06: on_or_after gives 2027-01-12, whose own first day is 2027-01-18",
    ),
    "lands beside the set, backward": (
        Made(after=monday_on_or_after, before=lambda d: monday_on_or_before(d) - (d == WEDNESDAY)),
        "- 2027-01-06: on_or_before gives 2027-01-03, whose own last day is 2026-12-28",
    ),
    "two sets": (
        Made(after=monday_on_or_after, before=lambda d: d),
        "- 2027-01-05: on_or_after gives 2027-01-11 and on_or_before 2027-01-05: only one of them takes it for its own",
    ),
    "wrong on the first day there is": (
        Made(after=lambda d: d + (d == FIRST), before=lambda d: d),
        "- 0001-01-01: on_or_after gives 0001-01-02 and on_or_before 0001-01-01: only one of them",
    ),
    "wrong on the last day there is": (
        Made(after=lambda d: d if d < LAST else NEVER, before=lambda d: d),
        "- 9999-12-31: on_or_after gives NEVER and on_or_before 9999-12-31: only one of them",
    ),
    "ends in the middle": (
        Made(after=lambda d: d if d < WEDNESDAY else NEVER, before=lambda _: ALWAYS),
        "- 2027-01-05: on_or_after gives 2027-01-05 and on_or_before ALWAYS: only one of them",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_rule_that_breaks_a_law_is_told_with_the_day(name: str) -> None:
    rule, told = WRONG[name]

    with pytest.raises(AssertionError) as caught:
        assert_gives_nearest_days(rule, since=dt.date(2027, 1, 5), through=dt.date(2027, 1, 12))

    assert str(caught.value).startswith("Made(after=")
    assert " is no set of nearest days:\n" in str(caught.value)
    assert told in str(caught.value)


def test_a_set_other_than_the_one_meant_is_told() -> None:
    with pytest.raises(AssertionError) as caught:
        assert_gives_nearest_days(MonthEnd(), is_member=lambda day: day.day == 30, since=dt.date(2027, 1, 30))

    told = str(caught.value).splitlines()
    assert told[0] == "MonthEnd() is no set of nearest days:"
    assert told[1] == "- 2027-01-30: is_member says that it is a day of the set, the rule says that it is not"
    assert told[2] == "- 2027-01-31: is_member says that it is no day of the set, the rule says that it is"
    assert len(told) == 1 + 5 + 1
    assert told[-1] == "- and more"


def is_month_end(day: dt.date) -> bool:
    return day == dt.date.max or (day + DAY).day == 1


def test_one_wrong_day_is_all_that_is_told() -> None:
    day = dt.date(2028, 2, 29)
    with pytest.raises(AssertionError) as caught:
        assert_gives_nearest_days(MonthEnd(), is_member=lambda each: each != day and is_month_end(each))

    assert str(caught.value).count("\n") == 1
    assert "- 2028-02-29: is_member says that it is no day of the set" in str(caught.value)


def test_a_rule_without_its_birth_date_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="birth"):
        assert_gives_nearest_days(Birthday())
    assert_gives_nearest_days(Birthday().for_birth(dt.date(2008, 2, 29)))


@pytest.mark.parametrize("name", ["since", "through"])
def test_a_stretch_is_told_in_dates(name: str) -> None:
    with pytest.raises(InvalidValueError, match=name):
        assert_gives_nearest_days(MonthEnd(), **{name: dt.datetime(2027, 1, 1)})  # type: ignore[arg-type]  # noqa: DTZ001
