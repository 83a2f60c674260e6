"""Windows counted back in other ways, and renewals before them: each date worked out with a printed calendar."""

from __future__ import annotations

import datetime as dt

import pytest

from career_path import (
    Before,
    BirthMonthEnd,
    Credential,
    DayOfYear,
    DocumentError,
    Early,
    Held,
    Learner,
    Pathway,
    RenewalRule,
    Step,
    Validity,
    audit,
    cycles,
    format_pathway,
    parse_pathway,
    plan,
)
from career_path.errors import InvalidValueError
from career_path.model.renewal import Lead
from career_path.planning.ends import Holder

D = dt.date.fromisoformat
MONTH_COUNTED = Before(span="P1M", counts="inclusive")
CALENDAR_MONTHS = Before(span="P3M", begins="month-start")


def card(opens: Lead, *, valid: Validity | None = None, early: Early | str = Early.NEW_ANCHOR) -> Credential:
    rule = RenewalRule(opens=opens, early=early)
    return Credential("card", valid=valid or Validity(span="P1Y"), renewal=rule)


def opens(lead: Lead, through: str, born: str | None = None) -> str:
    """The first day of the window before a last day, which is that of a year from the day after it a year before."""
    granted = D(through).replace(year=D(through).year - 1)
    holder = Holder(learner=Learner(born=None if born is None else D(born)))
    valid = Validity(span="P1Y", until="anniversary")
    held = Held("card", granted=granted)
    return str(cycles(card(lead, valid=valid), held, today=granted, holder=holder, renewals=0)[0].opens)


@pytest.mark.parametrize(
    ("lead", "through", "expected"),
    [
        # a month before 15 May, that day counted, is from 16 April; not counted, from 15 April
        (MONTH_COUNTED, "2027-05-15", "2027-04-16"),
        (Before(span="P1M"), "2027-05-15", "2027-04-15"),
        (Before(span="P30D", counts="inclusive"), "2027-05-15", "2027-04-16"),
        # a month before 31 March is 28 February, or 29 in a leap year, and the day after it the first of March
        (MONTH_COUNTED, "2027-03-31", "2027-03-01"),
        (MONTH_COUNTED, "2028-03-31", "2028-03-01"),
        # the three calendar months before May: February, March, April; before 31 March three months are 31 December
        (CALENDAR_MONTHS, "2027-05-31", "2027-02-01"),
        (CALENDAR_MONTHS, "2028-05-15", "2028-02-01"),
        (CALENDAR_MONTHS, "2027-03-31", "2026-12-01"),
        # 90 days before 31 July are 2 May, and the last 1 March on or before that is in the same year
        (Before(span="P90D", begins=DayOfYear(on="03-01")), "2027-07-31", "2027-03-01"),
        # 92 days before 1 June are 1 March; with that day counted it is 2 March, which the rule has
        (Before(span="P92D", counts="inclusive", begins=DayOfYear(on="03-02")), "2027-06-01", "2027-03-02"),
        (Before(span="P92D", begins=DayOfYear(on="03-02")), "2027-06-01", "2026-06-01"),  # not in the period
    ],
)  # fmt: skip
def test_a_window_opens_on_the_day_worked_out_by_hand(lead: Lead, through: str, expected: str) -> None:
    assert opens(lead, through) == expected


def test_a_window_may_begin_with_the_end_of_the_birth_month() -> None:
    # 60 days before 1 May 2027 are 2 March; born in February, the last end of that month is 28 February.
    lead = Before(span="P60D", begins=BirthMonthEnd())
    assert opens(lead, "2027-05-01", born="1990-02-14") == "2027-02-28"
    with pytest.raises(DocumentError, match="born"):
        opens(lead, "2027-05-01")


def told(credential: Credential, granted: str, *renewed: str) -> list[tuple[int, str, str]]:
    held = Held("card", granted=D(granted), renewed=[D(day) for day in renewed])
    today = max([held.granted, *held.renewed])
    found = cycles(credential, held, today=today, renewals=0)
    check(credential, held, today)
    return [(each.number, str(each.valid_from), str(each.valid_through)) for each in found]


def check(credential: Credential, held: Held, today: dt.date) -> None:
    """The audit, which reads rules in its own way, finds nothing to say of a plan for the same holder."""
    pathway = Pathway("p", goal="job", steps=[Step("job")], credentials=[credential])
    learner = Learner(holds=[held])
    assert not audit(plan(pathway, learner, today=today), pathway, learner)


FIRST = (1, "2026-05-16", "2027-05-15")


@pytest.mark.parametrize(
    ("renewed", "second"),
    [
        ("2027-04-16", (2, "2027-05-16", "2028-05-15")),  # the first day of the window keeps the date
        ("2027-05-15", (2, "2027-05-16", "2028-05-15")),  # the last day too
        ("2027-04-15", (2, "2027-04-15", "2028-04-14")),  # a day earlier begins a year of its own
        ("2026-05-16", None),  # on the day it began: the same year, so nothing is gained and nothing lost
    ],
)
def test_a_renewal_before_the_window_counts_from_its_own_day(renewed: str, second: tuple[int, str, str] | None) -> None:
    found = told(card(MONTH_COUNTED), "2026-05-16", renewed)
    assert found[0] == FIRST
    assert found[-1] == (second or (2, "2026-05-16", "2027-05-15"))


def test_the_next_renewals_count_from_the_early_one() -> None:
    # Renewed on 15 April 2027, then in the window of its own end: 14 April 2028 less a month, counted, is 15 March.
    assert told(card(MONTH_COUNTED), "2026-05-16", "2027-04-15", "2028-03-15")[-1] == (3, "2028-04-15", "2029-04-14")
    assert told(card(MONTH_COUNTED), "2026-05-16", "2027-04-15", "2028-03-14")[-1] == (3, "2028-03-14", "2029-03-13")


def test_without_it_a_renewal_before_the_window_gains_nothing() -> None:
    assert told(card(MONTH_COUNTED, early="no-gain"), "2026-05-16", "2027-04-15") == [FIRST]


def test_an_early_renewal_never_shortens_what_was_valid() -> None:
    # The first period is five years, each later one a year: renewed early in the second year it would end years sooner.
    longer = Validity(span="P1Y", first=Validity(span="P5Y"))
    assert told(card(MONTH_COUNTED, valid=longer), "2026-05-16", "2028-01-10") == [(1, "2026-05-16", "2031-05-15")]


def test_what_cannot_be_a_lead_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="counts"):
        Before(span="P1M", counts="exclusive")
    with pytest.raises(InvalidValueError, match="begins"):
        Before(span="P1M", begins="month-end")
    with pytest.raises(InvalidValueError, match="negative"):
        Before(span="-P1M")
    with pytest.raises(InvalidValueError, match="early"):
        RenewalRule(early="kept")


HEAD = 'schema = "career-path/pathway/1"\nid = "p"\ngoal = { all = [] }\nsteps = {}\n[credentials.card]\n'


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ('{ span = "P1M" }', Before(span="P1M")),
        ('{ span = "P1M", counts = "inclusive" }', MONTH_COUNTED),
        ('{ span = "P3M", begins = "month-start" }', CALENDAR_MONTHS),
        ('{ span = "P90D", begins = { day_of_year = "03-01" } }', Before(span="P90D", begins=DayOfYear(on="03-01"))),
    ],
)
def test_a_lead_is_read_and_written(lead: str, expected: Before) -> None:
    pathway = parse_pathway(f'{HEAD}valid = {{ span = "P1Y" }}\nrenewal = {{ opens = {lead}, early = "new-anchor" }}\n')
    rule = pathway.credential("card").renewal
    assert rule is not None
    assert (rule.opens, rule.early) == (expected, Early.NEW_ANCHOR)
    assert parse_pathway(format_pathway(pathway)) == pathway
    assert parse_pathway(format_pathway(pathway, syntax="json"), syntax="json") == pathway


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ('opens = { span = "P1M", begins = "month-end" }', "credentials.card.renewal.opens.begins: not-a-choice"),
        ('opens = { span = "P1M", begins = 3 }', "credentials.card.renewal.opens.begins: wrong-type"),
        ('opens = { span = "P1M", begins = { never = 1 } }', "credentials.card.renewal.opens.begins: not-a-day-rule"),
        ('opens = { span = "-P1M" }', "credentials.card.renewal.opens.span: negative"),
        ('early = "kept"', "credentials.card.renewal.early: not-a-choice"),
    ],
)
def test_what_a_document_cannot_say_is_refused_where_it_stands(rule: str, fault: str) -> None:
    with pytest.raises(DocumentError) as caught:
        parse_pathway(f'{HEAD}valid = {{ span = "P1Y" }}\nrenewal = {{ {rule} }}\n')
    assert fault in [f"{each.path}: {each.code}" for each in caught.value.faults]
