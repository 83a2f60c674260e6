"""Renewal dates that issuers publish, or that follow from their rules by hand, against the rules as documents.

Each case names its source. "Source" dates stand on the page itself, "derived" ones were worked out with a printed
calendar from the rule on that page. All pages were looked at on 2026-11-23.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
import pytest

from career_path import Held, Learner, Span, load_catalog, parse_pathway
from career_path.errors import DocumentError
from career_path.model.credentials import Credential
from career_path.model.credits import CreditPeriod
from career_path.model.learner import Employment, Record
from career_path.model.ledger import Activity, Ledger
from career_path.model.renewal import Extension
from career_path.model.timeline import Renewal
from career_path.planning.credits import assess
from career_path.planning.cycles import cycles
from career_path.planning.ends import Holder

D = dt.date
HEAD = 'schema = "career-path/pathway/1"\nid = "vectors"\ngoal = { all = [] }\n'


def documented(text: str, *others: str) -> tuple[Credential, Holder]:
    """A credential `x` from its table, and the pathway around it."""
    more = "\n".join(f"[credentials.{name}]" for name in others)
    pathway = parse_pathway(f"{HEAD}[steps.exam]\n[credentials.x]\n{text}\n{more}")
    return pathway.credential("x"), Holder(credentials=pathway.credentials)


def told(
    text: str, granted: D, *, renewed: tuple[D, ...] = (), renewals: int = 3, **learner: object
) -> tuple[Renewal, ...]:
    credential, holder = documented(text)
    holder = Holder(learner=Learner(**learner), credentials=holder.credentials)  # type: ignore[arg-type]
    today = max([granted, *renewed])
    held = Held("x", granted=granted, renewed=renewed)
    return cycles(credential, held, today=today, holder=holder, renewals=renewals)


def ends(text: str, granted: D, **more: object) -> list[D | None]:
    return [each.valid_through for each in told(text, granted, **more)]  # type: ignore[arg-type]


# Pattern 1. AAMA, "Recertification Policies" and "FAQs on CMA (AAMA) Recertification": 60 months from the end of the
# calendar month of certification; February 2010 gives the last day of February 2015 (source).
CMA = 'valid = { span = "P60M", until = "month-end" }'


def test_a_cma_of_february_2010_holds_through_the_last_day_of_february_2015() -> None:
    assert ends(CMA, D(2010, 2, 3))[0] == D(2015, 2, 28)
    assert ends(CMA, D(2010, 2, 28))[0] == D(2015, 2, 28)


def test_a_month_end_stays_a_month_end_in_a_leap_year() -> None:  # derived
    assert ends(CMA, D(2011, 2, 10))[0] == D(2016, 2, 29)


def test_ten_renewals_later_a_month_end_is_still_one() -> None:  # derived: every fifth February from 2016 on
    found = ends(CMA, D(2011, 2, 10), renewals=10)
    years = range(2016, 2067, 5)
    assert found == [D(year, 3, 1) - dt.timedelta(days=1) for year in years]
    assert found[-1] == D(2066, 2, 28)


def test_the_catalog_tells_the_same_of_the_cma() -> None:
    cma = load_catalog("medical-assistant").credential("cma-aama")
    for granted, through in ((D(2010, 2, 3), D(2015, 2, 28)), (D(2011, 2, 10), D(2016, 2, 29))):
        assert cycles(cma, Held("cma-aama", granted=granted), today=granted)[0].valid_through == through


def test_a_bls_card_of_10_june_2024_holds_through_june_2026() -> None:  # derived; AHA "Course Card Information" (2016)
    assert ends('valid = { span = "P24M", until = "month-end" }', D(2024, 6, 10))[0] == D(2026, 6, 30)
    bls = load_catalog("medical-assistant").credential("bls-aha")
    assert cycles(bls, Held("bls-aha", granted=D(2024, 6, 10)), today=D(2024, 6, 10))[0].valid_through == D(2026, 6, 30)


# Pattern 2. NCCT: five years from the certification date (derived). 2024-02-29 has no anniversary in 2029.
@pytest.mark.parametrize(
    ("more", "granted", "expected"),
    [
        ("", D(2021, 3, 15), D(2026, 3, 14)),
        (', until = "anniversary"', D(2021, 3, 15), D(2026, 3, 15)),
        ("", D(2024, 2, 29), D(2029, 2, 27)),
        (', short_month = "next-day"', D(2024, 2, 29), D(2029, 2, 28)),
        (', until = "anniversary"', D(2024, 2, 29), D(2029, 2, 28)),
        (', until = "anniversary", short_month = "next-day"', D(2024, 2, 29), D(2029, 3, 1)),
    ],
)
def test_an_exact_anniversary_follows_its_stated_policies(more: str, granted: D, expected: D) -> None:
    assert ends(f'valid = {{ span = "P5Y"{more} }}', granted)[0] == expected


# Pattern 3. HSPA CRCST: yearly, aligned to the month of the first credential (derived). Texas pharmacy technician: the
# month of first registration, every two years (derived).
def test_a_further_credential_is_aligned_to_the_month_of_the_first() -> None:
    credential, holder = documented('valid = { span = "P0D", until = "month-end", month_of = "crcst" }', "crcst")
    learner = Learner(holds=[Held("crcst", granted=D(2024, 5, 20))])
    holder = Holder(learner=learner, credentials=holder.credentials)
    found = cycles(credential, Held("x", granted=D(2026, 9, 3)), today=D(2026, 9, 3), holder=holder)
    assert [each.valid_through for each in found] == [D(year, 5, 31) for year in (2027, 2028, 2029, 2030)]


def test_the_month_of_first_registration_comes_again_every_two_years() -> None:
    assert ends('valid = { span = "P2Y", until = "month-end" }', D(2026, 4, 9)) == [
        D(year, 4, 30) for year in (2028, 2030, 2032, 2034)
    ]


# Pattern 4. Massachusetts pharmacy technician: every two years on the birthdate (derived).
def test_a_license_ends_on_every_second_birthday() -> None:
    found = ends(
        'valid = { span = "P2Y", until = { birthday = true }, repeats = "expiry", '
        'first = { span = "P1D", until = { birthday = { years = "birth" } } } }',
        D(2026, 3, 1),
        born=D(1990, 7, 14),
    )
    assert found == [D(2026, 7, 14), D(2028, 7, 14), D(2030, 7, 14), D(2032, 7, 14)]


# Pattern 5. Texas LVN: last day of the birth month, parity of the birth year, first period 6 to 29 months (derived).
LVN = (
    'valid = { span = "P24M", until = { birth_month_end = { years = "birth" } }, '
    'first = { span = "P6M", until = { birth_month_end = { years = "birth" } }, at_most = "P29M" } }'
)


@pytest.mark.parametrize(
    ("granted", "first"),
    [
        (D(2026, 3, 31), D(2026, 9, 30)),  # March to September: six months, the least
        (D(2026, 4, 1), D(2028, 9, 30)),  # April to September: five are too few; 29 months, the greatest
        (D(2027, 1, 15), D(2028, 9, 30)),
    ],
)
def test_a_first_period_of_a_vocational_nurse_has_6_to_29_months(granted: D, first: D) -> None:
    found = ends(LVN, granted, born=D(1990, 9, 4))
    assert found == [first, *(D(first.year + more, 9, 30) for more in (2, 4, 6))]


def test_a_first_period_that_no_end_fits_is_refused() -> None:
    with pytest.raises(DocumentError, match="no-end-in-range"):
        ends(LVN.replace("P29M", "P12M"), D(2026, 4, 1), born=D(1990, 9, 4))


# North Carolina: the end of the birth month every two years (derived).
def test_a_birth_month_in_february_ends_on_its_last_day() -> None:
    found = ends('valid = { span = "P2Y", until = { birth_month_end = true } }', D(2026, 2, 3), born=D(1988, 2, 29))
    assert found == [D(2028, 2, 29), D(2030, 2, 28), D(2032, 2, 29), D(2034, 2, 28)]


# Pattern 6. Maryland pharmacy technician: the birth month following one year after registration (derived).
def test_the_first_birth_month_after_a_least_term() -> None:
    ending = "until = { birth_month_end = true }"
    rule = f'valid = {{ span = "P2Y", {ending}, first = {{ span = "P1Y", {ending} }} }}'
    assert ends(rule, D(2026, 5, 10), born=D(1990, 4, 2))[:2] == [D(2028, 4, 30), D(2030, 4, 30)]
    assert ends(rule, D(2026, 5, 10), born=D(1990, 6, 2))[0] == D(2027, 6, 30)


# Pattern 7. Ohio LPN: lapses on 1 November of even years, so the last day is 31 October. Florida LPN: 31 July of odd
# years; Florida CNA: 31 May (all derived).
@pytest.mark.parametrize(
    ("rule", "granted", "expected"),
    [
        ('{ day_of_year = { on = "10-31", years = "even" } }', D(2026, 11, 1), [2028, 2030, 2032, 2034]),
        ('{ day_of_year = { on = "07-31", years = "odd" } }', D(2026, 3, 1), [2027, 2029, 2031, 2033]),
        ('{ day_of_year = "05-31" }', D(2026, 5, 31), [2026, 2027, 2028, 2029]),
    ],
)
def test_fixed_days_come_again_by_their_parity(rule: str, granted: D, expected: list[int]) -> None:
    found = ends(f'valid = {{ span = "P0D", until = {rule} }}', granted)
    assert [day.year for day in found if day] == expected
    assert len({(day.month, day.day) for day in found if day}) == 1


# Pattern 8. Oregon pharmacy technician license: the second 30 June after issue, then not renewable (derived).
@pytest.mark.parametrize(
    ("granted", "through"),
    [(D(2026, 3, 15), D(2027, 6, 30)), (D(2026, 6, 30), D(2028, 6, 30)), (D(2026, 7, 1), D(2028, 6, 30))],
)
def test_the_second_30_june_after_issue_ends_it_for_good(granted: D, through: D) -> None:
    second = 'valid = { span = "P0D", until = { day_of_year = "06-30" }, nth = 2, after = true }'
    rule = f"{second}\nrenewal = {{ at_most = 0 }}"
    assert ends(rule, granted) == [through]


# Pattern 9. Washington interim MA (WAC 246-827-0220): full credential or one year, whichever comes first (derived).
INTERIM = 'valid = { earliest_of = [{ span = "P1Y" }, { replaced_by = "full" }] }\nrenewal = { at_most = 0 }'


@pytest.mark.parametrize(("full", "through"), [(D(2026, 9, 1), D(2026, 8, 31)), (None, D(2027, 1, 14))])
def test_an_interim_credential_ends_with_the_full_one_or_after_a_year(full: D | None, through: D) -> None:
    credential, holder = documented(INTERIM, "full")
    learner = Learner(holds=[] if full is None else [Held("full", granted=full)])
    holder = Holder(learner=learner, credentials=holder.credentials)
    found = cycles(credential, Held("x", granted=D(2026, 1, 15)), today=D(2026, 1, 15), holder=holder)
    assert [each.valid_through for each in found] == [through]


# Pattern 10. NHA provisional: the two years run from the test date, not from the conversion (derived). PTCB: whoever
# reinstates keeps the old expiry (derived).
def test_a_converted_credential_counts_from_the_exam() -> None:
    credential, holder = documented('valid = { span = "P2Y", counted_from = "exam" }')
    held = Held("x", granted=D(2026, 9, 1))
    known = Holder(learner=Learner(records=[Record("exam", finished=D(2026, 3, 10))]), credentials=holder.credentials)
    assert cycles(credential, held, today=D(2026, 9, 1), holder=known)[0].valid_through == D(2028, 3, 9)
    with pytest.raises(DocumentError, match=r"records\.exam\.finished"):
        cycles(credential, held, today=D(2026, 9, 1), holder=holder)


PTCB = """
valid = { span = "P2Y", until = "month-end" }
[credentials.x.renewal]
opens = "P60D"
soft = "month-start"
fee = "55.00"
late_fee = "25.00"
lapse = [{ way = "reinstatement", within = "P1Y", keeps_expiry = true, fee = "95.00" }, { way = "start-again" }]
"""


def test_reinstating_within_a_year_keeps_the_old_expiry() -> None:
    found = told(PTCB, D(2025, 4, 3), renewed=(D(2027, 9, 1),), renewals=1)
    assert [(each.number, each.valid_from, each.valid_through) for each in found] == [
        (1, D(2025, 4, 3), D(2027, 4, 30)),
        (2, D(2027, 9, 1), D(2029, 4, 30)),
        (3, D(2029, 5, 1), D(2031, 4, 30)),
    ]


def test_after_that_year_a_new_term_begins() -> None:
    found = told(PTCB, D(2025, 4, 3), renewed=(D(2028, 5, 1),), renewals=0)
    assert (found[-1].number, found[-1].valid_through) == (1, D(2030, 5, 31))


# Pattern 11. AMT, CCP FAQs (source): certified 1 May 2006, fee before 1 May 2007, 2008 and 2009, points before 1 May
# 2009.
def test_two_clocks_run_on_one_credential() -> None:
    rule = '[credentials.x.duties]\nfee = { every = { span = "P1Y" } }\npoints = { every = { span = "P3Y" } }'
    (only,) = told(rule, D(2006, 5, 1))
    assert only.valid_through is None
    assert [each.on for each in only.duties if each.id == "fee"] == [D(year, 4, 30) for year in (2007, 2008, 2009)]
    assert next(each.on for each in only.duties if each.id == "points") == D(2009, 4, 30)


# Pattern 12. CNA (42 CFR 483.35): 24 months without paid work (derived).
CNA = 'valid = { idle = "P24M", role = "nursing assistant" }\n'


@pytest.mark.parametrize(
    ("jobs", "through"),
    [
        ([], D(2026, 1, 9)),  # 24 months from 10 January 2024, the first day without work
        ([(D(2024, 3, 1), D(2025, 6, 30))], D(2027, 6, 30)),  # from 1 July 2025
        ([(D(2026, 2, 1), D(2026, 6, 30))], D(2026, 1, 9)),  # too late to keep it
        ([(D(2024, 3, 1), None)], None),  # as long as the work goes on
    ],
)
def test_a_registry_entry_lapses_after_24_months_without_work(
    jobs: list[tuple[D, D | None]], through: D | None
) -> None:
    employment = [Employment(role="nursing assistant", from_=first, through=last) for first, last in jobs]
    assert ends(CNA, D(2024, 1, 10), employment=employment)[0] == through


# Alabama: eight paid hours within 24 months (derived). 28 hours a week are 4 a day; the last 8 are those of 29 and 30
# June, so without 29 June there are too few, and 24 months from 30 June 2025 are full on 29 June 2027.
def test_only_work_that_comes_to_the_hours_counts() -> None:
    rule = CNA.replace(" }", ", hours = 8 }")
    job = Employment(role="nursing assistant", from_=D(2025, 6, 2), through=D(2025, 6, 30), hours=28)
    assert ends(rule, D(2024, 1, 10), employment=[job])[0] == D(2027, 6, 29)
    with pytest.raises(DocumentError, match="weekly hours"):
        ends(rule, D(2024, 1, 10), employment=[attrs.evolve(job, hours=None)])


# Pattern 13. AAMA: a grace of 60 months before, of 90 days from 1 January 2020 on, for everybody. The mailing of 2019
# gives 30 March 2020 for those who had lapsed before (source), counting the first of January as day one.
AAMA_GRACE = """
valid = { span = "P60M", until = "month-end" }
renewal = { grace = { within = "P60M" } }
[[credentials.x.changes]]
since = 2020-01-01
applies = "everybody"
renewal = { grace = { within = { span = "P90D", counts = "COUNTS" } } }
"""


@pytest.mark.parametrize(
    ("counts", "granted", "grace"),
    [
        ("inclusive", D(2013, 6, 5), D(2020, 3, 30)),  # lapsed on 30 June 2018, still in the old grace
        ("after", D(2013, 6, 5), D(2020, 3, 31)),
        ("inclusive", D(2015, 2, 5), D(2020, 5, 28)),  # through 29 February 2020
        ("after", D(2015, 2, 5), D(2020, 5, 29)),
        ("inclusive", D(2009, 6, 5), D(2019, 6, 30)),  # the old grace had ended before
    ],
)
def test_the_grace_of_the_cma_changed_for_everybody_in_2020(counts: str, granted: D, grace: D) -> None:
    assert told(AAMA_GRACE.replace("COUNTS", counts), granted)[0].grace_through == grace


def test_a_rule_for_the_next_cycle_leaves_the_running_one_alone() -> None:  # derived
    rule = 'valid = { span = "P5Y" }\nchanges = [{ since = 2020-01-01, applies = "APPLIES", valid = { span = "P2Y" } }]'
    before, after = D(2017, 6, 1), D(2020, 6, 1)
    assert ends(rule.replace("APPLIES", "next-cycle"), before)[:3] == [D(2022, 5, 31), D(2024, 5, 31), D(2026, 5, 31)]
    assert ends(rule.replace("APPLIES", "next-cycle"), after)[:2] == [D(2022, 5, 31), D(2024, 5, 31)]
    assert ends(rule.replace("APPLIES", "running-cycles"), before)[0] == D(2019, 5, 31)


# Pattern 14. PTCB, "How do I recertify" (2013, source): expiry 31 July 2013, window of 100 days from 22 April.
def test_the_window_of_2013_opened_on_22_april() -> None:
    old = PTCB.replace('"P60D"', '"P100D"')
    first = told(old, D(2011, 7, 12))[0]
    assert (first.opens, first.soft_deadline, first.valid_through) == (D(2013, 4, 22), D(2013, 7, 1), D(2013, 7, 31))


TWO_YEARS = 'valid = { span = "P2Y", until = "month-end" }'


# Texas LVN: 60 days, or two months, in two sources (derived).
def test_sixty_days_are_not_two_months() -> None:
    days, months = (
        told(f"{TWO_YEARS}\nrenewal = {{ opens = '{span}' }}", D(2026, 9, 3))[0].opens for span in ("P60D", "P2M")
    )
    assert (days, months) == (D(2028, 8, 1), D(2028, 7, 30))


# Pattern 15. PTCB: the first day of the expiry month on one page, 30 days before on another (derived).
@pytest.mark.parametrize(
    ("granted", "month_start", "days_before"),
    [(D(2025, 4, 9), D(2027, 4, 1), D(2027, 3, 31)), (D(2025, 2, 9), D(2027, 2, 1), D(2027, 1, 29))],
)
def test_the_two_wordings_of_the_soft_deadline_differ(granted: D, month_start: D, days_before: D) -> None:
    assert told(PTCB, granted)[0].soft_deadline == month_start
    assert told(PTCB.replace('"month-start"', '"P30D"'), granted)[0].soft_deadline == days_before


# Ohio: due 15 September, late through 31 October, lapsed on 1 November (derived).
def test_a_soft_deadline_can_be_a_fixed_day() -> None:
    rule = (
        'valid = { span = "P0D", until = { day_of_year = { on = "10-31", years = "even" } } }\n'
        'renewal = { soft = { day_of_year = "09-15" }, late_fee = "50.00" }'
    )
    first = told(rule, D(2026, 12, 1))[0]
    assert (first.soft_deadline, first.valid_through) == (D(2028, 9, 15), D(2028, 10, 31))


# Pattern 16. Ninety days from 29 February 2020: 29 May where counting begins on the next day (derived), three months
# the same; "end of May" in the AAMA's notice (source) needs the month to be counted out.
@pytest.mark.parametrize(
    ("within", "grace"),
    [
        ('"P90D"', D(2020, 5, 29)),
        ('{ span = "P90D", counts = "inclusive" }', D(2020, 5, 28)),
        ('"P3M"', D(2020, 5, 29)),
        ('{ span = "P3M", until = "month-end" }', D(2020, 5, 31)),
    ],
)
def test_grace_in_days_months_and_counted_inclusively(within: str, grace: D) -> None:
    rule = f'valid = {{ span = "P60M", until = "month-end" }}\nrenewal = {{ grace = {{ within = {within} }} }}'
    assert told(rule, D(2015, 2, 5))[0].grace_through == grace


# Patterns 17 and 20. PTCB: active, then a year to reinstate, then a new exam; $55, $80, $95 (source for the amounts).
def test_the_ladder_after_a_lapse_with_its_fees() -> None:
    first = told(PTCB, D(2025, 4, 3))[0]
    assert (first.fee, first.late_fee) == (Decimal("55.00"), Decimal("25.00"))
    assert [(each.way, each.from_, each.through, each.fee) for each in first.back] == [
        ("reinstatement", D(2027, 5, 1), D(2028, 4, 30), Decimal("95.00")),
        ("start-again", D(2028, 5, 1), None, None),
    ]


# Pattern 17. The other ladders, each from its first day out (derived): AAMA, 90 days by credits, later the exam for $50
# more ("Recertification Policy Change", 2019); Washington, WAC 246-827-0610, late renewal for less than 3 years;
# California CNA, by exam for less than 2 years, then training again.
@pytest.mark.parametrize(
    ("valid", "lapse", "granted", "rungs"),
    [
        (
            'span = "P60M", until = "month-end"',
            '{ way = "credits", within = "P90D" }, { way = "exam", fee = "50.00" }',
            D(2022, 3, 10),  # through 31 March 2027; 30 days of April, 31 of May and 29 of June are 90
            [("credits", D(2027, 4, 1), D(2027, 6, 29)), ("exam", D(2027, 6, 30), None)],
        ),
        (
            'span = "P2Y"',
            '{ way = "reinstatement", within = "P3Y" }, { way = "exam" }',
            D(2025, 5, 20),
            [("reinstatement", D(2027, 5, 20), D(2030, 5, 19)), ("exam", D(2030, 5, 20), None)],
        ),
        (
            'span = "P2Y"',
            '{ way = "exam", within = "P2Y" }, { way = "start-again" }',
            D(2026, 2, 28),  # through 27 February 2028, a leap year
            [("exam", D(2028, 2, 28), D(2030, 2, 27)), ("start-again", D(2030, 2, 28), None)],
        ),
    ],
)
def test_the_other_ladders_begin_with_the_first_day_after_the_last(
    valid: str, lapse: str, granted: D, rungs: list[tuple[str, D, D | None]]
) -> None:
    first = told(f"valid = {{ {valid} }}\nrenewal = {{ lapse = [{lapse}] }}", granted)[0]
    assert [(each.way, each.from_, each.through) for each in first.back] == rungs


# Pattern 18. CCBMA: a year of grace in which the holder is inactive (derived).
def test_a_year_of_grace_is_not_current() -> None:
    rule = 'valid = { span = "P5Y" }\nrenewal = { opens = "P6M", grace = { within = "P1Y" } }'
    first = told(rule, D(2026, 2, 10))[0]
    assert (first.valid_through, first.grace_through, first.is_grace_current) == (D(2031, 2, 9), D(2032, 2, 9), False)


# Pattern 14. CCBMA, "Recertification": apply six to three months before the last day (derived). Half a year before 9
# February 2031 is 9 August 2030, a quarter 9 November.
def test_a_window_can_close_before_the_last_day() -> None:
    first = told('valid = { span = "P5Y" }\nrenewal = { opens = "P6M", processing = "P3M" }', D(2026, 2, 10))[0]
    assert (first.opens, first.act_by, first.valid_through) == (D(2030, 8, 9), D(2030, 11, 9), D(2031, 2, 9))


# Pattern 19. AAMA FAQs: pass two months before the last day, apply thirty days before that (derived).
def test_the_exam_is_a_small_plan_inside_the_cycle() -> None:
    cma = load_catalog("medical-assistant").credential("cma-aama")
    (first, *_) = cycles(cma, Held("cma-aama", granted=D(2010, 2, 3)), today=D(2010, 2, 3))
    days = {way.id: (way.apply_by, way.act_by) for way in first.ways}
    assert days == {"points": (None, D(2015, 1, 29)), "exam": (D(2014, 11, 28), D(2014, 12, 28))}


# Pattern 20. A fee by date: PTCB's reinstatement was $40 and $49, then $89, then $95; the days are made up.
def test_a_fee_is_the_one_of_its_day() -> None:
    rule = PTCB.replace('fee = "95.00" }', 'fee = [{ amount = "89.00" }, { amount = "95.00", since = 2029-01-01 }] }')
    first, second = told(rule, D(2025, 4, 3), renewals=1)
    assert [first.back[0].fee, second.back[0].fee] == [Decimal("89.00"), Decimal("95.00")]


def test_an_extension_moves_the_last_day_and_not_the_anchor() -> None:  # derived
    credential, holder = documented(CMA)
    extension = Extension(from_=D(2020, 3, 1), through=D(2020, 6, 30), to=D(2020, 9, 30))
    held = Held("x", granted=D(2015, 4, 9), renewed=[D(2020, 9, 1)], extended=[extension])
    found = cycles(credential, held, today=D(2020, 9, 1), holder=holder, renewals=1)
    assert [(each.valid_from, each.valid_through, each.extended_from) for each in found] == [
        (D(2015, 4, 9), D(2020, 9, 30), D(2020, 4, 30)),
        (D(2020, 10, 1), D(2025, 4, 30), None),
        (D(2025, 5, 1), D(2030, 4, 30), None),
    ]


# Pattern 38. The diabetes educators' board, "Examination details" (source): ninety days from approval, day one being
# the next.
@pytest.mark.parametrize(
    ("approved", "last"),
    [
        (D(2019, 7, 20), D(2019, 10, 18)),
        (D(2019, 8, 10), D(2019, 11, 8)),
        (D(2019, 8, 20), D(2019, 11, 18)),
        (D(2019, 8, 15), D(2019, 11, 13)),
    ],
)
def test_ninety_days_from_an_approval_are_counted_from_the_next_day(approved: D, last: D) -> None:
    (only,) = told('duties = { sit = { within = "P90D" } }', approved)
    assert [each.on for each in only.duties] == [last]
    assert Span.parse("P90D").after(approved) == last
    counted = told('duties = { sit = { within = { span = "P90D", counts = "inclusive" } } }', approved)[0].duties
    assert [each.on for each in counted] == [last - dt.timedelta(days=1)]


# Pattern 27. NHA, "How to renew an NHA ExCPT certification" (source): 20 hours on file show as 10 credits.
def test_twenty_documented_hours_are_ten_credits() -> None:
    rule, _ = documented(
        'valid = { span = "P2Y" }\n'
        'renewal = { credits = { total = 10, units = [{ unit = "hour", credits = 1, per = 2 }] } }'
    )
    assert rule.renewal is not None
    assert rule.renewal.credits is not None
    course = Activity(date=D(2027, 3, 1), title="Law", credits=20, unit="hours")
    year = CreditPeriod(since=D(2027, 1, 1), through=D(2028, 12, 31))
    found = assess(rule.renewal.credits, Ledger([course]), period=year, on=D(2027, 9, 1))
    assert found.counted == 10
    assert found.is_met
