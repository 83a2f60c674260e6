"""The strategies draw what they promise, all of it, and nothing unsound."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import TypeVar

import attrs
import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from career_path.days import day_rules as rules_module
from career_path.days.day_rules import DAY_RULES, DayRule, MonthEnd, Weekday, Years
from career_path.days.durations import Duration, Effort, Estimate, WorkingDays
from career_path.days.numbers import ALWAYS, NEVER, civil, month_start
from career_path.days.pace import Absence
from career_path.days.spans import Span
from career_path.errors import DocumentError, InvalidValueError, UnknownIdError
from career_path.model.edits import StepEdit
from career_path.model.entries import resolved_for
from career_path.model.learner import Held, Learner, Record, check_learner
from career_path.model.overlays import Overlay
from career_path.model.pathway import AbsencePolicy, Cohorts, Credential, Opening, Pathway, Step, Until, Validity
from career_path.model.requirements import (
    Aged,
    AllOf,
    AnyOf,
    AtLeast,
    Event,
    HasFact,
    Holds,
    Leaf,
    Located,
    Needs,
    Order,
    Requirement,
    Worked,
    leaves,
)
from career_path.model.text import check_text
from career_path.model.timeline import Status, Timeline
from career_path.testing import (
    absences,
    cases,
    credentials,
    dates,
    day_rules,
    durations,
    learners,
    openings,
    overlaid_pathways,
    pathways,
    records,
    requirements,
    spans,
    steps,
    timelines,
    titles,
)

TODAY = dt.date(2027, 1, 11)
Case = tuple[Pathway, Learner, dt.date]


Drawn = TypeVar("Drawn")


def occurs(strategy: st.SearchStrategy[Drawn], wanted: Callable[[Drawn], object]) -> Drawn:
    """A drawn value of that kind; the first one found, without looking for a smaller one."""
    quick = settings(max_examples=2_000, database=None, phases=[Phase.generate])
    return find(strategy, lambda value: bool(wanted(value)), settings=quick)


def every_leaf(pathway: Pathway) -> Iterator[Leaf]:
    for step in pathway.steps:
        yield from (leaf for _, leaf in leaves(step.requires))


def needs(pathway: Pathway) -> list[Needs]:
    return [leaf for leaf in every_leaf(pathway) if isinstance(leaf, Needs)]


@given(dates(min_value=dt.date(2027, 1, 11), max_value=dt.date(2029, 3, 1)))
def test_dates_lie_between_their_ends(day: dt.date) -> None:
    assert dt.date(2027, 1, 11) <= day <= dt.date(2029, 3, 1)


@pytest.mark.parametrize("wanted", [dt.date(2028, 2, 29), dt.date(2027, 1, 31), dt.date(2027, 1, 11)])
def test_days_where_calendars_bite_are_drawn(wanted: dt.date) -> None:
    assert occurs(dates(min_value=TODAY, max_value=dt.date(2032, 1, 1)), lambda day: day == wanted) is not None


@pytest.mark.parametrize("edge", [dt.date(1999, 12, 30), dt.date(2101, 7, 2)])
def test_both_ends_of_a_stretch_are_drawn(edge: dt.date) -> None:
    assert occurs(dates(min_value=dt.date(1999, 12, 30), max_value=dt.date(2101, 7, 2)), edge.__eq__) == edge


@pytest.mark.parametrize("edge", [dt.date.min, dt.date.max])
def test_both_ends_of_the_calendar_are_drawn(edge: dt.date) -> None:
    assert occurs(dates(min_value=dt.date.min, max_value=dt.date.max), edge.__eq__) == edge


def test_a_stretch_of_one_day_is_one_date() -> None:
    assert occurs(dates(min_value=TODAY, max_value=TODAY), lambda _: True) == TODAY


@given(spans(max_months=7, max_days=9, may_be_zero=False))
def test_spans_keep_to_their_limits(span: Span) -> None:
    assert 0 <= span.total_months <= 7
    assert 0 <= span.total_days <= 9
    assert not span.is_zero


@pytest.mark.parametrize(
    "wanted",
    [
        lambda span: span.years and span.months,
        lambda span: span.weeks,
        lambda span: span.total_months and span.total_days,
        lambda span: span.is_zero,
        lambda span: span.total_months < 0,
    ],
    ids=["years and months", "weeks", "months and days", "nothing", "back"],
)
def test_spans_of_every_shape_are_drawn(wanted: Callable[[Span], object]) -> None:
    assert occurs(spans(may_be_negative=True), wanted) is not None


@pytest.mark.parametrize("kind", [Span, WorkingDays, Effort, Estimate])
def test_lengths_of_every_kind_are_drawn(kind: type[Duration]) -> None:
    assert isinstance(occurs(durations(), lambda length: isinstance(length, kind)), kind)


@given(durations(may_be_estimate=False))
def test_estimates_can_be_left_out(length: Duration) -> None:
    assert not isinstance(length, Estimate)


@given(absences(min_value=TODAY, max_value=dt.date(2027, 3, 1), max_days=5))
def test_absences_begin_between_two_days_and_are_short(away: Absence) -> None:
    assert TODAY <= away.from_ <= dt.date(2027, 3, 1)
    assert 1 <= (away.through - away.from_).days + 1 <= 5


def test_an_absence_ends_with_the_calendar() -> None:
    assert occurs(absences(min_value=dt.date.max, max_value=dt.date.max), lambda _: True).through == dt.date.max


@pytest.mark.parametrize("kind", DAY_RULES, ids=lambda kind: kind.key)
def test_day_rules_of_every_class_are_drawn(kind: type[DayRule]) -> None:
    assert occurs(day_rules(), lambda rule: type(rule) is kind) is not None


@pytest.mark.parametrize("years", Years)
def test_yearly_rules_of_every_parity_are_drawn(years: Years) -> None:
    assert occurs(day_rules(), lambda rule: getattr(rule, "years", None) is years) is not None


@given(day_rules())
def test_bound_rules_need_no_birth_date(rule: DayRule) -> None:
    assert not rule.needs_birth_date


def test_rules_as_documents_write_them_may_need_one() -> None:
    assert occurs(day_rules(is_bound=False), lambda rule: rule.needs_birth_date) is not None


@attrs.frozen(kw_only=True)
class Every(DayRule):
    """A rule that nobody told the strategies about: every so many days, in some months, unless it is one weekday."""

    key = "every"
    count: int
    months: tuple[int, ...]
    but: Weekday | None = None
    mode: str = attrs.field(default="plain", metadata={"examples": ("plain", "strange")})
    inner: DayRule = attrs.field(factory=MonthEnd)

    def __attrs_post_init__(self) -> None:
        if max(self.months) > 12:
            raise InvalidValueError("not-a-month", "months", str(self.months), "1 to 12")

    def _after(self, day: int) -> int:
        return day if self.count else NEVER

    def _before(self, day: int) -> int:
        return month_start(*civil(day)[:2]) if self.count else ALWAYS


def test_a_new_class_is_drawn_from_the_types_of_its_fields() -> None:
    strategy = day_rules(kinds=(Every,))

    found = [occurs(strategy, wanted) for wanted in (
        lambda rule: rule.but is Weekday.TUE,
        lambda rule: rule.but is None,
        lambda rule: rule.mode == "strange",
        lambda rule: len(rule.months) > 1,
        lambda rule: isinstance(rule.inner, rules_module.Dates),
    )]  # fmt: skip
    assert all(isinstance(rule, Every) and max(rule.months) <= 12 for rule in found)


@given(titles(max_size=5))
def test_titles_are_texts_that_the_model_takes(text: str) -> None:
    assert check_text(text) == text
    assert len(text) <= 5


def test_titles_of_other_scripts_and_with_marks_are_drawn() -> None:
    assert occurs(titles(), lambda text: not text.isascii())
    assert occurs(titles(), lambda text: set(text) & set(";\\\n"))


@given(pathways(max_steps=4))
def test_pathways_are_sound_and_of_the_size_asked_for(pathway: Pathway) -> None:
    assert 1 <= len(pathway.steps) <= 4
    assert attrs.evolve(pathway) == pathway, "making one checks it"
    for leaf in needs(pathway):
        if leaf.within is not None:
            assert leaf.within.total_days >= 105, "a month and more of room beyond the longest lag of days"
            assert leaf.within.total_months >= leaf.lag.total_months


def crossing(step: Step) -> bool:
    cohorts = step.opens.cohorts if isinstance(step.opens, Cohorts) else ()
    return any(one.start < other.start and one.finish > other.finish for one in cohorts for other in cohorts)


def in_a_ring(pathway: Pathway) -> bool:
    order = [step.id for step in pathway.steps]
    return any(
        isinstance(leaf, Needs) and order.index(leaf.step) > order.index(step.id)
        for step in pathway.steps
        for _, leaf in leaves(step.requires)
    )


def has_step(wanted: Callable[[Step], object]) -> Callable[[Pathway], bool]:
    return lambda pathway: any(wanted(step) for step in pathway.steps)


def has_need(wanted: Callable[[Needs], object]) -> Callable[[Pathway], bool]:
    return lambda pathway: any(wanted(leaf) for leaf in needs(pathway))


FEATURES: dict[str, Callable[[Pathway], object]] = {
    "all": has_step(lambda s: isinstance(s.requires, AllOf) and s.requires.of),
    "any": has_step(lambda s: isinstance(s.requires, AnyOf) and len(s.requires.of) > 1),
    "at least": has_step(lambda s: isinstance(s.requires, AtLeast) and 1 < s.requires.k < len(s.requires.of)),
    "nested": has_step(lambda s: getattr(s.requires, "depth", 0) > 1),
    "start": has_need(lambda leaf: leaf.of is Event.START),
    "negative lag": has_need(lambda leaf: leaf.lag.is_negative),
    "within": has_need(lambda leaf: leaf.within),
    "by": has_need(lambda leaf: leaf.by),
    "order any": has_need(lambda leaf: leaf.order is Order.ANY and leaf.by),
    "holds": lambda p: any(isinstance(leaf, Holds) and leaf.throughout for leaf in every_leaf(p)),
    "holds at the start": lambda p: any(isinstance(leaf, Holds) and not leaf.throughout for leaf in every_leaf(p)),
    "aged": lambda p: any(isinstance(leaf, Aged) and leaf.under for leaf in every_leaf(p)),
    "worked": lambda p: any(isinstance(leaf, Worked) and leaf.span and leaf.hours for leaf in every_leaf(p)),
    "job": lambda p: any(p.employing(leaf) for leaf in every_leaf(p) if isinstance(leaf, Worked)),
    "ring": in_a_ring,
    "crossing cohorts": has_step(crossing),
    "forbidding": has_step(lambda s: s.absence is AbsencePolicy.FORBID),
    "pausing": has_step(lambda s: s.absence is AbsencePolicy.PAUSE),
    "ignoring": has_step(lambda s: s.absence is AbsencePolicy.IGNORE),
    "unknown cost": has_step(lambda s: s.cost is None),
    "free": has_step(lambda s: s.cost and s.cost.amount == 0),
    "dear": has_step(lambda s: s.cost and s.cost.amount > 1_000),
    "goal of several": lambda p: isinstance(p.goal, AllOf) and len(p.goal.of) > 1,
    "two that grant": lambda p: any(len(p.granting(c.id)) > 1 for c in p.credentials),
    "validity by rule": lambda p: any(
        isinstance(c.valid, Validity) and isinstance(c.valid.until, DayRule) for c in p.credentials
    ),
    "month end": lambda p: any(
        isinstance(c.valid, Validity) and c.valid.until is Until.MONTH_END for c in p.credentials
    ),
    "no end": lambda p: any(c.valid is None for c in p.credentials),
    "sources": lambda p: any(step.sources for step in p.steps),
    **{f"opens {kind.key}": has_step(lambda s, kind=kind: isinstance(s.opens, kind)) for kind in DAY_RULES},  # type: ignore[misc]
    "takes hours": has_step(lambda s: isinstance(s.takes, Effort)),
    "takes working days": has_step(lambda s: isinstance(s.takes, WorkingDays)),
    "takes about": has_step(lambda s: isinstance(s.takes, Estimate)),
}  # fmt: skip


@pytest.mark.parametrize("feature", FEATURES)
def test_pathways_with_every_feature_are_drawn(feature: str) -> None:
    assert occurs(pathways(), FEATURES[feature]) is not None


@given(credentials("cma-aama", sources=("A1",)))
def test_credentials_have_the_id_and_sources_asked_for(credential: Credential) -> None:
    assert credential.id == "cma-aama"
    assert set(credential.sources) <= {"A1"}


@given(cases())
def test_learners_fit_their_pathway(case: Case) -> None:
    pathway, learner, today = case

    check_learner(learner, pathway, today=today)
    assert today >= TODAY
    assert learner.born is not None
    assert learner.weekly_hours
    assert not set(learner.choose) & set(learner.avoid)


PEOPLE: dict[str, Callable[[Learner], object]] = {
    "start": lambda one: one.start,
    "later start": lambda one: one.start and one.start > TODAY,
    "changing hours": lambda one: len(one.weekly_hours or ()) > 1,
    "absences": lambda one: len(one.absences) > 1,
    "finished": lambda one: any(r.finished for r in one.records),
    "running": lambda one: any(r.started and not r.finished for r in one.records),
    "failed": lambda one: any(r.failed for r in one.records),
    "waived": lambda one: any(r.waived is True for r in one.records),
    "waived on a day": lambda one: any(isinstance(r.waived, dt.date) for r in one.records),
    "renewed": lambda one: any(h.renewed for h in one.holds),
    "employment": lambda one: one.employment,
    "facts": lambda one: one.facts,
    "chosen": lambda one: one.choose,
    "avoided": lambda one: one.avoid,
    "budget": lambda one: one.budget,
    "deadline": lambda one: one.deadline,
}


@pytest.mark.parametrize("feature", PEOPLE)
def test_learners_of_every_kind_are_drawn(feature: str) -> None:
    pathway = occurs(pathways(), lambda drawn: len(drawn.steps) > 1 and drawn.credentials)
    assert occurs(learners(pathway, today=TODAY), PEOPLE[feature]) is not None


def test_learners_ask_for_what_can_hold_for_them_or_for_nothing() -> None:
    optional = Overlay("older", is_optional=True, steps=[StepEdit("job", {"takes": "P1D"})])
    texas = attrs.evolve(optional, id="texas", where="US-TX")
    held = attrs.evolve(optional, id="held", is_optional=False)
    pathway = Pathway("p", goal="job", steps=[Step("job", kind="job")], overlays=[optional, texas, held])
    drawn = learners(pathway, today=TODAY)
    assert occurs(drawn, lambda learner: learner.overlays == ()) is not None
    assert occurs(drawn, lambda learner: learner.overlays == ("older",)) is not None
    assert occurs(drawn, lambda learner: learner.overlays == ("older", "texas")) is not None
    assert occurs(learners(pathway, today=TODAY, place=st.just("US-FL")), lambda learner: learner.overlays) is not None
    nothing = occurs(learners(pathway, today=TODAY, overlays=st.just(())), lambda learner: learner.place == "US-TX")
    assert nothing.overlays == ()

    @settings(max_examples=50)
    @given(drawn | learners(pathway, today=TODAY, place=st.just("US-FL")))
    def check(learner: Learner) -> None:
        assert [each.id for each in resolved_for(pathway, learner, today=TODAY).applied] == [*learner.overlays, "held"]

    check()


def test_overlays_are_drawn_that_may_be_asked_for_and_that_may_not() -> None:
    pathway = occurs(overlaid_pathways(), lambda drawn: len({each.is_optional for each in drawn.overlays}) == 2)
    assert pathway is not None


@given(pathways(min_steps=3, max_steps=3, max_credentials=0))
def test_pathways_can_be_of_one_size_and_without_credentials(pathway: Pathway) -> None:
    assert len(pathway.steps) == 3
    assert pathway.credentials == ()


def test_pathways_of_many_credentials_are_drawn() -> None:
    assert len(occurs(pathways(max_credentials=4), lambda pathway: len(pathway.credentials) == 4).credentials) == 4


@given(requirements(steps=["a", "b"], credentials=["c"]))
def test_requirements_name_what_they_were_given(requirement: Requirement) -> None:
    for _, leaf in leaves(requirement):
        assert not isinstance(leaf, Needs) or leaf.step in {"a", "b"}
        assert not isinstance(leaf, Holds) or leaf.credential == "c"


@given(requirements())
def test_requirements_over_nothing_ask_only_what_the_learner_is_and_did(requirement: Requirement) -> None:
    assert all(isinstance(leaf, (Aged, Worked, Located, HasFact)) for _, leaf in leaves(requirement))


@pytest.mark.parametrize("kind", [AllOf, AnyOf, AtLeast, Needs, Holds, Aged, Worked, Located, HasFact])
def test_requirements_of_every_kind_are_drawn(kind: type[Requirement]) -> None:
    strategy = requirements(steps=["a"], credentials=["c"])
    assert isinstance(occurs(strategy, lambda requirement: isinstance(requirement, kind)), kind)


@given(steps("exam", requires="school", grants=["c"], sources=["A1"]))
def test_steps_have_the_id_requirement_and_parts_asked_for(step: Step) -> None:
    assert (step.id, step.requires) == ("exam", Needs("school"))
    assert set(step.grants) <= {"c"}
    assert set(step.sources) <= {"A1"}
    assert attrs.evolve(step) == step, "making one checks it"


def test_steps_without_a_requirement_are_free_to_start() -> None:
    assert occurs(steps("exam"), lambda _: True).requires == AllOf()


@given(openings(around=dt.date(2031, 5, 1)))
def test_listed_days_of_openings_lie_in_the_four_years_after_a_day(opens: Opening | None) -> None:
    match opens:
        case rules_module.Dates():
            days = list(opens.dates)
        case Cohorts():
            days = [cohort.start for cohort in opens.cohorts]
        case _:
            days = []
    assert all(dt.date(2031, 5, 1) <= day <= dt.date(2035, 5, 1) for day in days)


@pytest.mark.parametrize("kind", [None, Cohorts, *DAY_RULES], ids=str)
def test_openings_of_every_kind_are_drawn(kind: type[Cohorts | DayRule] | None) -> None:
    found = occurs(openings(), lambda opens: opens is None if kind is None else type(opens) is kind)
    assert found is None if kind is None else isinstance(found, kind)


NURSE = Pathway(
    "nurse",
    goal="job",
    steps=[
        Step("school", takes="P2Y"),
        Step("exam", requires="school", grants=["license"]),
        Step("job", requires=Needs("school", of="start", lag="P1Y") & Holds("license")),
    ],
    credentials=[Credential("license")],
)


@given(records(NURSE, today=TODAY))
def test_records_fit_the_pathway_and_name_the_starts_that_rules_count_from(drawn: list[Record]) -> None:
    check_learner(Learner(records=drawn), NURSE, today=TODAY)
    assert all(each.started for each in drawn if each.step == "school" and each.finished)


@given(records(NURSE, today=TODAY, of=["exam"]))
def test_records_can_be_those_of_some_steps(drawn: list[Record]) -> None:
    assert {record.step for record in drawn} <= {"exam"}


def test_records_of_unknown_steps_are_refused() -> None:
    with pytest.raises(UnknownIdError, match="there is no step 'exm'; did you mean 'exam'"):
        records(NURSE, today=TODAY, of=["exm"])


@given(
    learners(
        NURSE,
        today=TODAY,
        id=st.just("ana"),
        start=dates(min_value=dt.date(2027, 9, 1), max_value=dt.date(2027, 9, 30)),
        weekly_hours=st.integers(10, 20),
        records=st.just(()),
        holds=st.just((Held("license", granted=dt.date(2026, 5, 1)),)),
        choose=st.just(()),
    )
)
def test_learners_have_the_fields_that_were_told(learner: Learner) -> None:
    assert learner.id == "ana"
    assert learner.start is not None
    assert (learner.start.year, learner.start.month) == (2027, 9)
    assert learner.weekly_hours is not None
    assert [10 <= period.hours <= 20 for period in learner.weekly_hours] == [True]
    assert (learner.records, learner.choose) == ((), ())
    assert learner.held("license") is not None


def test_a_field_that_learners_do_not_have_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownIdError, match="there is no field of a learner 'hours'"):
        learners(NURSE, today=TODAY, hours=st.just(7))
    with pytest.raises(UnknownIdError, match="did you mean 'weekly_hours'"):
        learners(NURSE, today=TODAY, weeklyhours=st.just(7))


def test_fields_that_do_not_fit_the_pathway_are_refused_when_drawn() -> None:
    strategy = learners(NURSE, today=TODAY, choose=st.just(["diploma"]))
    with pytest.raises(DocumentError, match="choose: unknown-id: found 'diploma'"):
        occurs(strategy, lambda _: True)


@given(cases(NURSE, today=TODAY))
def test_cases_can_be_of_one_pathway(case: Case) -> None:
    pathway, learner, today = case
    assert pathway is NURSE
    assert 0 <= (today - TODAY).days <= 60
    check_learner(learner, pathway, today=today)


@given(timelines())
def test_timelines_are_plans_that_exist(timeline: Timeline) -> None:
    assert timeline.is_feasible
    assert timeline.finish is not None


@given(timelines(cases(NURSE, today=TODAY), objective="cheapest"))
def test_timelines_can_be_those_of_one_pathway(timeline: Timeline) -> None:
    assert timeline.pathway == "nurse"


def has_status(status: Status) -> Callable[[Timeline], bool]:
    return lambda timeline: any(step.status is status for step in timeline.steps)


PLANS: dict[str, Callable[[Timeline], object]] = {
    **{f"{status} step": has_status(status) for status in Status if status is not Status.REDO},
    "several steps": lambda plan: len(plan.steps) > 2,
    "no step": lambda plan: not plan.steps,
    "slack": lambda plan: any(step.slack_days for step in plan.steps),
    "conflict": lambda plan: plan.conflicts,
    "notice": lambda plan: plan.notices,
    "deadline": lambda plan: plan.deadlines,
    "reminder": lambda plan: plan.reminders,
    "renewal": lambda plan: plan.renewals,
    "cost": lambda plan: plan.cost.amount,
    "unknown cost": lambda plan: plan.cost.unknown,
}


@pytest.mark.parametrize("feature", PLANS)
def test_timelines_of_every_kind_are_drawn(feature: str) -> None:
    assert occurs(timelines(), PLANS[feature]) is not None


def test_timelines_made_backward_are_drawn() -> None:
    finish_by = dates(min_value=dt.date(2030, 1, 1), max_value=dt.date(2035, 1, 1))
    assert occurs(timelines(finish_by=finish_by), lambda timeline: timeline.is_latest and timeline.steps).is_latest


def test_cases_without_a_plan_or_with_an_unknown_start_are_passed_over() -> None:
    # The start of school counts, and a record that gives only its finish makes the case one that cannot be planned.
    no_start = Learner("ana", records=[Record("school", finished=dt.date(2026, 1, 5))])
    no_way = Learner("bo", avoid=["job"])
    drawn = st.sampled_from([(NURSE, learner, TODAY) for learner in (no_start, no_way, Learner("cy"))])
    for learner in ("ana", "bo"):
        assert occurs(drawn, lambda case, name=learner: case[1].id == name)  # type: ignore[misc]
    assert occurs(timelines(drawn), lambda _: True).learner == "cy"


def test_a_case_that_is_at_fault_is_told() -> None:
    drawn = st.just((NURSE, Learner("ana", choose=["diploma"]), TODAY))
    with pytest.raises(DocumentError, match="unknown-id"):
        occurs(timelines(drawn), lambda _: True)
