"""Several credentials in one table, with what falls due when."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from career_path import Credential, Held, Learner, Validity
from career_path.model.renewal import Extension, Grace, RenewalRule, Rung, Within
from career_path.planning.keeping import keep
from career_path.views.keeping import kept_markdown, kept_text

D = dt.date
TODAY = D(2027, 3, 10)
# The card ends on 31 Mar 2029; 30 inclusive days of grace from 1 Apr are through 30 Apr 2029.
CARD = Credential(
    "card",
    title="Card | of *mine*",
    valid=Validity(span="P2Y", until="month-end"),
    renewal=RenewalRule(
        grace=Grace(within=Within(span="P1M")),
        lapse=[Rung(way="exam", within="P1Y", fee="50.00"), Rung(way="start-again")],
    ),
)
ROLL = Credential("roll", title="Roll")
ANA = Learner("ana", holds=[Held("card", granted=TODAY), Held("roll", granted=D(2026, 5, 20))])


def test_a_line_for_each_period_and_each_deadline() -> None:
    lines = kept_text(keep([CARD, ROLL], ANA, today=TODAY, renewals=0), width=200).splitlines()
    assert lines[:4] == [
        "Credentials",
        "Credential        Cycle  Valid from  Valid through                Grace through",
        "Card | of *mine*  1      2027-03-10  2029-03-31                   2029-04-30",
        "Roll              1      2026-05-20  no end date in this pathway",
    ]
    assert [line.split(" ", 1)[0] for line in lines[4:-1]] == ["2029-03-31", "2029-04-30", "2030-03-31"]
    assert lines[-1] == "Check every date with the issuer."


def test_lines_are_no_wider_than_asked_for() -> None:
    lines = kept_text(keep([CARD, ROLL], ANA, today=TODAY), width=60).splitlines()
    assert max(len(line) for line in lines if line.startswith(("20", "  "))) <= 60


def test_more_than_a_dozen_deadlines_are_counted() -> None:
    # Three for each of the four periods: expires, grace-ends and reinstate-by; a fifth period makes it 15.
    text = kept_text(keep([CARD, ROLL], ANA, today=TODAY, renewals=4))
    assert "and 3 more" in text
    assert "more\n" not in kept_text(keep([CARD, ROLL], ANA, today=TODAY, renewals=3))


ENDED = "Card | of *mine* ended on 31 Mar 2029; later cycles depend on the day on which it is renewed."
IN_GRACE = "It can still be renewed through 30 Apr 2029, and does not count as current meanwhile."
EXAM = "From 1 May 2029 what leads back then is the exam through 31 Mar 2030 (50.00 USD)."
AGAIN = "From 1 Apr 2030 what leads back then is starting again."


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (D(2029, 4, 30), [ENDED, IN_GRACE, EXAM, AGAIN]),
        (D(2029, 5, 1), [ENDED, EXAM, AGAIN]),
        (D(2030, 4, 1), [ENDED, AGAIN]),
    ],
)
def test_what_has_ended_is_told_with_the_ways_back_that_are_left(today: dt.date, told: list[str]) -> None:
    assert " ".join(told) in kept_text(keep([CARD, ROLL], ANA, today=today), width=1000).splitlines()


def test_a_grace_that_counts_as_current_says_so() -> None:
    rule = RenewalRule(grace=Grace(within=Within(span="P1M"), is_current=True))
    text = kept_text(keep([attrs.evolve(CARD, renewal=rule), ROLL], ANA, today=D(2029, 4, 1)), width=1000)
    assert "through 30 Apr 2029, and counts as current meanwhile." in text


def test_a_renewed_period_has_not_lapsed_and_one_put_off_says_so() -> None:
    held = Held(
        "card",
        granted=TODAY,
        renewed=[D(2029, 3, 1)],
        extended=[Extension(from_=D(2031, 3, 31), to=D(2031, 6, 30))],
    )
    text = kept_text(keep([CARD], Learner("ana", holds=[held]), today=D(2029, 5, 1)), width=200)
    assert "Cycle 2 of Card | of *mine* was put off from 2031-03-31." in text
    assert "ended on" not in text


def test_markdown_is_escaped_and_names_the_credential_of_each_day() -> None:
    text = kept_markdown(keep([CARD, ROLL], ANA, today=D(2029, 4, 1)))
    assert "| Card &#124; of \\*mine\\* | 1 | 2027-03-10 |  |  |  | 2029-03-31 | 2029-04-30 |" in text
    assert "| 2029-04-30 | Card &#124; of \\*mine\\* | Last day of grace |" in text
    assert "ended on 31 Mar 2029" in text


def test_nothing_held_is_an_empty_table() -> None:
    kept = keep([CARD], Learner("ana"), today=TODAY)
    assert kept_text(kept).splitlines() == ["Credentials", "Credential  Cycle", "Check every date with the issuer."]
    assert "| Day |" not in kept_markdown(kept)
