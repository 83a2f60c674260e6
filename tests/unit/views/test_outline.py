"""Pathways in words."""

from __future__ import annotations

import datetime as dt

import pytest

from career_path.days.day_rules import (
    Birthday,
    BirthMonthEnd,
    Dates,
    DayOfYear,
    DayRule,
    MonthEnd,
    Weekdays,
    YearlyWindow,
)
from career_path.days.durations import Duration, Effort, Estimate, WorkingDays
from career_path.days.spans import Span
from career_path.model.leaves import Work
from career_path.model.occupations import Occupation, Outlook, Pay, Setting
from career_path.model.pathway import Cohort, Cohorts, Cost, Credential, Pathway, Source, Step, Until, Validity
from career_path.model.renewal import Duty
from career_path.model.requirements import (
    Aged,
    AllOf,
    AnyOf,
    AtLeast,
    HasFact,
    Holds,
    Located,
    Needs,
    Requirement,
    Worked,
)
from career_path.views.outline import (
    catalog_text,
    length_text,
    opening_text,
    pathway_text,
    requirement_text,
    validity_text,
)

PATHWAY = Pathway(
    "medic",
    title="Medic",
    goal=AllOf("job"),
    steps=[
        Step(
            "school",
            title="School",
            kind="program",
            takes="P9M",
            cost="1200",
            opens=YearlyWindow(from_="08-01", through="09-16"),
            note="Bring your papers.",
        ),
        Step("card", kind="paper", takes=WorkingDays(20), grants=["bls-aha"]),
        Step(
            "exam",
            title="Exam",
            kind="exam",
            requires=AllOf(Needs("school", lag="P7D", within="P90D"), Holds("bls-aha")),
        ),
        Step(
            "course",
            title="Course",
            opens=Cohorts(cohorts=[Cohort(start=dt.date(2027, 4, 8), finish=dt.date(2027, 4, 23))]),
        ),
        Step("job", kind="job", requires=AnyOf("exam", "course"), work=Work("aide", hours=37.5), absence="ignore"),
    ],
    credentials=[
        Credential(
            "bls-aha",
            letters="BLS",
            issuer="AHA",
            title="Basic life support",
            valid=Validity(span="P2Y", until="month-end"),
        ),
        Credential("badge", note="Bring it along."),
    ],
    sources=[
        Source(
            "A1",
            title="The handbook",
            publisher="AAMA",
            address="https://example.org/handbook",
            sure="body",
            as_of=dt.date(2026, 1, 1),
            checked=dt.date(2026, 11, 23),
        ),
        Source("B2", sure="memory"),
    ],
    note="First of all.\n\nThen more.",
)


def test_a_pathway_is_told_whole() -> None:
    assert pathway_text(PATHWAY) == (
        "Medic (medic)\n"
        "Goal: job\n"
        "First of all.\n"
        "Then more.\n"
        "\n"
        "Steps\n"
        "  school: School\n"
        "    program, 9 months, 1200.00 USD\n"
        "    opens: each year from 08-01 through 09-16\n"
        "    Bring your papers.\n"
        "  card: card\n"
        "    paper, 20 working days, cost not known\n"
        "    grants: BLS (AHA)\n"
        "  exam: Exam\n"
        "    exam, no time, cost not known\n"
        "    needs: School [at least 7 days after it is done, at most 90 days after it is done] and BLS (AHA)\n"
        "      valid throughout\n"
        "  course: Course\n"
        "    experience, as long as its cohort, cost not known\n"
        "    opens: 2027-04-08 to 2027-04-23\n"
        "  job: job\n"
        "    job, no time, cost not known\n"
        "    counts as work: aide, 37.5 hours a week\n"
        "    goes on while you are away\n"
        "    needs: Exam or Course\n"
        "\n"
        "Choices\n"
        "  for job: one of Exam; Course\n"
        "\n"
        "Credentials\n"
        "  bls-aha: BLS (AHA), Basic life support, valid for 2 years, then to the end of the month\n"
        "  badge: badge, no end date in this pathway\n"
        "    Bring it along.\n"
        "\n"
        "Sources\n"
        "  A1: The handbook, AAMA\n"
        "    https://example.org/handbook\n"
        "    from the body itself, as of 2026-01-01, checked 2026-11-23\n"
        "  B2: B2\n"
        "    from memory, not checked\n"
    )


def test_sources_and_memory_stand_where_they_are_cited() -> None:
    pathway = Pathway(
        "p",
        goal="a",
        steps=[
            Step("a", cost=Cost("9", sources=["M"]), sources=["A"]),
            Step("b", cost=Cost("8", sure="memory")),
            Step("c", cost=Cost("7", sources=["A"]), sources=["A"]),
        ],
        credentials=[Credential("card", sources=["A"], duties=[Duty("dues", within="P1Y", sources=["M"])])],
        sources=[Source("A"), Source("M", sure="memory")],
    )
    lines = pathway_text(pathway).split("\n\nSources")[0].splitlines()[3:]
    assert lines == [
        "Steps",
        "  a: a",
        "    experience, no time, 9.00 USD (from memory)",
        "    sources: A, M",
        "  b: b",
        "    experience, no time, 8.00 USD (from memory)",
        "  c: c",
        "    experience, no time, 7.00 USD",
        "    sources: A",
        "",
        "Credentials",
        "  card: card, no end date in this pathway",
        "    duty: dues, within 1 year",
        "    sources: A, M",
    ]


def test_choices_are_told_for_the_goal_and_every_step_however_they_nest() -> None:
    inner = AtLeast(2, "a", "b", "c")
    pathway = Pathway(
        "p",
        goal=AnyOf("d", "e"),
        steps=[*map(Step, "abc"), Step("d", title="D", requires=AllOf("a", AnyOf("b", inner))), Step("e")],
    )
    text = pathway_text(pathway)
    assert text[text.index("Choices") :].splitlines()[:4] == [
        "Choices",
        "  for the goal: one of D; e",
        "  for D: one of b; at least 2 of: a, b, c",
        "  for D: at least 2 of a; b; c",
    ]
    assert "Choices" not in pathway_text(Pathway("p", goal="a", steps=[Step("a")]))


def test_an_occupation_is_told_with_all_that_is_known() -> None:
    aide = Occupation(
        "aide",
        title="Aide",
        soc="31-9092",
        duties=["Take histories", "Clean"],
        settings=[Setting("Clinic", schedule="weekdays"), Setting("Home")],
        may_not=["Prescribe"],
        pay=Pay(median="40000", p10="30000", p90="60000", statistic="annual wage", as_of="2024-05", sources=["B"]),
        outlook=Outlook(growth_percent=-2.5, openings_per_year=1200, from_=2024, through=2034),
        entry_education="Certificate",
        related=["nurse"],
        sources=["A"],
        note="More.",
    )
    job = Step("job", kind="job", occupation="aide")
    pathway = Pathway("p", goal="job", steps=[job], occupations=[aide], sources=[Source("A"), Source("B")])
    text = pathway_text(pathway, width=160)
    assert "    occupation: Aide\n" in text
    assert text[text.index("Occupations") : text.index("\n\nSources")].splitlines() == [
        "Occupations",
        "  aide: Aide",
        "    SOC code 31-9092",
        "    does: Take histories; Clean",
        "    may not: Prescribe",
        "    works in: Clinic (weekdays); Home",
        (
            "    pays: 40000.00 USD a year (annual wage, May 2024); one in ten earns less than 30000.00 USD; one in"
            " ten earns more than 60000.00 USD"
        ),
        "    outlook: 2.5 % fewer jobs from 2024 to 2034; about 1,200 openings a year",
        "    entry education: Certificate",
        "    related: nurse",
        "    sources: A, B",
        "    More.",
    ]


def test_what_an_occupation_does_not_tell_is_left_out_or_not_known() -> None:
    bare = Occupation(
        "aide", pay=Pay(p10="1", as_of=dt.date(2024, 5, 1)), outlook=Outlook(openings_per_year=0, from_=1, through=2)
    )
    text = pathway_text(Pathway("p", goal="a", steps=[Step("a")], occupations=[bare]))
    assert text[text.index("Occupations") : text.index("\n\nNo sources")].splitlines() == [
        "Occupations",
        "  aide: aide",
        "    pays: median not known (median, 1 May 2024); one in ten earns less than 1.00 USD",
        "    outlook: growth not known from 1 to 2; about 0 openings a year",
    ]


def test_a_pathway_without_credentials_has_no_heading_for_them() -> None:
    shown = pathway_text(Pathway("p", goal="a", steps=[Step("a")]))
    assert "Credentials" not in shown
    assert shown.endswith("\n\nNo sources\n")


def test_no_line_but_an_address_is_wider_than_asked_for() -> None:
    address = f"https://example.org/{'a-' * 60}"
    pathway = Pathway(
        "p",
        goal="a",
        steps=[Step("a", note="some words " * 30)],
        sources=[Source("S", address=address)],
        note="x " * 90,
    )
    lines = pathway_text(pathway, width=40).splitlines()
    assert [line for line in lines if len(line) > 40] == [f"    {address}"]
    assert sum(line.split().count("words") for line in lines) == 30
    assert lines[2] == " ".join("x" * 20)


def test_hostile_titles_cannot_leave_their_line() -> None:
    shown = pathway_text(Pathway("p", title="a\nb\u202e", goal="a", steps=[Step("a", title="x\ny")]))
    assert shown.startswith("a b (p)\n")
    assert "  a: x y\n" in shown


def test_catalogs_are_lined_up() -> None:
    assert catalog_text([("a", "A\nb"), ("long-id", "L")]) == "a        A b\nlong-id  L\n"
    assert catalog_text([]) == ""


@pytest.mark.parametrize(
    ("takes", "text"),
    [
        (Span(), "no time"),
        (Span.parse("P1Y6M"), "1 year and 6 months"),
        (WorkingDays(1), "1 working day"),
        (WorkingDays(7), "7 working days"),
        (Effort(hours=7.5), "7.5 hours of work"),
        (Effort(hours=160, weekly_at_most=40), "160 hours of work, at most 40 a week"),
        (Estimate(low="P6M", likely="P9M", high="P1Y"), "9 months (6 months to 1 year)"),
    ],
)
def test_lengths_in_words(takes: Duration, text: str) -> None:
    assert length_text(takes) == text


class EveryOtherDay(DayRule):
    key = "every_other"

    def _after(self, day: int) -> int:
        return day + day % 2

    def _before(self, day: int) -> int:
        return day - day % 2


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (Weekdays(days=["mon", "fri"]), "each Mon and Fri"),
        (MonthEnd(), "the last day of each month"),
        (YearlyWindow(from_="12-15", through="01-15"), "each year from 12-15 through 01-15"),
        (Dates(dates=[dt.date(2027, 1, 2), dt.date(2027, 3, 4)]), "2027-01-02; 2027-03-04"),
        (
            Dates(dates=[dt.date(2027, 1, day) for day in range(1, 9)]),
            "2027-01-01; 2027-01-02; 2027-01-03; 2027-01-04; 2027-01-05; 2027-01-06; 2 more",
        ),
        (DayOfYear(on="07-31"), "07-31 of every year"),
        (DayOfYear(on="07-31", years="odd"), "07-31 of odd years"),
        (Birthday(years="even"), "the birthday in even years"),
        (BirthMonthEnd(years="birth"), "the end of the birth month in years as odd or even as the birth year"),
        (EveryOtherDay(), "every other"),
    ],
)
def test_openings_in_words(rule: DayRule, text: str) -> None:
    assert opening_text(rule) == text


@pytest.mark.parametrize(
    ("until", "text"),
    [
        ("day-before", "valid for 2 years, to the eve of the anniversary"),
        ("anniversary", "valid for 2 years, the anniversary included"),
        ("month-end", "valid for 2 years, then to the end of the month"),
        (Birthday(), "valid for 2 years, then to the birthday in every year"),
    ],
)
def test_validities_in_words(until: Until | DayRule | str, text: str) -> None:
    assert validity_text(Validity(span="P2Y", until=until)) == text


@pytest.mark.parametrize(
    ("requirement", "text"),
    [
        (AllOf(), "nothing"),
        (AllOf("school"), "School"),
        (AllOf("school", AnyOf("exam", "course")), "School and (Exam or Course)"),
        (AllOf("school", AnyOf("exam")), "School and Exam"),
        (AtLeast(2, "school", "exam", AllOf("course", "card")), "at least 2 of: School, Exam, (Course and card)"),
        (AtLeast(0), "at least 0 of: nothing"),
        (Needs("exam", of="start"), "the start of Exam"),
        (Needs("exam", lag="-P30D"), "Exam [up to 30 days before it is done]"),
        (
            Needs("exam", lag="-P30D", within="P89D"),
            "Exam [up to 30 days before it is done, at most 89 days after it is done]",
        ),
        (Needs("exam", of="start", lag="P1D"), "the start of Exam [at least 1 day after it]"),
        (Needs("exam", order="any", by="P6M"), "Exam [before or after, at most 6 months later]"),
        (Holds("bls-aha", throughout=False), "BLS (AHA) valid at the start"),
        (Aged(18), "age 18 or more"),
        (Aged(16, under=26), "age 16 or more and under 26"),
        (Worked("aide", span="P3Y", in_last="P7Y"), "3 years of work as aide [in the last 7 years]"),
        (
            Worked(["nurse", "aide"], span="P1Y", hours=1200, in_last="P3Y", overlapping="each"),
            "1 year and 1200 h of work as aide or nurse [in the last 3 years, every job counted]",
        ),
        (
            Worked("aide", hours=500, counted_back_from=dt.date(2027, 5, 1)),
            "500 h of work as aide [counted back from 1 May 2027]",
        ),
        (Located("US-TX"), "place US-TX or in it"),
        (HasFact("group", "A"), "group A"),
    ],
)
def test_requirements_in_words(requirement: Requirement, text: str) -> None:
    assert requirement_text(requirement, PATHWAY) == text
