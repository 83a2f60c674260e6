"""Pathways and learners as documents: what each form means, every fault at its place, and round trips."""

from __future__ import annotations

import datetime as dt
import json
import sys
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest

from career_path.days import day_rules
from career_path.days.day_rules import Birthday, DayOfYear, DayRule, MonthDay, MonthEnd, Weekdays, YearlyWindow
from career_path.days.durations import Effort, Estimate, WorkingDays
from career_path.days.spans import Span, to_span
from career_path.days.year_month import Month
from career_path.errors import DocumentError, Fault, InvalidValueError, MissingExtraError
from career_path.formats.documents import Syntax, format_learner, format_pathway, parse_learner, parse_pathway
from career_path.formats.structure import faults_of
from career_path.model.learner import Absence, Employment, Fact, Held, HoursPeriod, Learner, Record
from career_path.model.occupations import Occupation, Outlook, Pay, Setting
from career_path.model.pathway import Cohort, Cohorts, Cost, Credential, Pathway, Source, Step, Validity
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

EXAMPLE = """
schema = "career-path/pathway/1"
id = "example"
title = "An example"
currency = "EUR"
goal = "job"

[steps.program]
title = "Program"
kind = "program"
takes = { low = "P6M", likely = "P9M", high = "P1Y" }
opens = { cohorts = [{ start = 2027-04-08, finish = "2028-04-23" }] }

[steps.externship]
kind = "externship"
takes = { hours = 160, weekly_at_most = 37.5 }
opens = { yearly = { from = "08-01", through = "09-16" } }
requires = { all = [
  "apply",
  { step = "apply", lag = "-P7D", within = "P90D", by = "P2W", of = "start", order = "any" },
  { any = ["exam-a", "exam-b"] },
  { at_least = 1, of = ["exam-a", "exam-b"] },
  { holds = "bls-aha", throughout = false },
  { aged = 18, under = 30 },
] }
absence = "pause"
cost = { amount = "125.00", sources = ["A4"], sure = "body" }
grants = ["cma-aama"]
sources = ["A4"]
note = "By hand."

[steps.apply]
takes = { working_days = 5 }
cost = 12.50

[steps.exam-a]
opens = { weekdays = ["fri", "mon"] }
cost = 0

[steps.exam-b]
opens = { month_end = true }

[steps.job]
kind = "job"
requires = "externship"
occupation = "aide"

[credentials.cma-aama]
title = "Certified"
issuer = "AAMA"
letters = "CMA"
valid = { span = "P60M", until = "month-end" }
sources = ["A4"]

[credentials.bls-aha]
valid = { span = "P2Y", until = { birthday = { years = "odd" } } }

[occupations.aide]
title = "Aide"
soc = "31-9092"
duties = ["Take a history", "Give injections"]
settings = [{ name = "Clinic", schedule = "weekdays" }, { name = "Hospital" }]
may_not = ["Diagnose"]
pay = { median = "44200", p10 = 35020, p90 = "57830.5", statistic = "wage", as_of = "2024-05", sources = ["A4"] }
entry_education = "A certificate"
related = ["nurse", "Dental assistants"]
sources = ["A4"]
note = "By hand."
[occupations.aide.outlook]
growth_percent = -2.5
openings_per_year = 112300
from = 2024
through = 2034
sources = ["A4"]
sure = "body"

[sources.A4]
title = "A page"
publisher = "The body"
address = "https://example.org/"
sure = "body"
as_of = 2025-06-24
checked = "2026-11-23"
review = "P6M"
"""


def as_value() -> Pathway:
    requires = AllOf(
        "apply",
        Needs("apply", lag="-P7D", within="P90D", by="P2W", of="start", order="any"),
        AnyOf("exam-a", "exam-b"),
        AtLeast(1, "exam-a", "exam-b"),
        Holds("bls-aha", throughout=False),
        Aged(18, under=30),
    )
    return Pathway(
        "example",
        title="An example",
        currency="EUR",
        goal="job",
        steps=[
            Step(
                "externship",
                kind="externship",
                takes=Effort(hours=160, weekly_at_most=37.5),
                opens=YearlyWindow(from_="08-01", through="09-16"),
                requires=requires,
                absence="pause",
                cost=Cost("125.00", sources=["A4"], sure="body"),
                grants=["cma-aama"],
                sources=["A4"],
                note="By hand.",
            ),
            Step("apply", takes=WorkingDays(5), cost="12.5"),
            Step("exam-a", opens=Weekdays(days=["mon", "fri"]), cost="0"),
            Step("exam-b", opens=MonthEnd()),
            Step("job", kind="job", requires="externship", occupation="aide"),
        ],
        credentials=[
            Credential(
                "cma-aama",
                title="Certified",
                issuer="AAMA",
                letters="CMA",
                valid=Validity(span="P60M", until="month-end"),
                sources=["A4"],
            ),
            Credential("bls-aha", valid=Validity(span="P2Y", until=Birthday(years="odd"))),
        ],
        occupations=[
            Occupation(
                "aide",
                title="Aide",
                soc="31-9092",
                duties=["Take a history", "Give injections"],
                settings=[Setting("Clinic", schedule="weekdays"), Setting("Hospital")],
                may_not=["Diagnose"],
                pay=Pay(
                    median="44200",
                    p10="35020",
                    p90="57830.5",
                    statistic="wage",
                    as_of=Month(2024, 5),
                    sources=["A4"],
                ),
                outlook=Outlook(
                    growth_percent="-2.5",
                    openings_per_year=112_300,
                    from_=2024,
                    through=2034,
                    sources=["A4"],
                    sure="body",
                ),
                entry_education="A certificate",
                related=["nurse", "Dental assistants"],
                sources=["A4"],
                note="By hand.",
            )
        ],
        sources=[
            Source(
                "A4",
                title="A page",
                publisher="The body",
                address="https://example.org/",
                sure="body",
                as_of=dt.date(2025, 6, 24),
                checked=dt.date(2026, 11, 23),
                review="P6M",
            )
        ],
    )


def test_every_form_of_a_pathway_is_read() -> None:
    without_program = EXAMPLE[: EXAMPLE.index("[steps.program]")] + EXAMPLE[EXAMPLE.index("[steps.externship]") :]
    assert parse_pathway(without_program) == as_value()


def test_estimates_fix_no_cohorts_and_cohorts_no_length() -> None:
    assert [str(fault) for fault in faults(EXAMPLE)] == [
        "steps.program.takes: fixed-twice: found a length; expected none, because cohorts fix both days"
    ]
    text = EXAMPLE.replace('opens = { cohorts = [{ start = 2027-04-08, finish = "2028-04-23" }] }\n', "")
    assert parse_pathway(text).step("program").takes == Estimate(low="P6M", likely="P9M", high="P1Y")
    text = EXAMPLE.replace('takes = { low = "P6M", likely = "P9M", high = "P1Y" }\n', "")
    cohort = Cohort(start=dt.date(2027, 4, 8), finish=dt.date(2028, 4, 23))
    assert parse_pathway(text).step("program").opens == Cohorts(cohorts=[cohort])


def pathway(step: str = "", *, rest: str = "", head: str = "") -> str:
    return (
        f'schema = "career-path/pathway/1"\nid = "p"\ngoal = "job"\n{head}\n'
        f"[steps.school]\n[steps.job]\n{step}\n[credentials.paper]\n[sources.A1]\n{rest}"
    )


def faults(text: str) -> tuple[Fault, ...]:
    with pytest.raises(DocumentError) as caught:
        parse_pathway(text)
    return caught.value.faults


def told(text: str) -> list[str]:
    return [f"{fault.path}: {fault.code}" + (f": {fault.nearest}" if fault.nearest else "") for fault in faults(text)]


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ('"school"', Needs("school")),
        ('{ step = "school" }', Needs("school")),
        ("{ all = [] }", AllOf()),
        ('{ all = [{ any = ["school"] }] }', AllOf(AnyOf("school"))),
        ('{ at_least = 0, of = ["school"] }', AtLeast(0, "school")),
        ('{ holds = "paper" }', Holds("paper")),
        ("{ aged = 0 }", Aged(0)),
        ('{ worked = "aide", span = "P3Y", in_last = "P7Y" }', Worked("aide", span="P3Y", in_last="P7Y")),
        (
            '{ worked = ["aide", "nurse"], hours = 1200.5, overlapping = "each", counted_back_from = 2027-05-01 }',
            Worked(["aide", "nurse"], hours=1200.5, overlapping="each", counted_back_from=dt.date(2027, 5, 1)),
        ),
        ('{ located = "US-TX" }', Located("US-TX")),
        ('{ fact = "group", is = "A" }', HasFact("group", "A")),
    ],
)
def test_requirements_have_these_forms(form: str, value: Requirement) -> None:
    assert parse_pathway(pathway(f"requires = {form}")).step("job").requires == value
    assert parse_pathway(pathway().replace('goal = "job"', f"goal = {form}")).goal == value


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ("weekdays = ['sun']", Weekdays(days=["sun"])),
        ("weekdays = { days = ['sun', 'sun'] }", Weekdays(days=["sun"])),
        ("month_end = true", MonthEnd()),
        ("month_end = {}", MonthEnd()),
        ("day_of_year = '07-31'", DayOfYear(on="07-31")),
        ("day_of_year = { on = '07-31', years = 'even' }", DayOfYear(on="07-31", years="even")),
        ("birthday = true", Birthday()),
        ("birthday = { years = 'birth' }", Birthday(years="birth")),
    ],
)
def test_day_rules_are_written_bare_or_as_a_table(form: str, value: DayRule) -> None:
    assert parse_pathway(pathway(f"opens = {{ {form} }}")).step("job").opens == value
    paper = parse_pathway(
        pathway().replace(
            "[credentials.paper]", f"[credentials.paper]\nvalid = {{ span = 'P0D', until = {{ {form} }} }}"
        )
    )
    assert paper.credential("paper").valid == Validity(span="P0D", until=value)


def test_null_means_absent_everywhere() -> None:
    document = {
        "schema": "career-path/pathway/1",
        "id": "p",
        "title": None,
        "unknown": None,
        "goal": {"all": None, "any": [{"step": "job", "lag": None}]},
        "steps": {"job": {"cost": None, "takes": None, "opens": {"month_end": True, "yearly": None}}, "x": None},
        "credentials": None,
    }
    value = parse_pathway(json.dumps(document))
    assert value == Pathway("p", goal=AnyOf("job"), steps=[Step("job", opens=MonthEnd())])


FAULTY_STEPS = [
    ("titel = 'x'", ["steps.job.titel: unknown-field: title"]),
    ("id = 'job'", ["steps.job.id: unknown-field: kind"]),
    ("title = 5", ["steps.job.title: wrong-type"]),
    ('title = "a\\u0007b"', ["steps.job.title: control-character"]),
    ("kind = 'exm'", ["steps.job.kind: not-a-choice: exam"]),
    ("kind = 5", ["steps.job.kind: not-a-choice"]),
    ("takes = 'P1H'", ["steps.job.takes: not-a-span"]),
    ("takes = '-P1D'", ["steps.job.takes: negative"]),
    ("takes = 'P2000Y'", ["steps.job.takes: too-long"]),
    ("takes = 5", ["steps.job.takes: wrong-type"]),
    ("takes = {}", ["steps.job.takes: not-a-length"]),
    ("takes = { hours = -1 }", ["steps.job.takes.hours: negative"]),
    ("takes = { hours = '1' }", ["steps.job.takes.hours: not-a-number"]),
    ("takes = { hours = true }", ["steps.job.takes.hours: not-a-number"]),
    ("takes = { weekly_at_most = 5 }", ["steps.job.takes.hours: missing"]),
    ("takes = { hours = 5, weekly_at_most = 0 }", ["steps.job.takes.weekly_at_most: never-ends"]),
    ("takes = { hours = 5, working_days = 5 }", ["steps.job.takes: not-a-length"]),
    ("takes = { working_days = 1.5 }", ["steps.job.takes.working_days: wrong-type"]),
    ("takes = { working_days = true }", ["steps.job.takes.working_days: wrong-type"]),
    ("takes = { working_days = -1 }", ["steps.job.takes.working_days: too-long"]),
    ("takes = { low = 'P2M', likely = 'P1M', high = 'P3M' }", ["steps.job.takes: out-of-order"]),
    (
        "takes = { low = 'P1', likely = { hours = 'x' } }",
        [
            "steps.job.takes.low: not-a-span",
            "steps.job.takes.likely.hours: not-a-number",
            "steps.job.takes.high: missing",
        ],
    ),
    ("opens = 'monday'", ["steps.job.opens: wrong-type"]),
    ("opens = { month_ends = true }", ["steps.job.opens: not-an-opening: month_end"]),
    ("opens = { cron = '0 9 1' }", ["steps.job.opens: not-an-opening"]),
    ("opens = { month_end = false }", ["steps.job.opens.month_end: wrong-type"]),
    ("opens = { month_end = true, birthday = true }", ["steps.job.opens: not-an-opening"]),
    (
        "opens = { month_end = { x = 1 }, y = 1 }",
        ["steps.job.opens.y: unknown-field", "steps.job.opens.month_end.x: unknown-field"],
    ),
    ("opens = { weekdays = ['mon', 'tus'] }", ["steps.job.opens.weekdays[1]: not-a-weekday: tue"]),
    ("opens = { weekdays = [] }", ["steps.job.opens.weekdays: empty"]),
    ("opens = { weekdays = 'mon' }", ["steps.job.opens.weekdays: wrong-type"]),
    ("opens = { day_of_year = '02-29' }", ["steps.job.opens.day_of_year: not-every-year"]),
    ("opens = { birthday = { born = 2000-01-01 } }", ["steps.job.opens.birthday.born: unknown-field"]),
    ("opens = { yearly = true }", ["steps.job.opens.yearly: wrong-type"]),
    (
        "opens = { yearly = { from_ = '08-01', through = '8-1' } }",
        [
            "steps.job.opens.yearly.from: missing",
            "steps.job.opens.yearly.through: not-a-day-of-the-year",
            "steps.job.opens.yearly.from_: unknown-field: from",
        ],
    ),
    (
        "opens = { dates = [2027-01-01T00:00:00, '2027-02-30', 5] }",
        [
            "steps.job.opens.dates[0]: datetime-for-date",
            "steps.job.opens.dates[1]: not-a-date",
            "steps.job.opens.dates[2]: not-a-date",
        ],
    ),
    ("opens = { cohorts = [] }", ["steps.job.opens.cohorts: empty"]),
    (
        "opens = { cohorts = [{ start = 2027-02-01, finish = 2027-01-01 }] }",
        ["steps.job.opens.cohorts[0].finish: ends-before-it-begins"],
    ),
    ("requires = 5", ["steps.job.requires: wrong-type"]),
    ("requires = ['school']", ["steps.job.requires: wrong-type"]),
    ("requires = ''", ["steps.job.requires: not-an-id"]),
    ("requires = { worked = 'x' }", ["steps.job.requires: missing"]),
    ("requires = { worked = [], span = 'P1Y' }", ["steps.job.requires.worked: empty"]),
    ("requires = { worked = 3, span = 'P1Y' }", ["steps.job.requires.worked: wrong-type"]),
    ("requires = { worked = 'x', span = 'P0D' }", ["steps.job.requires.span: not-a-length"]),
    ("requires = { worked = 'x', hours = 0 }", ["steps.job.requires.hours: never-asked"]),
    ("requires = { located = 'Texas, USA' }", ["steps.job.requires.located: not-a-place"]),
    ("requires = { fact = 'group' }", ["steps.job.requires.is: missing"]),
    ("work = { hours = 10 }", ["steps.job.work.role: missing"]),
    ("requires = { alll = [] }", ["steps.job.requires: not-a-requirement: all"]),
    ("requires = { all = [], any = ['school'] }", ["steps.job.requires: not-a-requirement"]),
    ("requires = { any = [] }", ["steps.job.requires.any: empty"]),
    ("requires = { all = ['school'], withn = 1 }", ["steps.job.requires.withn: unknown-field"]),
    ("requires = { at_least = 2, of = ['school', 'school'] }", ["steps.job.requires.at_least: too-many"]),
    ("requires = { at_least = -1, of = ['school'] }", ["steps.job.requires.at_least: not-a-count"]),
    ("requires = { at_least = 1 }", ["steps.job.requires.of: missing"]),
    ("requires = { holds = 'paper', throughout = 'yes' }", ["steps.job.requires.throughout: wrong-type"]),
    ("requires = { aged = true }", ["steps.job.requires.aged: wrong-type"]),
    ("requires = { aged = 131 }", ["steps.job.requires.aged: not-an-age"]),
    ("requires = { aged = 18, under = 18 }", ["steps.job.requires.under: never-holds"]),
    (
        "requires = { all = ['school', { step = 'school', within = '-P1D' }] }",
        ["steps.job.requires.all[1].within: negative"],
    ),
    ("requires = { step = 'school', of = 'finsh' }", ["steps.job.requires.of: not-a-choice: finish"]),
    (
        "requires = { all = [{ any = [{ step = 'school', lag = 5 }] }] }",
        ["steps.job.requires.all[0].any[0].lag: not-a-span"],
    ),
    ("absence = 'paus'", ["steps.job.absence: not-a-choice: pause"]),
    ("absence = 'pause'", ["steps.job.absence: pause-without-effort"]),
    ("cost = '12,50'", ["steps.job.cost: not-an-amount"]),
    ("cost = '-1'", ["steps.job.cost: negative"]),
    ("cost = '-0'", ["steps.job.cost: negative"]),
    ("cost = -1", ["steps.job.cost: negative"]),
    ("cost = true", ["steps.job.cost: not-an-amount"]),
    ("cost = [1]", ["steps.job.cost: not-an-amount"]),
    ("cost = { amount = '1', sure = 'bdy' }", ["steps.job.cost.sure: not-a-choice: body"]),
    ("cost = { amount = '1', sources = ['A2'] }", ["steps.job.cost.sources[0]: unknown-id"]),
    ("cost = {}", ["steps.job.cost.amount: missing"]),
    ("grants = 'paper'", ["steps.job.grants: wrong-type"]),
    ("grants = ['paper', 'Paper']", ["steps.job.grants[1]: not-an-id"]),
    ("grants = ['papr']", ["steps.job.grants[0]: unknown-id: paper"]),
    ("sources = ['A1', 1]", ["steps.job.sources[1]: not-an-id"]),
    ("requires = 'schol'", ["steps.job.requires: unknown-id: school"]),
    ("requires = 'job'", ["steps.job.requires: self-reference"]),
]


@pytest.mark.parametrize(("step", "expected"), FAULTY_STEPS)
def test_a_faulty_step_is_told_at_its_place(step: str, expected: list[str]) -> None:
    assert told(pathway(step)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["schema: missing", "id: missing", "goal: missing", "steps: missing"]),
        ('schema = "career-path/learner/1"', ["schema: unknown-schema"]),
        (pathway().replace("pathway/1", "pathway/2"), ["schema: unknown-schema"]),
        (pathway().replace('"career-path/pathway/1"', "1"), ["schema: unknown-schema"]),
        (pathway(head="patches = []"), ["patches: unknown-field"]),
        (pathway(head="currency = 'usd'"), ["currency: not-a-currency"]),
        (pathway().replace('id = "p"', 'id = "../p"'), ["id: not-an-id"]),
        (pathway(rest='[steps."a b"]'), ["steps.'a b': not-an-id"]),
        (pathway(rest="[sources.A2]\nas_of = 2025"), ["sources.A2.as_of: not-a-date"]),
        (pathway(rest="[credentials.x]\nvalid = 'P5Y'"), ["credentials.x.valid: wrong-type"]),
        (pathway(rest="[credentials.x.valid]\nspan = 'P0D'"), ["credentials.x.valid.span: not-positive"]),
        (
            pathway(rest="[credentials.x.valid]\nspan = 'P1Y'\nuntil = 'month_end'"),
            ["credentials.x.valid.until: not-a-choice: month-end"],
        ),
        (pathway(rest="[credentials.x.valid]\nspan = 'P1Y'\nuntil = 5"), ["credentials.x.valid.until: wrong-type"]),
        (
            pathway(rest="[credentials.x.valid]\nspan = 'P1Y'\nuntil = { cohorts = [] }"),
            ["credentials.x.valid.until: not-a-day-rule"],
        ),
        (pathway(rest="[steps.a]\nrequires = 'b'\n[steps.b]\nrequires = 'a'"), ["steps.a.requires: ring"]),
        (pathway().replace("[steps.school]\n[steps.job]", "steps = []"), ["steps: wrong-type"]),
        (pathway().replace("[steps.school]\n[steps.job]", "steps.job = 5"), ["steps.job: wrong-type"]),
    ],
)
def test_a_faulty_pathway_is_told_at_its_place(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_all_faults_come_at_once_also_those_between_parts() -> None:
    text = pathway(
        "takes = 'P1'\nrequires = { any = ['schol', 'x'] }",
        head="note = 5",
        rest="[steps.a]\ngrants = ['papr']\nsources = ['A9']\n[steps.b]\nkind = 'x'\n[steps.c]\nrequires = 'b'",
    )
    assert told(text) == [
        "steps.job.takes: not-a-span",
        "steps.b.kind: not-a-choice",
        "note: wrong-type",
        "steps.job.requires.any[0]: unknown-id: school",
        "steps.job.requires.any[1]: unknown-id",
        "steps.a.grants[0]: unknown-id: paper",
        "steps.a.sources[0]: unknown-id",
    ]


def test_a_step_that_cannot_be_read_may_be_the_way_out_of_a_ring() -> None:
    ring = "[steps.a]\nrequires = {{ {0} = ['b', 'c'] }}\n[steps.b]\nrequires = 'a'\n[steps.c]\nkind = 5"
    assert told(pathway(rest=ring.format("any"))) == ["steps.c.kind: not-a-choice"]
    assert told(pathway(rest=ring.format("all"))) == ["steps.c.kind: not-a-choice", "steps.a.requires: ring"]


@pytest.mark.parametrize("names", ["['mon', 'fri']", "['Monday', 'friday']", "['MO', 'FR']"])
def test_weekdays_may_be_named_as_people_and_calendars_do(names: str) -> None:
    text = pathway(f"opens = {{ weekdays = {names} }}")
    assert parse_pathway(text).step("job").opens == Weekdays(days=["mon", "fri"])


def test_the_message_says_file_place_found_and_expected() -> None:
    with pytest.raises(DocumentError) as caught:
        parse_pathway(pathway("titel = 'x'\ntakes = 5"), name="nurse.toml")
    first, second = str(caught.value).splitlines()
    assert first == (
        "nurse.toml: steps.job.takes: wrong-type: found 5; expected a length: text such as P9M,"
        " or a table with one of working_days, hours, weekly_at_most, low, likely, high"
    )
    assert second == (
        "nurse.toml: steps.job.titel: unknown-field: found the field 'titel'; expected one of title, kind, takes,"
        " load, opens, requires, retakes, absence, cost, grants, work, occupation, sources, note; did you mean 'title'?"
    )


def test_more_steps_than_the_limit_are_refused_at_once() -> None:
    steps = ",".join(f'"s{number}":5' for number in range(100_001))
    text = f'{{"schema":"career-path/pathway/1","id":"p","goal":"s0","steps":{{{steps}}}}}'
    assert [str(fault) for fault in faults(text)] == ["steps: too-large: found 100001 steps; expected at most 100000"]


LEARNER = """
schema = "career-path/learner/1"
id = "ana"
start = 2027-01-11
weekly_hours = [{ through = 2027-05-31, hours = 10 }, { from = 2027-06-01, hours = 30.5 }]
born = "2001-02-03"
place = "US-TX"
facts = { group = 3, cohort = "fall", since = "2026-01-01", rate = 1.5, member = true, day = 2026-05-05 }
absences = [{ from = 2027-07-01, through = 2027-07-14 }]
choose = ["cma-aama"]
avoid = ["ged"]
budget = "5000.00"
deadline = 2028-12-31
employment = [
  { role = "aide", from = 2025-01-01, hours = 20 },
  { role = "ma", from = 2024-01-01, through = "2024-12-31" },
]

[records.diploma]
started = 2018-09-01
finished = 2022-06-10
[records.exam]
failed = ["2026-03-01", 2026-01-01]
[records.bls]
waived = true
[records.program]
waived = 2026-06-01
[records.ged]
waived = false
[holds.bls-aha]
granted = 2026-03-01
renewed = [2026-09-01]
"""


def test_every_form_of_a_learner_is_read() -> None:
    assert parse_learner(LEARNER) == Learner(
        "ana",
        start=dt.date(2027, 1, 11),
        weekly_hours=[
            HoursPeriod(hours=10, through=dt.date(2027, 5, 31)),
            HoursPeriod(hours=Fraction(61, 2), from_=dt.date(2027, 6, 1)),
        ],
        born=dt.date(2001, 2, 3),
        place="US-TX",
        facts=[
            Fact("group", 3),
            Fact("cohort", "fall"),
            Fact("since", dt.date(2026, 1, 1)),
            Fact("rate", Decimal("1.5")),
            Fact("member", value=True),
            Fact("day", dt.date(2026, 5, 5)),
        ],
        absences=[Absence(from_=dt.date(2027, 7, 1), through=dt.date(2027, 7, 14))],
        records=[
            Record("diploma", started=dt.date(2018, 9, 1), finished=dt.date(2022, 6, 10)),
            Record("exam", failed=[dt.date(2026, 1, 1), dt.date(2026, 3, 1)]),
            Record("bls", waived=True),
            Record("program", waived=dt.date(2026, 6, 1)),
            Record("ged"),
        ],
        employment=[
            Employment(role="aide", from_=dt.date(2025, 1, 1), hours=20),
            Employment(role="ma", from_=dt.date(2024, 1, 1), through=dt.date(2024, 12, 31)),
        ],
        holds=[Held("bls-aha", granted=dt.date(2026, 3, 1), renewed=[dt.date(2026, 9, 1)])],
        choose=["cma-aama"],
        avoid=["ged"],
        budget="5000.00",
        deadline=dt.date(2028, 12, 31),
    )


def test_a_learner_without_anything_is_one() -> None:
    assert parse_learner('schema = "career-path/learner/1"') == Learner()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("weekly_hours = '20'", ["weekly_hours: wrong-type"]),
        ("weekly_hours = 200", ["weekly_hours: too-long"]),
        ("weekly_hours = true", ["weekly_hours: not-a-number"]),
        (
            "weekly_hours = [{ hours = 5 }, { hours = 'x' }, 5]",
            ["weekly_hours[1].hours: not-a-number", "weekly_hours[2]: wrong-type"],
        ),
        ("weekly_hours = [{ hours = 5 }, { hours = 6 }]", ["weekly_hours: overlapping"]),
        ("born = 2000-01-01T00:00:00", ["born: datetime-for-date"]),
        ("born = 2000-01-01T00:00:00Z", ["born: datetime-for-date"]),
        ("born = '20000101'", ["born: not-a-date"]),
        ("born = '2000-01-01\\n'", ["born: wrong"]),
        (
            "facts = { a = [], 'B' = 1, c = 2000-01-01T00:00:00, d = \"\\u0007\" }",
            [
                "facts.a: wrong-type",
                "facts.B: not-an-id",
                "facts.c: datetime-for-date",
                "facts.d: control-character",
            ],
        ),
        ("facts = 5", ["facts: wrong-type"]),
        ("absences = [{ from = 2027-01-02, through = 2027-01-01 }]", ["absences[0].through: ends-before-it-begins"]),
        ("absences = { from = 2027-01-02, through = 2027-01-01 }", ["absences: wrong-type"]),
        ("records = { a = { waived = 1 } }", ["records.a.waived: wrong-type"]),
        ("records = { a = { waived = true, started = 2027-01-01 } }", ["records.a.waived: waived-and-done"]),
        ("records = { a = { step = 'a' } }", ["records.a.step: unknown-field"]),
        ("records = { 'A' = {} }", ["records.A: not-an-id"]),
        ("holds = { a = {} }", ["holds.a.granted: missing"]),
        ("holds = { a = { granted = 2027-01-01, renewed = [2026-01-01] } }", ["holds.a.renewed: out-of-order"]),
        (
            "employment = [{ role = 5, from = 2027-01-01, hours = 169 }]",
            ["employment[0].role: wrong-type", "employment[0].hours: too-long"],
        ),
        ("choose = 'a'", ["choose: wrong-type"]),
        ("choose = ['A']", ["choose: not-an-id"]),
        ("budget = 1e3", []),
        ("budget = -1", ["budget: negative"]),
        ("budgett = 1", ["budgett: unknown-field: budget"]),
    ],
)
def test_a_faulty_learner_is_told_at_its_place(line: str, expected: list[str]) -> None:
    text = f'schema = "career-path/learner/1"\n{line}'
    if not expected:
        assert parse_learner(text).budget == Decimal(1000)
        return
    with pytest.raises(DocumentError) as caught:
        parse_learner(text)
    shown = [
        f"{fault.path}: {fault.code}" + (f": {fault.nearest}" if fault.nearest else "") for fault in caught.value.faults
    ]
    assert shown == [each.replace("wrong", "not-a-date") if each == "born: wrong" else each for each in expected]


@pytest.mark.parametrize("syntax", ["toml", "json"])
def test_the_examples_survive_a_round_trip(syntax: Syntax) -> None:
    assert parse_pathway(format_pathway(as_value(), syntax=syntax)) == as_value()
    learner = parse_learner(LEARNER)
    assert parse_learner(format_learner(learner, syntax=syntax)) == learner


def test_defaults_are_left_out_and_spans_stay_as_written() -> None:
    value = Pathway(
        "p", goal=Needs("b", lag="P2W"), steps=[Step("b", takes="P60M", cost=Cost("5.00"), requires=AllOf())]
    )
    assert format_pathway(value, syntax="toml") == (
        'schema = "career-path/pathway/1"\nid = "p"\n\n[goal]\nstep = "b"\nlag = "P2W"\n\n'
        '[steps.b]\ntakes = "P60M"\ncost = "5.00"\n'
    )


def test_json_keeps_letters_and_ends_with_a_line_break() -> None:
    text = format_learner(Learner(place="Zürich", start=dt.date(2027, 1, 11), weekly_hours=7.1), syntax="json")
    assert text == (
        '{\n  "schema": "career-path/learner/1",\n  "start": "2027-01-11",\n'
        '  "weekly_hours": 7.1,\n  "place": "Zürich"\n}\n'
    )


@pytest.mark.parametrize(
    ("learner", "code"),
    [
        (Learner(weekly_hours=Fraction(1, 3)), "not-writable"),
        (Learner(weekly_hours=Fraction(1, 2**60)), "not-writable"),
        (Learner(facts=[Fact("a", "2027-01-01")]), "not-writable"),
    ],
)
def test_what_no_document_can_hold_is_refused_on_writing(learner: Learner, code: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        format_learner(learner, syntax="toml")
    assert caught.value.code == code


def test_a_third_of_an_hour_is_refused_in_words() -> None:
    with pytest.raises(
        InvalidValueError, match="found 1/3 hours; expected hours that a decimal number can tell exactly"
    ):
        format_learner(Learner(weekly_hours=Fraction(1, 3)), syntax="json")


def test_a_decimal_that_json_readers_would_round_is_refused_in_json_only() -> None:
    learner = Learner(facts=[Fact("a", Decimal("1.00000000000000001"))])
    assert parse_learner(format_learner(learner, syntax="toml")) == learner
    with pytest.raises(InvalidValueError, match="JSON readers keep exactly"):
        format_learner(learner, syntax="json")


def test_a_whole_decimal_is_written_as_a_whole_number() -> None:
    learner = Learner(facts=[Fact("a", Decimal("2.00"))])
    assert '"a": 2\n' in format_learner(learner, syntax="json")
    assert parse_learner(format_learner(learner, syntax="json")) == learner


def test_what_is_no_fault_of_a_document_is_raised_as_it_is() -> None:
    with pytest.raises(TypeError, match="a defect"):
        list(faults_of(TypeError("a defect")))


def test_requirements_too_deep_for_a_document_are_refused_on_writing() -> None:
    def nested(depth: int) -> Pathway:
        goal: Requirement = Needs("a")
        for _ in range(depth):
            goal = AllOf(goal)
        return Pathway("p", goal=goal, steps=[Step("a")])

    both: tuple[Syntax, ...] = ("toml", "json")
    for syntax in both:
        assert parse_pathway(format_pathway(nested(49), syntax=syntax)) == nested(49)
        with pytest.raises(InvalidValueError, match="too-deep"):
            format_pathway(nested(50), syntax=syntax)


def test_another_syntax_is_refused_on_writing() -> None:
    with pytest.raises(InvalidValueError, match="unknown-syntax"):
        format_learner(Learner(), syntax="yaml")  # type: ignore[arg-type]


def test_writing_toml_without_its_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tomli_w", None)
    monkeypatch.delitem(sys.modules, "career_path.formats.toml_writing", raising=False)
    with pytest.raises(MissingExtraError, match=r"career-path\[toml\]"):
        format_learner(Learner(), syntax="toml")


@attrs.frozen(kw_only=True)
class EveryNth(DayRule):
    """A rule that formats has never heard of."""

    key = "every_nth"
    sole = "n"
    n: int
    from_: dt.date = dt.date(2027, 1, 1)
    but: tuple[MonthDay, ...] = ()
    least: Span = attrs.field(default=Span(), converter=to_span)

    def __attrs_post_init__(self) -> None:
        if self.n < 1:
            raise ValueError("n is too small")

    def _after(self, day: int) -> int:
        return day

    def _before(self, day: int) -> int:
        return day


def test_a_new_day_rule_needs_no_change_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(day_rules, "DAY_RULES", (*day_rules.DAY_RULES, EveryNth))
    bare, full = "{ every_nth = 3 }", "{ every_nth = { n = 3, from = 2028-02-29, but = ['12-25'] } }"
    first = parse_pathway(pathway(f"opens = {bare}"))
    assert first.step("job").opens == EveryNth(n=3)
    second = parse_pathway(pathway(f"opens = {full}"))
    assert second.step("job").opens == EveryNth(n=3, from_=dt.date(2028, 2, 29), but=(MonthDay(12, 25),))
    for value in (first, second):
        assert parse_pathway(format_pathway(value, syntax="toml")) == value
    assert "every_nth = 3" in format_pathway(first, syntax="toml")
    assert told(pathway("opens = { every_nth = { but = ['13-25'] } }")) == [
        "steps.job.opens.every_nth.n: missing",
        "steps.job.opens.every_nth.but[0]: not-a-day-of-the-year",
    ]
    assert told(pathway("opens = { every_nth = { n = 0 } }")) == ["steps.job.opens.every_nth: invalid"]
