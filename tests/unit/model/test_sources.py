"""Sources: until when what was checked is good enough."""

from __future__ import annotations

import datetime as dt

import pytest

from career_path import DocumentError, InvalidValueError, Learner, Overlay, Pathway, Source, Span, Step, StepEdit, plan
from career_path.formats.documents import format_timeline, parse_pathway, parse_timeline
from career_path.model.credentials import Credential
from career_path.model.learner import Held, Record
from career_path.model.timeline import Notice, NoticeKind, Timeline
from career_path.views.sentences import notice_text

D = dt.date
CHECKED = D(2026, 2, 28)


@pytest.mark.parametrize(
    ("review", "day"),
    [
        (None, D(2027, 2, 28)),
        ("P6M", D(2026, 8, 28)),
        (Span.parse("P10D"), D(2026, 3, 10)),
        (D(2026, 4, 1), D(2026, 4, 1)),
    ],
)
def test_the_day_to_check_again_is_told_or_counted_from_the_day_of_the_check(
    review: Span | dt.date | str | None, day: dt.date
) -> None:
    source = Source("A", checked=CHECKED, review=review)
    assert source.review_day == day
    assert not source.is_stale(day)
    assert source.is_stale(day + dt.timedelta(days=1))


def test_a_source_that_nobody_checked_has_such_a_day_only_where_it_says_so() -> None:
    assert (Source("A").review_day, Source("A", review="P1Y").review_day) == (None, None)
    assert Source("A", review=D(2026, 4, 1)).is_stale(D(2026, 4, 2))
    assert not Source("A", checked=D(9999, 6, 1)).is_stale(D.max)


@pytest.mark.parametrize("review", ["P0D", "-P1Y"])
def test_no_source_is_to_be_checked_again_before_it_was(review: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        Source("A", review=review)
    assert (caught.value.code, caught.value.where) == ("not-positive", "review")


@pytest.mark.parametrize(("review", "code"), [("5", "wrong-type"), ('"soon"', "not-a-date"), ('"P1"', "not-a-span")])
def test_a_document_tells_it_as_a_length_or_a_date(review: str, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        parse_pathway(f"""
        schema = "career-path/pathway/1"
        id = "p"
        goal = "a"
        steps.a = {{}}
        sources.A = {{ review = {review} }}
        """)
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [("sources.A.review", code)]


SOURCES = (
    Source("fees", title="Fee list", checked=D(2026, 1, 10)),
    Source("card", title="Card rules", checked=D(2025, 11, 1)),
    Source("course", title="Course page", checked=D(2026, 3, 1)),
    Source("unused", checked=D(2020, 1, 1)),
    Source("state", title="State law", checked=D(2025, 12, 1)),
)
PATHWAY = Pathway(
    "p",
    goal="exam",
    steps=[
        Step("course", takes="P1M", sources=["course"]),
        Step("exam", requires="course", cost="9", grants=["paper"], sources=["fees"]),
        Step("other", sources=["unused"]),
    ],
    credentials=[Credential("paper", sources=["card"]), Credential("held", sources=["state"])],
    sources=SOURCES,
)


def stale(timeline: Timeline) -> list[Notice]:
    return [each for each in timeline.notices if each.kind is NoticeKind.STALE_SOURCE]


def test_a_plan_tells_which_of_its_sources_are_past_their_day() -> None:
    assert stale(plan(PATHWAY, Learner(), today=D(2026, 11, 1))) == []
    (first,) = stale(plan(PATHWAY, Learner(), today=D(2026, 11, 2)))
    assert (first.steps, first.detail) == (("exam",), ("card",))
    (later,) = stale(plan(PATHWAY, Learner(), today=D(2027, 3, 2)))
    assert (later.steps, later.detail) == (("course", "exam"), ("card", "course", "fees"))


def test_what_is_done_already_rests_on_nothing_any_more_but_papers_at_hand_do() -> None:
    done = Learner(records=[Record("course", finished=D(2027, 1, 5))], holds=[Held("held", granted=D(2027, 1, 5))])
    (notice,) = stale(plan(PATHWAY, done, today=D(2027, 3, 2)))
    assert (notice.steps, notice.detail) == (("exam",), ("card", "fees", "state"))


def test_an_overlay_that_made_the_pathway_is_a_fact_too() -> None:
    overlay = Overlay("tx", steps=[StepEdit("course", {"takes": "P2M"})], sources=["state"])
    pathway = Pathway("p", goal="course", steps=[Step("course", takes="P1M")], sources=SOURCES, overlays=[overlay])
    (notice,) = stale(plan(pathway, Learner(), today=D(2027, 3, 2)))
    assert (notice.steps, notice.detail) == ((), ("state",))


def test_the_notice_names_the_longest_overdue_first_and_at_most_three() -> None:
    timeline = plan(PATHWAY, Learner(holds=[Held("held", granted=D(2027, 1, 5))]), today=D(2027, 3, 2))
    (notice,) = stale(timeline)
    assert notice_text(notice, timeline) == (
        "Facts may have changed: their sources were to be checked again, “Card rules” (by 1 Nov 2026), “State law”"
        " (by 1 Dec 2026), “Fee list” (by 10 Jan 2027) and 1 more."
    )


def test_a_timeline_with_such_a_source_is_written_and_read_back() -> None:
    source = Source("A", checked=CHECKED, review="P6M")
    pathway = Pathway("p", goal="a", steps=[Step("a", sources=["A", "B"])], sources=[source, Source("B", review=D.max)])
    timeline = plan(pathway, Learner(), today=D(2027, 1, 4))
    assert len(stale(timeline)) == 1
    assert parse_timeline(format_timeline(timeline)) == timeline
