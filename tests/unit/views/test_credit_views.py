"""What people read about a ledger; the figures behind the sentences are tested with `assess`."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction

import attrs
import pytest

from career_path.formats.assessment_json import format_assessment
from career_path.model.assessment import Assessment
from career_path.model.credits import CreditPeriod, CreditRule, CreditSlot, CreditUnit, Proration
from career_path.model.ledger import Activity, CreditKind, Ledger
from career_path.planning.credits import assess
from career_path.views.credits import credits_markdown, credits_text
from career_path.views.sentences.credits import asked_text, assessment_lines

RULE = CreditRule(
    total=20,
    unit="hour",
    units=[CreditUnit("minute", credits=1, per=50)],
    slots=[
        CreditSlot("law", title="Law", at_least=2, of=CreditKind(category="law")),
        CreditSlot("ethics", at_least=1, of=CreditKind(category="ethics")),
        CreditSlot("online", title="Online", at_most=5, of=CreditKind(tags="online"), is_overlay=True),
    ],
)
PERIOD = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2028, 12, 31), number=2)
ON = dt.date(2028, 9, 1)


def course(day: str, amount: float, title: str, **more: object) -> Activity:
    return Activity(date=dt.date.fromisoformat(day), title=title, credits=amount, **more)  # type: ignore[arg-type]


LEDGER = Ledger(
    [
        course("2027-02-01", 4, "Law and ethics", category=["law", "ethics"]),
        course("2027-03-01", 8, "Webinar", tags="online"),
        course("2027-04-01", 100, "Talk", unit="minutes"),
        course("2026-12-31", 3, "Too early"),
        course("2028-09-02", 3, "Tomorrow"),
        course("2028-01-01", 1, "Odd", unit="CEU"),
    ]
)


def stands(
    rule: CreditRule = RULE, ledger: Ledger = LEDGER, period: CreditPeriod = PERIOD, on: dt.date = ON
) -> Assessment:
    return assess(rule, ledger, period=period, on=on)


def test_the_text_tells_the_verdict_each_slot_and_each_activity() -> None:
    assert credits_text(stands(), title="CPhT (X)") == (
        "CPhT (X): continuing education for renewal 2, 1 Jan 2027 through 31 Dec 2028; as of 1 Sep 2028\n"
        "Not done: 20 hours asked for, 11 counted; missing 9 hours.\n"
        "At least 9 more hours by 31 Dec 2028: 2.25 a month for 4 months.\n"
        "Slots:\n"
        "  “Law”: 3 counted, at least 2\n"
        "  “ethics”: 1 counted, at least 1\n"
        "  “Online”: 5 counted, at most 5; full\n"
        "Counted:\n"
        "  2027-02-01  Law and ethics: 4: 3 in “Law” and 1 in “ethics”\n"
        "  2027-03-01  Webinar: 5 of 8 in the total, also “Online”; 3 not counted, “Online” can hold no more\n"
        "  2027-04-01  Talk: 2 in the total\n"
        "Not counted:\n"
        "  2026-12-31  Too early: before the days that count\n"
        "  2028-01-01  Odd: the rule does not say what one “CEU” is worth\n"
        "  2028-09-02  Tomorrow: later than 1 Sep 2028\n"
    )


def test_lines_are_no_longer_than_asked_for() -> None:
    assert max(len(line) for line in credits_text(stands(), title="A credential", width=60).splitlines()) <= 60


def test_markdown_has_a_table_for_what_counts_and_one_for_what_does_not() -> None:
    text = credits_markdown(stands(), title="A *new* credential")
    assert text.startswith("## A \\*new\\* credential: continuing education for renewal 2")
    assert "\n- “Law”: 3 counted, at least 2\n" in text
    assert "\n| 2027-04-01 | Talk | 2 hours | 2 in the total |\n" in text
    assert "\n### Not counted\n\n| Day | Activity | Worth | What counts |\n| --- | --- | --- | --- |\n" in text
    assert "| 2028-01-01 | Odd | 1 CEU | the rule does not say what one “CEU” is worth |" in text


def test_what_a_ledger_says_can_move_no_cursor_and_make_no_table() -> None:
    wild = Ledger([course("2027-02-01", 1, "a\nb\t| <b> \u202e")])
    assert "2027-02-01  a b | <b>: 1 in the total\n" in credits_text(stands(ledger=wild))
    assert "| a b &#124; &lt;b&gt; |" in credits_markdown(stands(ledger=wild))


def lines(rule: CreditRule, *courses: Activity, period: CreditPeriod = PERIOD, on: dt.date = ON) -> tuple[str, ...]:
    return assessment_lines(stands(rule, Ledger(courses), period, on))


def test_a_rule_that_is_met_says_so() -> None:
    assert lines(CreditRule(total=1, unit="hour"), course("2027-02-01", 2, "x")) == (
        "Done: 1 hour asked for, 1 counted.",
    )


def test_an_exempt_renewal_asks_for_nothing() -> None:
    rule = CreditRule(total=20, is_first_exempt=True)
    assert lines(rule, period=attrs.evolve(PERIOD, number=1)) == ("Nothing is asked for: the first renewal is exempt.",)


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2028-09-01", "At least 10 more credits by 31 Dec 2028: 2.5 a month for 4 months."),
        ("2028-10-01", "At least 10 more credits by 31 Dec 2028: about 3.34 a month for 3 months."),  # 10/3, rounded up
        ("2028-12-01", "At least 10 more credits by 31 Dec 2028, within a month."),
        ("2029-01-01", "The last day was 31 Dec 2028."),
    ],
)
def test_the_pace_is_told_until_the_last_day(on: str, told: str) -> None:
    assert lines(CreditRule(total=10), on=dt.date.fromisoformat(on))[1] == told


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2028-09-01", "At least 10 more credits by 30 Nov 2028: about 3.34 a month for 3 months."),
        ("2028-12-01", "The last day was 30 Nov 2028, before the cycle ends on 31 Dec 2028."),
    ],
)
def test_the_day_by_which_credits_have_to_be_there_is_the_one_that_is_told(on: str, told: str) -> None:
    period = attrs.evolve(PERIOD, by=dt.date(2028, 11, 30))
    assert lines(CreditRule(total=10), period=period, on=dt.date.fromisoformat(on))[1] == told


def test_what_a_rule_asks_for_is_told_by_kind_and_renewal() -> None:
    slots = [
        CreditSlot("law", title="Law", at_least=2, every=2),
        CreditSlot("online", at_most=10),
        CreditSlot("yearly", at_least=3, at_most=5, each="P1Y"),
        CreditSlot("hiv", at_least=1, is_once=True, is_extra=True),
    ]
    rule = CreditRule(total=24, unit="hour", slots=slots)
    yearly = "at least 3 and at most 5 for “yearly” in each 1 year"
    assert asked_text(rule, 1) == (
        f"24 hours, of these at most 10 for “online” and {yearly}, besides at least 1 for “hiv”"
    )
    assert asked_text(rule, 2) == f"24 hours, of these at least 2 for “Law”, at most 10 for “online” and {yearly}"
    assert asked_text(CreditRule(total=24, prorated=Proration()), 2) == "24 credits, less for a part of a period"


def test_what_can_no_longer_be_made_up_is_told_with_its_days() -> None:
    rule = CreditRule(total=4, slots=[CreditSlot("yearly", at_least=2, each="P1Y")])
    assert lines(rule, course("2028-02-01", 4, "x")) == (
        "Not done: 4 credits asked for, 4 counted; missing 2 for “yearly” (1 Jan 2027 to 31 Dec 2027).",
        "Too late to make up: “yearly” (1 Jan 2027 to 31 Dec 2027). Ask the issuer.",
    )
    text = credits_text(stands(rule, Ledger([course("2028-02-01", 4, "x")])))
    assert "  “yearly” (1 Jan 2027 to 31 Dec 2027): 0 counted, at least 2; 2 missing, too late\n" in text


def test_what_falls_out_of_a_rolling_window_is_told() -> None:
    rule = CreditRule(total=5, rolling="P2Y")
    one = lines(rule, course("2026-10-01", 1, "x"))
    more = lines(rule, course("2026-10-01", 1, "x"), course("2026-11-01", 2, "y"))
    assert one[-1] == "1 credit falls out of the window before 31 Dec 2028, the first on 2 Oct 2028."
    assert more[-1] == "3 credits fall out of the window before 31 Dec 2028, the first on 2 Oct 2028."


def test_what_is_carried_in_and_over_is_told() -> None:
    rule = CreditRule(total=5, carry_over=2)
    period = attrs.evolve(PERIOD, carried=Fraction(1))
    assert lines(rule, course("2027-02-01", 9, "x"), period=period) == (
        "Done: 5 credits asked for, 4 counted, 1 carried in.",
        "2 credits not needed count in the next cycle.",
    )
    assert lines(rule, course("2027-02-01", 6, "x"))[-1] == "1 credit not needed counts in the next cycle."


def test_a_category_that_looks_like_a_slip_of_the_pen_is_told() -> None:
    words = [["LAW"], ["ethic"], ["ehtics", "wound care"]]
    ledger = Ledger([course("2027-02-01", 1, "x", category=each) for each in words])
    assert assessment_lines(stands(ledger=ledger))[-2:] == (
        "No slot asks for the category “ehtics”; did you mean “ethics”?",
        "No slot asks for the category “ethic”; did you mean “ethics”?",
    )
    assert json.loads(format_assessment(stands(ledger=ledger)))["slips"] == [
        {"category": "ehtics", "nearest": "ethics"},
        {"category": "ethic", "nearest": "ethics"},
    ]


def test_each_reason_for_not_counting_has_its_words() -> None:
    rule = CreditRule(total=1, accepts=CreditKind(not_tags="vendor"), least_each=1)
    ledger = Ledger(
        [
            course("2027-02-01", 2, "enough"),
            course("2027-02-02", 1, "more"),
            course("2027-02-03", 1, "vendor", tags="vendor"),
            course("2027-02-04", 0.5, "small"),
            course("2029-02-01", 1, "after"),
        ]
    )
    assert credits_text(stands(rule, ledger)).splitlines()[2:] == [
        "Counted:",
        "  2027-02-01  enough: 1 of 2 in the total; 1 not counted, not needed",
        "Not counted:",
        "  2027-02-02  more: not needed",
        "  2027-02-03  vendor: not of a kind that the rule accepts",
        "  2027-02-04  small: less than the least that counts",
        "  2029-02-01  after: after the last day of the cycle",
    ]


def test_json_has_every_figure_and_the_sentences() -> None:
    table = json.loads(format_assessment(stands()))
    figures = ("total", "counted", "missing", "shortfall", "needed", "months_left", "pace", "carry_over")
    assert {name: table[name] for name in figures} == {
        "total": 20,
        "counted": 11,
        "missing": 9,
        "shortfall": 9,
        "needed": 9,
        "months_left": 4,
        "pace": 2.25,
        "carry_over": 0,
    }
    assert (table["schema"], table["since"], table["on"]) == ("career-path/credits/1", "2027-01-01", "2028-09-01")
    assert table["slots"][0] == {
        "id": "law",
        "number": None,
        "since": "2027-01-01",
        "through": "2028-12-31",
        "overlay": False,
        "at_least": 2,
        "at_most": None,
        "counted": 3,
        "missing": 0,
        "over": False,
        "text": "“Law”: 3 counted, at least 2",
    }
    webinar = next(each for each in table["activities"] if each["title"] == "Webinar")
    assert (webinar["worth"], webinar["counted"], webinar["why_not"], webinar["full"]) == (8, 5, "at-most", ["online"])
    assert webinar["slots"] == [{"slot": None, "credits": 5}]
    assert table["text"][0] == "Not done: 20 hours asked for, 11 counted; missing 9 hours."


def test_an_amount_that_no_decimal_tells_is_text_in_json() -> None:
    rule = CreditRule(total=20, prorated=Proration())
    period = attrs.evolve(PERIOD, held_since=dt.date(2028, 8, 1))
    table = json.loads(format_assessment(stands(rule, Ledger(), period)))
    assert table["total"] == "25/6"  # five of 24 months of 20
    assert table["pace"] == "25/24"
