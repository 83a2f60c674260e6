"""Markdown of hand-made plans, word for word; and read back by a parser, to see that titles stay words."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from career_path import Learner, load_catalog, plan
from career_path.model.pathway import Source, StepKind
from career_path.model.timeline import (
    Conflict,
    ConflictKind,
    Deadline,
    DeadlineKind,
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
from career_path.views.markdown import escaped, format_markdown
from career_path.views.plain import one_line

TODAY = dt.date(2027, 1, 4)
START = dt.date(2027, 1, 11)
DONE = dt.date(2027, 7, 26)
JOB_DAY = dt.date(2027, 8, 2)

FROM_START = Reason(kind=ReasonKind.LEARNER_START, rule="learner.start", on=START)
AFTER_PROGRAM = Reason(
    kind=ReasonKind.NEEDS,
    rule="steps.job.requires: program lag P7D",
    on=JOB_DAY,
    waits_for="program",
    event="finish",
    event_on=DONE,
    span="P7D",
)
DIPLOMA = PlannedStep(
    id="diploma",
    title="Diploma",
    kind=StepKind.DIPLOMA,
    status=Status.FINISHED,
    start=None,
    finish=dt.date(2026, 12, 1),
    cost=Decimal(77),
)
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
    reasons=(FROM_START,),
    runner_up=RunnerUp(reason=Reason(kind=ReasonKind.TODAY, rule="today", on=TODAY), on=TODAY, days=7),
    needs=("diploma",),
    sources=("A1",),
)
CARD = PlannedStep(
    id="card",
    title="",
    kind=StepKind.PAPER,
    status=Status.REDO,
    start=START,
    finish=START,
    latest_start=dt.date(2027, 1, 21),
    latest_finish=dt.date(2027, 1, 21),
    slack_days=10,
    reasons=(FROM_START,),
)
JOB = PlannedStep(
    id="job",
    title="Job",
    kind=StepKind.JOB,
    status=Status.PLANNED,
    start=JOB_DAY,
    finish=JOB_DAY,
    latest_start=JOB_DAY,
    latest_finish=JOB_DAY,
    slack_days=0,
    is_critical=True,
    cost=Decimal(0),
    reasons=(AFTER_PROGRAM,),
    needs=("program", "card"),
)
PLAN = Timeline(
    pathway="medic",
    title="Medic",
    learner="me",
    today=TODAY,
    horizon=dt.date(2127, 1, 4),
    finish=JOB_DAY,
    target=JOB_DAY,
    cost=TotalCost(amount=Decimal("3600.00"), currency="USD", unknown=("card",)),
    reasons=(
        Reason(kind=ReasonKind.NEEDS, rule="goal: job", on=JOB_DAY, waits_for="job", event="finish", event_on=JOB_DAY),
    ),
    needs=("job",),
    steps=(DIPLOMA, PROGRAM, CARD, JOB),
    deadlines=(
        Deadline(id="e", kind=DeadlineKind.EXPIRES, on=dt.date(2032, 8, 31), credential="cma"),
        Deadline(id="n", kind=DeadlineKind.ENROLL_BY, on=START, step="program"),
        Deadline(id="p", kind=DeadlineKind.DUTY_BY, on=dt.date(2027, 1, 3), step="job"),
    ),
    renewals=(
        Renewal(credential="cma", number=1, valid_from=JOB_DAY, valid_through=dt.date(2032, 8, 31)),
        Renewal(credential="cma", number=2, valid_from=dt.date(2032, 9, 1), valid_through=dt.date(2037, 8, 31)),
        Renewal(credential="badge", number=1, valid_from=JOB_DAY, valid_through=None),
    ),
    conflicts=(
        Conflict(
            kind=ConflictKind.DEADLINE, rules=("deadline",), days=2, on=dt.date(2027, 7, 31), repairs=("start earlier",)
        ),
    ),
    notices=(Notice(kind=NoticeKind.UNKNOWN_COST, steps=("card",)),),
    sources=(
        Source("A1", title="Rules", publisher="AAMA", address="https://x.org/?a=1&b=2", checked=dt.date(2026, 11, 23)),
        Source("memory", address="a folder", as_of=dt.date(2026, 6, 1)),
    ),
    names=(("program", "Program"), ("cma", "CMA (AAMA)"), ("badge", "Badge"), ("job", "Job"), ("card", "card")),
)

EXPECTED = """\
# Medic: the job starts on 2 Aug 2027 at the earliest

As of 4 Jan 2027. Cost: at least 3600.00 USD; cost of card is not known. \
Valid: CMA (AAMA) through 31 Aug 2032; Badge, no end date in this pathway.

## Conflicts

- The deadline of 31 Jul 2027 is missed by 2 days.
  - What helps: start earlier

## Steps

| Step | Start | Done by | Latest start | Slack | Cost (USD) | Why |
| --- | --- | --- | --- | --- | --- | --- |
| Diploma |  | 2026-12-01 |  |  |  | finished |
| **Program** | 2027-01-11 | 2027-07-26 | 2027-01-11 | none | 3600.00 | from your start |
| card | 2027-01-11 | 2027-01-11 | 2027-01-21 | 10 days | not known | again, from your start |
| **Job** | 2027-08-02 | 2027-08-02 | 2027-08-02 | none | 0.00 | 7 days after Program |

**Bold**: least slack.

## Deadlines

| Day | What | After it |
| --- | --- | --- |
| 2027-01-03 (past) | Last day to do: Job | After this day “Job” is late; \
ask the issuer what is possible then. |
| 2027-01-11 | Latest day to enroll for this plan: Program | Whoever enrolls later in “Program” is done \
after 2 Aug 2027. This is a day of this plan and no official closing day. |
| 2032-08-31 | Last day it is valid: CMA (AAMA) | The validity of “CMA (AAMA)” ends with this day; \
ask the issuer what is possible then. |

## First expiries

| Credential | Valid from | Valid through |
| --- | --- | --- |
| CMA (AAMA) | 2027-08-02 | 2032-08-31 |
| Badge | 2027-08-02 | no end date in this pathway |

## Renewals to come

| Credential, cycle | Valid from | Valid through |
| --- | --- | --- |
| CMA (AAMA), 2 | 2032-09-01 | 2037-08-31 |

## Notices

- The cost of card is not known and not in the total.

## Why these dates

The goal is reached on 2 Aug 2027 at the earliest.

1. The goal needs “Job”, which is done on 2 Aug 2027.
2. “Program” is done on 26 Jul 2027, and “Job” may follow 7 days later.
3. “Program” takes 196 days, from 11 Jan 2027 on.
4. Your plan starts on 11 Jan 2027. Without that, today would allow 4 Jan 2027, 7 days earlier.

- **Program**
  - “Program” starts on 11 Jan 2027 at the earliest. Your plan starts on 11 Jan 2027. \
Without that, today would allow 4 Jan 2027, 7 days earlier.
- **card**
  - “card” starts on 11 Jan 2027 at the earliest. Your plan starts on 11 Jan 2027.
- **Job**
  - “Job” starts on 2 Aug 2027 at the earliest. “Program” is done on 26 Jul 2027, and “Job” may follow 7 days later.

## Steps by day

```mermaid
gantt
    accTitle: Medic: steps by day
    title Medic
    dateFormat YYYY-MM-DD
    axisFormat %b %Y
    tickInterval 2month
    todayMarker off
    section Steps
    Diploma :done, milestone, s1, 2026-12-01, 2026-12-01
    Program :crit, s2, 2027-01-11, 2027-07-26
    card :milestone, s3, 2027-01-11, 2027-01-11
    Job :crit, milestone, s4, 2027-08-02, 2027-08-02
    section Credentials
    CMA (AAMA), through 2032-08-31 :milestone, c1, 2027-08-02, 2027-08-02
    Badge, no end date in this pathway :milestone, c2, 2027-08-02, 2027-08-02
```

## What waits for what

```mermaid
flowchart TD
    accTitle: Medic: what waits for what
    s1("Diploma<br/>diploma, finished<br/>1 Dec 2026")
    s2["Program<br/>program<br/>11 Jan 2027<br/>to 26 Jul 2027"]
    s3("card<br/>paper, redo<br/>11 Jan 2027")
    s4[["Job<br/>job<br/>2 Aug 2027"]]
    goal(("Goal<br/>2 Aug 2027"))
    s1 --> s2
    s2 --> s4
    s3 --> s4
    s4 --> goal
    classDef critical stroke-width:4px
    class s2,s4 critical
    classDef done stroke-dasharray:5 5
    class s1 done
```

An arrow leads from a step to what waits for it. Thick frame: least slack. Dashed frame: done.

## Sources

- A1: [Rules, AAMA](<https://x.org/?a=1&amp;b=2>), from a report by someone else, checked 2026-11-23
- memory: memory, a folder, from a report by someone else, as of 2026-06-01, not checked

Check every date with the issuer.
"""


def test_a_plan_is_told_from_bad_news_to_sources() -> None:
    assert format_markdown(PLAN) == EXPECTED


def test_what_is_not_there_has_no_heading() -> None:
    bare = attrs.evolve(PLAN, steps=(), deadlines=(), renewals=(), conflicts=(), notices=(), sources=(), finish=None)
    bare = attrs.evolve(bare, reasons=(), needs=())
    assert format_markdown(bare) == "# Medic: no plan\n\nAs of 4 Jan 2027.\n\nCheck every date with the issuer.\n"


def test_a_plan_that_cannot_be_shows_its_conflicts() -> None:
    conflict = Conflict(kind=ConflictKind.NO_SCHEDULE, rules=("steps.job.opens",))
    bare = attrs.evolve(PLAN, steps=(), reasons=(), needs=(), finish=None, is_feasible=False, conflicts=(conflict,))
    told = "No dates satisfy all of these rules together: the days on which you can start “Job”."
    assert f"\n## Conflicts\n\n- {told}\n" in format_markdown(bare)


def first_line(timeline: Timeline) -> str:
    return format_markdown(timeline).partition("\n")[0]


def test_the_heading_tells_when_the_plan_is_done() -> None:
    assert first_line(attrs.evolve(PLAN, title="", is_latest=True)) == "# medic: the job starts on 2 Aug 2027"
    done = attrs.evolve(JOB, status=Status.FINISHED)
    assert first_line(attrs.evolve(PLAN, steps=(done,))) == "# Medic: done by 2 Aug 2027"
    assert first_line(attrs.evolve(PLAN, steps=(PROGRAM,), finish=DONE)) == "# Medic: done by 26 Jul 2027"


def test_no_step_is_bold_where_none_is_critical() -> None:
    text = format_markdown(attrs.evolve(PLAN, steps=(attrs.evolve(CARD, status=Status.RUNNING, reasons=()),)))
    assert "Bold" not in text
    assert "| card | 2027-01-11 | 2027-01-11 | 2027-01-21 | 10 days | not known | running |" in text


def test_a_plan_made_backward_tells_why_it_is_not_later() -> None:
    learner = Learner(start=START, weekly_hours=20, choose=["cma-aama"])
    backward = plan(load_catalog("medical-assistant"), learner, today=TODAY, finish_by=dt.date(2028, 3, 1))
    [section] = re.findall(r"(?s)## Why these dates\n\n(.*?)\n\n## ", format_markdown(backward))
    assert section.startswith(
        "The goal is reached on 1 Mar 2028 at the latest.\n\n1. You want to be done by 1 Mar 2028."
    )
    assert "at the earliest" not in section


def test_days_to_renew_have_columns_where_they_are_known() -> None:
    renewal = attrs.evolve(PLAN.renewals[0], opens=dt.date(2032, 1, 1), act_by=dt.date(2032, 8, 1))
    text = format_markdown(attrs.evolve(PLAN, renewals=(renewal, PLAN.renewals[2])))
    assert "| CMA (AAMA) | 2027-08-02 | 2032-08-31 | 2032-01-01 | 2032-08-01 |\n" in text
    assert "| Badge | 2027-08-02 | no end date in this pathway |  |  |\n" in text


def test_a_plan_too_large_for_mermaid_has_no_diagram() -> None:
    # 501 arrows of `s1`, the most that Mermaid draws unasked being 500.
    many = attrs.evolve(PLAN, steps=(attrs.evolve(PROGRAM, needs=("program",) * 500),), needs=("program",))
    text = format_markdown(many)
    assert "flowchart" not in text
    assert "## What waits for what\n\nThe plan is too large for a diagram.\n" in text
    assert "flowchart" in format_markdown(attrs.evolve(many, needs=()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CMA (AAMA) exam, part 1/2: 50% off!", "CMA (AAMA) exam, part 1/2: 50% off!"),
        ("a|b \\| c", r"a&#124;b \\&#124; c"),
        ("`code` *b* _i_ ~~s~~", r"\`code\` \*b\* \_i\_ \~\~&#8203;s\~\~"),
        ("[x](javascript:y) ![i](z)", r"\[x\](javascript:y) !\[i\](z)"),
        ("<b>&amp;</b>", "&lt;b&gt;&amp;&#8203;amp;&lt;/b&gt;"),
        ("@nurse me@x.org", "@&#8203;nurse me@&#8203;x.org"),
        ("#12 GH-12 a/b#12 # x", r"\#&#8203;12 GH-&#8203;12 a/b\#&#8203;12 \# x"),
        (
            '!12 %1 &3 ~bug $5 ~"a b"',
            r"!&#8203;12 %&#8203;1 &amp;&#8203;3 \~&#8203;bug &#36;&#8203;5 " + r"\~&#8203;" + '"a b"',
        ),
        ("https://x.org www.x.org", "https:&#8203;//x.org www&#8203;.x.org"),
        (":tada: 10:20", ":&#8203;tada: 10:20"),
        ("- a", r"\- a"),
        ("+ a", r"\+ a"),
        ("1. a", r"1\. a"),
        ("12) a", r"12\) a"),
        ("--- ", r"\---"),
        ("a\n\n# b\tc\u202e\x00", "a \\# b c\ufffd"),
        ("{{x}} $$y$$", r"\{\{x\}\} &#36;&#36;&#8203;y&#36;&#36;"),
        ("", ""),
    ],
)
def test_text_is_escaped(text: str, expected: str) -> None:
    assert escaped(text) == expected


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("http://x.org/a b", "R, http:&#8203;//x.org/a b, from a report by someone else, not checked"),
        ("javascript:alert(1)", "R, javascript:alert(1), from a report by someone else, not checked"),
        ("HTTPS://x.org", "[R](<HTTPS://x.org>), from a report by someone else, not checked"),
        ("https://", "R, https:&#8203;//, from a report by someone else, not checked"),
        ("https://[x", r"R, https:&#8203;//\[x, from a report by someone else, not checked"),
        ("https://x.org/>`é", "[R](<https://x.org/%3E%60%C3%A9>), from a report by someone else, not checked"),
        ("", "R, from a report by someone else, not checked"),
    ],
)
def test_only_addresses_of_the_web_are_links(address: str, shown: str) -> None:
    source = Source("A1", title="R", address=address)
    text = format_markdown(attrs.evolve(PLAN, sources=(source,)))
    assert f"\n- A1: {shown}\n" in text


def parser() -> MarkdownIt:
    """CommonMark with the tables, strikethrough and bare addresses of GitHub, raw HTML included."""
    markdown = MarkdownIt("gfm-like", {"html": True, "typographer": False})
    assert markdown.linkify is not None
    markdown.linkify.set({"fuzzy_link": False})  # GitHub makes no link of a bare `x.org`
    return markdown


def tokens_of(text: str) -> list[Token]:
    return [each for token in parser().parse(text) for each in (token, *(token.children or ()))]


def outline(text: str) -> list[str]:
    """The structure of a document: its tokens without words."""
    return [token.type for token in tokens_of(text) if token.type not in {"text", "text_special"}]


def cells(text: str) -> list[str]:
    """What a reader finds in the cells of the first column, without invisible blanks."""
    rows = parser().parse(text)
    firsts = [rows[at + 2] for at, token in enumerate(rows) if token.type == "tr_open"]
    words = ["".join(child.content for child in each.children or ()) for each in firsts]
    return [word.replace("\u200b", "") for word in words]


def titled(title: str) -> Timeline:
    """The plan with one title for everything."""
    renamed = tuple((name, title) for name, _ in PLAN.names)
    return attrs.evolve(
        PLAN,
        title=title,
        steps=tuple(attrs.evolve(step, title=title) for step in PLAN.steps),
        names=renamed,
        conflicts=(attrs.evolve(PLAN.conflicts[0], rules=(title,), repairs=(title,)),),
        notices=(Notice(kind=NoticeKind.TAKEN_AS_MET, steps=("card",), detail=(title,)),),
    )


NASTY = (
    "a | b",
    "a \\",
    "\\|",
    "`",
    "``` x",
    "~~~",
    "*b*",
    "**",
    "_i_",
    "# h",
    "> q",
    "- l",
    "1. l",
    "---",
    "===",
    "[x](http://x.org)",
    "![x](http://x.org/a.png)",
    "[x]: http://x.org",
    "<http://x.org>",
    "http://x.org",
    "www.x.org",
    "me@x.org",
    "<script>alert(1)</script>",
    "<!-- x",
    "<![CDATA[",
    "&lt;b&gt;",
    "&copy;",
    "a\n\nb",
    "a\u2028b",
    "\tcode",
    "    code",
    "[ ] task",
    "[^1]",
    "$x$",
    "~~s~~",
    "“quoted”",
    "| --- | --- |",
    "ftp://x.org",
)


@pytest.mark.parametrize("title", NASTY)
def test_a_nasty_title_is_read_as_it_is_and_changes_nothing_else(title: str) -> None:
    text = format_markdown(titled(title))
    assert outline(text) == outline(format_markdown(titled("plain")))
    assert cells(text)[1:5] == [one_line(title)] * 4
    assert not re.search(r"://|www\.", re.sub(r"\(<https://x\.org/\?a=1&amp;b=2>\)", "", text).partition("```")[0])


def test_a_nasty_title_of_a_source_makes_no_other_link() -> None:
    for title in NASTY:
        source = Source("A1", title=one_line(title), publisher=one_line(title), address="https://x.org/")
        tokens = tokens_of(format_markdown(attrs.evolve(PLAN, sources=(source,))))
        assert [token.attrs["href"] for token in tokens if token.type == "link_open"] == ["https://x.org/"]
        assert not any(token.type in {"html_inline", "html_block", "image", "code_inline"} for token in tokens)


PLAIN = outline(format_markdown(titled("plain")))


@given(st.text(min_size=1) | st.text("`*_[](){}<>#+-.!|~@:&$=^'\"\\/ \n1ax", min_size=1, max_size=30))
def test_no_title_changes_the_structure(title: str) -> None:
    text = format_markdown(titled(title))
    seen = one_line(title)
    if seen:
        assert outline(text) == PLAIN
        assert cells(text)[1:5] == [seen] * 4
    assert text.count("```") == 4


@given(st.text() | st.text("`*_[](){}<>#+-.!|~@:&$=^'\"\\/ \n1ax", max_size=30))
def test_escaped_text_reads_as_it_was(text: str) -> None:
    words = [token for token in parser().parse(f"- {escaped(text)}") if token.type == "inline"]
    shown = "".join(child.content for token in words for child in token.children or ())
    assert shown.replace("\u200b", "") == one_line(text)
