"""Overlays: when they hold, what they change, and every way in which they do not fit."""

from __future__ import annotations

import datetime as dt
import pickle
import time
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from career_path import (
    Credential,
    CredentialEdit,
    DocumentError,
    Edit,
    Fault,
    InvalidValueError,
    Learner,
    Overlay,
    Pathway,
    Record,
    RenewalRule,
    Source,
    Step,
    StepEdit,
    Validity,
    Way,
)
from career_path.days.spans import Span
from career_path.model.edits import parts_of
from career_path.model.entries import asking_of, entered_on, places_left_open, resolved_for
from career_path.model.overlaying import combinations, overlaid
from career_path.model.pathway import StepKind
from career_path.model.renewal import Grace

TODAY = dt.date(2027, 1, 4)
WAYS = [Way("ce", kind="credits", fee="10"), Way("exam", kind="exam")]
CARD = Credential("card", issuer="Board", valid=Validity(span="P1Y"), renewal=RenewalRule(ways=WAYS, opens="P60D"))
STEPS = (
    Step("school", kind="program", takes="P9M", cost="100"),
    Step("exam", kind="exam", requires="school", cost="50", grants=["card"]),
    Step("job", kind="job", requires="exam"),
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def pathway(*overlays: Overlay, steps: tuple[Step, ...] = STEPS) -> Pathway:
    return Pathway("p", goal="job", steps=steps, credentials=[CARD], sources=[Source("S1")], overlays=overlays)


def school(takes: str, name: str = "o", **conditions: Any) -> Overlay:  # noqa: ANN401 (each is of its own kind)
    return Overlay(name, steps=[StepEdit("school", {"takes": takes})], **conditions)


def faults(*overlays: Overlay) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        pathway(*overlays)
    return [f"{fault.path}: {fault.code}" for fault in caught.value.faults]


def made(*overlays: Overlay, where: str = "", on: dt.date = TODAY, entered: dt.date | None = None) -> Pathway:
    return pathway(*overlays).resolve(where=where, on=on, entered=entered)


# When


@pytest.mark.parametrize(
    ("on", "holds"), [("2024-12-31", False), ("2025-01-01", True), ("2025-12-31", True), ("2026-01-01", False)]
)
def test_both_ends_of_its_days_are_included(on: str, holds: bool) -> None:  # noqa: FBT001
    overlay = school("P1Y", since=day("2025-01-01"), until=day("2025-12-31"))
    assert bool(made(overlay, on=day(on)).applied) is holds


@pytest.mark.parametrize(
    ("entered", "holds"), [("2024-08-31", False), ("2024-09-01", True), ("2025-08-31", True), ("2025-09-01", False)]
)
def test_both_ends_of_the_days_of_entry_are_included(entered: str, holds: bool) -> None:  # noqa: FBT001
    overlay = school("P1Y", entered_since=day("2024-09-01"), entered_until=day("2025-08-31"))
    assert bool(made(overlay, entered=day(entered)).applied) is holds


@pytest.mark.parametrize(
    ("where", "holds"),
    [
        ("US-TX", True),
        ("US-TX-201", True),
        ("us-tx", True),
        ("US", False),
        ("US-T", False),
        ("US-TXX", False),
        ("", False),
    ],
)
def test_a_place_holds_for_its_parts_alone(where: str, holds: bool) -> None:  # noqa: FBT001
    assert bool(made(school("P1Y", where="US-TX"), where=where).applied) is holds


def test_all_conditions_have_to_hold() -> None:
    overlay = school("P1Y", where="US-TX", since=TODAY, entered_until=day("2026-01-01"))
    assert made(overlay, where="US-TX", entered=day("2026-01-01")).applied
    assert not made(overlay, where="US-TX", entered=day("2026-01-02")).applied
    assert not made(overlay, where="US-FL", entered=day("2026-01-01")).applied


def test_one_without_conditions_always_holds() -> None:
    assert made(school("P1Y")).step("school").takes == Span.parse("P1Y")


def test_who_entered_when_no_day_is_told_entered_on_the_day_itself() -> None:
    assert made(school("P1Y", entered_since=TODAY), on=TODAY).applied


# Which are asked for


def test_an_optional_one_holds_for_those_who_ask_for_it_alone() -> None:
    there = pathway(school("P1Y", is_optional=True))
    assert there.resolve(on=TODAY) == pathway()
    asked = there.resolve(on=TODAY, overlays=["o"])
    assert asked.step("school").takes == Span.parse("P1Y")
    assert [(each.id, each.is_optional) for each in asked.applied] == [("o", True)]


def test_who_asks_for_one_of_two_has_that_one_alone_and_of_both_the_later_wins() -> None:
    there = pathway(school("P1Y", "first", is_optional=True), school("P2Y", "second", is_optional=True))
    takes = {
        asked: str(there.resolve(on=TODAY, overlays=asked).step("school").takes)
        for asked in [(), ("first",), ("second",), ("first", "second"), ("second", "first")]
    }
    assert takes == {
        (): "P9M",
        ("first",): "P1Y",
        ("second",): "P2Y",
        ("first", "second"): "P2Y",
        ("second", "first"): "P2Y",
    }


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        (["odler"], Fault("unknown-id", "overlays[0]", "'odler'", "an optional overlay of this pathway", "older")),
        (
            ["older", "tx"],
            Fault("not-optional", "overlays[1]", "'tx'", "an optional overlay; this one holds without being asked for"),
        ),
        (
            ["older", "gone"],
            Fault(
                "does-not-hold",
                "overlays[1]",
                "'gone'",
                "one that holds in US-TX on 2027-01-04, for an entry on 2026-09-01; this one is through 2026-12-31",
            ),
        ),
    ],
)
def test_what_cannot_be_asked_for_is_refused(asked: list[str], fault: Fault) -> None:
    there = pathway(
        school("P1Y", "older", is_optional=True),
        school("P1Y", "tx", where="US-TX"),
        school("P1Y", "gone", is_optional=True, until=day("2026-12-31")),
    )
    with pytest.raises(DocumentError) as caught:
        there.resolve(where="US-TX", on=TODAY, entered=day("2026-09-01"), overlays=asked)
    assert (caught.value.name, caught.value.faults) == ("p", (fault,))


@pytest.mark.parametrize(
    ("conditions", "where"),
    [
        ({"where": "US-FL"}, "US-TX"),
        ({"where": "US-TX"}, ""),
        ({"since": day("2027-01-05")}, "US-TX"),
        ({"entered_since": day("2027-01-05")}, "US-TX"),
    ],
)
def test_all_other_conditions_of_an_optional_one_have_to_hold_too(conditions: dict[str, Any], where: str) -> None:
    there = pathway(school("P1Y", is_optional=True, **conditions))
    assert there.resolve(where=where, on=TODAY) == pathway()
    with pytest.raises(DocumentError, match="does-not-hold"):
        there.resolve(where=where, on=TODAY, overlays=["o"])


def test_a_pathway_without_overlays_refuses_to_be_asked_for_one() -> None:
    with pytest.raises(DocumentError, match=r"expected none: this pathway has no optional ones$"):
        pathway().resolve(on=TODAY, overlays=["older"])


def test_what_was_asked_for_may_be_asked_for_once_more() -> None:
    once = pathway(school("P1Y", is_optional=True)).resolve(on=TODAY, overlays=["o"])
    assert once.resolve(on=TODAY, overlays=["o"]) is once
    assert once.resolve(on=TODAY) is once
    with pytest.raises(DocumentError, match="unknown-id"):
        once.resolve(on=TODAY, overlays=["other"])


def test_a_single_text_is_no_list_of_ids() -> None:
    with pytest.raises(InvalidValueError, match="not-a-list"):
        pathway(school("P1Y", is_optional=True)).resolve(on=TODAY, overlays="o")
    with pytest.raises(InvalidValueError, match="not-an-id"):
        Learner(overlays=["An Overlay"])


def test_a_learner_asks_for_overlays_and_faults_are_theirs() -> None:
    there = pathway(school("P1Y", is_optional=True))
    assert resolved_for(there, Learner(overlays=["o"]), today=TODAY).applied
    assert not resolved_for(there, Learner(), today=TODAY).applied
    for base in (there, pathway()):
        with pytest.raises(DocumentError, match=r"^learner: overlays\[0\]: unknown-id"):
            resolved_for(base, Learner(overlays=["other"]), today=TODAY)


# What


def test_of_two_overlays_on_one_field_the_later_one_wins_and_both_are_listed() -> None:
    first, second = school("P1Y", "first"), school("P2Y", "second")
    there, back = made(first, second), made(second, first)
    assert there.step("school").takes == Span.parse("P2Y")
    assert back.step("school").takes == Span.parse("P1Y")
    assert [each.id for each in there.applied] == ["first", "second"]
    assert [each.id for each in back.applied] == ["second", "first"]


def test_other_fields_and_steps_stay_as_they_are() -> None:
    after = made(school("P1Y"))
    assert after.step("school").cost == STEPS[0].cost
    assert after.steps[1:] == STEPS[1:]


def test_a_field_is_removed() -> None:
    after = made(Overlay("o", steps=[StepEdit("school", remove=["cost", "takes"])]))
    assert after.step("school") == Step("school", kind="program")


def test_what_is_removed_and_set_is_set_anew() -> None:
    edit = CredentialEdit("card", {"renewal": Edit(fields={"opens": "P30D"})}, remove=["renewal"])
    assert made(Overlay("o", credentials=[edit])).credential("card").renewal == RenewalRule(opens="P30D")


def test_a_step_is_removed_and_another_added() -> None:
    overlay = Overlay(
        "o",
        remove=["steps.exam"],
        steps=[
            StepEdit("portfolio", {"kind": "paper", "requires": "school"}),
            StepEdit("job", {"requires": "portfolio"}),
        ],
    )
    assert [step.id for step in made(overlay).steps] == ["school", "job", "portfolio"]


def test_the_goal_is_replaced() -> None:
    assert made(Overlay("o", goal="exam")).goal == pathway().step("job").requires


def test_a_renewal_and_its_ways_are_changed_field_by_field() -> None:
    ways = [Edit("ce", {"fee": "20"}), Edit("review", {"kind": "form"})]
    renewal = Edit(fields={"ways": ways, "grace": Edit(fields={"within": "P1Y"})}, remove=["ways.exam", "opens"])
    after = made(Overlay("o", credentials=[CredentialEdit("card", {"renewal": renewal})])).credential("card")
    assert after.valid == CARD.valid
    assert after.renewal == RenewalRule(
        ways=[Way("ce", kind="credits", fee="20"), Way("review", kind="form")], grace=Grace(within="P1Y")
    )


def test_a_credential_is_added_and_one_removed() -> None:
    overlay = Overlay(
        "o",
        remove=["credentials.card"],
        credentials=[CredentialEdit("license", {"issuer": "State"})],
        steps=[StepEdit("exam", {"grants": ["license"]})],
    )
    assert made(overlay).credentials == (Credential("license", issuer="State"),)


def test_a_pathway_without_overlays_resolves_to_itself() -> None:
    plain = pathway()
    assert plain.resolve(on=TODAY) is plain


def test_resolving_twice_changes_nothing() -> None:
    once = made(school("P1Y"))
    assert once.resolve(where="US-TX", on=TODAY) is once
    assert once.overlays == ()


def test_where_none_holds_the_pathway_is_that_without_overlays() -> None:
    assert made(school("P1Y", where="US-TX")) == pathway()


def test_edits_are_pickled_and_hashed() -> None:
    whole = pathway(Overlay("o", credentials=[CredentialEdit("card", {"renewal": Edit(fields={"opens": "P30D"})})]))
    assert pickle.loads(pickle.dumps(whole)) == whole
    assert len({whole, pathway()}) == 2


# What does not fit


@pytest.mark.parametrize(
    ("overlay", "expected"),
    [
        (Overlay("o", remove=["steps.job"]), ["overlays[0].goal: unknown-id"]),
        (Overlay("o", goal="nope"), ["overlays[0].goal: unknown-id"]),
        (Overlay("o", remove=["steps.nope"]), ["overlays[0].remove[0]: unknown-id"]),
        (Overlay("o", remove=["credentials.card"]), ["overlays[0].steps.exam.grants[0]: unknown-id"]),
        (school("P1Y", sources=["S2"]), ["overlays[0].sources[0]: unknown-id"]),
        (Overlay("o", steps=[StepEdit("exma", {"takes": "P1Y"})]), ["overlays[0].steps.exma.kind: missing"]),
        (
            Overlay("o", credentials=[CredentialEdit("crad", {"note": "x"})]),
            ["overlays[0].credentials.crad.issuer: missing"],
        ),
        (Overlay("o", steps=[StepEdit("school", {"requires": "job"})]), ["overlays[0].steps.exam.requires: ring"]),
        (
            Overlay("o", steps=[StepEdit("school", {"requires": "nope"})]),
            ["overlays[0].steps.school.requires: unknown-id"],
        ),
        (
            Overlay("o", steps=[StepEdit("school", {"absence": "pause"})]),
            ["overlays[0].steps.school.absence: pause-without-effort"],
        ),
        (
            Overlay("o", credentials=[CredentialEdit("card", {"renewal": Edit(remove=["ways.nope"])})]),
            ["overlays[0].credentials.card.renewal.remove[0]: unknown-id"],
        ),
        (
            Overlay("o", credentials=[CredentialEdit("card", {"renewal": Edit(fields={"late_fee": "5"})})]),
            ["overlays[0].credentials.card.renewal.soft: missing"],
        ),
        (
            Overlay("o", credentials=[CredentialEdit("card", {"renewal": Edit(fields={"grace": Edit()})})]),
            ["overlays[0].credentials.card.renewal.grace.within: missing"],
        ),
        (
            Overlay("o", credentials=[CredentialEdit("card", {"renewal": Edit(fields={"ways": [Edit("cee")]})})]),
            ["overlays[0].credentials.card.renewal.ways.cee.kind: missing"],
        ),
    ],
)
def test_what_does_not_fit_is_told_with_the_overlay_it_comes_from(overlay: Overlay, expected: list[str]) -> None:
    assert faults(overlay) == expected


def test_a_slip_in_an_id_is_told_with_the_nearest_one() -> None:
    with pytest.raises(DocumentError, match="did you mean 'exam'"):
        pathway(Overlay("o", steps=[StepEdit("exma", {"takes": "P1Y"})]))


def test_an_overlay_that_fits_only_after_another_one_is_sound_where_it_cannot_hold_without() -> None:
    base = Overlay("base", where="US", steps=[StepEdit("law-exam", {"kind": "exam"})])
    later = Overlay("later", where="US-TX", steps=[StepEdit("law-exam", {"takes": "P1M"})])
    there = made(base, later, where="US-TX")
    assert there.step("law-exam") == Step("law-exam", kind="exam", takes="P1M")
    # Where the first can be missing, or comes after, the second alone makes a step without a kind.
    ended = attrs.evolve(base, until=day("2026-12-31"))
    assert faults(ended, later) == ["overlays[1].steps.law-exam.kind: missing"]
    assert faults(later, base) == ["overlays[0].steps.law-exam.kind: missing"]


def test_two_overlays_that_are_sound_alone_may_not_fit_together() -> None:
    drops = Overlay("drops", remove=["steps.exam"], steps=[StepEdit("job", {"requires": "school"})])
    uses = Overlay("uses", where="US-TX", steps=[StepEdit("job", {"requires": "exam"})])
    assert faults(drops, uses) == ["overlays[1].steps.job.requires: unknown-id"]


def test_overlays_of_places_that_exclude_each_other_are_not_put_together() -> None:
    drops = Overlay("drops", where="US-FL", remove=["steps.exam"], steps=[StepEdit("job", {"requires": "school"})])
    uses = Overlay("uses", where="US-TX", steps=[StepEdit("job", {"requires": "exam"})])
    assert len(pathway(drops, uses).overlays) == 2


def test_one_id_stands_for_one_overlay() -> None:
    assert faults(school("P1Y"), school("P2Y")) == ["overlays[1].id: duplicate-id"]


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: Overlay("o"), ": empty"),
        (lambda: Overlay("o", goal="job", where="Texas!"), "where: not-a-place"),
        (lambda: Overlay("o", goal="job", since=TODAY, until=day("2027-01-03")), "until: ends-before-it-begins"),
        (
            lambda: Overlay("o", goal="job", entered_since=TODAY, entered_until=day("2027-01-03")),
            "entered_until: ends-before-it-begins",
        ),
        (lambda: Overlay("o", goal="job", is_optional=1), "optional: not-a-truth-value"),  # type: ignore[arg-type]
        (lambda: Overlay("o", remove=["goal"]), "remove: not-removable"),
        (lambda: Overlay("o", remove="steps.exam"), "remove: not-a-list"),
        (lambda: Overlay("o", steps=[StepEdit("a", {"note": "x"}), StepEdit("a", {"note": "y"})]), "a: duplicate-id"),
        (lambda: Overlay("o", steps=[Edit("a", {"note": "x"})]), "steps[0]: wrong-kind"),  # type: ignore[list-item]
        (lambda: StepEdit("exam", {"cots": "1"}), "cots: unknown-field"),
        (lambda: StepEdit("exam", {"id": "x"}), "id: unknown-field"),
        (lambda: StepEdit("exam", {"takes": "6 weeks"}), "takes: not-a-span"),
        (lambda: StepEdit("exam", {"cost": None}), "cost: empty"),
        (lambda: StepEdit("exam", remove=["cots"]), "remove[0]: unknown-field"),
        (lambda: StepEdit("exam", remove=["cost.amount"]), "remove[0]: not-removable"),
        (lambda: CredentialEdit("card", {"renewal": RenewalRule()}), "renewal: wrong-kind"),
        (lambda: CredentialEdit("card", {"duties": Edit("x")}), "duties: not-a-list"),
        (
            lambda: CredentialEdit("card", {"renewal": Edit(fields={"ways": [Edit("ce", {"feee": 1})]})}),
            "renewal.ways.ce.feee: unknown-field",
        ),
        (
            lambda: CredentialEdit("card", {"renewal": Edit(fields={"grace": Edit(remove=["within"])})}),
            "renewal.grace.remove[0]: not-removable",
        ),
    ],
)
def test_what_cannot_be_an_overlay_is_refused_when_it_is_made(make: Callable[[], object], expected: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        make()
    assert f"{caught.value.where}: {caught.value.code}" == expected


def test_who_removes_a_field_among_the_steps_is_told_where_to_do_it() -> None:
    # An id may hold dots, so only the pathway can tell that there is no such step.
    with pytest.raises(DocumentError, match=r"'exam.cost'.*by 'remove' in the table of 'exam'"):
        pathway(Overlay("o", remove=["steps.exam.cost"]))


def test_an_edit_takes_no_text_for_its_list_of_what_is_removed() -> None:
    with pytest.raises(InvalidValueError, match="not-a-list"):
        StepEdit("exam", remove="cost")


def test_overlays_that_were_not_made_together_are_refused_when_put_over_a_pathway() -> None:
    with pytest.raises(DocumentError, match="unknown-id"):
        overlaid(pathway(), [Overlay("o", remove=["steps.nope"])])


def test_parts_with_fields_of_their_own_are_classes_of_values() -> None:
    assert {name for name, part in parts_of(RenewalRule).items() if part.is_keyed} == {"ways"}
    assert not parts_of(Step)


# Combinations


def test_the_combinations_are_those_that_can_hold_at_some_place_and_day() -> None:
    one = school("P1Y", "one", where="US", until=day("2024-12-31"))
    two = school("P1Y", "two", where="US-TX", since=day("2025-01-01"))
    three = school("P1Y", "three", entered_since=day("2020-01-01"))
    # By hand: `one` ends the day before `two` begins, and `three` holds for some entries anywhere.
    assert combinations([one, two, three]) == ((0,), (1,), (2,), (0, 2), (1, 2))


def test_an_optional_one_may_be_left_out_of_each_combination() -> None:
    everywhere = school("P1Y", "everywhere")
    here, there = (school("P1Y", name, where="US-TX", is_optional=True) for name in ("here", "there"))
    # By hand: with either, both or neither of the optional ones in Texas, and alone elsewhere.
    assert combinations([everywhere, here, there]) == ((0,), (0, 1), (0, 2), (0, 1, 2))


def test_optional_ones_are_checked_together_too_because_both_may_be_asked_for() -> None:
    drops = Overlay("drops", is_optional=True, remove=["steps.exam"], steps=[StepEdit("job", {"requires": "school"})])
    uses = Overlay("uses", is_optional=True, steps=[StepEdit("job", {"requires": "exam"})])
    assert faults(drops, uses) == ["overlays[1].steps.job.requires: unknown-id"]


def test_one_that_fits_only_with_an_optional_one_is_refused() -> None:
    base = Overlay("base", is_optional=True, steps=[StepEdit("law-exam", {"kind": "exam"})])
    later = Overlay("later", steps=[StepEdit("law-exam", {"takes": "P1M"})])
    assert faults(base, later) == ["overlays[1].steps.law-exam.kind: missing"]


@pytest.mark.parametrize("count", [13, 900])
def test_more_optional_ones_than_can_be_checked_together_are_refused(count: int) -> None:
    # 2 to the 13 is 8,192.
    overlays = [school("P1Y", f"o{number}", is_optional=True) for number in range(count)]
    begun = time.perf_counter()
    assert faults(*overlays) == ["overlays: too-large"]
    assert time.perf_counter() - begun < 10


def test_ten_thousand_overlays_are_refused_at_once() -> None:
    begun = time.perf_counter()
    assert faults(*[school("P1Y", f"o{number}") for number in range(10_000)]) == ["overlays: too-large"]
    assert time.perf_counter() - begun < 10


def test_more_combinations_than_can_be_checked_are_refused() -> None:
    overlays = [
        school("P1Y", f"o{number}", since=TODAY + dt.timedelta(number), entered_since=TODAY + dt.timedelta(number))
        for number in range(80)
    ]
    assert faults(*overlays) == ["overlays: too-large"]


def test_a_thousand_places_are_no_trouble() -> None:
    overlays = [school("P1Y", f"o{number}", where=f"XX-{number}") for number in range(1_000)]
    begun = time.perf_counter()
    assert made(*overlays, where="XX-7").applied[0].id == "o7"
    assert time.perf_counter() - begun < 10


# Whose


def test_the_entry_is_the_first_recorded_day_of_a_program() -> None:
    records = [Record("exam", finished=day("2020-01-01")), Record("school", started=day("2024-09-02"))]
    assert entered_on(Learner(start=TODAY, records=records), pathway(), today=TODAY) == day("2024-09-02")
    done = [Record("school", finished=day("2025-06-01"))]
    assert entered_on(Learner(start=TODAY, records=done), pathway(), today=TODAY) == day("2025-06-01")


def test_without_a_recorded_entry_it_is_the_start_and_else_today() -> None:
    waived = [Record("school", waived=day("2020-01-01"))]
    assert entered_on(Learner(start=day("2027-02-01"), records=waived), pathway(), today=TODAY) == day("2027-02-01")
    assert entered_on(Learner(), pathway(), today=TODAY) == TODAY


def test_a_program_that_only_an_overlay_has_counts_as_an_entry_too() -> None:
    overlay = Overlay("o", steps=[StepEdit("bridge", {"kind": StepKind.PROGRAM})])
    learner = Learner(records=[Record("bridge", started=day("2023-01-09"))])
    assert entered_on(learner, pathway(overlay), today=TODAY) == day("2023-01-09")


def test_the_rules_of_those_who_entered_before_stay_theirs() -> None:
    new = school("P1Y", entered_since=day("2026-09-01"))
    before = Learner(records=[Record("school", started=day("2026-08-31"))])
    after = Learner(records=[Record("school", started=day("2026-09-01"))])
    assert not resolved_for(pathway(new), before, today=TODAY).applied
    assert resolved_for(pathway(new), after, today=TODAY).applied


def test_a_place_in_words_leaves_the_places_of_overlays_open() -> None:
    there = pathway(school("P1Y", where="US-TX"))
    assert places_left_open(there, Learner(place="Austin, Texas"), today=TODAY) == ("US-TX",)


def test_a_place_of_an_optional_one_is_left_open_only_for_those_who_ask_for_it() -> None:
    there = pathway(school("P1Y", where="US-TX", is_optional=True))
    assert places_left_open(there, Learner(), today=TODAY) == ()
    assert places_left_open(there, Learner(overlays=["o"]), today=TODAY) == ("US-TX",)


def test_a_learner_fitted_to_a_pathway_asks_for_what_it_has() -> None:
    there = pathway(school("P1Y", is_optional=True))
    assert asking_of(Learner(overlays=["other", "o"]), there).overlays == ("o",)
    made_before = there.resolve(on=TODAY, overlays=["o"])
    assert asking_of(Learner(overlays=["o"]), made_before).overlays == ("o",)


def test_places_are_left_open_only_for_rules_of_today() -> None:
    old = school("P1Y", "old", where="US-FL", until=day("2026-12-31"))
    new = school("P1Y", "new", where="US-TX", since=day("2027-01-01"))
    assert places_left_open(pathway(old, new), Learner(), today=TODAY) == ("US-TX",)
