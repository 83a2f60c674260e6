"""Where the sources of the catalog disagree: each optional overlay changes the day or the hours worked out by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import attrs
import pytest

import career_path
from career_path import Employment, Fact, Held, Learner, Overlay, Record, audit, catalog_ids, load_catalog, plan
from career_path.model.credits import CreditPeriod
from career_path.model.learner import Absence
from career_path.model.ledger import Activity, Ledger
from career_path.model.timeline import Renewal, Status, Timeline
from career_path.planning.credits import assess
from career_path.planning.keeping import keep

D = dt.date
TODAY = D(2027, 1, 4)
START = D(2027, 1, 11)  # a Monday
ANA = Learner("ana", start=START, weekly_hours=20)
LADDER = "nursing-ladder"
OPTIONAL = [(name, each) for name in catalog_ids() for each in load_catalog(name).overlays if each.is_optional]


def planned(name: str, learner: Learner, *overlays: str) -> Timeline:
    asking = attrs.evolve(learner, overlays=overlays)
    timeline = plan(load_catalog(name), asking, today=TODAY)
    assert audit(timeline, load_catalog(name), asking) == ()
    optional = {each.id for _, each in OPTIONAL}
    assert [each.id for each in timeline.applied if each.id in optional] == list(overlays)
    return timeline


def first(name: str, held: Held, *overlays: str, where: str = "", born: dt.date | None = None) -> Renewal:
    pathway = load_catalog(name).resolve(where=where, on=held.granted, overlays=overlays)
    learner = Learner("ana", born=born, holds=[held])
    return keep(pathway.credentials, learner, today=held.granted).renewals[0]


@pytest.mark.parametrize(("name", "overlay"), [pytest.param(*each, id=f"{each[0]}-{each[1].id}") for each in OPTIONAL])
def test_a_switch_says_from_where_it_is_and_a_note_of_what_it_changes_names_it(name: str, overlay: Overlay) -> None:
    assert overlay.title
    assert overlay.sources
    assert overlay.note
    text = (Path(career_path.__file__).parent / f"catalog/{name}.toml").read_text("utf-8")
    assert f"`{overlay.id}`" in text


def test_there_are_as_many_switches_as_the_documents_tell_of() -> None:
    assert [(name, each.id) for name, each in OPTIONAL] == [
        ("medical-assistant", "cma-60-months"),
        ("nursing-assistant", "california-160-hours"),
        ("nursing-ladder", "california-160-hours"),
        ("nursing-ladder", "florida-impairment-each-time"),
        ("nursing-ladder", "florida-first-period-free"),
        ("nursing-ladder", "texas-two-months"),
        ("patient-care-technician", "cpct-1200-hours"),
        ("pharmacy-technician", "ptcb-first-of-month"),
        ("pharmacy-technician", "ptcb-six-months"),
        ("pharmacy-technician", "texas-75-days"),
        ("practical-nurse", "florida-impairment-each-time"),
        ("practical-nurse", "florida-first-period-free"),
        ("practical-nurse", "texas-two-months"),
        ("sterile-processing", "crcst-90-days"),
    ]


# Sterile processing


@pytest.mark.parametrize(
    ("overlays", "ends"),
    [
        # Reviewed on 23 February: 120 days are 5 in February, 31, 30 and 31 through May, and 23 in June.
        ((), D(2027, 6, 23)),
        # 90 days: 5, 31 and 30 through April, and 24 in May.
        (("crcst-90-days",), D(2027, 5, 24)),
    ],
)
def test_hspa_gives_120_or_90_days_to_sit(overlays: tuple[str, ...], ends: dt.date) -> None:
    timeline = planned("sterile-processing", ANA, *overlays)
    assert timeline.step("crcst-review").finish == D(2027, 2, 23)
    assert ends in {each.on for each in timeline.deadlines if each.kind.value == "eligibility-ends"}


@pytest.mark.parametrize(("overlays", "cost"), [((), "0"), (("crcst-90-days",), "140.00")])
def test_who_is_away_until_the_shorter_window_is_over_applies_once_more(overlays: tuple[str, ...], cost: str) -> None:
    # Reviewed on 1 December 2026: 120 days are over on 31 March 2027, 90 on 1 March. Back on 16 March.
    days = {"program": D(2026, 10, 1), "practice": D(2026, 10, 1), "hours-signed": D(2026, 10, 1)}
    days |= {"apply-crcst": D(2026, 11, 3), "crcst-review": D(2026, 12, 1)}
    records = [Record(name, finished=day) for name, day in days.items()]
    away = Absence(from_=D(2027, 1, 5), through=D(2027, 3, 15))
    timeline = planned("sterile-processing", attrs.evolve(ANA, records=records, absences=[away]), *overlays)
    assert timeline.step("crcst-exam").start == D(2027, 3, 16)
    assert timeline.cost.amount == Decimal(cost)


# Pharmacy


@pytest.mark.parametrize(
    ("granted", "through", "thirty_days", "first_day"),
    [
        (D(2025, 5, 12), D(2027, 5, 31), D(2027, 5, 1), D(2027, 5, 1)),
        (D(2025, 4, 9), D(2027, 4, 30), D(2027, 3, 31), D(2027, 4, 1)),
        (D(2025, 2, 10), D(2027, 2, 28), D(2027, 1, 29), D(2027, 2, 1)),
    ],
)
def test_ptcb_renews_on_time_until_thirty_days_before_or_the_first_of_the_month(
    granted: dt.date, through: dt.date, thirty_days: dt.date, first_day: dt.date
) -> None:
    held = Held("cpht-ptcb", granted=granted)
    chosen, other = first("pharmacy-technician", held), first("pharmacy-technician", held, "ptcb-first-of-month")
    assert chosen.valid_through == other.valid_through == through
    assert (chosen.soft_deadline, other.soft_deadline) == (thirty_days, first_day)


@pytest.mark.parametrize(
    # 180 days after 1 June: 29 in it, 123 through October, 28 in November. Six months: 1 December.
    ("overlays", "following"),
    [((), D(2027, 11, 28)), (("ptcb-six-months",), D(2027, 12, 1))],
)
def test_a_third_failure_with_ptcb_waits_180_days_or_six_months(overlays: tuple[str, ...], following: dt.date) -> None:
    records = [Record(name, finished=D(2026, 6, 1)) for name in ("program", "program-proof")]
    records.append(Record("ptcb-exam", failed=[D(2027, 2, 1), D(2027, 4, 2), D(2027, 6, 1)]))
    learner = attrs.evolve(ANA, records=records, choose=["cpht-ptcb"], overlays=overlays)
    timeline = plan(load_catalog("pharmacy-technician"), learner, today=D(2027, 6, 2))
    assert timeline.step("ptcb-exam").start == following


@pytest.mark.parametrize(
    # Through 31 March 2027. 60 days before: 31 to the end of February, 28 to that of January, 1 more. 15 days earlier.
    ("overlays", "opens"),
    [((), D(2027, 1, 30)), (("texas-75-days",), D(2027, 1, 15))],
)
def test_texas_opens_renewals_of_technicians_60_or_75_days_before(overlays: tuple[str, ...], opens: dt.date) -> None:
    told = first("pharmacy-technician", Held("pt-tx", granted=D(2025, 3, 10)), *overlays)
    assert (told.opens, told.valid_through) == (opens, D(2027, 3, 31))


# Patient care


@pytest.mark.parametrize(
    ("through", "fact", "overlays", "finish"),
    [
        # Not a year of work: the program, 16 weeks from 11 January to 3 May, two days of the exam, 42 of the search.
        (D(2024, 6, 30), "no", (), D(2027, 6, 16)),
        # 4 September 2023 to 30 June 2024 are 43 weeks of 36 hours, 1,548: exam on 11 January, 42 days after the 13th.
        (D(2024, 6, 30), "no", ("cpct-1200-hours",), D(2027, 2, 24)),
        # 17 weeks are 612 hours, which are enough for an aide alone.
        (D(2023, 12, 31), "no", ("cpct-1200-hours",), D(2027, 6, 16)),
        (D(2023, 12, 31), "yes", ("cpct-1200-hours",), D(2027, 2, 24)),
        (D(2023, 12, 31), "yes", (), D(2027, 6, 16)),
    ],
)
def test_the_other_page_on_the_cpct_counts_hours_of_five_years(
    through: dt.date, fact: str, overlays: tuple[str, ...], finish: dt.date
) -> None:
    work = Employment(role="patient-care-technician", from_=D(2023, 9, 4), through=through, hours=36)
    learner = attrs.evolve(ANA, employment=[work], facts=[Fact("cna-or-ma", fact)])
    assert planned("patient-care-technician", learner, *overlays).finish == finish


# Nursing


@pytest.mark.parametrize("name", ["nursing-assistant", "nursing-ladder"])
@pytest.mark.parametrize(
    # At 20 hours a week a day has 20/7: 150 hours take 53 days of 52.5, 160 take 56.
    ("overlays", "finish"),
    [((), D(2027, 3, 5)), (("california-160-hours",), D(2027, 3, 8))],
)
def test_california_asks_150_or_160_hours(name: str, overlays: tuple[str, ...], finish: dt.date) -> None:
    learner = attrs.evolve(ANA, place="US-CA", born=D(2004, 4, 10))
    pathway = attrs.evolve(load_catalog(name), goal="training")
    assert plan(pathway, attrs.evolve(learner, overlays=overlays), today=TODAY).finish == finish


@pytest.mark.parametrize(
    ("name", "credential"),
    [("practical-nurse", "lpn-state"), ("nursing-ladder", "lpn-state"), ("nursing-ladder", "rn-state")],
)
@pytest.mark.parametrize(
    # Through 30 April 2028: 60 days before is 1 March; two months before is 29 February, the last day of that month.
    ("overlays", "opens"),
    [((), D(2028, 3, 1)), (("texas-two-months",), D(2028, 2, 29))],
)
def test_texas_opens_renewals_of_nurses_60_days_or_two_months_before(
    name: str, credential: str, overlays: tuple[str, ...], opens: dt.date
) -> None:
    held = Held(credential, granted=D(2027, 7, 13))
    told = first(name, held, *overlays, where="US-TX", born=D(2004, 4, 10))
    assert (told.opens, told.valid_through) == (opens, D(2028, 4, 30))


@pytest.mark.parametrize(
    ("name", "credential"),
    [("practical-nurse", "lpn-state"), ("nursing-ladder", "lpn-state"), ("nursing-ladder", "rn-state")],
)
@pytest.mark.parametrize(("overlays", "is_met"), [((), True), (("florida-impairment-each-time",), False)])
def test_florida_asks_about_impairment_every_second_time_or_each_time(
    name: str,
    credential: str,
    overlays: tuple[str, ...],
    is_met: bool,  # noqa: FBT001
) -> None:
    # In the first renewal: 24 hours with the three topics of each time and the one of the first, without impairment.
    hours = {"medical errors": 2, "laws and rules": 2, "human trafficking": 2, "hiv": 1, "nursing": 17}
    activities = [
        Activity(date=D(2026, 1, 1 + day), title=topic, credits=count, category=topic)
        for day, (topic, count) in enumerate(hours.items())
    ]
    assert is_met_in_florida(name, credential, activities, overlays, number=1) is is_met


@pytest.mark.parametrize(
    ("name", "credential"),
    [("practical-nurse", "lpn-state"), ("nursing-ladder", "lpn-state"), ("nursing-ladder", "rn-state")],
)
def test_by_one_page_florida_asks_for_no_hours_in_the_first_period(name: str, credential: str) -> None:
    told = {
        (overlays, number): is_met_in_florida(name, credential, [], overlays, number=number)
        for overlays in ((), ("florida-first-period-free",))
        for number in (1, 2)
    }
    assert [case for case, is_met in told.items() if is_met] == [(("florida-first-period-free",), 1)]


def is_met_in_florida(
    name: str, credential: str, activities: list[Activity], overlays: tuple[str, ...], *, number: int
) -> bool:
    """Whether these activities are enough for a period of two years."""
    renewal = load_catalog(name).resolve(where="US-FL", on=TODAY, overlays=overlays).credential(credential).renewal
    assert renewal is not None
    assert renewal.credits is not None
    period = CreditPeriod(since=D(2025, 8, 1), through=D(2027, 7, 31), number=number)
    return assess(renewal.credits, Ledger(activities), period=period, on=TODAY).is_met


@pytest.mark.parametrize(
    ("name", "overlay", "where"),
    [
        ("nursing-assistant", "california-160-hours", "US-CA"),
        ("practical-nurse", "florida-impairment-each-time", "US-FL"),
        ("practical-nurse", "florida-first-period-free", "US-FL"),
        ("practical-nurse", "texas-two-months", "US-TX"),
    ],
)
def test_the_ladder_has_the_switches_of_its_rungs(name: str, overlay: str, where: str) -> None:
    rung, ladder = (load_catalog(each).resolve(where=where, on=TODAY, overlays=[overlay]) for each in (name, LADDER))
    assert rung.applied[-1] == ladder.applied[-1]
    credential = "cna-state" if name == "nursing-assistant" else "lpn-state"
    assert rung.credential(credential) == ladder.credential(credential)
    if name == "nursing-assistant":
        assert rung.step("training") == ladder.step("training")


# Medical assisting

GRADUATE = {"diploma": D(2020, 6, 12), "program": D(2022, 1, 10), "externship": D(2022, 2, 10)}


def test_an_older_page_of_the_aama_has_the_exam_within_60_months() -> None:
    records = [Record(name, finished=day) for name, day in GRADUATE.items()]
    learner = attrs.evolve(ANA, records=records, choose=["cma-aama"])
    free, bound = (planned("medical-assistant", learner, *overlays) for overlays in ((), ("cma-60-months",)))
    assert free.finish == bound.finish
    days = [{each.on for each in one.deadlines if each.kind.value == "eligibility-ends"} for one in (free, bound)]
    # Graduated on 10 February 2022.
    assert (D(2027, 2, 10) in days[0], D(2027, 2, 10) in days[1]) == (False, True)


def test_who_graduated_more_than_60_months_ago_begins_again_by_that_page_alone() -> None:
    # 60 months after 20 December 2021 are over on 20 December 2026.
    records = [Record(name, finished=day) for name, day in {**GRADUATE, "externship": D(2021, 12, 20)}.items()]
    records[1] = Record("program", finished=D(2021, 11, 15))
    learner = attrs.evolve(ANA, records=records, choose=["cma-aama"])
    free, bound = (planned("medical-assistant", learner, *overlays) for overlays in ((), ("cma-60-months",)))
    assert free.step("externship").status is Status.FINISHED
    assert "externship" in {step.id for step in bound.steps if step.status is Status.REDO}
