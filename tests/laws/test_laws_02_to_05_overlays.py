"""Laws 2 to 5 for pathways with overlays: the audit finds nothing, and the rules resolved before give the same plan."""

from __future__ import annotations

import datetime as dt

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from career_path import DocumentError, Fact, Learner, NoRouteError, NoticeKind, Pathway, Timeline, audit, plan
from career_path.testing import overlaid_pathways

TODAY = dt.date(2027, 1, 11)
LEARNERS = st.builds(
    Learner,
    facts=st.just([Fact("group", value=True)]),
    place=st.sampled_from(["US", "US-TX", "US-TX-201", "US-FL", ""]),
    start=st.none() | st.dates(dt.date(2025, 6, 1), dt.date(2028, 6, 1)),
    weekly_hours=st.just(20),
    born=st.just(dt.date(1990, 5, 31)),
)


def planned(pathway: Pathway, learner: Learner) -> Timeline | None:
    try:
        return plan(pathway, learner, today=TODAY)
    except NoRouteError:
        return None
    except DocumentError as error:
        if not {fault.code for fault in error.faults} <= {
            "missing",
            "no-days-left",
        }:  # not known of the learner, or ended
            raise
        return None


@given(pathway=overlaid_pathways(), learner=LEARNERS, data=st.data())
def test_a_plan_under_overlays_is_sound_and_that_of_the_rules_that_hold(
    pathway: Pathway, learner: Learner, data: st.DataObject
) -> None:
    entered = learner.start or TODAY
    optional = [
        each.id
        for each in pathway.overlays
        if each.is_optional and each.holds(where=learner.place, on=TODAY, entered=entered, overlays=(each.id,))
    ]
    asked = [name for name in optional if data.draw(st.booleans(), label=name)]
    learner = attrs.evolve(learner, overlays=asked)
    timeline = planned(pathway, learner)
    here = pathway.resolve(where=learner.place, on=TODAY, entered=entered, overlays=asked)
    same = planned(here, learner)
    assert (timeline is None) == (same is None)
    assume(timeline is not None)
    assert timeline is not None
    assert same is not None
    assert audit(timeline, pathway, learner) == ()
    elsewhere = {NoticeKind.PLACE_NOT_KNOWN, NoticeKind.PLACE_WITHOUT_RULES}
    notices = tuple(each for each in timeline.notices if each.kind not in elsewhere)
    assert attrs.evolve(timeline, notices=notices, input_hash="") == attrs.evolve(same, input_hash="")
