"""All credentials of one person in one timeline: what falls due when, with the same ids as in a timeline of each."""

from __future__ import annotations

import datetime as dt

import icalendar
import pytest

from career_path import AllOf, Credential, Held, Learner, Pathway, Validity, parse_timeline
from career_path.errors import DocumentError, InvalidValueError
from career_path.formats.documents import format_timeline
from career_path.formats.icalendar import format_calendar
from career_path.model.ends import PaperEnd
from career_path.model.renewal import Duty, RenewalRule, Rung
from career_path.planning.agenda import agenda
from career_path.planning.cycles import cycles
from career_path.planning.ends import Holder
from career_path.planning.holding import renewal_timeline
from career_path.planning.keeping import keep

D = dt.date
TODAY = D(2027, 3, 10)
# Two years from 10 Mar 2027 to the month's end: 31 Mar 2029; renewed, through 31 Mar 2031. 60 days before 31 Mar 2029
# is 30 Jan 2029 (31 days of March and 28 of February back to 31 Jan, one more), and so is 30 Jan 2031.
CARD = Credential(
    "card",
    title="Card",
    valid=Validity(span="P2Y", until="month-end"),
    renewal=RenewalRule(opens="P60D", lapse=[Rung(way="exam", within="P1Y", fee="50.00"), Rung(way="start-again")]),
)
# Five years from 1 Feb 2026, through the day before: 31 Jan 2031.
LICENSE = Credential("license", title="License", valid=Validity(span="P5Y"))
# Never ends; a fee each year after 20 May 2026.
ROLL = Credential("roll", title="Roll", duties=[Duty("fee", title="Fee", every=Validity(span="P1Y"))])
CREDENTIALS = (CARD, LICENSE, ROLL)
ANA = Learner(
    "ana",
    holds=[
        Held("roll", granted=D(2026, 5, 20)),
        Held("license", granted=D(2026, 2, 1)),
        Held("card", granted=TODAY),
    ],
)


def test_periods_come_by_last_day_and_those_without_end_last() -> None:
    kept = keep(CREDENTIALS, ANA, today=TODAY, renewals=1)
    assert [(each.credential, each.number, each.valid_through) for each in kept.renewals] == [
        ("card", 1, D(2029, 3, 31)),
        ("license", 1, D(2031, 1, 31)),
        ("card", 2, D(2031, 3, 31)),
        ("license", 2, D(2036, 1, 31)),
        ("roll", 1, None),
    ]
    assert kept.horizon == D(2036, 1, 31)
    assert kept.names == (("card", "Card"), ("license", "License"), ("roll", "Roll"))


def test_deadlines_of_all_are_in_the_order_of_their_days() -> None:
    kept = keep(CREDENTIALS, ANA, today=TODAY, renewals=0)
    # The card leads back by an exam through 31 Mar 2030, a year after its end. The fee of the roll is due the day
    # before the anniversary, as its span says: 19 May 2027.
    assert [(each.on, each.credential, each.kind.value) for each in kept.deadlines] == [
        (D(2027, 5, 19), "roll", "duty-by"),
        (D(2029, 1, 30), "card", "window-opens"),
        (D(2029, 3, 31), "card", "expires"),
        (D(2030, 3, 31), "card", "reinstate-by"),
        (D(2031, 1, 31), "license", "expires"),
    ]


def test_until_tells_every_period_that_begins_by_a_day() -> None:
    # The next license begins on 1 Feb 2031, the next card on 1 Apr 2031.
    kept = keep(CREDENTIALS, ANA, today=TODAY, until=D(2031, 2, 1))
    assert [(each.credential, each.number) for each in kept.renewals] == [
        ("card", 1),
        ("license", 1),
        ("card", 2),
        ("license", 2),
        ("roll", 1),
    ]


def test_ids_are_those_of_a_timeline_of_each_credential_alone() -> None:
    kept = keep(CREDENTIALS, ANA, today=TODAY)
    alone = [
        renewal_timeline(
            card,
            cycles(card, held, today=TODAY, holder=Holder(learner=ANA, credentials=CREDENTIALS)),
            today=TODAY,
            learner="ana",
            others=CREDENTIALS,
        )
        for card in CREDENTIALS
        if (held := ANA.held(card.id)) is not None
    ]
    assert {each.id for each in kept.deadlines} == {due.id for each in alone for due in each.deadlines}
    assert {each.id for each in kept.reminders} == {due.id for each in alone for due in each.reminders}
    together, apart = uids(format_calendar(kept)), [uids(format_calendar(each)) for each in alone]
    assert len(together) == len(set(together)) == sum(len(each) for each in apart)
    assert {due.id for each in alone for due in each.deadlines} <= set(together)


def test_the_end_of_a_period_that_was_renewed_early_has_one_id_too() -> None:
    # Renewed on 1 Mar 2029, the card still holds from its first period through 31 Mar 2029, which nothing is due on.
    held = Held("card", granted=TODAY, renewed=[D(2029, 3, 1)])
    learner, today = Learner("ana", holds=[held, Held("license", granted=D(2026, 2, 1))]), D(2029, 3, 10)
    alone = renewal_timeline(CARD, cycles(CARD, held, today=today), today=today, learner="ana")
    together = uids(format_calendar(keep(CREDENTIALS, learner, today=today)))
    assert set(uids(format_calendar(alone))) <= set(together)


def uids(calendar: str) -> list[str]:
    return [str(event["UID"]) for event in icalendar.Calendar.from_ical(calendar).walk("VEVENT")]


def test_reminders_lie_before_their_deadlines_and_go_into_agenda_and_calendar() -> None:
    kept = keep(CREDENTIALS, ANA, today=TODAY, renewals=0)
    assert kept.reminders
    assert all(TODAY <= each.on <= kept.deadline(each.deadline).on for each in kept.reminders)
    # The fee of 19 May 2027 is due within a quarter of the day.
    due = agenda(kept, since=TODAY, until=D(2027, 6, 10)).due
    assert [(each.credential, each.on) for each in due] == [("roll", D(2027, 5, 19))]


def test_such_a_timeline_is_a_document_that_reads_back() -> None:
    kept = keep(CREDENTIALS, ANA, today=TODAY)
    assert parse_timeline(format_timeline(kept)) == kept


def test_the_order_of_papers_and_credentials_changes_nothing() -> None:
    turned = Learner("ana", holds=ANA.holds[::-1])
    assert keep(CREDENTIALS[::-1], turned, today=TODAY) == keep(CREDENTIALS, ANA, today=TODAY)


def test_what_has_lapsed_has_its_last_period_with_the_ways_back_and_none_to_come() -> None:
    kept = keep(CREDENTIALS, ANA, today=D(2029, 4, 1))
    card = [each for each in kept.renewals if each.credential == "card"]
    assert [each.valid_through for each in card] == [D(2029, 3, 31)]
    assert [(each.way, each.from_, each.through) for each in card[0].back] == [
        ("exam", D(2029, 4, 1), D(2030, 3, 31)),
        ("start-again", D(2030, 4, 1), None),
    ]
    assert [each.kind.value for each in kept.deadlines if each.credential == "card"] == ["reinstate-by"]


def test_an_end_that_hangs_on_another_paper_is_found_among_all() -> None:
    badge = Credential("badge", valid=PaperEnd(ends_with="license"))
    learner = Learner("ana", holds=[*ANA.holds, Held("badge", granted=TODAY)])
    kept = keep([*CREDENTIALS, badge], learner, today=TODAY, renewals=0)
    assert [each.valid_through for each in kept.renewals if each.credential == "badge"] == [D(2031, 1, 31)]


def test_who_holds_nothing_has_no_periods() -> None:
    kept = keep(CREDENTIALS, Learner("ana"), today=TODAY)
    assert (kept.renewals, kept.deadlines, kept.reminders, kept.horizon) == ((), (), (), TODAY)


def test_a_credential_that_nobody_described_is_told_with_the_nearest() -> None:
    learner = Learner("ana", holds=[Held("cart", granted=TODAY), Held("x-ray", granted=TODAY)])
    with pytest.raises(DocumentError) as caught:
        keep(CREDENTIALS, learner, today=TODAY)
    expected = "expected one of the credentials that are asked about"
    assert str(caught.value).splitlines() == [
        f"learner: holds.cart: unknown-id: found 'cart'; {expected}; did you mean 'card'?",
        f"learner: holds.x-ray: unknown-id: found 'x-ray'; {expected}",
    ]


def test_two_credentials_of_one_id_are_refused() -> None:
    with pytest.raises(DocumentError, match=r"credentials\.card: duplicate-id: found two of this id"):
        keep([CARD, Credential("card")], ANA, today=TODAY)


def test_a_pathway_is_no_list_of_credentials() -> None:
    pathway = Pathway("p", goal=AllOf(), steps=[], credentials=CREDENTIALS)
    with pytest.raises(InvalidValueError, match="not-a-list"):
        keep(pathway, ANA, today=TODAY)  # type: ignore[arg-type]


def test_a_day_on_record_that_is_yet_to_come_is_refused() -> None:
    card = Credential("card", valid=Validity(span="P2Y"))
    later = Learner("ana", holds=[Held("card", granted=dt.date(2027, 3, 2))])
    with pytest.raises(DocumentError, match=r"learner: holds\.card\.granted: in-the-future"):
        keep([card], later, today=dt.date(2027, 3, 1))
