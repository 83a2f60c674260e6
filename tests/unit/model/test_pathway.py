import datetime as dt
import pickle
import re
from collections.abc import Callable
from decimal import Decimal

import attrs
import pytest

from career_path.days.day_rules import MonthEnd
from career_path.days.durations import Effort, Estimate, WorkingDays
from career_path.days.spans import Span
from career_path.errors import DocumentError, InvalidValueError, UnknownIdError
from career_path.model.pathway import (
    AbsencePolicy,
    Cohort,
    Cohorts,
    Cost,
    Credential,
    Pathway,
    Source,
    Step,
    StepKind,
    Sure,
    Until,
    Validity,
    to_amount,
)
from career_path.model.requirements import Aged, AllOf, AnyOf, Holds, Needs

APRIL = Cohort(start=dt.date(2027, 4, 8), finish=dt.date(2027, 4, 23))


def small() -> Pathway:
    return Pathway(
        "small",
        title="A small one",
        goal="job",
        steps=[
            Step("job", kind="job", requires=AllOf("exam", Holds("cma-aama"))),
            Step(
                "exam",
                kind="exam",
                requires=AnyOf("school", "course"),
                grants=["cma-aama"],
                cost=Cost("125", sources=["A1"]),
            ),
            Step("school", takes="P9M", sources=["A1"]),
            Step("course", opens=Cohorts(cohorts=[APRIL])),
        ],
        credentials=[Credential("cma-aama", letters="CMA", issuer="AAMA", sources=["A1"])],
        sources=[Source("A1", sure="body")],
    )


def test_a_step_takes_nothing_costs_something_unknown_and_starts_any_day() -> None:
    step = Step("wait")

    assert (step.takes, step.cost, step.opens, step.requires) == (Span(), None, None, AllOf())
    assert (step.kind, step.name) == (StepKind.EXPERIENCE, "wait")


def test_words_and_texts_become_values() -> None:
    step = Step("exam", title="The exam", kind="exam", takes="P1M", requires="school", absence="ignore", cost="0")

    assert (step.kind, step.takes, step.requires) == (StepKind.EXAM, Span(months=1), Needs("school"))
    assert (step.absence, step.cost, step.name) == (AbsencePolicy.IGNORE, Cost(Decimal(0)), "The exam")


@pytest.mark.parametrize(
    ("step", "policy"),
    [
        (Step("a"), AbsencePolicy.IGNORE),
        (Step("a", takes=WorkingDays(5)), AbsencePolicy.IGNORE),
        (Step("a", takes=Effort(hours=5)), AbsencePolicy.PAUSE),
        (
            Step("a", takes=Estimate(low=Effort(hours=1), likely=Effort(hours=2), high=Effort(hours=3))),
            AbsencePolicy.PAUSE,
        ),
        (Step("a", kind="exam"), AbsencePolicy.FORBID),
        (Step("a", kind="exam", takes=Effort(hours=5)), AbsencePolicy.FORBID),
        (Step("a", opens=Cohorts(cohorts=[APRIL])), AbsencePolicy.FORBID),
        (Step("a", takes="P1M", absence="forbid"), AbsencePolicy.FORBID),
        (Step("a", kind="exam", absence="ignore"), AbsencePolicy.IGNORE),
    ],
    ids=map(str, range(9)),
)
def test_what_an_absence_does_depends_on_the_step(step: Step, policy: AbsencePolicy) -> None:
    assert step.absence_policy is policy


@pytest.mark.parametrize(
    ("make", "code", "where"),
    [
        (lambda: Step("An Exam"), "not-an-id", "id"),
        (lambda: Step(5), "not-an-id", "id"),  # type: ignore[arg-type]
        (lambda: Step("a", title="a\x00"), "control-character", "title"),
        (lambda: Step("a", note=None), "not-text", "note"),  # type: ignore[arg-type]
        (lambda: Step("a", kind="test"), "not-a-choice", "kind"),
        (lambda: Step("a", takes="9 months"), "not-a-span", "takes"),
        (lambda: Step("a", takes="-P1D"), "negative", "takes"),
        (lambda: Step("a", takes="P1M", absence="pause"), "pause-without-effort", "absence"),
        (lambda: Step("a", absence="wait"), "not-a-choice", "absence"),
        (lambda: Step("a", takes="P1M", opens=Cohorts(cohorts=[APRIL])), "fixed-twice", "takes"),
        (lambda: Step("a", opens="monday"), "wrong-kind", "opens"),  # type: ignore[arg-type]
        (lambda: Step("a", requires=5), "not-a-requirement", ""),  # type: ignore[arg-type]
        (lambda: Step("a", grants="cma"), "not-a-list", ""),
        (lambda: Step("a", grants=["CMA"]), "not-an-id", "grants"),
        (lambda: Step("a", sources=["A 1"]), "not-an-id", "sources"),
        (lambda: Step("a", cost="free"), "not-an-amount", ""),
        (lambda: Cohorts(cohorts=[]), "empty", "cohorts"),
        (lambda: Cohorts(cohorts=[dt.date(2027, 4, 8)]), "wrong-kind", "cohorts[0]"),  # type: ignore[list-item]
        (lambda: Cohort(start=dt.date(2027, 4, 8), finish=dt.date(2027, 4, 7)), "ends-before-it-begins", "finish"),
        (lambda: Cohort(start=dt.datetime(2027, 4, 8, tzinfo=dt.UTC), finish=dt.date(2027, 4, 9)), "not-a-date", ""),
        (lambda: Validity(span="P0D"), "not-positive", "span"),
        (lambda: Validity(span="-P1Y", until=MonthEnd()), "not-positive", "span"),
        (lambda: Validity(span="1 year"), "not-a-span", "span"),
        (lambda: Validity(span="P1Y", until="month end"), "not-a-choice", "until"),
        (lambda: Credential("CMA"), "not-an-id", "id"),
        (lambda: Credential("cma", valid="P60M"), "wrong-kind", "valid"),  # type: ignore[arg-type]
        (lambda: Credential("cma", issuer=5), "not-text", "issuer"),  # type: ignore[arg-type]
        (lambda: Credential("cma", letters="C\x00"), "control-character", "letters"),
        (lambda: Source("A 1"), "not-an-id", "id"),
        (lambda: Source("A1", sure="certain"), "not-a-choice", "sure"),
        (lambda: Source("A1", publisher=5), "not-text", "publisher"),  # type: ignore[arg-type]
        (lambda: Source("A1", address="a\rb"), "control-character", "address"),
        (lambda: Source("A1", as_of="2027-01-11"), "not-a-date", ""),  # type: ignore[arg-type]
        (lambda: Pathway("A b", goal="a", steps=[Step("a")]), "not-an-id", "id"),
        (lambda: Pathway("p", goal="a", steps=[Step("a")], currency="usd"), "not-a-currency", "currency"),
        (lambda: Pathway("p", goal="a", steps=[Step("a")], currency="USDT"), "not-a-currency", "currency"),
        (lambda: Pathway("p", goal=None, steps=[]), "not-a-requirement", ""),  # type: ignore[arg-type]
        (lambda: Pathway("p", goal="a", steps=["a"]), "wrong-kind", "steps[0]"),  # type: ignore[list-item]
        (lambda: Pathway("p", goal="a", steps="a"), "not-a-list", "steps"),  # type: ignore[arg-type]
    ],
    ids=map(str, range(39)),
)  # fmt: skip
def test_a_part_that_makes_no_sense_is_refused(make: Callable[[], object], code: str, where: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        make()
    assert (caught.value.code, caught.value.where) == (code, where)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("125.00", "125.00"),
        ("0", "0"),
        ("0.0001", "0.0001"),
        ("999999999999.9999", "999999999999.9999"),
        (125, "125"),
        (Decimal("12.5"), "12.5"),
        (Decimal("1E+3"), "1000"),
    ],
    ids=str,
)
def test_an_amount_is_exact(value: object, expected: str) -> None:
    assert to_amount(value) == Decimal(expected)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("-1", "negative"),
        (-1, "negative"),
        (Decimal("-0.01"), "negative"),
        ("", "not-an-amount"),
        ("1,5", "not-an-amount"),
        ("$5", "not-an-amount"),
        ("5\n", "not-an-amount"),
        (" 5", "not-an-amount"),
        ("1e3", "not-an-amount"),
        ("0.00001", "not-an-amount"),
        ("1.", "not-an-amount"),
        (".5", "not-an-amount"),
        ("٥", "not-an-amount"),
        ("NaN", "not-an-amount"),
        ("1" * 13, "not-an-amount"),
        (1.5, "not-an-amount"),
        (True, "not-an-amount"),
        (None, "not-an-amount"),
        (Decimal("NaN"), "not-an-amount"),
        (Decimal("sNaN"), "not-an-amount"),
        (Decimal("-Infinity"), "not-an-amount"),
        (Decimal("1E+999999"), "not-an-amount"),
        (Decimal("1E-9"), "not-an-amount"),
        (10**12, "not-an-amount"),
        (10**40, "not-an-amount"),
    ],
    ids=ascii,
)
def test_what_is_no_amount_is_refused(value: object, code: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        to_amount(value)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("credential", "name"),
    [
        (Credential("cma-aama", letters="CMA", issuer="AAMA", title="Certified"), "CMA (AAMA)"),
        (Credential("cma-aama", letters="CMA", title="Certified"), "Certified"),
        (Credential("cma-aama", letters="CMA"), "CMA"),
        (Credential("cma-aama", issuer="AAMA"), "cma-aama"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_credential_is_called_by_letters_and_issuer_where_it_has_both(credential: Credential, name: str) -> None:
    assert credential.name == name


def test_a_validity_may_last_until_the_next_day_of_a_rule() -> None:
    assert Validity(span="P0D", until=MonthEnd()).until == MonthEnd()
    assert Validity(span="P1Y").until is Until.DAY_BEFORE


def test_cohorts_are_kept_once_and_in_order() -> None:
    late = Cohort(start=dt.date(2027, 9, 1), finish=dt.date(2027, 9, 1))
    assert Cohorts(cohorts=[late, APRIL, late]).cohorts == (APRIL, late)


def test_the_parts_of_a_pathway_are_found_by_id() -> None:
    pathway = small()

    assert pathway.step("school").takes == Span(months=9)
    assert pathway.credential("cma-aama").name == "CMA (AAMA)"
    assert pathway.source("A1").sure is Sure.BODY
    assert [step.id for step in pathway.granting("cma-aama")] == ["exam"]
    assert pathway.granting("other") == ()
    assert (pathway.name, attrs.evolve(pathway, title="").name) == ("A small one", "small")


@pytest.mark.parametrize(
    ("find", "message"),
    [
        (lambda: small().step("exma"), "there is no step 'exma'; did you mean 'exam'?"),
        (lambda: small().credential("cma"), "there is no credential 'cma'"),
        (lambda: small().source("A2"), "there is no source 'A2'"),
    ],
    ids=["step", "credential", "source"],
)
def test_an_unknown_id_is_told_with_the_nearest(find: Callable[[], object], message: str) -> None:
    with pytest.raises(UnknownIdError, match=re.escape(message)):
        find()


def test_the_graph_leads_from_what_is_needed_to_what_needs_it() -> None:
    graph = small().graph()

    assert set(graph.nodes) == {"job", "exam", "school", "course"}
    assert set(graph.edges) == {("exam", "job"), ("school", "exam"), ("course", "exam")}
    assert [node for node, is_goal in graph.nodes(data="is_goal") if is_goal] == ["job"]
    assert graph.nodes["school"]["step"] == small().step("school")
    assert graph.edges["school", "exam"]["requirement"] == Needs("school")
    assert graph.graph == {"id": "small", "title": "A small one"}


def test_a_credential_leads_from_the_step_that_grants_it() -> None:
    pathway = Pathway(
        "p",
        goal=Holds("bls"),
        steps=[Step("course", grants=["bls"]), Step("job", requires=AllOf(Holds("bls"), Aged(18)))],
        credentials=[Credential("bls")],
    )
    graph = pathway.graph()

    assert graph.edges["course", "job"]["requirement"] == Holds("bls")
    assert not any(is_goal for _, is_goal in graph.nodes(data="is_goal"))


@pytest.mark.parametrize(
    "value",
    [small(), *small().steps, *small().credentials, *small().sources, Cost("1"), APRIL, Validity(span="P1Y")],
    ids=lambda value: f"{type(value).__name__} {getattr(value, 'id', '')}",
)
def test_the_parts_are_frozen_hashable_and_can_be_pickled(value: attrs.AttrsInstance) -> None:
    twin = pickle.loads(pickle.dumps(value))
    assert twin == value
    assert hash(twin) == hash(value)
    for field in attrs.fields(type(value)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, field.name, None)


def test_a_pathway_with_faults_is_refused_with_all_of_them() -> None:
    with pytest.raises(DocumentError) as caught:
        Pathway("p", goal="jbo", steps=[Step("job", requires="school", grants=["x"])])
    assert [(fault.code, fault.path) for fault in caught.value.faults] == [
        ("unknown-id", "goal"),
        ("unknown-id", "steps.job.requires"),
        ("unknown-id", "steps.job.grants[0]"),
    ]
    assert caught.value.name == "p"
