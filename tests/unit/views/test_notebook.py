"""What a notebook shows without any extra: plain tables in which no text is markup, and lines of text."""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from decimal import Decimal
from html.parser import HTMLParser

import attrs
import pytest

from career_path import Credential, Learner, Pathway, Source, Step, plan
from career_path.model.timeline import Timeline
from career_path.views.notebook import html_table, html_text, pathway_html, timeline_html, timeline_text

TODAY = dt.date(2027, 3, 1)
NASTY = "<script>alert(1)</script> & \"q\" 'a' \u202e\x1b[31m\n</table>"
PATHWAY = Pathway(
    "barista",
    title="Barista",
    note="For the city.",
    goal="job",
    steps=[
        Step("course", title="Course", kind="program", takes="P6W", cost="240.00", sources=["S1"]),
        Step("test", title="Test", kind="exam", requires="course", grants=["card"], note="Bring a pen."),
        Step("job", title="Job", kind="job", requires="test", cost="0"),
    ],
    credentials=[Credential("card", letters="BAR", issuer="GUILD", title="Barista card")],
    sources=[Source("S1", title="Rules", publisher="Guild", address="https://example.org/rules", checked=TODAY)],
)


class Reader(HTMLParser):
    """Counts the elements of a page, collects its cells and links, and checks that all is closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: Counter[str] = Counter()
        self.links: list[str | None] = []
        self.rows: list[list[str]] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        self.links += [value for name, value in attrs if name == "href"]
        assert not [name for name, _ in attrs if name.startswith("on")]
        if tag == "tr":
            self.rows.append([])
        if tag in {"th", "td"}:
            self.rows[-1].append("")
        if tag != "br":
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open[-2:] in (["th", "bdi"], ["td", "bdi"]):
            self.rows[-1][-1] += data


@pytest.fixture
def timeline() -> Timeline:
    return plan(PATHWAY, Learner(start=TODAY), today=TODAY)


@pytest.fixture
def no_extras(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if neither the templates of the page nor the table of the terminal were installed."""
    for name in ("jinja2", "markupsafe", "rich", "rich.cells", "rich.console"):
        monkeypatch.setitem(sys.modules, name, None)
    for name in ("career_path.views.page_templates", "career_path.views.table"):
        monkeypatch.delitem(sys.modules, name, raising=False)


def renamed(timeline: Timeline, text: str) -> Timeline:
    steps = tuple(attrs.evolve(step, title=text) for step in timeline.steps)
    return attrs.evolve(timeline, title=text, steps=steps, names=tuple((name, text) for name, _ in timeline.names))


def test_a_text_is_escaped_on_one_line_and_kept_apart() -> None:
    assert html_text('a\n"b" \u202e<c>') == "<bdi>a &quot;b&quot; &lt;c&gt;</bdi>"


def test_a_table_names_its_columns_and_rows() -> None:
    read = Reader(html_table(["Step", "Day"], [["Exam", "1 May"], ["Job", ""]]))
    assert read.rows == [["Step", "Day"], ["Exam", "1 May"], ["Job", ""]]
    assert read.elements["th"] == 4
    assert read.elements["td"] == 2


def test_short_cells_stay_on_one_line() -> None:
    html = html_table(["Step"], [["1 Mar 2027"], ["A long sentence about a step"]])
    assert html.count("white-space:nowrap") == 2
    assert html.count("white-space:normal") == 1


@pytest.mark.usefixtures("no_extras")
def test_without_extras_a_plan_is_a_plain_table(timeline: Timeline) -> None:
    # Six weeks from 1 March end on 12 April.
    html = timeline_html(timeline)
    read = Reader(html)
    assert "Barista: the job starts on 12 Apr 2027 at the earliest" in html
    assert read.rows[1] == ["Course *", "2027-03-01", "2027-04-12", "2027-03-01", "none", "240.00 USD", "from today"]
    assert read.rows[2][5:] == ["not known", "after Course"]
    assert read.elements["tr"] == 4
    assert "cost of Test is not known" in html
    assert "Valid: BAR (GUILD), no end date in this pathway" in html
    assert "Check every date with the issuer." in html


@pytest.mark.usefixtures("no_extras")
def test_without_extras_the_text_of_a_plan_is_a_line_for_each_step(timeline: Timeline) -> None:
    lines = timeline_text(timeline).splitlines()
    assert lines[0] == "Barista: the job starts on 12 Apr 2027 at the earliest"
    assert lines[1] == "Course * | 2027-03-01 | 2027-04-12 | 2027-03-01 | none | 240.00 USD | from today"
    assert lines[-1] == "Check every date with the issuer."


def test_with_rich_the_text_is_the_table_of_the_terminal(timeline: Timeline) -> None:
    pytest.importorskip("rich")
    lines = timeline_text(timeline).splitlines()
    assert lines[0] == "Barista: the job starts on 2027-04-12 at the earliest (* least slack)"
    assert lines[1].split() == ["Step", "Start", "Done", "by", "Latest", "Slack", "Cost", "Why"]
    assert lines[-1]


@pytest.mark.usefixtures("no_extras")
def test_an_empty_plan_says_so(timeline: Timeline) -> None:
    empty = attrs.evolve(timeline, finish=None, steps=(), renewals=(), notices=())
    assert Reader(timeline_html(empty)).elements["table"] == 0
    assert "Barista: no plan" in timeline_html(empty)
    assert timeline_text(empty).splitlines()[0] == "Barista: no plan"


@pytest.mark.usefixtures("no_extras")
def test_no_title_changes_what_a_page_is_made_of(timeline: Timeline) -> None:
    plain, nasty = timeline_html(timeline), timeline_html(renamed(timeline, NASTY))
    assert Reader(plain).elements == Reader(nasty).elements
    assert not {"\u202e", "\x1b"} & set(nasty)
    assert len(timeline_text(renamed(timeline, NASTY)).splitlines()) == len(timeline_text(timeline).splitlines())


@pytest.mark.usefixtures("no_extras")
def test_what_is_done_has_no_price_any_more(timeline: Timeline) -> None:
    from career_path import Status  # noqa: PLC0415

    first, *rest = timeline.steps
    done = attrs.evolve(timeline, steps=(attrs.evolve(first, status=Status.FINISHED, start=None), *rest))
    assert Reader(timeline_html(done)).rows[1][1:2] == [""]
    assert Reader(timeline_html(done)).rows[1][5:] == ["", "finished"]


def test_a_pathway_shows_its_steps_credentials_notes_and_sources() -> None:
    html = pathway_html(PATHWAY)
    read = Reader(html)
    assert "<strong><bdi>Barista</bdi></strong><br>Goal: <bdi>Job</bdi>" in html
    assert read.rows[1] == ["Course", "program", "6 weeks", "240.00 USD", "", "", ""]
    assert read.rows[2] == ["Test", "exam", "", "not known", "Course", "", "BAR (GUILD)"]
    assert read.rows[5] == ["BAR (GUILD)", "Barista card", "no end date in this pathway"]
    assert "<summary>Notes (2)</summary>" in html
    assert "<strong><bdi>Test</bdi></strong>: <bdi>Bring a pen.</bdi>" in html
    assert read.links == ["https://example.org/rules"]
    assert "(checked 2027-03-01)" in html


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//example.org", "cpr.heart.org", " x"])
def test_only_addresses_of_the_web_become_links(address: str) -> None:
    pathway = attrs.evolve(PATHWAY, sources=[Source("S1", title="Rules", address=address)])
    html = pathway_html(pathway)
    assert Reader(html).links == []
    assert html_text(address) in html


def test_an_address_cannot_leave_its_attribute() -> None:
    pathway = attrs.evolve(PATHWAY, sources=[Source("S1", address='https://a.example/"onclick="x')])
    assert Reader(pathway_html(pathway)).links == ['https://a.example/"onclick="x']


def test_a_pathway_with_nothing_but_a_step_has_nothing_to_unfold() -> None:
    read = Reader(pathway_html(Pathway("tiny", goal="job", steps=[Step("job", cost=Decimal(1))])))
    assert read.elements["table"] == 1
    assert read.elements["details"] == 0
    assert read.rows[1] == ["job", "experience", "", "1.00 USD", "", "", ""]
