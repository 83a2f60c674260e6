"""Careers side by side as text, in a notebook and as a page, where the command does not lead."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction
from html.parser import HTMLParser

import pytest

from career_path import (
    AllOf,
    Careers,
    Credential,
    CreditRule,
    Duty,
    Holds,
    Learner,
    Occupation,
    Pathway,
    Pay,
    RenewalRule,
    Source,
    Step,
    Validity,
    compare,
)
from career_path.formats.careers_json import format_careers
from career_path.views.careers import careers_html, careers_markdown, careers_text, to_cents

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


def test_a_notebook_shows_many_careers_in_tables_of_one_width_and_folds_the_notes() -> None:
    paths = [Pathway(f"p{n}", goal="job", steps=[Step("job", kind="job")]) for n in range(6)]
    html = compare([*paths, AIDE], Learner(), today=TODAY)._repr_html_()
    assert [part.count('scope="col"') for part in html.split("<table>")[1:]] == [5, 4]  # four and three, and the labels
    notes = html.partition("<details>")[2].partition("</details>")[0]
    assert "The cost is that of the plan, without renewals after it." in notes
    assert html.endswith("</details><p>Check every date with the issuer.</p>")


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


WORK = Occupation("work", may_not=["Prescribe"])
PARTS = Pathway(
    "parts",
    title="Parts",
    goal="job",
    steps=[
        Step("a", title="Course", kind="program", takes="P1M", requires=Holds("old"), grants=["b", "c"]),
        Step("test", title="Test", kind="paper", grants=["old", "pass"]),
        Step("job", title="Work", kind="job", requires=AllOf("a", "test"), sources=["me"], occupation="work"),
    ],
    credentials=[
        Credential("b", title="Badge", valid=Validity(span="P2Y")),
        Credential("c", title="Card", valid=Validity(span="P2Y"), duties=[Duty("fee", every=Validity(span="P9Y"))]),
        Credential("old", title="Old one", valid=Validity(span="P2Y")),
        Credential("pass", title="Pass", valid=Validity(span="P2Y"), renewal=RenewalRule(at_most=0)),
    ],
    occupations=[WORK],
    sources=[Source("me", title="Memory", sure="memory")],
)


def test_of_several_parts_that_are_not_known_the_table_tells_the_number_and_a_note_the_names() -> None:
    shown = careers_text(compare([PARTS], Learner(), today=TODAY), width=200).splitlines()
    rows = {line[:23].strip(): line[23:] for line in shown}
    assert rows["Cost"] == "not known (3 parts)"
    assert rows["Hours of learning"] == "not known (Course)"
    assert rows["Renewals in ten years"] == "at least 0, and 1 duty; 2 parts not known"
    assert rows["Hours for them"] == "not known (2 parts)"
    assert (
        "Not known of Parts: cost of Course, Work and Test; renewals of Badge and Card; "
        "hours and fees of renewals of Badge and Card." in shown
    )


def test_fees_that_are_known_where_hours_are_not_are_told_apart() -> None:
    rule = RenewalRule(fee="5", credits=CreditRule(total=1, unit="point"))
    papers = [Credential(name, title=name, valid=Validity(span="P1Y"), renewal=rule) for name in ("b", "c")]
    step = Step("job", title="Work", kind="job", cost="0", grants=["b", "c"])
    text = careers_text(compare([Pathway("p", goal="job", steps=[step], credentials=papers)], Learner(), today=TODAY))
    assert "Not known of p: hours of renewals of b and c.\n" in text


def test_notes_tell_what_rests_on_memory_and_which_papers_are_not_renewed() -> None:
    shown = careers_text(compare([PARTS], Learner(), today=TODAY), width=200).splitlines()
    assert "From memory for Parts: Work." in shown
    assert (
        "Not among them for Parts: Old one, for which only training asks here; an employer may too; "
        "Pass, because it ends for good." in shown
    )
    without = compare([PARTS], Learner(avoid=["test"]), today=TODAY)
    assert "Not among them" not in str(without)


def test_notes_tell_which_papers_are_renewed_how_often_and_whose_hours_may_be_the_same() -> None:
    rule = RenewalRule(credits=CreditRule(total=10, unit="hour"))
    cards = [
        Credential("cna", title="Aide", valid=Validity(span="P2Y"), renewal=rule),
        Credential("lvn", letters="LVN", issuer="Board", valid=Validity(span="P3Y"), renewal=rule),
    ]
    steps = [Step("exam", grants=["cna", "lvn"]), Step("job", kind="job", requires="exam")]
    path = Pathway("p", title="Nursing", goal="job", steps=steps, credentials=cards)
    careers = compare([path], Learner(), today=TODAY)
    counted = "Renewals of Nursing: Aide 5, LVN (Board) 3."
    added = (
        "Hours of renewals of Nursing: those of Aide and LVN (Board) are added up, although the same hours may serve"
        " several of them."
    )
    for shown in (careers_text(careers, width=200), careers_html(careers)):
        assert counted in shown
        assert added in shown
    assert "Nursing: Aide 5, LVN (Board) 3" in careers_markdown(careers)
    value = json.loads(format_careers(careers))["careers"][0]["renewal"]
    assert (value["counts"], value["shared"]) == ({"cna": 5, "lvn": 3}, ["cna", "lvn"])


def test_silence_about_limits_is_told_where_others_have_some() -> None:
    note = 'Where no "may not" is told, no limit was found; that does not mean that there is none.'
    free = Pathway("p", goal="j", steps=[Step("j", kind="job", occupation="w")], occupations=[Occupation("w")])
    bare = Pathway("q", goal="j", steps=[Step("j", kind="job")])
    for paths, is_told in (([PARTS], False), ([free], False), ([PARTS, bare], False), ([PARTS, free], True)):
        lines = careers_text(compare(paths, Learner(), today=TODAY), width=200).splitlines()
        assert (note in lines) is is_told


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
