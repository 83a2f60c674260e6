"""The page about a plan: whole, safe whatever a title says, and told to those who do not see it."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_path import Learner, load_catalog, plan
from career_path.model.pathway import Source, StepKind, Sure
from career_path.model.timeline import (
    Conflict,
    ConflictKind,
    Deadline,
    DeadlineKind,
    NoRouteError,
    Notice,
    NoticeKind,
    PlannedStep,
    Reason,
    ReasonKind,
    Renewal,
    RunnerUp,
    Status,
    Timeline,
    TotalCost,
)
from career_path.views.page import format_fragment, format_page

TODAY = dt.date(2027, 1, 4)
START = dt.date(2027, 1, 11)
DONE = dt.date(2027, 7, 26)
EXAM_DAY = dt.date(2027, 8, 2)
VOID = {"br", "meta"}
"""The elements of our pages that have no end tag; those of SVG close themselves."""


class Parsed(HTMLParser):
    """A page taken apart: its tags with their attributes in order, its text, and that every tag is closed in turn."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice in {tag}"
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        assert self.open.pop() == tag

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts.append((self.open[-1], data))

    @property
    def text(self) -> str:
        """What is read, with one blank for each gap."""
        return " ".join(" ".join(text for tag, text in self.texts if tag != "style").split())

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of each element of that name."""
        return [attributes for name, attributes in self.tags if name == tag]

    def values(self, name: str) -> list[str]:
        """All values of an attribute."""
        return [attributes[name] for _, attributes in self.tags if name in attributes]


PROGRAM = PlannedStep(
    id="program",
    title="Program",
    kind=StepKind.PROGRAM,
    status=Status.PLANNED,
    start=START,
    finish=DONE,
    latest_start=START,
    latest_finish=DONE,
    slack_days=0,
    is_critical=True,
    cost=Decimal("3600.00"),
    reasons=(Reason(kind=ReasonKind.LEARNER_START, rule="learner.start", on=START),),
    runner_up=RunnerUp(reason=Reason(kind=ReasonKind.TODAY, rule="today", on=TODAY), on=TODAY, days=7),
    sources=("A1",),
)
EXAM = PlannedStep(
    id="exam",
    title="CMA exam",
    kind=StepKind.EXAM,
    status=Status.PLANNED,
    start=EXAM_DAY,
    finish=EXAM_DAY,
    latest_start=dt.date(2027, 8, 16),
    latest_finish=dt.date(2027, 8, 16),
    slack_days=14,
    reasons=(
        Reason(
            kind=ReasonKind.NEEDS,
            rule="steps.exam.requires: program lag P7D",
            on=EXAM_DAY,
            waits_for="program",
            event="finish",
            event_on=DONE,
            span="P7D",
        ),
    ),
    latest_reasons=(Reason(kind=ReasonKind.OPENING, rule="steps.exam.opens", on=dt.date(2027, 8, 16)),),
    needs=("program",),
    needs_any_order=("gone",),
    sources=("A2", "A3"),
)
PLAN = Timeline(
    pathway="medic",
    title="Medic",
    learner="me",
    today=TODAY,
    horizon=dt.date(2127, 1, 4),
    finish=EXAM_DAY,
    cost=TotalCost(amount=Decimal("3600.00"), currency="USD", unknown=("exam",)),
    reasons=(
        Reason(
            kind=ReasonKind.GOAL,
            rule="goal: exam",
            on=EXAM_DAY,
            waits_for="exam",
            event="finish",
            event_on=EXAM_DAY,
        ),
    ),
    needs=("exam",),
    steps=(PROGRAM, EXAM),
    deadlines=(
        Deadline(id="2", kind=DeadlineKind.SITTING_ENDS, on=dt.date(2027, 8, 16), step="exam"),
        Deadline(id="1", kind=DeadlineKind.ENROLL_BY, on=dt.date(2027, 1, 1), step="program"),
    ),
    renewals=(
        Renewal(credential="bls", number=1, valid_from=START, valid_through=None),
        Renewal(credential="cma", number=1, valid_from=EXAM_DAY, valid_through=dt.date(2032, 8, 31)),
        Renewal(
            credential="cma",
            number=2,
            valid_from=dt.date(2032, 9, 1),
            valid_through=dt.date(2037, 8, 31),
            act_by=dt.date(2032, 8, 1),
        ),
    ),
    notices=(Notice(kind=NoticeKind.UNSURE_FACT, steps=("exam",), detail=("cost",)),),
    sources=(
        Source(id="A1", title="Handbook", publisher="AAMA", address="https://aama.example/a?b=1&c=2", sure=Sure.BODY),
        Source(id="A2", title="A letter", address="cpr page 3", sure=Sure.MEMORY),
        Source(id="A3", address="javascript:alert(1)", checked=TODAY, as_of=START),
    ),
    names=(("program", "Program"), ("exam", "CMA exam"), ("cma", "CMA (AAMA)"), ("bls", "BLS (AHA)")),
    version="0.1.0",
    input_hash="0123abcd",
)
CONFLICT = Conflict(
    kind=ConflictKind.FINISH_BY, rules=("deadline",), days=9, on=START, repairs=("start 9 days earlier",)
)
EMPTY = attrs.evolve(
    PLAN, steps=(), deadlines=(), renewals=(), notices=(), sources=(), needs=(), reasons=(), finish=TODAY, version=""
)


def catalog_plan(finish_by: dt.date | None = None) -> Timeline:
    learner = Learner(start=START, weekly_hours=20, choose=["cma-aama"])
    return plan(load_catalog("medical-assistant"), learner, today=TODAY, finish_by=finish_by)


def many_steps(count: int) -> Timeline:
    """A chain of exams, each with the reason that it follows the last."""
    steps = [
        attrs.evolve(
            EXAM,
            id=f"s{number}",
            title=f"Exam {number}",
            needs=(f"s{number - 1}",) if number else (),
            reasons=(attrs.evolve(EXAM.reasons[0], waits_for=f"s{number - 1}" if number else None),),
        )
        for number in range(count)
    ]
    names = tuple((step.id, step.title) for step in steps)
    return attrs.evolve(PLAN, steps=tuple(steps), names=names, reasons=(), needs=(steps[-1].id,), deadlines=())


def titled(title: str) -> Timeline:
    """The plan with this text wherever others may write one."""
    return attrs.evolve(
        PLAN,
        title=title,
        learner=title,
        pathway=title,
        version=title,
        input_hash=title,
        steps=tuple(attrs.evolve(step, title=title) for step in PLAN.steps),
        names=tuple((name, title) for name, _ in PLAN.names),
        conflicts=(attrs.evolve(CONFLICT, rules=(title,), repairs=(title,)),),
        notices=(*PLAN.notices, Notice(kind=NoticeKind.RECORD_BREAKS_RULE, steps=("exam",), detail=(title,))),
        sources=(unchecked_source(title=title, publisher=title), *PLAN.sources[1:]),
    )


def unchecked_source(**fields: str) -> Source:
    """A source with texts that no source may have; the page must not rely on that."""
    source = attrs.evolve(PLAN.sources[0])
    for name, value in fields.items():
        object.__setattr__(source, name, value)
    return source


CASES: dict[str, Callable[[], Timeline]] = {
    "by hand": lambda: PLAN,
    "catalog": catalog_plan,
    "latest dates": lambda: catalog_plan(dt.date(2028, 1, 1)),
    "empty": lambda: EMPTY,
    "no route": lambda: attrs.evolve(EMPTY, finish=None, conflicts=(CONFLICT,), is_feasible=False),
    "no days": lambda: attrs.evolve(
        PLAN, steps=(attrs.evolve(EXAM, status=Status.WAIVED, start=None, finish=None, reasons=(), needs=()),)
    ),
    "200 steps": lambda: many_steps(200),
    "the same id twice": lambda: attrs.evolve(PLAN, steps=(PROGRAM, EXAM, EXAM)),
    "a long title": lambda: titled("W" * 200),
    "right to left": lambda: titled("مساعد طبي معتمد"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_pages_are_well_formed_and_every_reference_leads_somewhere(case: Callable[[], Timeline]) -> None:
    page = Parsed(format_page(case()))
    ids = page.values("id")
    assert len(set(ids)) == len(ids)
    referred = [
        each
        for name in ("aria-labelledby", "aria-describedby")
        for value in page.values(name)
        for each in value.split()
    ]
    assert set(referred) <= set(ids)
    assert {href[1:] for href in page.values("href") if href.startswith("#")} <= set(ids)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_pages_load_nothing_and_run_nothing(case: Callable[[], Timeline]) -> None:
    page = Parsed(format_page(case()))
    names = {name for _, attributes in page.tags for name in attributes}
    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    assert not {name for name in names if name.startswith("on") or name in {"src", "srcset", "style", "xlink:href"}}
    assert "url(" not in format_page(case())
    assert "@import" not in format_page(case())


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_pages_have_landmarks_and_headings_in_order(case: Callable[[], Timeline]) -> None:
    page = Parsed(format_page(case()))
    assert page.all("html") == [{"lang": "en"}]
    assert [len(page.all(tag)) for tag in ("header", "nav", "main", "footer", "h1", "title")] >= [1] * 6
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(attributes["scope"] in {"row", "col"} for attributes in page.all("th"))
    pictures = [attributes for attributes in page.all("svg") if attributes.get("role") == "img"]
    assert all("aria-labelledby" in attributes for attributes in pictures)


def test_a_skip_link_comes_before_everything_else() -> None:
    page = Parsed(format_page(PLAN))
    assert page.all("a")[0] == {"class": "skip", "href": "#main"}
    assert page.all("main") == [{"id": "main", "tabindex": "-1"}]


def test_the_policy_allows_our_style_sheet_and_nothing_else() -> None:
    text = format_page(PLAN)
    page = Parsed(text)
    style = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    assert len(style) == 1
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    assert page.all("meta")[1] == {"http-equiv": "Content-Security-Policy", "content": policy}


def test_the_page_tells_what_the_plan_of_the_readme_says() -> None:
    text = Parsed(format_page(catalog_plan())).text
    for told in (
        "Certified medical assistant",
        "The job starts on 1 Nov 2027 at the earliest",
        "at least 3725.00 USD; cost of BLS course and card is not known",
        "BLS (AHA) : 28 Feb 2029",
        "CMA (AAMA) : 30 Sep 2032",
        "Check every date with the issuer.",
        "Apply to the AAMA application 26 Jul 2027 4 Aug 2027 9 Sep 2027 45 days 125.00 USD",
        "Latest day to apply for this plan: Apply to the AAMA",
        "This is a day of this plan and no official closing day.",
        "From memory, not confirmed, so ask first: cost of Program classes.",
        "https://www.aama-ntl.org/cma-aama-exam/eligibility",
        "checked 23 Nov 2026",
        "Worked out for 4 Jan 2027 by career-path 0.1.0",
    ):
        assert told in text
    assert "No plan" not in text


def test_each_step_tells_its_reasons_back_to_the_root_in_a_list_of_its_own() -> None:
    text = Parsed(format_page(PLAN)).text
    assert "All reasons for CMA exam “ CMA exam ” starts on 2 Aug 2027 at the earliest." in text
    assert "Your plan starts on 11 Jan 2027. Without that, today would allow 4 Jan 2027, 7 days earlier." in text
    assert "“ CMA exam ” starts on 16 Aug 2027 at the latest." in text
    assert "Waits for Program" in text
    assert "Before or after it, but with it gone" in text
    assert "Why not sooner? The goal is reached on 2 Aug 2027 at the earliest." in text


def test_in_a_long_plan_each_step_tells_the_reason_that_decides_and_no_more() -> None:
    short, long = (Parsed(format_page(many_steps(count))) for count in (40, 41))
    # Each waits for the one before it, so the chains of 40 are 1, 2 … 40 long; each step also tells its first reason.
    assert short.text.count("may follow 7 days later") == 40 * 41 // 2 + 40
    assert long.text.count("may follow 7 days later") == 41 + 41


def test_deadlines_come_by_day_and_past_ones_are_marked() -> None:
    text = Parsed(format_page(PLAN)).text
    assert text.index("1 Jan 2027 past") < text.index("Latest day to sit for this plan: CMA exam")
    assert text.count(" past ") == 1


def test_validity_shows_the_columns_that_are_known() -> None:
    text = Parsed(format_page(PLAN)).text
    assert "Credential Period Valid from Valid through Act by BLS (AHA)" in text
    assert "BLS (AHA) as first granted 11 Jan 2027 no end date in this pathway –" in text
    assert "CMA (AAMA) renewal 1 1 Sep 2032 31 Aug 2037 1 Aug 2032" in text
    assert "Grace through" not in text


def test_only_addresses_of_the_web_are_links_and_they_tell_nothing_about_the_reader() -> None:
    page = Parsed(format_page(PLAN))
    outside = [attributes for attributes in page.all("a") if not attributes["href"].startswith("#")]
    assert outside == [{"href": "https://aama.example/a?b=1&c=2", "rel": "noopener noreferrer"}]
    assert "cpr page 3" in page.text
    assert "javascript:alert(1)" in page.text
    assert "from a report by someone else, as of 11 Jan 2027 , checked 4 Jan 2027" in page.text


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//host/x",
        "https:",
        "http://[",
        "mailto:a@example.org",
        "java\tscript:alert(1)",
        "https://a.example/\u202e",
        "ftp://a.example",
        "",
    ],
)
def test_other_addresses_are_text(address: str) -> None:
    page = Parsed(format_page(attrs.evolve(EMPTY, sources=(unchecked_source(address=address),))))
    assert all(href.startswith("#") for href in page.values("href"))


def test_conflicts_come_first_with_what_helps() -> None:
    text = Parsed(format_page(attrs.evolve(PLAN, conflicts=(CONFLICT,)))).text
    assert text.index("You cannot be done by 11 Jan 2027, but 9 days later.") < text.index("Cost still to pay")
    assert "What helps: start 9 days earlier" in text


def test_a_pathway_without_a_route_says_so_and_why() -> None:
    learner = Learner(weekly_hours=20, choose=["cma-aama"], avoid=["program"])
    with pytest.raises(NoRouteError) as caught:
        plan(load_catalog("medical-assistant"), learner, today=TODAY)
    text = Parsed(format_page(caught.value.timeline)).text
    assert "No plan leads to this goal." in text
    assert "What you chose and avoid leaves no route" in text
    assert "Steps" not in text


def test_a_plan_without_steps_shows_no_empty_tables() -> None:
    page = Parsed(format_page(EMPTY))
    assert page.all("table") == []
    assert page.all("svg") == []
    assert "Timeline" not in page.text


def test_a_plan_of_latest_dates_has_no_column_of_slack() -> None:
    page = Parsed(format_page(catalog_plan(dt.date(2028, 1, 1))))
    assert "Begun as late as possible. The job starts on 31 Dec 2027" in page.text
    assert "Wanted by 1 Jan 2028" in page.text
    assert "Slack" not in page.text
    assert "each as late as it may be" in page.text


def test_a_plan_too_large_for_a_graph_lists_what_waits_for_what() -> None:
    text = Parsed(format_page(many_steps(200))).text
    assert "Exam 2 waits for Exam 1" in text
    assert "The goal waits for Exam 199" in text
    assert "Timeline of steps 193 to 200 of 200" in text


def test_free_text_is_isolated_and_our_sentences_stay_left_to_right() -> None:
    page = format_page(titled("مساعد"))
    assert "<h1><bdi>مساعد</bdi></h1>" in page
    assert '<bdi dir="ltr">“<bdi>مساعد</bdi>”' in page


def test_control_characters_never_reach_the_page() -> None:
    page = format_page(titled("a\x00b\x1b[31m\u202e\x85\u2028\ud800 end"))
    assert "a\ufffdb\ufffd[31m" in page
    assert not set(page) & set("\x00\x1b\u202e\x85\u2028\ud800")
    assert page.encode()


NAUGHTY = (
    "</title><script>alert(1)</script>",
    "</style><style>*{display:none}",
    '" onload="alert(1)',
    "' autofocus onfocus='alert(1)",
    "<svg/onload=alert(1)>",
    "</text></svg><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt;&#60;script&#62;",
    "“</bdi><b>”",
    "<!--",
    "]]>",
)


def shape(text: str) -> set[tuple[str, frozenset[str]]]:
    return {(tag, frozenset(attributes)) for tag, attributes in Parsed(text).tags}


@pytest.mark.parametrize("title", NAUGHTY)
def test_no_title_changes_the_tags_of_a_page(title: str) -> None:
    page = format_page(titled(title))
    assert shape(page) == shape(format_page(titled("Medic")))
    assert shape(format_fragment(titled(title))) == shape(format_fragment(titled("Medic")))
    assert title in Parsed(page).text.replace("“ ", "“").replace(" ”", "”") or "”" in title


@given(st.text(min_size=1, max_size=60))
def test_no_text_at_all_changes_the_tags_of_a_page(title: str) -> None:
    # A text that shows nothing may leave out what would hold it.
    assert shape(format_page(titled(title))) <= shape(format_page(titled("Medic")))


def test_the_same_plan_gives_the_same_page_in_every_process() -> None:
    pages = {_page_elsewhere(seed) for seed in ("1", "2")}
    assert pages == {hashlib.sha256(format_page(catalog_plan()).encode()).hexdigest()}


def _page_elsewhere(seed: str) -> str:
    program = (
        "import datetime as dt, hashlib\n"
        "from career_path import Learner, load_catalog, plan\n"
        "from career_path.views.page import format_page\n"
        "learner = Learner(start=dt.date(2027, 1, 11), weekly_hours=20, choose=['cma-aama'])\n"
        "made = plan(load_catalog('medical-assistant'), learner, today=dt.date(2027, 1, 4))\n"
        "print(hashlib.sha256(format_page(made).encode()).hexdigest())\n"
    )
    return _run(program, {"PYTHONHASHSEED": seed, "TZ": "Pacific/Kiritimati"}).stdout.strip()


def _run(program: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **(environment or {})},
    )


def test_without_the_template_library_the_message_names_the_extra() -> None:
    run = _run("import sys; sys.modules['jinja2'] = None; import career_path.views.page_templates")
    assert run.stderr.strip().endswith(
        "MissingExtraError: a plan as HTML needs the extra 'html': pip install 'career-path[html]'"
    )


# The card for notebooks


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_card_is_one_element_without_ids_so_that_many_fit_into_a_page(case: Callable[[], Timeline]) -> None:
    text = format_fragment(case())
    card = Parsed(text)
    assert card.tags[0] == ("div", {"class": "career-path career-path-card"})
    assert text.endswith("</div>\n")
    assert card.values("id") == card.values("aria-labelledby") == card.values("href") == []
    assert all("aria-label" in attributes for attributes in card.all("svg") if "role" in attributes)


def selectors(style: str) -> Iterator[str]:
    """Every selector of a style sheet, those inside of media queries too."""
    for rules in re.findall(r"([^{}]+)\{", style):
        yield from (each.strip() for each in rules.split(",") if not each.strip().startswith("@media"))


def test_the_styles_of_a_card_touch_nothing_else() -> None:
    style = re.findall(r"<style>(.*?)</style>", format_fragment(PLAN), re.DOTALL)[0]
    found = list(selectors(style))
    assert len(found) > 20
    assert all(re.match(r"\.career-path(-card)?( |$)", each) for each in found)


def test_a_card_tells_the_finish_the_cost_and_each_step() -> None:
    text = Parsed(format_fragment(PLAN)).text
    for told in (
        "Medic : Done by 2 Aug 2027 ; at least 3600.00 USD; cost of CMA exam is not known",
        "2 steps",
        "CMA exam 2 Aug 2027 2 Aug 2027 14 days not known 7 days after Program",
        "Check every date with the issuer.",
    ):
        assert told in text
    assert "No plan" in Parsed(format_fragment(CASES["no route"]())).text
