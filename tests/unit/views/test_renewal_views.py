"""Ways to renew in words: every last day, what is too late, what one act does, and what nobody knows."""

from __future__ import annotations

import datetime as dt
import json

from career_path import Held, Learner, Pathway, Step, plan
from career_path.days.durations import Effort
from career_path.formats.documents import format_timeline, parse_timeline
from career_path.formats.renewals_json import format_renewals
from career_path.model.credentials import Credential
from career_path.model.ends import Validity
from career_path.model.renewal import Grace, RenewalRule, Rung, Way
from career_path.model.timeline import Timeline
from career_path.planning.cycles import cycles
from career_path.planning.ends import Holder
from career_path.planning.holding import renewal_timeline
from career_path.views.renewals import renewals_markdown, renewals_text
from career_path.views.sentences import deadline_text, lost_after

D = dt.date
POINTS = Way("points", title="60 | points", kind="credits", before="P30D", takes=Effort(hours=60))
EXAM = Way("exam", title="Exam", kind="exam", before="P2M", apply="P30D", fee="125.00")
BLS = Credential("bls", title="BLS card", valid=Validity(span="P2Y"))
OTHER = Way("bls", title="BLS", kind="paper", credential="bls", opens="P6M")
CARD = Credential(
    "card",
    title="Card",
    valid=Validity(span="P60M", until="month-end"),
    renewal=RenewalRule(ways=[POINTS, EXAM, OTHER], grace=Grace(within="P90D"), lapse=[Rung(way="exam")]),
)
HELD = Held("card", granted=D(2026, 2, 10))  # through 28 February 2031


def told(today: D, *, learner: Learner | None = None, credential: Credential = CARD) -> Timeline:
    holder = Holder(learner=learner or Learner(), credentials=[credential, BLS])
    found = cycles(credential, HELD, today=today, holder=holder, renewals=0)
    return renewal_timeline(credential, found, today=today, others=[BLS])


UNKNOWN = "whether there is time depends on the hours a week, which are not known"


def lines(timeline: Timeline) -> list[str]:
    """The lines about ways: from their heading through the last of them."""
    return [line for line in renewals_text(timeline, width=300).splitlines() if line.startswith(("Ways", "Who", "- "))]


def test_each_way_has_a_line_with_its_last_days() -> None:
    # Points: sixty days at seven hours a week before 29 January 2031. The exam: by hand in test_ways.
    known = told(D(2030, 6, 1), learner=Learner(weekly_hours=7))
    assert lines(known) == [
        "Ways to renew cycle 1:",
        "- 60 | points: begin by 30 Nov 2030, have the credits by 29 Jan 2031 (on 31 Jul 2030 at the earliest)",
        "- Exam: apply by 28 Nov 2030, sit by 28 Dec 2030 (on 1 Jul 2030 at the earliest); planned",
        "- BLS: have it by 28 Feb 2031 (on 28 Aug 2030 at the earliest)",
    ]


def test_what_is_not_known_and_what_is_too_late_is_said() -> None:
    assert lines(told(D(2030, 12, 29)))[1:3] == [
        f"- 60 | points: have the credits by 29 Jan 2031; {UNKNOWN}",
        "- Exam: apply by 28 Nov 2030, sit by 28 Dec 2030 (on 28 Jan 2031 at the earliest); too late to begin today",
    ]


def test_when_no_way_is_in_time_the_table_says_what_is_left() -> None:
    late = Credential(
        "card", title="Card", valid=CARD.valid, renewal=RenewalRule(ways=[EXAM], grace=Grace(within="P90D"))
    )
    heading, *_ = lines(told(D(2031, 2, 1), credential=late))
    assert heading == (
        "Who begins today is too late for every way to renew “Card” in time. Once it ends on 28 Feb 2031, it can still"
        " be renewed through 29 May 2031, but it is not current meanwhile."
    )
    assert lines(told(D(2031, 3, 1), credential=late)) == []  # it has lapsed; another line says so


def test_one_act_for_both_is_told_with_its_day() -> None:
    # The card from 1 January 2029 on is renewed on 31 December 2030.
    planned = Learner(holds=[Held("bls", granted=D(2029, 1, 1))])
    assert lines(told(D(2030, 6, 1), learner=planned))[3] == (
        "- BLS: have it by 28 Feb 2031; “BLS card” on 31 Dec 2030 does both"
    )
    done = Learner(holds=[Held("bls", granted=D(2028, 9, 10), renewed=[D(2030, 9, 9)])])
    assert lines(told(D(2030, 10, 1), learner=done))[3] == (
        "- BLS: have it by 28 Feb 2031; “BLS card” was earned or renewed on 9 Sep 2030, which does both"
    )


def test_markdown_lists_the_ways_and_the_days_of_all_periods() -> None:
    text = renewals_markdown(told(D(2030, 6, 1), learner=Learner(weekly_hours=7)))
    assert "- 60 &#124; points: begin by 30 Nov 2030" in text
    assert "| 1 | Exam |  | 2030-11-28 | 2030-12-28 |  | 2030-06-01 | 2030-07-01 | 180 | yes |" in text
    plain = Credential("card", valid=CARD.valid, renewal=RenewalRule())
    assert "Way" not in renewals_markdown(told(D(2030, 6, 1), credential=plain))


def test_the_last_day_to_begin_says_what_is_lost() -> None:
    timeline = told(D(2030, 6, 1), learner=Learner(weekly_hours=7))
    (begin,) = (each for each in timeline.deadlines if each.kind.value == "start-by")
    assert deadline_text(begin, timeline) == "Last day to begin “60 | points”: Card"
    assert lost_after(begin, timeline) == (
        "Begun after this day “60 | points” is too late to renew “Card” without a gap; it ends on 28 Feb 2031."
    )


def test_json_tells_the_small_plan_and_reads_back() -> None:
    value = json.loads(format_renewals(told(D(2030, 6, 1), learner=Learner(weekly_hours=7))))
    assert value["renewals"][0]["ways"][:2] == [
        {
            "id": "points",
            "title": "60 | points",
            "kind": "credits",
            "start_by": "2030-11-30",
            "act_by": "2031-01-29",
            "start": "2030-06-01",
            "done_on": "2030-07-31",
            "slack_days": 182,
            "possible": True,
        },
        {
            "id": "exam",
            "title": "Exam",
            "kind": "exam",
            "apply_by": "2030-11-28",
            "act_by": "2030-12-28",
            "apply_on": "2030-06-01",
            "done_on": "2030-07-01",
            "slack_days": 180,
            "possible": True,
            "planned": True,
            "fee": "125.00",
        },
    ]
    learner = Learner(weekly_hours=7, holds=[HELD, Held("bls", granted=D(2029, 1, 1))])
    made = plan(Pathway("p", goal="job", steps=[Step("job")], credentials=[CARD, BLS]), learner, today=D(2030, 6, 1))
    way = next(each for each in made.renewals if each.credential == "card").ways[2]
    assert (way.with_, way.done_on) == ("bls", D(2030, 12, 31))
    assert parse_timeline(format_timeline(made)) == made
