"""Which events of a calendar are tentative, because they rest on what is only planned, and which are on record."""

from __future__ import annotations

import datetime as dt
import re

from career_path.formats.icalendar import format_calendar
from career_path.formats.icalendar_planned import Planned
from career_path.formats.icalendar_reminders import format_reminder_calendar
from career_path.model.credentials import Credential
from career_path.model.ends import Validity
from career_path.model.learner import Held, Learner, Record
from career_path.model.pathway import Pathway, Step
from career_path.model.renewal import RenewalRule, Rung
from career_path.model.requirements import AllOf, Holds, Needs
from career_path.model.timeline import Deadline, DeadlineKind, Timeline
from career_path.planning.keeping import keep
from career_path.planning.planner import plan

TODAY = dt.date(2027, 3, 1)
CARD = Credential("card", title="Card", valid=Validity(span="P2Y"))


def statuses(text: str) -> dict[tuple[str, str], str]:
    """The status of each event by its day and its summary."""
    events = text.replace("\r\n ", "").split("BEGIN:VEVENT")[1:]
    return {
        (found[1], found[3]): found[2]
        for event in events
        if (found := re.search(r"VALUE=DATE:(\d+).*STATUS:(\w+).*?SUMMARY:([^\r]*)", event, re.DOTALL))
    }


def of_card(timeline: Timeline) -> list[tuple[str, str]]:
    return [(on, status) for (on, what), status in statuses(format_calendar(timeline)).items() if "Card" in what]


def kept(*held: Held, card: Credential = CARD) -> Timeline:
    return keep([card], Learner(holds=held), today=TODAY, renewals=1)


def test_the_period_that_a_card_is_in_is_on_record_and_the_next_one_is_planned() -> None:
    """Granted on 10 June 2026 for two years, and for two more once it is renewed."""
    assert of_card(kept(Held("card", granted=dt.date(2026, 6, 10)))) == [
        ("20280609", "CONFIRMED"),
        ("20300609", "TENTATIVE"),
    ]


def test_a_card_recorded_as_granted_today_is_on_record() -> None:
    assert of_card(kept(Held("card", granted=TODAY))) == [("20290228", "CONFIRMED"), ("20310228", "TENTATIVE")]


def test_a_period_that_has_not_begun_is_on_record_once_its_renewal_is() -> None:
    """The first ends on 9 June 2027 and was renewed in February; the second goes on from there, the third may come."""
    card = Credential("card", title="Card", valid=Validity(span="P2Y"), renewal=RenewalRule(opens="P6M"))
    held = Held("card", granted=dt.date(2025, 6, 10), renewed=[dt.date(2027, 2, 1)])
    ends = {
        on: status
        for (on, what), status in statuses(format_calendar(kept(held, card=card))).items()
        if what == "Last day it is valid: Card"
    }
    assert ends == {"20290609": "CONFIRMED", "20310609": "TENTATIVE"}


def test_after_a_lapse_the_numbers_begin_anew_and_the_next_period_is_still_planned() -> None:
    """Granted in 2021 and renewed in 2023; it ended on 9 June 2025, was renewed on 1 September, and may be in 2027."""
    back = RenewalRule(lapse=[Rung(way="exam", within="P1Y")])
    card = Credential("card", title="Card", valid=Validity(span="P2Y"), renewal=back)
    held = Held("card", granted=dt.date(2021, 6, 10), renewed=[dt.date(2023, 6, 1), dt.date(2025, 9, 1)])
    timeline = kept(held, card=card)
    planned = Planned(timeline)
    assert [(each.number, str(each.valid_through), planned.has_period(each)) for each in timeline.renewals] == [
        (1, "2023-06-09", False),
        (2, "2025-06-09", False),
        (1, "2027-08-31", False),
        (2, "2029-08-31", True),
    ]
    due = {each.on: planned.has_deadline(each) for each in timeline.deadlines if each.kind is DeadlineKind.EXPIRES}
    assert due == {dt.date(2027, 8, 31): False, dt.date(2029, 8, 31): True}


def test_in_a_plan_as_well_a_period_to_come_is_on_record_once_its_renewal_is() -> None:
    card = Credential("card", title="Card", valid=Validity(span="P2Y"), renewal=RenewalRule(opens="P6M"))
    held = Held("card", granted=dt.date(2025, 6, 10), renewed=[dt.date(2027, 2, 1)])
    path = Pathway("p", goal=Holds("card"), steps=[Step("other")], credentials=[card])
    found = statuses(format_calendar(plan(path, Learner(holds=[held]), today=TODAY)))
    assert found["20290609", "Last day it is valid: Card"] == "CONFIRMED"
    assert found["20310609", "Last day it is valid: Card"] == "TENTATIVE"


def granting(**changes: object) -> Timeline:
    """A class of no time that grants the card and, two weeks later, a job that needs it."""
    steps = [
        Step("class", title="Class", grants=["card"]),
        Step("job", title="Job", kind="job", requires=AllOf(Needs("class", lag="P2W"), Holds("card"))),
    ]
    path = Pathway("p", goal="job", steps=steps, credentials=[CARD])
    return plan(path, Learner(**changes), today=TODAY)  # type: ignore[arg-type]


def test_a_card_that_a_plan_gets_today_is_planned_and_one_that_it_got_today_is_on_record() -> None:
    planned, done = granting(), granting(records=[Record("class", finished=TODAY)])
    assert dict(of_card(planned))["20290228"] == "TENTATIVE"
    assert dict(of_card(done))["20290228"] == "CONFIRMED"


def test_how_long_a_paper_holds_for_a_step_is_planned_until_its_period_is_on_record() -> None:
    """Of the two periods of a card at hand the first is on record: the last day of either, told for a job."""
    timeline = kept(Held("card", granted=dt.date(2026, 6, 10)))
    first, second = (each.valid_through for each in timeline.renewals)
    assert (first, second) == (dt.date(2028, 6, 9), dt.date(2030, 6, 9))
    planned = Planned(timeline)
    found = [
        planned.has_deadline(
            Deadline(id="d", kind=DeadlineKind.PAPER_ENDS, on=on, credential="card", needed_by="job"),
        )
        for on in (first, second)
        if on is not None
    ]
    assert found == [False, True]


SCHOOL = Step("school", title="School", kind="program", takes="P2M")
EXAM = Step("exam", title="Exam", kind="exam", takes="P1D", requires=Needs("school", within="P1Y"))


def test_a_latest_day_of_the_plan_is_tentative_and_how_long_something_done_counts_is_confirmed() -> None:
    """School was done on 1 February 2027 and counts for a year; or it is to be done by 1 May."""
    path = Pathway("p", goal="exam", steps=[SCHOOL, EXAM])
    done = Learner(records=[Record("school", started=dt.date(2026, 12, 1), finished=dt.date(2027, 2, 1))])
    found = statuses(format_calendar(plan(path, done, today=TODAY)))
    assert found["20280201", "“School” counts for “Exam” through this day"] == "CONFIRMED"
    assert found["20270301", "Latest day to sit for this plan: Exam"] == "TENTATIVE"
    found = statuses(format_calendar(plan(path, Learner(), today=TODAY)))
    assert found["20280501", "“School” counts for “Exam” through this day"] == "TENTATIVE"
    assert found["20270301", "Latest day to enroll for this plan: School"] == "TENTATIVE"


def test_what_a_step_asks_for_is_on_record_once_it_has_begun() -> None:
    """The fee is due two months after school began: on 1 February 2027, or as planned today."""
    long = Step("school", title="School", kind="program", takes="P4M", requires=Needs("fee", by="P2M", order="any"))
    fee = Step("fee", title="Fee", takes="P1W")
    path = Pathway("p", goal=AllOf("school", "fee"), steps=[long, fee])
    begun = Learner(records=[Record("school", started=dt.date(2027, 2, 1))])
    what = "Last day to do for School: Fee"
    assert statuses(format_calendar(plan(path, begun, today=TODAY)))["20270401", what] == "CONFIRMED"
    assert statuses(format_calendar(plan(path, Learner(), today=TODAY)))["20270501", what] == "TENTATIVE"


def test_a_reminder_is_as_sure_as_its_deadline() -> None:
    timeline = kept(Held("card", granted=dt.date(2026, 6, 10)))
    found = statuses(format_reminder_calendar(timeline.reminders, timeline))
    assert {status for (on, _), status in found.items() if on <= "20280609"} == {"CONFIRMED"}
    assert {status for (on, _), status in found.items() if on > "20280609"} == {"TENTATIVE"}
