"""Plans under overlays: whose rules are used, what the plan says of them, and the second opinion on it."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from career_path import (
    DocumentError,
    Learner,
    NoRouteError,
    NoticeKind,
    Overlay,
    Pathway,
    Record,
    RepairKind,
    Source,
    Standing,
    Step,
    StepEdit,
    Timeline,
    Variant,
    audit,
    compare,
    facts,
    format_markdown,
    format_page,
    format_timeline,
    parse_timeline,
    plan,
    repairs,
    routes,
    what_if,
    why_not,
)
from career_path.formats.schema import timeline_schema
from career_path.views.notebook import pathway_html, timeline_html, timeline_text
from career_path.views.outline import pathway_text
from career_path.views.sentences import notice_text, overlay_text

TODAY = dt.date(2027, 1, 4)
TEXAS = Overlay(
    "tx",
    title="<Texas>",
    where="US-TX",
    since=dt.date(2026, 1, 1),
    sources=["S2"],
    note="More hours.",
    steps=[StepEdit("course", {"takes": "P28D"}), StepEdit("law", {"kind": "exam", "cost": "5"})],
    goal="law",
)
OLD = Overlay("old", entered_until=dt.date(2024, 12, 31), steps=[StepEdit("course", {"takes": "P7D"})])
AIDE = Pathway(
    "aide",
    goal="job",
    steps=[Step("course", kind="program", takes="P21D", cost="0"), Step("job", requires="course", cost="0")],
    sources=[Source("S1"), Source("S2")],
    overlays=[TEXAS, OLD],
)


def planned(learner: Learner, today: dt.date = TODAY) -> Timeline:
    return plan(AIDE, learner, today=today)


def test_the_rules_of_the_place_are_used_and_named() -> None:
    there = planned(Learner(place="US-TX-201"))
    assert there.finish == TODAY  # the goal is the law exam alone, which takes no time
    assert [each.id for each in there.applied] == ["tx"]
    assert [source.id for source in there.sources] == ["S2"]


def test_elsewhere_and_before_they_came_the_rules_of_the_pathway_hold() -> None:
    assert planned(Learner(place="US-FL")).finish == TODAY + dt.timedelta(21)
    assert planned(Learner(place="US-TX"), dt.date(2025, 12, 31)).finish == dt.date(2026, 1, 21)


def test_who_entered_long_ago_keeps_the_rules_of_then() -> None:
    begun = Learner(place="US-FL", records=[Record("course", started=dt.date(2024, 12, 31))])
    assert [each.id for each in planned(begun).applied] == ["old"]
    assert [each.id for each in planned(attrs.evolve(begun, records=[])).applied] == []


def test_without_a_place_the_plan_says_where_other_rules_hold() -> None:
    anywhere = planned(Learner())
    (notice,) = (each for each in anywhere.notices if each.kind is NoticeKind.PLACE_NOT_KNOWN)
    assert notice.detail == ("US-TX",)
    assert notice_text(notice, anywhere) == "Other rules hold in US-TX; tell your place to have them used."
    assert not [each for each in planned(Learner(place="US-FL")).notices if each.kind is NoticeKind.PLACE_NOT_KNOWN]


def test_many_places_are_not_all_listed() -> None:
    several = [attrs.evolve(TEXAS, id=f"o{number}", where=f"US-{number}") for number in range(10, 20)]
    anywhere = plan(attrs.evolve(AIDE, overlays=several), Learner(), today=TODAY)
    assert "US-14, US-15 and 4 more;" in notice_text(anywhere.notices[-1], anywhere)


def test_a_pathway_resolved_before_gives_the_same_plan() -> None:
    learner = Learner(place="US-TX")
    assert plan(AIDE.resolve(where="US-TX", on=TODAY), learner, today=TODAY) == planned(learner)


def test_the_hash_tells_plans_by_their_rules() -> None:
    hashes = {planned(Learner(place=place)).input_hash for place in ("US-TX", "US-FL", "")}
    assert len(hashes) == 3
    # An overlay that does not hold changes nothing but what is said of other places.
    without = plan(attrs.evolve(AIDE, overlays=[OLD]), Learner(place="US-FL"), today=TODAY)
    there = planned(Learner(place="US-FL"))
    assert [notice.kind for notice in there.notices] == [
        *(each.kind for each in without.notices),
        "place-without-rules",
    ]
    assert attrs.evolve(there, notices=without.notices, input_hash=without.input_hash) == without


def test_records_are_compared_with_the_rules_that_hold() -> None:
    done = Learner(place="US-TX", records=[Record("law", finished=TODAY)])
    assert planned(done).step("law").is_done
    with pytest.raises(DocumentError, match=r"records\.law: unknown-id"):
        planned(attrs.evolve(done, place="US-FL"))


def test_where_there_is_no_plan_its_rules_are_told_all_the_same() -> None:
    with pytest.raises(NoRouteError) as caught:
        planned(Learner(place="US-TX", avoid=["law"]))
    assert [each.id for each in caught.value.timeline.applied] == ["tx"]


def test_the_second_opinion_finds_other_rules_than_those_that_hold() -> None:
    learner = Learner(place="US-TX")
    there = planned(learner)
    assert audit(there, AIDE, learner) == ()
    assert audit(there, AIDE.resolve(where="US-TX", on=TODAY), learner) == ()
    assert audit(there, AIDE, Learner(place="US-FL")) == ("the overlays applied are tx, but none hold",)
    assert audit(attrs.evolve(there, applied=()), AIDE, learner) == ("the overlays applied are none, but tx hold",)
    begun = Learner(records=[Record("course", started=dt.date(2024, 12, 31))])
    assert audit(planned(begun), AIDE, begun) == ()


def test_a_program_of_an_overlay_is_an_entry_for_the_second_opinion_too() -> None:
    bridge = Overlay("bridge", steps=[StepEdit("bridge", {"kind": "program"})])
    both = attrs.evolve(AIDE, overlays=[bridge, OLD])
    begun = Learner(records=[Record("bridge", started=dt.date(2024, 1, 8))])
    timeline = plan(both, begun, today=TODAY)
    assert [each.id for each in timeline.applied] == ["bridge", "old"]
    assert audit(timeline, both, begun) == ()


SLOW = Overlay(
    "slow", title="P28D", is_optional=True, sources=["S2"], note="Why.", steps=[StepEdit("course", {"takes": "P28D"})]
)
EITHER = attrs.evolve(AIDE, overlays=[SLOW])
ASKING = Learner("ana", overlays=["slow"])


def test_an_optional_overlay_makes_the_plan_of_those_who_ask_for_it() -> None:
    free, asked = (plan(EITHER, learner, today=TODAY) for learner in (Learner("ana"), ASKING))
    assert (free.finish, free.applied, free.sources) == (TODAY + dt.timedelta(21), (), ())
    assert asked.finish == TODAY + dt.timedelta(28)
    assert [each.id for each in asked.applied] == ["slow"]
    assert [source.id for source in asked.sources] == ["S2"]
    assert parse_timeline(format_timeline(asked)) == asked
    assert free.input_hash != asked.input_hash


def test_the_second_opinion_knows_who_asked_for_what() -> None:
    free, asked = (plan(EITHER, learner, today=TODAY) for learner in (Learner("ana"), ASKING))
    assert audit(asked, EITHER, ASKING) == audit(free, EITHER, Learner("ana")) == ()
    assert audit(asked, EITHER, Learner("ana")) == ("the overlays applied are slow, but none hold",)
    assert audit(free, EITHER, ASKING) == ("the overlays applied are none, but slow hold",)


def test_a_pathway_that_was_resolved_for_those_who_ask_gives_the_same_plan() -> None:
    here = EITHER.resolve(on=TODAY, overlays=["slow"])
    asked = plan(EITHER, ASKING, today=TODAY)
    assert plan(here, ASKING, today=TODAY) == asked
    assert audit(asked, here, ASKING) == ()


def test_what_is_asked_for_and_not_there_is_refused() -> None:
    with pytest.raises(DocumentError, match=r"^learner: overlays\[0\]: unknown-id: found 'slwo'.*'slow'\?$"):
        plan(EITHER, Learner(overlays=["slwo"]), today=TODAY)


def test_every_answer_about_a_plan_is_by_what_was_asked_for() -> None:
    late = attrs.evolve(ASKING, deadline=TODAY + dt.timedelta(21))
    assert [each.timeline.finish for each in routes(EITHER, ASKING, today=TODAY)] == [TODAY + dt.timedelta(28)]
    told = what_if(EITHER, Learner("ana"), Variant("older page", learner=ASKING), today=TODAY)
    assert [told.base.finish, told.variants[0].timeline.finish] == [
        TODAY + dt.timedelta(21),
        TODAY + dt.timedelta(28),
    ]
    assert why_not(EITHER, ASKING, "course", today=TODAY).standing is Standing.IN_PLAN
    (repair,) = repairs(EITHER, late, today=TODAY)
    assert (repair.kind, repair.days) == (RepairKind.DEADLINE, 7)
    assert compare([EITHER], ASKING, today=TODAY).careers[0].timeline.finish == TODAY + dt.timedelta(28)


def test_an_earlier_start_is_no_help_where_what_was_asked_for_would_not_hold() -> None:
    # Only those who enter from 10 January on may ask for 28 days: a day earlier is too little, and two are too many.
    since = attrs.evolve(SLOW, entered_since=dt.date(2027, 1, 10))
    path = attrs.evolve(AIDE, overlays=[since])
    late = Learner(start=dt.date(2027, 1, 11), overlays=["slow"], deadline=dt.date(2027, 2, 6))
    told = {each.kind: each.days for each in repairs(path, late, today=TODAY)}
    assert told == {RepairKind.DEADLINE: 2}


def test_every_face_says_that_it_was_asked_for() -> None:
    asked = plan(EITHER, ASKING, today=TODAY)
    words = "P28D, for those who ask for it (overlay slow)"
    assert f"Rules      {words}" in timeline_text(asked)
    for text in (format_markdown(asked), format_page(asked), timeline_html(asked)):
        assert words in text
    assert f"Overlays\n  {words}\n    changes: course\n    Why.\n" in pathway_text(EITHER)
    assert f"\nRules: {words}\n" in pathway_text(EITHER.resolve(on=TODAY, overlays=["slow"]))
    assert [each.path for each in facts(EITHER) if "overlays" in each.path] == ["overlays[0].steps.course.takes"]


TOLD = "<Texas>, for US-TX, from 1 Jan 2026 on (overlay tx)"


def test_every_face_of_a_plan_names_the_rules() -> None:
    there = planned(Learner(place="US-TX"))
    assert "Rules      <Texas>, for US-TX, from 2026-01-01 on (overlay tx)" in timeline_text(there)
    assert "Rules: &lt;Texas&gt;, for US-TX, from 1 Jan 2026 on (overlay tx)." in format_markdown(there)
    for page in (format_page(there), timeline_html(there)):
        assert "&lt;Texas&gt;, for US-TX, from 1 Jan 2026 on (overlay tx)" in page
        assert "<Texas>" not in page
    assert "<dt>Rules" not in format_page(planned(Learner(place="US-FL")))


def test_the_timeline_tells_its_rules_to_programs() -> None:
    there = planned(Learner(place="US-TX"))
    assert parse_timeline(format_timeline(there)) == there
    assert "applied" in timeline_schema()["properties"]


def test_the_outline_lists_what_may_still_come_and_what_came() -> None:
    text = pathway_text(AIDE)
    assert f"Overlays\n  {TOLD}\n    changes: the goal, course and law\n    More hours.\n" in text
    assert f"\nRules: {TOLD}\n" in pathway_text(AIDE.resolve(where="US-TX", on=TODAY))
    removing = Overlay("o", remove=["steps.course"], steps=[StepEdit("job", remove=["requires"])])
    assert "changes: job and course (removed)" in pathway_text(attrs.evolve(AIDE, overlays=[removing]))
    assert "&lt;Texas&gt;" in pathway_html(AIDE)


@pytest.mark.parametrize(
    ("overlay", "told"),
    [
        (Overlay("o", goal="job"), "for all (overlay o)"),
        (Overlay("o", goal="job", until=dt.date(2019, 12, 31)), "until 31 Dec 2019 (overlay o)"),
        (
            Overlay("o", goal="job", since=dt.date(2020, 1, 1), until=dt.date(2020, 1, 2)),
            "from 1 Jan 2020 through 2 Jan 2020 (overlay o)",
        ),
        (
            Overlay("o", goal="job", entered_since=dt.date(2020, 1, 1)),
            "for those who entered from 1 Jan 2020 on (overlay o)",
        ),
        (
            Overlay("o", goal="job", where="US-TX", is_optional=True),
            "for US-TX, for those who ask for it (overlay o)",
        ),
    ],
)
def test_conditions_are_told_in_words(overlay: Overlay, told: str) -> None:
    assert overlay_text(overlay) == told
