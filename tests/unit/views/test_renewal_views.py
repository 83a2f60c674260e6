"""Ways to renew in words: every last day, what is too late, what one act does, and what nobody knows."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping

import attrs

from career_path import Held, Learner, Pathway, Step, plan
from career_path.days.durations import Effort
from career_path.formats.documents import format_timeline, parse_timeline
from career_path.formats.renewals_json import format_renewals
from career_path.model.credentials import Credential
from career_path.model.credits import CreditRule, CreditSlot
from career_path.model.ends import Validity
from career_path.model.renewal import Grace, RenewalRule, Rung, Way
from career_path.model.timeline import Timeline
from career_path.planning.cycles import cycles
from career_path.planning.ends import Holder
from career_path.planning.holding import renewal_timeline
from career_path.planning.keeping import keep
from career_path.views.keeping import kept_markdown, kept_text
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


# What both forms tell: of one credential, and of several

RULE = CreditRule(total=60, unit="point", slots=[CreditSlot("law", title="Law", at_least=10)])


LOST = "After this day “Exam” is too late to renew “Card” without a gap; it ends on 28 Feb 2031."
ENDS = "The validity of “Card” ends with this day; ask the issuer what is possible then."
SUBMIT = "What is submitted later may not be done before “Card” ends on 28 Feb 2031."


def both(held: Held, *, today: D, credential: Credential, rules: Mapping[str, CreditRule] | None = None) -> list[str]:
    """The lines below the table of each form; what names the credential has a name in the second alone."""
    learner = Learner(holds=[held])
    found = cycles(credential, held, today=today, holder=Holder(learner=learner), renewals=0)
    alone = renewals_text(renewal_timeline(credential, found, today=today), width=1000, asked=rules or {})
    kept = kept_text(keep([credential], learner, today=today, renewals=0), width=1000, asked=rules or {})
    below = [line for line in alone.splitlines()[2:] if not line.startswith((*"123456789 ",))]
    other = [line for line in kept.splitlines()[2:] if not line.startswith((*"123456789 ", "Card  "))]
    assert [line.replace(" of Card", "") for line in other] == below
    dated = [line for line in alone.splitlines() if line[:4].isdigit()]
    assert dated == [line for line in kept.splitlines() if line[:4].isdigit()]
    return below[:-1] + dated


def test_one_and_several_tell_the_same_of_what_is_to_come() -> None:
    plain = Credential("card", title="Card", valid=CARD.valid, renewal=RenewalRule(credits=RULE, ways=[EXAM]))
    assert both(HELD, today=D(2030, 6, 1), credential=plain, rules={"card": RULE}) == [
        "Ways to renew cycle 1:",
        "- Exam: apply by 28 Nov 2030, sit by 28 Dec 2030 (on 1 Jul 2030 at the earliest); planned",
        "Continuing education for cycle 1, by 28 Feb 2031: 60 points, of these at least 10 for “Law”.",
        f"2030-11-28 Last day to apply for “Exam”: Card. {LOST}",
        f"2030-12-28 Last day for “Exam”: Card. {LOST}",
        f"2031-02-28 Last day it is valid: Card. {ENDS}",
    ]


def test_one_and_several_tell_the_same_of_what_has_lapsed() -> None:
    # Ninety days of grace after 28 February 2031 are through 29 May.
    (lapsed, grace) = both(HELD, today=D(2031, 3, 1), credential=CARD)
    assert lapsed == (
        "Card ended on 28 Feb 2031; later cycles depend on the day on which it is renewed. It can still be renewed"
        " through 29 May 2031, and does not count as current meanwhile. From 30 May 2031 what leads back then is the"
        " exam."
    )
    assert grace.startswith("2031-05-29 Last day of grace: Card.")


def test_cycles_are_counted_through_a_lapse_and_the_gap_is_told() -> None:
    # Back on 1 June 2031: 60 months from there to the end of June 2036.
    back = attrs.evolve(HELD, renewed=[D(2031, 6, 1)])
    found = cycles(CARD, back, today=D(2031, 7, 1), renewals=1)
    timeline = renewal_timeline(CARD, found, today=D(2031, 7, 1))
    text = renewals_text(timeline, width=300).splitlines()
    assert [line.split()[0] for line in text[2:5]] == ["1", "2", "3"]
    assert "Cycle 2 begins after a lapse: not valid from 1 Mar 2031 to 31 May 2031." in text
    assert "Ways to renew cycle 2:" in text
    (ends, _) = (each for each in timeline.deadlines if each.kind.value == "expires")
    assert (ends.cycle, ends.on) == (1, D(2036, 6, 30))  # the number of its own, which its id is made of
    assert "through 28 Sep 2036" in lost_after(ends, timeline)  # 90 days after it, not after 2031


def test_a_grace_that_counts_as_current_is_no_gap() -> None:
    rule = RenewalRule(grace=Grace(within="P90D", is_current=True))
    card = Credential("card", title="Card", valid=CARD.valid, renewal=rule)
    back = attrs.evolve(HELD, renewed=[D(2031, 4, 1)])
    found = cycles(card, back, today=D(2031, 7, 1), renewals=0)
    assert "lapse" not in renewals_text(renewal_timeline(card, found, today=D(2031, 7, 1)))


def test_an_exempt_first_renewal_says_so_and_names_no_credits() -> None:
    free = attrs.evolve(RULE, is_first_exempt=True)
    card = Credential("card", title="Card", valid=CARD.valid, renewal=RenewalRule(credits=free, ways=[POINTS]))
    assert both(HELD, today=D(2030, 6, 1), credential=card, rules={"card": free}) == [
        "Cycle 1 asks for no continuing education: the first renewal is exempt.",
        f"2031-01-29 Last day to submit: Card. {SUBMIT}",
        f"2031-02-28 Last day it is valid: Card. {ENDS}",
    ]


def test_both_forms_as_markdown_tell_ways_and_credits() -> None:
    plain = Credential("card", title="Card", valid=CARD.valid, renewal=RenewalRule(credits=RULE, ways=[EXAM]))
    learner, today = Learner(holds=[HELD]), D(2030, 6, 1)
    found = cycles(plain, HELD, today=today, renewals=0)
    alone = renewals_markdown(renewal_timeline(plain, found, today=today), asked={"card": RULE})
    kept = kept_markdown(keep([plain], learner, today=today, renewals=0), asked={"card": RULE})
    told = "by 28 Feb 2031: 60 points, of these at least 10 for “Law”."
    assert told in alone
    assert told in kept
    assert "| 1 | Exam | 2030-11-28 | 2030-12-28 |" in alone
    assert "| Card | 1 | Exam | 2030-11-28 | 2030-12-28 |" in kept


def test_markdown_has_no_table_of_days_when_none_is_left() -> None:
    bare = Credential("card", title="Card", valid=CARD.valid)
    text = renewals_markdown(told(D(2031, 3, 1), credential=bare))
    assert "Card ended on 28 Feb 2031" in text
    assert "| Day |" not in text
