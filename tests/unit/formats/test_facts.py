"""Facts: each amount, span, date and count of a document is found, with the sources that its place names."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from career_path import Cost, FactKind, Learner, Month, Pathway, PathwayFact, Source, Span, Step, Sure, facts, plan
from career_path.formats.documents import parse_pathway
from career_path.formats.facts_json import format_facts
from career_path.testing import assert_sourced

TODAY = dt.date(2027, 1, 4)

DOCUMENT = """
schema = "career-path/pathway/1"
id = "p"
currency = "EUR"
goal = { all = ["job", { aged = 18 }] }

[steps.course]
title = "Course of 12 weeks"
kind = "program"
load = 7.5
opens = { cohorts = [{ start = 2027-04-08, finish = 2027-04-23 }] }
note = "Costs 100 or 200."
sources = ["S1"]

[steps.exam]
kind = "exam"
requires = { all = [
  { step = "course", within = "P90D", extensions = { span = "P30D", at_most = 2, cost = "25.00" } },
  { any = [{ aged = 18, under = 65 }, { at_least = 1, of = ["course", { worked = "aide", hours = 1200.5 }] }] },
] }
retakes = { waits = ["P30D"], caps = [{ attempts = 3, per = "P12M" }] }
cost = { amount = "125.00", sources = ["S2"], sure = "memory" }
grants = ["card"]
sources = ["S1"]

[steps.apply]
takes = { low = { working_days = 1 }, likely = { working_days = 2 }, high = { working_days = 3 } }
opens = { yearly = { from = "08-01", through = "09-16" } }
cost = "0"

[steps.sitting]
opens = { rrule = "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1" }
sources = ["S2"]

[steps.job]
kind = "job"
requires = "exam"
occupation = "aide"

[credentials.card]
valid = { span = "P2Y", until = { day_of_year = "07-31" } }
sources = ["S1"]

[credentials.card.renewal]
fee = [{ amount = "40" }, { amount = "55", since = 2026-01-01 }]
late_fee = "10"
opens = "P60D"
soft = "P30D"
sources = ["S2"]

[credentials.card.renewal.ways.ce]
kind = "credits"
fee = "5"
sources = ["S3"]

[credentials.unused]
valid = { span = "P3Y" }
sources = ["S1"]

[occupations.aide]
sources = ["S1"]

[occupations.aide.pay]
median = "44200"
p90 = "57830"
as_of = "2024-05"
sources = ["S3"]
sure = "law"

[occupations.aide.outlook]
growth_percent = -2.5
openings_per_year = 1200
from = 2024
through = 2034

[sources.S1]
sure = "body"
as_of = 2025-06-01
checked = 2026-11-23
[sources.S2]
checked = 2026-11-20
review = 2027-03-01
[sources.S3]
sure = "law"

[[overlays]]
id = "tx"
since = 2026-09-01
sources = ["S1"]
[overlays.steps.exam]
takes = "P1D"
cost = { amount = "130", sources = ["S2"] }
[overlays.credentials.card.renewal.ways.ce]
fee = "6"
"""

PATHWAY = parse_pathway(DOCUMENT)
EXPECTED = """
steps.course.load | count | 7.5 | S1
steps.course.opens.cohorts[0].start | date | 2027-04-08 | S1
steps.course.opens.cohorts[0].finish | date | 2027-04-23 | S1
steps.exam.requires.all[0].within | span | P90D | S1
steps.exam.requires.all[0].extensions.span | span | P30D | S1
steps.exam.requires.all[0].extensions.at_most | count | 2 | S1
steps.exam.requires.all[0].extensions.cost | amount | 25.00 EUR | S1
steps.exam.requires.all[1].any[0].aged | count | 18 | S1
steps.exam.requires.all[1].any[0].under | count | 65 | S1
steps.exam.requires.all[1].any[1].at_least | count | 1 | S1
steps.exam.requires.all[1].any[1].of[1].hours | count | 1200.5 | S1
steps.exam.retakes.waits[0] | span | P30D | S1
steps.exam.retakes.caps[0].attempts | count | 3 | S1
steps.exam.retakes.caps[0].per | span | P12M | S1
steps.exam.cost | amount | 125.00 EUR | S2
steps.apply.takes.low.working_days | count | 1 |
steps.apply.takes.likely.working_days | count | 2 |
steps.apply.takes.high.working_days | count | 3 |
steps.apply.opens.yearly.from | date | 08-01 |
steps.apply.opens.yearly.through | date | 09-16 |
steps.apply.cost | amount | 0 EUR |
steps.sitting.opens.rrule | date | FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1 | S2
credentials.card.valid.span | span | P2Y | S1
credentials.card.valid.until.day_of_year.on | date | 07-31 | S1
credentials.card.renewal.opens | span | P60D | S2
credentials.card.renewal.soft | span | P30D | S2
credentials.card.renewal.fee[0].amount | amount | 40 EUR | S2
credentials.card.renewal.fee[1].amount | amount | 55 EUR | S2
credentials.card.renewal.fee[1].since | date | 2026-01-01 | S2
credentials.card.renewal.late_fee | amount | 10 EUR | S2
credentials.card.renewal.ways.ce.fee | amount | 5 EUR | S3
credentials.unused.valid.span | span | P3Y | S1
occupations.aide.pay.median | amount | 44200 EUR | S3
occupations.aide.pay.p90 | amount | 57830 EUR | S3
occupations.aide.outlook.growth_percent | count | -2.5 % | S1
occupations.aide.outlook.openings_per_year | count | 1200 | S1
occupations.aide.outlook.from | date | 2024 | S1
occupations.aide.outlook.through | date | 2034 | S1
overlays[0].since | date | 2026-09-01 | S1
overlays[0].steps.exam.cost | amount | 130 EUR | S2
overlays[0].steps.exam.takes | span | P1D | S1
overlays[0].credentials.card.renewal.ways.ce.fee | amount | 6 EUR | S1
"""


def told(found: tuple[PathwayFact, ...]) -> list[str]:
    return [" | ".join((each.path, each.kind.value, each.says, ", ".join(each.sources))).rstrip() for each in found]


def fact(path: str) -> PathwayFact:
    return next(each for each in facts(PATHWAY) if each.path == path)


def test_every_amount_span_date_and_count_is_found_and_nothing_else() -> None:
    assert told(facts(PATHWAY)) == EXPECTED.strip().splitlines()


def test_a_fact_says_how_sure_it_is_itself_or_is_as_sure_as_its_least_sure_source() -> None:
    assert fact("steps.exam.cost").sure is Sure.MEMORY
    assert fact("steps.exam.requires.all[0].within").sure is Sure.BODY
    assert fact("credentials.card.renewal.late_fee").sure is Sure.SECONDARY
    assert fact("occupations.aide.pay.median").sure is Sure.LAW
    assert fact("steps.apply.cost").sure is None
    both = Pathway(
        "p",
        goal="a",
        steps=[Step("a", cost="1", sources=["L", "M"])],
        sources=[Source("L", sure="law"), Source("M", sure="memory")],
    )
    assert facts(both)[0].sure is Sure.MEMORY
    assert not facts(both)[0].is_memory_alone


def test_only_what_cites_nothing_but_memory_is_from_memory_alone() -> None:
    sources = [Source("L", sure="law"), Source("M", sure="memory"), Source("N", sure="memory")]

    def resting(*names: str, sure: str | None = None) -> bool:
        step = Step("a", cost=Cost("1", sources=names, sure=sure))
        return facts(Pathway("p", goal="a", steps=[step], sources=sources))[0].is_memory_alone

    assert resting("M")
    assert resting("M", "N")
    assert not resting("M", "L")
    assert not resting("L", sure="memory")
    assert not resting()


def test_a_fact_is_of_the_oldest_day_of_its_sources_unless_it_says_its_own() -> None:
    assert fact("occupations.aide.pay.p90").as_of == Month(2024, 5)
    assert fact("steps.course.load").as_of == dt.date(2025, 6, 1)
    assert fact("credentials.card.renewal.late_fee").as_of is None


def test_a_fact_is_checked_when_the_longest_unchecked_of_its_sources_was() -> None:
    sources = [
        Source("A", checked=dt.date(2026, 5, 1)),
        Source("B", checked=dt.date(2026, 3, 31), review="P1M"),
        Source("C"),
    ]

    def resting(*names: str) -> PathwayFact:
        steps = [Step("a", cost="1", sources=names)]
        return facts(Pathway("p", goal="a", steps=steps, sources=sources))[0]

    assert (resting("A", "B").checked, resting("A", "C").checked) == (dt.date(2026, 3, 31), None)
    assert resting("A", "B").review_day == dt.date(2026, 4, 30)
    assert resting("A", "C").review_day == dt.date(2027, 5, 1)
    assert resting("C").review_day is None


def test_what_rests_on_memory_or_on_nothing_is_unsure() -> None:
    unsure = [each.path for each in facts(PATHWAY) if each.is_unsure]
    assert unsure == [
        "steps.exam.cost",
        "steps.apply.takes.low.working_days",
        "steps.apply.takes.likely.working_days",
        "steps.apply.takes.high.working_days",
        "steps.apply.opens.yearly.from",
        "steps.apply.opens.yearly.through",
        "steps.apply.cost",
    ]


def test_a_fact_is_older_than_an_age_from_the_day_after_it_on_and_always_where_nobody_checked() -> None:
    made = PathwayFact(path="x", kind=FactKind.COUNT, says="1", checked=dt.date(2026, 1, 31))
    month = Span.parse("P1M")
    assert not made.is_older_than(month, today=dt.date(2026, 2, 28))
    assert made.is_older_than(month, today=dt.date(2026, 3, 1))
    late = PathwayFact(path="x", kind=FactKind.COUNT, says="1", checked=dt.date(9990, 1, 1))
    assert not late.is_older_than(Span.parse("P90Y"), today=dt.date.max)
    assert PathwayFact(path="x", kind=FactKind.COUNT, says="1").is_older_than(month, today=TODAY)


def test_the_facts_of_a_plan_are_those_of_its_steps_and_credentials() -> None:
    here = PATHWAY.resolve(on=TODAY)
    timeline = plan(here, Learner(born=dt.date(2000, 1, 1)), today=TODAY)
    assert [step.id for step in timeline.steps] == ["course", "exam", "job"]
    parts = {".".join(each.path.split(".")[:2]) for each in facts(here, plan=timeline)}
    assert parts == {"steps.course", "steps.exam", "credentials.card"}
    assert "130 EUR" in {each.says for each in facts(here, plan=timeline)}


def test_json_has_every_field_of_every_fact() -> None:
    table: dict[str, Any] = json.loads(format_facts([(PATHWAY, facts(PATHWAY))], today=TODAY))
    assert (table["schema"], table["today"]) == ("career-path/facts/1", "2027-01-04")
    (told_of,) = table["pathways"]
    assert len(told_of["facts"]) == len(facts(PATHWAY))
    pay = next(each for each in told_of["facts"] if each["path"] == "occupations.aide.pay.median")
    assert pay == {
        "path": "occupations.aide.pay.median",
        "kind": "amount",
        "says": "44200 EUR",
        "sources": ["S3"],
        "sure": "law",
        "as_of": "2024-05",
        "checked": None,
        "review_day": None,
        "memory_alone": False,
        "unsure": False,
    }


def test_the_assertion_counts_what_has_no_source() -> None:
    with pytest.raises(AssertionError) as caught:
        assert_sourced(PATHWAY)
    first, *rest = str(caught.value).splitlines()
    assert first == "6 of 42 facts of 'p' have no source:"
    assert rest[-1] == "- steps.apply.cost: 0 EUR"
