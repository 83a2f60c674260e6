"""Careers side by side as text, in a notebook and as a page, where the command does not lead."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from html.parser import HTMLParser

import pytest

from career_path import Careers, Credential, Learner, Occupation, Pathway, Pay, Step, Validity, compare
from career_path.views.careers import careers_markdown, careers_text, to_cents

TODAY = dt.date(2027, 1, 4)
AIDE = Pathway(
    "aide",
    title="Aide",
    goal="job",
    steps=[
        Step("card", title="Course", grants=["card"]),
        Step("job", kind="job", requires="card", cost="0", occupation="aide"),
    ],
    credentials=[Credential("card", title="Paper", valid=Validity(span="P2Y"))],
    occupations=[Occupation("aide", may_not=["<b>Prescribe</b>"], pay=Pay(median="40000", statistic="yearly wage"))],
)


class Printer:
    def __init__(self) -> None:
        self.shown = ""

    def text(self, obj: str) -> None:
        self.shown += obj


class Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found += [data.strip()] if data.strip() else []


@pytest.fixture
def careers() -> Careers:
    return compare([AIDE], Learner(), today=TODAY, horizon="P1D")


def test_no_careers_say_so_in_every_form() -> None:
    none = compare([], Learner(), today=TODAY)
    assert str(none) == "No careers to compare."
    assert careers_text(none) == careers_markdown(none) == none.to_markdown() == "No careers to compare.\n"
    assert none._repr_html_() == "<p>No careers to compare.</p>"
    assert "<strong>No careers to compare.</strong>" in none.to_page()


def test_print_and_a_terminal_of_ipython_show_the_table(careers: Careers) -> None:
    printer = Printer()
    careers._repr_pretty_(printer, False)  # noqa: FBT003 (as IPython calls it)
    assert printer.shown == str(careers)
    assert str(careers).splitlines()[1] == "First pay              4 Jan 2027, after 0 days"


def test_a_notebook_shows_the_table_and_what_is_not_allowed(careers: Careers) -> None:
    texts = Texts()
    texts.feed(careers._repr_html_())
    assert texts.found[:4] == ["Aide", "First pay", "4 Jan 2027, after 0 days", "Cost"]
    assert "Aide may not: <b>Prescribe</b>." in texts.found


def test_a_pathway_in_a_notebook_has_its_occupations() -> None:
    texts = Texts()
    texts.feed(AIDE._repr_html_())
    start = texts.found.index("Occupation")
    assert texts.found[start : start + 8] == [
        "Occupation",
        "Pay",
        "Outlook",
        "May not",
        "aide",
        "40000.00 USD a year (yearly wage)",
        "not known",
        "<b>Prescribe</b>",
    ]
    bare = Pathway("p", goal="a", steps=[Step("a")], occupations=[Occupation("aide", note="More.")])
    texts.feed(bare._repr_html_())
    assert "More." in texts.found


def test_what_is_not_known_is_told_by_name_also_where_a_step_and_a_credential_share_an_id(careers: Careers) -> None:
    rows = {line[:23].strip(): line[23:] for line in str(careers).splitlines()}
    assert rows["Cost"] == "not known (Course)"
    assert rows["Hours for them"] == rows["Fees for them"] == "not known (Paper)"
    assert rows["Median pay a year"] == "40000.00 USD (yearly wage)"
    # one day of 40,000 a year of 365.2425 days: 109.5162…
    assert rows["Earned by 5 Jan 2027"] == "109.52 USD"
    assert rows["Less the cost"] == "not known"


def test_no_line_is_wider_than_asked_for_whatever_the_names() -> None:
    long = Pathway("p", title="試験" * 30, goal="job", steps=[Step("job", kind="job", title="x" * 90)])
    for width in (72, 100):
        lines = careers_text(compare([long, AIDE], Learner(), today=TODAY), width=width).splitlines()
        assert max(len(line) + sum(ord(each) > 0x2E80 for each in line) for line in lines) <= width


@pytest.mark.parametrize(
    ("amount", "text"), [("1/200", "0.00"), ("3/200", "0.02"), ("-1/3", "-0.33"), ("40000", "40000.00")]
)
def test_cents_are_rounded_to_the_nearest_half_ones_to_the_even(amount: str, text: str) -> None:
    assert str(to_cents(Fraction(amount))) == text
